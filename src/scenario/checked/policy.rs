//! Rules for all groups: the limit on transfers, and what changes the speed of handling.
//!
//! Invariant: curves rise in their signal; bounds of speed hold 1.

use crate::units::{ClassId, Span};

use super::CallbackRule;

/// The most transfers, and what happens when one more is wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct TransferLimit {
    /// Most transfers of one contact; `None`: no limit.
    pub per_contact: Option<u32>,
    /// Most transfers of one case over all its contacts; `None`: no limit.
    pub per_case: Option<u32>,
    /// The rule at the limit.
    pub at_limit: AtLimit,
}

/// What happens to a contact whose transfer is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum AtLimit {
    /// The agent keeps the contact, talks on for a share of the drawn talk and solves it with a probability.
    Keep {
        /// Extra talk as a share of the talk time drawn, ≥ 0.
        extra_talk: f64,
        /// Probability that the kept contact is solved (in place of the group's).
        resolution: f64,
    },
    /// The contact ends with a promise that a group calls back.
    Callback(CallbackRule),
    /// The contact enters a named class all the same; once, not counted, and transfers no further.
    Escalate {
        /// The class.
        class: ClassId,
    },
    /// The contact ends unsolved.
    Drop,
}

/// What shortens handling, and what that costs in resolution.
#[derive(Clone, Debug, PartialEq)]
pub struct Pressure {
    /// Handling is drawn towards a mean.
    pub target: Option<AhtTarget>,
    /// Handling is faster under load.
    pub load: Option<LoadCurve>,
    /// Long talk is cut.
    pub cap: Option<TalkCap>,
    /// Resolution = p · (handled ÷ drawn)^elasticity; ≥ 0.
    pub elasticity: f64,
    /// Handling is slower after hard hours.
    pub fatigue: Option<Fatigue>,
    /// Lowest and highest speed that target, load and fatigue together may give.
    pub speed_bounds: (f64, f64),
    /// When a change of the load acts.
    pub applied: Applied,
}

/// When what agents see of the load acts on handling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It is read once, at the start of handling.
    AtStart,
    /// A change acts on talk in progress.
    Continuously,
}

/// What hard work does to the speed of later handling.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fatigue {
    /// An hour is hard in which the agent was busy for more than this share.
    pub above: f64,
    /// Handling takes so much longer, as a share, for each hard hour since log-in.
    pub per_hour: f64,
    /// After so long, whole hours, a fresh agent is in the place; `None`: the shift says when.
    pub relief: Option<Span>,
}

/// Handle time that agents are held to.
#[derive(Clone, Debug, PartialEq)]
pub struct AhtTarget {
    /// Target mean of talk + after-call work, by class in the order of the scenario; `None`: no target.
    pub aht: Vec<Option<Span>>,
    /// 0: nobody cares; 1: the mean becomes the target. Classes already below their target are left alone.
    pub compliance: f64,
}

/// Speed as a function of load.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadCurve {
    /// What agents react to.
    pub signal: LoadSignal,
    /// Between points.
    pub shape: CurveShape,
    /// (signal, speed), signal increasing; before the first and after the last point the speed is constant.
    pub points: Vec<(f64, f64)>,
}

/// What agents see of the load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadSignal {
    /// Visits waiting for the group per staffed agent.
    WaitingPerAgent,
    /// Visits waiting for the group.
    Waiting,
    /// Occupancy of the group in the last completed interval.
    Occupancy,
}

/// How a curve runs between its points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CurveShape {
    /// Straight lines.
    Linear,
    /// The value of the last point at or below.
    Steps,
}

/// A hard cap on talk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TalkCap {
    /// Talk beyond this is cut …
    pub at: Span,
    /// … with this probability.
    pub probability: f64,
}
