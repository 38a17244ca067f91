//! How a customer is handed on: place in the next queue, patience there, by whom.

use crate::story::check;

/// Sales hands everybody on to help, where one agent is busy for 100 s at first, then for 10 s with each.
fn sales_to_help(transfer: &str, help: &str) -> String {
    format!(
        r#"
        horizon = "1h"
        [class.before]
        volume = {{ per_hour = 0 }}
        talk_time = {{ constant = "100s" }}
        [class.sales]
        volume = {{ per_hour = 0 }}
        talk_time = {{ constant = "20s" }}
        transfer = [{{ to = "help", probability = 1, {transfer} }}]
        [class.help]
        volume = {{ per_hour = 0 }}
        talk_time = {{ constant = "10s" }}
        {help}
        [group.west]
        agents = 1
        takes = [["sales"]]
        [group.east]
        agents = 1
        takes = [["before", "help"]]
        "#
    )
}

const FOUR: [(f64, &str); 5] =
    [(0.0, "before"), (0.0, "sales"), (5.0, "sales"), (10.0, "help"), (30.0, "help")];

/// #2 waits 0 s and is handed on at 20, #3 waits 15 s and is handed on at 40; #4 comes at 10, #5 at 30.
#[track_caller]
fn order(place: &str, order: [&str; 4]) {
    let head = "
        0 #1 calls before
        0 #1 answered by east/0 after 0s
        0 #2 calls sales
        0 #2 answered by west/0 after 0s
        5 #3 calls sales
        5 #3 waits
        10 #4 calls help
        10 #4 waits
        20 #2 talked 20s, handed on
        20 #2.1 is transferred to help
        20 #2.1 waits
        20 west/0 wrapped up 0s
        20 #3 answered by west/0 after 15s
        30 #5 calls help
        30 #5 waits
        40 #3 talked 20s, handed on
        40 #3.1 is transferred to help
        40 #3.1 waits
        40 west/0 wrapped up 0s
        100 #1 talked 1m40s, solved
        100 case closed
        100 east/0 wrapped up 0s
        "
    .to_owned();
    let entered = |who: &str| match who {
        "#2.1" => 20,
        "#3.1" => 40,
        "#4" => 10,
        _ => 30,
    };
    let story = (0..).zip(order).fold(head, |story, (position, who)| {
        let at = 100 + 10 * position;
        let waited = match at - entered(who) {
            seconds @ 0..60 => format!("{seconds}s"),
            60 => "1m".to_owned(),
            seconds => format!("1m{}s", seconds - 60),
        };
        let end = at + 10;
        format!(
            "{story}
            {at} {who} answered by east/0 after {waited}
            {end} {who} talked 10s, solved
            {end} case closed
            {end} east/0 wrapped up 0s
            "
        )
    });
    check(&sales_to_help(&format!("place = \"{place}\""), ""), &FOUR, &story);
}

#[test]
fn at_the_end_a_transferred_customer_is_behind_all_who_wait() {
    order("end", ["#4", "#2.1", "#5", "#3.1"]);
}

#[test]
fn in_front_a_transferred_customer_is_ahead_of_all_but_those_put_in_front_before() {
    order("front", ["#2.1", "#3.1", "#4", "#5"]);
}

#[test]
fn by_first_wait_a_transferred_customer_is_ahead_by_what_it_has_waited_before() {
    // As if #2 had come at 20, #3 at 40 − 15 = 25.
    order("by_first_wait", ["#4", "#2.1", "#3.1", "#5"]);
}

#[test]
fn the_wait_before_counts_among_the_classes_of_a_tier_too() {
    // At 100 #3 counts as waiting since 25, #4 of the other class since 30; the wait told is that since entry.
    let text = sales_to_help("place = \"by_first_wait\"", "[class.other]\nlike = \"help\"")
        .replace("[[\"before\", \"help\"]]", "[[\"before\", \"help\", \"other\"]]");
    check(
        &text,
        &[(0.0, "before"), (0.0, "sales"), (5.0, "sales"), (30.0, "other")],
        "
        0 #1 calls before
        0 #1 answered by east/0 after 0s
        0 #2 calls sales
        0 #2 answered by west/0 after 0s
        5 #3 calls sales
        5 #3 waits
        20 #2 talked 20s, handed on
        20 #2.1 is transferred to help
        20 #2.1 waits
        20 west/0 wrapped up 0s
        20 #3 answered by west/0 after 15s
        30 #4 calls other
        30 #4 waits
        40 #3 talked 20s, handed on
        40 #3.1 is transferred to help
        40 #3.1 waits
        40 west/0 wrapped up 0s
        100 #1 talked 1m40s, solved
        100 case closed
        100 east/0 wrapped up 0s
        100 #2.1 answered by east/0 after 1m20s
        110 #2.1 talked 10s, solved
        110 case closed
        110 east/0 wrapped up 0s
        110 #3.1 answered by east/0 after 1m10s
        120 #3.1 talked 10s, solved
        120 case closed
        120 east/0 wrapped up 0s
        120 #4 answered by east/0 after 1m30s
        130 #4 talked 10s, solved
        130 case closed
        130 east/0 wrapped up 0s
        ",
    );
}

/// Patience of 40 s in sales and of 15 s in help; #2 is handed on without a wait, #3 after one of 15 s.
#[track_caller]
fn patience(patience: &str, expected: &str) {
    let text = sales_to_help(&format!("patience = \"{patience}\""), "patience = { constant = \"15s\" }")
        .replace("[class.help]", "patience = { constant = \"40s\" }\n[class.help]");
    check(&text, &FOUR[..3], expected);
}

#[test]
fn patience_is_drawn_anew_after_a_transfer() {
    patience(
        "new",
        "
        0 #1 calls before
        0 #1 answered by east/0 after 0s
        0 #2 calls sales
        0 #2 answered by west/0 after 0s
        5 #3 calls sales
        5 #3 waits
        20 #2 talked 20s, handed on
        20 #2.1 is transferred to help
        20 #2.1 waits
        20 west/0 wrapped up 0s
        20 #3 answered by west/0 after 15s
        35 #2.1 leaves after 15s
        35 case closed
        40 #3 talked 20s, handed on
        40 #3.1 is transferred to help
        40 #3.1 waits
        40 west/0 wrapped up 0s
        55 #3.1 leaves after 15s
        55 case closed
        100 #1 talked 1m40s, solved
        100 case closed
        100 east/0 wrapped up 0s
        ",
    );
}

#[test]
fn or_the_customer_waits_for_what_the_first_queue_has_left_of_the_first_patience() {
    patience(
        "rest",
        "
        0 #1 calls before
        0 #1 answered by east/0 after 0s
        0 #2 calls sales
        0 #2 answered by west/0 after 0s
        5 #3 calls sales
        5 #3 waits
        20 #2 talked 20s, handed on
        20 #2.1 is transferred to help
        20 #2.1 waits
        20 west/0 wrapped up 0s
        20 #3 answered by west/0 after 15s
        40 #3 talked 20s, handed on
        40 #3.1 is transferred to help
        40 #3.1 waits
        40 west/0 wrapped up 0s
        60 #2.1 leaves after 40s
        60 case closed
        65 #3.1 leaves after 25s
        65 case closed
        100 #1 talked 1m40s, solved
        100 case closed
        100 east/0 wrapped up 0s
        ",
    );
}

#[test]
fn only_the_group_named_transfers_so() {
    let text = r#"
        horizon = "1h"
        [class.sales]
        volume = { per_hour = 0 }
        talk_time = { constant = "20s" }
        transfer = [{ to = "help", probability = 1, from = "trainees" }, { to = "sales", probability = 0, from = "west" }]
        [class.help]
        volume = { per_hour = 0 }
        talk_time = { constant = "10s" }
        [routing.sales]
        tier = [{ groups = ["trainees"] }, { groups = ["west"] }]
        [group.trainees]
        agents = 1
        takes = [["sales"]]
        [group.west]
        agents = 1
        takes = [["sales", "help"]]
        "#;
    check(
        text,
        &[(0.0, "sales"), (5.0, "sales")],
        "
        0 #1 calls sales
        0 #1 answered by trainees/0 after 0s
        5 #2 calls sales
        5 #2 answered by west/0 after 0s
        20 #1 talked 20s, handed on
        20 #1.1 is transferred to help
        20 #1.1 waits
        20 trainees/0 wrapped up 0s
        25 #2 talked 20s, solved
        25 case closed
        25 west/0 wrapped up 0s
        25 #1.1 answered by west/0 after 5s
        35 #1.1 talked 10s, solved
        35 case closed
        35 west/0 wrapped up 0s
        ",
    );
}

/// Sales asks help, or introduces to it, for 15 s; west sells, east helps.
fn two_at_once(sales: &str) -> String {
    format!(
        r#"
        horizon = "1h"
        [class.sales]
        volume = {{ per_hour = 0 }}
        talk_time = {{ constant = "20s" }}
        after_call_work = {{ constant = "5s" }}
        {sales}
        [class.help]
        volume = {{ per_hour = 0 }}
        talk_time = {{ constant = "10s" }}
        [group.west]
        agents = 2
        takes = [["sales"]]
        [group.east]
        agents = 1
        takes = [["help"]]
        "#
    )
}

#[test]
fn a_second_agent_is_asked_if_one_is_idle_and_both_are_busy_meanwhile() {
    // At 20 east joins #1. #2 asks at 25, finds nobody idle and ends. #3 waits for east, who is free at 35.
    check(
        &two_at_once("consult = [{ group = \"east\", probability = 1, time = { constant = \"15s\" } }]"),
        &[(0.0, "sales"), (5.0, "sales"), (30.0, "help")],
        "
        0 #1 calls sales
        0 #1 answered by west/0 after 0s
        5 #2 calls sales
        5 #2 answered by west/1 after 0s
        20 east/0 joins #1
        25 #2 talked 20s, solved
        25 case closed
        30 west/1 wrapped up 5s
        30 #3 calls help
        30 #3 waits
        35 east/0 has conferred 15s
        35 #3 answered by east/0 after 5s
        35 #1 talked 35s, solved
        35 case closed
        40 west/0 wrapped up 5s
        45 #3 talked 10s, solved
        45 case closed
        45 east/0 wrapped up 0s
        ",
    );
}

#[test]
fn a_warm_transfer_introduces_the_customer_to_who_takes_it_or_is_cold_if_nobody_is_idle() {
    // #1 is introduced from 20 to 35 and goes on with east; #2 at 25 finds nobody idle and waits in the queue.
    check(
        &two_at_once(
            "transfer = [{ to = \"help\", probability = 1, warm = { time = { constant = \"15s\" } } }]",
        ),
        &[(0.0, "sales"), (5.0, "sales")],
        "
        0 #1 calls sales
        0 #1 answered by west/0 after 0s
        5 #2 calls sales
        5 #2 answered by west/1 after 0s
        20 east/0 joins #1
        25 #2 talked 20s, handed on
        25 #2.1 is transferred to help
        25 #2.1 waits
        30 west/1 wrapped up 5s
        35 east/0 has conferred 15s
        35 #1 talked 35s, handed on
        35 #1.1 is transferred to help
        35 #1.1 answered by east/0 after 0s
        40 west/0 wrapped up 5s
        45 #1.1 talked 10s, solved
        45 case closed
        45 east/0 wrapped up 0s
        45 #2.1 answered by east/0 after 20s
        55 #2.1 talked 10s, solved
        55 case closed
        55 east/0 wrapped up 0s
        ",
    );
}

#[test]
fn who_is_planned_no_more_ends_the_conference_and_leaves_unless_the_customer_is_handed_on() {
    let two_hours = |sales: &str| {
        two_at_once(sales)
            .replace("horizon = \"1h\"", "horizon = \"2h\"")
            .replace("agents = 1", "agents = [1, 0]")
    };
    check(
        &two_hours("consult = [{ group = \"east\", probability = 1, time = { constant = \"15s\" } }]"),
        &[(3575.0, "sales")],
        "
        0 plan of west is 2
        0 west/0 logs in
        0 west/1 logs in
        0 plan of east is 1
        0 east/0 logs in
        3575 #1 calls sales
        3575 #1 answered by west/0 after 0s
        3595 east/0 joins #1
        3600 plan of east is 0
        3610 east/0 has conferred 15s
        3610 east/0 logs out
        3610 #1 talked 35s, solved
        3610 case closed
        3615 west/0 wrapped up 5s
        ",
    );
    check(
        &two_hours(
            "transfer = [{ to = \"help\", probability = 1, warm = { time = { constant = \"15s\" } } }]",
        ),
        &[(3575.0, "sales")],
        "
        0 plan of west is 2
        0 west/0 logs in
        0 west/1 logs in
        0 plan of east is 1
        0 east/0 logs in
        3575 #1 calls sales
        3575 #1 answered by west/0 after 0s
        3595 east/0 joins #1
        3600 plan of east is 0
        3610 east/0 has conferred 15s
        3610 #1 talked 35s, handed on
        3610 #1.1 is transferred to help
        3610 #1.1 answered by east/0 after 0s
        3615 west/0 wrapped up 5s
        3620 #1.1 talked 10s, solved
        3620 case closed
        3620 east/0 wrapped up 0s
        3620 east/0 logs out
        ",
    );
}
