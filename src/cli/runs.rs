//! How a simulation is run, whichever command asks: replications, seed, threads; and which measures may be named.
//!
//! Runs nothing. Invariant: a value that arrives is in range.

use std::num::{NonZeroU32, NonZeroUsize};
use std::thread::available_parallelism;

use super::args::{at_least_one, must_be};
use crate::experiment::{Settings, stopping_measures};

/// More replications than this are a slip of the hand; a scenario file may ask for as many.
const MOST_REPLICATIONS: u32 = 1_000_000;

/// Options of every command that simulates replications.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Runs {
    /// Independent runs of the horizon [default: the scenario's, else ten simulated years (sensitivity and explain: one), at least 10]
    #[arg(long, value_name = "N", value_parser = replications, allow_negative_numbers = true)]
    pub replications: Option<NonZeroU32>,
    /// Random seed: the same seed, scenario and version give the same bytes
    #[arg(long, value_name = "N", default_value = "1", value_parser = seed, allow_negative_numbers = true)]
    pub seed: u64,
    /// Threads; the result does not depend on it [default: one per core]
    #[arg(long, value_name = "N", value_parser = jobs, allow_negative_numbers = true)]
    pub jobs: Option<NonZeroUsize>,
}

impl Runs {
    /// As typed, with a thread for every core where none are said.
    pub fn settings(&self) -> Settings {
        Settings {
            replications: self.replications.map(NonZeroU32::get),
            seed: self.seed,
            jobs: self.jobs.map_or_else(cores, NonZeroUsize::get),
            ..Settings::default()
        }
    }
}

/// Threads that run side by side on this machine.
pub(super) fn cores() -> usize {
    available_parallelism().map_or(1, NonZeroUsize::get)
}

pub(super) fn replications(text: &str) -> Result<NonZeroU32, String> {
    let allowed = format!("a whole number from 1 to {MOST_REPLICATIONS}\n  hint: 2 or more give intervals");
    let number: NonZeroU32 = at_least_one(text, &allowed)?;
    if number.get() > MOST_REPLICATIONS { Err(must_be(&allowed)) } else { Ok(number) }
}

pub(super) fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| must_be(&format!("a whole number from 0 to {}", u64::MAX)))
}

fn jobs(text: &str) -> Result<NonZeroUsize, String> {
    at_least_one(text, "a whole number of threads, at least 1\n  hint: leave it out for one per core")
}

/// A measure that has an interval.
pub(super) fn measure(text: &str) -> Result<&'static str, String> {
    let name = text.trim();
    stopping_measures().find(|measure| *measure == name).ok_or_else(|| {
        let known = "one that has an interval, as `asa_s`, `service_level`,\n  `abandonment`, `occupancy`, `wait_s_p90`, `cost_eur`;\n  docs/results.md lists all";
        format!("not possible\n  found: there is no measure `{name}`\n  allowed: {known}")
    })
}
