//! What customers ask of a queue.

/// Calls to one queue: how many, how long, how patient.
///
/// ```
/// use holdtime::analytics::Demand;
/// // 100 calls an hour of 3 minutes each: five erlangs.
/// let demand = Demand::new(100.0 / 3600.0, 180.0).with_patience(120.0);
/// assert!((demand.load() - 5.0).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Demand {
    pub(super) arrivals_per_s: f64,
    pub(super) mean_handling_s: f64,
    pub(super) mean_patience_s: f64,
    pub(super) balking: f64,
}

impl Demand {
    /// Poisson arrivals per second, 0 or more, and the mean of their exponential handling times in seconds, above 0.
    /// Patience is without end until [`Demand::with_patience`] says otherwise.
    ///
    /// # Panics
    /// If a number is out of range or not finite.
    #[must_use]
    pub fn new(arrivals_per_s: f64, mean_handling_s: f64) -> Self {
        assert!(arrivals_per_s >= 0.0 && arrivals_per_s.is_finite(), "arrivals per second: {arrivals_per_s}");
        assert!(
            mean_handling_s > 0.0 && mean_handling_s.is_finite(),
            "mean handling time: {mean_handling_s}"
        );
        Self { arrivals_per_s, mean_handling_s, mean_patience_s: f64::INFINITY, balking: 0.0 }
    }

    /// The same with exponential patience of that mean in seconds, above 0; infinity: nobody ever gives up.
    ///
    /// # Panics
    /// If it is not above 0.
    #[must_use]
    pub fn with_patience(self, mean_patience_s: f64) -> Self {
        assert!(mean_patience_s > 0.0, "mean patience: {mean_patience_s}");
        Self { mean_patience_s, ..self }
    }

    /// The same with a share of customers, 0 to 1, who leave at once if nobody is idle.
    ///
    /// # Panics
    /// If it is out of range.
    #[must_use]
    pub fn with_balking(self, share: f64) -> Self {
        assert!((0.0..=1.0).contains(&share), "share of balking customers: {share}");
        Self { balking: share, ..self }
    }

    /// Offered load in erlangs, λ ÷ μ.
    #[must_use]
    pub fn load(&self) -> f64 {
        self.arrivals_per_s * self.mean_handling_s
    }
}
