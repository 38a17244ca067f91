//! Sites, and what in-house hours and partners cost.
//!
//! Invariant: a contract belongs to an outsourced site.

use crate::units::Span;

use super::ServiceLevelBase;

/// What is paid on top of the hourly cost, as shares of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Surcharge {
    /// Of hours worked (present), by interval of the almanac: night, Sunday, holiday.
    pub by_interval: Vec<f64>,
    /// Of hours logged in beyond the plan.
    pub overtime: f64,
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
