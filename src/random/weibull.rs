//! The Weibull law: patience whose end comes nearer (shape above 1) or drifts away (below 1).
//!
//! P(X > x) = e^(−(x ÷ s)ᵏ); mean s Γ(1 + 1/k). Sampled as s E^(1/k) from a standard exponential E.

use super::error::{self, DistError};
use super::exponential::standard_exponential;
use super::key::Stream;
use super::moments::Moments;
use crate::special::{gamma_p, ln_gamma};

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Weibull {
    power: f64,
    scale: f64,
    mean: f64,
}

impl Weibull {
    pub fn new(shape: f64, mean: f64) -> Result<Self, DistError> {
        if !(0.1..=1000.0).contains(&shape) {
            return Err(error::refused("shape", shape, "0.1 to 1000"));
        }
        let mean = error::positive("mean", mean)?;
        let power = 1.0 / shape;
        Ok(Self { power, scale: mean / gamma(1.0 + power), mean })
    }

    pub fn scaled(&self, factor: f64) -> Result<Self, DistError> {
        let mean = error::positive("mean", self.mean * factor)?;
        Ok(Self { power: self.power, scale: self.scale * factor, mean })
    }

    pub fn sample(&self, stream: &mut Stream) -> f64 {
        self.scale * libm::pow(standard_exponential(stream), self.power)
    }

    pub fn min(&self) -> f64 {
        0.0
    }

    pub fn mean(&self) -> f64 {
        self.mean
    }

    pub fn variance(&self) -> f64 {
        // 1 ÷ Γ(1 + 1/k)² · Γ(1 + 2/k) − 1 is the squared cv.
        let cv_squared = libm::expm1(ln_gamma(1.0 + 2.0 * self.power) - 2.0 * ln_gamma(1.0 + self.power));
        self.mean * self.mean * cv_squared
    }

    pub fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { -libm::expm1(-self.exponent(x)) }
    }

    /// (x ÷ s)ᵏ.
    fn exponent(&self, x: f64) -> f64 {
        libm::pow(x / self.scale, 1.0 / self.power)
    }

    pub fn moments_up_to(&self, x: f64) -> Moments {
        if x <= 0.0 {
            return Moments::default();
        }
        let z = self.exponent(x);
        Moments {
            probability: self.cdf(x),
            first: self.mean * gamma_p(1.0 + self.power, z),
            second: (self.variance() + self.mean * self.mean) * gamma_p(1.0 + 2.0 * self.power, z),
        }
    }
}

fn gamma(x: f64) -> f64 {
    libm::exp(ln_gamma(x))
}

#[cfg(test)]
mod tests {
    use super::super::Dist;
    use super::super::goodness::{assert_fits, assert_moves_in_step};
    use statrs::distribution::{ContinuousCDF, Weibull as Reference};
    use statrs::function::gamma::gamma;

    #[test]
    fn it_fits_its_law() {
        for shape in [0.6, 1.0, 3.5] {
            let reference = Reference::new(shape, 120.0 / gamma(1.0 + 1.0 / shape)).unwrap();
            let dist = Dist::weibull(shape, 120.0).unwrap();
            assert_fits(&dist, |x| if x <= 0.0 { 0.0 } else { reference.cdf(x) });
            assert_moves_in_step(&dist, &Dist::weibull(shape, 132.0).unwrap(), 1.1);
        }
    }
}
