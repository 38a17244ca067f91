//! `holdtime erlang a|b|c`: a queue by formula, and beside it by simulation; one question, a grid, or a file of intervals.
//!
//! Works nothing out. Invariant: every cell of a grid is answered by the same formula, and a target that no number of
//! agents reaches ends with 1 and the nearest.

use crate::analytics::{Base, Formula, ServiceLevel, Targets};
use crate::calculator::{
    Answer, CellProblem, IntervalFile, MOST_CELLS, Presence, Question, ReadIntervals, Span, answer, simulate,
};
use crate::experiment::Unattended;
use crate::files::Disk;
use crate::report::{
    Line, erlang_grid, erlang_page, explain, formula_name, intervals_page, out_of_reach, write_erlang_csv,
    write_erlang_json, write_intervals_csv, write_intervals_json,
};
use crate::scenario::Source;

use super::args::Format;
use super::erlang_args::{BaseName, ErlangArguments, FormulaName};
use super::runs::cores;
use super::{Exit, Failure, output};

/// At most so many bad cells are told.
const MOST_PROBLEMS: usize = 20;

pub(super) fn run(arguments: &ErlangArguments) -> Result<Exit, Failure> {
    let formula = match arguments.formula {
        FormulaName::B => Formula::ErlangB,
        FormulaName::C => Formula::ErlangC,
        FormulaName::A => Formula::ErlangA,
    };
    fits(arguments, formula)?;
    let presence = Presence {
        shrinkage: arguments.shrinkage,
        fte_hours: arguments.fte.map(|seconds| seconds / 3600.0),
        open_hours: arguments.open.map(|seconds| seconds / 3600.0),
    };
    match &arguments.file {
        Some(file) => intervals(file, arguments, formula, &presence),
        None => questions(arguments, formula, &presence),
    }
}

/// Whether the options that were given belong together; all that do not are told at once.
fn fits(arguments: &ErlangArguments, formula: Formula) -> Result<(), Failure> {
    let mut problems: Vec<String> = Vec::new();
    let name = formula_name(formula);
    let mut only = |is_given: bool, option: &str, fits: bool, instead: &str| {
        if is_given && !fits {
            problems.push(format!("`{option}` has no meaning in {name}: {instead}"));
        }
    };
    let (is_a, is_b) = (formula == Formula::ErlangA, formula == Formula::ErlangB);
    only(arguments.patience.is_some(), "--patience", is_a, "`holdtime erlang a` knows patience");
    only(arguments.balking.is_some(), "--balking", is_a, "`holdtime erlang a` knows who leaves at once");
    only(arguments.abandonment.is_some(), "--abandonment", is_a, "`holdtime erlang a` knows who gives up");
    only(arguments.lines.is_some(), "--lines", is_b, "write `--agents`");
    only(arguments.blocking.is_some(), "--blocking", is_b, "nobody is turned away there");
    only(
        arguments.service_level.is_some(),
        "--service-level",
        !is_b,
        "nobody waits there; write `--blocking`",
    );
    only(arguments.asa.is_some(), "--asa", !is_b, "nobody waits there; write `--blocking`");
    if is_a && arguments.patience.is_none() {
        problems.push(
            "Erlang A needs `--patience`, as `--patience 5m`; without patience: `holdtime erlang c`"
                .to_owned(),
        );
    }
    if arguments.file.is_none() {
        if arguments.calls.is_none() {
            problems.push("how many calls? `--calls 100 --per 30m`, or `--file intervals.csv`".to_owned());
        }
        if arguments.aht.is_none() {
            problems.push("how long is a call handled? `--aht 3m`".to_owned());
        }
    }
    let has_agents = arguments.agents.is_some() || arguments.lines.is_some();
    if !has_agents && targets(arguments).is_empty() {
        problems.push(if is_b {
            "how many lines, or how good? `--lines 20`, or `--blocking 1%`".to_owned()
        } else {
            "how many agents, or how good? `--agents 13`, or `--service-level 80/20`".to_owned()
        });
    }
    let cells = [&arguments.calls, &arguments.aht, &arguments.agents, &arguments.lines]
        .into_iter()
        .flatten()
        .map(|span| span.0.len())
        .product::<usize>();
    if cells > MOST_CELLS {
        problems.push(format!(
            "the grid has {cells} cells, at most {MOST_CELLS} are possible: make the steps larger"
        ));
    }
    if arguments.file.is_some() && arguments.aht.as_ref().is_some_and(|aht| aht.0.len() > 1) {
        problems.push("`--aht` beside `--file` is one handle time, for rows without one".to_owned());
    }
    match problems.pop() {
        None => Ok(()),
        Some(last) => {
            problems.iter().for_each(|problem| output::error(problem));
            Err(Failure(last))
        }
    }
}

fn targets(arguments: &ErlangArguments) -> Targets {
    let base = match arguments.of {
        BaseName::Entered => Base::Entered,
        BaseName::Answered => Base::Answered,
        BaseName::EnteredLessShort => Base::EnteredLessShort { short_s: arguments.short },
    };
    Targets {
        service_level: arguments.service_level.map(|(share, within_s)| ServiceLevel {
            share,
            within_s,
            base,
        }),
        abandonment: arguments.abandonment,
        mean_wait_s: None,
        asa_s: arguments.asa,
        occupancy: arguments.occupancy,
        blocking: arguments.blocking,
    }
}

fn question(
    arguments: &ErlangArguments,
    formula: Formula,
    calls: f64,
    aht_s: f64,
    agents: Option<u32>,
) -> Question {
    Question {
        formula,
        calls,
        per_s: arguments.per,
        aht_s,
        patience_s: arguments.patience.filter(|_| formula == Formula::ErlangA).unwrap_or(f64::INFINITY),
        balking: arguments.balking.unwrap_or(0.0),
        agents,
        targets: targets(arguments),
    }
}

/// One question, or a grid of them: calls, then handle times, then agents.
fn questions(arguments: &ErlangArguments, formula: Formula, presence: &Presence) -> Result<Exit, Failure> {
    let values = |span: &Option<Span>| span.as_ref().map_or(Vec::new(), |span| span.0.clone());
    let agents: Vec<Option<u32>> = match arguments.agents.as_ref().or(arguments.lines.as_ref()) {
        Some(span) => span.0.iter().map(|agents| Some(*agents as u32)).collect(),
        None => vec![None],
    };
    let mut lines = Vec::new();
    let mut exit = Exit::Done;
    for calls in values(&arguments.calls) {
        for aht_s in values(&arguments.aht) {
            for agents in &agents {
                let found = match answer(&question(arguments, formula, calls, aht_s, *agents)) {
                    Ok(found) => found,
                    Err(nearest) => {
                        output::error(&out_of_reach(&nearest));
                        exit = Exit::No;
                        *nearest.0
                    }
                };
                let simulated = arguments.simulate.then(|| simulate(&found, cores(), &Unattended));
                lines.push(Line { answer: found, simulated });
            }
        }
    }
    let dialect = arguments.csv.dialect();
    match arguments.format {
        Format::Table => output::print(page(&lines, arguments, presence).as_bytes())?,
        Format::Json => output::write(|out| write_erlang_json(out, &lines, presence))?,
        Format::Csv => {
            output::write(|out| dialect.write(out, |out| write_erlang_csv(out, &lines, presence)))?
        }
    }
    Ok(exit)
}

/// One answer as a page, several as a table; the steps of each below.
fn page(lines: &[Line], arguments: &ErlangArguments, presence: &Presence) -> String {
    let paint = output::paint();
    let mut text = match lines {
        [line] => erlang_page(line, presence, paint),
        _ if arguments.simulate => {
            let pages: Vec<String> = lines.iter().map(|line| erlang_page(line, presence, paint)).collect();
            pages.join("\n")
        }
        _ => erlang_grid(lines, presence, paint),
    };
    if arguments.explain {
        for line in lines {
            text += &format!("\n{}", explain(&line.answer, presence));
        }
    }
    text
}

/// A file of intervals, row by row.
fn intervals(
    path: &str,
    arguments: &ErlangArguments,
    formula: Formula,
    presence: &Presence,
) -> Result<Exit, Failure> {
    let bytes = Disk.read(path).map_err(|why| Failure(super::words::unreadable(path, &why.0)))?;
    let with = ReadIntervals { aht_s: arguments.aht.as_ref().and_then(|span| span.0.first().copied()) };
    let file = match IntervalFile::read(&bytes, with) {
        Ok(file) => file,
        Err(problems) => {
            tell(path, &problems);
            return Ok(Exit::No);
        }
    };
    let (mut answers, mut exit) = (Vec::new(), Exit::Done);
    for row in &file.rows {
        // A row without calls may have no handle time, and needs nobody whatever it is.
        let aht_s = if row.aht_s > 0.0 { row.aht_s } else { 1.0 };
        let found: Answer = match answer(&question(arguments, formula, row.calls, aht_s, None)) {
            Ok(found) => found,
            Err(nearest) => {
                if exit == Exit::Done {
                    output::error(&format!("`{path}`, row {}: {}", row.line, out_of_reach(&nearest)));
                }
                exit = Exit::No;
                *nearest.0
            }
        };
        answers.push(found);
    }
    let dialect = arguments.csv.dialect();
    match arguments.format {
        Format::Table => {
            output::print(intervals_page(&file, &answers, presence, output::paint()).as_bytes())?;
        }
        Format::Json => output::write(|out| write_intervals_json(out, &file, &answers, presence))?,
        Format::Csv => output::write(|out| {
            dialect.rewrite(out, file.delimiter, |out| write_intervals_csv(out, &file, &answers, presence))
        })?,
    }
    Ok(exit)
}

/// Where, what was found, what is allowed; all at once, up to a screenful.
pub(super) fn tell(path: &str, problems: &[CellProblem]) {
    for problem in problems.iter().take(MOST_PROBLEMS) {
        let mut place = format!("`{path}`");
        if let Some(line) = problem.line {
            place += &format!(", row {line}");
        }
        if !problem.column.is_empty() {
            place += &format!(", column `{}`", problem.column);
        }
        let found =
            if problem.found.is_empty() { "nothing".to_owned() } else { format!("`{}`", problem.found) };
        let found = if problem.column.is_empty() { problem.found.clone() } else { found };
        output::error(&format!("{place}: found {found}; allowed: {}", problem.allowed));
    }
    if let Some(more) = problems.len().checked_sub(MOST_PROBLEMS).filter(|more| *more > 0) {
        output::say(&format!("and {more} more"));
    }
}
