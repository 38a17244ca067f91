//! A mixture: each part with its weight; a point mass is a part that is constant.
//!
//! One uniform number chooses the part, which then draws from the same stream.

use super::dist::Dist;
use super::error::{self, DistError};
use super::key::Stream;
use super::moments::Moments;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mixture {
    /// Share of the parts up to this one, and the part; the last share is 1.
    parts: Box<[(f64, Dist)]>,
}

impl Mixture {
    pub fn new(parts: Vec<(f64, Dist)>) -> Result<Self, DistError> {
        let shares = error::cumulative(parts.iter().map(|part| part.0))?;
        Ok(Self { parts: shares.into_iter().zip(parts).map(|(share, (_, dist))| (share, dist)).collect() })
    }

    pub fn scaled(&self, factor: f64) -> Result<Self, DistError> {
        let scaled = |(share, dist): &(f64, Dist)| Ok((*share, dist.scaled(factor)?));
        Ok(Self { parts: self.parts.iter().map(scaled).collect::<Result<_, DistError>>()? })
    }

    pub fn sample(&self, stream: &mut Stream) -> f64 {
        let u = stream.uniform();
        let chosen = self.parts.iter().position(|&(share, _)| u < share).expect("the last share is 1");
        self.parts[chosen].1.sample(stream)
    }

    pub fn min(&self) -> f64 {
        self.weighted().map(|(_, dist)| dist.min()).fold(f64::INFINITY, f64::min)
    }

    pub fn mean(&self) -> f64 {
        self.weighted().map(|(weight, dist)| weight * dist.mean()).sum()
    }

    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        let about = |dist: &Dist| dist.variance() + (dist.mean() - mean) * (dist.mean() - mean);
        self.weighted().map(|(weight, dist)| weight * about(dist)).sum()
    }

    pub fn cdf(&self, x: f64) -> f64 {
        self.weighted().map(|(weight, dist)| weight * dist.cdf(x)).sum()
    }

    pub fn moments_up_to(&self, x: f64) -> Moments {
        self.weighted()
            .fold(Moments::default(), |sum, (weight, dist)| sum.plus(weight, dist.moments_up_to(x)))
    }

    /// Parts that occur, with their probabilities.
    fn weighted(&self) -> impl Iterator<Item = (f64, &Dist)> {
        let mut below = 0.0;
        self.parts
            .iter()
            .map(move |(share, dist)| {
                let weight = share - below;
                below = *share;
                (weight, dist)
            })
            .filter(|part| part.0 > 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Dist;
    use super::super::goodness::{assert_fits, assert_moves_in_step};

    fn exponential(x: f64, mean: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { 1.0 - (-x / mean).exp() }
    }

    #[test]
    fn a_point_mass_beside_a_continuous_law_fits() {
        let part = |weight, dist: Result<Dist, _>| (weight, dist.unwrap());
        let parts = vec![
            part(1.0, Dist::constant(0.0)),
            part(4.0, Dist::exponential(60.0)),
            part(0.0, Dist::constant(9.0)),
        ];
        let dist = Dist::mixture(parts).unwrap();
        assert_fits(&dist, |x| if x < 0.0 { 0.0 } else { 0.2 + 0.8 * exponential(x, 60.0) });
        assert_moves_in_step(&dist, &dist.scaled(1.1).unwrap(), 1.1);
    }

    #[test]
    fn hyperexponential_fits() {
        let dist = Dist::hyperexponential(&[(0.7, 60.0), (0.3, 400.0)]).unwrap();
        assert_fits(&dist, |x| 0.7 * exponential(x, 60.0) + 0.3 * exponential(x, 400.0));
        assert!((dist.mean() - 162.0).abs() < 1e-9);
    }
}
