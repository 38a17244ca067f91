//! What the page must know of the scenario beside the result: what "in time" meant and who employs the agents.
//!
//! Holds no result. Invariant: made from a checked scenario only, so every name matches the result's.

use crate::scenario::Scenario;
use crate::scenario::checked::{Group, ServiceLevelBase, Sourcing, Uncertainty};

use super::language::{Language, Word};
use super::number::{as_written, span_in_words, wait_in_words};
use super::words;

/// The scenario's side of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    /// The scenario file as the user named it.
    file: String,
    /// The length of an interval in words.
    interval: String,
    /// Each distinct service level with the classes whose own it is, in the order of the scenario.
    levels: Vec<Level>,
    /// Employed persons of the groups that say so; `None` if none does.
    heads: Option<f64>,
    /// Each site with who employs its agents.
    sourcing: Vec<(String, Sourcing)>,
    /// What ± stands for.
    spread: String,
    uncertainty: Uncertainty,
    /// Why a run may have nothing to show.
    why_nothing: &'static str,
}

/// A service level and whose it is.
#[derive(Clone, Debug, PartialEq)]
struct Level {
    wait: String,
    of: ServiceLevelBase,
    /// Those who leave within it are not counted, in words.
    short: Option<String>,
    base: String,
    /// The share wanted, in per cent.
    goal: String,
    classes: Vec<String>,
}

impl Basis {
    /// The basis of a page about `scenario`, which was read from `file`.
    #[must_use]
    pub fn of(scenario: &Scenario, file: &str) -> Self {
        let mut levels: Vec<Level> = Vec::new();
        for class in &scenario.classes {
            let own = &class.service_levels[0];
            let wait = wait_in_words(own.within.as_secs_f64());
            let short = own.short.as_secs_f64();
            let short = (short > 0.0).then(|| wait_in_words(short));
            let base = words::base(own.of, short.as_deref());
            let goal = as_written(own.share * 100.0);
            match levels.iter_mut().find(|l| l.wait == wait && l.base == base && l.goal == goal) {
                Some(level) => level.classes.push(class.name.clone()),
                None => levels.push(Level {
                    wait,
                    of: own.of,
                    short,
                    base,
                    goal,
                    classes: vec![class.name.clone()],
                }),
            }
        }
        let sourcing = scenario.sites.iter().map(|site| (site.name.clone(), site.sourcing)).collect();
        let heads = scenario.groups.iter().filter_map(Group::mean_heads).reduce(|a, b| a + b);
        let interval = span_in_words(scenario.almanac.interval.as_secs_f64());
        let spread = words::spread(&scenario.uncertainty);
        let why_nothing = why_nothing(scenario);
        let uncertainty = scenario.uncertainty;
        Self { file: file.to_owned(), interval, levels, heads, sourcing, spread, uncertainty, why_nothing }
    }

    /// Why nothing was offered, where that is so.
    pub(super) fn why_nothing(&self) -> &'static str {
        self.why_nothing
    }

    /// What ± stands for.
    #[must_use]
    pub fn spread(&self) -> &str {
        &self.spread
    }

    /// The scenario file as the user named it.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// `in 20 s`, or `in time` where classes differ.
    #[must_use]
    pub fn in_time(&self) -> String {
        match self.levels.split_first() {
            Some((first, others)) if others.iter().all(|l| l.wait == first.wait) => {
                words::answered_in(&first.wait)
            }
            _ => words::IN_TIME.to_owned(),
        }
    }

    /// The same in a language of reports.
    pub(super) fn in_time_in(&self, language: Language) -> String {
        match self.levels.split_first() {
            Some((first, others)) if others.iter().all(|l| l.wait == first.wait) => {
                language.fill(Word::InWait, &[&language.number(&first.wait)])
            }
            _ => language.say(Word::InTimePlain).to_owned(),
        }
    }

    /// [`Self::definitions`] in a language of reports.
    pub(super) fn definitions_in(&self, language: Language) -> Vec<String> {
        const SHOWN: usize = 4;
        let is_one = self.levels.len() == 1;
        let whose = |level: &Level| {
            let more = level.classes.len().saturating_sub(SHOWN);
            let shown = level.classes[..level.classes.len() - more].join(", ");
            let names =
                if more == 0 { shown } else { language.fill(Word::DefAndMore, &[&shown, &more.to_string()]) };
            language.fill(Word::DefOfClasses, &[&names])
        };
        (self.levels.iter())
            .map(|level| {
                let base = match (level.of, &level.short) {
                    (ServiceLevelBase::EnteredLessShort, Some(short)) => {
                        language.fill(Word::BaseEnteredLess, &[&language.number(short)])
                    }
                    (ServiceLevelBase::EnteredLessShort | ServiceLevelBase::Entered, _) => {
                        language.say(Word::BaseEntered).to_owned()
                    }
                    (ServiceLevelBase::Answered, _) => language.say(Word::BaseAnswered).to_owned(),
                    (ServiceLevelBase::Offered, _) => language.say(Word::BaseOffered).to_owned(),
                };
                let whose = if is_one { String::new() } else { whose(level) };
                let (wait, goal) = (language.number(&level.wait), language.number(&level.goal));
                language.fill(Word::DefService, &[&whose, &wait, &base, &goal])
            })
            .collect()
    }

    /// [`Self::spread`] in a language of reports.
    pub(super) fn spread_in(&self, language: Language) -> String {
        let Uncertainty { volume, talk_time, patience } = self.uncertainty;
        let known = [
            (Word::UncertainVolume, volume),
            (Word::UncertainTalk, talk_time),
            (Word::UncertainPatience, patience),
        ];
        let parts = known.into_iter().filter(|(_, sd)| *sd > 0.0);
        let parts: Vec<String> = parts
            .map(|(word, sd)| language.fill(word, &[&language.number(&as_written(100.0 * sd))]))
            .collect();
        if parts.is_empty() {
            return language.say(Word::ChanceOnly).to_owned();
        }
        language.fill(Word::ChanceAnd, &[&parts.join(", ")])
    }

    /// [`Self::sourcing`] in a language of reports.
    pub(super) fn sourcing_in(&self, site: &str, language: Language) -> &'static str {
        match self.sourcing.iter().find(|(name, _)| name == site) {
            Some((_, Sourcing::InHouse)) => language.say(Word::InHouse),
            Some((_, Sourcing::Outsourced)) => language.say(Word::Outsourced),
            None => "",
        }
    }

    /// One line for each distinct service level.
    pub(super) fn definitions(&self) -> Vec<String> {
        let is_one = self.levels.len() == 1;
        self.levels
            .iter()
            .map(|level| {
                let names = (!is_one).then(|| words::some_of(&level.classes));
                words::service_level(&level.wait, &level.base, &level.goal, names.as_deref())
            })
            .collect()
    }

    /// The length of an interval: `30 min`.
    pub(super) fn interval(&self) -> &str {
        &self.interval
    }

    /// Employed persons; `None` if the scenario names none.
    pub(super) fn heads(&self) -> Option<f64> {
        self.heads
    }

    /// Who employs the agents of a site; empty for a site that the scenario does not have.
    pub(super) fn sourcing(&self, site: &str) -> &'static str {
        self.sourcing.iter().find(|(name, _)| name == site).map_or("", |(_, s)| words::sourcing(*s))
    }
}

fn why_nothing(scenario: &Scenario) -> &'static str {
    if scenario.almanac.horizon.0 == 0 {
        return words::NO_HORIZON;
    }
    let counted = scenario.almanac.first_counted();
    let mut coming = scenario
        .classes
        .iter()
        .filter(|class| class.fresh_rate[counted..].iter().any(|rate| *rate > 0.0))
        .peekable();
    if coming.peek().is_none() {
        words::NO_VOLUME
    } else if coming.any(|class| class.day_variation > 1.0 || class.interval_variation > 1.0) {
        words::DAYS_ARE_EMPTY
    } else {
        words::NOBODY_CAME
    }
}

#[cfg(test)]
impl Basis {
    /// The telecom hotline's, for tests without a scenario.
    pub(super) fn sample() -> Self {
        let level = Level {
            wait: "20 s".to_owned(),
            of: ServiceLevelBase::EnteredLessShort,
            short: Some("5 s".to_owned()),
            base: words::base(crate::scenario::checked::ServiceLevelBase::EnteredLessShort, Some("5 s")),
            goal: "80".to_owned(),
            classes: Vec::new(),
        };
        let sourcing =
            |name: &str| if name.starts_with("partner") { Sourcing::Outsourced } else { Sourcing::InHouse };
        let sites = ["west", "south", "east", "partner_a", "partner_b", "partner_c", "partner_d"];
        Self {
            file: "scenarios/telecom_year.toml".to_owned(),
            interval: "30 min".to_owned(),
            levels: vec![level],
            heads: Some(4_499.0),
            sourcing: sites.iter().map(|name| ((*name).to_owned(), sourcing(name))).collect(),
            spread: words::CHANCE_ONLY.to_owned(),
            uncertainty: Uncertainty::default(),
            why_nothing: words::NO_VOLUME,
        }
    }
}
