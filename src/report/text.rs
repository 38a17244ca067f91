//! Lines of text that fit a terminal: width as it is seen, cutting, wrapping, and tables.
//!
//! Knows no measure and no scenario. Invariant: no line is wider than asked, whatever the names and numbers.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::number::NumberStyle;
use super::paint::Paint;
use super::table::{Cell, ColumnKind, Row, Table};
use super::words;
use crate::stats::Estimate;

/// The page is written for a terminal of this width.
pub const PAGE_WIDTH: usize = 80;

/// Names are cut to no less than this.
const NARROWEST_NAME: usize = 8;

/// Columns that the text takes on a terminal.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text on one line, without control characters, cut with `…` where it is wider than `widest`.
#[must_use]
pub fn cut(text: &str, widest: usize) -> String {
    let clean: String = text.chars().map(|c| if is_hidden(c) { ' ' } else { c }).collect();
    if width(&clean) <= widest {
        return clean;
    }
    let mut kept = String::new();
    for c in clean.chars() {
        if width(&kept) + c.width().unwrap_or(0) + 1 > widest {
            break;
        }
        kept.push(c);
    }
    // Joining characters can be wider apart than together: look again before promising.
    while width(&kept) + 1 > widest && kept.pop().is_some() {}
    kept.push('…');
    kept
}

/// Names on one line of at most `widest` each; those that would read alike when cut lose their middle instead.
fn short_names(names: &[&str], widest: usize) -> Vec<String> {
    let short: Vec<String> = names.iter().map(|name| cut(name, widest)).collect();
    let is_told_apart = |i: usize| {
        let alike = |j: usize| j != i && short[j] == short[i] && names[j] != names[i];
        !(0..names.len()).any(alike)
    };
    (0..names.len())
        .map(|i| if is_told_apart(i) { short[i].clone() } else { without_middle(names[i], widest) })
        .collect()
}

/// Begin and end of a text that is too wide.
fn without_middle(text: &str, widest: usize) -> String {
    let clean: Vec<char> = cut(text, usize::MAX).chars().collect();
    let mut end = String::new();
    for c in clean.iter().rev() {
        if width(&end) + c.width().unwrap_or(0) > widest / 2 {
            break;
        }
        end.insert(0, *c);
    }
    format!("{}{end}", cut(text, widest.saturating_sub(width(&end))))
}

/// Control characters, and those that turn the direction of a line: nobody sees what they do to it.
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Padded on the right.
#[must_use]
pub fn left(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

/// Padded on the left.
#[must_use]
pub fn right(text: &str, to: usize) -> String {
    format!("{}{text}", " ".repeat(to.saturating_sub(width(text))))
}

/// Words on lines of at most `widest`, the second line onwards indented, the first as it comes; a word that is too
/// long is cut. What a no-break space joins stays on one line, joined by a plain one.
#[must_use]
pub fn wrapped(text: &str, widest: usize, indent: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = " ".repeat(width(text) - width(text.trim_start()));
    for word in text.split(|c: char| c.is_whitespace() && c != '\u{a0}').filter(|word| !word.is_empty()) {
        let word = cut(&word.replace('\u{a0}', " "), widest.saturating_sub(indent).max(1));
        let is_first_word = line.trim().is_empty();
        if !is_first_word && width(&line) + 1 + width(&word) > widest {
            lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
        } else if !is_first_word {
            line.push(' ');
        }
        line.push_str(&word);
    }
    if !line.trim().is_empty() {
        lines.push(line);
    }
    lines
}

/// Between parts of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// `a · b`; left out where a line ends.
    Dot,
    /// `a → b`; starts the next line where one ends.
    Arrow,
}

/// Parts on as few lines as they need; a part that is too long is wrapped.
#[must_use]
pub fn wrapped_parts(parts: &[String], separator: Separator, widest: usize, indent: usize) -> Vec<String> {
    let (between, at_line_start) = match separator {
        Separator::Dot => (" · ", ""),
        Separator::Arrow => (" → ", "→ "),
    };
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line) if width(line) + width(between) + width(part) <= widest => {
                line.push_str(between);
                line.push_str(part);
            }
            None => lines.extend(wrapped(part, widest, indent)),
            Some(_) => {
                lines.extend(wrapped(
                    &format!("{}{at_line_start}{part}", " ".repeat(indent)),
                    widest,
                    indent,
                ));
            }
        }
    }
    lines
}

/// A table: heading, rows, total and the widest intervals.
#[must_use]
pub fn table(table: &Table, widest: usize, paint: Paint) -> Vec<String> {
    let columns: Vec<TextColumn> = (0..table.columns.len()).map(|i| TextColumn::of(table, i)).collect();
    let has_intervals = columns.iter().any(|c| !c.widest_interval.is_empty());
    let names = || table.rows.iter().chain(&table.total).map(|row| row.name.as_str());
    let longest_name = names()
        .chain([table.title])
        .chain(has_intervals.then_some(words::AT_MOST))
        .map(width)
        .max()
        .unwrap_or(0);
    let (gap, name_width) = room(&columns, longest_name, widest);

    let rows: Vec<&Row> = table.rows.iter().chain(&table.total).collect();
    let names = short_names(&rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), name_width);
    let line = |name: &str, cells: &mut dyn Iterator<Item = &str>| {
        let mut line = left(&cut(name, name_width), name_width);
        for (column, cell) in columns.iter().zip(cells) {
            let cell = if column.is_text { left(cell, column.width) } else { right(cell, column.width) };
            line.push_str(&" ".repeat(gap));
            line.push_str(&cell);
        }
        cut(line.trim_end(), widest)
    };
    let mut lines = vec![paint.heading(line(table.title, &mut columns.iter().map(|c| c.heading.as_str())))];
    for (i, name) in names.iter().enumerate() {
        lines.push(line(name, &mut columns.iter().map(|c| c.cells[i].as_str())));
    }
    if has_intervals {
        let is_narrow = name_width < width(words::AT_MOST);
        let label = if is_narrow { words::AT_MOST_SHORT } else { words::AT_MOST };
        let intervals = line(label, &mut columns.iter().map(|c| c.widest_interval.as_str()));
        lines.push(paint.quiet(intervals));
        let without = without_interval(table);
        if !without.is_empty() {
            lines.extend(
                wrapped(&words::without_interval(&without), widest, 2).iter().map(|l| paint.quiet(l)),
            );
        }
    }
    lines
}

/// The cells for which the widest interval does not speak: several replications, a value, and no interval.
fn without_interval(table: &Table) -> Vec<String> {
    let is_without = |e: &Estimate| e.n > 1 && e.mean.is_some() && e.half_width.is_none();
    let rows = || table.rows.iter().chain(&table.total);
    (table.columns.iter().enumerate())
        .flat_map(|(i, column)| {
            rows().filter_map(move |row| match &row.cells[i] {
                Cell::Estimate(estimate) if is_without(estimate) => {
                    Some(words::cell(&column.heading, &row.name))
                }
                Cell::Estimate(_) | Cell::Text(_) => None,
            })
        })
        .collect()
}

/// Gap between columns and width of the names: names are cut only when the narrow gap does not help.
fn room(columns: &[TextColumn], longest_name: usize, widest: usize) -> (usize, usize) {
    let taken = |gap: usize| columns.iter().map(|c| c.width + gap).sum::<usize>();
    let comfortable = longest_name.min(2 * NARROWEST_NAME);
    let gap = if taken(2) + comfortable <= widest { 2 } else { 1 };
    (gap, longest_name.min(widest.saturating_sub(taken(gap)).max(NARROWEST_NAME)))
}

/// A column whose cells are texts already.
struct TextColumn {
    heading: String,
    is_text: bool,
    cells: Vec<String>,
    widest_interval: String,
    width: usize,
}

impl TextColumn {
    fn of(table: &Table, index: usize) -> Self {
        let column = &table.columns[index];
        let style = match column.kind {
            ColumnKind::Text => None,
            ColumnKind::Measure(unit) => {
                Some(NumberStyle::for_column(unit, table.estimates(index).map(|e| e.mean)))
            }
        };
        let cell = |row: &Row| match (&row.cells[index], style) {
            (Cell::Estimate(estimate), Some(style)) => style.value(estimate.mean.unwrap_or(f64::NAN)),
            (Cell::Text(text), _) => (*text).to_owned(),
            (Cell::Estimate(_), None) => String::new(),
        };
        let cells: Vec<String> = table.rows.iter().chain(&table.total).map(cell).collect();
        let widest_interval =
            style.and_then(|style| widest_interval(table, index, style)).unwrap_or_default();
        let width =
            cells.iter().chain([&column.heading, &widest_interval]).map(|t| width(t)).max().unwrap_or(0);
        Self { heading: column.heading.clone(), is_text: style.is_none(), cells, widest_interval, width }
    }
}

/// The largest half-width of a column, in the column's unit; `None` where no cell has one.
fn widest_interval(table: &Table, index: usize, style: NumberStyle) -> Option<String> {
    table
        .estimates(index)
        .filter_map(|e| Some((e.half_width.filter(|h| h.is_finite() && *h > 0.0)?, e.mean?)))
        .map(|(half_width, mean)| (style.within_reach(mean, half_width), mean))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(half_width, mean)| style.half_width(mean, half_width))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_or_clears_a_line_is_a_blank() {
        assert_eq!(cut("a\u{202e}b\u{1b}[2J", 20), "a b [2J");
    }

    #[test]
    fn names_that_would_read_alike_keep_their_ends() {
        let names = ["east_technical_first", "east_technical_second", "west_retention", "all"];
        let short = short_names(&names, 12);
        assert_eq!(short, ["east_…_first", "east_…second", "west_retent…", "all"]);
        assert!(short.iter().all(|name| width(name) <= 12));
    }
}
