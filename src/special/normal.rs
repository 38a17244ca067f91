//! The normal law.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Φ(z): the share of a standard normal law at or below z; accurate in the lower tail too.
///
/// Φ(z) = ½ erfc(−z ÷ √2).
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// h(z) = φ(z) ÷ (1 − Φ(z)): the rate at which a standard normal law ends, given that it has come as far as z.
///
/// Beyond z = 20 by the first terms of its continued fraction (Laplace 1805), z + 1 ÷ (z + 2 ÷ (z + …)).
#[must_use]
pub fn normal_hazard(z: f64) -> f64 {
    if z > 20.0 {
        let mut fraction = z;
        for k in (1..=12).rev() {
            fraction = z + f64::from(k) / fraction;
        }
        return fraction;
    }
    libm::exp(-0.5 * z * z) / (libm::sqrt(2.0 * PI) * normal_cdf(-z))
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

    #[test]
    fn the_hazard_is_of_one_piece_and_tends_to_its_argument() {
        assert!((normal_hazard(0.0) - (2.0 / PI).sqrt()).abs() < 1e-15);
        assert!((normal_hazard(20.0) / normal_hazard(20.0 + 1e-12) - 1.0).abs() < 1e-12);
        assert!((normal_hazard(1e6) - 1e6 - 1e-6).abs() < 1e-9);
        assert!(normal_hazard(-40.0) >= 0.0);
    }
}
