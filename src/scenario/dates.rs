//! Dates that rules are written with: from the file's words to a local clock.
//!
//! Knows no rule. Invariant: a date that comes back is one that the clock of the run shows.

use jiff::civil::DateTime;

use super::calendar::{self, Calendar};
use super::diagnostic::Diagnostic;
use super::form::{self, Moment};
use super::read::Build;
use super::source::FileKind;
use super::tree::Node;

/// The local date and time written in `node`; `None` if it was refused (and reported).
pub(super) fn local(build: &mut Build, calendar: &Calendar, node: &Node, path: &str) -> Option<DateTime> {
    let at = match node.text().and_then(form::moment)? {
        Moment::Dated(at) if calendar.is_dated => at,
        Moment::Dated(_) | Moment::Time(_) => {
            build.report(
                Diagnostic::error(format!("`{path}` needs a date, and the scenario a start date"))
                    .at(node.origin)
                    .found(node.show())
                    .hint("write `start = \"2026-01-01\"` and `from = \"2026-03-23T14:00\"`"),
            );
            return None;
        }
    };
    let problem = calendar::missing_time(calendar, node, at, path);
    let is_real = problem.is_none();
    problem.into_iter().for_each(|problem| build.report(problem));
    is_real.then_some(at)
}

/// Warns of a rule that begins at `from` and lies outside the run; of an overlay that runs a part of its base, or a `--set`
/// that does, it is meant so.
pub(super) fn lies_outside(build: &mut Build, from: &Node, path: &str, found: String) {
    let mut span = ["start", "horizon"].iter().filter_map(|key| build.root.get(key));
    let is_file = |file| build.reading.files.kind(file) == FileKind::File;
    // Files are numbered from the overlay to its last base.
    if span.all(|node| node.origin.file >= from.origin.file && is_file(node.origin.file)) {
        build.report(
            Diagnostic::warning(format!("`{path}` lies outside the run"))
                .at(from.origin)
                .found(found)
                .hint("it changes nothing"),
        );
    }
}
