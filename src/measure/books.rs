//! The meter's counts over a whole run, warm-up and drain included, as the audit sees them before anything is folded.
//!
//! Copies nothing. Invariant: what a report shows is made of these numbers and of no others.

use super::columns::{ClassColumn, GroupColumn};

pub(super) type ClassRow = [u64; ClassColumn::COUNT];
pub(super) type GroupRow = [u64; GroupColumn::COUNT];

/// What a meter has counted.
#[derive(Clone, Copy, Debug)]
pub struct Books<'m> {
    pub(super) n_classes: usize,
    pub(super) n_groups: usize,
    /// The first interval that counts.
    pub(super) first_counted: usize,
    /// Interval × classes + class.
    pub(super) classes: &'m [ClassRow],
    /// Interval × groups + group.
    pub(super) groups: &'m [GroupRow],
    /// (in time, short abandons); index = row of the class × most levels + level.
    pub(super) levels: &'m [[u64; 2]],
    /// By class: (answered, unanswered) visits whose wait is in a histogram.
    pub(super) waits: &'m [(u64, u64)],
}

impl Books<'_> {
    /// Sums of a class over the intervals from `first` on.
    pub(super) fn class_from(&self, first: usize, class: usize) -> ClassRow {
        sum(self.classes.iter().skip(first * self.n_classes + class).step_by(self.n_classes))
    }

    /// Sums of a group over the whole run.
    pub(super) fn group(&self, group: usize) -> GroupRow {
        sum(self.groups.iter().skip(group).step_by(self.n_groups))
    }

    /// Time busy of a group in intervals in which anyone is planned.
    pub(super) fn busy_while_planned(&self, group: usize) -> u64 {
        let rows = self.groups.iter().skip(group).step_by(self.n_groups);
        let planned = rows.filter(|row| row[GroupColumn::PlannedUs as usize] > 0);
        planned.fold(0, |sum, row| sum.wrapping_add(row[GroupColumn::BusyUs as usize]))
    }

    /// Time logged in of a group in intervals in which its occupancy is above 90 %.
    pub(super) fn staffed_over_90(&self, group: usize) -> u64 {
        let rows = self.groups.iter().skip(group).step_by(self.n_groups);
        rows.map(|row| (row[GroupColumn::BusyUs as usize], row[GroupColumn::StaffedUs as usize]))
            .filter(|(busy, staffed)| GroupColumn::is_over_90(*busy, *staffed))
            .fold(0, |sum, (_, staffed)| sum.wrapping_add(staffed))
    }

    /// Sums by day × classes + class; `days` is the day of each interval.
    pub(super) fn by_day(&self, days: &[u32]) -> Vec<ClassRow> {
        let n_days = days.last().map_or(0, |day| *day as usize + 1);
        let mut rows = vec![[0; ClassColumn::COUNT]; n_days * self.n_classes];
        for (interval, day) in days.iter().enumerate() {
            for class in 0..self.n_classes {
                let row = &self.classes[interval * self.n_classes + class];
                add(&mut rows[*day as usize * self.n_classes + class], row);
            }
        }
        rows
    }

    /// Visits answered within a bound, any class, interval and level, where more are in time than were answered.
    pub(super) fn too_many_in_time(&self) -> usize {
        let per_row = self.levels.len() / self.classes.len().max(1);
        let rows = self.classes.iter().zip(self.levels.chunks(per_row.max(1)));
        rows.filter(|(row, levels)| {
            let (answered, abandoned) =
                (row[ClassColumn::Answered as usize], row[ClassColumn::Abandoned as usize]);
            levels.iter().any(|[in_time, short]| *in_time > answered || *short > abandoned)
        })
        .count()
    }
}

fn sum<'a, const N: usize>(rows: impl Iterator<Item = &'a [u64; N]>) -> [u64; N] {
    let mut total = [0; N];
    rows.for_each(|row| add(&mut total, row));
    total
}

/// Wrapping, since the sums are only held against each other: a defect must become a finding, not a panic.
pub(super) fn add<const N: usize>(total: &mut [u64; N], row: &[u64; N]) {
    for (sum, value) in total.iter_mut().zip(row) {
        *sum = sum.wrapping_add(*value);
    }
}
