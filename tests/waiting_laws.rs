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

/// A state: (busy of the first group, busy of the second, waiting).
type State = (usize, usize, usize);

/// Stationary probabilities of a chain in continuous time that starts empty, by iteration on its uniformised steps.
fn stationary(moves: impl Fn(State) -> Vec<(State, f64)>) -> Vec<(State, f64)> {
    let mut states: Vec<State> = vec![(0, 0, 0)];
    let mut at = 0;
    while let Some(&state) = states.get(at) {
        for (next, _) in moves(state) {
            if !states.contains(&next) {
                states.push(next);
            }
        }
        at += 1;
    }
    let position = |state: &State| states.iter().position(|other| other == state).expect("a state");
    let steps: Vec<Vec<(usize, f64)>> = states
        .iter()
        .map(|state| moves(*state).iter().map(|(next, rate)| (position(next), *rate)).collect())
        .collect();
    let fastest = steps.iter().map(|to| to.iter().map(|(_, rate)| rate).sum::<f64>()).fold(0.0, f64::max);
    let mut weights = vec![1.0 / states.len() as f64; states.len()];
    for _ in 0..20_000 {
        let mut next = weights.clone();
        for (from, to) in steps.iter().enumerate() {
            for (state, rate) in to {
                let flow = weights[from] * rate / (1.01 * fastest);
                next[from] -= flow;
                next[*state] += flow;
            }
        }
        weights = next;
    }
    states.into_iter().zip(weights).collect()
}

fn mean(chain: &[(State, f64)], of: impl Fn(State) -> f64) -> f64 {
    chain.iter().map(|&(state, weight)| of(state) * weight).sum()
}

#[test]
fn a_reserve_keeps_agents_for_the_other_class_as_its_chain_says() {
    let outcome = simulate(
        r#"
        horizon = "10d"
        warm_up = "2h"
        [class.gold]
        volume = { per_minute = 2 }
        talk_time = { exponential = { mean = "60s" } }
        waiting_places = 0
        [class.plain]
        volume = { per_minute = 2.5 }
        talk_time = { exponential = { mean = "60s" } }
        waiting_places = 6
        [group.agents]
        agents = 5
        takes = [["gold"], ["plain"]]
        skill.plain = { idle_reserve = 1 }
        "#,
    );
    // Plain begins while more than one of five is idle, gold while any is; who finds no place is lost.
    let chain = stationary(|(busy, _, waiting)| {
        let mut moves = vec![];
        if busy < 5 {
            moves.push(((busy + 1, 0, waiting), 2.0));
        }
        if busy < 4 {
            moves.push(((busy + 1, 0, waiting), 2.5));
        } else if waiting < 6 {
            moves.push(((busy, 0, waiting + 1), 2.5));
        }
        if busy > 0 {
            let next = if waiting > 0 && busy <= 4 { (busy, 0, waiting - 1) } else { (busy - 1, 0, waiting) };
            moves.push((next, busy as f64));
        }
        moves
    });
    let minutes = 10.0 * 1440.0;
    agrees(&outcome, "waiting_mean", mean(&chain, |(_, _, waiting)| waiting as f64));
    agrees(&outcome, "occupancy", mean(&chain, |(busy, ..)| busy as f64) / 5.0);
    let lost = |(busy, _, waiting): State| {
        (if busy == 5 { 2.0 } else { 0.0 }) + (if busy >= 4 && waiting == 6 { 2.5 } else { 0.0 })
    };
    agrees(&outcome, "blocked", minutes * mean(&chain, lost));
}

#[test]
fn a_tier_that_helps_while_three_wait_helps_as_its_chain_says() {
    let text = r#"
        horizon = "10d"
        warm_up = "2h"
        [class.calls]
        volume = { per_minute = 5 }
        talk_time = { exponential = { mean = "60s" } }
        waiting_places = 8
        [[routing.calls.tier]]
        groups = ["west"]
        [[routing.calls.tier]]
        groups = ["partner"]
        when = { waiting_at_least = 3 }
        [group.west]
        agents = 4
        takes = [["calls"]]
        [group.partner]
        agents = 2
        takes = [["calls"]]
        "#;
    let outcome = simulate(text);
    let chain = stationary(|(west, partner, waiting)| {
        let mut moves = vec![];
        if west < 4 {
            moves.push(((west + 1, partner, waiting), 5.0));
        } else if waiting == 2 && partner < 2 {
            moves.push(((west, partner + 1, waiting), 5.0));
        } else if waiting < 8 {
            moves.push(((west, partner, waiting + 1), 5.0));
        }
        if west > 0 {
            let next = if waiting > 0 { (west, partner, waiting - 1) } else { (west - 1, partner, 0) };
            moves.push((next, west as f64));
        }
        if partner > 0 {
            let next = if waiting >= 3 { (west, partner, waiting - 1) } else { (west, partner - 1, waiting) };
            moves.push((next, partner as f64));
        }
        moves
    });
    agrees(&outcome, "waiting_mean", mean(&chain, |(_, _, waiting)| waiting as f64));
    agrees(&outcome, "occupancy", mean(&chain, |(west, partner, _)| (west + partner) as f64) / 6.0);
    let lost = mean(&chain, |(_, _, waiting)| if waiting == 8 { 5.0 } else { 0.0 });
    agrees(&outcome, "blocked", 10.0 * 1440.0 * lost);
    // Four agents of 60 s: the third to wait expects 45 s, the second 30 s.
    let expected = simulate(&text.replace("waiting_at_least = 3", "expected_wait_above = \"35s\""));
    for measure in ["waiting_mean", "occupancy", "blocked", "asa_s", "answered"] {
        let of = |outcome: &Outcome| outcome.total.get(measure).and_then(|value| value.mean);
        assert_eq!(of(&expected), of(&outcome), "{measure}");
    }
}

/// Whoever would have to wait is called back: agents work as in M/M/c, only the wait is off the line.
#[test]
fn where_all_accept_a_call_back_the_promises_wait_as_m_m_c_and_nobody_on_the_line() {
    let outcome = simulate(
        r#"
        horizon = "10d"
        warm_up = "4h"
        [class.calls]
        volume = { per_minute = 3.2 }
        talk_time = { exponential = { mean = "60s" } }
        callback_offer = { group = "agents", accept = 1, due = "30s", reached = 1 }
        [group.agents]
        agents = 4
        takes = [["calls"]]
        "#,
    );
    // Erlang C by the recursion of Erlang B.
    let (load, agents) = (3.2, 4);
    let blocking = (1..=agents).fold(1.0, |b, n| load * b / (f64::from(n) + load * b));
    let waits = blocking / (1.0 - load / f64::from(agents) * (1.0 - blocking));
    let rate = (f64::from(agents) - load) / 60.0;
    let of = |measure: &str| outcome.total.get(measure).and_then(|value| value.mean).expect("a value");
    agrees(&outcome, "called_back", waits * 3.2 * 60.0 * 24.0 * 10.0);
    agrees(&outcome, "callback_delay_s", 1.0 / rate);
    agrees(&outcome, "callbacks_kept_share", 1.0 - (-30.0 * rate).exp());
    agrees(&outcome, "occupancy", load / f64::from(agents));
    assert_eq!((of("service_level"), of("asa_s"), of("wait_s"), of("waiting_h")), (1.0, 0.0, 0.0, 0.0));
    assert_eq!(of("entered"), of("answered") + of("called_back"));
    assert_eq!(of("called_back"), of("callbacks_promised"));
    assert_eq!(of("callbacks_promised"), of("callbacks_reached"), "the run drains");
    let cases = |measure: &str| outcome.cases.get(measure).and_then(|value| value.mean).expect("a value");
    assert_eq!((cases("fcr"), cases("case_resolution")), (1.0, 1.0), "a call that was promised is an answer");
}

/// With as many lines as agents nobody waits but for the answer: a loss system, in which each holds for ringing and talk.
#[test]
fn ringing_is_load_as_talk_is() {
    let outcome = simulate(
        r#"
        horizon = "5d"
        warm_up = "2h"
        [class.calls]
        volume = { per_minute = 8 }
        answer_delay = "15s"
        talk_time = { exponential = { mean = "45s" } }
        [group.agents]
        agents = 10
        takes = [["calls"]]
        [lines.main]
        lines = 10
        "#,
    );
    // Erlang B with λ · (delay + talk) = 8 erlangs; insensitive to the law of the whole.
    let exact = limited(8.0, 10, 0, f64::INFINITY);
    agrees(&outcome, "contact_abandonment", exact.blocking);
    agrees(&outcome, "occupancy", exact.busy / 10.0);
    let ringing = 8.0 * (1.0 - exact.blocking) * 1440.0 * 5.0 * 15.0 / 3600.0;
    agrees(&outcome, "ringing_h", ringing);
    agrees(&outcome, "waiting_h", ringing);
}

#[test]
fn talk_that_hurries_while_three_wait_is_a_chain_whose_service_rate_follows_the_queue() {
    let outcome = simulate(
        r#"
        horizon = "10d"
        warm_up = "4h"
        [class.calls]
        volume = { per_minute = 5 }
        talk_time = { exponential = { mean = "2m" } }
        patience = { exponential = { mean = 200 } }
        [group.agents]
        agents = 10
        takes = [["calls"]]
        [policy.pressure]
        applied = "continuously"
        signal = "waiting"
        speed = { steps = [[0, 1.0], [3, 1.3]] }
        elasticity = 0
        "#,
    );
    let mut weights = vec![1.0];
    for n in 1..=200_usize {
        let queue = n.saturating_sub(10);
        let speed = if queue >= 3 { 1.3 } else { 1.0 };
        let deaths = n.min(10) as f64 * speed / 120.0 + queue as f64 / 200.0;
        weights.push(weights[n - 1] * (5.0 / 60.0) / deaths);
    }
    let all: f64 = weights.iter().sum();
    let of = |value: fn(usize) -> f64| {
        weights.iter().enumerate().map(|(n, weight)| value(n) * weight).sum::<f64>() / all
    };
    let waiting = of(|n| n.saturating_sub(10) as f64);
    agrees(&outcome, "delayed_share", of(|n| if n >= 10 { 1.0 } else { 0.0 }));
    agrees(&outcome, "wait_s", waiting * 12.0);
    agrees(&outcome, "abandonment", waiting / 200.0 * 12.0);
    agrees(&outcome, "occupancy", of(|n| n.min(10) as f64) / 10.0);
}

#[test]
fn who_balks_by_the_queue_thins_the_arrivals_of_each_state() {
    let outcome = simulate(
        r#"
        horizon = "10d"
        warm_up = "4h"
        [class.calls]
        volume = { per_minute = 5 }
        talk_time = { exponential = { mean = "2m" } }
        patience = { exponential = { mean = 400 } }
        balking = { waiting = [[2, 0.2], [4, 0.5]] }
        [group.agents]
        agents = 10
        takes = [["calls"]]
        "#,
    );
    // Who finds n in the centre would be the (n − 9)th to wait.
    let joins = |n: usize| match n {
        0..=10 => 1.0,
        11 | 12 => 0.8,
        _ => 0.5,
    };
    let mut weights = vec![1.0];
    for n in 1..=200_usize {
        let deaths = n.min(10) as f64 / 120.0 + n.saturating_sub(10) as f64 / 400.0;
        weights.push(weights[n - 1] * joins(n - 1) * (5.0 / 60.0) / deaths);
    }
    let all: f64 = weights.iter().sum();
    let of = |value: &dyn Fn(usize) -> f64| {
        weights.iter().enumerate().map(|(n, weight)| value(n) * weight).sum::<f64>() / all
    };
    let waiting = of(&|n| n.saturating_sub(10) as f64);
    agrees(&outcome, "wait_s", waiting * 12.0);
    agrees(&outcome, "abandonment", of(&|n| 1.0 - joins(n)) + waiting / 400.0 * 12.0);
    agrees(&outcome, "occupancy", of(&|n| n.min(10) as f64) / 10.0);
}
