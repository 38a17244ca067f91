//! The hardest moments of a run: the day and the hour of the typical week in which the fewest are answered in time.
//!
//! Judges no target. Invariant: a moment with few contacts for its length, or without a planned agent, is passed over, however
//! badly it went.

use std::ops::Range;

use super::calendar::Calendar;
use super::outcome::Hardest;
use super::replicate::Runs;
use crate::measure::{ClassColumn, Frame, GroupColumn, RunResult, Table, entered};
use crate::units::Span;

/// Moments in which contacts come less often than at this share of the busiest one's rate are trifles: the few who return
/// to a closed centre on a Sunday are all lost, and that is no finding. A thin night is above it.
const FLOOR: f64 = 0.03;

/// The hardest day, where there are several, and the hardest hour of the week, likewise; none in which all were answered
/// in time. When nobody is planned nobody answers: that is a closed centre, and no hard hour of an open one.
pub(super) fn hardest(runs: &Runs, calendar: Calendar<'_>) -> Vec<Hardest> {
    let (frame, results) = (&runs.frame, &runs.results);
    let days = days(runs);
    let blocks = hours(runs);
    let hours: Vec<Moment> = blocks
        .iter()
        .map(|slots| {
            let span = Span(slots.clone().map(|slot| frame.slot_span(slot).0).sum());
            Moment::of(frame, results, |run| &run.by_slot, slots.clone()).lasting(span)
        })
        .collect();
    let day = lowest(&days).map(|day| {
        let periods = vec![calendar.days().swap_remove(day).label];
        days[day].named(calendar.short_day(day), "by_day", periods)
    });
    let hour = lowest(&hours).map(|hour| {
        let periods = blocks[hour].clone().map(|slot| calendar.slot(slot)).collect();
        hours[hour].named(calendar.block(&blocks[hour]), "by_interval", periods)
    });
    day.into_iter().chain(hour).collect()
}

fn days(runs: &Runs) -> Vec<Moment> {
    let (frame, results) = (&runs.frame, &runs.results);
    let of_day =
        |day| Moment::of(frame, results, |run| &run.by_day, day..day + 1).lasting(frame.day_span(day));
    (0..frame.days().len()).map(of_day).collect()
}

/// The days with the lowest service levels, at most so many, the lowest first: their rows, service level and abandonment.
pub(super) fn worst(runs: &Runs, most: usize) -> Vec<(usize, f64, f64)> {
    let days = days(runs);
    let mut levels = hard(&days);
    levels.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let told = levels.into_iter().take(most);
    told.map(|(level, day)| (day, level, days[day].abandonment())).collect()
}

/// Neighbouring slots that occur and begin in the same hour of the same weekday; slots longer than an hour are alone.
fn hours(runs: &Runs) -> Vec<Range<usize>> {
    let frame = &runs.frame;
    let slots_per_day = frame.slots_per_day();
    let hour = |slot: usize| (slot / slots_per_day, slot % slots_per_day * 24 / slots_per_day);
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for slot in (0..frame.n_slots()).filter(|slot| frame.slot_span(*slot) > Span::ZERO) {
        match blocks.last_mut() {
            Some(block) if block.end == slot && hour(block.start) == hour(slot) => block.end = slot + 1,
            _ => blocks.push(slot..slot + 1),
        }
    }
    blocks
}

/// Sums over all replications, and the time behind them in each.
#[derive(Clone, Copy, Default)]
struct Moment {
    in_time: u64,
    base: u64,
    abandoned: u64,
    entered: u64,
    offered: u64,
    /// Microseconds of planned agents.
    planned: u64,
    span: Span,
}

impl Moment {
    /// The sums over some days or slots.
    fn of(frame: &Frame, runs: &[RunResult], table: fn(&RunResult) -> &Table, rows: Range<usize>) -> Self {
        let mut moment = Self::default();
        let each = |n: usize| rows.start * n..rows.end * n;
        for run in runs {
            let groups = table(run).groups.sum(each(frame.n_groups()));
            moment.planned += groups[GroupColumn::PlannedUs as usize];
            let row = table(run).classes.sum(each(frame.n_classes()));
            let count = |column: ClassColumn| row[column as usize];
            moment.in_time += row.get(ClassColumn::in_time(0)).copied().unwrap_or(0);
            moment.base += row.get(ClassColumn::base(0)).copied().unwrap_or(0);
            moment.abandoned += count(ClassColumn::Abandoned);
            moment.entered += entered(&row);
            moment.offered +=
                count(ClassColumn::Fresh) + count(ClassColumn::Redialled) + count(ClassColumn::Repeated);
        }
        moment
    }

    fn lasting(self, span: Span) -> Self {
        Self { span, ..self }
    }

    /// Offered contacts by counted time.
    fn rate(&self) -> f64 {
        self.offered as f64 / (self.span.0 as f64).max(1.0)
    }

    fn service_level(&self) -> Option<f64> {
        (self.base > 0).then(|| self.in_time as f64 / self.base as f64)
    }

    fn named(&self, label: String, table: &'static str, periods: Vec<String>) -> Hardest {
        let abandonment = self.abandonment();
        Hardest { label, table, periods, service_level: self.service_level().unwrap_or(1.0), abandonment }
    }

    fn abandonment(&self) -> f64 {
        if self.entered == 0 { 0.0 } else { self.abandoned as f64 / self.entered as f64 }
    }
}

/// The one with the lowest service level, the earlier of equals; `None` where there is nothing to compare or nobody
/// waited too long.
fn lowest(moments: &[Moment]) -> Option<usize> {
    let levels = hard(moments).into_iter();
    levels.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))).map(|(_, i)| i)
}

/// Service levels of all that are no trifles, with their positions.
fn hard(moments: &[Moment]) -> Vec<(f64, usize)> {
    if moments.len() < 2 {
        return Vec::new();
    }
    let busiest = moments.iter().map(Moment::rate).fold(0.0, f64::max);
    let levels = (moments.iter().enumerate())
        .filter(|(_, moment)| moment.planned > 0 && moment.rate() >= FLOOR * busiest)
        .filter_map(|(i, moment)| Some((moment.service_level()?, i)))
        .filter(|(level, _)| *level < 1.0);
    levels.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(offered: u64, in_time: u64) -> Moment {
        Moment {
            in_time,
            base: offered,
            entered: offered,
            offered,
            span: Span::from_secs(3600),
            abandoned: 0,
            planned: 1,
        }
    }

    #[test]
    fn the_lowest_service_level_is_the_hardest_and_the_earlier_of_equals() {
        let hours = [hour(100, 90), hour(100, 50), hour(50, 25)];
        assert_eq!(lowest(&hours), Some(1));
    }

    #[test]
    fn a_moment_below_three_per_cent_of_the_busiest_is_passed_over_and_one_at_it_is_not() {
        let hours = |last: u64| [hour(1000, 900), hour(700, 699), hour(last, 0)];
        assert_eq!(lowest(&hours(30)), Some(2));
        assert_eq!(lowest(&hours(29)), Some(0));
    }

    #[test]
    fn a_short_moment_is_held_to_the_floor_of_its_length() {
        let quarter = Moment { span: Span::from_secs(900), ..hour(8, 0) };
        assert_eq!(lowest(&[hour(1000, 900), hour(8, 0)]), Some(0));
        assert_eq!(lowest(&[hour(1000, 900), quarter]), Some(1));
    }

    #[test]
    fn a_moment_without_a_planned_agent_is_passed_over() {
        let closed = Moment { planned: 0, ..hour(1000, 0) };
        assert_eq!(lowest(&[hour(1000, 900), closed]), Some(0));
    }

    #[test]
    fn nothing_is_hard_where_all_were_answered_in_time_or_nothing_can_be_compared() {
        assert_eq!(lowest(&[hour(100, 100), hour(80, 80)]), None);
        assert_eq!(lowest(&[hour(100, 10)]), None);
        assert_eq!(lowest(&[hour(0, 0), hour(0, 0)]), None);
    }
}
