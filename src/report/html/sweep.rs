//! The report of a sweep: curves of each measure, and every point.
//!
//! Chooses no point as the best. Invariant: a point that has not run is said to be missing.

use std::io;

use super::model::{Assumption, Block, Failure, Grid, GridCell, GridRow, Mark, Report, Section, State};
use super::{model, page, parts};
use crate::experiment::Verdict;
use crate::report::Basis;
use crate::report::charts::sweep_curves;
use crate::report::language::{Language, Word};
use crate::report::number::{NumberStyle, Unit};
use crate::sweep::{Plan, Record};

/// Shown, where any point has a value.
const SHOWN: [&str; 5] = ["service_level", "abandonment", "asa_s", "occupancy", "cost_eur"];

/// Writes the report of a sweep as one HTML file; `basis` is that of its first point, `measures` are shown, or the usual ones.
///
/// # Errors
/// If `out` does.
pub fn write_sweep_html(
    out: &mut dyn io::Write,
    (plan, records): (&Plan, &[Option<Record>]),
    measures: &[&str],
    basis: &Basis,
    assumptions: &[Assumption],
    language: Language,
) -> io::Result<()> {
    page::write(out, &report(plan, records, measures, basis, assumptions, language))
}

fn report(
    plan: &Plan,
    records: &[Option<Record>],
    measures: &[&str],
    basis: &Basis,
    assumptions: &[Assumption],
    language: Language,
) -> Report {
    let (points, done) = (records.len(), records.iter().flatten().count());
    let has = |name: &str| {
        let mut values = records.iter().flatten().filter_map(|record| record.total(name)?.mean);
        values.any(|mean| name != "cost_eur" || mean > 0.0)
    };
    let wanted: &[&str] = if measures.is_empty() { &SHOWN } else { measures };
    let shown: Vec<(&str, String)> = (wanted.iter().filter(|name| has(name)))
        .map(|name| (*name, heading(name, basis, language)))
        .collect();
    let least = plan.replications.iter().min().copied().unwrap_or(0);
    let mut states = Vec::new();
    if done < points {
        let text = language.fill(Word::StateSweepPartial, &[&done.to_string(), &points.to_string()]);
        states.push(State { text, is_failure: Failure::Mild });
    }
    if least < 2 {
        states.push(State { text: language.say(Word::StateOne).to_owned(), is_failure: Failure::Mild });
    }
    let curves = sweep_curves(plan, records, &shown, language);
    let mut definitions = parts::definitions(basis, language);
    definitions.push(language.say(Word::SweepNote).to_owned());
    Report {
        language,
        title: plan.scenario.clone(),
        facts: vec![
            language.fill(Word::SweepEach, &[&least.to_string(), &plan.seed.to_string()]),
            language.say(Word::PlusMinus).to_owned(),
        ],
        states,
        lead: lead(plan, records, &shown, language),
        left: Vec::new(),
        right: Vec::new(),
        wide: curves.into_iter().map(|chart| Block::Chart(Box::new(chart))).collect(),
        sections: vec![Section {
            id: "points".to_owned(),
            heading: language.say(Word::Points).to_owned(),
            blocks: vec![Block::Grid(grid(plan, records, &shown, language))],
        }],
        definitions,
        assumptions: assumptions.to_vec(),
        foot: vec![language.fill(Word::MadeBy, &[&plan.version]), basis.file().to_owned()],
    }
}

fn heading(name: &str, basis: &Basis, language: Language) -> String {
    let word = match name {
        "service_level" => return language.fill(Word::AxisService, &[&basis.in_time_in(language)]),
        "abandonment" => Word::AxisAbandoned,
        "asa_s" => Word::AxisWait,
        "occupancy" => Word::AxisOccupancy,
        "cost_eur" => Word::AxisCost,
        other => return other.to_owned(),
    };
    language.say(word).to_owned()
}

/// From where to where the first measure goes, and how many points meet the targets; no point is chosen.
fn lead(plan: &Plan, records: &[Option<Record>], shown: &[(&str, String)], language: Language) -> String {
    let paths: Vec<String> = plan.vary.iter().map(|axis| axis.path.clone()).collect();
    let done: Vec<&Record> = records.iter().flatten().collect();
    let mut sentences = Vec::new();
    if let Some((name, title)) = shown.first() {
        let values = || done.iter().filter_map(|record| record.total(name)?.mean);
        let (low, high) = (values().reduce(f64::min), values().reduce(f64::max));
        if let (Some(low), Some(high)) = (low, high) {
            let style = NumberStyle::for_column(Unit::of(name), [Some(low), Some(high)]);
            let show = |value: f64| language.number(&style.value(value));
            sentences.push(language.fill(
                Word::LeadSweep,
                &[&language.list(&paths), &done.len().to_string(), title, &show(low), &show(high)],
            ));
        }
    }
    let judged: Vec<Verdict> = done.iter().filter_map(|record| record.verdict()).collect();
    if !judged.is_empty() {
        let met = judged.iter().filter(|verdict| **verdict == Verdict::Met).count().to_string();
        sentences.push(language.fill(Word::LeadSweepTargets, &[&met, &judged.len().to_string()]));
    }
    sentences.join(" ")
}

fn grid(plan: &Plan, records: &[Option<Record>], shown: &[(&str, String)], language: Language) -> Grid {
    let points = plan.grid();
    let styles: Vec<NumberStyle> = shown
        .iter()
        .map(|(name, _)| {
            let values = records.iter().flatten().map(|record| record.total(name).and_then(|e| e.mean));
            NumberStyle::for_column(Unit::of(name), values)
        })
        .collect();
    let has_verdict = records.iter().flatten().any(|record| record.verdict().is_some());
    let row = |(point, record): (usize, &Option<Record>)| {
        let record = record.as_ref()?;
        let of = |((name, _), style): (&(&str, String), &NumberStyle)| {
            parts::cell(*style, record.total(name), language)
        };
        let mut cells: Vec<GridCell> = shown.iter().zip(&styles).map(of).collect();
        if has_verdict {
            cells.push(verdict(record.verdict(), language));
        }
        let name = points.values(point).join(" · ");
        Some(GridRow { name, cells, is_marked: Mark::None })
    };
    let paths: Vec<&str> = plan.vary.iter().map(|axis| axis.path.as_str()).collect();
    let mut headings = vec![paths.join(" · ")];
    headings.extend(shown.iter().map(|(_, title)| title.clone()));
    headings.extend(has_verdict.then(|| language.say(Word::Targets).to_owned()));
    Grid {
        caption: String::new(),
        headings,
        rows: records.iter().enumerate().filter_map(row).collect(),
        note: String::new(),
    }
}

fn verdict(verdict: Option<Verdict>, language: Language) -> GridCell {
    let (word, tone) = match verdict {
        Some(Verdict::Met) => (Word::Met, model::CellTone::Good),
        Some(Verdict::Missed) => (Word::Missed, model::CellTone::Bad),
        Some(Verdict::NotSure) => (Word::NotSure, model::CellTone::Open),
        None => (Word::NothingToJudge, model::CellTone::Open),
    };
    GridCell::words(language.say(word), tone)
}
