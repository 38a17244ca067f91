//! A sheet before it is a file: columns with headings, rows of typed cells, and how each reads.
//!
//! Knows no scenario and no result. Invariant: a text stays text, whatever it looks like, and a value that does not exist is an
//! empty cell, never a zero.

use jiff::civil::Date;

use crate::report::number::Unit;
use crate::stats::Estimate;

/// Rows of a sheet, its heading included; the limit of the format.
pub const MOST_ROWS: usize = 1_048_576;

/// Columns of a text that is broken into lines.
const WIDEST_WRAPPED: usize = 80;

/// How a number reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// `1,234`.
    Count,
    /// `12.3`.
    Tenths,
    /// `1.23`.
    Hundredths,
    /// `12.3 %`.
    Share,
    /// Seconds, `12.3`.
    Seconds,
    /// Seconds as `1:05`.
    Clock,
    /// Hours, `1,234.5`.
    Hours,
    /// `1,234 €`, without the sign.
    Euros,
    /// To the cent.
    Cents,
    /// As many decimals as it has.
    Plain,
}

impl Look {
    pub(super) fn of(unit: Unit) -> Self {
        match unit {
            Unit::Count => Self::Count,
            Unit::CountEach => Self::Hundredths,
            Unit::Share => Self::Share,
            Unit::Seconds | Unit::Clock => Self::Seconds,
            Unit::Hours => Self::Hours,
            Unit::Euros => Self::Euros,
            Unit::EurosEach => Self::Cents,
        }
    }

    /// The code of the format.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Count | Self::Euros => "#,##0",
            Self::Tenths | Self::Hours | Self::Seconds => "#,##0.0",
            Self::Hundredths | Self::Cents => "#,##0.00",
            Self::Share => "0.0 %",
            Self::Clock => "[m]:ss",
            Self::Plain => "General",
        }
    }

    /// Columns that a number takes.
    fn width(self, value: f64) -> usize {
        let digits = |decimals: usize| {
            let whole = (value.abs().max(1.0).log10().floor() as usize) + 1;
            whole + (whole - 1) / 3 + decimals + usize::from(decimals > 0) + usize::from(value < 0.0)
        };
        match self {
            Self::Count | Self::Euros => digits(0),
            Self::Tenths | Self::Hours | Self::Seconds => digits(1),
            Self::Hundredths | Self::Cents => digits(2),
            Self::Share => 7,
            Self::Clock => 7,
            Self::Plain => format!("{value}").len().min(12),
        }
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Nothing, as there is nothing to show.
    Empty,
    Text(String),
    Number(f64, Look),
    Date(Date),
    /// Minutes since midnight.
    Time(u16),
    /// A date and minutes since its midnight.
    Moment(Date, u16),
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    pub(super) fn count(number: impl Into<f64>) -> Self {
        Self::Number(number.into(), Look::Count)
    }

    /// What is not finite is no number of a sheet.
    pub(super) fn number(value: Option<f64>, look: Look) -> Self {
        value.filter(|value| value.is_finite()).map_or(Self::Empty, |value| Self::Number(value, look))
    }

    pub(super) fn mean(estimate: Option<&Estimate>, look: Look) -> Self {
        Self::number(estimate.and_then(|estimate| estimate.mean), look)
    }

    pub(super) fn half_width(estimate: Option<&Estimate>, look: Look) -> Self {
        Self::number(estimate.and_then(|estimate| estimate.half_width), look)
    }

    fn width(&self) -> usize {
        match self {
            Self::Empty => 0,
            Self::Text(text) => crate::report::text::width(text),
            Self::Number(value, look) => look.width(*value),
            Self::Date(_) => 10,
            Self::Time(_) => 5,
            Self::Moment(..) => 16,
        }
    }
}

/// Whether the texts of a column go on below one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrap {
    No,
    Yes,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    pub heading: String,
    pub wrap: Wrap,
}

/// One table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sheet {
    pub name: &'static str,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
    /// Columns on the left that stay while the others move.
    pub kept: usize,
}

impl Sheet {
    pub(super) fn new(name: &'static str, headings: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let columns = headings.into_iter().map(|heading| Column { heading: heading.into(), wrap: Wrap::No });
        Self { name, columns: columns.collect(), rows: Vec::new(), kept: 1 }
    }

    /// With texts of the columns of these headings in several lines.
    pub(super) fn wrapping(mut self, headings: &[&str]) -> Self {
        for column in &mut self.columns {
            if headings.contains(&column.heading.as_str()) {
                column.wrap = Wrap::Yes;
            }
        }
        self
    }

    pub(super) fn keeping(mut self, columns: usize) -> Self {
        self.kept = columns;
        self
    }

    pub(super) fn push(&mut self, row: Vec<Cell>) {
        debug_assert_eq!(row.len(), self.columns.len(), "{}", self.name);
        self.rows.push(row);
    }

    /// The position of a column; none of that heading is a mistake of the caller.
    pub(super) fn column(&self, heading: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.heading == heading)
    }

    /// Counts of a column are all whole or all with a decimal, whichever loses nothing that matters.
    pub(super) fn evened(mut self) -> Self {
        for column in 0..self.columns.len() {
            let is_small_fraction = |row: &Vec<Cell>| match row.get(column) {
                Some(Cell::Number(value, Look::Count)) => value.fract() != 0.0 && value.abs() < 100.0,
                _ => false,
            };
            if !self.rows.iter().any(is_small_fraction) {
                continue;
            }
            for row in &mut self.rows {
                if let Some(Cell::Number(_, look @ Look::Count)) = row.get_mut(column) {
                    *look = Look::Tenths;
                }
            }
        }
        self
    }

    /// Lines that a row takes.
    pub(super) fn lines(&self, cells: &[Cell]) -> usize {
        let lines = self.columns.iter().zip(cells).map(|(column, cell)| match (column.wrap, cell) {
            (Wrap::Yes, Cell::Text(text)) => crate::report::text::width(text).div_ceil(WIDEST_WRAPPED),
            (Wrap::Yes | Wrap::No, _) => 1,
        });
        lines.max().unwrap_or(1)
    }

    /// Widths of the columns in digits, the button of the filter beside each heading included.
    pub(super) fn widths(&self) -> Vec<usize> {
        const BUTTON: usize = 3;
        const WIDEST: usize = 48;
        let widths = self.columns.iter().enumerate().map(|(i, column)| {
            let cells = self.rows.iter().filter_map(|row| row.get(i)).map(Cell::width).max().unwrap_or(0);
            let most = match column.wrap {
                Wrap::No => WIDEST,
                Wrap::Yes => WIDEST_WRAPPED,
            };
            (cells + 2).max(crate::report::text::width(&column.heading) + BUTTON).min(most)
        });
        widths.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_counts_show_a_decimal_in_the_whole_column() {
        let mut sheet = Sheet::new("S", ["n"]);
        sheet.push(vec![Cell::count(1200.0)]);
        sheet.push(vec![Cell::count(12.5)]);
        let sheet = sheet.evened();
        assert_eq!(sheet.rows[0], [Cell::Number(1200.0, Look::Tenths)]);
        let mut whole = Sheet::new("S", ["n"]);
        whole.push(vec![Cell::count(1200.4)]);
        assert_eq!(whole.evened().rows[0], [Cell::Number(1200.4, Look::Count)]);
    }

    #[test]
    fn what_has_no_value_is_empty_and_not_zero() {
        assert_eq!(Cell::mean(None, Look::Share), Cell::Empty);
        assert_eq!(Cell::number(Some(f64::NAN), Look::Share), Cell::Empty);
        assert_eq!(Cell::number(Some(0.0), Look::Share), Cell::Number(0.0, Look::Share));
    }

    #[test]
    fn columns_are_as_wide_as_their_cells_and_no_wider_than_a_page() {
        let mut sheet = Sheet::new("S", ["a", "b"]).wrapping(&["b"]);
        sheet.push(vec![Cell::Number(1_234_567.0, Look::Count), Cell::text("x".repeat(300))]);
        assert_eq!(sheet.widths(), [11, 80]);
    }
}
