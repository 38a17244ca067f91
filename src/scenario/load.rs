//! Loading a scenario: the order of the steps.
//!
//! Decides nothing about a value; the steps do. Reads text through the [`Source`] only. Invariant: either a valid scenario comes out, or all problems that were found.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::change::Change;
use super::checked::{AtEnd, DayVariation, Scenario, Uncertainty};
use super::contract;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::expectation::Expected;
use super::format::SCENARIO;
use super::incident::Incident;
use super::layers::Reading;
use super::limits;
use super::offered;
use super::parts::Parts;
use super::read::{self, Build};
use super::resolved::{self, ResolvedValue};
use super::service;
use super::settle::settle;
use super::shape;
use super::source::{FileKind, Files, Source, join};
use super::tree::Node;
use super::unheeded;

/// A scenario with what its reading showed.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What the model relies on.
    pub scenario: Scenario,
    /// Problems that do not keep the scenario from running.
    pub warnings: Diagnostics,
    /// Keys that are not written and change an answer, with what holds instead, in the order of the file.
    pub defaults: Vec<DefaultUsed>,
    /// Hard days that touch the run, in the order of the file.
    pub incidents: Vec<Incident>,
    /// Changes by date that touch the run, in the order of the file.
    pub changes: Vec<Change>,
    /// Expected figures.
    pub expected: Expected,
    /// The tree after overlays.
    root: Node,
    files: Arc<Files>,
}

impl Loaded {
    /// Every value after overlays, with the place where it was written.
    #[must_use]
    pub fn resolved(&self) -> Vec<ResolvedValue> {
        resolved::values(&self.root, &self.files)
    }

    /// A global lever as written, as `["volume"]` or `["site", "west"]` of `scale`; 1 where it is not.
    #[must_use]
    pub fn lever(&self, keys: &[&str]) -> f64 {
        let scale = self.root.get("scale");
        let node = scale.and_then(|scale| keys.iter().try_fold(scale, |node, key| node.get(key)));
        read::not_negative(node).unwrap_or(1.0)
    }

    /// The path of the scenario that this one changes, as it was read; `None` if it stands on its own.
    #[must_use]
    pub fn base(&self) -> Option<String> {
        let base = self.root.get("base")?;
        Some(join(self.files.path(base.origin.file), base.text()?))
    }
}

/// A key that is not written, and what holds instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefaultUsed {
    /// The key, as `class.billing.patience`.
    pub path: String,
    /// What holds.
    pub value: String,
    /// What that means.
    pub note: &'static str,
}

/// Loads the scenario in the file `path`, its bases below it and the `sets` (`path=value`) on top.
///
/// # Errors
/// All problems that keep the scenario from running, together with the warnings.
pub fn load(path: &str, sets: &[String], source: &dyn Source) -> Result<Loaded, Diagnostics> {
    let mut reading = Reading { source, files: Files::default(), problems: Vec::new(), top: path.to_owned() };
    let loaded = load_all(&mut reading, path, sets);
    let Reading { files, mut problems, .. } = reading;
    // By path: a table of values that several groups share is read for each of them.
    let mut seen: Vec<(String, Option<(String, usize)>)> = Vec::new();
    problems.retain(|problem| {
        let text = |file| match files.kind(file) {
            FileKind::File => files.path(file),
            FileKind::Set => files.text(file),
        };
        let place = problem.origin().map(|at| (text(at.file).to_owned(), at.start));
        let key = (without_names(problem.title()), place);
        let is_new = !seen.contains(&key);
        if is_new {
            seen.push(key);
        }
        is_new
    });
    let files = Arc::new(files);
    let problems = Diagnostics::new(Arc::clone(&files), problems);
    match loaded {
        Some(loaded) if problems.n_errors() == 0 => Ok(Loaded { warnings: problems, files, ..loaded }),
        _ => Err(problems),
    }
}

/// The words of a problem without the name of its class or group: what several have by `like` is told once.
fn without_names(title: &str) -> String {
    let piece = |piece: &str| match piece.split('.').collect::<Vec<_>>().as_slice() {
        [kind @ ("class" | "group"), _, rest @ ..] => format!("{kind}.*.{}", rest.join(".")),
        _ => piece.to_owned(),
    };
    title.split('`').map(piece).collect::<Vec<_>>().join("`")
}

fn load_all(reading: &mut Reading, path: &str, sets: &[String]) -> Option<Loaded> {
    let layers = reading.layers(path);
    if !layers.are_whole {
        return None;
    }
    let mut root = layers.merged(layers.len())?;
    for set in sets {
        reading.set(&mut root, set);
    }
    let names = settle(&mut root, reading)?;
    if !reading.has_errors() || root.table().is_some_and(|table| table.entries.len() > 1) {
        shape::check(&root, &SCENARIO, &names, &mut reading.problems);
    }
    let mut build = Build::new(&root, &names, reading);
    let mut parts = Parts::build(&mut build);
    service::check_takers(&mut build);
    unheeded::check(&mut build);
    if build.reading.has_errors() {
        return None;
    }
    offered::turn_into_fresh(&mut build, &mut parts, &layers, sets);
    let almanac = parts.almanac.take()?;
    for (class, rates) in parts.classes.iter_mut().zip(&mut parts.rates) {
        let rates = rates.as_mut()?;
        class.fresh_rate = std::mem::take(&mut rates.fresh);
        class.swing = rates.swing;
    }
    for (planned, rates) in parts.foresight.rates.iter_mut().zip(&parts.rates) {
        let rates = rates.as_ref()?;
        if rates.offered.is_some() {
            planned.iter_mut().for_each(|rate| *rate *= rates.per_year);
        }
    }
    let abandonment = parts.abandonment();
    let flow = parts.rules().flow(&abandonment);
    limits::check_loops(&mut build, &parts, &flow, &abandonment);
    contract::forecast(&mut parts, &flow, &abandonment, &almanac);
    service::check(&mut build, &parts, &flow, &almanac);
    let expected = limits::expected(&parts, &flow, abandonment, &almanac);
    limits::check_sizes(&mut build, &parts, &flow, &almanac, &expected);
    let common = root.get("day_variation").and_then(|variation| read::share(variation.get("common")));
    if common.is_none() && parts.classes.iter().any(|class| class.day_variation > 0.0) {
        build.default("day_variation.common", "1", "all classes have good and bad days together");
    }
    let lag1 = lag1(&mut build, &parts);
    let snapshots = super::snapshots::snapshots(&mut build, &almanac);
    if root.get("uncertainty").is_none() {
        build.default("uncertainty", "none", "volumes, talk times and patience are taken as true");
    }
    if root.get("at_end").is_none() {
        build.default("at_end", "drain", "running contacts end and count after the horizon");
    }
    let mut defaults = build.defaults;
    // A profile is read once for each class that uses it.
    let mut told = BTreeSet::new();
    defaults.retain(|default| told.insert(default.path.clone()));
    Some(Loaded {
        scenario: Scenario {
            name: match read::text(root.get("name")) {
                name if name.trim().is_empty() => file_stem(path).to_owned(),
                name => name,
            },
            description: read::text(root.get("description")),
            almanac,
            replications: read::count(root.get("replications")),
            classes: parts.classes,
            groups: parts.groups,
            sites: parts.sites,
            line_pools: parts.line_pools,
            day_variation: DayVariation { common: common.unwrap_or(1.0), lag1 },
            at_end: match root.get("at_end").and_then(Node::text) {
                Some("cut") => AtEnd::Cut,
                _ => AtEnd::Drain,
            },
            uncertainty: uncertainty(&root),
            transfer_limit: parts.limit,
            contacts_per_case: parts.contacts_per_case,
            case_window: parts.case_window,
            targets: parts.targets,
            snapshots,
            hash: resolved::hash(&root, &layers, &reading.files),
        },
        warnings: Diagnostics::default(),
        defaults,
        incidents: parts.incidents,
        changes: parts.changes,
        expected,
        root,
        files: Arc::default(),
    })
}

/// The correlation of one day and the next.
fn lag1(build: &mut Build, parts: &Parts) -> f64 {
    let node = build.root.get("day_variation").and_then(|variation| variation.get("lag1"));
    let lag1 = read::not_negative(node);
    let varies = parts.classes.iter().any(|class| class.day_variation > 0.0);
    match (node, lag1) {
        (Some(node), Some(lag1)) if lag1 > 0.0 && !varies => build.report(
            Diagnostic::warning("`day_variation.lag1` has nothing to act on")
                .at(node.origin)
                .allowed("with a `cv` above 0, of all classes or of some")
                .hint("without variation all days are alike"),
        ),
        (None, _) if varies => {
            build.default("day_variation.lag1", "0", "a good day says nothing of the next");
        }
        _ => {}
    }
    lag1.unwrap_or(0.0)
}

fn uncertainty(root: &Node) -> Uncertainty {
    let of = |key: &str| {
        root.get("uncertainty").and_then(|uncertainty| read::share(uncertainty.get(key))).unwrap_or(0.0)
    };
    Uncertainty { volume: of("volume"), talk_time: of("talk_time"), patience: of("patience") }
}

fn file_stem(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.strip_suffix(".toml").unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::checked::Law;
    use crate::scenario::source::Texts;
    use crate::units::Span;

    const FIRST: &str = r#"
name = "One queue"
horizon = "8h"
[class.calls]
volume = { per_hour = 100 }
talk_time = { exponential = { mean = "3m" } }
patience = { exponential = { mean = "2m" } }
service_levels = ["80/20"]
[group.agents]
agents = 6
takes = [["calls"]]
"#;

    fn loaded(text: &str, sets: &[&str]) -> Loaded {
        let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
        load("s.toml", &sets, &Texts::new().with("s.toml", text))
            .unwrap_or_else(|problems| panic!("{problems}"))
    }

    #[test]
    fn a_centre_in_fifteen_lines_loads() {
        let Loaded { scenario, warnings, expected, defaults, .. } = loaded(FIRST, &[]);
        assert!(warnings.is_empty(), "{warnings}");
        assert_eq!(scenario.name, "One queue");
        assert_eq!(scenario.almanac.n_intervals(), 16);
        assert_eq!(scenario.groups[0].plan, vec![6.0; 16]);
        assert!((expected.fresh[0] - 800.0).abs() < 1e-9);
        assert_eq!(expected.offered, expected.fresh);
        assert_eq!(expected.staffed_hours, [48.0]);
        assert_eq!(scenario.classes[0].branches[0].tiers[0].groups.len(), 1);
        let paths: Vec<&str> = defaults.iter().map(|default| default.path.as_str()).collect();
        assert!(paths.contains(&"class.calls.after_call_work"));
        assert!(paths.contains(&"class.calls.redial.after_abandon"));
    }

    #[test]
    fn an_empty_name_is_none() {
        assert_eq!(loaded(FIRST, &["name=\"\""]).scenario.name, "s");
    }

    #[test]
    fn every_key_left_out_that_changes_an_answer_is_among_the_defaults() {
        let text = format!(
            "{FIRST}{}",
            r#"
[class.calls.redial.after_abandon]
first = 0.5
delay = { constant = "20m" }
[class.calls.repeat]
probability = 0.5
delay = { empirical = { values = ["1h", "2h"] } }
[[class.calls.transfer]]
to = "second"
probability = 0.1
[class.second]
like = "calls"
[group.experts]
like = "agents"
takes = [["second"]]
skill.second = { talk_time_factor = 1.1 }
[[routing.calls.tier]]
groups = ["agents"]
[policy.transfer_limit]
per_contact = 1
at_limit = { callback = { group = "experts" } }
[policy.pressure]
aht_target = "2m"
"#
        );
        let paths = |text: &str| -> Vec<String> {
            loaded(text, &[]).defaults.into_iter().map(|default| default.path).collect()
        };
        let told = paths(&text);
        for path in [
            "warm_up",
            "interval",
            "at_end",
            "lines",
            "class.calls.arrivals",
            "class.calls.balking",
            "class.calls.day_variation",
            "class.calls.interval_variation",
            "class.calls.resolution",
            "class.calls.service_levels.of",
            "class.calls.service_levels.short",
            "class.calls.redial.after_abandon.later",
            "class.calls.redial.after_abandon.class",
            "class.calls.repeat.class",
            "class.calls.repeat.delay.empirical.weights",
            "class.second.resolution",
            "case.contacts",
            "case.window",
            "group.agents.skill.talk_time_factor",
            "group.experts.skill.resolution",
            "group.agents.leaving",
            "group.agents.heads",
            "group.agents.cost_per_paid_hour",
            "routing.calls.tier.choose",
            "policy.transfer_limit.per_case",
            "policy.transfer_limit.at_limit.callback.due",
            "policy.transfer_limit.at_limit.callback.attempts",
            "policy.transfer_limit.at_limit.callback.every",
            "policy.transfer_limit.at_limit.callback.reached",
            "policy.transfer_limit.at_limit.callback.dialling",
            "policy.pressure.compliance",
            "policy.pressure.elasticity",
            "policy.pressure.speed_bounds",
        ] {
            assert!(told.iter().any(|known| known == path), "{path}: {told:?}");
        }
        let kept = paths(&text.replace("callback = { group = \"experts\" }", "keep = {}"));
        for path in ["extra_talk", "resolution"] {
            let path = format!("policy.transfer_limit.at_limit.keep.{path}");
            assert!(kept.contains(&path), "{path}: {kept:?}");
        }
    }

    #[test]
    fn set_changes_a_value_and_the_hash_and_nothing_else() {
        let before = loaded(FIRST, &[]);
        let after = loaded(FIRST, &["class.calls.patience.exponential.mean=90s"]);
        let Some(Law::Always(patience)) = &after.scenario.classes[0].patience else { panic!("a law") };
        assert_eq!(patience.mean(), 90.0);
        assert_ne!(before.scenario.hash, after.scenario.hash);
        assert_eq!(before.scenario.hash, loaded(FIRST, &[]).scenario.hash);
        let changed = after
            .resolved()
            .into_iter()
            .find(|value| value.path.ends_with("exponential.mean") && value.path.contains("patience"));
        assert_eq!(
            changed.map(|value| value.origin).as_deref(),
            Some("--set class.calls.patience.exponential.mean=90s")
        );
    }

    const YEAR: &str = r#"
start = "2026-01-01"
time_zone = "Europe/Berlin"
horizon = "365d"
interval = "1h"
[calendar]
holidays = "DE"
holiday = 0.5
after_holiday = 1.15
dated = { "2026-12-24" = 0.6 }
times = { "2026-01-05" = 1.12 }
[profile.office]
mon_fri = [0, 0, 0, 0, 0, 0, 1, 2, 5, 9, 9, 8, 7, 7, 7, 8, 8, 7, 6, 4, 3, 2, 1, 1]
sat_sun = [1, 1, 1, 1, 1, 1, 1, 2, 5, 9, 9, 8, 7, 7, 7, 8, 8, 7, 6, 4, 3, 2, 1, 1]
weekday = [1.31, 1.20, 1.13, 1.12, 1.14, 0.70, 0.40]
month = [1.09, 1.03, 1.02, 0.97, 0.95, 0.96, 0.96, 0.97, 1.00, 1.03, 1.05, 0.97]
[class.billing]
volume = { fresh_per_year = 1_000_000, profile = "office" }
talk_time = { constant = "3m" }
[group.all]
agents = 100
takes = [["billing"]]
"#;

    #[test]
    fn the_rates_of_a_calendar_year_sum_to_its_volume() {
        let year = loaded(YEAR, &[]);
        assert!((year.expected.fresh[0] / 1e6 - 1.0).abs() < 1e-9, "{}", year.expected.fresh[0]);
        assert_eq!(year.scenario.almanac.n_intervals(), 8760);
        assert_eq!(year.scenario.almanac.days.len(), 365);
    }

    #[test]
    fn a_week_of_the_year_carries_that_weeks_calls_whatever_the_horizon() {
        let year = loaded(YEAR, &[]);
        let week = loaded(YEAR, &["start=2026-06-15", "horizon=7d", "warm_up=2d"]);
        let rates = &year.scenario.classes[0].fresh_rate;
        // 15 June is day 165 of the year, in summer time: the wall clock shows the missing hour of March.
        let at = 24 * 165 - 1;
        let of_year: f64 = rates[at..at + 168].iter().sum::<f64>() * 3600.0;
        assert!((week.expected.fresh[0] - of_year).abs() < 1e-6 * of_year);
    }

    #[test]
    fn days_on_which_the_clock_is_changed_have_23_and_25_hours() {
        let spring = loaded(YEAR, &["start=2026-03-29", "horizon=1d"]).scenario.almanac;
        let autumn = loaded(YEAR, &["start=2026-10-25", "horizon=1d"]).scenario.almanac;
        assert_eq!(spring.n_intervals(), 23);
        assert_eq!(autumn.n_intervals(), 25);
        let slots: Vec<u16> = autumn.intervals.iter().map(|interval| interval.slot).collect();
        assert_eq!(slots[..5], [0, 1, 2, 2, 3]);
        assert!(!spring.intervals.iter().any(|interval| interval.slot == 2));
    }

    #[test]
    fn intervals_lie_on_the_wall_clock_whatever_the_start() {
        let text =
            FIRST.replace("per_hour = 100", "per_hour = { all = { \"08:00\" = 50, \"08:30\" = 100 } }");
        for (sets, minutes, expected) in [
            // A quarter of an hour at 50 an hour, 105 minutes at 100.
            (&["start=08:15", "horizon=2h"][..], 15, 12.5 + 175.0),
            (&["start=08:15", "horizon=2h", "interval=5m"], 5, 12.5 + 175.0),
            (&["start=08:45", "horizon=2h", "warm_up=15m"], 15, 200.0),
            (&["start=09:00", "horizon=2h", "warm_up=10m"], 10, 200.0),
            (&["start=08:00", "horizon=2h"], 30, 25.0 + 150.0),
        ] {
            let loaded = loaded(&text, sets);
            assert_eq!(loaded.scenario.almanac.interval, Span::MINUTE * minutes, "{sets:?}");
            assert!(
                (loaded.expected.fresh[0] - expected).abs() < 1e-9,
                "{sets:?}: {:?}",
                loaded.expected.fresh
            );
        }
    }

    #[test]
    fn intervals_fit_clocks_that_change_by_half_an_hour_and_by_an_hour() {
        let of = |zone: &str, interval: &str| {
            let sets = [format!("time_zone={zone}"), format!("interval={interval}")];
            load("s.toml", &sets, &Texts::new().with("s.toml", YEAR.replace("365d", "364d")))
        };
        // Lord Howe Island: summer time is half an hour; both changes of the clock lie in the year.
        let almanac = of("Australia/Lord_Howe", "30m").unwrap().scenario.almanac;
        assert_eq!(almanac.n_intervals(), 364 * 48);
        assert!(of("Australia/Lord_Howe", "1h").is_err());
        assert!(of("Europe/Berlin", "1h").is_ok());
        assert!(of("Europe/Berlin", "2h").unwrap_err().to_string().contains("interval"));
    }

    #[test]
    fn incidents_multiply_what_lies_inside_and_come_on_top() {
        let incident =
            "[[incident]]\nfrom = \"2026-07-09T14:30\"\nlasts = \"90m\"\nclass = { billing = 3 }\n";
        let with = loaded(&format!("{YEAR}{incident}"), &[]).scenario.classes[0].fresh_rate.clone();
        let without = loaded(YEAR, &[]).scenario.classes[0].fresh_rate.clone();
        let changed: Vec<f64> = with
            .iter()
            .zip(&without)
            .filter(|(a, b)| a != b)
            .map(|(a, b)| (a / b * 1e9).round() / 1e9)
            .collect();
        assert_eq!(changed, [2.0, 3.0]);
    }

    #[test]
    fn offered_contacts_become_fresh_ones_that_bring_them_back() {
        let returning = r#"
resolution = 0.75
repeat = { probability = 0.88, delay = { constant = "1d" } }
patience = { exponential = { mean = "5m" } }
redial = { after_abandon = { first = 0.5, delay = { constant = "20m" } } }
"#;
        let text = YEAR
            .replace("fresh_per_year", "offered_per_year")
            .replace("[group.all]", &format!("{returning}[group.all]"));
        let Loaded { expected, .. } = loaded(&text, &[]);
        assert!((expected.offered[0] / 1e6 - 1.0).abs() < 1e-9);
        // 1 + .95 · .25 · .88 + .05 · .5 more each round, at most ten rounds.
        let more: f64 = 0.95 * 0.25 * 0.88 + 0.05 * 0.5;
        let rounds: f64 = (0..10).map(|round| more.powi(round)).sum();
        assert!((expected.fresh[0] * rounds / 1e6 - 1.0).abs() < 1e-9);
        // An overlay keeps the fresh figure.
        let changed = loaded(&text, &["class.billing.resolution=0.5"]).expected;
        assert!((changed.fresh[0] - expected.fresh[0]).abs() < 1e-6);
        assert!(changed.offered[0] > 1.1e6);
    }

    #[test]
    fn empty_states_run_with_a_word_of_warning() {
        for (set, words) in [
            ("class.calls.volume.per_hour=0", "no contact is expected"),
            ("horizon=0", "nothing is counted"),
            ("group.agents.agents=0", "nobody is ever logged in"),
        ] {
            let warnings = loaded(FIRST, &[set]).warnings.to_string();
            assert!(warnings.contains(words), "{set}: {warnings}");
        }
    }

    #[test]
    fn words_take_away_what_a_base_has_and_are_no_defaults() {
        let rich = format!(
            "{FIRST}{}",
            r#"heads = 9
[class.calls.redial.after_abandon]
first = 0.5
delay = { constant = "20m" }
[class.calls.repeat]
probability = 0.5
delay = { constant = "1h" }
[policy.transfer_limit]
per_contact = 0
[policy.pressure]
aht_target = "2m"
"#
        );
        let words = [
            "class.calls.patience=infinite",
            "class.calls.redial=none",
            "class.calls.repeat=none",
            "group.agents.heads=none",
            "policy.transfer_limit=none",
            "policy.pressure=none",
        ];
        let Loaded { scenario, defaults, .. } = loaded(&rich, &words);
        let class = &scenario.classes[0];
        assert!(class.patience.is_none() && class.redial_after_abandon.delay.is_none());
        assert!(!scenario.customers_come_back());
        assert!(scenario.groups[0].heads.is_none() && scenario.groups[0].pressure.is_none());
        assert_eq!(scenario.transfer_limit.per_contact, None);
        for word in words {
            let path = word.split_once('=').map_or(word, |(path, _)| path);
            assert!(!defaults.iter().any(|default| default.path.starts_with(path)), "{path}: {defaults:?}");
        }
        // The table comes back by a word over the word.
        let back = loaded(&rich, &[words[0], "class.calls.patience.exponential.mean=90s"]).scenario;
        assert!(matches!(&back.classes[0].patience, Some(Law::Always(patience)) if patience.mean() == 90.0));
    }

    #[test]
    fn of_the_rostered_agents_those_who_adhere_are_planned() {
        let text = FIRST.replace("agents = 6", "staffing.rostered = \"plan.csv\"\nshrinkage.adherence = 0.5");
        let source = Texts::new().with("s.toml", text).with("plan.csv", "day,00:00\nall,5\n");
        let scenario = load("s.toml", &[], &source).unwrap_or_else(|p| panic!("{p}")).scenario;
        assert_eq!(scenario.groups[0].plan, vec![2.5; 16]);
    }

    #[test]
    fn decimal_commas_and_points_say_the_same() {
        let plan = FIRST.replace("agents = 6", "staffing.logged_in = \"plan.csv\"");
        let of = |csv: &str| {
            let source = Texts::new().with("s.toml", plan.as_str()).with("plan.csv", csv);
            let loaded = load("s.toml", &["start=08:00".to_owned()], &source);
            loaded.unwrap_or_else(|problems| panic!("{problems}")).scenario.groups[0].plan.clone()
        };
        let points = of("day,08:00,12:00\nall,6.5,7\n");
        assert_eq!(points[0], 6.5);
        assert_eq!(of("# notes, with commas\n\nday; 8:00;12:00\nall;6,5;7\n"), points);
        assert_eq!(of("day;08:00;12:00\nall;6.5;7\n"), points);
    }

    #[test]
    fn a_closed_day_has_no_calls_and_leaves_the_others_the_year() {
        let closed =
            YEAR.replace("sat_sun = [1, 1", "sun = [0]\nsat = [1, 1").replace("0.70, 0.40]", "0.70, 0]");
        let closed = closed
            .replace("holiday = 0.5\n", "")
            .replace("sun = [0]", &format!("sun = [{}0]", "0, ".repeat(23)));
        let year = loaded(&closed, &[]);
        assert!((year.expected.fresh[0] / 1e6 - 1.0).abs() < 1e-9, "{}", year.expected.fresh[0]);
        let sunday = loaded(&closed, &["start=2026-03-08", "horizon=1d"]);
        assert_eq!(sunday.expected.fresh[0], 0.0);
    }

    /// Deterministic vandalism: lines cut out, values replaced.
    #[test]
    fn no_mutilated_scenario_makes_loading_panic() {
        let whole = format!(
            "{YEAR}{}",
            r#"
site = "west"
heads = 3
[group.all.pressure]
aht_target = "3m"
signal = "waiting"
speed = { steps = [[0, 1], [1, 1.2]] }
[site.west]
sourcing = "outsourced"
[contract.west]
per_call = 1
[lines.main]
lines = 5
[routing.billing.split.a]
share = 1
tier = [{ groups = ["all"], after = "0s" }]
[policy.transfer_limit]
per_contact = 1
at_limit = { callback = { group = "all" } }
[target]
service_level = { at_least = 0.8, within = "20s" }
[[incident]]
from = "2026-07-09T14:30"
lasts = "90m"
class = { billing = 3 }
"#
        );
        let lines: Vec<&str> = whole.lines().collect();
        let values = [
            "-1",
            "0",
            "1e300",
            "nan",
            "\"x\"",
            "[]",
            "{}",
            "[[1]]",
            "true",
            "{ exponential = {} }",
            "2026-01-01",
            "",
        ];
        let mut n_loaded = 0;
        for cut in 0..lines.len() {
            let mut variants: Vec<String> = vec![String::new()];
            if let Some((key, _)) = lines[cut].split_once(" = ") {
                variants.extend(values.iter().map(|value| format!("{key} = {value}")));
            }
            for variant in variants {
                let mut lines = lines.clone();
                lines[cut] = &variant;
                let source = Texts::new().with("s.toml", lines.join("\n"));
                for horizon in ["2d", "8h", "0"] {
                    let sets = [format!("horizon={horizon}")];
                    n_loaded += usize::from(load("s.toml", &sets, &source).is_ok());
                }
            }
        }
        assert!(n_loaded > 20, "{n_loaded}");
    }
}
