//! Conferences: a second agent joins at the end of talk, is consulted, or takes the customer over.
//!
//! Who is asked must be idle: nobody waits for a second agent. Invariant: while a conference lasts both agents are busy, each
//! counted once in a group; the customer's talk goes on, so the time is talk of the visit too.

use crate::random::{Dist, Purpose};
use crate::scenario::checked::Transfer;
use crate::units::{ClassId, Span};

use super::agents::Agent;
use super::centre::Centre;
use super::contact::Phase;
use super::event::Event;
use super::fact::{Conferring, Entry, Fact, Observer};

/// A conference that runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Conference {
    second: Agent,
    lasts: Span,
    purpose: Conferring,
    /// The class that the customer enters next, of a warm transfer.
    next: Option<ClassId>,
}

impl Centre<'_> {
    /// A consultation that talk of the visit in `slot` leads to, if one is wanted and somebody idle; whether it does.
    #[cold]
    pub(super) fn consults<O: Observer>(&mut self, slot: u32, observer: &mut O) -> bool {
        let rules = self.rules;
        let contact = &self.contacts[slot];
        let mut uniform = contact.key.uniform(Purpose::Consult);
        for consult in &rules.classes[contact.visit.class.index()].class.consults {
            if uniform < consult.probability {
                let Some(second) = self.take_longest_idle(consult.group) else { return false };
                self.confer(slot, second, &consult.time, None, observer);
                return true;
            }
            uniform -= consult.probability;
        }
        false
    }

    /// A warm transfer of the visit in `slot`, if somebody who takes the next visit is idle; whether one is.
    #[cold]
    pub(super) fn introduces<O: Observer>(&mut self, slot: u32, wanted: &Transfer, observer: &mut O) -> bool {
        let Some(time) = &wanted.warm else { return false };
        let visit = &self.contacts[slot].visit;
        let key = Self::key_of(visit.contact, visit.leg + 1);
        let lane = self.rules.classes[wanted.to.index()].choose_lane(key);
        let Some(second) = self.idle_agent_for(lane, key, Span::ZERO) else { return false };
        self.confer(slot, second, time, Some(wanted.to), observer);
        true
    }

    fn confer<O: Observer>(
        &mut self,
        slot: u32,
        second: Agent,
        time: &Dist,
        next: Option<ClassId>,
        observer: &mut O,
    ) {
        self.agent_begins(second);
        let (purpose, draw) = match next {
            None => (Conferring::Consultation, Purpose::ConsultTime),
            Some(_) => (Conferring::Introduction, Purpose::WarmTime),
        };
        let contact = &mut self.contacts[slot];
        contact.phase = Phase::Conferring;
        let lasts = Span::from_secs_f64(time.sample(&mut contact.key.stream(draw)));
        let (visit, Agent { group, number: agent }) = (&contact.visit, second);
        observer.on(self.now, &Fact::ConferenceBegan { visit, group, agent, purpose });
        self.conferences.insert(slot, Conference { second, lasts, purpose, next });
        self.agenda.schedule(self.now + lasts, Event::TalkEnds(slot));
    }

    /// The second agent is free, or goes on with the customer; then talk of the visit ends as it would have without.
    #[cold]
    pub(super) fn conference_ends<O: Observer>(&mut self, slot: u32, observer: &mut O) {
        let Some(conference) = self.conferences.remove(&slot) else { return };
        let Conference { second, lasts, purpose, next } = conference;
        let Agent { group, number: agent } = second;
        let contact = &mut self.contacts[slot];
        contact.phase = Phase::Talking;
        let visit = &contact.visit;
        observer.on(self.now, &Fact::ConferenceEnded { visit, group, agent, lasted: lasts, purpose });
        match next {
            None => {
                self.agent_frees(second, observer);
                self.talk_ends_after_advice(slot, observer);
            }
            Some(class) => {
                self.agent_goes_on(second);
                self.hand_on(slot, class, Entry::Transfer, Some(second), observer);
            }
        }
    }
}
