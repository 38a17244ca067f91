//! A law moved along the axis by a constant.

use super::dist::Dist;
use super::error::{self, DistError, LONGEST};
use super::key::Stream;
use super::moments::Moments;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shifted {
    inner: Dist,
    by: f64,
}

impl Shifted {
    pub fn new(inner: Dist, by: f64) -> Result<Self, DistError> {
        if !(-LONGEST..=LONGEST).contains(&by) {
            return Err(error::refused("by", by, "-1e12 to 1e12"));
        }
        Ok(Self { inner, by })
    }

    pub fn scaled(&self, factor: f64) -> Result<Self, DistError> {
        Self::new(self.inner.scaled(factor)?, self.by * factor)
    }

    pub fn sample(&self, stream: &mut Stream) -> f64 {
        self.inner.sample(stream) + self.by
    }

    pub fn min(&self) -> f64 {
        self.inner.min() + self.by
    }

    pub fn mean(&self) -> f64 {
        self.inner.mean() + self.by
    }

    pub fn variance(&self) -> f64 {
        self.inner.variance()
    }

    /// The greatest inner value that, shifted and rounded, is at most `x`: a point mass keeps its side of every window.
    fn unshifted(&self, x: f64) -> f64 {
        let inner = x - self.by;
        if inner + self.by > x { inner.next_down() } else { inner }
    }

    pub fn cdf(&self, x: f64) -> f64 {
        self.inner.cdf(self.unshifted(x))
    }

    pub fn moments_up_to(&self, x: f64) -> Moments {
        let inner = self.inner.moments_up_to(self.unshifted(x));
        Moments {
            probability: inner.probability,
            first: inner.first + self.by * inner.probability,
            second: inner.second + 2.0 * self.by * inner.first + self.by * self.by * inner.probability,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Dist;
    use super::super::goodness::{assert_fits, assert_moves_in_step};

    #[test]
    fn it_fits_its_law_to_either_side() {
        for by in [15.0, -15.0] {
            let dist = Dist::shifted(Dist::exponential(60.0).unwrap(), by).unwrap();
            assert_fits(&dist, |x| if x <= by { 0.0 } else { 1.0 - (-(x - by) / 60.0).exp() });
            assert_eq!((dist.min(), dist.mean()), (by, 60.0 + by));
            assert_moves_in_step(&dist, &dist.scaled(1.1).unwrap(), 1.1);
        }
    }
}
