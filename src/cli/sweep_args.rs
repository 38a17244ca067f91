//! What may be typed after `sweep` and `merge`.
//!
//! Runs nothing. Invariant: a value that arrives in a command is in range.

use std::path::PathBuf;

use super::CsvOption;
use super::args::{self, Format, must_be};
use super::runs::{Runs, measure};
use crate::sweep::{Axis, Shard};

/// Ways to try many values.
const EXAMPLES: &str = "\
Examples:
  holdtime sweep scenarios/first.toml --vary group.agents.agents=4..9
      the same centre with four to nine agents, same customers
  holdtime sweep scenarios/first.toml --vary group.agents.agents=4..9 \\
      --vary scale.volume=0.9,1,1.1 --out grid
      every combination, kept in a folder: after a stop the same line goes on
  holdtime sweep scenarios/telecom_year.toml --vary scale.staffing=0.9..1.1:0.05 \\
      --out part1 --shard 1/2
      half of the points; another machine runs 2/2 into part2, then
      holdtime merge part1 part2 --out whole";

/// Options of `sweep`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct SweepArguments {
    /// Scenario file
    #[arg(value_name = "FILE")]
    pub file: String,
    /// A key and its values, as `group.agents.agents=20..60:5` or `scale.volume=0.9,1,1.1`; repeatable
    #[arg(long, required = true, value_name = "PATH=VALUES", value_parser = axis)]
    pub vary: Vec<Axis>,
    /// Change one value of all points, as in `run`; repeatable
    #[arg(long = "set", value_name = "PATH=VALUE", value_parser = args::assignment)]
    pub sets: Vec<String>,
    /// How each point is run: all meet the same customers
    #[command(flatten)]
    pub runs: Runs,
    /// Measures of the page, the first with a bar, as `asa_s,occupancy` [default: the usual ones]
    #[arg(long, value_name = "METRICS", value_delimiter = ',', value_parser = measure)]
    pub show: Vec<&'static str>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// The dialect of CSV
    #[command(flatten)]
    pub csv: CsvOption,
    /// Keep each point in this folder as soon as it is done; the same command goes on where it was stopped
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Also write a workbook for Excel: tables, charts, definitions
    #[arg(long, value_name = "FILE", value_parser = super::workbook::path)]
    pub xlsx: Option<PathBuf>,
    /// With --out: every N-th point only, from the I-th, for several machines
    #[arg(long, value_name = "I/N", value_parser = shard, requires = "out")]
    pub shard: Option<Shard>,
    /// Run more than 1,000 points, or longer than an hour
    #[arg(long)]
    pub yes: bool,
    /// A page for managers
    #[command(flatten)]
    pub report: super::ReportArguments,
    /// No progress and no closing line
    #[arg(long, short)]
    pub quiet: bool,
}

/// Options of `merge`.
#[derive(Debug, clap::Args)]
pub struct MergeArguments {
    /// Folders of `sweep --out`, parts of the same sweep
    #[arg(required = true, value_name = "DIR")]
    pub parts: Vec<PathBuf>,
    /// Folder for the whole sweep
    #[arg(long, required = true, value_name = "DIR")]
    pub out: PathBuf,
    /// Measures of the page, as in `sweep`
    #[arg(long, value_name = "METRICS", value_delimiter = ',', value_parser = measure)]
    pub show: Vec<&'static str>,
    /// The dialect of the table
    #[command(flatten)]
    pub csv: CsvOption,
}

fn axis(text: &str) -> Result<Axis, String> {
    const ALLOWED: &str = "a path and values, as `scale.volume=0.9,1,1.1`,\n  `group.agents.agents=20..60:5` or `class.a.max_wait.after=1m..3m:30s`";
    Axis::read(text).map_err(|problem| format!("not possible\n  found: {problem}\n  allowed: {ALLOWED}"))
}

fn shard(text: &str) -> Result<Shard, String> {
    text.parse().map_err(|()| must_be("a part and how many there are, as `1/4` to `4/4`"))
}
