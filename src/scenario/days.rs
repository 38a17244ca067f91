//! Kinds of days, steps of a day, public holidays: what values by weekday and time are written in.
//!
//! Knows neither volumes nor plans. Invariant: of several keys that fit a day the most specific one holds.

use jiff::civil::{Date, Weekday, date};

use super::diagnostic::did_you_mean;
use super::form::{self, DAY_KEYS};
use super::tree::Node;
use crate::units::Span;

/// Seconds of a day of 24 hours.
pub(super) const DAY_SECONDS: u32 = 86_400;

/// Day keys as profiles use them: the seven weekdays come first.
pub(super) const DAY_KEYS_OF_PROFILES: [&str; 12] = DAY_KEYS;

/// A value for each weekday and perhaps one for holidays.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ByDay<T> {
    /// Monday first.
    pub(super) weekdays: [Option<T>; 7],
    pub(super) holiday: Option<T>,
}

impl<T: Clone> ByDay<T> {
    /// From values under day keys, in any order.
    pub(super) fn from_keys(values: &[(&str, T)]) -> Self {
        let mut by_day = Self { weekdays: std::array::from_fn(|_| None), holiday: None };
        let mut ranked: Vec<&(&str, T)> = values.iter().collect();
        // The wider first, so that the narrower overwrite them.
        ranked.sort_by_key(|(key, _)| std::cmp::Reverse(weekdays(key).len()));
        for (key, value) in ranked {
            if *key == "holiday" {
                by_day.holiday = Some(value.clone());
            }
            for weekday in weekdays(key) {
                by_day.weekdays[usize::from(weekday)] = Some(value.clone());
            }
        }
        by_day
    }

    /// The value of a day; `None` where nothing was written for it.
    pub(super) fn get(&self, weekday: u8, is_holiday: bool) -> Option<&T> {
        self.holiday.as_ref().filter(|_| is_holiday).or(self.weekdays[usize::from(weekday)].as_ref())
    }
}

/// The weekdays that a day key stands for, Monday = 0; none for `holiday` and for what is no day key.
pub(super) fn weekdays(key: &str) -> std::ops::Range<u8> {
    match DAY_KEYS.iter().position(|known| *known == key) {
        Some(single @ 0..=6) => single as u8..single as u8 + 1,
        Some(7) => 0..5,
        Some(8) => 0..6,
        Some(9) => 5..7,
        Some(10) => 0..7,
        _ => 0..0,
    }
}

/// The day key that was probably meant by other words for days, as `Monday`, `mo`, `weekdays`, `mon-fri`.
fn day_key(word: &str) -> Option<&'static str> {
    let word = word.trim().to_lowercase().replace(['-', '–', ' '], "_");
    if let Some(known) = DAY_KEYS.iter().find(|known| **known == word) {
        return Some(known);
    }
    Some(match word.as_str() {
        "weekdays" | "workdays" | "working_days" | "workday" | "mo_fr" | "monday_friday" => "mon_fri",
        "mo_sa" | "monday_saturday" => "mon_sat",
        "weekend" | "weekends" | "sa_su" | "sa_so" | "saturday_sunday" => "sat_sun",
        "every_day" | "everyday" | "daily" | "days" | "week" | "mo_su" | "mo_so" | "mon_sun" => "all",
        "holidays" => "holiday",
        "mo" => "mon",
        "tu" | "tues" | "di" => "tue",
        "we" | "mi" => "wed",
        "th" | "thurs" | "thur" | "do" => "thu",
        "fr" => "fri",
        "sa" => "sat",
        "su" | "so" => "sun",
        word => {
            let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
            DAY_KEYS[names.iter().position(|name| *name == word.trim_end_matches('s'))?]
        }
    })
}

/// `` did you mean `mon` `` for other words for days, else for what looks alike; or nothing.
pub(super) fn day_hint(word: &str) -> String {
    day_key(word).map_or_else(|| did_you_mean(word, DAY_KEYS), |key| format!("did you mean `{key}`"))
}

/// Monday = 0 … Sunday = 6.
pub(super) fn weekday_of(date: Date) -> u8 {
    match date.weekday() {
        Weekday::Monday => 0,
        Weekday::Tuesday => 1,
        Weekday::Wednesday => 2,
        Weekday::Thursday => 3,
        Weekday::Friday => 4,
        Weekday::Saturday => 5,
        Weekday::Sunday => 6,
    }
}

/// Values that hold from a second of the day on, ascending; before the first it is 0.
pub(super) type FromTimes = Vec<(u32, f64)>;

/// The value at a second of the day.
pub(super) fn value_at(values: &FromTimes, second: u32) -> f64 {
    values.iter().take_while(|(from, _)| *from <= second).last().map_or(0.0, |(_, value)| *value)
}

/// Reads `{ mon_fri = { "08:00" = 5 } }`; whatever the checker refused is left out.
pub(super) fn week_table(node: &Node) -> ByDay<FromTimes> {
    let entries = node.table().map_or(&[][..], |table| &table.entries);
    let values: Vec<(&str, FromTimes)> = entries
        .iter()
        .map(|entry| {
            let times = entry.node.table().map_or(&[][..], |table| &table.entries);
            let mut from_times: FromTimes = times
                .iter()
                .filter_map(|time| {
                    Some((form::time(&time.key)?, super::read::not_negative(Some(&time.node))?))
                })
                .collect();
            from_times.sort_by_key(|(second, _)| *second);
            (entry.key.as_str(), from_times)
        })
        .collect();
    ByDay::from_keys(&values)
}

/// Why `n` equal steps do not fit a day cut into intervals, or nothing if they do.
pub(super) fn misfit(n: usize, interval: Span) -> Option<String> {
    let fits =
        n > 0 && Span::DAY.0.is_multiple_of(n as u64) && (Span::DAY.0 / n as u64).is_multiple_of(interval.0);
    if fits {
        return None;
    }
    let allowed: Vec<String> = [288_usize, 144, 96, 48, 24, 12, 8, 6, 4, 3, 2, 1]
        .iter()
        .filter(|n| (Span::DAY.0 / **n as u64).is_multiple_of(interval.0))
        .map(ToString::to_string)
        .collect();
    Some(format!(
        "a number of equal steps of the day that are multiples of the interval of {interval}: {}",
        allowed.join(", ")
    ))
}

/// Whether `date` is a German public holiday everywhere in the country.
pub(super) fn is_german_holiday(day: Date) -> bool {
    let is_fixed = matches!((day.month(), day.day()), (1, 1) | (5, 1) | (10, 3) | (12, 25 | 26));
    // Five hundred years of Reformation, once everywhere.
    let is_once = day == date(2017, 10, 31);
    is_fixed || is_once || matches!(days_after_easter(day), Some(-2 | 1 | 39 | 50))
}

/// Days since Easter Sunday; `None` outside the months that holidays around Easter fall into.
pub(super) fn days_after_easter(day: Date) -> Option<i32> {
    // From Good Friday, at the earliest 20 March, to Corpus Christi, at the latest 24 June.
    matches!(day.month(), 3..=6).then(|| (day - easter_sunday(day.year())).get_days())
}

/// Easter Sunday of the Gregorian calendar (anonymous computus, *Nature* 1876).
fn easter_sunday(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(year, month as i8, day as i8).expect("the computus gives a date of March or April")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_church_says() {
        let cases = [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25), (1961, 4, 2)];
        for (year, month, day) in cases {
            assert_eq!(easter_sunday(year), date(year, month, day));
        }
    }

    #[test]
    fn the_national_holidays_of_2026_are_the_nine_of_the_law() {
        let mut day = date(2026, 1, 1);
        let mut found = Vec::new();
        while day.year() == 2026 {
            if is_german_holiday(day) {
                found.push(day.to_string());
            }
            day = day.tomorrow().unwrap();
        }
        assert_eq!(
            found,
            [
                "2026-01-01",
                "2026-04-03",
                "2026-04-06",
                "2026-05-01",
                "2026-05-14",
                "2026-05-25",
                "2026-10-03",
                "2026-12-25",
                "2026-12-26"
            ]
        );
    }

    #[test]
    fn the_most_specific_day_key_wins_whatever_the_order() {
        let by_day = ByDay::from_keys(&[("mon", 1), ("all", 2), ("mon_fri", 3), ("mon_sat", 4)]);
        let values: Vec<i32> = (0..7).filter_map(|day| by_day.get(day, false).copied()).collect();
        assert_eq!(values, [1, 3, 3, 3, 3, 4, 2]);
        assert_eq!(by_day.get(0, true), Some(&1));
    }

    #[test]
    fn other_words_for_days_lead_to_their_key() {
        for (word, key) in [
            ("Monday", "mon"),
            ("Mon", "mon"),
            ("mo", "mon"),
            ("Saturdays", "sat"),
            ("weekdays", "mon_fri"),
            ("Mon-Fri", "mon_fri"),
            ("weekend", "sat_sun"),
            ("holidays", "holiday"),
        ] {
            assert_eq!(day_hint(word), format!("did you mean `{key}`"), "{word}");
        }
        assert_eq!(day_hint("colour"), "");
    }

    #[test]
    fn a_value_holds_from_its_time_on() {
        let values = vec![(8 * 3600, 5.0), (18 * 3600, 0.0)];
        assert_eq!(value_at(&values, 7 * 3600), 0.0);
        assert_eq!(value_at(&values, 8 * 3600), 5.0);
        assert_eq!(value_at(&values, 20 * 3600), 0.0);
    }

    #[test]
    fn steps_of_a_day_are_multiples_of_the_interval() {
        assert_eq!(misfit(24, Span::MINUTE * 30), None);
        assert_eq!(misfit(96, Span::MINUTE * 15), None);
        assert!(misfit(96, Span::MINUTE * 30).is_some());
        assert!(misfit(25, Span::MINUTE).is_some());
    }
}
