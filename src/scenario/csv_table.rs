//! A CSV file as cells with their places.
//!
//! Knows no meaning of a column. Invariant: every row has as many cells as the header; others are reported and left out.

use csv::StringRecord;

use super::diagnostic::{Diagnostic, cut_flood};
use super::read::Build;
use super::shape::number_hint;
use super::source::{FileId, Origin, join};
use super::tree::Node;

/// What a number may be.
const MOST: std::ops::RangeInclusive<f64> = 0.0..=1e12;

/// A table of values.
#[derive(Clone, Debug)]
pub(super) struct CsvTable {
    file: FileId,
    text: String,
    delimiter: u8,
    /// Spreadsheets that separate by `;` write `6,5`.
    has_decimal_commas: bool,
    header: Record,
    rows: Vec<Record>,
    /// Whether there are rows in the file, refused ones among them.
    has_rows: bool,
}

#[derive(Clone, Debug)]
struct Record {
    cells: StringRecord,
    /// The byte of the text at which it begins.
    start: usize,
    /// The line of the text, from 1.
    line: usize,
}

/// A row of a table, or its header.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'t> {
    table: &'t CsvTable,
    record: &'t Record,
}

/// A cell. Its place is worked out when it is asked for: most cells never are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell<'t> {
    row: Row<'t>,
    /// From 0.
    column: usize,
}

impl CsvTable {
    /// The beginning of the file.
    pub(super) fn origin(&self) -> Origin {
        Origin { file: self.file, start: 0, end: 0 }
    }

    /// Reports what was found in the table; of many problems the first few.
    pub(super) fn report(&self, build: &mut Build, problems: Vec<Diagnostic>) {
        let before = build.reading.problems.len();
        build.reading.problems.extend(problems);
        let what = format!("`{}`", build.reading.files.path(self.file));
        cut_flood(&mut build.reading.problems, before, &what, self.origin());
    }

    pub(super) fn header(&self) -> Row<'_> {
        Row { table: self, record: &self.header }
    }

    pub(super) fn n_rows(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn has_rows(&self) -> bool {
        self.has_rows
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|record| Row { table: self, record })
    }
}

impl<'t> Row<'t> {
    pub(super) fn len(self) -> usize {
        self.record.cells.len()
    }

    /// The cell of a column, from 0.
    pub(super) fn cell(self, column: usize) -> Cell<'t> {
        Cell { row: self, column }
    }

    pub(super) fn cells(self) -> impl Iterator<Item = Cell<'t>> {
        (0..self.len()).map(move |column| self.cell(column))
    }
}

impl<'t> Cell<'t> {
    /// Without the blanks around it.
    pub(super) fn text(self) -> &'t str {
        self.row.record.cells.get(self.column).unwrap_or_default().trim()
    }

    pub(super) fn origin(self) -> Origin {
        let CsvTable { file, text, delimiter, .. } = self.row.table;
        let mut at = self.row.record.start;
        let length = |at: usize| {
            let rest = &text[at.min(text.len())..];
            rest.find([char::from(*delimiter), '\n']).unwrap_or(rest.len())
        };
        for _ in 0..self.column {
            at += length(at) + 1;
        }
        let cell = &text[at.min(text.len())..][..length(at)];
        Origin { file: *file, start: at, end: at + cell.trim_end().len() }
    }

    /// A finite number, 0 or more; otherwise a message.
    pub(super) fn number(self) -> Result<f64, Diagnostic> {
        let text = self.text();
        let has_commas = self.row.table.has_decimal_commas;
        // In a file with decimal commas a point may be one of thousands.
        let number =
            if has_commas && text.contains('.') { None } else { text.replacen(',', ".", 1).parse().ok() };
        match number {
            Some(number) if MOST.contains(&number) && (has_commas || !text.contains(',')) => Ok(number),
            _ if has_commas && text.contains('.') => Err(self
                .refuse("a number")
                .hint("other cells of this file have a decimal comma: write no points")),
            _ if text.is_empty() => Err(self.refuse("a number from 0 to 1e12").hint("write 0 for nobody")),
            _ => Err(self.refuse("a number from 0 to 1e12").hint(number_hint(text))),
        }
    }

    /// A message about this cell.
    pub(super) fn refuse(self, allowed: &str) -> Diagnostic {
        let text = self.text();
        let (row, column) = (self.row.record.line, self.column + 1);
        Diagnostic::error(format!("bad cell in row {row}, column {column}"))
            .at(self.origin())
            .found(if text.is_empty() { "nothing".to_owned() } else { format!("{text:?}") })
            .allowed(allowed)
    }
}

/// Reads the file that `node` names; problems are reported.
pub(super) fn read(build: &mut Build, node: &Node) -> Option<CsvTable> {
    // An empty path is refused already.
    let named = node.text().filter(|named| !named.trim().is_empty())?;
    let from = build.reading.naming_file(node.origin).to_owned();
    let file = build.reading.text(&join(&from, named), Some(node.origin))?;
    let text = build.reading.files.text(file).to_owned();
    let is_told = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let header = text.lines().find(is_told).unwrap_or_default();
    let delimiter = if header.contains(';') && !header.contains(',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    let mut rows: Vec<Record> = Vec::new();
    let (mut counted, mut line) = (0, 1);
    for cells in reader.records() {
        let Ok(cells) = cells else { continue };
        let start = cells.position().map_or(0, |position| position.byte() as usize);
        // Blank lines and comments may lie between the position and the record itself.
        let skipped: usize = text[start..]
            .split_inclusive('\n')
            .take_while(|line| line.trim().is_empty() || line.starts_with('#'))
            .map(str::len)
            .sum();
        line += text[counted..start + skipped].matches('\n').count();
        counted = start + skipped;
        rows.push(Record { cells, start: counted, line });
    }
    if rows.is_empty() {
        build.report(
            Diagnostic::error(format!("`{named}` is empty"))
                .at(node.origin)
                .hint("it needs a header and a row for each kind of day or step"),
        );
        return None;
    }
    let header = rows.remove(0);
    let has_decimal_commas =
        delimiter == b';' && rows.iter().any(|row| row.cells.iter().skip(1).any(|cell| cell.contains(',')));
    let has_rows = !rows.is_empty();
    let mut table = CsvTable { file, text, delimiter, has_decimal_commas, header, rows, has_rows };
    let n = table.header().len();
    let ragged = |row: Row| {
        let at = row.cell(row.len() - 1).origin();
        let hint = if row.len() > n && delimiter == b',' {
            "decimals have a point; a file separated by `;` may have decimal commas"
        } else {
            "write 0 for nobody, and no separator at the end of a row"
        };
        let cells = |n: usize| if n == 1 { "1 cell".to_owned() } else { format!("{n} cells") };
        Diagnostic::error(format!("row {} has {}, the header has {n}", row.record.line, cells(row.len())))
            .at(at)
            .allowed(format!("{} in every row", cells(n)))
            .hint(hint)
    };
    let problems = table.rows().filter(|row| row.len() != n).map(ragged).collect();
    table.report(build, problems);
    table.rows.retain(|row| row.cells.len() == n);
    if delimiter == b';' {
        warn_of_points(build, &table);
    }
    Some(table)
}

/// Warns of the first number that a spreadsheet with decimal commas may have meant as thousands: `1.000` is read as 1.
fn warn_of_points(build: &mut Build, table: &CsvTable) {
    let is_grouped = |text: &str| {
        text.split_once('.').is_some_and(|(first, rest)| {
            let is_digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
            matches!(first.len(), 1..=3)
                && !first.starts_with('0')
                && is_digits(first)
                && rest.len() == 3
                && is_digits(rest)
        })
    };
    let cells = table.rows().flat_map(|row| row.cells().skip(1));
    if let Some((cell, number)) =
        cells.filter(|cell| is_grouped(cell.text())).find_map(|cell| Some((cell, cell.number().ok()?)))
    {
        build.report(
            Diagnostic::warning(format!("`{}` is read as {number}", cell.text()))
                .at(cell.origin())
                .hint(format!("if thousands were meant, write {}", cell.text().replace('.', ""))),
        );
    }
}
