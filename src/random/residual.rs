//! The time until the next point of a renewal process, seen from an instant that knows nothing of it.
//!
//! Invariant: P(residual ≤ x) = (∫₀ˣ P(X > y) dy) ÷ E\[X\], found by halving.

use super::Dist;

/// So often the interval is halved: to the last bit of a double.
const HALVINGS: u32 = 80;

impl Dist {
    /// The residual time of level `u` in (0, 1) of a law with a mean above 0.
    #[must_use]
    pub fn residual(&self, u: f64) -> f64 {
        let mean = self.mean();
        let share_until = |x: f64| {
            let below = self.moments_up_to(x);
            (below.first + x * (1.0 - below.probability)) / mean
        };
        let mut high = mean;
        // A law without upper end has hardly anything beyond a thousand doublings.
        for _ in 0..1000 {
            if share_until(high) >= u {
                break;
            }
            high *= 2.0;
        }
        let mut low = 0.0;
        for _ in 0..HALVINGS {
            let middle = 0.5 * (low + high);
            if share_until(middle) < u { low = middle } else { high = middle }
        }
        high
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_residual_of_known_laws_is_known() {
        for u in [0.01, 0.3, 0.5, 0.9, 0.999] {
            // Anywhere in a constant gap; of the memoryless the same law; of a mixture long gaps are met more often.
            let close = |dist: Dist, exact: f64| {
                let found = dist.residual(u);
                assert!((found / exact - 1.0).abs() < 1e-9, "{dist:?} at {u}: {found}, not {exact}");
            };
            close(Dist::constant(60.0).unwrap(), 60.0 * u);
            close(Dist::exponential(60.0).unwrap(), -60.0 * (1.0 - u).ln());
        }
        let dist = Dist::hyperexponential(&[(0.9, 10.0), (0.1, 110.0)]).unwrap();
        // Weights 9 : 11 of means 10 and 110.
        let x = dist.residual(0.5);
        assert!((0.45 * (-x / 10.0).exp() + 0.55 * (-x / 110.0).exp() - 0.5).abs() < 1e-9);
    }
}
