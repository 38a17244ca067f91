//! Large and irregular queues in a few strokes: how staffing grows with the load, what irregularity costs.
//!
//! None of these is exact; where an exact formula stands beside one, its error is told in the tests. Invariant: shares stay in
//! [0, 1], and a bound is never below the wait that it bounds.

use super::demand::Demand;
use super::erlang_c::erlang_c;
use crate::special::{first_true, normal_cdf, normal_hazard};

/// Grades of service are looked for between −40 and 40: beyond, shares are 0 or 1 to a double.
const STEEPEST: f64 = 40.0;

/// Share of calls that find nobody idle at n = a + β √a agents and endless patience, for large loads a: 1 ÷ (1 + β ÷ h(−β)),
/// h the hazard of the normal law (Halfin and Whitt 1981). 1 for β ≤ 0, where the queue has no end.
///
/// ```
/// // 400 erlangs on 420 agents.
/// assert!((holdtime::analytics::halfin_whitt(1.0) - 0.2234).abs() < 0.0001);
/// ```
#[must_use]
pub fn halfin_whitt(beta: f64) -> f64 {
    if beta <= 0.0 { 1.0 } else { 1.0 / (1.0 + beta / normal_hazard(-beta)) }
}

/// Delay and abandonment of a large queue, approximately.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Garnett {
    /// Share of calls that find nobody idle.
    pub delayed: f64,
    /// Share of calls that abandon.
    pub abandonment: f64,
}

/// Erlang A for large loads (Garnett, Mandelbaum and Reiman 2002): β = (n − a) ÷ √a, δ = β √(μ/θ);
/// P(delayed) = 1 ÷ (1 + √(θ/μ) h(δ) ÷ h(−β)), P(abandons | delayed) = √(θ/μ) (h(δ) − δ) ÷ √n.
///
/// Needs both load and agents above 0 and finite patience; with endless patience it is [`halfin_whitt`]. Balking is ignored.
/// Zero load is never delayed, and no agents delay and lose everyone.
///
/// ```
/// use holdtime::analytics::{Demand, garnett};
/// // 100 calls a minute of one minute each, patience two minutes.
/// let queue = garnett(&Demand::new(100.0 / 60.0, 60.0).with_patience(120.0), 105);
/// assert!((queue.delayed - 0.3572).abs() < 0.0001);
/// assert!((queue.abandonment - 0.0145).abs() < 0.0001);
/// ```
#[must_use]
pub fn garnett(demand: &Demand, agents: u32) -> Garnett {
    let (load, n) = (demand.load(), f64::from(agents));
    if agents == 0 {
        return Garnett { delayed: 1.0, abandonment: 1.0 };
    }
    if load == 0.0 {
        return Garnett { delayed: 0.0, abandonment: 0.0 };
    }
    let beta = (n - load) / libm::sqrt(load);
    if demand.mean_patience_s == f64::INFINITY {
        return Garnett { delayed: halfin_whitt(beta), abandonment: 0.0 };
    }
    let delayed = garnett_delay(beta, demand.mean_handling_s / demand.mean_patience_s);
    let haste = libm::sqrt(demand.mean_handling_s / demand.mean_patience_s);
    let given_up = haste * above_its_argument(beta / haste) / libm::sqrt(n);
    Garnett { delayed, abandonment: (delayed * given_up).clamp(0.0, 1.0) }
}

/// P(delayed) at a grade β, with the mean handling ÷ mean patience, θ/μ.
fn garnett_delay(beta: f64, haste: f64) -> f64 {
    let root = libm::sqrt(haste);
    // h(−β) vanishes for large β, and with it the delay.
    1.0 / (1.0 + root * normal_hazard(beta / root) / normal_hazard(-beta))
}

/// h(z) − z without cancelling: for large z by the next terms of the continued fraction.
fn above_its_argument(z: f64) -> f64 {
    if z <= 20.0 {
        return normal_hazard(z) - z;
    }
    1.0 / (z + 2.0 / (z + 3.0 / (z + 4.0 / (z + 5.0 / z))))
}

/// Agents by the square-root rule: ⌈a + β √a⌉, at least 0; β is the grade of service (Halfin and Whitt 1981; Borst, Mandelbaum
/// and Reiman 2004).
///
/// ```
/// assert_eq!(holdtime::analytics::square_root_staffing(400.0, 1.0), 420);
/// ```
#[must_use]
pub fn square_root_staffing(load: f64, beta: f64) -> u32 {
    // The cast saturates.
    (load + beta * libm::sqrt(load)).ceil().max(0.0) as u32
}

/// The least grade β at which at most a share of calls, between 0 and 1, finds nobody idle, for a mean patience in units of the
/// mean handling time: by [`garnett`], or by [`halfin_whitt`] if patience has no end.
///
/// A share of 1 or more needs no grade: −40, where the search ends; one of 0 gets what leaves no share that a double can hold,
/// at most 40.
///
/// ```
/// use holdtime::analytics::{grade_for_delay, halfin_whitt};
/// let beta = grade_for_delay(0.2, f64::INFINITY);
/// assert!((halfin_whitt(beta) - 0.2).abs() < 1e-12);
/// assert!(grade_for_delay(0.2, 1.0) < beta);
/// ```
///
/// # Panics
/// If patience is not above 0.
#[must_use]
pub fn grade_for_delay(share: f64, patience_per_handling: f64) -> f64 {
    assert!(patience_per_handling > 0.0, "patience ÷ handling: {patience_per_handling}");
    if patience_per_handling == f64::INFINITY {
        return if share >= 1.0 {
            -STEEPEST
        } else {
            first_true(0.0, STEEPEST, |beta| halfin_whitt(beta) <= share)
        };
    }
    if (patience_per_handling - 1.0).abs() < 1e-15 {
        // All leave at one rate: the number in the centre is Poisson.
        return first_true(-STEEPEST, STEEPEST, |beta| normal_cdf(-beta) <= share);
    }
    first_true(-STEEPEST, STEEPEST, |beta| garnett_delay(beta, 1.0 / patience_per_handling) <= share)
}

/// Mean wait in seconds of M/G/n or G/G/n, about: (c²ₐ + c²ₛ) ÷ 2 of Erlang C's (Allen 1978, after Lee and Longton 1959 for
/// Poisson arrivals). The squared coefficients of variation are of the time between arrivals, 1 for Poisson, and of handling.
///
/// Exact for M/M/n and M/G/1; at the usual loads of many agents some 5 % off.
///
/// ```
/// use holdtime::analytics::{Demand, allen_cunneen};
/// let wait = allen_cunneen(&Demand::new(4.2 / 60.0, 120.0), 12, 1.0, 1.52);
/// assert!((wait / 60.0 - 0.1287).abs() < 0.0001);
/// ```
#[must_use]
pub fn allen_cunneen(demand: &Demand, agents: u32, scv_arrivals: f64, scv_handling: f64) -> f64 {
    let exponential = erlang_c(demand, agents).mean_wait_s;
    let irregularity = 0.5 * (scv_arrivals + scv_handling);
    if irregularity == 0.0 && exponential.is_finite() { 0.0 } else { irregularity * exponential }
}

/// What the mean wait of GI/G/n never exceeds, in seconds, from the variances in s² of the time between arrivals and of handling:
/// λ (σ²ₐ + σ²ₛ ÷ n + (1 − 1/n) (E S)² ÷ n) ÷ 2 (1 − ρ) (Kingman 1962 for one agent, 1970 for n).
///
/// Infinite at a load of n or more, and without agents.
///
/// ```
/// use holdtime::analytics::{Demand, kingman_bound};
/// // 2 calls a minute of 2 minutes, 5 agents; variances of 0.3 and 5 min².
/// let bound = kingman_bound(&Demand::new(2.0 / 60.0, 120.0), 5, 0.3 * 3600.0, 5.0 * 3600.0);
/// assert!((bound / 60.0 - 9.7).abs() < 1e-9);
/// ```
#[must_use]
pub fn kingman_bound(demand: &Demand, agents: u32, variance_arrivals: f64, variance_handling: f64) -> f64 {
    let (n, load) = (f64::from(agents), demand.load());
    if agents == 0 || load >= n {
        return f64::INFINITY;
    }
    let square = demand.mean_handling_s * demand.mean_handling_s;
    let spread = variance_arrivals + variance_handling / n + (1.0 - 1.0 / n) * square / n;
    demand.arrivals_per_s * spread / (2.0 * (1.0 - load / n))
}

#[cfg(test)]
mod tests {
    use super::super::{erlang_a, least_agents};
    use super::*;

    #[test]
    fn known_values() {
        for (beta, approximate) in [(0.5, 0.504_538_641), (1.0, 0.223_361_274_8), (1.5, 0.084_690_394_49)] {
            assert!((halfin_whitt(beta) - approximate).abs() < 1e-9, "{beta}");
        }
        let queue = garnett(&Demand::new(100.0 / 60.0, 60.0).with_patience(120.0), 105);
        assert!((queue.delayed - 0.357_176_920_1).abs() < 1e-9, "{queue:?}");
        assert!((queue.abandonment - 0.014_512_767_9).abs() < 1e-9, "{queue:?}");
        let wait = allen_cunneen(&Demand::new(4.2 / 60.0, 120.0), 12, 1.0, 1.52);
        assert!((wait / 60.0 - 0.128_722_041_3).abs() < 1e-9);
        let one = kingman_bound(&Demand::new(0.4 / 60.0, 120.0), 1, 9.0 * 3600.0, 6.0 * 3600.0);
        assert!((one / 60.0 - 15.0).abs() < 1e-9, "{one}");
    }

    #[test]
    fn approximations_come_near_the_exact_queue_as_it_grows() {
        for (beta, exact, agents) in
            [(0.5, 0.510_214_857_8, 410), (1.0, 0.230_285_430_8, 420), (1.5, 0.090_111_565_15, 430)]
        {
            assert_eq!(square_root_staffing(400.0, beta), agents);
            assert!((erlang_c(&Demand::new(4.0, 100.0), agents).delayed - exact).abs() < 1e-9);
        }
        let exact = erlang_a(&Demand::new(100.0 / 60.0, 60.0).with_patience(120.0), 105);
        assert!((exact.delayed - 0.369_605_322_1).abs() < 1e-9);
        assert!((exact.abandonment - 0.015_084_074_46).abs() < 1e-9);
        // The error falls as the root of the load.
        let error = |load: f64, beta: f64| {
            let agents = square_root_staffing(load, beta);
            let demand = Demand::new(load / 300.0, 300.0).with_patience(150.0);
            let (near, exact) = (garnett(&demand, agents), erlang_a(&demand, agents));
            (near.delayed - exact.delayed).abs().max((near.abandonment - exact.abandonment).abs())
        };
        for beta in [-2.0, 0.0, 1.0] {
            let errors = [100.0, 10_000.0, 90_000.0].map(|load| error(load, beta));
            assert!(errors[0] < 0.05 && errors[1] < 0.006 && errors[2] < 0.002, "{beta}: {errors:?}");
        }
    }

    #[test]
    fn square_root_staffing_is_right_or_one_too_few() {
        for load in [20.0, 100.0, 400.0, 2_000.0, 10_000.0] {
            for share in [0.05, 0.2, 0.5] {
                let demand = Demand::new(load / 300.0, 300.0);
                let impatient = demand.with_patience(150.0);
                let by_c = least_agents(load, 20_000, |agents| erlang_c(&demand, agents).delayed <= share);
                let by_a = least_agents(load, 20_000, |agents| erlang_a(&impatient, agents).delayed <= share);
                for (exact, patience) in [(by_c, f64::INFINITY), (by_a, 0.5)] {
                    let rule = square_root_staffing(load, grade_for_delay(share, patience));
                    let missing = exact.expect("in reach") - rule;
                    assert!(
                        missing <= 1,
                        "{load} erlangs, {share} delayed, patience {patience}: {missing} missing"
                    );
                }
            }
        }
    }

    #[test]
    fn a_grade_is_the_least_that_does() {
        for share in [0.01, 0.2, 0.5, 0.95] {
            for patience in [0.1, 1.0, 7.0] {
                let beta = grade_for_delay(share, patience);
                let found = garnett_delay(beta, 1.0 / patience);
                assert!((found - share).abs() < 1e-9, "{share}, {patience}: {beta}, {found}");
            }
        }
        assert_eq!(grade_for_delay(1.0, 2.0), -40.0);
        assert_eq!(grade_for_delay(1.0, f64::INFINITY), -40.0);
        assert!((37.0..=40.0).contains(&grade_for_delay(0.0, f64::INFINITY)));
        assert_eq!(grade_for_delay(-1.0, 2.0), 40.0);
    }

    #[test]
    fn edges_of_load_and_agents() {
        assert_eq!((halfin_whitt(0.0), halfin_whitt(-3.0), halfin_whitt(60.0)), (1.0, 1.0, 0.0));
        let demand = Demand::new(1.0, 100.0).with_patience(60.0);
        assert_eq!(garnett(&demand, 0), Garnett { delayed: 1.0, abandonment: 1.0 });
        assert_eq!(garnett(&Demand::new(0.0, 100.0), 5), Garnett { delayed: 0.0, abandonment: 0.0 });
        for agents in [1, 50, 100, 1_000, 100_000] {
            for patience in [1e-3, 1.0, 60.0, 1e6] {
                let queue = garnett(&Demand::new(1.0, 100.0).with_patience(patience), agents);
                assert!(
                    (0.0..=1.0).contains(&queue.delayed) && (0.0..=1.0).contains(&queue.abandonment),
                    "{queue:?}"
                );
            }
        }
        assert_eq!((square_root_staffing(0.0, 3.0), square_root_staffing(4.0, -9.0)), (0, 0));
        assert_eq!(allen_cunneen(&demand, 90, 1.0, 1.0), f64::INFINITY);
        assert_eq!(allen_cunneen(&demand, 110, 0.0, 0.0), 0.0);
        assert_eq!(kingman_bound(&demand, 100, 1.0, 1.0), f64::INFINITY);
        // It bounds what is known exactly.
        let exact = erlang_c(&demand, 110).mean_wait_s;
        assert!(kingman_bound(&demand, 110, 1.0, 1e4) > exact);
    }
}
