//! A paired difference with what each replication adds to it, so that it can be asked more than for its 95 % interval.
//!
//! Gives no verdict: what difference matters, and which direction is better, is not known here. Invariant: a − b over the
//! same replications; equal inputs give exactly 0 with no spread.

use super::estimate::{Estimate, count, mean_deviations, ratio_deviations, ratio_estimate};
use super::histogram::Histogram;
use super::quantile::shares_at_most;
use super::student::{t_two_sided, t_upper_tail};

/// The difference a − b of two scenarios that met the same customers.
///
/// ```
/// use holdtime::stats::Paired;
/// let base = [10.0, 20.0, 30.0, 40.0];
/// let more = [11.0, 22.0, 31.0, 42.0];
/// let difference = Paired::of_means(&more, &base);
/// assert_eq!(difference.mean(), 1.5);
/// // The replications differ by far more than the scenarios: paired, that does not matter.
/// assert!(difference.half_width(0.05).unwrap() < 1.0);
/// assert!(difference.share_of_unpaired_variance().unwrap() < 0.01);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Paired {
    mean: f64,
    /// What each replication adds, less the mean: linearised where the measure is a quotient or a quantile. They sum to 0.
    deviations: Vec<f64>,
    /// Sum of the squares of both sides' own deviations: n − 1 times the variance of an unpaired difference.
    apart: f64,
    /// Variance of what one replication adds, and how many replications tell it.
    spread: (f64, u32),
}

impl Paired {
    /// Of the means of one value per replication.
    ///
    /// # Panics
    /// If the two differ in length or there is no value: pairs are replications of the same index.
    #[must_use]
    pub fn of_means(a: &[f64], b: &[f64]) -> Self {
        assert!(a.len() == b.len() && !a.is_empty(), "paired estimates need the same replications");
        let differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
        let (mean, deviations) = mean_deviations(&differences);
        let apart = squares(&mean_deviations(a).1) + squares(&mean_deviations(b).1);
        Self::new(mean, deviations, apart)
    }

    /// Of two ratios of sums, R₁ − R₂; `None` if either has no value.
    ///
    /// Linearised: replication i adds (Y₁ᵢ − R₁X₁ᵢ) ÷ X̄₁ − (Y₂ᵢ − R₂X₂ᵢ) ÷ X̄₂. It is not the mean of per-replication differences,
    /// which is biased.
    ///
    /// # Panics
    /// If the two differ in length.
    #[must_use]
    pub fn of_ratios(a: &[(f64, f64)], b: &[(f64, f64)]) -> Option<Self> {
        assert_eq!(a.len(), b.len(), "paired estimates need the same replications");
        Some(Self::of(ratio_deviations(a)?, ratio_deviations(b)?))
    }

    /// Of two quantiles at level `p` of all waits, seconds; `None` where either has no interval.
    ///
    /// Linearised: a share of waits above the quantile that is larger by so much moves the quantile by that times its slope,
    /// the slope being that of Woodruff's interval, the distance of its two readings ÷ the width of the share's interval. So the
    /// half-width against a quantile without spread is that of [`super::quantile_estimate`].
    ///
    /// # Panics
    /// If the two differ in length.
    #[must_use]
    pub fn of_quantiles(a: &[&Histogram], b: &[&Histogram], p: f64) -> Option<Self> {
        assert_eq!(a.len(), b.len(), "paired estimates need the same replications");
        Some(Self::of(quantile_deviations(a, p)?, quantile_deviations(b, p)?))
    }

    /// This ÷ another measure of the same replications, D ÷ B: linearised, replication i adds (dᵢ − (D ÷ B) · bᵢ) ÷ B. `None` where
    /// the other is 0. What it says of an unpaired difference has no meaning then.
    ///
    /// # Panics
    /// If the two differ in length.
    ///
    /// ```
    /// use holdtime::stats::Paired;
    /// let waits = Paired::of_means(&[10.0, 20.0, 30.0], &[0.0; 3]);
    /// let more = Paired::of_means(&[11.0, 22.0, 33.0], &[10.0, 20.0, 30.0]);
    /// // A tenth more in every replication.
    /// let share = more.quotient(&waits).unwrap().estimate();
    /// assert!((share.mean.unwrap() - 0.1).abs() < 1e-12 && share.half_width.unwrap() < 1e-12);
    /// ```
    #[must_use]
    pub fn quotient(&self, of: &Self) -> Option<Self> {
        assert_eq!(self.deviations.len(), of.deviations.len(), "a quotient needs the same replications");
        let (base, quotient) = (of.mean, self.mean / of.mean);
        let deviations = self.deviations.iter().zip(&of.deviations);
        let deviations = deviations.map(|(d, b)| (d - quotient * b) / base).collect();
        quotient.is_finite().then(|| Self::new(quotient, deviations, 0.0))
    }

    fn of((of_a, a): (f64, Vec<f64>), (of_b, b): (f64, Vec<f64>)) -> Self {
        let apart = squares(&a) + squares(&b);
        Self::new(of_a - of_b, a.iter().zip(b).map(|(a, b)| a - b).collect(), apart)
    }

    fn new(mean: f64, deviations: Vec<f64>, apart: f64) -> Self {
        let n = count(&deviations);
        let spread = (squares(&deviations) / f64::from(n.max(2) - 1), n);
        Self { mean, deviations, apart, spread }
    }

    /// The same value, its intervals made from the spread that a first stage has shown: what decided how many replications
    /// there are. Such an interval covers as it claims however many they became, which one from all of them would not
    /// (Stein 1945).
    #[must_use]
    pub fn with_spread_of(self, first_stage: &Self) -> Self {
        Self { spread: first_stage.spread, ..self }
    }

    /// The value.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Replications.
    #[must_use]
    pub fn n(&self) -> u32 {
        count(&self.deviations)
    }

    /// What each replication adds, less the mean.
    #[must_use]
    pub fn deviations(&self) -> &[f64] {
        &self.deviations
    }

    /// Standard deviation of what one replication adds; `None` with one.
    #[must_use]
    pub fn sd(&self) -> Option<f64> {
        let (variance, n) = self.spread;
        (n > 1).then(|| variance.sqrt())
    }

    fn standard_error(&self) -> Option<f64> {
        let (variance, n) = self.spread;
        (n > 1).then(|| (variance / f64::from(self.n())).sqrt())
    }

    /// Degrees of freedom of the spread.
    fn df(&self) -> u32 {
        self.spread.1 - 1
    }

    /// Half the width of its interval of confidence 1 − `alpha`: t · sd ÷ √n; `None` with one replication.
    #[must_use]
    pub fn half_width(&self, alpha: f64) -> Option<f64> {
        let error = self.standard_error()?;
        Some(t_two_sided(alpha, self.df()) * error)
    }

    /// The value with its 95 % interval.
    #[must_use]
    pub fn estimate(&self) -> Estimate {
        Estimate { mean: Some(self.mean), half_width: self.half_width(0.05), n: self.n() }
    }

    /// The least α at which an interval of confidence 1 − α does not hold 0: two-sided paired t.
    #[must_use]
    pub fn p_of_any_difference(&self) -> Option<f64> {
        self.p_of_more_than(self.mean.abs()).map(|p| if self.mean == 0.0 { 1.0 } else { p })
    }

    /// The least α at which an interval of confidence 1 − α lies wholly within ± `margin`; 1 where the value itself does not.
    #[must_use]
    pub fn p_of_within(&self, margin: f64) -> Option<f64> {
        let room = margin - self.mean.abs();
        // What never differs differs by no more than nothing.
        self.p_of_more_than(room).map(|p| if room < 0.0 { 1.0 } else { p })
    }

    /// The α at which half an interval is `distance` wide.
    fn p_of_more_than(&self, distance: f64) -> Option<f64> {
        let error = self.standard_error()?;
        if error == 0.0 {
            return Some(0.0);
        }
        Some((2.0 * t_upper_tail(distance.max(0.0) / error, self.df())).min(1.0))
    }

    /// The confidence that the mean is above 0: one less the one-sided p of the paired t; `None` with one replication.
    #[must_use]
    pub fn confidence_above_0(&self) -> Option<f64> {
        let error = self.standard_error()?;
        if error == 0.0 {
            return Some(if self.mean == 0.0 { 0.5 } else { f64::from(u8::from(self.mean > 0.0)) });
        }
        Some(1.0 - t_upper_tail(self.mean / error, self.df()))
    }

    /// Variance of the difference ÷ that of scenarios with customers of their own, the sum of both variances: what pairing
    /// leaves of it. `None` where nothing varies, or with one replication.
    #[must_use]
    pub fn share_of_unpaired_variance(&self) -> Option<f64> {
        (self.n() > 1 && self.apart > 0.0).then(|| squares(&self.deviations) / self.apart)
    }
}

fn squares(values: &[f64]) -> f64 {
    values.iter().map(|value| value * value).sum()
}

/// A quantile, and by how much each replication alone moves it.
fn quantile_deviations(replications: &[&Histogram], p: f64) -> Option<(f64, Vec<f64>)> {
    let mut merged = Histogram::new();
    replications.iter().for_each(|histogram| merged.merge(histogram));
    let quantile = merged.quantile(p)?;
    let shares = shares_at_most(replications, quantile);
    let half = ratio_estimate(&shares).half_width.filter(|half| p + half < 1.0)?;
    let (low, high) = (merged.quantile((p - half).max(0.0))?, merged.quantile(p + half)?);
    let slope = if half > 0.0 { 0.5 * (high - low) / half } else { 0.0 };
    let (_, deviations) = ratio_deviations(&shares)?;
    Some((quantile, deviations.iter().map(|share| -share * slope).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::quantile_estimate;
    use crate::units::Span;

    /// By hand: 5 % and 20 % of 100 against 3 % and 20 % of 100, so deviations ± 0.01; t = 12.7062 with one degree of freedom.
    #[test]
    fn a_difference_of_ratios_has_the_interval_worked_out_by_hand() {
        let (a, b) = ([(5.0, 100.0), (20.0, 100.0)], [(3.0, 100.0), (20.0, 100.0)]);
        let estimate = Paired::of_ratios(&a, &b).unwrap().estimate();
        assert!((estimate.mean.unwrap() - 0.01).abs() < 1e-12);
        assert!((estimate.half_width.unwrap() - 12.706_204_736 * 0.01).abs() < 1e-9, "{estimate:?}");
        // As much more in each replication: no spread at all, whatever the replications have in common.
        let more = a.map(|(y, x)| (y + 3.0, x));
        let certain = Paired::of_ratios(&more, &a).unwrap().estimate();
        assert!((certain.mean.unwrap() - 0.03).abs() < 1e-12 && certain.half_width.unwrap() < 1e-12);
        assert_eq!(Paired::of_ratios(&[(0.0, 0.0)], &[(1.0, 2.0)]), None);
    }

    /// By hand: differences 1, 2, 3 have mean 2, sd 1, standard error 0.57735; t = 3.4641 with 2 degrees of freedom.
    #[test]
    fn p_and_confidence_have_the_values_worked_out_by_hand() {
        let difference = Paired::of_means(&[1.0, 2.0, 3.0], &[0.0; 3]);
        // P(T > t) with two degrees of freedom is ½ − t ÷ (2 √(t² + 2)).
        let tail = |t: f64| 0.5 - t / (2.0 * (t * t + 2.0).sqrt());
        let t = 12.0_f64.sqrt();
        let close = |found: Option<f64>, wanted: f64| {
            assert!((found.unwrap() - wanted).abs() < 1e-12, "{found:?} {wanted}")
        };
        close(difference.p_of_any_difference(), 2.0 * tail(t));
        close(difference.confidence_above_0(), 1.0 - tail(t));
        close(difference.p_of_within(5.0), 2.0 * tail(3.0 * 3.0_f64.sqrt()));
        assert_eq!(difference.p_of_within(1.9), Some(1.0));
        close(difference.p_of_within(2.0), 1.0);
        // The interval of confidence 1 − p just touches what p was asked for.
        let p = difference.p_of_within(5.0).unwrap();
        close(difference.half_width(p), 3.0);
    }

    #[test]
    fn the_same_twice_differs_by_exactly_nothing() {
        let values = [0.1, 0.7, 0.4];
        for same in [
            Paired::of_means(&values, &values),
            Paired::of_ratios(&values.map(|y| (y, 3.0)), &values.map(|y| (y, 3.0))).unwrap(),
        ] {
            assert_eq!((same.mean(), same.half_width(0.01), same.sd()), (0.0, Some(0.0), Some(0.0)));
            assert_eq!((same.p_of_any_difference(), same.p_of_within(0.5)), (Some(1.0), Some(0.0)));
            assert_eq!(
                (same.confidence_above_0(), same.share_of_unpaired_variance()),
                (Some(0.5), Some(0.0))
            );
        }
    }

    #[test]
    fn one_replication_has_a_value_and_nothing_else() {
        let one = Paired::of_means(&[3.0], &[1.0]);
        assert_eq!((one.mean(), one.n()), (2.0, 1));
        assert_eq!(
            (one.half_width(0.05), one.p_of_any_difference(), one.confidence_above_0()),
            (None, None, None)
        );
    }

    #[test]
    fn against_a_quantile_without_spread_the_interval_is_that_of_the_quantile() {
        let of = |shift: u64| {
            let mut waits = Histogram::new();
            (1..=400).for_each(|wait| waits.record(Span::from_secs(wait + shift)));
            waits
        };
        let (busy, calm) = ([of(0), of(30), of(10), of(50)], [of(0), of(0), of(0), of(0)]);
        let difference = Paired::of_quantiles(&busy.each_ref(), &calm.each_ref(), 0.9).unwrap();
        let alone = quantile_estimate(&busy.each_ref(), 0.9);
        assert!((difference.estimate().half_width.unwrap() / alone.half_width.unwrap() - 1.0).abs() < 1e-9);
        let same = Paired::of_quantiles(&busy.each_ref(), &busy.each_ref(), 0.9).unwrap();
        assert_eq!((same.mean(), same.half_width(0.05)), (0.0, Some(0.0)));
    }
}
