//! What nobody knows of a scenario's own figures: factors drawn once for a replication.
//!
//! Invariant: each is lognormal with mean 1; without uncertainty exactly 1.

use crate::random::{Dist, Key, Purpose};
use crate::scenario::checked::Uncertainty;

/// The factors of one replication.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unknowns {
    /// On all fresh rates.
    pub volume: f64,
    /// On all talk times.
    pub talk_time: f64,
    /// On all patience.
    pub patience: f64,
}

impl Unknowns {
    pub fn draw(uncertainty: &Uncertainty, root: Key) -> Self {
        let factor = |sd: f64, purpose| {
            if sd == 0.0 {
                return 1.0;
            }
            let law = Dist::lognormal(1.0, sd).expect("a checked scenario has an sd from 0 to 1");
            law.sample(&mut root.stream(purpose))
        };
        Self {
            volume: factor(uncertainty.volume, Purpose::UncertainVolume),
            talk_time: factor(uncertainty.talk_time, Purpose::UncertainTalk),
            patience: factor(uncertainty.patience, Purpose::UncertainPatience),
        }
    }
}
