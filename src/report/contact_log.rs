//! The contact log as CSV: one line for each contact, written as it comes.
//!
//! Remembers no contact and opens no file. Invariant: durations have six decimals, so that their sums are exact; no value is an
//! empty field.

use std::io::{self, Write};

use jiff::ToSpan;

use super::dialect::Dialect;
use super::story::WallClock;
use crate::measure::{ContactKind, ContactRow, ContactRows, Ending};
use crate::random::Key;
use crate::scenario::Scenario;
use crate::units::{SimTime, Span};

const HEADER: [&str; 21] = [
    "replication",
    "case",
    "contact",
    "kind",
    "class",
    "last_class",
    "offered_at",
    "offered_s",
    "ended_at",
    "outcome",
    "first_wait_s",
    "wait_s",
    "visits",
    "answered",
    "in_time",
    "in_base",
    "transfers",
    "group",
    "agent",
    "talk_s",
    "wrap_up_s",
];

/// Writes the contacts of one replication.
#[derive(Debug)]
pub struct ContactCsv<'a, W: Write> {
    out: W,
    line: Vec<u8>,
    clock: WallClock<'a>,
    counting_starts: SimTime,
    replication: u32,
    classes: Vec<Vec<u8>>,
    groups: Vec<Vec<u8>>,
    /// By day of the run.
    days: Vec<Vec<u8>>,
    between: u8,
    point: u8,
    line_end: &'static [u8],
    /// The first thing that went wrong; nothing is written after it.
    failed: Option<io::Error>,
}

impl<'a, W: Write> ContactCsv<'a, W> {
    /// Lines of `replication` of `scenario`, without a heading.
    pub fn new(out: W, scenario: &'a Scenario, replication: u32, dialect: Dialect) -> Self {
        let (between, point, line_end): (u8, u8, &[u8]) = match dialect {
            Dialect::English => (b',', b'.', b"\n"),
            Dialect::German => (b';', b',', b"\r\n"),
        };
        let almanac = &scenario.almanac;
        let first =
            almanac.intervals.get(almanac.first_counted()).map_or(0, |interval| i64::from(interval.day));
        let n_days = almanac.days.len() as i64;
        let day = |day: i64| {
            // What runs on after the horizon may end on a day that the almanac has not.
            let date = almanac.days.first().and_then(|first| first.date.checked_add(day.days()).ok());
            match date.filter(|_| almanac.is_dated) {
                Some(date) => date.to_string().into_bytes(),
                None => format!("day {}", day - first + 1).into_bytes(),
            }
        };
        Self {
            out,
            line: Vec::with_capacity(256),
            clock: WallClock::new(almanac),
            counting_starts: almanac.counting_starts(),
            replication,
            classes: scenario.classes.iter().map(|class| quoted(&class.name, between)).collect(),
            groups: scenario.groups.iter().map(|group| quoted(&group.name, between)).collect(),
            days: (0..n_days + 2).map(day).collect(),
            between,
            point,
            line_end,
            failed: None,
        }
    }

    /// The heading of a whole file.
    ///
    /// # Errors
    /// If `out` does.
    pub fn heading(out: &mut dyn Write, dialect: Dialect) -> io::Result<()> {
        dialect.write(out, |out| writeln!(out, "{}", HEADER.join(",")))
    }

    /// What it writes to, once everything is written.
    ///
    /// # Errors
    /// If anything went wrong.
    pub fn finish(mut self) -> io::Result<W> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        self.out.flush()?;
        Ok(self.out)
    }

    fn between(&mut self) {
        self.line.push(self.between);
    }

    fn number(&mut self, number: u64) {
        digits(&mut self.line, number, 1);
        self.between();
    }

    fn key(&mut self, key: Key) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        self.line.extend((0..16).rev().map(|place| DIGITS[(key.0 >> (4 * place)) as usize & 15]));
        self.between();
    }

    fn seconds(&mut self, span: Span) {
        digits(&mut self.line, span.0 / 1_000_000, 1);
        self.line.push(self.point);
        digits(&mut self.line, span.0 % 1_000_000, 6);
        self.between();
    }

    fn stamp(&mut self, at: SimTime) {
        let moment = self.clock.moment(at);
        match self.days.get(moment.day) {
            Some(day) => self.line.extend_from_slice(day),
            None => self.line.extend_from_slice(b"later"),
        }
        self.line.push(b' ');
        for (part, mark) in
            [(moment.second / 3600, b':'), (moment.second / 60 % 60, b':'), (moment.second % 60, 0)]
        {
            digits(&mut self.line, part, 2);
            if mark != 0 {
                self.line.push(mark);
            }
        }
        self.between();
    }

    fn word(&mut self, word: &str) {
        self.line.extend_from_slice(word.as_bytes());
        self.between();
    }

    fn name(&mut self, name: impl Fn(&Self) -> Option<&Vec<u8>>) {
        if let Some(name) = name(self).cloned() {
            self.line.extend_from_slice(&name);
        }
        self.between();
    }
}

impl<W: Write> ContactRows for ContactCsv<'_, W> {
    fn row(&mut self, row: &ContactRow) {
        if self.failed.is_some() {
            return;
        }
        self.line.clear();
        self.number(u64::from(self.replication));
        self.key(row.case);
        self.key(row.contact);
        self.word(kind(row.kind));
        self.name(|this| this.classes.get(row.class.index()));
        self.name(|this| this.classes.get(row.last_class.index()));
        self.stamp(row.offered);
        self.seconds(row.offered.since(self.counting_starts));
        self.stamp(row.ended);
        self.word(ending(row.ending));
        self.seconds(row.first_wait);
        self.seconds(row.wait);
        for number in [row.visits, row.answered, row.in_time, row.in_base, row.transfers] {
            self.number(u64::from(number));
        }
        match row.group {
            Some(group) => {
                self.name(|this| this.groups.get(group.index()));
                // As people count, and `trace` does.
                self.number(u64::from(row.agent) + 1);
            }
            None => {
                self.between();
                self.between();
            }
        }
        self.seconds(row.talk);
        self.seconds(row.wrap_up);
        self.line.pop();
        self.line.extend_from_slice(self.line_end);
        self.failed = self.out.write_all(&self.line).err();
    }
}

fn kind(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Fresh => "fresh",
        ContactKind::Redial => "redial",
        ContactKind::Repeat => "repeat",
        ContactKind::Callback => "callback",
    }
}

fn ending(ending: Ending) -> &'static str {
    match ending {
        Ending::Resolved => "resolved",
        Ending::Unresolved => "unresolved",
        Ending::Abandoned => "abandoned",
        Ending::Blocked => "blocked",
        Ending::Disconnected => "disconnected",
        Ending::Deflected => "deflected",
        Ending::CalledBack => "called_back",
        Ending::Refused => "closed",
        Ending::PromiseBroken => "promise_broken",
        Ending::Open => "open",
    }
}

/// At least so many digits.
fn digits(line: &mut Vec<u8>, mut number: u64, least: usize) {
    let mut reversed = [b'0'; 20];
    let mut n = 0;
    while number > 0 {
        reversed[n] = b'0' + (number % 10) as u8;
        number /= 10;
        n += 1;
    }
    line.extend(reversed[..n.max(least)].iter().rev());
}

/// A name as a field: in quotes where it needs them.
fn quoted(name: &str, between: u8) -> Vec<u8> {
    let needs = name.bytes().any(|byte| byte == between || matches!(byte, b'"' | b'\n' | b'\r'));
    if needs { format!("\"{}\"", name.replace('"', "\"\"")).into_bytes() } else { name.as_bytes().to_vec() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_the_number() {
        for (number, least, text) in [(0, 1, "0"), (7, 2, "07"), (1_234_567, 1, "1234567"), (5, 6, "000005")]
        {
            let mut line = Vec::new();
            digits(&mut line, number, least);
            assert_eq!(line, text.as_bytes());
        }
    }

    #[test]
    fn a_name_with_the_mark_between_fields_stands_in_quotes() {
        assert_eq!(quoted("a,b", b','), b"\"a,b\"");
        assert_eq!(quoted("a,b", b';'), b"a,b");
        assert_eq!(quoted("a\"b", b';'), b"\"a\"\"b\"");
    }
}
