//! Scenario files: TOML in, a checked [`Scenario`] out, or every problem at once.
//!
//! The only floor that knows file syntax. Opens no file itself: text comes through a source given by the caller.

pub mod almanac;
pub mod checked;

pub use almanac::Almanac;
pub use checked::Scenario;
