//! Which idle agent of a tier takes an arriving visit.

use crate::story::check;

#[test]
fn least_occupied_takes_who_was_busy_for_the_smallest_share_since_log_in() {
    // At 100 east has been idle longer, but was busy for 60 s of the 100, west for 20 s.
    check(
        r#"
        horizon = "1h"
        [class.long]
        volume = { per_hour = 0 }
        talk_time = { constant = "50s" }
        after_call_work = { constant = "10s" }
        [class.short]
        volume = { per_hour = 0 }
        talk_time = { constant = "20s" }
        [class.both]
        volume = { per_hour = 0 }
        talk_time = { constant = "5s" }
        [[routing.both.tier]]
        groups = ["east", "west"]
        choose = "least_occupied"
        [group.east]
        agents = 1
        takes = [["long", "both"]]
        [group.west]
        agents = 1
        takes = [["short", "both"]]
        "#,
        &[(0.0, "long"), (70.0, "short"), (100.0, "both"), (101.0, "both")],
        "
        0 #1 calls long
        0 #1 answered by east/0 after 0s
        50 #1 talked 50s, solved
        50 case closed
        60 east/0 wrapped up 10s
        70 #2 calls short
        70 #2 answered by west/0 after 0s
        90 #2 talked 20s, solved
        90 case closed
        90 west/0 wrapped up 0s
        100 #3 calls both
        100 #3 answered by west/0 after 0s
        101 #4 calls both
        101 #4 answered by east/0 after 0s
        105 #3 talked 5s, solved
        105 case closed
        105 west/0 wrapped up 0s
        106 #4 talked 5s, solved
        106 case closed
        106 east/0 wrapped up 0s
        ",
    );
}

#[test]
fn least_occupied_counts_from_the_last_log_in_on() {
    // East/0 worked half an hour, left at 10:00 and is new at 11:00; west/0 has been busy for 10 minutes since 09:00.
    check(
        r#"
        start = "09:00"
        horizon = "3h"
        interval = "1h"
        [class.long]
        volume = { per_hour = 0 }
        talk_time = { constant = "30m" }
        [class.short]
        volume = { per_hour = 0 }
        talk_time = { constant = "10m" }
        [class.both]
        volume = { per_hour = 0 }
        talk_time = { constant = "5s" }
        [[routing.both.tier]]
        groups = ["west", "east"]
        choose = "least_occupied"
        [group.east]
        agents = [1, 0, 1]
        takes = [["long", "both"]]
        [group.west]
        agents = 1
        takes = [["short", "both"]]
        "#,
        &[(0.0, "long"), (10.0, "short"), (7300.0, "both")],
        "
        0 #1 calls long
        0 #1 answered by east/0 after 0s
        10 #2 calls short
        10 #2 answered by west/0 after 0s
        610 #2 talked 10m, solved
        610 case closed
        610 west/0 wrapped up 0s
        1800 #1 talked 30m, solved
        1800 case closed
        1800 east/0 wrapped up 0s
        7300 #3 calls both
        7300 #3 answered by east/0 after 0s
        7305 #3 talked 5s, solved
        7305 case closed
        7305 east/0 wrapped up 0s
        ",
    );
}

#[test]
fn most_specialised_takes_the_group_with_the_fewest_classes_and_of_those_the_longest_idle() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        [class.other]
        like = "calls"
        [[routing.calls.tier]]
        groups = ["all_rounders", "east", "west"]
        choose = "most_specialised"
        [group.all_rounders]
        agents = 1
        takes = [["calls", "other"]]
        [group.east]
        agents = [0, 1]
        takes = [["calls"]]
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(1900.0, "calls"), (1901.0, "calls"), (1902.0, "calls")],
        "
        1900 #1 calls calls
        1900 #1 answered by west/0 after 0s
        1901 #2 calls calls
        1901 #2 answered by east/0 after 0s
        1902 #3 calls calls
        1902 #3 answered by all_rounders/0 after 0s
        1960 #1 talked 1m, solved
        1960 case closed
        1960 west/0 wrapped up 0s
        1961 #2 talked 1m, solved
        1961 case closed
        1961 east/0 wrapped up 0s
        1962 #3 talked 1m, solved
        1962 case closed
        1962 all_rounders/0 wrapped up 0s
        ",
    );
}
