//! Service levels: the share answered in time, of which calls.

use super::erlang_a::ErlangA;

/// What a service level is a share of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Base {
    /// All calls that entered.
    Entered,
    /// Answered calls.
    Answered,
    /// All calls less those abandoned within so many seconds.
    EnteredLessShort {
        /// The threshold in seconds.
        short_s: f64,
    },
}

impl ErlangA {
    /// Service level: the share answered within so many seconds, of a base. 0 where the base is empty:
    /// nobody was answered.
    ///
    /// ```
    /// use holdtime::analytics::{Base, Demand, erlang_a};
    /// let queue = erlang_a(&Demand::new(0.1, 120.0).with_patience(240.0), 10);
    /// assert!((queue.service_level(20.0, Base::Answered) - 0.334).abs() < 0.001);
    /// assert!(queue.service_level(20.0, Base::Entered) < queue.service_level(20.0, Base::Answered));
    /// ```
    #[must_use]
    pub fn service_level(&self, within_s: f64, base: Base) -> f64 {
        let base = match base {
            Base::Entered => 1.0,
            Base::Answered => 1.0 - self.abandonment,
            Base::EnteredLessShort { short_s } => 1.0 - self.abandoned_within(short_s),
        };
        if base <= 0.0 { 0.0 } else { (self.answered_within(within_s) / base).min(1.0) }
    }
}
