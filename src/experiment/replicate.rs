//! Replications: how many, on which threads, in which order.
//!
//! Workers take the next index when they are free. Invariant: an interrupted experiment holds the replications
//! 0 … k − 1 without a gap, so its numbers are those of an experiment that asked for k.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::control::{Control, Progress};
use super::outcome::Outcome;
use super::until::Until;
use crate::measure::{Audit, ContactLog, ContactRows, Frame, Meter, RunResult};
use crate::model::{Centre, Fact, Observer, Rules, RunEnd};
use crate::scenario::Scenario;
use crate::units::{LaneId, SimTime, Span};

/// Simulated days that the default number of replications adds up to.
const DEFAULT_DAYS: f64 = 3650.0;

/// What to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Replications; `None`: what the scenario asks for, or the default for its horizon.
    pub replications: Option<u32>,
    /// Seed; the same seed gives the same customers.
    pub seed: u64,
    /// Threads, at least 1; without influence on the results.
    pub jobs: usize,
    /// The finest periods of the result.
    pub grain: Grain,
    /// Runs until a measure is known well enough, in place of a number of replications.
    pub until: Option<Until>,
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
        Self { replications: None, seed: 1, jobs: 1, grain: Grain::default(), until: None }
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
    /// What they were to find out, if that decided how many there are.
    pub until: Option<Until>,
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
    replicate_and_log(scenario, settings, control, None)
}

/// The same, with each contact of the replications that `log` wants told to it.
///
/// # Errors
/// As [`replicate`].
pub fn replicate_and_log(
    scenario: &Scenario,
    settings: &Settings,
    control: &dyn Control,
    log: Option<&dyn ContactSink>,
) -> Result<Outcome, Unfinished> {
    let pool = pool(settings.jobs)?;
    let runs = simulate_on(&pool, scenario, settings, control, log)?;
    Ok(pool.install(|| runs.outcome(scenario)))
}

/// Where contacts of replications go; asked from several threads.
pub trait ContactSink: Sync {
    /// A replication begins: who takes its contacts, if anybody does.
    fn begin(&self, replication: u32) -> Option<Box<dyn Logging + '_>>;
}

/// Takes the contacts of one replication.
pub trait Logging: ContactRows {
    /// The replication is complete. One that is not is dropped.
    fn complete(self: Box<Self>);
}

/// Runs the replications of a scenario.
///
/// Cancelled in between, it finishes what runs and returns the first replications, fewer than planned.
///
/// # Errors
/// As [`replicate`].
pub fn simulate(scenario: &Scenario, settings: &Settings, control: &dyn Control) -> Result<Runs, Unfinished> {
    simulate_on(&pool(settings.jobs)?, scenario, settings, control, None)
}

/// How many replications at most: those of `until`, else as asked for, else as the scenario says, else ten simulated years,
/// at least 10, at most 400.
#[must_use]
pub fn replications(scenario: &Scenario, settings: &Settings) -> u32 {
    let days = scenario.almanac.horizon.0 as f64 / Span::DAY.0 as f64;
    let default = (DEFAULT_DAYS / days).clamp(10.0, 400.0) as u32;
    let at_most = settings.until.map(|until| until.at_most);
    at_most.or(settings.replications).or(scenario.replications).unwrap_or(default).max(1)
}

pub(super) fn pool(jobs: usize) -> Result<rayon::ThreadPool, Unfinished> {
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
    log: Option<&dyn ContactSink>,
) -> Result<Runs, Unfinished> {
    let frame = match settings.grain {
        Grain::TypicalWeek => Frame::of(scenario),
        Grain::EveryInterval => Frame::of(scenario).with_intervals(),
    };
    let rules = Rules::compile(scenario);
    let planned = replications(scenario, settings);
    let is_enough = |until: Until| {
        let frame = &frame;
        move |runs: &[&RunResult]| until.is_enough(frame, runs)
    };
    let stop =
        settings.until.map(|until| Stop { looks: until.looks().collect(), is_enough: is_enough(until) });
    let (results, planned) = in_order(
        pool,
        planned,
        control,
        stop.as_ref(),
        || Meter::new(&frame),
        |meter, replication| {
            let tell = |share, contacts| control.progress(Progress { replication, share, contacts });
            let which = (settings.seed, replication);
            let Some(mut rows) = log.and_then(|log| log.begin(replication)) else {
                return run_one(scenario, &rules, meter, which, &mut Nobody, tell);
            };
            let mut contacts = ContactLog::new(scenario, rows.as_mut());
            let result = run_one(scenario, &rules, meter, which, &mut contacts, tell)?;
            contacts.finish();
            rows.complete();
            Ok(result)
        },
    )?;
    if results.is_empty() {
        return Err(Unfinished::Cancelled);
    }
    Ok(Runs { frame, results, planned, seed: settings.seed, until: settings.until })
}

/// Meter and audit, and whoever else listens to the same facts.
struct Listeners<'m, 'a, O> {
    meter: &'m mut Meter<'a>,
    audit: Audit<'a>,
    other: &'m mut O,
}

impl<O: Observer> Observer for Listeners<'_, '_, O> {
    #[inline(always)]
    fn on(&mut self, now: SimTime, fact: &Fact<'_>) {
        self.meter.on(now, fact);
        self.audit.on(now, fact);
        self.other.on(now, fact);
    }
}

/// Nobody else listens, at no cost.
struct Nobody;

impl Observer for Nobody {
    #[inline(always)]
    fn on(&mut self, _: SimTime, _: &Fact<'_>) {}
}

/// One replication; `other` hears it too, `tell` is told the share that is done and the contacts so far, once per interval.
pub(super) fn run_one<'a, O: Observer>(
    scenario: &'a Scenario,
    rules: &Rules,
    meter: &mut Meter<'a>,
    (seed, replication): (u64, u32),
    other: &mut O,
    tell: impl Fn(f64, u64),
) -> Result<RunResult, Unfinished> {
    let mut centre = Centre::new(rules, seed, replication);
    let mut listeners = Listeners { meter, audit: Audit::new(scenario), other };
    let almanac = &scenario.almanac;
    let n_intervals = almanac.n_intervals();
    // After everything that happens at the instant.
    let mut instants = scenario.snapshots.iter().map(|at| SimTime(0) + almanac.warm_up + *at).peekable();
    for interval in 1..=n_intervals {
        let until = SimTime(interval as u64 * almanac.interval.0);
        while let Some(at) = instants.next_if(|at| *at < until) {
            centre.advance(SimTime(at.0 + 1), &mut listeners);
            listeners.meter.keep_snapshot();
        }
        centre.advance(until, &mut listeners);
        if interval < n_intervals {
            let share = interval as f64 / n_intervals as f64;
            tell(share, centre.offered_so_far());
        }
    }
    let end = centre.finish(&mut listeners);
    let contacts = centre.offered_so_far();
    let Listeners { meter, audit, .. } = listeners;
    match end {
        RunEnd::Horizon => {
            let result = meter.finish(replication, |books| audit.finish(books));
            tell(1.0, contacts);
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

/// When fewer indices than asked for are enough.
pub(super) struct Stop<F> {
    /// Numbers of first results after which to look, rising.
    looks: Vec<usize>,
    /// Whether these first results are enough.
    is_enough: F,
}

/// Does the work of the indices 0 … n − 1 on all threads of the pool, each with a worker of its own.
///
/// After a cancellation, an error, or a look that finds enough no further index is begun; those begun are finished. Returns
/// the results of the first indices without a gap, and how many there were to be: `n`, or those that were enough. What other
/// threads did beyond them is thrown away, so that the answer does not depend on how many there are.
///
/// # Errors
/// The error of the lowest index, unless those before it were enough.
pub(super) fn in_order<W, R, E, F>(
    pool: &rayon::ThreadPool,
    n: u32,
    control: &dyn Control,
    stop: Option<&Stop<F>>,
    worker: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, u32) -> Result<R, E> + Sync,
) -> Result<(Vec<R>, u32), E>
where
    R: Send + Sync,
    E: Send + Sync,
    F: Fn(&[&R]) -> bool + Sync,
{
    let slots: Vec<OnceLock<Result<R, E>>> = (0..n).map(|_| OnceLock::new()).collect();
    let (next, is_over) = (AtomicU32::new(0), AtomicBool::new(false));
    // Looks taken, and the number that was enough.
    let standing: Mutex<(usize, Option<usize>)> = Mutex::new((0, None));
    let look = |stop: &Stop<F>| {
        let mut standing = standing.lock().unwrap_or_else(PoisonError::into_inner);
        while standing.1.is_none()
            && let Some(first) = stop.looks.get(standing.0)
        {
            let done: Vec<&R> = slots[..*first].iter().map_while(|slot| slot.get()?.as_ref().ok()).collect();
            if done.len() < *first {
                break;
            }
            standing.0 += 1;
            if (stop.is_enough)(&done) {
                standing.1 = Some(*first);
                is_over.store(true, Ordering::Relaxed);
            }
        }
    };
    let run = || {
        let mut worker = worker();
        while !control.is_cancelled() && !is_over.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(slot) = slots.get(index as usize) else { break };
            let result = work(&mut worker, index);
            is_over.fetch_or(result.is_err(), Ordering::Relaxed);
            let is_first = slot.set(result).is_ok();
            debug_assert!(is_first, "an index is given out once");
            if let Some(stop) = stop {
                look(stop);
            }
        }
    };
    let n_workers = pool.current_num_threads().min(n as usize);
    pool.scope(|scope| {
        for _ in 0..n_workers {
            scope.spawn(|_| run());
        }
    });
    let (_, enough) = standing.into_inner().unwrap_or_else(PoisonError::into_inner);
    let planned = enough.map_or(n, |first| first as u32);
    // Indices are given out in order and always finished: the first empty slot ends the prefix.
    let first = slots.into_iter().take(planned as usize).map_while(OnceLock::into_inner);
    Ok((first.collect::<Result<Vec<R>, E>>()?, planned))
}
