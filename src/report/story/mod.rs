//! Stories of single contacts for people and machines: a page, JSON, CSV, all from the same lines.
//!
//! Follows nobody itself. Invariant: what is written depends on the trace and its scenario alone; no line of the page is wider
//! than [`PAGE_WIDTH`](super::PAGE_WIDTH).

mod clock;
mod data;
mod lines;
mod page;
mod reasons;
mod snapshot;

pub use clock::WallClock;
pub use data::{write_trace_csv, write_trace_json};
pub use page::trace_page;
