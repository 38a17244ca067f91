//! What only the whole scenario can tell: expected figures, cases and transfers without end, runs too large, nothing to do.
//!
//! Invariant: what is not found below a limit is above it, so that not-a-number is refused too.

use super::almanac::Almanac;
use super::diagnostic::Diagnostic;
use super::expectation::{Expected, Flow};
use super::parts::Parts;
use super::read::{self, Build};
use super::source::Origin;
use super::volume;
use crate::units::Span;

/// As many contacts a case, or visits a contact, are a loop and no customer.
const ENDLESS: f64 = 50.0;
/// More expected contacts than this cannot be simulated.
const MOST_CONTACTS: f64 = 1e11;
/// More agents in one group than this are refused.
const MOST_AGENTS: f64 = 1e6;

/// Expected figures of the counted part.
pub(super) fn expected(parts: &Parts, flow: &Flow, abandonment: Vec<f64>, almanac: &Almanac) -> Expected {
    let fresh: Vec<f64> =
        parts.classes.iter().map(|class| volume::expected(&class.fresh_rate, almanac)).collect();
    let hours = |plan: &[f64]| volume::expected(plan, almanac) / 3600.0;
    Expected {
        offered: flow.offered_by(&fresh),
        staffed_hours: parts.groups.iter().map(|group| hours(&group.plan)).collect(),
        fresh,
        abandonment,
    }
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

/// Not-a-number is below nothing.
fn is_below(value: f64, limit: f64) -> bool {
    value < limit
}

/// The beginning of the file, for what stands nowhere.
fn beginning(build: &Build) -> Origin {
    Origin { start: 0, end: 0, ..build.root.origin }
}

/// Reports what is too large to run, and what is empty.
pub(super) fn check_sizes(build: &mut Build, parts: &Parts, almanac: &Almanac, expected: &Expected) {
    let at = beginning(build);
    let horizon = read::place(build.root.get("horizon"), at);
    let offered: f64 = expected.offered.iter().sum();
    if !is_below(offered, MOST_CONTACTS.next_up()) {
        build.report(
            Diagnostic::error("more contacts than can be simulated")
                .at(horizon)
                .found(format!("{offered:.3e} expected contacts"))
                .allowed("at most 1e11 in a run")
                .hint("is a volume per year written as one per hour"),
        );
    }
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
        build.report(Diagnostic::warning("nobody is ever logged in: all plans are 0").at(horizon));
    }
}
