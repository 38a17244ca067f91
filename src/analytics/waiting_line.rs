//! The line in front of busy agents: how long it is, given that nobody is idle, when waiting customers give up.
//!
//! With c = nμ/θ and y = λ/θ, the probability of j waiting is proportional to q_j = yʲ ÷ ((c + 1) … (c + j)). The sums
//! S = Σ q_j and its companions hold only positive terms; they are taken outwards from the largest, relative to it, so
//! that nothing overflows however great the load. Some 15 √y terms.

/// Terms below this share of the sum are left out.
const NEGLIGIBLE: f64 = 1e-20;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct WaitingLine {
    /// Probability that nobody waits, 1 ÷ S; 0 where it is below 10⁻²⁰.
    pub empty: f64,
    /// Probability that somebody waits, 1 − 1 ÷ S.
    pub occupied: f64,
    /// Mean number waiting, Σ j q_j ÷ S.
    pub mean: f64,
    /// Σ q_j h_j ÷ S with h_j = Σ_{k ≤ j} 1 ÷ (c + k): the mean wait of an answered customer, in units of 1/θ and up to
    /// a factor.
    pub passage: f64,
}

impl WaitingLine {
    /// Nobody ever waits.
    pub const EMPTY: Self = Self { empty: 1.0, occupied: 0.0, mean: 0.0, passage: 0.0 };

    /// For c ≥ 0 and y ≥ 0, both finite.
    pub fn new(c: f64, y: f64) -> Self {
        debug_assert!(c >= 0.0 && y >= 0.0 && c.is_finite() && y.is_finite(), "c {c}, y {y}");
        if y == 0.0 {
            return Self::EMPTY;
        }
        let mode = (y - c).max(0.0).floor();
        let passage_at_mode = harmonic(c, mode);
        let mut sums = Sums::default();
        sums.add(1.0, mode, passage_at_mode);

        let (mut term, mut j, mut passage) = (1.0, mode, passage_at_mode);
        while term > NEGLIGIBLE * sums.all {
            j += 1.0;
            let inverse = 1.0 / (c + j);
            term *= y * inverse;
            passage += inverse;
            sums.add(term, j, passage);
        }

        (term, j, passage) = (1.0, mode, passage_at_mode);
        let down = 1.0 / y;
        while j > 0.0 && term > NEGLIGIBLE * sums.all {
            term *= (c + j) * down;
            passage -= 1.0 / (c + j);
            j -= 1.0;
            sums.add(term, j, passage);
        }

        let inverse = 1.0 / sums.all;
        Self {
            empty: if j == 0.0 { term * inverse } else { 0.0 },
            occupied: (sums.occupied * inverse).min(1.0),
            mean: sums.waiting * inverse,
            passage: sums.passage * inverse,
        }
    }

    /// The line of customers who never give up, at ρ = λ ÷ nμ below 1: geometric. `passage` is in units of 1/nμ.
    pub fn patient(rho: f64) -> Self {
        let mean = rho / (1.0 - rho);
        Self { empty: 1.0 - rho, occupied: rho, mean, passage: mean }
    }
}

#[derive(Default)]
struct Sums {
    all: f64,
    occupied: f64,
    waiting: f64,
    passage: f64,
}

impl Sums {
    #[inline]
    fn add(&mut self, term: f64, j: f64, passage: f64) {
        self.all += term;
        if j > 0.0 {
            self.occupied += term;
            self.waiting += term * j;
            self.passage += term * passage;
        }
    }
}

/// Σ_{k = 1}^{m} 1 ÷ (c + k), by the first terms and then the digamma function's expansion
/// (Abramowitz and Stegun 1964, 6.3.18).
fn harmonic(c: f64, m: f64) -> f64 {
    let direct = m.min(32.0);
    let mut sum = 0.0;
    let mut k = 1.0;
    while k <= direct {
        sum += 1.0 / (c + k);
        k += 1.0;
    }
    if m > direct { sum + digamma(c + m + 1.0) - digamma(c + direct + 1.0) } else { sum }
}

/// ψ(x) for x > 32.
fn digamma(x: f64) -> f64 {
    let square = 1.0 / (x * x);
    libm::log(x)
        - 0.5 / x
        - square * (1.0 / 12.0 - square * (1.0 / 120.0 - square * (1.0 / 252.0 - square / 240.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition, summed from 0.
    fn naive(c: f64, y: f64) -> WaitingLine {
        let mut sums = Sums::default();
        let (mut term, mut passage) = (1.0, 0.0);
        for j in 0..3000 {
            sums.add(term, f64::from(j), passage);
            term *= y / (c + f64::from(j + 1));
            passage += 1.0 / (c + f64::from(j + 1));
        }
        WaitingLine {
            empty: 1.0 / sums.all,
            occupied: sums.occupied / sums.all,
            mean: sums.waiting / sums.all,
            passage: sums.passage / sums.all,
        }
    }

    #[test]
    fn sums_from_the_largest_term_are_sums_from_the_first() {
        for (c, y) in
            [(0.0, 3.0), (0.01, 0.02), (5.0, 1.0), (40.0, 38.0), (40.0, 41.5), (40.0, 60.0), (30.0, 400.0)]
        {
            let (line, naive) = (WaitingLine::new(c, y), naive(c, y));
            let pairs = [
                (line.empty, naive.empty),
                (line.occupied, naive.occupied),
                (line.mean, naive.mean),
                (line.passage, naive.passage),
            ];
            for (found, expected) in pairs {
                let difference = (found - expected).abs();
                assert!(
                    difference <= 1e-12 * expected.abs() + 1e-20,
                    "c {c}, y {y}: {line:?}, not {naive:?}"
                );
            }
        }
    }
}
