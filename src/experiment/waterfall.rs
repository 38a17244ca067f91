//! From heads to handling: where the paid hours of a group go, by month.
//!
//! Draws nothing: what is paid, planned, staffed and handled is counted, what lies between follows from the shrinkage of the
//! scenario. Invariant: paid − absent = present, present − internal = rostered, rostered − not adhered = available, in every
//! group and month and in all together.

use super::calendar::Calendar;
use super::outcome::{ByMonth, Measures, Waterfall};
use super::replicate::Runs;
use crate::measure::{GroupColumn, RunResult};
use crate::scenario::Scenario;
use crate::scenario::checked::Group;
use crate::staffing::{FULL_TIME_HOURS, HOURS_A_WEEK};
use crate::stats;

const US_PER_HOUR: f64 = 3.6e9;

/// The steps; what a step takes stands before what it leaves.
const STEPS: [&str; 15] = [
    "heads",
    "fte",
    "paid_h",
    "absent_h",
    "present_h",
    "training_h",
    "meetings_h",
    "coaching_h",
    "paid_breaks_h",
    "rostered_h",
    "not_adhered_h",
    "available_h",
    "off_phone_h",
    "staffed_h",
    "busy_h",
];

/// The waterfall; `None` where no group has a shrinkage.
pub(super) fn waterfall(runs: &Runs, scenario: &Scenario, calendar: Calendar<'_>) -> Option<Waterfall> {
    if scenario.groups.iter().all(|group| group.shrinkage.is_none()) {
        return None;
    }
    let n_days = runs.frame.days().len();
    let months = if scenario.almanac.is_dated { calendar.months() } else { Vec::new() };
    let by_month = |name: &str, groups: &[usize]| ByMonth {
        name: name.to_owned(),
        months: (months.iter())
            .map(|month| (month.label.clone(), measures(runs, scenario, groups, month.days.clone())))
            .collect(),
        total: measures(runs, scenario, groups, 0..n_days),
    };
    let everybody: Vec<usize> = (0..scenario.groups.len()).collect();
    Some(Waterfall {
        groups: (scenario.groups.iter().enumerate()).map(|(i, group)| by_month(&group.name, &[i])).collect(),
        all: by_month("all", &everybody),
    })
}

fn measures(runs: &Runs, scenario: &Scenario, groups: &[usize], days: std::ops::Range<usize>) -> Measures {
    let rows: Vec<[f64; STEPS.len()]> = (runs.results.iter())
        .map(|run| {
            let mut sum = [0.0; STEPS.len()];
            for group in groups {
                let steps = steps(runs, scenario, run, *group, days.clone());
                sum.iter_mut().zip(steps).for_each(|(sum, step)| *sum += step);
            }
            sum
        })
        .collect();
    let estimate = |step: usize| stats::mean_estimate(&rows.iter().map(|row| row[step]).collect::<Vec<_>>());
    // Told where anybody ever is.
    let is_told =
        |name: &str| name != "off_phone_h" || scenario.groups.iter().any(|g| !g.off_phone.is_empty());
    let told = STEPS.iter().enumerate().filter(|(_, name)| is_told(name));
    Measures(told.map(|(step, name)| (*name, estimate(step))).collect())
}

/// One group over some days of one replication.
fn steps(
    runs: &Runs,
    scenario: &Scenario,
    run: &RunResult,
    group: usize,
    days: std::ops::Range<usize>,
) -> [f64; STEPS.len()] {
    let of: &Group = &scenario.groups[group];
    let (mut paid, mut present, mut staffed, mut busy, mut span) = (0.0, 0.0, 0.0, 0.0, 0.0);
    let mut off_phone = 0.0;
    for day in days {
        let row = run.by_day.groups.row(day * scenario.groups.len() + group);
        let hours = |column: GroupColumn| row[column as usize] as f64 / US_PER_HOUR;
        let date = scenario.almanac.days[runs.frame.days()[day]].date;
        let absence =
            of.shrinkage.as_ref().map_or(0.0, |shrinkage| shrinkage.absence[date.month() as usize - 1]);
        paid += hours(GroupColumn::PaidUs);
        present += hours(GroupColumn::PaidUs) * (1.0 - absence);
        off_phone += hours(GroupColumn::OffPhoneUs);
        staffed += hours(GroupColumn::StaffedUs);
        busy += hours(GroupColumn::BusyUs);
        span += runs.frame.day_span(day).as_hours_f64();
    }
    let (internal, adherence) =
        of.shrinkage.as_ref().map_or(([0.0; 4], 1.0), |s| (s.internal.parts(), s.adherence));
    let [training, meetings, coaching, paid_breaks] = internal.map(|share| share * present);
    let rostered = present - training - meetings - coaching - paid_breaks;
    let available = rostered * adherence;
    // Without `heads`, or with others from a date on, those whose contract hours are the hours paid.
    let fte_hours = span / HOURS_A_WEEK * FULL_TIME_HOURS;
    let fte = if fte_hours > 0.0 { paid / fte_hours } else { 0.0 };
    let heads = of.heads.filter(|_| of.dated_heads.is_empty()).unwrap_or_else(|| {
        if of.contract_hours > 0.0 { fte * FULL_TIME_HOURS / of.contract_hours } else { 0.0 }
    });
    [
        heads,
        fte,
        paid,
        paid - present,
        present,
        training,
        meetings,
        coaching,
        paid_breaks,
        rostered,
        rostered - available,
        available,
        off_phone,
        staffed,
        busy,
    ]
}

#[cfg(test)]
mod tests {
    use super::super::{Settings, Unattended, replicate};
    use super::*;
    use crate::scenario::{Texts, load};

    /// 42 paid hours a week are a quarter of all hours: 16 heads are four round the clock.
    const YEAR: &str = r#"
start = "2026-01-30"
horizon = "4d"
interval = "1h"
[class.calls]
volume = { per_hour = 20 }
talk_time = { constant = "3m" }
patience = { constant = "5m" }
[group.own]
heads = 16
contract_hours = 42
agents = 2
takes = [["calls"]]
[group.own.shrinkage]
absence = { by_month = [0.25, 0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] }
internal = { training = 0.1, paid_breaks = 0.1 }
adherence = 0.9
[[group.own.off_phone]]
name = "team meeting"
within = ["10:00", "12:00"]
lasts = "1h"
persons = 1
[group.hired]
contract_hours = 42
agents = 1
takes = [["calls"]]
shrinkage = { absence = { share = 0.2 }, adherence = 0.5 }
[group.plain]
agents = 1
takes = [["calls"]]
"#;

    #[test]
    fn every_step_is_a_share_of_the_one_above_in_the_month_s_own_absence_and_groups_add_up() {
        let scenario = load("s.toml", &[], &Texts::new().with("s.toml", YEAR)).expect("sound").scenario;
        let settings = Settings { replications: Some(2), ..Settings::default() };
        let outcome = replicate(&scenario, &settings, &Unattended).expect("a result");
        let waterfall = outcome.waterfall.expect("a shrinkage is written");
        let of = |measures: &Measures, name: &str| measures.get(name).and_then(|e| e.mean).expect("a mean");
        let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-3, "{found}, not {wanted}");
        let [own, hired, plain] = &waterfall.groups[..] else { panic!("three groups") };
        let labels: Vec<&str> = own.months.iter().map(|(label, _)| label.as_str()).collect();
        assert_eq!(labels, ["2026-01", "2026-02"]);
        near(of(&own.total, "fte"), 16.0 * 42.0 / 38.5);
        near(of(&own.total, "paid_h"), 4.0 * 96.0);
        near(of(&own.months[0].1, "present_h"), 4.0 * 48.0 * 0.75);
        near(of(&own.months[1].1, "present_h"), 4.0 * 48.0 * 0.5);
        let present = 4.0 * 48.0 * 1.25;
        near(of(&own.total, "training_h"), present * 0.1);
        near(of(&own.total, "rostered_h"), present * 0.8);
        near(of(&own.total, "available_h"), present * 0.8 * 0.9);
        near(of(&own.total, "off_phone_h"), 4.0);
        near(of(&own.total, "staffed_h"), 2.0 * 96.0 - 4.0);
        near(outcome.total.get("off_phone_h").and_then(|e| e.mean).expect("hours"), 4.0);
        // Without heads: as many are paid as the log-ins need.
        near(of(&hired.total, "available_h"), 96.0);
        near(of(&hired.total, "paid_h"), 96.0 / (0.8 * 0.5));
        near(of(&hired.total, "heads"), 4.0 / (0.8 * 0.5));
        near(of(&plain.total, "paid_h"), 96.0);
        for name in STEPS {
            let sum: f64 = waterfall.groups.iter().map(|group| of(&group.total, name)).sum();
            near(of(&waterfall.all.total, name), sum);
        }
        near(
            outcome.total.get("paid_h").and_then(|e| e.mean).expect("paid"),
            of(&waterfall.all.total, "paid_h"),
        );
    }
}
