//! From merged layers to a tree whose names are settled: `like` is worked out, what `enabled = false` says is taken out.
//!
//! Looks at no other value. Invariant: a tree that comes back has a key, and its names are those of the things left in it.

use super::diagnostic::Diagnostic;
use super::form::{Form, Kind};
use super::format::SCENARIO;
use super::layers::{Reading, merge};
use super::shape::Names;
use super::source::Origin;
use super::tree::{Node, Table, Value};

/// More classes, groups or sites than this are refused.
const MOST_THINGS: usize = 10_000;

/// Works out `like` and `enabled`; reports scenarios without classes or groups.
pub(super) fn settle(root: &mut Node, reading: &mut Reading) -> Option<Names> {
    let at = Origin { start: 0, end: 0, ..root.origin };
    if root.table().is_none_or(|table| table.entries.is_empty()) {
        if !reading.has_errors() {
            reading.problems.push(
                Diagnostic::error("the scenario is empty")
                    .at(at)
                    .hint("it needs a `horizon`, a `[class.NAME]` and a `[group.NAME]`"),
            );
        }
        return None;
    }
    resolve_likes(root, &mut reading.problems);
    let names = names(root);
    if names.classes.is_empty() {
        reading.problems.push(
            Diagnostic::error("the scenario has no class")
                .at(at)
                .hint("write a `[class.NAME]` with `volume` and `talk_time`, switched on"),
        );
    }
    if names.groups.is_empty() {
        reading.problems.push(
            Diagnostic::error("the scenario has no agent group")
                .at(at)
                .hint("write a `[group.NAME]` with `agents` and `takes`, switched on"),
        );
    }
    let most = names.classes.len().max(names.groups.len()).max(names.sites.len());
    if most > MOST_THINGS {
        reading.problems.push(
            Diagnostic::error("more than 10,000 classes, groups or sites")
                .at(at)
                .found(format!("{most} of one kind"))
                .hint("put together what behaves alike"),
        );
        return None;
    }
    Some(names)
}

/// Works out `like` in classes and groups.
fn resolve_likes(root: &mut Node, problems: &mut Vec<Diagnostic>) {
    for kind in [Kind::Class, Kind::Group] {
        let Some(Form::Map { each, .. }) = SCENARIO.get(kind.table()).map(|key| &key.form) else { continue };
        let Value::Table(top) = &mut root.value else { return };
        let Some(Node { value: Value::Table(things), .. }) = top.entry_mut(kind.table()).map(|e| &mut e.node)
        else {
            continue;
        };
        let written = things.clone();
        let before = problems.len();
        for entry in &mut things.entries {
            if let Some(node) = like(&written, &entry.key, each, &mut vec![entry.key.clone()], problems) {
                entry.node = node;
            }
        }
        // Everybody on the circle finds it; once is enough.
        problems.truncate(before + 1);
    }
}

/// `name` with what it is like below it, or nothing if it is like nothing.
fn like(
    things: &Table,
    name: &str,
    form: &'static Form,
    way: &mut Vec<String>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Node> {
    let own = things.get(name)?;
    let model = own.get("like")?;
    let model_name = model.text()?;
    if way.iter().any(|name| name == model_name) {
        way.push(model_name.to_owned());
        problems.push(
            Diagnostic::error("`like` goes round in a circle")
                .at(model.origin)
                .found(way.join(" -> "))
                .hint("one of them must stand on its own"),
        );
        return None;
    }
    way.push(model_name.to_owned());
    // An unknown name is reported by the checker.
    let mut copy = match like(things, model_name, form, way, problems) {
        Some(copy) => copy,
        None => things.get(model_name)?.clone(),
    };
    if let Value::Table(table) = &mut copy.value {
        table.entries.retain(|entry| entry.key != "enabled" && entry.key != "like");
    }
    merge(&mut copy, own.clone(), Some(form));
    Some(copy)
}

/// Takes out what is switched off by `enabled = false` and lists the names of the rest.
fn names(root: &mut Node) -> Names {
    let mut names = Names::default();
    let Value::Table(top) = &mut root.value else { return names };
    for kind in [Kind::Class, Kind::Group, Kind::Site, Kind::Profile] {
        let Some(Node { value: Value::Table(things), .. }) = top.entry_mut(kind.table()).map(|e| &mut e.node)
        else {
            continue;
        };
        if matches!(kind, Kind::Class | Kind::Group) {
            things.entries.retain(|entry| {
                let is_off = matches!(entry.node.get("enabled").map(|n| &n.value), Some(Value::Flag(false)));
                if is_off {
                    names.disabled.push((kind, entry.key.clone()));
                }
                !is_off
            });
        }
        let known = things.keys().map(str::to_owned).collect();
        match kind {
            Kind::Class => names.classes = known,
            Kind::Group => names.groups = known,
            Kind::Site => names.sites = known,
            Kind::Profile => names.profiles = known,
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::source::{FileKind, Files};
    use crate::scenario::tree;

    #[test]
    fn like_copies_and_then_differs_and_keeps_the_place_of_each_value() {
        let text = "[class.a]\nresolution = 0.7\nbalking = 0.1\n[class.b]\nlike = \"a\"\nbalking = 0.2\n";
        let (mut files, mut problems) = (Files::default(), Vec::new());
        let file = files.add("top.toml".into(), text.into(), FileKind::File);
        let mut root = tree::parse_document(&files, file, &mut problems).root;
        resolve_likes(&mut root, &mut problems);
        let at = |path: &str| path.split('.').try_fold(&root, |node, key| node.get(key));
        assert!(problems.is_empty());
        assert_eq!(at("class.b.balking").and_then(Node::number), Some(0.2));
        assert_eq!(files.place(at("class.b.resolution").unwrap().origin), "top.toml:2");
    }

    #[test]
    fn more_things_than_a_centre_can_have_are_refused_before_they_are_built() {
        let classes: String = (0..=MOST_THINGS).map(|i| format!("[class.c{i}]\n")).collect();
        let text = format!("horizon = \"8h\"\n{classes}[group.g]\n");
        let problems =
            crate::scenario::load("s.toml", &[], &crate::scenario::Texts::new().with("s.toml", text));
        let problems = problems.expect_err("too many classes");
        assert_eq!(problems.len(), 1, "{problems}");
        assert!(problems.to_string().contains("more than 10,000 classes, groups or sites"), "{problems}");
    }
}
