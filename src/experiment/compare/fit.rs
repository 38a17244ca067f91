//! Whether scenarios can be compared at all: over the same time, cut into the same intervals.
//!
//! Words no sentence. Invariant: found before anything runs.

use crate::scenario::Scenario;

/// What two scenarios have otherwise, so that they cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Position of the scenario that does not fit.
    pub scenario: usize,
    /// The key.
    pub key: &'static str,
    /// What it has.
    pub found: String,
    /// What the reference has.
    pub wanted: String,
}

/// A key that must be the same, and how its value is read.
type Key = (&'static str, fn(&Scenario) -> String);

/// All misfits of all scenarios with the one at `reference`.
#[must_use]
pub fn misfits(scenarios: &[&Scenario], reference: usize) -> Vec<Misfit> {
    let keys: [Key; 5] = [
        ("horizon", |scenario| scenario.almanac.horizon.to_string()),
        ("start", |scenario| first_day(scenario)),
        ("time_zone", |scenario| scenario.almanac.time_zone.clone()),
        ("interval", |scenario| scenario.almanac.interval.to_string()),
        ("warm_up", |scenario| scenario.almanac.warm_up.to_string()),
    ];
    let of = |position: usize| {
        keys.iter().filter_map(move |(key, value)| {
            let (found, wanted) = (value(scenarios[position]), value(scenarios[reference]));
            (found != wanted).then_some(Misfit { scenario: position, key, found, wanted })
        })
    };
    (0..scenarios.len()).flat_map(of).collect()
}

/// The date and the second of the day (UTC) at which counting begins.
fn first_day(scenario: &Scenario) -> String {
    let almanac = &scenario.almanac;
    if !almanac.is_dated {
        return "no date".to_owned();
    }
    let counted = almanac.first_counted();
    let Some(interval) = almanac.intervals.get(counted) else { return "nothing".to_owned() };
    let minutes = u64::from(interval.slot) * almanac.interval.0 / 60_000_000;
    format!("{} {:02}:{:02}", almanac.days[interval.day as usize].date, minutes / 60, minutes % 60)
}
