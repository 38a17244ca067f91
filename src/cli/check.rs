//! `holdtime check FILE…`: what a scenario says, what it leaves to defaults, and what is wrong with it. Runs nothing.
//!
//! Works nothing out that loading has not. Invariant: problems go to standard error, the page to standard output; no line
//! of the page is wider than 80 columns, except values of `--resolved` that are.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::experiment::{self, Settings};
use crate::files::Disk;
use crate::report::PAGE_WIDTH;
use crate::report::number::grouped;
use crate::report::text::{cut, left, right, width, wrapped};
use crate::scenario::{self, Almanac, Change, DefaultUsed, Incident, Loaded, Scenario};
use crate::units::{SimTime, Span};

use super::{CheckArguments, Exit, Failure, output, words};

pub(super) fn run(arguments: &CheckArguments) -> Result<Exit, Failure> {
    super::look_at(&arguments.files)?;
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
                output::say(&words::not_valid(file, problems.n_errors()));
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
    if !loaded.incidents.is_empty() {
        lines.extend(incidents(&loaded.incidents, scenario));
        lines.push(String::new());
    }
    if !loaded.changes.is_empty() {
        lines.extend(changes(&loaded.changes));
        lines.push(String::new());
    }
    lines.extend(defaults(&all_defaults(loaded), scenario));
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
    let (from, to) = (local(almanac, almanac.counting_starts()), local(almanac, almanac.ends()));
    let shown = |at: &Option<Zoned>| {
        let format = if almanac.is_dated { "%a %Y-%m-%d %H:%M" } else { "%H:%M" };
        at.as_ref().map_or_else(|| "–".to_owned(), |at| at.strftime(format).to_string())
    };
    let mut text = length(almanac.horizon, from.as_ref(), to.as_ref());
    if almanac.is_dated {
        text = format!("{text} from {} to {}, {}", shown(&from), shown(&to), almanac.time_zone);
    } else {
        text = format!("{text} from {}, no dates", shown(&from));
    }
    if almanac.warm_up.0 > 0 {
        let begins = local(almanac, SimTime::ZERO);
        let warm_up = length(almanac.warm_up, begins.as_ref(), from.as_ref());
        text = format!("{text}, after a warm-up of {warm_up}");
    }
    format!("{text}, intervals of {}", almanac.interval)
}

/// The clock of the run at an instant.
fn local(almanac: &Almanac, at: SimTime) -> Option<Zoned> {
    let zone = TimeZone::get(&almanac.time_zone).unwrap_or(TimeZone::UTC);
    let second = almanac.epoch_start_s + i64::try_from(at.0 / 1_000_000).unwrap_or(i64::MAX);
    Timestamp::from_second(second).ok().map(|at| at.to_zoned(zone))
}

/// A span as it is written: from one time of the day to the same of another it is days, also of 23 or 25 hours.
fn length(span: Span, from: Option<&Zoned>, to: Option<&Zoned>) -> String {
    let whole_days = from.zip(to).filter(|(from, to)| from.time() == to.time() && span >= Span::DAY);
    let days = whole_days.and_then(|(from, to)| Some(from.date().until(to.date()).ok()?.get_days()));
    days.map_or_else(|| span.to_string(), |days| format!("{days}d"))
}

fn volumes(loaded: &Loaded) -> Vec<String> {
    let expected = &loaded.expected;
    let names = loaded.scenario.classes.iter().map(|class| class.name.as_str());
    let rows = names.enumerate().map(|(i, name)| {
        [
            name.to_owned(),
            grouped(expected.fresh[i], 0),
            grouped(expected.offered[i], 0),
            format!("{:.0} %", expected.abandonment[i] * 100.0),
            grouped(expected.work_hours[i], 0),
        ]
    });
    let total = [
        "total".to_owned(),
        grouped(expected.fresh.iter().sum(), 0),
        grouped(expected.offered.iter().sum(), 0),
        String::new(),
        grouped(expected.work_hours.iter().sum(), 0),
    ];
    let mut lines = table(
        ["CONTACTS EXPECTED", "fresh", "offered", "if abandoned", "hours of work"],
        rows.collect(),
        total,
    );
    lines.extend(refused(&loaded.scenario));
    lines
}

/// Who of the fresh contacts finds a class closed: fresh and never offered.
fn refused(scenario: &Scenario) -> Vec<String> {
    let almanac = &scenario.almanac;
    let interval_s = almanac.interval.0 as f64 / 1e6;
    let by_class = scenario.classes.iter().filter_map(|class| {
        let rates = class.fresh_rate.iter().enumerate().skip(almanac.first_counted());
        let closed: f64 = rates.filter(|(i, _)| !class.lets_in(*i)).map(|(_, rate)| rate * interval_s).sum();
        (closed >= 0.5).then(|| {
            format!(
                "of the fresh contacts of {} {} come while it is closed and are refused: not in `offered`, and no \
                 work, but for those who call again (`redial.after_closed`) and are taken to find it open",
                class.name,
                grouped(closed, 0)
            )
        })
    });
    by_class.flat_map(|text| wrapped(&text, PAGE_WIDTH, 2)).collect()
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

/// A heading, rows and a total; the first column on the left, the others on the right.
fn table<const N: usize>(heading: [&str; N], rows: Vec<[String; N]>, total: [String; N]) -> Vec<String> {
    const WIDEST_NAME: usize = 28;
    let mut all = vec![heading.map(str::to_owned)];
    let has_total = rows.len() > 1;
    all.extend(rows);
    all.extend(has_total.then_some(total));
    let widths: Vec<usize> =
        (0..N).map(|c| all.iter().map(|row| width(&row[c])).max().unwrap_or(0)).collect();
    let name = widths[0].min(WIDEST_NAME);
    all.iter()
        .map(|row| {
            let cells: Vec<String> = (1..N).map(|c| right(&row[c], widths[c])).collect();
            format!("{}  {}", left(&cut(&row[0], name), name), cells.join("  ")).trim_end().to_owned()
        })
        .collect()
}

/// Each kind of hard day once, with its first date.
fn incidents(incidents: &[Incident], scenario: &Scenario) -> Vec<String> {
    let mut kinds: Vec<(&Incident, usize)> = Vec::new();
    for incident in incidents {
        let is_like = |(kind, _): &&mut (&Incident, usize)| {
            (&kind.name, &kind.lasts, &kind.factors, &kind.course)
                == (&incident.name, &incident.lasts, &incident.factors, &incident.course)
        };
        match kinds.iter_mut().find(is_like) {
            Some((_, n)) => *n += 1,
            None => kinds.push((incident, 1)),
        }
    }
    let mut lines = vec!["INCIDENTS".to_owned()];
    for (incident, n) in kinds {
        let name = if incident.name.is_empty() { "without a name" } else { &incident.name };
        let times = if n > 1 { format!("{n} times, first ") } else { String::new() };
        let factors = incident.factors.iter();
        let factors =
            factors.map(|(class, factor)| format!("{} × {factor}", scenario.classes[class.index()].name));
        let factors = factors.chain(incident.course.iter().cloned()).collect::<Vec<_>>().join(", ");
        let text = format!("  {name}: {times}{} for {}, {factors}", incident.from, incident.lasts);
        lines.extend(wrapped(&text, PAGE_WIDTH, 4));
    }
    lines
}

/// What changes by date.
fn changes(changes: &[Change]) -> Vec<String> {
    let mut lines = vec!["CHANGES".to_owned()];
    for Change { name, from, until, what } in changes {
        let name = if name.is_empty() { "without a name" } else { name };
        let until = if until.is_empty() { String::new() } else { format!(" until {until}") };
        let text = format!("  {name}: from {from}{until}, {}", what.join(", "));
        lines.extend(wrapped(&text, PAGE_WIDTH, 4));
    }
    lines
}

/// The defaults of the scenario, and how often `run` simulates it if nobody says.
fn all_defaults(loaded: &Loaded) -> Vec<DefaultUsed> {
    let mut defaults = loaded.defaults.clone();
    if loaded.scenario.replications.is_none() {
        let settings = Settings { replications: None, seed: 1, jobs: 1, ..Settings::default() };
        defaults.push(DefaultUsed {
            path: "replications".to_owned(),
            value: experiment::replications(&loaded.scenario, &settings).to_string(),
            note: "ten simulated years, from 10 to 400 runs",
        });
    }
    defaults
}

/// A default, and the things that it holds for.
struct Kind<'a> {
    /// The table of the things, as `class`; empty where there is only one.
    table: &'a str,
    key: String,
    default: &'a DefaultUsed,
    names: Vec<&'a str>,
}

/// Parts of a scenario under which defaults are listed, with the tables that belong there.
const SECTIONS: [(&str, &[&str]); 3] = [
    ("customers", &["class", "profile", "case", "day_variation", "target"]),
    ("agents", &["group", "routing", "policy", "lines", "contract"]),
    ("the run", &[]),
];

/// Each default once, with the things that it holds for.
fn defaults(defaults: &[DefaultUsed], scenario: &Scenario) -> Vec<String> {
    let mut kinds: Vec<Kind> = Vec::new();
    for default in defaults {
        let (table, name, key) = match default.path.splitn(3, '.').collect::<Vec<_>>()[..] {
            [table @ ("class" | "group" | "routing" | "profile"), name, key] => (table, name, key.to_owned()),
            [table @ ("routing" | "contract"), name] => (table, name, table.to_owned()),
            _ => ("", "", default.path.clone()),
        };
        let is_like = |kind: &&mut Kind| {
            kind.table == table
                && kind.key == key
                && kind.default.value == default.value
                && kind.default.note == default.note
        };
        match kinds.iter_mut().find(is_like) {
            Some(kind) => kind.names.push(name),
            None => kinds.push(Kind { table, key, default, names: vec![name] }),
        }
    }
    let mut lines = vec!["NOT WRITTEN, SO".to_owned()];
    if kinds.is_empty() {
        lines.push("  nothing: every value that changes an answer is written".to_owned());
    }
    let section_of = |kind: &Kind| {
        let table = kind.default.path.split('.').next().unwrap_or_default();
        SECTIONS.iter().position(|(_, tables)| tables.contains(&table)).unwrap_or(SECTIONS.len() - 1)
    };
    for (section, (heading, _)) in SECTIONS.iter().enumerate() {
        let mut of_section = kinds.iter().filter(|kind| section_of(kind) == section).peekable();
        if of_section.peek().is_some() {
            lines.push(format!("  {heading}"));
        }
        for Kind { table, key, default, names } in of_section {
            let (n_all, all) = match *table {
                "class" | "routing" => (scenario.classes.len(), "all classes"),
                "group" => (scenario.groups.len(), "all groups"),
                _ => (usize::MAX, ""),
            };
            let whose = match names.len() {
                _ if table.is_empty() => String::new(),
                n if n == n_all && n > 1 => format!(" ({all})"),
                1 if n_all == 1 => String::new(),
                _ => format!(" ({})", names.join(", ")),
            };
            let text = format!("    {key} = {}: {}{whose}", default.value, default.note);
            lines.extend(wrapped(&text, PAGE_WIDTH, 6));
        }
    }
    lines
}

/// Every value with its place, then what holds where none is written; aligned where there is room.
fn resolved(loaded: &Loaded) -> String {
    let values = loaded.resolved();
    let written = values.iter().map(|v| (format!("{} = {}", v.path, v.value), v.origin.as_str()));
    let defaults = all_defaults(loaded);
    let unwritten = defaults.iter().map(|v| (format!("{} = {}", v.path, v.value), "default"));
    let texts: Vec<(String, &str)> = written.chain(unwritten).collect();
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
        for words in
            ["One queue", "8h from 00:00", "800", "0 %             40", "48", "patience = infinite", "valid"]
        {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(page.lines().all(|line| width(line) <= PAGE_WIDTH), "{page}");
    }

    #[test]
    fn days_in_which_the_clock_changes_are_days() {
        let over_the_night = |horizon: &str, start: &str| {
            let sets = ["time_zone=Europe/Berlin", &format!("start={start}"), &format!("horizon={horizon}")];
            let page = page(&loaded(&sets));
            page.lines().nth(1).unwrap_or_default().to_owned()
        };
        assert!(
            over_the_night("28d", "2026-03-02")
                .starts_with("28d from Mon 2026-03-02 00:00 to Mon 2026-03-30")
        );
        assert!(over_the_night("1w", "2026-10-19").starts_with("7d from "));
        assert!(over_the_night("24h", "2026-03-28T12:00").starts_with("1d from Sat 2026-03-28 12:00"));
        assert!(over_the_night("12h", "2026-03-29").starts_with("12h from "));
    }

    #[test]
    fn who_comes_while_it_is_closed_is_told_beside_what_is_expected() {
        let open_half_the_time = loaded(&["class.calls.open={ all = \"00:00-04:00\" }"]);
        let page = page(&open_half_the_time);
        assert!(page.contains("of the fresh contacts of calls 400 come while it is closed"), "{page}");
        assert!(!super::page(&loaded(&[])).contains("closed and are refused"));
        let expected = |sets: &[&str]| loaded(sets).expected;
        let hours = "class.calls.open={ all = \"00:00-04:00\" }";
        let again = "class.calls.redial.after_closed={ first = 0.25, delay = { constant = \"5h\" } }";
        let (half, with_redials) = (expected(&[hours]), expected(&[hours, again]));
        let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-9, "{found}, not {wanted}");
        [(half.fresh[0], 800.0), (half.offered[0], 400.0), (half.work_hours[0], 20.0)]
            .into_iter()
            .chain([(with_redials.offered[0], 500.0), (with_redials.work_hours[0], 25.0)])
            .for_each(|(found, wanted)| near(found, wanted));
        let queueing =
            loaded(&["class.calls.open={ all = \"00:00-04:00\" }", "class.calls.after_hours=queue"]);
        assert!(refused(&queueing.scenario).is_empty(), "with `queue` everybody enters");
    }

    #[test]
    fn a_default_of_several_things_is_told_once_and_names_those_it_holds_for() {
        let text = format!(
            "{FIRST}[class.sales]\nlike = \"calls\"\nbalking = 0.1\n[class.complaints]\nlike = \"calls\"\n{}",
            "[group.desk]\nagents = 1\ntakes = [[\"sales\", \"complaints\"]]\n"
        );
        let loaded = scenario::load("s.toml", &[], &Texts::new().with("s.toml", text));
        let page = page(&loaded.unwrap_or_else(|problems| panic!("{problems}")));
        let n = |words: &str| page.matches(words).count();
        assert_eq!(n("balking = 0: "), 1, "{page}");
        assert!(page.contains("is idle (calls, complaints)\n"), "{page}");
        assert_eq!(n("transfer = none: nobody is transferred (all classes)"), 1, "{page}");
        assert_eq!(n("leaving = next_to_finish: "), 1, "{page}");
    }

    #[test]
    fn incidents_are_told_by_name_those_alike_once_and_those_outside_the_run_not() {
        let incident = |name: &str, from: &str| {
            format!("[[incident]]\n{name}from = \"{from}\"\nlasts = \"2h\"\nclass = {{ calls = 1.5 }}\n")
        };
        let bill = "name = \"bill run\"\n";
        let text = format!(
            "start = \"2026-03-23\"\n{}{}{}{}{}",
            FIRST.replace("8h", "7d"),
            incident(bill, "2026-03-23T10:00"),
            incident(bill, "2026-03-25T10:00"),
            incident("", "2026-03-26T10:00"),
            incident(bill, "2026-04-25T10:00"),
        );
        let loaded = scenario::load("s.toml", &[], &Texts::new().with("s.toml", text));
        let page = page(&loaded.unwrap_or_else(|problems| panic!("{problems}")));
        let told = "INCIDENTS\n  bill run: 2 times, first 2026-03-23 10:00 for 2h, calls × 1.5\n  \
                    without a name: 2026-03-26 10:00 for 2h, calls × 1.5\n\n";
        assert!(page.contains(told), "{page}");
    }

    #[test]
    fn resolved_values_name_their_line_or_their_option() {
        let text = resolved(&loaded(&["group.agents.agents=7"]));
        assert!(text.contains("# first.toml:2"), "{text}");
        assert!(text.contains("group.agents.agents = 7"), "{text}");
        assert!(text.contains("# --set group.agents.agents=7"), "{text}");
    }

    #[test]
    fn what_is_not_written_stands_among_the_resolved_values_as_a_default() {
        let loaded = loaded(&[]);
        let text = resolved(&loaded);
        let is_told = |default: &DefaultUsed| {
            let value = format!("{} = {} ", default.path, default.value);
            text.lines().any(|line| line.starts_with(&value) && line.ends_with("# default"))
        };
        assert!(all_defaults(&loaded).iter().all(is_told), "{text}");
        assert!(text.contains("class.calls.patience = infinite"), "{text}");
    }
}
