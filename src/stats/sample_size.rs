//! How many replications an answer needs.
//!
//! Promises no number: the spread itself is known from few replications, so it is a range.

use super::student::t_two_sided;
use crate::special::gamma_p_inverse;

/// More than this nobody runs; the answer is then this number.
const MOST: u32 = 10_000_000;

/// The 95 % interval of the standard deviation of which `n` ≥ 2 normal values show `sd`: sd · √((n − 1) ÷ χ²).
///
/// ```
/// // χ² with 9 degrees of freedom: 2.700 and 19.023.
/// let (low, high) = holdtime::stats::sd_range(1.0, 10);
/// assert!((low - (9.0_f64 / 19.023).sqrt()).abs() < 1e-4 && (high - (9.0_f64 / 2.700).sqrt()).abs() < 1e-3);
/// ```
#[must_use]
pub fn sd_range(sd: f64, n: u32) -> (f64, f64) {
    debug_assert!(n > 1, "no spread in {n} values");
    let df = f64::from(n - 1);
    let chi_square = |p: f64| 2.0 * gamma_p_inverse(0.5 * df, p);
    (sd * (df / chi_square(0.975)).sqrt(), sd * (df / chi_square(0.025)).sqrt())
}

/// The least number of replications whose interval of confidence 1 − `alpha` is at most ± `margin` wide, if one replication
/// has the standard deviation `sd`: the least n ≥ 2 with t · sd ÷ √n ≤ margin.
///
/// ```
/// use holdtime::stats::replications_for;
/// // 1.96² = 3.84 for large numbers, a few more for the spread that is not known.
/// assert_eq!(replications_for(10.0, 1.0, 0.05), 387);
/// assert_eq!(replications_for(0.0, 1.0, 0.05), 2);
/// ```
#[must_use]
pub fn replications_for(sd: f64, margin: f64, alpha: f64) -> u32 {
    let is_enough = |n: u32| t_two_sided(alpha, n - 1) * sd <= margin * f64::from(n).sqrt();
    if !is_enough(MOST) {
        return MOST;
    }
    // The quotient falls with n.
    let (mut too_few, mut enough) = (1, 2);
    while !is_enough(enough) {
        (too_few, enough) = (enough, (2 * enough).min(MOST));
    }
    while enough - too_few > 1 {
        let middle = too_few + (enough - too_few) / 2;
        if is_enough(middle) { enough = middle } else { too_few = middle }
    }
    enough
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::t_quantile_975;

    #[test]
    fn the_number_is_the_first_that_is_enough() {
        for (sd, margin) in [(1.0, 0.5), (3.0, 0.7), (0.2, 1.0)] {
            let n = replications_for(sd, margin, 0.05);
            let half_width = |n: u32| t_quantile_975(n - 1) * sd / f64::from(n).sqrt();
            assert!(half_width(n) <= margin && (n == 2 || half_width(n - 1) > margin), "{sd} {margin}: {n}");
        }
        assert_eq!(replications_for(1.0, 0.0, 0.05), MOST);
    }

    #[test]
    fn ten_values_know_their_spread_to_a_factor() {
        // 9 ÷ 19.0228 and 9 ÷ 2.7004.
        let (low, high) = sd_range(2.0, 10);
        assert!((low - 1.3757).abs() < 1e-3 && (high - 3.6512).abs() < 1e-3, "{low} {high}");
    }
}
