//! Keyed random numbers and distributions.
//!
//! The only place that touches random numbers. A stream is named by what it is for (case, contact, leg, purpose),
//! never by when it is made, so that adding a queue or an agent shifts nobody else's numbers.
//! Invariant: values depend on the key alone: no platform mathematics, no global state, no counter. Laws of one family
//! transform the same underlying normal or exponential number, so that a mean 10 % higher moves each value by 10 %.

mod by_key;
mod dist;
mod error;
mod exponential;
mod gamma;
#[cfg(test)]
mod goodness;
mod key;
mod lognormal;
mod mixture;
mod moments;
mod normal;
mod residual;
mod shifted;
mod table;
mod triangular;
mod truncated;
mod uniform;
mod weibull;
mod ziggurat;

pub use by_key::ByKey;
pub use dist::Dist;
pub use error::DistError;
pub use exponential::standard_exponential;
pub use key::{Key, Kin, Purpose, Stream};
pub use normal::standard_normal;
