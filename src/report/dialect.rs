//! CSV as programs read it, and as German Excel does: `;`, a decimal comma, a mark of the encoding, lines of Windows.
//!
//! Knows no result: it turns rows that are written the usual way, one by one as they come. Invariant: English is the bytes as
//! they are; in German every number has a comma where it had a point, and no name and no label changes.

use std::io::{self, Write};

/// How CSV is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// `,` between fields, a decimal point, lines that end in a line feed.
    #[default]
    English,
    /// `;` between fields, a decimal comma, a byte order mark, lines that end in carriage return and line feed.
    German,
}

/// Columns whose fields are names or labels, even where they look like a number.
const TEXTS: [&str; 18] = [
    "scenario",
    "scope",
    "name",
    "period_kind",
    "period",
    "metric",
    "option",
    "reference",
    "verdict",
    "class",
    "last_class",
    "group",
    "case",
    "contact",
    "date",
    "clock",
    "key",
    "label",
];
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

impl Dialect {
    /// Writes what `fill` writes, in this dialect.
    ///
    /// # Errors
    /// If `fill` or `out` does.
    pub fn write(
        self,
        out: &mut dyn Write,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        self.rewrite(out, b',', fill)
    }

    /// The same of rows that have `between` between their fields.
    ///
    /// # Errors
    /// If `fill` or `out` does.
    pub fn rewrite(
        self,
        out: &mut dyn Write,
        between: u8,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        match self {
            Self::English => fill(out),
            Self::German => {
                out.write_all(BYTE_ORDER_MARK)?;
                let mut german = German {
                    out,
                    between,
                    state: State::Plain,
                    field: Vec::new(),
                    row: Vec::new(),
                    position: 0,
                    texts: Vec::new(),
                    is_heading: true,
                };
                fill(&mut german)?;
                german.flush()
            }
        }
    }
}

/// Where in a row the next byte stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Plain,
    Quoted,
    /// After a quote inside of quotes: their end, or the first of two.
    Quote,
}

/// Turns rows into German ones.
struct German<'a> {
    out: &'a mut dyn Write,
    between: u8,
    state: State,
    field: Vec<u8>,
    /// The row as it will be written, as far as it is known.
    row: Vec<u8>,
    position: usize,
    /// Of each column, whether its fields are texts.
    texts: Vec<bool>,
    is_heading: bool,
}

impl German<'_> {
    fn end_field(&mut self) {
        if self.is_heading {
            self.texts.push(TEXTS.iter().any(|text| text.as_bytes() == self.field));
        } else if !self.texts.get(self.position).copied().unwrap_or(false) && is_number(&self.field) {
            self.field.iter_mut().filter(|byte| **byte == b'.').for_each(|point| *point = b',');
        }
        if self.position > 0 {
            self.row.push(b';');
        }
        let needs_quotes = self.field.iter().any(|byte| matches!(byte, b';' | b'"' | b'\n' | b'\r'));
        if needs_quotes {
            self.row.push(b'"');
            for byte in self.field.drain(..) {
                self.row.push(byte);
                if byte == b'"' {
                    self.row.push(byte);
                }
            }
            self.row.push(b'"');
        } else {
            self.row.append(&mut self.field);
        }
        self.position += 1;
    }

    fn end_row(&mut self) -> io::Result<()> {
        self.end_field();
        self.row.extend(b"\r\n");
        self.out.write_all(&self.row)?;
        self.row.clear();
        (self.position, self.is_heading) = (0, false);
        Ok(())
    }
}

/// A number with a decimal point: digits on both sides of it, perhaps a sign and an exponent.
fn is_number(field: &[u8]) -> bool {
    let may_be = field.contains(&b'.') && field.iter().all(|byte| b"0123456789+-.eE".contains(byte));
    may_be && std::str::from_utf8(field).is_ok_and(|text| text.parse::<f64>().is_ok())
}

impl Write for German<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for &byte in bytes {
            if self.state == State::Quote {
                self.state = if byte == b'"' { State::Quoted } else { State::Plain };
                if byte == b'"' {
                    self.field.push(byte);
                    continue;
                }
            }
            match (self.state, byte) {
                (State::Quoted, b'"') => self.state = State::Quote,
                (State::Quoted, _) => self.field.push(byte),
                (_, b'"') => self.state = State::Quoted,
                (_, b'\n') => self.end_row()?,
                (_, b'\r') => {}
                (_, byte) if byte == self.between => self.end_field(),
                (_, byte) => self.field.push(byte),
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn german(english: &str) -> String {
        let mut out = Vec::new();
        Dialect::German.write(&mut out, |out| out.write_all(english.as_bytes())).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_get_a_comma_and_names_and_labels_stay() {
        let english =
            "scope,name,period,metric,mean,n\nclass,1.5,2026.03,asa_s,12.25,8\ntotal,,a,cost,-1.5e-7,8\n";
        let wanted = "\u{feff}scope;name;period;metric;mean;n\r\nclass;1.5;2026.03;asa_s;12,25;8\r\n\
                      total;;a;cost;-1,5e-7;8\r\n";
        assert_eq!(german(english), wanted);
    }

    #[test]
    fn english_is_the_bytes_as_they_are() {
        let (mut out, text) = (Vec::new(), "a,b\n1.5,\"x\"\"y\"\n");
        Dialect::English.write(&mut out, |out| out.write_all(text.as_bytes())).unwrap();
        assert_eq!(out, text.as_bytes());
    }

    proptest! {
        #[test]
        fn any_table_reads_back_as_the_same_texts(
            rows in prop::collection::vec(prop::collection::vec("[a-z;,\"\n ü=]{0,6}", 3), 1..6)
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["name", "period", "metric"]).unwrap();
            rows.iter().for_each(|row| writer.write_record(row).unwrap());
            let english = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let german = german(&english);
            let text = german.strip_prefix('\u{feff}').unwrap();
            let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
            let read: Vec<Vec<String>> =
                reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
            prop_assert_eq!(read, rows);
        }
    }
}
