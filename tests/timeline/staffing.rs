//! Plans: what happens when the number of agents changes at the start of an interval.

use holdtime::model::fact::{Fact, Observer};
use holdtime::model::{Centre, Rules};
use holdtime::units::SimTime;

use crate::story::{check, scenario};

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

/// Planned agents of each group at the end of each interval.
#[derive(Default)]
struct Plans {
    now: [u32; 3],
    by_interval: Vec<[u32; 3]>,
}

impl Observer for Plans {
    fn on(&mut self, _now: SimTime, fact: &Fact<'_>) {
        match *fact {
            Fact::Planned { group, agents } => self.now[group.index()] = agents,
            Fact::IntervalStarted { interval } if interval > 0 => self.by_interval.push(self.now),
            Fact::HorizonEnded => self.by_interval.push(self.now),
            _ => {}
        }
    }
}

/// Shares of 400 days: four standard errors, a false alarm in 16,000 per share; the seed is fixed.
#[test]
fn a_fractional_plan_is_one_whole_number_a_day_and_right_in_the_mean() {
    let scenario = scenario(
        r#"
        horizon = "400d"
        interval = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        [group.half]
        agents = 12.5
        takes = [["calls"]]
        [group.fifth]
        agents = 12.2
        takes = [["calls"]]
        [group.whole]
        agents = 12
        takes = [["calls"]]
        "#,
    );
    let mut plans = Plans::default();
    Centre::new(&Rules::compile(&scenario), 1, 0).finish(&mut plans);
    assert_eq!(plans.by_interval.len(), 400 * 24);
    let days: Vec<&[[u32; 3]]> = plans.by_interval.chunks(24).collect();
    assert!(days.iter().all(|day| day.iter().all(|plan| plan == &day[0])), "flicker inside a day");
    assert!(days.iter().all(|day| day[0].iter().all(|agents| (12..=13).contains(agents))));
    let share = |group: usize| days.iter().filter(|day| day[0][group] == 13).count() as f64 / 400.0;
    for (group, wanted) in [(0, 0.5), (1, 0.2)] {
        let standard_error = (wanted * (1.0 - wanted) / 400.0_f64).sqrt();
        assert!((share(group) - wanted).abs() <= 4.0 * standard_error, "{} of days", share(group));
    }
    assert_eq!(share(2), 0.0, "whole numbers are untouched");
    let both = days.iter().filter(|day| day[0][0] == 13 && day[0][1] == 13).count() as f64 / 400.0;
    assert!((both - 0.1).abs() <= 4.0 * (0.09_f64 / 400.0).sqrt(), "groups round apart: {both}");
}
