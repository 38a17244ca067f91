//! One parameter and its values: `group.agents.agents=20..60:5`, `policy.pressure.elasticity=0,0.5,1`.
//!
//! Does not know which keys exist. Invariant: a value is kept as the text that goes into the scenario, so that what is shown is
//! what was run.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::MOST_POINTS;
use crate::scenario::seconds;

/// A key of a scenario and the values that it takes, one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Axis {
    /// Path of the key, as in `--set`.
    pub path: String,
    /// At least one; none twice.
    pub values: Vec<String>,
}

/// Why a text is no parameter with values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AxisProblem {
    /// There is no `=`, or no path before it.
    NoPath,
    /// This part is empty.
    NoValue(String),
    /// The ends of a range are neither numbers nor times.
    NoRange(String),
    /// The range ends below where it begins.
    Backwards(String),
    /// The step is not above 0, or a range of times has none.
    Step(String),
    /// The value stands there twice.
    Twice(String),
    /// More than [`MOST_POINTS`] values.
    TooMany,
}

impl fmt::Display for AxisProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPath => write!(f, "no `=` with a path before it"),
            Self::NoValue(part) => write!(f, "no value in `{part}`"),
            Self::NoRange(part) => write!(f, "`{part}`, whose ends are neither numbers nor times"),
            Self::Backwards(part) => write!(f, "`{part}`, which ends below where it begins"),
            Self::Step(part) => {
                write!(f, "`{part}`, which needs a step above 0, as `20..60:5` or `1m..3m:30s`")
            }
            Self::Twice(value) => write!(f, "`{value}` twice"),
            Self::TooMany => write!(f, "more than {MOST_POINTS} values"),
        }
    }
}

impl Axis {
    /// Reads `PATH=VALUES`: values apart by commas (outside of brackets and quotes), each as in `--set`, or a range
    /// `from..to` of whole steps, `from..to:step`. A range holds both its ends; numbers are counted in decimals, so that
    /// `0..1:0.1` ends at 1; times come out in seconds.
    ///
    /// ```
    /// use holdtime::sweep::Axis;
    /// let axis = Axis::read("group.agents.agents=5..7,10").unwrap();
    /// assert_eq!((axis.path.as_str(), axis.values), ("group.agents.agents", vec!["5".into(), "6".into(), "7".into(), "10".into()]));
    /// assert_eq!(Axis::read("scale.volume=0.9..1.1:0.1").unwrap().values, ["0.9", "1.0", "1.1"]);
    /// assert_eq!(Axis::read("class.a.patience.exponential.mean=1m..2m:30s").unwrap().values, ["60s", "90s", "120s"]);
    /// ```
    ///
    /// # Errors
    /// The first part that is wrong.
    pub fn read(text: &str) -> Result<Self, AxisProblem> {
        let (path, values) = text.split_once('=').ok_or(AxisProblem::NoPath)?;
        let path = path.trim();
        if path.is_empty() || path.split('.').any(|key| key.trim().is_empty()) {
            return Err(AxisProblem::NoPath);
        }
        let mut axis = Self { path: path.to_owned(), values: Vec::new() };
        for part in parts(values) {
            let part = part.trim();
            if part.is_empty() {
                return Err(AxisProblem::NoValue(text.to_owned()));
            }
            match part.split_once("..") {
                Some((from, rest)) if !part.starts_with(['"', '\'', '[', '{']) => {
                    axis.values.extend(range(part, from, rest)?);
                }
                _ => axis.values.push(part.to_owned()),
            }
            if axis.values.len() > MOST_POINTS {
                return Err(AxisProblem::TooMany);
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        match axis.values.iter().find(|value| !seen.insert(value.as_str())) {
            Some(value) => Err(AxisProblem::Twice(value.clone())),
            None => Ok(axis),
        }
    }
}

/// Split at commas that stand in no bracket and no quote.
fn parts(text: &str) -> Vec<&str> {
    let (mut depth, mut quote, mut from, mut parts) = (0_u32, None, 0, Vec::new());
    for (at, sign) in text.char_indices() {
        match (quote, sign) {
            (Some(open), _) if sign == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(sign),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                parts.push(&text[from..at]);
                from = at + 1;
            }
            (None, _) => {}
        }
    }
    parts.push(&text[from..]);
    parts
}

fn range(part: &str, from: &str, rest: &str) -> Result<Vec<String>, AxisProblem> {
    let (to, step) = rest.split_once(':').map_or((rest, None), |(to, step)| (to, Some(step)));
    let texts = [Some(from), Some(to), step].map(|text| text.map(str::trim));
    if let Some(values) = numbers(part, texts)? {
        return Ok(values);
    }
    let no_range = || AxisProblem::NoRange(part.to_owned());
    let time = |text: &str| seconds(text).ok_or_else(no_range);
    let (from, to) = (time(from.trim())?, time(to.trim())?);
    let step = step.and_then(|step| seconds(step.trim())).filter(|step| *step > 0.0);
    let step = step.ok_or_else(|| AxisProblem::Step(part.to_owned()))?;
    let count = steps(part, to - from, step)?;
    Ok((0..=count).map(|i| format!("{}s", from + i as f64 * step)).collect())
}

/// A range of decimal numbers, counted in units of the last digit that is written; `None` if it is of something else.
fn numbers(part: &str, texts: [Option<&str>; 3]) -> Result<Option<Vec<String>>, AxisProblem> {
    let decimals =
        texts.iter().flatten().map(|text| text.split_once('.').map_or(0, |(_, digits)| digits.len()));
    let decimals = decimals.max().unwrap_or(0).min(9);
    let unit = 10_f64.powi(decimals as i32);
    let read = |text: &str| text.parse::<f64>().ok().filter(|value| value.is_finite());
    let [Some(from), Some(to)] = [texts[0], texts[1]].map(|text| text.and_then(read)) else {
        return Ok(None);
    };
    let step = texts[2].map_or(Some(1.0), read).filter(|step| *step > 0.0);
    let step = step.ok_or_else(|| AxisProblem::Step(part.to_owned()))?;
    let count = steps(part, to - from, step)?;
    let value = |i: u64| ((from * unit).round() + i as f64 * (step * unit).round()) / unit;
    Ok(Some((0..=count).map(|i| format!("{:.decimals$}", value(i))).collect()))
}

/// How many steps lie in a range; a last one that rounding has pushed beyond the end by a hair belongs to it.
fn steps(part: &str, length: f64, step: f64) -> Result<u64, AxisProblem> {
    if length < 0.0 {
        return Err(AxisProblem::Backwards(part.to_owned()));
    }
    let steps = (length / step + 1e-9).floor();
    if steps >= MOST_POINTS as f64 { Err(AxisProblem::TooMany) } else { Ok(steps as u64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        Axis::read(&format!("a.b={text}")).unwrap().values
    }

    #[test]
    fn ranges_lists_and_texts() {
        assert_eq!(values("20..60:20"), ["20", "40", "60"]);
        assert_eq!(values("0,0.5,1"), ["0", "0.5", "1"]);
        assert_eq!(values("0..0.3:0.1"), ["0.0", "0.1", "0.2", "0.3"]);
        assert_eq!(values("-1..1"), ["-1", "0", "1"]);
        assert_eq!(values("90s..2m:15s"), ["90s", "105s", "120s"]);
        assert_eq!(values("fifo,lifo"), ["fifo", "lifo"]);
        assert_eq!(values("[1, 2],[3, 4]"), ["[1, 2]", "[3, 4]"]);
        assert_eq!(values("\"a,b\",c"), ["\"a,b\"", "c"]);
        assert_eq!(values("{ constant = 5, x = 1 },7"), ["{ constant = 5, x = 1 }", "7"]);
    }

    #[test]
    fn what_is_no_parameter_says_why() {
        for (text, problem) in [
            ("a.b", AxisProblem::NoPath),
            ("=1", AxisProblem::NoPath),
            ("a..b=1", AxisProblem::NoPath),
            ("a=", AxisProblem::NoValue("a=".into())),
            ("a=1,,2", AxisProblem::NoValue("a=1,,2".into())),
            ("a=5..1", AxisProblem::Backwards("5..1".into())),
            ("a=1..5:0", AxisProblem::Step("1..5:0".into())),
            ("a=1..5:-1", AxisProblem::Step("1..5:-1".into())),
            ("a=1m..3m", AxisProblem::Step("1m..3m".into())),
            ("a=x..y", AxisProblem::NoRange("x..y".into())),
            ("a=1..nan", AxisProblem::NoRange("1..nan".into())),
            ("a=1,2,1", AxisProblem::Twice("1".into())),
            ("a=0..1:0.000001", AxisProblem::TooMany),
        ] {
            assert_eq!(Axis::read(text), Err(problem), "{text}");
        }
    }
}
