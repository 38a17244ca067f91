//! Which groups a class is offered to.
//!
//! Invariant: every group of a tier takes the class; shares of branches sum to 1.

use super::checked::{AgentChoice, Branch, Class, Group, Predictor, RouteTier};
use super::diagnostic::{Diagnostic, list};
use super::expected_wait;
use super::read::{self, Build};
use super::shape::path_join;
use super::tree::{Entry, Node};
use crate::units::{ClassId, GroupId, Span};

/// The branches of every class.
pub(super) fn branches(build: &mut Build, classes: &mut [Class], groups: &[Group]) {
    for (i, class) in classes.iter_mut().enumerate() {
        let id = ClassId::from_index(i);
        let path = path_join("routing", &class.name);
        let Some(node) = build.root.get("routing").and_then(|routing| routing.get(&class.name)) else {
            class.branches = by_takes(id, groups);
            if class.branches.iter().any(|branch| branch.tiers.iter().any(|tier| tier.groups.len() > 1)) {
                build.default(
                    path,
                    "all groups that take it",
                    "one tier; who has been idle longest gets the visit",
                );
            }
            continue;
        };
        let written = match node.get("split").and_then(Node::table) {
            Some(split) => split.entries.iter().filter_map(|entry| entry.node.get("tier")).collect(),
            None => Vec::from_iter(node.get("tier")),
        };
        let lists = || written.iter().filter_map(|tiers| tiers.list());
        if lists().any(|tiers| tiers.iter().skip(1).any(|tier| tier.get("after").is_none())) {
            build.default(format!("{path}.tier.after"), "0", "a later tier is offered the visit at once");
        }
        if lists().flatten().any(|tier| tier.get("choose").is_none()) {
            build.default(
                format!("{path}.tier.choose"),
                "longest_idle",
                "who has been idle longest gets the visit",
            );
        }
        class.branches = match node.get("split") {
            Some(split) => split_branches(build, split, &path_join(&path, "split"), id, groups),
            None => {
                let tiers = tiers(build, node.get("tier"), &path_join(&path, "tier"), id, groups);
                vec![Branch { name: String::new(), share: 1.0, tiers }]
            }
        };
    }
}

fn by_takes(class: ClassId, groups: &[Group]) -> Vec<Branch> {
    let takers: Vec<GroupId> = groups
        .iter()
        .enumerate()
        .filter(|(_, group)| group.takes.iter().flatten().any(|taken| *taken == class))
        .map(|(i, _)| GroupId::from_index(i))
        .collect();
    let tiers = if takers.is_empty() {
        vec![]
    } else {
        vec![RouteTier {
            groups: takers,
            after: Span::ZERO,
            choose: AgentChoice::LongestIdle,
            waiting_at_least: 1,
            expected_wait_above: None,
        }]
    };
    vec![Branch { name: String::new(), share: 1.0, tiers }]
}

fn split_branches(
    build: &mut Build,
    split: &Node,
    path: &str,
    class: ClassId,
    groups: &[Group],
) -> Vec<Branch> {
    let entries: &[Entry] = split.table().map_or(&[], |table| &table.entries);
    let mut branches: Vec<Branch> = entries
        .iter()
        .map(|entry| {
            let path = path_join(path, &entry.key);
            let tiers = tiers(build, entry.node.get("tier"), &path_join(&path, "tier"), class, groups);
            Branch {
                name: entry.key.clone(),
                share: read::share(entry.node.get("share")).unwrap_or(0.0),
                tiers,
            }
        })
        .collect();
    let sum: f64 = branches.iter().map(|branch| branch.share).sum();
    let is_readable = entries.iter().all(|entry| read::share(entry.node.get("share")).is_some());
    if is_readable && (sum - 1.0).abs() > 1e-6 {
        let at = entries
            .last()
            .map_or(split.origin, |entry| read::place(entry.node.get("share"), entry.key_origin));
        build.report(
            Diagnostic::error(format!("the shares of `{path}` do not sum to 1"))
                .at(at)
                .found(format!("{sum:.6}"))
                .allowed("1"),
        );
    }
    // Groups that are switched off leave their share to the others.
    let closed: Vec<&str> =
        branches.iter().filter(|b| b.tiers.is_empty() && b.share > 0.0).map(|b| b.name.as_str()).collect();
    if !closed.is_empty() && closed.len() < branches.len() {
        build.report(
            Diagnostic::warning(format!("no group is left in {} of `{path}`", list(closed)))
                .at(split.origin)
                .hint(
                    "its share goes to the other branches in proportion; write new shares to say otherwise",
                ),
        );
    }
    if branches.iter().any(|branch| !branch.tiers.is_empty()) {
        branches.retain(|branch| !branch.tiers.is_empty());
    }
    let sum: f64 = branches.iter().map(|branch| branch.share).sum();
    if sum > 0.0 {
        branches.iter_mut().for_each(|branch| branch.share /= sum);
    }
    branches
}

fn tiers(
    build: &mut Build,
    node: Option<&Node>,
    path: &str,
    class: ClassId,
    groups: &[Group],
) -> Vec<RouteTier> {
    let mut tiers: Vec<RouteTier> = Vec::new();
    let mut seen: Vec<GroupId> = Vec::new();
    let mut latest = Span::ZERO;
    for (i, tier) in node.and_then(Node::list).unwrap_or_default().iter().enumerate() {
        let path = path_join(path, &i.to_string());
        let after = read::span(tier.get("after")).unwrap_or(Span::ZERO);
        if after < latest {
            build.report(
                Diagnostic::error(format!("`{path}.after` is shorter than that of the tier before"))
                    .at(read::place(tier.get("after"), tier.origin))
                    .found(after.to_string())
                    .allowed(format!("{latest} or longer"))
                    .hint("write the tiers in the order in which they open"),
            );
        }
        latest = latest.max(after);
        let mut members = Vec::new();
        for item in tier.get("groups").and_then(Node::list).unwrap_or_default() {
            let Some(group) = item.text().and_then(|name| build.group(name)) else { continue };
            let Some(taking) = groups.get(group.index()) else { continue };
            if seen.contains(&group) {
                build.report(
                    Diagnostic::error(format!("`{path}` names the group {} a second time", item.show()))
                        .at(item.origin)
                        .hint("a group is offered a visit from its first tier on: take it out of the others"),
                );
                continue;
            }
            seen.push(group);
            if taking.takes.iter().flatten().any(|taken| *taken == class) {
                members.push(group);
            } else {
                let class = build.names.classes[class.index()].clone();
                build.report(
                    Diagnostic::error(format!(
                        "group `{}` does not take `{class}`, which is routed to it",
                        taking.name
                    ))
                    .at(item.origin)
                    .hint(format!("add \"{class}\" to `group.{}.takes`, or name another group", taking.name)),
                );
            }
        }
        if !members.is_empty() {
            let choose = choice(build, tier.get("choose"), &path, &members, groups);
            let when = tier.get("when");
            let waiting_at_least =
                read::count(when.and_then(|when| when.get("waiting_at_least"))).unwrap_or(1);
            let expected_wait_above = expected_wait::above(build, when, &path_join(&path, "when"));
            if let (Some((Predictor::QueueLength, _)), true) = (expected_wait_above, tiers.is_empty()) {
                build.report(
                    Diagnostic::warning(format!("`{path}.when.expected_wait_above` always holds"))
                        .at(read::place(when, tier.origin))
                        .found("no tier before it: without its help nobody is answered")
                        .hint(
                            "`queue_length` counts the agents of the tiers before; name another `predictor`",
                        ),
                );
            }
            tiers.push(RouteTier { groups: members, after, choose, waiting_at_least, expected_wait_above });
        }
    }
    if let Some(node) = node
        && !tiers.is_empty()
        && tiers.iter().all(RouteTier::is_conditional)
    {
        build.report(
            Diagnostic::warning(format!("every tier of `{path}` takes visits only while others wait"))
                .at(node.origin)
                .found("`when` in all of them")
                .hint(
                    "whoever is left when none of them holds is never answered; leave `when` out of one tier",
                ),
        );
    }
    tiers
}

/// Which idle agent of a tier; warns of a word that leaves the choice as it is.
fn choice(
    build: &mut Build,
    node: Option<&Node>,
    path: &str,
    members: &[GroupId],
    groups: &[Group],
) -> AgentChoice {
    let choose = match node.and_then(Node::text) {
        Some("random_agent") => AgentChoice::RandomAgent,
        Some("least_occupied") => AgentChoice::LeastOccupied,
        Some("most_specialised") => AgentChoice::MostSpecialised,
        Some("idle_share") => AgentChoice::IdleShare,
        _ => return AgentChoice::LongestIdle,
    };
    let mut breadths = members.iter().map(|group| groups[group.index()].n_classes());
    let first = breadths.next();
    if let (AgentChoice::MostSpecialised, Some(node)) = (choose, node)
        && breadths.all(|breadth| Some(breadth) == first)
    {
        build.report(
            Diagnostic::warning(format!("`{path}.choose` changes nothing"))
                .at(node.origin)
                .found("groups that take equally many classes")
                .hint("it chooses between groups; equal ones go by who has been idle longest"),
        );
    }
    choose
}
