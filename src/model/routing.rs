//! Routing: which agent takes an arriving visit, which visit takes an agent who becomes free.
//!
//! A lane is linked in the order in which its visits are taken, which a visit meets when it joins (`queue`).
//! Invariant: after each event no idle agent could take a waiting visit, but for tiers that an expected wait has opened since
//! it was last read (`conditions`).

use crate::random::{Key, Purpose};
use crate::scenario::checked::{AgentChoice, BalkingByLoad, BalkingSignal, Law, TransferPatience};
use crate::units::{GroupId, LaneId, SimTime, Span};

use super::centre::Centre;
use super::contact::{Contact, Phase};
use super::event::Event;
use super::fact::{Fact, Observer, VisitKind};
use super::rules::{ClassRules, NextVisit, draw};
use super::{agents::Agent, fact::ContactEnd};

/// How many wait in all lanes that a group serves, whether it may take them yet or not.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct GroupQueue {
    /// Promised callbacks included.
    pub visits: u32,
    /// The signal that pressure reads.
    pub customers: u32,
}

impl ClassRules {
    /// The lane of a visit: its branch is drawn from the visit's key.
    #[inline]
    pub fn choose_lane(&self, visit: Key) -> LaneId {
        match self.branches.as_slice() {
            [(_, lane)] => *lane,
            _ => self.lane(visit.uniform(Purpose::Branch)),
        }
    }
}

impl Centre<'_> {
    /// The agent for the visit `key` in `lane` that has waited `wait`: first open tier with an idle agent, in it who the
    /// tier's `choose` says, over all its groups.
    pub(super) fn idle_agent_for(&mut self, lane: LaneId, key: Key, wait: Span) -> Option<Agent> {
        let rules = self.rules;
        let lane_rules = &rules.lanes[lane.index()];
        for (position, tier) in lane_rules.tiers.iter().enumerate() {
            if tier.after > wait {
                return None;
            }
            let agent = if lane_rules.is_conditional {
                self.agent_under_conditions(position, lane, key, wait)
            } else {
                self.take_of(tier.choose, &tier.groups, key)
            };
            if agent.is_some() {
                return agent;
            }
        }
        None
    }

    /// The agent of `groups` whom `choose` says, for the visit `key`.
    #[inline(always)]
    pub(super) fn take_of(&mut self, choose: AgentChoice, groups: &[GroupId], key: Key) -> Option<Agent> {
        match choose {
            AgentChoice::LongestIdle => self.take_longest_idle_of(groups),
            other => self.take_otherwise(other, groups, key),
        }
    }

    /// The choices that are rare in scenarios, out of line so that the one that is not stays small where it is inlined.
    #[inline(never)]
    fn take_otherwise(&mut self, choose: AgentChoice, groups: &[GroupId], key: Key) -> Option<Agent> {
        match choose {
            AgentChoice::LongestIdle => self.take_longest_idle_of(groups),
            AgentChoice::RandomAgent => self.take_random(groups, key),
            AgentChoice::LeastOccupied => self.take_least_occupied(groups),
            AgentChoice::MostSpecialised => self.take_most_specialised(groups),
            AgentChoice::IdleShare => self.take_by_idle_share(groups),
        }
    }

    /// Whether [`Centre::idle_agent_for`] would find an agent for a visit that enters `lane`.
    pub(super) fn has_idle_agent_for(&self, lane: LaneId) -> bool {
        let rules = &self.rules.lanes[lane.index()];
        let tiers = rules.tiers.iter().take_while(|tier| tier.after == Span::ZERO);
        if rules.is_conditional {
            return (0..tiers.count()).any(|position| self.has_agent_under_conditions(position, lane));
        }
        let mut groups = tiers.flat_map(|tier| tier.groups.iter());
        groups.any(|group| self.idle_since[group.index()] < SimTime::MAX)
    }

    /// The visit for an agent of `group` who is free: first tier of `takes` with a visit that the group may take, in it
    /// the highest score, which is the longest wait unless a class says otherwise.
    pub(super) fn waiting_visit_for(&self, group: GroupId) -> Option<u32> {
        if self.queues[group.index()].visits == 0 {
            return None;
        }
        let rules = self.rules;
        rules.groups[group.index()].takes.iter().find_map(|tier| match tier.next {
            NextVisit::LongestWait => self.longest_wait(group, &tier.lanes),
            NextVisit::HighestScore => self.highest_score(group, &tier.lanes),
        })
    }

    /// Nobody eligible is idle: the customer leaves at once or joins the end of the lane.
    pub(super) fn wait_in_lane<O: Observer>(&mut self, slot: u32, observer: &mut O) {
        let rules = self.rules;
        let contact = &self.contacts[slot];
        let visit = &contact.visit;
        observer.on(self.now, &Fact::Queued { visit });
        let lane = visit.lane;
        let class = &rules.classes[visit.class.index()].class;
        let key = self.rules.key_of_draw(contact, |keeps| keeps.patience);
        let balks = class.balking > 0.0
            && visit.kind == VisitKind::Inbound
            && class.patience.is_some()
            && key.uniform(Purpose::Balking)
                < match &class.balking_by_load {
                    None => class.balking,
                    Some(by_load) => self.balking_share(by_load, lane),
                };
        let patience = if balks { Some(Span::ZERO) } else { self.patience(slot) };
        let contact = &mut self.contacts[slot];
        contact.phase = Phase::Waiting;
        contact.deadline = patience.map_or(SimTime::MAX, |patience| self.now + patience);
        contact.tier_opens = SimTime::MAX;
        self.join(slot, lane);
        if patience == Some(Span::ZERO) {
            return self.leave_unanswered(slot, observer);
        }
        self.schedule_timer(slot);
        if rules.lanes[lane.index()].is_conditional {
            self.queue_has_grown(lane, observer);
        }
    }

    /// The share that leaves at once, of those who would join `lane` now.
    #[cold]
    fn balking_share(&self, by_load: &BalkingByLoad, lane: LaneId) -> f64 {
        let ahead = self.lanes[lane.index()].waiting;
        by_load.share(match by_load.signal {
            BalkingSignal::Waiting => f64::from(ahead) + 1.0,
            BalkingSignal::ExpectedWait(predictor) => {
                let tiers = &self.rules.lanes[lane.index()].tiers;
                self.expected_wait(lane, predictor, ahead, tiers).as_secs_f64()
            }
        })
    }

    /// How long the customer of the visit in `slot` waits from its entry on; `None`: without limit.
    #[inline(always)]
    pub(super) fn patience(&self, slot: u32) -> Option<Span> {
        let contact = &self.contacts[slot];
        let visit = &contact.visit;
        let law = &self.rules.classes[visit.class.index()].class.patience;
        match (visit.kind, contact.patience, law) {
            (VisitKind::Callback, ..) | (VisitKind::Inbound, TransferPatience::New, None) => None,
            (VisitKind::Inbound, TransferPatience::New, Some(law)) => {
                let key = self.rules.key_of_draw(contact, |keeps| keeps.patience);
                Some(self.drawn_patience(law, key, visit.interval))
            }
            (VisitKind::Inbound, TransferPatience::Rest, _) => self.rest_of_patience(slot),
        }
    }

    #[inline(always)]
    fn drawn_patience(&self, law: &Law, key: Key, interval: u32) -> Span {
        let drawn = draw(law, interval, &self.rules.almanac, &mut key.stream(Purpose::Patience));
        Span::from_secs_f64(drawn * self.unknowns.patience)
    }

    /// What the waits of the contact have left of its first patience, whether that was needed then or not.
    #[cold]
    fn rest_of_patience(&self, slot: u32) -> Option<Span> {
        let contact = &self.contacts[slot];
        let visit = &contact.visit;
        let law = self.rules.classes[visit.first_class.index()].class.patience.as_ref()?;
        let key = self.rules.kept_key(contact, |keeps| keeps.patience);
        let first = self.drawn_patience(law, key, visit.arrival_interval);
        Some(Span(first.0.saturating_sub(contact.waited.0)))
    }

    /// One timer for a waiting visit: for the next tier that opens within the customer's patience, then for its end.
    fn schedule_timer(&mut self, slot: u32) {
        let contact = &self.contacts[slot];
        let waited = self.now.since(contact.visit.entered);
        let tiers = &self.rules.lanes[contact.visit.lane.index()].tiers;
        let next = tiers.iter().find(|tier| tier.after > waited);
        let opens = next.map_or(SimTime::MAX, |tier| contact.visit.entered + tier.after);
        let deadline = contact.deadline;
        let longest = match &self.rules.classes[contact.visit.class.index()].gate {
            Some(gate) => gate.longest_wait_of(&contact.visit),
            None => SimTime::MAX,
        };
        if longest < opens && longest <= deadline && longest < SimTime::MAX {
            self.agenda.schedule(longest, Event::MaxWait(slot));
        } else if opens <= deadline && opens < SimTime::MAX {
            self.contacts[slot].tier_opens = opens;
            self.agenda.schedule(opens, Event::TierOpens(slot));
        } else if deadline < SimTime::MAX {
            self.agenda.schedule(deadline, Event::PatienceEnds(slot));
        }
    }

    /// The wait reached the `after` of a tier: the visit is offered once to all open tiers in order; where they have conditions, who is
    /// first.
    pub(super) fn tier_opens<O: Observer>(&mut self, slot: u32, observer: &mut O) {
        let contact = &self.contacts[slot];
        if contact.phase != Phase::Waiting || contact.tier_opens != self.now {
            return;
        }
        let (lane, key) = (contact.visit.lane, contact.key);
        let waited = self.now.since(contact.visit.entered);
        if self.rules.lanes[lane.index()].is_conditional {
            self.opens_under_conditions(lane, waited, observer);
            if self.contacts[slot].phase != Phase::Waiting {
                return;
            }
        } else if let Some(agent) = self.idle_agent_for(lane, key, waited) {
            self.leave_lane(slot);
            return self.serve(slot, agent, true, observer);
        }
        self.contacts[slot].tier_opens = SimTime::MAX;
        self.schedule_timer(slot);
    }

    pub(super) fn patience_ends<O: Observer>(&mut self, slot: u32, observer: &mut O) {
        // Most have been answered meanwhile: the phase says so, and stands beside the visit.
        let is_over = |contact: &Contact| contact.deadline == self.now;
        let contact = &self.contacts[slot];
        match contact.phase {
            Phase::Waiting if is_over(contact) => self.leave_unanswered(slot, observer),
            Phase::RingingAtOnce | Phase::RingingAfterQueue if is_over(contact) => {
                self.gives_up_while_ringing(slot, observer);
            }
            Phase::Waiting
            | Phase::RingingAtOnce
            | Phase::RingingAfterQueue
            | Phase::Talking
            | Phase::KeptTalking
            | Phase::Conferring
            | Phase::WrappingUp
            | Phase::Dialling
            | Phase::Promised => {}
        }
    }

    /// A waiting customer gives up.
    fn leave_unanswered<O: Observer>(&mut self, slot: u32, observer: &mut O) {
        self.leave_lane(slot);
        let visit = self.ends_unanswered(slot);
        observer.on(self.now, &Fact::Abandoned { visit: &visit });
        self.leaves_without_an_agent(slot, ContactEnd::Abandoned, observer);
    }
}
