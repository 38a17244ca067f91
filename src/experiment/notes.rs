//! Notes that teach: what was seen, what it means, which option helps.
//!
//! Invariant: a note changes no number.

use super::estimates::{Members, Sums};
use super::outcome::Measures;
use super::replicate::Runs;
use super::skewness;
use crate::measure::metric;
use crate::scenario::Scenario;
use crate::units::Span;

/// Notes on a result whose sums over everything are `total`; `targets` are named with the skewness of what they miss.
pub(super) fn notes(
    runs: &Runs,
    scenario: &Scenario,
    (total, measures): (&Sums, &Measures),
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
            "one replication: no ± and no target judged, since only the spread between replications shows how \
             far chance moves a figure; use `--replications 10` or more"
                .to_owned(),
        );
    }
    if let Some(until) = runs.until.filter(|_| n == runs.planned as usize) {
        notes.push(until.note(measures, n));
    }
    notes.extend(skewness::note(runs, scenario, total, targets));
    if metric("cases").is_some_and(|cases| total.parts(cases).iter().all(|(cases, _)| *cases == 0.0))
        && metric("case_open").is_some_and(|open| total.parts(open).iter().any(|(open, _)| *open > 0.0))
    {
        notes.push(format!(
            "no case measures (fcr, contacts per case): a case is judged once it has been followed for the case \
             window of {}, and the horizon is not longer",
            scenario.case_window
        ));
    }
    notes.extend(overflowing(runs, scenario));
    notes.extend(spread_pay(scenario));
    notes
}

/// A queue that nobody leaves and that comes to no rest: its waits are those of this horizon only.
fn overflowing(runs: &Runs, scenario: &Scenario) -> Option<String> {
    /// A mean wait beyond this part of the horizon is no wait of a queue at rest.
    const PART: f64 = 0.1;
    let (asa, horizon) = (metric("asa_s")?, scenario.almanac.horizon);
    let endless = (scenario.classes.iter().enumerate())
        .filter(|(_, class)| class.patience.is_none() && class.max_wait.is_none());
    let waits = endless.filter_map(|(i, class)| {
        let sums = runs.over_horizon(&Members { classes: vec![i], groups: vec![] });
        let (waited, answered) = sums
            .parts(asa)
            .iter()
            .fold((0.0, 0.0), |(sum, n), (waited, answered)| (sum + waited, n + answered));
        (answered > 0.0).then(|| (class.name.as_str(), waited / answered))
    });
    let (name, mean) = waits.max_by(|a, b| a.1.total_cmp(&b.1))?;
    (mean > PART * horizon.as_secs_f64()).then(|| {
        format!(
            "the mean wait of `{name}` is {}, in a horizon of {horizon}: without `patience` nobody leaves, the queue \
             piles up, and its waits would be others over another horizon",
            Span::from_secs_f64(mean)
        )
    })
}

/// Contract hours are paid evenly over the week: a shorter horizon gets its part of them whatever is rostered on it.
fn spread_pay(scenario: &Scenario) -> Option<String> {
    const WEEK: Span = Span(7 * Span::DAY.0);
    let horizon = scenario.almanac.horizon;
    let is_spread = scenario.groups.iter().any(|group| group.heads.is_some());
    (is_spread && horizon > Span::ZERO && horizon < WEEK).then(|| {
        format!(
            "paid hours and cost by `heads` × `contract_hours` are spread evenly over the week: this horizon pays \
             {:.1} % of a week whatever its plans are; compare cost over whole weeks",
            100.0 * horizon.0 as f64 / WEEK.0 as f64
        )
    })
}
