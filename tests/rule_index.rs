//! The index of rules at the end of `docs/model.md` is whole and true: every key of a scenario file has a row, every row names
//! keys, a section, tests and a scenario that are there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use holdtime::scenario::schema_json;
use serde_json::Value;

const MODEL: &str = include_str!("../docs/model.md");
const PAGES: [&str; 2] = [include_str!("../docs/scenarios.md"), include_str!("../docs/examples.md")];

/// A row of the index.
struct Row {
    rule: &'static str,
    /// Paths with dots, without the names that are a planner's own.
    keys: Vec<String>,
    place: &'static str,
    tests: Vec<&'static str>,
    scenarios: Vec<&'static str>,
}

/// What stands between backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn without_names(path: &str) -> String {
    path.split('.').filter(|key| *key != "NAME").collect::<Vec<_>>().join(".")
}

fn index() -> Vec<Row> {
    let (_, text) = MODEL.split_once("## 13. Index of rules").expect("the index is the last section");
    let table = text.lines().filter(|line| line.starts_with("| ")).skip(1);
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [rule, keys, place, tests, scenarios] = cells[..] else { panic!("five cells: {line}") };
        Row {
            rule,
            keys: quoted(keys).into_iter().map(without_names).collect(),
            place,
            tests: quoted(tests),
            scenarios: quoted(scenarios),
        }
    };
    table.map(row).collect()
}

/// The JSON Schema, made from the table of keys that the checker uses.
struct Schema(Value);

impl Schema {
    fn new() -> Self {
        Self(serde_json::from_str(&schema_json()).expect("the schema is JSON"))
    }

    fn root(&self) -> Vec<&str> {
        vec![self.0["$ref"].as_str().expect("the schema begins with a table")]
    }

    /// Tables that a value may be, itself, its items, or what stands under names in it.
    fn tables<'s>(&'s self, form: &'s Value) -> Vec<&'s str> {
        if let Some(name) = form["$ref"].as_str() {
            return vec![name];
        }
        let inner = form["anyOf"].as_array().into_iter().flatten();
        let inner = inner.chain(["items", "additionalProperties"].iter().filter_map(|key| form.get(key)));
        inner.flat_map(|form| self.tables(form)).collect()
    }

    fn properties(&self, table: &str) -> &serde_json::Map<String, Value> {
        let name = table.rsplit('/').next().expect("a name");
        self.0["$defs"][name]["properties"].as_object().expect("a table has properties")
    }

    /// The tables below `key` of some tables; none if none of them has it.
    fn below(&self, tables: &[&str], key: &str) -> Option<Vec<&str>> {
        let forms: Vec<&Value> = tables.iter().filter_map(|table| self.properties(table).get(key)).collect();
        (!forms.is_empty()).then(|| forms.into_iter().flat_map(|form| self.tables(form)).collect())
    }

    fn has(&self, path: &str) -> bool {
        let mut tables = self.root();
        path.split('.')
            .all(|key| self.below(&tables, key).inspect(|below| tables.clone_from(below)).is_some())
    }

    /// Keys at or below `path` that no row covers.
    fn uncovered(
        &self,
        tables: &[&str],
        path: &str,
        covered: &BTreeSet<String>,
        left: &mut BTreeSet<String>,
    ) {
        for key in tables.iter().flat_map(|table| self.properties(table).keys()) {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            if covered.contains(&path) {
                continue;
            }
            match self.below(tables, key) {
                Some(below) if !below.is_empty() => self.uncovered(&below, &path, covered, left),
                _ => {
                    left.insert(path);
                }
            }
        }
    }

    /// Whether a value writes the key at `path` below `tables`.
    fn is_written(&self, tables: &[&str], value: &toml::Value, path: &[&str]) -> bool {
        let [key, rest @ ..] = path else { return true };
        match value {
            toml::Value::Array(items) => items.iter().any(|item| self.is_written(tables, item, path)),
            // A name of the planner's own stands between a key and the table below it, and may be called as a key is.
            toml::Value::Table(entries) => entries.iter().any(|(name, value)| {
                let below = if name == key { self.below(tables, name) } else { None };
                below.is_some_and(|below| self.is_written(&below, value, rest))
                    || (value.is_table() && self.is_written(tables, value, path))
            }),
            _ => false,
        }
    }
}

/// The text of a scenario by the name that the index gives it.
fn scenario(name: &str) -> Option<String> {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    let blocks = PAGES.iter().flat_map(|page| page.split("```").skip(1).step_by(2));
    let mut texts = blocks.filter_map(|block| Some(block.split_once('\n')?.1));
    let is_it = |text: &&str| text.lines().next().and_then(|line| line.strip_prefix("# ")) == Some(name);
    fs::read_to_string(shipped).ok().or_else(|| texts.find(is_it).map(str::to_owned))
}

/// The files that a name as `timeline::hours` may mean, and the function behind it, if one is named.
fn files_of(test: &str) -> Vec<(PathBuf, Option<String>)> {
    let parts: Vec<&str> = test.split("::").collect();
    let whole = (parts.join("/"), None);
    let (function, module) = parts.split_last().expect("a name");
    let inside = (module.join("/"), Some((*function).to_owned()));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = [whole, inside].into_iter().filter(|(path, _)| !path.is_empty());
    let files = named.flat_map(|(path, function)| {
        ["tests", "src"].map(|folder| (root.join(folder).join(format!("{path}.rs")), function.clone()))
    });
    files.collect()
}

/// Whether a test is there: a file of tests, or a function of it behind `#[test]`.
fn is_there(test: &str) -> bool {
    files_of(test).iter().any(|(file, function)| {
        let text = fs::read_to_string(file).unwrap_or_default();
        match function {
            Some(name) => text
                .split("#[test]")
                .skip(1)
                .any(|after| after.find(&format!("fn {name}(")).is_some_and(|at| !after[..at].contains('{'))),
            None => text.contains("#[test]"),
        }
    })
}

#[test]
fn every_key_of_a_scenario_file_has_a_row_and_every_row_names_keys_that_exist() {
    let schema = Schema::new();
    let covered: BTreeSet<String> = index().into_iter().flat_map(|row| row.keys).collect();
    for key in &covered {
        assert!(schema.has(key), "the index names `{key}`, which is no key");
    }
    let mut left = BTreeSet::new();
    schema.uncovered(&schema.root(), "", &covered, &mut left);
    assert!(left.is_empty(), "the index of docs/model.md says nothing about {left:?}");
    assert!(covered.len() > 90, "{} keys", covered.len());
}

#[test]
fn every_row_names_tests_that_are_there() {
    for row in index() {
        assert!(!row.tests.is_empty(), "{}: no test", row.rule);
        for test in row.tests {
            assert!(test.contains("::") && is_there(test), "{}: there is no test `{test}`", row.rule);
        }
    }
}

#[test]
fn every_test_that_the_page_names_anywhere_is_there() {
    let mut n_named = 0;
    for name in quoted(MODEL).into_iter().filter(|name| name.contains("::") && !name.contains('…')) {
        assert!(is_there(name), "docs/model.md names `{name}`");
        n_named += 1;
    }
    assert!(n_named > 60, "{n_named} tests");
}

#[test]
fn every_scenario_of_a_row_uses_its_first_key() {
    let schema = Schema::new();
    let mut n_used = 0;
    for row in index() {
        let [key, ..] = &row.keys[..] else { panic!("{}: no key", row.rule) };
        for name in row.scenarios {
            let text = scenario(name).unwrap_or_else(|| panic!("{}: there is no scenario {name}", row.rule));
            let value: toml::Value = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            let path: Vec<&str> = key.split('.').collect();
            assert!(schema.is_written(&schema.root(), &value, &path), "{}: {name} has no `{key}`", row.rule);
            n_used += 1;
        }
    }
    assert!(n_used > 75, "{n_used} rules with a scenario");
}

#[test]
fn every_section_of_a_row_is_there_and_speaks_of_its_first_key() {
    let mut silent = Vec::new();
    for row in index() {
        let Some(number) = row.place.strip_prefix("§ ") else {
            assert!(row.place.ends_with("(scenarios.md#overlays)"), "{}: {}", row.rule, row.place);
            continue;
        };
        let section = MODEL.split("\n## ").find(|section| section.starts_with(&format!("{number}. ")));
        let section = section.unwrap_or_else(|| panic!("{}: there is no {}", row.rule, row.place));
        let word = row.keys[0].rsplit('.').next().expect("a key");
        if !section.contains(word) {
            silent.push(format!("{}: {} does not speak of `{word}`", row.rule, row.place));
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}
