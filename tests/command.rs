//! The command as a user meets it: exit codes, what goes where, files, wrong usage.
//!
//! Runs the built binary on small scenarios. Looks at no simulated number.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

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
"#;

const TARGET: &str = "[target]\nservice_level = { at_least = 0.5, per = \"day\" }\n";

/// A folder with scenario files in it, and the command run there.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        desk.put("small.toml", SMALL)
    }

    fn put(self, name: &str, text: &str) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_holdtime"));
        command
            .current_dir(self.folder.path())
            .args(arguments)
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the command runs")
    }

    /// Runs, and expects this exit code; gives standard output and standard error.
    #[track_caller]
    fn ends(&self, code: i32, arguments: &[&str]) -> (String, String) {
        let output = self.run(arguments);
        let texts = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{}\n{}", texts.0, texts.1);
        texts
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

#[test]
fn the_command_alone_prints_help_with_three_examples() {
    let (out, err) = Desk::new().ends(0, &[]);
    assert_eq!(out.matches("\n  holdtime ").count(), 3, "{out}");
    assert!(!out.contains('\u{1b}'), "no colours in a pipe");
    assert_eq!(err, "");
}

#[test]
fn a_page_is_data_and_everything_else_is_talk() {
    let (out, err) = Desk::new().ends(0, &["run", "small.toml"]);
    assert!(out.starts_with("Small\n3 replications of 4 h, seed 1"), "{out}");
    assert!(!out.contains("simulated"), "the time it took is no data: {out}");
    assert!(err.contains("simulated 3 × 4 h"), "{err}");
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
}

#[test]
fn quiet_says_nothing_but_the_result() {
    let (out, err) = Desk::new().ends(0, &["run", "small.toml", "--quiet"]);
    assert!(out.contains("BY CLASS"), "{out}");
    assert_eq!(err, "");
}

#[test]
fn colours_come_only_where_they_are_asked_for_or_seen() {
    let desk = Desk::new();
    let plain = desk.run(&["run", "small.toml"]).stdout;
    let forced =
        desk.command(&["run", "small.toml"]).env("CLICOLOR_FORCE", "1").output().expect("it runs").stdout;
    let refused = desk
        .command(&["run", "small.toml"])
        .env("CLICOLOR_FORCE", "1")
        .env("NO_COLOR", "1")
        .output()
        .expect("it runs")
        .stdout;
    assert!(!plain.contains(&0x1b) && !refused.contains(&0x1b));
    assert!(forced.contains(&0x1b));
}

#[test]
fn the_bytes_depend_on_seed_and_not_on_jobs() {
    let desk = Desk::new();
    let bytes = |more: &[&str]| desk.run(&[&["run", "small.toml", "--format", "json"], more].concat()).stdout;
    let one = bytes(&["--jobs", "1"]);
    assert_eq!(one, bytes(&["--jobs", "3"]));
    assert_ne!(one, bytes(&["--seed", "2"]));
}

#[test]
fn json_and_csv_can_be_read_by_machines() {
    let desk = Desk::new();
    let (json, _) = desk.ends(0, &["run", "small.toml", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(value["manifest"]["replications"], 3);
    assert_eq!(value["total"]["offered"]["n"], 3);
    assert!(value["classes"]["calls"]["asa_s"]["mean"].is_f64());
    let (csv, _) = desk.ends(0, &["run", "small.toml", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(
        reader.headers().expect("a header").iter().collect::<Vec<_>>().join(","),
        "scope,name,period_kind,period,metric,mean,half_width,n"
    );
    assert!(reader.records().all(|record| record.is_ok()));
}

#[test]
fn every_interval_is_in_json_and_csv_only_when_it_is_asked_for() {
    let desk = Desk::new();
    let (plain, _) = desk.ends(0, &["run", "small.toml", "--format", "json"]);
    assert!(!plain.contains("\"intervals\""), "{plain}");
    let (json, _) = desk.ends(0, &["run", "small.toml", "--format", "json", "--detail", "interval"]);
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(value["intervals"].as_array().map(Vec::len), Some(8));
    assert_eq!(value["intervals"][1]["label"], "day 1 at 00:30");
    assert_eq!(value["intervals"][1]["groups"]["agents"]["staffed_h"]["mean"], 3.0);
    let (csv, _) = desk.ends(0, &["run", "small.toml", "--format", "csv", "--detail", "interval"]);
    assert!(csv.contains("\nclass,calls,interval,day 1 at 00:30,abandoned,"), "{csv}");
    let (_, err) = desk.ends(0, &["run", "small.toml", "--detail", "interval"]);
    assert!(err.contains("changes JSON and CSV only"), "{err}");
}

#[test]
fn several_scenarios_are_checked_before_the_first_one_runs() {
    let desk = Desk::new().put("wrong.toml", &SMALL.replace("patience", "patiense"));
    let (out, err) = desk.ends(1, &["run", "small.toml", "wrong.toml", "--out", "results"]);
    assert_eq!(out, "");
    assert!(err.contains("patiense") && err.contains("patience"), "{err}");
    assert!(!err.contains("simulated"), "{err}");
    assert!(!desk.path("results").exists(), "nothing is written when a scenario is invalid");
}

#[test]
fn several_scenarios_are_one_document() {
    let desk = Desk::new().put("other.toml", &SMALL.replace("\"Small\"", "\"Other\""));
    let (pages, _) = desk.ends(0, &["run", "small.toml", "other.toml"]);
    assert!(pages.contains("\n\nOther\n"), "{pages}");
    let (json, _) = desk.ends(0, &["run", "small.toml", "other.toml", "--format", "json"]);
    let list: Vec<serde_json::Value> = serde_json::from_str(&json).expect("a JSON array");
    assert_eq!(list[1]["manifest"]["scenario"], "Other");
    let (csv, _) = desk.ends(0, &["run", "small.toml", "other.toml", "--format", "csv"]);
    assert!(csv.starts_with("scenario,scope,"), "{csv}");
}

#[test]
fn one_value_can_be_set() {
    let desk = Desk::new();
    let (with_more, _) = desk.ends(0, &["run", "small.toml", "--set", "group.agents.agents=60"]);
    assert!(with_more.contains("240 h logged in"), "{with_more}");
    let (_, err) = desk.ends(1, &["run", "small.toml", "--set", "group.agentz.agents=60"]);
    assert!(err.contains("agentz"), "{err}");
}

#[test]
fn results_go_into_a_folder_and_replacing_them_is_said() {
    let desk = Desk::new();
    let (out, err) = desk.ends(0, &["run", "small.toml", "--out", "a/results", "--quiet"]);
    assert_eq!(names(&desk.path("a/results")), ["small.csv", "small.json", "small.txt"]);
    assert_eq!(fs::read_to_string(desk.path("a/results/small.txt")).expect("the page"), out);
    assert!(err.contains("wrote") && !err.contains("replaced"), "{err}");
    let (_, err) = desk.ends(0, &["run", "small.toml", "--out", "a/results"]);
    assert!(err.contains("replaced") && !err.contains("wrote"), "{err}");
}

#[test]
fn results_that_would_overwrite_each_other_are_refused_before_the_run() {
    let desk = Desk::new().put("deep/small.toml", SMALL);
    let (out, err) = desk.ends(2, &["run", "small.toml", "deep/small.toml", "--out", "results"]);
    assert_eq!(out, "");
    assert!(err.contains("`deep/small.toml`"), "{err}");
    assert!(!desk.path("results").exists());
}

#[test]
fn a_folder_that_cannot_be_written_to_is_found_before_the_run() {
    let desk = Desk::new().put("taken", "a file");
    let (out, err) = desk.ends(2, &["run", "small.toml", "--out", "taken"]);
    assert_eq!(out, "");
    assert!(err.contains("cannot write into `taken`: it is a file, not a folder"), "{err}");
}

#[test]
fn a_folder_in_the_place_of_a_result_is_found_before_the_run_and_nothing_is_written() {
    let desk = Desk::new().put("results/small.csv/inside", "");
    let (out, err) = desk.ends(2, &["run", "small.toml", "--out", "results"]);
    assert_eq!(out, "");
    assert!(err.contains("small.csv` is a folder"), "{err}");
    assert_eq!(names(&desk.path("results")), ["small.csv"]);
}

#[test]
fn a_missing_file_that_a_scenario_names_makes_the_scenario_invalid() {
    let desk = Desk::new()
        .put("over.toml", "base = \"none.toml\"")
        .put("plan.toml", &SMALL.replace("agents = 6", "staffing = { logged_in = \"none.csv\" }"));
    for file in ["over.toml", "plan.toml"] {
        let (_, err) = desk.ends(1, &["run", file]);
        assert!(err.contains("no such file"), "{err}");
    }
}

#[test]
fn a_file_that_is_not_there_is_trouble_and_no_answer() {
    let (out, err) = Desk::new().ends(2, &["run", "none.toml"]);
    assert_eq!(out, "");
    assert!(err.contains("`none.toml`: no such file"), "{err}");
    let (_, err) = Desk::new().ends(2, &["run", "none.toml", "small.toml", "nor_this.toml"]);
    assert!(err.contains("`none.toml`") && err.contains("`nor_this.toml`"), "{err}");
}

#[test]
fn missed_targets_are_an_answer_only_when_they_are_required() {
    let met = format!("{SMALL}{TARGET}");
    let missed = met.replace("agents = 6", "agents = 3");
    let desk = Desk::new().put("met.toml", &met).put("missed.toml", &missed);
    desk.ends(0, &["run", "met.toml", "--require-targets"]);
    desk.ends(0, &["run", "missed.toml"]);
    let (out, err) = desk.ends(1, &["run", "missed.toml", "--require-targets"]);
    assert!(out.contains("✗ missed"), "{out}");
    assert!(err.contains("`missed.toml` misses: service level"), "{err}");
    let once = ["run", "met.toml", "--replications", "1"];
    let (out, _) = desk.ends(0, &once);
    assert!(out.contains("? not sure"), "one replication tells nothing of chance: {out}");
    let (_, err) = desk.ends(1, &[&once[..], &["--require-targets"]].concat());
    assert!(err.contains("`met.toml` is not sure of: service level"), "{err}");
    let (_, err) = desk.ends(2, &["run", "small.toml", "--require-targets"]);
    assert!(err.contains("has no target"), "{err}");
    for horizon in ["0", "\"0\""] {
        let set = format!("horizon={horizon}");
        let (out, err) = desk.ends(1, &["run", "met.toml", "--set", &set, "--require-targets"]);
        assert!(out.contains("the horizon is empty") && err.contains("the horizon is 0"), "{out}{err}");
        assert!(err.contains("`met.toml` has no value for: service level"), "{err}");
    }
}

#[test]
fn a_queue_that_only_grows_is_told_before_and_after_the_run() {
    let endless = SMALL.replace("patience", "after_call_work").replace("\"2m\"", "\"5m\"");
    let desk = Desk::new().put("endless.toml", &endless);
    let (out, err) = desk.ends(0, &["check", "endless.toml"]);
    assert!(out.contains("hours of work"), "{out}");
    assert!(err.contains("`calls` brings more work than its agents can do"), "{err}");
    let (out, _) = desk.ends(0, &["run", "endless.toml"]);
    assert!(out.contains("note: the mean wait of `calls` is"), "{out}");
}

#[test]
fn why_nothing_was_offered_is_said_as_it_is() {
    let desk = Desk::new().put("wild.toml", &format!("{SMALL}[day_variation]\ncv = 100\n"));
    let (out, err) = desk.ends(0, &["run", "wild.toml", "--replications", "2"]);
    assert!(err.contains("`day_variation` leaves most days nearly empty"), "{err}");
    assert!(out.contains("`cv` of `day_variation`"), "{out}");
    let (out, _) = desk.ends(0, &["run", "small.toml", "--set", "class.calls.volume.per_hour=1e-9"]);
    assert!(out.contains("by chance nobody came"), "{out}");
}

#[test]
fn wrong_usage_is_answered_in_words_and_with_two() {
    let desk = Desk::new();
    for arguments in [
        &["run"] as &[&str],
        &["run", "small.toml", "--replications", "0"],
        &["run", "small.toml", "--jobs", "0"],
        &["run", "small.toml", "--seed", "x"],
        &["run", "small.toml", "--format", "xml"],
        &["run", "small.toml", "--set", "horizon"],
        &["run", "small.toml", "--fast"],
        &["walk"],
    ] {
        let (out, err) = desk.ends(2, arguments);
        assert_eq!(out, "");
        assert!(err.starts_with("error: "), "{err}");
        assert!(err.lines().all(|line| line.chars().count() <= 80), "{err}");
    }
}

#[test]
fn one_replication_has_no_interval_and_says_why() {
    let (out, _) = Desk::new().ends(0, &["run", "small.toml", "--replications", "1"]);
    assert!(out.contains("note: one replication"), "{out}");
    let data = out.split("note:").next().expect("text before the note");
    assert!(!data.contains('±'), "{data}");
}

#[test]
fn a_reader_that_goes_away_ends_nothing_in_a_panic() {
    let desk = Desk::new();
    let mut child = desk
        .command(&["run", "small.toml", "--format", "csv"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let mut talk = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut talk).expect("UTF-8");
    assert_eq!(child.wait().expect("it ends").code(), Some(0), "{talk}");
    assert!(!talk.contains("panic"), "{talk}");
}

#[test]
fn an_empty_centre_prints_dashes() {
    let desk = Desk::new();
    let (out, _) = desk.ends(0, &["run", "small.toml", "--set", "class.calls.volume.per_hour=0"]);
    assert!(out.contains("nothing was offered: every class has volume 0"), "{out}");
    assert!(out.contains('–') && !out.contains("NaN"), "{out}");
}

/// A run that takes long, begun, with its signal handler in place: the folder of `--out` is made after it.
#[cfg(unix)]
fn long_run(desk: &Desk, horizon: &str) -> std::process::Child {
    let child = desk
        .command(&[
            "run",
            "small.toml",
            "--jobs",
            "1",
            "--replications",
            "1000",
            "--format",
            "json",
            "--out",
            "results",
        ])
        .args(["--set", &format!("horizon={horizon}")])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    while !desk.path("results").exists() {
        std::thread::yield_now();
    }
    child
}

#[cfg(unix)]
fn press_ctrl_c(child: &std::process::Child) {
    let sent = Command::new("sh").args(["-c", &format!("kill -INT {}", child.id())]).status();
    assert!(sent.expect("a shell").success());
}

#[cfg(unix)]
#[test]
fn ctrl_c_once_finishes_what_runs_shows_it_as_partial_and_exits_with_130() {
    let desk = Desk::new();
    let child = long_run(&desk, "30d");
    press_ctrl_c(&child);
    let output = child.wait_with_output().expect("it ends");
    let talk = text(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{talk}");
    assert!(talk.contains("interrupted: finishing"), "{talk}");
    if output.stdout.is_empty() {
        // The signal came before the first replication had begun.
        let words: Vec<&str> = talk.split_whitespace().collect();
        assert!(words.join(" ").contains("there is no result"), "{talk}");
        assert_eq!(names(&desk.path("results")), [""; 0]);
    } else {
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(value["manifest"]["is_partial"], true);
        assert!(value["manifest"]["replications"].as_u64() < Some(1000));
        assert_eq!(names(&desk.path("results")), ["small.csv", "small.json", "small.txt"]);
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_twice_stops_at_once_and_leaves_no_file() {
    use std::io::{BufRead, BufReader};
    let desk = Desk::new();
    let mut child = long_run(&desk, "3650d");
    press_ctrl_c(&child);
    let talk = BufReader::new(child.stderr.take().expect("piped"));
    let is_seen = |line: std::io::Result<String>| line.expect("UTF-8").contains("interrupted: finishing");
    assert!(talk.lines().any(is_seen));
    press_ctrl_c(&child);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(text(&output.stdout), "");
    assert_eq!(names(&desk.path("results")), [""; 0]);
}

#[test]
fn a_trace_tells_stories_and_finds_each_again_by_its_key() {
    let desk = Desk::new();
    let (page, err) = desk.ends(0, &["trace", "small.toml", "--first", "2"]);
    assert!(page.starts_with("Small\n4 h, seed 1, replication 0 · the first 2 cases\n"), "{page}");
    assert_eq!(err, "");
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    let stories: Vec<&str> = page.split("\n\n").filter(|block| block.starts_with("CASE")).collect();
    assert_eq!(stories.len(), 2);
    for story in stories {
        let key = story.split_whitespace().nth(1).expect("a key");
        let (alone, _) = desk.ends(0, &["trace", "small.toml", "--contact", key]);
        assert!(alone.contains(story), "{alone}");
    }
}

#[test]
fn stories_can_be_read_by_machines() {
    let desk = Desk::new();
    let (json, _) = desk.ends(0, &["trace", "small.toml", "--at", "02:00", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(value["snapshot"]["time"], "day 1 02:00:00");
    assert_eq!(value["snapshot"]["groups"][0]["logged_in"], 6);
    let waiting = value["snapshot"]["waiting"].as_array().expect("a list").len();
    assert_eq!(value["cases"].as_array().map(Vec::len), Some(waiting.min(20)));
    let (csv, _) = desk.ends(0, &["trace", "small.toml", "--first", "1", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(
        reader.headers().expect("a header").iter().collect::<Vec<_>>().join(","),
        "case,time,at_s,contact,visit,event,queue,group,agent,lasted_s,text,why"
    );
    let events: Vec<String> = reader.records().map(|row| row.expect("a row")[5].to_owned()).collect();
    assert_eq!(events, ["calls", "answered", "talk_ended", "closed"]);
}

#[test]
fn a_trace_that_cannot_be_told_says_what_to_do() {
    let desk = Desk::new().put("wrong.toml", &SMALL.replace("patience", "patiense"));
    let (out, err) = desk.ends(1, &["trace", "small.toml", "--contact", "0123456789"]);
    assert_eq!(out, "");
    assert!(
        err.contains("no contact `0123456789`") && err.contains("`--seed`, `--replication` and `--set`"),
        "{err}"
    );
    let (_, err) = desk.ends(2, &["trace", "small.toml", "--at", "2026-03-23 10:00"]);
    assert!(err.contains("from day 1 00:00:00 to day 1 03:59:59"), "{err}");
    let (_, err) = desk.ends(2, &["trace", "small.toml", "--contact", "nobody"]);
    assert!(err.contains("hexadecimal"), "{err}");
    desk.ends(2, &["trace", "none.toml"]);
    desk.ends(2, &["trace", "small.toml", "--abandoned", "--at", "01:00"]);
    desk.ends(1, &["trace", "wrong.toml"]);
    let (none, _) = desk.ends(0, &["trace", "small.toml", "--transferred"]);
    assert!(none.contains("there is no case with a transfer"), "{none}");
}

#[test]
fn the_examples_of_trace_run_as_its_help_writes_them() {
    let desk = Desk::new();
    let (help, _) = desk.ends(0, &["trace", "--help"]);
    let examples: Vec<&str> = help.lines().filter_map(|line| line.trim().strip_prefix("holdtime ")).collect();
    assert_eq!(examples.len(), 4, "{help}");
    for example in examples {
        let arguments: Vec<&str> = example.split_whitespace().collect();
        let output =
            desk.command(&arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("it runs");
        assert!(output.status.success(), "{example}: {}", text(&output.stderr));
        assert!(text(&output.stdout).contains("\nCASE "), "{example}");
    }
}
