//! Scenario files and their tables from the disk.
//!
//! Joins no path and caches nothing. Invariant: why a file cannot be read is said in words.

use std::fs;
use std::io::{self, ErrorKind};

use crate::scenario::{Source, SourceError};

/// Reads files by the path that the user or a scenario wrote, from the working directory on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Disk {
    /// Whether the file can be opened, without reading it.
    ///
    /// # Errors
    /// As [`Source::read`].
    pub fn look_at(self, path: &str) -> Result<(), SourceError> {
        match fs::File::open(path).and_then(|file| file.metadata()) {
            Ok(about) if about.is_dir() => Err(SourceError("is a folder, not a file".to_owned())),
            Ok(_) => Ok(()),
            Err(error) => Err(in_words(&error)),
        }
    }
}

impl Source for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        self.look_at(path)?;
        fs::read(path).map_err(|error| in_words(&error))
    }
}

fn in_words(error: &io::Error) -> SourceError {
    SourceError(match error.kind() {
        ErrorKind::NotFound => "no such file".to_owned(),
        ErrorKind::PermissionDenied => "may not be read (permission denied)".to_owned(),
        _ => error.to_string().to_lowercase(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_a_file_cannot_be_read_is_said_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap();
        assert_eq!(Disk.read(&format!("{path}/none.toml")), Err(SourceError("no such file".to_owned())));
        assert_eq!(Disk.read(path), Err(SourceError("is a folder, not a file".to_owned())));
    }

    #[test]
    fn a_file_comes_as_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        fs::write(&path, b"a = 1\xff").unwrap();
        assert_eq!(Disk.read(path.to_str().unwrap()), Ok(b"a = 1\xff".to_vec()));
    }
}
