//! Notes on a comparison: what was seen, what it means, which option helps.
//!
//! Invariant: a note changes no number.

use super::Plan;
use super::differences::Raw;
use super::digest::Sample;
use super::outcome::Stages;
use crate::scenario::Scenario;
use crate::stats;

/// Notes on these replications.
pub(super) fn notes(
    samples: &[Sample<'_>],
    plan: &Plan,
    raw: &[Raw],
    planned: u32,
    stages: Option<Stages>,
) -> Vec<String> {
    let n = samples[0].n() as u32;
    let mut notes = Vec::new();
    if n < planned {
        notes.push(format!(
            "partial: interrupted after {n} of {planned} replications of each scenario; the numbers are those of \
             `--replications {n}`"
        ));
    }
    if n == 1 {
        notes.push(
            "one replication: no ± and no verdict, since only the spread between replications shows how far chance moves a \
             difference; use `--replications 10` or more"
                .to_owned(),
        );
    }
    if let Some(stages) = stages
        && stages.needed > stages.last
    {
        notes.push(format!(
            "`--until-decided`: {} replications would decide everything, {} are allowed; raise `--max-replications`, or \
             `--matters`, or judge fewer measures with `--metrics`",
            stages.needed, stages.last
        ));
    }
    notes.extend(without_value(plan, raw));
    notes.extend(other_service_levels(samples, plan));
    notes.extend(skewed(raw, n));
    notes
}

/// Measures that were asked for and have no value in any scenario, as a cost where nothing has a price.
fn without_value(plan: &Plan, raw: &[Raw]) -> Option<String> {
    let has_value = |name: &str| {
        let mut of_it = raw.iter().filter(|raw| raw.metric == name);
        of_it.any(|raw| raw.of_reference.mean.is_some() || raw.of_option.mean.is_some())
    };
    let names: Vec<String> =
        (plan.metrics.iter()).filter(|name| !has_value(name)).map(|name| format!("`{name}`")).collect();
    (!names.is_empty())
        .then(|| format!("{}: asked for, and without a value in every scenario", names.join(", ")))
}

/// Why the best was not searched.
pub(super) fn no_search(metric: &str) -> String {
    format!(
        "`--best {metric}`: no search; it needs two replications or more, a value in each, and a smallest difference that \
         matters above 0"
    )
}

/// A service level that means something else cannot be compared.
fn other_service_levels(samples: &[Sample<'_>], plan: &Plan) -> Option<String> {
    let own = |scenario: &Scenario, name: &str| {
        let class = scenario.classes.iter().find(|class| class.name == name)?;
        let level = &class.service_levels[0];
        Some((level.within, level.short, level.of))
    };
    let reference = samples[plan.reference].prepared.scenario;
    let others = samples.iter().map(|sample| sample.prepared.scenario);
    let differs = |scenario: &&Scenario| {
        reference.classes.iter().any(|class| {
            let other = own(scenario, &class.name);
            other.is_some() && other != own(reference, &class.name)
        })
    };
    let names: Vec<String> = others.filter(differs).map(|scenario| format!("`{}`", scenario.name)).collect();
    (!names.is_empty()).then(|| {
        format!(
            "service levels are counted otherwise in {}: their difference is not one of service alone; give all scenarios \
             the same `service_levels`",
            names.join(", ")
        )
    })
}

/// Differences whose intervals come out too narrow.
fn skewed(raw: &[Raw], n: u32) -> Option<String> {
    let is_skewed = |raw: &&Raw| {
        let deviations = raw.paired.as_ref().map(|paired| paired.deviations());
        deviations.and_then(stats::skewness_of_mean).is_some_and(|skewness| stats::is_too_skewed(skewness, n))
            && raw.is_judged
    };
    let mut told: Vec<&str> = Vec::new();
    for skewed in raw.iter().filter(is_skewed) {
        if !told.contains(&skewed.metric) {
            told.push(skewed.metric);
        }
    }
    (!told.is_empty()).then(|| {
        let named: Vec<String> = told.iter().map(|name| format!("`{name}`")).collect();
        format!(
            "skewed between replications: the difference of {}; the interval is too narrow, raise `--replications` (now {n})",
            named.join(", ")
        )
    })
}
