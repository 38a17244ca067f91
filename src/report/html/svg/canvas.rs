//! Marks of an SVG, written one after the other.
//!
//! Invariant: what is written is well formed, whatever the texts are.

use std::fmt::Write as _;

use super::super::markup::escaped;
use super::WIDTH;

/// Where a label stands against its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A drawing in the making.
pub(super) struct Canvas {
    height: f64,
    body: String,
}

/// At most one digit behind the point: a tenth of a unit cannot be seen.
pub(super) fn place(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

impl Canvas {
    pub fn new(height: f64) -> Self {
        Self { height, body: String::new() }
    }

    pub fn line(&mut self, class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        let [x1, y1, x2, y2] = [x1, y1, x2, y2].map(place);
        let _ = write!(self.body, r#"<line class="{class}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>"#);
    }

    pub fn text(&mut self, class: &str, anchor: Anchor, (x, y): (f64, f64), text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let [x, y] = [x, y].map(place);
        let _ =
            write!(self.body, r#"<text class="{class}" x="{x}" y="{y}"{anchor}>{}</text>"#, escaped(text));
    }

    pub fn path(&mut self, class: &str, path: &str) {
        let _ = write!(self.body, r#"<path class="{class}" d="{path}"/>"#);
    }

    pub fn circle(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        let [x, y, radius] = [x, y, radius].map(place);
        let _ = write!(self.body, r#"<circle class="{class}" cx="{x}" cy="{y}" r="{radius}"/>"#);
    }

    pub fn rect(&mut self, class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) {
        let [x, y, width, height] = [x, y, width.max(0.0), height.max(0.0)].map(place);
        let _ =
            write!(self.body, r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}"/>"#);
    }

    /// A place that tells its numbers when it is pointed at.
    pub fn hit(&mut self, class: &str, (x, y): (f64, f64), (width, height): (f64, f64), told: &str) {
        let [x, y, width, height] = [x, y, width.max(0.0), height.max(0.0)].map(place);
        let _ = write!(
            self.body,
            r#"<rect class="hit {class}" x="{x}" y="{y}" width="{width}" height="{height}"><title>{}</title></rect>"#,
            escaped(told)
        );
    }

    /// A curve that tells its numbers when it is pointed at.
    pub fn hit_path(&mut self, class: &str, path: &str, told: &str) {
        let _ = write!(
            self.body,
            r#"<path class="hit {class}" d="{path}"><title>{}</title></path>"#,
            escaped(told)
        );
    }

    /// The whole element.
    pub fn finish(self, label: &str) -> String {
        let (width, height) = (place(WIDTH), place(self.height));
        format!(
            r#"<svg viewBox="0 0 {width} {height}" role="img" tabindex="0" aria-label="{}">{}</svg>"#,
            escaped(label),
            self.body
        )
    }
}
