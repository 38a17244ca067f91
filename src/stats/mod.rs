//! Estimates with their intervals, and summaries that merge.
//!
//! Knows no replication's content: numbers in, numbers out. The unit of every estimate is the replication; values come in
//! the order of its index. Invariant: the same numbers give the same bits, and a zero denominator gives no value, not NaN.

mod difference;
mod estimate;
mod histogram;
mod percentile;
mod quantile;
mod skewness;
mod student;

pub use difference::{mean_difference_estimate, ratio_difference_estimate};
pub use estimate::{Estimate, mean_estimate, ratio_estimate};
pub use histogram::Histogram;
pub use percentile::{MIN_FOR_P90, percentile};
pub use quantile::{quantile_estimate, shares_at_most};
pub use skewness::{is_skewed_beyond_chance, is_too_skewed, skewness_of_mean, skewness_of_ratio};
pub use student::t_quantile_975;
