//! The rule `callback` at the transfer limit: promise, attempts, kept and broken.

use crate::story::check;

macro_rules! promising {
    ($numbers:literal) => {
        concat!(
            r#"
            horizon = "10h"
            [class.first]
            volume = { per_hour = 0 }
            talk_time = { constant = "60s" }
            [[class.first.transfer]]
            to = "second"
            probability = 1
            [class.second]
            volume = { per_hour = 0 }
            talk_time = { constant = "10m" }
            [group.a]
            agents = 1
            takes = [["first"]]
            [group.b]
            agents = 1
            takes = [["second"]]
            skill.first = { talk_time_factor = 2 }
            [policy.transfer_limit]
            per_contact = 0
            at_limit = { callback = { group = "b", due = "4h", attempts = 2, every = "2h", "#,
            $numbers,
            " } }"
        )
    };
}

#[test]
fn a_promise_is_kept_by_the_named_group_with_its_own_skill() {
    check(
        promising!("reached = 1"),
        &[(0.0, "first")],
        "
        0 #1 calls first
        0 #1 answered by a/0 after 0s
        60 #1 transfer refused
        60 #1 talked 1m, promised
        60 b will call within 4h
        60 promise waits for a call of first
        60 b/0 dials
        60 reached, kept
        60 a/0 wrapped up 0s
        180 promise talked 2m, solved
        180 case closed
        180 b/0 wrapped up 0s
        ",
    );
}

#[test]
fn customers_on_the_line_come_before_promises() {
    check(
        promising!("reached = 1"),
        &[(0.0, "second"), (0.0, "first"), (90.0, "second")],
        "
        0 #1 calls first
        0 #1 answered by a/0 after 0s
        0 #2 calls second
        0 #2 answered by b/0 after 0s
        60 #1 transfer refused
        60 #1 talked 1m, promised
        60 b will call within 4h
        60 promise waits for a call of first
        60 promise waits
        60 a/0 wrapped up 0s
        90 #3 calls second
        90 #3 waits
        600 #2 talked 10m, solved
        600 case closed
        600 b/0 wrapped up 0s
        600 #3 answered by b/0 after 8m30s
        1200 #3 talked 10m, solved
        1200 case closed
        1200 b/0 wrapped up 0s
        1200 b/0 dials
        1200 reached, kept
        1320 promise talked 2m, solved
        1320 case closed
        1320 b/0 wrapped up 0s
        ",
    );
}

#[test]
fn after_the_last_attempt_the_promise_is_broken() {
    check(
        promising!("reached = 0, dialling = \"30s\""),
        &[(0.0, "first")],
        "
        0 #1 calls first
        0 #1 answered by a/0 after 0s
        60 #1 transfer refused
        60 #1 talked 1m, promised
        60 b will call within 4h
        60 promise waits for a call of first
        60 b/0 dials
        60 a/0 wrapped up 0s
        90 nobody there after 30s
        7290 promise.1 waits for a call of first
        7290 b/0 dials
        7320 nobody there after 30s
        7320 promise broken
        7320 case closed
        ",
    );
}

#[test]
fn a_promise_that_is_reached_after_it_was_due_is_too_late_and_handled_all_the_same() {
    check(
        r#"
        horizon = "1h"
        [class.first]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        [[class.first.transfer]]
        to = "second"
        probability = 1
        [class.second]
        volume = { per_hour = 0 }
        talk_time = { constant = "10m" }
        [group.a]
        agents = 1
        takes = [["first"]]
        [group.b]
        agents = 1
        takes = [["second"]]
        [policy.transfer_limit]
        per_contact = 0
        at_limit = { callback = { group = "b", due = "5m", reached = 1 } }
        "#,
        &[(0.0, "second"), (0.0, "first")],
        "
        0 #1 calls first
        0 #1 answered by a/0 after 0s
        0 #2 calls second
        0 #2 answered by b/0 after 0s
        60 #1 transfer refused
        60 #1 talked 1m, promised
        60 b will call within 5m
        60 promise waits for a call of first
        60 promise waits
        60 a/0 wrapped up 0s
        600 #2 talked 10m, solved
        600 case closed
        600 b/0 wrapped up 0s
        600 b/0 dials
        600 reached, too late
        660 promise talked 1m, solved
        660 case closed
        660 b/0 wrapped up 0s
        ",
    );
}

#[test]
fn an_attempt_that_would_come_after_the_horizon_leaves_the_promise_open() {
    check(
        r#"
        horizon = "1h"
        [class.first]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        [[class.first.transfer]]
        to = "second"
        probability = 1
        [class.second]
        volume = { per_hour = 0 }
        talk_time = { constant = "10m" }
        [group.a]
        agents = 1
        takes = [["first"]]
        [group.b]
        agents = 1
        takes = [["second"]]
        [policy.transfer_limit]
        per_contact = 0
        at_limit = { callback = { group = "b", due = "4h", attempts = 2, every = "2h", reached = 0, dialling = "30s" } }
        "#,
        &[(0.0, "first")],
        "
        0 #1 calls first
        0 #1 answered by a/0 after 0s
        60 #1 transfer refused
        60 #1 talked 1m, promised
        60 b will call within 4h
        60 promise waits for a call of first
        60 b/0 dials
        60 a/0 wrapped up 0s
        90 nobody there after 30s
        90 promise is left open
        90 case cut
        ",
    );
}
