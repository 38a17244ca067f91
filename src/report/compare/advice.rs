//! One sentence that answers which scenario is better, by how much and at what cost, as far as the verdicts go.
//!
//! Invariant: nothing is said that a verdict of the family does not bear.

use super::blocks::signed;
use super::{letter, words};
use crate::experiment::{AgainstReference, Comparison, Difference, Finding, Side};
use crate::report::number::{NumberStyle, Unit};

/// The recommendation.
pub(super) fn advice(comparison: &Comparison, names: &[String], in_time: &str) -> String {
    if comparison.replications < 2 {
        return "One replication shows no chance: differences are told, no verdict is given.".to_owned();
    }
    match comparison.options.as_slice() {
        [one] => of_one(comparison, one, names, in_time),
        several => of_several(comparison, several, names, in_time),
    }
}

fn name(names: &[String], position: usize) -> String {
    format!("{} ({})", letter(position), names[position])
}

fn of_one(comparison: &Comparison, option: &AgainstReference, names: &[String], in_time: &str) -> String {
    let reference = name(names, comparison.reference);
    let this = name(names, option.scenario);
    if option.is_identical {
        return format!("{this} and {reference} are identical: every replication has the same result.");
    }
    let reading = option.reading();
    let (short, other) = (letter(option.scenario), letter(comparison.reference));
    let figures = figures(option, in_time);
    let told = if figures.is_empty() { ".".to_owned() } else { format!(": {figures}.") };
    match (reading.service, reading.cost) {
        (Side::Better, Side::Better) => {
            format!("Take {this}: it serves better than {reference} and costs less{told}")
        }
        (Side::Better, Side::Same) => {
            format!("Take {this}: it serves better than {reference} at the same cost{told}")
        }
        (Side::Better, Side::Unknown) => format!("{this} serves better than {reference}{told}"),
        (Side::Same, Side::Better) => {
            format!("Take {this}: it serves as well as {reference} and costs less{told}")
        }
        (Side::Better, Side::Worse) => format!(
            "{this} serves better than {reference} and costs more{told}{}",
            per_point(option, "It is worth it if a point of service level is worth more than")
        ),
        (Side::Worse, Side::Better) => format!(
            "{this} costs less than {reference} and serves worse{told}{}",
            per_point(option, "For each point of service level given up it saves")
        ),
        (Side::Worse, Side::Worse) => format!("Keep {reference}: {this} serves worse and costs more{told}"),
        (Side::Worse, Side::Same) => format!("Keep {reference}: {this} serves worse at the same cost{told}"),
        (Side::Worse, Side::Unknown) => format!("{this} serves worse than {reference}{told}"),
        (Side::Same, Side::Worse) => {
            format!("Keep {reference}: {this} serves no better and costs more{told}")
        }
        (Side::Same, Side::Same | Side::Unknown) => {
            format!("{this} and {reference} do not differ by anything that matters.")
        }
        (Side::NotDecided, Side::NotDecided | Side::Unknown) => {
            format!("Not decided: chance may have made what {short} and {other} differ by.")
        }
        (service, cost) => {
            let reading = words::reading(service, cost);
            format!("{this} against {reference}: {reading}{told}")
        }
    }
}

fn of_several(
    comparison: &Comparison,
    options: &[AgainstReference],
    names: &[String],
    in_time: &str,
) -> String {
    let reference = name(names, comparison.reference);
    let others: Vec<String> = options
        .iter()
        .filter(|option| !option.reading().is_recommended())
        .map(|option| {
            let reading = option.reading();
            let said = if option.is_identical {
                "identical".to_owned()
            } else {
                words::reading(reading.service, reading.cost)
            };
            format!("{}: {said}", letter(option.scenario))
        })
        .collect();
    let others = if others.is_empty() { String::new() } else { format!(" {}.", others.join("; ")) };
    match comparison.recommended().as_slice() {
        [] => format!(
            "No option is better than {reference} in service or cost and no worse in the other.{others}"
        ),
        [one] => {
            let option = &options[*one];
            let reading = option.reading();
            let figures = figures(option, in_time);
            format!(
                "Take {}: {} against {reference}, {figures}.{others}",
                name(names, option.scenario),
                words::reading(reading.service, reading.cost)
            )
        }
        several => {
            let names: Vec<String> = several.iter().map(|i| letter(options[*i].scenario)).collect();
            format!(
                "{} are each better than {reference} in service or cost and no worse in the other; which of them is best \
                 shows `--against` one of them.{others}",
                words::list(&names)
            )
        }
    }
}

/// What differs for sure: `answered in 20 s +6.9 pp ± 0.3, cost −2.0 M EUR ± 0.2`.
fn figures(option: &AgainstReference, in_time: &str) -> String {
    let decided =
        |one: &&Difference| one.is_in_family && matches!(one.finding, Some(Finding::Better | Finding::Worse));
    let parts: Vec<String> = option
        .differences
        .iter()
        .filter(decided)
        .map(|one| {
            let name = words::in_a_sentence(one.metric, in_time);
            format!("{name} {}", signed(one.metric, &one.as_judged()).replace(' ', "\u{a0}"))
        })
        .collect();
    parts.join(", ")
}

fn per_point(option: &AgainstReference, before: &str) -> String {
    let Some(ratio) = option.cost.as_ref().and_then(|cost| cost.per_point) else { return String::new() };
    let value = ratio.value.abs();
    // A quotient below 0 is no price: both move to the same side.
    if ratio.interval.0 <= 0.0 {
        return String::new();
    }
    let eur = NumberStyle::for_one(Unit::Euros, Some(value)).value(value);
    format!(" {before} {}.", eur.replace(' ', "\u{a0}"))
}
