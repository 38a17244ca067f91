//! A difference taken apart, as a page with a waterfall for each measure, as JSON and as CSV.
//!
//! Judges nothing: steps stand in the result. Invariant: no line of the page is wider than 80 columns.

mod data;
mod page;
mod words;

pub use data::{write_explanation_csv, write_explanation_json};
pub use page::explanation_page;
