//! The typical week, days, and intervals of every date.
//!
//! Adds nothing up but divides: an average interval of the typical week is its sum over all weeks ÷ how many there are.
//! Invariant: labels of periods are those of the other formats; the date and the time of the day beside them are real ones.

use jiff::civil::Date;

use super::measures::{cells, headings};
use super::months::OF_PERIODS;
use super::sheet::{Cell, Look, Sheet};
use crate::experiment::{Distribution, Measures, Outcome, PeriodRow};
use crate::scenario::Scenario;
use crate::stats::Estimate;

pub(super) const WEEK: &str = "Week";
pub(super) const DAYS: &str = "Days";
const WORST_DAYS: &str = "Worst days";
const INTERVALS: &str = "Intervals";

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// Class × weekday × interval; agents stand with the total, as they belong to no class.
pub(super) fn week(outcome: &Outcome, scenario: &Scenario) -> Sheet {
    let interval_h = scenario.almanac.interval.as_secs_f64() / 3600.0;
    let mut sheet = Sheet::new(
        WEEK,
        [
            "scope",
            "class",
            "period",
            "weekday",
            "time",
            "intervals",
            "offered in all",
            "offered each",
            "± offered each",
            "required",
            "logged in",
            "net",
            "service_level",
            "± service_level",
            "abandoned in all",
            "abandonment",
            "± abandonment",
            "asa_s",
            "asa m:s",
            "occupancy",
            "± occupancy",
        ],
    )
    .keeping(3);
    let mut push = |scope: &str, class: &str, row: &PeriodRow, of: &Measures| {
        let mean = |name: &str| of.get(name).and_then(|estimate| estimate.mean);
        let intervals = mean("span_h").map(|hours| (hours / interval_h).round());
        let each = |value: Option<f64>| value.zip(intervals).map(|(value, n)| value / n);
        let offered = of.get("offered");
        let half_width = offered.and_then(|estimate| estimate.half_width);
        let logged_in = mean("staffed_h").zip(mean("span_h")).map(|(agents, span)| agents / span);
        let share = |name: &str| -> [Cell; 2] {
            [Cell::mean(of.get(name), Look::Share), Cell::half_width(of.get(name), Look::Share)]
        };
        let [level, level_width] = share("service_level");
        let [abandonment, abandonment_width] = share("abandonment");
        let [occupancy, occupancy_width] = share("occupancy");
        let (weekday, time) = slot(&row.label);
        sheet.push(vec![
            Cell::text(scope),
            Cell::text(class),
            Cell::text(&*row.label),
            weekday,
            time,
            Cell::number(intervals, Look::Count),
            Cell::mean(offered, Look::Count),
            Cell::number(each(mean("offered")), Look::Tenths),
            Cell::number(each(half_width), Look::Tenths),
            Cell::mean(of.get("required"), Look::Tenths),
            Cell::number(logged_in, Look::Tenths),
            Cell::mean(of.get("net_staffing"), Look::Tenths),
            level,
            level_width,
            Cell::mean(of.get("abandoned"), Look::Count),
            abandonment,
            abandonment_width,
            Cell::mean(of.get("asa_s"), Look::Seconds),
            Cell::mean(of.get("asa_s"), Look::Clock),
            occupancy,
            occupancy_width,
        ]);
    };
    outcome.by_interval.iter().for_each(|row| push("total", "", row, &row.total));
    for (i, class) in outcome.classes.iter().enumerate() {
        for row in &outcome.by_interval {
            if let Some(measures) = row.classes.get(i) {
                push("class", &class.name, row, measures);
            }
        }
    }
    sheet
}

/// `Mon 10:00`, `day 1 10:00`: the weekday and the time of the day.
fn slot(label: &str) -> (Cell, Cell) {
    match label.rsplit_once(' ') {
        Some((day, clock)) => (Cell::text(day), time(clock)),
        None => (Cell::Empty, Cell::Empty),
    }
}

fn time(clock: &str) -> Cell {
    minutes(clock).map_or_else(|| Cell::text(clock), Cell::Time)
}

fn minutes(clock: &str) -> Option<u16> {
    let (hours, minutes) = clock.split_once(':')?;
    Some(hours.parse::<u16>().ok()? * 60 + minutes.parse::<u16>().ok()?)
}

/// One row for each day, with how far the replications lie apart and how many of them miss its targets.
pub(super) fn days(outcome: &Outcome, scenario: &Scenario) -> Sheet {
    const SPREAD: [&str; 5] = ["lowest", "P10", "P50", "P90", "highest"];
    let judged: Vec<usize> =
        (0..outcome.targets.len()).filter(|target| outcome.targets[*target].per == "day").collect();
    let fixed = ["day", "weekday", "holiday"].map(str::to_owned);
    let spread = SPREAD.map(|of| format!("service_level {of}"));
    let missed = judged.iter().map(|target| format!("missed: {}", outcome.targets[*target].name()));
    let headings = fixed.into_iter().chain(headings(&OF_PERIODS)).chain(spread).chain(missed);
    let mut sheet = Sheet::new(DAYS, headings);
    let almanac = &scenario.almanac;
    let first = almanac.intervals.get(almanac.first_counted()).map_or(0, |interval| interval.day as usize);
    for (i, row) in outcome.by_day.iter().enumerate() {
        let day = almanac.days.get(first + i);
        let weekday =
            day.filter(|_| almanac.is_dated).map_or("", |day| WEEKDAYS[usize::from(day.weekday) % 7]);
        let holiday = day.filter(|day| day.is_holiday).map_or("", |_| "yes");
        let mut cells_of = vec![date(&row.label), Cell::text(weekday), Cell::text(holiday)];
        cells_of.extend(cells(&row.total, &OF_PERIODS));
        let spread = outcome.days.get(i).and_then(|day| day.service_level.as_ref());
        let of = |value: fn(&Distribution) -> Option<f64>| Cell::number(spread.and_then(value), Look::Share);
        cells_of.extend([
            of(|s| Some(s.min)),
            of(|s| s.p10),
            of(|s| Some(s.p50)),
            of(|s| s.p90),
            of(|s| Some(s.max)),
        ]);
        cells_of.extend(judged.iter().map(|target| {
            let missed = outcome.days.get(i).and_then(|day| *day.missed.get(*target)?);
            Cell::number(missed, Look::Share)
        }));
        sheet.push(cells_of);
    }
    sheet
}

/// The worst days, the worst first; `None` where there are none.
pub(super) fn worst_days(outcome: &Outcome) -> Option<Sheet> {
    if outcome.worst_days.is_empty() {
        return None;
    }
    let headings = [
        "rank",
        "day",
        "service_level",
        "abandonment",
        "hours short",
        "by volume",
        "by absence",
        "by misfit",
        "reason",
    ];
    let mut sheet = Sheet::new(WORST_DAYS, headings).keeping(2);
    for (rank, day) in (1..).zip(&outcome.worst_days) {
        let hours = |value| Cell::number(Some(value), Look::Hours);
        sheet.push(vec![
            Cell::count(rank),
            date(&day.period),
            Cell::number(Some(day.service_level), Look::Share),
            Cell::number(Some(day.abandonment), Look::Share),
            hours(day.hours_short),
            hours(day.hours_by_volume),
            hours(day.hours_by_absence),
            hours(day.hours_by_misfit),
            Cell::text(day.reason.map_or("", crate::report::words::reason)),
        ]);
    }
    Some(sheet)
}

/// `2026-03-23` as a real date; `day 1` as it is.
fn date(label: &str) -> Cell {
    label.parse::<Date>().map_or_else(|_| Cell::text(label), Cell::Date)
}

/// Every interval of every date; `None` unless they were kept.
pub(super) fn intervals(outcome: &Outcome) -> Option<Sheet> {
    let first = outcome.intervals.first()?;
    let names: Vec<&str> =
        first.total.0.iter().map(|(name, _)| *name).filter(|name| has_any(outcome, name)).collect();
    let fixed = ["scope", "name", "begins"].map(str::to_owned);
    let mut sheet = Sheet::new(INTERVALS, fixed.into_iter().chain(headings(&names))).keeping(3);
    let mut push = |scope: &str, name: &str, row: &PeriodRow, measures: &Measures| {
        let fixed = [Cell::text(scope), Cell::text(name), moment(&row.label)];
        sheet.push(fixed.into_iter().chain(cells(measures, &names)).collect());
    };
    outcome.intervals.iter().for_each(|row| push("total", "", row, &row.total));
    let classes = |row: &PeriodRow, i: usize| row.classes.get(i).cloned();
    let groups = |row: &PeriodRow, i: usize| row.groups.get(i).cloned();
    for (i, class) in outcome.classes.iter().enumerate() {
        for row in &outcome.intervals {
            classes(row, i).iter().for_each(|measures| push("class", &class.name, row, measures));
        }
    }
    for (i, group) in outcome.groups.iter().enumerate() {
        for row in &outcome.intervals {
            groups(row, i).iter().for_each(|measures| push("group", &group.name, row, measures));
        }
    }
    Some(sheet)
}

/// Measures that are never told anything but nothing or zero take no column.
fn has_any(outcome: &Outcome, name: &str) -> bool {
    let is_some = |estimate: &Estimate| estimate.mean.is_some_and(|mean| mean != 0.0);
    outcome.intervals.iter().any(|row| row.total.get(name).is_some_and(is_some))
}

/// `2026-03-23 10:00` as a real one.
fn moment(label: &str) -> Cell {
    let real =
        label.split_once(' ').and_then(|(day, clock)| Some((day.parse::<Date>().ok()?, minutes(clock)?)));
    real.map_or_else(|| Cell::text(label), |(date, minutes)| Cell::Moment(date, minutes))
}
