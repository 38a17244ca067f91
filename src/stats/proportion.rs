//! Shares of a few trials.

/// The 95 % interval of a share of which `successes` in `n` trials were seen (Wilson 1927); half successes count half.
///
/// Unlike the usual interval it never leaves [0, 1] and has a width where all trials went one way. `None` without trials.
///
/// ```
/// let (low, high) = holdtime::stats::wilson(8.0, 8).unwrap();
/// assert!((low - 0.676).abs() < 0.001 && high == 1.0);
/// ```
#[must_use]
pub fn wilson(successes: f64, n: u32) -> Option<(f64, f64)> {
    const Z2: f64 = 3.841_458_820_694_124;
    if n == 0 {
        return None;
    }
    let n = f64::from(n);
    let share = successes / n;
    let middle = (successes + 0.5 * Z2) / (n + Z2);
    let half = (Z2 * (share * (1.0 - share) / n + Z2 / (4.0 * n * n))).sqrt() / (1.0 + Z2 / n);
    let end = |reached: bool, at: f64, value: f64| if reached { at } else { value.clamp(0.0, 1.0) };
    Some((end(successes == 0.0, 0.0, middle - half), end(successes == n, 1.0, middle + half)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_has_the_values_worked_out_by_hand() {
        // z² = 3.8415. 5 of 10: (5 + 1.9207) ÷ 13.8415 = 0.5; ± √(3.8415 (0.025 + 3.8415 ÷ 400)) ÷ 1.38415 = 0.2634.
        let (low, high) = wilson(5.0, 10).unwrap();
        assert!((low - 0.2366).abs() < 1e-4 && (high - 0.7634).abs() < 1e-4, "{low} {high}");
        // 9 of 10: 0.5958 to 0.9821.
        let (low, high) = wilson(9.0, 10).unwrap();
        assert!((low - 0.5958).abs() < 1e-4 && (high - 0.9821).abs() < 1e-4, "{low} {high}");
        // All or nothing: n ÷ (n + z²).
        assert_eq!(wilson(0.0, 10).map(|ends| ends.0), Some(0.0));
        assert!((wilson(10.0, 10).unwrap().0 - 10.0 / 13.841_458_820_694_124).abs() < 1e-12);
        assert_eq!(wilson(0.0, 0), None);
    }
}
