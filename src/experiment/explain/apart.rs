//! A forecast and what happened, taken apart: which part of the difference each group of inputs makes.
//!
//! Works on two checked scenarios of the same classes, groups and sites over the same time. Invariant: with nothing taken from what
//! happened it is the forecast, with everything what happened.

use std::collections::BTreeSet;

use super::rows::Rows;
use super::{Cause, ExplainPlan, Explanation, Step, StepEffect, asked_for};
use crate::experiment::compare::{Effort, Failed, Measured, Together};
use crate::experiment::control::Control;
use crate::experiment::sensitivity::sensitivity_replications;
use crate::scenario::Scenario;
use crate::scenario::checked::{Group, Skill};
use crate::stats::{Estimate, Paired};

/// A group of inputs in which a forecast and what happened may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Fresh contacts and how they scatter.
    Volume,
    /// Talk, after-call work, ringing, pressure.
    HandleTime,
    /// How long customers wait.
    Patience,
    /// Redials, repeats, resolution.
    Returns,
    /// Transfers and their limit.
    Transfers,
    /// Plans, shifts, heads, work off the phone.
    Staffing,
    /// Absence and shrinkage.
    Absence,
    /// Who may take what, and in which order.
    Routing,
    /// Everything else: hours, lines, longest waits, callbacks, service levels, prices.
    Rest,
}

impl Part {
    /// All, in the order in which they are taken from what happened unless another is asked for.
    pub const ALL: [Self; 9] = [
        Self::Volume,
        Self::HandleTime,
        Self::Patience,
        Self::Returns,
        Self::Transfers,
        Self::Staffing,
        Self::Absence,
        Self::Routing,
        Self::Rest,
    ];

    /// Its name for machines and in `--order`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Volume => "volume",
            Self::HandleTime => "handle_time",
            Self::Patience => "patience",
            Self::Returns => "returns",
            Self::Transfers => "transfers",
            Self::Staffing => "staffing",
            Self::Absence => "absence",
            Self::Routing => "routing",
            Self::Rest => "rest",
        }
    }
}

/// Classes, groups or sites that only one of two scenarios has, or that stand in another order, in words; empty if they can be
/// taken apart.
#[must_use]
pub fn strangers(plan: &Scenario, actual: &Scenario) -> Vec<String> {
    let mut told = Vec::new();
    let mut compare = |kind: &str, here: Vec<&str>, there: Vec<&str>| {
        let only = |these: &[&str], those: &[&str]| -> Vec<String> {
            these.iter().filter(|name| !those.contains(name)).map(|name| format!("`{name}`")).collect()
        };
        let (only_here, only_there) = (only(&here, &there), only(&there, &here));
        if !only_here.is_empty() {
            told.push(format!("{kind} {} of the forecast only", only_here.join(", ")));
        }
        if !only_there.is_empty() {
            told.push(format!("{kind} {} of what happened only", only_there.join(", ")));
        }
        if only_here.is_empty() && only_there.is_empty() && here != there {
            told.push(format!("{kind}: the same in another order"));
        }
    };
    let classes = |of: &Scenario| -> Vec<String> { of.classes.iter().map(|one| one.name.clone()).collect() };
    let groups = |of: &Scenario| -> Vec<String> { of.groups.iter().map(|one| one.name.clone()).collect() };
    let sites = |of: &Scenario| -> Vec<String> { of.sites.iter().map(|one| one.name.clone()).collect() };
    for (kind, here, there) in [
        ("class", classes(plan), classes(actual)),
        ("group", groups(plan), groups(actual)),
        ("site", sites(plan), sites(actual)),
    ] {
        compare(kind, here.iter().map(String::as_str).collect(), there.iter().map(String::as_str).collect());
    }
    told
}

/// Takes apart why what happened is not what a forecast said. Progress is told with the position of the job.
///
/// # Errors
/// If it is cancelled before every scenario has a replication, or a queue grows without limit.
///
/// # Panics
/// If the two have other classes, groups or sites: [`strangers`] tells.
pub fn explain_difference(
    plan: &Scenario,
    actual: &Scenario,
    first: &[Part],
    how: &ExplainPlan,
    control: &dyn Control,
) -> Result<Explanation, Failed> {
    assert!(strangers(plan, actual).is_empty(), "the two have the same classes, groups and sites");
    let nothing = format!("{:?}", mixed(plan, actual, &BTreeSet::new()));
    let differs = |part: &Part| format!("{:?}", mixed(plan, actual, &BTreeSet::from([*part]))) != nothing;
    let others = Part::ALL.into_iter().filter(|part| !first.contains(part));
    let (order, missing): (Vec<Part>, Vec<Part>) = first.iter().copied().chain(others).partition(differs);
    let rows = Rows::of(&order);
    let mut scenarios: Vec<Scenario> = rows.sets.iter().map(|on| mixed(plan, actual, on)).collect();
    scenarios.push(actual.clone());
    let effort = Effort {
        replications: sensitivity_replications(plan, how.replications),
        seed: how.seed,
        jobs: how.jobs,
    };
    let together = Together::run(&scenarios.iter().collect::<Vec<_>>(), effort, control)?;
    let end = scenarios.len() - 1;
    let at = |position: Option<usize>, name: &str| together.measured(position.unwrap_or(end), name);
    let (metrics, without_value) = asked_for(&how.metrics, |name| together.measured(end, name));
    let by_metric: Vec<Vec<StepEffect>> = metrics.iter().map(|name| effects(name, &rows, &at)).collect();
    let whole_of = |name: &&'static str| {
        let begin = rows.forward[0]?;
        Some(together.measured(end, name)?.less(&together.measured(begin, name)?)?.estimate())
    };
    let whole = metrics.iter().map(whole_of).collect();
    let causes = std::iter::once(Cause::Forecast).chain(order.iter().map(|part| Cause::Part(*part)));
    let steps = causes
        .enumerate()
        .map(|(i, cause)| Step { cause, effects: by_metric.iter().map(|of| of[i].clone()).collect() })
        .collect();
    let ground = together.ground(end);
    let mut notes = super::one_replication(&ground);
    let levels =
        |of: &Scenario| format!("{:?}", of.classes.iter().map(|c| &c.service_levels).collect::<Vec<_>>());
    if levels(plan) != levels(actual) {
        notes.push(
            "service levels are counted otherwise in the two: the rest holds what that makes; give both the same \
             `service_levels`"
                .to_owned(),
        );
    }
    Ok(Explanation {
        ground,
        metrics,
        without_value,
        steps,
        whole,
        missing: missing.into_iter().map(Cause::Part).collect(),
        above_capacity: None,
        notes,
    })
}

fn effects<'m>(
    name: &str,
    rows: &Rows<Part>,
    at: &dyn Fn(Option<usize>, &str) -> Option<Measured<'m>>,
) -> Vec<StepEffect> {
    let row = |positions: &[Option<usize>]| -> Vec<Option<Measured<'m>>> {
        positions.iter().map(|position| at(*position, name)).collect()
    };
    let (forward, backward) = (row(&rows.forward), row(&rows.backward));
    let value = |k: usize| forward[k].as_ref().map_or(Estimate::missing(0), Measured::estimate);
    let mut steps = vec![StepEffect { value: value(0), step: None, reverse: None }];
    let n = forward.len() - 1;
    let less = |row: &[Option<Measured<'m>>], k: usize| {
        row[k].as_ref()?.less(row[k - 1].as_ref()?).as_ref().map(Paired::estimate)
    };
    steps.extend((1..=n).map(|k| StepEffect {
        value: value(k),
        step: less(&forward, k),
        reverse: (n > 1).then(|| less(&backward, n - k + 1)).flatten(),
    }));
    steps
}

/// The forecast with these parts of what happened.
fn mixed(plan: &Scenario, actual: &Scenario, on: &BTreeSet<Part>) -> Scenario {
    let source = |part: Part| if on.contains(&part) { actual } else { plan };
    let mut mixed = source(Part::Rest).clone();
    // What nobody waits for.
    (mixed.name, mixed.description) = (actual.name.clone(), actual.description.clone());
    (mixed.hash, mixed.replications) = (actual.hash, actual.replications);
    (mixed.targets, mixed.snapshots) = (actual.targets.clone(), actual.snapshots.clone());
    // Skills come with the routing, their speed and resolution afterwards.
    routing(&mut mixed, source(Part::Routing));
    volume(&mut mixed, source(Part::Volume));
    handle_time(&mut mixed, source(Part::HandleTime));
    patience(&mut mixed, source(Part::Patience));
    returns(&mut mixed, source(Part::Returns));
    let from = source(Part::Transfers);
    mixed.transfer_limit = from.transfer_limit.clone();
    for (class, from) in mixed.classes.iter_mut().zip(&from.classes) {
        class.transfers.clone_from(&from.transfers);
    }
    for (group, from) in mixed.groups.iter_mut().zip(&source(Part::Staffing).groups) {
        group.plan.clone_from(&from.plan);
        group.roster.clone_from(&from.roster);
        group.after_plan = from.after_plan;
        group.off_phone.clone_from(&from.off_phone);
        (group.heads, group.contract_hours) = (from.heads, from.contract_hours);
        group.dated_heads.clone_from(&from.dated_heads);
    }
    for (group, from) in mixed.groups.iter_mut().zip(&source(Part::Absence).groups) {
        group.unplanned_absence.clone_from(&from.unplanned_absence);
        group.shrinkage.clone_from(&from.shrinkage);
    }
    mixed
}

fn volume(to: &mut Scenario, from: &Scenario) {
    to.day_variation = from.day_variation;
    to.uncertainty.volume = from.uncertainty.volume;
    for (class, from) in to.classes.iter_mut().zip(&from.classes) {
        class.fresh_rate.clone_from(&from.fresh_rate);
        class.arrivals = from.arrivals.clone();
        class.is_endless = from.is_endless;
        (class.interval_variation, class.day_variation) = (from.interval_variation, from.day_variation);
    }
}

fn handle_time(to: &mut Scenario, from: &Scenario) {
    to.uncertainty.talk_time = from.uncertainty.talk_time;
    for (class, from) in to.classes.iter_mut().zip(&from.classes) {
        class.talk_time = from.talk_time.clone();
        class.after_call_work = from.after_call_work.clone();
        class.answer_delay = from.answer_delay;
    }
    for (group, from) in to.groups.iter_mut().zip(&from.groups) {
        group.dated_talk.clone_from(&from.dated_talk);
        group.dated_skills.clone_from(&from.dated_skills);
        group.pressure.clone_from(&from.pressure);
        for skill in &mut group.skills {
            if let Some(own) = skill_of(from, skill) {
                skill.talk = own.talk.clone();
            }
        }
    }
}

fn patience(to: &mut Scenario, from: &Scenario) {
    to.uncertainty.patience = from.uncertainty.patience;
    for (class, from) in to.classes.iter_mut().zip(&from.classes) {
        class.patience.clone_from(&from.patience);
        class.balking = from.balking;
        class.balking_by_load.clone_from(&from.balking_by_load);
    }
}

fn returns(to: &mut Scenario, from: &Scenario) {
    to.contacts_per_case = from.contacts_per_case;
    for (class, from) in to.classes.iter_mut().zip(&from.classes) {
        class.resolution = from.resolution;
        class.dated = from.dated.clone();
        class.redial_after_abandon = from.redial_after_abandon.clone();
        class.redial_after_busy = from.redial_after_busy.clone();
        class.redial_after_closed = from.redial_after_closed.clone();
        class.redial_keeps = from.redial_keeps;
        class.repeat = from.repeat.clone();
    }
    for (group, from) in to.groups.iter_mut().zip(&from.groups) {
        for skill in &mut group.skills {
            if let Some(own) = skill_of(from, skill) {
                skill.resolution = own.resolution;
            }
        }
    }
}

fn routing(to: &mut Scenario, from: &Scenario) {
    for (class, from) in to.classes.iter_mut().zip(&from.classes) {
        class.branches.clone_from(&from.branches);
        (class.order, class.score) = (from.order, from.score);
    }
    for (group, from) in to.groups.iter_mut().zip(&from.groups) {
        group.takes.clone_from(&from.takes);
        group.next = from.next;
        group.callback_idle_reserve = from.callback_idle_reserve;
        group.skills.clone_from(&from.skills);
    }
}

fn skill_of<'g>(group: &'g Group, like: &Skill) -> Option<&'g Skill> {
    group.skills.iter().find(|skill| skill.class == like.class)
}
