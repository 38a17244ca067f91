//! From agents on the telephone to persons on the payroll: the waterfall of a run read upwards.
//!
//! Costs nothing and rounds nothing. Invariant: what a waterfall leaves of the paid hours worked out here is what was needed.

use crate::scenario::checked::{Group, OffPhoneSize};
use crate::units::Span;

/// Paid hours a week of a full-time equivalent.
pub const FULL_TIME_HOURS: f64 = 38.5;
/// Hours of a week.
pub const HOURS_A_WEEK: f64 = 168.0;

/// What stands in place of the scenario's own waterfall.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Payroll {
    /// Share of rostered time that is lost, 0 or more, below 1; all of it is paid.
    pub shrinkage: Option<f64>,
    /// Paid hours a week of one full-time position.
    pub fte_hours: Option<f64>,
}

impl Payroll {
    /// Whether anything is known of the way from logged-in to paid hours of these groups.
    #[must_use]
    pub fn is_told(&self, groups: &[Group]) -> bool {
        self.shrinkage.is_some()
            || self.fte_hours.is_some()
            || groups.iter().any(|group| group.shrinkage.is_some())
    }

    /// Rostered persons for each who is logged in.
    #[must_use]
    pub fn rostered(&self, group: &Group) -> f64 {
        match (self.shrinkage, &group.shrinkage) {
            (Some(lost), _) => 1.0 / (1.0 - lost),
            (None, Some(own)) => 1.0 / own.adherence,
            (None, None) => 1.0,
        }
    }

    /// Paid hours for each hour logged in, in a month, January being 0.
    #[must_use]
    pub fn paid(&self, group: &Group, month: usize) -> f64 {
        match (self.shrinkage, &group.shrinkage) {
            (Some(lost), _) => 1.0 / (1.0 - lost),
            (None, Some(own)) => 1.0 / own.of_paid(month),
            (None, None) => 1.0,
        }
    }

    /// Full-time positions that are paid so many hours in a span of hours.
    #[must_use]
    pub fn fte(&self, paid_h: f64, span_h: f64) -> f64 {
        positions(paid_h, span_h, self.fte_hours.unwrap_or(FULL_TIME_HOURS))
    }
}

/// Positions of so many hours a week that are paid so many hours in a span of hours; 0 for positions of none.
pub fn positions(paid_h: f64, span_h: f64, hours_a_week: f64) -> f64 {
    let of_one = span_h / HOURS_A_WEEK * hours_a_week;
    if of_one > 0.0 { paid_h / of_one } else { 0.0 }
}

/// How many a plan must hold for each agent who comes, where more are absent than the plan has left out already.
pub(super) fn planned_for_one(group: &Group) -> f64 {
    group.unplanned_absence.as_ref().map_or(1.0, |absence| (1.0 - absence.in_plan) / (1.0 - absence.share))
}

/// Agents who are off the phone on the mean of each interval, if so many are needed besides; windows are filled evenly.
pub(super) fn off_phone(group: &Group, needed: &[f64], interval: Span) -> Vec<f64> {
    let mut away = vec![0.0; needed.len()];
    for kind in &group.off_phone {
        for window in &kind.windows {
            let (from, until) = (window.opens.0, window.closes.0);
            let first = (from / interval.0) as usize;
            let end = (until.div_ceil(interval.0) as usize).min(needed.len());
            if first >= end || until <= from {
                continue;
            }
            let persons = match kind.size {
                OffPhoneSize::Persons(persons) => f64::from(persons),
                OffPhoneSize::Share(share) => {
                    (needed[first..end].iter().copied().fold(0.0, f64::max) * share).round()
                }
            };
            let at_once = persons * kind.lasts.0 as f64 / (until - from) as f64;
            for (i, away) in away.iter_mut().enumerate().take(end).skip(first) {
                let (begins, ends) = (i as u64 * interval.0, (i as u64 + 1) * interval.0);
                let inside = ends.min(until).saturating_sub(begins.max(from));
                // Where nobody is needed nobody is there.
                if needed[i] > 0.0 {
                    *away += at_once * inside as f64 / interval.0 as f64;
                }
            }
        }
    }
    away
}
