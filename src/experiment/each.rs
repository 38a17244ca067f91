//! Replication by replication: what each of them gave, and how far they lie apart day by day.
//!
//! Estimates no mean with an interval. Invariant: a replication's value is worked out from the same sums as the estimate over
//! all of them, so that their mean, or for ratios the ratio of their sums, is the estimate.

use super::calendar::Calendar;
use super::estimates::Sums;
use super::outcome::{DaySpread, Distribution, Replication};
use super::replicate::Runs;
use super::targets::judges;
use crate::measure::{METRICS, metric};
use crate::scenario::Scenario;
use crate::scenario::checked::Period;

/// What is spread by day.
const SPREAD: &str = "service_level";

/// Every replication in the order of its index, with all measures of everything that are no quantiles.
pub(super) fn each(runs: &Runs, total: &Sums) -> Vec<Replication> {
    let mut replications: Vec<Replication> = (runs.results.iter())
        .map(|run| Replication { index: run.replication, contacts: run.contacts, values: Vec::new() })
        .collect();
    for metric in METRICS {
        let parts = total.parts(metric);
        for (replication, (over, under)) in replications.iter_mut().zip(parts) {
            replication.values.push((metric.name, (under > 0.0).then(|| over / under)));
        }
    }
    replications
}

/// How far the replications lie apart on each counted day; one entry per row of `by_day`.
pub(super) fn days(runs: &Runs, scenario: &Scenario, calendar: Calendar<'_>) -> Vec<DaySpread> {
    let judges = judges(scenario, calendar);
    let everything = runs.everything();
    let spans = calendar.days();
    let spread = |span: &super::calendar::Span| {
        let tables = runs.results.iter().map(|run| &run.by_day);
        let length = crate::units::Span::ZERO;
        let sums = Sums::of(tables, runs.shape(), span.days.clone(), &everything, length);
        let parts = metric(SPREAD).map(|metric| sums.parts(metric)).unwrap_or_default();
        let values: Vec<f64> =
            parts.into_iter().filter(|(_, under)| *under > 0.0).map(|(over, under)| over / under).collect();
        let missed = (scenario.targets.iter().zip(&judges)).map(|(target, judge)| {
            if target.per != Period::Day {
                return None;
            }
            let mut judged = (0, 0);
            for missed in runs.results.iter().filter_map(|run| judge.misses(&runs.frame, run, span)) {
                judged = (judged.0 + u32::from(missed), judged.1 + 1);
            }
            (judged.1 > 0).then(|| f64::from(judged.0) / f64::from(judged.1))
        });
        DaySpread { service_level: Distribution::of(&values), missed: missed.collect() }
    };
    spans.iter().map(spread).collect()
}

#[cfg(test)]
mod tests {
    use crate::experiment::{Settings, Unattended, replicate};
    use crate::scenario::{self, Texts};

    #[test]
    fn replications_have_the_mean_of_the_result_and_days_the_missed_ones_of_the_target() {
        let text = r#"
            start = "2026-03-23"
            horizon = "4d"
            target.service_level = { at_least = 0.8, per = "day" }
            [class.calls]
            volume = { per_hour = 60 }
            talk_time = { exponential = { mean = "3m" } }
            patience = { exponential = { mean = "2m" } }
            [group.agents]
            agents = 4
            takes = [["calls"]]
        "#;
        let scenario = scenario::load("s.toml", &[], &Texts::new().with("s.toml", text))
            .unwrap_or_else(|p| panic!("{}", p.render(scenario::Paint::Plain)))
            .scenario;
        let settings = Settings { replications: Some(6), ..Settings::default() };
        let outcome = replicate(&scenario, &settings, &Unattended).expect("a run");
        let value = |name: &str| -> Vec<f64> {
            let of = |of: &crate::experiment::Replication| {
                of.values.iter().find(|(n, _)| *n == name).and_then(|(_, value)| *value)
            };
            outcome.each.iter().filter_map(of).collect()
        };
        let mean = value("offered").iter().sum::<f64>() / 6.0;
        assert!((mean - outcome.total.get("offered").and_then(|e| e.mean).expect("calls")).abs() < 1e-9);
        let (in_time, base) = (value("in_time"), value("service_level_base"));
        let ratio = in_time.iter().sum::<f64>() / base.iter().sum::<f64>();
        let estimate = outcome.total.get("service_level").and_then(|e| e.mean).expect("a level");
        assert!((ratio - estimate).abs() < 1e-12);
        assert_eq!(outcome.each.iter().map(|one| one.index).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);

        assert_eq!(outcome.days.len(), outcome.by_day.len());
        let missed: f64 = outcome.days.iter().filter_map(|day| day.missed[0]).sum();
        let target = outcome.targets[0].missed.mean.expect("judged");
        assert!(target > 0.0 && (missed - target).abs() < 1e-9, "{missed} {target}");
        let spread = outcome.days[0].service_level.expect("several replications");
        assert!(spread.min < spread.p50 && spread.p50 < spread.max && spread.p90.is_none(), "{spread:?}");
    }
}
