//! `holdtime explain`: from Erlang C to the full model, and from a forecast to what happened, step by step.

use std::process::{Command, Output};

use holdtime::experiment::{
    self, Cause, ExplainPlan, Explanation, Part, Property, Settings, StepEffect, Unattended,
};
use holdtime::scenario::{self, Scenario, Texts};
use serde_json::Value;

/// As plain as a formula's queue.
const PLAIN: &str = r#"
name = "Plain"
horizon = "10h"
warm_up = "1h"
[class.calls]
volume = { per_hour = 100 }
talk_time = { exponential = { mean = "3m" } }
patience = { exponential = { mean = "2m" } }
[group.agents]
agents = 6
takes = [["calls"]]
"#;

/// Every property that can be switched off.
const RICH: &str = r#"
name = "Rich"
horizon = "10h"
warm_up = "2h"
[day_variation]
cv = 0.1
[class.calls]
volume = { per_hour = 90 }
talk_time = { lognormal = { mean = "3m", cv = 1.2 } }
after_call_work = { exponential = { mean = "30s" } }
patience = { weibull = { mean = "2m", shape = 0.8 } }
resolution = 0.8
redial.after_abandon = { first = 0.5, later = 0.5, delay = { exponential = { mean = "15m" } } }
repeat = { probability = 0.5, delay = { exponential = { mean = "40m" } } }
transfer = [{ to = "experts", probability = 0.15 }]
answer_delay = "3s"
[class.experts]
volume = { per_hour = 20 }
talk_time = { exponential = { mean = "5m" } }
patience = { exponential = { mean = "3m" } }
[group.first]
agents = 5
takes = [["calls"]]
unplanned_absence = { share = 0.1 }
[group.both]
agents = 4
takes = [["experts"], ["calls"]]
skill.calls = { talk_time_factor = 1.2 }
[routing.calls]
tier = [{ groups = ["first"] }, { groups = ["both"], after = "20s" }]
[policy.pressure]
signal = "waiting_per_agent"
speed = { linear = [[0.0, 1.0], [1.0, 1.2]] }
"#;

fn load(text: &str, sets: &[&str]) -> Scenario {
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    let loaded = scenario::load("s.toml", &sets, &Texts::new().with("s.toml", text));
    loaded.unwrap_or_else(|problems| panic!("{}", problems.render(scenario::Paint::Plain))).scenario
}

fn plan(replications: u32) -> ExplainPlan {
    ExplainPlan { replications: Some(replications), seed: 1, jobs: 1, ..ExplainPlan::default() }
}

fn explained(text: &str, plan: &ExplainPlan) -> Explanation {
    experiment::explain(&load(text, &[]), plan, &Unattended).expect("an explanation")
}

fn of<'a>(explanation: &'a Explanation, cause: Cause, metric: &str) -> &'a StepEffect {
    let position = explanation.metrics.iter().position(|name| *name == metric).expect("it is explained");
    let step = explanation.steps.iter().find(|step| step.cause == cause).expect("there is such a step");
    &step.effects[position]
}

fn value(text: &str, replications: u32, metric: &str) -> f64 {
    let settings = Settings { replications: Some(replications), ..Settings::default() };
    let run = experiment::replicate(&load(text, &[]), &settings, &Unattended).expect("a run");
    run.total.get(metric).and_then(|estimate| estimate.mean).expect("a value")
}

#[test]
fn steps_sum_to_the_whole_difference_and_end_with_the_run_itself() {
    let explanation = explained(RICH, &plan(6));
    for (position, metric) in explanation.metrics.iter().enumerate() {
        let effects: Vec<&StepEffect> =
            explanation.steps.iter().map(|step| &step.effects[position]).collect();
        let last = effects.last().and_then(|effect| effect.value.mean).expect("the full model has a value");
        assert_eq!(last, value(RICH, 6, metric), "{metric}");
        let first = effects.iter().find_map(|effect| effect.value.mean).expect("a beginning");
        let sum: f64 = effects.iter().filter_map(|effect| effect.step?.mean).sum();
        assert!((sum - (last - first)).abs() < 1e-9, "{metric}: {sum}, not {}", last - first);
        // In the reverse order properties go from the simulation of nothing to the same end.
        let nothing = of(&explanation, Cause::Simulation, metric).value.mean.expect("a value");
        let back: f64 = effects.iter().filter_map(|effect| effect.reverse?.mean).sum();
        assert!((back - (last - nothing)).abs() < 1e-9, "{metric}: {back}");
    }
}

/// A constant load in balance, all laws exponential: the simulation is Erlang A but for chance.
#[test]
fn a_plain_queue_has_nothing_to_switch_off_and_simulates_as_erlang_a_says() {
    let explanation = explained(PLAIN, &plan(200));
    assert_eq!(explanation.steps.len(), 3);
    assert_eq!(explanation.missing.len(), Property::ALL.len());
    for metric in ["service_level", "abandonment", "asa_s"] {
        let step = of(&explanation, Cause::Simulation, metric).step.expect("both have a value");
        let (mean, half) = (step.mean.expect("a difference"), step.half_width.expect("an interval"));
        assert!(mean.abs() <= 1.5 * half, "{metric}: {mean} ± {half}");
        let all = of(&explanation, Cause::Simulation, metric).value.mean.expect("a value");
        assert!(half < 0.06 * all, "{metric} is known well enough to say so: {all} ± {half}");
    }
    assert_eq!(of(&explanation, Cause::ErlangC, "abandonment").value.mean, Some(0.0));
}

#[test]
fn every_property_is_found_and_switched_on_in_the_order_that_is_asked_for() {
    let explanation =
        explained(RICH, &ExplainPlan { order: vec![Property::Returns, Property::Skills], ..plan(3) });
    let causes: Vec<Cause> = explanation.steps.iter().map(|step| step.cause).collect();
    assert_eq!(causes[..3], [Cause::ErlangC, Cause::ErlangA, Cause::Simulation]);
    assert_eq!(causes[3..5], [Cause::Property(Property::Returns), Cause::Property(Property::Skills)]);
    assert_eq!(causes.len(), 3 + Property::ALL.len(), "{causes:?}");
    assert!(explanation.missing.is_empty());
}

#[test]
fn the_reverse_column_is_what_the_reverse_order_gives() {
    let order = Property::order(&[]);
    let reversed: Vec<Property> = order.iter().rev().copied().collect();
    let (forward, backward) =
        (explained(RICH, &plan(3)), explained(RICH, &ExplainPlan { order: reversed, ..plan(3) }));
    for property in order {
        let cause = Cause::Property(property);
        for metric in ["service_level", "asa_s"] {
            assert_eq!(
                of(&forward, cause, metric).reverse,
                of(&backward, cause, metric).step,
                "{property:?}"
            );
        }
    }
}

/// As many visits come whatever is switched off. What is left is chance, and that returns follow what happens: in a centre this small two
/// of a hundred.
#[test]
fn the_load_stays_what_it_was() {
    let how = ExplainPlan { metrics: vec!["entered", "busy_h"], ..plan(60) };
    let explanation = explained(&RICH.replace("cv = 0.1", "cv = 0.001"), &how);
    let entered: Vec<f64> =
        (explanation.steps.iter()).filter_map(|step| step.effects[0].value.mean).collect();
    let full = entered.last().copied().expect("a value");
    for (step, entered) in explanation.steps[2..].iter().zip(&entered) {
        assert!((entered / full - 1.0).abs() < 0.025, "{:?}: {entered}, not {full}", step.cause);
    }
}

#[test]
fn a_queue_above_capacity_has_service_level_0_by_erlang_c_and_its_waits_no_end() {
    let explanation = explained(&PLAIN.replace("agents = 6", "agents = 4"), &plan(2));
    let above = explanation.above_capacity.expect("formulas were asked");
    assert_eq!((above.above, above.share_of_visits), (above.intervals, 1.0));
    assert_eq!(of(&explanation, Cause::ErlangC, "service_level").value.mean, Some(0.0));
    assert_eq!(of(&explanation, Cause::ErlangC, "asa_s").value.mean, None);
    assert!(of(&explanation, Cause::ErlangA, "asa_s").step.is_none());
    assert!(explanation.notes.iter().any(|note| note.contains("infinite")), "{:?}", explanation.notes);
    let calm = explained(PLAIN, &plan(2)).above_capacity.expect("formulas were asked");
    assert_eq!((calm.above, calm.share_of_visits), (0, 0.0));
}

#[test]
fn threads_change_nothing() {
    assert_eq!(explained(RICH, &plan(3)), explained(RICH, &ExplainPlan { jobs: 2, ..plan(3) }));
}

fn apart(sets: &[&str], first: &[Part]) -> Explanation {
    let (plan_, actual) = (load(RICH, &[]), load(RICH, sets));
    experiment::explain_difference(&plan_, &actual, first, &plan(4), &Unattended).expect("an explanation")
}

#[test]
fn a_forecast_that_came_true_has_nothing_to_explain() {
    let explanation = apart(&["name=other"], &[]);
    assert_eq!(explanation.steps.len(), 1);
    assert_eq!(explanation.missing.len(), Part::ALL.len());
}

#[test]
fn what_differs_is_booked_to_its_group_and_sums_to_what_happened() {
    for (set, part) in [
        ("scale.volume=1.1", Part::Volume),
        ("scale.talk_time=1.1", Part::HandleTime),
        ("scale.patience=0.8", Part::Patience),
        ("scale.repeat=1.2", Part::Returns),
        ("scale.transfer=1.2", Part::Transfers),
        ("group.first.agents=4", Part::Staffing),
        ("scale.absence=2", Part::Absence),
        ("routing.calls.tier.1.after=5s", Part::Routing),
        ("class.calls.max_wait={ after = \"1m\", then = \"disconnect\" }", Part::Rest),
    ] {
        let explanation = apart(&[set], &[]);
        let causes: Vec<Cause> = explanation.steps.iter().map(|step| step.cause).collect();
        assert_eq!(causes, [Cause::Forecast, Cause::Part(part)], "{set}");
        let ends = |position: usize| explanation.steps[position].effects[1].value.mean.expect("a value");
        let step = explanation.steps[1].effects[1].step.expect("a step").mean.expect("a difference");
        assert!((step - (ends(1) - ends(0))).abs() < 1e-12, "{set}");
        assert!(explanation.steps[1].effects[1].reverse.is_none(), "one part has no other order");
    }
    let explanation = apart(&["scale.volume=1.1"], &[]);
    assert_eq!(explanation.whole[0], explanation.steps[1].effects[0].step, "one step is the whole");
    let explanation = apart(&["scale.volume=1.1", "group.first.agents=4"], &[Part::Staffing]);
    let causes: Vec<Cause> = explanation.steps.iter().map(|step| step.cause).collect();
    assert_eq!(causes, [Cause::Forecast, Cause::Part(Part::Staffing), Cause::Part(Part::Volume)]);
    assert!(explanation.steps[1].effects[0].reverse.is_some());
}

fn holdtime(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_holdtime")).args(arguments).output().expect("it starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn the_page_fits_and_the_numbers_are_there_for_machines() {
    let folder = std::env::temp_dir().join(format!("holdtime-explain-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let (rich, other) = (folder.join("rich.toml"), folder.join("other.toml"));
    std::fs::write(&rich, RICH).expect("written");
    std::fs::write(
        &other,
        "base = \"rich.toml\"\nname = \"Other\"\nscale = { volume = 1.1, patience = 0.9 }\n",
    )
    .expect("written");
    let path = |path: &std::path::Path| path.display().to_string();
    let out = path(&folder.join("out"));
    let ran = holdtime(&["explain", &path(&rich), "--replications", "5", "--out", &out]);
    assert!(ran.status.success(), "{}", text(&ran.stderr));
    let page = text(&ran.stdout);
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    for said in [
        "Why Rich is not what Erlang C says",
        "+ skills, routing",
        "= full model",
        "in reverse",
        "above capacity",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let read = |name: &str| std::fs::read_to_string(folder.join("out").join(name)).expect("a file");
    let json: Value = serde_json::from_str(&read("explain.json")).expect("JSON");
    assert_eq!(json["steps"][0]["step"], "erlang_c");
    assert_eq!(json["steps"].as_array().map(Vec::len), Some(12));
    assert_eq!(read("explain.csv").lines().count(), 1 + 12 * 3);
    assert_eq!(read("explain.txt"), page);

    let ran = holdtime(&[
        "explain",
        "--from",
        &path(&rich),
        "--to",
        &path(&other),
        "--replications",
        "5",
        "--quiet",
    ]);
    let page = text(&ran.stdout);
    assert!(ran.status.success() && ran.stderr.is_empty(), "{}", text(&ran.stderr));
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    for said in [
        "Why Other is not what was forecast",
        "+ volume",
        "+ patience",
        "= what happened",
        "the same in both: ",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let ran = holdtime(&["explain", "--from", &path(&rich), "--to", &path(&rich), "--replications", "2"]);
    assert!(text(&ran.stdout).contains("The two files differ in nothing"), "{}", text(&ran.stdout));
    std::fs::remove_dir_all(folder).expect("removed");
}

#[test]
fn what_does_not_fit_is_said_in_words() {
    let first = "scenarios/first.toml";
    for (arguments, said) in [
        (&[first, "--order", "skills,skills"][..], "names `skills` twice"),
        (&[first, "--order", "volume"], "`--order` names `volume`, which is no step"),
        (&["--from", first, "--to", first, "--order", "skills"], "handle_time"),
        (&[first, "--from", first, "--to", first], "cannot be used with"),
        (&[first, "--to", first], "cannot be used with"),
        (&["--from", first], "--to"),
        (&[], "required"),
        (&["scenarios/study/capacity.toml"], "know no endless"),
        (&["--from", first, "--to", "scenarios/study/waiting.toml"], "cannot be taken apart"),
    ] {
        let ran = holdtime(&[&["explain"], arguments].concat());
        assert!(!ran.status.success() && ran.stdout.is_empty(), "{arguments:?}");
        assert!(text(&ran.stderr).contains(said), "{arguments:?}: {}", text(&ran.stderr));
    }
}
