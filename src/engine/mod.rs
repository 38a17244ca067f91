//! The event engine: an agenda of near events, a ledger of far ones, a slab of records.
//!
//! Has no notion of a contact or an agent. Invariant: events leave in the order of (time, rank, first scheduled first).

mod agenda;
mod ledger;
mod slab;

pub use agenda::{Agenda, Ranked};
pub use ledger::Ledger;
pub use slab::Slab;
