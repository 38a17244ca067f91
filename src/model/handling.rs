//! Handling: talk, after-call work, and what pressure makes of them.
//!
//! Invariant: talk and after-call work are drawn from the visit's own key, whoever answers; a group scales them.

use crate::random::Purpose;
use crate::units::{SimTime, Span};

use super::agents::Agent;
use super::centre::Centre;
use super::contact::{Contact, Phase};
use super::dated::DatedHandling;
use super::event::Event;
use super::fact::{ContactEnd, Fact, Observer, TalkEnd, Visit, VisitKind};
use super::pace::Wish;
use super::rules::{GroupRules, draw};

impl Centre<'_> {
    /// `agent` takes the visit in `slot`, which is in no lane any more.
    pub(super) fn serve<O: Observer>(&mut self, slot: u32, agent: Agent, was_queued: bool, observer: &mut O) {
        self.takes(slot, agent);
        if self.rules.has_backlog {
            self.follow_up(slot);
        }
        let visit = &self.contacts[slot].visit;
        match visit.kind {
            VisitKind::Callback => self.dial(slot, agent, observer),
            VisitKind::Inbound => match self.rules.classes[visit.class.index()].answer_delay {
                Span::ZERO => self.answers(slot, was_queued, Span::ZERO, observer),
                delay => self.rings(slot, agent, was_queued, delay, observer),
            },
        }
    }

    /// `agent` is the visit's from now on.
    #[inline(always)]
    pub(super) fn takes(&mut self, slot: u32, agent: Agent) {
        self.agent_begins(agent);
        let contact = &mut self.contacts[slot];
        (contact.group, contact.agent) = (agent.group, agent.number);
    }

    /// The agent of the visit answers, at whom it rang for so long.
    #[inline(always)]
    pub(super) fn answers<O: Observer>(&mut self, slot: u32, was_queued: bool, rang: Span, observer: &mut O) {
        let contact = &mut self.contacts[slot];
        let Visit { lane, entered, .. } = contact.visit;
        let waited = self.now.since(entered);
        contact.waited += waited;
        contact.case.wait += waited;
        let Contact { ref visit, group, agent, .. } = *contact;
        observer.on(self.now, &Fact::Answered { visit, group, agent, was_queued, rang });
        self.note_wait(lane, entered);
        self.talk_begins(slot);
    }

    /// Draws the handling of a visit and lets talk begin.
    #[inline(always)]
    pub(super) fn talk_begins(&mut self, slot: u32) {
        let rules = self.rules;
        let contact = &mut self.contacts[slot];
        let Visit { class, interval, .. } = contact.visit;
        let group = contact.group.index();
        let GroupRules { skills, pressure, .. } = &rules.groups[group];
        let skill = skills[class.index()].as_ref().expect("routing offers a visit to skilled groups only");
        let almanac = &rules.almanac;
        let dated = if rules.has_dated_factors { rules.dated_handling(contact) } else { DatedHandling::NONE };
        let mut stream = rules.key_of_draw(contact, |keeps| keeps.talk_time).stream(Purpose::Talk);
        let drawn_talk = skill.talk_factor
            * draw(&skill.talk, interval, almanac, &mut stream)
            * self.unknowns.talk_time
            * dated.talk;
        let key_of_acw = rules.key_of_draw(contact, |keeps| keeps.after_call_work);
        let mut stream = key_of_acw.stream(Purpose::AfterCallWork);
        let drawn_acw = draw(&skill.after_call_work, interval, almanac, &mut stream);

        let (mut talk, mut acw, mut resolution_factor) = (drawn_talk, drawn_acw, 1.0);
        let mut uncapped = drawn_talk;
        if let Some(pressure) = pressure {
            let state = &mut self.groups[group];
            let vigour = match &pressure.fatigue {
                None => 1.0,
                Some(fatigue) => state.vigour(contact.agent, fatigue, self.now),
            };
            if pressure.is_continuous() {
                let drawn = Wish { talk: drawn_talk, acw: drawn_acw };
                return self.talk_begins_at_pace(slot, drawn, vigour, dated.resolution);
            }
            let seen = state.load_seen(self.queues[group].customers);
            let speed = pressure.speed(class, seen, vigour);
            talk = drawn_talk / speed;
            uncapped = talk;
            acw = drawn_acw / speed;
            if let Some(cap) = pressure.cap
                && talk > cap.at.as_secs_f64()
                && contact.key.uniform(Purpose::TalkCap) < cap.probability
            {
                talk = cap.at.as_secs_f64();
            }
            let drawn = drawn_talk + drawn_acw;
            if drawn > 0.0 {
                resolution_factor = pressure.resolution_factor((talk + acw) / drawn);
            }
        }
        contact.phase = Phase::Talking;
        contact.talk_began = self.now;
        contact.talk = uncapped;
        contact.resolution_factor = resolution_factor * dated.resolution;
        contact.acw = Span::from_secs_f64(acw);
        self.agenda.schedule(self.now + Span::from_secs_f64(talk), Event::TalkEnds(slot));
    }

    pub(super) fn talk_ends<O: Observer>(&mut self, slot: u32, observer: &mut O) {
        let contact = &self.contacts[slot];
        match (contact.phase, contact.visit.kind) {
            (Phase::KeptTalking, _) => self.kept_talk_ends(slot, observer),
            (Phase::Conferring, _) => self.conference_ends(slot, observer),
            (_, VisitKind::Callback) => self.talk_ends_without_transfer(slot, observer),
            (_, VisitKind::Inbound) => {
                let asks = self.rules.classes[contact.visit.class.index()].consults;
                if !(asks && self.consults(slot, observer)) {
                    self.talk_ends_after_advice(slot, observer);
                }
            }
        }
    }

    /// Talk of an inbound visit ends, whether a second agent was asked or not.
    #[inline(always)]
    pub(super) fn talk_ends_after_advice<O: Observer>(&mut self, slot: u32, observer: &mut O) {
        match self.wanted_transfer(slot) {
            None => self.talk_ends_without_transfer(slot, observer),
            Some(transfer) => self.transfer_wanted(slot, transfer, observer),
        }
    }

    #[inline(always)]
    fn talk_ends_without_transfer<O: Observer>(&mut self, slot: u32, observer: &mut O) {
        let contact = &self.contacts[slot];
        let skill = self.rules.groups[contact.group.index()].skills[contact.visit.class.index()].as_ref();
        let resolution = skill.map_or(0.0, |skill| skill.resolution) * contact.resolution_factor;
        self.contact_talk_ends(slot, resolution, observer);
    }

    /// The talk that ends the contact: it solves the case with probability `resolution`, or not.
    #[inline(always)]
    pub(super) fn contact_talk_ends<O: Observer>(&mut self, slot: u32, resolution: f64, observer: &mut O) {
        let is_resolved = self.contacts[slot].key.uniform(Purpose::Resolution) < resolution;
        let end = if is_resolved { TalkEnd::Resolved } else { TalkEnd::Unresolved };
        self.account_talk(slot, end, observer);
        self.answered_contact_ends(slot, is_resolved, observer);
        self.case_goes_on_after_answer(slot, observer);
        self.wrap_up(slot, observer);
    }

    /// States that talk ended and adds the visit's handling to the sums of contact and case.
    #[inline(always)]
    pub(super) fn account_talk<O: Observer>(&mut self, slot: u32, end: TalkEnd, observer: &mut O) {
        let contact = &mut self.contacts[slot];
        let talk = self.now.since(contact.talk_began);
        contact.handled += talk + contact.acw;
        let Contact { ref visit, group, agent, .. } = *contact;
        observer.on(self.now, &Fact::TalkEnded { visit, group, agent, talk, end });
    }

    /// The customer hangs up after an answered visit: the line is free, the contact is told.
    ///
    /// A callback is part of the contact that was promised it, and ends no contact of its own; where nobody had answered that
    /// one it is the answer.
    #[inline(always)]
    pub(super) fn answered_contact_ends<O: Observer>(
        &mut self,
        slot: u32,
        is_resolved: bool,
        observer: &mut O,
    ) {
        let pool = self.contacts[slot].line_pool.take();
        self.release_line(pool);
        let contact = &mut self.contacts[slot];
        contact.case.resolved |= is_resolved;
        contact.case.unanswered_in_row = 0;
        if contact.case.first_answer_ended.is_none() {
            contact.case.first_answer_ended = Some(self.now);
            contact.case.first_answer_resolved = is_resolved;
            contact.case.first_answer_untransferred = !contact.was_handed_on();
        }
        if contact.visit.kind == VisitKind::Inbound {
            let story =
                contact.story(if is_resolved { ContactEnd::Resolved } else { ContactEnd::Unresolved });
            observer.on(self.now, &Fact::ContactEnded { visit: &contact.visit, story: &story });
        }
    }

    /// The agent of the visit in `slot` does the after-call work; the slot serves nobody else until then.
    #[inline(always)]
    pub(super) fn wrap_up<O: Observer>(&mut self, slot: u32, observer: &mut O) {
        let contact = &mut self.contacts[slot];
        contact.phase = Phase::WrappingUp;
        contact.deadline = SimTime::MAX;
        if contact.acw == Span::ZERO {
            self.wrap_up_ends(slot, observer);
        } else {
            self.agenda.schedule(self.now + contact.acw, Event::WrapUpEnds(slot));
        }
    }

    pub(super) fn wrap_up_ends<O: Observer>(&mut self, slot: u32, observer: &mut O) {
        let contact = &self.contacts[slot];
        let Contact { ref visit, group, agent: number, acw, .. } = *contact;
        observer.on(self.now, &Fact::WrappedUp { visit, group, agent: number, acw });
        self.contacts.remove(slot);
        self.agent_frees(Agent { group, number }, observer);
    }
}
