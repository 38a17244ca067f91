//! What may be typed after `holdtime compare`.
//!
//! Runs nothing. Invariant: a value that arrives in the command is in range.

use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::ArgGroup;

use crate::experiment::Precision;
use crate::measure::{Better, metric};

use super::CsvOption;
use super::args::{Format, assignment, measure_and_width, must_be};
use super::runs::{Runs, measure};

/// More than this nobody waits for; ten times the most that `--until` takes.
const MOST: u32 = 100_000;

/// Comparisons that a new user can copy.
const EXAMPLES: &str = "\
Examples:
  holdtime compare scenarios/telecom_year.toml scenarios/forty_cross_trained.toml
      is the second better than the first, by how much, how sure, at what cost
  holdtime compare a.toml b.toml c.toml --against plan.toml --set horizon=31d
      three options against a plan, over a month
  holdtime compare a.toml b.toml --until-decided --matters service_level=1pp
      as many replications as a verdict needs, if only whole points matter";

/// Options of `compare`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, group(ArgGroup::new("more").args(["until_decided", "best"])))]
pub struct CompareArguments {
    /// Scenario files, the first is the reference; all are checked before any runs
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<String>,
    /// The reference, in place of the first FILE
    #[arg(long, value_name = "FILE")]
    pub against: Option<String>,
    /// How each scenario is run: the same customers meet all
    #[command(flatten)]
    pub runs: Runs,
    /// Measures judged together, as `service_level,cost_eur`
    /// [default: service_level,abandonment,asa_s,cost_eur]
    #[arg(long, value_name = "METRICS", value_parser = measure, value_delimiter = ',')]
    pub metrics: Vec<&'static str>,
    /// The smallest difference that matters, as `asa_s=2`, `abandonment=0.2pp` or `cost_eur=1%`; repeatable
    /// [default: 0.5 points of shares, 1 s of waits, 0.5 % of all else]
    #[arg(long, value_name = "METRIC=LEAST", value_parser = matters)]
    pub matters: Vec<(&'static str, Precision)>,
    /// First scale the staffing of each scenario until it meets its targets: options at equal service
    #[arg(long)]
    pub at_target: bool,
    /// Two stages: 10 replications (or --replications) show how many decide everything
    #[arg(long)]
    pub until_decided: bool,
    /// Search the best by a measure: as few further replications as it takes to be 95 % sure
    #[arg(long, value_name = "METRIC", value_parser = sided, conflicts_with = "until_decided")]
    pub best: Option<&'static str>,
    /// With --until-decided or --best: replications of each scenario at most
    #[arg(long, value_name = "N", default_value = "1000", value_parser = most, requires = "more")]
    pub max_replications: NonZeroU32,
    /// Change one value in all scenarios, as `horizon=31d`; repeatable
    #[arg(long = "set", value_name = "PATH=VALUE", value_parser = assignment)]
    pub sets: Vec<String>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// The dialect of CSV
    #[command(flatten)]
    pub csv: CsvOption,
    /// Also write compare.json, compare.csv and compare.txt into this folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Also write a workbook for Excel: tables, charts, definitions
    #[arg(long, value_name = "FILE", value_parser = super::workbook::path)]
    pub xlsx: Option<PathBuf>,
    /// A page for managers
    #[command(flatten)]
    pub report: super::ReportArguments,
    /// No progress and no closing line
    #[arg(long, short)]
    pub quiet: bool,
}

/// Of the first stage.
const LEAST: u32 = 10;

fn most(text: &str) -> Result<NonZeroU32, String> {
    let allowed = format!("a whole number from {LEAST} to {MOST}: the first stage has {LEAST}");
    let number = text.parse::<NonZeroU32>().map_err(|_| must_be(&allowed))?;
    if (LEAST..=MOST).contains(&number.get()) { Ok(number) } else { Err(must_be(&allowed)) }
}

/// A measure of which more or less is better.
fn sided(text: &str) -> Result<&'static str, String> {
    let name = measure(text)?;
    match metric(name).map(|metric| metric.better) {
        Some(Better::Higher | Better::Lower) => Ok(name),
        Some(Better::Neither) | None => Err(format!(
            "not possible\n  found: neither more nor less of `{name}` is better\n  allowed: as `service_level`, `asa_s`, \
             `abandonment`, `fcr`, `cost_eur`"
        )),
    }
}

/// `METRIC=1%`: a share of the reference's value; `METRIC=0.2pp`, `METRIC=2`: in points, in the measure's unit.
fn matters(text: &str) -> Result<(&'static str, Precision), String> {
    measure_and_width(
        text,
        "a measure and the least that matters, as `asa_s=2`,\n  `service_level=1pp` or `cost_eur=1%`",
    )
}
