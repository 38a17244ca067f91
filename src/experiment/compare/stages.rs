//! Two stages: a first one shows how much differences vary, a second is long enough that all can be decided.
//!
//! Looks at no difference itself: only at how much it varies, so that nothing is decided by peeking. Invariant: with as many
//! replications as are needed every measure of the family has a verdict.

use super::Plan;
use super::differences::{Raw, differences};
use super::digest::Sample;
use super::verdict::ALPHA;
use crate::stats::t_two_sided;

/// How many replications of each scenario decide every measure of the family: N = ⌈(t · s ÷ (δ ÷ 2))²⌉ of the measure that
/// needs most, at least those of the first stage. t has the degrees of freedom of the first stage, and the level that Bonferroni
/// leaves to one.
///
/// Half of δ: an interval of ± δ ÷ 2 lies within ± δ where the difference is at most δ ÷ 2, and beside 0 where it is more. With
/// one of ± δ a difference between would stay open however large N is.
pub(super) fn replications_needed(samples: &[Sample<'_>], plan: &Plan, first: u32) -> u32 {
    let family = differences(samples, plan, None);
    let judged: Vec<_> = family.iter().filter(|one| one.is_judged && one.paired.is_some()).collect();
    let alpha = ALPHA / judged.len().max(1) as f64;
    let needs = |one: &&Raw| Some(needed(one.paired.as_ref()?.sd()?, one.matters, first, alpha));
    judged.iter().filter_map(needs).fold(first, u32::max)
}

/// The same for one difference, whose first `first` replications have this standard deviation.
fn needed(sd: f64, matters: f64, first: u32, alpha: f64) -> u32 {
    if sd == 0.0 {
        return first;
    }
    let n = (t_two_sided(alpha, first - 1) * sd / (0.5 * matters)).powi(2).ceil();
    // Where nothing at all is too little to matter, no number is enough.
    if n.is_finite() { n.min(f64::from(u32::MAX)) as u32 } else { u32::MAX }.max(first)
}

#[cfg(test)]
mod tests {
    use super::super::verdict::{Finding, verdict};
    use super::*;
    use crate::measure::Better;
    use crate::random::{Key, Purpose, standard_normal};
    use crate::stats::Paired;

    /// By hand: t = 2.262 with 9 degrees of freedom, (2.262 · 3 ÷ 0.5)² = 184.2.
    #[test]
    fn the_number_is_that_of_half_of_what_matters() {
        assert_eq!(needed(3.0, 1.0, 10, 0.05), 185);
        assert_eq!(needed(0.01, 1.0, 10, 0.05), 10);
        assert_eq!(needed(0.0, 0.0, 10, 0.05), 10);
        assert_eq!(needed(1.0, 0.0, 10, 0.05), u32::MAX);
    }

    /// Differences with standard deviation 1 of which 1 matters. 4,000 experiments: a share of 5 % has a standard error of 0.0034;
    /// the bounds are three of them beyond it.
    #[test]
    fn two_stages_decide_always_and_wrongly_in_at_most_5_of_100() {
        let (trials, matters) = (4_000, 1.0);
        for (truth, is_wrong) in [
            (0.0, (|finding| matches!(finding, Finding::Better | Finding::Worse)) as fn(Finding) -> bool),
            (0.5, |finding| finding == Finding::Worse),
            (1.01, |finding| matches!(finding, Finding::NoDifferenceThatMatters | Finding::Worse)),
            (1.5, |finding| matches!(finding, Finding::NoDifferenceThatMatters | Finding::Worse)),
        ] {
            let (mut wrong, mut holds) = (0, 0);
            for trial in 0..trials {
                let mut stream = Key::root(5, trial).stream(Purpose::Talk);
                let mut draw =
                    |n: u32| -> Vec<f64> { (0..n).map(|_| truth + standard_normal(&mut stream)).collect() };
                let mut values = draw(10);
                let first = Paired::of_means(&values, &[0.0; 10]);
                let n = needed(first.sd().unwrap(), matters, 10, 0.05);
                values.extend(draw(n - 10));
                let all = Paired::of_means(&values, &vec![0.0; values.len()]).with_spread_of(&first);
                let finding = verdict(&all, matters, Better::Higher, Some(0.05), 0.05);
                assert!(!matches!(finding, Finding::NotDecided { .. }), "{truth}, trial {trial}");
                wrong += u32::from(is_wrong(finding));
                holds += u32::from((all.mean() - truth).abs() <= all.half_width(0.05).unwrap());
            }
            let share = |count: u32| f64::from(count) / trials as f64;
            assert!(share(wrong) <= 0.06, "{truth}: {} wrong", share(wrong));
            assert!((0.94..=0.96).contains(&share(holds)), "{truth}: {} hold", share(holds));
        }
    }
}
