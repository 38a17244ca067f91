//! Stories for machines: JSON and CSV, one object or row for each line of the page.
//!
//! Chooses nothing. Invariant: keys are whole (16 digits), times are local and in seconds since the first instant that counts,
//! what does not exist is `null` or an empty field.

use std::io;

use serde::Serialize;

use crate::experiment::Trace;
use crate::random::Key;
use crate::report::json::SCHEMA_VERSION;
use crate::scenario::Scenario;
use crate::trace::{Doing, Story};
use crate::units::SimTime;

use super::lines::{Line, Names, lines};

#[derive(Serialize)]
struct TraceJson<'a> {
    schema_version: u32,
    manifest: ManifestJson<'a>,
    snapshot: Option<SnapshotJson<'a>>,
    cases: Vec<CaseJson<'a>>,
}

#[derive(Serialize)]
struct ManifestJson<'a> {
    version: &'a str,
    scenario: &'a str,
    scenario_hash: String,
    seed: u64,
    replication: u32,
    is_partial: bool,
}

#[derive(Serialize)]
struct CaseJson<'a> {
    case: String,
    class: &'a str,
    contacts: Option<u16>,
    transfers: Option<u16>,
    wait_s: Option<f64>,
    longest_wait_s: f64,
    is_resolved: Option<bool>,
    is_cut: Option<bool>,
    steps: Vec<StepJson<'a>>,
}

/// A line; the columns of the CSV, less the case.
#[derive(Serialize)]
struct StepJson<'a> {
    time: String,
    at_s: f64,
    contact: String,
    visit: u16,
    event: &'static str,
    queue: String,
    group: Option<&'a str>,
    agent: Option<u32>,
    lasted_s: Option<f64>,
    text: String,
    why: Option<String>,
}

#[derive(Serialize)]
struct RowCsv<'a> {
    case: &'a str,
    time: &'a str,
    at_s: f64,
    contact: &'a str,
    visit: u16,
    event: &'static str,
    queue: &'a str,
    group: Option<&'a str>,
    agent: Option<u32>,
    lasted_s: Option<f64>,
    text: &'a str,
    why: Option<&'a str>,
}

#[derive(Serialize)]
struct SnapshotJson<'a> {
    time: String,
    at_s: f64,
    waiting: Vec<WaitingJson>,
    groups: Vec<GroupJson<'a>>,
    at_work: Vec<AtWorkJson<'a>>,
}

#[derive(Serialize)]
struct WaitingJson {
    queue: String,
    contact: String,
    wait_s: f64,
}

#[derive(Serialize)]
struct GroupJson<'a> {
    group: &'a str,
    planned: u32,
    on_break: u32,
    logged_in: u32,
    idle: u32,
    dialling: u32,
    talking: u32,
    wrapping_up: u32,
    finishing: u32,
}

#[derive(Serialize)]
struct AtWorkJson<'a> {
    group: &'a str,
    agent: u32,
    contact: String,
    class: &'a str,
    doing: &'static str,
    since: String,
    so_far_s: f64,
}

/// Writes the trace as one object.
///
/// # Errors
/// If `out` does.
pub fn write_trace_json(out: &mut dyn io::Write, trace: &Trace, scenario: &Scenario) -> io::Result<()> {
    let names = Names::new(scenario, trace);
    let document = TraceJson {
        schema_version: SCHEMA_VERSION,
        manifest: ManifestJson {
            version: env!("CARGO_PKG_VERSION"),
            scenario: &scenario.name,
            scenario_hash: format!("{:016x}", scenario.hash),
            seed: trace.seed,
            replication: trace.replication,
            is_partial: trace.is_partial,
        },
        snapshot: snapshot(&names, trace),
        cases: trace.stories.iter().map(|story| case(&names, story)).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// Writes the stories as a table, one row for each line; a snapshot is in the JSON alone.
///
/// # Errors
/// If `out` does.
pub fn write_trace_csv(out: &mut dyn io::Write, trace: &Trace, scenario: &Scenario) -> io::Result<()> {
    let names = Names::new(scenario, trace);
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(out);
    let header = [
        "case", "time", "at_s", "contact", "visit", "event", "queue", "group", "agent", "lasted_s", "text",
        "why",
    ];
    writer.write_record(header).map_err(io::Error::other)?;
    for story in &trace.stories {
        let CaseJson { case, steps, .. } = case(&names, story);
        for step in &steps {
            let row = RowCsv {
                case: &case,
                time: &step.time,
                at_s: step.at_s,
                contact: &step.contact,
                visit: step.visit,
                event: step.event,
                queue: &step.queue,
                group: step.group,
                agent: step.agent,
                lasted_s: step.lasted_s,
                text: &step.text,
                why: step.why.as_deref(),
            };
            writer.serialize(row).map_err(csv_error)?;
        }
    }
    writer.flush()
}

fn csv_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn hex(key: Key) -> String {
    format!("{:016x}", key.0)
}

fn at_s(names: &Names<'_>, at: SimTime) -> f64 {
    let starts = names.scenario.almanac.counting_starts();
    if at >= starts { at.since(starts).as_secs_f64() } else { -starts.since(at).as_secs_f64() }
}

fn case<'a>(names: &Names<'a>, story: &Story) -> CaseJson<'a> {
    let closed = story.closed.as_ref().map(|(case, _)| case);
    CaseJson {
        case: hex(story.key),
        class: names.class(story.class),
        contacts: closed.map(|case| case.contacts),
        transfers: closed.map(|case| case.transfers),
        wait_s: closed.map(|case| case.wait.as_secs_f64()),
        longest_wait_s: story.longest_wait.as_secs_f64(),
        is_resolved: closed.map(|case| case.resolved),
        is_cut: story.closed.map(|(_, is_cut)| is_cut),
        steps: lines(names, story).into_iter().map(|line| step(names, line)).collect(),
    }
}

fn step<'a>(names: &Names<'a>, line: Line) -> StepJson<'a> {
    StepJson {
        time: names.clock.stamp(line.at),
        at_s: at_s(names, line.at),
        contact: hex(line.contact),
        visit: line.visit,
        event: line.event.name,
        queue: line.queue,
        group: line.agent.map(|(group, _)| names.group(group)),
        agent: line.agent.map(|(_, agent)| agent + 1),
        lasted_s: line.lasted.map(|lasted| lasted.as_secs_f64()),
        text: line.text,
        why: line.why,
    }
}

fn snapshot<'a>(names: &Names<'a>, trace: &Trace) -> Option<SnapshotJson<'a>> {
    let snapshot = trace.snapshot.as_ref()?;
    let waiting = snapshot.waiting.iter().map(|visit| WaitingJson {
        queue: names.queue(visit.lane),
        contact: hex(visit.contact),
        wait_s: visit.wait.as_secs_f64(),
    });
    let groups = names.scenario.groups.iter().zip(&snapshot.groups).map(|(group, now)| GroupJson {
        group: &group.name,
        planned: now.planned,
        on_break: now.on_break,
        logged_in: now.staffed,
        idle: now.idle,
        dialling: now.dialling,
        talking: now.talking,
        wrapping_up: now.wrapping_up,
        finishing: now.finishing(),
    });
    let at_work = snapshot.at_work.iter().map(|work| AtWorkJson {
        group: names.group(work.group),
        agent: work.agent + 1,
        contact: hex(work.contact),
        class: names.class(work.class),
        doing: match work.doing {
            Doing::Dialling(..) => "dialling",
            Doing::WrappingUp(..) => "wrapping_up",
            Doing::Conferring(..) => "conferring",
            Doing::Ringing(..) => "ringing",
            Doing::Talking(..) | Doing::Idle | Doing::Away => "talking",
        },
        since: names.clock.stamp(work.since),
        so_far_s: snapshot.at.since(work.since).as_secs_f64(),
    });
    Some(SnapshotJson {
        time: names.clock.stamp(snapshot.at),
        at_s: at_s(names, snapshot.at),
        waiting: waiting.collect(),
        groups: groups.collect(),
        at_work: at_work.collect(),
    })
}
