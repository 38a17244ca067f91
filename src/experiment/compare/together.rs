//! Many scenarios on the same customers, measure by measure: what a question of many points reads its differences from.
//!
//! Chooses no scenario and gives no verdict. Invariant: all scenarios have the same replications, of the same seed.

use super::Failed;
use super::digest::{Digest, Measured, Sample};
use super::runs::{self, Prepared};
use crate::experiment::control::Control;
use crate::experiment::estimates::Members;
use crate::experiment::outcome::Measures;
use crate::experiment::replicate::{Unfinished, pool};
use crate::scenario::Scenario;

/// What differences rest on.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// Version of holdtime.
    pub version: String,
    /// Title of the scenario.
    pub scenario: String,
    /// Its hash, 16 hexadecimal digits.
    pub scenario_hash: String,
    /// The same seed for every scenario.
    pub seed: u64,
    /// Replications of each scenario asked for.
    pub planned: u32,
    /// Replications that every scenario has.
    pub replications: u32,
    /// Whether it was interrupted.
    pub is_partial: bool,
    /// Scenarios that were run.
    pub scenarios: u32,
    /// First date, last date and zone; `None` without dates.
    pub dates: Option<(String, String, String)>,
    /// Counted horizon in seconds.
    pub horizon_s: f64,
    /// Warm-up before it in seconds.
    pub warm_up_s: f64,
    /// Contacts simulated in all replications of all scenarios (offered, warm-up included).
    pub contacts_simulated: u64,
    /// Laws that were broken, in words; empty when all were kept.
    pub audit: Vec<String>,
}

/// How often to run them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::experiment) struct Effort {
    pub replications: u32,
    pub seed: u64,
    pub jobs: usize,
}

/// Scenarios that met the same customers.
pub(in crate::experiment) struct Together<'a> {
    prepared: Vec<Prepared<'a>>,
    digests: Vec<Vec<Digest>>,
    effort: Effort,
}

impl<'a> Together<'a> {
    /// Runs all of them, of each replication all before the next one. Cancelled in between, it has the first replications that
    /// all scenarios have. Progress is told with the position of the job, replication × scenarios + scenario.
    ///
    /// # Errors
    /// If it is cancelled before every scenario has a replication, or a queue grows without limit.
    pub fn run(scenarios: &[&'a Scenario], effort: Effort, control: &dyn Control) -> Result<Self, Failed> {
        let pool = pool(effort.jobs).map_err(|why| Failed { scenario: 0, why })?;
        let prepared: Vec<Prepared<'a>> = scenarios.iter().map(|scenario| Prepared::of(scenario)).collect();
        let all: Vec<usize> = (0..scenarios.len()).collect();
        let digests = runs::simulate(&pool, &prepared, &all, 0..effort.replications, effort.seed, control)?;
        if digests.first().is_none_or(Vec::is_empty) {
            return Err(Failed { scenario: 0, why: Unfinished::Cancelled });
        }
        Ok(Self { prepared, digests, effort })
    }

    /// A measure of a scenario over everything; `None` where it is not measured.
    pub fn measured(&self, scenario: usize, name: &str) -> Option<Measured<'_>> {
        let sample = self.sample(scenario);
        sample.measured(name, &sample.everything())
    }

    /// All measures of one class of a scenario, quantiles apart.
    pub fn of_class(&self, scenario: usize, class: usize) -> Measures {
        self.sample(scenario).of(&Members { classes: vec![class], groups: vec![] })
    }

    /// Replications that every scenario has.
    pub fn replications(&self) -> u32 {
        self.digests[0].len() as u32
    }

    /// Leaves only the first replications: those that another experiment has too.
    pub fn keep(&mut self, replications: u32) {
        self.digests.iter_mut().for_each(|digests| digests.truncate(replications as usize));
    }

    /// What the differences rest on, told of the scenario at a position.
    pub fn ground(&self, of: usize) -> Ground {
        let Prepared { scenario, .. } = &self.prepared[of];
        let dates = self.prepared[of].calendar().dates();
        let almanac = &scenario.almanac;
        let broken = |(position, digests): (usize, &Vec<Digest>)| -> Vec<String> {
            let laws = digests.iter().flat_map(|digest| &digest.audit);
            laws.map(|law| format!("scenario {}, {law}", position + 1)).collect()
        };
        Ground {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            scenario: scenario.name.clone(),
            scenario_hash: format!("{:016x}", scenario.hash),
            seed: self.effort.seed,
            planned: self.effort.replications,
            replications: self.replications(),
            is_partial: self.replications() < self.effort.replications,
            scenarios: self.prepared.len() as u32,
            dates: dates
                .map(|(first, last)| (first.to_string(), last.to_string(), almanac.time_zone.clone())),
            horizon_s: almanac.horizon.as_secs_f64(),
            warm_up_s: almanac.warm_up.as_secs_f64(),
            contacts_simulated: self.digests.iter().flatten().map(|digest| digest.contacts).sum(),
            audit: self.digests.iter().enumerate().flat_map(broken).collect(),
        }
    }

    fn sample(&self, scenario: usize) -> Sample<'_> {
        Sample { prepared: &self.prepared[scenario], digests: &self.digests[scenario] }
    }
}
