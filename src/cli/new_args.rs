//! What may be typed after `holdtime new`.
//!
//! Runs nothing. Invariant: a value that arrives in the command is in range.

use std::path::PathBuf;

use super::erlang_args::{service_level, some_time};

/// Ways to begin.
const EXAMPLES: &str = "\
Examples:
  holdtime new --out centre.toml
      a small centre with comments, to change and to run
  holdtime new --from volumes.csv --out centre.toml
      volumes and handle times of a spreadsheet, agents by formula, and every
      assumption named; columns date, interval, class, offered, aht";

/// Options of `new`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct NewArguments {
    /// A CSV file of intervals: columns interval, offered (or calls), aht; date and class if there are any
    #[arg(long, value_name = "FILE")]
    pub from: Option<String>,
    /// With --from: mean handle time of all rows, where the file has no column for it
    #[arg(long, value_name = "TIME", value_parser = some_time, allow_hyphen_values = true, requires = "from")]
    pub aht: Option<f64>,
    /// With --from: wanted, per cent answered within seconds
    #[arg(long, value_name = "PERCENT/TIME", value_parser = service_level, default_value = "80/20", requires = "from")]
    pub service_level: (f64, f64),
    /// With --from: mean patience
    #[arg(long, value_name = "TIME", value_parser = some_time, allow_hyphen_values = true, default_value = "3m", requires = "from")]
    pub patience: f64,
    /// With --from: one group that takes all classes, in place of one for each
    #[arg(long, requires = "from")]
    pub one_group: bool,
    /// Write it into this file [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// With --out: replace a file that is there
    #[arg(long, requires = "out")]
    pub force: bool,
}
