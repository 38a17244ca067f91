//! Ringing: an agent is taken, and the customer still waits until the agent answers.
//!
//! Patience goes on, `max_wait` and closing do not touch who is with an agent. Invariant: the agent is busy from the first ring on,
//! and free again at the instant in which the customer gives up.

use crate::units::{SimTime, Span};

use super::agents::Agent;
use super::centre::Centre;
use super::contact::Phase;
use super::event::Event;
use super::fact::{ContactEnd, Fact, Observer};

impl Centre<'_> {
    /// It begins to ring at the agent who was taken for the visit in `slot`.
    #[cold]
    pub(super) fn rings<O: Observer>(
        &mut self,
        slot: u32,
        agent: Agent,
        was_queued: bool,
        delay: Span,
        observer: &mut O,
    ) {
        if !was_queued {
            let patience = self.patience(slot);
            self.contacts[slot].deadline = patience.map_or(SimTime::MAX, |patience| self.now + patience);
        }
        let contact = &mut self.contacts[slot];
        contact.phase = if was_queued { Phase::RingingAfterQueue } else { Phase::RingingAtOnce };
        contact.talk_began = self.now;
        let (visit, Agent { group, number: agent }) = (&contact.visit, agent);
        observer.on(self.now, &Fact::Rings { visit, group, agent, was_queued });
        let (answer, deadline) = (self.now + delay, contact.deadline);
        if deadline < answer {
            self.agenda.schedule(deadline, Event::PatienceEnds(slot));
        } else {
            self.agenda.schedule(answer, Event::RingingEnds(slot));
        }
    }

    /// The agent answers.
    pub(super) fn ringing_ends<O: Observer>(&mut self, slot: u32, observer: &mut O) {
        let contact = &self.contacts[slot];
        let rang = self.now.since(contact.talk_began);
        let was_queued = contact.phase == Phase::RingingAfterQueue;
        self.answers(slot, was_queued, rang, observer);
    }

    /// The customer gives up while it rings.
    pub(super) fn gives_up_while_ringing<O: Observer>(&mut self, slot: u32, observer: &mut O) {
        let contact = &self.contacts[slot];
        let (group, number) = (contact.group, contact.agent);
        let rang = self.now.since(contact.talk_began);
        let was_queued = contact.phase == Phase::RingingAfterQueue;
        let visit = self.ends_unanswered(slot);
        observer.on(self.now, &Fact::RangInVain { visit: &visit, group, agent: number, rang, was_queued });
        observer.on(self.now, &Fact::Abandoned { visit: &visit });
        self.leaves_without_an_agent(slot, ContactEnd::Abandoned, observer);
        self.agent_frees(Agent { group, number }, observer);
    }
}
