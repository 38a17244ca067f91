//! Whether the values behind an interval are too lopsided for it.

use super::estimate::{mean_deviations, ratio_deviations};

/// The skewness of one value per replication; `None` below three values or without spread.
///
/// ```
/// assert_eq!(holdtime::stats::skewness_of_mean(&[1.0, 2.0, 3.0]), Some(0.0));
/// ```
#[must_use]
pub fn skewness_of_mean(values: &[f64]) -> Option<f64> {
    if values.len() < 3 { None } else { skewness(&mean_deviations(values).1) }
}

/// The skewness of the linearised residuals of a ratio; `None` below three pairs or without spread.
///
/// ```
/// let skewness = holdtime::stats::skewness_of_ratio(&[(0.0, 10.0), (0.0, 10.0), (0.0, 10.0), (9.0, 10.0)]);
/// assert!(skewness.unwrap() > 1.0);
/// ```
#[must_use]
pub fn skewness_of_ratio(pairs: &[(f64, f64)]) -> Option<f64> {
    if pairs.len() < 3 { None } else { skewness(&ratio_deviations(pairs)?.1) }
}

/// Whether an interval over `n` replications comes out too narrow: |skewness| ÷ √n above 0.2.
///
/// A t interval then covers the truth visibly less often than 95 times in 100, missing on one side
/// (Johnson 1978: the error of the upper and lower end grows with just this ratio). More replications help.
///
/// ```
/// use holdtime::stats::is_too_skewed;
/// assert!(is_too_skewed(2.0, 10));
/// assert!(!is_too_skewed(2.0, 101));
/// ```
#[must_use]
pub fn is_too_skewed(skewness: f64, n: u32) -> bool {
    skewness.abs() > 0.2 * f64::from(n).sqrt()
}

/// Whether a skewness found in `n` values is more than chance makes of values without any: beyond three times the
/// standard error of the skewness of normal values, √(6 n (n − 1) ÷ ((n − 2) (n + 1) (n + 3))).
///
/// ```
/// use holdtime::stats::is_skewed_beyond_chance;
/// assert!(is_skewed_beyond_chance(2.5, 10) && !is_skewed_beyond_chance(1.0, 10));
/// assert!(is_skewed_beyond_chance(1.0, 100));
/// ```
#[must_use]
pub fn is_skewed_beyond_chance(skewness: f64, n: u32) -> bool {
    let n = f64::from(n);
    n > 2.0 && skewness.abs() > 3.0 * (6.0 * n * (n - 1.0) / ((n - 2.0) * (n + 1.0) * (n + 3.0))).sqrt()
}

/// m₃ ÷ m₂^1.5 of deviations whose mean is 0.
fn skewness(deviations: &[f64]) -> Option<f64> {
    let n = deviations.len() as f64;
    let second = deviations.iter().map(|d| d * d).sum::<f64>() / n;
    let third = deviations.iter().map(|d| d * d * d).sum::<f64>() / n;
    (second > 0.0).then(|| third / (second * second.sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_tail_is_positive_and_a_mirror_image_negative() {
        let values = [0.0, 0.0, 0.0, 1.0];
        // Bernoulli with p = ¼: (1 − 2p) ÷ √(p (1 − p)).
        let expected = 0.5 / (3.0_f64 / 16.0).sqrt();
        assert!((skewness_of_mean(&values).unwrap() - expected).abs() < 1e-12);
        assert!((skewness_of_mean(&values.map(|x| -x)).unwrap() + expected).abs() < 1e-12);
    }

    #[test]
    fn without_spread_there_is_no_skewness() {
        assert_eq!(skewness_of_mean(&[2.0; 5]), None);
        assert_eq!(skewness_of_ratio(&[(0.0, 0.0); 5]), None);
        assert_eq!(skewness_of_mean(&[1.0, 2.0]), None);
    }
}
