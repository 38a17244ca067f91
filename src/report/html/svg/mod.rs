//! Figures as SVG: scales by themselves, colours by class, each mark with its numbers in words.
//!
//! Chooses no value. Invariant: no colour and no size of type stands in the SVG (the page's style has them, for light, dark
//! and paper), no label overlaps another, and a range is drawn with its value.

mod canvas;
mod dots;
mod flows;
mod heat;
mod lines;
mod plane;
mod scale;

use crate::report::charts::{Axis, Bound, Figure, Spread};
use crate::report::language::Language;
use crate::report::number::{NumberStyle, Unit, as_written, wait_in_words};

/// Width of every figure in its own units; the page scales it.
const WIDTH: f64 = 560.0;
/// Width of a letter of a label, on the safe side.
const LETTER: f64 = 7.3;
/// From one line of labels to the next.
const LINE: f64 = 15.0;

/// The drawing of a figure, `label` for those who cannot see it.
pub(super) fn drawn(figure: &Figure, label: &str, language: Language) -> String {
    let canvas = match figure {
        Figure::Lines(lines) => lines::drawn(lines, language),
        Figure::Heat(heat) => heat::drawn(heat, language),
        Figure::Dots(dots) => dots::drawn(dots, language),
        Figure::Plane(plane) => plane::drawn(plane, language),
        Figure::Flows(flows) => flows::drawn(flows, language),
    };
    canvas.finish(label)
}

/// Colours in the order of series; past the last one they begin again.
const COLOURS: usize = 7;

fn colour(series: usize) -> usize {
    series % COLOURS + 1
}

/// How wide a label is at most.
fn width_of(text: &str) -> f64 {
    LETTER * crate::report::text::width(text) as f64
}

/// As much of a text as fits.
fn fitting(text: &str, room: f64) -> String {
    crate::report::text::cut(text, (room / LETTER).floor().max(1.0) as usize)
}

/// A value in words.
fn value_text(unit: Unit, value: f64, language: Language) -> String {
    language.number(&NumberStyle::for_one(unit, Some(value)).value(value))
}

/// A bound as it was written: `80 %`, `20 s`.
fn bound_text(bound: &Bound, unit: Unit, language: Language) -> String {
    let text = match unit {
        Unit::Share => format!("{} %", as_written(100.0 * bound.at)),
        _ => wait_in_words(bound.at),
    };
    format!("- - {} {}", bound.name, language.number(&text))
}

/// A value and its range: `79.1 % (78.2 % to 80.0 %)`.
fn spread_text(unit: Unit, spread: &Spread, language: Language) -> String {
    use crate::report::language::Word;
    let Some(value) = spread.value else { return language.say(Word::NoValue).to_owned() };
    let of = |value: f64| value_text(unit, value, language);
    match spread.range {
        Some((low, high)) => {
            let (low, high) = within(unit, (low, high));
            format!("{} ({} {} {})", of(value), of(low), language.say(Word::UpTo), of(high))
        }
        None => of(value),
    }
}

/// The same of differences, with a sign.
fn difference_text(unit: Unit, value: f64, language: Language) -> String {
    let text = NumberStyle::for_one(unit, Some(value)).value(value);
    let text = if unit == Unit::Share { text.replacen(" %", " pp", 1) } else { text };
    let sign = if value > 0.0 { "+" } else { "" };
    language.number(&format!("{sign}{text}"))
}

/// A share cannot reach beyond nothing and all, an amount not below nothing.
fn within(unit: Unit, (low, high): (f64, f64)) -> (f64, f64) {
    match unit {
        Unit::Share => (low.clamp(0.0, 1.0), high.clamp(0.0, 1.0)),
        _ => (low.max(0.0), high),
    }
}

/// What a spread takes on an axis.
fn extent(unit: Unit, spread: &Spread) -> impl Iterator<Item = f64> {
    let range = spread.range.map(|range| within(unit, range));
    let ends = range.map(|(low, high)| [low, high]);
    spread.value.into_iter().chain(ends.into_iter().flatten()).filter(|value| value.is_finite())
}

/// The title of an axis with what its ticks count.
fn titled(axis: &Axis) -> &str {
    &axis.title
}
