//! Derives the plans of `telecom_year.toml` from its forecast: `cargo run --release --example derive_plan [-- --check]`.
//!
//! Writes `plan_GROUP.csv` beside itself; `--check` compares instead and says which file differs. It plans for the
//! forecast without the hard days and simulates nothing. Invariant: equal scenarios give equal files.
//!
//! Steps: visits by branch and half-hour (`demand`) · agents for 80 % in 20 s by Erlang A, and 5 % more, by month and
//! weekday, and by date where a date differs · scaled so that a group's year has its hours on calls (`desks`), divided
//! over the months as absence leaves them · covered by shifts (`shifts`) · looked at hour by hour (`outlook`).

mod demand;
mod desks;
mod outlook;
mod rows;
mod shifts;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use holdtime::scenario::{self, Paint, Scenario, Source, SourceError};

use demand::Stream;
use desks::{Desk, GROUPS, NIGHT, is_deep_night, pool_load};
use rows::Row;
use shifts::{Pattern, SLOTS};

/// More agents than the requirement, as planners do [assumption].
const MARGIN: f64 = 1.05;
/// The service level planned for: share answered, within seconds.
const LEVEL: (f64, f64) = (0.80, 20.0);
/// By day teams begin on the hour, and few shifts are short; this leaves about 10 % misfit [assumption].
const DAY_PATTERN: Pattern = Pattern { long: [(16, 0.96), (12, 0.03)], step: 2 };
/// At night short shifts carry the first hours [assumption].
const NIGHT_PATTERN: Pattern = Pattern { long: [(16, 0.25), (12, 0.10)], step: 1 };
/// Fewest and most agents of partner B from midnight to 6 h, and their share of all agents then.
const NIGHT_OF_B: (f64, f64, f64) = (3.0, 6.0, 0.20);

/// Agents by row and half-hour.
pub type Plan = BTreeMap<String, Vec<f64>>;

fn main() -> ExitCode {
    let is_check = std::env::args().any(|argument| argument == "--check");
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios/telecom_year");
    let forecast = match load(FORECAST) {
        Ok(scenario) => scenario,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::FAILURE;
        }
    };
    let streams = demand::streams(&forecast);
    let rows = rows::rows(&forecast);
    // The policy of the year: the same for all groups.
    let shrinkage = forecast.groups.first().and_then(|group| group.shrinkage.as_ref());
    let absence = shrinkage.map_or([0.0; 12], |shrinkage| shrinkage.absence);
    let plans: Vec<Plan> = GROUPS.iter().map(|desk| plan(desk, &streams, &rows, &absence)).collect();
    let mut differing: u32 = 0;
    for (desk, plan) in GROUPS.iter().zip(&plans) {
        let path = folder.join(format!("plan_{}.csv", desk.group));
        differing += u32::from(!settle(&path, &csv(plan), is_check));
    }
    if is_check {
        return if differing == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    if differing > 0 {
        return ExitCode::FAILURE;
    }
    match load("scenarios/telecom_year.toml") {
        Ok(year) => {
            outlook::print(&year, &rows, &plans);
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Writes a file, or compares it with what is there; whether it is as it should be.
fn settle(path: &Path, text: &str, is_check: bool) -> bool {
    if is_check {
        let is_same = std::fs::read_to_string(path).is_ok_and(|shipped| shipped == text);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        println!("{name}: {}", if is_same { "as derived" } else { "differs from what is derived" });
        return is_same;
    }
    match std::fs::write(path, text) {
        Ok(()) => true,
        Err(error) => {
            eprintln!("{}: {error}", path.display());
            false
        }
    }
}

/// The plan of one group.
fn plan(desk: &Desk, streams: &[Stream], rows: &[Row], absence: &[f64; 12]) -> Plan {
    let siblings: f64 = GROUPS.iter().filter(|d| d.pool == desk.pool).map(|d| d.hours).sum();
    let share = desk.hours / siblings;
    let required: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| (0..SLOTS).map(|slot| required(desk, slot, streams, row) * MARGIN * share).collect())
        .collect();
    let fixed: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| (0..SLOTS).map(|slot| night_of_b(desk, slot, streams, row)).collect())
        .collect();
    let factors = factors(desk, rows, absence, &required, &fixed);
    let wanted: Vec<Vec<f64>> = rows
        .iter()
        .zip(&required)
        .map(|(row, required)| required.iter().map(|agents| agents * factors[row.month - 1]).collect())
        .collect();
    let mut staffed = vec![Vec::new(); rows.len()];
    for roster in rosters(rows, &wanted) {
        for (row, day) in roster.iter().zip(lay(desk, &roster, rows, &wanted)) {
            staffed[*row] = day;
        }
    }
    rows.iter()
        .zip(staffed.iter().zip(&fixed))
        .map(|(row, (staffed, fixed))| {
            (row.label.clone(), staffed.iter().zip(fixed).map(|(a, b)| a + b).collect())
        })
        .collect()
}

/// Rows whose days have the same long shifts: Monday to Friday of a month; Saturdays, Sundays and quiet dates each for
/// themselves.
fn rosters(rows: &[Row], wanted: &[Vec<f64>]) -> Vec<Vec<usize>> {
    let hours = |row: usize| wanted[row].iter().sum::<f64>();
    let mut rosters = Vec::new();
    let mut weeks: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        match row.is_working_day {
            true => weeks.entry(&row.label[..7]).or_default().push(index),
            false => rosters.push(vec![index]),
        }
    }
    for week in weeks.into_values() {
        let usual = week.iter().map(|&row| hours(row)).fold(0.0, f64::max);
        let (full, quiet): (Vec<usize>, Vec<usize>) =
            week.into_iter().partition(|&row| hours(row) > 0.75 * usual);
        rosters.push(full);
        rosters.extend(quiet.into_iter().map(|row| vec![row]));
    }
    rosters
}

/// Agents on each day of a roster.
fn lay(desk: &Desk, roster: &[usize], rows: &[Row], wanted: &[Vec<f64>]) -> Vec<Vec<f64>> {
    // A date that differs counts little in the mean day of its roster.
    let day = |row: usize, wanted| shifts::Day {
        wanted,
        weight: if rows[row].is_special { 0.01 } else { rows[row].days },
        is_special: rows[row].is_special,
    };
    if desk.pool != "night" {
        let days: Vec<shifts::Day> = roster.iter().map(|&row| day(row, &wanted[row])).collect();
        return shifts::roster(&DAY_PATTERN, &days, NIGHT.0, SLOTS);
    }
    // The night as one stretch: 22-24 h, then 0-6 h of the same row.
    let evening = SLOTS - NIGHT.1;
    let nights: Vec<Vec<f64>> = roster
        .iter()
        .map(|&row| wanted[row][NIGHT.1..].iter().chain(&wanted[row][..NIGHT.0]).copied().collect())
        .collect();
    let days: Vec<shifts::Day> = roster.iter().zip(&nights).map(|(&row, night)| day(row, night)).collect();
    shifts::roster(&NIGHT_PATTERN, &days, 0, evening + NIGHT.0)
        .into_iter()
        .map(|night| {
            let mut day = vec![0.0; SLOTS];
            day[NIGHT.1..].copy_from_slice(&night[..evening]);
            day[..NIGHT.0].copy_from_slice(&night[evening..]);
            day
        })
        .collect()
}

/// What the requirement is multiplied by in each month so that the hours on calls tie.
fn factors(
    desk: &Desk,
    rows: &[Row],
    absence: &[f64; 12],
    required: &[Vec<f64>],
    fixed: &[Vec<f64>],
) -> [f64; 12] {
    let mut wanted = [0.0; 12];
    let mut days = [0.0; 12];
    let mut fixed_hours = 0.0;
    for ((row, required), fixed) in rows.iter().zip(required).zip(fixed) {
        wanted[row.month - 1] += row.days * required.iter().sum::<f64>() / 2.0;
        days[row.month - 1] += row.days;
        fixed_hours += row.days * fixed.iter().sum::<f64>() / 2.0;
    }
    let present: Vec<f64> = days.iter().zip(absence).map(|(days, absence)| days * (1.0 - absence)).collect();
    let all: f64 = present.iter().sum();
    std::array::from_fn(|month| (desk.hours - fixed_hours) * present[month] / all / wanted[month])
}

/// Agents that a pool needs in a half-hour of a row.
fn required(desk: &Desk, slot: usize, streams: &[Stream], row: &Row) -> f64 {
    let load = pool_load(desk.pool, slot, streams, |stream| row.mean_of(&stream.visits, slot));
    if load.visits < 1e-9 {
        return 0.0;
    }
    let agents = f64::from(outlook::agents_for(load, LEVEL));
    if desk.pool == "night" && is_deep_night(slot) { agents - of_b(agents) } else { agents }
}

/// Agents of partner B in the deep night; 0 for other groups and hours.
fn night_of_b(desk: &Desk, slot: usize, streams: &[Stream], row: &Row) -> f64 {
    if desk.group != "partner_b" || !is_deep_night(slot) {
        return 0.0;
    }
    let load = pool_load("night", slot, streams, |stream| row.mean_of(&stream.visits, slot));
    of_b(f64::from(outlook::agents_for(load, LEVEL)))
}

/// Partner B's part of the agents of the deep night.
fn of_b(agents: f64) -> f64 {
    (agents * NIGHT_OF_B.2).round().clamp(NIGHT_OF_B.0, NIGHT_OF_B.1)
}

/// The plan as a file: a row a day, a column a half-hour.
fn csv(plan: &Plan) -> String {
    let mut text = String::from("day");
    for slot in 0..SLOTS {
        let _ = write!(text, ",{:02}:{:02}", slot / 2, slot % 2 * 30);
    }
    text.push('\n');
    for (label, agents) in plan {
        text.push_str(label);
        for agents in agents {
            let _ = write!(text, ",{agents:.0}");
        }
        text.push('\n');
    }
    text
}

/// The year without its hard days, and without the plans, which are what is derived.
fn forecast_overlay() -> String {
    let mut text = String::from("base = \"../telecom_year.toml\"\nincident = []\n");
    for desk in GROUPS {
        let _ = writeln!(text, "[group.{}]\nagents = 1", desk.group);
    }
    text
}

/// Where the forecast seems to lie.
const FORECAST: &str = "scenarios/telecom_year/forecast.toml";

/// Reads files below the root of the project; the forecast exists in memory only.
struct Files;

impl Source for Files {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        if path == FORECAST {
            return Ok(forecast_overlay().into_bytes());
        }
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
            .map_err(|error| SourceError(error.to_string()))
    }
}

/// A checked scenario, or what is wrong with it.
fn load(path: &str) -> Result<Scenario, String> {
    scenario::load(path, &[], &Files)
        .map(|loaded| loaded.scenario)
        .map_err(|problems| problems.render(Paint::Plain))
}
