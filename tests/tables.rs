//! Tables for work: a workbook read back says what CSV says and keeps every text a text, German CSV is English CSV in other
//! signs, and a contact log adds up to the measures of its run.
//!
//! Looks at no picture: how sheets and charts look is for people.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use calamine::{Data, Range, Reader, Xlsx, open_workbook};

const CENTRE: &str = r#"
name = "Two classes"
start = "2026-03-23"
horizon = "9d"
replications = 3
[target]
service_level = { at_least = 0.95, per = "day" }
[class.calls]
volume = { per_hour = 40 }
talk_time = { exponential = { mean = "3m" } }
patience = { exponential = { mean = "2m" } }
[class.orders]
volume = { per_hour = 10 }
talk_time = { exponential = { mean = "2m" } }
[group.agents]
site = "home"
agents = 4
takes = [["calls", "orders"]]
heads = 25
shrinkage = { absence = { share = 0.1 } }
[site.home]
sourcing = "in_house"
cost_per_paid_hour = 30
"#;

fn desk(scenario: &str) -> tempfile::TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    fs::write(desk.path().join("centre.toml"), scenario).expect("a file");
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

fn done(desk: &Path, arguments: &[&str]) -> String {
    let output = holdtime(desk, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

fn refused(desk: &Path, arguments: &[&str], words: &str) {
    let output = holdtime(desk, arguments);
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(words), "{said}");
}

/// A sheet by its headings.
struct Table {
    headings: Vec<String>,
    rows: Vec<Vec<Data>>,
}

impl Table {
    fn of(range: &Range<Data>) -> Self {
        let mut rows = range.rows().map(<[Data]>::to_vec);
        let headings = rows.next().expect("headings").iter().map(ToString::to_string).collect();
        Self { headings, rows: rows.collect() }
    }

    fn cell(&self, row: usize, heading: &str) -> &Data {
        let column = self.headings.iter().position(|name| name == heading);
        &self.rows[row][column.unwrap_or_else(|| panic!("no `{heading}` in {:?}", self.headings))]
    }

    fn row_of(&self, wanted: &[(&str, &str)]) -> usize {
        let shown = |row: usize, heading: &str| self.cell(row, heading).to_string();
        let is_it = |row: &usize| wanted.iter().all(|(heading, text)| shown(*row, heading).as_str() == *text);
        (0..self.rows.len()).find(is_it).unwrap_or_else(|| panic!("no row of {wanted:?}"))
    }
}

fn sheets(path: &Path) -> BTreeMap<String, Table> {
    let mut workbook: Xlsx<_> = open_workbook(path).expect("a workbook");
    let sheets = workbook.worksheets();
    sheets
        .into_iter()
        .filter(|(_, range)| !range.is_empty())
        .map(|(name, range)| (name, Table::of(&range)))
        .collect()
}

fn number(cell: &Data) -> Option<f64> {
    match cell {
        Data::Float(number) => Some(*number),
        Data::Int(number) => Some(*number as f64),
        Data::DateTime(at) => Some(at.as_f64()),
        Data::Empty => None,
        other => panic!("{other:?} is no number"),
    }
}

#[test]
fn every_sheet_says_what_csv_says() {
    let desk = desk(CENTRE);
    let csv =
        done(desk.path(), &["run", "centre.toml", "-q", "--format", "csv", "--xlsx", "out/centre.xlsx"]);
    let sheets = sheets(&desk.path().join("out/centre.xlsx"));
    for name in [
        "Summary",
        "Assumptions",
        "Waterfall",
        "Week",
        "Days",
        "Months",
        "Classes",
        "Groups",
        "Cost",
        "Cases",
        "Replications",
        "Definitions",
    ] {
        assert!(sheets.contains_key(name), "{name} in {:?}", sheets.keys());
    }
    let mut seen = BTreeMap::<&str, u32>::new();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    for record in reader.records() {
        let record = record.expect("a row");
        let field = |i: usize| record.get(i).expect("a field");
        let (scope, name, kind, period, metric) = (field(0), field(1), field(2), field(3), field(4));
        let wanted = |i: usize| field(i).parse::<f64>().ok();
        let half_width = format!("± {metric}");
        let (sheet, row, value, width) = match (scope, kind) {
            ("total", "horizon") => {
                ("Summary", vec![("part", "measure"), ("what", metric)], "value", "± 95 %")
            }
            ("class", "horizon") => ("Classes", vec![("class", name)], metric, &*half_width),
            ("group", "horizon") => ("Groups", vec![("group", name)], metric, &*half_width),
            ("site", "horizon") => ("Cost", vec![("scope", "site"), ("name", name)], metric, &*half_width),
            ("case", "horizon") => ("Cases", vec![("scope", "total")], metric, &*half_width),
            ("waterfall", "horizon") => {
                ("Waterfall", vec![("group", name), ("period", "horizon")], metric, &*half_width)
            }
            ("total", "slot") if metric == "offered" => {
                ("Week", vec![("scope", "total"), ("period", period)], "offered in all", "")
            }
            ("total", "slot") if metric == "service_level" => {
                ("Week", vec![("scope", "total"), ("period", period)], metric, &*half_width)
            }
            ("class", "slot") if metric == "abandoned" => {
                ("Week", vec![("class", name), ("period", period)], "abandoned in all", "")
            }
            ("target", "horizon") if metric == "service_level" => {
                ("Summary", vec![("part", "target"), ("what", name)], "value", "± 95 %")
            }
            ("target", "day") if metric == "missed" => {
                ("Summary", vec![("part", "target"), ("what", name)], "missed", "")
            }
            _ => continue,
        };
        let table = &sheets[sheet];
        if !table.headings.iter().any(|heading| heading == value) {
            continue;
        }
        let row = table.row_of(&row);
        assert_eq!(number(table.cell(row, value)), wanted(5), "{record:?}");
        if !width.is_empty() {
            assert_eq!(number(table.cell(row, width)), wanted(6), "{record:?}");
        }
        *seen.entry(sheet).or_default() += 1;
    }
    for (sheet, least) in [("Summary", 80), ("Classes", 40), ("Groups", 10), ("Week", 1000), ("Waterfall", 6)]
    {
        assert!(seen[sheet] >= least, "{sheet}: {} of {seen:?}", seen[sheet]);
    }

    let days = &sheets["Days"];
    let sum: f64 = (0..days.rows.len()).filter_map(|row| number(days.cell(row, "offered"))).sum();
    let total = &sheets["Summary"];
    let offered = number(total.cell(total.row_of(&[("part", "measure"), ("what", "offered")]), "value"));
    assert!((sum - offered.expect("calls")).abs() < 1e-6);
    let missed: f64 =
        (0..days.rows.len()).filter_map(|row| number(days.cell(row, "missed: service level 95/20"))).sum();
    let target = number(total.cell(total.row_of(&[("part", "target")]), "missed"));
    assert!((missed - target.expect("judged")).abs() < 1e-9 && missed > 0.0);

    let replications = &sheets["Replications"];
    let of_each: f64 = (0..3).filter_map(|row| number(replications.cell(row, "offered"))).sum();
    assert!((of_each / 3.0 - offered.expect("calls")).abs() < 1e-6);
}

#[test]
fn dates_and_times_are_real_ones_and_durations_stand_on_the_clock_too() {
    let desk = desk(CENTRE);
    done(desk.path(), &["run", "centre.toml", "-q", "--detail", "interval", "--xlsx", "centre.xlsx"]);
    let sheets = sheets(&desk.path().join("centre.xlsx"));
    // Days since the last one of 1899.
    let first_date = 46_104.0;
    assert!(matches!(sheets["Days"].cell(0, "day"), Data::DateTime(at) if at.as_f64() == first_date));
    assert_eq!(sheets["Days"].cell(0, "weekday").to_string(), "Mon");
    let week = &sheets["Week"];
    let row = week.row_of(&[("scope", "total"), ("period", "Tue 10:30")]);
    assert!(
        matches!(week.cell(row, "time"), Data::DateTime(at) if (at.as_f64() - 10.5 / 24.0).abs() < 1e-12)
    );
    // Two Tuesdays in nine days from a Monday.
    assert_eq!(number(week.cell(row, "intervals")), Some(2.0));
    let intervals = &sheets["Intervals"];
    assert!(
        matches!(intervals.cell(1, "begins"), Data::DateTime(at) if (at.as_f64() - first_date - 0.5 / 24.0).abs() < 1e-9)
    );
    assert_eq!(intervals.rows.len(), 9 * 48 * 4);
    let total = &sheets["Summary"];
    let row = total.row_of(&[("part", "measure"), ("what", "asa_s")]);
    let (seconds, clock) = (number(total.cell(row, "value")), number(total.cell(row, "m:s")));
    assert!((seconds.expect("waits") / 86_400.0 - clock.expect("a duration")).abs() < 1e-15);
}

#[test]
fn hostile_names_stay_the_text_they_are() {
    let long = "ü".repeat(300);
    let names =
        ["=1+1", "<script>alert(1)</script>", "it's \\\"quoted\\\"", "grüße 📞", "a/b:c*d?[e]", &long];
    let classes: String = (names.iter())
        .map(|name| {
            format!("[class.\"{name}\"]\nvolume = {{ per_hour = 9 }}\ntalk_time = {{ exponential = {{ mean = \"2m\" }} }}\n")
        })
        .collect();
    let takes: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let text = format!(
        "name = \"=HYPERLINK(1) {long}\"\nhorizon = \"4h\"\nreplications = 2\n{classes}[group.\"=2+2\"]\nagents = 4\ntakes = \
         [[{}]]\n",
        takes.join(", ")
    );
    let desk = desk(&text);
    done(desk.path(), &["run", "centre.toml", "-q", "--xlsx", "centre.xlsx"]);
    let mut workbook: Xlsx<_> = open_workbook(desk.path().join("centre.xlsx")).expect("a workbook");
    for name in workbook.sheet_names() {
        let formulas = workbook.worksheet_formula(&name).expect("a sheet");
        assert!(formulas.used_cells().next().is_none(), "{name} has a formula");
    }
    let sheets = sheets(&desk.path().join("centre.xlsx"));
    for (row, name) in (1..).zip(names) {
        let name = name.replace("\\\"", "\"");
        assert_eq!(sheets["Classes"].cell(row, "class"), &Data::String(name));
    }
    assert_eq!(sheets["Groups"].cell(1, "group"), &Data::String("=2+2".to_owned()));
}

#[test]
fn the_same_run_gives_the_same_bytes_on_any_number_of_threads() {
    let desk = desk(CENTRE);
    for (file, jobs) in [("a.xlsx", "1"), ("b.xlsx", "3")] {
        done(desk.path(), &["run", "centre.toml", "-q", "--jobs", jobs, "--xlsx", file]);
    }
    let bytes = |name: &str| fs::read(desk.path().join(name)).expect("a file");
    assert!(bytes("a.xlsx") == bytes("b.xlsx"), "the bytes differ");
}

#[test]
fn what_an_overlay_changes_is_marked_among_the_assumptions() {
    let desk = desk(CENTRE);
    fs::write(desk.path().join("more.toml"), "base = \"centre.toml\"\n[group.agents]\nagents = 5\n")
        .expect("a file");
    done(desk.path(), &["run", "more.toml", "-q", "--set", "horizon=2d", "--xlsx", "more.xlsx"]);
    let sheets = sheets(&desk.path().join("more.xlsx"));
    let table = &sheets["Assumptions"];
    let agents = table.row_of(&[("key", "group.agents.agents")]);
    let said =
        ["value", "where", "changed", "in base"].map(|heading| table.cell(agents, heading).to_string());
    assert_eq!(said, ["5", "more.toml:3", "changed", "4"]);
    let horizon = table.row_of(&[("key", "horizon")]);
    assert_eq!(number(table.cell(horizon, "value")), Some(172_800.0));
    assert_eq!(table.cell(horizon, "in base").to_string(), "\"9d\"");
    let kept = table.row_of(&[("key", "class.calls.volume.per_hour")]);
    assert_eq!(table.cell(kept, "changed"), &Data::Empty);
}

#[test]
fn what_cannot_be_a_workbook_is_refused_before_the_run() {
    let desk = desk(CENTRE);
    let at = desk.path();
    fs::write(at.join("other.toml"), CENTRE).expect("a file");
    let two = ["run", "centre.toml", "other.toml", "--xlsx", "two.xlsx"];
    refused(at, &two, "`holdtime compare` puts several into one");
    refused(at, &["run", "centre.toml", "--xlsx", "centre.csv"], "ends in `.xlsx`");
    fs::create_dir(at.join("folder.xlsx")).expect("a folder");
    refused(at, &["run", "centre.toml", "--xlsx", "folder.xlsx"], "it is a folder, not a file");
    let kept = at.join("kept.xlsx");
    fs::write(&kept, "kept").expect("a file");
    let mut permissions = fs::metadata(&kept).expect("a file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&kept, permissions).expect("its owner");
    refused(at, &["run", "centre.toml", "--xlsx", "kept.xlsx"], "may not be written");
    let year =
        ["--set", "horizon=365d", "--set", "interval=1m", "--detail", "interval", "--xlsx", "year.xlsx"];
    refused(at, &[&["run", "centre.toml"], &year[..]].concat(), "`--format csv`");
    assert!(!at.join("year.xlsx").exists() && !at.join("two.xlsx").exists());
}

#[test]
fn a_comparison_in_a_workbook_says_what_its_csv_says() {
    let desk = desk(CENTRE);
    fs::write(desk.path().join("more.toml"), "base = \"centre.toml\"\n[group.agents]\nagents = 5\n")
        .expect("a file");
    let two = ["compare", "centre.toml", "more.toml", "-q", "--format", "csv", "--xlsx", "two.xlsx"];
    let rows = csv_rows(&done(desk.path(), &two), b',');
    let sheets = sheets(&desk.path().join("two.xlsx"));
    let table = &sheets["Differences"];
    assert_eq!(table.rows.len(), rows.len());
    for (i, row) in rows.iter().enumerate() {
        assert_eq!(table.cell(i, "metric").to_string(), row["metric"]);
        for heading in ["reference_mean", "option_mean", "difference", "half_width_together"] {
            assert_eq!(number(table.cell(i, heading)), row[heading].parse().ok(), "{heading} of {row:?}");
        }
    }
    let summary = &sheets["Summary"];
    let option = summary.row_of(&[("scenario", "more.toml"), ("role", "option")]);
    let wanted = rows.iter().find(|row| row["metric"] == "service_level").expect("judged");
    let seen = number(summary.cell(option, "difference of service_level"));
    assert_eq!(seen, wanted["difference"].parse().ok());
    let assumptions = &sheets["Assumptions"];
    let agents = assumptions.row_of(&[("key", "group.agents.agents"), ("differs", "yes")]);
    let values = ["centre.toml", "more.toml"].map(|file| number(assumptions.cell(agents, file)));
    assert_eq!(values, [Some(4.0), Some(5.0)]);
}

#[test]
fn a_sweep_in_a_workbook_has_a_row_for_each_point() {
    let desk = desk(CENTRE);
    let sweep = ["sweep", "centre.toml", "-q", "--vary", "group.agents.agents=3..5", "--format", "csv"];
    let rows = csv_rows(&done(desk.path(), &[&sweep[..], &["--xlsx", "sweep.xlsx"]].concat()), b',');
    let sheets = sheets(&desk.path().join("sweep.xlsx"));
    let points = &sheets["Points"];
    assert_eq!(points.rows.len(), 3);
    for point in 0..3 {
        let is_it = |row: &&BTreeMap<String, String>| {
            row["point"] == point.to_string() && row["scope"] == "total" && row["metric"] == "asa_s"
        };
        let wanted = &rows.iter().find(is_it).expect("a row")["mean"];
        assert_eq!(number(points.cell(point, "asa_s")), wanted.parse().ok());
        assert_eq!(number(points.cell(point, "group.agents.agents")), Some(3.0 + point as f64));
    }
}

/// Rows by their headings.
fn csv_rows(text: &str, between: u8) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(between).from_reader(text.as_bytes());
    let headings: Vec<String> = reader.headers().expect("headings").iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| headings.iter().cloned().zip(row.iter().map(str::to_owned)).collect()).collect()
}

#[test]
fn german_csv_is_english_csv_in_other_signs() {
    let desk = desk(CENTRE);
    fs::write(desk.path().join("more.toml"), "base = \"centre.toml\"\n[group.agents]\nagents = 5\n")
        .expect("a file");
    let calls = ["--calls", "120", "--aht", "4m", "--service-level", "80/20"];
    for command in [
        &["run", "centre.toml", "-q"][..],
        &["compare", "centre.toml", "more.toml", "-q"],
        &["sweep", "centre.toml", "-q", "--vary", "group.agents.agents=4,5"],
        &["require", "centre.toml"],
        &[&["erlang", "c"], &calls[..]].concat(),
    ] {
        let english = done(desk.path(), &[command, &["--format", "csv"]].concat());
        let same = done(desk.path(), &[command, &["--format", "csv", "--csv-dialect", "en"]].concat());
        assert_eq!(english, same, "{command:?}");
        let german = done(desk.path(), &[command, &["--format", "csv", "--csv-dialect", "de"]].concat());
        let german = german.strip_prefix('\u{feff}').expect("a byte order mark");
        assert!(german.lines().count() > 1 && german.ends_with("\r\n"), "{command:?}");
        let (english, german) = (csv_rows(&english, b','), csv_rows(german, b';'));
        let with_points: Vec<BTreeMap<String, String>> = german
            .into_iter()
            .map(|row| row.into_iter().map(|(name, field)| (name, field.replace(',', "."))).collect())
            .collect();
        assert_eq!(english, with_points, "{command:?}");
        assert!(english.iter().any(|row| row.values().any(|field| field.contains('.'))), "{command:?}");
    }
    done(desk.path(), &["run", "centre.toml", "-q", "--out", "results", "--csv-dialect", "de"]);
    let written = fs::read_to_string(desk.path().join("results/centre.csv")).expect("a file");
    assert!(written.starts_with("\u{feff}scope;name;"), "{written}");
}

/// Everything that a contact can meet: redials, repeats, transfers, escalations, callbacks, a busy tone, closing time, messages.
const EVERYTHING: &str = r#"
name = "Everything"
start = "2026-03-23"
horizon = "2d"
replications = 3
[policy.transfer_limit]
per_contact = 1
at_limit = { callback = { group = "second", due = "2h", reached = 0.6, attempts = 2, every = "30m", dialling = "30s" } }
[lines.all]
lines = 14
[class.calls]
volume = { per_hour = 120 }
talk_time = { exponential = { mean = "3m" } }
after_call_work = { exponential = { mean = "30s" } }
patience = { exponential = { mean = "2m" } }
resolution = 0.7
waiting_places = 8
max_wait = { after = "3m", then = "message" }
redial = { after_abandon = { first = 0.5, delay = { exponential = { mean = "10m" } } } }
repeat = { probability = 0.6, delay = { exponential = { mean = "2h" } } }
[[class.calls.transfer]]
to = "second"
probability = 0.2
[class.second]
volume = { per_hour = 5 }
talk_time = { exponential = { mean = "5m" } }
patience = { exponential = { mean = "4m" } }
[[class.second.transfer]]
to = "calls"
probability = 0.3
[group.first]
agents = 6
takes = [["calls"]]
[group.second]
agents = 3
takes = [["second"]]
"#;

fn sum(
    rows: &[BTreeMap<String, String>],
    is_of: impl Fn(&BTreeMap<String, String>) -> bool,
    column: &str,
) -> f64 {
    let micros = |text: &str| (text.parse::<f64>().expect("a number") * 1e6).round();
    rows.iter().filter(|row| is_of(row)).map(|row| micros(&row[column])).sum::<f64>() / 1e6
}

fn measure(csv: &str, name: &str) -> f64 {
    let rows = csv_rows(csv, b',');
    let is_it = |row: &&BTreeMap<String, String>| {
        row["scope"] == "total" && row["period_kind"] == "horizon" && row["metric"] == name
    };
    rows.iter().find(is_it).unwrap_or_else(|| panic!("no {name}"))["mean"].parse().expect("a value")
}

#[test]
fn the_contact_log_adds_up_to_the_measures_of_its_run() {
    let desk = desk(EVERYTHING);
    let once = ["run", "centre.toml", "-q", "--format", "csv", "--replications", "1"];
    let plain = done(desk.path(), &once);
    let csv = done(desk.path(), &[&once[..], &["--contacts", "contacts.csv"]].concat());
    assert_eq!(plain, csv, "a log changes no result");
    let text = fs::read_to_string(desk.path().join("contacts.csv")).expect("a log");
    let rows = csv_rows(&text, b',');
    let is_inbound = |row: &BTreeMap<String, String>| row["kind"] != "callback";
    let all = |_: &BTreeMap<String, String>| true;
    let ended = |how: &'static str| move |row: &BTreeMap<String, String>| row["outcome"] == how;
    let kind = |kind: &'static str| {
        move |row: &BTreeMap<String, String>| row["kind"] == kind && row["outcome"] != "closed"
    };
    let count = |is_of: &dyn Fn(&BTreeMap<String, String>) -> bool| {
        rows.iter().filter(|row| is_of(row)).count() as f64
    };
    let exact = [
        ("fresh", count(&kind("fresh"))),
        ("redialled", count(&kind("redial"))),
        ("repeated", count(&kind("repeat"))),
        ("abandoned", count(&ended("abandoned"))),
        ("blocked", count(&ended("blocked"))),
        ("deflected", count(&ended("deflected"))),
        ("disconnected", count(&ended("disconnected"))),
        ("callbacks_promised", count(&kind("callback"))),
        ("callbacks_broken", count(&ended("promise_broken"))),
        ("entered", sum(&rows, all, "visits")),
        ("answered", sum(&rows, is_inbound, "answered")),
        ("handled", sum(&rows, all, "answered")),
        ("transferred", sum(&rows, all, "transfers")),
        ("in_time", sum(&rows, all, "in_time")),
        ("service_level_base", sum(&rows, all, "in_base")),
    ];
    for (name, logged) in exact {
        assert_eq!(logged, measure(&csv, name), "{name}");
    }
    let handling_h = (sum(&rows, all, "talk_s") + sum(&rows, all, "wrap_up_s")) / 3600.0;
    assert!((handling_h - measure(&csv, "handling_h")).abs() < 1e-9);
    let wait_s = sum(&rows, is_inbound, "wait_s") / measure(&csv, "entered");
    assert!((wait_s - measure(&csv, "wait_s")).abs() < 1e-9);
    let fresh_keys = rows.iter().filter(|row| row["kind"] == "fresh").map(|row| &row["contact"]);
    let cases: std::collections::BTreeSet<&String> = fresh_keys.collect();
    assert!(rows.iter().all(|row| cases.contains(&row["case"])), "every case began");
    for (what, n) in [
        ("redialled", 20.0),
        ("repeated", 20.0),
        ("transferred", 20.0),
        ("callbacks_promised", 5.0),
        ("blocked", 1.0),
    ] {
        assert!(measure(&csv, what) >= n, "{what}: {}", measure(&csv, what));
    }
}

#[test]
fn the_contact_log_is_the_same_on_any_number_of_threads_and_stands_in_the_order_of_replications() {
    let desk = desk(EVERYTHING);
    for (file, jobs) in [("a.csv", "1"), ("b.csv", "3")] {
        let log = ["--jobs", jobs, "--contacts", file, "--contacts-replications", "all"];
        done(desk.path(), &[&["run", "centre.toml", "-q"], &log[..]].concat());
    }
    let text = |name: &str| fs::read_to_string(desk.path().join(name)).expect("a log");
    assert!(text("a.csv") == text("b.csv"), "the bytes differ");
    let replications: Vec<String> = csv_rows(&text("a.csv"), b',')
        .into_iter()
        .map(|mut row| row.remove("replication").expect("a column"))
        .collect();
    assert!(replications.is_sorted() && replications.last().is_some_and(|last| last == "2"));
    done(desk.path(), &["run", "centre.toml", "-q", "--contacts", "de.csv", "--csv-dialect", "de"]);
    let german = text("de.csv");
    assert!(german.starts_with("\u{feff}replication;case;contact;"), "{}", &german[..80]);
    let first: Vec<_> = csv_rows(german.trim_start_matches('\u{feff}'), b';');
    let english: Vec<_> =
        csv_rows(&text("a.csv"), b',').into_iter().filter(|row| row["replication"] == "0").collect();
    assert_eq!(first.len(), english.len());
    assert_eq!(first[0]["talk_s"].replace(',', "."), english[0]["talk_s"]);
}

#[test]
fn a_contact_log_that_cannot_be_is_refused_before_the_run() {
    let desk = desk(EVERYTHING);
    refused(
        desk.path(),
        &["run", "centre.toml", "--contacts", "contacts.xlsx"],
        "write CSV, as `contacts.csv`",
    );
    refused(desk.path(), &["run", "centre.toml", "--contacts", "contacts.txt"], "ends in `.csv`");
    refused(desk.path(), &["run", "centre.toml", "--contacts-replications", "2"], "--contacts");
    refused(
        desk.path(),
        &["run", "centre.toml", "--contacts", "a.csv", "--contacts-replications", "0"],
        "or `all`",
    );
    fs::write(desk.path().join("file"), "").expect("a file");
    refused(desk.path(), &["run", "centre.toml", "--contacts", "file/contacts.csv"], "cannot write");
}
