//! Conditions of routing: tiers that help while many wait, agents who stay in reserve.

use crate::story::check;

#[test]
fn a_tier_with_a_condition_takes_who_is_first_as_soon_as_so_many_wait() {
    // Partner helps while 3 or more wait. At 30 the third joins: the first of them goes to the partner. At 80 the
    // partner is free and 2 wait: too few, and at 100 west takes them.
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "100s" }
        [[routing.calls.tier]]
        groups = ["west"]
        [[routing.calls.tier]]
        groups = ["partner"]
        when = { waiting_at_least = 3 }
        [group.west]
        agents = 1
        takes = [["calls"]]
        [group.partner]
        agents = 1
        takes = [["calls"]]
        skill.calls = { talk_time_factor = 0.5 }
        "#,
        &[(0.0, "calls"), (10.0, "calls"), (20.0, "calls"), (30.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        20 #3 calls calls
        20 #3 waits
        30 #4 calls calls
        30 #4 waits
        30 #2 answered by partner/0 after 20s
        80 #2 talked 50s, solved
        80 case closed
        80 partner/0 wrapped up 0s
        100 #1 talked 1m40s, solved
        100 case closed
        100 west/0 wrapped up 0s
        100 #3 answered by west/0 after 1m20s
        200 #3 talked 1m40s, solved
        200 case closed
        200 west/0 wrapped up 0s
        200 #4 answered by west/0 after 2m50s
        300 #4 talked 1m40s, solved
        300 case closed
        300 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn a_free_agent_of_a_tier_with_a_condition_takes_the_next_while_the_queue_is_long_enough() {
    // Partner is busy with another class until 50, then 3 wait: it takes one; at 60 2 wait.
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "100s" }
        [class.own]
        volume = { per_hour = 0 }
        talk_time = { constant = "50s" }
        [[routing.calls.tier]]
        groups = ["west"]
        [[routing.calls.tier]]
        groups = ["partner"]
        when = { waiting_at_least = 3 }
        [group.west]
        agents = 1
        takes = [["calls"]]
        [group.partner]
        agents = 1
        takes = [["own"], ["calls"]]
        skill.calls = { talk_time_factor = 0.1 }
        "#,
        &[(0.0, "calls"), (0.0, "own"), (10.0, "calls"), (20.0, "calls"), (30.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        0 #2 calls own
        0 #2 answered by partner/0 after 0s
        10 #3 calls calls
        10 #3 waits
        20 #4 calls calls
        20 #4 waits
        30 #5 calls calls
        30 #5 waits
        50 #2 talked 50s, solved
        50 case closed
        50 partner/0 wrapped up 0s
        50 #3 answered by partner/0 after 40s
        60 #3 talked 10s, solved
        60 case closed
        60 partner/0 wrapped up 0s
        100 #1 talked 1m40s, solved
        100 case closed
        100 west/0 wrapped up 0s
        100 #4 answered by west/0 after 1m20s
        200 #4 talked 1m40s, solved
        200 case closed
        200 west/0 wrapped up 0s
        200 #5 answered by west/0 after 2m50s
        300 #5 talked 1m40s, solved
        300 case closed
        300 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn a_reserve_stays_idle_for_the_classes_that_have_none() {
    // Two agents, one in reserve: the second plain call waits until both are idle but for it, gold does not.
    check(
        r#"
        horizon = "1h"
        [class.gold]
        volume = { per_hour = 0 }
        talk_time = { constant = "40s" }
        [class.plain]
        volume = { per_hour = 0 }
        talk_time = { constant = "100s" }
        [group.west]
        agents = 2
        takes = [["gold"], ["plain"]]
        skill.plain = { idle_reserve = 1 }
        "#,
        &[(0.0, "plain"), (10.0, "plain"), (20.0, "gold")],
        "
        0 #1 calls plain
        0 #1 answered by west/0 after 0s
        10 #2 calls plain
        10 #2 waits
        20 #3 calls gold
        20 #3 answered by west/1 after 0s
        60 #3 talked 40s, solved
        60 case closed
        60 west/1 wrapped up 0s
        100 #1 talked 1m40s, solved
        100 case closed
        100 west/0 wrapped up 0s
        100 #2 answered by west/0 after 1m30s
        200 #2 talked 1m40s, solved
        200 case closed
        200 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn idle_share_takes_the_group_with_most_to_spare() {
    // East 2 of 4 idle, west 1 of 1, then 2 of 4 against 0 of 1.
    check(
        r#"
        horizon = "1h"
        [class.own]
        volume = { per_hour = 0 }
        talk_time = { constant = "10m" }
        [class.both]
        volume = { per_hour = 0 }
        talk_time = { constant = "5m" }
        [[routing.both.tier]]
        groups = ["east", "west"]
        choose = "idle_share"
        [group.east]
        agents = 2
        takes = [["own"], ["both"]]
        [group.west]
        agents = 1
        takes = [["both"]]
        "#,
        &[(0.0, "own"), (10.0, "both"), (20.0, "both")],
        "
        0 #1 calls own
        0 #1 answered by east/0 after 0s
        10 #2 calls both
        10 #2 answered by west/0 after 0s
        20 #3 calls both
        20 #3 answered by east/1 after 0s
        310 #2 talked 5m, solved
        310 case closed
        310 west/0 wrapped up 0s
        320 #3 talked 5m, solved
        320 case closed
        320 east/1 wrapped up 0s
        600 #1 talked 10m, solved
        600 case closed
        600 east/0 wrapped up 0s
        ",
    );
}

/// Calls at 0, 10, 20 and 90; west talks 100 s, a partner helps while a wait is expected. Who was answered by whom, when.
fn answered_when(when: &str) -> Vec<String> {
    let text = format!(
        r#"
        horizon = "1h"
        [class.calls]
        volume = {{ per_hour = 0 }}
        talk_time = {{ constant = "100s" }}
        [[routing.calls.tier]]
        groups = ["west"]
        [[routing.calls.tier]]
        groups = ["partner"]
        when = {{ {when} }}
        [group.west]
        agents = 1
        takes = [["calls"]]
        [group.partner]
        agents = 1
        takes = [["calls"]]
        "#
    );
    let calls = [(0.0, "calls"), (10.0, "calls"), (20.0, "calls"), (90.0, "calls")];
    let story = crate::story::told(&text, &calls);
    story.lines().filter(|line| line.contains("answered")).map(|line| line.trim().to_owned()).collect()
}

#[test]
fn a_tier_helps_while_the_tiers_before_it_leave_a_longer_wait_to_expect() {
    // One agent of 100 s in west, the partner not counted: whoever is second in the queue expects 200 s.
    let second = [
        "0 #1 answered by west/0 after 0s",
        "20 #2 answered by partner/0 after 10s",
        "100 #3 answered by west/0 after 1m20s",
        "200 #4 answered by west/0 after 1m50s",
    ];
    assert_eq!(answered_when("expected_wait_above = \"199s\""), second);
    assert_eq!(answered_when("expected_wait_above = \"100s\", predictor = \"queue_length\""), second);
    assert_eq!(answered_when("waiting_at_least = 2"), second);
    assert_eq!(
        answered_when("waiting_at_least = 2, expected_wait_above = \"99s\""),
        second,
        "both must hold"
    );
    assert_eq!(answered_when("expected_wait_above = \"99s\"")[1], "10 #2 answered by partner/0 after 0s");
}

#[test]
fn a_predictor_that_looks_back_opens_the_tier_when_the_next_visit_joins_or_an_agent_frees() {
    // At 90 the first has waited 80 s. Until then nobody joins, and no agent of the partner frees.
    let first_in_line = [
        "0 #1 answered by west/0 after 0s",
        "90 #2 answered by partner/0 after 1m20s",
        "100 #3 answered by west/0 after 1m20s",
        "190 #4 answered by partner/0 after 1m40s",
    ];
    assert_eq!(answered_when("expected_wait_above = \"79s\", predictor = \"head_of_line\""), first_in_line);
    assert_eq!(
        answered_when("expected_wait_above = \"80s\", predictor = \"head_of_line\"")[1],
        "100 #2 answered by west/0 after 1m30s"
    );
    // The only one taken before was answered at once.
    assert_eq!(
        answered_when("expected_wait_above = \"1s\", predictor = \"last_served\""),
        [
            "0 #1 answered by west/0 after 0s",
            "100 #2 answered by west/0 after 1m30s",
            "200 #3 answered by west/0 after 3m",
            "300 #4 answered by west/0 after 3m30s",
        ]
    );
}

#[test]
fn a_tier_that_an_expected_wait_has_opened_takes_who_is_first_and_not_who_has_just_waited_long_enough() {
    // West is busy all the time. The partner helps from 60 s on while the first has waited for more than 100 s. At 70 #2 has waited
    // 60 s, which is not enough; at 120 #3 has waited 60 s and #2 110: #2 is first.
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "300s" }
        [[routing.calls.tier]]
        groups = ["west"]
        [[routing.calls.tier]]
        groups = ["partner"]
        after = "60s"
        when = { expected_wait_above = "100s", predictor = "head_of_line" }
        [group.west]
        agents = 1
        takes = [["calls"]]
        [group.partner]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (10.0, "calls"), (60.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        60 #3 calls calls
        60 #3 waits
        120 #2 answered by partner/0 after 1m50s
        300 #1 talked 5m, solved
        300 case closed
        300 west/0 wrapped up 0s
        300 #3 answered by west/0 after 4m
        420 #2 talked 5m, solved
        420 case closed
        420 partner/0 wrapped up 0s
        600 #3 talked 5m, solved
        600 case closed
        600 west/0 wrapped up 0s
        ",
    );
}
