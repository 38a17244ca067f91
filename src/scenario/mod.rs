//! Scenario files: TOML in, a checked [`Scenario`] out, or every problem at once.
//!
//! The only floor that knows file syntax. Opens no file itself: text comes through a [`Source`] given by the caller.
//!
//! ```text
//! files, --set ──layers──▶ one tree, every value with its place
//!              ──shape───▶ unknown keys, kinds, limits, names, alternatives (by the table of keys in `format`)
//!              ──load────▶ what values say together ──▶ Scenario, or Diagnostics
//! ```

mod absence;
pub mod almanac;
mod backlog;
mod balking;
mod calendar;
mod callback;
mod change;
pub mod checked;
mod class;
mod contract;
mod csv_table;
mod dates;
mod days;
mod diagnostic;
mod duration;
mod elsewhere;
mod expectation;
mod expected_wait;
mod form;
mod format;
mod group;
mod hours;
mod incident;
mod law;
mod layers;
mod levers;
mod limits;
mod lines;
mod load;
mod max_wait;
mod off_phone;
mod offered;
mod parts;
mod plan;
mod policy;
mod read;
mod region;
mod resolved;
mod returns;
mod routing;
mod schema;
mod service;
mod service_level;
mod settle;
mod shape;
mod shifts;
mod shrinkage;
mod site;
mod skill;
mod snapshots;
mod source;
mod surcharge;
mod transfer;
mod tree;
mod unheeded;
mod visits;
mod volume;
mod wave;

pub use almanac::Almanac;
pub use change::Change;
pub use checked::Scenario;
pub use diagnostic::{Diagnostic, Diagnostics, Paint, Severity};
pub use duration::seconds;
pub use expectation::Expected;
pub use incident::Incident;
pub use load::{DefaultUsed, Loaded, load};
pub use resolved::ResolvedValue;
pub use schema::schema_json;
pub use source::{Source, SourceError, Texts};
