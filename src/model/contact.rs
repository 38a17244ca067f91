//! A contact in the centre: one record, reused for each of its visits.

use crate::random::Key;
use crate::scenario::checked::{TransferPatience, TransferPlace};
use crate::units::{ClassId, GroupId, LaneId, LinePoolId, SimTime, Span};

use super::fact::{Case, Cause, ContactEnd, ContactStory, Origin, Visit, VisitKind};

/// No slot: the end of a lane.
pub(super) const NOBODY: u32 = u32::MAX;

/// A contact and its running visit.
///
/// Thousands of these are live and each is cold again when its next event comes: three lines of the nearest cache,
/// laid out by use, so that the end of after-call work touches the first alone.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub(super) struct Contact {
    pub visit: Visit,
    /// After-call work as it will take.
    pub acw: Span,
    /// Who handles the visit.
    pub agent: u32,
    pub group: GroupId,
    pub phase: Phase,
    pub was_escalated: bool,
    /// Neighbours in the lane.
    pub before: u32,
    pub behind: u32,

    /// Key of the visit's draws.
    pub key: Key,
    /// The visit waits no longer than this; [`SimTime::MAX`] without limit.
    pub deadline: SimTime,
    /// When the next tier may take the waiting visit; [`SimTime::MAX`] if none is to come.
    pub tier_opens: SimTime,
    /// While it rings: when that began.
    pub talk_began: SimTime,
    /// Talk time as pressure left it, before the cap; seconds. A kept contact talks on for a part of it.
    pub talk: f64,
    /// Resolution is the group's probability times this.
    pub resolution_factor: f64,
    /// Sums over the contact's earlier visits.
    pub waited: Span,
    pub handled: Span,

    pub case: Case,
    pub line_pool: Option<LinePoolId>,
    /// Transfers of this contact, or of the contact that was promised this callback; escalation not counted.
    pub transfers: u16,
    /// Where the running visit joins its queue, and for how long.
    pub place: TransferPlace,
    pub patience: TransferPatience,
}

impl Contact {
    /// A record at its first visit, which begins now.
    #[inline(always)]
    pub fn new(
        key: Key,
        class: ClassId,
        cause: Cause,
        case: Case,
        (entered, interval): (SimTime, u32),
    ) -> Self {
        Self {
            visit: Visit {
                contact: key,
                leg: 0,
                kind: VisitKind::Inbound,
                class,
                lane: LaneId(0),
                entered,
                interval,
                first_class: class,
                arrival_interval: interval,
                cause,
                came_back: false,
            },
            acw: Span::ZERO,
            agent: 0,
            group: GroupId(0),
            phase: Phase::Waiting,
            was_escalated: false,
            before: NOBODY,
            behind: NOBODY,
            key,
            deadline: SimTime::MAX,
            tier_opens: SimTime::MAX,
            talk_began: SimTime::ZERO,
            talk: 0.0,
            resolution_factor: 1.0,
            waited: Span::ZERO,
            handled: Span::ZERO,
            case,
            line_pool: None,
            transfers: 0,
            place: TransferPlace::End,
            patience: TransferPatience::New,
        }
    }

    /// What the contact was, now that it has come to `end`.
    pub fn story(&self, end: ContactEnd) -> ContactStory {
        let was_answered = match end {
            ContactEnd::Resolved | ContactEnd::Unresolved => true,
            ContactEnd::Abandoned
            | ContactEnd::Blocked
            | ContactEnd::Disconnected
            | ContactEnd::Deflected
            | ContactEnd::CalledBack => self.was_handed_on(),
        };
        let Self { waited: wait, handled: handling, transfers, .. } = *self;
        ContactStory { end, wait, handling, transfers, was_answered }
    }

    /// Whether an agent has handed it on: some visit before this one was answered.
    pub fn was_handed_on(&self) -> bool {
        self.transfers > 0 || self.was_escalated
    }
}

/// Where a contact stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// In a lane.
    Waiting,
    /// At an agent who has not answered yet, without a wait in a lane before.
    RingingAtOnce,
    /// At an agent who has not answered yet, after a wait in a lane.
    RingingAfterQueue,
    /// With an agent, talking.
    Talking,
    /// With the same agent after a refused transfer.
    KeptTalking,
    /// With two agents.
    Conferring,
    /// Its agent is in after-call work, the customer is gone.
    WrappingUp,
    /// An agent dials and reaches nobody.
    Dialling,
    /// Waits for the next callback attempt.
    Promised,
}

/// A contact that is to come from outside.
#[derive(Clone, Debug)]
pub(super) struct Returning {
    pub key: Key,
    pub class: ClassId,
    pub origin: Origin,
    pub case: Case,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_takes_three_lines_of_the_cache_and_after_call_work_needs_the_first() {
        assert_eq!(std::mem::size_of::<Contact>(), 3 * 64);
        assert_eq!(std::mem::offset_of!(Contact, key), 64);
        assert_eq!(std::mem::offset_of!(Contact, case), 128);
    }
}
