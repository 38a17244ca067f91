//! Values that change by date: what holds for a visit is what holds when it enters.

use crate::story::check;

#[test]
fn from_its_date_on_talk_has_another_law_and_the_plan_more_agents() {
    check(
        r#"
        start = "2026-06-30T23:00"
        horizon = "2h"
        interval = "1h"
        [[change]]
        from = "2026-07-01"
        scale = { "class.calls.patience" = 0.5 }
        set = { "class.calls.talk_time" = { constant = "6m" }, "group.west.agents" = 2 }
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "3m" }
        patience = { constant = "1m" }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (10.0, "calls"), (3599.0, "calls"), (3600.0, "calls"), (3601.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        70 #2 leaves after 1m
        70 case closed
        180 #1 talked 3m, solved
        180 case closed
        180 west/0 wrapped up 0s
        3599 #3 calls calls
        3599 #3 answered by west/0 after 0s
        3600 #4 calls calls
        3600 #4 answered by west/1 after 0s
        3601 #5 calls calls
        3601 #5 waits
        3631 #5 leaves after 30s
        3631 case closed
        3779 #3 talked 3m, solved
        3779 case closed
        3779 west/0 wrapped up 0s
        3960 #4 talked 6m, solved
        3960 case closed
        3960 west/1 wrapped up 0s
        ",
    );
}

#[test]
fn from_its_date_on_a_group_talks_longer_solves_less_and_fewer_call_again() {
    check(
        r#"
        start = "2026-06-30T23:00"
        horizon = "2h"
        interval = "1h"
        [[change]]
        from = "2026-07-01"
        scale = { "class.calls.resolution" = 0, "class.calls.redial" = 0, "class.calls.repeat" = 0, "group.west.talk_time" = 2 }
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "3m" }
        patience = { constant = "1m" }
        redial = { after_abandon = { first = 1, delay = { constant = "10m" } } }
        repeat = { probability = 1, delay = { constant = "10m" } }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (10.0, "calls"), (3599.0, "calls"), (3800.0, "calls"), (3810.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        70 #2 leaves after 1m
        180 #1 talked 3m, solved
        180 case closed
        180 west/0 wrapped up 0s
        670 #3 redials calls
        670 #3 answered by west/0 after 0s
        850 #3 talked 3m, solved
        850 case closed
        850 west/0 wrapped up 0s
        3599 #4 calls calls
        3599 #4 answered by west/0 after 0s
        3779 #4 talked 3m, solved
        3779 case closed
        3779 west/0 wrapped up 0s
        3800 #5 calls calls
        3800 #5 answered by west/0 after 0s
        3810 #6 calls calls
        3810 #6 waits
        3870 #6 leaves after 1m
        3870 case closed
        4160 #5 talked 6m, not solved
        4160 case closed
        4160 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn a_change_may_set_laws_by_steps_of_a_short_horizon_and_the_steps_are_those_of_the_horizon() {
    // Steps of an hour, 1, 2 and 3 minutes; the change begins with the second.
    check(
        r#"
        start = "2026-06-30T23:00"
        horizon = "3h"
        interval = "1h"
        [[change]]
        from = "2026-07-01"
        [change.set."class.calls.talk_time"]
        by_interval = [{ constant = "1m" }, { constant = "2m" }, { constant = "3m" }]
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "30s" }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (3600.0, "calls"), (7200.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        30 #1 talked 30s, solved
        30 case closed
        30 west/0 wrapped up 0s
        3600 #2 calls calls
        3600 #2 answered by west/0 after 0s
        3720 #2 talked 2m, solved
        3720 case closed
        3720 west/0 wrapped up 0s
        7200 #3 calls calls
        7200 #3 answered by west/0 after 0s
        7380 #3 talked 3m, solved
        7380 case closed
        7380 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn from_its_date_on_a_group_has_another_skill_and_the_other_class_stays() {
    // Talk factor 1.5 becomes 0.5, which the next change doubles; resolution 1 becomes 0.
    check(
        r#"
        start = "2026-06-30T23:00"
        horizon = "2h"
        interval = "1h"
        [[change]]
        from = "2026-07-01"
        set = { "group.west.skill.calls.talk_time_factor" = 0.5, "group.west.skill.calls.resolution" = 0 }
        [[change]]
        from = "2026-07-01"
        scale = { "group.west.skill.calls.talk_time_factor" = 2 }
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "4m" }
        [class.others]
        volume = { per_hour = 0 }
        talk_time = { constant = "4m" }
        [group.west]
        agents = 1
        takes = [["calls", "others"]]
        skill.calls.talk_time_factor = 1.5
        "#,
        &[(0.0, "calls"), (3600.0, "calls"), (4000.0, "others")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        360 #1 talked 6m, solved
        360 case closed
        360 west/0 wrapped up 0s
        3600 #2 calls calls
        3600 #2 answered by west/0 after 0s
        3840 #2 talked 4m, not solved
        3840 case closed
        3840 west/0 wrapped up 0s
        4000 #3 calls others
        4000 #3 answered by west/0 after 0s
        4240 #3 talked 4m, solved
        4240 case closed
        4240 west/0 wrapped up 0s
        ",
    );
}
