//! Classes: from their tables to the checked types, without rates, routing and lines.
//!
//! Invariant: where a value was refused a harmless one stands in, and the scenario is not let out.

use super::almanac::Almanac;
use super::backlog;
use super::balking;
use super::callback;
use super::checked::{ArrivalKind, Class, DatedShares, Law, QueueOrder, Score};
use super::diagnostic::Diagnostic;
use super::law;
use super::levers;
use super::max_wait::max_wait;
use super::read::{self, Build, things};
use super::returns::{redial, redial_keeps, repeat};
use super::service_level::service_levels;
use super::shape::path_join;
use super::transfer;
use super::tree::{Node, show_number};
use crate::random::Dist;
use crate::units::Span;

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
        Some(patience) => {
            let law = law::law(build, Some(patience), &at("patience"), almanac);
            law.map(|law| levers::patience(build, &at("patience"), law))
        }
        None => {
            build.default(at("patience"), "infinite", "nobody gives up waiting");
            None
        }
    };
    let (balking, balking_by_load) = balking::balking(build, node, path);
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
        swing: None,
        is_endless: backlog::is_endless(node),
        dated: DatedShares::default(),
        arrivals: arrivals(build, node, &at("arrivals"), interval_variation.max(day_variation)),
        interval_variation,
        day_variation,
        talk_time,
        after_call_work,
        patience,
        balking,
        balking_by_load,
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

/// Stands in for a law that was refused.
fn no_time() -> Law {
    Law::Always(Dist::constant(0.0).expect("no time at all is a duration"))
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

pub(super) fn talk_law(
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

fn answer_delay(build: &mut Build, class: &Node, path: &str) -> Span {
    read::span(class.get("answer_delay")).unwrap_or_else(|| {
        build.default(path_join(path, "answer_delay"), "0", "agents who are idle answer at once");
        Span::ZERO
    })
}
