//! Arrivals in even or uneven step: the time between them of any law, exponential handling.
//!
//! Endless patience, times between arrivals independent. Knows no batches and no rate that changes.
//! Invariant: with exponential times between arrivals this is Erlang C.

use super::law::Law;
use crate::special::first_true;

/// A queue with such arrivals in balance, as arrivals see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RenewalArrivals {
    /// σ: of calls that wait, the share that finds another one waiting before it. 1 where the queue grows without end.
    pub sigma: f64,
    /// Share of calls that find nobody idle.
    pub delayed: f64,
    /// Mean wait of all calls in seconds.
    pub mean_wait_s: f64,
    /// Mean number waiting, at any time.
    pub mean_queue: f64,
    /// Share of the agents' time spent handling; 0 without agents.
    pub occupancy: f64,
    /// Rate at which waits end, nμ (1 − σ), per second.
    decay_per_s: f64,
}

/// GI/M/n (Kendall 1953; Takács 1962): the law of the time between arrivals and the mean handling time, both in seconds.
///
/// σ is the root below 1 of σ = A(nμ (1 − σ)), A the Laplace transform of the time between arrivals. With aⱼ = A(jμ) and
/// Cⱼ = Π aᵢ ÷ (1 − aᵢ), i ≤ j, 1 ÷ P(delayed) = 1 + (1 − σ) Σ (n over j) ÷ (Cⱼ (1 − aⱼ)) · (n (1 − aⱼ) − j) ÷ (n (1 − σ) − j) for
/// j from 1 to n. All terms are positive: n (1 − A(xμ)) − x is concave with roots at 0 and n (1 − σ). Waits end at the rate nμ (1 − σ).
///
/// Some n transforms: fast where they have a closed form, not for lognormal and Weibull times beyond some thousand agents.
/// At a load of n or more the queue grows without end.
///
/// ```
/// use holdtime::analytics::{Law, renewal_arrivals};
/// // A call every 15 seconds sharp, 2 minutes each, 9 agents.
/// let queue = renewal_arrivals(&Law::constant(15.0), 120.0, 9);
/// assert!((queue.delayed - 0.49993).abs() < 0.00001);
/// assert!((queue.mean_wait_s / 60.0 - 0.51994).abs() < 0.00001);
/// ```
///
/// # Panics
/// If the mean time between arrivals is not above 0 and finite, or the handling time not above 0 and finite.
#[must_use]
pub fn renewal_arrivals(between: &Law, mean_handling_s: f64, agents: u32) -> RenewalArrivals {
    let (n, gap) = (f64::from(agents), between.mean());
    assert!(gap > 0.0 && gap.is_finite(), "mean time between arrivals: {gap}");
    assert!(mean_handling_s > 0.0 && mean_handling_s.is_finite(), "mean handling time: {mean_handling_s}");
    let load = mean_handling_s / gap;
    if load >= n {
        return RenewalArrivals {
            sigma: 1.0,
            delayed: 1.0,
            mean_wait_s: f64::INFINITY,
            mean_queue: f64::INFINITY,
            occupancy: if agents == 0 { 0.0 } else { 1.0 },
            decay_per_s: 0.0,
        };
    }
    let mu = 1.0 / mean_handling_s;
    let sigma = first_true(0.0, 1.0, |sigma| between.transform(n * mu * (1.0 - sigma)) <= sigma);
    let root = n * (1.0 - sigma);
    let above = |x: f64| n * (1.0 - between.transform(x * mu)) - x;
    // The sum by logarithms of its terms: they may reach far beyond what a double can hold.
    let mut logs = Vec::with_capacity(agents as usize);
    let mut ln_product = 0.0;
    for j in 1..=agents {
        let j = f64::from(j);
        let transform = between.transform(j * mu);
        ln_product += libm::log((n - j + 1.0) / j) + libm::log((1.0 - transform) / transform);
        // Towards the root both vanish: their ratio is the slope there.
        let ratio = if (root - j).abs() > 1e-5 * j {
            above(j) / (root - j)
        } else {
            let h = 1e-4 * j;
            (above(j - h) - above(j + h)) / (2.0 * h)
        };
        logs.push(ln_product - libm::log(1.0 - transform) + libm::log(ratio));
    }
    let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // A transform of 0: the next arrival never finds that many still busy.
    let delayed = if largest == f64::INFINITY {
        0.0
    } else {
        let relative: f64 = logs.iter().map(|log| libm::exp(log - largest)).sum();
        1.0 / (1.0 + (1.0 - sigma) * relative * libm::exp(largest))
    };
    let decay_per_s = n * mu * (1.0 - sigma);
    let mean_wait_s = delayed / decay_per_s;
    RenewalArrivals {
        sigma,
        delayed,
        mean_wait_s,
        mean_queue: mean_wait_s / gap,
        occupancy: load / n,
        decay_per_s,
    }
}

impl RenewalArrivals {
    /// Share of calls answered within so many seconds.
    #[must_use]
    pub fn answered_within(&self, seconds: f64) -> f64 {
        if seconds < 0.0 { 0.0 } else { 1.0 - self.delayed * libm::exp(-self.decay_per_s * seconds) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Chain, Demand, erlang_c};
    use super::*;

    const MINUTE: f64 = 60.0;

    #[test]
    fn known_values() {
        let erlang_2 = Law::gamma(3.0 * MINUTE, 0.5_f64.sqrt());
        let one = renewal_arrivals(&erlang_2, 2.0 * MINUTE, 1);
        for (found, expected) in [
            (one.sigma, 0.575_027_594_1),
            (one.delayed, 0.575_027_594_1),
            (one.mean_wait_s / MINUTE, 2.706_187_913),
            (one.occupancy, 2.0 / 3.0),
        ] {
            assert!((found - expected).abs() < 1e-9, "{one:?}");
        }
        let even = renewal_arrivals(&Law::constant(15.0), 2.0 * MINUTE, 9);
        for (found, expected) in [
            (even.delayed, 0.499_927_974_9),
            (even.mean_wait_s / MINUTE, 0.519_937_404_5),
            (even.mean_queue, 2.079_749_618),
            (even.occupancy, 0.888_888_888_9),
        ] {
            assert!((found - expected).abs() < 1e-9, "{even:?}");
        }
    }

    #[test]
    fn exponential_times_between_arrivals_are_erlang_c() {
        for (agents, rho) in [(1, 0.3), (1, 0.95), (7, 0.5), (50, 0.9), (2_000, 0.97), (100_000, 0.995)] {
            let demand = Demand::new(rho * f64::from(agents) / 300.0, 300.0);
            let queue = renewal_arrivals(&Law::exponential(1.0 / demand.arrivals_per_s), 300.0, agents);
            let exact = erlang_c(&demand, agents);
            assert!((queue.sigma - rho).abs() < 1e-9, "{queue:?}");
            assert!((queue.delayed - exact.delayed).abs() < 1e-6 * exact.delayed, "{queue:?}, {exact:?}");
            assert!((queue.mean_wait_s / exact.mean_wait_s - 1.0).abs() < 1e-5);
        }
    }

    #[test]
    fn it_agrees_with_the_balance_of_phases() {
        // Erlang-3 gaps as three exponential phases; an arrival is the end of the third.
        let (n, handling, gap, most) = (4, 10.0, 3.0, 300);
        let chain = Chain::from_rates(3 * (most + 1), |from| {
            let (number, phase) = (from / 3, from % 3);
            let mut to = Vec::new();
            if phase < 2 || number < most {
                to.push((from + 1, 3.0 / gap));
            }
            if number > 0 {
                to.push((from - 3, number.min(n) as f64 / handling));
            }
            to
        });
        let law = chain.balance().expect("one balance");
        let queue: f64 =
            law.iter().enumerate().map(|(i, share)| (i / 3).saturating_sub(n) as f64 * share).sum();
        let third: f64 = law.iter().skip(2).step_by(3).sum();
        let delayed: f64 = law.iter().skip(2).step_by(3).skip(n).sum::<f64>() / third;
        let found = renewal_arrivals(&Law::gamma(gap, 1.0 / 3_f64.sqrt()), handling, n as u32);
        assert!((found.mean_queue / queue - 1.0).abs() < 1e-9, "{found:?}, {queue}");
        assert!((found.delayed / delayed - 1.0).abs() < 1e-9, "{found:?}, {delayed}");
    }

    #[test]
    fn uneven_arrivals_wait_longer_and_even_ones_less() {
        let wait = |law: &Law| renewal_arrivals(law, 120.0, 9).mean_wait_s;
        let waits = [
            wait(&Law::constant(15.0)),
            wait(&Law::lognormal(15.0, 0.7)),
            wait(&Law::exponential(15.0)),
            wait(&Law::weibull(15.0, 0.7)),
            wait(&Law::hyperexponential(&[(0.5, 3.0), (0.5, 27.0)])),
        ];
        assert!(waits.is_sorted(), "{waits:?}");
    }

    #[test]
    fn the_root_may_fall_on_a_whole_number() {
        // Erlang C at ρ = 0.8 and n = 5: n (1 − σ) = 1 exactly.
        let queue = renewal_arrivals(&Law::exponential(25.0), 100.0, 5);
        assert!((queue.delayed - erlang_c(&Demand::new(0.04, 100.0), 5).delayed).abs() < 1e-7, "{queue:?}");
    }

    #[test]
    fn edges_of_load_and_agents() {
        let over = renewal_arrivals(&Law::constant(10.0), 100.0, 10);
        assert_eq!((over.delayed, over.mean_wait_s, over.answered_within(1e9)), (1.0, f64::INFINITY, 0.0));
        assert_eq!(renewal_arrivals(&Law::constant(10.0), 100.0, 0).occupancy, 0.0);
        let calm = renewal_arrivals(&Law::constant(1e6), 1.0, 100);
        assert!(calm.delayed < 1e-12 && calm.answered_within(0.0) > 1.0 - 1e-12, "{calm:?}");
    }
}
