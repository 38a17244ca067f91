//! Which classes a contact has been in: kept only of contacts that leave a class for another.
//!
//! A set of classes for each slot of a contact, beside the record, since few contacts have one. Invariant: the set of a
//! contact at its first visit is never read, so what an earlier contact left in the slot does not matter.

use crate::units::ClassId;

/// Sets of classes by slot.
#[derive(Clone, Debug)]
pub(super) struct Trail {
    /// 64 classes each.
    words: usize,
    sets: Vec<u64>,
}

impl Trail {
    pub fn new(n_classes: usize) -> Self {
        Self { words: n_classes.div_ceil(64).max(1), sets: Vec::new() }
    }

    /// The contact in `slot` leaves `class`; `leg` is the position of its visit there.
    pub fn leaves(&mut self, slot: u32, leg: u16, class: ClassId) {
        let set = self.set(slot);
        if leg == 0 {
            set.fill(0);
        }
        set[class.index() / 64] |= 1 << (class.index() % 64);
    }

    /// The contact goes on in another slot.
    pub fn moves(&mut self, slot: u32, to: u32) {
        self.set(to.max(slot));
        let first = |slot: u32| slot as usize * self.words;
        let from = first(slot);
        self.sets.copy_within(from..from + self.words, first(to));
    }

    /// Whether the contact in `slot`, which has left a class before, has left this one.
    pub fn has(&self, slot: u32, class: ClassId) -> bool {
        let word = self.sets[slot as usize * self.words + class.index() / 64];
        word >> (class.index() % 64) & 1 == 1
    }

    fn set(&mut self, slot: u32) -> &mut [u64] {
        let first = slot as usize * self.words;
        if self.sets.len() < first + self.words {
            self.sets.resize(first + self.words, 0);
        }
        &mut self.sets[first..][..self.words]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_has_been_where_it_left_and_nowhere_else_however_many_classes_there_are() {
        let mut trail = Trail::new(200);
        trail.leaves(5, 0, ClassId(130));
        trail.moves(5, 9);
        trail.leaves(9, 1, ClassId(2));
        let been: Vec<u16> = (0..200).filter(|class| trail.has(9, ClassId(*class))).collect();
        assert_eq!(been, [2, 130]);
    }

    #[test]
    fn a_slot_that_is_used_again_begins_anew() {
        let mut trail = Trail::new(3);
        trail.leaves(0, 0, ClassId(1));
        trail.leaves(0, 0, ClassId(2));
        assert!(!trail.has(0, ClassId(1)) && trail.has(0, ClassId(2)));
    }
}
