//! What may be typed after `holdtime sensitivity`.
//!
//! Runs nothing. Invariant: a value that arrives in the command is in range.

use std::path::PathBuf;

use super::CsvOption;
use super::args::{Format, assignment, must_be};
use super::runs::{Runs, measure};

/// Questions that a new user can copy.
const EXAMPLES: &str = "\
Examples:
  holdtime sensitivity scenarios/first.toml
      what moves abandonment, wait, service level and cost most: inputs ± 10 %
  holdtime sensitivity scenarios/telecom_year.toml --metrics cost_eur,fcr
      other measures, over the first four weeks of the year
  holdtime sensitivity year.toml --uncertainty --full-year --yes
      by what [uncertainty] says of each input, over all of it";

/// Options of `sensitivity`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct SensitivityArguments {
    /// Scenario file
    #[arg(value_name = "FILE")]
    pub file: String,
    /// How far each input is moved down and up, as a share of it
    #[arg(long, value_name = "SHARE", default_value = "10%", value_parser = share)]
    pub by: f64,
    /// Move inputs that have an `[uncertainty]` from its P5 to its P95 in place of --by
    #[arg(long)]
    pub uncertainty: bool,
    /// Measures, the first one sorts [default: abandonment,asa_s,service_level,cost_eur]
    #[arg(long, value_name = "METRICS", value_parser = measure, value_delimiter = ',')]
    pub metrics: Vec<&'static str>,
    /// The whole horizon in place of its first 28 days
    #[arg(long, visible_alias = "full")]
    pub full_year: bool,
    /// How each point is run: the same customers meet all
    #[command(flatten)]
    pub runs: Runs,
    /// Change one value at all points, as `horizon=7d`; repeatable
    #[arg(long = "set", value_name = "PATH=VALUE", value_parser = assignment)]
    pub sets: Vec<String>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// The dialect of CSV
    #[command(flatten)]
    pub csv: CsvOption,
    /// Also write sensitivity.json, sensitivity.csv and sensitivity.txt into this folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Run also if it takes more than an hour
    #[arg(long)]
    pub yes: bool,
    /// No progress and no closing line
    #[arg(long, short)]
    pub quiet: bool,
}

/// `10%`, `10 %`, `0.1`.
fn share(text: &str) -> Result<f64, String> {
    let allowed = "a share above 0 and below 100 %, as `10%` or `0.1`";
    let (digits, unit) = match text.trim().strip_suffix('%') {
        Some(percent) => (percent, 100.0),
        None => (text, 1.0),
    };
    let share = digits.trim().parse::<f64>().map(|number| number / unit);
    share.ok().filter(|share| *share > 0.0 && *share < 1.0).ok_or_else(|| must_be(allowed))
}
