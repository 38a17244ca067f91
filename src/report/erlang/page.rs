//! The page of one answer, and the table of a grid.

use crate::analytics::{Base, Formula, Targets};
use crate::calculator::{Answer, Nearest, NotSimulated, Presence, Question, Simulated};
use crate::report::number::{NO_VALUE, NumberStyle, Unit, grouped, span_in_words, wait_in_words};
use crate::report::paint::Paint;
use crate::report::text::{PAGE_WIDTH, Separator, cut, left, right, width, wrapped, wrapped_parts};
use crate::stats::Estimate;

/// An answer with what was asked for beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What the formula says.
    pub answer: Answer,
    /// What a simulation says, or why there is none; `None` if none was asked for.
    pub simulated: Option<Result<Simulated, NotSimulated>>,
}

/// One answer: each value on a line, a simulation beside it where one was asked for.
#[must_use]
pub fn erlang_page(line: &Line, presence: &Presence, paint: Paint) -> String {
    let answer = &line.answer;
    let question = &answer.question;
    let mut lines = vec![paint.heading(title(question))];
    lines.extend(wrapped_parts(&asked(question), Separator::Dot, PAGE_WIDTH, 2));
    lines.push(String::new());
    let simulated = line.simulated.as_ref().and_then(|ran| ran.as_ref().ok());
    if simulated.is_some() {
        let heading = format!("{}{}  {}", left("", LABEL), right("formula", VALUE), "simulated");
        lines.push(paint.quiet(heading));
    }
    for (label, value, estimate) in values(answer, simulated, presence) {
        let measured = estimate.map_or(String::new(), |(estimate, unit)| {
            format!("  {}", NumberStyle::for_one(unit, estimate.mean).estimate(&estimate).joined())
        });
        lines
            .push(format!("{}{}{measured}", left(&label, LABEL), right(&value, VALUE)).trim_end().to_owned());
    }
    lines.push(String::new());
    lines.extend(verdict(answer, paint));
    if let Some(simulated) = simulated {
        let text = format!(
            "Simulated: {} runs, {} calls in all. ± is half the 95\u{a0}% interval: one in twenty misses the formula's \
             value even where the formula is right.",
            simulated.replications,
            grouped(simulated.calls, 0)
        );
        lines.extend(wrapped(&text, PAGE_WIDTH, 2).iter().map(|line| paint.quiet(line)));
    }
    if let Some(Err(why)) = &line.simulated {
        lines.extend(wrapped(&not_simulated(why), PAGE_WIDTH, 2));
    }
    lines.join("\n") + "\n"
}

/// Columns of the label and of the formula's value.
const LABEL: usize = 34;
const VALUE: usize = 14;

/// `Erlang A`.
pub fn formula_name(formula: Formula) -> &'static str {
    match formula {
        Formula::ErlangB => "Erlang B",
        Formula::ErlangC => "Erlang C",
        Formula::ErlangA => "Erlang A",
    }
}

/// `ERLANG A, M/M/n+M: customers wait as long as patience lasts`.
fn title(question: &Question) -> String {
    let words = match question.formula {
        Formula::ErlangB => "M/M/n/n: who finds no line free is turned away",
        Formula::ErlangC => "M/M/n: everyone waits until answered",
        Formula::ErlangA => "M/M/n+M: everyone waits as long as patience lasts",
    };
    format!("{}, {words}", formula_name(question.formula).to_uppercase())
}

/// The question in words.
fn asked(question: &Question) -> Vec<String> {
    let mut parts = vec![
        format!("{} calls in {}", number(question.calls), span_in_words(question.per_s)),
        format!("handle time {}", wait_in_words(question.aht_s)),
    ];
    if question.formula == Formula::ErlangA {
        parts.push(format!("patience {}", wait_in_words(question.patience_s)));
        if question.balking > 0.0 {
            parts.push(format!("{} leave at once if nobody is idle", bound(question.balking)));
        }
    }
    if let Some(agents) = question.agents {
        parts.push(agents_in_words(question.formula, agents));
    }
    let targets = targets(question);
    if !targets.is_empty() {
        parts.push(format!("wanted: {}", targets.join(", ")));
    }
    parts.iter().map(|part| part.replace('\u{a0}', " ")).collect()
}

/// `13 agents`, `1 line`.
pub(super) fn agents_in_words(formula: Formula, agents: u32) -> String {
    let one = if formula == Formula::ErlangB { "line" } else { "agent" };
    format!("{} {one}{}", grouped(f64::from(agents), 0), if agents == 1 { "" } else { "s" })
}

/// What is wanted, in words that stay on one line each.
pub(super) fn targets(question: &Question) -> Vec<String> {
    goals(&question.targets, question.formula)
}

/// The same of a formula's targets.
pub(in crate::report) fn goals(targets: &Targets, formula: Formula) -> Vec<String> {
    let service = targets.service_level.map(|service| {
        let of = if formula == Formula::ErlangA { of(service.base) } else { String::new() };
        format!("{} in {}{of}", bound(service.share), wait_in_words(service.within_s))
    });
    let most = |value: Option<f64>, what: &str| value.map(|value| format!("at most {} {what}", bound(value)));
    let asa = targets.asa_s.map(|asa_s| format!("an ASA of at most {}", wait_in_words(asa_s)));
    [
        service,
        most(targets.abandonment, "abandonment"),
        asa,
        most(targets.occupancy, "occupancy"),
        most(targets.blocking, "turned away"),
    ]
    .into_iter()
    .flatten()
    .map(|text| text.replace(' ', "\u{a0}"))
    .collect()
}

/// ` of the answered`; all calls need no word.
pub(super) fn of(base: Base) -> String {
    match base {
        Base::Entered => String::new(),
        Base::Answered => " of the answered".to_owned(),
        Base::EnteredLessShort { short_s } => {
            format!(" of those who stay {} or are answered", wait_in_words(short_s))
        }
    }
}

/// A share that was typed: `80 %`, `2.5 %`.
fn bound(share: f64) -> String {
    let percent = share * 100.0;
    let decimals = (0..4).find(|decimals| {
        let power = 10_f64.powi(*decimals);
        ((percent * power).round() - percent * power).abs() < 1e-6
    });
    format!("{} %", grouped(percent, decimals.unwrap_or(4) as usize))
}

type Measured = Option<(Estimate, Unit)>;

/// Label, value of the formula, value of the simulation.
fn values(
    answer: &Answer,
    simulated: Option<&Simulated>,
    presence: &Presence,
) -> Vec<(String, String, Measured)> {
    let question = &answer.question;
    let measured = |of: fn(&Simulated) -> Estimate, unit: Unit| simulated.map(|it| (of(it), unit));
    let mut rows = Vec::new();
    let mut row = |label: &str, value: Option<String>, measured: Measured| {
        if let Some(value) = value {
            rows.push((label.to_owned(), value, measured));
        }
    };
    let people = if question.formula == Formula::ErlangB { "lines" } else { "agents" };
    row("offered load", Some(format!("{} erlangs", grouped(answer.load, 2))), None);
    row(people, Some(grouped(f64::from(answer.agents), 0)), None);
    row("occupancy", Some(share(answer.occupancy)), measured(|it| it.occupancy, Unit::Share));
    let delayed = if question.formula == Formula::ErlangB { "turned away" } else { "find nobody idle" };
    row(delayed, Some(share(answer.delayed)), measured(|it| it.delayed, Unit::Share));
    let within = format!("answered in {}", wait_in_words(question.service_level().within_s));
    row(&within, answer.service_level.map(share), measured(|it| it.service_level, Unit::Share));
    row("abandon", answer.abandonment.map(share), measured(|it| it.abandonment, Unit::Share));
    row("mean wait of the answered (ASA)", answer.asa_s.map(seconds), measured(|it| it.asa_s, Unit::Seconds));
    if answer.abandonment.is_some() {
        row("mean wait of all", answer.wait_s.map(seconds), measured(|it| it.wait_s, Unit::Seconds));
    }
    row("mean number waiting", answer.waiting.map(count), measured(|it| it.waiting, Unit::CountEach));
    let rostered = presence.rostered(answer.agents).map(|rostered| grouped(rostered, 1));
    row("rostered, with shrinkage", rostered, None);
    row("full-time positions (FTE)", presence.fte(answer.agents).map(|fte| grouped(fte, 1)), None);
    rows
}

fn verdict(answer: &Answer, paint: Paint) -> Vec<String> {
    let question = &answer.question;
    let mut text = String::new();
    if answer.grows {
        let more = if answer.agents == 0 { "nobody answers" } else { "more work comes than agents can do" };
        text = format!("The queue grows without limit: {more}.");
        if question.formula == Formula::ErlangC {
            text += " Customers with patience give up instead: `holdtime erlang a`.";
        }
    }
    let wanted = targets(question).join(", ");
    match answer.is_met {
        None => {}
        Some(true) if question.agents.is_none() => {
            let enough = agents_in_words(question.formula, answer.agents);
            text = format!("{enough} are the fewest with {wanted}.");
        }
        Some(true) => text = format!("Met: {wanted}."),
        Some(false) => {
            text = format!("{}Not met: {wanted}.", if text.is_empty() { String::new() } else { text + " " })
        }
    }
    let painted = |line: &String| match answer.is_met {
        Some(true) => paint.good(line),
        Some(false) => paint.bad(line),
        None => line.clone(),
    };
    wrapped(&text, PAGE_WIDTH, 2).iter().map(painted).collect()
}

/// Why there is nothing to see beside the formula.
fn not_simulated(why: &NotSimulated) -> String {
    match why {
        NotSimulated::Grows => {
            "Not simulated: a queue that grows without limit measures only how long one looks.".to_owned()
        }
        NotSimulated::Nothing => "Not simulated: there are no calls, or nobody to answer them.".to_owned(),
        NotSimulated::TooLarge(most) => {
            format!("Not simulated: more than {} agents.", grouped(f64::from(*most), 0))
        }
        NotSimulated::Stopped(why) => format!("Not simulated: {why}."),
    }
}

/// No number of agents meets the targets: the sentence, with the nearest.
#[must_use]
pub fn out_of_reach(nearest: &Nearest) -> String {
    let Nearest(answer) = nearest;
    let wanted = targets(&answer.question).join(", ");
    let reached = match answer.service_level {
        Some(level) => format!("{} in time, {} find nobody idle", share(level), share(answer.delayed)),
        None => format!("{} turned away", share(answer.delayed)),
    };
    let people = agents_in_words(answer.question.formula, answer.agents);
    let wanted = wanted.replace('\u{a0}', " ");
    format!("no number of agents gives {wanted}; nearest: {people} give {reached}")
}

/// Heading, and the text of an answer; `None` where it has no such value.
type GridColumn<'a> = (String, Box<dyn Fn(&Answer) -> Option<String> + 'a>);

/// A grid: a row for each answer, those that meet the targets marked.
#[must_use]
pub fn erlang_grid(lines: &[Line], presence: &Presence, paint: Paint) -> String {
    let Some(first) = lines.first() else { return String::new() };
    let question = &first.answer.question;
    let has_targets = !question.targets.is_empty();
    let mut out = vec![paint.heading(title(question))];
    let alike = |of: fn(&Question) -> f64| lines.iter().all(|line| of(&line.answer.question) == of(question));
    let (same_calls, same_aht) = (alike(|q| q.calls), alike(|q| q.aht_s));
    let mut shared = Vec::new();
    if same_calls {
        shared.push(format!("{} calls in {}", number(question.calls), span_in_words(question.per_s)));
    } else {
        shared.push(format!("calls in {}", span_in_words(question.per_s)));
    }
    if same_aht {
        shared.push(format!("handle time {}", wait_in_words(question.aht_s)));
    }
    if question.formula == Formula::ErlangA {
        shared.push(format!("patience {}", wait_in_words(question.patience_s)));
    }
    if has_targets {
        shared.push(format!("wanted: {}", targets(question).join(", ").replace('\u{a0}', " ")));
    }
    out.extend(wrapped_parts(&shared, Separator::Dot, PAGE_WIDTH, 2));
    out.push(String::new());

    let is_b = question.formula == Formula::ErlangB;
    let within = format!("in {}", wait_in_words(question.service_level().within_s));
    let mut columns: Vec<GridColumn<'_>> = Vec::new();
    if !same_calls {
        columns.push(("calls".to_owned(), Box::new(|it| Some(number(it.question.calls)))));
    }
    if !same_aht {
        columns.push(("handling".to_owned(), Box::new(|it| Some(wait_in_words(it.question.aht_s)))));
    }
    columns.push((
        if is_b { "lines" } else { "agents" }.to_owned(),
        Box::new(|it| Some(grouped(f64::from(it.agents), 0))),
    ));
    columns.push(("occupancy".to_owned(), Box::new(|it| Some(share(it.occupancy)))));
    let delayed = if is_b { "turned away" } else { "nobody idle" };
    columns.push((delayed.to_owned(), Box::new(|it| Some(share(it.delayed)))));
    if !is_b {
        columns.push((within, Box::new(|it| it.service_level.map(share))));
        if question.formula == Formula::ErlangA {
            columns.push(("abandon".to_owned(), Box::new(|it| it.abandonment.map(share))));
        }
        columns.push(("ASA".to_owned(), Box::new(|it| it.asa_s.map(seconds))));
    }
    if presence.shrinkage.is_some() {
        columns.push((
            "rostered".to_owned(),
            Box::new(|it| presence.rostered(it.agents).map(|r| grouped(r, 1))),
        ));
    }
    if presence.fte_hours.is_some() {
        columns.push(("FTE".to_owned(), Box::new(|it| presence.fte(it.agents).map(|fte| grouped(fte, 1)))));
    }
    let cells: Vec<Vec<String>> = lines
        .iter()
        .map(|line| {
            columns.iter().map(|(_, of)| of(&line.answer).unwrap_or_else(|| NO_VALUE.to_owned())).collect()
        })
        .collect();
    let widths: Vec<usize> = (0..columns.len())
        .map(|i| cells.iter().map(|row| width(&row[i])).chain([width(&columns[i].0)]).max().unwrap_or(0))
        .collect();
    let row = |texts: &mut dyn Iterator<Item = &str>| {
        let parts: Vec<String> = texts.zip(&widths).map(|(text, width)| right(text, *width)).collect();
        cut(&parts.join("  "), PAGE_WIDTH - 6)
    };
    out.push(paint.quiet(row(&mut columns.iter().map(|(heading, _)| heading.as_str()))));
    for (line, cells) in lines.iter().zip(&cells) {
        let text = row(&mut cells.iter().map(String::as_str));
        out.push(match line.answer.is_met {
            Some(true) => paint.good(format!("{text}  met")),
            Some(false) | None => text,
        });
    }
    out.join("\n") + "\n"
}

/// A share in per cent, with a decimal; what is neither 0 nor 100 % does not read so.
pub(in crate::report) fn share(share: f64) -> String {
    let percent = share * 100.0;
    match percent {
        _ if share > 0.0 && percent < 0.005 => "< 0.01 %".to_owned(),
        _ if share > 0.0 && percent < 0.05 => format!("{} %", grouped(percent, 2)),
        _ if share < 1.0 && percent > 99.995 => "> 99.99 %".to_owned(),
        _ if share < 1.0 && percent > 99.95 => format!("{} %", grouped((percent * 100.0).floor() / 100.0, 2)),
        _ if share == 1.0 => "100 %".to_owned(),
        _ => format!("{} %", grouped(percent, 1)),
    }
}

/// Seconds, or `∞`.
pub(in crate::report) fn seconds(seconds: f64) -> String {
    if seconds.is_infinite() {
        "∞".to_owned()
    } else {
        NumberStyle::for_one(Unit::Seconds, Some(seconds)).value(seconds)
    }
}

/// A mean number, or `∞`.
fn count(number: f64) -> String {
    if number.is_infinite() { "∞".to_owned() } else { grouped(number, 2) }
}

/// Calls: whole where they are.
pub(super) fn number(number: f64) -> String {
    grouped(number, if number.fract() == 0.0 { 0 } else { 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_reads_as_0_or_100_only_where_it_is() {
        let texts: Vec<String> = [0.0, 1e-9, 4e-4, 0.5, 0.99991, 0.9999999, 1.0].map(share).to_vec();
        assert_eq!(texts, ["0.0 %", "< 0.01 %", "0.04 %", "50.0 %", "99.99 %", "> 99.99 %", "100 %"]);
    }
}
