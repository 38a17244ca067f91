//! Skills: how a group handles the classes that it takes, and those it only calls back.
//!
//! Invariant: each class that the group takes has a skill.

use super::almanac::Almanac;
use super::checked::{Class, Skill, SkillTalk};
use super::class::talk_law;
use super::diagnostic::Diagnostic;
use super::read::{self, Build};
use super::shape::path_join;
use super::tree::Node;
use crate::units::ClassId;

pub(super) fn skills(
    build: &mut Build,
    group: &Node,
    path: &str,
    (takes, calls_back): (&[Vec<ClassId>], bool),
    classes: &[Class],
    almanac: Option<&Almanac>,
    talk_scale: f64,
) -> Vec<Skill> {
    let path = path_join(path, "skill");
    let written = group.get("skill");
    let mut served: Vec<ClassId> = takes.iter().flatten().copied().collect();
    for entry in written.and_then(Node::table).map_or(&[][..], |table| &table.entries) {
        let Some(class) = build.class(&entry.key) else { continue };
        if calls_back && !served.contains(&class) {
            served.push(class);
        }
        if !served.contains(&class) {
            build.report(
                Diagnostic::error(format!(
                    "`{}` is a skill that is never used",
                    path_join(&path, &entry.key)
                ))
                .at(entry.key_origin)
                .hint(format!("add \"{}\" to `takes`, or leave the skill out", entry.key)),
            );
        }
    }
    let is_left_out = |keys: &[&str]| {
        served.iter().filter_map(|class| classes.get(class.index())).any(|class| {
            let skill = written.and_then(|skill| skill.get(&class.name));
            keys.iter().all(|key| skill.is_none_or(|skill| skill.get(key).is_none()))
        })
    };
    if is_left_out(&["talk_time_factor", "talk_time"]) {
        build.default(path_join(&path, "talk_time_factor"), "1", "talk takes what the class says");
    }
    if is_left_out(&["resolution"]) {
        build.default(path_join(&path, "resolution"), "the class's", "agents solve what the class says");
    }
    served
        .iter()
        .filter_map(|class| {
            let of = classes.get(class.index())?;
            let skill = written.and_then(|skill| skill.get(&of.name));
            let path = path_join(&path, &of.name);
            let own = skill.and_then(|skill| skill.get("talk_time"));
            let factor = skill.and_then(|skill| read::positive(skill.get("talk_time_factor"))).unwrap_or(1.0);
            let talk = match own {
                Some(_) => {
                    SkillTalk::Own(talk_law(build, own, &path_join(&path, "talk_time"), almanac, talk_scale))
                }
                None => SkillTalk::Factor(factor),
            };
            let resolution = skill.and_then(|skill| read::share(skill.get("resolution")));
            let idle_reserve = skill.and_then(|skill| read::count(skill.get("idle_reserve"))).unwrap_or(0);
            Some(Skill { class: *class, talk, resolution: resolution.unwrap_or(of.resolution), idle_reserve })
        })
        .collect()
}
