//! Why a distribution cannot be.

use std::fmt;

/// A parameter of a distribution that is not allowed.
///
/// Shown as `` `mean` is -3; allowed: above 0, at most 1e12 ``; the parts are public so that a diagnostic can place them.
#[derive(Clone, Debug, PartialEq)]
pub struct DistError {
    /// The parameter, by its key in a scenario file.
    pub parameter: &'static str,
    /// What was found.
    pub found: String,
    /// What is allowed.
    pub allowed: &'static str,
}

impl fmt::Display for DistError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is {}; allowed: {}", self.parameter, self.found, self.allowed)
    }
}

impl std::error::Error for DistError {}

/// The longest time a parameter may state, in seconds: 30,000 years. Keeps every moment far from overflow.
pub(super) const LONGEST: f64 = 1e12;

/// `x` if it is in (0, 10¹²].
pub(super) fn positive(parameter: &'static str, x: f64) -> Result<f64, DistError> {
    if x > 0.0 && x <= LONGEST { Ok(x) } else { Err(refused(parameter, x, "above 0, at most 1e12")) }
}

/// `x` if it is in [0, 10¹²].
pub(super) fn not_negative(parameter: &'static str, x: f64) -> Result<f64, DistError> {
    if (0.0..=LONGEST).contains(&x) { Ok(x) } else { Err(refused(parameter, x, "at least 0, at most 1e12")) }
}

/// The shares that weights stand for, summed up from the left; the last is 1.
pub(super) fn cumulative(weights: impl Iterator<Item = f64> + Clone) -> Result<Box<[f64]>, DistError> {
    if let Some(bad) = weights.clone().find(|w| !(0.0..=LONGEST).contains(w)) {
        return Err(refused("weight", bad, "at least 0, at most 1e12"));
    }
    let sum: f64 = weights.clone().sum();
    if sum <= 0.0 {
        let found = if weights.clone().next().is_none() { "missing" } else { "0 everywhere" };
        return Err(DistError { parameter: "weight", found: found.into(), allowed: "at least one above 0" });
    }
    let mut below = 0.0;
    let mut shares: Box<[f64]> = weights
        .map(|w| {
            below += w;
            below / sum
        })
        .collect();
    // Rounding must leave no gap at the top, and nothing may fall to a weight of 0 that stands last.
    let highest = shares[shares.len() - 1];
    for share in shares.iter_mut().rev().take_while(|s| **s == highest) {
        *share = 1.0;
    }
    Ok(shares)
}

/// The error for a number.
pub(super) fn refused(parameter: &'static str, found: f64, allowed: &'static str) -> DistError {
    DistError { parameter, found: found.to_string(), allowed }
}
