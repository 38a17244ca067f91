//! The end of a horizon that is cut: nobody is served any more, what agents have in hand runs out.
//!
//! Does nothing where the scenario drains. Invariant: after the end of the horizon no agent takes a visit.

use crate::scenario::checked::AtEnd;
use crate::units::{GroupId, LaneId};

use super::centre::Centre;
use super::fact::{Fact, Observer};

impl Centre<'_> {
    /// All plans fall to nobody: who is idle leaves, who is busy leaves when the work in hand is done.
    pub(super) fn agents_go_home<O: Observer>(&mut self, observer: &mut O) {
        for group in (0..self.groups.len()).map(GroupId::from_index) {
            self.groups[group.index()].persons.go_home();
            self.plan_becomes(group, 0, observer);
        }
    }

    /// Whether the horizon has been cut.
    pub(super) fn is_cut(&self) -> bool {
        self.rules.at_end == AtEnd::Cut && self.now >= self.rules.almanac.ends()
    }

    /// Whoever waits stays open, promised callbacks too.
    pub(super) fn leave_open_who_waits<O: Observer>(&mut self, observer: &mut O) {
        for lane in (0..self.rules.lanes.len()).map(LaneId::from_index) {
            while let Some(slot) = self.first_in(lane) {
                self.leave_lane(slot);
                self.promises.remove(&slot);
                let visit = self.ends_unanswered(slot);
                let (case, pool) = (self.contacts[slot].case, self.contacts[slot].line_pool);
                self.release_line(pool);
                self.contacts.remove(slot);
                observer.on(self.now, &Fact::LeftOpen { visit: &visit });
                observer.on(self.now, &Fact::CaseClosed { case: &case, is_cut: true });
            }
        }
    }
}
