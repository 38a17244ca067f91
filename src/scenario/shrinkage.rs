//! Shrinkage of a group: from paid to logged-in hours, each step a share of what the one above leaves.
//!
//! Reads what is planned; who is absent by chance is not known here. Invariant: something is left of every hour.

use super::checked::{Internal, Shrinkage};
use super::diagnostic::Diagnostic;
use super::read::{self, Build};
use super::shape::path_join;
use super::tree::{Node, show_number};

const INTERNAL: [&str; 4] = ["training", "meetings", "coaching", "paid_breaks"];

/// The shrinkage of a group, its own or else the policy's; `None` if none is written.
pub(super) fn shrinkage(build: &mut Build, group: &Node, path: &str, is_dated: bool) -> Option<Shrinkage> {
    let of_policy = || build.root.get("policy")?.get("shrinkage");
    let (node, path) = match group.get("shrinkage") {
        Some(node) => (node, path_join(path, "shrinkage")),
        None => (of_policy()?, "policy.shrinkage".to_owned()),
    };
    if read::is_none(Some(node)) {
        return None;
    }
    let absence = node.get("absence");
    if absence.is_none() {
        build.default(path_join(&path, "absence"), "0", "nobody is on holiday or ill in paid time");
    }
    let by_month = absence.and_then(|absence| absence.get("by_month"));
    if let Some(written) = by_month.filter(|_| !is_dated) {
        build.report(
            Diagnostic::error(format!("`{path}.absence.by_month` needs months, and the run has no dates"))
                .at(written.origin)
                .hint("write `start = \"2026-01-01\"`, or `absence = { share = 0.25 }`"),
        );
    }
    let absence = match read::numbers(by_month) {
        Some(months) => std::array::from_fn(|month| months.get(month).copied().unwrap_or(0.0)),
        None => [absence.and_then(|absence| read::share(absence.get("share"))).unwrap_or(0.0); 12],
    };
    let internal = node.get("internal");
    let part = |key: &str| internal.and_then(|internal| read::share(internal.get(key))).unwrap_or(0.0);
    let [training, meetings, coaching, paid_breaks] = INTERNAL.map(part);
    let sum = training + meetings + coaching + paid_breaks;
    if let Some(internal) = internal.filter(|_| sum > MOST) {
        build.report(
            Diagnostic::error(format!("`{path}.internal` leaves nothing of an hour"))
                .at(internal.origin)
                .found(format!("{} in all", show_number(sum)))
                .allowed("shares that sum to 0.99 at most"),
        );
    }
    let adherence = read::share(node.get("adherence"));
    if adherence.is_none() {
        build.default(path_join(&path, "adherence"), "1", "who is rostered is logged in");
    }
    Some(Shrinkage {
        absence,
        internal: Internal { training, meetings, coaching, paid_breaks },
        adherence: adherence.unwrap_or(1.0),
    })
}

/// The most that a step may take.
const MOST: f64 = 0.99;
