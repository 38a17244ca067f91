//! Experiments: many replications of a scenario, and what they say together.
//!
//! The only floor with threads. Opens no file and formats no table. Invariant: results are collected by index and
//! folded in that order, so that the same bytes come out for any number of threads.

mod assemble;
mod bands;
mod calendar;
mod compare;
mod control;
mod estimates;
mod follow;
mod hardest;
mod net_staffing;
mod notes;
mod outcome;
mod replicate;
mod risk;
mod settlement;
mod skewness;
mod snapshots;
mod targets;
#[cfg(test)]
mod trials;
mod until;
mod waits;
mod waterfall;

pub use compare::{
    AgainstReference, Best, BetterIn, Borne, BorneBy, Compared, Comparison, CostCompared, CustomersOfClass,
    Difference, FIRST_STAGE, Failed, Family, Finding, Misfit, MissedPeriods, Plan, Reading, Sameness, Side,
    Stages, Trait, compare, judged_by_default, matters_by_default, misfits, planned, staffing_at_target,
};
pub use control::{Control, Progress, Unattended};
pub use follow::{Trace, follow};
pub use outcome::{
    Band, BandRow, Bearer, BearerKind, ByMonth, Distribution, Hardest, Manifest, Measures, Named,
    NetStaffing, Outcome, PeriodRow, Risk, Settlement, TargetOutcome, Verdict, Waterfall,
};
pub use replicate::{Grain, Runs, Settings, Unfinished, replicate, replications, simulate};
pub use until::{Precision, Until, stopping_measures};
