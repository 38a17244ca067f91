//! Answers as JSON and CSV: all values by name, unrounded.

use std::io;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::page::{Line, formula_name};
use crate::calculator::{Presence, Simulated};
use crate::stats::Estimate;

/// Changes when a name or a meaning does.
const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct Answers<'a> {
    schema_version: u32,
    formula: &'a str,
    rows: Vec<Fields>,
}

/// The values of one answer in the order in which they are written.
struct Fields(Vec<(&'static str, Field)>);

enum Field {
    /// `null` where it does not exist or has no limit.
    Number(Option<f64>),
    Whole(u32),
    Flag(Option<bool>),
    Simulated(Vec<(&'static str, Estimate)>),
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, field) in &self.0 {
            match field {
                Field::Number(number) => map.serialize_entry(name, number)?,
                Field::Whole(number) => map.serialize_entry(name, number)?,
                Field::Flag(flag) => map.serialize_entry(name, flag)?,
                Field::Simulated(values) => map.serialize_entry(name, &Estimates(values))?,
            }
        }
        map.end()
    }
}

struct Estimates<'a>(&'a [(&'static str, Estimate)]);

impl Serialize for Estimates<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Value {
            mean: Option<f64>,
            half_width: Option<f64>,
            n: u32,
        }
        serializer.collect_map(self.0.iter().map(|(name, estimate)| {
            let Estimate { mean, half_width, n } = *estimate;
            (name, Value { mean, half_width, n })
        }))
    }
}

impl Fields {
    fn of(line: &Line, presence: &Presence) -> Self {
        let answer = &line.answer;
        let question = &answer.question;
        let number = |value: Option<f64>| Field::Number(value.filter(|value| value.is_finite()));
        let within_s = answer.service_level.map(|_| question.service_level().within_s);
        let mut fields = vec![
            ("calls", number(Some(question.calls))),
            ("per_s", number(Some(question.per_s))),
            ("aht_s", number(Some(question.aht_s))),
            ("patience_s", number(Some(question.patience_s))),
            ("balking", number(Some(question.balking))),
            ("agents", Field::Whole(answer.agents)),
            ("load_erlangs", number(Some(answer.load))),
            ("occupancy", number(Some(answer.occupancy))),
            ("delayed_share", number(Some(answer.delayed))),
            ("within_s", number(within_s)),
            ("service_level", number(answer.service_level)),
            ("abandonment", number(answer.abandonment)),
            ("asa_s", number(answer.asa_s)),
            ("wait_s", number(answer.wait_s)),
            ("waiting_mean", number(answer.waiting)),
            ("grows_without_limit", Field::Flag(Some(answer.grows))),
            ("targets_met", Field::Flag(answer.is_met)),
            ("rostered", number(presence.rostered(answer.agents))),
            ("fte", number(presence.fte(answer.agents))),
        ];
        if let Some(Ok(simulated)) = &line.simulated {
            fields.push(("simulated", Field::Simulated(measured(simulated))));
        }
        Self(fields)
    }

    /// Names and texts of the cells; of a simulated value also its half-width.
    fn cells(&self) -> Vec<(String, String)> {
        let text = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
        let mut cells = Vec::new();
        for (name, field) in &self.0 {
            match field {
                Field::Number(number) => cells.push(((*name).to_owned(), text(*number))),
                Field::Whole(number) => cells.push(((*name).to_owned(), number.to_string())),
                Field::Flag(flag) => {
                    cells.push(((*name).to_owned(), flag.map_or(String::new(), |flag| flag.to_string())));
                }
                Field::Simulated(values) => {
                    for (measure, estimate) in values {
                        cells.push((format!("{name}_{measure}"), text(estimate.mean)));
                        cells.push((format!("{name}_{measure}_half_width"), text(estimate.half_width)));
                    }
                }
            }
        }
        cells
    }
}

fn measured(it: &Simulated) -> Vec<(&'static str, Estimate)> {
    vec![
        ("occupancy", it.occupancy),
        ("delayed_share", it.delayed),
        ("service_level", it.service_level),
        ("abandonment", it.abandonment),
        ("asa_s", it.asa_s),
        ("wait_s", it.wait_s),
        ("waiting_mean", it.waiting),
    ]
}

/// Writes answers as JSON.
///
/// # Errors
/// If `out` does.
pub fn write_erlang_json(out: &mut dyn io::Write, lines: &[Line], presence: &Presence) -> io::Result<()> {
    let formula = lines.first().map_or("", |line| formula_name(line.answer.question.formula));
    let rows = lines.iter().map(|line| Fields::of(line, presence)).collect();
    serde_json::to_writer_pretty(&mut *out, &Answers { schema_version: SCHEMA_VERSION, formula, rows })?;
    writeln!(out)
}

/// Writes answers as CSV, a row each; no value is an empty field. A simulation has two columns for each value.
///
/// # Errors
/// If `out` does.
pub fn write_erlang_csv(out: &mut dyn io::Write, lines: &[Line], presence: &Presence) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let rows: Vec<Vec<(String, String)>> =
        lines.iter().map(|line| Fields::of(line, presence).cells()).collect();
    // A row without a simulation lacks the last columns.
    let Some(widest) = rows.iter().max_by_key(|row| row.len()) else { return Ok(()) };
    writer.write_record(widest.iter().map(|(name, _)| name))?;
    for row in &rows {
        let cells = (0..widest.len()).map(|i| row.get(i).map_or("", |(_, text)| text.as_str()));
        writer.write_record(cells)?;
    }
    writer.flush()
}
