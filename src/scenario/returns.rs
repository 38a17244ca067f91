//! Who comes back: redials after an attempt that was not answered, repeats after an answer that did not solve the case.
//!
//! Invariant: without the rule nobody comes back, and the defaults say so where somebody could.

use super::checked::{DelayRuns, Redial, RedialKeeps, Repeat, ReturnDelay};
use super::diagnostic::Diagnostic;
use super::law;
use super::levers;
use super::read::{self, Build, things};
use super::shape::path_join;
use super::tree::Node;

pub(super) fn redial(build: &mut Build, class: &Node, path: &str, key: &str) -> Redial {
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
            "after_busy" if finds_busy(build.root, class) => {
                build.default(path, "none", "who finds no line or waiting place does not call again");
            }
            "after_closed" if disconnects(build.root, class) => {
                build.default(path, "none", "who is disconnected or refused does not call again");
            }
            _ => {}
        }
        return Redial { first: 0.0, later: 0.0, delay: None, class: None };
    };
    let scaled = |share| levers::share(build.root, "redial", share);
    let first = scaled(read::share(node.get("first")).unwrap_or(0.0));
    let later = read::share(node.get("later")).map(scaled).unwrap_or_else(|| {
        build.default(
            path_join(&path, "later"),
            "as `first`",
            "after each later unanswered attempt in a row",
        );
        first
    });
    let delay = delay(build, node, &path, |name, other| {
        named(node).map_or(std::ptr::eq(other, class), |named| named == name)
    });
    if first.max(later) >= 1.0 && delay.as_ref().is_some_and(|delay| delay.law.mean() <= 0.0) {
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

/// The class that a rule names.
fn named(rule: &Node) -> Option<&str> {
    rule.get("class").and_then(Node::text)
}

/// `delay` and `delay_runs` of a rule after which one of the classes is dialled that `may_be_dialled` knows by name or node.
fn delay(
    build: &mut Build,
    node: &Node,
    path: &str,
    may_be_dialled: impl Fn(&str, &Node) -> bool,
) -> Option<ReturnDelay> {
    let law = law::dist(build, node.get("delay"), &path_join(path, "delay"));
    let written = node.get("delay_runs");
    let runs = match written.and_then(Node::text) {
        Some("while_open") => DelayRuns::WhileOpen,
        _ => DelayRuns::Always,
    };
    let has_hours = |class: &Node| class.get("open").is_some_and(|open| open.table().is_some());
    let mut dialled = things(build.root, "class").filter(|(_, name, class)| may_be_dialled(name, class));
    if let (DelayRuns::WhileOpen, Some(written)) = (runs, written)
        && !dialled.any(|(.., class)| has_hours(class))
    {
        build.report(
            Diagnostic::warning(format!("`{}` does nothing", path_join(path, "delay_runs")))
                .at(written.origin)
                .found("the class dialled is always open")
                .hint("write its hours, as `open = { mon_fri = \"08:00-17:00\" }`"),
        );
    }
    Some(ReturnDelay { law: law?, runs })
}

pub(super) fn redial_keeps(build: &mut Build, class: &Node, path: &str) -> RedialKeeps {
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

/// Whether a contact of a class may find no line or no place to wait.
pub(super) fn finds_busy(root: &Node, class: &Node) -> bool {
    root.get("lines").is_some() || class.get("waiting_places").is_some()
}

/// Whether a contact of a class may be refused or disconnected: outside its hours, by `max_wait`, or transferred to where no place is left to wait.
pub(super) fn disconnects(root: &Node, class: &Node) -> bool {
    let has_places = |node: &Node| read::count(node.get("waiting_places")).is_some();
    let transfers = things(root, "class").any(|(_, _, class)| class.get("transfer").is_some());
    let is_cut_off = class.get("max_wait").and_then(|rule| rule.get("then")?.text()) == Some("disconnect");
    is_cut_off
        || class.get("open").is_some()
        || transfers && (has_places(class) || things(root, "lines").any(|(_, _, pool)| has_places(pool)))
}

pub(super) fn repeat(build: &mut Build, class: &Node, path: &str, (name, resolution): (&str, f64)) -> Repeat {
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
    let probability = levers::share(build.root, "repeat", probability);
    let delay = delay(build, node, path, |name, _| named(node).is_none_or(|named| named == name));
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
