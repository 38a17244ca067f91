//! What a chart shows: which rows and columns of which sheet, and the question that it answers.
//!
//! Draws nothing. Invariant: a chart of estimates names the column of their half-widths, or lines of their bounds: no chart
//! hides an interval that there is.

use std::ops::Range;

use super::sheet::Look;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Lines,
    Columns,
}

/// Where the values begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Floor {
    /// At nothing; shares end at all.
    Zero,
    /// Above or below nothing.
    Free,
}

/// A line, or columns of one colour.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Series {
    /// The heading of its column.
    pub heading: String,
    pub label: &'static str,
    /// The heading of the column of its half-widths.
    pub half_width: Option<String>,
    /// Whether it bounds another.
    pub is_bound: bool,
}

impl Series {
    pub(super) fn new(heading: &str, label: &'static str, half_width: Option<&str>) -> Self {
        let half_width = half_width.map(str::to_owned);
        Self { heading: heading.to_owned(), label, half_width, is_bound: false }
    }

    pub(super) fn bound(heading: &str, label: &'static str) -> Self {
        Self { heading: heading.to_owned(), label, half_width: None, is_bound: true }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Drawing {
    /// The title.
    pub question: String,
    pub kind: Kind,
    pub sheet: &'static str,
    /// Positions among the rows of the sheet.
    pub rows: Range<usize>,
    /// The heading of the column that names the rows.
    pub names: String,
    pub series: Vec<Series>,
    pub x_axis: String,
    pub y_axis: String,
    pub y_look: Look,
    pub floor: Floor,
    /// How the names of the rows read, where they are dates.
    pub dates: Option<&'static str>,
    pub labels_every: u16,
}
