//! Sensitivity: which inputs of a scenario move its measures most, each moved alone, on the same customers.
//!
//! Loads no file: whoever asks makes the scenario with a lever set. Formats nothing. Invariant: every point has the same
//! replications, and an effect is a paired difference from the scenario as it stands.

mod input;

pub use input::{Input, Spread};

use super::compare::{Effort, Failed, Ground, Measured, Together};
use super::control::Control;
use super::replicate::{Settings, replications};
use crate::measure::metric;
use crate::scenario::{Loaded, Scenario};
use crate::stats::{self, Estimate, Paired};
use crate::units::Span;

/// The measures that are looked at unless others are asked for; the first one sorts.
const LOOKED_AT: [&str; 4] = ["abandonment", "asa_s", "service_level", "cost_eur"];
/// Simulated days that the default number of replications adds up to: paired differences need fewer than values.
const DEFAULT_DAYS: f64 = 365.0;

/// What to find out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SensitivityPlan {
    /// Replications of each point; `None`: the scenario's, else [`sensitivity_replications`].
    pub replications: Option<u32>,
    /// Seed, the same for all points.
    pub seed: u64,
    /// Threads, at least 1; without influence on the results.
    pub jobs: usize,
    /// Measures, the first one sorts; empty: abandonment, ASA, service level, cost.
    pub metrics: Vec<&'static str>,
}

/// An input that is going to be moved.
#[derive(Debug)]
pub struct Candidate {
    /// Which.
    pub input: Input,
    /// How far.
    pub spread: Spread,
    /// Below and above.
    pub ends: [CandidateEnd; 2],
}

/// One end of an input.
#[derive(Debug)]
pub struct CandidateEnd {
    /// On what the scenario says.
    pub factor: f64,
    /// What `--set` would be given, as `scale.volume=0.9`.
    pub set: String,
    /// The scenario there, or why there is none.
    pub scenario: Result<Box<Scenario>, String>,
}

/// Inputs that are moved, and those that the scenario does not have.
#[derive(Debug)]
pub struct Candidates {
    /// In the order in which they are looked at.
    pub moved: Vec<Candidate>,
    /// Not in this scenario.
    pub missing: Vec<Input>,
}

impl Candidates {
    /// Scenarios to run, the one as it stands among them.
    #[must_use]
    pub fn n_points(&self) -> usize {
        let is_there = |end: &&CandidateEnd| end.scenario.is_ok();
        1 + self.moved.iter().flat_map(|one| &one.ends).filter(is_there).count()
    }
}

/// What moves the measures of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// What the differences rest on.
    pub ground: Ground,
    /// The measures that have a value, in the order asked for.
    pub metrics: Vec<&'static str>,
    /// Those that have none.
    pub without_value: Vec<&'static str>,
    /// Their values in the scenario as it stands.
    pub base: Vec<Estimate>,
    /// The measure that sorts: the first that anything moves.
    pub sorted_by: Option<&'static str>,
    /// By swing, the largest first.
    pub inputs: Vec<Moved>,
    /// Not in this scenario.
    pub missing: Vec<Input>,
    /// Warnings that teach, in words.
    pub notes: Vec<String>,
}

/// What an input moves.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// Which.
    pub input: Input,
    /// How far it was moved.
    pub spread: Spread,
    /// Below and above: the factor, and what `--set` takes for it.
    pub ends: [(f64, String); 2],
    /// By measure.
    pub effects: Vec<Effect>,
    /// What there is to know of its ends, in words.
    pub remarks: Vec<String>,
}

/// What an input does to a measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// At the lower and the upper end, less the scenario as it stands; without value where there is no scenario.
    pub ends: [Estimate; 2],
    /// From the lowest to the highest of both ends and 0.
    pub swing: Option<f64>,
    /// Per cent of the measure for each per cent of the input, from end to end.
    pub elasticity: Option<Estimate>,
}

/// Whether an interval holds 0, so that neither more nor less is shown; never without an interval.
#[must_use]
pub fn is_open(estimate: &Estimate) -> bool {
    estimate.mean.zip(estimate.half_width).is_some_and(|(mean, half)| half > 0.0 && mean.abs() <= half)
}

/// How many replications of each point: as asked for, else as the scenario says, else one simulated year in all, at least 10 and
/// at most 400.
#[must_use]
pub fn sensitivity_replications(scenario: &Scenario, asked: Option<u32>) -> u32 {
    let days = scenario.almanac.horizon.0 as f64 / Span::DAY.0 as f64;
    let default = (DEFAULT_DAYS / days).clamp(10.0, 400.0) as u32;
    let wanted = asked.or(scenario.replications).unwrap_or(default);
    replications(scenario, &Settings { replications: Some(wanted), ..Settings::default() })
}

/// The inputs of a scenario with both ends of each: by the share `by` below and above, and where `uncertain` has a standard
/// deviation from the 5th to the 95th percentile. `make` gives the scenario with a lever set (`path=value`), or why there is none.
pub fn candidates(
    base: &Loaded,
    by: f64,
    uncertain: &crate::scenario::checked::Uncertainty,
    make: &dyn Fn(&str) -> Result<Scenario, String>,
) -> Candidates {
    let (mut moved, mut missing) = (Vec::new(), Vec::new());
    for (input, is_there) in input::inputs(&base.scenario) {
        if !is_there {
            missing.push(input);
            continue;
        }
        let sd = input.uncertainty(uncertain);
        let spread = if sd > 0.0 { Spread::Uncertainty(sd) } else { Spread::By(by) };
        let (low, high) = spread.factors();
        let written = base.lever(&input.keys());
        let ends = [low, high].map(|factor| {
            // Without the last digits of a product: 1.2 × 1.1 is 1.32.
            let value = (written * factor * 1e12).round() / 1e12;
            let set = format!("{}={value}", input.path());
            let scenario = make(&set).map(Box::new);
            CandidateEnd { factor, set, scenario }
        });
        moved.push(Candidate { input, spread, ends });
    }
    Candidates { moved, missing }
}

/// Runs the scenario and every end on the same customers. Progress is told with the position of the job.
///
/// # Errors
/// If it is cancelled before every point has a replication, or a queue grows without limit; then with the position of the point:
/// 0 the scenario as it stands, then the ends in their order.
pub fn sensitivity(
    base: &Scenario,
    candidates: &Candidates,
    plan: &SensitivityPlan,
    control: &dyn Control,
) -> Result<Sensitivity, Failed> {
    let ends = || candidates.moved.iter().flat_map(|one| &one.ends);
    let scenarios: Vec<&Scenario> =
        std::iter::once(base).chain(ends().filter_map(|end| Some(&**end.scenario.as_ref().ok()?))).collect();
    let effort = Effort {
        replications: sensitivity_replications(base, plan.replications),
        seed: plan.seed,
        jobs: plan.jobs,
    };
    let together = Together::run(&scenarios, effort, control)?;
    let asked = if plan.metrics.is_empty() { LOOKED_AT.to_vec() } else { plan.metrics.clone() };
    let has_value = |name: &&str| {
        let estimate = together.measured(0, name).map(|measured| measured.estimate());
        let is_free = metric(name).is_some_and(|metric| metric.unit() == "EUR");
        estimate.and_then(|estimate| estimate.mean).is_some_and(|mean| !(is_free && mean == 0.0))
    };
    let (metrics, without_value): (Vec<&str>, Vec<&str>) = asked.into_iter().partition(has_value);
    let stands: Vec<Option<Measured<'_>>> = metrics.iter().map(|name| together.measured(0, name)).collect();
    let mut position = 0;
    let mut inputs = Vec::new();
    for candidate in &candidates.moved {
        let points = candidate.ends.each_ref().map(|end| {
            end.scenario.is_ok().then(|| {
                position += 1;
                position
            })
        });
        let effect = |(name, stands): (&&'static str, &Option<Measured<'_>>)| {
            let measured = points.map(|point| together.measured(point?, name));
            effect(stands.as_ref(), &measured, candidate.ends.each_ref().map(|end| end.factor))
        };
        inputs.push(Moved {
            input: candidate.input.clone(),
            spread: candidate.spread,
            ends: candidate.ends.each_ref().map(|end| (end.factor, end.set.clone())),
            effects: metrics.iter().zip(&stands).map(effect).collect(),
            remarks: remarks(base, candidate),
        });
    }
    let moves = |of: usize| inputs.iter().any(|one| one.effects[of].swing.is_some_and(|swing| swing > 0.0));
    let sorting = (0..metrics.len()).find(|of| moves(*of));
    if let Some(of) = sorting {
        let swing = |one: &Moved| one.effects[of].swing.unwrap_or(-1.0);
        inputs.sort_by(|a, b| swing(b).total_cmp(&swing(a)));
    }
    let ground = together.ground(0);
    let missing_estimate = Estimate::missing(ground.replications);
    Ok(Sensitivity {
        notes: notes(&ground, &metrics, &inputs, &together, &candidates.moved),
        base: stands.iter().map(|one| one.as_ref().map_or(missing_estimate, Measured::estimate)).collect(),
        sorted_by: sorting.map(|of| metrics[of]),
        ground,
        metrics,
        without_value,
        inputs,
        missing: candidates.missing.clone(),
    })
}

fn effect(stands: Option<&Measured<'_>>, ends: &[Option<Measured<'_>>; 2], factors: [f64; 2]) -> Effect {
    let less = |one: Option<&Measured<'_>>, other: Option<&Measured<'_>>| one?.less(other?);
    let [low, high] = ends.each_ref().map(|end| less(end.as_ref(), stands));
    let whole = match (&ends[0], &ends[1]) {
        (Some(_), Some(_)) => {
            less(ends[1].as_ref(), ends[0].as_ref()).map(|all| (all, factors[1] - factors[0]))
        }
        (None, Some(_)) => high.clone().map(|all| (all, factors[1] - 1.0)),
        (Some(_), None) => low.clone().map(|all| (all, factors[0] - 1.0)),
        (None, None) => None,
    };
    let elasticity = whole.and_then(|(all, step)| {
        let share = all.quotient(&stands?.alone()?)?.estimate();
        let each = |value: f64| value / step;
        Some(Estimate {
            mean: share.mean.map(each),
            half_width: share.half_width.map(|h| each(h).abs()),
            ..share
        })
    });
    let n = stands.map_or(0, |stands| stands.estimate().n);
    let values: Vec<f64> = [&low, &high].into_iter().flatten().map(Paired::mean).collect();
    let swing = (!values.is_empty()).then(|| {
        values.iter().fold(0.0, |most: f64, value| most.max(*value))
            - values.iter().fold(0.0, |least: f64, value| least.min(*value))
    });
    let told = |end: Option<Paired>| end.map_or(Estimate::missing(n), |end| end.estimate());
    Effect { ends: [told(low), told(high)], swing, elasticity }
}

/// What keeps an end from being what its factor says.
fn remarks(base: &Scenario, candidate: &Candidate) -> Vec<String> {
    let mut remarks = Vec::new();
    for end in &candidate.ends {
        match &end.scenario {
            Err(why) => remarks.push(format!("`{}` is not possible: {why}", end.set)),
            Ok(_) => {
                let stopped = input::stopped(base, &candidate.input, end.factor);
                if !stopped.is_empty() {
                    let names: Vec<String> = stopped.iter().map(|name| format!("`{name}`")).collect();
                    remarks.push(format!(
                        "`{}` stops at a share of 100 % in {}: nobody can do it more often, so this end is \
                         nearer than its factor says",
                        end.set,
                        names.join(", ")
                    ));
                }
            }
        }
    }
    remarks
}

fn notes(
    ground: &Ground,
    metrics: &[&'static str],
    inputs: &[Moved],
    together: &Together<'_>,
    candidates: &[Candidate],
) -> Vec<String> {
    let mut notes = Vec::new();
    let n = ground.replications;
    if n == 1 {
        notes.push(
            "one replication: no ±, since only the spread between replications shows how far chance moves a difference; \
             use `--replications 10` or more"
                .to_owned(),
        );
    }
    let skewed: Vec<String> = metrics
        .iter()
        .filter(|name| is_any_skewed(name, together, candidates, n))
        .map(|name| format!("`{name}`"))
        .collect();
    if !skewed.is_empty() {
        notes.push(format!(
            "skewed between replications: differences of {}; their intervals are too narrow, raise `--replications` (now \
             {n})",
            skewed.join(", ")
        ));
    }
    let of: Vec<&Moved> = inputs.iter().filter(|one| matches!(one.spread, Spread::Uncertainty(_))).collect();
    if !of.is_empty() && of.len() < inputs.len() {
        notes.push(
            "inputs moved by their uncertainty and inputs moved by a fixed share have swings of different steps; their \
             elasticity can be compared"
                .to_owned(),
        );
    }
    notes
}

/// Whether the largest difference of a measure comes from few replications; among many inputs some are skewed by chance.
fn is_any_skewed(name: &str, together: &Together<'_>, candidates: &[Candidate], n: u32) -> bool {
    let n_points = 1 + candidates.iter().flat_map(|one| &one.ends).filter(|end| end.scenario.is_ok()).count();
    let Some(stands) = together.measured(0, name) else { return false };
    let differences = (1..n_points).filter_map(|point| together.measured(point, name)?.less(&stands));
    let largest = differences.max_by(|a, b| a.mean().abs().total_cmp(&b.mean().abs()));
    let skewness = largest.and_then(|largest| stats::skewness_of_mean(largest.deviations()));
    skewness.is_some_and(|skewness| {
        stats::is_too_skewed(skewness, n) && stats::is_skewed_beyond_chance(skewness, n)
    })
}
