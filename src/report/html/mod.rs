//! Reports for managers: one HTML file that can be mailed, with everything inside.
//!
//! Computes no measure and judges nothing. Invariant: the file loads nothing, and what is written depends on the result alone.
//!
//! Another command gets its report by making a [`model::Report`]: the page is written by what is here.

mod compare;
mod markup;
mod model;
mod page;
mod parts;
mod run;
mod svg;
mod sweep;

pub use compare::write_comparison_html;
pub use model::Assumption;
pub use run::write_html;
pub use sweep::write_sweep_html;
