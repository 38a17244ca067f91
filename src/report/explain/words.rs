//! The words of an explanation.
//!
//! Decides nothing. Invariant: a name fits the first column of the page.

use crate::experiment::{Cause, Part, Property};

/// The name of a step on the page.
pub(super) fn name(cause: Cause) -> &'static str {
    match cause {
        Cause::ErlangC => "Erlang C, formula",
        Cause::ErlangA => "Erlang A, formula",
        Cause::Simulation => "simulated, all off",
        Cause::Property(Property::VariableVolume) => "variable volume",
        Cause::Property(Property::HandlingShape) => "handle-time shape",
        Cause::Property(Property::PatienceShape) => "patience shape",
        Cause::Property(Property::Returns) => "redials, repeats",
        Cause::Property(Property::Skills) => "skills, routing",
        Cause::Property(Property::Transfers) => "transfers",
        Cause::Property(Property::Pressure) => "pressure",
        Cause::Property(Property::Attendance) => "attendance",
        Cause::Property(Property::Rules) => "other rules",
        Cause::Forecast => "forecast",
        Cause::Part(Part::Volume) => "volume",
        Cause::Part(Part::HandleTime) => "handle time",
        Cause::Part(Part::Patience) => "patience",
        Cause::Part(Part::Returns) => "redials, repeats",
        Cause::Part(Part::Transfers) => "transfers",
        Cause::Part(Part::Staffing) => "staffing",
        Cause::Part(Part::Absence) => "absence",
        Cause::Part(Part::Routing) => "skills, routing",
        Cause::Part(Part::Rest) => "the rest",
    }
}

/// The same in a sentence.
pub(super) fn in_a_sentence(cause: Cause) -> &'static str {
    match cause {
        Cause::ErlangA => "customers who give up",
        Cause::Simulation => "change over time",
        _ => name(cause),
    }
}

/// The same for machines.
pub(super) fn key(cause: Cause) -> &'static str {
    match cause {
        Cause::ErlangC => "erlang_c",
        Cause::ErlangA => "erlang_a",
        Cause::Simulation => "simulation",
        Cause::Property(property) => property.name(),
        Cause::Forecast => "forecast",
        Cause::Part(part) => part.name(),
    }
}

/// What it means that a step is not yet taken.
pub(super) fn meaning(cause: Cause) -> &'static str {
    match cause {
        Cause::ErlangC => {
            "by interval and pool, with as many visits as the full model has: fresh, redialled, repeated, transferred"
        }
        Cause::ErlangA => "the same with patience: exponential with the mean of each class",
        Cause::Simulation => {
            "everything below switched off: a run without warm-up begins empty, who waits at the end of an interval waits on in the \
             next, classes of one pool differ"
        }
        Cause::Property(Property::VariableVolume) => {
            "off: volumes come as expected, in days and half-hours alike, arrivals are Poisson"
        }
        Cause::Property(Property::HandlingShape) => {
            "off: talk and after-call work together are exponential, same mean"
        }
        Cause::Property(Property::PatienceShape) => {
            "off: exponential, same mean; balking does not see the load"
        }
        Cause::Property(Property::Returns) => "off: nobody comes back, as many visits come fresh",
        Cause::Property(Property::Skills) => {
            "off: the groups of a pool share its classes at once, all at its mean speed; no help from outside"
        }
        Cause::Property(Property::Transfers) => "off: nobody is handed on, as many visits come fresh",
        Cause::Property(Property::Pressure) => "off: handling takes what was drawn, whatever waits",
        Cause::Property(Property::Attendance) => {
            "off: as many as planned are there: no absence by chance, no shifts and breaks of persons, nobody off the phone"
        }
        Cause::Property(Property::Rules) => {
            "off: no ringing (it counts as talk), lines, waiting places, longest waits, offers to call back, \
             consultations, opening hours"
        }
        Cause::Forecast => "the first file, simulated",
        Cause::Part(Part::Volume) => "fresh contacts, and how days and half-hours scatter",
        Cause::Part(Part::HandleTime) => "talk, after-call work, ringing, speed of skills, pressure",
        Cause::Part(Part::Patience) => "patience and balking",
        Cause::Part(Part::Returns) => "redials, repeats, resolution, contacts of a case",
        Cause::Part(Part::Transfers) => "transfers and what happens at their limit",
        Cause::Part(Part::Staffing) => "plans, shifts, heads, work off the phone",
        Cause::Part(Part::Absence) => "unplanned absence and shrinkage",
        Cause::Part(Part::Routing) => "tiers, splits, what groups take, order in the queue",
        Cause::Part(Part::Rest) => {
            "all that is left: opening hours, lines, longest waits, callbacks, consultations, service levels, prices"
        }
    }
}
