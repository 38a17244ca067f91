//! Estimates with their intervals, and summaries that merge.
//!
//! Knows no replication's content: numbers in, numbers out. The unit of every estimate is the replication; values come in
//! the order of its index. Invariant: the same numbers give the same bits, and a zero denominator gives no value, not NaN.

mod estimate;
mod fieller;
mod histogram;
mod multiple;
mod paired;
mod percentile;
mod proportion;
mod quantile;
mod sample_size;
mod skewness;
mod student;

pub use estimate::{Estimate, mean_estimate, ratio_estimate};
pub use fieller::{RatioOfDifferences, ratio_of_differences};
pub use histogram::Histogram;
pub use multiple::holm;
pub use paired::Paired;
pub use percentile::{MIN_FOR_P90, percentile, percentile_of_sorted};
pub use proportion::wilson;
pub use quantile::{merged, quantile_estimate, quantile_estimate_in, shares_at_most};
pub use sample_size::{replications_for, sd_range};
pub use skewness::{is_skewed_beyond_chance, is_too_skewed, skewness_of_mean, skewness_of_ratio};
pub use student::{t_quantile_975, t_two_sided, t_upper_tail};
