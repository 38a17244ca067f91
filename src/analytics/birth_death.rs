//! Chains that go up or down by one: their balance, and how they come to it.
//!
//! Any rates, finitely many states: whoever models a line without end cuts it where nobody ever stands. Knows nothing of
//! calls and agents. Invariant: what is returned is a law, of shares of at least 0 that sum to 1.

/// A birth–death chain on the states 0 to K: rates per unit of time from each state to its neighbours.
///
/// ```
/// use holdtime::analytics::BirthDeath;
/// // Erlang B: 27.5 erlangs on 30 lines.
/// let chain = BirthDeath::from_rates(30, |_| 27.5, |state| state as f64);
/// assert!((chain.balance().unwrap()[30] - 0.0899).abs() < 0.0001);
/// // From empty, after a tenth of a holding time, hardly any line is busy.
/// let soon = chain.after(&chain.at(0), 0.1);
/// let busy: f64 = soon.iter().enumerate().map(|(state, share)| state as f64 * share).sum();
/// assert!((busy - 27.5 * (1.0 - f64::exp(-0.1))).abs() < 1e-9);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct BirthDeath {
    /// From state i to i + 1.
    up: Vec<f64>,
    /// From state i + 1 to i.
    down: Vec<f64>,
}

/// What becomes of a chain in some time.
#[derive(Clone, Debug, PartialEq)]
pub struct Evolution {
    /// The law at the end.
    pub at_end: Vec<f64>,
    /// The law on average over the time.
    pub mean: Vec<f64>,
}

/// Weights of a Poisson law below this share of the largest are left out.
const NEGLIGIBLE: f64 = 1e-22;

/// A state with a smaller share holds nobody, and nobody leaves it.
const EMPTY: f64 = 1e-30;

impl BirthDeath {
    /// States 0 to `highest`, with the rates up from states 0 to `highest` − 1 and down from states 1 to `highest`.
    ///
    /// # Panics
    /// If a rate is negative or not finite.
    #[must_use]
    pub fn from_rates(highest: usize, up: impl Fn(usize) -> f64, down: impl Fn(usize) -> f64) -> Self {
        let up: Vec<f64> = (0..highest).map(up).collect();
        let down: Vec<f64> = (1..=highest).map(down).collect();
        let is_rate = |rate: &f64| *rate >= 0.0 && rate.is_finite();
        assert!(up.iter().chain(&down).all(is_rate), "rates are finite and at least 0");
        Self { up, down }
    }

    /// The highest state, K.
    #[must_use]
    pub fn highest(&self) -> usize {
        self.up.len()
    }

    /// The law of a chain that is in one state for certain.
    ///
    /// # Panics
    /// If there is no such state.
    #[must_use]
    pub fn at(&self, state: usize) -> Vec<f64> {
        let mut law = vec![0.0; self.highest() + 1];
        law[state] = 1.0;
        law
    }

    /// The law in balance, by π(i + 1) = π(i) up(i) ÷ down(i + 1); `None` where it depends on the beginning.
    ///
    /// Products are taken outwards from the largest share, so that nothing overflows. A rate up of 0 leaves the states
    /// above empty, a rate down of 0 those below; with a 0 up below a 0 down, the chain ends on either side of them.
    #[must_use]
    pub fn balance(&self) -> Option<Vec<f64>> {
        let first = self.down.iter().rposition(|&rate| rate == 0.0).map_or(0, |i| i + 1);
        let last =
            self.up[first..].iter().position(|&rate| rate == 0.0).map_or(self.highest(), |i| first + i);
        if self.up[..first].contains(&0.0) {
            return None;
        }
        // The state with the largest share, by logarithms; an error there costs no accuracy.
        let (mut mode, mut largest, mut height) = (first, 0.0, 0.0);
        for i in first..last {
            height += libm::log(self.up[i]) - libm::log(self.down[i]);
            if height > largest {
                (mode, largest) = (i + 1, height);
            }
        }
        let mut law = vec![0.0; self.highest() + 1];
        law[mode] = 1.0;
        for i in mode..last {
            law[i + 1] = law[i] * (self.up[i] / self.down[i]);
        }
        for i in (first..mode).rev() {
            law[i] = law[i + 1] * (self.down[i] / self.up[i]);
        }
        normalise(&mut law);
        Some(law)
    }

    /// The law after some time from a law at its beginning.
    ///
    /// # Panics
    /// As [`BirthDeath::evolve`].
    #[must_use]
    pub fn after(&self, start: &[f64], time: f64) -> Vec<f64> {
        self.evolve(start, time).at_end
    }

    /// The law after some time from a law at its beginning, and on average until then.
    ///
    /// Uniformisation (Jensen 1953): with Λ at least every rate of leaving, the law after t is Σ e^(−Λt) (Λt)ᵏ ÷ k! · v P ᵏ,
    /// P = I + Q ÷ Λ; the average has P(more than k) ÷ Λt for the weight. Positive terms only; the Poisson weights are taken
    /// outwards from their largest. Takes some Λt steps, each over all states, and ends early where the law stands still.
    ///
    /// # Panics
    /// If the law has not as many shares as there are states, or the time is negative or not finite.
    #[must_use]
    pub fn evolve(&self, start: &[f64], time: f64) -> Evolution {
        assert_eq!(start.len(), self.highest() + 1, "a share for each state");
        assert!(time >= 0.0 && time.is_finite(), "time: {time}");
        let leaving = |i: usize| self.rate_up(i) + self.rate_down(i);
        let fastest = (0..start.len()).map(leaving).fold(0.0, f64::max);
        let steps = fastest * time;
        if steps == 0.0 {
            return Evolution { at_end: start.to_vec(), mean: start.to_vec() };
        }
        let poisson = Poisson::new(steps);
        // Into each state, as shares of a step; no rate leads in from beyond the ends.
        let states = start.len();
        let part = |rate: f64| rate / fastest;
        let from_below: Vec<f64> =
            (0..states).map(|i| if i == 0 { 0.0 } else { part(self.rate_up(i - 1)) }).collect();
        let from_above: Vec<f64> =
            (0..states).map(|i| if i + 1 == states { 0.0 } else { part(self.rate_down(i + 1)) }).collect();
        let stays: Vec<f64> = (0..states).map(|i| (1.0 - part(leaving(i))).max(0.0)).collect();

        let (mut at_end, mut mean) = (vec![0.0; states], vec![0.0; states]);
        // State i is at i + 1, between two that stay empty; only states from `low` to before `high` hold anything.
        let (mut law, mut next) = (vec![0.0; states + 2], vec![0.0; states + 2]);
        law[1..=states].copy_from_slice(start);
        let mut low = start.iter().position(|share| *share > EMPTY).unwrap_or(0);
        let mut high = start.iter().rposition(|share| *share > EMPTY).map_or(states, |i| i + 1);
        law[..=low].fill(0.0);
        law[high + 1..].fill(0.0);
        // What is left of the average's weights.
        let mut time_left = 1.0_f64;
        let last = poisson.first + poisson.weights.len() - 1;
        for k in 0..=last {
            let weight = if k < poisson.first { 0.0 } else { poisson.weights[k - poisson.first] };
            let above = poisson.above(k);
            let is_last = k == last || (k % 64 == 63 && is_still(&law, &next));
            let (now, lasting) = if is_last { (weight + above, time_left) } else { (weight, above / steps) };
            time_left = (time_left - lasting).max(0.0);
            add(&mut mean[low..high], lasting, &law[low + 1..=high]);
            if now > 0.0 {
                add(&mut at_end[low..high], now, &law[low + 1..=high]);
            }
            if is_last {
                break;
            }
            if low > 0 && law[low + 1] > EMPTY {
                low -= 1;
            }
            if high < states && law[high] > EMPTY {
                high += 1;
            }
            let rates = from_below[low..high].iter().zip(&stays[low..high]).zip(&from_above[low..high]);
            let shares = law[low..high].iter().zip(&law[low + 1..=high]).zip(&law[low + 2..=high + 1]);
            for ((to, ((up, stay), down)), ((below, here), above)) in
                next[low + 1..=high].iter_mut().zip(rates).zip(shares)
            {
                *to = here * stay + below * up + above * down;
            }
            std::mem::swap(&mut law, &mut next);
        }
        normalise(&mut at_end);
        normalise(&mut mean);
        Evolution { at_end, mean }
    }

    fn rate_up(&self, state: usize) -> f64 {
        self.up.get(state).copied().unwrap_or(0.0)
    }

    fn rate_down(&self, state: usize) -> f64 {
        if state == 0 { 0.0 } else { self.down[state - 1] }
    }
}

fn add(sum: &mut [f64], weight: f64, law: &[f64]) {
    for (sum, share) in sum.iter_mut().zip(law) {
        *sum += weight * share;
    }
}

/// Whether one step has changed nothing that a double would tell.
fn is_still(law: &[f64], before: &[f64]) -> bool {
    law.iter().zip(before).all(|(now, then)| (now - then).abs() <= 1e-20 + f64::EPSILON * now)
}

fn normalise(law: &mut [f64]) {
    let sum: f64 = law.iter().sum();
    law.iter_mut().for_each(|share| *share /= sum);
}

/// The weights of a Poisson law around its mode, and what lies above each.
struct Poisson {
    first: usize,
    weights: Vec<f64>,
    above: Vec<f64>,
}

impl Poisson {
    fn new(mean: f64) -> Self {
        let mode = mean.floor();
        let mut below = Vec::new();
        let (mut weight, mut k) = (1.0, mode);
        while k > 0.0 && weight > NEGLIGIBLE {
            weight *= k / mean;
            k -= 1.0;
            below.push(weight);
        }
        let first = k as usize;
        let mut weights: Vec<f64> = below.into_iter().rev().collect();
        weights.push(1.0);
        (weight, k) = (1.0, mode);
        while weight > NEGLIGIBLE {
            k += 1.0;
            weight *= mean / k;
            weights.push(weight);
        }
        let sum: f64 = weights.iter().sum();
        weights.iter_mut().for_each(|weight| *weight /= sum);
        let mut above = vec![0.0; weights.len()];
        for i in (1..weights.len()).rev() {
            above[i - 1] = above[i] + weights[i];
        }
        Self { first, weights, above }
    }

    fn above(&self, k: usize) -> f64 {
        if k < self.first { 1.0 } else { self.above[k - self.first] }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Demand, erlang_a};
    use super::*;

    fn mean(law: &[f64]) -> f64 {
        law.iter().enumerate().map(|(state, share)| state as f64 * share).sum()
    }

    #[test]
    fn agents_who_hurry_when_many_wait() {
        // 5.2 a minute on 10 agents, patience 4 minutes; each works at 0.5 (1 + 0.3 min(waiting ÷ 10, 1)) a minute.
        let pace = |waiting: f64| 0.5 * (1.0 + 0.3 * (waiting / 10.0).min(1.0));
        let chain = BirthDeath::from_rates(
            300,
            |_| 5.2,
            |k| {
                let waiting = k.saturating_sub(10) as f64;
                k.min(10) as f64 * pace(waiting) + 0.25 * waiting
            },
        );
        let law = chain.balance().expect("one balance");
        let waiting: f64 = law[10..].iter().enumerate().map(|(waiting, share)| waiting as f64 * share).sum();
        let busy: f64 = law.iter().enumerate().map(|(k, share)| k.min(10) as f64 * share).sum();
        let answered = 5.2 - 0.25 * waiting;
        for (found, expected) in [
            (law[10..].iter().sum::<f64>(), 0.618_442_035_1),
            (waiting, 1.761_678_013),
            (waiting / 5.2, 0.338_784_233_3),
            (0.25 * waiting / 5.2, 0.084_696_058_33),
            (answered, 4.759_580_497),
            (busy / 10.0, 0.899_449_047_8),
            (busy / answered, 1.889_765_387),
        ] {
            assert!((found / expected - 1.0).abs() < 1e-9, "{found}, not {expected}");
        }
    }

    #[test]
    fn the_balance_holds_for_a_hundred_thousand_agents() {
        let n = 100_000;
        let demand = Demand::new(n as f64 / 300.0, 300.0).with_patience(120.0);
        let chain = BirthDeath::from_rates(
            n + 20_000,
            |_| n as f64 / 300.0,
            |k| k.min(n) as f64 / 300.0 + k.saturating_sub(n) as f64 / 120.0,
        );
        let law = chain.balance().expect("one balance");
        let delayed: f64 = law[n..].iter().sum();
        let exact = erlang_a(&demand, n as u32);
        assert!((delayed / exact.delayed - 1.0).abs() < 1e-9, "{delayed}, {exact:?}");
    }

    #[test]
    fn without_a_limit_on_agents_the_number_is_poisson_with_the_mean_of_the_load() {
        // M/M/∞ from empty: mean a (1 − e^(−t)), at every time and on average over it.
        let load = 80.0;
        let chain = BirthDeath::from_rates(260, |_| load, |k| k as f64);
        for time in [0.01, 0.3, 2.0, 9.0, 60.0, 3_000.0] {
            let evolution = chain.evolve(&chain.at(0), time);
            let at_end = load * -f64::exp_m1(-time);
            let average = load * (1.0 + f64::exp_m1(-time) / time);
            assert!((mean(&evolution.at_end) / at_end - 1.0).abs() < 1e-11, "{time}");
            assert!(
                (mean(&evolution.mean) / average - 1.0).abs() < 1e-10,
                "{time}: {}",
                mean(&evolution.mean)
            );
            let empty = f64::exp(-at_end);
            assert!((evolution.at_end[0] - empty).abs() < 1e-12 * empty + 1e-25);
        }
    }

    #[test]
    fn a_law_evolves_as_small_steps_of_its_equations_say() {
        let chain = BirthDeath::from_rates(12, |i| 3.0 + (i % 3) as f64, |i| 0.7 * i as f64);
        let time = 1.3;
        let fast = chain.evolve(&chain.at(5), time);
        // Runge and Kutta on the equations themselves.
        let flow = |law: &[f64]| -> Vec<f64> {
            (0..law.len())
                .map(|i| {
                    let from_below = if i > 0 { law[i - 1] * chain.rate_up(i - 1) } else { 0.0 };
                    let from_above = law.get(i + 1).map_or(0.0, |share| share * chain.rate_down(i + 1));
                    from_below + from_above - law[i] * (chain.rate_up(i) + chain.rate_down(i))
                })
                .collect()
        };
        let moved = |law: &[f64], by: &[f64], h: f64| -> Vec<f64> {
            law.iter().zip(by).map(|(share, by)| share + h * by).collect()
        };
        let (steps, mut law) = (2_000, chain.at(5));
        let h = time / f64::from(steps);
        let mut average = vec![0.0; law.len()];
        for _ in 0..steps {
            let k1 = flow(&law);
            let middle = moved(&law, &k1, h / 2.0);
            let k2 = flow(&middle);
            let k3 = flow(&moved(&law, &k2, h / 2.0));
            let k4 = flow(&moved(&law, &k3, h));
            let before = law.clone();
            for i in 0..law.len() {
                law[i] += h / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]);
                average[i] +=
                    (before[i] + 4.0 * moved(&before, &k2, h / 2.0)[i] + law[i]) / 6.0 / f64::from(steps);
            }
        }
        for i in 0..law.len() {
            assert!((fast.at_end[i] - law[i]).abs() < 1e-11, "state {i}");
            // The middle of a step is known to second order only.
            assert!((fast.mean[i] - average[i]).abs() < 1e-6, "state {i}: {}, {}", fast.mean[i], average[i]);
        }
    }

    #[test]
    fn edges_of_rates_and_time() {
        let alone = BirthDeath::from_rates(0, |_| 1.0, |_| 1.0);
        assert_eq!((alone.balance(), alone.after(&[1.0], 5.0)), (Some(vec![1.0]), vec![1.0]));
        let up_only = BirthDeath::from_rates(2, |_| 1.0, |_| 0.0);
        assert_eq!(up_only.balance(), Some(vec![0.0, 0.0, 1.0]));
        let split = BirthDeath::from_rates(3, |i| [1.0, 0.0, 1.0][i], |i| [1.0, 0.0, 1.0][i - 1]);
        assert_eq!(split.balance(), None, "where it ends depends on where it began");
        let down_only = BirthDeath::from_rates(2, |_| 0.0, |_| 1.0);
        assert_eq!(down_only.balance(), Some(vec![1.0, 0.0, 0.0]));
        assert_eq!(down_only.after(&down_only.at(2), 0.0), down_only.at(2));
    }

    proptest! {
        #[test]
        fn after_long_every_chain_is_in_balance(
            rates in proptest::collection::vec((0.05..20.0_f64, 0.05..20.0_f64), 1..12),
        ) {
            let chain = BirthDeath::from_rates(rates.len(), |i| rates[i].0, |i| rates[i - 1].1);
            let balance = chain.balance().expect("one balance");
            let late = chain.after(&chain.at(0), 1e5);
            for (share, late) in balance.iter().zip(&late) {
                prop_assert!((share - late).abs() < 1e-9, "{share}, not {late}");
            }
        }
    }
}
