//! A grid of shades with its legend.
//!
//! Invariant: a place without a value has no shade.

use super::canvas::{Anchor, Canvas};
use super::{WIDTH, fitting, spread_text, titled, value_text, width_of};
use crate::report::charts::{Heat, SHADES, Tone, shade};
use crate::report::language::Language;

const TOP: f64 = 24.0;
const ROW: f64 = 22.0;

pub(super) fn drawn(heat: &Heat, language: Language) -> Canvas {
    let rows = heat.rows.len();
    let left = heat.rows.iter().map(|row| width_of(row)).fold(0.0, f64::max).min(110.0) + 16.0;
    let bottom = TOP + ROW * rows as f64;
    let mut canvas = Canvas::new(bottom + 74.0);
    canvas.text("lb", Anchor::Start, (0.0, 12.0), &fitting(titled(&heat.of), WIDTH));
    let step = (WIDTH - left - 2.0) / heat.columns.len().max(1) as f64;
    for (row, (name, cells)) in heat.rows.iter().zip(&heat.cells).enumerate() {
        let y = TOP + ROW * row as f64;
        canvas.text("lb", Anchor::End, (left - 6.0, y + 15.0), &fitting(name, left - 6.0));
        for (column, (label, cell)) in heat.columns.iter().zip(cells).enumerate() {
            let told = format!("{name} {label} · {}", spread_text(heat.of.unit, cell, language));
            let class = match cell.value {
                Some(value) => shade_class(heat, value),
                None => "h-none".to_owned(),
            };
            let x = left + step * column as f64;
            canvas.hit(&class, (x, y), (step - 0.6, ROW - 1.0), &told);
        }
    }
    let widest = heat.columns.iter().map(|label| width_of(label)).fold(10.0, f64::max) + 10.0;
    let needed = (widest / step).ceil().max(1.0) as usize;
    let every =
        [1, 2, 3, 4, 6, 8, 12, 16, 24, 48].into_iter().find(|every| *every >= needed).unwrap_or(needed);
    for at in (0..heat.columns.len()).step_by(every) {
        let x = left + step * at as f64;
        canvas.line("ax", (x, bottom), (x, bottom + 4.0));
        if x + width_of(&heat.columns[at]) < WIDTH {
            canvas.text("lb", Anchor::Start, (x - 1.0, bottom + 17.0), &heat.columns[at]);
        }
    }
    legend(&mut canvas, heat, bottom + 34.0, language);
    canvas
}

/// Dark is bad; where nothing is bad dark is much.
fn shade_class(heat: &Heat, value: f64) -> String {
    let shade = shade(&heat.cuts, value).min(SHADES - 1);
    match heat.tone {
        Tone::LowIsBad => format!("h{}", SHADES - 1 - shade),
        Tone::HighIsBad => format!("h{shade}"),
        Tone::Plain => format!("b{shade}"),
    }
}

/// Each shade, and the numbers between them.
fn legend(canvas: &mut Canvas, heat: &Heat, y: f64, language: Language) {
    let step = WIDTH.min(420.0) / SHADES as f64;
    let start = (WIDTH - step * SHADES as f64) / 2.0;
    for position in 0..SHADES {
        let inside = match position {
            0 => heat.cuts[0] - heat.cuts[0].abs().max(1e-9) * 0.5,
            _ => heat.cuts[position - 1],
        };
        canvas.rect(&shade_class(heat, inside), (start + step * position as f64, y), (step - 1.0, 10.0));
    }
    let texts: Vec<String> = heat
        .cuts
        .iter()
        .map(|cut| value_text(heat.of.unit, *cut, language).replace(".0 ", " ").replace(",0 ", " "))
        .collect();
    let every = if texts.iter().any(|text| width_of(text) > step - 4.0) { 2 } else { 1 };
    for (position, text) in texts.iter().enumerate().step_by(every) {
        canvas.text("lb", Anchor::Middle, (start + step * (position + 1) as f64, y + 24.0), text);
    }
}
