//! The delay of an answer: the agent is taken, the customer still waits.

use crate::story::check;

fn ringing_for_ten_seconds(class: &str) -> String {
    format!(
        r#"
        horizon = "1h"
        [class.calls]
        volume = {{ per_hour = 0 }}
        talk_time = {{ constant = "60s" }}
        answer_delay = "10s"
        {class}
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#
    )
}

#[test]
fn the_agent_is_taken_from_the_first_ring_on_and_the_customer_waits_until_talk() {
    check(
        &ringing_for_ten_seconds(""),
        &[(0.0, "calls"), (5.0, "calls")],
        "
        0 #1 calls calls
        0 #1 rings at west/0
        5 #2 calls calls
        5 #2 waits
        10 #1 answered by west/0 after 10s
        70 #1 talked 1m, solved
        70 case closed
        70 west/0 wrapped up 0s
        70 #2 rings at west/0
        80 #2 answered by west/0 after 1m15s
        140 #2 talked 1m, solved
        140 case closed
        140 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn patience_runs_while_it_rings_and_who_gives_up_frees_the_agent_at_once() {
    // Patience of 8 s: #1 and #2 give up while it rings, each frees the agent for the next; #3 came with #2 and leaves with it.
    check(
        &ringing_for_ten_seconds("patience = { constant = \"8s\" }"),
        &[(0.0, "calls"), (5.0, "calls"), (5.0, "calls"), (20.0, "calls")],
        "
        0 #1 calls calls
        0 #1 rings at west/0
        5 #2 calls calls
        5 #2 waits
        5 #3 calls calls
        5 #3 waits
        8 west/0 is free after ringing 8s
        8 #1 leaves after 8s
        8 case closed
        8 #2 rings at west/0
        13 west/0 is free after ringing 5s
        13 #2 leaves after 8s
        13 case closed
        13 #3 rings at west/0
        13 west/0 is free after ringing 0s
        13 #3 leaves after 8s
        13 case closed
        20 #4 calls calls
        20 #4 rings at west/0
        28 west/0 is free after ringing 8s
        28 #4 leaves after 8s
        28 case closed
        ",
    );
}

#[test]
fn who_is_answered_in_the_instant_in_which_patience_ends_is_answered() {
    check(
        &ringing_for_ten_seconds("patience = { constant = \"10s\" }"),
        &[(0.0, "calls")],
        "
        0 #1 calls calls
        0 #1 rings at west/0
        10 #1 answered by west/0 after 10s
        70 #1 talked 1m, solved
        70 case closed
        70 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn the_longest_wait_and_closing_leave_alone_whom_an_agent_is_about_to_answer() {
    check(
        &ringing_for_ten_seconds(
            "max_wait = { after = \"5s\", then = \"disconnect\" }
            open = { all = \"00:00-00:30\" }
            at_closing = \"disconnect\"",
        ),
        &[(0.0, "calls"), (1795.0, "calls")],
        "
        0 #1 calls calls
        0 #1 rings at west/0
        10 #1 answered by west/0 after 10s
        70 #1 talked 1m, solved
        70 case closed
        70 west/0 wrapped up 0s
        1795 #2 calls calls
        1795 #2 rings at west/0
        1805 #2 answered by west/0 after 10s
        1865 #2 talked 1m, solved
        1865 case closed
        1865 west/0 wrapped up 0s
        ",
    );
}
