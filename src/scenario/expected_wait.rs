//! `expected_wait_above` and `predictor`, wherever a rule asks for them.
//!
//! Knows nothing of how a wait is foreseen. Invariant: the words and the default of `predictor` are the same everywhere.

use super::checked::Predictor;
use super::diagnostic::Diagnostic;
use super::read::{self, Build};
use super::tree::Node;
use crate::units::Span;

/// The wait that must be expected, and by which predictor; `node` is the `when` at `path`.
pub(super) fn above(build: &mut Build, node: Option<&Node>, path: &str) -> Option<(Predictor, Span)> {
    let word = |key: &str| node.and_then(|node| node.get(key));
    let predictor = predictor(node);
    match (word("expected_wait_above"), word("predictor")) {
        (None, Some(predictor)) => build.report(
            Diagnostic::warning(format!("`{path}.predictor` foresees what nobody asks for"))
                .at(predictor.origin)
                .hint("add `expected_wait_above`, or leave the predictor out"),
        ),
        (Some(_), None) => build.default(
            format!("{path}.predictor"),
            "queue_length",
            "those who wait, at the rate of the agents logged in",
        ),
        _ => {}
    }
    Some((predictor, read::span(word("expected_wait_above"))?))
}

/// What `predictor` of a table says.
pub(super) fn predictor(node: Option<&Node>) -> Predictor {
    match node.and_then(|node| node.get("predictor")).and_then(Node::text) {
        Some("last_served") => Predictor::LastServed,
        Some("head_of_line") => Predictor::HeadOfLine,
        _ => Predictor::QueueLength,
    }
}
