//! Means and ratios over replications, with 95 % intervals.
//!
//! Does not judge whether an interval may be trusted: see [`super::is_too_skewed`].

use super::student::t_quantile_975;

/// Relative deviations up to here are those of the arithmetic, not of the replications.
const ROUNDING: f64 = 1e-12;

/// A value with the half-width of its 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// The value; `None` where there is none: no replication, or a zero denominator.
    pub mean: Option<f64>,
    /// Half the width of its interval; `None` with one replication, or where no interval can be told.
    pub half_width: Option<f64>,
    /// Replications.
    pub n: u32,
}

impl Estimate {
    /// No value, after `n` replications.
    #[must_use]
    pub const fn missing(n: u32) -> Self {
        Self { mean: None, half_width: None, n }
    }

    /// `mean` ± t · s ÷ √n, where s is the standard deviation of `deviations` about 0.
    pub(super) fn from_deviations(mean: f64, deviations: &[f64]) -> Self {
        let n = count(deviations);
        let half_width = (n > 1).then(|| {
            let squares: f64 = deviations.iter().map(|d| d * d).sum();
            t_quantile_975(n - 1) * (squares / f64::from(n - 1) / f64::from(n)).sqrt()
        });
        Self { mean: Some(mean), half_width, n }
    }
}

/// The mean of one value per replication: x̄ ± t · s ÷ √n with n − 1 degrees of freedom (Student 1908).
///
/// No value without replications, no half-width with one.
///
/// ```
/// let cost = holdtime::stats::mean_estimate(&[10.0, 12.0, 14.0]);
/// assert_eq!((cost.mean, cost.n), (Some(12.0), 3));
/// assert!((cost.half_width.unwrap() - 4.97).abs() < 0.01);
/// ```
#[must_use]
pub fn mean_estimate(values: &[f64]) -> Estimate {
    let n = count(values);
    if n == 0 {
        return Estimate::missing(0);
    }
    let (mean, deviations) = mean_deviations(values);
    Estimate::from_deviations(mean, &deviations)
}

/// A ratio of sums, from one (numerator, denominator) pair per replication: R = ΣY ÷ ΣX.
///
/// Its variance is that of the linearised residuals, Σ(Yᵢ − R Xᵢ)² ÷ ((n − 1) n X̄²) (Cochran 1977, 2.46), its quantile
/// Student's with n − 1 degrees of freedom. Denominators are 0 or more; replications with 0 stay in. No value if all
/// are 0.
///
/// ```
/// // Abandoned and entered visits in three replications.
/// let abandonment = holdtime::stats::ratio_estimate(&[(5.0, 100.0), (0.0, 0.0), (15.0, 100.0)]);
/// assert_eq!((abandonment.mean, abandonment.n), (Some(0.1), 3));
/// assert_eq!(holdtime::stats::ratio_estimate(&[(0.0, 0.0)]).mean, None);
/// ```
#[must_use]
pub fn ratio_estimate(pairs: &[(f64, f64)]) -> Estimate {
    match ratio_deviations(pairs) {
        Some((ratio, deviations)) => Estimate::from_deviations(ratio, &deviations),
        None => Estimate::missing(count(pairs)),
    }
}

/// The mean, and each value less the mean.
pub(super) fn mean_deviations(values: &[f64]) -> (f64, Vec<f64>) {
    debug_assert!(values.iter().all(|x| x.is_finite()), "a value is not finite");
    // What is the same in every replication is its own mean: a sum divided again would differ in the last digit.
    let mean = match values {
        [first, others @ ..] if others.iter().all(|other| other == first) => *first,
        _ => values.iter().sum::<f64>() / values.len() as f64,
    };
    (mean, values.iter().map(|x| x - mean).collect())
}

/// The ratio R, and (Yᵢ − R Xᵢ) ÷ X̄, which sum to 0; `None` if the denominators sum to 0.
pub(super) fn ratio_deviations(pairs: &[(f64, f64)]) -> Option<(f64, Vec<f64>)> {
    debug_assert!(
        pairs.iter().all(|(y, x)| y.is_finite() && *x >= 0.0 && x.is_finite()),
        "a pair is not finite"
    );
    let sum_y: f64 = pairs.iter().map(|pair| pair.0).sum();
    let sum_x: f64 = pairs.iter().map(|pair| pair.1).sum();
    if sum_x <= 0.0 {
        return None;
    }
    let ratio = sum_y / sum_x;
    let mean_x = sum_x / pairs.len() as f64;
    let mut deviations: Vec<f64> = pairs.iter().map(|(y, x)| (y - ratio * x) / mean_x).collect();
    // A ratio that is the same in every replication has no spread, only what the divisions leave behind.
    if deviations.iter().all(|deviation| deviation.abs() <= ROUNDING * ratio.abs()) {
        deviations.fill(0.0);
    }
    Some((ratio, deviations))
}

/// Replications, which are few.
pub(super) fn count<T>(values: &[T]) -> u32 {
    u32::try_from(values.len()).expect("fewer than 2³² replications")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_replication_has_a_value_and_no_interval() {
        assert_eq!(mean_estimate(&[3.0]), Estimate { mean: Some(3.0), half_width: None, n: 1 });
        assert_eq!(ratio_estimate(&[(1.0, 4.0)]), Estimate { mean: Some(0.25), half_width: None, n: 1 });
        assert_eq!(mean_estimate(&[]), Estimate::missing(0));
    }

    #[test]
    fn a_ratio_over_equal_denominators_is_a_mean() {
        let values = [0.2, 0.5, 0.3, 0.9];
        let pairs = values.map(|y| (y * 50.0, 50.0));
        let (mean, ratio) = (mean_estimate(&values), ratio_estimate(&pairs));
        assert!((mean.mean.unwrap() - ratio.mean.unwrap()).abs() < 1e-15);
        assert!((mean.half_width.unwrap() - ratio.half_width.unwrap()).abs() < 1e-15);
    }

    #[test]
    fn what_is_the_same_in_every_replication_is_its_own_mean_without_spread() {
        for value in [0.1, 5.0 / 6.0, 770.0, 1e15 / 3.0] {
            for n in [2_u32, 3, 50, 400] {
                let same = Estimate { mean: Some(value), half_width: Some(0.0), n };
                assert_eq!(mean_estimate(&vec![value; n as usize]), same);
                assert_eq!(ratio_estimate(&vec![(value, 0.3); n as usize]).half_width, Some(0.0));
            }
        }
    }

    #[test]
    fn a_constant_ratio_has_an_interval_of_no_width_however_the_denominators_vary() {
        let estimate = ratio_estimate(&[(1.0, 2.0), (50.0, 100.0), (0.0, 0.0)]);
        assert_eq!(estimate, Estimate { mean: Some(0.5), half_width: Some(0.0), n: 3 });
    }
}
