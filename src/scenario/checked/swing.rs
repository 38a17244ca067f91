//! How a rate swings around its mean, at an instant and over a span.
//!
//! Knows no calendar and no rate: time runs from the start of the run, through changes of the clock. Invariant: never below 0.

use std::f64::consts::TAU;

use crate::units::{SimTime, Span};

/// The factor 1 + amplitude · cos(2π (t − peak) ÷ period) on a mean rate; t from the end of warm-up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swing {
    /// 0 to 1.
    pub(in crate::scenario) amplitude: f64,
    /// Above 0.
    pub(in crate::scenario) period: Span,
    /// When it is highest, counted from the end of warm-up; any multiple of the period away from that will do.
    pub(in crate::scenario) peak: Span,
    /// Length of the warm-up, with which the run begins.
    pub(in crate::scenario) warm_up: Span,
}

impl Swing {
    /// The factor at an instant; 0 to [`highest`](Self::highest).
    #[must_use]
    pub fn at(&self, at: SimTime) -> f64 {
        1.0 + self.amplitude * libm::cos(TAU * self.turns(at))
    }

    /// Mean of the factor from one instant to a later one.
    #[must_use]
    pub fn over(&self, begins: SimTime, ends: SimTime) -> f64 {
        let scale = self.amplitude * self.period.0 as f64 / (TAU * ends.since(begins).0 as f64);
        let rise = libm::sin(TAU * self.turns(ends)) - libm::sin(TAU * self.turns(begins));
        (1.0 + scale * rise).max(0.0)
    }

    /// The factor at the peak.
    #[must_use]
    pub fn highest(&self) -> f64 {
        1.0 + self.amplitude
    }

    /// Periods since the last peak, 0 to 1. Reduced before it is divided, so that late years are as exact as the first.
    fn turns(&self, at: SimTime) -> f64 {
        let since_peak = i128::from(at.0) - i128::from(self.warm_up.0) - i128::from(self.peak.0);
        since_peak.rem_euclid(i128::from(self.period.0)) as f64 / self.period.0 as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_over_a_span_is_that_of_many_instants_in_it() {
        let hour = Span::from_secs(3600).0;
        let swing =
            Swing { amplitude: 0.7, period: Span(5 * hour), peak: Span(11 * hour), warm_up: Span(2 * hour) };
        assert_eq!(swing.at(SimTime(13 * hour)), swing.highest());
        for begins in [0, hour / 2, 40 * hour] {
            let points = 1000;
            let at = |k: u64| SimTime(begins + (2 * k + 1) * hour / (2 * points));
            let mean = (0..points).map(|k| swing.at(at(k))).sum::<f64>() / points as f64;
            let exact = swing.over(SimTime(begins), SimTime(begins + hour));
            assert!((mean - exact).abs() < 1e-6, "{begins}: {mean} and {exact}");
        }
    }
}
