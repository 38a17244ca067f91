//! How fresh contacts scatter: an exact total, a renewal process.

use holdtime::model::fact::{Fact, Observer, Origin};
use holdtime::model::{Centre, Rules};
use holdtime::units::{ClassId, SimTime};

use crate::loaded;

const DAY: &str = r#"
start = "08:10"
horizon = "12h"
warm_up = "1h"
interval = "10m"
[class.calls]
volume = { per_hour = { all = { "07:00" = 40, "10:00" = 0, "12:00" = 155.4, "18:00" = 60 } } }
talk_time = { constant = "1s" }
[class.others]
volume = { per_hour = 20 }
talk_time = { constant = "1s" }
[group.own]
agents = 5
takes = [["calls", "others"]]
"#;

/// When fresh contacts come, by class.
#[derive(Default)]
struct Fresh(Vec<Vec<f64>>);

impl Observer for Fresh {
    fn on(&mut self, now: SimTime, fact: &Fact<'_>) {
        if let Fact::Offered { visit, origin: Origin::Fresh } = fact {
            self.0[visit.class.index()].push(now.0 as f64 / 1e6);
        }
    }
}

/// Instants of the fresh contacts of a class in one replication, in seconds of the run.
fn fresh(text: &str, sets: &[&str], class: u16, replications: std::ops::Range<u32>) -> Vec<Vec<f64>> {
    let scenario = loaded(text, sets).scenario;
    let rules = Rules::compile(&scenario);
    let of = |replication| {
        let mut fresh = Fresh(vec![Vec::new(); scenario.classes.len()]);
        Centre::new(&rules, 1, replication).finish(&mut fresh);
        fresh.0.swap_remove(ClassId(class).index())
    };
    replications.map(of).collect()
}

fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let n = values.clone().count() as f64;
    values.sum::<f64>() / n
}

#[test]
fn a_fixed_total_is_exact_in_every_replication_and_in_the_warm_up_too() {
    let runs = fresh(DAY, &["class.calls.arrivals=fixed_total"], 0, 0..50);
    // 40 an hour from 07:10 to 08:10; then until 20:10: 110 minutes at 40, 6 hours at 155.4, 130 minutes at 60.
    let total = (110.0_f64 / 60.0 * 40.0 + 6.0 * 155.4 + 130.0).round();
    for run in &runs {
        assert!(run.is_sorted());
        let warm_up = run.iter().filter(|at| **at < 3600.0).count();
        assert_eq!((warm_up, run.len() - warm_up), (40, total as usize));
        // Nobody comes from 10:00 to 12:00.
        assert!(!run.iter().any(|at| (10_200.0..17_400.0).contains(at)));
    }
}

#[test]
fn the_places_of_a_fixed_total_are_independent_draws_from_the_shape() {
    let runs = fresh(DAY, &["class.calls.arrivals=fixed_total"], 0, 0..400);
    let total = runs[0].len() as f64 - 40.0;
    // The hour from 12:00 on: binomial.
    let share = 155.4 / (110.0 / 60.0 * 40.0 + 6.0 * 155.4 + 130.0);
    let counts: Vec<f64> = runs
        .iter()
        .map(|run| run.iter().filter(|at| (17_400.0..21_000.0).contains(*at)).count() as f64)
        .collect();
    let centre = mean(counts.iter().copied());
    let variance = mean(counts.iter().map(|n| (n - centre).powi(2))) * 400.0 / 399.0;
    let exact = total * share * (1.0 - share);
    // Four standard errors, of the mean and of a variance of 400 values: false alarms in 16,000 each.
    assert!((centre - total * share).abs() < 4.0 * (exact / 400.0).sqrt(), "{centre}, not {}", total * share);
    assert!((variance / exact - 1.0).abs() < 4.0 * (2.0_f64 / 399.0).sqrt(), "{variance}, not {exact}");
}

#[test]
fn a_renewal_process_with_constant_gaps_comes_by_the_clock_of_the_rate() {
    for run in fresh(DAY, &["class.others.arrivals={ renewal = { constant = 7 } }"], 1, 0..20) {
        // 20 an hour, whatever the mean of the law; the first gap may be a part of one.
        assert!(run[0] <= 180.0);
        assert!(run.windows(2).all(|pair| (pair[1] - pair[0] - 180.0).abs() < 1e-5));
    }
    for run in fresh(DAY, &["class.calls.arrivals={ renewal = { constant = 7 } }"], 0, 0..20) {
        let from_noon = |at: &&f64| (17_400.0..39_000.0).contains(*at);
        let noon: Vec<f64> = run.iter().filter(from_noon).copied().collect();
        assert!(noon.windows(2).all(|pair| (pair[1] - pair[0] - 3600.0 / 155.4).abs() < 1e-5));
        assert!(!run.iter().any(|at| (10_200.0..17_400.0).contains(at)));
    }
}

#[test]
fn counts_of_a_renewal_process_vary_by_its_gaps_and_not_in_the_mean() {
    for (law, cv_squared) in [
        ("{ erlang = { k = 4, mean = 1 } }", 0.25),
        ("{ exponential = { mean = 1 } }", 1.0),
        // Mean 50, second moment 9,000.
        (
            "{ hyperexponential = { weights = [0.75, 0.25], means = [20, 140] } }",
            2.0 * (0.75 * 400.0 + 0.25 * 19_600.0) / 2500.0 - 1.0,
        ),
    ] {
        let set = format!("class.others.arrivals={{ renewal = {law} }}");
        let runs = fresh(DAY, &[&set, "class.others.volume.per_hour=600"], 1, 0..300);
        let counts: Vec<f64> = runs.iter().map(|run| run.len() as f64).collect();
        let centre = mean(counts.iter().copied());
        let dispersion = mean(counts.iter().map(|n| (n - centre).powi(2))) * 300.0 / 299.0 / centre;
        // 13 hours at 600: the steady state from the start gives the mean exactly, and the dispersion is cv² but for the edges.
        let error = f64::sqrt(7800.0 * cv_squared / 300.0);
        assert!((centre - 7800.0).abs() < 4.0 * error, "{law}: {centre}");
        assert!(
            (dispersion / cv_squared - 1.0).abs() < 4.0 * (2.0_f64 / 299.0).sqrt(),
            "{law}: {dispersion}"
        );
    }
}

#[test]
fn another_kind_of_arrivals_shifts_no_contact_of_another_class() {
    let poisson = fresh(DAY, &[], 1, 0..5);
    assert_eq!(poisson, fresh(DAY, &["class.calls.arrivals=fixed_total"], 1, 0..5));
    assert_eq!(poisson, fresh(DAY, &["class.calls.arrivals={ renewal = { constant = 1 } }"], 1, 0..5));
}

#[test]
fn inside_an_interval_contacts_follow_the_sine_and_not_its_mean() {
    let text = r#"
horizon = "24h"
warm_up = "6h"
interval = "6h"
[class.calls]
volume = { rate = { mean_per_hour = 60, sine = { amplitude = 1, period = "24h", peak = "14h" } } }
talk_time = { constant = "1s" }
[group.own]
agents = 5
takes = [["calls"]]
"#;
    let runs = fresh(text, &[], 0, 0..200);
    let chi_squared: f64 = (0..24)
        .map(|hour| {
            let begins = f64::from(6 + hour) * 3600.0;
            let inside = |at: &&f64| (begins..begins + 3600.0).contains(*at);
            let observed = runs.iter().map(|run| run.iter().filter(inside).count()).sum::<usize>() as f64;
            let edge = |hour: i32| (f64::from(hour - 14) * std::f64::consts::TAU / 24.0).sin();
            let expected =
                200.0 * 60.0 * (1.0 + 24.0 / std::f64::consts::TAU * (edge(hour + 1) - edge(hour)));
            (observed - expected).powi(2) / expected
        })
        .sum();
    // χ² with 24 degrees of freedom is above 58.6 once in ten thousand.
    assert!(chi_squared < 58.6, "{chi_squared}");
}
