//! Results as workbooks (`.xlsx`): one table a sheet, with native numbers, dates and charts.
//!
//! Computes no statistics. Invariant: one row of headings and no merged cell on any sheet, and the same result gives the same
//! bytes.

mod assumptions;
mod book;
mod chart;
mod compare;
mod measures;
mod months;
mod named;
mod periods;
mod run;
mod sheet;
mod summary;
mod sweep;

pub use assumptions::Assumptions;
pub use compare::write_comparison_workbook;
pub use run::{too_many_rows, write_workbook};
pub use sheet::MOST_ROWS;
pub use sweep::write_sweep_workbook;
