//! The gamma law, and Erlang's: a sum of k equal exponentials.
//!
//! Density x^(a−1) e^(−x ÷ s) ÷ (Γ(a) sᵃ); mean a s, variance a s². Sampled by Marsaglia and Tsang (2000), shapes
//! below 1 as Gamma(a + 1) · U^(1/a); Erlang's with up to 16 phases as the sum that it is. All exact.

use super::error::{self, DistError};
use super::exponential::standard_exponential;
use super::key::Stream;
use super::moments::Moments;
use super::normal::standard_normal;
use crate::special::gamma_p;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Gamma {
    shape: f64,
    scale: f64,
    method: Method,
}

#[derive(Clone, Debug, PartialEq)]
enum Method {
    /// The sum of so many exponentials.
    Sum { phases: u32 },
    /// Marsaglia and Tsang; `d` = shape − ⅓, `c` = 1 ÷ √(9 d).
    Squeeze { d: f64, c: f64 },
    /// The same for shape + 1, times a power of a uniform number.
    Boosted { d: f64, c: f64 },
}

impl Gamma {
    /// `cv` above 0.
    pub fn from_mean(mean: f64, cv: f64) -> Result<Self, DistError> {
        let mean = error::positive("mean", mean)?;
        let shape = 1.0 / (cv * cv);
        Ok(Self::new(shape, mean / shape))
    }

    pub fn erlang(phases: u32, mean: f64) -> Result<Self, DistError> {
        let mean = error::positive("mean", mean)?;
        if !(1..=1_000_000).contains(&phases) {
            return Err(error::refused("k", f64::from(phases), "a whole number from 1 to 1,000,000"));
        }
        let shape = f64::from(phases);
        if phases > 16 {
            return Ok(Self::new(shape, mean / shape));
        }
        Ok(Self { shape, scale: mean / shape, method: Method::Sum { phases } })
    }

    fn new(shape: f64, scale: f64) -> Self {
        let effective = if shape < 1.0 { shape + 1.0 } else { shape };
        let d = effective - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        Self {
            shape,
            scale,
            method: if shape < 1.0 { Method::Boosted { d, c } } else { Method::Squeeze { d, c } },
        }
    }

    pub fn scaled(&self, factor: f64) -> Result<Self, DistError> {
        error::positive("mean", self.mean() * factor)?;
        Ok(Self { scale: self.scale * factor, ..self.clone() })
    }

    pub fn sample(&self, stream: &mut Stream) -> f64 {
        self.scale
            * match self.method {
                Method::Sum { phases } => (0..phases).map(|_| standard_exponential(stream)).sum(),
                Method::Squeeze { d, c } => squeeze(stream, d, c),
                Method::Boosted { d, c } => {
                    squeeze(stream, d, c) * libm::pow(stream.uniform_open(), 1.0 / self.shape)
                }
            }
    }

    pub fn min(&self) -> f64 {
        0.0
    }

    pub fn mean(&self) -> f64 {
        self.shape * self.scale
    }

    pub fn variance(&self) -> f64 {
        self.shape * self.scale * self.scale
    }

    pub fn cdf(&self, x: f64) -> f64 {
        gamma_p(self.shape, x / self.scale)
    }

    pub fn moments_up_to(&self, x: f64) -> Moments {
        let (a, s, z) = (self.shape, self.scale, x / self.scale);
        Moments {
            probability: gamma_p(a, z),
            first: a * s * gamma_p(a + 1.0, z),
            second: a * (a + 1.0) * s * s * gamma_p(a + 2.0, z),
        }
    }
}

/// A gamma number of shape d + ⅓ and scale 1, for shapes of at least 1.
fn squeeze(stream: &mut Stream, d: f64, c: f64) -> f64 {
    loop {
        let z = standard_normal(stream);
        let root = 1.0 + c * z;
        if root <= 0.0 {
            continue;
        }
        let v = root * root * root;
        let u = stream.uniform_open();
        let square = z * z;
        if u < 1.0 - 0.0331 * square * square || libm::log(u) < 0.5 * square + d * (1.0 - v + libm::log(v)) {
            return d * v;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Dist;
    use super::super::goodness::{assert_fits, assert_moves_in_step};
    use statrs::distribution::{ContinuousCDF, Gamma as Reference};

    fn reference(shape: f64, mean: f64) -> impl Fn(f64) -> f64 {
        let gamma = Reference::new(shape, shape / mean).unwrap();
        move |x| if x <= 0.0 { 0.0 } else { gamma.cdf(x) }
    }

    #[test]
    fn it_fits_its_law_for_shapes_below_and_above_one() {
        for cv in [0.3, 1.0, 1.6, 3.0] {
            assert_fits(&Dist::gamma(200.0, cv).unwrap(), reference(1.0 / (cv * cv), 200.0));
        }
    }

    #[test]
    fn erlang_fits_whether_summed_or_not() {
        for k in [1, 3, 16, 17, 60] {
            assert_fits(&Dist::erlang(k, 200.0).unwrap(), reference(f64::from(k), 200.0));
        }
    }

    #[test]
    fn a_mean_ten_per_cent_higher_moves_every_value_by_ten_per_cent() {
        for cv in [0.5, 2.0] {
            assert_moves_in_step(&Dist::gamma(200.0, cv).unwrap(), &Dist::gamma(220.0, cv).unwrap(), 1.1);
        }
        assert_moves_in_step(&Dist::erlang(4, 200.0).unwrap(), &Dist::erlang(4, 220.0).unwrap(), 1.1);
    }
}
