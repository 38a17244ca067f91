//! The least number of agents that keeps a promise, by Erlang A.
//!
//! One interval at a time, in balance: carries no queue from one interval to the next.

use super::demand::Demand;
use super::erlang_a::{ErlangA, erlang_a};
use super::targets::least_agents;

/// What a service level is a share of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Base {
    /// All calls that entered.
    Entered,
    /// Answered calls.
    Answered,
    /// All calls less those abandoned within so many seconds.
    EnteredLessShort {
        /// The threshold in seconds.
        short_s: f64,
    },
}

/// What staffing must achieve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    /// Least share answered in time, 0 to 1.
    pub service_level: f64,
    /// In time: within so many seconds.
    pub within_s: f64,
    /// A share of what.
    pub base: Base,
    /// Greatest occupancy allowed, above 0; 1: no cap.
    pub max_occupancy: f64,
}

impl ErlangA {
    /// Service level: the share answered within so many seconds, of a base. 0 where the base is empty:
    /// nobody was answered.
    ///
    /// ```
    /// use holdtime::analytics::{Base, Demand, erlang_a};
    /// let queue = erlang_a(&Demand::new(0.1, 120.0).with_patience(240.0), 10);
    /// assert!((queue.service_level(20.0, Base::Answered) - 0.334).abs() < 0.001);
    /// assert!(queue.service_level(20.0, Base::Entered) < queue.service_level(20.0, Base::Answered));
    /// ```
    #[must_use]
    pub fn service_level(&self, within_s: f64, base: Base) -> f64 {
        let base = match base {
            Base::Entered => 1.0,
            Base::Answered => 1.0 - self.abandonment,
            Base::EnteredLessShort { short_s } => 1.0 - self.abandoned_within(short_s),
        };
        if base <= 0.0 { 0.0 } else { (self.answered_within(within_s) / base).min(1.0) }
    }
}

/// The least number of agents whose Erlang A queue meets a goal.
///
/// Zero load needs nobody, and so does a service level of 0 without an occupancy cap. A service level of 1 is met where
/// the share missed is below what a double can hold. Costs some ten evaluations, about 10 µs for 100 agents.
///
/// ```
/// use holdtime::analytics::{Base, Demand, Goal, agents_for_service_level};
/// let goal = Goal { service_level: 0.8, within_s: 20.0, base: Base::Entered, max_occupancy: 0.85 };
/// // 360 calls an hour of 5 minutes: 30 erlangs.
/// let demand = Demand::new(0.1, 300.0).with_patience(120.0);
/// assert_eq!(agents_for_service_level(&demand, &goal), 35);
/// ```
///
/// # Panics
/// If the goal is out of range or needs more than 10,000,000 agents.
#[must_use]
pub fn agents_for_service_level(demand: &Demand, goal: &Goal) -> u32 {
    assert!((0.0..=1.0).contains(&goal.service_level), "service level: {}", goal.service_level);
    assert!(goal.within_s >= 0.0, "answered within: {}", goal.within_s);
    assert!(goal.max_occupancy > 0.0, "greatest occupancy: {}", goal.max_occupancy);
    if demand.load() == 0.0 {
        return 0;
    }
    let is_met = |agents: u32| {
        let queue = erlang_a(demand, agents);
        queue.occupancy <= goal.max_occupancy
            && queue.service_level(goal.within_s, goal.base) >= goal.service_level
    };
    assert!(demand.load() < 9e6, "a load of {} erlangs", demand.load());
    let agents = least_agents(demand.load(), 10_000_000, is_met);
    agents.expect("the goal needs more than 10,000,000 agents")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOAL: Goal = Goal { service_level: 0.8, within_s: 20.0, base: Base::Entered, max_occupancy: 1.0 };

    fn at(load: f64) -> Demand {
        Demand::new(load / 300.0, 300.0).with_patience(150.0)
    }

    #[test]
    fn one_agent_fewer_misses_the_goal() {
        for load in [0.01, 0.7, 5.0, 33.3, 200.0, 4_000.0] {
            for base in [Base::Entered, Base::Answered, Base::EnteredLessShort { short_s: 5.0 }] {
                for max_occupancy in [0.85, 1.0] {
                    let goal = Goal { base, max_occupancy, ..GOAL };
                    let is_met = |agents| {
                        let queue = erlang_a(&at(load), agents);
                        queue.service_level(20.0, base) >= 0.8 && queue.occupancy <= max_occupancy
                    };
                    let agents = agents_for_service_level(&at(load), &goal);
                    assert!(is_met(agents) && !is_met(agents - 1), "{load} erlangs, {goal:?}: {agents}");
                }
            }
        }
    }

    #[test]
    fn the_cap_on_occupancy_binds_in_large_groups() {
        let capped = agents_for_service_level(&at(400.0), &Goal { max_occupancy: 0.85, ..GOAL });
        assert_eq!(capped, (400.0_f64 / 0.85).ceil() as u32);
        assert!(agents_for_service_level(&at(400.0), &GOAL) < capped);
    }

    #[test]
    fn edges_of_load_and_goal() {
        assert_eq!(agents_for_service_level(&at(0.0), &GOAL), 0);
        assert_eq!(agents_for_service_level(&at(20.0), &Goal { service_level: 0.0, ..GOAL }), 0);
        assert!(agents_for_service_level(&at(20.0), &Goal { service_level: 1.0, ..GOAL }) < 150);
        let patient = Demand::new(0.1, 300.0);
        assert!(agents_for_service_level(&patient, &GOAL) > 30);
    }
}
