//! A queue whose customers give up after a patience of any law.
//!
//! Handling is exponential and the order is first come, first served. Knows no limit on places.
//! Invariant: with exponential patience this is Erlang A, with endless patience Erlang C.

use super::demand::Demand;
use super::erlang_b::inverse_erlang_b;
use super::law::Law;
use super::service_level::Base;
use crate::special::{first_true, integrate};

/// A queue with patience of any law in balance.
///
/// Shares are of all calls. Who has a patience of 0 and finds nobody idle counts as abandoned after a wait of 0.
#[derive(Clone, Debug, PartialEq)]
pub struct GeneralPatience {
    /// Share of calls that find nobody idle.
    pub delayed: f64,
    /// Share of calls that abandon.
    pub abandonment: f64,
    /// Mean wait of all calls in seconds, however they end.
    pub mean_wait_s: f64,
    /// Mean wait of answered calls in seconds (ASA); 0 if none is answered.
    pub asa_s: f64,
    /// Mean time in seconds that a call of endless patience would wait.
    pub offered_wait_s: f64,
    /// Mean number waiting.
    pub mean_queue: f64,
    /// Share of the agents' time spent handling; 0 without agents.
    pub occupancy: f64,
    patience: Law,
    /// `None` where nobody waits or waits have no end.
    waits: Option<OfferedWait>,
}

/// Integrals are taken to this relative accuracy.
const TOLERANCE: f64 = 1e-11;

/// The density of the offered wait is left out where it is below e^(−60) of its peak.
const NEGLIGIBLE: f64 = 60.0;

/// M/M/n+G (Baccelli and Hebuterne 1981; Zeltyn and Mandelbaum 2005).
///
/// With H(x) = E min(patience, x), the offered wait has a density proportional to v(x) = exp(λ H(x) − nμx) above 0, and
/// P(delayed) = λJ ÷ (1/B(n − 1) + λJ), J = ∫ v, B(n − 1) of Erlang B. Given v, a call is answered if its patience lasts
/// longer than x. The logarithm of v is concave: it is integrated on both sides of its peak, relative to it.
///
/// Patience and balking of the demand are ignored: `patience` says both (balking is a patience of 0). Without agents
/// everyone abandons. Where more than the capacity never give up, waits are infinite and none is answered in any time.
///
/// ```
/// use holdtime::analytics::{Demand, Law, general_patience};
/// // 5.2 calls a minute of 2 minutes each, 10 agents, lognormal patience of 4 ± 6 minutes.
/// let queue = general_patience(&Demand::new(5.2 / 60.0, 120.0), &Law::lognormal(240.0, 1.5), 10);
/// assert!((queue.abandonment - 0.1183).abs() < 0.0001);
/// assert!((queue.asa_s - 27.2).abs() < 0.1);
/// ```
#[must_use]
pub fn general_patience(demand: &Demand, patience: &Law, agents: u32) -> GeneralPatience {
    let (n, arrivals) = (f64::from(agents), demand.arrivals_per_s);
    let queue = GeneralPatience {
        delayed: 0.0,
        abandonment: 0.0,
        mean_wait_s: 0.0,
        asa_s: 0.0,
        offered_wait_s: 0.0,
        mean_queue: 0.0,
        occupancy: 0.0,
        patience: patience.clone(),
        waits: None,
    };
    if agents == 0 {
        let never = patience.never_share();
        let mean_wait_s = patience.mean();
        return GeneralPatience {
            delayed: 1.0,
            abandonment: 1.0 - never,
            mean_wait_s,
            asa_s: if never > 0.0 { f64::INFINITY } else { 0.0 },
            offered_wait_s: f64::INFINITY,
            mean_queue: if arrivals == 0.0 { 0.0 } else { arrivals * mean_wait_s },
            ..queue
        };
    }
    if arrivals == 0.0 {
        return queue;
    }
    let capacity = n / demand.mean_handling_s;
    if arrivals * patience.never_share() >= capacity {
        return GeneralPatience {
            delayed: 1.0,
            // All others give up, whatever their patience.
            abandonment: 1.0 - patience.never_share(),
            mean_wait_s: f64::INFINITY,
            asa_s: f64::INFINITY,
            offered_wait_s: f64::INFINITY,
            mean_queue: f64::INFINITY,
            occupancy: 1.0,
            ..queue
        };
    }
    let mut waits = OfferedWait::new(arrivals, capacity, patience);
    let [all, abandoned, answered, wait, answered_wait, offered_wait] =
        integrate(&waits.ends(0.0, f64::INFINITY), TOLERANCE, |x| {
            let (density, survival) = (waits.relative(patience, x), patience.survival(x));
            [
                density,
                density * patience.cdf(x),
                density * survival,
                density * patience.mean_until(x),
                density * survival * x,
                density * x,
            ]
        });
    let nobody_waits = inverse_erlang_b(demand.load(), agents - 1) * libm::exp(-waits.peak);
    let delayed = 1.0 / (1.0 + nobody_waits / (arrivals * all));
    let factor = delayed / all;
    waits.factor = factor;
    let abandonment = (factor * abandoned).min(1.0);
    let share_answered = 1.0 - delayed + factor * answered;
    GeneralPatience {
        delayed,
        abandonment,
        mean_wait_s: factor * wait,
        asa_s: if share_answered > 0.0 { factor * answered_wait / share_answered } else { 0.0 },
        offered_wait_s: factor * offered_wait,
        mean_queue: arrivals * factor * wait,
        occupancy: (demand.load() * share_answered / n).min(1.0),
        waits: Some(waits),
        ..queue
    }
}

impl GeneralPatience {
    /// Share of calls answered within so many seconds of wait.
    #[must_use]
    pub fn answered_within(&self, seconds: f64) -> f64 {
        if seconds < 0.0 {
            return 0.0;
        }
        let Some(waits) = &self.waits else { return 1.0 - self.delayed };
        let [answered] = integrate(&waits.ends(0.0, seconds), TOLERANCE, |x| {
            [waits.relative(&self.patience, x) * self.patience.survival(x)]
        });
        (1.0 - self.delayed + waits.factor * answered).clamp(0.0, 1.0)
    }

    /// Share of calls that abandon within so many seconds of wait, those with a patience of 0 included.
    #[must_use]
    pub fn abandoned_within(&self, seconds: f64) -> f64 {
        if seconds < 0.0 {
            return 0.0;
        }
        let Some(waits) = &self.waits else { return self.delayed * self.patience.cdf(seconds) };
        let [before] = integrate(&waits.ends(0.0, seconds), TOLERANCE, |x| {
            [waits.relative(&self.patience, x) * self.patience.cdf(x)]
        });
        let given_up = waits.factor * before + self.patience.cdf(seconds) * self.offered_wait_beyond(seconds);
        given_up.clamp(0.0, self.abandonment)
    }

    /// Share of calls that would wait longer than so many seconds if their patience had no end.
    #[must_use]
    pub fn offered_wait_beyond(&self, seconds: f64) -> f64 {
        let Some(waits) = &self.waits else { return self.delayed };
        let [beyond] =
            integrate(
                &waits.ends(seconds, f64::INFINITY),
                TOLERANCE,
                |x| [waits.relative(&self.patience, x)],
            );
        (waits.factor * beyond).min(self.delayed)
    }

    /// Service level: the share answered within so many seconds, of a base; 0 where the base is empty.
    ///
    /// ```
    /// use holdtime::analytics::{Base, Demand, Law, general_patience};
    /// let patience = Law::hyperexponential(&[(0.4, 30.0), (0.6, 600.0)]);
    /// let queue = general_patience(&Demand::new(0.5, 240.0), &patience, 118);
    /// assert!((queue.service_level(20.0, Base::Entered) - 0.8916).abs() < 0.0001);
    /// ```
    #[must_use]
    pub fn service_level(&self, within_s: f64, base: Base) -> f64 {
        let base = match base {
            Base::Entered => 1.0,
            Base::Answered => 1.0 - self.abandonment,
            Base::EnteredLessShort { short_s } => 1.0 - self.abandoned_within(short_s),
        };
        if base <= 0.0 { 0.0 } else { (self.answered_within(within_s) / base).min(1.0) }
    }

    /// The wait in seconds that a share of all calls, 0 to 1, does not exceed, however they end.
    ///
    /// 0 up to the share that does not wait; infinite for a share of 1 if anybody waits, and where waits have no end.
    #[must_use]
    pub fn wait_quantile_s(&self, share: f64) -> f64 {
        let beyond = 1.0 - share;
        let left = |seconds: f64| self.patience.survival(seconds) * self.offered_wait_beyond(seconds);
        if left(0.0) <= beyond {
            return 0.0;
        }
        let Some(waits) = &self.waits else { return f64::INFINITY };
        if beyond <= 0.0 || left(waits.high) > beyond {
            return f64::INFINITY;
        }
        first_true(waits.low, waits.high, |seconds| left(seconds) <= beyond)
    }
}

/// The density of the offered wait above 0, up to a factor.
#[derive(Clone, Debug, PartialEq)]
struct OfferedWait {
    arrivals: f64,
    capacity: f64,
    /// Where the density is largest, and the logarithm of v there.
    mode: f64,
    peak: f64,
    /// Where it begins and ends to count.
    low: f64,
    high: f64,
    jumps: Vec<f64>,
    /// From the density relative to its peak to the share of calls.
    factor: f64,
}

impl OfferedWait {
    /// For a share that never gives up below the capacity.
    fn new(arrivals: f64, capacity: f64, patience: &Law) -> Self {
        let height = |x: f64| arrivals * patience.mean_until(x) - capacity * x;
        let falls = |x: f64| arrivals * patience.survival(x) <= capacity;
        let mut far = 1.0 / capacity;
        while !falls(far) && far < 1e300 {
            far *= 2.0;
        }
        let mode = first_true(0.0, far, falls);
        let peak = height(mode);
        let mut step = 1.0 / capacity;
        while peak - height(mode + step) < NEGLIGIBLE {
            step *= 2.0;
        }
        let high = coarse(mode, mode + step, |x| peak - height(x) >= NEGLIGIBLE);
        let low =
            if peak <= NEGLIGIBLE { 0.0 } else { coarse(0.0, mode, |x| peak - height(x) <= NEGLIGIBLE) };
        let mut jumps = patience.jumps();
        jumps.sort_by(f64::total_cmp);
        Self { arrivals, capacity, mode, peak, low, high, jumps, factor: 1.0 }
    }

    fn relative(&self, patience: &Law, x: f64) -> f64 {
        libm::exp(self.arrivals * patience.mean_until(x) - self.capacity * x - self.peak)
    }

    /// The ends of panels from one time to another.
    fn ends(&self, from: f64, to: f64) -> Vec<f64> {
        let (from, to) = (from.clamp(self.low, self.high), to.clamp(self.low, self.high));
        let inner = self.jumps.iter().copied().chain([self.mode]).filter(|end| *end > from && *end < to);
        let mut ends: Vec<f64> = inner.chain([from, to]).collect();
        ends.sort_by(f64::total_cmp);
        ends
    }
}

/// The least x at which a claim is true, to a thousandth of the range.
fn coarse(low: f64, high: f64, claim: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (low, high);
    for _ in 0..10 {
        let middle = 0.5 * (low + high);
        if claim(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{erlang_a, erlang_c};
    use super::*;

    const MINUTE: f64 = 60.0;

    fn assert_close(what: &str, pairs: &[(f64, f64)], relative: f64) {
        for (i, (found, expected)) in pairs.iter().enumerate() {
            let bound = relative * expected.abs().max(1e-3);
            assert!((found - expected).abs() <= bound, "{what}, pair {i}: {found}, not {expected}");
        }
    }

    #[test]
    fn known_values() {
        let patience = Law::lognormal(4.0 * MINUTE, 1.5);
        let queue = general_patience(&Demand::new(5.2 / MINUTE, 2.0 * MINUTE), &patience, 10);
        let short = |short_s| Base::EnteredLessShort { short_s };
        assert_close(
            "lognormal patience",
            &[
                (queue.delayed, 0.685_092_883_5),
                (queue.abandonment, 0.118_256_377),
                (queue.mean_wait_s / MINUTE, 0.484_688_574_5),
                (queue.asa_s / MINUTE, 0.453_963_464_2),
                (queue.offered_wait_s / MINUTE, 0.553_309_141_9),
                (queue.mean_queue, 2.520_380_588),
                (queue.occupancy, 0.917_013_368),
                (queue.service_level(20.0, Base::Entered), 0.476_709_732_9),
                (queue.service_level(20.0, Base::Answered), 0.540_644_378_3),
                (queue.service_level(20.0, short(20.0)), 0.488_008_110_4),
                (queue.answered_within(20.0) + queue.abandoned_within(20.0), 0.499_861_761),
                (queue.service_level(60.0, Base::Entered), 0.737_820_602_2),
                (queue.service_level(60.0, short(60.0)), 0.812_637_352_5),
            ],
            1e-9,
        );
        let patience = Law::hyperexponential(&[(0.4, 0.5 * MINUTE), (0.6, 10.0 * MINUTE)]);
        let queue = general_patience(&Demand::new(30.0 / MINUTE, 4.0 * MINUTE), &patience, 118);
        assert_close(
            "patient and impatient customers",
            &[
                (queue.delayed, 0.434_868_844),
                (queue.abandonment, 0.055_530_433_22),
                (queue.mean_wait_s / MINUTE, 0.074_596_670_93),
                (queue.asa_s / MINUTE, 0.071_513_555_79),
                (queue.offered_wait_s / MINUTE, 0.083_428_479_85),
                (queue.mean_queue, 2.237_900_128),
                (queue.occupancy, 0.960_477_525_5),
                (queue.service_level(20.0, Base::Entered), 0.891_554_274_2),
                (queue.service_level(20.0, Base::Answered), 0.943_973_533_5),
                (queue.service_level(20.0, short(20.0)), 0.940_609_957_8),
                (queue.service_level(60.0, Base::Answered), 0.999_942_964_6),
            ],
            1e-9,
        );
    }

    #[test]
    fn exponential_patience_is_erlang_a_and_endless_patience_erlang_c() {
        for (agents, rho) in
            [(1, 0.5), (1, 1.5), (20, 0.9), (100, 1.2), (5_000, 0.999), (100_000, 1.0), (100_000, 1.3)]
        {
            let demand = Demand::new(rho * f64::from(agents) / 300.0, 300.0);
            for (patience, balking) in [(20.0, 0.0), (200.0, 0.0), (200.0, 0.3)] {
                let law = Law::mixture(vec![
                    (balking, Law::constant(0.0)),
                    (1.0 - balking, Law::exponential(patience)),
                ]);
                let a = erlang_a(&demand.with_patience(patience).with_balking(balking), agents);
                let g = general_patience(&demand, &law, agents);
                let pairs = [
                    (g.delayed, a.delayed),
                    (g.abandonment, a.abandonment),
                    (g.mean_wait_s, a.mean_wait_s),
                    (g.asa_s, a.asa_s),
                    (g.mean_queue, a.mean_queue),
                    (g.occupancy, a.occupancy),
                    (g.answered_within(20.0), a.answered_within(20.0)),
                    (g.abandoned_within(5.0), a.abandoned_within(5.0)),
                    (g.wait_quantile_s(0.9), a.wait_quantile_s(0.9)),
                ];
                assert_close(&format!("{agents} agents, ρ = {rho}, {law:?}"), &pairs, 1e-7);
            }
            if rho < 1.0 {
                let (c, g) = (erlang_c(&demand, agents), general_patience(&demand, &Law::never(), agents));
                let pairs = [
                    (g.delayed, c.delayed),
                    (g.mean_wait_s, c.mean_wait_s),
                    (g.asa_s, c.mean_wait_s),
                    (g.answered_within(20.0), c.answered_within(20.0)),
                    (g.abandonment, 0.0),
                ];
                assert_close(&format!("{agents} agents, ρ = {rho}, endless"), &pairs, 1e-8);
            }
        }
    }

    #[test]
    fn constant_patience_of_one_agent_has_a_closed_form() {
        // M/M/1+D: v(x) = e^((λ − μ) x) up to c, then e^(λc − μx).
        let (arrivals, handling, c) = (0.02, 60.0, 45.0);
        let mu = 1.0 / handling;
        let queue = general_patience(&Demand::new(arrivals, handling), &Law::constant(c), 1);
        let drift = arrivals - mu;
        let up_to_c = f64::exp_m1(drift * c) / drift;
        let beyond = (drift * c).exp() / mu;
        let idle = 1.0 / (1.0 + arrivals * (up_to_c + beyond));
        let pairs = [
            (queue.delayed, 1.0 - idle),
            (queue.abandonment, idle * arrivals * beyond),
            (queue.abandoned_within(c - 1e-9), 0.0),
            (queue.abandoned_within(c), queue.abandonment),
            (queue.answered_within(c), 1.0 - queue.abandonment),
        ];
        assert_close("M/M/1+D", &pairs, 1e-9);
    }

    #[test]
    fn edges_of_load_agents_and_patience() {
        let nobody = general_patience(&Demand::new(0.5, 300.0), &Law::gamma(60.0, 0.5), 0);
        assert_eq!((nobody.delayed, nobody.abandonment, nobody.answered_within(1e9)), (1.0, 1.0, 0.0));
        assert!((nobody.mean_wait_s - 60.0).abs() < 1e-9 && (nobody.mean_queue - 30.0).abs() < 1e-9);
        assert!((nobody.abandoned_within(1e4) - 1.0).abs() < 1e-9);
        let idle = general_patience(&Demand::new(0.0, 300.0), &Law::gamma(60.0, 0.5), 2);
        assert_eq!((idle.delayed, idle.mean_wait_s, idle.answered_within(0.0)), (0.0, 0.0, 1.0));
        // Half never give up, and they alone are more than the agents can answer.
        let half = Law::mixture(vec![(0.5, Law::never()), (0.5, Law::exponential(60.0))]);
        let lost = general_patience(&Demand::new(1.0, 300.0), &half, 140);
        assert_eq!((lost.mean_wait_s, lost.answered_within(1e9), lost.occupancy), (f64::INFINITY, 0.0, 1.0));
        assert_eq!(lost.wait_quantile_s(0.9), f64::INFINITY);
        let kept = general_patience(&Demand::new(1.0, 300.0), &half, 160);
        assert!(kept.mean_wait_s.is_finite() && (kept.occupancy - 1.0).abs() < 1e-3, "{kept:?}");
        // Who has no patience at all is lost when nobody is idle: Erlang B.
        let loss = general_patience(&Demand::new(0.5, 300.0), &Law::constant(0.0), 150);
        assert!((loss.abandonment - super::super::erlang_b(150.0, 150)).abs() < 1e-9, "{loss:?}");
        assert_eq!(loss.mean_wait_s, 0.0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn what_comes_in_goes_out(
            agents in 1..3_000_u32,
            rho in 0.2..2.0_f64,
            patience in 2.0..900.0_f64,
            spread in 0.2..3.0_f64,
            kind in 0..4_usize,
        ) {
            let law = match kind {
                0 => Law::lognormal(patience, spread),
                1 => Law::gamma(patience, spread),
                2 => Law::weibull(patience, spread),
                _ => Law::mixture(vec![(0.1, Law::constant(0.0)), (0.5, Law::constant(patience)), (0.4, Law::lognormal(patience, spread))]),
            };
            let demand = Demand::new(rho * f64::from(agents) / 240.0, 240.0);
            let queue = general_patience(&demand, &law, agents);
            prop_assert!((1.0 - queue.abandonment - queue.occupancy / rho).abs() < 1e-8, "{queue:?}");
            prop_assert!(queue.abandonment >= 1.0 - 1.0 / rho - 1e-9);
            let all = queue.answered_within(1e5) + queue.abandoned_within(1e5);
            prop_assert!((all - 1.0).abs() < 1e-6, "{all}");
            let wait = queue.wait_quantile_s(0.8);
            prop_assert!(wait >= 0.0 && (wait == 0.0 || queue.answered_within(wait) + queue.abandoned_within(wait) > 0.8 - 1e-6));
        }
    }
}
