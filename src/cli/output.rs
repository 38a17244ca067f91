//! Standard output and standard error: colours only where they are seen, and no complaint about a closed pipe.
//!
//! Words nothing. Invariant: a reader that goes away (`| head`) ends no command with an error.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};

use crate::report::{PAGE_WIDTH, Paint, text::width};
use crate::scenario::{self, Diagnostics};

use super::{Failure, words};

/// Whether standard output shows colours: a terminal, and neither `NO_COLOR` nor `TERM=dumb`.
#[must_use]
pub fn paint() -> Paint {
    match AutoStream::choice(&io::stdout()) {
        ColorChoice::Never => Paint::Plain,
        ColorChoice::Auto | ColorChoice::Always | ColorChoice::AlwaysAnsi => Paint::Colour,
    }
}

/// Columns of the terminal behind standard output; [`PAGE_WIDTH`] where there is none.
#[must_use]
pub fn columns() -> usize {
    terminal_size::terminal_size_of(io::stdout()).map_or(PAGE_WIDTH, |(width, _)| usize::from(width.0))
}

/// Writes data to standard output; escape sequences are taken out where they would not be seen.
///
/// # Errors
/// If standard output fails for another reason than its reader being gone.
pub fn print(bytes: &[u8]) -> Result<(), Failure> {
    write_to(io::BufWriter::new(anstream::stdout().lock()), |out| out.write_all(bytes))
}

/// Writes for machines: bytes that hold no escape sequence go out as they are, in large pieces.
///
/// # Errors
/// If standard output fails for another reason than its reader being gone.
pub fn write(fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    write_to(io::BufWriter::with_capacity(1 << 16, io::stdout().lock()), fill)
}

fn write_to(mut out: impl Write, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    match fill(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure(words::no_output(&error.to_string())))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Says something on standard error, in lines that fit a page; what has no space in it (a path) stays whole.
pub fn say(text: &str) {
    // Nobody is left to be told that standard error is gone.
    let _ = writeln!(anstream::stderr().lock(), "{}", folded(text));
}

/// Broken at spaces where a line would be too long, the second line onwards indented.
fn folded(text: &str) -> String {
    text.split('\n').map(folded_line).collect::<Vec<_>>().join("\n")
}

fn folded_line(text: &str) -> String {
    let (mut folded, mut taken) = (String::new(), 0);
    for word in text.split(' ') {
        let length = width(&anstream::adapter::strip_str(word).to_string());
        if taken > 0 && taken + 1 + length > PAGE_WIDTH {
            folded.push_str("\n  ");
            taken = 2;
        } else if !folded.is_empty() {
            folded.push(' ');
            taken += 1;
        }
        folded.push_str(word);
        taken += length;
    }
    folded
}

/// Says what is wrong or doubtful in a scenario; nothing if nothing is.
pub fn say_diagnostics(diagnostics: &Diagnostics) {
    let text = diagnostics.render(match AutoStream::choice(&io::stderr()) {
        ColorChoice::Never => scenario::Paint::Plain,
        ColorChoice::Auto | ColorChoice::Always | ColorChoice::AlwaysAnsi => scenario::Paint::Coloured,
    });
    if !text.is_empty() {
        let _ = writeln!(anstream::stderr().lock(), "{}", text.trim_end());
    }
}

/// Says what went wrong.
pub fn error(message: &str) {
    let style = anstyle::AnsiColor::Red.on_default().bold();
    say(&format!("{style}error:{style:#} {message}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn talk_is_broken_at_spaces_and_a_path_stays_whole() {
        let path = "a/".repeat(60);
        let text = folded(&format!("`{path}` {}", "word ".repeat(30)));
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some(format!("`{path}`").as_str()));
        assert!(lines.all(|line| line.len() <= 80 && line.starts_with("  word")), "{text}");
        assert_eq!(folded("short and sweet"), "short and sweet");
    }
}
