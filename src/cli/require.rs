//! `holdtime require FILE`: the agents that a scenario needs by formula, from the telephone to the payroll.
//!
//! Works nothing out. Invariant: nothing is worked out while the scenario is invalid; a goal that no number of agents reaches
//! ends with 1 and the nearest.

use std::path::Path;

use crate::calculator::{PlanCheck, check_plan};
use crate::experiment::{self, Unfinished};
use crate::files::{Disk, Draft, Folder, Written};
use crate::report::{
    Dialect, Paint, Required, requirement_page, write_requirement_csv, write_requirement_json,
};
use crate::scenario::{self, Scenario};
use crate::staffing::{By, NotRequired, Payroll, Requirement, Wishes, by_size};

use super::args::Format;
use super::interrupt::Interrupt;
use super::progress::{Planned, Talk, Watch};
use super::require_args::{ByName, RequireArguments};
use super::{Exit, Failure, output, words};

pub(super) fn run(arguments: &RequireArguments) -> Result<Exit, Failure> {
    let file = &arguments.file;
    Disk.look_at(file).map_err(|why| Failure(words::unreadable(file, &why.0)))?;
    let loaded = match scenario::load(file, &arguments.sets, &Disk) {
        Ok(loaded) => loaded,
        Err(problems) => {
            output::say_diagnostics(&problems);
            return Ok(Exit::No);
        }
    };
    output::say_diagnostics(&loaded.warnings);
    let scenario = &loaded.scenario;
    let by = match arguments.by {
        None => by_size(&scenario.almanac),
        Some(ByName::Interval) => By::Interval,
        Some(ByName::Day) => By::Day,
        Some(ByName::Month) if scenario.almanac.is_dated => By::Month,
        Some(ByName::Month) => return Err(Failure(words::no_months(file))),
    };
    let folder = arguments.out.as_deref().map(|path| open(path, file)).transpose()?;
    let wishes = Wishes {
        service_level: arguments.service_level,
        abandonment: arguments.abandonment,
        asa_s: arguments.asa,
        occupancy: arguments.max_occupancy,
    };
    let payroll =
        Payroll { shrinkage: arguments.shrinkage, fte_hours: arguments.fte.map(|seconds| seconds / 3600.0) };
    let requirement = match Requirement::of(&loaded, &wishes, payroll) {
        Ok(requirement) => requirement,
        Err(why) => return Err(Failure(refusal(file, &why))),
    };
    let check = match arguments.check.then(|| simulate(arguments, scenario, &requirement)) {
        None => None,
        Some(Ok(check)) => Some(check),
        Some(Err(exit)) => return exit,
    };
    let typed = words::with_sets(file, &arguments.sets);
    let required = Required {
        scenario,
        expected: &loaded.expected,
        requirement: &requirement,
        by,
        check: check.as_ref(),
    };
    let dialect = arguments.csv.dialect();
    match arguments.format {
        Format::Table => {
            output::print(requirement_page(&required, &typed, output::paint()).as_bytes())?;
        }
        Format::Json => output::write(|out| write_requirement_json(out, &required))?,
        Format::Csv => output::write(|out| dialect.write(out, |out| write_requirement_csv(out, &required)))?,
    }
    if let Some((folder, stem)) = folder {
        save(&folder, &stem, &typed, &required, dialect)?;
    }
    let whole = requirement.sums(scenario, requirement.counted(scenario));
    if whole.out_of_reach > 0 {
        output::error(&words::out_of_reach(whole.out_of_reach));
        return Ok(Exit::No);
    }
    Ok(Exit::Done)
}

fn refusal(file: &str, why: &NotRequired) -> String {
    match why {
        NotRequired::Endless(classes) => words::endless_backlog(file, classes),
        NotRequired::NothingWanted(classes) => words::nothing_wanted(file, classes),
    }
}

/// The simulation of the required agents, or how the command ends without one.
fn simulate(
    arguments: &RequireArguments,
    scenario: &Scenario,
    requirement: &Requirement,
) -> Result<PlanCheck, Result<Exit, Failure>> {
    let mut settings = arguments.runs.settings();
    let planned = experiment::replications(scenario, &settings);
    settings.jobs = settings.jobs.min(planned as usize);
    let talk = if arguments.quiet { Talk::Quiet } else { Talk::Normal };
    let interrupt = Interrupt::listen().map_err(Err)?;
    let watch = Watch::new(Planned::Exactly(planned), talk, interrupt);
    let checked = check_plan(scenario, requirement, &settings, &watch);
    let _ = watch.finish();
    checked.map_err(|why| match why {
        Unfinished::Cancelled => {
            output::say(&words::nothing_finished(&arguments.file));
            Ok(Exit::Interrupted)
        }
        Unfinished::Overgrown { .. } => {
            output::error(&words::no_result(&arguments.file, &why.to_string()));
            Ok(Exit::No)
        }
        Unfinished::NoThreads(_) => Err(Failure(why.to_string())),
    })
}

/// The folder and the beginning of the names, once it is known that everything can be put there.
fn open(path: &Path, file: &str) -> Result<(Folder, String), Failure> {
    let stem = Path::new(file).file_stem().and_then(|stem| stem.to_str());
    let stem = stem.ok_or_else(|| Failure(words::no_name(file)))?;
    let look = || {
        let folder = Folder::open(path)?;
        names(stem).iter().try_for_each(|name| folder.look_at(name))?;
        Ok((folder, stem.to_owned()))
    };
    look().map_err(|error: std::io::Error| {
        Failure(words::no_folder(&path.display().to_string(), &error.to_string()))
    })
}

fn names(stem: &str) -> [String; 3] {
    ["json", "csv", "txt"].map(|ending| format!("{stem}.require.{ending}"))
}

fn save(
    folder: &Folder,
    stem: &str,
    file: &str,
    required: &Required<'_>,
    dialect: Dialect,
) -> Result<(), Failure> {
    let text = requirement_page(required, file, Paint::Plain);
    let [json, csv, txt] = names(stem);
    let written = folder.write_all(vec![
        Draft::new(json, |out| write_requirement_json(out, required)),
        Draft::new(csv, |out| dialect.write(out, |out| write_requirement_csv(out, required))),
        Draft::new(txt, |out| out.write_all(text.as_bytes())),
    ]);
    for written in written.map_err(|error| Failure(words::not_written(file, &error.to_string())))? {
        output::say(&match written {
            Written::New(path) => words::written(&path.display().to_string()),
            Written::Replaced(path) => words::replaced(&path.display().to_string()),
        });
    }
    Ok(())
}
