//! Sites: who employs the agents, and by which contract.
//!
//! Invariant: a contract belongs to an outsourced site.

use super::checked::{Site, Sourcing};
use super::contract;
use super::diagnostic::Diagnostic;
use super::read::{self, Build, things};
use super::shape::path_join;
use super::tree::Node;

/// All sites with their contracts.
pub(super) fn sites(build: &mut Build, is_dated: bool) -> Vec<Site> {
    let root = build.root;
    things(root, "site")
        .map(|(_, name, node)| {
            let sourcing = match node.get("sourcing").and_then(Node::text) {
                Some("outsourced") => Sourcing::Outsourced,
                _ => Sourcing::InHouse,
            };
            let entry =
                root.get("contract").and_then(Node::table).and_then(|contracts| contracts.entry(name));
            if let (Some(entry), Sourcing::InHouse) = (entry, sourcing) {
                build.report(
                    Diagnostic::error(format!("`contract.{name}` pays an in-house site"))
                        .at(entry.key_origin)
                        .hint(format!(
                            "set `sourcing = \"outsourced\"` on `site.{name}`, or `cost_per_paid_hour`"
                        )),
                );
            }
            if entry.is_none() && sourcing == Sourcing::Outsourced {
                build.default(
                    path_join("contract", name),
                    "none",
                    "the partner is paid by `cost_per_paid_hour` only",
                );
            }
            Site {
                name: name.to_owned(),
                sourcing,
                business_unit: read::text(node.get("business_unit")),
                contract: entry.map(|entry| {
                    if entry.node.table().is_some_and(|table| table.entries.is_empty()) {
                        build.report(
                            Diagnostic::warning(format!("`contract.{name}` pays nothing"))
                                .at(entry.key_origin)
                                .hint("write `per_minute`, `per_call`, `per_hour` or `per_resolved_case`"),
                        );
                    }
                    contract::contract(build, entry, is_dated)
                }),
            }
        })
        .collect()
}
