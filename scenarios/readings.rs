//! Runs every shipped scenario in full and writes the table of `scenarios/README.md`.
//!
//! The question of a scenario is the first comment of its file up to the question mark, else its title. Half-widths are
//! shown with two digits, and the mean with as many decimals; `n` is the number of replications.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{fs, thread};

use holdtime::experiment::{Outcome, Settings, Unattended, replicate};
use holdtime::files::Disk;
use holdtime::scenario;

/// Years are costly: three of them tell the options apart.
const YEARS: u32 = 3;
/// Of shorter horizons that do not say how many they want; a day brings eight days of warm-up along.
const DAYS: u32 = 30;
const BEGIN: &str = "<!-- readings -->";
const END: &str = "<!-- end of readings -->";
const HEAD: &str = "| scenario | question | n | offered | in time | abandoned | ASA | AHT | solved at 1st | cost |\n\
                    |---|---|--:|--:|--:|--:|--:|--:|--:|--:|\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort_by_key(|path| (rank(path), path.clone()));
    let mut table = String::from(HEAD);
    for file in &files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        eprintln!("{name}");
        let outcome = simulate(file)?;
        writeln!(
            table,
            "| [`{name}`]({name}) | {} | {} | {} |",
            question(file, &outcome)?,
            replications(&outcome),
            cells(&outcome).join(" | ")
        )?;
    }
    let readme = folder.join("README.md");
    let text = fs::read_to_string(&readme)?;
    let (Some(begin), Some(end)) = (text.find(BEGIN), text.find(END)) else {
        return Err(format!("{} lacks the marks {BEGIN} and {END}", readme.display()).into());
    };
    fs::write(&readme, format!("{}{BEGIN}\n\n{table}\n{}", &text[..begin], &text[end..]))?;
    Ok(())
}

/// The first queue, then the year, then its what-ifs.
fn rank(path: &Path) -> usize {
    let order = ["first", "telecom_year"];
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    order.iter().position(|&name| name == stem).unwrap_or(order.len())
}

fn simulate(file: &Path) -> Result<Outcome, Box<dyn std::error::Error>> {
    let loaded = scenario::load(&file.to_string_lossy(), &[], &Disk)
        .map_err(|problems| problems.render(scenario::Paint::Plain))?;
    let is_year = loaded.scenario.almanac.horizon.as_hours_f64() > 24.0 * 300.0;
    let replications = loaded.scenario.replications.unwrap_or(if is_year { YEARS } else { DAYS });
    let jobs = thread::available_parallelism()?.get();
    let settings = Settings { replications: Some(replications), seed: 1, jobs, ..Settings::default() };
    Ok(replicate(&loaded.scenario, &settings, &Unattended)?)
}

fn question(file: &Path, outcome: &Outcome) -> Result<String, std::io::Error> {
    let text = fs::read_to_string(file)?;
    let question =
        text.lines().filter_map(|line| line.strip_prefix("# ")).find_map(|line| line.split_once('?'));
    Ok(question.map_or_else(|| outcome.manifest.scenario.clone(), |(before, _)| format!("{before}?")))
}

/// `3 × 365 d`, `50 × 8 h`.
fn replications(outcome: &Outcome) -> String {
    let hours = outcome.manifest.horizon_s / 3600.0;
    // Days of the calendar: one of them may have 23 or 25 hours.
    let horizon = if hours < 23.0 { format!("{hours} h") } else { format!("{} d", (hours / 24.0).round()) };
    format!("{} × {horizon}", outcome.manifest.replications)
}

fn cells(outcome: &Outcome) -> Vec<String> {
    let value = |name: &str, scale: f64, least_digits: usize, unit: &str| {
        let estimate = outcome.total.get(name).or_else(|| outcome.cases.get(name));
        let Some((mean, estimate)) = estimate.and_then(|estimate| Some((estimate.mean?, estimate))) else {
            return "–".to_owned();
        };
        let half_width = estimate.half_width.map(|half_width| half_width * scale);
        // Two digits of the half-width, no more than four decimals.
        let digits = half_width.filter(|half_width| *half_width > 0.0).map_or(least_digits, |half_width| {
            ((1.0 - half_width.log10().floor()).max(0.0) as usize).clamp(least_digits, 4)
        });
        let interval = match half_width {
            None => String::new(),
            Some(0.0) => " ± 0".to_owned(),
            Some(half_width) => format!(" ± {half_width:.digits$}"),
        };
        format!("{:.digits$}{interval}{unit}", mean * scale)
    };
    vec![
        value("offered", 1e-3, 1, " k"),
        value("service_level", 100.0, 1, " %"),
        value("abandonment", 100.0, 2, " %"),
        value("asa_s", 1.0, 1, " s"),
        value("aht_s", 1.0, 0, " s"),
        value("fcr", 100.0, 1, " %"),
        value("cost_eur", 1e-6, 2, " M EUR"),
    ]
}
