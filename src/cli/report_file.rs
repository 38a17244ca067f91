//! `--report FILE`: where a report goes and in which language, for every command that can write one.
//!
//! Words no report. Invariant: that the file can be put there is known before anything runs, and it appears whole.

use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::files::{Disk, Draft, Folder};
use crate::report::{Assumption, Language};
use crate::scenario;

use super::{Failure, output, words};

/// Options of commands that can write a report.
#[derive(Debug, clap::Args)]
pub struct ReportArguments {
    /// Also write a report for managers: one HTML file that can be mailed
    #[arg(long, value_name = "FILE")]
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
    folder: Folder,
    name: String,
    /// In which it is written.
    pub language: Language,
}

impl ReportFile {
    /// The place that was asked for, if any.
    ///
    /// # Errors
    /// If no file can be put there.
    pub fn open(arguments: &ReportArguments) -> Result<Option<Self>, Failure> {
        let Some(path) = &arguments.report else { return Ok(None) };
        let shown = path.display().to_string();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            return Err(Failure(words::no_report_name(&shown)));
        };
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let look = || -> io::Result<Folder> {
            let folder = Folder::open(parent)?;
            folder.look_at(name)?;
            Ok(folder)
        };
        let folder = look().map_err(|error| Failure(words::not_written(&shown, &error.to_string())))?;
        let language = match arguments.lang {
            Lang::En => Language::English,
            Lang::De => Language::German,
        };
        Ok(Some(Self { folder, name: name.to_owned(), language }))
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
        let written = self.folder.write_all(vec![Draft::new(self.name.clone(), fill)]);
        let written = written.map_err(|error| Failure(words::not_written(&self.name, &error.to_string())))?;
        written.iter().for_each(|file| output::say(&words::wrote(file)));
        Ok(())
    }
}
