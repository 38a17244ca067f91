//! The words of a comparison.
//!
//! Decides nothing. Invariant: a word here is the glossary's word.

use crate::experiment::{BorneBy, Finding, Side, Trait};

pub(super) const OPTIONS: &str = "OPTIONS";
pub(super) const TARGETS: &str = "TARGETS";
pub(super) const DIFFERENCE: &str = "difference";
pub(super) const VERDICT: &str = "verdict";
pub(super) const BESIDE: &str = "beside, each judged by itself";
pub(super) const HOW_SURE: &str = "HOW SURE";
pub(super) const MEAN_IS_BETTER: &str = "mean is better";
pub(super) const BETTER_IN: &str = "better in";
pub(super) const YEARS_BETTER: &str = "years better";
pub(super) const PAIRING: &str = "same customers save";
pub(super) const BEST: &str = "BEST";
pub(super) const COST: &str = "COST";
pub(super) const CUSTOMERS: &str = "CUSTOMERS";
pub(super) const BY_CLASS: &str = "BY CLASS";
pub(super) const NO_TARGETS: &str = "no targets: service is judged by its difference alone; a bound: [target] service_level = { at_least = 0.8 }";
pub(super) const ALIKE_MEANS: &str = "alike: no difference that matters, its whole interval lies within";
pub(super) const OPEN_MEANS: &str =
    "not decided: the interval holds 0 and reaches beyond what matters; neither is shown";
pub(super) const SIDELESS_MEANS: &str = "higher, lower: neither is better by itself";
pub(super) const SURE_MEANS: &str =
    "mean is better: confidence, one-sided paired t; then in how many runs with the same customers";
pub(super) const ALONE_MEANS: &str = "beside, under COST and BY CLASS each ± holds by itself";
pub(super) const SAVES_MEANS: &str =
    "same customers save: an unpaired comparison would need so many times the replications";
pub(super) const QUANTILES: &str =
    "difference of a percentile: linearised, with the slope that its own interval shows";

/// A measure on the page, with its unit.
pub(in crate::report) fn measure(name: &str, in_time: &str) -> String {
    match name {
        "service_level" => format!("answered {in_time}"),
        "abandonment" => "abandoned".to_owned(),
        "asa_s" => "mean wait (ASA)".to_owned(),
        "answered_wait_s_p90" => "90 % wait at most".to_owned(),
        "occupancy" => "occupancy".to_owned(),
        "offered" => "contacts offered".to_owned(),
        "contacts_per_case" => "contacts a case".to_owned(),
        "fcr" => "solved at 1st".to_owned(),
        "cost_eur" => "cost".to_owned(),
        "cost_per_answered_eur" => "an answered call".to_owned(),
        "cost_per_resolved_eur" => "a solving call".to_owned(),
        other => other.to_owned(),
    }
}

/// The same in a sentence.
pub(in crate::report) fn in_a_sentence(name: &str, in_time: &str) -> String {
    match name {
        "service_level" => format!("answered {in_time}"),
        "asa_s" => "mean wait".to_owned(),
        _ => measure(name, in_time),
    }
}

/// A verdict in a table.
pub(super) fn verdict(finding: Option<Finding>) -> &'static str {
    match finding {
        Some(Finding::Better) => "better",
        Some(Finding::Worse) => "worse",
        Some(Finding::Higher) => "higher",
        Some(Finding::Lower) => "lower",
        Some(Finding::NoDifferenceThatMatters) => "alike",
        Some(Finding::NotDecided { .. }) => "not decided",
        Some(Finding::Identical) => "identical",
        None => "–",
    }
}

/// The same for machines.
pub(super) fn verdict_name(finding: Finding) -> &'static str {
    match finding {
        Finding::Better => "better",
        Finding::Worse => "worse",
        Finding::Higher => "higher",
        Finding::Lower => "lower",
        Finding::NoDifferenceThatMatters => "no_difference_that_matters",
        Finding::NotDecided { .. } => "not_decided",
        Finding::Identical => "identical",
    }
}

/// A side for machines.
pub(super) fn side_name(side: Side) -> &'static str {
    match side {
        Side::Better => "better",
        Side::Worse => "worse",
        Side::Same => "no_difference_that_matters",
        Side::Mixed => "mixed",
        Side::NotDecided => "not_decided",
        Side::Unknown => "unknown",
    }
}

/// Service and cost of an option in a few words.
pub(super) fn reading(service: Side, cost: Side) -> String {
    let service = match service {
        Side::Better => "better service",
        Side::Worse => "worse service",
        Side::Same => "same service",
        Side::Mixed => "service better here, worse there",
        Side::NotDecided => "service not decided",
        Side::Unknown => "service not judged",
    };
    let cost = match cost {
        Side::Better => ", cheaper",
        Side::Worse => ", dearer",
        Side::Same => ", same cost",
        Side::Mixed => ", cost mixed",
        Side::NotDecided => ", cost not decided",
        Side::Unknown => "",
    };
    format!("{service}{cost}")
}

/// What customers bring.
pub(super) fn trait_name(of: Trait) -> &'static str {
    match of {
        Trait::Patience => "patience",
        Trait::Talk => "talk time",
        Trait::AfterCallWork => "after-call work",
    }
}

/// Who bears a cost.
pub(super) fn bearer(by: BorneBy) -> &'static str {
    match by {
        BorneBy::InHouse => "in-house",
        BorneBy::Partners => "partners",
        BorneBy::WithoutSite => "groups without a site",
    }
}

/// The same for machines.
pub(super) fn bearer_name(by: BorneBy) -> &'static str {
    match by {
        BorneBy::InHouse => "in_house",
        BorneBy::Partners => "partners",
        BorneBy::WithoutSite => "without_site",
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(in crate::report) fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
