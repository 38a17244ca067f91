//! Instants as a clock on the wall shows them, and back.
//!
//! Knows no zone: the almanac says on which day and at which time of day each interval begins. Invariant: an instant reads as
//! the local time at which it happens; of the hour that October has twice, a text means the first.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::scenario::Almanac;
use crate::units::{SimTime, Span};

/// The clock of a run.
#[derive(Clone, Copy, Debug)]
pub struct WallClock<'a> {
    almanac: &'a Almanac,
}

/// A local day and the seconds since its midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) struct Moment {
    /// Days after the first day of the run.
    pub day: usize,
    pub second: u64,
}

const DAY_S: u64 = 86_400;

impl<'a> WallClock<'a> {
    /// The clock of `almanac`.
    #[must_use]
    pub fn new(almanac: &'a Almanac) -> Self {
        Self { almanac }
    }

    pub(in crate::report) fn moment(self, at: SimTime) -> Moment {
        let length = self.almanac.interval.0;
        let position = self.almanac.interval_at(at);
        let Some(interval) = self.almanac.intervals.get(position) else {
            return Moment { day: 0, second: at.0 / Span::SECOND.0 };
        };
        let since_midnight = u64::from(interval.slot) * length + (at.0 - position as u64 * length);
        let seconds = since_midnight / Span::SECOND.0;
        // What runs on after the horizon may pass midnight.
        Moment { day: interval.day as usize + (seconds / DAY_S) as usize, second: seconds % DAY_S }
    }

    fn date(self, day: usize) -> Option<Date> {
        let first = self.almanac.days.first()?.date;
        first.checked_add((day as i64).days()).ok()
    }

    /// Days are counted from the first one that counts.
    fn number(self, day: usize) -> i64 {
        let first = self.almanac.intervals.get(self.almanac.first_counted());
        day as i64 - first.map_or(0, |interval| i64::from(interval.day)) + 1
    }

    /// `Mon 23 Mar 2026`, `day 3`.
    #[must_use]
    pub fn day(self, at: SimTime) -> String {
        let day = self.moment(at).day;
        match self.date(day) {
            Some(date) if self.almanac.is_dated => date.strftime("%a %-d %b %Y").to_string(),
            _ => format!("day {}", self.number(day)),
        }
    }

    /// `10:00:31`.
    #[must_use]
    pub fn time(self, at: SimTime) -> String {
        let Moment { second, .. } = self.moment(at);
        format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
    }

    /// `10:00:31`, with the day before it if that is not the day of `reference`.
    #[must_use]
    pub fn time_seen_from(self, at: SimTime, reference: SimTime) -> String {
        if self.moment(at).day == self.moment(reference).day {
            self.time(at)
        } else {
            format!("{} {}", self.day(at), self.time(at))
        }
    }

    /// `2026-03-23 10:00:31`, `day 3 10:00:31`: as [`WallClock::read`] understands it.
    #[must_use]
    pub fn stamp(self, at: SimTime) -> String {
        let day = self.moment(at).day;
        match self.date(day) {
            Some(date) if self.almanac.is_dated => format!("{date} {}", self.time(at)),
            _ => format!("day {} {}", self.number(day), self.time(at)),
        }
    }

    /// The instant that `text` means: `2026-03-23 10:00`, `day 3 10:00:31`, or a time of the first day that counts.
    ///
    /// # Errors
    /// With what is allowed, if it is no time or not in the run.
    pub fn read(self, text: &str) -> Result<SimTime, String> {
        self.instant(text).ok_or_else(|| self.allowed())
    }

    fn instant(self, text: &str) -> Option<SimTime> {
        let text = text.trim();
        let (day, time) = match text.rsplit_once([' ', 'T']) {
            None => (None, text),
            Some((day, time)) => (Some(day.trim()), time),
        };
        let second = second_of_day(time)?;
        let first = self.almanac.intervals.get(self.almanac.first_counted())?.day as usize;
        let day = match day {
            None => first,
            Some(day) if self.almanac.is_dated => {
                let date: Date = day.parse().ok()?;
                self.almanac.days.iter().position(|known| known.date == date)?
            }
            Some(day) => {
                let number: i64 = day.strip_prefix("day")?.trim().parse().ok()?;
                usize::try_from(number.checked_sub(1)?.checked_add(first as i64)?).ok()?
            }
        };
        let length = self.almanac.interval.0;
        let since_midnight = second * Span::SECOND.0;
        let position = self.almanac.intervals.iter().position(|interval| {
            let begins = u64::from(interval.slot) * length;
            interval.day as usize == day && (begins..begins + length).contains(&since_midnight)
        })?;
        Some(SimTime(position as u64 * length + since_midnight % length))
    }

    fn allowed(self) -> String {
        let (first, end) = (SimTime::ZERO, self.almanac.ends());
        let last = SimTime(end.0.saturating_sub(1));
        let form = if self.almanac.is_dated { "a date and a time" } else { "a day and a time" };
        let example = self.stamp(self.almanac.counting_starts());
        let (from, to) = (self.stamp(first), self.stamp(last));
        format!("allowed is {form} as \"{example}\", from {from} to {to}; a time alone is of the first day")
    }
}

/// `10:00` or `10:00:31`.
fn second_of_day(text: &str) -> Option<u64> {
    let parts: Vec<&str> = text.split(':').collect();
    let is_short = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if !(2..=3).contains(&parts.len()) || !parts.iter().all(is_short) {
        return None;
    }
    let mut numbers = parts.iter().map(|part| part.parse::<u64>().unwrap_or(u64::MAX));
    let (hour, minute, second) = (numbers.next()?, numbers.next()?, numbers.next().unwrap_or(0));
    (hour < 24 && minute < 60 && second < 60).then_some(hour * 3600 + minute * 60 + second)
}

/// A length of time as people say it: `0.4 s`, `45 s`, `3 min 8 s`, `2 h 14 min`, `3 d 4 h`.
pub(super) fn lasting(span: Span) -> String {
    let tenths = (span.0 + 50_000) / 100_000;
    if tenths < 100 {
        return match tenths % 10 {
            0 => format!("{} s", tenths / 10),
            tenth => format!("{}.{tenth} s", tenths / 10),
        };
    }
    let seconds = (span.0 + 500_000) / Span::SECOND.0;
    let (large, unit, small, small_unit) = match seconds {
        0..60 => return format!("{seconds} s"),
        60..3600 => (seconds / 60, "min", seconds % 60, "s"),
        3600..DAY_S => (seconds / 3600, "h", seconds % 3600 / 60, "min"),
        _ => (seconds / DAY_S, "d", seconds % DAY_S / 3600, "h"),
    };
    if small == 0 { format!("{large} {unit}") } else { format!("{large} {unit} {small} {small_unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{self, Texts};

    fn almanac(head: &str) -> Almanac {
        let text = format!(
            "{head}\n[class.calls]\nvolume = {{ per_hour = 1 }}\ntalk_time = {{ constant = \"60s\" }}\n\
             [group.agents]\nagents = 1\ntakes = [[\"calls\"]]\n"
        );
        let loaded = scenario::load("clock.toml", &[], &Texts::new().with("clock.toml", text));
        loaded.expect("a scenario").scenario.almanac
    }

    #[test]
    fn a_time_reads_back_as_the_instant_it_names_also_where_the_clocks_change() {
        // On 29 March 2026 the clock goes from 02:00 to 03:00.
        let almanac = almanac(
            "start = \"2026-03-28\"\nhorizon = \"3d\"\nwarm_up = \"1d\"\ntime_zone = \"Europe/Berlin\"",
        );
        let clock = WallClock::new(&almanac);
        let starts = almanac.counting_starts();
        let at = |hours: u64, seconds: u64| starts + Span::HOUR * hours + Span::from_secs(seconds);
        for (instant, stamp) in [
            (SimTime::ZERO, "2026-03-27 00:00:00"),
            (at(0, 0), "2026-03-28 00:00:00"),
            (at(25, 3599), "2026-03-29 01:59:59"),
            (at(26, 0), "2026-03-29 03:00:00"),
            (at(49, 31), "2026-03-30 02:00:31"),
        ] {
            assert_eq!(clock.stamp(instant), stamp);
            assert_eq!(clock.read(stamp), Ok(instant), "{stamp}");
        }
        assert_eq!(clock.day(at(26, 0)), "Sun 29 Mar 2026");
        assert_eq!(clock.read("2026-03-28T09:30"), clock.read("09:30"));
        assert_eq!(clock.read("09:30"), Ok(at(9, 1800)));
        let after_the_end = almanac.ends() + Span::from_secs(90);
        assert_eq!(clock.stamp(after_the_end), "2026-03-31 00:01:30");
    }

    #[test]
    fn without_dates_days_have_numbers() {
        let almanac = almanac("horizon = \"2d\"");
        let clock = WallClock::new(&almanac);
        let at = SimTime::ZERO + Span::HOUR * 33 + Span::from_secs(4);
        assert_eq!((clock.day(at), clock.time(at)), ("day 2".to_owned(), "09:00:04".to_owned()));
        assert_eq!(clock.read("day 2 9:00:04"), Ok(at));
        assert_eq!(clock.time_seen_from(at, SimTime::ZERO), "day 2 09:00:04");
    }

    #[test]
    fn what_is_no_time_of_the_run_is_answered_with_what_is() {
        let almanac = almanac("start = \"2026-03-02T08:00\"\nhorizon = \"10h\"");
        let clock = WallClock::new(&almanac);
        for text in
            ["", "now", "10", "25:00", "10:61", "10:00:00:00", "18:00", "2026-03-03 10:00", "day 1 10:00"]
        {
            let allowed = clock.read(text).expect_err(text);
            assert!(
                allowed
                    .contains("as \"2026-03-02 08:00:00\", from 2026-03-02 08:00:00 to 2026-03-02 17:59:59"),
                "{allowed}"
            );
        }
    }

    #[test]
    fn lengths_of_time_are_short_and_round_to_what_matters() {
        for (seconds, text) in [
            (0.0, "0 s"),
            (0.04, "0 s"),
            (0.36, "0.4 s"),
            (9.96, "10 s"),
            (45.4, "45 s"),
            (59.7, "1 min"),
            (188.0, "3 min 8 s"),
            (8040.0, "2 h 14 min"),
            (273_600.0, "3 d 4 h"),
        ] {
            assert_eq!(lasting(Span::from_secs_f64(seconds)), text);
        }
    }
}
