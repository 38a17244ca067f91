//! The report of a comparison: which option, by how much, how sure, at what cost, on the first screen.
//!
//! Judges nothing: verdicts and readings stand in the result. Invariant: the sentence on top says no more than they do.

use std::collections::HashMap;
use std::io;

use super::model::{
    Assumption, Block, CellTone, Failure, Grid, GridCell, GridRow, Mark, Report, Section, State,
};
use super::{page, parts};
use crate::experiment::{
    AgainstReference, BorneBy, Comparison, Difference, Finding, Sameness, Side, TargetOutcome,
};
use crate::measure::Better;
use crate::report::Basis;
use crate::report::charts::{Wording, class_dots, difference_dots, plane_of_service_and_cost};
use crate::report::compare::{letter, names, signed, threshold};
use crate::report::language::{Language, Word};
use crate::report::number::{NO_VALUE, NumberStyle, Unit, about, as_written, grouped, is_a_year};

/// What the first screen shows of each option, where it has values.
const SHOWN: [&str; 6] = ["service_level", "abandonment", "asa_s", "offered", "fcr", "cost_eur"];

/// A longer name of a scenario would fill the first screen.
const WIDEST_NAME: usize = 72;
/// More changes than this are a list of their own, in the files.
const MOST_CHANGES: usize = 24;
/// Longer values are cut.
const WIDEST_VALUE: usize = 48;

/// Writes the report of a comparison as one HTML file; `basis` is that of the reference, `files` name the scenarios.
///
/// # Errors
/// If `out` does.
pub fn write_comparison_html(
    out: &mut dyn io::Write,
    comparison: &Comparison,
    basis: &Basis,
    files: &[String],
    assumptions: &[Vec<Assumption>],
    language: Language,
) -> io::Result<()> {
    let names = names(comparison, files);
    let names: Vec<String> = names.iter().map(|name| crate::report::text::cut(name, WIDEST_NAME)).collect();
    let this = Page { comparison, basis, names: &names, language };
    page::write(out, &this.report(assumptions))
}

/// What every part of the page needs.
struct Page<'a> {
    comparison: &'a Comparison,
    basis: &'a Basis,
    names: &'a [String],
    language: Language,
}

impl Page<'_> {
    fn say(&self, word: Word) -> String {
        self.language.say(word).to_owned()
    }

    fn fill(&self, word: Word, parts: &[&str]) -> String {
        self.language.fill(word, parts)
    }

    fn name(&self, position: usize) -> String {
        format!("{} ({})", letter(position), self.names[position])
    }

    fn measure(&self, name: &str) -> String {
        let word = match name {
            "service_level" => {
                return self.fill(Word::InTime, &[&self.basis.in_time_in(self.language)]);
            }
            "abandonment" => Word::Abandoned,
            "asa_s" => Word::MeanWait,
            "answered_wait_s_p90" => Word::Wait90,
            "occupancy" => Word::Occupancy,
            "offered" => Word::Offered,
            "fcr" => Word::SolvedAtFirst,
            "cost_eur" => Word::Cost,
            "cost_per_answered_eur" => Word::CostEach,
            "cost_per_resolved_eur" => Word::CostSolved,
            "contacts_per_case" => Word::ContactsPerCase,
            other => return other.to_owned(),
        };
        self.say(word)
    }

    fn verdict(&self, one: &Difference) -> String {
        let word = match one.finding {
            Some(Finding::Better) => Word::Better,
            Some(Finding::Worse) => Word::Worse,
            Some(Finding::Higher) => Word::Higher,
            Some(Finding::Lower) => Word::Lower,
            Some(Finding::NoDifferenceThatMatters) => Word::Alike,
            Some(Finding::NotDecided { .. }) => Word::NotDecided,
            Some(Finding::Identical) => Word::Identical,
            None => return NO_VALUE.to_owned(),
        };
        self.say(word)
    }

    fn reading(&self, option: &AgainstReference) -> String {
        if option.is_identical {
            return self.say(Word::Identical);
        }
        let reading = option.reading();
        let service = match reading.service {
            Side::Better => Word::BetterService,
            Side::Worse => Word::WorseService,
            Side::Same => Word::SameService,
            Side::Mixed => Word::MixedService,
            Side::NotDecided => Word::OpenService,
            Side::Unknown => Word::UnknownService,
        };
        let cost = match reading.cost {
            Side::Better => Some(Word::Cheaper),
            Side::Worse => Some(Word::Dearer),
            Side::Same => Some(Word::SameCost),
            Side::Mixed => Some(Word::MixedCost),
            Side::NotDecided => Some(Word::OpenCost),
            Side::Unknown => None,
        };
        match cost {
            Some(cost) => format!("{}, {}", self.say(service), self.say(cost)),
            None => self.say(service),
        }
    }

    fn signed(&self, name: &str, difference: &crate::stats::Estimate) -> String {
        self.language.number(&signed(name, difference))
    }

    fn report(&self, assumptions: &[Vec<Assumption>]) -> Report {
        let (comparison, language) = (self.comparison, self.language);
        let reference = &self.names[comparison.reference];
        let title = match comparison.options.as_slice() {
            [one] => self.fill(Word::Against, &[&self.names[one.scenario], reference]),
            several => self.fill(Word::OptionsAgainst, &[&several.len().to_string(), reference]),
        };
        let mut facts = parts::facts(
            &parts::Simulated {
                dates: comparison.dates.as_ref(),
                horizon_s: comparison.horizon_s,
                warm_up_s: comparison.warm_up_s,
                replications: comparison.replications,
                seed: comparison.seed,
            },
            language,
        );
        let is_same =
            |option: &AgainstReference| option.customers.iter().all(|class| class.sameness == Sameness::Same);
        if comparison.options.iter().all(is_same) {
            facts.push(self.say(Word::SameCustomers));
        }
        let staffing = comparison.scenarios.iter().enumerate().filter_map(|(position, scenario)| {
            Some(format!("{} {}", letter(position), language.number(&as_written(scenario.staffing?))))
        });
        let staffing: Vec<String> = staffing.collect();
        if !staffing.is_empty() {
            facts.push(self.fill(Word::AtTarget, &[&staffing.join(", ")]));
        }
        let measure = |name: &str| self.measure(name);
        let verdict = |one: &Difference| self.verdict(one);
        let wording = Wording { language, names: self.names, measure: &measure, verdict: &verdict };
        let chart = |chart: Option<crate::report::charts::Chart>| {
            chart.map(|chart| Block::Chart(Box::new(chart))).into_iter().collect::<Vec<_>>()
        };
        let mut definitions = self.family();
        definitions.extend(parts::definitions(self.basis, language));
        definitions.push(self.say(Word::SureMeans));
        let told = ["partial:", "one replication:"];
        let notes = comparison.notes.iter().filter(|note| !told.iter().any(|told| note.starts_with(told)));
        definitions.extend(notes.map(|note| language.fill(Word::Note, &[note])));
        let mut foot = vec![self.fill(Word::MadeBy, &[&comparison.version])];
        foot.extend(comparison.scenarios.iter().enumerate().map(|(position, scenario)| {
            format!("{} {}", letter(position), self.fill(Word::HashOf, &[&scenario.hash]))
        }));
        if comparison.scenarios.iter().all(|scenario| scenario.audit.is_empty()) {
            foot.push(self.say(Word::AuditKept));
        }
        Report {
            language,
            title,
            facts,
            states: self.states(),
            lead: self.lead(),
            left: chart(plane_of_service_and_cost(comparison, &wording)),
            right: self.right(chart(difference_dots(comparison, &wording))),
            wide: vec![self.options()],
            sections: self.sections(&wording, assumptions),
            definitions,
            assumptions: assumptions.get(comparison.reference).cloned().unwrap_or_default(),
            foot,
        }
    }

    /// The differences, and below them how sure they are where there is room for it.
    fn right(&self, mut blocks: Vec<Block>) -> Vec<Block> {
        if let [one] = self.comparison.options.as_slice() {
            blocks.extend(self.how_sure(one));
        }
        blocks
    }

    fn states(&self) -> Vec<State> {
        let comparison = self.comparison;
        let mild = |word: Word| State { text: self.say(word), is_failure: Failure::Mild };
        let laws = comparison.scenarios.iter().flat_map(|scenario| &scenario.audit);
        let mut states: Vec<State> = parts::broken(laws, self.language).into_iter().collect();
        if comparison.is_partial {
            states.push(parts::partial(comparison.replications, comparison.planned, self.language));
        }
        if comparison.replications < 2 {
            states.push(mild(Word::StateOneCompared));
        }
        if comparison.scenarios.iter().all(|scenario| scenario.targets.is_empty()) {
            states.push(mild(Word::StateNoTarget));
        }
        states
    }

    /// The recommendation, as far as the verdicts go.
    fn lead(&self) -> String {
        let comparison = self.comparison;
        if comparison.replications < 2 {
            return self.say(Word::LeadOneRun);
        }
        match comparison.options.as_slice() {
            [one] => self.lead_of_one(one),
            several => self.lead_of_several(several),
        }
    }

    fn lead_of_one(&self, option: &AgainstReference) -> String {
        let (this, reference) = (self.name(option.scenario), self.name(self.comparison.reference));
        if option.is_identical {
            return self.fill(Word::LeadIdentical, &[&this, &reference]);
        }
        let figures = self.figures(option);
        let told = if figures.is_empty() { ".".to_owned() } else { format!(": {figures}.") };
        let say = |word: Word| self.fill(word, &[&this, &reference, &told]);
        let reading = option.reading();
        match (reading.service, reading.cost) {
            (Side::Better, Side::Better) => say(Word::LeadTakeBoth),
            (Side::Better, Side::Same) => say(Word::LeadTakeService),
            (Side::Better, Side::Unknown) => say(Word::LeadServesBetter),
            (Side::Same, Side::Better) => say(Word::LeadTakeCost),
            (Side::Better, Side::Worse) => {
                say(Word::LeadBetterDearer) + &self.per_point(option, Word::LeadWorth)
            }
            (Side::Worse, Side::Better) => {
                say(Word::LeadWorseCheaper) + &self.per_point(option, Word::LeadSaves)
            }
            (Side::Worse, Side::Worse) => say(Word::LeadKeepBoth),
            (Side::Worse, Side::Same) => say(Word::LeadKeepService),
            (Side::Worse, Side::Unknown) => say(Word::LeadServesWorse),
            (Side::Same, Side::Worse) => say(Word::LeadKeepCost),
            (Side::Same, Side::Same | Side::Unknown) => say(Word::LeadNoDifference),
            (Side::NotDecided, Side::NotDecided | Side::Unknown) => self
                .fill(Word::LeadNotDecided, &[&letter(option.scenario), &letter(self.comparison.reference)]),
            (Side::Better | Side::Worse | Side::Same, Side::Mixed | Side::NotDecided)
            | (Side::Mixed | Side::Unknown, _)
            | (Side::NotDecided, Side::Better | Side::Worse | Side::Same | Side::Mixed) => {
                self.fill(Word::LeadOther, &[&this, &reference, &self.reading(option), &told])
            }
        }
    }

    fn lead_of_several(&self, options: &[AgainstReference]) -> String {
        let reference = self.name(self.comparison.reference);
        let others = options.iter().filter(|option| !option.reading().is_recommended());
        let others: Vec<String> =
            others.map(|option| format!("{}: {}", letter(option.scenario), self.reading(option))).collect();
        let others = if others.is_empty() { String::new() } else { format!("{}.", others.join("; ")) };
        let told = match self.comparison.recommended().as_slice() {
            [] => self.fill(Word::LeadNone, &[&reference, &others]),
            [one] => {
                let option = &options[*one];
                let (this, reading) = (self.name(option.scenario), self.reading(option));
                self.fill(Word::LeadTake, &[&this, &reading, &reference, &self.figures(option), &others])
            }
            several => {
                let letters: Vec<String> = several.iter().map(|i| letter(options[*i].scenario)).collect();
                self.fill(Word::LeadSeveral, &[&self.language.list(&letters), &reference, &others])
            }
        };
        told.trim_end().to_owned()
    }

    /// What differs for sure.
    fn figures(&self, option: &AgainstReference) -> String {
        let decided = |one: &&Difference| {
            one.is_in_family && matches!(one.finding, Some(Finding::Better | Finding::Worse))
        };
        let parts = option.differences.iter().filter(decided).map(|one| {
            let figure = self.signed(one.metric, &one.as_judged()).replace(' ', "\u{a0}");
            format!("{} {figure}", self.measure(one.metric))
        });
        parts.collect::<Vec<_>>().join(", ")
    }

    fn per_point(&self, option: &AgainstReference, word: Word) -> String {
        let ratio = option.cost.as_ref().and_then(|cost| cost.per_point);
        // A quotient below 0 is no price: both move to the same side.
        let Some(ratio) = ratio.filter(|ratio| ratio.interval.0 > 0.0) else { return String::new() };
        let value = ratio.value.abs();
        let eur = NumberStyle::for_one(Unit::Euros, Some(value)).value(value);
        self.fill(word, &[&self.language.number(&eur).replace(' ', "\u{a0}")])
    }

    /// The table of the first screen.
    fn options(&self) -> Block {
        let comparison = self.comparison;
        let has = |name: &&&str| {
            let mut values = comparison.scenarios.iter().filter_map(|one| one.total.get(name)?.mean);
            values.any(|mean| **name != "cost_eur" || mean > 0.0)
        };
        let shown: Vec<&str> = SHOWN.iter().filter(has).copied().collect();
        let mut headings = vec![self.say(Word::Option)];
        for name in &shown {
            let bounds = self.bounds(name);
            let heading = self.measure(name);
            headings.push(if bounds.is_empty() { heading } else { format!("{heading} {bounds}") });
        }
        let periods = self.periods();
        headings
            .extend(periods.map(|per| self.fill(Word::DaysMissed, &[parts::periods(per, self.language)])));
        headings.push(self.fill(Word::Reading, &[&letter(comparison.reference)]));
        let recommended = comparison.recommended();
        let styles: Vec<NumberStyle> = shown
            .iter()
            .map(|name| {
                let values = comparison.scenarios.iter().map(|one| one.total.get(name).and_then(|e| e.mean));
                NumberStyle::for_column(Unit::of(name), values)
            })
            .collect();
        let row = |position: usize| {
            let option = comparison.options.iter().find(|option| option.scenario == position);
            let mut cells: Vec<GridCell> = shown
                .iter()
                .zip(&styles)
                .map(|(name, style)| self.option_cell(position, option, name, *style))
                .collect();
            cells.extend(periods.map(|per| self.missed(position, per)));
            cells.push(match option {
                None => GridCell::words(self.say(Word::Reference), CellTone::Open),
                Some(option) => {
                    let tone =
                        if option.reading().is_recommended() { CellTone::Good } else { CellTone::Words };
                    GridCell::words(self.reading(option), tone)
                }
            });
            let is_recommended = recommended.iter().any(|i| comparison.options[*i].scenario == position);
            let is_marked = match option {
                None => Mark::Reference,
                Some(_) if is_recommended && comparison.replications > 1 => Mark::Recommended,
                Some(_) => Mark::None,
            };
            GridRow { name: format!("{} {}", letter(position), self.names[position]), cells, is_marked }
        };
        Block::Grid(Grid {
            caption: String::new(),
            headings,
            rows: (0..comparison.scenarios.len()).map(row).collect(),
            note: self.say(Word::OptionsNote),
        })
    }

    /// The bounds of targets of all classes on a measure, `≥ 80 %`, where all scenarios have the same.
    fn bounds(&self, name: &str) -> String {
        let mut bounds: Vec<String> = Vec::new();
        for target in self.comparison.scenarios.iter().flat_map(|scenario| &scenario.targets) {
            let bound = parts::bound(target, self.language);
            if target.class.is_none() && target.measure == name && !bounds.contains(&bound) {
                bounds.push(bound);
            }
        }
        bounds.join(", ")
    }

    /// The value with the marks of its targets, and the difference to the reference.
    fn option_cell(
        &self,
        position: usize,
        option: Option<&AgainstReference>,
        name: &str,
        style: NumberStyle,
    ) -> GridCell {
        let scenario = &self.comparison.scenarios[position];
        let Some(of) = scenario.total.get(name).filter(|of| of.mean.is_some()) else {
            return GridCell::number(NO_VALUE, "");
        };
        let (value, interval) = parts::estimate(style, of, self.language);
        let targets =
            scenario.targets.iter().filter(|target| target.class.is_none() && target.measure == name);
        let marks: Vec<&str> = targets.map(|target| parts::mark(target).0).collect();
        let text = if marks.is_empty() { value } else { format!("{value} {}", marks.join(" ")) };
        let difference = option.and_then(|option| option.differences.iter().find(|one| one.metric == name));
        match (option, difference) {
            (Some(_), Some(one)) => GridCell::number(text, self.signed(name, &one.as_judged())),
            _ => GridCell::number(text, interval),
        }
    }

    /// The period of the first target of all classes, if all such targets have the same.
    fn periods(&self) -> Option<&'static str> {
        let of_all = |target: &&TargetOutcome| target.class.is_none();
        let mut periods =
            self.comparison.scenarios.iter().flat_map(|one| &one.targets).filter(of_all).map(|t| t.per);
        let first = periods.next()?;
        periods.all(|per| per == first).then_some(first)
    }

    /// The periods that miss the first target of all classes.
    fn missed(&self, position: usize, per: &str) -> GridCell {
        let scenario = &self.comparison.scenarios[position];
        let first = scenario.targets.iter().find(|target| target.class.is_none() && target.per == per);
        first.map_or_else(|| GridCell::number(NO_VALUE, ""), |target| parts::missed(target, self.language))
    }

    fn sections(&self, wording: &Wording<'_>, assumptions: &[Vec<Assumption>]) -> Vec<Section> {
        let mut differences: Vec<Block> = Vec::new();
        let mut sure: Vec<Block> = Vec::new();
        for option in &self.comparison.options {
            differences.push(self.differences(option));
            sure.extend(self.how_sure(option));
        }
        differences.extend(class_dots(self.comparison, wording).map(|chart| Block::Chart(Box::new(chart))));
        let of = |id: &str, word: Word, blocks: Vec<Block>| {
            (!blocks.is_empty()).then(|| Section { id: id.to_owned(), heading: self.say(word), blocks })
        };
        let parts = [
            of("all-differences", Word::SectionDifferences, differences),
            of("sure", Word::SectionSure, sure),
            of("targets", Word::SectionTargets, self.targets()),
            of("money", Word::SectionCost, self.cost()),
            of("changes", Word::SectionChanges, self.changes(assumptions).into_iter().collect()),
        ];
        parts.into_iter().flatten().collect()
    }

    /// Values that the scenarios do not have in common.
    fn changes(&self, assumptions: &[Vec<Assumption>]) -> Option<Block> {
        if assumptions.len() != self.comparison.scenarios.len() {
            return None;
        }
        let mut paths: Vec<&str> = Vec::new();
        let mut values: Vec<HashMap<&str, &str>> = Vec::new();
        let reference = self.comparison.reference;
        for list in std::iter::once(&assumptions[reference]).chain(assumptions) {
            for one in list {
                if values.is_empty() || !values[0].contains_key(one.path.as_str()) {
                    paths.push(&one.path);
                }
            }
            values.push(list.iter().map(|one| (one.path.as_str(), one.value.as_str())).collect());
        }
        let mut seen = std::collections::HashSet::new();
        paths.retain(|path| seen.insert(*path) && !["name", "description"].contains(path));
        let of = &values[1..];
        let differs = |path: &&str| of.iter().any(|values| values.get(*path) != of[reference].get(*path));
        let changed: Vec<&str> = paths.into_iter().filter(differs).collect();
        let more = changed.len().saturating_sub(MOST_CHANGES);
        let row = |path: &&str| {
            let cell = |values: &HashMap<&str, &str>| {
                let value = values.get(*path).copied().unwrap_or(NO_VALUE);
                GridCell::words(crate::report::text::cut(value, WIDEST_VALUE), CellTone::Words)
            };
            GridRow { name: (*path).to_owned(), cells: of.iter().map(cell).collect(), is_marked: Mark::None }
        };
        let letters = (0..of.len()).map(letter);
        (!changed.is_empty()).then(|| {
            Block::Grid(Grid {
                caption: self.say(Word::Changes),
                headings: [self.say(Word::Key)].into_iter().chain(letters).collect(),
                rows: changed.iter().take(MOST_CHANGES).map(row).collect(),
                note: if more > 0 {
                    self.fill(Word::MoreChanges, &[&more.to_string()])
                } else {
                    String::new()
                },
            })
        })
    }

    /// Each measure of an option beside the reference's, the difference and the verdict.
    fn differences(&self, option: &AgainstReference) -> Block {
        let (this, reference) = (letter(option.scenario), letter(self.comparison.reference));
        let row = |one: &Difference| {
            let style =
                NumberStyle::for_column(Unit::of(one.metric), [one.of_reference.mean, one.of_option.mean]);
            let tone = match one.finding {
                Some(Finding::Better) => CellTone::Good,
                Some(Finding::Worse) => CellTone::Bad,
                Some(
                    Finding::Higher | Finding::Lower | Finding::NoDifferenceThatMatters | Finding::Identical,
                ) => CellTone::Words,
                Some(Finding::NotDecided { .. }) | None => CellTone::Open,
            };
            let needed = match one.finding {
                Some(Finding::NotDecided { more: Some((low, high)) }) if low == high => {
                    self.language.number(&grouped(f64::from(low), 0))
                }
                Some(Finding::NotDecided { more: Some((low, high)) }) => {
                    let range = format!("{}–{}", grouped(f64::from(low), 0), grouped(f64::from(high), 0));
                    self.language.number(&range)
                }
                _ => String::new(),
            };
            GridRow {
                name: self.measure(one.metric),
                cells: vec![
                    parts::cell(style, Some(&one.of_reference), self.language),
                    parts::cell(style, Some(&one.of_option), self.language),
                    GridCell::number(self.signed(one.metric, &one.as_judged()), ""),
                    GridCell::words(self.verdict(one), tone),
                    GridCell::number(needed, ""),
                ],
                is_marked: Mark::None,
            }
        };
        let name = &self.names[option.scenario];
        Block::Grid(Grid {
            caption: format!("{this} {name}: {}", self.fill(Word::Reading, &[&reference])),
            headings: vec![
                self.say(Word::Measure),
                reference,
                this,
                self.say(Word::Difference),
                self.say(Word::Verdict),
                self.say(Word::NeededMore),
            ],
            rows: option.differences.iter().map(row).collect(),
            note: self.customers(option).join(" · "),
        })
    }

    fn customers(&self, option: &AgainstReference) -> Vec<String> {
        let (this, reference) = (letter(option.scenario), letter(self.comparison.reference));
        let same: Vec<_> = option.customers.iter().filter(|class| class.sameness == Sameness::Same).collect();
        let contacts: f64 = same.iter().map(|class| class.of_option).sum();
        let mut parts = vec![if same.len() == option.customers.len() {
            self.fill(Word::CustomersAll, &[&reference, &this, &self.language.number(&about(contacts))])
        } else {
            let (some, all) = (same.len().to_string(), option.customers.len().to_string());
            self.fill(Word::CustomersSome, &[&some, &all])
        }];
        for (names, whose) in [(&option.only_here, &this), (&option.only_there, &reference)] {
            if !names.is_empty() {
                parts.push(self.fill(Word::OnlyIn, &[whose, &names.join(", ")]));
            }
        }
        parts
    }

    fn how_sure(&self, option: &AgainstReference) -> Option<Block> {
        let is_sided =
            |one: &&Difference| one.is_in_family && one.better != Better::Neither && one.confidence.is_some();
        let judged: Vec<&Difference> = option.differences.iter().filter(is_sided).collect();
        if judged.is_empty() || option.is_identical {
            return None;
        }
        let row = |one: &&Difference| {
            let confidence = one.confidence.map_or_else(
                || NO_VALUE.to_owned(),
                |confidence| {
                    let percent = 100.0 * confidence;
                    self.language.number(&match percent {
                        percent if percent > 99.9 => "> 99.9 %".to_owned(),
                        percent if percent < 0.1 => "< 0.1 %".to_owned(),
                        percent => format!("{percent:.1} %"),
                    })
                },
            );
            let times = one.better_in.as_ref().map_or_else(
                || GridCell::number(NO_VALUE, ""),
                |better| {
                    let times = grouped(better.times, usize::from(better.times.fract() != 0.0));
                    let of = self.fill(Word::Of, &[&self.language.number(&times), &better.n.to_string()]);
                    let (low, high) = better.interval;
                    GridCell::number(of, format!("[{:.0}–{:.0} %]", 100.0 * low, 100.0 * high))
                },
            );
            GridRow {
                name: self.measure(one.metric),
                cells: vec![GridCell::number(confidence, ""), times],
                is_marked: Mark::None,
            }
        };
        let better = if is_a_year(self.comparison.horizon_s) { Word::YearsBetter } else { Word::RunsBetter };
        Some(Block::Grid(Grid {
            caption: format!("{} {}", letter(option.scenario), self.names[option.scenario]),
            headings: vec![self.say(Word::Measure), self.say(Word::MeanIsBetter), self.say(better)],
            rows: judged.iter().map(row).collect(),
            note: String::new(),
        }))
    }

    /// Every target of every scenario.
    fn targets(&self) -> Vec<Block> {
        let grid = |(position, scenario): (usize, &crate::experiment::Compared)| {
            let row = |target: &TargetOutcome| {
                let (value, beside) = parts::target_value(target, self.language);
                let mut missed = parts::missed(target, self.language);
                missed.text = format!("{} {}", missed.text, parts::periods(target.per, self.language));
                GridRow {
                    name: parts::target_name(target, self.language),
                    cells: vec![
                        GridCell::number(parts::bound(target, self.language), ""),
                        GridCell::number(value, beside),
                        parts::verdict(target, self.language),
                        missed,
                    ],
                    is_marked: Mark::None,
                }
            };
            (!scenario.targets.is_empty()).then(|| {
                Block::Grid(Grid {
                    caption: format!("{} {}", letter(position), self.names[position]),
                    headings: [Word::TargetName, Word::Wanted, Word::WholeRun, Word::Verdict]
                        .into_iter()
                        .map(|word| self.say(word))
                        .chain([self.fill(Word::PeriodsMissed, &[&self.say(Word::Periods)])])
                        .collect(),
                    rows: scenario.targets.iter().map(row).collect(),
                    note: String::new(),
                })
            })
        };
        self.comparison.scenarios.iter().enumerate().filter_map(grid).collect()
    }

    /// What each option's difference of cost buys and who bears it.
    fn cost(&self) -> Vec<Block> {
        let rows: Vec<GridRow> = (self.comparison.options.iter())
            .filter_map(|option| {
                let cost = option.cost.as_ref()?;
                let of = |by: BorneBy| {
                    let borne = cost.borne_by.iter().find(|borne| borne.by == by);
                    GridCell::number(
                        borne.map_or_else(|| NO_VALUE.to_owned(), |b| self.signed("cost_eur", &b.difference)),
                        "",
                    )
                };
                let per_point = cost.per_point.map_or_else(
                    || NO_VALUE.to_owned(),
                    |ratio| {
                        let values = [Some(ratio.value), Some(ratio.interval.0), Some(ratio.interval.1)];
                        let style = NumberStyle::for_column(Unit::Euros, values);
                        let show = |value: f64| self.language.number(&style.value(value));
                        let (value, low, high) =
                            (show(ratio.value), show(ratio.interval.0), show(ratio.interval.1));
                        format!("{value} ({low} {} {high})", self.language.say(Word::UpTo))
                    },
                );
                Some(GridRow {
                    name: format!("{} {}", letter(option.scenario), self.names[option.scenario]),
                    cells: vec![
                        GridCell::number(self.signed("cost_eur", &cost.difference), ""),
                        of(BorneBy::InHouse),
                        of(BorneBy::Partners),
                        of(BorneBy::WithoutSite),
                        GridCell::number(per_point, ""),
                    ],
                    is_marked: Mark::None,
                })
            })
            .collect();
        if rows.is_empty() {
            return Vec::new();
        }
        let headings =
            [Word::Option, Word::Difference, Word::InHouse, Word::Partners, Word::Siteless, Word::PerPoint];
        vec![Block::Grid(Grid {
            caption: String::new(),
            headings: headings.map(|word| self.say(word)).into(),
            rows,
            note: self.say(Word::CostNote),
        })]
    }

    /// What the verdicts rest on.
    fn family(&self) -> Vec<String> {
        let comparison = self.comparison;
        if comparison.replications < 2 {
            return Vec::new();
        }
        let family = &comparison.family;
        let mut lines = Vec::new();
        if family.size > 0 {
            let measures: Vec<String> = family.metrics.iter().map(|name| self.measure(name)).collect();
            let (options, size) = (comparison.options.len().to_string(), family.size.to_string());
            lines.push(self.fill(Word::DefFamily, &[&self.language.list(&measures), &options, &size]));
        }
        let first = comparison.options.first().into_iter().flat_map(|option| &option.differences);
        let least = first.filter(|one| one.is_in_family).map(|one| {
            format!(
                "{} {}",
                self.measure(one.metric),
                self.language.number(&threshold(one.metric, one.matters))
            )
        });
        let least: Vec<String> = least.collect();
        if !least.is_empty() {
            lines.push(self.fill(Word::DefAlike, &[&least.join(", ")]));
        }
        lines.push(self.say(Word::DefOpen));
        lines.push(self.say(Word::DefReading));
        lines
    }
}
