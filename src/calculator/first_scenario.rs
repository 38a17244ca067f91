//! A first scenario from a file of intervals: its volumes as they stand there, agents by formula, and every assumption named.
//!
//! Opens no file and runs nothing; where the file says nothing, a usual value is written with the word `assumption`. Invariant:
//! what the scenario expects to be offered, by class and interval, is what the file says.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::Span;
use jiff::civil::Date;

use super::interval_file::{CellProblem, Clock, IntervalFile, Role, Row};
use crate::scenario::{self, Paint, Texts};
use crate::staffing::{Payroll, Requirement, Wishes};

/// Share of the handle time that is taken to be after-call work.
const AFTER_CALL_WORK: f64 = 0.15;
/// From the first to the last day of a file, at most.
const MOST_DAYS: u32 = 3_660;
/// More classes are a column of something else.
const MOST_CLASSES: usize = 200;
/// More calls an hour are more than a scenario may have.
const MOST_AN_HOUR: f64 = 1e7;
/// A day.
const LONGEST_AHT_S: f64 = 86_400.0;
const MINUTES_A_DAY: usize = 1440;
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// What the file does not say.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    /// Title of the scenario, and what the file is called in comments.
    pub name: String,
    /// Share answered within so many seconds.
    pub service_level: (f64, f64),
    /// Mean patience in seconds, above 0.
    pub patience_s: f64,
    /// Who takes the classes.
    pub groups: Groups,
}

/// Who takes the classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Groups {
    /// Each class has agents of its own.
    OneForEach,
    /// All agents take all classes.
    OneForAll,
}

/// The rows by class, on a grid of intervals.
struct Volumes {
    /// The first day; `None` without dates.
    first: Option<Date>,
    /// Minutes since midnight at which the first interval begins; 0 with dates.
    begins: usize,
    /// Minutes of an interval.
    step: usize,
    /// Intervals of a line of text: those of a day, or all of them without dates.
    per_day: usize,
    days: usize,
    classes: Vec<Class>,
    /// Classes without any call.
    left_out: Vec<String>,
    /// Days between the first and the last without a row.
    empty_days: usize,
    /// Intervals of a class without a row between others of its day: how many, and the first.
    gaps: Option<(usize, String)>,
}

struct Class {
    name: String,
    /// By interval.
    calls: Vec<f64>,
    /// Mean over the calls, and the least and greatest of an interval, in seconds.
    aht_s: f64,
    aht_range_s: (f64, f64),
}

/// A scenario file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstScenario {
    /// What stands in it.
    pub text: String,
    /// What of the intervals is not in it or was not in them, in sentences; they stand in it as comments too.
    pub remarks: Vec<String>,
}

/// Makes the scenario file.
///
/// # Errors
/// Everything in the file from which no scenario can be made, by row and column.
pub fn first_scenario(file: &IntervalFile, choices: &Choices) -> Result<FirstScenario, Vec<CellProblem>> {
    let volumes = volumes(file)?;
    // First with one agent everywhere, to ask the formula how many there should be.
    let draft = text(&volumes, choices, None, &[]);
    let loaded = match scenario::load("new.toml", &[], &Texts::new().with("new.toml", draft)) {
        Ok(loaded) => loaded,
        Err(problems) => {
            return Err(vec![file_problem(
                &problems.render(Paint::Plain),
                "volumes that a scenario may have",
            )]);
        }
    };
    let requirement = Requirement::of(&loaded, &Wishes::default(), Payroll::default())
        .expect("every class of the draft has a service level and an end");
    let plans: Vec<Vec<f64>> = (0..loaded.scenario.groups.len())
        .map(|group| requirement.intervals.iter().map(|it| it.groups[group].logged_in).collect())
        .collect();
    let mut remarks = remarks(&volumes);
    let out_of_reach = requirement.sums(&loaded.scenario, requirement.counted(&loaded.scenario)).out_of_reach;
    if out_of_reach > 0 {
        remarks.push(format!(
            "Intervals in which no number of agents reaches what is wanted: {out_of_reach}; the plan has the nearest there"
        ));
    }
    Ok(FirstScenario { text: text(&volumes, choices, Some(&plans), &remarks), remarks })
}

fn file_problem(found: &str, allowed: &'static str) -> CellProblem {
    CellProblem { line: None, column: String::new(), found: found.to_owned(), allowed }
}

/// Puts the rows on a grid.
fn volumes(file: &IntervalFile) -> Result<Volumes, Vec<CellProblem>> {
    let Some(clocks) = file.rows.iter().map(|row| row.clock).collect::<Option<Vec<Clock>>>() else {
        let names: Vec<String> = file.header.iter().map(|name| format!("`{name}`")).collect();
        let found = format!("columns {}", names.join(", "));
        return Err(vec![file_problem(
            &found,
            "a column `interval` with times as 08:30, beside `calls` and `aht`",
        )]);
    };
    let mut problems = Vec::new();
    let step = step(&clocks);
    let named = |role: Role| file.column(role).map_or_else(String::new, |column| file.header[column].clone());
    let mut wrong = |row: &Row, role: Role, found: String, allowed: &'static str| {
        problems.push(CellProblem { line: Some(row.line), column: named(role), found, allowed });
    };
    let cell = |row: &Row, role: Role| {
        file.column(role).and_then(|column| row.cells.get(column)).map_or("", |cell| cell.trim()).to_owned()
    };
    let mut all: Vec<Date> = file.rows.iter().filter_map(|row| row.date).collect();
    all.sort_unstable();
    // A slip in a year is told where it stands, not on all other rows.
    let middle = all.get(all.len() / 2).copied();
    let is_far = |date: Date| {
        let days = middle.and_then(|middle| middle.until(date).ok()).map_or(0, |span: Span| span.get_days());
        days.unsigned_abs() > MOST_DAYS / 2
    };
    let dates: BTreeSet<Date> = all.into_iter().filter(|date| !is_far(*date)).collect();
    let first = dates.first().copied();
    let day_of = |row: &Row| match (row.date, first) {
        (Some(date), Some(first)) => {
            first.until(date).map_or(usize::MAX, |span: Span| span.get_days() as usize)
        }
        _ => 0,
    };
    let begins = if first.is_some() { 0 } else { clocks.iter().map(|clock| clock.from).min().unwrap_or(0) };
    let end = if first.is_some() {
        MINUTES_A_DAY
    } else {
        clocks.iter().map(|clock| clock.from + step).max().unwrap_or(0).min(MINUTES_A_DAY)
    };
    let per_day = (end - begins).div_ceil(step).max(1);
    let mut days = 1;
    let mut names: Vec<String> = Vec::new();
    let mut cells: BTreeMap<(usize, usize, usize), (f64, f64)> = BTreeMap::new();
    for (row, clock) in file.rows.iter().zip(&clocks) {
        let is_on_grid = MINUTES_A_DAY.is_multiple_of(step)
            && clock.from.is_multiple_of(step)
            && clock.from < MINUTES_A_DAY;
        if !is_on_grid || clock.until.is_some_and(|until| until != clock.from + step) {
            wrong(
                row,
                Role::Interval,
                cell(row, Role::Interval),
                "intervals of one length that divides the day and begins at a multiple of it",
            );
            continue;
        }
        if row.date.is_some_and(is_far) {
            wrong(
                row,
                Role::Date,
                cell(row, Role::Date),
                "a day at most five years from the middle one of the file",
            );
            continue;
        }
        let day = day_of(row);
        days = days.max(day + 1);
        let name = cell(row, Role::Class);
        if file.column(Role::Class).is_some() && !name.chars().any(char::is_alphanumeric) {
            wrong(row, Role::Class, name, "a name with a letter or a digit");
            continue;
        }
        if row.calls * 60.0 / step as f64 > MOST_AN_HOUR {
            wrong(row, Role::Calls, cell(row, Role::Calls), "at most 10,000,000 calls an hour");
        }
        if row.aht_s > LONGEST_AHT_S {
            wrong(row, Role::Aht, cell(row, Role::Aht), "a mean handle time of at most a day");
        }
        let class = names.iter().position(|known| *known == name).unwrap_or_else(|| {
            names.push(name.clone());
            names.len() - 1
        });
        let at = (class, day, (clock.from - begins) / step);
        if cells.insert(at, (row.calls, row.aht_s)).is_some() {
            let allowed = if first.is_some() {
                "each interval once for each class and day"
            } else {
                "each interval once for each class; several days need a column `date`"
            };
            wrong(row, Role::Interval, format!("{} a second time", cell(row, Role::Interval)), allowed);
        }
    }
    if names.len() > MOST_CLASSES {
        problems.push(file_problem(&format!("{} classes", names.len()), "at most 200 classes"));
    }
    if problems.is_empty() && file.rows.iter().all(|row| row.calls == 0.0) {
        problems.push(file_problem("no call in any row", "calls above 0 in some interval"));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let gaps = gaps(&cells, &names, |day, slot| {
        let day = first.and_then(|first| first.checked_add(Span::new().days(day as i64)).ok());
        let day = day.map_or_else(String::new, |day| format!("{day} "));
        format!("{day}{}", clock(begins + slot * step))
    });
    let mut classes: Vec<Class> = Vec::new();
    let mut left_out = Vec::new();
    for (position, name) in names.into_iter().enumerate() {
        match class(name, position, days * per_day, per_day, &cells) {
            Ok(class) => classes.push(class),
            Err(name) => left_out.push(name),
        }
    }
    let empty_days = if first.is_some() { days - dates.len() } else { 0 };
    Ok(Volumes { first, begins, step, per_day, days, classes, left_out, empty_days, gaps })
}

/// Intervals of a class without a row between others of its day: how many, and the first in words.
fn gaps(
    cells: &BTreeMap<(usize, usize, usize), (f64, f64)>,
    names: &[String],
    when: impl Fn(usize, usize) -> String,
) -> Option<(usize, String)> {
    let keys: Vec<(usize, usize, usize)> = cells.keys().copied().collect();
    let missing = |two: &[(usize, usize, usize)]| {
        let [(class, day, slot), next] = [two[0], two[1]];
        if (class, day) == (next.0, next.1) { next.2 - slot - 1 } else { 0 }
    };
    let all = keys.windows(2).map(missing).sum::<usize>();
    let first = keys.windows(2).find(|two| missing(two) > 0)?[0];
    let class = if names[first.0].is_empty() { String::new() } else { format!(" of {}", names[first.0]) };
    Some((all, format!("{}{class}", when(first.1, first.2 + 1))))
}

/// A class from its cells; its name alone if it has no call.
fn class(
    name: String,
    position: usize,
    n: usize,
    per_day: usize,
    cells: &BTreeMap<(usize, usize, usize), (f64, f64)>,
) -> Result<Class, String> {
    let mut calls = vec![0.0; n];
    let (mut all, mut work, mut range): (f64, f64, (f64, f64)) = (0.0, 0.0, (f64::INFINITY, 0.0));
    for (&(_, day, slot), &(of, aht_s)) in cells.range((position, 0, 0)..(position + 1, 0, 0)) {
        calls[day * per_day + slot] = of;
        if of > 0.0 {
            all += of;
            work += of * aht_s;
            range = (range.0.min(aht_s), range.1.max(aht_s));
        }
    }
    if all == 0.0 {
        return Err(name);
    }
    let name = if name.is_empty() { "calls".to_owned() } else { name };
    Ok(Class { name, calls, aht_s: work / all, aht_range_s: range })
}

/// Minutes of an interval: what most rows say, else the way that is most frequent from one time of day to the next, else half
/// an hour. So a slip in one time is a row that does not fit, and no other length for all.
fn step(clocks: &[Clock]) -> usize {
    let lengths = clocks.iter().filter_map(|clock| clock.until.map(|until| until.saturating_sub(clock.from)));
    let times: BTreeSet<usize> = clocks.iter().map(|clock| clock.from).collect();
    let times: Vec<usize> = times.into_iter().collect();
    let ways = times.windows(2).map(|two| two[1] - two[0]);
    most_frequent(lengths.filter(|length| *length > 0)).or_else(|| most_frequent(ways)).unwrap_or(30)
}

/// The shortest of those that are there most often.
fn most_frequent(lengths: impl Iterator<Item = usize>) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    lengths.for_each(|length| *counts.entry(length).or_default() += 1);
    counts
        .into_iter()
        .max_by_key(|&(length, count)| (count, std::cmp::Reverse(length)))
        .map(|(length, _)| length)
}

/// The file, with one agent everywhere where no plans are known.
fn text(volumes: &Volumes, choices: &Choices, plans: Option<&[Vec<f64>]>, remarks: &[String]) -> String {
    let mut text = String::new();
    head(&mut text, volumes, choices, remarks);
    for class in &volumes.classes {
        class_text(&mut text, volumes, choices, class);
    }
    let names: Vec<String> = volumes.classes.iter().map(|class| string(&class.name)).collect();
    let groups: Vec<(String, String)> = match choices.groups {
        Groups::OneForAll => vec![("agents".to_owned(), names.join(", "))],
        Groups::OneForEach if volumes.classes.len() == 1 => vec![("agents".to_owned(), names.join(", "))],
        Groups::OneForEach => volumes.classes.iter().map(|class| class.name.clone()).zip(names).collect(),
    };
    for (i, (name, takes)) in groups.iter().enumerate() {
        let _ = writeln!(text, "[group.{}]", key(name));
        let _ = writeln!(text, "takes = [[{takes}]]");
        match plans {
            None => text += "agents = 1\n\n",
            Some(plans) => {
                text += "# Agents logged in, interval by interval: as many as Erlang A asks for (`holdtime require`). Replace by your plan.\n";
                numbers(&mut text, volumes, "agents", &plans[i]);
            }
        }
    }
    text += "\
# Assumption, left out: what absence, training and breaks take of paid hours; then `holdtime require` goes on to full-time positions.
# [policy.shrinkage]
# absence.share = 0.20
# internal = { training = 0.03, meetings = 0.02, paid_breaks = 0.05 }
# adherence = 0.93
";
    text
}

fn head(text: &mut String, volumes: &Volumes, choices: &Choices, remarks: &[String]) {
    let (share, within_s) = choices.service_level;
    let name = string(&choices.name);
    let _ = writeln!(
        text,
        "# A first scenario, made by `holdtime new` from {name}.\n\
         # From the file: volumes by class and interval, mean handle times. Worked out: agents. Everything that says\n\
         # \"assumption\" is a usual value of the trade: replace it by your own.\n\
         # Next: holdtime check FILE · holdtime run FILE · holdtime require FILE"
    );
    for remark in remarks {
        let _ = writeln!(text, "# {remark}.");
    }
    let _ = writeln!(text, "\nname = {name}");
    match volumes.first {
        Some(first) => {
            let _ = writeln!(text, "start = \"{first}\"\nhorizon = \"{}d\"", volumes.days);
        }
        None => {
            let _ = writeln!(text, "start = \"{}\"", clock(volumes.begins));
            let _ = writeln!(text, "horizon = \"{}m\"", volumes.per_day * volumes.step);
        }
    }
    let _ = writeln!(text, "interval = \"{}m\"", volumes.step);
    let _ = writeln!(
        text,
        "\n[target]                        # assumption: what is wanted, judged day by day\n\
         service_level = {{ at_least = {share}, within = {within_s}, per = \"day\" }}\n"
    );
}

/// What the file has and the scenario has not, and the other way round.
fn remarks(volumes: &Volumes) -> Vec<String> {
    let left_out = volumes
        .left_out
        .iter()
        .map(|class| format!("{} has no call in the file and is left out", string(class)));
    let mut remarks: Vec<String> = left_out.collect();
    if volumes.empty_days > 0 {
        remarks.push(format!(
            "Days without a row between the first and the last: {}; no calls on them",
            volumes.empty_days
        ));
    }
    if let Some((gaps, first)) = &volumes.gaps {
        let first = first.replace(char::is_control, " ");
        remarks.push(format!(
            "Intervals without a row between others of their day: {gaps}, the first {first}; no calls in them"
        ));
    }
    remarks
}

fn class_text(text: &mut String, volumes: &Volumes, choices: &Choices, class: &Class) {
    let (share, within_s) = choices.service_level;
    let milliseconds = |seconds: f64| (seconds * 1000.0).round() / 1000.0;
    let acw_s = milliseconds(class.aht_s * AFTER_CALL_WORK);
    let talk_s = milliseconds(class.aht_s - acw_s).max(0.001);
    let (least, most) = class.aht_range_s;
    let _ = writeln!(text, "[class.{}]", key(&class.name));
    let varies = if most - least > 0.5 {
        format!("; by interval from {} to {}", least.round(), most.round())
    } else {
        String::new()
    };
    let _ = writeln!(
        text,
        "# Mean handle time {} s, from the file{varies}. Assumption: 15 % of it is after-call work, and how it scatters.",
        tenth(class.aht_s)
    );
    let _ = writeln!(text, "talk_time = {{ lognormal = {{ mean = {talk_s}, cv = 1.0 }} }}");
    let _ = writeln!(text, "after_call_work = {{ exponential = {{ mean = {acw_s} }} }}");
    let _ = writeln!(
        text,
        "patience = {{ exponential = {{ mean = {} }} }}     # assumption: how long customers wait before they give up",
        choices.patience_s
    );
    let _ = writeln!(
        text,
        "service_levels = [{{ share = {share}, within = {within_s}, of = \"entered_less_short\", short = \"5s\" }}]   # assumption"
    );
    text.push_str(
        "# Assumption, left out: who gives up and calls again, who is not helped and calls again. The volumes below are of all\n\
         # calls; with these two they must be of first calls only.\n\
         # redial = { after_abandon = { first = 0.4, delay = { exponential = { mean = \"20m\" } } } }\n\
         # resolution = 0.75\n\
         # repeat = { probability = 0.5, delay = { lognormal = { mean = \"1d\", cv = 1 } } }\n",
    );
    let per_hour = 60.0 / volumes.step as f64;
    let rates: Vec<f64> = class.calls.iter().map(|calls| calls * per_hour).collect();
    text.push_str("# Calls an hour, interval by interval, from the file.\n");
    numbers(text, volumes, "volume.per_hour", &rates);
}

/// A list with a line for each day.
fn numbers(text: &mut String, volumes: &Volumes, key: &str, values: &[f64]) {
    let _ = writeln!(text, "{key} = [");
    for (day, values) in values.chunks(volumes.per_day).enumerate() {
        let line: Vec<String> = values.iter().map(f64::to_string).collect();
        let label = match volumes.first.and_then(|first| first.checked_add(Span::new().days(day as i64)).ok())
        {
            Some(date) => format!("{} {date}", WEEKDAYS[date.weekday().to_monday_zero_offset() as usize]),
            None => format!("from {} on", clock(volumes.begins)),
        };
        let _ = writeln!(text, "  {},   # {label}", line.join(", "));
    }
    text.push_str("]\n\n");
}

/// `08:30`.
fn clock(minutes: usize) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn tenth(seconds: f64) -> f64 {
    (seconds * 10.0).round() / 10.0
}

/// A name as a key of TOML.
fn key(name: &str) -> String {
    let is_bare =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    if is_bare { name.to_owned() } else { string(name) }
}

/// A text as a basic string of TOML, on one line.
fn string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            character if character.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(character));
            }
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::super::ReadIntervals;
    use super::*;
    use crate::scenario::Loaded;

    fn choices() -> Choices {
        Choices {
            name: "volumes.csv".to_owned(),
            service_level: (0.8, 20.0),
            patience_s: 180.0,
            groups: Groups::OneForEach,
        }
    }

    fn read(text: &str) -> IntervalFile {
        IntervalFile::read(text.as_bytes(), ReadIntervals { aht_s: None }).expect("a file")
    }

    fn loaded(text: &str, choices: &Choices) -> Loaded {
        let text = first_scenario(&read(text), choices).expect("a scenario").text;
        let source = Texts::new().with("s.toml", text.as_str());
        scenario::load("s.toml", &[], &source).unwrap_or_else(|problems| panic!("{problems}\n{text}"))
    }

    /// Expected offered calls by class and interval.
    fn offered(loaded: &Loaded) -> Vec<Vec<f64>> {
        let seconds = loaded.scenario.almanac.interval.as_secs_f64();
        let of = |rates: &Vec<f64>| rates.iter().map(|rate| (rate * seconds * 1e9).round() / 1e9).collect();
        loaded.scenario.classes.iter().map(|class| of(&class.fresh_rate)).collect()
    }

    #[test]
    fn the_scenario_expects_what_the_file_says_by_class_and_interval() {
        let csv = "date,interval,class,offered,aht\n\
                   2026-03-02,08:00,billing,40,240\n2026-03-02,08:30,billing,55.5,300\n\
                   2026-03-04,17:30,billing,7,200\n2026-03-02,08:00,\"new \"\"lines\"\"\",3,600\n";
        let loaded = loaded(csv, &choices());
        assert!(loaded.warnings.is_empty(), "{}", loaded.warnings);
        let offered = offered(&loaded);
        let mut billing = vec![0.0; 144];
        (billing[16], billing[17], billing[96 + 35]) = (40.0, 55.5, 7.0);
        assert_eq!(offered[0], billing);
        assert_eq!((offered[1][16], offered[1].iter().sum::<f64>()), (3.0, 3.0));
        assert_eq!(loaded.expected.offered[0], loaded.expected.fresh[0]);
        let class = &loaded.scenario.classes[0];
        let mean = (40.0 * 240.0 + 55.5 * 300.0 + 7.0 * 200.0) / 102.5;
        assert!((class.talk_time.mean() + class.after_call_work.mean() - mean).abs() < 0.001);
        assert_eq!(loaded.scenario.classes[1].name, "new \"lines\"");
    }

    #[test]
    fn the_plan_is_what_the_formula_requires() {
        let csv = "interval,calls,aht\n08:00-08:15,25,4m\n08:15-08:30,30,4m\n08:45-09:00,10,4m\n";
        for groups in [Groups::OneForEach, Groups::OneForAll] {
            let loaded = loaded(csv, &Choices { groups, ..choices() });
            assert_eq!(offered(&loaded), [[25.0, 30.0, 0.0, 10.0]]);
            let required = Requirement::of(&loaded, &Wishes::default(), Payroll::default()).expect("a goal");
            let needed: Vec<f64> =
                required.intervals.iter().map(|it| f64::from(it.groups[0].required)).collect();
            assert_eq!(loaded.scenario.groups[0].plan, needed);
            assert!(needed[1] > needed[3] && needed[2] == 0.0, "{needed:?}");
        }
    }

    #[test]
    fn rows_from_which_no_scenario_can_be_made_are_told_all_at_once() {
        let refused = |text: &str| {
            let problems = first_scenario(&read(text), &choices()).expect_err("must be refused");
            problems.into_iter().map(|it| (it.line.unwrap_or(0), it.column)).collect::<Vec<_>>()
        };
        let csv = "Datum;Uhrzeit;Klasse;Anrufe;AHT\n02.03.2026;08:00;A;5;240\n02.03.2026;08:00;A;5;240\n\
                   02.03.2026;08:30;;5;240\n02.03.2026;08:40;A;5;240\n02.03.1926;09:00;A;5;240\n";
        // Ten minutes from 08:30 to 08:40 are the step.
        let wanted = [(3, "Uhrzeit"), (4, "Klasse"), (6, "Datum")];
        assert_eq!(refused(csv), wanted.map(|(line, column)| (line, column.to_owned())));
        assert_eq!(refused("calls,aht\n5,240\n"), [(0, String::new())]);
        assert_eq!(refused("interval,calls,aht\n08:00,0,240\n"), [(0, String::new())]);
        assert_eq!(refused("interval,calls,aht\n08:00,5,240\n08:07,5,240\n")[0].1, "interval");
        assert_eq!(refused("interval,calls,aht\n08:00,5,90000\n"), [(2, "aht".to_owned())]);
    }
}
