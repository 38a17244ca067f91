//! A part of the battery of `docs/validation.md`, in short runs, and that the battery is whole.
//!
//! Bound: four standard errors; with 19 degrees of freedom a false alarm in 1,300 figures. The seed is fixed.

#[path = "../scenarios/validation/cases.rs"]
#[allow(dead_code, reason = "the program uses more of it")]
mod cases;
#[path = "../scenarios/figure.rs"]
#[allow(dead_code, reason = "the program uses more of it")]
mod figure;
#[path = "../scenarios/validation/verdict.rs"]
#[allow(dead_code, reason = "the program uses more of it")]
mod verdict;

use cases::{cases, folder};
use figure::{Of, measured, simulate};
use verdict::compare;

/// Case, values that make it short.
const QUICK: [(&str, &[&str]); 12] = [
    ("loss_10_lognormal", &["horizon=3d"]),
    ("impatient_overloaded", &["horizon=2d"]),
    ("room_for_4_impatient", &["horizon=2d"]),
    ("lognormal_patience", &["horizon=2d"]),
    ("priorities_impatient", &["horizon=2d"]),
    ("retry_after_busy", &["horizon=3d"]),
    ("m_design", &["horizon=5d"]),
    ("callback_always", &["horizon=3d"]),
    ("two_levels_impatient", &["horizon=3d"]),
    ("regular_arrivals_constant", &["horizon=3d"]),
    ("staircase", &["replications=400"]),
    ("sine_short_of_agents", &["replications=400"]),
];

#[test]
fn a_part_of_the_battery_agrees_with_theory_in_short_runs() {
    let all = cases();
    let mut wrong = Vec::new();
    for (file, sets) in QUICK {
        let case = all.iter().find(|case| case.file == file).expect("a case");
        let mut sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
        if !sets.iter().any(|set| set.starts_with("replications")) {
            sets.push("replications=20".to_owned());
        }
        let outcome = simulate(&case.path(), &sets, None, 1, 2);
        for figure in &case.figures {
            // How much runs scatter needs more of them than a test has.
            if matches!(figure.0, Of::Spread) {
                continue;
            }
            let row = compare(*figure, measured(&outcome, figure.0, figure.1));
            if !row.is_good {
                wrong.push(format!("{file}, {} of {}: z = {:.1}", row.measure, row.of.name(), row.z));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_file_of_the_folder_is_a_case_and_every_case_stands_in_the_table() {
    let mut files: Vec<String> = std::fs::read_dir(folder())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    let mut known: Vec<String> = cases().iter().map(|case| case.file.to_owned()).collect();
    files.sort();
    known.sort();
    assert_eq!(files, known);
    let page = include_str!("../docs/validation.md");
    for case in cases() {
        assert!(page.contains(&format!("[`{}`]", case.file)), "{} is not in docs/validation.md", case.file);
    }
}
