//! One replication, followed until the cases that were asked for are told.
//!
//! Measures nothing. Invariant: the replication is that of [`super::simulate`] with the same seed and index, as far as it is
//! driven.

use super::control::{Control, Progress};
use super::replicate::{Unfinished, overgrown};
use crate::model::{Centre, Rules, RunEnd};
use crate::scenario::Scenario;
use crate::trace::{Queue, Selection, Snapshot, Story, Tracer, Which};
use crate::units::SimTime;

/// What was told.
#[derive(Clone, Debug)]
pub struct Trace {
    /// What was asked for.
    pub selection: Selection,
    /// The seed.
    pub seed: u64,
    /// Index of the replication.
    pub replication: u32,
    /// The cases, in the order of the selection.
    pub stories: Vec<Story>,
    /// The centre at the instant that was asked for.
    pub snapshot: Option<Snapshot>,
    /// The lanes, by id.
    pub queues: Vec<Queue>,
    /// Whether the replication was stopped before all was told.
    pub is_partial: bool,
}

/// Runs replication `replication` of `scenario` until `selection` is told, at most to its end.
///
/// # Errors
/// If a queue grows without limit.
pub fn follow(
    scenario: &Scenario,
    (seed, replication): (u64, u32),
    selection: Selection,
    control: &dyn Control,
) -> Result<Trace, Unfinished> {
    let rules = Rules::compile(scenario);
    let mut centre = Centre::new(&rules, seed, replication);
    let mut tracer = Tracer::new(scenario, &rules, selection.clone());
    let almanac = &scenario.almanac;
    let n_intervals = almanac.n_intervals();
    let mut look_at = match selection.which {
        Which::WaitingAt(at) => Some(at),
        Which::First | Which::Contact(_) | Which::LongestWait => None,
    };
    let mut is_partial = false;
    for interval in 1..=n_intervals {
        if tracer.is_complete() {
            break;
        }
        is_partial = control.is_cancelled();
        if is_partial {
            break;
        }
        let end = SimTime(interval as u64 * almanac.interval.0);
        if let Some(at) = look_at.take_if(|at| *at < end) {
            // Everything of that very instant has happened: it is over when the next microsecond begins.
            centre.advance(SimTime(at.0 + 1), &mut tracer);
            tracer.look(at);
        }
        centre.advance(end, &mut tracer);
        let share = interval as f64 / n_intervals as f64;
        control.progress(Progress { replication, share, contacts: centre.offered_so_far() });
    }
    if !is_partial
        && !tracer.is_complete()
        && let RunEnd::Overgrown { lane, at } = centre.finish(&mut tracer)
    {
        return Err(overgrown(scenario, &rules, replication, lane, at));
    }
    let (stories, snapshot, queues) = tracer.finish();
    Ok(Trace { selection, seed, replication, stories, snapshot, queues, is_partial })
}
