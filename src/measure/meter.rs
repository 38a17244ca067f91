//! The meter: counts a replication as it happens, once, at the finest level.
//!
//! Judges nothing and prices nothing before the end. The hot path: nanoseconds per fact, no allocation after the
//! start, rows close together in time. Invariant: a visit counts in the interval of its entry, a quantity by the
//! clock in the interval in which the time passed; intervals of the warm-up are left out when rows are folded.

use super::books::{Books, ClassRow, GroupRow};
use super::clauses::Clauses;
use super::columns::ClassColumn::{
    self, Abandoned, AbandonedAfterTransfer, AbandonedByClock, AcwUs, Answered, AnsweredWaitUs, Blocked,
    CallbackDelayUs, CallbacksDialled, CallbacksKept, CallbacksReached, CalledBack, CaseContacts, CaseWaitUs,
    Cases, CasesAnswered, CasesNotReturned, CasesOneTouch, CasesOpen, CasesResolved, CasesResolvedAtFirst,
    Closed, ClosedFresh, Conferences, ContactHandlingUs, ContactWaitUs, ContactsCameBack, ContactsEnded,
    ContactsTransferred, ContactsUnanswered, ContactsUnhandled, Deflected, Delayed, Disconnected, Diverted,
    DivertedIn, Escalated, Fresh, Promised, PromisesBroken, Redialled, Repeated, Resolved, TalkUs,
    TransferRefused, TransferredIn, TransferredOut, WaitUs, WaitingUs,
};
use super::columns::GroupColumn;
use super::cube::Cube;
use super::frame::Frame;
use super::metrics::{entered, offered};
use super::pulse::{beat, no_pulse};
use super::result::{BelowGoal, GroupState, Judged, RunResult, Snapshot, Table, Waits};
use super::settlement;
use super::step::Step;
use crate::model::fact::{
    Case, ContactEnd, ContactStory, Cutoff, Deflection, Entry, Fact, Observer, Origin, TalkEnd, Visit,
    VisitKind,
};
use crate::random::Key;
use crate::scenario::checked::ServiceLevelBase;
use crate::stats::Histogram;
use crate::units::{ClassId, GroupId, SimTime, Span};

/// Counts one replication; can be used again for the next.
#[derive(Clone, Debug)]
pub struct Meter<'a> {
    frame: &'a Frame,
    // The frame's numbers that every fact needs, one step nearer.
    n_classes: usize,
    n_groups: usize,
    first_counted: usize,
    ends: SimTime,
    /// Interval × classes + class, warm-up included.
    classes: Vec<ClassRow>,
    /// (in time, short abandons); index = row of the class × most levels + level.
    levels: Vec<[u64; 2]>,
    /// Interval × groups + group.
    groups: Vec<GroupRow>,
    waits: Vec<ClassWaits>,
    /// Answered visits: class × groups + group.
    flows: Vec<u64>,
    waiting: Vec<Step>,
    agents: Vec<GroupSteps>,
    /// What the terms of contracts ask for, where there are any.
    clauses: Option<Clauses<'a>>,
    snapshots: Vec<Snapshot>,
    /// The interval that runs, and when it began.
    interval: usize,
    began: SimTime,
}

/// Waits of a class, apart by end.
#[derive(Clone, Debug, Default)]
struct ClassWaits {
    answered: Histogram,
    unanswered: Histogram,
}

/// Agents of a group by the clock.
#[derive(Clone, Copy, Debug, Default)]
struct GroupSteps {
    planned: Step,
    staffed: Step,
    busy: Step,
    finishing: Step,
    on_break: Step,
    off_phone: Step,
}

impl GroupSteps {
    fn agents_changed(&mut self, at: u64) {
        self.finishing.set(self.staffed.now().saturating_sub(self.planned.now()), at);
    }
}

impl<'a> Meter<'a> {
    /// A meter at zero.
    #[must_use]
    pub fn new(frame: &'a Frame) -> Self {
        Self {
            frame,
            n_classes: frame.n_classes,
            n_groups: frame.n_groups,
            first_counted: frame.first_counted,
            ends: frame.ends,
            classes: vec![[0; ClassColumn::COUNT]; frame.n_intervals * frame.n_classes],
            levels: vec![[0; 2]; frame.n_intervals * frame.n_classes * frame.most_levels],
            groups: vec![[0; GroupColumn::COUNT]; frame.n_intervals * frame.n_groups],
            waits: vec![ClassWaits::default(); frame.n_classes],
            flows: vec![0; frame.n_classes * frame.n_groups],
            waiting: vec![Step::default(); frame.n_classes],
            agents: vec![GroupSteps::default(); frame.n_groups],
            clauses: frame.settling.as_deref().map(Clauses::new),
            snapshots: Vec::new(),
            interval: 0,
            began: SimTime::ZERO,
        }
    }

    /// Keeps the state as the facts so far have left it.
    pub fn keep_snapshot(&mut self) {
        let state =
            |agents: &GroupSteps| GroupState { busy: agents.busy.now(), staffed: agents.staffed.now() };
        self.snapshots.push(Snapshot {
            waiting: self.waiting.iter().map(Step::now).collect(),
            groups: self.agents.iter().map(state).collect(),
        });
    }

    #[inline(always)]
    fn class_row(&mut self, interval: u32, class: ClassId) -> &mut ClassRow {
        &mut self.classes[interval as usize * self.n_classes + class.index()]
    }

    #[inline(always)]
    fn visit_row(&mut self, visit: &Visit) -> &mut ClassRow {
        self.class_row(visit.interval, visit.class)
    }

    #[inline(always)]
    fn group_row(&mut self, visit: &Visit, group: GroupId) -> &mut GroupRow {
        &mut self.groups[visit.interval as usize * self.n_groups + group.index()]
    }

    /// Microseconds since the running interval began; after the horizon, its whole length.
    #[inline(always)]
    fn at(&self, now: SimTime) -> u64 {
        now.min(self.ends).since(self.began).0
    }

    fn interval_started(&mut self, now: SimTime, interval: usize) {
        if interval > 0 {
            self.close_interval();
        }
        (self.interval, self.began) = (interval, now);
    }

    /// Adds what passed by the clock to the rows of the running interval.
    fn close_interval(&mut self) {
        let length = self.frame.interval_us;
        let first = self.interval * self.frame.n_classes;
        for (row, waiting) in self.classes[first..].iter_mut().zip(&mut self.waiting) {
            row[WaitingUs as usize] += waiting.cut(length);
        }
        let first = self.interval * self.frame.n_groups;
        for (row, agents) in self.groups[first..].iter_mut().zip(&mut self.agents) {
            let (planned, busy) = (agents.planned.cut(length), agents.busy.cut(length));
            row[GroupColumn::PlannedUs as usize] += planned;
            let staffed = agents.staffed.cut(length);
            row[GroupColumn::StaffedUs as usize] += staffed;
            row[GroupColumn::BusyUs as usize] += busy;
            row[GroupColumn::FinishingUs as usize] += agents.finishing.cut(length);
            row[GroupColumn::BreakUs as usize] += agents.on_break.cut(length);
            row[GroupColumn::OffPhoneUs as usize] += agents.off_phone.cut(length);
            if planned > 0 {
                row[GroupColumn::BusyInPlanUs as usize] += busy;
            }
            if GroupColumn::is_over_90(busy, staffed) {
                row[GroupColumn::StaffedOver90Us as usize] += staffed;
            }
        }
    }

    #[inline(always)]
    fn answered(&mut self, now: SimTime, visit: &Visit, group: GroupId, was_queued: bool, rang: Span) {
        let frame = self.frame;
        let wait = now.since(visit.entered);
        let (class, interval) = (visit.class.index(), visit.interval as usize);
        let row = interval * self.n_classes + class;
        let counts = &mut self.classes[row];
        counts[Answered as usize] += 1;
        counts[WaitUs as usize] += wait.0;
        counts[AnsweredWaitUs as usize] += wait.0;
        if was_queued && wait == rang {
            // An agent freed at the very instant of entry: answered at once after all.
            counts[Delayed as usize] -= 1;
        }
        let bounds = &frame.levels[frame.level_starts[class]..frame.level_starts[class + 1]];
        for (level, counts) in bounds.iter().zip(&mut self.levels[row * frame.most_levels..]) {
            counts[0] += u64::from(wait <= level.within);
        }
        if interval >= self.first_counted {
            self.waits[class].answered.record(wait);
            self.flows[class * self.n_groups + group.index()] += 1;
        }
        let at = self.at(now);
        if rang == Span::ZERO {
            if was_queued {
                self.waiting[class].fall(at);
            }
            self.agents[group.index()].busy.rise(at);
        } else {
            self.stops_ringing(at, visit, group, rang);
        }
        let counts = self.group_row(visit, group);
        counts[GroupColumn::Answered as usize] += 1;
        counts[GroupColumn::AnsweredWaitUs as usize] += wait.0;
        if let Some(clauses) = &mut self.clauses {
            clauses.answered(now, visit, group);
        }
    }

    /// The agent has been busy since the first ring, the customer has waited.
    #[cold]
    fn stops_ringing(&mut self, at: u64, visit: &Visit, group: GroupId, rang: Span) {
        self.waiting[visit.class.index()].fall(at);
        self.group_row(visit, group)[GroupColumn::RingingUs as usize] += rang.0;
    }

    /// Whom an agent lets wait waits.
    #[cold]
    fn rings(&mut self, now: SimTime, visit: &Visit, group: GroupId, was_queued: bool) {
        let at = self.at(now);
        if !was_queued {
            self.waiting[visit.class.index()].rise(at);
        }
        self.agents[group.index()].busy.rise(at);
    }

    #[inline(always)]
    fn abandoned(&mut self, now: SimTime, visit: &Visit) {
        let frame = self.frame;
        let wait = now.since(visit.entered);
        let (class, interval) = (visit.class.index(), visit.interval as usize);
        let row = interval * self.n_classes + class;
        let counts = &mut self.classes[row];
        counts[Abandoned as usize] += 1;
        counts[WaitUs as usize] += wait.0;
        let bounds = &frame.levels[frame.level_starts[class]..frame.level_starts[class + 1]];
        for (level, counts) in bounds.iter().zip(&mut self.levels[row * frame.most_levels..]) {
            counts[1] += u64::from(wait < level.short);
        }
        let at = self.at(now);
        self.waiting[class].fall(at);
        if let Some(clauses) = &mut self.clauses {
            clauses.abandoned(now, visit);
        }
        if interval >= self.first_counted {
            self.waits[class].unanswered.record(wait);
            if now < self.ends {
                self.classes[self.interval * self.n_classes + class][AbandonedByClock as usize] += 1;
            }
        }
    }

    #[cold]
    fn disconnected(&mut self, now: SimTime, visit: &Visit, why: Cutoff) {
        if why.was_queued() {
            let at = self.at(now);
            self.waiting[visit.class.index()].fall(at);
        } else {
            self.visit_row(visit)[Delayed as usize] += 1;
        }
        self.ended_by_centre(now, visit, Disconnected);
    }

    #[cold]
    fn deflected(&mut self, now: SimTime, visit: &Visit, how: Deflection) {
        let at = self.at(now);
        self.waiting[visit.class.index()].fall(at);
        let end = match how {
            Deflection::Message => Deflected,
            Deflection::Diverted(_) => {
                self.visit_row(visit)[Diverted as usize] += 1;
                Deflected
            }
            Deflection::CallbackAccepted | Deflection::CallbackAfterMaxWait => {
                if let Some(clauses) = &mut self.clauses {
                    clauses.called_back(visit);
                }
                CalledBack
            }
        };
        self.ended_by_centre(now, visit, end);
    }

    /// A visit that entered is over, neither answered nor abandoned.
    fn ended_by_centre(&mut self, now: SimTime, visit: &Visit, end: ClassColumn) {
        let wait = now.since(visit.entered);
        let counts = self.visit_row(visit);
        counts[end as usize] += 1;
        counts[WaitUs as usize] += wait.0;
        if visit.interval as usize >= self.first_counted {
            self.waits[visit.class.index()].unanswered.record(wait);
        }
    }

    #[inline(always)]
    fn talk_ended(&mut self, now: SimTime, visit: &Visit, group: GroupId, talk: Span, end: TalkEnd) {
        let ends = match end {
            TalkEnd::Resolved => Some((Resolved, GroupColumn::Resolved)),
            TalkEnd::HandedOn => Some((TransferredOut, GroupColumn::TransferredOut)),
            TalkEnd::Escalated => Some((Escalated, GroupColumn::Escalated)),
            TalkEnd::Unresolved | TalkEnd::Promised | TalkEnd::Dropped => None,
        };
        let counts = self.visit_row(visit);
        counts[TalkUs as usize] += talk.0;
        counts[ClassColumn::handling_of(visit.cause) as usize] += talk.0;
        if let Some((column, _)) = ends {
            counts[column as usize] += 1;
        }
        let counts = self.group_row(visit, group);
        counts[GroupColumn::TalkUs as usize] += talk.0;
        if let Some((_, column)) = ends {
            counts[column as usize] += 1;
        }
        if let Some(clauses) = &mut self.clauses {
            clauses.talk_ended(now, visit, group, talk, end);
        }
    }

    #[inline(always)]
    fn contact_ended(&mut self, visit: &Visit, story: &ContactStory) {
        let counts = self.class_row(visit.arrival_interval, visit.first_class);
        counts[ContactsEnded as usize] += 1;
        counts[ContactWaitUs as usize] += story.wait.0;
        counts[ContactHandlingUs as usize] += story.handling.0;
        counts[ContactsTransferred as usize] += u64::from(visit.cause.is_handed_on());
        counts[ContactsCameBack as usize] += u64::from(visit.came_back);
        match story.end {
            ContactEnd::Resolved | ContactEnd::Unresolved => {}
            ContactEnd::Abandoned => {
                counts[ContactsUnanswered as usize] += 1;
                counts[AbandonedAfterTransfer as usize] += u64::from(story.was_answered);
                counts[ContactsUnhandled as usize] += u64::from(!story.was_answered);
            }
            ContactEnd::Blocked => {
                counts[ContactsUnanswered as usize] += 1;
                counts[ContactsUnhandled as usize] += 1;
            }
            ContactEnd::Disconnected | ContactEnd::Deflected | ContactEnd::CalledBack => {
                counts[ContactsUnhandled as usize] += u64::from(!story.was_answered);
            }
        }
    }

    #[inline(always)]
    fn case_goes_on(&mut self, now: SimTime, visit: &Visit, next: Key) {
        if let Some(clauses) = &mut self.clauses {
            clauses.goes_on(now, visit.contact, next);
        }
    }

    #[inline(always)]
    fn case_closed(&mut self, case: &Case) {
        let is_open = case.interval as usize >= self.frame.first_open;
        let counts = self.class_row(case.interval, case.class);
        if is_open {
            counts[CasesOpen as usize] += 1;
            return;
        }
        counts[Cases as usize] += 1;
        counts[CaseContacts as usize] += u64::from(case.contacts);
        counts[CaseWaitUs as usize] += case.wait.0;
        counts[CasesResolved as usize] += u64::from(case.resolved);
        if case.first_answer_ended.is_some() {
            counts[CasesAnswered as usize] += 1;
            counts[CasesResolvedAtFirst as usize] += u64::from(case.first_answer_resolved);
            counts[CasesOneTouch as usize] +=
                u64::from(case.first_answer_resolved && case.first_answer_untransferred);
            counts[CasesNotReturned as usize] += u64::from(!case.returned_in_window);
        }
    }
}

impl Observer for Meter<'_> {
    #[inline(always)]
    fn on(&mut self, now: SimTime, fact: &Fact<'_>) {
        match *fact {
            Fact::IntervalStarted { interval } => self.interval_started(now, interval as usize),
            Fact::Offered { visit, origin } => {
                let column = match origin {
                    Origin::Fresh => Fresh,
                    Origin::Redial => Redialled,
                    Origin::Repeat => Repeated,
                };
                self.visit_row(visit)[column as usize] += 1;
            }
            Fact::Refused { visit, origin } => {
                let counts = self.visit_row(visit);
                counts[Closed as usize] += 1;
                counts[ClosedFresh as usize] += u64::from(origin == Origin::Fresh);
            }
            Fact::Blocked { visit, .. } => self.visit_row(visit)[Blocked as usize] += 1,
            Fact::Entered { visit, how } => {
                match how {
                    Entry::Outside | Entry::Callback => {}
                    Entry::Transfer | Entry::Escalation => self.visit_row(visit)[TransferredIn as usize] += 1,
                    Entry::Diversion => self.visit_row(visit)[DivertedIn as usize] += 1,
                }
                if let Some(clauses) = &mut self.clauses {
                    clauses.entered(visit);
                }
            }
            Fact::Queued { visit } => match visit.kind {
                VisitKind::Inbound => {
                    let at = self.at(now);
                    self.waiting[visit.class.index()].rise(at);
                    self.visit_row(visit)[Delayed as usize] += 1;
                }
                VisitKind::Callback => {}
            },
            Fact::Answered { visit, group, was_queued, rang, .. } => {
                self.answered(now, visit, group, was_queued, rang);
            }
            Fact::Rings { visit, group, was_queued, .. } => self.rings(now, visit, group, was_queued),
            Fact::RangInVain { visit, group, rang, was_queued, .. } => {
                let at = self.at(now);
                self.agents[group.index()].busy.fall(at);
                self.group_row(visit, group)[GroupColumn::RingingUs as usize] += rang.0;
                self.visit_row(visit)[Delayed as usize] += u64::from(!was_queued);
            }
            Fact::Abandoned { visit } => self.abandoned(now, visit),
            Fact::Disconnected { visit, why } => self.disconnected(now, visit, why),
            Fact::Deflected { visit, how } => self.deflected(now, visit, how),
            Fact::TransferRefused { visit, group } => {
                self.visit_row(visit)[TransferRefused as usize] += 1;
                self.group_row(visit, group)[GroupColumn::TransferRefused as usize] += 1;
            }
            Fact::TalkEnded { visit, group, talk, end, .. } => self.talk_ended(now, visit, group, talk, end),
            Fact::WrappedUp { visit, group, acw, .. } => {
                let at = self.at(now);
                self.agents[group.index()].busy.fall(at);
                let counts = self.visit_row(visit);
                counts[AcwUs as usize] += acw.0;
                counts[ClassColumn::handling_of(visit.cause) as usize] += acw.0;
                self.group_row(visit, group)[GroupColumn::AcwUs as usize] += acw.0;
            }
            Fact::ConferenceBegan { visit, group, .. } => {
                let at = self.at(now);
                self.agents[group.index()].busy.rise(at);
                self.visit_row(visit)[Conferences as usize] += 1;
            }
            Fact::ConferenceEnded { visit, group, lasted, .. } => {
                let at = self.at(now);
                self.agents[group.index()].busy.fall(at);
                self.group_row(visit, group)[GroupColumn::ConferenceUs as usize] += lasted.0;
            }
            Fact::Promised { visit, callback, .. } => {
                self.visit_row(visit)[Promised as usize] += 1;
                self.case_goes_on(now, visit, callback);
            }
            Fact::CallbackDialled { visit, group, .. } => {
                let at = self.at(now);
                self.agents[group.index()].busy.rise(at);
                self.visit_row(visit)[CallbacksDialled as usize] += 1;
            }
            Fact::CallbackReached { visit, group, promised, kept, .. } => {
                let counts = self.visit_row(visit);
                counts[CallbacksReached as usize] += 1;
                counts[CallbacksKept as usize] += u64::from(kept);
                counts[CallbackDelayUs as usize] += now.since(promised).0;
                self.group_row(visit, group)[GroupColumn::CallbacksReached as usize] += 1;
            }
            Fact::CallbackMissed { visit, group, dialling, .. } => {
                let at = self.at(now);
                self.agents[group.index()].busy.fall(at);
                self.group_row(visit, group)[GroupColumn::DiallingUs as usize] += dialling.0;
            }
            Fact::PromiseBroken { visit } => self.visit_row(visit)[PromisesBroken as usize] += 1,
            Fact::ContactEnded { visit, story } => self.contact_ended(visit, story),
            Fact::WillReturn { visit, next, .. } => self.case_goes_on(now, visit, next),
            Fact::HorizonEnded | Fact::LeftOpen { .. } => {}
            Fact::CaseClosed { case, .. } => self.case_closed(case),
            Fact::Planned { group, agents } => {
                let at = self.at(now);
                let steps = &mut self.agents[group.index()];
                steps.planned.set(u64::from(agents), at);
                steps.agents_changed(at);
            }
            Fact::OnBreak { group, agents } => {
                let at = self.at(now);
                self.agents[group.index()].on_break.set(u64::from(agents), at);
            }
            Fact::OffPhone { group, agents } => {
                let at = self.at(now);
                self.agents[group.index()].off_phone.set(u64::from(agents), at);
            }
            Fact::LoggedIn { group, .. } => {
                let at = self.at(now);
                let steps = &mut self.agents[group.index()];
                steps.staffed.rise(at);
                steps.agents_changed(at);
            }
            Fact::LoggedOut { group, .. } => {
                let at = self.at(now);
                let steps = &mut self.agents[group.index()];
                steps.staffed.fall(at);
                steps.agents_changed(at);
            }
        }
    }
}

impl Meter<'_> {
    /// Folds the counts into a result and sets the meter back to zero.
    ///
    /// To be called when the centre has drained. `audit` looks at the books before anything is folded, and names the
    /// laws that they break.
    #[must_use]
    pub fn finish(&mut self, replication: u32, audit: impl FnOnce(&Books<'_>) -> Vec<String>) -> RunResult {
        if self.frame.n_intervals > 0 {
            self.close_interval();
        }
        let waits: Vec<(u64, u64)> =
            self.waits.iter().map(|waits| (waits.answered.count(), waits.unanswered.count())).collect();
        let audit = audit(&Books {
            n_classes: self.n_classes,
            n_groups: self.n_groups,
            first_counted: self.first_counted,
            classes: &self.classes,
            groups: &self.groups,
            levels: &self.levels,
            waits: &waits,
        });
        let frame = self.frame;
        let table = |periods: usize| Table {
            classes: Cube::new(periods * frame.n_classes, frame.class_columns()),
            groups: Cube::new(periods * frame.n_groups, GroupColumn::COUNT),
        };
        let mut result = RunResult {
            replication,
            by_day: table(frame.days().len()),
            by_slot: table(frame.n_slots()),
            by_interval: frame.keeps_intervals.then(|| table(frame.n_counted())),
            pulse: no_pulse(frame.n_counted()),
            flows: self.flows.clone(),
            below_goal: BelowGoal::default(),
            waits: self.waits.iter().map(ClassWaits::folded).collect(),
            snapshots: std::mem::take(&mut self.snapshots),
            judged: vec![Judged::default(); frame.n_targets],
            invoices: Vec::new(),
            contacts: self.classes.iter().map(|row| offered(row)).sum(),
            audit,
        };
        let mut classes = Vec::with_capacity(frame.n_classes * frame.class_columns());
        let mut groups = Vec::with_capacity(frame.n_groups * GroupColumn::COUNT);
        let beyond = self.settle(&mut result);
        for counted in 0..frame.n_counted() {
            self.rows_of(frame.first_counted + counted, &mut classes, &mut groups);
            if let Some(beyond) = beyond.get(counted * frame.n_groups..) {
                for (row, beyond) in groups.chunks_exact_mut(GroupColumn::COUNT).zip(beyond) {
                    let cost = &mut row[GroupColumn::CostMicroEur as usize];
                    *cost = cost.saturating_add_signed(*beyond);
                }
            }
            fold_interval(frame, counted, &classes, &groups, &mut result);
        }
        self.reset();
        result
    }

    /// Writes the invoices of contracts with terms; what each counted row of a group costs beyond its use, where there
    /// are any.
    fn settle(&self, result: &mut RunResult) -> Vec<i64> {
        let (Some(settling), Some(clauses)) = (&self.frame.settling, &self.clauses) else {
            return Vec::new();
        };
        let rows = &self.groups[self.frame.first_counted * self.frame.n_groups..];
        let (invoices, beyond) = settlement::settle(settling, &self.frame.tariffs, rows, &clauses.rows);
        result.invoices = invoices;
        beyond
    }

    /// The complete rows of one interval: bases of service levels, paid time and cost worked out.
    fn rows_of(&self, interval: usize, classes: &mut Vec<u64>, groups: &mut Vec<u64>) {
        let frame = self.frame;
        classes.clear();
        for class in 0..frame.n_classes {
            let row = interval * frame.n_classes + class;
            let counts = &self.classes[row];
            classes.extend_from_slice(counts);
            let bounds = &frame.levels[frame.level_starts[class]..frame.level_starts[class + 1]];
            let levels = &self.levels[row * frame.most_levels..][..frame.most_levels];
            // Whoever is called back is judged by the promise.
            let stayed = entered(counts).saturating_sub(counts[CalledBack as usize]);
            for (position, [in_time, short]) in levels.iter().enumerate() {
                let base = bounds.get(position).map_or(0, |level| match level.of {
                    ServiceLevelBase::EnteredLessShort => stayed.saturating_sub(*short),
                    ServiceLevelBase::Entered => stayed,
                    ServiceLevelBase::Answered => counts[Answered as usize],
                    ServiceLevelBase::Offered => stayed + counts[Blocked as usize],
                });
                classes.extend([*in_time, base]);
            }
        }
        groups.clear();
        for (group, tariff) in frame.tariffs.iter().enumerate() {
            let mut counts = self.groups[interval * frame.n_groups + group];
            tariff.bill((interval, usize::from(frame.months[interval])), &mut counts);
            groups.extend_from_slice(&counts);
        }
    }

    /// Back to zero, without giving memory back.
    fn reset(&mut self) {
        self.classes.fill([0; ClassColumn::COUNT]);
        self.levels.fill([0; 2]);
        self.groups.fill([0; GroupColumn::COUNT]);
        self.waiting.fill(Step::default());
        self.agents.fill(GroupSteps::default());
        self.waits.fill(ClassWaits::default());
        self.flows.fill(0);
        if let Some(clauses) = &mut self.clauses {
            clauses.reset();
        }
        self.snapshots.clear();
        (self.interval, self.began) = (0, SimTime::ZERO);
    }
}

/// Adds the complete rows of one interval to every table that contains it.
fn fold_interval(frame: &Frame, counted: usize, classes: &[u64], groups: &[u64], result: &mut RunResult) {
    let (day, slot) = (frame.day_rows[counted] as usize, frame.slot_rows[counted] as usize);
    for (class, row) in classes.chunks_exact(frame.class_columns()).enumerate() {
        result.by_day.classes.add_to_row(day * frame.n_classes + class, row);
        result.by_slot.classes.add_to_row(slot * frame.n_classes + class, row);
        if let Some(table) = &mut result.by_interval {
            table.classes.add_to_row(counted * frame.n_classes + class, row);
        }
        beat(&mut result.pulse, counted, row);
        let goal = frame.goals[class];
        result.below_goal.judge(entered(row), goal.map(|goal| (goal, first_level(row))));
    }
    for (group, row) in groups.chunks_exact(GroupColumn::COUNT).enumerate() {
        result.by_day.groups.add_to_row(day * frame.n_groups + group, row);
        result.by_slot.groups.add_to_row(slot * frame.n_groups + group, row);
        if let Some(table) = &mut result.by_interval {
            table.groups.add_to_row(counted * frame.n_groups + group, row);
        }
    }
    for (target, yardstick) in &frame.by_interval {
        let (over, under) = yardstick.parts(classes, frame.class_columns(), groups);
        if under > 0.0 {
            let visits = yardstick.visits(classes, frame.class_columns());
            result.judged[*target].add(yardstick.is_missed(over / under), visits);
        }
    }
}

/// Answered in time, and the base, by a class's first service level.
fn first_level(row: &[u64]) -> (u64, u64) {
    (row[ClassColumn::in_time(0)], row[ClassColumn::base(0)])
}

impl BelowGoal {
    /// Judges an interval of a class by its goal and first service level, if it has one.
    fn judge(&mut self, entered: u64, level: Option<(f64, (u64, u64))>) {
        self.entered += entered;
        let Some((goal, (in_time, base))) = level.filter(|(_, (_, base))| *base > 0) else { return };
        self.judged += 1;
        if (in_time as f64) < goal * base as f64 {
            self.missed += 1;
            self.entered_in_missed += entered;
        }
    }
}

impl ClassWaits {
    fn folded(&self) -> Waits {
        let mut entered = self.answered.clone();
        entered.merge(&self.unanswered);
        Waits { entered, answered: self.answered.clone() }
    }
}
