//! What comes to a pool as one queue, and the agents with whom it meets every class's goals.
//!
//! One interval in balance, all agents alike. Invariant: the same streams and goals need the same agents, wherever the streams
//! come from: expected, or seen in a run.

use crate::analytics::{Demand, Formula, Targets, agents_near};
use crate::scenario::Scenario;

/// A load beyond this is left alone: no formula is of use there, and no centre is so large.
const MOST_ERLANGS: f64 = 1e6;

/// Visits of one class that come to a pool.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stream {
    /// Which class.
    pub class: usize,
    /// Visits a second.
    pub visits_per_s: f64,
    /// Mean talk and after-call work, seconds; the ringing before is added here.
    pub handling_s: f64,
    /// Mean patience, seconds; infinite if nobody gives up.
    pub patience_s: f64,
}

/// How many agents, and whether they meet what is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Need {
    /// The fewest that meet all goals; the nearest where none does.
    pub agents: u32,
    /// No number of agents meets one of the goals.
    pub is_out_of_reach: bool,
}

/// The streams as one queue; `None` where nobody comes, or nobody has anything to do.
#[must_use]
pub fn demand(scenario: &Scenario, streams: &[Stream]) -> Option<Demand> {
    let (mut rate, mut load, mut balking) = (0.0, 0.0, 0.0);
    // Of those who leave in the end: the rate of leaving, so that endless patience counts as none.
    let mut leaving = 0.0;
    for stream in streams {
        let class = &scenario.classes[stream.class];
        let visits = stream.visits_per_s;
        rate += visits;
        load += visits * (stream.handling_s + class.answer_delay.as_secs_f64());
        // Of who would be first in the queue.
        let leaves = class.balking_by_load.as_ref().map_or(class.balking, |by_load| by_load.share(1.0));
        balking += visits * leaves;
        leaving += visits / stream.patience_s.max(1e-3);
    }
    let is_something = load > 0.0 && load.is_finite();
    is_something.then(|| {
        Demand::new(rate, load / rate)
            .with_patience(rate / leaving)
            .with_balking((balking / rate).clamp(0.0, 1.0))
    })
}

/// The fewest agents with whom the queue meets each of the goals; found faster near a number that is known.
#[must_use]
pub fn need(demand: &Demand, goals: &[Targets], near: Option<u32>) -> Need {
    let load = demand.load();
    if load > MOST_ERLANGS {
        return Need { agents: load.ceil() as u32, is_out_of_reach: true };
    }
    // More than any load up to the limit needs.
    let most = 2 * MOST_ERLANGS as u32;
    let mut need = Need::default();
    let mut guess = near.unwrap_or((load + load.sqrt()).ceil() as u32);
    for (i, goal) in goals.iter().enumerate() {
        // No number of agents is never busy, and none comes nearest: what else is wanted decides.
        let is_never = goal.occupancy.is_some_and(|most| most <= 0.0);
        need.is_out_of_reach |= is_never;
        let goal = &Targets { occupancy: goal.occupancy.filter(|_| !is_never), ..*goal };
        if goal.is_empty() {
            continue;
        }
        let is_met_already = i > 0
            && (goals[..i].contains(goal) || goal.misses(demand, Formula::ErlangA, need.agents).is_empty());
        if is_met_already {
            continue;
        }
        let found = agents_near(demand, Formula::ErlangA, goal, most, guess);
        need.is_out_of_reach |= found.is_err();
        need.agents = need.agents.max(found.unwrap_or_else(|far| far.agents));
        guess = need.agents;
    }
    need
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analytics::{Base, MOST_AGENTS, ServiceLevel, agents_for};

    #[test]
    fn every_goal_is_met_and_with_one_agent_fewer_one_is_not() {
        let demand = Demand::new(0.1, 300.0).with_patience(120.0);
        let level = |share| Targets {
            service_level: Some(ServiceLevel { share, within_s: 20.0, base: Base::Entered }),
            ..Targets::default()
        };
        let goals = [level(0.7), level(0.9), level(0.8), Targets { occupancy: Some(0.95), ..level(0.7) }];
        let strictest = agents_for(&demand, Formula::ErlangA, &goals[1], MOST_AGENTS).expect("in reach");
        for near in [None, Some(1), Some(30), Some(500)] {
            assert_eq!(need(&demand, &goals, near), Need { agents: strictest, is_out_of_reach: false });
        }
        assert!(need(&demand, &[level(1.0)], None).is_out_of_reach);
        assert!(need(&Demand::new(1e5, 300.0), &goals, None).is_out_of_reach);
    }
}
