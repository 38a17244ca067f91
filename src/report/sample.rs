//! Results made by hand and at random, for the tests of the report.
//!
//! No simulation stands behind them. Invariant: names and units are those of real results.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::experiment::{
    Hardest, Manifest, Measures, Named, NetStaffing, Outcome, PeriodRow, TargetOutcome, Verdict,
};
use crate::stats::Estimate;

/// Measures that the page shows or the formats carry.
const NAMES: [&str; 42] = [
    "offered",
    "fresh",
    "redialled",
    "repeated",
    "transferred",
    "entered",
    "answered",
    "abandoned",
    "blocked",
    "open",
    "abandonment",
    "service_level",
    "occupancy",
    "fcr",
    "asa_s",
    "wait_s",
    "answered_wait_s_p50",
    "answered_wait_s_p80",
    "answered_wait_s_p90",
    "answered_wait_s_p95",
    "answered_wait_s_p99",
    "contact_wait_s",
    "aht_s",
    "talk_s",
    "acw_s",
    "waiting_mean",
    "delayed_share",
    "staffed_h",
    "busy_h",
    "paid_h",
    "heads",
    "cost_eur",
    "cost_per_answered_eur",
    "cost_per_resolved_eur",
    "cost_per_minute_eur",
    "transfer_refused",
    "handling_h",
    "redial_h",
    "repeat_h",
    "transfer_h",
    "over_90_share",
    "contacts_per_case",
];

/// An estimate of eight replications.
pub fn estimate(mean: f64, half_width: f64) -> Estimate {
    Estimate { mean: Some(mean), half_width: Some(half_width), n: 8 }
}

fn measures(values: &[(&'static str, f64, f64)]) -> Measures {
    Measures(values.iter().map(|&(name, mean, half_width)| (name, estimate(mean, half_width))).collect())
}

/// The year of the mock-up.
pub fn telecom_year() -> Outcome {
    let total = measures(&[
        ("offered", 17_004_000.0, 44_000.0),
        ("fresh", 13_067_000.0, 31_000.0),
        ("redialled", 349_000.0, 8_000.0),
        ("repeated", 3_588_000.0, 12_000.0),
        ("transferred", 1_640_000.0, 4_000.0),
        ("entered", 18_644_000.0, 47_000.0),
        ("answered", 16_307_000.0, 41_000.0),
        ("abandoned", 697_000.0, 16_000.0),
        ("blocked", 0.0, 0.0),
        ("abandonment", 0.041, 0.001),
        ("service_level", 0.791, 0.002),
        ("occupancy", 0.807, 0.001),
        ("fcr", 0.75, 0.0004),
        ("asa_s", 14.8, 0.3),
        ("answered_wait_s_p50", 0.0, 0.0),
        ("answered_wait_s_p80", 22.1, 0.4),
        ("answered_wait_s_p90", 47.2, 0.9),
        ("answered_wait_s_p95", 78.4, 1.4),
        ("answered_wait_s_p99", 165.0, 3.1),
        ("aht_s", 479.0, 0.4),
        ("staffed_h", 2_690_000.0, 300.0),
        ("busy_h", 2_170_000.0, 2_400.0),
        ("handling_h", 2_160_000.0, 2_400.0),
        ("redial_h", 30_100.0, 900.0),
        ("repeat_h", 431_000.0, 1_300.0),
        ("transfer_h", 187_000.0, 700.0),
        ("over_90_share", 0.063, 0.002),
        ("paid_h", 4_750_000.0, 0.0),
        ("cost_eur", 121_300_000.0, 204_000.0),
        ("cost_per_answered_eur", 7.44, 0.01),
        ("cost_per_resolved_eur", 9.69, 0.01),
        ("cost_per_minute_eur", 0.93, 0.001),
        ("transfer_refused", 61_200.0, 240.0),
    ]);
    let class =
        |name: &str, offered: f64, abandoned: f64, in_time: f64, asa: f64, p95: f64, aht: f64, fcr: f64| {
            Named {
                name: name.to_owned(),
                measures: measures(&[
                    ("offered", offered, offered * 0.003),
                    ("entered", offered * 1.0964, offered * 0.003),
                    ("abandonment", abandoned, 0.001),
                    ("service_level", in_time, 0.003),
                    ("asa_s", asa, 0.4),
                    ("answered_wait_s_p95", p95, 2.0),
                    ("aht_s", aht, 0.6),
                    ("fcr", fcr, 0.001),
                ]),
            }
        };
    let site = |name: &str, hours: f64, occupancy: f64, minute: f64, cost: f64| Named {
        name: name.to_owned(),
        measures: measures(&[
            ("staffed_h", hours, 30.0),
            ("occupancy", occupancy, 0.001),
            ("cost_per_minute_eur", minute, 0.002),
            ("cost_eur", cost, 30_000.0),
        ]),
    };
    let day = |label: &str, offered: f64| PeriodRow {
        label: label.to_owned(),
        total: measures(&[("offered", offered, 900.0)]),
        classes: vec![measures(&[("offered", offered / 6.0, 200.0)]); 6],
        groups: Vec::new(),
    };
    Outcome {
        manifest: Manifest {
            version: "0.1.0".to_owned(),
            scenario: "Telecom hotline, a year with 17 million calls".to_owned(),
            scenario_hash: "0123456789abcdef".to_owned(),
            seed: 1,
            replications_planned: 8,
            replications: 8,
            is_partial: false,
            until: None,
            dates: Some(("2026-01-01".to_owned(), "2026-12-31".to_owned(), "Europe/Berlin".to_owned())),
            horizon_s: 31_536_000.0,
            warm_up_s: 691_200.0,
        },
        total,
        classes: vec![
            class("billing", 3_401e3, 0.039, 0.798, 14.0, 72.0, 385.0, 0.78),
            class("contract", 3_400e3, 0.043, 0.781, 16.0, 83.0, 555.0, 0.74),
            class("technical", 4_252e3, 0.044, 0.779, 17.0, 86.0, 655.0, 0.69),
            class("mobile", 2_551e3, 0.038, 0.802, 14.0, 70.0, 315.0, 0.81),
            class("order_move", 2_040e3, 0.040, 0.796, 15.0, 75.0, 435.0, 0.70),
            class("cancellation", 1_360e3, 0.037, 0.807, 13.0, 68.0, 350.0, 0.83),
        ],
        groups: Vec::new(),
        sites: vec![
            site("west", 393e3, 0.801, 1.18, 22.2e6),
            site("south", 332e3, 0.804, 1.14, 18.2e6),
            site("east", 441e3, 0.779, 1.27, 26.2e6),
            site("partner_a", 570e3, 0.823, 0.78, 22.0e6),
            site("partner_b", 506e3, 0.816, 0.76, 18.7e6),
            site("partner_c", 258e3, 0.820, 0.49, 6.2e6),
            site("partner_d", 188e3, 0.802, 0.86, 7.8e6),
        ],
        business_units: Vec::new(),
        by_interval: Vec::new(),
        intervals: Vec::new(),
        bands: Vec::new(),
        waits: Vec::new(),
        flows: Vec::new(),
        by_day: vec![day("2026-01-01", 18_000.0), day("2026-01-02", 52_000.0)],
        by_week: Vec::new(),
        by_month: Vec::new(),
        days: Vec::new(),
        each: Vec::new(),
        snapshots: Vec::new(),
        targets: vec![
            target(
                "service level 80/20",
                "service_level",
                0.8,
                true,
                estimate(0.791, 0.002),
                168.0,
                (157.0, 179.0),
            ),
            target("abandoned", "abandonment", 0.05, false, estimate(0.041, 0.001), 74.0, (66.0, 83.0)),
            target("occupancy", "occupancy", 0.85, false, estimate(0.807, 0.001), 22.0, (17.0, 27.0)),
        ],
        cases: measures(&[("fcr", 0.75, 0.0004), ("contacts_per_case", 1.301, 0.002)]),
        hardest: vec![
            Hardest {
                label: "Mon 23 Mar".to_owned(),
                table: "by_day",
                periods: vec!["2026-03-23".to_owned()],
                service_level: 0.42,
                abandonment: 0.126,
            },
            Hardest {
                label: "Mondays 10:00–11:00".to_owned(),
                table: "by_interval",
                periods: vec!["Mon 10:00".to_owned(), "Mon 10:30".to_owned()],
                service_level: 0.58,
                abandonment: 0.082,
            },
        ],
        worst_days: Vec::new(),
        missed_intervals: Some((0.27, 0.40)),
        net_staffing: Some(NetStaffing {
            misfit: 0.127,
            label: "Mondays 10:00–10:30".to_owned(),
            period: "Mon 10:00".to_owned(),
            required: 612.0,
            net: -83.4,
        }),
        risk: None,
        waterfall: None,
        settlement: None,
        audit: Vec::new(),
        notes: Vec::new(),
        contacts_simulated: 136_032_000,
    }
}

fn target(
    label: &str,
    measure: &'static str,
    bound: f64,
    is_minimum: bool,
    value: Estimate,
    missed: f64,
    range: (f64, f64),
) -> TargetOutcome {
    let verdict =
        value.mean.map(|mean| if (mean >= bound) == is_minimum { Verdict::Met } else { Verdict::Missed });
    TargetOutcome {
        label: label.to_owned(),
        class: None,
        measure,
        bound,
        is_minimum,
        per: "day",
        value,
        verdict,
        periods: estimate(365.0, 0.0),
        missed: estimate(missed, (range.1 - range.0) / 2.0),
        missed_share: estimate(0.46, 0.03),
        visits_in_missed: estimate(0.5, 0.03),
        missed_range: None, // eight replications tell no range
    }
}

/// Eight hours without dates, sites, targets or cost, once: no interval anywhere.
pub fn one_small_replication() -> Outcome {
    let without_interval = |measures: &mut Measures| {
        for (_, estimate) in &mut measures.0 {
            *estimate = Estimate { mean: estimate.mean, half_width: None, n: 1 };
        }
    };
    let mut outcome = telecom_year();
    outcome.manifest.scenario = "One queue".to_owned();
    outcome.manifest.dates = None;
    outcome.manifest.horizon_s = 28_800.0;
    outcome.manifest.warm_up_s = 0.0;
    outcome.manifest.replications = 1;
    outcome.manifest.replications_planned = 1;
    outcome.total = measures(&[
        ("offered", 812.0, 0.0),
        ("fresh", 812.0, 0.0),
        ("redialled", 0.0, 0.0),
        ("repeated", 0.0, 0.0),
        ("transferred", 0.0, 0.0),
        ("answered", 771.0, 0.0),
        ("abandoned", 41.0, 0.0),
        ("blocked", 0.0, 0.0),
        ("abandonment", 41.0 / 812.0, 0.0),
        ("service_level", 0.8127, 0.0),
        ("occupancy", 0.7944, 0.0),
        ("asa_s", 9.27, 0.0),
        ("answered_wait_s_p50", 0.0, 0.0),
        ("answered_wait_s_p80", 17.2, 0.0),
        ("answered_wait_s_p90", 33.8, 0.0),
        ("answered_wait_s_p95", 55.1, 0.0),
        ("answered_wait_s_p99", 112.0, 0.0),
        ("aht_s", 181.4, 0.0),
        ("staffed_h", 48.0, 0.0),
        ("busy_h", 38.13, 0.0),
        ("cost_eur", 0.0, 0.0),
    ]);
    outcome.total.0.push(("fcr", Estimate { mean: None, half_width: None, n: 1 }));
    without_interval(&mut outcome.total);
    let of_class = outcome.total.clone();
    outcome.classes = vec![Named { name: "calls".to_owned(), measures: of_class.clone() }];
    outcome.groups = vec![Named { name: "agents".to_owned(), measures: of_class }];
    outcome.sites.clear();
    outcome.targets.clear();
    outcome.by_day.clear();
    outcome.cases.0.clear();
    outcome.hardest = vec![Hardest {
        label: "day 1".to_owned(),
        table: "by_day",
        periods: vec!["day 1".to_owned()],
        service_level: 0.8127,
        abandonment: 0.0505,
    }];
    outcome.missed_intervals = Some((0.375, 0.402));
    outcome.net_staffing = None;
    outcome.notes =
        vec!["one replication: no ± and no target judged, since one run cannot show chance".to_owned()];
    outcome
}

/// Any result at all: many or no rows, long and strange names, huge, tiny and missing numbers.
pub fn any_outcome() -> impl Strategy<Value = Outcome> {
    let text = || prop_oneof!["[a-z_]{0,14}", "\\PC{0,90}", "[ä中😀\u{301} \n]{1,60}"];
    let named = move || vec((text(), any_measures()), 0..25);
    let shown = (vec(any_target(text()), 0..6), vec((text(), 0.0..1.0, 0.0..1.0), 0..3), vec(text(), 0..4));
    let head = (text(), any::<bool>(), any::<u32>(), 0.0..1e9, any::<bool>());
    (head, any_measures(), named(), named(), named(), any_measures(), shown, vec(text(), 0..3)).prop_map(
        |(head, total, classes, groups, sites, cases, (targets, hardest, notes), audit)| {
            let name_all = |rows: Vec<(String, Measures)>| {
                rows.into_iter().map(|(name, measures)| Named { name, measures }).collect::<Vec<_>>()
            };
            let mut outcome = telecom_year();
            outcome.manifest.scenario = head.0;
            outcome.manifest.is_partial = head.1;
            outcome.manifest.replications = head.2;
            outcome.manifest.horizon_s = head.3;
            if head.4 {
                outcome.manifest.dates = None;
            }
            outcome.total = total;
            outcome.classes = name_all(classes);
            outcome.groups = name_all(groups);
            outcome.sites = name_all(sites);
            outcome.cases = cases;
            outcome.targets = targets;
            outcome.hardest = hardest
                .into_iter()
                .map(|(label, service_level, abandonment)| Hardest {
                    periods: vec![label.clone()],
                    label,
                    table: "by_day",
                    service_level,
                    abandonment,
                })
                .collect();
            outcome.notes = notes;
            outcome.audit = audit;
            outcome
        },
    )
}

fn any_measures() -> impl Strategy<Value = Measures> {
    (any::<bool>(), vec(any_estimate(), NAMES.len())).prop_map(|(is_full, estimates)| {
        let all = NAMES.into_iter().zip(estimates);
        Measures(if is_full { all.collect() } else { all.step_by(3).collect() })
    })
}

fn any_estimate() -> impl Strategy<Value = Estimate> {
    let size = prop_oneof![0.0..1.0, 0.0..1e3, 0.0..1e9, 0.0..1e18, Just(0.0), -1e6..0.0];
    let half = prop_oneof![0.0..1.0, 0.0..1e4, 0.0..1e12];
    (proptest::option::weighted(0.9, size), proptest::option::weighted(0.8, half), 1_u32..400)
        .prop_map(|(mean, half_width, n)| Estimate { mean, half_width: mean.and(half_width), n })
}

fn any_target(label: impl Strategy<Value = String>) -> impl Strategy<Value = TargetOutcome> {
    let measure = prop::sample::select(vec!["service_level", "abandonment", "occupancy", "asa_s"]);
    let per = prop::sample::select(vec!["interval", "day", "week", "month", "year"]);
    let found = (any_estimate(), any_estimate(), any_estimate(), proptest::option::of((0.0..1e6, 0.0..1e6)));
    let verdict = prop::sample::select(vec![Verdict::Met, Verdict::Missed, Verdict::NotSure]);
    let bound = (0.0..1e4, any::<bool>(), proptest::option::of(verdict));
    (label, proptest::option::of("\\PC{0,40}"), measure, per, bound, found).prop_map(
        |(
            label,
            class,
            measure,
            per,
            (bound, is_minimum, verdict),
            (value, periods, missed, missed_range),
        )| {
            TargetOutcome {
                label,
                class,
                measure,
                bound,
                is_minimum,
                per,
                value,
                verdict,
                periods,
                missed,
                missed_share: missed,
                visits_in_missed: missed,
                missed_range,
            }
        },
    )
}
