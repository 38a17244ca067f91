//! Breaks of persons with shifts: fixed, staggered, or when nobody waits; after the running contact.

use crate::story::check;

const CENTRE: &str = r#"
start = "08:00"
horizon = "1h"
[class.calls]
volume = { per_hour = 0 }
talk_time = { constant = "5m" }
after_call_work = { constant = "30s" }
[group.west]
takes = [["calls"]]
"#;

#[test]
fn a_break_begins_after_the_running_contact_and_lasts_its_whole_length() {
    check(
        &format!(
            r#"{CENTRE}
            staffing.shifts = [{{ from = "08:00", lasts = "40m", agents = 1, breaks = [
                {{ at = "08:05", lasts = "10m" }}, {{ at = "08:25", lasts = "5m" }},
            ] }}]
            "#
        ),
        &[(60.0, "calls"), (400.0, "calls")],
        "
        0 plan of west is 1
        0 west/0 logs in
        60 #1 calls calls
        60 #1 answered by west/0 after 0s
        360 #1 talked 5m, solved
        360 case closed
        390 west/0 wrapped up 30s
        390 plan of west is 0
        390 west/0 goes on a break
        400 #2 calls calls
        400 #2 waits
        990 plan of west is 1
        990 west/0 comes back from a break
        990 #2 answered by west/0 after 9m50s
        1290 #2 talked 5m, solved
        1290 case closed
        1320 west/0 wrapped up 30s
        1500 plan of west is 0
        1500 west/0 goes on a break
        1800 plan of west is 1
        1800 west/0 comes back from a break
        2400 plan of west is 0
        2400 west/0 logs out
        ",
    );
}

#[test]
fn staggered_breaks_fill_their_window_evenly() {
    check(
        &format!(
            r#"{CENTRE}
            staffing.shifts = [{{ from = "08:00", lasts = "1h", agents = 3, breaks = [
                {{ within = ["08:10", "08:40"], lasts = "10m" }},
            ] }}]
            "#
        ),
        &[],
        "
        0 plan of west is 3
        0 west/0 logs in
        0 west/1 logs in
        0 west/2 logs in
        600 plan of west is 2
        600 west/0 goes on a break
        1200 plan of west is 1
        1200 west/1 goes on a break
        1200 plan of west is 2
        1200 west/0 comes back from a break
        1800 plan of west is 1
        1800 west/2 goes on a break
        1800 plan of west is 2
        1800 west/1 comes back from a break
        2400 plan of west is 3
        2400 west/2 comes back from a break
        ",
    );
}

#[test]
fn breaks_when_calm_wait_until_nobody_waits_and_another_is_idle_at_the_latest_until_the_window_ends() {
    // At 08:05 both are idle: the first goes, the second must stay. It goes when the first is back and both are idle, which
    // is not before its window, less the break, is over at 08:20: busy then, it goes after the contact.
    check(
        &format!(
            r#"{CENTRE}
            staffing.shifts = [{{ from = "08:00", lasts = "1h", agents = 2, breaks = [
                {{ within = ["08:05", "08:25"], lasts = "5m", taken = "when_calm" }},
            ] }}]
            "#
        ),
        &[(590.0, "calls"), (1000.0, "calls"), (1001.0, "calls")],
        "
        0 plan of west is 2
        0 west/0 logs in
        0 west/1 logs in
        300 plan of west is 1
        300 west/0 goes on a break
        590 #1 calls calls
        590 #1 answered by west/1 after 0s
        600 plan of west is 2
        600 west/0 comes back from a break
        890 #1 talked 5m, solved
        890 case closed
        920 west/1 wrapped up 30s
        920 plan of west is 1
        920 west/1 goes on a break
        1000 #2 calls calls
        1000 #2 answered by west/0 after 0s
        1001 #3 calls calls
        1001 #3 waits
        1220 plan of west is 2
        1220 west/1 comes back from a break
        1220 #3 answered by west/1 after 3m39s
        1300 #2 talked 5m, solved
        1300 case closed
        1330 west/0 wrapped up 30s
        1520 #3 talked 5m, solved
        1520 case closed
        1550 west/1 wrapped up 30s
        ",
    );
}

#[test]
fn alone_a_break_when_calm_is_taken_as_late_as_its_window_allows() {
    check(
        &format!(
            r#"{CENTRE}
            staffing.shifts = [{{ from = "08:00", lasts = "1h", agents = 1, breaks = [
                {{ within = ["08:05", "08:25"], lasts = "5m", taken = "when_calm" }},
            ] }}]
            "#
        ),
        &[(1190.0, "calls")],
        "
        0 plan of west is 1
        0 west/0 logs in
        1190 #1 calls calls
        1190 #1 answered by west/0 after 0s
        1490 #1 talked 5m, solved
        1490 case closed
        1520 west/0 wrapped up 30s
        1520 plan of west is 0
        1520 west/0 goes on a break
        1820 plan of west is 1
        1820 west/0 comes back from a break
        ",
    );
}

#[test]
fn a_break_at_an_hour_that_the_clock_skips_is_taken_after_one_that_comes_before_it_then() {
    // The clock goes from 02:00 to 03:00: 02:15 is at 03:15, after the break at 03:00, which is two hours after midnight.
    check(
        r#"
        start = "2026-03-29"
        time_zone = "Europe/Berlin"
        horizon = "6h"
        interval = "30m"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "1m" }
        [group.west]
        takes = [["calls"]]
        staffing.shifts = [{ from = "00:00", to = "05:00", agents = 1, breaks = [{ at = "02:15", lasts = "20m" }, { at = "03:00", lasts = "10m" }] }]
        "#,
        &[],
        "
        0 plan of west is 1
        0 west/0 logs in
        7200 plan of west is 0
        7200 west/0 goes on a break
        7800 plan of west is 1
        7800 west/0 comes back from a break
        8100 plan of west is 0
        8100 west/0 goes on a break
        9300 plan of west is 1
        9300 west/0 comes back from a break
        14400 plan of west is 0
        14400 west/0 logs out
        ",
    );
}
