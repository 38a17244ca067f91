//! Telephone lines: held from arrival to the end of talk.

use crate::story::check;

#[test]
fn a_line_is_held_until_talk_ends_and_free_before_after_call_work() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        after_call_work = { constant = "30s" }
        [group.west]
        agents = 1
        takes = [["calls"]]
        [lines.main]
        lines = 1
        "#,
        &[(0.0, "calls"), (59.0, "calls"), (61.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        59 #2 calls calls
        59 #2 finds no line
        59 case closed
        60 #1 talked 1m, solved
        60 case closed
        61 #3 calls calls
        61 #3 waits
        90 west/0 wrapped up 30s
        90 #3 answered by west/0 after 29s
        150 #3 talked 1m, solved
        150 case closed
        180 west/0 wrapped up 30s
        ",
    );
}

#[test]
fn who_found_no_line_may_redial() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        redial = { after_busy = { first = 1, later = 0, delay = { constant = "10s" } } }
        [group.west]
        agents = 1
        takes = [["calls"]]
        [lines.main]
        lines = 1
        "#,
        &[(0.0, "calls"), (45.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        45 #2 calls calls
        45 #2 finds no line
        55 #3 redials calls
        55 #3 finds no line
        55 case closed
        60 #1 talked 1m, solved
        60 case closed
        60 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn a_line_is_held_through_a_transfer_and_the_queue_after_it() {
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
        talk_time = { constant = "100s" }
        [group.a]
        agents = 2
        takes = [["first"]]
        [group.b]
        agents = 1
        takes = [["second"]]
        [lines.main]
        lines = 2
        "#,
        &[(0.0, "first"), (10.0, "first"), (161.0, "first"), (200.0, "first")],
        "
        0 #1 calls first
        0 #1 answered by a/0 after 0s
        10 #2 calls first
        10 #2 answered by a/1 after 0s
        60 #1 talked 1m, handed on
        60 #1.1 is transferred to second
        60 #1.1 answered by b/0 after 0s
        60 a/0 wrapped up 0s
        70 #2 talked 1m, handed on
        70 #2.1 is transferred to second
        70 #2.1 waits
        70 a/1 wrapped up 0s
        160 #1.1 talked 1m40s, solved
        160 case closed
        160 b/0 wrapped up 0s
        160 #2.1 answered by b/0 after 1m30s
        161 #3 calls first
        161 #3 answered by a/0 after 0s
        200 #4 calls first
        200 #4 finds no line
        200 case closed
        221 #3 talked 1m, handed on
        221 #3.1 is transferred to second
        221 #3.1 waits
        221 a/0 wrapped up 0s
        260 #2.1 talked 1m40s, solved
        260 case closed
        260 b/0 wrapped up 0s
        260 #3.1 answered by b/0 after 39s
        360 #3.1 talked 1m40s, solved
        360 case closed
        360 b/0 wrapped up 0s
        ",
    );
}

#[test]
fn who_finds_nobody_idle_and_no_place_to_wait_is_blocked_and_may_redial() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        waiting_places = 1
        redial = { after_busy = { first = 1, delay = { constant = "40s" } } }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (10.0, "calls"), (30.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        30 #3 calls calls
        30 #3 finds no place to wait
        60 #1 talked 1m, solved
        60 case closed
        60 west/0 wrapped up 0s
        60 #2 answered by west/0 after 50s
        70 #4 redials calls
        70 #4 waits
        120 #2 talked 1m, solved
        120 case closed
        120 west/0 wrapped up 0s
        120 #4 answered by west/0 after 50s
        180 #4 talked 1m, solved
        180 case closed
        180 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn with_all_places_taken_a_contact_that_finds_an_eligible_idle_agent_is_served() {
    // Expert 0 may not take the waiting call before 30 s of its wait: it fills the only place beside an idle agent.
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "100s" }
        [class.orders]
        volume = { per_hour = 0 }
        talk_time = { constant = "10s" }
        [group.west]
        agents = 1
        takes = [["calls"]]
        [group.experts]
        agents = 1
        takes = [["orders", "calls"]]
        [[routing.calls.tier]]
        groups = ["west"]
        [[routing.calls.tier]]
        groups = ["experts"]
        after = "30s"
        [lines.main]
        lines = 9
        waiting_places = 1
        "#,
        &[(0.0, "calls"), (5.0, "calls"), (6.0, "calls"), (7.0, "orders")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        5 #2 calls calls
        5 #2 waits
        6 #3 calls calls
        6 #3 finds no place to wait
        6 case closed
        7 #4 calls orders
        7 #4 answered by experts/0 after 0s
        17 #4 talked 10s, solved
        17 case closed
        17 experts/0 wrapped up 0s
        35 #2 answered by experts/0 after 30s
        100 #1 talked 1m40s, solved
        100 case closed
        100 west/0 wrapped up 0s
        135 #2 talked 1m40s, solved
        135 case closed
        135 experts/0 wrapped up 0s
        ",
    );
}

#[test]
fn a_transfer_to_where_no_place_is_left_is_disconnected_and_follows_after_closed() {
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
        talk_time = { constant = "200s" }
        waiting_places = 0
        redial = { after_closed = { first = 1, delay = { constant = "5m" } } }
        [group.a]
        agents = 1
        takes = [["first"]]
        [group.b]
        agents = 1
        takes = [["second"]]
        "#,
        &[(0.0, "second"), (1.0, "first")],
        "
        0 #1 calls second
        0 #1 answered by b/0 after 0s
        1 #2 calls first
        1 #2 answered by a/0 after 0s
        61 #2 talked 1m, handed on
        61 #2.1 is transferred to second
        61 #2.1 is disconnected after 0s: no place to wait
        61 a/0 wrapped up 0s
        200 #1 talked 3m20s, solved
        200 case closed
        200 b/0 wrapped up 0s
        361 #3 redials second
        361 #3 answered by b/0 after 0s
        561 #3 talked 3m20s, solved
        561 case closed
        561 b/0 wrapped up 0s
        ",
    );
}
