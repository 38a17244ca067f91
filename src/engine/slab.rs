//! Records at stable slots, reused after they are freed, so that a run allocates nothing once it has grown.
//!
//! Keeps no generation: who holds a slot that may have been freed must recognise stale uses by other means
//! (the model compares instants, see `model::event`).

use std::ops::{Index, IndexMut};

/// A growing table of records with a free list; slots are `u32`.
#[derive(Clone, Debug)]
pub struct Slab<T> {
    records: Vec<T>,
    free: Vec<u32>,
}

impl<T> Slab<T> {
    /// An empty slab.
    #[must_use]
    pub fn new() -> Self {
        Self { records: Vec::new(), free: Vec::new() }
    }

    /// Stores a record and returns its slot: the one freed last, or a new one.
    ///
    /// # Panics
    /// If more than 2³² − 1 records live at once; the model stops long before.
    #[inline]
    pub fn insert(&mut self, record: T) -> u32 {
        if let Some(slot) = self.free.pop() {
            self.records[slot as usize] = record;
            slot
        } else {
            let slot = u32::try_from(self.records.len()).expect("fewer than 2^32 records");
            self.records.push(record);
            slot
        }
    }

    /// Takes a slot to be written in place: the one freed last, with its old record, or a new one with `blank`.
    ///
    /// # Panics
    /// As [`Slab::insert`].
    #[inline]
    pub fn claim(&mut self, blank: impl FnOnce() -> T) -> u32 {
        self.free.pop().unwrap_or_else(|| {
            self.records.push(blank());
            u32::try_from(self.records.len() - 1).expect("fewer than 2^32 records")
        })
    }

    /// Gives the slot back; its record stays readable until the slot is used again.
    #[inline]
    pub fn remove(&mut self, slot: u32) {
        debug_assert!(!self.free.contains(&slot) || self.free.len() > 64, "slot {slot} freed twice");
        self.free.push(slot);
    }

    /// Records that live.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len() - self.free.len()
    }

    /// Whether no record lives.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Slots of the records that live, ascending. Walks the whole slab: not for the hot path.
    #[must_use]
    pub fn live_slots(&self) -> Vec<u32> {
        let mut is_free = vec![false; self.records.len()];
        for &slot in &self.free {
            is_free[slot as usize] = true;
        }
        (0..).zip(is_free).filter(|&(_, is_free)| !is_free).map(|(slot, _)| slot).collect()
    }
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Index<u32> for Slab<T> {
    type Output = T;
    #[inline]
    fn index(&self, slot: u32) -> &T {
        &self.records[slot as usize]
    }
}

impl<T> IndexMut<u32> for Slab<T> {
    #[inline]
    fn index_mut(&mut self, slot: u32) -> &mut T {
        &mut self.records[slot as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_freed_slot_is_used_again_and_is_not_listed_as_live() {
        let mut slab = Slab::new();
        let (a, b) = (slab.insert('a'), slab.insert('b'));
        slab.remove(a);
        assert_eq!((slab.len(), slab.live_slots()), (1, vec![b]));
        assert_eq!(slab.insert('c'), a);
        assert_eq!((slab[a], slab[b], slab.len()), ('c', 'b', 2));
    }
}
