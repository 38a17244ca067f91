//! The page that `run` prints: eighty columns, readable without colour, the definitions and the next step at its end.
//!
//! Computes no measure and knows no time of day. Invariant: no line is wider than [`PAGE_WIDTH`].

use crate::experiment::{Measures, Outcome};
use crate::stats::Estimate;

use super::basis::Basis;
use super::number::{NO_VALUE, NumberStyle, Unit, grouped, is_a_year, span_in_words};
use super::paint::Paint;
use super::text::{PAGE_WIDTH, Separator, cut, left, right, table, width, wrapped, wrapped_parts};
use super::{sections, settlement, targets, words};

/// Lines after a label start here.
const INDENT: usize = 9;
/// Fewer days than this are no choice of ten worst.
const DAYS_WITH_WORST: usize = 21;
/// Where there are sites, more groups than this are left to the formats for machines.
const MOST_GROUPS_BELOW_SITES: usize = 12;
/// Text is wrapped to no less than this.
const NARROWEST: usize = 40;

/// The page, ending in a line break. On a terminal of fewer than [`PAGE_WIDTH`] columns the text is wrapped to them;
/// tables stay as wide as they are.
#[must_use]
pub fn page(outcome: &Outcome, basis: &Basis, paint: Paint, columns: usize) -> String {
    let prose = columns.clamp(NARROWEST, PAGE_WIDTH);
    let mut blocks = vec![head(outcome, paint, prose), targets::targets(outcome, paint, prose)];
    if is_empty(outcome) {
        blocks.push(wrapped(basis.why_nothing(), prose, 0));
    }
    blocks.push(totals(outcome, basis, paint));
    blocks.push(table(&sections::classes(outcome, basis), PAGE_WIDTH, paint));
    if !outcome.sites.is_empty() {
        blocks.push(table(&sections::sites(outcome, basis), PAGE_WIDTH, paint));
    }
    if outcome.sites.is_empty() || outcome.groups.len() <= MOST_GROUPS_BELOW_SITES {
        if !outcome.groups.is_empty() {
            blocks.push(table(&sections::groups(outcome), PAGE_WIDTH, paint));
        }
    } else if let Some(sites) = blocks.last_mut() {
        sites.push(paint.quiet(words::groups_elsewhere(outcome.groups.len())));
    }
    if outcome.waterfall.is_some() {
        blocks.push(table(&sections::waterfall(outcome), PAGE_WIDTH, paint));
    }
    blocks.push(settlement::settlement(outcome, paint));
    if !outcome.snapshots.is_empty() {
        blocks.push(table(&sections::snapshots(outcome), PAGE_WIDTH, paint));
    }
    if outcome.by_day.len() >= DAYS_WITH_WORST && !outcome.worst_days.is_empty() {
        let mut worst = table(&sections::worst_days(outcome, basis), PAGE_WIDTH, paint);
        worst.extend(wrapped(words::WORST_MEANS, prose, 2).iter().map(|line| paint.quiet(line)));
        blocks.push(worst);
    }
    let has_gaps = blocks.iter().flatten().any(|line| line.split_whitespace().any(|cell| cell == NO_VALUE));
    let mut end = summary(outcome, basis, paint, prose);
    end.extend(foot(outcome, basis, paint, prose, has_gaps.then_some(words::NO_VALUE_MEANS)));
    blocks.push(end);

    let mut text = String::new();
    for block in blocks.iter().filter(|b| !b.is_empty()) {
        if !text.is_empty() {
            text.push('\n');
        }
        for line in block {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    text
}

fn is_empty(outcome: &Outcome) -> bool {
    outcome.total.get("offered").is_none_or(|e| e.mean.is_none_or(|mean| mean == 0.0))
}

/// Title, dates, replications and what the signs mean.
fn head(outcome: &Outcome, paint: Paint, prose: usize) -> Vec<String> {
    let manifest = &outcome.manifest;
    let when = manifest.dates.as_ref().map(|(first, last, zone)| format!("{}, {zone}", dates(first, last)));
    let title = cut(&manifest.scenario, PAGE_WIDTH);
    let mut lines = vec![paint.heading(&title)];
    let mut parts = Vec::new();
    match when {
        Some(when) if width(&title) + width(&when) + 3 <= prose => lines[0] += &format!(" · {when}"),
        Some(when) => parts.push(when),
        None => {}
    }
    if manifest.is_partial {
        parts.push(words::partial(manifest.replications, manifest.replications_planned));
    }
    let warm_up =
        (manifest.warm_up_s > 0.0).then(|| span_in_words(manifest.warm_up_s).replace(" days", " d"));
    let horizon = horizon_in_words(manifest.horizon_s);
    parts.push(words::replications(manifest.replications, &horizon, manifest.seed, warm_up.as_deref()));
    if manifest.replications > 1 {
        parts.push(words::LEGEND.to_owned());
        if outcome.targets.iter().any(|t| t.missed_range.is_some()) {
            parts.push(words::LEGEND_RANGE.to_owned());
        }
    }
    lines.extend(wrapped_parts(&parts, Separator::Dot, prose, 0));
    lines
}

/// A year in days, as planners count it.
fn horizon_in_words(seconds: f64) -> String {
    if is_a_year(seconds) {
        format!("{} days", grouped(seconds / 86_400.0, 0))
    } else {
        span_in_words(seconds)
    }
}

fn dates(first: &str, last: &str) -> String {
    match (first.strip_suffix("-01-01"), last.strip_suffix("-12-31")) {
        (Some(year), Some(same)) if year == same => year.to_owned(),
        _ if first == last => first.to_owned(),
        _ => format!("{first} to {last}"),
    }
}

/// Calls on the left, waits on the right, each with its interval.
fn totals(outcome: &Outcome, basis: &Basis, paint: Paint) -> Vec<String> {
    let calls = [
        ("offered", "offered", Unit::Count),
        ("  fresh", "fresh", Unit::Count),
        ("  redials", "redialled", Unit::Count),
        ("  repeats", "repeated", Unit::Count),
        ("answered", "answered", Unit::Count),
        ("abandoned", "abandoned", Unit::Count),
        ("blocked", "blocked", Unit::Count),
        ("transfers", "transferred", Unit::Count),
    ];
    let in_time = basis.in_time();
    let waits = [
        ("ASA", "asa_s", Unit::Seconds),
        ("median", "answered_wait_s_p50", Unit::Seconds),
        ("80 %", "answered_wait_s_p80", Unit::Seconds),
        ("90 %", "answered_wait_s_p90", Unit::Seconds),
        ("95 %", "answered_wait_s_p95", Unit::Seconds),
        ("99 %", "answered_wait_s_p99", Unit::Seconds),
        (in_time.as_str(), "service_level", Unit::Share),
        ("abandoned", "abandonment", Unit::Share),
    ];
    let counts = calls.iter().map(|(_, name, _)| outcome.total.get(name).and_then(|e| e.mean));
    let style = NumberStyle::for_column(Unit::Count, counts);
    let seconds = waits.iter().filter(|(_, _, unit)| *unit == Unit::Seconds);
    let seconds = seconds.map(|(_, name, _)| outcome.total.get(name).and_then(|e| e.mean));
    let in_seconds = NumberStyle::for_column(Unit::Seconds, seconds);
    let calls = pairs(&calls, &outcome.total, |_, _| style);
    let waits = pairs(&waits, &outcome.total, |unit, mean| {
        if unit == Unit::Seconds { in_seconds.sized_for(mean) } else { NumberStyle::for_one(unit, mean) }
    });
    let left_width = calls.iter().map(|l| width(l)).max().unwrap_or(0).max(PAGE_WIDTH / 2 - 2);
    let mut lines = vec![paint.heading(format!("{}  {}", left(words::CALLS, left_width), words::WAIT))];
    lines.extend(
        calls.iter().zip(&waits).map(|(l, r)| cut(&format!("{}  {r}", left(l, left_width)), PAGE_WIDTH)),
    );
    lines
}

/// Label, value and half-width under one another.
fn pairs(
    rows: &[(&str, &str, Unit)],
    measures: &Measures,
    style: impl Fn(Unit, Option<f64>) -> NumberStyle,
) -> Vec<String> {
    let none = Estimate { mean: None, half_width: None, n: 0 };
    let shown: Vec<_> = rows
        .iter()
        .map(|(label, name, unit)| {
            let estimate = measures.get(name).unwrap_or(&none);
            let mut shown = style(*unit, estimate.mean).estimate(estimate);
            if is_unknown(estimate) {
                shown.half_width = words::UNKNOWN.to_owned();
            }
            (label, shown)
        })
        .collect();
    let label_width = shown.iter().map(|(label, _)| width(label)).max().unwrap_or(0);
    let value_width = shown.iter().map(|(_, shown)| width(&shown.value)).max().unwrap_or(0);
    shown
        .iter()
        .map(|(label, shown)| {
            let interval =
                if shown.half_width.is_empty() { String::new() } else { format!(" ± {}", shown.half_width) };
            format!("{}  {}{interval}", left(label, label_width), right(&shown.value, value_width))
        })
        .collect()
}

/// Whether several replications have a value and cannot tell its interval.
fn is_unknown(estimate: &Estimate) -> bool {
    estimate.n > 1 && estimate.mean.is_some() && estimate.half_width.is_none()
}

/// The labelled lines below the tables.
fn summary(outcome: &Outcome, basis: &Basis, paint: Paint, prose: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut add = |label: &str, parts: &[String], separator| {
        for (i, line) in wrapped_parts(parts, separator, prose - INDENT, 0).iter().enumerate() {
            let label = if i == 0 { paint.heading(left(label, INDENT)) } else { " ".repeat(INDENT) };
            lines.push(format!("{label}{line}"));
        }
    };
    add(words::HARDEST, &hardest(outcome, basis), Separator::Dot);
    add(words::CASES, &said(&outcome.cases, &CASES), Separator::Dot);
    add(words::ACCESS, &said(&outcome.total, &ACCESS), Separator::Dot);
    add(words::LIMIT, &said(&outcome.total, &LIMIT), Separator::Dot);
    add(words::PROMISES, &said(&outcome.total, &PROMISES), Separator::Dot);
    add(words::WORK, &work(&outcome.total), Separator::Dot);
    let heads =
        basis.heads().map(|heads| words::heads(&NumberStyle::for_one(Unit::Count, Some(heads)).value(heads)));
    let staff: Vec<String> = heads.into_iter().chain(hours(&outcome.total, &STAFF)).collect();
    add(words::STAFF, &staff, Separator::Arrow);
    if sections::has_cost(outcome) {
        let spread = cost_spread(outcome);
        add(words::COST, &[said(&outcome.total, &COST), spread].concat(), Separator::Dot);
    }
    lines
}

/// A measure, its unit and the words after the number.
type Phrase = (&'static str, Unit, &'static str);

const CASES: [Phrase; 4] = [
    ("cases", Unit::Count, words::CASES_BEGUN),
    ("fcr", Unit::Share, words::SOLVED_AT_FIRST),
    ("contacts_per_case", Unit::CountEach, words::CONTACTS_EACH),
    ("case_open", Unit::Count, words::CASES_OPEN),
];
/// Whom opening hours, waiting places, longest waits and offers to call back kept from an agent; zero where the rule is not used.
const ACCESS: [Phrase; 5] = [
    ("closed", Unit::Count, words::CLOSED),
    ("disconnected", Unit::Count, words::DISCONNECTED),
    ("deflected", Unit::Count, words::DEFLECTED),
    ("diverted", Unit::Count, words::DIVERTED),
    ("called_back", Unit::Count, words::CALLED_BACK),
];
const LIMIT: [Phrase; 2] = [
    ("transfer_refused", Unit::Count, words::TRANSFERS_REFUSED),
    ("escalated", Unit::Count, words::ESCALATED),
];
/// Calls back, whether promised at the limit, while waiting or after it.
const PROMISES: [Phrase; 3] = [
    ("callbacks_promised", Unit::Count, words::PROMISED),
    ("callbacks_kept_share", Unit::Share, words::PROMISES_KEPT),
    ("callback_delay_s", Unit::Seconds, words::CALLBACK_DELAY),
];
const STAFF: [Phrase; 4] = [
    ("paid_h", Unit::Hours, words::PAID),
    ("off_phone_h", Unit::Hours, words::OFF_PHONE),
    ("staffed_h", Unit::Hours, words::LOGGED_IN),
    ("busy_h", Unit::Hours, words::HANDLING),
];
/// All handling, then the parts that better answers would save; each visit is in one part at most.
const WORK: [Phrase; 4] = [
    ("handling_h", Unit::Hours, words::WORK_IN_ALL),
    ("repeat_h", Unit::Hours, words::IN_REPEATS),
    ("redial_h", Unit::Hours, words::IN_REDIALS),
    ("transfer_h", Unit::Hours, words::AFTER_TRANSFERS),
];
/// Time without a breath.
const OVER_90: Phrase = ("over_90_share", Unit::Share, words::OVER_90);
const COST: [Phrase; 4] = [
    ("cost_eur", Unit::Euros, ""),
    ("surcharge_eur", Unit::Euros, words::SURCHARGES),
    ("cost_per_answered_eur", Unit::EurosEach, words::AN_ANSWERED_CALL),
    ("cost_per_resolved_eur", Unit::EurosEach, words::A_SOLVING_CALL),
];

/// `121.3 M EUR ± 0.2`, `7.44 EUR ± 0.01 an answered call`; measures without a value and rules that never acted are
/// left out.
fn said(measures: &Measures, phrases: &[Phrase]) -> Vec<String> {
    phrases
        .iter()
        .filter_map(|(name, unit, after)| {
            let estimate = measures.get(name)?;
            let mean =
                estimate.mean.filter(|mean| !matches!(unit, Unit::Count | Unit::Euros) || *mean > 0.0)?;
            let number = NumberStyle::for_one(*unit, Some(mean)).estimate(estimate).joined();
            Some(format!("{number} {after}").trim_end().to_owned())
        })
        .collect()
}

/// The work behind repeats, redials and transfers, and the time without a breath, where there are any.
fn work(measures: &Measures) -> Vec<String> {
    let has_any = |(name, ..): &&Phrase| measures.get(name).is_some_and(|hours| hours.mean > Some(0.0));
    let phrases: Vec<Phrase> = WORK.iter().filter(has_any).copied().collect();
    let mut parts = if phrases.len() > 1 { hours(measures, &phrases) } else { Vec::new() };
    if has_any(&&OVER_90) {
        parts.extend(said(measures, &[OVER_90]));
    }
    parts
}

/// Hours in one unit with the same decimals.
fn hours(measures: &Measures, phrases: &[Phrase]) -> Vec<String> {
    // Hours off the phone only where there are any.
    let is_told = |name: &str, mean: f64| mean > 0.0 || name != "off_phone_h";
    let known = |(name, _, after): &Phrase| {
        let estimate = measures.get(name)?;
        is_told(name, estimate.mean?).then_some((estimate, *after))
    };
    let hours: Vec<(&Estimate, &str)> = phrases.iter().filter_map(known).collect();
    let style = NumberStyle::for_column(Unit::Hours, hours.iter().map(|(hours, _)| hours.mean))
        .evenly(hours.iter().map(|(hours, _)| *hours));
    hours.iter().map(|(hours, after)| format!("{} {after}", style.estimate(hours).joined())).collect()
}

/// How far the cost of one replication may lie from another's, and who bears it, where there are enough of them.
fn cost_spread(outcome: &Outcome) -> Vec<String> {
    /// Fewer say little of a spread.
    const ENOUGH: u32 = 10;
    let Some(risk) = &outcome.risk else { return Vec::new() };
    let cost = risk.distributions.iter().find(|(name, _)| *name == "cost_eur");
    let Some((_, cost)) = cost.filter(|(_, cost)| cost.n >= ENOUGH && cost.sd > 0.0) else {
        return Vec::new();
    };
    let (low, high) = (cost.p10.unwrap_or(cost.min), cost.p90.unwrap_or(cost.max));
    let style = NumberStyle::for_column(Unit::Euros, [Some(low), Some(high)]).telling_apart(low, high);
    let range = (style.value(low), style.value(high));
    let run = if is_a_year(outcome.manifest.horizon_s) { words::YEARS } else { words::RUNS };
    let mut parts = vec![match cost.p10 {
        Some(_) => words::eight_in_ten(run, &range.0, &range.1),
        None => words::all_between(cost.n, run, &range.0, &range.1),
    }];
    let most = risk.bearers.iter().filter_map(|bearer| Some((bearer, bearer.share?)));
    if let Some((bearer, share)) = most.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|_| risk.bearers.len() > 1)
    {
        let share = NumberStyle::for_one(Unit::Share, Some(share)).value(share);
        parts.push(words::borne_by(&bearer.name, &share));
    }
    parts
}

/// The hardest moments, and how much of the run was below its goal.
fn hardest(outcome: &Outcome, basis: &Basis) -> Vec<String> {
    let share = |value: f64| NumberStyle::for_one(Unit::Share, Some(value)).value(value);
    let mut parts: Vec<String> = outcome
        .hardest
        .iter()
        .map(|moment| {
            words::hard_moment(
                &moment.label,
                &share(moment.service_level),
                &basis.in_time(),
                &share(moment.abandonment),
            )
        })
        .collect();
    if let Some((intervals, visits)) = outcome.missed_intervals {
        parts.push(words::missed_intervals(&share(intervals), basis.interval(), &share(visits)));
    }
    if let Some(net) = &outcome.net_staffing {
        let agents = |value: f64| NumberStyle::for_one(Unit::Count, Some(value.round())).value(value.round());
        let required = agents(net.required);
        let spare = net.net.round();
        parts.push(if spare == 0.0 {
            words::just_enough(&net.label, &required)
        } else {
            let thinnest = if spare < 0.0 { words::too_few } else { words::to_spare };
            thinnest(&net.label, &agents(spare.abs()), &required)
        });
    }
    parts
}

/// Definitions, warnings, audit, next step.
fn foot(
    outcome: &Outcome,
    basis: &Basis,
    paint: Paint,
    prose: usize,
    gaps: Option<&'static str>,
) -> Vec<String> {
    let mut lines = Vec::new();
    for definition in basis.definitions() {
        lines.extend(wrapped(&definition, prose, 2));
    }
    let are_diverted = outcome.total.get("diverted_in").is_some_and(|visits| visits.mean > Some(0.0));
    let entered = if are_diverted { words::ENTERED_WITH_DIVERSIONS } else { words::ENTERED };
    for definition in [entered, words::WAITS] {
        lines.extend(wrapped(definition, prose, 2));
    }
    if !outcome.hardest.is_empty() {
        lines.extend(wrapped(words::HARDEST_OF, prose, 2));
    }
    lines.extend(targets::definitions(outcome).into_iter().flat_map(|line| wrapped(line, prose, 2)));
    lines.extend(gaps.into_iter().flat_map(|text| wrapped(text, prose, 2)));
    lines.extend(wrapped(words::ROUNDED, prose, 2));
    let waits = outcome.total.0.iter().filter(|(name, _)| name.starts_with("answered_wait_s_p"));
    if waits.map(|(_, estimate)| estimate).any(is_unknown) {
        lines.extend(wrapped(words::UNKNOWN_MEANS, prose, 2));
    }
    for open in said(&outcome.total, &[("open", Unit::Count, words::NEVER_ANSWERED)]) {
        lines.extend(wrapped(&open, prose, 2));
    }
    for note in &outcome.notes {
        lines.extend(wrapped(&words::note(note), prose, 2));
    }
    let mut closing = Vec::new();
    if outcome.manifest.replications > 1 {
        closing.push(basis.spread().to_owned());
    }
    if outcome.audit.is_empty() {
        closing.push(words::AUDIT_KEPT.to_owned());
    }
    lines.extend(wrapped_parts(&closing, Separator::Dot, prose, 0));
    if !outcome.audit.is_empty() {
        lines.push(paint.bad(words::AUDIT_BROKEN));
        for law in &outcome.audit {
            lines.extend(wrapped(&words::broken_law(law), prose, 4));
        }
    }
    lines.extend(wrapped_parts(&words::next(basis.file()), Separator::Dot, prose, 6));
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample;
    use super::*;
    use crate::experiment::Verdict;

    fn plain(outcome: &Outcome) -> String {
        page(outcome, &Basis::sample(), Paint::Plain, PAGE_WIDTH)
    }

    #[test]
    fn the_year_reads_as_agreed() {
        insta::assert_snapshot!(plain(&sample::telecom_year()));
    }

    #[test]
    fn one_small_replication_shows_no_interval_no_dates_and_a_hint_for_targets() {
        insta::assert_snapshot!(plain(&sample::one_small_replication()));
    }

    #[test]
    fn an_interrupted_run_and_a_broken_law_are_said_at_once() {
        let mut outcome = sample::telecom_year();
        outcome.manifest.is_partial = true;
        outcome.manifest.replications = 3;
        outcome.audit = vec!["billing, 2026-03-23: entered 10, answered 7, abandoned 2".to_owned()];
        let text = plain(&outcome);
        assert!(text.contains("PARTIAL: interrupted after 3 of 8 replications"), "{text}");
        assert!(text.contains("AUDIT FAILED"), "{text}");
        assert!(!text.contains(words::AUDIT_KEPT), "{text}");
    }

    #[test]
    fn targets_of_different_periods_name_their_period() {
        let mut outcome = sample::telecom_year();
        outcome.targets[1].per = "year";
        outcome.targets[1].periods = sample::estimate(1.0, 0.0);
        outcome.targets[1].missed = sample::estimate(0.375, 0.4);
        let text = plain(&outcome);
        assert!(text.contains("168 of 365 days ± 11"), "{text}");
        assert!(text.contains("3 of 8 replications") && text.contains(words::PER_YEAR), "{text}");
        assert!(!plain(&sample::telecom_year()).contains(words::PER_YEAR));
    }

    #[test]
    fn a_roster_that_has_just_what_is_required_has_no_agents_fewer() {
        let mut outcome = sample::telecom_year();
        let mut thinnest = outcome.net_staffing.clone().expect("the year has one");
        for (net, words) in [
            (-0.3, " just as many agents as Erlang A's "),
            (0.3, " just as many agents as "),
            (-0.7, " 1 agent fewer than "),
            (1.6, " only 2 agents more than "),
        ] {
            thinnest.net = net;
            outcome.net_staffing = Some(thinnest.clone());
            assert!(plain(&outcome).contains(words), "{net}: {}", plain(&outcome));
        }
    }

    #[test]
    fn diversions_are_no_transfers_and_stand_with_the_longest_waits() {
        let mut outcome = sample::telecom_year();
        assert!(!plain(&outcome).contains("sent on to"));
        for (name, visits) in [("deflected", 390.0), ("diverted", 220.0), ("diverted_in", 220.0)] {
            outcome.total.0.push((name, sample::estimate(visits, 6.0)));
        }
        let text = plain(&outcome);
        assert!(text.contains("390 ± 6 deflected after the longest wait"), "{text}");
        assert!(text.contains("220 ± 6 of them sent on to another class"), "{text}");
        assert!(text.contains("+ transferred in + sent on to it"), "{text}");
    }

    #[test]
    fn surcharges_are_told_as_part_of_the_cost_where_there_are_any() {
        let mut outcome = sample::telecom_year();
        assert!(!plain(&outcome).contains("surcharges"));
        outcome.total.0.push(("surcharge_eur", sample::estimate(2_340_000.0, 4_000.0)));
        assert!(plain(&outcome).contains("2.34 M EUR ± < 0.01 of it surcharges"), "{}", plain(&outcome));
    }

    #[test]
    fn days_that_are_not_judged_are_explained() {
        let mut outcome = sample::telecom_year();
        assert!(!plain(&outcome).contains(words::NOT_JUDGED));
        outcome.targets[0].periods = sample::estimate(outcome.by_day.len() as f64 - 1.0, 0.0);
        assert!(plain(&outcome).contains(words::NOT_JUDGED));
    }

    #[test]
    fn groups_are_shown_below_few_sites_and_looked_for_elsewhere_where_they_are_many() {
        let mut outcome = sample::telecom_year();
        let group = outcome.sites[0].clone();
        outcome.groups = vec![group.clone(); 12];
        let text = plain(&outcome);
        assert!(text.contains("BY SITE") && text.contains("BY GROUP"), "{text}");
        outcome.groups.push(group);
        let text = plain(&outcome);
        assert!(text.contains("\n13 groups: ") && !text.contains("BY GROUP"), "{text}");
    }

    #[test]
    fn enough_replications_show_the_range_of_missed_days_and_the_legend_says_what_it_is() {
        let mut outcome = sample::telecom_year();
        assert!(!plain(&outcome).contains(words::LEGEND_RANGE));
        outcome.targets[0].missed_range = Some((157.0, 179.0));
        let text = plain(&outcome);
        assert!(text.contains("168 of 365 [157–179]") && text.contains(words::LEGEND_RANGE), "{text}");
    }

    #[test]
    fn a_narrow_terminal_gets_its_text_wrapped_and_whole_tables() {
        let text = page(&sample::telecom_year(), &Basis::sample(), Paint::Plain, 50);
        let end = text.find("HARDEST").expect("the end of the page");
        assert!(text[end..].lines().all(|line| width(line) <= 50), "{text}");
        assert!(text.lines().any(|line| line.starts_with("BY SITE") && line.ends_with("cost")), "{text}");
        assert!(
            page(&sample::telecom_year(), &Basis::sample(), Paint::Plain, 200)
                == plain(&sample::telecom_year())
        );
    }

    #[test]
    fn a_quantile_without_an_interval_says_so_and_the_widest_interval_does_not_speak_for_it() {
        let mut outcome = sample::telecom_year();
        assert!(!plain(&outcome).contains("no interval can be told"));
        let no_interval = |measures: &mut Measures| {
            for (name, estimate) in &mut measures.0 {
                if name.ends_with("_p95") {
                    estimate.half_width = None;
                }
            }
        };
        no_interval(&mut outcome.total);
        no_interval(&mut outcome.classes[2].measures);
        let text = plain(&outcome);
        assert!(text.contains("78 s ± ?") && text.contains(words::UNKNOWN_MEANS), "{text}");
        assert!(text.contains("\nno interval can be told: p95 of technical, p95 of all\n"), "{text}");
    }

    #[test]
    fn a_bound_inside_the_interval_is_not_sure() {
        let mut outcome = sample::telecom_year();
        outcome.targets[0].verdict = Some(Verdict::NotSure);
        outcome.targets[1].bound = 0.0455;
        let text = plain(&outcome);
        assert!(text.contains("? not sure") && text.contains("≤ 4.55 %"), "{text}");
    }

    #[test]
    fn visits_that_were_never_answered_are_said_and_none_are_not() {
        let mut outcome = sample::telecom_year();
        assert!(!plain(&outcome).contains("never answered"));
        outcome.total.0.push(("open", sample::estimate(1_234.0, 56.0)));
        let text = plain(&outcome);
        assert!(text.contains("\n1,234 ± 56 visits were never answered"), "{text}");
        outcome.total.0.retain(|(name, _)| *name != "open");
        outcome.total.0.push(("open", sample::estimate(0.0, 0.0)));
        assert!(!plain(&outcome).contains("never answered"));
    }

    #[test]
    fn a_long_class_leaves_its_measure_readable() {
        let mut outcome = sample::telecom_year();
        outcome.targets[1].class = Some("a_class_with_a_name_that_is_much_longer_than_any_line".to_owned());
        let text = plain(&outcome);
        assert!(text.lines().any(|line| line.contains("…: abandoned ")), "{text}");
    }

    #[test]
    fn colour_adds_escapes_and_no_word() {
        let outcome = sample::telecom_year();
        let coloured = page(&outcome, &Basis::sample(), Paint::Colour, PAGE_WIDTH);
        assert_ne!(coloured, plain(&outcome));
        assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain(&outcome));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_line_is_wider_than_the_page(outcome in sample::any_outcome()) {
            for line in plain(&outcome).lines() {
                prop_assert!(width(line) <= PAGE_WIDTH, "{} columns: {line}", width(line));
            }
        }
    }
}
