//! A difference taken apart, for machines: JSON, and CSV with one row for each step and measure.
//!
//! Invariant: numbers are the shortest text that reads back as the same number; no value is `null`, or an empty field.

use std::io;

use serde::Serialize;

use super::words;
use crate::experiment::{Cause, Explanation};
use crate::report::ground::GroundJson;
use crate::report::json::{EstimateJson, SCHEMA_VERSION, write};
use crate::stats::Estimate;

#[derive(Serialize)]
struct ExplanationJson<'a> {
    schema_version: u32,
    manifest: GroundJson<'a>,
    metrics: &'a [&'static str],
    steps: Vec<StepJson>,
    whole: Vec<Option<EstimateJson>>,
    missing: Vec<&'static str>,
    without_value: &'a [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    above_capacity: Option<AboveJson>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct StepJson {
    step: &'static str,
    effects: Vec<EffectJson>,
}

#[derive(Serialize)]
struct EffectJson {
    metric: &'static str,
    value: EstimateJson,
    step: Option<EstimateJson>,
    reverse: Option<EstimateJson>,
}

#[derive(Serialize)]
struct AboveJson {
    intervals: u64,
    above: u64,
    share_of_visits: f64,
}

/// Writes it as JSON; `whole_s` is the length of the scenario where only its beginning was run.
///
/// # Errors
/// If `out` does.
pub fn write_explanation_json(
    out: &mut dyn io::Write,
    explanation: &Explanation,
    whole_s: Option<f64>,
) -> io::Result<()> {
    let json = |estimate: &Option<Estimate>| estimate.as_ref().map(EstimateJson::from);
    let steps = explanation.steps.iter().map(|step| StepJson {
        step: words::key(step.cause),
        effects: (explanation.metrics.iter().zip(&step.effects))
            .map(|(metric, effect)| EffectJson {
                metric,
                value: (&effect.value).into(),
                step: json(&effect.step),
                reverse: json(&effect.reverse),
            })
            .collect(),
    });
    let document = ExplanationJson {
        schema_version: SCHEMA_VERSION,
        manifest: GroundJson::of(&explanation.ground, whole_s),
        metrics: &explanation.metrics,
        steps: steps.collect(),
        whole: explanation.whole.iter().map(json).collect(),
        missing: explanation.missing.iter().map(|cause: &Cause| words::key(*cause)).collect(),
        without_value: &explanation.without_value,
        above_capacity: explanation.above_capacity.map(|above| AboveJson {
            intervals: above.intervals,
            above: above.above,
            share_of_visits: above.share_of_visits,
        }),
        notes: &explanation.notes,
    };
    write(out, &document, 4)
}

const HEADER: [&str; 9] = [
    "step",
    "metric",
    "value",
    "value_half_width",
    "difference",
    "difference_half_width",
    "reverse",
    "reverse_half_width",
    "n",
];

/// Writes it as CSV, in the order of the page.
///
/// # Errors
/// If `out` does.
pub fn write_explanation_csv(out: &mut dyn io::Write, explanation: &Explanation) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEADER).map_err(io::Error::other)?;
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    for step in &explanation.steps {
        for (metric, effect) in explanation.metrics.iter().zip(&step.effects) {
            let mut record = vec![words::key(step.cause).to_owned(), (*metric).to_owned()];
            for estimate in [Some(effect.value), effect.step, effect.reverse] {
                record.push(number(estimate.and_then(|e| e.mean)));
                record.push(number(estimate.and_then(|e| e.half_width)));
            }
            record.push(effect.value.n.to_string());
            writer.write_record(&record).map_err(io::Error::other)?;
        }
    }
    writer.flush()
}
