//! The agenda: near events on a two-level wheel of time buckets.
//!
//! An event takes a seat in the bucket of its instant; a bucket is sorted when its time comes. The fine wheel holds the
//! running turn of buckets and the one after; later turns wait in the coarse wheel, and beyond that in a list. Scheduling
//! and popping cost the same at any number of pending events.
//! A bucket is three lines of the cache and its events are sorted without a branch that depends on them; who
//! finds no seat goes into a list. Invariant: events leave in the order of (time, rank, first scheduled first): every
//! bucket, list and turn keeps its events in the order in which they were scheduled.

use std::cmp::Reverse;

use crate::units::{SimTime, Span};

/// log₂ of the buckets of a turn.
const TURN_BITS: u32 = 8;
/// Buckets of the fine wheel: two turns.
const FINE: usize = 2 << TURN_BITS;
/// Turns of the coarse wheel.
const COARSE: usize = 1024;
/// Events that a bucket holds itself.
const SEATS: usize = 15;
/// Bits of a seat's number, and of a rank.
const SEAT_BITS: u32 = 4;
const RANK_BITS: u32 = 4;
/// The widest bucket has 2²³ µs: then instant, rank and seat are one positive `i32`.
const MOST_SHIFT: u32 = 31 - RANK_BITS - SEAT_BITS;
/// Nobody has the seat: before every event.
const EMPTY: i32 = -1;
/// No node: the end of a list.
const END: u32 = u32::MAX;

/// Events that happen at one instant happen in the order of their rank.
pub trait Ranked {
    /// What stands on a seat that nobody has taken; is never popped.
    const FILLER: Self;

    /// Lower ranks first; below 16.
    fn rank(&self) -> u8;
}

/// Pending events.
#[derive(Clone, Debug)]
pub struct Agenda<E> {
    /// log₂ of the width of a bucket in µs.
    shift: u32,
    /// Events of the current bucket and of any before it, latest first.
    current: Vec<Entry<E>>,
    /// Number of the current bucket, counted from instant zero.
    current_bucket: u64,
    /// The running turn: a turn is `1 << TURN_BITS` buckets.
    turn: u64,
    /// Buckets of the running turn and the one after.
    fine: Box<[Bucket<E>; FINE]>,
    /// Seats taken in each; one more than there are if somebody stands. Apart from the buckets, since it is read whenever an
    /// event is scheduled, when its bucket is far from the processor.
    taken: Box<[u8; FINE]>,
    fine_used: Bits<{ FINE / 64 }>,
    /// Lists of later turns, up to `COARSE` from the running one.
    coarse: Vec<u32>,
    coarse_used: Bits<{ COARSE / 64 }>,
    /// Still later.
    beyond: Vec<Entry<E>>,
    /// The events of all lists, each with the one that was scheduled before it.
    nodes: Vec<(Entry<E>, u32)>,
    /// The first node that is free, linked to the others.
    free: u32,
    /// A list on its way from the coarse wheel to the fine one.
    spread: Vec<Entry<E>>,
}

/// The events of a short time.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
struct Bucket<E> {
    /// List of those without a seat.
    standing: u32,
    seats: [Seat<E>; SEATS],
}

#[derive(Clone, Copy, Debug)]
struct Seat<E> {
    /// Instant since the begin of the bucket, rank and number of the seat, as one number: the order in which events leave.
    key: i32,
    event: E,
}

#[derive(Clone, Copy, Debug)]
struct Entry<E> {
    at: SimTime,
    event: E,
}

impl<E: Ranked> Entry<E> {
    /// Where it belongs among those that were not scheduled at another time.
    #[inline]
    fn place(&self) -> (SimTime, u8) {
        (self.at, self.event.rank())
    }
}

impl<E: Copy + Ranked> Bucket<E> {
    const NEW: Self = Self { standing: END, seats: [Seat { key: EMPTY, event: E::FILLER }; SEATS] };
}

impl<E: Copy + Ranked> Agenda<E> {
    /// An empty agenda whose buckets are about `bucket` wide (rounded up to a power of two µs, at most 8 s).
    ///
    /// A bucket should hold a few events at the busiest time; the answers do not depend on it.
    #[must_use]
    pub fn new(bucket: Span) -> Self {
        let shift = bucket.0.clamp(1, 1 << MOST_SHIFT).next_power_of_two().trailing_zeros();
        let fine = vec![Bucket::NEW; FINE].into_boxed_slice().try_into();
        Self {
            shift,
            current: Vec::new(),
            current_bucket: 0,
            turn: 0,
            fine: fine.unwrap_or_else(|_| unreachable!("as many buckets as were made")),
            taken: Box::new([0; FINE]),
            fine_used: Bits::new(),
            coarse: vec![END; COARSE],
            coarse_used: Bits::new(),
            beyond: Vec::new(),
            nodes: Vec::new(),
            free: END,
            spread: Vec::new(),
        }
    }

    /// Schedules `event`; `at` is not before the last event popped.
    #[inline]
    pub fn schedule(&mut self, at: SimTime, event: E) {
        let bucket = at.0 >> self.shift;
        if bucket <= self.current_bucket {
            self.place_now(Entry { at, event });
        } else if (bucket >> TURN_BITS) <= self.turn + 1 {
            self.seat(bucket, at, event);
        } else {
            self.place_far(Entry { at, event });
        }
    }

    /// Into a bucket of the fine wheel.
    #[inline]
    fn seat(&mut self, bucket: u64, at: SimTime, event: E) {
        let index = bucket as usize % FINE;
        let number = self.taken[index];
        let Some(seat) = self.fine[index].seats.get_mut(usize::from(number)) else {
            return self.stand(index, Entry { at, event });
        };
        let since_begin = at.0 & ((1 << self.shift) - 1);
        let key = (since_begin as i32) << (RANK_BITS + SEAT_BITS)
            | i32::from(event.rank()) << SEAT_BITS
            | i32::from(number);
        *seat = Seat { key, event };
        self.taken[index] = number + 1;
        self.fine_used.set(index);
    }

    /// Into a bucket without a free seat.
    #[cold]
    #[inline(never)]
    fn stand(&mut self, index: usize, entry: Entry<E>) {
        self.fine[index].standing = self.link(entry, self.fine[index].standing);
        self.taken[index] = SEATS as u8 + 1;
    }

    /// Into the bucket that is being emptied.
    #[cold]
    #[inline(never)]
    fn place_now(&mut self, entry: Entry<E>) {
        let place = self.current.partition_point(|other| other.place() > entry.place());
        self.current.insert(place, entry);
    }

    /// Into a turn beyond the fine wheel.
    #[cold]
    #[inline(never)]
    fn place_far(&mut self, entry: Entry<E>) {
        let turn = entry.at.0 >> self.shift >> TURN_BITS;
        if turn - self.turn < COARSE as u64 {
            let index = turn as usize % COARSE;
            self.coarse[index] = self.link(entry, self.coarse[index]);
            self.coarse_used.set(index);
        } else {
            self.beyond.push(entry);
        }
    }

    /// Stores an event in front of the list that begins with `next`.
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

    /// Takes the node out of its list; returns its event and the next node.
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
        let first = self.turn << TURN_BITS;
        // Where a turn begins, the bucket before it counts as current.
        let after = (self.current_bucket + 1).saturating_sub(first) as usize;
        let begin = first as usize % FINE;
        let Some(index) = self.fine_used.next_in(begin + after, begin + (1 << TURN_BITS)) else {
            return self.start_next_turn(limit);
        };
        let bucket = first + (index - begin) as u64;
        let begins = bucket << self.shift;
        if begins >= limit.0 {
            return false;
        }
        self.current_bucket = bucket;
        self.fine_used.clear(index);
        let taken = usize::from(std::mem::take(&mut self.taken[index]));
        let Bucket { standing, seats } = &mut self.fine[index];
        let entry = |seat: &Seat<E>| {
            let since_begin = (seat.key >> (RANK_BITS + SEAT_BITS)) as u64;
            Entry { at: SimTime(begins + since_begin), event: seat.event }
        };
        if taken <= SEATS {
            let keys = std::array::from_fn(|seat| if seat < taken { seats[seat].key } else { EMPTY });
            let sorted = latest_first(keys, taken);
            let seat = |key: &i32| &seats[*key as usize % (1 << SEAT_BITS)];
            self.current.extend(sorted[..taken].iter().map(seat).map(entry));
        } else {
            let seated = std::array::from_fn(|seat| entry(&seats[seat]));
            let standing = std::mem::replace(standing, END);
            self.sort_all(&seated, standing);
        }
        true
    }

    /// Sorts a bucket with more events than seats into the current one.
    #[cold]
    fn sort_all(&mut self, seated: &[Entry<E>; SEATS], standing: u32) {
        let mut node = standing;
        while node != END {
            let (entry, next) = self.unlink(node);
            self.current.push(entry);
            node = next;
        }
        self.current.extend(seated.iter().rev());
        self.current.sort_by_key(|entry| Reverse(entry.place()));
    }

    /// Spreads the next turn that holds an event over the fine wheel, unless it begins at or after `limit`.
    #[cold]
    fn start_next_turn(&mut self, limit: SimTime) -> bool {
        let begin = ((self.turn + 1) << TURN_BITS) as usize % FINE;
        let in_fine = self.fine_used.next_in(begin, begin + (1 << TURN_BITS)).map(|_| self.turn + 1);
        let here = self.turn as usize % COARSE;
        let in_coarse = self.coarse_used.next_cyclic(here + 1).map(|index| {
            let ahead = (index + COARSE - here - 1) % COARSE + 1;
            self.turn + ahead as u64
        });
        let in_beyond = self.beyond.iter().map(|entry| entry.at.0 >> self.shift >> TURN_BITS).min();
        let Some(next) = in_fine.into_iter().chain(in_coarse).chain(in_beyond).min() else { return false };
        let first_bucket = next << TURN_BITS;
        if first_bucket << self.shift >= limit.0 {
            return false;
        }
        self.turn = next;
        self.current_bucket = first_bucket - 1;
        self.spread(next);
        self.spread(next + 1);
        for Entry { at, event } in std::mem::take(&mut self.beyond) {
            self.schedule(at, event);
        }
        true
    }

    /// Moves the events of a turn from the coarse wheel, where there are any, to the fine one.
    fn spread(&mut self, turn: u64) {
        let index = turn as usize % COARSE;
        self.coarse_used.clear(index);
        let mut node = std::mem::replace(&mut self.coarse[index], END);
        let mut spread = std::mem::take(&mut self.spread);
        while node != END {
            let (entry, next) = self.unlink(node);
            spread.push(entry);
            node = next;
        }
        // The list begins with the last one scheduled.
        for Entry { at, event } in spread.drain(..).rev() {
            self.seat(at.0 >> self.shift, at, event);
        }
        self.spread = spread;
    }
}

/// The keys in falling order; those of the first `taken` seats are not empty.
///
/// Up to ten by networks of comparisons, which do the same whatever the keys: their order cannot be foretold, and a processor that guesses
/// it wrong loses more time than all comparisons take.
#[inline]
fn latest_first(mut keys: [i32; SEATS], taken: usize) -> [i32; SEATS] {
    match taken {
        0 | 1 => {}
        11.. => keys[..taken].sort_unstable_by_key(|key| Reverse(*key)),
        2..=4 => order(&mut keys, &[(0, 2), (1, 3), (0, 1), (2, 3), (1, 2)]),
        5..=8 => order(&mut keys, &EIGHT),
        _ => order(&mut keys, &TEN),
    }
    keys
}

/// The networks with the fewest comparisons for eight and for ten.
#[rustfmt::skip]
const EIGHT: [(usize, usize); 19] = [
    (0, 2), (1, 3), (4, 6), (5, 7), (0, 4), (1, 5), (2, 6), (3, 7), (0, 1), (2, 3), (4, 5), (6, 7), (2, 4), (3, 5), (1, 4),
    (3, 6), (1, 2), (3, 4), (5, 6),
];
#[rustfmt::skip]
const TEN: [(usize, usize); 29] = [
    (0, 8), (1, 9), (2, 7), (3, 5), (4, 6), (0, 2), (1, 4), (5, 8), (7, 9), (0, 3), (2, 4), (5, 7), (6, 9), (0, 1), (3, 6),
    (8, 9), (1, 5), (2, 3), (4, 8), (6, 7), (1, 2), (3, 5), (4, 6), (7, 8), (2, 3), (4, 5), (6, 7), (3, 4), (5, 6),
];

/// Puts the larger of each pair in front.
#[inline(always)]
fn order<const N: usize>(keys: &mut [i32; SEATS], pairs: &[(usize, usize); N]) {
    for &(front, back) in pairs {
        (keys[front], keys[back]) = (keys[front].max(keys[back]), keys[front].min(keys[back]));
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
        self.0[index / 64 % WORDS] |= 1 << (index % 64);
    }

    #[inline]
    fn clear(&mut self, index: usize) {
        self.0[index / 64 % WORDS] &= !(1 << (index % 64));
    }

    /// The first member from `from` on, before `end`, which is a multiple of 64.
    #[inline]
    fn next_in(&self, from: usize, end: usize) -> Option<usize> {
        let words = self.0.get(from / 64..end / 64)?;
        let mut base = from / 64 * 64;
        let mut mask = u64::MAX << (from % 64);
        for word in words {
            let bits = word & mask;
            if bits != 0 {
                return Some(base + bits.trailing_zeros() as usize);
            }
            mask = u64::MAX;
            base += 64;
        }
        None
    }

    /// The first member at or after `from`, going round.
    fn next_cyclic(&self, from: usize) -> Option<usize> {
        self.next_in(from, 64 * WORDS).or_else(|| self.next_in(0, 64 * WORDS))
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
        const FILLER: Self = Self { rank: 0, number: u32::MAX };

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

    /// A network sorts everything if it sorts all zeros and ones.
    #[test]
    fn the_networks_sort_all_zeros_and_ones() {
        for taken in 0..=SEATS {
            for bits in 0..1_u32 << taken {
                let keys = std::array::from_fn(|seat| match seat {
                    seat if seat >= taken => EMPTY,
                    seat => (bits >> seat & 1) as i32,
                });
                let sorted = latest_first(keys, taken);
                assert!(sorted.is_sorted_by(|front, back| front >= back), "{keys:?}");
            }
        }
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
