//! Estimates: integer sums of each replication in, means with their intervals out.
//!
//! Knows no period and no name but those of metrics. Invariant: a metric is estimated in one way, here, whatever the
//! rows that it is estimated from.

use super::outcome::Measures;
use crate::measure::{Detail, Kind, METRICS, Metric, Over, Row, RunResult, Table};
use crate::stats::{self, Estimate, Histogram};
use crate::units::Span;

/// Whose rows are summed.
#[derive(Clone, Debug, Default)]
pub(super) struct Members {
    /// Classes, if class measures are asked for.
    pub classes: Vec<usize>,
    /// Groups, if group measures are asked for.
    pub groups: Vec<usize>,
}

/// Sums over some periods and members, one row per replication.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    n: usize,
    class_columns: usize,
    classes: Vec<u64>,
    group_columns: usize,
    groups: Vec<u64>,
    span: Span,
}

impl Sums {
    /// Adds up the rows of `members` in the periods of a table, each of which has `(classes, groups)` rows.
    pub fn of<'a>(
        tables: impl Iterator<Item = &'a Table>,
        shape: (usize, usize),
        periods: impl Iterator<Item = usize> + Clone,
        members: &Members,
        span: Span,
    ) -> Self {
        let mut sums =
            Self { n: 0, class_columns: 0, classes: vec![], group_columns: 0, groups: vec![], span };
        for table in tables {
            sums.n += 1;
            if !members.classes.is_empty() {
                sums.class_columns = table.classes.columns();
                add_rows(&mut sums.classes, &table.classes, shape.0, periods.clone(), &members.classes);
            }
            if !members.groups.is_empty() {
                sums.group_columns = table.groups.columns();
                add_rows(&mut sums.groups, &table.groups, shape.1, periods.clone(), &members.groups);
            }
        }
        sums
    }

    fn row(&self, replication: usize) -> Row<'_> {
        let cut = |cells, columns| row_of(cells, columns, replication);
        Row {
            classes: cut(&self.classes, self.class_columns),
            groups: cut(&self.groups, self.group_columns),
            span: self.span,
        }
    }

    /// Numerators and denominators of a metric, one pair per replication; empty where it is not measured.
    pub fn parts(&self, metric: &Metric) -> Vec<(f64, f64)> {
        let mut pairs = Vec::with_capacity(self.n);
        self.parts_into(metric, &mut pairs);
        pairs
    }

    fn parts_into(&self, metric: &Metric, pairs: &mut Vec<(f64, f64)>) {
        pairs.clear();
        pairs.extend((0..self.n).map_while(|replication| metric.parts(&self.row(replication))));
    }

    /// The measures of a period: those that are shown everywhere.
    pub fn in_period(&self) -> Measures {
        self.measures(|metric| metric.detail == Detail::Everywhere, None)
    }

    /// The measures over the horizon; quantiles where waits are given.
    pub fn over_horizon(&self, waits: Option<&WaitsOfRuns>) -> Measures {
        self.measures(|_| true, waits)
    }

    /// The measure of that name; `None` if it is not measured here.
    pub fn one(&self, name: &str, waits: &WaitsOfRuns) -> Option<Estimate> {
        self.measures(|metric| metric.name == name, Some(waits)).get(name).copied()
    }

    fn measures(&self, is_wanted: impl Fn(&Metric) -> bool, waits: Option<&WaitsOfRuns>) -> Measures {
        let mut estimates = Vec::with_capacity(METRICS.len());
        let mut pairs = Vec::with_capacity(self.n);
        let mut values = Vec::with_capacity(self.n);
        for metric in METRICS.iter().filter(|metric| is_wanted(metric)) {
            self.parts_into(metric, &mut pairs);
            let estimate = match (&metric.kind, waits) {
                (Kind::Quantile { over, p }, Some(waits)) => waits.quantile(*over, *p),
                (Kind::Longest, Some(waits)) => waits.longest(),
                (Kind::LongestOfAll, Some(waits)) => waits.longest_of_all(),
                (Kind::Quantile { .. } | Kind::Longest | Kind::LongestOfAll, None) => continue,
                (Kind::Count { .. } | Kind::Ratio { .. }, _) if pairs.is_empty() => continue,
                (Kind::Count { .. }, _) => {
                    values.clear();
                    values.extend(pairs.iter().map(|(value, _)| *value));
                    stats::mean_estimate(&values)
                }
                (Kind::Ratio { .. }, _) => stats::ratio_estimate(&pairs),
            };
            estimates.push((metric.name, estimate));
        }
        Measures(estimates)
    }
}

fn row_of(cells: &[u64], columns: usize, replication: usize) -> Option<&[u64]> {
    (columns > 0).then(|| &cells[replication * columns..][..columns])
}

/// Appends one row: the sum of the rows of `members` in `periods`.
fn add_rows(
    sums: &mut Vec<u64>,
    cube: &crate::measure::Cube,
    per_period: usize,
    periods: impl Iterator<Item = usize>,
    members: &[usize],
) {
    let first = sums.len();
    sums.resize(first + cube.columns(), 0);
    let total = &mut sums[first..];
    for period in periods {
        for member in members {
            for (sum, value) in total.iter_mut().zip(cube.row(period * per_period + member)) {
                *sum += value;
            }
        }
    }
}

/// Waits of some classes, one entry per replication.
#[derive(Clone, Debug)]
pub(super) struct WaitsOfRuns {
    entered: Vec<Histogram>,
    answered: Vec<Histogram>,
    all_entered: Histogram,
    all_answered: Histogram,
}

impl WaitsOfRuns {
    /// Merges the waits of `classes` in each replication.
    pub fn of<'a>(runs: impl IntoIterator<Item = &'a RunResult>, classes: &[usize]) -> Self {
        let merged = |run: &RunResult, over: Over| {
            let mut histogram = Histogram::new();
            for class in classes {
                let waits = &run.waits[*class];
                histogram.merge(match over {
                    Over::Entered => &waits.entered,
                    Over::Answered => &waits.answered,
                });
            }
            histogram
        };
        Self::merged(runs.into_iter().map(|run| (merged(run, Over::Entered), merged(run, Over::Answered))))
    }

    /// Waits that are merged already, as (entered, answered).
    pub fn merged(runs: impl Iterator<Item = (Histogram, Histogram)>) -> Self {
        let (entered, answered): (Vec<Histogram>, Vec<Histogram>) = runs.unzip();
        let all = |runs: &[Histogram]| stats::merged(&runs.iter().collect::<Vec<_>>());
        let (all_entered, all_answered) = (all(&entered), all(&answered));
        Self { entered, answered, all_entered, all_answered }
    }

    pub fn histograms(&self, over: Over) -> Vec<&Histogram> {
        match over {
            Over::Entered => self.entered.iter().collect(),
            Over::Answered => self.answered.iter().collect(),
        }
    }

    fn quantile(&self, over: Over, p: f64) -> Estimate {
        let all = match over {
            Over::Entered => &self.all_entered,
            Over::Answered => &self.all_answered,
        };
        stats::quantile_estimate_in(all, &self.histograms(over), p)
    }

    /// The pairs whose ratio stands behind a quantile; `None` without waits.
    pub fn shares_at_quantile(&self, over: Over, p: f64) -> Option<Vec<(f64, f64)>> {
        let quantile = self.quantile(over, p).mean?;
        Some(stats::shares_at_most(&self.histograms(over), quantile))
    }

    /// Replications without visits count as zero, unless there are no others.
    fn longest(&self) -> Estimate {
        let longest: Vec<f64> = self.entered.iter().map(|waits| waits.max().as_secs_f64()).collect();
        match self.longest_of_all().mean {
            Some(_) => stats::mean_estimate(&longest),
            None => Estimate::missing(longest.len() as u32),
        }
    }

    fn longest_of_all(&self) -> Estimate {
        let longest = self.entered.iter().filter(|waits| waits.count() > 0).map(Histogram::max).max();
        Estimate { mean: longest.map(Span::as_secs_f64), ..Estimate::missing(self.entered.len() as u32) }
    }
}
