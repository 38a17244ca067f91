//! The centre at one instant: who waits, who talks with whom, how many are idle.
//!
//! Tells no story. Invariant: of each group logged in = idle + dialling + talking + in after-call work.

use crate::random::Key;
use crate::units::{ClassId, GroupId, LaneId, SimTime, Span};

use super::board::{AgentNow, Board, Doing};

/// The centre at `at`, after everything that happened at that instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// When.
    pub at: SimTime,
    /// Who waits: lane by lane, in the order of entry.
    pub waiting: Vec<WaitingNow>,
    /// By group.
    pub groups: Vec<GroupNow>,
    /// Who is at work with which contact: group by group, longest first.
    pub at_work: Vec<AtWork>,
}

/// A waiting visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingNow {
    /// Where.
    pub lane: LaneId,
    /// Who.
    pub contact: Key,
    /// For how long.
    pub wait: Span,
}

/// The agents of a group by what they do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupNow {
    /// As the plan wants it.
    pub planned: u32,
    /// On breaks of their shifts, not logged in.
    pub on_break: u32,
    /// Logged in.
    pub staffed: u32,
    /// Idle.
    pub idle: u32,
    /// Dialling to keep a promise.
    pub dialling: u32,
    /// Talking.
    pub talking: u32,
    /// In after-call work.
    pub wrapping_up: u32,
}

impl GroupNow {
    /// Logged in beyond the plan: they end the contact in hand and leave.
    #[must_use]
    pub fn finishing(&self) -> u32 {
        self.staffed.saturating_sub(self.planned)
    }
}

/// An agent at work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtWork {
    /// The group.
    pub group: GroupId,
    /// Number within the group.
    pub agent: u32,
    /// What.
    pub doing: Doing,
    /// With which contact.
    pub contact: Key,
    /// The contact's class.
    pub class: ClassId,
    /// Since when.
    pub since: SimTime,
}

impl Snapshot {
    pub(super) fn of(board: &Board, at: SimTime) -> Self {
        let waiting = board.lanes.iter().enumerate().flat_map(|(lane, waiting)| {
            let lane = LaneId::from_index(lane);
            waiting.values().map(move |visit| WaitingNow {
                lane,
                contact: visit.contact,
                wait: at.since(visit.entered),
            })
        });
        let mut groups = Vec::new();
        let mut at_work = Vec::new();
        for (id, team) in board.teams.iter().enumerate() {
            let group = GroupId::from_index(id);
            let mut now = GroupNow {
                planned: team.planned,
                on_break: team.on_break,
                staffed: team.staffed,
                ..GroupNow::default()
            };
            let mut busy = Vec::new();
            for (agent, &AgentNow { doing, since, .. }) in (0..).zip(&team.agents) {
                let (contact, class) = match doing {
                    Doing::Away => continue,
                    Doing::Idle => {
                        now.idle += 1;
                        continue;
                    }
                    Doing::Dialling(contact, class) => {
                        now.dialling += 1;
                        (contact, class)
                    }
                    // Second agents of a conference talk too; at whom it rings is with the customer already.
                    Doing::Ringing(contact, class)
                    | Doing::Talking(contact, class)
                    | Doing::Conferring(contact, class) => {
                        now.talking += 1;
                        (contact, class)
                    }
                    Doing::WrappingUp(contact, class) => {
                        now.wrapping_up += 1;
                        (contact, class)
                    }
                };
                busy.push(AtWork { group, agent, doing, contact, class, since });
            }
            busy.sort_by_key(|work| (work.since, work.agent));
            at_work.extend(busy);
            groups.push(now);
        }
        Self { at, waiting: waiting.collect(), groups, at_work }
    }
}
