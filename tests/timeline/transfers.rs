//! Transfers, their limit, and the four rules at the limit.

use crate::story::check;

/// Two desks; every talk of the first wants a transfer to the second and of the second to the first.
macro_rules! two_desks {
    ($limit:literal) => {
        concat!(
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
            [[class.second.transfer]]
            to = "first"
            probability = 1
            [class.boss]
            volume = { per_hour = 0 }
            talk_time = { constant = "10s" }
            [[class.boss.transfer]]
            to = "first"
            probability = 1
            [group.a]
            agents = 1
            takes = [["first"]]
            [group.b]
            agents = 1
            takes = [["second"]]
            [group.c]
            agents = 1
            takes = [["boss"]]
            "#,
            $limit
        )
    };
}

#[test]
fn at_the_limit_the_agent_keeps_the_contact_and_talks_on() {
    check(
        two_desks!(
            "[policy.transfer_limit]
            per_contact = 1
            at_limit = { keep = { extra_talk = 0.3, resolution = 1 } }"
        ),
        &[(0.0, "first")],
        "
        0 #1 calls first
        0 #1 answered by a/0 after 0s
        60 #1 talked 1m, handed on
        60 #1.1 is transferred to second
        60 #1.1 answered by b/0 after 0s
        60 a/0 wrapped up 0s
        160 #1.1 transfer refused
        190 #1.1 talked 2m10s, solved
        190 case closed
        190 b/0 wrapped up 0s
        ",
    );
}

#[test]
fn limit_zero_refuses_the_first_transfer_and_drop_ends_the_contact() {
    check(
        two_desks!(
            "[policy.transfer_limit]
            per_contact = 0
            at_limit = { drop = {} }"
        ),
        &[(0.0, "first")],
        "
        0 #1 calls first
        0 #1 answered by a/0 after 0s
        60 #1 transfer refused
        60 #1 talked 1m, dropped
        60 case closed
        60 a/0 wrapped up 0s
        ",
    );
}

#[test]
fn an_escalated_visit_is_not_counted_and_transfers_no_further() {
    check(
        two_desks!(
            r#"[policy.transfer_limit]
            per_contact = 1
            at_limit = { escalate = { to = "boss" } }"#
        ),
        &[(0.0, "first")],
        "
        0 #1 calls first
        0 #1 answered by a/0 after 0s
        60 #1 talked 1m, handed on
        60 #1.1 is transferred to second
        60 #1.1 answered by b/0 after 0s
        60 a/0 wrapped up 0s
        160 #1.1 transfer refused
        160 #1.1 talked 1m40s, escalated
        160 #1.2 is escalated to boss
        160 #1.2 answered by c/0 after 0s
        160 b/0 wrapped up 0s
        170 #1.2 talked 10s, solved
        170 case closed
        170 c/0 wrapped up 0s
        ",
    );
}

#[test]
fn the_limit_per_case_counts_over_repeats() {
    check(
        r#"
        horizon = "1h"
        [case]
        contacts = 2
        [class.first]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        resolution = 0
        repeat = { probability = 1, delay = { constant = "5m" } }
        [[class.first.transfer]]
        to = "second"
        probability = 1
        [class.second]
        like = "first"
        transfer = []
        [group.a]
        agents = 1
        takes = [["first", "second"]]
        [policy.transfer_limit]
        per_case = 1
        at_limit = { drop = {} }
        "#,
        &[(0.0, "first")],
        "
        0 #1 calls first
        0 #1 answered by a/0 after 0s
        60 #1 talked 1m, handed on
        60 #1.1 is transferred to second
        60 #1.1 waits
        60 a/0 wrapped up 0s
        60 #1.1 answered by a/0 after 0s
        120 #1.1 talked 1m, not solved
        120 a/0 wrapped up 0s
        420 #2 repeats first
        420 #2 answered by a/0 after 0s
        480 #2 transfer refused
        480 #2 talked 1m, dropped
        480 case closed
        480 a/0 wrapped up 0s
        ",
    );
}

#[test]
fn the_agent_wraps_up_while_the_customer_is_already_with_the_next() {
    check(
        r#"
        horizon = "1h"
        [class.first]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        after_call_work = { constant = "20s" }
        [[class.first.transfer]]
        to = "second"
        probability = 1
        [class.second]
        volume = { per_hour = 0 }
        talk_time = { constant = "5s" }
        [group.a]
        agents = 1
        takes = [["first"]]
        [group.b]
        agents = 1
        takes = [["second"]]
        "#,
        &[(0.0, "first")],
        "
        0 #1 calls first
        0 #1 answered by a/0 after 0s
        60 #1 talked 1m, handed on
        60 #1.1 is transferred to second
        60 #1.1 answered by b/0 after 0s
        65 #1.1 talked 5s, solved
        65 case closed
        65 b/0 wrapped up 0s
        80 a/0 wrapped up 20s
        ",
    );
}
