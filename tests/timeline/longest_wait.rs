//! `max_wait`: what follows when a visit has waited as long as it may.

use crate::story::check;

#[test]
fn who_hears_a_message_after_the_longest_wait_does_not_redial_for_it() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "100s" }
        max_wait = { after = "30s", then = "message" }
        redial.after_closed = { first = 1, delay = { constant = "1m" } }
        redial.after_abandon = { first = 1, delay = { constant = "1m" } }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (10.0, "calls"), (70.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        40 #2 hears a message after 30s
        40 case closed
        70 #3 calls calls
        70 #3 waits
        100 #1 talked 1m40s, solved
        100 case closed
        100 west/0 wrapped up 0s
        100 #3 answered by west/0 after 30s
        200 #3 talked 1m40s, solved
        200 case closed
        200 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn who_is_disconnected_after_the_longest_wait_follows_after_closed_and_impatience_comes_first_when_it_is_shorter()
 {
    check(
        r#"
        horizon = "1d"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "100s" }
        max_wait = { after = "30s", then = "disconnect" }
        patience = { by_interval = [{ constant = "30s" }, { constant = "20s" }] }
        redial.after_closed = { first = 1, delay = { constant = "12h" } }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (10.0, "calls"), (43200.0, "calls"), (43202.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        40 #2 is disconnected after 30s: the longest wait is over
        100 #1 talked 1m40s, solved
        100 case closed
        100 west/0 wrapped up 0s
        43200 #3 calls calls
        43200 #3 answered by west/0 after 0s
        43202 #4 calls calls
        43202 #4 waits
        43222 #4 leaves after 20s
        43222 case closed
        43240 #5 redials calls
        43240 #5 waits
        43260 #5 leaves after 20s
        43260 case closed
        43300 #3 talked 1m40s, solved
        43300 case closed
        43300 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn who_is_sent_on_waits_anew_in_the_other_class_and_may_be_answered_there_at_once() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "100s" }
        max_wait = { after = "30s", then = { class = "overflow" } }
        [class.overflow]
        volume = { per_hour = 0 }
        talk_time = { constant = "50s" }
        max_wait = { after = "20s", then = "disconnect" }
        [group.west]
        agents = 1
        takes = [["calls"]]
        [group.east]
        agents = 1
        takes = [["overflow"]]
        "#,
        &[(0.0, "calls"), (10.0, "calls"), (15.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        15 #3 calls calls
        15 #3 waits
        40 #2 is sent on after 30s
        40 #2.1 comes to overflow
        40 #2.1 answered by east/0 after 0s
        45 #3 is sent on after 30s
        45 #3.1 comes to overflow
        45 #3.1 waits
        65 #3.1 is disconnected after 20s: the longest wait is over
        65 case closed
        90 #2.1 talked 50s, solved
        90 case closed
        90 east/0 wrapped up 0s
        100 #1 talked 1m40s, solved
        100 case closed
        100 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn a_tier_that_opens_in_the_instant_of_the_longest_wait_comes_first() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "100s" }
        max_wait = { after = "30s", then = "message" }
        [group.west]
        agents = 1
        takes = [["calls"]]
        [group.experts]
        agents = 1
        takes = [["calls"]]
        [[routing.calls.tier]]
        groups = ["west"]
        [[routing.calls.tier]]
        groups = ["experts"]
        after = "30s"
        "#,
        &[(0.0, "calls"), (10.0, "calls"), (12.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        12 #3 calls calls
        12 #3 waits
        40 #2 answered by experts/0 after 30s
        42 #3 hears a message after 30s
        42 case closed
        100 #1 talked 1m40s, solved
        100 case closed
        100 west/0 wrapped up 0s
        140 #2 talked 1m40s, solved
        140 case closed
        140 experts/0 wrapped up 0s
        ",
    );
}

#[test]
fn who_has_waited_too_long_is_called_back_behind_those_on_the_line_and_the_promise_runs_from_then_on() {
    check(
        r#"
        horizon = "10h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "100s" }
        patience = { constant = "1h" }
        max_wait = { after = "30s", then = { callback = { group = "west", due = "3m", reached = 1 } } }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (10.0, "calls"), (80.0, "calls"), (90.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        40 #2 hangs up to be called back after 30s
        40 west will call within 3m
        40 promise waits for a call of calls
        40 promise waits
        80 #3 calls calls
        80 #3 waits
        90 #4 calls calls
        90 #4 waits
        100 #1 talked 1m40s, solved
        100 case closed
        100 west/0 wrapped up 0s
        100 #3 answered by west/0 after 20s
        120 #4 hangs up to be called back after 30s
        120 west will call within 3m
        120 promise waits for a call of calls
        120 promise waits
        200 #3 talked 1m40s, solved
        200 case closed
        200 west/0 wrapped up 0s
        200 west/0 dials
        200 reached, kept
        300 promise talked 1m40s, solved
        300 case closed
        300 west/0 wrapped up 0s
        300 west/0 dials
        300 reached, kept
        400 promise talked 1m40s, solved
        400 case closed
        400 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn who_was_called_back_after_the_longest_wait_in_vain_redials_as_after_abandoning() {
    check(
        r#"
        horizon = "10h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "100s" }
        redial.after_abandon = { first = 1, delay = { constant = "1m" } }
        max_wait = { after = "30s", then = { callback = { group = "desk", reached = 0, attempts = 2, every = "1m", dialling = "20s" } } }
        [class.mail]
        volume = { per_hour = 0 }
        talk_time = { constant = "1m" }
        [group.west]
        agents = 1
        takes = [["calls"]]
        [group.desk]
        agents = 1
        takes = [["mail"]]
        "#,
        &[(0.0, "calls"), (10.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        40 #2 hangs up to be called back after 30s
        40 desk will call within 4h
        40 promise waits for a call of calls
        40 desk/0 dials
        60 nobody there after 20s
        100 #1 talked 1m40s, solved
        100 case closed
        100 west/0 wrapped up 0s
        120 promise.1 waits for a call of calls
        120 desk/0 dials
        140 nobody there after 20s
        140 promise broken
        200 #3 redials calls
        200 #3 answered by west/0 after 0s
        300 #3 talked 1m40s, solved
        300 case closed
        300 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn who_is_sent_on_has_no_bonus_for_a_transfer() {
    // #2 waits for second from 10 on, #3 for first from 15 on, and is sent on at 25: behind #2, though a transfer would be ahead.
    check(
        r#"
        horizon = "1h"
        [class.first]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        max_wait = { after = "10s", then = { class = "second" } }
        [class.second]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        score = { after_transfer = 100 }
        [group.west]
        agents = 1
        takes = [["first", "second"]]
        "#,
        &[(0.0, "second"), (10.0, "second"), (15.0, "first")],
        "
        0 #1 calls second
        0 #1 answered by west/0 after 0s
        10 #2 calls second
        10 #2 waits
        15 #3 calls first
        15 #3 waits
        25 #3 is sent on after 10s
        25 #3.1 comes to second
        25 #3.1 waits
        60 #1 talked 1m, solved
        60 case closed
        60 west/0 wrapped up 0s
        60 #2 answered by west/0 after 50s
        120 #2 talked 1m, solved
        120 case closed
        120 west/0 wrapped up 0s
        120 #3.1 answered by west/0 after 1m35s
        180 #3.1 talked 1m, solved
        180 case closed
        180 west/0 wrapped up 0s
        ",
    );
}
