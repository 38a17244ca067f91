//! The course of incidents: rise, decay, announcement.

use crate::loaded;

const STORM: &str = r#"
start = "2026-03-23"
horizon = "1d"
interval = "1h"
[[incident]]
name = "storm"
from = "2026-03-23T08:00"
lasts = "4h"
class = { calls = 3 }
[class.calls]
volume = { per_hour = 100 }
talk_time = { constant = "3m" }
patience = { constant = "2m" }
[group.own]
agents = 20
takes = [["calls"]]
"#;

/// Contacts expected by hour, to a thousandth.
fn by_hour(sets: &[&str]) -> Vec<f64> {
    let rates = &loaded(STORM, sets).scenario.classes[0].fresh_rate;
    rates.iter().map(|rate| (rate * 3600.0 * 1e3).round() / 1e3).collect()
}

#[test]
fn a_factor_rises_straight_and_the_hours_have_its_mean() {
    let rising = by_hour(&["incident.0.rise=2h"]);
    // From 1 to 2 in the first hour, to 3 in the second.
    assert_eq!(rising[7..13], [100.0, 150.0, 250.0, 300.0, 300.0, 100.0]);
    // Off the grid too: from 08:30 to 12:30, at half of its height after an hour.
    let later = by_hour(&["incident.0.rise=2h", "incident.0.from=2026-03-23T08:30"]);
    // The excess of 200 an hour times the mean height: (0.25 / 2)(0.5), (0.25 + 0.75) / 2, and (0.75 + 1) / 4 + 0.5.
    assert_eq!(later[7..14], [100.0, 112.5, 200.0, 287.5, 300.0, 200.0, 100.0]);
}

#[test]
fn after_its_end_an_incident_loses_half_in_every_half_life() {
    let decaying = by_hour(&["incident.0.decay=1h"]);
    assert_eq!(decaying[8..12], [300.0; 4]);
    for hour in 12..20 {
        let (excess, next) = (decaying[hour] - 100.0, decaying[hour + 1] - 100.0);
        assert!((next / excess - 0.5).abs() < 1e-3, "{hour}: {excess} {next}");
    }
    // Together as much as 1 / ln 2 = 1.443 more hours of the height, less what comes after midnight.
    let tail: f64 = decaying[12..].iter().map(|calls| calls - 100.0).sum();
    assert!((tail / (200.0 / std::f64::consts::LN_2) - 1.0).abs() < 1e-3, "{tail}");
    // Something that keeps callers away wears off alike.
    let quiet = by_hour(&["incident.0.decay=1h", "incident.0.class.calls=0"]);
    assert!(quiet[8] == 0.0 && quiet[12] > 0.0 && quiet[13] > quiet[12] && quiet[20] > 99.0);
}

#[test]
fn without_rise_and_decay_a_factor_stands_as_it_is_written() {
    assert_eq!(by_hour(&[])[7..13], [100.0, 300.0, 300.0, 300.0, 300.0, 100.0]);
    assert_eq!(by_hour(&["incident.0.rise=0", "incident.0.decay=0"]), by_hour(&[]));
}

#[test]
fn an_announcement_deflects_a_share_from_when_it_is_on_air_and_changes_patience() {
    let told = ["incident.0.announcement={ after = \"1h\", deflects = 0.4, patience = 1.5 }"];
    assert_eq!(by_hour(&told)[7..13], [100.0, 300.0, 180.0, 180.0, 180.0, 100.0]);
    let loaded = loaded(STORM, &told);
    let law = format!("{:?}", loaded.scenario.classes[0].patience);
    let spans: Vec<&str> = law.split("LawSpan").skip(1).collect();
    for (span, words) in
        spans.iter().zip([["until: 9,", "120.0"], ["until: 12,", "180.0"], ["until: 24,", "120.0"]])
    {
        assert!(words.iter().all(|word| span.contains(word)), "{law}");
    }
    assert_eq!(spans.len(), 3, "{law}");
    assert_eq!(loaded.incidents[0].course, ["an announcement deflects 40 %", "patience × 1.5"]);
}

#[test]
fn an_interval_partly_under_an_announcement_has_the_mean_of_the_calls_that_come_in_it() {
    let told = |set: &str| by_hour(&["incident.0.from=2026-03-23T08:30", set]);
    // Half an hour as ever, then 300 an hour, of whom half hang up: from 08:30 on 50 + 75.
    let at_once = told("incident.0.announcement={ deflects = 0.5 }");
    assert_eq!(at_once[7..13], [100.0, 125.0, 150.0, 150.0, 150.0, 125.0]);
    // On air from 09:15 on: a quarter of 300, then three quarters of 150.
    let later = told("incident.0.announcement={ after = \"45m\", deflects = 0.5 }");
    assert_eq!(later[7..11], [100.0, 200.0, 187.5, 150.0]);
    // Rising from 1 to 3 from 08:30 to 09:30, on air from 09:00 on, when it is 2: half of 125 until 09:30, half of 150 after.
    let rising = by_hour(&[
        "incident.0.from=2026-03-23T08:30",
        "incident.0.rise=1h",
        "incident.0.announcement={ after = \"30m\", deflects = 0.5 }",
    ]);
    assert_eq!(rising[7..11], [100.0, 125.0, 137.5, 150.0]);
}

#[test]
fn what_began_every_month_before_the_run_still_lasts_and_wears_off_in_it() {
    // Three days from the 28th of December on: the last of them is the first of the run.
    let monthly = STORM
        .replace("2026-03-23\"\nhorizon = \"1d\"", "2025-12-30\"\nhorizon = \"4d\"")
        .replace("from = \"2026-03-23T08:00\"\nlasts = \"4h\"", "each_month = [28]\nlasts = \"3d\"");
    let by_day = |sets: &[&str]| -> Vec<f64> {
        let loaded = loaded(&monthly, sets);
        let rates = &loaded.scenario.classes[0].fresh_rate;
        rates.chunks(24).map(|day| (day.iter().sum::<f64>() / 24.0 * 3600.0).round()).collect()
    };
    assert_eq!(by_day(&[]), [300.0, 100.0, 100.0, 100.0]);
    // From 200 more at its end to half of that a day later: 200 (1 − ½) ÷ ln 2 = 144 in the mean of the day.
    assert_eq!(by_day(&["incident.0.decay=1d"]), [300.0, 244.0, 172.0, 136.0]);
    let begins: Vec<String> = loaded(&monthly, &[]).incidents.iter().map(|it| it.from.clone()).collect();
    assert_eq!(begins, ["2025-12-28 00:00"]);
}
