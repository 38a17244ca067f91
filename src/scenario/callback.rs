//! Promises to call back: who keeps them and how, wherever in the file they are made, and the offer to those who wait.
//!
//! Knows nothing of transfers and their limit. Invariant: the keys and defaults of a promise are the same everywhere.

use super::checked::{CallbackOffer, CallbackRule, OfferCondition};
use super::expected_wait;
use super::read::{self, Build};
use super::shape::path_join;
use super::tree::Node;
use crate::units::{GroupId, Span};

/// The promise that is written in `node`, at `path`.
pub(super) fn rule(build: &mut Build, node: &Node, path: &str) -> CallbackRule {
    let group = build.needed_group(node.get("group"), &format!("{path}.group"));
    let mut span = |key: &str, value: &str, default: Span, note| {
        read::span(node.get(key)).unwrap_or_else(|| {
            build.default(format!("{path}.{key}"), value, note);
            default
        })
    };
    let due = span("due", "4h", Span::HOUR * 4, "a promise is kept if the customer is reached within");
    let every = span("every", "2h", Span::HOUR * 2, "from an attempt that reaches nobody to the next");
    let dialling =
        span("dialling", "30s", Span::SECOND * 30, "an agent's time for an attempt that reaches nobody");
    let attempts = read::count(node.get("attempts")).unwrap_or_else(|| {
        build.default(format!("{path}.attempts"), "3", "then the promise is broken");
        3
    });
    let reached = read::share(node.get("reached")).unwrap_or_else(|| {
        build.default(format!("{path}.reached"), "0.7", "probability that an attempt reaches the customer");
        0.7
    });
    CallbackRule { group: group.unwrap_or(GroupId(0)), due, attempts, every, reached, dialling }
}

/// `callback_offer` of the class at `path`.
pub(super) fn offer(build: &mut Build, class: &Node, path: &str) -> Option<CallbackOffer> {
    let path = path_join(path, "callback_offer");
    let Some(node) = class.get("callback_offer") else {
        build.default(path, "none", "whoever finds nobody idle waits on the line");
        return None;
    };
    node.table()?;
    let when = when(build, node.get("when"), &path);
    let rule = rule(build, node, &path);
    Some(CallbackOffer { when, accept: read::share(node.get("accept"))?, rule })
}

fn when(build: &mut Build, node: Option<&Node>, path: &str) -> OfferCondition {
    let path = path_join(path, "when");
    if node.is_none() {
        build.default(path.as_str(), "always", "whoever would have to wait hears the offer");
    }
    let word = |key: &str| node.and_then(|node| node.get(key));
    let expected_wait_above = expected_wait::above(build, node, &path);
    OfferCondition {
        nobody_idle: read::is_on(word("nobody_idle")),
        waiting_at_least: read::count(word("waiting_at_least")).unwrap_or(1),
        expected_wait_above,
    }
}

/// A promise as it is written.
pub(super) struct Written<'a> {
    pub(super) node: &'a Node,
    /// The class that makes it while its customers wait; `None`: the limit on transfers.
    pub(super) class: Option<&'a str>,
}

/// Every place of the file where a promise is written.
pub(super) fn written(root: &Node) -> Vec<Written<'_>> {
    let path = ["policy", "transfer_limit", "at_limit", "callback"];
    let of_limit = path.iter().try_fold(root, |node, key| node.get(key));
    let classes = root.get("class").and_then(Node::table).map_or(&[][..], |table| &table.entries);
    let of_classes = classes.iter().flat_map(|class| {
        let offer = class.node.get("callback_offer").filter(|node| node.table().is_some());
        let late = class.node.get("max_wait").and_then(|rule| rule.get("then")?.get("callback"));
        let name = class.key.as_str();
        offer.into_iter().chain(late).map(move |node| Written { node, class: Some(name) })
    });
    of_limit.map(|node| Written { node, class: None }).into_iter().chain(of_classes).collect()
}

/// Whether the group `name` keeps promises: it may have skills for classes that it does not take from the line.
pub(super) fn is_kept_by(root: &Node, name: &str) -> bool {
    written(root).iter().any(|promise| promise.node.get("group").and_then(Node::text) == Some(name))
}
