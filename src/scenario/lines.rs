//! Pools of telephone lines.
//!
//! Invariant: a class belongs to at most one pool.

use super::checked::{Class, LinePool};
use super::diagnostic::{Diagnostic, list};
use super::read::{self, Build, things};
use super::shape::path_join;
use super::tree::Node;
use crate::units::LinePoolId;

/// All pools of lines; writes them into the classes.
pub(super) fn lines(build: &mut Build, classes: &mut [Class]) -> Vec<LinePool> {
    let root = build.root;
    let mut pools = Vec::new();
    let mut without_list: Vec<(LinePoolId, &Node)> = Vec::new();
    if root.get("lines").is_none() {
        build.default("lines", "none", "everybody finds a line");
    }
    for (path, _, node) in things(root, "lines") {
        let id = LinePoolId::from_index(pools.len());
        let lines = read::count(node.get("lines"));
        if let (Some(0), Some(written)) = (lines, node.get("lines")) {
            build.report(
                Diagnostic::warning(format!("`{path}` has no line: every contact is blocked"))
                    .at(written.origin)
                    .hint("leave the pool out for lines without limit"),
            );
        }
        let waiting_places = read::count(node.get("waiting_places"));
        match (waiting_places, lines, node.get("waiting_places")) {
            (Some(places), Some(lines), Some(written)) if places >= lines && lines > 0 => build.report(
                Diagnostic::warning(format!(
                    "`{}` keeps nobody from waiting",
                    path_join(&path, "waiting_places")
                ))
                .at(written.origin)
                .found(format!("{places} places for {lines} lines"))
                .hint("who waits holds a line; write fewer places than lines, or leave them out"),
            ),
            _ => {}
        }
        pools.push(LinePool { lines: lines.unwrap_or(0), waiting_places });
        match node.get("classes").and_then(Node::list) {
            None => {
                build.default(path_join(&path, "classes"), "all", "of the classes in no other pool");
                without_list.push((id, node));
            }
            Some(items) => {
                for item in items {
                    let Some(class) = item.text().and_then(|name| build.class(name)) else { continue };
                    if classes[class.index()].line_pool.replace(id).is_some() {
                        build.report(
                            Diagnostic::error(format!(
                                "{} of `{path}` is in two pools of lines",
                                item.show()
                            ))
                            .at(item.origin)
                            .allowed("each class in one pool")
                            .hint("a contact holds one line: take the class out of the other pool"),
                        );
                    }
                }
            }
        }
    }
    if let [(first, _), (second, node), ..] = without_list[..] {
        let names: Vec<&str> = things(root, "lines").map(|(_, name, _)| name).collect();
        build.report(
            Diagnostic::error("two pools of lines are for all other classes")
                .at(node.origin)
                .found(list([names[first.index()], names[second.index()]]))
                .allowed("one pool without `classes`")
                .hint("write `classes` in all pools but one"),
        );
    }
    if let Some((id, _)) = without_list.first() {
        for class in classes.iter_mut().filter(|class| class.line_pool.is_none() && !class.is_endless) {
            class.line_pool = Some(*id);
        }
    }
    pools
}
