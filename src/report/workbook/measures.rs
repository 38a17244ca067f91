//! Measures as columns: the value, half its interval, and durations on the clock too.
//!
//! Chooses no measure. Invariant: headings are the measures' names in every format, so that one definition serves all.

use super::sheet::{Cell, Look};
use crate::experiment::Measures;
use crate::report::number::Unit;
use crate::stats::Estimate;

/// How a measure reads.
pub(super) fn look(metric: &str) -> Look {
    Look::of(Unit::of(metric))
}

/// The heading of half the interval.
pub(super) fn half_width_of(metric: &str) -> String {
    format!("± {metric}")
}

/// The heading of a duration on the clock.
fn clock_of(metric: &str) -> String {
    format!("{} m:s", metric.strip_suffix("_s").unwrap_or(metric))
}

/// The columns of these measures.
pub(super) fn headings(metrics: &[&str]) -> Vec<String> {
    let of_one = |metric: &&str| {
        let clock = (look(metric) == Look::Seconds).then(|| clock_of(metric));
        [(*metric).to_owned(), half_width_of(metric)].into_iter().chain(clock)
    };
    metrics.iter().flat_map(of_one).collect()
}

/// The cells under them.
pub(super) fn cells(measures: &Measures, metrics: &[&str]) -> Vec<Cell> {
    metrics.iter().flat_map(|metric| of_estimate(measures.get(metric), metric)).collect()
}

/// The cells of one measure.
pub(super) fn of_estimate(estimate: Option<&Estimate>, metric: &str) -> Vec<Cell> {
    let look = look(metric);
    let mut cells = vec![Cell::mean(estimate, look), Cell::half_width(estimate, look)];
    if look == Look::Seconds {
        cells.push(Cell::mean(estimate, Look::Clock));
    }
    cells
}
