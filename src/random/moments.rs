//! Moments of the part of a law that lies at or below a point: what truncation needs.

/// P(X ≤ x), E[X; X ≤ x] and E[X²; X ≤ x].
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moments {
    /// P(X ≤ x).
    pub probability: f64,
    /// E[X; X ≤ x].
    pub first: f64,
    /// E[X²; X ≤ x].
    pub second: f64,
}

impl Moments {
    /// Those of a point mass.
    pub fn of_point(value: f64) -> Self {
        Self { probability: 1.0, first: value, second: value * value }
    }

    /// Those between a lower point, whose moments are `below`, and this one.
    pub fn less(self, below: Self) -> Self {
        Self {
            probability: self.probability - below.probability,
            first: self.first - below.first,
            second: self.second - below.second,
        }
    }

    /// Those of a mixture with one more part.
    pub fn plus(self, weight: f64, part: Self) -> Self {
        Self {
            probability: self.probability + weight * part.probability,
            first: self.first + weight * part.first,
            second: self.second + weight * part.second,
        }
    }
}
