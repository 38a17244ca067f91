//! Many agents, several classes by rank, all handled alike.
//!
//! Poisson arrivals, one exponential handling time for all, endless patience; a handling once begun is finished.
//! Invariant: a class of higher rank never waits longer on average than one below it.

use super::demand::Demand;
use super::erlang_c::erlang_c;

/// A queue served by rank, in balance.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// Share of calls that find nobody idle; the same for all classes.
    pub delayed: f64,
    /// Share of the agents' time spent handling; 0 without agents.
    pub occupancy: f64,
    /// Mean wait in seconds of each class, highest rank first.
    pub mean_waits_s: Vec<f64>,
    /// Mean number waiting of each class.
    pub mean_queues: Vec<f64>,
    /// Rate at which waits of the first class end, per second.
    first_decay_per_s: f64,
}

/// M/M/n with non-preemptive ranks (Davis 1966; Kella and Yechiali 1985): arrivals per second of each class, highest rank
/// first, their mean handling time in seconds.
///
/// W(k) = C ÷ nμ ÷ ((1 − σ(k − 1)) (1 − σ(k))), C that of Erlang C for all classes together, σ(k) the load of the classes up to
/// k per agent. Where the load of all is the number of agents or more, C is 1 and the classes from some rank on wait for ever,
/// those above do not.
///
/// Without agents every class waits for ever. A class without calls waits as its next call would.
///
/// ```
/// use holdtime::analytics::ranked;
/// // Classes of 1 and 2 calls a minute of 2 minutes each, 8 agents.
/// let queue = ranked(&[1.0 / 60.0, 2.0 / 60.0], 120.0, 8);
/// assert!((queue.mean_waits_s[0] / 60.0 - 0.119).abs() < 0.001);
/// assert!((queue.mean_waits_s[1] / 60.0 - 0.476).abs() < 0.001);
/// assert!((queue.first_answered_within(20.0) - 0.8687).abs() < 0.0001);
/// ```
///
/// # Panics
/// If a rate is negative or not finite, or the handling time not above 0 and finite.
#[must_use]
pub fn ranked(arrivals_per_s: &[f64], mean_handling_s: f64, agents: u32) -> Ranked {
    assert!(arrivals_per_s.iter().all(|rate| *rate >= 0.0), "arrivals per second: {arrivals_per_s:?}");
    let all = erlang_c(&Demand::new(arrivals_per_s.iter().sum(), mean_handling_s), agents);
    let capacity = f64::from(agents) / mean_handling_s;
    let mut above = 0.0;
    let mean_waits_s: Vec<f64> = arrivals_per_s
        .iter()
        .map(|rate| {
            let with_own = above + rate;
            let wait = if with_own < capacity {
                all.delayed / capacity / ((1.0 - above / capacity) * (1.0 - with_own / capacity))
            } else {
                f64::INFINITY
            };
            above = with_own;
            wait
        })
        .collect();
    let length = |(rate, wait): (&f64, &f64)| if *rate == 0.0 { 0.0 } else { rate * wait };
    Ranked {
        delayed: all.delayed,
        occupancy: all.occupancy,
        mean_queues: arrivals_per_s.iter().zip(&mean_waits_s).map(length).collect(),
        first_decay_per_s: (capacity - arrivals_per_s.first().unwrap_or(&0.0)).max(0.0),
        mean_waits_s,
    }
}

impl Ranked {
    /// Share of the first class answered within so many seconds: 1 − C e^(−(nμ − λ(1)) t). Its wait is that of a queue of
    /// its own whose agents are all busy with probability C: whom they are busy with does not matter.
    #[must_use]
    pub fn first_answered_within(&self, seconds: f64) -> f64 {
        if seconds < 0.0 { 0.0 } else { 1.0 - self.delayed * libm::exp(-self.first_decay_per_s * seconds) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Chain;
    use super::*;

    const MINUTE: f64 = 60.0;

    #[test]
    fn known_values() {
        let queue = ranked(&[1.0 / MINUTE, 2.0 / MINUTE], 2.0 * MINUTE, 8);
        for (found, expected) in [
            (queue.delayed, 0.356_981_085_9),
            (queue.occupancy, 0.75),
            (queue.mean_waits_s[0] / MINUTE, 0.118_993_695_3),
            (queue.mean_waits_s[1] / MINUTE, 0.475_974_781_2),
            (queue.first_answered_within(20.0), 0.868_673_997_6),
        ] {
            assert!((found - expected).abs() < 1e-9, "{found}, not {expected}");
        }
        let overall = (queue.mean_queues[0] + queue.mean_queues[1]) / (3.0 / MINUTE);
        assert!((overall / MINUTE - 0.356_981_085_9).abs() < 1e-9);
    }

    #[test]
    fn it_agrees_with_the_balance_of_two_queues() {
        // States: fewer than n busy, or all busy with (first, second) waiting, each up to 60.
        let (rates, handling, n, most) = ([0.3, 0.5], 4.0, 4, 60);
        let state = |first: usize, second: usize| n + second * (most + 1) + first;
        let states = n + (most + 1) * (most + 1);
        let chain = Chain::from_rates(states, |from| {
            if from < n {
                let busy = from;
                let mut to = vec![(if busy + 1 == n { state(0, 0) } else { busy + 1 }, rates[0] + rates[1])];
                if busy > 0 {
                    to.push((busy - 1, busy as f64 / handling));
                }
                return to;
            }
            let (first, second) = ((from - n) % (most + 1), (from - n) / (most + 1));
            let capacity = n as f64 / handling;
            let mut to = vec![match (first, second) {
                (0, 0) => (n - 1, capacity),
                (0, _) => (state(0, second - 1), capacity),
                _ => (state(first - 1, second), capacity),
            }];
            if first < most {
                to.push((state(first + 1, second), rates[0]));
            }
            if second < most {
                to.push((state(first, second + 1), rates[1]));
            }
            to
        });
        let law = chain.balance().expect("one balance");
        let mean = |of: &dyn Fn(usize) -> usize| -> f64 {
            (n..states).map(|state| of(state - n) as f64 * law[state]).sum()
        };
        let queue = ranked(&rates, handling, n as u32);
        let slow = [mean(&|i| i % (most + 1)), mean(&|i| i / (most + 1))];
        for (fast, slow) in queue.mean_queues.iter().zip(slow) {
            assert!((fast / slow - 1.0).abs() < 2e-4, "{fast}, not {slow}");
        }
    }

    #[test]
    fn edges_of_load_and_agents() {
        let flooded = ranked(&[0.5, 9.0, 0.1], 1.0, 2);
        assert_eq!((flooded.delayed, flooded.occupancy), (1.0, 1.0));
        // All agents are always busy: an agent is free every 0.5 s, and a quarter of that goes to the class itself.
        assert!((flooded.mean_waits_s[0] - 0.5 / 0.75).abs() < 1e-12);
        assert_eq!(flooded.mean_waits_s[1..], [f64::INFINITY; 2]);
        let nobody = ranked(&[0.0, 1.0], 1.0, 0);
        assert_eq!((nobody.mean_waits_s[0], nobody.mean_queues[0]), (f64::INFINITY, 0.0));
        assert!(ranked(&[], 1.0, 3).mean_waits_s.is_empty());
        assert_eq!(ranked(&[0.0], 1.0, 3).mean_waits_s, [0.0]);
        let large = ranked(&[49_000.0, 50_000.0], 1.0, 100_000);
        assert!(large.mean_waits_s[0] < large.mean_waits_s[1] && large.delayed > 0.0);
    }
}
