//! Who serves what: classes that nobody serves, hours without agents, groups that are offered nothing.
//!
//! Knows when contacts come only as well as the expectation does: what follows from a fresh contact is taken to come when
//! the fresh one does. Invariant: every class that comes out of loading has a group that serves it.

use super::almanac::Almanac;
use super::callback::{self, Written};
use super::checked::{Branch, Class};
use super::diagnostic::{Diagnostic, list};
use super::duration::in_full;
use super::expectation::Flow;
use super::form::Kind;
use super::parts::Parts;
use super::read::Build;
use super::shape::path_join;
use super::source::Origin;
use super::tree::Node;
use crate::units::{ClassId, GroupId, Span};

/// Reports classes that nobody serves (error) or that nobody serves in some intervals, groups that wait for a class that is
/// not offered to them, and promises that nobody keeps (warnings).
pub(super) fn check(build: &mut Build, parts: &Parts, flow: &Flow, almanac: &Almanac) {
    for (i, class) in parts.classes.iter().enumerate() {
        let Some(at) = build.named("class", &class.name).map(|entry| entry.key_origin) else { continue };
        if class.branches.iter().all(|branch| branch.tiers.is_empty()) {
            build.report(unserved(&class.name, at));
            continue;
        }
        check_idle_takers(build, parts, ClassId::from_index(i));
        let sources: Vec<&Class> = (parts.classes.iter().zip(&flow.entered))
            .filter(|(_, entered)| entered[i] > 0.0)
            .map(|(source, _)| source)
            .collect();
        // A branch stands alone: what it cannot serve, no other branch does.
        for branch in class.branches.iter().filter(|branch| branch.share > 0.0) {
            let Some(problem) = unserved_hours(class, branch, &sources, parts, almanac) else { continue };
            build.report(problem.at(at).hint(build.start_hint()));
        }
    }
    check_idle_groups(build, parts);
    check_promises(build, parts, flow, almanac);
}

/// Reports classes that no group takes, by what is written alone: other mistakes do not hide it.
pub(super) fn check_takers(build: &mut Build) {
    let groups = build.root.get("group").and_then(Node::table).map_or(&[][..], |table| &table.entries);
    let mut taken: Vec<&str> = Vec::new();
    for group in groups {
        let Some(takes) = group.node.get("takes").and_then(Node::list) else { return };
        let names = takes.iter().filter_map(Node::list).flatten().filter_map(Node::text);
        taken.extend(names.clone());
        let known = |name: &str| build.class(name).is_some() || build.names.is_disabled(Kind::Class, name);
        // A name that is misspelt may have meant any class.
        if takes.iter().any(|tier| tier.list().is_none()) || !names.clone().all(known) {
            return;
        }
    }
    for name in
        build.names.classes.iter().filter(|name| !groups.is_empty() && !taken.contains(&name.as_str()))
    {
        if let Some(entry) = build.named("class", name) {
            build.report(unserved(name, entry.key_origin));
        }
    }
}

fn unserved(class: &str, at: Origin) -> Diagnostic {
    Diagnostic::error(format!("no agent group serves `{class}`"))
        .at(at)
        .hint(format!("add \"{class}\" to the `takes` of a group that is switched on"))
}

fn serving(branch: &Branch) -> impl Iterator<Item = GroupId> {
    branch.tiers.iter().flat_map(|tier| tier.groups.iter().copied())
}

/// A group that takes a class and stands in none of its tiers is never offered it.
fn check_idle_takers(build: &mut Build, parts: &Parts, class: ClassId) {
    let of = &parts.classes[class.index()];
    for (i, group) in parts.groups.iter().enumerate() {
        let takes = group.takes.iter().flatten().any(|taken| *taken == class);
        if !takes || of.branches.iter().flat_map(serving).any(|serving| serving.index() == i) {
            continue;
        }
        let tiers = build.named("group", &group.name).and_then(|entry| entry.node.get("takes")?.list());
        let mut names = tiers.unwrap_or_default().iter().filter_map(Node::list).flatten();
        let Some(name) = names.find(|name| name.text() == Some(of.name.as_str())) else { continue };
        let routing = path_join("routing", &of.name);
        build.report(
            Diagnostic::warning(format!(
                "group `{}` takes `{}` and is never offered it",
                group.name, of.name
            ))
            .at(name.origin)
            .found(format!("no tier of `{routing}` names the group"))
            .hint(format!("add \"{}\" to a tier, or take \"{}\" out of `takes`", group.name, of.name)),
        );
    }
}

/// A group that takes nothing helps those who do, or it is of no use.
fn check_idle_groups(build: &mut Build, parts: &Parts) {
    for (i, group) in parts.groups.iter().enumerate() {
        let Some(entry) = build.named("group", &group.name) else { continue };
        let Some(takes) = entry.node.get("takes").filter(|takes| takes.list().is_some_and(<[_]>::is_empty))
        else {
            continue;
        };
        let mut consults = parts.classes.iter().flat_map(|class| &class.consults);
        if consults.any(|consult| consult.group.index() == i) || callback::is_kept_by(build.root, &group.name)
        {
            continue;
        }
        build.report(
            Diagnostic::warning(format!("group `{}` takes nothing and helps nobody", group.name))
                .at(takes.origin)
                .found("no class, no `consult` and no callback that names it")
                .hint("name the classes it answers, or who asks it in a `consult`"),
        );
    }
}

/// Counted intervals in which visits are expected and nobody who could serve them is logged in.
fn unserved_hours(
    class: &Class,
    branch: &Branch,
    sources: &[&Class],
    parts: &Parts,
    almanac: &Almanac,
) -> Option<Diagnostic> {
    let feeding = |i: usize| {
        sources
            .iter()
            .filter(move |source| source.lets_in(i) && source.fresh_rate.get(i).is_some_and(|r| *r > 0.0))
    };
    let is_served = |i: usize| {
        serving(branch)
            .any(|group| parts.groups[group.index()].plan.get(i).is_some_and(|agents| *agents > 0.0))
    };
    let mut unserved = (almanac.first_counted()..almanac.n_intervals())
        .filter(|i| feeding(*i).next().is_some() && !is_served(*i));
    let first = unserved.next()?;
    let time = almanac.interval * (1 + unserved.count() as u64);
    let which =
        if branch.name.is_empty() { String::new() } else { format!(" in the branch `{}`", branch.name) };
    let groups = list(serving(branch).map(|group| parts.groups[group.index()].name.as_str()));
    let problem = Diagnostic::warning(format!(
        "no agent is logged in for `{}`{which} in {} with calls",
        class.name,
        if time < Span::HOUR { in_full(time) } else { format!("{} hours", show_hours(time)) }
    ))
    .found(format!("first {}, groups {groups}", label(almanac, first)));
    let has_fresh = feeding(first).any(|source| source.name == class.name);
    Some(if has_fresh {
        problem.hint("whoever calls then waits until somebody logs in, or abandons")
    } else {
        problem.hint(format!(
            "whoever comes then, by transfer or return from {}, waits until somebody logs in, or abandons",
            list(feeding(first).map(|source| source.name.as_str()))
        ))
    })
}

/// With one decimal where it says something.
fn show_hours(time: Span) -> f64 {
    (time.as_hours_f64() * 10.0).round() / 10.0
}

/// Promised callbacks may wait over night, but somebody must call one day.
fn check_promises(build: &mut Build, parts: &Parts, flow: &Flow, almanac: &Almanac) {
    let has_fresh = |class: &Class| class.fresh_rate.iter().any(|rate| *rate > 0.0);
    for Written { node, class } in callback::written(build.root) {
        let Some(node) = node.get("group") else { continue };
        let group = node.text().and_then(|name| build.group(name));
        let Some(group) = group.and_then(|group| parts.groups.get(group.index())) else { continue };
        let counted = group.plan.get(almanac.first_counted()..).unwrap_or_default();
        let class = class.and_then(|class| build.class(class));
        let is_promised = parts.classes.iter().enumerate().any(|(source, of)| {
            let promised = class.map_or(flow.refused[source], |class| flow.entered[source][class.index()]);
            promised > 0.0 && has_fresh(of)
        });
        if is_promised && counted.iter().all(|agents| *agents <= 0.0) {
            build.report(
                Diagnostic::warning(format!("group `{}` is to call back and is never logged in", group.name))
                    .at(node.origin)
                    .hint("no promise is kept; plan agents, or name another group"),
            );
        }
    }
}

/// `2026-03-23 10:00`, or `day 3 10:00` without dates.
fn label(almanac: &Almanac, interval: usize) -> String {
    let at = almanac.intervals[interval];
    let minutes = u64::from(at.slot) * almanac.interval.0 / Span::MINUTE.0;
    let first_day = almanac.intervals.get(almanac.first_counted()).map_or(0, |interval| interval.day);
    let day = if almanac.is_dated {
        almanac.days[at.day as usize].date.to_string()
    } else {
        format!("day {}", at.day - first_day + 1)
    };
    format!("{day} {:02}:{:02}", minutes / 60, minutes % 60)
}
