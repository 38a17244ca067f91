//! What the command line says on standard error. Results are worded by `report`, wrong scenarios by `scenario`.
//!
//! Decides nothing. Invariant: lower case, no full stop, what to type in backticks.

use std::time::Duration;

use crate::experiment::{Outcome, TargetOutcome, Verdict};
use crate::files::Written;
use crate::report::MOST_ROWS;
use crate::report::number::{about, grouped, span_in_words};
use crate::report::text::cut;

/// The end of a file's problems.
pub(super) fn not_valid(file: &str, n_errors: usize) -> String {
    format!("{file} is not valid: {n_errors} error{}", if n_errors == 1 { "" } else { "s" })
}

/// `--detail interval` beside a page.
pub(super) const DETAIL_NOT_SHOWN: &str =
    "`--detail interval` changes JSON and CSV only: add `--format csv`, `--format json` or `--out`";

/// A file cannot be read at all.
pub(super) fn unreadable(file: &str, why: &str) -> String {
    format!("`{file}`: {why}")
}

/// Two scenarios would write the same result files.
pub(super) fn same_name(first: &str, second: &str) -> String {
    format!(
        "`{first}` and `{second}` would both write the same files into the folder of `--out`: \
         give them different names or run them apart"
    )
}

/// A file name from which no result's name can be made.
pub(super) fn no_name(file: &str) -> String {
    format!("`{file}` has no name to give to results of `--out`")
}

/// The folder of `--out` is of no use.
pub(super) fn no_folder(folder: &str, why: &str) -> String {
    format!("cannot write into `{folder}`: {why}")
}

/// A file that was asked for cannot be written.
pub(super) fn no_file(file: &str, why: &str) -> String {
    format!("cannot write `{file}`: {why}")
}

/// One workbook cannot hold several results.
pub(super) fn one_workbook(n_scenarios: usize) -> String {
    format!(
        "`--xlsx` holds one result\n  found: {n_scenarios} scenarios\n  hint: `holdtime compare` puts several into one \
         workbook; else run them apart"
    )
}

/// One contact log cannot hold several scenarios.
pub(super) fn one_log(n_scenarios: usize) -> String {
    format!("`--contacts` logs one scenario\n  found: {n_scenarios}\n  hint: run them apart")
}

/// A sheet that would have more rows than a workbook can hold.
pub(super) fn too_many_rows(file: &str, sheet: &str, rows: usize) -> String {
    format!(
        "`{file}`: sheet `{sheet}` of `--xlsx` would have {} rows\n  allowed: {}\n  hint: `--format csv` or `--out` \
         write as many as there are",
        grouped(rows as f64, 0),
        grouped(MOST_ROWS as f64, 0)
    )
}

/// A result could not be written.
pub(super) fn not_written(name: &str, why: &str) -> String {
    format!("`{name}` was not written: {why}")
}

/// `--report` names a folder, or nothing that text can be.
pub(super) fn no_report_name(path: &str) -> String {
    format!("`{path}` is no name for the file of `--report`: name a file, as `report.html`")
}

/// `--report` with several scenarios in one run.
pub(super) fn one_report(n: usize) -> String {
    format!("`--report` tells one scenario, not {n}\n  hint: `holdtime compare` makes one report of several")
}

/// A result was written.
pub(super) fn written(path: &str) -> String {
    format!("wrote {path}")
}

/// A result took the place of an older one.
pub(super) fn replaced(path: &str) -> String {
    format!("replaced {path}")
}

/// Either of the two.
pub(super) fn wrote(file: &Written) -> String {
    match file {
        Written::New(path) => written(&path.display().to_string()),
        Written::Replaced(path) => replaced(&path.display().to_string()),
    }
}

/// Standard output is gone for another reason than a closed pipe.
pub(super) fn no_output(why: &str) -> String {
    format!("cannot write to standard output: {why}")
}

/// Signals cannot be caught.
pub(super) fn no_interrupt(why: &str) -> String {
    format!("cannot listen for Ctrl-C: {why}")
}

/// `--require-targets` of a scenario that has none would always succeed.
pub(super) fn no_targets(file: &str) -> String {
    format!("`--require-targets`: `{file}` has no target; add a `[target]` table")
}

/// `--require-targets` answered no: these are missed for sure.
pub(super) fn targets_missed(file: &str, labels: &[String]) -> String {
    format!("`{file}` misses: {}", labels.join(", "))
}

/// `--require-targets` answered no: the replications cannot tell these.
pub(super) fn targets_not_sure(file: &str, labels: &[String]) -> String {
    format!("`{file}` is not sure of: {}; raise `--replications`", labels.join(", "))
}

/// `--require-targets` answered no: nothing came of which these could be worked out.
pub(super) fn targets_without_value(file: &str, labels: &[String]) -> String {
    format!("`{file}` has no value for: {}; the page says what is missing", labels.join(", "))
}

/// The targets that are missed, those that are neither met nor missed, and those without a value.
pub(super) fn targets_not_met(outcome: &Outcome) -> [Vec<String>; 3] {
    let label = |target: &TargetOutcome| match &target.class {
        Some(class) => format!("{} of `{class}`", target.label),
        None => target.label.clone(),
    };
    let (mut missed, mut not_sure, mut without) = (Vec::new(), Vec::new(), Vec::new());
    for target in &outcome.targets {
        match target.verdict {
            Some(Verdict::Met) => {}
            Some(Verdict::Missed) => missed.push(label(target)),
            Some(Verdict::NotSure) => not_sure.push(label(target)),
            None => without.push(label(target)),
        }
    }
    [missed, not_sure, without]
}

/// `require --by month` of a scenario without dates.
pub(super) fn no_months(file: &str) -> String {
    format!("`--by month`: `{file}` has no dates; add `start = \"2026-01-01\"`, or take `--by day`")
}

/// `require` does not know how good is good enough.
pub(super) fn nothing_wanted(file: &str, classes: &[String]) -> String {
    let names: Vec<String> = classes.iter().map(|class| format!("`{class}`")).collect();
    format!(
        "`{file}` does not say how well {} {} to be served: add `--service-level 80/20`, or write \
         `service_levels` or a `[target]`",
        names.join(", "),
        if classes.len() == 1 { "is" } else { "are" }
    )
}

/// `require` of classes that can never be worked off.
pub(super) fn endless_backlog(file: &str, classes: &[String]) -> String {
    format!("`{file}`: no number of agents is enough for the endless backlog of `{}`", classes.join("`, `"))
}

/// `require`: some intervals have no answer.
pub(super) fn out_of_reach(intervals: usize) -> String {
    format!(
        "no number of agents reaches what is wanted in {intervals} interval{}; the nearest is shown",
        if intervals == 1 { "" } else { "s" }
    )
}

/// A file with the values set beside it, to be typed again.
pub(super) fn with_sets(file: &str, sets: &[String]) -> String {
    let sets = sets.iter().map(|set| {
        let is_plain = set.chars().all(|c| c.is_ascii_alphanumeric() || "._-=:/%+".contains(c));
        if is_plain { format!(" --set {set}") } else { format!(" --set '{set}'") }
    });
    format!("{file}{}", sets.collect::<String>())
}

/// `new --out` would replace what somebody may have changed by hand.
pub(super) fn is_there(path: &str) -> String {
    format!("`{path}` is there already: choose another name, or `--force` to replace it")
}

/// `new --out` names a folder, or nothing.
pub(super) fn no_file_name(path: &str) -> String {
    format!("`--out {path}` is no file name; write it as `--out centre.toml`")
}

/// What to do with a new scenario.
pub(super) fn new_next(path: &str) -> String {
    format!("next: holdtime check {path} · holdtime run {path} · holdtime require {path}")
}

/// A scenario that holdtime itself has written is refused by it.
pub(super) const NEW_IS_WRONG: &str =
    "the new scenario is not valid; this is a defect of holdtime, please report it with the file";

/// `compare` of one file.
pub(super) fn one_scenario(file: &str) -> String {
    format!(
        "`holdtime compare` needs two scenarios or more, `{file}` is one; for one alone: `holdtime run {file}`"
    )
}

/// Two scenarios over different times.
pub(super) fn misfit(key: &str, (file, found): (&str, &str), (reference, wanted): (&str, &str)) -> String {
    format!(
        "`{file}` cannot be compared with `{reference}`: `{key}` is {found}, not {wanted}; scenarios are compared over the \
         same time and intervals"
    )
}

/// `compare --at-target` without targets.
pub(super) fn no_target_to_meet(files: &[&str]) -> String {
    let names: Vec<String> = files.iter().map(|file| format!("`{file}`")).collect();
    format!("`--at-target`: no target in {}; add a `[target]` table", names.join(", "))
}

/// What `compare --at-target` found.
pub(super) fn staffing_at_target(file: &str, factor: f64) -> String {
    format!("`{file}` meets its targets from `scale.staffing={factor}` on")
}

/// `compare --at-target` found nothing.
pub(super) fn no_staffing_at_target(file: &str) -> String {
    format!("`--at-target`: `{file}` misses its targets even with twice its staffing")
}

/// Nothing to compare after Ctrl-C.
pub(super) const NOTHING_COMPARED: &str =
    "interrupted before every scenario had a replication, so there is nothing to compare";

/// A scenario ran into a wall: its queue grows without limit.
pub(super) fn no_result(file: &str, why: &str) -> String {
    format!("`{file}`: {why}")
}

/// A law was broken: the simulator itself is wrong.
pub(super) fn audit_failed(file: &str) -> String {
    format!("`{file}`: the audit failed; this is a defect of holdtime, please report it with the scenario")
}

/// `trace --at` names no time of the run.
pub(super) fn no_such_time(text: &str, allowed: &str) -> String {
    format!("`--at {text}`: {allowed}")
}

/// `trace --contact` found nobody.
pub(super) fn no_such_contact(key: &str, file: &str, seed: u64, replication: u32) -> String {
    format!(
        "no contact `{key}` comes in `{file}` with seed {seed}, replication {replication}: give the same `--seed`, \
         `--replication` and `--set` as where the key was shown; `holdtime trace {file}` shows some"
    )
}

/// After the first Ctrl-C.
pub(super) const FINISHING: &str =
    "interrupted: finishing the replications that run; Ctrl-C once more stops at once";

/// Nothing to print after Ctrl-C.
pub(super) fn nothing_finished(file: &str) -> String {
    format!("`{file}`: interrupted before a replication was complete, so there is no result")
}

/// Scenarios that Ctrl-C kept from starting.
pub(super) fn not_started<'a>(files: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = files.map(|file| format!("`{file}`")).collect();
    format!("interrupted, not started: {}", names.join(", "))
}

/// `simulated 8 × 1 year, 136 M contacts in 20 s`.
pub(super) fn simulated(replications: u32, horizon_s: f64, contacts: u64, took: Duration) -> String {
    let (span, contacts) = (span_in_words(horizon_s), about(contacts as f64));
    format!("simulated {replications} × {span}, {contacts} contacts in {}", time(took))
}

/// Where the work stands: `3.4 of 10 replications, 6.8 M contacts/s, 12 s left`.
pub(super) fn standing(done: f64, planned: u32, contacts_per_s: f64, left: Option<Duration>) -> String {
    let left = left.map_or_else(|| "finishing".to_owned(), |left| format!("{} left", time(left)));
    format!("{} of {planned} replications, {} contacts/s, {left}", grouped(done, 1), about(contacts_per_s))
}

/// Where a run until enough is known stands: `12.4 replications, 1,000 at most, 6.8 M contacts/s`.
pub(super) fn standing_at_most(done: f64, most: u32, contacts_per_s: f64) -> String {
    format!(
        "{} replications, {} at most, {} contacts/s",
        grouped(done, 1),
        grouped(f64::from(most), 0),
        about(contacts_per_s)
    )
}

/// `40 ms`, `4.2 s`, `20 s`, `3 min 20 s`.
fn time(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 0.5 {
        format!("{:.0} ms", seconds * 1e3)
    } else if seconds < 10.0 {
        format!("{seconds:.1} s")
    } else if seconds < 120.0 {
        format!("{seconds:.0} s")
    } else {
        let whole = seconds.round() as u64;
        format!("{} min {} s", whole / 60, whole % 60)
    }
}

/// A key is varied twice.
pub(super) fn varied_twice(path: &str) -> String {
    format!("`{path}` is varied twice: give all its values in one `--vary`, as `{path}=1,2,3`")
}

/// One value for all points, and values of its own for each.
pub(super) fn set_and_varied(path: &str) -> String {
    format!("`{path}` is given by `--set` and varied by `--vary`: leave one of them out")
}

/// More points than any sweep has.
pub(super) fn too_many_points(points: usize, most: usize) -> String {
    format!("{} points: at most {} are possible", grouped(points as f64, 0), grouped(most as f64, 0))
}

/// More points than one sets out to run by mistake.
pub(super) fn many_points(points: usize) -> String {
    format!(
        "{} points: to run them all add `--yes`, and `--out DIR` to keep what is done",
        grouped(points as f64, 0)
    )
}

/// After the first point.
pub(super) fn long_sweep(expected: Duration, is_kept: bool) -> String {
    let kept = if is_kept { "; the first point is kept" } else { ", and `--out DIR` to keep what is done" };
    format!("the other points take about {}: to run them add `--yes`{kept}", about_time(expected))
}

fn about_time(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match seconds {
        _ if seconds >= 5400.0 => format!("{} h", about(seconds / 3600.0)),
        _ if seconds >= 90.0 => format!("{} min", about(seconds / 60.0)),
        _ => format!("{} s", about(seconds)),
    }
}

/// Points that an earlier run has left.
pub(super) fn points_kept(kept: usize, of: usize) -> String {
    format!("{kept} of {of} points are there already and are not run again")
}

/// A point is done.
pub(super) fn point_done(sets: &[String], number: usize, of: usize, left: Duration) -> String {
    let left = if number < of { format!(" · about {} left", about_time(left)) } else { String::new() };
    format!("{number} of {of} · {}{left}", sets.join(" "))
}

/// Before the errors of a point.
pub(super) fn point_wrong(sets: &[String]) -> String {
    format!("with {}:", sets.join(" "))
}

/// After the errors of points.
pub(super) fn points_wrong(wrong: usize, of: usize) -> String {
    format!("{wrong} of {of} points are not valid; nothing was run")
}

/// The scenario was valid when the sweep began.
pub(super) fn changed_meanwhile(file: &str) -> String {
    format!("`{file}` or a file that it names was changed during the sweep and is not valid any more")
}

/// So many differences of two sweeps are named.
const MOST_DIFFERENCES: usize = 12;

/// The folder holds another sweep: what, there, here.
pub(super) fn another_sweep(folder: &str, differences: &[(String, String, String)]) -> String {
    let one = |(what, there, here): &(String, String, String)| {
        format!("\n  {}: there {}, here {}", cut(what, 50), cut(there, 40), cut(here, 40))
    };
    let mut all: String = differences.iter().take(MOST_DIFFERENCES).map(one).collect();
    if let Some(more @ 1..) = differences.len().checked_sub(MOST_DIFFERENCES) {
        all += &format!("\n  and {more} more");
    }
    format!("`{folder}` holds another sweep{all}\n  hint: give another folder, or what differs as it was")
}

/// A file in the place of the plan.
pub(super) fn no_plan(path: &str) -> String {
    format!("`{path}` is no plan of a sweep of this version: give another folder")
}

/// Points without the plan that says what they are of.
pub(super) fn point_of_no_plan(path: &str) -> String {
    format!(
        "`{path}` is a point of a sweep whose `sweep.json` is gone: give another folder, or remove its points"
    )
}

/// A file in the place of a point.
pub(super) fn no_point(path: &str) -> String {
    format!("`{path}` is no result of a point: remove it, and the point is run again")
}

/// A folder without a plan.
pub(super) fn no_sweep(folder: &str) -> String {
    format!("`{folder}` holds no sweep: give folders of `holdtime sweep --out`")
}

/// Two parts have the same point with other numbers.
pub(super) fn two_results(point: usize, folder: &str) -> String {
    format!("point {point} in `{folder}` has other numbers than in another part")
}

/// Parts that do not make a whole.
pub(super) fn points_missing(missing: &[usize], of: usize) -> String {
    let some: Vec<String> = missing.iter().take(10).map(usize::to_string).collect();
    let more = if missing.len() > 10 { ", …" } else { "" };
    format!(
        "{} of {of} points are missing: {}{more}; run their part of the sweep to its end",
        missing.len(),
        some.join(", ")
    )
}

/// A sweep made whole.
pub(super) fn merged(points: usize, folder: &str) -> String {
    format!("wrote {points} points and their tables into {folder}")
}

/// Ctrl-C.
pub(super) fn sweep_stopped(is_kept: bool) -> String {
    let kept = if is_kept {
        "the same command goes on from here"
    } else {
        "with `--out DIR` it could go on from here"
    };
    format!("stopped; {kept}")
}

/// `sensitivity --uncertainty` of a scenario that is certain of everything.
pub(super) fn no_uncertainty(file: &str) -> String {
    format!(
        "`--uncertainty`: `{file}` has no `[uncertainty]`; write one, as `uncertainty.volume = 0.05`, or leave the option out"
    )
}

/// `[uncertainty]` that is there and did not say how far inputs were moved.
pub(super) const UNCERTAINTY_NOT_TAKEN: &str = "all inputs were moved by the same share; `--uncertainty` moves those that have an `[uncertainty]` from its P5 to its P95";

/// Before a question of many points.
pub(super) fn expected_time(points: usize, replications: u32, time: Duration) -> String {
    format!("{points} points × {replications} replications: about {}", about_time(time))
}

/// A question that takes longer than one waits for by mistake.
pub(super) fn long_question(time: Duration) -> String {
    format!(
        "this takes about {}: to run it add `--yes`; fewer `--replications` or a shorter `--set horizon=…` take less",
        about_time(time)
    )
}

/// Ctrl-C in the middle.
pub(super) fn kept(replications: u32, planned: u32) -> String {
    format!("interrupted: what is shown rests on {replications} of {planned} replications of every point")
}

/// Ctrl-C before that.
pub(super) const NOTHING_KEPT: &str =
    "interrupted before every point had a replication, so there is no result and nothing was kept";

/// The same where it is not known yet how many there are.
pub(super) fn expected_time_at_most(scenarios: u32, replications: u32, time: Duration) -> String {
    format!("up to {scenarios} scenarios × {replications} replications: about {} at most", about_time(time))
}

/// `explain --order` with a property twice.
pub(super) fn ordered_twice(property: &str) -> String {
    format!("`--order` names `{property}` twice")
}

/// `explain` of classes that no formula knows.
pub(super) fn endless_to_explain(file: &str, classes: &[&str]) -> String {
    format!("`{file}`: Erlang's formulas know no endless backlog, which `{}` has", classes.join("`, `"))
}
