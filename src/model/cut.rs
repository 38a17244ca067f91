//! The end of a horizon that is cut: nobody is served any more, what agents have in hand runs out.
//!
//! Does nothing where the scenario drains. Invariant: after the end of the horizon no agent takes a visit.

use crate::scenario::checked::AtEnd;
use crate::units::{GroupId, LaneId};

use super::centre::Centre;
use super::contact::{Contact, Phase};
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
                let contact = &mut self.contacts[slot];
                // A timer that is still pending finds a slot that does not wait. Who stays open has no wait yet.
                contact.phase = Phase::WrappingUp;
                let Contact { visit, case, line_pool: pool, .. } = *contact;
                self.release_line(pool);
                self.contacts.remove(slot);
                observer.on(self.now, &Fact::LeftOpen { visit: &visit });
                observer.on(self.now, &Fact::CaseClosed { case: &case, is_cut: true });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Observer, Rules};
    use crate::scenario::{Texts, load};
    use crate::units::{ClassId, SimTime, Span};

    /// Waits of cases in the order in which they are closed.
    #[derive(Default)]
    struct Waits(Vec<Span>);

    impl Observer for Waits {
        fn on(&mut self, _now: SimTime, fact: &Fact<'_>) {
            if let Fact::CaseClosed { case, .. } = fact {
                self.0.push(case.wait);
            }
        }
    }

    #[test]
    fn who_is_left_open_has_no_wait_yet_and_a_promise_that_is_not_kept_is_none() {
        // The only agent talks on beyond the end. The second waits 10 s and is promised a call, the third still waits at the end.
        let text = "horizon = \"1h\"\nat_end = \"cut\"\n\
                    [class.calls]\nvolume = { per_hour = 0 }\ntalk_time = { constant = \"2h\" }\n\
                    max_wait = { after = \"10s\", then = { callback = { group = \"a\" } } }\n\
                    [class.more]\nvolume = { per_hour = 0 }\ntalk_time = { constant = \"2h\" }\n\
                    [group.a]\nagents = 1\ntakes = [[\"calls\", \"more\"]]\n";
        let loaded = load("s.toml", &[], &Texts::new().with("s.toml", text.to_owned()));
        let scenario = loaded.unwrap_or_else(|problems| panic!("{problems}")).scenario;
        let rules = Rules::compile(&scenario);
        let calls = [(0, 0), (60, 0), (120, 1)].map(|(at, class)| (SimTime(at * 1_000_000), ClassId(class)));
        let mut waits = Waits::default();
        Centre::with_fresh_contacts(&rules, 1, &calls).finish(&mut waits);
        waits.0.sort();
        assert_eq!(waits.0, [0, 0, 10].map(Span::from_secs));
    }
}
