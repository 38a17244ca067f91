//! Transfers and consultations: from their tables to the checked types.
//!
//! Knows no limit of transfers, which is a policy. Invariant: in no group do the probabilities of a class sum to more than 1.

use super::checked::{Class, Consult, Group, QueueOrder, Transfer, TransferPatience, TransferPlace};
use super::diagnostic::Diagnostic;
use super::law;
use super::levers;
use super::read::things;
use super::read::{self, Build};
use super::tree::Node;
use crate::units::GroupId;

/// Where the talk of a class may lead.
pub(super) fn transfers(build: &mut Build, node: Option<&Node>, path: &str) -> Vec<Transfer> {
    let items = node.and_then(Node::list).unwrap_or_default();
    if node.is_none() {
        build.default(path, "none", "nobody is transferred");
    }
    let mut transfers: Vec<Transfer> = Vec::new();
    let (mut has_default_place, mut has_default_patience) = (false, false);
    for (position, item) in items.iter().enumerate() {
        // A class or group that is switched off is taken out of transfers.
        let Some(mut transfer) = transfer(build, item) else { continue };
        let path_of_time = format!("{path}.{position}.warm.time");
        let warm = item.get("warm").filter(|warm| !read::is_none(Some(warm)));
        transfer.warm = warm.and_then(|warm| law::dist(build, warm.get("time"), &path_of_time));
        has_default_place |= item.get("place").is_none();
        has_default_patience |= item.get("patience").is_none();
        if transfers.iter().any(|known| (known.to, known.from) == (transfer.to, transfer.from)) {
            let name = item.get("to").map(Node::show).unwrap_or_default();
            build.report(
                Diagnostic::warning(format!("`{path}` names {name} twice"))
                    .at(read::place(item.get("to"), item.origin))
                    .hint("the probabilities add up; write their sum once"),
            );
        }
        transfers.push(transfer);
    }
    if has_default_place {
        build.default(format!("{path}.place"), "end", "a transferred customer joins as anybody who comes");
    }
    if has_default_patience {
        build.default(format!("{path}.patience"), "new", "after a transfer patience is drawn anew");
    }
    check_sum(build, node, path, most_likely(&transfers), "at most 1; the rest is not transferred");
    transfers
}

/// Whom the agents of a class ask at the end of talk.
pub(super) fn consults(build: &mut Build, node: Option<&Node>, path: &str) -> Vec<Consult> {
    let mut consults = Vec::new();
    for (position, item) in node.and_then(Node::list).unwrap_or_default().iter().enumerate() {
        let path_of_time = format!("{path}.{position}.time");
        let time = law::dist(build, item.get("time"), &path_of_time);
        // A group that is switched off is asked nothing.
        let group = item.get("group").and_then(Node::text).and_then(|name| build.group(name));
        let probability = read::share(item.get("probability"));
        if let (Some(group), Some(probability), Some(time)) = (group, probability, time) {
            consults.push(Consult { group, probability, time });
        }
    }
    let sum = consults.iter().map(|consult| consult.probability).sum();
    check_sum(build, node, path, sum, "at most 1; the rest asks nobody");
    consults
}

fn check_sum(build: &mut Build, node: Option<&Node>, path: &str, sum: f64, allowed: &str) {
    if let Some(node) = node.filter(|_| sum > 1.0 + 1e-9) {
        build.report(
            Diagnostic::error(format!("the probabilities of `{path}` sum to more than 1"))
                .at(node.list().and_then(<[Node]>::first).map_or(node.origin, |first| first.origin))
                .found(format!("{sum:.6}"))
                .allowed(allowed),
        );
    }
}

fn transfer(build: &mut Build, item: &Node) -> Option<Transfer> {
    let from = match item.get("from") {
        None => None,
        Some(group) => Some(build.group(group.text()?)?),
    };
    Some(Transfer {
        to: build.class(item.get("to")?.text()?)?,
        probability: levers::share(build.root, "transfer", read::share(item.get("probability"))?),
        from,
        place: match item.get("place").and_then(Node::text) {
            Some("front") => TransferPlace::Front,
            Some("by_first_wait") => TransferPlace::ByFirstWait,
            _ => TransferPlace::End,
        },
        patience: match item.get("patience").and_then(Node::text) {
            Some("rest") => TransferPatience::Rest,
            _ => TransferPatience::New,
        },
        warm: None,
    })
}

/// The probability of a transfer in the group that transfers most.
fn most_likely(transfers: &[Transfer]) -> f64 {
    let of = |group: Option<GroupId>| -> f64 {
        let all = transfers.iter().filter(|transfer| transfer.from.is_none() || transfer.from == group);
        all.map(|transfer| transfer.probability).sum()
    };
    transfers.iter().map(|transfer| of(transfer.from)).fold(0.0, f64::max)
}

/// Checks what a transfer says of other classes and of groups.
pub(super) fn check(build: &mut Build, classes: &[Class], groups: &[Group]) {
    let root = build.root;
    for (path, name, node) in things(root, "class") {
        let Some(class) = build.class(name) else { continue };
        for item in node.get("transfer").and_then(Node::list).unwrap_or_default() {
            let Some(transfer) = transfer(build, item) else { continue };
            if let (Some(group), Some(from)) = (transfer.from, item.get("from"))
                && !groups[group.index()].takes.iter().flatten().any(|taken| *taken == class)
            {
                build.report(
                    Diagnostic::error(format!("`{path}.transfer` is from a group that never has the class"))
                        .at(from.origin)
                        .found(from.show())
                        .hint(format!("name a group with \"{name}\" in `takes`, or leave `from` out")),
                );
            }
            let to = &classes[transfer.to.index()];
            if let (Some(place), true) = (item.get("place"), transfer.place != TransferPlace::End)
                && to.order != QueueOrder::Fifo
            {
                build.report(
                    Diagnostic::error(format!("`{path}.transfer` has a place in a queue without places"))
                        .at(place.origin)
                        .found(format!(
                            "{}, and `class.{}` is not first come, first served",
                            place.show(),
                            to.name
                        ))
                        .allowed("`end`, or `order = \"fifo\"` of the class entered"),
                );
            }
        }
    }
}
