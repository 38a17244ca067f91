//! Experiments on a small scenario: order, ties, cancellation, intervals.

use std::sync::atomic::{AtomicU32, Ordering};

use super::{
    Control, Grain, Measures, Named, Outcome, PeriodRow, Precision, Progress, Settings, Unattended,
    Unfinished, Until, Verdict, replicate, replications, simulate,
};
use crate::measure::sample;
use crate::random::Dist;
use crate::scenario::Scenario;
use crate::scenario::checked::{DelayRuns, Goal, Period, ReturnDelay, Target};
use crate::units::{ClassId, Span};

/// Nine days from Monday 2026-03-23 after two hours of warm-up; customers redial and return.
fn scenario() -> Scenario {
    let mut scenario = sample::scenario(4, 9 * 48 - 4);
    for class in &mut scenario.classes {
        class.redial_after_abandon.first = 0.5;
        class.redial_after_abandon.delay =
            Some(ReturnDelay { law: Dist::exponential(600.0).unwrap(), runs: DelayRuns::Always });
        class.repeat.probability = 0.5;
        class.repeat.delay =
            Some(ReturnDelay { law: Dist::exponential(7200.0).unwrap(), runs: DelayRuns::Always });
    }
    scenario.classes[1].fresh_rate.fill(0.012);
    scenario.case_window = Span::DAY;
    scenario.targets = vec![
        Target {
            class: None,
            goal: Goal::ServiceLevel { at_least: 0.8, level: vec![0, 0] },
            per: Period::Day,
        },
        Target { class: Some(ClassId(1)), goal: Goal::Abandonment { at_most: 0.05 }, per: Period::Week },
        Target { class: None, goal: Goal::Occupancy { at_most: 0.0 }, per: Period::Interval },
        Target { class: None, goal: Goal::Asa { at_most: Span::HOUR }, per: Period::Year },
    ];
    scenario
}

fn settings(replications: u32, jobs: usize) -> Settings {
    Settings { replications: Some(replications), seed: 1, jobs, ..Settings::default() }
}

fn outcome(replications: u32, jobs: usize) -> Outcome {
    replicate(&scenario(), &settings(replications, jobs), &Unattended).unwrap()
}

fn mean(measures: &Measures, name: &str) -> f64 {
    measures.get(name).and_then(|estimate| estimate.mean).unwrap_or_else(|| panic!("no {name}"))
}

#[track_caller]
fn ties<'a>(parts: impl Iterator<Item = &'a Measures>, whole: &Measures, names: &[&str]) {
    let parts: Vec<&Measures> = parts.collect();
    for name in names {
        let sum: f64 = parts.iter().map(|measures| mean(measures, name)).sum();
        let whole = mean(whole, name);
        assert!((sum - whole).abs() <= 1e-9 * whole.abs(), "{name}: {sum}, not {whole}");
    }
}

const OF_CLASSES: [&str; 10] = [
    "offered",
    "fresh",
    "entered",
    "answered",
    "abandoned",
    "in_time",
    "service_level_base",
    "cases",
    "case_open",
    "resolved",
];
const OF_GROUPS: [&str; 6] = ["answered", "planned_h", "staffed_h", "busy_h", "paid_h", "cost_eur"];

#[test]
fn the_number_of_threads_changes_nothing() {
    let alone = outcome(5, 1);
    assert_eq!(alone, outcome(5, 2));
    assert_eq!(alone, outcome(5, 7));
}

#[test]
fn the_audit_finds_every_law_kept() {
    assert_eq!(outcome(3, 2).audit, Vec::<String>::new());
}

#[test]
fn periods_classes_and_groups_tie_to_the_total() {
    let outcome = outcome(3, 2);
    for rows in [&outcome.by_day, &outcome.by_week, &outcome.by_month, &outcome.by_interval] {
        ties(rows.iter().map(|row| &row.total), &outcome.total, &OF_CLASSES);
        ties(rows.iter().map(|row| &row.total), &outcome.total, &OF_GROUPS);
        for row in rows.iter() {
            ties(row.classes.iter(), &row.total, &OF_CLASSES);
            ties(row.groups.iter(), &row.total, &OF_GROUPS);
        }
    }
    let measures = |named: &'static [&'static str], of: &[Named], whole: &Measures| {
        ties(of.iter().map(|named| &named.measures), whole, named);
    };
    measures(&OF_CLASSES, &outcome.classes, &outcome.total);
    measures(&OF_GROUPS, &outcome.groups, &outcome.total);
    measures(&OF_GROUPS, &outcome.sites, &outcome.total);
    // The business unit holds one class and the in-house site.
    assert_eq!(outcome.business_units.len(), 1);
    let unit = &outcome.business_units[0].measures;
    assert_eq!(unit.get("offered"), outcome.classes[0].measures.get("offered"));
    assert_eq!(unit.get("staffed_h"), outcome.groups[0].measures.get("staffed_h"));
    // Levels tie too.
    let total = &outcome.total;
    let entered = mean(total, "offered") - mean(total, "blocked")
        + mean(total, "transferred")
        + mean(total, "diverted_in");
    assert!((mean(total, "entered") - entered).abs() < 1e-9);
    assert!((mean(total, "cases") + mean(total, "case_open") - mean(total, "fresh")).abs() < 1e-9);
}

#[test]
fn every_interval_of_every_date_is_there_when_asked_for_and_ties_to_its_day() {
    assert!(outcome(2, 1).intervals.is_empty());
    let settings = Settings { grain: Grain::EveryInterval, ..settings(2, 2) };
    let outcome = replicate(&scenario(), &settings, &Unattended).unwrap();
    assert_eq!(outcome.intervals.len(), 428);
    assert_eq!(outcome.intervals[0].label, "2026-03-23 02:00", "after two hours of warm-up");
    let names = ["offered", "entered", "abandoned", "in_time", "service_level_base", "staffed_h", "busy_h"];
    for day in &outcome.by_day {
        let of_day = || outcome.intervals.iter().filter(|row| row.label.starts_with(&day.label));
        ties(of_day().map(|row| &row.total), &day.total, &names);
        ties(of_day().map(|row| &row.classes[1]), &day.classes[1], &names[..5]);
        ties(of_day().map(|row| &row.groups[0]), &day.groups[0], &names[5..]);
    }
    // What other periods do not tell.
    let causes = ["fresh_h", "redial_h", "repeat_h", "transfer_h", "over_90_h", "cost_eur"];
    ties(outcome.intervals.iter().map(|row| &row.total), &outcome.total, &causes);
    let plain = super::trials::outcome(2, 1);
    assert_eq!((plain.total, plain.missed_intervals), (outcome.total, outcome.missed_intervals));
}

#[test]
fn days_weeks_and_slots_have_their_labels() {
    let outcome = outcome(1, 1);
    let labels = |rows: &[PeriodRow]| -> Vec<String> { rows.iter().map(|row| row.label.clone()).collect() };
    assert_eq!(labels(&outcome.by_week), ["2026-W13", "2026-W14"]);
    assert_eq!(labels(&outcome.by_month), ["2026-03"]);
    assert_eq!(labels(&outcome.by_day)[8], "2026-03-31");
    assert_eq!(outcome.by_interval.len(), 7 * 48);
    assert_eq!(labels(&outcome.by_interval)[21], "Mon 10:30");
    let spans: f64 = outcome.by_day.iter().map(|row| mean(&row.total, "span_h")).sum();
    assert_eq!(spans, 9.0 * 24.0 - 2.0);
    assert_eq!(mean(&outcome.by_day[0].total, "span_h"), 22.0, "the warm-up is cut off the first day");
}

#[test]
fn without_dates_periods_are_numbered_from_the_first_counted_day() {
    let mut undated = scenario();
    undated.almanac.is_dated = false;
    let outcome = replicate(&undated, &settings(1, 1), &Unattended).unwrap();
    assert_eq!((outcome.by_week[1].label.as_str(), outcome.by_day[8].label.as_str()), ("week 2", "day 9"));
    assert_eq!(outcome.by_interval[21].label, "day 1 10:30");
    assert!(outcome.by_month.is_empty());
    assert_eq!(outcome.manifest.dates, None);
}

#[test]
fn one_replication_has_no_interval_anywhere_and_says_why() {
    let outcome = outcome(1, 1);
    let everywhere = std::iter::once(&outcome.total)
        .chain(outcome.classes.iter().chain(&outcome.groups).map(|named| &named.measures))
        .chain(outcome.by_day.iter().map(|row| &row.total));
    for measures in everywhere {
        for (name, estimate) in &measures.0 {
            assert_eq!((estimate.half_width, estimate.n), (None, 1), "{name}");
        }
    }
    assert!(outcome.targets.iter().all(|target| target.missed_range.is_none()));
    assert!(outcome.targets.iter().all(|target| target.verdict == Some(Verdict::NotSure)));
    assert!(
        outcome.notes.iter().any(|note| note.starts_with("one replication: no ±")),
        "{:?}",
        outcome.notes
    );
}

#[test]
fn targets_are_judged_per_period_in_each_replication() {
    let outcome = outcome(3, 2);
    let [service, abandoned, occupancy, asa] = &outcome.targets[..] else { panic!("four targets") };
    assert_eq!(
        outcome.targets.iter().map(|target| target.label.as_str()).collect::<Vec<_>>(),
        ["service level 80 %", "abandoned", "occupancy", "ASA"],
        "classes with different bounds have no common notation"
    );
    assert_eq!((service.periods.mean, service.per), (Some(9.0), "day"));
    assert_eq!(service.value, *outcome.total.get("service_level").unwrap());
    assert_eq!(abandoned.periods.mean, Some(2.0));
    assert_eq!(abandoned.value, *outcome.classes[1].measures.get("abandonment").unwrap());
    assert_eq!(occupancy.periods.mean, Some(428.0), "every counted interval is staffed");
    assert!(occupancy.missed.mean > Some(400.0), "somebody is always busy");
    assert_eq!((occupancy.verdict, asa.verdict), (Some(Verdict::Missed), Some(Verdict::Met)));
    assert_eq!((asa.periods.mean, asa.missed.mean), (Some(1.0), Some(0.0)));
    let missed = service.missed.mean.unwrap();
    assert!((0.0..=9.0).contains(&missed), "{missed}");
    assert_eq!(service.missed_range, None, "three replications tell no range");
}

/// Cancels when so many replications are complete.
struct CancelAfter {
    limit: u32,
    complete: AtomicU32,
}

impl Control for CancelAfter {
    fn progress(&self, progress: Progress) {
        if progress.share >= 1.0 {
            self.complete.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn is_cancelled(&self) -> bool {
        self.complete.load(Ordering::SeqCst) >= self.limit
    }
}

#[test]
fn an_interrupted_experiment_has_the_numbers_of_a_shorter_one() {
    let control = CancelAfter { limit: 2, complete: AtomicU32::new(0) };
    let partial = replicate(&scenario(), &settings(40, 2), &control).unwrap();
    let n = partial.manifest.replications;
    assert!((2..=4).contains(&n), "{n}");
    assert!(partial.manifest.is_partial);
    assert_eq!(partial.manifest.replications_planned, 40);
    assert!(partial.notes[0].starts_with("partial: "), "{:?}", partial.notes);
    let shorter = outcome(n, 1);
    assert_eq!((&partial.total, &partial.by_day), (&shorter.total, &shorter.by_day));
    assert!(!shorter.manifest.is_partial);
}

#[test]
fn a_run_until_enough_is_known_has_the_numbers_of_the_first_replications_that_are_enough_on_any_threads() {
    let stopped = |jobs, precision| {
        let until = Some(Until { measure: "asa_s", precision, at_most: 60 });
        let settings = Settings { until, seed: 1, jobs, ..Settings::default() };
        replicate(&scenario(), &settings, &Unattended).unwrap()
    };
    // Three quarters of the width that ten replications have is reached some time after.
    let ten = outcome(10, 1).total.get("asa_s").unwrap().half_width.unwrap();
    let alone = stopped(1, Precision::Absolute(0.75 * ten));
    let n = alone.manifest.replications;
    assert!(n > 10 && n < 60 && n.is_multiple_of(5), "{n}");
    assert!(!alone.manifest.is_partial && alone.notes[0].starts_with("stopped after"), "{:?}", alone.notes);
    assert_eq!(alone, stopped(3, Precision::Absolute(0.75 * ten)));
    let fixed = outcome(n, 1);
    assert_eq!((&alone.total, &alone.by_day), (&fixed.total, &fixed.by_day));
    let earlier = outcome(n - 5, 1).total.get("asa_s").unwrap().half_width.unwrap();
    assert!(earlier > 0.75 * ten, "the look before was not enough");

    let never = stopped(2, Precision::Relative(1e-9));
    assert_eq!(never.manifest.replications, 60);
    assert_eq!(never.manifest.until.map(|(_, is_reached)| is_reached), Some(false));
    assert!(never.notes[0].contains("raise `--max-replications`"), "{:?}", never.notes);
}

#[test]
fn cancelled_before_anything_is_complete_there_is_no_result() {
    let control = CancelAfter { limit: 0, complete: AtomicU32::new(0) };
    let nothing = replicate(&scenario(), &settings(3, 1), &control);
    assert_eq!(nothing, Err(Unfinished::Cancelled));
}

#[test]
fn the_default_is_ten_simulated_years_at_least_ten_and_at_most_four_hundred() {
    let default = |days: f64| {
        let mut scenario = scenario();
        scenario.almanac.horizon = Span::from_secs_f64(days * 86_400.0);
        replications(&scenario, &Settings::default())
    };
    assert_eq!([1.0 / 3.0, 1.0, 28.0, 365.0, 3650.0].map(default), [400, 400, 130, 10, 10]);
    let mut scenario = scenario();
    scenario.replications = Some(50);
    assert_eq!(replications(&scenario, &Settings::default()), 50);
    assert_eq!(replications(&scenario, &settings(3, 1)), 3, "the flag wins over the file");
}

#[test]
fn a_horizon_within_the_case_window_has_no_case_measures_and_says_so() {
    let mut short = scenario();
    short.case_window = Span::DAY * 30;
    let outcome = replicate(&short, &settings(2, 1), &Unattended).unwrap();
    assert_eq!(outcome.cases.get("fcr").unwrap().mean, None);
    assert!(outcome.notes.iter().any(|note| note.starts_with("no case measures")), "{:?}", outcome.notes);
}

#[test]
fn contract_hours_of_a_horizon_shorter_than_a_week_are_said_to_be_spread() {
    let mut short = scenario();
    short.groups[0].heads = Some(10.0);
    let is_said = |scenario: &Scenario| {
        let outcome = replicate(scenario, &settings(2, 1), &Unattended).unwrap();
        outcome.notes.iter().any(|note| note.starts_with("paid hours"))
    };
    assert!(!is_said(&short), "nine days are a week and more");
    short.almanac.horizon = Span::DAY * 2;
    short.almanac.intervals.truncate(4 + 2 * 48);
    assert!(is_said(&short));
    short.groups[0].heads = None;
    assert!(!is_said(&short), "logged-in hours are paid as they are");
}

#[test]
fn an_empty_centre_has_no_values_and_no_panic() {
    let mut empty = scenario();
    for class in &mut empty.classes {
        class.fresh_rate.fill(0.0);
    }
    for group in &mut empty.groups {
        group.plan.fill(0.0);
    }
    let outcome = replicate(&empty, &settings(3, 1), &Unattended).unwrap();
    for name in
        ["abandonment", "service_level", "asa_s", "wait_s", "wait_s_p90", "wait_s_max", "occupancy", "fcr"]
    {
        assert_eq!(outcome.total.get(name).unwrap().mean, None, "{name}");
    }
    assert_eq!(outcome.total.get("offered").unwrap().mean, Some(0.0));
    assert_eq!((outcome.missed_intervals, outcome.hardest.len()), (None, 0));
    assert!(outcome.targets.iter().all(|target| target.verdict.is_none()));
    assert_eq!(outcome.audit, Vec::<String>::new());
}

#[test]
fn results_are_those_of_their_index() {
    let runs = simulate(&scenario(), &settings(4, 3), &Unattended).unwrap();
    let indices: Vec<u32> = runs.results.iter().map(|run| run.replication).collect();
    assert_eq!(indices, [0, 1, 2, 3]);
    assert!(runs.results[0] != runs.results[1]);
}
