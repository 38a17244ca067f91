//! `callback_offer`: who would have to wait hears an offer, accepts it or waits.

use crate::story::check;

/// One agent, talk of 100 s, and a second group that the class may fall back on after a minute.
macro_rules! offering {
    ($offer:literal, $rest:literal) => {
        concat!(
            r#"
            horizon = "10h"
            [class.calls]
            volume = { per_hour = 0 }
            talk_time = { constant = "100s" }
            patience = { constant = "1h" }
            redial.after_abandon = { first = 1, delay = { constant = "30m" } }
            callback_offer = { group = "west", accept = 1, "#,
            $offer,
            r#" }
            [group.west]
            agents = 1
            takes = [["calls"]]
            "#,
            $rest
        )
    };
}

#[test]
fn who_accepts_hangs_up_at_once_and_is_called_behind_those_who_wait_on_the_line() {
    check(
        offering!("reached = 1, when = { waiting_at_least = 2 }", "[lines.main]\nlines = 3"),
        &[(0.0, "calls"), (10.0, "calls"), (20.0, "calls"), (30.0, "calls"), (120.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        20 #3 calls calls
        20 #3 waits
        20 #3 accepts a call back after 0s
        20 west will call within 4h
        20 promise waits for a call of calls
        20 promise waits
        30 #4 calls calls
        30 #4 waits
        30 #4 accepts a call back after 0s
        30 west will call within 4h
        30 promise waits for a call of calls
        30 promise waits
        100 #1 talked 1m40s, solved
        100 case closed
        100 west/0 wrapped up 0s
        100 #2 answered by west/0 after 1m30s
        120 #5 calls calls
        120 #5 waits
        200 #2 talked 1m40s, solved
        200 case closed
        200 west/0 wrapped up 0s
        200 #5 answered by west/0 after 1m20s
        300 #5 talked 1m40s, solved
        300 case closed
        300 west/0 wrapped up 0s
        300 west/0 dials
        300 reached, kept
        400 promise talked 1m40s, solved
        400 case closed
        400 west/0 wrapped up 0s
        400 west/0 dials
        400 reached, kept
        500 promise talked 1m40s, solved
        500 case closed
        500 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn nobody_is_offered_a_call_whom_an_agent_takes_at_once_and_who_declines_waits() {
    check(
        &offering!("reached = 1", "").replace("accept = 1", "accept = 0"),
        &[(0.0, "calls"), (10.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        100 #1 talked 1m40s, solved
        100 case closed
        100 west/0 wrapped up 0s
        100 #2 answered by west/0 after 1m30s
        200 #2 talked 1m40s, solved
        200 case closed
        200 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn after_a_broken_promise_a_customer_whom_nobody_answered_redials() {
    check(
        offering!("reached = 0, attempts = 1, dialling = \"20s\"", ""),
        &[(0.0, "calls"), (10.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        10 #2 accepts a call back after 0s
        10 west will call within 4h
        10 promise waits for a call of calls
        10 promise waits
        100 #1 talked 1m40s, solved
        100 case closed
        100 west/0 wrapped up 0s
        100 west/0 dials
        120 nobody there after 20s
        120 promise broken
        1920 #3 redials calls
        1920 #3 answered by west/0 after 0s
        2020 #3 talked 1m40s, solved
        2020 case closed
        2020 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn with_nobody_idle_a_later_tier_with_an_idle_agent_keeps_the_offer_back() {
    const LATER: &str = r#"
        [group.east]
        agents = 1
        takes = [["calls"]]
        [[routing.calls.tier]]
        groups = ["west"]
        [[routing.calls.tier]]
        groups = ["east"]
        after = "1m"
    "#;
    check(
        &format!("{}{LATER}", offering!("reached = 1, when = { nobody_idle = true }", "")),
        &[(0.0, "calls"), (10.0, "calls"), (75.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        70 #2 answered by east/0 after 1m
        75 #3 calls calls
        75 #3 waits
        75 #3 accepts a call back after 0s
        75 west will call within 4h
        75 promise waits for a call of calls
        75 promise waits
        100 #1 talked 1m40s, solved
        100 case closed
        100 west/0 wrapped up 0s
        100 west/0 dials
        100 reached, kept
        170 #2 talked 1m40s, solved
        170 case closed
        170 east/0 wrapped up 0s
        200 promise talked 1m40s, solved
        200 case closed
        200 west/0 wrapped up 0s
        ",
    );
}

/// The second to wait would wait for two turns of 100 s.
#[test]
fn the_expected_wait_must_be_longer_than_what_the_offer_asks() {
    let accepts = |when: &str| {
        let text = offering!("reached = 1, when = { WHEN }", "").replace("WHEN", when);
        let calls = [(0.0, "calls"), (10.0, "calls"), (50.0, "calls")];
        let story = crate::story::told(&text, &calls);
        ["#2", "#3"].map(|who| story.contains(&format!("{who} accepts")))
    };
    assert_eq!(accepts("expected_wait_above = \"99s\""), [true, true]);
    assert_eq!(accepts("expected_wait_above = \"100s\""), [false, true]);
    assert_eq!(accepts("expected_wait_above = \"200s\", predictor = \"queue_length\""), [false, false]);
    // The first in line has waited 40 s when the next one comes.
    assert_eq!(accepts("expected_wait_above = \"39s\", predictor = \"head_of_line\""), [false, true]);
    assert_eq!(accepts("expected_wait_above = \"40s\", predictor = \"head_of_line\""), [false, false]);
    // Whom the agent took last had not waited at all.
    assert_eq!(accepts("expected_wait_above = \"0s\", predictor = \"last_served\""), [false, false]);
    let calls = [(0.0, "calls"), (10.0, "calls"), (150.0, "calls")];
    let after = |least: &str| {
        let when = format!("expected_wait_above = \"{least}\", predictor = \"last_served\"");
        let text = offering!("reached = 1, when = { WHEN }", "").replace("WHEN", &when);
        crate::story::told(&text, &calls).contains("#3 accepts")
    };
    assert_eq!((after("89s"), after("90s")), (true, false), "the one before waited 90 s");
}

#[test]
fn who_is_transferred_to_a_queue_hears_its_offer_too() {
    check(
        r#"
        horizon = "10h"
        [class.first]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        transfer = [{ to = "second", probability = 1 }]
        [class.second]
        volume = { per_hour = 0 }
        talk_time = { constant = "10m" }
        callback_offer = { group = "a", accept = 1, reached = 1 }
        [group.a]
        agents = 1
        takes = [["first"]]
        skill.second = { talk_time_factor = 0.5 }
        [group.b]
        agents = 1
        takes = [["second"]]
        "#,
        &[(0.0, "second"), (0.0, "first")],
        "
        0 #1 calls first
        0 #1 answered by a/0 after 0s
        0 #2 calls second
        0 #2 answered by b/0 after 0s
        60 #1 talked 1m, handed on
        60 #1.1 is transferred to second
        60 #1.1 waits
        60 #1.1 accepts a call back after 0s
        60 a will call within 4h
        60 promise waits for a call of second
        60 promise waits
        60 a/0 wrapped up 0s
        60 a/0 dials
        60 reached, kept
        360 promise talked 5m, solved
        360 case closed
        360 a/0 wrapped up 0s
        600 #2 talked 10m, solved
        600 case closed
        600 b/0 wrapped up 0s
        ",
    );
}

#[test]
fn a_callback_leaves_the_reserve_of_its_group_idle_for_those_who_come() {
    // Two agents, one in reserve for the line: the promise of 20 is kept when both would be idle, not at 60 or 100.
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "100s" }
        callback_offer = { group = "west", accept = 1, reached = 1 }
        [class.short]
        volume = { per_hour = 0 }
        talk_time = { constant = "50s" }
        [group.west]
        agents = 2
        takes = [["calls", "short"]]
        callback_idle_reserve = 1
        "#,
        &[(0.0, "calls"), (10.0, "short"), (20.0, "calls"), (70.0, "short")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls short
        10 #2 answered by west/1 after 0s
        20 #3 calls calls
        20 #3 waits
        20 #3 accepts a call back after 0s
        20 west will call within 4h
        20 promise waits for a call of calls
        20 promise waits
        60 #2 talked 50s, solved
        60 case closed
        60 west/1 wrapped up 0s
        70 #4 calls short
        70 #4 answered by west/1 after 0s
        100 #1 talked 1m40s, solved
        100 case closed
        100 west/0 wrapped up 0s
        120 #4 talked 50s, solved
        120 case closed
        120 west/1 wrapped up 0s
        120 west/1 dials
        120 reached, kept
        220 promise talked 1m40s, solved
        220 case closed
        220 west/1 wrapped up 0s
        ",
    );
}
