//! Experiments: many replications of a scenario, and what they say together.
//!
//! The only floor with threads. Opens no file and formats no table. Invariant: results are collected by index and
//! folded in that order, so that the same bytes come out for any number of threads.

mod assemble;
mod bands;
mod calendar;
mod compare;
mod control;
mod each;
mod estimates;
mod explain;
mod follow;
mod hardest;
mod net_staffing;
mod notes;
mod outcome;
mod replicate;
mod risk;
mod sensitivity;
mod settlement;
mod skewness;
mod snapshots;
mod targets;
#[cfg(test)]
mod trials;
mod until;
mod waits;
mod waterfall;
mod worst_days;

pub use compare::{
    AgainstReference, Best, BetterIn, Borne, BorneBy, Compared, Comparison, CostCompared, CustomersOfClass,
    Difference, FIRST_STAGE, Failed, Family, Finding, Ground, Misfit, MissedPeriods, Plan, Reading, Sameness,
    Side, Stages, Trait, compare, judged_by_default, matters_by_default, misfits, planned,
    staffing_at_target,
};
pub use control::{Control, Progress, Unattended};
pub use explain::{
    AboveCapacity, Cause, ExplainPlan, Explanation, Part, Property, Step, StepEffect, explain,
    explain_difference, most_explained_scenarios, strangers,
};
pub use follow::{Trace, follow};
pub use outcome::{
    Band, BandRow, Bearer, BearerKind, ByMonth, DaySpread, Distribution, Hardest, Manifest, Measures, Named,
    NetStaffing, Outcome, PeriodRow, Reason, Replication, Risk, Settlement, TargetOutcome, Verdict,
    Waterfall, WorstDay,
};
pub use replicate::{
    ContactSink, Grain, Logging, Runs, Settings, Unfinished, replicate, replicate_and_log, replications,
    simulate,
};
pub use sensitivity::{
    Candidate, CandidateEnd, Candidates, Effect, Input, Moved, Sensitivity, SensitivityPlan, Spread,
    candidates, is_open, sensitivity, sensitivity_replications,
};
pub use until::{Precision, Until, stopping_measures};
