//! Laws of durations: handling, patience, the time between arrivals.
//!
//! Not for drawing, which floor 1 does with laws of its own; here are their moments and integrals. Units are the caller's.
//! Invariant: a survival function falls from at most 1 to the share that never ends, and its integral rises to the mean.

use crate::special::{gamma_p, gamma_q, integrate, ln_gamma, normal_cdf};

/// The law of a duration of at least 0, possibly without end.
///
/// ```
/// use holdtime::analytics::Law;
/// // One in ten hangs up at once, the others have a lognormal patience.
/// let patience = Law::mixture(vec![(0.1, Law::constant(0.0)), (0.9, Law::lognormal(180.0, 1.5))]);
/// assert!((patience.mean() - 162.0).abs() < 1e-9);
/// assert!((patience.survival(0.0) - 0.9).abs() < 1e-12);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Law(Kind);

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Exponential {
        mean: f64,
    },
    /// Shape, scale.
    Gamma {
        shape: f64,
        scale: f64,
    },
    /// Mean and standard deviation of the logarithm.
    Lognormal {
        mu: f64,
        sigma: f64,
    },
    Weibull {
        shape: f64,
        scale: f64,
    },
    Constant {
        value: f64,
    },
    Never,
    Mixture {
        parts: Vec<(f64, Law)>,
    },
}

impl Law {
    /// Memoryless, of that mean.
    ///
    /// # Panics
    /// If the mean is not above 0 and finite.
    #[must_use]
    pub fn exponential(mean: f64) -> Self {
        assert_positive("mean", mean);
        Self(Kind::Exponential { mean })
    }

    /// Gamma of that mean and coefficient of variation: shape 1 ÷ cv². Erlang's law of k phases has cv = 1 ÷ √k.
    ///
    /// # Panics
    /// If a number is not above 0 and finite.
    #[must_use]
    pub fn gamma(mean: f64, cv: f64) -> Self {
        assert_positive("mean", mean);
        assert_positive("coefficient of variation", cv);
        let shape = 1.0 / (cv * cv);
        Self(Kind::Gamma { shape, scale: mean / shape })
    }

    /// Lognormal of that mean and coefficient of variation.
    ///
    /// # Panics
    /// If a number is not above 0 and finite.
    #[must_use]
    pub fn lognormal(mean: f64, cv: f64) -> Self {
        assert_positive("mean", mean);
        assert_positive("coefficient of variation", cv);
        let variance = libm::log1p(cv * cv);
        Self(Kind::Lognormal { mu: libm::log(mean) - 0.5 * variance, sigma: libm::sqrt(variance) })
    }

    /// Weibull of that mean and shape; 1 is exponential, below 1 who has waited long goes on waiting.
    ///
    /// # Panics
    /// If a number is not above 0 and finite.
    #[must_use]
    pub fn weibull(mean: f64, shape: f64) -> Self {
        assert_positive("mean", mean);
        assert_positive("shape", shape);
        Self(Kind::Weibull { shape, scale: mean / libm::exp(ln_gamma(1.0 + 1.0 / shape)) })
    }

    /// Always the same, at least 0.
    ///
    /// # Panics
    /// If the value is negative or not finite.
    #[must_use]
    pub fn constant(value: f64) -> Self {
        assert!(value >= 0.0 && value.is_finite(), "value: {value}");
        Self(Kind::Constant { value })
    }

    /// Without end: patience of who never gives up.
    #[must_use]
    pub fn never() -> Self {
        Self(Kind::Never)
    }

    /// One of several exponential laws: shares and means.
    ///
    /// # Panics
    /// As [`Law::mixture`] and [`Law::exponential`].
    #[must_use]
    pub fn hyperexponential(parts: &[(f64, f64)]) -> Self {
        Self::mixture(parts.iter().map(|&(share, mean)| (share, Self::exponential(mean))).collect())
    }

    /// One of several laws: shares, which sum to 1, and laws.
    ///
    /// # Panics
    /// If a share is negative or their sum differs from 1 by more than 10⁻⁹.
    #[must_use]
    pub fn mixture(parts: Vec<(f64, Law)>) -> Self {
        let sum: f64 = parts.iter().map(|(share, _)| share).sum();
        assert!(
            parts.iter().all(|(share, _)| *share >= 0.0) && (sum - 1.0).abs() < 1e-9,
            "shares sum to {sum}"
        );
        Self(Kind::Mixture { parts })
    }

    /// Mean; infinite if some durations have no end.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match &self.0 {
            Kind::Exponential { mean } => *mean,
            Kind::Gamma { shape, scale } => shape * scale,
            Kind::Lognormal { mu, sigma } => libm::exp(mu + 0.5 * sigma * sigma),
            Kind::Weibull { shape, scale } => scale * libm::exp(ln_gamma(1.0 + 1.0 / shape)),
            Kind::Constant { value } => *value,
            Kind::Never => f64::INFINITY,
            Kind::Mixture { parts } => weighted(parts, Law::mean),
        }
    }

    /// Mean of the square.
    #[must_use]
    pub fn second_moment(&self) -> f64 {
        match &self.0 {
            Kind::Exponential { mean } => 2.0 * mean * mean,
            Kind::Gamma { shape, scale } => shape * (shape + 1.0) * scale * scale,
            Kind::Lognormal { mu, sigma } => libm::exp(2.0 * (mu + sigma * sigma)),
            Kind::Weibull { shape, scale } => scale * scale * libm::exp(ln_gamma(1.0 + 2.0 / shape)),
            Kind::Constant { value } => value * value,
            Kind::Never => f64::INFINITY,
            Kind::Mixture { parts } => weighted(parts, Law::second_moment),
        }
    }

    /// Squared coefficient of variation, variance ÷ mean²; 0 for a constant.
    #[must_use]
    pub fn scv(&self) -> f64 {
        match &self.0 {
            Kind::Exponential { .. } => 1.0,
            Kind::Gamma { shape, .. } => 1.0 / shape,
            Kind::Lognormal { sigma, .. } => libm::expm1(sigma * sigma),
            Kind::Constant { .. } => 0.0,
            Kind::Weibull { .. } | Kind::Never | Kind::Mixture { .. } => {
                let mean = self.mean();
                (self.second_moment() / (mean * mean) - 1.0).max(0.0)
            }
        }
    }

    /// P(duration > x), for x of at least 0.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        match &self.0 {
            Kind::Exponential { mean } => libm::exp(-x / mean),
            Kind::Gamma { shape, scale } => gamma_q(*shape, x / scale),
            Kind::Lognormal { mu, sigma } => {
                if x <= 0.0 {
                    1.0
                } else {
                    normal_cdf((mu - libm::log(x)) / sigma)
                }
            }
            Kind::Weibull { shape, scale } => libm::exp(-libm::pow(x / scale, *shape)),
            Kind::Constant { value } => f64::from(x < *value),
            Kind::Never => 1.0,
            Kind::Mixture { parts } => weighted(parts, |law| law.survival(x)),
        }
    }

    /// P(duration ≤ x), accurate also where it is tiny.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        match &self.0 {
            Kind::Exponential { mean } => -libm::expm1(-x / mean),
            Kind::Gamma { shape, scale } => gamma_p(*shape, x / scale),
            Kind::Lognormal { mu, sigma } => {
                if x <= 0.0 {
                    0.0
                } else {
                    normal_cdf((libm::log(x) - mu) / sigma)
                }
            }
            Kind::Weibull { shape, scale } => -libm::expm1(-libm::pow(x / scale, *shape)),
            Kind::Constant { value } => f64::from(x >= *value),
            Kind::Never => 0.0,
            Kind::Mixture { parts } => weighted(parts, |law| law.cdf(x)),
        }
    }

    /// E min(duration, x) = ∫₀ˣ P(duration > u) du.
    #[must_use]
    pub fn mean_until(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        match &self.0 {
            Kind::Exponential { mean } => -mean * libm::expm1(-x / mean),
            Kind::Gamma { shape, scale } => {
                shape * scale * gamma_p(shape + 1.0, x / scale) + x * gamma_q(*shape, x / scale)
            }
            Kind::Lognormal { mu, sigma } => {
                let z = (libm::log(x) - mu) / sigma;
                libm::exp(mu + 0.5 * sigma * sigma) * normal_cdf(z - sigma) + x * normal_cdf(-z)
            }
            Kind::Weibull { shape, scale } => {
                self.mean() * gamma_p(1.0 / shape, libm::pow(x / scale, *shape))
            }
            Kind::Constant { value } => x.min(*value),
            Kind::Never => x,
            Kind::Mixture { parts } => weighted(parts, |law| law.mean_until(x)),
        }
    }

    /// The Laplace transform E e^(−s · duration), for s of at least 0.
    #[must_use]
    pub fn transform(&self, s: f64) -> f64 {
        match &self.0 {
            Kind::Exponential { mean } => 1.0 / (1.0 + s * mean),
            Kind::Gamma { shape, scale } => libm::exp(-shape * libm::log1p(s * scale)),
            // Over the normal law of the logarithm, and over the unit exponential law behind Weibull's.
            Kind::Lognormal { mu, sigma } => {
                let density = |z: f64| [libm::exp(-0.5 * z * z - s * libm::exp(mu + sigma * z))];
                // Where the product of the two is largest it has only one peak: the exponent is concave.
                let ends: Vec<f64> = (-10..=2).map(|i| 4.0 * f64::from(i)).collect();
                integrate(&ends, 1e-13, density)[0] / libm::sqrt(2.0 * std::f64::consts::PI)
            }
            Kind::Weibull { shape, scale } => {
                // With y = e^z the peak is smooth at either end.
                let power = 1.0 / shape;
                let density = |z: f64| {
                    let y = libm::exp(z);
                    [libm::exp(z - y - s * scale * libm::exp(power * z))]
                };
                let ends: Vec<f64> = (-14..=1).map(|i| 5.0 * f64::from(i)).collect();
                integrate(&ends, 1e-13, density)[0]
            }
            Kind::Constant { value } => libm::exp(-s * value),
            Kind::Never => 0.0,
            Kind::Mixture { parts } => weighted(parts, |law| law.transform(s)),
        }
    }

    /// The share that never ends.
    #[must_use]
    pub fn never_share(&self) -> f64 {
        match &self.0 {
            Kind::Never => 1.0,
            Kind::Mixture { parts } => weighted(parts, Law::never_share),
            Kind::Exponential { .. }
            | Kind::Gamma { .. }
            | Kind::Lognormal { .. }
            | Kind::Weibull { .. }
            | Kind::Constant { .. } => 0.0,
        }
    }

    /// Where the survival function jumps, in no order.
    pub(super) fn jumps(&self) -> Vec<f64> {
        match &self.0 {
            Kind::Constant { value } => vec![*value],
            Kind::Mixture { parts } => parts.iter().flat_map(|(_, law)| law.jumps()).collect(),
            Kind::Exponential { .. }
            | Kind::Gamma { .. }
            | Kind::Lognormal { .. }
            | Kind::Weibull { .. }
            | Kind::Never => Vec::new(),
        }
    }
}

/// Without the parts of share 0, which may be infinite.
fn weighted(parts: &[(f64, Law)], of: impl Fn(&Law) -> f64) -> f64 {
    parts.iter().filter(|(share, _)| *share > 0.0).map(|(share, law)| share * of(law)).sum()
}

#[track_caller]
fn assert_positive(what: &str, value: f64) {
    assert!(value > 0.0 && value.is_finite(), "{what}: {value}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laws() -> Vec<Law> {
        vec![
            Law::exponential(3.0),
            Law::gamma(4.0, 0.5),
            Law::gamma(4.0, 2.0),
            Law::lognormal(4.0, 1.5),
            Law::lognormal(0.1, 0.2),
            Law::weibull(2.0, 0.7),
            Law::weibull(2.0, 3.0),
            Law::constant(1.5),
            Law::hyperexponential(&[(0.4, 0.5), (0.6, 10.0)]),
            Law::mixture(vec![(0.2, Law::constant(0.0)), (0.8, Law::gamma(1.0, 1.0))]),
        ]
    }

    #[test]
    fn moments_are_integrals_of_the_survival_function() {
        for law in laws() {
            let far = 400.0 * law.mean() * (1.0 + law.scv());
            let ends = |far: f64| {
                let mut ends = vec![0.0, 0.01 * law.mean(), law.mean(), 20.0 * law.mean(), far];
                ends.extend(law.jumps());
                ends.sort_by(f64::total_cmp);
                ends
            };
            let [mean, square] =
                integrate(&ends(far), 1e-11, |x| [law.survival(x), 2.0 * x * law.survival(x)]);
            assert!((mean / law.mean() - 1.0).abs() < 1e-5, "{law:?}: mean {mean}, not {}", law.mean());
            let expected = law.second_moment();
            assert!((square / expected - 1.0).abs() < 2e-2, "{law:?}: square {square}, not {expected}");
            assert!((law.scv() + 1.0 - expected / law.mean().powi(2)).abs() < 1e-9, "{law:?}");
            for x in [0.0, 0.3, 1.0, 1.7, 9.0] {
                let mut until: Vec<f64> = law.jumps().into_iter().filter(|jump| *jump < x).collect();
                until.extend([0.0, x]);
                until.sort_by(f64::total_cmp);
                let [integral] = integrate(&until, 1e-12, |u| [law.survival(u)]);
                assert!((law.mean_until(x) - integral).abs() < 1e-10, "{law:?} until {x}");
                assert!((law.cdf(x) + law.survival(x) - 1.0).abs() < 1e-12, "{law:?} at {x}");
            }
        }
    }

    #[test]
    fn the_transform_is_one_less_the_killed_survival() {
        for law in laws() {
            assert!((law.transform(0.0) - 1.0).abs() < 1e-12, "{law:?}");
            for s in [0.01, 0.4, 5.0] {
                let mut ends = vec![0.0, 0.01 / s, 1.0 / s, 6.0 / s, 60.0 / s];
                ends.extend(law.jumps());
                ends.sort_by(f64::total_cmp);
                let [integral] = integrate(&ends, 1e-12, |x| [s * (-s * x).exp() * law.survival(x)]);
                let found = law.transform(s);
                assert!(
                    (found - (1.0 - integral)).abs() < 1e-9,
                    "{law:?} at {s}: {found}, not {}",
                    1.0 - integral
                );
            }
        }
    }

    #[test]
    fn who_never_ends_has_no_mean() {
        let some = Law::mixture(vec![(0.5, Law::never()), (0.5, Law::exponential(1.0))]);
        assert_eq!((some.mean(), some.never_share()), (f64::INFINITY, 0.5));
        assert!((some.survival(1e9) - 0.5).abs() < 1e-15);
        assert_eq!(Law::mixture(vec![(0.0, Law::never()), (1.0, Law::constant(2.0))]).mean(), 2.0);
    }
}
