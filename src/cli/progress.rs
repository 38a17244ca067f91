//! How far a run is, on standard error: a bar on a terminal, a plain line now and then elsewhere, or nothing.
//!
//! Touches no number of the result. Invariant: drawn a few times a second at most, however often it is told.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::experiment::{Control, Progress};

use super::interrupt::Interrupt;
use super::{output, words};

/// A bar moves this often at most.
const REDRAW: Duration = Duration::from_millis(150);
/// A log gets a line this often.
const LINE: Duration = Duration::from_secs(10);
/// The bar's length: per mille of the whole work.
const STEPS: u64 = 1000;

/// Watches one scenario's replications for the user.
#[derive(Debug)]
pub struct Watch {
    interrupt: Interrupt,
    started: Instant,
    replications: Vec<Standing>,
    planned: Planned,
    display: Mutex<Display>,
}

/// How far one replication is: millionths of its run, and contacts.
#[derive(Debug, Default)]
struct Standing {
    done: AtomicU64,
    contacts: AtomicU64,
}

#[derive(Debug)]
enum Display {
    Bar { bar: ProgressBar, drawn: Duration },
    Lines { written: Duration },
    Nothing,
}

/// How many replications there will be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planned {
    /// So many.
    Exactly(u32),
    /// As few as are enough, and not more.
    AtMost(u32),
}

/// Whether progress is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Talk {
    /// As standard error allows.
    Normal,
    /// None.
    Quiet,
}

impl Watch {
    /// Begins to watch the replications.
    #[must_use]
    pub fn new(planned: Planned, talk: Talk, interrupt: Interrupt) -> Self {
        let (Planned::Exactly(most) | Planned::AtMost(most)) = planned;
        let display = match talk {
            Talk::Quiet => Display::Nothing,
            Talk::Normal if std::io::stderr().is_terminal() => {
                let bar = ProgressBar::with_draw_target(Some(STEPS), ProgressDrawTarget::stderr());
                let style = ProgressStyle::with_template("{bar:20} {msg}").expect("the template is sound");
                bar.set_style(style.progress_chars("█▌ "));
                Display::Bar { bar, drawn: Duration::ZERO }
            }
            Talk::Normal => Display::Lines { written: Duration::ZERO },
        };
        let replications = (0..most).map(|_| Standing::default()).collect();
        Self { interrupt, started: Instant::now(), replications, planned, display: Mutex::new(display) }
    }

    /// Ends the watch, takes the bar away and tells how long it took.
    #[must_use]
    pub fn finish(self) -> Duration {
        let took = self.started.elapsed();
        // A thread that panicked while drawing has nothing to say about how a bar is taken away.
        match self.display.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
            Display::Bar { bar, .. } => bar.finish_and_clear(),
            Display::Lines { .. } | Display::Nothing => {}
        }
        took
    }

    /// Replications done, parts counted, and contacts simulated.
    fn standing(&self) -> (f64, u64) {
        let done: u64 = self.replications.iter().map(|r| r.done.load(Ordering::Relaxed)).sum();
        let contacts = self.replications.iter().map(|r| r.contacts.load(Ordering::Relaxed)).sum();
        (done as f64 / 1e6, contacts)
    }

    fn message(&self, elapsed: Duration) -> (f64, String) {
        let (done, contacts) = self.standing();
        let planned = self.replications.len() as f64;
        let rate = contacts as f64 / elapsed.as_secs_f64().max(1e-3);
        let standing = match self.planned {
            Planned::Exactly(n) => {
                let left = (!self.interrupt.is_asked()).then(|| time_left(elapsed, done / planned)).flatten();
                words::standing(done, n, rate, left)
            }
            Planned::AtMost(n) => words::standing_at_most(done, n, rate),
        };
        (done / planned, standing)
    }
}

impl Control for Watch {
    fn progress(&self, progress: Progress) {
        let standing = &self.replications[progress.replication as usize];
        standing.done.store((progress.share * 1e6) as u64, Ordering::Relaxed);
        standing.contacts.store(progress.contacts, Ordering::Relaxed);
        // Whoever finds another thread at the display has no need to draw.
        let Ok(mut display) = self.display.try_lock() else { return };
        let elapsed = self.started.elapsed();
        match &mut *display {
            Display::Bar { bar, drawn } if elapsed >= *drawn + REDRAW => {
                *drawn = elapsed;
                let (share, message) = self.message(elapsed);
                bar.set_message(message);
                bar.set_position((share * STEPS as f64) as u64);
            }
            Display::Lines { written } if elapsed >= *written + LINE => {
                *written = elapsed;
                output::say(&self.message(elapsed).1);
            }
            Display::Bar { .. } | Display::Lines { .. } | Display::Nothing => {}
        }
    }

    fn is_cancelled(&self) -> bool {
        self.interrupt.is_asked()
    }
}

/// What is left at the pace so far; `None` before there is a pace.
fn time_left(elapsed: Duration, share: f64) -> Option<Duration> {
    (share > 0.001).then(|| elapsed.mul_f64(((1.0 - share) / share).max(0.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_follows_the_pace_so_far() {
        assert_eq!(time_left(Duration::from_secs(5), 0.0), None);
        assert_eq!(time_left(Duration::from_secs(5), 0.25), Some(Duration::from_secs(15)));
        assert_eq!(time_left(Duration::from_secs(5), 1.0), Some(Duration::ZERO));
    }

    #[test]
    fn parts_of_replications_add_up() {
        let watch = Watch::new(Planned::Exactly(4), Talk::Quiet, Interrupt::never());
        watch.progress(Progress { replication: 0, share: 1.0, contacts: 100 });
        watch.progress(Progress { replication: 2, share: 0.5, contacts: 40 });
        assert_eq!(watch.standing(), (1.5, 140));
    }
}
