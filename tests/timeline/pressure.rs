//! Pressure: what target, load and cap make of talk and after-call work.

use crate::story::check;

#[test]
fn the_target_shortens_talk_and_after_call_work_alike() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "240s" }
        after_call_work = { constant = "60s" }
        [group.west]
        agents = 1
        takes = [["calls"]]
        [policy.pressure]
        aht_target = "2m"
        compliance = 0.5
        elasticity = 0
        "#,
        &[(0.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        168 #1 talked 2m48s, solved
        168 case closed
        210 west/0 wrapped up 42s
        ",
    );
}

#[test]
fn the_load_is_read_at_the_start_of_handling_after_the_visit_has_left_the_queue() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "100s" }
        [group.west]
        agents = 1
        takes = [["calls"]]
        [policy.pressure]
        signal = "waiting_per_agent"
        speed = { linear = [[0, 1.0], [1, 1.25], [2, 2.0]] }
        "#,
        &[(0.0, "calls"), (1.0, "calls"), (2.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        1 #2 calls calls
        1 #2 waits
        2 #3 calls calls
        2 #3 waits
        100 #1 talked 1m40s, solved
        100 case closed
        100 west/0 wrapped up 0s
        100 #2 answered by west/0 after 1m39s
        180 #2 talked 1m20s, solved
        180 case closed
        180 west/0 wrapped up 0s
        180 #3 answered by west/0 after 2m58s
        280 #3 talked 1m40s, solved
        280 case closed
        280 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn the_cap_cuts_long_talk_and_costs_resolution() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "10m" }
        [group.west]
        agents = 1
        takes = [["calls"]]
        [policy.pressure]
        cap = { at = "3m", probability = 1 }
        elasticity = 50
        "#,
        &[(0.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        180 #1 talked 3m, not solved
        180 case closed
        180 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn the_signal_waiting_counts_customers_whatever_the_number_of_agents_and_steps_jump() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "100s" }
        [group.west]
        agents = 2
        takes = [["calls"]]
        [policy.pressure]
        signal = "waiting"
        speed = { steps = [[0, 1.0], [2, 2.0]] }
        "#,
        &[(0.0, "calls"), (10.0, "calls"), (20.0, "calls"), (30.0, "calls"), (40.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 answered by west/1 after 0s
        20 #3 calls calls
        20 #3 waits
        30 #4 calls calls
        30 #4 waits
        40 #5 calls calls
        40 #5 waits
        100 #1 talked 1m40s, solved
        100 case closed
        100 west/0 wrapped up 0s
        100 #3 answered by west/0 after 1m20s
        110 #2 talked 1m40s, solved
        110 case closed
        110 west/1 wrapped up 0s
        110 #4 answered by west/1 after 1m20s
        150 #3 talked 50s, solved
        150 case closed
        150 west/0 wrapped up 0s
        150 #5 answered by west/0 after 1m50s
        210 #4 talked 1m40s, solved
        210 case closed
        210 west/1 wrapped up 0s
        250 #5 talked 1m40s, solved
        250 case closed
        250 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn the_signal_occupancy_is_that_of_the_last_completed_interval() {
    // The first interval knows none; in the second the agent has been busy for half of the first, then for a quarter.
    check(
        r#"
        horizon = "90m"
        interval = "30m"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "15m" }
        [group.west]
        agents = 1
        takes = [["calls"]]
        [policy.pressure]
        signal = "occupancy"
        speed = { steps = [[0, 1.0], [0.5, 2.0]] }
        "#,
        &[(0.0, "calls"), (1800.0, "calls"), (3600.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        900 #1 talked 15m, solved
        900 case closed
        900 west/0 wrapped up 0s
        1800 #2 calls calls
        1800 #2 answered by west/0 after 0s
        2250 #2 talked 7m30s, solved
        2250 case closed
        2250 west/0 wrapped up 0s
        3600 #3 calls calls
        3600 #3 answered by west/0 after 0s
        4500 #3 talked 15m, solved
        4500 case closed
        4500 west/0 wrapped up 0s
        ",
    );
}

/// The first call fills the first hour after log-in, so the next one takes a quarter longer; idle from then on, the third
/// is as fast as the second, because an hour that is not hard takes nothing away, until somebody fresh has come.
#[test]
fn after_a_hard_hour_handling_is_slower_until_relief_or_the_next_log_in() {
    check(
        r#"
        horizon = "5h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "70m" }
        [class.short]
        volume = { per_hour = 0 }
        talk_time = { constant = "4m" }
        [group.west]
        agents = 1
        takes = [["calls", "short"]]
        [policy.pressure]
        fatigue = { above = 0.9, per_hour = 0.25, relief = "3h" }
        "#,
        &[(0.0, "calls"), (4200.0, "short"), (9000.0, "short"), (10_800.0, "short")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        4200 #1 talked 1h10m, solved
        4200 case closed
        4200 west/0 wrapped up 0s
        4200 #2 calls short
        4200 #2 answered by west/0 after 0s
        4500 #2 talked 5m, solved
        4500 case closed
        4500 west/0 wrapped up 0s
        9000 #3 calls short
        9000 #3 answered by west/0 after 0s
        9300 #3 talked 5m, solved
        9300 case closed
        9300 west/0 wrapped up 0s
        10800 #4 calls short
        10800 #4 answered by west/0 after 0s
        11040 #4 talked 4m, solved
        11040 case closed
        11040 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn a_break_of_a_shift_makes_fresh() {
    check(
        r#"
        horizon = "5h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "70m" }
        [class.short]
        volume = { per_hour = 0 }
        talk_time = { constant = "4m" }
        [group.west]
        takes = [["calls", "short"]]
        staffing.shifts = [{ from = "00:00", lasts = "5h", agents = 1, breaks = [{ at = "02:00", lasts = "10m" }] }]
        [policy.pressure]
        fatigue = { above = 0.9, per_hour = 0.25 }
        "#,
        &[(0.0, "calls"), (4200.0, "short"), (9000.0, "short")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        4200 #1 talked 1h10m, solved
        4200 case closed
        4200 west/0 wrapped up 0s
        4200 #2 calls short
        4200 #2 answered by west/0 after 0s
        4500 #2 talked 5m, solved
        4500 case closed
        4500 west/0 wrapped up 0s
        9000 #3 calls short
        9000 #3 answered by west/0 after 0s
        9240 #3 talked 4m, solved
        9240 case closed
        9240 west/0 wrapped up 0s
        ",
    );
}
