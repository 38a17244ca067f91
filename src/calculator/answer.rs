//! Answers: what a formula says of so many agents, and the least number that meets the targets.

use super::question::Question;
use crate::analytics::{Formula, MOST_AGENTS, agents_for, erlang_a, erlang_b};

/// What a formula says of a queue with so many agents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// What was asked.
    pub question: Question,
    /// Agents logged in; lines of Erlang B.
    pub agents: u32,
    /// Offered load in erlangs.
    pub load: f64,
    /// Share of the agents' time spent handling.
    pub occupancy: f64,
    /// Share of calls that find nobody idle (Erlang B: that are turned away).
    pub delayed: f64,
    /// Share in time of the question's base; `None` for Erlang B.
    pub service_level: Option<f64>,
    /// Share that abandons; `None` for Erlang B and C.
    pub abandonment: Option<f64>,
    /// Mean wait of answered calls in seconds, infinite where the queue grows without limit; `None` for Erlang B.
    pub asa_s: Option<f64>,
    /// Mean wait of all calls in seconds; `None` for Erlang B.
    pub wait_s: Option<f64>,
    /// Mean number waiting; `None` for Erlang B.
    pub waiting: Option<f64>,
    /// Whether all targets are met; `None` without a target.
    pub is_met: Option<bool>,
    /// Whether the queue grows without limit.
    pub grows: bool,
}

/// No number of agents meets the targets; what the number that comes nearest gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearest(pub Box<Answer>);

/// Answers a question: with its agents, or with the least number that meets its targets.
///
/// # Errors
/// If no number does.
pub fn answer(question: &Question) -> Result<Answer, Nearest> {
    match question.agents {
        Some(agents) => Ok(at(question, agents)),
        None => agents_for(&question.demand(), question.formula, &question.targets, MOST_AGENTS)
            .map(|agents| at(question, agents))
            .map_err(|far| Nearest(Box::new(at(question, far.agents)))),
    }
}

/// The answers to look at beside the least number that meets the targets: a few agents fewer and more.
#[must_use]
pub fn tried(found: &Answer) -> Vec<Answer> {
    let around = found.agents.saturating_sub(2)..=found.agents + 1;
    around.map(|agents| at(&found.question, agents)).collect()
}

fn at(question: &Question, agents: u32) -> Answer {
    let load = question.load();
    let mut answer = match question.formula {
        Formula::ErlangB => {
            let blocked = erlang_b(load, agents);
            let occupancy = if agents == 0 { 0.0 } else { load * (1.0 - blocked) / f64::from(agents) };
            Answer {
                question: *question,
                agents,
                load,
                occupancy,
                delayed: blocked,
                service_level: None,
                abandonment: None,
                asa_s: None,
                wait_s: None,
                waiting: None,
                is_met: None,
                grows: false,
            }
        }
        Formula::ErlangC | Formula::ErlangA => {
            let queue = erlang_a(&question.demand(), agents);
            let service = question.service_level();
            let grows = queue.mean_queue.is_infinite();
            Answer {
                question: *question,
                agents,
                load,
                occupancy: queue.occupancy,
                delayed: queue.delayed,
                service_level: Some(if grows {
                    0.0
                } else {
                    queue.service_level(service.within_s, service.base)
                }),
                abandonment: (question.formula == Formula::ErlangA).then_some(queue.abandonment),
                asa_s: Some(queue.asa_s),
                wait_s: Some(queue.mean_wait_s),
                waiting: Some(queue.mean_queue),
                is_met: None,
                grows,
            }
        }
    };
    let misses = || question.targets.misses(&question.demand(), question.formula, agents);
    answer.is_met = (!question.targets.is_empty()).then(|| misses().is_empty());
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analytics::{Base, ServiceLevel, Targets};

    fn question(formula: Formula, calls_per_hour: f64, aht_s: f64) -> Question {
        let patience_s = if formula == Formula::ErlangA { 180.0 } else { f64::INFINITY };
        let targets = Targets {
            service_level: Some(ServiceLevel { share: 0.8, within_s: 20.0, base: Base::Entered }),
            ..Targets::default()
        };
        Question {
            formula,
            calls: calls_per_hour,
            per_s: 3600.0,
            aht_s,
            patience_s,
            balking: 0.0,
            agents: None,
            targets,
        }
    }

    #[test]
    fn the_textbook_table_of_80_in_20_by_both_formulas() {
        for (calls, aht_s, agents_c, agents_a) in [
            (60.0, 300.0, 8, 7),
            (120.0, 360.0, 16, 15),
            (600.0, 360.0, 67, 62),
            (1200.0, 300.0, 108, 100),
            (3000.0, 420.0, 364, 338),
        ] {
            for (formula, agents) in [(Formula::ErlangC, agents_c), (Formula::ErlangA, agents_a)] {
                let found = answer(&question(formula, calls, aht_s)).unwrap();
                assert_eq!(found.agents, agents, "{formula:?}, {calls} calls");
                let one_less = at(&found.question, agents - 1);
                assert_eq!((found.is_met, one_less.is_met), (Some(true), Some(false)));
            }
        }
    }

    #[test]
    fn each_target_is_met_by_the_least_number() {
        let base = question(Formula::ErlangA, 240.0, 240.0);
        for targets in [
            Targets { abandonment: Some(0.02), ..Targets::default() },
            Targets { asa_s: Some(5.0), ..Targets::default() },
            Targets { occupancy: Some(0.7), ..Targets::default() },
            Targets { abandonment: Some(0.05), occupancy: Some(0.8), ..base.targets },
        ] {
            let found = answer(&Question { targets, ..base }).unwrap();
            let one_less = at(&found.question, found.agents - 1);
            assert_eq!((found.is_met, one_less.is_met), (Some(true), Some(false)), "{targets:?}");
        }
        let lines = Targets { blocking: Some(0.01), ..Targets::default() };
        let found = answer(&Question { formula: Formula::ErlangB, targets: lines, ..base }).unwrap();
        assert_eq!(found.agents, crate::analytics::lines_for_blocking(16.0, 0.01));
    }

    #[test]
    fn what_no_number_of_agents_reaches_gives_the_nearest() {
        let mut all = question(Formula::ErlangC, 60.0, 300.0);
        all.targets.service_level = Some(ServiceLevel { share: 1.0, within_s: 0.0, base: Base::Entered });
        let Err(Nearest(nearest)) = answer(&all) else { panic!("100 % is out of reach") };
        assert!(nearest.service_level.unwrap() > 0.999, "{nearest:?}");
    }

    #[test]
    fn edges_of_calls_and_agents() {
        let base = question(Formula::ErlangC, 60.0, 300.0);
        let nobody = answer(&Question { agents: Some(0), ..base }).unwrap();
        assert!(nobody.grows && nobody.asa_s == Some(f64::INFINITY) && nobody.service_level == Some(0.0));
        let too_few = answer(&Question { agents: Some(5), ..base }).unwrap();
        assert!(too_few.grows && too_few.is_met == Some(false) && too_few.occupancy == 1.0);
        let idle = answer(&Question { calls: 0.0, ..base }).unwrap();
        assert_eq!((idle.agents, idle.is_met), (0, Some(true)));
        let patient = question(Formula::ErlangA, 60.0, 300.0);
        let nobody = answer(&Question { agents: Some(0), ..patient }).unwrap();
        assert_eq!((nobody.abandonment, nobody.grows), (Some(1.0), false));
    }
}
