//! What one point gave, as rows of a small CSV file that reads back as the same numbers.
//!
//! Invariant: a record that is written and read is the same record, to the last bit.

use std::io;

use crate::experiment::{Measures, Named, Outcome, Verdict};
use crate::stats::Estimate;

const HEADER: [&str; 6] = ["scope", "name", "metric", "mean", "half_width", "n"];

/// The estimates of one point over its horizon: total, classes, groups, and targets with their verdicts.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Scope, name, metric, estimate.
    pub rows: Vec<(String, String, String, Estimate)>,
}

/// A file that is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnreadableRecord;

impl Record {
    /// Of a result.
    #[must_use]
    pub fn of(outcome: &Outcome) -> Self {
        let mut record = Self { rows: Vec::new() };
        record.measures("total", "", &outcome.total);
        let mut named = |scope: &str, of: &[Named]| {
            of.iter().for_each(|one| record.measures(scope, &one.name, &one.measures));
        };
        named("class", &outcome.classes);
        named("group", &outcome.groups);
        for target in &outcome.targets {
            record.push("target", &target.name(), target.measure, target.value);
            record.push("target", &target.name(), "is_met", target.is_met());
        }
        record
    }

    fn measures(&mut self, scope: &str, name: &str, measures: &Measures) {
        measures.0.iter().for_each(|(metric, estimate)| self.push(scope, name, metric, *estimate));
    }

    fn push(&mut self, scope: &str, name: &str, metric: &str, estimate: Estimate) {
        self.rows.push((scope.to_owned(), name.to_owned(), metric.to_owned(), estimate));
    }

    /// The estimate of a measure of everything.
    #[must_use]
    pub fn total(&self, metric: &str) -> Option<&Estimate> {
        let is_it = |row: &&(String, String, String, Estimate)| row.0 == "total" && row.2 == metric;
        self.rows.iter().find(is_it).map(|(_, _, _, estimate)| estimate)
    }

    /// Whether the targets are met: all of them for sure, one not, or not sure; `None` without a target.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        let verdicts =
            || self.rows.iter().filter(|(scope, _, metric, _)| scope == "target" && metric == "is_met");
        let is = |value: f64| move |row: &(String, String, String, Estimate)| row.3.mean == Some(value);
        match () {
            () if verdicts().next().is_none() => None,
            () if verdicts().any(is(0.0)) => Some(Verdict::Missed),
            () if verdicts().all(is(1.0)) => Some(Verdict::Met),
            () => Some(Verdict::NotSure),
        }
    }

    /// Writes it.
    ///
    /// # Errors
    /// If `out` does.
    pub fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(HEADER).map_err(io::Error::other)?;
        for (scope, name, metric, of) in &self.rows {
            writer
                .serialize((scope, name, metric, of.mean, of.half_width, of.n))
                .map_err(io::Error::other)?;
        }
        writer.flush()
    }

    /// Reads what [`Record::write`] wrote.
    ///
    /// # Errors
    /// If it is something else.
    pub fn read(bytes: &[u8]) -> Result<Self, UnreadableRecord> {
        let mut reader = csv::Reader::from_reader(bytes);
        if reader.headers().map_err(|_| UnreadableRecord)? != HEADER.as_slice() {
            return Err(UnreadableRecord);
        }
        type Row = (String, String, String, Option<f64>, Option<f64>, u32);
        let row = |row: Result<Row, csv::Error>| {
            let (scope, name, metric, mean, half_width, n) = row.map_err(|_| UnreadableRecord)?;
            Ok((scope, name, metric, Estimate { mean, half_width, n }))
        };
        let rows: Vec<_> = reader.deserialize().map(row).collect::<Result<_, _>>()?;
        if rows.is_empty() { Err(UnreadableRecord) } else { Ok(Self { rows }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(verdicts: &[Option<f64>]) -> Record {
        let estimate = |mean| Estimate { mean, half_width: Some(1.0 / 3.0), n: 7 };
        let mut record = Record { rows: Vec::new() };
        record.push("total", "", "asa_s", estimate(Some(0.1 + 0.2)));
        record.push("class", "a, \"b\"", "wait_s", estimate(None));
        verdicts.iter().for_each(|verdict| record.push("target", "t", "is_met", estimate(*verdict)));
        record
    }

    #[test]
    fn a_record_reads_back_as_it_was() {
        let mut bytes = Vec::new();
        record(&[Some(1.0)]).write(&mut bytes).unwrap();
        assert_eq!(Record::read(&bytes), Ok(record(&[Some(1.0)])));
        assert_eq!(record(&[]).total("asa_s").unwrap().mean, Some(0.1 + 0.2));
        assert!(record(&[]).total("wait_s").is_none());
        for torn in [
            &b""[..],
            b"scope,name\n",
            b"scope,name,metric,mean,half_width,n\n",
            b"scope,name,metric,mean,half_width,n\na,b\n",
        ] {
            assert_eq!(Record::read(torn), Err(UnreadableRecord));
        }
    }

    #[test]
    fn all_targets_together_are_met_missed_or_not_sure() {
        assert_eq!(record(&[]).verdict(), None);
        assert_eq!(record(&[Some(1.0), Some(1.0)]).verdict(), Some(Verdict::Met));
        assert_eq!(record(&[Some(1.0), None]).verdict(), Some(Verdict::NotSure));
        assert_eq!(record(&[None, Some(0.0)]).verdict(), Some(Verdict::Missed));
    }
}
