//! Questions of many points take the beginning of a long scenario unless all of it is asked for; how long they take.
//!
//! Simulates one replication at most. Invariant: what was cut is told.

use std::time::{Duration, Instant};

use crate::experiment::{self, Settings, Unattended};
use crate::files::Disk;
use crate::scenario::{self, Diagnostics, Loaded};
use crate::units::Span;

/// Longer scenarios are cut: two weeks more than a month change little, eleven months much.
const LONGEST_WHOLE_DAYS: u64 = 31;
/// To four weeks, so that each weekday is in it as often.
const CUT: &str = "horizon=28d";
/// Shorter work is not worth a word: less than this many expected contacts.
const QUICK: f64 = 3e6;

/// A scenario that is as long as it will be run.
pub(super) struct Beginning {
    pub loaded: Loaded,
    /// What was set to make it so, the user's own first.
    pub sets: Vec<String>,
    /// The length of the whole, seconds, if it was cut.
    pub whole_s: Option<f64>,
}

/// How much of a long scenario is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// Its first 28 days.
    Beginning,
    /// All of it.
    Whole,
}

/// Loads a scenario, cut to its first 28 days if it is longer than 31, unless all of it is wanted or a `--set` says how long it is.
pub(super) fn beginning(file: &str, sets: &[String], extent: Extent) -> Result<Beginning, Diagnostics> {
    let loaded = scenario::load(file, sets, &Disk)?;
    let horizon = loaded.scenario.almanac.horizon;
    let says_how_long = sets.iter().any(|set| set.trim_start().starts_with("horizon"));
    if extent == Extent::Whole
        || says_how_long
        || horizon <= Span(LONGEST_WHOLE_DAYS * Span::DAY.0 + Span::HOUR.0)
    {
        return Ok(Beginning { loaded, sets: sets.to_vec(), whole_s: None });
    }
    let sets: Vec<String> = sets.iter().cloned().chain([CUT.to_owned()]).collect();
    let loaded = scenario::load(file, &sets, &Disk)?;
    Ok(Beginning { loaded, sets, whole_s: Some(horizon.as_secs_f64()) })
}

/// How long so many runs of a scenario take, from one that is run for it; `None` where that is soon over.
pub(super) fn expected_time(loaded: &Loaded, runs: u32, jobs: usize) -> Option<Duration> {
    let contacts: f64 = loaded.expected.offered.iter().sum::<f64>() * f64::from(runs);
    if contacts < QUICK {
        return None;
    }
    let begun = Instant::now();
    let settings = Settings { replications: Some(1), ..Settings::default() };
    experiment::simulate(&loaded.scenario, &settings, &Unattended).ok()?;
    Some(begun.elapsed().mul_f64(f64::from(runs) / jobs.max(1) as f64))
}
