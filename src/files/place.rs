//! One file to be, at a path that the user named.
//!
//! Decides no content. Invariant: that of [`Folder`]; whether the file can be put there is known before anything is worked out.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::folder::{Draft, Folder, Written};

/// A place for one file.
#[derive(Clone, Debug)]
pub struct Place {
    folder: Folder,
    name: String,
}

impl Place {
    /// Makes the folder of `path`, if it is not there, and looks whether a file can be put there.
    ///
    /// # Errors
    /// If nothing can be written into its folder, or a folder or a file that may not be written has that name.
    pub fn open(path: &Path) -> io::Result<Self> {
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "it names no file"))?;
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        if path.is_dir() {
            return Err(io::Error::new(ErrorKind::AlreadyExists, "it is a folder, not a file"));
        }
        if fs::metadata(path).is_ok_and(|about| about.permissions().readonly()) {
            return Err(io::Error::new(ErrorKind::PermissionDenied, "it is there and may not be written"));
        }
        let folder = Folder::open(folder.unwrap_or_else(|| Path::new(".")))?;
        folder.look_at(name)?;
        Ok(Self { folder, name: name.to_owned() })
    }

    /// Writes the file; it appears when it is complete.
    ///
    /// # Errors
    /// If `fill` or the disk does; then what was there stays as it was.
    pub fn write(&self, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<Written> {
        let mut written = self.folder.write_all(vec![Draft::new(&*self.name, fill)])?;
        written.pop().ok_or_else(|| io::Error::other("nothing was written"))
    }
}

impl Place {
    /// A file beside the final one.
    pub(super) fn draft(&self) -> io::Result<NamedTempFile> {
        self.folder.draft()
    }

    /// Gives a complete file its name.
    pub(super) fn persist(&self, file: NamedTempFile) -> io::Result<Written> {
        self.folder.persist(&self.name, file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_and_a_file_that_may_not_be_written_are_told_before_anything_is_written() {
        let parent = tempfile::tempdir().unwrap();
        let why = |path: &Path| Place::open(path).unwrap_err().to_string();
        assert_eq!(why(parent.path()), "it is a folder, not a file");
        let kept = parent.path().join("kept.xlsx");
        fs::write(&kept, b"kept").unwrap();
        let mut permissions = fs::metadata(&kept).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&kept, permissions).unwrap();
        assert_eq!(why(&kept), "it is there and may not be written");
    }

    #[test]
    fn a_file_in_a_new_folder_appears_whole_or_not_at_all() {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("new/book.xlsx");
        let place = Place::open(&path).unwrap();
        assert!(place.write(|out| out.write_all(b"half").and(Err(io::Error::other("no")))).is_err());
        assert!(!path.exists());
        let written = place.write(|out| out.write_all(b"whole")).unwrap();
        assert!(matches!(&written, Written::New(at) if at.ends_with("new/book.xlsx")), "{written:?}");
        assert_eq!(fs::read(&path).unwrap(), b"whole");
    }
}
