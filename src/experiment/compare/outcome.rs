//! What a comparison found: each scenario, and each option against the reference.
//!
//! Knows no format; `report` turns it into a page, JSON and CSV.

use super::cost::cost;
use super::customers::{common, customers, only_in};
use super::differences::{Raw, difference, differences};
use super::digest::Sample;
use super::verdict::{self, ALPHA, Finding};
use super::{Plan, screen};
use crate::experiment::estimates::Members;
use crate::experiment::outcome::{Measures, Named, TargetOutcome};
use crate::experiment::targets;
use crate::measure::Better;
use crate::stats::{self, Estimate, Paired, RatioOfDifferences};

/// Scenarios compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Version of holdtime.
    pub version: String,
    /// The same seed for all.
    pub seed: u64,
    /// Replications of each scenario asked for, or needed.
    pub planned: u32,
    /// Replications compared.
    pub replications: u32,
    /// Whether the comparison was interrupted.
    pub is_partial: bool,
    /// First date, last date and zone; `None` without dates.
    pub dates: Option<(String, String, String)>,
    /// Counted horizon in seconds.
    pub horizon_s: f64,
    /// Warm-up before it in seconds.
    pub warm_up_s: f64,
    /// Position of the reference among `scenarios`.
    pub reference: usize,
    /// What is judged together.
    pub family: Family,
    /// What two stages needed; `None` with a number that was asked for.
    pub stages: Option<Stages>,
    /// In the order of the command line.
    pub scenarios: Vec<Compared>,
    /// Every scenario but the reference, in the same order.
    pub options: Vec<AgainstReference>,
    /// The best by a measure, if it was searched and could be.
    pub best: Option<super::Best>,
    /// Warnings that teach, in words.
    pub notes: Vec<String>,
    /// Contacts simulated in all replications of all scenarios (offered, warm-up included).
    pub contacts_simulated: u64,
}

/// Verdicts that hold together.
#[derive(Clone, Debug, PartialEq)]
pub struct Family {
    /// Their measures.
    pub metrics: Vec<&'static str>,
    /// Measures × options that have a difference.
    pub size: usize,
    /// All of them are right with this confidence.
    pub confidence: f64,
}

/// How many replications two stages took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stages {
    /// Of the first.
    pub first: u32,
    /// That decide everything, by the spread that the first shows.
    pub needed: u32,
    /// Allowed.
    pub at_most: u32,
    /// Of both.
    pub last: u32,
}

/// A scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Title.
    pub name: String,
    /// Hash of the resolved scenario, 16 hexadecimal digits.
    pub hash: String,
    /// `scale.staffing` at which it meets its targets, if that was asked for.
    pub staffing: Option<f64>,
    /// All classes and groups together.
    pub total: Measures,
    /// By class, quantiles apart.
    pub classes: Vec<Named>,
    /// By site.
    pub sites: Vec<Named>,
    /// Its targets.
    pub targets: Vec<TargetOutcome>,
    /// Laws that were broken, in words; empty when all were kept.
    pub audit: Vec<String>,
}

/// An option against the reference.
#[derive(Clone, Debug, PartialEq)]
pub struct AgainstReference {
    /// Position among the scenarios.
    pub scenario: usize,
    /// Whether every replication is the same in every count.
    pub is_identical: bool,
    /// Whether they met the same customers, by class.
    pub customers: Vec<CustomersOfClass>,
    /// Classes that the reference has not.
    pub only_here: Vec<String>,
    /// Classes that the option has not.
    pub only_there: Vec<String>,
    /// Of everything, those judged together first.
    pub differences: Vec<Difference>,
    /// By class that both have, each judged by itself.
    pub classes: Vec<(String, Vec<Difference>)>,
    /// Periods that miss the targets that both have.
    pub missed: Vec<MissedPeriods>,
    /// `None` where neither has a cost.
    pub cost: Option<CostCompared>,
}

/// Whether the same customers met both, in one class.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomersOfClass {
    /// Its name in both.
    pub class: String,
    /// Fresh contacts of a replication, on average, warm-up included.
    pub of_option: f64,
    /// The same in the reference.
    pub of_reference: f64,
    /// Whether they are the same.
    pub sameness: Sameness,
}

/// Whether two classes meet the same customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sameness {
    /// Everyone comes at the same time and brings the same patience, talk and after-call work.
    Same,
    /// The same people at the same times, who bring something else.
    OtherTraits(Vec<Trait>),
    /// Others come, or at other times.
    OtherArrivals {
        /// What those who come in both bring otherwise.
        brings: Vec<Trait>,
        /// Whether those who come in both are known by the same key: arrivals independent of one another.
        is_coupled: bool,
    },
}

/// What a customer brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trait {
    /// How long it waits.
    Patience,
    /// How long it talks.
    Talk,
    /// After-call work.
    AfterCallWork,
}

/// A measure of an option against the reference's.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Its name.
    pub metric: &'static str,
    /// Which direction is better.
    pub better: Better,
    /// The reference's value.
    pub of_reference: Estimate,
    /// The option's.
    pub of_option: Estimate,
    /// Option less reference, with its own 95 % interval.
    pub difference: Estimate,
    /// Whether it is judged together with others.
    pub is_in_family: bool,
    /// Half the width of its interval that holds together with all others of the family; `None` outside of it.
    pub half_width_together: Option<f64>,
    /// The smallest difference that matters, in the unit of the measure.
    pub matters: f64,
    /// The verdict: by Holm within the family, else by the 95 % interval. `None` without a difference.
    pub finding: Option<Finding>,
    /// Confidence that the mean is better: one less the one-sided p of a paired t. `None` without interval or better side.
    pub confidence: Option<f64>,
    /// In how many replications it is better; `None` without a better side.
    pub better_in: Option<BetterIn>,
    /// Variance of the difference ÷ that of customers of their own.
    pub share_of_unpaired_variance: Option<f64>,
}

impl Difference {
    /// Whether it is judged together with others, and could be.
    #[must_use]
    pub fn is_judged(&self) -> bool {
        self.is_in_family && self.finding.is_some()
    }

    /// Whether it is money.
    #[must_use]
    pub fn is_cost(&self) -> bool {
        self.metric.ends_with("_eur")
    }

    /// The difference with the interval that it is judged by: together with the family, else by itself.
    #[must_use]
    pub fn as_judged(&self) -> Estimate {
        let half_width =
            if self.is_in_family { self.half_width_together } else { self.difference.half_width };
        Estimate { half_width, ..self.difference }
    }
}

/// In how many replications an option is better.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BetterIn {
    /// So many, ties half.
    pub times: f64,
    /// Of so many.
    pub n: u32,
    /// 95 % interval of the share (Wilson).
    pub interval: (f64, f64),
}

/// Periods of a target that both scenarios have.
#[derive(Clone, Debug, PartialEq)]
pub struct MissedPeriods {
    /// `service level 80/20`.
    pub label: String,
    /// The class, or `None` for all.
    pub class: Option<String>,
    /// `day`, `week`, …
    pub per: &'static str,
    /// The option's missed periods less the reference's.
    pub difference: Estimate,
}

/// What a difference of cost buys, and who bears it.
#[derive(Clone, Debug, PartialEq)]
pub struct CostCompared {
    /// By who employs the agents.
    pub borne_by: Vec<Borne>,
    /// EUR a replication, option less reference.
    pub difference: Estimate,
    /// EUR for a point of service level; `None` where the service level may be the same.
    pub per_point: Option<RatioOfDifferences>,
}

/// Who bears a cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BorneBy {
    /// Sites of the company.
    InHouse,
    /// Sites of partners.
    Partners,
    /// Groups without a site.
    WithoutSite,
}

/// A part of the cost, EUR a replication.
#[derive(Clone, Debug, PartialEq)]
pub struct Borne {
    /// Who bears it.
    pub by: BorneBy,
    /// The reference's.
    pub of_reference: Estimate,
    /// The option's.
    pub of_option: Estimate,
    /// Option less reference.
    pub difference: Estimate,
}

/// What these replications say together.
pub(super) fn of(samples: &[Sample<'_>], plan: &Plan, planned: u32, stages: Option<Stages>) -> Comparison {
    let n = samples[0].n() as u32;
    // Also where the second stage was interrupted: that did not depend on what had been seen.
    let first_stage = stages.filter(|stages| n >= stages.first).map(|stages| stages.first);
    let raw = differences(samples, plan, first_stage);
    let p = |raw: &Raw| verdict::p_of_a_verdict(raw.paired.as_ref()?, raw.matters);
    let family: Vec<(usize, f64)> = (raw.iter().enumerate())
        .filter(|(_, raw)| raw.is_judged)
        .filter_map(|(position, raw)| Some((position, p(raw)?)))
        .collect();
    let levels = stats::holm(&family.iter().map(|(_, p)| *p).collect::<Vec<_>>(), ALPHA);
    let level_of = |position: usize| {
        let place = family.iter().position(|(of, _)| *of == position)?;
        levels[place]
    };
    let alone = ALPHA / family.len().max(1) as f64;
    let options = (0..samples.len()).filter(|option| *option != plan.reference);
    let reference = &samples[plan.reference];
    let options: Vec<AgainstReference> = options
        .map(|scenario| {
            let option = &samples[scenario];
            let is_identical = option.digests.iter().zip(reference.digests).all(|(a, b)| a.is_like(b));
            let of_this = raw.iter().enumerate().filter(|(_, raw)| raw.option == scenario);
            let differences = of_this
                .map(|(position, raw)| {
                    let judged =
                        if raw.is_judged { (level_of(position), alone) } else { (Some(ALPHA), ALPHA) };
                    judged_difference(raw, judged, is_identical)
                })
                .collect();
            let (here, there) = (option.prepared.scenario, reference.prepared.scenario);
            AgainstReference {
                scenario,
                is_identical,
                customers: customers(option, reference),
                only_here: only_in(here, there),
                only_there: only_in(there, here),
                differences,
                classes: classes(option, reference, plan, first_stage, is_identical),
                missed: missed(option, reference),
                cost: cost(option, reference),
            }
        })
        .collect();
    let almanac = &reference.prepared.scenario.almanac;
    let dates = reference.prepared.calendar().dates();
    Comparison {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        seed: plan.seed,
        planned,
        replications: n,
        is_partial: n < planned,
        dates: dates.map(|(first, last)| (first.to_string(), last.to_string(), almanac.time_zone.clone())),
        horizon_s: almanac.horizon.as_secs_f64(),
        warm_up_s: almanac.warm_up.as_secs_f64(),
        reference: plan.reference,
        family: Family { metrics: screen::judged(plan), size: family.len(), confidence: 1.0 - ALPHA },
        stages,
        scenarios: samples.iter().map(compared).collect(),
        notes: super::notes::notes(samples, plan, &raw, planned, stages),
        options,
        best: None,
        contacts_simulated: (samples.iter().flat_map(|sample| sample.digests))
            .map(|digest| digest.contacts)
            .sum(),
    }
}

fn judged_difference(raw: &Raw, (level, alpha): (Option<f64>, f64), is_identical: bool) -> Difference {
    let paired = raw.paired.as_ref();
    let missing = || match (raw.of_option.mean, raw.of_reference.mean) {
        // A quantile beyond what was seen has no interval, its value remains.
        (Some(here), Some(there)) => Some(here - there),
        _ => None,
    };
    let n = raw.of_option.n;
    Difference {
        metric: raw.metric,
        better: raw.better,
        of_reference: raw.of_reference,
        of_option: raw.of_option,
        difference: paired
            .map_or_else(|| Estimate { mean: missing(), half_width: None, n }, Paired::estimate),
        is_in_family: raw.is_judged,
        half_width_together: paired.filter(|_| raw.is_judged).and_then(|paired| paired.half_width(alpha)),
        matters: raw.matters,
        finding: match paired {
            Some(_) if is_identical => Some(Finding::Identical),
            Some(paired) => Some(verdict::verdict(paired, raw.matters, raw.better, level, alpha)),
            None => missing().map(|_| Finding::NotDecided { more: None }),
        },
        confidence: paired.and_then(|paired| {
            let above = paired.confidence_above_0()?;
            match raw.better {
                Better::Higher => Some(above),
                Better::Lower => Some(1.0 - above),
                Better::Neither => None,
            }
        }),
        better_in: better_in(raw),
        share_of_unpaired_variance: paired.and_then(Paired::share_of_unpaired_variance),
    }
}

fn better_in(raw: &Raw) -> Option<BetterIn> {
    let is_better = |(here, there): &(f64, f64)| match raw.better {
        Better::Higher => Some(here.partial_cmp(there)?),
        Better::Lower => Some(there.partial_cmp(here)?),
        Better::Neither => None,
    };
    let seen: Vec<std::cmp::Ordering> = raw.values.iter().filter_map(is_better).collect();
    let points = |seen: &std::cmp::Ordering| match seen {
        std::cmp::Ordering::Greater => 1.0,
        std::cmp::Ordering::Equal => 0.5,
        std::cmp::Ordering::Less => 0.0,
    };
    let (times, n) = (seen.iter().map(points).sum(), seen.len() as u32);
    Some(BetterIn { times, n, interval: stats::wilson(times, n)? })
}

/// Of each class that both have.
const OF_CLASSES: [&str; 5] = ["offered", "service_level", "abandonment", "asa_s", "fcr"];

fn classes(
    option: &Sample<'_>,
    reference: &Sample<'_>,
    plan: &Plan,
    first_stage: Option<u32>,
    is_identical: bool,
) -> Vec<(String, Vec<Difference>)> {
    let of_class = |class| Members { classes: vec![class], groups: vec![] };
    let differences = |here, there| {
        let sides = || [(option, of_class(here)), (reference, of_class(there))];
        let raw = OF_CLASSES.iter().filter_map(|name| difference(sides(), name, plan, first_stage));
        raw.map(|raw| judged_difference(&raw, (Some(ALPHA), ALPHA), is_identical)).collect()
    };
    let common = common(option.prepared.scenario, reference.prepared.scenario);
    common.into_iter().map(|(name, here, there)| (name, differences(here, there))).collect()
}

pub(super) fn outcomes(sample: &Sample<'_>) -> Vec<TargetOutcome> {
    let scenario = sample.prepared.scenario;
    let outcome = |(position, target)| {
        let seen: Vec<&targets::Seen> =
            sample.digests.iter().map(|digest| &digest.targets[position]).collect();
        targets::outcome(scenario, target, &seen).0
    };
    scenario.targets.iter().enumerate().map(outcome).collect()
}

fn missed(option: &Sample<'_>, reference: &Sample<'_>) -> Vec<MissedPeriods> {
    let (here, there) = (outcomes(option), outcomes(reference));
    let is_same = |a: &TargetOutcome, b: &TargetOutcome| {
        (&a.label, &a.class, a.per, a.measure, a.bound) == (&b.label, &b.class, b.per, b.measure, b.bound)
    };
    let missed = |sample: &Sample<'_>, position: usize| -> Vec<f64> {
        sample.digests.iter().map(|digest| digest.targets[position].judged.missed as f64).collect()
    };
    (there.iter().enumerate())
        .filter_map(|(of_reference, target)| {
            let of_option = here.iter().position(|other| is_same(other, target))?;
            let (a, b) = (missed(option, of_option), missed(reference, of_reference));
            Some(MissedPeriods {
                label: target.label.clone(),
                class: target.class.clone(),
                per: target.per,
                difference: Paired::of_means(&a, &b).estimate(),
            })
        })
        .collect()
}

fn compared(sample: &Sample<'_>) -> Compared {
    let scenario = sample.prepared.scenario;
    let named = |name: &str, members: Members| Named { name: name.to_owned(), measures: sample.of(&members) };
    let classes = scenario.classes.iter().enumerate();
    let sites = scenario.sites.iter().enumerate();
    Compared {
        name: scenario.name.clone(),
        hash: format!("{:016x}", scenario.hash),
        staffing: None,
        total: sample.total(),
        classes: classes
            .map(|(i, class)| named(&class.name, Members { classes: vec![i], groups: vec![] }))
            .collect(),
        sites: sites
            .map(|(i, site)| {
                let groups = crate::experiment::assemble::groups_of_site(scenario, i);
                named(&site.name, Members { classes: vec![], groups })
            })
            .collect(),
        targets: outcomes(sample),
        audit: sample.digests.iter().flat_map(|digest| digest.audit.iter().cloned()).collect(),
    }
}
