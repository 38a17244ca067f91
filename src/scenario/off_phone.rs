//! Training, meetings and other work off the phone: from their tables to windows of the run.
//!
//! Counts nobody: how many take part follows from the plan, in the model. Invariant: windows are in the order of their
//! openings, and each is as long as what is to lie in it.

use super::checked::{Leaving, OffPhone, OffPhoneSize, OffPhoneWindow, Roster, Taken};
use super::days::DAY_SECONDS;
use super::diagnostic::Diagnostic;
use super::form;
use super::plan::{self, Days};
use super::read::{self, Build};
use super::shape::path_join;
use super::shifts::{Local, is_on};
use super::tree::Node;
use crate::units::{SimTime, Span};

/// What takes agents of a group off the phone.
pub(super) fn off_phone(
    build: &mut Build,
    group: &Node,
    path: &str,
    local: Local<'_>,
    roster: Option<&Roster>,
) -> Vec<OffPhone> {
    let path = path_join(path, "off_phone");
    let Some(written) = group.get("off_phone") else { return Vec::new() };
    if roster.is_some_and(|roster| roster.leaving == Leaving::NextToFinish) {
        build.report(
            Diagnostic::error(format!("`{path}` is for agents of a plan, or for persons"))
                .at(read::place(group.get("leaving"), written.origin))
                .found("shifts of agents who are only counted")
                .allowed("`whose_shift_ends`, the default of shifts"),
        );
    }
    let entries = written.list().unwrap_or_default();
    entries.iter().filter_map(|node| one(build, node, &path, local)).collect()
}

fn one(build: &mut Build, node: &Node, path: &str, local: Local<'_>) -> Option<OffPhone> {
    let edges = node.get("within").and_then(Node::list)?;
    let time = |node: Option<&Node>| node.and_then(Node::text).and_then(form::time);
    let (from, to) = time(edges.first()).zip(time(edges.get(1)))?;
    let lasts = read::span(node.get("lasts"))?;
    let seconds = (to % DAY_SECONDS + DAY_SECONDS - from % DAY_SECONDS - 1) % DAY_SECONDS + 1;
    if lasts > Span::from_secs(u64::from(seconds)) {
        build.report(
            Diagnostic::error(format!("`{path}` does not fit its window"))
                .at(read::place(node.get("lasts"), node.origin))
                .found(node.get("lasts").map_or_else(String::new, Node::show))
                .allowed("at most as long as `within`"),
        );
        return None;
    }
    let size = match (read::count(node.get("persons")), read::share(node.get("share"))) {
        (Some(persons), _) => OffPhoneSize::Persons(persons),
        (None, share) => OffPhoneSize::Share(share?),
    };
    let days = match node.get("days") {
        None => {
            build.default(path_join(path, "days"), "all", "off the phone on every day");
            Days::parse("all").into_iter().collect()
        }
        Some(days) => {
            let one = std::slice::from_ref(days);
            let texts = days.list().unwrap_or(one).iter().filter_map(Node::text);
            texts.filter_map(Days::parse).collect::<Vec<_>>()
        }
    };
    let names_holidays = days.contains(&Days::Holidays);
    if !names_holidays {
        plan::note_holidays(build, &path_join(path, "holiday"), local.days);
    }
    let eve = local.days.first().and_then(|day| day.date.yesterday().ok()).map(|date| local.day(date));
    let on = eve.iter().chain(local.days).filter(|day| is_on(&days, day, names_holidays));
    let ends = local.almanac.ends();
    let windows: Vec<OffPhoneWindow> = on
        .filter_map(|day| {
            let last = if to > from { day.date } else { day.date.tomorrow().ok()? };
            let at = |instant: i128| u64::try_from(instant).ok().map(SimTime);
            let opens = at(local.instant(day.date, from)?)?;
            let closes = at(local.instant(last, to)?)?;
            (opens < ends && opens + lasts <= closes).then_some(OffPhoneWindow { opens, closes })
        })
        .collect();
    if windows.is_empty() {
        build.report(
            Diagnostic::warning(format!("`{path}` never takes place"))
                .at(node.origin)
                .found("no day of the run on which its window opens")
                .hint(
                    "days are `mon` .. `sun`, `mon_fri`, `all`, `holiday`, dates and `\"2026-07 mon_fri\"`",
                ),
        );
    }
    Some(OffPhone {
        name: node.get("name").and_then(Node::text).unwrap_or_default().to_owned(),
        windows,
        lasts,
        size,
        at_most: read::count(node.get("at_most")).unwrap_or(u32::MAX),
        on_phone_at_least: read::count(node.get("on_phone_at_least")).unwrap_or(0),
        taken: match node.get("taken").and_then(Node::text) {
            Some("when_calm") => Taken::WhenCalm,
            _ => Taken::Fixed,
        },
    })
}
