//! What "met" means.
//!
//! Invariant: the service level of a target is among those of every class it is judged in.

use crate::units::{ClassId, Span};

/// Something wanted of a measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Of one class, or of all.
    pub class: Option<ClassId>,
    /// The measure and the bound.
    pub goal: Goal,
    /// The period in which it is judged.
    pub per: Period,
}

/// A measure with its bound.
#[derive(Clone, Debug, PartialEq)]
pub enum Goal {
    /// Service level at least.
    ServiceLevel {
        /// Share wanted.
        at_least: f64,
        /// Position of the level among `service_levels` of each class, in the order of the scenario's classes.
        level: Vec<usize>,
    },
    /// Abandonment at most (share).
    Abandonment {
        /// Share allowed.
        at_most: f64,
    },
    /// Occupancy at most (share), of each group and of all.
    Occupancy {
        /// Share allowed.
        at_most: f64,
    },
    /// Mean wait of answered visits at most.
    Asa {
        /// Wait allowed.
        at_most: Span,
    },
}

/// The period of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Each interval of each day.
    Interval,
    /// Each local day.
    Day,
    /// Each ISO week, cut at the horizon.
    Week,
    /// Each calendar month.
    Month,
    /// The whole horizon.
    Year,
}
