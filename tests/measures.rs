//! Measures of the model as a whole, where their values can be worked out by hand.
//!
//! All laws of chance here are constants, so every figure is exact but for rounding; no false alarm is possible.

use holdtime::experiment::{Outcome, Settings, Unattended, replicate};
use holdtime::scenario::{self, Texts};

fn simulate(replications: u32, text: &str) -> Outcome {
    let loaded = scenario::load("measures.toml", &[], &Texts::new().with("measures.toml", text))
        .unwrap_or_else(|p| panic!("{}", p.render(scenario::Paint::Plain)));
    let settings = Settings { replications: Some(replications), seed: 1, jobs: 2, ..Settings::default() };
    let outcome = replicate(&loaded.scenario, &settings, &Unattended).expect("the queue stays within bounds");
    assert_eq!(outcome.audit, Vec::<String>::new());
    outcome
}

fn total(outcome: &Outcome, name: &str) -> f64 {
    outcome.total.get(name).and_then(|estimate| estimate.mean).unwrap_or_else(|| panic!("no {name}"))
}

#[track_caller]
fn same(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 1e-9 * wanted.abs().max(1.0), "{found}, not {wanted}");
}

#[test]
fn every_hour_of_handling_has_one_cause() {
    // Everybody is handed on once, nobody is ever solved, and everybody comes back until the third contact.
    let outcome = simulate(
        2,
        r#"
        horizon = "10h"
        [case]
        contacts = 3
        [class.first]
        volume = { per_hour = 50 }
        talk_time = { constant = "60s" }
        after_call_work = { constant = "12s" }
        resolution = 0
        transfer = [{ to = "second", probability = 1 }]
        [class.second]
        volume = { per_hour = 0 }
        talk_time = { constant = "100s" }
        resolution = 0
        repeat = { probability = 1, delay = { constant = "30m" }, class = "first" }
        [group.all]
        agents = 60
        takes = [["first", "second"]]
        "#,
    );
    let hours = |name, seconds: f64| total(&outcome, name) * seconds / 3600.0;
    assert!(total(&outcome, "repeated") > 500.0 && total(&outcome, "asa_s") == 0.0);
    same(total(&outcome, "fresh_h"), hours("fresh", 72.0));
    same(total(&outcome, "repeat_h"), hours("repeated", 72.0));
    same(total(&outcome, "transfer_h"), hours("transferred", 100.0));
    same(total(&outcome, "transfer_in_repeat_h"), hours("repeated", 100.0));
    same(total(&outcome, "redial_h") + total(&outcome, "callback_h"), 0.0);
}

#[test]
fn the_handling_of_redials_and_of_calls_back_is_their_own() {
    let outcome = simulate(
        2,
        r#"
        horizon = "10h"
        [class.calls]
        volume = { per_hour = 50 }
        talk_time = { constant = "5m" }
        patience = { constant = "30s" }
        redial.after_abandon = { first = 1, later = 1, delay = { constant = "10m" } }
        callback_offer = { accept = 0.5, group = "all", due = "4h" }
        [group.all]
        agents = 4
        takes = [["calls"]]
        "#,
    );
    let [fresh, redials, back] = ["fresh_h", "redial_h", "callback_h"].map(|name| total(&outcome, name));
    assert!(redials > 1.0, "{redials}");
    same(back, total(&outcome, "callbacks_reached") / 12.0);
    same(fresh + redials, total(&outcome, "answered") / 12.0);
    same(fresh + redials + back, total(&outcome, "handling_h"));
}

#[test]
fn ping_pong_is_being_handed_on_to_where_one_has_been() {
    let shares = |per_contact: u32, to: &str| {
        let outcome = simulate(
            1,
            &format!(
                r#"
                horizon = "10h"
                [class.first]
                volume = {{ per_hour = 50 }}
                talk_time = {{ constant = "60s" }}
                transfer = [{{ to = "second", probability = 1 }}]
                [class.second]
                volume = {{ per_hour = 0 }}
                talk_time = {{ constant = "60s" }}
                transfer = [{{ to = "{to}", probability = 1 }}]
                [class.third]
                volume = {{ per_hour = 0 }}
                talk_time = {{ constant = "60s" }}
                transfer = [{{ to = "first", probability = 1 }}]
                [group.all]
                agents = 60
                takes = [["first", "second", "third"]]
                [policy.transfer_limit]
                per_contact = {per_contact}
                "#
            ),
        );
        assert_eq!(total(&outcome, "contacts_transferred"), total(&outcome, "offered"));
        (total(&outcome, "ping_pong_share"), total(&outcome, "ping_pong") / total(&outcome, "offered"))
    };
    assert_eq!(shares(1, "first"), (0.0, 0.0));
    assert_eq!(shares(2, "first"), (1.0, 1.0));
    // However often, a contact counts once.
    assert_eq!(shares(9, "first"), (1.0, 1.0));
    assert_eq!(shares(2, "third"), (0.0, 0.0));
    assert_eq!(shares(3, "third"), (1.0, 1.0));
    assert_eq!(shares(2, "second"), (1.0, 1.0));
}

#[test]
fn heads_that_are_others_from_a_date_on_are_paid_from_then_on() {
    // 42 hours a week are a quarter of all hours: 8 heads are 2 round the clock, 12 are 3. Then half of them.
    let outcome = simulate(
        1,
        r#"
        start = "2026-06-29"
        horizon = "4d"
        warm_up = "1d"
        interval = "1h"
        [class.calls]
        volume = { per_hour = 1 }
        talk_time = { constant = "60s" }
        patience = { constant = "60s" }
        [group.all]
        agents = 1
        heads = 8
        contract_hours = 42
        cost_per_paid_hour = 10
        takes = [["calls"]]
        [[change]]
        from = "2026-07-01"
        set = { "group.all.heads" = 12 }
        [[change]]
        from = "2026-07-02"
        scale = { "group.all.heads" = 0.5 }
        "#,
    );
    same(total(&outcome, "paid_h"), 24.0 * (2.0 + 2.0 + 3.0 + 1.5));
    same(total(&outcome, "cost_eur"), 240.0 * (2.0 + 2.0 + 3.0 + 1.5));
}
