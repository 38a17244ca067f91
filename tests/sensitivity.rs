//! `holdtime sensitivity`: each input moved alone on the same customers, and what is said where nothing can be moved.

use std::process::{Command, Output};

use holdtime::experiment::{
    self, Candidates, Input, Moved, Sensitivity, SensitivityPlan, Settings, Spread, Unattended,
};
use holdtime::scenario::checked::Uncertainty;
use holdtime::scenario::{self, Loaded, Texts};
use serde_json::Value;

/// Redials, repeats and absence are there; transfers are not. One site has no group.
const CENTRE: &str = r#"
name = "Centre"
horizon = "8h"
[class.calls]
volume = { per_hour = 100 }
talk_time = { exponential = { mean = "3m" } }
patience = { exponential = { mean = "2m" } }
resolution = 0.8
redial.after_abandon = { first = 0.5, later = 0.5, delay = { exponential = { mean = "20m" } } }
repeat = { probability = 0.95, delay = { exponential = { mean = "1h" } } }
[group.own]
site = "home"
agents = 4
takes = [["calls"]]
cost_per_paid_hour = 30
[group.theirs]
site = "partner"
agents = 3
takes = [["calls"]]
unplanned_absence = { share = 0.1 }
[site.home]
sourcing = "in_house"
[site.partner]
sourcing = "outsourced"
[site.empty]
sourcing = "in_house"
"#;

fn load(text: &str, sets: &[String]) -> Result<Loaded, scenario::Diagnostics> {
    scenario::load("s.toml", sets, &Texts::new().with("s.toml", text))
}

fn candidates(text: &str, by: f64, uncertain: &Uncertainty) -> (Loaded, Candidates) {
    let base = load(text, &[]).expect("a sound scenario");
    let make = |set: &str| match load(text, &[set.to_owned()]) {
        Ok(loaded) => Ok(loaded.scenario),
        Err(problems) => Err(problems.iter().next().expect("a problem").title().to_owned()),
    };
    let candidates = experiment::candidates(&base, by, uncertain, &make);
    (base, candidates)
}

fn plan(replications: u32) -> SensitivityPlan {
    SensitivityPlan { replications: Some(replications), seed: 1, jobs: 1, metrics: vec![] }
}

fn found(text: &str, plan: &SensitivityPlan) -> Sensitivity {
    let (base, candidates) = candidates(text, 0.1, &Uncertainty::default());
    experiment::sensitivity(&base.scenario, &candidates, plan, &Unattended).expect("a result")
}

fn of<'a>(sensitivity: &'a Sensitivity, input: &Input) -> &'a Moved {
    sensitivity.inputs.iter().find(|one| one.input == *input).expect("it is moved")
}

#[test]
fn an_end_is_the_scenario_with_the_lever_set_and_nothing_else() {
    let sensitivity = found(CENTRE, &plan(12));
    let abandonment = |sets: &[String]| {
        let scenario = load(CENTRE, sets).expect("a sound scenario").scenario;
        let settings = Settings { replications: Some(12), ..Settings::default() };
        let run = experiment::replicate(&scenario, &settings, &Unattended).expect("a run");
        run.total.get("abandonment").and_then(|estimate| estimate.mean).expect("customers")
    };
    let base = abandonment(&[]);
    assert_eq!(sensitivity.base[0].mean, Some(base));
    for one in &sensitivity.inputs {
        for (end, (_, set)) in one.ends.iter().enumerate() {
            let shown = one.effects[0].ends[end].mean.expect("a difference");
            let there = abandonment(std::slice::from_ref(set));
            assert!((shown - (there - base)).abs() < 1e-12, "{set}: {shown}, not {}", there - base);
        }
    }
}

#[test]
fn what_moves_most_comes_first_and_moves_as_one_expects() {
    let sensitivity = found(CENTRE, &plan(40));
    assert_eq!((sensitivity.metrics[0], sensitivity.sorted_by), ("abandonment", Some("abandonment")));
    let swings: Vec<f64> = sensitivity.inputs.iter().filter_map(|one| one.effects[0].swing).collect();
    assert_eq!(swings.len(), sensitivity.inputs.len());
    assert!(swings.windows(2).all(|pair| pair[0] >= pair[1]), "{swings:?}");
    let elasticity = |input: &Input, metric: usize| {
        let estimate = of(&sensitivity, input).effects[metric].elasticity.expect("both ends");
        let (mean, half) = (estimate.mean.expect("a value"), estimate.half_width.expect("an interval"));
        assert!(mean.abs() > half, "{input:?} moves measure {metric}: {mean} ± {half}");
        mean
    };
    // More calls or longer ones abandon more than in proportion, more agents less; who waits longer abandons less.
    assert!(elasticity(&Input::Volume, 0) > 1.0 && elasticity(&Input::TalkTime, 0) > 1.0);
    assert!(elasticity(&Input::Staffing, 0) < -1.0 && elasticity(&Input::Patience, 0) < 0.0);
    assert!(elasticity(&Input::Staffing, 2) > 0.0, "service level");
    // Of the pay for agents all is in-house: a tenth more of all of them is a tenth more money.
    let cost =
        of(&sensitivity, &Input::Staffing).effects[3].elasticity.expect("a cost").mean.expect("a value");
    assert!((cost - 1.0).abs() < 0.1, "{cost}");
    let at_home = of(&sensitivity, &Input::Site("home".into())).effects[3].elasticity.expect("a cost");
    assert!((at_home.mean.expect("a value") - cost).abs() < 0.1);
}

#[test]
fn what_a_scenario_does_not_have_is_named_and_not_shown_as_nothing() {
    let sensitivity = found(CENTRE, &plan(2));
    assert_eq!(sensitivity.missing, [Input::Transfer, Input::Site("empty".into())]);
    let moved = |input: &Input| sensitivity.inputs.iter().any(|one| one.input == *input);
    assert!(moved(&Input::Redial) && moved(&Input::Absence) && !moved(&Input::Transfer));
}

#[test]
fn a_lever_in_the_file_is_multiplied_and_a_share_that_is_full_is_told() {
    let text = format!("{CENTRE}[scale]\nvolume = 1.2\nsite = {{ home = 0.5 }}\n");
    let (_, candidates) = candidates(&text, 0.1, &Uncertainty::default());
    let sets = |input: &Input| {
        let one = candidates.moved.iter().find(|one| one.input == *input).expect("it is moved");
        one.ends.each_ref().map(|end| end.set.clone())
    };
    assert_eq!(sets(&Input::Volume), ["scale.volume=1.08", "scale.volume=1.32"]);
    assert_eq!(sets(&Input::Site("home".into())), ["scale.site.home=0.45", "scale.site.home=0.55"]);
    // 0.95 × 1.1 is more than all.
    let sensitivity = found(CENTRE, &plan(2));
    let remarks = &of(&sensitivity, &Input::Repeat).remarks;
    assert!(remarks.len() == 1 && remarks[0].contains("scale.repeat=1.1") && remarks[0].contains("`calls`"));
    assert!(of(&sensitivity, &Input::Redial).remarks.is_empty());
}

#[test]
fn an_end_that_no_scenario_has_is_told_and_the_other_end_stands() {
    // Together 96 %: a tenth more is more than all.
    let half = "{ to = \"calls\", probability = 0.48 }";
    let text = CENTRE.replace("resolution = 0.8", &format!("resolution = 0.8\ntransfer = [{half}, {half}]"))
        + "[policy.transfer_limit]\nper_contact = 1\nat_limit.keep = { extra_talk = 0.3, resolution = 0.6 }\n";
    let sensitivity = found(&text, &plan(3));
    let transfers = of(&sensitivity, &Input::Transfer);
    assert!(transfers.effects[0].ends[0].mean.is_some() && transfers.effects[0].ends[1].mean.is_none());
    assert!(transfers.remarks[0].contains("`scale.transfer=1.1` is not possible"), "{:?}", transfers.remarks);
}

#[test]
fn uncertainty_moves_from_its_5th_to_its_95th_percentile() {
    let uncertain = Uncertainty { volume: 0.1, ..Uncertainty::default() };
    let (_, candidates) = candidates(CENTRE, 0.1, &uncertain);
    let spread =
        |input: &Input| candidates.moved.iter().find(|one| one.input == *input).expect("moved").spread;
    assert_eq!(spread(&Input::Volume), Spread::Uncertainty(0.1));
    assert_eq!(spread(&Input::TalkTime), Spread::By(0.1));
    // Nine of ten factors lie between: by the normal law of their logarithm.
    let (low, high) = spread(&Input::Volume).factors();
    let sigma = (1.01_f64).ln().sqrt();
    let score = |factor: f64| (factor.ln() + 0.5 * sigma * sigma) / sigma;
    assert!((score(low) + 1.644_853_6).abs() < 1e-6 && (score(high) - 1.644_853_6).abs() < 1e-6);
}

#[test]
fn threads_change_nothing_and_one_replication_has_no_interval() {
    let alone = found(CENTRE, &plan(4));
    assert_eq!(alone, found(CENTRE, &SensitivityPlan { jobs: 2, ..plan(4) }));
    let one = found(CENTRE, &plan(1));
    let ends = one.inputs.iter().flat_map(|one| &one.effects).flat_map(|effect| &effect.ends);
    assert!(ends.clone().all(|end| end.half_width.is_none()) && ends.clone().any(|end| end.mean.is_some()));
    assert!(one.notes[0].starts_with("one replication"), "{:?}", one.notes);
}

fn holdtime(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_holdtime")).args(arguments).output().expect("it starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn the_page_fits_and_says_what_it_rests_on_and_the_numbers_are_there_for_machines() {
    let folder = std::env::temp_dir().join(format!("holdtime-sensitivity-{}", std::process::id()));
    let out = folder.display().to_string();
    let ran = holdtime(&["sensitivity", "scenarios/first.toml", "--replications", "20", "--out", &out]);
    assert!(ran.status.success(), "{}", text(&ran.stderr));
    let page = text(&ran.stdout);
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    for said in [
        "What moves One queue: each input ± 10 %",
        "not in this scenario: redials",
        "per 1 %",
        "░",
        "20 replications",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let json: Value =
        serde_json::from_slice(&std::fs::read(folder.join("sensitivity.json")).expect("a file"))
            .expect("JSON");
    let inputs: Vec<&Value> = json["inputs"].as_array().expect("a list").iter().collect();
    let staffing = inputs.iter().find(|one| one["input"] == "staffing").expect("it is moved");
    assert_eq!(staffing["low"]["set"], "scale.staffing=0.9");
    assert_eq!(json["not_in_scenario"], serde_json::json!(["redial", "repeat", "transfer", "absence"]));
    let table = std::fs::read_to_string(folder.join("sensitivity.csv")).expect("a file");
    // Four inputs and three measures: there is no cost.
    assert_eq!(table.lines().count(), 1 + 4 * 3, "{table}");
    assert_eq!(std::fs::read_to_string(folder.join("sensitivity.txt")).expect("a file"), page);
    std::fs::remove_dir_all(folder).expect("removed");
}

#[test]
fn what_does_not_fit_is_said_in_words() {
    for (arguments, said) in [
        (&["--by", "100%"][..], "a share above 0 and below 100 %"),
        (&["--by", "0"], "a share above 0 and below 100 %"),
        (&["--metrics", "happiness"], "there is no measure `happiness`"),
        (&["--uncertainty"], "has no `[uncertainty]`"),
        (&["--set", "group.agents.agents=many"], "is not valid: 1 error"),
    ] {
        let ran = holdtime(&[&["sensitivity", "scenarios/first.toml"], arguments].concat());
        assert!(!ran.status.success() && ran.stdout.is_empty());
        assert!(text(&ran.stderr).contains(said), "{arguments:?}: {}", text(&ran.stderr));
    }
}

#[test]
fn a_year_is_looked_at_by_its_first_four_weeks_unless_one_says_otherwise() {
    let study = "scenarios/study/season.toml";
    let horizon = |more: &[&str]| {
        let arguments =
            [&["sensitivity", study, "--replications", "1", "--format", "json", "--quiet"], more].concat();
        let ran = holdtime(&arguments);
        let json: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
        (json["manifest"]["horizon_s"].as_f64(), json["manifest"]["horizon_of_the_scenario_s"].as_f64())
    };
    let (cut, whole) = horizon(&[]);
    // The clocks are put back in it: four weeks have an hour more.
    assert_eq!(cut, Some(28.0 * 86_400.0 + 3_600.0));
    assert!(whole.expect("it was cut") > 31.0 * 86_400.0);
    assert_eq!(horizon(&["--set", "horizon=2d"]), (Some(2.0 * 86_400.0), None));
}
