//! Pressure: what target, load and cap make of talk and after-call work.

use crate::story::{check, told};

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

#[test]
fn pressure_that_acts_continuously_speeds_talk_up_and_slows_it_down_while_it_lasts() {
    // Speed 2 while somebody waits. From 20 s on #1 has 80 s left and needs 40; it has been at speed 2 when talk ends, so its
    // after-call work takes 5. #2 has done 8 s at 20 and 98 at 65, when nobody waits any more, and takes 2 more.
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "100s" }
        after_call_work = { constant = "10s" }
        [group.west]
        agents = 2
        takes = [["calls"]]
        [policy.pressure]
        applied = "continuously"
        signal = "waiting"
        speed = { steps = [[0, 1.0], [1, 2.0]] }
        elasticity = 0
        "#,
        &[(0.0, "calls"), (12.0, "calls"), (20.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        12 #2 calls calls
        12 #2 answered by west/1 after 0s
        20 #3 calls calls
        20 #3 waits
        60 #1 talked 1m, solved
        60 case closed
        65 west/0 wrapped up 5s
        65 #3 answered by west/0 after 45s
        67 #2 talked 55s, solved
        67 case closed
        77 west/1 wrapped up 10s
        165 #3 talked 1m40s, solved
        165 case closed
        175 west/0 wrapped up 10s
        ",
    );
}

#[test]
fn a_cap_counts_from_the_begin_of_talk_whatever_its_speed_and_a_kept_contact_goes_on_at_the_mean_speed() {
    // #1 has 100 s at speed 1 for 20 s, then at 2: without the cap it would end at 60. Cut at 50 it has done 80 in 50 s, so
    // all of it would have taken 62.5 s, of which the kept contact talks on for a fifth. #2 has done
    // 0.5 + 1 by 63.5 and the rest at speed 4, before its cap; #3 is at 2 all the time, #4 alone.
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "100s" }
        transfer = [{ to = "calls", probability = 1 }]
        [group.west]
        agents = 1
        takes = [["calls"]]
        [policy]
        transfer_limit = { per_contact = 0, at_limit = { keep = { extra_talk = 0.2, resolution = 1 } } }
        [policy.pressure]
        applied = "continuously"
        signal = "waiting"
        speed = { steps = [[0, 1.0], [1, 2.0], [2, 4.0]] }
        speed_bounds = [0.5, 4]
        cap = { at = "50s", probability = 1 }
        elasticity = 0
        "#,
        &[(0.0, "calls"), (20.0, "calls"), (63.0, "calls"), (63.5, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        20 #2 calls calls
        20 #2 waits
        50 #1 transfer refused
        62.5 #1 talked 1m2s, solved
        62.5 case closed
        62.5 west/0 wrapped up 0s
        62.5 #2 answered by west/0 after 42.5s
        63 #3 calls calls
        63 #3 waits
        63.5 #4 calls calls
        63.5 #4 waits
        88.125 #2 transfer refused
        93.25 #2 talked 30.75s, solved
        93.25 case closed
        93.25 west/0 wrapped up 0s
        93.25 #3 answered by west/0 after 30.25s
        143.25 #3 transfer refused
        153.25 #3 talked 1m, solved
        153.25 case closed
        153.25 west/0 wrapped up 0s
        153.25 #4 answered by west/0 after 1m29s
        203.25 #4 transfer refused
        223.25 #4 talked 1m10s, solved
        223.25 case closed
        223.25 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn at_constant_speed_continuous_pressure_is_pressure_at_the_start() {
    let pressed = |applied: &str| {
        let text = format!(
            r#"
            horizon = "6h"
            [class.calls]
            volume = {{ per_hour = 0 }}
            talk_time = {{ exponential = {{ mean = "5m" }} }}
            after_call_work = {{ exponential = {{ mean = "1m" }} }}
            transfer = [{{ to = "calls", probability = 0.3 }}]
            resolution = 0.8
            [group.west]
            agents = 4
            takes = [["calls"]]
            [policy]
            transfer_limit = {{ per_contact = 1, at_limit = {{ keep = {{}} }} }}
            [policy.pressure]
            applied = "{applied}"
            signal = "waiting"
            speed = {{ steps = [[0, 1.1]] }}
            aht_target = "5m"
            cap = {{ at = "8m", probability = 0.5 }}
            fatigue = {{ above = 0.5, per_hour = 0.1 }}
            "#
        );
        let contacts: Vec<(f64, &str)> = (0..400).map(|i| (f64::from(i) * 53.0, "calls")).collect();
        told(&text, &contacts)
    };
    let story = pressed("at_start");
    assert!(story.contains("waits") && story.contains("refused") && story.contains("not solved"), "{story}");
    assert!(pressed("continuously") == story);
}

#[test]
fn agents_who_come_slow_talk_in_progress_down_when_it_is_their_number_that_presses() {
    // Two wait for one agent until 30 minutes: #1 goes on at 2 and has done 300 s then. A second agent comes and takes #2: one
    // waits for two, 1.5, and #1 needs 200 s more; #2 has done as much then, nobody waits, and it goes on at 1.
    check(
        r#"
        horizon = "1h"
        interval = "30m"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "10m" }
        [group.west]
        agents_by_time = { all = { "00:00" = 1, "00:30" = 2 } }
        takes = [["calls"]]
        [policy.pressure]
        applied = "continuously"
        signal = "waiting_per_agent"
        speed = { linear = [[0, 1.0], [0.5, 1.5], [2, 2.0]] }
        elasticity = 0
        "#,
        &[(1600.0, "calls"), (1700.0, "calls"), (1700.0, "calls")],
        "
        1600 #1 calls calls
        1600 #1 answered by west/0 after 0s
        1700 #2 calls calls
        1700 #2 waits
        1700 #3 calls calls
        1700 #3 waits
        1800 #2 answered by west/1 after 1m40s
        2000 #1 talked 6m40s, solved
        2000 case closed
        2000 west/0 wrapped up 0s
        2000 #3 answered by west/0 after 5m
        2300 #2 talked 8m20s, solved
        2300 case closed
        2300 west/1 wrapped up 0s
        2600 #3 talked 10m, solved
        2600 case closed
        2600 west/0 wrapped up 0s
        ",
    );
}
