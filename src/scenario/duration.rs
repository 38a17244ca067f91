//! Durations as people write them: `20s`, `3m20s`, `1h30m`, `2d`, `500ms`.
//!
//! Knows no calendar: how long a day is, is decided by the one who asks. Invariant: a duration is finite and not negative.

use crate::units::Span;

/// A duration with its days kept apart, because a local day may have 23 or 25 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Duration {
    /// Whole days (`d`, and seven for each `w`).
    pub(super) days: u32,
    /// What is written in smaller units or as a number of seconds.
    pub(super) rest: Span,
}

impl Duration {
    /// The duration with days of 24 hours.
    pub(super) fn span(self) -> Span {
        Span::DAY * u64::from(self.days) + self.rest
    }

    /// A number of seconds.
    pub(super) fn from_seconds(seconds: f64) -> Option<Self> {
        (seconds.is_finite() && (0.0..=MOST_SECONDS).contains(&seconds))
            .then(|| Self { days: 0, rest: Span::from_secs_f64(seconds) })
    }
}

/// Ten thousand years: more than any scenario may last, and far from the end of the integers.
const MOST_SECONDS: f64 = 10_000.0 * 366.0 * 86_400.0;

/// The longest duration, in words.
pub(super) const LONGEST: &str = "10,000 years";

/// What the reader accepts, for messages.
pub(super) const ALLOWED: &str =
    "a duration as \"20s\", \"3m20s\", \"1h30m\", \"2d\", \"500ms\", or seconds as a number";

/// Reads number and unit pairs, largest unit first or not; fractions are allowed except of days and weeks.
pub(super) fn parse(text: &str) -> Option<Duration> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    if rest == "0" {
        // Nothing is nothing in every unit.
        return Some(Duration { days: 0, rest: Span::ZERO });
    }
    let (mut days, mut seconds) = (0_u32, 0.0_f64);
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '_')).unwrap_or(rest.len());
        let (number, tail) = rest.split_at(digits);
        let number = number.replace('_', "");
        let letters = tail.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(letters);
        match unit {
            "d" | "w" => {
                let each = if unit == "w" { 7 } else { 1 };
                days = days.checked_add(number.parse::<u32>().ok()?.checked_mul(each)?)?;
            }
            _ => seconds += number.parse::<f64>().ok()? * unit_seconds(unit)?,
        }
        rest = tail.trim_start();
    }
    let duration = Duration { days, ..Duration::from_seconds(seconds)? };
    (duration.span().as_secs_f64() <= MOST_SECONDS).then_some(duration)
}

/// A duration in seconds, with days of 24 hours; `None` for other words. For durations that stand outside scenario files.
#[must_use]
pub fn seconds(text: &str) -> Option<f64> {
    parse(text).map(|duration| duration.span().as_secs_f64())
}

/// How to write what was meant by `3 minutes`, `1.5d`, `1 year`, `20`, `3:00`; nothing for other words.
pub(super) fn hint(text: &str) -> String {
    let text = text.trim();
    if let Some((minutes, seconds)) = text.split_once(':')
        && let (Ok(minutes), Ok(seconds)) = (minutes.parse::<u32>(), seconds.parse::<u32>())
    {
        let [long, short] = [("h", "m"), ("m", "s")].map(|(first, second)| match seconds {
            0 => format!("{minutes}{first}"),
            seconds => format!("{minutes}{first}{seconds}{second}"),
        });
        return format!("write \"{long}\" or \"{short}\"");
    }
    let digits = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '_'))).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let Ok(amount) = number.replace('_', "").parse::<f64>() else { return String::new() };
    let write = |amount: f64, unit: &str| format!("write \"{amount}{unit}\"");
    match unit.trim().to_lowercase().trim_end_matches('.') {
        "" => "write the unit, as \"20s\", or the seconds without quotation marks".to_owned(),
        "s" | "sec" | "secs" | "second" | "seconds" => write(amount, "s"),
        "m" | "min" | "mins" | "minute" | "minutes" => write(amount, "m"),
        "h" | "hr" | "hrs" | "hour" | "hours" => write(amount, "h"),
        "d" | "day" | "days" if amount.fract() == 0.0 => write(amount, "d"),
        "d" | "day" | "days" => format!("days are whole: {}", write(amount * 24.0, "h")),
        "w" | "week" | "weeks" if amount.fract() == 0.0 => write(amount, "w"),
        "w" | "week" | "weeks" => format!("weeks are whole: {}", write(amount * 168.0, "h")),
        "month" | "months" => format!("months differ in length: {}", write((amount * 30.0).round(), "d")),
        "y" | "a" | "year" | "years" => write((amount * 365.0).round(), "d"),
        _ => String::new(),
    }
}

/// A span to its last second, as `1h30m20s`; for messages where a rest matters.
pub(super) fn in_full(span: Span) -> String {
    let mut rest = span.0;
    let mut text = String::new();
    for (unit, name) in [(Span::DAY, "d"), (Span::HOUR, "h"), (Span::MINUTE, "m")] {
        if rest >= unit.0 {
            text.push_str(&format!("{}{name}", rest / unit.0));
            rest %= unit.0;
        }
    }
    if rest > 0 || text.is_empty() { text + &Span(rest).to_string() } else { text }
}

fn unit_seconds(unit: &str) -> Option<f64> {
    Some(match unit {
        "h" => 3600.0,
        "m" | "min" => 60.0,
        "s" => 1.0,
        "ms" => 1e-3,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_in_every_unit() {
        let cases = [
            ("20s", 20.0),
            ("3m20s", 200.0),
            ("1h30m", 5400.0),
            ("500ms", 0.5),
            ("2d", 172_800.0),
            ("1w", 604_800.0),
            ("2.5m", 150.0),
            ("1h 5s", 3605.0),
            ("0", 0.0),
        ];
        for (text, seconds) in cases {
            assert_eq!(parse(text).map(|d| d.span().as_secs_f64()), Some(seconds), "{text}");
        }
    }

    #[test]
    fn a_span_in_full_reads_back_as_itself() {
        for text in ["0s", "20s", "3m20s", "1h30m", "2h37s", "2d", "365d1h0.5s", "1d1ms"] {
            let span = parse(text).map(Duration::span);
            assert_eq!(parse(&in_full(span.unwrap())).map(Duration::span), span, "{text}");
        }
    }

    #[test]
    fn slips_lead_to_the_duration_that_was_meant() {
        for (text, hint_of) in [
            ("3 minutes", "write \"3m\""),
            ("2H", "write \"2h\""),
            ("1.5d", "days are whole: write \"36h\""),
            ("1 year", "write \"365d\""),
            ("3:00", "write \"3h\" or \"3m\""),
            ("1:30", "write \"1h30m\" or \"1m30s\""),
            ("apples", ""),
            ("3 apples", ""),
        ] {
            assert_eq!(hint(text), hint_of, "{text}");
        }
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for text in ["", "20", "s", "-5s", "3 apples", "1.5d", "99999999999999999d", "nan", "inf", "1..5s"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
