//! Rates that swing around a mean as a sine does.
//!
//! Knows no calendar: time runs from the start of what is counted, through changes of the clock. Invariant: an interval has the
//! mean of the swing over it, so that the expected contacts of any whole number of intervals are exact.

use std::f64::consts::TAU;

use super::almanac::Almanac;
use super::diagnostic::Diagnostic;
use super::read::{self, Build};
use super::shape::path_join;
use super::tree::Node;
use crate::units::Span;

/// The rate mean · (1 + amplitude · cos(2π (t − peak) ÷ period)), t from the start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wave {
    /// A second.
    pub(super) mean: f64,
    amplitude: f64,
    period: Span,
    peak: Span,
}

impl Wave {
    /// Reads `volume.rate`.
    pub(super) fn read(build: &mut Build, node: &Node, path: &str, interval: Span) -> Option<Self> {
        let mean = match (node.get("mean_per_hour"), node.get("mean_per_minute")) {
            (Some(mean), _) => read::not_negative(Some(mean))? / 3600.0,
            (None, mean) => read::not_negative(mean)? / 60.0,
        };
        let path = path_join(path, "sine");
        let sine = node.get("sine")?;
        let amplitude = read::share(sine.get("amplitude"))?;
        let period = read::span(sine.get("period"))?;
        if period.0 < 4 * interval.0 {
            build.report(
                Diagnostic::error(format!("`{path}` swings faster than intervals can follow"))
                    .at(read::place(sine.get("period"), sine.origin))
                    .found(format!("a period of {period} with intervals of {interval}"))
                    .allowed("a period of at least four intervals")
                    .hint("set a shorter `interval`"),
            );
            return None;
        }
        let peak = read::span(sine.get("peak")).unwrap_or_else(|| {
            build.default(
                path_join(&path, "peak"),
                "a quarter of the period",
                "the rate begins at its mean and rises",
            );
            Span(period.0 / 4)
        });
        Some(Self { mean, amplitude, period, peak })
    }

    /// Rates per second by interval.
    pub(super) fn rates(&self, almanac: &Almanac) -> Vec<f64> {
        let period = self.period.0 as f64;
        // Reduced before it is divided, so that late years are as exact as the first.
        let turns = |at: i128| at.rem_euclid(i128::from(self.period.0)) as f64 / period;
        let edge = |interval: usize| {
            let at = interval as i128 * i128::from(almanac.interval.0)
                - i128::from(almanac.warm_up.0)
                - i128::from(self.peak.0);
            libm::sin(TAU * turns(at))
        };
        let swing = self.amplitude * period / (TAU * almanac.interval.0 as f64);
        (0..almanac.n_intervals())
            .map(|i| (self.mean * (1.0 + swing * (edge(i + 1) - edge(i)))).max(0.0))
            .collect()
    }
}
