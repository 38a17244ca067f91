//! The page of a comparison: the answer first, then options, differences and verdicts, then what they rest on.
//!
//! Computes no measure. Invariant: no line is wider than [`PAGE_WIDTH`].

use super::{advice, blocks, letter, names, words};
use crate::experiment::{Comparison, Precision, matters_by_default};
use crate::report::Basis;
use crate::report::number::{as_written, grouped, is_a_year, span_in_words};
use crate::report::paint::Paint;
use crate::report::text::{PAGE_WIDTH, Separator, cut, wrapped, wrapped_parts};

/// Text is wrapped to no less than this.
const NARROWEST: usize = 40;
/// Shorter runs are not told by the year.
const LEAST_OF_A_YEAR: f64 = 7.0 * 86_400.0;
const YEAR: f64 = 365.0 * 86_400.0;

/// The page, ending in a line break; `basis` is that of the reference, `files` name the scenarios as the user did.
#[must_use]
pub fn comparison_page(
    comparison: &Comparison,
    basis: &Basis,
    files: &[String],
    paint: Paint,
    columns: usize,
) -> String {
    let prose = columns.clamp(NARROWEST, PAGE_WIDTH);
    let in_time = basis.in_time();
    let names = names(comparison, files);
    let mut blocks_ = vec![head(comparison, &names, paint, prose)];
    blocks_.push(wrapped(&advice::advice(comparison, &names, &in_time), prose, 0));
    blocks_.push(blocks::options(comparison, &names, &in_time, paint));
    blocks_.push(blocks::best(comparison, &names, &in_time, paint, prose));
    blocks_.push(blocks::targets(comparison, &names, paint, prose));
    let seconds = comparison.horizon_s;
    let a_year = (seconds >= LEAST_OF_A_YEAR && !is_a_year(seconds)).then_some(YEAR / seconds);
    for option in &comparison.options {
        let mut block = blocks::differences(comparison, option, &in_time, paint);
        let needs = blocks::needs(option, &in_time);
        if !needs.is_empty() {
            let parts = vec![format!("further replications that would decide it: {}", needs.join(", "))];
            block.extend(wrapped_parts(&parts, Separator::Dot, prose, 2));
        }
        blocks_.push(block);
        blocks_.push(blocks::how_sure(option, is_a_year(seconds), &in_time, paint));
        let mut rest = blocks::cost(option, a_year, paint, prose);
        rest.extend(blocks::customers(comparison, option, paint, prose));
        blocks_.push(rest);
        if comparison.options.len() == 1 {
            blocks_.push(blocks::classes(option, &in_time, paint));
        }
    }
    blocks_.push(foot(comparison, basis, files, paint, prose));
    let mut text = String::new();
    for block in blocks_.iter().filter(|block| !block.is_empty()) {
        if !text.is_empty() {
            text.push('\n');
        }
        for line in block {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    text
}

fn head(comparison: &Comparison, names: &[String], paint: Paint, prose: usize) -> Vec<String> {
    let reference = &names[comparison.reference];
    let options = comparison.options.len();
    let title = match comparison.options.as_slice() {
        [one] => format!("{} against {reference}", names[one.scenario]),
        _ => format!("{options} options against {reference}"),
    };
    let mut parts = Vec::new();
    if let Some((first, last, zone)) = &comparison.dates {
        let dates = match (first.strip_suffix("-01-01"), last.strip_suffix("-12-31")) {
            (Some(year), Some(same)) if year == same => year.to_owned(),
            _ if first == last => first.clone(),
            _ => format!("{first} to {last}"),
        };
        parts.push(format!("{dates}, {zone}"));
    }
    if comparison.is_partial {
        parts.push(crate::report::words::partial(comparison.replications, comparison.planned));
    }
    let horizon = if is_a_year(comparison.horizon_s) {
        format!("{} days", grouped(comparison.horizon_s / 86_400.0, 0))
    } else {
        span_in_words(comparison.horizon_s)
    };
    let warm_up =
        (comparison.warm_up_s > 0.0).then(|| span_in_words(comparison.warm_up_s).replace(" days", " d"));
    parts.push(crate::report::words::replications(
        comparison.replications,
        &horizon,
        comparison.seed,
        warm_up.as_deref(),
    ));
    let staffing = comparison.scenarios.iter().enumerate().filter_map(|(position, scenario)| {
        Some(format!("{} {}", letter(position), as_written(scenario.staffing?)))
    });
    let staffing: Vec<String> = staffing.collect();
    if !staffing.is_empty() {
        parts.push(format!(
            "at target: each with the staffing that meets its targets, × {}",
            staffing.join(", ")
        ));
    }
    let mut lines = vec![paint.heading(cut(&title, PAGE_WIDTH))];
    lines.extend(wrapped_parts(&parts, Separator::Dot, prose, 0));
    lines
}

fn foot(comparison: &Comparison, basis: &Basis, files: &[String], paint: Paint, prose: usize) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    let family = &comparison.family;
    let options = comparison.options.len();
    if comparison.replications > 1 && family.size > 0 {
        let has = |name: &&&str| {
            let differences = comparison.options.iter().flat_map(|option| &option.differences);
            differences.filter(|one| one.is_judged()).any(|one| one.metric == **name)
        };
        let judged = family.metrics.iter().filter(has);
        let measures: Vec<String> = judged.map(|name| words::measure(name, &basis.in_time())).collect();
        said.push(format!(
            "judged together: {} × {options} option{} = {} verdicts, all right with 95 % (Holm); their ± hold together \
             (Bonferroni)",
            words::list(&measures),
            if options == 1 { "" } else { "s" },
            family.size
        ));
    }
    if let Some(stages) = comparison.stages {
        said.push(format!(
            "two stages: the spread of the first {} replications asked for {}, of {} allowed; the verdict is given once, after \
             all {}",
            stages.first,
            grouped(f64::from(stages.needed), 0),
            grouped(f64::from(stages.at_most), 0),
            comparison.replications
        ));
    }
    if comparison.replications > 1 {
        said.push(format!("{} {}", words::ALIKE_MEANS, thresholds(comparison, &basis.in_time())));
        let has = |name: &str| {
            let verdicts = comparison.options.iter().flat_map(|option| &option.differences);
            verdicts.map(|one| words::verdict(one.finding)).any(|verdict| verdict == name)
        };
        if has("not decided") {
            said.push(words::OPEN_MEANS.to_owned());
        }
        if has("higher") || has("lower") {
            said.push(words::SIDELESS_MEANS.to_owned());
        }
        if comparison.options.iter().any(|option| !option.is_identical) {
            said.push(words::ALONE_MEANS.to_owned());
            said.push(words::SURE_MEANS.to_owned());
            said.push(words::SAVES_MEANS.to_owned());
        }
        let mut differences = comparison.options.iter().flat_map(|option| &option.differences);
        if differences.any(|one| one.metric.contains("_s_p") && one.difference.half_width.is_some()) {
            said.push(words::QUANTILES.to_owned());
        }
    }
    said.extend(blocks::definitions(basis));
    let mut lines: Vec<String> = said.iter().flat_map(|text| wrapped(text, prose, 2)).collect();
    for note in &comparison.notes {
        lines.extend(wrapped(&crate::report::words::note(note), prose, 2));
    }
    let mut closing = vec![basis.spread().to_owned()];
    let broken: Vec<String> = comparison
        .scenarios
        .iter()
        .enumerate()
        .flat_map(|(i, scenario)| scenario.audit.iter().map(move |law| format!("{}, {law}", letter(i))))
        .collect();
    if broken.is_empty() {
        closing.push(crate::report::words::AUDIT_KEPT.to_owned());
    }
    lines.extend(wrapped_parts(&closing, Separator::Dot, prose, 0));
    if !broken.is_empty() {
        lines.push(paint.bad(crate::report::words::AUDIT_BROKEN));
        for law in &broken {
            lines.extend(wrapped(&crate::report::words::broken_law(law), prose, 4));
        }
    }
    let mut next = vec!["next: --format json".to_owned(), "--out results".to_owned()];
    let is_open = comparison.options.iter().any(|option| !blocks::needs(option, "").is_empty());
    if comparison.stages.is_none() && is_open {
        next.push("--until-decided".to_owned());
    }
    if let Some(option) = comparison.options.first().and_then(|option| files.get(option.scenario)) {
        next.push(format!("holdtime run {option}"));
    }
    lines.extend(wrapped_parts(&next, Separator::Dot, prose, 6));
    lines
}

/// `± 0.5 pp of shares, 1 s of waits, 0.5 % of the rest`, and what was asked for otherwise.
fn thresholds(comparison: &Comparison, in_time: &str) -> String {
    let own: Vec<String> = comparison
        .options
        .first()
        .into_iter()
        .flat_map(|option| &option.differences)
        .filter(|one| {
            let reference = one.of_reference.mean.unwrap_or(0.0).abs();
            let usual = match matters_by_default(one.metric) {
                Precision::Absolute(least) => least,
                Precision::Relative(share) => share * reference,
            };
            one.matters != usual
        })
        .map(|one| {
            format!(
                "{} of {}",
                blocks::threshold(one.metric, one.matters),
                words::measure(one.metric, in_time)
            )
        })
        .collect();
    let asked = if own.is_empty() { String::new() } else { format!("{}; else ", own.join(", ")) };
    format!("± {asked}0.5 pp of shares, 1 s of waits, 0.5 % of the rest")
}
