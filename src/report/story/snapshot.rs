//! The centre at one instant, for the page.
//!
//! Lists at most as many contacts of a queue or group as were asked for. Invariant: counts are of all.

use crate::report::paint::Paint;
use crate::report::text::{PAGE_WIDTH, Separator, cut, left, right, width, wrapped_parts};
use crate::trace::{Doing, GroupNow, KeyStart, Snapshot};

use super::clock::lasting;
use super::lines::Names;

/// The blocks of the page that show `snapshot`, with at most `at_most` contacts of a queue or group.
pub(super) fn blocks(
    names: &Names<'_>,
    snapshot: &Snapshot,
    at_most: usize,
    paint: Paint,
) -> Vec<Vec<String>> {
    vec![
        waiting(names, snapshot, at_most, paint),
        agents(names, snapshot, paint),
        at_work(names, snapshot, at_most, paint),
    ]
}

/// Queue by queue: how many wait, and the first of them.
fn waiting(names: &Names<'_>, snapshot: &Snapshot, at_most: usize, paint: Paint) -> Vec<String> {
    if snapshot.waiting.is_empty() {
        return vec![format!("{}  nobody", paint.heading("WAITING"))];
    }
    let mut lines = vec![paint.heading("WAITING: first come first")];
    for queue in snapshot.waiting.chunk_by(|one, other| one.lane == other.lane) {
        let who = queue.iter().map(|visit| (KeyStart::of(visit.contact), lasting(visit.wait)));
        let who = who.map(|(contact, wait)| format!("{contact} {wait}"));
        lines.extend(list(&names.queue(queue[0].lane), queue.len(), who, at_most));
    }
    lines
}

/// `west (12): a · b · c · 9 more`.
fn list(name: &str, all: usize, entries: impl Iterator<Item = String>, at_most: usize) -> Vec<String> {
    let mut parts: Vec<String> = entries.take(at_most).collect();
    if let Some(first) = parts.first_mut() {
        *first = format!("{name} ({all}): {first}");
    }
    if all > at_most {
        parts.push(format!("{} more", all - at_most));
    }
    wrapped_parts(&parts, Separator::Dot, PAGE_WIDTH, 4)
}

fn agents(names: &Names<'_>, snapshot: &Snapshot, paint: Paint) -> Vec<String> {
    type Column = (&'static str, fn(&GroupNow) -> u32);
    const ON_BREAK: &str = "on break";
    let columns: [Column; 8] = [
        ("planned", |now| now.planned),
        (ON_BREAK, |now| now.on_break),
        ("logged in", |now| now.staffed),
        ("idle", |now| now.idle),
        ("dialling", |now| now.dialling),
        ("talking", |now| now.talking),
        ("wrap-up", |now| now.wrapping_up),
        ("finishing", GroupNow::finishing),
    ];
    let are_breaks = snapshot.groups.iter().any(|now| now.on_break > 0);
    let columns: Vec<Column> =
        columns.into_iter().filter(|(heading, _)| are_breaks || *heading != ON_BREAK).collect();
    let groups = &names.scenario.groups;
    let room = PAGE_WIDTH - columns.iter().map(|(heading, _)| heading.len() + 1).sum::<usize>();
    let wide = groups.iter().map(|group| width(&group.name)).max().unwrap_or(0).clamp(6, room);
    let row = |name: &str, cell: &dyn Fn(&Column) -> String| {
        let cells = columns.iter().map(|column| right(&cell(column), column.0.len() + 1));
        format!("{}{}", left(&cut(name, wide), wide), cells.collect::<String>())
    };
    let mut lines = vec![paint.heading(row("AGENTS", &|column| column.0.to_owned()))];
    for (group, now) in groups.iter().zip(&snapshot.groups) {
        lines.push(row(&group.name, &|column| (column.1)(now).to_string()));
    }
    lines
}

/// Group by group: who is with which contact, for longest first.
fn at_work(names: &Names<'_>, snapshot: &Snapshot, at_most: usize, paint: Paint) -> Vec<String> {
    if snapshot.at_work.is_empty() {
        return vec![format!("{}  nobody", paint.heading("AT WORK"))];
    }
    let mut lines = vec![paint.heading("AT WORK: agent with contact, for longest first")];
    for group in snapshot.at_work.chunk_by(|one, other| one.group == other.group) {
        let who = group.iter().map(|work| {
            let (agent, contact) = (work.agent + 1, KeyStart::of(work.contact));
            let so_long = lasting(snapshot.at.since(work.since));
            match work.doing {
                Doing::Talking(..) | Doing::Idle | Doing::Away => format!("{agent} with {contact} {so_long}"),
                Doing::WrappingUp(..) => format!("{agent} with {contact} wrap-up {so_long}"),
                Doing::Ringing(..) => format!("{agent} with {contact} ringing {so_long}"),
                Doing::Conferring(..) => format!("{agent} with {contact} conference {so_long}"),
                Doing::Dialling(..) => format!("{agent} with {contact} dialling {so_long}"),
            }
        });
        lines.extend(list(names.group(group[0].group), group.len(), who, at_most));
    }
    lines
}
