//! Points by two measures, with a cross of intervals on each.
//!
//! Invariant: a point's letter stands beside it, where it covers no other's, else it is left to the table.

use super::canvas::{Anchor, Canvas};
use super::scale::{Begin, Scale};
use super::{WIDTH, colour, extent, fitting, spread_text, titled, width_of, within};
use crate::report::charts::Plane;
use crate::report::language::Language;

const HEIGHT: f64 = 214.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 42.0;
const RIGHT: f64 = 16.0;

/// Where a label may stand beside its point, the best first.
const PLACES: [(f64, f64); 8] = [
    (9.0, -8.0),
    (-9.0, -8.0),
    (9.0, 17.0),
    (-9.0, 17.0),
    (10.0, 4.0),
    (-10.0, 4.0),
    (9.0, -22.0),
    (9.0, 31.0),
];

/// A part of the drawing.
#[derive(Clone, Copy)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn is_within(&self, other: &Self) -> bool {
        self.left >= other.left
            && self.right <= other.right
            && self.top >= other.top
            && self.bottom <= other.bottom
    }
}

pub(super) fn drawn(plane: &Plane, language: Language) -> Canvas {
    let (of_x, of_y) = (plane.x.unit, plane.y.unit);
    let ys = plane.points.iter().flat_map(|point| extent(of_y, &point.y));
    let y = Scale::of(
        of_y,
        ys.chain(plane.bounds.iter().map(|bound| bound.at)),
        (HEIGHT - BOTTOM, TOP),
        4,
        Begin::Values,
    );
    let y_labels = y.labels(of_y, language, false);
    let left = y_labels.iter().map(|label| width_of(label)).fold(0.0, f64::max) + 10.0;
    let xs = plane.points.iter().flat_map(|point| extent(of_x, &point.x));
    let x = Scale::of(of_x, xs, (left + 14.0, WIDTH - RIGHT - 14.0), 4, Begin::Values);
    let x_labels = x.labels(of_x, language, false);
    let mut canvas = Canvas::new(HEIGHT);
    canvas.text("lb", Anchor::Start, (0.0, 12.0), &fitting(titled(&plane.y), WIDTH));
    for (tick, label) in y.ticks.iter().zip(&y_labels) {
        canvas.line("gr", (left, y.at(*tick)), (WIDTH - RIGHT, y.at(*tick)));
        canvas.text("lb", Anchor::End, (left - 6.0, y.at(*tick) + 4.0), label);
    }
    let bottom = HEIGHT - BOTTOM;
    canvas.line("ax", (left, bottom), (WIDTH - RIGHT, bottom));
    let mut last = f64::NEG_INFINITY;
    for (tick, label) in x.ticks.iter().zip(&x_labels) {
        let half = width_of(label) / 2.0;
        let middle = x.at(*tick).min(WIDTH - half);
        canvas.line("ax", (x.at(*tick), bottom), (x.at(*tick), bottom + 4.0));
        if middle - half > last + 6.0 {
            canvas.text("lb", Anchor::Middle, (middle, bottom + 17.0), label);
            last = middle + half;
        }
    }
    canvas.text("lb", Anchor::End, (WIDTH - RIGHT, HEIGHT - 5.0), &fitting(titled(&plane.x), WIDTH - left));
    for bound in &plane.bounds {
        canvas.line("bd", (left, y.at(bound.at)), (WIDTH - RIGHT, y.at(bound.at)));
    }
    if let Some(bound) = plane.bounds.first() {
        let text = super::bound_text(bound, of_y, language);
        if width_of(titled(&plane.y)) + width_of(&text) + 20.0 < WIDTH {
            canvas.text("lb bt", Anchor::End, (WIDTH, 12.0), &text);
        }
    }
    let places: Vec<(f64, f64)> = (plane.points.iter())
        .map(|point| (x.at(point.x.value.unwrap_or_default()), y.at(point.y.value.unwrap_or_default())))
        .collect();
    let mut taken: Vec<Area> = places
        .iter()
        .map(|(x, y)| Area { left: x - 6.0, top: y - 6.0, right: x + 6.0, bottom: y + 6.0 })
        .collect();
    for (point, (at_x, at_y)) in plane.points.iter().zip(&places) {
        if let Some((low, high)) = point.x.range.map(|range| within(of_x, range)) {
            taken.push(Area { left: x.at(low), top: at_y - 1.0, right: x.at(high), bottom: at_y + 1.0 });
        }
        if let Some((low, high)) = point.y.range.map(|range| within(of_y, range)) {
            taken.push(Area { left: at_x - 1.0, top: y.at(high), right: at_x + 1.0, bottom: y.at(low) });
        }
    }
    for (position, point) in plane.points.iter().enumerate() {
        let (class, (at_x, at_y)) = (colour(position), places[position]);
        if let Some((low, high)) = point.x.range.map(|range| within(of_x, range)) {
            canvas.line(&format!("w s{class}"), (x.at(low), at_y), (x.at(high), at_y));
        }
        if let Some((low, high)) = point.y.range.map(|range| within(of_y, range)) {
            canvas.line(&format!("w s{class}"), (at_x, y.at(low)), (at_x, y.at(high)));
        }
        canvas.circle(&format!("f{class}"), (at_x, at_y), 5.0);
        let name = fitting(&format!("{} {}", point.short, point.name), 170.0);
        let free = [&name, &point.short].into_iter().flat_map(|text| PLACES.map(|(dx, dy)| (text, dx, dy)));
        let areas = free.map(|(text, dx, dy)| {
            let wide = width_of(text);
            let left = if dx < 0.0 { at_x + dx - wide } else { at_x + dx };
            (text, Area { left, top: at_y + dy - 11.0, right: left + wide, bottom: at_y + dy + 3.0 })
        });
        let inside = Area { left, top: TOP - 8.0, right: WIDTH, bottom };
        let found = areas
            .into_iter()
            .find(|(_, own)| own.is_within(&inside) && taken.iter().all(|other| !own.meets(other)));
        if let Some((text, own)) = found {
            canvas.text("lb nm", Anchor::Start, (own.left, own.bottom - 3.0), text);
            taken.push(own);
        }
        let told = format!(
            "{} {} · {}: {} · {}: {}",
            point.short,
            point.name,
            titled(&plane.y),
            spread_text(of_y, &point.y, language),
            titled(&plane.x),
            spread_text(of_x, &point.x, language)
        );
        canvas.hit("round", (at_x - 9.0, at_y - 9.0), (18.0, 18.0), &told);
    }
    canvas
}
