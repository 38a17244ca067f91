//! What is counted where: the rows, bounds and prices that all replications of a scenario share.
//!
//! Counts nothing. Invariant: each counted interval belongs to exactly one day row and one slot row.

use super::billing::Tariff;
use super::clauses::Settling;
use super::columns::ClassColumn;
use super::goal::Yardstick;
use crate::scenario::Scenario;
use crate::scenario::checked::{Period, ServiceLevelBase};
use crate::units::{SimTime, Span};

/// The frame in which a scenario is measured.
#[derive(Clone, Debug)]
pub struct Frame {
    pub(super) n_classes: usize,
    pub(super) n_groups: usize,
    pub(super) n_intervals: usize,
    pub(super) first_counted: usize,
    pub(super) interval_us: u64,
    pub(super) ends: SimTime,
    /// Cases begun in this interval or later are still open at the end.
    pub(super) first_open: usize,
    /// Levels of all classes, one after the other.
    pub(super) levels: Vec<LevelBounds>,
    /// Where a class's levels begin in `levels`; one more than classes.
    pub(super) level_starts: Vec<usize>,
    /// Most levels of a class.
    pub(super) most_levels: usize,
    pub(super) tariffs: Vec<Tariff>,
    /// Calendar month of each interval, January being 0.
    pub(super) months: Vec<u8>,
    /// Contracts with terms, if there are any.
    pub(super) settling: Option<Box<Settling>>,
    /// Yardsticks of the targets that are judged per interval, by position of the target.
    pub(super) by_interval: Vec<(usize, Yardstick)>,
    pub(super) n_targets: usize,
    /// Goal of each class's first service level.
    pub(super) goals: Vec<Option<f64>>,
    /// Whether results keep every interval of every date.
    pub(super) keeps_intervals: bool,
    pub(super) day_rows: Vec<u32>,
    pub(super) slot_rows: Vec<u32>,
    days: Vec<usize>,
    day_spans: Vec<Span>,
    slots_per_day: usize,
    slot_spans: Vec<Span>,
}

/// A service level as the meter needs it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LevelBounds {
    pub(super) within: Span,
    pub(super) short: Span,
    pub(super) of: ServiceLevelBase,
}

impl Frame {
    /// The frame of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let almanac = &scenario.almanac;
        let first_counted = almanac.first_counted();
        let counted = almanac.intervals.get(first_counted..).unwrap_or_default();
        let first_day = counted.first().map_or(0, |interval| interval.day as usize);
        let n_days = counted.last().map_or(0, |interval| interval.day as usize + 1 - first_day);
        let days: Vec<usize> = (first_day..first_day + n_days).collect();
        // Without dates the typical week begins with the first counted day.
        let week_starts = match (almanac.is_dated, days.first()) {
            (false, Some(&day)) => usize::from(almanac.days[day].weekday),
            _ => 0,
        };
        let mut frame = Self {
            n_classes: scenario.classes.len(),
            n_groups: scenario.groups.len(),
            n_intervals: almanac.n_intervals(),
            first_counted,
            interval_us: almanac.interval.0,
            ends: almanac.ends(),
            first_open: first_open(scenario),
            levels: Vec::new(),
            level_starts: vec![0],
            most_levels: scenario.classes.iter().map(|class| class.service_levels.len()).max().unwrap_or(0),
            tariffs: scenario.groups.iter().map(|group| Tariff::of(scenario, group)).collect(),
            months: (almanac.intervals.iter())
                .map(|at| almanac.days[at.day as usize].date.month().cast_unsigned() - 1)
                .collect(),
            settling: Settling::of(scenario),
            by_interval: (scenario.targets.iter().enumerate())
                .filter(|(_, target)| target.per == Period::Interval)
                .map(|(position, target)| (position, Yardstick::of(target)))
                .collect(),
            n_targets: scenario.targets.len(),
            goals: (scenario.classes.iter())
                .map(|class| class.service_levels.first().map(|level| level.share))
                .collect(),
            keeps_intervals: false,
            day_rows: Vec::with_capacity(counted.len()),
            slot_rows: Vec::with_capacity(counted.len()),
            day_spans: vec![Span::ZERO; n_days],
            slots_per_day: almanac.slots_per_day,
            slot_spans: vec![Span::ZERO; 7 * almanac.slots_per_day],
            days,
        };
        for class in &scenario.classes {
            frame.levels.extend((class.service_levels.iter()).map(|l| LevelBounds {
                within: l.within,
                short: l.short,
                of: l.of,
            }));
            frame.level_starts.push(frame.levels.len());
        }
        for interval in counted {
            let day = interval.day as usize;
            let weekday = (usize::from(almanac.days[day].weekday) + 7 - week_starts) % 7;
            let slot = weekday * almanac.slots_per_day + usize::from(interval.slot);
            frame.day_rows.push((day - first_day) as u32);
            frame.slot_rows.push(slot as u32);
            frame.day_spans[day - first_day] += almanac.interval;
            frame.slot_spans[slot] += almanac.interval;
        }
        frame
    }

    /// The same frame, in which results keep every interval of every date.
    #[must_use]
    pub fn with_intervals(self) -> Self {
        Self { keeps_intervals: true, ..self }
    }

    /// Number of classes.
    #[must_use]
    pub fn n_classes(&self) -> usize {
        self.n_classes
    }

    /// Number of groups.
    #[must_use]
    pub fn n_groups(&self) -> usize {
        self.n_groups
    }

    /// Columns of a class row: the fixed ones and two per service level.
    #[must_use]
    pub fn class_columns(&self) -> usize {
        ClassColumn::in_time(self.most_levels)
    }

    /// The counted days, by position among the almanac's days.
    #[must_use]
    pub fn days(&self) -> &[usize] {
        &self.days
    }

    /// Counted time of a day row.
    #[must_use]
    pub fn day_span(&self, row: usize) -> Span {
        self.day_spans[row]
    }

    /// Rows of the typical week: weekday × slots of a day. Without dates the first weekday is that of the first
    /// counted day.
    #[must_use]
    pub fn n_slots(&self) -> usize {
        self.slot_spans.len()
    }

    /// Slots of a day.
    #[must_use]
    pub fn slots_per_day(&self) -> usize {
        self.slots_per_day
    }

    /// Counted time of a slot row over all weeks; zero for slots that never occur.
    #[must_use]
    pub fn slot_span(&self, row: usize) -> Span {
        self.slot_spans[row]
    }

    /// Number of counted intervals.
    #[must_use]
    pub fn n_counted(&self) -> usize {
        self.day_rows.len()
    }

    /// The day row of a counted interval.
    #[must_use]
    pub fn day_row(&self, counted: usize) -> usize {
        self.day_rows[counted] as usize
    }

    /// The slot row of a counted interval.
    #[must_use]
    pub fn slot_row(&self, counted: usize) -> usize {
        self.slot_rows[counted] as usize
    }

    /// Length of an interval.
    #[must_use]
    pub fn interval(&self) -> Span {
        Span(self.interval_us)
    }

    /// The counted horizon.
    #[must_use]
    pub fn horizon(&self) -> Span {
        Span(self.interval_us * self.n_counted() as u64)
    }
}

/// The first interval whose cases are open at the end: one that reaches into the last case window.
///
/// Where nobody ever redials or returns, a case is its only contact, and none is open.
fn first_open(scenario: &Scenario) -> usize {
    let almanac = &scenario.almanac;
    if scenario.customers_come_back() {
        ((almanac.ends() - scenario.case_window).0 / almanac.interval.0) as usize
    } else {
        almanac.n_intervals()
    }
}
