//! Waiting customers: patience, balking, the order of things at one instant.

use crate::story::check;

#[test]
fn a_customer_waits_as_long_as_patience_lasts() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        patience = { constant = "25s" }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (30.0, "calls"), (40.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        30 #2 calls calls
        30 #2 waits
        40 #3 calls calls
        40 #3 waits
        55 #2 leaves after 25s
        55 case closed
        60 #1 talked 1m, solved
        60 case closed
        60 west/0 wrapped up 0s
        60 #3 answered by west/0 after 20s
        120 #3 talked 1m, solved
        120 case closed
        120 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn who_is_reached_in_the_instant_of_running_out_of_patience_is_answered() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        patience = { constant = "30s" }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (30.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        30 #2 calls calls
        30 #2 waits
        60 #1 talked 1m, solved
        60 case closed
        60 west/0 wrapped up 0s
        60 #2 answered by west/0 after 30s
        120 #2 talked 1m, solved
        120 case closed
        120 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn without_patience_a_customer_leaves_unless_an_agent_is_idle_at_once() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        patience = { constant = 0 }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (30.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        30 #2 calls calls
        30 #2 waits
        30 #2 leaves after 0s
        30 case closed
        60 #1 talked 1m, solved
        60 case closed
        60 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn who_balks_leaves_at_once_when_nobody_is_idle() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        patience = { constant = "10m" }
        balking = 1
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (30.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        30 #2 calls calls
        30 #2 waits
        30 #2 leaves after 0s
        30 case closed
        60 #1 talked 1m, solved
        60 case closed
        60 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn after_call_work_keeps_the_agent_and_not_the_customer() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        after_call_work = { constant = "15s" }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (65.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        60 #1 talked 1m, solved
        60 case closed
        65 #2 calls calls
        65 #2 waits
        75 west/0 wrapped up 15s
        75 #2 answered by west/0 after 10s
        135 #2 talked 1m, solved
        135 case closed
        150 west/0 wrapped up 15s
        ",
    );
}

#[test]
fn a_list_of_laws_is_over_a_horizon_shorter_than_a_day() {
    // A horizon of two hours that begins at 08:00: the second law holds from 09:00 on.
    check(
        r#"
        start = "08:00"
        horizon = "2h"
        interval = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { by_interval = [{ constant = "100s" }, { constant = "50s" }] }
        patience = { by_interval = [{ constant = "30s" }, { constant = "20s" }] }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (10.0, "calls"), (3600.0, "calls"), (3610.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        40 #2 leaves after 30s
        40 case closed
        100 #1 talked 1m40s, solved
        100 case closed
        100 west/0 wrapped up 0s
        3600 #3 calls calls
        3600 #3 answered by west/0 after 0s
        3610 #4 calls calls
        3610 #4 waits
        3630 #4 leaves after 20s
        3630 case closed
        3650 #3 talked 50s, solved
        3650 case closed
        3650 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn who_would_be_third_in_the_queue_leaves_at_once_where_balking_follows_it() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        patience = { constant = "10m" }
        balking = { waiting = [[3, 1], [4, 0]] }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (10.0, "calls"), (20.0, "calls"), (30.0, "calls"), (70.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        20 #3 calls calls
        20 #3 waits
        30 #4 calls calls
        30 #4 waits
        30 #4 leaves after 0s
        30 case closed
        60 #1 talked 1m, solved
        60 case closed
        60 west/0 wrapped up 0s
        60 #2 answered by west/0 after 50s
        70 #5 calls calls
        70 #5 waits
        120 #2 talked 1m, solved
        120 case closed
        120 west/0 wrapped up 0s
        120 #3 answered by west/0 after 1m40s
        180 #3 talked 1m, solved
        180 case closed
        180 west/0 wrapped up 0s
        180 #5 answered by west/0 after 1m50s
        240 #5 talked 1m, solved
        240 case closed
        240 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn who_expects_too_long_a_wait_leaves_at_once() {
    // One agent at 60 s a call: the first in the queue expects 60 s, the second 120.
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        patience = { constant = "10m" }
        balking = { expected_wait = [[61, 1]] }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (10.0, "calls"), (20.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        20 #3 calls calls
        20 #3 waits
        20 #3 leaves after 0s
        20 case closed
        60 #1 talked 1m, solved
        60 case closed
        60 west/0 wrapped up 0s
        60 #2 answered by west/0 after 50s
        120 #2 talked 1m, solved
        120 case closed
        120 west/0 wrapped up 0s
        ",
    );
}
