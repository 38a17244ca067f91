//! Both ends of the horizon: the warm-up before it, and what has begun when it is over.

use crate::story::check;

#[test]
fn the_warm_up_is_lived_through_and_its_customers_are_still_there_at_the_start() {
    check(
        r#"
        horizon = "1h"
        warm_up = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "10m" }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(-3600.0, "calls"), (-60.0, "calls"), (0.0, "calls")],
        "
        -3600 #1 calls calls
        -3600 #1 answered by west/0 after 0s
        -3000 #1 talked 10m, solved
        -3000 case closed
        -3000 west/0 wrapped up 0s
        -60 #2 calls calls
        -60 #2 answered by west/0 after 0s
        0 #3 calls calls
        0 #3 waits
        540 #2 talked 10m, solved
        540 case closed
        540 west/0 wrapped up 0s
        540 #3 answered by west/0 after 9m
        1140 #3 talked 10m, solved
        1140 case closed
        1140 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn whom_nobody_will_ever_answer_is_left_open() {
    check(
        r#"
        horizon = "1h"
        interval = "30m"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "50m" }
        [group.west]
        agents = [1, 0]
        takes = [["calls"]]
        "#,
        &[(1000.0, "calls"), (1100.0, "calls"), (3600.0, "calls")],
        "
        0 plan of west is 1
        0 west/0 logs in
        1000 #1 calls calls
        1000 #1 answered by west/0 after 0s
        1100 #2 calls calls
        1100 #2 waits
        1800 plan of west is 0
        3600 the horizon ends
        4000 #1 talked 50m, solved
        4000 case closed
        4000 west/0 wrapped up 0s
        4000 west/0 logs out
        4000 #2 is left open
        4000 case cut
        ",
    );
}

#[test]
fn where_the_end_cuts_who_waits_stays_open_and_the_work_in_hand_is_done() {
    // #2 is in talk at the end and is transferred afterwards, to an agent who has gone; #3 waits.
    check(
        r#"
        horizon = "1h"
        at_end = "cut"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "50m" }
        patience = { constant = "45m" }
        transfer = [{ to = "technical", probability = 1 }]
        [class.technical]
        volume = { per_hour = 0 }
        talk_time = { constant = "5m" }
        [group.west]
        agents = 1
        takes = [["calls"]]
        [group.east]
        agents = 1
        takes = [["technical"]]
        "#,
        &[(1000.0, "calls"), (850.0, "technical"), (1100.0, "calls")],
        "
        0 plan of west is 1
        0 west/0 logs in
        0 plan of east is 1
        0 east/0 logs in
        850 #1 calls technical
        850 #1 answered by east/0 after 0s
        1000 #2 calls calls
        1000 #2 answered by west/0 after 0s
        1100 #3 calls calls
        1100 #3 waits
        1150 #1 talked 5m, solved
        1150 case closed
        1150 east/0 wrapped up 0s
        3600 the horizon ends
        3600 plan of west is 0
        3600 plan of east is 0
        3600 east/0 logs out
        3600 #3 is left open
        3600 case cut
        4000 #2 talked 50m, handed on
        4000 #2.1 is transferred to technical
        4000 #2.1 waits
        4000 west/0 wrapped up 0s
        4000 west/0 logs out
        4000 #2.1 is left open
        4000 case cut
        ",
    );
}
