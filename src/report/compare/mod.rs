//! A comparison as a page, as JSON and as CSV.
//!
//! Judges nothing: verdicts stand in the result. Invariant: no line of the page is wider than 80 columns.

mod advice;
mod blocks;
mod csv;
pub(super) mod grid;
mod json;
mod page;
pub(super) mod words;

pub(super) use blocks::{signed, threshold};
pub use csv::write_comparison_csv;
pub(super) use csv::{Field, difference_rows};
pub use json::write_comparison_json;
pub use page::comparison_page;

use crate::experiment::Comparison;

/// What the page calls a scenario: `A`, `B`, …, and past `Z` its number.
pub(super) fn letter(position: usize) -> String {
    match u8::try_from(position) {
        Ok(position @ 0..26) => char::from(b'A' + position).to_string(),
        _ => format!("#{}", position + 1),
    }
}

/// What the page calls the scenarios beside their letters: by title, and by file where two titles are the same.
pub(super) fn names(comparison: &Comparison, files: &[String]) -> Vec<String> {
    let name = |position: usize| &comparison.scenarios[position].name;
    let has_twin = |position: usize| {
        let is_twin = |other: usize| other != position && name(other) == name(position);
        (0..comparison.scenarios.len()).any(is_twin)
    };
    let called = |position: usize| match files.get(position) {
        Some(file) if has_twin(position) => file.clone(),
        _ => name(position).clone(),
    };
    (0..comparison.scenarios.len()).map(called).collect()
}

/// A verdict as a word of a table.
pub(super) fn verdict_word(finding: Option<crate::experiment::Finding>) -> &'static str {
    words::verdict(finding)
}
