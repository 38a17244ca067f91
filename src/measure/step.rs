//! The area under a number that changes in steps, cut at interval bounds, in exact integers.
//!
//! Knows no clock of its own: instants are microseconds since the interval began. Invariant: a change costs one
//! addition and no multiplication, because a step up at `t` takes away `t` and a step down at `t` adds it.

/// A whole number that changes over time, and the area under it since the interval began.
#[derive(Clone, Copy, Debug, Default)]
pub struct Step {
    now: u64,
    area: u64,
}

impl Step {
    /// One more from `at` on.
    #[inline]
    pub fn rise(&mut self, at: u64) {
        self.now = self.now.wrapping_add(1);
        self.area = self.area.wrapping_sub(at);
    }

    /// One less from `at` on.
    #[inline]
    pub fn fall(&mut self, at: u64) {
        self.now = self.now.wrapping_sub(1);
        self.area = self.area.wrapping_add(at);
    }

    /// The number is `value` from `at` on.
    #[inline]
    pub fn set(&mut self, value: u64, at: u64) {
        self.area = self.area.wrapping_add(self.now.wrapping_sub(value).wrapping_mul(at));
        self.now = value;
    }

    /// The number now.
    #[inline]
    pub fn now(&self) -> u64 {
        self.now
    }

    /// The area of the interval that ends now after `length`; the next interval begins.
    #[inline]
    pub fn cut(&mut self, length: u64) -> u64 {
        let area = self.area.wrapping_add(self.now.wrapping_mul(length));
        self.area = 0;
        area
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_is_cut_at_the_bounds_of_intervals() {
        let mut waiting = Step::default();
        waiting.rise(10); // waits 90 of the first 100 …
        waiting.rise(60); // … and this one 40
        assert_eq!(waiting.cut(100), 130);
        waiting.fall(5);
        assert_eq!(waiting.now(), 1);
        assert_eq!(waiting.cut(100), 105);
        assert_eq!(waiting.cut(100), 100);
    }

    #[test]
    fn a_number_that_is_set_counts_from_then_on() {
        let mut planned = Step::default();
        planned.set(3, 0);
        planned.set(1, 40);
        assert_eq!(planned.cut(100), 3 * 40 + 60);
    }
}
