//! The audit: a second observer of the same facts, against which the meter's numbers are held at the end of each run.
//!
//! Measures nothing for a report and never panics: a broken law becomes a line of words (`laws`). It has a clock of its
//! own, which integrates how many wait and work over the whole run, and counts who enters and whose contact ends; the
//! meter adds up durations visit by visit, and areas interval by interval.
//! Invariant: no number of the meter is used here, and none of these in a result.

use super::books::Books;
use super::laws;
use crate::model::fact::{Fact, Observer, VisitKind};
use crate::scenario::Scenario;
use crate::units::{ClassId, GroupId, SimTime, Span};

/// Watches the facts of one replication.
#[derive(Clone, Debug)]
pub struct Audit<'a> {
    pub(super) scenario: &'a Scenario,
    n_classes: usize,
    /// Day of each interval.
    pub(super) days: Vec<u32>,
    /// Where the running day begins in `seen`.
    today: usize,
    /// Day × classes + class.
    pub(super) seen: Vec<Seen>,
    /// By class.
    pub(super) lines: Vec<Line>,
    /// By group.
    pub(super) teams: Vec<Team>,
    pub(super) attempts_missed: u64,
    pub(super) promises_open: u64,
    pub(super) conferences_ended: u64,
}

/// Of a class and day: who came and whose contact ended here.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    /// Visits that entered.
    pub entered: u64,
    /// Contacts that ended with a visit that entered here.
    pub contacts_ended: u64,
    /// Visits that entered and still wait after the run.
    pub left_open: u64,
    /// Contacts that arrived here and are not over after the run.
    pub contacts_open: u64,
}

/// The customers of a class who wait.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Line {
    pub waiting: Watched,
    /// Waits so far of those who still wait after the run, µs.
    pub open_waits: u64,
}

/// The agents of a group.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Team {
    pub busy: Watched,
    pub staffed: Watched,
    pub planned: Watched,
    pub finishing: Watched,
    pub on_break: Watched,
    pub off_phone: Watched,
    /// How often more were busy than logged in.
    pub overfull: u64,
}

/// A number that the clock watches, and the area under it since the run began. Exact modulo 2⁶⁴ µs, which is 584,000
/// years; a defect may let it wrap, and becomes a finding.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Watched {
    pub number: u64,
    since: SimTime,
    pub area: u64,
    /// The area at the end of the horizon.
    pub at_horizon: u64,
}

impl Watched {
    #[inline(always)]
    fn settle(&mut self, now: SimTime) {
        self.area = self.area.wrapping_add(self.number.wrapping_mul(now.0.wrapping_sub(self.since.0)));
        self.since = now;
    }

    #[inline(always)]
    fn rise(&mut self, now: SimTime) {
        self.settle(now);
        self.number = self.number.wrapping_add(1);
    }

    #[inline(always)]
    fn fall(&mut self, now: SimTime) {
        self.settle(now);
        self.number = self.number.wrapping_sub(1);
    }

    fn set(&mut self, number: u64, now: SimTime) {
        self.settle(now);
        self.number = number;
    }

    fn horizon_ended(&mut self, now: SimTime) {
        self.settle(now);
        self.at_horizon = self.area;
    }
}

impl Team {
    #[inline(always)]
    fn begins_work(&mut self, now: SimTime) {
        self.busy.rise(now);
        self.overfull += u64::from(self.busy.number > self.staffed.number);
    }

    fn agents_changed(&mut self, now: SimTime) {
        self.finishing.set(self.staffed.number.saturating_sub(self.planned.number), now);
    }
}

impl<'a> Audit<'a> {
    /// An audit at zero.
    #[must_use]
    pub fn new(scenario: &'a Scenario) -> Self {
        let (n_classes, n_groups) = (scenario.classes.len(), scenario.groups.len());
        Self {
            scenario,
            n_classes,
            days: scenario.almanac.intervals.iter().map(|interval| interval.day).collect(),
            today: 0,
            seen: vec![Seen::default(); scenario.almanac.days.len() * n_classes],
            lines: vec![Line::default(); n_classes],
            teams: vec![Team::default(); n_groups],
            attempts_missed: 0,
            promises_open: 0,
            conferences_ended: 0,
        }
    }

    /// The laws that the run broke, in words; to be called when the centre has drained.
    #[must_use]
    pub fn finish(&self, books: &Books<'_>) -> Vec<String> {
        laws::broken(self, books)
    }

    #[inline(always)]
    fn row(&mut self, interval: u32, class: ClassId) -> &mut Seen {
        &mut self.seen[self.days[interval as usize] as usize * self.n_classes + class.index()]
    }

    #[inline(always)]
    fn line(&mut self, class: ClassId) -> &mut Watched {
        &mut self.lines[class.index()].waiting
    }

    #[inline(always)]
    fn team(&mut self, group: GroupId) -> &mut Team {
        &mut self.teams[group.index()]
    }
}

impl Observer for Audit<'_> {
    #[inline(always)]
    fn on(&mut self, now: SimTime, fact: &Fact<'_>) {
        match *fact {
            Fact::IntervalStarted { interval } => {
                self.today = self.days[interval as usize] as usize * self.n_classes;
            }
            Fact::Entered { visit, .. } => {
                if visit.kind == VisitKind::Inbound {
                    self.seen[self.today + visit.class.index()].entered += 1;
                }
            }
            Fact::Queued { visit } => {
                if visit.kind == VisitKind::Inbound {
                    self.line(visit.class).rise(now);
                }
            }
            Fact::Answered { visit, group, was_queued, rang, .. } => {
                if was_queued || rang > Span::ZERO {
                    self.line(visit.class).fall(now);
                }
                if rang == Span::ZERO {
                    self.team(group).begins_work(now);
                }
            }
            // Whom an agent lets wait waits.
            Fact::Rings { visit, group, was_queued, .. } => {
                if !was_queued {
                    self.line(visit.class).rise(now);
                }
                self.team(group).begins_work(now);
            }
            Fact::RangInVain { group, .. } => self.team(group).busy.fall(now),
            Fact::Abandoned { visit } | Fact::Deflected { visit, .. } => self.line(visit.class).fall(now),
            Fact::Disconnected { visit, why } => {
                if why.was_queued() {
                    self.line(visit.class).fall(now);
                }
            }
            Fact::CallbackDialled { group, .. } | Fact::ConferenceBegan { group, .. } => {
                self.team(group).begins_work(now);
            }
            Fact::WrappedUp { group, .. } => self.team(group).busy.fall(now),
            Fact::ConferenceEnded { group, .. } => {
                self.conferences_ended += 1;
                self.team(group).busy.fall(now);
            }
            Fact::CallbackMissed { group, .. } => {
                self.attempts_missed += 1;
                self.team(group).busy.fall(now);
            }
            Fact::ContactEnded { visit, .. } => self.row(visit.interval, visit.class).contacts_ended += 1,
            Fact::LeftOpen { visit } => match visit.kind {
                VisitKind::Inbound => {
                    self.row(visit.interval, visit.class).left_open += 1;
                    self.row(visit.arrival_interval, visit.first_class).contacts_open += 1;
                    let line = &mut self.lines[visit.class.index()];
                    line.waiting.fall(now);
                    line.open_waits += now.since(visit.entered).0;
                }
                VisitKind::Callback => self.promises_open += 1,
            },
            Fact::Planned { group, agents } => {
                let team = self.team(group);
                team.planned.set(u64::from(agents), now);
                team.agents_changed(now);
            }
            Fact::OnBreak { group, agents } => self.team(group).on_break.set(u64::from(agents), now),
            Fact::OffPhone { group, agents } => self.team(group).off_phone.set(u64::from(agents), now),
            Fact::LoggedIn { group, .. } => {
                let team = self.team(group);
                team.staffed.rise(now);
                team.agents_changed(now);
            }
            Fact::LoggedOut { group, .. } => {
                let team = self.team(group);
                team.staffed.fall(now);
                team.agents_changed(now);
                team.overfull += u64::from(team.busy.number > team.staffed.number);
            }
            Fact::HorizonEnded => {
                self.lines.iter_mut().for_each(|line| line.waiting.horizon_ended(now));
                for Team { busy, staffed, planned, finishing, on_break, off_phone, .. } in &mut self.teams {
                    for watched in [busy, staffed, planned, finishing, on_break, off_phone] {
                        watched.horizon_ended(now);
                    }
                }
            }
            // The meter counts these; they are held against what is watched here.
            Fact::Offered { .. }
            | Fact::Refused { .. }
            | Fact::Blocked { .. }
            | Fact::TransferRefused { .. }
            | Fact::TalkEnded { .. }
            | Fact::Promised { .. }
            | Fact::CallbackReached { .. }
            | Fact::PromiseBroken { .. }
            | Fact::WillReturn { .. }
            | Fact::CaseClosed { .. } => {}
        }
    }
}
