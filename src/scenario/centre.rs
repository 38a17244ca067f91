//! Classes, groups, sites and lines: from their tables to the checked types.
//!
//! Knows no policy and no target. Invariant: where a value was refused a harmless one stands in, and the scenario is not let out.

use super::almanac::Almanac;
use super::backlog;
use super::calendar::Calendar;
use super::callback;
use super::checked::{
    AfterMaxWait, AfterPlan, ArrivalKind, Class, DatedShares, Group, Law, LinePool, MaxWait, NextClass,
    QueueOrder, Redial, RedialKeeps, Repeat, Roster, Score, ServiceLevel, ServiceLevelBase, Site, Skill,
    SkillTalk, Sourcing,
};
use super::contract;
use super::diagnostic::{Diagnostic, list};
use super::law;
use super::plan;
use super::read::{self, Build};
use super::region::State;
use super::shape::path_join;
use super::shifts::{self, Local};
use super::shrinkage;
use super::surcharge;
use super::transfer;
use super::tree::{Node, show_number};
use crate::random::Dist;
use crate::units::{ClassId, LinePoolId, Span};

/// Paid hours a week of a full-time head.
const FULL_TIME_HOURS: f64 = 38.5;

/// Stands in for a law that was refused.
fn no_time() -> Law {
    Law::Always(Dist::constant(0.0).expect("no time at all is a duration"))
}

/// The things written under `[table.NAME]`.
pub(super) fn things<'a>(root: &'a Node, table: &str) -> impl Iterator<Item = (String, &'a str, &'a Node)> {
    let entries = root.get(table).and_then(Node::table).map_or(&[][..], |table| &table.entries);
    let table = table.to_owned();
    entries.iter().map(move |entry| (path_join(&table, &entry.key), entry.key.as_str(), &entry.node))
}

/// All classes, without rates, routing and lines.
pub(super) fn classes(build: &mut Build, almanac: Option<&Almanac>) -> Vec<Class> {
    let root = build.root;
    let scale = root.get("scale").and_then(|scale| read::positive(scale.get("talk_time"))).unwrap_or(1.0);
    things(root, "class").map(|(path, name, node)| class(build, node, &path, name, almanac, scale)).collect()
}

fn class(
    build: &mut Build,
    node: &Node,
    path: &str,
    name: &str,
    almanac: Option<&Almanac>,
    talk_scale: f64,
) -> Class {
    let at = |key: &str| path_join(path, key);
    let talk_time = talk_law(build, node.get("talk_time"), &at("talk_time"), almanac, talk_scale);
    let after_call_work = match node.get("after_call_work") {
        Some(acw) => law::law(build, Some(acw), &at("after_call_work"), almanac).unwrap_or_else(no_time),
        None => {
            build.default(at("after_call_work"), "0", "agents are free when the talk ends");
            no_time()
        }
    };
    let patience = match node.get("patience") {
        Some(patience) => law::law(build, Some(patience), &at("patience"), almanac),
        None => {
            build.default(at("patience"), "infinite", "nobody gives up waiting");
            None
        }
    };
    let balking = read::share(node.get("balking")).unwrap_or_else(|| {
        build.default(at("balking"), "0", "nobody leaves only because no agent is idle");
        0.0
    });
    let resolution = read::share(node.get("resolution")).unwrap_or_else(|| {
        build.default(at("resolution"), "1", "every answered contact solves its case");
        1.0
    });
    let redial_after_abandon = redial(build, node, path, "after_abandon");
    let redial_after_busy = redial(build, node, path, "after_busy");
    let redial_after_closed = redial(build, node, path, "after_closed");
    if node.get("waiting_places").is_none() {
        build.default(at("waiting_places"), "unlimited", "whoever has a line may wait");
    }
    let interval_variation =
        variation(build, node, path, "interval_variation", "intervals vary by chance only");
    let day_variation = variation(build, node, path, "day_variation", "days vary by chance only");
    Class {
        name: name.to_owned(),
        fresh_rate: Vec::new(),
        is_endless: backlog::is_endless(node),
        dated: DatedShares::default(),
        arrivals: arrivals(build, node, &at("arrivals"), interval_variation.max(day_variation)),
        interval_variation,
        day_variation,
        talk_time,
        after_call_work,
        patience,
        balking,
        resolution,
        redial_after_abandon,
        redial_after_busy,
        redial_after_closed,
        redial_keeps: redial_keeps(build, node, path),
        repeat: repeat(build, node, &at("repeat"), (name, resolution)),
        transfers: transfer::transfers(build, node.get("transfer"), &at("transfer")),
        answer_delay: answer_delay(build, node, path),
        consults: transfer::consults(build, node.get("consult"), &at("consult")),
        service_levels: service_levels(build, node.get("service_levels"), &at("service_levels")),
        order: order(build, node, path),
        score: score(build, node, path),
        branches: Vec::new(),
        line_pool: None,
        waiting_places: read::count(node.get("waiting_places")),
        max_wait: max_wait(build, node, path),
        callback_offer: callback::offer(build, node, path),
        hours: None,
        business_unit: read::text(node.get("business_unit")),
    }
}

fn order(build: &mut Build, class: &Node, path: &str) -> QueueOrder {
    match class.get("order").and_then(Node::text) {
        Some("lifo") => QueueOrder::Lifo,
        Some("random") => QueueOrder::Random,
        Some(_) => QueueOrder::Fifo,
        None => {
            build.default(path_join(path, "order"), "fifo", "in its queue, who came first is first");
            QueueOrder::Fifo
        }
    }
}

fn score(build: &mut Build, class: &Node, path: &str) -> Score {
    let Some(node) = class.get("score") else {
        build.default(
            path_join(path, "score"),
            "{ per_second = 1 }",
            "in a tier of several classes the longest wait is first",
        );
        return Score::default();
    };
    let plain = Score::default();
    let number = |key: &str, default: f64| read::not_negative(node.get(key)).unwrap_or(default);
    let score = Score {
        base: number("base", plain.base),
        per_second: number("per_second", plain.per_second),
        after_transfer: number("after_transfer", plain.after_transfer),
    };
    let unordered = class.get("order").and_then(Node::text).filter(|order| *order != "fifo");
    if let (Some(order), Some(bonus)) = (unordered, node.get("after_transfer"))
        && score.after_transfer > 0.0
    {
        build.report(
            Diagnostic::warning(format!("`{path}.score.after_transfer` puts nobody ahead in its own queue"))
                .at(bonus.origin)
                .found(format!("`order = \"{order}\"`"))
                .hint("it counts against other classes only; with `order = \"fifo\"` it counts in the queue too"),
        );
    }
    score
}

fn talk_law(
    build: &mut Build,
    node: Option<&Node>,
    path: &str,
    almanac: Option<&Almanac>,
    scale: f64,
) -> Law {
    let Some(law) = law::law(build, node, path, almanac) else { return no_time() };
    law::scaled(&law, scale).unwrap_or_else(|| {
        let origin = read::place(node, build.root.origin);
        build.report(
            Diagnostic::error(format!("`{path}` times `scale.talk_time` leaves its range"))
                .at(origin)
                .found(format!("factor {}", show_number(scale)))
                .hint("write a `scale.talk_time` nearer to 1"),
        );
        law
    })
}

/// The class's own variation, else the scenario's, else 0.
fn variation(build: &mut Build, class: &Node, path: &str, key: &str, note: &'static str) -> f64 {
    let Some(variation) = class.get(key).or_else(|| build.root.get(key)) else {
        build.default(path_join(path, key), "none", note);
        return 0.0;
    };
    let cv = read::not_negative(variation.get("cv")).unwrap_or(0.0);
    if (WIDEST_VARIATION..=100.0).contains(&cv) {
        let spans = if key == "day_variation" { "days" } else { "intervals" };
        build.report(
            Diagnostic::warning(format!("`{key}` leaves most {spans} nearly empty"))
                .at(read::place(variation.get("cv"), variation.origin))
                .found(format!("a `cv` of {}", show_number(cv)))
                .hint("a tenth more or less is a `cv` of 0.1; few centres have more than 0.3"),
        );
    }
    cv
}

/// Here and above it more than six in ten gamma factors are below a tenth.
const WIDEST_VARIATION: f64 = 3.0;

/// How contacts follow from the rate; `variation` is that of days and intervals.
fn arrivals(build: &mut Build, class: &Node, path: &str, variation: f64) -> ArrivalKind {
    let Some(node) = class.get("arrivals") else {
        build.default(path, "poisson", "customers call independently of one another");
        return ArrivalKind::Poisson;
    };
    if node.text() == Some("fixed_total") {
        if variation > 0.0 {
            build.report(
                Diagnostic::error(format!("`{path}` is a fixed total, and days or intervals vary"))
                    .at(node.origin)
                    .found(format!("a variation of {}", show_number(variation)))
                    .allowed("a total without variation of days and intervals")
                    .hint("write `day_variation.cv = 0` and `interval_variation.cv = 0` for the class"),
            );
        }
        return ArrivalKind::FixedTotal;
    }
    let gap = node.get("renewal");
    let path = path_join(path, "renewal");
    match law::dist(build, gap, &path) {
        Some(law) if law.mean() > 0.0 => ArrivalKind::Renewal(law),
        Some(_) => {
            build.report(
                Diagnostic::error(format!("`{path}` has gaps of no length"))
                    .at(read::place(gap, node.origin))
                    .allowed("a law with a mean above 0"),
            );
            ArrivalKind::Poisson
        }
        None => ArrivalKind::Poisson,
    }
}

fn redial(build: &mut Build, class: &Node, path: &str, key: &str) -> Redial {
    let path = path_join(&path_join(path, "redial"), key);
    let written = class.get("redial");
    let rule = written.and_then(|redial| redial.get(key));
    let Some(node) = rule.filter(|rule| !read::is_none(Some(rule))) else {
        // Without patience nobody abandons, without lines nobody finds them busy.
        let has_patience = class.get("patience").is_some_and(|patience| patience.table().is_some());
        // Nor does anybody lose patience with a promise where none is made.
        let abandons = has_patience
            || class.get("balking").is_some()
            || class.get("callback_offer").is_some_and(|offer| offer.table().is_some())
            || class
                .get("max_wait")
                .is_some_and(|rule| rule.get("then").is_some_and(|then| then.get("callback").is_some()));
        match key {
            _ if read::is_none(written) || rule.is_some() => {}
            "after_abandon" if abandons => build.default(path, "none", "who abandons does not call again"),
            "after_busy" if build.root.get("lines").is_some() || class.get("waiting_places").is_some() => {
                build.default(path, "none", "who finds no line or waiting place does not call again");
            }
            "after_closed" if disconnects(build.root, class) => {
                build.default(path, "none", "who is disconnected or refused does not call again");
            }
            _ => {}
        }
        return Redial { first: 0.0, later: 0.0, delay: None, class: None };
    };
    let first = read::share(node.get("first")).unwrap_or(0.0);
    let later = read::share(node.get("later")).unwrap_or_else(|| {
        build.default(
            path_join(&path, "later"),
            "as `first`",
            "after each later unanswered attempt in a row",
        );
        first
    });
    let delay = law::dist(build, node.get("delay"), &path_join(&path, "delay"));
    if first.max(later) >= 1.0 && delay.as_ref().is_some_and(|delay| delay.mean() <= 0.0) {
        build.report(
            Diagnostic::error(format!("`{path}` never ends: all call again at once"))
                .at(node.origin)
                .found("probability 1, delay 0")
                .hint("give the delay a length, or let some give up"),
        );
    }
    let path = path_join(&path, "class");
    if node.get("class").is_none() {
        build.default(&path, "the class last in", "dialled is the class in which the attempt ended");
    }
    let class = build.needed_class(node.get("class"), &path);
    Redial { first, later, delay, class }
}

fn redial_keeps(build: &mut Build, class: &Node, path: &str) -> RedialKeeps {
    let redial = class.get("redial");
    let Some(node) = redial.and_then(|redial| redial.get("keeps")) else { return RedialKeeps::default() };
    let words: Vec<&str> = node.list().unwrap_or_default().iter().filter_map(Node::text).collect();
    let is_rule =
        |key: &&str| redial.and_then(|redial| redial.get(key)).is_some_and(|rule| !read::is_none(Some(rule)));
    if !words.is_empty() && !["after_abandon", "after_busy", "after_closed"].iter().any(is_rule) {
        build.report(
            Diagnostic::warning(format!("`{path}.redial.keeps` changes nothing"))
                .at(node.origin)
                .found("nobody of the class redials")
                .hint("write `after_abandon`, `after_busy` or `after_closed` beside it"),
        );
    }
    RedialKeeps {
        patience: words.contains(&"patience"),
        talk_time: words.contains(&"talk_time"),
        after_call_work: words.contains(&"after_call_work"),
    }
}

fn answer_delay(build: &mut Build, class: &Node, path: &str) -> Span {
    read::span(class.get("answer_delay")).unwrap_or_else(|| {
        build.default(path_join(path, "answer_delay"), "0", "agents who are idle answer at once");
        Span::ZERO
    })
}

fn max_wait(build: &mut Build, class: &Node, path: &str) -> Option<MaxWait> {
    let path = path_join(path, "max_wait");
    let Some(node) = class.get("max_wait") else {
        build.default(path, "none", "whoever has patience waits");
        return None;
    };
    let (after, then) = (read::span(node.get("after")), node.get("then"));
    let then = match then.and_then(Node::text) {
        Some("message") => Some(AfterMaxWait::Message),
        Some(_) => Some(AfterMaxWait::Disconnect),
        None => match then.and_then(|then| then.get("callback")) {
            Some(node) => {
                Some(AfterMaxWait::Callback(callback::rule(build, node, &format!("{path}.then.callback"))))
            }
            None => build
                .needed_class(then.and_then(|then| then.get("class")), &format!("{path}.then.class"))
                .map(AfterMaxWait::Class),
        },
    };
    after.zip(then).map(|(after, then)| MaxWait { after, then })
}

/// Whoever is sent on by `max_wait` must come to an end.
pub(super) fn check_diversions(build: &mut Build, classes: &[Class]) {
    let next = |class: usize| match classes[class].max_wait?.then {
        AfterMaxWait::Class(to) => Some(to.index()),
        AfterMaxWait::Message | AfterMaxWait::Disconnect | AfterMaxWait::Callback(_) => None,
    };
    let root = build.root;
    for (first, class) in classes.iter().enumerate() {
        let way: Vec<usize> =
            std::iter::successors(next(first), |&class| next(class)).take(classes.len()).collect();
        let Some(end) = way.iter().position(|&class| class == first) else { continue };
        // Told once for each circle: at its first class.
        if way[..end].iter().any(|&class| class < first) {
            continue;
        }
        let names: Vec<&str> = way[..=end].iter().map(|&class| classes[class].name.as_str()).collect();
        let node = root.get("class").and_then(|all| all.get(&class.name)?.get("max_wait"));
        build.report(
            Diagnostic::error("`max_wait` sends customers round in a circle")
                .at(read::place(node, root.origin))
                .found(format!("{} → {}", class.name, names.join(" → ")))
                .hint("let one of the classes disconnect, give a message, or let wait without limit"),
        );
    }
}

/// Whether a contact of a class may be refused or disconnected: outside its hours, by `max_wait`, or transferred to where no place is left to wait.
fn disconnects(root: &Node, class: &Node) -> bool {
    let has_places = |node: &Node| read::count(node.get("waiting_places")).is_some();
    let transfers = things(root, "class").any(|(_, _, class)| class.get("transfer").is_some());
    let is_cut_off = class.get("max_wait").and_then(|rule| rule.get("then")?.text()) == Some("disconnect");
    is_cut_off
        || class.get("open").is_some()
        || transfers && (has_places(class) || things(root, "lines").any(|(_, _, pool)| has_places(pool)))
}

fn repeat(build: &mut Build, class: &Node, path: &str, (name, resolution): (&str, f64)) -> Repeat {
    let written = class.get("repeat");
    let Some(node) = written.filter(|repeat| !read::is_none(Some(repeat))) else {
        if written.is_some() {
            // Said in so many words.
        } else if resolution < 1.0 || may_stay_unsolved(build.root, name) {
            build.default(path, "none", "who was not helped does not call again");
        }
        return Repeat { probability: 0.0, delay: None, class: None };
    };
    let probability = read::share(node.get("probability")).unwrap_or(0.0);
    let delay = law::dist(build, node.get("delay"), &path_join(path, "delay"));
    let path = path_join(path, "class");
    if node.get("class").is_none() {
        build.default(&path, "the case's first", "the next contact comes in the class of the first one");
    }
    let class = build.needed_class(node.get("class"), &path);
    Repeat { probability, delay, class }
}

/// Whether a skill, the limit on transfers or pressure may leave a case of a class unsolved that would be solved otherwise.
fn may_stay_unsolved(root: &Node, class: &str) -> bool {
    let policy = |key: &str| root.get("policy").and_then(|policy| policy.get(key)?.table()).is_some();
    let by_skill = |group: &Node| {
        let resolution = group.get("skill").and_then(|skill| skill.get(class)?.get("resolution"));
        group.get("pressure").is_some_and(|pressure| pressure.table().is_some())
            || read::share(resolution).is_some_and(|p| p < 1.0)
    };
    policy("transfer_limit")
        || policy("pressure")
        || things(root, "group").any(|(_, _, group)| by_skill(group))
}

fn service_levels(build: &mut Build, node: Option<&Node>, path: &str) -> Vec<ServiceLevel> {
    let default = ServiceLevel {
        share: 0.8,
        within: Span::SECOND * 20,
        of: ServiceLevelBase::EnteredLessShort,
        short: Span::SECOND * 5,
    };
    let Some(items) = node.and_then(Node::list) else {
        build.default(path, "80/20", "of entered less those who leave within 5 s");
        return vec![default];
    };
    let mut levels = Vec::new();
    let (mut has_default_base, mut has_default_short) = (false, false);
    for item in items {
        let level = match item.text() {
            Some(text) => super::form::service_level(text).map(|(share, within)| ServiceLevel {
                share,
                within: within.span(),
                ..default.clone()
            }),
            None => {
                read::share(item.get("share")).zip(read::span(item.get("within"))).map(|(share, within)| {
                    ServiceLevel { share, within, of: base(item.get("of")), short: short(item.get("short")) }
                })
            }
        };
        let is_same = |known: &&ServiceLevel| {
            level.as_ref().is_some_and(|l| (l.within, l.of, l.short) == (known.within, known.of, known.short))
        };
        if levels.iter().find(is_same).is_some() {
            build.report(
                Diagnostic::warning(format!("`{path}` has one service level twice"))
                    .at(item.origin)
                    .found(item.show())
                    .hint("the same wait is measured once more; leave one out, or change its `within`"),
            );
        }
        let is_less_short = base(item.get("of")) == ServiceLevelBase::EnteredLessShort;
        has_default_base |= item.get("of").is_none();
        has_default_short |= is_less_short && item.get("short").is_none();
        levels.extend(level);
    }
    if has_default_base {
        build.default(
            format!("{path}.of"),
            "entered_less_short",
            "the base: entered less those who leave within `short`",
        );
    }
    if has_default_short {
        build.default(format!("{path}.short"), "5s", "who leaves sooner is not in the base");
    }
    if levels.is_empty() { vec![default] } else { levels }
}

/// The base of a service level; by default entered less short abandons.
pub(super) fn base(node: Option<&Node>) -> ServiceLevelBase {
    match node.and_then(Node::text) {
        Some("entered") => ServiceLevelBase::Entered,
        Some("answered") => ServiceLevelBase::Answered,
        Some("offered") => ServiceLevelBase::Offered,
        _ => ServiceLevelBase::EnteredLessShort,
    }
}

/// The threshold of short abandons; by default 5 s.
pub(super) fn short(node: Option<&Node>) -> Span {
    read::span(node).unwrap_or(Span::SECOND * 5)
}

/// All groups, without pressure.
pub(super) fn groups(
    build: &mut Build,
    calendar: &Calendar,
    almanac: Option<&Almanac>,
    classes: &[Class],
) -> Vec<Group> {
    let root = build.root;
    let scale = root.get("scale");
    let staffing = scale.and_then(|scale| read::not_negative(scale.get("staffing"))).unwrap_or(1.0);
    let talk = scale.and_then(|scale| read::positive(scale.get("talk_time"))).unwrap_or(1.0);
    things(root, "group")
        .map(|(path, name, node)| {
            let site = node.get("site").and_then(Node::text);
            let region = site.and_then(|site| root.get("site")?.get(site)?.get("region")?.text());
            let days = almanac.map(|almanac| calendar.days_in(almanac, region.and_then(State::named)));
            let days = days.unwrap_or_default();
            let region = region.and_then(State::named);
            let roster = almanac.and_then(|almanac| {
                let local = Local { calendar, almanac, region, days: &days };
                shifts::roster(build, node, &path, local, staffing)
            });
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

fn skills(
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

/// All sites with their contracts.
pub(super) fn sites(build: &mut Build, is_dated: bool) -> Vec<Site> {
    let root = build.root;
    things(root, "site")
        .map(|(_, name, node)| {
            let sourcing = match node.get("sourcing").and_then(Node::text) {
                Some("outsourced") => Sourcing::Outsourced,
                _ => Sourcing::InHouse,
            };
            let entry =
                root.get("contract").and_then(Node::table).and_then(|contracts| contracts.entry(name));
            if let (Some(entry), Sourcing::InHouse) = (entry, sourcing) {
                build.report(
                    Diagnostic::error(format!("`contract.{name}` pays an in-house site"))
                        .at(entry.key_origin)
                        .hint(format!(
                            "set `sourcing = \"outsourced\"` on `site.{name}`, or `cost_per_paid_hour`"
                        )),
                );
            }
            if entry.is_none() && sourcing == Sourcing::Outsourced {
                build.default(
                    path_join("contract", name),
                    "none",
                    "the partner is paid by `cost_per_paid_hour` only",
                );
            }
            Site {
                name: name.to_owned(),
                sourcing,
                business_unit: read::text(node.get("business_unit")),
                contract: entry.map(|entry| {
                    if entry.node.table().is_some_and(|table| table.entries.is_empty()) {
                        build.report(
                            Diagnostic::warning(format!("`contract.{name}` pays nothing"))
                                .at(entry.key_origin)
                                .hint("write `per_minute`, `per_call`, `per_hour` or `per_resolved_case`"),
                        );
                    }
                    contract::contract(build, entry, is_dated)
                }),
            }
        })
        .collect()
}

/// All pools of lines; writes them into the classes.
pub(super) fn lines(build: &mut Build, classes: &mut [Class]) -> Vec<LinePool> {
    let root = build.root;
    let mut pools = Vec::new();
    let mut without_list: Vec<(LinePoolId, &Node)> = Vec::new();
    if root.get("lines").is_none() {
        build.default("lines", "none", "everybody finds a line");
    }
    for (path, _, node) in things(root, "lines") {
        let id = LinePoolId::from_index(pools.len());
        let lines = read::count(node.get("lines"));
        if let (Some(0), Some(written)) = (lines, node.get("lines")) {
            build.report(
                Diagnostic::warning(format!("`{path}` has no line: every contact is blocked"))
                    .at(written.origin)
                    .hint("leave the pool out for lines without limit"),
            );
        }
        let waiting_places = read::count(node.get("waiting_places"));
        match (waiting_places, lines, node.get("waiting_places")) {
            (Some(places), Some(lines), Some(written)) if places >= lines && lines > 0 => build.report(
                Diagnostic::warning(format!(
                    "`{}` keeps nobody from waiting",
                    path_join(&path, "waiting_places")
                ))
                .at(written.origin)
                .found(format!("{places} places for {lines} lines"))
                .hint("who waits holds a line; write fewer places than lines, or leave them out"),
            ),
            _ => {}
        }
        pools.push(LinePool { lines: lines.unwrap_or(0), waiting_places });
        match node.get("classes").and_then(Node::list) {
            None => {
                build.default(path_join(&path, "classes"), "all", "of the classes in no other pool");
                without_list.push((id, node));
            }
            Some(items) => {
                for item in items {
                    let Some(class) = item.text().and_then(|name| build.class(name)) else { continue };
                    if classes[class.index()].line_pool.replace(id).is_some() {
                        build.report(
                            Diagnostic::error(format!(
                                "{} of `{path}` is in two pools of lines",
                                item.show()
                            ))
                            .at(item.origin)
                            .allowed("each class in one pool")
                            .hint("a contact holds one line: take the class out of the other pool"),
                        );
                    }
                }
            }
        }
    }
    if let [(first, _), (second, node), ..] = without_list[..] {
        let names: Vec<&str> = things(root, "lines").map(|(_, name, _)| name).collect();
        build.report(
            Diagnostic::error("two pools of lines are for all other classes")
                .at(node.origin)
                .found(list([names[first.index()], names[second.index()]]))
                .allowed("one pool without `classes`")
                .hint("write `classes` in all pools but one"),
        );
    }
    if let Some((id, _)) = without_list.first() {
        for class in classes.iter_mut().filter(|class| class.line_pool.is_none() && !class.is_endless) {
            class.line_pool = Some(*id);
        }
    }
    pools
}
