//! Differences of the options from the reference, measure by measure.
//!
//! Gives no verdict. Invariant: pairs are replications of the same index.

use super::Plan;
use super::digest::Sample;
use super::screen;
use crate::experiment::estimates::Members;
use crate::measure::{Better, metric};
use crate::stats::{Estimate, Paired};

/// A measure of an option beside the reference's.
pub(super) struct Raw {
    /// Position of the option's scenario.
    pub option: usize,
    pub metric: &'static str,
    pub better: Better,
    /// Whether it is in the family that is judged together.
    pub is_judged: bool,
    pub of_reference: Estimate,
    pub of_option: Estimate,
    /// `None` where either has no value, or of quantiles no interval.
    pub paired: Option<Paired>,
    /// The smallest difference that matters, in the unit of the measure.
    pub matters: f64,
    /// Values by replication, of the option and the reference, where both have one.
    pub values: Vec<(f64, f64)>,
}

/// Of everything: each option in the order of the scenarios, each measure that is shown. Spreads are those of the first
/// `first_stage` replications, if there was such a stage.
pub(super) fn differences(samples: &[Sample<'_>], plan: &Plan, first_stage: Option<u32>) -> Vec<Raw> {
    let judged = screen::judged(plan);
    let shown = screen::shown(plan);
    let reference = &samples[plan.reference];
    let options = (0..samples.len()).filter(|option| *option != plan.reference);
    options
        .flat_map(|option| shown.iter().map(move |name| (option, *name)))
        .filter_map(|(option, name)| {
            let sides =
                [(&samples[option], samples[option].everything()), (reference, reference.everything())];
            let raw = difference(sides, name, plan, first_stage)?;
            Some(Raw { option, is_judged: judged.contains(&name), ..raw })
        })
        .collect()
}

/// One measure of some classes and groups: the option's and the reference's. `None` where neither has it, or both have no cost.
pub(super) fn difference(
    [(option, option_members), (reference, reference_members)]: [(&Sample<'_>, Members); 2],
    name: &'static str,
    plan: &Plan,
    first_stage: Option<u32>,
) -> Option<Raw> {
    let metric = metric(name)?;
    let here = option.measured(name, &option_members)?;
    let there = reference.measured(name, &reference_members)?;
    let (of_option, of_reference) = (here.estimate(), there.estimate());
    let is_nothing = |estimate: &Estimate| match estimate.mean {
        None => true,
        Some(mean) => mean == 0.0 && metric.unit() == "EUR",
    };
    if is_nothing(&of_option) && is_nothing(&of_reference) {
        return None;
    }
    let mut paired = here.less(&there);
    if let Some(first) = first_stage.map(|first| first as usize) {
        let first = option
            .first(first)
            .measured(name, &option_members)?
            .less(&reference.first(first).measured(name, &reference_members)?);
        paired = paired.zip(first).map(|(paired, first)| paired.with_spread_of(&first));
    }
    let values = here.values().into_iter().zip(there.values());
    Some(Raw {
        option: 0,
        metric: metric.name,
        better: metric.better,
        is_judged: false,
        matters: screen::matters(plan, name, of_reference.mean.unwrap_or(0.0)),
        of_reference,
        of_option,
        paired,
        values: values.filter_map(|(here, there)| here.zip(there)).collect(),
    })
}
