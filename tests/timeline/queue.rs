//! Who is first: in the queue of a class, and among the classes of a tier.

use crate::story::check;

/// A centre in which one agent is busy for the first minute.
fn one_agent(classes: &str, takes: &str) -> String {
    format!(
        r#"
        horizon = "1h"
        [class.before]
        volume = {{ per_hour = 0 }}
        talk_time = {{ constant = "60s" }}
        {classes}
        [group.west]
        agents = 1
        {takes}
        "#
    )
}

const CALLS: &str = r#"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "10s" }
"#;

#[test]
fn last_come_first_served_takes_who_came_last() {
    check(
        &one_agent(&format!("{CALLS} order = \"lifo\""), "takes = [[\"before\", \"calls\"]]"),
        &[(0.0, "before"), (10.0, "calls"), (20.0, "calls"), (30.0, "calls")],
        "
        0 #1 calls before
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        20 #3 calls calls
        20 #3 waits
        30 #4 calls calls
        30 #4 waits
        60 #1 talked 1m, solved
        60 case closed
        60 west/0 wrapped up 0s
        60 #4 answered by west/0 after 30s
        70 #4 talked 10s, solved
        70 case closed
        70 west/0 wrapped up 0s
        70 #3 answered by west/0 after 50s
        80 #3 talked 10s, solved
        80 case closed
        80 west/0 wrapped up 0s
        80 #2 answered by west/0 after 1m10s
        90 #2 talked 10s, solved
        90 case closed
        90 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn a_group_that_may_take_after_a_wait_takes_who_has_waited_so_long_also_from_a_queue_of_last_come_first_served()
 {
    // At 60 east may take who has waited 45 s or longer: #2 alone, behind #3 in the queue.
    check(
        r#"
        horizon = "1h"
        [class.before]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        [class.long]
        volume = { per_hour = 0 }
        talk_time = { constant = "500s" }
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "10s" }
        order = "lifo"
        [[routing.calls.tier]]
        groups = ["west"]
        [[routing.calls.tier]]
        groups = ["east"]
        after = "45s"
        [group.west]
        agents = 1
        takes = [["long", "calls"]]
        [group.east]
        agents = 1
        takes = [["before", "calls"]]
        "#,
        &[(0.0, "before"), (0.0, "long"), (10.0, "calls"), (20.0, "calls")],
        "
        0 #1 calls before
        0 #1 answered by east/0 after 0s
        0 #2 calls long
        0 #2 answered by west/0 after 0s
        10 #3 calls calls
        10 #3 waits
        20 #4 calls calls
        20 #4 waits
        60 #1 talked 1m, solved
        60 case closed
        60 east/0 wrapped up 0s
        60 #3 answered by east/0 after 50s
        70 #3 talked 10s, solved
        70 case closed
        70 east/0 wrapped up 0s
        70 #4 answered by east/0 after 50s
        80 #4 talked 10s, solved
        80 case closed
        80 east/0 wrapped up 0s
        500 #2 talked 8m20s, solved
        500 case closed
        500 west/0 wrapped up 0s
        ",
    );
}

const GOLD_AND_PLAIN: &str = r#"
        [class.gold]
        volume = { per_hour = 0 }
        talk_time = { constant = "10s" }
        score = { per_second = 3 }
        [class.plain]
        volume = { per_hour = 0 }
        talk_time = { constant = "10s" }
        score = { base = 20 }
"#;

#[test]
fn among_the_classes_of_a_tier_the_highest_score_is_first() {
    // At 60: gold 3 x 25 = 75, plain 20 + 50 = 70. At 70: the other gold 3 x 10 = 30, plain 20 + 60 = 80.
    check(
        &one_agent(GOLD_AND_PLAIN, "takes = [[\"before\", \"plain\", \"gold\"]]"),
        &[(0.0, "before"), (10.0, "plain"), (35.0, "gold"), (60.0, "gold")],
        "
        0 #1 calls before
        0 #1 answered by west/0 after 0s
        10 #2 calls plain
        10 #2 waits
        35 #3 calls gold
        35 #3 waits
        60 #1 talked 1m, solved
        60 case closed
        60 west/0 wrapped up 0s
        60 #3 answered by west/0 after 25s
        60 #4 calls gold
        60 #4 waits
        70 #3 talked 10s, solved
        70 case closed
        70 west/0 wrapped up 0s
        70 #2 answered by west/0 after 1m
        80 #2 talked 10s, solved
        80 case closed
        80 west/0 wrapped up 0s
        80 #4 answered by west/0 after 20s
        90 #4 talked 10s, solved
        90 case closed
        90 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn a_bonus_after_a_transfer_puts_ahead_in_the_queue_too() {
    // #1 is handed on at 30, when #3 has waited 20 s; both then rise alike. East is free at 100.
    let centre = |bonus: u32| {
        format!(
            r#"
        horizon = "1h"
        [class.front]
        volume = {{ per_hour = 0 }}
        talk_time = {{ constant = "30s" }}
        transfer = [{{ to = "calls", probability = 1 }}]
        [class.long]
        volume = {{ per_hour = 0 }}
        talk_time = {{ constant = "100s" }}
        [class.calls]
        volume = {{ per_hour = 0 }}
        talk_time = {{ constant = "10s" }}
        score = {{ after_transfer = {bonus} }}
        [group.west]
        agents = 1
        takes = [["front"]]
        [group.east]
        agents = 1
        takes = [["calls", "long"]]
        "#
        )
    };
    let callers = [(0.0, "front"), (0.0, "long"), (10.0, "calls")];
    let begins = "
        0 #1 calls front
        0 #1 answered by west/0 after 0s
        0 #2 calls long
        0 #2 answered by east/0 after 0s
        10 #3 calls calls
        10 #3 waits
        30 #1 talked 30s, handed on
        30 #1.1 is transferred to calls
        30 #1.1 waits
        30 west/0 wrapped up 0s
        100 #2 talked 1m40s, solved
        100 case closed
        100 east/0 wrapped up 0s";
    let ends = "
        110 case closed
        110 east/0 wrapped up 0s";
    check(
        &centre(15),
        &callers,
        &format!(
            "{begins}
        100 #3 answered by east/0 after 1m30s
        110 #3 talked 10s, solved{ends}
        110 #1.1 answered by east/0 after 1m20s
        120 #1.1 talked 10s, solved
        120 case closed
        120 east/0 wrapped up 0s
        "
        ),
    );
    check(
        &centre(25),
        &callers,
        &format!(
            "{begins}
        100 #1.1 answered by east/0 after 1m10s
        110 #1.1 talked 10s, solved{ends}
        110 #3 answered by east/0 after 1m40s
        120 #3 talked 10s, solved
        120 case closed
        120 east/0 wrapped up 0s
        "
        ),
    );
}

#[test]
fn shortest_expected_takes_the_class_that_this_group_handles_fastest() {
    check(
        &one_agent(
            r#"
        [class.slow]
        volume = { per_hour = 0 }
        talk_time = { constant = "30s" }
        [class.quick]
        volume = { per_hour = 0 }
        talk_time = { constant = "40s" }
            "#,
            "takes = [[\"before\", \"slow\", \"quick\"]]\nnext = \"shortest_expected\"\nskill.quick = { talk_time_factor = 0.5 }",
        ),
        &[(0.0, "before"), (10.0, "slow"), (20.0, "quick")],
        "
        0 #1 calls before
        0 #1 answered by west/0 after 0s
        10 #2 calls slow
        10 #2 waits
        20 #3 calls quick
        20 #3 waits
        60 #1 talked 1m, solved
        60 case closed
        60 west/0 wrapped up 0s
        60 #3 answered by west/0 after 40s
        80 #3 talked 20s, solved
        80 case closed
        80 west/0 wrapped up 0s
        80 #2 answered by west/0 after 1m10s
        110 #2 talked 30s, solved
        110 case closed
        110 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn an_endless_backlog_has_its_next_contact_as_soon_as_one_is_taken_and_none_after_the_end() {
    // Calls come first in `takes`; of the mails one waits whenever nobody is idle.
    check(
        r#"
        horizon = "10m"
        interval = "1m"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "1m" }
        [class.mail]
        backlog = "endless"
        talk_time = { constant = "4m" }
        [group.west]
        agents = 2
        takes = [["calls"], ["mail"]]
        "#,
        &[(60.0, "calls")],
        "
        0 #1 calls mail
        0 #1 answered by west/0 after 0s
        0 #2 calls mail
        0 #2 answered by west/1 after 0s
        0 #3 calls mail
        0 #3 waits
        60 #4 calls calls
        60 #4 waits
        240 #1 talked 4m, solved
        240 case closed
        240 west/0 wrapped up 0s
        240 #4 answered by west/0 after 3m
        240 #2 talked 4m, solved
        240 case closed
        240 west/1 wrapped up 0s
        240 #3 answered by west/1 after 4m
        240 #5 calls mail
        240 #5 waits
        300 #4 talked 1m, solved
        300 case closed
        300 west/0 wrapped up 0s
        300 #5 answered by west/0 after 1m
        300 #6 calls mail
        300 #6 waits
        480 #3 talked 4m, solved
        480 case closed
        480 west/1 wrapped up 0s
        480 #6 answered by west/1 after 3m
        480 #7 calls mail
        480 #7 waits
        540 #5 talked 4m, solved
        540 case closed
        540 west/0 wrapped up 0s
        540 #7 answered by west/0 after 1m
        540 #8 calls mail
        540 #8 waits
        720 #6 talked 4m, solved
        720 case closed
        720 west/1 wrapped up 0s
        720 #8 answered by west/1 after 3m
        780 #7 talked 4m, solved
        780 case closed
        780 west/0 wrapped up 0s
        960 #8 talked 4m, solved
        960 case closed
        960 west/1 wrapped up 0s
        ",
    );
}
