//! A file of intervals, answered row by row: its own columns, and what each row needs.

use std::io;

use serde::Serialize;

use super::page::{formula_name, number, seconds, share, targets};
use crate::calculator::{Answer, IntervalFile, Presence};
use crate::report::number::grouped;
use crate::report::paint::Paint;
use crate::report::text::{PAGE_WIDTH, cut, left, right, width, wrapped};

/// The columns that are added, in their order.
const ADDED: [&str; 6] = ["required", "service_level", "abandonment", "occupancy", "rostered", "fte"];

/// Full-time positions that the hours of one interval take in a week.
fn fte(answer: &Answer, presence: &Presence) -> Option<f64> {
    let rostered = presence.rostered(answer.agents).unwrap_or(f64::from(answer.agents));
    Some(rostered * answer.question.per_s / 3600.0 / presence.fte_hours?)
}

/// The file with what each row needs beside it, 80 columns wide, and the sums.
#[must_use]
pub fn intervals_page(file: &IntervalFile, answers: &[Answer], presence: &Presence, paint: Paint) -> String {
    let Some(first) = answers.first() else { return String::new() };
    let question = &first.question;
    let mut lines = vec![
        paint.heading(format!("{}, INTERVAL BY INTERVAL", formula_name(question.formula).to_uppercase())),
    ];
    lines.extend(wrapped(&format!("wanted: {}", targets(question).join(", ")), PAGE_WIDTH, 2));
    lines.push(String::new());
    let names = ["calls", "AHT", "required", "in time", "abandon", "occupancy", "rostered"];
    let shown: Vec<&str> = names
        .into_iter()
        .filter(|name| *name != "rostered" || presence.shrinkage.is_some())
        .filter(|name| *name != "abandon" || first.abandonment.is_some())
        .collect();
    let cell = |name: &str, answer: &Answer| match name {
        "calls" => number(answer.question.calls),
        "AHT" if answer.load > 0.0 => seconds(answer.question.aht_s),
        "required" => grouped(f64::from(answer.agents), 0),
        "in time" if answer.load > 0.0 => answer.service_level.map_or(String::new(), share),
        "abandon" if answer.load > 0.0 => answer.abandonment.map_or(String::new(), share),
        "occupancy" if answer.load > 0.0 => share(answer.occupancy),
        "rostered" => presence.rostered(answer.agents).map_or(String::new(), |rostered| grouped(rostered, 1)),
        _ => "–".to_owned(),
    };
    let table: Vec<Vec<String>> =
        answers.iter().map(|it| shown.iter().map(|name| cell(name, it)).collect()).collect();
    let widths: Vec<usize> = (0..shown.len())
        .map(|i| table.iter().map(|row| width(&row[i])).chain([width(shown[i])]).max().unwrap_or(0))
        .collect();
    let labels: Vec<String> = file.rows.iter().map(|row| label(file, &row.cells)).collect();
    let longest = labels.iter().map(|label| width(label)).max().unwrap_or(0);
    let taken = |gap: usize| widths.iter().map(|width| width + gap).sum::<usize>();
    // Close together rather than cut.
    let gap = if longest + taken(2) <= PAGE_WIDTH { 2 } else { 1 };
    let widest = longest.min(PAGE_WIDTH.saturating_sub(taken(gap)));
    let row = |label: &str, cells: &[String]| {
        let parts: Vec<String> =
            cells.iter().zip(&widths).map(|(text, width)| right(text, width + gap)).collect();
        format!("{}{}", left(&cut(label, widest), widest), parts.concat())
    };
    let headings: Vec<String> = shown.iter().map(|name| (*name).to_owned()).collect();
    lines.push(paint.quiet(row("", &headings)));
    lines.extend(labels.iter().zip(&table).map(|(label, cells)| row(label, cells)));
    lines.push(String::new());
    lines.extend(wrapped(&sums(file, answers, presence), PAGE_WIDTH, 2));
    lines.join("\n") + "\n"
}

/// The cells of a row that are neither calls nor handle time: when, and of whom.
fn label(file: &IntervalFile, cells: &[String]) -> String {
    let named = cells.iter().enumerate().filter(|(column, _)| !file.is_input(*column));
    named.map(|(_, cell)| cell.trim()).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Hours on the telephone, rostered hours and full-time positions of the whole file.
fn sums(file: &IntervalFile, answers: &[Answer], presence: &Presence) -> String {
    let hours = |agents: fn(&Answer, &Presence) -> f64| -> f64 {
        answers.iter().map(|it| agents(it, presence) * it.question.per_s / 3600.0).sum()
    };
    let logged_in = hours(|answer, _| f64::from(answer.agents));
    let calls: f64 = answers.iter().map(|it| it.question.calls).sum();
    let most = answers.iter().map(|it| it.agents).max().unwrap_or(0);
    let mut text = format!(
        "{} intervals, {} calls: {} agent hours logged in, {} agents at most",
        grouped(answers.len() as f64, 0),
        number(calls),
        grouped(logged_in, 1),
        grouped(f64::from(most), 0)
    );
    if presence.shrinkage.is_some() {
        let rostered = hours(|answer, presence| presence.rostered(answer.agents).unwrap_or(0.0));
        text += &format!(", {} hours rostered", grouped(rostered, 1));
    }
    if presence.fte_hours.is_some() {
        let all: f64 = answers.iter().filter_map(|it| fte(it, presence)).sum();
        let weeks = file.days() as f64 / 7.0;
        let days = file.days();
        text += &format!(
            ", {} full-time positions (FTE) over {days} day{}",
            grouped(all / weeks, 1),
            if days == 1 { "" } else { "s" }
        );
    }
    text + "."
}

/// Writes the file back with the added columns, in its own writing: delimiter, decimal comma, unknown columns.
///
/// # Errors
/// If `out` does.
pub fn write_intervals_csv(
    out: &mut dyn io::Write,
    file: &IntervalFile,
    answers: &[Answer],
    presence: &Presence,
) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().delimiter(file.delimiter).from_writer(out);
    writer.write_record(file.header.iter().map(String::as_str).chain(ADDED))?;
    for (row, answer) in file.rows.iter().zip(answers) {
        let is_idle = answer.load == 0.0;
        let share = |value: Option<f64>| {
            value.filter(|_| !is_idle).map_or(String::new(), |value| file.written(value, 6))
        };
        let added = [
            answer.agents.to_string(),
            share(answer.service_level),
            share(answer.abandonment),
            share(Some(answer.occupancy)),
            presence.rostered(answer.agents).map_or(String::new(), |rostered| file.written(rostered, 4)),
            fte(answer, presence).map_or(String::new(), |fte| file.written(fte, 4)),
        ];
        writer.write_record(row.cells.iter().map(String::as_str).chain(added.iter().map(String::as_str)))?;
    }
    writer.flush()
}

/// Writes the rows as JSON, each with its own cells by name.
///
/// # Errors
/// If `out` does.
pub fn write_intervals_json(
    out: &mut dyn io::Write,
    file: &IntervalFile,
    answers: &[Answer],
    presence: &Presence,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Rows<'a> {
        schema_version: u32,
        formula: &'a str,
        rows: Vec<RowOut<'a>>,
    }
    #[derive(Serialize)]
    struct RowOut<'a> {
        line: u64,
        cells: std::collections::BTreeMap<&'a str, &'a str>,
        calls: f64,
        aht_s: f64,
        required: u32,
        service_level: Option<f64>,
        abandonment: Option<f64>,
        occupancy: Option<f64>,
        rostered: Option<f64>,
        fte: Option<f64>,
    }
    let rows = file
        .rows
        .iter()
        .zip(answers)
        .map(|(row, answer)| {
            let of_work = |value: Option<f64>| value.filter(|_| answer.load > 0.0);
            RowOut {
                line: row.line,
                cells: file
                    .header
                    .iter()
                    .map(String::as_str)
                    .zip(row.cells.iter().map(String::as_str))
                    .collect(),
                calls: row.calls,
                aht_s: row.aht_s,
                required: answer.agents,
                service_level: of_work(answer.service_level),
                abandonment: of_work(answer.abandonment),
                occupancy: of_work(Some(answer.occupancy)),
                rostered: presence.rostered(answer.agents),
                fte: fte(answer, presence),
            }
        })
        .collect();
    let formula = answers.first().map_or("", |it| formula_name(it.question.formula));
    serde_json::to_writer_pretty(&mut *out, &Rows { schema_version: 1, formula, rows })?;
    writeln!(out)
}
