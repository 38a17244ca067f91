//! What a centre has that Erlang's formulas do not know, property by property.
//!
//! Reads a checked scenario only. Invariant: a property that a scenario has is one that, switched off, changes it.

use crate::scenario::Scenario;
use crate::scenario::checked::{ArrivalKind, Law, QueueOrder, Redial, Uncertainty};

/// What can be switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Property {
    /// Days and intervals that are busier or calmer than planned, other arrivals than independent ones, `[uncertainty]`.
    VariableVolume,
    /// Handling that is not exponential.
    HandlingShape,
    /// Patience that is not exponential, balking that follows the load.
    PatienceShape,
    /// Redials and repeats.
    Returns,
    /// Who may take what, in which order and after which wait; groups that differ in speed and resolution.
    Skills,
    /// Transfers and what happens at their limit.
    Transfers,
    /// Pressure on handling.
    Pressure,
    /// Absence by chance, shifts and breaks of persons, work off the phone.
    Attendance,
    /// Ringing, lines, waiting places, longest waits, offers to call back, consultations, opening hours, other orders in the queue.
    Rules,
}

impl Property {
    /// All, in the order in which they are switched on unless another is asked for.
    pub const ALL: [Self; 9] = [
        Self::VariableVolume,
        Self::HandlingShape,
        Self::PatienceShape,
        Self::Returns,
        Self::Skills,
        Self::Transfers,
        Self::Pressure,
        Self::Attendance,
        Self::Rules,
    ];

    /// Its name for machines and in `--order`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::VariableVolume => "variable_volume",
            Self::HandlingShape => "handling_shape",
            Self::PatienceShape => "patience_shape",
            Self::Returns => "returns",
            Self::Skills => "skills",
            Self::Transfers => "transfers",
            Self::Pressure => "pressure",
            Self::Attendance => "attendance",
            Self::Rules => "rules",
        }
    }

    /// The order that begins with `first`; what is not named follows as it would.
    #[must_use]
    pub fn order(first: &[Self]) -> Vec<Self> {
        let others = Self::ALL.into_iter().filter(|property| !first.contains(property));
        first.iter().copied().chain(others).collect()
    }
}

/// Whether anybody calls again or comes back.
pub(super) fn has_returns(scenario: &Scenario) -> bool {
    let redials = |redial: &Redial| redial.first > 0.0 || redial.later > 0.0;
    scenario.classes.iter().any(|class| {
        class.repeat.probability > 0.0
            || redials(&class.redial_after_abandon)
            || redials(&class.redial_after_busy)
            || redials(&class.redial_after_closed)
    })
}

/// Whether anybody is transferred.
pub(super) fn has_transfers(scenario: &Scenario) -> bool {
    scenario.classes.iter().flat_map(|class| &class.transfers).any(|transfer| transfer.probability > 0.0)
}

/// Whether volumes vary beyond independent arrivals.
pub(super) fn has_variable_volume(scenario: &Scenario) -> bool {
    scenario.uncertainty != Uncertainty::default()
        || scenario.classes.iter().any(|class| {
            class.day_variation > 0.0
                || class.interval_variation > 0.0
                || class.arrivals != ArrivalKind::Poisson
        })
}

/// Whether agents are not simply there as planned.
pub(super) fn has_attendance(scenario: &Scenario) -> bool {
    scenario.groups.iter().any(|group| {
        group.roster.is_some()
            || !group.off_phone.is_empty()
            || group.unplanned_absence.as_ref().is_some_and(|absence| absence.share > 0.0)
    })
}

/// Whether anything else stands between a call and an agent.
pub(super) fn has_rules(scenario: &Scenario) -> bool {
    scenario.classes.iter().any(|class| {
        class.answer_delay.0 > 0
            || class.line_pool.is_some()
            || class.waiting_places.is_some()
            || class.max_wait.is_some()
            || class.callback_offer.is_some()
            || !class.consults.is_empty()
            || class.hours.is_some()
            || class.order != QueueOrder::Fifo
    })
}

/// Whether two laws are the same, told or written.
pub(super) fn is_same(one: &Law, other: &Law) -> bool {
    format!("{one:?}") == format!("{other:?}")
}
