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

    /// `10:00`: a slot of the day.
    pub fn clock(&self, slot: usize) -> String {
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

    /// `Mondays 10:00–11:00`, and `Mon 23 Mar 10:00–11:00` where the run has only one Monday; without dates
    /// `day 1 10:00–11:00`, and `day 1 of the weeks` where there are several: neighbouring slots of one weekday.
    pub fn block(&self, slots: &std::ops::Range<usize>) -> String {
        let per_day = self.frame.slots_per_day();
        let weekday = slots.start / per_day;
        let hours =
            format!("{}–{}", self.clock(slots.start % per_day), self.clock((slots.end - 1) % per_day + 1));
        let mut rows = (0..self.frame.days().len()).filter(|row| self.weekday(*row) == weekday);
        match (rows.next(), rows.next()) {
            (Some(only), None) => format!("{} {hours}", self.short_day(only)),
            _ if self.almanac.is_dated => format!("{} {hours}", WEEKDAYS_LONG[weekday]),
            _ => format!("day {} of the weeks {hours}", weekday + 1),
        }
    }

    /// The row of the typical week in which a day is counted.
    fn weekday(&self, row: usize) -> usize {
        if self.almanac.is_dated {
            self.date(row).weekday().to_monday_zero_offset() as usize
        } else {
            row % 7
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{self, Source, SourceError};

    struct InMemory(String);

    impl Source for InMemory {
        fn read(&self, _: &str) -> Result<Vec<u8>, SourceError> {
            Ok(self.0.clone().into_bytes())
        }
    }

    fn label(times: &str, slots: std::ops::Range<usize>) -> String {
        let text = format!(
            "{times}\n[class.a]\nvolume = {{ per_hour = 1 }}\ntalk_time = {{ constant = \"1m\" }}\n\
             patience = {{ constant = \"1m\" }}\n[group.g]\nagents = 1\ntakes = [[\"a\"]]\n"
        );
        let scenario = scenario::load("a.toml", &[], &InMemory(text)).expect("a sound scenario").scenario;
        let frame = Frame::of(&scenario);
        Calendar::new(&scenario.almanac, &frame).block(&slots)
    }

    #[test]
    fn an_hour_is_named_with_its_true_length_and_with_its_date_where_it_occurs_once() {
        let day = "start = \"2026-01-05\"\nhorizon = \"1d\"\ninterval = \"30m\"";
        assert_eq!(label(day, 46..48), "Mon 5 Jan 23:00–24:00");
        let weeks = day.replace("1d", "14d");
        assert_eq!(label(&weeks, 0..2), "Mondays 00:00–01:00");
        assert_eq!(label(&weeks.replace("30m", "2h"), 13..14), "Tuesdays 02:00–04:00");
        assert_eq!(label("horizon = \"2d\"\ninterval = \"30m\"", 50..51), "day 2 01:00–01:30");
        assert_eq!(label("horizon = \"9d\"\ninterval = \"30m\"", 50..52), "day 2 of the weeks 01:00–02:00");
    }
}
