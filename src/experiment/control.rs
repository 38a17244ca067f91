//! The line to whoever waits for an experiment: how far it is, and whether it shall stop.
//!
//! Draws nothing and reads no clock. Invariant: consulted once per interval or replication, never per event, and
//! without influence on any number.

/// Watches an experiment and may stop it.
pub trait Control: Sync {
    /// A replication has come this far. Told once per interval, by several threads.
    fn progress(&self, progress: Progress);

    /// Whether to begin no further replication. Those that run are finished.
    fn is_cancelled(&self) -> bool;
}

/// How far a replication is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Index of the replication.
    pub replication: u32,
    /// Share of its run that is done, 0–1; 1 is told once, when it is complete.
    pub share: f64,
    /// Contacts offered in it so far.
    pub contacts: u64,
}

/// Nobody waits: no progress, never cancelled.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unattended;

impl Control for Unattended {
    fn progress(&self, _: Progress) {}

    fn is_cancelled(&self) -> bool {
        false
    }
}
