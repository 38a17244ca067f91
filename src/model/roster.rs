//! Persons with shifts: each logs in and out at instants of its own, and goes on breaks.
//!
//! Where agents are only counted, `agents` says who comes and goes. Invariant: the plan of a group is the number of its persons
//! on shift and not on a break; with `whose_shift_ends` whoever is logged in beyond it has a shift that is over, and is busy.

use crate::scenario::checked::{Leaving, Roster, Turn};
use crate::units::{GroupId, SimTime, Span};

use super::agents::Agent;
use super::centre::Centre;
use super::event::Event;
use super::fact::{Fact, LogReason, Observer};
use super::rules::Rules;

/// The persons of a group.
#[derive(Clone, Debug, Default)]
pub(super) struct Persons {
    /// Position of the next turn of the roster.
    next: usize,
    /// By the number of the agent.
    each: Vec<Person>,
    on_break: u32,
}

/// A person on shift, or finishing after it.
#[derive(Clone, Copy, Debug)]
struct Person {
    /// Position of the turn in the roster.
    turn: usize,
    /// Position of the next break of the turn.
    next_break: usize,
    /// Break that is due.
    owed: Span,
    due: Due,
    /// The window for which the person is off the phone, in place of a break.
    off_phone: Option<u32>,
}

/// What a person does when the running contact is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    /// The next one.
    Nothing,
    /// Leaves.
    ToLeave,
    /// Goes on a break.
    ForBreak,
    /// Goes on a break if nobody waits and another agent is idle.
    WhenCalm,
    /// Is on a break.
    OnBreak,
}

impl Persons {
    /// All shifts are over, breaks too.
    pub(super) fn go_home(&mut self) {
        self.each.iter_mut().for_each(|person| person.due = Due::ToLeave);
    }
}

impl<'r> Centre<'r> {
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
        let mut come: Vec<usize> = Vec::new();
        let mut position = self.groups[group.index()].persons.next;
        while let Some(turn) = roster.turns.get(position).filter(|turn| turn.from <= self.now) {
            let attendance = &mut self.groups[group.index()].attendance;
            let person = (turn.person, turn.share);
            if attendance.comes(&rules.groups[group.index()].attendance, person, turn.date) {
                come.push(position);
            }
            position += 1;
        }
        self.groups[group.index()].persons.next = position;
        self.schedule_next_shifts(group, roster);
        if come.is_empty() {
            return;
        }
        let planned = self.groups[group.index()].plan + come.len() as u32;
        match roster.leaving {
            Leaving::NextToFinish => {
                for position in come {
                    self.schedule_in_run(roster.turns[position].until, Event::OneLess(group));
                }
                self.plan_becomes(group, planned, observer);
            }
            Leaving::WhoseShiftEnds => {
                self.groups[group.index()].plan = planned;
                observer.on(self.now, &Fact::Planned { group, agents: planned });
                for position in come {
                    self.person_comes(group, position, observer);
                }
                self.off_phone_goes_on(group, observer);
            }
        }
    }

    /// After the run nobody comes or leaves because of the hour.
    pub(super) fn schedule_in_run(&mut self, at: SimTime, event: Event) {
        if at < self.rules.almanac.ends() {
            self.agenda.schedule(at, event);
        }
    }

    fn person_comes<O: Observer>(&mut self, group: GroupId, position: usize, observer: &mut O) {
        let agent = self.log_in(group, observer);
        let Agent { number, .. } = agent;
        let Some(turn) = self.turn(group, position) else { return };
        let state = &mut self.groups[group.index()];
        state.stays += 1;
        let person =
            Person { turn: position, next_break: 0, owed: Span::ZERO, due: Due::Nothing, off_phone: None };
        if state.persons.each.len() <= number as usize {
            state.persons.each.resize(number as usize + 1, person);
        }
        state.persons.each[number as usize] = person;
        self.schedule_in_run(turn.until, Event::ShiftEnds(group, number));
        for pause in &turn.breaks {
            self.schedule_in_run(pause.earliest, Event::BreakDue(group, number));
        }
        self.take_next_visit(agent, observer);
    }

    fn turn(&self, group: GroupId, position: usize) -> Option<&'r Turn> {
        let rules: &'r Rules = self.rules;
        rules.groups[group.index()].roster.as_ref()?.turns.get(position)
    }

    fn person(&mut self, agent: Agent) -> &mut Person {
        &mut self.groups[agent.group.index()].persons.each[agent.number as usize]
    }

    /// A shift ends in a group where whoever finishes next leaves.
    pub(super) fn one_less<O: Observer>(&mut self, group: GroupId, observer: &mut O) {
        let planned = self.groups[group.index()].plan - 1;
        self.plan_becomes(group, planned, observer);
    }

    /// The shift of `agent` ends: who is idle leaves, who is busy finishes first.
    pub(super) fn shift_ends<O: Observer>(&mut self, agent: Agent, observer: &mut O) {
        let due = std::mem::replace(&mut self.person(agent).due, Due::ToLeave);
        if due == Due::OnBreak {
            self.groups[agent.group.index()].release(agent.number);
            self.is_back_from_where_it_was(agent, observer);
            return self.off_phone_goes_on(agent.group, observer);
        }
        if due == Due::Nothing {
            self.groups[agent.group.index()].stays -= 1;
        }
        self.planned_persons(agent.group, Change::Less, observer);
        if let Some(agent) = self.take_if_idle(agent) {
            self.log_out(agent, observer);
        }
    }

    fn planned_persons<O: Observer>(&mut self, group: GroupId, change: Change, observer: &mut O) {
        let plan = &mut self.groups[group.index()].plan;
        change.apply(plan);
        observer.on(self.now, &Fact::Planned { group, agents: *plan });
        self.staffing_changed(group);
    }

    fn on_break<O: Observer>(&mut self, group: GroupId, change: Change, observer: &mut O) {
        let on_break = &mut self.groups[group.index()].persons.on_break;
        change.apply(on_break);
        observer.on(self.now, &Fact::OnBreak { group, agents: *on_break });
    }

    /// Takes the agent, if idle.
    fn take_if_idle(&mut self, agent: Agent) -> Option<Agent> {
        let idle = &self.groups[agent.group.index()].idle;
        let position = idle.iter().position(|&(_, number)| number == agent.number)?;
        self.take_idle(agent.group, position)
    }

    /// A break of `agent` may begin, or must: its time has come, or its window ends.
    pub(super) fn break_is_due<O: Observer>(&mut self, agent: Agent, observer: &mut O) {
        let person = *self.person(agent);
        let Some(turn) = self.turn(agent.group, person.turn) else { return };
        let next = turn.breaks.get(person.next_break).filter(|pause| pause.earliest == self.now);
        match (next, person.due) {
            // The window of a break that is not taken yet ends.
            (None, Due::WhenCalm) => {
                self.person(agent).due = Due::ForBreak;
                self.begin_break_if_idle(agent, observer);
            }
            (None, _) => {}
            (Some(pause), due) => {
                let person = self.person(agent);
                person.next_break += 1;
                person.owed += pause.lasts;
                if due != Due::Nothing {
                    // Still due for the break before, or on it: one after the other.
                    return;
                }
                self.groups[agent.group.index()].stays -= 1;
                if pause.earliest == pause.latest {
                    self.person(agent).due = Due::ForBreak;
                    self.begin_break_if_idle(agent, observer);
                } else {
                    self.person(agent).due = Due::WhenCalm;
                    self.schedule_in_run(pause.latest, Event::BreakDue(agent.group, agent.number));
                    if self.is_calm(agent.group, 2) {
                        self.begin_break_if_idle(agent, observer);
                    }
                }
            }
        }
    }

    /// Whether nobody waits for a group and so many of its agents are idle.
    pub(super) fn is_calm(&self, group: GroupId, idle: usize) -> bool {
        self.queues[group.index()].customers == 0 && self.groups[group.index()].idle.len() >= idle
    }

    fn begin_break_if_idle<O: Observer>(&mut self, agent: Agent, observer: &mut O) {
        if let Some(agent) = self.take_if_idle(agent) {
            self.begin_break(agent, observer);
        }
    }

    /// `agent`, neither idle nor busy any more, goes on a break.
    fn begin_break<O: Observer>(&mut self, agent: Agent, observer: &mut O) {
        let Agent { group, number } = agent;
        self.person(agent).due = Due::OnBreak;
        self.planned_persons(group, Change::Less, observer);
        self.settle_signal(group);
        self.groups[group.index()].staffed -= 1;
        observer.on(self.now, &Fact::LoggedOut { group, agent: number, why: LogReason::Break });
        self.on_break(group, Change::More, observer);
        self.schedule_end_of_break(agent);
    }

    /// The break that is owed begins now; a shift that is over first ends it.
    fn schedule_end_of_break(&mut self, agent: Agent) {
        let person = self.person(agent);
        let (owed, turn) = (std::mem::take(&mut person.owed), person.turn);
        let ends = self.now + owed;
        if self.turn(agent.group, turn).is_some_and(|turn| ends < turn.until) {
            self.agenda.schedule(ends, Event::BreakEnds(agent.group, agent.number));
        }
    }

    /// `agent` comes back from a break.
    pub(super) fn break_ends<O: Observer>(&mut self, agent: Agent, observer: &mut O) {
        let Agent { group, number } = agent;
        if self.person(agent).due == Due::ToLeave {
            return; // The horizon was cut meanwhile.
        }
        if self.person(agent).owed > Span::ZERO {
            if self.person(agent).off_phone.is_some() {
                self.is_back_from_where_it_was(agent, observer);
                self.on_break(group, Change::More, observer);
            }
            return self.schedule_end_of_break(agent);
        }
        self.person(agent).due = Due::Nothing;
        let was_off_phone = self.person(agent).off_phone.is_some();
        let why = if was_off_phone { LogReason::OffPhone } else { LogReason::Break };
        self.is_back_from_where_it_was(agent, observer);
        self.planned_persons(group, Change::More, observer);
        self.settle_signal(group);
        let state = &mut self.groups[group.index()];
        state.stays += 1;
        state.comes(number, self.now);
        observer.on(self.now, &Fact::LoggedIn { group, agent: number, why });
        self.staffing_changed(group);
        self.take_next_visit(agent, observer);
        self.off_phone_goes_on(group, observer);
    }

    /// Whether an agent has nothing else to do until an instant; who is only counted has not.
    pub(super) fn is_there_until(&self, agent: Agent, until: SimTime) -> bool {
        let person = self.groups[agent.group.index()].persons.each.get(agent.number as usize);
        person.is_none_or(|person| {
            let turn = self.turn(agent.group, person.turn);
            person.due == Due::Nothing && turn.is_some_and(|turn| until <= turn.until)
        })
    }

    /// A person, neither idle nor busy any more, goes off the phone until an instant.
    pub(super) fn person_goes_off_phone<O: Observer>(
        &mut self,
        agent: Agent,
        window: u32,
        until: SimTime,
        observer: &mut O,
    ) {
        let Agent { group, number } = agent;
        let person = self.person(agent);
        (person.due, person.off_phone) = (Due::OnBreak, Some(window));
        let turn = person.turn;
        self.settle_signal(group);
        self.groups[group.index()].staffed -= 1;
        observer.on(self.now, &Fact::LoggedOut { group, agent: number, why: LogReason::OffPhone });
        self.staffing_changed(group);
        if self.turn(group, turn).is_some_and(|turn| until < turn.until) {
            self.agenda.schedule(until, Event::BreakEnds(group, number));
        }
    }

    /// The break of `agent` is over, or the work off the phone.
    fn is_back_from_where_it_was<O: Observer>(&mut self, agent: Agent, observer: &mut O) {
        match self.person(agent).off_phone.take() {
            Some(window) => self.is_back(agent.group, window, observer),
            None => self.on_break(agent.group, Change::Less, observer),
        }
    }

    /// Whether the agents of a group are persons, each with what is due.
    pub(super) fn is_person(&self, agent: Agent) -> bool {
        (agent.number as usize) < self.groups[agent.group.index()].persons.each.len()
    }

    /// A person has finished, in a group where something is due for somebody; whether the person stays or is on a break now.
    pub(super) fn person_frees<O: Observer>(&mut self, agent: Agent, observer: &mut O) -> bool {
        let due = self.person(agent).due;
        match due {
            Due::ToLeave => return false,
            Due::ForBreak => self.begin_break(agent, observer),
            Due::WhenCalm if self.is_calm(agent.group, 1) => self.begin_break(agent, observer),
            Due::Nothing if self.frees_for_off_phone(agent, observer) => {}
            Due::Nothing | Due::WhenCalm | Due::OnBreak => self.take_next_visit(agent, observer),
        }
        true
    }
}

/// One more, or one less.
#[derive(Clone, Copy, Debug)]
enum Change {
    More,
    Less,
}

impl Change {
    fn apply(self, number: &mut u32) {
        match self {
            Self::More => *number += 1,
            Self::Less => *number -= 1,
        }
    }
}
