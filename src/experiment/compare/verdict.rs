//! What may be said of a difference: one of four verdicts, and how far it is from one.
//!
//! Knows no scenario. Invariant: a verdict is read from one interval, so that it is wrong only where the interval is: wholly
//! within what does not matter, else wholly on one side of 0, else not decided.

use crate::measure::Better;
use crate::stats::{self, Paired};

/// Of all verdicts of a family together at most this share of experiments gives a wrong one.
pub(super) const ALPHA: f64 = 0.05;

/// What may be said of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The whole interval is on the better side.
    Better,
    /// The whole interval is on the worse side.
    Worse,
    /// Above, of a measure that has no better side.
    Higher,
    /// Below, of a measure that has no better side.
    Lower,
    /// The whole interval lies within the smallest difference that matters.
    NoDifferenceThatMatters,
    /// Neither, with the range of further replications that would decide it if the difference stays what it is.
    NotDecided {
        /// From the 95 % interval of the spread; `None` with one replication.
        more: Option<(u32, u32)>,
    },
    /// Every replication of both is the same in every count.
    Identical,
}

/// The least α at which an interval of confidence 1 − α decides; `None` with one replication.
pub(super) fn p_of_a_verdict(difference: &Paired, matters: f64) -> Option<f64> {
    Some(difference.p_of_any_difference()?.min(difference.p_of_within(matters)?))
}

/// The verdict by an interval of confidence 1 − `level`; `None` as level: none is given.
///
/// `alpha` is the level by which further replications are counted.
pub(super) fn verdict(
    difference: &Paired,
    matters: f64,
    better: Better,
    level: Option<f64>,
    alpha: f64,
) -> Finding {
    let is_at_most = |p: Option<f64>| p.zip(level).is_some_and(|(p, level)| p <= level);
    if is_at_most(difference.p_of_within(matters)) {
        return Finding::NoDifferenceThatMatters;
    }
    if !is_at_most(difference.p_of_any_difference()) {
        return Finding::NotDecided { more: more(difference, matters, alpha) };
    }
    match (better, difference.mean() > 0.0) {
        (Better::Higher, true) | (Better::Lower, false) => Finding::Better,
        (Better::Higher, false) | (Better::Lower, true) => Finding::Worse,
        (Better::Neither, true) => Finding::Higher,
        (Better::Neither, false) => Finding::Lower,
    }
}

/// The range of further replications until half an interval is as narrow as the nearer verdict needs: the distance from 0, or
/// that from what matters.
fn more(difference: &Paired, matters: f64, alpha: f64) -> Option<(u32, u32)> {
    let (sd, n) = (difference.sd()?, difference.n());
    let distance = difference.mean().abs();
    let margin = distance.max(matters - distance);
    if margin <= 0.0 {
        return None;
    }
    let (low, high) = stats::sd_range(sd, n);
    let still = |sd| stats::replications_for(sd, margin, alpha).saturating_sub(n).max(1);
    Some((still(low), still(high)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Differences with this mean and standard deviation 1, ten of them: standard error 0.3162, half an interval 0.7154.
    fn with_mean(mean: f64) -> Paired {
        let unit = (0.9_f64).sqrt();
        let values: Vec<f64> = (0..10).map(|i| mean + if i % 2 == 0 { unit } else { -unit }).collect();
        Paired::of_means(&values, &[0.0; 10])
    }

    fn of(mean: f64, matters: f64, better: Better) -> Finding {
        verdict(&with_mean(mean), matters, better, Some(0.05), 0.05)
    }

    #[test]
    fn the_interval_decides_and_the_direction_names_it() {
        assert!((with_mean(0.0).half_width(0.05).unwrap() - 0.7154).abs() < 1e-4);
        for (mean, matters, better, finding) in [
            (0.72, 0.5, Better::Higher, Finding::Better),
            (0.72, 0.5, Better::Lower, Finding::Worse),
            (-0.72, 0.5, Better::Lower, Finding::Better),
            (-0.72, 0.5, Better::Higher, Finding::Worse),
            (0.72, 0.5, Better::Neither, Finding::Higher),
            (-0.72, 0.5, Better::Neither, Finding::Lower),
            (0.0, 0.72, Better::Higher, Finding::NoDifferenceThatMatters),
            // 0.2 ± 0.7154 lies within ± 0.92, not within ± 0.91.
            (0.2, 0.92, Better::Higher, Finding::NoDifferenceThatMatters),
            // Above 0 for sure, and yet it does not matter.
            (0.8, 2.0, Better::Higher, Finding::NoDifferenceThatMatters),
        ] {
            assert_eq!(of(mean, matters, better), finding, "{mean} {matters}");
        }
        for (mean, matters) in [(0.71, 0.5), (0.0, 0.71), (0.2, 0.91)] {
            assert!(
                matches!(of(mean, matters, Better::Higher), Finding::NotDecided { more: Some(_) }),
                "{mean}"
            );
        }
    }

    #[test]
    fn a_stricter_level_asks_for_more() {
        let difference = with_mean(0.8);
        let p = p_of_a_verdict(&difference, 0.5).unwrap();
        assert!(p < 0.05 && p > 0.01, "{p}");
        let judged = |level| verdict(&difference, 0.5, Better::Higher, level, 0.05);
        assert_eq!(judged(Some(p)), Finding::Better);
        assert!(matches!(judged(Some(0.99 * p)), Finding::NotDecided { .. }));
        assert!(matches!(judged(None), Finding::NotDecided { .. }));
    }

    /// sd 1 of ten: from 0.688 to 1.826. At 0.5 ± 0.7154 the distance is 0.5: 10 replications of sd 0.688 (2.262 · 0.688 ÷ √10
    /// = 0.492) would be enough, of sd 1.826 it takes 54 (2.006 · 1.826 ÷ √54 = 0.498).
    #[test]
    fn what_is_not_decided_tells_a_range_of_further_replications() {
        let Finding::NotDecided { more: Some((low, high)) } = of(0.5, 0.5, Better::Higher) else {
            panic!("not decided")
        };
        assert_eq!((low, high), (1, 44));
        // In the middle of what matters the nearer verdict is the one of no difference.
        let Finding::NotDecided { more: Some((_, high)) } = of(0.0, 0.5, Better::Higher) else {
            panic!("not decided")
        };
        assert_eq!(high, 44);
        let one = Paired::of_means(&[1.0], &[0.0]);
        assert_eq!(verdict(&one, 0.5, Better::Higher, None, 0.05), Finding::NotDecided { more: None });
    }

    #[test]
    fn what_never_differs_is_no_difference_even_if_nothing_is_too_little_to_matter() {
        let same = Paired::of_means(&[1.0, 2.0], &[1.0, 2.0]);
        assert_eq!(p_of_a_verdict(&same, 0.0), Some(0.0));
        assert_eq!(verdict(&same, 0.0, Better::Lower, Some(0.01), 0.05), Finding::NoDifferenceThatMatters);
    }
}
