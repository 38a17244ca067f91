//! Customers who call again: after giving up, or after an answer that did not solve their case.
//!
//! Returns are taken for a Poisson stream of their own, as if a long while had passed. Invariant: what enters is what is fresh
//! plus what returns.

use super::demand::Demand;
use super::erlang_a::{ErlangA, erlang_a};
use crate::special::first_true;

/// A queue with those who return, in balance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Returns {
    /// All attempts per second: fresh ones, redials and repeats.
    pub attempts_per_s: f64,
    /// Attempts per second after one that was abandoned.
    pub redials_per_s: f64,
    /// Attempts per second after one that was answered.
    pub repeats_per_s: f64,
    /// Attempts for each fresh one; 1 at zero load.
    pub attempts_per_fresh: f64,
    /// Share of fresh customers who give up for good.
    pub lost: f64,
    /// What every attempt meets.
    pub queue: ErlangA,
}

/// Erlang A with redials and repeats: of the attempts abandoned and answered, the shares that return, 0 to 1, every time anew.
///
/// The rate of attempts x solves x = λ + r · x · P(abandons at x) + q · x · P(is answered at x): a fixed point (Cohen 1957 for
/// blocked calls; Aguir, Karaesmen, Akşin and Chauvet 2004 for abandoned ones). Nearly exact if returns are late, too hopeful if
/// they are soon, for then they meet the rush they come from. With endless patience there are only repeats, and
/// x = λ ÷ (1 − q) is exact for Poisson arrivals and exponential handling, however long they take: a network in product form
/// (Jackson 1957). Customers who balk count as abandoned; if all do, this is Erlang B with retrials.
///
/// `None` where attempts would grow without end: if all who abandon return and the fresh load is more than what agents can solve,
/// λ ≥ nμ (1 − q); or if nobody gives up and all who are answered return.
///
/// ```
/// use holdtime::analytics::{Demand, returns};
/// // 3.5 calls a minute of 2.5 minutes, nobody gives up; three in ten cases are not solved and come back.
/// let loop_of_repeats = returns(&Demand::new(3.5 / 60.0, 150.0), 0.0, 0.3, 14).unwrap();
/// assert!((loop_of_repeats.attempts_per_s * 60.0 - 5.0).abs() < 1e-9);
/// assert!((loop_of_repeats.queue.mean_wait_s / 60.0 - 0.985).abs() < 0.001);
/// ```
///
/// # Panics
/// If a share is out of range.
#[must_use]
pub fn returns(fresh: &Demand, redial: f64, repeat: f64, agents: u32) -> Option<Returns> {
    assert!((0.0..=1.0).contains(&redial), "share of redials: {redial}");
    assert!((0.0..=1.0).contains(&repeat), "share of repeats: {repeat}");
    let fresh_per_s = fresh.arrivals_per_s;
    let queue_at = |attempts: f64| erlang_a(&Demand { arrivals_per_s: attempts, ..*fresh }, agents);
    // What does not return, at so many attempts: rises with them, since so do both what is lost and what is answered.
    let ending = |attempts: f64| {
        let abandonment = queue_at(attempts).abandonment;
        attempts * ((1.0 - redial) * abandonment + (1.0 - repeat) * (1.0 - abandonment))
    };
    let attempts_per_s = if fresh_per_s == 0.0 {
        0.0
    } else if fresh.mean_patience_s == f64::INFINITY && fresh.balking == 0.0 {
        if repeat == 1.0 {
            return None;
        }
        fresh_per_s / (1.0 - repeat)
    } else {
        let capacity = f64::from(agents) / fresh.mean_handling_s;
        if redial == 1.0 && fresh_per_s >= capacity * (1.0 - repeat) {
            return None;
        }
        let most = 1e3 * (fresh_per_s + capacity + 1.0 / fresh.mean_handling_s);
        let mut high = fresh_per_s;
        while ending(high) < fresh_per_s * (1.0 - 4.0 * f64::EPSILON) {
            // So close to what agents can do at most that a double does not tell them apart.
            if redial == 1.0 && high > most {
                return None;
            }
            high *= 2.0;
        }
        first_true(fresh_per_s, high, |attempts| ending(attempts) >= fresh_per_s * (1.0 - 4.0 * f64::EPSILON))
    };
    let queue = queue_at(attempts_per_s);
    let abandoned = attempts_per_s * queue.abandonment;
    let answered = attempts_per_s * (1.0 - queue.abandonment);
    Some(Returns {
        attempts_per_s,
        redials_per_s: redial * abandoned,
        repeats_per_s: repeat * answered,
        attempts_per_fresh: if fresh_per_s == 0.0 { 1.0 } else { attempts_per_s / fresh_per_s },
        lost: if fresh_per_s == 0.0 { 0.0 } else { ((1.0 - redial) * abandoned / fresh_per_s).min(1.0) },
        queue,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Chain, erlang_c};
    use super::*;

    const MINUTE: f64 = 60.0;

    /// Attempts per minute of M/M/n+M whose customers redial after an exponential while, from the balance of (in the centre,
    /// at home).
    fn attempts_in_balance(
        (fresh, handling, agents, patience): (f64, f64, usize, f64),
        (redial, delay): (f64, f64),
        (most_in, most_home): (usize, usize),
    ) -> f64 {
        let state = |inside: usize, home: usize| home * (most_in + 1) + inside;
        let chain = Chain::from_rates((most_in + 1) * (most_home + 1), |from| {
            let (inside, home) = (from % (most_in + 1), from / (most_in + 1));
            let mut to = Vec::new();
            if inside < most_in {
                to.push((state(inside + 1, home), fresh));
                if home > 0 {
                    to.push((state(inside + 1, home - 1), home as f64 / delay));
                }
            }
            if inside > 0 {
                let gives_up = inside.saturating_sub(agents) as f64 / patience;
                to.push((
                    state(inside - 1, home),
                    inside.min(agents) as f64 / handling + (1.0 - redial) * gives_up,
                ));
                if home < most_home {
                    to.push((state(inside - 1, home + 1), redial * gives_up));
                }
            }
            to
        });
        let law = chain.balance().expect("one balance");
        let home: f64 = law.iter().enumerate().map(|(i, share)| (i / (most_in + 1)) as f64 * share).sum();
        fresh + home / delay
    }

    #[test]
    fn the_exact_balance_of_redials_is_near_the_fixed_point() {
        let exact = attempts_in_balance((5.0, 2.0, 11, 2.0), (0.7, 20.0), (50, 60));
        assert!((exact / 5.451_257_371 - 1.0).abs() < 1e-7, "{exact}");
        let demand = Demand::new(5.0 / MINUTE, 2.0 * MINUTE).with_patience(2.0 * MINUTE);
        let fixed = returns(&demand, 0.7, 0.0, 11).expect("a balance");
        let (attempts, served) = (fixed.attempts_per_s * MINUTE, 5.0 * (1.0 - fixed.lost));
        // Redials after 20 minutes, ten handling times, still meet a little of the rush: 1 % of attempts.
        assert!((attempts / exact - 1.0).abs() < 0.01, "{attempts}, {exact}");
        assert!((served / 4.806_603_984 - 1.0).abs() < 0.01, "{served}");
        let late = attempts_in_balance((5.0, 2.0, 11, 2.0), (0.7, 200.0), (50, 220));
        assert!((attempts / late - 1.0).abs() < (attempts / exact - 1.0).abs() / 3.0, "{attempts}, {late}");
    }

    #[test]
    fn another_balance_of_redials_is_near_too() {
        let demand = Demand::new(8.0 / MINUTE, 4.0 * MINUTE).with_patience(MINUTE / 0.3);
        let fixed = returns(&demand, 0.8, 0.0, 34).expect("a balance");
        assert!((fixed.attempts_per_s * MINUTE / 8.531_116_896 - 1.0).abs() < 0.01, "{fixed:?}");
        assert!((fixed.queue.occupancy / 0.925_555_385_4 - 1.0).abs() < 0.005, "{fixed:?}");
        assert!((fixed.redials_per_s + 8.0 / MINUTE - fixed.attempts_per_s).abs() < 1e-9);
    }

    #[test]
    fn repeats_are_in_product_form() {
        let fixed = returns(&Demand::new(3.5 / MINUTE, 2.5 * MINUTE), 0.0, 0.3, 14).expect("a balance");
        let queue = erlang_c(&Demand::new(fixed.attempts_per_s, 150.0), 14);
        for (found, expected) in [
            (fixed.attempts_per_s * MINUTE, 5.0),
            (fixed.queue.occupancy, 0.892_857_142_9),
            (fixed.queue.delayed, 0.590_987_560_1),
            (fixed.queue.mean_wait_s / MINUTE, 0.984_979_266_8),
            (fixed.queue.mean_queue, 4.924_896_334),
            (queue.wait_sd_s() / MINUTE, 1.520_881_345),
            (queue.wait_quantile_s(0.9) / MINUTE, 2.961_041_304),
            (fixed.queue.answered_within(20.0), 0.516_140_309_9),
        ] {
            assert!((found / expected - 1.0).abs() < 1e-8, "{found}, not {expected}");
        }
    }

    #[test]
    fn blocked_calls_that_try_again_until_they_get_through_fill_the_lines() {
        let demand = Demand::new(6.0 / MINUTE, 2.0 * MINUTE).with_balking(1.0);
        let fixed = returns(&demand, 1.0, 0.0, 14).expect("a balance");
        assert!((fixed.queue.occupancy - 0.857_142_857_1).abs() < 1e-9, "all are answered in the end");
        // The chain of retrials after 10 minutes, five handling times, has 0.2744: they still meet some of the rush.
        let difference = 0.274_440_327_5 - fixed.queue.delayed;
        assert!((0.0..0.02).contains(&difference), "{fixed:?}");
    }

    #[test]
    fn edges_of_shares_and_load() {
        let demand = Demand::new(0.1, 300.0).with_patience(60.0);
        let none = returns(&demand, 0.0, 0.0, 30).expect("a balance");
        assert_eq!((none.attempts_per_s, none.attempts_per_fresh), (0.1, 1.0));
        assert_eq!(
            returns(&demand, 1.0, 0.0, 30),
            None,
            "30 erlangs on 30 agents, and nobody gives up for good"
        );
        assert!(returns(&demand, 1.0, 0.0, 31).is_some());
        // Whoever is answered comes back until giving up for good: half of those who abandon do.
        let unsolved = returns(&demand, 0.5, 1.0, 100).expect("a balance");
        assert!((unsolved.lost - 1.0).abs() < 1e-9 && unsolved.queue.occupancy > 0.9, "{unsolved:?}");
        assert_eq!(returns(&demand, 1.0, 1.0, 100), None);
        assert_eq!(returns(&Demand::new(0.1, 300.0), 0.0, 1.0, 100), None);
        let idle = returns(&Demand::new(0.0, 300.0), 1.0, 0.5, 3).expect("a balance");
        assert_eq!((idle.attempts_per_s, idle.lost), (0.0, 0.0));
        let nobody = returns(&demand, 0.5, 0.0, 0).expect("a balance");
        assert!((nobody.attempts_per_s - 0.2).abs() < 1e-9 && (nobody.lost - 1.0).abs() < 1e-9);
    }
}
