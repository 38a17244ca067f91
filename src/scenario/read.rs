//! Reads single values of a checked tree, and the context in which the parts of a scenario are built.
//!
//! Says nothing about a value that [`super::shape`] has refused: it counts as absent. Invariant: one form, one reader.

use super::DefaultUsed;
use super::diagnostic::Diagnostic;
use super::duration::Duration;
use super::form::{self, Form, Kind, Limits, Zero};
use super::layers::Reading;
use super::shape::{Names, path_join};
use super::source::Origin;
use super::tree::{Entry, Node, Value};
use crate::units::{ClassId, GroupId, SiteId, Span};

/// What the builders of the parts share.
pub(super) struct Build<'a, 's> {
    pub(super) root: &'a Node,
    pub(super) names: &'a Names,
    pub(super) reading: &'a mut Reading<'s>,
    pub(super) defaults: Vec<DefaultUsed>,
    /// The first second of a day at which a plan by time of day has agents.
    pub(super) opens: Option<u32>,
}

impl<'a, 's> Build<'a, 's> {
    pub(super) fn new(root: &'a Node, names: &'a Names, reading: &'a mut Reading<'s>) -> Self {
        Self { root, names, reading, defaults: Vec::new(), opens: None }
    }

    /// Notes a second of the day at which somebody is logged in.
    pub(super) fn opens_at(&mut self, second: u32) {
        self.opens = Some(self.opens.map_or(second, |opens| opens.min(second)));
    }

    /// What to write where a run without `start` begins before anybody is there; else nothing.
    pub(super) fn start_hint(&self) -> String {
        match (self.root.get("start"), self.opens) {
            (None, Some(opens)) if opens > 0 => {
                let (hour, minute) = (opens / 3600, opens / 60 % 60);
                format!(
                    "without `start` the clock begins at midnight: write `start = \"{hour:02}:{minute:02}\"`"
                )
            }
            _ => String::new(),
        }
    }
    pub(super) fn report(&mut self, problem: Diagnostic) {
        self.reading.problems.push(problem);
    }

    /// Notes that a key was not written and what holds instead.
    pub(super) fn default(&mut self, path: impl Into<String>, value: impl Into<String>, note: &'static str) {
        self.defaults.push(DefaultUsed { path: path.into(), value: value.into(), note });
    }

    pub(super) fn class(&self, name: &str) -> Option<ClassId> {
        self.names.classes.iter().position(|n| n == name).map(ClassId::from_index)
    }

    pub(super) fn group(&self, name: &str) -> Option<GroupId> {
        self.names.groups.iter().position(|n| n == name).map(GroupId::from_index)
    }

    pub(super) fn site(&self, name: &str) -> Option<SiteId> {
        self.names.sites.iter().position(|n| n == name).map(SiteId::from_index)
    }

    /// What is written under `[table.NAME]`.
    pub(super) fn named(&self, table: &str, name: &str) -> Option<&'a Entry> {
        self.root.get(table)?.table()?.entry(name)
    }

    /// A class that something cannot do without; one that is switched off is reported.
    pub(super) fn needed_class(&mut self, node: Option<&Node>, path: &str) -> Option<ClassId> {
        let node = node?;
        let name = node.text()?;
        self.refuse_disabled(Kind::Class, name, path, node.origin);
        self.class(name)
    }

    /// A group that something cannot do without; one that is switched off is reported.
    pub(super) fn needed_group(&mut self, node: Option<&Node>, path: &str) -> Option<GroupId> {
        let node = node?;
        let name = node.text()?;
        self.refuse_disabled(Kind::Group, name, path, node.origin);
        self.group(name)
    }

    fn refuse_disabled(&mut self, kind: Kind, name: &str, path: &str, at: Origin) {
        if self.names.is_disabled(kind, name) {
            self.report(
                Diagnostic::error(format!("the {} `{name}` is switched off and needed", kind.table()))
                    .at(at)
                    .found(format!("named by `{path}`"))
                    .hint("name another one, or take out `enabled = false`"),
            );
        }
    }
}

/// Where to point for `node`, else for what stands around it.
pub(super) fn place(node: Option<&Node>, around: Origin) -> Origin {
    node.map_or(around, |node| node.origin)
}

pub(super) fn text(node: Option<&Node>) -> String {
    node.and_then(Node::text).unwrap_or_default().to_owned()
}

fn within(node: Option<&Node>, form: &Form) -> Option<f64> {
    match form {
        Form::Number(limits) => form::number(node?, *limits).ok(),
        _ => None,
    }
}

pub(super) fn share(node: Option<&Node>) -> Option<f64> {
    within(node, &form::SHARE)
}

pub(super) fn not_negative(node: Option<&Node>) -> Option<f64> {
    within(node, &form::NOT_NEGATIVE)
}

pub(super) fn positive(node: Option<&Node>) -> Option<f64> {
    within(node, &form::POSITIVE)
}

pub(super) fn any_number(node: Option<&Node>) -> Option<f64> {
    form::number(node?, Limits { low: f64::MIN, high: f64::MAX, is_above_low: false, words: "" }).ok()
}

pub(super) fn count(node: Option<&Node>) -> Option<u32> {
    form::whole(node?, 0, u64::from(u32::MAX)).ok().and_then(|n| u32::try_from(n).ok())
}

pub(super) fn duration(node: Option<&Node>) -> Option<Duration> {
    form::duration(node?, Zero::Allowed).ok()
}

pub(super) fn span(node: Option<&Node>) -> Option<Span> {
    duration(node).map(Duration::span)
}

pub(super) fn seconds(node: Option<&Node>) -> Option<f64> {
    span(node).map(Span::as_secs_f64)
}

/// Whether the word `none` is written.
pub(super) fn is_none(node: Option<&Node>) -> bool {
    node.and_then(Node::text) == Some("none")
}

pub(super) fn is_off(node: Option<&Node>) -> bool {
    matches!(node.map(|node| &node.value), Some(Value::Flag(false)))
}

pub(super) fn is_on(node: Option<&Node>) -> bool {
    matches!(node.map(|node| &node.value), Some(Value::Flag(true)))
}

/// The numbers of a list, or nothing if one of them is refused.
pub(super) fn numbers(node: Option<&Node>) -> Option<Vec<f64>> {
    let items = node?.list()?;
    items.iter().map(|item| not_negative(Some(item))).collect()
}

/// The things written under `[table.NAME]`.
pub(super) fn things<'a>(root: &'a Node, table: &str) -> impl Iterator<Item = (String, &'a str, &'a Node)> {
    let entries = root.get(table).and_then(Node::table).map_or(&[][..], |table| &table.entries);
    let table = table.to_owned();
    entries.iter().map(move |entry| (path_join(&table, &entry.key), entry.key.as_str(), &entry.node))
}
