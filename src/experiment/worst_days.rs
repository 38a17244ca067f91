//! The worst days: those on which the fewest are answered in time, how many hours of agents they lack, and why.
//!
//! Judges no target. What a day requires is what Erlang A asks for at the visits that came, with the mix of classes of the typical
//! week; who is logged in is the plan of the date × the share of it that was there that day. Invariant: the three reasons are the
//! same sum with one thing changed, so that they are told in the same hours.

use super::calendar::Calendar;
use super::hardest::worst;
use super::net_staffing::{Seen, goals, mean_handling_s};
use super::outcome::{Reason, WorstDay};
use super::replicate::Runs;
use crate::measure::{GroupColumn, PulseColumn};
use crate::scenario::Scenario;
use crate::staffing::{Pool, pools};

/// So many are told.
const MOST: usize = 10;

/// The worst days, the worst first; none where all were answered in time, and none with an endless backlog.
pub(super) fn worst_days(runs: &Runs, scenario: &Scenario, calendar: Calendar<'_>) -> Vec<WorstDay> {
    if scenario.classes.iter().any(|class| class.is_endless) {
        return Vec::new();
    }
    let days = worst(runs, MOST);
    if days.is_empty() {
        return Vec::new();
    }
    let labels = calendar.days();
    let required = Required::of(runs, scenario);
    let mut needs = Needs { required: &required, known: Vec::new() };
    days.into_iter()
        .map(|(day, service_level, abandonment)| {
            let slots = slots(runs, scenario, day);
            let came = attendance(runs, day, &slots);
            let mut short = |volume: bool, absence: bool| -> f64 {
                let lacking = slots.iter().map(|slot| {
                    let needed = needs.agents(slot.slot, if volume { slot.volume } else { 1.0 });
                    (needed - slot.planned * if absence { came } else { 1.0 }).max(0.0)
                });
                lacking.sum::<f64>() * runs.frame.interval().as_secs_f64() / 3600.0
            };
            let all = short(true, true);
            let by_volume = all - short(false, true);
            let by_absence = all - short(true, false);
            let misfit = short(false, false);
            let reason = if all <= 0.0 {
                None
            } else if by_volume >= by_absence.max(misfit) {
                Some(Reason::Volume)
            } else if by_absence >= misfit {
                Some(Reason::Absence)
            } else {
                Some(Reason::Misfit)
            };
            WorstDay {
                label: calendar.short_day(day),
                period: labels[day].label.clone(),
                service_level,
                abandonment,
                hours_short: all,
                hours_by_volume: by_volume,
                hours_by_absence: by_absence,
                hours_by_misfit: misfit,
                reason,
            }
        })
        .collect()
}

/// An interval of a day.
struct Slot {
    /// Of the typical week.
    slot: usize,
    /// Visits of this date ÷ those of the average date in this slot.
    volume: f64,
    /// Agents of the plan.
    planned: f64,
}

fn slots(runs: &Runs, scenario: &Scenario, day: usize) -> Vec<Slot> {
    let frame = &runs.frame;
    let first = scenario.almanac.first_counted();
    let entered = |counted: usize| -> u64 {
        runs.results.iter().map(|run| run.pulse.row(counted)[PulseColumn::Entered as usize]).sum()
    };
    let of_slot = |slot: usize| {
        let same = (0..frame.n_counted()).filter(|at| frame.slot_row(*at) == slot);
        let (sum, n) = same.fold((0, 0), |(sum, n), at| (sum + entered(at), n + 1));
        sum as f64 / f64::from(n.max(1))
    };
    (0..frame.n_counted())
        .filter(|at| frame.day_row(*at) == day)
        .map(|at| {
            let slot = frame.slot_row(at);
            let usual = of_slot(slot);
            Slot {
                slot,
                volume: if usual > 0.0 { entered(at) as f64 / usual } else { 1.0 },
                planned: scenario.groups.iter().filter_map(|group| group.plan.get(first + at)).sum(),
            }
        })
        .collect()
}

/// Hours logged in ÷ hours of the plan on a day; never more than planned, since who finishes late is not staffing.
fn attendance(runs: &Runs, day: usize, slots: &[Slot]) -> f64 {
    let n_groups = runs.frame.n_groups();
    let staffed: u64 = runs
        .results
        .iter()
        .map(|run| {
            run.by_day.groups.sum(day * n_groups..(day + 1) * n_groups)[GroupColumn::StaffedUs as usize]
        })
        .sum();
    let planned = slots.iter().map(|slot| slot.planned).sum::<f64>() * runs.frame.interval().0 as f64;
    let came = staffed as f64 / runs.results.len() as f64;
    if planned > 0.0 { (came / planned).min(1.0) } else { 1.0 }
}

/// Who is required in each slot of the typical week.
struct Required<'a> {
    scenario: &'a Scenario,
    runs: &'a Runs,
    goals: Vec<crate::analytics::Targets>,
    whole_run: Vec<Option<f64>>,
}

impl<'a> Required<'a> {
    fn of(runs: &'a Runs, scenario: &'a Scenario) -> Self {
        Self { scenario, runs, goals: goals(scenario), whole_run: mean_handling_s(runs, scenario) }
    }

    fn agents(&self, slot: usize, volume: f64) -> f64 {
        let seen = Seen::in_slot(self.runs, slot).times(volume);
        let pools: Vec<Pool> = pools(self.scenario, |group| seen.is_planned(group));
        pools.iter().map(|pool| seen.required(self.scenario, pool, &self.goals, &self.whole_run)).sum()
    }
}

/// Remembers what was asked: days share their weekdays.
struct Needs<'a> {
    required: &'a Required<'a>,
    known: Vec<(usize, u64, f64)>,
}

impl Needs<'_> {
    fn agents(&mut self, slot: usize, volume: f64) -> f64 {
        let is_it = |known: &&(usize, u64, f64)| known.0 == slot && known.1 == volume.to_bits();
        if let Some((.., agents)) = self.known.iter().find(is_it) {
            return *agents;
        }
        let agents = self.required.agents(slot, volume);
        self.known.push((slot, volume.to_bits(), agents));
        agents
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{Outcome, Settings, Unattended, replicate};
    use crate::scenario::{self, Texts};

    fn outcome(more: &str) -> Outcome {
        let text = format!(
            r#"
            start = "2026-03-02"
            horizon = "28d"
            interval = "1h"
            [class.calls]
            volume = {{ per_hour = 60 }}
            talk_time = {{ exponential = {{ mean = "3m" }} }}
            patience = {{ exponential = {{ mean = "2m" }} }}
            {more}
            "#
        );
        let scenario = scenario::load("s.toml", &[], &Texts::new().with("s.toml", text))
            .unwrap_or_else(|p| panic!("{}", p.render(scenario::Paint::Plain)))
            .scenario;
        let settings = Settings { replications: Some(8), ..Settings::default() };
        replicate(&scenario, &settings, &Unattended).expect("a run")
    }

    const AGENTS: &str = "[group.agents]\nagents = 5\ntakes = [[\"calls\"]]\n";

    const TWICE: &str = "[[incident]]\nfrom = \"2026-03-18\"\nlasts = \"1d\"\nclass = { calls = 2.0 }\n";

    #[test]
    fn a_day_with_twice_the_calls_is_the_worst_and_lacks_agents_for_its_volume() {
        let outcome = outcome(&format!("{AGENTS}{TWICE}"));
        let worst = &outcome.worst_days[0];
        assert_eq!((worst.period.as_str(), worst.reason), ("2026-03-18", Some(Reason::Volume)), "{worst:?}");
        assert!(worst.hours_short > 40.0 && worst.hours_by_volume > 0.5 * worst.hours_short, "{worst:?}");
        assert_eq!(outcome.worst_days.len(), 10);
        assert!(outcome.worst_days.is_sorted_by_key(|day| day.service_level));
    }

    #[test]
    fn too_small_a_roster_is_a_misfit_on_every_day() {
        let outcome = outcome("[group.agents]\nagents = 3\ntakes = [[\"calls\"]]\n");
        assert!(
            outcome.worst_days.iter().all(|day| day.reason == Some(Reason::Misfit)),
            "{:?}",
            outcome.worst_days
        );
    }

    #[test]
    fn who_stays_away_is_the_reason_where_the_plan_would_do() {
        let absent = "unplanned_absence = { share = 0.4, in_plan = 0 }\n";
        let outcome = outcome(&format!("[group.agents]\nagents = 6\ntakes = [[\"calls\"]]\n{absent}"));
        let n = outcome.worst_days.iter().filter(|day| day.reason == Some(Reason::Absence)).count();
        assert!(n >= 8, "{:?}", outcome.worst_days);
    }
}
