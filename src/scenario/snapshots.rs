//! Instants of the run whose state is kept: `[measure] snapshots`.
//!
//! Looks at no state. Invariant: instants lie within the counted horizon, rise, and are there once.

use super::almanac::Almanac;
use super::diagnostic::Diagnostic;
use super::form::{self, Zero};
use super::read::Build;
use crate::units::Span;

/// The instants, since the start of the counted horizon.
pub(super) fn snapshots(build: &mut Build, almanac: &Almanac) -> Vec<Span> {
    let node = build.root.get("measure").and_then(|measure| measure.get("snapshots"));
    let Some(items) = node.and_then(|node| node.list()) else { return Vec::new() };
    let mut spans = Vec::new();
    for item in items {
        let Ok(span) = form::duration(item, Zero::Allowed).map(|duration| duration.span()) else { continue };
        if span >= almanac.horizon {
            build.report(
                Diagnostic::error("a snapshot lies beyond the run")
                    .at(item.origin)
                    .found(span.to_string())
                    .allowed(format!("before the end of the horizon, {} after its start", almanac.horizon)),
            );
        }
        spans.push(span);
    }
    spans.sort();
    spans.dedup();
    spans
}
