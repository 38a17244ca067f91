//! What a plan gives if every half-hour were in balance: Erlang A by pool, over days and half-hours that vary.
//!
//! Overflow between pools and what one half-hour leaves to the next are left out; the simulation has both. Invariant:
//! visits are those of the scenario with its hard days, agents are those of the plan.

use std::collections::{BTreeMap, BTreeSet};

use holdtime::analytics::{self, Base, Demand, Formula, MOST_AGENTS, ServiceLevel, Targets, erlang_a};
use holdtime::scenario::Scenario;

use crate::demand;
use crate::desks::{GROUPS, Load, NIGHT, is_deep_night, pool_load};
use crate::rows::Row;
use crate::{LEVEL, Plan};

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
    let service_level = Some(ServiceLevel { share: level.0, within_s: level.1, base: BASE });
    let targets = Targets { service_level, ..Targets::default() };
    analytics::agents_for(&demand(load), Formula::ErlangA, &targets, MOST_AGENTS)
        .unwrap_or_else(|far| far.agents)
}

fn demand(load: Load) -> Demand {
    Demand::new(load.visits / HALF_HOUR_S, load.work_s / load.visits)
        .with_patience(load.patience_s / load.visits)
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

    fn level(&self) -> f64 {
        self.in_time / self.base
    }

    fn line(&self, name: &str) {
        println!(
            "{name:24} {:9.0} {:7.1} {:7.1} {:7.1} {:8.1} {:9.1}",
            self.entered / 1e3,
            100.0 * self.level(),
            100.0 * self.abandoned / self.entered,
            self.wait_s / self.entered,
            100.0 * self.busy_h / self.staffed_h,
            self.staffed_h / 1e3,
        );
    }
}

/// Prints the year by pool, by part of the night, by weekday and month, and as a whole.
pub fn print(year: &Scenario, rows: &[Row], plans: &[Plan]) {
    let streams = demand::streams(year);
    let plan_rows = rows_by_day(year, rows);
    let mut pools: BTreeMap<&str, Sums> = BTreeMap::new();
    let mut night: BTreeMap<&str, Sums> = BTreeMap::new();
    let mut days: BTreeMap<usize, [Sums; DAYS.len()]> = BTreeMap::new();
    let variation = Variation::of(year);
    for (at, interval) in year.almanac.intervals.iter().enumerate().skip(year.almanac.first_counted()) {
        let (day, slot) = (interval.day as usize, usize::from(interval.slot));
        for pool in GROUPS.iter().map(|desk| desk.pool).collect::<BTreeSet<_>>() {
            let load = pool_load(pool, slot, &streams, |stream| stream.visits[at]);
            if load.visits < 1e-9 {
                continue;
            }
            let agents = agents(pool, slot, &plan_rows[day], plans);
            let by_day = days.entry(day).or_default();
            for (node, day_weight, factor, weight) in variation.nodes() {
                let sums = half_hour(load.times(factor), agents);
                by_day[node].add(&sums, weight);
                pools.entry(pool).or_default().add(&sums, day_weight * weight);
                if let Some(part) = part_of_night(slot) {
                    night.entry(part).or_default().add(&sums, day_weight * weight);
                }
            }
        }
    }
    println!(
        "{:24} {:>9} {:>7} {:>7} {:>7} {:>8} {:>9}",
        "", "visits k", "in 20 s", "left", "wait s", "busy %", "agents kh"
    );
    pools.iter().chain(&night).for_each(|(name, sums)| sums.line(name));
    print_days(year, &days);
}

/// Prints weekdays, months, the year, and how many days miss the level planned for.
fn print_days(year: &Scenario, days: &BTreeMap<usize, [Sums; DAYS.len()]>) {
    let mut total = Sums::default();
    let mut weekdays = [Sums::default(); 7];
    let mut months = [Sums::default(); 12];
    let mut missed = 0.0;
    let mut worst = (f64::INFINITY, 0);
    for (&day, nodes) in days {
        let mut mean = Sums::default();
        for (sums, (_, weight)) in nodes.iter().zip(DAYS) {
            missed += if sums.level() < LEVEL.0 { weight } else { 0.0 };
            mean.add(sums, weight);
        }
        let date = &year.almanac.days[day];
        total.add(&mean, 1.0);
        weekdays[usize::from(date.weekday)].add(&mean, 1.0);
        months[date.date.month() as usize - 1].add(&mean, 1.0);
        if mean.level() < worst.0 {
            worst = (mean.level(), day);
        }
    }
    for (weekday, sums) in weekdays.iter().enumerate().filter(|(_, sums)| sums.entered > 0.0) {
        sums.line(&format!("weekday {}", weekday + 1));
    }
    for (month, sums) in months.iter().enumerate().filter(|(_, sums)| sums.entered > 0.0) {
        sums.line(&format!("month {}", month + 1));
    }
    total.line("year");
    println!("days below {:.0} %: {missed:.0} of {}", 100.0 * LEVEL.0, days.len());
    println!("worst day: {} with {:.0} %", year.almanac.days[worst.1].date, 100.0 * worst.0);
}

/// How days and half-hours vary, by nodes.
struct Variation {
    /// Standard deviation of what a day has in common for all classes.
    day: f64,
    /// Standard deviation of the rest, of which a pool is taken to hold one class.
    half_hour: f64,
}

impl Variation {
    fn of(year: &Scenario) -> Self {
        let class = &year.classes[0];
        let (day, common) = (class.day_variation.powi(2), year.day_variation.common);
        let half_hour = (day * (1.0 - common) + class.interval_variation.powi(2)).sqrt();
        Self { day: (day * common).sqrt(), half_hour }
    }

    /// Node of the day and its weight, factor on the visits, weight of the half-hour within the day.
    fn nodes(&self) -> impl Iterator<Item = (usize, f64, f64, f64)> {
        DAYS.iter().enumerate().flat_map(move |(node, &(day, day_weight))| {
            HALF_HOURS.iter().map(move |&(half_hour, weight)| {
                (node, day_weight, (1.0 + day * self.day) * (1.0 + half_hour * self.half_hour), weight)
            })
        })
    }
}

/// Agents of a pool in a half-hour; in the deep night the night desk has partner B with it.
fn agents(pool: &str, slot: usize, row: &str, plans: &[Plan]) -> f64 {
    let helps = |group: &str| pool == "night" && is_deep_night(slot) && group == "partner_b";
    let desks = GROUPS.iter().zip(plans).filter(|(desk, _)| desk.pool == pool || helps(desk.group));
    desks.map(|(_, plan)| plan[row][slot]).sum()
}

fn part_of_night(slot: usize) -> Option<&'static str> {
    match slot {
        _ if is_deep_night(slot) => Some("0 to 6 h"),
        _ if slot >= NIGHT.1 => Some("22 to 24 h"),
        _ => None,
    }
}

/// One pool in one half-hour.
fn half_hour(load: Load, agents: f64) -> Sums {
    let queue = erlang_a(&demand(load), agents.round() as u32);
    Sums {
        entered: load.visits,
        in_time: load.visits * queue.answered_within(LEVEL.1),
        base: load.visits * (1.0 - queue.abandoned_within(5.0)),
        abandoned: load.visits * queue.abandonment,
        wait_s: load.visits * queue.mean_wait_s,
        busy_h: load.work_s * (1.0 - queue.abandonment) / 3600.0,
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
