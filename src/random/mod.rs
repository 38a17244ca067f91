//! Keyed random numbers and distributions.
//!
//! The only place that touches random numbers. A stream is named by what it is for (case, contact, leg, purpose),
//! never by when it is made, so that adding a queue or an agent shifts nobody else's numbers.
//! Invariant: values depend on the key alone: no platform mathematics, no global state, no counter.

mod key;

pub use key::{Key, Kin, Purpose, Stream};
