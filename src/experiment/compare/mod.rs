//! Scenarios compared on the same customers: differences with intervals, and what may be said of them.
//!
//! Formats nothing and gives no advice in words. Invariant: a difference is paired replication by replication, and a verdict is
//! given once, of a number of replications that no verdict has decided.

mod advice;
mod at_target;
mod best;
mod cost;
mod customers;
mod differences;
mod digest;
mod fit;
mod notes;
mod outcome;
mod runs;
mod screen;
mod stages;
mod together;
mod verdict;

use super::calendar::Calendar;
use super::control::Control;
use super::replicate::{Settings, Unfinished, pool, replications};
use super::targets;
use super::until::Precision;
use crate::scenario::Scenario;

pub use advice::{Reading, Side};
pub use at_target::staffing_at_target;
pub use best::Best;
pub use fit::{Misfit, misfits};
pub use outcome::{
    AgainstReference, BetterIn, Borne, BorneBy, Compared, Comparison, CostCompared, CustomersOfClass,
    Difference, Family, MissedPeriods, Sameness, Stages, Trait,
};
pub use screen::{judged_by_default, matters_by_default};
pub use together::Ground;
pub use verdict::Finding;

use best::Search;
pub(super) use digest::Measured;
pub(super) use together::{Effort, Together};

use digest::{Digest, Sample};
use runs::Prepared;

/// What to compare, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Replications of each scenario; `None`: as many as the scenario that asks for most. Of the first stage, where there are two.
    pub replications: Option<u32>,
    /// Seed; the same for all.
    pub seed: u64,
    /// Threads, at least 1; without influence on the results.
    pub jobs: usize,
    /// Position of the scenario that the others are held against.
    pub reference: usize,
    /// Measures judged together; empty: [`judged_by_default`].
    pub metrics: Vec<&'static str>,
    /// The smallest difference that matters, where it is not [`matters_by_default`]: relative to the reference's value, or in
    /// the unit of the measure.
    pub matters: Vec<(&'static str, Precision)>,
    /// Two stages, the second long enough to decide everything; with at most so many replications.
    pub until_decided: Option<u32>,
    /// Searches the best by a measure that has a better side, with at most so many replications; not together with two stages.
    pub best: Option<(&'static str, u32)>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            replications: None,
            seed: 1,
            jobs: 1,
            reference: 0,
            metrics: Vec::new(),
            matters: Vec::new(),
            until_decided: None,
            best: None,
        }
    }
}

/// Why there is no comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// Position of the scenario; without meaning if the experiment was cancelled.
    pub scenario: usize,
    /// What happened to it.
    pub why: Unfinished,
}

/// Replications of the first stage of two, unless asked for otherwise.
pub const FIRST_STAGE: u32 = 10;

/// How many replications of each scenario there are, or of each in the first stage.
#[must_use]
pub fn planned(scenarios: &[&Scenario], plan: &Plan) -> u32 {
    if plan.until_decided.is_some() {
        return plan.replications.unwrap_or(FIRST_STAGE).max(2);
    }
    let settings = Settings { replications: plan.replications, ..Settings::default() };
    scenarios.iter().map(|scenario| replications(scenario, &settings)).max().unwrap_or(1)
}

/// Runs the scenarios on the same customers and holds them against the reference. Progress is told with the position of the
/// job: replication × scenarios + scenario.
///
/// Cancelled in between, it compares the first replications that all scenarios have.
///
/// # Errors
/// If it is cancelled before every scenario has a replication, or a queue grows without limit.
///
/// # Panics
/// If there is no scenario or no such reference.
pub fn compare(scenarios: &[&Scenario], plan: &Plan, control: &dyn Control) -> Result<Comparison, Failed> {
    assert!(plan.reference < scenarios.len(), "the reference is one of the scenarios");
    let no_threads = |why| Failed { scenario: 0, why };
    let pool = pool(plan.jobs).map_err(no_threads)?;
    let prepared: Vec<Prepared<'_>> = scenarios.iter().map(|scenario| Prepared::of(scenario)).collect();
    let first = planned(scenarios, plan);
    let all: Vec<usize> = (0..scenarios.len()).collect();
    let mut digests = runs::simulate(&pool, &prepared, &all, 0..first, plan.seed, control)?;
    if digests[0].is_empty() {
        return Err(Failed { scenario: 0, why: Unfinished::Cancelled });
    }
    let mut stages = None;
    if let Some(most) = plan.until_decided
        && digests[0].len() == first as usize
    {
        let samples = samples(&prepared, &digests);
        let needed = stages::replications_needed(&samples, plan, first);
        let last = needed.min(most.max(first));
        stages = Some(Stages { first, needed, at_most: most, last });
        drop(samples);
        let more = runs::simulate(&pool, &prepared, &all, first..last, plan.seed, control)?;
        digests.iter_mut().zip(more).for_each(|(digests, more)| digests.extend(more));
    }
    let planned = stages.map_or(first, |stages| stages.last);
    let mut comparison = outcome::of(&samples(&prepared, &digests), plan, planned, stages);
    if let Some((metric, most)) = plan.best.filter(|_| !comparison.is_partial) {
        let search = Search::new(&samples(&prepared, &digests), metric, plan);
        drop(digests);
        comparison.best = match search {
            Some(search) => Some(find_best(search, &pool, &prepared, most, plan.seed, control)?),
            None => {
                comparison.notes.push(notes::no_search(metric));
                None
            }
        };
    }
    Ok(comparison)
}

/// Runs what the search asks for.
fn find_best<'p>(
    mut search: Search,
    pool: &rayon::ThreadPool,
    prepared: &'p [Prepared<'p>],
    most: u32,
    seed: u64,
    control: &dyn Control,
) -> Result<Best, Failed> {
    let mut next = search.done();
    while search.left().len() > 1 && next < most {
        let who = search.left().to_vec();
        let last = (next + best::BLOCK).min(most);
        let digests = runs::simulate(pool, prepared, &who, next..last, seed, control)?;
        if digests[0].len() < (last - next) as usize {
            break;
        }
        let samples: Vec<Sample<'_>> = who
            .iter()
            .zip(&digests)
            .map(|(scenario, digests)| Sample { prepared: &prepared[*scenario], digests })
            .collect();
        if !search.look(&samples) {
            break;
        }
        next = last;
    }
    Ok(search.finish())
}

fn samples<'p>(prepared: &'p [Prepared<'p>], digests: &'p [Vec<Digest>]) -> Vec<Sample<'p>> {
    prepared.iter().zip(digests).map(|(prepared, digests)| Sample { prepared, digests }).collect()
}

impl<'a> Prepared<'a> {
    fn calendar(&self) -> Calendar<'_> {
        Calendar::new(&self.scenario.almanac, &self.frame)
    }

    fn judges(&self) -> Vec<targets::Judge> {
        targets::judges(self.scenario, self.calendar())
    }
}
