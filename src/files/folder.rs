//! A folder for results, in which files appear whole or not at all, and those of one result together.
//!
//! Decides no name and no content. Invariant: a reader never sees a half-written file under its final name, and nothing is
//! renamed before everything is complete.

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

type Fill<'a> = Box<dyn FnOnce(&mut dyn Write) -> io::Result<()> + 'a>;

/// A file to be: its name and what writes it.
pub struct Draft<'a> {
    name: String,
    fill: Fill<'a>,
}

impl<'a> Draft<'a> {
    /// A file of that name with what `fill` writes.
    pub fn new(name: impl Into<String>, fill: impl FnOnce(&mut dyn Write) -> io::Result<()> + 'a) -> Self {
        Self { name: name.into(), fill: Box::new(fill) }
    }
}

impl Folder {
    /// Makes the folder, if it is not there, and tries it out, so that a long run does not end at a closed door.
    ///
    /// # Errors
    /// If it cannot be made or nothing can be written into it.
    pub fn open(path: &Path) -> io::Result<Self> {
        if path.exists() && !path.is_dir() {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "it is a file, not a folder"));
        }
        fs::create_dir_all(path)?;
        let folder = Self(path.to_owned());
        folder.draft()?.close()?;
        Ok(folder)
    }

    /// Whether a file of that name can be put here: there is none, or one that can be replaced.
    ///
    /// # Errors
    /// If something else than a file has that name.
    pub fn look_at(&self, name: &str) -> io::Result<()> {
        let path = self.0.join(name);
        if path.is_dir() {
            let why = format!("`{}` is a folder", path.display());
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, why));
        }
        Ok(())
    }

    /// Writes files under temporary names and gives them their own when all are complete and on the disk.
    ///
    /// # Errors
    /// If a draft or the disk does, or a name is taken by a folder; then nothing appears, and files of these names stay
    /// as they were. (Only a disk that fails between two renames can leave some new and some old.)
    pub fn write_all(&self, drafts: Vec<Draft<'_>>) -> io::Result<Vec<Written>> {
        drafts.iter().try_for_each(|draft| self.look_at(&draft.name))?;
        let complete = |draft: Draft<'_>| -> io::Result<(PathBuf, NamedTempFile)> {
            let mut file = self.draft()?;
            let mut buffer = BufWriter::new(file.as_file_mut());
            (draft.fill)(&mut buffer)?;
            buffer.flush()?;
            drop(buffer);
            file.as_file().sync_all()?;
            Ok((self.0.join(draft.name), file))
        };
        let files = drafts.into_iter().map(complete).collect::<io::Result<Vec<_>>>()?;
        files.into_iter().map(|(path, file)| named(path, file)).collect()
    }

    /// Gives a complete file its name.
    pub(super) fn persist(&self, name: &str, file: NamedTempFile) -> io::Result<Written> {
        self.look_at(name)?;
        named(self.0.join(name), file)
    }

    /// A file beside the final one, so that the last step is a rename inside one file system. Dropped, it is removed.
    pub(super) fn draft(&self) -> io::Result<NamedTempFile> {
        let mut builder = Builder::new();
        builder.prefix(".holdtime-").suffix(".part");
        // As any new file, not for the owner alone; the process's mask still applies.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        builder.tempfile_in(&self.0)
    }
}

fn named(path: PathBuf, file: NamedTempFile) -> io::Result<Written> {
    let was_there = path.exists();
    file.persist(&path).map_err(|failed| failed.error)?;
    Ok(if was_there { Written::Replaced(path) } else { Written::New(path) })
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

    fn write(folder: &Folder, name: &str, bytes: &[u8]) -> Written {
        let written = folder.write_all(vec![Draft::new(name, |out| out.write_all(bytes))]);
        written.unwrap().remove(0)
    }

    #[test]
    fn a_file_that_fails_half_way_leaves_the_old_ones_and_no_trace() {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("deep/results");
        let folder = Folder::open(&path).unwrap();
        assert_eq!(write(&folder, "a.csv", b"old"), Written::New(path.join("a.csv")));

        let failed = folder.write_all(vec![
            Draft::new("a.csv", |out| out.write_all(b"new")),
            Draft::new("b.csv", |out| {
                out.write_all(&[b'x'; 100_000])?;
                Err(io::Error::other("half way"))
            }),
        ]);
        assert!(failed.is_err());
        assert_eq!(fs::read(path.join("a.csv")).unwrap(), b"old");
        assert_eq!(names(&path), ["a.csv"]);
    }

    #[test]
    fn a_name_taken_by_a_folder_keeps_all_from_being_written() {
        let parent = tempfile::tempdir().unwrap();
        let folder = Folder::open(parent.path()).unwrap();
        fs::create_dir(parent.path().join("b.csv")).unwrap();
        assert!(folder.look_at("a.csv").is_ok());
        assert!(folder.look_at("b.csv").unwrap_err().to_string().contains("is a folder"));
        let drafts = ["a.csv", "b.csv"].map(|name| Draft::new(name, |out| out.write_all(b"new")));
        assert!(folder.write_all(drafts.into()).is_err());
        assert_eq!(names(parent.path()), ["b.csv"]);
    }

    #[test]
    fn nothing_of_the_new_files_is_seen_before_all_are_complete() {
        let parent = tempfile::tempdir().unwrap();
        let folder = Folder::open(parent.path()).unwrap();
        let drafts = vec![
            Draft::new("a.csv", |out| out.write_all(b"new")),
            Draft::new("b.csv", |out| {
                out.write_all(b"new")?;
                out.flush()?;
                assert!(!parent.path().join("a.csv").exists() && !parent.path().join("b.csv").exists());
                Ok(())
            }),
        ];
        folder.write_all(drafts).unwrap();
        assert_eq!(names(parent.path()), ["a.csv", "b.csv"]);
    }

    #[test]
    fn taking_the_place_of_a_file_is_told() {
        let parent = tempfile::tempdir().unwrap();
        let folder = Folder::open(parent.path()).unwrap();
        write(&folder, "a.txt", b"old");
        assert_eq!(write(&folder, "a.txt", b"new"), Written::Replaced(parent.path().join("a.txt")));
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
        write(&folder, "result", b"");
        let mode = |name| fs::metadata(parent.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode("result"), mode("plain"));
    }
}
