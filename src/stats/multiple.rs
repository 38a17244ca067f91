//! Several questions at once: which of them are answered, so that all answers together are rarely wrong.
//!
//! Knows no question. Invariant: a smaller p is never turned away while a larger one is let in.

/// The level at which each question is answered, in the order of the questions; `None`: it is not answered (Holm 1979).
///
/// The smallest p is held against α ÷ m, the next against α ÷ (m − 1), and so on; the first that is above ends it. The chance
/// that any answer is wrong is at most α, whatever hangs together.
///
/// ```
/// use holdtime::stats::holm;
/// assert_eq!(holm(&[0.03, 0.001, 0.02], 0.05), [None, Some(0.05 / 3.0), Some(0.05 / 2.0)].map(|level| {
///     // 0.001 ≤ 0.0167 and 0.02 ≤ 0.025; 0.03 ≤ 0.05 too.
///     level.or(Some(0.05))
/// }));
/// assert_eq!(holm(&[0.03, 0.04], 0.05), [None, None]);
/// ```
#[must_use]
pub fn holm(p: &[f64], alpha: f64) -> Vec<Option<f64>> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let mut levels = vec![None; p.len()];
    for (rank, question) in order.into_iter().enumerate() {
        let level = alpha / (p.len() - rank) as f64;
        if p[question] > level {
            break;
        }
        levels[question] = Some(level);
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand, α = 0.05: 0.005 ≤ 0.0125, 0.011 ≤ 0.0167, 0.02 ≤ 0.025, 0.04 ≤ 0.05; Bonferroni would stop after 0.011.
    #[test]
    fn each_p_is_held_against_what_is_left_of_the_level() {
        let levels = holm(&[0.011, 0.04, 0.005, 0.02], 0.05);
        assert_eq!(levels, [Some(0.05 / 3.0), Some(0.05), Some(0.0125), Some(0.025)]);
    }

    #[test]
    fn after_the_first_that_is_too_large_none_is_answered() {
        // 0.012 > 0.05 ÷ 5: nothing is answered, though 0.049 ≤ 0.05.
        assert_eq!(holm(&[0.012, 0.049, 0.049, 0.049, 0.049], 0.05), [None; 5]);
        assert_eq!(holm(&[0.010, 0.013, 0.9, 0.9, 0.9], 0.05), [Some(0.01), None, None, None, None]);
        assert!(holm(&[], 0.05).is_empty());
    }
}
