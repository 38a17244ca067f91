//! Whether the same customers met two scenarios, class by class.
//!
//! Invariant: sameness is claimed only where every fresh contact of every replication was compared by hash.

use super::digest::Sample;
use super::outcome::{CustomersOfClass, Sameness, Trait};
use crate::measure::Customers;
use crate::scenario::Scenario;
use crate::scenario::checked::{ArrivalKind, Class};

/// The classes that both have, in the order of the reference.
pub(super) fn customers(option: &Sample<'_>, reference: &Sample<'_>) -> Vec<CustomersOfClass> {
    common(option.prepared.scenario, reference.prepared.scenario)
        .into_iter()
        .map(|(name, here, there)| {
            let of = |sample: &Sample<'_>, class: usize| -> Vec<Customers> {
                sample.digests.iter().map(|digest| digest.customers[class]).collect()
            };
            let (a, b) = (of(option, here), of(reference, there));
            let classes =
                (&option.prepared.scenario.classes[here], &reference.prepared.scenario.classes[there]);
            let each = |customers: &[Customers]| {
                customers.iter().map(|customers| customers.count as f64).sum::<f64>() / customers.len() as f64
            };
            let unknowns = (option.prepared.scenario.uncertainty, reference.prepared.scenario.uncertainty);
            let is_surely_like = unknowns.0 == unknowns.1;
            CustomersOfClass {
                class: name,
                of_option: each(&a),
                of_reference: each(&b),
                sameness: sameness(&a, &b, classes, is_surely_like),
            }
        })
        .collect()
}

fn sameness(a: &[Customers], b: &[Customers], classes: (&Class, &Class), same_unknowns: bool) -> Sameness {
    if a == b {
        return Sameness::Same;
    }
    let differs = |of: fn(&Customers) -> u64| a.iter().map(of).ne(b.iter().map(of));
    if differs(|customers| customers.arrivals) {
        // The hashes differ with who comes: what they bring is told by the laws.
        let changed = [
            (Trait::Patience, classes.0.patience != classes.1.patience),
            (Trait::Talk, classes.0.talk_time != classes.1.talk_time),
            (Trait::AfterCallWork, classes.0.after_call_work != classes.1.after_call_work),
        ];
        let brings = changed.into_iter().filter(|(_, differs)| *differs || !same_unknowns);
        let independent = |class: &Class| class.arrivals == ArrivalKind::Poisson && !class.is_endless;
        return Sameness::OtherArrivals {
            brings: brings.map(|(what, _)| what).collect(),
            is_coupled: independent(classes.0) && independent(classes.1),
        };
    }
    let changed = [
        (Trait::Patience, differs(|customers| customers.patience)),
        (Trait::Talk, differs(|customers| customers.talk)),
        (Trait::AfterCallWork, differs(|customers| customers.after_call_work)),
    ];
    Sameness::OtherTraits(changed.into_iter().filter(|(_, differs)| *differs).map(|(what, _)| what).collect())
}

/// Classes of both: name, position in the option, position in the reference.
pub(super) fn common(option: &Scenario, reference: &Scenario) -> Vec<(String, usize, usize)> {
    let position = |name: &str| option.classes.iter().position(|class| class.name == name);
    let classes = reference.classes.iter().enumerate();
    classes.filter_map(|(there, class)| Some((class.name.clone(), position(&class.name)?, there))).collect()
}

/// Classes that the first has and the second has not.
pub(super) fn only_in(one: &Scenario, other: &Scenario) -> Vec<String> {
    let is_other = |name: &str| other.classes.iter().any(|class| class.name == name);
    one.classes.iter().map(|class| class.name.clone()).filter(|name| !is_other(name)).collect()
}
