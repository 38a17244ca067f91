//! The audit: each run checks that its own facts obey the laws that hold whatever the scenario.
//!
//! Measures nothing for a report and never panics: a broken law becomes a line of words. Balance counts what became
//! of visits, contacts, cases and promises; Little's law is checked in exact integers between two observers that
//! share nothing, one that adds the durations told in facts and one that looks at the clock alone.
//! Invariant: whatever is counted on one side of a law is counted from other facts than the other side.

use crate::model::fact::{ContactEnd, Entry, Fact, Observer, Origin, TalkEnd, Visit, VisitKind};
use crate::scenario::Scenario;
use crate::units::{ClassId, GroupId, SimTime};

/// Broken laws told in full; further ones are counted.
const MOST_LINES: usize = 12;

/// Checks the facts of one replication.
#[derive(Clone, Debug)]
pub struct Audit<'a> {
    scenario: &'a Scenario,
    /// Day × classes + class.
    balances: Vec<Balance>,
    /// Day of each interval.
    days: Vec<u32>,
    told: Told,
    clock: Clock,
    overfull: Vec<u64>,
    cases_cut: u64,
}

/// What became of the visits that entered a class on a day, and of the contacts and cases that began there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Balance {
    // Visits of the class and day.
    offered: u64,
    blocked: u64,
    entered_from_outside: u64,
    entered_handed_on: u64,
    answered: u64,
    abandoned: u64,
    talks_ended: u64,
    handed_on: u64,
    // Contacts by their last visit.
    ended_after_talk: u64,
    ended_abandoned: u64,
    ended_blocked: u64,
    // Cases by their first contact.
    fresh: u64,
    cases_closed: u64,
    // Promises and attempts; over all days, since an attempt has its own.
    promised: u64,
    dialled: u64,
    reached: u64,
    missed: u64,
    broken: u64,
}

/// Little's law, side of the facts: durations as told, and when those began that are not over.
#[derive(Clone, Debug, Default)]
struct Told {
    /// By class: waits, and the sum of entries of those that wait (wrapping).
    waits: Vec<(u64, u64)>,
    /// By group: talk, after-call work, dialling.
    handling: Vec<u64>,
}

/// Little's law, side of the clock: numbers, and the areas under them.
#[derive(Clone, Debug, Default)]
struct Clock {
    now: SimTime,
    waiting: Vec<Watched>,
    busy: Vec<Watched>,
    staffed: Vec<u64>,
}

/// A number that the clock watches. Areas are exact modulo 2⁶⁴ µs, which is 584,000 years.
#[derive(Clone, Copy, Debug, Default)]
struct Watched {
    number: u64,
    since: SimTime,
    area: u64,
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
}

impl<'a> Audit<'a> {
    /// An audit at zero.
    #[must_use]
    pub fn new(scenario: &'a Scenario) -> Self {
        let (n_classes, n_groups) = (scenario.classes.len(), scenario.groups.len());
        Self {
            scenario,
            balances: vec![Balance::default(); scenario.almanac.days.len() * n_classes],
            days: scenario.almanac.intervals.iter().map(|interval| interval.day).collect(),
            told: Told { waits: vec![(0, 0); n_classes], handling: vec![0; n_groups] },
            clock: Clock {
                now: SimTime::ZERO,
                waiting: vec![Watched::default(); n_classes],
                busy: vec![Watched::default(); n_groups],
                staffed: vec![0; n_groups],
            },
            overfull: vec![0; n_groups],
            cases_cut: 0,
        }
    }

    #[inline(always)]
    fn row(&mut self, interval: u32, class: ClassId) -> &mut Balance {
        let day = self.days[interval as usize] as usize;
        &mut self.balances[day * self.scenario.classes.len() + class.index()]
    }

    #[inline(always)]
    fn at(&mut self, visit: &Visit) -> &mut Balance {
        self.row(visit.interval, visit.class)
    }

    #[inline(always)]
    fn left_queue(&mut self, now: SimTime, visit: &Visit) {
        self.clock.waiting[visit.class.index()].fall(now);
        let (waits, entries) = &mut self.told.waits[visit.class.index()];
        *waits = waits.wrapping_add(now.0.wrapping_sub(visit.entered.0));
        *entries = entries.wrapping_sub(visit.entered.0);
    }

    #[inline(always)]
    fn began_work(&mut self, now: SimTime, group: GroupId) {
        let busy = &mut self.clock.busy[group.index()];
        busy.rise(now);
        self.overfull[group.index()] += u64::from(busy.number > self.clock.staffed[group.index()]);
    }

    #[inline(always)]
    fn ended_work(&mut self, now: SimTime, group: GroupId) {
        self.clock.busy[group.index()].fall(now);
    }
}

impl Observer for Audit<'_> {
    #[inline(always)]
    fn on(&mut self, now: SimTime, fact: &Fact<'_>) {
        self.clock.now = now;
        match *fact {
            Fact::IntervalStarted { .. } | Fact::WillReturn { .. } | Fact::Planned { .. } => {}
            Fact::TransferRefused { .. } => {}
            Fact::Offered { visit, origin } => {
                let row = self.at(visit);
                row.offered += 1;
                row.fresh += u64::from(origin == Origin::Fresh);
            }
            Fact::Blocked { visit } => self.at(visit).blocked += 1,
            Fact::Entered { visit, how } => match how {
                Entry::Outside => self.at(visit).entered_from_outside += 1,
                Entry::Transfer | Entry::Escalation => self.at(visit).entered_handed_on += 1,
                Entry::Callback => {}
            },
            Fact::Queued { visit } => {
                if visit.kind == VisitKind::Inbound {
                    self.clock.waiting[visit.class.index()].rise(now);
                    let (_, entries) = &mut self.told.waits[visit.class.index()];
                    *entries = entries.wrapping_add(visit.entered.0);
                }
            }
            Fact::Answered { visit, group, was_queued, .. } => {
                self.at(visit).answered += 1;
                if was_queued {
                    self.left_queue(now, visit);
                }
                self.began_work(now, group);
            }
            Fact::Abandoned { visit } => {
                self.at(visit).abandoned += 1;
                self.left_queue(now, visit);
            }
            Fact::TalkEnded { visit, group, talk, end, .. } => {
                self.told.handling[group.index()] += talk.0;
                if visit.kind == VisitKind::Inbound {
                    let row = self.at(visit);
                    row.talks_ended += 1;
                    row.handed_on += u64::from(end == TalkEnd::HandedOn);
                }
            }
            Fact::WrappedUp { group, acw, .. } => {
                self.told.handling[group.index()] += acw.0;
                self.ended_work(now, group);
            }
            Fact::Promised { visit, .. } => self.at(visit).promised += 1,
            Fact::CallbackDialled { visit, group, .. } => {
                self.at(visit).dialled += 1;
                self.began_work(now, group);
            }
            Fact::CallbackReached { visit, .. } => self.at(visit).reached += 1,
            Fact::CallbackMissed { visit, group, dialling, .. } => {
                self.at(visit).missed += 1;
                self.told.handling[group.index()] += dialling.0;
                self.ended_work(now, group);
            }
            Fact::PromiseBroken { visit } => self.at(visit).broken += 1,
            Fact::ContactEnded { visit, story } => {
                let row = self.at(visit);
                match story.end {
                    ContactEnd::Resolved | ContactEnd::Unresolved => row.ended_after_talk += 1,
                    ContactEnd::Abandoned => row.ended_abandoned += 1,
                    ContactEnd::Blocked => row.ended_blocked += 1,
                }
            }
            Fact::CaseClosed { case, is_cut } => {
                self.row(case.interval, case.class).cases_closed += 1;
                self.cases_cut += u64::from(is_cut);
            }
            Fact::LoggedIn { group, .. } => self.clock.staffed[group.index()] += 1,
            Fact::LoggedOut { group, .. } => {
                let staffed = &mut self.clock.staffed[group.index()];
                *staffed = staffed.saturating_sub(1);
                let busy = self.clock.busy[group.index()].number;
                self.overfull[group.index()] += u64::from(busy > *staffed);
            }
        }
    }
}

/// Collects the words for broken laws.
struct Findings {
    lines: Vec<String>,
    untold: usize,
}

impl Findings {
    fn broken(&mut self, line: impl FnOnce() -> String) {
        if self.lines.len() < MOST_LINES { self.lines.push(line()) } else { self.untold += 1 }
    }

    /// Demands that two sides are equal.
    fn equal(&mut self, place: impl Fn() -> String, left: (&str, u64), right: (&str, u64)) {
        if left.1 != right.1 {
            self.broken(|| format!("{}: {} {}, but {} {}", place(), left.1, left.0, right.1, right.0));
        }
    }
}

impl Audit<'_> {
    /// The laws that the run broke, in words; to be called when the centre has drained.
    #[must_use]
    pub fn finish(&self) -> Vec<String> {
        let mut findings = Findings { lines: Vec::new(), untold: 0 };
        self.balance(&mut findings);
        self.promises(&mut findings);
        self.little(&mut findings);
        self.capacity(&mut findings);
        if findings.untold > 0 {
            findings.lines.push(format!("and {} further broken laws", findings.untold));
        }
        findings.lines
    }

    fn balance(&self, findings: &mut Findings) {
        let mut total = Balance::default();
        let mut open_visits = 0;
        for (position, row) in self.balances.iter().enumerate() {
            let place = || self.place(position);
            let entered = row.entered_from_outside + row.entered_handed_on;
            let arrived = row.entered_from_outside + row.blocked;
            findings.equal(place, ("offered", row.offered), ("entered from outside or blocked", arrived));
            if row.answered + row.abandoned > entered {
                let ended = row.answered + row.abandoned;
                findings.equal(place, ("entered", entered), ("answered or abandoned", ended));
            }
            findings.equal(
                place,
                ("visits abandoned", row.abandoned),
                ("contacts ended by abandoning", row.ended_abandoned),
            );
            findings.equal(
                place,
                ("contacts blocked", row.blocked),
                ("contacts ended by finding no line", row.ended_blocked),
            );
            findings.equal(place, ("visits answered", row.answered), ("talks ended", row.talks_ended));
            findings.equal(
                place,
                ("talks ended", row.talks_ended),
                ("contacts ended after talk or handed on", row.ended_after_talk + row.handed_on),
            );
            findings.equal(place, ("cases begun", row.fresh), ("cases closed", row.cases_closed));
            open_visits += entered.saturating_sub(row.answered + row.abandoned);
            total.add(row);
        }
        let all = || "whole run".to_owned();
        findings.equal(all, ("visits handed on", total.handed_on), ("entered", total.entered_handed_on));
        let waiting = self.clock.waiting.iter().fold(0u64, |sum, waiting| sum.wrapping_add(waiting.number));
        if waiting != open_visits {
            findings.broken(|| {
                format!(
                    "whole run: {open_visits} visits neither answered nor abandoned, but {} still waiting",
                    waiting.cast_signed()
                )
            });
        }
        let ended = total.ended_after_talk + total.ended_abandoned + total.ended_blocked;
        findings.equal(
            all,
            ("contacts offered", total.offered),
            ("ended or still waiting", ended + open_visits),
        );
    }

    /// Every promise is kept (late or in time), broken, or cut by the end; every attempt reaches the customer or not.
    fn promises(&self, findings: &mut Findings) {
        let mut total = Balance::default();
        for row in &self.balances {
            total.add(row);
        }
        let all = || "whole run".to_owned();
        findings.equal(
            all,
            ("callbacks dialled", total.dialled),
            ("reached or missed", total.reached + total.missed),
        );
        let settled = total.reached + total.broken;
        let told = ("promises", total.promised);
        if settled > total.promised {
            findings.equal(all, told, ("kept or broken", settled));
        } else if total.promised - settled > self.cases_cut {
            let cut = settled + self.cases_cut;
            findings.equal(all, told, ("kept, broken or cut by the end", cut));
        }
    }

    fn little(&self, findings: &mut Findings) {
        let now = self.clock.now;
        for (class, (waiting, (waits, entries))) in
            self.scenario.classes.iter().zip(self.clock.waiting.iter().zip(&self.told.waits))
        {
            let mut waiting = *waiting;
            waiting.settle(now);
            // Those who still wait have waited since their entry; where nobody waits, all waits have been told.
            let open = match waiting.number {
                0 => 0,
                number => number.wrapping_mul(now.0).wrapping_sub(*entries),
            };
            let told = waits.wrapping_add(open);
            if told != waiting.area {
                findings.broken(|| {
                    format!(
                        "class `{}`: waits add up to {told} µs, but the area under the number waiting is {} µs",
                        class.name, waiting.area
                    )
                });
            }
        }
        for (group, (busy, told)) in
            self.scenario.groups.iter().zip(self.clock.busy.iter().zip(&self.told.handling))
        {
            let mut busy = *busy;
            busy.settle(now);
            if busy.number != 0 {
                findings.broken(|| {
                    format!(
                        "group `{}`: {} agents still busy after the run drained",
                        group.name,
                        busy.number.cast_signed()
                    )
                });
            }
            if *told != busy.area {
                findings.broken(|| {
                    format!(
                        "group `{}`: handling adds up to {told} µs, but the area under the number busy is {} µs",
                        group.name, busy.area
                    )
                });
            }
        }
    }

    fn capacity(&self, findings: &mut Findings) {
        for (group, times) in self.scenario.groups.iter().zip(&self.overfull) {
            if *times > 0 {
                findings.broken(|| {
                    format!("group `{}`: more agents busy than logged in, {times} times", group.name)
                });
            }
        }
    }

    /// Class and date of a row.
    fn place(&self, position: usize) -> String {
        let n_classes = self.scenario.classes.len();
        let class = &self.scenario.classes[position % n_classes].name;
        let day = position / n_classes;
        if self.scenario.almanac.is_dated {
            format!("class `{class}`, {}", self.scenario.almanac.days[day].date)
        } else {
            format!("class `{class}`, day {} of the run", day + 1)
        }
    }
}

impl Balance {
    fn add(&mut self, row: &Self) {
        // Named one by one: a field that is forgotten here would make a law hold by accident.
        let Self {
            offered,
            blocked,
            entered_from_outside,
            entered_handed_on,
            answered,
            abandoned,
            talks_ended,
            handed_on,
            ended_after_talk,
            ended_abandoned,
            ended_blocked,
            fresh,
            cases_closed,
            promised,
            dialled,
            reached,
            missed,
            broken,
        } = row;
        self.offered += offered;
        self.blocked += blocked;
        self.entered_from_outside += entered_from_outside;
        self.entered_handed_on += entered_handed_on;
        self.answered += answered;
        self.abandoned += abandoned;
        self.talks_ended += talks_ended;
        self.handed_on += handed_on;
        self.ended_after_talk += ended_after_talk;
        self.ended_abandoned += ended_abandoned;
        self.ended_blocked += ended_blocked;
        self.fresh += fresh;
        self.cases_closed += cases_closed;
        self.promised += promised;
        self.dialled += dialled;
        self.reached += reached;
        self.missed += missed;
        self.broken += broken;
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{BILLING, HALF_HOUR, Story, TECHNICAL, WEST, at, keep, scenario, visit};
    use super::*;
    use crate::units::Span;

    /// A story in which all laws hold: answered, abandoned, blocked, transferred, called back.
    fn lawful() -> Story {
        let mut story = Story::default();
        story.log_in(0.0, WEST, 3);
        story.call(visit(1, BILLING, 10.0), WEST, (0.0, 100.0, 20.0), TalkEnd::Resolved);
        story.call(visit(2, BILLING, 15.0), WEST, (12.5, 50.0, 0.0), TalkEnd::Unresolved);
        story.lose(visit(3, TECHNICAL, 20.0), 33.3);
        story.block(visit(4, TECHNICAL, 21.0));
        // Handed on from billing to technical, solved there; the whole contact is one case.
        let first = visit(5, BILLING, 200.0);
        story.arrive(first);
        story.handle(first, WEST, (5.0, 30.0, 10.0), TalkEnd::HandedOn);
        let second = keep(Visit { leg: 1, class: TECHNICAL, entered: at(235.0), ..*first });
        story.tell(235.0, Fact::Entered { visit: second, how: Entry::Transfer });
        story.handle(second, WEST, (7.0, 40.0, 0.0), TalkEnd::Resolved);
        let sums = (Span::from_secs(12), Span::from_secs(80));
        let case = super::super::sample::answered_case(first, true);
        story.end(282.0, second, ContactEnd::Resolved, sums, case);
        story
    }

    fn audited(story: &Story) -> Vec<String> {
        let scenario = scenario(1, 2);
        let mut audit = Audit::new(&scenario);
        story.play(&scenario, &mut audit);
        audit.finish()
    }

    /// The lawful story without the facts that `is_lost` names.
    fn without(is_lost: impl Fn(&Fact<'_>) -> bool) -> Vec<String> {
        let mut story = lawful();
        let before = story.facts.len();
        story.facts.retain(|(_, fact)| !is_lost(fact));
        assert!(story.facts.len() < before, "nothing was lost");
        audited(&story)
    }

    #[test]
    fn a_lawful_run_breaks_no_law() {
        assert_eq!(audited(&lawful()), Vec::<String>::new());
    }

    #[test]
    fn a_lost_contact_is_found_and_named_by_class_and_date() {
        let found = without(|fact| matches!(fact, Fact::Abandoned { .. }));
        assert!(
            found.iter().any(|law| law
                == "class `technical`, 2026-03-23: 0 visits abandoned, but 1 contacts ended by abandoning"),
            "{found:#?}"
        );
    }

    #[test]
    fn every_lost_fact_of_a_contact_is_found() {
        let lost: [(&str, fn(&Fact<'_>) -> bool); 10] = [
            ("offered", |fact| matches!(fact, Fact::Offered { .. })),
            ("blocked", |fact| matches!(fact, Fact::Blocked { .. })),
            ("entered", |fact| matches!(fact, Fact::Entered { .. })),
            ("transfer", |fact| matches!(fact, Fact::Entered { how: Entry::Transfer, .. })),
            ("answered", |fact| matches!(fact, Fact::Answered { .. })),
            ("talk ended", |fact| matches!(fact, Fact::TalkEnded { .. })),
            ("queued", |fact| matches!(fact, Fact::Queued { visit } if visit.contact.0 == 3)),
            ("wrapped up", |fact| matches!(fact, Fact::WrappedUp { visit, .. } if visit.contact.0 == 1)),
            ("contact ended", |fact| matches!(fact, Fact::ContactEnded { .. })),
            ("case closed", |fact| matches!(fact, Fact::CaseClosed { .. })),
        ];
        for (name, is_lost) in lost {
            assert!(!without(is_lost).is_empty(), "{name}");
        }
    }

    #[test]
    fn a_duration_told_wrongly_by_a_microsecond_breaks_littles_law() {
        let mut story = lawful();
        for (_, fact) in &mut story.facts {
            if let Fact::WrappedUp { acw, .. } = fact {
                acw.0 += 1;
                break;
            }
        }
        let found = audited(&story);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].starts_with("group `west`: handling adds up to"), "{found:#?}");

        let mut story = lawful();
        for (_, fact) in &mut story.facts {
            if let Fact::Abandoned { visit } = fact {
                *visit = keep(Visit { entered: SimTime(visit.entered.0 - 1), ..**visit });
            }
        }
        let found = audited(&story);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].starts_with("class `technical`: waits add up to"), "{found:#?}");
    }

    #[test]
    fn who_waits_for_ever_is_open_and_breaks_no_law() {
        let mut story = lawful();
        let visit = visit(9, TECHNICAL, 3.0 * HALF_HOUR as f64 - 1.0);
        story.arrive(visit);
        story.tell(3.0 * HALF_HOUR as f64 - 1.0, Fact::Queued { visit });
        let case = keep(super::super::sample::case(visit));
        story.tell(6000.0, Fact::CaseClosed { case, is_cut: true });
        assert_eq!(audited(&story), Vec::<String>::new());
    }

    #[test]
    fn nobody_is_busy_who_is_not_logged_in() {
        let mut story = lawful();
        story.facts.retain(|(_, fact)| !matches!(fact, Fact::LoggedIn { agent, .. } if *agent > 0));
        let found = audited(&story);
        assert_eq!(found, ["group `west`: more agents busy than logged in, 2 times"]);
    }

    #[test]
    fn a_promise_is_kept_broken_or_cut() {
        let mut story = lawful();
        story.tell(60.0, Fact::Promised { visit: visit(2, BILLING, 15.0), group: WEST, due: at(900.0) });
        assert_eq!(audited(&story), ["whole run: 1 promises, but 0 kept, broken or cut by the end"]);
    }

    #[test]
    fn many_broken_laws_are_told_in_few_lines() {
        let mut story = Story::default();
        for number in 0..40 {
            let class = if number % 2 == 0 { BILLING } else { TECHNICAL };
            let visit = visit(number, class, number as f64);
            story.tell(number as f64, Fact::Abandoned { visit });
        }
        let found = audited(&story);
        assert!(found.len() <= MOST_LINES + 1, "{found:#?}");
    }
}
