//! `holdtime sensitivity`: moves each input of a scenario alone, on the same customers, and shows what moves most.
//!
//! Words no result and no wrong scenario. Invariant: every point is made before the first one runs.

use std::path::Path;
use std::time::Duration;

use super::args::Format;
use super::interrupt::Interrupt;
use super::month::{self, Beginning, Extent};
use super::progress::{Planned, Talk, Watch};
use super::sensitivity_args::SensitivityArguments;
use super::{Exit, Failure, output, words};
use crate::experiment::{self, Candidates, Sensitivity, SensitivityPlan, Settings, Unfinished};
use crate::files::{Disk, Draft, Folder};
use crate::report::{
    Basis, Dialect, PAGE_WIDTH, Paint, sensitivity_page, write_sensitivity_csv, write_sensitivity_json,
};
use crate::scenario::checked::Uncertainty;
use crate::scenario::{self, Diagnostics, Loaded, Severity};

/// Names of the result files.
const NAMES: [&str; 3] = ["sensitivity.json", "sensitivity.csv", "sensitivity.txt"];
/// More time has to be wanted.
const LONG: Duration = Duration::from_secs(3600);
/// Less is not told.
const SHORT: Duration = Duration::from_secs(20);

/// Runs the command.
///
/// # Errors
/// If a file cannot be read or written.
pub(super) fn run(arguments: &SensitivityArguments) -> Result<Exit, Failure> {
    let file = &arguments.file;
    super::look_at(std::slice::from_ref(file))?;
    let extent = if arguments.full_year { Extent::Whole } else { Extent::Beginning };
    let Beginning { loaded, sets, whole_s } = match month::beginning(file, &arguments.sets, extent) {
        Ok(beginning) => beginning,
        Err(problems) => return Ok(not_valid(file, &problems)),
    };
    output::say_diagnostics(&loaded.warnings);
    let written = loaded.scenario.uncertainty;
    let Some((base, sets)) = with_uncertainty(arguments, loaded, sets)? else { return Ok(Exit::No) };
    let taken = if arguments.uncertainty { written } else { Uncertainty::default() };
    let make = |set: &str| {
        let sets: Vec<String> = sets.iter().cloned().chain([set.to_owned()]).collect();
        match scenario::load(file, &sets, &Disk) {
            Ok(loaded) => Ok(loaded.scenario),
            Err(problems) => Err(first_error(&problems)),
        }
    };
    let candidates = experiment::candidates(&base, arguments.by, &taken, &make);
    let folder = arguments.out.as_deref().map(open).transpose()?;
    let (mut sensitivity, took) = match simulate(arguments, &base, &candidates)? {
        Ran::Result(sensitivity, took) => (*sensitivity, took),
        Ran::Nothing(exit) => return Ok(exit),
    };
    if !arguments.uncertainty && written != Uncertainty::default() {
        sensitivity.notes.push(words::UNCERTAINTY_NOT_TAKEN.to_owned());
    }
    let basis = Basis::of(&base.scenario, file);
    let dialect = arguments.csv.dialect();
    match arguments.format {
        Format::Table => {
            let text = sensitivity_page(&sensitivity, &basis, whole_s, output::paint(), output::columns());
            output::print(text.as_bytes())?;
        }
        Format::Json => output::write(|out| write_sensitivity_json(out, &sensitivity, whole_s))?,
        Format::Csv => {
            output::write(|out| dialect.write(out, |out| write_sensitivity_csv(out, &sensitivity)))?
        }
    }
    if let Some(folder) = &folder {
        save(folder, &sensitivity, &basis, whole_s, dialect)?;
    }
    let ground = &sensitivity.ground;
    if !arguments.quiet {
        let runs = ground.replications * ground.scenarios;
        output::say(&words::simulated(runs, ground.horizon_s, ground.contacts_simulated, took));
    }
    if ground.is_partial {
        output::say(&words::kept(ground.replications, ground.planned));
        return Ok(Exit::Interrupted);
    }
    if !ground.audit.is_empty() {
        output::error(&words::audit_failed(file));
        return Ok(Exit::No);
    }
    Ok(Exit::Done)
}

fn not_valid(file: &str, problems: &Diagnostics) -> Exit {
    output::say_diagnostics(problems);
    output::say(&words::not_valid(file, problems.n_errors()));
    Exit::No
}

/// The scenario as it stands at all points: where `--uncertainty` moves an input, it is not drawn besides.
fn with_uncertainty(
    arguments: &SensitivityArguments,
    loaded: Loaded,
    sets: Vec<String>,
) -> Result<Option<(Loaded, Vec<String>)>, Failure> {
    if !arguments.uncertainty {
        return Ok(Some((loaded, sets)));
    }
    let of = loaded.scenario.uncertainty;
    let given = [("volume", of.volume), ("talk_time", of.talk_time), ("patience", of.patience)];
    let off = given.iter().filter(|(_, sd)| *sd > 0.0).map(|(key, _)| format!("uncertainty.{key}=0"));
    let off: Vec<String> = off.collect();
    if off.is_empty() {
        return Err(Failure(words::no_uncertainty(&arguments.file)));
    }
    let sets = [sets, off].concat();
    match scenario::load(&arguments.file, &sets, &Disk) {
        Ok(loaded) => Ok(Some((loaded, sets))),
        Err(problems) => {
            let _ = not_valid(&arguments.file, &problems);
            Ok(None)
        }
    }
}

/// What is wrong, in one line.
fn first_error(problems: &Diagnostics) -> String {
    let error = problems.iter().find(|problem| problem.severity() == Severity::Error);
    error.map_or_else(String::new, |problem| problem.title().to_owned())
}

enum Ran {
    /// A result, perhaps a partial one, and how long it took.
    Result(Box<Sensitivity>, Duration),
    /// None; the reason has been told.
    Nothing(Exit),
}

fn simulate(
    arguments: &SensitivityArguments,
    base: &Loaded,
    candidates: &Candidates,
) -> Result<Ran, Failure> {
    let Settings { replications, seed, jobs, .. } = arguments.runs.settings();
    let planned = experiment::sensitivity_replications(&base.scenario, replications);
    let runs = planned.saturating_mul(candidates.n_points() as u32);
    let jobs = jobs.min(runs as usize);
    let interrupt = Interrupt::listen()?;
    if let Some(expected) = month::expected_time(base, runs, jobs).filter(|time| *time >= SHORT) {
        if !arguments.quiet {
            output::say(&words::expected_time(candidates.n_points(), planned, expected));
        }
        if expected > LONG && !arguments.yes {
            output::error(&words::long_question(expected));
            return Ok(Ran::Nothing(Exit::Trouble));
        }
    }
    let plan = SensitivityPlan { replications, seed, jobs, metrics: arguments.metrics.clone() };
    let talk = if arguments.quiet { Talk::Quiet } else { Talk::Normal };
    let watch = Watch::new(Planned::Exactly(runs), talk, interrupt);
    let found = experiment::sensitivity(&base.scenario, candidates, &plan, &watch);
    let took = watch.finish();
    match found {
        Ok(sensitivity) => Ok(Ran::Result(Box::new(sensitivity), took)),
        Err(failed) => match failed.why {
            Unfinished::Cancelled => {
                output::say(words::NOTHING_KEPT);
                Ok(Ran::Nothing(Exit::Interrupted))
            }
            why @ Unfinished::Overgrown { .. } => {
                let at = match failed.scenario.checked_sub(1) {
                    None => arguments.file.clone(),
                    Some(end) => format!("{} with {}", arguments.file, set_of(candidates, end)),
                };
                output::error(&words::no_result(&at, &why.to_string()));
                Ok(Ran::Nothing(Exit::No))
            }
            why @ Unfinished::NoThreads(_) => Err(Failure(why.to_string())),
        },
    }
}

/// What was set at a point that was run, counted without the scenario as it stands.
fn set_of(candidates: &Candidates, position: usize) -> &str {
    let ends = candidates.moved.iter().flat_map(|one| &one.ends).filter(|end| end.scenario.is_ok());
    ends.map(|end| end.set.as_str()).nth(position).unwrap_or_default()
}

/// The folder, once it is known that the result can be put there.
fn open(path: &Path) -> Result<Folder, Failure> {
    let look = || {
        let folder = Folder::open(path)?;
        NAMES.iter().try_for_each(|name| folder.look_at(name))?;
        Ok(folder)
    };
    look().map_err(|error: std::io::Error| {
        Failure(words::no_folder(&path.display().to_string(), &error.to_string()))
    })
}

fn save(
    folder: &Folder,
    sensitivity: &Sensitivity,
    basis: &Basis,
    whole_s: Option<f64>,
    dialect: Dialect,
) -> Result<(), Failure> {
    let text = sensitivity_page(sensitivity, basis, whole_s, Paint::Plain, PAGE_WIDTH);
    let [json, csv, txt] = NAMES;
    let written = folder.write_all(vec![
        Draft::new(json, |out| write_sensitivity_json(out, sensitivity, whole_s)),
        Draft::new(csv, |out| dialect.write(out, |out| write_sensitivity_csv(out, sensitivity))),
        Draft::new(txt, |out| out.write_all(text.as_bytes())),
    ]);
    let written = written.map_err(|error| Failure(words::not_written("sensitivity", &error.to_string())))?;
    written.iter().for_each(|file| output::say(&words::wrote(file)));
    Ok(())
}
