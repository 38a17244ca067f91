//! Agents by group: plan, log-in and log-out, who is idle since when.
//!
//! Leaving rule of counts (that of persons is in `roster`): when the plan falls, idle agents leave first (longest idle first); are still too many
//! busy, whoever finishes next leaves. When it rises, finishing agents are recalled before new ones come.
//! Invariant: staffed = idle + busy; an agent is in exactly one of idle, busy, logged out.

use std::collections::VecDeque;

use crate::random::Key;
use crate::scenario::checked::{AfterPlan, Fatigue};
use crate::units::{GroupId, SimTime, Span};

use super::attendance::Attendance;
use super::centre::Centre;
use super::event::Event;
use super::fact::{Fact, LogReason, Observer};
use super::fatigue::Strain;
use super::off_phone::OffPhoneState;
use super::pressure::LoadSeen;
use super::roster::Persons;
use super::rules::{GroupRules, Rules};

/// An agent who is free for a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Agent {
    pub group: GroupId,
    /// Number within the group.
    pub number: u32,
}

/// The agents of one group; what every visit moves stands in the first line of the cache.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub(super) struct GroupState {
    /// Idle agents, longest idle first.
    pub idle: VecDeque<(SimTime, u32)>,
    pub plan: u32,
    /// How many may go on: others who are busy leave, or have something else to do, when they have finished.
    pub stays: i32,
    pub staffed: u32,
    pub busy: u32,

    pub attendance: Attendance,
    /// By number; idle times are added up only where a rule asks for them.
    pub clocks: Vec<AgentClock>,
    /// By number, where agents tire.
    strains: Vec<Strain>,
    tires: bool,
    /// Numbers of those who have gone, to be used again.
    logged_out: Vec<u32>,
    /// Numbers given so far.
    numbers: u32,
    occupancy: OccupancySignal,
    /// Of a group with shifts.
    pub persons: Persons,
    pub off_phone: OffPhoneState,
}

/// What an agent has done since log-in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct AgentClock {
    pub logged_in: SimTime,
    /// Idle time that is over.
    pub idle: Span,
}

/// Signal: occupancy of the last completed interval.
#[derive(Clone, Copy, Debug, Default)]
struct OccupancySignal {
    last: f64,
    since: SimTime,
    busy_us: u64,
    staffed_us: u64,
}

impl GroupState {
    pub fn new(rules: &GroupRules, root: Key) -> Self {
        Self {
            attendance: Attendance::new(&rules.attendance, root),
            plan: 0,
            stays: 0,
            staffed: 0,
            busy: 0,
            idle: VecDeque::new(),
            clocks: Vec::new(),
            strains: Vec::new(),
            tires: rules.fatigue().is_some(),
            logged_out: Vec::new(),
            numbers: 0,
            occupancy: OccupancySignal::default(),
            persons: Persons::default(),
            off_phone: OffPhoneState::default(),
        }
    }

    fn log_in(&mut self, now: SimTime) -> u32 {
        let number = self.logged_out.pop().unwrap_or_else(|| {
            self.clocks.push(AgentClock::default());
            if self.tires {
                self.strains.push(Strain::default());
            }
            self.numbers += 1;
            self.numbers - 1
        });
        self.comes(number, now);
        number
    }

    /// An agent with a number of its own logs in.
    pub fn comes(&mut self, number: u32, now: SimTime) {
        self.staffed += 1;
        self.clocks[number as usize] = AgentClock { logged_in: now, idle: Span::ZERO };
        if let Some(strain) = self.strains.get_mut(number as usize) {
            *strain = Strain::fresh(now);
        }
    }

    /// The number may be given to another.
    pub fn release(&mut self, number: u32) {
        self.logged_out.push(number);
    }

    fn log_out(&mut self, number: u32) {
        self.staffed -= 1;
        self.release(number);
    }

    /// Adds the time since the last change to the signal's areas.
    fn settle_occupancy(&mut self, now: SimTime) {
        let Span(elapsed) = now.since(self.occupancy.since);
        self.occupancy.since = now;
        self.occupancy.busy_us += elapsed * u64::from(self.busy);
        self.occupancy.staffed_us += elapsed * u64::from(self.staffed);
    }

    /// The speed of an agent as a share of that of a fresh one.
    #[inline(never)]
    pub fn vigour(&mut self, number: u32, fatigue: &Fatigue, now: SimTime) -> f64 {
        let strain = self.strains.get_mut(number as usize);
        let hours = strain.map_or(0, |strain| strain.hard_hours(fatigue, now));
        1.0 / (1.0 + fatigue.per_hour * f64::from(hours))
    }

    /// What the agents see of the load, with so many customers waiting for them.
    #[inline(always)]
    pub fn load_seen(&self, waiting: u32) -> LoadSeen {
        LoadSeen { waiting, agents: self.staffed.min(self.plan), occupancy: self.occupancy.last }
    }

    fn complete_signal(&mut self, rules: &Rules, now: SimTime) {
        if !rules.reads_occupancy {
            return;
        }
        self.settle_occupancy(now);
        let OccupancySignal { busy_us, staffed_us, .. } = self.occupancy;
        self.occupancy.last = if staffed_us == 0 { 0.0 } else { busy_us as f64 / staffed_us as f64 };
        (self.occupancy.busy_us, self.occupancy.staffed_us) = (0, 0);
    }
}

impl Centre<'_> {
    /// At the start of an interval: one event per group whose plan changes; what falls comes before what rises.
    pub(super) fn schedule_plan_changes(&mut self) {
        let interval = self.interval as usize;
        for group_idx in 0..self.groups.len() {
            let group = GroupId::from_index(group_idx);
            if self.rules.groups[group_idx].roster.is_some() {
                self.groups[group_idx].complete_signal(self.rules, self.now);
                self.staffing_changed(group);
                continue;
            }
            let planned = self.planned(group, interval);
            let state = &mut self.groups[group_idx];
            state.complete_signal(self.rules, self.now);
            let falls = planned < state.plan;
            let changes = planned != state.plan;
            self.staffing_changed(group);
            if changes {
                let event = if falls { Event::PlanFalls(group) } else { Event::PlanRises(group) };
                self.agenda.schedule(self.now, event);
            }
        }
    }

    /// The agents of the plan who come in an interval, less those off the phone now.
    pub(super) fn planned(&mut self, group: GroupId, interval: usize) -> u32 {
        let rules = &self.rules.groups[group.index()];
        let date = self.rules.almanac.days[self.rules.almanac.intervals[interval].day as usize].date;
        let state = &mut self.groups[group.index()];
        state
            .attendance
            .agents(&rules.attendance, rules.plan[interval], date)
            .saturating_sub(state.off_phone.agents)
    }

    /// The plan of `group` becomes that of the running interval.
    pub(super) fn plan_changes<O: Observer>(&mut self, group: GroupId, observer: &mut O) {
        let planned = self.planned(group, self.interval as usize);
        self.plan_becomes(group, planned, observer);
    }

    /// From now on so many agents of a group of counted agents are planned: who is too many leaves, who is missing comes.
    pub(super) fn plan_becomes<O: Observer>(&mut self, group: GroupId, planned: u32, observer: &mut O) {
        let state = &mut self.groups[group.index()];
        (state.plan, state.stays) = (planned, planned as i32 - state.off_phone.held);
        observer.on(self.now, &Fact::Planned { group, agents: planned });
        self.staffing_changed(group);
        while self.groups[group.index()].staffed > planned {
            let Some(agent) = self.take_longest_idle(group) else { break };
            self.log_out(agent, observer);
        }
        while self.groups[group.index()].staffed < planned {
            let agent = self.log_in(group, observer);
            self.take_next_visit(agent, observer);
        }
        self.off_phone_goes_on(group, observer);
    }

    /// Another agent logs in.
    pub(super) fn log_in<O: Observer>(&mut self, group: GroupId, observer: &mut O) -> Agent {
        self.settle_signal(group);
        let number = self.groups[group.index()].log_in(self.now);
        self.staffing_changed(group);
        observer.on(self.now, &Fact::LoggedIn { group, agent: number, why: LogReason::Plan });
        Agent { group, number }
    }

    /// An agent has wrapped up: leaves if the plan has fallen, else takes the next visit or is idle.
    #[inline(always)]
    pub(super) fn agent_frees<O: Observer>(&mut self, agent: Agent, observer: &mut O) {
        self.settle_signal(agent.group);
        let state = &mut self.groups[agent.group.index()];
        state.busy -= 1;
        if state.staffed as i32 > state.stays {
            self.frees_beyond_plan(agent, observer);
        } else {
            self.take_next_visit(agent, observer);
        }
    }

    pub(super) fn take_next_visit<O: Observer>(&mut self, agent: Agent, observer: &mut O) {
        if let Some(slot) = self.waiting_visit_for(agent.group) {
            self.leave_lane(slot);
            self.serve(slot, agent, true, observer);
        } else {
            self.becomes_idle(agent);
        }
    }

    /// More are logged in than may go on: the agent leaves, unless it is another one's turn.
    #[cold]
    fn frees_beyond_plan<O: Observer>(&mut self, agent: Agent, observer: &mut O) {
        if self.is_person(agent) && self.person_frees(agent, observer) {
            return;
        }
        let GroupState { staffed, plan, .. } = self.groups[agent.group.index()];
        if staffed <= plan {
            if !self.frees_for_off_phone(agent, observer) {
                self.take_next_visit(agent, observer);
            }
            return;
        }
        let is_over = self.groups[agent.group.index()].plan == 0 && !self.is_cut();
        if is_over
            && self.rules.groups[agent.group.index()].after_plan == AfterPlan::StayUntilEmpty
            && let Some(slot) = self.waiting_visit_for(agent.group)
        {
            self.leave_lane(slot);
            return self.serve(slot, agent, true, observer);
        }
        self.log_out(agent, observer);
    }

    #[inline]
    fn becomes_idle(&mut self, agent: Agent) {
        self.groups[agent.group.index()].idle.push_back((self.now, agent.number));
        let since = &mut self.idle_since[agent.group.index()];
        *since = self.now.min(*since);
    }

    /// Takes the agent of `group` who has been idle longest.
    #[inline]
    pub(super) fn take_longest_idle(&mut self, group: GroupId) -> Option<Agent> {
        let idle = &mut self.groups[group.index()].idle;
        let (since, number) = idle.pop_front()?;
        self.idle_since[group.index()] = idle.front().map_or(SimTime::MAX, |&(since, _)| since);
        if self.rules.watches_agents {
            self.was_idle(Agent { group, number }, since);
        }
        Some(Agent { group, number })
    }

    /// Adds up the idle time of an agent that is over.
    fn was_idle(&mut self, agent: Agent, since: SimTime) {
        let (group, number) = (agent.group.index(), agent.number as usize);
        let state = &mut self.groups[group];
        state.clocks[number].idle += self.now.since(since);
        if let (Some(strain), Some(fatigue)) =
            (state.strains.get_mut(number), self.rules.groups[group].fatigue())
        {
            strain.was_idle(fatigue, since, self.now);
        }
    }

    /// Takes the idle agent of `group` at `position`, counted from who has been idle longest.
    pub(super) fn take_idle(&mut self, group: GroupId, position: usize) -> Option<Agent> {
        // The one taken goes to the front, the order of the others stays.
        self.groups[group.index()].idle.make_contiguous().get_mut(..=position)?.rotate_right(1);
        self.take_longest_idle(group)
    }

    pub(super) fn log_out<O: Observer>(&mut self, agent: Agent, observer: &mut O) {
        self.settle_signal(agent.group);
        self.groups[agent.group.index()].log_out(agent.number);
        self.staffing_changed(agent.group);
        observer
            .on(self.now, &Fact::LoggedOut { group: agent.group, agent: agent.number, why: LogReason::Plan });
    }

    /// What agents see of the load may be other than before.
    pub(super) fn staffing_changed(&mut self, group: GroupId) {
        if self.rules.has_paces {
            self.pace_changes(group);
        }
    }

    /// An agent, idle until now, is busy.
    #[inline(always)]
    pub(super) fn agent_begins(&mut self, agent: Agent) {
        self.settle_signal(agent.group);
        self.groups[agent.group.index()].busy += 1;
    }

    /// An agent, busy until now, begins something else at once.
    pub(super) fn agent_goes_on(&mut self, agent: Agent) {
        self.settle_signal(agent.group);
        self.groups[agent.group.index()].busy -= 1;
    }

    #[inline]
    pub(super) fn settle_signal(&mut self, group: GroupId) {
        if self.rules.reads_occupancy {
            self.groups[group.index()].settle_occupancy(self.now);
        }
    }
}
