//! Which agents a visit may get, who is first in a queue, and what an agent takes next.
//!
//! Invariant: every branch has a tier with a group; the tiers stand in the order in which they are asked.

use crate::units::{GroupId, Span};

use super::Predictor;

/// One way of routing a share of a class.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// Name; empty for the only branch of a class without split.
    pub name: String,
    /// Share of the visits entering the class, drawn per visit.
    pub share: f64,
    /// Groups to try, best first; at least one tier.
    pub tiers: Vec<RouteTier>,
}

/// Who is first in the queue of a class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QueueOrder {
    /// Who came first; a bonus after a transfer puts ahead.
    #[default]
    Fifo,
    /// Who came last.
    Lifo,
    /// Each with the same probability.
    Random,
}

/// Which of a tier's waiting visits an agent who becomes free takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NextClass {
    /// The highest score: the longest wait, unless a class says otherwise.
    #[default]
    Score,
    /// The class with the shortest mean handling in this group; equal: the class named first.
    ShortestExpected,
}

/// What a waiting visit of a class scores among the classes of a tier.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// From the beginning; ≥ 0.
    pub base: f64,
    /// For each second of wait; ≥ 0.
    pub per_second: f64,
    /// Once, for a visit that came by transfer or escalation; ≥ 0.
    pub after_transfer: f64,
}

/// The longest wait is first.
impl Default for Score {
    fn default() -> Self {
        Self { base: 0.0, per_second: 1.0, after_transfer: 0.0 }
    }
}

/// Groups of equal rank for a visit.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteTier {
    /// The groups, in the order of the file; at least one.
    pub groups: Vec<GroupId>,
    /// A visit may be taken by this tier from this wait on.
    pub after: Span,
    /// Which idle agent of the tier takes an arriving visit.
    pub choose: AgentChoice,
    /// The tier takes visits only while so many wait in the class's queue, whom it takes included; 1: always.
    pub waiting_at_least: u32,
    /// The tier takes visits only while this predictor expects a longer wait in the class's queue; `None`: always.
    pub expected_wait_above: Option<(Predictor, Span)>,
}

impl RouteTier {
    /// Whether the tier takes visits however short their wait and the queue.
    #[must_use]
    pub fn is_for_all(&self) -> bool {
        self.after == Span::ZERO && !self.is_conditional()
    }

    /// Whether the tier takes visits only while something holds.
    #[must_use]
    pub fn is_conditional(&self) -> bool {
        self.waiting_at_least > 1 || self.expected_wait_above.is_some()
    }
}

/// Which of the idle agents of a tier takes a visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AgentChoice {
    /// Who has been idle longest.
    #[default]
    LongestIdle,
    /// Each with the same probability.
    RandomAgent,
    /// Who was busy for the smallest share of the time since log-in.
    LeastOccupied,
    /// Whose group takes the fewest classes.
    MostSpecialised,
    /// Of the group with the largest share of its agents idle.
    IdleShare,
}
