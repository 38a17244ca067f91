//! The normal law.

use std::f64::consts::FRAC_1_SQRT_2;

/// Φ(z): the share of a standard normal law at or below z; accurate in the lower tail too.
///
/// Φ(z) = ½ erfc(−z ÷ √2).
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_points_of_the_normal_law() {
        assert_eq!(normal_cdf(0.0), 0.5);
        assert!((normal_cdf(1.959_963_984_540_054) - 0.975).abs() < 1e-15);
        assert!((normal_cdf(-8.0) / 6.220_960_574_271_784e-16 - 1.0).abs() < 1e-12);
    }
}
