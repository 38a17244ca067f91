//! Sequential runs: replications until one measure is known well enough, or there are as many as allowed.
//!
//! Runs nothing. Invariant: the number used is the first, in the order of the index, at which a look finds enough; it
//! depends on no thread.

use super::estimates::{Members, Sums, WaitsOfRuns};
use super::outcome::Measures;
use crate::measure::{Frame, Kind, METRICS, Metric, RunResult};
use crate::stats::Estimate;

/// The first look: fewer replications say too little of their own spread.
const FIRST_LOOK: usize = 10;
/// Replications between looks.
const BLOCK: usize = 5;

/// When to stop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Until {
    /// The measure over everything, by its name; one that has an interval.
    pub measure: &'static str,
    /// How well it is to be known.
    pub precision: Precision,
    /// Replications at most.
    pub at_most: u32,
}

/// Half the width of a 95 % interval, at most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Precision {
    /// As a share of the value; above 0.
    Relative(f64),
    /// In the unit of the measure; above 0.
    Absolute(f64),
}

impl Precision {
    /// Whether the interval is narrow enough; never without one, and no share of 0 is.
    #[must_use]
    pub fn is_reached_by(self, estimate: &Estimate) -> bool {
        let (Some(mean), Some(half_width)) = (estimate.mean, estimate.half_width) else { return false };
        match self {
            // Nothing seen yet is nothing known: what is rare may still come.
            Self::Relative(share) => mean != 0.0 && half_width <= share * mean.abs(),
            Self::Absolute(most) => half_width <= most,
        }
    }
}

/// Names of the measures that a run may stop by: those that have an interval over everything.
pub fn stopping_measures() -> impl Iterator<Item = &'static str> {
    METRICS.iter().filter(|metric| has_interval(metric)).map(|metric| metric.name)
}

fn has_interval(metric: &Metric) -> bool {
    match metric.kind {
        Kind::Count { .. } | Kind::Ratio { .. } | Kind::Quantile { .. } => true,
        Kind::Longest | Kind::LongestOfAll => false,
    }
}

impl Until {
    /// The numbers of replications after which it is looked whether they are enough.
    pub(super) fn looks(&self) -> impl Iterator<Item = usize> + use<> {
        let most = self.at_most as usize;
        (FIRST_LOOK..most).step_by(BLOCK).chain([most])
    }

    /// Whether these replications are enough.
    pub(super) fn is_enough(&self, frame: &Frame, runs: &[&RunResult]) -> bool {
        self.precision.is_reached_by(&self.estimate(frame, runs))
    }

    /// Whether the measures over everything are known well enough.
    #[must_use]
    pub fn is_reached_by(&self, total: &Measures) -> bool {
        total.get(self.measure).is_some_and(|estimate| self.precision.is_reached_by(estimate))
    }

    fn estimate(&self, frame: &Frame, runs: &[&RunResult]) -> Estimate {
        let members =
            Members { classes: (0..frame.n_classes()).collect(), groups: (0..frame.n_groups()).collect() };
        let tables = runs.iter().map(|run| &run.by_day);
        let shape = (frame.n_classes(), frame.n_groups());
        let sums = Sums::of(tables, shape, 0..frame.days().len(), &members, frame.horizon());
        let waits = WaitsOfRuns::of(runs.iter().copied(), &members.classes);
        let missing = Estimate::missing(runs.len() as u32);
        sums.one(self.measure, &waits).unwrap_or(missing)
    }

    /// What became of it, for the reader of a result.
    pub(super) fn note(&self, total: &Measures, n: usize) -> String {
        let measure = self.measure;
        let (wanted, found) = match self.precision {
            Precision::Relative(share) => (percent(share), relative(total.get(measure))),
            Precision::Absolute(most) => {
                let found = total.get(measure).and_then(|estimate| estimate.half_width);
                (format!("± {most}"), found.map(|half_width| format!("± {}", rounded_up(half_width))))
            }
        };
        if self.is_reached_by(total) {
            return format!(
                "stopped after {n} replications, when `{measure}` was known to {wanted}; looking again and again costs: \
                 such an interval holds the true value in about 93 of 100 runs, not 95"
            );
        }
        match found {
            Some(found) => format!(
                "`{measure}` is known to {found} after {n} replications, not to {wanted}; raise `--max-replications` \
                 or ask for less"
            ),
            None if total.get(measure).is_some_and(|estimate| estimate.mean == Some(0.0)) => format!(
                "`{measure}` is 0 in all {n} replications, and no share of 0 is near enough; ask for a width in its own unit"
            ),
            None => format!(
                "`{measure}` has no interval after {n} replications, so it could not say when to stop"
            ),
        }
    }
}

fn percent(share: f64) -> String {
    format!("{} %", (share * 1e6).round() / 1e4)
}

fn relative(estimate: Option<&Estimate>) -> Option<String> {
    let estimate = estimate?;
    let mean = estimate.mean.filter(|mean| *mean != 0.0)?;
    Some(format!("{} %", rounded_up(estimate.half_width? / mean.abs() * 100.0)))
}

/// Three digits; up, since what is too wide must not read as wide enough.
fn rounded_up(width: f64) -> String {
    let decimals = (2 - width.log10().floor() as i32).clamp(0, 9) as usize;
    let power = 10_f64.powi(decimals as i32);
    format!("{:.decimals$}", (width * power).ceil() / power)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, Purpose, standard_normal};

    #[test]
    fn a_width_that_is_not_reached_is_told_in_three_digits_and_never_as_narrower_than_it_is() {
        let told = [1.2438, 1.0001, 0.000_412_34, 52_345.6].map(rounded_up);
        assert_eq!(told, ["1.25", "1.01", "0.000413", "52346"]);
    }

    #[test]
    fn looks_come_after_ten_then_every_five_and_at_the_very_end() {
        let looks = |at_most| {
            let until = Until { measure: "asa_s", precision: Precision::Relative(0.01), at_most };
            until.looks().collect::<Vec<_>>()
        };
        assert_eq!(looks(27), [10, 15, 20, 25, 27]);
        assert_eq!(looks(20), [10, 15, 20]);
        assert_eq!(looks(3), [3]);
    }

    #[test]
    fn a_precision_is_a_share_of_the_value_or_in_its_unit_and_never_reached_without_an_interval() {
        let estimate = |mean, half_width| Estimate { mean: Some(mean), half_width, n: 10 };
        assert!(Precision::Relative(0.01).is_reached_by(&estimate(-200.0, Some(2.0))));
        assert!(!Precision::Relative(0.01).is_reached_by(&estimate(200.0, Some(2.1))));
        assert!(Precision::Absolute(0.002).is_reached_by(&estimate(0.01, Some(0.002))));
        assert!(!Precision::Absolute(1.0).is_reached_by(&estimate(0.01, None)));
        assert!(!Precision::Relative(0.5).is_reached_by(&Estimate::missing(10)));
        // Ten replications without an event do not know how rare it is.
        assert!(!Precision::Relative(0.5).is_reached_by(&estimate(0.0, Some(0.0))));
        assert!(Precision::Absolute(0.5).is_reached_by(&estimate(0.0, Some(0.0))));
        assert!(Precision::Relative(0.01).is_reached_by(&estimate(8.0, Some(0.0))));
    }

    /// Normal values with a spread of 2 %, known to 1 %: some 15 to 20 replications. The standard error of the share of
    /// 20,000 trials is 0.0018; the bounds are five of them apart from 0.93.
    #[test]
    fn intervals_of_such_runs_hold_the_true_value_in_about_93_of_100() {
        let until = Until { measure: "asa_s", precision: Precision::Relative(0.01), at_most: 1_000 };
        let (mut holds, trials) = (0, 20_000);
        for trial in 0..trials {
            let mut stream = Key::root(1, trial).stream(Purpose::Talk);
            let values: Vec<f64> = (0..1_000).map(|_| 1.0 + 0.02 * standard_normal(&mut stream)).collect();
            let estimate = |n: usize| crate::stats::mean_estimate(&values[..n]);
            let used = until.looks().map(estimate).find(|estimate| until.precision.is_reached_by(estimate));
            let used = used.expect("reached in time");
            holds += u32::from((used.mean.unwrap() - 1.0).abs() <= used.half_width.unwrap());
        }
        let share = f64::from(holds) / f64::from(trials);
        assert!((0.921..=0.939).contains(&share), "{share}");
    }

    #[test]
    fn measures_without_an_interval_cannot_stop_a_run() {
        let names: Vec<&str> = stopping_measures().collect();
        assert!(
            names.contains(&"asa_s") && names.contains(&"service_level") && names.contains(&"wait_s_p90")
        );
        assert!(!names.contains(&"wait_s_max") && METRICS.iter().any(|metric| metric.name == "wait_s_max"));
    }
}
