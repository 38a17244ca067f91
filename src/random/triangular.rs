//! The triangular law: what one states who knows the least, the usual and the greatest value.
//!
//! The density rises from low to mode and falls to high in straight lines. Sampled by its inverse.

use super::error::{self, DistError};
use super::key::Stream;
use super::moments::Moments;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Triangular {
    low: f64,
    mode: f64,
    high: f64,
}

impl Triangular {
    pub fn new(low: f64, mode: f64, high: f64) -> Result<Self, DistError> {
        let (low, high) = (error::not_negative("low", low)?, error::not_negative("high", high)?);
        if low >= high {
            return Err(error::refused("high", high, "above `low`"));
        }
        if !(low..=high).contains(&mode) {
            return Err(error::refused("mode", mode, "from `low` to `high`"));
        }
        Ok(Self { low, mode, high })
    }

    pub fn scaled(&self, factor: f64) -> Result<Self, DistError> {
        Self::new(self.low * factor, self.mode * factor, self.high * factor)
    }

    pub fn sample(&self, stream: &mut Stream) -> f64 {
        let u = stream.uniform();
        let width = self.high - self.low;
        if u * width < self.mode - self.low {
            self.low + (u * width * (self.mode - self.low)).sqrt()
        } else {
            self.high - ((1.0 - u) * width * (self.high - self.mode)).sqrt()
        }
    }

    pub fn min(&self) -> f64 {
        self.low
    }

    pub fn mean(&self) -> f64 {
        (self.low + self.mode + self.high) / 3.0
    }

    pub fn variance(&self) -> f64 {
        let (rise, fall) = (self.mode - self.low, self.high - self.mode);
        (rise * rise + rise * fall + fall * fall) / 18.0
    }

    pub fn cdf(&self, x: f64) -> f64 {
        self.moments_up_to(x).probability
    }

    pub fn moments_up_to(&self, x: f64) -> Moments {
        let width = self.high - self.low;
        if x <= self.low {
            return Moments::default();
        }
        if x < self.mode {
            return side(self.low, x - self.low, width * (self.mode - self.low));
        }
        let mean = self.mean();
        let whole = Moments { probability: 1.0, first: mean, second: self.variance() + mean * mean };
        if x >= self.high {
            return whole;
        }
        whole.less(side(self.high, x - self.high, width * (self.high - self.mode)))
    }
}

/// Moments between a foot of the triangle and the point `d` away (negative: to its left) under the line
/// 2 |y − foot| ÷ `area`.
fn side(foot: f64, d: f64, area: f64) -> Moments {
    let probability = d * d / area;
    Moments {
        probability,
        first: probability * (foot + d * 2.0 / 3.0),
        second: probability * (foot * foot + foot * d * 4.0 / 3.0 + 0.5 * d * d),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Dist;
    use super::super::goodness::{assert_fits, assert_moves_in_step};
    use statrs::distribution::{ContinuousCDF, Triangular as Reference};

    #[test]
    fn it_fits_its_law_also_where_one_side_is_missing() {
        for (low, mode, high) in [(10.0, 25.0, 90.0), (10.0, 10.0, 40.0), (10.0, 40.0, 40.0)] {
            let reference = Reference::new(low, high, mode).unwrap();
            let dist = Dist::triangular(low, mode, high).unwrap();
            assert_fits(&dist, |x| reference.cdf(x));
            assert_moves_in_step(&dist, &dist.scaled(1.1).unwrap(), 1.1);
        }
    }
}
