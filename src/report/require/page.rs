//! The page of a requirement: groups, classes, periods, and formula beside simulation.
//!
//! Invariant: no line is wider than the page, whatever the names and numbers.

use super::Required;
use super::data::is_for_weeks;
use crate::analytics::Formula;
use crate::calculator::{Compared, PlanCheck};
use crate::report::erlang::{goals, seconds, share};
use crate::report::number::{NO_VALUE, NumberStyle, Unit, grouped};
use crate::report::paint::Paint;
use crate::report::text::{PAGE_WIDTH, cut, left, right, width, wrapped};
use crate::scenario::checked::{Class, Group};
use crate::staffing::{By, ClassSum, GroupSum, Period, Sums, periods};

/// Names are cut to this.
const WIDEST_NAME: usize = 24;

/// How it was done and what it leaves out.
const METHOD: &str = "Each interval alone and in balance. Classes that the same agents are offered at once are one queue, \
    answered by Erlang A in the order of arrival; a pool's agents go to its groups by the plan, to its classes by their work. Left \
    out: help from later tiers, consultations, callbacks, pressure on handling, days that vary, and who still waits from the interval before.";

/// The page, 80 columns wide; `file` is what was typed, with the values set beside it.
#[must_use]
pub fn requirement_page(required: &Required<'_>, file: &str, paint: Paint) -> String {
    let scenario = required.scenario;
    let sums = required.requirement.sums(scenario, required.requirement.counted(scenario));
    let mut lines = vec![paint.heading("AGENTS REQUIRED, BY ERLANG A")];
    lines.extend(wrapped(&scenario.name, PAGE_WIDTH, 2));
    lines.extend(wanted(required));
    if sums.out_of_reach > 0 {
        let text = format!(
            "OUT OF REACH in {} interval{}: no number of agents is enough there; the nearest is shown.",
            grouped(sums.out_of_reach as f64, 0),
            if sums.out_of_reach == 1 { "" } else { "s" }
        );
        lines.extend(wrapped(&text, PAGE_WIDTH, 2));
    }
    lines.push(String::new());
    lines.extend(by_group(required, &sums, paint));
    lines.push(String::new());
    lines.extend(by_class(required, &sums, paint));
    lines.push(String::new());
    lines.extend(by_period(required, &sums, paint));
    lines.push(String::new());
    lines.extend(thinnest(required).into_iter().flat_map(|text| wrapped(&text, PAGE_WIDTH, 2)));
    if let Some(check) = required.check {
        lines.push(String::new());
        lines.extend(checked(check, paint));
    }
    for text in [METHOD, visits(required), &words(required, &sums)] {
        lines.extend(wrapped(text, PAGE_WIDTH, 2).iter().map(|line| paint.quiet(line)));
    }
    let next = if required.check.is_some() {
        format!("next: holdtime require {file} --by interval --format csv")
    } else {
        format!("next: holdtime require {file} --check · --by interval --format csv")
    };
    lines.extend(wrapped(&next, PAGE_WIDTH, 6));
    lines.join("\n") + "\n"
}

/// What is wanted, of all classes together where it is the same of each.
fn wanted(required: &Required<'_>) -> Vec<String> {
    let of_each: Vec<String> = (required.requirement.wanted.iter())
        .map(|targets| goals(targets, Formula::ErlangA).join(", "))
        .collect();
    if of_each.windows(2).all(|two| two[0] == two[1]) {
        return wrapped(&format!("wanted: {}", of_each.first().map_or("", String::as_str)), PAGE_WIDTH, 2);
    }
    let of_class = |(class, wanted): (&Class, &String)| {
        wrapped(&format!("wanted of {}: {wanted}", cut(&class.name, WIDEST_NAME)), PAGE_WIDTH, 2)
    };
    required.scenario.classes.iter().zip(&of_each).flat_map(of_class).collect()
}

fn by_group(required: &Required<'_>, sums: &Sums, paint: Paint) -> Vec<String> {
    let is_for_weeks = required.is_paid() && is_for_weeks(sums.span_h);
    let has_heads = required.scenario.groups.iter().any(|group| group.heads.is_some());
    let mut heading = vec!["mean", "most", "needed", "plan", "short", "over"];
    if is_for_weeks {
        heading.extend(["FTE", "heads"]);
        heading.extend(has_heads.then_some("have"));
    } else {
        heading.extend(required.is_paid().then_some("paid"));
    }
    let scale = Scale::of(sums);
    let row = |name: &str, sum: &GroupSum, have: Option<f64>| {
        let hours = [sum.logged_in_h, sum.planned_h, sum.short_h, sum.over_h];
        let mut cells = vec![agents(sums.mean(sum.required_h)), agents(sum.required_peak)];
        cells.extend(hours.map(|hours| scale.hours(hours)));
        if is_for_weeks {
            cells.extend([agents(sum.fte), agents(sum.heads)]);
            cells.extend(has_heads.then(|| have.map_or(NO_VALUE.to_owned(), agents)));
        } else {
            cells.extend(required.is_paid().then(|| scale.hours(sum.paid_h)));
        }
        (name.to_owned(), cells)
    };
    let groups = &required.scenario.groups;
    let rows = groups.iter().zip(&sums.groups).map(|(group, sum)| row(&group.name, sum, group.mean_heads()));
    let have: f64 = groups.iter().filter_map(Group::mean_heads).sum();
    let total = row("all", &sums.agents, has_heads.then_some(have));
    table(&format!("BY GROUP, {}", scale.unit()), &heading, rows.collect(), Some(total), paint)
}

fn by_class(required: &Required<'_>, sums: &Sums, paint: Paint) -> Vec<String> {
    let scale = Scale::of(sums);
    let heading = ["visits", "AHT", "work", "needed", "most", "in time", "abandon", "ASA"];
    let row = |name: &str, sum: &ClassSum| {
        let shown = |value: Option<f64>, show: fn(f64) -> String| value.map_or(NO_VALUE.to_owned(), show);
        let cells = vec![
            count(sum.visits),
            shown((sum.visits > 0.0).then(|| sum.work_h * 3600.0 / sum.visits), seconds),
            scale.hours(sum.work_h),
            scale.hours(sum.required_h),
            agents(sum.required_peak),
            shown(sum.service_level(), share),
            shown(sum.abandonment(), share),
            shown(sum.asa_s(), seconds),
        ];
        (name.to_owned(), cells)
    };
    let rows = required.scenario.classes.iter().zip(&sums.classes).map(|(class, sum)| row(&class.name, sum));
    let total = row("all", &sums.visits);
    table(&format!("BY CLASS, {}", scale.unit()), &heading, rows.collect(), Some(total), paint)
}

fn by_period(required: &Required<'_>, whole: &Sums, paint: Paint) -> Vec<String> {
    let is_interval = required.by == By::Interval;
    let is_paid = required.is_paid() && required.by == By::Month;
    let mut heading = if is_interval {
        vec!["visits", "AHT", "required", "logged in", "plan", "net"]
    } else {
        vec!["visits", "mean", "most", "needed", "plan", "short", "over"]
    };
    heading.extend(is_paid.then_some("FTE"));
    let scale = Scale::of(whole);
    let row = |label: String, sums: &Sums| {
        let (all, visits) = (&sums.agents, &sums.visits);
        let mut cells = if is_interval {
            let (logged_in, planned) = (sums.mean(all.logged_in_h), sums.mean(all.planned_h));
            let aht_s = (visits.visits > 0.0).then(|| visits.work_h * 3600.0 / visits.visits);
            vec![
                count(visits.visits),
                aht_s.map_or(NO_VALUE.to_owned(), seconds),
                agents(sums.mean(all.required_h)),
                agents(logged_in),
                agents(planned),
                signed(planned - logged_in),
            ]
        } else {
            vec![
                count(visits.visits),
                agents(sums.mean(all.required_h)),
                agents(all.required_peak),
                scale.hours(all.logged_in_h),
                scale.hours(all.planned_h),
                scale.hours(all.short_h),
                scale.hours(all.over_h),
            ]
        };
        cells.extend(is_paid.then(|| agents(all.fte)));
        (label, cells)
    };
    let parts = periods(&required.scenario.almanac, required.by);
    let is_one_day = parts.windows(2).all(|two| two[0].date == two[1].date);
    let label = |period: &Period| match (is_interval, is_one_day) {
        (true, true) => period.clock.clone(),
        (true, false) => format!("{} {}", period.date, period.clock),
        (false, _) => period.date.clone(),
    };
    let told = parts.iter().filter_map(|period| {
        let sums = required.requirement.sums(required.scenario, period.intervals.clone());
        // Hours in which it is closed say nothing.
        let is_empty =
            is_interval && sums.visits.visits + sums.agents.logged_in_h + sums.agents.planned_h == 0.0;
        (!is_empty).then(|| row(label(period), &sums))
    });
    let rows: Vec<Line> = told.collect();
    let title = match required.by {
        By::Interval => "BY INTERVAL".to_owned(),
        By::Day => format!("BY DAY, {}", scale.unit()),
        By::Month => format!("BY MONTH, {}", scale.unit()),
    };
    let total = (!is_interval && parts.len() > 1).then(|| row("all".to_owned(), whole));
    table(&title, &heading, rows, total, paint)
}

/// The interval in which the plan has the fewest agents beside what is required.
fn thinnest(required: &Required<'_>) -> Option<String> {
    let scenario = required.scenario;
    let net = |i: usize| -> (f64, f64) {
        let of = &required.requirement.intervals[i].groups;
        let needed: f64 = of.iter().map(|group| group.logged_in).sum();
        (of.iter().map(|group| group.planned).sum::<f64>() - needed, needed)
    };
    let parts = periods(&scenario.almanac, By::Interval);
    let worst = parts
        .iter()
        .min_by(|one, other| net(one.intervals.start).0.total_cmp(&net(other.intervals.start).0))?;
    let (least, needed) = net(worst.intervals.start);
    if least > -0.5 {
        return Some("The plan is nowhere short of what is required.".to_owned());
    }
    let n_short = parts.iter().filter(|period| net(period.intervals.start).0 < -0.5).count();
    Some(format!(
        "Most short: {} {}, {} of {} agents. Short in {} of {} intervals.",
        worst.date,
        worst.clock,
        agents(-least),
        agents(needed),
        grouped(n_short as f64, 0),
        grouped(parts.len() as f64, 0)
    ))
}

/// Where the visits come from.
fn visits(required: &Required<'_>) -> &'static str {
    if required.scenario.customers_come_back() {
        "Visits: fresh, transferred, and those who redial or repeat, as late as their delays say, if as many abandon as by formula."
    } else {
        "Visits: as `holdtime check` expects them, transfers included."
    }
}

/// What the columns say.
fn words(required: &Required<'_>, sums: &Sums) -> String {
    let mut text = "Mean, most: agents on the telephone. Needed: hours of agents logged in; short and over: what the plan has \
        less or more, interval by interval."
        .to_owned();
    if required.by == By::Interval {
        text += " Intervals without visits and agents are not shown.";
    }
    if required.is_paid() {
        text += if required.requirement.payroll.shrinkage.is_some() {
            " Paid: logged in ÷ (1 − shrinkage)."
        } else {
            " Paid: logged in ÷ adherence ÷ (1 − internal) ÷ (1 − absence) of each group."
        };
        if is_for_weeks(sums.span_h) {
            text += " FTE, heads: who is paid these hours, every week alike.";
        } else if required.requirement.payroll.fte_hours.is_some() {
            text += " FTE: only of a run of a day and more.";
        }
    }
    text
}

/// Formula and simulation side by side.
fn checked(check: &PlanCheck, paint: Paint) -> Vec<String> {
    let simulated = |of: &Compared, unit: Unit| {
        NumberStyle::for_one(unit, of.simulated.mean).estimate(&of.simulated).joined()
    };
    let formula = |of: &Compared, show: fn(f64) -> String| of.formula.map_or(NO_VALUE.to_owned(), show);
    let intro = format!(
        "SIMULATED with the required agents in the plan, {} runs, {} visits ({} expected)",
        check.replications,
        NumberStyle::for_one(Unit::Count, check.visits.simulated.mean)
            .estimate(&check.visits.simulated)
            .joined(),
        check.visits.formula.map_or(NO_VALUE.to_owned(), count)
    );
    let mut lines: Vec<String> =
        wrapped(&intro, PAGE_WIDTH, 2).iter().map(|line| paint.heading(line)).collect();
    let heading = ["in time", "simulated", "abandon", "simulated", "ASA", "simulated", "below"];
    let rows = check.classes.iter().map(|class| {
        let (all, below) = class.intervals;
        let cells = vec![
            formula(&class.service_level, share),
            simulated(&class.service_level, Unit::Share),
            formula(&class.abandonment, share),
            simulated(&class.abandonment, Unit::Share),
            formula(&class.asa_s, seconds),
            simulated(&class.asa_s, Unit::Seconds),
            format!("{below}/{all}"),
        ];
        (class.name.clone(), cells)
    });
    lines.extend(table("class", &heading, rows.collect(), None, paint));
    let rows = check.groups.iter().map(|group| {
        let cells = vec![formula(&group.occupancy, share), simulated(&group.occupancy, Unit::Share)];
        (group.name.clone(), cells)
    });
    lines.extend(table("group", &["occupancy", "simulated"], rows.collect(), None, paint));
    let text = "First by formula; ± is half the 95\u{a0}% interval. Below: intervals of the typical week in which fewer are answered \
                in time than wanted, of those with visits.";
    lines.extend(wrapped(text, PAGE_WIDTH, 2).iter().map(|line| paint.quiet(line)));
    lines
}

type Line = (String, Vec<String>);

/// A title over the names, headings over the numbers; closer together where it would be too wide, names cut last.
fn table(title: &str, heading: &[&str], rows: Vec<Line>, total: Option<Line>, paint: Paint) -> Vec<String> {
    let has_total = rows.len() > 1;
    let rows: Vec<Line> = rows.into_iter().chain(total.filter(|_| has_total)).collect();
    let widths: Vec<usize> = (0..heading.len())
        .map(|c| rows.iter().map(|(_, cells)| width(&cells[c])).chain([width(heading[c])]).max().unwrap_or(0))
        .collect();
    let longest = rows.iter().map(|(name, _)| width(name)).chain([width(title)]).max().unwrap_or(0);
    let taken = |gap: usize| widths.iter().map(|width| width + gap).sum::<usize>();
    let longest = longest.min(WIDEST_NAME);
    let gap = if longest + taken(2) <= PAGE_WIDTH { 2 } else { 1 };
    let name_width = longest.min(PAGE_WIDTH.saturating_sub(taken(gap)));
    let line = |name: &str, cells: &mut dyn Iterator<Item = &str>| {
        let cells: String = cells.zip(&widths).map(|(cell, width)| right(cell, width + gap)).collect();
        cut(&format!("{}{cells}", left(&cut(name, name_width), name_width)), PAGE_WIDTH)
    };
    let mut lines = vec![paint.heading(line(title, &mut heading.iter().copied()))];
    lines.extend(rows.iter().map(|(name, cells)| line(name, &mut cells.iter().map(String::as_str))));
    lines
}

/// Agents: whole numbers as they are, small ones with a decimal.
fn agents(number: f64) -> String {
    grouped(number, usize::from(number.abs() < 100.0 && (number - number.round()).abs() > 1e-9))
}

/// Visits: small numbers with a decimal.
fn count(number: f64) -> String {
    grouped(number, usize::from(number < 100.0 && (number - number.round()).abs() > 1e-9))
}

/// Hours, or thousands of them where there are many.
#[derive(Clone, Copy)]
struct Scale(f64);

impl Scale {
    fn of(sums: &Sums) -> Self {
        let most = sums.agents.logged_in_h.max(sums.agents.planned_h);
        Self(if most >= 100_000.0 { 1000.0 } else { 1.0 })
    }

    fn unit(self) -> &'static str {
        if self.0 > 1.0 { "kh" } else { "hours" }
    }

    fn hours(self, hours: f64) -> String {
        let shown = hours / self.0;
        let has_rest = self.0 > 1.0 || (shown < 100.0 && (shown - shown.round()).abs() > 1e-9);
        grouped(shown, usize::from(has_rest))
    }
}

fn signed(number: f64) -> String {
    let text = agents(number.abs());
    if number > 1e-9 {
        format!("+{text}")
    } else if number < -1e-9 {
        format!("−{text}")
    } else {
        text
    }
}
