//! Balking: who leaves at once when nobody is idle, always or by what would lie ahead.
//!
//! Knows nothing of how a wait is foreseen. Invariant: every share is one, and the points rise.

use super::checked::{BalkingByLoad, BalkingSignal};
use super::diagnostic::Diagnostic;
use super::expected_wait;
use super::read::{self, Build};
use super::shape::path_join;
use super::tree::{Node, show_number};

/// The share of a class at `path` that leaves at once, the largest where it follows the load, and how it does.
pub(super) fn balking(build: &mut Build, class: &Node, path: &str) -> (f64, Option<BalkingByLoad>) {
    let path = path_join(path, "balking");
    let Some(node) = class.get("balking") else {
        build.default(path, "0", "nobody leaves only because no agent is idle");
        return (0.0, None);
    };
    if node.table().is_none() {
        return (read::share(Some(node)).unwrap_or(0.0), None);
    }
    let (signal, points) = match (node.get("waiting"), node.get("expected_wait")) {
        (Some(points), _) => (BalkingSignal::Waiting, points),
        (None, Some(points)) => (BalkingSignal::ExpectedWait(expected_wait::predictor(Some(node))), points),
        (None, None) => return (0.0, None),
    };
    if let (BalkingSignal::Waiting, Some(predictor)) = (signal, node.get("predictor")) {
        build.report(
            Diagnostic::warning(format!("`{path}.predictor` foresees what nobody asks for"))
                .at(predictor.origin)
                .hint("write `expected_wait` in place of `waiting`, or leave the predictor out"),
        );
    }
    let mut steps: Vec<(f64, f64)> = Vec::new();
    for point in points.list().unwrap_or_default() {
        let Some([from, share]) = read::numbers(Some(point)).and_then(|pair| <[f64; 2]>::try_from(pair).ok())
        else {
            continue;
        };
        let problem = if share > 1.0 {
            Some((show_number(share), "shares from 0 to 1"))
        } else {
            let before = steps.last().map(|step| step.0).filter(|before| from <= *before);
            before.map(|before| {
                (
                    format!("{} after {}", show_number(from), show_number(before)),
                    "each point above the one before",
                )
            })
        };
        if let Some((found, allowed)) = problem {
            build.report(
                Diagnostic::error(format!("a point of `{path}` is no step of a share"))
                    .at(point.origin)
                    .found(found)
                    .allowed(allowed),
            );
        }
        steps.push((from, share));
    }
    let most = steps.iter().map(|step| step.1).fold(0.0, f64::max);
    (most, Some(BalkingByLoad { signal, steps }))
}
