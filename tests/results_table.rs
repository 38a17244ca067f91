//! The table of measures in `docs/results.md` is the catalogue itself.
//!
//! `UPDATE_EXPECTED=1 cargo test --test results_table` writes it anew.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use holdtime::measure::{Better, Detail, Level, METRICS};

const BEGIN: &str = "<!-- measures -->\n";
const END: &str = "<!-- end of measures -->";

fn table() -> String {
    let mut table = String::from(
        "\n| name | of | unit | better | in periods | what it is |\n|---|---|---|---|---|---|\n",
    );
    for metric in METRICS {
        let level = match metric.level {
            Level::Visit => "visit",
            Level::Contact => "contact",
            Level::Case => "case",
            Level::Promise => "promise",
            Level::Clock => "clock",
            Level::Money => "money",
        };
        let better = match metric.better {
            Better::Lower => "less",
            Better::Higher => "more",
            Better::Neither => "–",
        };
        let in_periods = match metric.detail {
            Detail::Everywhere => "yes",
            Detail::Horizon => "–",
        };
        let (name, doc) = (metric.name, metric.doc);
        writeln!(table, "| `{name}` | {level} | {} | {better} | {in_periods} | {doc} |", metric.unit())
            .expect("a string takes any text");
    }
    table + "\n"
}

#[test]
fn the_documentation_lists_every_measure_of_a_result() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/results.md");
    let text = fs::read_to_string(&path).expect("the page is there");
    let (before, rest) = text.split_once(BEGIN).expect("the table has a beginning");
    let (found, after) = rest.split_once(END).expect("the table has an end");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, format!("{before}{BEGIN}{}{END}{after}", table())).expect("the page can be written");
    } else {
        assert!(found == table(), "run `UPDATE_EXPECTED=1 cargo test --test results_table`");
    }
}

/// A measure has its formula in `docs/model.md`, under its name.
#[test]
fn the_model_page_names_every_measure() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/model.md");
    let text = fs::read_to_string(path).expect("the page is there");
    let missing: Vec<&str> = METRICS
        .iter()
        .map(|metric| metric.name)
        .filter(|name| !text.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "without a formula: {missing:?}");
}
