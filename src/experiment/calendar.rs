//! Periods with labels: which day rows make a week or a month, and what days, weeks, months and slots are called.
//!
//! Invariant: each counted day is in exactly one week and one month, so that their sums tie.

use jiff::civil::Date;

use crate::measure::Frame;
use crate::scenario::Almanac;

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const WEEKDAYS_LONG: [&str; 7] =
    ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Some day rows under one label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub label: String,
    pub days: std::ops::Range<usize>,
}

/// Names days, weeks, months and slots of a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calendar<'a> {
    almanac: &'a Almanac,
    frame: &'a Frame,
}

impl<'a> Calendar<'a> {
    pub fn new(almanac: &'a Almanac, frame: &'a Frame) -> Self {
        Self { almanac, frame }
    }

    fn date(&self, row: usize) -> Date {
        self.almanac.days[self.frame.days()[row]].date
    }

    /// First and last date; `None` without dates or days.
    pub fn dates(&self) -> Option<(Date, Date)> {
        let last = self.frame.days().len().checked_sub(1)?;
        self.almanac.is_dated.then(|| (self.date(0), self.date(last)))
    }

    pub fn days(&self) -> Vec<Span> {
        self.grouped(|row| {
            if self.almanac.is_dated { self.date(row).to_string() } else { format!("day {}", row + 1) }
        })
    }

    /// ISO weeks, cut at the horizon; without dates, seven days each from the first on.
    pub fn weeks(&self) -> Vec<Span> {
        self.grouped(|row| {
            if self.almanac.is_dated {
                let week = self.date(row).iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            } else {
                format!("week {}", row / 7 + 1)
            }
        })
    }

    /// Calendar months, cut at the horizon.
    pub fn months(&self) -> Vec<Span> {
        self.grouped(|row| {
            let date = self.date(row);
            format!("{:04}-{:02}", date.year(), date.month())
        })
    }

    /// Neighbouring days with the same label.
    fn grouped(&self, label: impl Fn(usize) -> String) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for row in 0..self.frame.days().len() {
            let label = label(row);
            match spans.last_mut() {
                Some(span) if span.label == label => span.days.end = row + 1,
                _ => spans.push(Span { label, days: row..row + 1 }),
            }
        }
        spans
    }

    /// `2026-03-23 10:00`, `day 1 at 10:00` (`day 1 10:00` is a slot of the typical week): a counted interval; October's second 02:00 has the label of the first.
    pub fn interval(&self, counted: usize) -> String {
        let interval = self.almanac.intervals[self.almanac.first_counted() + counted];
        let row = interval.day as usize - self.frame.days()[0];
        let clock = self.clock(usize::from(interval.slot));
        if self.almanac.is_dated {
            format!("{} {clock}", self.date(row))
        } else {
            format!("day {} at {clock}", row + 1)
        }
    }

    fn clock(&self, slot: usize) -> String {
        let minutes = slot as u64 * self.almanac.interval.0 / 60_000_000;
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    }

    /// `Mon 10:00`, `day 1 10:00`.
    pub fn slot(&self, row: usize) -> String {
        let (weekday, slot) = (row / self.frame.slots_per_day(), row % self.frame.slots_per_day());
        let clock = self.clock(slot);
        if self.almanac.is_dated {
            format!("{} {clock}", WEEKDAYS[weekday])
        } else {
            format!("day {} {clock}", weekday + 1)
        }
    }

    /// `Mon 23 Mar`, `day 3`.
    pub fn short_day(&self, row: usize) -> String {
        if !self.almanac.is_dated {
            return format!("day {}", row + 1);
        }
        let date = self.date(row);
        let weekday = date.weekday().to_monday_zero_offset() as usize;
        format!("{} {} {}", WEEKDAYS[weekday], date.day(), MONTHS[date.month() as usize - 1])
    }

    /// `Mondays 10:00`, `day 1 10:00`.
    pub fn hour(&self, weekday: usize, hour: usize) -> String {
        if self.almanac.is_dated {
            format!("{} {hour:02}:00", WEEKDAYS_LONG[weekday])
        } else {
            format!("day {} {hour:02}:00", weekday + 1)
        }
    }
}
