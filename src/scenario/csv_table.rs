//! A CSV file as cells with their places.
//!
//! Knows no meaning of a column. Invariant: every row has as many cells as the header; others are reported and left out.

use super::diagnostic::Diagnostic;
use super::read::Build;
use super::source::{FileId, Origin, join};
use super::tree::Node;

/// A table of values.
#[derive(Clone, Debug)]
pub(super) struct CsvTable {
    file: FileId,
    pub(super) header: Vec<Cell>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A cell with its place.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) origin: Origin,
    /// From 1.
    row: usize,
    /// From 1.
    column: usize,
}

impl CsvTable {
    /// The beginning of the file.
    pub(super) fn origin(&self) -> Origin {
        Origin { file: self.file, start: 0, end: 0 }
    }
}

impl Cell {
    /// A finite number, 0 or more; otherwise a message.
    pub(super) fn number(&self) -> Result<f64, Diagnostic> {
        match self.text.parse::<f64>() {
            Ok(number) if number.is_finite() && number >= 0.0 => Ok(number),
            _ => Err(self.refuse("a number, 0 or more")),
        }
    }

    /// A message about this cell.
    pub(super) fn refuse(&self, allowed: &str) -> Diagnostic {
        Diagnostic::error(format!("bad cell in row {}, column {}", self.row, self.column))
            .at(self.origin)
            .found(if self.text.is_empty() { "nothing".to_owned() } else { format!("{:?}", self.text) })
            .allowed(allowed)
    }
}

/// Reads the file that `node` names; problems are reported.
pub(super) fn read(build: &mut Build, node: &Node) -> Option<CsvTable> {
    let named = node.text()?;
    let from = build.reading.naming_file(node.origin).to_owned();
    let file = build.reading.text(&join(&from, named), Some(node.origin))?;
    let text = build.reading.files.text(file).to_owned();
    let first_line = text.lines().next().unwrap_or_default();
    let delimiter = if first_line.contains(';') && !first_line.contains(',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let (mut counted, mut row) = (0, 1);
    for record in reader.records() {
        let Ok(record) = record else { continue };
        let start = record.position().map_or(0, |position| position.byte() as usize);
        // Blank lines and comments may lie between the position and the record itself.
        let skipped: usize = text[start..]
            .split_inclusive('\n')
            .take_while(|line| line.trim().is_empty() || line.starts_with('#'))
            .map(str::len)
            .sum();
        row += text[counted..start + skipped].matches('\n').count();
        counted = start + skipped;
        rows.push(cells(&text, counted, row, &record, char::from(delimiter), file));
    }
    if rows.is_empty() {
        build.report(Diagnostic::error(format!("`{named}` is empty")).at(node.origin));
        return None;
    }
    let header = rows.remove(0);
    let n = header.len();
    for row in &rows {
        if row.len() != n {
            let at = row.last().unwrap_or(&header[0]);
            build.report(
                Diagnostic::error(format!("row {} has {} cells, the header has {n}", at.row, row.len()))
                    .at(at.origin),
            );
        }
    }
    rows.retain(|row| row.len() == n);
    Some(CsvTable { file, header, rows })
}

fn cells(
    text: &str,
    start: usize,
    row: usize,
    record: &csv::StringRecord,
    delimiter: char,
    file: FileId,
) -> Vec<Cell> {
    let mut at = start;
    record
        .iter()
        .enumerate()
        .map(|(i, cell)| {
            let rest = &text[at.min(text.len())..];
            let length = rest.find([delimiter, '\n']).unwrap_or(rest.len());
            let origin = Origin { file, start: at, end: at + rest[..length].trim_end().len() };
            at += length + 1;
            Cell { text: cell.to_owned(), origin, row, column: i + 1 }
        })
        .collect()
}
