//! `holdtime new` as it is typed: a first scenario that is valid, runs at once, and expects what the file says.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use holdtime::files::Disk;
use holdtime::scenario::{self, Loaded};

fn holdtime(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_holdtime"))
        .args(arguments)
        .env("NO_COLOR", "1")
        .current_dir(folder)
        .output()
        .expect("the command starts")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn done(folder: &Path, arguments: &[&str]) -> Output {
    let output = holdtime(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}{}", out(&output), err(&output));
    output
}

fn loaded(path: &Path) -> Loaded {
    scenario::load(path.to_str().unwrap(), &[], &Disk).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Two weeks of two classes from 8 to 18, as a spreadsheet writes them in Germany.
fn german() -> (String, Vec<(usize, usize, f64)>) {
    let mut text = "\u{feff}Datum;Intervall;Klasse;Angebot;AHT;Bemerkung\n".to_owned();
    let mut cells = Vec::new();
    for day in 0..14_usize {
        for slot in 16..36_usize {
            for (class, name) in ["Rechnung", "Technik, Störung"].into_iter().enumerate() {
                let calls = if day % 7 == 6 { 0.0 } else { (slot + 3 * day) as f64 / (class + 1) as f64 };
                let minutes = slot * 30;
                text += &format!(
                    "{:02}.03.2026;{:02}:{:02};{name};{};4:{:02};x\n",
                    day + 2,
                    minutes / 60,
                    minutes % 60,
                    calls.to_string().replace('.', ","),
                    10 + 20 * class
                );
                cells.push((class, day * 48 + slot, calls));
            }
        }
    }
    (text, cells)
}

#[test]
fn what_the_scenario_expects_is_what_the_file_says_and_it_runs_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (text, cells) = german();
    fs::write(folder.path().join("volumes.csv"), text).unwrap();
    let made = done(folder.path(), &["new", "--from", "volumes.csv", "--out", "centre.toml"]);
    assert!(err(&made).contains("wrote centre.toml") && out(&made).is_empty(), "{}", err(&made));
    let loaded = loaded(&folder.path().join("centre.toml"));
    assert!(loaded.warnings.is_empty(), "{}", loaded.warnings);
    let scenario = &loaded.scenario;
    assert_eq!(scenario.almanac.n_intervals(), 14 * 48);
    let mut wanted = vec![vec![0.0; 14 * 48]; 2];
    cells.iter().for_each(|(class, interval, calls)| wanted[*class][*interval] = *calls);
    for (class, wanted) in scenario.classes.iter().zip(&wanted) {
        for (rate, wanted) in class.fresh_rate.iter().zip(wanted) {
            assert!((rate * 1800.0 - wanted).abs() < 1e-9, "{}: {rate}, {wanted}", class.name);
        }
    }
    for (class, wanted) in wanted.iter().enumerate() {
        let sum: f64 = wanted.iter().sum();
        assert!((loaded.expected.offered[class] / sum - 1.0).abs() < 1e-12);
    }
    let handling = |class: usize| {
        let class = &scenario.classes[class];
        class.talk_time.mean() + class.after_call_work.mean()
    };
    assert!((handling(0) - 250.0).abs() < 0.001 && (handling(1) - 270.0).abs() < 0.001);
    // Staffed as required: nothing is short, nothing over.
    let required = done(folder.path(), &["require", "centre.toml"]);
    assert!(out(&required).contains("nowhere short"), "{}", out(&required));
    let check = done(folder.path(), &["check", "centre.toml"]);
    assert!(out(&check).contains("valid\n"), "{}", out(&check));
    let run = done(folder.path(), &["run", "centre.toml", "--replications", "3", "--format", "json", "-q"]);
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    assert!(json.to_string().contains("Rechnung"));
}

#[test]
fn the_comments_tell_what_was_given_and_what_is_assumed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("v.csv"), "interval,calls,aht\n08:00,50,240\n08:30,60,260\n").unwrap();
    let text = out(&done(folder.path(), &["new", "--from", "v.csv"]));
    for words in [
        "made by `holdtime new` from \"v.csv\"",
        "Calls an hour, interval by interval, from the file",
        "by interval from 240 to 260",
        "# assumption: how long customers wait",
        "Assumption: 15 % of it is after-call work",
        "# redial =",
        "# [policy.shrinkage]",
        "as many as Erlang A asks for",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // What is left out can be put in: each commented line is a key of scenarios.
    let whole = text
        .replace("# redial", "redial")
        .replace("# resolution", "resolution")
        .replace("# repeat", "repeat");
    let whole = whole
        .replace("# [policy.shrinkage]", "[policy.shrinkage]")
        .replace("# absence.share", "absence.share")
        .replace("# internal", "internal")
        .replace("# adherence", "adherence");
    fs::write(folder.path().join("whole.toml"), whole).unwrap();
    done(folder.path(), &["check", "whole.toml"]);
    let other = ["new", "--from", "v.csv", "--service-level", "90/10", "--patience", "5m", "--one-group"];
    let text = out(&done(folder.path(), &other));
    assert!(text.contains("at_least = 0.9, within = 10") && text.contains("mean = 300 }"), "{text}");
}

#[test]
fn without_a_file_there_is_a_small_centre_to_begin_with() {
    let folder = tempfile::tempdir().unwrap();
    done(folder.path(), &["new", "--out", "centre.toml"]);
    let loaded = loaded(&folder.path().join("centre.toml"));
    assert!(loaded.warnings.is_empty(), "{}", loaded.warnings);
    done(folder.path(), &["run", "centre.toml", "--replications", "5", "-q"]);
    // With the part that is commented out it is valid too.
    let text = fs::read_to_string(folder.path().join("centre.toml")).unwrap();
    let (head, tail) = text.split_once("# Another class").expect("a second part");
    let tail: Vec<&str> = tail.lines().skip(1).map(|line| line.trim_start_matches("# ")).collect();
    fs::write(folder.path().join("both.toml"), format!("{head}\n{}\n", tail.join("\n"))).unwrap();
    done(folder.path(), &["check", "both.toml"]);
    // On standard output it is the same.
    assert_eq!(out(&done(folder.path(), &["new"])), text);
}

#[test]
fn a_file_that_is_there_stays_unless_told_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("centre.toml"), "mine").unwrap();
    let refused = holdtime(folder.path(), &["new", "--out", "centre.toml"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        err(&refused).contains("is there already") && err(&refused).contains("--force"),
        "{}",
        err(&refused)
    );
    assert_eq!(fs::read_to_string(folder.path().join("centre.toml")).unwrap(), "mine");
    let forced = done(folder.path(), &["new", "--out", "centre.toml", "--force"]);
    assert!(err(&forced).contains("replaced centre.toml"), "{}", err(&forced));
    assert_ne!(fs::read_to_string(folder.path().join("centre.toml")).unwrap(), "mine");
    // A bad file writes nothing, not even an empty file.
    fs::write(folder.path().join("bad.csv"), "interval,calls,aht\n08:00,ten,240\n08:61,5,0\n").unwrap();
    let bad = holdtime(folder.path(), &["new", "--from", "bad.csv", "--out", "other.toml"]);
    assert_eq!(bad.status.code(), Some(1));
    let told = err(&bad).split_whitespace().collect::<Vec<_>>().join(" ");
    for words in ["row 2, column `calls`: found `ten`", "row 3, column `interval`", "row 3, column `aht`"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!folder.path().join("other.toml").exists());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn what_no_scenario_can_be_made_of_is_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    for (text, words) in [
        ("calls,aht\n5,240\n", "a column `interval`"),
        ("interval,calls,aht\n08:00,0,240\n", "calls above 0"),
        ("interval,calls,aht\n08:00,5,240\n08:00,5,240\n", "a second time"),
        ("interval,calls,aht\n24:00,5,240\n", "a multiple of it"),
        ("interval,calls,aht\n08:00-08:30,5,240\n08:30-08:45,5,240\n", "intervals of one length"),
        ("interval,calls\n08:00,5\n", "`--aht`"),
    ] {
        fs::write(folder.path().join("v.csv"), text).unwrap();
        let refused = holdtime(folder.path(), &["new", "--from", "v.csv"]);
        assert_eq!(refused.status.code(), Some(1), "{text}");
        assert!(out(&refused).is_empty());
        let told = err(&refused).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(words), "{text}: {told}");
    }
    done(folder.path(), &["new", "--from", "v.csv", "--aht", "4m"]);
    for (arguments, words) in [
        (vec!["new", "--from", "nowhere.csv"], "nowhere.csv"),
        (vec!["new", "--out", ".."], "no file name"),
        (vec!["new", "--force"], "--out"),
        (vec!["new", "--one-group"], "--from"),
    ] {
        let refused = holdtime(folder.path(), &arguments);
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert!(err(&refused).contains(words), "{arguments:?}: {}", err(&refused));
    }
    let help = out(&done(folder.path(), &["new", "--help"]));
    assert!(help.lines().all(|line| line.chars().count() <= 80), "{help}");
}

#[test]
fn a_slip_in_one_time_is_told_beside_all_else_and_gaps_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = "interval,class,calls,aht\n".to_owned();
    for half_hour in 16..36 {
        rows += &format!("{:02}:{:02},all,20,240\n", half_hour / 2, half_hour % 2 * 30);
    }
    let slip = rows.replace("12:30", "12:37").replace("15:00,all,20", "15:00,all,many");
    fs::write(folder.path().join("v.csv"), slip).unwrap();
    let refused = holdtime(folder.path(), &["new", "--from", "v.csv"]);
    assert_eq!(refused.status.code(), Some(1));
    let told = err(&refused).split_whitespace().collect::<Vec<_>>().join(" ");
    for words in ["row 11, column `interval`: found `12:37`", "row 16, column `calls`: found `many`"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert_eq!(told.matches("found").count(), 2, "{told}");
    // Without the row it is a gap, and nothing else.
    let gap: String =
        rows.lines().filter(|row| !row.starts_with("12:30")).map(|row| format!("{row}\n")).collect();
    fs::write(folder.path().join("v.csv"), gap).unwrap();
    let made = done(folder.path(), &["new", "--from", "v.csv"]);
    let words =
        "Intervals without a row between others of their day: 1, the first 12:30 of all; no calls in them";
    let said = err(&made).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains(words) && out(&made).contains(words), "{}", err(&made));
    assert!(out(&made).contains("interval = \"30m\""));
    // What no number of agents reaches is said, and the plan is there all the same.
    let made =
        done(folder.path(), &["new", "--from", "v.csv", "--service-level", "100/0", "--out", "c.toml"]);
    assert!(err(&made).contains("no number of agents reaches"), "{}", err(&made));
    let page = holdtime(folder.path(), &["require", "c.toml"]);
    assert_eq!(page.status.code(), Some(1));
    assert!(out(&page).contains("OUT OF REACH in 19 intervals"), "{}", out(&page));
}
