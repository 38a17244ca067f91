//! Quantiles of waits over replications, with intervals.
//!
//! Reads histograms only; shares answered within a time are counted by the measures, never read from here.

use super::estimate::{Estimate, count, ratio_estimate};
use super::histogram::Histogram;

/// The quantile at level `p` in (0, 1), in seconds, from one histogram per replication.
///
/// The value is read from all histograms merged: every wait counts once. Its interval is Woodruff's (1952): the share of
/// waits at or below the quantile is a ratio over replications with an interval p ± h; the merged histogram is read at
/// both ends, and the half-width is half their distance. No half-width with one replication, or where p + h
/// reaches 1: then the upper end lies beyond what was seen. Where a share of at least p did not wait at all, the quantile
/// is 0. No value without waits.
///
/// ```
/// use holdtime::stats::{Histogram, quantile_estimate};
/// use holdtime::units::Span;
/// let day = |waits: &[u64]| {
///     let mut histogram = Histogram::new();
///     waits.iter().for_each(|seconds| histogram.record(Span::from_secs(*seconds)));
///     histogram
/// };
/// let days = [day(&[0, 0, 5, 30]), day(&[0, 0, 0, 40]), day(&[0, 2, 20, 60])];
/// let median = quantile_estimate(&days.each_ref(), 0.5);
/// assert_eq!((median.mean, median.n), (Some(0.0), 3));
/// ```
#[must_use]
pub fn quantile_estimate(replications: &[&Histogram], p: f64) -> Estimate {
    quantile_estimate_in(&merged(replications), replications, p)
}

/// All waits together.
#[must_use]
pub fn merged(replications: &[&Histogram]) -> Histogram {
    let mut merged = Histogram::new();
    replications.iter().for_each(|histogram| merged.merge(histogram));
    merged
}

/// [`quantile_estimate`] for many levels: `merged` is the [`merged`] histogram of the replications.
#[must_use]
pub fn quantile_estimate_in(merged: &Histogram, replications: &[&Histogram], p: f64) -> Estimate {
    let n = count(replications);
    let Some(quantile) = merged.quantile(p) else {
        return Estimate::missing(n);
    };
    let shares = shares_at_most(replications, quantile);
    let half_width = ratio_estimate(&shares).half_width.filter(|h| p + h < 1.0).and_then(|h| {
        let (low, high) = (merged.quantile((p - h).max(0.0))?, merged.quantile(p + h)?);
        Some(0.5 * (high - low))
    });
    Estimate { mean: Some(quantile), half_width, n }
}

/// (Waits of at most so many seconds, all waits), one pair per replication: the ratio that stands behind a quantile.
#[must_use]
pub fn shares_at_most(replications: &[&Histogram], seconds: f64) -> Vec<(f64, f64)> {
    replications.iter().map(|waits| (waits.count_at_most(seconds), waits.count() as f64)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Span;

    fn of(spans: impl Iterator<Item = u64>) -> Histogram {
        let mut histogram = Histogram::new();
        spans.for_each(|seconds| histogram.record(Span::from_secs(seconds)));
        histogram
    }

    #[test]
    fn equal_replications_have_an_interval_of_hardly_any_width() {
        let waits = of(1..=1000);
        let estimate = quantile_estimate(&[&waits, &waits, &waits], 0.9);
        assert!((estimate.mean.unwrap() - 900.0).abs() < 9.0);
        assert!(estimate.half_width.unwrap() < 1e-6);
    }

    #[test]
    fn an_upper_end_beyond_what_was_seen_is_no_interval() {
        let (quiet, busy) = (of(0..10), of(50..80));
        assert_eq!(quantile_estimate(&[&quiet, &busy], 0.95).half_width, None);
        assert_eq!(quantile_estimate(&[&quiet], 0.5).half_width, None);
    }

    #[test]
    fn no_waits_have_no_quantile() {
        let empty = Histogram::new();
        assert_eq!(quantile_estimate(&[&empty, &empty], 0.5), Estimate::missing(2));
        assert_eq!(quantile_estimate(&[], 0.5), Estimate::missing(0));
    }
}
