//! The only opener of files: scenarios in, results out.
//!
//! Knows no file's meaning. Invariant: an output file appears whole or not at all.

mod disk;
mod folder;
mod parts;
mod place;

pub use disk::Disk;
pub use folder::{Draft, Folder, Written};
pub use parts::{Part, Parts};
pub use place::Place;
