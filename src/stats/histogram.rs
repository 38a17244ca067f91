//! Histograms of waits: integer counts in bins that grow with the wait, so that they merge exactly.
//!
//! Keeps no single value. Invariant: the same records give the same histogram, in whatever order and grouping.

use crate::units::Span;

/// Bits of a value, below its highest, that its bin keeps: 128 bins an octave.
const KEPT_BITS: u32 = 7;
/// The finest bin is 2¹⁰ µs wide.
const FINEST_BITS: u32 = 10;
/// Bins of the finest width; from here on the width doubles each octave.
const LINEAR_BINS: u64 = 2 << KEPT_BITS;

/// A histogram of spans.
///
/// Zero has a bin of its own. Above, bins are 1.024 ms wide up to 0.26 s, then between 1/256 and 1/128 of the value:
/// what is read from it is off by at most 0.8 % (or 1.024 ms). Takes memory up to the longest span recorded: 16 kB for
/// an hour, 50 kB at most.
///
/// ```
/// use holdtime::stats::Histogram;
/// use holdtime::units::Span;
/// let mut waits = Histogram::new();
/// for seconds in [0, 0, 10, 20, 30] {
///     waits.record(Span::from_secs(seconds));
/// }
/// assert_eq!(waits.count(), 5);
/// assert_eq!(waits.quantile(0.4), Some(0.0));
/// assert!((waits.quantile(0.8).unwrap() - 20.0).abs() < 0.2);
/// assert_eq!(waits.count_at_most(25.0), 4.0);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    zeros: u64,
    /// As long as the highest bin in use.
    bins: Vec<u64>,
    count: u64,
    max: Span,
}

impl Histogram {
    /// An empty histogram.
    #[must_use]
    pub const fn new() -> Self {
        Self { zeros: 0, bins: Vec::new(), count: 0, max: Span::ZERO }
    }

    /// Counts one span.
    #[inline]
    pub fn record(&mut self, span: Span) {
        self.count += 1;
        if span == Span::ZERO {
            self.zeros += 1;
            return;
        }
        self.max = self.max.max(span);
        let bin = bin_of(span);
        if bin >= self.bins.len() {
            self.grow(bin + 1);
        }
        self.bins[bin] += 1;
    }

    #[cold]
    fn grow(&mut self, len: usize) {
        self.bins.resize(len, 0);
    }

    /// Adds the counts of another.
    pub fn merge(&mut self, other: &Self) {
        if other.bins.len() > self.bins.len() {
            self.grow(other.bins.len());
        }
        for (mine, theirs) in self.bins.iter_mut().zip(&other.bins) {
            *mine += theirs;
        }
        self.zeros += other.zeros;
        self.count += other.count;
        self.max = self.max.max(other.max);
    }

    /// How many spans were recorded.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The longest span, exactly; zero if there is none.
    #[must_use]
    pub const fn max(&self) -> Span {
        self.max
    }

    /// The least number of seconds with a share of at least `p` in [0, 1] at or below it, interpolated in its bin.
    ///
    /// 0 if a share `p` waited not at all; the longest span for 1; `None` if empty.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<f64> {
        debug_assert!((0.0..=1.0).contains(&p), "share {p}");
        if self.count == 0 {
            return None;
        }
        let rank = p * self.count as f64;
        let mut below = self.zeros as f64;
        if rank <= below && self.zeros > 0 {
            return Some(0.0);
        }
        for (bin, &count) in self.bins.iter().enumerate().filter(|bin| *bin.1 > 0) {
            let count = count as f64;
            if rank <= below + count {
                let (low, high) = self.edges(bin);
                return Some(low + (rank - below) / count * (high - low));
            }
            below += count;
        }
        Some(self.max.as_secs_f64())
    }

    /// How many spans were at most so many seconds, interpolated in the bin: the inverse of [`Histogram::quantile`].
    #[must_use]
    pub fn count_at_most(&self, seconds: f64) -> f64 {
        if seconds < 0.0 {
            return 0.0;
        }
        // Rounded to µs a time may fall into a neighbour of its bin: the edges decide.
        let mut bin = bin_of(Span::from_secs_f64(seconds)).saturating_sub(1).min(self.bins.len());
        let mut below = self.zeros + self.bins[..bin].iter().sum::<u64>();
        while let Some(&count) = self.bins.get(bin) {
            let (low, high) = self.edges(bin);
            if seconds < high {
                let part = ((seconds - low) / (high - low)).clamp(0.0, 1.0);
                return below as f64 + part * count as f64;
            }
            below += count;
            bin += 1;
        }
        below as f64
    }

    /// Lower and upper end of a bin in seconds, cut at the longest span.
    fn edges(&self, bin: usize) -> (f64, f64) {
        let high = Span(start_of(bin + 1)).min(self.max);
        (Span(start_of(bin)).as_secs_f64(), high.as_secs_f64())
    }
}

#[inline]
fn bin_of(span: Span) -> usize {
    let units = span.0 >> FINEST_BITS;
    if units < LINEAR_BINS {
        return units as usize;
    }
    let octave = u64::BITS - 1 - units.leading_zeros() - KEPT_BITS;
    (octave as usize) * (1 << KEPT_BITS) + (units >> octave) as usize
}

/// The least µs that falls into a bin.
fn start_of(bin: usize) -> u64 {
    let bin = bin as u64;
    if bin < LINEAR_BINS {
        return bin << FINEST_BITS;
    }
    let octave = (bin >> KEPT_BITS) - 1;
    let start = u128::from(bin - (octave << KEPT_BITS)) << (octave + u64::from(FINEST_BITS));
    u64::try_from(start).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(spans: &[u64]) -> Histogram {
        let mut histogram = Histogram::new();
        spans.iter().for_each(|us| histogram.record(Span(*us)));
        histogram
    }

    #[test]
    fn bins_follow_each_other_without_gap_and_are_narrow() {
        for bin in 0..6_000 {
            let (start, next) = (start_of(bin), start_of(bin + 1));
            assert_eq!(
                (bin_of(Span(start)), bin_of(Span(next - 1)), bin_of(Span(next))),
                (bin, bin, bin + 1)
            );
            assert!(next - start == 1024 || (next - start) as f64 / start as f64 <= 1.0 / 128.0);
        }
        assert_eq!(of(&[u64::MAX, 0]).quantile(1.0), Some(Span::MAX.as_secs_f64()));
    }

    #[test]
    fn nothing_recorded_has_no_quantile_and_no_count() {
        assert_eq!((Histogram::new().quantile(0.5), Histogram::new().count_at_most(1.0)), (None, 0.0));
    }

    #[test]
    fn a_quantile_at_the_edge_of_the_atom_is_zero() {
        let histogram = of(&[0, 0, 0, 5_000_000]);
        assert_eq!(histogram.quantile(0.75), Some(0.0));
        assert!(histogram.quantile(0.76).unwrap() > 4.9);
        assert_eq!(histogram.count_at_most(0.0), 3.0);
    }

    proptest! {
        #[test]
        fn quantiles_are_within_one_per_cent(
            mut spans in prop::collection::vec(0..4_000_000_000_u64, 1..300),
            p in 0.0..=1.0_f64,
        ) {
            let found = of(&spans).quantile(p).unwrap();
            spans.sort_unstable();
            let rank = (p * spans.len() as f64).ceil().max(1.0) as usize;
            let exact = Span(spans[rank - 1]).as_secs_f64();
            prop_assert!((found - exact).abs() <= (0.01 * exact).max(0.001_024), "{found}, not {exact}");
        }

        #[test]
        fn merging_is_the_same_in_any_order_and_grouping(
            a in prop::collection::vec(0..1_u64 << 40, 0..50),
            b in prop::collection::vec(0..1_u64 << 30, 0..50),
            c in prop::collection::vec(0..1_u64 << 20, 0..50),
        ) {
            let merged = |parts: &[&[u64]]| {
                let mut sum = Histogram::new();
                parts.iter().for_each(|part| sum.merge(&of(part)));
                sum
            };
            let together = of(&[a.as_slice(), &b, &c].concat());
            prop_assert_eq!(&together, &merged(&[&a, &b, &c]));
            prop_assert_eq!(&together, &merged(&[&c, &a, &b]));
        }

        #[test]
        fn the_share_at_a_quantile_is_its_level(
            spans in prop::collection::vec(0..1_u64 << 33, 1..200),
            p in 0.001..=1.0_f64,
        ) {
            let histogram = of(&spans);
            let q = histogram.quantile(p).unwrap();
            let share = histogram.count_at_most(q) / histogram.count() as f64;
            prop_assert!((share - p).abs() < 1e-6 || (q == 0.0 && share >= p), "{share} at {q}, not {p}");
        }
    }
}
