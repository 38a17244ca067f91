//! Student's t: the quantile that a 95 % interval needs, which must cost nothing since a report makes hundreds of thousands
//! of intervals; and tails and quantiles at any level, for the few that are judged together.

use crate::special::{beta_i, first_true};

/// t quantile at 0.975 for 1 to 30 degrees of freedom.
const TABLE: [f64; 30] = [
    12.706204736175,
    4.302652729749,
    3.182446305284,
    2.776445105198,
    2.570581835636,
    2.446911851145,
    2.364624251593,
    2.306004135204,
    2.262157162798,
    2.228138851986,
    2.200985160092,
    2.178812829667,
    2.160368656463,
    2.144786687918,
    2.131449545560,
    2.119905299221,
    2.109815577833,
    2.100922040241,
    2.093024054408,
    2.085963447266,
    2.079613844728,
    2.073873067904,
    2.068657610419,
    2.063898561628,
    2.059538552753,
    2.055529438643,
    2.051830516480,
    2.048407141795,
    2.045229642133,
    2.042272456301,
];

/// The quantile of Student's t at 0.975 with `df` ≥ 1 degrees of freedom.
///
/// A table to 30, above it the Cornish–Fisher expansion (Abramowitz and Stegun 1964, 26.7.5); relative error below 10⁻⁷.
///
/// ```
/// let t = holdtime::stats::t_quantile_975(9);
/// assert!((t - 2.262).abs() < 0.001);
/// ```
///
/// # Panics
/// If `df` is 0.
#[must_use]
pub fn t_quantile_975(df: u32) -> f64 {
    assert!(df > 0, "an interval needs two replications");
    if let Some(&t) = TABLE.get(df as usize - 1) {
        return t;
    }
    const Z: f64 = 1.959_963_984_540_054;
    const Z2: f64 = Z * Z;
    const G1: f64 = (Z2 + 1.0) * Z / 4.0;
    const G2: f64 = ((5.0 * Z2 + 16.0) * Z2 + 3.0) * Z / 96.0;
    const G3: f64 = (((3.0 * Z2 + 19.0) * Z2 + 17.0) * Z2 - 15.0) * Z / 384.0;
    const G4: f64 = ((((79.0 * Z2 + 776.0) * Z2 + 1482.0) * Z2 - 1920.0) * Z2 - 945.0) * Z / 92_160.0;
    let inverse = 1.0 / f64::from(df);
    Z + (G1 + (G2 + (G3 + G4 * inverse) * inverse) * inverse) * inverse
}

/// P(T > t) with `df` ≥ 1 degrees of freedom; 0 for t = ∞.
///
/// ```
/// let p = holdtime::stats::t_upper_tail(2.262_157, 9);
/// assert!((p - 0.025).abs() < 1e-7);
/// ```
#[must_use]
pub fn t_upper_tail(t: f64, df: u32) -> f64 {
    debug_assert!(df > 0, "no degree of freedom");
    let df = f64::from(df);
    let beyond = 0.5 * beta_i(0.5 * df, 0.5, df / (df + t * t));
    if t >= 0.0 { beyond } else { 1.0 - beyond }
}

/// The t beyond which lies a share `alpha` of the law on both sides together: half an interval of confidence 1 − `alpha`
/// is so many standard errors wide.
///
/// ```
/// use holdtime::stats::{t_quantile_975, t_two_sided};
/// assert_eq!(t_two_sided(0.05, 9), t_quantile_975(9));
/// // Four intervals that hold together.
/// assert!((t_two_sided(0.05 / 4.0, 9) - 3.11).abs() < 0.01);
/// ```
#[must_use]
pub fn t_two_sided(alpha: f64, df: u32) -> f64 {
    debug_assert!(alpha > 0.0 && alpha < 1.0, "level {alpha}");
    if alpha == 0.05 {
        return t_quantile_975(df);
    }
    first_true(0.0, 1e12, |t| t_upper_tail(t, df) <= 0.5 * alpha)
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, StudentsT};

    #[test]
    fn table_and_expansion_agree_with_an_independent_implementation() {
        for df in (1..=60).chain([100, 400, 10_000, 1_000_000]) {
            let cdf = StudentsT::new(0.0, 1.0, f64::from(df)).unwrap().cdf(t_quantile_975(df));
            assert!((cdf - 0.975).abs() < 1e-8, "{df}: {cdf}");
        }
    }

    #[test]
    fn tails_and_quantiles_at_any_level_agree_with_an_independent_implementation() {
        for df in [1, 2, 4, 9, 30, 399] {
            let law = StudentsT::new(0.0, 1.0, f64::from(df)).unwrap();
            for t in [-3.0, -0.4, 0.0, 0.7, 2.5, 8.0] {
                assert!((t_upper_tail(t, df) - (1.0 - law.cdf(t))).abs() < 1e-9, "{df} {t}");
            }
            for alpha in [0.5, 0.1, 0.01, 0.05 / 44.0] {
                let outside = 2.0 * (1.0 - law.cdf(t_two_sided(alpha, df)));
                assert!((outside / alpha - 1.0).abs() < 1e-6, "{df} {alpha}: {outside}");
            }
        }
        assert_eq!(t_upper_tail(f64::INFINITY, 9), 0.0);
    }
}
