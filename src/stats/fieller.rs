//! What one difference costs in units of another: euros for a point of service level.
//!
//! Takes differences as [`Paired`] has them. Invariant: no quotient is told whose denominator may be 0.

use super::paired::Paired;
use super::student::t_quantile_975;

/// A quotient of two differences with its 95 % interval, which need not be even.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatioOfDifferences {
    /// The quotient.
    pub value: f64,
    /// The ends of its interval.
    pub interval: (f64, f64),
}

/// `over` ÷ `under`, both paired over the same replications, with the interval of Fieller (1954): all quotients r for which the
/// mean of over − r · under may be 0. `None` where that is no interval, because `under` may be 0 itself; and with fewer than two
/// replications.
///
/// ```
/// use holdtime::stats::{Paired, ratio_of_differences};
/// let cost = Paired::of_means(&[110.0, 121.0, 129.0], &[100.0, 100.0, 100.0]);
/// let points = Paired::of_means(&[1.0, 2.0, 3.0], &[0.0, 0.0, 0.0]);
/// assert_eq!(ratio_of_differences(&cost, &points), None); // points are 2 ± 2.5: perhaps none
/// let points = Paired::of_means(&[1.0, 2.1, 2.9], &[0.0, 0.0, 0.0]);
/// assert!(ratio_of_differences(&points, &cost).is_none());
/// ```
#[must_use]
pub fn ratio_of_differences(over: &Paired, under: &Paired) -> Option<RatioOfDifferences> {
    let n = over.n();
    if n < 2 || under.n() != n {
        return None;
    }
    let t = t_quantile_975(n - 1);
    let product = |a: &Paired, b: &Paired| -> f64 {
        let sum: f64 = a.deviations().iter().zip(b.deviations()).map(|(a, b)| a * b).sum();
        t * t * sum / f64::from(n - 1) / f64::from(n)
    };
    // (over − r · under)² ≤ t² · variance of that mean: a quadratic in r.
    let a = under.mean() * under.mean() - product(under, under);
    let b = over.mean() * under.mean() - product(over, under);
    let c = over.mean() * over.mean() - product(over, over);
    if a <= 0.0 {
        return None;
    }
    let root = (b * b - a * c).max(0.0).sqrt();
    Some(RatioOfDifferences { value: over.mean() / under.mean(), interval: ((b - root) / a, (b + root) / a) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_spread_below_it_is_the_interval_of_the_numerator() {
        let over = Paired::of_means(&[10.0, 12.0, 14.0], &[0.0; 3]);
        let under = Paired::of_means(&[2.0; 3], &[0.0; 3]);
        let ratio = ratio_of_differences(&over, &under).expect("2 is not 0");
        let half = over.half_width(0.05).unwrap() / 2.0;
        assert_eq!(ratio.value, 6.0);
        assert!(
            (ratio.interval.0 - (6.0 - half)).abs() < 1e-9 && (ratio.interval.1 - (6.0 + half)).abs() < 1e-9
        );
    }

    #[test]
    fn what_moves_together_has_a_quotient_without_spread() {
        let under = Paired::of_means(&[3.0, 3.2, 2.9], &[0.0; 3]);
        let over = Paired::of_means(&[6.0, 6.4, 5.8], &[0.0; 3]);
        let ratio = ratio_of_differences(&over, &under).expect("far from 0");
        assert!((ratio.interval.1 - ratio.interval.0).abs() < 1e-6 && (ratio.value - 2.0).abs() < 1e-12);
    }

    #[test]
    fn a_denominator_that_may_be_zero_has_no_quotient() {
        let under = Paired::of_means(&[-1.0, 1.0, 2.0], &[0.0; 3]);
        assert_eq!(ratio_of_differences(&under, &under), None);
        let one = Paired::of_means(&[1.0], &[0.0]);
        assert_eq!(ratio_of_differences(&one, &one), None);
    }
}
