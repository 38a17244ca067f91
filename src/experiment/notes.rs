//! Notes that teach: what was seen, what it means, which option helps.
//!
//! Invariant: a note changes no number.

use super::estimates::Sums;
use super::replicate::Runs;
use super::skewness;
use crate::measure::metric;
use crate::scenario::Scenario;

/// Notes on a result whose sums over everything are `total`; `targets` are named with the skewness of what they miss.
pub(super) fn notes(
    runs: &Runs,
    scenario: &Scenario,
    total: &Sums,
    targets: &[(String, f64)],
) -> Vec<String> {
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
    notes.extend(skewness::note(runs, scenario, total, targets));
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
