//! What the battery says of a figure: theory beside simulation, good or not, sharp or not.
//!
//! Names no tolerance that a case could be tuned by: the rules are the same for all (`docs/validation.md`).

use super::cases::{Figure, Known};
use super::figure::{Measured, Of};

/// A figure by theory and by simulation.
pub struct Compared {
    pub of: Of,
    pub measure: &'static str,
    pub known: Known,
    pub measured: Measured,
    /// Difference in standard errors.
    pub z: f64,
    pub is_good: bool,
    /// Whether the standard error is at most 0.25 % of the value, or 10⁻⁴ of a share near 0.
    pub is_sharp: bool,
}

pub fn compare((of, measure, known): Figure, measured: Measured) -> Compared {
    let (error, difference) = (measured.standard_error, measured.mean - known.value());
    let z = if difference == 0.0 { 0.0 } else { difference / error };
    let is_within = |allowed: f64| difference.abs() <= 4.0 * error + allowed;
    let is_good = match known {
        Known::Exact(_) => is_within(0.0),
        Known::Binned(value) => is_within(0.01 * value),
        Known::AtMost(_) => difference <= 4.0 * error,
        Known::About(value, share) => is_within(share * value),
    };
    let value = known.value().abs();
    let is_share = value < 1.0 && !measure.ends_with("_s") && measure != "waiting";
    let is_sharp = error <= 0.0025 * value || (is_share && error <= 1e-4);
    Compared { of, measure, known, measured, z, is_good, is_sharp }
}
