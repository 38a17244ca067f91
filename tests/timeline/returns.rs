//! Redials and repeats: who comes back, and when no more.

use crate::story::check;

#[test]
fn who_abandons_redials_and_later_attempts_have_their_own_probability() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "10m" }
        patience = { constant = "20s" }
        redial = { after_abandon = { first = 1, later = 0, delay = { constant = "60s" } } }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (10.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        30 #2 leaves after 20s
        90 #3 redials calls
        90 #3 waits
        110 #3 leaves after 20s
        110 case closed
        600 #1 talked 10m, solved
        600 case closed
        600 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn a_redial_may_go_to_another_class() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "10m" }
        patience = { constant = "20s" }
        redial = { after_abandon = { first = 1, delay = { constant = "60s" }, class = "desk" } }
        [class.desk]
        volume = { per_hour = 0 }
        talk_time = { constant = "30s" }
        [group.west]
        agents = 1
        takes = [["calls"]]
        [group.desk]
        agents = 1
        takes = [["desk"]]
        "#,
        &[(0.0, "calls"), (10.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        30 #2 leaves after 20s
        90 #3 redials desk
        90 #3 answered by desk/0 after 0s
        120 #3 talked 30s, solved
        120 case closed
        120 desk/0 wrapped up 0s
        600 #1 talked 10m, solved
        600 case closed
        600 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn who_is_not_helped_repeats_until_the_most_contacts_of_a_case() {
    check(
        r#"
        horizon = "1h"
        [case]
        contacts = 2
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "30s" }
        resolution = 0
        repeat = { probability = 1, delay = { constant = "5m" } }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        30 #1 talked 30s, not solved
        30 west/0 wrapped up 0s
        330 #2 repeats calls
        330 #2 answered by west/0 after 0s
        360 #2 talked 30s, not solved
        360 case closed
        360 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn what_would_come_after_the_horizon_cuts_the_case_and_what_has_begun_runs_on() {
    check(
        r#"
        horizon = "10m"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "4m" }
        resolution = 0
        repeat = { probability = 1, delay = { constant = "5m" } }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(420.0, "calls"), (599.0, "calls"), (600.0, "calls")],
        "
        420 #1 calls calls
        420 #1 answered by west/0 after 0s
        599 #2 calls calls
        599 #2 waits
        660 #1 talked 4m, not solved
        660 case cut
        660 west/0 wrapped up 0s
        660 #2 answered by west/0 after 1m1s
        900 #2 talked 4m, not solved
        900 case cut
        900 west/0 wrapped up 0s
        ",
    );
}
