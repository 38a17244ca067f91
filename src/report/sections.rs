//! Which measures the page shows of classes, sites and groups: a result in, neutral tables out.
//!
//! Formats no number. Invariant: the total row is the result's own total, never a sum made here.

use crate::experiment::{Measures, Named, Outcome};
use crate::stats::Estimate;

use super::basis::Basis;
use super::number::Unit;
use super::table::{Cell, Column, Row, Table};
use super::words;

/// By class: volume, service, handling, resolution.
#[must_use]
pub fn classes(outcome: &Outcome, basis: &Basis) -> Table {
    // Transfers and diversions enter a class and are not offered to it: what its shares are of must stand beside them.
    let any = |name| outcome.total.get(name).and_then(|e: &Estimate| e.mean).is_some_and(|mean| mean > 0.0);
    let has_transfers = any("transferred") || any("diverted_in");
    let mut measures = vec![
        ("offered", "offered".to_owned(), Unit::Count),
        ("entered", "entered".to_owned(), Unit::Count),
        ("abandonment", "abandoned".to_owned(), Unit::Share),
        ("service_level", basis.in_time(), Unit::Share),
        ("asa_s", "ASA".to_owned(), Unit::Seconds),
        ("answered_wait_s_p95", "p95".to_owned(), Unit::Seconds),
        ("aht_s", "AHT m:s".to_owned(), Unit::Clock),
        ("fcr", if has_transfers { "solved 1st" } else { "solved at 1st" }.to_owned(), Unit::Share),
    ];
    measures.retain(|(name, _, _)| has_transfers || *name != "entered");
    let columns = measures.iter().map(|(_, heading, unit)| Column::measure(heading.clone(), *unit)).collect();
    let mut table = Table::new(words::BY_CLASS, columns);
    let cells = |of: &Measures| measures.iter().map(|(name, _, _)| cell(of, name)).collect::<Vec<_>>();
    for class in &outcome.classes {
        table.push(Row { name: class.name.clone(), cells: cells(&class.measures) });
    }
    table.total = total(&outcome.classes, cells(&outcome.total));
    table
}

/// By site: hours, occupancy and cost, with who employs the agents.
#[must_use]
pub fn sites(outcome: &Outcome, basis: &Basis) -> Table {
    let mut columns = vec![Column::text("sourcing")];
    columns.extend(STAFFING.iter().map(|(_, heading, unit)| Column::measure(*heading, *unit)));
    let mut table = Table::new(words::BY_SITE, columns);
    let cells = |sourcing: &'static str, of: &Measures| {
        let mut cells = vec![Cell::Text(sourcing)];
        cells.extend(STAFFING.iter().map(|(name, _, _)| cell(of, name)));
        cells
    };
    for site in &outcome.sites {
        table.push(Row { name: site.name.clone(), cells: cells(basis.sourcing(&site.name), &site.measures) });
    }
    table.total = total(&outcome.sites, cells("", &outcome.total));
    table
}

/// By group.
#[must_use]
pub fn groups(outcome: &Outcome) -> Table {
    let mut measures = vec![
        ("answered", "answered", Unit::Count),
        ("staffed_h", "logged in", Unit::Hours),
        ("occupancy", "occupancy", Unit::Share),
        ("aht_s", "AHT m:s", Unit::Clock),
    ];
    if has_cost(outcome) {
        measures.push(("cost_eur", "cost", Unit::Euros));
    }
    let columns = measures.iter().map(|(_, heading, unit)| Column::measure(*heading, *unit)).collect();
    let mut table = Table::new(words::BY_GROUP, columns);
    let cells = |of: &Measures| measures.iter().map(|(name, _, _)| cell(of, name)).collect::<Vec<_>>();
    for group in &outcome.groups {
        table.push(Row { name: group.name.clone(), cells: cells(&group.measures) });
    }
    table.total = total(&outcome.groups, cells(&outcome.total));
    table
}

/// From heads to handling by group; without rows where no group has a shrinkage.
#[must_use]
pub fn waterfall(outcome: &Outcome) -> Table {
    const STEPS: [(&str, &str, Unit); 8] = [
        ("heads", "heads", Unit::Count),
        ("fte", "FTE", Unit::Count),
        ("paid_h", "paid", Unit::Hours),
        ("present_h", "present", Unit::Hours),
        ("rostered_h", "rostered", Unit::Hours),
        ("available_h", "logged in", Unit::Hours),
        ("staffed_h", "on calls", Unit::Hours),
        ("busy_h", "handling", Unit::Hours),
    ];
    let columns = STEPS.iter().map(|(_, heading, unit)| Column::measure(*heading, *unit)).collect();
    let mut table = Table::new(words::HOURS, columns);
    let Some(waterfall) = &outcome.waterfall else { return table };
    let cells = |of: &Measures| STEPS.iter().map(|(name, _, _)| cell(of, name)).collect::<Vec<_>>();
    for group in &waterfall.groups {
        table.push(Row { name: group.name.clone(), cells: cells(&group.total) });
    }
    if waterfall.groups.len() > 1 {
        table.total = Some(Row { name: words::ALL.to_owned(), cells: cells(&waterfall.all.total) });
    }
    table
}

/// The state at the instants that the scenario names; without rows where it names none.
#[must_use]
pub fn snapshots(outcome: &Outcome) -> Table {
    const STATE: [(&str, &str, Unit); 4] = [
        ("waiting", "waiting", Unit::CountEach),
        ("busy", "busy", Unit::CountEach),
        ("staffed", "logged in", Unit::CountEach),
        ("all_busy", "all busy", Unit::Share),
    ];
    let columns = STATE.iter().map(|(_, heading, unit)| Column::measure(*heading, *unit)).collect();
    let mut table = Table::new(words::AT_INSTANT, columns);
    for row in &outcome.snapshots {
        let cells = STATE.iter().map(|(name, _, _)| cell(&row.total, name)).collect();
        table.push(Row { name: row.label.clone(), cells });
    }
    table
}

/// The worst days, what they lack and why; without rows where there are none.
#[must_use]
pub fn worst_days(outcome: &Outcome, basis: &Basis) -> Table {
    let mut columns = vec![
        Column::measure(basis.in_time(), Unit::Share),
        Column::measure("abandoned", Unit::Share),
        Column::measure("h short", Unit::Hours),
        Column::measure("by volume", Unit::Hours),
        Column::measure("by absence", Unit::Hours),
        Column::measure("misfit", Unit::Hours),
    ];
    columns.push(Column::text("why"));
    let mut table = Table::new(words::WORST_DAYS, columns);
    for day in &outcome.worst_days {
        // A day of all replications together has no interval of its own.
        let number = |value| Cell::Estimate(Estimate { mean: Some(value), half_width: None, n: 1 });
        let mut cells: Vec<Cell> = [
            day.service_level,
            day.abandonment,
            day.hours_short,
            day.hours_by_volume,
            day.hours_by_absence,
            day.hours_by_misfit,
        ]
        .map(number)
        .into();
        cells.push(Cell::Text(day.reason.map_or("", words::reason)));
        table.push(Row { name: day.label.clone(), cells });
    }
    table
}

const STAFFING: [(&str, &str, Unit); 4] = [
    ("staffed_h", "logged in", Unit::Hours),
    ("occupancy", "occupancy", Unit::Share),
    ("cost_per_minute_eur", "a handled min", Unit::EurosEach),
    ("cost_eur", "cost", Unit::Euros),
];

/// A scenario without prices has no cost to show.
pub(super) fn has_cost(outcome: &Outcome) -> bool {
    outcome.total.get("cost_eur").is_some_and(|cost| cost.mean.is_some_and(|mean| mean > 0.0))
}

/// All rows together say more than the rows only where there are several.
fn total(rows: &[Named], cells: Vec<Cell>) -> Option<Row> {
    (rows.len() > 1).then(|| Row { name: words::ALL.to_owned(), cells })
}

fn cell(measures: &Measures, name: &str) -> Cell {
    Cell::Estimate(measures.get(name).copied().unwrap_or(Estimate { mean: None, half_width: None, n: 0 }))
}
