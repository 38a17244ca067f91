//! Erlang B: no waiting room; who finds no line free is lost.

/// The share of calls that find all `lines` busy, at an offered load in erlangs (Erlang 1917); any distribution of the
/// holding time gives the same.
///
/// B(0) = 1; 1 ÷ B(k) = 1 + k ÷ (a B(k − 1)): only positive terms, so stable for any size. Without lines every call is
/// blocked, also at zero load; with lines, zero load is never blocked.
///
/// ```
/// let blocked = holdtime::analytics::erlang_b(27.5, 30);
/// assert!((blocked - 0.0899).abs() < 0.0001);
/// ```
///
/// # Panics
/// If the load is negative or not finite.
#[must_use]
pub fn erlang_b(load: f64, lines: u32) -> f64 {
    1.0 / inverse_erlang_b(load, lines)
}

/// 1 ÷ B; infinite where B is below what a double can hold.
pub(super) fn inverse_erlang_b(load: f64, lines: u32) -> f64 {
    assert!(load >= 0.0 && load.is_finite(), "offered load: {load}");
    if load == 0.0 {
        return if lines == 0 { 1.0 } else { f64::INFINITY };
    }
    let step = 1.0 / load;
    let mut inverse = 1.0;
    let mut k = 0.0;
    for _ in 0..lines {
        k += 1.0;
        inverse = 1.0 + inverse * (k * step);
    }
    inverse
}

/// The least number of lines that blocks at most a share of calls, above 0 and at most 1, at a load in erlangs.
///
/// Zero load needs one line, unless every call may be blocked.
///
/// ```
/// assert_eq!(holdtime::analytics::lines_for_blocking(84.06, 0.01), 100);
/// ```
///
/// # Panics
/// If the load is negative or not finite, or the share out of range.
#[must_use]
pub fn lines_for_blocking(load: f64, share: f64) -> u32 {
    assert!(load >= 0.0 && load.is_finite(), "offered load: {load}");
    assert!(share > 0.0 && share <= 1.0, "share blocked: {share}");
    let (mut lines, mut inverse) = (0, 1.0);
    while inverse * share < 1.0 {
        lines += 1;
        inverse = 1.0 + inverse * (f64::from(lines) / load);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        for (load, lines, blocked) in [(4.4612, 10, 0.010_000_289_64), (27.5, 30, 0.089_896_651_86)] {
            assert!((erlang_b(load, lines) - blocked).abs() < 1e-11);
        }
    }

    #[test]
    fn edges_of_load_and_lines() {
        assert_eq!((erlang_b(0.0, 0), erlang_b(5.0, 0), erlang_b(0.0, 3)), (1.0, 1.0, 0.0));
        assert_eq!(erlang_b(1.0, 100_000), 0.0);
        // Far above capacity, what is not lost fills the lines.
        assert!((erlang_b(1e9, 100_000) - (1.0 - 1e-4)).abs() < 1e-9);
        // At load = lines, B √n tends to √(2/π).
        assert!((erlang_b(1e5, 100_000) * 1e5_f64.sqrt() - 0.797_88).abs() < 0.002);
    }

    #[test]
    fn the_least_lines_are_the_least() {
        for load in [0.1, 3.0, 40.0, 900.0] {
            let lines = lines_for_blocking(load, 0.02);
            assert!(erlang_b(load, lines) <= 0.02 && erlang_b(load, lines - 1) > 0.02);
        }
        assert_eq!((lines_for_blocking(0.0, 0.5), lines_for_blocking(0.0, 1.0)), (1, 0));
    }
}
