//! The neutral table: typed columns with a unit, cells with interval and number of replications.
//!
//! Every format that shows tables (terminal now, workbook and page later) reads this and nothing else.
//! Holds no formatted number. Invariant: each row has one cell per column.

use crate::stats::Estimate;

use super::number::Unit;

/// Rows of named things with the same measures.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What the rows are: `BY CLASS`.
    pub title: &'static str,
    /// After the name of the row.
    pub columns: Vec<Column>,
    /// In the order of the scenario.
    pub rows: Vec<Row>,
    /// All rows together, if that says more than the rows.
    pub total: Option<Row>,
}

/// A measure, or words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// For people.
    pub heading: String,
    /// What the cells hold.
    pub kind: ColumnKind,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// [`Cell::Text`].
    Text,
    /// [`Cell::Estimate`] in this unit.
    Measure(Unit),
}

/// One thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its name in the scenario.
    pub name: String,
    /// One per column.
    pub cells: Vec<Cell>,
}

/// One place in a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(&'static str),
    /// A number with its interval.
    Estimate(Estimate),
}

impl Table {
    /// A table without rows.
    #[must_use]
    pub fn new(title: &'static str, columns: Vec<Column>) -> Self {
        Self { title, columns, rows: Vec::new(), total: None }
    }

    /// Adds a row.
    ///
    /// # Panics
    /// If it has not one cell per column.
    pub fn push(&mut self, row: Row) {
        assert_eq!(row.cells.len(), self.columns.len(), "one cell per column");
        self.rows.push(row);
    }

    /// The estimates of a column, total included.
    pub(super) fn estimates(&self, column: usize) -> impl Iterator<Item = &Estimate> {
        self.rows.iter().chain(&self.total).filter_map(move |row| match &row.cells[column] {
            Cell::Estimate(estimate) => Some(estimate),
            Cell::Text(_) => None,
        })
    }
}

impl Column {
    /// A column of numbers.
    #[must_use]
    pub fn measure(heading: impl Into<String>, unit: Unit) -> Self {
        Self { heading: heading.into(), kind: ColumnKind::Measure(unit) }
    }

    /// A column of words.
    #[must_use]
    pub fn text(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), kind: ColumnKind::Text }
    }
}
