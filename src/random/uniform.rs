//! The uniform law on [low, high).

use super::error::{self, DistError};
use super::key::Stream;
use super::moments::Moments;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Uniform {
    low: f64,
    high: f64,
}

impl Uniform {
    pub fn new(low: f64, high: f64) -> Result<Self, DistError> {
        let (low, high) = (error::not_negative("low", low)?, error::not_negative("high", high)?);
        if low >= high {
            return Err(error::refused("high", high, "above `low`"));
        }
        Ok(Self { low, high })
    }

    pub fn scaled(&self, factor: f64) -> Result<Self, DistError> {
        Self::new(self.low * factor, self.high * factor)
    }

    pub fn sample(&self, stream: &mut Stream) -> f64 {
        self.low + (self.high - self.low) * stream.uniform()
    }

    pub fn min(&self) -> f64 {
        self.low
    }

    pub fn mean(&self) -> f64 {
        0.5 * (self.low + self.high)
    }

    pub fn variance(&self) -> f64 {
        let width = self.high - self.low;
        width * width / 12.0
    }

    pub fn cdf(&self, x: f64) -> f64 {
        ((x - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    pub fn moments_up_to(&self, x: f64) -> Moments {
        let x = x.clamp(self.low, self.high);
        let (probability, low) = (self.cdf(x), self.low);
        Moments {
            probability,
            first: probability * 0.5 * (low + x),
            second: probability * (low * low + low * x + x * x) / 3.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Dist;
    use super::super::goodness::{assert_fits, assert_moves_in_step};

    #[test]
    fn it_fits_its_law() {
        let dist = Dist::uniform(20.0, 50.0).unwrap();
        assert_fits(&dist, |x| ((x - 20.0) / 30.0).clamp(0.0, 1.0));
        assert_moves_in_step(&dist, &dist.scaled(1.1).unwrap(), 1.1);
    }
}
