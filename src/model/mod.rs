//! The centre: its rules, its state, what happens in it, and the facts that it states.
//!
//! Formats no text and counts nothing for a report; what its own rules must know (visits waiting per group, last
//! interval's occupancy) are named signals. Invariant: a replication depends on (rules, seed, index) and nothing else.

mod access;
mod agents;
mod arrivals;
mod attendance;
mod backlog;
mod brings;
mod callback;
mod centre;
mod choice;
mod conditions;
mod conference;
mod contact;
mod cut;
mod dated;
mod day_factors;
mod event;
mod expected_wait;
pub mod fact;
mod fatigue;
mod handling;
mod off_phone;
mod pace;
mod pressure;
mod queue;
mod returns;
mod ringing;
mod roster;
mod routing;
mod rules;
mod sequence;
mod trail;
mod transfer;
mod unknowns;

pub use brings::{Brings, Brought};
pub use centre::{Centre, RunEnd};
pub use fact::{Fact, Observer};
pub use rules::Rules;
