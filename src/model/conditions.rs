//! Conditions of routing beyond the wait: how many wait, what wait is expected, how many agents stay in reserve.
//!
//! A tier with `when` takes visits only while so many wait in the lane, or while the wait expected there is long; a skill with
//! `idle_reserve` begins visits only while more agents of the group are idle. Lanes without either never come here. Expected waits
//! are read when a visit joins, when a tier opens to one and when an agent is free: a change in between is acted upon then.
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
    /// Position of the group's tier in the lane: its `when` holds.
    pub tier: usize,
    /// More agents of the group than this are idle.
    pub idle_reserve: u32,
}

impl Centre<'_> {
    /// Whether an agent of `group`, free and in no queue of the idle, may take visits of a lane.
    #[cold]
    pub(super) fn may_take(&self, group: GroupId, access: &LaneAccess, condition: Condition) -> bool {
        let idle = self.groups[group.index()].idle.len() + 1;
        idle > condition.idle_reserve as usize
            && self.when_holds(access.lane, condition.tier, self.lanes[access.lane.index()].waiting)
    }

    /// Whether the tier at `position` of `lane` takes visits while `waiting` wait there, whom it takes included.
    fn when_holds(&self, lane: LaneId, position: usize, waiting: u32) -> bool {
        let tiers = &self.rules.lanes[lane.index()].tiers;
        let Some(ahead) = waiting.checked_sub(1) else { return false };
        let RouteTier { waiting_at_least, expected_wait_above, .. } = tiers[position];
        waiting >= waiting_at_least
            && expected_wait_above.is_none_or(|(predictor, least)| {
                // What it would be without this tier's help.
                self.expected_wait(lane, predictor, ahead, &tiers[..position]) > least
            })
    }

    /// The agent of the tier at `position` for the visit `key` in `lane`, where a condition is written.
    #[cold]
    pub(super) fn agent_under_conditions(
        &mut self,
        position: usize,
        lane: LaneId,
        key: Key,
        wait: Span,
    ) -> Option<Agent> {
        let free = self.groups_beyond_reserve(position, lane, wait);
        let choose = self.rules.lanes[lane.index()].tiers[position].choose;
        if free.is_empty() { None } else { self.take_of(choose, &free, key) }
    }

    /// Whether [`Centre::agent_under_conditions`] would find an agent for a visit that enters `lane`.
    #[cold]
    pub(super) fn has_agent_under_conditions(&self, position: usize, lane: LaneId) -> bool {
        !self.groups_beyond_reserve(position, lane, Span::ZERO).is_empty()
    }

    /// The groups of a tier that have an agent for a visit in `lane`; none while its `when` does not hold.
    fn groups_beyond_reserve(&self, position: usize, lane: LaneId, wait: Span) -> Vec<GroupId> {
        let waiting = self.lanes[lane.index()].waiting;
        // Who has waited is in the lane; who comes is not, and is counted only where nobody else has to be looked at first.
        let counted = if wait > Span::ZERO { waiting } else { u32::from(waiting == 0) };
        if !self.when_holds(lane, position, counted) {
            return Vec::new();
        }
        let LaneRules { tiers, reserves, .. } = &self.rules.lanes[lane.index()];
        let is_free = |group: &GroupId| {
            let reserve = reserves.iter().find(|(of, _)| of == group).map_or(0, |(_, reserve)| *reserve);
            self.groups[group.index()].idle.len() > reserve as usize
        };
        tiers[position].groups.iter().copied().filter(is_free).collect()
    }

    /// A visit has joined `lane`: tiers that were closed for too short a queue or wait take who is first.
    #[cold]
    pub(super) fn queue_has_grown<O: Observer>(&mut self, lane: LaneId, observer: &mut O) {
        let tiers = &self.rules.lanes[lane.index()].tiers;
        for (position, _) in tiers.iter().enumerate().filter(|(_, tier)| tier.is_conditional()) {
            self.tier_takes(position, lane, observer);
        }
    }

    /// A tier opens to a visit that has waited `waited` in `lane`: all open ones take who is first, in their order.
    #[cold]
    pub(super) fn opens_under_conditions<O: Observer>(
        &mut self,
        lane: LaneId,
        waited: Span,
        observer: &mut O,
    ) {
        let tiers = &self.rules.lanes[lane.index()].tiers;
        let n_open = tiers.iter().take_while(|tier| tier.after <= waited).count();
        (0..n_open).for_each(|position| self.tier_takes(position, lane, observer));
    }

    /// The tier at `position` takes who is first in `lane` and has waited long enough, as long as it may.
    fn tier_takes<O: Observer>(&mut self, position: usize, lane: LaneId, observer: &mut O) {
        let after = self.rules.lanes[lane.index()].tiers[position].after;
        while let Some(slot) = self.first_with_wait(lane, after) {
            let (key, wait) = (self.contacts[slot].key, self.now.since(self.contacts[slot].visit.entered));
            let wait = wait.max(Span(1));
            let Some(agent) = self.agent_under_conditions(position, lane, key, wait) else { break };
            self.leave_lane(slot);
            self.serve(slot, agent, true, observer);
        }
    }
}
