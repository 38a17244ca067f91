//! Persons with shifts: each logs in and out at instants of its own.
//!
//! Where agents are only counted, `agents` says who comes and goes. Invariant: the plan of a group is the number of its persons
//! on shift; with `whose_shift_ends` whoever is logged in beyond it has a shift that is over, and is busy.

use crate::scenario::checked::{Leaving, Roster, Turn};
use crate::units::{GroupId, SimTime};

use super::agents::Agent;
use super::centre::Centre;
use super::event::Event;
use super::fact::{Fact, Observer};

/// The persons of a group.
#[derive(Clone, Debug, Default)]
pub(super) struct Persons {
    /// Position of the next turn of the roster.
    next: usize,
    /// By the number of the agent: what comes when the running contact is over.
    due: Vec<Due>,
}

/// What a person does after the running contact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Due {
    /// The next one.
    #[default]
    Nothing,
    /// Leaves.
    ToLeave,
}

impl Centre<'_> {
    /// At the start of the run: the first shifts of each group.
    pub(super) fn schedule_first_shifts(&mut self) {
        let rules = self.rules;
        for (group, of) in (0..).map(GroupId).zip(&rules.groups) {
            if let Some(roster) = &of.roster {
                self.schedule_next_shifts(group, roster);
            }
        }
    }

    fn schedule_next_shifts(&mut self, group: GroupId, roster: &Roster) {
        if let Some(turn) = roster.turns.get(self.groups[group.index()].persons.next) {
            self.agenda.schedule(turn.from, Event::ShiftsBegin(group));
        }
    }

    /// Persons of `group` log in whose shifts begin now.
    pub(super) fn shifts_begin<O: Observer>(&mut self, group: GroupId, observer: &mut O) {
        let rules = self.rules;
        let Some(roster) = &rules.groups[group.index()].roster else { return };
        let mut come: Vec<&Turn> = Vec::new();
        while let Some(turn) = roster.turns.get(self.groups[group.index()].persons.next)
            && turn.from <= self.now
        {
            self.groups[group.index()].persons.next += 1;
            let attendance = &mut self.groups[group.index()].attendance;
            let person = (turn.person, turn.share);
            if attendance.comes(&rules.groups[group.index()].attendance, person, turn.date) {
                come.push(turn);
            }
        }
        self.schedule_next_shifts(group, roster);
        if come.is_empty() {
            return;
        }
        let planned = self.groups[group.index()].plan + come.len() as u32;
        match roster.leaving {
            Leaving::NextToFinish => {
                for turn in come {
                    self.schedule_in_run(turn.until, Event::OneLess(group));
                }
                self.plan_is(group, planned, observer);
            }
            Leaving::WhoseShiftEnds => {
                self.groups[group.index()].plan = planned;
                observer.on(self.now, &Fact::Planned { group, agents: planned });
                for turn in come {
                    self.person_comes(group, turn, observer);
                }
            }
        }
    }

    /// After the run nobody comes or leaves because of the hour.
    fn schedule_in_run(&mut self, at: SimTime, event: Event) {
        if at < self.rules.almanac.ends() {
            self.agenda.schedule(at, event);
        }
    }

    fn person_comes<O: Observer>(&mut self, group: GroupId, turn: &Turn, observer: &mut O) {
        let agent = self.log_in(group, observer);
        let state = &mut self.groups[group.index()];
        state.stays += 1;
        let number = agent.number as usize;
        if state.persons.due.len() <= number {
            state.persons.due.resize(number + 1, Due::Nothing);
        }
        state.persons.due[number] = Due::Nothing;
        self.schedule_in_run(turn.until, Event::ShiftEnds(group, agent.number));
        self.take_next_visit(agent, observer);
    }

    /// A shift ends in a group where whoever finishes next leaves.
    pub(super) fn one_less<O: Observer>(&mut self, group: GroupId, observer: &mut O) {
        let planned = self.groups[group.index()].plan - 1;
        self.plan_is(group, planned, observer);
    }

    /// The shift of `agent` ends: who is idle leaves, who is busy finishes first.
    pub(super) fn shift_ends<O: Observer>(&mut self, agent: Agent, observer: &mut O) {
        let Agent { group, number } = agent;
        let state = &mut self.groups[group.index()];
        state.plan -= 1;
        state.stays -= 1;
        observer.on(self.now, &Fact::Planned { group, agents: state.plan });
        match state.idle.iter().position(|&(_, idle)| idle == number) {
            Some(position) => {
                if let Some(agent) = self.take_idle(group, position) {
                    self.log_out(agent, observer);
                }
            }
            None => state.persons.due[number as usize] = Due::ToLeave,
        }
    }

    /// Whether an agent who has finished takes the next visit although more are logged in than may go on.
    pub(super) fn goes_on(&self, agent: Agent) -> bool {
        let due = self.groups[agent.group.index()].persons.due.get(agent.number as usize);
        due.is_some_and(|due| *due == Due::Nothing)
    }
}
