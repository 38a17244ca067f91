//! The agenda: near events on a two-level wheel of time buckets.
//!
//! An event goes into the bucket of its instant; a bucket is sorted when its time comes. Buckets beyond the running
//! turn of the fine wheel wait in the coarse wheel, and beyond that in a list. Scheduling and popping cost the same
//! at any number of pending events.
//! Buckets are linked lists in one slab: a pending event costs one line of memory, and the heads stay in the nearest
//! cache. Invariant: events leave in the order of (time, rank, first scheduled first).

use crate::units::{SimTime, Span};

const FINE_BITS: u32 = 12;
const FINE: usize = 1 << FINE_BITS;
const COARSE: usize = 1024;
/// No node: the end of a bucket.
const END: u32 = u32::MAX;

/// Events that happen at one instant happen in the order of their rank.
pub trait Ranked {
    /// Lower ranks first.
    fn rank(&self) -> u8;
}

/// Pending events.
#[derive(Clone, Debug)]
pub struct Agenda<E> {
    /// log₂ of the width of a fine bucket in µs.
    shift: u32,
    /// Events of the current bucket and of any before it, latest first.
    current: Vec<Entry<E>>,
    /// Number of the current bucket, counted from instant zero.
    current_bucket: u64,
    /// Buckets of the running turn (same `bucket >> FINE_BITS` as the current one).
    fine: Vec<u32>,
    fine_used: Bits<{ FINE / 64 }>,
    /// Later turns, up to `COARSE` from the running one.
    coarse: Vec<u32>,
    coarse_used: Bits<{ COARSE / 64 }>,
    /// Still later.
    beyond: Vec<Entry<E>>,
    /// The events of all buckets, each with the next of its bucket.
    nodes: Vec<(Entry<E>, u32)>,
    /// The first node that is free, linked to the others.
    free: u32,
    scheduled: u64,
}

#[derive(Clone, Copy, Debug)]
struct Entry<E> {
    at: SimTime,
    /// Rank in the top byte, running number below: ties of time in one comparison.
    order: u64,
    event: E,
}

impl<E> Entry<E> {
    /// Instant and order as one number: compared without a branch.
    #[inline]
    fn place(&self) -> u128 {
        u128::from(self.at.0) << 64 | u128::from(self.order)
    }
}

impl<E: Copy + Ranked> Agenda<E> {
    /// An empty agenda whose fine buckets are about `bucket` wide (rounded up to a power of two µs).
    ///
    /// A bucket should hold a few events at the busiest time; the answers do not depend on it.
    #[must_use]
    pub fn new(bucket: Span) -> Self {
        let shift = bucket.0.clamp(1, 1 << 40).next_power_of_two().trailing_zeros();
        Self {
            shift,
            current: Vec::new(),
            current_bucket: 0,
            fine: vec![END; FINE],
            fine_used: Bits::new(),
            coarse: vec![END; COARSE],
            coarse_used: Bits::new(),
            beyond: Vec::new(),
            nodes: Vec::new(),
            free: END,
            scheduled: 0,
        }
    }

    /// Schedules `event`; `at` is not before the last event popped.
    #[inline]
    pub fn schedule(&mut self, at: SimTime, event: E) {
        let order = u64::from(event.rank()) << 56 | self.scheduled;
        self.scheduled += 1;
        self.place(at, order, event);
    }

    // Three numbers instead of an entry: an entry would go through memory on its way here.
    #[inline]
    fn place(&mut self, at: SimTime, order: u64, event: E) {
        let bucket = at.0 >> self.shift;
        let turns_ahead = (bucket >> FINE_BITS).saturating_sub(self.current_bucket >> FINE_BITS);
        if bucket <= self.current_bucket {
            self.place_now(Entry { at, order, event });
        } else if turns_ahead == 0 {
            let index = bucket as usize % FINE;
            self.fine[index] = self.link(Entry { at, order, event }, self.fine[index]);
            self.fine_used.set(index);
        } else if turns_ahead < COARSE as u64 {
            let index = (bucket >> FINE_BITS) as usize % COARSE;
            self.coarse[index] = self.link(Entry { at, order, event }, self.coarse[index]);
            self.coarse_used.set(index);
        } else {
            self.beyond.push(Entry { at, order, event });
        }
    }

    /// Into the bucket that is being emptied.
    #[cold]
    fn place_now(&mut self, entry: Entry<E>) {
        let place = self.current.partition_point(|other| other.place() > entry.place());
        self.current.insert(place, entry);
    }

    /// Stores an event in front of the bucket that begins with `next`.
    #[inline(always)]
    fn link(&mut self, entry: Entry<E>, next: u32) -> u32 {
        let node = self.free;
        let Some(free) = self.nodes.get_mut(node as usize) else {
            self.nodes.push((entry, next));
            return u32::try_from(self.nodes.len() - 1).expect("fewer than 2^32 pending events");
        };
        self.free = free.1;
        *free = (entry, next);
        node
    }

    /// Takes the node out of its bucket; returns its event and the next node.
    #[inline]
    fn unlink(&mut self, node: u32) -> (Entry<E>, u32) {
        let (entry, next) = self.nodes[node as usize];
        self.nodes[node as usize].1 = std::mem::replace(&mut self.free, node);
        (entry, next)
    }

    /// Takes the next event strictly before `limit`.
    #[inline(always)]
    pub fn pop_before(&mut self, limit: SimTime) -> Option<(SimTime, E)> {
        loop {
            if let Some(next) = self.current.last() {
                if next.at >= limit {
                    return None;
                }
                let next = self.current.pop()?;
                return Some((next.at, next.event));
            }
            if !self.open_next_bucket(limit) {
                return None;
            }
        }
    }

    /// Makes the next bucket that holds an event the current one, unless it begins at or after `limit`.
    #[inline(never)]
    fn open_next_bucket(&mut self, limit: SimTime) -> bool {
        let turn = self.current_bucket >> FINE_BITS;
        let after = self.current_bucket as usize % FINE + 1;
        if let Some(index) = self.fine_used.next_from(after) {
            let bucket = turn << FINE_BITS | index as u64;
            if bucket << self.shift >= limit.0 {
                return false;
            }
            self.current_bucket = bucket;
            self.fine_used.clear(index);
            let mut node = std::mem::replace(&mut self.fine[index], END);
            while node != END {
                let (entry, next) = self.unlink(node);
                self.current.push(entry);
                node = next;
            }
            if self.current.len() > 1 {
                self.current.sort_unstable_by_key(|entry| std::cmp::Reverse(entry.place()));
            }
            return true;
        }
        self.start_next_turn(turn, limit)
    }

    /// Spreads the next turn that holds an event over the fine wheel, unless it begins at or after `limit`.
    fn start_next_turn(&mut self, turn: u64, limit: SimTime) -> bool {
        let here = turn as usize % COARSE;
        let in_coarse = self.coarse_used.next_cyclic(here + 1).map(|index| {
            let ahead = (index + COARSE - here - 1) % COARSE + 1;
            turn + ahead as u64
        });
        let in_beyond = self.beyond.iter().map(|entry| entry.at.0 >> self.shift >> FINE_BITS).min();
        let Some(next) = in_coarse.into_iter().chain(in_beyond).min() else { return false };
        let first_bucket = next << FINE_BITS;
        if first_bucket << self.shift >= limit.0 {
            return false;
        }
        self.current_bucket = first_bucket;
        let index = next as usize % COARSE;
        if in_coarse == Some(next) {
            self.coarse_used.clear(index);
            let mut node = std::mem::replace(&mut self.coarse[index], END);
            while node != END {
                let (entry, next) = self.unlink(node);
                self.place(entry.at, entry.order, entry.event);
                node = next;
            }
        }
        for entry in std::mem::take(&mut self.beyond) {
            self.place(entry.at, entry.order, entry.event);
        }
        true
    }
}

/// A fixed set of small numbers with fast search for the next member.
#[derive(Clone, Debug)]
struct Bits<const WORDS: usize>([u64; WORDS]);

impl<const WORDS: usize> Bits<WORDS> {
    fn new() -> Self {
        Self([0; WORDS])
    }

    #[inline]
    fn set(&mut self, index: usize) {
        self.0[index / 64] |= 1 << (index % 64);
    }

    #[inline]
    fn clear(&mut self, index: usize) {
        self.0[index / 64] &= !(1 << (index % 64));
    }

    /// The first member at or after `from`.
    #[inline]
    fn next_from(&self, from: usize) -> Option<usize> {
        let mut word = from / 64;
        if word >= WORDS {
            return None;
        }
        let mut bits = self.0[word] & (u64::MAX << (from % 64));
        loop {
            if bits != 0 {
                return Some(word * 64 + bits.trailing_zeros() as usize);
            }
            word += 1;
            if word == WORDS {
                return None;
            }
            bits = self.0[word];
        }
    }

    /// The first member at or after `from`, going round.
    fn next_cyclic(&self, from: usize) -> Option<usize> {
        self.next_from(from).or_else(|| self.next_from(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    struct Marked {
        rank: u8,
        number: u32,
    }

    impl Ranked for Marked {
        fn rank(&self) -> u8 {
            self.rank
        }
    }

    #[test]
    fn ties_leave_by_rank_then_first_scheduled_first() {
        let mut agenda = Agenda::new(Span(8));
        for (number, rank) in [(0, 2), (1, 1), (2, 2), (3, 1)] {
            agenda.schedule(SimTime(100), Marked { rank, number });
        }
        let order: Vec<u32> =
            std::iter::from_fn(|| agenda.pop_before(SimTime::MAX)).map(|(_, event)| event.number).collect();
        assert_eq!(order, [1, 3, 0, 2]);
    }

    #[test]
    fn the_limit_itself_is_not_reached() {
        let mut agenda = Agenda::new(Span(8));
        agenda.schedule(SimTime(100), Marked { rank: 0, number: 0 });
        assert_eq!(agenda.pop_before(SimTime(100)), None);
        assert!(agenda.pop_before(SimTime(101)).is_some());
    }

    proptest! {
        /// Against a sorted list, with delays from the same instant to far beyond both wheels.
        #[test]
        fn events_leave_like_from_a_sorted_list(
            width in 1u64..5_000,
            steps in proptest::collection::vec((0u64..4, 0u32..46, 0u64..1_000, 0u8..7), 1..300),
        ) {
            let mut agenda = Agenda::new(Span(width));
            let mut list: Vec<(SimTime, u8, u32)> = Vec::new();
            let mut now = SimTime::ZERO;
            for (number, (pops, magnitude, delay, rank)) in (0..).zip(steps) {
                let at = now + Span(delay << (magnitude / 2));
                agenda.schedule(at, Marked { rank, number });
                list.push((at, rank, number));
                list.sort();
                for _ in 0..pops {
                    let limit = now + Span(delay << (magnitude / 3));
                    let expected = (!list.is_empty() && list[0].0 < limit).then(|| list.remove(0));
                    let found = agenda.pop_before(limit).map(|(at, event)| (at, event.rank, event.number));
                    prop_assert_eq!(found, expected);
                    if let Some((at, ..)) = found {
                        now = at;
                    }
                }
            }
            while let Some((at, event)) = agenda.pop_before(SimTime::MAX) {
                prop_assert_eq!((at, event.rank, event.number), list.remove(0));
            }
            prop_assert!(list.is_empty());
        }
    }
}
