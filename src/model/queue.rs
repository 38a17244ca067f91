//! Waiting lines: where a visit joins, who is first, and which of several lanes goes first.
//!
//! Says nothing about agents. Invariant: a lane is linked in the order in which its visits are taken, so whoever comes
//! for one looks at its head, unless that has not waited long enough.

use std::cmp::Ordering;

use crate::random::Purpose;
use crate::scenario::checked::{Score, TransferPlace};
use crate::units::{GroupId, LaneId, SimTime, Span};

use super::centre::Centre;
use super::contact::NOBODY;
use super::fact::Cause;
use super::rules::{LaneAccess, Looks, Place};

/// A waiting line: slots of contacts, linked in the order in which they are taken.
#[derive(Clone, Copy, Debug)]
pub(super) struct LaneState {
    head: u32,
    tail: u32,
    /// Visits in the lane.
    pub waiting: u32,
}

impl Default for LaneState {
    fn default() -> Self {
        Self { head: NOBODY, tail: NOBODY, waiting: 0 }
    }
}

impl Score {
    fn of(&self, wait: Span, cause: Cause) -> f64 {
        let bonus = if cause.is_handed_on() { self.after_transfer } else { 0.0 };
        self.base + self.per_second * wait.as_secs_f64() + bonus
    }
}

impl Centre<'_> {
    /// Of the first visits of `lanes` the one that has waited longest (equal: the lower visit key).
    #[inline(always)]
    pub(super) fn longest_wait(&self, group: GroupId, lanes: &[LaneAccess]) -> Option<u32> {
        let firsts = lanes.iter().filter_map(|access| self.first_for(group, access));
        firsts.min_by_key(|&slot| (self.contacts[slot].visit.entered, self.contacts[slot].key))
    }

    /// Of the first visits of `lanes` the one with the highest score (equal: entered earlier, then the lower visit key).
    #[inline(never)]
    pub(super) fn highest_score(&self, group: GroupId, lanes: &[LaneAccess]) -> Option<u32> {
        let firsts = lanes.iter().filter_map(|access| self.first_for(group, access));
        let entry = |slot: u32| (self.contacts[slot].visit.entered, self.contacts[slot].key);
        firsts.max_by(|&one, &other| {
            let by_score: Ordering = self.score(one).total_cmp(&self.score(other));
            by_score.then_with(|| entry(other).cmp(&entry(one)))
        })
    }

    /// The first visit of a lane that has waited long enough for the group.
    #[inline(always)]
    fn first_for(&self, group: GroupId, access: &LaneAccess) -> Option<u32> {
        let slot = self.lanes[access.lane.index()].head;
        if slot != NOBODY
            && let Some(condition) = access.condition
            && !self.may_take(group, access, condition)
        {
            return None;
        }
        match access.looks {
            Looks::AtFirst => (slot != NOBODY
                && self.now.since(self.contacts[slot].visit.entered) >= access.after)
                .then_some(slot),
            Looks::BehindToo => self.first_with_wait(access.lane, access.after),
        }
    }

    /// The first visit of `lane` that has waited so long.
    pub(super) fn first_with_wait(&self, lane: LaneId, least: Span) -> Option<u32> {
        let mut slot = self.lanes[lane.index()].head;
        while slot != NOBODY && self.now.since(self.contacts[slot].visit.entered) < least {
            slot = self.contacts[slot].behind;
        }
        (slot != NOBODY).then_some(slot)
    }

    /// Who is first in `lane`.
    pub(super) fn first_in(&self, lane: LaneId) -> Option<u32> {
        let first = self.lanes[lane.index()].head;
        (first != NOBODY).then_some(first)
    }

    /// What a waiting visit scores now; who was put in front has the highest of all.
    fn score(&self, slot: u32) -> f64 {
        let contact = &self.contacts[slot];
        let visit = &contact.visit;
        let score = &self.rules.lanes[visit.lane.index()].score;
        let wait = self.now.since(visit.entered);
        match contact.place {
            TransferPlace::End => score.of(wait, visit.cause),
            TransferPlace::Front => f64::INFINITY,
            TransferPlace::ByFirstWait => score.of(wait + contact.waited, visit.cause),
        }
    }

    /// Since when a visit has waited as far as its place is concerned.
    fn waits_since(&self, slot: u32) -> SimTime {
        let contact = &self.contacts[slot];
        match contact.place {
            TransferPlace::End | TransferPlace::Front => contact.visit.entered,
            TransferPlace::ByFirstWait => SimTime(contact.visit.entered.0.saturating_sub(contact.waited.0)),
        }
    }

    /// Who will be behind the visit in `slot` when it joins `lane`.
    #[inline(always)]
    fn joins_before(&self, slot: u32, lane: LaneId) -> u32 {
        let LaneState { head, tail, waiting } = self.lanes[lane.index()];
        match self.rules.lanes[lane.index()].place {
            Place::End => NOBODY,
            Place::Front => head,
            Place::Anywhere => {
                let uniform = self.contacts[slot].key.uniform(Purpose::QueuePlace);
                let ahead = (uniform * (f64::from(waiting) + 1.0)) as u32;
                (0..ahead).fold(head, |behind, _| self.contacts[behind].behind)
            }
            Place::ByScore => {
                let (own, since) = (self.score(slot), self.waits_since(slot));
                let is_behind = |other: u32| match self.score(other).total_cmp(&own) {
                    Ordering::Less => true,
                    Ordering::Equal => self.waits_since(other) > since,
                    Ordering::Greater => false,
                };
                let (mut before, mut behind) = (tail, NOBODY);
                while before != NOBODY && is_behind(before) {
                    (before, behind) = (self.contacts[before].before, before);
                }
                behind
            }
        }
    }

    pub(super) fn join(&mut self, slot: u32, lane: LaneId) {
        let behind = self.joins_before(slot, lane);
        let state = &mut self.lanes[lane.index()];
        state.waiting += 1;
        let before = if behind == NOBODY {
            std::mem::replace(&mut state.tail, slot)
        } else {
            std::mem::replace(&mut self.contacts[behind].before, slot)
        };
        if before == NOBODY {
            self.lanes[lane.index()].head = slot;
        } else {
            self.contacts[before].behind = slot;
        }
        let contact = &mut self.contacts[slot];
        (contact.before, contact.behind) = (before, behind);
        let rules = &self.rules.lanes[lane.index()];
        for group in &rules.groups {
            let queue = &mut self.queues[group.index()];
            queue.visits += 1;
            queue.customers += u32::from(rules.is_inbound);
        }
        for room in &rules.rooms {
            self.in_room[*room] += 1;
        }
        if self.rules.has_paces {
            self.pace_changes_at(lane);
        }
    }

    pub(super) fn leave_lane(&mut self, slot: u32) {
        let contact = &self.contacts[slot];
        let (lane, before, behind) = (contact.visit.lane, contact.before, contact.behind);
        let state = &mut self.lanes[lane.index()];
        state.waiting -= 1;
        if before == NOBODY {
            state.head = behind;
        } else {
            self.contacts[before].behind = behind;
        }
        if behind == NOBODY {
            self.lanes[lane.index()].tail = before;
        } else {
            self.contacts[behind].before = before;
        }
        let rules = &self.rules.lanes[lane.index()];
        for group in &rules.groups {
            let queue = &mut self.queues[group.index()];
            queue.visits -= 1;
            queue.customers -= u32::from(rules.is_inbound);
        }
        for room in &rules.rooms {
            self.in_room[*room] -= 1;
        }
        if self.rules.has_paces {
            self.pace_changes_at(lane);
        }
    }
}
