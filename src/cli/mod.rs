//! The command line: arguments in, one library call, something printed. One file per command.
//!
//! Works nothing out. Invariant: standard output is data, standard error is talk; the exit code is 0 for done, 1 for
//! "the answer is no", 2 for wrong usage or trouble with files, 130 for interrupted.

mod args;
mod check;
mod compare;
mod compare_args;
mod contacts;
mod dialect;
mod erlang;
mod erlang_args;
mod explain;
mod explain_args;
mod interrupt;
mod month;
mod new;
mod new_args;
mod output;
mod progress;
mod report_file;
mod require;
mod require_args;
mod run;
mod runs;
mod schema;
mod sensitivity;
mod sensitivity_args;
mod sweep;
mod sweep_args;
mod trace;
mod words;
mod workbook;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::files::Disk;

pub use args::{Arguments, CheckArguments, Command, Detail, Format, RunArguments, TraceArguments};
pub use compare_args::CompareArguments;
pub use contacts::LoggedReplications;
pub use dialect::{CsvOption, DialectName};
pub use erlang_args::{BaseName, ErlangArguments, FormulaName};
pub use explain_args::ExplainArguments;
pub use new_args::NewArguments;
pub use report_file::{Lang, ReportArguments};
pub use require_args::{ByName, RequireArguments};
pub use sensitivity_args::SensitivityArguments;
pub use sweep_args::{MergeArguments, SweepArguments};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// It did what was asked.
    Done,
    /// It ran and the answer is no: the scenario is invalid, a target that is required is not met.
    No,
    /// Wrong usage, a scenario file that cannot be read, or a result that cannot be written.
    Trouble,
    /// Ctrl-C.
    Interrupted,
}

impl Exit {
    /// What the shell sees.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::No => 1,
            Self::Trouble => 2,
            Self::Interrupted => 130,
        }
    }

    /// The graver of two: interrupted before no before done.
    #[must_use]
    fn or(self, other: Self) -> Self {
        if other.code() > self.code() { other } else { self }
    }
}

/// Why a command could not do its work, in words; ends in [`Exit::Trouble`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(pub String);

/// The whole command, from the process's arguments to its exit code.
#[must_use]
pub fn main() -> ExitCode {
    let exit = dispatch(&Arguments::parse()).unwrap_or_else(|Failure(message)| {
        output::error(&message);
        Exit::Trouble
    });
    ExitCode::from(exit.code())
}

/// Looks whether every file of the command line can be read; all that cannot are told.
fn look_at(files: &[String]) -> Result<(), Failure> {
    let unreadable = |file: &String| Disk.look_at(file).err().map(|why| words::unreadable(file, &why.0));
    let mut messages: Vec<String> = files.iter().filter_map(unreadable).collect();
    let Some(last) = messages.pop() else { return Ok(()) };
    messages.iter().for_each(|message| output::error(message));
    Err(Failure(last))
}

fn dispatch(arguments: &Arguments) -> Result<Exit, Failure> {
    match &arguments.command {
        None => {
            output::print(Arguments::command().render_help().ansi().to_string().as_bytes())?;
            Ok(Exit::Done)
        }
        Some(Command::Run(arguments)) => run::run(arguments),
        Some(Command::Compare(arguments)) => compare::run(arguments),
        Some(Command::Check(arguments)) => check::run(arguments),
        Some(Command::Trace(arguments)) => trace::run(arguments),
        Some(Command::Erlang(arguments)) => erlang::run(arguments),
        Some(Command::Sweep(arguments)) => sweep::run(arguments),
        Some(Command::Explain(arguments)) => explain::run(arguments),
        Some(Command::Sensitivity(arguments)) => sensitivity::run(arguments),
        Some(Command::Merge(arguments)) => sweep::merge(arguments),
        Some(Command::Require(arguments)) => require::run(arguments),
        Some(Command::New(arguments)) => new::run(arguments),
        Some(Command::Schema) => schema::run(),
    }
}
