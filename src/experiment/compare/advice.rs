//! What the verdicts of an option say together of service and of cost.
//!
//! Words nothing. Invariant: only verdicts of the family are read, so that what is advised is as sure as they are together.

use super::outcome::{AgainstReference, Comparison, Difference};
use super::verdict::Finding;
use crate::measure::Better;

/// How an option does, in service or in cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// In some measure, in no other worse.
    Better,
    /// In some measure, in no other better.
    Worse,
    /// No difference that matters in any.
    Same,
    /// Better in some and worse in others.
    Mixed,
    /// Some not decided, none better or worse.
    NotDecided,
    /// Nothing is measured or judged.
    Unknown,
}

/// Both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Of all judged measures that are no cost and have a better side.
    pub service: Side,
    /// Of all judged costs.
    pub cost: Side,
}

impl Reading {
    /// Whether it is no worse in either, and better in one.
    #[must_use]
    pub fn is_recommended(self) -> bool {
        let is_no_worse = |side| matches!(side, Side::Better | Side::Same);
        (self.service == Side::Better && (is_no_worse(self.cost) || self.cost == Side::Unknown))
            || (self.cost == Side::Better && is_no_worse(self.service))
    }
}

impl AgainstReference {
    /// What its verdicts say together.
    #[must_use]
    pub fn reading(&self) -> Reading {
        let judged = self.differences.iter().filter(|one| one.is_judged() && one.better != Better::Neither);
        let (cost, service): (Vec<&Difference>, Vec<&Difference>) = judged.partition(|one| one.is_cost());
        Reading { service: side(&service), cost: side(&cost) }
    }
}

impl Comparison {
    /// The options that are no worse in service and in cost, and better in one, by position among the options.
    #[must_use]
    pub fn recommended(&self) -> Vec<usize> {
        let is_recommended = |option: &&AgainstReference| option.reading().is_recommended();
        let positions = self.options.iter().enumerate().filter(|(_, option)| is_recommended(option));
        positions.map(|(position, _)| position).collect()
    }
}

fn side(differences: &[&Difference]) -> Side {
    let has = |wanted: fn(Finding) -> bool| differences.iter().any(|one| one.finding.is_some_and(wanted));
    let is_better = has(|finding| finding == Finding::Better);
    let is_worse = has(|finding| finding == Finding::Worse);
    let is_open = has(|finding| matches!(finding, Finding::NotDecided { .. }));
    match (is_better, is_worse) {
        (true, true) => Side::Mixed,
        (true, false) => Side::Better,
        (false, true) => Side::Worse,
        (false, false) if is_open => Side::NotDecided,
        (false, false) if differences.iter().any(|one| one.finding.is_some()) => Side::Same,
        (false, false) => Side::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Estimate;

    fn with(findings: &[(&'static str, Finding)]) -> Reading {
        let difference = |(metric, finding): &(&'static str, Finding)| Difference {
            metric,
            better: Better::Lower,
            of_reference: Estimate::missing(9),
            of_option: Estimate::missing(9),
            difference: Estimate::missing(9),
            is_in_family: true,
            half_width_together: None,
            matters: 1.0,
            finding: Some(*finding),
            confidence: None,
            better_in: None,
            share_of_unpaired_variance: None,
        };
        let option = AgainstReference {
            scenario: 1,
            is_identical: false,
            customers: vec![],
            only_here: vec![],
            only_there: vec![],
            differences: findings.iter().map(difference).collect(),
            classes: vec![],
            missed: vec![],
            cost: None,
        };
        option.reading()
    }

    #[test]
    fn an_option_is_recommended_if_it_is_better_in_one_and_no_worse_in_the_other() {
        use Finding::{Better, NoDifferenceThatMatters as Same, NotDecided, Worse};
        let open = NotDecided { more: None };
        for (wait, left, cost, service, money, is_recommended) in [
            (Better, Same, Same, Side::Better, Side::Same, true),
            (Better, Better, Better, Side::Better, Side::Better, true),
            (Same, Same, Better, Side::Same, Side::Better, true),
            (Same, Same, Same, Side::Same, Side::Same, false),
            (Better, Worse, Better, Side::Mixed, Side::Better, false),
            (Better, Same, Worse, Side::Better, Side::Worse, false),
            (Same, open, Better, Side::NotDecided, Side::Better, false),
            (Better, open, open, Side::Better, Side::NotDecided, false),
        ] {
            let reading = with(&[("asa_s", wait), ("abandonment", left), ("cost_eur", cost)]);
            assert_eq!((reading.service, reading.cost), (service, money), "{wait:?} {left:?} {cost:?}");
            assert_eq!(reading.is_recommended(), is_recommended, "{wait:?} {left:?} {cost:?}");
        }
        assert!(with(&[("asa_s", Better)]).is_recommended(), "where there is no cost service alone counts");
    }
}
