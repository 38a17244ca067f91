//! Endless backlogs: classes in which one more contact always waits, to study what agents can do at most.
//!
//! Invariant: nothing takes the waiting contact away but an agent, and each handling lasts, so that a run ends.

use super::checked::{Class, Group, Law, SkillTalk};
use super::diagnostic::Diagnostic;
use super::form::Kind;
use super::read::{self, Build};
use super::shape::path_join;
use super::tree::Node;
use crate::random::Dist;
use crate::units::ClassId;

/// Keys that say how contacts come or go by themselves.
const BESIDE_IT: [&str; 8] = [
    "arrivals",
    "patience",
    "balking",
    "waiting_places",
    "max_wait",
    "open",
    "day_variation",
    "interval_variation",
];
/// Shorter handling would bring more contacts than a run may have.
const SHORTEST_S: f64 = 1.0;

/// Whether a class has an endless backlog.
pub(super) fn is_endless(class: &Node) -> bool {
    class.get("backlog").and_then(Node::text) == Some("endless")
}

/// Reports what an endless backlog cannot stand beside.
pub(super) fn check(build: &mut Build, classes: &[Class], groups: &[Group]) {
    for (i, class) in classes.iter().enumerate().filter(|(_, class)| class.is_endless) {
        let Some(entry) = build.named(Kind::Class.table(), &class.name) else { continue };
        let path = path_join("class", &class.name);
        let origin = read::place(entry.node.get("backlog"), entry.key_origin);
        for key in BESIDE_IT {
            // The word takes away what a class has that this one is like.
            let written = entry
                .node
                .get(key)
                .filter(|node| !matches!(node.text(), Some("none" | "infinite" | "unlimited" | "always")));
            if let Some(node) = written {
                build.report(
                    Diagnostic::error(format!("`{path}.{key}` has nothing to act on"))
                        .at(node.origin)
                        .found("beside an endless backlog, whose contacts wait until an agent takes them")
                        .hint("leave it out, or write a `volume` in place of the `backlog`"),
                );
            }
        }
        if class.branches.len() > 1 {
            build.report(
                Diagnostic::error(format!("`{path}` has an endless backlog and a split"))
                    .at(origin)
                    .found(format!("{} branches", class.branches.len()))
                    .allowed("tiers, in `routing`")
                    .hint("one contact waits, and would keep only the agents of its branch busy"),
            );
        }
        if class.line_pool.is_some() {
            build.report(
                Diagnostic::error(format!("`{path}` has an endless backlog and holds lines"))
                    .at(origin)
                    .allowed("classes with a `volume`, in `lines.NAME.classes`"),
            );
        }
        let shortest = shortest_handling(ClassId::from_index(i), class, groups);
        // A law that was refused stands for no time.
        if shortest < SHORTEST_S && !build.reading.has_errors() {
            build.report(
                Diagnostic::error(format!(
                    "the endless backlog of `{}` is worked off in no time",
                    class.name
                ))
                .at(origin)
                .found(format!("a mean handling of {shortest} s"))
                .allowed("talk and after-call work of 1s or more in the mean, in each group"),
            );
        }
    }
}

/// The most contacts of endless backlogs that the logged-in hours of groups may handle.
pub(super) fn most_contacts(classes: &[Class], groups: &[Group], staffed_hours: &[f64]) -> f64 {
    let of = |(i, class): (usize, &Class)| {
        let id = ClassId::from_index(i);
        let takes = |group: &&Group| group.skills.iter().any(|skill| skill.class == id);
        let hours =
            groups.iter().zip(staffed_hours).filter(|(group, _)| takes(group)).map(|(_, hours)| hours);
        hours.sum::<f64>() * 3600.0 / shortest_handling(id, class, groups).max(SHORTEST_S)
    };
    classes.iter().enumerate().filter(|(_, class)| class.is_endless).map(of).sum()
}

/// The shortest mean of talk and after-call work, over groups and times of day.
fn shortest_handling(id: ClassId, class: &Class, groups: &[Group]) -> f64 {
    let skills = groups.iter().flat_map(|group| &group.skills).filter(|skill| skill.class == id);
    let talk = skills.map(|skill| match &skill.talk {
        SkillTalk::Factor(factor) => factor * shortest_mean(&class.talk_time),
        SkillTalk::Own(law) => shortest_mean(law),
    });
    talk.fold(shortest_mean(&class.talk_time), f64::min) + shortest_mean(&class.after_call_work)
}

fn shortest_mean(law: &Law) -> f64 {
    match law {
        Law::Always(dist) => dist.mean(),
        Law::ByInterval(dists) => dists.iter().map(Dist::mean).fold(f64::INFINITY, f64::min),
        Law::Changing(spans) => {
            spans.iter().map(|span| shortest_mean(&span.law)).fold(f64::INFINITY, f64::min)
        }
    }
}
