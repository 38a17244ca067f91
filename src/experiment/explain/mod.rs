//! Why the full model says something else than a formula: from Erlang C to Erlang A to the scenario, one property at a time, on the
//! same customers.
//!
//! Formats nothing. Invariant: steps are differences of neighbours in a row of values, so that they sum to the difference of its ends.

mod apart;
mod formula;
mod plain;
mod property;
mod rows;

use std::collections::BTreeSet;

pub use apart::{Part, explain_difference, strangers};
pub use formula::AboveCapacity;
pub use property::Property;

use super::compare::{Effort, Failed, Ground, Measured, Together};
use super::control::{Control, Progress};
use super::sensitivity::sensitivity_replications;
use crate::measure::metric;
use crate::scenario::Scenario;
use crate::stats::{Estimate, Paired};
use formula::Answers;
use plain::{Centre, Seen};
use rows::Rows;

/// The measures that are explained unless others are asked for.
const EXPLAINED: [&str; 3] = ["service_level", "abandonment", "asa_s"];

/// What to explain.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExplainPlan {
    /// Replications of each scenario; `None`: the scenario's, else [`sensitivity_replications`].
    pub replications: Option<u32>,
    /// Seed, the same for all.
    pub seed: u64,
    /// Threads, at least 1; without influence on the results.
    pub jobs: usize,
    /// Measures; empty: service level, abandonment, ASA.
    pub metrics: Vec<&'static str>,
    /// Properties that are switched on first, in this order; the others follow.
    pub order: Vec<Property>,
}

/// A difference taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What the numbers rest on, told of where they end.
    pub ground: Ground,
    /// The measures that have a value.
    pub metrics: Vec<&'static str>,
    /// Those that have none.
    pub without_value: Vec<&'static str>,
    /// From one end to the other.
    pub steps: Vec<Step>,
    /// From the first value to the last, by measure; `None` where there is one value only.
    pub whole: Vec<Option<Estimate>>,
    /// What the scenario does not have, or what is the same in both.
    pub missing: Vec<Cause>,
    /// Where Erlang C has no answer; `None` where no formula was asked.
    pub above_capacity: Option<AboveCapacity>,
    /// Warnings that teach, in words.
    pub notes: Vec<String>,
}

/// A step of an explanation.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What is new.
    pub cause: Cause,
    /// By measure.
    pub effects: Vec<StepEffect>,
}

/// What a step does to a measure.
#[derive(Clone, Debug, PartialEq)]
pub struct StepEffect {
    /// Its value after the step; without a value where a formula has no answer.
    pub value: Estimate,
    /// Less its value before; `None` at the beginning.
    pub step: Option<Estimate>,
    /// The same where everything is switched on in the reverse order; `None` where that is no other question.
    pub reverse: Option<Estimate>,
}

/// What a step is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The beginning: Erlang C.
    ErlangC,
    /// Customers who give up: Erlang A.
    ErlangA,
    /// Simulated in place of worked out: what one interval leaves to the next, classes that differ in one queue.
    Simulation,
    /// A property of the scenario.
    Property(Property),
    /// The beginning of another question: a forecast.
    Forecast,
    /// Inputs taken from what happened.
    Part(Part),
}

/// Takes apart why a scenario does not do what Erlang C says of it. Progress is told with the position of the job.
///
/// # Errors
/// If it is cancelled before every scenario has a replication, or a queue grows without limit.
pub fn explain(
    scenario: &Scenario,
    plan: &ExplainPlan,
    control: &dyn Control,
) -> Result<Explanation, Failed> {
    let effort = Effort {
        replications: sensitivity_replications(scenario, plan.replications),
        seed: plan.seed,
        jobs: plan.jobs,
    };
    let mut whole = Together::run(&[scenario], effort, control)?;
    let centre = Centre::new(scenario, &seen(&whole, 0, scenario));
    let has = centre.properties();
    let order: Vec<Property> =
        Property::order(&plan.order).into_iter().filter(|property| has.contains(property)).collect();
    let rows = Rows::of(&order);
    let mut scenarios: Vec<Scenario> = rows.sets.iter().map(|on| centre.without(&off(&has, on))).collect();
    let mut shifted = Shifted { inner: control, by: effort.replications };
    let mut simulated = whole.ground(0);
    let guesses: Vec<usize> = (0..scenarios.len()).filter(|i| centre.is_guess(&scenarios[*i])).collect();
    if !guesses.is_empty() {
        let pilots: Vec<Scenario> = guesses.iter().map(|i| scenarios[*i].clone()).collect();
        let pilot = Together::run(&pilots.iter().collect::<Vec<_>>(), effort, &shifted)?;
        shifted.by += effort.replications * pilots.len() as u32;
        for (position, guess) in guesses.into_iter().enumerate() {
            centre.adjust(&mut scenarios[guess], &seen(&pilot, position, scenario));
        }
        add(&mut simulated, &pilot.ground(0));
    }
    let parts = if scenarios.is_empty() {
        None
    } else {
        let parts = Together::run(&scenarios.iter().collect::<Vec<_>>(), effort, &shifted)?;
        whole.keep(parts.replications());
        add(&mut simulated, &parts.ground(0));
        Some(parts)
    };
    let plain = match scenarios.first() {
        Some(plain) => plain,
        // Nothing to switch off: the scenario is as plain as a formula's.
        None => scenario,
    };
    let answers = formula::answers(&centre, plain);
    let at = |position: Option<usize>, name: &str| match (position, &parts) {
        (Some(position), Some(parts)) => parts.measured(position, name),
        _ => whole.measured(0, name),
    };
    let (metrics, without_value) = asked_for(&plan.metrics, |name| whole.measured(0, name));
    let by_metric: Vec<Vec<StepEffect>> =
        metrics.iter().map(|name| effects(name, &rows, &answers, &|position| at(position, name))).collect();
    let whole_of = |name: &&'static str| {
        let end = whole.measured(0, name)?;
        let value = end.estimate();
        match answers.erlang_c.of(name).or(answers.erlang_a.of(name)) {
            // A formula knows no chance.
            Some(formula) => Some(Estimate { mean: Some(value.mean? - formula), ..value }),
            None if rows.sets.is_empty() => None,
            None => Some(end.less(&at(rows.forward[0], name)?)?.estimate()),
        }
    };
    let all = metrics.iter().map(whole_of).collect();
    let causes = [Cause::ErlangC, Cause::ErlangA, Cause::Simulation]
        .into_iter()
        .chain(order.iter().map(|property| Cause::Property(*property)));
    let steps = causes
        .enumerate()
        .map(|(i, cause)| Step { cause, effects: by_metric.iter().map(|of| of[i].clone()).collect() })
        .collect();
    let Ground { scenarios: n_scenarios, contacts_simulated, audit, .. } = simulated;
    let ground = Ground { scenarios: n_scenarios, contacts_simulated, audit, ..whole.ground(0) };
    Ok(Explanation {
        notes: notes(&ground, scenario, &answers, &metrics),
        ground,
        metrics,
        without_value,
        whole: all,
        steps,
        missing: Property::ALL.into_iter().filter(|one| !has.contains(one)).map(Cause::Property).collect(),
        above_capacity: Some(answers.above_capacity),
    })
}

/// How many scenarios [`explain`] runs at most of one that has everything: the full model, both orders, and a run before for each
/// whose load is a guess.
#[must_use]
pub fn most_explained_scenarios() -> u32 {
    4 * Property::ALL.len() as u32
}

/// The measures asked for that have a value where the explanation ends, and those that have none.
fn asked_for<'m>(
    asked: &[&'static str],
    measured: impl Fn(&str) -> Option<Measured<'m>>,
) -> (Vec<&'static str>, Vec<&'static str>) {
    let asked = if asked.is_empty() { EXPLAINED.to_vec() } else { asked.to_vec() };
    let has_value = |name: &&str| {
        let mean = measured(name).and_then(|measured| measured.estimate().mean);
        let is_money = metric(name).is_some_and(|metric| metric.unit() == "EUR");
        mean.is_some_and(|mean| !(is_money && mean == 0.0))
    };
    asked.into_iter().partition(has_value)
}

/// Adds what another experiment took.
fn add(to: &mut Ground, more: &Ground) {
    to.scenarios += more.scenarios;
    to.contacts_simulated += more.contacts_simulated;
    to.audit.extend(more.audit.iter().cloned());
}

/// What a scenario of an experiment showed of each class.
fn seen(together: &Together<'_>, position: usize, scenario: &Scenario) -> Vec<Seen> {
    let of = |class: usize| {
        let measures = together.of_class(position, class);
        let mean = |name: &str| measures.get(name).and_then(|estimate| estimate.mean).unwrap_or(0.0);
        Seen {
            abandonment: mean("abandonment"),
            came: mean("offered") + mean("transferred"),
            fresh: mean("fresh"),
        }
    };
    (0..scenario.classes.len()).map(of).collect()
}

fn off(has: &[Property], on: &BTreeSet<Property>) -> BTreeSet<Property> {
    has.iter().copied().filter(|property| !on.contains(property)).collect()
}

/// The steps of one measure: two formulas, the simulation without any property, then each property.
fn effects<'m>(
    name: &str,
    rows: &Rows<Property>,
    answers: &Answers,
    at: &dyn Fn(Option<usize>) -> Option<Measured<'m>>,
) -> Vec<StepEffect> {
    let values: Vec<Option<Measured<'m>>> = rows.forward.iter().map(|position| at(*position)).collect();
    let estimate = |of: &Option<Measured<'_>>| of.as_ref().map_or(Estimate::missing(0), Measured::estimate);
    let exact = |mean: Option<f64>| Estimate { mean, half_width: None, n: 0 };
    let (c, a) = (answers.erlang_c.of(name), answers.erlang_a.of(name));
    let simulated = estimate(&values[0]);
    let less = |value: Option<f64>, from: Option<f64>| Some(value? - from?);
    let mut steps = vec![
        StepEffect { value: exact(c), step: None, reverse: None },
        StepEffect { value: exact(a), step: less(a, c).map(|step| exact(Some(step))), reverse: None },
        StepEffect {
            value: simulated,
            step: less(simulated.mean, a).map(|step| Estimate { mean: Some(step), ..simulated }),
            reverse: None,
        },
    ];
    let n = rows.forward.len() - 1;
    let backward: Vec<Option<Measured<'m>>> = rows.backward.iter().map(|position| at(*position)).collect();
    let difference = |here: &Option<Measured<'m>>, before: &Option<Measured<'m>>| {
        here.as_ref()?.less(before.as_ref()?).as_ref().map(Paired::estimate)
    };
    for k in 1..=n {
        // The k-th of the order is the (n − k + 1)-th from its end.
        let back = n - k + 1;
        steps.push(StepEffect {
            value: estimate(&values[k]),
            step: difference(&values[k], &values[k - 1]),
            reverse: (n > 1).then(|| difference(&backward[back], &backward[back - 1])).flatten(),
        });
    }
    steps
}

fn one_replication(ground: &Ground) -> Vec<String> {
    let told = "one replication: no ±, since only the spread between replications shows how far chance moves a difference; \
                use `--replications 10` or more";
    if ground.replications == 1 { vec![told.to_owned()] } else { Vec::new() }
}

fn notes(ground: &Ground, scenario: &Scenario, answers: &Answers, metrics: &[&'static str]) -> Vec<String> {
    let mut notes = one_replication(ground);
    let patient: Vec<String> = (scenario.classes.iter())
        .filter(|class| class.patience.is_none())
        .map(|class| format!("`{}`", class.name))
        .collect();
    if !patient.is_empty() {
        notes.push(format!(
            "nobody in {} ever gives up: patience without end has no mean, and Erlang A is Erlang C there",
            patient.join(", ")
        ));
    }
    if metrics.contains(&"asa_s") && answers.erlang_c.asa_s.is_none() {
        notes.push(
            "by Erlang C waits have no end where the load is above capacity, so its mean wait is infinite; the steps of the \
             mean wait begin with Erlang A"
                .to_owned(),
        );
    }
    let unknown: Vec<String> = (metrics.iter())
        .filter(|name| !["service_level", "abandonment", "asa_s", "occupancy"].contains(name))
        .map(|name| format!("`{name}`"))
        .collect();
    if !unknown.is_empty() {
        notes
            .push(format!("no formula here for {}: its steps begin with the simulation", unknown.join(", ")));
    }
    notes
}

/// Jobs counted behind those that are done.
struct Shifted<'c> {
    inner: &'c dyn Control,
    by: u32,
}

impl Control for Shifted<'_> {
    fn progress(&self, progress: Progress) {
        self.inner.progress(Progress { replication: progress.replication + self.by, ..progress });
    }

    fn is_cancelled(&self) -> bool {
        self.inner.is_cancelled()
    }
}
