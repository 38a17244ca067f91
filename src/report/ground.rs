//! What stands on every page of differences: the runs that they rest on, and a column of differences in one unit.
//!
//! Computes no measure. Invariant: a difference has its sign, and its interval where it has one.

use serde::Serialize;

use super::number::{NO_VALUE, NumberStyle, Unit, grouped, is_a_year, span_in_words};
use super::paint::Paint;
use super::text::{Separator, wrapped, wrapped_parts};
use super::words;
use crate::experiment::Ground;
use crate::stats::Estimate;

/// Text is wrapped to no less than this.
pub(super) const NARROWEST: usize = 40;

/// Dates, replications, seed; `whole_s` is the length of the scenario of which the beginning was run.
pub(super) fn head(ground: &Ground, whole_s: Option<f64>, prose: usize) -> Vec<String> {
    let mut parts = Vec::new();
    if let Some((first, last, zone)) = &ground.dates {
        let dates = if first == last { first.clone() } else { format!("{first} to {last}") };
        parts.push(format!("{dates}, {zone}"));
    }
    if ground.is_partial {
        parts.push(words::partial(ground.replications, ground.planned));
    }
    let horizon = if is_a_year(ground.horizon_s) {
        format!("{} days", grouped(ground.horizon_s / 86_400.0, 0))
    } else {
        span_in_words(ground.horizon_s)
    };
    let warm_up = (ground.warm_up_s > 0.0).then(|| span_in_words(ground.warm_up_s).replace(" days", " d"));
    parts.push(words::replications(ground.replications, &horizon, ground.seed, warm_up.as_deref()));
    let mut lines = wrapped_parts(&parts, Separator::Dot, prose, 0);
    if let Some(whole) = whole_s {
        let first = span_in_words(ground.horizon_s);
        let told = format!(
            "the first {first} of {}; for all of it: --full-year, for another part: --set horizon=…",
            span_in_words(whole)
        );
        lines.extend(wrapped(&told, prose, 0));
    }
    lines
}

/// What the audit says.
pub(super) fn audit(ground: &Ground, paint: Paint, prose: usize) -> Vec<String> {
    if ground.audit.is_empty() {
        return vec![words::AUDIT_KEPT.to_owned()];
    }
    let mut lines = vec![paint.bad(words::AUDIT_BROKEN)];
    lines.extend(ground.audit.iter().flat_map(|law| wrapped(&words::broken_law(law), prose, 4)));
    lines
}

/// Differences of a measure in one unit and with even decimals.
#[derive(Clone, Copy, Debug)]
pub(super) struct Differences {
    style: NumberStyle,
    is_share: bool,
}

impl Differences {
    pub fn of<'a>(name: &str, estimates: impl Iterator<Item = &'a Estimate> + Clone) -> Self {
        let unit = Unit::of(name);
        let values = estimates.clone().map(|estimate| estimate.mean);
        // The largest decides the unit: next to it what is hardly moved may read as 0.
        let largest = values.flatten().fold(0.0, |most: f64, value| most.max(value.abs()));
        let style = NumberStyle::for_one(unit, Some(largest)).evenly(estimates);
        Self { style, is_share: unit == Unit::Share }
    }

    /// `pp`, `s`, `k EUR`; empty for plain numbers.
    pub fn unit(self) -> &'static str {
        if self.is_share { "pp" } else { self.style.suffix() }
    }

    /// `+6.1 ± 0.2`, in the unit of the column.
    pub fn cell(self, difference: &Estimate) -> String {
        let shown = self.style.estimate(difference);
        if shown.value == NO_VALUE {
            return shown.value;
        }
        let value = shown.value.strip_suffix(self.style.suffix()).unwrap_or(&shown.value).trim_end();
        let is_above = difference.mean.is_some_and(|mean| mean > 0.0);
        let sign = if is_above && value.bytes().any(|b| (b'1'..=b'9').contains(&b)) { "+" } else { "" };
        let half =
            if shown.half_width.is_empty() { String::new() } else { format!(" ± {}", shown.half_width) };
        format!("{sign}{value}{half}")
    }
}

/// The runs, for machines.
#[derive(Serialize)]
pub(super) struct GroundJson<'a> {
    version: &'a str,
    scenario: &'a str,
    scenario_hash: &'a str,
    seed: u64,
    replications_planned: u32,
    replications: u32,
    is_partial: bool,
    scenarios: u32,
    first_date: Option<&'a str>,
    last_date: Option<&'a str>,
    time_zone: Option<&'a str>,
    horizon_s: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    horizon_of_the_scenario_s: Option<f64>,
    warm_up_s: f64,
    contacts_simulated: u64,
    audit_broken: &'a [String],
}

impl<'a> GroundJson<'a> {
    pub fn of(ground: &'a Ground, whole_s: Option<f64>) -> Self {
        let dates = ground.dates.as_ref();
        Self {
            version: &ground.version,
            scenario: &ground.scenario,
            scenario_hash: &ground.scenario_hash,
            seed: ground.seed,
            replications_planned: ground.planned,
            replications: ground.replications,
            is_partial: ground.is_partial,
            scenarios: ground.scenarios,
            first_date: dates.map(|dates| dates.0.as_str()),
            last_date: dates.map(|dates| dates.1.as_str()),
            time_zone: dates.map(|dates| dates.2.as_str()),
            horizon_s: ground.horizon_s,
            horizon_of_the_scenario_s: whole_s,
            warm_up_s: ground.warm_up_s,
            contacts_simulated: ground.contacts_simulated,
            audit_broken: &ground.audit,
        }
    }
}
