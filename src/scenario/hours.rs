//! Opening hours of classes: from `open`, `at_closing` and `after_hours` to one flag for each interval.
//!
//! Knows no volume and no staffing. Invariant: a class with opening hours has a flag for every interval of the run.

use super::almanac::Almanac;
use super::checked::{AfterHours, AtClosing, OpeningHours};
use super::days::ByDay;
use super::diagnostic::Diagnostic;
use super::form;
use super::read::{self, Build};
use super::shape::path_join;
use super::tree::Node;
use crate::units::Span;

/// The opening hours of each class; `None` for one that is always open.
pub(super) fn hours(build: &mut Build, almanac: Option<&Almanac>) -> Vec<Option<OpeningHours>> {
    let (root, names) = (build.root, build.names);
    names
        .classes
        .iter()
        .map(|name| {
            let class = root.get("class")?.get(name)?;
            of_class(build, class, &path_join("class", name), almanac?)
        })
        .collect()
}

fn of_class(build: &mut Build, class: &Node, path: &str, almanac: &Almanac) -> Option<OpeningHours> {
    let word = |key: &str| class.get(key).and_then(Node::text);
    let written = class.get("open").filter(|open| open.table().is_some());
    let Some(node) = written else {
        if class.get("open").is_none() {
            build.default(path_join(path, "open"), "always", "nobody is refused because of the hour");
        }
        if let Some(key) = ["at_closing", "after_hours"].into_iter().find(|key| class.get(key).is_some()) {
            build.report(
                Diagnostic::warning(format!("`{}` does nothing", path_join(path, key)))
                    .at(read::place(class.get(key), class.origin))
                    .hint("the class is always open; write `open`"),
            );
        }
        return None;
    };
    for (key, value, note) in [
        ("at_closing", "serve", "who waits at closing is served"),
        ("after_hours", "refuse", "who comes while the class is closed is refused"),
    ] {
        if class.get(key).is_none() {
            build.default(path_join(path, key), value, note);
        }
    }
    let at_closing =
        if word("at_closing") == Some("disconnect") { AtClosing::Disconnect } else { AtClosing::Serve };
    let after_hours =
        if word("after_hours") == Some("queue") { AfterHours::Queue } else { AfterHours::Refuse };
    let path = path_join(path, "open");
    if (at_closing, after_hours) == (AtClosing::Serve, AfterHours::Queue) {
        build.report(
            Diagnostic::warning(format!("`{path}` keeps nobody out"))
                .at(node.origin)
                .hint("with `at_closing = \"serve\"` and `after_hours = \"queue\"` closing changes nothing"),
        );
    }
    let week = week(build, node, &path, almanac.interval);
    let is_open: Vec<bool> = (almanac.intervals.iter())
        .map(|at| {
            let day = almanac.days[at.day as usize];
            let second = (u64::from(at.slot) * almanac.interval.0 / Span::SECOND.0) as u32;
            let spans = week.get(day.weekday, day.is_holiday);
            spans.is_some_and(|spans| spans.iter().any(|&(from, to)| (from..to).contains(&second)))
        })
        .collect();
    if !is_open.contains(&true) {
        build.report(
            Diagnostic::warning(format!("`{path}` never opens"))
                .at(node.origin)
                .found("closed all along the run")
                .hint("name the days on which it opens; a day that is not named is closed"),
        );
    }
    Some(OpeningHours { is_open, at_closing, after_hours })
}

/// The spans of each day, in seconds since midnight.
fn week(build: &mut Build, node: &Node, path: &str, interval: Span) -> ByDay<Vec<(u32, u32)>> {
    let mut days: Vec<(&str, Vec<(u32, u32)>)> = Vec::new();
    for entry in node.table().map_or(&[][..], |table| &table.entries) {
        let one = std::slice::from_ref(&entry.node);
        let mut spans = Vec::new();
        for span in entry.node.list().unwrap_or(one) {
            let Some((from, to)) = span.text().and_then(form::hours) else { continue };
            let is_on_grid = |second: u32| (u64::from(second) * Span::SECOND.0).is_multiple_of(interval.0);
            if !is_on_grid(from) || !is_on_grid(to) {
                build.report(
                    Diagnostic::error(format!("`{path}` changes inside an interval"))
                        .at(span.origin)
                        .found(span.show())
                        .allowed(format!("times that are multiples of the interval of {interval}"))
                        .hint("set a shorter `interval`"),
                );
            }
            spans.push((from, to));
        }
        days.push((entry.key.as_str(), spans));
    }
    ByDay::from_keys(&days)
}
