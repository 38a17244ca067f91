//! The story of a case: what happened to it, step by step.
//!
//! Holds what facts say and the reasons beside it; words nothing. Invariant: steps are in the order in which they happened.

use crate::model::fact::{Busy, Case, Conferring, Cutoff, Deflection, Entry, Origin, TalkEnd};
use crate::random::Key;
use crate::units::{ClassId, GroupId, LaneId, SimTime, Span};

use super::reason::Why;

/// One case from its first contact on.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Key of the case, and of its first contact.
    pub key: Key,
    /// Class of the first contact.
    pub class: ClassId,
    /// What happened.
    pub steps: Vec<Step>,
    /// The case as it was closed, and whether it was cut at the horizon; `None` while it is open.
    pub closed: Option<(Case, bool)>,
    /// Longest wait of one visit that entered after the warm-up.
    pub longest_wait: Span,
}

/// One thing that happened to the case.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// When.
    pub at: SimTime,
    /// The contact to which it happened.
    pub contact: Key,
    /// Position of the visit among the contact's.
    pub leg: u16,
    /// The class of the visit.
    pub class: ClassId,
    /// The lane, once the visit has entered one.
    pub lane: Option<LaneId>,
    /// What.
    pub what: Happening,
}

/// What can happen to a case.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(
    missing_docs,
    reason = "the fields are named after what they hold, as in `Fact`; those of the tracer's own are explained"
)]
pub enum Happening {
    /// A contact comes from outside.
    Came { origin: Origin },
    /// It finds the class closed.
    Refused,
    /// It hears the busy tone.
    Blocked { why: Busy },
    /// A visit enters its lane.
    Entered { how: Entry },
    /// It waits behind `ahead` others; of those who could take it at once `staffed` are logged in, `idle` idle
    /// and `on_break` on a break.
    Queued { ahead: usize, staffed: u32, idle: usize, on_break: u32 },
    /// An agent is taken for it and does not answer yet.
    Rings { group: GroupId, agent: u32, why: Option<Why> },
    /// An agent takes it.
    Answered { group: GroupId, agent: u32, was_queued: bool, wait: Span, why: Option<Why> },
    /// The customer leaves with `ahead` others still before it in the lane.
    Abandoned { wait: Span, ahead: usize },
    /// The centre cuts the customer off.
    Disconnected { wait: Span, why: Cutoff },
    /// It has waited as long as it may, and gets something else than an agent.
    Deflected { wait: Span, how: Deflection },
    /// A wanted transfer is refused by this limit.
    TransferRefused { group: GroupId, limit: LimitReached },
    /// Talk ends.
    TalkEnded { group: GroupId, agent: u32, talk: Span, end: TalkEnd },
    /// A second agent joins the talk.
    ConferenceBegan { group: GroupId, agent: u32, purpose: Conferring },
    /// The second agent leaves it, or goes on with the customer.
    ConferenceEnded { group: GroupId, agent: u32, lasted: Span, purpose: Conferring },
    /// The agent has ended after-call work.
    WrappedUp { group: GroupId, agent: u32, acw: Span },
    /// A callback is promised.
    Promised { group: GroupId, callback: Key, due: SimTime },
    /// An agent dials to keep the promise.
    Dialled { group: GroupId, agent: u32, why: Option<Why> },
    /// The customer is reached.
    Reached { group: GroupId, agent: u32, promised: SimTime, kept: bool },
    /// Nobody is reached.
    Missed { group: GroupId, agent: u32, dialling: Span },
    /// The promise is broken.
    Broken,
    /// The customer will be back as the contact `next`.
    WillReturn { next: Key, origin: Origin, at: SimTime },
    /// The run is over and nothing more happens to the visit.
    LeftOpen { wait: Span },
    /// The case is over.
    Closed { is_resolved: bool, is_cut: bool },
}

/// Which limit refuses a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitReached {
    /// The contact has had so many.
    PerContact(u32),
    /// The case has had so many.
    PerCase(u32),
}

impl Story {
    /// Every contact and callback of the case that has come or was announced, in order.
    pub fn contacts(&self) -> impl Iterator<Item = Key> {
        let announced = self.steps.iter().filter_map(|step| match step.what {
            Happening::WillReturn { next, .. } => Some(next),
            Happening::Promised { callback, .. } => Some(callback),
            _ => None,
        });
        std::iter::once(self.key).chain(announced)
    }

    /// Transfers of `contact` within the limit so far.
    pub(super) fn transfers(&self, contact: Key) -> usize {
        let handed_on = |step: &&Step| {
            step.contact == contact
                && matches!(step.what, Happening::TalkEnded { end: TalkEnd::HandedOn, .. })
        };
        self.steps.iter().filter(handed_on).count()
    }
}
