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

#[cfg(test)]
mod tests {
    use crate::experiment::{Settings, Unattended, replicate};
    use crate::scenario::{self, Texts};

    #[test]
    fn shares_rise_to_all_and_everyone_answered_was_answered_by_a_group() {
        let text = "horizon = \"2d\"\ninterval = \"1h\"\n[class.a]\nvolume = { per_hour = 30 }\n\
                    talk_time = { exponential = { mean = \"3m\" } }\npatience = { exponential = { mean = \"5m\" } }\n\
                    [class.b]\nlike = \"a\"\n[group.g]\nagents = 2\ntakes = [[\"a\", \"b\"]]\n\
                    [group.h]\nagents = 1\ntakes = [[\"b\"]]\n";
        let texts = Texts::new().with("s.toml", text);
        let scenario = scenario::load("s.toml", &[], &texts).expect("a sound scenario").scenario;
        let settings = Settings { replications: Some(3), ..Settings::default() };
        let outcome = replicate(&scenario, &settings, &Unattended).expect("a result");
        let shares: Vec<f64> = outcome.waits.iter().filter_map(|(_, share)| share.mean).collect();
        assert!(shares.windows(2).all(|pair| pair[0] <= pair[1]), "{shares:?}");
        assert!(shares[0] > 0.0 && shares.last() == Some(&1.0), "{shares:?}");
        let mean = |estimate: &crate::stats::Estimate| estimate.mean.expect("a value");
        for (class, flows) in outcome.classes.iter().zip(&outcome.flows) {
            let answered = mean(class.measures.get("answered").expect("a measure"));
            assert!((flows.iter().map(mean).sum::<f64>() - answered).abs() < 1e-9, "{}", class.name);
        }
        assert_eq!(outcome.flows[0][1].mean, Some(0.0), "`h` does not take `a`");
        let within_20_s = outcome.waits.iter().find(|(seconds, _)| *seconds == 20.0).expect("a point").1;
        assert!(mean(&within_20_s) > shares[0]);
    }
}
