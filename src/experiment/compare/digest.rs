//! What a comparison keeps of a replication, and what the replications of a scenario say of a measure.
//!
//! Invariant: everything is a sum of the run's own counts; equal digests are equal results.

use super::runs::Prepared;
use crate::experiment::estimates::{Members, Sums, WaitsOfRuns};
use crate::experiment::outcome::Measures;
use crate::experiment::targets::{Judge, Seen};
use crate::measure::{Cube, Customers, Frame, Kind, Over, RunResult, Table, metric};
use crate::stats::{self, Estimate, Histogram, Paired};
use crate::units::Span;

/// What is kept of a replication: kilobytes, where its result has megabytes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Digest {
    /// Sums over the horizon, one period.
    totals: Table,
    /// Waits of all classes.
    entered: Histogram,
    answered: Histogram,
    /// By target.
    pub targets: Vec<Seen>,
    /// By class.
    pub customers: Vec<Customers>,
    pub contacts: u64,
    /// Laws that were broken, in words.
    pub audit: Vec<String>,
}

impl Digest {
    pub fn of(frame: &Frame, judges: &[Judge], run: RunResult, customers: Vec<Customers>) -> Self {
        let targets =
            judges.iter().enumerate().map(|(position, judge)| judge.look_at(frame, &run, position)).collect();
        let days = frame.days().len();
        let totals = Table {
            classes: total(&run.by_day.classes, days, frame.n_classes()),
            groups: total(&run.by_day.groups, days, frame.n_groups()),
        };
        let (mut entered, mut answered) = (Histogram::new(), Histogram::new());
        for waits in &run.waits {
            entered.merge(&waits.entered);
            answered.merge(&waits.answered);
        }
        let audit = run.audit.iter().map(|law| format!("replication {}: {law}", run.replication)).collect();
        Self { totals, entered, answered, targets, customers, contacts: run.contacts, audit }
    }
}

impl Digest {
    /// Whether both are the same in every count, whatever was wanted of them.
    pub fn is_like(&self, other: &Self) -> bool {
        (&self.totals, &self.entered, &self.answered, &self.customers, self.contacts)
            == (&other.totals, &other.entered, &other.answered, &other.customers, other.contacts)
    }
}

/// The rows of all days in one.
fn total(by_day: &Cube, days: usize, per_day: usize) -> Cube {
    let mut sums = Cube::new(per_day, by_day.columns());
    for row in 0..per_day {
        sums.add_to_row(row, &by_day.sum((0..days).map(|day| day * per_day + row)));
    }
    sums
}

/// The replications of a scenario.
#[derive(Clone, Copy)]
pub(super) struct Sample<'p> {
    pub prepared: &'p Prepared<'p>,
    pub digests: &'p [Digest],
}

impl<'p> Sample<'p> {
    pub fn n(&self) -> usize {
        self.digests.len()
    }

    /// The first replications alone.
    pub fn first(&self, n: usize) -> Self {
        Self { digests: &self.digests[..n], ..*self }
    }

    pub fn everything(&self) -> Members {
        let frame = &self.prepared.frame;
        Members { classes: (0..frame.n_classes()).collect(), groups: (0..frame.n_groups()).collect() }
    }

    fn sums(&self, members: &Members) -> Sums {
        let frame = &self.prepared.frame;
        let tables = self.digests.iter().map(|digest| &digest.totals);
        Sums::of(tables, (frame.n_classes(), frame.n_groups()), 0..1, members, frame.horizon())
    }

    /// All measures of everything.
    pub fn total(&self) -> Measures {
        let waits = self.digests.iter().map(|digest| (digest.entered.clone(), digest.answered.clone()));
        self.sums(&self.everything()).over_horizon(Some(&WaitsOfRuns::merged(waits)))
    }

    /// All measures of some classes or groups, quantiles apart.
    pub fn of(&self, members: &Members) -> Measures {
        self.sums(members).over_horizon(None)
    }

    /// One measure of some classes and groups, quantiles always of everything; `None` where it has no interval or is not measured.
    pub fn measured(&self, name: &str, members: &Members) -> Option<Measured<'p>> {
        let metric = metric(name)?;
        let pairs = || Some(self.sums(members).parts(metric)).filter(|pairs| !pairs.is_empty());
        Some(match &metric.kind {
            Kind::Count { .. } => Measured::Means(pairs()?.into_iter().map(|(value, _)| value).collect()),
            Kind::Ratio { .. } => Measured::Ratios(pairs()?),
            Kind::Quantile { over, p } => {
                let waits = |digest: &'p Digest| match over {
                    Over::Entered => &digest.entered,
                    Over::Answered => &digest.answered,
                };
                Measured::Waits(self.digests.iter().map(waits).collect(), *p)
            }
            Kind::Longest | Kind::LongestOfAll => return None,
        })
    }
}

/// A measure, replication by replication.
pub(in crate::experiment) enum Measured<'p> {
    Means(Vec<f64>),
    /// Numerator and denominator.
    Ratios(Vec<(f64, f64)>),
    /// With the level of the quantile.
    Waits(Vec<&'p Histogram>, f64),
}

impl Measured<'_> {
    pub fn estimate(&self) -> Estimate {
        match self {
            Self::Means(values) => stats::mean_estimate(values),
            Self::Ratios(pairs) => stats::ratio_estimate(pairs),
            Self::Waits(waits, p) => stats::quantile_estimate(waits, *p),
        }
    }

    /// This less the other; `None` where either has no value, or of quantiles no interval.
    pub fn less(&self, other: &Self) -> Option<Paired> {
        match (self, other) {
            (Self::Means(a), Self::Means(b)) if !a.is_empty() => Some(Paired::of_means(a, b)),
            (Self::Ratios(a), Self::Ratios(b)) => Paired::of_ratios(a, b),
            (Self::Waits(a, p), Self::Waits(b, _)) => Paired::of_quantiles(a, b, *p),
            _ => None,
        }
    }

    /// This, with what each replication adds to it; `None` where it has no value, or of quantiles no interval.
    pub fn alone(&self) -> Option<Paired> {
        match self {
            Self::Means(values) => self.less(&Self::Means(vec![0.0; values.len()])),
            Self::Ratios(pairs) => self.less(&Self::Ratios(vec![(0.0, 1.0); pairs.len()])),
            Self::Waits(waits, p) => {
                let mut nothing = Histogram::new();
                nothing.record(Span::ZERO);
                Paired::of_quantiles(waits, &vec![&nothing; waits.len()], *p)
            }
        }
    }

    /// Its value in each replication; `None` in those without.
    pub fn values(&self) -> Vec<Option<f64>> {
        match self {
            Self::Means(values) => values.iter().copied().map(Some).collect(),
            Self::Ratios(pairs) => {
                pairs.iter().map(|(over, under)| (*under > 0.0).then(|| over / under)).collect()
            }
            Self::Waits(waits, p) => waits.iter().map(|waits| waits.quantile(*p)).collect(),
        }
    }
}
