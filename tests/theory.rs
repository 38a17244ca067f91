//! The simulation against formulas: Erlang B, C and A, from `analytics`, which shares no code with it.
//!
//! Bound: four standard errors with 39 degrees of freedom, a false alarm in about 3,600 per figure; the seed is fixed.

use holdtime::analytics::{Demand, erlang_a, erlang_b, erlang_c};
use holdtime::experiment::{Outcome, Settings, Unattended, replicate};
use holdtime::scenario;

struct OneFile(&'static str);

impl scenario::Source for OneFile {
    fn read(&self, _path: &str) -> Result<Vec<u8>, scenario::SourceError> {
        Ok(self.0.as_bytes().to_vec())
    }
}

fn simulate(text: &'static str) -> Outcome {
    let loaded = scenario::load("theory.toml", &[], &OneFile(text))
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

#[test]
fn blocking_without_waiting_room_is_erlang_b_for_any_handle_time() {
    for text in [
        r#"
        horizon = "1d"
        warm_up = "1h"
        [class.calls]
        volume = { per_minute = 27.5 }
        talk_time = { exponential = { mean = "60s" } }
        [group.agents]
        agents = 30
        takes = [["calls"]]
        [lines.trunk]
        lines = 30
        "#,
        r#"
        horizon = "1d"
        warm_up = "1h"
        [class.calls]
        volume = { per_minute = 27.5 }
        talk_time = { lognormal = { mean = "60s", cv = 1.5 } }
        [group.agents]
        agents = 30
        takes = [["calls"]]
        [lines.trunk]
        lines = 30
        "#,
    ] {
        let outcome = simulate(text);
        let blocking = erlang_b(27.5, 30);
        agrees(&outcome, "contact_abandonment", blocking);
        agrees(&outcome, "occupancy", 27.5 * (1.0 - blocking) / 30.0);
    }
}

#[test]
fn waiting_without_end_is_erlang_c() {
    let outcome = simulate(
        r#"
        horizon = "4d"
        warm_up = "8h"
        [class.calls]
        volume = { per_minute = 48 }
        talk_time = { exponential = { mean = "60s" } }
        service_levels = [{ share = 0.8, within = "20s", of = "entered" }]
        [group.agents]
        agents = 50
        takes = [["calls"]]
        "#,
    );
    // 48 erlangs on 50 agents: published as ASA 20.8 s, utilisation 96 % (Garnett, Mandelbaum and Reiman 2002).
    let exact = erlang_c(&Demand::new(48.0 / 60.0, 60.0), 50);
    agrees(&outcome, "delayed_share", exact.delayed);
    agrees(&outcome, "asa_s", exact.mean_wait_s);
    agrees(&outcome, "service_level", exact.answered_within(20.0));
    agrees(&outcome, "waiting_mean", exact.mean_queue);
    agrees(&outcome, "occupancy", exact.occupancy);
    assert!((exact.mean_wait_s - 20.8).abs() < 0.05 && exact.occupancy == 0.96, "{exact:?}");
}

#[test]
fn waiting_with_patience_is_erlang_a() {
    let outcome = simulate(
        r#"
        horizon = "1d"
        warm_up = "1h"
        [class.calls]
        volume = { per_minute = 48 }
        talk_time = { exponential = { mean = "60s" } }
        patience = { exponential = { mean = "120s" } }
        service_levels = [{ share = 0.8, within = "20s", of = "entered" }]
        [group.agents]
        agents = 50
        takes = [["calls"]]
        "#,
    );
    let exact = erlang_a(&Demand::new(48.0 / 60.0, 60.0).with_patience(120.0), 50);
    agrees(&outcome, "delayed_share", exact.delayed);
    agrees(&outcome, "abandonment", exact.abandonment);
    agrees(&outcome, "wait_s", exact.mean_wait_s);
    agrees(&outcome, "asa_s", exact.asa_s);
    agrees(&outcome, "service_level", exact.answered_within(20.0));
    agrees(&outcome, "waiting_mean", exact.mean_queue);
    agrees(&outcome, "occupancy", exact.occupancy);
}

#[test]
fn who_balks_counts_as_abandoned_and_leaves_the_rest_a_shorter_queue() {
    // 5 a minute, 2 minutes, 10 agents, 15 % leave at once when nobody is idle, patience 5 minutes.
    let outcome = simulate(
        r#"
        horizon = "10d"
        warm_up = "2h"
        [class.calls]
        volume = { per_minute = 5 }
        talk_time = { exponential = { mean = "2m" } }
        patience = { exponential = { mean = "5m" } }
        balking = 0.15
        [group.agents]
        agents = 10
        takes = [["calls"]]
        "#,
    );
    let exact = erlang_a(&Demand::new(5.0 / 60.0, 120.0).with_patience(300.0).with_balking(0.15), 10);
    agrees(&outcome, "abandonment", exact.abandonment);
    agrees(&outcome, "wait_s", exact.mean_wait_s);
    agrees(&outcome, "occupancy", exact.occupancy);
}

#[test]
fn renewal_arrivals_at_one_agent_wait_as_the_formula_says() {
    for (text, transform) in [
        (
            r#"
            horizon = "20d"
            warm_up = "8h"
            [class.calls]
            volume = { per_minute = 0.8 }
            arrivals = { renewal = { constant = "1s" } }
            talk_time = { exponential = { mean = "60s" } }
            [group.agents]
            agents = 1
            takes = [["calls"]]
            "#,
            (|s: f64| (-s / 0.8).exp()) as fn(f64) -> f64,
        ),
        (
            r#"
            horizon = "20d"
            warm_up = "8h"
            [class.calls]
            volume = { per_minute = 0.8 }
            arrivals = { renewal = { erlang = { k = 3, mean = "1s" } } }
            talk_time = { exponential = { mean = "60s" } }
            [group.agents]
            agents = 1
            takes = [["calls"]]
            "#,
            |s: f64| (1.0 + s / (0.8 * 3.0)).powi(-3),
        ),
    ] {
        let outcome = simulate(text);
        // GI/M/1 with service rate 1 a minute: a call waits with probability σ, the root of σ = A(1 − σ), where A is the
        // transform of the gaps; and then 1 / (1 − σ) minutes in the mean.
        let sigma = (0..500).fold(0.5, |sigma, _| transform(1.0 - sigma));
        agrees(&outcome, "delayed_share", sigma);
        agrees(&outcome, "asa_s", 60.0 * sigma / (1.0 - sigma));
    }
}

#[test]
fn an_endless_backlog_is_worked_off_at_capacity() {
    let outcome = simulate(
        r#"
        horizon = "1d"
        warm_up = "1h"
        [class.mail]
        backlog = "endless"
        talk_time = { lognormal = { mean = "100s", cv = 1.2 } }
        after_call_work = { constant = "20s" }
        [group.quick]
        agents = 10
        takes = [["mail"]]
        [group.slow]
        agents = 5
        takes = [["mail"]]
        skill.mail = { talk_time_factor = 2 }
        "#,
    );
    // Agents ÷ mean handling time, group by group: each agent is a renewal process of its own.
    agrees(&outcome, "answered", 86_400.0 * (10.0 / 120.0 + 5.0 / 220.0));
    let occupancy = outcome.total.get("occupancy").and_then(|estimate| estimate.mean).expect("a value");
    assert!((occupancy - 1.0).abs() < 1e-9, "{occupancy}");
}
