//! Answers of the calculator in words and numbers: one answer, a grid, the steps of the formula, a file of intervals.
//!
//! Works nothing out. Invariant: no line of a page is wider than 80 columns, and a value without limit reads `∞` there and
//! `null` in JSON.

mod data;
mod explain;
mod intervals;
mod page;

pub use data::{write_erlang_csv, write_erlang_json};
pub use explain::explain;
pub use intervals::{intervals_page, write_intervals_csv, write_intervals_json};
pub use page::{Line, erlang_grid, erlang_page, formula_name, out_of_reach};
pub(super) use page::{goals, seconds, share};
