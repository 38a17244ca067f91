//! The leaving rule of counts: idle agents first, then whoever finishes next; finishing agents are recalled.

use crate::story::check;

#[test]
fn idle_agents_leave_first_then_whoever_finishes_next() {
    check(
        r#"
        horizon = "1h"
        interval = "30m"
        [class.short]
        volume = { per_hour = 0 }
        talk_time = { constant = "100s" }
        [class.long]
        volume = { per_hour = 0 }
        talk_time = { constant = "200s" }
        [group.west]
        agents = [3, 1]
        takes = [["short", "long"]]
        "#,
        &[(1750.0, "long"), (1760.0, "short"), (1810.0, "short")],
        "
        0 plan of west is 3
        0 west/0 logs in
        0 west/1 logs in
        0 west/2 logs in
        1750 #1 calls long
        1750 #1 answered by west/0 after 0s
        1760 #2 calls short
        1760 #2 answered by west/1 after 0s
        1800 plan of west is 1
        1800 west/2 logs out
        1810 #3 calls short
        1810 #3 waits
        1860 #2 talked 1m40s, solved
        1860 case closed
        1860 west/1 wrapped up 0s
        1860 west/1 logs out
        1950 #1 talked 3m20s, solved
        1950 case closed
        1950 west/0 wrapped up 0s
        1950 #3 answered by west/0 after 2m20s
        2050 #3 talked 1m40s, solved
        2050 case closed
        2050 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn finishing_agents_are_recalled_before_new_ones_come() {
    check(
        r#"
        horizon = "90m"
        interval = "30m"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "40m" }
        [group.west]
        agents = [2, 0, 3]
        takes = [["calls"]]
        "#,
        &[(1700.0, "calls"), (1750.0, "calls")],
        "
        0 plan of west is 2
        0 west/0 logs in
        0 west/1 logs in
        1700 #1 calls calls
        1700 #1 answered by west/0 after 0s
        1750 #2 calls calls
        1750 #2 answered by west/1 after 0s
        1800 plan of west is 0
        3600 plan of west is 3
        3600 west/2 logs in
        4100 #1 talked 40m, solved
        4100 case closed
        4100 west/0 wrapped up 0s
        4150 #2 talked 40m, solved
        4150 case closed
        4150 west/1 wrapped up 0s
        ",
    );
}

#[test]
fn an_agent_who_frees_in_the_instant_of_a_fall_leaves() {
    check(
        r#"
        horizon = "1h"
        interval = "30m"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "100s" }
        patience = { constant = "60s" }
        [group.west]
        agents = [1, 0]
        takes = [["calls"]]
        "#,
        &[(1700.0, "calls"), (1760.0, "calls")],
        "
        0 plan of west is 1
        0 west/0 logs in
        1700 #1 calls calls
        1700 #1 answered by west/0 after 0s
        1760 #2 calls calls
        1760 #2 waits
        1800 plan of west is 0
        1800 #1 talked 1m40s, solved
        1800 case closed
        1800 west/0 wrapped up 0s
        1800 west/0 logs out
        1820 #2 leaves after 1m
        1820 case closed
        ",
    );
}
