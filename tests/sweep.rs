//! `holdtime sweep` and `merge` as they are typed: every combination, kept, gone on with, shared out, and refused in words.
//!
//! Looks at simulated numbers only where a point is also a run of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const SMALL: &str = r#"
name = "Small"
horizon = "4h"
replications = 3
[class.calls]
volume = { per_hour = 100 }
talk_time = { exponential = { mean = "3m" } }
patience = { exponential = { mean = "2m" } }
[group.agents]
agents = 6
takes = [["calls"]]
[target]
service_level = { at_least = 0.5, per = "day" }
"#;

const AGENTS: &str = "group.agents.agents=5..7";
const VOLUME: &str = "scale.volume=0.8,1.2";

fn desk() -> tempfile::TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    fs::write(desk.path().join("small.toml"), SMALL).expect("a file");
    desk
}

fn holdtime(desk: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_holdtime"))
        .current_dir(desk)
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .expect("the command starts")
}

fn sweep(desk: &Path, arguments: &[&str]) -> Output {
    holdtime(desk, &[&["sweep", "small.toml"], arguments].concat())
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

/// Every file of a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry"))
        .map(|entry| {
            (entry.file_name().into_string().expect("a name"), fs::read(entry.path()).expect("a file"))
        })
        .collect()
}

#[test]
fn every_combination_is_a_run_of_its_own_with_the_same_numbers() {
    let desk = desk();
    let swept = sweep(desk.path(), &["--vary", AGENTS, "--vary", VOLUME, "--format", "csv", "--jobs", "2"]);
    assert_eq!(swept.status.code(), Some(0), "{}", err(&swept));
    let table = out(&swept);
    assert!(
        table.starts_with("point,group.agents.agents,scale.volume,scope,name,metric,mean,half_width,n\n")
    );
    let run = holdtime(
        desk.path(),
        &[
            "run",
            "small.toml",
            "--set",
            "group.agents.agents=6",
            "--set",
            "scale.volume=1.2",
            "--format",
            "csv",
        ],
    );
    let wanted = |scope: &str, name: &str, metric: &str| {
        let begin = format!("{scope},{name},horizon,horizon,{metric},");
        out(&run).lines().find_map(|line| line.strip_prefix(&begin).map(str::to_owned)).expect("a row")
    };
    for (scope, name, metric) in
        [("total", "", "asa_s"), ("class", "calls", "abandonment"), ("group", "agents", "occupancy")]
    {
        let row = format!("3,6,1.2,{scope},{name},{metric},{}", wanted(scope, name, metric));
        assert!(table.lines().any(|line| line == row), "no row {row}");
    }
    let one_thread =
        sweep(desk.path(), &["--vary", AGENTS, "--vary", VOLUME, "--format", "csv", "--jobs", "1"]);
    assert_eq!(out(&one_thread), table);
}

#[test]
fn the_page_has_a_row_a_bar_and_a_verdict_for_each_point() {
    let desk = desk();
    let page =
        out(&sweep(desk.path(), &["--vary", "group.agents.agents=2,5,9", "--show", "abandonment,asa_s"]));
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    let row =
        |name: &str| page.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{page}"));
    assert!(row("2 ").contains("missed") && row("9 ").contains("met"), "{page}");
    let bar = |name: &str| row(name).matches('█').count();
    assert!(bar("2 ") == 12 && bar("2 ") > bar("5 ") && bar("5 ") > bar("9 "), "{page}");
}

#[test]
fn a_finished_point_is_not_run_again_and_a_stopped_sweep_goes_on_to_the_same_bytes() {
    let desk = desk();
    let arguments = ["--vary", AGENTS, "--vary", VOLUME, "--out"];
    let whole = sweep(desk.path(), &[&arguments[..], &["whole"]].concat());
    assert_eq!(whole.status.code(), Some(0), "{}", err(&whole));
    // As after a kill: some points are there, the tables are not.
    let torn = desk.path().join("torn");
    fs::create_dir(&torn).expect("a folder");
    let kept = ["sweep.json", "point-000001.csv", "point-000004.csv"];
    for name in kept {
        fs::copy(desk.path().join("whole").join(name), torn.join(name)).expect("a copy");
    }
    let begun = fs::metadata(torn.join(kept[1])).and_then(|file| file.modified()).expect("a time");
    let again = sweep(desk.path(), &[&arguments[..], &["torn"]].concat());
    assert!(err(&again).contains("2 of 6 points are there already"), "{}", err(&again));
    assert_eq!(files(&torn), files(&desk.path().join("whole")));
    let after = fs::metadata(torn.join(kept[1])).and_then(|file| file.modified()).expect("a time");
    assert_eq!(begun, after, "a finished point is left alone");
    assert_eq!(out(&again), out(&whole));
}

#[test]
fn parts_of_several_machines_make_the_single_sweep_byte_for_byte() {
    let desk = desk();
    let arguments = ["--vary", AGENTS, "--vary", VOLUME, "--quiet", "--out"];
    sweep(desk.path(), &[&arguments[..], &["whole"]].concat());
    for part in ["1/2", "2/2"] {
        let folder = part.replace('/', "of");
        let done = sweep(desk.path(), &[&arguments[..], &[&folder, "--shard", part]].concat());
        assert_eq!(done.status.code(), Some(0), "{}", err(&done));
        assert_eq!(files(&desk.path().join(folder)).len(), 1 + 3, "the plan and half of six points");
    }
    let too_few = holdtime(desk.path(), &["merge", "1of2", "--out", "merged"]);
    assert_eq!(too_few.status.code(), Some(2));
    assert!(err(&too_few).contains("3 of 6 points are missing: 1, 3, 5"), "{}", err(&too_few));
    assert!(!desk.path().join("merged").exists());
    let merged = holdtime(desk.path(), &["merge", "1of2", "2of2", "--out", "merged"]);
    assert_eq!(merged.status.code(), Some(0), "{}", err(&merged));
    assert_eq!(files(&desk.path().join("merged")), files(&desk.path().join("whole")));
}

#[test]
fn another_sweep_in_the_folder_is_refused_with_the_difference() {
    let desk = desk();
    sweep(desk.path(), &["--vary", AGENTS, "--out", "kept", "--quiet"]);
    let before = files(&desk.path().join("kept"));
    for (arguments, words) in [
        (&["--vary", AGENTS, "--seed", "2"][..], "seed: there 1, here 2"),
        (
            &["--vary", "group.agents.agents=5..8"],
            "parameters: there group.agents.agents=5,6,7, here group.agents.agents=5,6,7,8",
        ),
        (&["--vary", AGENTS, "--replications", "4"], "replications: there 3, here 4"),
        (&["--vary", AGENTS, "--set", "scale.volume=1.1"], "scale.volume: there nothing, here 1.1"),
    ] {
        let refused = sweep(desk.path(), &[arguments, &["--out", "kept"]].concat());
        assert_eq!(refused.status.code(), Some(2), "{words}");
        let said = err(&refused).replace("\n  ", " ").replace('\n', " ");
        assert!(said.contains(words), "{said}");
        assert_eq!(files(&desk.path().join("kept")), before, "nothing is touched");
    }
    let foreign = holdtime(desk.path(), &["merge", ".", "--out", "merged"]);
    assert!(err(&foreign).contains("holds no sweep"), "{}", err(&foreign));
    fs::write(desk.path().join("kept/point-000001.csv"), "half a file").expect("a file");
    let broken = sweep(desk.path(), &["--vary", AGENTS, "--out", "kept"]);
    assert!(err(&broken).contains("is no result of a point"), "{}", err(&broken));
    // Points alone do not say what they are of.
    fs::remove_file(desk.path().join("kept/sweep.json")).expect("the plan");
    let nameless = sweep(desk.path(), &["--vary", "group.agents.agents=6..7", "--out", "kept"]);
    assert_eq!(nameless.status.code(), Some(2));
    assert!(err(&nameless).contains("whose `sweep.json` is gone"), "{}", err(&nameless));
}

#[test]
fn wrong_values_are_found_before_the_first_run() {
    let desk = desk();
    let wrong = sweep(desk.path(), &["--vary", "group.agents.agents=5,-1,x", "--out", "kept"]);
    assert_eq!(wrong.status.code(), Some(1));
    let said = err(&wrong);
    for words in [
        "with group.agents.agents=-1:",
        "with group.agents.agents=x:",
        "2 of 3 points are not valid; nothing was run",
    ] {
        assert!(said.contains(words), "{said}");
    }
    assert!(!desk.path().join("kept").exists());
    for (arguments, words) in [
        (&["--vary", "scale.volume"][..], "no `=` with a path before it"),
        (&["--vary", "scale.volume=7..5"], "ends below where it begins"),
        (&["--vary", AGENTS, "--vary", AGENTS], "is varied twice"),
        (&["--vary", AGENTS, "--set", "group.agents.agents=9"], "leave one of them out"),
        (&["--vary", "group.agents.agents=1..2000"], "2,000 points: to run them all add `--yes`"),
        (&["--vary", AGENTS, "--shard", "3/2", "--out", "x"], "a part and how many there are"),
        (&["--vary", AGENTS, "--show", "asa"], "there is no measure `asa`"),
        (&["--vary", AGENTS, "--shard", "1/2"], "--out"),
        (&[], "--vary"),
    ] {
        let refused = sweep(desk.path(), arguments);
        assert_eq!(refused.status.code(), Some(2), "{words}");
        let said = err(&refused).replace("\n  ", " ");
        assert!(said.contains(words), "{said}");
        assert!(err(&refused).lines().skip(1).all(|line| line.chars().count() <= 80), "{}", err(&refused));
    }
}
