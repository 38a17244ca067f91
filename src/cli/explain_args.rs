//! What may be typed after `holdtime explain`.
//!
//! Runs nothing. Invariant: a value that arrives in the command is in range.

use std::path::PathBuf;

use super::CsvOption;
use super::args::{Format, assignment};
use super::runs::{Runs, measure};

/// Questions that a new user can copy.
const EXAMPLES: &str = "\
Examples:
  holdtime explain scenarios/study/season.toml
      why it is not what Erlang C says, one property at a time
  holdtime explain scenarios/telecom_year.toml --order skills,returns
      these two first, over the first four weeks of the year
  holdtime explain --from plan.toml --to actual.toml
      what of the difference comes from volume, handle time, staffing …";

/// Options of `explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct ExplainArguments {
    /// Scenario file
    #[arg(value_name = "FILE", required_unless_present = "from", conflicts_with = "from")]
    pub file: Option<String>,
    /// A forecast, in place of FILE: what parts it from --to
    #[arg(long, value_name = "PLAN", requires = "to")]
    pub from: Option<String>,
    /// What happened: the same classes, groups, sites and time as the forecast
    #[arg(long, value_name = "ACTUAL", requires = "from", conflicts_with = "file")]
    pub to: Option<String>,
    /// What is switched on first, as `skills,returns`; the rest follows. Of FILE: variable_volume, handling_shape, patience_shape,
    /// returns, skills, transfers, pressure, attendance, rules; of --from and --to: volume, handle_time, patience, returns,
    /// transfers, staffing, absence, routing, rest
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub order: Vec<String>,
    /// Measures [default: service_level,abandonment,asa_s]
    #[arg(long, value_name = "METRICS", value_parser = measure, value_delimiter = ',')]
    pub metrics: Vec<&'static str>,
    /// The whole horizon in place of its first 28 days
    #[arg(long, visible_alias = "full")]
    pub full_year: bool,
    /// How each step is run: the same customers meet all
    #[command(flatten)]
    pub runs: Runs,
    /// Change one value at all steps, as `horizon=7d`; repeatable
    #[arg(long = "set", value_name = "PATH=VALUE", value_parser = assignment)]
    pub sets: Vec<String>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// The dialect of CSV
    #[command(flatten)]
    pub csv: CsvOption,
    /// Also write explain.json, explain.csv and explain.txt into this folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Run also if it takes more than an hour
    #[arg(long)]
    pub yes: bool,
    /// No progress and no closing line
    #[arg(long, short)]
    pub quiet: bool,
}
