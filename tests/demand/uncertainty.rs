//! What nobody knows of the scenario's own figures: one factor for a replication.

use holdtime::model::fact::{Fact, Observer};
use holdtime::model::{Centre, Rules};
use holdtime::units::{SimTime, Span};

use crate::loaded;

const HOURS: &str = r#"
horizon = "2h"
[class.calls]
volume = { per_hour = 3000 }
talk_time = { constant = "100s" }
patience = { constant = "50s" }
[class.others]
volume = { per_hour = 3000 }
talk_time = { constant = "200s" }
[group.some]
agents = 3
takes = [["calls"]]
[group.none]
agents = 400
takes = [["others"]]
"#;

/// What one replication shows: contacts by class, talk times by class, waits of those who left.
#[derive(Default)]
struct Seen {
    offered: [f64; 2],
    talks: [Vec<Span>; 2],
    patience: Vec<Span>,
}

impl Observer for Seen {
    fn on(&mut self, now: SimTime, fact: &Fact<'_>) {
        match fact {
            Fact::Offered { visit, .. } => self.offered[visit.class.index()] += 1.0,
            Fact::TalkEnded { visit, talk, .. } => self.talks[visit.class.index()].push(*talk),
            Fact::Abandoned { visit } => self.patience.push(now.since(visit.entered)),
            _ => {}
        }
    }
}

fn seen(sets: &[&str], n: u32) -> Vec<Seen> {
    let scenario = loaded(HOURS, sets).scenario;
    let rules = Rules::compile(&scenario);
    let of = |replication| {
        let mut seen = Seen::default();
        Centre::new(&rules, 1, replication).finish(&mut seen);
        seen
    };
    (0..n).map(of).collect()
}

/// Mean and standard deviation.
fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (mean, (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt())
}

#[test]
fn all_volumes_of_a_replication_share_one_factor_with_mean_one_and_the_sd_that_is_written() {
    let runs = seen(&["uncertainty.volume=0.2"], 200);
    let factors = |class: usize| runs.iter().map(|run| run.offered[class] / 6000.0).collect::<Vec<f64>>();
    let (mean, sd) = moments(&factors(0));
    // Chance adds 1 / 6000 to the variance. Four standard errors with 200 values: a false alarm in 16,000 each.
    assert!((mean - 1.0).abs() < 4.0 * 0.2 / 200.0_f64.sqrt(), "{mean}");
    assert!((sd / 0.2 - 1.0).abs() < 4.0 * 0.06, "{sd}");
    // Common to the classes: they differ by chance alone.
    let between: Vec<f64> = factors(0).iter().zip(factors(1)).map(|(a, b)| a - b).collect();
    assert!(moments(&between).1 < 0.03, "{:?}", moments(&between));
}

#[test]
fn an_exact_total_is_exact_up_to_the_factor_of_its_replication() {
    let fixed = ["class.calls.arrivals=fixed_total", "uncertainty.volume=0.2"];
    let (fixed, poisson) = (seen(&fixed, 20), seen(&fixed[1..], 20));
    for (fixed, poisson) in fixed.iter().zip(&poisson) {
        // 6000 independent contacts, five standard deviations: a false alarm in 87,000 runs.
        let chance = 5.0 * poisson.offered[0].sqrt();
        assert!(
            (fixed.offered[0] - poisson.offered[0]).abs() < chance,
            "{} {}",
            fixed.offered[0],
            poisson.offered[0]
        );
        assert_eq!(fixed.offered[1], poisson.offered[1]);
    }
}

#[test]
fn talk_and_patience_have_factors_of_their_own() {
    for sets in [&["uncertainty.talk_time=0.1"][..], &["uncertainty.patience=0.3"], &[]] {
        let runs = seen(sets, 10);
        let mut talks = Vec::new();
        let mut patience = Vec::new();
        for run in &runs {
            // Constants stay constant inside a replication, and one class twice the other.
            let first = run.talks[0][0].as_secs_f64();
            assert!(run.talks[0].iter().all(|talk| *talk == run.talks[0][0]));
            assert!((run.talks[1][0].as_secs_f64() / first - 2.0).abs() < 1e-6);
            assert!(run.patience.iter().all(|wait| *wait == run.patience[0]));
            talks.push(first);
            patience.push(run.patience[0].as_secs_f64());
        }
        assert_eq!(moments(&talks).1 > 0.0, sets == ["uncertainty.talk_time=0.1"], "{talks:?}");
        assert_eq!(moments(&patience).1 > 0.0, sets == ["uncertainty.patience=0.3"], "{patience:?}");
    }
}

#[test]
fn uncertainty_of_one_thing_shifts_no_other_draw() {
    let offered = |sets: &[&str]| seen(sets, 5).iter().map(|run| run.offered).collect::<Vec<_>>();
    assert_eq!(offered(&[]), offered(&["uncertainty.talk_time=0.1", "uncertainty.patience=0.3"]));
    assert_eq!(offered(&[]), offered(&["uncertainty.volume=0"]));
}
