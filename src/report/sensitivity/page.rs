//! The page: which input moves most in a sentence, a tornado for each measure, then what the numbers rest on.
//!
//! Computes no measure. Invariant: no line is wider than [`PAGE_WIDTH`]; a bar is as long as its number says, and never without it.

use super::name;
use crate::experiment::{Effect, Moved, Sensitivity, Spread, is_open};
use crate::report::Basis;
use crate::report::compare::grid::{Align, grid};
use crate::report::compare::words::{in_a_sentence, list, measure};
use crate::report::ground::{self, Differences, NARROWEST};
use crate::report::number::{NO_VALUE, NumberStyle, Unit, as_written, grouped};
use crate::report::paint::Paint;
use crate::report::text::{PAGE_WIDTH, Separator, cut, wrapped, wrapped_parts};
use crate::report::words;
use crate::stats::Estimate;

/// Columns on each side of the axis.
const SIDE: usize = 9;

/// The page, ending in a line break; `whole_s` is the length of the scenario where only its beginning was run.
#[must_use]
pub fn sensitivity_page(
    sensitivity: &Sensitivity,
    basis: &Basis,
    whole_s: Option<f64>,
    paint: Paint,
    columns: usize,
) -> String {
    let prose = columns.clamp(NARROWEST, PAGE_WIDTH);
    let in_time = basis.in_time();
    let title = format!("What moves {}: {}", sensitivity.ground.scenario, steps(sensitivity));
    let mut head = vec![paint.heading(cut(&title, PAGE_WIDTH))];
    head.extend(ground::head(&sensitivity.ground, whole_s, prose));
    let mut blocks = vec![head, wrapped(&answer(sensitivity, &in_time), prose, 0)];
    blocks.extend((0..sensitivity.metrics.len()).map(|of| tornado(sensitivity, of, &in_time, paint)));
    blocks.push(foot(sensitivity, basis, paint, prose));
    let mut text = String::new();
    for block in blocks.iter().filter(|block| !block.is_empty()) {
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

/// `each input ± 10 %`.
fn steps(sensitivity: &Sensitivity) -> String {
    let by = sensitivity.inputs.iter().find_map(|one| match one.spread {
        Spread::By(share) => Some(share),
        Spread::Uncertainty(_) => None,
    });
    let uncertain = sensitivity.inputs.iter().any(|one| matches!(one.spread, Spread::Uncertainty(_)));
    match (by, uncertain) {
        (Some(share), false) => format!("each input ± {} %", as_written(100.0 * share)),
        (Some(share), true) => format!("inputs by their uncertainty, else ± {} %", as_written(100.0 * share)),
        (None, _) => "each input by its uncertainty".to_owned(),
    }
}

/// One sentence: what moves the first measure most.
fn answer(sensitivity: &Sensitivity, in_time: &str) -> String {
    let Some((of, metric)) = sensitivity
        .sorted_by
        .and_then(|by| Some((sensitivity.metrics.iter().position(|name| *name == by)?, by)))
    else {
        return "Nothing that was moved moves any of these measures.".to_owned();
    };
    // The whole is no rival of its parts.
    let ranked: Vec<&Moved> = sensitivity.inputs.iter().filter(|one| is_decided(&one.effects[of])).collect();
    let Some((first, others)) = ranked.split_first() else {
        return "No input moves these measures by more than chance; raise `--replications`.".to_owned();
    };
    let differences = Differences::of(metric, first.effects[of].ends.iter());
    let end = |end: usize| {
        let plain = Estimate { half_width: None, ..first.effects[of].ends[end] };
        let step = 100.0 * (first.ends[end].0 - 1.0);
        format!("{} {} at {}", differences.cell(&plain), differences.unit(), percent(step)).replace("  ", " ")
    };
    let next: Vec<String> = others.iter().take(2).map(|one| name(&one.input)).collect();
    let then = if next.is_empty() { String::new() } else { format!("; next come {}", list(&next)) };
    format!(
        "Of these inputs {} moves `{}` most: {}, {}{then}.",
        name(&first.input),
        in_a_sentence(metric, in_time),
        end(0),
        end(1)
    )
}

fn is_decided(effect: &Effect) -> bool {
    let shown = |end: &Estimate| end.mean.is_some_and(|mean| mean != 0.0) && !is_open(end);
    effect.ends.iter().any(shown)
}

/// `+10 %`, `−15.5 %`.
fn percent(step: f64) -> String {
    let sign = if step > 0.0 { "+" } else { "" };
    format!("{sign}{} %", as_written((step * 10.0).round() / 10.0))
}

/// The inputs with their bars, ends and elasticity, for one measure.
fn tornado(sensitivity: &Sensitivity, of: usize, in_time: &str, paint: Paint) -> Vec<String> {
    let metric = sensitivity.metrics[of];
    let effects = || sensitivity.inputs.iter().map(move |one| &one.effects[of]);
    let differences = Differences::of(metric, effects().flat_map(|effect| effect.ends.iter()));
    let most = effects().flat_map(|effect| &effect.ends).filter_map(|end| end.mean);
    let most = most.fold(0.0, |most: f64, value| most.max(value.abs()));
    let base = &sensitivity.base[of];
    let value = NumberStyle::for_one(Unit::of(metric), base.mean).estimate(base).joined();
    let unit = differences.unit();
    let title = measure(metric, in_time);
    let comma = if unit.is_empty() { "" } else { ", " };
    let mut lines = vec![paint.heading(cut(
        &format!("{}{comma}{unit}: now {value}", title.to_uppercase().replace("(ASA)", "ASA")),
        PAGE_WIDTH,
    ))];
    let uniform = sensitivity.inputs.iter().all(|one| one.spread == sensitivity.inputs[0].spread);
    let end_heading = |end: usize| match sensitivity.inputs.first() {
        Some(first) if uniform => percent(100.0 * (first.ends[end].0 - 1.0)),
        _ => ["low end", "high end"][end].to_owned(),
    };
    let mut rows =
        vec![vec!["input".to_owned(), String::new(), end_heading(0), end_heading(1), "% per 1 %".to_owned()]];
    for (one, effect) in sensitivity.inputs.iter().zip(effects()) {
        let cell = |end: &Estimate| {
            let mark = if is_open(end) { " ?" } else { "" };
            format!("{}{mark}", differences.cell(end))
        };
        rows.push(vec![
            name(&one.input),
            bar(effect, most),
            cell(&effect.ends[0]),
            cell(&effect.ends[1]),
            elasticity(effect.elasticity.as_ref()),
        ]);
    }
    let aligns = [Align::Left, Align::Left, Align::Right, Align::Right, Align::Right];
    let mut table = grid(&rows, &aligns, PAGE_WIDTH);
    table[0] = paint.quiet(&table[0]);
    lines.extend(table);
    lines
}

fn elasticity(estimate: Option<&Estimate>) -> String {
    let Some(mean) = estimate.and_then(|estimate| estimate.mean) else { return NO_VALUE.to_owned() };
    let decimals = if mean.abs() < 9.95 { 2 } else { 1 };
    let shown = grouped(mean, decimals);
    let sign = if mean > 0.0 && shown.bytes().any(|b| (b'1'..=b'9').contains(&b)) { "+" } else { "" };
    let half = estimate.and_then(|estimate| estimate.half_width).filter(|half| *half > 0.0);
    let half = half.map_or_else(String::new, |half| format!(" ± {}", grouped(half, decimals)));
    format!("{sign}{shown}{half}")
}

/// Both ends from the axis in the middle: `░` the lower, `█` the upper end of the input; on one side the shorter lies on the longer.
fn bar(effect: &Effect, most: f64) -> String {
    let length = |end: &Estimate| {
        let value = end.mean.unwrap_or(0.0);
        let share = if most > 0.0 { value / most } else { 0.0 };
        (share * SIDE as f64).round() as i64
    };
    let [low, high] = [length(&effect.ends[0]), length(&effect.ends[1])];
    let cell = |at: i64| {
        let covers = |length: i64| if at > 0 { length >= at } else { length <= at };
        match (covers(low), covers(high)) {
            (true, true) => {
                if low.abs() < high.abs() {
                    '░'
                } else {
                    '█'
                }
            }
            (true, false) => '░',
            (false, true) => '█',
            (false, false) => ' ',
        }
    };
    let side = SIDE as i64;
    (-side..=side).map(|at| if at == 0 { '│' } else { cell(at) }).collect()
}

fn foot(sensitivity: &Sensitivity, basis: &Basis, paint: Paint, prose: usize) -> Vec<String> {
    let mut said = vec!["░ lower end, █ upper end of the input: the measure less its value now".to_owned()];
    if let Some(by) = sensitivity.sorted_by {
        said.push(format!(
            "sorted by the swing of `{}`: from the lowest to the highest of both ends and 0",
            in_a_sentence(by, &basis.in_time())
        ));
    }
    let ends = || sensitivity.inputs.iter().flat_map(|one| &one.effects).flat_map(|effect| &effect.ends);
    if ends().any(is_open) {
        said.push("? not decided: the interval holds 0".to_owned());
    }
    said.push(
        "per 1 %: elasticity, per cent of the measure for each per cent of the input, from end to end"
            .to_owned(),
    );
    if sensitivity.ground.replications > 1 {
        said.push(
            "the same customers at every point, differences paired; each ± is 95 % by itself: of twenty inputs that move \
             nothing one will look as if it did"
                .to_owned(),
        );
    }
    for one in &sensitivity.inputs {
        if let Spread::Uncertainty(sd) = one.spread {
            said.push(format!(
                "{}: × {} to {}, P5 to P95 of its uncertainty (sd {} %); it is not drawn besides",
                name(&one.input),
                as_written((one.ends[0].0 * 1e3).round() / 1e3),
                as_written((one.ends[1].0 * 1e3).round() / 1e3),
                as_written(100.0 * sd)
            ));
        }
    }
    let is_site = |one: &&Moved| matches!(one.input, crate::experiment::Input::Site(_));
    if sensitivity.inputs.iter().any(|one| is_site(&one)) {
        said.push("staffing: all plans and heads; staff NAME: those of one site".to_owned());
    }
    if !sensitivity.missing.is_empty() {
        let names: Vec<String> = sensitivity.missing.iter().map(name).collect();
        said.push(format!("not in this scenario: {}", names.join(", ")));
    }
    if !sensitivity.without_value.is_empty() {
        let names: Vec<String> = sensitivity.without_value.iter().map(|name| format!("`{name}`")).collect();
        said.push(format!("without a value here: {}", names.join(", ")));
    }
    said.extend(basis.definitions());
    let mut lines: Vec<String> = said.iter().flat_map(|text| wrapped(text, prose, 2)).collect();
    let remarks = sensitivity.inputs.iter().flat_map(|one| &one.remarks);
    for note in sensitivity.notes.iter().chain(remarks) {
        lines.extend(wrapped(&words::note(note), prose, 2));
    }
    lines.extend(wrapped(basis.spread(), prose, 2));
    lines.extend(ground::audit(&sensitivity.ground, paint, prose));
    let mut next = vec!["next: --by 5%".to_owned(), "--metrics occupancy,fcr".to_owned()];
    if let Some(first) = sensitivity.inputs.first() {
        let path = first.ends[0].1.split_once('=').map_or("", |(path, _)| path);
        next.push(format!("holdtime sweep {} --vary {path}=0.8..1.2:0.05", basis.file()));
    }
    lines.extend(wrapped_parts(&next, Separator::Dot, prose, 6));
    lines
}
