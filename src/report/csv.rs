//! A result as tidy CSV: one row per scope, name, period and measure.
//!
//! Chooses no measure and joins nothing. Invariant: every estimate of the result has exactly one row, in the order of
//! the scenario, and numbers are the shortest text that reads back as the same number; no value is an empty field.

use std::io;

use crate::experiment::outcome::{Measures, Named, Outcome, PeriodRow};
use crate::stats::Estimate;

/// The period of measures over the whole counted horizon.
const HORIZON: &str = "horizon";

/// Writes one result, or several with the scenario's name as the first column.
///
/// # Errors
/// If `out` does.
pub fn write_csv(out: &mut dyn io::Write, outcomes: &[Outcome]) -> io::Result<()> {
    let names_scenario = outcomes.len() != 1;
    let mut rows = Rows { writer: csv::Writer::from_writer(out), scenario: None };
    let header = ["scenario", "scope", "name", "period", "metric", "mean", "half_width", "n"];
    rows.writer.write_record(&header[usize::from(!names_scenario)..])?;
    for outcome in outcomes {
        rows.scenario = names_scenario.then_some(outcome.manifest.scenario.as_str());
        rows.outcome(outcome)?;
    }
    rows.writer.flush()
}

struct Rows<'a, W: io::Write> {
    writer: csv::Writer<W>,
    scenario: Option<&'a str>,
}

impl<W: io::Write> Rows<'_, W> {
    fn outcome(&mut self, outcome: &Outcome) -> io::Result<()> {
        self.measures("total", "", HORIZON, &outcome.total)?;
        self.named("class", HORIZON, &outcome.classes)?;
        self.named("group", HORIZON, &outcome.groups)?;
        self.named("site", HORIZON, &outcome.sites)?;
        self.named("business_unit", HORIZON, &outcome.business_units)?;
        self.measures("case", "", HORIZON, &outcome.cases)?;
        for target in &outcome.targets {
            let name = match &target.class {
                Some(class) => format!("{class}: {}", target.label),
                None => target.label.clone(),
            };
            self.estimate("target", &name, HORIZON, target.measure, &target.value)?;
            self.estimate("target", &name, target.per, "periods", &target.periods)?;
            self.estimate("target", &name, target.per, "missed", &target.missed)?;
        }
        for period in [&outcome.by_interval, &outcome.by_day, &outcome.by_week, &outcome.by_month] {
            for row in period {
                self.period(row, outcome)?;
            }
        }
        Ok(())
    }

    fn period(&mut self, row: &PeriodRow, outcome: &Outcome) -> io::Result<()> {
        self.measures("total", "", &row.label, &row.total)?;
        for (class, measures) in outcome.classes.iter().zip(&row.classes) {
            self.measures("class", &class.name, &row.label, measures)?;
        }
        for (group, measures) in outcome.groups.iter().zip(&row.groups) {
            self.measures("group", &group.name, &row.label, measures)?;
        }
        Ok(())
    }

    fn named(&mut self, scope: &str, period: &str, named: &[Named]) -> io::Result<()> {
        named.iter().try_for_each(|one| self.measures(scope, &one.name, period, &one.measures))
    }

    fn measures(&mut self, scope: &str, name: &str, period: &str, measures: &Measures) -> io::Result<()> {
        measures
            .0
            .iter()
            .try_for_each(|(metric, estimate)| self.estimate(scope, name, period, metric, estimate))
    }

    fn estimate(
        &mut self,
        scope: &str,
        name: &str,
        period: &str,
        metric: &str,
        estimate: &Estimate,
    ) -> io::Result<()> {
        let values = (scope, name, period, metric, estimate.mean, estimate.half_width, estimate.n);
        match self.scenario {
            None => self.writer.serialize(values),
            Some(scenario) => self.writer.serialize((scenario, values)),
        }
        .map_err(io::Error::from)
    }
}
