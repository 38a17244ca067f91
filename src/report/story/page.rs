//! The page that `trace` prints: a heading, the centre at an instant if that was asked for, the cases, and the next step.
//!
//! Invariant: no line is wider than [`PAGE_WIDTH`]; without colour the words say the same.

use crate::experiment::Trace;
use crate::report::number::span_in_words;
use crate::report::paint::Paint;
use crate::report::text::{PAGE_WIDTH, Separator, cut, left, wrapped, wrapped_parts};
use crate::scenario::Scenario;
use crate::trace::{KeyStart, Mark, Selection, Story, Which};
use crate::units::Span;

use super::clock::lasting;
use super::lines::{Line, Names, Tone, lines};
use super::snapshot;

/// Width of an event's label.
const LABEL: usize = 10;
/// Where the words of an event begin: behind the time and the label.
const INDENT: usize = 2 + 8 + 2 + LABEL + 2;

/// The page about `trace` of `scenario`, which was read from `file`, ending in a line break.
#[must_use]
pub fn trace_page(trace: &Trace, scenario: &Scenario, file: &str, paint: Paint) -> String {
    let names = Names::new(scenario, trace);
    let mut blocks = vec![head(&names, trace, paint)];
    if let Some(snapshot) = &trace.snapshot {
        blocks.extend(snapshot::blocks(&names, snapshot, trace.selection.at_most, paint));
    }
    blocks.extend(trace.stories.iter().map(|story| case(&names, trace, story, paint)));
    blocks.push(foot(trace, file));
    let mut text = String::new();
    for block in blocks {
        if !text.is_empty() {
            text.push('\n');
        }
        for line in block {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    text
}

fn head(names: &Names<'_>, trace: &Trace, paint: Paint) -> Vec<String> {
    let scenario = names.scenario;
    let horizon = span_in_words(scenario.almanac.horizon.as_secs_f64());
    let mut lines = vec![paint.heading(cut(&scenario.name, PAGE_WIDTH))];
    let parts =
        [format!("{horizon}, seed {}, replication {}", trace.seed, trace.replication), asked(names, trace)];
    lines.extend(wrapped_parts(&parts, Separator::Dot, PAGE_WIDTH, 0));
    if trace.is_partial {
        lines.push(paint.bad("PARTIAL: interrupted before all of it was told"));
    }
    lines
}

/// What the stories are.
fn asked(names: &Names<'_>, trace: &Trace) -> String {
    let Selection { which, marks, at_most } = &trace.selection;
    let told = trace.stories.len();
    let marks: Vec<&str> = marks
        .iter()
        .map(|mark| match mark {
            Mark::Abandoned => "a customer who gave up waiting",
            Mark::Transferred => "a transfer",
        })
        .collect();
    let with = if marks.is_empty() { String::new() } else { format!(" with {}", marks.join(" and ")) };
    match (which, told) {
        (Which::First, 0) => format!("there is no case{with}"),
        (Which::First, 1) => format!("the first case{with}"),
        (Which::First, _) if told < *at_most => format!("all {told} cases{with}"),
        (Which::First, _) => format!("the first {told} cases{with}"),
        (Which::Contact(start), _) => format!("the case of contact {start}"),
        (Which::LongestWait, 0) => format!("nobody waits in a case{with}"),
        (Which::LongestWait, 1) => format!("the longest wait in a case{with}"),
        (Which::LongestWait, _) => format!("the {told} longest waits in cases{with}"),
        (Which::WaitingAt(at), _) => format!("{} {}", names.clock.day(*at), names.clock.time(*at)),
    }
}

/// A case: a heading, then the time, the event and the words of each line, a day above its first line.
fn case(names: &Names<'_>, trace: &Trace, story: &Story, paint: Paint) -> Vec<String> {
    let summary = summary(names, trace, story);
    let mut heading = wrapped_parts(&summary, Separator::Dot, PAGE_WIDTH, 5).into_iter();
    let mut text: Vec<String> = heading.by_ref().map(|line| paint.heading(line)).collect();
    let mut day = String::new();
    for line in lines(names, story) {
        let today = names.clock.day(line.at);
        if today != day {
            text.push(today.clone());
            day = today;
        }
        text.extend(event(names, &line, paint));
    }
    text
}

fn summary(names: &Names<'_>, trace: &Trace, story: &Story) -> Vec<String> {
    let mut parts = vec![format!("CASE {}", KeyStart::of(story.key)), names.class(story.class).to_owned()];
    let Some((case, is_cut)) = &story.closed else {
        parts.push("not over when the run was stopped".to_owned());
        return parts;
    };
    let count = |number: u16, noun: &str| format!("{number} {noun}{}", if number == 1 { "" } else { "s" });
    parts.push(count(case.contacts, "contact"));
    if case.transfers > 0 {
        parts.push(count(case.transfers, "transfer"));
    }
    if case.wait > Span::ZERO {
        parts.push(format!("waited {}", lasting(case.wait)));
    }
    if trace.selection.which == Which::LongestWait && story.longest_wait < case.wait {
        parts.push(format!("the longest {}", lasting(story.longest_wait)));
    }
    let end = match (case.resolved, is_cut, case.first_answer_ended) {
        (true, _, _) => "solved",
        (false, true, _) => "cut by the end of the run",
        (false, false, None) => "never answered",
        (false, false, Some(_)) => "not solved",
    };
    parts.push(end.to_owned());
    parts
}

fn event(names: &Names<'_>, line: &Line, paint: Paint) -> Vec<String> {
    let label = left(line.event.label, LABEL);
    let label = match line.event.tone {
        Tone::Neutral => label,
        Tone::Good => paint.good(label),
        Tone::Bad => paint.bad(label),
    };
    let mut text = wrapped(&line.text, PAGE_WIDTH - INDENT, 0).into_iter();
    let first = text.next().unwrap_or_default();
    let mut lines = vec![format!("  {}  {label}  {first}", names.clock.time(line.at))];
    lines.extend(text.map(|more| format!("{}{more}", " ".repeat(INDENT))));
    if let Some(why) = &line.why {
        let why = wrapped(&format!("why: {why}"), PAGE_WIDTH - INDENT, 5);
        lines.extend(why.into_iter().map(|more| format!("{}{}", " ".repeat(INDENT), paint.quiet(more))));
    }
    lines
}

fn foot(trace: &Trace, file: &str) -> Vec<String> {
    let mut lines = Vec::new();
    if !trace.stories.is_empty() {
        let legend = "a queue is a class, or class/branch; agents are numbered within their group; a contact is \
                      found by its key with the same --seed, --replication and --set";
        lines.extend(wrapped(legend, PAGE_WIDTH, 0));
    }
    let Selection { which, marks, .. } = &trace.selection;
    let mut next = Vec::new();
    if let (Some(story), false) = (trace.stories.first(), matches!(which, Which::Contact(_))) {
        next.push(format!("holdtime trace {file} --contact {}", KeyStart::of(story.key)));
    }
    let is_asked = |other: &&str| match *other {
        "--abandoned" => marks.contains(&Mark::Abandoned),
        "--transferred" => marks.contains(&Mark::Transferred),
        _ => *which == Which::LongestWait,
    };
    let others =
        ["--abandoned", "--transferred", "--longest-wait"].into_iter().filter(|other| !is_asked(other));
    next.extend(others.take(2).map(str::to_owned));
    if let Some(first) = next.first_mut() {
        *first = format!("next: {first}");
    }
    lines.extend(wrapped_parts(&next, Separator::Dot, PAGE_WIDTH, 6));
    lines
}
