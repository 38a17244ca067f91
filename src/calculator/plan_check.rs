//! A requirement put to the test: the scenario simulated with the required agents in its plan, beside what the formula says.
//!
//! Judges by nobody's targets but what was wanted. Invariant: the simulated scenario differs from the file in its plans, its
//! first service levels and its targets alone.

use crate::analytics::Base;
use crate::experiment::{self, Control, Measures, Settings, Unfinished};
use crate::scenario::Scenario;
use crate::scenario::checked::ServiceLevelBase;
use crate::staffing::{Requirement, Sums};
use crate::stats::Estimate;
use crate::units::Span;

/// Formula and simulation of the required agents.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanCheck {
    /// Independent runs that are complete.
    pub replications: u32,
    /// Visits that enter, all together.
    pub visits: Compared,
    /// By class of the scenario.
    pub classes: Vec<ClassCheck>,
    /// By group of the scenario.
    pub groups: Vec<GroupCheck>,
}

/// A value by formula and by simulation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Compared {
    /// `None` where nobody is expected.
    pub formula: Option<f64>,
    /// What the runs say.
    pub simulated: Estimate,
}

/// One class.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassCheck {
    /// Its name.
    pub name: String,
    /// Visits that enter.
    pub visits: Compared,
    /// Share answered in time.
    pub service_level: Compared,
    /// Share that abandons.
    pub abandonment: Compared,
    /// Mean wait of the answered, seconds.
    pub asa_s: Compared,
    /// Intervals of the typical week with visits, and those in which fewer than wanted are answered in time.
    pub intervals: (usize, usize),
}

/// One group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupCheck {
    /// Its name.
    pub name: String,
    /// Share of the agents' time.
    pub occupancy: Compared,
}

/// Simulates a scenario with the agents that are required, and compares.
///
/// # Errors
/// If no replication could be finished.
pub fn check_plan(
    scenario: &Scenario,
    requirement: &Requirement,
    settings: &Settings,
    control: &dyn Control,
) -> Result<PlanCheck, Unfinished> {
    let planned = as_wanted(requirement.planned_into(scenario), requirement);
    let outcome = experiment::replicate(&planned, settings, control)?;
    let sums: Sums = requirement.sums(scenario, requirement.counted(scenario));
    let of = |measures: &Measures, name: &str| {
        measures.get(name).copied().unwrap_or(Estimate { mean: None, half_width: None, n: 0 })
    };
    let classes = (outcome.classes.iter().zip(&sums.classes).enumerate())
        .map(|(class, (measured, sum))| {
            let measured = &measured.measures;
            let wanted = requirement.wanted[class].service_level.map(|goal| goal.share);
            let in_slots = outcome.by_interval.iter().filter_map(|row| {
                let level = row.classes.get(class)?.get("service_level")?.mean?;
                Some(wanted.is_some_and(|share| level < share))
            });
            let compared = |formula, name| Compared { formula, simulated: of(measured, name) };
            ClassCheck {
                name: scenario.classes[class].name.clone(),
                visits: compared(Some(sum.visits), "entered"),
                service_level: compared(sum.service_level(), "service_level"),
                abandonment: compared(sum.abandonment(), "abandonment"),
                asa_s: compared(sum.asa_s(), "asa_s"),
                intervals: in_slots
                    .fold((0, 0), |(all, below), is_below| (all + 1, below + usize::from(is_below))),
            }
        })
        .collect();
    let groups = (outcome.groups.iter().zip(&sums.groups))
        .map(|(measured, sum)| GroupCheck {
            name: measured.name.clone(),
            occupancy: Compared { formula: sum.occupancy(), simulated: of(&measured.measures, "occupancy") },
        })
        .collect();
    let visits = Compared { formula: Some(sums.visits.visits), simulated: of(&outcome.total, "entered") };
    Ok(PlanCheck { replications: outcome.manifest.replications, visits, classes, groups })
}

/// The scenario with what is wanted as each class's first service level, so that both count the same, and without targets.
fn as_wanted(mut scenario: Scenario, requirement: &Requirement) -> Scenario {
    scenario.targets.clear();
    for (class, wanted) in scenario.classes.iter_mut().zip(&requirement.wanted) {
        let Some(goal) = wanted.service_level else { continue };
        let level = &mut class.service_levels[0];
        level.share = goal.share;
        level.within = Span::from_secs_f64(goal.within_s);
        level.of = match goal.base {
            Base::Entered => ServiceLevelBase::Entered,
            Base::Answered => ServiceLevelBase::Answered,
            Base::EnteredLessShort { short_s } => {
                level.short = Span::from_secs_f64(short_s);
                ServiceLevelBase::EnteredLessShort
            }
        };
    }
    scenario
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Unattended;
    use crate::scenario::{Texts, load};
    use crate::staffing::{Payroll, Wishes};

    #[test]
    fn of_a_queue_in_balance_formula_and_simulation_agree() {
        let text = r#"
            horizon = "100h"
            warm_up = "10h"
            interval = "1h"
            [class.calls]
            volume = { per_hour = 360 }
            talk_time = { exponential = { mean = "5m" } }
            patience = { exponential = { mean = "2m" } }
            [group.agents]
            agents = 10
            takes = [["calls"]]
        "#;
        let loaded = load("s.toml", &[], &Texts::new().with("s.toml", text)).expect("sound");
        let wishes = Wishes { service_level: Some((0.9, 30.0)), ..Wishes::default() };
        let requirement = Requirement::of(&loaded, &wishes, Payroll::default()).expect("a goal");
        let settings = Settings { replications: Some(10), ..Settings::default() };
        let check = check_plan(&loaded.scenario, &requirement, &settings, &Unattended).expect("a run");
        let class = &check.classes[0];
        for compared in
            [class.visits, class.service_level, class.abandonment, class.asa_s, check.groups[0].occupancy]
        {
            let (formula, simulated) = (compared.formula.expect("a value"), compared.simulated);
            let half_width = simulated.half_width.expect("ten runs");
            // Four standard errors with nine degrees of freedom, at a fixed seed: a false alarm in 300.
            let distance = (simulated.mean.expect("a mean") - formula).abs();
            assert!(distance < 4.0 / 2.262 * half_width, "{compared:?}");
        }
        assert!(class.service_level.formula.expect("a value") >= 0.9);
        assert_eq!(class.intervals.0, 100);
    }
}
