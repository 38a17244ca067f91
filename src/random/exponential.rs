//! The exponential law: patience, redial delays, the heights of arrivals.
//!
//! Density e^(−x ÷ mean) ÷ mean; mean m, variance m². Sampled by the ziggurat (Marsaglia and Tsang 2000) with 256
//! layers: one draw, one product and one comparison in 98.9 % of cases.

use super::error::{self, DistError};
use super::key::Stream;
use super::moments::Moments;
use super::ziggurat::{EXP_F, EXP_X};
use crate::special::gamma_p;

/// An exponential number of mean 1, at least 0.
#[inline]
#[must_use]
pub fn standard_exponential(stream: &mut Stream) -> f64 {
    let bits = stream.next_u64();
    // The low 8 bits choose the layer, the high 53 the place in it.
    let layer = (bits & 0xFF) as usize;
    let x = (bits >> 11) as f64 * (1.0 / (1u64 << 53) as f64) * EXP_X[layer];
    if x < EXP_X[layer + 1] { x } else { beside_the_layer(stream, layer, x) }
}

/// The one case in ninety: the rim of a layer, or the tail.
#[cold]
#[inline(never)]
fn beside_the_layer(stream: &mut Stream, layer: usize, x: f64) -> f64 {
    if layer == 0 {
        // Beyond the base the law begins anew: it has no memory.
        return EXP_X[1] + standard_exponential(stream);
    }
    let height = EXP_F[layer] + (EXP_F[layer + 1] - EXP_F[layer]) * stream.uniform();
    if height < libm::exp(-x) { x } else { standard_exponential(stream) }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Exponential {
    mean: f64,
}

impl Exponential {
    pub fn new(mean: f64) -> Result<Self, DistError> {
        Ok(Self { mean: error::positive("mean", mean)? })
    }

    pub fn scaled(&self, factor: f64) -> Result<Self, DistError> {
        Self::new(self.mean * factor)
    }

    #[inline]
    pub fn sample(&self, stream: &mut Stream) -> f64 {
        self.mean * standard_exponential(stream)
    }

    pub fn min(&self) -> f64 {
        0.0
    }

    pub fn mean(&self) -> f64 {
        self.mean
    }

    pub fn variance(&self) -> f64 {
        self.mean * self.mean
    }

    pub fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { -libm::expm1(-x / self.mean) }
    }

    pub fn moments_up_to(&self, x: f64) -> Moments {
        let z = x / self.mean;
        Moments {
            probability: self.cdf(x),
            first: self.mean * gamma_p(2.0, z),
            second: 2.0 * self.mean * self.mean * gamma_p(3.0, z),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::goodness::{assert_fits, assert_moves_in_step};
    use super::super::{Dist, Key, Purpose};
    use super::*;

    #[test]
    fn it_fits_its_law() {
        let dist = Dist::exponential(90.0).unwrap();
        assert_fits(&dist, |x| if x <= 0.0 { 0.0 } else { 1.0 - (-x / 90.0).exp() });
        assert_moves_in_step(&dist, &Dist::exponential(99.0).unwrap(), 1.1);
    }

    #[test]
    fn the_tail_is_as_heavy_as_it_should_be() {
        let mut stream = Key::root(2, 0).stream(Purpose::Arrivals);
        let beyond = (0..2_000_000).filter(|_| standard_exponential(&mut stream) > 8.0).count() as f64;
        // Poisson with mean 671: four standard errors, a false alarm in 16,000.
        let expected = 2e6 * (-8.0_f64).exp();
        assert!((beyond - expected).abs() < 4.0 * expected.sqrt(), "{beyond}, not {expected}");
    }
}
