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

        let queue = erlang_c(&Demand::new(1.9 / minute, 2.0 * minute), 5);
        assert!((queue.delayed - 0.479_594_143_2).abs() < 1e-10);
        assert!((queue.mean_wait_s / minute - 0.799_323_572).abs() < 1e-9);
        assert!((queue.answered_within(20.0) - 0.607_341_525_9).abs() < 1e-10);
        assert!((queue.answered_within(60.0) - 0.736_793_153_6).abs() < 1e-10);
    }

    #[test]
    fn edges_of_load_and_agents() {
        let overloaded = erlang_c(&Demand::new(1.0, 10.0), 10);
        assert_eq!(
            (overloaded.delayed, overloaded.answered_within(1e9), overloaded.occupancy),
            (1.0, 0.0, 1.0)
        );
        let idle = erlang_c(&Demand::new(0.0, 300.0), 3);
        assert_eq!((idle.delayed, idle.mean_wait_s, idle.answered_within(0.0)), (0.0, 0.0, 1.0));
        let nobody = erlang_c(&Demand::new(0.0, 300.0), 0);
        assert_eq!((nobody.mean_queue, nobody.occupancy, nobody.answered_within(20.0)), (0.0, 0.0, 0.0));
    }
}
