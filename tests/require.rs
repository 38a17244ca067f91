//! `holdtime require` as it is typed: what it says, that it agrees with the formulas and the simulation, what it refuses.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn holdtime(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_holdtime"))
        .args(arguments)
        .env("NO_COLOR", "1")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the command starts")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let answered = holdtime(arguments);
    serde_json::from_slice(&answered.stdout).unwrap_or_else(|_| panic!("{}", err(&answered)))
}

/// Row of a scope and name, in the totals.
fn total<'a>(json: &'a Value, name: &str) -> &'a Value {
    let rows = json["total"].as_array().expect("totals");
    rows.iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("no {name}: {rows:?}"))
}

fn number(row: &Value, key: &str) -> f64 {
    row[key].as_f64().unwrap_or_else(|| panic!("no {key}: {row}"))
}

/// A file in a folder that goes away with it.
fn written(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.toml");
    std::fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

const FIRST: &str = "scenarios/first.toml";
const YEAR: &str = "scenarios/telecom_year.toml";

#[test]
fn one_queue_at_a_constant_rate_needs_what_the_calculator_says() {
    for goal in [
        "--service-level 80/20",
        "--service-level 95/10",
        "--service-level 50/0 --abandonment 2%",
        "--service-level 80/20 --asa 3s",
    ] {
        let goal: Vec<&str> = goal.split(' ').collect();
        let erlang = "erlang a --calls 100 --per 1h --aht 3m --patience 2m --format json";
        let erlang: Vec<&str> = erlang.split(' ').chain(goal.iter().copied()).collect();
        let exact = json(&erlang)["rows"][0].clone();
        let require: Vec<&str> =
            ["require", FIRST, "--format", "json"].into_iter().chain(goal.iter().copied()).collect();
        let required = json(&require);
        let all = total(&required, "all");
        assert_eq!(number(all, "required"), number(&exact, "agents"), "{goal:?}");
        for measure in ["service_level", "abandonment", "asa_s", "occupancy"] {
            let distance = number(all, measure) - number(&exact, measure);
            assert!(distance.abs() < 1e-9, "{goal:?}, {measure}: {all}");
        }
    }
}

#[test]
fn the_cap_on_occupancy_decides_where_it_is_sharper() {
    // 5 erlangs: at most 60 % of 8 agents' time would be 4.8 of them, were nobody to give up.
    let erlang = "erlang a --calls 100 --per 1h --aht 3m --patience 2m --occupancy 60% --format json";
    let exact = json(&erlang.split(' ').collect::<Vec<_>>());
    let required = json(&["require", FIRST, "--max-occupancy", "60%", "--format", "json"]);
    let agents = number(total(&required, "all"), "required");
    assert_eq!(agents, number(&exact["rows"][0], "agents"));
    assert!(agents > number(total(&json(&["require", FIRST, "--format", "json"]), "all"), "required"));
}

#[test]
fn from_the_telephone_to_heads_each_step_is_the_waterfall_s() {
    let text = r#"
        start = "2026-01-05"
        horizon = "7d"
        interval = "1h"
        [class.calls]
        volume = { per_hour = 100 }
        talk_time = { exponential = { mean = "3m" } }
        patience = { exponential = { mean = "2m" } }
        service_levels = [{ share = 0.8, within = "20s", of = "entered_less_short" }]
        [group.desk]
        agents = 6
        heads = 40
        contract_hours = 35
        takes = [["calls"]]
        [group.desk.shrinkage]
        absence = { share = 0.2 }
        internal = { training = 0.1, paid_breaks = 0.1 }
        adherence = 0.9
    "#;
    let (_folder, path) = written(text);
    let required = json(&["require", &path, "--format", "json"]);
    let desk = total(&required, "desk");
    let logged_in = 7.0 * 168.0;
    let near = |key: &str, wanted: f64| {
        let found = number(desk, key);
        assert!((found - wanted).abs() < 1e-9 * wanted.abs().max(1.0), "{key}: {found}, not {wanted}");
    };
    near("required", 7.0);
    near("required_h", logged_in);
    near("planned", 6.0);
    near("net_staffing", -1.0);
    near("short_h", 168.0);
    near("over_h", 0.0);
    near("rostered", 7.0 / 0.9);
    near("paid_h", logged_in / 0.9 / 0.8 / 0.8);
    near("fte", logged_in / 0.9 / 0.8 / 0.8 / 38.5);
    near("heads", logged_in / 0.9 / 0.8 / 0.8 / 35.0);
    // What was typed wins.
    let typed = json(&["require", &path, "--shrinkage", "30%", "--fte", "40h", "--format", "json"]);
    let desk = total(&typed, "desk");
    assert!((number(desk, "rostered") - 10.0).abs() < 1e-9);
    assert!((number(desk, "fte") - 10.0 * 168.0 / 40.0).abs() < 1e-9);
    let page = out(&holdtime(&["require", &path]));
    assert!(page.contains("BY DAY") && page.contains("have"), "{page}");
}

#[test]
fn periods_groups_and_classes_sum_to_the_whole() {
    for by in ["interval", "day", "month"] {
        let required = json(&["require", YEAR, "--set", "horizon=40d", "--by", by, "--format", "json"]);
        let all = total(&required, "all");
        for key in ["visits", "required_h", "short_h", "over_h", "paid_h"] {
            let whole = number(all, key);
            let periods = required["periods"].as_array().expect("periods").iter();
            let parts: f64 = periods.filter(|row| row["scope"] == "all").map(|row| number(row, key)).sum();
            assert!((parts / whole - 1.0).abs() < 1e-9, "{by} {key}: {parts}, {whole}");
        }
        for (scope, keys) in [("class", ["visits", "required_h"]), ("group", ["required_h", "paid_h"])] {
            for key in keys {
                let rows = required["total"].as_array().expect("totals").iter();
                let sum: f64 = rows.filter(|row| row["scope"] == scope).map(|row| number(row, key)).sum();
                let whole = number(all, key);
                assert!((sum / whole - 1.0).abs() < 1e-9, "{scope} {key}: {sum}, {whole}");
            }
        }
    }
}

#[test]
fn the_simulation_of_the_required_agents_agrees_where_theory_does() {
    let checked = json(&["require", FIRST, "--check", "--set", "warm_up=1h", "--format", "json", "-q"]);
    let class = &checked["check"]["classes"][0];
    let group = &checked["check"]["groups"][0];
    for value in [
        &class["visits"],
        &class["service_level"],
        &class["abandonment"],
        &class["asa_s"],
        &group["occupancy"],
    ] {
        let (formula, mean) = (number(value, "formula"), number(value, "mean"));
        // Four standard errors with 49 degrees of freedom, at a fixed seed: a false alarm in 4,700.
        assert!((mean - formula).abs() < 4.0 / 2.010 * number(value, "half_width"), "{value}");
    }
    let page = out(&holdtime(&["require", FIRST, "--check", "--replications", "5", "-q"]));
    assert!(page.contains("SIMULATED with the required agents in the plan, 5 runs"), "{page}");
}

#[test]
fn no_line_is_wider_than_80_columns() {
    for arguments in [
        vec!["require", "--help"],
        vec!["require", YEAR, "--set", "horizon=70d"],
        vec!["require", YEAR, "--set", "horizon=1d", "--check", "--replications", "2", "-q"],
        vec!["require", YEAR, "--set", "horizon=7d", "--by", "interval", "--shrinkage", "40%"],
        vec!["require", FIRST, "--check", "-q"],
    ] {
        let answered = holdtime(&arguments);
        assert_eq!(answered.status.code(), Some(0), "{arguments:?}: {}", err(&answered));
        let page = out(&answered);
        let too_wide: Vec<&str> = page.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(too_wide.is_empty(), "{arguments:?}: {too_wide:#?}");
    }
}

#[test]
fn csv_has_a_row_for_each_interval_and_thing_and_the_whole_at_the_end() {
    let answered = holdtime(&["require", FIRST, "--format", "csv"]);
    let text = out(&answered);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    // 16 half-hours with all, a class, a group and a pool; then the whole.
    assert_eq!(rows.len(), 16 * 4 + 3);
    let column = |name: &str| header.iter().position(|found| found == name).expect(name);
    let first: Vec<&str> = rows[3].iter().collect();
    assert_eq!(first[..4], ["day 1", "00:00", "pool", "agents"]);
    assert_eq!((first[column("required")], first[column("patience_s")]), ("7", "120"));
    assert_eq!(&rows[64][0], "");
    assert_eq!(&rows[64][column("required_h")], "56");
}

#[test]
fn what_cannot_be_required_is_refused_in_a_sentence() {
    let (_folder, open) = written(
        "horizon = \"2h\"\n[class.calls]\nvolume = { per_hour = 60 }\ntalk_time = { constant = \"3m\" }\n\
         [group.desk]\nagents = 5\ntakes = [[\"calls\"]]\n",
    );
    for (arguments, code, words) in [
        (vec!["require", &open], 2, "does not say how well `calls` is to be served"),
        (vec!["require", &open, "--max-occupancy", "80%"], 2, "--service-level"),
        (vec!["require", FIRST, "--by", "month"], 2, "has no dates"),
        (vec!["require", FIRST, "--service-level", "100/20"], 1, "no number of agents reaches"),
        (vec!["require", FIRST, "--service-level", "80"], 2, "as 80/20"),
        (vec!["require", FIRST, "--max-occupancy", "0"], 2, "above 0"),
        (vec!["require", FIRST, "--replications", "3"], 2, "--check"),
        (vec!["require", FIRST, "--set", "group.agents.agent=7"], 1, "unknown key"),
        (vec!["require", "nowhere.toml"], 2, "nowhere.toml"),
    ] {
        let answered = holdtime(&arguments);
        assert_eq!(answered.status.code(), Some(code), "{arguments:?}: {}", err(&answered));
        assert!(err(&answered).contains(words), "{arguments:?}: {}", err(&answered));
    }
    assert_eq!(holdtime(&["require", &open, "--service-level", "80/20"]).status.code(), Some(0));
    for set in ["horizon=0", "class.calls.volume.per_hour=0", "group.agents.agents=0"] {
        for format in ["table", "json", "csv"] {
            let answered = holdtime(&["require", FIRST, "--set", set, "--format", format]);
            assert_eq!(answered.status.code(), Some(0), "{set}: {}", err(&answered));
            assert!(!out(&answered).contains("NaN") && !out(&answered).contains("inf"), "{}", out(&answered));
        }
    }
}

#[test]
fn everything_is_written_into_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("results");
    let written = holdtime(&["require", FIRST, "--out", path.to_str().unwrap()]);
    assert_eq!(written.status.code(), Some(0), "{}", err(&written));
    for ending in ["json", "csv", "txt"] {
        assert!(Path::new(&path).join(format!("first.require.{ending}")).is_file());
    }
    let again = holdtime(&["require", FIRST, "--out", path.to_str().unwrap()]);
    assert!(err(&again).contains("replaced"), "{}", err(&again));
    assert_eq!(std::fs::read_to_string(path.join("first.require.txt")).unwrap(), out(&again));
}
