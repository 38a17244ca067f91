//! Promises to call back: who keeps them and how, wherever in the file they are made.
//!
//! Says nothing about when a promise is made. Invariant: the keys and defaults of a promise are the same everywhere.

use super::checked::CallbackRule;
use super::read::{self, Build};
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

/// Every place of the file where a promise is written.
pub(super) fn written(root: &Node) -> Vec<&Node> {
    let path = ["policy", "transfer_limit", "at_limit", "callback"];
    path.iter().try_fold(root, |node, key| node.get(key)).into_iter().collect()
}

/// Whether the group `name` keeps promises: it may have skills for classes that it does not take from the line.
pub(super) fn is_kept_by(root: &Node, name: &str) -> bool {
    written(root).iter().any(|node| node.get("group").and_then(Node::text) == Some(name))
}
