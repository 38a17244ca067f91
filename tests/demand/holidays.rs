//! Holidays by region, bridge days and days after holidays.

use crate::{fresh_on, loaded, planned_at_noon};

const YEAR: &str = r#"
start = "2026-01-01"
horizon = "365d"
interval = "1h"
[calendar]
holidays = "DE"
holiday = 0.5
[profile.office]
all = [0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]
holiday = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
[class.calls]
volume = { fresh_per_day = 1000, profile = "office" }
talk_time = { constant = "3m" }
[group.all]
site = "here"
takes = [["calls"]]
agents_by_time = { all = { "08:00" = 20 }, holiday = { "08:00" = 5 } }
[site.here]
sourcing = "in_house"
"#;

fn relative_to(close: f64, to: f64) -> bool {
    (close / to - 1.0).abs() < 1e-9
}

#[test]
fn a_class_spread_over_regions_has_the_holiday_of_a_part_of_its_customers() {
    let of = |regions: &str| loaded(YEAR, &[&format!("class.calls.regions={regions}")]);
    let shared = of(r#"{ "DE-NW" = 0.6, "DE-HH" = 0.4 }"#);
    // Corpus Christi, a holiday in the west only; the Thursday before is one of nobody.
    let (day, usual) = (fresh_on(&shared, 0, "2026-06-04"), fresh_on(&shared, 0, "2026-06-11"));
    assert!(relative_to(day, usual * (0.6 * 0.5 + 0.4)), "{day} of {usual}");
    // A national holiday is one of everybody.
    let national = fresh_on(&shared, 0, "2026-05-14");
    assert!(relative_to(national, usual * 0.5), "{national} of {usual}");
    let north = of(r#"["DE-HH"]"#);
    assert!(relative_to(fresh_on(&north, 0, "2026-06-04"), fresh_on(&north, 0, "2026-06-11")));
    // The year keeps its volume wherever the customers live.
    for loaded in [&shared, &of("all"), &of("none")] {
        let year: f64 = loaded.expected.fresh[0];
        assert!(relative_to(year, 365_000.0), "{year}");
    }
}

#[test]
fn those_with_a_holiday_call_by_the_shape_of_holidays_and_the_others_by_that_of_the_weekday() {
    let shared = loaded(YEAR, &[r#"class.calls.regions={ "DE-NW" = 1, "DE-HH" = 1 }"#]);
    let almanac = &shared.scenario.almanac;
    let at = |date: &str, hour: u16| {
        let is_at = |i: &usize| {
            let at = almanac.intervals[*i];
            at.slot == hour && almanac.days[at.day as usize].date.to_string() == date
        };
        shared.scenario.classes[0].fresh_rate[(0..almanac.n_intervals()).find(is_at).unwrap()]
    };
    // At 8 only the north calls.
    assert!(relative_to(at("2026-06-04", 8), 0.5 * at("2026-06-11", 8)));
    // At 11 the north with 2 of 13 parts of a full day, the west with 1 of 3 of a half one.
    assert!(relative_to(
        at("2026-06-04", 11),
        at("2026-06-11", 11) * (0.5 + 0.5 * 0.5 * (1.0 / 3.0) / (2.0 / 13.0))
    ));
}

#[test]
fn a_list_of_regions_shares_customers_out_by_population() {
    let listed = loaded(YEAR, &[r#"calendar.regions=["DE-NW", "DE-HH"]"#]);
    let shared = loaded(YEAR, &[r#"calendar.regions={ "DE-NW" = 180, "DE-HH" = 19 }"#]);
    assert_eq!(listed.scenario.classes[0].fresh_rate, shared.scenario.classes[0].fresh_rate);
}

#[test]
fn plans_know_the_holidays_of_their_site() {
    let at = |sets: &[&str], date: &str| planned_at_noon(&loaded(YEAR, sets), 0, date);
    let (regional, national, usual) = ("2026-06-04", "2026-05-14", "2026-06-11");
    assert_eq!([regional, national, usual].map(|date| at(&[], date)), [20.0, 5.0, 20.0]);
    let west = ["site.here.region=DE-NW"];
    assert_eq!([regional, national, usual].map(|date| at(&west, date)), [5.0, 5.0, 20.0]);
    // Without a region of the site a holiday is what all regions of the calendar have.
    assert_eq!(at(&[r#"calendar.regions=["DE-NW", "DE-HE"]"#], regional), 5.0);
    assert_eq!(at(&[r#"calendar.regions=["DE-NW", "DE-HH"]"#], regional), 20.0);
    assert_eq!(at(&[r#"calendar.regions=["DE-NW", "DE-HE"]"#, "site.here.region=DE-HH"], regional), 20.0);
}

#[test]
fn rates_by_the_hour_have_the_holidays_of_their_customers_too() {
    let volume = r#"class.calls.volume={ per_hour = { all = { "08:00" = 100, "18:00" = 0 }, holiday = { "10:00" = 30, "13:00" = 0 } } }"#;
    let shared = loaded(YEAR, &[volume, r#"class.calls.regions={ "DE-NW" = 1, "DE-HH" = 3 }"#]);
    assert!(relative_to(fresh_on(&shared, 0, "2026-06-04"), 0.25 * 90.0 + 0.75 * 1000.0));
}

#[test]
fn a_bridge_day_has_its_own_factor_in_place_of_that_after_a_holiday() {
    let of = |sets: &[&str]| {
        let year = loaded(YEAR, sets);
        // Friday after Ascension, the Tuesday after Easter, and a Friday far from both.
        ["2026-05-15", "2026-04-07", "2026-06-12"].map(|date| fresh_on(&year, 0, date))
    };
    let [bridge, after, usual] = of(&["calendar.bridge_day=0.9", "calendar.after_holiday=1.2"]);
    assert!(relative_to(bridge, 0.9 * usual) && relative_to(after, 1.2 * usual), "{bridge} {after} {usual}");
    // Not written, it is the day after a holiday.
    let [bridge, after, usual] = of(&["calendar.after_holiday=1.2"]);
    assert!(relative_to(bridge, 1.2 * usual) && relative_to(after, 1.2 * usual), "{bridge} {after} {usual}");
}

#[test]
fn a_bridge_day_is_one_where_the_holiday_is() {
    let year = loaded(YEAR, &["calendar.bridge_day=0.8", r#"calendar.regions={ "DE-NW" = 1, "DE-HH" = 1 }"#]);
    // Friday after Corpus Christi.
    let (bridge, usual) = (fresh_on(&year, 0, "2026-06-05"), fresh_on(&year, 0, "2026-06-12"));
    assert!(relative_to(bridge, 0.9 * usual), "{bridge} of {usual}");
}
