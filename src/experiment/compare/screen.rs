//! The measures that a manager looks at, and which differences of them matter.
//!
//! Invariant: what is judged together is few, since every further question makes all intervals wider.

use super::Plan;
use crate::experiment::until::Precision;
use crate::measure::metric;

/// What is shown of each scenario, in this order.
const SHOWN: [&str; 11] = [
    "service_level",
    "abandonment",
    "asa_s",
    "answered_wait_s_p90",
    "occupancy",
    "offered",
    "contacts_per_case",
    "fcr",
    "cost_eur",
    "cost_per_answered_eur",
    "cost_per_resolved_eur",
];

/// Of these what is judged together, unless asked otherwise.
const JUDGED: [&str; 4] = ["service_level", "abandonment", "asa_s", "cost_eur"];

/// The measures that are judged together unless a plan names others.
#[must_use]
pub fn judged_by_default() -> &'static [&'static str] {
    &JUDGED
}

/// The smallest difference of a measure that matters unless a plan says otherwise: half a percentage point of shares, a
/// second of waits, half a per cent of the reference's value of everything else.
///
/// ```
/// use holdtime::experiment::{Precision, matters_by_default};
/// assert_eq!(matters_by_default("abandonment"), Precision::Absolute(0.005));
/// assert_eq!(matters_by_default("asa_s"), Precision::Absolute(1.0));
/// assert_eq!(matters_by_default("cost_eur"), Precision::Relative(0.005));
/// ```
#[must_use]
pub fn matters_by_default(name: &str) -> Precision {
    match metric(name).map(|metric| metric.unit()) {
        Some("share") => Precision::Absolute(0.005),
        Some("s") => Precision::Absolute(1.0),
        _ => Precision::Relative(0.005),
    }
}

/// The measures that are judged together.
pub(super) fn judged(plan: &Plan) -> Vec<&'static str> {
    if plan.metrics.is_empty() {
        return JUDGED.to_vec();
    }
    // Named twice is judged once: the family is no larger for it.
    let is_first = |(position, name): &(usize, &&'static str)| !plan.metrics[..*position].contains(*name);
    plan.metrics.iter().enumerate().filter(is_first).map(|(_, name)| *name).collect()
}

/// All measures that are shown: those that are judged together first.
pub(super) fn shown(plan: &Plan) -> Vec<&'static str> {
    let judged = judged(plan);
    let beside = SHOWN.iter().copied().filter(|name| !judged.contains(name));
    judged.iter().copied().chain(beside).collect()
}

/// The smallest difference that matters, in the unit of the measure, where the reference has this value.
pub(super) fn matters(plan: &Plan, name: &str, reference: f64) -> f64 {
    let asked = plan.matters.iter().rev().find(|(of, _)| *of == name).map(|(_, matters)| *matters);
    match asked.unwrap_or_else(|| matters_by_default(name)) {
        Precision::Absolute(least) => least,
        Precision::Relative(share) => share * reference.abs(),
    }
}
