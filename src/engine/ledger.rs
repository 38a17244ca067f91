//! Far entries by interval: what comes back in hours or days stays out of the agenda.
//!
//! Invariant: entries leave in the order of (time, first entered first).

use super::slab::Slab;
use crate::units::{SimTime, Span};

/// Entries for later instants, kept unsorted by interval until the interval is due.
#[derive(Clone, Debug)]
pub struct Ledger<T> {
    interval: Span,
    items: Slab<T>,
    pages: Vec<Vec<Entry>>,
    /// The page that is open, latest first, so that the next entry is popped from the end.
    open: Vec<Entry>,
    /// Number of the page after the open one.
    next_page: usize,
    entered: u64,
}

/// What is sorted: a note of the item, not the item.
#[derive(Clone, Copy, Debug)]
struct Entry {
    at: SimTime,
    sequence: u64,
    item: u32,
}

impl Entry {
    /// Instant and order of entry as one number: compared without a branch.
    #[inline]
    fn place(&self) -> u128 {
        u128::from(self.at.0) << 64 | u128::from(self.sequence)
    }
}

impl<T: Clone> Ledger<T> {
    /// A ledger with `n_pages` pages of one interval each.
    ///
    /// # Panics
    /// If `interval` is zero.
    #[must_use]
    pub fn new(interval: Span, n_pages: usize) -> Self {
        assert!(interval > Span::ZERO, "a ledger needs pages of some length");
        let pages = std::iter::repeat_with(Vec::new).take(n_pages).collect();
        Self { interval, items: Slab::new(), pages, open: Vec::new(), next_page: 0, entered: 0 }
    }

    /// Enters `item` for `at`, which is not in the past. Entries beyond the last page share it.
    pub fn enter(&mut self, at: SimTime, item: T) {
        let entry = Entry { at, sequence: self.entered, item: self.items.insert(item) };
        self.entered += 1;
        let page = ((at.0 / self.interval.0) as usize).min(self.pages.len().saturating_sub(1));
        if page >= self.next_page {
            self.pages[page].push(entry);
        } else {
            let place = self.open.partition_point(|other| other.at > at);
            self.open.insert(place, entry);
        }
    }

    /// Opens the next page; all its entries can be taken from now on.
    pub fn open_next_page(&mut self) {
        let Some(page) = self.pages.get_mut(self.next_page) else { return };
        self.next_page += 1;
        let mut page = std::mem::take(page);
        page.append(&mut self.open);
        page.sort_unstable_by_key(|entry| std::cmp::Reverse(entry.place()));
        self.open = page;
    }

    /// When the next entry of the open page is due; [`SimTime::MAX`] if there is none.
    #[inline]
    #[must_use]
    pub fn next_at(&self) -> SimTime {
        self.open.last().map_or(SimTime::MAX, |entry| entry.at)
    }

    /// Takes the next entry of the open page.
    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        let entry = self.open.pop()?;
        self.items.remove(entry.item);
        Some(self.items[entry.item].clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_leave_by_time_then_by_order_of_entry_also_when_entered_into_the_open_page() {
        let mut ledger = Ledger::new(Span(10), 3);
        for (at, item) in [(25, "d"), (5, "b"), (5, "c"), (99, "e")] {
            ledger.enter(SimTime(at), item);
        }
        assert_eq!(ledger.next_at(), SimTime::MAX, "no page is open yet");
        ledger.open_next_page();
        ledger.enter(SimTime(2), "a");
        ledger.enter(SimTime(5), "c2");
        let mut story = Vec::new();
        for _ in 0..3 {
            while let Some(item) = ledger.pop() {
                story.push(item);
            }
            ledger.open_next_page();
        }
        assert_eq!(story, ["a", "b", "c", "c2", "d", "e"]);
    }
}
