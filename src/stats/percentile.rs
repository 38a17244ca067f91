//! Percentiles of a few values, such as one per replication or per day.
//!
//! Tells no interval.

/// Replications needed before P10 and P90 of them are worth printing: the first n at which a 95 % interval for P90 has
/// both ends (1 − 0.9ⁿ ≥ 0.975).
pub const MIN_FOR_P90: usize = 36;

/// The percentile at share `p` in [0, 1], interpolated between neighbours: of n sorted values, p = (i − 1) ÷ (n − 1)
/// gives the i-th (type 7 of Hyndman and Fan 1996). `None` without values.
///
/// ```
/// use holdtime::stats::percentile;
/// let missed_days = [4.0, 1.0, 3.0, 2.0, 5.0];
/// assert_eq!(percentile(&missed_days, 0.5), Some(3.0));
/// assert_eq!(percentile(&missed_days, 0.9), Some(4.6));
/// assert_eq!(percentile(&[], 0.9), None);
/// ```
#[must_use]
pub fn percentile(values: &[f64], p: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    percentile_of_sorted(&sorted, p)
}

/// The same of values that rise.
#[must_use]
pub fn percentile_of_sorted(sorted: &[f64], p: f64) -> Option<f64> {
    debug_assert!((0.0..=1.0).contains(&p), "share {p}");
    if sorted.is_empty() {
        return None;
    }
    let position = p * (sorted.len() - 1) as f64;
    let below = sorted[position as usize];
    let above = sorted[(position as usize + 1).min(sorted.len() - 1)];
    Some(below + (position - position.floor()) * (above - below))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_the_extremes_and_one_value_is_all() {
        assert_eq!(
            (percentile(&[3.0, 1.0, 2.0], 0.0), percentile(&[3.0, 1.0, 2.0], 1.0)),
            (Some(1.0), Some(3.0))
        );
        assert_eq!(percentile(&[7.0], 0.9), Some(7.0));
    }

    #[test]
    fn thirty_six_is_the_first_number_that_bounds_the_ninetieth_percentile() {
        let has_both_ends = |n: usize| 1.0 - 0.9_f64.powi(n as i32) >= 0.975;
        assert!(has_both_ends(MIN_FOR_P90) && !has_both_ends(MIN_FOR_P90 - 1));
    }
}
