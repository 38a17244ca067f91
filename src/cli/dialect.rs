//! How CSV is written: one option of every command that writes any.
//!
//! Writes nothing.

use clap::ValueEnum;

use crate::report::Dialect;

/// The dialect of CSV.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct CsvOption {
    /// How CSV is written
    #[arg(long, value_name = "DIALECT", value_enum, default_value_t = DialectName::En)]
    pub csv_dialect: DialectName,
}

impl CsvOption {
    pub(super) fn dialect(self) -> Dialect {
        match self.csv_dialect {
            DialectName::En => Dialect::English,
            DialectName::De => Dialect::German,
        }
    }
}

/// A dialect by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DialectName {
    /// As programs read it: commas, decimal points
    En,
    /// As German Excel reads it: semicolons, decimal commas, a byte order mark
    De,
}
