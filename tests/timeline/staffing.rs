//! Plans: what happens when the number of agents changes at the start of an interval.

use crate::story::check;

#[test]
fn new_agents_take_waiting_customers_at_once_and_an_arrival_meets_the_new_staffing() {
    check(
        r#"
        horizon = "1h"
        interval = "30m"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        [group.west]
        agents = [0, 2]
        takes = [["calls"]]
        "#,
        &[(1700.0, "calls"), (1800.0, "calls")],
        "
        1700 #1 calls calls
        1700 #1 waits
        1800 plan of west is 2
        1800 west/0 logs in
        1800 #1 answered by west/0 after 1m40s
        1800 west/1 logs in
        1800 #2 calls calls
        1800 #2 answered by west/1 after 0s
        1860 #1 talked 1m, solved
        1860 case closed
        1860 west/0 wrapped up 0s
        1860 #2 talked 1m, solved
        1860 case closed
        1860 west/1 wrapped up 0s
        ",
    );
}
