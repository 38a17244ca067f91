//! Every message about a scenario, word for word: each `tests/diagnostics/NAME.toml` is loaded and what is said about it
//! compared with `NAME.txt`. Lines that begin with `#set ` are given as `--set`.
//!
//! After changing a message on purpose, run with `UPDATE_EXPECTED=1` and read the difference.

use std::path::{Path, PathBuf};

use holdtime::scenario::{Source, SourceError, load};

/// The folder of the fixtures, so that messages name no more than the file.
struct Fixtures(PathBuf);

impl Source for Fixtures {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        std::fs::read(self.0.join(path)).map_err(|_| SourceError("no such file".to_owned()))
    }
}

fn said(fixtures: &Fixtures, name: &str) -> String {
    let text = std::fs::read_to_string(fixtures.0.join(name)).unwrap_or_default();
    let sets: Vec<String> =
        text.lines().filter_map(|line| line.strip_prefix("#set ")).map(str::to_owned).collect();
    match load(name, &sets, fixtures) {
        Ok(loaded) => format!("{}valid\n", loaded.warnings),
        Err(problems) => format!("{problems}errors: {}\n", problems.n_errors()),
    }
}

#[test]
fn every_message_is_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let fixtures = Fixtures(folder.clone());
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("the folder of fixtures")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".toml") && !name.starts_with("base_"))
        .collect();
    names.sort();
    assert!(names.len() >= 50, "{} fixtures", names.len());
    let is_update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut wrong = Vec::new();
    for name in &names {
        let said = said(&fixtures, name);
        let expected = folder.join(name.replace(".toml", ".txt"));
        if is_update {
            std::fs::write(&expected, &said).expect("the folder of fixtures is writable");
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != said {
            wrong.push(format!("{name} says\n{said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_line_of_a_message_is_wider_than_a_hundred_columns() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    for entry in std::fs::read_dir(folder).expect("the folder of fixtures").flatten() {
        if entry.path().extension().is_some_and(|extension| extension == "txt") {
            let text = std::fs::read_to_string(entry.path()).expect("a text");
            let widest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
            assert!(widest <= 100, "{}: {widest}", entry.path().display());
        }
    }
}

#[test]
fn the_shipped_schema_is_the_one_that_the_command_prints() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/scenario.schema.json");
    let schema = holdtime::scenario::schema_json();
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, &schema).expect("the folder of scenarios is writable");
    }
    assert!(
        std::fs::read_to_string(&path).is_ok_and(|text| text == schema),
        "run `holdtime schema > scenarios/scenario.schema.json`"
    );
}

#[test]
fn every_service_level_that_a_class_may_have_is_shown() {
    use holdtime::measure::metric;
    let most = holdtime::scenario::checked::MOST_SERVICE_LEVELS;
    let name = |level: usize| format!("service_level_{level}");
    assert!((2..=most).all(|level| metric(&name(level)).is_some()));
    assert!(metric(&name(most + 1)).is_none());
}
