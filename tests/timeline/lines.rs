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
