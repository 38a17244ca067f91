//! Which of a tier's idle agents takes a visit: longest idle, at random, least occupied, most specialised,
//! of the group with most to spare.
//!
//! Says nothing about which tier is open. Invariant: no agent is chosen who is not idle; equal ones go by who has been
//! idle longest, then by the group named first.

use std::cmp::Ordering;

use crate::random::{Key, Purpose};
use crate::units::{GroupId, SimTime, Span};

use super::agents::Agent;
use super::centre::Centre;

impl Centre<'_> {
    /// Who has been idle longest over all `groups`.
    #[inline(always)]
    pub(super) fn take_longest_idle_of(&mut self, groups: &[GroupId]) -> Option<Agent> {
        let mut longest = (SimTime::MAX, GroupId(0));
        for &group in groups {
            let since = self.idle_since[group.index()];
            if since < longest.0 {
                longest = (since, group);
            }
        }
        if longest.0 == SimTime::MAX { None } else { self.take_longest_idle(longest.1) }
    }

    /// Each idle agent of `groups` with the same probability, drawn from the key of the visit.
    pub(super) fn take_random(&mut self, groups: &[GroupId], key: Key) -> Option<Agent> {
        let n_idle = |group: &GroupId| self.groups[group.index()].idle.len();
        let all: usize = groups.iter().map(n_idle).sum();
        let mut position = (key.uniform(Purpose::AgentChoice) * all as f64) as usize;
        for group in groups {
            let n_idle = self.groups[group.index()].idle.len();
            if position < n_idle {
                return self.take_idle(*group, position);
            }
            position -= n_idle;
        }
        None
    }

    /// Who was busy for the smallest share of the time since log-in.
    pub(super) fn take_least_occupied(&mut self, groups: &[GroupId]) -> Option<Agent> {
        let mut least: Option<(Occupied, SimTime, GroupId, usize)> = None;
        for &group in groups {
            let state = &self.groups[group.index()];
            for (position, &(since, number)) in state.idle.iter().enumerate() {
                let clock = state.clocks[number as usize];
                let logged_in = self.now.since(clock.logged_in);
                let idle = clock.idle + self.now.since(since);
                let occupied = Occupied { busy: Span(logged_in.0 - idle.0), logged_in };
                let is_less = least.is_none_or(|(other, other_since, ..)| {
                    occupied.is_below(other) || (!other.is_below(occupied) && since < other_since)
                });
                if is_less {
                    least = Some((occupied, since, group, position));
                }
            }
        }
        let (.., group, position) = least?;
        self.take_idle(group, position)
    }

    /// Who has been idle longest among the groups that take the fewest classes.
    pub(super) fn take_most_specialised(&mut self, groups: &[GroupId]) -> Option<Agent> {
        let idle_ones = groups.iter().filter(|group| self.idle_since[group.index()] < SimTime::MAX);
        let first = idle_ones
            .min_by_key(|group| (self.rules.groups[group.index()].n_classes, self.idle_since[group.index()]));
        first.copied().and_then(|group| self.take_longest_idle(group))
    }

    /// Who has been idle longest in the group with the largest share of its agents idle.
    pub(super) fn take_by_idle_share(&mut self, groups: &[GroupId]) -> Option<Agent> {
        let share = |group: &GroupId| {
            let state = &self.groups[group.index()];
            (state.idle.len() as u64, u64::from(state.staffed))
        };
        let mut largest: Option<GroupId> = None;
        for group in groups.iter().filter(|group| self.idle_since[group.index()] < SimTime::MAX) {
            let is_larger = largest.is_none_or(|other| {
                let ((idle, of), (other_idle, other_of)) = (share(group), share(&other));
                match (idle * other_of).cmp(&(other_idle * of)) {
                    Ordering::Greater => true,
                    Ordering::Equal => self.idle_since[group.index()] < self.idle_since[other.index()],
                    Ordering::Less => false,
                }
            });
            if is_larger {
                largest = Some(*group);
            }
        }
        largest.and_then(|group| self.take_longest_idle(group))
    }
}

/// A share of time, compared without rounding.
#[derive(Clone, Copy, Debug)]
struct Occupied {
    busy: Span,
    logged_in: Span,
}

impl Occupied {
    /// Who has just logged in was busy for none of it.
    fn is_below(self, other: Self) -> bool {
        let cross =
            |one: Self, another: Self| u128::from(one.busy.0) * u128::from(another.logged_in.0.max(1));
        cross(self, other) < cross(other, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_compared_exactly_and_no_time_is_no_work() {
        let share = |busy, logged_in| Occupied { busy: Span(busy), logged_in: Span(logged_in) };
        assert!(share(1, 3).is_below(share(1, 2)) && !share(1, 2).is_below(share(1, 3)));
        assert!(!share(1, 3).is_below(share(2, 6)) && !share(2, 6).is_below(share(1, 3)));
        assert!(share(0, 0).is_below(share(1, 100)) && !share(0, 0).is_below(share(0, 100)));
        // A year in microseconds, apart by one.
        let year = 31_536_000_000_000;
        assert!(share(year / 2, year).is_below(share(year / 2 + 1, year)));
    }
}
