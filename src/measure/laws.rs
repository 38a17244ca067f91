//! The laws that hold whatever the scenario: the meter's books against what the audit has seen, in exact integers.
//!
//! Balance says what became of visits, contacts, cases and promises. Little's law says that waits (or handling) told
//! visit by visit add up to the area under the number waiting (or busy) integrated by the clock. Both sides of a law
//! are counted from different facts, or by different observers. Invariant: a broken law names where, and both sides.

use super::audit::Audit;
use super::books::{Books, ClassRow, GroupRow, add};
use super::columns::ClassColumn::{self, self as C};
use super::columns::GroupColumn::{self, self as G};
use super::metrics::{ended, offered, unanswered};

/// Broken laws told in full; further ones are counted.
const MOST_LINES: usize = 12;

/// Counts that are kept both by class and by group, and have one total.
const IN_BOTH: [(C, G, &str); 9] = [
    (C::Answered, G::Answered, "answered"),
    (C::AnsweredWaitUs, G::AnsweredWaitUs, "µs waited by the answered"),
    (C::TalkUs, G::TalkUs, "µs of talk"),
    (C::AcwUs, G::AcwUs, "µs of after-call work"),
    (C::Resolved, G::Resolved, "resolved"),
    (C::TransferredOut, G::TransferredOut, "transferred on"),
    (C::Escalated, G::Escalated, "escalated"),
    (C::TransferRefused, G::TransferRefused, "transfers refused"),
    (C::CallbacksReached, G::CallbacksReached, "callbacks reached"),
];

/// The laws that a run broke, in words.
pub(super) fn broken(audit: &Audit<'_>, books: &Books<'_>) -> Vec<String> {
    let mut findings = Findings { lines: Vec::new(), untold: 0 };
    let total = balance(audit, books, &mut findings);
    contacts(audit, &total, &mut findings);
    promises(audit, &total, &mut findings);
    conferences(audit, &total, &mut findings);
    waiting(audit, books, &mut findings);
    let groups = work(audit, books, &mut findings);
    for (of_classes, of_groups, what) in IN_BOTH {
        let (left, right) = (total[of_classes as usize], groups[of_groups as usize]);
        findings.equal(all, (&format!("{what} by class"), left), (&format!("{what} by group"), right));
    }
    findings.none(all, "rows with more visits in time than answered", books.too_many_in_time() as u64);
    if findings.untold > 0 {
        findings.lines.push(format!("and {} further broken laws", findings.untold));
    }
    findings.lines
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
            // A defect can take away more than there was: shown as the negative number that it is.
            let signed = |value: u64| value.cast_signed();
            self.broken(|| {
                format!("{}: {} {}, but {} {}", place(), signed(left.1), left.0, signed(right.1), right.0)
            });
        }
    }

    /// Demands that a part is not more than its whole.
    fn at_most(&mut self, place: impl Fn() -> String, part: (&str, u64), whole: (&str, u64)) {
        if part.1 > whole.1 {
            self.equal(place, part, whole);
        }
    }

    /// Demands that there is none.
    fn none(&mut self, place: impl Fn() -> String, what: &str, number: u64) {
        if number != 0 {
            self.broken(|| format!("{}: {} {what}", place(), number.cast_signed()));
        }
    }
}

fn all() -> String {
    "whole run".to_owned()
}

/// What became of visits, contacts and cases by class and day. Returns the sums over all of them.
fn balance(audit: &Audit<'_>, books: &Books<'_>, findings: &mut Findings) -> ClassRow {
    let mut total = [0; ClassColumn::COUNT];
    for (position, (row, seen)) in books.by_day(&audit.days).iter().zip(&audit.seen).enumerate() {
        let place = || class_and_day(audit, position);
        let of = |column: C| row[column as usize];
        let entered = super::metrics::entered(row);
        let ended = ended(row);
        findings.equal(
            place,
            ("visits entered", seen.entered),
            ("offered − blocked + transferred and diverted in", entered),
        );
        findings.equal(
            place,
            ("visits entered", seen.entered),
            (
                "answered, abandoned, disconnected, deflected, called back or left waiting",
                ended + seen.left_open,
            ),
        );
        findings.equal(
            place,
            (
                "visits answered, abandoned, disconnected, deflected, called back or blocked",
                ended + of(C::Blocked),
            ),
            (
                "contacts ended here or handed on",
                seen.contacts_ended + of(C::TransferredOut) + of(C::Escalated) + of(C::Diverted),
            ),
        );
        findings.equal(
            place,
            ("contacts offered", offered(row)),
            ("ended or left waiting", of(C::ContactsEnded) + seen.contacts_open),
        );
        findings.equal(
            place,
            ("cases begun", of(C::Fresh) + of(C::ClosedFresh)),
            ("cases closed", of(C::Cases) + of(C::CasesOpen)),
        );
        findings.equal(
            place,
            ("µs of handling by cause", by_cause(row)),
            ("µs of talk and after-call work", of(C::TalkUs).wrapping_add(of(C::AcwUs))),
        );
        findings.at_most(
            place,
            ("abandoned, disconnected, deflected or called back", unanswered(row)),
            ("delayed", of(C::Delayed)),
        );
        findings.at_most(place, ("refused first attempts", of(C::ClosedFresh)), ("refused", of(C::Closed)));
        findings.at_most(place, ("delayed", of(C::Delayed)), ("visits entered", seen.entered));
        add(&mut total, row);
    }
    total
}

/// Handling of all causes: each visit has one.
fn by_cause(row: &ClassRow) -> u64 {
    [C::FreshUs, C::RedialUs, C::RepeatUs, C::TransferUs, C::TransferInRepeatUs, C::CallbackUs]
        .into_iter()
        .fold(0, |sum, column| sum.wrapping_add(row[column as usize]))
}

/// Contacts are the sums of their visits.
fn contacts(audit: &Audit<'_>, total: &ClassRow, findings: &mut Findings) {
    let of = |column: C| total[column as usize];
    findings.equal(
        all,
        ("visits that entered by transfer", of(C::TransferredIn)),
        ("transferred on or escalated", of(C::TransferredOut) + of(C::Escalated)),
    );
    findings.equal(
        all,
        ("visits that entered by diversion", of(C::DivertedIn)),
        ("diverted", of(C::Diverted)),
    );
    findings.equal(
        all,
        ("contacts unanswered", of(C::ContactsUnanswered)),
        ("visits abandoned or blocked", of(C::Abandoned) + of(C::Blocked)),
    );
    findings.at_most(
        all,
        ("contacts that ended without an agent", of(C::ContactsUnhandled)),
        (
            "visits abandoned, disconnected, deflected, called back or blocked",
            unanswered(total) + of(C::Blocked),
        ),
    );
    let transferred = of(C::ContactsTransferred);
    findings.at_most(
        all,
        ("contacts transferred", transferred),
        ("visits transferred on or escalated", of(C::TransferredOut) + of(C::Escalated)),
    );
    findings.at_most(
        all,
        ("contacts handed back", of(C::ContactsCameBack)),
        ("contacts transferred", transferred),
    );
    let waits = ("µs waited by contacts", of(C::ContactWaitUs));
    let handling = ("µs of handling of contacts", of(C::ContactHandlingUs));
    let (waited, handled) = (("by visits", of(C::WaitUs)), ("of visits", of(C::TalkUs) + of(C::AcwUs)));
    // Earlier visits of a contact that is left waiting are in no contact, callbacks neither.
    if audit.seen.iter().any(|seen| seen.contacts_open > 0) {
        findings.at_most(all, waits, waited);
        findings.at_most(all, handling, handled);
    } else {
        findings.equal(all, waits, waited);
        if of(C::Promised) == 0 {
            findings.equal(all, handling, handled);
        } else {
            findings.at_most(all, handling, handled);
        }
    }
}

/// Every promise is kept (late or in time), broken, or open at the end; every attempt reaches the customer or not.
fn promises(audit: &Audit<'_>, total: &ClassRow, findings: &mut Findings) {
    let of = |column: C| total[column as usize];
    let reached = of(C::CallbacksReached);
    findings.equal(
        all,
        ("callbacks dialled", of(C::CallbacksDialled)),
        ("reached or missed", reached + audit.attempts_missed),
    );
    findings.equal(
        all,
        ("promises", of(C::Promised)),
        ("kept, broken or open at the end", reached + of(C::PromisesBroken) + audit.promises_open),
    );
    findings.at_most(all, ("visits called back", of(C::CalledBack)), ("promises", of(C::Promised)));
    findings.at_most(all, ("callbacks kept", of(C::CallbacksKept)), ("reached", reached));
}

/// Every conference that began is counted once.
fn conferences(audit: &Audit<'_>, total: &ClassRow, findings: &mut Findings) {
    let counted = total[C::Conferences as usize];
    findings.equal(all, ("conferences", counted), ("ended", audit.conferences_ended));
}

/// Little's law by class, and the waits that quantiles are read from.
fn waiting(audit: &Audit<'_>, books: &Books<'_>, findings: &mut Findings) {
    for (class, line) in audit.lines.iter().enumerate() {
        let place = || format!("class `{}`", audit.scenario.classes[class].name);
        let run = books.class_from(0, class);
        findings.none(place, "visits waiting of whom nothing is told", line.waiting.number);
        findings.equal(
            place,
            ("µs of waits told", run[C::WaitUs as usize].wrapping_add(line.open_waits)),
            ("µs under the number waiting", line.waiting.area),
        );
        findings.equal(
            place,
            ("µs of waiting cut by the clock", run[C::WaitingUs as usize]),
            ("µs under the number waiting until the end of the horizon", line.waiting.at_horizon),
        );
        findings.at_most(
            place,
            ("µs waited by the answered", run[C::AnsweredWaitUs as usize]),
            ("by all", run[C::WaitUs as usize]),
        );
        let counted = books.class_from(books.first_counted, class);
        let (answered, without_agent) = books.waits[class];
        findings.equal(
            place,
            ("waits of answered visits", answered),
            ("answered", counted[C::Answered as usize]),
        );
        findings.equal(
            place,
            ("waits of visits abandoned, disconnected, deflected or called back", without_agent),
            ("abandoned, disconnected, deflected or called back", unanswered(&counted)),
        );
    }
}

/// Little's law by group, hours by the clock, and nobody busy who is not logged in. Returns the sums over groups.
fn work(audit: &Audit<'_>, books: &Books<'_>, findings: &mut Findings) -> GroupRow {
    let mut total = [0; GroupColumn::COUNT];
    for (group, team) in audit.teams.iter().enumerate() {
        let place = || format!("group `{}`", audit.scenario.groups[group].name);
        let row = books.group(group);
        let of = |column: G| row[column as usize];
        let handling = [G::TalkUs, G::AcwUs, G::DiallingUs, G::ConferenceUs, G::RingingUs]
            .into_iter()
            .fold(0, |sum: u64, column| sum.wrapping_add(of(column)));
        findings.equal(
            place,
            ("µs of handling told", handling),
            ("µs under the number busy", team.busy.area),
        );
        for (column, watched, what) in [
            (G::BusyUs, &team.busy, "busy"),
            (G::StaffedUs, &team.staffed, "logged in"),
            (G::PlannedUs, &team.planned, "planned"),
            (G::FinishingUs, &team.finishing, "finishing"),
            (G::BreakUs, &team.on_break, "on a break"),
            (G::OffPhoneUs, &team.off_phone, "off the phone"),
        ] {
            findings.equal(
                place,
                (&format!("µs {what} cut by the clock"), of(column)),
                (&format!("µs under the number {what} until the end of the horizon"), watched.at_horizon),
            );
        }
        findings.equal(
            place,
            ("µs busy in the plan", of(G::BusyInPlanUs)),
            ("µs busy in intervals with a plan", books.busy_while_planned(group)),
        );
        findings.equal(
            place,
            ("µs logged in above 90 % occupancy", of(G::StaffedOver90Us)),
            ("µs logged in in intervals above it", books.staffed_over_90(group)),
        );
        findings.none(place, "agents still busy after the run drained", team.busy.number);
        findings.none(place, "times more agents busy than logged in", team.overfull);
        add(&mut total, &row);
    }
    total
}

/// Class and date of a row.
fn class_and_day(audit: &Audit<'_>, position: usize) -> String {
    let n_classes = audit.scenario.classes.len();
    let class = &audit.scenario.classes[position % n_classes].name;
    let (day, almanac) = (position / n_classes, &audit.scenario.almanac);
    if almanac.is_dated {
        format!("class `{class}`, {}", almanac.days[day].date)
    } else {
        format!("class `{class}`, day {} of the run", day + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{
        BILLING, HALF_HOUR, Story, TECHNICAL, WEST, answered_case, at, case, keep, scenario, visit,
    };
    use super::super::{Frame, Meter};
    use super::*;
    use crate::model::fact::{
        Conferring, ContactEnd, Cutoff, Deflection, Entry, Fact, LogReason, Observer, TalkEnd, Visit,
        VisitKind,
    };
    use crate::random::Key;
    use crate::units::{SimTime, Span};

    /// The technical visit after a transfer.
    fn onward(first: &Visit) -> Visit {
        Visit { leg: 1, class: TECHNICAL, cause: first.cause.handed_on(), ..*first }
    }

    /// A story in which all laws hold: answered, abandoned, blocked, transferred, called back, finishing, cut by the end.
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
        let second = keep(Visit { entered: at(235.0), ..onward(first) });
        story.tell(235.0, Fact::Entered { visit: second, how: Entry::Transfer });
        story.handle(second, WEST, (7.0, 40.0, 0.0), TalkEnd::Resolved);
        let sums = (Span::from_secs(12), Span::from_secs(80));
        story.end(282.0, second, ContactEnd::Resolved, sums, answered_case(first, true));
        // It rings at an agent, who answers; and in vain at another.
        let answered = visit(13, BILLING, 800.0);
        story.arrive(answered);
        story.tell(800.0, Fact::Rings { visit: answered, group: WEST, agent: 0, was_queued: false });
        let rang = Span::from_secs(4);
        let was_queued = false;
        story.tell(804.0, Fact::Answered { visit: answered, group: WEST, agent: 0, was_queued, rang });
        let (talk, end) = (Span::from_secs(6), TalkEnd::Resolved);
        story.tell(810.0, Fact::TalkEnded { visit: answered, group: WEST, agent: 0, talk, end });
        story.tell(810.0, Fact::WrappedUp { visit: answered, group: WEST, agent: 0, acw: Span::ZERO });
        let sums = (rang, talk);
        story.end(810.0, answered, ContactEnd::Resolved, sums, answered_case(answered, true));
        let lost = visit(14, BILLING, 820.0);
        story.arrive(lost);
        story.tell(820.0, Fact::Rings { visit: lost, group: WEST, agent: 0, was_queued });
        let rang = Span::from_secs(2);
        story.tell(822.0, Fact::RangInVain { visit: lost, group: WEST, agent: 0, rang, was_queued });
        story.tell(822.0, Fact::Abandoned { visit: lost });
        story.end(822.0, lost, ContactEnd::Abandoned, (rang, Span::ZERO), case(lost));
        // Handed on by an introduction, after which the second agent solves it.
        let first = visit(12, BILLING, 700.0);
        story.arrive(first);
        story.handle(first, WEST, (0.0, 35.0, 0.0), TalkEnd::HandedOn);
        let purpose = Conferring::Introduction;
        story.tell(720.0, Fact::ConferenceBegan { visit: first, group: WEST, agent: 1, purpose });
        let lasted = Span::from_secs(15);
        story.tell(735.0, Fact::ConferenceEnded { visit: first, group: WEST, agent: 1, lasted, purpose });
        let second = keep(Visit { entered: at(735.0), ..onward(first) });
        story.tell(735.0, Fact::Entered { visit: second, how: Entry::Transfer });
        story.handle(second, WEST, (0.0, 25.0, 0.0), TalkEnd::Resolved);
        let sums = (Span::ZERO, Span::from_secs(60));
        story.end(760.0, second, ContactEnd::Resolved, sums, answered_case(first, true));
        // Handed on to where no place is left to wait.
        let first = visit(10, BILLING, 500.0);
        story.arrive(first);
        story.handle(first, WEST, (0.0, 20.0, 0.0), TalkEnd::HandedOn);
        let second = keep(Visit { entered: at(520.0), ..onward(first) });
        story.tell(520.0, Fact::Entered { visit: second, how: Entry::Transfer });
        story.tell(520.0, Fact::Disconnected { visit: second, why: Cutoff::NoPlace });
        let sums = (Span::ZERO, Span::from_secs(20));
        story.end(520.0, second, ContactEnd::Disconnected, sums, case(first));
        // Waited too long, sent on, waited too long again and heard a message.
        let first = visit(11, BILLING, 600.0);
        story.arrive(first);
        story.tell(600.0, Fact::Queued { visit: first });
        story.tell(640.0, Fact::Deflected { visit: first, how: Deflection::Diverted(TECHNICAL) });
        let second = keep(Visit { leg: 1, class: TECHNICAL, entered: at(640.0), ..*first });
        story.tell(640.0, Fact::Entered { visit: second, how: Entry::Diversion });
        story.tell(640.0, Fact::Queued { visit: second });
        story.tell(650.0, Fact::Deflected { visit: second, how: Deflection::Message });
        let sums = (Span::from_secs(50), Span::ZERO);
        story.end(650.0, second, ContactEnd::Deflected, sums, case(first));
        // Promised a call in place of waiting, which nobody is reached by.
        let waiting = visit(12, BILLING, 700.0);
        story.arrive(waiting);
        story.tell(700.0, Fact::Queued { visit: waiting });
        story.tell(700.0, Fact::Deflected { visit: waiting, how: Deflection::CallbackAccepted });
        story.tell(700.0, Fact::Promised { visit: waiting, callback: Key(98), group: WEST, due: at(900.0) });
        story.end(700.0, waiting, ContactEnd::CalledBack, (Span::ZERO, Span::ZERO), case(waiting));
        let attempt = keep(Visit { contact: Key(98), kind: VisitKind::Callback, ..*waiting });
        story.tell(700.0, Fact::Entered { visit: attempt, how: Entry::Callback });
        story.tell(700.0, Fact::CallbackDialled { visit: attempt, group: WEST, agent: 1 });
        let dialling = Span::from_secs(10);
        story.tell(710.0, Fact::CallbackMissed { visit: attempt, group: WEST, agent: 1, dialling });
        story.tell(710.0, Fact::PromiseBroken { visit: attempt });
        // Refused a transfer and promised a call, which the first attempt misses and the second keeps.
        let refused = visit(6, BILLING, 300.0);
        story.arrive(refused);
        story.handle(refused, WEST, (0.0, 60.0, 0.0), TalkEnd::Promised);
        story.tell(360.0, Fact::TransferRefused { visit: refused, group: WEST });
        let sums = (Span::ZERO, Span::from_secs(60));
        story.end(360.0, refused, ContactEnd::Unresolved, sums, answered_case(refused, false));
        let (group, agent) = (WEST, 0);
        story.tell(360.0, Fact::Promised { visit: refused, callback: Key(7), group, due: at(900.0) });
        let attempt = keep(Visit { kind: VisitKind::Callback, ..*visit(7, BILLING, 360.0) });
        story.tell(360.0, Fact::Entered { visit: attempt, how: Entry::Callback });
        story.tell(360.0, Fact::CallbackDialled { visit: attempt, group, agent });
        let dialling = Span::from_secs(20);
        story.tell(380.0, Fact::CallbackMissed { visit: attempt, group, agent, dialling });
        let attempt = keep(Visit { leg: 1, entered: at(400.0), ..*attempt });
        story.tell(400.0, Fact::Entered { visit: attempt, how: Entry::Callback });
        story.tell(400.0, Fact::CallbackDialled { visit: attempt, group, agent });
        let promised = at(360.0);
        story.tell(400.0, Fact::CallbackReached { visit: attempt, group, agent, promised, kept: true });
        let (talk, acw, end) = (Span::from_secs(90), Span::ZERO, TalkEnd::Resolved);
        story.tell(490.0, Fact::TalkEnded { visit: attempt, group, agent, talk, end });
        story.tell(490.0, Fact::WrappedUp { visit: attempt, group, agent, acw });
        // The plan falls; the last agent finishes after the end of the horizon.
        story.tell(1800.0, Fact::Planned { group, agents: 0 });
        story.tell(1800.0, Fact::LoggedOut { group, agent: 1, why: LogReason::Plan });
        story.tell(1800.0, Fact::LoggedOut { group, agent: 2, why: LogReason::Plan });
        story.call(visit(8, BILLING, 1790.0), WEST, (0.0, 2000.0, 10.0), TalkEnd::Unresolved);
        story.tell(1800.0, Fact::OnBreak { group, agents: 0 });
        story.tell(1800.0, Fact::OffPhone { group, agents: 0 });
        story.tell(3800.0, Fact::LoggedOut { group, agent, why: LogReason::Plan });
        story
    }

    /// A meter to which some facts are lost, beside an audit that hears them all.
    struct Deaf<'s, M, A> {
        meter: M,
        audit: A,
        misses: &'s dyn Fn(&Fact<'_>) -> bool,
    }

    impl<M: Observer, A: Observer> Observer for Deaf<'_, M, A> {
        fn on(&mut self, now: SimTime, fact: &Fact<'_>) {
            if !(self.misses)(fact) {
                self.meter.on(now, fact);
            }
            self.audit.on(now, fact);
        }
    }

    /// What the audit says of a story to a meter that misses some facts and whose books are then changed.
    fn audited(
        story: &Story,
        misses: &dyn Fn(&Fact<'_>) -> bool,
        change: impl FnOnce(&mut [ClassRow], &mut [GroupRow]),
    ) -> Vec<String> {
        let scenario = scenario(0, 2);
        let frame = Frame::of(&scenario);
        let mut deaf = Deaf { meter: Meter::new(&frame), audit: Audit::new(&scenario), misses };
        story.play(&scenario, &mut deaf);
        let Deaf { mut meter, audit, .. } = deaf;
        meter
            .finish(0, |books| {
                let (mut classes, mut groups) = (books.classes.to_vec(), books.groups.to_vec());
                change(&mut classes, &mut groups);
                audit.finish(&Books { classes: &classes, groups: &groups, ..*books })
            })
            .audit
    }

    fn of(story: &Story) -> Vec<String> {
        audited(story, &|_| false, |_, _| {})
    }

    type IsLost = fn(&Fact<'_>) -> bool;

    /// Facts without which the lawful story breaks a law.
    const LOSSES: [(&str, IsLost); 26] = [
        ("rings", |fact| matches!(fact, Fact::Rings { visit, .. } if visit.contact.0 == 13)),
        ("rang in vain", |fact| matches!(fact, Fact::RangInVain { .. })),
        ("conference began", |fact| matches!(fact, Fact::ConferenceBegan { .. })),
        ("conference ended", |fact| matches!(fact, Fact::ConferenceEnded { .. })),
        ("offered", |fact| matches!(fact, Fact::Offered { .. })),
        ("blocked", |fact| matches!(fact, Fact::Blocked { .. })),
        ("transfer", |fact| matches!(fact, Fact::Entered { how: Entry::Transfer, .. })),
        ("diversion", |fact| matches!(fact, Fact::Entered { how: Entry::Diversion, .. })),
        ("queued", |fact| matches!(fact, Fact::Queued { visit } if visit.contact.0 == 3)),
        ("answered", |fact| matches!(fact, Fact::Answered { visit, .. } if visit.contact.0 == 8)),
        ("abandoned", |fact| matches!(fact, Fact::Abandoned { .. })),
        ("message", |fact| matches!(fact, Fact::Deflected { how: Deflection::Message, .. })),
        ("diverted", |fact| matches!(fact, Fact::Deflected { how: Deflection::Diverted(_), .. })),
        ("called back", |fact| matches!(fact, Fact::Deflected { how: Deflection::CallbackAccepted, .. })),
        ("disconnected", |fact| matches!(fact, Fact::Disconnected { .. })),
        ("talk ended", |fact| matches!(fact, Fact::TalkEnded { visit, .. } if visit.contact.0 == 7)),
        ("wrapped up", |fact| matches!(fact, Fact::WrappedUp { visit, .. } if visit.contact.0 == 1)),
        ("contact ended", |fact| matches!(fact, Fact::ContactEnded { .. })),
        ("case closed", |fact| matches!(fact, Fact::CaseClosed { .. })),
        ("promised", |fact| matches!(fact, Fact::Promised { .. })),
        ("dialled", |fact| matches!(fact, Fact::CallbackDialled { .. })),
        ("reached", |fact| matches!(fact, Fact::CallbackReached { .. })),
        ("missed", |fact| matches!(fact, Fact::CallbackMissed { .. })),
        ("planned", |fact| matches!(fact, Fact::Planned { agents: 0, .. })),
        ("logged in", |fact| matches!(fact, Fact::LoggedIn { agent: 2, .. })),
        ("logged out", |fact| matches!(fact, Fact::LoggedOut { agent: 1, .. })),
    ];

    #[test]
    fn a_lawful_run_breaks_no_law() {
        assert_eq!(of(&lawful()), Vec::<String>::new());
    }

    #[test]
    fn a_fact_that_the_model_never_states_is_found() {
        // Who is logged in or planned the model alone knows: without the fact another run is lawful.
        let staffing = ["planned", "logged in", "logged out"];
        for (name, is_lost) in LOSSES.into_iter().filter(|(name, _)| !staffing.contains(name)) {
            let mut story = lawful();
            let before = story.facts.len();
            story.facts.retain(|(_, fact)| !is_lost(fact));
            assert!(story.facts.len() < before, "nothing was lost");
            assert!(!of(&story).is_empty(), "{name}");
        }
    }

    #[test]
    fn a_fact_that_the_meter_alone_misses_is_found() {
        for (name, is_lost) in LOSSES {
            assert!(!audited(&lawful(), &is_lost, |_, _| {}).is_empty(), "{name}");
        }
    }

    #[test]
    fn a_count_that_is_off_by_one_is_found_in_every_column_that_a_law_knows() {
        // What became of cases, promises and late transfers is told by one fact alone: nothing else can tell it wrong.
        let unknown = [
            C::AbandonedAfterTransfer,
            C::CasesAnswered,
            C::CasesResolvedAtFirst,
            C::CasesOneTouch,
            C::CasesNotReturned,
            C::CasesResolved,
            C::CaseContacts,
            C::CaseWaitUs,
            C::CallbackDelayUs,
            C::AbandonedByClock,
        ];
        let bounded =
            [C::Closed, C::Delayed, C::ContactHandlingUs, C::ContactsUnhandled, C::ContactsCameBack];
        for column in 0..C::COUNT {
            let found = audited(&lawful(), &|_| false, |classes, _| classes[BILLING.index()][column] += 1);
            let is_known = unknown.iter().chain(&bounded).all(|other| *other as usize != column);
            assert_eq!(!found.is_empty(), is_known, "class column {column}: {found:#?}");
        }
        for column in 0..G::PaidUs as usize {
            let found = audited(&lawful(), &|_| false, |_, groups| groups[WEST.index()][column] += 1);
            assert!(!found.is_empty(), "group column {column}");
        }
    }

    #[test]
    fn an_area_that_is_cut_in_the_wrong_place_is_found() {
        // One microsecond of the second half-hour is counted in neither.
        let found = audited(&lawful(), &|_| false, |_, groups| groups[2][G::BusyUs as usize] -= 1);
        assert_eq!(
            found,
            [
                "group `west`: 2346999999 µs busy cut by the clock, but 2347000000 µs under the number busy until the end \
              of the horizon"
            ]
        );
    }

    #[test]
    fn a_lost_contact_is_named_by_class_and_date() {
        let mut story = lawful();
        story
            .facts
            .retain(|(_, fact)| !matches!(fact, Fact::Abandoned { visit } if visit.class == TECHNICAL));
        let found = of(&story);
        let named = "class `technical`, 2026-03-23: 5 visits entered, but 4 answered, abandoned, disconnected, deflected, called back or left waiting";
        assert!(found.iter().any(|law| law == named), "{found:#?}");
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
        let found = of(&story);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].contains("group `west`") && found[0].contains("µs of handling told"), "{found:#?}");

        let mut story = lawful();
        for (_, fact) in &mut story.facts {
            if let Fact::Abandoned { visit } = fact {
                *visit = keep(Visit { entered: SimTime(visit.entered.0 - 1), ..**visit });
            }
        }
        let found = of(&story);
        let is_told = |law: &String| law.contains("class `technical`") && law.contains("µs of waits told");
        assert!(found.iter().any(is_told), "{found:#?}");
    }

    /// The lawful story with a customer who waits for ever, of whom the end of the run tells or not.
    fn waiting_for_ever(is_told: bool) -> Story {
        let mut story = lawful();
        let entered = HALF_HOUR as f64 + 100.0;
        let visit = visit(9, TECHNICAL, entered);
        story.arrive(visit);
        story.tell(entered, Fact::Queued { visit });
        if is_told {
            story.tell(6000.0, Fact::LeftOpen { visit });
        }
        story.tell(6000.0, Fact::CaseClosed { case: keep(case(visit)), is_cut: true });
        story
    }

    #[test]
    fn who_waits_for_ever_is_open_and_breaks_no_law() {
        assert_eq!(of(&waiting_for_ever(true)), Vec::<String>::new());
    }

    #[test]
    fn who_is_lost_while_waiting_is_found() {
        let found = of(&waiting_for_ever(false));
        for law in [
            "class `technical`, 2026-03-23: 6 visits entered, but 5 answered, abandoned, disconnected, deflected, called back or left waiting",
            "class `technical`, 2026-03-23: 3 contacts offered, but 2 ended or left waiting",
            "class `technical`: 1 visits waiting of whom nothing is told",
        ] {
            assert!(found.iter().any(|told| told == law), "{law}: {found:#?}");
        }
    }

    #[test]
    fn nobody_is_busy_who_is_not_logged_in() {
        let mut story = lawful();
        story.facts.retain(|(_, fact)| {
            !matches!(fact, Fact::LoggedIn { agent, .. } | Fact::LoggedOut { agent, .. } if *agent > 0)
        });
        assert_eq!(of(&story), ["group `west`: 4 times more agents busy than logged in"]);
    }

    #[test]
    fn a_promise_is_kept_broken_or_open_at_the_end() {
        let mut story = lawful();
        let visit = visit(2, BILLING, 15.0);
        story.tell(60.0, Fact::Promised { visit, callback: Key(99), group: WEST, due: at(900.0) });
        assert_eq!(of(&story), ["whole run: 3 promises, but 2 kept, broken or open at the end"]);
        let attempt = keep(Visit { contact: Key(99), kind: VisitKind::Callback, ..*visit });
        story.tell(5000.0, Fact::LeftOpen { visit: attempt });
        assert_eq!(of(&story), Vec::<String>::new());
    }

    #[test]
    fn many_broken_laws_are_told_in_few_lines() {
        let mut story = Story::default();
        for number in 0..40 {
            let class = if number % 2 == 0 { BILLING } else { TECHNICAL };
            let visit = visit(number, class, number as f64);
            story.tell(number as f64, Fact::Abandoned { visit });
        }
        let found = of(&story);
        assert!(found.len() <= MOST_LINES + 1, "{found:#?}");
    }
}
