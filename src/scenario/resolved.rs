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
    fn visit(node: &Node, path: &str, files: &Files, out: &mut Vec<ResolvedValue>) {
        match &node.value {
            Value::Table(table) if !table.entries.is_empty() => {
                for entry in table.entries.iter().filter(|entry| !(path.is_empty() && entry.key == "base")) {
                    visit(&entry.node, &path_join(path, &entry.key), files, out);
                }
            }
            Value::List(items) if items.iter().any(has_table) => {
                for (i, item) in items.iter().enumerate() {
                    visit(item, &path_join(path, &i.to_string()), files, out);
                }
            }
            _ => out.push(ResolvedValue {
                path: path.to_owned(),
                value: written(node),
                origin: files.place(node.origin),
            }),
        }
    }
    let mut out = Vec::new();
    visit(root, "", files, &mut out);
    out
}

fn has_table(node: &Node) -> bool {
    matches!(node.value, Value::Table(_))
}

/// A value as TOML writes it.
fn written(node: &Node) -> String {
    match &node.value {
        Value::List(items) => {
            format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", "))
        }
        Value::Table(table) => {
            let entries =
                table.entries.iter().map(|entry| format!("{} = {}", entry.key, written(&entry.node)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", ")).replace("{  }", "{}")
        }
        _ => node.show(),
    }
}

/// FNV-1a over every value and every table that was read.
pub(super) fn hash(resolved: &[ResolvedValue], layers: &Layers, files: &Files) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |text: &str| {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for value in resolved {
        add(&value.path);
        add(&value.value);
    }
    for text in files.tables(|id| layers.has(id)) {
        add(text);
    }
    hash
}
