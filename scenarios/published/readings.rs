//! Runs every published model in full and writes what came out into its file and into the table of this folder's README.
//!
//! Judges nothing: `tests/published.rs` does. To be run after a change of sampled values; it takes some minutes.

#[path = "../figure.rs"]
#[allow(dead_code, reason = "the validation uses more of it")]
mod figure;
mod figures;

use std::path::Path;

use figure::{Measured, Of, measured};
use figures::Known::{Exact, Simulated};
use figures::{Model, folder, models, run};

const BEGIN: &str = "<!-- figures -->";
const END: &str = "<!-- end of figures -->";
fn main() {
    let mut table = String::from("| model | figure | of | published | comes out |\n|---|---|---|--:|--:|\n");
    for model in models() {
        eprintln!("{}", model.file);
        let outcome = run(&Model { horizon: None, replications: None, ..model.clone() });
        let mut said = Vec::new();
        let mut head = format!("[`{}`]({0}.toml)", model.file);
        for &(of, measure, known) in &model.figures {
            let Measured { mean, half_width, .. } = measured(&outcome, of, measure);
            let came_out = shown(mean, half_width);
            let published = match known {
                Exact(value) => significant(value),
                Simulated(value, half_width, _) if half_width > 0.0 => shown(value, half_width),
                // As many decimals as the source prints.
                Simulated(value, _, unit) => format!("{value:.*}", (-unit.log10()).ceil().max(0.0) as usize),
            };
            table += &format!("| {head} | `{measure}` | {} | {published} | {came_out} |\n", of.name());
            said.push(match of {
                Of::All => format!("{measure} {came_out}"),
                _ => format!("{measure} of {} {came_out}", of.name().replace('`', "")),
            });
            head.clear();
        }
        let days = outcome.manifest.horizon_s / 86400.0;
        let horizon = if days < 1.0 {
            format!("{} h", outcome.manifest.horizon_s / 3600.0)
        } else {
            format!("{days} d")
        };
        let line =
            format!("holdtime: {} × {horizon}, seed 1: {}", outcome.manifest.replications, said.join("; "));
        write_comment(&folder().join(model.file).with_extension("toml"), &line);
    }
    let path = folder().join("README.md");
    let text = std::fs::read_to_string(&path).expect("the table");
    let (before, rest) = text.split_once(BEGIN).expect("the mark");
    let (_, after) = rest.split_once(END).expect("the other mark");
    std::fs::write(&path, format!("{before}{BEGIN}\n\n{table}\n{END}{after}"))
        .expect("the folder is writable");
}
/// Two digits of the half-width, and as many decimals of the mean.
fn shown(mean: f64, half_width: f64) -> String {
    let decimals = (1.0 - half_width.log10().floor()).clamp(0.0, 9.0) as usize;
    format!("{mean:.decimals$} ± {half_width:.decimals$}")
}

/// Six digits.
fn significant(value: f64) -> String {
    let decimals = (5.0 - value.log10().floor()).clamp(0.0, 9.0) as usize;
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Puts `line`, wrapped, at the end of the comment with which the file opens, in place of the last one.
fn write_comment(path: &Path, line: &str) {
    let text = std::fs::read_to_string(path).expect("the scenario");
    let keys = text.lines().position(|line| !line.starts_with('#')).expect("keys");
    let lines: Vec<&str> = text.lines().collect();
    let end = lines[..keys].iter().position(|line| line.starts_with("# holdtime: ")).unwrap_or(keys);
    let mut comment = String::from("#");
    let mut width = 1;
    for word in line.split(' ') {
        if width + 1 + word.chars().count() > 126 {
            comment += "\n#";
            width = 1;
        }
        comment += " ";
        comment += word;
        width += 1 + word.chars().count();
    }
    let whole = [&lines[..end], &[comment.as_str()], &lines[keys..]].concat().join("\n");
    std::fs::write(path, whole + "\n").expect("the folder is writable");
}
