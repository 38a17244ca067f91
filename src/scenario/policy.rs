//! The transfer limit, pressure, targets: rules for all groups and what is wanted of the centre.
//!
//! Invariant: every rule has what it needs; every target's service level is listed by the classes it is judged in.

use super::callback;
use super::checked::{
    AhtTarget, Applied, AtLimit, Class, CurveShape, Fatigue, Goal, LoadCurve, LoadSignal,
    MOST_SERVICE_LEVELS, Period, Pressure, ServiceLevel, TalkCap, Target, TransferLimit,
};
use super::diagnostic::{Diagnostic, list};
use super::read::{self, Build};
use super::service_level::{base, short};
use super::shape::path_join;
use super::tree::Node;
use crate::units::{ClassId, Span};

const NO_LIMIT: TransferLimit = TransferLimit { per_contact: None, per_case: None, at_limit: AtLimit::Drop };

/// `policy.transfer_limit`.
pub(super) fn transfer_limit(build: &mut Build, has_transfers: bool) -> TransferLimit {
    let path = "policy.transfer_limit";
    let Some(node) = build.root.get("policy").and_then(|policy| policy.get("transfer_limit")) else {
        if has_transfers {
            build.default(path, "none", "a contact may be transferred without limit");
        }
        return NO_LIMIT;
    };
    if read::is_none(Some(node)) {
        return NO_LIMIT;
    }
    if let (Some(rule), None, None) = (node.get("at_limit"), node.get("per_contact"), node.get("per_case")) {
        build.report(
            Diagnostic::warning(format!("`{path}.at_limit` is a rule without a limit"))
                .at(rule.origin)
                .hint("add `per_contact = 1` or `per_case = 2`"),
        );
    }
    let at_limit = match node.get("at_limit") {
        Some(rule) => at_limit(build, rule),
        None => {
            build.default(format!("{path}.at_limit"), "keep", "the agent keeps the contact");
            keep(build, None)
        }
    };
    for (key, note) in [
        ("per_contact", "a contact may be transferred without limit"),
        ("per_case", "the contacts of a case may be transferred without limit together"),
    ] {
        if node.get(key).is_none() {
            build.default(format!("{path}.{key}"), "unlimited", note);
        }
    }
    TransferLimit {
        per_contact: read::count(node.get("per_contact")),
        per_case: read::count(node.get("per_case")),
        at_limit,
    }
}

fn keep(build: &mut Build, node: Option<&Node>) -> AtLimit {
    let path = "policy.transfer_limit.at_limit.keep";
    let extra_talk = read::not_negative(node.and_then(|node| node.get("extra_talk"))).unwrap_or_else(|| {
        build.default(
            format!("{path}.extra_talk"),
            "0.3",
            "the agent talks on for this share of the talk drawn",
        );
        0.3
    });
    let resolution = read::share(node.and_then(|node| node.get("resolution"))).unwrap_or_else(|| {
        build.default(format!("{path}.resolution"), "0.6", "probability that a kept contact is solved");
        0.6
    });
    AtLimit::Keep { extra_talk, resolution }
}

fn at_limit(build: &mut Build, rule: &Node) -> AtLimit {
    let path = "policy.transfer_limit.at_limit";
    if let Some(node) = rule.get("callback") {
        return AtLimit::Callback(callback::rule(build, node, &format!("{path}.callback")));
    }
    if let Some(node) = rule.get("escalate") {
        let class = build.needed_class(node.get("to"), &format!("{path}.escalate.to"));
        return AtLimit::Escalate { class: class.unwrap_or(ClassId(0)) };
    }
    if rule.get("drop").is_some() { AtLimit::Drop } else { keep(build, rule.get("keep")) }
}

/// The pressure on each group, by position.
pub(super) fn pressure(build: &mut Build) -> Vec<Option<Pressure>> {
    let common = build.root.get("policy").and_then(|policy| policy.get("pressure"));
    let common = common.filter(|node| !read::is_none(Some(node)));
    let common = common.map(|node| one_pressure(build, node, "policy.pressure"));
    let names = build.names;
    names
        .groups
        .iter()
        .map(|name| {
            let own = build.root.get("group").and_then(|groups| groups.get(name)?.get("pressure"));
            match own {
                None => common.clone(),
                Some(node) if read::is_none(Some(node)) || read::is_off(node.get("enabled")) => None,
                Some(node) => {
                    Some(one_pressure(build, node, &path_join(&path_join("group", name), "pressure")))
                }
            }
        })
        .collect()
}

fn one_pressure(build: &mut Build, node: &Node, path: &str) -> Pressure {
    let load = load_curve(build, node, path);
    let target = aht_target(build, node, path);
    let cap = node.get("cap").and_then(|cap| {
        Some(TalkCap { at: read::span(cap.get("at"))?, probability: read::share(cap.get("probability"))? })
    });
    let elasticity = read::not_negative(node.get("elasticity")).unwrap_or_else(|| {
        build.default(path_join(path, "elasticity"), "0.3", "resolution falls as (handled / drawn)^0.3");
        0.3
    });
    let bounds = read::numbers(node.get("speed_bounds"));
    let speed_bounds = match bounds.as_deref() {
        Some([low, high]) => {
            if !(*low > 0.0 && *low <= 1.0 && *high >= 1.0) {
                build.report(
                    Diagnostic::error(format!("`{path}.speed_bounds` leaves no room"))
                        .at(read::place(node.get("speed_bounds"), node.origin))
                        .found(format!("{low} to {high}"))
                        .allowed("the lower above 0 and at most 1, the higher at least 1"),
                );
            }
            (*low, *high)
        }
        _ => {
            build.default(path_join(path, "speed_bounds"), "0.5 to 2", "target and load together");
            (0.5, 2.0)
        }
    };
    let fatigue = fatigue(build, node, path);
    let applied = applied(build, node, path);
    Pressure { target, load, cap, elasticity, fatigue, speed_bounds, applied }
}

fn applied(build: &mut Build, node: &Node, path: &str) -> Applied {
    let Some(key) = node.get("applied").filter(|key| key.text() == Some("continuously")) else {
        return Applied::AtStart;
    };
    if node.get("speed").is_none() && node.get("signal").is_none() {
        build.report(
            Diagnostic::warning(format!("`{path}.applied` changes nothing"))
                .at(key.origin)
                .found("no `signal` and no `speed`: nothing changes while talk lasts")
                .hint("target, cap and fatigue are read at the start of handling"),
        );
    }
    Applied::Continuously
}

fn fatigue(build: &mut Build, node: &Node, path: &str) -> Option<Fatigue> {
    let node = node.get("fatigue")?;
    let relief = read::span(node.get("relief")).unwrap_or_else(|| {
        build.default(
            path_join(path, "fatigue.relief"),
            "8h",
            "where agents are only counted, a fresh one comes after that",
        );
        Span::HOUR * 8
    });
    Some(Fatigue {
        above: read::share(node.get("above"))?,
        per_hour: read::not_negative(node.get("per_hour"))?,
        relief: Some(relief),
    })
}

fn aht_target(build: &mut Build, node: &Node, path: &str) -> Option<AhtTarget> {
    let (common, by_class) = (node.get("aht_target"), node.get("aht_targets"));
    if common.is_none() && by_class.is_none() {
        if let Some(compliance) = node.get("compliance") {
            build.report(
                Diagnostic::error(format!("`{path}.compliance` has no target to comply with"))
                    .at(compliance.origin)
                    .hint("add `aht_target = \"3m\"`"),
            );
        }
        return None;
    }
    let names = build.names;
    let own = |name: &String| read::span(by_class.and_then(|table| table.get(name)));
    let aht = names.classes.iter().map(|name| own(name).or_else(|| read::span(common))).collect();
    let compliance = read::share(node.get("compliance")).unwrap_or_else(|| {
        build.default(path_join(path, "compliance"), "1", "the mean handle time becomes the target");
        1.0
    });
    Some(AhtTarget { aht, compliance })
}

fn load_curve(build: &mut Build, node: &Node, path: &str) -> Option<LoadCurve> {
    let (signal, speed) = match (node.get("signal"), node.get("speed")) {
        (None, None) => return None,
        (Some(signal), Some(speed)) => (signal, speed),
        (signal, speed) => {
            let missing = if signal.is_none() { "signal" } else { "speed" };
            build.report(
                Diagnostic::error(format!("`{path}` needs `{missing}`"))
                    .at(read::place(signal.or(speed), node.origin))
                    .hint("`signal` says what agents react to, `speed` how"),
            );
            return None;
        }
    };
    let signal = match signal.text()? {
        "waiting" => LoadSignal::Waiting,
        "occupancy" => LoadSignal::Occupancy,
        _ => LoadSignal::WaitingPerAgent,
    };
    let (shape, curve) = match (speed.get("linear"), speed.get("steps")) {
        (Some(curve), _) => (CurveShape::Linear, curve),
        (None, curve) => (CurveShape::Steps, curve?),
    };
    let pairs: Option<Vec<Vec<f64>>> = curve.list()?.iter().map(|point| read::numbers(Some(point))).collect();
    let points: Vec<(f64, f64)> =
        pairs?.iter().filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect();
    for (i, point) in points.iter().enumerate() {
        let origin = curve.list().map_or(curve.origin, |items| items[i].origin);
        if point.1 <= 0.0 {
            build.report(
                Diagnostic::error(format!("a speed of `{path}.speed` is not above 0"))
                    .at(origin)
                    .found(point.1.to_string())
                    .allowed("speeds above 0; 1 is as without pressure"),
            );
        }
        if i > 0 && point.0 <= points[i - 1].0 {
            build.report(
                Diagnostic::error(format!("the points of `{path}.speed` do not rise"))
                    .at(origin)
                    .found(format!("{} after {}", point.0, points[i - 1].0))
                    .allowed("each signal above the one before"),
            );
        }
    }
    Some(LoadCurve { signal, shape, points })
}

/// All targets; appends to the classes the service levels that they do not list.
pub(super) fn targets(build: &mut Build, classes: &mut [Class]) -> Vec<Target> {
    let mut targets = Vec::new();
    if let Some(node) = build.root.get("target") {
        table_of_targets(build, node, "target", None, classes, &mut targets);
    }
    let names = build.names;
    for (i, name) in names.classes.iter().enumerate() {
        let node = build.root.get("class").and_then(|all| all.get(name)?.get("target"));
        if let Some(node) = node {
            let path = path_join(&path_join("class", name), "target");
            table_of_targets(build, node, &path, Some(ClassId::from_index(i)), classes, &mut targets);
        }
    }
    targets
}

fn table_of_targets(
    build: &mut Build,
    node: &Node,
    path: &str,
    class: Option<ClassId>,
    classes: &mut [Class],
    targets: &mut Vec<Target>,
) {
    let entries = node.table().map_or(&[][..], |table| &table.entries);
    if entries.is_empty() {
        build.report(
            Diagnostic::warning(format!("`{path}` wants nothing"))
                .at(node.origin)
                .hint("write `service_level`, `abandonment`, `occupancy` or `asa`, or leave the table out"),
        );
    }
    for entry in entries.iter().filter(|entry| !read::is_none(Some(&entry.node))) {
        let wanted = &entry.node;
        let goal = match entry.key.as_str() {
            "service_level" => read::share(wanted.get("at_least")).map(|at_least| {
                if wanted.get("within").is_none() {
                    build.default(
                        format!("{path}.service_level.within"),
                        "the first",
                        "the wait of the class's first service level",
                    );
                }
                Goal::ServiceLevel { at_least, level: levels(build, wanted, class, classes, at_least) }
            }),
            "abandonment" => read::share(wanted.get("at_most")).map(|at_most| Goal::Abandonment { at_most }),
            "occupancy" => read::share(wanted.get("at_most")).map(|at_most| Goal::Occupancy { at_most }),
            "asa" => read::span(wanted.get("at_most")).map(|at_most| Goal::Asa { at_most }),
            _ => None,
        };
        if let (Goal::Occupancy { .. }, Some(_)) =
            (goal.as_ref().unwrap_or(&Goal::Asa { at_most: Span::ZERO }), class)
        {
            build.report(
                Diagnostic::error(format!("`{path}.occupancy` cannot be a target of a class"))
                    .at(entry.key_origin)
                    .hint("occupancy belongs to groups: write it under `[target]`"),
            );
        }
        let per = match wanted.get("per").and_then(Node::text) {
            Some("interval") => Period::Interval,
            Some("week") => Period::Week,
            Some("month") => Period::Month,
            Some("year") => Period::Year,
            Some(_) => Period::Day,
            None => {
                build.default(format!("{path}.{}.per", entry.key), "day", "the period in which it is judged");
                Period::Day
            }
        };
        if let Some(goal) = goal {
            targets.push(Target { class, goal, per });
        }
    }
}

/// The position of the wanted level among those of each class, appended where it is missing.
fn levels(
    build: &mut Build,
    wanted: &Node,
    class: Option<ClassId>,
    classes: &mut [Class],
    share: f64,
) -> Vec<usize> {
    let mut full: Vec<String> = Vec::new();
    let positions = classes
        .iter_mut()
        .enumerate()
        .map(|(i, of)| {
            if class.is_some_and(|class| class.index() != i) {
                return 0;
            }
            let within = read::span(wanted.get("within")).unwrap_or(of.service_levels[0].within);
            let is_same = |level: &ServiceLevel| {
                level.within == within
                    && wanted.get("of").is_none_or(|node| base(Some(node)) == level.of)
                    && wanted.get("short").is_none_or(|node| short(Some(node)) == level.short)
            };
            if let Some(position) = of.service_levels.iter().position(is_same) {
                return position;
            }
            if of.service_levels.len() >= MOST_SERVICE_LEVELS {
                full.push(of.name.clone());
            }
            of.service_levels.push(ServiceLevel {
                share,
                within,
                of: base(wanted.get("of")),
                short: short(wanted.get("short")),
            });
            of.service_levels.len() - 1
        })
        .collect();
    if !full.is_empty() {
        build.report(
            Diagnostic::error(format!(
                "the target makes more service levels of {} than results show",
                list(full.iter().map(String::as_str))
            ))
            .at(wanted.origin)
            .found(format!("one more than {MOST_SERVICE_LEVELS}"))
            .allowed(format!("at most {MOST_SERVICE_LEVELS} a class, those of targets included"))
            .hint("set a target on a level that the class has, or leave one of its `service_levels` out"),
        );
    }
    positions
}
