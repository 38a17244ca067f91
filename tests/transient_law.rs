//! The state at instants of a queue that starts empty, against the exact transient chain, worked out here by uniformisation.
//!
//! Bound: four standard errors with 399 degrees of freedom, a false alarm in about 15,000 per figure; the seed is fixed.

use holdtime::experiment::{Outcome, PeriodRow, Settings, Unattended, replicate};
use holdtime::scenario::{self, Texts};

const ARRIVALS_PER_S: f64 = 0.1;
const HANDLING_S: f64 = 60.0;
const AGENTS: usize = 7;

fn simulate() -> Outcome {
    let text = r#"
        horizon = "20m"
        warm_up = "0s"
        [measure]
        snapshots = ["10.5m", "2m"]
        [class.calls]
        volume = { per_minute = 6 }
        talk_time = { exponential = { mean = "60s" } }
        [group.agents]
        agents = 7
        takes = [["calls"]]
        "#;
    let loaded = scenario::load("law.toml", &[], &Texts::new().with("law.toml", text))
        .unwrap_or_else(|p| panic!("{}", p.render(scenario::Paint::Plain)));
    let settings = Settings { replications: Some(400), seed: 1, jobs: 2, ..Settings::default() };
    replicate(&loaded.scenario, &settings, &Unattended).expect("the queue stays within bounds")
}

/// P(n in the system) of M/M/c at `seconds` after an empty start: Σ Poisson(k; Λt) (one step of the chain)ᵏ.
fn transient(seconds: f64) -> Vec<f64> {
    const MOST: usize = 120;
    let deaths = |n: usize| n.min(AGENTS) as f64 / HANDLING_S;
    let fastest = ARRIVALS_PER_S + deaths(MOST);
    let mut state = vec![0.0; MOST + 1];
    state[0] = 1.0;
    let mut weight = (-fastest * seconds).exp();
    let mut result = vec![0.0; MOST + 1];
    for k in 0..1000 {
        for (sum, p) in result.iter_mut().zip(&state) {
            *sum += weight * p;
        }
        let mut next = vec![0.0; MOST + 1];
        for (n, p) in state.iter().enumerate() {
            let up = if n < MOST { ARRIVALS_PER_S / fastest } else { 0.0 };
            let down = deaths(n) / fastest;
            next[n] += p * (1.0 - up - down);
            if n < MOST {
                next[n + 1] += p * up;
            }
            if n > 0 {
                next[n - 1] += p * down;
            }
        }
        state = next;
        weight *= fastest * seconds / f64::from(k + 1);
    }
    assert!((result.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    result
}

#[track_caller]
fn agrees(row: &PeriodRow, measure: &str, exact: f64) {
    let estimate = row.total.get(measure).unwrap_or_else(|| panic!("no measure {measure}"));
    let (mean, half_width) = (estimate.mean.expect("a value"), estimate.half_width.expect("an interval"));
    // The 97.5 % point of Student's t with 399 degrees of freedom.
    let standard_error = half_width / 1.965_927;
    let z = (mean - exact) / standard_error;
    assert!(z.abs() <= 4.0, "{} {measure}: {mean} ± {half_width}, exact {exact}, z = {z:.2}", row.label);
}

#[test]
fn the_state_at_an_instant_follows_the_transient_chain() {
    let outcome = simulate();
    let [early, late] = &outcome.snapshots[..] else { panic!("two instants") };
    assert_eq!([early.label.as_str(), late.label.as_str()], ["2m", "10m30s"]);
    for (row, seconds) in [(early, 120.0), (late, 630.0)] {
        let chain = transient(seconds);
        let mean =
            |of: fn(usize) -> usize| chain.iter().enumerate().map(|(n, p)| p * of(n) as f64).sum::<f64>();
        agrees(row, "waiting", mean(|n| n.saturating_sub(AGENTS)));
        agrees(row, "busy", mean(|n| n.min(AGENTS)));
        agrees(row, "all_busy", mean(|n| usize::from(n >= AGENTS)));
        assert_eq!(row.total.get("staffed").and_then(|staffed| staffed.mean), Some(AGENTS as f64));
        assert_eq!(row.classes[0].get("waiting"), row.total.get("waiting"));
        assert_eq!(row.groups[0].get("busy"), row.total.get("busy"));
    }
    // The two instants can be told apart: the queue fills.
    let all_busy = |seconds: f64| transient(seconds)[AGENTS..].iter().sum::<f64>();
    assert!(all_busy(630.0) > all_busy(120.0) + 0.05);
}
