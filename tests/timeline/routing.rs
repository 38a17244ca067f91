//! Who is offered to whom: tiers on both sides, overflow, longest idle, longest wait, split.

use crate::story::check;

#[test]
fn the_agent_who_has_been_idle_longest_answers() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "10s" }
        [group.east]
        agents = 1
        takes = [["calls"]]
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (20.0, "calls"), (40.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by east/0 after 0s
        10 #1 talked 10s, solved
        10 case closed
        10 east/0 wrapped up 0s
        20 #2 calls calls
        20 #2 answered by west/0 after 0s
        30 #2 talked 10s, solved
        30 case closed
        30 west/0 wrapped up 0s
        40 #3 calls calls
        40 #3 answered by east/0 after 0s
        50 #3 talked 10s, solved
        50 case closed
        50 east/0 wrapped up 0s
        ",
    );
}

#[test]
fn a_freed_agent_takes_the_first_tier_first_and_in_a_tier_the_longest_wait() {
    check(
        r#"
        horizon = "1h"
        [class.gold]
        volume = { per_hour = 0 }
        talk_time = { constant = "10s" }
        [class.blue]
        like = "gold"
        [class.red]
        like = "gold"
        [group.west]
        agents = 1
        takes = [["gold"], ["blue", "red"]]
        "#,
        &[(0.0, "blue"), (1.0, "red"), (2.0, "blue"), (3.0, "gold")],
        "
        0 #1 calls blue
        0 #1 answered by west/0 after 0s
        1 #2 calls red
        1 #2 waits
        2 #3 calls blue
        2 #3 waits
        3 #4 calls gold
        3 #4 waits
        10 #1 talked 10s, solved
        10 case closed
        10 west/0 wrapped up 0s
        10 #4 answered by west/0 after 7s
        20 #4 talked 10s, solved
        20 case closed
        20 west/0 wrapped up 0s
        20 #2 answered by west/0 after 19s
        30 #2 talked 10s, solved
        30 case closed
        30 west/0 wrapped up 0s
        30 #3 answered by west/0 after 28s
        40 #3 talked 10s, solved
        40 case closed
        40 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn a_later_tier_is_offered_the_visit_when_its_time_has_come_and_passes_over_it_before() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        [class.other]
        volume = { per_hour = 0 }
        talk_time = { constant = "5s" }
        [[routing.calls.tier]]
        groups = ["own"]
        [[routing.calls.tier]]
        groups = ["partner"]
        after = "20s"
        [group.own]
        agents = 1
        takes = [["calls"]]
        [group.partner]
        agents = 1
        takes = [["calls", "other"]]
        "#,
        &[(0.0, "calls"), (1.0, "calls"), (2.0, "other")],
        "
        0 #1 calls calls
        0 #1 answered by own/0 after 0s
        1 #2 calls calls
        1 #2 waits
        2 #3 calls other
        2 #3 answered by partner/0 after 0s
        7 #3 talked 5s, solved
        7 case closed
        7 partner/0 wrapped up 0s
        21 #2 answered by partner/0 after 20s
        60 #1 talked 1m, solved
        60 case closed
        60 own/0 wrapped up 0s
        81 #2 talked 1m, solved
        81 case closed
        81 partner/0 wrapped up 0s
        ",
    );
}

#[test]
fn a_freed_agent_of_a_later_tier_takes_who_has_waited_long_enough() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        [class.other]
        volume = { per_hour = 0 }
        talk_time = { constant = "30s" }
        [[routing.calls.tier]]
        groups = ["own"]
        [[routing.calls.tier]]
        groups = ["partner"]
        after = "20s"
        [group.own]
        agents = 1
        takes = [["calls"]]
        [group.partner]
        agents = 1
        takes = [["calls"], ["other"]]
        "#,
        &[(0.0, "calls"), (1.0, "calls"), (2.0, "other"), (20.0, "calls"), (25.0, "other")],
        "
        0 #1 calls calls
        0 #1 answered by own/0 after 0s
        1 #2 calls calls
        1 #2 waits
        2 #3 calls other
        2 #3 answered by partner/0 after 0s
        20 #4 calls calls
        20 #4 waits
        25 #5 calls other
        25 #5 waits
        32 #3 talked 30s, solved
        32 case closed
        32 partner/0 wrapped up 0s
        32 #2 answered by partner/0 after 31s
        60 #1 talked 1m, solved
        60 case closed
        60 own/0 wrapped up 0s
        60 #4 answered by own/0 after 40s
        92 #2 talked 1m, solved
        92 case closed
        92 partner/0 wrapped up 0s
        92 #5 answered by partner/0 after 1m7s
        120 #4 talked 1m, solved
        120 case closed
        120 own/0 wrapped up 0s
        122 #5 talked 30s, solved
        122 case closed
        122 partner/0 wrapped up 0s
        ",
    );
}

#[test]
fn a_split_keeps_a_visit_on_its_branch_even_if_the_other_is_idle() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        patience = { constant = "10s" }
        [routing.calls.split.own]
        share = 0
        tier = [{ groups = ["own"] }]
        [routing.calls.split.partner]
        share = 1
        tier = [{ groups = ["partner"] }]
        [group.own]
        agents = 9
        takes = [["calls"]]
        [group.partner]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (1.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by partner/0 after 0s
        1 #2 calls calls
        1 #2 waits
        11 #2 leaves after 10s
        11 case closed
        60 #1 talked 1m, solved
        60 case closed
        60 partner/0 wrapped up 0s
        ",
    );
}
