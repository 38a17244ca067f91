//! Lines of cells in columns: the first two sides as words, numbers on the right.
//!
//! Invariant: no line is wider than asked; the first column gives way.

use crate::report::text::{cut, left, right, width};

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Align {
    Left,
    Right,
}

/// Rows of equal length; the first column is cut where a line would be too wide.
pub(in crate::report) fn grid(rows: &[Vec<String>], aligns: &[Align], widest: usize) -> Vec<String> {
    const GAP: usize = 2;
    let mut widths: Vec<usize> = (0..aligns.len())
        .map(|column| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0))
        .collect();
    let others: usize = widths.iter().skip(1).map(|width| width + GAP).sum();
    if let Some(first) = widths.first_mut() {
        *first = (*first).min(widest.saturating_sub(others).max(8));
    }
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).zip(aligns).map(|((cell, width), align)| match align {
            Align::Left => left(&cut(cell, *width), *width),
            Align::Right => right(&cut(cell, *width), *width),
        });
        let line = cells.collect::<Vec<_>>().join(&" ".repeat(GAP));
        cut(line.trim_end(), widest)
    };
    rows.iter().map(line).collect()
}
