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
