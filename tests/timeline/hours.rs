//! Opening hours: who is refused, who is cut off at closing, who waits on.

use holdtime::model::fact::Fact;

use crate::story::check;

#[test]
fn who_comes_while_closed_is_refused_and_may_return_and_who_waits_at_closing_is_served() {
    check(
        r#"
        start = "2026-03-02T08:00"
        horizon = "3h"
        interval = "30m"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "20m" }
        open = { mon_fri = "09:00-10:00" }
        redial.after_closed = { first = 1, later = 0, delay = { constant = "45m" } }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        // 08:30, 08:59:59, 09:50, 09:51 and 10:00: open from 3600 s, closed again from 7200 s on.
        &[(1800.0, "calls"), (3599.0, "calls"), (6600.0, "calls"), (6660.0, "calls"), (7200.0, "calls")],
        "
        1800 #1 calls calls, which is closed
        3599 #2 calls calls, which is closed
        4500 #3 redials calls
        4500 #3 answered by west/0 after 0s
        5700 #3 talked 20m, solved
        5700 case closed
        5700 west/0 wrapped up 0s
        6299 #4 redials calls
        6299 #4 answered by west/0 after 0s
        6600 #5 calls calls
        6600 #5 waits
        6660 #6 calls calls
        6660 #6 waits
        7200 #7 calls calls, which is closed
        7499 #4 talked 20m, solved
        7499 case closed
        7499 west/0 wrapped up 0s
        7499 #5 answered by west/0 after 14m59s
        8699 #5 talked 20m, solved
        8699 case closed
        8699 west/0 wrapped up 0s
        8699 #6 answered by west/0 after 33m59s
        9899 #6 talked 20m, solved
        9899 case closed
        9899 west/0 wrapped up 0s
        9900 #8 redials calls, which is closed
        9900 case closed
        ",
    );
}

#[test]
fn who_waits_at_closing_is_cut_off_where_the_class_says_so_and_a_transfer_after_it_needs_an_idle_agent() {
    check(
        r#"
        horizon = "2h"
        interval = "30m"
        [class.first]
        volume = { per_hour = 0 }
        talk_time = { constant = "25m" }
        transfer = [{ to = "calls", probability = 1 }]
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "40m" }
        open = { all = "00:00-00:30" }
        at_closing = "disconnect"
        [group.east]
        agents = 2
        takes = [["first"]]
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (60.0, "calls"), (600.0, "first"), (1000.0, "first")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        60 #2 calls calls
        60 #2 waits
        600 #3 calls first
        600 #3 answered by east/0 after 0s
        1000 #4 calls first
        1000 #4 answered by east/1 after 0s
        1800 #2 is disconnected after 29m: the class closes
        1800 case closed
        2100 #3 talked 25m, handed on
        2100 #3.1 is transferred to calls
        2100 #3.1 is disconnected after 0s: the class is closed
        2100 case closed
        2100 east/0 wrapped up 0s
        2400 #1 talked 40m, solved
        2400 case closed
        2400 west/0 wrapped up 0s
        2500 #4 talked 25m, handed on
        2500 #4.1 is transferred to calls
        2500 #4.1 answered by west/0 after 0s
        2500 east/1 wrapped up 0s
        4900 #4.1 talked 40m, solved
        4900 case closed
        4900 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn who_comes_after_hours_waits_for_the_morning_where_the_class_queues_and_holidays_have_hours_of_their_own() {
    check(
        r#"
        start = "2026-05-01T07:00"
        time_zone = "Europe/Berlin"
        horizon = "3h"
        interval = "1h"
        [calendar]
        holidays = "DE"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "10m" }
        open = { mon_fri = "07:00-20:00", holiday = "09:00-10:00" }
        after_hours = "queue"
        at_closing = "disconnect"
        [class.sales]
        like = "calls"
        open = { mon_fri = "07:00-20:00", holiday = "closed" }
        after_hours = "refuse"
        [group.west]
        agents = [0, 0, 1]
        takes = [["calls", "sales"]]
        "#,
        &[(60.0, "calls"), (70.0, "sales")],
        "
        60 #1 calls calls
        60 #1 waits
        70 #2 calls sales, which is closed
        70 case closed
        7200 #1 answered by west/0 after 1h59m
        7800 #1 talked 10m, solved
        7800 case closed
        7800 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn who_comes_back_while_closed_has_come_back_all_the_same() {
    // Answered and not helped; the next attempt, half an hour later, finds the class closed and is the last.
    let text = r#"
        start = "11:00"
        horizon = "2h"
        case.window = "30m"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "1m" }
        open = { all = "08:00-12:00" }
        resolution = 0
        repeat = { probability = 1, delay = { constant = "29m" } }
        [group.west]
        agents = 1
        takes = [["calls"]]
    "#;
    let returned = |second: f64| {
        let mut cases = Vec::new();
        crate::story::follow(text, &[(second, "calls")], |fact| {
            if let Fact::CaseClosed { case, .. } = fact {
                cases.push((case.contacts, case.returned_in_window));
            }
        });
        cases
    };
    // Closed, or open and once more closed.
    assert_eq!(returned(3000.0), [(2, true)]);
    assert_eq!(returned(1200.0), [(3, true)]);
}

#[test]
fn a_delay_that_runs_while_open_passes_over_the_night_and_ends_as_long_after_opening() {
    // Half an hour, of which the class is open for 10 minutes more, and again from 9:00. Refused at night the hour begins at 9:00.
    check(
        r#"
        start = "07:00"
        horizon = "5h"
        interval = "1h"
        case.contacts = 2
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "1m" }
        open = { all = ["07:00-08:00", "09:00-12:00"] }
        resolution = 0
        repeat = { probability = 1, delay = { constant = "30m" }, delay_runs = "while_open" }
        redial.after_closed = { first = 1, delay = { constant = "1h" }, delay_runs = "while_open" }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(2940.0, "calls"), (5400.0, "calls")],
        "
        2940 #1 calls calls
        2940 #1 answered by west/0 after 0s
        3000 #1 talked 1m, not solved
        3000 west/0 wrapped up 0s
        5400 #2 calls calls, which is closed
        8400 #3 repeats calls
        8400 #3 answered by west/0 after 0s
        8460 #3 talked 1m, not solved
        8460 case closed
        8460 west/0 wrapped up 0s
        10800 #4 redials calls
        10800 #4 answered by west/0 after 0s
        10860 #4 talked 1m, not solved
        10860 case closed
        10860 west/0 wrapped up 0s
        ",
    );
}
