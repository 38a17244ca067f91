//! The steps of a formula with the numbers put in, for whoever wants to follow with paper and pencil.
//!
//! Each value is the formula's own; a step only shows how it comes about. Invariant: at most 80 columns.

use super::page::{agents_in_words, of, seconds, share, targets};
use crate::analytics::{Base, Formula, erlang_b};
use crate::calculator::{Answer, Presence, tried};
use crate::report::number::grouped;
use crate::report::text::{PAGE_WIDTH, wrapped};

/// The steps from calls to the answer.
#[must_use]
pub fn explain(answer: &Answer, presence: &Presence) -> String {
    let mut steps = Steps { lines: vec!["STEP BY STEP".to_owned()], number: 0 };
    load(&mut steps, answer);
    if answer.question.formula == Formula::ErlangB {
        steps.add(
            "Turned away",
            "B(0) = 1, then B(k) = a B(k − 1) ÷ (k + a B(k − 1)) for each line k",
            &[format!("B({}) = {}", answer.agents, share(answer.delayed))],
        );
    } else if answer.grows {
        steps.add(
            "Everybody waits",
            "a ≥ n: more work comes than agents can do, so nobody is ever idle for long",
            &["the queue grows without limit: nobody is answered in time, waits are ∞".to_owned()],
        );
    } else if answer.agents > 0 && answer.load > 0.0 {
        match answer.question.formula {
            Formula::ErlangA => with_patience(&mut steps, answer),
            Formula::ErlangB | Formula::ErlangC => without_patience(&mut steps, answer),
        }
    }
    search(&mut steps, answer);
    people(&mut steps, answer, presence);
    steps.lines.join("\n") + "\n"
}

struct Steps {
    lines: Vec<String>,
    number: u32,
}

impl Steps {
    /// A step: what, by which rule, and the numbers.
    fn add(&mut self, what: &str, rule: &str, numbers: &[String]) {
        self.number += 1;
        self.lines.push(format!("{}  {what}", self.number));
        for line in [rule].into_iter().chain(numbers.iter().map(String::as_str)) {
            self.lines.extend(wrapped(&format!("   {line}"), PAGE_WIDTH, 6));
        }
    }
}

fn load(steps: &mut Steps, answer: &Answer) {
    let question = &answer.question;
    let (calls, per, aht) = (plain(question.calls), plain(question.per_s), plain(question.aht_s));
    steps.add(
        "Offered load: agents that the work alone would keep busy",
        "a = calls ÷ interval × handle time",
        &[format!("a = {calls} ÷ {per} s × {aht} s = {} erlangs", grouped(answer.load, 4))],
    );
}

fn without_patience(steps: &mut Steps, answer: &Answer) {
    let question = &answer.question;
    let (a, n) = (answer.load, f64::from(answer.agents));
    let blocked = erlang_b(a, answer.agents);
    let rho = a / n;
    steps.add(
        "Occupancy",
        "ρ = a ÷ n",
        &[format!("ρ = {} ÷ {} = {}", grouped(a, 4), answer.agents, share(rho))],
    );
    steps.add(
        "Erlang B: the share that would be turned away if nobody could wait",
        "B(0) = 1, then B(k) = a B(k − 1) ÷ (k + a B(k − 1)) for each agent k",
        &[format!("B({}) = {}", answer.agents, digits(blocked))],
    );
    steps.add(
        "Erlang C: the share that finds nobody idle",
        "C = B ÷ (1 − ρ (1 − B))",
        &[format!(
            "C = {} ÷ (1 − {} × {}) = {}",
            digits(blocked),
            digits(rho),
            digits(1.0 - blocked),
            digits(answer.delayed)
        )],
    );
    let (aht, asa) = (plain(question.aht_s), answer.asa_s.unwrap_or(0.0));
    steps.add(
        "Mean wait (ASA)",
        "C × handle time ÷ (n − a)",
        &[format!(
            "{} × {aht} s ÷ ({} − {}) = {}",
            digits(answer.delayed),
            answer.agents,
            grouped(a, 4),
            seconds(asa)
        )],
    );
    let within = question.service_level().within_s;
    let level = answer.service_level.unwrap_or(0.0);
    steps.add(
        "Answered in time",
        "1 − C e^(−(n − a) × t ÷ handle time)",
        &[format!(
            "1 − {} × e^(−{} × {} s ÷ {aht} s) = {}",
            digits(answer.delayed),
            grouped(n - a, 4),
            plain(within),
            share(level)
        )],
    );
}

fn with_patience(steps: &mut Steps, answer: &Answer) {
    let question = &answer.question;
    let (a, n) = (answer.load, f64::from(answer.agents));
    let blocked = erlang_b(a, answer.agents);
    let (aht, patience) = (plain(question.aht_s), plain(question.patience_s));
    steps.add(
        "Erlang B: the share that would be turned away if nobody could wait",
        "B(0) = 1, then B(k) = a B(k − 1) ÷ (k + a B(k − 1)) for each agent k",
        &[format!("B({}) = {}", answer.agents, digits(blocked))],
    );
    // P = S ÷ (1 ÷ B − 1 + S), read backwards: the sum itself can be beyond what a number holds.
    let sum = answer.delayed * (1.0 / blocked - 1.0) / (1.0 - answer.delayed);
    let (c, y) = (
        n * question.patience_s / question.aht_s,
        question.calls / question.per_s * question.patience_s * (1.0 - question.balking),
    );
    steps.add(
        "The line while everyone is busy: how much more room it is than no line",
        "S = 1 + y ÷ (c + 1) + y² ÷ ((c + 1)(c + 2)) + …, c = n × patience ÷ handle time, y = calls that come in one patience",
        &[
            format!("c = {} × {patience} s ÷ {aht} s = {}, y = {}", answer.agents, grouped(c, 4), grouped(y, 4)),
            format!("S = {}", if sum.is_finite() { grouped(sum, 4) } else { "beyond what can be written".to_owned() }),
        ],
    );
    steps.add(
        "The share that finds nobody idle",
        "P = S ÷ (1 ÷ B − 1 + S)",
        &[format!("P = {}", digits(answer.delayed))],
    );
    let abandonment = answer.abandonment.unwrap_or(0.0);
    steps.add(
        "Abandonment",
        "calls that wait × 1 ÷ patience = calls that give up, so: mean number waiting ÷ y",
        &[format!(
            "{} waiting, so {} give up",
            grouped(answer.waiting.unwrap_or(0.0), 3),
            share(abandonment)
        )],
    );
    steps.add(
        "Occupancy",
        "a × (1 − abandonment) ÷ n",
        &[format!(
            "{} × {} ÷ {} = {}",
            grouped(a, 4),
            digits(1.0 - abandonment),
            answer.agents,
            share(answer.occupancy)
        )],
    );
    steps.add(
        "Waits",
        "of all: abandonment × patience; of the answered, from the time that the line before them takes",
        &[format!(
            "{} of all, {} of the answered (ASA)",
            seconds(answer.wait_s.unwrap_or(0.0)),
            seconds(answer.asa_s.unwrap_or(0.0))
        )],
    );
    let service = question.service_level();
    let base = match service.base {
        Base::Entered => String::new(),
        Base::Answered | Base::EnteredLessShort { .. } => {
            format!(", divided by the share{}", of(service.base))
        }
    };
    steps.add(
        "Answered in time",
        &format!("P(answered after t) by parts from the density of the offered wait{base}"),
        &[format!("in {} s: {}", plain(service.within_s), share(answer.service_level.unwrap_or(0.0)))],
    );
}

/// The numbers of agents around the least that meets the targets.
fn search(steps: &mut Steps, answer: &Answer) {
    if answer.question.agents.is_some() || answer.question.targets.is_empty() || answer.load == 0.0 {
        return;
    }
    let rows: Vec<String> = tried(answer)
        .iter()
        .map(|one| {
            let mark = if one.is_met == Some(true) { "enough" } else { "not enough" };
            // With two decimals, so that just missed does not read as met.
            let share = |share: f64| format!("{} %", grouped(share * 100.0, 2));
            let mut values = vec![format!("occupancy {}", share(one.occupancy))];
            match one.service_level {
                Some(level) => values.push(format!("{} in time", share(level))),
                None => values.push(format!("{} turned away", share(one.delayed))),
            }
            if let Some(abandonment) = one.abandonment {
                values.push(format!("{} abandon", share(abandonment)));
            }
            if let Some(asa_s) = one.asa_s {
                values.push(format!("ASA {}", seconds(asa_s)));
            }
            let people = agents_in_words(one.question.formula, one.agents);
            format!("{people}: {mark}: {}", values.join(", "))
                .replace(" %", "\u{a0}%")
                .replace("ASA ", "ASA\u{a0}")
        })
        .collect();
    steps.add(
        "The fewest that are enough",
        &format!("wanted: {}", targets(&answer.question).join(", ")),
        &rows,
    );
}

fn people(steps: &mut Steps, answer: &Answer, presence: &Presence) {
    if let (Some(shrinkage), Some(rostered)) = (presence.shrinkage, presence.rostered(answer.agents)) {
        steps.add(
            "Rostered",
            "agents ÷ (1 − shrinkage)",
            &[format!("{} ÷ (1 − {}) = {}", answer.agents, share(shrinkage), grouped(rostered, 2))],
        );
    }
    if let (Some(hours), Some(fte)) = (presence.fte_hours, presence.fte(answer.agents)) {
        let rostered = presence.rostered(answer.agents).unwrap_or(f64::from(answer.agents));
        let open = presence.open_hours.unwrap_or(hours);
        steps.add(
            "Full-time positions (FTE)",
            "rostered × hours open in a week ÷ paid hours of a position",
            &[format!(
                "{} × {} h ÷ {} h = {}",
                grouped(rostered, 2),
                plain(open),
                plain(hours),
                grouped(fte, 2)
            )],
        );
    }
}

/// A number as it was typed.
fn plain(number: f64) -> String {
    if number.fract() == 0.0 { grouped(number, 0) } else { grouped(number, 2) }
}

/// A share as a number to go on with.
fn digits(share: f64) -> String {
    if share > 0.0 && share < 1e-4 { format!("{share:.3e}") } else { grouped(share, 6) }
}
