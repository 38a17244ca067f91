//! Far entries by interval: what comes back in hours or days stays out of the agenda.
//!
//! Invariant: entries leave in the order of (time, first entered first).

use crate::units::{SimTime, Span};

/// Entries for later instants, kept unsorted by interval until the interval is due.
#[derive(Clone, Debug)]
pub struct Ledger<T> {
    interval: Span,
    pages: Vec<Page<T>>,
    open: Page<T>,
    /// What is still to come of the open page, latest first, so that the next entry is popped from the end.
    order: Vec<Note>,
    next_at: SimTime,
    /// Number of the page after the open one.
    next_page: usize,
}

/// The entries of an interval in the order in which they were entered.
type Page<T> = Vec<(SimTime, T)>;

/// Where on the open page an entry stands: what is sorted instead of the entries themselves.
#[derive(Clone, Copy, Debug)]
struct Note {
    at: SimTime,
    position: u64,
}

impl Note {
    /// Instant and order of entry as one number: compared without a branch.
    #[inline]
    fn place(self) -> u128 {
        u128::from(self.at.0) << 64 | u128::from(self.position)
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
        Self { interval, pages, open: Vec::new(), order: Vec::new(), next_at: SimTime::MAX, next_page: 0 }
    }

    /// Enters `item` for `at`, which is not in the past. Entries beyond the last page share it.
    pub fn enter(&mut self, at: SimTime, item: T) {
        let page = ((at.0 / self.interval.0) as usize).min(self.pages.len().saturating_sub(1));
        if page >= self.next_page {
            self.pages[page].push((at, item));
        } else {
            let note = Note { at, position: self.open.len() as u64 };
            self.open.push((at, item));
            let place = self.order.partition_point(|other| other.place() > note.place());
            self.order.insert(place, note);
            self.look_ahead();
        }
    }

    /// Opens the next page; all its entries can be taken from now on.
    pub fn open_next_page(&mut self) {
        let Some(page) = self.pages.get_mut(self.next_page) else { return };
        self.next_page += 1;
        let left: Vec<_> =
            self.order.drain(..).rev().map(|note| self.open[note.position as usize].clone()).collect();
        self.open = std::mem::take(page);
        if !left.is_empty() {
            self.open.splice(0..0, left);
        }
        let notes = (0..).zip(&self.open).map(|(position, &(at, _))| Note { at, position });
        self.order.extend(notes);
        self.order.sort_unstable_by_key(|note| std::cmp::Reverse(note.place()));
        self.look_ahead();
    }

    /// When the next entry of the open page is due; [`SimTime::MAX`] if there is none.
    #[inline]
    #[must_use]
    pub fn next_at(&self) -> SimTime {
        self.next_at
    }

    fn look_ahead(&mut self) {
        self.next_at = self.order.last().map_or(SimTime::MAX, |note| note.at);
    }

    /// Takes the next entry of the open page.
    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        let note = self.order.pop()?;
        self.look_ahead();
        Some(self.open[note.position as usize].1.clone())
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
