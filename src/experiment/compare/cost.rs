//! What a difference of cost buys, and who bears it.
//!
//! Invariant: the parts by who employs the agents add up to the whole.

use super::digest::{Measured, Sample};
use super::outcome::{Borne, BorneBy, CostCompared};
use crate::experiment::estimates::Members;
use crate::scenario::Scenario;
use crate::scenario::checked::Sourcing;
use crate::stats::{Estimate, Paired, ratio_of_differences};

const COST: &str = "cost_eur";

/// `None` where neither scenario has a cost.
pub(super) fn cost(option: &Sample<'_>, reference: &Sample<'_>) -> Option<CostCompared> {
    let (here, there) = (of_everything(option, COST)?, of_everything(reference, COST)?);
    if here.estimate().mean == Some(0.0) && there.estimate().mean == Some(0.0) {
        return None;
    }
    let difference = here.less(&there);
    let points = of_everything(option, "service_level")?.less(&of_everything(reference, "service_level")?);
    let borne_by = [BorneBy::InHouse, BorneBy::Partners, BorneBy::WithoutSite].into_iter().filter_map(|by| {
        let members = |sample: &Sample<'_>| groups_of(sample.prepared.scenario, by);
        let (of_option, of_reference) = (members(option), members(reference));
        if of_option.is_empty() && of_reference.is_empty() {
            return None;
        }
        let (here, there) = (eur(option, of_option), eur(reference, of_reference));
        let difference = Paired::of_means(&here, &there).estimate();
        let estimate = |values: &[f64]| crate::stats::mean_estimate(values);
        Some(Borne { by, of_reference: estimate(&there), of_option: estimate(&here), difference })
    });
    Some(CostCompared {
        borne_by: borne_by.collect(),
        difference: difference.as_ref().map_or(Estimate::missing(option.n() as u32), |d| d.estimate()),
        // The service level is a share; a point is a hundredth.
        per_point: difference.zip(points).and_then(|(cost, level)| ratio_of_differences(&cost, &level)).map(
            |mut ratio| {
                ratio.value /= 100.0;
                ratio.interval = (ratio.interval.0 / 100.0, ratio.interval.1 / 100.0);
                ratio
            },
        ),
    })
}

fn of_everything<'p>(sample: &Sample<'p>, name: &str) -> Option<Measured<'p>> {
    sample.measured(name, &sample.everything())
}

/// Cost by replication; zeros without groups.
fn eur(sample: &Sample<'_>, groups: Vec<usize>) -> Vec<f64> {
    let members = Members { classes: vec![], groups };
    match sample.measured(COST, &members) {
        Some(measured) => measured.values().into_iter().map(|value| value.unwrap_or(0.0)).collect(),
        None => vec![0.0; sample.n()],
    }
}

fn groups_of(scenario: &Scenario, by: BorneBy) -> Vec<usize> {
    let belongs = |group: &usize| {
        let site = scenario.groups[*group].site.map(|site| scenario.sites[site.index()].sourcing);
        match (by, site) {
            (BorneBy::InHouse, Some(Sourcing::InHouse))
            | (BorneBy::Partners, Some(Sourcing::Outsourced))
            | (BorneBy::WithoutSite, None) => true,
            (BorneBy::InHouse | BorneBy::Partners | BorneBy::WithoutSite, _) => false,
        }
    };
    (0..scenario.groups.len()).filter(belongs).collect()
}
