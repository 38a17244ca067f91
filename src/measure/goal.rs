//! Judging a target: the value of its measure over any set of rows, and whether it misses the bound.
//!
//! Writes no label. Invariant: an interval, a day and the whole horizon are judged by the same sums.

use super::columns::{ClassColumn, GroupColumn};
use super::metrics::entered;
use crate::scenario::checked::{Goal, Target};

/// A target as something that rows of cubes are held against.
#[derive(Clone, Debug, PartialEq)]
pub struct Yardstick {
    class: Option<usize>,
    goal: Goal,
}

impl Yardstick {
    /// The yardstick of a target.
    #[must_use]
    pub fn of(target: &Target) -> Self {
        Self { class: target.class.map(|class| class.index()), goal: target.goal.clone() }
    }

    /// Name of the measure.
    #[must_use]
    pub fn measure(&self) -> &'static str {
        match self.goal {
            Goal::ServiceLevel { .. } => "service_level",
            Goal::Abandonment { .. } => "abandonment",
            Goal::Occupancy { .. } => "occupancy",
            Goal::Asa { .. } => "asa_s",
        }
    }

    /// Whether the measure must be at least the bound; else at most.
    #[must_use]
    pub fn is_minimum(&self) -> bool {
        matches!(self.goal, Goal::ServiceLevel { .. })
    }

    /// The bound: a share, or seconds.
    #[must_use]
    pub fn bound(&self) -> f64 {
        match self.goal {
            Goal::ServiceLevel { at_least, .. } => at_least,
            Goal::Abandonment { at_most } | Goal::Occupancy { at_most } => at_most,
            Goal::Asa { at_most } => at_most.as_secs_f64(),
        }
    }

    /// Numerator and denominator of the measure, in the unit of the bound.
    ///
    /// `classes` holds one row per class of `class_columns` numbers, `groups` one row per group. Occupancy is that
    /// of all groups together, whatever class the target names.
    #[must_use]
    pub fn parts(&self, classes: &[u64], class_columns: usize, groups: &[u64]) -> (f64, f64) {
        let in_scope = classes
            .chunks_exact(class_columns)
            .enumerate()
            .filter(|(class, _)| self.class.is_none_or(|wanted| wanted == *class));
        let (mut over, mut under) = (0u64, 0u64);
        match &self.goal {
            Goal::ServiceLevel { level, .. } => {
                for (class, row) in in_scope {
                    over += row[ClassColumn::in_time(level[class])];
                    under += row[ClassColumn::base(level[class])];
                }
            }
            Goal::Abandonment { .. } => {
                for (_, row) in in_scope {
                    over += row[ClassColumn::Abandoned as usize];
                    under += entered(row);
                }
            }
            Goal::Asa { .. } => {
                for (_, row) in in_scope {
                    over += row[ClassColumn::AnsweredWaitUs as usize];
                    under += row[ClassColumn::Answered as usize];
                }
                return (over as f64 / 1e6, under as f64);
            }
            Goal::Occupancy { .. } => {
                for row in groups.chunks_exact(GroupColumn::COUNT) {
                    over += row[GroupColumn::BusyUs as usize];
                    under += row[GroupColumn::StaffedUs as usize];
                }
            }
        }
        (over as f64, under as f64)
    }

    /// Visits that entered the classes of the target.
    #[must_use]
    pub fn visits(&self, classes: &[u64], class_columns: usize) -> u64 {
        let rows = classes.chunks_exact(class_columns).enumerate();
        rows.filter(|(class, _)| self.class.is_none_or(|wanted| wanted == *class))
            .map(|(_, row)| entered(row))
            .sum()
    }

    /// Whether a value misses the bound.
    #[must_use]
    pub fn is_missed(&self, value: f64) -> bool {
        if self.is_minimum() { value < self.bound() } else { value > self.bound() }
    }
}
