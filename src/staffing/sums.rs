//! Sums of a requirement over a part of the run: hours, peaks, and what becomes of visits by formula.
//!
//! Names no period. Invariant: sums of parts that follow one another are those of the whole; peaks are the largest.

use std::ops::Range;

use super::payroll::positions;
use super::requirement::Requirement;
use crate::scenario::Scenario;

/// Sums over some intervals.
#[derive(Clone, Debug, PartialEq)]
pub struct Sums {
    /// Hours of the part of the run.
    pub span_h: f64,
    /// By class.
    pub classes: Vec<ClassSum>,
    /// By group.
    pub groups: Vec<GroupSum>,
    /// All classes.
    pub visits: ClassSum,
    /// All groups.
    pub agents: GroupSum,
    /// Intervals in which a pool's goals are out of reach.
    pub out_of_reach: usize,
}

/// A class over some intervals, or all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ClassSum {
    /// Visits expected.
    pub visits: f64,
    /// Hours of work they bring.
    pub work_h: f64,
    /// Hours of required agents.
    pub required_h: f64,
    /// Most agents at once.
    pub required_peak: f64,
    /// Visits answered in time, by formula.
    pub in_time: f64,
    /// Visits that the service level is a share of.
    pub base: f64,
    /// Visits that abandon.
    pub abandoned: f64,
    /// Seconds of wait of the answered.
    pub waited_s: f64,
}

/// A group over some intervals, or all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct GroupSum {
    /// Hours of agents on the telephone.
    pub required_h: f64,
    /// Most agents at once.
    pub required_peak: f64,
    /// Hours that a plan must hold for that.
    pub logged_in_h: f64,
    /// Hours of the scenario's plan.
    pub planned_h: f64,
    /// Hours by which the plan falls short.
    pub short_h: f64,
    /// Hours by which it is over.
    pub over_h: f64,
    /// Hours of handling, by formula.
    pub busy_h: f64,
    /// Hours of rostered persons.
    pub rostered_h: f64,
    /// Paid hours.
    pub paid_h: f64,
    /// Full-time positions that are paid so.
    pub fte: f64,
    /// Persons with the contracts of the group.
    pub heads: f64,
}

impl Requirement {
    /// Sums over intervals of the almanac.
    #[must_use]
    pub fn sums(&self, scenario: &Scenario, intervals: Range<usize>) -> Sums {
        let almanac = &scenario.almanac;
        let hour = almanac.interval.as_hours_f64();
        let span_h = intervals.len() as f64 * hour;
        let mut sums = Sums {
            span_h,
            classes: vec![ClassSum::default(); scenario.classes.len()],
            groups: vec![GroupSum::default(); scenario.groups.len()],
            visits: ClassSum::default(),
            agents: GroupSum::default(),
            out_of_reach: 0,
        };
        for i in intervals {
            let of = &self.intervals[i];
            let month = almanac.days[almanac.intervals[i].day as usize].date.month() as usize - 1;
            sums.out_of_reach += usize::from(of.pools.iter().any(|pool| pool.is_out_of_reach));
            for (sum, class) in sums.classes.iter_mut().zip(&of.classes) {
                sum.visits += class.visits;
                sum.work_h += class.load * hour;
                sum.required_h += class.required * hour;
                sum.required_peak = sum.required_peak.max(class.required);
                sum.in_time += class.in_time;
                sum.base += class.base;
                sum.abandoned += class.abandoned;
                sum.waited_s += class.waited_s;
            }
            let mut now = 0.0;
            for ((sum, need), group) in sums.groups.iter_mut().zip(&of.groups).zip(&scenario.groups) {
                let (required, net) = (f64::from(need.required), need.planned - need.logged_in);
                now += required;
                sum.required_h += required * hour;
                sum.required_peak = sum.required_peak.max(required);
                sum.logged_in_h += need.logged_in * hour;
                sum.planned_h += need.planned * hour;
                sum.short_h += (-net).max(0.0) * hour;
                sum.over_h += net.max(0.0) * hour;
                sum.busy_h += need.busy * hour;
                sum.rostered_h += need.logged_in * hour * self.payroll.rostered(group);
                sum.paid_h += need.logged_in * hour * self.payroll.paid(group, month);
            }
            sums.agents.required_peak = sums.agents.required_peak.max(now);
        }
        for (sum, group) in sums.groups.iter_mut().zip(&scenario.groups) {
            sum.fte = self.payroll.fte(sum.paid_h, span_h);
            sum.heads = positions(sum.paid_h, span_h, group.contract_hours);
        }
        sums.visits = sums.classes.iter().copied().fold(ClassSum::default(), ClassSum::and);
        sums.visits.required_peak = sums.agents.required_peak;
        let peak = sums.agents.required_peak;
        sums.agents = sums.groups.iter().copied().fold(GroupSum::default(), GroupSum::and);
        sums.agents.required_peak = peak;
        sums
    }

    /// The counted intervals.
    #[must_use]
    pub fn counted(&self, scenario: &Scenario) -> Range<usize> {
        scenario.almanac.first_counted()..self.intervals.len()
    }
}

impl Sums {
    /// So many on the mean of the time; 0 where there is no time.
    #[must_use]
    pub fn mean(&self, hours: f64) -> f64 {
        if self.span_h > 0.0 { hours / self.span_h } else { 0.0 }
    }
}

impl ClassSum {
    /// Answered in time of those who count.
    #[must_use]
    pub fn service_level(&self) -> Option<f64> {
        (self.base > 0.0).then(|| self.in_time / self.base)
    }

    /// Share that abandons.
    #[must_use]
    pub fn abandonment(&self) -> Option<f64> {
        (self.visits > 0.0).then(|| self.abandoned / self.visits)
    }

    /// Mean wait of the answered, seconds.
    #[must_use]
    pub fn asa_s(&self) -> Option<f64> {
        let answered = self.visits - self.abandoned;
        (answered > 0.0).then(|| self.waited_s / answered)
    }

    /// Both together; peaks may lie at different times, so the larger is kept.
    fn and(self, other: Self) -> Self {
        Self {
            visits: self.visits + other.visits,
            work_h: self.work_h + other.work_h,
            required_h: self.required_h + other.required_h,
            required_peak: self.required_peak.max(other.required_peak),
            in_time: self.in_time + other.in_time,
            base: self.base + other.base,
            abandoned: self.abandoned + other.abandoned,
            waited_s: self.waited_s + other.waited_s,
        }
    }
}

impl GroupSum {
    /// Handling in the time of the required agents, by formula.
    #[must_use]
    pub fn occupancy(&self) -> Option<f64> {
        (self.required_h > 0.0).then(|| self.busy_h / self.required_h)
    }

    fn and(self, other: Self) -> Self {
        Self {
            required_h: self.required_h + other.required_h,
            required_peak: self.required_peak.max(other.required_peak),
            logged_in_h: self.logged_in_h + other.logged_in_h,
            planned_h: self.planned_h + other.planned_h,
            short_h: self.short_h + other.short_h,
            over_h: self.over_h + other.over_h,
            busy_h: self.busy_h + other.busy_h,
            rostered_h: self.rostered_h + other.rostered_h,
            paid_h: self.paid_h + other.paid_h,
            fte: self.fte + other.fte,
            heads: self.heads + other.heads,
        }
    }
}
