//! Counting: observers of facts that turn a replication into a [`RunResult`] of integers.
//!
//! Formats no text for a report (broken laws of the audit apart) and estimates nothing: that is the experiment's.
//! Invariant: every number is an integer counted once at the finest level; whatever is shown coarser is a sum of these.

mod audit;
mod billing;
mod books;
mod clauses;
mod columns;
mod contact_log;
mod cube;
mod customers;
mod frame;
mod goal;
mod laws;
mod meter;
mod metric;
mod metrics;
mod pulse;
mod result;
#[cfg(test)]
pub(crate) mod sample;
mod settlement;
mod step;
#[cfg(test)]
mod stories;

pub use audit::Audit;
pub use books::Books;
pub use columns::{ClassColumn, GroupColumn};
pub use contact_log::{ContactKind, ContactLog, ContactRow, ContactRows, Ending};
pub use cube::Cube;
pub use customers::{Customers, Guests};
pub use frame::Frame;
pub use goal::Yardstick;
pub use meter::Meter;
pub use metric::{Better, Detail, Kind, Level, Metric, Over, Quantity, Row};
pub use metrics::{METRICS, entered, metric};
pub use pulse::PulseColumn;
pub use result::{BelowGoal, GroupState, Judged, RunResult, Snapshot, Table, Waits};
pub use settlement::{Invoice, Line};
