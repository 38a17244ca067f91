//! Risk: how far one replication lies from another, and whose cost makes the total go up and down.
//!
//! Estimates no mean with an interval. Invariant: the shares of the variance of total cost add up to 1 over all who bear it,
//! because each is its covariance with the total.

use super::assemble::groups_of_site;
use super::estimates::Members;
use super::outcome::{Bearer, BearerKind, Distribution, Risk};
use super::replicate::Runs;
use crate::measure::metric;
use crate::scenario::Scenario;
use crate::stats;

/// What is spread: the total's name of a measure.
const SPREAD: [&str; 3] = ["cost_eur", "service_level", "abandonment"];

/// The spread over replications; `None` with fewer than two.
pub(super) fn risk(runs: &Runs, scenario: &Scenario) -> Option<Risk> {
    if runs.results.len() < 2 {
        return None;
    }
    let (all_classes, all_groups): (Vec<usize>, Vec<usize>) =
        ((0..scenario.classes.len()).collect(), (0..scenario.groups.len()).collect());
    let everything = Members { classes: all_classes, groups: all_groups };
    let distributions =
        SPREAD.iter().filter_map(|name| Some((*name, Distribution::of(&values(runs, &everything, name))?)));
    let sites = scenario.sites.iter().enumerate();
    let sites = sites.map(|(i, site)| (&site.name, BearerKind::Site, groups_of_site(scenario, i)));
    let groups = scenario.groups.iter().enumerate().filter(|(_, group)| group.site.is_none());
    let owners = sites.chain(groups.map(|(i, group)| (&group.name, BearerKind::Group, vec![i])));
    let total = values(runs, &everything, "cost_eur");
    let variance = covariance(&total, &total);
    let bearers = owners.map(|(name, kind, groups)| {
        let cost = values(runs, &Members { classes: vec![], groups }, "cost_eur");
        let with_total = covariance(&cost, &total);
        Bearer {
            name: name.clone(),
            kind,
            sd: covariance(&cost, &cost).sqrt(),
            covariance: with_total,
            share: (variance > 0.0).then(|| with_total / variance),
        }
    });
    let has_cost = total.iter().any(|cost| *cost > 0.0);
    Some(Risk {
        distributions: distributions.collect(),
        bearers: if has_cost { bearers.collect() } else { vec![] },
    })
}

/// One value for each replication that has one.
fn values(runs: &Runs, members: &Members, name: &str) -> Vec<f64> {
    let Some(metric) = metric(name) else { return Vec::new() };
    let parts = runs.over_horizon(members).parts(metric);
    parts.into_iter().filter(|(_, under)| *under > 0.0).map(|(over, under)| over / under).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Of the sample, n − 1 below; 0 where the two cannot be paired.
fn covariance(a: &[f64], b: &[f64]) -> f64 {
    if a.len() != b.len() || a.len() < 2 {
        return 0.0;
    }
    let (of_a, of_b) = (mean(a), mean(b));
    a.iter().zip(b).map(|(x, y)| (x - of_a) * (y - of_b)).sum::<f64>() / (a.len() - 1) as f64
}

impl Distribution {
    /// `None` with fewer than two values.
    pub(super) fn of(values: &[f64]) -> Option<Self> {
        if values.len() < 2 {
            return None;
        }
        // Too few cannot bound the tails.
        let tail = |p| stats::percentile(values, p).filter(|_| values.len() >= stats::MIN_FOR_P90);
        Some(Self {
            mean: mean(values),
            sd: covariance(values, values).sqrt(),
            min: values.iter().copied().fold(f64::INFINITY, f64::min),
            p10: tail(0.1),
            p50: stats::percentile(values, 0.5)?,
            p90: tail(0.9),
            max: values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            n: values.len() as u32,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{Settings, Unattended, simulate};
    use crate::scenario::{self, Texts};

    #[test]
    fn the_tails_are_told_from_the_number_that_can_bound_them() {
        let of = |n: u32| Distribution::of(&(1..=n).map(f64::from).collect::<Vec<_>>()).expect("several");
        let few = of(35);
        assert_eq!((few.min, few.p10, few.p50, few.p90, few.max, few.n), (1.0, None, 18.0, None, 35.0, 35));
        let enough = of(101);
        assert_eq!((enough.p10, enough.p90), (Some(11.0), Some(91.0)));
        // The variance of 1 … n is n (n + 1) ÷ 12.
        assert!((enough.sd.powi(2) - 101.0 * 102.0 / 12.0).abs() < 1e-9);
        assert_eq!(Distribution::of(&[1.0]), None);
    }

    #[test]
    fn groups_without_a_site_bear_their_own_cost() {
        let text = r#"
            horizon = "8h"
            [class.calls]
            volume = { per_hour = 20 }
            talk_time = { constant = "1m" }
            [group.early]
            agents = 5
            takes = [["calls"]]
            cost_per_paid_hour = 30
            [group.late]
            like = "early"
            unplanned_absence = { share = 0.2, in_plan = 0 }
        "#;
        let scenario = scenario::load("s.toml", &[], &Texts::new().with("s.toml", text))
            .unwrap_or_else(|p| panic!("{}", p.render(scenario::Paint::Plain)))
            .scenario;
        let settings = Settings { replications: Some(20), ..Settings::default() };
        let risk = simulate(&scenario, &settings, &Unattended).expect("a run").outcome(&scenario).risk;
        let bearers = risk.expect("several replications").bearers;
        let names: Vec<_> = bearers.iter().map(|bearer| (bearer.name.as_str(), bearer.kind)).collect();
        assert_eq!(names, [("early", BearerKind::Group), ("late", BearerKind::Group)]);
        let shares: Vec<f64> = bearers.iter().filter_map(|bearer| bearer.share).collect();
        assert!(shares[0].abs() < 1e-9 && (shares[1] - 1.0).abs() < 1e-9, "{shares:?}");
    }

    #[test]
    fn who_is_paid_by_the_call_bears_the_risk_and_who_is_paid_by_the_hour_none() {
        let text = r#"
            horizon = "8h"
            [uncertainty]
            volume = 0.1
            [class.calls]
            volume = { per_hour = 100 }
            talk_time = { constant = "1m" }
            patience = { constant = "1m" }
            [routing.calls.split.a]
            share = 0.5
            tier = [{ groups = ["own"] }]
            [routing.calls.split.b]
            share = 0.5
            tier = [{ groups = ["theirs"] }]
            [group.own]
            site = "home"
            agents = 5
            takes = [["calls"]]
            [group.theirs]
            site = "partner"
            agents = 5
            takes = [["calls"]]
            [site.home]
            sourcing = "in_house"
            cost_per_paid_hour = 30
            [site.partner]
            sourcing = "outsourced"
            [contract.partner]
            per_call = 2
        "#;
        let scenario = scenario::load("s.toml", &[], &Texts::new().with("s.toml", text))
            .unwrap_or_else(|p| panic!("{}", p.render(scenario::Paint::Plain)))
            .scenario;
        let settings = Settings { replications: Some(40), ..Settings::default() };
        let risk = simulate(&scenario, &settings, &Unattended).expect("a run").outcome(&scenario).risk;
        let risk = risk.expect("several replications");
        let shares: Vec<f64> = risk.bearers.iter().filter_map(|bearer| bearer.share).collect();
        assert!(shares[0].abs() < 1e-9 && (shares[1] - 1.0).abs() < 1e-9, "{shares:?}");
        let (name, cost) = &risk.distributions[0];
        assert_eq!((*name, cost.n), ("cost_eur", 40));
        assert!(cost.p10 > Some(cost.min) && cost.p90 < Some(cost.max) && cost.sd > 0.0, "{cost:?}");
        assert!((risk.bearers[1].sd - cost.sd).abs() < 1e-9 * cost.sd);
    }
}
