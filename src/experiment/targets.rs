//! What became of the targets: the value over the horizon, and the periods that miss the bound.
//!
//! Invariant: a period is judged by the sums of its rows in one replication, never by an estimate; the horizon by an
//! estimate with its interval, never by a value alone.

use super::calendar::{Calendar, Span};
use super::outcome::{TargetOutcome, Verdict};
use super::replicate::Runs;
use crate::measure::{Frame, Judged, RunResult, Yardstick};
use crate::scenario::Scenario;
use crate::scenario::checked::{Goal, Period, Target};
use crate::stats::{self, Estimate};

/// The outcome of each target, in the order of the scenario, with the skewness of its missed periods.
pub(super) fn targets(
    runs: &Runs,
    scenario: &Scenario,
    calendar: Calendar<'_>,
) -> (Vec<TargetOutcome>, Vec<Option<f64>>) {
    let judges = judges(scenario, calendar);
    let of_target = |(position, judge): (usize, &Judge)| {
        let seen: Vec<Seen> =
            runs.results.iter().map(|run| judge.look_at(&runs.frame, run, position)).collect();
        outcome(scenario, &scenario.targets[position], &seen.iter().collect::<Vec<_>>())
    };
    judges.iter().enumerate().map(of_target).unzip()
}

/// What a target sees of a replication.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Seen {
    /// Numerator and denominator of its measure over the horizon.
    pub whole: (f64, f64),
    /// Its periods.
    pub judged: Judged,
}

/// A target with its periods.
pub(super) struct Judge {
    yardstick: Yardstick,
    whole: Span,
    /// `None`: intervals, which the meter has judged.
    spans: Option<Vec<Span>>,
}

/// The judges of the targets, in the order of the scenario.
pub(super) fn judges(scenario: &Scenario, calendar: Calendar<'_>) -> Vec<Judge> {
    let n_days = calendar.days().iter().map(|day| day.days.end).max().unwrap_or(0);
    let whole = Span { label: String::new(), days: 0..n_days };
    let judge = |target: &Target| Judge {
        yardstick: Yardstick::of(target),
        spans: match target.per {
            Period::Interval => None,
            Period::Day => Some(calendar.days()),
            Period::Week => Some(calendar.weeks()),
            Period::Month => Some(calendar.months()),
            Period::Year => Some(vec![whole.clone()]),
        },
        whole: whole.clone(),
    };
    scenario.targets.iter().map(judge).collect()
}

impl Judge {
    /// Looks at a replication; the target is at `position`.
    pub fn look_at(&self, frame: &Frame, run: &RunResult, position: usize) -> Seen {
        Seen {
            whole: parts(frame, run, &self.yardstick, &self.whole),
            judged: match &self.spans {
                None => run.judged[position],
                Some(spans) => judge(frame, run, &self.yardstick, spans),
            },
        }
    }
}

impl Judge {
    /// Whether a replication misses the bound in a period; `None` if there is nothing to judge.
    pub fn misses(&self, frame: &Frame, run: &RunResult, span: &Span) -> Option<bool> {
        let (over, under) = parts(frame, run, &self.yardstick, span);
        (under > 0.0).then(|| self.yardstick.is_missed(over / under))
    }
}

/// What became of a target, with the skewness of its missed periods.
pub(super) fn outcome(scenario: &Scenario, target: &Target, seen: &[&Seen]) -> (TargetOutcome, Option<f64>) {
    let yardstick = Yardstick::of(target);
    let whole: Vec<(f64, f64)> = seen.iter().map(|seen| seen.whole).collect();
    let value = stats::ratio_estimate(&whole);
    let missed: Vec<f64> = seen.iter().map(|seen| seen.judged.missed as f64).collect();
    let periods: Vec<f64> = seen.iter().map(|seen| seen.judged.periods as f64).collect();
    let parts_of = |of: &dyn Fn(&Judged) -> (u64, u64)| -> Vec<(f64, f64)> {
        let both = seen.iter().map(|seen| of(&seen.judged));
        both.map(|(over, under)| (over as f64, under as f64)).collect()
    };
    let outcome = TargetOutcome {
        label: label(scenario, target),
        class: target.class.map(|class| scenario.classes[class.index()].name.clone()),
        measure: yardstick.measure(),
        bound: yardstick.bound(),
        is_minimum: yardstick.is_minimum(),
        per: match target.per {
            Period::Interval => "interval",
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
            Period::Year => "year",
        },
        verdict: verdict(&value, &yardstick),
        value,
        periods: stats::mean_estimate(&periods),
        missed_share: stats::ratio_estimate(&parts_of(&|judged| (judged.missed, judged.periods))),
        visits_in_missed: stats::ratio_estimate(&parts_of(&|judged| {
            (judged.entered_in_missed, judged.entered)
        })),
        missed_range: range(&missed),
        missed: stats::mean_estimate(&missed),
    };
    (outcome, stats::skewness_of_mean(&missed))
}

/// Met or missed only if both ends of the interval say so.
fn verdict(value: &Estimate, yardstick: &Yardstick) -> Option<Verdict> {
    let mean = value.mean?;
    let Some(half_width) = value.half_width else { return Some(Verdict::NotSure) };
    let is_missed = [mean - half_width, mean + half_width].map(|end| yardstick.is_missed(end));
    Some(match is_missed {
        [false, false] => Verdict::Met,
        [true, true] => Verdict::Missed,
        [true, false] | [false, true] => Verdict::NotSure,
    })
}

/// P10 and P90 over replications; `None` with too few to tell.
fn range(missed: &[f64]) -> Option<(f64, f64)> {
    if missed.len() < stats::MIN_FOR_P90 {
        return None;
    }
    Some((stats::percentile(missed, 0.1)?, stats::percentile(missed, 0.9)?))
}

/// Judges the periods of one replication.
fn judge(frame: &Frame, run: &RunResult, yardstick: &Yardstick, spans: &[Span]) -> Judged {
    let mut judged = Judged::default();
    for span in spans {
        let (over, under) = parts(frame, run, yardstick, span);
        if under > 0.0 {
            judged.add(yardstick.is_missed(over / under), entered_in(frame, run, yardstick, span));
        }
    }
    judged
}

/// Visits of a target that entered in a period.
fn entered_in(frame: &Frame, run: &RunResult, yardstick: &Yardstick, span: &Span) -> u64 {
    let rows = |day: usize| run.by_day.classes.rows_from(day * frame.n_classes(), frame.n_classes());
    span.days.clone().map(|day| yardstick.visits(rows(day), frame.class_columns())).sum()
}

/// Sums of numerators and denominators over the days of a period.
fn parts(frame: &Frame, run: &RunResult, yardstick: &Yardstick, span: &Span) -> (f64, f64) {
    let (classes, groups) = (&run.by_day.classes, &run.by_day.groups);
    let mut total = (0.0, 0.0);
    for day in span.days.clone() {
        let (over, under) = yardstick.parts(
            classes.rows_from(day * frame.n_classes(), frame.n_classes()),
            frame.class_columns(),
            groups.rows_from(day * frame.n_groups(), frame.n_groups()),
        );
        total = (total.0 + over, total.1 + under);
    }
    total
}

/// `service level 80/20`, `abandoned`, `occupancy`, `ASA`.
fn label(scenario: &Scenario, target: &Target) -> String {
    match &target.goal {
        Goal::ServiceLevel { at_least, level } => {
            let mut withins = (scenario.classes.iter().zip(level).enumerate())
                .filter(|(class, _)| target.class.is_none_or(|wanted| wanted.index() == *class))
                .map(|(_, (class, level))| class.service_levels[*level].within);
            let share = short(at_least * 100.0);
            match withins.next() {
                Some(first) if withins.all(|within| within == first) => {
                    format!("service level {share}/{}", short(first.as_secs_f64()))
                }
                _ => format!("service level {share} %"),
            }
        }
        Goal::Abandonment { .. } => "abandoned".to_owned(),
        Goal::Occupancy { .. } => "occupancy".to_owned(),
        Goal::Asa { .. } => "ASA".to_owned(),
    }
}

/// A number without needless digits.
fn short(value: f64) -> String {
    format!("{}", (value * 1e6).round() / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_met_or_missed_only_if_the_whole_interval_says_so() {
        let abandoned = Yardstick::of(&Target {
            class: None,
            goal: Goal::Abandonment { at_most: 0.05 },
            per: Period::Day,
        });
        let in_time = Yardstick::of(&Target {
            class: None,
            goal: Goal::ServiceLevel { at_least: 0.8, level: vec![0] },
            per: Period::Day,
        });
        let judged = |yardstick, mean, half_width| verdict(&Estimate { mean, half_width, n: 10 }, yardstick);
        for (yardstick, mean, half_width, expected) in [
            (&abandoned, 0.04, 0.009, Verdict::Met),
            (&abandoned, 0.04, 0.011, Verdict::NotSure),
            (&abandoned, 0.06, 0.011, Verdict::NotSure),
            (&abandoned, 0.06, 0.009, Verdict::Missed),
            (&abandoned, 0.05, 0.0, Verdict::Met),
            (&in_time, 0.801, 0.064, Verdict::NotSure),
            (&in_time, 0.9, 0.064, Verdict::Met),
            (&in_time, 0.7, 0.064, Verdict::Missed),
        ] {
            assert_eq!(
                judged(yardstick, Some(mean), Some(half_width)),
                Some(expected),
                "{mean} ± {half_width}"
            );
        }
        assert_eq!(
            judged(&abandoned, Some(0.01), None),
            Some(Verdict::NotSure),
            "one replication tells no chance"
        );
        assert_eq!(judged(&abandoned, None, None), None);
    }

    #[test]
    fn a_range_over_replications_needs_thirty_six_of_them() {
        let missed: Vec<f64> = (0..36).map(f64::from).collect();
        assert_eq!((range(&missed[..35]), range(&missed)), (None, Some((3.5, 31.5))));
    }

    #[test]
    fn numbers_in_labels_have_no_needless_digits() {
        assert_eq!([0.8 * 100.0, 0.825 * 100.0, 20.0].map(short), ["80", "82.5", "20"]);
    }
}
