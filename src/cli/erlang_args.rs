//! What may be typed after `holdtime erlang`, and the words for wrong values.
//!
//! Runs nothing. Invariant: a value that arrives in the command is in range; which options need one another is the command's
//! matter.

use clap::ValueEnum;

use super::CsvOption;
use super::args::{Format, must_be};
use crate::calculator::{MOST_CELLS, Span, SpanProblem};
use crate::scenario::seconds;

/// Questions that a new user can copy.
const EXAMPLES: &str = "\
Examples:
  holdtime erlang c --calls 100 --per 30m --aht 3m --service-level 80/20
      how many agents answer 80 % within 20 seconds if nobody hangs up
  holdtime erlang a --calls 100 --aht 3m --patience 5m --agents 10..14
      what 10, 11 … 14 agents give if customers wait 5 minutes on average
  holdtime erlang a --calls 100 --aht 3m --patience 5m --agents 11 --simulate
      the formula and a simulation of the same queue, side by side
  holdtime erlang a --file intervals.csv --patience 3m --service-level 80/20
      every row of a spreadsheet: agents required and what they give
  holdtime erlang b --calls 600 --per 1h --aht 3m --blocking 1%
      how many lines turn at most 1 % away";

/// Options of `erlang`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct ErlangArguments {
    /// Which queue
    #[arg(value_enum)]
    pub formula: FormulaName,
    /// Calls in an interval; several as `80,100,120` or `80..120:10`
    #[arg(long, value_name = "N", value_parser = calls, allow_hyphen_values = true)]
    pub calls: Option<Span>,
    /// Length of the interval
    #[arg(long, value_name = "TIME", default_value = "30m", value_parser = some_time, allow_hyphen_values = true)]
    pub per: f64,
    /// Mean handle time, talk and after-call work; several as `3m,4m` or `180s..240s:15s`
    #[arg(long, value_name = "TIME", value_parser = some_times, allow_hyphen_values = true)]
    pub aht: Option<Span>,
    /// Erlang A: mean patience
    #[arg(long, value_name = "TIME", value_parser = patience, allow_hyphen_values = true)]
    pub patience: Option<f64>,
    /// Erlang A: share that leaves at once if nobody is idle
    #[arg(long, value_name = "SHARE", value_parser = share, allow_hyphen_values = true)]
    pub balking: Option<f64>,
    /// Agents logged in; several as `10..20`
    #[arg(long, value_name = "N", value_parser = agents, allow_hyphen_values = true)]
    pub agents: Option<Span>,
    /// Erlang B: telephone lines; several as `10..20`
    #[arg(long, value_name = "N", value_parser = agents, allow_hyphen_values = true, conflicts_with = "agents")]
    pub lines: Option<Span>,
    /// Wanted: per cent answered within seconds, as `80/20` or `90/1m`
    #[arg(long, value_name = "PERCENT/TIME", value_parser = service_level)]
    pub service_level: Option<(f64, f64)>,
    /// The service level is a share of these calls
    #[arg(long, value_enum, default_value_t = BaseName::EnteredLessShort)]
    pub of: BaseName,
    /// Who leaves sooner is not in the base `entered-less-short`
    #[arg(long, value_name = "TIME", default_value = "5s", value_parser = time, allow_hyphen_values = true)]
    pub short: f64,
    /// Wanted: at most this share abandons
    #[arg(long, value_name = "SHARE", value_parser = share, allow_hyphen_values = true)]
    pub abandonment: Option<f64>,
    /// Wanted: answered calls wait at most so long on average
    #[arg(long, value_name = "TIME", value_parser = time, allow_hyphen_values = true)]
    pub asa: Option<f64>,
    /// Wanted: agents are busy for at most this share of their time
    #[arg(long, value_name = "SHARE", value_parser = positive_share, allow_hyphen_values = true)]
    pub occupancy: Option<f64>,
    /// Erlang B, wanted: at most this share is turned away
    #[arg(long, value_name = "SHARE", value_parser = share, allow_hyphen_values = true)]
    pub blocking: Option<f64>,
    /// Share of rostered time that is lost to absence, breaks, training
    #[arg(long, value_name = "SHARE", value_parser = shrinkage, allow_hyphen_values = true)]
    pub shrinkage: Option<f64>,
    /// Paid hours a week of a full-time position, as `38.5h`: adds positions (FTE)
    #[arg(long, value_name = "TIME", value_parser = some_time, allow_hyphen_values = true)]
    pub fte: Option<f64>,
    /// With --fte: hours a week in which so many are needed [default: as one position works]
    #[arg(long, value_name = "TIME", value_parser = some_time, allow_hyphen_values = true, requires = "fte")]
    pub open: Option<f64>,
    /// Answer a CSV file row by row: columns date, interval, calls, aht; others are kept
    #[arg(long, value_name = "FILE", conflicts_with_all = ["calls", "agents", "lines", "explain", "simulate"])]
    pub file: Option<String>,
    /// Show each step with the numbers put in
    #[arg(long)]
    pub explain: bool,
    /// Simulate the same queue and show both
    #[arg(long)]
    pub simulate: bool,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// The dialect of CSV
    #[command(flatten)]
    pub csv: CsvOption,
}

/// Which queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormulaName {
    /// No waiting: who finds no line free is turned away
    B,
    /// Everyone waits until answered
    C,
    /// Everyone waits as long as patience lasts
    A,
}

/// What a service level is a share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BaseName {
    /// All calls
    Entered,
    /// Answered calls
    Answered,
    /// All but those that abandoned within `--short`
    EnteredLessShort,
}

const SHARE: &str = "a share as 5% or 0.05";
const TIME: &str = "a time as 20s, 3m, 1h30m, or seconds as a number";

/// Seconds, 0 or more; a bare number is seconds.
fn seconds_in(text: &str) -> Option<f64> {
    text.trim()
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite() && *number >= 0.0)
        .or_else(|| seconds(text))
}

pub(super) fn time(text: &str) -> Result<f64, String> {
    seconds_in(text).ok_or_else(|| must_be(TIME))
}

pub(super) fn some_time(text: &str) -> Result<f64, String> {
    seconds_in(text).filter(|seconds| *seconds > 0.0).ok_or_else(|| must_be(&format!("{TIME}, above 0")))
}

fn patience(text: &str) -> Result<f64, String> {
    match seconds_in(text) {
        Some(0.0) => Err(must_be(
            "a time above 0\n  hint: without patience nobody waits: `holdtime erlang b`, with agents as lines",
        )),
        Some(seconds) => Ok(seconds),
        None => {
            Err(must_be(&format!("{TIME}, above 0\n  hint: patience without end is `holdtime erlang c`")))
        }
    }
}

/// `5%`, `5 %` or `0.05`.
fn share_in(text: &str) -> Option<f64> {
    let text = text.trim();
    let share = match text.strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().ok()? / 100.0,
        None => text.parse().ok()?,
    };
    (0.0..=1.0).contains(&share).then_some(share)
}

pub(super) fn share(text: &str) -> Result<f64, String> {
    let percent = text.trim().parse::<f64>().ok().filter(|number| *number > 1.0 && *number <= 100.0);
    share_in(text).ok_or_else(|| {
        let hint =
            percent.map_or(String::new(), |percent| format!("\n  hint: per cent are written `{percent}%`"));
        must_be(&format!("{SHARE}, from 0 to 100%{hint}"))
    })
}

pub(super) fn positive_share(text: &str) -> Result<f64, String> {
    share(text)
        .and_then(|share| if share > 0.0 { Ok(share) } else { Err(must_be(&format!("{SHARE}, above 0"))) })
}

pub(super) fn shrinkage(text: &str) -> Result<f64, String> {
    let below = |share: f64| share <= 0.95;
    share(text).and_then(|share| {
        if below(share) {
            Ok(share)
        } else {
            Err(must_be(&format!("{SHARE}, at most 95%: somebody must be there")))
        }
    })
}

pub(super) fn service_level(text: &str) -> Result<(f64, f64), String> {
    const ALLOWED: &str = "per cent and a time, as 80/20 or 90/1m; per cent above 0, at most 100";
    let read = || {
        let (percent, within) = text.split_once('/')?;
        let percent: f64 = percent.trim().trim_end_matches('%').trim().parse().ok()?;
        let is_in_range = percent > 0.0 && percent <= 100.0;
        is_in_range.then_some(())?;
        Some((percent / 100.0, seconds_in(within)?))
    };
    read().ok_or_else(|| must_be(ALLOWED))
}

fn span(text: &str, allowed: &str, value: impl Fn(&str) -> Option<f64>) -> Result<Span, String> {
    Span::read(text, value).map_err(|problem| match problem {
        SpanProblem::NoValue(part) if part == text => must_be(allowed),
        SpanProblem::NoValue(part) => format!("not possible\n  found: `{part}`\n  allowed: {allowed}"),
        SpanProblem::Backwards(part) => {
            format!("not possible\n  found: `{part}` ends below where it begins\n  allowed: from..to, as 10..20")
        }
        SpanProblem::Step(part) => {
            format!("not possible\n  found: the step of `{part}` is not above 0\n  allowed: from..to:step, as 100..300:50")
        }
        SpanProblem::TooMany => must_be(&format!("at most {MOST_CELLS} values; make the step larger")),
    })
}

fn calls(text: &str) -> Result<Span, String> {
    let number = |text: &str| text.parse::<f64>().ok().filter(|calls| (0.0..=1e9).contains(calls));
    span(text, "calls from 0 to 1,000,000,000, as 100; several as 80,100 or 80..120:10", number)
}

fn some_times(text: &str) -> Result<Span, String> {
    let positive = |text: &str| seconds_in(text).filter(|seconds| *seconds > 0.0);
    span(text, &format!("{TIME}, above 0; several as 3m,4m or 180s..240s:15s"), positive)
}

fn agents(text: &str) -> Result<Span, String> {
    let whole = |text: &str| text.parse::<u32>().ok().filter(|agents| *agents <= 100_000).map(f64::from);
    span(text, "a whole number from 0 to 100,000, as 13; several as 10..20", whole)
}
