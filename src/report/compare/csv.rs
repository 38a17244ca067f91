//! A comparison as tidy CSV: one row per option, scope, name and measure.
//!
//! Invariant: every difference has exactly one row; no value is an empty field.

use std::io;

use super::words;
use crate::experiment::{AgainstReference, Comparison, Difference, Finding};
use crate::stats::Estimate;

const HEADER: [&str; 24] = [
    "option",
    "reference",
    "scope",
    "name",
    "metric",
    "reference_mean",
    "reference_half_width",
    "option_mean",
    "option_half_width",
    "difference",
    "half_width",
    "half_width_together",
    "matters",
    "verdict",
    "more_low",
    "more_high",
    "confidence",
    "better_in",
    "better_of",
    "better_low",
    "better_high",
    "share_of_unpaired_variance",
    "in_family",
    "n",
];

/// Writes a comparison; scenarios are called as `files` says.
///
/// # Errors
/// If `out` does.
pub fn write_comparison_csv(
    out: &mut dyn io::Write,
    comparison: &Comparison,
    files: &[String],
) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEADER).map_err(io::Error::other)?;
    for option in &comparison.options {
        for record in records(comparison, option, files) {
            writer.write_record(&record).map_err(io::Error::other)?;
        }
    }
    writer.flush()
}

/// The headings and every row, for other tables of the same.
pub(in crate::report) fn difference_rows(
    comparison: &Comparison,
    files: &[String],
) -> (&'static [&'static str], Vec<Vec<String>>) {
    let rows = comparison.options.iter().flat_map(|option| records(comparison, option, files)).collect();
    (&HEADER, rows)
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Field {
    /// A name or a word.
    Text,
    /// A number in the unit of the measure.
    InItsUnit,
    /// A share.
    Share,
    /// A number of something.
    Count,
}

impl Field {
    /// Of the column with this heading.
    pub(in crate::report) fn of(heading: &str) -> Self {
        match heading {
            "option" | "reference" | "scope" | "name" | "metric" | "verdict" => Self::Text,
            "confidence" | "better_low" | "better_high" | "share_of_unpaired_variance" => Self::Share,
            "more_low" | "more_high" | "better_in" | "better_of" | "in_family" | "n" => Self::Count,
            _ => Self::InItsUnit,
        }
    }
}

fn records(comparison: &Comparison, option: &AgainstReference, files: &[String]) -> Vec<Vec<String>> {
    let name = |position: usize| files.get(position).cloned().unwrap_or_default();
    let start = |scope: &str, of: &str, metric: &str| {
        let whose = [name(option.scenario), name(comparison.reference)];
        whose.into_iter().chain([scope, of, metric].map(str::to_owned)).collect::<Vec<String>>()
    };
    let mut records = Vec::new();
    let mut add = |scope: &str, of: &str, one: &Difference| {
        let mut record = start(scope, of, one.metric);
        record.extend(judged(one));
        records.push(record);
    };
    option.differences.iter().for_each(|one| add("total", "", one));
    for (class, differences) in &option.classes {
        differences.iter().for_each(|one| add("class", class, one));
    }
    let empty = Estimate::missing(comparison.replications);
    for missed in &option.missed {
        let of = missed.class.as_ref().map_or_else(String::new, |class| format!("{class}: "));
        let mut record =
            start("target", &format!("{of}{}", missed.label), &format!("missed_{}s", missed.per));
        record.extend(plain(&empty, &empty, &missed.difference));
        records.push(record);
    }
    for borne in option.cost.iter().flat_map(|cost| &cost.borne_by) {
        let mut record = start("cost_borne_by", words::bearer_name(borne.by), "cost_eur");
        record.extend(plain(&borne.of_reference, &borne.of_option, &borne.difference));
        records.push(record);
    }
    records
}

fn text(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn judged(one: &Difference) -> Vec<String> {
    let more = match one.finding {
        Some(Finding::NotDecided { more }) => more,
        _ => None,
    };
    let better = one.better_in.as_ref();
    vec![
        text(one.of_reference.mean),
        text(one.of_reference.half_width),
        text(one.of_option.mean),
        text(one.of_option.half_width),
        text(one.difference.mean),
        text(one.difference.half_width),
        text(one.half_width_together),
        text(Some(one.matters)),
        one.finding.map_or_else(String::new, |finding| words::verdict_name(finding).to_owned()),
        text(more.map(|more| f64::from(more.0))),
        text(more.map(|more| f64::from(more.1))),
        text(one.confidence),
        text(better.map(|better| better.times)),
        text(better.map(|better| f64::from(better.n))),
        text(better.map(|better| better.interval.0)),
        text(better.map(|better| better.interval.1)),
        text(one.share_of_unpaired_variance),
        u8::from(one.is_in_family).to_string(),
        one.difference.n.to_string(),
    ]
}

/// A difference that is told without a verdict.
fn plain(reference: &Estimate, option: &Estimate, difference: &Estimate) -> Vec<String> {
    let mut record = [reference, option, difference]
        .into_iter()
        .flat_map(|estimate| [text(estimate.mean), text(estimate.half_width)])
        .collect::<Vec<_>>();
    record.resize(HEADER.len() - 5 - 2, String::new());
    record.extend(["0".to_owned(), difference.n.to_string()]);
    record
}
