//! The scenario after overlays, value by value with its place, and the hash that names it in a manifest.
//!
//! Checks nothing. Invariant: equal values and equal tables give equal hashes, wherever they were written.

use super::layers::Layers;
use super::shape::path_join;
use super::source::Files;
use super::tree::{Node, Value};

/// A value of the resolved scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedValue {
    /// The key, as `class.billing.patience.exponential.mean`; items of lists by their index.
    pub path: String,
    /// The value as TOML writes it.
    pub value: String,
    /// `file:line`, or `--set path=value`.
    pub origin: String,
}

/// Every value of the tree, in the order of the tree.
pub(super) fn values(root: &Node, files: &Files) -> Vec<ResolvedValue> {
    let mut out = Vec::new();
    visit(root, "", &mut |path, node| {
        let mut value = String::new();
        write(node, &mut value);
        out.push(ResolvedValue { path: path.to_owned(), value, origin: files.place(node.origin) });
    });
    out
}

/// Calls `found` with the path of every value that is shown as one.
fn visit(node: &Node, path: &str, found: &mut impl FnMut(&str, &Node)) {
    match &node.value {
        Value::Table(table) if !table.entries.is_empty() => {
            for entry in table.entries.iter().filter(|entry| !(path.is_empty() && entry.key == "base")) {
                visit(&entry.node, &path_join(path, &entry.key), found);
            }
        }
        Value::List(items) if items.iter().any(|item| item.table().is_some()) => {
            for (i, item) in items.iter().enumerate() {
                visit(item, &path_join(path, &i.to_string()), found);
            }
        }
        _ => found(path, node),
    }
}

/// Writes a value as TOML does.
fn write(node: &Node, out: &mut String) {
    match &node.value {
        Value::List(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                out.push_str(if i > 0 { ", " } else { "" });
                write(item, out);
            }
            out.push(']');
        }
        Value::Table(table) if table.entries.is_empty() => out.push_str("{}"),
        Value::Table(table) => {
            out.push_str("{ ");
            for (i, entry) in table.entries.iter().enumerate() {
                out.push_str(if i > 0 { ", " } else { "" });
                out.push_str(&entry.key);
                out.push_str(" = ");
                write(&entry.node, out);
            }
            out.push_str(" }");
        }
        _ => out.push_str(&node.show()),
    }
}

/// FNV-1a over every value and every table that was read.
pub(super) fn hash(root: &Node, layers: &Layers, files: &Files) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |text: &str| {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    let mut value = String::new();
    visit(root, "", &mut |path, node| {
        value.clear();
        write(node, &mut value);
        add(path);
        add(&value);
    });
    for text in files.tables(|id| layers.has(id)) {
        add(text);
    }
    hash
}
