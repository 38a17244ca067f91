//! The longest wait and what follows it.
//!
//! Invariant: nobody is sent round in a circle of classes.

use super::callback;
use super::checked::{AfterMaxWait, Class, MaxWait};
use super::diagnostic::Diagnostic;
use super::read::{self, Build};
use super::shape::path_join;
use super::tree::Node;

pub(super) fn max_wait(build: &mut Build, class: &Node, path: &str) -> Option<MaxWait> {
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
