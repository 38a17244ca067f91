//! `holdtime check FILE…`: what a scenario says, what it leaves to defaults, and what is wrong with it. Runs nothing.
//!
//! Works nothing out that loading has not. Invariant: problems go to standard error, the page to standard output; no line
//! of the page is wider than 80 columns, except values of `--resolved` that are.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::files::Disk;
use crate::report::PAGE_WIDTH;
use crate::report::text::{cut, left, right, width, wrapped};
use crate::scenario::{self, Almanac, DefaultUsed, Loaded, Scenario};

use super::{CheckArguments, Exit, Failure, output, words};

pub(super) fn run(arguments: &CheckArguments) -> Result<Exit, Failure> {
    for file in &arguments.files {
        Disk.look_at(file).map_err(|why| Failure(words::unreadable(file, &why.0)))?;
    }
    let mut exit = Exit::Done;
    for (i, file) in arguments.files.iter().enumerate() {
        match scenario::load(file, &arguments.sets, &Disk) {
            Ok(loaded) => {
                let page = if arguments.resolved { resolved(&loaded) } else { page(&loaded) };
                let between = if i > 0 { "\n" } else { "" };
                output::print(format!("{between}{page}").as_bytes())?;
                output::say_diagnostics(&loaded.warnings);
            }
            Err(problems) => {
                output::say_diagnostics(&problems);
                let n = problems.n_errors();
                output::say(&format!("{file} is not valid: {n} error{}", if n == 1 { "" } else { "s" }));
                exit = exit.or(Exit::No);
            }
        }
    }
    Ok(exit)
}

/// The page of a valid scenario.
fn page(loaded: &Loaded) -> String {
    let scenario = &loaded.scenario;
    let mut lines = wrapped(&scenario.name, PAGE_WIDTH, 2);
    lines.extend(wrapped(&scenario.description, PAGE_WIDTH, 0));
    lines.extend(wrapped(&period(&scenario.almanac), PAGE_WIDTH, 2));
    lines.push(String::new());
    lines.extend(volumes(loaded));
    lines.push(String::new());
    lines.extend(hours(loaded));
    lines.push(String::new());
    lines.extend(defaults(&loaded.defaults, scenario));
    lines.push(String::new());
    lines.push(match loaded.warnings.len() {
        0 => "valid".to_owned(),
        1 => "valid, 1 warning".to_owned(),
        n => format!("valid, {n} warnings"),
    });
    lines.push("next: holdtime run FILE · every value with its place: check --resolved".to_owned());
    lines.join("\n") + "\n"
}

/// `365d from Thu 2026-01-01 00:00 to Fri 2027-01-01 00:00, Europe/Berlin, …`.
fn period(almanac: &Almanac) -> String {
    let zone = TimeZone::get(&almanac.time_zone).unwrap_or(TimeZone::UTC);
    let local = |at: crate::units::SimTime| {
        let second = almanac.epoch_start_s + i64::try_from(at.0 / 1_000_000).unwrap_or(i64::MAX);
        Timestamp::from_second(second).map_or_else(
            |_| "–".to_owned(),
            |at| {
                at.to_zoned(zone.clone())
                    .strftime(if almanac.is_dated { "%a %Y-%m-%d %H:%M" } else { "%H:%M" })
                    .to_string()
            },
        )
    };
    let mut text = almanac.horizon.to_string();
    if almanac.is_dated {
        let (from, to) = (local(almanac.counting_starts()), local(almanac.ends()));
        text = format!("{text} from {from} to {to}, {}", almanac.time_zone);
    } else {
        text = format!("{text} from {}, no dates", local(almanac.counting_starts()));
    }
    if almanac.warm_up.0 > 0 {
        text = format!("{text}, after a warm-up of {}", almanac.warm_up);
    }
    format!("{text}, intervals of {}", almanac.interval)
}

fn volumes(loaded: &Loaded) -> Vec<String> {
    let expected = &loaded.expected;
    let names = loaded.scenario.classes.iter().map(|class| class.name.as_str());
    let rows = names.zip(&expected.fresh).zip(&expected.offered).zip(&expected.abandonment).map(
        |(((name, fresh), offered), abandonment)| {
            [
                name.to_owned(),
                grouped(*fresh, 0),
                grouped(*offered, 0),
                format!("{:.0} %", abandonment * 100.0),
            ]
        },
    );
    let total = [
        "total".to_owned(),
        grouped(expected.fresh.iter().sum(), 0),
        grouped(expected.offered.iter().sum(), 0),
        String::new(),
    ];
    table(["CONTACTS EXPECTED", "fresh", "offered", "if abandoned"], rows.collect(), total)
}

fn hours(loaded: &Loaded) -> Vec<String> {
    let hours = &loaded.expected.staffed_hours;
    let first = loaded.scenario.almanac.first_counted();
    let rows = loaded.scenario.groups.iter().zip(hours).map(|(group, hours)| {
        let counted = &group.plan[first.min(group.plan.len())..];
        let most = counted.iter().copied().fold(0.0, f64::max);
        let staffed =
            counted.iter().filter(|agents| **agents > 0.0).count() as f64 / counted.len().max(1) as f64;
        let staffed = format!("{:.0} %", staffed * 100.0);
        [group.name.clone(), grouped(*hours, 0), grouped(most, usize::from(most.fract() > 0.0)), staffed]
    });
    let total = ["total".to_owned(), grouped(hours.iter().sum(), 0), String::new(), String::new()];
    table(["AGENTS PLANNED", "hours", "most at once", "of the time"], rows.collect(), total)
}

/// `12,979,803`.
fn grouped(value: f64, decimals: usize) -> String {
    // Nothing is 0, not -0.
    let text = format!("{:.decimals$}", value + 0.0);
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let digits = whole.len();
    let mut out = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (digits - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + fraction
}

/// A heading, rows and a total; the first column on the left, the others on the right.
fn table(heading: [&str; 4], rows: Vec<[String; 4]>, total: [String; 4]) -> Vec<String> {
    const WIDEST_NAME: usize = 30;
    let mut all = vec![heading.map(str::to_owned)];
    let has_total = rows.len() > 1;
    all.extend(rows);
    all.extend(has_total.then_some(total));
    let widths: Vec<usize> =
        (0..4).map(|c| all.iter().map(|row| width(&row[c])).max().unwrap_or(0)).collect();
    let name = widths[0].min(WIDEST_NAME);
    all.iter()
        .map(|row| {
            let cells: Vec<String> = (1..4).map(|c| right(&row[c], widths[c])).collect();
            format!("{}  {}", left(&cut(&row[0], name), name), cells.join("  ")).trim_end().to_owned()
        })
        .collect()
}

/// Each default once, with the classes or groups that it holds for.
fn defaults(defaults: &[DefaultUsed], scenario: &Scenario) -> Vec<String> {
    let mut kinds: Vec<(String, &DefaultUsed, Vec<String>)> = Vec::new();
    for default in defaults {
        let (key, name) = match default.path.splitn(3, '.').collect::<Vec<_>>()[..] {
            [kind @ ("class" | "group"), name, key] => (format!("{kind} {key}"), name.to_owned()),
            _ => (default.path.clone(), String::new()),
        };
        let known = kinds
            .iter_mut()
            .find(|(k, d, _)| *k == key && d.value == default.value && d.note == default.note);
        match known {
            Some((_, _, names)) => names.push(name),
            None => kinds.push((key, default, vec![name])),
        }
    }
    let mut lines = vec!["NOT WRITTEN, SO".to_owned()];
    if kinds.is_empty() {
        lines.push("  nothing: every value that changes an answer is written".to_owned());
    }
    for (key, default, names) in kinds {
        let (kind, key) = key.split_once(' ').unwrap_or(("", &key));
        let n_all = if kind == "class" { scenario.classes.len() } else { scenario.groups.len() };
        let whose = match (kind, names.len()) {
            ("", _) => String::new(),
            (_, n) if n == n_all && n > 1 => {
                format!(" (all {})", if kind == "class" { "classes" } else { "groups" })
            }
            _ => format!(" ({})", names.join(", ")),
        };
        lines.extend(wrapped(
            &format!("  {key} = {}: {}{whose}", default.value, default.note),
            PAGE_WIDTH,
            4,
        ));
    }
    lines
}

/// Every value with its place, aligned where there is room.
fn resolved(loaded: &Loaded) -> String {
    let texts: Vec<(String, &str)> =
        loaded.resolved.iter().map(|v| (format!("{} = {}", v.path, v.value), v.origin.as_str())).collect();
    let fitting = texts.iter().map(|(text, _)| width(text)).filter(|width| *width <= PAGE_WIDTH - 24);
    let column = fitting.max().unwrap_or(0);
    texts.iter().map(|(text, origin)| format!("{}  # {origin}\n", left(text, column))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Texts;

    const FIRST: &str = "\
name = \"One queue\"
horizon = \"8h\"
[class.calls]
volume = { per_hour = 100 }
talk_time = { exponential = { mean = \"3m\" } }
[group.agents]
agents = 6
takes = [[\"calls\"]]
";

    fn loaded(sets: &[&str]) -> Loaded {
        let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
        scenario::load("first.toml", &sets, &Texts::new().with("first.toml", FIRST))
            .unwrap_or_else(|problems| panic!("{problems}"))
    }

    #[test]
    fn the_page_tells_volumes_hours_and_every_default() {
        let page = page(&loaded(&[]));
        for words in ["One queue", "8h from 00:00", "800", "48", "patience = infinite", "valid"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(page.lines().all(|line| width(line) <= PAGE_WIDTH), "{page}");
    }

    #[test]
    fn resolved_values_name_their_line_or_their_option() {
        let text = resolved(&loaded(&["group.agents.agents=7"]));
        assert!(text.contains("# first.toml:2"), "{text}");
        assert!(text.contains("group.agents.agents = 7"), "{text}");
        assert!(text.contains("# --set group.agents.agents=7"), "{text}");
    }
}
