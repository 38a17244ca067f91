//! `holdtime sweep`: one scenario with many values; `holdtime merge`: parts of a sweep made whole.
//!
//! Words no result. Invariant: all points are checked before the first runs; a finished point is on the disk, whole, before
//! the next begins, and is never run again.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::args::Format;
use super::interrupt::Interrupt;
use super::progress::{Planned, Talk, Watch};
use super::report_file::ReportFile;
use super::sweep_args::{MergeArguments, SweepArguments};
use super::{Exit, Failure, output, words, workbook};
use crate::experiment::{self, Settings, Unfinished};
use crate::files::{Disk, Draft, Folder};
use crate::report::{
    Assumption, Basis, Dialect, PAGE_WIDTH, Paint, sweep_page, write_sweep_csv, write_sweep_html,
    write_sweep_json, write_sweep_workbook,
};
use crate::scenario::{self, Loaded};
use crate::sweep::{FORMAT, Grid, MOST_POINTS, Plan, Record, Shard};

/// More points, or more time, have to be wanted.
const MANY_POINTS: usize = 1_000;
const LONG: Duration = Duration::from_secs(3600);
/// Points whose errors are shown in full.
const POINTS_SHOWN: usize = 3;

/// The plan, what becomes of each point, and the tables of all: names inside the folder of a sweep.
const PLAN: &str = "sweep.json";
const TABLE: &str = "sweep.csv";
const PAGE: &str = "sweep.txt";

fn point_file(point: usize) -> String {
    format!("point-{point:06}.csv")
}

/// Runs the command.
///
/// # Errors
/// If a file or folder cannot be read or written, or the sweep in the folder is another one.
pub(super) fn run(arguments: &SweepArguments) -> Result<Exit, Failure> {
    super::look_at(std::slice::from_ref(&arguments.file))?;
    let grid = Grid { axes: arguments.vary.clone() };
    if let Some(twice) = twice(&grid) {
        return Err(Failure(words::varied_twice(&twice)));
    }
    if let Some(both) = both_set_and_varied(arguments) {
        return Err(Failure(words::set_and_varied(both)));
    }
    let points = grid.len();
    if points > MOST_POINTS {
        return Err(Failure(words::too_many_points(points, MOST_POINTS)));
    }
    if points > MANY_POINTS && !arguments.yes {
        return Err(Failure(words::many_points(points)));
    }
    let Some(checked) = check_all(arguments, &grid)? else { return Ok(Exit::No) };
    let settings = arguments.runs.settings();
    let plan = Plan {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: checked.name,
        seed: settings.seed,
        vary: arguments.vary.clone(),
        replications: checked.replications,
        hashes: checked.hashes,
        values: checked.values,
    };
    let book =
        arguments.xlsx.as_deref().map(|path| Ok::<_, Failure>((workbook::open(path)?, path))).transpose()?;
    let folder = arguments.out.as_deref().map(|path| open(path, &plan)).transpose()?;
    let report = ReportFile::open(&arguments.report)?;
    let mut records: Vec<Option<Record>> = match &arguments.out {
        Some(path) => (0..points).map(|point| read(path, point)).collect::<Result<_, _>>()?,
        None => vec![None; points],
    };
    let shard = arguments.shard.unwrap_or(Shard::WHOLE);
    let mine: Vec<usize> = (0..points).filter(|point| shard.has(*point)).collect();
    let kept = mine.iter().filter(|point| records[**point].is_some()).count();
    if kept > 0 && !arguments.quiet {
        output::say(&words::points_kept(kept, mine.len()));
    }
    let interrupt = Interrupt::listen()?;
    let to_run: Vec<usize> = mine.into_iter().filter(|point| records[*point].is_none()).collect();
    let work = |point: usize| checked.contacts[point] * f64::from(plan.replications[point]);
    let begun = Instant::now();
    let mut exit = Exit::Done;
    for (number, point) in to_run.iter().copied().enumerate() {
        if interrupt.is_asked() {
            exit = Exit::Interrupted;
            break;
        }
        let record = match simulate(arguments, &grid, point, settings.clone(), &interrupt)? {
            Ok(record) => record,
            Err(why) => {
                exit = why;
                break;
            }
        };
        if let Some(folder) = &folder {
            let draft = Draft::new(point_file(point), |out| record.write(out));
            let name = point_file(point);
            folder.write_all(vec![draft]).map_err(|e| Failure(words::not_written(&name, &e.to_string())))?;
        }
        records[point] = Some(record);
        let (done, left) = to_run.split_at(number + 1);
        let sum = |points: &[usize]| points.iter().map(|point| work(*point)).sum::<f64>().max(1.0);
        let expected = begun.elapsed().mul_f64(if left.is_empty() { 0.0 } else { sum(left) / sum(done) });
        if !arguments.quiet {
            output::say(&words::point_done(&grid.sets(point), number + 1, to_run.len(), expected));
        }
        if number == 0 && expected > LONG && !arguments.yes {
            output::error(&words::long_sweep(expected, folder.is_some()));
            return Ok(Exit::Trouble);
        }
    }
    if let Some(folder) = folder.as_ref().filter(|_| records.iter().all(Option::is_some)) {
        save_tables(folder, &plan, &records, &arguments.show, arguments.csv.dialect())?;
    }
    if records.iter().any(Option::is_some) {
        show(arguments, &plan, &records)?;
        if let Some((place, path)) = &book {
            workbook::save(place, path, |out| write_sweep_workbook(out, &plan, &records))?;
        }
        if let Some(report) = &report {
            write_report(report, arguments, &plan, &records)?;
        }
    }
    if exit == Exit::Interrupted {
        output::say(&words::sweep_stopped(arguments.out.is_some()));
    }
    Ok(exit)
}

/// A key that is varied twice.
fn twice(grid: &Grid) -> Option<String> {
    let is_again = |(i, path): &(usize, &str)| grid.axes[..*i].iter().any(|axis| axis.path == *path);
    grid.axes
        .iter()
        .map(|axis| axis.path.as_str())
        .enumerate()
        .find(is_again)
        .map(|(_, path)| path.to_owned())
}

/// A key that is given by `--set` and varied too.
fn both_set_and_varied(arguments: &SweepArguments) -> Option<&str> {
    let set =
        |path: &str| arguments.sets.iter().any(|set| set.split('=').next().map(str::trim) == Some(path));
    arguments.vary.iter().map(|axis| axis.path.as_str()).find(|path| set(path))
}

/// What is known of the points before they run.
#[derive(Default)]
struct Checked {
    name: String,
    hashes: Vec<String>,
    /// Of the first point, by key.
    values: BTreeMap<String, String>,
    replications: Vec<u32>,
    /// Expected contacts of a replication.
    contacts: Vec<f64>,
}

/// All points, or `None` after what is wrong with them has been told. Warnings are those of the first point.
fn check_all(arguments: &SweepArguments, grid: &Grid) -> Result<Option<Checked>, Failure> {
    let mut checked = Checked::default();
    let mut wrong = 0;
    for point in 0..grid.len() {
        match load(arguments, grid, point) {
            Ok(loaded) => {
                if point == 0 {
                    output::say_diagnostics(&loaded.warnings);
                    checked.name.clone_from(&loaded.scenario.name);
                    let values = loaded.resolved().into_iter().map(|value| (value.path, value.value));
                    checked.values = values.collect();
                }
                let Loaded { scenario, expected, .. } = loaded;
                let replications = arguments.runs.replications.map(|n| n.get());
                let settings = Settings { replications, ..Settings::default() };
                checked.hashes.push(format!("{:016x}", scenario.hash));
                checked.replications.push(experiment::replications(&scenario, &settings));
                checked.contacts.push(expected.offered.iter().sum());
            }
            Err(problems) => {
                wrong += 1;
                if wrong <= POINTS_SHOWN {
                    output::say(&words::point_wrong(&grid.sets(point)));
                    output::say_diagnostics(&problems);
                }
            }
        }
    }
    if wrong > 0 {
        output::say(&words::points_wrong(wrong, grid.len()));
        return Ok(None);
    }
    Ok(Some(checked))
}

fn load(arguments: &SweepArguments, grid: &Grid, point: usize) -> Result<Loaded, scenario::Diagnostics> {
    let sets = [arguments.sets.clone(), grid.sets(point)].concat();
    scenario::load(&arguments.file, &sets, &Disk)
}

/// A point, or how the sweep ends because of it.
fn simulate(
    arguments: &SweepArguments,
    grid: &Grid,
    point: usize,
    mut settings: Settings,
    interrupt: &Interrupt,
) -> Result<Result<Record, Exit>, Failure> {
    let Ok(loaded) = load(arguments, grid, point) else {
        return Err(Failure(words::changed_meanwhile(&arguments.file)));
    };
    let planned = experiment::replications(&loaded.scenario, &settings);
    settings.jobs = settings.jobs.min(planned as usize);
    let talk = if arguments.quiet { Talk::Quiet } else { Talk::Normal };
    let watch = Watch::new(Planned::Exactly(planned), talk, interrupt.clone());
    let ran = experiment::replicate(&loaded.scenario, &settings, &watch);
    let _ = watch.finish();
    match ran {
        Ok(outcome) if outcome.manifest.is_partial => Ok(Err(Exit::Interrupted)),
        Ok(outcome) if !outcome.audit.is_empty() => {
            output::error(&words::audit_failed(&grid.sets(point).join(" ")));
            Ok(Err(Exit::No))
        }
        Ok(outcome) => Ok(Ok(Record::of(&outcome))),
        Err(Unfinished::Cancelled) => Ok(Err(Exit::Interrupted)),
        Err(why @ Unfinished::Overgrown { .. }) => {
            output::error(&words::no_result(&grid.sets(point).join(" "), &why.to_string()));
            Ok(Err(Exit::No))
        }
        Err(why @ Unfinished::NoThreads(_)) => Err(Failure(why.to_string())),
    }
}

/// The folder, with the plan in it: a new one, or the same that is there.
fn open(path: &Path, plan: &Plan) -> Result<Folder, Failure> {
    let cannot =
        |error: io::Error| Failure(words::no_folder(&path.display().to_string(), &error.to_string()));
    let folder = Folder::open(path).map_err(cannot)?;
    match read_plan(path)? {
        Some(there) => {
            let differences = plan.differences(&there);
            if !differences.is_empty() {
                return Err(Failure(words::another_sweep(&path.display().to_string(), &differences)));
            }
        }
        None => {
            if let Some(point) = (0..plan.grid().len()).map(point_file).find(|name| path.join(name).exists())
            {
                return Err(Failure(words::point_of_no_plan(&path.join(point).display().to_string())));
            }
            let draft = Draft::new(PLAN, |out| write_plan(out, plan));
            folder.write_all(vec![draft]).map_err(cannot)?;
        }
    }
    Ok(folder)
}

fn write_plan(out: &mut dyn io::Write, plan: &Plan) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, plan)?;
    writeln!(out)
}

/// The plan in a folder; `None` if there is none.
fn read_plan(folder: &Path) -> Result<Option<Plan>, Failure> {
    let path = folder.join(PLAN);
    let Some(bytes) = bytes_of(&path)? else { return Ok(None) };
    let plan = serde_json::from_slice(&bytes).ok().filter(Plan::is_sound);
    plan.map(Some).ok_or_else(|| Failure(words::no_plan(&path.display().to_string())))
}

/// A finished point in a folder; `None` if it is not there.
fn read(folder: &Path, point: usize) -> Result<Option<Record>, Failure> {
    let path = folder.join(point_file(point));
    let Some(bytes) = bytes_of(&path)? else { return Ok(None) };
    Record::read(&bytes).map(Some).map_err(|_| Failure(words::no_point(&path.display().to_string())))
}

fn bytes_of(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure(words::unreadable(&path.display().to_string(), &error.to_string()))),
    }
}

/// The tables of a sweep that is complete.
fn save_tables(
    folder: &Folder,
    plan: &Plan,
    records: &[Option<Record>],
    measures: &[&str],
    dialect: Dialect,
) -> Result<(), Failure> {
    let page = sweep_page(plan, records, measures, Paint::Plain, PAGE_WIDTH);
    let drafts = vec![
        Draft::new(TABLE, |out| dialect.write(out, |out| write_sweep_csv(out, plan, records))),
        Draft::new(PAGE, |out| out.write_all(page.as_bytes())),
    ];
    folder.write_all(drafts).map(drop).map_err(|error| Failure(words::not_written(TABLE, &error.to_string())))
}

/// The report, with what the scenario of the first point says.
fn write_report(
    report: &ReportFile,
    arguments: &SweepArguments,
    plan: &Plan,
    records: &[Option<Record>],
) -> Result<(), Failure> {
    let Ok(loaded) = load(arguments, &plan.grid(), 0) else {
        return Err(Failure(words::changed_meanwhile(&arguments.file)));
    };
    let basis = Basis::of(&loaded.scenario, &arguments.file);
    let assumptions = Assumption::all(&loaded, report.language);
    let points = (plan, records);
    report.write(|out| write_sweep_html(out, points, &arguments.show, &basis, &assumptions, report.language))
}

fn show(arguments: &SweepArguments, plan: &Plan, records: &[Option<Record>]) -> Result<(), Failure> {
    match arguments.format {
        Format::Table => {
            let page = sweep_page(plan, records, &arguments.show, output::paint(), output::columns());
            output::print(page.as_bytes())
        }
        Format::Json => output::write(|out| write_sweep_json(out, plan, records)),
        Format::Csv => {
            output::write(|out| arguments.csv.dialect().write(out, |out| write_sweep_csv(out, plan, records)))
        }
    }
}

/// Runs `merge`.
///
/// # Errors
/// If a folder holds no sweep or another one, or points are missing.
pub(super) fn merge(arguments: &MergeArguments) -> Result<Exit, Failure> {
    let named = |path: &PathBuf| path.display().to_string();
    let mut whole: Option<Plan> = None;
    for path in &arguments.parts {
        let plan = read_plan(path)?.ok_or_else(|| Failure(words::no_sweep(&named(path))))?;
        match &whole {
            None => whole = Some(plan),
            Some(first) => {
                let differences = first.differences(&plan);
                if !differences.is_empty() {
                    return Err(Failure(words::another_sweep(&named(path), &differences)));
                }
            }
        }
    }
    let Some(plan) = whole else { return Ok(Exit::Done) };
    let mut records: Vec<Option<Record>> = vec![None; plan.grid().len()];
    for path in &arguments.parts {
        for (point, record) in records.iter_mut().enumerate() {
            let found = read(path, point)?;
            match (&record, found) {
                (Some(one), Some(other)) if *one != other => {
                    return Err(Failure(words::two_results(point, &named(path))));
                }
                (_, Some(other)) => *record = Some(other),
                (_, None) => {}
            }
        }
    }
    let missing: Vec<usize> = (0..records.len()).filter(|point| records[*point].is_none()).collect();
    if !missing.is_empty() {
        return Err(Failure(words::points_missing(&missing, records.len())));
    }
    let folder = open(&arguments.out, &plan)?;
    for (point, record) in records.iter().enumerate() {
        let draft =
            Draft::new(point_file(point), |out| record.iter().try_for_each(|record| record.write(out)));
        let name = point_file(point);
        folder.write_all(vec![draft]).map_err(|e| Failure(words::not_written(&name, &e.to_string())))?;
    }
    save_tables(&folder, &plan, &records, &arguments.show, arguments.csv.dialect())?;
    output::say(&words::merged(records.len(), &named(&arguments.out)));
    Ok(Exit::Done)
}
