//! Simulated instants and spans in integer microseconds.

use std::fmt;
use std::ops::{Add, AddAssign, Mul, Sub};

/// An instant: microseconds since the run began (the start of the warm-up, if there is one).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SimTime(pub u64);

/// A length of time in microseconds, 0 or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span(pub u64);

/// The longest span that is made of seconds: 36,500 years in µs.
const LONGEST: i64 = 1 << 60;

impl SimTime {
    /// The instant at which the run begins.
    pub const ZERO: Self = Self(0);
    /// Later than every instant that occurs; "never".
    pub const MAX: Self = Self(u64::MAX);

    /// The span since `earlier`.
    ///
    /// `earlier` must not be later, which debug builds check.
    #[inline]
    #[must_use]
    pub fn since(self, earlier: Self) -> Span {
        debug_assert!(earlier <= self, "time runs backwards: {earlier:?} is after {self:?}");
        Span(self.0.wrapping_sub(earlier.0))
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// Longer than every span that occurs; "without limit".
    pub const MAX: Self = Self(u64::MAX);
    /// One second.
    pub const SECOND: Self = Self(1_000_000);
    /// One minute.
    pub const MINUTE: Self = Self(60_000_000);
    /// One hour.
    pub const HOUR: Self = Self(3_600_000_000);
    /// Twenty-four hours.
    pub const DAY: Self = Self(86_400_000_000);

    /// Rounds seconds to the nearest microsecond.
    ///
    /// Negative numbers and NaN give zero; infinity and whatever exceeds 36,500 years give 36,500 years, so that a few
    /// of them can still be added up.
    #[inline]
    #[must_use]
    pub fn from_secs_f64(seconds: f64) -> Self {
        // `as` saturates and sends NaN to zero.
        Self(((seconds * 1e6 + 0.5) as i64).clamp(0, LONGEST).cast_unsigned())
    }

    /// Whole seconds.
    #[must_use]
    pub const fn from_secs(seconds: u64) -> Self {
        Self(seconds * 1_000_000)
    }

    /// Seconds.
    #[inline]
    #[must_use]
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// Hours.
    #[must_use]
    pub fn as_hours_f64(self) -> f64 {
        self.0 as f64 / 3.6e9
    }
}

impl Add<Span> for SimTime {
    type Output = Self;
    #[inline]
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Sub<Span> for SimTime {
    type Output = Self;
    #[inline]
    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}

impl Add for Span {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Span {
    #[inline]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Mul<u64> for Span {
    type Output = Self;
    #[inline]
    fn mul(self, times: u64) -> Self {
        Self(self.0.saturating_mul(times))
    }
}

/// As people write it: `20s`, `3m20s`, `8h`, `365d`, with at most two parts; fractions only below a minute.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SECOND: u64 = Span::SECOND.0;
        const MINUTE: u64 = Span::MINUTE.0;
        const HOUR: u64 = Span::HOUR.0;
        const DAY: u64 = Span::DAY.0;
        let (large, unit, small, small_unit) = match self.0 {
            us if us >= DAY => (us / DAY, "d", us % DAY / HOUR, "h"),
            us if us >= HOUR => (us / HOUR, "h", us % HOUR / MINUTE, "m"),
            us if us >= MINUTE => (us / MINUTE, "m", us % MINUTE / SECOND, "s"),
            us => return write!(f, "{}s", us as f64 / 1e6),
        };
        if small == 0 { write!(f, "{large}{unit}") } else { write!(f, "{large}{unit}{small}{small_unit}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_rounded_to_the_nearest_microsecond() {
        assert_eq!(Span::from_secs_f64(1.234_567_4), Span(1_234_567));
        assert_eq!(Span::from_secs_f64(0.000_000_5), Span(1));
        assert_eq!(Span::from_secs_f64(-3.0), Span::ZERO);
        assert_eq!(Span::from_secs_f64(f64::NAN), Span::ZERO);
        assert!(SimTime(1) + Span::from_secs_f64(f64::INFINITY) > SimTime(1));
    }

    #[test]
    fn spans_read_as_people_write_them() {
        let cases =
            [(20.0, "20s"), (0.25, "0.25s"), (200.0, "3m20s"), (28_800.0, "8h"), (31_536_000.0, "365d")];
        for (seconds, text) in cases {
            assert_eq!(Span::from_secs_f64(seconds).to_string(), text);
        }
    }
}
