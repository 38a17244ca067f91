//! `docs/scenarios.md` tells the truth: its files run, its tables name every key and no other, its examples are accepted,
//! its defaults are what holds when a key is not written, and what it calls not there yet is not there yet.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use holdtime::scenario::{Loaded, Source, SourceError, load, schema_json};
use serde_json::Value;

const PAGE: &str = include_str!("../docs/scenarios.md");
/// Whole centres, with the words that they were told in.
const EXAMPLES: &str = include_str!("../docs/examples.md");

/// A scenario that has something of every kind under `NAME`, so that each example of the page can be set in it alone.
const CENTRE: &str = r#"
start = "2026-01-01"
horizon = "1d"
[calendar]
holidays = "DE"
[profile.NAME]
all = [1]
[profile.office]
all = [1]
[class.NAME]
volume = { fresh_per_year = 100_000 }
talk_time = { constant = "3m" }
redial = { after_abandon = { first = 0.1, delay = { constant = "1h" } } }
repeat = { probability = 0.1, delay = { constant = "1d" } }
callback_offer = { group = "experts", accept = 0.5 }
service_levels = [{ share = 0.8, within = "20s" }]
transfer = [{ to = "technical", probability = 0.01 }]
consult = [{ group = "experts", probability = 0.01, time = { constant = "1m" } }]
[class.billing]
volume = { fresh_per_year = 100_000, profile = "NAME" }
talk_time = { constant = "3m" }
[class.technical]
volume = { per_hour = 5 }
talk_time = { constant = "3m" }
[group.NAME]
staffing.shifts = [{ from = "00:00", lasts = "24h", agents = 50, breaks = [{ within = ["03:00", "04:00"], lasts = "10m" }] }]
takes = [["NAME"]]
site = "NAME"
heads = 5
pressure = {}
unplanned_absence = { share = 0.06 }
off_phone = [{ name = "training", within = ["13:00", "17:00"], lasts = "1h", persons = 1 }]
shrinkage = {}
[group.service]
agents = 50
takes = [["billing", "NAME"]]
[group.experts]
agents = 50
takes = [["technical", "NAME"]]
[site.NAME]
sourcing = "outsourced"
surcharge = {}
[site.home]
sourcing = "in_house"
[contract.NAME]
[routing.NAME]
tier = [{ groups = ["service"] }]
[lines.NAME]
lines = 500
[day_variation]
cv = 0
[policy.transfer_limit]
at_limit = { callback = { group = "experts" } }
[policy.shrinkage]
[policy.unplanned_absence]
share = 0.06
[policy.pressure]
aht_target = "3m"
signal = "waiting"
speed = { linear = [[0, 1]] }
[[incident]]
from = "2026-01-01"
lasts = "1h"
class = { billing = 1 }
[[change]]
from = "2026-01-01"
scale = { volume = 1 }
"#;

/// The files of the page and of the examples, by name.
fn files() -> BTreeMap<&'static str, &'static str> {
    let blocks = [PAGE, EXAMPLES].into_iter().flat_map(|page| page.split("```").skip(1).step_by(2));
    let texts = blocks.filter_map(|block| Some(block.split_once('\n')?.1));
    texts.filter_map(|text| Some((text.lines().next()?.strip_prefix("# ")?, text))).collect()
}

/// The centre and the files of the page.
struct Texts(String);

impl Source for Texts {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        let text = if path == "centre.toml" { Some(self.0.as_str()) } else { files().get(path).copied() };
        text.map(|text| text.as_bytes().to_vec()).ok_or_else(|| SourceError("no such file".to_owned()))
    }
}

/// The centre with some values set; the message if that is refused.
fn centre(sets: &[String]) -> Result<Loaded, String> {
    load("centre.toml", sets, &Texts(CENTRE.to_owned())).map_err(|problems| problems.to_string())
}

/// A row of a table of keys.
struct Row {
    /// The tables that the row belongs to; the first one is where its example is set.
    tables: Vec<String>,
    /// Below the table, with dots.
    key: String,
    /// The example, as TOML.
    example: String,
    /// The default, if the page states a value.
    default: Option<String>,
    text: String,
}

/// What stands between backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// The tables that a heading or a paragraph names: `[class.NAME]` as it is, `[[incident]]` as `incident.0`.
fn tables_named(text: &str) -> Vec<String> {
    let table = |text: &str| {
        let inner = text.strip_prefix('[')?.strip_suffix(']')?;
        let list = inner.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
        // A break is one of the first shift.
        let item = |list: &str| format!("{}.0", list.replace("shifts.breaks", "shifts.0.breaks"));
        Some(list.map_or_else(|| inner.to_owned(), item))
    };
    quoted(text).into_iter().filter_map(table).collect()
}

fn rows() -> Vec<Row> {
    let mut tables = Vec::new();
    let mut rows = Vec::new();
    for line in PAGE.lines() {
        if line.starts_with('#') {
            tables = tables_named(line);
            if line.contains("top of the file") {
                tables = vec![String::new()];
            }
        }
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let ([first, _, default, _], false) = (&cells[..], tables.is_empty()) else { continue };
        let names = quoted(first);
        let Some((first_key, example)) = names.first().and_then(|name| name.split_once(" = ")) else {
            continue;
        };
        for key in [first_key].into_iter().chain(names.iter().skip(1).copied()) {
            rows.push(Row {
                tables: tables.clone(),
                key: key.to_owned(),
                example: example.to_owned(),
                default: default.strip_prefix('`').and_then(|d| d.strip_suffix('`')).map(str::to_owned),
                text: line.to_owned(),
            });
        }
    }
    rows
}

/// The JSON Schema, made from the table of keys that the checker uses.
struct Schema(Value);

impl Schema {
    fn new() -> Self {
        Self(serde_json::from_str(&schema_json()).expect("the schema is JSON"))
    }

    fn root(&self) -> &str {
        self.0["$ref"].as_str().expect("the schema begins with a table")
    }

    /// Tables that a value may be, itself or its items.
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

    /// The tables below `key` of a table; none if there is no such key.
    fn below(&self, table: &str, key: &str) -> Option<Vec<&str>> {
        self.properties(table).get(key).map(|form| self.tables(form))
    }

    /// Walks a path and notes every key on it; the tables at its end.
    fn walk<'s>(&'s self, path: &str, seen: &mut BTreeSet<(String, String)>) -> Vec<&'s str> {
        let mut tables = vec![self.root()];
        for key in path.split('.').filter(|key| !key.is_empty()) {
            // Names and positions are between a key and the table below it.
            if key == "NAME" || key.parse::<usize>().is_ok() {
                continue;
            }
            let found = tables.iter().find_map(|table| Some((*table, self.below(table, key)?)));
            let (table, below) = found.unwrap_or_else(|| panic!("`{path}`: there is no key `{key}`"));
            seen.insert((table.to_owned(), key.to_owned()));
            tables = below;
        }
        tables
    }

    /// Notes the keys that a value writes.
    fn walk_value(&self, tables: &[&str], value: &toml::Value, seen: &mut BTreeSet<(String, String)>) {
        match value {
            toml::Value::Array(items) => items.iter().for_each(|item| self.walk_value(tables, item, seen)),
            toml::Value::Table(entries) => {
                for (key, value) in entries {
                    let found = tables.iter().find_map(|table| Some((*table, self.below(table, key)?)));
                    match found {
                        Some((table, below)) => {
                            seen.insert((table.to_owned(), key.clone()));
                            self.walk_value(&below, value, seen);
                        }
                        None => self.walk_value(tables, value, seen),
                    }
                }
            }
            _ => {}
        }
    }

    /// All keys of all tables, each once.
    fn all(&self) -> BTreeSet<(String, String)> {
        let names = self.0["$defs"].as_object().expect("definitions").keys();
        let of = |name: &String| {
            let table = format!("#/$defs/{name}");
            let keys: Vec<String> = self.properties(&table).keys().cloned().collect();
            keys.into_iter().map(move |key| (table.clone(), key))
        };
        names.flat_map(of).collect()
    }
}

fn value(text: &str) -> toml::Value {
    let mut table: toml::Table =
        format!("value = {text}").parse().unwrap_or_else(|error| panic!("{text}: {error}"));
    table.remove("value").expect("just written")
}

#[test]
fn the_page_names_every_key_and_no_other() {
    let schema = Schema::new();
    let mut seen = BTreeSet::new();
    for row in rows() {
        let is_known = |table: &&String| {
            let first = row.key.split('.').next().expect("a key");
            let tables = schema.walk(table, &mut BTreeSet::new());
            tables.iter().any(|table| schema.properties(table).contains_key(first))
        };
        assert!(row.tables.iter().any(|table| is_known(&table)), "no table has the key of {}", row.text);
        for table in row.tables.iter().filter(is_known) {
            let below = schema.walk(&format!("{table}.{}", row.key), &mut seen);
            schema.walk_value(&below, &value(&row.example), &mut seen);
            for word in quoted(&row.text) {
                for table in below.iter().filter(|table| schema.below(table, word).is_some()) {
                    seen.insert(((*table).to_owned(), word.to_owned()));
                }
            }
        }
    }
    // A delay is a distribution like a law, without `by_interval`: the page has one table for both.
    let all = schema.all();
    let laws: Vec<&String> =
        all.iter().filter(|(_, key)| key == "hyperexponential").map(|(table, _)| table).collect();
    let [one, other] = laws[..] else { panic!("{} tables of distributions", laws.len()) };
    let mut missing: Vec<&(String, String)> = all.difference(&seen).collect();
    missing.retain(|(table, key)| {
        let twin = if table == one { other } else { one };
        !(laws.contains(&table) && seen.contains(&(twin.clone(), key.clone())))
    });
    let with_words =
        |(table, key): &&(String, String)| format!("{key}, {}", schema.properties(table)[key]["description"]);
    let missing: Vec<String> = missing.iter().map(with_words).collect();
    assert!(missing.is_empty(), "docs/scenarios.md says nothing about\n{}", missing.join("\n"));
    assert!(seen.len() > 180, "{} keys", seen.len());
}

/// Where the example of a row is set.
fn place(schema: &Schema, row: &Row) -> String {
    let first = row.key.split('.').next().expect("a key");
    let has = |table: &&String| {
        let tables = schema.walk(table, &mut BTreeSet::new());
        tables.iter().any(|table| schema.properties(table).contains_key(first))
    };
    let table = row.tables.iter().find(has).expect("told by the test above");
    if table.is_empty() { row.key.clone() } else { format!("{table}.{}", row.key) }
}

#[test]
fn every_example_of_the_tables_is_accepted() {
    let schema = Schema::new();
    // A base stands in a file and is tried there, by the what-ifs of the page.
    for row in rows().into_iter().filter(|row| row.key != "base") {
        let set = format!("{}={}", place(&schema, &row), row.example);
        if let Err(message) = centre(std::slice::from_ref(&set)) {
            panic!("--set {set}\n{message}");
        }
    }
}

#[test]
fn the_defaults_of_the_tables_are_what_holds_when_nothing_is_written() {
    let schema = Schema::new();
    let mut n_checked = 0;
    for row in rows() {
        let Some(default) = &row.default else { continue };
        let place = place(&schema, &row);
        let said = |sets: &[String]| {
            let mut scenario = centre(sets).unwrap_or_else(|message| panic!("{sets:?}\n{message}")).scenario;
            // The hash names what is written, not what it means.
            scenario.hash = 0;
            format!("{scenario:?}")
        };
        assert!(said(&[format!("{place}={default}")]) == said(&[]), "`{place}` is not {default} by default");
        n_checked += 1;
    }
    assert!(n_checked > 30, "{n_checked} defaults");
}

#[test]
fn what_the_page_calls_not_there_yet_is_not_there_yet() {
    let (_, section) = PAGE.split_once("## Known, and not there yet").expect("a section");
    let (mut table, mut key) = (String::new(), String::new());
    let mut n_checked = 0;
    for word in quoted(section) {
        let set = if let Some(inner) = word.strip_prefix('[').and_then(|word| word.strip_suffix(']')) {
            inner.clone_into(&mut table);
            continue;
        } else if let Some((path, word)) = word.split_once(" = ") {
            path.clone_into(&mut key);
            format!("{path}={word}")
        } else if word.starts_with('"') {
            format!("{key}={word}")
        } else if table.is_empty() {
            format!("{word}=1")
        } else {
            format!("{table}.{word}=1")
        };
        let transfer = r#"class.NAME.transfer=[{ to = "billing", probability = 0.01 }]"#;
        let message = centre(&[transfer.to_owned(), set.clone()]).err().unwrap_or_default();
        assert!(message.contains("does not exist yet"), "--set {set}\n{message}");
        n_checked += 1;
    }
    assert!(n_checked > 20, "{n_checked} keys");
}

/// The page's files in a folder, and what `holdtime` says there.
fn holdtime(folder: &std::path::Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_holdtime"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the command starts");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "holdtime {}: {complaint}", arguments.join(" "));
    assert!(!output.stdout.is_empty(), "holdtime {} prints nothing", arguments.join(" "));
    assert!(!complaint.contains("warning:"), "holdtime {}: {complaint}", arguments.join(" "));
}

#[test]
fn the_files_of_the_page_run_and_its_commands_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = files();
    for (name, text) in &files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let is_scenario = |name: &str| name.ends_with(".toml");
    let scenarios: Vec<(&str, &str)> = files.into_iter().filter(|(name, _)| is_scenario(name)).collect();
    assert!(scenarios.len() >= 10, "{scenarios:?}");
    for (name, text) in scenarios {
        holdtime(folder.path(), &["check", name]);
        // Three days of the year, a desk's day as it is.
        let is_year = name == "year.toml" || text.contains("base = \"year.toml\"");
        let short: &[&str] = if is_year { &["--set", "horizon=3d"] } else { &[] };
        holdtime(folder.path(), &[&["run", name, "--replications", "2", "--quiet"], short].concat());
    }
    let lines = PAGE.lines().chain(EXAMPLES.lines());
    let commands: Vec<&str> = lines.filter_map(|line| line.strip_prefix("holdtime ")).collect();
    assert!(commands.len() >= 10, "{commands:?}");
    for command in commands {
        holdtime(folder.path(), &command.split_whitespace().collect::<Vec<_>>());
    }
}

#[test]
fn the_small_studies_open_with_a_question_and_run() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/study");
    let mut n_studies = 0;
    for entry in fs::read_dir(&folder).expect("the folder is there").flatten() {
        let name = entry.file_name().into_string().expect("a name");
        if !name.ends_with(".toml") {
            continue;
        }
        let text = fs::read_to_string(entry.path()).expect("a file");
        let first = text.lines().next().unwrap_or_default();
        assert!(first.starts_with("# ") && first.ends_with('?'), "{name} begins with `{first}`");
        assert!(EXAMPLES.contains(&format!("| `{name}` |")), "docs/examples.md does not name {name}");
        holdtime(&folder, &["run", &name, "--replications", "2", "--quiet"]);
        n_studies += 1;
    }
    assert!(n_studies >= 5, "{n_studies} studies");
}

/// A rule of the page that a planner trips over; who makes it kinder changes the page too.
#[test]
fn plans_have_equal_steps_and_the_message_names_the_way_out() {
    struct Uneven;
    impl Source for Uneven {
        fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
            let plan = "day,08:00,08:30,12:00\nall,1,2,3\n";
            Ok(if path == "plan.csv" { plan } else { CENTRE }.as_bytes().to_vec())
        }
    }
    let load = |set: &str| load("centre.toml", &[set.to_owned()], &Uneven);
    let refused =
        load("group.service.staffing.logged_in=plan.csv").expect_err("steps are not equal").to_string();
    assert!(refused.contains("equal steps") && refused.contains("agents_by_time"), "{refused}");
    load(r#"group.service.agents_by_time={ all = { "08:00" = 1, "08:30" = 2, "12:00" = 3 } }"#)
        .expect("valid");
}
