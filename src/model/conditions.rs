//! Conditions of routing beyond the wait: how many wait, how many agents stay in reserve.
//!
//! A tier with `when` takes visits only while so many wait in the lane; a skill with `idle_reserve` begins visits only while
//! more agents of the group are idle. Lanes without either never come here.
//! Invariant: who comes never goes ahead of who waits already; a reserve is never used up by the classes that respect it.

use crate::random::Key;
use crate::scenario::checked::RouteTier;
use crate::units::{GroupId, LaneId, Span};

use super::agents::Agent;
use super::centre::Centre;
use super::fact::Observer;
use super::rules::{LaneAccess, LaneRules};

/// What must hold before an agent of a group takes a visit of a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    /// So many wait in the lane.
    pub waiting_at_least: u32,
    /// More agents of the group than this are idle.
    pub idle_reserve: u32,
}

impl Centre<'_> {
    /// Whether an agent of `group`, free and in no queue of the idle, may take visits of a lane.
    #[cold]
    pub(super) fn may_take(&self, group: GroupId, access: &LaneAccess, condition: Condition) -> bool {
        let idle = self.groups[group.index()].idle.len() + 1;
        idle > condition.idle_reserve as usize
            && self.lanes[access.lane.index()].waiting >= condition.waiting_at_least
    }

    /// The agent of `tier` for the visit `key` in `lane`, where a condition is written.
    #[cold]
    pub(super) fn agent_under_conditions(
        &mut self,
        tier: &RouteTier,
        lane: LaneId,
        key: Key,
        wait: Span,
    ) -> Option<Agent> {
        let free = self.groups_beyond_reserve(tier, lane, wait);
        if free.is_empty() { None } else { self.take_of(tier.choose, &free, key) }
    }

    /// Whether [`Centre::agent_under_conditions`] would find an agent for a visit that enters `lane`.
    #[cold]
    pub(super) fn has_agent_under_conditions(&self, tier: &RouteTier, lane: LaneId) -> bool {
        !self.groups_beyond_reserve(tier, lane, Span::ZERO).is_empty()
    }

    /// The groups of `tier` that have an agent for a visit in `lane`; none while too few wait.
    fn groups_beyond_reserve(&self, tier: &RouteTier, lane: LaneId, wait: Span) -> Vec<GroupId> {
        let waiting = self.lanes[lane.index()].waiting;
        // Who has waited is in the lane; who comes is not, and is counted only where nobody else has to be looked at first.
        let counted = if wait > Span::ZERO { waiting } else { u32::from(waiting == 0) };
        if counted < tier.waiting_at_least {
            return Vec::new();
        }
        let reserves = &self.rules.lanes[lane.index()].reserves;
        let is_free = |group: &GroupId| {
            let reserve = reserves.iter().find(|(of, _)| of == group).map_or(0, |(_, reserve)| *reserve);
            self.groups[group.index()].idle.len() > reserve as usize
        };
        tier.groups.iter().copied().filter(is_free).collect()
    }

    /// A visit has joined `lane`: tiers that were closed for too short a queue take who is first.
    #[cold]
    pub(super) fn queue_has_grown<O: Observer>(&mut self, lane: LaneId, observer: &mut O) {
        let rules: &LaneRules = &self.rules.lanes[lane.index()];
        for tier in rules.tiers.iter().filter(|tier| tier.waiting_at_least > 1) {
            while self.lanes[lane.index()].waiting >= tier.waiting_at_least
                && let Some(slot) = self.first_with_wait(lane, tier.after)
            {
                let (key, wait) =
                    (self.contacts[slot].key, self.now.since(self.contacts[slot].visit.entered));
                let wait = wait.max(Span(1));
                let Some(agent) = self.agent_under_conditions(tier, lane, key, wait) else { break };
                self.leave_lane(slot);
                self.serve(slot, agent, true, observer);
            }
        }
    }
}
