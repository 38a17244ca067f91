//! What a fresh contact brings with it, whoever answers: asked by those who compare runs, never by the centre.
//!
//! Invariant: the same draws from the same streams as the centre's own, before a group's factor or pressure acts on them.

use crate::random::{Key, Purpose};

use super::fact::Visit;
use super::rules::{Rules, draw};
use super::unknowns::Unknowns;

/// What fresh contacts of one replication bring.
#[derive(Clone, Copy, Debug)]
pub struct Brings<'r> {
    rules: &'r Rules,
    unknowns: Unknowns,
}

/// Draws of one fresh contact, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Brought {
    /// How long it would wait; `None`: for ever.
    pub patience: Option<f64>,
    /// How long it would talk, by the law of its class.
    pub talk: f64,
    /// The after-call work that it would make.
    pub after_call_work: f64,
}

impl<'r> Brings<'r> {
    /// Of replication `replication`.
    #[must_use]
    pub fn new(rules: &'r Rules, seed: u64, replication: u32) -> Self {
        Self { rules, unknowns: Unknowns::draw(&rules.uncertainty, Key::root(seed, replication)) }
    }

    /// What the fresh contact brings whose first visit this is.
    #[must_use]
    pub fn of(&self, visit: &Visit) -> Brought {
        let class = &self.rules.classes[visit.class.index()].class;
        let drawn =
            |law, purpose| draw(law, visit.interval, &self.rules.almanac, &mut visit.contact.stream(purpose));
        Brought {
            patience: class
                .patience
                .as_ref()
                .map(|law| drawn(law, Purpose::Patience) * self.unknowns.patience),
            talk: drawn(&class.talk_time, Purpose::Talk) * self.unknowns.talk_time,
            after_call_work: drawn(&class.after_call_work, Purpose::AfterCallWork),
        }
    }
}
