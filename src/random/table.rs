//! An empirical table: values with weights, drawn as they stand, without interpolation.
//!
//! Sampled by the inverse of its steps, so that a greater uniform number never gives a smaller value.

use super::error::{self, DistError};
use super::key::Stream;
use super::moments::Moments;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Table {
    /// Ascending.
    values: Box<[f64]>,
    /// Share at or below each value; the last is 1.
    shares: Box<[f64]>,
}

impl Table {
    pub fn new(rows: &[(f64, f64)]) -> Result<Self, DistError> {
        for &(value, _) in rows {
            error::not_negative("value", value)?;
        }
        // Weights are judged before those of 0 are dropped.
        error::cumulative(rows.iter().map(|row| row.1))?;
        let mut rows: Vec<_> = rows.iter().copied().filter(|row| row.1 > 0.0).collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        Ok(Self {
            values: rows.iter().map(|row| row.0).collect(),
            shares: error::cumulative(rows.iter().map(|r| r.1))?,
        })
    }

    pub fn scaled(&self, factor: f64) -> Result<Self, DistError> {
        let scaled = |value: &f64| error::not_negative("value", value * factor);
        Ok(Self {
            values: self.values.iter().map(scaled).collect::<Result<_, _>>()?,
            shares: self.shares.clone(),
        })
    }

    pub fn sample(&self, stream: &mut Stream) -> f64 {
        let u = stream.uniform();
        self.values[self.shares.partition_point(|&share| share <= u)]
    }

    pub fn min(&self) -> f64 {
        self.values[0]
    }

    pub fn mean(&self) -> f64 {
        self.moments_up_to(f64::INFINITY).first
    }

    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        self.rows().map(|(value, weight)| weight * (value - mean) * (value - mean)).sum()
    }

    pub fn cdf(&self, x: f64) -> f64 {
        match self.values.partition_point(|&value| value <= x) {
            0 => 0.0,
            n => self.shares[n - 1],
        }
    }

    pub fn moments_up_to(&self, x: f64) -> Moments {
        self.rows()
            .take_while(|row| row.0 <= x)
            .fold(Moments::default(), |sum, (value, weight)| sum.plus(weight, Moments::of_point(value)))
    }

    /// Values with their probabilities.
    fn rows(&self) -> impl Iterator<Item = (f64, f64)> {
        let mut below = 0.0;
        self.values.iter().zip(&self.shares).map(move |(&value, &share)| {
            let weight = share - below;
            below = share;
            (value, weight)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Dist;
    use super::super::goodness::{assert_fits, assert_moves_in_step};

    #[test]
    fn it_fits_its_law_and_never_gives_a_value_of_weight_0() {
        let dist =
            Dist::empirical(&[(30.0, 2.0), (10.0, 1.0), (60.0, 1.0), (5.0, 0.0), (90.0, 0.0)]).unwrap();
        assert_fits(&dist, |x| match x {
            x if x < 10.0 => 0.0,
            x if x < 30.0 => 0.25,
            x if x < 60.0 => 0.75,
            _ => 1.0,
        });
        assert_eq!((dist.min(), dist.mean()), (10.0, 32.5));
        assert_moves_in_step(&dist, &dist.scaled(1.1).unwrap(), 1.1);
    }
}
