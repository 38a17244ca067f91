//! Every combination of the values of some parameters, and the part of it that one machine runs.
//!
//! Invariant: the last parameter runs fastest; points are numbered from 0.

use std::str::FromStr;

use super::Axis;

/// More points than this are a slip of the hand.
pub const MOST_POINTS: usize = 100_000;

/// One or more parameters, none twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// In the order in which they were named.
    pub axes: Vec<Axis>,
}

impl Grid {
    /// Number of points.
    #[must_use]
    pub fn len(&self) -> usize {
        self.axes.iter().fold(1, |points, axis| points.saturating_mul(axis.values.len()))
    }

    /// Whether there is nothing to run.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The values of a point, one per parameter.
    ///
    /// # Panics
    /// If there is no such point.
    #[must_use]
    pub fn values(&self, point: usize) -> Vec<&str> {
        assert!(point < self.len(), "no such point");
        let mut rest = point;
        let mut values: Vec<&str> = (self.axes.iter().rev())
            .map(|axis| {
                let value = &axis.values[rest % axis.values.len()];
                rest /= axis.values.len();
                value.as_str()
            })
            .collect();
        values.reverse();
        values
    }

    /// The assignments of a point, as for `--set`.
    ///
    /// # Panics
    /// If there is no such point.
    #[must_use]
    pub fn sets(&self, point: usize) -> Vec<String> {
        self.axes
            .iter()
            .zip(self.values(point))
            .map(|(axis, value)| format!("{}={value}", axis.path))
            .collect()
    }
}

/// The `index`-th of `of` parts of a sweep, `1/4` to `4/4`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    pub index: usize,
    /// How many parts.
    pub of: usize,
}

impl Shard {
    /// All of it.
    pub const WHOLE: Self = Self { index: 1, of: 1 };

    /// Whether a point belongs to it: every `of`-th does, so that parts take about as long as each other.
    #[must_use]
    pub fn has(self, point: usize) -> bool {
        point % self.of == self.index - 1
    }
}

impl FromStr for Shard {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (index, of) = text.split_once('/').ok_or(())?;
        let shard = Self { index: index.parse().map_err(drop)?, of: of.parse().map_err(drop)? };
        if (1..=shard.of).contains(&shard.index) { Ok(shard) } else { Err(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_parameter_runs_fastest() {
        let grid = Grid { axes: ["a=1,2", "b=x,y,z"].map(|text| Axis::read(text).unwrap()).into() };
        assert_eq!(grid.len(), 6);
        assert_eq!(grid.values(0), ["1", "x"]);
        assert_eq!(grid.values(2), ["1", "z"]);
        assert_eq!(grid.sets(4), ["a=2", "b=y"]);
    }

    #[test]
    fn each_point_is_in_one_part() {
        let parts: Vec<Shard> = ["1/3", "2/3", "3/3"].map(|text| text.parse().unwrap()).into();
        for point in 0..10 {
            assert_eq!(parts.iter().filter(|part| part.has(point)).count(), 1);
        }
        assert!((0..10).all(|point| Shard::WHOLE.has(point)));
        for text in ["0/3", "4/3", "1", "a/b", "1/0", "-1/2"] {
            assert_eq!(text.parse::<Shard>(), Err(()), "{text}");
        }
    }
}
