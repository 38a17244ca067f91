//! The targets on the page: what was wanted, what came out, and the periods that miss it.
//!
//! Judges nothing: whether a target is met stands in the result. Invariant: no line is wider than [`PAGE_WIDTH`], and no
//! value reads as the bound, or beyond it, that is not.

use crate::experiment::{Outcome, TargetOutcome, Verdict};

use super::number::{NO_VALUE, NumberStyle, Unit, as_written, grouped, is_a_year, wait_in_words};
use super::paint::Paint;
use super::text::{PAGE_WIDTH, cut, left, width, wrapped};
use super::words;

/// Labels are cut to no less than this.
const NARROWEST_LABEL: usize = 9;
/// Between columns.
const GAP: &str = "  ";

/// One line of the block before it is set.
struct Line<'a> {
    class: Option<&'a str>,
    measure: &'a str,
    wanted: String,
    value: String,
    verdict: &'static str,
    missed: String,
}

/// Each target with its bound, the value over the whole run, the verdict and the periods that miss it; without targets
/// how to write one.
pub(super) fn targets(outcome: &Outcome, paint: Paint, prose: usize) -> Vec<String> {
    let Some(first) = outcome.targets.first() else {
        return wrapped(words::NO_TARGETS, prose, 0);
    };
    let common_period = outcome.targets.iter().all(|t| t.per == first.per).then_some(first.per);
    let title = words::targets(common_period);
    let whole = if is_a_year(outcome.manifest.horizon_s) { words::YEAR } else { words::WHOLE_RUN };
    let heading = Line {
        class: None,
        measure: &title,
        wanted: words::WANTED.to_owned(),
        value: whole.to_owned(),
        verdict: "",
        missed: words::that_miss_it(common_period),
    };
    let lines: Vec<Line<'_>> = std::iter::once(heading)
        .chain(outcome.targets.iter().map(|target| line(target, common_period.is_none())))
        .collect();

    let widest = |of: &dyn Fn(&Line<'_>) -> usize| lines.iter().map(of).max().unwrap_or(0);
    let wanted_width = widest(&|l| width(&l.wanted));
    let value_width = widest(&|l| width(&l.value));
    let verdict_width = widest(&|l| width(l.verdict));
    let taken = wanted_width + value_width + verdict_width + widest(&|l| width(&l.missed)) + 4 * GAP.len();
    let label_width =
        widest(&|l| width(&l.label(usize::MAX))).min(PAGE_WIDTH.saturating_sub(taken).max(NARROWEST_LABEL));

    lines
        .iter()
        .enumerate()
        .map(|(i, line)| {
            let before = [
                left(&line.label(label_width), label_width),
                left(&line.wanted, wanted_width),
                left(&line.value, value_width),
                String::new(),
            ]
            .join(GAP);
            let before = cut(&before, PAGE_WIDTH - verdict_width);
            let room = PAGE_WIDTH - width(&before) - verdict_width;
            let after = cut(&format!("{GAP}{}", line.missed), room);
            let verdict = left(line.verdict, verdict_width);
            match i.checked_sub(1).map(|i| outcome.targets[i].verdict) {
                None => paint.heading(format!("{before}{verdict}{after}")),
                Some(Some(Verdict::Met)) => format!("{before}{}{after}", paint.good(verdict)),
                Some(Some(Verdict::Missed)) => format!("{before}{}{after}", paint.bad(verdict)),
                Some(Some(Verdict::NotSure) | None) => format!("{before}{verdict}{after}"),
            }
        })
        .collect()
}

/// What the periods of the targets are, where that is no matter of course.
pub(super) fn definitions(outcome: &Outcome) -> Vec<&'static str> {
    let is_short = |target: &TargetOutcome| {
        let all = match target.per {
            "day" => outcome.by_day.len(),
            "week" => outcome.by_week.len(),
            "month" => outcome.by_month.len(),
            _ => 0,
        };
        target.periods.mean.is_some_and(|judged| judged < all as f64 - 0.005)
    };
    let mut lines = Vec::new();
    if outcome.targets.iter().any(|target| target.per == "year") {
        lines.push(words::PER_YEAR);
    }
    if outcome.targets.iter().any(is_short) {
        lines.push(words::NOT_JUDGED);
    }
    lines
}

impl Line<'_> {
    /// `ASA`, `billing: ASA`; where there is little room the class is cut before the measure.
    fn label(&self, widest: usize) -> String {
        let text = match self.class {
            None => self.measure.to_owned(),
            Some(class) => {
                let room = widest.saturating_sub(width(self.measure) + 2).max(NARROWEST_LABEL);
                format!("{}: {}", cut(class, room), self.measure)
            }
        };
        cut(&text, widest)
    }
}

fn line(target: &TargetOutcome, names_its_period: bool) -> Line<'_> {
    let unit = Unit::of(target.measure);
    let sign = if target.is_minimum { '≥' } else { '≤' };
    Line {
        class: target.class.as_deref(),
        measure: &target.label,
        wanted: format!("{sign} {}", bound(unit, target.bound)),
        value: NumberStyle::for_one(unit, target.value.mean)
            .apart_from(target.bound, &target.value)
            .estimate(&target.value)
            .joined(),
        verdict: match target.verdict {
            Some(Verdict::Met) => words::MET,
            Some(Verdict::Missed) => words::MISSED,
            Some(Verdict::NotSure) => words::NOT_SURE,
            None => words::NOTHING_TO_JUDGE,
        },
        missed: missed(target, names_its_period),
    }
}

/// A bound with as many digits as the user wrote: `80 %`, `23.19 %`, `20 s`.
fn bound(unit: Unit, bound: f64) -> String {
    if unit == Unit::Share { format!("{} %", as_written(bound * 100.0)) } else { wait_in_words(bound) }
}

/// `168 of 365 [157–179]`, with too few replications for a range `168 of 365 ± 9`; a target of the whole run counts
/// replications.
fn missed(target: &TargetOutcome, names_its_period: bool) -> String {
    let (Some(missed), Some(periods)) = (target.missed.mean, target.periods.mean) else {
        return NO_VALUE.to_owned();
    };
    // Over the whole run each replication is one period: show how many of them miss it.
    let times = if target.per == "year" { f64::from(target.missed.n) } else { 1.0 };
    let count = |n: f64| {
        let n = n * times;
        grouped(n, usize::from(n < 9.95 && (n - n.round()).abs() > 0.05))
    };
    let mut text = format!("{} of {}", count(missed), count(periods));
    if names_its_period {
        text.push(' ');
        text.push_str(words::periods(target.per));
    }
    match target.missed_range {
        Some((low, high)) if target.per != "year" => {
            text.push_str(&format!(" [{}–{}]", grouped(low, 0), grouped(high, 0)));
        }
        None if target.per != "year" => {
            if let Some(half_width) = target.missed.half_width.filter(|half_width| *half_width > 0.0) {
                text.push_str(&format!(" ± {}", grouped(half_width, usize::from(half_width < 0.95))));
            }
        }
        Some(_) | None => {}
    }
    text
}
