//! The parts of a run that a requirement is told by: intervals, days, calendar months.
//!
//! Adds nothing up. Invariant: periods follow one another and cover the counted horizon.

use std::ops::Range;

use crate::scenario::Almanac;

/// How finely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Every interval of the scenario.
    Interval,
    /// Local days.
    Day,
    /// Calendar months, cut at the horizon.
    Month,
}

/// A part of the counted horizon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// `2026-03-23`, `2026-03`; without dates `day 1`.
    pub date: String,
    /// `10:00`, of an interval; else empty.
    pub clock: String,
    /// Intervals of the almanac.
    pub intervals: Range<usize>,
}

/// The periods of the counted horizon; by month only with dates, else by day.
#[must_use]
pub fn periods(almanac: &Almanac, by: By) -> Vec<Period> {
    let first_day = almanac.intervals.get(almanac.first_counted()).map_or(0, |interval| interval.day);
    let mut periods: Vec<Period> = Vec::new();
    for i in almanac.first_counted()..almanac.n_intervals() {
        let interval = almanac.intervals[i];
        let date = almanac.days[interval.day as usize].date;
        let label = match by {
            By::Month if almanac.is_dated => format!("{:04}-{:02}", date.year(), date.month()),
            By::Interval | By::Day | By::Month if almanac.is_dated => date.to_string(),
            By::Interval | By::Day | By::Month => format!("day {}", interval.day - first_day + 1),
        };
        match periods.last_mut() {
            Some(last) if by != By::Interval && last.date == label => last.intervals.end = i + 1,
            _ => {
                let minutes = u64::from(interval.slot) * almanac.interval.0 / 60_000_000;
                let clock = match by {
                    By::Interval => format!("{:02}:{:02}", minutes / 60, minutes % 60),
                    By::Day | By::Month => String::new(),
                };
                periods.push(Period { date: label, clock, intervals: i..i + 1 });
            }
        }
    }
    periods
}

/// As finely as a page can show: by month of more than two, by day of more than one, else by interval.
#[must_use]
pub fn by_size(almanac: &Almanac) -> By {
    let count = |by: By| periods(almanac, by).len();
    if almanac.is_dated && count(By::Month) > 2 {
        By::Month
    } else if count(By::Day) > 1 {
        By::Day
    } else {
        By::Interval
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Texts, load};

    fn labels(head: &str, by: By) -> Vec<String> {
        let text = format!(
            "{head}\ninterval = \"1h\"\n[class.a]\nvolume = {{ per_hour = 1 }}\ntalk_time = {{ constant = \"1m\" }}\n\
             service_levels = [\"80/20\"]\n[group.all]\nagents = 1\ntakes = [[\"a\"]]\n"
        );
        let scenario = load("s.toml", &[], &Texts::new().with("s.toml", text)).expect("sound").scenario;
        let label = |period: Period| format!("{} {}", period.date, period.clock).trim().to_owned();
        periods(&scenario.almanac, by).into_iter().map(label).collect()
    }

    #[test]
    fn periods_are_called_by_their_dates_or_counted() {
        let dated = "start = \"2026-01-31\"\nhorizon = \"2d\"\nwarm_up = \"1d\"";
        assert_eq!(labels(dated, By::Month), ["2026-01", "2026-02"]);
        assert_eq!(labels(dated, By::Day), ["2026-01-31", "2026-02-01"]);
        assert_eq!(labels(dated, By::Interval)[25], "2026-02-01 01:00");
        let undated = "start = \"08:00\"\nhorizon = \"2d\"";
        assert_eq!(labels(undated, By::Month), ["day 1", "day 2", "day 3"]);
        assert_eq!(labels(undated, By::Interval)[0], "day 1 08:00");
    }
}
