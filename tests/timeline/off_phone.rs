//! Training and meetings: in a window, within limits, fixed or while it is calm.

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
fn one_after_another_is_away_where_only_one_may_be() {
    check(
        &format!(
            r#"{CENTRE}
            agents = 3
            off_phone = [{{ name = "coaching", within = ["08:10", "08:40"], lasts = "10m", share = 1, at_most = 1 }}]
            "#
        ),
        &[],
        "
        0 plan of west is 3
        0 west/0 logs in
        0 west/1 logs in
        0 west/2 logs in
        600 plan of west is 2
        600 west/0 logs out
        1200 plan of west is 3
        1200 west/0 logs in
        1200 plan of west is 2
        1200 west/1 logs out
        1800 plan of west is 3
        1800 west/1 logs in
        1800 plan of west is 2
        1800 west/2 logs out
        2400 plan of west is 3
        2400 west/2 logs in
        ",
    );
}

#[test]
fn who_is_busy_when_a_meeting_begins_follows_after_the_contact_and_is_away_for_its_whole_length() {
    check(
        &format!(
            r#"{CENTRE}
            agents = 2
            off_phone = [{{ name = "meeting", within = ["08:10", "08:20"], lasts = "10m", persons = 2 }}]
            "#
        ),
        &[(590.0, "calls"), (700.0, "calls")],
        "
        0 plan of west is 2
        0 west/0 logs in
        0 west/1 logs in
        590 #1 calls calls
        590 #1 answered by west/0 after 0s
        600 plan of west is 1
        600 west/1 logs out
        700 #2 calls calls
        700 #2 waits
        890 #1 talked 5m, solved
        890 case closed
        920 west/0 wrapped up 30s
        920 plan of west is 0
        920 west/0 logs out
        1200 plan of west is 1
        1200 west/0 logs in
        1200 #2 answered by west/0 after 8m20s
        1500 #2 talked 5m, solved
        1500 case closed
        1520 plan of west is 2
        1520 west/1 logs in
        1530 west/0 wrapped up 30s
        ",
    );
}

#[test]
fn training_while_it_is_calm_waits_for_two_idle_agents_and_does_not_take_place_where_there_is_no_calm() {
    // At 08:05 both are idle and one goes; the other when it has finished and the first is back and idle. The third would have to
    // go by 08:20, and until then one is always busy.
    check(
        &format!(
            r#"{CENTRE}
            agents = 2
            off_phone = [{{ name = "training", within = ["08:05", "08:25"], lasts = "5m", persons = 3, at_most = 1, taken = "when_calm" }}]
            "#
        ),
        &[(590.0, "calls"), (1000.0, "calls"), (1001.0, "calls")],
        "
        0 plan of west is 2
        0 west/0 logs in
        0 west/1 logs in
        300 plan of west is 1
        300 west/0 logs out
        590 #1 calls calls
        590 #1 answered by west/1 after 0s
        600 plan of west is 2
        600 west/0 logs in
        890 #1 talked 5m, solved
        890 case closed
        920 west/1 wrapped up 30s
        920 plan of west is 1
        920 west/1 logs out
        1000 #2 calls calls
        1000 #2 answered by west/0 after 0s
        1001 #3 calls calls
        1001 #3 waits
        1220 plan of west is 2
        1220 west/1 logs in
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
fn nobody_begins_who_would_leave_fewer_on_the_phone_than_there_must_be() {
    check(
        &format!(
            r#"{CENTRE}
            agents = 3
            off_phone = [{{ name = "meeting", within = ["08:10", "08:30"], lasts = "10m", persons = 3, on_phone_at_least = 2 }}]
            "#
        ),
        &[],
        "
        0 plan of west is 3
        0 west/0 logs in
        0 west/1 logs in
        0 west/2 logs in
        600 plan of west is 2
        600 west/0 logs out
        1200 plan of west is 3
        1200 west/0 logs in
        1200 plan of west is 2
        1200 west/1 logs out
        1800 plan of west is 3
        1800 west/1 logs in
        ",
    );
}

#[test]
fn a_person_takes_the_break_that_falls_due_meanwhile_afterwards_and_none_goes_whose_shift_ends_before() {
    check(
        &format!(
            r#"{CENTRE}
            staffing.shifts = [
                {{ from = "08:00", lasts = "15m", agents = 1 }},
                {{ from = "08:00", lasts = "30m", agents = 1, breaks = [{{ at = "08:15", lasts = "5m" }}] }},
                {{ from = "08:00", lasts = "20m", agents = 1 }},
            ]
            off_phone = [{{ name = "meeting", within = ["08:10", "08:20"], lasts = "10m", share = 1 }}]
            "#
        ),
        &[],
        "
        0 plan of west is 3
        0 west/0 logs in
        0 west/1 logs in
        0 west/2 logs in
        600 plan of west is 2
        600 west/1 logs out
        600 plan of west is 1
        600 west/2 logs out
        900 plan of west is 0
        900 west/0 logs out
        1500 plan of west is 1
        1500 west/1 comes back from a break
        1800 plan of west is 0
        1800 west/1 logs out
        ",
    );
}

#[test]
fn the_plan_that_falls_and_rises_meanwhile_counts_who_is_away() {
    check(
        &format!(
            r#"interval = "15m"
            {CENTRE}
            agents_by_time = {{ all = {{ "00:00" = 3, "08:15" = 1, "08:45" = 2 }} }}
            off_phone = [{{ name = "meeting", within = ["08:10", "08:30"], lasts = "20m", persons = 2 }}]
            "#
        ),
        &[],
        "
        0 plan of west is 3
        0 west/0 logs in
        0 west/1 logs in
        0 west/2 logs in
        600 plan of west is 2
        600 west/0 logs out
        600 plan of west is 1
        600 west/1 logs out
        900 plan of west is 0
        900 west/2 logs out
        1800 plan of west is 1
        1800 west/2 logs in
        2700 plan of west is 2
        2700 west/1 logs in
        ",
    );
}
