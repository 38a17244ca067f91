//! Shares and talk that are others from a date on.
//!
//! What holds for a visit is what holds when it enters. Invariant: where nothing is dated every factor is exactly 1.

use crate::scenario::checked::{DatedShares, DatedSkill, Scenario};

use super::centre::Centre;
use super::contact::Contact;
use super::fact::Visit;
use super::rules::Rules;

/// Factors on the handling of a visit.
#[derive(Clone, Copy, Debug)]
pub(super) struct DatedHandling {
    pub talk: f64,
    pub resolution: f64,
}

impl DatedHandling {
    pub const NONE: Self = Self { talk: 1.0, resolution: 1.0 };
}

/// Whether any date changes a share, the talk of a group, or a skill.
pub(super) fn has_dated_factors(scenario: &Scenario) -> bool {
    let is_dated = |dated: &DatedShares| *dated != DatedShares::default();
    scenario.classes.iter().any(|class| is_dated(&class.dated))
        || scenario.groups.iter().any(|group| !group.dated_talk.is_empty() || !group.dated_skills.is_empty())
}

impl Rules {
    #[cold]
    pub(super) fn dated_handling(&self, contact: &Contact) -> DatedHandling {
        let interval = contact.visit.interval;
        let (group, class) = (&self.groups[contact.group.index()], contact.visit.class);
        let skill = group.dated_skills.iter().find(|dated| dated.class == class);
        let of_skill =
            |factors: fn(&DatedSkill) -> &[f64]| skill.map_or(1.0, |skill| at(factors(skill), interval));
        DatedHandling {
            talk: at(&group.dated_talk, interval) * of_skill(|dated| &dated.talk),
            resolution: at(&self.classes[class.index()].class.dated.resolution, interval)
                * of_skill(|dated| &dated.resolution),
        }
    }
}

impl Centre<'_> {
    /// The factor on a share of those who come back after `visit`.
    #[inline]
    pub(super) fn dated_share(&self, visit: &Visit, of: fn(&DatedShares) -> &[f64]) -> f64 {
        if self.rules.has_dated_factors {
            at(of(&self.rules.classes[visit.class.index()].class.dated), visit.interval)
        } else {
            1.0
        }
    }
}

fn at(factors: &[f64], interval: u32) -> f64 {
    factors.get(interval as usize).copied().unwrap_or(1.0)
}
