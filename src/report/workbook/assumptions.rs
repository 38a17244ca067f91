//! The scenario's own figures, value by value: what a result rests on.
//!
//! Checks nothing. Invariant: every value of the scenario has one row, as it is written and, where it is a number, a duration or
//! a date, as one that can be sorted.

use jiff::civil::Date;

use super::sheet::{Cell, Look, Sheet};
use crate::scenario::{DefaultUsed, ResolvedValue, seconds};

const ASSUMPTIONS: &str = "Assumptions";

/// What a scenario says, and what it is held against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assumptions {
    /// Every value, with the place where it was written.
    pub values: Vec<ResolvedValue>,
    /// What is not written and changes an answer.
    pub defaults: Vec<DefaultUsed>,
    /// The values of the scenario underneath (its base, or the file without `--set`); `None` if there is none.
    pub base: Option<Vec<ResolvedValue>>,
}

/// One row for each value and default.
pub(super) fn assumptions(of: &Assumptions) -> Sheet {
    let headings = ["key", "value", "unit", "as written", "note", "where", "changed", "in base"];
    let mut sheet = Sheet::new(ASSUMPTIONS, headings).wrapping(&["as written", "note"]);
    for one in &of.values {
        let (value, unit) = value(&one.value);
        let (changed, before) = against(of.base.as_deref(), one);
        sheet.push(vec![
            Cell::text(&*one.path),
            value,
            Cell::text(unit),
            Cell::text(&*one.value),
            Cell::Empty,
            Cell::text(&*one.origin),
            Cell::text(changed),
            Cell::text(before),
        ]);
    }
    let gone = of.base.iter().flatten().filter(|one| !of.values.iter().any(|value| value.path == one.path));
    for one in gone {
        let mut row = vec![Cell::text(&*one.path)];
        row.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]);
        row.extend([Cell::text("removed"), Cell::text(&*one.value)]);
        sheet.push(row);
    }
    for default in &of.defaults {
        let mut row = vec![Cell::text(&*default.path), Cell::Empty, Cell::Empty];
        row.extend([Cell::text(&*default.value), Cell::text(default.note), Cell::text("default")]);
        row.extend([Cell::Empty, Cell::Empty]);
        sheet.push(row);
    }
    sheet
}

/// A value of TOML as what it is, with its unit.
pub(super) fn value(written: &str) -> (Cell, &'static str) {
    let inner = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match inner {
        None => match written.parse::<f64>() {
            Ok(number) if number.is_finite() => (Cell::Number(number, Look::Plain), "number"),
            _ => (Cell::text(written), ""),
        },
        Some(text) => {
            if let Ok(date) = text.parse::<Date>()
                && text.len() == 10
            {
                return (Cell::Date(date), "date");
            }
            // A bare number in quotes is a name.
            let is_duration = text.ends_with(|last: char| last.is_ascii_alphabetic());
            match seconds(text).filter(|_| is_duration) {
                Some(seconds) => (Cell::Number(seconds, Look::Plain), "s"),
                None => (Cell::text(text), "text"),
            }
        }
    }
}

/// Whether it differs from the base, and what that says.
fn against<'a>(base: Option<&'a [ResolvedValue]>, one: &ResolvedValue) -> (&'static str, &'a str) {
    let Some(base) = base else { return ("", "") };
    match base.iter().find(|before| before.path == one.path) {
        None => ("new", ""),
        Some(before) if before.value == one.value => ("", ""),
        Some(before) => ("changed", &before.value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_durations_and_dates_are_values_and_names_are_texts() {
        assert_eq!(value("0.75"), (Cell::Number(0.75, Look::Plain), "number"));
        assert_eq!(value("\"3m20s\""), (Cell::Number(200.0, Look::Plain), "s"));
        assert_eq!(value("\"2026-01-01\""), (Cell::Date(jiff::civil::date(2026, 1, 1)), "date"));
        for text in ["=1+1", "DE", "2026", "80/20", "Europe/Berlin"] {
            assert_eq!(value(&format!("\"{text}\"")), (Cell::text(text), "text"), "{text}");
        }
        assert_eq!(value("[1, 2]"), (Cell::text("[1, 2]"), ""));
    }

    #[test]
    fn what_differs_from_the_base_is_marked_with_what_that_says() {
        let at = |path: &str, value: &str| ResolvedValue {
            path: path.to_owned(),
            value: value.to_owned(),
            origin: "a.toml:1".to_owned(),
        };
        let of = Assumptions {
            values: vec![at("a", "1"), at("b", "2"), at("c", "3")],
            defaults: vec![],
            base: Some(vec![at("a", "1"), at("b", "7"), at("z", "9")]),
        };
        let rows = assumptions(&of).rows;
        let marks: Vec<(&Cell, &Cell)> = rows.iter().map(|row| (&row[6], &row[7])).collect();
        let text = |text: &str| Cell::text(text);
        assert_eq!(
            marks,
            [
                (&Cell::Empty, &Cell::Empty),
                (&text("changed"), &text("7")),
                (&text("new"), &Cell::Empty),
                (&text("removed"), &text("9")),
            ]
        );
    }
}
