//! A comparison as JSON: stable names, nothing that depends on time.
//!
//! Invariant: everything in the comparison is written; no value is `null`.

use std::io;

use serde::Serialize;

use super::words;
use crate::experiment::{
    AgainstReference, BetterIn, Borne, Compared, Comparison, CustomersOfClass, Difference, Finding, Sameness,
    Trait,
};
use crate::measure::Better;
use crate::report::json::{EstimateJson, MeasuresJson, NamedJson, SCHEMA_VERSION, TargetJson, write};
use crate::stats::Estimate;

/// Writes a comparison; scenarios are called as `files` says.
///
/// # Errors
/// If `out` does.
pub fn write_comparison_json(
    out: &mut dyn io::Write,
    comparison: &Comparison,
    files: &[String],
) -> io::Result<()> {
    write(out, &ComparisonJson::of(comparison, files), 3)
}

#[derive(Serialize)]
struct ComparisonJson<'a> {
    schema_version: u32,
    manifest: ManifestJson<'a>,
    reference: &'a str,
    recommended: Vec<&'a str>,
    family: FamilyJson<'a>,
    scenarios: Vec<ScenarioJson<'a>>,
    options: Vec<OptionJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    best: Option<BestJson<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct BestJson<'a> {
    metric: &'static str,
    procedure: &'static str,
    probability: f64,
    matters: f64,
    first: u32,
    replications: u32,
    left: Vec<&'a str>,
    equal: Vec<&'a str>,
    out: Vec<OutJson<'a>>,
}

#[derive(Serialize)]
struct OutJson<'a> {
    file: &'a str,
    after: u32,
}

#[derive(Serialize)]
struct ManifestJson<'a> {
    version: &'a str,
    seed: u64,
    replications_planned: u32,
    replications: u32,
    is_partial: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    stages: Option<StagesJson>,
    first_date: Option<&'a str>,
    last_date: Option<&'a str>,
    time_zone: Option<&'a str>,
    horizon_s: f64,
    warm_up_s: f64,
    contacts_simulated: u64,
}

#[derive(Serialize)]
struct StagesJson {
    first: u32,
    needed: u32,
    at_most: u32,
}

#[derive(Serialize)]
struct FamilyJson<'a> {
    metrics: &'a [&'static str],
    options: usize,
    size: usize,
    confidence: f64,
    verdicts: &'static str,
    intervals: &'static str,
}

#[derive(Serialize)]
struct ScenarioJson<'a> {
    file: &'a str,
    scenario: &'a str,
    scenario_hash: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    staffing_at_target: Option<f64>,
    total: MeasuresJson<'a>,
    classes: NamedJson<'a>,
    sites: NamedJson<'a>,
    targets: Vec<TargetJson<'a>>,
    audit_broken: &'a [String],
}

#[derive(Serialize)]
struct OptionJson<'a> {
    file: &'a str,
    is_identical: bool,
    service: &'static str,
    cost: &'static str,
    is_recommended: bool,
    differences: Vec<DifferenceJson>,
    classes: Vec<ClassJson<'a>>,
    missed: Vec<MissedJson<'a>>,
    cost_difference: Option<CostJson>,
    customers: Vec<CustomersJson<'a>>,
    only_in_option: &'a [String],
    only_in_reference: &'a [String],
}

#[derive(Serialize)]
struct ClassJson<'a> {
    class: &'a str,
    differences: Vec<DifferenceJson>,
}

#[derive(Serialize)]
struct DifferenceJson {
    metric: &'static str,
    better: &'static str,
    in_family: bool,
    reference: EstimateJson,
    option: EstimateJson,
    difference: EstimateJson,
    half_width_together: Option<f64>,
    matters: f64,
    verdict: Option<&'static str>,
    more_replications: Option<(u32, u32)>,
    confidence: Option<f64>,
    better_in: Option<BetterInJson>,
    share_of_unpaired_variance: Option<f64>,
}

#[derive(Serialize)]
struct BetterInJson {
    times: f64,
    n: u32,
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct MissedJson<'a> {
    label: &'a str,
    class: Option<&'a str>,
    per: &'a str,
    difference: EstimateJson,
}

#[derive(Serialize)]
struct CostJson {
    difference: EstimateJson,
    per_point_of_service_level_eur: Option<QuotientJson>,
    borne_by: Vec<BorneJson>,
}

#[derive(Serialize)]
struct QuotientJson {
    value: f64,
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct BorneJson {
    by: &'static str,
    reference: EstimateJson,
    option: EstimateJson,
    difference: EstimateJson,
}

#[derive(Serialize)]
struct CustomersJson<'a> {
    class: &'a str,
    sameness: &'static str,
    other: Vec<&'static str>,
    is_coupled: bool,
    reference_fresh: f64,
    option_fresh: f64,
}

impl<'a> ComparisonJson<'a> {
    fn of(comparison: &'a Comparison, files: &'a [String]) -> Self {
        let file = |position: usize| files.get(position).map_or("", String::as_str);
        let dates = comparison.dates.as_ref();
        Self {
            schema_version: SCHEMA_VERSION,
            manifest: ManifestJson {
                version: &comparison.version,
                seed: comparison.seed,
                replications_planned: comparison.planned,
                replications: comparison.replications,
                is_partial: comparison.is_partial,
                stages: comparison.stages.map(|stages| StagesJson {
                    first: stages.first,
                    needed: stages.needed,
                    at_most: stages.at_most,
                }),
                first_date: dates.map(|dates| dates.0.as_str()),
                last_date: dates.map(|dates| dates.1.as_str()),
                time_zone: dates.map(|dates| dates.2.as_str()),
                horizon_s: comparison.horizon_s,
                warm_up_s: comparison.warm_up_s,
                contacts_simulated: comparison.contacts_simulated,
            },
            reference: file(comparison.reference),
            recommended: (comparison.recommended().into_iter())
                .map(|position| file(comparison.options[position].scenario))
                .collect(),
            family: FamilyJson {
                metrics: &comparison.family.metrics,
                options: comparison.options.len(),
                size: comparison.family.size,
                confidence: comparison.family.confidence,
                verdicts: "holm",
                intervals: "bonferroni",
            },
            scenarios: comparison
                .scenarios
                .iter()
                .enumerate()
                .map(|(position, scenario)| ScenarioJson::of(scenario, file(position)))
                .collect(),
            options: (comparison.options.iter())
                .map(|option| OptionJson::of(option, file(option.scenario)))
                .collect(),
            best: comparison.best.as_ref().map(|best| BestJson {
                metric: best.metric,
                procedure: "kim_nelson",
                probability: best.probability,
                matters: best.matters,
                first: best.first,
                replications: best.replications,
                left: best.left.iter().map(|left| file(*left)).collect(),
                equal: best.equal.iter().map(|equal| file(*equal)).collect(),
                out: best
                    .out
                    .iter()
                    .map(|(out, after)| OutJson { file: file(*out), after: *after })
                    .collect(),
            }),
            notes: &comparison.notes,
        }
    }
}

impl<'a> ScenarioJson<'a> {
    fn of(scenario: &'a Compared, file: &'a str) -> Self {
        Self {
            file,
            scenario: &scenario.name,
            scenario_hash: &scenario.hash,
            staffing_at_target: scenario.staffing,
            total: MeasuresJson(&scenario.total),
            classes: NamedJson::of(&scenario.classes),
            sites: NamedJson::of(&scenario.sites),
            targets: scenario.targets.iter().map(TargetJson::from).collect(),
            audit_broken: &scenario.audit,
        }
    }
}

impl<'a> OptionJson<'a> {
    fn of(option: &'a AgainstReference, file: &'a str) -> Self {
        let reading = option.reading();
        let differences = |of: &[Difference]| of.iter().map(DifferenceJson::from).collect();
        Self {
            file,
            is_identical: option.is_identical,
            service: words::side_name(reading.service),
            cost: words::side_name(reading.cost),
            is_recommended: reading.is_recommended(),
            differences: differences(&option.differences),
            classes: (option.classes.iter())
                .map(|(class, of)| ClassJson { class, differences: differences(of) })
                .collect(),
            missed: (option.missed.iter())
                .map(|missed| MissedJson {
                    label: &missed.label,
                    class: missed.class.as_deref(),
                    per: missed.per,
                    difference: (&missed.difference).into(),
                })
                .collect(),
            cost_difference: option.cost.as_ref().map(|cost| CostJson {
                difference: (&cost.difference).into(),
                per_point_of_service_level_eur: cost.per_point.map(|ratio| QuotientJson {
                    value: ratio.value,
                    low: ratio.interval.0,
                    high: ratio.interval.1,
                }),
                borne_by: cost.borne_by.iter().map(BorneJson::from).collect(),
            }),
            customers: option.customers.iter().map(CustomersJson::from).collect(),
            only_in_option: &option.only_here,
            only_in_reference: &option.only_there,
        }
    }
}

impl From<&Difference> for DifferenceJson {
    fn from(one: &Difference) -> Self {
        Self {
            metric: one.metric,
            better: match one.better {
                Better::Lower => "less",
                Better::Higher => "more",
                Better::Neither => "neither",
            },
            in_family: one.is_in_family,
            reference: (&one.of_reference).into(),
            option: (&one.of_option).into(),
            difference: (&one.difference).into(),
            half_width_together: one.half_width_together,
            matters: one.matters,
            verdict: one.finding.map(words::verdict_name),
            more_replications: match one.finding {
                Some(Finding::NotDecided { more }) => more,
                _ => None,
            },
            confidence: one.confidence,
            better_in: one.better_in.as_ref().map(BetterInJson::from),
            share_of_unpaired_variance: one.share_of_unpaired_variance,
        }
    }
}

impl From<&BetterIn> for BetterInJson {
    fn from(better: &BetterIn) -> Self {
        Self { times: better.times, n: better.n, low: better.interval.0, high: better.interval.1 }
    }
}

impl From<&Borne> for BorneJson {
    fn from(borne: &Borne) -> Self {
        let json = |estimate: &Estimate| EstimateJson::from(estimate);
        Self {
            by: words::bearer_name(borne.by),
            reference: json(&borne.of_reference),
            option: json(&borne.of_option),
            difference: json(&borne.difference),
        }
    }
}

impl<'a> From<&'a CustomersOfClass> for CustomersJson<'a> {
    fn from(class: &'a CustomersOfClass) -> Self {
        let names = |of: &[Trait]| {
            of.iter()
                .map(|of| match of {
                    Trait::Patience => "patience",
                    Trait::Talk => "talk_time",
                    Trait::AfterCallWork => "after_call_work",
                })
                .collect()
        };
        let (sameness, other, is_coupled) = match &class.sameness {
            Sameness::Same => ("same", vec![], true),
            Sameness::OtherTraits(of) => ("other_traits", names(of), true),
            Sameness::OtherArrivals { brings, is_coupled } => ("other_arrivals", names(brings), *is_coupled),
        };
        Self {
            class: &class.class,
            sameness,
            other,
            is_coupled,
            reference_fresh: class.of_reference,
            option_fresh: class.of_option,
        }
    }
}
