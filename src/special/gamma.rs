//! The regularised incomplete gamma functions and the inverse of the lower one.
//!
//! No complex and no negative arguments. Invariant: P + Q = 1 and both stay in [0, 1], for shapes up to 10¹².

use std::f64::consts::PI;

use super::first_true;

/// Natural logarithm of Γ(x), for x > 0.
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// P(a, x) = γ(a, x) ÷ Γ(a): the cdf at x of a gamma law of shape a > 0 and scale 1.
///
/// Zero for x ≤ 0, one for x = ∞. Series for x < a + 1 (Abramowitz and Stegun 1964, 6.5.29), else one less the
/// continued fraction of [`gamma_q`]; the common factor is taken in Stirling's form so that large shapes do not cancel.
/// Relative error about 10⁻¹³ in the body. Takes some √a steps where x is near a.
#[must_use]
pub fn gamma_p(a: f64, x: f64) -> f64 {
    debug_assert!(a > 0.0, "shape {a}");
    if x <= 0.0 {
        0.0
    } else if x == f64::INFINITY {
        1.0
    } else if x < a + 1.0 {
        (libm::exp(ln_front(a, x)) * series(a, x)).min(1.0)
    } else {
        1.0 - upper(a, x)
    }
}

/// Q(a, x) = 1 − P(a, x), accurate also where it is tiny.
#[must_use]
pub fn gamma_q(a: f64, x: f64) -> f64 {
    debug_assert!(a > 0.0, "shape {a}");
    if x == f64::INFINITY {
        0.0
    } else if x < a + 1.0 {
        1.0 - gamma_p(a, x)
    } else {
        upper(a, x)
    }
}

/// The x with P(a, x) = p, for p in [0, 1]; ∞ for p = 1.
///
/// Doubles an upper bracket from the mean, then bisects: always ends, to the resolution of a double.
#[must_use]
pub fn gamma_p_inverse(a: f64, p: f64) -> f64 {
    debug_assert!((0.0..=1.0).contains(&p), "probability {p}");
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    let mut high = a + 1.0;
    while gamma_p(a, high) < p {
        high *= 2.0;
    }
    first_true(0.0, high, |x| gamma_p(a, x) >= p)
}

/// ln(xᵃ e⁻ˣ ÷ Γ(a + 1)).
fn ln_front(a: f64, x: f64) -> f64 {
    if a < 16.0 {
        return a * libm::log(x) - x - ln_gamma(a + 1.0);
    }
    // Stirling: ln Γ(a + 1) = a ln a − a + ½ ln 2πa + correction; then a ln(x ÷ a) − (x − a) is left, which is small
    // where it matters.
    let d = (x - a) / a;
    let ln_ratio = if d.abs() < 0.5 { libm::log1p(d) } else { libm::log(x / a) };
    let square = a * a;
    let correction = (1.0 / 12.0
        - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / (1188.0 * square)) / square) / square)
            / square)
        / a;
    a * (ln_ratio - d) - 0.5 * libm::log(2.0 * PI * a) - correction
}

/// 1 + x ÷ (a + 1) + x² ÷ ((a + 1)(a + 2)) + …, for x < a + 1.
fn series(a: f64, x: f64) -> f64 {
    let (mut sum, mut term, mut denominator) = (1.0, 1.0, a);
    while term > sum * f64::EPSILON * 0.25 {
        denominator += 1.0;
        term *= x / denominator;
        sum += term;
    }
    sum
}

/// Q by Lentz's algorithm on the continued fraction (Press et al. 2007, 6.2.7), for x ≥ a + 1.
fn upper(a: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut fraction = d;
    let mut i = 0.0;
    loop {
        i += 1.0;
        let numerator = -i * (i - a);
        b += 2.0;
        // For x ≥ a + 1 all partial denominators are positive: neither can vanish.
        d = 1.0 / (numerator * d + b);
        c = b + numerator / c;
        let step = d * c;
        fraction *= step;
        // The second condition only guards against a step that never settles on its last bit.
        if (step - 1.0).abs() < 4.0 * f64::EPSILON || i > 1e7 {
            break;
        }
    }
    (libm::exp(ln_front(a, x)) * a * fraction).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::function::gamma::{gamma_lr, gamma_ur};

    #[test]
    fn incomplete_gamma_agrees_with_an_independent_implementation() {
        for a in [0.05, 0.3, 1.0, 2.5, 10.0, 15.99, 16.0, 40.0, 300.0, 2_000.0] {
            for ratio in [0.01, 0.3, 0.9, 1.0, 1.05, 1.5, 4.0] {
                let x = a * ratio;
                let (p, q) = (gamma_p(a, x), gamma_q(a, x));
                assert!((p - gamma_lr(a, x)).abs() < 1e-11, "P({a}, {x}) = {p}, not {}", gamma_lr(a, x));
                assert!((q - gamma_ur(a, x)).abs() < 1e-11, "Q({a}, {x}) = {q}, not {}", gamma_ur(a, x));
            }
        }
    }

    #[test]
    fn an_integer_shape_is_a_sum_of_poisson_probabilities() {
        // P(k, x) = 1 − Σ_{j<k} e⁻ˣ xʲ ÷ j!
        for (k, x) in [(1, 0.2), (3, 2.0), (5, 9.0), (20, 18.0)] {
            let mut term = f64::exp(-x);
            let mut below = 0.0;
            for j in 0..k {
                below += term;
                term *= x / f64::from(j + 1);
            }
            assert!((gamma_p(f64::from(k), x) - (1.0 - below)).abs() < 1e-14);
        }
    }

    #[test]
    fn large_shapes_approach_the_normal_law() {
        // At the mean of a large shape, P → ½ + 1 ÷ (3 √(2πa)).
        for a in [1e4, 1e7, 1e9] {
            let expected = 0.5 + 1.0 / (3.0 * (2.0 * PI * a).sqrt());
            assert!((gamma_p(a, a) - expected).abs() < 1e-3 / a.sqrt(), "{a}: {}", gamma_p(a, a));
        }
    }

    #[test]
    fn the_inverse_leads_back() {
        for a in [0.1, 1.0, 7.5, 200.0] {
            for p in [1e-6, 0.025, 0.5, 0.975, 0.999_999] {
                assert!((gamma_p(a, gamma_p_inverse(a, p)) - p).abs() < 1e-12, "shape {a}, p {p}");
            }
        }
        assert_eq!((gamma_p_inverse(2.0, 0.0), gamma_p_inverse(2.0, 1.0)), (0.0, f64::INFINITY));
    }
}
