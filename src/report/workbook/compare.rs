//! The workbook of a comparison: each scenario, each difference with its verdict, and what the scenarios rest on side by side.
//!
//! Judges nothing. Invariant: the sheet of differences holds the rows of the CSV, in their order.

use std::io;

use super::assumptions::{Assumptions, value};
use super::chart::{Drawing, Floor, Kind, Series};
use super::measures::{cells, headings, look};
use super::sheet::{Cell, Look, Sheet};
use super::{book, named, summary};
use crate::experiment::{AgainstReference, Comparison, Difference};
use crate::measure::{METRICS, Metric, metric};
use crate::report::compare::{Field, difference_rows, verdict_word};
use crate::report::{Basis, words};

const DIFFERENCES: &str = "Differences";
const MEASURES: &str = "Measures";
const TARGETS: &str = "Targets";
const NOTES: &str = "Notes";

/// Writes the workbook of a comparison; `rests_on` has one entry per scenario.
///
/// # Errors
/// If `out` does, or a sheet would have more rows than the format allows.
pub fn write_comparison_workbook(
    out: &mut dyn io::Write,
    comparison: &Comparison,
    basis: &Basis,
    files: &[String],
    rests_on: &[Assumptions],
) -> io::Result<()> {
    let summary = summary(comparison, files);
    let drawings = drawings(comparison, &summary);
    let sheets = vec![
        summary,
        differences(comparison, files),
        measures(comparison, files),
        targets(comparison, files),
        by_name(named::CLASSES, "class", &named::OF_CLASSES, comparison, files),
        by_name(named::COST, "site", &named::OF_COST, comparison, files),
        assumptions(comparison, files, rests_on),
        notes(comparison, basis),
        summary::definitions(Some(basis)),
    ];
    let title = files.get(comparison.reference).map_or("", String::as_str);
    book::write(out, title, sheets, &drawings)
}

fn option(comparison: &Comparison, scenario: usize) -> Option<&AgainstReference> {
    comparison.options.iter().find(|option| option.scenario == scenario)
}

/// The headings of a measure's difference.
fn of_difference(metric: &str) -> [String; 3] {
    [format!("difference of {metric}"), format!("± difference of {metric}"), format!("verdict on {metric}")]
}

/// One row for each scenario with the measures that are judged together.
fn summary(comparison: &Comparison, files: &[String]) -> Sheet {
    let judged = &comparison.family.metrics;
    let fixed = ["scenario", "title", "role", "scale.staffing", "targets"].map(str::to_owned);
    let measured =
        judged.iter().flat_map(|metric| headings(&[metric]).into_iter().chain(of_difference(metric)));
    let mut sheet = Sheet::new(summary::SUMMARY, fixed.into_iter().chain(measured));
    for (i, (scenario, file)) in comparison.scenarios.iter().zip(files).enumerate() {
        let against = option(comparison, i);
        let role = match against {
            None => "reference",
            Some(against) if against.is_identical => "identical to the reference",
            Some(_) => "option",
        };
        let targets = scenario.targets.iter();
        let targets: Vec<String> = targets
            .map(|target| format!("{}: {}", target.name(), summary::verdict(target.verdict)))
            .collect();
        let targets = if targets.is_empty() { "none".to_owned() } else { targets.join(", ") };
        let mut row = vec![
            Cell::text(&**file),
            Cell::text(&*scenario.name),
            Cell::text(role),
            Cell::number(scenario.staffing, Look::Plain),
            Cell::text(targets),
        ];
        for metric in judged {
            row.extend(cells(&scenario.total, &[metric]));
            let found =
                against.and_then(|against| against.differences.iter().find(|one| one.metric == *metric));
            row.extend(difference(found));
        }
        sheet.push(row);
    }
    sheet
}

/// The difference as it is judged.
fn difference(one: Option<&Difference>) -> [Cell; 3] {
    let Some(one) = one else { return [Cell::Empty, Cell::Empty, Cell::Empty] };
    let (look, judged) = (look(one.metric), one.as_judged());
    [
        Cell::mean(Some(&judged), look),
        Cell::half_width(Some(&judged), look),
        Cell::text(verdict_word(one.finding)),
    ]
}

/// Every difference, as in the CSV.
fn differences(comparison: &Comparison, files: &[String]) -> Sheet {
    let (headings, rows) = difference_rows(comparison, files);
    let mut sheet = Sheet::new(DIFFERENCES, headings.iter().copied()).keeping(5);
    for row in rows {
        let metric = row.iter().zip(headings).find(|(_, heading)| **heading == "metric");
        let metric = metric.map_or("", |(field, _)| field.as_str());
        let of_measure = look(metric);
        let cells = row.iter().zip(headings).map(|(field, heading)| match Field::of(heading) {
            Field::Text => Cell::text(&**field),
            Field::InItsUnit => Cell::number(field.parse().ok(), of_measure),
            Field::Share => Cell::number(field.parse().ok(), Look::Share),
            Field::Count => Cell::number(field.parse().ok(), Look::Count),
        });
        sheet.push(cells.collect());
    }
    sheet
}

/// Every measure of everything, scenarios side by side.
fn measures(comparison: &Comparison, files: &[String]) -> Sheet {
    let fixed = ["measure", "unit"].map(str::to_owned);
    let scenarios = files.iter().flat_map(|file| [file.clone(), format!("± {file}")]);
    let mut sheet = Sheet::new(MEASURES, fixed.into_iter().chain(scenarios));
    for metric in METRICS {
        let values = comparison.scenarios.iter().map(|scenario| scenario.total.get(metric.name));
        if values.clone().all(|estimate| estimate.is_none()) {
            continue;
        }
        let look = look(metric.name);
        let fixed = [Cell::text(metric.name), Cell::text(metric.unit())];
        let values =
            values.flat_map(|estimate| [Cell::mean(estimate, look), Cell::half_width(estimate, look)]);
        sheet.push(fixed.into_iter().chain(values).collect());
    }
    sheet
}

fn targets(comparison: &Comparison, files: &[String]) -> Sheet {
    let headings = [
        "scenario",
        "target",
        "measure",
        "unit",
        "value",
        "± 95 %",
        "wanted",
        "verdict",
        "missed",
        "± missed",
        "judged",
        "per",
    ];
    let mut sheet = Sheet::new(TARGETS, headings).keeping(2);
    for (scenario, file) in comparison.scenarios.iter().zip(files) {
        for target in &scenario.targets {
            let look = look(target.measure);
            sheet.push(vec![
                Cell::text(&**file),
                Cell::text(target.name()),
                Cell::text(target.measure),
                Cell::text(metric(target.measure).map_or("", Metric::unit)),
                Cell::mean(Some(&target.value), look),
                Cell::half_width(Some(&target.value), look),
                Cell::number(Some(target.bound), look),
                Cell::text(summary::verdict(target.verdict)),
                Cell::mean(Some(&target.missed), Look::Tenths),
                Cell::half_width(Some(&target.missed), Look::Tenths),
                Cell::mean(Some(&target.periods), Look::Tenths),
                Cell::text(target.per),
            ]);
        }
    }
    sheet
}

fn by_name(
    sheet: &'static str,
    of: &str,
    metrics: &[&str],
    comparison: &Comparison,
    files: &[String],
) -> Sheet {
    let fixed = ["scenario", "scope", of].map(str::to_owned);
    let mut sheet = Sheet::new(sheet, fixed.into_iter().chain(headings(metrics))).keeping(3);
    for (scenario, file) in comparison.scenarios.iter().zip(files) {
        let named = if of == "class" { &scenario.classes } else { &scenario.sites };
        let named = named.iter().map(|one| (of, one.name.as_str(), &one.measures));
        for (scope, name, measures) in [("total", "", &scenario.total)].into_iter().chain(named) {
            let fixed = [Cell::text(&**file), Cell::text(scope), Cell::text(name)];
            sheet.push(fixed.into_iter().chain(cells(measures, metrics)).collect());
        }
    }
    sheet
}

/// Every key that any of them has, with its value in each, and whether an option differs from the reference.
fn assumptions(comparison: &Comparison, files: &[String], rests_on: &[Assumptions]) -> Sheet {
    let fixed = ["key", "differs"].map(str::to_owned);
    let mut sheet = Sheet::new("Assumptions", fixed.into_iter().chain(files.iter().cloned()));
    let mut keys: Vec<&str> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for one in rests_on.iter().flat_map(|one| &one.values) {
        if seen.insert(one.path.as_str()) {
            keys.push(&one.path);
        }
    }
    let tables: Vec<std::collections::BTreeMap<&str, &str>> = (rests_on.iter())
        .map(|one| one.values.iter().map(|value| (value.path.as_str(), value.value.as_str())).collect())
        .collect();
    for key in keys {
        let values: Vec<Option<&str>> = tables.iter().map(|table| table.get(key).copied()).collect();
        let of_reference = values.get(comparison.reference).copied().flatten();
        let differs = if values.iter().any(|value| *value != of_reference) { "yes" } else { "" };
        let cells = values.iter().map(|written| written.map_or(Cell::Empty, |written| value(written).0));
        sheet.push([Cell::text(key), Cell::text(differs)].into_iter().chain(cells).collect());
    }
    sheet
}

fn notes(comparison: &Comparison, basis: &Basis) -> Sheet {
    let mut sheet = Sheet::new(NOTES, ["part", "text"]).wrapping(&["text"]);
    let mut say = |part: &str, text: &str| sheet.push(vec![Cell::text(part), Cell::text(text)]);
    let done = format!(
        "{} replications of each scenario, seed {}, the same customers meet all",
        comparison.replications, comparison.seed
    );
    say("run", &done);
    if comparison.is_partial {
        say("run", &words::partial(comparison.replications, comparison.planned));
    }
    say(
        "family",
        &format!(
            "{} verdicts hold together with {} % confidence: by Holm; their ± by Bonferroni",
            comparison.family.size,
            comparison.family.confidence * 100.0
        ),
    );
    say("±", basis.spread());
    comparison.notes.iter().for_each(|note| say("note", note));
    for law in comparison.scenarios.iter().flat_map(|scenario| &scenario.audit) {
        say("AUDIT FAILED", law);
    }
    sheet
}

/// The difference of each measure that is judged, by scenario.
fn drawings(comparison: &Comparison, summary: &Sheet) -> Vec<Drawing> {
    let of_metric = |name: &&'static str| Drawing {
        question: format!("By how much does {name} differ from the reference?"),
        kind: Kind::Columns,
        sheet: summary.name,
        rows: 0..summary.rows.len(),
        names: "scenario".to_owned(),
        series: {
            let [difference, half_width, _] = of_difference(name);
            vec![Series {
                heading: difference,
                label: "difference",
                half_width: Some(half_width),
                is_bound: false,
            }]
        },
        x_axis: "scenario".to_owned(),
        y_axis: format!("difference, {}", metric(name).map_or("", Metric::unit)),
        y_look: look(name),
        floor: Floor::Free,
        dates: None,
        labels_every: 1,
    };
    comparison.family.metrics.iter().map(of_metric).collect()
}
