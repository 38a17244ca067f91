//! Values with their intervals, one under the other.
//!
//! Invariant: a row has its name on the left, its value in words on the right, and nothing over either.

use super::canvas::{Anchor, Canvas};
use super::scale::{Begin, Scale};
use super::{WIDTH, colour, difference_text, extent, fitting, titled, value_text, width_of, within};
use crate::report::charts::{Dot, Dots, DotsAre};
use crate::report::language::Language;

const TOP: f64 = 24.0;
const ROW: f64 = 22.0;
const WIDEST_NAME: f64 = 170.0;

pub(super) fn drawn(dots: &Dots, language: Language) -> Canvas {
    let unit = dots.x.unit;
    let is_difference = dots.are == DotsAre::Differences;
    let told: Vec<String> = dots.rows.iter().map(|row| value(dots, row, language)).collect();
    let left = dots.rows.iter().map(|row| width_of(&row.name)).fold(0.0, f64::max).min(WIDEST_NAME) + 10.0;
    let remark = |row: &Dot, value: &str| {
        if row.remark.is_empty() { value.to_owned() } else { format!("{value} {}", row.remark) }
    };
    let right_texts: Vec<String> =
        dots.rows.iter().zip(&told).map(|(row, value)| remark(row, value)).collect();
    let right = right_texts.iter().map(|text| width_of(text)).fold(0.0, f64::max).min(190.0) + 10.0;
    let bottom = TOP + ROW * dots.rows.len() as f64 + 4.0;
    let ends = |row: &Dot| -> Vec<f64> {
        if is_difference {
            let range = row.value.range.map(|(low, high)| [low, high]);
            row.value.value.into_iter().chain(range.into_iter().flatten()).collect()
        } else {
            extent(unit, &row.value).collect()
        }
    };
    let values = dots.rows.iter().flat_map(&ends).chain(dots.bounds.iter().map(|bound| bound.at));
    let begin = if dots.are == DotsAre::Values { Begin::Values } else { Begin::Zero };
    let mut x = Scale::of(unit, values, (left + 6.0, WIDTH - right - 6.0), 4, begin);
    // Labels that would touch one another are left out.
    let labels = x.labels(unit, language, is_difference);
    let widest = labels.iter().map(|label| width_of(label)).fold(0.0, f64::max) + 8.0;
    let between = x.ticks.windows(2).map(|pair| x.at(pair[1]) - x.at(pair[0])).fold(f64::INFINITY, f64::min);
    let every = (widest / between).ceil().max(1.0) as usize;
    let zero = x.ticks.iter().position(|tick| tick.abs() < 1e-12).unwrap_or(0);
    let mut canvas = Canvas::new(bottom + 26.0);
    canvas.text("lb", Anchor::Start, (0.0, 12.0), &fitting(titled(&dots.x), WIDTH));
    let ticks = std::mem::take(&mut x.ticks);
    for (position, (tick, label)) in ticks.iter().zip(&labels).enumerate() {
        let class = if is_difference && position == zero { "ax" } else { "gr" };
        canvas.line(class, (x.at(*tick), TOP), (x.at(*tick), bottom));
        if position.abs_diff(zero) % every == 0 {
            canvas.text("lb", Anchor::Middle, (x.at(*tick), bottom + 16.0), label);
        }
    }
    for bound in &dots.bounds {
        canvas.line("bd", (x.at(bound.at), TOP - 4.0), (x.at(bound.at), bottom));
    }
    if let Some(bound) = dots.bounds.first() {
        let text = super::bound_text(bound, unit, language);
        if width_of(titled(&dots.x)) + width_of(&text) + 20.0 < WIDTH {
            canvas.text("lb bt", Anchor::End, (WIDTH, 12.0), &text);
        }
    }
    let mut groups: Vec<&str> = Vec::new();
    for (position, (row, shown)) in dots.rows.iter().zip(&right_texts).enumerate() {
        if !groups.contains(&row.group.as_str()) {
            groups.push(&row.group);
        }
        let group = groups.iter().position(|group| *group == row.group).unwrap_or(0);
        let (class, y) = (colour(group), TOP + ROW * (position as f64 + 0.5) + 2.0);
        canvas.text("lb nm", Anchor::End, (left - 8.0, y + 4.0), &fitting(&row.name, left - 8.0));
        let mean = row.value.value.unwrap_or_default();
        if dots.are == DotsAre::Amounts {
            canvas.rect(&format!("bar f{class}"), (x.at(0.0), y - 6.0), (x.at(mean) - x.at(0.0), 12.0));
        }
        if let Some((low, high)) = row.value.range {
            let (low, high) = if is_difference { (low, high) } else { within(unit, (low, high)) };
            let whisker =
                if dots.are == DotsAre::Amounts { "w ink".to_owned() } else { format!("w s{class}") };
            canvas.line(&whisker, (x.at(low), y), (x.at(high), y));
            for end in [low, high] {
                canvas.line(&whisker, (x.at(end), y - 4.0), (x.at(end), y + 4.0));
            }
        }
        if dots.are != DotsAre::Amounts {
            canvas.circle(&format!("f{class}"), (x.at(mean), y), 4.0);
        }
        canvas.text("lb", Anchor::Start, (WIDTH - right + 4.0, y + 4.0), &fitting(shown, right - 4.0));
        let group = if row.group.is_empty() { String::new() } else { format!(" ({})", row.group) };
        let range = row.value.range.map_or_else(String::new, |(low, high)| {
            let show = |value| {
                if is_difference {
                    difference_text(unit, value, language)
                } else {
                    value_text(unit, value, language)
                }
            };
            let (low, high) = if is_difference { (low, high) } else { within(unit, (low, high)) };
            format!(" ({} {} {})", show(low), language.say(crate::report::language::Word::UpTo), show(high))
        });
        canvas.hit(
            "bar",
            (0.0, y - ROW / 2.0),
            (WIDTH, ROW),
            &format!("{}{group} · {shown}{range}", row.name),
        );
    }
    canvas
}

/// The value alone, as it stands on the right.
fn value(dots: &Dots, row: &Dot, language: Language) -> String {
    let Some(value) = row.value.value else { return String::new() };
    if dots.are == DotsAre::Differences {
        difference_text(dots.x.unit, value, language)
    } else {
        value_text(dots.x.unit, value, language)
    }
}
