//! Curves with their bands.
//!
//! Invariant: where a value is missing the curve has a gap.

use super::canvas::{Anchor, Canvas, place};
use super::scale::{Begin, Scale};
use super::{LETTER, WIDTH, colour, extent, fitting, spread_text, titled, width_of, within};
use crate::report::charts::{Lines, Spread};
use crate::report::language::Language;
use crate::report::number::Unit;

const HEIGHT: f64 = 236.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 40.0;
const RIGHT: f64 = 14.0;

pub(super) fn drawn(lines: &Lines, language: Language) -> Canvas {
    let unit = lines.y.unit;
    let spreads = || lines.series.iter().flat_map(|series| &series.values);
    let values =
        spreads().flat_map(|spread| extent(unit, spread)).chain(lines.bounds.iter().map(|bound| bound.at));
    let begin = if unit == Unit::Share { Begin::Values } else { Begin::Zero };
    let y = Scale::of(unit, values, (HEIGHT - BOTTOM, TOP), 4, begin);
    let labels = y.labels(unit, language, false);
    let left = labels.iter().map(|label| width_of(label)).fold(0.0, f64::max) + 10.0;
    let mut canvas = Canvas::new(HEIGHT);
    canvas.text("lb", Anchor::Start, (0.0, 12.0), &fitting(titled(&lines.y), WIDTH));
    for (tick, label) in y.ticks.iter().zip(&labels) {
        canvas.line("gr", (left, y.at(*tick)), (WIDTH - RIGHT, y.at(*tick)));
        canvas.text("lb", Anchor::End, (left - 6.0, y.at(*tick) + 4.0), label);
    }
    let n = lines.labels.len().max(1);
    let step = (WIDTH - RIGHT - left) / n as f64;
    let x = |at: usize| left + step * (at as f64 + 0.5);
    x_axis(&mut canvas, lines, &x, left);
    for (position, series) in lines.series.iter().enumerate() {
        let class = colour(position);
        for run in runs(&series.values, |spread| spread.range.is_some()) {
            let ends = |at: &usize| within(unit, series.values[*at].range.unwrap_or_default());
            let there: Vec<usize> = run.collect();
            if let [only] = there[..] {
                let (low, high) = ends(&only);
                canvas.line(&format!("w s{class}"), (x(only), y.at(low)), (x(only), y.at(high)));
                continue;
            }
            let above = there.iter().map(|at| (x(*at), y.at(ends(at).1)));
            let below = there.iter().rev().map(|at| (x(*at), y.at(ends(at).0)));
            let path = joined(above.chain(below)) + "Z";
            canvas.path(&format!("band f{class}"), &path);
        }
        for run in runs(&series.values, |spread| spread.value.is_some()) {
            let there: Vec<(f64, f64)> =
                run.map(|at| (x(at), y.at(series.values[at].value.unwrap_or_default()))).collect();
            match there[..] {
                [only] => canvas.circle(&format!("f{class}"), only, 2.5),
                _ => canvas.path(&format!("ln s{class} d{class}"), &joined(there.iter().copied())),
            }
            if n <= 24 {
                there.iter().for_each(|at| canvas.circle(&format!("f{class}"), *at, 2.5));
            }
        }
    }
    for bound in &lines.bounds {
        canvas.line("bd", (left, y.at(bound.at)), (WIDTH - RIGHT, y.at(bound.at)));
    }
    if let Some(bound) = lines.bounds.first() {
        let text = super::bound_text(bound, unit, language);
        if width_of(titled(&lines.y)) + width_of(&text) + 20.0 < WIDTH {
            canvas.text("lb bt", Anchor::End, (WIDTH, 12.0), &text);
        }
    }
    for (at, label) in lines.labels.iter().enumerate() {
        let of = |series: &crate::report::charts::Series| {
            let told = spread_text(unit, &series.values[at], language);
            if lines.series.len() == 1 { told } else { format!("{}: {told}", series.name) }
        };
        let told: Vec<String> = lines.series.iter().map(of).collect();
        let told = format!("{label} · {}", told.join(" · "));
        canvas.hit("bar", (left + step * at as f64, TOP), (step, HEIGHT - BOTTOM - TOP), &told);
    }
    canvas
}

/// As many labels as fit beside one another.
fn x_axis(canvas: &mut Canvas, lines: &Lines, x: &dyn Fn(usize) -> f64, left: f64) {
    let n = lines.labels.len();
    let bottom = HEIGHT - BOTTOM;
    canvas.line("ax", (left, bottom), (WIDTH - RIGHT, bottom));
    let widest = lines.labels.iter().map(|label| width_of(label)).fold(LETTER, f64::max).min(120.0) + 12.0;
    let room = (WIDTH - left - RIGHT) / n.max(1) as f64;
    let needed = (widest / room).ceil().max(1.0) as usize;
    // Steps at which hours, quarters of a day and weeks fall.
    let every = [1, 2, 3, 4, 6, 7, 8, 12, 14, 16, 24, 28, 32, 48, 56, 91]
        .into_iter()
        .find(|every| *every >= needed)
        .unwrap_or(needed);
    for at in (0..n).step_by(every) {
        let label = fitting(&lines.labels[at], widest - 8.0);
        let half = width_of(&label) / 2.0;
        if x(at) + half > WIDTH {
            continue;
        }
        canvas.line("ax", (x(at), bottom), (x(at), bottom + 4.0));
        canvas.text("lb", Anchor::Middle, (x(at).max(half), bottom + 17.0), &label);
    }
    canvas.text("lb", Anchor::End, (WIDTH - RIGHT, HEIGHT - 5.0), &fitting(&lines.x_title, WIDTH - left));
}

/// Runs of neighbours that have what is asked for.
fn runs<'a>(
    values: &'a [Spread],
    has: impl Fn(&Spread) -> bool + 'a,
) -> impl Iterator<Item = std::ops::Range<usize>> + 'a {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = (at..values.len()).find(|i| has(&values[*i]))?;
        let end = (start..values.len()).find(|i| !has(&values[*i])).unwrap_or(values.len());
        at = end;
        Some(start..end)
    })
}

fn joined(points: impl Iterator<Item = (f64, f64)>) -> String {
    let mut path = String::new();
    for (i, (x, y)) in points.enumerate() {
        path.push(if i == 0 { 'M' } else { 'L' });
        path.push_str(&format!("{} {}", place(x), place(y)));
    }
    path
}
