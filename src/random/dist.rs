//! Distributions of lengths of time, as a scenario may state them.
//!
//! Knows no class and no purpose; draws from whatever stream it is given. Invariant: a [`Dist`] is valid, so sampling
//! cannot fail, ends, and yields a finite number.

use super::error::{self, DistError};
use super::exponential::Exponential;
use super::gamma::Gamma;
use super::key::Stream;
use super::lognormal::Lognormal;
use super::mixture::Mixture;
use super::moments::Moments;
use super::shifted::Shifted;
use super::table::Table;
use super::triangular::Triangular;
use super::truncated::Truncated;
use super::uniform::Uniform;
use super::weibull::Weibull;
use crate::special::first_true;

/// A distribution of a length of time in seconds.
///
/// Parameters are finite, times at most 10¹² s. Only [`Dist::shifted`] by a negative number reaches below 0:
/// see [`Dist::min`].
///
/// ```
/// use holdtime::random::{Dist, Key, Purpose};
/// let talk = Dist::lognormal(300.0, 1.1)?;
/// let customer = Key::root(1, 0).named("billing").child(0);
/// let seconds = talk.sample(&mut customer.stream(Purpose::Talk));
/// // A mean 10 % higher makes this very call 10 % longer.
/// let longer = Dist::lognormal(330.0, 1.1)?.sample(&mut customer.stream(Purpose::Talk));
/// assert!((longer / seconds - 1.1).abs() < 1e-12);
/// # Ok::<(), holdtime::random::DistError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Dist(Law);

/// The laws of talk, after-call work and patience are three words long; what is larger, and rarer, is elsewhere.
#[derive(Clone, Debug, PartialEq)]
enum Law {
    Constant(f64),
    Exponential(Exponential),
    Lognormal(Lognormal),
    Gamma(Box<Gamma>),
    Weibull(Box<Weibull>),
    Uniform(Uniform),
    Triangular(Box<Triangular>),
    Table(Box<Table>),
    Mixture(Mixture),
    Shifted(Box<Shifted>),
    Truncated(Box<Truncated>),
}

/// Evaluates an expression for whichever law it is; a constant apart.
macro_rules! each {
    ($dist:expr, $value:ident => $constant:expr, $law:ident => $other:expr) => {
        match &$dist.0 {
            Law::Constant($value) => $constant,
            Law::Exponential($law) => $other,
            Law::Lognormal($law) => $other,
            Law::Gamma($law) => $other,
            Law::Weibull($law) => $other,
            Law::Uniform($law) => $other,
            Law::Triangular($law) => $other,
            Law::Table($law) => $other,
            Law::Mixture($law) => $other,
            Law::Shifted($law) => $other,
            Law::Truncated($law) => $other,
        }
    };
}

impl Dist {
    /// Always `value` seconds, 0 or more.
    ///
    /// # Errors
    /// If it is negative, not a number or above 10¹².
    pub fn constant(value: f64) -> Result<Self, DistError> {
        Ok(Self(Law::Constant(error::not_negative("constant", value)?)))
    }

    /// Exponential with a mean above 0.
    ///
    /// # Errors
    /// If the mean is not in (0, 10¹²].
    pub fn exponential(mean: f64) -> Result<Self, DistError> {
        Ok(Self(Law::Exponential(Exponential::new(mean)?)))
    }

    /// Lognormal by its mean and its coefficient of variation (standard deviation ÷ mean). A cv of 0 is a constant.
    ///
    /// # Errors
    /// If the mean is not in (0, 10¹²] or the cv not in [0, 100].
    pub fn lognormal(mean: f64, cv: f64) -> Result<Self, DistError> {
        if is_degenerate(cv)? {
            return Ok(Self(Law::Constant(error::positive("mean", mean)?)));
        }
        Ok(Self(Law::Lognormal(Lognormal::from_mean(mean, cv)?)))
    }

    /// Lognormal by the mean and the standard deviation of its logarithm (of seconds). A σ of 0 is a constant.
    ///
    /// # Errors
    /// If μ is not in [−27, 27] or σ not in [0, 5].
    pub fn lognormal_log(mu: f64, sigma: f64) -> Result<Self, DistError> {
        if !(0.0..=5.0).contains(&sigma) {
            return Err(error::refused("sigma", sigma, "0 to 5 (the standard deviation of the logarithm)"));
        }
        let law = Lognormal::from_log(mu, sigma)?;
        if sigma < LEAST_CV { Self::constant(libm::exp(mu)) } else { Ok(Self(Law::Lognormal(law))) }
    }

    /// Gamma by its mean and its coefficient of variation; the shape is 1 ÷ cv². A cv of 0 is a constant.
    ///
    /// # Errors
    /// If the mean is not in (0, 10¹²] or the cv not in [0, 100].
    pub fn gamma(mean: f64, cv: f64) -> Result<Self, DistError> {
        if is_degenerate(cv)? {
            return Ok(Self(Law::Constant(error::positive("mean", mean)?)));
        }
        Ok(Self(Law::Gamma(Box::new(Gamma::from_mean(mean, cv)?))))
    }

    /// Erlang's law: the sum of `k` exponentials with that mean together.
    ///
    /// # Errors
    /// If k is not in 1 to 1,000,000 or the mean not in (0, 10¹²].
    pub fn erlang(k: u32, mean: f64) -> Result<Self, DistError> {
        Ok(Self(Law::Gamma(Box::new(Gamma::erlang(k, mean)?))))
    }

    /// Weibull by its shape and its mean. Shape 1 is the exponential.
    ///
    /// # Errors
    /// If the shape is not in [0.1, 1000] or the mean not in (0, 10¹²].
    pub fn weibull(shape: f64, mean: f64) -> Result<Self, DistError> {
        Ok(Self(Law::Weibull(Box::new(Weibull::new(shape, mean)?))))
    }

    /// Uniform on [low, high).
    ///
    /// # Errors
    /// If not 0 ≤ low < high ≤ 10¹².
    pub fn uniform(low: f64, high: f64) -> Result<Self, DistError> {
        Ok(Self(Law::Uniform(Uniform::new(low, high)?)))
    }

    /// Triangular between low and high, densest at mode.
    ///
    /// # Errors
    /// If not 0 ≤ low ≤ mode ≤ high ≤ 10¹², or low = high.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Result<Self, DistError> {
        Ok(Self(Law::Triangular(Box::new(Triangular::new(low, mode, high)?))))
    }

    /// A mixture of exponentials, as (weight, mean); weights need not sum to 1.
    ///
    /// # Errors
    /// If there is no weight above 0, a weight is negative or a mean not in (0, 10¹²].
    pub fn hyperexponential(phases: &[(f64, f64)]) -> Result<Self, DistError> {
        let part = |&(weight, mean): &(f64, f64)| Ok((weight, Self::exponential(mean)?));
        Self::mixture(phases.iter().map(part).collect::<Result<_, DistError>>()?)
    }

    /// A table of (value, weight) pairs in any order; weights need not sum to 1.
    ///
    /// # Errors
    /// If there is no weight above 0, a weight is negative or a value not in [0, 10¹²].
    pub fn empirical(rows: &[(f64, f64)]) -> Result<Self, DistError> {
        Ok(Self(Law::Table(Box::new(Table::new(rows)?))))
    }

    /// A mixture of (weight, distribution) pairs; weights need not sum to 1. A point mass is a part that is constant.
    ///
    /// # Errors
    /// If there is no weight above 0 or a weight is negative.
    pub fn mixture(parts: Vec<(f64, Self)>) -> Result<Self, DistError> {
        Ok(Self(Law::Mixture(Mixture::new(parts)?)))
    }

    /// `inner` plus `by` seconds, which may be negative: then [`Dist::min`] may be, too.
    ///
    /// # Errors
    /// If |by| exceeds 10¹² or is not a number.
    pub fn shifted(inner: Self, by: f64) -> Result<Self, DistError> {
        Ok(Self(Law::Shifted(Box::new(Shifted::new(inner, by)?))))
    }

    /// `inner`, given that the value lies in [low, high]; `high` may be infinite.
    ///
    /// # Errors
    /// If low is not finite, high is below low, or the window holds less than a millionth of the probability.
    pub fn truncated(inner: Self, low: f64, high: f64) -> Result<Self, DistError> {
        Ok(Self(Law::Truncated(Box::new(Truncated::new(inner, low, high)?))))
    }

    /// Each value times a factor above 0: the same stream gives the same multiple.
    ///
    /// # Errors
    /// If the factor is not in (0, 10¹²] or a parameter leaves its range by it.
    pub fn scaled(&self, factor: f64) -> Result<Self, DistError> {
        let factor = error::positive("factor", factor)?;
        Ok(Self(match &self.0 {
            Law::Constant(value) => Law::Constant(error::not_negative("constant", value * factor)?),
            Law::Exponential(law) => Law::Exponential(law.scaled(factor)?),
            Law::Lognormal(law) => Law::Lognormal(law.scaled(factor)?),
            Law::Gamma(law) => Law::Gamma(Box::new(law.scaled(factor)?)),
            Law::Weibull(law) => Law::Weibull(Box::new(law.scaled(factor)?)),
            Law::Uniform(law) => Law::Uniform(law.scaled(factor)?),
            Law::Triangular(law) => Law::Triangular(Box::new(law.scaled(factor)?)),
            Law::Table(law) => Law::Table(Box::new(law.scaled(factor)?)),
            Law::Mixture(law) => Law::Mixture(law.scaled(factor)?),
            Law::Shifted(law) => Law::Shifted(Box::new(law.scaled(factor)?)),
            Law::Truncated(law) => Law::Truncated(Box::new(law.scaled(factor)?)),
        }))
    }

    /// A value in seconds.
    #[inline]
    #[must_use]
    pub fn sample(&self, stream: &mut Stream) -> f64 {
        match &self.0 {
            Law::Constant(value) => *value,
            Law::Exponential(law) => law.sample(stream),
            Law::Lognormal(law) => law.sample(stream),
            _ => self.sample_other(stream),
        }
    }

    /// The laws that are rare in scenarios, out of line so that `sample` stays small where it is inlined.
    #[inline(never)]
    fn sample_other(&self, stream: &mut Stream) -> f64 {
        each!(self, value => *value, law => law.sample(stream))
    }

    /// Mean in seconds.
    #[must_use]
    pub fn mean(&self) -> f64 {
        each!(self, value => *value, law => law.mean())
    }

    /// Variance in seconds squared.
    #[must_use]
    pub fn variance(&self) -> f64 {
        each!(self, _value => 0.0, law => law.variance())
    }

    /// P(X ≤ x).
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        each!(self, value => f64::from(u8::from(*value <= x)), law => law.cdf(x))
    }

    /// The least x ≥ 0 with P(X ≤ x) ≥ p, for p in [0, 1]; where the law has no end, p counts as less than 1.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let p = p.min(1.0 - f64::EPSILON);
        let mut high = self.mean().max(f64::MIN_POSITIVE);
        // No law reaches beyond some 10²⁴ s; what rounding leaves open at the end of a table ends there too.
        while self.cdf(high) < p && high < 1e30 {
            high *= 2.0;
        }
        first_true(0.0, high, |x| self.cdf(x) >= p)
    }

    /// The lower end of the support in seconds: no value is below it.
    #[must_use]
    pub fn min(&self) -> f64 {
        each!(self, value => *value, law => law.min())
    }

    /// Moments of the part at or below `x`.
    pub(super) fn moments_up_to(&self, x: f64) -> Moments {
        each!(
            self,
            value => if *value <= x { Moments::of_point(*value) } else { Moments::default() },
            law => law.moments_up_to(x)
        )
    }
}

/// A cv below this is a constant: the shape of a gamma law would leave the range of its mathematics.
const LEAST_CV: f64 = 1e-6;

/// Whether a coefficient of variation says "constant".
fn is_degenerate(cv: f64) -> Result<bool, DistError> {
    if (0.0..=100.0).contains(&cv) { Ok(cv < LEAST_CV) } else { Err(error::refused("cv", cv, "0 to 100")) }
}

#[cfg(test)]
mod tests {
    use super::super::{Key, Purpose};
    use super::*;

    #[test]
    fn parameters_out_of_range_are_refused_in_words() {
        let refused = [
            (Dist::exponential(0.0), "`mean` is 0; allowed: above 0, at most 1e12"),
            (Dist::exponential(f64::NAN), "`mean` is NaN; allowed: above 0, at most 1e12"),
            (Dist::constant(-3.0), "`constant` is -3; allowed: at least 0, at most 1e12"),
            (Dist::lognormal(300.0, -0.1), "`cv` is -0.1; allowed: 0 to 100"),
            (Dist::gamma(f64::INFINITY, 1.0), "`mean` is inf; allowed: above 0, at most 1e12"),
            (Dist::erlang(0, 60.0), "`k` is 0; allowed: a whole number from 1 to 1,000,000"),
            (Dist::weibull(0.0, 60.0), "`shape` is 0; allowed: 0.1 to 1000"),
            (Dist::uniform(5.0, 5.0), "`high` is 5; allowed: above `low`"),
            (Dist::triangular(1.0, 9.0, 5.0), "`mode` is 9; allowed: from `low` to `high`"),
            (Dist::empirical(&[]), "`weight` is missing; allowed: at least one above 0"),
            (Dist::empirical(&[(1.0, 0.0)]), "`weight` is 0 everywhere; allowed: at least one above 0"),
            (Dist::hyperexponential(&[(-1.0, 5.0)]), "`weight` is -1; allowed: at least 0, at most 1e12"),
            (Dist::constant(1.0).unwrap().scaled(0.0), "`factor` is 0; allowed: above 0, at most 1e12"),
        ];
        for (dist, message) in refused {
            assert_eq!(dist.unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn a_quantile_has_its_probability_below_it() {
        let laws = [
            Dist::gamma(1.0, 0.06).unwrap(),
            Dist::gamma(1.0, 3.0).unwrap(),
            Dist::lognormal(300.0, 1.1).unwrap(),
            Dist::uniform(5.0, 9.0).unwrap(),
        ];
        for law in laws {
            for p in [1e-6, 0.1, 0.5, 0.99, 1.0 - 1e-9] {
                let found = law.cdf(law.quantile(p));
                assert!((found - p).abs() < 1e-9, "{law:?}: {p} {found}");
            }
            assert!(law.quantile(1.0).is_finite() && law.quantile(0.0) >= 0.0);
        }
        assert_eq!(Dist::constant(7.0).unwrap().quantile(0.3), 7.0);
    }

    #[test]
    fn no_spread_is_a_constant() {
        for dist in
            [Dist::lognormal(300.0, 0.0), Dist::gamma(300.0, 0.0), Dist::lognormal_log(300.0_f64.ln(), 0.0)]
        {
            let dist = dist.unwrap();
            assert_eq!(dist.variance(), 0.0);
            assert!((dist.sample(&mut Key(1).stream(Purpose::Talk)) - 300.0).abs() < 1e-9);
        }
    }

    /// Changing one of these is a breaking change: scenarios then give other numbers for the same seed.
    #[test]
    fn values_are_pinned() {
        let exponential = Dist::exponential(100.0).unwrap();
        let laws = [
            ("exponential", exponential.clone()),
            ("lognormal", Dist::lognormal(100.0, 1.1).unwrap()),
            ("lognormal_log", Dist::lognormal_log(4.0, 0.5).unwrap()),
            ("gamma", Dist::gamma(100.0, 0.5).unwrap()),
            ("gamma below 1", Dist::gamma(100.0, 2.0).unwrap()),
            ("erlang", Dist::erlang(3, 100.0).unwrap()),
            ("weibull", Dist::weibull(2.0, 100.0).unwrap()),
            ("uniform", Dist::uniform(50.0, 150.0).unwrap()),
            ("triangular", Dist::triangular(50.0, 70.0, 150.0).unwrap()),
            ("hyperexponential", Dist::hyperexponential(&[(0.5, 50.0), (0.5, 150.0)]).unwrap()),
            ("empirical", Dist::empirical(&[(50.0, 1.0), (150.0, 1.0)]).unwrap()),
            ("shifted", Dist::shifted(exponential.clone(), 10.0).unwrap()),
            ("truncated", Dist::truncated(exponential.clone(), 20.0, 150.0).unwrap()),
            ("truncated far", Dist::truncated(exponential, 500.0, f64::INFINITY).unwrap()),
        ];
        let mut lines = String::new();
        for (name, dist) in laws {
            let draw = |k| dist.sample(&mut Key::root(1, 0).child(k).stream(Purpose::Talk));
            lines += &format!("{name}: {:?} {:?} {:?}\n", draw(0), draw(1), draw(2));
        }
        insta::assert_snapshot!(lines, @"
        exponential: 510.1165218528184 118.39450511977034 8.174765633562766
        lognormal: 53.920299529567075 191.81406212408038 60.12445078968895
        lognormal_log: 48.222169867487025 98.3320318630578 51.263017321339035
        gamma: 80.2838525770153 160.32323089600203 85.76342271652281
        gamma below 1: 17.9460276760831 349.1401094880742 1.685157393842209
        erlang: 205.09942514580683 206.5993277589962 36.33780415927466
        weibull: 254.8530023456202 122.77807857994898 32.26210605895732
        uniform: 145.83089397059268 67.05718650010249 127.97483790419793
        triangular: 131.73723782248194 68.47007661061669 108.02366181210937
        hyperexponential: 12.70999213078079 115.9213897704773 67.01002348131559
        empirical: 150.0 50.0 150.0
        shifted: 520.1165218528183 128.39450511977034 18.174765633562764
        truncated: 96.70842549741488 118.39450511977034 33.698690845021204
        truncated far: 817.7468554597287 518.7018809634055 651.2984654565126
        ");
    }
}
