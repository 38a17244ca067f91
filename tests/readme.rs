//! The README tells the truth: its examples run as they are written.

use std::fs;
use std::path::Path;
use std::process::Command;

const README: &str = include_str!("../README.md");

/// The code blocks of the README with the language behind the fence.
fn blocks() -> Vec<(&'static str, &'static str)> {
    let parts: Vec<&str> = README.split("```").collect();
    let blocks = parts.iter().skip(1).step_by(2);
    blocks.map(|block| block.split_once('\n').expect("a block has lines")).collect()
}

#[test]
fn the_first_centre_of_the_readme_is_the_shipped_one() {
    let shipped = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/first.toml"));
    let keys = |text: &str| -> Vec<String> {
        let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim().to_owned());
        lines.filter(|line| !line.is_empty()).collect()
    };
    let first = blocks().into_iter().find(|(language, _)| *language == "toml").expect("a centre").1;
    assert_eq!(keys(first), keys(&shipped.expect("the file is there")));
}

#[test]
fn every_command_of_the_readme_runs_as_written() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("scenarios")).expect("a folder");
    let first = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/first.toml");
    fs::copy(first, folder.path().join("scenarios/first.toml")).expect("a copy");
    let commands: Vec<&str> = blocks()
        .into_iter()
        .flat_map(|(_, text)| text.lines())
        .filter_map(|line| line.strip_prefix("holdtime "))
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .collect();
    assert!(commands.len() >= 4, "the README shows how to begin: {commands:?}");
    for command in commands {
        let output = Command::new(env!("CARGO_BIN_EXE_holdtime"))
            .args(command.split_whitespace())
            .current_dir(folder.path())
            .output()
            .expect("the command starts");
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "holdtime {command}: {complaint}");
        assert!(!output.stdout.is_empty(), "holdtime {command} prints nothing");
    }
}

/// The mistakes that the README shows, made in its own centre, are answered with the very words and lines that it shows.
#[test]
fn the_message_of_the_readme_is_the_real_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = blocks().into_iter().find(|(language, _)| *language == "toml").expect("a centre").1;
    let wrong = first.replace("patience", "patiance").replace("[[\"calls\"]]", "[[\"cals\"]]");
    assert!(wrong.contains("patiance") && wrong.contains("cals\""), "{wrong}");
    fs::write(folder.path().join("bad.toml"), wrong).expect("a file");
    let output = Command::new(env!("CARGO_BIN_EXE_holdtime"))
        .args(["run", "bad.toml"])
        .current_dir(folder.path())
        .output()
        .expect("the command starts");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let shown = blocks().into_iter().find(|(_, text)| text.contains("patiance")).expect("a message").1;
    assert_eq!(String::from_utf8_lossy(&output.stderr).trim_end(), shown.trim_end());
}

/// The story of the README is the one that its command tells.
#[test]
fn the_story_of_the_readme_is_the_real_one() {
    let blocks = blocks();
    let shown = blocks.iter().position(|(_, text)| text.contains("\nCASE ")).expect("a story");
    let command = blocks[shown - 1].1.trim().strip_prefix("holdtime ").expect("its command stands before it");
    let output = Command::new(env!("CARGO_BIN_EXE_holdtime"))
        .args(command.split_whitespace())
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the command starts");
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim_end(), blocks[shown].1.trim_end());
}

/// The table of the formula is what the command prints.
#[test]
fn the_table_of_the_readme_is_the_real_one() {
    let (language, shown) =
        blocks().into_iter().find(|(_, text)| text.starts_with("ERLANG A")).expect("a table");
    assert_eq!(language, "");
    let command = blocks()
        .into_iter()
        .flat_map(|(_, text)| text.lines())
        .find_map(|line| line.strip_prefix("holdtime ").filter(|line| line.contains("--agents 6..9")))
        .expect("the command above it");
    let output = Command::new(env!("CARGO_BIN_EXE_holdtime"))
        .args(command.split_whitespace())
        .env("NO_COLOR", "1")
        .output()
        .expect("the command runs");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), shown);
}
