//! A folder for results, in which files appear whole or not at all.
//!
//! Decides no name and no content. Invariant: a reader never sees a half-written file under its final name.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// A folder that can be written to.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

/// What became of a file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// There was none of that name.
    New(PathBuf),
    /// It took the place of another.
    Replaced(PathBuf),
}

impl Folder {
    /// Makes the folder, if it is not there, and tries it out, so that a long run does not end at a closed door.
    ///
    /// # Errors
    /// If it cannot be made or nothing can be written into it.
    pub fn open(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        let folder = Self(path.to_owned());
        folder.draft()?.close()?;
        Ok(folder)
    }

    /// Writes a file under a temporary name and gives it its own when it is complete and on the disk.
    ///
    /// # Errors
    /// If `fill` or the disk does; then nothing appears, and a file of that name stays as it was.
    pub fn write(
        &self,
        name: &str,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<Written> {
        let path = self.0.join(name);
        if path.is_dir() {
            return Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                format!("`{}` is a folder", path.display()),
            ));
        }
        let mut draft = self.draft()?;
        let mut buffer = BufWriter::new(draft.as_file_mut());
        fill(&mut buffer)?;
        buffer.flush()?;
        drop(buffer);
        draft.as_file().sync_all()?;
        let was_there = path.exists();
        draft.persist(&path).map_err(|failed| failed.error)?;
        Ok(if was_there { Written::Replaced(path) } else { Written::New(path) })
    }

    /// A file beside the final one, so that the last step is a rename inside one file system. Dropped, it is removed.
    fn draft(&self) -> io::Result<NamedTempFile> {
        let mut builder = Builder::new();
        builder.prefix(".holdtime-").suffix(".part");
        // As any new file, not for the owner alone; the process's mask still applies.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        builder.tempfile_in(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_that_fails_half_way_leaves_the_old_one_and_no_trace() {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("deep/results");
        let folder = Folder::open(&path).unwrap();
        assert_eq!(
            folder.write("a.csv", |out| out.write_all(b"old")).unwrap(),
            Written::New(path.join("a.csv"))
        );

        let failed = folder.write("a.csv", |out| {
            out.write_all(&[b'x'; 100_000])?;
            Err(io::Error::other("half way"))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read(path.join("a.csv")).unwrap(), b"old");
        assert_eq!(names(&path), ["a.csv"]);
    }

    #[test]
    fn nothing_of_the_new_file_is_seen_before_it_is_complete() {
        let parent = tempfile::tempdir().unwrap();
        let folder = Folder::open(parent.path()).unwrap();
        folder
            .write("a.csv", |out| {
                out.write_all(b"new")?;
                out.flush()?;
                assert!(!parent.path().join("a.csv").exists());
                Ok(())
            })
            .unwrap();
        assert_eq!(names(parent.path()), ["a.csv"]);
    }

    #[test]
    fn taking_the_place_of_a_file_is_told() {
        let parent = tempfile::tempdir().unwrap();
        let folder = Folder::open(parent.path()).unwrap();
        folder.write("a.txt", |out| out.write_all(b"old")).unwrap();
        let written = folder.write("a.txt", |out| out.write_all(b"new")).unwrap();
        assert_eq!(written, Written::Replaced(parent.path().join("a.txt")));
        assert_eq!(fs::read(parent.path().join("a.txt")).unwrap(), b"new");
    }

    #[test]
    fn a_folder_where_a_file_stands_is_refused_before_the_run() {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("taken");
        fs::write(&path, b"a file").unwrap();
        assert!(Folder::open(&path).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn others_may_read_results_as_any_new_file() {
        use std::os::unix::fs::PermissionsExt;
        let parent = tempfile::tempdir().unwrap();
        fs::write(parent.path().join("plain"), b"").unwrap();
        let folder = Folder::open(parent.path()).unwrap();
        folder.write("result", |_| Ok(())).unwrap();
        let mode = |name| fs::metadata(parent.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode("result"), mode("plain"));
    }
}
