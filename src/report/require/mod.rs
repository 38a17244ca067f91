//! What a scenario needs, as a page, JSON or CSV.
//!
//! Works nothing out that a sum does not hold. Invariant: what is on the page is in JSON and CSV, unrounded.

mod data;
mod page;

pub use data::{write_requirement_csv, write_requirement_json};
pub use page::requirement_page;

use crate::calculator::PlanCheck;
use crate::scenario::{Expected, Scenario};
use crate::staffing::{By, Requirement};

/// A requirement with what it was made from.
#[derive(Clone, Copy, Debug)]
pub struct Required<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What it expects.
    pub expected: &'a Expected,
    /// What it needs.
    pub requirement: &'a Requirement,
    /// How finely it is told.
    pub by: By,
    /// What a simulation says of it, if one was asked for.
    pub check: Option<&'a PlanCheck>,
}

impl Required<'_> {
    /// Whether the way to paid hours is known.
    fn is_paid(&self) -> bool {
        self.requirement.payroll.is_told(&self.scenario.groups)
    }

    /// Classes and groups of a pool.
    fn pool_names(&self, pool: usize) -> (Vec<&str>, Vec<&str>) {
        let of = &self.requirement.pools[pool];
        let mut classes: Vec<&str> =
            of.branches.iter().map(|(class, _)| self.scenario.classes[*class].name.as_str()).collect();
        classes.dedup();
        let groups = of.groups.iter().map(|group| self.scenario.groups[*group].name.as_str()).collect();
        (classes, groups)
    }
}
