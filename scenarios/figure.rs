//! Figures of a run that something else is known of: where they stand in the result, and how sure they are.
//!
//! Shared by the published models and the validation; knows no expected value and no verdict. Invariant: a figure that does not
//! exist ends the program, so that no comparison is left out.

use std::path::Path;

use holdtime::experiment::{Measures, Outcome, Settings, Unattended, replicate};
use holdtime::files::Disk;
use holdtime::scenario;
use holdtime::stats::Estimate;
use statrs::distribution::{ContinuousCDF, StudentsT};

/// What a figure is of.
#[derive(Clone, Copy)]
pub enum Of {
    All,
    Class(&'static str),
    Group(&'static str),
    /// A class in a slot of the typical week, by position.
    Slot(usize, &'static str),
    /// A class at an instant, by position.
    SnapshotClass(usize, &'static str),
    /// A group at an instant, by position.
    SnapshotGroup(usize, &'static str),
    /// A class and a group together at an instant: waiting and busy.
    InSystem(usize, &'static str, &'static str),
    /// The standard deviation from replication to replication, of all.
    Spread,
}

impl Of {
    /// For a table.
    pub fn name(self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Spread => "sd of a run".to_owned(),
            Self::Class(name) | Self::Group(name) => format!("`{name}`"),
            Self::Slot(slot, name) => format!("`{name}`, step {}", slot + 1),
            Self::SnapshotClass(at, name) | Self::SnapshotGroup(at, name) | Self::InSystem(at, name, _) => {
                format!("`{name}`, instant {}", at + 1)
            }
        }
    }
}

/// A value that a run has measured.
#[derive(Clone, Copy)]
pub struct Measured {
    pub mean: f64,
    /// Half of its 95 % interval.
    pub half_width: f64,
    pub standard_error: f64,
}

/// Runs a scenario file with some values set, so many times or as often as it says.
pub fn simulate(path: &Path, sets: &[String], replications: Option<u32>, seed: u64, jobs: usize) -> Outcome {
    let loaded = scenario::load(&path.to_string_lossy(), sets, &Disk)
        .unwrap_or_else(|problems| panic!("{}", problems.render(scenario::Paint::Plain)));
    let replications = replications.or(loaded.scenario.replications);
    let settings = Settings { replications, seed, jobs, ..Settings::default() };
    replicate(&loaded.scenario, &settings, &Unattended).expect("the queue stays within bounds")
}

/// The mean of a figure over experiments of the same size with different seeds.
pub fn average(of: &[Measured]) -> Measured {
    let n = of.len() as f64;
    let root_of_squares =
        |each: fn(&Measured) -> f64| of.iter().map(|one| each(one).powi(2)).sum::<f64>().sqrt();
    Measured {
        mean: of.iter().map(|one| one.mean).sum::<f64>() / n,
        half_width: root_of_squares(|one| one.half_width) / n,
        standard_error: root_of_squares(|one| one.standard_error) / n,
    }
}

/// The figure in a result.
pub fn measured(outcome: &Outcome, of: Of, measure: &str) -> Measured {
    let n = f64::from(outcome.manifest.replications);
    let t = StudentsT::new(0.0, 1.0, n - 1.0).expect("a law").inverse_cdf(0.975);
    let of_estimate = |Estimate { mean, half_width, .. }: Estimate| {
        let (mean, half_width) = (mean.expect("a value"), half_width.expect("an interval"));
        Measured { mean, half_width, standard_error: half_width / t }
    };
    let in_row = |at: usize| &outcome.snapshots[at];
    match of {
        Of::All => of_estimate(get(&outcome.total, measure)),
        Of::Class(name) => of_estimate(get(&outcome.classes[class(outcome, name)].measures, measure)),
        Of::Group(name) => of_estimate(get(&outcome.groups[group(outcome, name)].measures, measure)),
        Of::Slot(slot, name) => {
            of_estimate(get(&outcome.by_interval[slot].classes[class(outcome, name)], measure))
        }
        Of::SnapshotClass(at, name) => of_estimate(get(&in_row(at).classes[class(outcome, name)], measure)),
        Of::SnapshotGroup(at, name) => of_estimate(get(&in_row(at).groups[group(outcome, name)], measure)),
        Of::InSystem(at, waiting_in, busy_in) => {
            let waiting = measured(outcome, Of::SnapshotClass(at, waiting_in), "waiting");
            let busy = measured(outcome, Of::SnapshotGroup(at, busy_in), "busy");
            // Both rise together: at most so wide.
            Measured {
                mean: waiting.mean + busy.mean,
                half_width: waiting.half_width + busy.half_width,
                standard_error: waiting.standard_error + busy.standard_error,
            }
        }
        Of::Spread => {
            let sd = of_estimate(get(&outcome.total, measure)).standard_error * n.sqrt();
            // Of a standard deviation, for a number near the normal law.
            let standard_error = sd / (2.0 * (n - 1.0)).sqrt();
            Measured { mean: sd, half_width: t * standard_error, standard_error }
        }
    }
}

fn class(outcome: &Outcome, name: &str) -> usize {
    outcome.classes.iter().position(|class| class.name == name).expect("a class")
}

fn group(outcome: &Outcome, name: &str) -> usize {
    outcome.groups.iter().position(|group| group.name == name).expect("a group")
}

fn get(measures: &Measures, name: &str) -> Estimate {
    *measures.get(name).unwrap_or_else(|| panic!("no measure {name}"))
}
