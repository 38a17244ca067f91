//! What a sweep is: which scenario, varied how, with which seed; by it parts of one sweep know each other.
//!
//! Invariant: two plans that are equal give the same points, byte for byte.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Axis, Grid};

/// Of the files of a sweep; another number means another layout.
pub const FORMAT: u32 = 2;

/// A sweep before it runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// [`FORMAT`].
    pub format: u32,
    /// Of holdtime: another one may draw other numbers.
    pub version: String,
    /// Name of the scenario.
    pub scenario: String,
    /// Random seed.
    pub seed: u64,
    /// Parameters and their values.
    pub vary: Vec<Axis>,
    /// Replications of each point.
    pub replications: Vec<u32>,
    /// Hash of the scenario of each point.
    pub hashes: Vec<String>,
    /// Values of the first point by key: what to name where hashes differ.
    pub values: BTreeMap<String, String>,
}

impl Plan {
    /// Its points.
    #[must_use]
    pub fn grid(&self) -> Grid {
        Grid { axes: self.vary.clone() }
    }

    /// Whether everything fits together: for plans that come from elsewhere.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let points = self.grid().len();
        self.format == FORMAT && self.hashes.len() == points && self.replications.len() == points
    }

    /// What another plan has otherwise, in words: what, there, here. Empty for the same sweep.
    #[must_use]
    pub fn differences(&self, there: &Self) -> Vec<(String, String, String)> {
        let vary = |plan: &Self| {
            let axis = |axis: &Axis| format!("{}={}", axis.path, axis.values.join(","));
            plan.vary.iter().map(axis).collect::<Vec<_>>().join(" ")
        };
        let replications = |plan: &Self| {
            let mut different = plan.replications.clone();
            different.dedup();
            different.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
        };
        let mut found: Vec<(String, String, String)> = [
            ("version", there.version.clone(), self.version.clone()),
            ("scenario", there.scenario.clone(), self.scenario.clone()),
            ("seed", there.seed.to_string(), self.seed.to_string()),
            ("parameters", vary(there), vary(self)),
            ("replications", replications(there), replications(self)),
        ]
        .into_iter()
        .filter(|(_, there, here)| there != here)
        .map(|(what, there, here)| (what.to_owned(), there, here))
        .collect();
        if found.is_empty() && self.hashes != there.hashes {
            let keys = self.values.keys().chain(there.values.keys()).collect::<BTreeSet<_>>();
            let of = |plan: &Self, key: &str| {
                plan.values.get(key).cloned().unwrap_or_else(|| "nothing".to_owned())
            };
            let other = keys.into_iter().filter(|key| self.values.get(*key) != there.values.get(*key));
            found.extend(other.map(|key| (key.clone(), of(there, key), of(self, key))));
        }
        // The values are told of the first point alone, without what its files hold.
        if found.is_empty() && self.hashes != there.hashes {
            let other = self.hashes.iter().zip(&there.hashes).filter(|(here, there)| here != there).count();
            let of = self.hashes.len();
            found.push((
                "values of the scenario, or a file that it names".to_owned(),
                "as they were".to_owned(),
                format!("others in {other} of {of} points"),
            ));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        Plan {
            format: FORMAT,
            version: "1".into(),
            scenario: "a".into(),
            seed: 1,
            vary: vec![Axis::read("a=1,2").unwrap()],
            replications: vec![5, 5],
            hashes: vec!["x".into(), "y".into()],
            values: BTreeMap::from([("a".into(), "1".into()), ("b".into(), "7".into())]),
        }
    }

    #[test]
    fn what_differs_is_named_with_both_values() {
        assert!(plan().differences(&plan()).is_empty());
        let other = Plan { seed: 2, ..plan() };
        assert_eq!(plan().differences(&other), [("seed".into(), "2".into(), "1".into())]);
        let changed = Plan { hashes: vec!["x".into(), "z".into()], ..plan() };
        assert_eq!(plan().differences(&changed)[0].2, "others in 1 of 2 points");
        let values = BTreeMap::from([("a".into(), "1".into()), ("c".into(), "8".into())]);
        let changed = Plan { values, ..changed };
        let named = |key: &str, there: &str, here: &str| (key.to_owned(), there.to_owned(), here.to_owned());
        assert_eq!(plan().differences(&changed), [named("b", "nothing", "7"), named("c", "8", "nothing")]);
    }

    #[test]
    fn a_plan_with_missing_points_is_not_sound() {
        assert!(plan().is_sound());
        assert!(!Plan { hashes: vec![], ..plan() }.is_sound());
        assert!(!Plan { format: FORMAT + 1, ..plan() }.is_sound());
    }
}
