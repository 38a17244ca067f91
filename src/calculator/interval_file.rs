//! A file of intervals: date, interval, calls, handle time; one row each, columns in any order, others kept as they are.
//!
//! Reads what a spreadsheet writes: `,`, `;` or tab between cells, ISO or German dates, and with `;` the decimal comma.
//! Opens no file. Invariant: either every cell that counts could be read, or all that could not are told by row.

use jiff::civil::{Date, Time};

/// What every row is read with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReadIntervals {
    /// Handle time in seconds where the file has no column for it.
    pub aht_s: Option<f64>,
}

/// Rows and how they were written.
#[derive(Clone, Debug, PartialEq)]
pub struct IntervalFile {
    /// Between cells.
    pub delimiter: u8,
    /// Whether numbers are written with a decimal comma: where `;` stands between cells, unless a number shows otherwise.
    pub has_decimal_comma: bool,
    /// Names of the columns as they stand in the file.
    pub header: Vec<String>,
    /// In the order of the file; at least one.
    pub rows: Vec<Row>,
}

/// One interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Line of the file, from 1 on.
    pub line: u64,
    /// All cells as they stand in the file.
    pub cells: Vec<String>,
    /// The day; `None` if the file has no dates.
    pub date: Option<Date>,
    /// When the interval begins; `None` if the file has no times.
    pub clock: Option<Clock>,
    /// Calls, 0 or more.
    pub calls: f64,
    /// Mean handle time in seconds; above 0 where there are calls.
    pub aht_s: f64,
}

/// When an interval begins, and ends where that is written; minutes since midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Begin.
    pub from: usize,
    /// End, on the same day or at its midnight; `None`: not written.
    pub until: Option<usize>,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Role {
    Date,
    Interval,
    Class,
    Calls,
    Aht,
}

/// A cell, a row or a column that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellProblem {
    /// Line of the file; `None`: the file as a whole.
    pub line: Option<u64>,
    /// Name of the column, empty for a row or the file.
    pub column: String,
    /// What stands there.
    pub found: String,
    /// What may stand there.
    pub allowed: &'static str,
}

/// Names that a column may have, lower case.
const DATE: &[&str] = &["date", "day", "datum", "tag"];
const INTERVAL: &[&str] = &["interval", "time", "start", "intervall", "zeit", "uhrzeit", "von"];
const CALLS: &[&str] =
    &["calls", "offered", "volume", "contacts", "anrufe", "anzahl", "angebot", "angeboten"];
const AHT: &[&str] = &["aht", "aht_s", "handle_time", "handle_time_s", "bearbeitungszeit", "bz"];

/// The first of these that there is.
const CLASS: &[&str] =
    &["class", "klasse", "queue", "warteschlange", "skill", "service", "hotline", "anliegen", "thema"];

const A_NUMBER: &str = "a number of calls, 0 or more";
const A_DATE: &str = "a date as 2026-03-02 or 02.03.2026";
const A_TIME: &str = "a time as 08:30, or from and to as 08:30-09:00";
const AN_AHT: &str = "a mean handle time above 0: seconds as 240, or 4m, or 4:00";

impl IntervalFile {
    /// Reads a file.
    ///
    /// # Errors
    /// Everything that could not be read.
    pub fn read(bytes: &[u8], with: ReadIntervals) -> Result<Self, Vec<CellProblem>> {
        let (file, problems) = Self::read_what_can_be(bytes, with)?;
        if problems.is_empty() { Ok(file) } else { Err(problems) }
    }

    /// Reads the rows that can be read, at least one, and tells of the others: for those who look for more that is wrong.
    ///
    /// # Errors
    /// Everything that could not be read, if nothing is left.
    pub fn read_what_can_be(
        bytes: &[u8],
        with: ReadIntervals,
    ) -> Result<(Self, Vec<CellProblem>), Vec<CellProblem>> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
            vec![
                whole("text that is not UTF-8", "a file saved as UTF-8 (\"CSV UTF-8\" in a spreadsheet)")
                    .on(line),
            ]
        })?;
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
        let delimiter =
            [b';', b'\t', b','].into_iter().find(|d| first.as_bytes().contains(d)).unwrap_or(b',');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes());
        let mut records = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) if record.iter().all(|cell| cell.trim().is_empty()) => {}
                Ok(record) => records.push(record),
                Err(error) => return Err(vec![whole(&error.to_string(), "rows of cells")]),
            }
        }
        let mut records = records.into_iter();
        let header: Vec<String> = match records.next() {
            Some(header) => header.iter().map(|name| name.trim().to_owned()).collect(),
            None => {
                return Err(vec![whole("nothing", "a row of column names, then a row for each interval")]);
            }
        };
        let columns = Columns::find(&header, with)?;
        let records: Vec<csv::StringRecord> = records.collect();
        let has_decimal_comma = delimiter == b';' && !columns.have_decimal_dots(&records);
        let mut file = Self { delimiter, has_decimal_comma, header, rows: Vec::new() };
        let mut problems = Vec::new();
        for record in records {
            let line = record.position().map_or(0, csv::Position::line);
            if record.len() > file.header.len() {
                let found = format!("{} cells under {} column names", record.len(), file.header.len());
                problems.push(whole(&found, "one cell for each column").on(line));
                continue;
            }
            match file.row(&columns, &record, line, with) {
                Ok(row) => file.rows.push(row),
                Err(more) => problems.extend(more),
            }
        }
        if problems.is_empty() && file.rows.is_empty() {
            problems.push(whole("column names and no row", "a row for each interval"));
        }
        if file.rows.is_empty() { Err(problems) } else { Ok((file, problems)) }
    }

    /// How many days have a row; 1 where the file has no dates.
    #[must_use]
    pub fn days(&self) -> usize {
        let mut days: Vec<Date> = self.rows.iter().filter_map(|row| row.date).collect();
        days.sort_unstable();
        days.dedup();
        days.len().max(1)
    }

    fn row(
        &self,
        columns: &Columns,
        record: &csv::StringRecord,
        line: u64,
        with: ReadIntervals,
    ) -> Result<Row, Vec<CellProblem>> {
        let mut problems = Vec::new();
        let cell = |column: usize| record.get(column).unwrap_or("").trim();
        let mut wrong = |column: usize, allowed: &'static str| {
            let column_name = self.header[column].clone();
            problems.push(CellProblem {
                line: Some(line),
                column: column_name,
                found: cell(column).to_owned(),
                allowed,
            });
        };
        let date = columns.date.and_then(|column| {
            let date = date(cell(column));
            if date.is_none() {
                wrong(column, A_DATE);
            }
            date
        });
        let clock = columns.interval.and_then(|column| {
            let clock = clock(cell(column));
            if clock.is_none() {
                wrong(column, A_TIME);
            }
            clock
        });
        let calls = self.number(cell(columns.calls)).filter(|calls| *calls >= 0.0);
        if calls.is_none() {
            wrong(columns.calls, A_NUMBER);
        }
        let is_idle = calls == Some(0.0);
        let aht_s = match columns.aht {
            None => with.aht_s,
            Some(column) => {
                let aht_s = self.handle_time(cell(column)).filter(|aht_s| *aht_s > 0.0 || is_idle);
                // Without calls nobody has measured a handle time.
                let aht_s =
                    if aht_s.is_none() && is_idle && cell(column).is_empty() { Some(0.0) } else { aht_s };
                if aht_s.is_none() {
                    wrong(column, AN_AHT);
                }
                aht_s
            }
        };
        let (Some(calls), Some(aht_s), true) = (calls, aht_s, problems.is_empty()) else {
            return Err(problems);
        };
        let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
        cells.resize(self.header.len(), String::new());
        Ok(Row { line, cells, date, clock, calls, aht_s })
    }

    /// Whether a column holds calls or handle times.
    #[must_use]
    pub fn is_input(&self, column: usize) -> bool {
        let name = self.header[column].to_lowercase();
        CALLS.contains(&name.as_str()) || AHT.contains(&name.as_str())
    }

    /// The column that is for something, if there is one.
    #[must_use]
    pub fn column(&self, role: Role) -> Option<usize> {
        let names = match role {
            Role::Date => DATE,
            Role::Interval => INTERVAL,
            Role::Class => CLASS,
            Role::Calls => CALLS,
            Role::Aht => AHT,
        };
        names.iter().find_map(|name| self.header.iter().position(|found| found.to_lowercase() == *name))
    }

    /// A number as the file writes it.
    fn number(&self, text: &str) -> Option<f64> {
        let plain = if self.has_decimal_comma {
            match text.split_once(',') {
                Some((whole, fraction)) => format!("{}.{fraction}", without_groups(whole)),
                None => without_groups(text),
            }
        } else {
            text.to_owned()
        };
        let is_number = plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-');
        plain.parse::<f64>().ok().filter(|number| is_number && number.is_finite())
    }

    /// Seconds, minutes and seconds on the clock, or a duration.
    fn handle_time(&self, text: &str) -> Option<f64> {
        if let Some((minutes, seconds)) = text.split_once(':') {
            let (minutes, seconds) = (minutes.parse::<u32>().ok()?, seconds.parse::<u32>().ok()?);
            return (seconds < 60).then(|| f64::from(minutes) * 60.0 + f64::from(seconds));
        }
        self.number(text).or_else(|| crate::scenario::seconds(text))
    }

    /// A number in the file's own writing.
    #[must_use]
    pub fn written(&self, number: f64, decimals: usize) -> String {
        let text = format!("{number:.decimals$}");
        if self.has_decimal_comma { text.replace('.', ",") } else { text }
    }
}

/// Positions of the columns that count.
struct Columns {
    date: Option<usize>,
    interval: Option<usize>,
    calls: usize,
    aht: Option<usize>,
}

impl Columns {
    fn find(header: &[String], with: ReadIntervals) -> Result<Self, Vec<CellProblem>> {
        let mut problems = Vec::new();
        let mut find = |names: &[&str]| {
            let mut found =
                header.iter().enumerate().filter(|(_, name)| names.contains(&name.to_lowercase().as_str()));
            let first = found.next().map(|(position, _)| position);
            if let Some((_, second)) = found.next() {
                let found = format!("a second column for the same: `{second}`");
                problems.push(whole(&found, "one column for each of date, interval, calls and aht").on(1));
            }
            first
        };
        let [date, interval, calls, aht] = [DATE, INTERVAL, CALLS, AHT].map(&mut find);
        let names = || {
            format!(
                "columns {}",
                header.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
            )
        };
        if calls.is_none() {
            problems.push(whole(&names(), "a column `calls` (or `offered`, `anrufe`)").on(1));
        }
        if aht.is_none() && with.aht_s.is_none() {
            problems.push(whole(&names(), "a column `aht`, or `--aht` for all rows").on(1));
        }
        match calls {
            Some(calls) if problems.is_empty() => Ok(Self { date, interval, calls, aht }),
            _ => Err(problems),
        }
    }

    /// Whether numbers are written with a decimal dot: one of them cannot have dots between thousands, and none has a comma.
    fn have_decimal_dots(&self, records: &[csv::StringRecord]) -> bool {
        let numbers = || {
            let of = |record: &'_ csv::StringRecord, column: Option<usize>| -> String {
                column.and_then(|column| record.get(column)).unwrap_or("").trim().to_owned()
            };
            records.iter().flat_map(move |record| [of(record, Some(self.calls)), of(record, self.aht)])
        };
        let is_decimal = |text: &String| {
            text.parse::<f64>().is_ok() && text.contains('.') && *text == without_groups(text)
        };
        numbers().any(|text| is_decimal(&text)) && !numbers().any(|text| text.contains(','))
    }
}

impl CellProblem {
    fn on(self, line: u64) -> Self {
        Self { line: Some(line), ..self }
    }
}

fn whole(found: &str, allowed: &'static str) -> CellProblem {
    CellProblem { line: None, column: String::new(), found: found.to_owned(), allowed }
}

/// Without the dots between thousands, if that is what they are.
fn without_groups(text: &str) -> String {
    let mut groups = text.split('.');
    let first = groups.next().unwrap_or("");
    let is_grouped =
        (1..=3).contains(&first.len()) && text.contains('.') && groups.all(|group| group.len() == 3);
    if is_grouped { text.replace('.', "") } else { text.to_owned() }
}

fn date(text: &str) -> Option<Date> {
    let german = || {
        let mut parts = text.splitn(3, '.').map(|part| part.trim().parse::<i16>().ok());
        let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
        let year = if (0..100).contains(&year) { 2000 + year } else { year };
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    text.parse().ok().or_else(german)
}

fn clock(text: &str) -> Option<Clock> {
    let minutes = |text: &str| {
        let (hours, rest) = text.trim().split_once(':').unwrap_or((text.trim(), "0"));
        let minutes = rest.split(':').next().unwrap_or(rest);
        match (hours.parse::<i8>(), minutes.parse::<i8>()) {
            (Ok(24), Ok(0)) => Some(24 * 60),
            (Ok(hours), Ok(minutes)) => {
                let time = Time::new(hours, minutes, 0, 0).ok()?;
                Some(time.hour() as usize * 60 + time.minute() as usize)
            }
            _ => None,
        }
    };
    let mut times = text.split(['-', '–']).map(minutes);
    let (from, until) = (times.next()??, times.next());
    if times.next().is_some() || until == Some(None) {
        return None;
    }
    // Until midnight is written as 00:00 too.
    let until = until.flatten().map(|until| if until == 0 { 24 * 60 } else { until });
    Some(Clock { from, until })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANY: ReadIntervals = ReadIntervals { aht_s: None };

    fn problems(text: &str) -> Vec<(Option<u64>, String, String)> {
        let problems = IntervalFile::read(text.as_bytes(), ANY).expect_err("must be refused");
        problems.into_iter().map(|problem| (problem.line, problem.column, problem.found)).collect()
    }

    #[test]
    fn a_number_with_a_decimal_dot_tells_how_all_of_the_file_are_written() {
        let read = |text: &str| {
            let file = IntervalFile::read(text.as_bytes(), ANY).unwrap();
            (file.has_decimal_comma, file.rows.iter().map(|row| row.calls).collect::<Vec<_>>())
        };
        assert_eq!(read("calls;aht\n12.345;240\n15.5;240\n"), (false, vec![12.345, 15.5]));
        assert_eq!(read("calls;aht\n12.345;240\n15,5;240\n"), (true, vec![12_345.0, 15.5]));
        assert_eq!(read("calls;aht\n12.345;240\n15;240\n"), (true, vec![12_345.0, 15.0]));
    }

    #[test]
    fn a_german_file_reads_as_its_english_twin() {
        let german =
            "\u{feff}Datum;Intervall;Team;Anrufe;AHT\n02.03.2026;08:00;A;1.204,5;4:30\n03.03.26;8:30;B;0;\n";
        let english = "date,interval,team,calls,aht\n2026-03-02,08:00,A,1204.5,270\n2026-03-03,08:30,B,0,\n";
        let read = |text: &str| {
            let file = IntervalFile::read(text.as_bytes(), ANY).unwrap();
            let rows: Vec<_> = file.rows.iter().map(|row| (row.date, row.calls, row.aht_s)).collect();
            (rows, file.days())
        };
        assert_eq!(read(german), read(english));
        assert_eq!(read(german).0[0].1, 1204.5);
        let file = IntervalFile::read(german.as_bytes(), ANY).unwrap();
        assert_eq!((file.written(0.8125, 3).as_str(), file.rows[0].cells[2].as_str()), ("0,812", "A"));
    }

    #[test]
    fn every_bad_cell_is_told_by_row_and_column() {
        let found = problems("date,interval,calls,aht\n2026-13-02,08:00,ten,240\n2026-03-02,25:00,-5,0\n");
        let cells: Vec<(u64, &str, &str)> = found
            .iter()
            .map(|(line, column, found)| (line.unwrap(), column.as_str(), found.as_str()))
            .collect();
        assert_eq!(
            cells,
            [
                (2, "date", "2026-13-02"),
                (2, "calls", "ten"),
                (3, "interval", "25:00"),
                (3, "calls", "-5"),
                (3, "aht", "0")
            ]
        );
    }

    #[test]
    fn files_that_are_no_table_of_intervals_are_refused_in_words() {
        assert_eq!(problems("")[0].2, "nothing");
        assert_eq!(problems("calls,aht\n")[0].2, "column names and no row");
        assert_eq!(problems("a,b\n1,2\n").len(), 2);
        assert_eq!(problems("calls,aht\n1,2,3\n")[0].0, Some(2));
        assert!(problems("calls,offered,aht\n1,2,3\n")[0].2.contains("second column"));
        let not_utf8 = IntervalFile::read(b"calls,aht\n1,2\n\xff,3\n", ANY).unwrap_err();
        assert_eq!(not_utf8[0].line, Some(3));
        let with = ReadIntervals { aht_s: Some(200.0) };
        assert_eq!(IntervalFile::read(b"calls\n7\n", with).unwrap().rows[0].aht_s, 200.0);
    }
}
