//! Factors of whole days: each day for itself, or with a memory of the days before.
//!
//! With a memory the normal scores of the days are an autoregression of order 1, and a day's factor has the score's place in
//! the same law as without. Invariant: a factor is named by its date, so that another start of the horizon finds the same days.

use crate::random::{Dist, Key, Purpose, standard_normal};
use crate::special::normal_cdf;

use super::rules::Rules;

/// Below this weight, relative to the day's own, a day is forgotten.
const FORGOTTEN: f64 = 1e-6;

/// How scores of days hang together.
#[derive(Clone, Debug)]
pub(super) struct DayMemory {
    /// Weights of the day's own innovation and of those of the days before; their squares sum to 1.
    weights: Vec<f64>,
}

impl DayMemory {
    /// Of scores whose correlation from one day to the next is `lag1`, in [0, 1); `None` for 0.
    pub fn new(lag1: f64) -> Option<Self> {
        if lag1 <= 0.0 {
            return None;
        }
        let weights = std::iter::successors(Some(1.0), |weight| Some(weight * lag1));
        let weights: Vec<f64> = weights.take_while(|weight| *weight >= FORGOTTEN).collect();
        let norm = weights.iter().map(|weight| weight * weight).sum::<f64>().sqrt();
        Some(Self { weights: weights.into_iter().map(|weight| weight / norm).collect() })
    }

    /// The standard normal score of a day.
    fn score(&self, key: Key, purpose: Purpose, date: jiff::civil::Date) -> f64 {
        let days = std::iter::successors(Some(date), |date| date.yesterday().ok());
        let innovation = |date| standard_normal(&mut key.child(number(date)).stream(purpose));
        self.weights.iter().zip(days).map(|(weight, date)| weight * innovation(date)).sum()
    }
}

/// The part of a date in keys.
fn number(date: jiff::civil::Date) -> u64 {
    (i64::from(date.year()) * 400 + i64::from(date.day_of_year())).cast_unsigned()
}

/// The factor of each class on a date: the common part times its own.
pub(super) fn day_factors<'r>(
    rules: &'r Rules,
    root: Key,
    class_keys: &'r [Key],
    date: jiff::civil::Date,
) -> impl Iterator<Item = f64> + 'r {
    let part =
        move |law: &Option<Dist>, key: Key, alone: Purpose, scored: Purpose| match (law, &rules.day_memory) {
            (None, _) => 1.0,
            (Some(law), None) => law.sample(&mut key.child(number(date)).stream(alone)),
            (Some(law), Some(memory)) => law.quantile(normal_cdf(memory.score(key, scored, date))),
        };
    rules.classes.iter().zip(class_keys).map(move |(class, key)| {
        part(&class.day_common, root, Purpose::DayCommon, Purpose::DayScoreCommon)
            * part(&class.day_own, *key, Purpose::DayOwn, Purpose::DayScoreOwn)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;

    #[test]
    fn scores_are_standard_normal_and_forget_by_the_same_share_every_day() {
        let memory = DayMemory::new(0.6).unwrap();
        let n = 50_000;
        let days = date(1900, 1, 1).series(1.day()).take(n);
        let z: Vec<f64> =
            days.map(|date| memory.score(Key::root(5, 0), Purpose::DayScoreCommon, date)).collect();
        let lagged = |lag: usize| {
            z[lag..].iter().zip(&z).map(|(later, earlier)| later * earlier).sum::<f64>() / (n - lag) as f64
        };
        // Variance of a sum of squares of such scores: 2 (1 + ρ²) ÷ (1 − ρ²) ÷ n, of products less. Four standard errors each:
        // a false alarm in 4,000 for all four.
        let bound = 4.0 * (2.0 * 1.36 / 0.64 / n as f64).sqrt();
        for (lag, expected) in [(0, 1.0), (1, 0.6), (2, 0.36), (40, 0.0)] {
            assert!((lagged(lag) - expected).abs() < bound, "lag {lag}: {}", lagged(lag));
        }
    }

    #[test]
    fn without_correlation_there_is_no_memory() {
        assert!(DayMemory::new(0.0).is_none());
    }
}
