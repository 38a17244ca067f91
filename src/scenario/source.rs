//! Where the text of a scenario comes from: the [`Source`] that the caller implements, and the texts read so far.
//!
//! Opens no file itself; joins paths as text, always with `/`. Invariant: a [`FileId`] names a text that stays as it was read.

use std::collections::BTreeMap;

/// Gives the bytes of a file, named by its path as written in the scenario, joined to the folder of the file that names it.
pub trait Source {
    /// Reads the whole file.
    ///
    /// # Errors
    /// If there is no such file or it cannot be read.
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError>;
}

/// Why a file could not be read, in words for a user (`no such file`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceError(pub String);

/// Files held in memory, by path: for tests, examples and scenarios that were never on a disk.
#[derive(Clone, Debug, Default)]
pub struct Texts(BTreeMap<String, Vec<u8>>);

impl Texts {
    /// No file yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with one more file.
    #[must_use]
    pub fn with(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.insert(path.to_owned(), bytes.into());
        self
    }
}

impl Source for Texts {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        self.0.get(path).cloned().ok_or_else(|| SourceError("no such file".to_owned()))
    }
}

/// A text that values and problems point into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FileId(u32);

impl FileId {
    /// The scenario file that was asked for; its base follows, then the base of that.
    pub(super) const TOP: Self = Self(0);
}

/// Bytes of a text: where a value was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) file: FileId,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What kind of text a [`FileId`] names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    /// A scenario or a table of values.
    File,
    /// The argument of one `--set`.
    Set,
}

#[derive(Clone, Debug)]
struct Text {
    path: String,
    text: String,
    kind: FileKind,
    /// The byte at which each line begins; the first is 0.
    lines: Vec<usize>,
}

/// The texts read so far, in the order of reading.
#[derive(Clone, Debug, Default)]
pub(super) struct Files(Vec<Text>);

impl Files {
    /// Keeps a text.
    pub(super) fn add(&mut self, path: String, text: String, kind: FileKind) -> FileId {
        let after_ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(i, _)| i + 1);
        let lines = std::iter::once(0).chain(after_ends).collect();
        self.0.push(Text { path, text, kind, lines });
        FileId(u32::try_from(self.0.len() - 1).expect("fewer than 2^32 files"))
    }

    pub(super) fn path(&self, id: FileId) -> &str {
        &self.0[id.0 as usize].path
    }

    pub(super) fn text(&self, id: FileId) -> &str {
        &self.0[id.0 as usize].text
    }

    pub(super) fn kind(&self, id: FileId) -> FileKind {
        self.0[id.0 as usize].kind
    }

    /// The texts of files other than the layers: tables of values, in the order of reading.
    pub(super) fn tables(&self, is_layer: impl Fn(FileId) -> bool) -> impl Iterator<Item = &str> {
        let ids = (0..self.0.len()).map(|i| FileId(i as u32));
        ids.filter(move |id| self.kind(*id) == FileKind::File && !is_layer(*id)).map(|id| self.text(id))
    }

    /// The first line that `origin` touches: its number from 1, its text, and the origin's bytes within it.
    pub(super) fn line(&self, origin: Origin) -> (usize, &str, std::ops::Range<usize>) {
        let text = self.text(origin.file);
        let lines = &self.0[origin.file.0 as usize].lines;
        let start = text.floor_char_boundary(origin.start);
        let number = lines.partition_point(|begin| *begin <= start);
        let first = lines[number - 1];
        let last = lines.get(number).map_or(text.len(), |next| next - 1);
        let line = text[first..last].trim_end_matches('\r');
        let from = line.floor_char_boundary(start - first);
        let to = line.floor_char_boundary(origin.end.saturating_sub(first)).max(from);
        (number, line, from..to)
    }

    /// `file:line`, or `--set path=value`.
    pub(super) fn place(&self, origin: Origin) -> String {
        match self.kind(origin.file) {
            FileKind::File => format!("{}:{}", self.path(origin.file), self.line(origin).0),
            FileKind::Set => format!("--set {}", self.text(origin.file)),
        }
    }
}

/// `path` as seen from the file `from`: joined to its folder unless it is absolute, `.` and `..` worked out.
pub(super) fn join(from: &str, path: &str) -> String {
    let path = path.replace('\\', "/");
    let is_absolute = path.starts_with('/') || path.get(1..3) == Some(":/");
    let folder = from.rfind('/').map_or("", |i| &from[..=i]);
    let joined = if is_absolute { path } else { format!("{folder}{path}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in joined.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| *last != ".." && !last.is_empty()) => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    // The folder itself: no file, but a path that can be named.
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_taken_from_the_folder_of_the_file_that_names_it() {
        let cases = [
            ("scenarios/year.toml", "data/plan.csv", "scenarios/data/plan.csv"),
            ("year.toml", "plan.csv", "plan.csv"),
            ("a/b/c.toml", "../plan.csv", "a/plan.csv"),
            ("a.toml", "../plan.csv", "../plan.csv"),
            ("a/b.toml", "/srv/plan.csv", "/srv/plan.csv"),
            ("./a/b.toml", "./c.toml", "a/c.toml"),
            ("a.toml", ".", "."),
            ("a/b.toml", "..", "."),
        ];
        for (from, path, expected) in cases {
            assert_eq!(join(from, path), expected);
        }
    }

    #[test]
    fn a_place_names_the_line_or_the_option() {
        let mut files = Files::default();
        let file = files.add("a.toml".into(), "x = 1\ny = 2\n".into(), FileKind::File);
        let set = files.add("--set".into(), "y=3".into(), FileKind::Set);
        assert_eq!(files.place(Origin { file, start: 10, end: 11 }), "a.toml:2");
        assert_eq!(files.line(Origin { file, start: 10, end: 11 }), (2, "y = 2", 4..5));
        assert_eq!(files.line(Origin { file, start: 5, end: 6 }), (1, "x = 1", 5..5));
        assert_eq!(files.line(Origin { file, start: 12, end: 12 }), (3, "", 0..0));
        assert_eq!(files.place(Origin { file: set, start: 2, end: 3 }), "--set y=3");
    }
}
