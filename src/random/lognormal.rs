//! The lognormal law: what talk times look like (Brown et al. 2005).
//!
//! X = e^(μ + σ Z) with Z standard normal; mean e^(μ + σ²/2), cv² = e^(σ²) − 1. Every value of a law with the same σ is
//! the same multiple of e^μ.

use std::f64::consts::LOG2_E;

use super::error::{self, DistError};
use super::key::Stream;
use super::moments::Moments;
use super::normal::standard_normal;
use crate::special::{exp2, normal_cdf};

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lognormal {
    /// e^μ.
    median: f64,
    sigma: f64,
}

impl Lognormal {
    /// `cv` above 0.
    pub fn from_mean(mean: f64, cv: f64) -> Result<Self, DistError> {
        let mean = error::positive("mean", mean)?;
        let spread = 1.0 + cv * cv;
        Ok(Self { median: mean / spread.sqrt(), sigma: libm::log(spread).sqrt() })
    }

    /// `sigma` above 0.
    pub fn from_log(mu: f64, sigma: f64) -> Result<Self, DistError> {
        if !(-27.0..=27.0).contains(&mu) {
            return Err(error::refused("mu", mu, "-27 to 27 (the logarithm of the median in seconds)"));
        }
        Ok(Self { median: libm::exp(mu), sigma })
    }

    pub fn scaled(&self, factor: f64) -> Result<Self, DistError> {
        Ok(Self { median: error::positive("median", self.median * factor)?, sigma: self.sigma })
    }

    #[inline]
    pub fn sample(&self, stream: &mut Stream) -> f64 {
        // 2^x is faster than e^x, and as exact as a draw needs.
        self.median * exp2(self.sigma * LOG2_E * standard_normal(stream))
    }

    pub fn min(&self) -> f64 {
        0.0
    }

    pub fn mean(&self) -> f64 {
        self.median * libm::exp(0.5 * self.sigma * self.sigma)
    }

    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        mean * mean * libm::expm1(self.sigma * self.sigma)
    }

    pub fn cdf(&self, x: f64) -> f64 {
        self.share_up_to(x, 0.0)
    }

    /// Φ((ln x − μ) ÷ σ − shift).
    fn share_up_to(&self, x: f64, shift: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { normal_cdf(libm::log(x / self.median) / self.sigma - shift) }
    }

    pub fn moments_up_to(&self, x: f64) -> Moments {
        let mean = self.mean();
        Moments {
            probability: self.cdf(x),
            first: mean * self.share_up_to(x, self.sigma),
            second: (self.variance() + mean * mean) * self.share_up_to(x, 2.0 * self.sigma),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Dist;
    use super::super::goodness::{assert_fits, assert_moves_in_step};
    use statrs::distribution::{ContinuousCDF, LogNormal};

    #[test]
    fn it_fits_its_law_by_either_pair_of_parameters() {
        let sigma = (1.0 + 1.1_f64 * 1.1).ln().sqrt();
        let mu = 300.0_f64.ln() - 0.5 * sigma * sigma;
        let reference = LogNormal::new(mu, sigma).unwrap();
        for dist in [Dist::lognormal(300.0, 1.1).unwrap(), Dist::lognormal_log(mu, sigma).unwrap()] {
            assert_fits(&dist, |x| if x <= 0.0 { 0.0 } else { reference.cdf(x) });
            assert!((dist.mean() - 300.0).abs() < 1e-9 && (dist.variance().sqrt() - 330.0).abs() < 1e-9);
        }
    }

    #[test]
    fn a_mean_ten_per_cent_higher_moves_every_value_by_ten_per_cent() {
        assert_moves_in_step(
            &Dist::lognormal(300.0, 1.1).unwrap(),
            &Dist::lognormal(330.0, 1.1).unwrap(),
            1.1,
        );
    }
}
