//! Colour, which only repeats what the words already say.
//!
//! Decides nothing: whoever prints knows whether colours are wanted. Invariant: plain text comes out unchanged.

use std::fmt::Display;

use anstyle::{AnsiColor, Style};

/// Whether text may carry colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// No escape sequence at all.
    Plain,
    /// Headings bold, verdicts green or red.
    Colour,
}

impl Paint {
    /// A heading.
    pub(super) fn heading(self, text: impl Display) -> String {
        self.with(Style::new().bold(), text)
    }

    /// Something that is as it should be.
    pub(super) fn good(self, text: impl Display) -> String {
        self.with(AnsiColor::Green.on_default(), text)
    }

    /// Something that is not.
    pub(super) fn bad(self, text: impl Display) -> String {
        self.with(AnsiColor::Red.on_default(), text)
    }

    /// Something that only explains.
    pub(super) fn quiet(self, text: impl Display) -> String {
        self.with(Style::new().dimmed(), text)
    }

    fn with(self, style: Style, text: impl Display) -> String {
        match self {
            Self::Plain => text.to_string(),
            Self::Colour => format!("{style}{text}{style:#}"),
        }
    }
}
