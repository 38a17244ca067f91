//! What happens, said once, complete enough to rebuild the whole story of a contact.
//!
//! The model states facts and counts nothing; measures, traces and logs are observers of the same facts.
//! Invariant: durations and identities are inside the fact, so an observer needs no look into the model's state.

use crate::random::Key;
use crate::units::{ClassId, GroupId, LaneId, SimTime, Span};

/// Listens to the facts of one replication in the order in which they happen.
pub trait Observer {
    /// `fact` happened at `now`; `now` never decreases.
    fn on(&mut self, now: SimTime, fact: &Fact<'_>);
}

/// One stay in one lane and the handling that follows: the identity that facts carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Key of the contact. A fresh contact's is its case's too; those that follow are named before they come, by
    /// [`Fact::WillReturn`] and [`Fact::Promised`].
    pub contact: Key,
    /// Position among the contact's visits, 0 for the first.
    pub leg: u16,
    /// Inbound, or an outbound attempt to keep a promise.
    pub kind: VisitKind,
    /// The class entered.
    pub class: ClassId,
    /// The lane entered.
    pub lane: LaneId,
    /// When the visit entered its lane.
    pub entered: SimTime,
    /// The interval of `entered`: counts of the visit belong here, whenever it ends.
    pub interval: u32,
    /// Class of the contact's first visit: contact measures belong here.
    pub first_class: ClassId,
    /// Interval in which the contact arrived: contact measures belong here.
    pub arrival_interval: u32,
    /// Why it takes an agent's time: one cause for each visit, so that their hours add up.
    pub cause: Cause,
    /// Whether an agent has handed the contact on to a class in which it had been before.
    pub came_back: bool,
}

/// Why a visit takes an agent's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The first contact of a case, before any agent hands it on; sent on by `max_wait` included.
    Fresh,
    /// The same of a new attempt after one that was not answered.
    Redial,
    /// The same of a new contact after an answered one that did not solve the case.
    Repeat,
    /// An agent has handed the contact on, by a transfer or an escalation.
    Transfer,
    /// The same, and the contact was a repeat.
    TransferInRepeat,
    /// An attempt to keep a promise.
    Callback,
}

impl From<Origin> for Cause {
    #[inline]
    fn from(origin: Origin) -> Self {
        match origin {
            Origin::Fresh => Self::Fresh,
            Origin::Redial => Self::Redial,
            Origin::Repeat => Self::Repeat,
        }
    }
}

impl Cause {
    /// Whether an agent has handed the contact on.
    #[inline]
    #[must_use]
    pub fn is_handed_on(self) -> bool {
        matches!(self, Self::Transfer | Self::TransferInRepeat)
    }

    /// The cause of the contact's next visit after an agent has handed it on.
    #[must_use]
    pub fn handed_on(self) -> Self {
        match self {
            Self::Fresh | Self::Redial | Self::Transfer => Self::Transfer,
            Self::Repeat | Self::TransferInRepeat => Self::TransferInRepeat,
            Self::Callback => Self::Callback,
        }
    }
}

/// Whether the customer called or is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitKind {
    /// The customer waits on the line.
    Inbound,
    /// The customer waits for a promised call, off the line; in no offered, ASA or service level.
    Callback,
}

/// Why a contact came from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// First contact of a case.
    Fresh,
    /// New attempt after one that was not answered.
    Redial,
    /// New contact after an answered one that did not solve the case.
    Repeat,
}

/// Why an agent logs in or out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogReason {
    /// The plan rises or falls, a shift begins or ends.
    Plan,
    /// A break of a shift ends or begins.
    Break,
    /// Work off the phone of a person with a shift ends or begins; of agents who are only counted it is the plan that changes.
    OffPhone,
}

/// How a visit came to its lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// From outside.
    Outside,
    /// Transferred within the limit.
    Transfer,
    /// Sent on at the limit by the rule `escalate`.
    Escalation,
    /// Sent on by `max_wait` to another class; nobody has answered the visit before.
    Diversion,
    /// An attempt to keep a promise.
    Callback,
}

/// How talk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TalkEnd {
    /// The case is solved.
    Resolved,
    /// The contact ends, the case is not solved.
    Unresolved,
    /// Transferred to another class within the limit.
    HandedOn,
    /// Sent on at the limit by the rule `escalate`.
    Escalated,
    /// The contact ends with the promise of a callback.
    Promised,
    /// The contact ends unsolved because the limit refuses a transfer.
    Dropped,
}

/// Why a second agent is with a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conferring {
    /// To be asked.
    Consultation,
    /// To take the customer over.
    Introduction,
}

/// How a contact ended: the outcome of its last visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactEnd {
    /// Answered and solved.
    Resolved,
    /// Answered, not solved (dropped at the limit and promised callbacks included).
    Unresolved,
    /// The customer left while waiting.
    Abandoned,
    /// No free line, or no waiting place.
    Blocked,
    /// Cut off by the centre.
    Disconnected,
    /// Waited too long and heard a message.
    Deflected,
    /// Is promised a call in place of waiting on.
    CalledBack,
}

/// Why a contact from outside hears the busy tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Busy {
    /// No line of its pool is free.
    NoLine,
    /// Nobody is idle for it and no waiting place is left, of its class or of its pool.
    NoPlace,
}

/// Why the centre cuts a customer off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cutoff {
    /// Transferred to where nobody is idle and no waiting place is left.
    NoPlace,
    /// Waited as long as `max_wait` allows.
    MaxWait,
    /// Waited when the class closed.
    Closing,
    /// Transferred to a class that is closed and cuts off at closing, with nobody idle.
    Closed,
}

/// What a customer who waits gets in place of an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deflection {
    /// A message after the longest wait; the contact is over.
    Message,
    /// The queue of another class after the longest wait.
    Diverted(ClassId),
    /// The promise of a call, offered at the begin of the wait; `Promised` tells it, the contact is over.
    CallbackAccepted,
    /// The same after the longest wait.
    CallbackAfterMaxWait,
}

impl Cutoff {
    /// Whether the visit was waiting; if not, it ends at the instant of its entry.
    #[must_use]
    pub fn was_queued(self) -> bool {
        match self {
            Self::NoPlace | Self::Closed => false,
            Self::MaxWait | Self::Closing => true,
        }
    }
}

/// What a contact was as a whole, told at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContactStory {
    /// How its last visit ended.
    pub end: ContactEnd,
    /// Sum of the waits of its visits.
    pub wait: Span,
    /// Sum of talk and after-call work of its visits, the last one's included.
    pub handling: Span,
    /// Transfers made, escalation not counted.
    pub transfers: u16,
    /// Whether an agent answered any of its visits.
    pub was_answered: bool,
}

/// One concern of one customer; told with [`Fact::CaseClosed`] when nothing more can come of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// Key of the case = key of its first contact.
    pub key: Key,
    /// Class of the first visit: case measures belong here.
    pub class: ClassId,
    /// Interval of the first contact: case measures belong here.
    pub interval: u32,
    /// Contacts so far, the running one and those refused outside opening hours included; promised callbacks are none.
    pub contacts: u16,
    /// Unanswered contacts in a row.
    pub unanswered_in_row: u16,
    /// Transfers over all contacts.
    pub transfers: u16,
    /// Sum of waits over all contacts.
    pub wait: Span,
    /// When talk of the first answered contact ended; a promised call is an answer. `None`: no contact answered yet.
    pub first_answer_ended: Option<SimTime>,
    /// Whether the first answered contact solved the case.
    pub first_answer_resolved: bool,
    /// Whether the first answered contact had no transfer; sent on before any answer is none.
    pub first_answer_untransferred: bool,
    /// Whether a further contact began within the case window after the first answered one.
    pub returned_in_window: bool,
    /// Whether the case is solved.
    pub resolved: bool,
}

impl Case {
    /// A case that begins, before its first contact is counted.
    pub(super) fn new(key: Key, class: ClassId, interval: u32) -> Self {
        Self {
            key,
            class,
            interval,
            contacts: 0,
            unanswered_in_row: 0,
            transfers: 0,
            wait: Span::ZERO,
            first_answer_ended: None,
            first_answer_resolved: false,
            first_answer_untransferred: false,
            returned_in_window: false,
            resolved: false,
        }
    }

    /// Whether a contact at `at` is a return within `window` after the first answered one.
    pub(super) fn returns_in_window(&self, at: SimTime, window: Span) -> bool {
        self.first_answer_ended.is_some_and(|ended| at.since(ended) <= window)
    }
}

/// One thing that happened.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(
    missing_docs,
    reason = "the fields are named after what they hold; the variants say when they are told"
)]
pub enum Fact<'a> {
    /// An interval of the almanac begins; told before anything else at that instant, for interval 0 too.
    IntervalStarted { interval: u32 },
    /// A contact came from outside. Followed at once by `Blocked` or `Entered`.
    Offered { visit: &'a Visit, origin: Origin },
    /// An attempt from outside finds the class closed; it is not offered, and over.
    Refused { visit: &'a Visit, origin: Origin },
    /// No free line, or no waiting place while nobody eligible is idle: the contact is over.
    Blocked { visit: &'a Visit, why: Busy },
    /// A visit entered its lane. Followed at once by `Answered`, `Queued` or `Disconnected`.
    Entered { visit: &'a Visit, how: Entry },
    /// Nobody eligible is idle: the visit waits (a customer without patience is told `Queued`, then `Abandoned`).
    Queued { visit: &'a Visit },
    /// An agent is taken and does not answer yet; told only where an answer takes time. `Answered`, or `RangInVain`, follows.
    Rings { visit: &'a Visit, group: GroupId, agent: u32, was_queued: bool },
    /// The customer gives up while it rings, which it has for `rang`: the agent is free. Followed at once by `Abandoned`.
    RangInVain { visit: &'a Visit, group: GroupId, agent: u32, rang: Span, was_queued: bool },
    /// An agent takes the visit, talk begins. Wait = now − entered.
    /// `rang`: for so long of the wait it rang at the agent.
    Answered { visit: &'a Visit, group: GroupId, agent: u32, was_queued: bool, rang: Span },
    /// The customer left while waiting; every abandoned visit was queued, or it rang. Wait = now − entered.
    Abandoned { visit: &'a Visit },
    /// The centre cut the customer off. Wait = now − entered.
    Disconnected { visit: &'a Visit, why: Cutoff },
    /// The visit was queued and gets something else than an agent. Followed at once by `ContactEnded`, after `Promised` if it
    /// gets a promise, or by `Entered` for the next visit of the contact. Wait = now − entered.
    Deflected { visit: &'a Visit, how: Deflection },
    /// A transfer was wanted and the limit refused it; the rule at the limit follows.
    TransferRefused { visit: &'a Visit, group: GroupId },
    /// Talk ended; `talk` is all of this visit's talk, extra talk at the limit included.
    TalkEnded { visit: &'a Visit, group: GroupId, agent: u32, talk: Span, end: TalkEnd },
    /// A second agent joins the talk of the visit: `group` and `agent` are that one's.
    ConferenceBegan { visit: &'a Visit, group: GroupId, agent: u32, purpose: Conferring },
    /// The conference has lasted so long. Consulted, the second agent is free; introduced, the same agent answers the
    /// customer's next visit in the same instant. `TalkEnded` of the visit follows in the same instant too.
    ConferenceEnded { visit: &'a Visit, group: GroupId, agent: u32, lasted: Span, purpose: Conferring },
    /// After-call work ended (also when it is zero): the agent is free, or leaves if `LoggedOut` follows.
    WrappedUp { visit: &'a Visit, group: GroupId, agent: u32, acw: Span },
    /// A promise was made: `group` calls before `due`; its attempts are visits of `callback`.
    Promised { visit: &'a Visit, callback: Key, group: GroupId, due: SimTime },
    /// An agent begins an attempt to keep a promise (the visit leaves its lane). Followed at once by
    /// `CallbackReached`, or by `CallbackMissed` when the dialling is over.
    CallbackDialled { visit: &'a Visit, group: GroupId, agent: u32 },
    /// The customer is reached, talk begins (`TalkEnded` and `WrappedUp` follow in time).
    CallbackReached { visit: &'a Visit, group: GroupId, agent: u32, promised: SimTime, kept: bool },
    /// The attempt reached nobody; the agent is free after `dialling`.
    CallbackMissed { visit: &'a Visit, group: GroupId, agent: u32, dialling: Span },
    /// The last attempt failed: the promise is broken.
    PromiseBroken { visit: &'a Visit },
    /// A contact is over (told when its last talk ended, or when it was blocked, abandoned, disconnected or deflected).
    ContactEnded { visit: &'a Visit, story: &'a ContactStory },
    /// The customer will be back at `at`, as the contact `next`.
    WillReturn { visit: &'a Visit, next: Key, origin: Origin, at: SimTime },
    /// The horizon is over: nothing comes from outside any more, what has begun runs on.
    HorizonEnded,
    /// The visit still waits when the run is over, or the next attempt to keep its promise would come after the horizon.
    /// Followed at once by `CaseClosed`.
    LeftOpen { visit: &'a Visit },
    /// Nothing more can come of the case; `is_cut`: a further contact or callback would have come after the horizon.
    CaseClosed { case: &'a Case, is_cut: bool },
    /// The plan of a group is now `agents`; told at each change, from none before the start.
    Planned { group: GroupId, agents: u32 },
    /// So many agents of a group are on a break now, in their shift and not logged in; told at each change.
    OnBreak { group: GroupId, agents: u32 },
    /// So many agents of a group are off the phone for other work, not logged in; told at each change.
    OffPhone { group: GroupId, agents: u32 },
    /// An agent logs in and is idle.
    LoggedIn { group: GroupId, agent: u32, why: LogReason },
    /// An agent logs out, idle until now or just wrapped up.
    LoggedOut { group: GroupId, agent: u32, why: LogReason },
}
