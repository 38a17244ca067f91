//! `holdtime run`: checks every scenario, then simulates one after another and shows what came out.
//!
//! Words no result and no wrong scenario. Invariant: nothing is written and nothing runs while any of the scenarios is
//! invalid.

use std::path::Path;

use crate::experiment::{self, Outcome, Settings, Unfinished};
use crate::files::{Disk, Folder, Written};
use crate::report::{Basis, Paint, page, write_csv, write_json};
use crate::scenario::{self, Scenario, Source};

use super::interrupt::Interrupt;
use super::progress::{Talk, Watch};
use super::{Exit, Failure, Format, RunArguments, output, words};

/// A scenario that is ready to run.
struct Ready<'a> {
    file: &'a str,
    scenario: Scenario,
}

/// Runs the command.
///
/// # Errors
/// If a file cannot be read or written, or an option does not fit the scenarios.
pub fn run(arguments: &RunArguments) -> Result<Exit, Failure> {
    let names = result_names(arguments)?;
    let Some(ready) = check_all(arguments)? else { return Ok(Exit::No) };
    let folder = arguments.out.as_deref().map(open).transpose()?;
    let interrupt = Interrupt::listen()?;

    let mut exit = Exit::Done;
    let mut finished = Vec::new();
    for (i, one) in ready.iter().enumerate() {
        if interrupt.is_asked() {
            let files: Vec<String> = ready[i..].iter().map(|one| one.file.to_owned()).collect();
            output::say(&words::not_started(&files));
            break;
        }
        let Some(outcome) = simulate(one, arguments, &interrupt)? else {
            exit = Exit::No;
            continue;
        };
        ...
    }
    Ok(exit)
}
