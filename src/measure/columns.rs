//! What is counted: the columns of the cubes. All integers: counts, or sums of microseconds.
//!
//! A new count is a new column here and one line in the observer; every total, table and estimate follows.

/// Columns per class and interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum ClassColumn {
    // Visits, by the interval of their entry.
    Fresh,
    Redialled,
    Repeated,
    Blocked,
    /// Entered by transfer, escalation included.
    TransferredIn,
    Answered,
    Abandoned,
    Delayed,
    /// Wait of all entered visits, µs.
    WaitUs,
    /// Wait of answered visits, µs.
    AnsweredWaitUs,
    TalkUs,
    AcwUs,
    /// Handed on within the limit.
    TransferredOut,
    /// Handed on by the rule `escalate`.
    Escalated,
    TransferRefused,
    /// Visits whose talk solved the case.
    Resolved,
    // Contacts, by the class of their first visit and the interval of their arrival.
    ContactsEnded,
    ContactsUnanswered,
    /// Abandoned after at least one transfer.
    AbandonedAfterTransfer,
    ContactWaitUs,
    ContactHandlingUs,
    // Cases, by the class and interval of their first contact.
    Cases,
    CasesOpen,
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
    AbandonedByClock,
}

impl ClassColumn {
    /// Number of fixed columns; two more follow per service level: in time, base.
    pub const COUNT: usize = Self::AbandonedByClock as usize + 1;
}

/// Columns per group and interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum GroupColumn {
    // By the clock, µs.
    /// Planned agents.
    PlannedUs,
    /// Logged in, finishing agents included.
    StaffedUs,
    /// Handling: talk, after-call work, dialling.
    BusyUs,
    /// Beyond the plan.
    FinishingUs,
    // Visits answered by the group, by the interval of their entry (inbound and callbacks).
    Answered,
    AnsweredWaitUs,
    TalkUs,
    AcwUs,
    Resolved,
    TransferredOut,
    TransferRefused,
    CallbacksReached,
    DiallingUs,
}

impl GroupColumn {
    /// Number of columns.
    pub const COUNT: usize = Self::DiallingUs as usize + 1;
}
