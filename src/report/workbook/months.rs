//! Calendar months: of the whole centre, of groups' hours, and of contracts.
//!
//! Adds nothing up. Invariant: every amount of a contract is the settlement's, to the cent.

use jiff::civil::Date;

use super::measures::{cells, headings, look};
use super::sheet::{Cell, Look, Sheet};
use crate::experiment::{ByMonth, Measures, Outcome};

pub(super) const WATERFALL: &str = "Waterfall";
const SETTLEMENT: &str = "Settlement";
pub(super) const MONTHS: &str = "Months";

/// From heads to handling.
const STEPS: [&str; 8] =
    ["heads", "fte", "paid_h", "present_h", "rostered_h", "available_h", "staffed_h", "busy_h"];

pub(super) const OF_PERIODS: [&str; 12] = [
    "offered",
    "entered",
    "answered",
    "abandoned",
    "abandonment",
    "service_level",
    "asa_s",
    "aht_s",
    "staffed_h",
    "busy_h",
    "occupancy",
    "cost_eur",
];

/// One row for each month.
pub(super) fn months(outcome: &Outcome) -> Sheet {
    let fixed = ["month".to_owned()];
    let mut sheet = Sheet::new(MONTHS, fixed.into_iter().chain(headings(&OF_PERIODS)));
    for row in &outcome.by_month {
        sheet.push([month(&row.label)].into_iter().chain(cells(&row.total, &OF_PERIODS)).collect());
    }
    sheet
}

/// From heads to handling, by group and month; `None` where no group has a shrinkage.
pub(super) fn waterfall(outcome: &Outcome) -> Option<Sheet> {
    let waterfall = outcome.waterfall.as_ref()?;
    let looks: Vec<(&str, Look)> = STEPS
        .iter()
        .map(|step| (*step, if matches!(*step, "heads" | "fte") { Look::Tenths } else { Look::Hours }))
        .collect();
    Some(by_month(WATERFALL, "group", &looks, &waterfall.groups, &waterfall.all))
}

/// What contracts with terms are paid, by month; `None` where there are none.
pub(super) fn settlement(outcome: &Outcome) -> Option<Sheet> {
    let settlement = outcome.settlement.as_ref()?;
    let of_one = |name: &'static str| (name, if name.ends_with("_eur") { Look::Cents } else { look(name) });
    let looks: Vec<(&str, Look)> = settlement.all.total.0.iter().map(|(name, _)| of_one(name)).collect();
    Some(by_month(SETTLEMENT, "contract", &looks, &settlement.contracts, &settlement.all))
}

/// Each name with its months and the whole run, all together at the top.
fn by_month(name: &'static str, of: &str, looks: &[(&str, Look)], named: &[ByMonth], all: &ByMonth) -> Sheet {
    let fixed = ["scope", of, "period", "month"].map(str::to_owned);
    let measured = looks.iter().flat_map(|(name, _)| [(*name).to_owned(), format!("± {name}")]);
    let mut sheet = Sheet::new(name, fixed.into_iter().chain(measured)).keeping(2);
    let values = |measures: &Measures| -> Vec<Cell> {
        let of_one = |(name, look): &(&str, Look)| {
            let estimate = measures.get(name);
            [Cell::mean(estimate, *look), Cell::half_width(estimate, *look)]
        };
        looks.iter().flat_map(of_one).collect()
    };
    let named = named.iter().map(|one| (of, one.name.as_str(), one));
    for (scope, name, one) in [("total", "", all)].into_iter().chain(named) {
        let mut push = |period: &str, month: Cell, measures: &Measures| {
            let fixed = [Cell::text(scope), Cell::text(name), Cell::text(period), month];
            sheet.push(fixed.into_iter().chain(values(measures)).collect());
        };
        push("horizon", Cell::Empty, &one.total);
        one.months.iter().for_each(|(label, measures)| push("month", month(label), measures));
    }
    sheet
}

/// `2026-03` as its first day, shown as a date.
fn month(label: &str) -> Cell {
    format!("{label}-01").parse::<Date>().map_or_else(|_| Cell::text(label), Cell::Date)
}
