//! Puts an outcome together: the same estimates for everything that a report groups by.
//!
//! Estimates nothing itself. Invariant: all rows of a kind are sums of the same cubes, so that they tie.

use std::ops::Range;

use rayon::prelude::*;

use super::calendar::Calendar;
use super::estimates::{Members, Sums, WaitsOfRuns};
use super::hardest::hardest;
use super::notes::notes;
use super::outcome::{Manifest, Measures, Named, Outcome, PeriodRow};
use super::replicate::Runs;
use super::targets::targets;
use crate::measure::{Level, RunResult, Table, metric};
use crate::scenario::Scenario;
use crate::stats::{self, Estimate};
use crate::units::Span;

impl Runs {
    /// What the replications say together.
    #[must_use]
    pub fn outcome(&self, scenario: &Scenario) -> Outcome {
        let calendar = Calendar::new(&scenario.almanac, &self.frame);
        let everything = self.everything();
        let total = self.over_horizon(&everything);
        let measures = total.over_horizon(Some(&WaitsOfRuns::of(&self.results, &everything.classes)));
        let (targets, skewness) = targets(self, scenario, calendar);
        let missed: Vec<(String, f64)> = (targets.iter().zip(skewness))
            .filter_map(|(target, skewness)| {
                let whose = target.class.as_ref().map_or_else(String::new, |class| format!(" of `{class}`"));
                Some((format!("missed {}s of {}{whose}", target.per, target.label), skewness?))
            })
            .collect();
        let mut by_interval = self.by_interval(calendar);
        let net_staffing = super::net_staffing::net_staffing(self, scenario, calendar, &mut by_interval);
        let notes = notes(self, scenario, (&total, &measures), &missed);
        Outcome {
            manifest: self.manifest(scenario, calendar, &measures),
            cases: only_cases(&measures),
            total: measures,
            classes: self.classes(scenario),
            groups: self.groups(scenario),
            sites: self.sites(scenario),
            business_units: self.business_units(scenario),
            by_interval,
            intervals: self.intervals(calendar),
            bands: super::bands::bands(self, calendar),
            waits: super::waits::waits(&everything, &self.results),
            flows: self.flows(),
            by_day: self.by_spans(&calendar.days()),
            by_week: self.by_spans(&calendar.weeks()),
            by_month: if scenario.almanac.is_dated { self.by_spans(&calendar.months()) } else { vec![] },
            days: super::each::days(self, scenario, calendar),
            each: super::each::each(self, &total),
            snapshots: super::snapshots::snapshots(self, scenario),
            targets,
            hardest: hardest(self, calendar),
            worst_days: super::worst_days::worst_days(self, scenario, calendar),
            missed_intervals: missed_intervals(&self.results),
            net_staffing,
            risk: super::risk::risk(self, scenario),
            waterfall: super::waterfall::waterfall(self, scenario, calendar),
            settlement: super::settlement::settlement(self, scenario, calendar),
            audit: self
                .results
                .iter()
                .flat_map(|run| run.audit.iter().map(|law| format!("replication {}: {law}", run.replication)))
                .collect(),
            notes,
            contacts_simulated: self.results.iter().map(|run| run.contacts).sum(),
        }
    }

    pub(super) fn everything(&self) -> Members {
        Members {
            classes: (0..self.frame.n_classes()).collect(),
            groups: (0..self.frame.n_groups()).collect(),
        }
    }

    pub(super) fn shape(&self) -> (usize, usize) {
        (self.frame.n_classes(), self.frame.n_groups())
    }

    pub(super) fn over_horizon(&self, members: &Members) -> Sums {
        let tables = self.results.iter().map(|run| &run.by_day);
        Sums::of(tables, self.shape(), 0..self.frame.days().len(), members, self.frame.horizon())
    }

    fn classes(&self, scenario: &Scenario) -> Vec<Named> {
        let classes = scenario.classes.iter().enumerate();
        classes
            .map(|(class, checked)| {
                let members = Members { classes: vec![class], groups: vec![] };
                let waits = WaitsOfRuns::of(&self.results, &members.classes);
                Named {
                    name: checked.name.clone(),
                    measures: self.over_horizon(&members).over_horizon(Some(&waits)),
                }
            })
            .collect()
    }

    fn groups(&self, scenario: &Scenario) -> Vec<Named> {
        let groups = scenario.groups.iter().enumerate();
        groups.map(|(group, checked)| self.named(&checked.name, vec![], vec![group])).collect()
    }

    fn sites(&self, scenario: &Scenario) -> Vec<Named> {
        let sites = scenario.sites.iter().enumerate();
        sites
            .map(|(site, checked)| self.named(&checked.name, vec![], groups_of_site(scenario, site)))
            .collect()
    }

    /// In the order in which classes, then sites, name them first.
    fn business_units(&self, scenario: &Scenario) -> Vec<Named> {
        let mut names: Vec<&str> = Vec::new();
        let of_classes = scenario.classes.iter().map(|class| class.business_unit.as_str());
        for name in of_classes.chain(scenario.sites.iter().map(|site| site.business_unit.as_str())) {
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        let members = |name: &str| {
            let classes = (0..scenario.classes.len())
                .filter(|class| scenario.classes[*class].business_unit == name)
                .collect();
            let groups = (0..scenario.sites.len())
                .filter(|site| scenario.sites[*site].business_unit == name)
                .flat_map(|site| groups_of_site(scenario, site))
                .collect();
            (classes, groups)
        };
        names
            .into_iter()
            .map(|name| {
                let (classes, groups) = members(name);
                self.named(name, classes, groups)
            })
            .collect()
    }

    fn named(&self, name: &str, classes: Vec<usize>, groups: Vec<usize>) -> Named {
        let measures = self.over_horizon(&Members { classes, groups }).over_horizon(None);
        Named { name: name.to_owned(), measures }
    }

    fn by_interval(&self, calendar: Calendar<'_>) -> Vec<PeriodRow> {
        (0..self.frame.n_slots())
            .into_par_iter()
            .filter(|slot| self.frame.slot_span(*slot) > Span::ZERO)
            .map(|slot| {
                let span = self.frame.slot_span(slot);
                self.period(
                    |run| Some(&run.by_slot),
                    slot..slot + 1,
                    span,
                    calendar.slot(slot),
                    Sums::in_period,
                )
            })
            .collect()
    }

    /// Answered visits, class × group.
    fn flows(&self) -> Vec<Vec<Estimate>> {
        let (classes, groups) = self.shape();
        let cell = |cell: usize| {
            let counts: Vec<f64> = self.results.iter().map(|run| run.flows[cell] as f64).collect();
            stats::mean_estimate(&counts)
        };
        (0..classes).map(|class| (0..groups).map(|group| cell(class * groups + group)).collect()).collect()
    }

    /// Every counted interval of every date; empty unless they were kept.
    fn intervals(&self, calendar: Calendar<'_>) -> Vec<PeriodRow> {
        if self.results.iter().any(|run| run.by_interval.is_none()) {
            return Vec::new();
        }
        let span = self.frame.interval();
        (0..self.frame.n_counted())
            .into_par_iter()
            .map(|at| {
                let everything = |sums: &Sums| sums.over_horizon(None);
                self.period(
                    |run| run.by_interval.as_ref(),
                    at..at + 1,
                    span,
                    calendar.interval(at),
                    everything,
                )
            })
            .collect()
    }

    fn by_spans(&self, spans: &[super::calendar::Span]) -> Vec<PeriodRow> {
        spans
            .par_iter()
            .map(|span| {
                let days = span.days.clone();
                let length = Span(days.clone().map(|day| self.frame.day_span(day).0).sum());
                self.period(|run| Some(&run.by_day), days, length, span.label.clone(), Sums::in_period)
            })
            .collect()
    }

    fn period(
        &self,
        table: fn(&RunResult) -> Option<&Table>,
        periods: Range<usize>,
        span: Span,
        label: String,
        estimates: fn(&Sums) -> Measures,
    ) -> PeriodRow {
        let measures = |members: &Members| {
            let tables = self.results.iter().filter_map(table);
            estimates(&Sums::of(tables, self.shape(), periods.clone(), members, span))
        };
        let one_class = |class| measures(&Members { classes: vec![class], groups: vec![] });
        let one_group = |group| measures(&Members { classes: vec![], groups: vec![group] });
        PeriodRow {
            label,
            total: measures(&self.everything()),
            classes: (0..self.frame.n_classes()).map(one_class).collect(),
            groups: (0..self.frame.n_groups()).map(one_group).collect(),
        }
    }

    fn manifest(&self, scenario: &Scenario, calendar: Calendar<'_>, total: &Measures) -> Manifest {
        let almanac = &scenario.almanac;
        let n = self.results.len() as u32;
        Manifest {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            scenario: scenario.name.clone(),
            scenario_hash: format!("{:016x}", scenario.hash),
            seed: self.seed,
            replications_planned: self.planned,
            replications: n,
            is_partial: n < self.planned,
            until: self.until.map(|until| (until, until.is_reached_by(total))),
            dates: calendar
                .dates()
                .map(|(first, last)| (first.to_string(), last.to_string(), almanac.time_zone.clone())),
            horizon_s: almanac.horizon.as_secs_f64(),
            warm_up_s: almanac.warm_up.as_secs_f64(),
        }
    }
}

pub(super) fn groups_of_site(scenario: &Scenario, site: usize) -> Vec<usize> {
    (0..scenario.groups.len())
        .filter(|group| scenario.groups[*group].site.is_some_and(|its| its.index() == site))
        .collect()
}

fn only_cases(measures: &Measures) -> Measures {
    let is_of_cases = |name| metric(name).is_some_and(|metric| metric.level == Level::Case);
    Measures(measures.0.iter().filter(|(name, _)| is_of_cases(name)).copied().collect())
}

/// Share of (class, interval) pairs with a base whose service level is below the class's goal, and the share of all
/// entered visits that entered in them.
fn missed_intervals(runs: &[RunResult]) -> Option<(f64, f64)> {
    let sum = |of: fn(&RunResult) -> u64| runs.iter().map(of).sum::<u64>();
    let (judged, entered) = (sum(|run| run.below_goal.judged), sum(|run| run.below_goal.entered));
    let missed = (sum(|run| run.below_goal.missed), sum(|run| run.below_goal.entered_in_missed));
    (judged > 0 && entered > 0).then(|| (missed.0 as f64 / judged as f64, missed.1 as f64 / entered as f64))
}
