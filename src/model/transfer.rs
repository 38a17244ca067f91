//! Transfers: where talk may lead, the limit, and the four rules at the limit.
//!
//! Drawn at the end of talk of every visit, until the limit; only the visit that ends the contact draws resolution.

use crate::random::Purpose;
use crate::scenario::checked::{AtLimit, Transfer};
use crate::units::{ClassId, Span};

use super::agents::Agent;
use super::centre::Centre;
use super::contact::Phase;
use super::event::Event;
use super::fact::{Entry, Fact, Observer, TalkEnd};

impl<'r> Centre<'r> {
    /// How the visit in `slot` would be transferred; an escalated visit transfers no further.
    #[inline(always)]
    pub(super) fn wanted_transfer(&self, slot: u32) -> Option<&'r Transfer> {
        let rules = self.rules;
        let contact = &self.contacts[slot];
        let rules = &rules.classes[contact.visit.class.index()];
        let mut uniform = contact.key.uniform(Purpose::Transfer);
        if uniform > rules.transfers_below || contact.was_escalated {
            return None;
        }
        for transfer in &rules.class.transfers {
            if transfer.from.is_some_and(|group| group != contact.group) {
                continue;
            }
            if uniform < transfer.probability {
                return Some(transfer);
            }
            uniform -= transfer.probability;
        }
        None
    }

    /// Transfers within the limit; at the limit its rule decides.
    pub(super) fn transfer_wanted<O: Observer>(&mut self, slot: u32, wanted: &Transfer, observer: &mut O) {
        let limit = &self.rules.transfer_limit;
        let contact = &mut self.contacts[slot];
        if contact.transfers < limit.per_contact && contact.case.transfers < limit.per_case {
            contact.transfers += 1;
            contact.case.transfers += 1;
            (contact.place, contact.patience) = (wanted.place, wanted.patience);
            if wanted.warm.is_some() && self.introduces(slot, wanted, observer) {
                return;
            }
            return self.hand_on(slot, wanted.to, Entry::Transfer, None, observer);
        }
        let (visit, group) = (&contact.visit, contact.group);
        observer.on(self.now, &Fact::TransferRefused { visit, group });
        match &limit.at_limit {
            AtLimit::Keep { extra_talk, .. } => {
                let extra = Span::from_secs_f64(contact.talk * extra_talk);
                contact.phase = Phase::KeptTalking;
                self.agenda.schedule(self.now + extra, Event::TalkEnds(slot));
            }
            AtLimit::Callback(rule) => self.promise_callback(slot, *rule, observer),
            AtLimit::Escalate { class } => {
                contact.was_escalated = true;
                (contact.place, contact.patience) = Default::default();
                self.hand_on(slot, *class, Entry::Escalation, None, observer);
            }
            AtLimit::Drop => {
                self.account_talk(slot, TalkEnd::Dropped, observer);
                self.answered_contact_ends(slot, false, observer);
                self.case_goes_on_after_answer(slot, observer);
                self.wrap_up(slot, observer);
            }
        }
    }

    /// The extra talk of a kept contact is over: it solves the case with the rule's own probability.
    pub(super) fn kept_talk_ends<O: Observer>(&mut self, slot: u32, observer: &mut O) {
        let resolution = match self.rules.transfer_limit.at_limit {
            AtLimit::Keep { resolution, .. } => resolution,
            AtLimit::Callback(_) | AtLimit::Escalate { .. } | AtLimit::Drop => 0.0,
        };
        let resolution = resolution * self.contacts[slot].resolution_factor;
        self.contact_talk_ends(slot, resolution, observer);
    }

    /// The customer goes on to another class in a record of its own, with the agent `taker` at once if there is one; the
    /// agent who has talked wraps up with the old one.
    pub(super) fn hand_on<O: Observer>(
        &mut self,
        slot: u32,
        to: ClassId,
        how: Entry,
        taker: Option<Agent>,
        observer: &mut O,
    ) {
        let end = if how == Entry::Escalation { TalkEnd::Escalated } else { TalkEnd::HandedOn };
        self.account_talk(slot, end, observer);
        let mut onward = self.contacts[slot].clone();
        self.trail.leaves(slot, onward.visit.leg, onward.visit.class);
        onward.visit.came_back |= self.trail.has(slot, to);
        self.contacts[slot].line_pool = None;
        onward.visit.leg += 1;
        onward.visit.cause = onward.visit.cause.handed_on();
        onward.phase = Phase::Waiting;
        let onward = self.contacts.insert(onward);
        self.trail.moves(slot, onward);
        match taker {
            None => self.enter(onward, to, how, observer),
            Some(agent) => {
                self.comes_to(onward, to, how, observer);
                self.takes(onward, agent);
                self.answers(onward, false, Span::ZERO, observer);
            }
        }
        self.wrap_up(slot, observer);
    }
}
