//! The workbook of one result: which sheets and charts it has.
//!
//! Invariant: numbers are those of JSON and CSV, unrounded; formats round what is seen.

use std::io;

use super::assumptions::{Assumptions, assumptions};
use super::chart::{Drawing, Floor, Kind, Series};
use super::sheet::{Cell, Look, MOST_ROWS, Sheet};
use super::{book, months, named, periods, summary};
use crate::experiment::{Grain, Outcome};
use crate::report::Basis;
use crate::scenario::Scenario;

/// Writes the workbook of a result.
///
/// # Errors
/// If `out` does, or a sheet would have more rows than the format allows.
pub fn write_workbook(
    out: &mut dyn io::Write,
    outcome: &Outcome,
    scenario: &Scenario,
    basis: &Basis,
    rests_on: &Assumptions,
) -> io::Result<()> {
    let mut sheets = vec![summary::summary(outcome, basis), assumptions(rests_on)];
    sheets.extend(months::waterfall(outcome));
    sheets.push(periods::week(outcome, scenario));
    sheets.push(periods::days(outcome, scenario));
    sheets.extend(periods::worst_days(outcome));
    if !outcome.by_month.is_empty() {
        sheets.push(months::months(outcome));
    }
    sheets.push(named::classes(outcome));
    sheets.push(named::groups(outcome));
    sheets.push(named::cost(outcome, basis));
    sheets.extend(months::settlement(outcome));
    sheets.push(named::cases(outcome));
    sheets.push(named::replications(outcome));
    sheets.extend(periods::intervals(outcome));
    sheets.push(summary::definitions(Some(basis)));
    let drawings = drawings(&sheets, scenario);
    book::write(out, &outcome.manifest.scenario, sheets, &drawings)
}

/// The sheet that would have more rows than a workbook allows, and how many; `None` if all fit.
#[must_use]
pub fn too_many_rows(scenario: &Scenario, grain: Grain) -> Option<(&'static str, usize)> {
    let almanac = &scenario.almanac;
    let rows_each = 1 + scenario.classes.len();
    let week = 1 + rows_each * 7 * almanac.slots_per_day;
    let intervals = match grain {
        Grain::TypicalWeek => 0,
        Grain::EveryInterval => {
            1 + (rows_each + scenario.groups.len()) * (almanac.n_intervals() - almanac.first_counted())
        }
    };
    [("Week", week), ("Intervals", intervals)].into_iter().find(|(_, rows)| *rows > MOST_ROWS)
}

/// The charts that the sheets can bear.
fn drawings(sheets: &[Sheet], scenario: &Scenario) -> Vec<Drawing> {
    let rows = |name: &str, scope: Option<&str>| {
        let sheet = sheets.iter().find(|sheet| sheet.name == name)?;
        let is_of = |row: &Vec<Cell>| scope.is_none_or(|scope| row.first() == Some(&Cell::text(scope)));
        let first = sheet.rows.iter().position(is_of)?;
        let n = sheet.rows[first..].iter().take_while(|row| is_of(row)).count();
        Some(first..first + n)
    };
    let drawing = |question: &str, sheet, scope, names, series, y_look| {
        Some(Drawing {
            question: question.to_owned(),
            kind: Kind::Columns,
            sheet,
            rows: rows(sheet, scope)?,
            names: str::to_owned(names),
            series,
            x_axis: String::new(),
            y_axis: String::new(),
            y_look,
            floor: Floor::Zero,
            dates: None,
            labels_every: 1,
        })
    };
    let per_day = scenario.almanac.slots_per_day as u16;
    let with = |drawing: Option<Drawing>, kind, [x, y]: [&str; 2], labels_every: u16| {
        drawing.map(|drawing| Drawing {
            kind,
            x_axis: x.to_owned(),
            y_axis: y.to_owned(),
            labels_every: labels_every.max(1),
            ..drawing
        })
    };
    let with_half_width = |heading: &'static str, label, half_width: &'static str| {
        vec![Series::new(heading, label, Some(half_width))]
    };
    let in_time = "answered in time";
    let week = drawing(
        "Are as many agents logged in as are required, over the typical week?",
        periods::WEEK,
        Some("total"),
        "period",
        vec![Series::new("logged in", "logged in", None), Series::new("required", "required", None)],
        Look::Count,
    );
    let hours = drawing(
        "When in the week are calls answered in time?",
        periods::WEEK,
        Some("total"),
        "period",
        with_half_width("service_level", in_time, "± service_level"),
        Look::Share,
    );
    let days = drawing(
        "On which days are calls answered in time, and how far do replications lie apart?",
        periods::DAYS,
        None,
        "day",
        vec![
            Series::new("service_level", "mean", None),
            Series::bound("service_level lowest", "lowest replication"),
            Series::bound("service_level highest", "highest replication"),
        ],
        Look::Share,
    );
    let days = days.map(|days| Drawing { dates: scenario.almanac.is_dated.then_some("d mmm"), ..days });
    let n_days = days.as_ref().map_or(1, |days| days.rows.len());
    let months = drawing(
        "How many calls come in each month?",
        months::MONTHS,
        None,
        "month",
        with_half_width("offered", "offered", "± offered"),
        Look::Count,
    );
    let months = months.map(|months| Drawing { dates: Some("mmm yyyy"), ..months });
    let classes = |question, heading, label, half_width, look| {
        let series = with_half_width(heading, label, half_width);
        drawing(question, named::CLASSES, Some("class"), "class", series, look)
    };
    let groups = drawing(
        "How busy is each group?",
        named::GROUPS,
        Some("group"),
        "group",
        with_half_width("occupancy", "occupancy", "± occupancy"),
        Look::Share,
    );
    let cost = |scope| {
        let series = with_half_width("cost_eur", "cost", "± cost_eur");
        drawing("What does each site cost?", named::COST, Some(scope), "name", series, Look::Euros)
    };
    let has_cost = sheets.iter().any(|sheet| {
        sheet.name == named::COST
            && matches!(sheet.rows.first().and_then(|row| row.get(3)), Some(Cell::Number(..)))
    });
    let waterfall = drawing(
        "Where do paid hours go, month by month?",
        months::WATERFALL,
        Some("total"),
        "month",
        vec![
            Series::new("paid_h", "paid", Some("± paid_h")),
            Series::new("staffed_h", "on calls", Some("± staffed_h")),
            Series::new("busy_h", "handling", Some("± busy_h")),
        ],
        Look::Count,
    );
    // The first row of each name is the whole run.
    let waterfall = waterfall
        .map(|drawing| Drawing {
            rows: drawing.rows.start + 1..drawing.rows.end,
            dates: Some("mmm yyyy"),
            ..drawing
        })
        .filter(|drawing| !drawing.rows.is_empty());
    [
        with(week, Kind::Lines, ["weekday and time", "agents"], per_day),
        with(hours, Kind::Lines, ["weekday and time", "share answered in time"], per_day),
        with(days, Kind::Lines, ["day", "share answered in time"], (n_days / 12) as u16),
        with(months, Kind::Columns, ["month", "contacts offered"], 1),
        with(
            classes(
                "Whose calls are answered in time?",
                "service_level",
                in_time,
                "± service_level",
                Look::Share,
            ),
            Kind::Columns,
            ["class", "share answered in time"],
            1,
        ),
        with(
            classes("Whose customers give up?", "abandonment", "abandoned", "± abandonment", Look::Share),
            Kind::Columns,
            ["class", "share abandoned"],
            1,
        ),
        with(groups, Kind::Columns, ["group", "handling ÷ logged in"], 1),
        with(cost("site").filter(|_| has_cost), Kind::Columns, ["site", "EUR"], 1),
        with(waterfall, Kind::Columns, ["month", "hours"], 1),
    ]
    .into_iter()
    .flatten()
    .collect()
}
