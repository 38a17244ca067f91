//! The state of the centre as far as facts tell it: who waits in which lane, what each agent does and since when.
//!
//! Decides nothing. Invariant: after each fact the board shows the centre as the model has it: the waiting in their order of
//! entry, the idle of a group with who has been idle longest in front.

use std::collections::{BTreeMap, VecDeque};

use crate::model::Fact;
use crate::model::fact::LogReason;
use crate::random::{ByKey, Key};
use crate::units::{ClassId, GroupId, LaneId, SimTime, Span};

/// Everybody in the centre.
#[derive(Clone, Debug)]
pub(super) struct Board {
    /// Waiting visits by lane, in order of entry.
    pub lanes: Vec<BTreeMap<u64, Waiting>>,
    /// By group.
    pub teams: Vec<Team>,
    /// Lane and place of each waiting contact.
    places: ByKey<(LaneId, u64)>,
    next_place: u64,
}

/// A visit in a lane.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting {
    pub contact: Key,
    pub entered: SimTime,
}

/// The agents of a group.
#[derive(Clone, Debug, Default)]
pub(super) struct Team {
    pub planned: u32,
    /// On breaks of their shifts, not logged in.
    pub on_break: u32,
    pub staffed: u32,
    /// Who is idle since when, longest first.
    pub idle: VecDeque<(SimTime, u32)>,
    /// By number.
    pub agents: Vec<AgentNow>,
}

/// One agent.
#[derive(Clone, Copy, Debug)]
pub(super) struct AgentNow {
    pub doing: Doing,
    pub since: SimTime,
    pub freed: Freed,
}

/// What an agent does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Not logged in.
    Away,
    /// Free for a visit.
    Idle,
    /// Dials to keep a promise.
    Dialling(Key, ClassId),
    /// With a customer.
    Talking(Key, ClassId),
    /// It rings at the agent.
    Ringing(Key, ClassId),
    /// Has joined the talk of another agent.
    Conferring(Key, ClassId),
    /// In after-call work; the customer is gone.
    WrappingUp(Key, ClassId),
}

/// How an agent last became free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freed {
    /// Logged in.
    LoggedIn,
    /// Came back from a break.
    BackFromBreak,
    /// Ended a visit of this contact, with so much after-call work.
    WrappedUp(Key, Span),
    /// Was to answer this contact, which gave up.
    RangInVain(Key),
    /// Was asked for so long by the agent of this contact.
    Conferred(Key, Span),
    /// Reached nobody after so much dialling.
    Missed(Span),
}

impl Board {
    pub fn new(n_lanes: usize, n_groups: usize) -> Self {
        Self {
            lanes: vec![BTreeMap::new(); n_lanes],
            teams: vec![Team::default(); n_groups],
            places: ByKey::default(),
            next_place: 0,
        }
    }

    /// Where the contact waits, if it does.
    pub fn place(&self, contact: Key) -> Option<(LaneId, u64)> {
        self.places.get(&contact).copied()
    }

    /// Brings the board to where it is after `fact`.
    pub fn hear(&mut self, now: SimTime, fact: &Fact<'_>) {
        match *fact {
            Fact::Queued { visit } => {
                let waiting = Waiting { contact: visit.contact, entered: visit.entered };
                self.lanes[visit.lane.index()].insert(self.next_place, waiting);
                self.places.insert(visit.contact, (visit.lane, self.next_place));
                self.next_place += 1;
            }
            Fact::Abandoned { visit } | Fact::Disconnected { visit, .. } | Fact::Deflected { visit, .. } => {
                self.leave(visit.contact)
            }
            Fact::Answered { visit, group, agent, .. } => {
                self.leave(visit.contact);
                self.begins(now, group, agent, Doing::Talking(visit.contact, visit.class));
            }
            Fact::Rings { visit, group, agent, .. } => {
                self.leave(visit.contact);
                self.begins(now, group, agent, Doing::Ringing(visit.contact, visit.class));
            }
            Fact::RangInVain { visit, group, agent, .. } => {
                self.frees(now, group, agent, Freed::RangInVain(visit.contact));
            }
            Fact::CallbackDialled { visit, group, agent } => {
                self.leave(visit.contact);
                self.begins(now, group, agent, Doing::Dialling(visit.contact, visit.class));
            }
            Fact::CallbackReached { visit, group, agent, .. } => {
                self.begins(now, group, agent, Doing::Talking(visit.contact, visit.class));
            }
            Fact::ConferenceBegan { visit, group, agent, .. } => {
                self.begins(now, group, agent, Doing::Conferring(visit.contact, visit.class));
            }
            Fact::ConferenceEnded { visit, group, agent, lasted, .. } => {
                self.frees(now, group, agent, Freed::Conferred(visit.contact, lasted));
            }
            Fact::TalkEnded { visit, group, agent, .. } => {
                self.begins(now, group, agent, Doing::WrappingUp(visit.contact, visit.class));
            }
            Fact::WrappedUp { visit, group, agent, acw } => {
                self.frees(now, group, agent, Freed::WrappedUp(visit.contact, acw));
            }
            Fact::CallbackMissed { group, agent, dialling, .. } => {
                self.frees(now, group, agent, Freed::Missed(dialling));
            }
            Fact::Planned { group, agents } => self.teams[group.index()].planned = agents,
            Fact::LoggedIn { group, agent, why } => {
                self.teams[group.index()].staffed += 1;
                let freed = match why {
                    LogReason::Plan | LogReason::OffPhone => Freed::LoggedIn,
                    LogReason::Break => Freed::BackFromBreak,
                };
                self.frees(now, group, agent, freed);
            }
            Fact::LoggedOut { group, agent, .. } => {
                self.begins(now, group, agent, Doing::Away);
                self.teams[group.index()].staffed -= 1;
            }
            Fact::OnBreak { group, agents } => self.teams[group.index()].on_break = agents,
            Fact::IntervalStarted { .. }
            | Fact::Offered { .. }
            | Fact::Refused { .. }
            | Fact::Blocked { .. }
            | Fact::Entered { .. }
            | Fact::TransferRefused { .. }
            | Fact::Promised { .. }
            | Fact::PromiseBroken { .. }
            | Fact::ContactEnded { .. }
            | Fact::WillReturn { .. }
            | Fact::HorizonEnded
            | Fact::OffPhone { .. }
            | Fact::LeftOpen { .. }
            | Fact::CaseClosed { .. } => {}
        }
    }

    fn leave(&mut self, contact: Key) {
        if let Some((lane, place)) = self.places.remove(&contact) {
            self.lanes[lane.index()].remove(&place);
        }
    }

    fn agent(&mut self, group: GroupId, agent: u32) -> &mut AgentNow {
        let agents = &mut self.teams[group.index()].agents;
        let away = AgentNow { doing: Doing::Away, since: SimTime::ZERO, freed: Freed::LoggedIn };
        let number = agent as usize;
        if agents.len() <= number {
            agents.resize(number + 1, away);
        }
        &mut agents[number]
    }

    /// The agent does something else than being idle.
    fn begins(&mut self, now: SimTime, group: GroupId, agent: u32, doing: Doing) {
        let state = self.agent(group, agent);
        let was_idle = state.doing == Doing::Idle;
        (state.doing, state.since) = (doing, now);
        if was_idle {
            let idle = &mut self.teams[group.index()].idle;
            if let Some(position) = idle.iter().position(|&(_, number)| number == agent) {
                idle.remove(position);
            }
        }
    }

    fn frees(&mut self, now: SimTime, group: GroupId, agent: u32, freed: Freed) {
        *self.agent(group, agent) = AgentNow { doing: Doing::Idle, since: now, freed };
        self.teams[group.index()].idle.push_back((now, agent));
    }
}
