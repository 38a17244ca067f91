//! Erlang A: customers give up when their patience ends.

use super::demand::Demand;
use super::erlang_b::inverse_erlang_b;
use super::waiting_line::WaitingLine;
use crate::special::{first_true, gamma_p};

/// A queue with abandonment in balance.
///
/// Shares are of all calls. Who leaves at once because nobody is idle (balking) counts as abandoned after a wait of 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErlangA {
    /// Share of calls that find nobody idle.
    pub delayed: f64,
    /// Share of calls that abandon.
    pub abandonment: f64,
    /// Mean wait of all calls in seconds, however they end.
    pub mean_wait_s: f64,
    /// Mean wait of answered calls in seconds (ASA); 0 if none is answered.
    pub asa_s: f64,
    /// Mean number waiting.
    pub mean_queue: f64,
    /// Share of the agents' time spent handling; 0 without agents.
    pub occupancy: f64,
    demand: Demand,
    agents: u32,
}

/// M/M/n+M (Palm 1943; Garnett, Mandelbaum and Reiman 2002), with balking.
///
/// Given that nobody is idle, j wait with a probability proportional to λ'ʲ ÷ Π(nμ + kθ), λ' being the arrivals that do
/// not balk; the states below follow Erlang B. All sums hold positive terms only: see the module of the waiting line.
///
/// Without agents everyone abandons. At zero load nobody waits, unless there are no agents. A load above capacity is no
/// edge: abandonment balances it; but with patience without end the line has no end either, waits are infinite, and none
/// is answered within any time. With patience without end and a load below capacity this is Erlang C.
///
/// ```
/// use holdtime::analytics::{Demand, erlang_a};
/// // 48 calls a minute of one minute each, patience two minutes.
/// let queue = erlang_a(&Demand::new(0.8, 60.0).with_patience(120.0), 50);
/// assert!((queue.abandonment - 0.031).abs() < 0.001);
/// assert!((queue.answered_within(20.0) - 0.943).abs() < 0.001);
/// ```
#[must_use]
pub fn erlang_a(demand: &Demand, agents: u32) -> ErlangA {
    let (load, n) = (demand.load(), f64::from(agents));
    let (joining, patience_s) = (1.0 - demand.balking, demand.mean_patience_s);
    let delayed = delayed(demand, agents);
    let Some(line) = line_at(demand, agents, 0.0) else {
        return ErlangA {
            delayed,
            abandonment: demand.balking,
            mean_wait_s: f64::INFINITY,
            asa_s: f64::INFINITY,
            mean_queue: if load == 0.0 { 0.0 } else { f64::INFINITY },
            occupancy: if agents == 0 { 0.0 } else { 1.0 },
            demand: *demand,
            agents,
        };
    };
    // The share of those who join the line that gives up, their mean wait, and the unit of the line's passage.
    let (giving_up, joined_wait_s, passage_unit_s) = if patience_s < f64::INFINITY {
        let y = demand.arrivals_per_s * joining * patience_s;
        // At a load that vanishes, whichever comes first: the end of patience or of one of n handlings.
        let share =
            if y > 0.0 { line.mean / y } else { 1.0 / (1.0 + n * patience_s / demand.mean_handling_s) };
        (share, share * patience_s, patience_s)
    } else {
        let rate = demand.arrivals_per_s * joining;
        (0.0, if rate > 0.0 { line.mean / rate } else { 0.0 }, demand.mean_handling_s / n.max(1.0))
    };
    let abandonment = (delayed * (demand.balking + joining * giving_up)).min(1.0);
    let answered = 1.0 - abandonment;
    let asa_s = if agents == 0 || load == 0.0 || answered <= 0.0 {
        0.0
    } else {
        delayed * n / load * line.passage * passage_unit_s / answered
    };
    ErlangA {
        delayed,
        abandonment,
        mean_wait_s: delayed * joining * joined_wait_s,
        asa_s,
        mean_queue: delayed * line.mean,
        occupancy: if agents == 0 { 0.0 } else { (load * answered / n).min(1.0) },
        demand: *demand,
        agents,
    }
}

impl ErlangA {
    /// Share of calls answered within so many seconds of wait.
    ///
    /// P(answered after t) = P(delayed) n/a · P(offered wait > t | delayed) (1 − 1 ÷ S_t), where S_t is the sum of the
    /// waiting line with y e^(−θt) for y; by parts from the density of the offered wait (Baccelli and Hebuterne 1981).
    #[must_use]
    pub fn answered_within(&self, seconds: f64) -> f64 {
        if seconds < 0.0 || self.agents == 0 {
            return 0.0;
        }
        if seconds == 0.0 {
            return 1.0 - self.delayed;
        }
        (1.0 - self.abandonment - self.answered_after(seconds)).clamp(0.0, 1.0)
    }

    /// Share of calls that abandon within so many seconds of wait, those that balk included.
    #[must_use]
    pub fn abandoned_within(&self, seconds: f64) -> f64 {
        if seconds < 0.0 || self.delayed == 0.0 {
            return 0.0;
        }
        let demand = &self.demand;
        let still_there = self.delayed
            * (1.0 - demand.balking)
            * libm::exp(-seconds / demand.mean_patience_s)
            * self.offered_wait_beyond(seconds);
        (self.abandonment - (still_there - self.answered_after(seconds))).clamp(0.0, self.abandonment)
    }

    /// Mean wait of calls that abandon in seconds, those that balk with 0; 0 if none does.
    ///
    /// What is left of the wait of all once that of the answered is taken out: where less than 10⁻⁶ of the patience is
    /// ever waited, only the leading digits hold.
    #[must_use]
    pub fn abandoned_wait_s(&self) -> f64 {
        let answered_waits = (1.0 - self.abandonment) * self.asa_s;
        if self.abandonment <= 0.0 || self.mean_wait_s == f64::INFINITY {
            return 0.0;
        }
        ((self.mean_wait_s - answered_waits) / self.abandonment).max(0.0)
    }

    /// The wait in seconds that a share of all calls, 0 to 1, does not exceed, however they end.
    ///
    /// 0 up to the share that does not wait; infinite for a share of 1 if anybody waits, and where waits have no end.
    ///
    /// ```
    /// use holdtime::analytics::{Demand, erlang_a};
    /// let queue = erlang_a(&Demand::new(0.8, 60.0).with_patience(120.0), 50);
    /// assert!((queue.wait_quantile_s(0.9) - 12.44).abs() < 0.01);
    /// ```
    #[must_use]
    pub fn wait_quantile_s(&self, share: f64) -> f64 {
        let waiting = self.delayed * (1.0 - self.demand.balking);
        self.quantile(1.0 - share, waiting, |seconds| {
            let still_there = libm::exp(-seconds / self.demand.mean_patience_s);
            waiting * still_there * self.offered_wait_beyond(seconds)
        })
    }

    /// The wait in seconds that a share of the answered calls, 0 to 1, does not exceed; 0 if none is answered.
    ///
    /// ```
    /// use holdtime::analytics::{Demand, erlang_a};
    /// let queue = erlang_a(&Demand::new(0.8, 60.0).with_patience(120.0), 50);
    /// let wait = queue.answered_wait_quantile_s(0.9);
    /// assert!((queue.answered_within(wait) - 0.9 * (1.0 - queue.abandonment)).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn answered_wait_quantile_s(&self, share: f64) -> f64 {
        if self.agents == 0 {
            return 0.0;
        }
        let answered = 1.0 - self.abandonment;
        let beyond = (1.0 - share) * answered;
        self.quantile(beyond, self.answered_after(0.0), |seconds| self.answered_after(seconds))
    }

    /// The least time after which at most `beyond` is left of what began as `at_first`.
    fn quantile(&self, beyond: f64, at_first: f64, left: impl Fn(f64) -> f64) -> f64 {
        // A double tells no more of 1 less a share.
        if at_first <= beyond + 4.0 * f64::EPSILON * at_first {
            return 0.0;
        }
        if beyond <= 0.0 || self.mean_wait_s == f64::INFINITY {
            return f64::INFINITY;
        }
        let mut high = self.demand.mean_handling_s;
        while left(high) > beyond {
            high *= 2.0;
        }
        first_true(0.0, high, |seconds| left(seconds) <= beyond)
    }

    /// Share of calls answered after more than so many seconds.
    fn answered_after(&self, seconds: f64) -> f64 {
        let Some(line) = line_at(&self.demand, self.agents, seconds) else {
            // Nobody gives up and the line has no end: whoever is answered has waited for ever.
            return 1.0 - self.abandonment;
        };
        if line.occupied == 0.0 {
            return 0.0;
        }
        let per_load = f64::from(self.agents) / self.demand.load();
        self.delayed * per_load * self.offered_wait_beyond(seconds) * line.occupied
    }

    /// P(offered wait > t), given that nobody is idle: how long someone of endless patience would wait.
    fn offered_wait_beyond(&self, seconds: f64) -> f64 {
        let demand = &self.demand;
        let capacity = f64::from(self.agents) / demand.mean_handling_s;
        let joining = demand.arrivals_per_s * (1.0 - demand.balking);
        if self.agents == 0 {
            return 1.0;
        }
        if demand.mean_patience_s == f64::INFINITY {
            return libm::exp(-(capacity - joining).max(0.0) * seconds);
        }
        let (c, y) = (capacity * demand.mean_patience_s, joining * demand.mean_patience_s);
        let fading = -seconds / demand.mean_patience_s;
        if y > c + 1.0 {
            return gamma_p(c, y * libm::exp(fading)) / gamma_p(c, y);
        }
        let exponent = -y * libm::expm1(fading) - capacity * seconds;
        let (now, then) = (WaitingLine::new(c, y), WaitingLine::new(c, y * libm::exp(fading)));
        libm::exp(exponent) * now.empty / then.empty
    }
}

/// Probability that nobody is idle: S ÷ (1/B − 1 + S).
fn delayed(demand: &Demand, agents: u32) -> f64 {
    let inverse_b = inverse_erlang_b(demand.load(), agents);
    if inverse_b == f64::INFINITY {
        return 0.0;
    }
    let empty = line_at(demand, agents, 0.0).map_or(0.0, |line| line.empty);
    1.0 / (1.0 + (inverse_b - 1.0) * empty)
}

/// The line in balance if customers with a wait of `seconds` behind them had just come; `None` where it has no end.
fn line_at(demand: &Demand, agents: u32, seconds: f64) -> Option<WaitingLine> {
    if demand.balking == 1.0 {
        return Some(WaitingLine::EMPTY);
    }
    let joining = demand.arrivals_per_s * (1.0 - demand.balking);
    let capacity = f64::from(agents) / demand.mean_handling_s;
    let patience = demand.mean_patience_s;
    if patience < f64::INFINITY {
        return Some(WaitingLine::new(
            capacity * patience,
            joining * patience * libm::exp(-seconds / patience),
        ));
    }
    (joining < capacity).then(|| WaitingLine::patient(joining / capacity))
}

#[cfg(test)]
mod tests {
    use super::super::{Base, erlang_c};
    use super::*;

    const MINUTE: f64 = 60.0;

    fn queue(per_minute: f64, handling: f64, patience: f64, balking: f64, agents: u32) -> ErlangA {
        let demand = Demand::new(per_minute / MINUTE, handling * MINUTE).with_patience(patience * MINUTE);
        erlang_a(&demand.with_balking(balking), agents)
    }

    fn assert_close(what: &str, pairs: &[(f64, f64)]) {
        for (i, (found, expected)) in pairs.iter().enumerate() {
            let bound = 1e-9 * expected.abs().max(1e-3);
            assert!((found - expected).abs() < bound, "{what}, pair {i}: {found}, not {expected}");
        }
    }

    #[test]
    fn known_values() {
        let gmr = queue(48.0, 1.0, 2.0, 0.0, 50);
        let t = 20.0;
        assert_close(
            "Garnett, Mandelbaum and Reiman",
            &[
                (gmr.delayed, 0.467_774_068_6),
                (gmr.abandonment, 0.030_912_249_16),
                (gmr.mean_wait_s / MINUTE, 0.061_824_498_32),
                (gmr.asa_s / MINUTE, 0.060_265_003_99),
                (gmr.mean_queue, 2.967_575_92),
                (gmr.occupancy, 0.930_324_240_8),
                (gmr.answered_within(t), 0.943_018_954_7),
                (gmr.abandoned_within(t), 0.029_845_436_96),
                (gmr.service_level(t, Base::Answered), 0.973_099_653_7),
                (gmr.service_level(t, Base::EnteredLessShort { short_s: t }), 0.972_029_603),
            ],
        );
        let overloaded = queue(6.0, 2.0, 4.0, 0.0, 10);
        assert_close(
            "overloaded",
            &[
                (overloaded.delayed, 0.850_384_947_9),
                (overloaded.abandonment, 0.195_655_944),
                (overloaded.mean_wait_s / MINUTE, 0.782_623_776),
                (overloaded.asa_s / MINUTE, 0.801_667_390_8),
                (overloaded.mean_queue, 4.695_742_656),
                (overloaded.occupancy, 0.965_212_867_2),
                (overloaded.answered_within(t), 0.268_687_501_1),
                (overloaded.abandoned_within(t), 0.063_299_582_64),
                (overloaded.answered_within(120.0), 0.747_468_630_6),
                (overloaded.abandoned_within(120.0), 0.188_642_837_5),
            ],
        );
        let balking = queue(5.0, 2.0, 5.0, 0.15, 10);
        assert_close(
            "balking",
            &[
                (balking.delayed, 0.524_372_535_6),
                (balking.abandonment, 0.129_945_201_6),
                (balking.mean_wait_s / MINUTE, 0.256_446_606_3),
                (balking.asa_s / MINUTE, 0.264_888_380_5),
                (balking.mean_queue, 1.282_233_031),
                (balking.answered_within(t), 0.631_194_477_5),
                (balking.abandoned_within(t), 0.102_027_441_7),
            ],
        );
    }

    /// The same queue from the balance of its states and from the integral over the density of the offered wait.
    struct Slow {
        delayed: f64,
        abandonment: f64,
        mean_queue: f64,
        asa_s: f64,
        answered_within: f64,
    }

    fn slow(arrivals: f64, handling: f64, patience: f64, balking: f64, agents: u32, within: f64) -> Slow {
        let n = agents as usize;
        let joining = arrivals * (1.0 - balking);
        let mut p = vec![1.0_f64];
        for k in 1..=n + 2000 {
            let up = if k <= n { arrivals } else { joining };
            let down = k.min(n) as f64 / handling + k.saturating_sub(n) as f64 / patience;
            p.push(p[k - 1] * up / down);
            if p[k] > 1e200 {
                p.iter_mut().for_each(|p| *p *= 1e-200);
            }
        }
        let sum: f64 = p.iter().sum();
        let delayed = p[n..].iter().sum::<f64>() / sum;
        let mean_queue = p[n..].iter().enumerate().map(|(j, p)| j as f64 * p).sum::<f64>() / sum;
        let abandonment = delayed * balking + mean_queue / patience / arrivals;
        // Density of the offered wait: λ p(n − 1) exp(λ' H(x) − nμx), H(x) = (1 − e^(−θx)) ÷ θ.
        let weight = |x: f64| {
            (joining * patience * (1.0 - (-x / patience).exp()) - agents as f64 * x / handling).exp()
        };
        let simpson = |to: f64, f: &dyn Fn(f64) -> f64| {
            let steps = 20_000;
            let h = to / steps as f64;
            let odd: f64 = (0..steps).map(|i| f((i as f64 + 0.5) * h)).sum();
            let even: f64 = (1..steps).map(|i| f(i as f64 * h)).sum();
            (f(0.0) + f(to) + 4.0 * odd + 2.0 * even) * h / 6.0
        };
        let stay = |x: f64| (-x / patience).exp();
        let far = (10.0 * patience + 40.0 * handling / agents as f64).min(60.0 * handling);
        let density = delayed / simpson(far, &weight);
        let joins = 1.0 - balking;
        let answered_late = joins * density * simpson(far, &|x| weight(x) * stay(x));
        Slow {
            delayed,
            abandonment,
            mean_queue,
            asa_s: joins * density * simpson(far, &|x| x * weight(x) * stay(x))
                / (1.0 - delayed + answered_late),
            answered_within: 1.0 - delayed + joins * density * simpson(within, &|x| weight(x) * stay(x)),
        }
    }

    #[test]
    fn it_agrees_with_the_balance_of_states_and_the_integral_of_waits() {
        for agents in [1, 3, 20, 100] {
            for rho in [0.3, 0.85, 1.0, 1.05, 1.4] {
                for patience in [30.0, 120.0, 900.0] {
                    for balking in [0.0, 0.3] {
                        let (handling, within) = (240.0, 20.0);
                        let arrivals = rho * f64::from(agents) / handling;
                        let slow = slow(arrivals, handling, patience, balking, agents, within);
                        let demand =
                            Demand::new(arrivals, handling).with_patience(patience).with_balking(balking);
                        let fast = erlang_a(&demand, agents);
                        let pairs = [
                            (fast.delayed, slow.delayed),
                            (fast.abandonment, slow.abandonment),
                            (fast.mean_queue, slow.mean_queue),
                            (fast.asa_s, slow.asa_s),
                            (fast.answered_within(within), slow.answered_within),
                        ];
                        for (i, (fast, slow)) in pairs.into_iter().enumerate() {
                            let bound = 1e-7 * slow.abs().max(1e-4);
                            assert!(
                                (fast - slow).abs() < bound,
                                "{demand:?}, {agents} agents, {i}: {fast}, not {slow}"
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn endless_patience_is_erlang_c_and_long_patience_tends_to_it() {
        let demand = Demand::new(0.3, 300.0);
        let (c, a) = (erlang_c(&demand, 96), erlang_a(&demand, 96));
        let long = erlang_a(&demand.with_patience(1e9), 96);
        for a in [a, long] {
            let pairs = [
                (a.delayed, c.delayed),
                (a.mean_wait_s, c.mean_wait_s),
                (a.asa_s, c.mean_wait_s),
                (a.mean_queue, c.mean_queue),
                (a.occupancy, c.occupancy),
                (a.answered_within(20.0), c.answered_within(20.0)),
            ];
            for (a, c) in pairs {
                assert!((a / c - 1.0).abs() < 1e-5, "{a}, not {c}");
            }
        }
    }

    #[test]
    fn quantiles_are_where_their_shares_are_reached() {
        let gmr = queue(48.0, 1.0, 2.0, 0.0, 50);
        assert!((gmr.wait_quantile_s(0.9) / MINUTE - 0.207_411).abs() < 1e-6);
        for (per_minute, patience, balking, agents) in
            [(48.0, 2.0, 0.0, 50), (60.0, 4.0, 0.1, 50), (3_000.0, 0.5, 0.0, 2_900), (0.5, 9.0, 0.0, 1)]
        {
            let queue = queue(per_minute, 1.0, patience, balking, agents);
            for share in [0.5, 0.8, 0.95, 0.999] {
                let wait = queue.wait_quantile_s(share);
                let ended = queue.answered_within(wait) + queue.abandoned_within(wait);
                assert!((ended - share).abs() < 1e-9 || (wait == 0.0 && ended > share), "{queue:?}, {share}");
                let wait = queue.answered_wait_quantile_s(share);
                let answered = queue.answered_within(wait) / (1.0 - queue.abandonment);
                assert!(
                    (answered - share).abs() < 1e-9 || (wait == 0.0 && answered > share),
                    "{queue:?}, {share}"
                );
            }
        }
    }

    #[test]
    fn the_wait_of_who_abandons_is_known() {
        for (queue, expected) in [
            (queue(48.0, 1.0, 2.0, 0.0, 50), 0.110_714_077_6),
            (queue(6.0, 2.0, 4.0, 0.0, 10), 0.704_335_235_1),
            (queue(5.0, 2.0, 5.0, 0.15, 10), 0.199_924_272),
        ] {
            assert!((queue.abandoned_wait_s() / MINUTE - expected).abs() < 1e-8, "{queue:?}");
        }
        assert_eq!(queue(48.0, 1.0, f64::INFINITY, 0.0, 50).abandoned_wait_s(), 0.0);
    }

    #[test]
    fn edges_of_load_agents_and_patience() {
        let within = |queue: &ErlangA| (queue.answered_within(20.0), queue.abandoned_within(1e9));
        let impatient = Demand::new(0.5, 300.0).with_patience(60.0);
        // Zero agents: everyone waits out their patience.
        let nobody = erlang_a(&impatient, 0);
        assert_eq!((nobody.delayed, nobody.occupancy, nobody.asa_s), (1.0, 0.0, 0.0));
        assert!((nobody.abandonment - 1.0).abs() < 1e-12 && (nobody.mean_wait_s - 60.0).abs() < 1e-9);
        assert!((nobody.mean_queue - 30.0).abs() < 1e-9);
        assert!(within(&nobody).0 == 0.0 && (within(&nobody).1 - 1.0).abs() < 1e-12);
        // Zero load: nobody waits.
        let idle = erlang_a(&Demand::new(0.0, 300.0).with_patience(60.0), 3);
        assert_eq!((idle.delayed, idle.abandonment, idle.mean_wait_s, idle.mean_queue), (0.0, 0.0, 0.0, 0.0));
        assert_eq!(within(&idle), (1.0, 0.0));
        assert_eq!((idle.wait_quantile_s(0.99), idle.answered_wait_quantile_s(0.99)), (0.0, 0.0));
        let idle = erlang_a(&Demand::new(0.0, 300.0).with_patience(60.0), 0);
        assert_eq!((idle.delayed, idle.abandonment, idle.mean_wait_s), (1.0, 1.0, 60.0));
        // Overload without abandonment: no balance.
        let lost = erlang_a(&Demand::new(0.5, 300.0), 100);
        assert_eq!((lost.mean_wait_s, within(&lost).0, lost.occupancy), (f64::INFINITY, 0.0, 1.0));
        assert_eq!(
            (lost.wait_quantile_s(0.5), lost.answered_wait_quantile_s(0.5)),
            (f64::INFINITY, f64::INFINITY)
        );
        let lost = erlang_a(&Demand::new(0.5, 300.0), 0);
        assert_eq!((lost.asa_s, within(&lost).0, lost.occupancy), (f64::INFINITY, 0.0, 0.0));
        // Everyone who does not find an idle agent leaves: Erlang B.
        for patience in [60.0, f64::INFINITY] {
            let loss = erlang_a(&Demand::new(0.5, 300.0).with_patience(patience).with_balking(1.0), 150);
            let blocked = super::super::erlang_b(150.0, 150);
            assert!(
                (loss.abandonment - blocked).abs() < 1e-15 && loss.mean_wait_s == 0.0 && loss.asa_s == 0.0
            );
            assert!((within(&loss).0 - (1.0 - blocked)).abs() < 1e-15);
        }
    }

    #[test]
    fn every_size_load_and_patience_gives_proper_numbers() {
        for agents in [1, 2, 17, 1_000, 100_000] {
            for rho in [1e-9, 0.5, 0.999, 1.0, 1.001, 3.0, 1000.0] {
                for patience in [0.01, 10.0, 200.0, 100_000.0] {
                    let n = f64::from(agents);
                    let demand = Demand::new(rho * n / 300.0, 300.0).with_patience(patience);
                    let queue = erlang_a(&demand, agents);
                    let shares = [
                        queue.delayed,
                        queue.abandonment,
                        queue.occupancy,
                        queue.answered_within(20.0),
                        queue.abandoned_within(20.0),
                        queue.service_level(20.0, Base::EnteredLessShort { short_s: 5.0 }),
                    ];
                    assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)), "{queue:?}: {shares:?}");
                    // Little's law, and what goes in comes out: λ = nμ · occupancy + λ · abandonment.
                    let little = queue.mean_wait_s * demand.arrivals_per_s;
                    assert!((little - queue.mean_queue).abs() <= 1e-9 * little, "{queue:?}");
                    assert!((1.0 - queue.abandonment - queue.occupancy / rho).abs() < 1e-9, "{queue:?}");
                    // Answered and abandoned within a time that exceeds every wait are all.
                    let long = 1e3 * patience;
                    let all = queue.answered_within(long) + queue.abandoned_within(long);
                    assert!((all - 1.0).abs() < 1e-9, "{queue:?}: {all}");
                    assert!(queue.answered_within(40.0) >= queue.answered_within(20.0) - 1e-12);
                    // Capacity bounds what abandons from below.
                    assert!(queue.abandonment >= (1.0 - 1.0 / rho) - 1e-9, "{queue:?}");
                }
            }
        }
    }
}
