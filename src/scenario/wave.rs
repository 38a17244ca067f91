//! Rates that swing around a mean as a sine does.
//!
//! Invariant: an interval has the mean of the swing over it, so that the expected contacts of any whole number of intervals
//! are exact; inside it independent arrivals follow the swing itself.

use super::almanac::Almanac;
use super::checked::Swing;
use super::diagnostic::Diagnostic;
use super::read::{self, Build};
use super::shape::path_join;
use super::tree::Node;
use crate::units::{SimTime, Span};

/// The rate mean · (1 + amplitude · cos(2π (t − peak) ÷ period)), t from the start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wave {
    /// A second.
    pub(super) mean: f64,
    pub(super) swing: Swing,
}

impl Wave {
    /// Reads `volume.rate`.
    pub(super) fn read(build: &mut Build, node: &Node, path: &str, almanac: &Almanac) -> Option<Self> {
        let mean = match (node.get("mean_per_hour"), node.get("mean_per_minute")) {
            (Some(mean), _) => read::not_negative(Some(mean))? / 3600.0,
            (None, mean) => read::not_negative(mean)? / 60.0,
        };
        let path = path_join(path, "sine");
        let sine = node.get("sine")?;
        let amplitude = read::share(sine.get("amplitude"))?;
        let period = read::span(sine.get("period"))?;
        if period.0 < 4 * almanac.interval.0 {
            build.report(
                Diagnostic::error(format!("`{path}` swings faster than intervals can follow"))
                    .at(read::place(sine.get("period"), sine.origin))
                    .found(format!("a period of {period} with intervals of {}", almanac.interval))
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
        Some(Self { mean, swing: Swing { amplitude, period, peak, warm_up: almanac.warm_up } })
    }

    /// Rates per second by interval.
    pub(super) fn rates(&self, almanac: &Almanac) -> Vec<f64> {
        let edge = |i: usize| SimTime(i as u64 * almanac.interval.0);
        (0..almanac.n_intervals()).map(|i| self.mean * self.swing.over(edge(i), edge(i + 1))).collect()
    }
}
