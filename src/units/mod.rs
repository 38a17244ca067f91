//! Values with a meaning: instants, spans of time and the ids of things.
//!
//! Does no arithmetic beyond what these values need and knows no rule of a call centre.
//! Invariant: simulated time is an integer number of microseconds, so that adding up never rounds.

mod ids;
mod time;

pub use ids::{ClassId, GroupId, LaneId, LinePoolId, SiteId};
pub use time::{SimTime, Span};
