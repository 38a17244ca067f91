//! What a value of a scenario file may be, and the one way of reading it.
//!
//! The kinds only; which key has which form is said in [`super::format`]. The checker reports what these functions
//! refuse, the builder uses what they accept, the schema describes them. Invariant: the three never disagree.

use jiff::civil::{Date, DateTime, Time};

use super::duration::{self, Duration};
use super::region::REGION_NAMES;
use super::tree::{Node, Value};

/// What a value may be.
#[derive(Debug)]
pub(super) enum Form {
    /// Any string.
    Text,
    /// `true` or `false`.
    Flag,
    /// A finite number within limits.
    Number(Limits),
    /// A whole number within limits.
    Whole { low: u64, high: u64 },
    /// A duration.
    Duration(Zero),
    /// A date.
    Date,
    /// A date, a date with a time, or a time.
    Moment,
    /// One of some words; `later` are known and not there yet.
    Choice { now: &'static [&'static str], later: &'static [&'static str] },
    /// The name of something that the scenario has.
    Name(Kind),
    /// The path of a CSV file, relative to the file that names it.
    CsvPath,
    /// `"80/20"`.
    ServiceLevelText,
    /// `"08:00-17:00"` or `"closed"`.
    HoursText,
    /// A time of the day.
    TimeText,
    /// A day key, a date, or a month with a day key.
    DayText,
    /// A list with a number of values within limits.
    List { of: &'static Form, low: usize, high: usize },
    /// A table with known keys.
    Table(&'static Keys),
    /// A table whose keys are names, dates or times.
    Map { key: KeyForm, each: &'static Form },
    /// One of several forms that differ in their TOML type.
    Either(&'static [Form]),
}

/// The keys of a table.
#[derive(Debug)]
pub(super) struct Keys {
    pub(super) about: &'static str,
    pub(super) keys: &'static [Key],
    /// Keys that are planned and do not exist yet.
    pub(super) later: &'static [&'static str],
    pub(super) one_of: &'static [OneOf],
    pub(super) two_ways: &'static [TwoWays],
}

/// A key of a table.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) form: Form,
    pub(super) need: Need,
    pub(super) about: &'static str,
}

/// Whether a key must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    Required,
    Optional,
}

/// Keys of a table that exclude one another.
#[derive(Debug)]
pub(super) struct OneOf {
    pub(super) keys: &'static [&'static str],
    pub(super) need: Need,
    pub(super) naming_another: NamingAnother,
}

/// Two ways of saying the same, each with keys that may stand beside one another; an overlay that goes the one way drops
/// the keys of the other.
#[derive(Debug)]
pub(super) struct TwoWays {
    pub(super) one: &'static [&'static str],
    pub(super) other: &'static [&'static str],
}

/// What an overlay does to the table of its base when it names another alternative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NamingAnother {
    /// The base's table is dropped whole.
    ReplacesTable,
    /// So it is, but between two of `among` the keys `kept` stay, which mean the same for both.
    KeepsSome { among: &'static [&'static str], kept: &'static [&'static str] },
    /// Only the base's alternative is dropped.
    ReplacesKey,
}

/// What the keys of a [`Form::Map`] are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyForm {
    /// New names.
    New,
    /// Names of things that the scenario has.
    Existing(Kind),
    /// `mon` … `sun`, `mon_fri`, `mon_sat`, `sat_sun`, `all`, `holiday`.
    Day,
    /// Dates.
    Date,
    /// Times of the day.
    Time,
    /// Regions of a country.
    Region,
    /// Paths of values, with dots.
    Path,
}

/// Things with names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Class,
    Group,
    Site,
    Profile,
}

impl Kind {
    /// The table of the scenario in which they are written.
    pub(super) fn table(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::Group => "group",
            Self::Site => "site",
            Self::Profile => "profile",
        }
    }
}

/// Whether a duration may be 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zero {
    Allowed,
    Refused,
}

/// Limits of a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) low: f64,
    pub(super) high: f64,
    /// Whether `low` itself is refused.
    pub(super) is_above_low: bool,
    /// In words.
    pub(super) words: &'static str,
}

/// From 0 to 1.
pub(super) const SHARE: Form =
    Form::Number(Limits { low: 0.0, high: 1.0, is_above_low: false, words: "a share from 0 to 1" });
/// No number of a scenario is larger, so that sums and products of a few stay far from the end of the numbers.
const MOST: f64 = 1e12;
/// 0 or more.
pub(super) const NOT_NEGATIVE: Form =
    Form::Number(Limits { low: 0.0, high: MOST, is_above_low: false, words: "a number from 0 to 1e12" });
/// More than 0.
pub(super) const POSITIVE: Form = Form::Number(Limits {
    low: 0.0,
    high: MOST,
    is_above_low: true,
    words: "a number above 0, at most 1e12",
});
/// Any finite number.
pub(super) const ANY_NUMBER: Form =
    Form::Number(Limits { low: f64::MIN, high: f64::MAX, is_above_low: false, words: "a finite number" });
/// 0 or longer.
pub(super) const DURATION: Form = Form::Duration(Zero::Allowed);
/// Longer than 0.
pub(super) const SOME_TIME: Form = Form::Duration(Zero::Refused);

/// Why a value is refused: a word on the kind of mistake, and what is allowed.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Refusal {
    /// Not of the TOML type or not readable.
    Kind(String),
    /// Readable, but outside the limits.
    Range(String),
    /// A word that exists later.
    Later,
}

impl Form {
    /// Whether the value is of the TOML type that this form is written in.
    pub(super) fn suits(&self, node: &Node) -> bool {
        match self {
            Self::Text
            | Self::Choice { .. }
            | Self::Name(_)
            | Self::CsvPath
            | Self::ServiceLevelText
            | Self::HoursText
            | Self::TimeText
            | Self::DayText
            | Self::Date
            | Self::Moment => {
                matches!(node.value, Value::Text(_) | Value::Date(_))
            }
            Self::Flag => matches!(node.value, Value::Flag(_)),
            Self::Number(_) | Self::Whole { .. } => matches!(node.value, Value::Whole(_) | Value::Real(_)),
            Self::Duration(_) => matches!(node.value, Value::Text(_) | Value::Whole(_) | Value::Real(_)),
            Self::List { .. } => matches!(node.value, Value::List(_)),
            Self::Table(_) | Self::Map { .. } => matches!(node.value, Value::Table(_)),
            Self::Either(forms) => forms.iter().any(|form| form.suits(node)),
        }
    }

    /// Whether the value is one of this form's words.
    pub(super) fn has_word(&self, node: &Node) -> bool {
        let has = |words: &[&str]| node.text().is_some_and(|text| words.contains(&text));
        matches!(self, Self::Choice { now, later } if has(now) || has(later))
    }

    /// What is allowed, in words.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Text => "a string".to_owned(),
            Self::Flag => "true or false".to_owned(),
            Self::Number(limits) => limits.words.to_owned(),
            Self::Whole { low, high: u64::MAX } => format!("a whole number, {low} or more"),
            Self::Whole { low, high } => format!("a whole number from {low} to {high}"),
            Self::Duration(Zero::Allowed) => {
                format!("{}; from 0 to {}", duration::ALLOWED, duration::LONGEST)
            }
            Self::Duration(Zero::Refused) => {
                format!("{}; longer than 0, up to {}", duration::ALLOWED, duration::LONGEST)
            }
            Self::Date => "a date as \"2026-03-23\"".to_owned(),
            Self::Moment => "a date as \"2026-03-23\", or with a time as \"2026-03-23T14:00\"".to_owned(),
            Self::Choice { now, .. } => super::diagnostic::choice(now.iter().copied()),
            Self::Name(kind) => format!("the name of a {}", kind.table()),
            Self::CsvPath => "the path of a CSV file".to_owned(),
            Self::ServiceLevelText => "\"80/20\": 80 % within 20 seconds; from 1 to 100 percent".to_owned(),
            Self::HoursText => "\"08:00-17:00\", the first time before the second, or `closed`".to_owned(),
            Self::TimeText => "a time of the day as \"08:00\", up to \"24:00\"".to_owned(),
            Self::DayText => {
                "a day key as `mon` or `sat_sun`, `holiday`, a date, or a month with a day key as `2026-03 mon`".to_owned()
            }
            Self::List { of, .. } => format!("a list of values, each {}", of.words()),
            Self::Table(keys) => {
                let is_needed = |key: &&Key| matches!(key.need, Need::Required);
                let needed: Vec<&str> = keys.keys.iter().filter(is_needed).map(|key| key.name).collect();
                let with = if needed.is_empty() {
                    String::new()
                } else {
                    format!(", with {}", super::diagnostic::list(needed))
                };
                format!("a table: {}{with}", keys.about)
            }
            Self::Map { key, each } => format!("a table of {}, each {}", key.words(), each.words()),
            Self::Either(forms) => forms.iter().map(Form::words).collect::<Vec<_>>().join("; or "),
        }
    }

    /// The form of what is below `key`; of what is below an index for lists.
    pub(super) fn below(&self, key: &str) -> Option<&'static Form> {
        match self {
            Self::Table(keys) => keys.get(key).map(|key| &key.form),
            Self::Map { each, .. } => Some(each),
            Self::List { of, .. } => Some(of),
            Self::Either(forms) => forms.iter().find_map(|form| form.below(key)),
            _ => None,
        }
    }

    /// Whether this is a single value, and neither list nor table.
    pub(super) fn is_scalar(&self) -> bool {
        match self {
            Self::List { .. } | Self::Table(_) | Self::Map { .. } => false,
            Self::Either(forms) => forms.iter().all(Form::is_scalar),
            _ => true,
        }
    }

    /// Whether this may be a list.
    pub(super) fn is_list(&self) -> bool {
        match self {
            Self::List { .. } => true,
            Self::Either(forms) => forms.iter().any(Form::is_list),
            _ => false,
        }
    }

    /// How many brackets a single value needs to become what this form allows.
    pub(super) fn list_depth(&self) -> usize {
        match self {
            Self::List { of, .. } => 1 + of.list_depth(),
            Self::Either(forms) => forms.iter().find(|form| form.is_list()).map_or(0, Form::list_depth),
            _ => 0,
        }
    }

    /// The keys, if this is a table of known ones.
    pub(super) fn keys(&self) -> Option<&'static Keys> {
        match self {
            Self::Table(keys) => Some(keys),
            Self::Either(forms) => forms.iter().find_map(Form::keys),
            _ => None,
        }
    }
}

impl Keys {
    pub(super) fn get(&self, name: &str) -> Option<&'static Key>
    where
        Self: 'static,
    {
        self.keys.iter().find(|key| key.name == name)
    }
}

impl KeyForm {
    pub(super) fn words(self) -> String {
        match self {
            Self::New => "names".to_owned(),
            Self::Existing(kind) => format!("names of `{}`", kind.table()),
            Self::Day => super::diagnostic::choice(DAY_KEYS),
            Self::Date => "dates as \"2026-12-24\"".to_owned(),
            Self::Time => "times of the day as \"08:00\"".to_owned(),
            Self::Path => "paths of values as \"group.NAME.staffing\"".to_owned(),
            Self::Region => super::diagnostic::choice(REGION_NAMES),
        }
    }
}

/// Keys for days of the week, in the order of their weekdays.
pub(super) const DAY_KEYS: [&str; 12] =
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "mon_fri", "mon_sat", "sat_sun", "all", "holiday"];

/// A finite number within limits.
pub(super) fn number(node: &Node, limits: Limits) -> Result<f64, Refusal> {
    let number = node.number().ok_or_else(|| Refusal::Kind(limits.words.to_owned()))?;
    let is_high_enough = if limits.is_above_low { number > limits.low } else { number >= limits.low };
    // Not a number fails both comparisons.
    if is_high_enough && number <= limits.high {
        Ok(number)
    } else {
        Err(Refusal::Range(limits.words.to_owned()))
    }
}

/// A whole number within limits.
pub(super) fn whole(node: &Node, low: u64, high: u64) -> Result<u64, Refusal> {
    let words = Form::Whole { low, high }.words();
    match node.value {
        Value::Whole(whole) => u64::try_from(whole)
            .ok()
            .filter(|whole| (low..=high).contains(whole))
            .ok_or(Refusal::Range(words)),
        Value::Real(_) => Err(Refusal::Range(words)),
        _ => Err(Refusal::Kind(words)),
    }
}

/// A duration.
pub(super) fn duration(node: &Node, zero: Zero) -> Result<Duration, Refusal> {
    let words = Form::Duration(zero).words();
    let duration = match (&node.value, node.number()) {
        (Value::Text(text), _) => duration::parse(text).ok_or_else(|| {
            let is_negative =
                text.trim().strip_prefix('-').is_some_and(|rest| duration::parse(rest).is_some());
            if is_negative { Refusal::Range(words.clone()) } else { Refusal::Kind(words.clone()) }
        })?,
        (_, Some(seconds)) => Duration::from_seconds(seconds).ok_or_else(|| Refusal::Range(words.clone()))?,
        _ => return Err(Refusal::Kind(words)),
    };
    if zero == Zero::Refused && duration.span().0 == 0 { Err(Refusal::Range(words)) } else { Ok(duration) }
}

/// A date.
pub(super) fn date(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

/// A time of the day as seconds since midnight: `08:00`, `8:00`; `24:00` is the end of the day.
pub(super) fn time(text: &str) -> Option<u32> {
    if text == "24:00" {
        return Some(86_400);
    }
    let padded = if text.find(':') == Some(1) { format!("0{text}") } else { text.to_owned() };
    let time: Time =
        (matches!(padded.len(), 5 | 8) && padded.contains(':')).then(|| padded.parse().ok()).flatten()?;
    Some(seconds_of(time))
}

fn seconds_of(time: Time) -> u32 {
    let part = |value: i8| u32::try_from(value).unwrap_or(0);
    part(time.hour()) * 3600 + part(time.minute()) * 60 + part(time.second())
}

/// An instant on a clock with or without a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// A date, at midnight unless a time is given.
    Dated(DateTime),
    /// Only a time, as seconds since midnight.
    Time(u32),
}

/// A date, a date with a time, or a time.
pub(super) fn moment(text: &str) -> Option<Moment> {
    if let Some(date) = date(text) {
        return Some(Moment::Dated(date.to_datetime(Time::midnight())));
    }
    if let Some(seconds) = time(text).filter(|seconds| *seconds < 86_400) {
        return Some(Moment::Time(seconds));
    }
    let has_zone = text.ends_with('Z') || text.rfind(['+', '[']).is_some();
    let is_dated = text.len() >= 16 && !has_zone;
    let at: DateTime = is_dated.then(|| text.replace(' ', "T").parse().ok()).flatten()?;
    (at.subsec_nanosecond() == 0).then_some(Moment::Dated(at))
}

/// `80/20` as share and seconds; the seconds may be any duration.
pub(super) fn service_level(text: &str) -> Option<(f64, Duration)> {
    let (percent, within) = text.split_once('/')?;
    let percent: f64 = percent.trim().parse().ok()?;
    let within = match within.trim().parse::<f64>() {
        Ok(seconds) => Duration::from_seconds(seconds)?,
        Err(_) => duration::parse(within)?,
    };
    // Below 1 a share was meant.
    (1.0..=100.0).contains(&percent).then_some((percent / 100.0, within))
}

/// `08:00-17:00` as seconds since midnight, the first before the second; nothing between two equal ones for `closed`.
pub(super) fn hours(text: &str) -> Option<(u32, u32)> {
    if text == "closed" {
        return Some((0, 0));
    }
    let (from, to) = text.split_once('-')?;
    let (from, to) = (time(from.trim())?, time(to.trim())?);
    (from < to).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_dates_times_or_both_and_carry_no_zone() {
        assert!(matches!(moment("2026-03-23"), Some(Moment::Dated(_))));
        assert!(matches!(moment("2026-07-09T14:00"), Some(Moment::Dated(_))));
        assert_eq!(moment("08:30"), Some(Moment::Time(30_600)));
        assert_eq!(moment("8:30"), Some(Moment::Time(30_600)));
        for text in [
            "2026-02-30",
            "25:00",
            "8:3",
            "8:300",
            ":30",
            "2026-07-09T14:00Z",
            "2026-07-09T14:00+02:00",
            "2026-07-09T14:00:00.5",
            "soon",
            "2026-W10",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn service_levels_are_read_as_the_trade_writes_them() {
        assert_eq!(service_level("80/20").map(|(p, d)| (p, d.span().as_secs_f64())), Some((0.8, 20.0)));
        assert_eq!(service_level("90 / 1m").map(|(p, d)| (p, d.span().as_secs_f64())), Some((0.9, 60.0)));
        for text in ["80", "0/20", "0.8/20", "120/20", "a/b", "80/-3"] {
            assert_eq!(service_level(text), None, "{text}");
        }
    }
}
