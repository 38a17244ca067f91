//! What commands do for `--xlsx`: the place, what the result rests on, and the file.
//!
//! Fills no cell. Invariant: what keeps a workbook from being written, and can be known, is told before anything runs.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::files::{Disk, Place};
use crate::report::Assumptions;
use crate::scenario::{self, Loaded};

use super::{Failure, args::must_be, output, words};

/// A path that Excel opens.
pub(super) fn path(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let has_name = path.file_stem().is_some_and(|stem| !stem.is_empty());
    if ending.eq_ignore_ascii_case("xlsx") && has_name {
        return Ok(path);
    }
    Err(must_be("a file that ends in `.xlsx`, as `year.xlsx`"))
}

/// The place, once it is known that a file can be put there.
pub(super) fn open(path: &Path) -> Result<Place, Failure> {
    Place::open(path)
        .map_err(|error| Failure(words::no_file(&path.display().to_string(), &error.to_string())))
}

/// Writes it and says so.
pub(super) fn save(
    place: &Place,
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let written = place
        .write(fill)
        .map_err(|error| Failure(words::not_written(&path.display().to_string(), &error.to_string())))?;
    output::say(&words::wrote(&written));
    Ok(())
}

/// What a scenario says, held against its base, or without one against itself without `--set`.
pub(super) fn assumptions(loaded: &Loaded, file: &str, sets: &[String]) -> Assumptions {
    let under = loaded.base().or_else(|| (!sets.is_empty()).then(|| file.to_owned()));
    // A base need be no whole scenario; then there is nothing to hold it against.
    let base = under.and_then(|path| scenario::load(&path, &[], &Disk).ok());
    Assumptions {
        values: loaded.resolved(),
        defaults: loaded.defaults.clone(),
        base: base.map(|base| base.resolved()),
    }
}
