//! What a report holds, whatever it is about: an answer, a first screen, sections, what it rests on.
//!
//! Holds no markup. Invariant: a number is text here already, in the report's language; a chart holds its own.

use crate::report::charts::Chart;
use crate::report::language::{Language, Word};
use crate::scenario::Loaded;

/// A report before it is written.
#[derive(Clone, Debug)]
pub(in crate::report) struct Report {
    pub language: Language,
    pub title: String,
    /// Under the title: dates, replications, seed.
    pub facts: Vec<String>,
    /// What the reader must know before any number: interrupted, one replication, a broken law.
    pub states: Vec<State>,
    /// The answer in a sentence.
    pub lead: String,
    /// The first screen, in two columns.
    pub left: Vec<Block>,
    pub right: Vec<Block>,
    /// Below the columns of the first screen.
    pub wide: Vec<Block>,
    pub sections: Vec<Section>,
    pub definitions: Vec<String>,
    pub assumptions: Vec<Assumption>,
    /// The last lines: version, hash, audit.
    pub foot: Vec<String>,
}

/// A warning at the top.
#[derive(Clone, Debug)]
pub(in crate::report) struct State {
    pub text: String,
    pub is_failure: Failure,
}

/// How grave a state is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Failure {
    /// The numbers must not be used.
    Grave,
    /// They say less than they would.
    Mild,
}

/// A part of the page.
#[derive(Clone, Debug)]
pub(in crate::report) struct Section {
    pub id: String,
    pub heading: String,
    pub blocks: Vec<Block>,
}

/// One thing under another.
#[derive(Clone, Debug)]
pub(in crate::report) enum Block {
    Text(String),
    Tiles(Vec<Tile>),
    Grid(Grid),
    Chart(Box<Chart>),
}

/// A figure in large type.
#[derive(Clone, Debug)]
pub(in crate::report) struct Tile {
    pub name: String,
    pub value: String,
    /// Its interval.
    pub beside: String,
}

/// A table.
#[derive(Clone, Debug)]
pub(in crate::report) struct Grid {
    pub caption: String,
    /// The first column holds names.
    pub headings: Vec<String>,
    pub rows: Vec<GridRow>,
    /// Said under the table.
    pub note: String,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub(in crate::report) struct GridRow {
    pub name: String,
    pub cells: Vec<GridCell>,
    /// Whether it is the one to look at.
    pub is_marked: Mark,
}

/// Whether a row stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Mark {
    None,
    Recommended,
    Reference,
    Total,
}

/// A cell.
#[derive(Clone, Debug, Default)]
pub(in crate::report) struct GridCell {
    pub text: String,
    /// An interval, or a difference, smaller than the text.
    pub beside: String,
    pub tone: CellTone,
}

/// What a cell says, beyond its words: never by colour alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::report) enum CellTone {
    #[default]
    Number,
    Words,
    Good,
    Bad,
    Open,
}

/// A value of the scenario and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// Its key.
    pub path: String,
    /// As it is written.
    pub value: String,
    /// File and line, an option, or what the default means.
    pub origin: String,
}

impl Assumption {
    /// Every value of a scenario, then what holds because nothing is written.
    #[must_use]
    pub fn all(loaded: &Loaded, language: Language) -> Vec<Self> {
        let written = loaded.resolved().into_iter().map(|value| Self {
            path: value.path,
            value: value.value,
            origin: value.origin,
        });
        let defaults = loaded.defaults.iter().map(|default| Self {
            path: default.path.clone(),
            value: default.value.clone(),
            origin: language.fill(Word::Default, &[default.note]),
        });
        written.chain(defaults).collect()
    }
}

impl GridCell {
    /// Words.
    pub fn words(text: impl Into<String>, tone: CellTone) -> Self {
        Self { text: text.into(), beside: String::new(), tone }
    }

    /// A number and what stands beside it.
    pub fn number(text: impl Into<String>, beside: impl Into<String>) -> Self {
        Self { text: text.into(), beside: beside.into(), tone: CellTone::Number }
    }
}
