//! The catalogue of metrics, in the order in which results show them.
//!
//! Works nothing out itself beyond sums of columns. Invariant: a name stands here once, and what a share divides
//! stands here as counts too.

use super::columns::ClassColumn as C;
use super::columns::GroupColumn as G;
use super::metric::Better::{Higher, Lower, Neither};
use super::metric::{Better, Detail, Kind, Level, Metric, Over, Quantity};

const US_PER_HOUR: f64 = 3.6e9;
const SECONDS: f64 = 1e-6;
const EUR: f64 = 1e-6;

/// The metric of that name.
#[must_use]
pub fn metric(name: &str) -> Option<&'static Metric> {
    METRICS.iter().find(|metric| metric.name == name)
}

/// Contacts from outside.
pub(super) fn offered(row: &[u64]) -> u64 {
    row[C::Fresh as usize] + row[C::Redialled as usize] + row[C::Repeated as usize]
}

/// Visits that entered, in a row of the class cube: offered less blocked plus transferred and diverted in.
#[must_use]
pub fn entered(row: &[u64]) -> u64 {
    let handed_on = row[C::TransferredIn as usize] + row[C::DivertedIn as usize];
    (offered(row) + handed_on).wrapping_sub(row[C::Blocked as usize])
}

/// Visits that entered and are over: answered, abandoned, disconnected, deflected or called back.
pub(super) fn ended(row: &[u64]) -> u64 {
    row[C::Answered as usize] + unanswered(row)
}

/// Visits that entered and ended without an agent.
pub(super) fn unanswered(row: &[u64]) -> u64 {
    row[C::Abandoned as usize]
        + row[C::Disconnected as usize]
        + row[C::Deflected as usize]
        + row[C::CalledBack as usize]
}

/// A quantity that is one column of the class cube.
macro_rules! class {
    ($column:ident) => {
        Quantity::of_classes(|row| row[C::$column as usize])
    };
}

/// A quantity that is one column of the group cube.
macro_rules! group {
    ($column:ident) => {
        Quantity::of_groups(|row| row[G::$column as usize])
    };
}

/// A quantity that is a column of the same name in both cubes.
macro_rules! both {
    ($column:ident) => {
        Quantity::of_both(|row| row[C::$column as usize], |row| row[G::$column as usize])
    };
}

const OFFERED: Quantity = Quantity::of_classes(offered);
const ENTERED: Quantity = Quantity::of_classes(entered);
const ANSWERED: Quantity = both!(Answered);
const ABANDONED: Quantity = class!(Abandoned);
const ENDED: Quantity = Quantity::of_classes(ended);
const OPEN: Quantity = Quantity::of_classes(|row| entered(row).saturating_sub(ended(row)));
const HANDLED: Quantity = Quantity::of_both(
    |row| row[C::Answered as usize] + row[C::CallbacksReached as usize],
    |row| row[G::Answered as usize] + row[G::CallbacksReached as usize],
);
const HANDLING: Quantity = Quantity::of_both(
    |row| row[C::TalkUs as usize] + row[C::AcwUs as usize],
    |row| row[G::TalkUs as usize] + row[G::AcwUs as usize],
);
const CONTACTS_HANDLED: Quantity = Quantity::of_classes(|row| {
    row[C::ContactsEnded as usize].wrapping_sub(row[C::ContactsUnhandled as usize])
});
const RESOLVED: Quantity = both!(Resolved);
const COST: Quantity = group!(CostMicroEur);
const STAFFED: Quantity = group!(StaffedUs);
const BUSY: Quantity = group!(BusyUs);

const TRANSFER: Quantity =
    Quantity::of_classes(|row| row[C::TransferUs as usize] + row[C::TransferInRepeatUs as usize]);

/// The column of answered in time, or of the base, of a service level.
macro_rules! level {
    ($column:ident, $position:literal) => {
        Quantity::of_wide_classes(C::in_time($position + 1), |row| row[C::$column($position)])
    };
}

const fn count(name: &'static str, level: Level, better: Better, of: Quantity, doc: &'static str) -> Metric {
    Metric { name, level, better, kind: Kind::Count { of, unit: 1.0 }, detail: Detail::Everywhere, doc }
}

const fn hours(name: &'static str, better: Better, of: Quantity, doc: &'static str) -> Metric {
    Metric {
        name,
        level: Level::Clock,
        better,
        kind: Kind::Count { of, unit: US_PER_HOUR },
        detail: Detail::Everywhere,
        doc,
    }
}

const fn share(
    name: &'static str,
    level: Level,
    better: Better,
    (over, under): (Quantity, Quantity),
    doc: &'static str,
) -> Metric {
    Metric {
        name,
        level,
        better,
        kind: Kind::Ratio { over, under, scale: 1.0 },
        detail: Detail::Everywhere,
        doc,
    }
}

const fn seconds(
    name: &'static str,
    level: Level,
    better: Better,
    (over, under): (Quantity, Quantity),
    doc: &'static str,
) -> Metric {
    Metric {
        name,
        level,
        better,
        kind: Kind::Ratio { over, under, scale: SECONDS },
        detail: Detail::Everywhere,
        doc,
    }
}

const fn money_per(name: &'static str, under: Quantity, scale: f64, doc: &'static str) -> Metric {
    Metric {
        name,
        level: Level::Money,
        better: Lower,
        kind: Kind::Ratio { over: COST, under, scale },
        detail: Detail::Everywhere,
        doc,
    }
}

const fn quantile(name: &'static str, over: Over, p: f64, doc: &'static str) -> Metric {
    Metric {
        name,
        level: Level::Visit,
        better: Lower,
        kind: Kind::Quantile { over, p },
        detail: Detail::Horizon,
        doc,
    }
}

/// Every metric, in the order in which results show them.
#[rustfmt::skip] // a table: one line each
pub static METRICS: &[Metric] = &[
    // Counts of visits.
    count("offered", Level::Contact, Neither, OFFERED, "contacts from outside: fresh + redialled + repeated, blocked included"),
    count("fresh", Level::Contact, Neither, class!(Fresh), "first contacts of a case"),
    count("redialled", Level::Contact, Lower, class!(Redialled), "new attempts after one that was not answered"),
    count("repeated", Level::Contact, Lower, class!(Repeated), "new contacts because the case was not resolved"),
    count("blocked", Level::Contact, Lower, class!(Blocked), "contacts that found no free line, or no waiting place and nobody idle"),
    count("closed", Level::Contact, Lower, class!(Closed), "attempts refused outside opening hours, not offered; they count among the contacts of their case"),
    count("transferred", Level::Visit, Neither, class!(TransferredIn), "visits that entered because an agent handed the contact on, escalations included"),
    count("diverted_in", Level::Visit, Neither, class!(DivertedIn), "visits that entered from another class in which `max_wait` was over"),
    count("entered", Level::Visit, Neither, ENTERED, "visits that entered a queue: offered − blocked + transferred + diverted_in"),
    count("answered", Level::Visit, Higher, ANSWERED, "visits answered by an agent"),
    count("abandoned", Level::Visit, Lower, ABANDONED, "visits that left while waiting"),
    count("abandoned_by_clock", Level::Clock, Lower, class!(AbandonedByClock), "visits that left while waiting, by the interval in which they left").over_horizon(),
    count("disconnected", Level::Visit, Lower, class!(Disconnected), "visits cut off by the centre: no waiting place was left after a transfer, the longest wait was over, or the class closed"),
    count("deflected", Level::Visit, Lower, class!(Deflected), "visits that waited as long as `max_wait` allows and got a message or another class"),
    count("diverted", Level::Visit, Lower, class!(Diverted), "visits sent on to another class by `max_wait`, part of deflected").over_horizon(),
    count("called_back", Level::Visit, Neither, class!(CalledBack), "visits whose customer is promised a call in place of waiting on, in no base of a service level"),
    count("open", Level::Visit, Lower, OPEN, "visits still waiting at the end, after the run drained or when it was cut: entered − answered − abandoned − disconnected − deflected − called_back").over_horizon(),
    count("delayed", Level::Visit, Lower, class!(Delayed), "visits not answered at the instant of entry"),
    // Service.
    share("abandonment", Level::Visit, Lower, (ABANDONED, ENTERED), "abandoned ÷ entered, short ones included"),
    share("service_level", Level::Visit, Higher, (level!(in_time, 0), level!(base, 0)), "answered in time ÷ base, by each class's first service level"),
    count("in_time", Level::Visit, Higher, level!(in_time, 0), "visits answered in time, by each class's first service level"),
    count("service_level_base", Level::Visit, Neither, level!(base, 0), "base of the first service level"),
    share("service_level_2", Level::Visit, Higher, (level!(in_time, 1), level!(base, 1)), "the same by the second service level of the classes that have one").over_horizon(),
    count("in_time_2", Level::Visit, Higher, level!(in_time, 1), "visits answered in time, by the second service level").over_horizon(),
    count("service_level_base_2", Level::Visit, Neither, level!(base, 1), "base of the second service level").over_horizon(),
    share("service_level_3", Level::Visit, Higher, (level!(in_time, 2), level!(base, 2)), "the same by the third service level of the classes that have one").over_horizon(),
    count("in_time_3", Level::Visit, Higher, level!(in_time, 2), "visits answered in time, by the third service level").over_horizon(),
    count("service_level_base_3", Level::Visit, Neither, level!(base, 2), "base of the third service level").over_horizon(),
    share("delayed_share", Level::Visit, Lower, (class!(Delayed), ENTERED), "delayed ÷ entered"),
    // Waits.
    seconds("asa_s", Level::Visit, Lower, (both!(AnsweredWaitUs), ANSWERED), "mean wait of answered visits, zero waits included"),
    seconds("wait_s", Level::Visit, Lower, (class!(WaitUs), ENDED), "mean wait of entered visits, whatever their end"),
    quantile("wait_s_p50", Over::Entered, 0.50, "median wait of entered visits"),
    quantile("wait_s_p80", Over::Entered, 0.80, "80 % of entered visits wait at most this"),
    quantile("wait_s_p90", Over::Entered, 0.90, "90 % of entered visits wait at most this"),
    quantile("wait_s_p95", Over::Entered, 0.95, "95 % of entered visits wait at most this"),
    quantile("wait_s_p99", Over::Entered, 0.99, "99 % of entered visits wait at most this"),
    quantile("answered_wait_s_p50", Over::Answered, 0.50, "median wait of answered visits"),
    quantile("answered_wait_s_p80", Over::Answered, 0.80, "80 % of answered visits wait at most this"),
    quantile("answered_wait_s_p90", Over::Answered, 0.90, "90 % of answered visits wait at most this"),
    quantile("answered_wait_s_p95", Over::Answered, 0.95, "95 % of answered visits wait at most this"),
    quantile("answered_wait_s_p99", Over::Answered, 0.99, "99 % of answered visits wait at most this"),
    Metric { name: "wait_s_max", level: Level::Visit, better: Lower, kind: Kind::Longest, detail: Detail::Horizon, doc: "longest wait of a replication, mean over replications" },
    Metric { name: "wait_s_max_overall", level: Level::Visit, better: Lower, kind: Kind::LongestOfAll, detail: Detail::Horizon, doc: "longest wait in all replications" },
    share("waiting_mean", Level::Clock, Lower, (class!(WaitingUs), Quantity::span()), "mean number of visits waiting"),
    hours("waiting_h", Lower, class!(WaitingUs), "hours spent waiting, cut by the clock"),
    // Handling.
    count("handled", Level::Visit, Neither, HANDLED, "visits with talk: answered, and callbacks that reached the customer").over_horizon(),
    seconds("aht_s", Level::Visit, Neither, (HANDLING, HANDLED), "talk + after-call work ÷ handled"),
    seconds("talk_s", Level::Visit, Neither, (both!(TalkUs), HANDLED), "talk ÷ handled").over_horizon(),
    seconds("acw_s", Level::Visit, Neither, (both!(AcwUs), HANDLED), "after-call work ÷ handled").over_horizon(),
    hours("handling_h", Neither, HANDLING, "talk + after-call work of the visits that entered here, whenever it was done").over_horizon(),
    hours("fresh_h", Neither, class!(FreshUs), "of handling: visits of first contacts before any transfer").over_horizon(),
    hours("redial_h", Lower, class!(RedialUs), "of handling: visits of redials before any transfer").over_horizon(),
    hours("repeat_h", Lower, class!(RepeatUs), "of handling: visits of repeats before any transfer").over_horizon(),
    hours("transfer_h", Lower, TRANSFER, "of handling: visits that follow a transfer or escalation, whatever the contact").over_horizon(),
    hours("transfer_in_repeat_h", Lower, class!(TransferInRepeatUs), "the part of transfer_h in repeats: with repeat_h all that cases not solved before bring back").over_horizon(),
    hours("callback_h", Neither, class!(CallbackUs), "of handling: promised calls that reached the customer").over_horizon(),
    share("transfer_share", Level::Visit, Lower, (both!(TransferredOut), ANSWERED), "answered visits that were transferred on within the limit ÷ answered"),
    count("transferred_out", Level::Visit, Lower, both!(TransferredOut), "visits transferred on within the limit"),
    count("escalated", Level::Visit, Lower, both!(Escalated), "visits sent on at the limit").over_horizon(),
    count("transfer_refused", Level::Visit, Lower, both!(TransferRefused), "transfers wanted and refused by the limit"),
    count("conferences", Level::Visit, Neither, class!(Conferences), "visits that a second agent joined").over_horizon(),
    count("resolved", Level::Visit, Higher, RESOLVED, "visits whose talk solved the case, callbacks included"),
    // Contacts.
    count("contacts_ended", Level::Contact, Neither, class!(ContactsEnded), "contacts that are over").over_horizon(),
    count("contact_unanswered", Level::Contact, Lower, class!(ContactsUnanswered), "contacts whose last visit was abandoned or blocked"),
    share("blocked_share", Level::Contact, Lower, (class!(Blocked), OFFERED), "blocked ÷ offered"),
    share("contact_abandonment", Level::Contact, Lower, (class!(ContactsUnanswered), OFFERED), "contacts whose last visit was abandoned or blocked ÷ offered"),
    count("abandoned_after_transfer", Level::Contact, Lower, class!(AbandonedAfterTransfer), "contacts that left while waiting after a transfer").over_horizon(),
    count("contacts_transferred", Level::Contact, Lower, class!(ContactsTransferred), "contacts that an agent handed on, by transfer or escalation").over_horizon(),
    count("ping_pong", Level::Contact, Lower, class!(ContactsCameBack), "contacts that an agent handed on to a class in which they had been before").over_horizon(),
    share("ping_pong_share", Level::Contact, Lower, (class!(ContactsCameBack), class!(ContactsTransferred)), "contacts handed on to a class in which they had been before ÷ contacts handed on").over_horizon(),
    seconds("contact_wait_s", Level::Contact, Lower, (class!(ContactWaitUs), class!(ContactsEnded)), "sum of the waits of a contact's visits, mean over contacts"),
    seconds("contact_handle_s", Level::Contact, Neither, (class!(ContactHandlingUs), CONTACTS_HANDLED), "sum of the handling of a contact's visits, mean over contacts with handling").over_horizon(),
    // Cases.
    count("cases", Level::Case, Neither, class!(Cases), "cases followed for the whole case window"),
    count("case_open", Level::Case, Neither, class!(CasesOpen), "cases begun within the case window before the end, in no other case measure"),
    count("cases_answered", Level::Case, Higher, class!(CasesAnswered), "cases with an answered contact"),
    count("cases_resolved", Level::Case, Higher, class!(CasesResolved), "cases solved in the end").over_horizon(),
    count("cases_resolved_at_first", Level::Case, Higher, class!(CasesResolvedAtFirst), "cases that their first answered contact solved"),
    count("cases_one_touch", Level::Case, Higher, class!(CasesOneTouch), "cases that their first answered contact solved without a transfer").over_horizon(),
    count("cases_not_returned", Level::Case, Higher, class!(CasesNotReturned), "answered cases without a further contact within the case window"),
    share("fcr", Level::Case, Higher, (class!(CasesResolvedAtFirst), class!(CasesAnswered)), "first-contact resolution: cases that their first answered contact solved ÷ cases with an answered contact"),
    share("fcr_observed", Level::Case, Higher, (class!(CasesNotReturned), class!(CasesAnswered)), "answered cases without a further contact within the case window ÷ cases with an answered contact"),
    share("one_touch", Level::Case, Higher, (class!(CasesOneTouch), class!(CasesAnswered)), "cases that their first answered contact solved without a transfer ÷ cases with an answered contact").over_horizon(),
    share("case_resolution", Level::Case, Higher, (class!(CasesResolved), class!(Cases)), "cases solved in the end ÷ cases").over_horizon(),
    count("case_contacts", Level::Case, Neither, class!(CaseContacts), "contacts of the cases that were followed for the whole case window"),
    share("contacts_per_case", Level::Case, Lower, (class!(CaseContacts), class!(Cases)), "contacts ÷ cases"),
    seconds("case_wait_s", Level::Case, Lower, (class!(CaseWaitUs), class!(Cases)), "sum of the waits of all contacts of a case, mean over cases").over_horizon(),
    // Promises.
    count("callbacks_promised", Level::Promise, Neither, class!(Promised), "promises made"),
    count("callbacks_dialled", Level::Promise, Neither, class!(CallbacksDialled), "attempts to keep a promise").over_horizon(),
    count("callbacks_reached", Level::Promise, Higher, Quantity::of_both(|row| row[C::CallbacksReached as usize], |row| row[G::CallbacksReached as usize]), "attempts that reached the customer").over_horizon(),
    count("callbacks_kept", Level::Promise, Higher, class!(CallbacksKept), "customers reached before the promise was due"),
    count("callbacks_broken", Level::Promise, Lower, class!(PromisesBroken), "promises given up after the last attempt").over_horizon(),
    share("callbacks_kept_share", Level::Promise, Higher, (class!(CallbacksKept), class!(Promised)), "customers reached before the promise was due ÷ promises"),
    seconds("callback_delay_s", Level::Promise, Lower, (class!(CallbackDelayUs), class!(CallbacksReached)), "from the promise until the customer is reached").over_horizon(),
    // Agents.
    hours("planned_h", Neither, group!(PlannedUs), "hours planned"),
    hours("staffed_h", Neither, STAFFED, "hours logged in, finishing agents included"),
    hours("busy_h", Neither, BUSY, "hours of handling by the clock: ringing, talk, after-call work, dialling, conferences"),
    hours("finishing_h", Lower, group!(FinishingUs), "hours logged in beyond the plan"),
    hours("dialling_h", Lower, group!(DiallingUs), "hours spent on callback attempts that reached nobody").over_horizon(),
    hours("ringing_h", Lower, group!(RingingUs), "hours for which it rang at agents, in vain too").over_horizon(),
    hours("conference_h", Neither, group!(ConferenceUs), "hours of second agents in conferences").over_horizon(),
    hours("off_phone_h", Neither, group!(OffPhoneUs), "hours off the phone for training, meetings and the like, by `off_phone`").over_horizon(),
    hours("paid_h", Lower, group!(PaidUs), "hours paid: contract hours of the heads, or hours logged in, on breaks of shifts and off the phone where no heads are given"),
    share("occupancy", Level::Clock, Neither, (BUSY, STAFFED), "handling ÷ logged in, by the clock, finishing agents in both"),
    hours("over_90_h", Lower, group!(StaffedOver90Us), "hours logged in of groups in intervals in which their occupancy is above 90 %"),
    share("over_90_share", Level::Clock, Lower, (group!(StaffedOver90Us), STAFFED), "hours logged in of groups in intervals in which their occupancy is above 90 % ÷ hours logged in"),
    hours("busy_in_plan_h", Neither, group!(BusyInPlanUs), "hours of handling in intervals in which anyone is planned").over_horizon(),
    share("scheduled_occupancy", Level::Clock, Neither, (group!(BusyInPlanUs), group!(PlannedUs)), "handling in intervals in which anyone is planned ÷ planned; may exceed 1").over_horizon(),
    share("utilization", Level::Clock, Neither, (BUSY, group!(PaidUs)), "handling ÷ paid").over_horizon(),
    share("staffed_mean", Level::Clock, Neither, (STAFFED, Quantity::span()), "mean number of agents logged in").over_horizon(),
    share("carried_load", Level::Clock, Neither, (BUSY, Quantity::span()), "mean number of busy agents, erlangs").over_horizon(),
    // Money.
    Metric { name: "cost_eur", level: Level::Money, better: Lower, kind: Kind::Count { of: COST, unit: 1.0 / EUR }, detail: Detail::Everywhere, doc: "paid hours × their price, and what partners' contracts charge" },
    Metric { name: "surcharge_eur", level: Level::Money, better: Lower, kind: Kind::Count { of: group!(SurchargeMicroEur), unit: 1.0 / EUR }, detail: Detail::Horizon, doc: "part of the cost: surcharges at night, on Sundays and holidays, and beyond the plan" },
    money_per("cost_per_answered_eur", ANSWERED, EUR, "cost ÷ answered"),
    money_per("cost_per_resolved_eur", RESOLVED, EUR, "cost ÷ visits that solved a case").over_horizon(),
    money_per("cost_per_minute_eur", HANDLING, EUR * 6e7, "cost ÷ minutes of handling").over_horizon(),
    // The period itself.
    hours("span_h", Neither, Quantity::span(), "counted hours of the period"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Row;
    use crate::units::Span;

    #[test]
    fn every_name_stands_in_the_catalogue_once() {
        for (position, metric) in METRICS.iter().enumerate() {
            assert!(METRICS[..position].iter().all(|earlier| earlier.name != metric.name), "{}", metric.name);
        }
    }

    #[test]
    fn every_share_stands_beside_its_numerator_and_its_denominator() {
        // Every column another number, so that equal values are the same quantity.
        let numbers = |n: usize, seed: u64| -> Vec<u64> {
            (0..n as u64)
                .map(|i| 1_000_000 + (i + seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) % 1_000_003)
                .collect()
        };
        let (classes, groups) = (numbers(C::in_time(3), 1), numbers(G::COUNT, 777));
        let row = Row { classes: Some(&classes), groups: Some(&groups), span: Span::DAY };
        let counted: Vec<(u64, Detail)> = METRICS
            .iter()
            .filter_map(|metric| match &metric.kind {
                Kind::Count { of, .. } => Some((of.of(&row)?, metric.detail)),
                _ => None,
            })
            .collect();
        for metric in METRICS {
            let Kind::Ratio { over, under, scale } = &metric.kind else { continue };
            if *scale != 1.0 {
                continue;
            }
            for part in [over, under] {
                let value = part.of(&row);
                let is_shown = |(other, detail): &(u64, Detail)| {
                    Some(*other) == value
                        && (*detail == Detail::Everywhere || metric.detail == Detail::Horizon)
                };
                assert!(counted.iter().any(is_shown), "{} lacks a part", metric.name);
            }
        }
    }

    #[test]
    fn the_name_of_a_metric_ends_with_its_unit() {
        for metric in METRICS {
            let unit = match metric.kind {
                Kind::Count { unit, .. } if unit == US_PER_HOUR => "_h",
                Kind::Ratio { scale, .. } if scale == SECONDS && metric.level != Level::Money => "_s",
                Kind::Quantile { .. } | Kind::Longest | Kind::LongestOfAll => "wait_s_",
                Kind::Count { .. } | Kind::Ratio { .. } if metric.level == Level::Money => "_eur",
                Kind::Count { .. } | Kind::Ratio { .. } => "",
            };
            assert!(metric.name.contains(unit), "{} in {unit}", metric.name);
        }
    }
}
