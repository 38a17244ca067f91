//! `holdtime compare`: checks every scenario, runs all on the same customers, and shows how they differ.
//!
//! Words no result and no wrong scenario. Invariant: nothing runs while any scenario is invalid or does not fit the others.

use std::path::Path;
use std::time::Duration;

use crate::experiment::{self, Comparison, Plan, Settings, Unfinished};
use crate::files::{Disk, Draft, Folder};
use crate::report::{
    Assumptions, Basis, Dialect, PAGE_WIDTH, Paint, comparison_page, write_comparison_csv,
    write_comparison_html, write_comparison_json, write_comparison_workbook,
};
use crate::scenario::{self, Scenario};

use super::args::Format;
use super::compare_args::CompareArguments;
use super::interrupt::Interrupt;
use super::progress::{Planned, Talk, Watch};
use super::report_file::ReportFile;
use super::{Exit, Failure, output, words, workbook};

/// Names of the result files.
const NAMES: [&str; 3] = ["compare.json", "compare.csv", "compare.txt"];

/// Runs the command.
///
/// # Errors
/// If a file cannot be read or written, or there is nothing to compare.
pub(super) fn run(arguments: &CompareArguments) -> Result<Exit, Failure> {
    let (files, reference) = contestants(arguments)?;
    let Some(mut scenarios) = check_all(&files, arguments)? else { return Ok(Exit::No) };
    if !fit(&files, &scenarios.iter().collect::<Vec<_>>(), reference) {
        return Ok(Exit::No);
    }
    if arguments.at_target {
        let without = files.iter().zip(&scenarios).filter(|(_, scenario)| scenario.targets.is_empty());
        let without: Vec<&str> = without.map(|(file, _)| file.as_str()).collect();
        if !without.is_empty() {
            return Err(Failure(words::no_target_to_meet(&without)));
        }
    }
    let book =
        arguments.xlsx.as_deref().map(|path| Ok::<_, Failure>((workbook::open(path)?, path))).transpose()?;
    let rests_on = match &book {
        Some(_) => rests_on(&files, arguments),
        None => Vec::new(),
    };
    let report = ReportFile::open(&arguments.report)?;
    let assumptions = match &report {
        Some(report) => report.assumptions(&files, &arguments.sets)?,
        None => Vec::new(),
    };
    let interrupt = Interrupt::listen()?;
    let folder = arguments.out.as_deref().map(open).transpose()?;
    let plan = plan(arguments, reference);
    let mut staffing = vec![None; files.len()];
    if arguments.at_target {
        for ((file, scenario), factor) in files.iter().zip(&mut scenarios).zip(&mut staffing) {
            match at_target(file, &plan, arguments, &interrupt)? {
                Staffed::At(scaled, found) => (*scenario, *factor) = (*scaled, Some(found)),
                Staffed::Nowhere(exit) => return Ok(exit),
            }
        }
    }
    let scenarios: Vec<&Scenario> = scenarios.iter().collect();
    let (mut comparison, took) = match compare(&files, &scenarios, plan, arguments, interrupt)? {
        Ran::Result(comparison, took) => (*comparison, took),
        Ran::Nothing(exit) => return Ok(exit),
    };
    for (scenario, factor) in comparison.scenarios.iter_mut().zip(staffing) {
        scenario.staffing = factor;
    }
    let basis = Basis::of(scenarios[reference], &files[reference]);
    let dialect = arguments.csv.dialect();
    match arguments.format {
        Format::Table => {
            let text = comparison_page(&comparison, &basis, &files, output::paint(), output::columns());
            output::print(text.as_bytes())?;
        }
        Format::Json => output::write(|out| write_comparison_json(out, &comparison, &files))?,
        Format::Csv => {
            output::write(|out| dialect.write(out, |out| write_comparison_csv(out, &comparison, &files)))?
        }
    }
    if let Some(folder) = &folder {
        save(folder, &comparison, &basis, &files, dialect)?;
    }
    if let Some((place, path)) = &book {
        workbook::save(place, path, |out| {
            write_comparison_workbook(out, &comparison, &basis, &files, &rests_on)
        })?;
    }
    if let Some(report) = &report {
        let language = report.language;
        report
            .write(|out| write_comparison_html(out, &comparison, &basis, &files, &assumptions, language))?;
    }
    let mut exit = Exit::Done;
    for (file, scenario) in files.iter().zip(&comparison.scenarios) {
        if !scenario.audit.is_empty() {
            output::error(&words::audit_failed(file));
            exit = Exit::No;
        }
    }
    if !arguments.quiet {
        let runs = comparison.replications * scenarios.len() as u32;
        output::say(&words::simulated(runs, comparison.horizon_s, comparison.contacts_simulated, took));
    }
    Ok(if comparison.is_partial { Exit::Interrupted } else { exit })
}

/// The files in the order of the page, and which is the reference.
fn contestants(arguments: &CompareArguments) -> Result<(Vec<String>, usize), Failure> {
    let mut files = arguments.files.clone();
    let mut reference = 0;
    if let Some(against) = &arguments.against {
        match files.iter().position(|file| file == against) {
            Some(position) => reference = position,
            None => files.insert(0, against.clone()),
        }
    }
    if files.len() < 2 {
        return Err(Failure(words::one_scenario(&files[0])));
    }
    Ok((files, reference))
}

/// All scenarios, or `None` after every problem of every file has been told.
fn check_all(files: &[String], arguments: &CompareArguments) -> Result<Option<Vec<Scenario>>, Failure> {
    super::look_at(files)?;
    let mut scenarios = Vec::new();
    for (position, file) in files.iter().enumerate() {
        let is_told = files[..position].contains(file);
        match scenario::load(file, &arguments.sets, &Disk) {
            Ok(loaded) => {
                if !is_told {
                    output::say_diagnostics(&loaded.warnings);
                }
                scenarios.push(loaded.scenario);
            }
            Err(problems) if !is_told => {
                output::say_diagnostics(&problems);
                output::say(&words::not_valid(file, problems.n_errors()));
            }
            Err(_) => {}
        }
    }
    Ok((scenarios.len() == files.len()).then_some(scenarios))
}

/// What the scenarios say, before anything changes their files.
fn rests_on(files: &[String], arguments: &CompareArguments) -> Vec<Assumptions> {
    let load = |file: &String| {
        let loaded = scenario::load(file, &arguments.sets, &Disk).ok();
        loaded.map(|loaded| workbook::assumptions(&loaded, file, &arguments.sets)).unwrap_or_default()
    };
    files.iter().map(load).collect()
}

/// Whether all are over the same time; if not, everything that differs has been told.
fn fit(files: &[String], scenarios: &[&Scenario], reference: usize) -> bool {
    let misfits = experiment::misfits(scenarios, reference);
    for misfit in &misfits {
        output::error(&words::misfit(
            misfit.key,
            (&files[misfit.scenario], &misfit.found),
            (&files[reference], &misfit.wanted),
        ));
    }
    misfits.is_empty()
}

fn plan(arguments: &CompareArguments, reference: usize) -> Plan {
    let Settings { replications, seed, jobs, .. } = arguments.runs.settings();
    Plan {
        replications,
        seed,
        jobs,
        reference,
        metrics: arguments.metrics.clone(),
        matters: arguments.matters.clone(),
        until_decided: arguments.until_decided.then_some(arguments.max_replications.get()),
        best: arguments.best.map(|metric| (metric, arguments.max_replications.get())),
    }
}

/// What became of the search for the staffing of a scenario.
enum Staffed {
    /// The scenario with so much of its staffing.
    At(Box<Scenario>, f64),
    /// None; the reason has been told.
    Nowhere(Exit),
}

fn at_target(
    file: &str,
    plan: &Plan,
    arguments: &CompareArguments,
    interrupt: &Interrupt,
) -> Result<Staffed, Failure> {
    let make = |factor: f64| {
        let sets: Vec<String> =
            arguments.sets.iter().cloned().chain([format!("scale.staffing={factor}")]).collect();
        scenario::load(file, &sets, &Disk).ok().map(|loaded| loaded.scenario)
    };
    // Each factor begins from nothing: no share of a whole that could be shown.
    let watch = Watch::new(Planned::AtMost(1_000), Talk::Quiet, interrupt.clone());
    let found = experiment::staffing_at_target(&make, plan, &watch);
    let _ = watch.finish();
    match found {
        Ok(Some(factor)) => {
            if !arguments.quiet {
                output::say(&words::staffing_at_target(file, factor));
            }
            let scaled = make(factor).expect("it was made before");
            Ok(Staffed::At(Box::new(scaled), factor))
        }
        Ok(None) => {
            output::error(&words::no_staffing_at_target(file));
            Ok(Staffed::Nowhere(Exit::No))
        }
        Err(Unfinished::Cancelled) => {
            output::say(words::NOTHING_COMPARED);
            Ok(Staffed::Nowhere(Exit::Interrupted))
        }
        Err(why) => Err(Failure(why.to_string())),
    }
}

enum Ran {
    /// A comparison, perhaps a partial one, and how long it took.
    Result(Box<Comparison>, Duration),
    /// None; the reason has been told.
    Nothing(Exit),
}

fn compare(
    files: &[String],
    scenarios: &[&Scenario],
    mut plan: Plan,
    arguments: &CompareArguments,
    interrupt: Interrupt,
) -> Result<Ran, Failure> {
    let n_scenarios = scenarios.len() as u32;
    let first = experiment::planned(scenarios, &plan);
    let more = plan.until_decided.or(plan.best.map(|(_, most)| most));
    let most = more.map_or(first, |most| most.max(first));
    // A thread without a replication would only be started and ended.
    plan.jobs = plan.jobs.min((most * n_scenarios) as usize);
    let talk = if arguments.quiet { Talk::Quiet } else { Talk::Normal };
    let planned = match more {
        Some(_) => Planned::AtMost(most * n_scenarios),
        None => Planned::Exactly(first * n_scenarios),
    };
    let watch = Watch::new(planned, talk, interrupt);
    let compared = experiment::compare(scenarios, &plan, &watch);
    let took = watch.finish();
    match compared {
        Ok(comparison) => Ok(Ran::Result(Box::new(comparison), took)),
        Err(failed) => match failed.why {
            Unfinished::Cancelled => {
                output::say(words::NOTHING_COMPARED);
                Ok(Ran::Nothing(Exit::Interrupted))
            }
            why @ Unfinished::Overgrown { .. } => {
                output::error(&words::no_result(&files[failed.scenario], &why.to_string()));
                Ok(Ran::Nothing(Exit::No))
            }
            why @ Unfinished::NoThreads(_) => Err(Failure(why.to_string())),
        },
    }
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
    comparison: &Comparison,
    basis: &Basis,
    files: &[String],
    dialect: Dialect,
) -> Result<(), Failure> {
    let text = comparison_page(comparison, basis, files, Paint::Plain, PAGE_WIDTH);
    let [json, csv, txt] = NAMES;
    let written = folder.write_all(vec![
        Draft::new(json, |out| write_comparison_json(out, comparison, files)),
        Draft::new(csv, |out| dialect.write(out, |out| write_comparison_csv(out, comparison, files))),
        Draft::new(txt, |out| out.write_all(text.as_bytes())),
    ]);
    let written = written.map_err(|error| Failure(words::not_written("compare", &error.to_string())))?;
    written.iter().for_each(|file| output::say(&words::wrote(file)));
    Ok(())
}
