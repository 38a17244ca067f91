//! Training, meetings and other work off the phone, in windows and within limits.
//!
//! Who is away is logged out and not planned; where agents are only counted, one of the plan is. Invariant: never more are away
//! for one entry than its limit, nobody begins who would leave fewer on the phone than it says, and nothing begins outside
//! its window.

use crate::scenario::checked::{Group, OffPhoneSize, Taken};
use crate::units::{GroupId, SimTime, Span};

use super::agents::Agent;
use super::centre::Centre;
use super::event::Event;
use super::fact::{Fact, Observer};

/// What takes agents of a group off the phone.
#[derive(Clone, Debug, Default)]
pub(super) struct OffPhoneRules {
    /// Of all entries, by opening.
    windows: Vec<Window>,
}

#[derive(Clone, Copy, Debug)]
struct Window {
    opens: SimTime,
    /// From then on only what was due before begins, and from the end nothing.
    latest: SimTime,
    closes: SimTime,
    lasts: Span,
    persons: u32,
    at_most: u32,
    on_phone_at_least: u32,
    taken: Taken,
}

/// Who of a group is off the phone.
#[derive(Clone, Debug, Default)]
pub(super) struct OffPhoneState {
    next: usize,
    /// Windows that are open, or from which somebody is still away.
    open: Vec<Open>,
    /// Who is away.
    pub agents: u32,
    /// 1 while somebody who finishes is to go, less of those who stay.
    pub held: i32,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    window: u32,
    /// Who has not begun.
    left: u32,
    away: u32,
}

impl OffPhoneRules {
    /// Windows with the number of persons that the plan, in intervals of a length, makes of them.
    pub fn compile(group: &Group, interval: Span) -> Self {
        let most = |opens: SimTime, closes: SimTime| {
            let last = (closes.0.saturating_sub(1) / interval.0) as usize;
            let from = (opens.0 / interval.0) as usize;
            let plan = group.plan.get(from..group.plan.len().min(last + 1)).unwrap_or_default();
            plan.iter().copied().fold(0.0, f64::max)
        };
        let mut windows: Vec<Window> = Vec::new();
        for entry in &group.off_phone {
            windows.extend(entry.windows.iter().map(|window| Window {
                opens: window.opens,
                latest: SimTime(window.closes.0 - entry.lasts.0),
                closes: window.closes,
                lasts: entry.lasts,
                persons: match entry.size {
                    OffPhoneSize::Persons(persons) => persons,
                    OffPhoneSize::Share(share) => (share * most(window.opens, window.closes)).round() as u32,
                },
                at_most: entry.at_most,
                on_phone_at_least: entry.on_phone_at_least,
                taken: entry.taken,
            }));
        }
        windows.sort_by_key(|window| window.opens);
        Self { windows }
    }
}

impl Window {
    /// Whether one more may go, with so many on the phone.
    fn lets_one_go(&self, open: &Open, on_phone: u32) -> bool {
        open.left > 0 && open.away < self.at_most && on_phone > self.on_phone_at_least
    }
}

impl Centre<'_> {
    /// At the start of the run: the first window of each group.
    pub(super) fn schedule_off_phone(&mut self) {
        for group in (0..self.rules.groups.len()).map(GroupId::from_index) {
            self.schedule_next_window(group);
        }
    }

    fn schedule_next_window(&mut self, group: GroupId) {
        let next = self.groups[group.index()].off_phone.next;
        if let Some(window) = self.rules.groups[group.index()].off_phone.windows.get(next) {
            self.agenda.schedule(window.opens, Event::OffPhoneOpens(group));
        }
    }

    fn window(&self, group: GroupId, window: u32) -> Window {
        self.rules.groups[group.index()].off_phone.windows[window as usize]
    }

    /// A window opens.
    pub(super) fn off_phone_opens<O: Observer>(&mut self, group: GroupId, observer: &mut O) {
        let state = &mut self.groups[group.index()].off_phone;
        let number = state.next as u32;
        state.next += 1;
        let window = self.window(group, number);
        let open = Open { window: number, left: window.persons, away: 0 };
        self.groups[group.index()].off_phone.open.push(open);
        self.schedule_in_run(window.latest, Event::OffPhoneCloses(group, number));
        self.schedule_in_run(window.closes, Event::OffPhoneCloses(group, number));
        self.schedule_next_window(group);
        self.off_phone_goes_on(group, observer);
    }

    /// A window is as good as over, or over: who is not due any more stays.
    pub(super) fn off_phone_closes<O: Observer>(&mut self, group: GroupId, number: u32, observer: &mut O) {
        let window = self.window(group, number);
        let on_phone = self.groups[group.index()].plan;
        let open = self.groups[group.index()].off_phone.open.iter_mut().find(|open| open.window == number);
        let Some(open) = open else { return };
        let due = (window.at_most - open.away).min(on_phone.saturating_sub(window.on_phone_at_least));
        open.left = match window.taken {
            Taken::Fixed if self.now < window.closes => open.left.min(due),
            Taken::Fixed | Taken::WhenCalm => 0,
        };
        self.off_phone_goes_on(group, observer);
    }

    /// Idle agents go off the phone as far as the rules let them; whether another is sought is held.
    pub(super) fn off_phone_goes_on<O: Observer>(&mut self, group: GroupId, observer: &mut O) {
        if self.groups[group.index()].off_phone.open.is_empty() || self.is_cut() {
            return;
        }
        let mut position = 0;
        while let Some(&open) = self.groups[group.index()].off_phone.open.get(position) {
            let window = self.window(group, open.window);
            let may_go = window.lets_one_go(&open, self.groups[group.index()].plan)
                && (window.taken == Taken::Fixed || self.is_calm(group, 2));
            match may_go.then(|| self.take_idle_until(group, self.now + window.lasts)).flatten() {
                Some(agent) => self.goes_off_phone(agent, position, observer),
                None => position += 1,
            }
        }
        self.hold_for_off_phone(group);
    }

    fn hold_for_off_phone(&mut self, group: GroupId) {
        let rules = &self.rules.groups[group.index()].off_phone;
        let state = &mut self.groups[group.index()];
        state.off_phone.open.retain(|open| open.left > 0 || open.away > 0);
        let plan = state.plan;
        let is_sought = |open: &Open| rules.windows[open.window as usize].lets_one_go(open, plan);
        let held = i32::from(state.off_phone.open.iter().any(is_sought));
        state.stays += std::mem::replace(&mut state.off_phone.held, held) - held;
    }

    /// The idle agent, longest idle first, who is not to leave or to go elsewhere until an instant.
    fn take_idle_until(&mut self, group: GroupId, until: SimTime) -> Option<Agent> {
        let idle = &self.groups[group.index()].idle;
        let position =
            idle.iter().position(|&(_, number)| self.is_there_until(Agent { group, number }, until))?;
        self.take_idle(group, position)
    }

    /// An agent has finished while somebody is sought: whether it is this one, who is off the phone then.
    pub(super) fn frees_for_off_phone<O: Observer>(&mut self, agent: Agent, observer: &mut O) -> bool {
        let Agent { group, .. } = agent;
        let state = &self.groups[group.index()];
        if state.off_phone.held == 0 || self.is_cut() {
            return false;
        }
        let goes = state.off_phone.open.iter().position(|open| {
            let window = self.window(group, open.window);
            window.lets_one_go(open, state.plan)
                && (window.taken == Taken::Fixed || self.is_calm(group, 1))
                && self.is_there_until(agent, self.now + window.lasts)
        });
        let Some(position) = goes else { return false };
        self.goes_off_phone(agent, position, observer);
        self.hold_for_off_phone(group);
        true
    }

    /// `agent`, neither idle nor busy any more, goes off the phone.
    fn goes_off_phone<O: Observer>(&mut self, agent: Agent, position: usize, observer: &mut O) {
        let Agent { group, .. } = agent;
        let state = &mut self.groups[group.index()];
        let open = &mut state.off_phone.open[position];
        open.left -= 1;
        open.away += 1;
        let of = open.window;
        state.off_phone.agents += 1;
        state.plan -= 1;
        state.stays -= 1;
        let (planned, away) = (state.plan, state.off_phone.agents);
        let until = self.now + self.window(group, of).lasts;
        observer.on(self.now, &Fact::Planned { group, agents: planned });
        if self.is_person(agent) {
            self.person_goes_off_phone(agent, of, until, observer);
        } else {
            self.log_out(agent, observer);
            self.agenda.schedule(until, Event::OffPhoneEnds(group, of));
        }
        observer.on(self.now, &Fact::OffPhone { group, agents: away });
    }

    /// One who was only counted is back on the phone, if the plan has not fallen meanwhile.
    pub(super) fn off_phone_ends<O: Observer>(&mut self, group: GroupId, window: u32, observer: &mut O) {
        self.is_back(group, window, observer);
        let planned = self.planned(group, self.interval as usize);
        if self.is_cut() || planned == self.groups[group.index()].plan {
            self.off_phone_goes_on(group, observer);
        } else {
            self.plan_becomes(group, planned, observer);
        }
    }

    /// One less is away for a window.
    pub(super) fn is_back<O: Observer>(&mut self, group: GroupId, window: u32, observer: &mut O) {
        let state = &mut self.groups[group.index()].off_phone;
        if let Some(open) = state.open.iter_mut().find(|open| open.window == window) {
            open.away -= 1;
        }
        state.agents -= 1;
        observer.on(self.now, &Fact::OffPhone { group, agents: state.agents });
    }
}
