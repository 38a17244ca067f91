//! Ctrl-C: once asks to finish what runs, twice stops at once.
//!
//! Prints no result. Invariant: after the first Ctrl-C the request stays.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Exit, Failure, words};

/// Whether the user has asked to end.
#[derive(Clone, Debug)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Starts to listen, for the rest of the process.
    ///
    /// # Errors
    /// If the system does not let signals be caught.
    pub fn listen() -> Result<Self, Failure> {
        let is_asked = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&is_asked);
        ctrlc::set_handler(move || {
            if seen.swap(true, Ordering::Relaxed) {
                std::process::exit(Exit::Interrupted.code().into());
            }
            anstream::eprintln!("\n{}", words::FINISHING);
        })
        .map_err(|error| Failure(words::no_interrupt(&error.to_string())))?;
        Ok(Self(is_asked))
    }

    /// One that nobody will ask: for tests.
    #[cfg(test)]
    pub fn never() -> Self {
        Self(Arc::new(AtomicBool::new(false)))
    }

    /// Whether Ctrl-C was pressed.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
