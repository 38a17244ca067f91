//! Rates that are written as rates: steps over the horizon, and a sine.

use crate::loaded;

const DAY: &str = r#"
horizon = "24h"
warm_up = "6h"
interval = "1h"
[class.calls]
volume = { rate = { mean_per_hour = 60, sine = { amplitude = 0.5, period = "24h", peak = "14h" } } }
talk_time = { constant = "1m" }
[group.agents]
agents = 5
takes = [["calls"]]
"#;

/// Contacts expected by hour, warm-up first.
fn by_hour(sets: &[&str]) -> Vec<f64> {
    loaded(DAY, sets).scenario.classes[0].fresh_rate.iter().map(|rate| rate * 3600.0).collect()
}

#[test]
fn every_hour_has_the_integral_of_the_sine_and_a_period_its_mean() {
    let hours = by_hour(&[]);
    // ∫ over the hour from 13:00, by hand: 60 + 60 · 0.5 · (24 ÷ 2π) · (sin 0 − sin(−15°)).
    let before_peak = 60.0 + 30.0 * 24.0 / std::f64::consts::TAU * 15_f64.to_radians().sin();
    for (hour, expected) in [(6 + 13, before_peak), (6 + 14, before_peak), (6 + 1, 120.0 - before_peak)] {
        assert!((hours[hour] - expected).abs() < 1e-9, "{hour}: {}", hours[hour]);
    }
    assert!((hours[6..].iter().sum::<f64>() - 24.0 * 60.0).abs() < 1e-9);
    // The warm-up is the evening before.
    assert!((hours[0] - hours[24]).abs() < 1e-9);
    // Fine intervals add up to the same hours.
    let fine = by_hour(&["interval=1m"]);
    let hour: f64 = fine[19 * 60..20 * 60].iter().sum::<f64>() / 60.0;
    assert!((hour - before_peak).abs() < 1e-9, "{hour}");
}

#[test]
fn without_a_peak_the_rate_begins_at_its_mean_and_rises() {
    let sine =
        "class.calls.volume={ rate = { mean_per_minute = 1, sine = { amplitude = 1, period = \"8h\" } } }";
    let hours = by_hour(&[sine]);
    assert!(hours[6] > 60.0 && (hours[7] - hours[8]).abs() < 1e-9, "{hours:?}");
    assert!((hours[6] + hours[6 + 4] - 120.0).abs() < 1e-9);
    // An amplitude of 1 touches 0 and goes no lower.
    assert!(hours.iter().all(|rate| *rate > 0.0));
}

#[test]
fn rates_by_the_hour_stand_for_equal_steps_of_the_horizon() {
    let hours = by_hour(&["class.calls.volume={ per_hour = [10, 20, 30] }"]);
    assert_eq!(
        hours[6..].iter().map(|rate| rate.round()).collect::<Vec<_>>()[6..10],
        [10.0, 10.0, 20.0, 20.0]
    );
    assert!((hours[6..].iter().sum::<f64>() - 8.0 * 60.0).abs() < 1e-9);
}
