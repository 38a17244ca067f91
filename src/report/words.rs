//! The words of the page. Numbers and layout are made elsewhere; a translation would replace this file.
//!
//! Decides nothing. Invariant: a word here is the glossary's word.

use crate::experiment::{Reason, Verdict};
use crate::scenario::checked::{ServiceLevelBase, Sourcing, Uncertainty};

pub(super) const WANTED: &str = "wanted";
pub(super) const YEAR: &str = "year";
pub(super) const WHOLE_RUN: &str = "whole run";
pub(super) const MET: &str = "✓ met";
pub(super) const MISSED: &str = "✗ missed";
pub(super) const NOT_SURE: &str = "? not sure";
pub(super) const NOTHING_TO_JUDGE: &str = "– no value";
pub(super) const NO_TARGETS: &str =
    "no targets; to judge: [target] service_level = { at_least = 0.8, per = \"day\" }";

pub(super) const CALLS: &str = "CALLS";
pub(super) const WAIT: &str = "WAIT of answered calls";
pub(super) const BY_CLASS: &str = "BY CLASS";
pub(super) const BY_SITE: &str = "BY SITE";
pub(super) const BY_GROUP: &str = "BY GROUP";
pub(super) const ALL: &str = "all";
/// Before the largest half-width of each column.
pub(super) const AT_MOST: &str = "± at most";
/// The same where there is no room.
pub(super) const AT_MOST_SHORT: &str = "± max";

/// States of the centre at instants since the start.
pub(super) const AT_INSTANT: &str = "AT";
pub(super) const HOURS: &str = "HOURS";
pub(super) const SETTLEMENT: &str = "SETTLEMENT, EUR";
pub(super) const PAID_IN_ALL: &str = "paid in all";
/// Under the settlement.
pub(super) const SETTLED: &str =
    "settlement: means over replications, so rounded that all sums tie to the cent";

pub(super) const HARDEST: &str = "HARDEST";
pub(super) const CASES: &str = "CASES";
pub(super) const ACCESS: &str = "ACCESS";
pub(super) const LIMIT: &str = "LIMIT";
pub(super) const PROMISES: &str = "PROMISED";
pub(super) const WORK: &str = "WORK";
pub(super) const STAFF: &str = "STAFF";
pub(super) const COST: &str = "COST";

pub(super) const CHANCE_ONLY: &str = "± is chance only: the scenario's own figures are taken as true";
/// What ± stands for.
pub(super) fn spread(uncertainty: &Uncertainty) -> String {
    let Uncertainty { volume, talk_time, patience } = *uncertainty;
    let known = [("volume", volume), ("talk time", talk_time), ("patience", patience)];
    let parts = known.iter().filter(|(_, sd)| *sd > 0.0);
    let parts: Vec<String> =
        parts.map(|(name, sd)| format!("{name} ± {} %", (sd * 1e4).round() / 1e2)).collect();
    if parts.is_empty() {
        return CHANCE_ONLY.to_owned();
    }
    format!("± is of the mean over chance and `[uncertainty]`: {} (one sd)", parts.join(", "))
}
pub(super) const AUDIT_KEPT: &str = "audit: all laws kept";
pub(super) const AUDIT_BROKEN: &str = "AUDIT FAILED, do not use these numbers";
pub(super) const NO_HORIZON: &str = "nothing was offered: the horizon is empty";
pub(super) const NO_VOLUME: &str = "nothing was offered: every class has volume 0";
pub(super) const NOBODY_CAME: &str = "nothing was offered: the volume is so small that by chance nobody came";
pub(super) const DAYS_ARE_EMPTY: &str = "nothing was offered: `cv` of `day_variation` or `interval_variation` \
     is so large that all days or intervals of the run were empty";

// After a number on the labelled lines.
pub(super) const CASES_BEGUN: &str = "begun";
pub(super) const SOLVED_AT_FIRST: &str = "solved at 1st answered contact";
pub(super) const CONTACTS_EACH: &str = "contacts a case";
pub(super) const CASES_OPEN: &str = "begun too late to judge";
pub(super) const CLOSED: &str = "refused while closed";
pub(super) const DISCONNECTED: &str = "disconnected";
pub(super) const DEFLECTED: &str = "deflected after the longest wait";
pub(super) const DIVERTED: &str = "of them sent on to another class";
pub(super) const TRANSFERS_REFUSED: &str = "transfers refused";
pub(super) const ESCALATED: &str = "escalated";
pub(super) const CALLED_BACK: &str = "called back in place of waiting";
pub(super) const PROMISED: &str = "callbacks promised";
pub(super) const PROMISES_KEPT: &str = "kept in time";
pub(super) const CALLBACK_DELAY: &str = "until reached";
pub(super) const PAID: &str = "paid";
pub(super) const OFF_PHONE: &str = "off the phone";
pub(super) const LOGGED_IN: &str = "logged in";
pub(super) const HANDLING: &str = "handling";
pub(super) const WORK_IN_ALL: &str = "talk and after-call work";
pub(super) const IN_REPEATS: &str = "in repeats";
pub(super) const IN_REDIALS: &str = "in redials";
pub(super) const AFTER_TRANSFERS: &str = "after transfers";
pub(super) const OVER_90: &str = "of agent time in intervals above 90 % occupancy";
pub(super) const SURCHARGES: &str = "of it surcharges";
pub(super) const AN_ANSWERED_CALL: &str = "an answered call";
pub(super) const A_SOLVING_CALL: &str = "a call that solved its case";
pub(super) const NEVER_ANSWERED: &str =
    "visits were never answered: they still waited when the run was over; entered counts them, no wait does";

/// Employed persons.
pub(super) fn heads(number: &str) -> String {
    format!("{number} heads")
}

/// `Mon 23 Mar 42 % in 20 s, 12.6 % abandoned`.
pub(super) fn hard_moment(label: &str, service_level: &str, in_time: &str, abandonment: &str) -> String {
    format!("{label} {service_level} {in_time}, {abandonment} abandoned")
}

/// How much of the run is below the classes' own goals, which stand with the definitions.
pub(super) fn missed_intervals(share: &str, interval: &str, visits: &str) -> String {
    format!("{share} of class intervals ({interval}) below goal, with {visits} of visits")
}

/// Where the roster is thinnest, and has fewer than are required.
pub(super) fn too_few(label: &str, agents: &str, required: &str) -> String {
    format!("{label} {} fewer than Erlang A's {required}", so_many_agents(agents))
}

/// Where the roster is thinnest, and has as many as are required.
pub(super) fn to_spare(label: &str, agents: &str, required: &str) -> String {
    format!("{label} only {} more than Erlang A's {required}", so_many_agents(agents))
}

/// Where the roster is thinnest, and what it has beyond the required rounds to none.
pub(super) fn just_enough(label: &str, required: &str) -> String {
    format!("{label} just as many agents as Erlang A's {required}")
}

fn so_many_agents(agents: &str) -> String {
    if agents == "1" { "1 agent".to_owned() } else { format!("{agents} agents") }
}

pub(super) const WORST_DAYS: &str = "WORST DAYS";

/// What makes most of the hours that a day lacks.
pub(super) fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Volume => "volume",
        Reason::Absence => "absence",
        Reason::Misfit => "misfit",
    }
}

/// Under the worst days.
pub(super) const WORST_MEANS: &str = "hours short: of those that Erlang A asks for that day, with the mix of classes of the week; \
     why: more came (volume), fewer were there than planned (absence), the plan fits no average date (misfit)";

pub(super) const YEARS: &str = "years";
pub(super) const RUNS: &str = "runs";

/// The range between P10 and P90.
pub(super) fn eight_in_ten(what: &str, low: &str, high: &str) -> String {
    format!("8 in 10 {what} between {low} and {high}")
}

/// The whole range, where there are too few to tell its tails.
pub(super) fn all_between(number: u32, what: &str, low: &str, high: &str) -> String {
    format!("all {number} {what} between {low} and {high}")
}

/// Whose cost makes the total go up and down.
pub(super) fn borne_by(site: &str, share: &str) -> String {
    format!("{share} of that spread from {site}")
}

/// A warning that teaches.
pub(super) fn note(text: &str) -> String {
    format!("note: {text}")
}

/// A law that the run broke.
pub(super) fn broken_law(text: &str) -> String {
    format!("  broken: {text}")
}

/// The heading of the targets; the period where it is the same for all.
pub(super) fn targets(per: Option<&str>) -> String {
    per.map_or_else(|| "TARGET".to_owned(), |per| format!("TARGET (per {per})"))
}

/// The heading of the column that counts missed periods.
pub(super) fn that_miss_it(per: Option<&str>) -> String {
    format!("{} that miss it", per.map_or("periods", periods))
}

/// `days` for `day`; a year is judged once a replication.
pub(super) fn periods(per: &str) -> &str {
    match per {
        "interval" => "intervals",
        "day" => "days",
        "week" => "weeks",
        "month" => "months",
        "year" => "replications",
        other => other,
    }
}

/// What the periods of a target per year are.
pub(super) const PER_YEAR: &str =
    "per year: judged once over the whole run; counted are replications that miss it";
/// Why fewer periods are judged than the run has.
pub(super) const NOT_JUDGED: &str =
    "not judged: periods without a value, as where nobody came or was logged in";

/// Where the groups are if not on the page.
pub(super) fn groups_elsewhere(number: usize) -> String {
    format!("{number} groups: in --format csv and json, scope `group`")
}

/// Second line of the page.
pub(super) fn replications(number: u32, horizon: &str, seed: u64, warm_up: Option<&str>) -> String {
    let noun = if number == 1 { "replication" } else { "replications" };
    let warm_up = warm_up.map_or_else(String::new, |span| format!(", warm-up {span}"));
    format!("{number} {noun} of {horizon}{warm_up}, seed {seed}")
}

/// What the signs in the numbers mean, on the second line.
pub(super) const LEGEND: &str = "± 95 % interval";
/// The same for the range of missed periods.
pub(super) const LEGEND_RANGE: &str = "[P10–P90]";

/// After the number of replications of an interrupted run.
pub(super) fn partial(done: u32, planned: u32) -> String {
    format!("PARTIAL: interrupted after {done} of {planned} replications")
}

/// `in 20 s`.
pub(super) fn answered_in(wait: &str) -> String {
    format!("in {wait}")
}

/// Where classes have different waits.
pub(super) const IN_TIME: &str = "in time";

/// The base of a service level, as it stands under the fraction bar.
pub(super) fn base(of: ServiceLevelBase, short: Option<&str>) -> String {
    match (of, short) {
        (ServiceLevelBase::EnteredLessShort, Some(short)) => format!("(entered − left within {short})"),
        (ServiceLevelBase::EnteredLessShort | ServiceLevelBase::Entered, _) => "entered".to_owned(),
        (ServiceLevelBase::Answered, _) => "answered".to_owned(),
        (ServiceLevelBase::Offered, _) => "(entered + blocked)".to_owned(),
    }
}

/// The line under the tables; `classes` where they differ.
pub(super) fn service_level(wait: &str, base: &str, goal: &str, classes: Option<&str>) -> String {
    let of = classes.map_or_else(String::new, |names| format!(" of {names}"));
    format!("service level{of}: answered in {} ÷ {}, goal\u{a0}{goal}\u{a0}%", glued(wait), glued(base))
}

/// A number and its unit stay on one line.
fn glued(text: &str) -> String {
    text.replace(" s", "\u{a0}s").replace(" min", "\u{a0}min")
}

/// The first names and how many more there are.
pub(super) fn some_of(names: &[String]) -> String {
    const SHOWN: usize = 4;
    let more = names.len().saturating_sub(SHOWN);
    let shown = names[..names.len() - more].join(", ");
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}

/// What the words in the tables mean, the first where visits are diverted and where not.
pub(super) const ENTERED: &str = "entered = offered − blocked + transferred in; abandoned: of entered";
pub(super) const ENTERED_WITH_DIVERSIONS: &str =
    "entered = offered − blocked + transferred in + sent on to it; abandoned: of entered";
pub(super) const WAITS: &str = "ASA, median and percentiles: wait of the answered, zero waits included";
/// Which moments are compared.
pub(super) const HARDEST_OF: &str =
    "hardest: fewest in time, of those with agents and 3 % of the busiest's contacts";
/// Why a cell is empty.
pub(super) const NO_VALUE_MEANS: &str =
    "–: nothing to take it of: no case begun there, nobody answered, nobody logged in";
/// Each number is rounded for itself, so that none is off by more than half its last digit.
pub(super) const ROUNDED: &str = "numbers are rounded one by one: sums may differ in the last digit";

/// Under a table whose line of widest intervals does not speak for these cells.
pub(super) fn without_interval(cells: &[String]) -> String {
    format!("no interval can be told: {}", some_of(cells))
}

/// `p95 of technical`.
pub(super) fn cell(column: &str, row: &str) -> String {
    format!("{column} of {row}")
}

/// In place of a half-width where several replications cannot tell one.
pub(super) const UNKNOWN: &str = "?";
/// What the sign in its place means.
pub(super) const UNKNOWN_MEANS: &str = "± ?: too few waits beyond this one to tell an interval";

/// Who employs the agents.
pub(super) fn sourcing(sourcing: Sourcing) -> &'static str {
    match sourcing {
        Sourcing::InHouse => "in-house",
        Sourcing::Outsourced => "outsourced",
    }
}

/// Next steps that exist.
pub(super) fn next(file: &str) -> Vec<String> {
    vec![
        "next: --out results".to_owned(),
        "--format csv".to_owned(),
        "--set scale.staffing=0.9".to_owned(),
        format!("holdtime check {file}"),
    ]
}

pub(super) const BY_POINT: &str = "BY POINT";
pub(super) const SWEEP_TARGETS: &str = "targets";
/// Under a sweep.
pub(super) const SWEEP_NOTES: [&str; 3] = [
    "bar: the first measure; in time: by the first service level of each class",
    "points share their customers as far as volumes are alike: chance separates two rows by less than their ± suggest",
    "± is chance only: the scenario's own figures are taken as true",
];

/// First line of a sweep.
pub(super) fn sweep_of(
    scenario: &str,
    points: usize,
    done: usize,
    replications: &[u32],
    seed: u64,
) -> String {
    let (least, most) = (replications.iter().min(), replications.iter().max());
    let each = match (least, most) {
        (Some(least), Some(most)) if least < most => format!("{least} to {most}"),
        (least, _) => least.copied().unwrap_or(0).to_string(),
    };
    let s = if points == 1 { "" } else { "s" };
    let done =
        if done < points { format!("{done} of {points} point{s}") } else { format!("{points} point{s}") };
    format!("{scenario} · {done} of {each} replications each, seed {seed} · ± 95 % interval")
}

/// A measure as the head of a column.
pub(super) fn sweep_heading(measure: &str) -> String {
    match measure {
        "service_level" => "in time".to_owned(),
        "abandonment" => "abandoned".to_owned(),
        "asa_s" => "ASA".to_owned(),
        "cost_eur" => "cost".to_owned(),
        other => other.to_owned(),
    }
}

/// All targets of a point together.
pub(super) fn sweep_verdict(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Met) => MET,
        Some(Verdict::Missed) => MISSED,
        Some(Verdict::NotSure) => NOT_SURE,
        None => "",
    }
}
