//! Days that hang together: a good one is followed by good ones, and each is as likely as without.

use holdtime::model::fact::{Fact, Observer};
use holdtime::model::{Centre, Rules};
use holdtime::units::{SimTime, Span};

use crate::loaded;

const YEAR: &str = r#"
start = "2026-01-01"
horizon = "365d"
[day_variation]
cv = 0.3
lag1 = 0.6
[class.calls]
volume = { per_hour = 20 }
talk_time = { constant = "1s" }
[group.agents]
agents = 50
takes = [["calls"]]
"#;

/// Contacts by day.
struct Days(Vec<f64>);

impl Observer for Days {
    fn on(&mut self, now: SimTime, fact: &Fact<'_>) {
        if let Fact::Offered { .. } = fact {
            self.0[(now.0 / Span::from_secs(86_400).0) as usize] += 1.0;
        }
    }
}

fn days(sets: &[&str], replication: u32) -> Vec<f64> {
    let rules = Rules::compile(&loaded(YEAR, sets).scenario);
    let mut days = Days(vec![0.0; 365]);
    Centre::new(&rules, 1, replication).finish(&mut days);
    days.0
}

/// Mean, coefficient of variation and correlation of one day and the next, over eight years of 480 contacts a day expected.
fn found(sets: &[&str]) -> [f64; 3] {
    let years: Vec<Vec<f64>> = (0..8).map(|replication| days(sets, replication)).collect();
    let n = 8.0 * 365.0;
    let mean = years.iter().flatten().sum::<f64>() / n;
    let variance = years.iter().flatten().map(|day| (day - mean).powi(2)).sum::<f64>() / n;
    let product = |pair: &[f64]| (pair[0] - mean) * (pair[1] - mean);
    let products = years.iter().flat_map(|year| year.windows(2)).map(product).sum::<f64>() / (8.0 * 364.0);
    [mean / 480.0, variance.sqrt() / mean, products / variance]
}

// Bounds are four standard errors, of 2,920 days that hang together as said: a false alarm in 16,000 each. Chance adds 1 ÷ 480
// to the variance of 0.09.

#[test]
fn the_next_day_is_like_this_one_as_far_as_is_written_and_single_days_are_as_likely_as_without() {
    let [mean, cv, lag1] = found(&[]);
    assert!((mean - 1.0).abs() < 0.045, "{mean}");
    assert!((cv - 0.3035).abs() < 0.026, "{cv}");
    // 0.6 of the scores is 0.595 of gamma factors with this cv, and 0.582 with chance.
    assert!((lag1 - 0.582).abs() < 0.06, "{lag1}");
    let [mean, cv, lag1] = found(&["day_variation.lag1=0"]);
    assert!((mean - 1.0).abs() < 0.023, "{mean}");
    assert!((cv - 0.3035).abs() < 0.02, "{cv}");
    assert!(lag1.abs() < 0.075, "{lag1}");
}

#[test]
fn another_start_finds_the_same_days() {
    let later = days(&["start=2026-01-11", "horizon=355d"], 0);
    assert_eq!(days(&[], 0)[10..], later[..355]);
}
