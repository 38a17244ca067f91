//! Pressure that acts on talk in progress: a work clock for each pace of a group.
//!
//! Talk that began with the same target and the same vigour goes on at the same speed, so one clock runs for all of it: talk
//! ends when the clock has gone on by what was drawn. A change of speed touches the clocks, and no agent. Invariant: the
//! agenda holds one valid event a group, for the talk that ends next; while the speed stays as it was at the start of a talk,
//! its end is that of `at_start` to the microsecond.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BinaryHeap};

use crate::random::Purpose;
use crate::units::{GroupId, LaneId, SimTime, Span};

use super::centre::Centre;
use super::contact::Phase;
use super::event::Event;
use super::fact::Observer;
use super::pressure::PressureRules;

/// Talk in progress under pressure that acts on it, of the whole centre.
#[derive(Clone, Debug, Default)]
pub(super) struct Paces {
    /// By group; empty where no group has such pressure.
    groups: Vec<GroupPace>,
    /// By slot.
    talks: BTreeMap<u32, PacedTalk>,
    begun: u64,
}

#[derive(Clone, Debug)]
struct GroupPace {
    /// What the load makes of the speed now.
    load: f64,
    clocks: Vec<WorkClock>,
    /// Instant of the valid event of the agenda.
    next: SimTime,
}

/// Work that talk at one pace gets done.
#[derive(Clone, Debug)]
struct WorkClock {
    /// Speed that the target asks for, and that of the agent as a share of a fresh one.
    own: (f64, f64),
    speed: f64,
    /// When the speed became what it is, and the work done until then, in seconds at speed 1.
    since: SimTime,
    done: f64,
    /// How often the speed has changed.
    changes: u32,
    talks: BinaryHeap<Reverse<Ending>>,
}

/// When a talk ends, on its work clock.
#[derive(Clone, Copy, Debug)]
struct Ending {
    work: f64,
    number: u64,
    slot: u32,
    /// Changes of speed before the talk began, and when it ends if none follows.
    changes: u32,
    at: SimTime,
}

/// A talk in progress.
#[derive(Clone, Copy, Debug)]
struct PacedTalk {
    number: u64,
    clock: usize,
    changes: u32,
    /// Where the clock stands at its end.
    work: f64,
    drawn: Wish,
    /// When a cap cuts it; [`SimTime::MAX`]: never.
    cut_at: SimTime,
}

/// What ends talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PacedEnd {
    Done,
    Cut,
}

/// Talk and after-call work in seconds, as drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    pub talk: f64,
    pub acw: f64,
}

impl PartialEq for Ending {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ending {}

impl PartialOrd for Ending {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ending {
    fn cmp(&self, other: &Self) -> Ordering {
        self.work.total_cmp(&other.work).then(self.number.cmp(&other.number))
    }
}

impl WorkClock {
    fn new(own: (f64, f64), speed: f64) -> Self {
        let talks = BinaryHeap::new();
        Self { own, speed, since: SimTime::ZERO, done: 0.0, changes: 0, talks }
    }

    fn stands_at(&self, now: SimTime) -> f64 {
        self.done + now.since(self.since).as_secs_f64() * self.speed
    }

    fn runs_at(&mut self, speed: f64, now: SimTime) {
        if speed != self.speed {
            self.done = self.stands_at(now);
            (self.since, self.speed) = (now, speed);
            self.changes += 1;
        }
    }

    /// At the present speed.
    fn ends(&self, ending: &Ending) -> SimTime {
        if ending.changes == self.changes {
            return ending.at;
        }
        self.since + Span::from_secs_f64(((ending.work - self.done) / self.speed).max(0.0))
    }
}

impl Paces {
    pub fn new<'p>(groups: impl Iterator<Item = Option<&'p PressureRules>> + Clone) -> Self {
        let acts = |pressure: &Option<&PressureRules>| pressure.is_some_and(PressureRules::is_continuous);
        if !groups.clone().any(|pressure| acts(&pressure)) {
            return Self::default();
        }
        let idle = GroupPace { load: 1.0, clocks: Vec::new(), next: SimTime::MAX };
        Self { groups: groups.map(|_| idle.clone()).collect(), ..Self::default() }
    }

    /// The talk of a group that ends next, without those that a cap has cut.
    fn next(&mut self, group: GroupId) -> Option<(SimTime, usize)> {
        let Self { groups, talks, .. } = self;
        let clocks = &mut groups[group.index()].clocks;
        for clock in &mut *clocks {
            while let Some(Reverse(first)) = clock.talks.peek()
                && talks.get(&first.slot).is_none_or(|talk| talk.number != first.number)
            {
                clock.talks.pop();
            }
        }
        let first = |(position, clock): (usize, &WorkClock)| {
            clock.talks.peek().map(|Reverse(ending)| (clock.ends(ending), ending.number, position))
        };
        let (at, _, position) = clocks.iter().enumerate().filter_map(first).min()?;
        Some((at, position))
    }
}

impl Centre<'_> {
    /// Talk of the visit in `slot` begins, at a speed that the load may change while it lasts.
    #[cold]
    pub(super) fn talk_begins_at_pace(&mut self, slot: u32, drawn: Wish, vigour: f64, resolution: f64) {
        let rules = self.rules;
        let contact = &mut self.contacts[slot];
        let (class, group, key) = (contact.visit.class, contact.group, contact.key);
        let Some(pressure) = &rules.groups[group.index()].pressure else { return };
        contact.phase = Phase::Talking;
        contact.talk_began = self.now;
        contact.resolution_factor = resolution;
        self.pace_changes(group);
        let own = (pressure.target_speed(class), vigour);
        let pace = &mut self.paces.groups[group.index()];
        let speed = pressure.bounded(own.0 * pace.load * own.1);
        let position = pace.clocks.iter().position(|clock| clock.own == own).unwrap_or_else(|| {
            pace.clocks.push(WorkClock::new(own, speed));
            pace.clocks.len() - 1
        });
        let clock = &mut pace.clocks[position];
        if clock.talks.is_empty() {
            (clock.since, clock.done) = (self.now, 0.0);
        }
        let number = self.paces.begun;
        self.paces.begun += 1;
        let at = self.now + Span::from_secs_f64(drawn.talk / speed);
        let work = clock.stands_at(self.now) + drawn.talk;
        let changes = clock.changes;
        clock.talks.push(Reverse(Ending { work, number, slot, changes, at }));
        let cap = pressure.cap.filter(|cap| key.uniform(Purpose::TalkCap) < cap.probability);
        let cut_at = cap.map_or(SimTime::MAX, |cap| self.now + cap.at);
        self.paces.talks.insert(slot, PacedTalk { number, clock: position, changes, work, drawn, cut_at });
        if cut_at < SimTime::MAX {
            self.agenda.schedule(cut_at, Event::TalkIsCut(slot));
        }
        self.schedule_next_paced(group);
    }

    fn schedule_next_paced(&mut self, group: GroupId) {
        let Some((at, _)) = self.paces.next(group) else { return };
        let pace = &mut self.paces.groups[group.index()];
        // An event that comes too early finds nothing to end, and is followed by the right one.
        if at < pace.next {
            pace.next = at;
            self.agenda.schedule(at, Event::PacedTalkEnds(group));
        }
    }

    /// The talk of `group` that ends next may be over.
    #[cold]
    pub(super) fn paced_talk_ends<O: Observer>(&mut self, group: GroupId, observer: &mut O) {
        if self.paces.groups[group.index()].next != self.now {
            return;
        }
        self.paces.groups[group.index()].next = SimTime::MAX;
        let due = self.paces.next(group).filter(|&(at, _)| at <= self.now);
        let ended = due.and_then(|(_, clock)| self.paces.groups[group.index()].clocks[clock].talks.pop());
        let Some(Reverse(Ending { slot, .. })) = ended else { return self.schedule_next_paced(group) };
        self.talk_ends_at_pace(slot, PacedEnd::Done, observer);
    }

    /// A cap cuts the talk in `slot`, if it is not over.
    #[cold]
    pub(super) fn talk_is_cut<O: Observer>(&mut self, slot: u32, observer: &mut O) {
        if self.paces.talks.get(&slot).is_some_and(|talk| talk.cut_at == self.now) {
            self.talk_ends_at_pace(slot, PacedEnd::Cut, observer);
        }
    }

    fn talk_ends_at_pace<O: Observer>(&mut self, slot: u32, end: PacedEnd, observer: &mut O) {
        let Some(PacedTalk { clock, changes, work, drawn, .. }) = self.paces.talks.remove(&slot) else {
            return;
        };
        let contact = &mut self.contacts[slot];
        let group = contact.group;
        let Some(pressure) = &self.rules.groups[group.index()].pressure else { return };
        let clock = &self.paces.groups[group.index()].clocks[clock];
        let talked = self.now.since(contact.talk_began).as_secs_f64();
        let got_done = drawn.talk - (work - clock.stands_at(self.now));
        let at_one_speed = (changes == clock.changes).then(|| drawn.talk / clock.speed);
        let (talk, uncut) = match end {
            PacedEnd::Done => (at_one_speed.unwrap_or(talked), at_one_speed.unwrap_or(talked)),
            PacedEnd::Cut => (talked, at_one_speed.unwrap_or(talked * drawn.talk / got_done)),
        };
        let acw = drawn.acw / clock.speed;
        let both = drawn.talk + drawn.acw;
        if both > 0.0 {
            contact.resolution_factor *= pressure.resolution_factor((talk + acw) / both);
        }
        contact.talk = uncut;
        contact.acw = Span::from_secs_f64(acw);
        self.schedule_next_paced(group);
        self.talk_ends(slot, observer);
    }

    /// More or fewer wait for `group` or work in it: its agents go on at another speed.
    #[cold]
    pub(super) fn pace_changes(&mut self, group: GroupId) {
        let Some(pressure) = self.rules.groups[group.index()].pressure.as_ref() else { return };
        if !pressure.is_continuous() {
            return;
        }
        let waiting = self.queues[group.index()].customers;
        let load = pressure.load_speed(self.groups[group.index()].load_seen(waiting));
        let pace = &mut self.paces.groups[group.index()];
        if load == pace.load {
            return;
        }
        pace.load = load;
        for clock in &mut pace.clocks {
            clock.runs_at(pressure.bounded(clock.own.0 * load * clock.own.1), self.now);
        }
        self.schedule_next_paced(group);
    }

    /// One more or one less waits in `lane`.
    #[cold]
    pub(super) fn pace_changes_at(&mut self, lane: LaneId) {
        let rules = self.rules;
        for &group in &rules.lanes[lane.index()].groups {
            self.pace_changes(group);
        }
    }
}
