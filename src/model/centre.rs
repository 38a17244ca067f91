//! One replication of a centre: drives time forward, event by event.
//!
//! One source: the agenda, into which the fresh contacts of each cell and a page of the ledger (who comes back) go when they
//! begin. Decides nothing itself: each event is handled by the file that holds its rule.
//! Invariant: a replication depends on (rules, seed, index) and on nothing else.

use std::collections::BTreeMap;

use crate::engine::{Agenda, Ledger, Slab};
use crate::random::{Key, Kin};
use crate::scenario::Almanac;
use crate::scenario::checked::AtEnd;
use crate::units::{ClassId, LaneId, LinePoolId, SimTime, Span};

use super::agents::{Agent, GroupState};
use super::arrivals::Arrivals;
use super::backlog::Backlog;
use super::callback::Promise;
use super::conference::Conference;
use super::contact::{Contact, Returning};
use super::event::Event;
use super::fact::{Case, Cause, ContactEnd, Entry, Fact, Observer, Origin};
use super::pace::Paces;
use super::queue::LaneState;
use super::routing::GroupQueue;
use super::rules::Rules;
use super::trail::Trail;
use super::unknowns::Unknowns;

/// More contacts than this at once: the queue grows without limit, the run is given up.
const MOST_CONTACTS: usize = 1_000_000;

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunEnd {
    /// The horizon was reached and everything that had begun ran to its end.
    Horizon,
    /// More than a million contacts were in the centre at once.
    Overgrown {
        /// The lane that the last of them entered.
        lane: LaneId,
        /// When.
        at: SimTime,
    },
}

/// A running replication.
#[derive(Clone, Debug)]
pub struct Centre<'r> {
    pub(super) rules: &'r Rules,
    pub(super) root: Key,
    pub(super) now: SimTime,
    /// The interval of `now`.
    pub(super) interval: u32,
    next_interval: usize,
    pub(super) agenda: Agenda<Event>,
    pub(super) ledger: Ledger<Returning>,
    arrivals: Arrivals,
    pub(super) unknowns: Unknowns,
    pub(super) contacts: Slab<Contact>,
    /// Open promises by the slot of their callback.
    pub(super) promises: BTreeMap<u32, Promise>,
    /// By the slot of the visit that brought it about.
    pub(super) conferences: BTreeMap<u32, Conference>,
    pub(super) lanes: Vec<LaneState>,
    pub(super) groups: Vec<GroupState>,
    /// Since when the agent of a group is idle who is idle longest; [`SimTime::MAX`] if none is.
    pub(super) idle_since: Vec<SimTime>,
    /// By group.
    pub(super) queues: Vec<GroupQueue>,
    /// Lines in use by pool.
    pub(super) lines_in_use: Vec<u32>,
    /// Visits waiting by room.
    pub(super) in_room: Vec<u32>,
    /// By lane: the wait of the visit that an agent took last, where a rule reads it.
    pub(super) last_waits: Vec<Span>,
    pub(super) backlogs: Vec<Backlog>,
    pub(super) trail: Trail,
    pub(super) paces: Paces,
    pub(super) offered: u64,
    overgrown: Option<RunEnd>,
}

impl<'r> Centre<'r> {
    /// An empty centre at the start of the run.
    #[must_use]
    pub fn new(rules: &'r Rules, seed: u64, replication: u32) -> Self {
        let root = Key::root(seed, replication);
        let almanac = &rules.almanac;
        let unknowns = Unknowns::draw(&rules.uncertainty, root);
        let mut centre = Self {
            rules,
            root,
            now: SimTime::ZERO,
            interval: 0,
            next_interval: 0,
            agenda: Agenda::new(rules.bucket),
            ledger: Ledger::new(almanac.interval, almanac.n_intervals()),
            arrivals: Arrivals::new(rules, root, unknowns.volume),
            unknowns,
            contacts: Slab::new(),
            promises: BTreeMap::new(),
            conferences: BTreeMap::new(),
            lanes: vec![LaneState::default(); rules.lanes.len()],
            groups: rules.groups.iter().map(|group| GroupState::new(group, root)).collect(),
            idle_since: vec![SimTime::MAX; rules.groups.len()],
            queues: vec![GroupQueue::default(); rules.groups.len()],
            lines_in_use: vec![0; rules.pools.len()],
            in_room: vec![0; rules.rooms.len()],
            last_waits: vec![Span::ZERO; rules.lanes.len()],
            backlogs: Vec::new(),
            trail: Trail::new(rules.classes.len()),
            paces: Paces::new(rules.groups.iter().map(|group| group.pressure.as_ref())),
            offered: 0,
            overgrown: None,
        };
        centre.open_backlogs();
        centre.schedule_first_shifts();
        centre.schedule_off_phone();
        centre
    }

    /// As [`Centre::new`], with exactly these fresh contacts instead of random ones: a story to follow by hand.
    ///
    /// Contacts at or after the end of the horizon do not come.
    #[must_use]
    pub fn with_fresh_contacts(rules: &'r Rules, seed: u64, contacts: &[(SimTime, ClassId)]) -> Self {
        let mut centre = Self::new(rules, seed, 0);
        centre.arrivals = Arrivals::given(rules, centre.root, contacts, &mut centre.agenda);
        centre
    }

    /// Contacts offered so far, warm-up included.
    #[must_use]
    pub fn offered_so_far(&self) -> u64 {
        self.offered
    }

    /// The calendar of the run.
    #[must_use]
    pub fn almanac(&self) -> &'r Almanac {
        &self.rules.almanac
    }

    /// Runs everything before `until`, at most up to the end of the horizon.
    pub fn advance<O: Observer>(&mut self, until: SimTime, observer: &mut O) {
        let until = until.min(self.rules.almanac.ends());
        loop {
            let interval_begins = self.next_interval_begins();
            let cell_begins = self.arrivals.next_cell_begins(self.rules);
            let boundary = interval_begins.min(cell_begins).min(until);
            self.run_before(boundary, observer);
            if boundary >= until || self.overgrown.is_some() {
                return;
            }
            self.now = boundary;
            if interval_begins == boundary {
                self.begin_interval(observer);
            }
            if cell_begins == boundary {
                self.arrivals.make_next_cell(self.rules, self.root, &mut self.agenda);
            }
        }
    }

    /// Runs on to the end of the horizon, then lets everything that has begun end with the last staffing.
    ///
    /// Or, if the scenario says `cut`, only what agents have in hand. Nothing new comes from outside after the horizon. Visits that nobody will ever answer stay open; their cases
    /// are closed as cut.
    pub fn finish<O: Observer>(&mut self, observer: &mut O) -> RunEnd {
        self.advance(SimTime::MAX, observer);
        if self.overgrown.is_none() {
            self.now = self.rules.almanac.ends();
            observer.on(self.now, &Fact::HorizonEnded);
        }
        let is_cut = self.rules.at_end == AtEnd::Cut && self.overgrown.is_none();
        if is_cut {
            self.agents_go_home(observer);
            self.leave_open_who_waits(observer);
        }
        while self.overgrown.is_none()
            && let Some((at, event)) = self.agenda.pop_before(SimTime::MAX)
        {
            self.now = at;
            self.handle(event, observer);
            if is_cut {
                self.leave_open_who_waits(observer);
            }
        }
        if let Some(overgrown) = self.overgrown {
            return overgrown;
        }
        for slot in self.contacts.live_slots() {
            let Contact { visit, case, .. } = &self.contacts[slot];
            observer.on(self.now, &Fact::LeftOpen { visit });
            observer.on(self.now, &Fact::CaseClosed { case, is_cut: true });
        }
        RunEnd::Horizon
    }

    fn next_interval_begins(&self) -> SimTime {
        if self.next_interval < self.rules.almanac.n_intervals() {
            SimTime(self.next_interval as u64 * self.rules.almanac.interval.0)
        } else {
            SimTime::MAX
        }
    }

    fn begin_interval<O: Observer>(&mut self, observer: &mut O) {
        self.interval = self.next_interval as u32;
        self.next_interval += 1;
        observer.on(self.now, &Fact::IntervalStarted { interval: self.interval });
        for (position, at) in self.ledger.open_next_page() {
            self.agenda.schedule(at, Event::Returns(position));
        }
        self.schedule_plan_changes();
        self.schedule_closings();
    }

    /// Everything strictly before `limit`.
    fn run_before<O: Observer>(&mut self, limit: SimTime, observer: &mut O) {
        while let Some((at, event)) = self.agenda.pop_before(limit) {
            debug_assert!(at >= self.now, "an event in the past");
            self.now = at;
            self.handle(event, observer);
            if self.overgrown.is_some() {
                return;
            }
        }
    }

    #[inline]
    fn handle<O: Observer>(&mut self, event: Event, observer: &mut O) {
        match event {
            Event::PlanFalls(group) | Event::PlanRises(group) => self.plan_changes(group, observer),
            Event::ShiftsBegin(group) => self.shifts_begin(group, observer),
            Event::BreakDue(group, agent) => self.break_is_due(Agent { group, number: agent }, observer),
            Event::BreakEnds(group, agent) => self.break_ends(Agent { group, number: agent }, observer),
            Event::OffPhoneOpens(group) => self.off_phone_opens(group, observer),
            Event::OffPhoneCloses(group, window) => self.off_phone_closes(group, window, observer),
            Event::OffPhoneEnds(group, window) => self.off_phone_ends(group, window, observer),
            Event::OneLess(group) => self.one_less(group, observer),
            Event::ShiftEnds(group, agent) => self.shift_ends(Agent { group, number: agent }, observer),
            Event::Closes(class) => self.closes(class, observer),
            Event::RingingEnds(slot) => self.ringing_ends(slot, observer),
            Event::TalkEnds(slot) => self.talk_ends(slot, observer),
            Event::PacedTalkEnds(group) => self.paced_talk_ends(group, observer),
            Event::TalkIsCut(slot) => self.talk_is_cut(slot, observer),
            Event::WrapUpEnds(slot) => self.wrap_up_ends(slot, observer),
            Event::DiallingEnds(slot) => self.dialling_ends(slot, observer),
            Event::TierOpens(slot) => self.tier_opens(slot, observer),
            Event::CallbackDue(slot) => self.callback_due(slot, observer),
            Event::MaxWait(slot) => self.max_wait_ends(slot, observer),
            Event::PatienceEnds(slot) => self.patience_ends(slot, observer),
            Event::BacklogGoesOn(class) => self.backlog_goes_on(class, observer),
            Event::Arrives(class, number) => self.fresh_arrives(class, number, observer),
            Event::Returns(position) => self.return_arrives(position, observer),
        }
    }

    fn fresh_arrives<O: Observer>(&mut self, class: ClassId, number: u32, observer: &mut O) {
        let key = self.arrivals.key(class, number);
        let case = Case::new(key, class, self.interval);
        self.contact_arrives(Returning { key, class, origin: Origin::Fresh, case }, observer);
    }

    fn return_arrives<O: Observer>(&mut self, position: u32, observer: &mut O) {
        let returning = self.ledger.entry(position).clone();
        self.contact_arrives(returning, observer);
    }

    /// A contact from outside asks for a line and, where nobody is idle, for a place to wait; then enters its class.
    #[inline(always)]
    fn contact_arrives<O: Observer>(&mut self, arriving: Returning, observer: &mut O) {
        let Returning { key, class, origin, mut case } = arriving;
        case.contacts += 1;
        case.returned_in_window |= case.returns_in_window(self.now, self.rules.case_window);
        let rules = &self.rules.classes[class.index()];
        if rules.has_gate && rules.gate.as_ref().is_some_and(|gate| gate.refuses_in(self.interval)) {
            return self.refuse(Returning { key, class, origin, case }, observer);
        }
        self.offered += 1;
        let slot = self.new_contact(key, class, origin.into(), case);
        let contact = &self.contacts[slot];
        observer.on(self.now, &Fact::Offered { visit: &contact.visit, origin });
        let pool = rules.line_pool;
        if let Some(why) = self.busy_for(rules, key) {
            let (visit, story) = (contact.visit, contact.story(ContactEnd::Blocked));
            observer.on(self.now, &Fact::Blocked { visit: &visit, why });
            self.contacts.remove(slot);
            return self.unanswered_contact_ends(&visit, story, case, observer);
        }
        if let Some(pool) = pool {
            self.lines_in_use[pool.index()] += 1;
            self.contacts[slot].line_pool = Some(pool);
        }
        self.enter(slot, class, Entry::Outside, observer);
    }

    /// A record at its first visit.
    #[inline(always)]
    pub(super) fn new_contact(&mut self, key: Key, class: ClassId, cause: Cause, case: Case) -> u32 {
        // Written where it stays.
        let contact = || Contact::new(key, class, cause, case, (self.now, self.interval));
        let slot = self.contacts.claim(contact);
        self.contacts[slot] = contact();
        slot
    }

    /// Key of a visit's draws.
    #[inline(always)]
    pub(super) fn key_of(contact: Key, leg: u16) -> Key {
        match leg {
            // Draws of a contact and draws of a visit have different purposes.
            0 => contact,
            leg => contact.kin(Kin::Leg, u64::from(leg)),
        }
    }

    /// The contact in `slot` enters `class`: an idle agent takes it at once, or it waits.
    pub(super) fn enter<O: Observer>(&mut self, slot: u32, class: ClassId, how: Entry, observer: &mut O) {
        let (lane, key) = self.comes_to(slot, class, how, observer);
        if let Some(agent) = self.idle_agent_for(lane, key, Span::ZERO) {
            self.serve(slot, agent, false, observer);
        } else if !self.rules.classes[class.index()].has_gate || self.may_wait(slot, how, observer) {
            self.wait_in_lane(slot, observer);
            if self.contacts.len() > MOST_CONTACTS {
                self.overgrown = Some(RunEnd::Overgrown { lane, at: self.now });
            }
        }
    }

    /// A visit of the contact in `slot` to `class` begins, nobody has taken it yet. Returns its lane and key.
    #[inline(always)]
    pub(super) fn comes_to<O: Observer>(
        &mut self,
        slot: u32,
        class: ClassId,
        how: Entry,
        observer: &mut O,
    ) -> (LaneId, Key) {
        let rules = &self.rules.classes[class.index()];
        let contact = &mut self.contacts[slot];
        let key = Self::key_of(contact.visit.contact, contact.visit.leg);
        contact.key = key;
        contact.visit.class = class;
        contact.visit.entered = self.now;
        contact.visit.interval = self.interval;
        let lane = match how {
            Entry::Callback => contact.visit.lane,
            Entry::Outside | Entry::Transfer | Entry::Escalation | Entry::Diversion => rules.choose_lane(key),
        };
        contact.visit.lane = lane;
        observer.on(self.now, &Fact::Entered { visit: &contact.visit, how });
        (lane, key)
    }

    /// The contact is over on the telephone: its line is free for another.
    #[inline(always)]
    pub(super) fn release_line(&mut self, pool: Option<LinePoolId>) {
        if let Some(pool) = pool {
            self.lines_in_use[pool.index()] -= 1;
        }
    }
}
