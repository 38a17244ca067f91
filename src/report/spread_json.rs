//! Bands, waits and flows of a result as JSON.
//!
//! Chooses nothing. Invariant: names and order are the result's.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::json::EstimateJson;
use crate::experiment::{Band, BandRow, Outcome};
use crate::stats::Estimate;

/// `{"label", METRIC: {"p10", "p50", "p90", "n"}}`.
pub(super) struct BandRowJson<'a>(pub &'a BandRow);

impl Serialize for BandRowJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1 + self.0.bands.len()))?;
        map.serialize_entry("label", &self.0.label)?;
        for (name, band) in &self.0.bands {
            map.serialize_entry(name, &BandJson::from(band))?;
        }
        map.end()
    }
}

#[derive(Serialize)]
struct BandJson {
    p10: Option<f64>,
    p50: f64,
    p90: Option<f64>,
    n: u32,
}

impl From<&Band> for BandJson {
    fn from(of: &Band) -> Self {
        let Band { p10, p50, p90, n } = *of;
        Self { p10, p50, p90, n }
    }
}

/// Of answered visits, the share that waited at most so long.
#[derive(Serialize)]
pub(super) struct WaitJson {
    at_most_s: f64,
    share: EstimateJson,
}

impl From<&(f64, Estimate)> for WaitJson {
    fn from((at_most_s, share): &(f64, Estimate)) -> Self {
        Self { at_most_s: *at_most_s, share: share.into() }
    }
}

/// `{CLASS: {GROUP: ESTIMATE}}`.
pub(super) struct FlowsJson<'a>(pub &'a Outcome);

impl Serialize for FlowsJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let flows = self.0.classes.iter().zip(&self.0.flows);
        serializer.collect_map(flows.map(|(class, row)| (&class.name, RowJson(self.0, row))))
    }
}

struct RowJson<'a>(&'a Outcome, &'a [Estimate]);

impl Serialize for RowJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cells = self.0.groups.iter().zip(self.1);
        serializer.collect_map(cells.map(|(group, visits)| (&group.name, EstimateJson::from(visits))))
    }
}
