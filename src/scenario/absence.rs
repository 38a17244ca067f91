//! Unplanned absence: who does not come to work, though the plan counts on them.
//!
//! Absence that is planned belongs to [`super::shrinkage`]. Invariant: of those who are rostered somebody may come.

use super::checked::{Site, UnplannedAbsence};
use super::diagnostic::Diagnostic;
use super::levers;
use super::read::{self, Build};
use super::shape::path_join;
use super::tree::Node;
use crate::units::SiteId;

/// The unplanned absence of each group, by position; `sites` are those of the groups.
pub(super) fn unplanned(
    build: &mut Build,
    sites: &[Option<SiteId>],
    all: &[Site],
) -> Vec<Option<UnplannedAbsence>> {
    let written = |node: Option<&'_ Node>| node.filter(|node| !read::is_none(Some(node))).cloned();
    let common = build.root.get("policy").and_then(|policy| policy.get("unplanned_absence"));
    let common = written(common).and_then(|node| one(build, &node, "policy.unplanned_absence"));
    let names = build.names;
    let groups = names.groups.iter().zip(sites);
    groups
        .map(|(name, site)| {
            let own = build.root.get("group").and_then(|groups| groups.get(name)?.get("unplanned_absence"));
            let mut rule = match own {
                None => common.clone(),
                Some(node) if read::is_none(Some(node)) => None,
                Some(node) => {
                    let path = path_join(&path_join("group", name), "unplanned_absence");
                    let rule = one(build, node, &path);
                    if let (Some(cv), None) = (node.get("site_cv"), site) {
                        build.report(
                            Diagnostic::warning(format!("group `{name}` has no site"))
                                .at(cv.origin)
                                .hint("its factor of the day is its own; write `site` to share one"),
                        );
                    }
                    rule
                }
            };
            if let (Some(rule), Some(site)) = (&mut rule, site) {
                rule.site = Some(all[site.index()].name.clone());
            }
            rule
        })
        .collect()
}

fn one(build: &mut Build, node: &Node, path: &str) -> Option<UnplannedAbsence> {
    let share = read::share(node.get("share"))?;
    let in_plan = read::share(node.get("in_plan")).unwrap_or_else(|| {
        build.default(path_join(path, "in_plan"), "share", "the plan holds who comes on average");
        share
    });
    let site_cv = read::not_negative(node.get("site_cv")).unwrap_or_else(|| {
        build.default(path_join(path, "site_cv"), "0", "each person is absent without regard to others");
        0.0
    });
    // The plan knows what is written, not what comes of it.
    let share = levers::share(build.root, "absence", share);
    Some(UnplannedAbsence { share, in_plan, site_cv, site: None })
}
