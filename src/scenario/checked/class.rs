//! A class of customers: how they come, what they need, what brings them back, and how they are judged.
//!
//! Invariant: probabilities that exclude one another sum to at most 1; there is at least one service level.

use crate::random::Dist;
use crate::units::{ClassId, GroupId, LinePoolId, Span};

use super::{
    AfterHours, AfterMaxWait, AtClosing, Branch, CallbackOffer, CallbackRule, Law, MaxWait, OpeningHours,
    Predictor, QueueOrder, Score, Swing,
};

/// The most service levels that a class may have, those of targets included: as many as results show.
pub const MOST_SERVICE_LEVELS: usize = 3;

/// Whether any customer ever comes back. Who never redials after a first unanswered attempt has no later one.
pub(in crate::scenario) fn customers_come_back(classes: &[Class]) -> bool {
    classes.iter().any(|class| {
        class.repeat.probability > 0.0
            || class.redial_after_abandon.first > 0.0
            || class.redial_after_busy.first > 0.0
            || class.redial_after_closed.first > 0.0
    })
}

/// Contacts that behave alike and wait in one queue.
#[derive(Clone, Debug)]
pub struct Class {
    /// Name, unique among classes.
    pub name: String,
    /// Expected fresh contacts per second, one value per interval of the almanac (warm-up included), all shapes,
    /// dated factors and incidents applied; day and interval variation are not.
    pub fresh_rate: Vec<f64>,
    /// How independent arrivals swing inside the intervals, whose `fresh_rate` is the mean of it; `None`: not at all.
    pub swing: Option<Swing>,
    /// Whether one more contact always waits; there is no rate then.
    pub is_endless: bool,
    /// What is another share from a date on.
    pub dated: DatedShares,
    /// How fresh contacts follow from the rate.
    pub arrivals: ArrivalKind,
    /// Coefficient of variation of the gamma factor (mean 1) drawn per interval; 0 for none.
    pub interval_variation: f64,
    /// Coefficient of variation of this class's day factor; 0 for none.
    pub day_variation: f64,
    /// Talk time in seconds, before a group's factor.
    pub talk_time: Law,
    /// After-call work in seconds, before a group's factor.
    pub after_call_work: Law,
    /// Patience in seconds; `None`: waits for ever.
    pub patience: Option<Law>,
    /// Share of those who find nobody idle that leaves at once; where it follows the load, the largest.
    pub balking: f64,
    /// How that share follows the load; `None`: it does not.
    pub balking_by_load: Option<BalkingByLoad>,
    /// Probability that the contact that ends with talk solves the case, unless the group's skill says otherwise.
    pub resolution: f64,
    /// After abandoning.
    pub redial_after_abandon: Redial,
    /// After finding no line, or no waiting place.
    pub redial_after_busy: Redial,
    /// After being disconnected, or refused while the class is closed.
    pub redial_after_closed: Redial,
    /// What the redials of a case that began in the class have of its first contact.
    pub redial_keeps: RedialKeeps,
    /// After an answered contact that did not solve the case.
    pub repeat: Repeat,
    /// Where talk may end in a transfer; the probabilities sum to at most 1.
    pub transfers: Vec<Transfer>,
    /// How long it rings at an agent before talk begins.
    pub answer_delay: Span,
    /// Whom agents ask at the end of talk; the probabilities sum to at most 1.
    pub consults: Vec<Consult>,
    /// Service levels, from one to [`MOST_SERVICE_LEVELS`]; the first is the class's own in totals.
    pub service_levels: Vec<ServiceLevel>,
    /// Who is first in the class's queue.
    pub order: QueueOrder,
    /// Which class's first visit goes before another's.
    pub score: Score,
    /// Which agents are offered a visit, by branch; shares sum to 1; at least one branch.
    pub branches: Vec<Branch>,
    /// The pool whose lines its contacts hold; `None`: lines without limit.
    pub line_pool: Option<LinePoolId>,
    /// Most visits that wait in the class at once; `None`: without limit.
    pub waiting_places: Option<u32>,
    /// The longest wait and what follows it; `None`: without limit. Nobody is sent round in a circle.
    pub max_wait: Option<MaxWait>,
    /// A call back for those who would have to wait; `None`: none is offered.
    pub callback_offer: Option<CallbackOffer>,
    /// `None`: always open.
    pub hours: Option<OpeningHours>,
    /// Business unit for reports, empty if none.
    pub business_unit: String,
}

/// The share that leaves at once, by what would lie ahead.
#[derive(Clone, Debug, PartialEq)]
pub struct BalkingByLoad {
    /// What customers see.
    pub signal: BalkingSignal,
    /// (signal, share), signal rising: the share of the last point at or below; below the first nobody leaves.
    pub steps: Vec<(f64, f64)>,
}

/// What customers who find nobody idle see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BalkingSignal {
    /// Those who wait in their queue, they included.
    Waiting,
    /// The wait that is expected, in seconds.
    ExpectedWait(Predictor),
}

impl BalkingByLoad {
    /// The share at a signal.
    #[must_use]
    pub fn share(&self, signal: f64) -> f64 {
        let reached = self.steps.partition_point(|&(from, _)| from <= signal);
        reached.checked_sub(1).map_or(0.0, |last| self.steps[last].1)
    }
}

/// Factors on shares by interval of the almanac; each list is empty if no date changes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DatedShares {
    /// On the resolution of whoever answers.
    pub resolution: Vec<f64>,
    /// On the shares of all redials.
    pub redial: Vec<f64>,
    /// On the share that repeats.
    pub repeat: Vec<f64>,
}

/// How fresh contacts follow from the rate.
#[derive(Clone, Debug, PartialEq)]
pub enum ArrivalKind {
    /// Customers call independently of one another.
    Poisson,
    /// So many as the rate expects, rounded: over the warm-up, and over what is counted; at independent instants.
    FixedTotal,
    /// One after the other with gaps of this law; the rate alone sets their mean, which is above 0.
    Renewal(Dist),
}

/// A new attempt after one that was not answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Redial {
    /// Probability after the first unanswered attempt in a row.
    pub first: f64,
    /// Probability after each later one.
    pub later: f64,
    /// Until the next attempt; `None` only if both probabilities are 0.
    pub delay: Option<ReturnDelay>,
    /// The class dialled; `None`: the class in which the last attempt ended.
    pub class: Option<ClassId>,
}

/// How long it takes until a customer is back.
#[derive(Clone, Debug, PartialEq)]
pub struct ReturnDelay {
    /// Seconds.
    pub law: Dist,
    /// When they pass.
    pub runs: DelayRuns,
}

/// When a delay passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DelayRuns {
    /// At any time.
    #[default]
    Always,
    /// While the class that will be dialled is open; always if it has no hours.
    WhileOpen,
}

/// A new contact after an answered one that did not solve the case.
#[derive(Clone, Debug, PartialEq)]
pub struct Repeat {
    /// Probability that the customer comes back.
    pub probability: f64,
    /// From the end of talk until the next contact; `None` only if the probability is 0.
    pub delay: Option<ReturnDelay>,
    /// The class of the next contact; `None`: the class of the case's first visit.
    pub class: Option<ClassId>,
}

/// A transfer at the end of talk.
#[derive(Clone, Debug, PartialEq)]
pub struct Transfer {
    /// The class that the contact enters; its own class is allowed.
    pub to: ClassId,
    /// Probability, drawn at the end of talk.
    pub probability: f64,
    /// Only visits that this group has answered; `None`: all.
    pub from: Option<GroupId>,
    /// Where the customer joins the queue of `to`.
    pub place: TransferPlace,
    /// How long the customer waits there.
    pub patience: TransferPatience,
    /// Seconds for which the agent introduces the customer to the next, if one is idle; `None`: not at all.
    pub warm: Option<Dist>,
}

/// A second agent who joins at the end of talk.
#[derive(Clone, Debug, PartialEq)]
pub struct Consult {
    /// Whose agent; without an idle one the talk ends as it is.
    pub group: GroupId,
    /// Probability, drawn at the end of talk.
    pub probability: f64,
    /// Seconds for which both agents are busy.
    pub time: Dist,
}

/// Where a transferred visit joins its next queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TransferPlace {
    /// As anybody who comes.
    #[default]
    End,
    /// Ahead of all who were not put in front.
    Front,
    /// As if it had waited there for what its earlier visits have waited.
    ByFirstWait,
}

/// How long a transferred customer waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TransferPatience {
    /// Drawn anew.
    #[default]
    New,
    /// For what the waits of the contact have left of its first patience.
    Rest,
}

/// "80 % within 20 s" and of what.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceLevel {
    /// The share wanted, 0–1.
    pub share: f64,
    /// Acceptable waiting time.
    pub within: Span,
    /// The base of the share.
    pub of: ServiceLevelBase,
    /// A visit that abandons with a shorter wait is a short abandon.
    pub short: Span,
}

/// The denominator of a service level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceLevelBase {
    /// Entered less abandoned with a wait below `short` (the default).
    EnteredLessShort,
    /// Entered.
    Entered,
    /// Answered.
    Answered,
    /// Entered and blocked.
    Offered,
}

impl Class {
    /// Whether who waits at closing is cut off.
    #[must_use]
    pub fn cuts_off_at_closing(&self) -> bool {
        self.hours.as_ref().is_some_and(|hours| hours.at_closing == AtClosing::Disconnect)
    }

    /// The promises to call back that are made to those who wait in the class.
    pub fn promises(&self) -> impl Iterator<Item = &CallbackRule> {
        let after_max_wait = self.max_wait.as_ref().and_then(|rule| match &rule.then {
            AfterMaxWait::Callback(rule) => Some(rule),
            AfterMaxWait::Message | AfterMaxWait::Disconnect | AfterMaxWait::Class(_) => None,
        });
        self.callback_offer.iter().map(|offer| &offer.rule).chain(after_max_wait)
    }

    /// Whether somebody from outside may enter in an interval.
    pub fn lets_in(&self, interval: usize) -> bool {
        self.hours
            .as_ref()
            .is_none_or(|hours| hours.after_hours == AfterHours::Queue || hours.is_open[interval])
    }
}

/// Draws that a redial keeps from the first contact of its case; without them it is drawn anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RedialKeeps {
    /// Patience, and whether the customer balks.
    pub patience: bool,
    /// Talk time.
    pub talk_time: bool,
    /// After-call work.
    pub after_call_work: bool,
}
