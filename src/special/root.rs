//! Bisection: slow and certain.

/// The least x in [low, high], to the resolution of a double, at which a claim that once true stays true is true.
///
/// `high` if it is true nowhere below. Both ends are finite. Ends when the bracket is two neighbouring doubles: after
/// some 60 halvings, more (at most 2,200) only where x is nearly 0.
#[must_use]
pub fn first_true(low: f64, high: f64, claim: impl Fn(f64) -> bool) -> f64 {
    debug_assert!(low <= high && high.is_finite() && low.is_finite(), "bracket [{low}, {high}]");
    if claim(low) {
        return low;
    }
    let (mut low, mut high) = (low, high);
    loop {
        let middle = low + 0.5 * (high - low);
        if middle <= low || middle >= high {
            return high;
        }
        if claim(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_true_point_is_found_to_the_last_bit() {
        assert_eq!(first_true(0.0, 10.0, |x| x * x >= 2.0), 2f64.sqrt());
        assert_eq!(first_true(3.0, 10.0, |x| x >= 1.0), 3.0);
        assert_eq!(first_true(3.0, 10.0, |_| false), 10.0);
    }
}
