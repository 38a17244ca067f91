//! What is counted: the columns of the cubes. All integers: counts, or sums of microseconds.
//!
//! A new count is a new column here and one line in the observer; every total, table and estimate follows.

use crate::model::fact::Cause;

/// Columns per class and interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
#[allow(missing_docs, reason = "most columns are what their name says")]
pub enum ClassColumn {
    // Visits, by the interval of their entry.
    Fresh,
    Redialled,
    Repeated,
    Blocked,
    /// Attempts refused outside opening hours, and of these first ones of a case.
    Closed,
    ClosedFresh,
    /// Entered by transfer, escalation included.
    TransferredIn,
    /// Entered from another class whose longest wait was over.
    DivertedIn,
    Answered,
    Abandoned,
    /// Cut off by the centre.
    Disconnected,
    /// Waited too long and got a message or another class.
    Deflected,
    /// Promised a call while waiting.
    CalledBack,
    /// Of the deflected, sent on to another class.
    Diverted,
    Delayed,
    /// Wait of all entered visits, µs.
    WaitUs,
    /// Wait of answered visits, µs.
    AnsweredWaitUs,
    /// Talk of answered visits and of callbacks.
    TalkUs,
    /// After-call work of both.
    AcwUs,
    // Both together, by the visit's cause.
    FreshUs,
    RedialUs,
    RepeatUs,
    TransferUs,
    TransferInRepeatUs,
    CallbackUs,
    /// Handed on within the limit.
    TransferredOut,
    /// Handed on by the rule `escalate`.
    Escalated,
    TransferRefused,
    /// With a second agent.
    Conferences,
    /// Visits whose talk solved the case, callbacks included.
    Resolved,
    // Contacts, by the class of their first visit and the interval of their arrival.
    ContactsEnded,
    /// Last visit abandoned, or blocked.
    ContactsUnanswered,
    /// Ended without an agent.
    ContactsUnhandled,
    /// Handed on at least once by an agent.
    ContactsTransferred,
    /// Of those, handed on to a class in which they had been.
    ContactsCameBack,
    /// Abandoned after at least one transfer or escalation.
    AbandonedAfterTransfer,
    ContactWaitUs,
    ContactHandlingUs,
    // Cases, by the class and interval of their first contact.
    /// Cases that were followed for the whole case window; the other case columns count these alone.
    Cases,
    /// Cases begun within the case window before the end.
    CasesOpen,
    /// With at least one answered contact.
    CasesAnswered,
    CasesResolvedAtFirst,
    CasesOneTouch,
    CasesNotReturned,
    CasesResolved,
    CaseContacts,
    CaseWaitUs,
    // Promises, by the interval in which the refused visit entered; attempts by their own entry.
    Promised,
    CallbacksDialled,
    CallbacksReached,
    CallbacksKept,
    PromisesBroken,
    CallbackDelayUs,
    // By the clock.
    /// Area under the number waiting (inbound), µs.
    WaitingUs,
    /// Abandoned, by the interval in which they left.
    AbandonedByClock,
}

impl ClassColumn {
    /// Number of fixed columns; two more follow per service level: in time, base.
    pub const COUNT: usize = Self::AbandonedByClock as usize + 1;

    /// The column of handling that has this cause.
    #[inline(always)]
    #[must_use]
    pub const fn handling_of(cause: Cause) -> Self {
        match cause {
            Cause::Fresh => Self::FreshUs,
            Cause::Redial => Self::RedialUs,
            Cause::Repeat => Self::RepeatUs,
            Cause::Transfer => Self::TransferUs,
            Cause::TransferInRepeat => Self::TransferInRepeatUs,
            Cause::Callback => Self::CallbackUs,
        }
    }

    /// The column of visits answered in time by the class's service level at position `level`.
    #[must_use]
    pub const fn in_time(level: usize) -> usize {
        Self::COUNT + 2 * level
    }

    /// The column of the base of that service level.
    #[must_use]
    pub const fn base(level: usize) -> usize {
        Self::COUNT + 2 * level + 1
    }
}

/// Columns per group and interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
#[allow(missing_docs, reason = "most columns are what their name says")]
pub enum GroupColumn {
    // By the clock, µs.
    /// Planned agents.
    PlannedUs,
    /// Logged in, finishing agents included.
    StaffedUs,
    /// Handling: ringing, talk, after-call work, dialling, conferences.
    BusyUs,
    /// Beyond the plan.
    FinishingUs,
    /// Handling while the plan is above zero.
    BusyInPlanUs,
    /// Logged in, in intervals in which more than 90 % of that time is handling.
    StaffedOver90Us,
    /// On breaks of shifts.
    BreakUs,
    /// Off the phone for other work, in windows.
    OffPhoneUs,
    // Visits handled by the group, by the interval of their entry.
    /// Inbound visits answered.
    Answered,
    AnsweredWaitUs,
    /// Talk of answered visits and of callbacks.
    TalkUs,
    /// After-call work of both.
    AcwUs,
    Resolved,
    TransferredOut,
    Escalated,
    TransferRefused,
    CallbacksReached,
    DiallingUs,
    /// Ringing before an answer, or in vain, µs.
    RingingUs,
    /// Second agents in conferences, µs.
    ConferenceUs,
    // Billing, by the same intervals.
    /// Paid time, µs.
    PaidUs,
    /// Surcharges, part of the cost, micro-euro.
    SurchargeMicroEur,
    /// Cost, micro-euro.
    CostMicroEur,
}

impl GroupColumn {
    /// Whether a group is busy for more than 90 % of the time logged in.
    #[must_use]
    pub const fn is_over_90(busy_us: u64, staffed_us: u64) -> bool {
        // Wider, since a defect may have made any number of the two.
        10 * busy_us as u128 > 9 * staffed_us as u128
    }

    /// Number of columns.
    pub const COUNT: usize = Self::CostMicroEur as usize + 1;
}
