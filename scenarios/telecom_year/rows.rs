//! The rows of a plan: one by month and weekday, one by date where a date differs from its like.
//!
//! Invariant: every date of the year belongs to exactly one row, and the dates of the warm-up have rows of their own.

use std::collections::BTreeMap;

use holdtime::scenario::Scenario;

use crate::shifts::SLOTS;

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Dates that are planned alike.
pub struct Row {
    /// As plan files write it: `2026-03 mon` or `2026-04-03`.
    pub label: String,
    /// 1–12.
    pub month: usize,
    /// Monday to Friday and no holiday.
    pub is_working_day: bool,
    /// A single date that differs from its like, or lies in the warm-up.
    pub is_special: bool,
    /// Dates of the year (not of the warm-up) that use the row.
    pub days: f64,
    /// The intervals of those dates by half-hour of the local day; two where October repeats an hour, none where March
    /// leaves one out.
    pub intervals: Vec<Vec<usize>>,
}

impl Row {
    /// Mean of a series over the dates of the row.
    pub fn mean_of(&self, series: &[f64], slot: usize) -> f64 {
        let intervals = &self.intervals[slot];
        intervals.iter().map(|&at| series[at]).sum::<f64>() / intervals.len().max(1) as f64
    }
}

/// All rows, in the order of their labels.
pub fn rows(scenario: &Scenario) -> Vec<Row> {
    let almanac = &scenario.almanac;
    let first_counted = almanac.intervals[almanac.first_counted()].day as usize;
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (day, date) in almanac.days.iter().enumerate() {
        let label = format!("{} {}", &date.date.to_string()[..7], WEEKDAYS[usize::from(date.weekday)]);
        alike.entry(label).or_default().push(day);
    }
    let by_day = intervals_by_day(scenario);
    let mut rows = Vec::new();
    for (label, days) in alike {
        let usual = usual_day(scenario, &by_day, &days);
        let (plain, special): (Vec<usize>, Vec<usize>) = days
            .into_iter()
            .partition(|&day| day >= first_counted && is_alike(scenario, &by_day[day], &by_day[usual]));
        for day in special {
            let label = almanac.days[day].date.to_string();
            rows.push(row(scenario, label, &[day], f64::from(u8::from(day >= first_counted)), &by_day));
        }
        if !plain.is_empty() {
            rows.push(row(scenario, label, &plain, plain.len() as f64, &by_day));
        }
    }
    rows
}

fn row(scenario: &Scenario, label: String, days: &[usize], weight: f64, by_day: &[Vec<Vec<usize>>]) -> Row {
    let day = &scenario.almanac.days[days[0]];
    let is_working_day = day.weekday < 5 && !day.is_holiday;
    let month = label[5..7].parse().expect("labels begin with a date");
    let intervals =
        (0..SLOTS).map(|slot| days.iter().flat_map(|&day| by_day[day][slot].iter().copied()).collect());
    Row {
        is_special: !label.contains(' '),
        label,
        month,
        is_working_day,
        days: weight,
        intervals: intervals.collect(),
    }
}

/// The intervals of every day by half-hour of the local clock.
fn intervals_by_day(scenario: &Scenario) -> Vec<Vec<Vec<usize>>> {
    let mut by_day = vec![vec![Vec::new(); SLOTS]; scenario.almanac.days.len()];
    for (at, interval) in scenario.almanac.intervals.iter().enumerate() {
        by_day[interval.day as usize][usize::from(interval.slot)].push(at);
    }
    by_day
}

/// The day that most of the others are like; the earliest of equals.
fn usual_day(scenario: &Scenario, by_day: &[Vec<Vec<usize>>], days: &[usize]) -> usize {
    let like = |day: usize| days.iter().filter(|&&d| is_alike(scenario, &by_day[day], &by_day[d])).count();
    days.iter().copied().rev().max_by_key(|&day| like(day)).expect("a row has days")
}

/// Whether two days have the same forecast in the half-hours that both have.
fn is_alike(scenario: &Scenario, one: &[Vec<usize>], other: &[Vec<usize>]) -> bool {
    one.iter().zip(other).all(|(a, b)| {
        let (Some(&a), Some(&b)) = (a.first(), b.first()) else { return true };
        scenario
            .classes
            .iter()
            .all(|c| (c.fresh_rate[a] - c.fresh_rate[b]).abs() <= 1e-9 * c.fresh_rate[a].max(1e-9))
    })
}
