//! Erlang C: everyone waits until answered.

use super::demand::Demand;
use super::erlang_b::inverse_erlang_b;

/// A queue without abandonment in balance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErlangC {
    /// Share of calls that find nobody idle.
    pub delayed: f64,
    /// Share of the agents' time spent handling; 0 without agents.
    pub occupancy: f64,
    /// Mean wait of all calls in seconds; infinite where the queue grows without end.
    pub mean_wait_s: f64,
    /// Mean number waiting.
    pub mean_queue: f64,
    /// Rate at which waits end, nμ − λ, per second; 0 where the queue grows without end.
    decay_per_s: f64,
}

impl ErlangC {
    /// Share of calls answered within so many seconds: 1 − C e^(−(nμ − λ) t).
    #[must_use]
    pub fn answered_within(&self, seconds: f64) -> f64 {
        if seconds < 0.0 { 0.0 } else { 1.0 - self.delayed * libm::exp(-self.decay_per_s * seconds) }
    }

    /// The wait in seconds that a share of calls, 0 to 1, does not exceed: ln(C ÷ (1 − share)) ÷ (nμ − λ).
    ///
    /// 0 up to the share that does not wait; infinite for a share of 1 and where the queue grows without end.
    ///
    /// ```
    /// use holdtime::analytics::{Demand, erlang_c};
    /// let queue = erlang_c(&Demand::new(48.0 / 60.0, 60.0), 50);
    /// assert!((queue.wait_quantile_s(0.9) - 58.1).abs() < 0.1);
    /// assert_eq!(queue.wait_quantile_s(0.3), 0.0);
    /// ```
    #[must_use]
    pub fn wait_quantile_s(&self, share: f64) -> f64 {
        let beyond = 1.0 - share;
        if beyond >= self.delayed { 0.0 } else { libm::log(self.delayed / beyond) / self.decay_per_s }
    }

    /// Standard deviation of the wait of all calls in seconds: √(C (2 − C)) ÷ (nμ − λ); infinite where the queue grows
    /// without end.
    #[must_use]
    pub fn wait_sd_s(&self) -> f64 {
        if self.delayed == 0.0 {
            return 0.0;
        }
        libm::sqrt(self.delayed * (2.0 - self.delayed)) / self.decay_per_s
    }
}

/// M/M/n (Erlang 1917): C = B ÷ (1 − ρ (1 − B)), ρ = a ÷ n; mean wait C ÷ (nμ − λ). Patience and balking of the demand
/// are ignored.
///
/// With a load at or above the number of agents the queue grows without end: everyone waits, for ever. Zero load waits
/// for nobody, unless there are no agents.
///
/// ```
/// use holdtime::analytics::{Demand, erlang_c};
/// let queue = erlang_c(&Demand::new(48.0 / 60.0, 60.0), 50);
/// assert!((queue.mean_wait_s - 20.8).abs() < 0.1);
/// assert!((queue.answered_within(20.0) - 0.643).abs() < 0.001);
/// ```
#[must_use]
pub fn erlang_c(demand: &Demand, agents: u32) -> ErlangC {
    let (load, n) = (demand.load(), f64::from(agents));
    if load >= n {
        let occupancy = if agents == 0 { 0.0 } else { 1.0 };
        return ErlangC {
            delayed: 1.0,
            occupancy,
            mean_wait_s: f64::INFINITY,
            mean_queue: if load == 0.0 { 0.0 } else { f64::INFINITY },
            decay_per_s: 0.0,
        };
    }
    let occupancy = load / n;
    let delayed = 1.0 / (occupancy + (1.0 - occupancy) * inverse_erlang_b(load, agents));
    let decay_per_s = (n - load) / demand.mean_handling_s;
    let mean_wait_s = delayed / decay_per_s;
    ErlangC { delayed, occupancy, mean_wait_s, mean_queue: mean_wait_s * demand.arrivals_per_s, decay_per_s }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        let minute = 60.0;
        let queue = erlang_c(&Demand::new(48.0 / minute, minute), 50);
        assert!((queue.delayed - 0.694_455_611_2).abs() < 1e-10);
        assert!((queue.mean_wait_s / minute - 0.347_227_805_6).abs() < 1e-10);
        assert!((queue.mean_queue - 16.666_934_67).abs() < 1e-8);
        assert!((queue.occupancy - 0.96).abs() < 1e-12);
        assert!((queue.answered_within(20.0) - 0.643_454_600_8).abs() < 1e-10);
        assert!((queue.wait_sd_s() / minute - 0.476_088_916_7).abs() < 1e-10);
        assert!((queue.wait_quantile_s(0.9) / minute - 0.968_979_029_7).abs() < 1e-9);

        let queue = erlang_c(&Demand::new(1.9 / minute, 2.0 * minute), 5);
        assert!((queue.delayed - 0.479_594_143_2).abs() < 1e-10);
        assert!((queue.mean_wait_s / minute - 0.799_323_572).abs() < 1e-9);
        assert!((queue.answered_within(20.0) - 0.607_341_525_9).abs() < 1e-10);
        assert!((queue.answered_within(60.0) - 0.736_793_153_6).abs() < 1e-10);
        assert!((queue.wait_sd_s() / minute - 1.423_198_417).abs() < 1e-9);
        assert!((queue.wait_quantile_s(0.9) / minute - 2.612_950_042).abs() < 1e-9);
    }

    #[test]
    fn a_quantile_is_where_its_share_is_reached() {
        for (load, agents) in [(0.9, 1), (45.0, 50), (9_900.0, 10_000)] {
            let queue = erlang_c(&Demand::new(load / 300.0, 300.0), agents);
            for share in [0.5, 0.8, 0.95, 0.999_9] {
                let wait = queue.wait_quantile_s(share);
                let reached = queue.answered_within(wait);
                assert!(
                    (reached - share).abs() < 1e-12 || (wait == 0.0 && reached > share),
                    "{queue:?}, {share}"
                );
            }
        }
    }

    #[test]
    fn edges_of_load_and_agents() {
        let overloaded = erlang_c(&Demand::new(1.0, 10.0), 10);
        assert_eq!(
            (overloaded.delayed, overloaded.answered_within(1e9), overloaded.occupancy),
            (1.0, 0.0, 1.0)
        );
        assert_eq!((overloaded.wait_quantile_s(0.1), overloaded.wait_sd_s()), (f64::INFINITY, f64::INFINITY));
        let idle = erlang_c(&Demand::new(0.0, 300.0), 3);
        assert_eq!((idle.delayed, idle.mean_wait_s, idle.answered_within(0.0)), (0.0, 0.0, 1.0));
        assert_eq!((idle.wait_quantile_s(1.0), idle.wait_sd_s()), (0.0, 0.0));
        let nobody = erlang_c(&Demand::new(0.0, 300.0), 0);
        assert_eq!((nobody.mean_queue, nobody.occupancy, nobody.answered_within(20.0)), (0.0, 0.0, 0.0));
    }
}
