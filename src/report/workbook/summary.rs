//! The first sheet of a run: what ran, what became of the targets, every measure of everything, and what to beware of.
//!
//! Judges nothing. Invariant: the numbers are those of the page, unrounded.

use super::measures::look;
use super::sheet::{Cell, Look, Sheet};
use crate::experiment::{Outcome, TargetOutcome, Verdict};
use crate::measure::{Better, Level, METRICS, Metric, metric};
use crate::report::Basis;
use crate::stats::Estimate;

pub(super) const SUMMARY: &str = "Summary";
const DEFINITIONS: &str = "Definitions";

/// What stands on the sheet in one row.
#[derive(Default)]
struct Line {
    part: &'static str,
    what: String,
    value: Option<Cell>,
    half_width: Option<Cell>,
    unit: &'static str,
    clock: Option<Cell>,
    wanted: Option<Cell>,
    verdict: &'static str,
    missed: Option<Cell>,
    judged: Option<Cell>,
    per: &'static str,
    text: String,
}

impl Line {
    fn cells(self) -> Vec<Cell> {
        let or_empty = |cell: Option<Cell>| cell.unwrap_or(Cell::Empty);
        vec![
            Cell::text(self.part),
            Cell::text(self.what),
            or_empty(self.value),
            or_empty(self.half_width),
            Cell::text(self.unit),
            or_empty(self.clock),
            Cell::text(self.verdict),
            or_empty(self.wanted),
            or_empty(self.missed),
            or_empty(self.judged),
            Cell::text(self.per),
            Cell::text(self.text),
        ]
    }
}

pub(super) fn summary(outcome: &Outcome, basis: &Basis) -> Sheet {
    let headings = [
        "part",
        "what",
        "value",
        "± 95 %",
        "unit",
        "m:s",
        "verdict",
        "wanted",
        "missed",
        "judged",
        "per",
        "explanation",
    ];
    let mut sheet = Sheet::new(SUMMARY, headings).wrapping(&["explanation"]).keeping(2);
    let mut lines = run(outcome, basis);
    lines.extend(outcome.targets.iter().map(target));
    lines.extend(outcome.total.0.iter().map(|(name, estimate)| measured(name, estimate)));
    lines.extend(notes(outcome, basis));
    lines.into_iter().for_each(|line| sheet.push(line.cells()));
    sheet
}

/// What ran.
fn run(outcome: &Outcome, basis: &Basis) -> Vec<Line> {
    let manifest = &outcome.manifest;
    let line = |what: &str, value: Cell, unit| Line {
        part: "run",
        what: what.to_owned(),
        value: Some(value),
        unit,
        ..Line::default()
    };
    let date = |text: &str| text.parse().map_or_else(|_| Cell::text(text), Cell::Date);
    let mut lines = vec![
        line("scenario", Cell::text(&*manifest.scenario), "text"),
        line("file", Cell::text(basis.file()), "text"),
    ];
    if let Some((first, last, zone)) = &manifest.dates {
        lines.push(line("first date", date(first), "date"));
        lines.push(line("last date", date(last), "date"));
        lines.push(line("time zone", Cell::text(&**zone), "text"));
    }
    let planned = Line {
        text: if manifest.is_partial { "PARTIAL: the run was interrupted".to_owned() } else { String::new() },
        ..line("replications planned", Cell::count(manifest.replications_planned), "count")
    };
    lines.extend([
        line("horizon", Cell::Number(manifest.horizon_s / 86_400.0, Look::Hundredths), "days"),
        line("warm-up", Cell::Number(manifest.warm_up_s / 86_400.0, Look::Hundredths), "days"),
        line("replications", Cell::count(manifest.replications), "count"),
        planned,
        // A seed may have more digits than a cell's number.
        line("seed", Cell::text(manifest.seed.to_string()), "text"),
        line("hash of the scenario", Cell::text(&*manifest.scenario_hash), "text"),
        line("version of holdtime", Cell::text(&*manifest.version), "text"),
        line("contacts simulated", Cell::count(outcome.contacts_simulated as f64), "count"),
    ]);
    lines
}

fn target(of: &TargetOutcome) -> Line {
    let look = look(of.measure);
    let clock = (look == Look::Seconds).then(|| Cell::mean(Some(&of.value), Look::Clock));
    Line {
        part: "target",
        what: of.name(),
        value: Some(Cell::mean(Some(&of.value), look)),
        half_width: Some(Cell::half_width(Some(&of.value), look)),
        unit: unit(of.measure),
        clock,
        wanted: Some(Cell::number(Some(of.bound), look)),
        verdict: verdict(of.verdict),
        missed: Some(Cell::mean(Some(&of.missed), Look::Tenths)),
        judged: Some(Cell::mean(Some(&of.periods), Look::Tenths)),
        per: of.per,
        text: format!(
            "{} {}; missed and judged are periods a replication, on average",
            of.measure,
            if of.is_minimum { "at least as wanted" } else { "at most as wanted" }
        ),
    }
}

pub(super) fn verdict(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Met) => "met",
        Some(Verdict::Missed) => "missed",
        Some(Verdict::NotSure) => "not sure",
        None => "no value",
    }
}

fn measured(name: &'static str, estimate: &Estimate) -> Line {
    let look = look(name);
    Line {
        part: "measure",
        what: name.to_owned(),
        value: Some(Cell::mean(Some(estimate), look)),
        half_width: Some(Cell::half_width(Some(estimate), look)),
        unit: unit(name),
        clock: (look == Look::Seconds).then(|| Cell::mean(Some(estimate), Look::Clock)),
        text: metric(name).map_or("", |metric| metric.doc).to_owned(),
        ..Line::default()
    }
}

fn unit(name: &str) -> &'static str {
    metric(name).map_or("", Metric::unit)
}

fn notes(outcome: &Outcome, basis: &Basis) -> Vec<Line> {
    let line = |part: &'static str, text: &str| Line { part, text: text.to_owned(), ..Line::default() };
    let mut lines = vec![line("note", basis.spread())];
    if outcome.targets.is_empty() {
        lines.push(line("note", "no targets: the scenario has no `[target]`"));
    }
    if outcome.manifest.replications == 1 {
        lines.push(line("note", "one replication: no number has an interval"));
    }
    lines.extend(outcome.notes.iter().map(|note| line("note", note)));
    if outcome.audit.is_empty() {
        lines.push(line("audit", "all laws kept"));
    }
    lines.extend(outcome.audit.iter().map(|law| line("AUDIT FAILED", law)));
    lines
}

/// What each measure is, and the service levels of the scenario.
pub(super) fn definitions(basis: Option<&Basis>) -> Sheet {
    let headings = ["measure", "unit", "belongs to", "better", "definition"];
    let mut sheet = Sheet::new(DEFINITIONS, headings).wrapping(&["definition"]);
    let mut say = |what: &str, text: &str| {
        let empty = || Cell::Empty;
        sheet.push(vec![Cell::text(what), empty(), empty(), empty(), Cell::text(text)]);
    };
    say(
        "±",
        "half the width of the 95 % interval of the mean over replications, or of the ratio of sums; empty where none can be told",
    );
    say("empty cell", "no value: there was nothing to take it of");
    for definition in basis.iter().flat_map(|basis| basis.definitions()) {
        say("service level", &definition);
    }
    say(
        "required",
        "agents that Erlang A asks for in that slot of the week, for the visits that entered and the targets of the scenario; net is logged in less those",
    );
    say(
        "P10, P50, P90",
        "over replications; P10 and P90 are empty below 36 of them, which is when they can be told",
    );
    say("missed: …", "share of the replications that miss the target on that day");
    for metric in METRICS {
        sheet.push(vec![
            Cell::text(metric.name),
            Cell::text(metric.unit()),
            Cell::text(level(metric.level)),
            Cell::text(better(metric.better)),
            Cell::text(metric.doc),
        ]);
    }
    sheet
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Visit => "visit",
        Level::Contact => "contact",
        Level::Case => "case",
        Level::Promise => "promise",
        Level::Clock => "clock",
        Level::Money => "money",
    }
}

pub(super) fn better(better: Better) -> &'static str {
    match better {
        Better::Lower => "less",
        Better::Higher => "more",
        Better::Neither => "",
    }
}
