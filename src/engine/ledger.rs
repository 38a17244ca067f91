//! Far entries by interval: what comes back in hours or days stays out of the agenda until its interval begins.
//!
//! Sorts nothing: the agenda does, once it is told of an entry. Invariant: an entry has one position from when its page is
//! open, or it was entered into the open page, until the next one is opened.

use crate::units::{SimTime, Span};

/// Entries for later instants, kept unsorted by interval until the interval is due.
#[derive(Clone, Debug)]
pub struct Ledger<T> {
    interval: Span,
    pages: Vec<Page<T>>,
    open: Page<T>,
    /// Number of the page after the open one.
    next_page: usize,
}

/// The entries of an interval in the order in which they were entered.
type Page<T> = Vec<(SimTime, T)>;

impl<T> Ledger<T> {
    /// A ledger with `n_pages` pages of one interval each.
    ///
    /// # Panics
    /// If `interval` is zero.
    #[must_use]
    pub fn new(interval: Span, n_pages: usize) -> Self {
        assert!(interval > Span::ZERO, "a ledger needs pages of some length");
        let pages = std::iter::repeat_with(Vec::new).take(n_pages).collect();
        Self { interval, pages, open: Vec::new(), next_page: 0 }
    }

    /// Enters `item` for `at`, which is not in the past. Entries beyond the last page share it.
    ///
    /// Its position, if it belongs on the open page.
    #[must_use = "an entry on the open page is told of by nobody else"]
    pub fn enter(&mut self, at: SimTime, item: T) -> Option<u32> {
        let page = ((at.0 / self.interval.0) as usize).min(self.pages.len().saturating_sub(1));
        if page >= self.next_page {
            self.pages[page].push((at, item));
            return None;
        }
        self.open.push((at, item));
        Some(self.open.len() as u32 - 1)
    }

    /// Opens the next page: position and instant of its entries, in the order in which they were entered.
    ///
    /// The entries of the page before it are gone.
    pub fn open_next_page(&mut self) -> impl Iterator<Item = (u32, SimTime)> {
        if let Some(page) = self.pages.get_mut(self.next_page) {
            self.next_page += 1;
            self.open = std::mem::take(page);
        } else {
            self.open.clear();
        }
        (0..).zip(&self.open).map(|(position, &(at, _))| (position, at))
    }

    /// The entry at a position of the open page.
    ///
    /// # Panics
    /// If there is none.
    #[inline]
    #[must_use]
    pub fn entry(&self, position: u32) -> &T {
        &self.open[position as usize].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_told_of_once_when_their_page_is_opened_or_when_they_are_entered_into_it() {
        let mut ledger = Ledger::new(Span(10), 3);
        for (at, item) in [(25, "d"), (5, "b"), (5, "c"), (99, "e")] {
            assert_eq!(ledger.enter(SimTime(at), item), None, "no page is open yet");
        }
        let mut story = Vec::new();
        let mut tell = |ledger: &Ledger<&'static str>, told: Vec<(u32, SimTime)>| {
            story.extend(told.into_iter().map(|(position, at)| (at.0, *ledger.entry(position))));
        };
        let told = ledger.open_next_page().collect();
        tell(&ledger, told);
        for (at, item) in [(2, "a"), (12, "f"), (5, "c2")] {
            let told = ledger.enter(SimTime(at), item).map(|position| (position, SimTime(at)));
            tell(&ledger, told.into_iter().collect());
        }
        for _ in 0..2 {
            let told = ledger.open_next_page().collect();
            tell(&ledger, told);
        }
        assert_eq!(story, [(5, "b"), (5, "c"), (2, "a"), (5, "c2"), (12, "f"), (25, "d"), (99, "e")]);
    }
}
