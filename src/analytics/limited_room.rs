//! A queue with few waiting places: who finds them taken is blocked.
//!
//! Customers may give up, as in Erlang A, or not, as in Erlang C. Knows no line pools: places count who waits, not who
//! talks. Invariant: blocked calls are a share of all calls offered, everything else is of those that entered.

use super::demand::Demand;
use super::erlang_b::inverse_erlang_b;
use super::service_level::Base;

/// A queue with so many agents and waiting places in balance.
#[derive(Clone, Debug, PartialEq)]
pub struct LimitedRoom {
    /// Share of all offered calls that are blocked.
    pub blocked: f64,
    /// Share of time in which nobody is idle.
    pub all_busy: f64,
    /// Share of entered calls that find nobody idle.
    pub delayed: f64,
    /// Share of entered calls that abandon, those that balk included.
    pub abandonment: f64,
    /// Mean wait of entered calls in seconds, however they end.
    pub mean_wait_s: f64,
    /// Mean wait of answered calls in seconds (ASA); 0 if none is answered.
    pub asa_s: f64,
    /// Mean wait of calls that abandon in seconds, those that balk with 0; 0 if none does.
    pub abandoned_wait_s: f64,
    /// Mean number waiting.
    pub mean_queue: f64,
    /// Share of the agents' time spent handling; 0 without agents.
    pub occupancy: f64,
    demand: Demand,
    agents: u32,
    /// Of entered calls, the share that finds so many waiting before itself and joins them: from `first` on.
    joins: Vec<f64>,
    first: usize,
}

/// Shares of places below this part of the largest are left out.
const NEGLIGIBLE: f64 = 1e-20;

/// M/M/n/K+M with K = n + places (Palm 1943 for the chain; Riordan 1962 for waits behind so many others), with balking.
///
/// The chain is that of Erlang A, cut where all places are taken. Who finds k waiting and joins has an offered wait that is
/// a sum of exponential times with the rates nμ, nμ + θ, …, nμ + kθ.
///
/// Without places this is Erlang B. Without agents and with endless patience the places fill for ever: everyone is
/// blocked. With endless patience any load has a balance, since the room bounds the line. Takes as many steps as places are ever
/// taken.
///
/// ```
/// use holdtime::analytics::{Demand, limited_room};
/// // 4.2 calls a minute of 2 minutes each, 12 agents, room for 5 to wait; nobody gives up.
/// let queue = limited_room(&Demand::new(0.07, 120.0), 12, 5);
/// assert!((queue.blocked - 0.0095).abs() < 0.0001);
/// assert!((queue.answered_within(20.0) - 0.9276).abs() < 0.0001);
/// ```
#[must_use]
pub fn limited_room(demand: &Demand, agents: u32, places: u32) -> LimitedRoom {
    let n = f64::from(agents);
    let (arrivals, joining) = (demand.arrivals_per_s, demand.arrivals_per_s * (1.0 - demand.balking));
    let (capacity, giving_up) = (n / demand.mean_handling_s, 1.0 / demand.mean_patience_s);
    let (first, line) = line_shares(joining, capacity, giving_up, places);
    // Σ p(k) for k ≤ n is p(n) ÷ B, and p(n) is the share of nobody waiting: the line is relative to its own sum.
    let nobody_waits = if first == 0 { line[0] } else { 0.0 };
    let inverse_b = inverse_erlang_b(demand.load(), agents);
    let someone_idle =
        if inverse_b == f64::INFINITY { f64::INFINITY } else { (inverse_b - 1.0) * nobody_waits };
    let all_busy = 1.0 / (1.0 + someone_idle);
    let in_line = |k: usize| line[k] * all_busy;
    let highest = first + line.len() - 1;
    let blocked = if highest as u64 == u64::from(places) { in_line(line.len() - 1) } else { 0.0 };
    // What enters, as a share of what is offered; 1 less what is blocked, from positive terms.
    let idle_share = if all_busy == 0.0 { 1.0 } else { someone_idle * all_busy };
    let unblocked_busy: f64 = (0..line.len()).filter(|k| first + k < places as usize).map(in_line).sum();
    let entered = idle_share + unblocked_busy;
    if entered == 0.0 {
        return LimitedRoom {
            blocked: 1.0,
            all_busy,
            delayed: 0.0,
            abandonment: 0.0,
            mean_wait_s: 0.0,
            asa_s: 0.0,
            abandoned_wait_s: 0.0,
            mean_queue: f64::from(places),
            occupancy: 0.0,
            demand: *demand,
            agents,
            joins: Vec::new(),
            first: 0,
        };
    }
    let joins: Vec<f64> = (0..line.len())
        .filter(|k| first + k < places as usize)
        .map(|k| (1.0 - demand.balking) * in_line(k) / entered)
        .collect();
    let mean_queue: f64 = (0..line.len()).map(|k| (first + k) as f64 * in_line(k)).sum();

    // Whoever joins behind k others is answered with probability nμ ÷ (nμ + (k + 1) θ), and if so waits on average
    // Σ 1 ÷ (nμ + iθ) for i from 1 to k + 1; who gives up is the rest, by the same sums.
    let (mut passage, mut answered_late, mut answered_wait, mut given_up, mut wait) =
        (0.0, 0.0, 0.0, 0.0, 0.0);
    for k in 0..first + joins.len() {
        let rate = capacity + (k + 1) as f64 * giving_up;
        if rate == 0.0 {
            continue;
        }
        passage += 1.0 / rate;
        if k >= first {
            let share = joins[k - first];
            answered_late += share * capacity / rate;
            answered_wait += share * capacity / rate * passage;
            given_up += share * (k + 1) as f64 * giving_up / rate;
            wait += share * (k + 1) as f64 / rate;
        }
    }
    let balked = demand.balking * unblocked_busy / entered;
    let abandonment = (balked + given_up).min(1.0);
    let answered = if agents == 0 { 0.0 } else { idle_share / entered + answered_late };
    let asa_s = if answered > 0.0 { answered_wait / answered } else { 0.0 };
    LimitedRoom {
        blocked,
        all_busy,
        delayed: unblocked_busy / entered,
        abandonment,
        mean_wait_s: wait,
        asa_s,
        abandoned_wait_s: if abandonment > 0.0 {
            ((wait - answered_wait) / abandonment).max(0.0)
        } else {
            0.0
        },
        mean_queue,
        occupancy: if agents == 0 {
            0.0
        } else {
            (arrivals * entered * answered * demand.mean_handling_s / n).min(1.0)
        },
        demand: *demand,
        agents,
        joins,
        first,
    }
}

impl LimitedRoom {
    /// Share of entered calls answered within so many seconds of wait. Of all offered calls: times 1 − blocked.
    #[must_use]
    pub fn answered_within(&self, seconds: f64) -> f64 {
        if seconds < 0.0 || self.agents == 0 {
            return 0.0;
        }
        let capacity = f64::from(self.agents) / self.demand.mean_handling_s;
        let giving_up = 1.0 / self.demand.mean_patience_s;
        // The wait of who is answered from behind k others ends at the rates nμ + θ, …, nμ + (k + 1) θ.
        let mut later = Passage::new(capacity + giving_up, giving_up, seconds);
        later.skip(self.first);
        let mut in_time = 1.0 - self.delayed;
        for (k, share) in self.joins.iter().enumerate() {
            let beyond = later.beyond_next();
            let rate = capacity + (self.first + k + 1) as f64 * giving_up;
            in_time += share * capacity / rate * (1.0 - beyond);
        }
        in_time.clamp(0.0, 1.0 - self.abandonment)
    }

    /// Share of entered calls that abandon within so many seconds of wait, those that balk included.
    #[must_use]
    pub fn abandoned_within(&self, seconds: f64) -> f64 {
        if seconds < 0.0 {
            return 0.0;
        }
        let waiting = self.waiting_beyond(seconds);
        (1.0 - waiting - self.answered_within(seconds)).clamp(0.0, self.abandonment)
    }

    /// Service level: the share answered within so many seconds, of a base; 0 where the base is empty.
    ///
    /// ```
    /// use holdtime::analytics::{Base, Demand, limited_room};
    /// let queue = limited_room(&Demand::new(0.1, 120.0).with_patience(200.0), 10, 4);
    /// assert!((queue.service_level(20.0, Base::Answered) - 0.646).abs() < 0.001);
    /// assert!((queue.service_level(20.0, Base::Entered) - 0.590).abs() < 0.001);
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

    /// Share of entered calls that wait longer than so many seconds, however they end.
    fn waiting_beyond(&self, seconds: f64) -> f64 {
        let capacity = f64::from(self.agents) / self.demand.mean_handling_s;
        let giving_up = 1.0 / self.demand.mean_patience_s;
        let stays = libm::exp(-seconds * giving_up);
        let mut offered = Passage::new(capacity, giving_up, seconds);
        offered.skip(self.first);
        self.joins.iter().map(|share| share * stays * offered.beyond_next()).sum()
    }
}

/// Shares of 0, 1, … places taken, given that nobody is idle: from the first that counts on.
fn line_shares(joining: f64, capacity: f64, giving_up: f64, places: u32) -> (usize, Vec<f64>) {
    let leaving = |k: f64| capacity + k * giving_up;
    if joining == 0.0 || places == 0 {
        return (0, vec![1.0]);
    }
    let places = f64::from(places);
    // The largest share: where as many leave as join.
    let mode = if giving_up > 0.0 {
        ((joining - capacity) / giving_up).floor().clamp(0.0, places)
    } else if joining > capacity {
        places
    } else {
        0.0
    };
    let mut below = Vec::new();
    let (mut share, mut k) = (1.0, mode);
    while k > 0.0 && share > NEGLIGIBLE {
        share *= leaving(k) / joining;
        k -= 1.0;
        below.push(share);
    }
    let first = k as usize;
    let mut shares: Vec<f64> = below.into_iter().rev().collect();
    shares.push(1.0);
    (share, k) = (1.0, mode);
    while k < places && share > NEGLIGIBLE {
        k += 1.0;
        share *= joining / leaving(k);
        shares.push(share);
    }
    let sum: f64 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= sum);
    (first, shares)
}

/// P(T₀ + … + T_k > t) for exponential times of the rates r, r + θ, …, r + kθ, for k = 0, 1, … in turn.
///
/// The sum over i ≤ k of e^(−rt) r (r + θ) … (r + (i − 1) θ) ((1 − e^(−θt)) ÷ θ)ⁱ ÷ i!, a count of births; positive terms,
/// by logarithms, since the first ones underflow: some 10⁻¹⁰ off behind thousands, 10⁻⁶ behind millions.
struct Passage {
    rate: f64,
    step: f64,
    /// (1 − e^(−θt)) ÷ θ; t without θ.
    spread: f64,
    ln_term: f64,
    sum: f64,
    i: f64,
}

impl Passage {
    fn new(rate: f64, step: f64, seconds: f64) -> Self {
        let spread = if step > 0.0 { -libm::expm1(-step * seconds) / step } else { seconds };
        Self { rate, step, spread, ln_term: -rate * seconds, sum: 0.0, i: 0.0 }
    }

    fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.beyond_next();
        }
    }

    fn beyond_next(&mut self) -> f64 {
        self.sum += libm::exp(self.ln_term);
        self.ln_term += libm::log((self.rate + self.i * self.step) * self.spread / (self.i + 1.0));
        self.i += 1.0;
        self.sum.min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{erlang_a, erlang_b, erlang_c};
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
        let patient = limited_room(&Demand::new(4.2 / MINUTE, 2.0 * MINUTE), 12, 5);
        assert_close(
            "endless patience",
            &[
                (patient.blocked, 0.009_476_874_303),
                (patient.occupancy, 0.693_366_188),
                (patient.mean_queue, 0.254_288_890_9),
                (patient.all_busy, 0.165_842_199),
                (patient.delayed, 0.157_861_357),
                (patient.abandonment, 0.0),
                (patient.mean_wait_s / MINUTE, 0.061_124_240_76),
                (patient.asa_s / MINUTE, 0.061_124_240_76),
                (patient.answered_within(20.0), 0.927_558_186_7),
            ],
            1e-9,
        );
        let demand = Demand::new(6.0 / MINUTE, 2.0 * MINUTE).with_patience(MINUTE / 0.3);
        let queue = limited_room(&demand, 10, 4);
        assert_close(
            "patience of 200 s",
            &[
                (queue.blocked, 0.147_657_389_7),
                (queue.occupancy, 0.933_502_693_1),
                (queue.mean_queue, 1.488_473_988),
                (queue.all_busy, 0.714_003_505_6),
                (queue.delayed, 0.664_458_293_1),
                (queue.abandonment, 0.087_316_647_69),
                (queue.mean_wait_s / MINUTE, 0.291_055_492_3),
                (queue.asa_s / MINUTE, 0.285_470_882_2),
                (queue.abandoned_wait_s / MINUTE, 0.349_429_018_8),
                (queue.answered_within(20.0), 0.589_668_593_3),
                (queue.abandoned_within(20.0), 0.050_957_299_46),
                (queue.service_level(20.0, Base::Answered), 0.646_082_337_1),
                (queue.service_level(20.0, Base::EnteredLessShort { short_s: 20.0 }), 0.621_329_886_4),
            ],
            1e-9,
        );
    }

    #[test]
    fn without_places_it_is_erlang_b_and_with_many_erlang_a_or_c() {
        for (load, agents) in [(0.5, 1), (18.0, 20), (130.0, 100), (960.0, 1_000)] {
            let demand = Demand::new(load / 300.0, 300.0).with_patience(150.0).with_balking(0.1);
            let none = limited_room(&demand, agents, 0);
            assert_close("none", &[(none.blocked, erlang_b(load, agents)), (none.mean_wait_s, 0.0)], 1e-12);
            let (many, a) = (limited_room(&demand, agents, 1_000_000), erlang_a(&demand, agents));
            let pairs = |queue: &LimitedRoom| {
                [
                    queue.delayed,
                    queue.abandonment,
                    queue.mean_wait_s,
                    queue.asa_s,
                    queue.mean_queue,
                    queue.occupancy,
                ]
            };
            let expected = [a.delayed, a.abandonment, a.mean_wait_s, a.asa_s, a.mean_queue, a.occupancy];
            let mut both: Vec<(f64, f64)> = pairs(&many).into_iter().zip(expected).collect();
            for t in [0.0, 5.0, 20.0, 200.0] {
                both.push((many.answered_within(t), a.answered_within(t)));
                both.push((many.abandoned_within(t), a.abandoned_within(t)));
            }
            assert_close("many", &both, 1e-8);
            if load < f64::from(agents) {
                let patient = Demand::new(load / 300.0, 300.0);
                let (many, c) = (limited_room(&patient, agents, 100_000), erlang_c(&patient, agents));
                let both = [
                    (many.delayed, c.delayed),
                    (many.mean_wait_s, c.mean_wait_s),
                    (many.answered_within(20.0), c.answered_within(20.0)),
                ];
                assert_close("many and patient", &both, 1e-8);
            }
        }
    }

    #[test]
    fn it_agrees_with_the_chain_and_its_uniformised_waits() {
        use super::super::BirthDeath;
        let (n, places, arrivals, handling, patience, balking) = (7_usize, 9_usize, 0.05, 160.0, 90.0, 0.2);
        let demand = Demand::new(arrivals, handling).with_patience(patience).with_balking(balking);
        let queue = limited_room(&demand, n as u32, places as u32);
        let chain = BirthDeath::from_rates(
            n + places,
            |k| if k < n { arrivals } else { arrivals * (1.0 - balking) },
            |k| k.min(n) as f64 / handling + k.saturating_sub(n) as f64 / patience,
        );
        let law = chain.balance().expect("one balance");
        assert_close("blocked", &[(queue.blocked, law[n + places])], 1e-12);
        // Whoever joins behind k others goes down one by one; absorbed at 0 when answered, or lost on the way.
        let entered = 1.0 - law[n + places];
        let mut in_time = law[..n].iter().sum::<f64>() / entered;
        for k in 0..places {
            // State k + 1 − i after i passages; patience of its own taken apart as a factor e^(−t/patience) would be slow:
            // let the chain of those ahead run, and integrate the instant of answer over time.
            let ahead =
                BirthDeath::from_rates(k + 1, |_| 0.0, |i| n as f64 / handling + (i - 1) as f64 / patience);
            let (steps, until) = (2_000, 30.0);
            let h = until / f64::from(steps);
            let density =
                |t: f64| ahead.after(&ahead.at(k + 1), t)[1] * n as f64 / handling * (-t / patience).exp();
            let odd: f64 = (0..steps / 20).map(|i| density((f64::from(i) + 0.5) * h * 20.0)).sum();
            let even: f64 = (1..steps / 20).map(|i| density(f64::from(i) * h * 20.0)).sum();
            let integral = (density(0.0) + density(until) + 4.0 * odd + 2.0 * even) * h * 20.0 / 6.0;
            in_time += (1.0 - balking) * law[n + k] / entered * integral;
        }
        assert_close("in time", &[(queue.answered_within(30.0), in_time)], 1e-7);
    }

    #[test]
    fn edges_of_load_agents_and_places() {
        let idle = limited_room(&Demand::new(0.0, 300.0), 3, 5);
        assert_eq!(
            (idle.blocked, idle.delayed, idle.mean_wait_s, idle.answered_within(0.0)),
            (0.0, 0.0, 0.0, 1.0)
        );
        let nobody = limited_room(&Demand::new(0.1, 300.0), 0, 5);
        assert_eq!((nobody.blocked, nobody.mean_queue, nobody.occupancy), (1.0, 5.0, 0.0));
        let leaving = limited_room(&Demand::new(0.1, 300.0).with_patience(60.0), 0, 5);
        assert!((leaving.abandonment - 1.0).abs() < 1e-12 && (leaving.mean_wait_s - 60.0).abs() < 1e-9);
        assert_eq!(leaving.answered_within(1e9), 0.0);
        let closed = limited_room(&Demand::new(0.1, 300.0), 0, 0);
        assert_eq!((closed.blocked, closed.mean_queue), (1.0, 0.0));
        let flooded = limited_room(&Demand::new(1e6, 300.0), 100, 50);
        assert!(flooded.blocked > 0.999_999 && (flooded.mean_queue - 50.0).abs() < 1e-3);
        assert!((flooded.occupancy - 1.0).abs() < 1e-9);
        // A line that never gets shorter than millions.
        let endless = limited_room(&Demand::new(1.0, 300.0), 150, 2_000_000);
        assert!(
            (endless.blocked - 0.5).abs() < 1e-9 && (endless.mean_queue - 1_999_999.0).abs() < 1e-3,
            "{endless:?}"
        );
        assert!(
            (endless.asa_s - 4e6).abs() < 10.0 && endless.answered_within(3.9e6) < 1e-5,
            "{} {}",
            endless.asa_s,
            endless.answered_within(3.9e6)
        );
        assert!(endless.answered_within(4.1e6) > 1.0 - 1e-5);
        let all_balk = limited_room(&Demand::new(0.5, 300.0).with_balking(1.0), 150, 10);
        assert!((all_balk.abandonment - erlang_b(150.0, 150)).abs() < 1e-12 && all_balk.blocked == 0.0);
    }

    #[test]
    fn every_size_load_and_patience_gives_proper_numbers() {
        for agents in [1, 30, 1_000, 100_000] {
            for rho in [1e-9, 0.5, 0.999, 1.0, 1.2, 100.0] {
                for patience in [1.0, 200.0, f64::INFINITY] {
                    for places in [0, 1, 40, 5_000] {
                        let demand =
                            Demand::new(rho * f64::from(agents) / 300.0, 300.0).with_patience(patience);
                        let queue = limited_room(&demand, agents, places);
                        let shares = [
                            queue.blocked,
                            queue.delayed,
                            queue.abandonment,
                            queue.occupancy,
                            queue.answered_within(20.0),
                            queue.abandoned_within(20.0),
                        ];
                        assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)), "{shares:?}");
                        let entered = 1.0 - queue.blocked;
                        let little = queue.mean_wait_s * demand.arrivals_per_s * entered;
                        assert!(
                            (little - queue.mean_queue).abs() <= 1e-7 * little + 1e-9,
                            "{little} {}",
                            queue.mean_queue
                        );
                        let carried = entered * (1.0 - queue.abandonment);
                        assert!((carried - queue.occupancy / rho).abs() < 1e-9, "{carried}");
                    }
                }
            }
        }
    }
}
