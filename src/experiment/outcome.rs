//! What an experiment found: estimates with names, by everything a report groups them by.
//!
//! Knows no format; `report` turns it into tables, JSON and CSV.

use super::until::Until;
use crate::stats::Estimate;

/// Measures in a fixed order, by their glossary name with unit suffix (`asa_s`, `abandonment`, `cost_eur`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measures(pub Vec<(&'static str, Estimate)>);

impl Measures {
    /// The estimate of that name, if it was measured here.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Estimate> {
        self.0.iter().find(|(n, _)| *n == name).map(|(_, e)| e)
    }
}

/// Measures of one class, group, site or business unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// Its name in the scenario.
    pub name: String,
    /// Its measures.
    pub measures: Measures,
}

/// One period: a day, a week, a month, a slot of the typical week, or an interval of a date.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodRow {
    /// `2026-03-23`, `2026-W13`, `2026-03`, `Mon 10:00`, `2026-03-23 10:00`; without dates `day 1`, `week 1`,
    /// `day 1 10:00`, `day 1 at 10:00`.
    pub label: String,
    /// All classes together (with the groups' hours and cost).
    pub total: Measures,
    /// By class, in the order of the scenario.
    pub classes: Vec<Measures>,
    /// By group, in the order of the scenario.
    pub groups: Vec<Measures>,
}

/// A target and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetOutcome {
    /// `service level 80/20`, `abandoned`, `occupancy`, `ASA`.
    pub label: String,
    /// The class, or `None` for all.
    pub class: Option<String>,
    /// The measure's name: `service_level`, `abandonment`, `occupancy`, `asa_s`.
    pub measure: &'static str,
    /// The bound.
    pub bound: f64,
    /// Whether the measure must be at least (true) or at most (false) the bound.
    pub is_minimum: bool,
    /// `interval`, `day`, `week`, `month`, `year`.
    pub per: &'static str,
    /// The measure over the whole horizon.
    pub value: Estimate,
    /// Whether the value over the whole horizon meets the bound; `None` if it has no value.
    pub verdict: Option<Verdict>,
    /// Periods judged in one replication (those with a value), mean over replications.
    pub periods: Estimate,
    /// Periods that miss the bound, mean over replications.
    pub missed: Estimate,
    /// Share of the judged periods that miss it.
    pub missed_share: Estimate,
    /// Share of the visits that entered in periods that miss it.
    pub visits_in_missed: Estimate,
    /// P10 and P90 of the missed periods over replications; `None` below the 36 replications that they need.
    pub missed_range: Option<(f64, f64)>,
}

impl TargetOutcome {
    /// For a table of all targets: `billing: abandoned`, without a class the label alone.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.class {
            Some(class) => format!("{class}: {}", self.label),
            None => self.label.clone(),
        }
    }

    /// The verdict as a number: 1 met, 0 missed, no value where it is not sure or nothing is there to judge.
    #[must_use]
    pub fn is_met(&self) -> Estimate {
        let mean = match self.verdict {
            Some(Verdict::Met) => Some(1.0),
            Some(Verdict::Missed) => Some(0.0),
            Some(Verdict::NotSure) | None => None,
        };
        Estimate { mean, half_width: None, n: self.value.n }
    }
}

/// What the replications say of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The whole interval of the value is within the bound.
    Met,
    /// The whole interval is beyond it.
    Missed,
    /// The bound lies in the interval, or there is no interval: chance could have made it either.
    NotSure,
}

/// What contracts with terms are paid, in EUR; every amount is a whole number of cents, and sums tie to the cent.
#[derive(Clone, Debug, PartialEq)]
pub struct Settlement {
    /// Contracts with terms, in the order of their sites.
    pub contracts: Vec<ByMonth>,
    /// All of them together.
    pub all: ByMonth,
}

/// Where the paid hours of groups go, from heads to handling.
#[derive(Clone, Debug, PartialEq)]
pub struct Waterfall {
    /// Groups in the order of the scenario.
    pub groups: Vec<ByMonth>,
    /// All of them together.
    pub all: ByMonth,
}

/// A contract's invoices, or a group's hours, by calendar month.
#[derive(Clone, Debug, PartialEq)]
pub struct ByMonth {
    /// Name of the contract or group.
    pub name: String,
    /// Calendar months, cut at the horizon, with their measures; empty without dates.
    pub months: Vec<(String, Measures)>,
    /// Over the whole horizon.
    pub total: Measures,
}

/// A hard moment worth naming.
#[derive(Clone, Debug, PartialEq)]
pub struct Hardest {
    /// `Mon 23 Mar`, `Mondays 10:00–11:00`, `Mon 23 Mar 10:00–11:00` where the run has one Monday only.
    pub label: String,
    /// Where its figures stand: `by_day` or `by_interval`.
    pub table: &'static str,
    /// The labels of its rows there: one day, or the neighbouring slots of an hour.
    pub periods: Vec<String>,
    /// Share answered in time.
    pub service_level: f64,
    /// Share abandoned.
    pub abandonment: f64,
}

/// How far one replication lies from another.
#[derive(Clone, Debug, PartialEq)]
pub struct Risk {
    /// Of total `cost_eur`, `service_level` and `abandonment`, where they have values.
    pub distributions: Vec<(&'static str, Distribution)>,
    /// Who makes the total cost go up and down: by site, then those without one (no name); empty without cost.
    pub bearers: Vec<Bearer>,
}

/// The values of a measure, one for each replication.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distribution {
    /// Mean of the values.
    pub mean: f64,
    /// Standard deviation of one replication.
    pub sd: f64,
    /// The least.
    pub min: f64,
    /// `None` below the 36 replications that the tails need, as P90.
    pub p10: Option<f64>,
    /// The median.
    pub p50: f64,
    /// See `p10`.
    pub p90: Option<f64>,
    /// The greatest.
    pub max: f64,
    /// Replications with a value.
    pub n: u32,
}

/// Who bears a cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BearerKind {
    /// A site, with all its groups.
    Site,
    /// A group without a site.
    Group,
}

/// A site's part in the spread of total cost, or that of a group without one.
#[derive(Clone, Debug, PartialEq)]
pub struct Bearer {
    /// Its name in the scenario.
    pub name: String,
    /// What it is.
    pub kind: BearerKind,
    /// Standard deviation of its cost, EUR.
    pub sd: f64,
    /// Covariance of its cost with the total, EUR².
    pub covariance: f64,
    /// That ÷ the variance of the total; all of them add up to 1. `None` where the total does not vary.
    pub share: Option<f64>,
}

/// How far a slot lies apart from one date or replication to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct BandRow {
    /// `10:00` of all days together, else a label of `by_interval`.
    pub label: String,
    /// Of `offered` (per hour), `service_level`, `abandonment` and `asa_s`, where they have values.
    pub bands: Vec<(&'static str, Band)>,
}

/// The values of all dates and replications; contacts within one interval, so chance of small numbers included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// `None` below the 10 values that a tenth takes, as P90.
    pub p10: Option<f64>,
    /// The median.
    pub p50: f64,
    /// See `p10`.
    pub p90: Option<f64>,
    /// Dates × replications with a value.
    pub n: u32,
}

/// How well the roster fits the typical week.
#[derive(Clone, Debug, PartialEq)]
pub struct NetStaffing {
    /// Σ |logged in − required| ÷ Σ required, over the slots of the week.
    pub misfit: f64,
    /// The slot with the least agents beyond those required, as [`Hardest::label`].
    pub label: String,
    /// Its label in `by_interval`.
    pub period: String,
    /// Agents required there.
    pub required: f64,
    /// Agents logged in less those required; below 0 where they are too few.
    pub net: f64,
}

/// One of the worst days of a run, all replications together.
#[derive(Clone, Debug, PartialEq)]
pub struct WorstDay {
    /// `Mon 23 Mar`, `day 3`.
    pub label: String,
    /// Its label in `by_day`.
    pub period: String,
    /// Share answered in time.
    pub service_level: f64,
    /// Share abandoned.
    pub abandonment: f64,
    /// Hours of agents that it lacks: Σ over its intervals of those required less those logged in, where that is above 0.
    pub hours_short: f64,
    /// Of them, those that it would not lack with the visits of an average date.
    pub hours_by_volume: f64,
    /// Those that it would not lack if all who are planned were there.
    pub hours_by_absence: f64,
    /// Those that an average date with all who are planned would lack at these hours of the week.
    pub hours_by_misfit: f64,
    /// What makes most of them; `None` where none are lacking.
    pub reason: Option<Reason>,
}

/// Why a day lacks agents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// More came than on an average date.
    Volume,
    /// Fewer were there than planned.
    Absence,
    /// The plan does not fit an average date.
    Misfit,
}

/// What one replication gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Replication {
    /// Its index, 0 for the first.
    pub index: u32,
    /// Contacts simulated (offered, warm-up included).
    pub contacts: u64,
    /// Measures of everything over the horizon, quantiles apart; `None` where there is nothing to take it of.
    pub values: Vec<(&'static str, Option<f64>)>,
}

/// How far the replications lie apart on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct DaySpread {
    /// Of the service level; `None` with fewer than two values.
    pub service_level: Option<Distribution>,
    /// For each target per day the share of replications that miss it on this day; `None` of other targets, and where it
    /// could not be judged.
    pub missed: Vec<Option<f64>>,
}

/// What identifies a result.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    /// Version of holdtime.
    pub version: String,
    /// Title of the scenario.
    pub scenario: String,
    /// Hash of the resolved scenario, 16 hexadecimal digits.
    pub scenario_hash: String,
    /// Seed.
    pub seed: u64,
    /// Replications asked for.
    pub replications_planned: u32,
    /// Replications in the result.
    pub replications: u32,
    /// Whether the run was interrupted.
    pub is_partial: bool,
    /// What decided how many replications there are, and whether it was reached; `None`: a number was asked for.
    pub until: Option<(Until, bool)>,
    /// First date, last date and zone; `None` without dates.
    pub dates: Option<(String, String, String)>,
    /// Counted horizon in seconds.
    pub horizon_s: f64,
    /// Warm-up before it in seconds.
    pub warm_up_s: f64,
}

/// Everything that a report may show.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What identifies it.
    pub manifest: Manifest,
    /// All classes and groups together.
    pub total: Measures,
    /// By class.
    pub classes: Vec<Named>,
    /// By group.
    pub groups: Vec<Named>,
    /// By site (groups without a site are in none).
    pub sites: Vec<Named>,
    /// By business unit.
    pub business_units: Vec<Named>,
    /// The typical week: weekday × interval, sums over all dates of the horizon (`span_h` tells how much time that
    /// is); slots that never occur are left out.
    pub by_interval: Vec<PeriodRow>,
    /// Every interval of every date; empty unless [`super::Grain::EveryInterval`] asked for them.
    pub intervals: Vec<PeriodRow>,
    /// The spread of each slot over dates and replications: first the slots of all days together, then those of the
    /// typical week.
    pub bands: Vec<BandRow>,
    /// Of answered visits, the share that waited at most so many seconds.
    pub waits: Vec<(f64, Estimate)>,
    /// Visits that each group answered, by class.
    pub flows: Vec<Vec<Estimate>>,
    /// Each local day.
    pub by_day: Vec<PeriodRow>,
    /// Each ISO week, cut at the horizon.
    pub by_week: Vec<PeriodRow>,
    /// Each calendar month, cut at the horizon; empty without dates.
    pub by_month: Vec<PeriodRow>,
    /// How far the replications lie apart on each day of `by_day`.
    pub days: Vec<DaySpread>,
    /// The replications one by one.
    pub each: Vec<Replication>,
    /// State at the instants that the scenario names: `waiting`, `busy`, `staffed`, `all_busy`.
    pub snapshots: Vec<PeriodRow>,
    /// The scenario's targets.
    pub targets: Vec<TargetOutcome>,
    /// Case measures: by class of the first visit they are among `classes`; these are the totals.
    pub cases: Measures,
    /// The hardest day and the hardest hour of the week: those with the lowest service level, of all with at least 3 %
    /// of the busiest one's contacts and a planned agent; none in which all were answered in time.
    pub hardest: Vec<Hardest>,
    /// At most ten days with the lowest service levels, the lowest first, chosen as `hardest` is.
    pub worst_days: Vec<WorstDay>,
    /// Share of half-hours (intervals with calls) whose service level is below the class's own goal, and the share of
    /// all entered visits in them, over all classes together; `None` if nothing was offered.
    pub missed_intervals: Option<(f64, f64)>,
    /// How well the roster fits the typical week; `None` where nothing entered or a backlog never ends.
    pub net_staffing: Option<NetStaffing>,
    /// How far replications lie apart; `None` with one.
    pub risk: Option<Risk>,
    /// From heads to handling; `None` where no group has a shrinkage.
    pub waterfall: Option<Waterfall>,
    /// What contracts with terms are paid by month; `None` where there are none.
    pub settlement: Option<Settlement>,
    /// Laws that were broken, in words; empty when all were kept.
    pub audit: Vec<String>,
    /// Warnings that teach (skewness, one replication, partial), in words.
    pub notes: Vec<String>,
    /// Contacts simulated in all replications (offered, warm-up included).
    pub contacts_simulated: u64,
}
