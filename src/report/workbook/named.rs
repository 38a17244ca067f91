//! By class, group and site: one row for all and one for each name.
//!
//! Adds nothing up. Invariant: the first row is the result's own total.

use super::measures::{cells, headings, look};
use super::sheet::{Cell, Sheet};
use crate::experiment::{Measures, Named, Outcome};
use crate::measure::{Level, METRICS, metric};
use crate::report::Basis;

pub(super) const CLASSES: &str = "Classes";
pub(super) const GROUPS: &str = "Groups";
pub(super) const COST: &str = "Cost";
const CASES: &str = "Cases";
const REPLICATIONS: &str = "Replications";

pub(super) const OF_CLASSES: [&str; 24] = [
    "offered",
    "fresh",
    "redialled",
    "repeated",
    "entered",
    "answered",
    "abandoned",
    "blocked",
    "abandonment",
    "service_level",
    "in_time",
    "service_level_base",
    "asa_s",
    "answered_wait_s_p50",
    "answered_wait_s_p90",
    "answered_wait_s_p95",
    "wait_s",
    "aht_s",
    "talk_s",
    "acw_s",
    "handling_h",
    "transferred_out",
    "fcr",
    "contacts_per_case",
];
const OF_GROUPS: [&str; 13] = [
    "answered",
    "planned_h",
    "staffed_h",
    "busy_h",
    "occupancy",
    "over_90_share",
    "aht_s",
    "talk_s",
    "acw_s",
    "transferred_out",
    "resolved",
    "paid_h",
    "cost_eur",
];
pub(super) const OF_COST: [&str; 8] = [
    "paid_h",
    "staffed_h",
    "busy_h",
    "cost_eur",
    "surcharge_eur",
    "cost_per_answered_eur",
    "cost_per_resolved_eur",
    "cost_per_minute_eur",
];

fn table(name: &'static str, of: &str, metrics: &[&str], total: &Measures, named: &[Named]) -> Sheet {
    let fixed = ["scope".to_owned(), of.to_owned()];
    let mut sheet = Sheet::new(name, fixed.into_iter().chain(headings(metrics))).keeping(2);
    let row = |scope: &str, name: &str, measures: &Measures| {
        [Cell::text(scope), Cell::text(name)].into_iter().chain(cells(measures, metrics)).collect()
    };
    sheet.push(row("total", "", total));
    named.iter().for_each(|one| sheet.push(row(of, &one.name, &one.measures)));
    sheet
}

pub(super) fn classes(outcome: &Outcome) -> Sheet {
    table(CLASSES, "class", &OF_CLASSES, &outcome.total, &outcome.classes)
}

pub(super) fn groups(outcome: &Outcome) -> Sheet {
    table(GROUPS, "group", &OF_GROUPS, &outcome.total, &outcome.groups)
}

/// What all cost, then sites with who employs their agents, then groups, then business units: three ways to cut the same sum.
pub(super) fn cost(outcome: &Outcome, basis: &Basis) -> Sheet {
    let fixed = ["scope", "name", "sourcing", "share of cost"].map(str::to_owned);
    let mut sheet = Sheet::new(COST, fixed.into_iter().chain(headings(&OF_COST))).keeping(2);
    let of = |measures: &Measures| measures.get("cost_eur").and_then(|cost| cost.mean);
    let all = of(&outcome.total).filter(|all| *all > 0.0);
    let row = |scope: &str, name: &str, sourcing: &str, measures: &Measures| {
        let share = of(measures).zip(all).map(|(cost, all)| cost / all);
        let share = Cell::number(share, super::sheet::Look::Share);
        let fixed = [Cell::text(scope), Cell::text(name), Cell::text(sourcing), share];
        fixed.into_iter().chain(cells(measures, &OF_COST)).collect()
    };
    sheet.push(row("total", "", "", &outcome.total));
    for (scope, named) in
        [("site", &outcome.sites), ("group", &outcome.groups), ("business_unit", &outcome.business_units)]
    {
        for one in named {
            let sourcing = if scope == "site" { basis.sourcing(&one.name) } else { "" };
            sheet.push(row(scope, &one.name, sourcing, &one.measures));
        }
    }
    sheet
}

/// Case measures, by class of the first contact.
pub(super) fn cases(outcome: &Outcome) -> Sheet {
    let metrics: Vec<&str> =
        METRICS.iter().filter(|metric| metric.level == Level::Case).map(|metric| metric.name).collect();
    table(CASES, "class", &metrics, &outcome.total, &outcome.classes)
}

/// One row for each replication.
pub(super) fn replications(outcome: &Outcome) -> Sheet {
    let names: Vec<&str> = (outcome.each.first())
        .map(|first| first.values.iter().map(|(name, _)| *name).collect())
        .unwrap_or_default();
    debug_assert!(names.iter().all(|name| metric(name).is_some()));
    let fixed = ["replication", "contacts simulated"];
    let mut sheet = Sheet::new(REPLICATIONS, fixed.into_iter().chain(names));
    for one in &outcome.each {
        let fixed = [Cell::count(one.index), Cell::count(one.contacts as f64)];
        let values = one.values.iter().map(|(name, value)| Cell::number(*value, look(name)));
        sheet.push(fixed.into_iter().chain(values).collect());
    }
    sheet
}
