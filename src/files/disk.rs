//! Scenario files and their tables from the disk.
//!
//! Joins no path and caches nothing. Invariant: why a file cannot be read is said in words.

use std::fs;
use std::io::ErrorKind;

use crate::scenario::{Source, SourceError};

/// Reads files by the path that the user or a scenario wrote, from the working directory on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Source for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        if fs::metadata(path).is_ok_and(|about| about.is_dir()) {
            return Err(SourceError("is a folder, not a file".to_owned()));
        }
        fs::read(path).map_err(|error| {
            SourceError(match error.kind() {
                ErrorKind::NotFound => "no such file".to_owned(),
                ErrorKind::PermissionDenied => "may not be read (permission denied)".to_owned(),
                _ => error.to_string().to_lowercase(),
            })
        })
    }
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
