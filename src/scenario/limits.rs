//! What only the whole scenario can tell: expected figures, cases and transfers without end, runs too large, nothing to do.
//!
//! Invariant: what is not found below a limit is above it, so that not-a-number is refused too.

use super::almanac::{Almanac, Interval};
use super::backlog;
use super::checked::{AtLimit, Class, Group, Law, SkillTalk};
use super::diagnostic::{Diagnostic, list};
use super::expectation::{Expected, Flow};
use super::parts::Parts;
use super::read::{self, Build};
use super::source::Origin;
use super::tree::Entry;
use super::volume;
use crate::random::Dist;
use crate::units::{ClassId, Span};

/// As many contacts a case, or visits a contact, are a loop and no customer.
const ENDLESS: f64 = 50.0;
/// More expected contacts than this take hours and more memory than a computer has.
const MOST_CONTACTS: f64 = 1e9;
/// Nor do more fit into an hour: those who wait are all in memory.
const MOST_IN_AN_HOUR: f64 = 1e7;
/// More hours of agents, or of handling, are more microseconds than a sum can hold.
const MOST_HOURS: f64 = 1e9;
/// And so are more euro of their millionths.
const MOST_EUR: f64 = 1e12;
/// More agents in one group than this are refused.
const MOST_AGENTS: f64 = 1e6;

/// Expected figures of the counted part.
pub(super) fn expected(parts: &Parts, flow: &Flow, abandonment: Vec<f64>, almanac: &Almanac) -> Expected {
    let fresh: Vec<f64> =
        parts.classes.iter().map(|class| volume::expected(&class.fresh_rate, almanac)).collect();
    let hours = |plan: &[f64]| volume::expected(plan, almanac) / 3600.0;
    let let_in = let_in(&parts.classes, &fresh, almanac);
    let answered = flow.entered_by(&let_in).into_iter().zip(&abandonment).map(|(n, left)| n * (1.0 - left));
    let handling = parts.classes.iter().map(|class| class.talk_time.mean() + class.after_call_work.mean());
    Expected {
        work_hours: answered.zip(handling).map(|(n, seconds)| n * seconds / 3600.0).collect(),
        offered: flow.offered_by(&let_in),
        staffed_hours: parts.groups.iter().map(|group| hours(&group.plan)).collect(),
        fresh,
        abandonment,
    }
}

/// Fresh contacts by class without those who find it closed and are refused, and with those of these who call again: they are
/// taken to find it open then.
fn let_in(classes: &[Class], fresh: &[f64], almanac: &Almanac) -> Vec<f64> {
    let mut let_in = fresh.to_vec();
    for (c, class) in classes.iter().enumerate() {
        let rates = class.fresh_rate.iter().enumerate();
        let refused: Vec<f64> = rates.map(|(i, rate)| if class.lets_in(i) { 0.0 } else { *rate }).collect();
        let refused = volume::expected(&refused, almanac);
        let again = &class.redial_after_closed;
        let_in[c] -= refused;
        let_in[again.class.map_or(c, ClassId::index)] += refused * again.first;
    }
    let_in
}

/// Reports transfers and cases that go on and on.
pub(super) fn check_loops(build: &mut Build, parts: &Parts, flow: &Flow, abandonment: &[f64]) {
    let at = beginning(build);
    let class_at =
        |build: &Build, name: &str| build.named("class", name).map_or(at, |entry| entry.key_origin);
    if !is_below(flow.visits_per_contact, ENDLESS) {
        let first = parts.classes.iter().find(|class| !class.transfers.is_empty());
        let at = first.map_or(at, |class| class_at(build, &class.name));
        let found = if flow.visits_per_contact.is_finite() {
            format!("{:.0} expected visits a contact", flow.visits_per_contact)
        } else {
            "transfers that never end".to_owned()
        };
        build.report(
            Diagnostic::error("contacts are transferred round and round")
                .at(at)
                .found(found)
                .allowed(format!("fewer than {ENDLESS} expected visits a contact"))
                .hint("lower the transfer probabilities, or set `policy.transfer_limit`"),
        );
    }
    // Nobody abandons, everybody does, and as usual: the worst counts.
    let n = parts.classes.len();
    let rules = parts.rules();
    let cases =
        [abandonment, &vec![0.0; n], &vec![1.0; n]].map(|abandonment| rules.flow(abandonment).offered);
    for (i, class) in parts.classes.iter().enumerate() {
        // `max` would lose what is not a number.
        let contacts = cases.iter().map(|offered| offered[i].iter().sum::<f64>());
        let worst =
            contacts.fold(0.0, |worst: f64, contacts| if contacts <= worst { worst } else { contacts });
        if !is_below(worst, ENDLESS) {
            let at = class_at(build, &class.name);
            build.report(
                Diagnostic::error(format!("a case of `{}` goes on and on", class.name))
                    .at(at)
                    .found(format!("up to {worst:.0} expected contacts a case"))
                    .allowed(format!("fewer than {ENDLESS}"))
                    .hint("lower the redial and repeat probabilities, or `case.contacts`"),
            );
        }
    }
}

/// To the last unit where a limit could be hidden by rounding.
fn large(number: f64) -> String {
    if number < 1e11 { format!("{number:.0}") } else { format!("{number:.3e}") }
}

/// Not-a-number is below nothing.
fn is_below(value: f64, limit: f64) -> bool {
    value < limit
}

/// The beginning of the file, for what stands nowhere.
fn beginning(build: &Build) -> Origin {
    Origin { start: 0, end: 0, ..build.root.origin }
}

/// Reports what is too large to run, and what is empty.
pub(super) fn check_sizes(
    build: &mut Build,
    parts: &Parts,
    flow: &Flow,
    almanac: &Almanac,
    expected: &Expected,
) {
    let at = beginning(build);
    let horizon = read::place(build.root.get("horizon"), at);
    let endless = backlog::most_contacts(&parts.classes, &parts.groups, &expected.staffed_hours);
    let offered = expected.offered.iter().sum::<f64>() + endless;
    if !is_below(offered, MOST_CONTACTS.next_up()) {
        build.report(
            Diagnostic::error("more contacts than can be simulated")
                .at(horizon)
                .found(format!("{} expected contacts", large(offered)))
                .allowed("at most 1e9 in a run")
                .hint("is a volume per year written as one per hour"),
        );
    } else {
        check_rates(build, parts);
    }
    check_logins(build, parts, almanac, expected);
    for group in &parts.groups {
        let most = group.plan.iter().copied().fold(0.0, f64::max);
        if !is_below(most, MOST_AGENTS.next_up()) {
            let origin = build.named("group", &group.name).map_or(at, |entry| entry.key_origin);
            build.report(
                Diagnostic::error(format!("group `{}` has too many agents", group.name))
                    .at(origin)
                    .found(format!("{most}"))
                    .allowed("at most 1,000,000 at once"),
            );
        }
    }
    // What is too large already has sums too large.
    if !build.reading.has_errors() {
        check_sums(build, parts, flow, almanac, expected);
    }
    if !build.reading.has_errors() {
        check_work(build, parts, expected);
    }
    if almanac.horizon == Span::ZERO {
        build.report(Diagnostic::warning("the horizon is 0: nothing is counted").at(horizon));
    } else if offered <= 0.0 {
        build.report(
            Diagnostic::warning("no contact is expected: all volumes are 0")
                .at(horizon)
                .hint("results then have no value for waits and shares"),
        );
    }
    if almanac.horizon > Span::ZERO && expected.staffed_hours.iter().all(|hours| *hours <= 0.0) {
        let hint = build.start_hint();
        build.report(Diagnostic::warning("nobody is ever logged in: all plans are 0").at(horizon).hint(hint));
    }
}

/// Reports classes whose contacts come too thick.
fn check_rates(build: &mut Build, parts: &Parts) {
    for class in &parts.classes {
        let most = class.fresh_rate.iter().copied().fold(0.0, f64::max) * 3600.0;
        if !is_below(most, MOST_IN_AN_HOUR.next_up()) {
            let at = build.named("class", &class.name).map_or(beginning(build), |entry| entry.key_origin);
            build.report(
                Diagnostic::error(format!("more contacts of `{}` than can be simulated", class.name))
                    .at(at)
                    .found(format!("up to {} fresh contacts an hour", large(most)))
                    .allowed("at most 1e7 an hour")
                    .hint("is a volume per year written as one per hour"),
            );
        }
    }
}

/// Reports what cannot be summed up: hours and euro.
fn check_sums(build: &mut Build, parts: &Parts, flow: &Flow, almanac: &Almanac, expected: &Expected) {
    let at = beginning(build);
    let run = (almanac.horizon + almanac.warm_up).as_hours_f64();
    let entered = |class: usize| {
        expected.fresh.iter().zip(&flow.entered).map(|(fresh, entered)| fresh * entered[class]).sum::<f64>()
    };
    let visits: f64 = (0..parts.classes.len()).map(entered).sum();
    let (extra_talk, promise) = match &parts.limit.at_limit {
        AtLimit::Keep { extra_talk, .. } => (*extra_talk, None),
        AtLimit::Callback(rule) => (0.0, Some(rule)),
        AtLimit::Escalate { .. } | AtLimit::Drop => (0.0, None),
    };
    let promises = parts.classes.iter().flat_map(|class| class.promises()).chain(promise);
    let dialling = promises.map(|rule| rule.dialling.as_secs_f64() * f64::from(rule.attempts));
    let dialling = dialling.fold(0.0, f64::max);
    let mut problems = Vec::new();
    let mut too_many = |what: String, origin: Option<Origin>, found: String, allowed: &str| {
        problems.push(Diagnostic::error(what).at(origin.unwrap_or(at)).found(found).allowed(allowed));
    };
    for (i, class) in parts.classes.iter().enumerate() {
        let skills = parts.groups.iter().flat_map(|group| &group.skills);
        let talks = skills.filter(|skill| skill.class.index() == i).map(|skill| match &skill.talk {
            SkillTalk::Factor(factor) => longest_mean(&class.talk_time) * factor,
            SkillTalk::Own(law) => longest_mean(law),
        });
        let talk = talks.fold(longest_mean(&class.talk_time), f64::max) * (1.0 + extra_talk);
        let asked = class.consults.iter().map(|consult| consult.time.mean()).fold(0.0, f64::max);
        let introduced =
            class.transfers.iter().filter_map(|t| Some(t.warm.as_ref()?.mean())).fold(0.0, f64::max);
        let rings = class.answer_delay.as_secs_f64();
        let longest = rings + talk + asked + introduced + longest_mean(&class.after_call_work) + dialling;
        let hours = entered(i) * longest / 3600.0;
        if !is_below(hours, MOST_HOURS.next_up()) {
            let entry = build.named("class", &class.name);
            let origin = entry.map(|entry| read::place(entry.node.get("talk_time"), entry.key_origin));
            let what = format!("more handling of `{}` than can be summed up", class.name);
            too_many(what, origin, format!("{hours:.3e} hours"), "at most 1e9 hours in a run");
        }
    }
    let (mut hours, mut euro) = (0.0, 0.0);
    for (group, staffed) in parts.groups.iter().zip(&expected.staffed_hours) {
        let paid =
            group.mean_heads().map_or(*staffed, |heads| heads * group.contract_hours / WEEK_HOURS * run);
        let most = staffed.max(paid);
        hours += most;
        let on_top = group.surcharge.as_ref().map_or(0.0, |surcharge| {
            let worked = group.shrinkage.as_ref().map_or(1.0, |shrinkage| 1.0 / shrinkage.of_present());
            surcharge.by_interval.iter().copied().fold(0.0, f64::max) * worked + surcharge.overtime
        });
        euro += (most + staffed * on_top) * group.cost_per_paid_hour;
        if let Some(contract) = group.site.and_then(|site| parts.sites[site.index()].contract.as_ref()) {
            euro += staffed * (contract.per_hour + contract.per_minute * 60.0)
                + visits * (contract.per_call + contract.per_resolved_case);
        }
    }
    if !is_below(hours, MOST_HOURS.next_up()) {
        let what = "more hours of agents than can be summed up".to_owned();
        too_many(what, None, format!("{hours:.3e} hours"), "at most 1e9 in a run, logged in or paid");
    }
    if !is_below(euro, MOST_EUR.next_up()) {
        let what = "more cost than can be summed up".to_owned();
        too_many(what, None, format!("up to {euro:.3e} EUR"), "at most 1e12 EUR in a run");
    }
    problems.into_iter().for_each(|problem| build.report(problem));
}

/// Warns of groups whose plan by time of day has nobody in the run, and of heads too few for their plan.
fn check_logins(build: &mut Build, parts: &Parts, almanac: &Almanac, expected: &Expected) {
    let is_staffed = expected.staffed_hours.iter().any(|hours| *hours > 0.0);
    let horizon = almanac.horizon.as_hours_f64();
    for (group, staffed) in parts.groups.iter().zip(&expected.staffed_hours) {
        let Some(entry) = build.named("group", &group.name) else { continue };
        // Whoever writes `agents = 0` knows it.
        if *staffed <= 0.0 && is_staffed && entry.node.get("agents").is_none() {
            let hint = build.start_hint();
            build.report(
                Diagnostic::warning(format!("group `{}` is never logged in during the run", group.name))
                    .at(entry.key_origin)
                    .found("a plan of 0 at all its days and times")
                    .hint(hint),
            );
        }
        let paid = group.mean_heads().map(|heads| heads * group.contract_hours / WEEK_HOURS * horizon);
        check_shrinkage(build, group, entry, almanac, *staffed);
        // Of a part of a week the contract says little.
        if let Some(paid) = paid.filter(|paid| horizon >= WEEK_HOURS && *paid < *staffed) {
            build.report(
                Diagnostic::warning(format!("group `{}` is paid for less than it is logged in", group.name))
                    .at(read::place(entry.node.get("heads"), entry.key_origin))
                    .found(format!("{paid:.0} h paid, {staffed:.0} h logged in"))
                    .hint(
                        "more `heads` are needed for this plan, or none: then the hours logged in are paid",
                    ),
            );
        }
    }
}

/// Plans follow the seasons and heads are rounded: less than this is not worth a word.
const ROUNDING: f64 = 0.03;

/// Warns where shrinkage leaves less of the paid hours than the plan needs.
fn check_shrinkage(build: &mut Build, group: &Group, entry: &Entry, almanac: &Almanac, staffed: f64) {
    let (Some(shrinkage), Some(heads)) = (&group.shrinkage, group.mean_heads()) else { return };
    let hour = almanac.interval.as_hours_f64() / WEEK_HOURS * group.contract_hours * heads;
    let counted = almanac.intervals.iter().skip(almanac.first_counted());
    let month = |interval: &Interval| almanac.days[interval.day as usize].date.month() as usize - 1;
    let left: f64 = counted.map(|interval| hour * shrinkage.of_paid(month(interval))).sum();
    // Below what is paid it is told otherwise; of a part of a week the contract says little.
    let paid = hour * (almanac.horizon.0 / almanac.interval.0) as f64;
    let is_too_little = left * (1.0 + ROUNDING) < staffed;
    if almanac.horizon.as_hours_f64() >= WEEK_HOURS && is_too_little && staffed <= paid {
        build.report(
            Diagnostic::warning(format!("shrinkage of group `{}` leaves too few hours", group.name))
                .at(read::place(entry.node.get("shrinkage"), entry.key_origin))
                .found(format!("{left:.0} h left of {paid:.0} h paid, {staffed:.0} h planned"))
                .hint("more `heads` are needed for this plan; the plan is simulated as it stands"),
        );
    }
}

/// Warns of classes whose customers never leave and bring more work than their agents can do: the queue only grows.
fn check_work(build: &mut Build, parts: &Parts, expected: &Expected) {
    let planned = |classes: &[usize]| -> f64 {
        let takes = |group: &Group| group.skills.iter().any(|skill| classes.contains(&skill.class.index()));
        let groups = parts.groups.iter().zip(&expected.staffed_hours);
        groups.filter(|(group, _)| takes(group)).map(|(_, hours)| *hours).sum()
    };
    let is_endless = |class: &Class| class.patience.is_none() && class.max_wait.is_none();
    let endless: Vec<usize> = (0..parts.classes.len()).filter(|i| is_endless(&parts.classes[*i])).collect();
    let work = |classes: &[usize]| classes.iter().map(|i| expected.work_hours[*i]).sum::<f64>();
    // Without any agent it is said elsewhere.
    let is_too_much = |classes: &[usize]| planned(classes) > 0.0 && work(classes) > planned(classes);
    let alone = endless.iter().map(std::slice::from_ref).filter(|class| is_too_much(class));
    let mut told: Vec<&[usize]> = alone.collect();
    if told.is_empty() && is_too_much(&endless) {
        told.push(&endless);
    }
    for classes in told {
        let names = || classes.iter().map(|i| parts.classes[*i].name.as_str());
        let at = names().next().and_then(|name| build.named("class", name)).map(|entry| entry.key_origin);
        let (verb, whose) = if classes.len() > 1 { ("bring", "their") } else { ("brings", "its") };
        build.report(
            Diagnostic::warning(format!("{} {verb} more work than {whose} agents can do", list(names())))
                .at(at.unwrap_or(beginning(build)))
                .found(format!(
                    "{:.0} h of work, {:.0} h of agents planned; nobody leaves, for lack of `patience`",
                    work(classes),
                    planned(classes)
                ))
                .hint("the queue grows all along the horizon: write `patience`, or plan more agents"),
        );
    }
}

const WEEK_HOURS: f64 = 168.0;

/// The longest of a law's means over the day and the run.
fn longest_mean(law: &Law) -> f64 {
    match law {
        Law::Always(dist) => dist.mean(),
        Law::ByInterval(dists) => dists.iter().map(Dist::mean).fold(0.0, f64::max),
        Law::Changing(spans) => spans.iter().map(|span| longest_mean(&span.law)).fold(0.0, f64::max),
    }
}
