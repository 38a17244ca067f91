//! Hand-made facts with known answers, one story per definition.

use super::sample::{
    BILLING, PARTNER, Story, TECHNICAL, WEST, answered_case, at, case, keep, scenario, visit,
};
use super::{Frame, GroupColumn, Invoice, Line, Meter, Row, RunResult, Table, metric};
use crate::model::fact::{
    Case, Cause, Conferring, ContactEnd, ContactStory, Deflection, Entry, Fact, LogReason, Origin, TalkEnd,
    Visit, VisitKind,
};
use crate::random::Key;
use crate::scenario::Scenario;
use crate::scenario::checked::{
    ContractLevel, Goal, LevelStep, Period, ServiceLevelBase, Target, Terms, VolumeBand,
};
use crate::units::{ClassId, GroupId, Span};

/// What a meter makes of a story.
fn measured(scenario: &Scenario, tell: impl Fn(&mut Story)) -> RunResult {
    let frame = Frame::of(scenario).with_intervals();
    let (mut story, mut meter) = (Story::default(), Meter::new(&frame));
    tell(&mut story);
    story.play(scenario, &mut meter);
    meter.finish(0, |_| vec![])
}

/// Value of a metric over the horizon; `None` with a zero denominator.
fn value(name: &str, classes: Option<Vec<u64>>, groups: Option<Vec<u64>>, span: Span) -> Option<f64> {
    let row = Row { classes: classes.as_deref(), groups: groups.as_deref(), span };
    let (over, under) = metric(name).expect(name).parts(&row).expect(name);
    (under > 0.0).then(|| over / under)
}

fn of_class(result: &RunResult, class: ClassId, name: &str) -> Option<f64> {
    let cube = &result.by_day.classes;
    let rows = (0..cube.rows()).filter(|row| row % 2 == class.index());
    value(name, Some(cube.sum(rows)), None, Span::HOUR)
}

fn of_group(result: &RunResult, group: GroupId, name: &str) -> Option<f64> {
    let cube = &result.by_day.groups;
    let rows = (0..cube.rows()).filter(|row| row % 2 == group.index());
    value(name, None, Some(cube.sum(rows)), Span::HOUR)
}

#[track_caller]
fn check(values: &[(Option<f64>, f64)]) {
    for (position, (found, wanted)) in values.iter().enumerate() {
        let found = found.unwrap_or(f64::NAN);
        assert!((found - wanted).abs() < 1e-9, "value {position}: {found}, not {wanted}");
    }
}

#[test]
fn service_level_counts_answers_within_the_bound_and_leaves_short_abandons_out_of_the_default_base() {
    let result = measured(&scenario(0, 2), |story| {
        story.call(visit(1, BILLING, 100.0), WEST, (20.0, 60.0, 0.0), TalkEnd::Resolved); // in time, at the bound
        story.call(visit(2, BILLING, 200.0), WEST, (20.000_001, 60.0, 0.0), TalkEnd::Resolved); // late
        story.lose(visit(3, BILLING, 300.0), 4.999_999); // short
        story.lose(visit(4, BILLING, 400.0), 5.0); // not short
        story.block(visit(5, TECHNICAL, 500.0));
        story.call(visit(6, TECHNICAL, 600.0), WEST, (0.0, 60.0, 0.0), TalkEnd::Resolved);
    });
    let billing = |name| of_class(&result, BILLING, name);
    let technical = |name| of_class(&result, TECHNICAL, name);
    check(&[
        (billing("in_time"), 1.0),
        (billing("service_level_base"), 3.0),
        (billing("service_level"), 1.0 / 3.0),
        (billing("service_level_2"), 1.0), // of answered, within 60 s
        (billing("abandonment"), 0.5),     // short ones included
        (billing("offered"), 4.0),
        (technical("offered"), 2.0),
        (technical("entered"), 1.0),
        (technical("blocked"), 1.0),
        (technical("service_level"), 0.5), // of offered: the blocked contact is a miss
    ]);
    assert_eq!(technical("service_level_2"), None, "no second level, no value");
}

#[test]
fn waits_are_told_apart_by_answered_and_entered() {
    let result = measured(&scenario(0, 1), |story| {
        story.call(visit(1, BILLING, 0.0), WEST, (0.0, 60.0, 0.0), TalkEnd::Resolved);
        story.call(visit(2, BILLING, 10.0), WEST, (30.0, 60.0, 0.0), TalkEnd::Resolved);
        story.lose(visit(3, BILLING, 20.0), 90.0);
    });
    let billing = |name| of_class(&result, BILLING, name);
    check(&[
        (billing("asa_s"), 15.0),
        (billing("wait_s"), 40.0),
        (billing("delayed_share"), 2.0 / 3.0),
        (billing("contact_wait_s"), 40.0),
        (billing("contact_abandonment"), 1.0 / 3.0),
        (billing("open"), 0.0),
    ]);
    let waits = &result.waits[BILLING.index()];
    assert_eq!((waits.entered.count(), waits.answered.count()), (3, 2));
    assert_eq!(waits.entered.max(), Span::from_secs(90));
    assert_eq!(waits.answered.max(), Span::from_secs(30));
    assert_eq!(waits.entered.quantile(0.3), Some(0.0));
}

#[test]
fn who_is_answered_in_the_instant_of_entry_is_not_delayed_even_if_queued() {
    let result = measured(&scenario(0, 1), |story| {
        let visit = visit(1, BILLING, 5.0);
        story.arrive(visit);
        story.tell(5.0, Fact::Queued { visit });
        story.tell(5.0, Fact::Answered { visit, group: WEST, agent: 0, was_queued: true, rang: Span::ZERO });
    });
    check(&[(of_class(&result, BILLING, "delayed"), 0.0), (of_class(&result, BILLING, "waiting_mean"), 0.0)]);
}

#[test]
fn counts_belong_to_the_interval_of_entry_and_areas_to_the_clock() {
    let result = measured(&scenario(0, 2), |story| {
        story.log_in(0.0, WEST, 2);
        // Enters 100 s before the bound, waits 150 s, talks 60 s, wraps up 30 s.
        story.call(visit(1, BILLING, 1700.0), WEST, (150.0, 60.0, 30.0), TalkEnd::Resolved);
        story.lose(visit(2, BILLING, 1790.0), 40.0);
    });
    let slot = |slot: usize, class: ClassId, name| {
        value(name, Some(result.by_slot.classes.row(slot * 2 + class.index()).to_vec()), None, Span::HOUR)
    };
    check(&[
        (slot(0, BILLING, "answered"), 1.0),
        (slot(0, BILLING, "abandoned"), 1.0),
        (slot(0, BILLING, "abandoned_by_clock"), 0.0),
        (slot(1, BILLING, "abandoned_by_clock"), 1.0),
        (slot(0, BILLING, "aht_s"), 90.0),
        (slot(0, BILLING, "waiting_h"), (100.0 + 10.0) / 3600.0),
        (slot(1, BILLING, "waiting_h"), (50.0 + 30.0) / 3600.0),
        (slot(1, BILLING, "answered"), 0.0),
    ]);
    assert_eq!(slot(1, BILLING, "abandonment"), None, "nobody entered there");
    let west =
        |slot: usize, name| value(name, None, Some(result.by_slot.groups.row(slot * 2).to_vec()), Span::HOUR);
    check(&[
        (west(0, "staffed_h"), 1.0),
        (west(1, "busy_h"), 90.0 / 3600.0),
        (west(1, "occupancy"), 90.0 / 3600.0),
        (west(0, "answered"), 1.0),
        (west(0, "handling_h"), 90.0 / 3600.0), // of those who entered there, whenever it was done
    ]);
    assert_eq!(west(0, "occupancy"), Some(0.0));
}

#[test]
fn the_warm_up_enters_no_count_and_hours_are_cut_at_the_start() {
    let result = measured(&scenario(1, 2), |story| {
        story.log_in(0.0, WEST, 1);
        // Enters in the warm-up, is answered and ends after it.
        story.call(visit(1, BILLING, 1700.0), WEST, (200.0, 300.0, 0.0), TalkEnd::Resolved);
        story.lose(visit(2, BILLING, 1795.0), 30.0);
    });
    check(&[
        (of_class(&result, BILLING, "offered"), 0.0),
        (of_class(&result, BILLING, "abandoned_by_clock"), 0.0),
        (of_class(&result, BILLING, "waiting_h"), (100.0 + 25.0) / 3600.0),
        (of_group(&result, WEST, "busy_h"), 300.0 / 3600.0),
        (of_group(&result, WEST, "staffed_h"), 1.0),
        (of_group(&result, WEST, "handling_h"), 0.0),
    ]);
    assert_eq!(result.waits[0].entered.count(), 0);
    assert_eq!(result.contacts, 2, "simulated contacts include the warm-up");
}

#[test]
fn after_the_horizon_visits_run_to_their_end_and_hours_are_cut() {
    let result = measured(&scenario(0, 1), |story| {
        story.log_in(0.0, WEST, 1);
        story.call(visit(1, BILLING, 1700.0), WEST, (200.0, 100.0, 10.0), TalkEnd::Resolved);
        story.lose(visit(2, BILLING, 1750.0), 400.0);
    });
    check(&[
        (of_class(&result, BILLING, "answered"), 1.0),
        (of_class(&result, BILLING, "abandoned"), 1.0),
        (of_class(&result, BILLING, "abandoned_by_clock"), 0.0),
        (of_class(&result, BILLING, "aht_s"), 110.0),
        (of_class(&result, BILLING, "waiting_h"), (100.0 + 50.0) / 3600.0),
        (of_group(&result, WEST, "busy_h"), 0.0),
        (of_group(&result, WEST, "staffed_h"), 0.5),
    ]);
}

#[test]
fn a_transferred_contact_is_two_visits_and_one_contact() {
    let result = measured(&scenario(0, 2), |story| {
        let first = visit(1, BILLING, 100.0);
        story.call(first, WEST, (10.0, 60.0, 5.0), TalkEnd::HandedOn);
        let cause = first.cause.handed_on();
        let second = keep(Visit { leg: 1, class: TECHNICAL, entered: at(170.0), cause, ..*first });
        story.tell(170.0, Fact::Entered { visit: second, how: Entry::Transfer });
        story.tell(170.0, Fact::Queued { visit: second });
        story.tell(200.0, Fact::Abandoned { visit: second });
        let wait = Span::from_secs(40);
        let contact = ContactStory {
            end: ContactEnd::Abandoned,
            wait,
            handling: Span::from_secs(65),
            transfers: 1,
            was_answered: true,
        };
        story.tell(200.0, Fact::ContactEnded { visit: second, story: keep(contact) });
    });
    check(&[
        (of_class(&result, BILLING, "answered"), 1.0),
        (of_class(&result, BILLING, "transfer_share"), 1.0),
        (of_class(&result, BILLING, "escalated"), 0.0),
        (of_class(&result, BILLING, "contact_unanswered"), 1.0),
        (of_class(&result, BILLING, "contact_abandonment"), 1.0),
        (of_class(&result, BILLING, "abandoned_after_transfer"), 1.0),
        (of_class(&result, BILLING, "contacts_transferred"), 1.0),
        (of_class(&result, BILLING, "ping_pong_share"), 0.0),
        (of_class(&result, BILLING, "contact_wait_s"), 40.0),
        (of_class(&result, BILLING, "contact_handle_s"), 65.0),
        (of_class(&result, TECHNICAL, "offered"), 0.0),
        (of_class(&result, TECHNICAL, "transferred"), 1.0),
        (of_class(&result, TECHNICAL, "entered"), 1.0),
        (of_class(&result, TECHNICAL, "abandonment"), 1.0),
        (of_group(&result, WEST, "transferred_out"), 1.0),
    ]);
    assert_eq!(
        of_class(&result, TECHNICAL, "contact_abandonment"),
        None,
        "the contact belongs to its first class"
    );
}

#[test]
fn a_visit_sent_on_at_the_limit_is_escalated_and_not_transferred() {
    let result = measured(&scenario(0, 1), |story| {
        let visit = visit(1, BILLING, 0.0);
        story.arrive(visit);
        story.tell(0.0, Fact::Answered { visit, group: WEST, agent: 0, was_queued: false, rang: Span::ZERO });
        story.tell(9.0, Fact::TransferRefused { visit, group: WEST });
        let talk = Span::from_secs(9);
        story.tell(9.0, Fact::TalkEnded { visit, group: WEST, agent: 0, talk, end: TalkEnd::Escalated });
    });
    for measure in [of_class(&result, BILLING, "escalated"), of_group(&result, WEST, "escalated")] {
        assert_eq!(measure, Some(1.0));
    }
    check(&[
        (of_class(&result, BILLING, "transferred_out"), 0.0),
        (of_class(&result, BILLING, "transfer_refused"), 1.0),
    ]);
}

#[test]
fn cases_count_at_their_first_contact_and_late_ones_are_open() {
    // The case window is one interval: cases begun in the last of three are open.
    let mut scenario = scenario(0, 3);
    scenario.classes[0].redial_after_abandon.first = 0.5;
    let result = measured(&scenario, |story| {
        let close = |story: &mut Story, case: Case| {
            story.tell(3000.0, Fact::CaseClosed { case: keep(case), is_cut: false });
        };
        let early = visit(1, BILLING, 10.0);
        let wait = Span::from_secs(30);
        // Solved at once; solved after a transfer; not solved at first, returned, solved later; never answered.
        close(story, answered_case(early, true));
        close(story, Case { first_answer_untransferred: false, ..answered_case(early, true) });
        close(
            story,
            Case {
                contacts: 3,
                returned_in_window: true,
                resolved: true,
                wait,
                ..answered_case(early, false)
            },
        );
        close(story, Case { contacts: 2, wait, ..case(early) });
        close(story, answered_case(visit(2, BILLING, 3600.0), true));
    });
    let billing = |name| of_class(&result, BILLING, name);
    check(&[
        (billing("cases"), 4.0),
        (billing("case_open"), 1.0),
        (billing("fcr"), 2.0 / 3.0),
        (billing("one_touch"), 1.0 / 3.0),
        (billing("fcr_observed"), 2.0 / 3.0),
        (billing("contacts_per_case"), 7.0 / 4.0),
        (billing("case_wait_s"), 15.0),
        (billing("case_resolution"), 0.75),
    ]);
}

#[test]
fn where_nobody_comes_back_no_case_is_open() {
    let mut scenario = scenario(0, 1);
    scenario.case_window = Span::DAY;
    let result = measured(&scenario, |story| {
        story.call(visit(1, BILLING, 0.0), WEST, (0.0, 60.0, 0.0), TalkEnd::Resolved);
    });
    check(&[(of_class(&result, BILLING, "case_open"), 0.0), (of_class(&result, BILLING, "fcr"), 1.0)]);
}

#[test]
fn a_callback_is_neither_offered_nor_entered_and_its_handling_counts() {
    let result = measured(&scenario(0, 2), |story| {
        story.log_in(0.0, WEST, 1);
        let refused = visit(1, BILLING, 0.0);
        story.call(refused, WEST, (0.0, 60.0, 0.0), TalkEnd::Promised);
        story.tell(60.0, Fact::Promised { visit: refused, callback: Key(2), group: WEST, due: at(900.0) });
        let attempt = keep(Visit { kind: VisitKind::Callback, ..*visit(2, BILLING, 60.0) });
        story.tell(60.0, Fact::Entered { visit: attempt, how: Entry::Callback });
        story.tell(60.0, Fact::Queued { visit: attempt });
        story.tell(100.0, Fact::CallbackDialled { visit: attempt, group: WEST, agent: 0 });
        let dialling = Span::from_secs(20);
        story.tell(120.0, Fact::CallbackMissed { visit: attempt, group: WEST, agent: 0, dialling });
        let attempt = keep(Visit { leg: 1, entered: at(600.0), ..*attempt });
        story.tell(600.0, Fact::Entered { visit: attempt, how: Entry::Callback });
        story.tell(600.0, Fact::CallbackDialled { visit: attempt, group: WEST, agent: 0 });
        let promised = at(60.0);
        story.tell(
            600.0,
            Fact::CallbackReached { visit: attempt, group: WEST, agent: 0, promised, kept: true },
        );
        let talk = Span::from_secs(120);
        story.tell(
            720.0,
            Fact::TalkEnded { visit: attempt, group: WEST, agent: 0, talk, end: TalkEnd::Resolved },
        );
        story.tell(720.0, Fact::WrappedUp { visit: attempt, group: WEST, agent: 0, acw: Span::ZERO });
    });
    let billing = |name| of_class(&result, BILLING, name);
    check(&[
        (billing("offered"), 1.0),
        (billing("entered"), 1.0),
        (billing("answered"), 1.0),
        (billing("delayed"), 0.0),
        (billing("waiting_h"), 0.0),
        (billing("callbacks_promised"), 1.0),
        (billing("callbacks_dialled"), 2.0),
        (billing("callbacks_kept_share"), 1.0),
        (billing("callback_delay_s"), 540.0),
        (billing("aht_s"), 90.0), // (60 + 120) ÷ 2
        (billing("resolved"), 1.0),
        (of_group(&result, WEST, "aht_s"), 90.0),
        (of_group(&result, WEST, "dialling_h"), 20.0 / 3600.0),
        (of_group(&result, WEST, "busy_h"), 200.0 / 3600.0),
    ]);
}

#[test]
fn who_is_called_back_in_place_of_waiting_is_delayed_and_in_no_base_of_a_service_level() {
    let result = measured(&scenario(0, 2), |story| {
        for (number, class) in [(1, BILLING), (2, TECHNICAL)] {
            let waiting = visit(number, class, 100.0);
            story.arrive(waiting);
            story.tell(100.0, Fact::Queued { visit: waiting });
            story.tell(103.0, Fact::Deflected { visit: waiting, how: Deflection::CallbackAccepted });
            let (callback, group, due) = (Key(90 + number), WEST, at(900.0));
            story.tell(103.0, Fact::Promised { visit: waiting, callback, group, due });
            let sums = (Span::from_secs(3), Span::ZERO);
            story.end(103.0, waiting, ContactEnd::CalledBack, sums, case(waiting));
            story.call(visit(10 + number, class, 200.0), WEST, (30.0, 60.0, 0.0), TalkEnd::Resolved);
        }
    });
    let billing = |name| of_class(&result, BILLING, name);
    check(&[
        (billing("entered"), 2.0),
        (billing("called_back"), 1.0),
        (billing("callbacks_promised"), 1.0),
        (billing("deflected"), 0.0),
        (billing("open"), 0.0),
        (billing("delayed"), 2.0),
        (billing("abandonment"), 0.0),
        (billing("contact_abandonment"), 0.0),
        (billing("service_level_base"), 1.0),
        (billing("service_level"), 0.0),
        (billing("asa_s"), 30.0),
        (billing("wait_s"), 16.5),
        (billing("contact_handle_s"), 60.0),
        // Of offered.
        (of_class(&result, TECHNICAL, "service_level_base"), 1.0),
    ]);
}

#[test]
fn agents_beyond_the_plan_are_finishing_and_occupancy_stays_below_one() {
    let result = measured(&scenario(0, 2), |story| {
        story.log_in(0.0, WEST, 2);
        story.call(visit(1, BILLING, 1700.0), WEST, (0.0, 200.0, 0.0), TalkEnd::Resolved);
        story.tell(1800.0, Fact::Planned { group: WEST, agents: 0 });
        story.tell(1800.0, Fact::LoggedOut { group: WEST, agent: 1, why: LogReason::Plan });
        story.tell(1900.0, Fact::LoggedOut { group: WEST, agent: 0, why: LogReason::Plan });
    });
    check(&[
        (of_group(&result, WEST, "planned_h"), 1.0),
        (of_group(&result, WEST, "staffed_h"), 1.0 + 100.0 / 3600.0),
        (of_group(&result, WEST, "finishing_h"), 100.0 / 3600.0),
        (of_group(&result, WEST, "busy_h"), 200.0 / 3600.0),
        (of_group(&result, WEST, "scheduled_occupancy"), 100.0 / 3600.0),
        (of_group(&result, WEST, "over_90_h"), 100.0 / 3600.0),
        (of_group(&result, WEST, "over_90_share"), 100.0 / 3700.0),
        (of_group(&result, WEST, "occupancy"), 200.0 / 3700.0),
    ]);
}

#[test]
fn cost_is_paid_hours_in_house_and_the_contract_of_a_partner() {
    let result = measured(&scenario(0, 2), |story| {
        story.log_in(0.0, PARTNER, 1);
        story.call(visit(1, BILLING, 0.0), PARTNER, (0.0, 100.0, 20.0), TalkEnd::Resolved);
        story.call(visit(2, BILLING, 400.0), PARTNER, (0.0, 60.0, 0.0), TalkEnd::Unresolved);
    });
    check(&[
        (of_group(&result, WEST, "paid_h"), 1.0), // 4 heads × 42 h a week are one round the clock
        (of_group(&result, WEST, "cost_eur"), 33.0),
        (of_group(&result, PARTNER, "paid_h"), 1.0),
        (of_group(&result, PARTNER, "cost_eur"), 3.0 * 0.6 + 2.0 + 0.5),
        (of_group(&result, PARTNER, "cost_per_answered_eur"), 2.15),
        (of_group(&result, PARTNER, "cost_per_resolved_eur"), 4.3),
        (of_group(&result, PARTNER, "cost_per_minute_eur"), 4.3 / 3.0),
    ]);
    assert_eq!(of_group(&result, WEST, "cost_per_answered_eur"), None);
}

/// The partner's contract, in cents: 60 a minute, 100 a call, 50 a solved case.
fn with_terms(n_half_hours: usize, change: impl FnOnce(&mut Terms)) -> Scenario {
    let mut sample = scenario(0, n_half_hours);
    let mut terms = Terms {
        minimum: 0.0,
        lock: Span::ZERO,
        volume_band: None,
        level: ContractLevel {
            within: Span::from_secs(20),
            of: ServiceLevelBase::EnteredLessShort,
            short: Span::from_secs(5),
        },
        bonus: None,
        penalty: None,
        same_case: None,
        forecast: vec![0.0; n_half_hours],
    };
    change(&mut terms);
    let contract = sample.sites[1].contract.as_mut().expect("the partner's");
    contract.terms = Some(terms);
    // Only the partner takes billing at once.
    sample.classes[0].branches[0].tiers[0].groups = vec![PARTNER];
    sample
}

/// Three minutes of billing by the partner (1.80 and 2 calls), one in time and solved (0.50), one late.
fn two_calls(story: &mut Story) {
    story.log_in(0.0, PARTNER, 1);
    story.call(visit(1, BILLING, 0.0), PARTNER, (0.0, 100.0, 20.0), TalkEnd::Resolved);
    story.call(visit(2, BILLING, 1800.0), PARTNER, (30.0, 60.0, 0.0), TalkEnd::Unresolved);
}

fn lines(invoice: &Invoice) -> Vec<(Line, i64)> {
    let lines = Line::NAMES.iter().map(|(line, _)| (*line, invoice.cents[*line as usize]));
    lines.filter(|(_, cents)| *cents != 0).collect()
}

const USED: [(Line, i64); 3] = [(Line::Minutes, 180), (Line::Calls, 200), (Line::Resolved, 50)];

#[test]
fn a_month_below_the_minimum_is_filled_up_and_every_cost_in_the_cubes_is_what_is_paid() {
    let sample = with_terms(2, |terms| (terms.minimum, terms.forecast) = (0.9, vec![10.0, 20.0]));
    let result = measured(&sample, two_calls);
    let [invoice] = result.invoices[..] else { panic!("one month of one contract") };
    assert_eq!(lines(&invoice), [&USED[..], &[(Line::Minimum, 2700 - 430)]].concat());
    assert_eq!((invoice.forecast_cents, invoice.total()), (3000, 2700));
    let cost = |row: usize, table: &Table| table.groups.row(row * 2 + 1)[GroupColumn::CostMicroEur as usize];
    assert_eq!(cost(0, &result.by_day), 27_000_000);
    // 2.70 of the 4.30 were used in the first half-hour: the rest follows that.
    let first = 27_000_000 * 270 / 430;
    assert_eq!((cost(0, &result.by_slot), cost(1, &result.by_slot)), (first, 27_000_000 - first));
}

#[test]
fn a_minimum_without_any_use_is_paid_all_the_same() {
    let sample = with_terms(2, |terms| (terms.minimum, terms.forecast) = (0.5, vec![0.01, 0.01]));
    let result = measured(&sample, |_| ());
    assert_eq!(lines(&result.invoices[0]), [(Line::Minimum, 1)]);
    assert_eq!(result.by_day.groups.row(1)[GroupColumn::CostMicroEur as usize], 10_000);
}

#[test]
fn what_lies_above_the_volume_band_has_another_price() {
    let band = VolumeBand { above: 1.1, factor: 0.5 };
    let sample = with_terms(2, |terms| {
        (terms.volume_band, terms.forecast) = (Some(band), vec![1.0, 1.0]);
    });
    // 4.30 used, 2.20 at full price, 2.10 at half of it.
    let result = measured(&sample, two_calls);
    assert_eq!(lines(&result.invoices[0]), [&USED[..], &[(Line::VolumeBand, -105)]].concat());
}

#[test]
fn an_invoice_has_the_minutes_of_conferences_as_any_contract() {
    let sample = with_terms(2, |_| ());
    let result = measured(&sample, |story| {
        two_calls(story);
        let asked = visit(3, TECHNICAL, 200.0);
        story.arrive(asked);
        let (group, agent, purpose) = (PARTNER, 0, Conferring::Consultation);
        story.tell(300.0, Fact::ConferenceBegan { visit: asked, group, agent, purpose });
        let lasted = Span::from_secs(60);
        story.tell(360.0, Fact::ConferenceEnded { visit: asked, group, agent, lasted, purpose });
    });
    let invoice = &result.invoices[0];
    assert_eq!(lines(invoice), [&[(Line::Minutes, 240)], &USED[1..]].concat());
    let sum = result.by_day.groups.row(1)[GroupColumn::CostMicroEur as usize];
    assert_eq!(sum, 4_900_000);
}

#[test]
fn whoever_is_called_back_is_in_no_base_of_a_contract_either() {
    let base = |of: ServiceLevelBase| {
        let sample = with_terms(2, |terms| {
            (terms.bonus, terms.level.of) = (Some(LevelStep { at: 0.5, share: 0.1 }), of)
        });
        let result = measured(&sample, |story| {
            two_calls(story);
            for (number, how) in [(3, Deflection::CallbackAccepted), (4, Deflection::CallbackAfterMaxWait)] {
                let waiting = visit(number, BILLING, 300.0);
                story.arrive(waiting);
                story.tell(300.0, Fact::Queued { visit: waiting });
                story.tell(303.0, Fact::Deflected { visit: waiting, how });
            }
            let waiting = visit(5, BILLING, 400.0);
            story.arrive(waiting);
            story.tell(400.0, Fact::Queued { visit: waiting });
            story.tell(460.0, Fact::Deflected { visit: waiting, how: Deflection::Message });
        });
        (result.invoices[0].base, result.invoices[0].in_time)
    };
    // Two answered, one heard a message.
    assert_eq!(base(ServiceLevelBase::Answered), (2, 1));
    assert_eq!(base(ServiceLevelBase::EnteredLessShort), (3, 1));
    assert_eq!(base(ServiceLevelBase::Entered), (3, 1));
}

#[test]
fn bonus_and_penalty_look_at_the_month_on_the_contract_s_own_base() {
    let step = |at: f64| Some(LevelStep { at, share: 0.1 });
    let paid = |of: ServiceLevelBase, bonus: f64, penalty: f64| {
        let sample = with_terms(2, |terms| {
            (terms.bonus, terms.penalty, terms.level.of) = (step(bonus), step(penalty), of);
        });
        let result = measured(&sample, |story| {
            two_calls(story);
            story.lose(visit(3, BILLING, 300.0), 60.0);
            story.lose(visit(4, BILLING, 400.0), 4.0);
        });
        let invoice = &result.invoices[0];
        assert_eq!(invoice.in_time, 1);
        (invoice.base, invoice.total() - 430)
    };
    // Two answered, one lost, one lost at once; one in time. A bound that is just met is met.
    assert_eq!(paid(ServiceLevelBase::Answered, 0.5, 0.5), (2, 43));
    assert_eq!(paid(ServiceLevelBase::EnteredLessShort, 0.5, 0.3), (3, 0));
    assert_eq!(paid(ServiceLevelBase::Entered, 0.5, 0.3), (4, -43));
}

#[test]
fn a_call_of_a_case_that_was_answered_shortly_before_is_not_paid_whatever_its_contact() {
    let sample = with_terms(8, |terms| terms.same_case = Some(Span::from_secs(3600)));
    let result = measured(&sample, |story| {
        story.log_in(0.0, PARTNER, 1);
        let mut earlier: Option<(f64, &'static Visit)> = None;
        // Half an hour after the first: not paid; an hour after that one: paid; another case a minute later: paid.
        for (number, begins) in [(1, 0.0), (2, 1800.0), (3, 5400.0)] {
            if let Some((ended, before)) = earlier {
                let back = at(begins);
                let next = Key(number);
                story.tell(ended, Fact::WillReturn { visit: before, next, origin: Origin::Repeat, at: back });
            }
            let cause = if earlier.is_some() { Cause::Repeat } else { Cause::Fresh };
            let visit = keep(Visit { cause, ..*visit(number, BILLING, begins) });
            story.arrive(visit);
            story.handle(visit, PARTNER, (0.0, 60.0, 0.0), TalkEnd::Unresolved);
            earlier = Some((begins + 60.0, visit));
        }
        story.call(visit(9, BILLING, 5460.0), PARTNER, (0.0, 60.0, 0.0), TalkEnd::Unresolved);
    });
    assert_eq!(
        lines(&result.invoices[0]),
        [(Line::Minutes, 240), (Line::Calls, 400), (Line::SameCase, -100)]
    );
}

#[test]
fn targets_per_interval_are_judged_where_their_measure_has_a_value() {
    let mut sample = scenario(0, 3);
    sample.targets = vec![
        Target {
            class: None,
            goal: Goal::ServiceLevel { at_least: 0.8, level: vec![0, 0] },
            per: Period::Interval,
        },
        Target { class: Some(TECHNICAL), goal: Goal::Abandonment { at_most: 0.05 }, per: Period::Interval },
        Target { class: None, goal: Goal::Asa { at_most: Span::from_secs(20) }, per: Period::Day },
    ];
    let result = measured(&sample, |story| {
        story.call(visit(1, BILLING, 0.0), WEST, (0.0, 60.0, 0.0), TalkEnd::Resolved);
        story.call(visit(2, BILLING, 1800.0), WEST, (30.0, 60.0, 0.0), TalkEnd::Resolved);
    });
    let judged: Vec<(u64, u64)> =
        result.judged.iter().map(|judged| (judged.periods, judged.missed)).collect();
    assert_eq!(judged, [(2, 1), (0, 0), (0, 0)]);
}

#[test]
fn days_slots_and_single_intervals_tie_to_each_other() {
    let result = measured(&scenario(3, 100), |story| {
        story.log_in(0.0, WEST, 3);
        for number in 0..180 {
            let class = if number % 3 == 0 { TECHNICAL } else { BILLING };
            let visit = visit(number, class, number as f64 * 1000.0 + 1.0);
            match number % 4 {
                0 => story.lose(visit, number as f64 % 50.0 + 1.0),
                _ => story.call(visit, WEST, (number as f64 % 30.0, 200.0, 30.0), TalkEnd::Resolved),
            }
        }
    });
    let classes = |table: &super::Table| table.classes.sum(0..table.classes.rows());
    let groups = |table: &super::Table| table.groups.sum(0..table.groups.rows());
    assert_eq!(classes(&result.by_day), classes(&result.by_slot));
    assert_eq!(groups(&result.by_day), groups(&result.by_slot));
    let by_interval = result.by_interval.as_ref().expect("this frame keeps them");
    assert_eq!(classes(&result.by_day), classes(by_interval));
    assert_eq!(groups(&result.by_day), groups(by_interval));
    let total = Row { classes: Some(&classes(by_interval)), groups: None, span: Span::HOUR };
    let entered = metric("entered").unwrap().parts(&total).unwrap().0;
    assert!(entered > 170.0, "{entered}");
    assert_eq!(result.below_goal.entered as f64, entered);
}

#[test]
fn a_meter_that_is_used_again_starts_at_zero() {
    let scenario = scenario(0, 2);
    let frame = Frame::of(&scenario);
    let mut story = Story::default();
    story.log_in(0.0, WEST, 2);
    story.lose(visit(1, BILLING, 10.0), 7.0);
    story.call(visit(2, TECHNICAL, 20.0), WEST, (3.0, 60.0, 9.0), TalkEnd::Resolved);
    let mut meter = Meter::new(&frame);
    story.play(&scenario, &mut meter);
    let first = meter.finish(0, |_| vec![]);
    story.play(&scenario, &mut meter);
    assert_eq!(meter.finish(0, |_| vec![]), first);
}
