//! Demand as the scenario makes it: rates and plans of single days, read off without a run, and the contacts that come of them.

mod arrivals;
mod changes;
mod days;
mod holidays;
mod incidents;
mod rates;
mod uncertainty;

use holdtime::scenario::{Loaded, Texts, load};

/// A scenario that is valid.
fn loaded(text: &str, sets: &[&str]) -> Loaded {
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    load("s.toml", &sets, &Texts::new().with("s.toml", text)).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Fresh contacts expected of a class on a day.
fn fresh_on(loaded: &Loaded, class: usize, date: &str) -> f64 {
    let scenario = &loaded.scenario;
    let almanac = &scenario.almanac;
    let is_on = |day: u32| almanac.days[day as usize].date.to_string() == date;
    let rates = almanac.intervals.iter().zip(&scenario.classes[class].fresh_rate);
    rates.filter(|(at, _)| is_on(at.day)).map(|(_, rate)| rate).sum::<f64>() * almanac.interval.as_secs_f64()
}

/// Agents planned in a group at noon of a day.
fn planned_at_noon(loaded: &Loaded, group: usize, date: &str) -> f64 {
    let scenario = &loaded.scenario;
    let almanac = &scenario.almanac;
    let is_noon = |i: &usize| {
        let at = almanac.intervals[*i];
        almanac.days[at.day as usize].date.to_string() == date
            && usize::from(at.slot) == almanac.slots_per_day / 2
    };
    let noon = (0..almanac.n_intervals()).find(is_noon).expect("the day is part of the run");
    scenario.groups[group].plan[noon]
}
