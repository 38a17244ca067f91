//! The workbook of a sweep: a row for each point that is there.
//!
//! Chooses no point as the best. Invariant: numbers are those of the sweep's CSV.

use std::io;

use super::chart::{Drawing, Floor, Kind, Series};
use super::measures::{headings, look, of_estimate};
use super::sheet::{Cell, Look, Sheet};
use super::{book, summary};
use crate::measure::METRICS;
use crate::sweep::{Plan, Record};

const POINTS: &str = "Points";

/// Writes the workbook of a sweep; `records` has one entry per point of the plan, `None` for those that have not run.
///
/// # Errors
/// If `out` does.
pub fn write_sweep_workbook(
    out: &mut dyn io::Write,
    plan: &Plan,
    records: &[Option<Record>],
) -> io::Result<()> {
    let sheet = points(plan, records);
    let drawings = drawings(plan, &sheet);
    book::write(out, &plan.scenario, vec![sheet, summary::definitions(None)], &drawings)
}

fn points(plan: &Plan, records: &[Option<Record>]) -> Sheet {
    let grid = plan.grid();
    let done = || records.iter().enumerate().filter_map(|(point, record)| Some((point, record.as_ref()?)));
    let metrics: Vec<&str> = METRICS
        .iter()
        .map(|metric| metric.name)
        .filter(|name| done().any(|(_, record)| record.total(name).is_some()))
        .collect();
    let axes = plan.vary.iter().map(|axis| axis.path.clone());
    let fixed =
        ["point".to_owned()].into_iter().chain(axes).chain(["replications".to_owned(), "targets".to_owned()]);
    let mut sheet = Sheet::new(POINTS, fixed.chain(headings(&metrics))).keeping(1 + plan.vary.len());
    for (point, record) in done() {
        let mut row = vec![Cell::count(point as f64)];
        row.extend(grid.values(point).into_iter().map(|text| match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Cell::Number(number, Look::Plain),
            _ => Cell::text(text),
        }));
        let n = plan.replications.get(point).copied();
        row.push(Cell::number(n.map(f64::from), Look::Count));
        row.push(record.verdict().map_or(Cell::Empty, |verdict| Cell::text(summary::verdict(Some(verdict)))));
        row.extend(metrics.iter().flat_map(|metric| of_estimate(record.total(metric), metric)));
        sheet.push(row);
    }
    sheet
}

/// Curves over the one axis; of several each point stands for itself.
fn drawings(plan: &Plan, sheet: &Sheet) -> Vec<Drawing> {
    let names = match plan.vary.as_slice() {
        [one] => one.path.clone(),
        _ => "point".to_owned(),
    };
    let of_metric = |(metric, question): (&'static str, &str)| {
        sheet.column(metric)?;
        Some(Drawing {
            question: question.to_owned(),
            kind: Kind::Lines,
            sheet: sheet.name,
            rows: 0..sheet.rows.len(),
            names: names.clone(),
            series: vec![Series::new(metric, metric, Some(&format!("± {metric}")))],
            x_axis: names.clone(),
            y_axis: metric.to_owned(),
            y_look: look(metric),
            floor: Floor::Zero,
            dates: None,
            labels_every: 1,
        })
    };
    [
        ("service_level", "How many calls are answered in time at each point?"),
        ("abandonment", "How many customers give up at each point?"),
        ("asa_s", "How long do answered customers wait at each point?"),
        ("cost_eur", "What does each point cost?"),
    ]
    .into_iter()
    .filter_map(of_metric)
    .collect()
}
