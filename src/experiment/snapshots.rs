//! The state of the centre at given instants, over replications: what a textbook calls the transient.
//!
//! Simulates nothing. Invariant: an instant is told as it is after everything that happens at it.

use super::outcome::{Measures, PeriodRow};
use super::replicate::Runs;
use crate::measure::{GroupState, Snapshot};
use crate::scenario::Scenario;
use crate::stats;
use crate::units::Span;

/// One row for each instant, labelled by the time since the start of the horizon (`10m30s`).
pub(super) fn snapshots(runs: &Runs, scenario: &Scenario) -> Vec<PeriodRow> {
    scenario.snapshots.iter().enumerate().map(|(i, at)| row(runs, scenario, i, *at)).collect()
}

fn row(runs: &Runs, scenario: &Scenario, position: usize, at: Span) -> PeriodRow {
    let states: Vec<&Snapshot> = runs.results.iter().map(|run| &run.snapshots[position]).collect();
    let waiting = |of: &dyn Fn(&Snapshot) -> u64| ("waiting", mean(&states, of));
    let agents = |of: &dyn Fn(&Snapshot) -> GroupState| {
        [
            ("busy", mean(&states, &|state| of(state).busy)),
            ("staffed", mean(&states, &|state| of(state).staffed)),
            ("all_busy", mean(&states, &|state| u64::from(of(state).is_all_busy()))),
        ]
    };
    let all = |state: &Snapshot| state.groups.iter().fold(GroupState::default(), GroupState::plus);
    let mut total = vec![waiting(&|state| state.waiting.iter().sum())];
    total.extend(agents(&all));
    PeriodRow {
        label: since_start(at),
        total: Measures(total),
        classes: (0..scenario.classes.len())
            .map(|class| Measures(vec![waiting(&|state| state.waiting[class])]))
            .collect(),
        groups: (0..scenario.groups.len())
            .map(|group| Measures(agents(&|state| state.groups[group]).to_vec()))
            .collect(),
    }
}

fn mean(states: &[&Snapshot], of: &dyn Fn(&Snapshot) -> u64) -> stats::Estimate {
    stats::mean_estimate(&states.iter().map(|state| of(state) as f64).collect::<Vec<_>>())
}

/// To the last part of a second, so that no two instants have one label.
fn since_start(at: Span) -> String {
    let mut label = String::new();
    let mut rest = at.0;
    for (unit, name) in [(Span::DAY, "d"), (Span::HOUR, "h"), (Span::MINUTE, "m")] {
        if rest >= unit.0 {
            label += &format!("{}{name}", rest / unit.0);
            rest %= unit.0;
        }
    }
    if rest > 0 || label.is_empty() {
        label += &format!("{}s", rest as f64 / 1e6);
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_to_the_last_part_of_a_second() {
        let label = |seconds: f64| since_start(Span::from_secs_f64(seconds));
        assert_eq!([label(0.0), label(630.0), label(3600.0)], ["0s", "10m30s", "1h"]);
        assert_eq!([label(90_000.0), label(86_400.5)], ["1d1h", "1d0.5s"]);
    }
}
