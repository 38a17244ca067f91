//! From a group's staffing to planned agents for every interval.
//!
//! Knows no class. Invariant: a plan is constant inside an interval and never negative.

use std::ops::Range;

use jiff::civil::Date;

use super::almanac::{Almanac, Day};
use super::csv_table::{self, Cell, CsvTable, Row as Cells};
use super::days::{DAY_SECONDS, day_hint, misfit, value_at, week_table, weekdays};
use super::diagnostic::Diagnostic;
use super::form::{self, DAY_KEYS};
use super::law::misfit_of_horizon;
use super::read::{self, Build};
use super::shape::path_join;
use super::tree::Node;
use super::volume::{check_times, counted_intervals, is_over_horizon, step_of_horizon};
use crate::units::Span;

/// Planned agents by interval, with the holidays of `days`; `None` if the staffing is absent or refused (and reported).
pub(super) fn plan(
    build: &mut Build,
    group: &Node,
    path: &str,
    almanac: &Almanac,
    days: &[Day],
) -> Option<Vec<f64>> {
    let second = |slot: u16| (u64::from(slot) * almanac.interval.0 / Span::SECOND.0) as u32;
    if let Some(node) = group.get("agents") {
        if node.number().is_some() {
            return Some(vec![read::not_negative(Some(node))?; almanac.n_intervals()]);
        }
        return in_steps(build, node, &path_join(path, "agents"), almanac);
    }
    if let Some(node) = group.get("agents_by_time") {
        check_times(build, node, &path_join(path, "agents_by_time"), almanac.interval);
        let table = week_table(node);
        if table.holiday.is_none() {
            note_holidays(build, &format!("{path}.agents_by_time.holiday"), days);
        }
        for times in table.weekdays.iter().flatten() {
            if let Some((second, _)) = times.iter().find(|(_, agents)| *agents > 0.0) {
                build.opens_at(*second);
            }
        }
        let at = |at: &super::almanac::Interval| {
            let day = days[at.day as usize];
            table.get(day.weekday, day.is_holiday).map_or(0.0, |values| value_at(values, second(at.slot)))
        };
        return Some(almanac.intervals.iter().map(at).collect());
    }
    let staffing = group.get("staffing")?;
    let (key, written) =
        (["logged_in", "rostered"].into_iter()).find_map(|key| Some((key, staffing.get(key)?)))?;
    let table = csv_table::read(build, written)?;
    let file = PlanFile::read(build, &table, almanac.interval)?;
    if !file.rows.iter().any(|row| row.days == Days::Holidays) {
        note_holidays(build, &format!("{path}.staffing.{key}.holiday"), days);
    }
    build.opens_at(file.grid.from);
    let rows: Vec<Option<&Row>> = days.iter().map(|day| file.row(day)).collect();
    let agents = |at: &super::almanac::Interval| {
        rows[at.day as usize]
            .map_or(0.0, |row| file.grid.step(second(at.slot)).map_or(0.0, |step| row.agents[step]))
    };
    Some(almanac.intervals.iter().map(agents).collect())
}

/// Without a line of their own, holidays have the value of their weekday.
pub(super) fn note_holidays(build: &mut Build, path: &str, days: &[Day]) {
    if days.iter().any(|day| day.is_holiday) {
        build.default(path, "as the weekday", "a holiday is like that day of any other week");
    }
}

/// A list: over the horizon if it has a value for each interval or the horizon is shorter than a day, else over a day.
fn in_steps(build: &mut Build, node: &Node, path: &str, almanac: &Almanac) -> Option<Vec<f64>> {
    let steps = read::numbers(Some(node)).filter(|steps| !steps.is_empty())?;
    if is_over_horizon(almanac, steps.len()) {
        if let Some(allowed) = misfit_of_horizon(steps.len(), almanac) {
            build.report(wrong_steps(node, path, &steps).allowed(allowed));
            return None;
        }
        let at = |i| steps[step_of_horizon(almanac, i, steps.len())];
        return Some((0..almanac.n_intervals()).map(at).collect());
    }
    let counted = counted_intervals(almanac);
    if let Some(allowed) = misfit(steps.len(), almanac.interval) {
        build.report(
            wrong_steps(node, path, &steps)
                .allowed(format!("{counted} (the intervals of the horizon), or {allowed}"))
                .hint("or set an `interval` that divides the steps"),
        );
        return None;
    }
    let at = |at: &super::almanac::Interval| {
        let second = u64::from(at.slot) * almanac.interval.0 / Span::SECOND.0;
        steps[(second as usize * steps.len() / DAY_SECONDS as usize).min(steps.len() - 1)]
    };
    Some(almanac.intervals.iter().map(at).collect())
}

fn wrong_steps(node: &Node, path: &str, steps: &[f64]) -> Diagnostic {
    Diagnostic::error(format!("wrong number of values in `{path}`"))
        .at(node.origin)
        .found(steps.len().to_string())
}

/// Logged-in agents by kind of day and time.
struct PlanFile {
    grid: Grid,
    rows: Vec<Row>,
}

/// Equal steps from a second of the day on.
struct Grid {
    from: u32,
    step: u32,
    n_steps: usize,
}

struct Row {
    days: Days,
    agents: Vec<f64>,
}

/// The days that a row is for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Days {
    On(Date),
    Holidays,
    InMonth { year: i16, month: i8, weekdays: Range<u8> },
    Weekdays(Range<u8>),
}

impl Days {
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text == "holiday" {
            return Some(Self::Holidays);
        }
        if DAY_KEYS.contains(&text) {
            return Some(Self::Weekdays(weekdays(text)));
        }
        if let Some(date) = form::date(text) {
            return Some(Self::On(date));
        }
        let (month, key) = text.split_once(' ')?;
        let first = form::date(&format!("{month}-01"))?;
        let weekdays = weekdays(key.trim());
        (!weekdays.is_empty()).then(|| Self::InMonth { year: first.year(), month: first.month(), weekdays })
    }

    /// The lower the more specific; `None` if the row is not for this day.
    pub(super) fn rank(&self, day: &Day) -> Option<usize> {
        match self {
            Self::On(date) => (*date == day.date).then_some(0),
            Self::Holidays => day.is_holiday.then_some(1),
            Self::InMonth { year, month, weekdays } => {
                let is_in =
                    *year == day.date.year() && *month == day.date.month() && weekdays.contains(&day.weekday);
                is_in.then_some(1 + weekdays.len())
            }
            Self::Weekdays(weekdays) => weekdays.contains(&day.weekday).then_some(8 + weekdays.len()),
        }
    }
}

impl Grid {
    fn step(&self, second: u32) -> Option<usize> {
        let step = (second.checked_sub(self.from)? / self.step) as usize;
        (step < self.n_steps).then_some(step)
    }

    fn read(header: Cells, interval: Span) -> Result<Self, Diagnostic> {
        let refuse = |cell: Cell| {
            let hint = match form::time(cell.text()) {
                Some(DAY_SECONDS) => "the last column holds for one step: leave `24:00` out",
                Some(_) => "for uneven times write `agents_by_time` in place of the file",
                None => "",
            };
            cell.refuse("times of the day in equal steps as `00:00`, `00:30`").hint(hint)
        };
        let time = |cell: Cell| form::time(cell.text()).filter(|second| *second < DAY_SECONDS);
        let first =
            header.cells().nth(1).ok_or_else(|| header.cell(0).refuse("`day`, then times of the day"))?;
        let from = time(first).ok_or_else(|| refuse(first))?;
        let step = match header.cells().nth(2) {
            Some(second) => time(second)
                .and_then(|t| t.checked_sub(from))
                .filter(|s| *s > 0)
                .ok_or_else(|| refuse(second))?,
            None => DAY_SECONDS - from,
        };
        for (i, cell) in header.cells().enumerate().skip(1) {
            if time(cell) != Some(from + step * (i as u32 - 1)) {
                return Err(refuse(cell));
            }
        }
        let on_grid = |second: u32| (u64::from(second) * Span::SECOND.0).is_multiple_of(interval.0);
        if on_grid(from) && on_grid(step) {
            return Ok(Self { from, step, n_steps: header.len() - 1 });
        }
        Err(Diagnostic::error("the plan's columns do not lie on the grid of intervals")
            .at(first.origin())
            .found(format!("steps of {}", Span::from_secs(u64::from(step))))
            .allowed(format!("times that are multiples of the interval of {interval}"))
            .hint("set a shorter `interval`"))
    }
}

impl PlanFile {
    fn read(build: &mut Build, table: &CsvTable, interval: Span) -> Option<Self> {
        let mut problems = Vec::new();
        let head = table.header().cell(0);
        if head.text() != "day" {
            problems.push(head.refuse("`day`, then times of the day"));
        }
        let grid = Grid::read(table.header(), interval).map_err(|problem| problems.push(problem)).ok();
        if !table.has_rows() {
            problems.push(
                Diagnostic::error("the plan has no row")
                    .at(head.origin())
                    .allowed("a row for each kind of day, as `mon_fri`")
                    .hint("nobody would ever be logged in"),
            );
        }
        let mut rows: Vec<Row> = Vec::new();
        for cells in table.rows() {
            let key = cells.cell(0);
            let Some(days) = Days::parse(key.text()) else {
                problems.push(key.refuse("a day key as `mon` or `sat_sun`, `holiday`, a date, or a month with a day key as `2026-03 mon`").hint(day_hint(key.text())));
                continue;
            };
            if rows.iter().any(|row| row.days == days) {
                problems.push(key.refuse("each kind of day once"));
            }
            let mut agents = Vec::with_capacity(cells.len() - 1);
            for cell in cells.cells().skip(1) {
                match cell.number() {
                    Ok(number) => agents.push(number),
                    Err(problem) => problems.push(problem),
                }
            }
            rows.push(Row { days, agents });
        }
        let is_sound = problems.is_empty();
        table.report(build, problems);
        let grid = grid.filter(|_| is_sound)?;
        if grid.n_steps == 1 && grid.from > 0 {
            build.report(
                Diagnostic::warning("the plan has a single column, which holds until midnight")
                    .at(table.header().cell(1).origin())
                    .hint("write a further column for the time at which the agents leave, with 0"),
            );
        }
        Some(Self { grid, rows })
    }

    fn row(&self, day: &Day) -> Option<&Row> {
        let ranked = self.rows.iter().filter_map(|row| Some((row.days.rank(day)?, row)));
        ranked.min_by_key(|(rank, _)| *rank).map(|(_, row)| row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_most_specific_row_of_a_plan_wins() {
        let day = Day { date: date(2026, 3, 23), weekday: 0, is_holiday: false };
        let rank = |text: &str| Days::parse(text).and_then(|days| days.rank(&day));
        let order = ["2026-03-23", "2026-03 mon", "2026-03 mon_fri", "mon", "mon_fri", "mon_sat", "all"];
        let ranks: Vec<usize> = order.iter().filter_map(|text| rank(text)).collect();
        assert_eq!(ranks.len(), order.len());
        assert!(ranks.is_sorted_by(|a, b| a < b), "{ranks:?}");
        for text in ["2026-03-24", "2026-04 mon", "tue", "sat_sun", "holiday"] {
            assert_eq!(rank(text), None, "{text}");
        }
        assert_eq!(Days::parse("monday"), None);
    }
}
