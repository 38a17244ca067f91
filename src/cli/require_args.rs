//! What may be typed after `holdtime require`.
//!
//! Runs nothing. Invariant: a value that arrives in the command is in range.

use std::path::PathBuf;

use clap::ValueEnum;

use super::CsvOption;
use super::args::{Format, assignment};
use super::erlang_args::{positive_share, service_level, share, shrinkage, some_time, time};
use super::runs::Runs;

/// Questions that a new user can copy.
const EXAMPLES: &str = "\
Examples:
  holdtime require scenarios/telecom_year.toml
      agents, hours and positions by group, class and month, beside the plan
  holdtime require scenarios/first.toml --service-level 90/20 --check
      the agents for another goal, and a simulation with them in the plan
  holdtime require scenarios/telecom_year.toml --by interval --format csv
      every half-hour of the year, for a spreadsheet";

/// Options of `require`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, mut_args(of_the_check))]
pub struct RequireArguments {
    /// Scenario file
    #[arg(value_name = "FILE")]
    pub file: String,
    /// How finely to tell [default: by month, by day or by interval, as the run is long]
    #[arg(long, value_enum, value_name = "PERIOD")]
    pub by: Option<ByName>,
    /// Wanted: per cent answered within seconds, as `80/20`; wins over the scenario's targets and levels
    #[arg(long, value_name = "PERCENT/TIME", value_parser = service_level)]
    pub service_level: Option<(f64, f64)>,
    /// Wanted: at most this share abandons; wins over the scenario's targets
    #[arg(long, value_name = "SHARE", value_parser = share, allow_hyphen_values = true)]
    pub abandonment: Option<f64>,
    /// Wanted: answered calls wait at most so long on average; wins over the scenario's targets
    #[arg(long, value_name = "TIME", value_parser = time, allow_hyphen_values = true)]
    pub asa: Option<f64>,
    /// Wanted: agents are busy for at most this share of their time; wins over the scenario's target
    #[arg(long, value_name = "SHARE", value_parser = positive_share, allow_hyphen_values = true)]
    pub max_occupancy: Option<f64>,
    /// Share of rostered time that is lost to absence, breaks, training; in place of the scenario's shrinkage
    #[arg(long, value_name = "SHARE", value_parser = shrinkage, allow_hyphen_values = true)]
    pub shrinkage: Option<f64>,
    /// Paid hours a week of a full-time position [default: 38.5h]
    #[arg(long, value_name = "TIME", value_parser = some_time, allow_hyphen_values = true)]
    pub fte: Option<f64>,
    /// Simulate the scenario with the required agents in its plan, and show where formula and simulation part
    #[arg(long)]
    pub check: bool,
    /// How the check is run
    #[command(flatten)]
    pub runs: Runs,
    /// Change one value of the scenario, as `class.billing.patience.exponential.mean=90s`; repeatable
    #[arg(long = "set", value_name = "PATH=VALUE", value_parser = assignment)]
    pub sets: Vec<String>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// The dialect of CSV
    #[command(flatten)]
    pub csv: CsvOption,
    /// Also write FILE.require.json, FILE.require.csv and FILE.require.txt into this folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// No progress
    #[arg(long, short)]
    pub quiet: bool,
}

/// How finely to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ByName {
    /// Every interval of the scenario
    Interval,
    /// Every day
    Day,
    /// Every calendar month; needs dates
    Month,
}

/// The options of a simulation belong to `--check`, and say so.
fn of_the_check(arg: clap::Arg) -> clap::Arg {
    if !["replications", "seed", "jobs"].contains(&arg.get_id().as_str()) {
        return arg;
    }
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    arg.help(format!("With --check: {help}")).requires("check")
}
