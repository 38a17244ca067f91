//! Who may wait, how long, and what comes in place of waiting.
//!
//! Invariant: nobody is sent round in a circle of classes.

use crate::units::{ClassId, GroupId, SimTime, Span};

/// Telephone lines shared by some classes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinePool {
    /// Contacts that may wait and talk at once.
    pub lines: u32,
    /// Most visits that wait at once in its classes; `None`: as many as there are lines.
    pub waiting_places: Option<u32>,
}

/// When a class is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpeningHours {
    /// By interval of the run.
    pub is_open: Vec<bool>,
    /// What happens to those who wait at closing.
    pub at_closing: AtClosing,
    /// What happens to those who come later.
    pub after_hours: AfterHours,
}

impl OpeningHours {
    /// When the class has been open for longer than `span` since `from`: never at an instant at which it closes. `None` if it is
    /// not within the run, whose intervals are `interval` long.
    #[must_use]
    pub fn after_open(&self, from: SimTime, span: Span, interval: Span) -> Option<SimTime> {
        let (mut at, mut left) = (from, span);
        let first = (from.0 / interval.0) as usize;
        for (i, is_open) in self.is_open.iter().enumerate().skip(first) {
            let ends = SimTime((i as u64 + 1) * interval.0);
            if *is_open {
                let here = ends.since(at);
                if left < here {
                    return Some(at + left);
                }
                left = Span(left.0 - here.0);
            }
            at = ends;
        }
        None
    }
}

/// What happens to those who wait when a class closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtClosing {
    /// They go on waiting and are served.
    Serve,
    /// They are cut off.
    Disconnect,
}

/// What happens to those who come while a class is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterHours {
    /// They are refused, and are not offered.
    Refuse,
    /// They are let in and wait.
    Queue,
}

/// How long a visit may wait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MaxWait {
    /// The longest wait, above 0.
    pub after: Span,
    /// What follows.
    pub then: AfterMaxWait,
}

/// A call back that is offered to those who would have to wait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CallbackOffer {
    /// When it is offered.
    pub when: OfferCondition,
    /// Share of those to whom it is offered that accepts.
    pub accept: f64,
    /// Who calls back, and how.
    pub rule: CallbackRule,
}

/// When a call back is offered: while all of it holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OfferCondition {
    /// Nobody is idle in any tier of the queue, later ones included.
    pub nobody_idle: bool,
    /// So many wait in the queue, the customer included; 1: always.
    pub waiting_at_least: u32,
    /// The wait that is expected is longer.
    pub expected_wait_above: Option<(Predictor, Span)>,
}

/// How the wait of a customer who comes now is foreseen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Predictor {
    /// Those who wait and the customer, at the rate at which the logged-in agents of the queue end visits like theirs.
    #[default]
    QueueLength,
    /// The wait of the visit of the queue that an agent took last, at once or after waiting.
    LastServed,
    /// How long the first in the queue has waited so far; nothing if nobody waits.
    HeadOfLine,
}

/// What follows the longest wait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AfterMaxWait {
    /// The customer hears a message and does not call again for it; the contact is over.
    Message,
    /// The customer is cut off.
    Disconnect,
    /// The customer enters another class, at the end of its queue.
    Class(ClassId),
    /// The customer hangs up with the promise of a call.
    Callback(CallbackRule),
}

/// Who keeps a promise to call back, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CallbackRule {
    /// Who calls.
    pub group: GroupId,
    /// The promise is kept if the customer is reached within this span.
    pub due: Span,
    /// Most attempts, from 1 to 100.
    pub attempts: u32,
    /// From an attempt that did not reach the customer to the next; above 0.
    pub every: Span,
    /// Probability that an attempt reaches the customer.
    pub reached: f64,
    /// Time an agent spends on an attempt that reaches nobody; above 0.
    pub dialling: Span,
}
