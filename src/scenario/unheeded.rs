//! Rules that are written and that nothing in the scenario lets act: each is warned of, since who wrote it expects something.
//!
//! Looks at what is written, not at how much: a neutral value, as a share of 0, is meant so. What one table alone shows is said
//! where that table is read. Invariant: nothing is refused here.

use super::diagnostic::Diagnostic;
use super::read::{self, Build, things};
use super::returns::{disconnects, finds_busy};
use super::source::FileId;
use super::tree::Node;

/// Warns of all of them.
pub(super) fn check(build: &mut Build) {
    let problems = [
        returns_after_nothing(build.root),
        forecasts_that_nobody_looks_at(build.root),
        choices_among_one(build.root),
        rules_of_counted_agents(build.root),
        names_that_nobody_uses(build.root),
    ];
    problems.into_iter().flatten().for_each(|problem| build.report(problem));
}

fn changes_nothing(path: &str, node: &Node) -> Diagnostic {
    Diagnostic::warning(format!("`{path}` changes nothing")).at(node.origin)
}

/// Redials after what cannot happen to anybody.
fn returns_after_nothing(root: &Node) -> Vec<Diagnostic> {
    let any =
        |happens: fn(&Node, &Node) -> bool| things(root, "class").any(|(_, _, class)| happens(root, class));
    let is_possible = [
        (
            "after_busy",
            any(finds_busy),
            "everybody finds a line and a place to wait",
            "write `lines` or `waiting_places`",
        ),
        (
            "after_closed",
            any(disconnects),
            "nobody is disconnected or refused",
            "write `open`, or a `max_wait` that disconnects",
        ),
    ];
    let of_class = |(path, _, class): (String, &str, &Node)| {
        let of_key = |(key, possible, found, hint): (&str, bool, &str, &str)| {
            let rule =
                class.get("redial")?.get(key).filter(|rule| !possible && !read::is_none(Some(rule)))?;
            Some(changes_nothing(&format!("{path}.redial.{key}"), rule).found(found).hint(hint))
        };
        is_possible.into_iter().filter_map(of_key).collect::<Vec<_>>()
    };
    things(root, "class").flat_map(of_class).collect()
}

/// `known_from` of an incident where no contract has a forecast that matters.
fn forecasts_that_nobody_looks_at(root: &Node) -> Vec<Diagnostic> {
    let looks = |(_, _, contract): (String, &str, &Node)| {
        contract.get("minimum").is_some()
            || contract.get("volume_band").is_some_and(|band| band.table().is_some())
    };
    if things(root, "contract").any(looks) {
        return Vec::new();
    }
    let incidents = root.get("incident").and_then(Node::list).unwrap_or_default().iter().enumerate();
    let known = incidents.filter_map(|(i, incident)| Some((i, incident.get("known_from")?)));
    known
        .map(|(i, node)| {
            changes_nothing(&format!("incident.{i}.known_from"), node)
                .found("no contract that looks at a forecast")
                .hint("a contract does so by `minimum` or `volume_band`")
        })
        .collect()
}

/// What chooses among the classes of a tier of `takes` where each tier has one.
fn choices_among_one(root: &Node) -> Vec<Diagnostic> {
    let has_choice = |group: &Node| {
        let tiers = group.get("takes").and_then(Node::list).unwrap_or_default();
        tiers.iter().any(|tier| tier.list().is_some_and(|classes| classes.len() > 1))
    };
    let hint = "put classes into one tier, as `takes = [[\"a\", \"b\"]]`";
    let next = |(path, _, group): (String, &str, &Node)| {
        let node = group
            .get("next")
            .filter(|next| next.text() == Some("shortest_expected") && !has_choice(group))?;
        Some(
            changes_nothing(&format!("{path}.next"), node)
                .found("one class in each tier of `takes`, nothing to choose from")
                .hint(hint),
        )
    };
    let mut problems: Vec<Diagnostic> = things(root, "group").filter_map(next).collect();
    // Branches of one class are queues of their own.
    let is_split = things(root, "routing").any(|(_, _, routing)| routing.get("split").is_some());
    if !is_split && !things(root, "group").any(|(_, _, group)| has_choice(group)) {
        let score = |(path, _, class): (String, &str, &Node)| {
            let (key, node) =
                ["base", "per_second"].iter().find_map(|key| Some((key, class.get("score")?.get(key)?)))?;
            Some(
                changes_nothing(&format!("{path}.score.{key}"), node)
                    .found("one class in each tier of `takes` of every group")
                    .hint(hint),
            )
        };
        problems.extend(things(root, "class").filter_map(score));
    }
    problems
}

/// Keys for agents that are only counted, on groups of persons with shifts.
fn rules_of_counted_agents(root: &Node) -> Vec<Diagnostic> {
    let of_group = |(path, _, group): (String, &str, &Node)| {
        let has_shifts = group.get("staffing").is_some_and(|staffing| staffing.get("shifts").is_some());
        let is_counted = group.get("leaving").and_then(Node::text) == Some("next_to_finish");
        let in_plan = group.get("unplanned_absence").and_then(|absence| absence.get("in_plan"));
        let relief = group.get("pressure").and_then(|pressure| pressure.get("fatigue")?.get("relief"));
        let in_plan = in_plan.filter(|_| has_shifts).map(|node| {
            changes_nothing(&format!("{path}.unplanned_absence.in_plan"), node)
                .found("shifts, of which each person stays away with `share`")
                .hint("leave it out; it says what the counts of a plan leave out already")
        });
        let relief = relief.filter(|_| has_shifts && !is_counted).map(|node| {
            changes_nothing(&format!("{path}.pressure.fatigue.relief"), node)
                .found("shifts, which say when fresh persons come")
                .hint("leave it out")
        });
        in_plan.into_iter().chain(relief)
    };
    things(root, "group").flat_map(of_group).collect()
}

/// Profiles and sites of the file itself that no class and no group names; those of a base may wait for other overlays.
fn names_that_nobody_uses(root: &Node) -> Vec<Diagnostic> {
    let profile =
        |(_, _, class): (String, &str, &Node)| Some(class.get("volume")?.get("profile")?.text()?.to_owned());
    let site = |(_, _, group): (String, &str, &Node)| Some(group.get("site")?.text()?.to_owned());
    let profiles: Vec<String> = things(root, "class").filter_map(profile).collect();
    let sites: Vec<String> = things(root, "group").filter_map(site).collect();
    let unused = |table: &str, used: &[String], who: &str| -> Vec<Diagnostic> {
        let of_file = things(root, table).filter(|(_, name, node)| {
            node.origin.file == FileId::TOP
                && !name.trim().is_empty()
                && !used.iter().any(|used| used.as_str() == *name)
        });
        of_file
            .map(|(path, _, node)| changes_nothing(&path, node).found(format!("no {who} names it")))
            .collect()
    };
    [unused("profile", &profiles, "volume"), unused("site", &sites, "group")].concat()
}
