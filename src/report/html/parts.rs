//! Pieces that reports share: head, targets, numbers with their intervals, definitions.
//!
//! Judges nothing. Invariant: a number comes with its interval where it has one.

use super::model::{CellTone, Failure, GridCell, State};
use crate::experiment::{Measures, TargetOutcome, Verdict};
use crate::report::Basis;
use crate::report::language::{Language, Word};
use crate::report::number::{
    NO_VALUE, NumberStyle, Unit, as_written, grouped, is_a_year, span_in_words, wait_in_words,
};
use crate::stats::Estimate;

/// `79.1 %` and `± 0.2`.
pub(super) fn estimate(style: NumberStyle, of: &Estimate, language: Language) -> (String, String) {
    let shown = style.estimate(of);
    let beside = if shown.half_width.is_empty() { String::new() } else { format!("± {}", shown.half_width) };
    (language.number(&shown.value), language.number(&beside))
}

/// A measure in a style of its own; no value where it is not measured.
pub(super) fn measure(measures: &Measures, name: &str, language: Language) -> (String, String) {
    match measures.get(name) {
        Some(of) => estimate(NumberStyle::for_one(Unit::of(name), of.mean), of, language),
        None => (NO_VALUE.to_owned(), String::new()),
    }
}

/// The cell of an estimate.
pub(super) fn cell(style: NumberStyle, of: Option<&Estimate>, language: Language) -> GridCell {
    match of {
        Some(of) => {
            let (text, beside) = estimate(style, of, language);
            GridCell::number(text, beside)
        }
        None => GridCell::number(NO_VALUE, ""),
    }
}

/// What a page says of the time that was simulated.
pub(super) struct Simulated<'a> {
    pub dates: Option<&'a (String, String, String)>,
    pub horizon_s: f64,
    pub warm_up_s: f64,
    pub replications: u32,
    pub seed: u64,
}

/// Dates, replications, seed, and what ± is.
pub(super) fn facts(of: &Simulated<'_>, language: Language) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some((first, last, zone)) = of.dates {
        facts.push(if first == last {
            language.fill(Word::OneDate, &[&language.period(first), zone])
        } else {
            language.fill(Word::Dates, &[&language.period(first), &language.period(last), zone])
        });
    }
    let horizon = if is_a_year(of.horizon_s) {
        format!("{} days", grouped(of.horizon_s / 86_400.0, 0))
    } else {
        span_in_words(of.horizon_s)
    };
    let (horizon, seed) = (language.span(&horizon), of.seed.to_string());
    facts.push(match of.replications {
        1 => language.fill(Word::OneReplication, &[&horizon, &seed]),
        n => {
            language.fill(Word::Replications, &[&language.number(&grouped(f64::from(n), 0)), &horizon, &seed])
        }
    });
    if of.warm_up_s > 0.0 {
        facts.push(language.fill(Word::WarmUp, &[&language.span(&span_in_words(of.warm_up_s))]));
    }
    if of.replications > 1 {
        facts.push(language.say(Word::PlusMinus).to_owned());
    }
    facts
}

/// An interrupted run.
pub(super) fn partial(done: u32, planned: u32, language: Language) -> State {
    let text = language.fill(Word::StatePartial, &[&done.to_string(), &planned.to_string()]);
    State { text, is_failure: Failure::Mild }
}

/// Laws that were broken; only the first are told.
pub(super) fn broken<'a>(laws: impl Iterator<Item = &'a String>, language: Language) -> Option<State> {
    let laws: Vec<&str> = laws.map(String::as_str).take(3).collect();
    (!laws.is_empty()).then(|| State {
        text: language.fill(Word::StateAudit, &[&laws.join("; ")]),
        is_failure: Failure::Grave,
    })
}

/// What a target is called.
pub(super) fn target_name(target: &TargetOutcome, language: Language) -> String {
    let label = match (target.measure, target.label.strip_prefix("service level ")) {
        ("service_level", Some(level)) => language.fill(Word::ServiceLevel, &[&language.number(level)]),
        ("abandonment", _) => language.say(Word::Abandoned).to_owned(),
        ("occupancy", _) => language.say(Word::Occupancy).to_owned(),
        ("asa_s", _) => language.say(Word::Asa).to_owned(),
        _ => target.label.clone(),
    };
    match &target.class {
        Some(class) => format!("{class}: {label}"),
        None => label,
    }
}

/// `≥ 80 %`.
pub(super) fn bound(target: &TargetOutcome, language: Language) -> String {
    let sign = if target.is_minimum { '≥' } else { '≤' };
    let bound = match Unit::of(target.measure) {
        Unit::Share => format!("{} %", as_written(target.bound * 100.0)),
        _ => wait_in_words(target.bound),
    };
    format!("{sign}\u{a0}{}", language.number(&bound).replace(' ', "\u{a0}"))
}

/// The value over the whole run, which never reads as the bound where it is not.
pub(super) fn target_value(target: &TargetOutcome, language: Language) -> (String, String) {
    let style = NumberStyle::for_one(Unit::of(target.measure), target.value.mean);
    estimate(style.apart_from(target.bound, &target.value), &target.value, language)
}

/// `✓ met`.
pub(super) fn verdict(target: &TargetOutcome, language: Language) -> GridCell {
    let (word, tone) = match target.verdict {
        Some(Verdict::Met) => (Word::Met, CellTone::Good),
        Some(Verdict::Missed) => (Word::Missed, CellTone::Bad),
        Some(Verdict::NotSure) => (Word::NotSure, CellTone::Open),
        None => (Word::NothingToJudge, CellTone::Open),
    };
    GridCell::words(language.say(word), tone)
}

/// The sign of a verdict, and how it is to be shown.
pub(super) fn mark(target: &TargetOutcome) -> (&'static str, CellTone) {
    match target.verdict {
        Some(Verdict::Met) => ("✓", CellTone::Good),
        Some(Verdict::Missed) => ("✗", CellTone::Bad),
        Some(Verdict::NotSure) => ("?", CellTone::Open),
        None => (NO_VALUE, CellTone::Open),
    }
}

/// Periods in the plural: a target over the whole run is judged once a replication.
pub(super) fn periods(per: &str, language: Language) -> &'static str {
    language.say(match per {
        "interval" => Word::Intervals,
        "day" => Word::Days,
        "week" => Word::Weeks,
        "month" => Word::Months,
        "year" => Word::RunsOf,
        _ => Word::Periods,
    })
}

/// `168 of 365` and `± 9`, or the range.
pub(super) fn missed(target: &TargetOutcome, language: Language) -> GridCell {
    let (Some(missed), Some(of)) = (target.missed.mean, target.periods.mean) else {
        return GridCell::number(NO_VALUE, "");
    };
    let times = if target.per == "year" { f64::from(target.missed.n) } else { 1.0 };
    let count = |n: f64| {
        let n = n * times;
        language.number(&grouped(n, usize::from(n < 9.95 && (n - n.round()).abs() > 0.05)))
    };
    let text = language.fill(Word::Of, &[&count(missed), &count(of)]);
    let beside = match (target.missed_range, target.missed.half_width) {
        _ if target.per == "year" => String::new(),
        (Some((low, high)), _) => format!("[{}–{}]", grouped(low, 0), grouped(high, 0)),
        (None, Some(half)) if half > 0.0 => format!("± {}", grouped(half, usize::from(half < 0.95))),
        (None, _) => String::new(),
    };
    GridCell::number(text, language.number(&beside))
}

/// What the words of every report mean.
pub(super) fn definitions(basis: &Basis, language: Language) -> Vec<String> {
    let mut lines = basis.definitions_in(language);
    let common = [
        Word::DefEntered,
        Word::DefWaits,
        Word::DefOccupancy,
        Word::DefSolved,
        Word::DefVerdict,
        Word::DefRounded,
    ];
    lines.extend(common.map(|word| language.say(word).to_owned()));
    lines.push(basis.spread_in(language));
    lines
}
