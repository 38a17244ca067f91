//! A law given that its value lies in a window [low, high].
//!
//! Sampled by rejection, at most 64 draws, then by bisection of the cdf: always ends. A window that holds less than a
//! tenth of the probability is bisected at once.

use super::dist::Dist;
use super::error::{self, DistError, LONGEST};
use super::key::Stream;
use super::moments::Moments;
use crate::special::first_true;

/// A window with less probability than this is taken for a mistake.
const LEAST_PROBABILITY: f64 = 1e-6;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Truncated {
    inner: Dist,
    low: f64,
    high: f64,
    /// P(X < low).
    below: f64,
    /// P(low ≤ X ≤ high).
    inside: f64,
}

impl Truncated {
    pub fn new(inner: Dist, low: f64, high: f64) -> Result<Self, DistError> {
        if !(-LONGEST..=LONGEST).contains(&low) {
            return Err(error::refused("low", low, "-1e12 to 1e12"));
        }
        if high.is_nan() || high < low {
            return Err(error::refused("high", high, "at least `low`"));
        }
        // No law that passes its own constructor has a visible share above this.
        let high = high.min(1e6 * LONGEST);
        let below = inner.cdf(low.next_down());
        let inside = inner.cdf(high) - below;
        if inside < LEAST_PROBABILITY {
            return Err(DistError {
                parameter: "high",
                found: format!("{high}, which with `low` {low} leaves a window of probability {inside:.1e}"),
                allowed: "a window of probability 1e-6 or more",
            });
        }
        Ok(Self { inner, low, high, below, inside })
    }

    pub fn scaled(&self, factor: f64) -> Result<Self, DistError> {
        Self::new(self.inner.scaled(factor)?, self.low * factor, self.high * factor)
    }

    pub fn sample(&self, stream: &mut Stream) -> f64 {
        if self.inside >= 0.1 {
            for _ in 0..64 {
                let x = self.inner.sample(stream);
                if (self.low..=self.high).contains(&x) {
                    return x;
                }
            }
        }
        self.inverse(stream.uniform_open())
    }

    /// The least x of the window with a share of at least `u` at or below it.
    fn inverse(&self, u: f64) -> f64 {
        let share = self.below + u * self.inside;
        // A bracket as short as possible, so that bisection reaches the last bit also in a window without end.
        let mut top = (self.low.max(0.0) + 1.0).min(self.high);
        while top < self.high && self.inner.cdf(top) < share {
            top = (2.0 * top).min(self.high);
        }
        first_true(self.low, top, |x| self.inner.cdf(x) >= share)
    }

    pub fn min(&self) -> f64 {
        self.inner.min().max(self.low)
    }

    pub fn mean(&self) -> f64 {
        self.moments_up_to(self.high).first
    }

    pub fn variance(&self) -> f64 {
        let whole = self.moments_up_to(self.high);
        (whole.second - whole.first * whole.first).max(0.0)
    }

    pub fn cdf(&self, x: f64) -> f64 {
        if x < self.low {
            0.0
        } else {
            ((self.inner.cdf(x.min(self.high)) - self.below) / self.inside).clamp(0.0, 1.0)
        }
    }

    pub fn moments_up_to(&self, x: f64) -> Moments {
        if x < self.low {
            return Moments::default();
        }
        let window =
            self.inner.moments_up_to(x.min(self.high)).less(self.inner.moments_up_to(self.low.next_down()));
        Moments::default().plus(1.0 / self.inside, window)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Dist;
    use super::super::goodness::{assert_fits, assert_moves_in_step, samples};
    use statrs::distribution::{ContinuousCDF, Gamma, LogNormal};

    fn window(cdf: impl Fn(f64) -> f64, low: f64, high: f64) -> impl Fn(f64) -> f64 {
        let (below, above) = (cdf(low), cdf(high));
        move |x| ((cdf(x.clamp(low, high)) - below) / (above - below)).clamp(0.0, 1.0)
    }

    #[test]
    fn it_fits_its_law_whether_rejected_or_bisected() {
        let gamma = Gamma::new(4.0, 4.0 / 200.0).unwrap();
        // Probabilities of about 0.9, 0.03 and 0.0002.
        for (low, high) in [(60.0, 350.0), (0.0, 50.0), (800.0, f64::INFINITY)] {
            let dist = Dist::truncated(Dist::gamma(200.0, 0.5).unwrap(), low, high).unwrap();
            assert_fits(&dist, window(|x| if x <= 0.0 { 0.0 } else { gamma.cdf(x.min(1e9)) }, low, high));
            assert_moves_in_step(&dist, &dist.scaled(1.1).unwrap(), 1.1);
        }
    }

    #[test]
    fn lognormal_and_shifted_windows_fit() {
        let sigma = 2.0_f64.ln().sqrt();
        let reference = LogNormal::new(300.0_f64.ln() - 0.5 * sigma * sigma, sigma).unwrap();
        let cdf = |x: f64| if x <= 0.0 { 0.0 } else { reference.cdf(x) };
        let talk = Dist::lognormal(300.0, 1.0).unwrap();
        assert_fits(&Dist::truncated(talk.clone(), 20.0, 1800.0).unwrap(), window(cdf, 20.0, 1800.0));
        let shifted = Dist::shifted(talk, 30.0).unwrap();
        assert_fits(&Dist::truncated(shifted, 50.0, 600.0).unwrap(), window(|x| cdf(x - 30.0), 50.0, 600.0));
    }

    #[test]
    fn a_point_mass_at_the_edge_belongs_to_the_window() {
        let table = Dist::empirical(&[(10.0, 1.0), (20.0, 1.0), (30.0, 2.0)]).unwrap();
        let dist = Dist::truncated(table, 20.0, 30.0).unwrap();
        assert_fits(&dist, |x| {
            if x < 20.0 {
                0.0
            } else if x < 30.0 {
                1.0 / 3.0
            } else {
                1.0
            }
        });
        let point =
            Dist::truncated(Dist::shifted(Dist::constant(10.0).unwrap(), -5.0).unwrap(), 5.0, 5.0).unwrap();
        assert!(samples(&point).iter().all(|x| *x == 5.0));
    }

    #[test]
    fn a_window_without_probability_is_refused() {
        let error = Dist::truncated(Dist::exponential(60.0).unwrap(), 900.0, 1800.0).unwrap_err();
        assert!(error.to_string().contains("a window of probability 3.1e-7"), "{error}");
        assert!(Dist::truncated(Dist::constant(5.0).unwrap(), 6.0, f64::INFINITY).is_err());
        assert!(Dist::truncated(Dist::constant(5.0).unwrap(), 6.0, 4.0).is_err());
    }
}
