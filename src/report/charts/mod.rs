//! What is drawn: a question, axes with units, values with their ranges. Any drawing of a result is made from this.
//!
//! Draws nothing and knows no format: pages, pictures and workbooks do that. Invariant: a value that has an interval, or a
//! spread, carries it; and whatever a figure shows is in [`Figure::table`] too.

mod compare;
mod cuts;
mod run;
mod sweep;
mod table;

pub(super) use compare::{Wording, class_dots, difference_dots, plane_of_service_and_cost};
pub(super) use cuts::{SHADES, shade};
pub(super) use run::{DayMeasure, charts_of_run, day_chart, week_heat};
pub(super) use sweep::sweep_curves;
pub(super) use table::{FigureCell, FigureTable};

use super::number::Unit;
use crate::stats::Estimate;

/// A question that a picture answers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chart {
    /// For links and file names: small letters and hyphens.
    pub id: String,
    /// The title.
    pub question: String,
    /// What lines, bands and whiskers are.
    pub about: String,
    /// The same picture of one thing after the other; at least one.
    pub views: Vec<View>,
}

/// One of the pictures of a chart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct View {
    /// What it is of; empty where there is only one.
    pub name: String,
    pub figure: Figure,
}

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Figure {
    /// Values along periods or thresholds.
    Lines(Lines),
    /// One value for each place of a grid.
    Heat(Heat),
    /// One value with its range on each row.
    Dots(Dots),
    /// Points by two measures.
    Plane(Plane),
    /// How much goes from where to where.
    Flows(Flows),
}

/// What is measured along an axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Axis {
    pub title: String,
    pub unit: Unit,
}

/// A value and how far it reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Spread {
    pub value: Option<f64>,
    /// The ends of its interval, or of a band.
    pub range: Option<(f64, f64)>,
}

impl From<&Estimate> for Spread {
    fn from(estimate: &Estimate) -> Self {
        let value = estimate.mean.filter(|mean| mean.is_finite());
        let half_width = estimate.half_width.filter(|half_width| half_width.is_finite());
        Self { value, range: value.zip(half_width).map(|(mean, half)| (mean - half, mean + half)) }
    }
}

/// Curves.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lines {
    /// What the labels are.
    pub x_title: String,
    pub labels: Vec<String>,
    pub y: Axis,
    pub series: Vec<Series>,
    pub bounds: Vec<Bound>,
    /// What a range is, as the head of a column: `P10–P90`, `95 % interval`.
    pub range_name: String,
}

/// A curve.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Series {
    pub name: String,
    /// One per label.
    pub values: Vec<Spread>,
}

/// A line that a value should not cross.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bound {
    pub at: f64,
    pub name: String,
}

/// A grid of values.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Heat {
    pub column_title: String,
    pub columns: Vec<String>,
    pub rows: Vec<String>,
    pub of: Axis,
    /// Row × column.
    pub cells: Vec<Vec<Spread>>,
    /// Where one shade ends and the next begins, rising.
    pub cuts: Vec<f64>,
    pub tone: Tone,
}

/// Which end of a grid of shades is dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// Low values are bad, and dark.
    LowIsBad,
    /// High values are bad, and dark.
    HighIsBad,
    /// High values are dark, and neither is bad.
    Plain,
}

/// Values with their ranges, one under the other.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dots {
    pub x: Axis,
    pub rows: Vec<Dot>,
    pub bounds: Vec<Bound>,
    /// Whether a value is a difference, with its sign, from 0.
    pub are: DotsAre,
}

/// What dots show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DotsAre {
    /// Values on a scale that fits them.
    Values,
    /// Amounts, from zero on.
    Amounts,
    /// Differences on both sides of zero.
    Differences,
}

/// A row of [`Dots`].
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dot {
    pub name: String,
    pub value: Spread,
    /// Which of the colours of the legend; empty where there is one.
    pub group: String,
    /// Said behind the value: a verdict.
    pub remark: String,
}

/// Points.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Plane {
    pub x: Axis,
    pub y: Axis,
    pub points: Vec<Point>,
    /// Of `y`.
    pub bounds: Vec<Bound>,
}

/// A point with its ranges.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Point {
    /// A letter or so, beside the point.
    pub short: String,
    pub name: String,
    pub x: Spread,
    pub y: Spread,
}

/// From left to right.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Flows {
    pub unit: Unit,
    /// What is counted.
    pub of: String,
    pub nodes: Vec<Node>,
    pub links: Vec<Link>,
}

/// A place of [`Flows`].
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub name: String,
    /// Columns from the left.
    pub stage: usize,
}

/// What goes from one node to another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Link {
    pub from: usize,
    pub to: usize,
    pub amount: Spread,
}

impl Chart {
    /// A chart of one picture.
    pub fn of_one(id: &str, question: String, about: String, figure: Figure) -> Self {
        Self { id: id.to_owned(), question, about, views: vec![View { name: String::new(), figure }] }
    }
}
