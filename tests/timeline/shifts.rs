//! Shifts: persons who come and go at instants of their own, over midnight, and who leaves when one ends.

use crate::story::check;

const CENTRE: &str = r#"
[class.calls]
volume = { per_hour = 0 }
talk_time = { constant = "10m" }
[group.west]
takes = [["calls"]]
"#;

#[test]
fn the_person_whose_shift_ends_finishes_and_leaves_while_the_others_go_on() {
    // The first comer's shift ends at 08:10 in the middle of a contact; the second one's goes on, idle or not.
    check(
        &format!(
            r#"
            start = "08:00"
            horizon = "1h"
            {CENTRE}
            after_plan = "leave"
            staffing.shifts = [
                {{ from = "08:00", to = "08:10", agents = 1 }},
                {{ from = "08:01", lasts = "30m", agents = 1 }},
            ]
            "#
        ),
        &[(30.0, "calls"), (100.0, "calls"), (610.0, "calls")],
        "
        0 plan of west is 1
        0 west/0 logs in
        30 #1 calls calls
        30 #1 answered by west/0 after 0s
        60 plan of west is 2
        60 west/1 logs in
        100 #2 calls calls
        100 #2 answered by west/1 after 0s
        600 plan of west is 1
        610 #3 calls calls
        610 #3 waits
        630 #1 talked 10m, solved
        630 case closed
        630 west/0 wrapped up 0s
        630 west/0 logs out
        700 #2 talked 10m, solved
        700 case closed
        700 west/1 wrapped up 0s
        700 #3 answered by west/1 after 1m30s
        1300 #3 talked 10m, solved
        1300 case closed
        1300 west/1 wrapped up 0s
        1860 plan of west is 0
        1860 west/1 logs out
        ",
    );
}

#[test]
fn with_next_to_finish_shifts_are_counted_and_whoever_is_free_first_leaves() {
    check(
        &format!(
            r#"
            start = "08:00"
            horizon = "1h"
            {CENTRE}
            leaving = "next_to_finish"
            staffing.shifts = [
                {{ from = "08:00", to = "08:10", agents = 1 }},
                {{ from = "08:01", lasts = "30m", agents = 1 }},
            ]
            "#
        ),
        &[(30.0, "calls")],
        "
        0 plan of west is 1
        0 west/0 logs in
        30 #1 calls calls
        30 #1 answered by west/0 after 0s
        60 plan of west is 2
        60 west/1 logs in
        600 plan of west is 1
        600 west/1 logs out
        630 #1 talked 10m, solved
        630 case closed
        630 west/0 wrapped up 0s
        1860 plan of west is 0
        1860 west/0 logs out
        ",
    );
}

#[test]
fn a_night_shift_runs_over_midnight_and_who_came_the_evening_before_is_there_when_the_run_begins() {
    // Wednesday 2026-07-01 is left out: nobody comes in its evening.
    check(
        &format!(
            r#"
            start = "2026-06-30"
            horizon = "2d"
            {CENTRE}
            staffing.shifts = [{{ from = "22:00", to = "06:00", agents = 1, days = ["mon", "tue"] }}]
            "#
        ),
        &[],
        "
        0 plan of west is 1
        0 west/0 logs in
        21600 plan of west is 0
        21600 west/0 logs out
        79200 plan of west is 1
        79200 west/0 logs in
        108000 plan of west is 0
        108000 west/0 logs out
        ",
    );
}

#[test]
fn on_the_night_of_a_clock_change_to_is_the_wall_clock_and_lasts_is_elapsed_time() {
    // 2026-03-29 in Berlin: 02:00 is followed by 03:00. The first shift works 7 hours, the second 8, until 07:00.
    check(
        &format!(
            r#"
            start = "2026-03-28T20:00"
            time_zone = "Europe/Berlin"
            horizon = "12h"
            {CENTRE}
            staffing.shifts = [
                {{ from = "22:00", to = "06:00", agents = 1, days = "sat" }},
                {{ from = "22:00", lasts = "8h", agents = 1, days = "2026-03-28" }},
            ]
            "#
        ),
        &[],
        "
        7200 plan of west is 2
        7200 west/0 logs in
        7200 west/1 logs in
        32400 plan of west is 1
        32400 west/0 logs out
        36000 plan of west is 0
        36000 west/1 logs out
        ",
    );
}

#[test]
fn holidays_have_the_shifts_that_name_them_where_any_does() {
    // 2026-01-01 is a Thursday and a holiday.
    check(
        &format!(
            r#"
            start = "2026-01-01"
            horizon = "2d"
            calendar = {{ holiday_dates = ["2026-01-01"], holiday = 1, after_holiday = 1 }}
            {CENTRE}
            staffing.shifts = [
                {{ from = "08:00", lasts = "8h", agents = 2, days = "mon_fri" }},
                {{ from = "10:00", lasts = "2h", agents = 1, days = "holiday" }},
            ]
            "#
        ),
        &[],
        "
        36000 plan of west is 1
        36000 west/0 logs in
        43200 plan of west is 0
        43200 west/0 logs out
        115200 plan of west is 2
        115200 west/0 logs in
        115200 west/1 logs in
        144000 plan of west is 1
        144000 west/0 logs out
        144000 plan of west is 0
        144000 west/1 logs out
        ",
    );
}

#[test]
fn at_the_end_of_the_plan_agents_stay_until_nobody_waits_where_the_group_says_so() {
    check(
        &format!(
            r#"
            start = "08:00"
            horizon = "1h"
            {CENTRE}
            after_plan = "stay_until_empty"
            staffing.shifts = [{{ from = "08:00", to = "08:15", agents = 1 }}]
            "#
        ),
        &[(600.0, "calls"), (660.0, "calls"), (1000.0, "calls"), (2500.0, "calls")],
        "
        0 plan of west is 1
        0 west/0 logs in
        600 #1 calls calls
        600 #1 answered by west/0 after 0s
        660 #2 calls calls
        660 #2 waits
        900 plan of west is 0
        1000 #3 calls calls
        1000 #3 waits
        1200 #1 talked 10m, solved
        1200 case closed
        1200 west/0 wrapped up 0s
        1200 #2 answered by west/0 after 9m
        1800 #2 talked 10m, solved
        1800 case closed
        1800 west/0 wrapped up 0s
        1800 #3 answered by west/0 after 13m20s
        2400 #3 talked 10m, solved
        2400 case closed
        2400 west/0 wrapped up 0s
        2400 west/0 logs out
        2500 #4 calls calls
        2500 #4 waits
        3600 #4 is left open
        3600 case cut
        ",
    );
}

#[test]
fn where_the_end_cuts_persons_on_shift_finish_and_go_and_nobody_comes_back_from_a_break() {
    // west/0 is busy at the end, west/1 on a break until after it; #2 would be #1's to take next.
    check(
        &format!(
            r#"
            start = "08:00"
            horizon = "1h"
            at_end = "cut"
            {CENTRE}
            staffing.shifts = [
                {{ from = "08:00", to = "10:00", agents = 1 }},
                {{ from = "08:01", to = "10:00", agents = 1, breaks = [{{ at = "08:55", lasts = "15m" }}] }},
            ]
            "#
        ),
        &[(3400.0, "calls"), (3500.0, "calls")],
        "
        0 plan of west is 1
        0 west/0 logs in
        60 plan of west is 2
        60 west/1 logs in
        3300 plan of west is 1
        3300 west/1 goes on a break
        3400 #1 calls calls
        3400 #1 answered by west/0 after 0s
        3500 #2 calls calls
        3500 #2 waits
        3600 the horizon ends
        3600 plan of west is 0
        3600 #2 is left open
        3600 case cut
        4000 #1 talked 10m, solved
        4000 case closed
        4000 west/0 wrapped up 0s
        4000 west/0 logs out
        ",
    );
}

#[test]
fn who_is_rung_at_when_the_shift_ends_answers_and_leaves_afterwards() {
    check(
        &format!(
            r#"
            start = "08:00"
            horizon = "1h"
            {}
            staffing.shifts = [{{ from = "08:00", to = "08:10", agents = 1 }}]
            "#,
            CENTRE.replace("[class.calls]", "[class.calls]\nanswer_delay = \"20s\"")
        ),
        &[(590.0, "calls")],
        "
        0 plan of west is 1
        0 west/0 logs in
        590 #1 calls calls
        590 #1 rings at west/0
        600 plan of west is 0
        610 #1 answered by west/0 after 20s
        1210 #1 talked 10m, solved
        1210 case closed
        1210 west/0 wrapped up 0s
        1210 west/0 logs out
        ",
    );
}
