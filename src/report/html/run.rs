//! The report of a run: whether targets are met, the figures of the centre, its days, classes, groups and cost.
//!
//! Judges nothing: verdicts stand in the result. Invariant: the sentence on top says no more than they do.

use std::io;

use super::model::{
    Assumption, Block, CellTone, Failure, Grid, GridCell, GridRow, Mark, Report, Section, State, Tile,
};
use super::{page, parts};
use crate::experiment::{Measures, Named, Outcome, TargetOutcome, Verdict};
use crate::report::Basis;
use crate::report::charts::{DayMeasure, charts_of_run, day_chart, week_heat};
use crate::report::language::{Language, Word};
use crate::report::number::{NumberStyle, Unit, is_a_year};

/// More targets than this on the first screen are no first screen.
const MOST_TARGETS: usize = 6;

/// Writes the report of a run as one HTML file.
///
/// # Errors
/// If `out` does.
pub fn write_html(
    out: &mut dyn io::Write,
    outcome: &Outcome,
    basis: &Basis,
    assumptions: &[Assumption],
    language: Language,
) -> io::Result<()> {
    page::write(out, &report(outcome, basis, assumptions, language))
}

fn report(outcome: &Outcome, basis: &Basis, assumptions: &[Assumption], language: Language) -> Report {
    let manifest = &outcome.manifest;
    let facts = parts::facts(
        &parts::Simulated {
            dates: manifest.dates.as_ref(),
            horizon_s: manifest.horizon_s,
            warm_up_s: manifest.warm_up_s,
            replications: manifest.replications,
            seed: manifest.seed,
        },
        language,
    );
    let (front, rest) = charts(outcome, basis, language);
    let mut sections: Vec<Section> = rest;
    sections.push(tables(outcome, basis, language));
    let mut definitions = parts::definitions(basis, language);
    // What was interrupted, and one replication, are said on top.
    let told = ["partial:", "one replication:"];
    let notes = outcome.notes.iter().filter(|note| !told.iter().any(|told| note.starts_with(told)));
    definitions.extend(notes.map(|note| language.fill(Word::Note, &[note])));
    let mut foot = vec![
        language.fill(Word::MadeBy, &[&manifest.version]),
        language.fill(Word::HashOf, &[&manifest.scenario_hash]),
        basis.file().to_owned(),
    ];
    if outcome.audit.is_empty() {
        foot.push(language.say(Word::AuditKept).to_owned());
    }
    let mut left = targets(outcome, language);
    left.push(Block::Tiles(tiles(outcome, basis, language)));
    left.extend(hardest(outcome, basis, language).map(Block::Text));
    Report {
        language,
        title: manifest.scenario.clone(),
        facts,
        states: states(outcome, language),
        lead: lead(outcome, basis, language),
        left,
        right: front.map(|chart| Block::Chart(Box::new(chart))).into_iter().collect(),
        wide: Vec::new(),
        sections,
        definitions,
        assumptions: assumptions.to_vec(),
        foot,
    }
}

/// The chart of the first screen, and the sections with the others.
fn charts(
    outcome: &Outcome,
    basis: &Basis,
    language: Language,
) -> (Option<crate::report::charts::Chart>, Vec<Section>) {
    let front = week_heat(outcome, basis, language)
        .or_else(|| day_chart(outcome, basis, DayMeasure::Service, language));
    let sections = charts_of_run(outcome, basis, language).into_iter().filter_map(|(word, charts)| {
        let others =
            charts.into_iter().filter(|chart| front.as_ref().is_none_or(|front| front.id != chart.id));
        let blocks: Vec<Block> = others.map(|chart| Block::Chart(Box::new(chart))).collect();
        let id = match word {
            Word::SectionDay => "day",
            Word::SectionWeek => "weeks",
            Word::SectionWait => "waiting",
            Word::SectionAgents => "agents",
            _ => "money",
        };
        let heading = language.say(word).to_owned();
        (!blocks.is_empty()).then(|| Section { id: id.to_owned(), heading, blocks })
    });
    let sections = sections.collect();
    (front, sections)
}

fn states(outcome: &Outcome, language: Language) -> Vec<State> {
    let manifest = &outcome.manifest;
    let mild = |word: Word| State { text: language.say(word).to_owned(), is_failure: Failure::Mild };
    let mut states: Vec<State> = parts::broken(outcome.audit.iter(), language).into_iter().collect();
    if manifest.is_partial {
        states.push(parts::partial(manifest.replications, manifest.replications_planned, language));
    }
    if is_empty(outcome) {
        states.push(mild(Word::StateNothing));
    } else if manifest.replications < 2 {
        states.push(mild(Word::StateOne));
    }
    if outcome.targets.is_empty() {
        states.push(mild(Word::StateNoTarget));
    }
    states
}

fn is_empty(outcome: &Outcome) -> bool {
    outcome.total.get("offered").is_none_or(|offered| offered.mean.is_none_or(|mean| mean == 0.0))
}

/// The answer, as far as the verdicts go.
fn lead(outcome: &Outcome, basis: &Basis, language: Language) -> String {
    if is_empty(outcome) {
        return language.say(Word::StateNothing).to_owned();
    }
    let mut sentences = Vec::new();
    let of = |wanted: Option<Verdict>| outcome.targets.iter().filter(move |target| target.verdict == wanted);
    let told = |target: &TargetOutcome| {
        let (value, beside) = parts::target_value(target, language);
        let value = format!("{value} {beside}").trim_end().replace(' ', "\u{a0}");
        let name = parts::target_name(target, language);
        language.fill(Word::LeadTarget, &[&name, &value, &parts::bound(target, language)])
    };
    let list = |wanted| of(wanted).take(4).map(told).collect::<Vec<_>>().join("; ");
    let (met, all) = (of(Some(Verdict::Met)).count(), outcome.targets.len());
    match (met, all) {
        (_, 0) => {
            let share = |name: &str| {
                let (value, beside) = parts::measure(&outcome.total, name, language);
                format!("{value} {beside}").trim_end().replace(' ', "\u{a0}")
            };
            let in_time = basis.in_time_in(language);
            sentences.push(
                language
                    .fill(Word::LeadNoTarget, &[&share("service_level"), &in_time, &share("abandonment")]),
            );
        }
        (1, 1) => sentences.push(language.fill(Word::LeadOneMet, &[&list(Some(Verdict::Met))])),
        (met, all) if met == all => sentences.push(language.fill(Word::LeadAllMet, &[&all.to_string()])),
        (met, all) => {
            if all > 1 && outcome.manifest.replications > 1 {
                sentences.push(language.fill(Word::LeadSome, &[&met.to_string(), &all.to_string()]));
            }
            for (wanted, word) in [
                (Some(Verdict::Missed), Word::LeadMissed),
                (Some(Verdict::NotSure), Word::LeadOpen),
                (None, Word::LeadNoValue),
            ] {
                let targets = list(wanted);
                if !targets.is_empty() {
                    sentences.push(language.fill(word, &[&targets]));
                }
            }
        }
    }
    sentences.join(" ")
}

fn targets(outcome: &Outcome, language: Language) -> Vec<Block> {
    if outcome.targets.is_empty() {
        return vec![Block::Text(language.say(Word::NoTargetsHint).to_owned())];
    }
    let whole = if is_a_year(outcome.manifest.horizon_s) { Word::WholeYear } else { Word::WholeRun };
    let first = &outcome.targets[0];
    let is_one_period = outcome.targets.iter().all(|target| target.per == first.per);
    let periods =
        if is_one_period { parts::periods(first.per, language) } else { language.say(Word::Periods) };
    let row = |target: &TargetOutcome| {
        let (value, beside) = parts::target_value(target, language);
        let mut missed = parts::missed(target, language);
        if !is_one_period {
            missed.beside = format!("{} {}", parts::periods(target.per, language), missed.beside);
        }
        GridRow {
            name: parts::target_name(target, language),
            cells: vec![
                GridCell::number(parts::bound(target, language), ""),
                GridCell::number(value, beside),
                parts::verdict(target, language),
                missed,
            ],
            is_marked: Mark::None,
        }
    };
    let heading = language.fill(Word::PeriodsMissed, &[periods]);
    let words =
        [Word::TargetName, Word::Wanted, whole, Word::Verdict].map(|word| language.say(word).to_owned());
    vec![Block::Grid(Grid {
        caption: language.say(Word::Targets).to_owned(),
        headings: words.into_iter().chain([heading]).collect(),
        rows: outcome.targets.iter().take(MOST_TARGETS).map(row).collect(),
        note: String::new(),
    })]
}

/// The hardest day and hour.
fn hardest(outcome: &Outcome, basis: &Basis, language: Language) -> Option<String> {
    let share = |value: f64| {
        language.number(&NumberStyle::for_one(Unit::Share, Some(value)).value(value)).replace(' ', "\u{a0}")
    };
    let told = outcome.hardest.iter().filter_map(|moment| {
        let period = language.period(moment.periods.first()?);
        let in_time = basis.in_time_in(language);
        let (service, abandoned) = (share(moment.service_level), share(moment.abandonment));
        Some(language.fill(Word::HardMoment, &[&period, &service, &in_time, &abandoned]))
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| language.fill(Word::Hardest, &[&told.join("; ")]))
}

fn tiles(outcome: &Outcome, basis: &Basis, language: Language) -> Vec<Tile> {
    let in_time = language.fill(Word::InTime, &[&basis.in_time_in(language)]);
    let mut wanted = vec![
        ("offered", language.say(Word::Offered).to_owned()),
        ("answered", language.say(Word::Answered).to_owned()),
        ("abandonment", language.say(Word::AbandonedCalls).to_owned()),
        ("service_level", in_time),
        ("asa_s", language.say(Word::MeanWait).to_owned()),
        ("answered_wait_s_p90", language.say(Word::Wait90).to_owned()),
        ("occupancy", language.say(Word::Occupancy).to_owned()),
        ("fcr", language.say(Word::SolvedAtFirst).to_owned()),
    ];
    if crate::report::sections::has_cost(outcome) {
        wanted.push(("cost_eur", language.say(Word::Cost).to_owned()));
        wanted.push(("cost_per_answered_eur", language.say(Word::CostEach).to_owned()));
    }
    let tile = |(name, label): (&str, String)| {
        outcome.total.get(name)?.mean?;
        let (value, beside) = parts::measure(&outcome.total, name, language);
        Some(Tile { name: label, value, beside })
    };
    wanted.into_iter().filter_map(tile).collect()
}

/// A measure, its heading and its unit.
type Column = (&'static str, String, Unit);

fn tables(outcome: &Outcome, basis: &Basis, language: Language) -> Section {
    let say = |word: Word| language.say(word).to_owned();
    let classes: Vec<Column> = vec![
        ("offered", say(Word::Offered), Unit::Count),
        ("entered", say(Word::Entered), Unit::Count),
        ("abandonment", say(Word::Abandoned), Unit::Share),
        ("service_level", basis.in_time_in(language), Unit::Share),
        ("asa_s", say(Word::MeanWait), Unit::Seconds),
        ("answered_wait_s_p95", say(Word::Wait95), Unit::Seconds),
        ("aht_s", say(Word::Handling), Unit::Clock),
        ("fcr", say(Word::SolvedAtFirst), Unit::Share),
    ];
    let mut staff: Vec<Column> = vec![
        ("staffed_h", say(Word::LoggedIn), Unit::Hours),
        ("occupancy", say(Word::Occupancy), Unit::Share),
    ];
    if crate::report::sections::has_cost(outcome) {
        staff.push(("cost_per_minute_eur", say(Word::AMinute), Unit::EurosEach));
        staff.push(("cost_eur", say(Word::Cost), Unit::Euros));
    }
    let plain = |_: &str| None;
    let sourcing = |site: &str| Some(basis.sourcing_in(site, language).to_owned());
    let of = |word: Word, things: &[Named], columns: &[Column], kind: &dyn Fn(&str) -> Option<String>| {
        (!things.is_empty()).then(|| grid(say(word), things, &outcome.total, columns, kind, language))
    };
    let grids = [
        of(Word::ByClass, &outcome.classes, &classes, &plain),
        of(Word::BySite, &outcome.sites, &staff, &sourcing),
        of(Word::ByGroup, &outcome.groups, &staff, &plain),
    ];
    Section {
        id: "tables".to_owned(),
        heading: say(Word::SectionTables),
        blocks: grids.into_iter().flatten().map(Block::Grid).collect(),
    }
}

fn grid(
    caption: String,
    things: &[Named],
    total: &Measures,
    columns: &[Column],
    kind: &dyn Fn(&str) -> Option<String>,
    language: Language,
) -> Grid {
    let style = |(name, _, unit): &Column| {
        let values = things.iter().map(|thing| &thing.measures).chain([total]);
        NumberStyle::for_column(*unit, values.map(|measures| measures.get(name).and_then(|of| of.mean)))
    };
    let styles: Vec<NumberStyle> = columns.iter().map(style).collect();
    let has_kind = things.iter().any(|thing| kind(&thing.name).is_some());
    let row = |name: &str, measures: &Measures, is_marked: Mark| {
        let mut cells = Vec::new();
        if has_kind {
            cells.push(GridCell::words(kind(name).unwrap_or_default(), CellTone::Words));
        }
        cells.extend(
            columns
                .iter()
                .zip(&styles)
                .map(|((of, _, _), style)| parts::cell(*style, measures.get(of), language)),
        );
        GridRow { name: name.to_owned(), cells, is_marked }
    };
    let mut rows: Vec<GridRow> =
        things.iter().map(|thing| row(&thing.name, &thing.measures, Mark::None)).collect();
    if things.len() > 1 {
        rows.push(row(language.say(Word::All), total, Mark::Total));
    }
    let mut headings = vec![language.say(Word::Name).to_owned()];
    headings.extend(has_kind.then(|| language.say(Word::Sourcing).to_owned()));
    headings.extend(columns.iter().map(|(_, heading, _)| heading.clone()));
    Grid { caption, headings, rows, note: String::new() }
}
