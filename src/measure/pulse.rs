//! The pulse of a run: a few counts of all classes together for every interval of every date.
//!
//! Kept beside the tables, since the spread from day to day cannot be read from their sums. Estimates nothing. Invariant:
//! summed over all intervals it is the total of the horizon.

use super::columns::ClassColumn;
use super::cube::Cube;
use super::metrics::{entered, offered};

/// Columns of the pulse; the rows are counted intervals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
#[allow(missing_docs, reason = "columns are what their name says")]
pub enum PulseColumn {
    Offered,
    Entered,
    Answered,
    Abandoned,
    /// Answered in time by each class's first service level, and its base.
    InTime,
    Base,
    /// Wait of answered visits, µs.
    AnsweredWaitUs,
}

impl PulseColumn {
    /// Number of columns.
    pub const COUNT: usize = Self::AnsweredWaitUs as usize + 1;
}

/// No interval counted yet.
pub(super) fn no_pulse(intervals: usize) -> Cube {
    Cube::new(intervals, PulseColumn::COUNT)
}

/// Adds the complete row of a class to its interval.
pub(super) fn beat(pulse: &mut Cube, interval: usize, row: &[u64]) {
    pulse.add_to_row(
        interval,
        &[
            offered(row),
            entered(row),
            row[ClassColumn::Answered as usize],
            row[ClassColumn::Abandoned as usize],
            row[ClassColumn::in_time(0)],
            row[ClassColumn::base(0)],
            row[ClassColumn::AnsweredWaitUs as usize],
        ],
    );
}
