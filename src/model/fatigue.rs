//! Fatigue: how many hours an agent has been hard at work since log-in.
//!
//! Slows nothing down itself; `pressure` does. Invariant: an hour counts once, when it is over, and only for the agent.

use crate::scenario::checked::Fatigue;
use crate::units::{SimTime, Span};

/// The hours of one agent since log-in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Strain {
    /// When the agent, or the one in the same place before, was fresh.
    fresh: SimTime,
    /// Begin of the running hour.
    began: SimTime,
    /// Idle time of the running hour.
    idle: Span,
    /// Hours over, busy above the bound.
    hard: u32,
}

impl Strain {
    /// At log-in.
    pub fn fresh(now: SimTime) -> Self {
        Self { fresh: now, began: now, idle: Span::ZERO, hard: 0 }
    }

    /// The agent was idle from `since` to `now`.
    pub fn was_idle(&mut self, rules: &Fatigue, since: SimTime, now: SimTime) {
        self.close_hours(rules, since);
        let mut since = since;
        while now.since(self.began) >= Span::HOUR {
            let end = self.began + Span::HOUR;
            self.idle += end.since(since);
            self.close_hours(rules, end);
            since = end;
        }
        self.idle += now.since(since);
    }

    /// Hours over at `now`, busy above the bound; since the last idle time that was told the agent has been busy.
    pub fn hard_hours(&mut self, rules: &Fatigue, now: SimTime) -> u32 {
        self.close_hours(rules, now);
        self.hard
    }

    fn close_hours(&mut self, rules: &Fatigue, now: SimTime) {
        while now.since(self.began) >= Span::HOUR {
            let busy = 1.0 - self.idle.as_secs_f64() / Span::HOUR.as_secs_f64();
            self.hard += u32::from(busy > rules.above);
            self.began = self.began + Span::HOUR;
            self.idle = Span::ZERO;
            if rules.relief.is_some_and(|relief| self.began.since(self.fresh) >= relief) {
                *self = Self::fresh(self.began);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: Fatigue = Fatigue { above: 0.8, per_hour: 0.1, relief: None };

    fn at(minutes: u64) -> SimTime {
        SimTime::ZERO + Span::MINUTE * minutes
    }

    #[test]
    fn an_hour_counts_when_it_was_busy_above_the_bound_however_idle_time_lies_in_it() {
        let mut strain = Strain::fresh(at(30));
        // 10 of 60 minutes idle: hard. Then 50 to 70 minutes after log-in: 10 in the second hour, 12 in all: not hard.
        strain.was_idle(&RULES, at(40), at(50));
        assert_eq!(strain.hard_hours(&RULES, at(89)), 0, "the hour is not over");
        assert_eq!(strain.hard_hours(&RULES, at(90)), 1);
        strain.was_idle(&RULES, at(91), at(93));
        strain.was_idle(&RULES, at(140), at(160));
        assert_eq!(strain.hard_hours(&RULES, at(209)), 1, "12 of 60 minutes are not below a fifth");
        // Of the third hour 10 minutes are idle; the fourth is over and was all idle, the fifth all busy.
        assert_eq!(strain.hard_hours(&RULES, at(210)), 2);
        strain.was_idle(&RULES, at(210), at(271));
        assert_eq!(strain.hard_hours(&RULES, at(330)), 3);
    }

    #[test]
    fn after_relief_a_fresh_one_is_in_the_place() {
        let rules = Fatigue { relief: Some(Span::HOUR * 2), ..RULES };
        let mut strain = Strain::fresh(at(0));
        assert_eq!([60, 119, 120, 180].map(|minute| strain.hard_hours(&rules, at(minute))), [1, 1, 0, 1]);
    }
}
