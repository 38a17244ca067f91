//! What a plan gives if every half-hour were in balance: Erlang A by pool, over days and half-hours that vary.
//!
//! Overflow between pools and what one half-hour leaves to the next are left out; the simulation has both. Invariant:
//! visits are those of the scenario with its hard days, agents are those of the plan.

use std::collections::BTreeMap;

use holdtime::analytics::{Base, Demand, ErlangA, Goal, agents_for_service_level, erlang_a};
use holdtime::scenario::Scenario;

use crate::demand::{self, Stream};
use crate::rows::Row;
use crate::{GROUPS, Load, Plan, is_deep_night, pool_load};

/// Mean patience in seconds, as in the scenario.
const PATIENCE_S: f64 = 370.0;
/// Half-hour in seconds.
const HALF_HOUR_S: f64 = 1800.0;
/// Nodes and weights of a normal factor (Gauss–Hermite, in standard deviations): days with 5, half-hours with 3.
const DAYS: [(f64, f64); 5] =
    [(-2.857, 0.01126), (-1.3556, 0.22208), (0.0, 0.53333), (1.3556, 0.22208), (2.857, 0.01126)];
const HALF_HOURS: [(f64, f64); 3] = [(-1.7321, 1.0 / 6.0), (0.0, 2.0 / 3.0), (1.7321, 1.0 / 6.0)];

/// What a service level is a share of, as in the scenario.
const BASE: Base = Base::EnteredLessShort { short_s: 5.0 };

/// Fewest agents with which `level.0` of the visits are answered within `level.1` seconds.
pub fn agents_for(load: Load, level: (f64, f64)) -> u32 {
    let goal = Goal { service_level: level.0, within_s: level.1, base: BASE, max_occupancy: 1.0 };
    agents_for_service_level(&demand(load), &goal)
}

fn demand(load: Load) -> Demand {
    Demand::new(load.visits / HALF_HOUR_S, load.work_s / load.visits).with_patience(PATIENCE_S)
}

/// Sums of what happens.
#[derive(Clone, Copy, Default)]
struct Sums {
    entered: f64,
    in_time: f64,
    base: f64,
    abandoned: f64,
    wait_s: f64,
    busy_h: f64,
    staffed_h: f64,
}

impl Sums {
    fn add(&mut self, other: &Self, weight: f64) {
        self.entered += weight * other.entered;
        self.in_time += weight * other.in_time;
        self.base += weight * other.base;
        self.abandoned += weight * other.abandoned;
        self.wait_s += weight * other.wait_s;
        self.busy_h += weight * other.busy_h;
        self.staffed_h += weight * other.staffed_h;
    }

    fn line(&self, name: &str) {
        println!(
            "{name:24} {:9.0} {:7.1} {:7.1} {:7.1} {:8.1} {:9.1}",
            self.entered / 1e3,
            100.0 * self.in_time / self.base,
            100.0 * self.abandoned / self.entered,
            self.wait_s / self.entered,
            100.0 * self.busy_h / self.staffed_h,
            self.staffed_h / 1e3,
        );
    }
}

/// Prints the year by pool and as a whole.
pub fn print(year: &Scenario, rows: &[Row], plans: &[Plan]) {
    let streams = demand::streams(year);
    let plan_rows = rows_by_day(year, rows);
    let common = year.day_variation.common;
    let (day_cv, half_hour_cv) = (year.classes[0].day_variation, year.classes[0].interval_variation);
    let pool_cv = ((1.0 - common) * day_cv * day_cv + half_hour_cv * half_hour_cv).sqrt();
    let first = year.almanac.first_counted();
    let mut pools: BTreeMap<&str, Sums> = BTreeMap::new();
    let mut days: BTreeMap<u32, [Sums; DAYS.len()]> = BTreeMap::new();
    let mut night: BTreeMap<&str, Sums> = BTreeMap::new();
    for (at, interval) in year.almanac.intervals.iter().enumerate().skip(first) {
        let slot = usize::from(interval.slot);
        for desk in GROUPS.iter().enumerate().filter(|(i, d)| GROUPS[..*i].iter().all(|e| e.pool != d.pool)) {
            let pool = desk.1.pool;
            let load = pool_load(pool, slot, &streams, |stream: &Stream| stream.visits[at]);
            let agents: f64 = GROUPS
                .iter()
                .zip(plans)
                .filter(|(d, _)| {
                    d.pool == pool || (pool == "night" && is_deep_night(slot) && d.group == "partner_b")
                })
                .map(|(_, plan)| plan[&plan_rows[interval.day as usize]][slot])
                .sum();
            if load.visits < 1e-9 {
                continue;
            }
            let by_day = days.entry(interval.day).or_default();
            for (node, (day_sd, day_weight)) in DAYS.iter().enumerate() {
                for (sd, weight) in HALF_HOURS {
                    let factor = (1.0 + day_sd * day_cv * common.sqrt()) * (1.0 + sd * pool_cv);
                    let sums = half_hour(load, factor, agents);
                    pools.entry(pool).or_default().add(&sums, weight * day_weight);
                    by_day[node].add(&sums, weight);
                    if is_deep_night(slot) || slot >= 44 {
                        night
                            .entry(if is_deep_night(slot) { "0 to 6 h" } else { "22 to 24 h" })
                            .or_default()
                            .add(&sums, weight * day_weight);
                    }
                }
            }
        }
    }
    println!(
        "{:24} {:>9} {:>7} {:>7} {:>7} {:>8} {:>9}",
        "", "visits k", "in 20 s", "left", "wait s", "busy %", "agents kh"
    );
    for (pool, sums) in &pools {
        sums.line(pool);
    }
    for (name, sums) in &night {
        sums.line(name);
    }
    let mut total = Sums::default();
    for sums in pools.values() {
        total.add(sums, 1.0);
    }
    total.line("all");
    let mut missed = 0.0;
    let mut worst = (1.0, 0);
    let mut monthly = [Sums::default(); 12];
    let mut weekly = [Sums::default(); 7];
    for (day, nodes) in &days {
        let mut mean = Sums::default();
        for (sums, (_, weight)) in nodes.iter().zip(DAYS) {
            missed += if sums.in_time / sums.base < 0.8 { weight } else { 0.0 };
            mean.add(sums, weight);
        }
        weekly[usize::from(year.almanac.days[*day as usize].weekday)].add(&mean, 1.0);
        monthly[year.almanac.days[*day as usize].date.month() as usize - 1].add(&mean, 1.0);
        if mean.in_time / mean.base < worst.0 {
            worst = (mean.in_time / mean.base, *day);
        }
    }
    for (m, s) in weekly.iter().enumerate() {
        s.line(&format!("weekday {}", m + 1));
    }
    for (m, s) in monthly.iter().enumerate() {
        s.line(&format!("month {}", m + 1));
    }
    println!("days below 80 %: {:.0} of {}", missed, days.len());
    println!("worst day: {} with {:.0} %", year.almanac.days[worst.1 as usize].date, worst.0 * 100.0);
}

/// One pool in one half-hour.
fn half_hour(load: Load, factor: f64, agents: f64) -> Sums {
    let load = Load { visits: load.visits * factor, work_s: load.work_s * factor };
    let queue: ErlangA = erlang_a(&demand(load), agents.round() as u32);
    let abandoned = queue.abandonment;
    Sums {
        entered: load.visits,
        in_time: load.visits * queue.answered_within(20.0),
        base: load.visits * (1.0 - queue.abandoned_within(5.0)),
        abandoned: load.visits * abandoned,
        wait_s: load.visits * queue.mean_wait_s,
        busy_h: load.work_s * (1.0 - abandoned) / 3600.0,
        staffed_h: agents / 2.0,
    }
}

/// The label of the row that each day uses.
fn rows_by_day(year: &Scenario, rows: &[Row]) -> Vec<String> {
    let mut labels = vec![String::new(); year.almanac.days.len()];
    for row in rows {
        for &at in row.intervals.iter().flatten() {
            labels[year.almanac.intervals[at].day as usize].clone_from(&row.label);
        }
    }
    labels
}
