//! The queue of a question as a scenario, simulated: what the formula says beside what happens.

use super::answer::Answer;
use crate::analytics::{Base, Formula};
use crate::experiment::{self, Control, Settings};
use crate::scenario::{self, Texts};
use crate::stats::Estimate;

/// Calls that a simulation is to see in all.
const CALLS: f64 = 400_000.0;
/// Independent runs.
const REPLICATIONS: u32 = 20;
/// More agents than this are the formula's alone.
const MOST_AGENTS: u32 = 20_000;

/// What the simulation measured, under the names of the formula's values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Simulated {
    /// Independent runs.
    pub replications: u32,
    /// Calls of all runs, those of the warm-up not counted.
    pub calls: f64,
    /// As [`Answer::occupancy`].
    pub occupancy: Estimate,
    /// As [`Answer::delayed`].
    pub delayed: Estimate,
    /// As [`Answer::service_level`].
    pub service_level: Estimate,
    /// As [`Answer::abandonment`].
    pub abandonment: Estimate,
    /// As [`Answer::asa_s`].
    pub asa_s: Estimate,
    /// As [`Answer::wait_s`].
    pub wait_s: Estimate,
    /// As [`Answer::waiting`].
    pub waiting: Estimate,
}

/// Why nothing was simulated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSimulated {
    /// The queue grows without limit: what is measured is the length of the run.
    Grows,
    /// No calls, or no agents.
    Nothing,
    /// More agents than a quick look can simulate.
    TooLarge(u32),
    /// The run was stopped, or failed in the words given.
    Stopped(String),
}

/// Simulates the queue of an answer; `seed` and the number of runs are fixed, so the same question has the same answer.
///
/// # Errors
/// If there is nothing to simulate.
pub fn simulate(answer: &Answer, jobs: usize, control: &dyn Control) -> Result<Simulated, NotSimulated> {
    if answer.grows {
        return Err(NotSimulated::Grows);
    }
    if answer.load == 0.0 || answer.agents == 0 {
        return Err(NotSimulated::Nothing);
    }
    if answer.agents > MOST_AGENTS {
        return Err(NotSimulated::TooLarge(MOST_AGENTS));
    }
    let text = scenario_of(answer);
    let loaded = scenario::load("erlang.toml", &[], &Texts::new().with("erlang.toml", text))
        .map_err(|problems| NotSimulated::Stopped(problems.render(scenario::Paint::Plain)))?;
    let settings = Settings { replications: Some(REPLICATIONS), seed: 1, jobs, ..Settings::default() };
    let outcome = experiment::replicate(&loaded.scenario, &settings, control)
        .map_err(|why| NotSimulated::Stopped(why.to_string()))?;
    let of = |name: &str| *outcome.total.get(name).expect("every run has the measure");
    Ok(Simulated {
        replications: REPLICATIONS,
        calls: of("offered").mean.unwrap_or(0.0) * f64::from(REPLICATIONS),
        occupancy: of("occupancy"),
        delayed: of(if answer.question.formula == Formula::ErlangB {
            "blocked_share"
        } else {
            "delayed_share"
        }),
        service_level: of("service_level"),
        abandonment: of("abandonment"),
        asa_s: of("asa_s"),
        wait_s: of("wait_s"),
        waiting: of("waiting_mean"),
    })
}

/// The scenario file of the queue.
fn scenario_of(answer: &Answer) -> String {
    let question = &answer.question;
    let per_s = question.calls / question.per_s;
    // Whole hours: intervals divide them. Long enough that the state at the begin is forgotten.
    let seconds = (CALLS / f64::from(REPLICATIONS) / per_s).max(40.0 * question.aht_s);
    let hours = (seconds / 3600.0).ceil().clamp(1.0, 200_000.0);
    let warm_up_h = (20.0 * question.aht_s / 3600.0).max(0.1 * hours).ceil();
    let service = question.service_level();
    let base = match service.base {
        Base::Entered => "of = \"entered\"".to_owned(),
        Base::Answered => "of = \"answered\"".to_owned(),
        Base::EnteredLessShort { short_s } => format!("of = \"entered_less_short\", short = {short_s}"),
    };
    let share = service.share.clamp(0.01, 1.0);
    let (agents, aht_s, within_s) = (answer.agents, question.aht_s, service.within_s);
    let more = match question.formula {
        Formula::ErlangB => format!("[lines.all]\nlines = {agents}\n"),
        Formula::ErlangC | Formula::ErlangA => String::new(),
    };
    let patience = match question.formula {
        Formula::ErlangA => format!(
            "patience = {{ exponential = {{ mean = {} }} }}\nbalking = {}\n",
            question.patience_s, question.balking
        ),
        Formula::ErlangB | Formula::ErlangC => String::new(),
    };
    format!(
        "horizon = \"{hours}h\"\nwarm_up = \"{warm_up_h}h\"\n\
         [class.calls]\nvolume = {{ per_hour = {} }}\n\
         talk_time = {{ exponential = {{ mean = {aht_s} }} }}\n{patience}\
         service_levels = [{{ share = {share}, within = {within_s}, {base} }}]\n\
         [group.agents]\nagents = {agents}\ntakes = [[\"calls\"]]\n{more}",
        per_s * 3600.0
    )
}
