//! How many agents would be busy at each time if nobody ever had to wait, while the rate of calls changes.
//!
//! Knows no limit on agents, so no queue. Invariant: with a rate that has been constant for longer than any handling, this is
//! λ × mean handling time.

use super::law::Law;
use crate::special::integrate;

/// Arrivals by intervals of one length, from time 0 on; none before and none after.
///
/// ```
/// use holdtime::analytics::{Law, RateProfile};
/// // Half-hours with 90 and 180 calls of exactly 6 minutes each.
/// let day = RateProfile::new(1800.0, vec![90.0 / 1800.0, 180.0 / 1800.0]);
/// let handling = Law::constant(360.0);
/// assert!((day.load(&handling, 180.0) - 9.0).abs() < 1e-9);
/// assert!((day.load(&handling, 1800.0) - 18.0).abs() < 1e-9);
/// assert!((day.load(&handling, 2160.0) - 36.0).abs() < 1e-9);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RateProfile {
    interval_s: f64,
    arrivals_per_s: Vec<f64>,
}

impl RateProfile {
    /// The length of the intervals in seconds, and Poisson arrivals per second in each.
    ///
    /// # Panics
    /// If the length is not above 0 and finite, or a rate negative or not finite.
    #[must_use]
    pub fn new(interval_s: f64, arrivals_per_s: Vec<f64>) -> Self {
        assert!(interval_s > 0.0 && interval_s.is_finite(), "interval: {interval_s}");
        assert!(
            arrivals_per_s.iter().all(|rate| *rate >= 0.0 && rate.is_finite()),
            "rates: {arrivals_per_s:?}"
        );
        Self { interval_s, arrivals_per_s }
    }

    /// Length of an interval in seconds.
    #[must_use]
    pub fn interval_s(&self) -> f64 {
        self.interval_s
    }

    /// Arrivals per second in each interval.
    #[must_use]
    pub fn rates(&self) -> &[f64] {
        &self.arrivals_per_s
    }

    /// Arrivals per second at a time; that of the later interval where two meet.
    #[must_use]
    pub fn rate(&self, seconds: f64) -> f64 {
        if seconds < 0.0 {
            return 0.0;
        }
        self.arrivals_per_s.get((seconds / self.interval_s) as usize).copied().unwrap_or(0.0)
    }

    /// Mean arrivals per second between two times, the first before the second.
    #[must_use]
    pub fn mean_rate(&self, from_s: f64, to_s: f64) -> f64 {
        let calls: f64 = self
            .intervals()
            .map(|(start, rate)| rate * ((start + self.interval_s).min(to_s) - start.max(from_s)).max(0.0))
            .sum();
        calls / (to_s - from_s)
    }

    /// Offered load at a time in erlangs, from empty at 0: m(t) = Σ λ(i) ∫ P(handling > t − u) du over each interval i before t
    /// (Palm 1943; Eick, Massey and Whitt 1993). The number of busy agents is Poisson with this mean if there are always enough.
    #[must_use]
    pub fn load(&self, handling: &Law, seconds: f64) -> f64 {
        self.intervals()
            .take_while(|(start, _)| *start < seconds)
            .map(|(start, rate)| {
                let (longest, shortest) = (seconds - start, (seconds - start - self.interval_s).max(0.0));
                rate * (handling.mean_until(longest) - handling.mean_until(shortest))
            })
            .sum()
    }

    /// Offered load on average over an interval, in erlangs.
    ///
    /// # Panics
    /// If there is no such interval.
    #[must_use]
    pub fn mean_load(&self, handling: &Law, interval: usize) -> f64 {
        assert!(interval < self.arrivals_per_s.len(), "interval {interval} of {}", self.arrivals_per_s.len());
        let start = interval as f64 * self.interval_s;
        // The load bends where a handling of constant length that began with an interval ends.
        let mut ends: Vec<f64> = (0..=interval)
            .flat_map(|i| handling.jumps().into_iter().map(move |jump| (i as f64, jump)))
            .map(|(i, jump)| i * self.interval_s + jump)
            .filter(|end| *end > start && *end < start + self.interval_s)
            .chain([start, start + self.interval_s])
            .collect();
        ends.sort_by(f64::total_cmp);
        integrate(&ends, 1e-9, |seconds| [self.load(handling, seconds)])[0] / self.interval_s
    }

    fn intervals(&self) -> impl Iterator<Item = (f64, f64)> {
        self.arrivals_per_s.iter().enumerate().map(|(i, rate)| (i as f64 * self.interval_s, *rate))
    }
}

/// Offered load at a time in erlangs for any rate, from empty at `from_s`: m(t) = ∫ λ(u) P(handling > t − u) du. The rate is a
/// function of time, smooth within a mean handling time.
///
/// ```
/// use holdtime::analytics::{Law, offered_load};
/// let rate = |minutes: f64| 10.0 + 5.0 * (minutes / 20.0).sin();
/// let load = offered_load(rate, &Law::lognormal(6.0, 1.2), 0.0, 30.0);
/// assert!((load - 83.888).abs() < 0.001);
/// ```
#[must_use]
pub fn offered_load(rate: impl Fn(f64) -> f64, handling: &Law, from_s: f64, seconds: f64) -> f64 {
    if seconds <= from_s {
        return 0.0;
    }
    let (mean, span) = (handling.mean(), seconds - from_s);
    // Panels by age: fine where handlings end, and none beyond two means long.
    let mut ends: Vec<f64> = [0.0, 0.01, 0.1, 0.5, 1.0].into_iter().map(|factor| factor * mean).collect();
    let far = (0.5 * span / mean).min(1_000.0) as usize;
    ends.extend((1..=far).map(|i| 2.0 * mean * i as f64));
    ends.extend(handling.jumps());
    ends.retain(|age| *age < span);
    ends.push(span);
    ends.sort_by(f64::total_cmp);
    integrate(&ends, 1e-11, |age| [rate(seconds - age) * handling.survival(age)])[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        let rate = |minutes: f64| 10.0 + 5.0 * (minutes / 20.0).sin();
        let handling = Law::lognormal(6.0, 1.2);
        for (minutes, expected) in
            [(10.0, 54.755_544_14), (30.0, 83.888_248_32), (60.0, 71.682_355_48), (120.0, 44.598_991_19)]
        {
            let found = offered_load(rate, &handling, 0.0, minutes);
            assert!((found / expected - 1.0).abs() < 1e-9, "{minutes}: {found}, not {expected}");
        }
    }

    #[test]
    fn a_sine_wave_and_exponential_handling_have_a_closed_form() {
        // λ(t) = 100 + 20 sin t, handling of mean 1, long since begun: m(t) = 100 + 10 (sin t − cos t).
        for t in [30.0_f64, 33.3, 36.0] {
            let found = offered_load(|t| 100.0 + 20.0 * t.sin(), &Law::exponential(1.0), -40.0, t);
            assert!((found - (100.0 + 10.0 * (t.sin() - t.cos()))).abs() < 1e-7, "{t}: {found}");
        }
    }

    #[test]
    fn steps_and_functions_agree_for_every_law() {
        let day = RateProfile::new(30.0, vec![3.0, 7.0, 0.0, 4.0]);
        for handling in [
            Law::exponential(8.0),
            Law::gamma(8.0, 0.4),
            Law::lognormal(8.0, 1.4),
            Law::constant(8.0),
            Law::weibull(40.0, 0.8),
        ] {
            for minutes in [0.0, 4.0, 29.0, 61.0, 100.0, 150.0, 300.0] {
                let steps = day.load(&handling, minutes);
                // Each interval for itself: the function must be smooth.
                let each = |i: usize| {
                    let start = 30.0 * i as f64;
                    let rate = day.rates()[i];
                    let until = |to: f64| offered_load(|_| rate, &handling, start, to);
                    if minutes <= start + 30.0 {
                        return until(minutes);
                    }
                    let ages = [minutes - start - 30.0, minutes - start];
                    let mut ends: Vec<f64> = handling.jumps();
                    ends.retain(|jump| *jump > ages[0] && *jump < ages[1]);
                    ends.extend(ages);
                    ends.sort_by(f64::total_cmp);
                    integrate(&ends, 1e-11, |age| [rate * handling.survival(age)])[0]
                };
                let sum: f64 = (0..4).map(each).sum();
                assert!((steps - sum).abs() < 1e-8, "{handling:?} at {minutes}: {steps}, not {sum}");
            }
            let mean = day.mean_load(&handling, 1);
            let points = 3_000;
            let slow: f64 =
                (0..points).map(|i| day.load(&handling, 30.0 + (f64::from(i) + 0.5) / 100.0)).sum::<f64>()
                    / f64::from(points);
            assert!((mean / slow - 1.0).abs() < 1e-6, "{handling:?}: {mean}, not {slow}");
        }
    }

    #[test]
    fn edges_of_time_and_rate() {
        let day = RateProfile::new(10.0, vec![1.0, 2.0]);
        assert_eq!((day.rate(-1.0), day.rate(0.0), day.rate(10.0), day.rate(20.0)), (0.0, 1.0, 2.0, 0.0));
        assert_eq!((day.load(&Law::exponential(5.0), 0.0), day.load(&Law::constant(0.0), 7.0)), (0.0, 0.0));
        assert!(
            (day.mean_rate(-10.0, 10.0) - 0.5).abs() < 1e-15
                && (day.mean_rate(5.0, 15.0) - 1.5).abs() < 1e-15
        );
        assert_eq!(offered_load(|_| 1.0, &Law::exponential(5.0), 3.0, 3.0), 0.0);
        // Who is never done stays for ever.
        assert!((day.load(&Law::never(), 1e6) - 30.0).abs() < 1e-6);
    }
}
