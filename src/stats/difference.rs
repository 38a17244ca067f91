//! Differences between two scenarios run with the same customers, replication by replication.
//!
//! Does not decide which scenario is better; what else a difference may be asked is [`super::Paired`]. The intervals are held by
//! `tests/interval_coverage.rs`.

use super::estimate::{Estimate, count, mean_estimate, ratio_deviations};

/// The mean of the paired differences aᵢ − bᵢ.
///
/// ```
/// let saved = holdtime::stats::mean_difference_estimate(&[10.0, 30.0], &[9.0, 29.0]);
/// assert_eq!((saved.mean, saved.half_width), (Some(1.0), Some(0.0)));
/// ```
///
/// # Panics
/// If the two differ in length: pairs are replications of the same index.
#[must_use]
pub fn mean_difference_estimate(a: &[f64], b: &[f64]) -> Estimate {
    assert_eq!(a.len(), b.len(), "paired estimates need the same replications");
    mean_estimate(&a.iter().zip(b).map(|(a, b)| a - b).collect::<Vec<_>>())
}

/// The difference of two ratios, R₁ − R₂, paired by replication.
///
/// dᵢ = (Y₁ᵢ − R₁X₁ᵢ) ÷ X̄₁ − (Y₂ᵢ − R₂X₂ᵢ) ÷ X̄₂; the interval is R₁ − R₂ ± t · sd(d) ÷ √n. It is not the mean of
/// per-replication differences, which is biased. No value if either ratio has none.
///
/// ```
/// let base = [(5.0, 100.0), (15.0, 100.0)];
/// let fewer_agents = [(8.0, 100.0), (18.0, 100.0)];
/// let more_abandoned = holdtime::stats::ratio_difference_estimate(&fewer_agents, &base);
/// assert!((more_abandoned.mean.unwrap() - 0.03).abs() < 1e-12);
/// assert!(more_abandoned.half_width.unwrap() < 1e-12);
/// ```
///
/// # Panics
/// If the two differ in length.
#[must_use]
pub fn ratio_difference_estimate(a: &[(f64, f64)], b: &[(f64, f64)]) -> Estimate {
    assert_eq!(a.len(), b.len(), "paired estimates need the same replications");
    match (ratio_deviations(a), ratio_deviations(b)) {
        (Some((ratio_a, a)), Some((ratio_b, b))) => {
            let deviations: Vec<_> = a.iter().zip(b).map(|(a, b)| a - b).collect();
            Estimate::from_deviations(ratio_a - ratio_b, &deviations)
        }
        _ => Estimate::missing(count(a)),
    }
}
