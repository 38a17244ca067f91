//! One agent, handling of any law: the mean wait, also by rank of classes.
//!
//! Poisson arrivals, endless patience; a handling once begun is finished. Gives means only, no law of the wait.
//! Invariant: a class of higher rank never waits longer on average than one below it.

use super::law::Law;

/// A class of calls to one agent.
///
/// ```
/// use holdtime::analytics::{Law, SingleServerClass};
/// let calls = SingleServerClass::new(0.3 / 60.0, &Law::lognormal(150.0, 1.5_f64.sqrt()));
/// assert!((calls.load() - 0.75).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SingleServerClass {
    arrivals_per_s: f64,
    mean_handling_s: f64,
    /// Mean of the square of the handling time.
    second_moment: f64,
}

impl SingleServerClass {
    /// Poisson arrivals per second, 0 or more, and the law of handling times in seconds.
    ///
    /// # Panics
    /// If the rate is out of range or the law has no finite mean square.
    #[must_use]
    pub fn new(arrivals_per_s: f64, handling: &Law) -> Self {
        let (mean_handling_s, second_moment) = (handling.mean(), handling.second_moment());
        assert!(arrivals_per_s >= 0.0 && arrivals_per_s.is_finite(), "arrivals per second: {arrivals_per_s}");
        assert!(second_moment.is_finite(), "mean square of handling: {second_moment}");
        Self { arrivals_per_s, mean_handling_s, second_moment }
    }

    /// Offered load in erlangs, λ E S.
    #[must_use]
    pub fn load(&self) -> f64 {
        self.arrivals_per_s * self.mean_handling_s
    }
}

/// Mean wait in seconds of all calls to one agent, first come, first served: λ E S² ÷ 2 (1 − ρ) (Pollaczek 1930; Khinchine
/// 1932). Infinite at a load of 1 or more.
///
/// ```
/// use holdtime::analytics::{Law, SingleServerClass, mean_wait_of_one};
/// // 0.4 calls a minute of exactly two minutes each: half the wait of exponential ones.
/// let calls = SingleServerClass::new(0.4 / 60.0, &Law::constant(120.0));
/// assert!((mean_wait_of_one(&calls) - 240.0).abs() < 1e-9);
/// ```
#[must_use]
pub fn mean_wait_of_one(class: &SingleServerClass) -> f64 {
    mean_waits_by_rank(std::slice::from_ref(class))[0]
}

/// Mean wait in seconds of each class, highest rank first, when one agent takes the next call from the highest class that
/// waits and finishes it whatever comes (Cobham 1954).
///
/// W(k) = R ÷ ((1 − σ(k − 1)) (1 − σ(k))), σ(k) = ρ(1) + … + ρ(k); R = Σ λ E S² ÷ 2 is what is left of the handling that an
/// arrival finds. At a load of 1 or more the classes from some rank on wait for ever, and fill with their handling all the
/// time that those above leave: R then holds only that share of the first of them, by the same reasoning.
///
/// ```
/// use holdtime::analytics::{Law, SingleServerClass, mean_waits_by_rank};
/// let high = SingleServerClass::new(0.15 / 60.0, &Law::constant(120.0));
/// let low = SingleServerClass::new(0.2 / 60.0, &Law::exponential(120.0));
/// let waits = mean_waits_by_rank(&[high, low]);
/// assert!((waits[0] / 60.0 - 1.571).abs() < 0.001 && (waits[1] / 60.0 - 5.238).abs() < 0.001);
/// ```
#[must_use]
pub fn mean_waits_by_rank(classes: &[SingleServerClass]) -> Vec<f64> {
    let mut left = 0.0;
    let mut load = 0.0;
    for class in classes {
        if load + class.load() >= 1.0 {
            left += (1.0 - load) * class.second_moment / (2.0 * class.mean_handling_s);
            break;
        }
        load += class.load();
        left += 0.5 * class.arrivals_per_s * class.second_moment;
    }
    let mut above = 0.0;
    classes
        .iter()
        .map(|class| {
            let with_own = above + class.load();
            let wait = if with_own < 1.0 { left / ((1.0 - above) * (1.0 - with_own)) } else { f64::INFINITY };
            above = with_own;
            wait
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Demand, erlang_c};
    use super::*;

    const MINUTE: f64 = 60.0;

    fn class(per_minute: f64, handling: &Law) -> SingleServerClass {
        SingleServerClass::new(per_minute / MINUTE, handling)
    }

    #[test]
    fn known_values() {
        let two = 2.0 * MINUTE;
        for (class, minutes) in [
            (class(0.4, &Law::exponential(two)), 8.0),
            (class(0.4, &Law::constant(two)), 4.0),
            (class(0.3, &Law::lognormal(150.0, 1.5_f64.sqrt())), 9.375),
        ] {
            assert!((mean_wait_of_one(&class) / MINUTE - minutes).abs() < 1e-9, "{class:?}");
        }
        let waits =
            mean_waits_by_rank(&[class(0.15, &Law::constant(two)), class(0.2, &Law::exponential(two))]);
        assert!((waits[0] / MINUTE - 1.571_428_571).abs() < 1e-9, "{waits:?}");
        assert!((waits[1] / MINUTE - 5.238_095_238).abs() < 1e-9, "{waits:?}");
    }

    #[test]
    fn exponential_handling_is_erlang_c_of_one_agent() {
        let wait = mean_wait_of_one(&class(0.4, &Law::exponential(120.0)));
        assert!((wait - erlang_c(&Demand::new(0.4 / MINUTE, 120.0), 1).mean_wait_s).abs() < 1e-9);
    }

    #[test]
    fn ranks_move_waits_about_but_not_their_sum_weighted_by_load() {
        // Kleinrock's conservation law (1965): Σ ρ W is the same for every order.
        let classes = [
            class(0.1, &Law::gamma(100.0, 0.7)),
            class(0.15, &Law::lognormal(140.0, 1.2)),
            class(0.05, &Law::constant(200.0)),
        ];
        let weighted = |order: [usize; 3]| -> f64 {
            let ranked = order.map(|i| classes[i]);
            ranked.iter().zip(mean_waits_by_rank(&ranked)).map(|(class, wait)| class.load() * wait).sum()
        };
        let first = weighted([0, 1, 2]);
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            assert!((weighted(order) / first - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_class_above_is_safe_from_what_floods_the_ranks_below() {
        let (high, flood) = (class(0.1, &Law::exponential(120.0)), class(9.0, &Law::exponential(120.0)));
        let waits = mean_waits_by_rank(&[high, flood, high]);
        // The agent is always busy, and an exponential handling is as long as ever: 120 s ÷ (1 − 0.2).
        assert!((waits[0] - 150.0).abs() < 1e-9, "{waits:?}");
        assert_eq!(waits[1..], [f64::INFINITY; 2]);
        assert_eq!(mean_wait_of_one(&class(0.5, &Law::exponential(120.0))), f64::INFINITY);
        assert_eq!(mean_wait_of_one(&class(0.0, &Law::exponential(120.0))), 0.0);
    }
}
