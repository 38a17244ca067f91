//! The checked scenario: what the model relies on. Every value here is in range and every name is resolved.
//!
//! Holds no option "just in case" and no text that a later floor would have to look up, apart from names to show.
//! Invariant: a [`Scenario`] that comes out of [`load`](super::load()) is valid. The fields are open to be read; nobody checks
//! again what is changed in them afterwards.

use jiff::civil::Date;

use crate::random::Dist;
use crate::units::{ClassId, GroupId, LinePoolId, SimTime, SiteId, Span};

use super::almanac::Almanac;

/// The most service levels that a class may have, those of targets included: as many as results show.
pub const MOST_SERVICE_LEVELS: usize = 3;

/// A whole centre and the time it is simulated for.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Scenario {
    /// Title, shown on top of every result.
    pub name: String,
    /// Free text of the file, empty if none.
    pub description: String,
    /// Dates, intervals and their labels.
    pub almanac: Almanac,
    /// Replications that the file asks for; without it the default of the experiment applies.
    pub replications: Option<u32>,
    /// Classes in the order of the file; at least one.
    pub classes: Vec<Class>,
    /// Agent groups in the order of the file; at least one.
    pub groups: Vec<Group>,
    /// Sites in the order of the file; may be empty.
    pub sites: Vec<Site>,
    /// Pools of telephone lines; a class belongs to at most one.
    pub line_pools: Vec<LinePool>,
    /// Variation of whole days, common to all classes in part.
    pub day_variation: DayVariation,
    /// What becomes of those who wait at the end of the horizon.
    pub at_end: AtEnd,
    /// What nobody knows of the scenario's own figures.
    pub uncertainty: Uncertainty,
    /// What happens when a contact would be transferred beyond the limit.
    pub transfer_limit: TransferLimit,
    /// A customer gives up after so many contacts of one case; at least 1.
    pub contacts_per_case: u32,
    /// How long after an answered contact a further one counts as a return (`fcr_observed`), and how long before
    /// the end a case must have begun to count in case measures.
    pub case_window: Span,
    /// Instants whose state is kept, since the start of the counted horizon, rising and before its end.
    pub snapshots: Vec<Span>,
    /// What "met" means; may be empty.
    pub targets: Vec<Target>,
    /// Hash of the resolved scenario, part of the manifest: equal scenarios have equal hashes.
    pub hash: u64,
}

impl Scenario {
    /// Whether any customer ever comes back; if not, a case is its only contact.
    #[must_use]
    pub fn customers_come_back(&self) -> bool {
        customers_come_back(&self.classes)
    }
}

/// Whether any customer ever comes back. Who never redials after a first unanswered attempt has no later one.
pub(super) fn customers_come_back(classes: &[Class]) -> bool {
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
    /// Share of those who find nobody idle that leaves at once.
    pub balking: f64,
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

/// A distribution of durations, in seconds, that may change over the day.
#[derive(Clone, Debug, PartialEq)]
pub enum Law {
    /// The same at any time.
    Always(Dist),
    /// By interval of the day, taken at the visit's entry. Index = slot of the day × len ÷ slots per day.
    ByInterval(Vec<Dist>),
    /// Another one from a date or a step of the horizon on; the spans follow one another without gap and cover the run.
    Changing(Vec<LawSpan>),
}

/// A law in a part of the run.
#[derive(Clone, Debug, PartialEq)]
pub struct LawSpan {
    /// First interval of the run.
    pub from: u32,
    /// The interval after the last.
    pub until: u32,
    /// What holds for visits that enter in between; never [`Law::Changing`] itself.
    pub law: Law,
}

/// A new attempt after one that was not answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Redial {
    /// Probability after the first unanswered attempt in a row.
    pub first: f64,
    /// Probability after each later one.
    pub later: f64,
    /// Seconds until the next attempt; `None` only if both probabilities are 0.
    pub delay: Option<Dist>,
    /// The class dialled; `None`: the class in which the last attempt ended.
    pub class: Option<ClassId>,
}

/// A new contact after an answered one that did not solve the case.
#[derive(Clone, Debug, PartialEq)]
pub struct Repeat {
    /// Probability that the customer comes back.
    pub probability: f64,
    /// Seconds from the end of talk until the next contact; `None` only if the probability is 0.
    pub delay: Option<Dist>,
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

/// A group of agents alike.
#[derive(Clone, Debug)]
pub struct Group {
    /// Name, unique among groups.
    pub name: String,
    /// Where they sit, if the scenario says.
    pub site: Option<SiteId>,
    /// Logged-in agents planned, one value per interval of the almanac; may be fractional. With a roster, its mean.
    pub plan: Vec<f64>,
    /// Factor on all talk of its agents by interval of the almanac; empty: no date changes it.
    pub dated_talk: Vec<f64>,
    /// Persons with shifts of their own, who replace the plan as what happens; `None`: the plan is what happens.
    pub roster: Option<Roster>,
    /// What agents do when the plan falls to nobody.
    pub after_plan: AfterPlan,
    /// What an agent who becomes free takes: tiers, inside a tier what `next` says.
    pub takes: Vec<Vec<ClassId>>,
    /// Which class of a tier goes first.
    pub next: NextClass,
    /// One per class of `takes`, in the order of `takes`; then those for callbacks only.
    pub skills: Vec<Skill>,
    /// Promised callbacks are begun only while more agents of the group than this are idle.
    pub callback_idle_reserve: u32,
    /// Pressure on handling; `None`: none.
    pub pressure: Option<Pressure>,
    /// Who does not come though the plan counts on them; `None`: everybody comes.
    pub unplanned_absence: Option<UnplannedAbsence>,
    /// Employed persons, if the scenario says: paid hours are then `heads × contract_hours ÷ 168` of the horizon.
    pub heads: Option<f64>,
    /// Paid hours a week of one head.
    pub contract_hours: f64,
    /// From paid to logged-in hours; `None`: every paid hour may be logged in.
    pub shrinkage: Option<Shrinkage>,
    /// On the cost of an hour worked, at some times; `None`: the same at any time.
    pub surcharge: Option<Surcharge>,
    /// EUR a paid hour; paid = contract hours of the heads; where no heads are given logged-in hours, and what shrinkage takes
    /// before them.
    pub cost_per_paid_hour: f64,
}

impl Group {
    /// How many classes the group takes: the fewer, the more specialised.
    #[must_use]
    pub fn n_classes(&self) -> usize {
        self.takes.iter().map(Vec::len).sum()
    }
}

/// Persons who log in and out at instants of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Roster {
    /// One for each person and day, by beginning, then in the order of the file; none ends before it begins.
    pub turns: Vec<Turn>,
    /// Who goes at the end of a turn.
    pub leaving: Leaving,
}

/// One person's shift of one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// The local date on which the shift begins.
    pub date: Date,
    /// Log-in; a shift that runs when the run begins starts with it.
    pub from: SimTime,
    /// Log-out.
    pub until: SimTime,
    /// Another number for each person of the date; a further person changes nobody's.
    pub person: u32,
    /// Share of the days on which the person is rostered: 1 but for the fraction of a number of agents.
    pub share: f64,
    /// In the order of their beginnings; none overlaps another, and each lies in the shift.
    pub breaks: Vec<Break>,
}

/// A break of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Break {
    /// From when on it may begin when nobody waits; equal to `latest` if only then.
    pub earliest: SimTime,
    /// When it begins in any case, after a running contact.
    pub latest: SimTime,
    /// How long it takes.
    pub lasts: Span,
}

/// Who leaves when the plan falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// Who is idle, longest first; then whoever finishes next.
    NextToFinish,
    /// The person whose shift ends, after a running contact; nobody else.
    WhoseShiftEnds,
}

/// What agents do when the plan falls to nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AfterPlan {
    /// Who finishes leaves.
    #[default]
    Leave,
    /// Who finishes takes what waits and leaves when nothing is left to take.
    StayUntilEmpty,
}

/// Persons who are rostered and do not come, all day.
#[derive(Clone, Debug, PartialEq)]
pub struct UnplannedAbsence {
    /// Chance of each person, from 0 to 0.99.
    pub share: f64,
    /// Share of the rostered persons that the plan leaves out already: plan ÷ (1 − `in_plan`) are rostered.
    /// Persons with shifts are the rostered ones.
    pub in_plan: f64,
    /// Coefficient of variation of a factor of the day on `share`, common to the groups of a site.
    pub site_cv: f64,
    /// Name of the site; `None`: the group's days are its own.
    pub site: Option<String>,
}

/// What is paid on top of the hourly cost, as shares of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Surcharge {
    /// Of hours worked (present), by interval of the almanac: night, Sunday, holiday.
    pub by_interval: Vec<f64>,
    /// Of hours logged in beyond the plan.
    pub overtime: f64,
}

/// From paid to logged-in hours, each step a share of what the one above leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct Shrinkage {
    /// Of paid hours, by calendar month from January on: holiday and illness; each below 1.
    pub absence: [f64; 12],
    /// Of present hours: off the phone.
    pub internal: Internal,
    /// Logged in ÷ rostered; above 0.
    pub adherence: f64,
}

/// Present hours off the phone, as shares that sum to less than 1.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields are what their names say")]
pub struct Internal {
    pub training: f64,
    pub meetings: f64,
    pub coaching: f64,
    pub paid_breaks: f64,
}

impl Internal {
    /// The shares one by one.
    #[must_use]
    pub fn parts(&self) -> [f64; 4] {
        [self.training, self.meetings, self.coaching, self.paid_breaks]
    }
}

impl Shrinkage {
    /// Logged-in hours that are left of a present hour.
    #[must_use]
    pub fn of_present(&self) -> f64 {
        (1.0 - self.internal.parts().iter().sum::<f64>()) * self.adherence
    }

    /// Logged-in hours that are left of a paid hour in a month, January being 0.
    #[must_use]
    pub fn of_paid(&self, month: usize) -> f64 {
        (1.0 - self.absence[month]) * self.of_present()
    }
}

/// How a group handles a class.
#[derive(Clone, Debug, PartialEq)]
pub struct Skill {
    /// The class.
    pub class: ClassId,
    /// Talk time of the class multiplied by this, or a law of its own.
    pub talk: SkillTalk,
    /// Probability of solving the case.
    pub resolution: f64,
    /// A visit of the class is begun only while more agents of the group than this are idle.
    pub idle_reserve: u32,
}

/// Talk time of a skill.
#[derive(Clone, Debug, PartialEq)]
pub enum SkillTalk {
    /// The class's talk time × factor.
    Factor(f64),
    /// Its own law, in seconds.
    Own(Law),
}

/// Where agents sit, how they are paid.
#[derive(Clone, Debug)]
pub struct Site {
    /// Name, unique among sites.
    pub name: String,
    /// In-house or outsourced.
    pub sourcing: Sourcing,
    /// Business unit, empty if none.
    pub business_unit: String,
    /// What a partner is paid; `None` for in-house sites and for partners without a contract in the file.
    pub contract: Option<Contract>,
}

/// Who employs the agents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sourcing {
    /// The company itself.
    InHouse,
    /// A partner.
    Outsourced,
}

/// How a partner is paid, in EUR; the parts add up.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    /// A minute of handling.
    pub per_minute: f64,
    /// An answered visit.
    pub per_call: f64,
    /// A logged-in hour.
    pub per_hour: f64,
    /// A visit that solved its case.
    pub per_resolved_case: f64,
    /// What is settled by calendar month; `None`: every use is paid at its price and that is all.
    pub terms: Option<Terms>,
}

/// What a contract settles by calendar month.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms {
    /// Share of the forecast that is paid at least; 0: no minimum.
    pub minimum: f64,
    /// How long before a month begins its forecast is locked: what becomes known later is not in it.
    pub lock: Span,
    /// Another price far above the forecast.
    pub volume_band: Option<VolumeBand>,
    /// What bonus and penalty look at.
    pub level: ContractLevel,
    /// More for a good month.
    pub bonus: Option<LevelStep>,
    /// Less for a bad month.
    pub penalty: Option<LevelStep>,
    /// An answered visit is not paid by `per_call` if the contract answered its case less than this before.
    pub same_case: Option<Span>,
    /// EUR that the contract's prices would come to if all goes as forecast, one value per interval of the almanac.
    pub forecast: Vec<f64>,
}

/// Another price for what lies far above the forecast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VolumeBand {
    /// Share of the forecast from which on it holds.
    pub above: f64,
    /// On the prices of what lies above.
    pub factor: f64,
}

/// The service level of a contract: of the branches in whose first tier a group of its site stands, whoever answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ContractLevel {
    /// Acceptable waiting time.
    pub within: Span,
    /// The base of the share; never [`ServiceLevelBase::Offered`].
    pub of: ServiceLevelBase,
    /// A visit that abandons with a shorter wait is a short abandon.
    pub short: Span,
}

/// A service level from which on, or below which, a month's pay changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevelStep {
    /// The service level of the month.
    pub at: f64,
    /// Share of the month's other lines.
    pub share: f64,
}

/// Telephone lines shared by some classes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinePool {
    /// Contacts that may wait and talk at once.
    pub lines: u32,
    /// Most visits that wait at once in its classes; `None`: as many as there are lines.
    pub waiting_places: Option<u32>,
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

/// When a class is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpeningHours {
    /// By interval of the run.
    pub is_open: Vec<bool>,
    /// What happens to those who wait at closing.
    pub at_closing: AtClosing,
    /// What happens to those who come later.
    pub after_hours: AfterHours,
}

/// What happens to those who wait when a class closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtClosing {
    /// They go on waiting and are served.
    Serve,
    /// They are cut off.
    Disconnect,
}

/// What happens to those who come while a class is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterHours {
    /// They are refused, and are not offered.
    Refuse,
    /// They are let in and wait.
    Queue,
}

/// How long a visit may wait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MaxWait {
    /// The longest wait, above 0.
    pub after: Span,
    /// What follows.
    pub then: AfterMaxWait,
}

/// A call back that is offered to those who would have to wait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CallbackOffer {
    /// When it is offered.
    pub when: OfferCondition,
    /// Share of those to whom it is offered that accepts.
    pub accept: f64,
    /// Who calls back, and how.
    pub rule: CallbackRule,
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

/// When a call back is offered: while all of it holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OfferCondition {
    /// Nobody is idle in any tier of the queue, later ones included.
    pub nobody_idle: bool,
    /// So many wait in the queue, the customer included; 1: always.
    pub waiting_at_least: u32,
    /// The wait that is expected is longer.
    pub expected_wait_above: Option<(Predictor, Span)>,
}

/// How the wait of a customer who comes now is foreseen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Predictor {
    /// Those who wait and the customer, at the rate at which the logged-in agents of the queue end visits like theirs.
    #[default]
    QueueLength,
    /// The wait of the visit of the queue that an agent took last, at once or after waiting.
    LastServed,
    /// How long the first in the queue has waited so far; nothing if nobody waits.
    HeadOfLine,
}

/// What follows the longest wait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AfterMaxWait {
    /// The customer hears a message and does not call again for it; the contact is over.
    Message,
    /// The customer is cut off.
    Disconnect,
    /// The customer enters another class, at the end of its queue.
    Class(ClassId),
    /// The customer hangs up with the promise of a call.
    Callback(CallbackRule),
}

/// What becomes of those who wait at the end of the horizon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AtEnd {
    /// They are served by the last staffing, and count.
    #[default]
    Drain,
    /// They stay open; only handling that has begun goes on.
    Cut,
}

/// How much whole days vary beyond chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DayVariation {
    /// Share of the variance of a day factor that all classes have in common, 0–1.
    pub common: f64,
    /// Correlation of the normal scores of one day and the next, 0 to below 1.
    pub lag1: f64,
}

/// Standard deviations of factors with mean 1 that are drawn once for a replication; 0 for what is known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Uncertainty {
    /// On all fresh rates.
    pub volume: f64,
    /// On all talk times.
    pub talk_time: f64,
    /// On all patience.
    pub patience: f64,
}

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

/// Who keeps a promise to call back, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CallbackRule {
    /// Who calls.
    pub group: GroupId,
    /// The promise is kept if the customer is reached within this span.
    pub due: Span,
    /// Most attempts, from 1 to 100.
    pub attempts: u32,
    /// From an attempt that did not reach the customer to the next; above 0.
    pub every: Span,
    /// Probability that an attempt reaches the customer.
    pub reached: f64,
    /// Time an agent spends on an attempt that reaches nobody; above 0.
    pub dialling: Span,
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

/// Something wanted of a measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Of one class, or of all.
    pub class: Option<ClassId>,
    /// The measure and the bound.
    pub goal: Goal,
    /// The period in which it is judged.
    pub per: Period,
}

/// A measure with its bound.
#[derive(Clone, Debug, PartialEq)]
pub enum Goal {
    /// Service level at least.
    ServiceLevel {
        /// Share wanted.
        at_least: f64,
        /// Position of the level among `service_levels` of each class, in the order of the scenario's classes.
        level: Vec<usize>,
    },
    /// Abandonment at most (share).
    Abandonment {
        /// Share allowed.
        at_most: f64,
    },
    /// Occupancy at most (share), of each group and of all.
    Occupancy {
        /// Share allowed.
        at_most: f64,
    },
    /// Mean wait of answered visits at most.
    Asa {
        /// Wait allowed.
        at_most: Span,
    },
}

/// The period of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Each interval of each day.
    Interval,
    /// Each local day.
    Day,
    /// Each ISO week, cut at the horizon.
    Week,
    /// Each calendar month.
    Month,
    /// The whole horizon.
    Year,
}
