//! How waits are distributed: the share of answered visits that waited at most so long.
//!
//! Reads histograms only. Invariant: shares rise with the wait.

use super::estimates::{Members, WaitsOfRuns};
use crate::measure::{Over, RunResult};
use crate::stats::{Estimate, ratio_estimate, shares_at_most};

/// Waits at which the share is read, in seconds: dense where service levels are, then further apart.
const POINTS: [f64; 24] = [
    0.0, 2.0, 5.0, 8.0, 10.0, 12.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 60.0, 75.0, 90.0, 120.0, 150.0,
    180.0, 240.0, 300.0, 450.0, 600.0, 1200.0, 3600.0,
];

/// The shares, each with its interval over replications; none without answered visits.
pub(super) fn waits(everything: &Members, runs: &[RunResult]) -> Vec<(f64, Estimate)> {
    let waits = WaitsOfRuns::of(runs, &everything.classes);
    let answered = waits.histograms(Over::Answered);
    if answered.iter().all(|waits| waits.count() == 0) {
        return Vec::new();
    }
    POINTS.iter().map(|seconds| (*seconds, ratio_estimate(&shares_at_most(&answered, *seconds)))).collect()
}
