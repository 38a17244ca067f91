//! Access: who is let in to wait, who accepts a call back instead, and who has waited too long.
//!
//! Waiting places are counted in rooms: one for a class, one for a pool of lines. Knows nothing of agents beyond whether one
//! is idle: places are for those who wait, so who finds an idle agent needs none.
//! Invariant: no more visits wait in a room than it has places.

use crate::random::{Key, Purpose};
use crate::scenario::checked::{
    AfterHours, AfterMaxWait, AtClosing, CallbackOffer, OfferCondition, OpeningHours,
};
use crate::units::{ClassId, LaneId, LinePoolId, SimTime};

use super::centre::Centre;
use super::contact::{Phase, Returning};
use super::event::Event;
use super::fact::{Busy, ContactEnd, Cutoff, Deflection, Entry, Fact, Observer, Visit, VisitKind};
use super::rules::{ClassRules, Gate};

impl Centre<'_> {
    /// Why a contact from outside hears the busy tone; `None`: it is let in.
    #[inline]
    pub(super) fn busy_for(&self, rules: &ClassRules, contact: Key) -> Option<Busy> {
        let has_line = |pool: LinePoolId| self.lines_in_use[pool.index()] < self.rules.pools[pool.index()];
        if !rules.line_pool.is_none_or(has_line) {
            return Some(Busy::NoLine);
        }
        if !rules.has_gate {
            return None;
        }
        let gate = rules.gate.as_ref()?;
        self.is_blocked_by(gate, rules.choose_lane(contact)).then_some(Busy::NoPlace)
    }

    #[cold]
    fn is_blocked_by(&self, gate: &Gate, lane: LaneId) -> bool {
        self.is_full(gate) && !self.has_idle_agent_for(lane)
    }

    /// Whether no visit may wait any more where `gate` leads.
    fn is_full(&self, gate: &Gate) -> bool {
        gate.rooms.iter().any(|room| self.in_room[*room] >= self.rules.rooms[*room])
    }

    /// Nobody is idle for the visit in `slot`: whether it waits; if not it ends here, cut off or with a promise.
    #[cold]
    pub(super) fn may_wait<O: Observer>(&mut self, slot: u32, how: Entry, observer: &mut O) -> bool {
        match how {
            Entry::Callback => return true,
            Entry::Outside => {}
            Entry::Transfer | Entry::Escalation | Entry::Diversion => {
                if let Some(why) = self.refusal(self.contacts[slot].visit.class) {
                    self.disconnect(slot, why, observer);
                    return false;
                }
            }
        }
        let Some(offer) = self.accepted_offer(slot) else { return true };
        observer.on(self.now, &Fact::Queued { visit: &self.contacts[slot].visit });
        self.call_back(slot, Deflection::CallbackAccepted, offer.rule, observer);
        false
    }

    /// The call back that the customer in `slot` is offered and accepts.
    fn accepted_offer(&self, slot: u32) -> Option<CallbackOffer> {
        let contact = &self.contacts[slot];
        let lane = contact.visit.lane;
        let offer = self.rules.classes[contact.visit.class.index()].gate.as_ref()?.offer?;
        let OfferCondition { nobody_idle, waiting_at_least, expected_wait_above } = offer.when;
        let (waiting, tiers) = (self.lanes[lane.index()].waiting, &self.rules.lanes[lane.index()].tiers);
        let is_offered = waiting + 1 >= waiting_at_least
            && !(nobody_idle && self.has_any_idle(lane))
            && expected_wait_above
                .is_none_or(|(predictor, least)| self.expected_wait(lane, predictor, waiting, tiers) > least);
        (is_offered && contact.key.uniform(Purpose::CallbackAccepted) < offer.accept).then_some(offer)
    }

    /// Whether anybody is idle who may take visits of `lane` now, later, or while more wait.
    fn has_any_idle(&self, lane: LaneId) -> bool {
        let mut groups = self.rules.lanes[lane.index()].groups.iter();
        groups.any(|group| self.idle_since[group.index()] < SimTime::MAX)
    }

    /// Why a visit that came by transfer may not wait in `class`.
    fn refusal(&self, class: ClassId) -> Option<Cutoff> {
        let gate = self.rules.classes[class.index()].gate.as_ref()?;
        let cuts_off = |hours: &OpeningHours| {
            hours.at_closing == AtClosing::Disconnect && !hours.is_open[self.interval as usize]
        };
        if gate.hours.as_ref().is_some_and(cuts_off) {
            return Some(Cutoff::Closed);
        }
        self.is_full(gate).then_some(Cutoff::NoPlace)
    }

    /// Somebody comes from outside while the class is closed.
    #[cold]
    pub(super) fn refuse<O: Observer>(&mut self, arriving: Returning, observer: &mut O) {
        let Returning { key, class, origin, case } = arriving;
        let slot = self.new_contact(key, class, origin.into(), case);
        let visit = self.contacts[slot].visit;
        self.contacts.remove(slot);
        observer.on(self.now, &Fact::Refused { visit: &visit, origin });
        self.redials(&visit, case, &self.rules.classes[class.index()].class.redial_after_closed, observer);
    }

    /// At the start of an interval: one event for each class that cuts off who waits and is open no more.
    pub(super) fn schedule_closings(&mut self) {
        let rules = self.rules;
        let interval = self.interval as usize;
        for class in &rules.cutting {
            let hours = rules.classes[class.index()].class.hours.as_ref();
            let closes = |hours: &OpeningHours| {
                !hours.is_open[interval] && interval.checked_sub(1).is_some_and(|last| hours.is_open[last])
            };
            if hours.is_some_and(closes) {
                self.agenda.schedule(self.now, Event::Closes(*class));
            }
        }
    }

    /// The class closes: whoever waits in it is cut off, longest wait first in each of its lanes.
    #[cold]
    pub(super) fn closes<O: Observer>(&mut self, class: ClassId, observer: &mut O) {
        let rules = self.rules;
        for &(_, lane) in &rules.classes[class.index()].branches {
            while let Some(slot) = self.first_in(lane) {
                self.leave_lane(slot);
                self.disconnect(slot, Cutoff::Closing, observer);
            }
        }
    }

    /// The centre cuts off the customer in `slot`, who is in no lane any more.
    pub(super) fn disconnect<O: Observer>(&mut self, slot: u32, why: Cutoff, observer: &mut O) {
        let visit = self.ends_unanswered(slot);
        observer.on(self.now, &Fact::Disconnected { visit: &visit, why });
        self.leaves_without_an_agent(slot, ContactEnd::Disconnected, observer);
    }

    /// A visit has waited as long as it may.
    #[cold]
    pub(super) fn max_wait_ends<O: Observer>(&mut self, slot: u32, observer: &mut O) {
        let contact = &self.contacts[slot];
        let Some(gate) = &self.rules.classes[contact.visit.class.index()].gate else { return };
        let Some(rule) = gate.max_wait.filter(|_| contact.phase == Phase::Waiting) else { return };
        if gate.longest_wait_of(&contact.visit) != self.now {
            return;
        }
        self.leave_lane(slot);
        match rule.then {
            AfterMaxWait::Disconnect => self.disconnect(slot, Cutoff::MaxWait, observer),
            AfterMaxWait::Message => {
                let visit = self.ends_unanswered(slot);
                observer.on(self.now, &Fact::Deflected { visit: &visit, how: Deflection::Message });
                self.leaves_without_an_agent(slot, ContactEnd::Deflected, observer);
            }
            AfterMaxWait::Callback(rule) => {
                self.call_back(slot, Deflection::CallbackAfterMaxWait, rule, observer);
            }
            AfterMaxWait::Class(class) => {
                let visit = self.ends_unanswered(slot);
                observer.on(self.now, &Fact::Deflected { visit: &visit, how: Deflection::Diverted(class) });
                self.trail.leaves(slot, visit.leg, visit.class);
                let contact = &mut self.contacts[slot];
                contact.visit.leg += 1;
                (contact.place, contact.patience) = Default::default();
                self.enter(slot, class, Entry::Diversion, observer);
            }
        }
    }

    /// The visit in `slot` is over and waits no more: its wait is added up.
    #[inline(always)]
    pub(super) fn ends_unanswered(&mut self, slot: u32) -> Visit {
        let contact = &mut self.contacts[slot];
        // A timer that is still pending finds a slot that does not wait.
        contact.phase = Phase::WrappingUp;
        let waited = self.now.since(contact.visit.entered);
        contact.waited += waited;
        contact.case.wait += waited;
        contact.visit
    }

    /// The contact in `slot` is over with a visit that nobody answered.
    #[inline(always)]
    pub(super) fn leaves_without_an_agent<O: Observer>(
        &mut self,
        slot: u32,
        end: ContactEnd,
        observer: &mut O,
    ) {
        let contact = &self.contacts[slot];
        let (visit, case, pool) = (contact.visit, contact.case, contact.line_pool);
        let story = contact.story(end);
        self.release_line(pool);
        self.contacts.remove(slot);
        self.unanswered_contact_ends(&visit, story, case, observer);
    }
}

impl Gate {
    /// Whether attempts from outside are refused in `interval`.
    #[inline]
    pub(super) fn refuses_in(&self, interval: u32) -> bool {
        let refuses = |hours: &OpeningHours| {
            hours.after_hours == AfterHours::Refuse && !hours.is_open[interval as usize]
        };
        self.hours.as_ref().is_some_and(refuses)
    }

    /// When `visit` will have waited as long as it may; promised callbacks may wait without limit.
    pub(super) fn longest_wait_of(&self, visit: &Visit) -> SimTime {
        match (visit.kind, &self.max_wait) {
            (VisitKind::Inbound, Some(rule)) => visit.entered + rule.after,
            (VisitKind::Inbound, None) | (VisitKind::Callback, _) => SimTime::MAX,
        }
    }
}
