//! Results in, text and bytes out: the page on the terminal, JSON, CSV.
//!
//! Opens no file, computes no statistics. Invariant: what is written depends on the result alone, not on time.

mod basis;
mod charts;
mod compare;
mod contact_log;
mod csv;
mod dialect;
mod erlang;
mod explain;
mod ground;
mod html;
mod json;
mod language;
pub mod number;
mod page;
mod paint;
mod require;
#[cfg(test)]
mod sample;
pub mod sections;
mod sensitivity;
mod settlement;
mod spread_json;
mod story;
mod sweep;
mod table;
mod targets;
pub mod text;
mod words;
mod workbook;

pub use basis::Basis;
pub use compare::{comparison_page, write_comparison_csv, write_comparison_json};
pub use contact_log::ContactCsv;
pub use csv::{write_csv, write_csv_list};
pub use dialect::Dialect;
pub use erlang::{
    Line, erlang_grid, erlang_page, explain, formula_name, intervals_page, out_of_reach, write_erlang_csv,
    write_erlang_json, write_intervals_csv, write_intervals_json,
};
pub use explain::{explanation_page, write_explanation_csv, write_explanation_json};
pub use html::{Assumption, write_comparison_html, write_html, write_sweep_html};
pub use json::{SCHEMA_VERSION, write_json, write_json_list};
pub use language::Language;
pub use page::page;
pub use paint::Paint;
pub use require::{Required, requirement_page, write_requirement_csv, write_requirement_json};
pub use sensitivity::{sensitivity_page, write_sensitivity_csv, write_sensitivity_json};
pub use story::{WallClock, trace_page, write_trace_csv, write_trace_json};
pub use sweep::{sweep_page, write_sweep_csv, write_sweep_json};
pub use table::{Cell, Column, ColumnKind, Row, Table};
pub use text::PAGE_WIDTH;
pub use workbook::{
    Assumptions, MOST_ROWS, too_many_rows, write_comparison_workbook, write_sweep_workbook, write_workbook,
};
