//! Groups: from their tables to the checked types, without pressure and absence.
//!
//! Invariant: where a value was refused a harmless one stands in, and the scenario is not let out.

use super::almanac::Almanac;
use super::calendar::Calendar;
use super::callback;
use super::checked::{AfterPlan, Class, Group, NextClass, Roster, Skill};
use super::diagnostic::Diagnostic;
use super::levers;
use super::off_phone;
use super::plan;
use super::read::{self, Build, things};
use super::region::State;
use super::shape::path_join;
use super::shifts::{self, Local};
use super::shrinkage;
use super::skill::skills;
use super::surcharge;
use super::tree::{Node, show_number};
use crate::units::ClassId;

/// Paid hours a week of a full-time head.
const FULL_TIME_HOURS: f64 = 38.5;

/// All groups, without pressure.
pub(super) fn groups(
    build: &mut Build,
    calendar: &Calendar,
    almanac: Option<&Almanac>,
    classes: &[Class],
) -> Vec<Group> {
    let root = build.root;
    let scale = root.get("scale");
    let talk = scale.and_then(|scale| read::positive(scale.get("talk_time"))).unwrap_or(1.0);
    things(root, "group")
        .map(|(path, name, node)| {
            let site = node.get("site").and_then(Node::text);
            let staffing = levers::staffing(root, site);
            let region = site.and_then(|site| root.get("site")?.get(site)?.get("region")?.text());
            let days = almanac.map(|almanac| calendar.days_in(almanac, region.and_then(State::named)));
            let days = days.unwrap_or_default();
            let region = region.and_then(State::named);
            let local = almanac.map(|almanac| Local { calendar, almanac, region, days: &days });
            let roster = local.and_then(|local| shifts::roster(build, node, &path, local, staffing));
            let off_phone =
                local.map(|local| off_phone::off_phone(build, node, &path, local, roster.as_ref()));
            let plan = almanac.and_then(|almanac| match &roster {
                Some(roster) => Some(roster.plan(almanac)),
                None => plan::plan(build, node, &path, almanac, &days),
            });
            let mut plan = plan.unwrap_or_default();
            let shrinkage = shrinkage::shrinkage(build, node, &path, calendar.is_dated);
            if node.get("staffing").is_some_and(|staffing| staffing.get("rostered").is_some()) {
                match &shrinkage {
                    Some(shrinkage) => plan.iter_mut().for_each(|agents| *agents *= shrinkage.adherence),
                    None => {
                        build.default(path_join(&path, "shrinkage"), "none", "who is rostered is logged in");
                    }
                }
            }
            let takes = takes(build, node.get("takes"), &path_join(&path, "takes"));
            let calls_back = callback::is_kept_by(root, name);
            let skills = skills(build, node, &path, (&takes, calls_back), classes, almanac, talk);
            warn_of_reserves(build, node, &skills, &plan, classes);
            let callback_idle_reserve = callback_reserve(build, node, name, &plan);
            let site_cost = site.and_then(|site| root.get("site")?.get(site)?.get("cost_per_paid_hour"));
            if roster.is_none() {
                plan.iter_mut().for_each(|agents| *agents *= staffing);
            }
            let after_plan = leaving(build, node, &path, &roster, &plan);
            let heads = read::not_negative(node.get("heads"));
            match node.get("contract_hours") {
                None if heads.is_some() => {
                    build.default(
                        path_join(&path, "contract_hours"),
                        "38.5",
                        "paid hours a week of one head",
                    );
                }
                Some(hours) if node.get("heads").is_none() => build.report(
                    Diagnostic::warning(format!("`{}` has no heads", path_join(&path, "contract_hours")))
                        .at(hours.origin)
                        .hint("without `heads` the hours logged in are paid; write how many are employed"),
                ),
                _ => {}
            }
            let cost =
                read::not_negative(node.get("cost_per_paid_hour")).or_else(|| read::not_negative(site_cost));
            let is_partner =
                site.is_some_and(|site| root.get("contract").is_some_and(|all| all.get(site).is_some()));
            if cost.is_none() && !is_partner {
                build.default(path_join(&path, "cost_per_paid_hour"), "0", "its agents cost nothing");
            }
            if node.get("heads").is_none() {
                let note = match &shrinkage {
                    Some(_) => "paid hours are the hours logged in, and what shrinkage takes before them",
                    None if roster.is_some() => "paid hours are the hours logged in, and breaks of shifts",
                    None => "paid hours are the hours logged in",
                };
                build.default(path_join(&path, "heads"), "none", note);
            }
            if node.get("pressure").is_none() && root.get("policy").and_then(|p| p.get("pressure")).is_none()
            {
                build.default(
                    path_join(&path, "pressure"),
                    "none",
                    "agents are as quick under load as without",
                );
            }
            Group {
                name: name.to_owned(),
                site: site.and_then(|site| build.site(site)),
                plan,
                roster,
                after_plan,
                off_phone: off_phone.unwrap_or_default(),
                takes,
                next: match node.get("next").and_then(Node::text) {
                    Some("shortest_expected") => NextClass::ShortestExpected,
                    _ => NextClass::Score,
                },
                skills,
                callback_idle_reserve,
                pressure: None,
                unplanned_absence: None,
                dated_talk: Vec::new(),
                dated_skills: Vec::new(),
                dated_heads: Vec::new(),
                heads: heads.map(|heads| heads * staffing),
                contract_hours: read::not_negative(node.get("contract_hours")).unwrap_or(FULL_TIME_HOURS),
                shrinkage,
                surcharge: surcharge::surcharge(build, (node, &path), site, cost, almanac, &days),
                cost_per_paid_hour: cost.unwrap_or(0.0),
            }
        })
        .collect()
}

/// Notes who leaves when the plan falls; what agents do when it falls to nobody.
fn leaving(build: &mut Build, group: &Node, path: &str, roster: &Option<Roster>, plan: &[f64]) -> AfterPlan {
    match (group.get("leaving"), roster) {
        (None, Some(_)) => build.default(
            path_join(path, "leaving"),
            "whose_shift_ends",
            "whose shift ends finishes the running contact and leaves",
        ),
        (None, None) => build.default(
            path_join(path, "leaving"),
            "next_to_finish",
            "when the plan falls, whoever finishes next leaves",
        ),
        (Some(word), None) if word.text() == Some("whose_shift_ends") => build.report(
            Diagnostic::error(format!("`{}` needs persons with shifts", path_join(path, "leaving")))
                .at(word.origin)
                .allowed("`next_to_finish` for agents that are only counted")
                .hint("write the staffing as `staffing.shifts`"),
        ),
        (Some(_), _) => {}
    }
    let falls_to_nobody = plan.windows(2).any(|pair| pair[0] > 0.0 && pair[1] <= 0.0);
    match group.get("after_plan").and_then(Node::text) {
        Some("stay_until_empty") => AfterPlan::StayUntilEmpty,
        Some(_) => AfterPlan::Leave,
        None => {
            if falls_to_nobody {
                build.default(
                    path_join(path, "after_plan"),
                    "leave",
                    "at the end of the plan nobody stays for those who wait",
                );
            }
            AfterPlan::Leave
        }
    }
}

/// Warns of a reserve that the group's plan never exceeds.
fn warn_of_reserves(build: &mut Build, group: &Node, skills: &[Skill], plan: &[f64], classes: &[Class]) {
    let most = plan.iter().copied().fold(0.0, f64::max);
    for skill in skills.iter().filter(|skill| most > 0.0 && f64::from(skill.idle_reserve) >= most) {
        let name = &classes[skill.class.index()].name;
        let node = group.get("skill").and_then(|skills| skills.get(name)?.get("idle_reserve"));
        build.report(
            Diagnostic::warning(format!("the group never begins a call of `{name}`"))
                .at(read::place(node, group.origin))
                .found(format!(
                    "a reserve of {} and at most {} agents",
                    skill.idle_reserve,
                    show_number(most)
                ))
                .hint("a call is begun only while more agents than the reserve are idle"),
        );
    }
}

/// Agents whom callbacks leave idle; warns where that is all of them, or where the group makes none.
fn callback_reserve(build: &mut Build, group: &Node, name: &str, plan: &[f64]) -> u32 {
    let Some(node) = group.get("callback_idle_reserve") else { return 0 };
    let reserve = read::count(Some(node)).unwrap_or(0);
    let most = plan.iter().copied().fold(0.0, f64::max);
    let warning = if !callback::is_kept_by(build.root, name) {
        Diagnostic::warning(format!("`group.{name}.callback_idle_reserve` changes nothing"))
            .found("no callback that names the group")
            .hint("of calls, an `idle_reserve` of the skill is kept free")
    } else if most > 0.0 && f64::from(reserve) >= most {
        Diagnostic::warning("the group never begins a callback".to_owned())
            .found(format!("a reserve of {reserve} and at most {} agents", show_number(most)))
            .hint("a callback is begun only while more agents than the reserve are idle")
    } else {
        return reserve;
    };
    build.report(warning.at(node.origin));
    reserve
}

fn takes(build: &mut Build, node: Option<&Node>, path: &str) -> Vec<Vec<ClassId>> {
    let mut seen: Vec<ClassId> = Vec::new();
    let mut tiers = Vec::new();
    for tier in node.and_then(Node::list).unwrap_or_default() {
        let mut classes = Vec::new();
        for item in tier.list().unwrap_or_default() {
            let Some(class) = item.text().and_then(|name| build.class(name)) else { continue };
            if seen.contains(&class) {
                build.report(
                    Diagnostic::error(format!("`{path}` names {} twice", item.show()))
                        .at(item.origin)
                        .allowed("each class in one tier")
                        .hint("keep the tier in which the group is to look for it first"),
                );
                continue;
            }
            seen.push(class);
            classes.push(class);
        }
        if !classes.is_empty() {
            tiers.push(classes);
        }
    }
    tiers
}
