//! The blocks of the page: options, targets, differences, how sure they are, cost, customers.
//!
//! Chooses no verdict. Invariant: a difference has its sign, its unit and its interval.

use super::grid::{Align, grid};
use super::{letter, words};
use crate::experiment::{
    AgainstReference, BetterIn, Comparison, Difference, Finding, Sameness, TargetOutcome, Verdict,
};
use crate::measure::Better;
use crate::report::Basis;
use crate::report::number::{NO_VALUE, NumberStyle, Unit, as_written, grouped, wait_in_words};
use crate::report::paint::Paint;
use crate::report::text::{PAGE_WIDTH, Separator, cut, left, width, wrapped, wrapped_parts};
use crate::stats::Estimate;

/// Lines after a label start here.
const INDENT: usize = 10;

/// A difference as it is read: `+6.9 pp ± 0.3`, `−2.0 M EUR ± 0.2`; 0 where nothing differs.
pub(in crate::report) fn signed(name: &str, difference: &Estimate) -> String {
    let unit = Unit::of(name);
    let Some(mean) = difference.mean else { return NO_VALUE.to_owned() };
    let style = NumberStyle::for_column(unit, [Some(mean), difference.half_width]);
    let mut text = style.estimate(difference).joined();
    if unit == Unit::Share {
        text = text.replacen(" %", " pp", 1);
    }
    if mean > 0.0 && text.starts_with(|c: char| c.is_ascii_digit()) { format!("+{text}") } else { text }
}

/// The smallest difference that matters: `0.5 pp`, `1 s`, `606 k EUR`.
pub(in crate::report) fn threshold(name: &str, matters: f64) -> String {
    match Unit::of(name) {
        Unit::Share => format!("{} pp", as_written(100.0 * matters)),
        Unit::Seconds => format!("{} s", as_written((matters * 1e3).round() / 1e3)),
        unit => NumberStyle::for_one(unit, Some(matters)).value(matters),
    }
}

fn value(style: NumberStyle, estimate: Option<&Estimate>) -> String {
    estimate.and_then(|estimate| estimate.mean).map_or_else(|| NO_VALUE.to_owned(), |mean| style.value(mean))
}

/// Each scenario with its measures; the reference is marked, the readings are those of the verdicts.
pub(super) fn options(comparison: &Comparison, names: &[String], in_time: &str, paint: Paint) -> Vec<String> {
    let columns: Vec<&str> = ["service_level", "abandonment", "asa_s", "occupancy", "cost_eur"]
        .into_iter()
        .filter(|name| {
            let has = |value: f64| *name != "cost_eur" || value > 0.0;
            comparison
                .scenarios
                .iter()
                .any(|one| one.total.get(name).is_some_and(|e| e.mean.is_some_and(has)))
        })
        .collect();
    let heading = |name: &&str| match *name {
        "service_level" => in_time.to_owned(),
        "asa_s" => "ASA".to_owned(),
        other => words::measure(other, in_time),
    };
    let styles: Vec<NumberStyle> = columns
        .iter()
        .map(|name| {
            let values = comparison.scenarios.iter().map(|one| one.total.get(name).and_then(|e| e.mean));
            NumberStyle::for_column(Unit::of(name), values)
        })
        .collect();
    let mut rows =
        vec![[words::OPTIONS.to_owned()].into_iter().chain(columns.iter().map(heading)).collect::<Vec<_>>()];
    for (position, scenario) in comparison.scenarios.iter().enumerate() {
        let name = format!("{} {}", letter(position), names[position]);
        let cells = columns.iter().zip(&styles).map(|(name, style)| value(*style, scenario.total.get(name)));
        rows.push([name].into_iter().chain(cells).collect());
    }
    let mut aligns = vec![Align::Left];
    aligns.resize(rows[0].len(), Align::Right);
    let mut lines = grid(&rows, &aligns, PAGE_WIDTH);
    lines[0] = paint.heading(&lines[0]);
    lines
}

/// Whether each scenario meets its targets, and how many periods miss them; those targets that fit beside one another.
pub(super) fn targets(comparison: &Comparison, names: &[String], paint: Paint, prose: usize) -> Vec<String> {
    const NAME: usize = 16;
    let is_same = |a: &TargetOutcome, b: &TargetOutcome| {
        (&a.label, &a.class, a.per, a.bound) == (&b.label, &b.class, b.per, b.bound)
    };
    let mut wanted: Vec<&TargetOutcome> = Vec::new();
    for target in comparison.scenarios.iter().flat_map(|one| &one.targets) {
        if !wanted.iter().any(|known| is_same(known, target)) {
            wanted.push(target);
        }
    }
    let Some(first) = wanted.first() else { return wrapped(words::NO_TARGETS, prose, 2) };
    let is_one_period = wanted.iter().all(|target| target.per == first.per);
    let title = if is_one_period {
        format!("{}: {}s missed", words::TARGETS, first.per)
    } else {
        format!("{}: periods missed", words::TARGETS)
    };
    let cell = |position: usize, target: &TargetOutcome| {
        let own = comparison.scenarios[position].targets.iter().find(|own| is_same(own, target));
        own.map_or_else(|| NO_VALUE.to_owned(), mark)
    };
    let mut rows: Vec<Vec<String>> = vec![vec![title]];
    rows.extend((0..names.len()).map(|position| vec![format!("{} {}", letter(position), names[position])]));
    let (mut taken, mut left_out) = (NAME, 0);
    for target in wanted {
        let mut column = vec![heading(target, is_one_period)];
        column.extend((0..names.len()).map(|position| cell(position, target)));
        let wide = column.iter().map(|cell| width(cell)).max().unwrap_or(0) + 2;
        if taken + wide > PAGE_WIDTH {
            left_out += 1;
            continue;
        }
        taken += wide;
        rows.iter_mut().zip(column).for_each(|(row, cell)| row.push(cell));
    }
    let mut aligns = vec![Align::Left];
    aligns.resize(rows[0].len(), Align::Right);
    let mut lines = grid(&rows, &aligns, PAGE_WIDTH);
    lines[0] = paint.heading(&lines[0]);
    if left_out > 0 {
        lines.push(paint.quiet(format!("{left_out} more targets: --format json")));
    }
    lines
}

/// `80/20`, `abandoned ≤ 5 %`, `billing: ASA ≤ 20 s`.
fn heading(target: &TargetOutcome, is_one_period: bool) -> String {
    let whose = target.class.as_ref().map_or_else(String::new, |class| format!("{}: ", cut(class, 12)));
    let per = if is_one_period { String::new() } else { format!(" a {}", target.per) };
    let bound = if target.measure.ends_with("_s") {
        wait_in_words(target.bound)
    } else {
        format!("{} %", as_written(100.0 * target.bound))
    };
    match target.label.strip_prefix("service level ") {
        Some(level) if level.contains('/') => format!("{whose}{level}{per}"),
        _ => format!("{whose}{} {} {bound}{per}", target.label, if target.is_minimum { '≥' } else { '≤' }),
    }
}

/// `✗ 131 of 365`.
fn mark(target: &TargetOutcome) -> String {
    let sign = match target.verdict {
        Some(Verdict::Met) => "✓",
        Some(Verdict::Missed) => "✗",
        Some(Verdict::NotSure) => "?",
        None => NO_VALUE,
    };
    let count = |e: &Estimate| {
        e.mean.map_or_else(|| NO_VALUE.to_owned(), |n| grouped(n, usize::from(n < 9.95 && n.fract() > 0.05)))
    };
    format!("{sign} {} of {}", count(&target.missed), count(&target.periods))
}

/// Each measure of an option beside the reference's, its difference and the verdict.
pub(super) fn differences(
    comparison: &Comparison,
    option: &AgainstReference,
    in_time: &str,
    paint: Paint,
) -> Vec<String> {
    let (this, reference) = (letter(option.scenario), letter(comparison.reference));
    let heading = vec![
        format!("{this} AGAINST {reference}"),
        reference,
        this,
        words::DIFFERENCE.to_owned(),
        words::VERDICT.to_owned(),
    ];
    let row = |one: &Difference| {
        let style =
            NumberStyle::for_column(Unit::of(one.metric), [one.of_reference.mean, one.of_option.mean]);
        vec![
            words::measure(one.metric, in_time),
            value(style, Some(&one.of_reference)),
            value(style, Some(&one.of_option)),
            signed(one.metric, &one.as_judged()),
            words::verdict(one.finding).to_owned(),
        ]
    };
    let mut rows = vec![heading];
    rows.extend(option.differences.iter().map(row));
    let aligns = [Align::Left, Align::Right, Align::Right, Align::Left, Align::Left];
    let mut lines = grid(&rows, &aligns, PAGE_WIDTH);
    lines[0] = paint.heading(&lines[0]);
    for (line, one) in lines[1..].iter_mut().zip(&option.differences) {
        match one.finding {
            Some(Finding::Better) => *line = paint.good(&*line),
            Some(Finding::Worse) => *line = paint.bad(&*line),
            _ => {}
        }
    }
    let judged = option.differences.iter().filter(|one| one.is_in_family).count();
    if judged > 0 && judged < option.differences.len() {
        lines.insert(1 + judged, paint.quiet(words::BESIDE));
    }
    lines
}

/// How many more replications what is not decided needs.
pub(super) fn needs(option: &AgainstReference, in_time: &str) -> Vec<String> {
    let need = |one: &Difference| {
        let Some(Finding::NotDecided { more: Some((low, high)) }) = one.finding else { return None };
        let name = words::measure(one.metric, in_time);
        let range = |n: u32| grouped(f64::from(n), 0);
        Some(if low == high {
            format!("{name} {}", range(low))
        } else {
            format!("{name} {} to {}", range(low), range(high))
        })
    };
    option.differences.iter().filter(|one| one.is_in_family).filter_map(need).collect()
}

/// Confidence, replications in which it is better, and what pairing saved.
pub(super) fn how_sure(
    option: &AgainstReference,
    are_years: bool,
    in_time: &str,
    paint: Paint,
) -> Vec<String> {
    let judged: Vec<&Difference> = option
        .differences
        .iter()
        .filter(|one| one.is_in_family && one.better != Better::Neither && one.confidence.is_some())
        .collect();
    if judged.is_empty() || option.is_identical {
        return Vec::new();
    }
    let times = if are_years { words::YEARS_BETTER } else { words::BETTER_IN };
    let heading = [words::HOW_SURE, words::MEAN_IS_BETTER, times, words::PAIRING];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    for one in judged {
        rows.push(vec![
            words::measure(one.metric, in_time),
            one.confidence.map_or_else(|| NO_VALUE.to_owned(), confidence),
            one.better_in.as_ref().map_or_else(|| NO_VALUE.to_owned(), better_in),
            one.share_of_unpaired_variance.map_or_else(|| NO_VALUE.to_owned(), saved),
        ]);
    }
    let mut lines = grid(&rows, &[Align::Left, Align::Right, Align::Left, Align::Left], PAGE_WIDTH);
    lines[0] = paint.heading(&lines[0]);
    lines
}

/// Never as certain: `> 99.9 %`.
fn confidence(confidence: f64) -> String {
    match 100.0 * confidence {
        percent if percent > 99.9 => "> 99.9 %".to_owned(),
        percent if percent < 0.1 => "< 0.1 %".to_owned(),
        percent => format!("{percent:.1} %"),
    }
}

/// `9 of 10 [60–98 %]`.
fn better_in(better: &BetterIn) -> String {
    let times = if better.times.fract() == 0.0 { grouped(better.times, 0) } else { grouped(better.times, 1) };
    let (low, high) = better.interval;
    format!("{times} of {} [{:.0}–{:.0} %]", grouped(f64::from(better.n), 0), 100.0 * low, 100.0 * high)
}

/// How many times the replications an unpaired comparison would need.
fn saved(share: f64) -> String {
    if share <= 0.0 {
        return "all chance".to_owned();
    }
    let times = 1.0 / share;
    format!("× {}", grouped(times, usize::from(times < 10.0)))
}

/// What the difference of cost buys and who bears it.
pub(super) fn cost(
    option: &AgainstReference,
    a_year: Option<f64>,
    paint: Paint,
    prose: usize,
) -> Vec<String> {
    let Some(cost) = &option.cost else { return Vec::new() };
    if option.is_identical {
        return Vec::new();
    }
    let mut parts = vec![format!("{} in all", signed("cost_eur", &cost.difference))];
    if let (Some(factor), Some(mean)) = (a_year, cost.difference.mean) {
        let year = Estimate {
            mean: Some(factor * mean),
            half_width: cost.difference.half_width.map(|half_width| factor * half_width),
            n: cost.difference.n,
        };
        parts.push(format!("{} a year at this rate", signed("cost_eur", &year)));
    }
    if cost.borne_by.len() > 1 {
        for borne in &cost.borne_by {
            parts.push(format!("{} {}", words::bearer(borne.by), signed("cost_eur", &borne.difference)));
        }
    }
    match (&cost.per_point, cost.difference.mean) {
        (Some(per_point), Some(_)) => {
            let style = NumberStyle::for_column(
                Unit::Euros,
                [Some(per_point.value), Some(per_point.interval.0), Some(per_point.interval.1)],
            );
            parts.push(format!(
                "{} a point of service level [{} to {}]",
                style.value(per_point.value),
                style.value(per_point.interval.0),
                style.value(per_point.interval.1)
            ));
        }
        _ => parts.push("no price of a point of service level: it may be the same".to_owned()),
    }
    labelled(words::COST, &parts, paint, prose)
}

/// Whether the same customers came, and where not.
pub(super) fn customers(
    comparison: &Comparison,
    option: &AgainstReference,
    paint: Paint,
    prose: usize,
) -> Vec<String> {
    let (this, reference) = (letter(option.scenario), letter(comparison.reference));
    let same: Vec<_> = option.customers.iter().filter(|class| class.sameness == Sameness::Same).collect();
    let mut parts = Vec::new();
    if !same.is_empty() {
        let contacts: f64 = same.iter().map(|class| class.of_option).sum();
        let contacts = crate::report::number::about(contacts);
        parts.push(if same.len() == option.customers.len() {
            format!("the same customers met {reference} and {this}: {contacts} first contacts a run, each with its time and draws")
        } else {
            format!(
                "the same customers in {} of {} classes: {contacts} first contacts a run, each with its time and draws",
                same.len(),
                option.customers.len()
            )
        });
    }
    for class in option.customers.iter().filter(|class| class.sameness != Sameness::Same) {
        let traits = |of: &[crate::experiment::Trait]| {
            words::list(&of.iter().map(|of| words::trait_name(*of).to_owned()).collect::<Vec<_>>())
        };
        parts.push(match &class.sameness {
            Sameness::Same => continue,
            Sameness::OtherTraits(of) => {
                format!("`{}`: the same people at the same times, with other {}", class.class, traits(of))
            }
            Sameness::OtherArrivals { brings, is_coupled } => {
                let numbers = format!(
                    "`{}`: {} come, not {}",
                    class.class,
                    grouped(class.of_option, 0),
                    grouped(class.of_reference, 0)
                );
                let coupled = match (is_coupled, brings.is_empty()) {
                    (true, true) => "; who comes in both is the same and brings the same".to_owned(),
                    (true, false) => {
                        format!("; who comes in both is the same, with other {}", traits(brings))
                    }
                    (false, _) => "; they know of one another, so only their order is shared".to_owned(),
                };
                format!("{numbers}{coupled}")
            }
        });
    }
    for (names, whose) in [(&option.only_here, &this), (&option.only_there, &reference)] {
        if !names.is_empty() {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            parts.push(format!("only in {whose}: {}", words::list(&names)));
        }
    }
    labelled(words::CUSTOMERS, &parts, paint, prose)
}

/// Classes with their differences and verdicts, marked by signs.
pub(super) fn classes(option: &AgainstReference, in_time: &str, paint: Paint) -> Vec<String> {
    const SHOWN: [&str; 3] = ["service_level", "abandonment", "asa_s"];
    if option.classes.len() < 2 || option.is_identical {
        return Vec::new();
    }
    let heading = |name: &str| match name {
        "service_level" => in_time.to_owned(),
        "asa_s" => "ASA".to_owned(),
        other => words::measure(other, in_time),
    };
    let mut rows =
        vec![[words::BY_CLASS.to_owned()].into_iter().chain(SHOWN.map(heading)).collect::<Vec<_>>()];
    for (name, differences) in &option.classes {
        let cell = |metric: &str| {
            let Some(one) = differences.iter().find(|one| one.metric == metric) else {
                return NO_VALUE.to_owned();
            };
            let sign = match one.finding {
                Some(Finding::Better) => " ✓",
                Some(Finding::Worse) => " ✗",
                Some(Finding::NoDifferenceThatMatters | Finding::Identical) => " ≈",
                Some(Finding::NotDecided { .. }) => " ?",
                Some(Finding::Higher | Finding::Lower) | None => "",
            };
            format!("{}{sign}", signed(metric, &one.difference))
        };
        rows.push([name.clone()].into_iter().chain(SHOWN.map(cell)).collect());
    }
    let mut lines = grid(&rows, &[Align::Left; 4], PAGE_WIDTH);
    lines[0] = paint.heading(&lines[0]);
    lines.push(paint.quiet("✓ better ✗ worse ≈ alike ? not decided, each judged by itself"));
    lines
}

/// Which scenario is the best, or which may be.
pub(super) fn best(
    comparison: &Comparison,
    names: &[String],
    in_time: &str,
    paint: Paint,
    prose: usize,
) -> Vec<String> {
    let Some(best) = &comparison.best else { return Vec::new() };
    let name = |position: usize| format!("{} ({})", letter(position), names[position]);
    let by = words::in_a_sentence(best.metric, in_time);
    let least = threshold(best.metric, best.matters);
    let mut parts = match best.left.as_slice() {
        [one] => vec![format!(
            "by {by}: {}, found with a probability of at least 95 % if it is better than each other by {least} or more \
             (Kim–Nelson, {} replications, {} of them first)",
            name(*one),
            best.replications,
            best.first
        )],
        several => vec![format!(
            "by {by}: not found after {} replications; left are {} (Kim–Nelson, {least}); raise `--max-replications`",
            best.replications,
            words::list(&several.iter().map(|left| name(*left)).collect::<Vec<_>>())
        )],
    };
    if !best.equal.is_empty() {
        let equal: Vec<String> = best.equal.iter().map(|equal| letter(*equal).to_string()).collect();
        parts.push(format!("just as good, the same in every replication: {}", words::list(&equal)));
    }
    let out = best.out.iter().filter(|(out, _)| !best.equal.contains(out));
    let out = out.map(|(out, after)| format!("{} after {after}", letter(*out)));
    let out: Vec<String> = out.collect();
    if !out.is_empty() {
        parts.push(format!("out: {}", out.join(", ")));
    }
    labelled(words::BEST, &parts, paint, prose)
}

/// A label and what belongs to it.
pub(super) fn labelled(label: &str, parts: &[String], paint: Paint, prose: usize) -> Vec<String> {
    let lines = wrapped_parts(parts, Separator::Dot, prose - INDENT, 0);
    let line = |(i, line): (usize, &String)| {
        let label = if i == 0 { paint.heading(left(label, INDENT)) } else { " ".repeat(INDENT) };
        format!("{label}{line}")
    };
    lines.iter().enumerate().map(line).collect()
}

/// `answered in 20 s ÷ …`, of the reference.
pub(super) fn definitions(basis: &Basis) -> Vec<String> {
    basis.definitions()
}
