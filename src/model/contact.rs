//! A contact in the centre: one record, reused for each of its visits.

use crate::random::Key;
use crate::units::{ClassId, GroupId, LinePoolId, SimTime, Span};

use super::fact::{Case, Origin, Visit};

/// No slot: the end of a lane.
pub(super) const NOBODY: u32 = u32::MAX;

/// A contact and its running visit.
#[derive(Clone, Debug)]
pub(super) struct Contact {
    pub visit: Visit,
    /// Key of the visit's draws.
    pub key: Key,
    pub phase: Phase,
    /// The visit waits no longer than this; [`SimTime::MAX`] without limit.
    pub deadline: SimTime,
    /// When the next tier may take the waiting visit; [`SimTime::MAX`] if none is to come.
    pub tier_opens: SimTime,
    /// Neighbours in the lane.
    pub before: u32,
    pub behind: u32,
    /// Who handles the visit.
    pub group: GroupId,
    pub agent: u32,
    pub talk_began: SimTime,
    /// Talk time drawn, after the group's factor, before pressure; seconds.
    pub drawn_talk: f64,
    pub speed: f64,
    /// Resolution is the group's probability times this.
    pub resolution_factor: f64,
    /// After-call work as it will take.
    pub acw: Span,
    /// Sums over the contact's earlier visits.
    pub waited: Span,
    pub handled: Span,
    /// Transfers of this contact, escalation not counted.
    pub transfers: u16,
    pub was_escalated: bool,
    pub line_pool: Option<LinePoolId>,
    pub promise: Promise,
    pub case: Case,
}

/// Where a contact stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// In a lane.
    Waiting,
    /// With an agent, talking.
    Talking,
    /// With the same agent after a refused transfer.
    KeptTalking,
    /// Its agent is in after-call work, the customer is gone.
    WrappingUp,
    /// An agent dials and reaches nobody.
    Dialling,
    /// Waits for the next callback attempt.
    Promised,
}

/// A promised callback.
#[derive(Clone, Copy, Debug)]
pub(super) struct Promise {
    pub made: SimTime,
    pub due: SimTime,
    /// Attempts made.
    pub attempts: u32,
}

/// A contact that is to come from outside.
#[derive(Clone, Debug)]
pub(super) struct Returning {
    pub key: Key,
    pub class: ClassId,
    pub origin: Origin,
    pub case: Case,
}
