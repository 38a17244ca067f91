//! Changes by date: from a date on, and perhaps until another, a number of the scenario is another one.
//!
//! Applied in the order of the file on what stands there already, incidents included. Invariant: what may change is a value
//! by interval (rates, plans, laws of visits); anything else is refused by name.

use jiff::civil::DateTime;

use super::almanac::Almanac;
use super::calendar::Calendar;
use super::checked::{Class, DatedSkill, Group, Law, LawSpan, Skill, SkillTalk};
use super::dates;
use super::diagnostic::{Diagnostic, did_you_mean};
use super::form::Kind;
use super::law;
use super::layers::path_parts;
use super::read::{self, Build};
use super::shape::path_join;
use super::tree::{Entry, Node, show_number};
use super::volume::Rates;
use crate::units::{ClassId, GroupId};

/// What may be scaled.
const SCALABLE: &str = "`volume`, `talk_time`, `staffing`, `class.NAME.volume`, `class.NAME.talk_time`, \
                        `class.NAME.after_call_work`, `class.NAME.patience`, `class.NAME.resolution`, \
                        `class.NAME.redial`, `class.NAME.repeat`, `group.NAME.staffing`, `group.NAME.heads`, `group.NAME.talk_time`, \
                        `group.NAME.skill.CLASS.resolution`, `group.NAME.skill.CLASS.talk_time_factor`";
/// What may be set.
const SETTABLE: &str = "`class.NAME.talk_time`, `class.NAME.after_call_work`, `class.NAME.patience`, \
                        `group.NAME.agents`, `group.NAME.heads`, `group.NAME.skill.CLASS.resolution`, \
                        `group.NAME.skill.CLASS.talk_time_factor`";

/// Factors on the talk of a group.
const GROUP_TALK: std::ops::RangeInclusive<f64> = 0.01..=100.0;

/// Values that change by a date.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Its name; empty if it has none.
    pub name: String,
    /// From when on, by the local clock, as `2026-07-01 00:00`.
    pub from: String,
    /// Until when; empty without end.
    pub until: String,
    /// What changes, in words, in the order of the file.
    pub what: Vec<String>,
}

/// The parts of a scenario that may change.
pub(super) struct Changing<'p> {
    pub(super) calendar: &'p Calendar,
    pub(super) almanac: &'p Almanac,
    pub(super) classes: &'p mut [Class],
    pub(super) groups: &'p mut [Group],
    pub(super) rates: &'p mut [Option<Rates>],
}

/// A law of a class's visits.
#[derive(Clone, Copy)]
enum ClassLaw {
    Talk,
    AfterCallWork,
    Patience,
}

/// A share of a class's customers.
#[derive(Clone, Copy)]
enum ClassShare {
    Resolution,
    Redial,
    Repeat,
}

/// A value of a skill.
#[derive(Clone, Copy)]
enum SkillValue {
    Resolution,
    TalkTimeFactor,
}

/// What a path names; `None` stands for all classes or groups.
enum Target {
    Volume(Option<ClassId>),
    Law(ClassLaw, Option<ClassId>),
    Staffing(Option<GroupId>),
    Share(ClassShare, ClassId),
    GroupTalk(GroupId),
    Heads(GroupId),
    Skill(SkillValue, GroupId, ClassId),
    /// Of a class or group that is switched off.
    Nothing,
}

/// The intervals in which a change holds.
#[derive(Clone, Copy)]
pub(super) struct Window {
    pub(super) from: usize,
    pub(super) until: usize,
}

/// Applies all changes; returns those that touch the run.
pub(super) fn apply(build: &mut Build, parts: &mut Changing) -> Vec<Change> {
    let mut touching = Vec::new();
    let changes = build.root.get("change").and_then(Node::list).unwrap_or_default();
    for (i, change) in changes.iter().enumerate() {
        let path = format!("change.{i}");
        let entries =
            |key: &str| change.get(key).and_then(Node::table).map_or(&[][..], |table| &table.entries);
        let Some((window, from, until)) = window(build, parts, change, &path) else {
            // What it names is looked at all the same.
            for entry in entries("scale") {
                scaled(build, entry);
            }
            for entry in entries("set") {
                to_be_set(build, entry);
            }
            continue;
        };
        if entries("scale").is_empty() && entries("set").is_empty() {
            build.report(Diagnostic::error(format!("`{path}` changes nothing")).at(change.origin).allowed(
                "`scale = { \"group.NAME.staffing\" = 0.9 }`, `set = { \"group.NAME.agents\" = 5 }`",
            ));
            continue;
        }
        let mut what = Vec::new();
        for entry in entries("scale") {
            what.extend(scale(build, parts, entry, &path_join(&path, "scale"), window));
        }
        for entry in entries("set") {
            what.extend(set(build, parts, entry, &path_join(&path, "set"), window));
        }
        if window.from < window.until {
            touching.push(Change {
                name: read::text(change.get("name")),
                from: from.strftime("%Y-%m-%d %H:%M").to_string(),
                until: until.map_or_else(String::new, |until| until.strftime("%Y-%m-%d %H:%M").to_string()),
                what,
            });
        } else if let Some(node) = change.get("from") {
            let end = until.map_or_else(String::new, |until| format!(" to {}", until.date()));
            dates::lies_outside(build, node, &path, format!("{}{end}", node.show()));
        }
    }
    touching
}

/// The intervals of a change and its dates; `None` if they were refused (and reported).
fn window(
    build: &mut Build,
    parts: &Changing,
    change: &Node,
    path: &str,
) -> Option<(Window, DateTime, Option<DateTime>)> {
    let almanac = parts.almanac;
    let edge = |build: &mut Build, key: &str| -> Option<Option<(DateTime, usize)>> {
        let Some(node) = change.get(key) else { return Some(None) };
        let path = path_join(path, key);
        let at = dates::local(build, parts.calendar, node, &path)?;
        let instant = parts.calendar.instant(almanac, at)?;
        let length = i128::from(almanac.interval.0);
        if instant.rem_euclid(length) != 0 {
            build.report(
                Diagnostic::error(format!("`{path}` lies inside an interval"))
                    .at(node.origin)
                    .found(node.show())
                    .allowed(format!(
                        "a date, or a time that is a multiple of the interval of {}",
                        almanac.interval
                    )),
            );
            return None;
        }
        let interval = instant.div_euclid(length).clamp(0, almanac.n_intervals() as i128) as usize;
        Some(Some((at, interval)))
    };
    let (from, until) = (edge(build, "from"), edge(build, "until"));
    let ((from, first), until) = (from??, until?);
    if let (Some((end, _)), Some(node)) = (until.filter(|(end, _)| *end <= from), change.get("until")) {
        build.report(
            Diagnostic::error(format!("`{path}` ends before it begins"))
                .at(node.origin)
                .found(format!("{} to {}", from.strftime("%Y-%m-%d %H:%M"), end.strftime("%Y-%m-%d %H:%M")))
                .allowed("an `until` after `from`; the day of `until` itself is as before again"),
        );
        return None;
    }
    let last = until.map_or(almanac.n_intervals(), |(_, last)| last);
    Some((Window { from: first, until: last }, from, until.map(|(until, _)| until)))
}

fn scale(
    build: &mut Build,
    parts: &mut Changing,
    entry: &Entry,
    path: &str,
    window: Window,
) -> Option<String> {
    let target = scaled(build, entry)?;
    let factor = read::not_negative(Some(&entry.node))?;
    let range = window.from..window.until.max(window.from);
    if let Some(found) = missing(&target, parts) {
        build.report(
            Diagnostic::warning(format!("`{}` changes nothing", path_join(path, &entry.key)))
                .at(entry.key_origin)
                .found(found),
        );
    }
    match target {
        Target::Nothing => return None,
        Target::Share(share, class) => {
            let dated = &mut parts.classes[class.index()].dated;
            let factors = match share {
                ClassShare::Resolution => &mut dated.resolution,
                ClassShare::Redial => &mut dated.redial,
                ClassShare::Repeat => &mut dated.repeat,
            };
            scale_in(factors, parts.almanac.n_intervals(), range, factor);
        }
        Target::GroupTalk(group) => {
            let factors = &mut parts.groups[group.index()].dated_talk;
            scale_in(factors, parts.almanac.n_intervals(), range, factor);
            // Several changes may overlap.
            if factor == 0.0 || factors.iter().any(|factor| !GROUP_TALK.contains(factor)) {
                report_range(build, entry, &path_join(path, &entry.key));
                return None;
            }
        }
        Target::Heads(group) => {
            let group = &mut parts.groups[group.index()];
            if group.heads.is_none() {
                report_no_heads(build, entry, &group.name);
                return None;
            }
            scale_in(&mut group.dated_heads, parts.almanac.n_intervals(), range, factor);
            if group.dated_heads.iter().any(|factor| *factor > *GROUP_TALK.end()) {
                report_range(build, entry, &path_join(path, &entry.key));
                return None;
            }
        }
        Target::Skill(value, group, class) => {
            let n_intervals = parts.almanac.n_intervals();
            let group = &mut parts.groups[group.index()];
            let skill = skill_of(build, group, class, entry)?;
            let factors = dated_skill(group, class, value);
            scale_in(factors, n_intervals, range, factor);
            let is_fine = match value {
                SkillValue::TalkTimeFactor => {
                    factor > 0.0 && factors.iter().all(|factor| GROUP_TALK.contains(factor))
                }
                SkillValue::Resolution => factors.iter().all(|factor| skill.resolution * factor <= 1.0),
            };
            if !is_fine {
                report_range(build, entry, &path_join(path, &entry.key));
                return None;
            }
        }
        Target::Volume(class) => {
            for i in chosen(class.map(ClassId::index), parts.rates.len()) {
                let Some(rates) = &mut parts.rates[i] else { continue };
                rates.fresh[range.clone()].iter_mut().for_each(|rate| *rate *= factor);
            }
        }
        Target::Staffing(group) => {
            for i in chosen(group.map(GroupId::index), parts.groups.len()) {
                let group = &mut parts.groups[i];
                if group.roster.is_some() {
                    report_shifts(build, entry, &group.name);
                    return None;
                }
                // A plan that was refused is empty.
                let plan = group.plan.get_mut(range.clone()).unwrap_or_default();
                plan.iter_mut().for_each(|agents| *agents *= factor);
                if group.heads.is_some() {
                    build.default(
                        format!("{}.heads", path_join("group", &group.name)),
                        "as before a change",
                        "paid hours follow the heads, which no date changes",
                    );
                }
            }
        }
        Target::Law(law, class) => {
            let n_intervals = parts.almanac.n_intervals();
            for i in chosen(class.map(ClassId::index), parts.classes.len()) {
                let Some(old) = law_of(&mut parts.classes[i], law) else { continue };
                let scaled = (factor > 0.0)
                    .then(|| in_window(old, window, n_intervals, |law| law::scaled(law, factor)));
                let Some(scaled) = scaled.flatten() else {
                    build.report(
                        Diagnostic::error(format!(
                            "`{}` leaves the range of its law",
                            path_join(path, &entry.key)
                        ))
                        .at(entry.node.origin)
                        .found(format!("factor {}", show_number(factor)))
                        .allowed("a factor above 0, nearer to 1"),
                    );
                    return None;
                };
                *old = scaled;
            }
        }
    }
    Some(format!("{} × {}", entry.key, show_number(factor)))
}

fn set(build: &mut Build, parts: &mut Changing, entry: &Entry, path: &str, window: Window) -> Option<String> {
    let target = to_be_set(build, entry)?;
    let path = path_join(path, &entry.key);
    let wrong_kind = |build: &mut Build, allowed: &str| {
        build.report(
            Diagnostic::error(format!("wrong kind of value for `{path}`"))
                .at(entry.node.origin)
                .found(entry.node.show())
                .allowed(allowed),
        );
    };
    match target {
        Target::Nothing
        | Target::Volume(_)
        | Target::Staffing(None)
        | Target::Law(_, None)
        | Target::Share(..)
        | Target::GroupTalk(_) => return None,
        Target::Heads(group) => {
            let Some(heads) = read::not_negative(Some(&entry.node)) else {
                wrong_kind(build, "a number of heads");
                return None;
            };
            let group = &mut parts.groups[group.index()];
            let Some(before) = group.heads.filter(|heads| *heads > 0.0) else {
                report_no_heads(build, entry, &group.name);
                return None;
            };
            set_in(&mut group.dated_heads, parts.almanac.n_intervals(), window, heads / before);
        }
        Target::Skill(value, group, class) => {
            let Some(number) = read::not_negative(Some(&entry.node)) else {
                wrong_kind(build, "a number");
                return None;
            };
            let n_intervals = parts.almanac.n_intervals();
            let group = &mut parts.groups[group.index()];
            let skill = skill_of(build, group, class, entry)?;
            let (before, most) = match (value, &skill.talk) {
                (SkillValue::Resolution, _) => (skill.resolution, 1.0),
                (SkillValue::TalkTimeFactor, SkillTalk::Factor(factor)) => (*factor, f64::INFINITY),
                // Its own law is 1 × itself.
                (SkillValue::TalkTimeFactor, SkillTalk::Own(_)) => (1.0, f64::INFINITY),
            };
            if number > most || (before == 0.0 && number > 0.0) {
                build.report(
                    Diagnostic::error(format!("`{path}` cannot be set"))
                        .at(entry.node.origin)
                        .found(format!("{} after {}", show_number(number), show_number(before)))
                        .allowed("a share, after one above 0"),
                );
                return None;
            }
            let factor = if before > 0.0 { number / before } else { 1.0 };
            let is_talk = matches!(value, SkillValue::TalkTimeFactor);
            if is_talk && !GROUP_TALK.contains(&factor) {
                report_range(build, entry, &path);
                return None;
            }
            set_in(dated_skill(group, class, value), n_intervals, window, factor);
        }
        Target::Staffing(Some(group)) => {
            let Some(agents) = read::not_negative(Some(&entry.node)) else {
                wrong_kind(build, "a number of agents; a plan by time cannot be set, only scaled");
                return None;
            };
            let group = &mut parts.groups[group.index()];
            if group.roster.is_some() {
                report_shifts(build, entry, &group.name);
                return None;
            }
            let plan = group.plan.get_mut(window.from..window.until.max(window.from));
            plan.unwrap_or_default().fill(agents);
        }
        Target::Law(law, Some(class)) => {
            if entry.node.table().is_none() {
                wrong_kind(build, "a distribution as { exponential = { mean = \"3m\" } }");
                return None;
            }
            let new = law::law(build, Some(&entry.node), &path, Some(parts.almanac))?;
            let Some(old) = law_of(&mut parts.classes[class.index()], law) else {
                build.report(
                    Diagnostic::error(format!("`{path}` cannot be set: nobody gives up waiting before"))
                        .at(entry.node.origin)
                        .hint("write a `patience` for the class; a very long one is as good as none"),
                );
                return None;
            };
            *old = in_window(old, window, parts.almanac.n_intervals(), |_| Some(new.clone()))?;
        }
    }
    Some(format!("{} = {}", entry.key, entry.node.show()))
}

/// Why a factor on a value has nothing to act on, if it has not.
fn missing(target: &Target, parts: &Changing) -> Option<&'static str> {
    let class = |class: &ClassId| &parts.classes[class.index()];
    match target {
        Target::Share(ClassShare::Redial, id) => {
            let class = class(id);
            let rules = [&class.redial_after_abandon, &class.redial_after_busy, &class.redial_after_closed];
            rules
                .iter()
                .all(|rule| rule.first.max(rule.later) <= 0.0)
                .then_some("nobody of the class redials")
        }
        Target::Share(ClassShare::Repeat, id) => {
            (class(id).repeat.probability <= 0.0).then_some("nobody of the class calls again after an answer")
        }
        Target::Law(ClassLaw::Patience, Some(id)) => {
            class(id).patience.is_none().then_some("patience without limit")
        }
        Target::Share(ClassShare::Resolution, _)
        | Target::Law(..)
        | Target::Volume(_)
        | Target::Staffing(_)
        | Target::GroupTalk(_)
        | Target::Heads(_)
        | Target::Skill(..)
        | Target::Nothing => None,
    }
}

/// Multiplies factors in a range of intervals; where none are yet, they are 1.
fn scale_in(factors: &mut Vec<f64>, n_intervals: usize, range: std::ops::Range<usize>, factor: f64) {
    factors.resize(n_intervals, 1.0);
    factors[range].iter_mut().for_each(|each| *each *= factor);
}

/// Puts a factor into a window of intervals in place of what holds there.
fn set_in(factors: &mut Vec<f64>, n_intervals: usize, window: Window, factor: f64) {
    factors.resize(n_intervals, 1.0);
    factors[window.from..window.until.max(window.from)].fill(factor);
}

/// The factors on a value of a skill by interval.
fn dated_skill(group: &mut Group, class: ClassId, value: SkillValue) -> &mut Vec<f64> {
    let known = group.dated_skills.iter().position(|dated| dated.class == class);
    let position = known.unwrap_or_else(|| {
        group.dated_skills.push(DatedSkill { class, talk: Vec::new(), resolution: Vec::new() });
        group.dated_skills.len() - 1
    });
    let dated = &mut group.dated_skills[position];
    match value {
        SkillValue::Resolution => &mut dated.resolution,
        SkillValue::TalkTimeFactor => &mut dated.talk,
    }
}

fn skill_of(build: &mut Build, group: &Group, class: ClassId, entry: &Entry) -> Option<Skill> {
    let skill = group.skills.iter().find(|skill| skill.class == class).cloned();
    if skill.is_none() {
        build.report(
            Diagnostic::error(format!("`{}` changes a skill that is never used", entry.key))
                .at(entry.key_origin)
                .hint(format!("group `{}` does not take this class", group.name)),
        );
    }
    skill
}

fn report_range(build: &mut Build, entry: &Entry, path: &str) {
    build.report(
        Diagnostic::error(format!("`{path}` is out of range"))
            .at(entry.node.origin)
            .found(format!("factor {}", entry.node.show()))
            .allowed("a factor from 0.01 to 100, a share that stays below 1, all changes of a time together"),
    );
}

fn report_no_heads(build: &mut Build, entry: &Entry, group: &str) {
    build.report(
        Diagnostic::error(format!("group `{group}` has no heads to change"))
            .at(entry.key_origin)
            .hint("write `heads` for the group; without them the hours logged in are paid"),
    );
}

/// Persons come on the days that their shifts name.
fn report_shifts(build: &mut Build, entry: &Entry, group: &str) {
    build.report(
        Diagnostic::error(format!("the shifts of group `{group}` cannot change by date"))
            .at(entry.key_origin)
            .hint("write other shifts with `days = [\"2026-07 mon_fri\"]`, month by month, or single dates"),
    );
}

/// One index, or all.
fn chosen(one: Option<usize>, n: usize) -> std::ops::Range<usize> {
    one.map_or(0..n, |i| i..i + 1)
}

fn law_of(class: &mut Class, law: ClassLaw) -> Option<&mut Law> {
    match law {
        ClassLaw::Talk => Some(&mut class.talk_time),
        ClassLaw::AfterCallWork => Some(&mut class.after_call_work),
        ClassLaw::Patience => class.patience.as_mut(),
    }
}

/// `law` with another one in a window; `None` if `change` has none to give.
pub(super) fn in_window(
    law: &Law,
    window: Window,
    n_intervals: usize,
    change: impl Fn(&Law) -> Option<Law>,
) -> Option<Law> {
    if window.from >= window.until {
        return Some(law.clone());
    }
    let whole = [LawSpan { from: 0, until: n_intervals as u32, law: law.clone() }];
    let spans = match law {
        Law::Changing(spans) => &spans[..],
        Law::Always(_) | Law::ByInterval(_) => &whole,
    };
    let (from, until) = (window.from as u32, window.until as u32);
    let mut pieces = Vec::new();
    for span in spans {
        let inside = (span.from.clamp(from, until), span.until.clamp(from, until));
        for (a, b) in [(span.from, inside.0.min(span.until)), inside, (inside.1.max(span.from), span.until)] {
            if a < b {
                match if (a, b) == inside { change(&span.law)? } else { span.law.clone() } {
                    // Another one by steps of the horizon: of each step what lies in the window.
                    Law::Changing(steps) => pieces.extend(steps.into_iter().filter_map(|step| {
                        let (from, until) = (step.from.max(a), step.until.min(b));
                        (from < until).then_some(LawSpan { from, until, ..step })
                    })),
                    law => pieces.push(LawSpan { from: a, until: b, law }),
                }
            }
        }
    }
    Some(Law::Changing(pieces.into()))
}

/// What an entry of `scale` names.
fn scaled(build: &mut Build, entry: &Entry) -> Option<Target> {
    target(build, entry, SCALABLE, |key, kind| match kind {
        Kind::Class => matches!(
            key,
            "volume" | "talk_time" | "after_call_work" | "patience" | "resolution" | "redial" | "repeat"
        ),
        Kind::Group => {
            matches!(key, "staffing" | "heads" | "talk_time" | "resolution" | "talk_time_factor")
        }
        Kind::Site | Kind::Profile => false,
    })
}

/// What an entry of `set` names.
fn to_be_set(build: &mut Build, entry: &Entry) -> Option<Target> {
    target(build, entry, SETTABLE, |key, kind| match kind {
        Kind::Class => matches!(key, "talk_time" | "after_call_work" | "patience"),
        Kind::Group => matches!(key, "agents" | "heads" | "resolution" | "talk_time_factor"),
        Kind::Site | Kind::Profile => false,
    })
}

/// What the path of an entry names; `None` if it may not change by date (which is reported).
fn target(
    build: &mut Build,
    entry: &Entry,
    allowed: &str,
    may: impl Fn(&str, Kind) -> bool,
) -> Option<Target> {
    let parts = path_parts(&entry.key).unwrap_or_default();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let law = |key: &str| match key {
        "talk_time" => Some(ClassLaw::Talk),
        "after_call_work" => Some(ClassLaw::AfterCallWork),
        "patience" => Some(ClassLaw::Patience),
        _ => None,
    };
    let is_of_skill = |key: &str| matches!(key, "resolution" | "talk_time_factor");
    let is_of_all = |key: &str, kind| may(key, kind) && allowed == SCALABLE;
    let named = match parts[..] {
        ["volume"] if is_of_all("volume", Kind::Class) => return Some(Target::Volume(None)),
        ["talk_time"] if is_of_all("talk_time", Kind::Class) => {
            return Some(Target::Law(ClassLaw::Talk, None));
        }
        ["staffing"] if is_of_all("staffing", Kind::Group) => return Some(Target::Staffing(None)),
        ["class", name, key] if may(key, Kind::Class) => Some((Kind::Class, name, key)),
        ["group", name, key] if may(key, Kind::Group) && !is_of_skill(key) => Some((Kind::Group, name, key)),
        ["group", name, "skill", _, key] if is_of_skill(key) && may(key, Kind::Group) => {
            Some((Kind::Group, name, key))
        }
        _ => None,
    };
    let Some((kind, name, key)) = named else {
        build.report(
            Diagnostic::error(format!("`{}` cannot change by date", entry.key))
                .at(entry.key_origin)
                .allowed(allowed)
                .hint("another value needs a scenario of its own, with this one as its `base`"),
        );
        return None;
    };
    if build.names.is_disabled(kind, name) {
        return Some(Target::Nothing);
    }
    let found = match kind {
        Kind::Class => build.class(name).map(|class| match law(key) {
            Some(law) => Target::Law(law, Some(class)),
            None => match key {
                "resolution" => Target::Share(ClassShare::Resolution, class),
                "redial" => Target::Share(ClassShare::Redial, class),
                "repeat" => Target::Share(ClassShare::Repeat, class),
                _ => Target::Volume(Some(class)),
            },
        }),
        _ => build.group(name).and_then(|group| {
            let skill = |value| {
                let class = build.class(parts.get(3)?)?;
                Some(Target::Skill(value, group, class))
            };
            match key {
                "talk_time" => Some(Target::GroupTalk(group)),
                "heads" => Some(Target::Heads(group)),
                "resolution" => skill(SkillValue::Resolution),
                "talk_time_factor" => skill(SkillValue::TalkTimeFactor),
                _ => Some(Target::Staffing(Some(group))),
            }
        }),
    };
    if found.is_none() {
        let (kind, name) = match parts[..] {
            ["group", group, _, class, _] if build.group(group).is_some() => (Kind::Class, class),
            _ => (kind, name),
        };
        let known = build.names.of(kind).to_vec();
        build.report(
            Diagnostic::error(format!("there is no {} `{name}`", kind.table()))
                .at(entry.key_origin)
                .found(entry.key.clone())
                .allowed(super::diagnostic::choice(known.iter().map(String::as_str)))
                .hint(did_you_mean(name, known.iter().map(String::as_str))),
        );
    }
    found
}
