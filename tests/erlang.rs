//! `holdtime erlang` as it is typed: what it answers, what it refuses, and in which words.

use std::path::Path;
use std::process::{Command, Output};

fn erlang(arguments: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_holdtime"))
        .arg("erlang")
        .args(arguments.split_whitespace())
        .env("NO_COLOR", "1")
        .output()
        .expect("the command starts")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

const C: &str = "c --calls 100 --per 30m --aht 3m";
const A: &str = "a --calls 100 --per 30m --aht 3m --patience 5m";

#[test]
fn a_question_for_agents_is_answered_with_the_fewest() {
    let answered = erlang(&format!("{C} --service-level 80/20 --shrinkage 35% --fte 38.5h"));
    let page = out(&answered);
    assert_eq!(answered.status.code(), Some(0));
    assert!(page.contains("14 agents are the fewest with 80 % in 20 s."), "{page}");
    assert!(page.contains("21.5"), "14 ÷ 0.65 rostered: {page}");
}

#[test]
fn no_line_is_wider_than_80_columns_whatever_is_asked() {
    for arguments in [
        format!(
            "{A} --service-level 80/20 --abandonment 3% --asa 20s --occupancy 85% --explain --shrinkage 35% --fte 38.5h"
        ),
        format!("{A} --agents 0..30 --service-level 80/20 --shrinkage 35% --fte 38.5h --open 168h"),
        "a --calls 1000000..3000000:500000 --aht 3m,1h30m --patience 5m --agents 100000 --explain".to_owned(),
        format!("{A} --agents 11 --simulate"),
        format!("{C} --agents 9 --explain"),
    ] {
        let answered = erlang(&arguments);
        assert_eq!(answered.status.code(), Some(0), "{}", err(&answered));
        let page = out(&answered);
        let too_wide: Vec<&str> = page.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(too_wide.is_empty(), "{arguments}: {too_wide:?}");
    }
}

#[test]
fn the_simulation_beside_the_formula_agrees_with_it() {
    let answered = erlang(&format!("{A} --agents 11 --simulate --format json"));
    let json: serde_json::Value = serde_json::from_slice(&answered.stdout).unwrap();
    let row = &json["rows"][0];
    for measure in
        ["occupancy", "delayed_share", "service_level", "abandonment", "asa_s", "wait_s", "waiting_mean"]
    {
        let (formula, simulated) = (row[measure].as_f64().unwrap(), &row["simulated"][measure]);
        let (mean, half) = (simulated["mean"].as_f64().unwrap(), simulated["half_width"].as_f64().unwrap());
        // Four standard errors with 19 degrees of freedom, at a fixed seed: a false alarm in 1,300.
        assert!(
            (mean - formula).abs() < 4.0 / 2.093 * half,
            "{measure}: {formula}, simulated {mean} ± {half}"
        );
    }
}

#[test]
fn above_capacity_the_queue_grows_and_json_says_null() {
    let answered = erlang(&format!("{C} --agents 9 --format json"));
    assert_eq!(answered.status.code(), Some(0));
    let json: serde_json::Value = serde_json::from_slice(&answered.stdout).unwrap();
    let row = &json["rows"][0];
    assert_eq!((row["service_level"].as_f64(), row["asa_s"].as_f64()), (Some(0.0), None));
    assert_eq!(row["grows_without_limit"], true);
    let page = out(&erlang(&format!("{C} --agents 9")));
    assert!(page.contains("grows without limit") && page.contains('∞'), "{page}");
}

#[test]
fn values_at_the_edge_are_answered() {
    for (arguments, words) in [
        (format!("{C} --agents 0"), "nobody answers"),
        (format!("{A} --agents 0"), "100 %"),
        ("c --calls 0 --aht 3m --service-level 80/20".to_owned(), "0 agents are the fewest"),
        (format!("{C} --service-level 80/0"), "in 0 s"),
        (format!("{C} --service-level 0.5/20"), "are the fewest"),
        ("b --calls 0 --aht 3m --lines 0".to_owned(), "100 %"),
        (format!("{C} --occupancy 85%"), "12 agents are the fewest with at most 85 % occupancy"),
    ] {
        let answered = erlang(&arguments);
        let page = out(&answered);
        assert_eq!(answered.status.code(), Some(0), "{arguments}: {}", err(&answered));
        assert!(page.contains(words), "{arguments}: {page}");
    }
}

#[test]
fn what_cannot_be_is_refused_in_a_sentence() {
    for (arguments, words) in [
        ("c --calls 100 --aht 0 --agents 13", "above 0"),
        ("a --calls 100 --aht 3m --patience 0 --agents 13", "holdtime erlang b"),
        ("c --calls 100 --aht 3m --service-level 0/20", "per cent above 0"),
        ("c --calls 100 --aht 3m --service-level 80", "as 80/20"),
        ("c --calls 100 --aht 3m --service-level 120/20", "at most 100"),
        ("c --calls -5 --aht 3m --agents 13", "from 0"),
        ("c --calls NaN --aht 3m --agents 13", "from 0"),
        ("c --calls 100 --aht -3m --agents 13", "above 0"),
        ("c --calls 100 --aht 3m --agents 10..5", "ends below where it begins"),
        ("c --calls 100 --aht 3m --agents 1..20:0", "is not above 0"),
        ("c --calls 100 --aht 3m --agents 1.5", "a whole number"),
        ("c --calls 1..200 --aht 3m --agents 1..100", "at most 10000"),
        ("c --calls 100 --aht 3m", "how many agents, or how good?"),
        ("c --aht 3m --agents 13", "how many calls?"),
        ("a --calls 100 --aht 3m --agents 13", "needs `--patience`"),
        ("c --calls 100 --aht 3m --patience 3m --agents 13", "has no meaning in Erlang C"),
        ("b --calls 100 --aht 3m --service-level 80/20", "write `--blocking`"),
        ("c --calls 100 --aht 3m --agents 13 --occupancy 85", "85%"),
        ("c --calls 100 --aht 3m --agents 13 --shrinkage 100%", "at most 95%"),
        ("c --file no_such_file.csv --service-level 80/20", "no such file"),
    ] {
        let answered = erlang(arguments);
        let message = err(&answered).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(answered.status.code(), Some(2), "{arguments}: {message}");
        assert!(message.contains(words), "{arguments}: {message}");
        assert!(answered.stdout.is_empty(), "{arguments}");
    }
}

#[test]
fn a_target_out_of_reach_ends_with_1_and_the_nearest() {
    for arguments in
        [format!("{C} --service-level 100/0"), format!("{A} --abandonment 0%"), format!("{C} --asa 0")]
    {
        let answered = erlang(&arguments);
        assert_eq!(answered.status.code(), Some(1), "{arguments}");
        assert!(err(&answered).contains("nearest:"), "{}", err(&answered));
    }
}

fn with_file(text: &str, arguments: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("intervals.csv");
    std::fs::write(&path, text).unwrap();
    let name = Path::new(&path).to_str().unwrap();
    erlang(&format!("{arguments} --file {name}"))
}

#[test]
fn a_file_comes_back_with_what_each_row_needs_in_its_own_writing() {
    let file =
        "Datum;Intervall;Team;Anrufe;AHT\n02.03.2026;08:00;Süd, Ost;100,0;180\n02.03.2026;08:30;Nord;0;\n";
    let answered = with_file(file, "c --service-level 80/20 --shrinkage 35% --fte 38.5h --format csv");
    assert_eq!(answered.status.code(), Some(0), "{}", err(&answered));
    let text = out(&answered);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        "Datum;Intervall;Team;Anrufe;AHT;required;service_level;abandonment;occupancy;rostered;fte"
    );
    assert!(lines[1].starts_with("02.03.2026;08:00;Süd, Ost;100,0;180;14;0,888"), "{}", lines[1]);
    assert!(lines[2].starts_with("02.03.2026;08:30;Nord;0;;0;;;"), "{}", lines[2]);
    let page = out(&with_file(file, "c --service-level 80/20 --shrinkage 35% --fte 38.5h"));
    assert!(page.contains("2 intervals, 100 calls: 7.0 agent hours"), "{page}");
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
}

#[test]
fn a_row_of_a_month_with_classes_is_told_in_full() {
    let file = "date,interval,class,calls,aht\n2026-03-02,08:00,sales,1100,451\n";
    let page = out(&with_file(file, "a --patience 3m --service-level 80/20 --shrinkage 30%"));
    let row = page.lines().find(|line| line.contains("1,100 ")).expect("the row");
    assert!(row.starts_with("2026-03-02 08:00 sales ") && row.chars().count() <= 80, "{page}");
}

#[test]
fn bad_cells_are_told_by_row_all_at_once() {
    let file = "date,interval,calls,aht\n2026-03-02,08:00,ten,180\n2026-03-02,26:00,10,-1\n";
    let answered = with_file(file, "c --service-level 80/20");
    let message = err(&answered);
    assert_eq!(answered.status.code(), Some(1), "{message}");
    for words in ["row 2, column `calls`", "row 3, column `interval`", "row 3, column `aht`", "`26:00`"] {
        assert!(message.contains(words), "{words}: {message}");
    }
}
