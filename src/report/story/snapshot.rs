//! The centre at one instant, for the page.
//!
//! Shows at most as many rows of a list as were asked for, and says how many there are. Invariant: counts are of all.

use crate::report::paint::Paint;
use crate::report::text::{PAGE_WIDTH, cut, left, right, width};
use crate::trace::{Doing, KeyStart, Snapshot};

use super::clock::lasting;
use super::lines::Names;

/// The blocks of the page that show `snapshot`, each at most `at_most` rows long where it lists contacts.
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

fn waiting(names: &Names<'_>, snapshot: &Snapshot, at_most: usize, paint: Paint) -> Vec<String> {
    if snapshot.waiting.is_empty() {
        return vec![format!("{}  nobody", paint.heading("WAITING"))];
    }
    let queues: Vec<String> = snapshot.waiting.iter().map(|visit| names.queue(visit.lane)).collect();
    let wide = queues.iter().map(|queue| width(queue)).max().unwrap_or(0).clamp(7, 40);
    let mut lines = vec![paint.heading(format!("{}  {}", left("WAITING", wide), "place  contact     for so long"))];
    let mut place = 0;
    for (i, visit) in snapshot.waiting.iter().enumerate() {
        let is_next = i == 0 || snapshot.waiting[i - 1].lane != visit.lane;
        place = if is_next { 1 } else { place + 1 };
        if i < at_most {
            lines.push(format!(
                "{}  {}  {}  {}",
                left(&cut(&queues[i], wide), wide),
                right(&place.to_string(), 5),
                KeyStart::of(visit.contact),
                lasting(visit.wait)
            ));
        }
    }
    lines.extend(more(snapshot.waiting.len(), at_most, "waiting", paint));
    lines
}

fn agents(names: &Names<'_>, snapshot: &Snapshot, paint: Paint) -> Vec<String> {
    const HEADINGS: [&str; 7] =
        ["planned", "logged in", "idle", "dialling", "talking", "wrap-up", "finishing"];
    let groups = &names.scenario.groups;
    let room = PAGE_WIDTH - HEADINGS.iter().map(|heading| heading.len() + 1).sum::<usize>();
    let wide = groups.iter().map(|group| width(&group.name)).max().unwrap_or(0).clamp(6, room);
    let row = |name: &str, cells: [String; 7]| {
        let cells = cells.iter().zip(HEADINGS).map(|(cell, heading)| right(cell, heading.len() + 1));
        format!("{}{}", left(&cut(name, wide), wide), cells.collect::<String>())
    };
    let mut lines = vec![paint.heading(row("AGENTS", HEADINGS.map(str::to_owned)))];
    for (group, now) in groups.iter().zip(&snapshot.groups) {
        let numbers =
            [now.planned, now.staffed, now.idle, now.dialling, now.talking, now.wrapping_up, now.finishing()];
        lines.push(row(&group.name, numbers.map(|number| number.to_string())));
    }
    lines
}

fn at_work(names: &Names<'_>, snapshot: &Snapshot, at_most: usize, paint: Paint) -> Vec<String> {
    if snapshot.at_work.is_empty() {
        return vec![format!("{}  nobody", paint.heading("AT WORK"))];
    }
    let agents: Vec<String> =
        snapshot.at_work.iter().take(at_most).map(|work| names.agent(work.group, work.agent)).collect();
    let wide = agents.iter().map(|agent| width(agent)).max().unwrap_or(0).clamp(7, 32);
    let mut lines = vec![paint.heading(format!("{}  {}", left("AT WORK", wide), "contact     for so long, with what"))];
    for (work, agent) in snapshot.at_work.iter().zip(&agents) {
        let doing = match work.doing {
            Doing::Dialling(..) => "dialling",
            Doing::WrappingUp(..) => "after-call work",
            Doing::Talking(..) | Doing::Idle | Doing::Away => "talk",
        };
        let so_long = lasting(snapshot.at.since(work.since));
        let line = format!(
            "{}  {}  {so_long}, {doing} of {}",
            left(&cut(agent, wide), wide),
            KeyStart::of(work.contact),
            names.class(work.class)
        );
        lines.push(cut(&line, PAGE_WIDTH));
    }
    lines.extend(more(snapshot.at_work.len(), at_most, "at work", paint));
    lines
}

fn more(all: usize, shown: usize, what: &str, paint: Paint) -> Option<String> {
    (all > shown).then(|| paint.quiet(format!("{shown} of {all} {what}; more with --first {all}")))
}
