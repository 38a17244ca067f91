//! Which printed figures come from values too skewed for their intervals.
//!
//! Invariant: every figure that the page prints with an interval is looked at; what is said is one line.

use super::estimates::{Members, Sums, WaitsOfRuns};
use super::replicate::Runs;
use crate::measure::{Kind, metric};
use crate::scenario::Scenario;
use crate::stats;

/// Figures of all classes and groups whose skewness is told whenever it makes the interval too narrow.
const HEADLINES: [&str; 4] = ["service_level", "abandonment", "asa_s", "cost_eur"];
/// The further totals of the page.
const TOTALS: [&str; 26] = [
    "offered",
    "fresh",
    "redialled",
    "repeated",
    "answered",
    "abandoned",
    "blocked",
    "closed",
    "disconnected",
    "deflected",
    "called_back",
    "transferred",
    "answered_wait_s_p50",
    "answered_wait_s_p80",
    "answered_wait_s_p90",
    "answered_wait_s_p95",
    "answered_wait_s_p99",
    "aht_s",
    "occupancy",
    "fcr",
    "contacts_per_case",
    "transfer_refused",
    "callbacks_promised",
    "callbacks_kept_share",
    "cost_per_answered_eur",
    "cost_per_resolved_eur",
];
/// Of each class.
const CLASSES: [&str; 7] =
    ["offered", "abandonment", "service_level", "asa_s", "answered_wait_s_p95", "aht_s", "fcr"];
/// Of each site, or of each group where there is no site.
const STAFFING: [&str; 3] = ["occupancy", "cost_per_minute_eur", "cost_eur"];
/// So many figures are named, the most skewed first; the rest is a number.
const NAMED: usize = 3;

/// The note on skewed figures, if there are any; `targets` are the missed periods of targets, with their skewness.
///
/// Among so many figures of few replications some are skewed by chance: beside the headlines, only what chance hardly
/// makes is told.
pub(super) fn note(
    runs: &Runs,
    scenario: &Scenario,
    total: &Sums,
    targets: &[(String, f64)],
) -> Option<String> {
    let n = runs.results.len() as u32;
    let waits = WaitsOfRuns::of(&runs.results, &(0..runs.frame.n_classes()).collect::<Vec<_>>());
    let headlines =
        HEADLINES.iter().filter_map(|name| Some((in_words(name).to_owned(), of(total, &waits, name)?)));
    let mut skewed: Vec<(String, f64)> =
        headlines.filter(|(_, skewness)| stats::is_too_skewed(*skewness, n)).collect();
    let others = TOTALS
        .iter()
        .filter_map(|name| Some((in_words(name).to_owned(), of(total, &waits, name)?)))
        .chain(of_classes(runs, scenario))
        .chain(of_staff(runs, scenario))
        .chain(targets.iter().cloned());
    let others: Vec<(String, f64)> = others
        .filter(|(_, skewness)| {
            stats::is_too_skewed(*skewness, n) && stats::is_skewed_beyond_chance(*skewness, n)
        })
        .collect();
    skewed.extend(others);
    if skewed.is_empty() {
        return None;
    }
    skewed.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let names: Vec<&str> = skewed.iter().take(NAMED).map(|(name, _)| name.as_str()).collect();
    let more = match skewed.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!(
        "skewed between replications: {}{more}; the interval is too narrow, raise `--replications` (now {n})",
        names.join(", ")
    ))
}

fn of_classes(runs: &Runs, scenario: &Scenario) -> Vec<(String, f64)> {
    let mut found = Vec::new();
    // With one class its figures are the totals.
    for (class, checked) in scenario.classes.iter().enumerate().filter(|_| scenario.classes.len() > 1) {
        let members = Members { classes: vec![class], groups: vec![] };
        let (sums, waits) = (runs.over_horizon(&members), WaitsOfRuns::of(&runs.results, &[class]));
        let skewed = CLASSES.iter().filter_map(|name| Some((name, of(&sums, &waits, name)?)));
        found.extend(
            skewed.map(|(name, skewness)| (format!("{} of `{}`", in_words(name), checked.name), skewness)),
        );
    }
    found
}

fn of_staff(runs: &Runs, scenario: &Scenario) -> Vec<(String, f64)> {
    let of_group = |group: usize| (scenario.groups[group].name.as_str(), vec![group]);
    let rows: Vec<(&str, Vec<usize>)> = if scenario.sites.is_empty() {
        (0..scenario.groups.len()).map(of_group).collect()
    } else {
        let sites = scenario.sites.iter().enumerate();
        sites.map(|(i, site)| (site.name.as_str(), super::assemble::groups_of_site(scenario, i))).collect()
    };
    let mut found = Vec::new();
    let no_waits = WaitsOfRuns::of(&runs.results, &[]);
    for (name, groups) in rows.into_iter().filter(|_| scenario.groups.len() > 1) {
        let sums = runs.over_horizon(&Members { classes: vec![], groups });
        let skewed = STAFFING.iter().filter_map(|metric| Some((metric, of(&sums, &no_waits, metric)?)));
        found
            .extend(skewed.map(|(metric, skewness)| (format!("{} of `{name}`", in_words(metric)), skewness)));
    }
    found
}

/// What the page calls a measure.
fn in_words(name: &str) -> &str {
    match name {
        "service_level" => "service level",
        "abandonment" => "abandoned (share)",
        "asa_s" => "ASA",
        "cost_eur" => "cost",
        "redialled" => "redials",
        "repeated" => "repeats",
        "closed" => "refused while closed",
        "called_back" => "called back",
        "transferred" => "transfers",
        "answered_wait_s_p50" => "median wait",
        "answered_wait_s_p80" => "80 % wait",
        "answered_wait_s_p90" => "90 % wait",
        "answered_wait_s_p95" => "p95 wait",
        "answered_wait_s_p99" => "99 % wait",
        "aht_s" => "AHT",
        "fcr" => "solved at 1st",
        "contacts_per_case" => "contacts a case",
        "transfer_refused" => "transfers refused",
        "callbacks_promised" => "callbacks promised",
        "callbacks_kept_share" => "callbacks kept in time",
        "cost_per_answered_eur" => "cost of an answered call",
        "cost_per_resolved_eur" => "cost of a call that solved its case",
        "cost_per_minute_eur" => "cost of a handled minute",
        plain => plain,
    }
}

/// Skewness of the values behind one figure; `None` where there is none.
fn of(sums: &Sums, waits: &WaitsOfRuns, name: &str) -> Option<f64> {
    let metric = metric(name)?;
    match metric.kind {
        Kind::Ratio { .. } => stats::skewness_of_ratio(&sums.parts(metric)),
        Kind::Count { .. } => {
            let values: Vec<f64> = sums.parts(metric).iter().map(|(value, _)| *value).collect();
            stats::skewness_of_mean(&values)
        }
        Kind::Quantile { over, p } => stats::skewness_of_ratio(&waits.shares_at_quantile(over, p)?),
        Kind::Longest | Kind::LongestOfAll => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{Settings, Unattended, simulate};
    use crate::measure::sample;

    /// Classes whose abandonment is rare: `technical` has abandonments in one replication of ten.
    #[test]
    fn a_class_that_is_skewed_is_named_and_the_rest_is_a_number() {
        let mut scenario = sample::scenario(0, 8);
        scenario.classes[1].fresh_rate.fill(0.0);
        let settings = Settings { replications: Some(10), seed: 1, jobs: 2, ..Settings::default() };
        let mut runs = simulate(&scenario, &settings, &Unattended).expect("a result");
        let rows = runs.results[3].by_day.classes.rows();
        runs.results[3].by_day.classes.row_mut(rows - 1)[crate::measure::ClassColumn::Fresh as usize] = 1_000;
        let total = runs.over_horizon(&Members { classes: vec![0, 1], groups: vec![0, 1] });
        let missed = ["a", "b", "c"].map(|name| (format!("missed days of {name}"), 2.6));
        let note = note(&runs, &scenario, &total, &missed).expect("a note");
        assert!(note.contains("offered of `technical`"), "{note}");
        assert!(note.contains(" more; the interval is too narrow"), "{note}");
        assert!(note.matches('`').count() <= 2 * NAMED + 2, "{note}");
    }

    #[test]
    fn every_figure_that_is_watched_is_in_the_catalogue() {
        for name in HEADLINES.iter().chain(&TOTALS).chain(&CLASSES).chain(&STAFFING) {
            assert!(metric(name).is_some(), "{name}");
            assert!(!in_words(name).contains('_'), "{name} is no word of the page");
        }
    }
}
