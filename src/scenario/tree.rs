//! A TOML document as a tree in the order of its file, every value with its place.
//!
//! Knows TOML and no key of a scenario. Invariant: every node points into the text it was written in.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::Diagnostic;
use super::source::{FileId, Files, Origin};

/// A value with its place.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) origin: Origin,
}

/// A value of TOML.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Flag(bool),
    Whole(i64),
    Real(f64),
    Text(String),
    /// A bare date or time, as written.
    Date(String),
    List(Vec<Node>),
    Table(Table),
}

/// Keys with their values, in the order of the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub(super) entries: Vec<Entry>,
}

/// A key with its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_origin: Origin,
    pub(super) node: Node,
}

impl Node {
    pub(super) fn table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    pub(super) fn list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// The value of `key`, if this is a table that has it.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.table()?.get(key)
    }

    /// A number of either kind.
    pub(super) fn number(&self) -> Option<f64> {
        match self.value {
            Value::Whole(whole) => Some(whole as f64),
            Value::Real(real) => Some(real),
            _ => None,
        }
    }

    /// A string, or a bare date.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) | Value::Date(text) => Some(text),
            _ => None,
        }
    }

    /// What it is, for messages: `"abc"`, `1.5`, `a table`.
    pub(super) fn show(&self) -> String {
        match &self.value {
            Value::Flag(flag) => flag.to_string(),
            Value::Whole(whole) => whole.to_string(),
            Value::Real(real) => show_number(*real),
            Value::Text(text) => format!("{text:?}"),
            Value::Date(text) => text.clone(),
            Value::List(items) => match items.len() {
                0 => "an empty list".to_owned(),
                1 => "a list of 1 value".to_owned(),
                n => format!("a list of {n} values"),
            },
            Value::Table(table) if table.entries.is_empty() => "an empty table".to_owned(),
            Value::Table(table) => {
                format!("a table with {}", super::diagnostic::list(table.keys()))
            }
        }
    }
}

/// A number in few letters: `0.25`, `1e308`.
pub(super) fn show_number(number: f64) -> String {
    let is_long = number != 0.0 && number.is_finite() && !(1e-6..1e15).contains(&number.abs());
    if is_long { format!("{number:e}") } else { number.to_string() }
}

impl Table {
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    pub(super) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    pub(super) fn entry_mut(&mut self, key: &str) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.key == key)
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.key.as_str())
    }
}

/// A document as a tree.
pub(super) struct Document {
    pub(super) root: Node,
    /// Whether all of it could be read. What stands in for the rest is not worth a word.
    pub(super) is_whole: bool,
}

/// Reads a document; what could not be read is reported.
pub(super) fn parse_document(files: &Files, file: FileId, problems: &mut Vec<Diagnostic>) -> Document {
    let text = files.text(file);
    let (document, errors) = DeTable::parse_recoverable(text);
    let is_whole = errors.is_empty();
    report(file, text, errors, problems);
    let origin = Origin { file, start: 0, end: 0 };
    let told = problems.len();
    let root = Node { value: Value::Table(table(file, 0, document.get_ref(), problems)), origin };
    if !is_whole {
        // The reader leaves an empty number where it found none.
        problems.truncate(told);
    }
    Document { root, is_whole }
}

/// Reads the value of a `--set` whose text begins at byte `start`: a TOML value, or else a bare word.
pub(super) fn parse_value(files: &Files, file: FileId, start: usize, problems: &mut Vec<Diagnostic>) -> Node {
    let text = &files.text(file)[start..];
    match DeValue::parse(text) {
        Ok(value) => node(file, start, &value, problems),
        Err(_) => Node {
            value: Value::Text(text.to_owned()),
            origin: Origin { file, start, end: start + text.len() },
        },
    }
}

/// Mistakes after these many in a file mostly follow from those before.
const MOST_ERRORS: usize = 3;

fn report(file: FileId, text: &str, errors: Vec<toml::de::Error>, problems: &mut Vec<Diagnostic>) {
    let n_left_out = errors.len().saturating_sub(MOST_ERRORS);
    for (i, error) in errors.into_iter().take(MOST_ERRORS).enumerate() {
        let span = error.span().unwrap_or(0..0);
        let line = text.lines().nth(text[..span.start.min(text.len())].matches('\n').count());
        let problem = Diagnostic::error(format!(
            "not valid TOML: {}",
            error.message().trim_end().replace('\n', ", ")
        ))
        .at(Origin { file, start: span.start, end: span.end })
        .hint(number_in(line.unwrap_or_default()).unwrap_or_else(|| {
            "strings need quotation marks, every key may be written once, lists use [ ] and tables { }"
                .to_owned()
        }));
        let is_last = i + 1 == MOST_ERRORS && n_left_out > 0;
        problems.push(problem.note(
            "also",
            if is_last {
                format!("{n_left_out} more below, perhaps for the same reason")
            } else {
                String::new()
            },
        ));
    }
}

/// How to write the number after the `=` of a line that TOML does not read, as `agents = 6,5` or `{ at_most = 5% }`.
fn number_in(line: &str) -> Option<String> {
    let line = line.split('#').next().unwrap_or_default();
    let values = line.split('=').skip(1).map(|value| value.trim().trim_end_matches(['}', ' ']));
    values.map(number_of_toml).find(|hint| !hint.is_empty())
}

/// How to write `.3`, `1.`, `05`, and what other readers of numbers refuse; nothing for other words.
fn number_of_toml(text: &str) -> String {
    let digits = text.trim_start_matches(['+', '-']);
    let is_plain = digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let has_leading_zero = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    let is_refused = digits.starts_with('.') || digits.ends_with('.') || has_leading_zero;
    match text.parse::<f64>() {
        Ok(number) if is_plain && is_refused => {
            let point = if digits.ends_with('.') && number.fract() == 0.0 { ".0" } else { "" };
            format!("write {number}{point}")
        }
        _ => super::shape::number_hint(text),
    }
}

fn table(file: FileId, offset: usize, table: &DeTable<'_>, problems: &mut Vec<Diagnostic>) -> Table {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_origin: origin(file, offset, key.span()),
            node: node(file, offset, value, problems),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_origin.start);
    Table { entries }
}

fn node(file: FileId, offset: usize, value: &Spanned<DeValue<'_>>, problems: &mut Vec<Diagnostic>) -> Node {
    let origin = origin(file, offset, value.span());
    let mut too_large = |kind: &str, text: &str| {
        problems.push(
            Diagnostic::error(format!("the {kind} `{text}` is too large to be read"))
                .at(origin)
                .allowed("at most 18 digits, or an exponent as in `1e6`"),
        );
        // Within the limits of almost every key, so that nothing more is said about it.
        Value::Whole(1)
    };
    let read = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix())
            .map_or_else(|_| too_large("whole number", integer.as_str()), Value::Whole),
        DeValue::Float(float) => {
            float.as_str().parse().map_or_else(|_| too_large("number", float.as_str()), Value::Real)
        }
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(items) => {
            Value::List(items.iter().map(|item| node(file, offset, item, problems)).collect())
        }
        DeValue::Table(inner) => Value::Table(table(file, offset, inner, problems)),
    };
    Node { value: read, origin }
}

fn origin(file: FileId, offset: usize, span: std::ops::Range<usize>) -> Origin {
    Origin { file, start: offset + span.start, end: offset + span.end }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::source::FileKind;

    fn read(text: &str) -> (Files, Node, Vec<Diagnostic>) {
        let mut files = Files::default();
        let file = files.add("t.toml".into(), text.into(), FileKind::File);
        let mut problems = Vec::new();
        let node = parse_document(&files, file, &mut problems).root;
        (files, node, problems)
    }

    #[test]
    fn keys_keep_the_order_of_the_file_and_values_their_line() {
        let (files, node, problems) = read("[b]\nx = 1_000\n[a]\ny = 0.5\n");
        assert!(problems.is_empty());
        assert_eq!(node.table().unwrap().keys().collect::<Vec<_>>(), ["b", "a"]);
        let y = node.get("a").and_then(|a| a.get("y")).unwrap();
        assert_eq!(y.number(), Some(0.5));
        assert_eq!(files.place(y.origin), "t.toml:4");
    }

    #[test]
    fn numbers_are_shown_in_few_letters() {
        for (number, shown) in
            [(0.25, "0.25"), (-3.0, "-3"), (0.0, "0"), (1e308, "1e308"), (2.5e-9, "2.5e-9")]
        {
            assert_eq!(show_number(number), shown);
        }
    }

    #[test]
    fn every_mistake_of_the_syntax_is_reported() {
        let (_, _, problems) = read("a = \nb = 1\nb = 2\n");
        assert!(problems.len() >= 2, "{problems:?}");
    }
}
