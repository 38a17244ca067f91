//! What may be typed: the commands, their options, and the words for wrong values.
//!
//! Runs nothing. Invariant: a value that arrives in a command is in range.

use std::num::NonZeroU32;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use super::runs::{Runs, measure, seed};
use super::{CsvOption, LoggedReplications};
use crate::experiment::Precision;
use crate::report::PAGE_WIDTH;
use crate::trace::KeyStart;

/// Each look adds up all replications so far.
const MOST_UNTIL: u32 = 10_000;

/// Three commands that a new user can copy.
const EXAMPLES: &str = "\
Examples:
  holdtime run scenarios/telecom_year.toml
      a year of a hotline: waits, abandonment, cost, each with its interval
  holdtime run scenarios/first.toml --set group.agents.agents=7 --format csv
      the same centre with one value changed, as a tidy table
  holdtime check scenarios/first.toml
      what a scenario says and what it leaves to defaults, without running it";

/// Ways to follow a call.
const TRACE_EXAMPLES: &str = "\
Examples:
  holdtime trace scenarios/first.toml --first 3
      the first three cases from start to end: when, where, who, and why
  holdtime trace scenarios/first.toml --abandoned --first 5
      five customers who gave up, and what they did then
  holdtime trace scenarios/first.toml --at 02:00
      who waits at two o'clock, what the agents do, and how it went on
  holdtime trace scenarios/first.toml --contact 8c2a02b2b7
      one case alone, by a key that another trace has shown";

/// Simulates call centres: queues, agents, waits and cost, with an interval on every number.
#[derive(Debug, Parser)]
#[command(
    name = "holdtime",
    version,
    about,
    after_help = EXAMPLES,
    disable_help_subcommand = true,
    max_term_width = PAGE_WIDTH
)]
pub struct Arguments {
    /// What to do; without it the help is shown.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Simulate scenarios and print what came out
    Run(RunArguments),
    /// Which scenario is better, by how much, how sure, at what cost: the same customers meet all
    Compare(super::CompareArguments),
    /// Read a scenario without running it: problems, defaults, hours and volumes
    Check(CheckArguments),
    /// Follow single contacts through a run: what happened, which agent, and why then
    Trace(TraceArguments),
    /// Erlang B, C and A: how good with so many agents, or how many are needed
    Erlang(super::ErlangArguments),
    /// Try many values of some keys: every combination, with the same customers
    Sweep(super::SweepArguments),
    /// Which inputs move abandonment, wait, service level and cost most: each alone, up and down
    Sensitivity(super::SensitivityArguments),
    /// Why a scenario is not what Erlang C says: one property at a time
    Explain(super::ExplainArguments),
    /// Put the parts of a sweep together that several machines have run
    Merge(super::MergeArguments),
    /// How many agents a scenario needs by formula, up to rostered, positions and heads
    Require(super::RequireArguments),
    /// Write a first scenario, from a file of intervals or to begin with
    New(super::NewArguments),
    /// Print the JSON Schema of scenario files, for editors
    Schema,
}

/// Options of `run`.
#[derive(Debug, clap::Args)]
pub struct RunArguments {
    /// Scenario files; all are checked before the first one runs
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<String>,
    /// How it is run
    #[command(flatten)]
    pub runs: Runs,
    /// Run until a measure is known so well, as `asa_s=1%` or, of a share, `service_level=0.2pp`
    #[arg(long, value_name = "METRIC=WIDTH", value_parser = until, conflicts_with = "replications")]
    pub until: Option<(&'static str, Precision)>,
    /// With --until: replications at most
    #[arg(long, value_name = "N", default_value = "1000", value_parser = max_replications, requires = "until")]
    pub max_replications: NonZeroU32,
    /// Change one value, as `class.billing.patience.exponential.mean=90s`; repeatable
    #[arg(long = "set", value_name = "PATH=VALUE", value_parser = assignment)]
    pub sets: Vec<String>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// The dialect of CSV
    #[command(flatten)]
    pub csv: CsvOption,
    /// The finest periods of JSON and CSV
    #[arg(long, value_enum, default_value_t = Detail::Week)]
    pub detail: Detail,
    /// Also write FILE.json, FILE.csv and FILE.txt into this folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Also write a workbook for Excel: tables, charts, assumptions, definitions
    #[arg(long, value_name = "FILE", value_parser = super::workbook::path)]
    pub xlsx: Option<PathBuf>,
    /// Also write a row for each contact; streamed, a year takes gigabytes
    #[arg(long, value_name = "FILE", value_parser = super::contacts::path)]
    pub contacts: Option<PathBuf>,
    /// With --contacts: the first N replications, or `all`
    #[arg(long, value_name = "N", default_value = "1", value_parser = super::contacts::replications, requires = "contacts")]
    pub contacts_replications: LoggedReplications,
    /// A page for managers
    #[command(flatten)]
    pub report: super::ReportArguments,
    /// Exit with 1 unless every target is met for sure: missed and "not sure" are both a no
    #[arg(long)]
    pub require_targets: bool,
    /// No progress and no closing line
    #[arg(long, short)]
    pub quiet: bool,
}

/// Options of `check`.
#[derive(Debug, clap::Args)]
pub struct CheckArguments {
    /// Scenario files
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<String>,
    /// Change one value, as `class.billing.patience.exponential.mean=90s`; repeatable
    #[arg(long = "set", value_name = "PATH=VALUE", value_parser = assignment)]
    pub sets: Vec<String>,
    /// Print the whole scenario after overlays, with the origin of each value
    #[arg(long)]
    pub resolved: bool,
}

/// Options of `trace`.
#[derive(Debug, clap::Args)]
#[command(after_help = TRACE_EXAMPLES)]
pub struct TraceArguments {
    /// Scenario file
    #[arg(value_name = "FILE")]
    pub file: String,
    /// At most so many cases; alone: the first ones
    #[arg(long, value_name = "N", default_value = "20", value_parser = cases)]
    pub first: NonZeroUsize,
    /// The case of this contact: a key that a trace has shown, or its first digits
    #[arg(long, value_name = "KEY", value_parser = contact_key,
          conflicts_with_all = ["first", "abandoned", "transferred", "longest_wait", "at"])]
    pub contact: Option<KeyStart>,
    /// Cases in which the customer gave up waiting
    #[arg(long)]
    pub abandoned: bool,
    /// Cases in which the customer was transferred
    #[arg(long)]
    pub transferred: bool,
    /// Cases with the longest waits; runs the whole replication
    #[arg(long)]
    pub longest_wait: bool,
    /// Who waits and what the agents do then, as "2026-03-23 10:00", "day 2 10:00" or "10:00"
    #[arg(long, value_name = "TIME", conflicts_with_all = ["abandoned", "transferred", "longest_wait"])]
    pub at: Option<String>,
    /// Random seed, as in `run`
    #[arg(long, value_name = "N", default_value = "1", value_parser = seed, allow_negative_numbers = true)]
    pub seed: u64,
    /// Which of the independent runs of the horizon; 0 is the first
    #[arg(long, value_name = "N", default_value = "0", value_parser = replication, allow_negative_numbers = true)]
    pub replication: u32,
    /// Change one value of the scenario, as `class.billing.patience.exponential.mean=90s`; repeatable
    #[arg(long = "set", value_name = "PATH=VALUE", value_parser = assignment)]
    pub sets: Vec<String>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// The dialect of CSV
    #[command(flatten)]
    pub csv: CsvOption,
    /// No progress
    #[arg(long, short)]
    pub quiet: bool,
}

/// What to print on standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A page for people, 80 columns wide
    Table,
    /// Everything, by name
    Json,
    /// Everything, one row per scope, name, period and metric
    Csv,
}

/// The finest periods of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Detail {
    /// Days, weeks, months, and the typical week by interval
    Week,
    /// Every interval of every date too: offered, abandoned, in time, logged in, busy; large
    Interval,
}

fn max_replications(text: &str) -> Result<NonZeroU32, String> {
    let allowed = format!("a whole number from 1 to {MOST_UNTIL}; looked at after 10, then every 5");
    let number: NonZeroU32 = at_least_one(text, &allowed)?;
    if number.get() > MOST_UNTIL { Err(must_be(&allowed)) } else { Ok(number) }
}

/// `METRIC=1%`: half an interval as a share of the value; `METRIC=0.2pp`, `METRIC=0.5`: in points, in the measure's unit.
fn until(text: &str) -> Result<(&'static str, Precision), String> {
    measure_and_width(
        text,
        "a measure and half the width of its interval, as `asa_s=1%`,\n  `asa_s=0.5` or `service_level=0.2pp`",
    )
}

/// A measure with a share of its value, points, or a number in its unit.
pub(super) fn measure_and_width(text: &str, allowed: &str) -> Result<(&'static str, Precision), String> {
    let (name, width) = text.split_once('=').ok_or_else(|| must_be(allowed))?;
    let measure = measure(name)?;
    let number = |digits: &str| {
        let number = digits.trim().parse::<f64>().ok().filter(|number| *number > 0.0 && number.is_finite());
        number.ok_or_else(|| must_be(allowed))
    };
    let precision = if let Some(percent) = width.strip_suffix('%') {
        Precision::Relative(number(percent)? / 100.0)
    } else if let Some(points) = width.strip_suffix("pp") {
        if crate::measure::metric(measure).is_none_or(|known| known.unit() != "share") {
            return Err(format!(
                "not possible\n  found: percentage points of `{measure}`, which is no share\n  allowed: `{measure}=1%` of its \
                 value, or its own unit, as `{measure}=0.5`"
            ));
        }
        Precision::Absolute(number(points)? / 100.0)
    } else {
        Precision::Absolute(number(width)?)
    };
    Ok((measure, precision))
}

fn cases(text: &str) -> Result<NonZeroUsize, String> {
    at_least_one(text, "a whole number of cases, at least 1")
}

fn replication(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| must_be(&format!("a whole number from 0 to {}; 0 is the first", u32::MAX)))
}

fn contact_key(text: &str) -> Result<KeyStart, String> {
    text.parse().map_err(|()| {
        must_be(&format!(
            "{} to 16 hexadecimal digits, as `8c2a02b2b7`\n  hint: `--first`, `--abandoned` or `--longest-wait` \
             show the keys of contacts",
            KeyStart::FEWEST
        ))
    })
}

/// `allowed` is said when the text is no whole number of at least 1.
pub(super) fn at_least_one<T: std::str::FromStr>(text: &str, allowed: &str) -> Result<T, String> {
    text.parse().map_err(|_| must_be(allowed))
}

/// On a line of its own: the first one holds what was typed, however long.
pub(super) fn must_be(allowed: &str) -> String {
    format!("not possible\n  allowed: {allowed}")
}

/// Looks at the form only; which paths and values exist is the scenario's matter.
pub(super) fn assignment(text: &str) -> Result<String, String> {
    const ALLOWED: &str = "path=value, as `scale.volume=1.1` or `group.agents.agents=7`";
    let because = |why: &str| Err(format!("not possible\n  found: {why}\n  allowed: {ALLOWED}"));
    match text.split_once('=') {
        None => because("no `=`"),
        Some((path, _)) if path.trim().is_empty() => because("no path before the `=`"),
        Some((path, _)) if path.split('.').any(|key| key.trim().is_empty()) => {
            because("a path with an empty part between its dots")
        }
        Some((_, value)) if value.trim().is_empty() => because("no value after the `=`"),
        Some(_) => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn refused(arguments: &[&str]) -> String {
        Arguments::try_parse_from(arguments).expect_err("must be refused").to_string()
    }

    #[test]
    fn the_definition_of_the_commands_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn wrong_values_are_answered_in_words() {
        for (arguments, words) in [
            (["--replications", "0"], "a whole number from 1"),
            (["--replications", "ten"], "a whole number from 1"),
            (["--replications", "-1"], "a whole number from 1"),
            (["--replications", "5000000"], "to 1000000"),
            (["--jobs", "0"], "at least 1"),
            (["--jobs", "-1"], "at least 1"),
            (["--seed", "x"], "a whole number from 0"),
            (["--seed", "-1"], "a whole number from 0"),
            (["--format", "xml"], "[possible values: table, json, csv]"),
            (["--until", "asa_s"], "`asa_s=1%`"),
            (["--until", "asa=1%"], "there is no measure `asa`"),
            (["--until", "wait_s_max=1%"], "one that has an interval"),
            (["--until", "asa_s=1pp"], "`asa_s`, which is no share"),
            (["--until", "asa_s=0%"], "half the width"),
            (["--until", "asa_s=-1"], "half the width"),
            (["--set", "scale.volume"], "no `=`"),
            (["--set", "=1"], "no path"),
            (["--set", "a..b=1"], "empty part"),
            (["--set", "a.b="], "no value"),
        ] {
            let message = refused(&["holdtime", "run", "a.toml", arguments[0], arguments[1]]);
            assert!(message.contains(words), "{arguments:?}: {message}");
            assert!(message.contains(arguments[1]), "{arguments:?}: {message}");
            assert!(message.lines().all(|line| line.chars().count() <= 80), "{message}");
        }
    }

    #[test]
    fn the_width_to_stop_at_is_a_share_points_or_in_the_unit_of_the_measure() {
        assert_eq!(until("asa_s=1%"), Ok(("asa_s", Precision::Relative(0.01))));
        assert_eq!(until("service_level=0.25pp"), Ok(("service_level", Precision::Absolute(0.0025))));
        assert_eq!(until("cost_eur=5000"), Ok(("cost_eur", Precision::Absolute(5000.0))));
        assert!(
            refused(&["holdtime", "run", "a", "--until", "asa_s=1%", "--replications", "9"])
                .contains("cannot be used")
        );
        assert!(refused(&["holdtime", "run", "a", "--max-replications", "9"]).contains("--until"));
    }

    #[test]
    fn every_help_fits_eighty_columns() {
        let mut command = Arguments::command();
        command.build();
        let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
        assert!(names.len() >= 3);
        let mut helps = vec![command.render_help().to_string(), command.render_long_help().to_string()];
        for name in names {
            let sub = command.find_subcommand_mut(&name).expect("named above");
            helps.extend([sub.render_help().to_string(), sub.render_long_help().to_string()]);
        }
        for line in helps.iter().flat_map(|help| help.lines()) {
            assert!(line.chars().count() <= PAGE_WIDTH, "{line}");
        }
    }

    #[test]
    fn wrong_values_of_trace_are_answered_in_words() {
        for (arguments, words) in [
            (["--first", "0"], "at least 1"),
            (["--contact", "12345"], "6 to 16 hexadecimal digits"),
            (["--contact", "agent 7"], "`--first`, `--abandoned` or `--longest-wait` show the keys"),
            (["--replication", "-1"], "0 is the first"),
            (["--seed", "x"], "a whole number from 0"),
        ] {
            let message = refused(&["holdtime", "trace", "a.toml", arguments[0], arguments[1]]);
            assert!(message.contains(words), "{arguments:?}: {message}");
            assert!(message.contains(arguments[1]), "{arguments:?}: {message}");
        }
        for together in [["--abandoned", "--at=10:00"], ["--longest-wait", "--contact=0123456789"]] {
            let message = refused(&["holdtime", "trace", "a.toml", together[0], together[1]]);
            assert!(message.contains("cannot be used with"), "{message}");
        }
    }

    #[test]
    fn a_run_needs_a_file() {
        assert!(refused(&["holdtime", "run"]).contains("<FILE>"));
    }
}
