//! Endless backlogs: a class in which the next contact comes as soon as an agent has taken the one that waited.
//!
//! Invariant: until the end of the horizon one contact of the backlog waits, unless an agent is idle who takes it at once; so no
//! agent of the class is idle.

use crate::random::Key;
use crate::units::{ClassId, SimTime};

use super::centre::Centre;
use super::event::Event;
use super::fact::{Case, Cause, Entry, Fact, Observer, Origin};

/// The backlog of a class.
#[derive(Clone, Copy, Debug)]
pub(super) struct Backlog {
    class: ClassId,
    key: Key,
    /// The contact that waits, or is about to be taken.
    next: Option<u32>,
    /// Contacts so far.
    number: u64,
}

impl Centre<'_> {
    /// At the start of the run the first contact of each backlog comes.
    pub(super) fn open_backlogs(&mut self) {
        for (class, rules) in (0..).map(ClassId).zip(&self.rules.classes) {
            if rules.class.is_endless {
                let key = self.root.named(&rules.class.name).named("backlog");
                self.backlogs.push(Backlog { class, key, next: None, number: 0 });
                self.agenda.schedule(SimTime::ZERO, Event::BacklogGoesOn(class));
            }
        }
    }

    /// An agent takes the visit in `slot`: if it is what waited in a backlog, the next contact comes.
    #[cold]
    pub(super) fn follow_up(&mut self, slot: u32) {
        let ends = self.rules.almanac.ends();
        if let Some(backlog) = self.backlogs.iter_mut().find(|backlog| backlog.next == Some(slot)) {
            backlog.next = None;
            if self.now < ends {
                // Not here and now: a row of idle agents would be a row of calls within calls.
                self.agenda.schedule(self.now, Event::BacklogGoesOn(backlog.class));
            }
        }
    }

    /// The next contact of a backlog comes.
    pub(super) fn backlog_goes_on<O: Observer>(&mut self, class: ClassId, observer: &mut O) {
        let Some(position) = self.backlogs.iter().position(|backlog| backlog.class == class) else { return };
        let Backlog { key, number, .. } = self.backlogs[position];
        let key = key.child(number);
        let case = Case { contacts: 1, ..Case::new(key, class, self.interval) };
        let slot = self.new_contact(key, class, Cause::Fresh, case);
        self.backlogs[position].next = Some(slot);
        self.backlogs[position].number += 1;
        self.offered += 1;
        observer.on(self.now, &Fact::Offered { visit: &self.contacts[slot].visit, origin: Origin::Fresh });
        self.enter(slot, class, Entry::Outside, observer);
    }
}
