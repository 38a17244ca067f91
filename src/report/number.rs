//! Numbers as people read them: grouped digits, a unit, a scale that fits, decimals that fit the interval.
//!
//! Does no statistics and knows of a measure only its [`Unit`], which tells what a number means.
//! Invariant: a text never holds `NaN`, `inf` or a bare minus zero, and is at most [`WIDEST`] columns wide.

use crate::measure::metric;
use crate::stats::Estimate;

/// Shown where there is no value (a zero denominator).
pub const NO_VALUE: &str = "–";

/// No number with its unit is wider than this on a terminal.
pub const WIDEST: usize = 18;

/// What a number counts or measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Things: visits, contacts, cases, heads.
    Count,
    /// Things for one of something: contacts a case.
    CountEach,
    /// A share between 0 and 1, shown in per cent.
    Share,
    /// A duration in seconds, shown in seconds, minutes or hours.
    Seconds,
    /// A duration in seconds, shown as minutes and seconds on the clock.
    Clock,
    /// Hours of work.
    Hours,
    /// Money.
    Euros,
    /// Money for one of something.
    EurosEach,
}

impl Unit {
    /// What a measure is shown in; a plain number where there is no such measure.
    #[must_use]
    pub fn of(measure: &str) -> Self {
        match metric(measure).map(|metric| metric.unit()) {
            Some("share") => Self::Share,
            Some("s") => Self::Seconds,
            Some("h") => Self::Hours,
            Some("count") => Self::Count,
            Some("EUR") if measure.contains("_per_") => Self::EurosEach,
            Some("EUR") => Self::Euros,
            _ => Self::CountEach,
        }
    }
}

/// A unit, the scale and decimals chosen for a column and nothing else: every number of the column is shown alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberStyle {
    unit: Unit,
    divisor: f64,
    suffix: &'static str,
    /// The largest number of the column, scaled: decimals follow it, so that a column is even.
    largest: f64,
    /// Whether the column has a number below ten with a fraction: all counts show it then, so that they add up.
    has_small_fraction: bool,
    least_decimals: usize,
}

/// A number in two texts, so that columns can be set on both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Value and unit, or [`NO_VALUE`].
    pub value: String,
    /// Half-width without unit and without `±`; empty if there is none.
    pub half_width: String,
}

impl Shown {
    /// `14.8 s ± 0.3`, or the value alone.
    #[must_use]
    pub fn joined(&self) -> String {
        if self.half_width.is_empty() {
            self.value.clone()
        } else {
            format!("{} ± {}", self.value, self.half_width)
        }
    }
}

impl NumberStyle {
    /// The style in which the largest number of a column reads well and the smallest can still be read. Without a
    /// finite value the plainest one.
    #[must_use]
    pub fn for_column(unit: Unit, values: impl IntoIterator<Item = Option<f64>>) -> Self {
        let (mut largest, mut smallest) = (0.0_f64, f64::INFINITY);
        for value in values.into_iter().flatten().filter(|v| v.is_finite() && *v != 0.0) {
            largest = largest.max(value.abs());
            smallest = smallest.min(value.abs());
        }
        let steps: &[(f64, f64, &'static str)] = match unit {
            Unit::Count => &[(1e6, 1e3, " k"), (1e9, 1e6, " M"), (1e12, 1e9, " bn")],
            Unit::Hours => &[(1e5, 1e3, " kh"), (1e7, 1e6, " Mh"), (1e10, 1e9, " bn h")],
            Unit::Euros => &[(1e5, 1e3, " k EUR"), (1e6, 1e6, " M EUR"), (1e11, 1e9, " bn EUR")],
            Unit::Seconds => &[(600.0, 60.0, " min"), (7200.0, 3600.0, " h"), (864e3, 86400.0, " d")],
            Unit::Share | Unit::Clock | Unit::CountEach | Unit::EurosEach => &[],
        };
        let plain = match unit {
            Unit::Count | Unit::CountEach | Unit::Clock => (1.0, ""),
            Unit::Hours => (1.0, " h"),
            Unit::Euros | Unit::EurosEach => (1.0, " EUR"),
            Unit::Seconds => (1.0, " s"),
            Unit::Share => (0.01, " %"),
        };
        // In the unit of the longest wait a short one must not read as none: 0.1 h, but 3 s are not 0.00 h.
        let least = if unit == Unit::Seconds { 0.095 } else { 0.005 };
        let fits =
            |&(threshold, divisor, _): &(f64, f64, &str)| largest >= threshold && smallest >= least * divisor;
        let (divisor, suffix) =
            steps.iter().rfind(|step| fits(step)).map_or(plain, |&(_, divisor, suffix)| (divisor, suffix));
        let has_small_fraction = smallest / divisor < 10.0 && smallest.fract() != 0.0;
        Self { unit, divisor, suffix, largest: largest / divisor, has_small_fraction, least_decimals: 0 }
    }

    /// The style for one number.
    #[must_use]
    pub fn for_one(unit: Unit, value: Option<f64>) -> Self {
        Self::for_column(unit, [value])
    }

    /// The unit of the column with the decimals that suit one number of it, for a list that is read line by line.
    #[must_use]
    pub fn sized_for(self, value: Option<f64>) -> Self {
        Self { largest: value.map_or(0.0, |value| (value / self.divisor).abs()), ..self }
    }

    /// With as many decimals for all as the one of them that needs most.
    #[must_use]
    pub fn evenly<'a>(self, estimates: impl IntoIterator<Item = &'a Estimate>) -> Self {
        let needed = |e: &Estimate| Some(self.decimals(e.mean?, e.half_width.unwrap_or(0.0)));
        let least_decimals = estimates.into_iter().filter_map(needed).max().unwrap_or(0);
        Self { least_decimals, ..self }
    }

    /// With so many decimals that a value above or below `bound` does not read as the bound.
    #[must_use]
    pub fn apart_from(self, bound: f64, estimate: &Estimate) -> Self {
        const MOST: usize = 6;
        let Some(mean) = estimate.mean.filter(|mean| mean.is_finite()) else { return self };
        let (shown, bound) = (exact(mean / self.divisor), exact(bound / self.divisor));
        let reads_right = |decimals: &usize| {
            let power = 10_f64.powi(*decimals as i32);
            exact((shown * power).round() / power).partial_cmp(&bound) == shown.partial_cmp(&bound)
        };
        let usual = self.decimals(mean, estimate.half_width.unwrap_or(0.0));
        Self { least_decimals: (usual..=MOST).find(reads_right).unwrap_or(usual), ..self }
    }

    /// With so many decimals that two different numbers do not read alike.
    #[must_use]
    pub fn telling_apart(self, one: f64, other: f64) -> Self {
        const MOST: usize = 6;
        let least = self.decimals(one, 0.0).min(MOST);
        let with = |least_decimals: usize| Self { least_decimals, ..self };
        let differs = |style: &Self| style.value(one) != style.value(other);
        (least..=MOST).map(with).find(differs).unwrap_or(self)
    }

    /// What stands behind a value: `s`, `%`, `k EUR`; empty for plain numbers.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        self.suffix.trim_start()
    }

    /// Value with unit.
    #[must_use]
    pub fn value(self, value: f64) -> String {
        self.shown(value, 0.0)
    }

    /// Value with unit, and its half-width.
    #[must_use]
    pub fn estimate(self, estimate: &Estimate) -> Shown {
        let Some(mean) = estimate.mean.filter(|m| m.is_finite()) else {
            return Shown { value: NO_VALUE.to_owned(), half_width: String::new() };
        };
        // A half-width of exactly 0 is no chance at all (an input, or a count that never moved): it says nothing.
        match estimate.half_width.filter(|h| h.is_finite() && *h > 0.0) {
            None => Shown { value: self.value(mean), half_width: String::new() },
            Some(half_width) => {
                Shown { value: self.shown(mean, half_width), half_width: self.half_width(mean, half_width) }
            }
        }
    }

    /// A half-width alone, in the unit of this style, as it would stand beside `mean`.
    #[must_use]
    pub fn half_width(self, mean: f64, half_width: f64) -> String {
        if self.unit == Unit::Clock {
            return clock(half_width);
        }
        let decimals = self.decimals(mean, half_width);
        let shown = self.within_reach(mean, half_width) / self.divisor;
        let smallest = 10_f64.powi(-(decimals as i32));
        if shown > 0.0 && shown < smallest / 2.0 {
            return format!("< {}", grouped(smallest, decimals));
        }
        narrow(shown, decimals)
    }

    /// A half-width no wider than a share can move: from 85 % it reaches 0 and 100 % with 85, and never more.
    pub(super) fn within_reach(self, mean: f64, half_width: f64) -> f64 {
        if self.unit == Unit::Share && (0.0..=1.0).contains(&mean) {
            half_width.min(mean.max(1.0 - mean))
        } else {
            half_width
        }
    }

    fn shown(self, value: f64, half_width: f64) -> String {
        if !value.is_finite() {
            return NO_VALUE.to_owned();
        }
        if self.unit == Unit::Clock {
            return clock(value);
        }
        format!("{}{}", narrow(value / self.divisor, self.decimals(value, half_width)), self.suffix)
    }

    /// Decimals that suit the size of the number, and one or two more where the half-width would read as zero.
    fn decimals(self, value: f64, half_width: f64) -> usize {
        let shown = (value / self.divisor).abs();
        if shown == 0.0 && half_width == 0.0 && self.unit != Unit::Share {
            return 0;
        }
        let (size, is_scaled) = (self.largest.max(shown), self.divisor > 1.0);
        let is_whole = shown.fract() == 0.0;
        let by_size = match self.unit {
            Unit::Clock => 0,
            Unit::Share => usize::from(size < 1e4),
            Unit::EurosEach | Unit::CountEach => 2 * usize::from(size < 1000.0),
            Unit::Euros if is_scaled => usize::from(size < 1e4),
            Unit::Euros => 2 * usize::from(size < 100.0 && !is_whole),
            Unit::Hours if self.divisor >= 1e6 => 2 * usize::from(size < 1000.0),
            Unit::Seconds if is_scaled => usize::from(size < 1e4),
            Unit::Seconds => usize::from(size < 60.0),
            Unit::Count if self.has_small_fraction && size < 1e4 => 1,
            Unit::Count | Unit::Hours => usize::from(size < 100.0 && (is_scaled || !is_whole)),
        };
        let mut decimals = by_size;
        // A small number in a large scale, and an interval narrower than the last digit, deserve a digit more.
        while decimals < by_size.max(2)
            && shown < 1000.0
            && (is_below_last_digit(shown, decimals)
                || is_below_last_digit(half_width / self.divisor, decimals))
        {
            decimals += 1;
        }
        decimals.max(self.least_decimals)
    }
}

/// Whether a positive number would be shown as zero.
fn is_below_last_digit(number: f64, decimals: usize) -> bool {
    number > 0.0 && number < 0.5 * 10_f64.powi(-(decimals as i32))
}

/// A large number in three digits, for talk: `974 k`, `1.03 M`, `34.6 M`; below a thousand as it is.
#[must_use]
pub fn about(value: f64) -> String {
    let (divisor, suffix) = scale(value.abs(), &[(1e3, 1e3, " k"), (1e6, 1e6, " M"), (1e9, 1e9, " bn")], "");
    let shown = value / divisor;
    let decimals = match shown.abs() {
        _ if suffix.is_empty() => 0,
        size if size < 10.0 => 2,
        size if size < 100.0 => 1,
        _ => 0,
    };
    format!("{}{suffix}", grouped(shown, decimals))
}

/// The last step whose threshold is reached, else one with the plain suffix.
fn scale(largest: f64, steps: &[(f64, f64, &'static str)], plain: &'static str) -> (f64, &'static str) {
    steps
        .iter()
        .rev()
        .find(|(threshold, _, _)| largest >= *threshold)
        .map_or((1.0, plain), |&(_, divisor, suffix)| (divisor, suffix))
}

/// As [`grouped`]; what the scales leave large reads `1.2e15`, so that no column is torn apart.
fn narrow(value: f64, decimals: usize) -> String {
    if value.is_finite() && value.abs() >= 1e7 { format!("{value:.1e}") } else { grouped(value, decimals) }
}

/// `17,004` and `−0.25`; from 10¹⁵ on `1.2e15`.
#[must_use]
pub fn grouped(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return NO_VALUE.to_owned();
    }
    if value.abs() >= 1e15 {
        return format!("{value:.1e}");
    }
    let digits = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = digits.split_once('.').map_or((digits.as_str(), ""), |(w, f)| (w, f));
    let mut text = String::with_capacity(digits.len() + 4);
    if value < 0.0 && digits.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        text.push('−');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// `6:25`, minutes and seconds, `62:05` from an hour on, as the heading of a column says; beyond 100 hours in hours.
fn clock(seconds: f64) -> String {
    if !seconds.is_finite() {
        return NO_VALUE.to_owned();
    }
    if seconds.abs() >= 360_000.0 {
        return format!("{} h", narrow(seconds / 3600.0, 0));
    }
    let sign = if seconds <= -0.5 { "−" } else { "" };
    let whole = seconds.abs().round() as u64;
    format!("{sign}{}:{:02}", grouped((whole / 60) as f64, 0), whole % 60)
}

/// Whether a length of simulated time is a year, common or leap.
#[must_use]
pub fn is_a_year(seconds: f64) -> bool {
    (365.0..=366.0).contains(&(seconds / 86_400.0).round())
}

/// A length of simulated time in words: `1 year`, `7 days`, `8 h`, `30 min`, `1.5 h`.
#[must_use]
pub fn span_in_words(seconds: f64) -> String {
    let steps = [
        (31_536_000.0, "year", "years"),
        (86_400.0, "day", "days"),
        (3600.0, "h", "h"),
        (60.0, "min", "min"),
    ];
    for (length, one, many) in steps {
        // 365 and 366 days are both a year; a week in which the clocks change is seven days.
        let number = (seconds / length).round();
        let clock_change =
            if seconds > 6.5 * 86_400.0 && length == 86_400.0 { 3600.5 / length } else { 0.004 };
        if number >= 1.0 && (seconds / length - number).abs() < clock_change {
            return if number == 1.0 { format!("1 {one}") } else { format!("{} {many}", grouped(number, 0)) };
        }
    }
    wait_in_words(seconds)
}

/// A wait as it stands in a heading: `20 s`, `2.5 s`, `2 min`, `90 s`.
#[must_use]
pub fn wait_in_words(seconds: f64) -> String {
    if seconds >= 120.0 && seconds % 60.0 == 0.0 {
        return format!("{} min", grouped(seconds / 60.0, 0));
    }
    format!("{} s", as_written(seconds))
}

/// A number that somebody wrote, with the digits that it was written with: `80`, `23.19`.
#[must_use]
pub fn as_written(value: f64) -> String {
    let value = exact(value);
    let digits = format!("{value}");
    grouped(value, digits.split_once('.').map_or(0, |(_, fraction)| fraction.len()))
}

/// Without what binary arithmetic adds behind the ninth decimal: 100 × 0.2319 is 23.19.
fn exact(value: f64) -> f64 {
    if value.abs() < 1e6 { (value * 1e9).round() / 1e9 } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    fn estimate(mean: f64, half_width: f64) -> Estimate {
        Estimate { mean: Some(mean), half_width: Some(half_width), n: 8 }
    }

    fn shown(unit: Unit, mean: f64, half_width: f64) -> String {
        NumberStyle::for_one(unit, Some(mean)).estimate(&estimate(mean, half_width)).joined()
    }

    #[test]
    fn each_unit_reads_as_in_the_page() {
        assert_eq!(shown(Unit::Count, 17_004_123.0, 44_200.0), "17,004 k ± 44");
        assert_eq!(shown(Unit::Count, 812.0, 13.0), "812 ± 13");
        assert_eq!(shown(Unit::Share, 0.791_3, 0.002_4), "79.1 % ± 0.2");
        assert_eq!(shown(Unit::Seconds, 14.83, 0.31), "14.8 s ± 0.3");
        assert_eq!(shown(Unit::Seconds, 165.2, 2.9), "165 s ± 3");
        assert_eq!(shown(Unit::Seconds, 741.0, 21.0), "12.3 min ± 0.3");
        assert_eq!(shown(Unit::Clock, 385.2, 1.2), "6:25 ± 0:01");
        assert_eq!(shown(Unit::Clock, 48_058.0, 61.0), "800:58 ± 1:01");
        assert_eq!(shown(Unit::Hours, 2_690_000.0, 1_200.0), "2,690 kh ± 1");
        assert_eq!(shown(Unit::Euros, 121_300_000.0, 204_000.0), "121.3 M EUR ± 0.2");
        assert_eq!(shown(Unit::EurosEach, 7.44, 0.01), "7.44 EUR ± 0.01");
    }

    #[test]
    fn an_interval_narrower_than_the_last_digit_gets_more_digits_or_says_so() {
        assert_eq!(shown(Unit::Share, 0.791_3, 0.000_3), "79.13 % ± 0.03");
        assert_eq!(shown(Unit::Share, 0.791_3, 0.000_003), "79.13 % ± < 0.01");
        assert_eq!(shown(Unit::Share, 1.0, 0.0), "100.0 %");
    }

    #[test]
    fn a_column_has_one_scale_and_shows_its_small_numbers_too() {
        let style = NumberStyle::for_column(Unit::Count, [Some(17e6), None, Some(340.0)]);
        assert_eq!(style.value(17e6), "17,000 k");
        assert_eq!(style.value(340.0), "0.3 k");
        assert_eq!(style.value(0.0), "0 k");
        let style = NumberStyle::for_column(Unit::Euros, [Some(26.2e6), Some(40_000.0)]);
        assert_eq!(style.value(26.2e6), "26.2 M EUR");
        assert_eq!(style.value(40_000.0), "0.04 M EUR");
    }

    #[test]
    fn a_column_of_waits_has_a_unit_in_which_the_shortest_can_be_read() {
        let shown = |waits: [f64; 2]| {
            let style = NumberStyle::for_column(Unit::Seconds, waits.map(Some));
            waits.map(|wait| style.value(wait))
        };
        assert_eq!(shown([14_400.0, 5_400.0]), ["4.0 h", "1.5 h"]);
        assert_eq!(shown([14_400.0, 72.0]), ["240.0 min", "1.2 min"]);
        assert_eq!(shown([14_400.0, 4.0]), ["14,400 s", "4 s"]);
        assert_eq!(shown([14_400.0, 0.0]), ["4.0 h", "0 h"]);
        let cost = NumberStyle::for_column(Unit::Euros, [Some(3e6), Some(2_000.0)]);
        assert_eq!((cost.value(3e6), cost.value(2_000.0)), ("3,000.0 k EUR".into(), "2.0 k EUR".into()));
    }

    #[test]
    fn counts_with_small_fractions_add_up() {
        let style = NumberStyle::for_column(Unit::Count, [1009.6, 1009.3, 0.3, 0.0].map(Some));
        assert_eq!([1009.6, 1009.3, 0.3, 0.0].map(|v| style.value(v)), ["1,009.6", "1,009.3", "0.3", "0"]);
        let style = NumberStyle::for_column(Unit::Count, [796.3, 85.2].map(Some));
        assert_eq!([796.3, 85.2].map(|v| style.value(v)), ["796", "85"]);
    }

    #[test]
    fn numbers_on_one_line_have_the_same_decimals() {
        let hours = [estimate(123_660.0, 0.0), estimate(100_960.0, 20.0), estimate(88_480.0, 2_730.0)];
        let style = NumberStyle::for_column(Unit::Hours, hours.iter().map(|h| h.mean)).evenly(&hours);
        assert_eq!(
            hours.map(|h| style.estimate(&h).joined()),
            ["123.66 kh", "100.96 kh ± 0.02", "88.48 kh ± 2.73"]
        );
    }

    #[test]
    fn a_share_has_no_interval_beyond_a_hundred_per_cent() {
        assert_eq!(shown(Unit::Share, 0.851, 1.085), "85.1 % ± 85.1");
        assert_eq!(shown(Unit::Share, 0.02, 5.0), "2.0 % ± 98.0");
    }

    #[test]
    fn a_bound_has_the_digits_it_was_written_with_and_no_other_value_reads_as_it() {
        let written = [0.8, 0.825, 0.2319, 0.9999, 0.05, 1.0].map(|bound| as_written(bound * 100.0));
        assert_eq!(written, ["80", "82.5", "23.19", "99.99", "5", "100"]);
        let apart = |bound: f64, mean: f64, half_width: f64| {
            let value = estimate(mean, half_width);
            NumberStyle::for_one(Unit::Share, Some(mean)).apart_from(bound, &value).estimate(&value).joined()
        };
        assert_eq!(apart(0.2319, 0.231_96, 0.0), "23.2 %");
        assert_eq!(apart(0.2, 0.200_3, 0.0), "20.03 %");
        assert_eq!(apart(0.8, 0.7998, 0.0001), "79.98 % ± 0.01");
        assert_eq!(apart(0.8, 0.79998, 0.0), "79.998 %");
        assert_eq!(apart(0.8, 0.8, 0.0), "80.0 %");
        assert_eq!(apart(0.2319, 0.2319, 0.0), "23.19 %");
    }

    #[test]
    fn the_ends_of_a_range_do_not_read_alike() {
        let range = |low: f64, high: f64| {
            let style =
                NumberStyle::for_column(Unit::Euros, [Some(low), Some(high)]).telling_apart(low, high);
            (style.value(low), style.value(high))
        };
        assert_eq!(range(1_296_400.0, 1_300_700.0), ("1.296 M EUR".to_owned(), "1.301 M EUR".to_owned()));
        assert_eq!(range(121.1e6, 121.3e6), ("121.1 M EUR".to_owned(), "121.3 M EUR".to_owned()));
        assert_eq!(range(5e6, 5e6), ("5.0 M EUR".to_owned(), "5.0 M EUR".to_owned()));
    }

    #[test]
    fn no_value_is_a_dash() {
        let none = Estimate { mean: None, half_width: None, n: 3 };
        assert_eq!(NumberStyle::for_one(Unit::Share, None).estimate(&none).joined(), NO_VALUE);
        assert_eq!(shown(Unit::Share, f64::NAN, 0.1), NO_VALUE);
    }

    #[test]
    fn one_replication_shows_no_half_width() {
        let one = Estimate { mean: Some(0.5), half_width: None, n: 1 };
        assert_eq!(NumberStyle::for_one(Unit::Share, one.mean).estimate(&one).joined(), "50.0 %");
    }

    #[test]
    fn digits_are_grouped_and_minus_zero_is_zero() {
        assert_eq!(grouped(1_234_567.0, 0), "1,234,567");
        assert_eq!(grouped(999.999, 2), "1,000.00");
        assert_eq!(grouped(-0.001, 1), "0.0");
        assert_eq!(grouped(-1234.5, 1), "−1,234.5");
    }

    #[test]
    fn talk_rounds_to_three_digits() {
        for (value, text) in [(812.0, "812"), (40_024.0, "40.0 k"), (973_929.0, "974 k"), (136e6, "136 M")] {
            assert_eq!(about(value), text);
        }
    }

    #[test]
    fn a_column_is_even() {
        let style = NumberStyle::for_column(Unit::Seconds, [Some(63.2), Some(57.3)]);
        assert_eq!((style.value(63.2), style.value(57.3)), ("63 s".to_owned(), "57 s".to_owned()));
        assert_eq!(style.value(0.2), "0.2 s");
    }

    #[test]
    fn spans_are_named_by_their_largest_fitting_unit() {
        let day = 86_400.0;
        for (seconds, words) in [
            (365.0 * day, "1 year"),
            (366.0 * day, "1 year"),
            (730.0 * day, "2 years"),
            (400.0 * day, "400 days"),
            (7.0 * day, "7 days"),
            (7.0 * day - 3600.0, "7 days"),
            (2.0 * day - 3600.0, "47 h"),
            (day, "1 day"),
            (8.0 * 3600.0, "8 h"),
            (1800.0, "30 min"),
            (5400.0, "90 min"),
            (45.0, "45 s"),
            (0.0, "0 s"),
        ] {
            assert_eq!(span_in_words(seconds), words);
        }
    }

    #[test]
    fn waits_in_headings_are_short() {
        assert_eq!(wait_in_words(20.0), "20 s");
        assert_eq!(wait_in_words(2.5), "2.5 s");
        assert_eq!(wait_in_words(90.0), "90 s");
        assert_eq!(wait_in_words(180.0), "3 min");
    }

    proptest! {
        #[test]
        fn no_number_is_wider_than_promised(
            bits in any::<u64>(),
            half in any::<u64>(),
            unit in prop::sample::select(vec![
                Unit::Count, Unit::CountEach, Unit::Share, Unit::Seconds, Unit::Clock, Unit::Hours, Unit::Euros,
                Unit::EurosEach,
            ]),
        ) {
            let (value, half) = (f64::from_bits(bits), f64::from_bits(half).abs());
            let style = NumberStyle::for_one(unit, Some(value));
            let shown = style.estimate(&estimate(value, half));
            prop_assert!(shown.value.width() <= WIDEST, "{}", shown.value);
            prop_assert!(shown.half_width.width() <= WIDEST, "{}", shown.half_width);
            prop_assert!(!shown.joined().contains("NaN") && !shown.joined().contains("inf"));
        }
    }
}
