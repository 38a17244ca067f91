//! `--report FILE`: where a report goes and in which language, for every command that can write one.
//!
//! Words no report. Invariant: that the file can be put there is known before anything runs, and it appears whole.

use std::io;
use std::path::PathBuf;

use clap::ValueEnum;

use crate::files::{Disk, Place};
use crate::report::{Assumption, Language};
use crate::scenario;

use super::args::must_be;
use super::{Failure, output, words};

/// Options of commands that can write a report.
#[derive(Debug, clap::Args)]
pub struct ReportArguments {
    /// Also write a report for managers: one HTML file that can be mailed
    #[arg(long, value_name = "FILE", value_parser = path)]
    pub report: Option<PathBuf>,
    /// With --report: its language, with numbers and dates as the country writes them
    #[arg(long, value_enum, default_value_t = Lang::En, requires = "report")]
    pub lang: Lang,
}

/// Languages of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// English
    En,
    /// German
    De,
}

/// A place for a report.
pub(super) struct ReportFile {
    place: Place,
    shown: String,
    /// In which it is written.
    pub language: Language,
}

/// A path that a browser opens.
fn path(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let is_page = ["html", "htm"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    if is_page && path.file_stem().is_some_and(|stem| !stem.is_empty()) {
        return Ok(path);
    }
    Err(must_be("a file that ends in `.html`, as `year.html`"))
}

impl ReportFile {
    /// The place that was asked for, if any.
    ///
    /// # Errors
    /// If no file can be put there.
    pub fn open(arguments: &ReportArguments) -> Result<Option<Self>, Failure> {
        let Some(path) = &arguments.report else { return Ok(None) };
        let shown = path.display().to_string();
        let place = Place::open(path).map_err(|error| Failure(words::no_file(&shown, &error.to_string())))?;
        let language = match arguments.lang {
            Lang::En => Language::English,
            Lang::De => Language::German,
        };
        Ok(Some(Self { place, shown, language }))
    }

    /// What each scenario says, for the part of the report that tells it.
    ///
    /// # Errors
    /// If a file that was sound is not any more.
    pub fn assumptions(&self, files: &[String], sets: &[String]) -> Result<Vec<Vec<Assumption>>, Failure> {
        let of = |file: &String| match scenario::load(file, sets, &Disk) {
            Ok(loaded) => Ok(Assumption::all(&loaded, self.language)),
            Err(_) => Err(Failure(words::changed_meanwhile(file))),
        };
        files.iter().map(of).collect()
    }

    /// Puts the report there.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, fill: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Result<(), Failure> {
        let written = self.place.write(fill);
        let written =
            written.map_err(|error| Failure(words::not_written(&self.shown, &error.to_string())))?;
        output::say(&words::wrote(&written));
        Ok(())
    }
}
