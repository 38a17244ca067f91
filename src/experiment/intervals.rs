//! Every interval of every date: few measures, for those who draw their own pictures.
//!
//! Invariant: the sums over the intervals of a day are the day's own figures.

use rayon::prelude::*;

use super::calendar::Calendar;
use super::outcome::{Measures, PeriodRow};
use super::replicate::Runs;
use crate::measure::NarrowCell;
use crate::stats;

/// One row per counted interval, with the estimates of each class and group and of all; empty unless the intervals were
/// kept.
pub(super) fn intervals(runs: &Runs, calendar: Calendar<'_>) -> Vec<PeriodRow> {
    if runs.results.iter().any(|run| run.narrow.classes.is_empty() && run.narrow.groups.is_empty()) {
        return Vec::new();
    }
    (0..runs.frame.n_counted()).into_par_iter().map(|interval| row(runs, calendar, interval)).collect()
}

fn row(runs: &Runs, calendar: Calendar<'_>, interval: usize) -> PeriodRow {
    let (n_classes, n_groups) = (runs.frame.n_classes(), runs.frame.n_groups());
    let classes: Vec<Vec<NarrowCell>> = (0..n_classes)
        .map(|class| {
            let cell = interval * n_classes + class;
            runs.results.iter().map(|run| run.narrow.classes[cell]).collect()
        })
        .collect();
    let groups: Vec<Vec<(u64, u64)>> = (0..n_groups)
        .map(|group| {
            let cell = interval * n_groups + group;
            runs.results.iter().map(|run| run.narrow.groups[cell]).collect()
        })
        .collect();
    let n = runs.results.len();
    let all_classes: Vec<NarrowCell> = (0..n)
        .map(|run| classes.iter().fold(NarrowCell::default(), |sum, class| sum.plus(&class[run])))
        .collect();
    let add = |sum: (u64, u64), other: (u64, u64)| (sum.0 + other.0, sum.1 + other.1);
    let all_groups: Vec<(u64, u64)> =
        (0..n).map(|run| groups.iter().fold((0, 0), |sum, group| add(sum, group[run]))).collect();
    let mut total = of_class(&all_classes);
    total.0.extend(of_group(&all_groups).0);
    PeriodRow {
        label: calendar.interval(interval),
        total,
        classes: classes.iter().map(|cells| of_class(cells)).collect(),
        groups: groups.iter().map(|cells| of_group(cells)).collect(),
    }
}

/// One cell per replication.
fn of_class(cells: &[NarrowCell]) -> Measures {
    let count = |of: fn(&NarrowCell) -> u32| {
        stats::mean_estimate(&cells.iter().map(|cell| f64::from(of(cell))).collect::<Vec<_>>())
    };
    let share = |over: fn(&NarrowCell) -> u32, under: fn(&NarrowCell) -> u32| {
        let pairs = cells.iter().map(|cell| (f64::from(over(cell)), f64::from(under(cell))));
        stats::ratio_estimate(&pairs.collect::<Vec<_>>())
    };
    Measures(vec![
        ("offered", count(|cell| cell.offered)),
        ("entered", count(|cell| cell.entered)),
        ("abandoned", count(|cell| cell.abandoned)),
        ("abandonment", share(|cell| cell.abandoned, |cell| cell.entered)),
        ("service_level", share(|cell| cell.in_time, |cell| cell.base)),
        ("in_time", count(|cell| cell.in_time)),
        ("service_level_base", count(|cell| cell.base)),
    ])
}

/// One (staffed, busy) per replication.
fn of_group(cells: &[(u64, u64)]) -> Measures {
    const US_PER_HOUR: f64 = 3.6e9;
    let hours = |of: fn(&(u64, u64)) -> u64| {
        stats::mean_estimate(&cells.iter().map(|cell| of(cell) as f64 / US_PER_HOUR).collect::<Vec<_>>())
    };
    let pairs: Vec<(f64, f64)> =
        cells.iter().map(|(staffed, busy)| (*busy as f64, *staffed as f64)).collect();
    Measures(vec![
        ("staffed_h", hours(|cell| cell.0)),
        ("busy_h", hours(|cell| cell.1)),
        ("occupancy", stats::ratio_estimate(&pairs)),
    ])
}
