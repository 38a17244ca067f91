//! Notes that teach: what was seen, what it means, which option helps.
//!
//! Invariant: a note changes no number.

use super::estimates::Sums;
use super::replicate::Runs;
use crate::measure::{Kind, metric};
use crate::scenario::Scenario;
use crate::stats;

/// Figures whose intervals are looked at for skewness.
const WATCHED: [&str; 4] = ["service_level", "abandonment", "asa_s", "cost_eur"];

/// Notes on a result whose sums over everything are `total`.
pub(super) fn notes(runs: &Runs, scenario: &Scenario, total: &Sums) -> Vec<String> {
    let n = runs.results.len();
    let mut notes = Vec::new();
    if n < runs.planned as usize {
        notes.push(format!(
            "partial: interrupted after {n} of {} replications; these are the first {n}, the numbers are those of \
             `--replications {n}`",
            runs.planned
        ));
    }
    if n == 1 {
        notes.push(
            "one replication: no ±, since only the spread between replications shows how far chance moves a \
             figure; use `--replications 10` or more"
                .to_owned(),
        );
    }
    let skewed: Vec<&str> = WATCHED.into_iter().filter(|name| is_skewed(total, name, n)).collect();
    if !skewed.is_empty() {
        notes.push(format!(
            "skewed between replications: {}; the interval is too narrow, raise `--replications` (now {n})",
            skewed.join(", ")
        ));
    }
    if metric("cases").is_some_and(|cases| total.parts(cases).iter().all(|(cases, _)| *cases == 0.0))
        && metric("case_open").is_some_and(|open| total.parts(open).iter().any(|(open, _)| *open > 0.0))
    {
        notes.push(format!(
            "no case measures (fcr, contacts per case): the horizon is not longer than the case window of {}; \
             all cases are still open",
            scenario.case_window
        ));
    }
    notes
}

fn is_skewed(total: &Sums, name: &str, n: usize) -> bool {
    let Some(metric) = metric(name) else { return false };
    let pairs = total.parts(metric);
    let skewness = match metric.kind {
        Kind::Ratio { .. } => stats::skewness_of_ratio(&pairs),
        Kind::Count { .. } | Kind::Quantile { .. } | Kind::Longest | Kind::LongestOfAll => {
            let values: Vec<f64> = pairs.iter().map(|(value, _)| *value).collect();
            stats::skewness_of_mean(&values)
        }
    };
    skewness.is_some_and(|skewness| stats::is_too_skewed(skewness, n as u32))
}
