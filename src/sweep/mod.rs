//! Many scenarios from one: values of some keys, every combination of them, and what each gave.
//!
//! Simulates nothing and opens no file. Invariant: a point is known by its number, which follows from the order of the
//! parameters and their values alone, whoever runs it and when.

mod axis;
mod grid;
mod plan;
mod record;

pub use axis::{Axis, AxisProblem};
pub use grid::{Grid, MOST_POINTS, Shard};
pub use plan::{FORMAT, Plan};
pub use record::{Record, UnreadableRecord};
