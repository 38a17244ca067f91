//! `holdtime trace`: checks a scenario, follows some of its contacts through one replication, and tells what happened to them.
//!
//! Follows and words nothing itself. Invariant: nothing runs while the scenario is invalid or an option does not fit it.

use crate::experiment::{self, Control, Progress, Trace, Unfinished};
use crate::files::Disk;
use crate::report::{WallClock, trace_page, write_trace_csv, write_trace_json};
use crate::scenario::{self, Scenario};
use crate::trace::{Mark, Selection, Which};

use super::args::{Format, TraceArguments};
use super::interrupt::Interrupt;
use super::progress::{Planned, Talk, Watch};
use super::{Exit, Failure, output, words};

/// Runs the command.
///
/// # Errors
/// If the file cannot be read, or an option does not fit the scenario.
pub(super) fn run(arguments: &TraceArguments) -> Result<Exit, Failure> {
    let file = &arguments.file;
    Disk.look_at(file).map_err(|why| Failure(words::unreadable(file, &why.0)))?;
    let scenario = match scenario::load(file, &arguments.sets, &Disk) {
        Ok(loaded) => {
            output::say_diagnostics(&loaded.warnings);
            loaded.scenario
        }
        Err(problems) => {
            output::say_diagnostics(&problems);
            return Ok(Exit::No);
        }
    };
    let selection = selection(arguments, &scenario)?;
    let talk = if arguments.quiet { Talk::Quiet } else { Talk::Normal };
    let one = One(Watch::new(Planned::Exactly(1), talk, Interrupt::listen()?));
    let told = experiment::follow(&scenario, (arguments.seed, arguments.replication), selection, &one);
    let _ = one.0.finish();
    match told {
        Ok(trace) => show(arguments, &scenario, &trace),
        Err(why @ Unfinished::Overgrown { .. }) => {
            output::error(&words::no_result(file, &why.to_string()));
            Ok(Exit::No)
        }
        Err(why @ (Unfinished::Cancelled | Unfinished::NoThreads(_))) => Err(Failure(why.to_string())),
    }
}

/// Watches one replication, whatever its index.
struct One(Watch);

impl Control for One {
    fn progress(&self, progress: Progress) {
        self.0.progress(Progress { replication: 0, ..progress });
    }

    fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }
}

fn selection(arguments: &TraceArguments, scenario: &Scenario) -> Result<Selection, Failure> {
    let (mut which, mut at_most) = (Which::First, arguments.first.get());
    if let Some(start) = arguments.contact {
        (which, at_most) = (Which::Contact(start), 1);
    } else if let Some(text) = &arguments.at {
        let at = WallClock::new(&scenario.almanac).read(text);
        which = Which::WaitingAt(at.map_err(|allowed| Failure(words::no_such_time(text, &allowed)))?);
    } else if arguments.longest_wait {
        which = Which::LongestWait;
    }
    let mut marks = Vec::new();
    marks.extend(arguments.abandoned.then_some(Mark::Abandoned));
    marks.extend(arguments.transferred.then_some(Mark::Transferred));
    Ok(Selection { which, marks, at_most })
}

fn show(arguments: &TraceArguments, scenario: &Scenario, trace: &Trace) -> Result<Exit, Failure> {
    let file = &arguments.file;
    if let Some(start) = arguments.contact
        && trace.stories.is_empty()
        && !trace.is_partial
    {
        let key = start.to_string();
        output::error(&words::no_such_contact(&key, file, arguments.seed, arguments.replication));
        return Ok(Exit::No);
    }
    match arguments.format {
        Format::Table => output::print(trace_page(trace, scenario, file, output::paint()).as_bytes())?,
        Format::Json => output::write(|out| write_trace_json(out, trace, scenario))?,
        Format::Csv => output::write(|out| {
            arguments.csv.dialect().write(out, |out| write_trace_csv(out, trace, scenario))
        })?,
    }
    Ok(if trace.is_partial { Exit::Interrupted } else { Exit::Done })
}
