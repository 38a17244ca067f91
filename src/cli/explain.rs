//! `holdtime explain`: takes apart why a scenario is not what Erlang C says, or not what a forecast said.
//!
//! Words no result and no wrong scenario. Invariant: what cannot be explained is told before anything runs.

use std::path::Path;
use std::time::Duration;

use super::args::Format;
use super::explain_args::ExplainArguments;
use super::interrupt::Interrupt;
use super::month::{self, Beginning, Extent};
use super::progress::{Planned, Talk, Watch};
use super::{Exit, Failure, output, words};
use crate::experiment::{self, ExplainPlan, Explanation, Part, Property, Settings, Unfinished};
use crate::files::{Draft, Folder};
use crate::report::{
    Basis, Dialect, PAGE_WIDTH, Paint, explanation_page, write_explanation_csv, write_explanation_json,
};
use crate::scenario::{Loaded, Scenario};

/// Names of the result files.
const NAMES: [&str; 3] = ["explain.json", "explain.csv", "explain.txt"];
/// More time has to be wanted.
const LONG: Duration = Duration::from_secs(3600);
/// Less is not told.
const SHORT: Duration = Duration::from_secs(20);

/// What is asked.
enum Question {
    /// Of a scenario and formulas.
    Formulas(Vec<Property>),
    /// Of a forecast and what happened.
    Forecast(Box<Scenario>, Vec<Part>),
}

/// Runs the command.
///
/// # Errors
/// If a file cannot be read or written, or `--order` names nothing that there is.
pub(super) fn run(arguments: &ExplainArguments) -> Result<Exit, Failure> {
    match (&arguments.file, &arguments.from, &arguments.to) {
        (Some(file), _, _) => {
            let order = in_order(&arguments.order, &Property::ALL, |property| property.name())?;
            super::look_at(std::slice::from_ref(file))?;
            let Some(Beginning { loaded, whole_s, .. }) = load(arguments, file) else { return Ok(Exit::No) };
            let classes = loaded.scenario.classes.iter();
            let endless: Vec<&str> =
                classes.filter(|class| class.is_endless).map(|class| class.name.as_str()).collect();
            if !endless.is_empty() {
                output::error(&words::endless_to_explain(file, &endless));
                return Ok(Exit::No);
            }
            answer(arguments, file, &loaded, whole_s, &Question::Formulas(order))
        }
        (None, Some(from), Some(to)) => {
            let order = in_order(&arguments.order, &Part::ALL, |part| part.name())?;
            super::look_at(&[from.clone(), to.clone()])?;
            let (plan, actual) = (load(arguments, from), load(arguments, to));
            let Some((plan, actual)) = plan.zip(actual) else { return Ok(Exit::No) };
            let scenarios = [&plan.loaded.scenario, &actual.loaded.scenario];
            let misfits = experiment::misfits(&scenarios, 0);
            for misfit in &misfits {
                output::error(&words::misfit(misfit.key, (to, &misfit.found), (from, &misfit.wanted)));
            }
            let strangers = experiment::strangers(scenarios[0], scenarios[1]);
            for stranger in &strangers {
                output::error(&words::stranger(from, to, stranger));
            }
            if !misfits.is_empty() || !strangers.is_empty() {
                return Ok(Exit::No);
            }
            let question = Question::Forecast(Box::new(plan.loaded.scenario), order);
            answer(arguments, to, &actual.loaded, actual.whole_s, &question)
        }
        (None, _, _) => Err(Failure(words::NOTHING_TO_EXPLAIN.to_owned())),
    }
}

/// The scenario of a file; `None` after what is wrong with it has been told.
fn load(arguments: &ExplainArguments, file: &str) -> Option<Beginning> {
    let extent = if arguments.full_year { Extent::Whole } else { Extent::Beginning };
    match month::beginning(file, &arguments.sets, extent) {
        Ok(beginning) => {
            output::say_diagnostics(&beginning.loaded.warnings);
            Some(beginning)
        }
        Err(problems) => {
            output::say_diagnostics(&problems);
            output::say(&words::not_valid(file, problems.n_errors()));
            None
        }
    }
}

/// What `--order` names, each once.
fn in_order<T: Copy + PartialEq>(
    names: &[String],
    all: &[T],
    name: impl Fn(&T) -> &'static str,
) -> Result<Vec<T>, Failure> {
    let mut order: Vec<T> = Vec::new();
    for wanted in names {
        let Some(found) = all.iter().find(|one| name(one) == wanted.trim()) else {
            let known: Vec<&str> = all.iter().map(&name).collect();
            return Err(Failure(words::no_such_step(wanted, &known)));
        };
        if order.contains(found) {
            return Err(Failure(words::ordered_twice(name(found))));
        }
        order.push(*found);
    }
    Ok(order)
}

/// Runs, shows and saves.
fn answer(
    arguments: &ExplainArguments,
    file: &str,
    loaded: &Loaded,
    whole_s: Option<f64>,
    question: &Question,
) -> Result<Exit, Failure> {
    let folder = arguments.out.as_deref().map(open).transpose()?;
    let (explanation, took) = match simulate(arguments, file, loaded, question)? {
        Ran::Result(explanation, took) => (*explanation, took),
        Ran::Nothing(exit) => return Ok(exit),
    };
    let basis = Basis::of(&loaded.scenario, file);
    let dialect = arguments.csv.dialect();
    match arguments.format {
        Format::Table => {
            let text = explanation_page(&explanation, &basis, whole_s, output::paint(), output::columns());
            output::print(text.as_bytes())?;
        }
        Format::Json => output::write(|out| write_explanation_json(out, &explanation, whole_s))?,
        Format::Csv => {
            output::write(|out| dialect.write(out, |out| write_explanation_csv(out, &explanation)))?
        }
    }
    if let Some(folder) = &folder {
        save(folder, &explanation, &basis, whole_s, dialect)?;
    }
    let ground = &explanation.ground;
    if !arguments.quiet {
        let runs = ground.replications * ground.scenarios;
        output::say(&words::simulated(runs, ground.horizon_s, ground.contacts_simulated, took));
    }
    if ground.is_partial {
        output::say(&words::kept(ground.replications, ground.planned));
        return Ok(Exit::Interrupted);
    }
    if !ground.audit.is_empty() {
        output::error(&words::audit_failed(file));
        return Ok(Exit::No);
    }
    Ok(Exit::Done)
}

enum Ran {
    /// A result, perhaps a partial one, and how long it took.
    Result(Box<Explanation>, Duration),
    /// None; the reason has been told.
    Nothing(Exit),
}

fn simulate(
    arguments: &ExplainArguments,
    file: &str,
    loaded: &Loaded,
    question: &Question,
) -> Result<Ran, Failure> {
    let Settings { replications, seed, jobs, .. } = arguments.runs.settings();
    let planned = experiment::sensitivity_replications(&loaded.scenario, replications);
    let runs = planned.saturating_mul(experiment::most_explained_scenarios());
    let jobs = jobs.min(runs as usize);
    let interrupt = Interrupt::listen()?;
    // Both orders of everything that there may be.
    let usual = 2 * Property::ALL.len() as u32;
    let expected = month::expected_time(loaded, planned.saturating_mul(usual), jobs);
    if let Some(expected) = expected.filter(|time| *time >= SHORT) {
        if !arguments.quiet {
            output::say(&words::expected_time_of_steps(usual, planned, expected));
        }
        if expected > LONG && !arguments.yes {
            output::error(&words::long_question(expected));
            return Ok(Ran::Nothing(Exit::Trouble));
        }
    }
    let mut plan = ExplainPlan {
        replications: Some(planned),
        seed,
        jobs,
        metrics: arguments.metrics.clone(),
        order: vec![],
    };
    let talk = if arguments.quiet { Talk::Quiet } else { Talk::Normal };
    let watch = Watch::new(Planned::AtMost(runs), talk, interrupt);
    let found = match question {
        Question::Formulas(order) => {
            plan.order.clone_from(order);
            experiment::explain(&loaded.scenario, &plan, &watch)
        }
        Question::Forecast(forecast, order) => {
            experiment::explain_difference(forecast, &loaded.scenario, order, &plan, &watch)
        }
    };
    let took = watch.finish();
    match found {
        Ok(explanation) => Ok(Ran::Result(Box::new(explanation), took)),
        Err(failed) => match failed.why {
            Unfinished::Cancelled => {
                output::say(words::NOTHING_KEPT);
                Ok(Ran::Nothing(Exit::Interrupted))
            }
            why @ Unfinished::Overgrown { .. } => {
                output::error(&words::no_result_on_the_way(file, &why.to_string()));
                Ok(Ran::Nothing(Exit::No))
            }
            why @ Unfinished::NoThreads(_) => Err(Failure(why.to_string())),
        },
    }
}

/// The folder, once it is known that the result can be put there.
fn open(path: &Path) -> Result<Folder, Failure> {
    let look = || {
        let folder = Folder::open(path)?;
        NAMES.iter().try_for_each(|name| folder.look_at(name))?;
        Ok(folder)
    };
    look().map_err(|error: std::io::Error| {
        Failure(words::no_folder(&path.display().to_string(), &error.to_string()))
    })
}

fn save(
    folder: &Folder,
    explanation: &Explanation,
    basis: &Basis,
    whole_s: Option<f64>,
    dialect: Dialect,
) -> Result<(), Failure> {
    let text = explanation_page(explanation, basis, whole_s, Paint::Plain, PAGE_WIDTH);
    let [json, csv, txt] = NAMES;
    let written = folder.write_all(vec![
        Draft::new(json, |out| write_explanation_json(out, explanation, whole_s)),
        Draft::new(csv, |out| dialect.write(out, |out| write_explanation_csv(out, explanation))),
        Draft::new(txt, |out| out.write_all(text.as_bytes())),
    ]);
    let written = written.map_err(|error| Failure(words::not_written("explain", &error.to_string())))?;
    written.iter().for_each(|file| output::say(&words::wrote(file)));
    Ok(())
}
