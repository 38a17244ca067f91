//! A result as JSON: stable names, the scenario's order, nothing that depends on time.
//!
//! Chooses no measure: everything in the result is written. Invariant: numbers are the shortest text that reads back as
//! the same number; no value is `null`.

use std::io;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::ser::Formatter;

use super::spread_json::{BandRowJson, FlowsJson, WaitJson};
use crate::experiment::{
    Bearer, BearerKind, ByMonth, Distribution, Hardest, Manifest, Measures, Named, NetStaffing, Outcome,
    PeriodRow, Precision, Replication, Risk, Settlement, TargetOutcome, Until, Verdict, Waterfall, WorstDay,
};
use crate::stats::Estimate;

/// Raised when a key changes its name or meaning; new keys do not raise it.
pub const SCHEMA_VERSION: u32 = 1;

/// Writes one result as an object, one entry of a table a line.
///
/// # Errors
/// If `out` does.
pub fn write_json(out: &mut dyn io::Write, outcome: &Outcome) -> io::Result<()> {
    write(out, &ResultJson::from(outcome), 2)
}

/// Writes results as an array of such objects.
///
/// # Errors
/// If `out` does.
pub fn write_json_list(out: &mut dyn io::Write, outcomes: &[Outcome]) -> io::Result<()> {
    write(out, &outcomes.iter().map(ResultJson::from).collect::<Vec<_>>(), 3)
}

pub(super) fn write(out: &mut dyn io::Write, value: &impl Serialize, deepest: usize) -> io::Result<()> {
    let lines = Lines { depth: 0, deepest, has_entries: false };
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, lines))?;
    writeln!(out)
}

/// The shape of the document.
#[derive(Serialize)]
struct ResultJson<'a> {
    schema_version: u32,
    manifest: ManifestJson<'a>,
    total: MeasuresJson<'a>,
    classes: NamedJson<'a>,
    groups: NamedJson<'a>,
    sites: NamedJson<'a>,
    business_units: NamedJson<'a>,
    by_interval: Vec<PeriodJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    intervals: Vec<PeriodJson<'a>>,
    bands: Vec<BandRowJson<'a>>,
    waits: Vec<WaitJson>,
    flows: FlowsJson<'a>,
    by_day: Vec<PeriodJson<'a>>,
    by_week: Vec<PeriodJson<'a>>,
    by_month: Vec<PeriodJson<'a>>,
    day_spread: Vec<DaySpreadJson<'a>>,
    replications: Vec<ReplicationJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    snapshots: Vec<PeriodJson<'a>>,
    targets: Vec<TargetJson<'a>>,
    cases: MeasuresJson<'a>,
    hardest: Vec<HardestJson<'a>>,
    worst_days: Vec<WorstDayJson<'a>>,
    missed_intervals: Option<MissedIntervalsJson>,
    net_staffing: Option<NetStaffingJson<'a>>,
    risk: Option<RiskJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waterfall: Option<WaterfallJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settlement: Option<SettlementJson<'a>>,
    notes: &'a [String],
    audit: AuditJson<'a>,
}

impl<'a> From<&'a Outcome> for ResultJson<'a> {
    fn from(outcome: &'a Outcome) -> Self {
        let periods = |rows: &'a [PeriodRow]| {
            rows.iter().map(|row| PeriodJson::new(row, &outcome.classes, &outcome.groups)).collect()
        };
        Self {
            schema_version: SCHEMA_VERSION,
            manifest: ManifestJson::of(outcome),
            total: MeasuresJson(&outcome.total),
            classes: NamedJson::of(&outcome.classes),
            groups: NamedJson::of(&outcome.groups),
            sites: NamedJson::of(&outcome.sites),
            business_units: NamedJson::of(&outcome.business_units),
            by_interval: periods(&outcome.by_interval),
            intervals: periods(&outcome.intervals),
            bands: outcome.bands.iter().map(BandRowJson).collect(),
            waits: outcome.waits.iter().map(WaitJson::from).collect(),
            flows: FlowsJson(outcome),
            by_day: periods(&outcome.by_day),
            by_week: periods(&outcome.by_week),
            by_month: periods(&outcome.by_month),
            day_spread: DaySpreadJson::of(outcome),
            replications: outcome.each.iter().map(ReplicationJson::from).collect(),
            snapshots: periods(&outcome.snapshots),
            targets: outcome.targets.iter().map(TargetJson::from).collect(),
            cases: MeasuresJson(&outcome.cases),
            hardest: outcome.hardest.iter().map(HardestJson::from).collect(),
            worst_days: outcome.worst_days.iter().map(WorstDayJson::from).collect(),
            missed_intervals: outcome
                .missed_intervals
                .map(|(share, visits_share)| MissedIntervalsJson { share, visits_share }),
            net_staffing: outcome.net_staffing.as_ref().map(NetStaffingJson::from),
            risk: outcome.risk.as_ref().map(RiskJson),
            waterfall: outcome.waterfall.as_ref().map(WaterfallJson::from),
            settlement: outcome.settlement.as_ref().map(SettlementJson::from),
            notes: &outcome.notes,
            audit: AuditJson { is_kept: outcome.audit.is_empty(), broken: &outcome.audit },
        }
    }
}

#[derive(Serialize)]
struct ManifestJson<'a> {
    version: &'a str,
    scenario: &'a str,
    scenario_hash: &'a str,
    seed: u64,
    replications_planned: u32,
    replications: u32,
    is_partial: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<UntilJson>,
    first_date: Option<&'a str>,
    last_date: Option<&'a str>,
    time_zone: Option<&'a str>,
    horizon_s: f64,
    warm_up_s: f64,
    contacts_simulated: u64,
}

impl<'a> ManifestJson<'a> {
    fn of(outcome: &'a Outcome) -> Self {
        let manifest: &Manifest = &outcome.manifest;
        let dates = manifest.dates.as_ref();
        Self {
            version: &manifest.version,
            scenario: &manifest.scenario,
            scenario_hash: &manifest.scenario_hash,
            seed: manifest.seed,
            replications_planned: manifest.replications_planned,
            replications: manifest.replications,
            is_partial: manifest.is_partial,
            until: manifest.until.map(|(until, is_reached)| UntilJson::of(until, is_reached)),
            first_date: dates.map(|d| d.0.as_str()),
            last_date: dates.map(|d| d.1.as_str()),
            time_zone: dates.map(|d| d.2.as_str()),
            horizon_s: manifest.horizon_s,
            warm_up_s: manifest.warm_up_s,
            contacts_simulated: outcome.contacts_simulated,
        }
    }
}

/// What decided how many replications there are: one of the two widths.
#[derive(Serialize)]
struct UntilJson {
    metric: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    relative: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    absolute: Option<f64>,
    is_reached: bool,
}

impl UntilJson {
    fn of(until: Until, is_reached: bool) -> Self {
        let (relative, absolute) = match until.precision {
            Precision::Relative(share) => (Some(share), None),
            Precision::Absolute(most) => (None, Some(most)),
        };
        Self { metric: until.measure, relative, absolute, is_reached }
    }
}

#[derive(Serialize)]
pub(super) struct EstimateJson {
    mean: Option<f64>,
    half_width: Option<f64>,
    n: u32,
}

impl From<&Estimate> for EstimateJson {
    fn from(estimate: &Estimate) -> Self {
        Self { mean: estimate.mean, half_width: estimate.half_width, n: estimate.n }
    }
}

/// `{METRIC: ESTIMATE}` in the order of the result.
pub(super) struct MeasuresJson<'a>(pub &'a Measures);

impl Serialize for MeasuresJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.0.iter().map(|(name, estimate)| (name, EstimateJson::from(estimate))))
    }
}

/// `{NAME: {METRIC: ESTIMATE}}` in the order of the scenario.
pub(super) struct NamedJson<'a>(Vec<(&'a str, &'a Measures)>);

impl<'a> NamedJson<'a> {
    pub(super) fn of(named: &'a [Named]) -> Self {
        Self(named.iter().map(|n| (n.name.as_str(), &n.measures)).collect())
    }
}

impl Serialize for NamedJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, measures) in &self.0 {
            map.serialize_entry(name, &MeasuresJson(measures))?;
        }
        map.end()
    }
}

#[derive(Serialize)]
struct PeriodJson<'a> {
    label: &'a str,
    total: MeasuresJson<'a>,
    classes: NamedJson<'a>,
    groups: NamedJson<'a>,
}

impl<'a> PeriodJson<'a> {
    fn new(row: &'a PeriodRow, classes: &'a [Named], groups: &'a [Named]) -> Self {
        let named = |names: &'a [Named], measures: &'a [Measures]| {
            NamedJson(names.iter().map(|n| n.name.as_str()).zip(measures).collect())
        };
        Self {
            label: &row.label,
            total: MeasuresJson(&row.total),
            classes: named(classes, &row.classes),
            groups: named(groups, &row.groups),
        }
    }
}

/// How far the replications lie apart on a day of `by_day`.
#[derive(Serialize)]
struct DaySpreadJson<'a> {
    label: &'a str,
    service_level: Option<DistributionJson>,
    missed_share: &'a [Option<f64>],
}

impl<'a> DaySpreadJson<'a> {
    fn of(outcome: &'a Outcome) -> Vec<Self> {
        let days = outcome.by_day.iter().zip(&outcome.days);
        days.map(|(row, day)| Self {
            label: &row.label,
            service_level: day.service_level.as_ref().map(DistributionJson::from),
            missed_share: &day.missed,
        })
        .collect()
    }
}

#[derive(Serialize)]
struct ReplicationJson<'a> {
    index: u32,
    contacts: u64,
    values: ValuesJson<'a>,
}

impl<'a> From<&'a Replication> for ReplicationJson<'a> {
    fn from(of: &'a Replication) -> Self {
        Self { index: of.index, contacts: of.contacts, values: ValuesJson(&of.values) }
    }
}

/// `{METRIC: VALUE}` in the order of the catalogue.
struct ValuesJson<'a>(&'a [(&'static str, Option<f64>)]);

impl Serialize for ValuesJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

#[derive(Serialize)]
pub(super) struct TargetJson<'a> {
    label: &'a str,
    class: Option<&'a str>,
    measure: &'a str,
    sense: &'static str,
    bound: f64,
    per: &'a str,
    verdict: Option<&'static str>,
    value: EstimateJson,
    periods: EstimateJson,
    missed: EstimateJson,
    missed_share: EstimateJson,
    visits_in_missed: EstimateJson,
    missed_p10: Option<f64>,
    missed_p90: Option<f64>,
}

impl<'a> From<&'a TargetOutcome> for TargetJson<'a> {
    fn from(target: &'a TargetOutcome) -> Self {
        Self {
            label: &target.label,
            class: target.class.as_deref(),
            measure: target.measure,
            sense: if target.is_minimum { "at_least" } else { "at_most" },
            bound: target.bound,
            per: target.per,
            verdict: target.verdict.map(|verdict| match verdict {
                Verdict::Met => "met",
                Verdict::Missed => "missed",
                Verdict::NotSure => "not_sure",
            }),
            value: (&target.value).into(),
            periods: (&target.periods).into(),
            missed: (&target.missed).into(),
            missed_share: (&target.missed_share).into(),
            visits_in_missed: (&target.visits_in_missed).into(),
            missed_p10: target.missed_range.map(|(p10, _)| p10),
            missed_p90: target.missed_range.map(|(_, p90)| p90),
        }
    }
}

#[derive(Serialize)]
struct HardestJson<'a> {
    label: &'a str,
    table: &'a str,
    periods: &'a [String],
    service_level: f64,
    abandonment: f64,
}

impl<'a> From<&'a Hardest> for HardestJson<'a> {
    fn from(hardest: &'a Hardest) -> Self {
        Self {
            label: &hardest.label,
            table: hardest.table,
            periods: &hardest.periods,
            service_level: hardest.service_level,
            abandonment: hardest.abandonment,
        }
    }
}

#[derive(Serialize)]
struct WorstDayJson<'a> {
    label: &'a str,
    period: &'a str,
    service_level: f64,
    abandonment: f64,
    hours_short: f64,
    hours_by_volume: f64,
    hours_by_absence: f64,
    hours_by_misfit: f64,
    reason: Option<&'static str>,
}

impl<'a> From<&'a WorstDay> for WorstDayJson<'a> {
    fn from(of: &'a WorstDay) -> Self {
        Self {
            label: &of.label,
            period: &of.period,
            service_level: of.service_level,
            abandonment: of.abandonment,
            hours_short: of.hours_short,
            hours_by_volume: of.hours_by_volume,
            hours_by_absence: of.hours_by_absence,
            hours_by_misfit: of.hours_by_misfit,
            reason: of.reason.map(super::words::reason),
        }
    }
}

#[derive(Serialize)]
struct MissedIntervalsJson {
    share: f64,
    visits_share: f64,
}

/// How well the roster fits, and the slot of `by_interval` where it is thinnest.
#[derive(Serialize)]
struct NetStaffingJson<'a> {
    misfit: f64,
    label: &'a str,
    period: &'a str,
    required: f64,
    net: f64,
}

impl<'a> From<&'a NetStaffing> for NetStaffingJson<'a> {
    fn from(net: &'a NetStaffing) -> Self {
        let NetStaffing { misfit, label, period, required, net } = net;
        Self { misfit: *misfit, label, period, required: *required, net: *net }
    }
}

/// `{METRIC: DISTRIBUTION, .., "cost_borne_by": [..]}`.
struct RiskJson<'a>(&'a Risk);

impl Serialize for RiskJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.distributions.len() + 1))?;
        for (name, distribution) in &self.0.distributions {
            map.serialize_entry(name, &DistributionJson::from(distribution))?;
        }
        let bearers: Vec<BearerJson<'_>> = self.0.bearers.iter().map(BearerJson::from).collect();
        map.serialize_entry("cost_borne_by", &bearers)?;
        map.end()
    }
}

#[derive(Serialize)]
struct DistributionJson {
    mean: f64,
    sd: f64,
    min: f64,
    p10: Option<f64>,
    p50: f64,
    p90: Option<f64>,
    max: f64,
    n: u32,
}

impl From<&Distribution> for DistributionJson {
    fn from(of: &Distribution) -> Self {
        let Distribution { mean, sd, min, p10, p50, p90, max, n } = *of;
        Self { mean, sd, min, p10, p50, p90, max, n }
    }
}

/// A site, or all groups without one (`null`).
#[derive(Serialize)]
struct BearerJson<'a> {
    site: Option<&'a str>,
    group: Option<&'a str>,
    sd: f64,
    covariance: f64,
    share: Option<f64>,
}

impl<'a> From<&'a Bearer> for BearerJson<'a> {
    fn from(bearer: &'a Bearer) -> Self {
        let Bearer { name, kind, sd, covariance, share } = bearer;
        let (site, group) = match kind {
            BearerKind::Site => (Some(name.as_str()), None),
            BearerKind::Group => (None, Some(name.as_str())),
        };
        Self { site, group, sd: *sd, covariance: *covariance, share: *share }
    }
}

#[derive(Serialize)]
struct WaterfallJson<'a> {
    groups: Vec<ByMonthJson<'a>>,
    all: ByMonthJson<'a>,
}

impl<'a> From<&'a Waterfall> for WaterfallJson<'a> {
    fn from(waterfall: &'a Waterfall) -> Self {
        Self {
            groups: waterfall.groups.iter().map(ByMonthJson::from).collect(),
            all: (&waterfall.all).into(),
        }
    }
}

#[derive(Serialize)]
struct SettlementJson<'a> {
    contracts: Vec<ByMonthJson<'a>>,
    all: ByMonthJson<'a>,
}

impl<'a> From<&'a Settlement> for SettlementJson<'a> {
    fn from(settlement: &'a Settlement) -> Self {
        Self {
            contracts: settlement.contracts.iter().map(ByMonthJson::from).collect(),
            all: (&settlement.all).into(),
        }
    }
}

#[derive(Serialize)]
struct ByMonthJson<'a> {
    name: &'a str,
    months: Vec<MonthJson<'a>>,
    total: MeasuresJson<'a>,
}

#[derive(Serialize)]
struct MonthJson<'a> {
    label: &'a str,
    total: MeasuresJson<'a>,
}

impl<'a> From<&'a ByMonth> for ByMonthJson<'a> {
    fn from(settled: &'a ByMonth) -> Self {
        let months = settled.months.iter();
        Self {
            name: &settled.name,
            months: months.map(|(label, of)| MonthJson { label, total: MeasuresJson(of) }).collect(),
            total: MeasuresJson(&settled.total),
        }
    }
}

#[derive(Serialize)]
struct AuditJson<'a> {
    is_kept: bool,
    broken: &'a [String],
}

/// Line breaks down to the entries of the tables, none inside them: a large result stays readable and small.
struct Lines {
    depth: usize,
    deepest: usize,
    has_entries: bool,
}

impl Lines {
    fn open<W: ?Sized + io::Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.has_entries = false;
        out.write_all(bracket)
    }

    fn before_entry<W: ?Sized + io::Write>(&self, out: &mut W, is_first: bool) -> io::Result<()> {
        let is_on_own_line = self.depth <= self.deepest;
        if !is_first {
            out.write_all(if is_on_own_line { b"," } else { b", " })?;
        }
        if is_on_own_line { self.new_line(out) } else { Ok(()) }
    }

    fn close<W: ?Sized + io::Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.has_entries && self.depth < self.deepest {
            self.new_line(out)?;
        }
        out.write_all(bracket)
    }

    fn new_line<W: ?Sized + io::Write>(&self, out: &mut W) -> io::Result<()> {
        out.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| out.write_all(b"  "))
    }
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.before_entry(out, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_entries = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.before_entry(out, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_entries = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn text(outcome: &Outcome) -> String {
        let mut bytes = Vec::new();
        write_json(&mut bytes, outcome).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    /// Each key of the list stands in the text after the one before.
    fn stand_in_order(text: &str, keys: &[&str]) {
        let places: Vec<usize> =
            keys.iter().map(|key| text.find(&format!("\"{key}\": ")).expect(key)).collect();
        assert!(places.is_sorted(), "{keys:?} at {places:?}");
    }

    #[test]
    fn keys_stand_in_the_agreed_order_and_names_in_that_of_the_scenario() {
        let text = text(&sample::telecom_year());
        stand_in_order(
            &text,
            &[
                "schema_version",
                "manifest",
                "total",
                "classes",
                "groups",
                "sites",
                "business_units",
                "by_interval",
                "by_day",
                "by_week",
                "by_month",
                "targets",
                "cases",
                "notes",
                "audit",
            ],
        );
        stand_in_order(&text, &["billing", "contract", "technical", "mobile", "order_move", "cancellation"]);
        stand_in_order(&text, &["west", "south", "east", "partner_a"]);
    }

    #[test]
    fn a_number_reads_back_as_itself_and_no_value_is_null() {
        let small = sample::one_small_replication();
        let value: Value = serde_json::from_str(&text(&small)).unwrap();
        let abandonment = &value["total"]["abandonment"];
        assert_eq!(abandonment["mean"].as_f64(), small.total.get("abandonment").unwrap().mean);
        assert_eq!(abandonment["half_width"], Value::Null);
        assert_eq!(abandonment["n"], 1);
        assert_eq!(value["total"]["fcr"]["mean"], Value::Null);
        assert_eq!(value["manifest"]["first_date"], Value::Null);
    }

    #[test]
    fn a_row_of_a_table_is_one_line() {
        let text = text(&sample::telecom_year());
        assert!(
            text.lines().any(|line| line.starts_with("    \"billing\": {") && line.ends_with("}},")),
            "{text}"
        );
        let days: Vec<&str> =
            text.lines().filter(|line| line.trim_start().starts_with("{\"label\": \"2026")).collect();
        assert_eq!(days.len(), 2);
    }

    #[test]
    fn several_results_are_an_array_whose_entries_are_the_single_results() {
        let outcomes = [sample::telecom_year(), sample::one_small_replication()];
        let mut bytes = Vec::new();
        write_json_list(&mut bytes, &outcomes).unwrap();
        let list: Vec<Value> = serde_json::from_slice(&bytes).unwrap();
        let singles: Vec<Value> = outcomes.iter().map(|o| serde_json::from_str(&text(o)).unwrap()).collect();
        assert_eq!(list, singles);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_result_is_json_that_can_be_read(outcome in sample::any_outcome()) {
            let value: Value = serde_json::from_str(&text(&outcome)).unwrap();
            prop_assert_eq!(value["manifest"]["scenario"].as_str(), Some(outcome.manifest.scenario.as_str()));
            prop_assert_eq!(value["notes"].as_array().map(Vec::len), Some(outcome.notes.len()));
        }
    }
}
