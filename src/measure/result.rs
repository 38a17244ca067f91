//! What one replication found: integers only.
//!
//! Holds no estimate and no text but the audit's. Invariant: its tables are sums of the same counts, so they tie.

use super::cube::Cube;
use super::settlement::Invoice;
use crate::stats::Histogram;

/// Counts of one replication.
#[derive(Clone, Debug, PartialEq)]
pub struct RunResult {
    /// Index of the replication.
    pub replication: u32,
    /// By local day.
    pub by_day: Table,
    /// By weekday and slot of the day, over all weeks.
    pub by_slot: Table,
    /// By counted interval of every date; `None` unless the frame keeps them.
    pub by_interval: Option<Table>,
    /// Of all classes together, every counted interval of every date; columns are `PulseColumn`.
    pub pulse: Cube,
    /// Answered visits: class × groups + group.
    pub flows: Vec<u64>,
    /// How many class intervals were below their goal.
    pub below_goal: BelowGoal,
    /// Waits by class.
    pub waits: Vec<Waits>,
    /// State at the scenario's instants, in their order.
    pub snapshots: Vec<Snapshot>,
    /// Intervals judged and missed, by position of the target; zero for targets per longer period.
    pub judged: Vec<Judged>,
    /// Invoices of the contracts with terms: month × contracts + contract.
    pub invoices: Vec<Invoice>,
    /// Contacts offered, warm-up included.
    pub contacts: u64,
    /// Laws that were broken, in words.
    pub audit: Vec<String>,
}

/// Cubes of classes and groups over the same periods.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Row = period × classes + class; columns are `ClassColumn` and two per service level.
    pub classes: Cube,
    /// Row = period × groups + group; columns are `GroupColumn`.
    pub groups: Cube,
}

/// The centre at an instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Visits waiting, by class.
    pub waiting: Vec<u64>,
    /// By group.
    pub groups: Vec<GroupState>,
}

/// The agents of a group at an instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupState {
    /// Handling.
    pub busy: u64,
    /// Logged in.
    pub staffed: u64,
}

impl GroupState {
    /// Whether somebody is logged in and nobody idle.
    #[must_use]
    pub fn is_all_busy(self) -> bool {
        self.staffed > 0 && self.busy >= self.staffed
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: &Self) -> Self {
        Self { busy: self.busy + other.busy, staffed: self.staffed + other.staffed }
    }
}

/// Class intervals with a base of their first service level, held against its share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BelowGoal {
    /// With a base.
    pub judged: u64,
    /// Of those, below the goal.
    pub missed: u64,
    /// Visits that entered, in all intervals.
    pub entered: u64,
    /// Visits that entered in those below the goal.
    pub entered_in_missed: u64,
}

/// Waits of one class over the horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct Waits {
    /// Of entered visits that ended, whatever the end.
    pub entered: Histogram,
    /// Of answered visits.
    pub answered: Histogram,
}

/// How often a target was missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// Periods in which the measure has a value.
    pub periods: u64,
    /// Those that miss the bound.
    pub missed: u64,
    /// Visits that entered in the judged periods.
    pub entered: u64,
    /// Of them, in those that miss it.
    pub entered_in_missed: u64,
}

impl Judged {
    /// One more period, with so many visits.
    pub fn add(&mut self, is_missed: bool, entered: u64) {
        self.periods += 1;
        self.entered += entered;
        if is_missed {
            self.missed += 1;
            self.entered_in_missed += entered;
        }
    }
}
