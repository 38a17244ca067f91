//! Simulates every queue whose exact values are known and writes what came out into `docs/validation.md`.
//!
//! With names of cases runs those alone and writes their rows. Ends with 1 if more than two figures differ. A case gives the same
//! row whenever it runs, so it makes no difference whether the table is of one call or of several.

mod cases;
mod coverage;
#[path = "../figure.rs"]
mod figure;
mod verdict;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use cases::Known::{About, AtMost, Binned, Exact};
use cases::{Case, cases};
use figure::{average, measured, simulate};
use verdict::{Compared, compare};

/// Where the tables stand in the page: between `<!-- name -->` and `<!-- end of name -->`.
const BATTERY: &str = "battery";
const COVERAGE: &str = "coverage";

const HEAD: &str =
    "| case | figure | of | exact | simulated | z | verdict |\n|---|---|---|--:|--:|--:|---|\n";
const DIFFERS: &str = "**differs**";
const BLUNT: &str = " (s.e. ";

/// More than these must not differ.
const MOST_DIFFERENT: usize = 2;

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let all = cases();
    if let Some(unknown) = wanted.iter().find(|name| !all.iter().any(|case| case.file == **name)) {
        eprintln!("error: there is no case `{unknown}`");
        return ExitCode::from(2);
    }
    let jobs = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let before = page();
    let before = between(&before, BATTERY).1;
    let mut blocks = Vec::new();
    for case in &all {
        if !wanted.is_empty() && !wanted.iter().any(|name| name == case.file) {
            blocks.extend(block_of(case, before));
            continue;
        }
        let begin = Instant::now();
        let rows = run(case, jobs);
        println!("{} ({:.1} s)", case.file, begin.elapsed().as_secs_f64());
        rows.iter().for_each(|row| println!("  {}", line(row).join("  ")));
        blocks.push(lines(case, &rows));
    }
    let rows = || blocks.iter().flat_map(|block| block.lines());
    let different = rows().filter(|row| row.contains(DIFFERS)).count();
    let sum = format!(
        "{} figures of {} cases: {} good, {different} different; standard error above the limit: {}.",
        rows().count(),
        blocks.len(),
        rows().count() - different,
        rows().filter(|row| row.contains(BLUNT)).count(),
    );
    println!("{sum}");
    write(BATTERY, &format!("{sum}\n\n{HEAD}{}", blocks.concat()));
    write(COVERAGE, &coverage_table());
    ExitCode::from(u8::from(different > MOST_DIFFERENT))
}

/// The rows of a case in a table that has been written before.
fn block_of(case: &Case, table: &str) -> Option<String> {
    let begin = table.find(&format!("| [`{}`]", case.file))?;
    let rest = &table[begin..];
    let is_next = |(at, row): &(usize, &str)| *at > 0 && !row.starts_with("|  |");
    let mut starts = rest.split_inclusive('\n').scan(0, |at, row| {
        let start = *at;
        *at += row.len();
        Some((start, row))
    });
    let end = starts.find(is_next).map_or(rest.len(), |(at, _)| at);
    Some(rest[..end].to_owned())
}

/// The experiments of a case, each figure averaged over them.
fn run(case: &Case, jobs: usize) -> Vec<Compared> {
    let mut by_figure = vec![Vec::new(); case.figures.len()];
    for seed in 1..=case.experiments {
        let outcome = simulate(&case.path(), &[], None, seed, jobs);
        for (values, (of, measure, _)) in by_figure.iter_mut().zip(&case.figures) {
            values.push(measured(&outcome, *of, measure));
        }
    }
    case.figures.iter().zip(by_figure).map(|(figure, values)| compare(*figure, average(&values))).collect()
}

/// The rows of a case in the table.
fn lines(case: &Case, rows: &[Compared]) -> String {
    let mut text = String::new();
    let mut head = format!("[`{}`](../scenarios/validation/{0}.toml): {}", case.file, case.source);
    if case.experiments > 1 {
        head += &format!("; {} experiments", case.experiments);
    }
    for row in rows {
        text += &format!("| {head} | {} |\n", line(row).join(" | "));
        head.clear();
    }
    text
}

/// Figure, scope, exact, simulated, z, verdict.
fn line(row: &Compared) -> Vec<String> {
    let decimals = (1.0 - row.measured.half_width.max(1e-12).log10().floor()).clamp(0.0, 9.0) as usize;
    let exact = match row.known {
        Exact(value) | Binned(value) => format!("{value:.*}", decimals + 1),
        AtMost(value) => format!("≤ {value}"),
        About(value, share) => format!("{value:.1} ({} %)", share * 100.0),
    };
    let z = match row.known {
        Exact(_) => format!("{:.1}", row.z),
        Binned(_) | AtMost(_) | About(..) => "–".to_owned(),
    };
    let mut verdict = if row.is_good { "good".to_owned() } else { DIFFERS.to_owned() };
    if !row.is_sharp {
        verdict += &format!(
            "{BLUNT}{:.2} %)",
            100.0 * row.measured.standard_error / row.measured.mean.abs().max(1e-300)
        );
    }
    vec![
        format!("`{}`", row.measure),
        row.of.name(),
        exact,
        format!("{:.*} ± {:.*}", decimals, row.measured.mean, decimals, row.measured.half_width),
        z,
        verdict,
    ]
}

/// Share of intervals that contain the truth, by what is estimated.
fn coverage_table() -> String {
    let mut table = String::from(
        "| estimated | skewness | replications | intervals that hold the truth |\n|---|---|--:|--:|\n",
    );
    for trial in coverage::usual().iter().chain(&coverage::skewed()) {
        table += &format!(
            "| {} | {} | {} | {:.1} % |\n",
            trial.what,
            trial.skewness,
            trial.replications,
            100.0 * trial.coverage()
        );
    }
    table
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/validation.md")
}

fn page() -> String {
    std::fs::read_to_string(path()).expect("the page")
}

/// Before a table of the page, the table, and behind it.
fn between<'a>(page: &'a str, name: &str) -> (&'a str, &'a str, &'a str) {
    let (begin, end) = (format!("<!-- {name} -->"), format!("<!-- end of {name} -->"));
    let begin = page.find(&begin).expect("the mark") + begin.len();
    let end = page.find(&end).expect("the other mark");
    (&page[..begin], &page[begin..end], &page[end..])
}

fn write(name: &str, table: &str) {
    let page = page();
    let (before, _, after) = between(&page, name);
    std::fs::write(path(), format!("{before}\n\n{table}\n{after}")).expect("the page is writable");
}
