//! A large file in parts that are written at the same time and joined in the end.
//!
//! Knows no content. Invariant: the file appears when all its parts are in it, in the order of their numbers; parts that nobody
//! asks for are gone with it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::sync::{Mutex, PoisonError};

use tempfile::NamedTempFile;

use super::folder::Written;
use super::place::Place;

/// The parts of a file to be.
#[derive(Debug)]
pub struct Parts {
    place: Place,
    complete: Mutex<BTreeMap<u32, NamedTempFile>>,
}

/// A part that is being written; dropped before it is kept, it is removed.
#[derive(Debug)]
pub struct Part(BufWriter<NamedTempFile>);

impl Write for Part {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Parts {
    /// No part yet.
    #[must_use]
    pub fn new(place: Place) -> Self {
        Self { place, complete: Mutex::default() }
    }

    /// A new part, beside the file to be.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn begin(&self) -> io::Result<Part> {
        Ok(Part(BufWriter::with_capacity(1 << 18, self.place.draft()?)))
    }

    /// A part is complete, and has this number.
    ///
    /// # Errors
    /// If its last bytes cannot be written.
    pub fn keep(&self, number: u32, part: Part) -> io::Result<()> {
        let file = part.0.into_inner().map_err(io::IntoInnerError::into_error)?;
        self.complete.lock().unwrap_or_else(PoisonError::into_inner).insert(number, file);
        Ok(())
    }

    /// Joins the parts below `end` after one another; the others are removed.
    ///
    /// # Errors
    /// If there is none, or the disk fails; then no file appears.
    pub fn join(self, end: u32) -> io::Result<Written> {
        let parts = self.complete.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut parts = parts.into_iter().filter(|(number, _)| *number < end).map(|(_, file)| file);
        let mut whole = parts.next().ok_or_else(|| io::Error::other("nothing was written"))?;
        for mut part in parts {
            let from: &mut File = part.as_file_mut();
            from.seek(SeekFrom::Start(0))?;
            io::copy(from, whole.as_file_mut())?;
        }
        whole.as_file().sync_all()?;
        self.place.persist(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn parts_stand_in_the_order_of_their_numbers_however_they_were_written() {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("whole.csv");
        let parts = Parts::new(Place::open(&path).unwrap());
        for number in [2, 0, 1, 3] {
            let mut part = parts.begin().unwrap();
            writeln!(part, "part {number}").unwrap();
            parts.keep(number, part).unwrap();
        }
        drop(parts.begin().unwrap());
        parts.join(3).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "part 0\npart 1\npart 2\n");
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 1, "what is no part of it is gone");
    }
}
