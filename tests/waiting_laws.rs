//! Waiting that is limited, against the balance of states of birth and death, worked out here and in no code of the program.
//!
//! Bound: four standard errors with 39 degrees of freedom, a false alarm in about 3,600 per figure; the seed is fixed.

use holdtime::experiment::{Outcome, Settings, Unattended, replicate};
use holdtime::scenario::{self, Texts};

fn simulate(text: &str) -> Outcome {
    let loaded = scenario::load("law.toml", &[], &Texts::new().with("law.toml", text))
        .unwrap_or_else(|p| panic!("{}", p.render(scenario::Paint::Plain)));
    let settings = Settings { replications: Some(40), seed: 1, jobs: 2, ..Settings::default() };
    replicate(&loaded.scenario, &settings, &Unattended).expect("the queue stays within bounds")
}

#[track_caller]
fn agrees(outcome: &Outcome, measure: &str, exact: f64) {
    let estimate = outcome.total.get(measure).unwrap_or_else(|| panic!("no measure {measure}"));
    let (mean, half_width) = (estimate.mean.expect("a value"), estimate.half_width.expect("an interval"));
    // The 97.5 % point of Student's t with 39 degrees of freedom.
    let standard_error = half_width / 2.022_691;
    let z = (mean - exact) / standard_error;
    assert!(z.abs() <= 4.0, "{measure}: simulated {mean} ± {half_width}, exact {exact}, z = {z:.2}");
    assert!(standard_error <= 0.03 * exact, "{measure}: ± {half_width} is too wide to say anything");
}

/// M/M/c/c+k with patience: `load` in erlangs, patience in units of the mean handling time.
struct Limited {
    blocking: f64,
    waiting: f64,
    busy: f64,
}

fn limited(load: f64, agents: usize, places: usize, patience: f64) -> Limited {
    let mut weights = vec![1.0];
    for n in 1..=agents + places {
        let deaths = n.min(agents) as f64 + n.saturating_sub(agents) as f64 / patience;
        weights.push(weights[n - 1] * load / deaths);
    }
    let all: f64 = weights.iter().sum();
    let mean = |of: fn(usize, usize) -> usize| {
        weights.iter().enumerate().map(|(n, weight)| of(n, agents) as f64 * weight).sum::<f64>() / all
    };
    Limited {
        blocking: weights[agents + places] / all,
        waiting: mean(|n, agents| n.saturating_sub(agents)),
        busy: mean(|n, agents| n.min(agents)),
    }
}

#[test]
fn one_agent_and_a_few_places_block_as_m_m_1_k() {
    let outcome = simulate(
        r#"
        horizon = "10d"
        warm_up = "2h"
        [class.calls]
        volume = { per_minute = 0.8 }
        talk_time = { exponential = { mean = "60s" } }
        waiting_places = 3
        [group.agents]
        agents = 1
        takes = [["calls"]]
        "#,
    );
    // M/M/1/4 in closed form: (1 − ρ) ρ⁴ ÷ (1 − ρ⁵).
    let exact = limited(0.8, 1, 3, f64::INFINITY);
    assert!((exact.blocking - 0.2 * 0.8_f64.powi(4) / (1.0 - 0.8_f64.powi(5))).abs() < 1e-12);
    agrees(&outcome, "contact_abandonment", exact.blocking);
    agrees(&outcome, "waiting_mean", exact.waiting);
    agrees(&outcome, "occupancy", exact.busy);
}

#[test]
fn the_places_of_a_class_block_as_m_m_c_k_beside_more_lines_than_needed_and_with_patience() {
    let outcome = simulate(
        r#"
        horizon = "5d"
        warm_up = "2h"
        [class.calls]
        volume = { per_minute = 11 }
        talk_time = { exponential = { mean = "60s" } }
        patience = { exponential = { mean = "90s" } }
        waiting_places = 5
        [group.agents]
        agents = 10
        takes = [["calls"]]
        [lines.main]
        lines = 40
        "#,
    );
    let exact = limited(11.0, 10, 5, 1.5);
    agrees(&outcome, "blocked", exact.blocking * 11.0 * 1440.0 * 5.0);
    agrees(&outcome, "waiting_mean", exact.waiting);
    agrees(&outcome, "occupancy", exact.busy / 10.0);
}

#[test]
fn the_places_of_a_pool_are_shared_by_its_classes() {
    let outcome = simulate(
        r#"
        horizon = "5d"
        warm_up = "2h"
        [class.billing]
        volume = { per_minute = 4 }
        talk_time = { exponential = { mean = "60s" } }
        [class.orders]
        like = "billing"
        volume = { per_minute = 2 }
        [group.agents]
        agents = 6
        takes = [["billing", "orders"]]
        [lines.main]
        lines = 90
        waiting_places = 4
        "#,
    );
    let exact = limited(6.0, 6, 4, f64::INFINITY);
    agrees(&outcome, "contact_abandonment", exact.blocking);
    agrees(&outcome, "waiting_mean", exact.waiting);
    agrees(&outcome, "occupancy", exact.busy / 6.0);
}

#[test]
fn who_is_disconnected_after_a_fixed_wait_is_lost_as_m_m_c_with_fixed_patience() {
    let outcome = simulate(
        r#"
        horizon = "5d"
        warm_up = "2h"
        [class.calls]
        volume = { per_minute = 9.5 }
        talk_time = { exponential = { mean = "60s" } }
        max_wait = { after = "30s", then = "disconnect" }
        [group.agents]
        agents = 10
        takes = [["calls"]]
        "#,
    );
    // Virtual wait with rate d = (10 − 9.5) a minute: density 9.5 p(9) e^(−d x) below 0.5 minutes, the part beyond is lost.
    let (load, agents, after) = (9.5, 10.0, 0.5);
    let d: f64 = agents - load;
    let below: Vec<f64> = (1..10).fold(vec![1.0], |mut weights, n| {
        weights.push(weights[n - 1] * load / n as f64);
        weights
    });
    let waits = load * below[9] * (1.0 - (-d * after).exp()) / d;
    let lost = load * below[9] * (-d * after).exp() / agents;
    let lost = lost / (below.iter().sum::<f64>() + waits + lost);
    agrees(&outcome, "disconnected", lost * 9.5 * 1440.0 * 5.0);
    agrees(&outcome, "occupancy", load * (1.0 - lost) / agents);
}

#[test]
fn as_many_are_refused_as_come_while_the_class_is_closed_and_the_open_hours_are_as_without_the_rest_of_the_day()
 {
    // 12 hours without a queue: the lines are as many as the agents. Of 24 hours at one rate, 12 are refused.
    let text = r#"
        horizon = "10d"
        [class.calls]
        volume = { per_minute = 5 }
        talk_time = { exponential = { mean = "60s" } }
        open = { all = "08:00-20:00" }
        [group.agents]
        agents = 6
        takes = [["calls"]]
        [lines.trunk]
        lines = 6
    "#;
    let outcome = simulate(text);
    agrees(&outcome, "closed", 5.0 * 720.0 * 10.0);
    agrees(&outcome, "offered", 5.0 * 720.0 * 10.0);
    // The first minutes of each day, from empty, block less: well inside the bound.
    agrees(&outcome, "contact_abandonment", limited(5.0, 6, 0, f64::INFINITY).blocking);
}
