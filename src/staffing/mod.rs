//! Staffing by formula: which agents form one queue, how many it needs, and how many persons these are on the payroll.
//!
//! Takes every formula from `analytics` and every number from a checked scenario; simulates nothing, formats nothing. Each
//! interval stands alone and in balance. Invariant: a group is in one pool at a time, so that what pools need sums to what
//! groups and classes need.

mod payroll;
mod periods;
mod pool;
mod queue;
mod requirement;
mod sums;
mod wanted;

pub use payroll::{FULL_TIME_HOURS, HOURS_A_WEEK, Payroll, positions};
pub use periods::{By, Period, by_size, periods};
pub use pool::{Pool, pools};
pub use queue::{Need, Stream, demand, need};
pub use requirement::{IntervalNeed, NotRequired, PoolNeed, Requirement, talk_s};
pub use sums::{ClassSum, GroupSum, Sums};
pub use wanted::{Wishes, in_time, wanted};
