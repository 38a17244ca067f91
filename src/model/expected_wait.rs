//! How long a customer who comes now may expect to wait: three predictors, none of which looks ahead.
//!
//! Knows one lane at a time: what its agents take from other lanes, and who of them is about to leave, is left out.
//! Invariant: reads the state of the centre and draws nothing, so that asking changes no run.

use crate::scenario::checked::{Predictor, RouteTier};
use crate::units::{LaneId, SimTime, Span};

use super::centre::Centre;
use super::rules::LaneRules;

impl Centre<'_> {
    /// The wait that `predictor` expects in `lane` behind `ahead` others, by the agents of these of its tiers.
    pub(super) fn expected_wait(
        &self,
        lane: LaneId,
        predictor: Predictor,
        ahead: u32,
        tiers: &[RouteTier],
    ) -> Span {
        match predictor {
            Predictor::QueueLength => {
                let staffed = |group: usize| self.groups[group].staffed;
                self.rules.lanes[lane.index()].wait_behind(ahead, tiers, staffed)
            }
            Predictor::LastServed => self.last_waits[lane.index()],
            Predictor::HeadOfLine => self
                .first_in(lane)
                .map_or(Span::ZERO, |first| self.now.since(self.contacts[first].visit.entered)),
        }
    }

    /// Notes the wait of a visit that an agent takes, where a rule reads it.
    #[inline(always)]
    pub(super) fn note_wait(&mut self, lane: LaneId, entered: SimTime) {
        if self.rules.reads_last_waits {
            self.last_waits[lane.index()] = self.now.since(entered);
        }
    }
}

impl LaneRules {
    /// (`ahead` + 1) ÷ the rate at which the agents of `tiers` end visits like these, as if they took no others.
    fn wait_behind(&self, ahead: u32, tiers: &[RouteTier], staffed: impl Fn(usize) -> u32) -> Span {
        let mut rate = 0.0;
        for (group, handling) in self.groups.iter().zip(&self.handling) {
            let agents = f64::from(staffed(group.index()));
            if agents > 0.0 && tiers.iter().any(|tier| tier.groups.contains(group)) {
                rate += agents / handling;
            }
        }
        Span::from_secs_f64((f64::from(ahead) + 1.0) / rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Observer, Rules, fact::Fact};
    use crate::scenario::{Texts, load};
    use crate::units::ClassId;

    struct Deaf;

    impl Observer for Deaf {
        fn on(&mut self, _now: SimTime, _fact: &Fact<'_>) {}
    }

    /// The three predictions for the only lane, at second `at`; calls come at the seconds `calls`.
    fn predicted(agents: &str, calls: &[u64], at: u64) -> [Span; 3] {
        let text = format!(
            "horizon = \"1h\"\n[class.calls]\nvolume = {{ per_hour = 0 }}\ntalk_time = {{ constant = \"80s\" }}\n\
             after_call_work = {{ constant = \"20s\" }}\n{agents}"
        );
        let loaded = load("s.toml", &[], &Texts::new().with("s.toml", text));
        let scenario = loaded.unwrap_or_else(|problems| panic!("{problems}")).scenario;
        let mut rules = Rules::compile(&scenario);
        rules.reads_last_waits = true;
        let calls: Vec<_> = calls.iter().map(|&at| (SimTime(at * 1_000_000), ClassId(0))).collect();
        let mut centre = Centre::with_fresh_contacts(&rules, 1, &calls);
        centre.advance(SimTime(at * 1_000_000), &mut Deaf);
        centre.now = SimTime(at * 1_000_000);
        [Predictor::QueueLength, Predictor::LastServed, Predictor::HeadOfLine].map(|predictor| {
            let (waiting, tiers) = (centre.lanes[0].waiting, &rules.lanes[0].tiers);
            centre.expected_wait(LaneId(0), predictor, waiting, tiers)
        })
    }

    const ONE_GROUP: &str = "[group.a]\nagents = 2\ntakes = [[\"calls\"]]\n";

    #[test]
    fn an_empty_queue_promises_one_turn_and_no_past() {
        // Two agents, 100 s a visit: somebody is free every 50 s.
        assert_eq!(predicted(ONE_GROUP, &[0, 0], 10), [Span::from_secs(50), Span::ZERO, Span::ZERO]);
    }

    #[test]
    fn who_waits_ahead_adds_a_turn_each_and_the_first_in_line_has_waited_so_far() {
        let expected = [Span::from_secs(150), Span::ZERO, Span::from_secs(35)];
        assert_eq!(predicted(ONE_GROUP, &[0, 0, 5, 20], 40), expected);
    }

    #[test]
    fn the_last_served_has_waited_until_an_agent_took_it_and_not_longer() {
        // Both are free at 100 s; who came at 5 is taken before who came at 20.
        let expected = [Span::from_secs(50), Span::from_secs(80), Span::ZERO];
        assert_eq!(predicted(ONE_GROUP, &[0, 0, 5, 20], 150), expected);
        // Who comes to an idle agent has not waited at all.
        assert_eq!(predicted(ONE_GROUP, &[0, 0, 5, 20, 300], 310)[1], Span::ZERO);
    }

    #[test]
    fn agents_who_are_slower_count_less_and_without_agents_the_wait_is_endless() {
        let two_groups = "[group.a]\nagents = 1\ntakes = [[\"calls\"]]\n\
                          [group.b]\nagents = 1\ntakes = [[\"calls\"]]\nskill.calls = { talk_time_factor = 3.5 }\n";
        // 1 ÷ (1 ÷ 100 s + 1 ÷ 300 s)
        assert_eq!(predicted(two_groups, &[0, 0], 10)[0], Span::from_secs(75));
        let late = "[group.a]\nagents = [0, 1]\ntakes = [[\"calls\"]]\n";
        assert!(predicted(late, &[0], 10)[0] > Span::DAY * 365);
    }
}
