//! The floors of `docs/architecture.md`: a module imports only from floors below it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Modules by floor; modules of one floor are strangers to each other.
const FLOORS: [(u32, &[&str]); 10] = [
    (0, &["units", "special"]),
    (1, &["random", "stats"]),
    (2, &["engine", "analytics"]),
    (3, &["scenario"]),
    (4, &["model", "staffing"]),
    (5, &["measure", "trace"]),
    (6, &["experiment"]),
    (7, &["calculator", "sweep"]),
    (8, &["report", "files"]),
    (10, &["cli"]),
];

fn floors() -> BTreeMap<&'static str, u32> {
    FLOORS.iter().flat_map(|&(floor, modules)| modules.iter().map(move |&module| (module, floor))).collect()
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is readable") {
        let path = entry.expect("the entry is readable").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The top-level modules of the crate that a source text names as `crate::module`, also inside `crate::{a, b}`, or as
/// `super::…::module` with so many `super` that they reach the root of the crate.
///
/// `depth` is that of the file: 1 for a module's own file, 2 for a file inside its folder. Inside a nested module
/// (`mod tests`) one `super` more is needed to get as far, and one less is taken for enough: a path too many is looked at,
/// and counts only if it names a module of the crate.
fn imports(text: &str, depth: usize) -> Vec<String> {
    let code =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut names = Vec::new();
    let to_root = "super::".repeat(depth);
    let roots = code.split(&to_root).skip(1).map(|after| after.trim_start_matches("super::"));
    for after in code.split("crate::").skip(1).chain(roots) {
        match after.strip_prefix('{') {
            None => names.push(leading_name(after)),
            Some(list) => {
                let (mut depth, mut start) = (1, 0);
                for (position, character) in list.char_indices() {
                    match character {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        _ => {}
                    }
                    if depth == 0 || (depth == 1 && character == ',') {
                        names.push(leading_name(list[start..position].trim_start()));
                        start = position + 1;
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn leading_name(text: &str) -> String {
    text.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

/// Imports of `module` (at `floor`) that are not from below.
fn upward(floors: &BTreeMap<&str, u32>, module: &str, depth: usize, text: &str) -> Vec<String> {
    let floor = floors[module];
    let is_upward = |name: &String| {
        name != module && floors.get(name.as_str()).is_some_and(|&other_floor| other_floor >= floor)
    };
    imports(text, depth).into_iter().filter(is_upward).collect()
}

#[test]
fn a_module_imports_only_from_floors_below_it() {
    let floors = floors();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    let mut seen = Vec::new();
    for file in files {
        let inside = file.strip_prefix(&source).expect("a file of src");
        let module = inside.components().next().expect("a name").as_os_str().to_string_lossy();
        let module = module.trim_end_matches(".rs").to_owned();
        if module == "lib" || module == "main" {
            continue;
        }
        assert!(
            floors.contains_key(module.as_str()),
            "`{module}` has no floor: give it one here and in the docs"
        );
        let text = fs::read_to_string(&file).expect("source is UTF-8");
        // `model/mod.rs` and `model.rs` are one step below the root, `model/centre.rs` is two.
        let is_mod = inside.file_name().is_some_and(|name| name == "mod.rs");
        let depth = inside.components().count() - usize::from(is_mod);
        let upward = upward(&floors, &module, depth, &text);
        assert!(upward.is_empty(), "{} imports upward or sideways: {upward:?}", inside.display());
        seen.push(module);
    }
    for module in floors.keys() {
        assert!(seen.iter().any(|name| name == module), "floor of `{module}`, which does not exist");
    }
}

#[test]
fn the_check_sees_an_upward_import_in_any_form() {
    let floors = floors();
    for text in
        ["use crate::model::Rules;", "use crate::{units::Span, model::{Fact, Rules}};", "crate::measure::f()"]
    {
        assert_eq!(upward(&floors, "engine", 2, text).len(), 1, "{text}");
    }
    for (depth, text) in [
        (1, "use super::model::Rules;"),
        (2, "use super::super::model::Rules;"),
        (2, "mod tests { use super::super::super::model::Rules; }"),
        (2, "use super::super::{units::Span, model::{Fact, Rules}};"),
    ] {
        assert_eq!(upward(&floors, "engine", depth, text), ["model"], "{text}");
    }
    assert!(upward(&floors, "measure", 2, "use super::model::Rules;").is_empty(), "a file of its own");
    assert!(upward(&floors, "model", 2, "use crate::units::Span; use crate::model::fact::Fact;").is_empty());
    assert_eq!(upward(&floors, "engine", 2, "use crate::analytics::erlang_b;"), ["analytics"], "sideways");
}

/// Floors 0 to 5 touch nothing outside: no file, no clock, no thread.
#[test]
fn the_lower_floors_open_no_file_read_no_clock_and_spawn_no_thread() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (floor, modules) in FLOORS {
        if floor > 5 {
            continue;
        }
        for module in modules {
            let mut files = Vec::new();
            rust_files(&source.join(module), &mut files);
            for file in files {
                let text = fs::read_to_string(&file).expect("source is UTF-8");
                for word in [
                    "std::fs",
                    "std::thread",
                    "Instant::now",
                    "SystemTime",
                    "rayon",
                    "static mut",
                    "println!",
                ] {
                    assert!(!text.contains(word), "{} uses {word}", file.display());
                }
            }
        }
    }
}
