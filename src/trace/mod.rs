//! Single contacts followed through a replication: an observer that writes down what happens to some cases, and why.
//!
//! Words nothing, counts nothing for a report and looks into no state of the model: who waits, who is idle and since when is
//! rebuilt from the facts (`board`). Invariant: what is kept are the cases still open and those that will be told, never all.

mod board;
mod reason;
mod selection;
mod snapshot;
mod story;
mod tracer;

pub use board::{Doing, Freed};
pub use reason::Why;
pub use selection::{KeyStart, Mark, Selection, Which};
pub use snapshot::{AtWork, GroupNow, Snapshot, WaitingNow};
pub use story::{Happening, LimitReached, Step, Story};
pub use tracer::{Queue, Tracer};
