//! Returns: who comes back, when, in which class, and when a case is over.
//!
//! A redial follows a contact that was not answered (abandoned, blocked, disconnected or refused, each with its own rule;
//! who heard a message does not), a repeat
//! one that was answered and did not solve the case.
//! Invariant: a case has at most one contact, promise or return at a time, and is closed exactly once.

use crate::random::{Key, Kin, Purpose};
use crate::scenario::checked::{DelayRuns, Redial, RedialKeeps, ReturnDelay};
use crate::units::{ClassId, SimTime, Span};

use super::centre::Centre;
use super::contact::{Contact, Returning};
use super::event::Event;
use super::fact::{Case, ContactEnd, ContactStory, Fact, Observer, Origin, Visit, VisitKind};
use super::rules::Rules;

impl Rules {
    /// Key of a draw of the running visit: a redial has some draws of the first contact of its case.
    #[inline(always)]
    pub(super) fn key_of_draw(&self, contact: &Contact, keeps: impl Fn(&RedialKeeps) -> bool) -> Key {
        let Contact { visit, key, .. } = contact;
        if self.keeps_draws && visit.leg == 0 && visit.kind == VisitKind::Inbound {
            self.kept_key(contact, keeps)
        } else {
            *key
        }
    }

    /// The same for the first visit of the contact, whichever is running.
    pub(super) fn kept_key(&self, contact: &Contact, keeps: impl Fn(&RedialKeeps) -> bool) -> Key {
        let Contact { visit, case, .. } = contact;
        let rules = &self.classes[case.class.index()].class.redial_keeps;
        // Whose last attempt was answered is here for the first time, or again by a repeat.
        if case.unanswered_in_row > 0 && keeps(rules) { case.key } else { visit.contact }
    }
}

impl Centre<'_> {
    /// A contact ends unanswered: the customer redials, or gives up.
    pub(super) fn unanswered_contact_ends<O: Observer>(
        &mut self,
        visit: &Visit,
        story: ContactStory,
        case: Case,
        observer: &mut O,
    ) {
        observer.on(self.now, &Fact::ContactEnded { visit, story: &story });
        let class = &self.rules.classes[visit.class.index()].class;
        let redial: &Redial = match story.end {
            // What follows a promise is told when it is kept or broken.
            ContactEnd::CalledBack => return,
            ContactEnd::Deflected => {
                observer.on(self.now, &Fact::CaseClosed { case: &case, is_cut: false });
                return;
            }
            ContactEnd::Blocked => &class.redial_after_busy,
            ContactEnd::Disconnected => &class.redial_after_closed,
            ContactEnd::Abandoned | ContactEnd::Resolved | ContactEnd::Unresolved => {
                &class.redial_after_abandon
            }
        };
        self.redials(visit, case, redial, observer);
    }

    /// One more attempt in a row is unanswered: by `redial` the customer comes back, or gives up.
    #[inline(always)]
    pub(super) fn redials<O: Observer>(
        &mut self,
        visit: &Visit,
        mut case: Case,
        redial: &Redial,
        observer: &mut O,
    ) {
        case.unanswered_in_row += 1;
        let probability = if case.unanswered_in_row == 1 { redial.first } else { redial.later };
        let probability = probability * self.dated_share(visit, |dated| &dated.redial);
        let delay =
            redial.delay.as_ref().filter(|_| visit.contact.uniform(Purpose::RedialDecision) < probability);
        let to = redial.class.unwrap_or(visit.class);
        self.come_back(visit, case, Origin::Redial, to, delay, observer);
    }

    /// After an answered contact, a reached callback or a broken promise: solved, or back later, or given up.
    ///
    /// The record in `slot` keeps wrapping up; its case has moved on.
    pub(super) fn case_goes_on_after_answer<O: Observer>(&mut self, slot: u32, observer: &mut O) {
        let contact = &self.contacts[slot];
        if contact.case.resolved {
            observer.on(self.now, &Fact::CaseClosed { case: &contact.case, is_cut: false });
            return;
        }
        let (visit, case) = (contact.visit, contact.case);
        let repeat = &self.rules.classes[visit.class.index()].class.repeat;
        let decision = visit.contact.uniform(Purpose::RepeatDecision);
        let probability = repeat.probability * self.dated_share(&visit, |dated| &dated.repeat);
        let delay = repeat.delay.as_ref().filter(|_| decision < probability);
        let to = repeat.class.unwrap_or(case.class);
        self.come_back(&visit, case, Origin::Repeat, to, delay, observer);
    }

    /// When class `to` has been open for so long from now on.
    #[cold]
    fn after_open(&self, to: ClassId, length: Span) -> SimTime {
        match &self.rules.classes[to.index()].class.hours {
            None => self.now + length,
            Some(hours) => {
                hours.after_open(self.now, length, self.rules.almanac.interval).unwrap_or(SimTime::MAX)
            }
        }
    }

    /// The customer comes back after a draw of `delay`; without one, or after too many contacts, the case is over.
    fn come_back<O: Observer>(
        &mut self,
        visit: &Visit,
        mut case: Case,
        origin: Origin,
        to: ClassId,
        delay: Option<&ReturnDelay>,
        observer: &mut O,
    ) {
        let Some(delay) = delay.filter(|_| case.contacts < self.rules.contacts_per_case) else {
            observer.on(self.now, &Fact::CaseClosed { case: &case, is_cut: false });
            return;
        };
        let (kin, purpose) = match origin {
            Origin::Redial | Origin::Fresh => (Kin::Redial, Purpose::RedialDelay),
            Origin::Repeat => (Kin::Repeat, Purpose::RepeatDelay),
        };
        let length = Span::from_secs_f64(delay.law.sample(&mut visit.contact.stream(purpose)));
        let at = match delay.runs {
            DelayRuns::Always => self.now + length,
            DelayRuns::WhileOpen => self.after_open(to, length),
        };
        if at >= self.rules.almanac.ends() {
            case.returned_in_window |= case.returns_in_window(at, self.rules.case_window);
            observer.on(self.now, &Fact::CaseClosed { case: &case, is_cut: true });
            return;
        }
        let next = visit.contact.kin(kin, 0);
        observer.on(self.now, &Fact::WillReturn { visit, next, origin, at });
        if let Some(position) = self.ledger.enter(at, Returning { key: next, class: to, origin, case }) {
            self.agenda.schedule(at, Event::Returns(position));
        }
    }
}
