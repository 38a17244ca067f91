//! Scenario files and their tables from the disk.
//!
//! Joins no path and caches nothing. Invariant: why a file cannot be read is said in words, and no read waits for ever or
//! fills the memory.

use std::fs;
use std::io::{self, ErrorKind, Read};

use crate::scenario::{Source, SourceError};

/// Reads files by the path that the user or a scenario wrote, from the working directory on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

/// Larger files are refused: a plan for every date of ten years in steps of five minutes is a tenth of it.
const MOST_BYTES: u64 = 64_000_000;

impl Disk {
    /// Whether the file can be opened, without reading it.
    ///
    /// # Errors
    /// As [`Source::read`].
    pub fn look_at(self, path: &str) -> Result<(), SourceError> {
        self.open(path).map(drop)
    }

    /// A device may never end and a pipe may never begin, so what is no file is not even opened.
    fn open(self, path: &str) -> Result<fs::File, SourceError> {
        let about = fs::metadata(path).map_err(|error| in_words(&error))?;
        if about.is_dir() {
            return Err(SourceError("is a folder, not a file".to_owned()));
        }
        if !about.is_file() {
            return Err(SourceError("is no regular file; save what it gives as a file".to_owned()));
        }
        if about.len() > MOST_BYTES {
            return Err(too_large());
        }
        fs::File::open(path).map_err(|error| in_words(&error))
    }
}

impl Source for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        let mut bytes = Vec::new();
        // Some regular files of the system say that they are empty and are not.
        let most = self.open(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes);
        match most.map_err(|error| in_words(&error))? as u64 {
            0..=MOST_BYTES => Ok(bytes),
            _ => Err(too_large()),
        }
    }
}

fn too_large() -> SourceError {
    SourceError(format!("is larger than {} MB", MOST_BYTES / 1_000_000))
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
    fn what_never_ends_and_what_is_too_large_is_refused_unread() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.csv");
        fs::File::create(&path).unwrap().set_len(MOST_BYTES + 1).unwrap();
        assert_eq!(Disk.read(path.to_str().unwrap()), Err(SourceError("is larger than 64 MB".to_owned())));
        if cfg!(unix) {
            let why = SourceError("is no regular file; save what it gives as a file".to_owned());
            assert_eq!(Disk.read("/dev/zero"), Err(why));
        }
    }

    #[test]
    fn a_file_comes_as_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        fs::write(&path, b"a = 1\xff").unwrap();
        assert_eq!(Disk.read(path.to_str().unwrap()), Ok(b"a = 1\xff".to_vec()));
    }
}
