//! Several values of one input: `13`, `10..20`, `100..300:50`, `90,120,150`.

/// More combinations than this are a slip of the hand.
pub const MOST_CELLS: usize = 10_000;

/// Values of an input, in the order in which they were asked for; at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Span(pub Vec<f64>);

/// Why a text gives no values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpanProblem {
    /// This part is no value.
    NoValue(String),
    /// The range ends below where it begins.
    Backwards(String),
    /// The step is not above 0.
    Step(String),
    /// More than [`MOST_CELLS`] values.
    TooMany,
}

impl Span {
    /// Reads values and ranges, split at commas; `value` reads one value. A range holds both its ends; a step is 1 unless
    /// written.
    ///
    /// # Errors
    /// The first part that is wrong.
    pub fn read(text: &str, value: impl Fn(&str) -> Option<f64>) -> Result<Self, SpanProblem> {
        let mut values = Vec::new();
        for part in text.split(',').map(str::trim) {
            let read =
                |piece: &str| value(piece.trim()).ok_or_else(|| SpanProblem::NoValue(piece.to_owned()));
            let Some((from, rest)) = part.split_once("..") else {
                values.push(read(part)?);
                continue;
            };
            let (to, step) = rest.split_once(':').map_or((rest, None), |(to, step)| (to, Some(step)));
            let (from, to) = (read(from)?, read(to)?);
            let step = step.map_or(Ok(1.0), read)?;
            if to < from {
                return Err(SpanProblem::Backwards(part.to_owned()));
            }
            if step <= 0.0 {
                return Err(SpanProblem::Step(part.to_owned()));
            }
            // A last value that rounding has pushed beyond the end by a hair belongs to the range.
            let steps = ((to - from) / step + 1e-9).floor();
            if steps >= MOST_CELLS as f64 {
                return Err(SpanProblem::TooMany);
            }
            values.extend((0..=steps as u32).map(|i| from + f64::from(i) * step));
        }
        if values.len() > MOST_CELLS { Err(SpanProblem::TooMany) } else { Ok(Self(values)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<f64>, SpanProblem> {
        Span::read(text, |text| text.parse().ok()).map(|span| span.0)
    }

    #[test]
    fn values_ranges_and_steps_come_in_their_order() {
        assert_eq!(read("13"), Ok(vec![13.0]));
        assert_eq!(read("10..13"), Ok(vec![10.0, 11.0, 12.0, 13.0]));
        assert_eq!(read("100..300:100, 5"), Ok(vec![100.0, 200.0, 300.0, 5.0]));
        assert_eq!(read("0.1..0.3:0.1").map(|values| values.len()), Ok(3));
    }

    #[test]
    fn what_is_no_range_is_said() {
        assert_eq!(read("10..5"), Err(SpanProblem::Backwards("10..5".to_owned())));
        assert_eq!(read("1..5:0"), Err(SpanProblem::Step("1..5:0".to_owned())));
        assert_eq!(read("1..x"), Err(SpanProblem::NoValue("x".to_owned())));
        assert_eq!(read("1..20000"), Err(SpanProblem::TooMany));
        assert_eq!(read(""), Err(SpanProblem::NoValue(String::new())));
    }
}
