//! What `run` does for `--contacts`: which replications, the file in parts, one for each of them.
//!
//! Formats nothing. Invariant: lines of a replication stand together, in the order of replications, however many threads wrote
//! them; what went wrong while writing is told in the end and leaves no file.

use std::io;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::experiment::{ContactSink, Logging};
use crate::files::{Part, Parts, Place};
use crate::measure::{ContactRow, ContactRows};
use crate::report::{ContactCsv, Dialect};
use crate::scenario::Scenario;

use super::args::must_be;
use super::{Failure, output, words};

/// Which replications are logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoggedReplications {
    /// The first so many.
    First(NonZeroU32),
    /// All.
    All,
}

impl LoggedReplications {
    fn has(self, replication: u32) -> bool {
        match self {
            Self::First(n) => replication < n.get(),
            Self::All => true,
        }
    }
}

pub(super) fn replications(text: &str) -> Result<LoggedReplications, String> {
    match text.parse::<NonZeroU32>() {
        Ok(n) => Ok(LoggedReplications::First(n)),
        Err(_) if text == "all" => Ok(LoggedReplications::All),
        Err(_) => Err(must_be(
            "a whole number from 1, or `all`\n  hint: one row for each contact, in every replication",
        )),
    }
}

/// A path of CSV.
pub(super) fn path(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    match &*ending {
        "csv" => Ok(path),
        "xlsx" => Err(must_be(
            "a file that ends in `.csv`\n  hint: a sheet of a workbook holds 1,048,576 rows, a year of calls has \
             more:\n  write CSV, as `contacts.csv`",
        )),
        _ => Err(must_be("a file that ends in `.csv`, as `contacts.csv`")),
    }
}

/// A log that is being written.
pub(super) struct Log<'a> {
    parts: Parts,
    path: &'a Path,
    scenario: &'a Scenario,
    which: LoggedReplications,
    dialect: Dialect,
    failed: Mutex<Option<io::Error>>,
}

impl<'a> Log<'a> {
    /// The log, once it is known that a file can be put there.
    pub fn open(
        path: &'a Path,
        scenario: &'a Scenario,
        which: LoggedReplications,
        dialect: Dialect,
    ) -> Result<Self, Failure> {
        let place = Place::open(path)
            .map_err(|error| Failure(words::no_file(&path.display().to_string(), &error.to_string())))?;
        Ok(Self { parts: Parts::new(place), path, scenario, which, dialect, failed: Mutex::new(None) })
    }

    /// The file of the first `n` replications.
    pub fn finish(self, n: u32) -> Result<(), Failure> {
        let failed = self.failed.into_inner().unwrap_or_else(PoisonError::into_inner);
        let written = match failed {
            Some(error) => Err(error),
            None => self.parts.join(n),
        };
        let written = written.map_err(|error| {
            Failure(words::not_written(&self.path.display().to_string(), &error.to_string()))
        })?;
        output::say(&words::wrote(&written));
        Ok(())
    }

    fn part(&self, replication: u32) -> io::Result<ContactCsv<'_, Part>> {
        let mut part = self.parts.begin()?;
        if replication == 0 {
            ContactCsv::<Part>::heading(&mut part, self.dialect)?;
        }
        Ok(ContactCsv::new(part, self.scenario, replication, self.dialect))
    }

    fn fails(&self, error: io::Error) {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    }
}

impl ContactSink for Log<'_> {
    fn begin(&self, replication: u32) -> Option<Box<dyn Logging + '_>> {
        if !self.which.has(replication) {
            return None;
        }
        match self.part(replication) {
            Ok(csv) => Some(Box::new(OnePart { log: self, replication, csv })),
            Err(error) => {
                self.fails(error);
                None
            }
        }
    }
}

/// The contacts of one replication.
struct OnePart<'a> {
    log: &'a Log<'a>,
    replication: u32,
    csv: ContactCsv<'a, Part>,
}

impl ContactRows for OnePart<'_> {
    fn row(&mut self, row: &ContactRow) {
        self.csv.row(row);
    }
}

impl Logging for OnePart<'_> {
    fn complete(self: Box<Self>) {
        let OnePart { log, replication, csv } = *self;
        if let Err(error) = csv.finish().and_then(|part| log.parts.keep(replication, part)) {
            log.fails(error);
        }
    }
}
