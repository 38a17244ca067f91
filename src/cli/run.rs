//! `holdtime run`: checks every scenario, then simulates one after another and shows what came out.
//!
//! Words no result and no wrong scenario. Invariant: nothing runs and nothing is written while any of the scenarios is
//! invalid.

use std::path::Path;
use std::time::Duration;

use crate::experiment::{self, ContactSink, Grain, Outcome, Settings, Unfinished, Until};
use crate::files::{Disk, Draft, Folder, Place};
use crate::report::{
    Basis, Dialect, PAGE_WIDTH, Paint, page, too_many_rows, write_csv, write_csv_list, write_html,
    write_json, write_json_list, write_workbook,
};
use crate::scenario::{self, Loaded};

use super::args::{Detail, Format, RunArguments};
use super::contacts::Log;
use super::interrupt::Interrupt;
use super::progress::{Planned, Talk, Watch};
use super::report_file::ReportFile;
use super::{Exit, Failure, output, words, workbook};

/// A scenario that may run.
struct Ready<'a> {
    file: &'a str,
    /// Result files are called this, with an ending for their format.
    stem: &'a str,
    loaded: Loaded,
}

/// Runs the command.
///
/// # Errors
/// If a file cannot be read or written, or an option does not fit the scenarios.
pub(super) fn run(arguments: &RunArguments) -> Result<Exit, Failure> {
    if arguments.report.report.is_some() && arguments.files.len() > 1 {
        return Err(Failure(words::one_report(arguments.files.len())));
    }
    let stems = stems(arguments)?;
    let Some(loaded) = check_all(arguments)? else { return Ok(Exit::No) };
    let ready: Vec<Ready<'_>> = arguments
        .files
        .iter()
        .zip(stems)
        .zip(loaded)
        .map(|((file, stem), loaded)| Ready { file, stem, loaded })
        .collect();
    if arguments.detail == Detail::Interval
        && arguments.format == Format::Table
        && arguments.out.is_none()
        && arguments.xlsx.is_none()
    {
        output::say(words::DETAIL_NOT_SHOWN);
    }
    let workbook =
        arguments.xlsx.as_deref().map(|path| open_workbook(path, &ready, arguments)).transpose()?;
    let mut log = arguments.contacts.as_deref().map(|path| open_log(path, &ready, arguments)).transpose()?;
    let report = ReportFile::open(&arguments.report)?;
    let assumptions = match &report {
        Some(report) => report.assumptions(&arguments.files, &arguments.sets)?.swap_remove(0),
        None => Vec::new(),
    };
    let interrupt = Interrupt::listen()?;
    let folder = arguments.out.as_deref().map(|path| open(path, &ready)).transpose()?;

    let mut exit = Exit::Done;
    let mut outcomes = Vec::new();
    for (i, one) in ready.iter().enumerate() {
        if interrupt.is_asked() {
            output::say(&words::not_started(ready[i..].iter().map(|one| one.file)));
            exit = Exit::Interrupted;
            break;
        }
        match simulate(one, arguments, &interrupt, log.as_ref())? {
            Ran::Nothing(reason) => exit = exit.or(reason),
            Ran::Result(outcome, took) => {
                if arguments.format == Format::Table {
                    let text = page(
                        &outcome,
                        &Basis::of(&one.loaded.scenario, one.file),
                        output::paint(),
                        output::columns(),
                    );
                    let apart = if outcomes.is_empty() { "" } else { "\n" };
                    output::print(format!("{apart}{text}").as_bytes())?;
                }
                if let Some(folder) = &folder {
                    save(folder, one, &outcome, arguments.csv.dialect())?;
                }
                if let Some(log) = log.take() {
                    log.finish(outcome.manifest.replications)?;
                }
                if let Some((place, path)) = &workbook {
                    save_workbook(place, path, one, &outcome, arguments)?;
                }
                if let Some(report) = &report {
                    let basis = Basis::of(&one.loaded.scenario, one.file);
                    report.write(|out| write_html(out, &outcome, &basis, &assumptions, report.language))?;
                }
                exit = exit.or(judge(one, &outcome, arguments));
                if !arguments.quiet {
                    output::say(&closing(&outcome, took));
                }
                outcomes.push(*outcome);
            }
        }
    }
    show_together(&outcomes, arguments)?;
    Ok(exit)
}

/// The names of the result files, one per scenario; looked at only if there will be any.
fn stems(arguments: &RunArguments) -> Result<Vec<&str>, Failure> {
    if arguments.out.is_none() {
        return Ok(vec![""; arguments.files.len()]);
    }
    let mut stems: Vec<&str> = Vec::new();
    for file in &arguments.files {
        let Some(stem) = Path::new(file).file_stem().and_then(|stem| stem.to_str()) else {
            return Err(Failure(words::no_name(file)));
        };
        if let Some(other) = stems.iter().position(|other| *other == stem) {
            return Err(Failure(words::same_name(&arguments.files[other], file)));
        }
        stems.push(stem);
    }
    Ok(stems)
}

/// All scenarios, or `None` after every problem of every file has been told.
fn check_all(arguments: &RunArguments) -> Result<Option<Vec<Loaded>>, Failure> {
    super::look_at(&arguments.files)?;
    let mut scenarios = Vec::new();
    for file in &arguments.files {
        match scenario::load(file, &arguments.sets, &Disk) {
            Ok(loaded) => {
                output::say_diagnostics(&loaded.warnings);
                scenarios.push(loaded);
            }
            Err(problems) => {
                output::say_diagnostics(&problems);
                // A single file needs no second mention.
                if arguments.files.len() > 1 {
                    output::say(&words::not_valid(file, problems.n_errors()));
                }
            }
        }
    }
    if scenarios.len() < arguments.files.len() {
        return Ok(None);
    }
    if arguments.require_targets {
        // Without a target the answer would always be yes.
        if let Some(i) = scenarios.iter().position(|loaded| loaded.scenario.targets.is_empty()) {
            return Err(Failure(words::no_targets(&arguments.files[i])));
        }
    }
    Ok(Some(scenarios))
}

/// The folder, once it is known that every result can be put there.
fn open(path: &Path, ready: &[Ready<'_>]) -> Result<Folder, Failure> {
    let look = || {
        let folder = Folder::open(path)?;
        ready.iter().flat_map(|one| result_names(one.stem)).try_for_each(|name| folder.look_at(&name))?;
        Ok(folder)
    };
    look().map_err(|error: std::io::Error| {
        Failure(words::no_folder(&path.display().to_string(), &error.to_string()))
    })
}

/// The place of the workbook, once it is known that the one result can be put there.
fn open_workbook<'a>(
    path: &'a Path,
    ready: &[Ready<'_>],
    arguments: &RunArguments,
) -> Result<(Place, &'a Path), Failure> {
    let [one] = ready else { return Err(Failure(words::one_workbook(ready.len()))) };
    if let Some((sheet, rows)) = too_many_rows(&one.loaded.scenario, grain(arguments)) {
        return Err(Failure(words::too_many_rows(one.file, sheet, rows)));
    }
    Ok((workbook::open(path)?, path))
}

/// The contact log of the one scenario, once it is known that a file can be put there.
fn open_log<'a>(
    path: &'a Path,
    ready: &'a [Ready<'_>],
    arguments: &RunArguments,
) -> Result<Log<'a>, Failure> {
    let [one] = ready else { return Err(Failure(words::one_log(ready.len()))) };
    Log::open(path, &one.loaded.scenario, arguments.contacts_replications, arguments.csv.dialect())
}

fn save_workbook(
    place: &Place,
    path: &Path,
    ready: &Ready<'_>,
    outcome: &Outcome,
    arguments: &RunArguments,
) -> Result<(), Failure> {
    let scenario = &ready.loaded.scenario;
    let basis = Basis::of(scenario, ready.file);
    let rests_on = workbook::assumptions(&ready.loaded, ready.file, &arguments.sets);
    workbook::save(place, path, |out| write_workbook(out, outcome, scenario, &basis, &rests_on))
}

fn grain(arguments: &RunArguments) -> Grain {
    match arguments.detail {
        Detail::Week => Grain::TypicalWeek,
        Detail::Interval => Grain::EveryInterval,
    }
}

/// What became of one scenario.
enum Ran {
    /// A result, perhaps a partial one, and how long it took.
    Result(Box<Outcome>, Duration),
    /// No result; the reason has been told.
    Nothing(Exit),
}

fn simulate(
    ready: &Ready<'_>,
    arguments: &RunArguments,
    interrupt: &Interrupt,
    log: Option<&Log<'_>>,
) -> Result<Ran, Failure> {
    let mut settings = Settings {
        grain: grain(arguments),
        until: arguments.until.map(|(measure, precision)| Until {
            measure,
            precision,
            at_most: arguments.max_replications.get(),
        }),
        ..arguments.runs.settings()
    };
    let planned = experiment::replications(&ready.loaded.scenario, &settings);
    // A thread without a replication would only be started and ended.
    settings.jobs = settings.jobs.min(planned as usize);
    let talk = if arguments.quiet { Talk::Quiet } else { Talk::Normal };
    let planned = match settings.until {
        Some(_) => Planned::AtMost(planned),
        None => Planned::Exactly(planned),
    };
    let watch = Watch::new(planned, talk, interrupt.clone());
    let ran = experiment::replicate_and_log(
        &ready.loaded.scenario,
        &settings,
        &watch,
        log.map(|log| log as &dyn ContactSink),
    );
    let took = watch.finish();
    match ran {
        Ok(outcome) => Ok(Ran::Result(Box::new(outcome), took)),
        Err(Unfinished::Cancelled) => {
            output::say(&words::nothing_finished(ready.file));
            Ok(Ran::Nothing(Exit::Interrupted))
        }
        Err(why @ Unfinished::Overgrown { .. }) => {
            output::error(&words::no_result(ready.file, &why.to_string()));
            Ok(Ran::Nothing(Exit::No))
        }
        Err(why @ Unfinished::NoThreads(_)) => Err(Failure(why.to_string())),
    }
}

/// What the result means for the exit code, with the reasons told.
fn judge(ready: &Ready<'_>, outcome: &Outcome, arguments: &RunArguments) -> Exit {
    let mut exit = Exit::Done;
    if !outcome.audit.is_empty() {
        output::error(&words::audit_failed(ready.file));
        exit = Exit::No;
    }
    if arguments.require_targets {
        let [missed, not_sure, without] = words::targets_not_met(outcome);
        for (labels, sentence) in [
            (missed, words::targets_missed as fn(&str, &[String]) -> String),
            (not_sure, words::targets_not_sure),
            (without, words::targets_without_value),
        ] {
            if !labels.is_empty() {
                output::say(&sentence(ready.file, &labels));
                exit = Exit::No;
            }
        }
    }
    if outcome.manifest.is_partial { Exit::Interrupted } else { exit }
}

/// JSON and CSV: one result as it is, several in one document.
fn show_together(outcomes: &[Outcome], arguments: &RunArguments) -> Result<(), Failure> {
    let dialect = arguments.csv.dialect();
    match (arguments.format, outcomes, arguments.files.len()) {
        (Format::Table, _, _) | (_, [], 1) => Ok(()),
        (Format::Json, [one], 1) => output::write(|out| write_json(out, one)),
        (Format::Json, several, _) => output::write(|out| write_json_list(out, several)),
        (Format::Csv, [one], 1) => output::write(|out| dialect.write(out, |out| write_csv(out, one))),
        (Format::Csv, several, _) => {
            output::write(|out| dialect.write(out, |out| write_csv_list(out, several)))
        }
    }
}

/// The result in every format, for the folder of `--out`.
fn save(folder: &Folder, ready: &Ready<'_>, outcome: &Outcome, dialect: Dialect) -> Result<(), Failure> {
    let text = page(outcome, &Basis::of(&ready.loaded.scenario, ready.file), Paint::Plain, PAGE_WIDTH);
    let [json, csv, txt] = result_names(ready.stem);
    let written = folder.write_all(vec![
        Draft::new(json, |out| write_json(out, outcome)),
        Draft::new(csv, |out| dialect.write(out, |out| write_csv(out, outcome))),
        Draft::new(txt, |out| out.write_all(text.as_bytes())),
    ]);
    let written = written.map_err(|error| Failure(words::not_written(ready.file, &error.to_string())))?;
    for file in written {
        output::say(&words::wrote(&file));
    }
    Ok(())
}

fn result_names(stem: &str) -> [String; 3] {
    ["json", "csv", "txt"].map(|ending| format!("{stem}.{ending}"))
}

fn closing(outcome: &Outcome, took: Duration) -> String {
    let manifest = &outcome.manifest;
    words::simulated(manifest.replications, manifest.horizon_s, outcome.contacts_simulated, took)
}
