//! Contacts one by one: a row for each, told when it is over and its last agent has wrapped up.
//!
//! Counts nothing over contacts and writes nothing. Invariant: over all rows of a run without warm-up counts and sums are those of
//! the meter, to the microsecond; what is remembered are contacts under way and cases that will go on.

use crate::model::fact::{ContactEnd, Deflection, Entry, Fact, Observer, Origin, TalkEnd, Visit, VisitKind};
use crate::random::{ByKey, Key};
use crate::scenario::Scenario;
use crate::scenario::checked::{Class, ServiceLevelBase};
use crate::units::{ClassId, GroupId, SimTime, Span};

/// Who takes the rows of one replication, in the order in which contacts are over.
pub trait ContactRows {
    /// A contact is over.
    fn row(&mut self, row: &ContactRow);
}

/// Why there is a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactKind {
    /// The first of its case.
    Fresh,
    /// After one that was not answered.
    Redial,
    /// After an answered one that did not solve the case.
    Repeat,
    /// A promised call, with all its attempts.
    Callback,
}

/// How a contact ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Answered and solved.
    Resolved,
    /// Answered, not solved.
    Unresolved,
    /// The customer left while waiting.
    Abandoned,
    /// No line or no waiting place was free.
    Blocked,
    /// Cut off by the centre.
    Disconnected,
    /// Waited too long and heard a message.
    Deflected,
    /// Promised a call in place of waiting on.
    CalledBack,
    /// The class was closed.
    Refused,
    /// A promised call that reached nobody.
    PromiseBroken,
    /// Not over when the run was.
    Open,
}

/// A contact as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContactRow {
    /// Key of its case: that of its first contact.
    pub case: Key,
    /// Its own key, as `trace` shows it.
    pub contact: Key,
    /// Why it is there.
    pub kind: ContactKind,
    /// The class of its first visit.
    pub class: ClassId,
    /// The class of its last visit.
    pub last_class: ClassId,
    /// When it came; of a promised call, when the promise was made.
    pub offered: SimTime,
    /// When the customer was done: talk had ended, or the customer had left.
    pub ended: SimTime,
    /// How it ended.
    pub ending: Ending,
    /// Wait of its first visit; of a promised call, until it was reached.
    pub first_wait: Span,
    /// Waits of all its visits.
    pub wait: Span,
    /// Visits that entered a queue.
    pub visits: u16,
    /// Of those answered; of a promised call whether it was reached.
    pub answered: u16,
    /// Visits answered in time, by the first service level of their class.
    pub in_time: u16,
    /// Visits that this service level is of.
    pub in_base: u16,
    /// Times that an agent handed it on, escalations included.
    pub transfers: u16,
    /// The group that answered last.
    pub group: Option<GroupId>,
    /// The agent of that group.
    pub agent: u32,
    /// Talk of all its visits.
    pub talk: Span,
    /// After-call work of all its visits.
    pub wrap_up: Span,
}

/// A contact under way.
#[derive(Clone, Copy, Debug)]
struct Open {
    row: ContactRow,
    /// Agents who talk or wrap up.
    agents: u16,
    is_over: bool,
}

/// Hears one replication.
#[derive(Debug)]
pub struct ContactLog<'a, R: ?Sized> {
    classes: &'a [Class],
    counting_starts: SimTime,
    open: ByKey<Open>,
    /// The case of each contact that is announced and has not come.
    announced: ByKey<Key>,
    /// The contact that was told last, with its case: what follows from it is said just after it is over.
    last: Option<(Key, Key)>,
    rows: &'a mut R,
}

impl<'a, R: ContactRows + ?Sized> ContactLog<'a, R> {
    /// A log before the first fact of a replication.
    pub fn new(scenario: &'a Scenario, rows: &'a mut R) -> Self {
        Self {
            classes: &scenario.classes,
            counting_starts: scenario.almanac.counting_starts(),
            open: ByKey::default(),
            announced: ByKey::default(),
            last: None,
            rows,
        }
    }

    /// Tells what is still under way, in the order in which it came; to be called when the centre has drained.
    pub fn finish(mut self) {
        let mut left: Vec<ContactRow> = self.open.drain().map(|(_, open)| open.row).collect();
        left.sort_by_key(|row| (row.offered, row.contact.0));
        left.iter().for_each(|row| self.tell(row));
    }

    /// What came during the warm-up is no part of the result.
    fn tell(&mut self, row: &ContactRow) {
        self.last = Some((row.contact, row.case));
        if row.offered >= self.counting_starts {
            self.rows.row(row);
        }
    }

    fn begins(&mut self, now: SimTime, visit: &Visit, kind: ContactKind) {
        let case = self.announced.remove(&visit.contact).unwrap_or(visit.contact);
        let row = ContactRow {
            case,
            contact: visit.contact,
            kind,
            class: visit.class,
            last_class: visit.class,
            offered: now,
            ended: now,
            ending: Ending::Open,
            first_wait: Span::ZERO,
            wait: Span::ZERO,
            visits: 0,
            answered: 0,
            in_time: 0,
            in_base: 0,
            transfers: 0,
            group: None,
            agent: 0,
            talk: Span::ZERO,
            wrap_up: Span::ZERO,
        };
        self.open.insert(visit.contact, Open { row, agents: 0, is_over: false });
    }

    /// The customer is done; the row is told now, or when the last agent is.
    fn ends(&mut self, now: SimTime, visit: &Visit, ending: Ending) {
        let Some(open) = self.open.get_mut(&visit.contact) else { return };
        (open.row.ended, open.row.ending, open.is_over) = (now, ending, true);
        if open.agents == 0 {
            self.leaves(visit.contact);
        }
    }

    fn leaves(&mut self, contact: Key) {
        if let Some(open) = self.open.remove(&contact) {
            self.tell(&open.row);
        }
    }

    /// The next contact of the case has this key.
    fn announce(&mut self, contact: Key, next: Key) {
        let case = match (self.open.get(&contact), self.last) {
            (Some(open), _) => open.row.case,
            (None, Some((last, case))) if last == contact => case,
            (None, _) => return,
        };
        self.announced.insert(next, case);
    }

    fn entered(&mut self, visit: &Visit, how: Entry) {
        let is_in_base = in_base_by_entry(&self.classes[visit.class.index()]);
        let Some(open) = self.open.get_mut(&visit.contact) else { return };
        let row = &mut open.row;
        row.last_class = visit.class;
        match how {
            // Attempts are no visits of a queue that the customer waits in.
            Entry::Callback => return,
            Entry::Transfer | Entry::Escalation => row.transfers += 1,
            Entry::Outside | Entry::Diversion => {}
        }
        row.visits += 1;
        row.in_base += u16::from(is_in_base);
    }

    fn waited(&mut self, now: SimTime, visit: &Visit) -> Option<(&mut Open, Span)> {
        let open = self.open.get_mut(&visit.contact)?;
        let wait = now.since(visit.entered);
        open.row.wait += wait;
        if open.row.visits == 1 {
            open.row.first_wait = wait;
        }
        Some((open, wait))
    }

    fn answered(&mut self, now: SimTime, visit: &Visit, group: GroupId, agent: u32) {
        let classes = self.classes;
        let level = classes[visit.class.index()].service_levels.first();
        let Some((open, wait)) = self.waited(now, visit) else { return };
        let row = &mut open.row;
        if let Some(level) = level {
            row.in_time += u16::from(wait <= level.within);
            row.in_base += u16::from(level.of == ServiceLevelBase::Answered);
        }
        row.answered += 1;
        (row.group, row.agent) = (Some(group), agent);
        open.agents += 1;
    }

    fn talk_ended(&mut self, now: SimTime, visit: &Visit, talk: Span, end: TalkEnd) {
        let Some(open) = self.open.get_mut(&visit.contact) else { return };
        open.row.talk += talk;
        // No `ContactEnded` is told of a promised call.
        if visit.kind == VisitKind::Callback {
            match end {
                TalkEnd::Resolved => self.ends(now, visit, Ending::Resolved),
                TalkEnd::Unresolved | TalkEnd::Promised | TalkEnd::Dropped => {
                    self.ends(now, visit, Ending::Unresolved);
                }
                TalkEnd::HandedOn | TalkEnd::Escalated => {}
            }
        }
    }

    fn left(&mut self, now: SimTime, visit: &Visit) {
        let classes = self.classes;
        let level = classes[visit.class.index()].service_levels.first();
        let Some((open, wait)) = self.waited(now, visit) else { return };
        if let Some(level) = level
            && level.of == ServiceLevelBase::EnteredLessShort
            && wait < level.short
        {
            open.row.in_base = open.row.in_base.saturating_sub(1);
        }
    }
}

/// Whether a visit is part of the base as soon as it enters.
fn in_base_by_entry(class: &Class) -> bool {
    match class.service_levels.first().map(|level| level.of) {
        Some(ServiceLevelBase::EnteredLessShort | ServiceLevelBase::Entered | ServiceLevelBase::Offered) => {
            true
        }
        Some(ServiceLevelBase::Answered) | None => false,
    }
}

impl From<ContactEnd> for Ending {
    fn from(end: ContactEnd) -> Self {
        match end {
            ContactEnd::Resolved => Self::Resolved,
            ContactEnd::Unresolved => Self::Unresolved,
            ContactEnd::Abandoned => Self::Abandoned,
            ContactEnd::Blocked => Self::Blocked,
            ContactEnd::Disconnected => Self::Disconnected,
            ContactEnd::Deflected => Self::Deflected,
            ContactEnd::CalledBack => Self::CalledBack,
        }
    }
}

impl From<Origin> for ContactKind {
    fn from(origin: Origin) -> Self {
        match origin {
            Origin::Fresh => Self::Fresh,
            Origin::Redial => Self::Redial,
            Origin::Repeat => Self::Repeat,
        }
    }
}

impl<R: ContactRows + ?Sized> Observer for ContactLog<'_, R> {
    fn on(&mut self, now: SimTime, fact: &Fact<'_>) {
        match *fact {
            Fact::Offered { visit, origin } => self.begins(now, visit, origin.into()),
            Fact::Refused { visit, origin } => {
                self.begins(now, visit, origin.into());
                self.ends(now, visit, Ending::Refused);
            }
            Fact::Blocked { visit, .. } => {
                let class = &self.classes[visit.class.index()];
                let counts =
                    class.service_levels.first().is_some_and(|level| level.of == ServiceLevelBase::Offered);
                if let Some(open) = self.open.get_mut(&visit.contact) {
                    open.row.in_base += u16::from(counts);
                }
            }
            Fact::Entered { visit, how } => {
                if how == Entry::Callback && !self.open.contains_key(&visit.contact) {
                    self.begins(now, visit, ContactKind::Callback);
                }
                self.entered(visit, how);
            }
            Fact::Answered { visit, group, agent, .. } => self.answered(now, visit, group, agent),
            Fact::Abandoned { visit } => self.left(now, visit),
            Fact::Disconnected { visit, .. } => {
                self.waited(now, visit);
            }
            Fact::Deflected { visit, how } => {
                let is_in_base = in_base_by_entry(&self.classes[visit.class.index()]);
                if let Some((open, _)) = self.waited(now, visit) {
                    match how {
                        Deflection::Message | Deflection::Diverted(_) => {}
                        // Whoever is called back is judged by the promise.
                        Deflection::CallbackAccepted | Deflection::CallbackAfterMaxWait => {
                            open.row.in_base -= u16::from(is_in_base);
                        }
                    }
                }
            }
            Fact::TalkEnded { visit, talk, end, .. } => self.talk_ended(now, visit, talk, end),
            Fact::WrappedUp { visit, acw, .. } => {
                let Some(open) = self.open.get_mut(&visit.contact) else { return };
                open.row.wrap_up += acw;
                open.agents -= 1;
                if open.agents == 0 && open.is_over {
                    self.leaves(visit.contact);
                }
            }
            Fact::CallbackReached { visit, group, agent, promised, .. } => {
                let Some(open) = self.open.get_mut(&visit.contact) else { return };
                let row = &mut open.row;
                (row.wait, row.first_wait) = (now.since(promised), now.since(promised));
                row.answered += 1;
                (row.group, row.agent) = (Some(group), agent);
                open.agents += 1;
            }
            Fact::PromiseBroken { visit } => self.ends(now, visit, Ending::PromiseBroken),
            Fact::ContactEnded { visit, story } => self.ends(now, visit, story.end.into()),
            Fact::LeftOpen { visit } => self.ends(now, visit, Ending::Open),
            Fact::WillReturn { visit, next, .. } => self.announce(visit.contact, next),
            Fact::Promised { visit, callback, .. } => self.announce(visit.contact, callback),
            Fact::IntervalStarted { .. }
            | Fact::Queued { .. }
            | Fact::Rings { .. }
            | Fact::RangInVain { .. }
            | Fact::TransferRefused { .. }
            | Fact::ConferenceBegan { .. }
            | Fact::ConferenceEnded { .. }
            | Fact::CallbackDialled { .. }
            | Fact::CallbackMissed { .. }
            | Fact::HorizonEnded
            | Fact::CaseClosed { .. }
            | Fact::Planned { .. }
            | Fact::OnBreak { .. }
            | Fact::OffPhone { .. }
            | Fact::LoggedIn { .. }
            | Fact::LoggedOut { .. } => {}
        }
    }
}
