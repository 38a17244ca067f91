//! Promised callbacks: a named group calls the customer back.
//!
//! Does not say when a promise is made: each carries the rule of the place where it was. An attempt waits in a lane of its
//! class and group behind all waiting customers of the group; the customer waits off the line.
//! Kept means: reached before the promise is due.

use crate::random::{Key, Kin, Purpose};
use crate::scenario::checked::CallbackRule;
use crate::units::SimTime;

use super::agents::Agent;
use super::centre::Centre;
use super::contact::{Contact, Phase};
use super::event::Event;
use super::fact::{Cause, ContactEnd, Deflection, Entry, Fact, Observer, TalkEnd, Visit, VisitKind};

/// A promise that is not yet kept or broken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Promise {
    rule: CallbackRule,
    after: After,
    made: SimTime,
    due: SimTime,
    /// Attempts made.
    attempts: u32,
}

/// What the promise ended: if it is broken, the customer comes back by the rule for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    /// Talk with an agent.
    Answer,
    /// Waiting.
    Waiting,
}

/// The attempts to keep the promise that ends `visit` are visits of this contact.
fn callback_of(visit: &Visit) -> Key {
    visit.contact.kin(Kin::Callback, 0)
}

impl Centre<'_> {
    /// The talk in `slot` ends with a promise; the first attempt waits for a free agent of the group from now on.
    pub(super) fn promise_callback<O: Observer>(&mut self, slot: u32, rule: CallbackRule, observer: &mut O) {
        self.account_talk(slot, TalkEnd::Promised, observer);
        let promise = self.promise(slot, rule, After::Answer, observer);
        self.answered_contact_ends(slot, false, observer);
        let contact = self.contacts[slot].clone();
        self.await_call(&contact, promise, observer);
        self.wrap_up(slot, observer);
    }

    /// The customer in `slot`, who is in no lane any more, hangs up with a promise in place of an answer.
    pub(super) fn call_back<O: Observer>(
        &mut self,
        slot: u32,
        how: Deflection,
        rule: CallbackRule,
        observer: &mut O,
    ) {
        let visit = self.ends_unanswered(slot);
        observer.on(self.now, &Fact::Deflected { visit: &visit, how });
        let promise = self.promise(slot, rule, After::Waiting, observer);
        let contact = self.contacts[slot].clone();
        self.leaves_without_an_agent(slot, ContactEnd::CalledBack, observer);
        self.await_call(&contact, promise, observer);
    }

    fn promise<O: Observer>(
        &mut self,
        slot: u32,
        rule: CallbackRule,
        after: After,
        observer: &mut O,
    ) -> Promise {
        let visit = &self.contacts[slot].visit;
        let due = self.now + rule.due;
        observer
            .on(self.now, &Fact::Promised { visit, callback: callback_of(visit), group: rule.group, due });
        Promise { rule, after, made: self.now, due, attempts: 0 }
    }

    /// The first attempt to keep the promise that ended `promised`.
    fn await_call<O: Observer>(&mut self, promised: &Contact, promise: Promise, observer: &mut O) {
        let Contact { visit, case, .. } = promised;
        let slot = self.new_contact(callback_of(visit), visit.class, Cause::Callback, *case);
        let contact = &mut self.contacts[slot];
        contact.visit.kind = VisitKind::Callback;
        contact.visit.lane = self.rules.classes[visit.class.index()].callback_lane(promise.rule.group);
        contact.visit.first_class = visit.first_class;
        contact.visit.arrival_interval = visit.arrival_interval;
        (contact.transfers, contact.was_escalated) = (promised.transfers, promised.was_escalated);
        self.promises.insert(slot, promise);
        self.enter(slot, visit.class, Entry::Callback, observer);
    }

    /// An agent begins an attempt.
    pub(super) fn dial<O: Observer>(&mut self, slot: u32, agent: Agent, observer: &mut O) {
        let promise = self.promises.get_mut(&slot).expect("a callback keeps a promise");
        promise.attempts += 1;
        let Promise { rule, made, due, .. } = *promise;
        let contact = &mut self.contacts[slot];
        let visit = contact.visit;
        let Agent { group, number: agent } = agent;
        observer.on(self.now, &Fact::CallbackDialled { visit: &visit, group, agent });
        if contact.key.uniform(Purpose::CallbackReached) < rule.reached {
            self.promises.remove(&slot);
            let kept = self.now <= due;
            observer
                .on(self.now, &Fact::CallbackReached { visit: &visit, group, agent, promised: made, kept });
            self.talk_begins(slot);
        } else {
            contact.phase = Phase::Dialling;
            self.agenda.schedule(self.now + rule.dialling, Event::DiallingEnds(slot));
        }
    }

    /// Nobody was reached: another attempt later, or the promise is broken.
    pub(super) fn dialling_ends<O: Observer>(&mut self, slot: u32, observer: &mut O) {
        let Promise { rule, after, attempts, .. } = self.promises[&slot];
        let contact = &mut self.contacts[slot];
        let (visit, group, number) = (contact.visit, contact.group, contact.agent);
        observer.on(
            self.now,
            &Fact::CallbackMissed { visit: &visit, group, agent: number, dialling: rule.dialling },
        );
        let next = self.now + rule.every;
        if attempts >= rule.attempts {
            self.promises.remove(&slot);
            observer.on(self.now, &Fact::PromiseBroken { visit: &visit });
            match after {
                After::Answer => self.case_goes_on_after_answer(slot, observer),
                After::Waiting => {
                    let redial = &self.rules.classes[visit.class.index()].class.redial_after_abandon;
                    self.redials(&visit, self.contacts[slot].case, redial, observer);
                }
            }
            self.contacts.remove(slot);
        } else if next >= self.rules.almanac.ends() {
            let case = contact.case;
            self.promises.remove(&slot);
            self.contacts.remove(slot);
            observer.on(self.now, &Fact::LeftOpen { visit: &visit });
            observer.on(self.now, &Fact::CaseClosed { case: &case, is_cut: true });
        } else {
            contact.phase = Phase::Promised;
            contact.visit.leg += 1;
            self.agenda.schedule(next, Event::CallbackDue(slot));
        }
        self.agent_frees(Agent { group, number }, observer);
    }

    pub(super) fn callback_due<O: Observer>(&mut self, slot: u32, observer: &mut O) {
        let class = self.contacts[slot].visit.class;
        self.enter(slot, class, Entry::Callback, observer);
    }
}
