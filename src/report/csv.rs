//! A result as tidy CSV: one row per scope, name, period and measure.
//!
//! Chooses no measure and joins nothing. Invariant: every estimate of the result has exactly one row, in the order of
//! the scenario, and numbers are the shortest text that reads back as the same number; no value is an empty field.

use std::io;

use crate::experiment::{ByMonth, Measures, Named, Outcome, PeriodRow, Risk};
use crate::stats::Estimate;

/// A period and what kind of period it is.
type Period<'a> = (&'static str, &'a str);

/// The period of measures over the whole counted horizon.
const HORIZON: Period<'_> = ("horizon", "horizon");

/// The columns; lists of results have `scenario` before them.
const HEADER: [&str; 8] = ["scope", "name", "period_kind", "period", "metric", "mean", "half_width", "n"];

/// Writes one result.
///
/// # Errors
/// If `out` does.
pub fn write_csv(out: &mut dyn io::Write, outcome: &Outcome) -> io::Result<()> {
    let mut rows = Rows { writer: csv::Writer::from_writer(out), scenario: None };
    rows.writer.write_record(HEADER).map_err(io_error)?;
    rows.outcome(outcome)?;
    rows.writer.flush()
}

/// Writes several results, with the name of the scenario as the first column.
///
/// # Errors
/// If `out` does.
pub fn write_csv_list(out: &mut dyn io::Write, outcomes: &[Outcome]) -> io::Result<()> {
    let mut rows = Rows { writer: csv::Writer::from_writer(out), scenario: None };
    rows.writer.write_record(["scenario"].iter().chain(&HEADER)).map_err(io_error)?;
    for outcome in outcomes {
        rows.scenario = Some(&outcome.manifest.scenario);
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
            let name = target.name();
            self.estimate("target", &name, HORIZON, target.measure, &target.value)?;
            let bound = if target.is_minimum { "at_least" } else { "at_most" };
            self.estimate("target", &name, HORIZON, bound, &certain(Some(target.bound), &target.value))?;
            self.estimate("target", &name, HORIZON, "is_met", &target.is_met())?;
            let per = ("horizon", target.per);
            self.estimate("target", &name, per, "periods", &target.periods)?;
            self.estimate("target", &name, per, "missed", &target.missed)?;
            self.estimate("target", &name, per, "missed_share", &target.missed_share)?;
            self.estimate("target", &name, per, "visits_in_missed", &target.visits_in_missed)?;
        }
        if let Some(risk) = &outcome.risk {
            self.risk(risk)?;
        }
        self.worst_days(outcome)?;
        if let Some(waterfall) = &outcome.waterfall {
            self.by_month("waterfall", &waterfall.groups, &waterfall.all)?;
        }
        if let Some(settlement) = &outcome.settlement {
            self.by_month("contract", &settlement.contracts, &settlement.all)?;
        }
        let periods = [
            ("slot", &outcome.by_interval),
            ("interval", &outcome.intervals),
            ("day", &outcome.by_day),
            ("week", &outcome.by_week),
            ("month", &outcome.by_month),
            ("snapshot", &outcome.snapshots),
        ];
        for (kind, period) in periods {
            for row in period {
                self.period(kind, row, outcome)?;
            }
        }
        Ok(())
    }

    /// Distributions under the name of their measure, then who bears the cost's.
    fn risk(&mut self, risk: &Risk) -> io::Result<()> {
        let n = risk.distributions.iter().map(|(_, of)| of.n).max().unwrap_or(0);
        let number = |value, n| Estimate { mean: value, half_width: None, n };
        for (name, of) in &risk.distributions {
            for (metric, value) in [
                ("mean", Some(of.mean)),
                ("sd", Some(of.sd)),
                ("min", Some(of.min)),
                ("p10", of.p10),
                ("p50", Some(of.p50)),
                ("p90", of.p90),
                ("max", Some(of.max)),
            ] {
                self.estimate("risk", name, HORIZON, metric, &number(value, of.n))?;
            }
        }
        for bearer in &risk.bearers {
            for (metric, value) in
                [("sd", Some(bearer.sd)), ("covariance", Some(bearer.covariance)), ("share", bearer.share)]
            {
                self.estimate("cost_borne_by", &bearer.name, HORIZON, metric, &number(value, n))?;
            }
        }
        Ok(())
    }

    /// By rank, the worst first; what makes most of the hours short is the largest of the three.
    fn worst_days(&mut self, outcome: &Outcome) -> io::Result<()> {
        let n = outcome.manifest.replications;
        for (rank, day) in (1..).zip(&outcome.worst_days) {
            let period = ("day", day.period.as_str());
            for (metric, value) in [
                ("service_level", day.service_level),
                ("abandonment", day.abandonment),
                ("hours_short", day.hours_short),
                ("hours_by_volume", day.hours_by_volume),
                ("hours_by_absence", day.hours_by_absence),
                ("hours_by_misfit", day.hours_by_misfit),
            ] {
                let number = Estimate { mean: Some(value), half_width: None, n };
                self.estimate("worst_day", &rank.to_string(), period, metric, &number)?;
            }
        }
        Ok(())
    }

    fn period(&mut self, kind: &'static str, row: &PeriodRow, outcome: &Outcome) -> io::Result<()> {
        let period = (kind, row.label.as_str());
        self.measures("total", "", period, &row.total)?;
        for (class, measures) in outcome.classes.iter().zip(&row.classes) {
            self.measures("class", &class.name, period, measures)?;
        }
        for (group, measures) in outcome.groups.iter().zip(&row.groups) {
            self.measures("group", &group.name, period, measures)?;
        }
        Ok(())
    }

    /// All together have no name, as the total has none.
    fn by_month(&mut self, scope: &str, of: &[ByMonth], all: &ByMonth) -> io::Result<()> {
        for (name, one) in of.iter().map(|one| (one.name.as_str(), one)).chain([("", all)]) {
            for (month, measures) in &one.months {
                self.measures(scope, name, ("month", month.as_str()), measures)?;
            }
            self.measures(scope, name, HORIZON, &one.total)?;
        }
        Ok(())
    }

    fn named(&mut self, scope: &str, period: Period<'_>, named: &[Named]) -> io::Result<()> {
        named.iter().try_for_each(|one| self.measures(scope, &one.name, period, &one.measures))
    }

    fn measures(
        &mut self,
        scope: &str,
        name: &str,
        period: Period<'_>,
        measures: &Measures,
    ) -> io::Result<()> {
        measures
            .0
            .iter()
            .try_for_each(|(metric, estimate)| self.estimate(scope, name, period, metric, estimate))
    }

    fn estimate(
        &mut self,
        scope: &str,
        name: &str,
        (kind, period): Period<'_>,
        metric: &str,
        estimate: &Estimate,
    ) -> io::Result<()> {
        let values = (scope, name, kind, period, metric, estimate.mean, estimate.half_width, estimate.n);
        match self.scenario {
            None => self.writer.serialize(values),
            Some(scenario) => self.writer.serialize((scenario, values)),
        }
        .map_err(io_error)
    }
}

/// A number of the scenario or a judgement, with the replications behind it and no interval.
fn certain(value: Option<f64>, of: &Estimate) -> Estimate {
    Estimate { mean: value, half_width: None, n: of.n }
}

/// The error underneath with its kind, which the crate's own conversion loses: a closed pipe is no trouble.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use proptest::prelude::*;

    fn bytes(outcome: &Outcome) -> Vec<u8> {
        let mut bytes = Vec::new();
        write_csv(&mut bytes, outcome).unwrap();
        bytes
    }

    fn n_estimates(outcome: &Outcome) -> usize {
        let named = |rows: &[Named]| rows.iter().map(|row| row.measures.0.len()).sum::<usize>();
        let period = |row: &PeriodRow| {
            let classes = row.classes.iter().take(outcome.classes.len());
            let groups = row.groups.iter().take(outcome.groups.len());
            row.total.0.len() + classes.chain(groups).map(|m| m.0.len()).sum::<usize>()
        };
        outcome.total.0.len()
            + outcome.cases.0.len()
            + 7 * outcome.targets.len()
            + 6 * outcome.worst_days.len()
            + [&outcome.classes, &outcome.groups, &outcome.sites, &outcome.business_units]
                .map(|n| named(n))
                .iter()
                .sum::<usize>()
            + [
                &outcome.by_interval,
                &outcome.intervals,
                &outcome.by_day,
                &outcome.by_week,
                &outcome.by_month,
                &outcome.snapshots,
            ]
            .map(|rows| rows.iter().map(period).sum::<usize>())
            .iter()
            .sum::<usize>()
    }

    #[test]
    fn rows_are_tidy() {
        let text = String::from_utf8(bytes(&sample::telecom_year())).unwrap();
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("scope,name,period_kind,period,metric,mean,half_width,n"));
        assert_eq!(lines.next(), Some("total,,horizon,horizon,offered,17004000.0,44000.0,8"));
        assert!(text.contains("\nclass,billing,horizon,horizon,asa_s,14.0,0.4,8\n"), "{text}");
        assert!(text.contains("\nclass,contract,day,2026-01-02,offered,"), "{text}");
        assert!(text.contains("\ntarget,service level 80/20,horizon,horizon,at_least,0.8,,8\n"), "{text}");
        assert!(text.contains("\ntarget,service level 80/20,horizon,horizon,is_met,0.0,,8\n"), "{text}");
        assert!(text.contains("\ntarget,service level 80/20,horizon,day,missed,168.0,11.0,8\n"), "{text}");
    }

    #[test]
    fn no_value_and_no_interval_are_empty_fields() {
        let text = String::from_utf8(bytes(&sample::one_small_replication())).unwrap();
        assert!(text.contains("\ntotal,,horizon,horizon,fcr,,,1\n"), "{text}");
        assert!(text.contains("\ntotal,,horizon,horizon,asa_s,9.27,,1\n"), "{text}");
    }

    #[test]
    fn several_results_name_their_scenario_in_the_first_column() {
        let mut bytes = Vec::new();
        write_csv_list(&mut bytes, &[sample::telecom_year(), sample::one_small_replication()]).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with("scenario,scope,name,"), "{text}");
        assert!(text.contains("\nOne queue,total,,horizon,horizon,asa_s,9.27,,1\n"), "{text}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_result_has_one_row_per_estimate(outcome in sample::any_outcome()) {
            let bytes = bytes(&outcome);
            let mut reader = csv::Reader::from_reader(bytes.as_slice());
            let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
            prop_assert_eq!(rows.len(), n_estimates(&outcome));
        }
    }
}
