//! Dates and intervals of a run: which local day and which slot of the day an instant belongs to.
//!
//! Knows the calendar, no volume and no staffing. (`Agenda` is the engine's list of events; this is the other calendar.)
//! Invariant: intervals follow one another without gap from the start of the warm-up to the end of the horizon, and each
//! begins at a multiple of its length on the local wall clock.

use jiff::civil::Date;

use crate::units::{SimTime, Span};

/// The intervals and days of a run, warm-up first.
#[derive(Clone, Debug, PartialEq)]
pub struct Almanac {
    /// Whether the scenario names a start date; without one, days have numbers and no dates are shown.
    pub is_dated: bool,
    /// IANA name of the zone, `UTC` where no calendar is used.
    pub time_zone: String,
    /// Seconds from the epoch (UTC) to [`SimTime::ZERO`].
    pub epoch_start_s: i64,
    /// Length of an interval: whole seconds; divides a day, the warm-up and the horizon.
    pub interval: Span,
    /// The part before the horizon that enters no count; a whole number of intervals.
    pub warm_up: Span,
    /// The part that is counted; a whole number of intervals, at least 0.
    pub horizon: Span,
    /// Slots of a local day of 24 hours: 24 h ÷ interval.
    pub slots_per_day: usize,
    /// Every interval of the run in order.
    pub intervals: Vec<Interval>,
    /// Every local day of the run in order.
    pub days: Vec<Day>,
}

/// Where an interval lies in the local calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Position in [`Almanac::days`].
    pub day: u32,
    /// Slot by the local wall clock at its beginning: seconds since local midnight ÷ interval, without rest. October's second 02:00 has the label of the first.
    pub slot: u16,
}

/// A local day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Local date; for runs without a date, days from Monday 2024-01-01 on.
    pub date: Date,
    /// Monday = 0 … Sunday = 6.
    pub weekday: u8,
    /// Whether it is a public holiday of the scenario's calendar.
    pub is_holiday: bool,
}

impl Almanac {
    /// Number of intervals, warm-up included.
    #[must_use]
    pub fn n_intervals(&self) -> usize {
        self.intervals.len()
    }

    /// The first interval that counts.
    #[must_use]
    pub fn first_counted(&self) -> usize {
        (self.warm_up.0 / self.interval.0) as usize
    }

    /// The first instant that counts.
    #[must_use]
    pub fn counting_starts(&self) -> SimTime {
        SimTime::ZERO + self.warm_up
    }

    /// The end of the horizon.
    #[must_use]
    pub fn ends(&self) -> SimTime {
        SimTime::ZERO + self.warm_up + self.horizon
    }

    /// The interval that contains `at`; instants after the horizon belong to the last one.
    #[must_use]
    pub fn interval_at(&self, at: SimTime) -> usize {
        ((at.0 / self.interval.0) as usize).min(self.n_intervals().saturating_sub(1))
    }
}
