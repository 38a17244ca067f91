//! Events: what the agenda holds, eight bytes each, matched exhaustively.
//!
//! A stale event is recognised by its instant: a patience that was scheduled for a visit answered since finds
//! another `deadline` in the slot, or a slot that is not waiting.

use crate::engine::Ranked;
use crate::units::{ClassId, GroupId};

/// What is due at an instant. `u32` is the slot of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// The plan of a group falls to that of the interval just begun.
    PlanFalls(GroupId),
    /// A class that cuts off who waits closes with the interval just begun.
    Closes(ClassId),
    /// An agent at whom it rings answers.
    RingingEnds(u32),
    /// The shift of one person ends, of a group where whoever finishes next leaves.
    OneLess(GroupId),
    /// The shift of the agent with this number ends.
    ShiftEnds(GroupId, u32),
    /// Talk of a visit ends.
    TalkEnds(u32),
    /// Talk of a group ends whose speed changes while it lasts.
    PacedTalkEnds(GroupId),
    /// A cap cuts talk whose speed changes while it lasts.
    TalkIsCut(u32),
    /// After-call work of a visit ends.
    WrapUpEnds(u32),
    /// An attempt that reaches nobody ends.
    DiallingEnds(u32),
    /// The plan of a group rises.
    PlanRises(GroupId),
    /// Shifts of a group begin.
    ShiftsBegin(GroupId),
    /// A break of the agent with this number may begin, or must.
    BreakDue(GroupId, u32),
    /// The break of the agent with this number ends.
    BreakEnds(GroupId, u32),
    /// A window for work off the phone opens in a group.
    OffPhoneOpens(GroupId),
    /// Nothing more begins, or is due, in the window with this number.
    OffPhoneCloses(GroupId, u32),
    /// One who was only counted is back from the window with this number.
    OffPhoneEnds(GroupId, u32),
    /// A waiting visit may be taken by its next tier.
    TierOpens(u32),
    /// The next attempt to keep a promise is due.
    CallbackDue(u32),
    /// A waiting visit has waited as long as `max_wait` allows.
    MaxWait(u32),
    /// Patience ends.
    PatienceEnds(u32),
    /// The next contact of an endless backlog comes.
    BacklogGoesOn(ClassId),
    /// The fresh contact of the running cell with this number comes.
    Arrives(ClassId, u32),
    /// Somebody comes back, who stands at this position of the ledger's open page.
    Returns(u32),
}

/// At one instant: plan decreases, ends of shifts and breaks that are due, ends of handling, plan increases, begins of shifts and ends of breaks, timers, patience; who comes from
/// outside comes after all of them, first those who have not been here before.
impl Ranked for Event {
    const FILLER: Self = Self::TalkEnds(u32::MAX);

    fn rank(&self) -> u8 {
        match self {
            Self::PlanFalls(_) | Self::Closes(_) | Self::OneLess(_) | Self::ShiftEnds(..) => 1,
            Self::BreakDue(..) => 1,
            Self::RingingEnds(_) | Self::TalkEnds(_) | Self::WrapUpEnds(_) | Self::DiallingEnds(_) => 2,
            Self::PacedTalkEnds(_) | Self::TalkIsCut(_) => 2,
            Self::OffPhoneOpens(_) | Self::OffPhoneEnds(..) => 3,
            Self::OffPhoneCloses(..) => 4,
            Self::PlanRises(_) | Self::ShiftsBegin(_) | Self::BreakEnds(..) => 3,
            Self::TierOpens(_) | Self::CallbackDue(_) | Self::MaxWait(_) => 4,
            Self::PatienceEnds(_) => 5,
            Self::BacklogGoesOn(_) => 6,
            Self::Arrives(..) => 7,
            Self::Returns(_) => 8,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_eight_bytes() {
        assert_eq!(std::mem::size_of::<Event>(), 8);
    }
}
