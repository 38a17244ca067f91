//! A sweep for people and for machines: one row per point, or one per point and estimate.
//!
//! Chooses no point as the best. Invariant: numbers for machines are the shortest text that reads back as the same number.

use std::io;

use serde::Serialize;

use super::number::Unit;
use super::paint::Paint;
use super::table::{Cell, Column, Row, Table};
use super::{text, words};
use crate::stats::Estimate;
use crate::sweep::{Plan, Record};

/// Shown unless others are asked for; cost only where there is any.
const USUAL: [&str; 5] = ["service_level", "abandonment", "asa_s", "occupancy", "cost_eur"];

/// Bars of the first measure, from nothing to the largest value.
const BARS: [&str; 13] = [
    "",
    "█",
    "██",
    "███",
    "████",
    "█████",
    "██████",
    "███████",
    "████████",
    "█████████",
    "██████████",
    "███████████",
    "████████████",
];

/// The page: a row for each point that is there, with `measures` or the usual ones, and a bar for the first of them.
///
/// `records` has one entry per point of the plan, `None` for those that have not run.
#[must_use]
pub fn sweep_page(
    plan: &Plan,
    records: &[Option<Record>],
    measures: &[&str],
    paint: Paint,
    columns: usize,
) -> String {
    let grid = plan.grid();
    let done = || records.iter().enumerate().filter_map(|(point, record)| Some((point, record.as_ref()?)));
    let title = words::sweep_of(&plan.scenario, grid.len(), done().count(), &plan.replications, plan.seed);
    let mut lines = text::wrapped(&title, columns, 2);
    lines.push(String::new());
    lines.extend(plan.vary.iter().flat_map(|axis| {
        let values = axis.values.join(", ");
        text::wrapped(&format!("{} = {values}", axis.path), columns, 2)
    }));
    lines.push(String::new());

    let has = |name: &str| {
        done().any(|(_, record)| record.total(name).and_then(|e| e.mean).is_some_and(|mean| mean > 0.0))
    };
    let usual = || USUAL.into_iter().filter(|name| *name != "cost_eur" || has(name)).collect();
    let shown: Vec<&str> = if measures.is_empty() { usual() } else { measures.to_vec() };
    let has_verdict = done().any(|(_, record)| record.verdict().is_some());
    let mut heads: Vec<Column> =
        shown.iter().map(|name| Column::measure(words::sweep_heading(name), Unit::of(name))).collect();
    if has_verdict {
        heads.push(Column::text(words::SWEEP_TARGETS));
    }
    heads.push(Column::text(""));
    let missing = |record: &Record| Estimate::missing(record.rows.first().map_or(0, |row| row.3.n));
    let of = |record: &Record, name: &str| record.total(name).copied().unwrap_or_else(|| missing(record));
    let height = |record: &Record| of(record, shown[0]).mean.unwrap_or(0.0).max(0.0);
    let highest = done().map(|(_, record)| height(record)).fold(0.0, f64::max);
    let mut table = Table::new(words::BY_POINT, heads);
    for (point, record) in done() {
        let mut cells: Vec<Cell> = shown.iter().map(|name| Cell::Estimate(of(record, name))).collect();
        if has_verdict {
            cells.push(Cell::Text(words::sweep_verdict(record.verdict())));
        }
        let share = if highest > 0.0 { height(record) / highest } else { 0.0 };
        cells.push(Cell::Text(BARS[(share * (BARS.len() - 1) as f64).round() as usize]));
        table.push(Row { name: grid.values(point).join(" · "), cells });
    }
    lines.extend(text::table(&table, columns, paint));
    lines.push(String::new());
    lines.extend(words::SWEEP_NOTES.iter().flat_map(|note| text::wrapped(note, columns, 2)));
    lines.join("\n") + "\n"
}

/// Tidy: point, its values, scope, name, metric, estimate.
///
/// # Errors
/// If `out` does.
pub fn write_sweep_csv(out: &mut dyn io::Write, plan: &Plan, records: &[Option<Record>]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let paths = plan.vary.iter().map(|axis| axis.path.as_str());
    let header =
        ["point"].into_iter().chain(paths).chain(["scope", "name", "metric", "mean", "half_width", "n"]);
    writer.write_record(header).map_err(io::Error::other)?;
    let grid = plan.grid();
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value}"));
    for (point, record) in records.iter().enumerate() {
        for (scope, name, metric, of) in record.iter().flat_map(|record| &record.rows) {
            let point_number = point.to_string();
            let numbers = [number(of.mean), number(of.half_width), of.n.to_string()];
            let fields = std::iter::once(point_number.as_str())
                .chain(grid.values(point))
                .chain([scope.as_str(), name, metric])
                .chain(numbers.iter().map(String::as_str));
            writer.write_record(fields).map_err(io::Error::other)?;
        }
    }
    writer.flush()
}

#[derive(Serialize)]
struct SweepJson<'a> {
    plan: &'a Plan,
    points: Vec<PointJson<'a>>,
}

#[derive(Serialize)]
struct PointJson<'a> {
    point: usize,
    values: Vec<&'a str>,
    estimates: Vec<EstimateJson<'a>>,
}

#[derive(Serialize)]
struct EstimateJson<'a> {
    scope: &'a str,
    name: &'a str,
    metric: &'a str,
    mean: Option<f64>,
    half_width: Option<f64>,
    n: u32,
}

impl<'a> EstimateJson<'a> {
    fn of((scope, name, metric, of): &'a (String, String, String, Estimate)) -> Self {
        Self { scope, name, metric, mean: of.mean, half_width: of.half_width, n: of.n }
    }
}

/// The plan, then every point that is there with every estimate.
///
/// # Errors
/// If `out` does.
pub fn write_sweep_json(out: &mut dyn io::Write, plan: &Plan, records: &[Option<Record>]) -> io::Result<()> {
    let grid = plan.grid();
    let points = (records.iter().enumerate())
        .filter_map(|(point, record)| {
            let estimates = record.as_ref()?.rows.iter().map(EstimateJson::of).collect();
            Some(PointJson { point, values: grid.values(point), estimates })
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &SweepJson { plan, points })?;
    writeln!(out)
}
