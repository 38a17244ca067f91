//! All replications of all scenarios, one after the other on every thread: of each replication all scenarios, before the next.
//!
//! Judges nothing. Invariant: an interrupted comparison holds the same first replications of every scenario; a result of a
//! replication is reduced to its [`Digest`] at once, so that many scenarios take no more room than one.

use std::ops::Range;

use super::Failed;
use super::digest::Digest;
use crate::experiment::control::{Control, Progress};
use crate::experiment::replicate::{Stop, in_order, run_one};
use crate::measure::{Frame, Guests, Meter};
use crate::model::{Brings, Rules};
use crate::scenario::Scenario;

/// A scenario that is ready to run.
pub(super) struct Prepared<'a> {
    pub scenario: &'a Scenario,
    pub frame: Frame,
    rules: Rules,
}

impl<'a> Prepared<'a> {
    pub fn of(scenario: &'a Scenario) -> Self {
        Self { scenario, frame: Frame::of(scenario), rules: Rules::compile(scenario) }
    }
}

/// Replications of the scenarios at the positions `who`, as many of each; fewer than asked for if cancelled.
pub(super) fn simulate<'p>(
    pool: &rayon::ThreadPool,
    prepared: &'p [Prepared<'p>],
    who: &[usize],
    replications: Range<u32>,
    seed: u64,
    control: &dyn Control,
) -> Result<Vec<Vec<Digest>>, Failed> {
    let n_scenarios = prepared.len() as u32;
    let judges: Vec<_> = prepared.iter().map(Prepared::judges).collect();
    let job = |worker: &mut Worker<'p>, position: u32| {
        let scenario = who[position as usize % who.len()];
        let replication = replications.start + position / who.len() as u32;
        let ready = &prepared[scenario];
        let tell = |share, contacts| {
            let job = replication * n_scenarios + scenario as u32;
            control.progress(Progress { replication: job, share, contacts });
        };
        let mut guests = Guests::new(Brings::new(&ready.rules, seed, replication), ready.frame.n_classes());
        let meter = worker.meter(scenario, prepared);
        let ran = run_one(ready.scenario, &ready.rules, meter, (seed, replication), &mut guests, tell);
        match ran {
            Ok(run) => Ok(Digest::of(&ready.frame, &judges[scenario], run, guests.finish())),
            Err(why) => Err(Failed { scenario, why }),
        }
    };
    let jobs = (replications.end - replications.start) * who.len() as u32;
    let never = None::<&Stop<fn(&[&Digest]) -> bool>>;
    let (done, _) = in_order(pool, jobs, control, never, Worker::default, job)?;
    let complete = done.len() / who.len();
    let mut digests: Vec<Vec<Digest>> = who.iter().map(|_| Vec::with_capacity(complete)).collect();
    for (position, digest) in done.into_iter().take(complete * who.len()).enumerate() {
        digests[position % who.len()].push(digest);
    }
    Ok(digests)
}

/// What a thread keeps between two jobs: one meter, so that it takes the room of one run.
#[derive(Default)]
struct Worker<'p> {
    meter: Option<(usize, Meter<'p>)>,
}

impl<'p> Worker<'p> {
    fn meter(&mut self, scenario: usize, prepared: &'p [Prepared<'_>]) -> &mut Meter<'p> {
        if self.meter.as_ref().is_some_and(|(of, _)| *of != scenario) {
            // Gives its room back before the next one takes its own.
            self.meter = None;
        }
        &mut self.meter.get_or_insert_with(|| (scenario, Meter::new(&prepared[scenario].frame))).1
    }
}
