//! `holdtime compare`: the same customers, differences with verdicts, and what is said where nothing can be.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use holdtime::experiment::{
    self, AgainstReference, Comparison, Control, Difference, Finding, Plan, Precision, Progress, Sameness,
    Settings, Side, Trait, Unattended,
};
use holdtime::scenario::{self, Scenario, Texts};
use serde_json::Value;

const BASE: &str = r#"
name = "Base"
horizon = "8h"
[class.calls]
volume = { per_hour = 100 }
talk_time = { exponential = { mean = "3m" } }
patience = { exponential = { mean = "2m" } }
[class.orders]
volume = { per_hour = 20 }
talk_time = { exponential = { mean = "4m" } }
patience = { exponential = { mean = "2m" } }
[group.own]
site = "home"
agents = 6
takes = [["calls", "orders"]]
cost_per_paid_hour = 30
[group.theirs]
site = "partner"
agents = 2
takes = [["calls"]]
[site.home]
sourcing = "in_house"
[site.partner]
sourcing = "outsourced"
[contract.partner]
per_call = 2
"#;

fn scenario(sets: &[&str]) -> Scenario {
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    let loaded = scenario::load("s.toml", &sets, &Texts::new().with("s.toml", BASE));
    loaded.unwrap_or_else(|problems| panic!("{}", problems.render(scenario::Paint::Plain))).scenario
}

fn plan(replications: u32) -> Plan {
    Plan { replications: Some(replications), ..Plan::default() }
}

fn compared(options: &[&[&str]], plan: &Plan) -> Comparison {
    let scenarios: Vec<Scenario> = options.iter().map(|sets| scenario(sets)).collect();
    experiment::compare(&scenarios.iter().collect::<Vec<_>>(), plan, &Unattended).expect("a comparison")
}

#[track_caller]
fn of<'a>(option: &'a AgainstReference, metric: &str) -> &'a Difference {
    option.differences.iter().find(|one| one.metric == metric).expect("it is shown")
}

#[test]
fn the_same_scenario_twice_differs_by_exactly_nothing() {
    let comparison = compared(&[&[], &[]], &plan(10));
    let option = &comparison.options[0];
    assert!(option.is_identical);
    for one in option.differences.iter().chain(option.classes.iter().flat_map(|(_, of)| of)) {
        assert_eq!(one.difference.mean, Some(0.0), "{}", one.metric);
        assert!(one.difference.half_width.is_none_or(|half_width| half_width == 0.0), "{}", one.metric);
        assert_eq!(one.finding, Some(Finding::Identical), "{}", one.metric);
    }
    assert!(option.customers.iter().all(|class| class.sameness == Sameness::Same));
    assert_eq!(option.cost.as_ref().expect("a cost").difference.mean, Some(0.0));
}

#[test]
fn every_scenario_has_the_numbers_of_a_run_of_its_own() {
    let comparison = compared(&[&[], &["group.own.agents=7"]], &plan(12));
    for (compared, sets) in comparison.scenarios.iter().zip([&[][..], &["group.own.agents=7"]]) {
        let settings = Settings { replications: Some(12), ..Settings::default() };
        let run = experiment::replicate(&scenario(sets), &settings, &Unattended).expect("a run");
        assert_eq!(compared.total, run.total);
        assert_eq!(compared.targets, run.targets);
        for (here, there) in compared.sites.iter().zip(&run.sites) {
            assert_eq!(here.measures, there.measures);
        }
    }
}

/// One of nine agents more: with the same customers nearly every day is better, by more than chance; the agent is paid 8 × 30 EUR
/// and takes calls from the partner.
#[test]
fn an_agent_more_serves_better_and_costs_more() {
    let comparison = compared(&[&[], &["group.own.agents=7"]], &plan(30));
    let option = &comparison.options[0];
    for metric in ["service_level", "abandonment", "asa_s"] {
        let one = of(option, metric);
        assert_eq!(one.finding, Some(Finding::Better), "{metric}: {:?}", one.difference);
        assert!(one.confidence > Some(0.999) && one.is_in_family);
        let in_all = one.better_in.expect("a better side");
        assert!(in_all.times >= 28.0 && in_all.n == 30 && in_all.interval.0 > 0.7, "{in_all:?}");
        assert!(one.share_of_unpaired_variance < Some(0.7), "{metric}: pairing saves something");
        let (alone, together) = (one.difference.half_width, one.half_width_together);
        assert!(together > alone, "an interval that holds together with others is wider");
    }
    assert_eq!(of(option, "cost_eur").finding, Some(Finding::Worse));
    assert_eq!(of(option, "occupancy").finding, Some(Finding::Lower), "occupancy has no better side");
    assert!(!of(option, "occupancy").is_in_family && of(option, "occupancy").confidence.is_none());
    let reading = option.reading();
    assert_eq!((reading.service, reading.cost), (Side::Better, Side::Worse));
    assert!(comparison.recommended().is_empty(), "a trade-off is no recommendation");
    assert_eq!((comparison.family.size, comparison.options.len()), (4, 1));

    let cost = option.cost.as_ref().expect("a cost");
    let borne: Vec<f64> = cost.borne_by.iter().filter_map(|part| part.difference.mean).collect();
    assert_eq!(borne[0], 240.0, "eight hours of an agent");
    assert!(borne[1] < 0.0, "the partner gets fewer calls");
    assert!((borne[0] + borne[1] - cost.difference.mean.unwrap()).abs() < 1e-6);
    let per_point = cost.per_point.expect("the service level differs for sure");
    let points = 100.0 * of(option, "service_level").difference.mean.unwrap();
    assert!((per_point.value - cost.difference.mean.unwrap() / points).abs() < 1e-9);
    assert!(per_point.interval.0 < per_point.value && per_point.value < per_point.interval.1);
}

#[test]
fn sameness_is_claimed_class_by_class_and_only_where_it_is_so() {
    let sameness = |sets: &[&str]| {
        let comparison = compared(&[&[], sets], &plan(3));
        let classes = comparison.options[0].customers.clone();
        classes.into_iter().map(|class| class.sameness).collect::<Vec<_>>()
    };
    assert_eq!(sameness(&["group.own.agents=4"]), [Sameness::Same, Sameness::Same]);
    assert_eq!(
        sameness(&["class.orders.patience.exponential.mean=3m"]),
        [Sameness::Same, Sameness::OtherTraits(vec![Trait::Patience])]
    );
    assert_eq!(
        sameness(&["class.orders.volume.per_hour=25", "class.orders.talk_time.exponential.mean=5m"]),
        [Sameness::Same, Sameness::OtherArrivals { brings: vec![Trait::Talk], is_coupled: true }]
    );
    assert_eq!(
        sameness(&["class.orders.arrivals=fixed_total"])[1],
        Sameness::OtherArrivals { brings: vec![], is_coupled: false }
    );
    // What nobody knows acts on all of them.
    let unknown = sameness(&["uncertainty.patience=0.2"]);
    assert_eq!(unknown, vec![Sameness::OtherTraits(vec![Trait::Patience]); 2]);
}

#[test]
fn a_class_of_one_scenario_alone_is_listed() {
    let without = BASE.replace("takes = [[\"calls\", \"orders\"]]", "takes = [[\"calls\"]]");
    let begin = without.find("[class.orders]").unwrap();
    let end = without.find("[group.own]").unwrap();
    let without = format!("{}{}", &without[..begin], &without[end..]);
    let loaded = scenario::load("s.toml", &[], &Texts::new().with("s.toml", without.as_str()));
    let other = loaded.unwrap_or_else(|p| panic!("{}", p.render(scenario::Paint::Plain))).scenario;
    let comparison =
        experiment::compare(&[&scenario(&[]), &other], &plan(2), &Unattended).expect("a comparison");
    let option = &comparison.options[0];
    assert_eq!((option.only_here.len(), &option.only_there[..]), (0, &["orders".to_owned()][..]));
    assert_eq!(option.classes.len(), 1);
}

#[test]
fn a_difference_too_small_to_matter_is_named_so_and_one_replication_is_judged_by_nobody() {
    let matters = vec![("service_level", Precision::Absolute(0.9)), ("cost_eur", Precision::Relative(0.9))];
    let comparison = compared(&[&[], &["group.own.agents=7"]], &Plan { matters, ..plan(10) });
    for metric in ["service_level", "cost_eur"] {
        assert_eq!(of(&comparison.options[0], metric).finding, Some(Finding::NoDifferenceThatMatters));
    }
    let one = compared(&[&[], &["group.own.agents=7"]], &plan(1));
    for difference in &one.options[0].differences {
        assert!(
            matches!(difference.finding, Some(Finding::NotDecided { more: None })),
            "{}",
            difference.metric
        );
        assert_eq!((difference.difference.half_width, difference.confidence), (None, None));
    }
    assert!(one.notes[0].starts_with("one replication"), "{:?}", one.notes);
}

/// Stops after so many jobs.
struct Impatient {
    left: AtomicU32,
}

impl Control for Impatient {
    fn progress(&self, progress: Progress) {
        if progress.share == 1.0 {
            self.left.fetch_sub(1, Ordering::Relaxed);
        }
    }

    fn is_cancelled(&self) -> bool {
        self.left.load(Ordering::Relaxed) == 0
    }
}

#[test]
fn an_interrupted_comparison_has_the_numbers_of_the_replications_that_all_scenarios_have() {
    let scenarios = [scenario(&[]), scenario(&["group.own.agents=7"])];
    let scenarios: Vec<&Scenario> = scenarios.iter().collect();
    // Seven jobs of two scenarios: three replications of both.
    let control = Impatient { left: AtomicU32::new(7) };
    let partial = experiment::compare(&scenarios, &plan(10), &control).expect("something is complete");
    assert!(partial.is_partial && partial.replications == 3 && partial.planned == 10);
    assert!(partial.notes[0].starts_with("partial: interrupted after 3 of 10"), "{:?}", partial.notes);
    let whole = compared(&[&[], &["group.own.agents=7"]], &plan(3));
    assert_eq!(partial.options, whole.options);
    let control = Impatient { left: AtomicU32::new(1) };
    assert!(experiment::compare(&scenarios, &plan(10), &control).is_err(), "one scenario has nothing");
}

#[test]
fn two_stages_decide_everything_or_say_that_more_are_needed() {
    let until = |most, matters| {
        let matters = vec![("service_level", Precision::Absolute(matters))];
        let plan =
            Plan { matters, metrics: vec!["service_level"], until_decided: Some(most), ..Plan::default() };
        compared(&[&[], &["group.own.agents=7"]], &plan)
    };
    let decided = until(5_000, 0.005);
    let stages = decided.stages.expect("two stages");
    assert!(stages.first == 10 && stages.needed > 10 && stages.last == stages.needed, "{stages:?}");
    assert_eq!(decided.replications, stages.needed);
    let one = of(&decided.options[0], "service_level");
    assert_eq!(one.finding, Some(Finding::Better));
    assert!(one.half_width_together.unwrap() <= 0.002_5, "half of what matters: {one:?}");
    let capped = until(12, 0.001);
    assert!(capped.replications == 12 && capped.stages.unwrap().needed > 1_000);
    assert!(capped.notes.iter().any(|note| note.starts_with("`--until-decided`: ")), "{:?}", capped.notes);
}

/// With many identical days the best is the one with most agents; of two that hardly differ either may be named.
#[test]
fn the_best_of_many_is_found_with_few_replications_of_those_that_are_left() {
    let options: [&[&str]; 4] =
        [&[], &["group.own.agents=4"], &["group.own.agents=8"], &["group.own.agents=5"]];
    let best = |most| {
        let plan = Plan { best: Some(("service_level", most)), ..plan(10) };
        compared(&options, &plan).best.expect("a search")
    };
    let found = best(1_000);
    assert_eq!(found.left, [2], "{found:?}");
    let out: Vec<usize> = found.out.iter().map(|(scenario, _)| *scenario).collect();
    assert!(out.len() == 3 && [0, 1, 3].iter().all(|scenario| out.contains(scenario)), "{found:?}");
    assert!(found.first == 10 && found.replications < 1_000);
    let plan = Plan { best: Some(("occupancy", 100)), ..plan(3) };
    assert_eq!(compared(&options, &plan).best, None, "occupancy has no better side");
}

#[test]
fn staffing_at_the_target_is_the_least_that_meets_it() {
    let at = |factor: f64| {
        let text = format!("{BASE}\n[target]\nservice_level = {{ at_least = 0.8, per = \"day\" }}\n");
        let sets = [format!("scale.staffing={factor}")];
        let loaded = scenario::load("s.toml", &sets, &Texts::new().with("s.toml", text));
        Some(loaded.unwrap_or_else(|p| panic!("{}", p.render(scenario::Paint::Plain))).scenario)
    };
    // A quarter of the replications look for the factor.
    let plan = plan(48);
    let found = experiment::staffing_at_target(&at, &plan, &Unattended).expect("not cancelled");
    let factor = found.expect("twice the agents are enough");
    let level = |factor: f64| {
        let settings = Settings { replications: Some(12), ..Settings::default() };
        let run = experiment::replicate(&at(factor).unwrap(), &settings, &Unattended).expect("a run");
        run.targets[0].value.mean.unwrap()
    };
    assert!(level(factor) >= 0.8 && level(factor - 0.005) < 0.8, "{factor}");
    let nobody = |_| at(0.0);
    let none = experiment::staffing_at_target(&nobody, &plan, &Unattended).expect("not cancelled");
    assert_eq!(none, None);
}

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        desk.put("base.toml", BASE);
        desk.put("more.toml", &BASE.replace("agents = 6", "agents = 7").replace("Base", "One agent more"));
        desk
    }

    fn put(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, text).expect("the file can be written");
        path
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_holdtime"));
        command.current_dir(self.folder.path()).arg("compare").args(arguments).env_remove("CLICOLOR_FORCE");
        command.output().expect("the command runs")
    }

    #[track_caller]
    fn ends(&self, code: i32, arguments: &[&str]) -> (String, String) {
        let output = self.run(arguments);
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        let (out, err) = (text(output.stdout), text(output.stderr));
        assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{out}\n{err}");
        (out, err)
    }
}

/// Words of a message without the breaks of its lines.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_bytes_do_not_depend_on_the_number_of_threads() {
    let desk = Desk::new();
    for format in ["table", "json", "csv"] {
        for more in [
            &["--replications", "7"][..],
            &["--until-decided", "--metrics", "service_level", "--matters", "service_level=0.5pp"],
        ] {
            let bytes = |jobs: &str| {
                let arguments = ["base.toml", "more.toml", "--quiet", "--format", format, "--jobs", jobs];
                desk.ends(0, &[&arguments[..], more].concat())
            };
            assert_eq!(bytes("1"), bytes("2"), "{format} {more:?}");
        }
    }
}

#[test]
fn what_cannot_be_compared_is_refused_in_words_and_all_at_once() {
    let desk = Desk::new();
    let (_, error) = desk.ends(2, &["base.toml"]);
    assert!(
        joined(&error).contains("`base.toml` is one; for one alone: `holdtime run base.toml`"),
        "{error}"
    );
    desk.put("long.toml", &BASE.replace("horizon = \"8h\"", "horizon = \"1d\"\ninterval = \"15m\""));
    desk.put(
        "dated.toml",
        &BASE.replace("horizon", "start = \"2026-03-02\"\ntime_zone = \"Europe/Berlin\"\nhorizon"),
    );
    let (out, error) = desk.ends(1, &["base.toml", "long.toml", "dated.toml"]);
    assert_eq!(out, "");
    let error = joined(&error);
    for words in [
        "`long.toml` cannot be compared with `base.toml`: `horizon` is 1d, not 8h",
        "`interval` is 15m, not 30m",
        "`dated.toml` cannot be compared with `base.toml`: `start` is 2026-03-02 00:00, not no date",
        "`time_zone` is Europe/Berlin, not UTC",
    ] {
        assert!(error.contains(words), "{words}: {error}");
    }
    desk.put("wrong.toml", &BASE.replace("patience", "patiance"));
    let (_, error) = desk.ends(
        1,
        &["wrong.toml", "missing_class.toml", "base.toml"]
            .map(|name| if name == "missing_class.toml" { "long.toml" } else { name }),
    );
    assert!(
        error.contains("unknown key `patiance`") && error.contains("wrong.toml is not valid: 2 errors"),
        "{error}"
    );
    let (_, error) = desk.ends(2, &["base.toml", "nowhere.toml"]);
    assert!(error.contains("nowhere.toml"), "{error}");
    for (arguments, words) in [
        (["--metrics", "asa"], "there is no measure `asa`"),
        (["--matters", "asa_s"], "the least that matters"),
        (["--matters", "asa_s=1pp"], "which is no share"),
        (["--max-replications", "1"], "a whole number from 10"),
        (["--best", "occupancy"], "neither more nor less of `occupancy` is better"),
        (["--at-target", "-q"], "`--at-target`: no target in `base.toml`, `more.toml`"),
    ] {
        let (_, error) = desk.ends(2, &["base.toml", "more.toml", arguments[0], arguments[1]]);
        assert!(error.contains(words), "{arguments:?}: {error}");
    }
}

#[test]
fn the_page_answers_first_and_fits_eighty_columns_whatever_the_names() {
    let desk = Desk::new();
    let name = "Süd mit einem sehr langen Namen, der auf keine Zeile passt: 40 mehr";
    for (i, agents) in ["5", "8", "9"].iter().enumerate() {
        let text = BASE.replace("agents = 6", &format!("agents = {agents}")).replace("Base", name);
        desk.put(&format!("option_{i}.toml"), &text);
    }
    desk.put(
        "target.toml",
        &format!("{BASE}\n[target]\nservice_level = {{ at_least = 0.8, per = \"day\" }}\n"),
    );
    let (two, _) = desk.ends(0, &["base.toml", "more.toml", "--replications", "20", "-q"]);
    let answer = joined(&two);
    assert!(two.starts_with("One agent more against Base\n"), "{two}");
    assert!(
        answer.contains("B (One agent more) serves better than A (Base) and costs more: answered in 20 s +"),
        "{two}"
    );
    assert!(answer.contains("It is worth it if a point of service level is worth more than"), "{two}");
    assert!(answer.contains("no targets: service is judged by its difference alone"), "{two}");
    let files = ["base.toml", "option_0.toml", "option_1.toml", "option_2.toml", "target.toml"];
    let (five, _) = desk.ends(0, &[&files[..], &["--replications", "5", "-q"]].concat());
    assert!(five.starts_with("4 options against "), "{five}");
    assert!(five.contains("E AGAINST A") && five.contains("identical"), "{five}");
    let (one, _) = desk.ends(0, &["base.toml", "more.toml", "--replications", "1", "-q"]);
    assert!(joined(&one).contains("One replication shows no chance"), "{one}");
    for page in [&two, &five, &one] {
        assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    }
}

#[test]
fn json_and_csv_name_everything_and_the_folder_gets_all_three() {
    let desk = Desk::new();
    let (json, _) = desk.ends(
        0,
        &[
            "more.toml",
            "--against",
            "base.toml",
            "--replications",
            "10",
            "--format",
            "json",
            "--out",
            "results",
        ],
    );
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((&json["reference"], &json["options"][0]["file"]), (&"base.toml".into(), &"more.toml".into()));
    let first = &json["options"][0]["differences"][0];
    assert_eq!((&first["metric"], &first["verdict"]), (&"service_level".into(), &"better".into()));
    let (here, there) = (&first["option"]["mean"], &first["reference"]["mean"]);
    let difference = here.as_f64().unwrap() - there.as_f64().unwrap();
    assert!((first["difference"]["mean"].as_f64().unwrap() - difference).abs() < 1e-12);
    assert_eq!(json["family"]["size"], 4);
    assert_eq!(json["options"][0]["customers"][0]["sameness"], "same");
    let mut names: Vec<String> = fs::read_dir(desk.folder.path().join("results"))
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    names.sort();
    assert_eq!(names, ["compare.csv", "compare.json", "compare.txt"]);
    let csv = fs::read_to_string(desk.folder.path().join("results/compare.csv")).expect("a file");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let columns = reader.headers().expect("a header").clone();
    let rows: Vec<csv::StringRecord> =
        reader.records().map(|row| row.expect("as long as the header")).collect();
    let verdict = columns.iter().position(|name| name == "verdict").expect("a column");
    assert_eq!((&rows[0][4], &rows[0][verdict]), ("service_level", "better"));
    assert!(rows.iter().any(|row| &row[2] == "class" && &row[3] == "orders"));
    assert!(rows.iter().any(|row| &row[2] == "cost_borne_by" && &row[3] == "partners"));
}

#[test]
fn of_identical_scenarios_none_is_the_best_alone_and_a_measure_without_value_is_named() {
    let desk = Desk::new();
    let free =
        BASE.replace("cost_per_paid_hour = 30\n", "").replace("[contract.partner]\nper_call = 2\n", "");
    assert_eq!(free.lines().count() + 3, BASE.lines().count());
    for name in ["one.toml", "same.toml"] {
        desk.put(name, &free);
    }
    let arguments = ["one.toml", "same.toml", "--best", "asa_s", "--metrics", "asa_s,cost_eur,asa_s", "-q"];
    let (page, error) = desk.ends(0, &arguments);
    let page = joined(&page);
    assert!(page.contains("just as good, the same in every replication: B"), "{page}{error}");
    assert!(page.contains("`cost_eur`: asked for, and without a value in every scenario"), "{page}");
    let (json, _) = desk.ends(0, &[&arguments[..], &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["best"]["equal"][0], "same.toml");
    assert_eq!(json["family"]["metrics"], serde_json::json!(["asa_s", "cost_eur"]));
}
