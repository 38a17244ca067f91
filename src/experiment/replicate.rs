//! Replications: how many, on which threads, in which order.
//!
//! Workers take the next index when they are free. Invariant: an interrupted experiment holds the replications
//! 0 … k − 1 without a gap, so its numbers are those of an experiment that asked for k.

use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use super::control::{Control, Progress};
use super::outcome::Outcome;
use crate::measure::{Audit, Frame, Meter, RunResult};
use crate::model::{Centre, Fact, Observer, Rules, RunEnd};
use crate::scenario::Scenario;
use crate::units::{LaneId, SimTime, Span};

/// Simulated days that the default number of replications adds up to.
const DEFAULT_DAYS: f64 = 3650.0;

/// What to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Replications; `None`: what the scenario asks for, or the default for its horizon.
    pub replications: Option<u32>,
    /// Seed; the same seed gives the same customers.
    pub seed: u64,
    /// Threads, at least 1; without influence on the results.
    pub jobs: usize,
    /// The finest periods of the result.
    pub grain: Grain,
}

/// The finest periods of a result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grain {
    /// Days, weeks, months, and the typical week by interval.
    #[default]
    TypicalWeek,
    /// Every interval of every date too, with few measures: some megabytes per simulated year and replication.
    EveryInterval,
}

impl Default for Settings {
    fn default() -> Self {
        Self { replications: None, seed: 1, jobs: 1, grain: Grain::default() }
    }
}

/// The replications of a scenario, in the order of their index.
#[derive(Clone, Debug)]
pub struct Runs {
    /// Where their counts belong.
    pub frame: Frame,
    /// The complete ones, from index 0 on without a gap; at least one.
    pub results: Vec<RunResult>,
    /// How many were asked for.
    pub planned: u32,
    /// Their seed.
    pub seed: u64,
}

/// Why there is no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// Stopped before the first replication was complete.
    Cancelled,
    /// The system gave no threads.
    NoThreads(String),
    /// More contacts than the centre can hold: a queue grows without limit.
    Overgrown {
        /// The replication.
        replication: u32,
        /// The class whose queue the last contact joined.
        class: String,
        /// When, since the start of the run.
        after: Span,
    },
}

impl fmt::Display for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cancelled => write!(f, "stopped before the first replication was complete"),
            Self::NoThreads(reason) => write!(f, "no threads to run on: {reason}"),
            Self::Overgrown { replication, class, after } => write!(
                f,
                "the queue of `{class}` grows without limit (over a million contacts at once after {after}, replication \
                 {replication}); give it patience or more agents"
            ),
        }
    }
}

impl std::error::Error for Unfinished {}

/// Runs the replications of a scenario and works out what they say.
///
/// # Errors
/// If it is cancelled before the first replication is complete, or a queue grows without limit.
pub fn replicate(
    scenario: &Scenario,
    settings: &Settings,
    control: &dyn Control,
) -> Result<Outcome, Unfinished> {
    let pool = pool(settings.jobs)?;
    let runs = simulate_on(&pool, scenario, settings, control)?;
    Ok(pool.install(|| runs.outcome(scenario)))
}

/// Runs the replications of a scenario.
///
/// Cancelled in between, it finishes what runs and returns the first replications, fewer than planned.
///
/// # Errors
/// As [`replicate`].
pub fn simulate(scenario: &Scenario, settings: &Settings, control: &dyn Control) -> Result<Runs, Unfinished> {
    simulate_on(&pool(settings.jobs)?, scenario, settings, control)
}

/// How many replications: as asked for, else as the scenario says, else ten simulated years, at least 10, at most 400.
#[must_use]
pub fn replications(scenario: &Scenario, settings: &Settings) -> u32 {
    let days = scenario.almanac.horizon.0 as f64 / Span::DAY.0 as f64;
    let default = (DEFAULT_DAYS / days).clamp(10.0, 400.0) as u32;
    settings.replications.or(scenario.replications).unwrap_or(default).max(1)
}

fn pool(jobs: usize) -> Result<rayon::ThreadPool, Unfinished> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(jobs.max(1))
        .build()
        .map_err(|error| Unfinished::NoThreads(error.to_string()))
}

fn simulate_on(
    pool: &rayon::ThreadPool,
    scenario: &Scenario,
    settings: &Settings,
    control: &dyn Control,
) -> Result<Runs, Unfinished> {
    let frame = match settings.grain {
        Grain::TypicalWeek => Frame::of(scenario),
        Grain::EveryInterval => Frame::of(scenario).with_intervals(),
    };
    let rules = Rules::compile(scenario);
    let planned = replications(scenario, settings);
    let results = in_order(
        pool,
        planned,
        control,
        || Meter::new(&frame),
        |meter, replication| run_one(scenario, &rules, meter, (settings.seed, replication), control),
    )?;
    if results.is_empty() {
        return Err(Unfinished::Cancelled);
    }
    Ok(Runs { frame, results, planned, seed: settings.seed })
}

/// Meter and audit, listening to the same facts.
struct Listeners<'m, 'a> {
    meter: &'m mut Meter<'a>,
    audit: Audit<'a>,
}

impl Observer for Listeners<'_, '_> {
    #[inline(always)]
    fn on(&mut self, now: SimTime, fact: &Fact<'_>) {
        self.meter.on(now, fact);
        self.audit.on(now, fact);
    }
}

fn run_one<'a>(
    scenario: &'a Scenario,
    rules: &Rules,
    meter: &mut Meter<'a>,
    (seed, replication): (u64, u32),
    control: &dyn Control,
) -> Result<RunResult, Unfinished> {
    let mut centre = Centre::new(rules, seed, replication);
    let mut listeners = Listeners { meter, audit: Audit::new(scenario) };
    let almanac = &scenario.almanac;
    let n_intervals = almanac.n_intervals();
    for interval in 1..=n_intervals {
        centre.advance(SimTime(interval as u64 * almanac.interval.0), &mut listeners);
        if interval < n_intervals {
            let share = interval as f64 / n_intervals as f64;
            control.progress(Progress { replication, share, contacts: centre.offered_so_far() });
        }
    }
    let end = centre.finish(&mut listeners);
    let contacts = centre.offered_so_far();
    let Listeners { meter, audit } = listeners;
    match end {
        RunEnd::Horizon => {
            let result = meter.finish(replication, |books| audit.finish(books));
            control.progress(Progress { replication, share: 1.0, contacts });
            Ok(result)
        }
        RunEnd::Overgrown { lane, at } => Err(overgrown(scenario, rules, replication, lane, at)),
    }
}

/// A replication that was given up at `at`, in words of the scenario.
pub(super) fn overgrown(
    scenario: &Scenario,
    rules: &Rules,
    replication: u32,
    lane: LaneId,
    at: SimTime,
) -> Unfinished {
    Unfinished::Overgrown {
        replication,
        class: scenario.classes[rules.class_of(lane).index()].name.clone(),
        after: at.since(SimTime::ZERO),
    }
}

/// Does the work of the indices 0 … n − 1 on all threads of the pool, each with a worker of its own.
///
/// After a cancellation or an error no further index is begun; those begun are finished. Returns the results of
/// the first indices without a gap.
///
/// # Errors
/// The error of the lowest index.
fn in_order<W, R, E>(
    pool: &rayon::ThreadPool,
    n: u32,
    control: &dyn Control,
    worker: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, u32) -> Result<R, E> + Sync,
) -> Result<Vec<R>, E>
where
    R: Send + Sync,
    E: Send + Sync,
{
    let slots: Vec<OnceLock<Result<R, E>>> = (0..n).map(|_| OnceLock::new()).collect();
    let (next, has_failed) = (AtomicU32::new(0), AtomicBool::new(false));
    let run = || {
        let mut worker = worker();
        while !control.is_cancelled() && !has_failed.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(slot) = slots.get(index as usize) else { break };
            let result = work(&mut worker, index);
            has_failed.fetch_or(result.is_err(), Ordering::Relaxed);
            let is_first = slot.set(result).is_ok();
            debug_assert!(is_first, "an index is given out once");
        }
    };
    let n_workers = pool.current_num_threads().min(n as usize);
    pool.scope(|scope| {
        for _ in 0..n_workers {
            scope.spawn(|_| run());
        }
    });
    // Indices are given out in order and always finished: the first empty slot ends the prefix.
    slots.into_iter().map_while(OnceLock::into_inner).collect()
}
