//! The page: what differs in a sentence, a waterfall for each measure, then what each step means.
//!
//! Computes no measure but the whole difference. Invariant: no line is wider than [`PAGE_WIDTH`]; a bar runs from one value to the next.

use super::words;
use crate::experiment::{Cause, Explanation, Step, is_open};
use crate::report::Basis;
use crate::report::compare::grid::{Align, grid};
use crate::report::compare::words::{in_a_sentence, list, measure};
use crate::report::ground::{self, Differences, NARROWEST};
use crate::report::number::{NO_VALUE, NumberStyle, Unit, as_written, grouped};
use crate::report::paint::Paint;
use crate::report::text::{PAGE_WIDTH, Separator, cut, wrapped, wrapped_parts};
use crate::stats::Estimate;

/// A smaller share of the whole difference is what arithmetic leaves, no step.
const NOTHING: f64 = 1e-6;
/// Columns of the bars.
const BAR: usize = 14;

/// The page, ending in a line break; `whole_s` is the length of the scenario where only its beginning was run.
#[must_use]
pub fn explanation_page(
    explanation: &Explanation,
    basis: &Basis,
    whole_s: Option<f64>,
    paint: Paint,
    columns: usize,
) -> String {
    let prose = columns.clamp(NARROWEST, PAGE_WIDTH);
    let in_time = basis.in_time();
    let begins_with = if is_of_formulas(explanation) { "Erlang C says" } else { "was forecast" };
    let title = format!("Why {} is not what {begins_with}", explanation.ground.scenario);
    let mut head = vec![paint.heading(cut(&title, PAGE_WIDTH))];
    head.extend(ground::head(&explanation.ground, whole_s, prose));
    let mut blocks = vec![head, wrapped(&answer(explanation, &in_time), prose, 0)];
    blocks.extend((0..explanation.metrics.len()).map(|of| waterfall(explanation, of, &in_time, paint)));
    blocks.push(foot(explanation, basis, paint, prose));
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

/// Whether it begins with a formula, not with a forecast.
fn is_of_formulas(explanation: &Explanation) -> bool {
    explanation.steps.first().is_some_and(|step| step.cause == Cause::ErlangC)
}

/// What the last line is.
fn end_name(explanation: &Explanation) -> &'static str {
    if is_of_formulas(explanation) { "full model" } else { "what happened" }
}

/// The first and the last value of a measure.
fn ends(explanation: &Explanation, of: usize) -> Option<((Cause, f64), f64)> {
    let mut values =
        explanation.steps.iter().filter_map(|step| Some((step.cause, step.effects[of].value.mean?)));
    let first = values.next()?;
    let (_, last) = values.next_back()?;
    Some((first, last))
}

/// One sentence: both ends of the first measure, and what makes most of the difference.
fn answer(explanation: &Explanation, in_time: &str) -> String {
    if let [only] = explanation.steps.as_slice()
        && only.cause == Cause::Forecast
    {
        return "The two files differ in nothing that acts: what happened is the forecast.".to_owned();
    }
    let nothing = || "None of these measures has a value at both ends.".to_owned();
    let Some(((cause, first), last)) =
        (!explanation.metrics.is_empty()).then(|| ends(explanation, 0)).flatten()
    else {
        return nothing();
    };
    let metric = explanation.metrics[0];
    let style = NumberStyle::for_column(Unit::of(metric), [Some(first), Some(last)]);
    let estimate = |mean: f64| Estimate { mean: Some(mean), half_width: None, n: 0 };
    let all = estimate(last - first);
    let mut steps: Vec<(Cause, Estimate)> = (explanation.steps.iter())
        .filter_map(|step| Some((step.cause, step.effects[0].step?)))
        .filter(|(_, step)| {
            !is_open(step) && step.mean.is_some_and(|mean| mean.abs() > NOTHING * (last - first).abs())
        })
        .collect();
    let size = |step: &Estimate| step.mean.unwrap_or(0.0).abs();
    steps.sort_by(|a, b| size(&b.1).total_cmp(&size(&a.1)));
    let differences = Differences::of(metric, steps.iter().map(|(_, step)| step).chain([&all]));
    let told = |step: &Estimate| {
        let plain = Estimate { half_width: None, ..*step };
        format!("{} {}", differences.cell(&plain), differences.unit()).trim_end().to_owned()
    };
    let largest: Vec<String> = (steps.iter().take(3))
        .map(|(cause, step)| format!("{} ({})", words::in_a_sentence(*cause), told(step)))
        .collect();
    let largest =
        if largest.is_empty() { String::new() } else { format!(" The largest steps: {}.", list(&largest)) };
    format!(
        "{}: {} {}, {} {}, {}.{largest}",
        capital(&in_a_sentence(metric, in_time)),
        style.value(first),
        match cause {
            Cause::ErlangC => "by Erlang C",
            Cause::ErlangA => "by Erlang A",
            Cause::Forecast => "forecast",
            _ => words::name(cause),
        },
        style.value(last),
        if is_of_formulas(explanation) { "by the full model" } else { "by what happened" },
        told(&all)
    )
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Each step with its bar, the value after it, what it adds, and what it adds in the reverse order.
fn waterfall(explanation: &Explanation, of: usize, in_time: &str, paint: Paint) -> Vec<String> {
    let metric = explanation.metrics[of];
    let effects = || explanation.steps.iter().map(move |step| &step.effects[of]);
    let values: Vec<Option<f64>> = effects().map(|effect| effect.value.mean).collect();
    let plain = |estimate: &Estimate| Estimate { half_width: None, ..*estimate };
    let shown: Vec<Estimate> = effects().map(|effect| plain(&effect.value)).collect();
    let style = NumberStyle::for_column(Unit::of(metric), values.iter().copied()).evenly(shown.iter());
    let steps: Vec<Estimate> = effects().flat_map(|effect| [effect.step, effect.reverse]).flatten().collect();
    let differences = Differences::of(metric, steps.iter());
    let (low, high) = (values.iter().flatten())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(*value), high.max(*value)));
    let unit = differences.unit();
    let comma = if unit.is_empty() { String::new() } else { format!(", {unit}") };
    let title = measure(metric, in_time).to_uppercase().replace("(ASA)", "ASA");
    let has_reverse = effects().any(|effect| effect.reverse.is_some());
    let mut rows = vec![vec![
        title,
        String::new(),
        "value".to_owned(),
        format!("step{comma}"),
        if has_reverse { "in reverse".to_owned() } else { String::new() },
    ]];
    let cell = |estimate: Option<Estimate>| {
        estimate.map_or_else(String::new, |estimate| {
            let mark = if is_open(&estimate) { " ?" } else { "" };
            format!("{}{mark}", differences.cell(&estimate))
        })
    };
    let mut before = None;
    for (step, effect) in explanation.steps.iter().zip(effects()) {
        let sign = if matches!(step.cause, Cause::Property(_) | Cause::Part(_)) { "+ " } else { "" };
        let value = effect.value.mean.map_or_else(|| NO_VALUE.to_owned(), |mean| style.value(mean));
        rows.push(vec![
            format!("{sign}{}", words::name(step.cause)),
            bar(before, effect.value.mean, (low, high)),
            value,
            cell(effect.step),
            cell(effect.reverse),
        ]);
        before = effect.value.mean.or(before);
    }
    if let Some((_, last)) = ends(explanation, of) {
        let full = explanation.steps.last().map(|step| step.effects[of].value);
        rows.push(vec![
            format!("= {}", end_name(explanation)),
            bar(None, Some(last), (low, high)),
            full.map_or_else(String::new, |full| style.value(full.mean.unwrap_or(last))),
            cell(explanation.whole[of]),
            String::new(),
        ]);
    }
    let aligns = [Align::Left, Align::Left, Align::Right, Align::Right, Align::Right];
    let mut lines = grid(&rows, &aligns, PAGE_WIDTH);
    lines[0] = paint.heading(&lines[0]);
    lines
}

/// From one value to the next between the lowest and the highest: `█` upwards, `░` downwards; one value alone is a line.
fn bar(from: Option<f64>, to: Option<f64>, (low, high): (f64, f64)) -> String {
    let place = |value: f64| {
        let share = if high > low { (value - low) / (high - low) } else { 0.0 };
        (share * (BAR - 1) as f64).round() as usize
    };
    let Some(to) = to else { return " ".repeat(BAR) };
    let (from, alone) = (from.unwrap_or(to), from.is_none());
    let (first, last) = (place(from.min(to)), place(from.max(to)));
    let mark = if alone || first == last {
        '│'
    } else if to > from {
        '█'
    } else {
        '░'
    };
    (0..BAR).map(|at| if (first..=last).contains(&at) { mark } else { ' ' }).collect()
}

fn foot(explanation: &Explanation, basis: &Basis, paint: Paint, prose: usize) -> Vec<String> {
    let mut said =
        vec!["█ upwards, ░ downwards, from one value to the next; steps sum to the last line".to_owned()];
    let steps = || explanation.steps.iter().flat_map(|step| &step.effects);
    if steps().filter_map(|effect| effect.step).any(|step| is_open(&step)) {
        said.push("? not decided: the interval holds 0".to_owned());
    }
    if steps().any(|effect| effect.reverse.is_some()) {
        said.push(
            "in reverse: what the same step adds where properties are switched on from the last to the first; where both \
             columns differ, properties act together"
                .to_owned(),
        );
    }
    if explanation.ground.replications > 1 {
        said.push(
            "the same customers at every step, differences paired; each ± is 95 % by itself; a formula has none"
                .to_owned(),
        );
    }
    if let Some(above) = explanation.above_capacity {
        let count = |n: u64| grouped(n as f64, 0);
        said.push(if above.above == 0 {
            format!("above capacity: none of {} intervals of a pool", count(above.intervals))
        } else {
            format!(
                "above capacity: {} of {} intervals of a pool, {} % of the visits: service level 0 by Erlang C",
                count(above.above),
                count(above.intervals),
                as_written((1e3 * above.share_of_visits).round() / 10.0)
            )
        });
    }
    if !explanation.missing.is_empty() {
        let names: Vec<&str> = explanation.missing.iter().map(|cause| words::name(*cause)).collect();
        let which = if is_of_formulas(explanation) { "not in this scenario" } else { "the same in both" };
        said.push(format!("{which}: {}", names.join(" · ")));
    }
    if !explanation.without_value.is_empty() {
        let names: Vec<String> = explanation.without_value.iter().map(|name| format!("`{name}`")).collect();
        said.push(format!("without a value here: {}", names.join(", ")));
    }
    let mut lines: Vec<String> = said.iter().flat_map(|text| wrapped(text, prose, 2)).collect();
    lines.push(String::new());
    lines.push(paint.heading("THE STEPS"));
    let meaning = |step: &Step| {
        wrapped(&format!("{}: {}", words::name(step.cause), words::meaning(step.cause)), prose, 2)
    };
    lines.extend(explanation.steps.iter().flat_map(meaning));
    lines.push(String::new());
    let told = basis.definitions();
    lines.extend(told.iter().flat_map(|text| wrapped(text, prose, 2)));
    for note in &explanation.notes {
        lines.extend(wrapped(&crate::report::words::note(note), prose, 2));
    }
    lines.extend(ground::audit(&explanation.ground, paint, prose));
    let switched = |step: &&Step| matches!(step.cause, Cause::Property(_) | Cause::Part(_));
    let last = explanation.steps.iter().rev().filter(switched).take(2);
    let order: Vec<&str> = last.map(|step| words::key(step.cause)).collect();
    let mut next = vec![format!("next: holdtime sensitivity {}", basis.file())];
    if order.len() > 1 {
        next.push(format!("--order {}", order.join(",")));
    }
    lines.extend(wrapped_parts(&next, Separator::Dot, prose, 6));
    lines
}
