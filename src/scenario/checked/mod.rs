//! The checked scenario: what the model relies on. Every value here is in range and every name is resolved.
//!
//! Holds no option "just in case" and no text that a later floor would have to look up, apart from names to show.
//! Invariant: a [`Scenario`] that comes out of [`load`](super::load()) is valid. The fields are open to be read; nobody checks
//! again what is changed in them afterwards.

mod access;
mod class;
mod cost;
mod group;
mod law;
mod policy;
mod routing;
mod swing;
mod target;

use crate::units::Span;

use super::almanac::Almanac;

pub use access::{
    AfterHours, AfterMaxWait, AtClosing, CallbackOffer, CallbackRule, LinePool, MaxWait, OfferCondition,
    OpeningHours, Predictor,
};
pub(super) use class::customers_come_back;
pub use class::{
    ArrivalKind, BalkingByLoad, BalkingSignal, Class, Consult, DatedShares, DelayRuns, MOST_SERVICE_LEVELS,
    Redial, RedialKeeps, Repeat, ReturnDelay, ServiceLevel, ServiceLevelBase, Transfer, TransferPatience,
    TransferPlace,
};
pub use cost::{Contract, ContractLevel, LevelStep, Site, Sourcing, Surcharge, Terms, VolumeBand};
pub use group::{
    AfterPlan, Break, DatedSkill, Group, Internal, Leaving, OffPhone, OffPhoneSize, OffPhoneWindow, Roster,
    Shrinkage, Skill, SkillTalk, Taken, Turn, UnplannedAbsence,
};
pub use law::{Law, LawSpan};
pub use policy::{
    AhtTarget, Applied, AtLimit, CurveShape, Fatigue, LoadCurve, LoadSignal, Pressure, TalkCap, TransferLimit,
};
pub use routing::{AgentChoice, Branch, NextClass, QueueOrder, RouteTier, Score};
pub use swing::Swing;
pub use target::{Goal, Period, Target};

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
