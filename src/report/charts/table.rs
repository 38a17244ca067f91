//! The numbers behind a figure, as rows and columns.
//!
//! Formats no number. Invariant: every value and every end of a range of the figure is in it.

use super::{Dots, Figure, Flows, Heat, Lines, Plane, Spread};
use crate::report::language::{Language, Word};
use crate::report::number::Unit;

/// Rows of cells under headings.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::report) struct FigureTable {
    pub columns: Vec<FigureColumn>,
    /// One cell per column.
    pub rows: Vec<Vec<FigureCell>>,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::report) struct FigureColumn {
    pub heading: String,
    /// `None` for names.
    pub unit: Option<Unit>,
}

/// A name, or a number, or nothing.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::report) enum FigureCell {
    Text(String),
    Number(Option<f64>),
}

impl Figure {
    /// The numbers that it shows.
    pub fn table(&self, language: Language) -> FigureTable {
        match self {
            Self::Lines(lines) => of_lines(lines, language),
            Self::Heat(heat) => of_heat(heat, language),
            Self::Dots(dots) => of_dots(dots, language),
            Self::Plane(plane) => of_plane(plane, language),
            Self::Flows(flows) => of_flows(flows, language),
        }
    }
}

fn names(heading: impl Into<String>) -> FigureColumn {
    FigureColumn { heading: heading.into(), unit: None }
}

/// A value, and the ends of its range where any row has one.
fn spread_columns(heading: &str, unit: Unit, has_range: bool, language: Language) -> Vec<FigureColumn> {
    let column = |heading: String| FigureColumn { heading, unit: Some(unit) };
    let mut columns = vec![column(heading.to_owned())];
    if has_range {
        columns.push(column(language.say(Word::From).to_owned()));
        columns.push(column(language.say(Word::To).to_owned()));
    }
    columns
}

fn spread_cells(spread: &Spread, has_range: bool) -> Vec<FigureCell> {
    let mut cells = vec![FigureCell::Number(spread.value)];
    if has_range {
        cells.push(FigureCell::Number(spread.range.map(|(low, _)| low)));
        cells.push(FigureCell::Number(spread.range.map(|(_, high)| high)));
    }
    cells
}

fn has_range<'a>(mut spreads: impl Iterator<Item = &'a Spread>) -> bool {
    spreads.any(|spread| spread.range.is_some())
}

fn of_lines(lines: &Lines, language: Language) -> FigureTable {
    let mut columns = vec![names(&lines.x_title)];
    let mut rows: Vec<Vec<FigureCell>> =
        lines.labels.iter().map(|label| vec![FigureCell::Text(label.clone())]).collect();
    for series in &lines.series {
        let with_range = has_range(series.values.iter());
        columns.extend(spread_columns(&series.name, lines.y.unit, with_range, language));
        for (row, spread) in rows.iter_mut().zip(&series.values) {
            row.extend(spread_cells(spread, with_range));
        }
    }
    FigureTable { columns, rows }
}

/// One row per place, since each has a range of its own.
fn of_heat(heat: &Heat, language: Language) -> FigureTable {
    let with_range = has_range(heat.cells.iter().flatten());
    let mut columns = vec![names(language.say(Word::Row)), names(&heat.column_title)];
    columns.extend(spread_columns(&heat.of.title, heat.of.unit, with_range, language));
    let mut rows = Vec::new();
    for (name, cells) in heat.rows.iter().zip(&heat.cells) {
        for (column, spread) in heat.columns.iter().zip(cells) {
            let mut row = vec![FigureCell::Text(name.clone()), FigureCell::Text(column.clone())];
            row.extend(spread_cells(spread, with_range));
            rows.push(row);
        }
    }
    FigureTable { columns, rows }
}

fn of_dots(dots: &Dots, language: Language) -> FigureTable {
    let with_range = has_range(dots.rows.iter().map(|row| &row.value));
    let has_groups = dots.rows.iter().any(|row| !row.group.is_empty());
    let has_remarks = dots.rows.iter().any(|row| !row.remark.is_empty());
    let mut columns = vec![names(language.say(Word::Row))];
    columns.extend(has_groups.then(|| names(language.say(Word::Kind))));
    columns.extend(spread_columns(&dots.x.title, dots.x.unit, with_range, language));
    columns.extend(has_remarks.then(|| names(language.say(Word::Verdict))));
    let cells = |row: &super::Dot| {
        let mut cells = vec![FigureCell::Text(row.name.clone())];
        cells.extend(has_groups.then(|| FigureCell::Text(row.group.clone())));
        cells.extend(spread_cells(&row.value, with_range));
        cells.extend(has_remarks.then(|| FigureCell::Text(row.remark.clone())));
        cells
    };
    FigureTable { columns, rows: dots.rows.iter().map(cells).collect() }
}

fn of_plane(plane: &Plane, language: Language) -> FigureTable {
    let with = [
        has_range(plane.points.iter().map(|point| &point.x)),
        has_range(plane.points.iter().map(|point| &point.y)),
    ];
    let mut columns = vec![names(language.say(Word::Row))];
    columns.extend(spread_columns(&plane.x.title, plane.x.unit, with[0], language));
    columns.extend(spread_columns(&plane.y.title, plane.y.unit, with[1], language));
    let cells = |point: &super::Point| {
        let mut cells = vec![FigureCell::Text(format!("{} {}", point.short, point.name).trim().to_owned())];
        cells.extend(spread_cells(&point.x, with[0]));
        cells.extend(spread_cells(&point.y, with[1]));
        cells
    };
    FigureTable { columns, rows: plane.points.iter().map(cells).collect() }
}

fn of_flows(flows: &Flows, language: Language) -> FigureTable {
    let with_range = has_range(flows.links.iter().map(|link| &link.amount));
    let mut columns = vec![names(language.say(Word::From)), names(language.say(Word::To))];
    columns.extend(spread_columns(&flows.of, flows.unit, with_range, language));
    let cells = |link: &super::Link| {
        let name = |node: usize| {
            FigureCell::Text(flows.nodes.get(node).map_or_else(String::new, |node| node.name.clone()))
        };
        let mut cells = vec![name(link.from), name(link.to)];
        cells.extend(spread_cells(&link.amount, with_range));
        cells
    };
    FigureTable { columns, rows: flows.links.iter().map(cells).collect() }
}
