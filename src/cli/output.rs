//! Standard output and standard error: colours only where they are seen, and no complaint about a closed pipe.
//!
//! Words nothing. Invariant: a reader that goes away (`| head`) ends no command with an error.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};

use crate::report::Paint;
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

/// Says something on standard error.
pub fn say(line: &str) {
    // Nobody is left to be told that standard error is gone.
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}

/// Says what is wrong or doubtful in a scenario; nothing if nothing is.
pub fn say_diagnostics(diagnostics: &Diagnostics) {
    let text = diagnostics.render(match AutoStream::choice(&io::stderr()) {
        ColorChoice::Never => scenario::Paint::Plain,
        ColorChoice::Auto | ColorChoice::Always | ColorChoice::AlwaysAnsi => scenario::Paint::Coloured,
    });
    if !text.is_empty() {
        say(text.trim_end());
    }
}

/// Says what went wrong.
pub fn error(message: &str) {
    let style = anstyle::AnsiColor::Red.on_default().bold();
    say(&format!("{style}error:{style:#} {message}"));
}
