//! `holdtime new`: a first scenario to change and to run, from nothing or from a file of intervals.
//!
//! Works nothing out. Invariant: a file that is there is replaced only when that was asked for, and never half written; what is
//! written is a valid scenario.

use std::path::Path;

use crate::calculator::{Choices, FirstScenario, Groups, IntervalFile, ReadIntervals, first_scenario};
use crate::files::{Disk, Draft, Folder, Written};
use crate::scenario::{self, Source, Texts};

use super::new_args::NewArguments;
use super::{Exit, Failure, output, words};

/// What there is to begin with.
const STARTER: &str = include_str!("starter.toml");

pub(super) fn run(arguments: &NewArguments) -> Result<Exit, Failure> {
    // A closed door is told before anything is worked out.
    let door = arguments.out.as_deref().map(|path| open(path, arguments.force)).transpose()?;
    let text = match &arguments.from {
        None => STARTER.to_owned(),
        Some(file) => match from_intervals(file, arguments)? {
            Some(FirstScenario { text, remarks }) => {
                remarks.iter().for_each(|remark| output::say(remark));
                text
            }
            None => return Ok(Exit::No),
        },
    };
    match scenario::load("new.toml", &[], &Texts::new().with("new.toml", text.as_str())) {
        Ok(loaded) => output::say_diagnostics(&loaded.warnings),
        Err(problems) => {
            output::say_diagnostics(&problems);
            return Err(Failure(words::NEW_IS_WRONG.to_owned()));
        }
    }
    match door {
        None => output::print(text.as_bytes())?,
        Some((folder, name)) => {
            let shown = arguments.out.as_deref().map_or(String::new(), |path| path.display().to_string());
            let written = folder.write_all(vec![Draft::new(name, |out| out.write_all(text.as_bytes()))]);
            let written = written.map_err(|error| Failure(words::not_written(&shown, &error.to_string())))?;
            for file in written {
                output::say(&match file {
                    Written::New(_) => words::written(&shown),
                    Written::Replaced(_) => words::replaced(&shown),
                });
            }
            output::say(&words::new_next(&shown));
        }
    }
    Ok(Exit::Done)
}

/// The scenario of a file of intervals; `None` after all that is wrong with the file has been told.
fn from_intervals(file: &str, arguments: &NewArguments) -> Result<Option<FirstScenario>, Failure> {
    let bytes = Disk.read(file).map_err(|why| Failure(words::unreadable(file, &why.0)))?;
    let name = Path::new(file).file_name().map_or_else(|| file.into(), |name| name.to_string_lossy());
    let choices = Choices {
        name: name.into_owned(),
        service_level: arguments.service_level,
        patience_s: arguments.patience,
        groups: if arguments.one_group { Groups::OneForAll } else { Groups::OneForEach },
    };
    let read = IntervalFile::read_what_can_be(&bytes, ReadIntervals { aht_s: arguments.aht });
    let made = read.and_then(|(file, mut problems)| match first_scenario(&file, &choices) {
        Ok(made) if problems.is_empty() => Ok(made),
        Ok(_) => Err(problems),
        Err(more) => {
            // What is said of the file as a whole may follow from the rows that could not be read.
            let all_read = problems.is_empty();
            problems.extend(more.into_iter().filter(|problem| all_read || problem.line.is_some()));
            problems.sort_by_key(|problem| problem.line);
            Err(problems)
        }
    });
    match made {
        Ok(made) => Ok(Some(made)),
        Err(problems) => {
            super::erlang::tell(file, &problems);
            Ok(None)
        }
    }
}

/// The folder and the name of a file that may be written.
fn open(path: &Path, may_replace: bool) -> Result<(Folder, String), Failure> {
    let shown = path.display().to_string();
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        return Err(Failure(words::no_file_name(&shown)));
    };
    if path.is_file() && !may_replace {
        return Err(Failure(words::is_there(&shown)));
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let look = || {
        let folder = Folder::open(parent)?;
        folder.look_at(name)?;
        Ok(folder)
    };
    let folder = look().map_err(|error: std::io::Error| {
        Failure(words::no_folder(&parent.display().to_string(), &error.to_string()))
    })?;
    Ok((folder, name.to_owned()))
}
