//! Problems of a scenario in words: what, where, what was found, what is allowed, what helps.
//!
//! Decides nothing about a scenario. Invariant: every problem of a load is kept, in the order of its finding; none hides another.

use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::source::{Files, Origin};

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The scenario cannot run.
    Error,
    /// The scenario runs, perhaps not as meant.
    Warning,
}

/// One problem.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    severity: Severity,
    title: String,
    origin: Option<Origin>,
    notes: Vec<(&'static str, String)>,
}

impl Diagnostic {
    pub(super) fn error(title: impl Into<String>) -> Self {
        Self { severity: Severity::Error, title: title.into(), origin: None, notes: Vec::new() }
    }

    pub(super) fn warning(title: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(title) }
    }

    pub(super) fn at(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    pub(super) fn found(self, text: impl Into<String>) -> Self {
        self.note("found", text)
    }

    pub(super) fn allowed(self, text: impl Into<String>) -> Self {
        self.note("allowed", text)
    }

    pub(super) fn hint(self, text: impl Into<String>) -> Self {
        self.note("hint", text)
    }

    /// The same with other words for what is allowed.
    pub(super) fn allowing(mut self, text: &str) -> Self {
        for (label, allowed) in &mut self.notes {
            if *label == "allowed" {
                text.clone_into(allowed);
            }
        }
        self
    }

    /// Whether it has a hint.
    pub(super) fn has_hint(&self) -> bool {
        self.notes.iter().any(|(label, _)| *label == "hint")
    }

    /// A line below the source: `found`, `allowed`, `hint`, `also`. An empty text adds none.
    pub(super) fn note(mut self, label: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.notes.push((label, text));
        }
        self
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    pub(super) fn origin(&self) -> Option<Origin> {
        self.origin
    }

    /// What is wrong, without place and hints.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }
}

/// As many problems of one list or table of values are told; more are a flood from one spring.
pub(super) const MOST_OF_A_KIND: usize = 5;

/// Keeps the first few problems from position `before` on and counts the others, which are all in `what`.
pub(super) fn cut_flood(problems: &mut Vec<Diagnostic>, before: usize, what: &str, at: Origin) {
    let n_left_out = (problems.len() - before).saturating_sub(MOST_OF_A_KIND);
    if n_left_out > 0 {
        problems.truncate(before + MOST_OF_A_KIND);
        problems.push(
            Diagnostic::error(format!("and {n_left_out} more in {what}"))
                .at(at)
                .hint("probably all for the same reason"),
        );
    }
}

/// Problems with the texts they point into.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    files: Arc<Files>,
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    pub(super) fn new(files: Arc<Files>, items: Vec<Diagnostic>) -> Self {
        Self { files, items }
    }

    /// The problems in the order of their finding.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.items.iter()
    }

    /// Whether there is no problem.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// How many problems there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Number of errors among them.
    #[must_use]
    pub fn n_errors(&self) -> usize {
        self.items.iter().filter(|d| d.severity == Severity::Error).count()
    }

    /// All problems as text for a terminal, each with file, line and source line; escape codes only if asked for.
    #[must_use]
    pub fn render(&self, paint: Paint) -> String {
        let renderer = match paint {
            Paint::Plain => Renderer::plain(),
            Paint::Coloured => Renderer::styled(),
        }
        .term_width(80);
        let mut out = String::new();
        for diagnostic in &self.items {
            out.push_str(&render_one(&self.files, diagnostic, &renderer));
            out.push_str("\n\n");
        }
        out.truncate(out.trim_end().len());
        if !out.is_empty() {
            out.push('\n');
        }
        out
    }
}

/// Whether text carries escape codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Letters only.
    Plain,
    /// With escape codes for colour.
    Coloured,
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The plain rendering.
impl std::fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.render(Paint::Plain))
    }
}

impl std::error::Error for Diagnostics {}

fn render_one(files: &Files, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group =
        level.primary_title(diagnostic.title.as_str()).elements(diagnostic.origin.map(|origin| {
            let (number, line, bytes) = files.line(origin);
            Snippet::source(line)
                .line_start(number)
                .path(files.path(origin.file))
                .annotation(AnnotationKind::Primary.span(shortened(line, bytes)))
        }));
    for (label, text) in &diagnostic.notes {
        group = group.element(Level::NOTE.with_name(*label).message(wrapped(text)));
    }
    renderer.render(&[group])
}

/// Marks of at most half a line: a long one would push the line out of the page.
fn shortened(line: &str, bytes: std::ops::Range<usize>) -> std::ops::Range<usize> {
    const WIDEST: usize = 40;
    let end = line[bytes.clone()].char_indices().nth(WIDEST).map_or(bytes.end, |(i, _)| bytes.start + i);
    bytes.start..end
}

/// Words on lines that fit a page of eighty columns beside label and margin; the renderer aligns them.
fn wrapped(text: &str) -> String {
    const WIDEST: usize = 62;
    let mut out = String::new();
    let mut width = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDEST {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
    }
    out
}

/// The name among `known` that `found` was probably meant to be.
pub(super) fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = found.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&lower, &name.to_lowercase()), name))
        .filter(|(score, _)| *score > 0.82)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// `` did you mean `name`? `` without the question mark, or nothing.
pub(super) fn did_you_mean<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(found, known).map_or_else(String::new, |name| format!("did you mean `{name}`"))
}

/// `` `a`, `b` and `c` ``.
pub(super) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    joined(names, "and")
}

/// `` `a`, `b` or `c` ``.
pub(super) fn choice<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    joined(names, "or")
}

fn joined<'a>(names: impl IntoIterator<Item = &'a str>, word: &str) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        None => "none".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} {word} {last}", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_proposed_and_a_far_one_is_not() {
        let known = ["patience", "talk_time", "resolution"];
        assert_eq!(nearest("patiance", known), Some("patience"));
        assert_eq!(nearest("colour", known), None);
    }

    #[test]
    fn names_are_listed_as_people_do() {
        assert_eq!(list([]), "none");
        assert_eq!(list(["a"]), "`a`");
        assert_eq!(list(["a", "b", "c"]), "`a`, `b` and `c`");
    }
}
