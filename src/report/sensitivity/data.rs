//! What moves a scenario, for machines: JSON, and CSV with one row for each input and measure.
//!
//! Invariant: numbers are the shortest text that reads back as the same number; no value is `null`, or an empty field.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use crate::experiment::{Effect, Input, Moved, Sensitivity, Spread, is_open};
use crate::report::ground::GroundJson;
use crate::report::json::{EstimateJson, SCHEMA_VERSION, write};

/// The input for machines: the key of its lever, `site.west`.
fn key(input: &Input) -> String {
    input.keys().join(".")
}

#[derive(Serialize)]
struct SensitivityJson<'a> {
    schema_version: u32,
    manifest: GroundJson<'a>,
    metrics: &'a [&'static str],
    sorted_by: Option<&'static str>,
    base: BTreeMap<&'static str, EstimateJson>,
    inputs: Vec<InputJson<'a>>,
    not_in_scenario: Vec<String>,
    without_value: &'a [&'static str],
    notes: &'a [String],
}

#[derive(Serialize)]
struct InputJson<'a> {
    input: String,
    spread: &'static str,
    step: f64,
    low: EndJson<'a>,
    high: EndJson<'a>,
    effects: Vec<EffectJson>,
    remarks: &'a [String],
}

#[derive(Serialize)]
struct EndJson<'a> {
    factor: f64,
    set: &'a str,
}

#[derive(Serialize)]
struct EffectJson {
    metric: &'static str,
    low: EstimateJson,
    low_decided: Option<bool>,
    high: EstimateJson,
    high_decided: Option<bool>,
    swing: Option<f64>,
    elasticity: Option<EstimateJson>,
}

/// Writes it as JSON; `whole_s` is the length of the scenario where only its beginning was run.
///
/// # Errors
/// If `out` does.
pub fn write_sensitivity_json(
    out: &mut dyn io::Write,
    sensitivity: &Sensitivity,
    whole_s: Option<f64>,
) -> io::Result<()> {
    let json = SensitivityJson {
        schema_version: SCHEMA_VERSION,
        manifest: GroundJson::of(&sensitivity.ground, whole_s),
        metrics: &sensitivity.metrics,
        sorted_by: sensitivity.sorted_by,
        base: sensitivity.metrics.iter().zip(&sensitivity.base).map(|(name, e)| (*name, e.into())).collect(),
        inputs: sensitivity.inputs.iter().map(|one| input_json(sensitivity, one)).collect(),
        not_in_scenario: sensitivity.missing.iter().map(key).collect(),
        without_value: &sensitivity.without_value,
        notes: &sensitivity.notes,
    };
    write(out, &json, 4)
}

fn input_json<'a>(sensitivity: &Sensitivity, one: &'a Moved) -> InputJson<'a> {
    let (spread, step) = match one.spread {
        Spread::By(share) => ("share", share),
        Spread::Uncertainty(sd) => ("uncertainty", sd),
    };
    let end = |end: usize| EndJson { factor: one.ends[end].0, set: &one.ends[end].1 };
    let effect = |(metric, effect): (&&'static str, &Effect)| EffectJson {
        metric,
        low: (&effect.ends[0]).into(),
        low_decided: decided(effect, 0),
        high: (&effect.ends[1]).into(),
        high_decided: decided(effect, 1),
        swing: effect.swing,
        elasticity: effect.elasticity.as_ref().map(EstimateJson::from),
    };
    InputJson {
        input: key(&one.input),
        spread,
        step,
        low: end(0),
        high: end(1),
        effects: sensitivity.metrics.iter().zip(&one.effects).map(effect).collect(),
        remarks: &one.remarks,
    }
}

/// `None` without an interval.
fn decided(effect: &Effect, end: usize) -> Option<bool> {
    effect.ends[end].half_width.map(|_| !is_open(&effect.ends[end]))
}

const HEADER: [&str; 17] = [
    "input",
    "lever",
    "metric",
    "base_mean",
    "base_half_width",
    "low_factor",
    "low_difference",
    "low_half_width",
    "low_decided",
    "high_factor",
    "high_difference",
    "high_half_width",
    "high_decided",
    "swing",
    "elasticity",
    "elasticity_half_width",
    "n",
];

/// Writes it as CSV, in the order of the page.
///
/// # Errors
/// If `out` does.
pub fn write_sensitivity_csv(out: &mut dyn io::Write, sensitivity: &Sensitivity) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEADER).map_err(io::Error::other)?;
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    for one in &sensitivity.inputs {
        for ((metric, base), effect) in sensitivity.metrics.iter().zip(&sensitivity.base).zip(&one.effects) {
            let mut record = vec![
                key(&one.input),
                one.input.path(),
                (*metric).to_owned(),
                number(base.mean),
                number(base.half_width),
            ];
            for end in 0..2 {
                let told = decided(effect, end).map_or_else(String::new, |is| u8::from(is).to_string());
                let estimate = &effect.ends[end];
                record.extend([
                    one.ends[end].0.to_string(),
                    number(estimate.mean),
                    number(estimate.half_width),
                    told,
                ]);
            }
            let elasticity = effect.elasticity.as_ref();
            record.extend([
                number(effect.swing),
                number(elasticity.and_then(|e| e.mean)),
                number(elasticity.and_then(|e| e.half_width)),
                base.n.to_string(),
            ]);
            writer.write_record(&record).map_err(io::Error::other)?;
        }
    }
    writer.flush()
}
