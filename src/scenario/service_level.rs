//! Service levels: share, bound, base, from `"80/20"` or a table.
//!
//! Invariant: a class has at least one.

use super::checked::{ServiceLevel, ServiceLevelBase};
use super::diagnostic::Diagnostic;
use super::read::{self, Build};
use super::tree::Node;
use crate::units::Span;

pub(super) fn service_levels(build: &mut Build, node: Option<&Node>, path: &str) -> Vec<ServiceLevel> {
    let default = ServiceLevel {
        share: 0.8,
        within: Span::SECOND * 20,
        of: ServiceLevelBase::EnteredLessShort,
        short: Span::SECOND * 5,
    };
    let Some(items) = node.and_then(Node::list) else {
        build.default(path, "80/20", "of entered less those who leave within 5 s");
        return vec![default];
    };
    let mut levels = Vec::new();
    let (mut has_default_base, mut has_default_short) = (false, false);
    for item in items {
        let level = match item.text() {
            Some(text) => super::form::service_level(text).map(|(share, within)| ServiceLevel {
                share,
                within: within.span(),
                ..default.clone()
            }),
            None => {
                read::share(item.get("share")).zip(read::span(item.get("within"))).map(|(share, within)| {
                    ServiceLevel { share, within, of: base(item.get("of")), short: short(item.get("short")) }
                })
            }
        };
        let is_same = |known: &&ServiceLevel| {
            level.as_ref().is_some_and(|l| (l.within, l.of, l.short) == (known.within, known.of, known.short))
        };
        if levels.iter().find(is_same).is_some() {
            build.report(
                Diagnostic::warning(format!("`{path}` has one service level twice"))
                    .at(item.origin)
                    .found(item.show())
                    .hint("the same wait is measured once more; leave one out, or change its `within`"),
            );
        }
        let is_less_short = base(item.get("of")) == ServiceLevelBase::EnteredLessShort;
        has_default_base |= item.get("of").is_none();
        has_default_short |= is_less_short && item.get("short").is_none();
        levels.extend(level);
    }
    if has_default_base {
        build.default(
            format!("{path}.of"),
            "entered_less_short",
            "the base: entered less those who leave within `short`",
        );
    }
    if has_default_short {
        build.default(format!("{path}.short"), "5s", "who leaves sooner is not in the base");
    }
    if levels.is_empty() { vec![default] } else { levels }
}

/// The base of a service level; by default entered less short abandons.
pub(super) fn base(node: Option<&Node>) -> ServiceLevelBase {
    match node.and_then(Node::text) {
        Some("entered") => ServiceLevelBase::Entered,
        Some("answered") => ServiceLevelBase::Answered,
        Some("offered") => ServiceLevelBase::Offered,
        _ => ServiceLevelBase::EnteredLessShort,
    }
}

/// The threshold of short abandons; by default 5 s.
pub(super) fn short(node: Option<&Node>) -> Span {
    read::span(node).unwrap_or(Span::SECOND * 5)
}
