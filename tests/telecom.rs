//! The year of the hotline and its what-ifs: what comes out stays what a practitioner believes.
//!
//! The window is that of the baseline (`scenarios/telecom_year/README.md` says where it comes from); it is pinned at the
//! default seed. What-ifs are compared with the year on the same customers, on two weeks of spring.

use std::sync::OnceLock;

use holdtime::experiment::{Named, Outcome, PeriodRow, Settings, Unattended, replicate};
use holdtime::files::Disk;
use holdtime::scenario;

fn run(file: &str, sets: &[&str], replications: u32) -> Outcome {
    let path = format!("{}/scenarios/{file}.toml", env!("CARGO_MANIFEST_DIR"));
    let sets: Vec<String> = sets.iter().map(|&set| set.to_owned()).collect();
    let loaded = scenario::load(&path, &sets, &Disk)
        .unwrap_or_else(|problems| panic!("{}", problems.render(scenario::Paint::Plain)));
    let settings = Settings { replications: Some(replications), seed: 1, jobs: 2, ..Settings::default() };
    let outcome = replicate(&loaded.scenario, &settings, &Unattended).expect("the queue stays within bounds");
    assert!(outcome.audit.is_empty(), "{file}: {:?}", outcome.audit);
    outcome
}

fn year() -> &'static Outcome {
    static YEAR: OnceLock<Outcome> = OnceLock::new();
    YEAR.get_or_init(|| run("telecom_year", &[], 2))
}

const SPRING: [&str; 3] = ["start=2026-04-13", "horizon=14d", "warm_up=7d"];

fn spring(file: &str) -> Outcome {
    run(file, &SPRING, 2)
}

fn base() -> &'static Outcome {
    static BASE: OnceLock<Outcome> = OnceLock::new();
    BASE.get_or_init(|| spring("telecom_year"))
}

#[track_caller]
fn of(outcome: &Outcome, measure: &str) -> f64 {
    let estimate = outcome.total.get(measure).or_else(|| outcome.cases.get(measure));
    estimate.and_then(|estimate| estimate.mean).unwrap_or_else(|| panic!("no value for {measure}"))
}

#[track_caller]
fn in_row(row: &PeriodRow, measure: &str) -> f64 {
    row.total
        .get(measure)
        .and_then(|estimate| estimate.mean)
        .unwrap_or_else(|| panic!("no {measure} on {}", row.label))
}

/// A measure of one of the `named`: a group, a site.
#[track_caller]
fn of_one(named: &[Named], name: &str, measure: &str) -> f64 {
    let one = named.iter().find(|one| one.name == name).unwrap_or_else(|| panic!("no {name}"));
    let mean = one.measures.get(measure).and_then(|estimate| estimate.mean);
    mean.unwrap_or_else(|| panic!("no {measure} of {name}"))
}

#[track_caller]
fn within(what: &str, value: f64, low: f64, high: f64) {
    assert!((low..=high).contains(&value), "{what}: {value} is outside {low} to {high}");
}

#[test]
fn the_year_has_17_million_calls_and_the_waits_of_a_real_hotline() {
    let year = year();
    within("offered", of(year, "offered"), 16.83e6, 17.17e6);
    within("abandonment", of(year, "abandonment"), 0.03, 0.05);
    within("service level", of(year, "service_level"), 0.76, 0.83);
    within("ASA", of(year, "asa_s"), 11.0, 22.0);
    within("occupancy", of(year, "occupancy"), 0.79, 0.83);
}

#[test]
fn days_differ_as_days_do() {
    let days = &year().by_day;
    assert_eq!(days.len(), 365);
    let levels: Vec<f64> = days.iter().map(|day| in_row(day, "service_level")).collect();
    let missed = levels.iter().filter(|&&level| level < 0.8).count() as f64 / 365.0;
    within("share of days below 80 %", missed, 0.25, 0.60);
    within("worst day", levels.iter().copied().fold(1.0, f64::min), 0.0, 0.60);
    let mean = of(year(), "offered") / 365.0;
    // One day in two years says little; ten Christmas Days lie 2.4 standard errors below the bound in the mean.
    let christmas = run("telecom_year", &["start=2026-12-25", "horizon=1d"], 10);
    within("Christmas Day against the mean day", of(&christmas, "offered") / mean, 0.0, 0.40);
    let monday = days.iter().find(|day| day.label == "2026-01-05").expect("the first Monday");
    within("the first Monday", in_row(monday, "offered"), 66e3, 78e3);
}

/// Abandonment of real centres by service level: 80–90 % in time goes with 3.4 %, 70–80 with 5.1, 60–70 with 7.4, 50–60 with 10.5.
#[test]
fn on_most_days_abandonment_is_that_of_real_centres_with_the_same_service_level() {
    let curve = |level: f64| match level {
        0.8..0.9 => Some(0.034),
        0.7..0.8 => Some(0.051),
        0.6..0.7 => Some(0.074),
        0.5..0.6 => Some(0.105),
        _ => None,
    };
    let days = year().by_day.iter();
    let near: Vec<bool> = days
        .filter_map(|day| {
            Some((in_row(day, "abandonment") - curve(in_row(day, "service_level"))?).abs() <= 0.02)
        })
        .collect();
    assert!(near.len() > 200, "only {} days on the curve", near.len());
    within(
        "share of days near",
        near.iter().filter(|&&is_near| is_near).count() as f64 / near.len() as f64,
        0.6,
        1.0,
    );
}

#[test]
fn a_sunday_night_hour_is_small() {
    let in_hour = |measure| -> f64 {
        ["Sun 03:00", "Sun 03:30"]
            .iter()
            .map(|label| {
                let row = year().by_interval.iter().find(|row| row.label == *label);
                in_row(row.expect("the night is open"), measure)
            })
            .sum()
    };
    within("calls between 3 and 4 on a Sunday", in_hour("offered") / 52.0, 50.0, 80.0);
    // Not the 10 to 14 that were expected: see "What had to be read in one way" in the folder of the plans.
    within("agents then", in_hour("planned_h") / 52.0, 14.0, 16.0);
}

#[test]
fn ten_per_cent_fewer_agents_means_more_calls_from_the_same_customers() {
    let (base, fewer) = (base(), spring("ten_percent_fewer_agents"));
    assert_eq!(of(&fewer, "fresh"), of(base, "fresh"), "not one more or less");
    within("offered", of(&fewer, "offered") / of(base, "offered"), 1.005, 1.03);
    within("service level", of(&fewer, "service_level") - of(base, "service_level"), -0.35, -0.08);
    within("abandonment", of(&fewer, "abandonment") / of(base, "abandonment"), 1.4, 3.5);
    assert!(of(&fewer, "occupancy") > of(base, "occupancy"));
    assert!(of(&fewer, "cost_eur") < of(base, "cost_eur"));
}

#[test]
fn partners_only_after_20_seconds_means_longer_waits_busy_own_agents_and_idle_partners() {
    let late = spring("partners_only_after_20s");
    assert!(of(&late, "service_level") < of(base(), "service_level") - 0.2);
    assert!(of(&late, "asa_s") > 2.0 * of(base(), "asa_s"));
    let change =
        |site: &str| of_one(&late.sites, site, "occupancy") - of_one(&base().sites, site, "occupancy");
    for site in ["west", "south", "east"] {
        within(&format!("occupancy of {site}"), change(site), 0.05, 0.3);
    }
    for site in ["partner_a", "partner_b", "partner_c", "partner_d"] {
        within(&format!("occupancy of {site}"), change(site), -0.3, -0.05);
    }
}

#[test]
fn without_partners_most_customers_give_up() {
    let alone = spring("without_partners");
    assert!(of(&alone, "abandonment") > 0.3);
    assert!(of(&alone, "service_level") < 0.1, "few are answered in time");
    within("occupancy", of(&alone, "occupancy"), 0.98, 1.0);
    assert!(of(&alone, "redialled") > 5.0 * of(base(), "redialled"));
    assert!(of(&alone, "cost_eur") < of(base(), "cost_eur"));
}

#[test]
fn the_three_minute_rule_shortens_handling_and_brings_customers_back() {
    let (mild, hard) = (spring("three_minute_rule_mild"), spring("three_minute_rule_hard"));
    for (less, more) in [(base(), &mild), (&mild, &hard)] {
        assert!(of(more, "aht_s") < of(less, "aht_s"), "shorter handling");
        assert!(of(more, "fcr") < of(less, "fcr"), "less resolution");
        assert!(of(more, "repeated") > of(less, "repeated"), "more repeats");
        assert!(of(more, "offered") > of(less, "offered"), "more calls");
        assert_eq!(of(more, "fresh"), of(less, "fresh"), "from the same customers");
    }
    assert!(of(&mild, "asa_s") < of(base(), "asa_s"), "shorter waits");
    assert!(of(&hard, "asa_s") < of(&mild, "asa_s"), "and more so");
    assert!(of(&hard, "contacts_per_case") > of(&mild, "contacts_per_case"));
}

#[test]
fn tired_agents_take_longer_and_customers_wait_longer() {
    let tired = spring("tired_agents");
    assert_eq!(of(&tired, "fresh"), of(base(), "fresh"), "from the same customers");
    within("AHT", of(&tired, "aht_s") / of(base(), "aht_s"), 1.002, 1.08);
    assert!(of(&tired, "occupancy") > of(base(), "occupancy"));
    assert!(of(&tired, "asa_s") > of(base(), "asa_s"), "longer waits");
    assert!(of(&tired, "abandonment") > of(base(), "abandonment"));
    assert!(of(&tired, "redialled") > of(base(), "redialled"));
    within("solved at the first answer", of(&tired, "fcr") - of(base(), "fcr"), -0.005, 0.005);
}

#[test]
fn the_transfer_limit_moves_transfers_and_resolution() {
    let [zero, one, unlimited] =
        ["transfer_limit_0", "transfer_limit_1", "transfer_limit_unlimited"].map(spring);
    assert_eq!(of(&zero, "transferred"), 0.0);
    assert!(of(&zero, "transfer_refused") > of(&one, "transfer_refused"));
    assert_eq!(of(&unlimited, "transfer_refused"), 0.0);
    assert!(of(&unlimited, "transferred") > of(&one, "transferred"));
    // The year has the limit of one: to the last bit.
    assert_eq!((&one.total, &one.classes, &one.groups), (&base().total, &base().classes, &base().groups));
    assert_eq!((&one.cases, &one.by_day), (&base().cases, &base().by_day));
    assert!(of(&zero, "fcr") < of(&one, "fcr") - 0.01, "less resolution");
    assert!(of(&zero, "repeated") > 1.05 * of(&one, "repeated"), "more repeats");
    assert!(of(&zero, "contact_wait_s") < of(&one, "contact_wait_s"), "less waiting inside a contact");
    let second_level = |outcome: &Outcome| of_one(&outcome.groups, "east_technical_second", "occupancy");
    assert!(second_level(&zero) < 0.1 && second_level(&one) > 0.6, "an idle second level");
    let visits = |outcome: &Outcome| of(outcome, "entered") / of(outcome, "offered");
    within("visits a contact", visits(&unlimited) / visits(&one), 1.001, 1.03);
}

#[test]
fn callbacks_at_the_limit_are_promised_and_mostly_kept() {
    let callback = spring("callback_at_the_limit");
    let (promised, kept) = (of(&callback, "callbacks_promised"), of(&callback, "callbacks_kept"));
    assert!(promised > 0.0 && of(base(), "callbacks_promised") == 0.0);
    within("share of promises kept", kept / promised, 0.8, 1.0);
    for day in &callback.by_day {
        within(&day.label, in_row(day, "callbacks_kept_share"), 0.75, 1.0);
    }
    assert!(of(&callback, "talk_s") < of(base(), "talk_s"), "nobody talks on at the limit");
    let second_level = |outcome: &Outcome| of_one(&outcome.groups, "east_technical_second", "busy_h");
    within("work of the second level", second_level(&callback) / second_level(base()), 1.03, 1.2);
}

#[test]
fn when_partner_a_leaves_its_share_of_the_calls_waits_in_vain() {
    let july = |file| run(file, &["start=2026-07-06", "horizon=7d", "warm_up=7d"], 2);
    let (with, without) = (july("telecom_year"), july("partner_a_leaves"));
    assert_eq!(of(&without, "fresh"), of(&with, "fresh"));
    assert!(of(&without, "abandonment") > 0.15, "most of its customers give up");
    assert!(of(&without, "redialled") > 3.0 * of(&with, "redialled"), "and call again");
    let occupancy = |outcome: &Outcome| of_one(&outcome.groups, "partner_d", "occupancy");
    assert!(occupancy(&without) > occupancy(&with) + 0.05, "partner D is overrun");
    assert!(of(&without, "cost_eur") < of(&with, "cost_eur"));
    // Until June nothing has happened.
    let spring = spring("partner_a_leaves");
    assert_eq!((&spring.total, &spring.groups), (&base().total, &base().groups));
}

#[test]
fn one_queue_for_all_serves_more_in_time_and_slower_talk_spends_half_of_that() {
    let (pooled, slower) = (spring("one_pooled_queue"), spring("one_pooled_queue_slower"));
    let level = |outcome: &Outcome| of(outcome, "service_level");
    assert!(level(&pooled) > level(base()) + 0.06);
    assert!(level(&slower) < level(&pooled) - 0.02);
    let work = of(&slower, "busy_h") / of(&pooled, "busy_h");
    within("work", work, 1.04, 1.08);
}

#[test]
fn forty_cross_trained_agents_help_cancellations_most() {
    let trained = spring("forty_cross_trained");
    let level = |outcome: &Outcome, class| of_one(&outcome.classes, class, "service_level");
    within("cancellations", level(&trained, "cancellation") - level(base(), "cancellation"), 0.05, 0.25);
    for class in ["billing", "contract", "mobile"] {
        within(class, level(&trained, class) - level(base(), class), -0.03, 0.01);
    }
    let staffed = of(&trained, "staffed_h") / of(base(), "staffed_h");
    within("hours", staffed, 0.995, 1.005);
}

#[test]
fn a_hurried_partner_costs_whom_the_contract_says() {
    let [per_call, per_resolved] = ["hurried_partner_per_call", "hurried_partner_per_resolved"].map(spring);
    assert_eq!(of(&per_call, "asa_s"), of(&per_resolved, "asa_s"), "the contract changes no call");
    let of_c = |outcome: &Outcome, measure| of_one(&outcome.sites, "partner_c", measure);
    assert!(of_c(&per_call, "answered") > 1.02 * of_c(base(), "answered"));
    assert!(of(&per_call, "fcr") < of(base(), "fcr"));
    assert!(of_c(&per_call, "cost_eur") > of_c(base(), "cost_eur"), "more calls are paid");
    assert!(of_c(&per_resolved, "cost_eur") < 0.985 * of_c(base(), "cost_eur"), "fewer solved cases are");
}

#[test]
fn an_announcement_saves_the_days_of_a_wrong_bill_run() {
    let [silent, announced] = ["wrong_bill_run", "wrong_bill_run_announced"].map(|file| run(file, &[], 2));
    let level = |outcome: &Outcome, class| of_one(&outcome.classes, class, "service_level");
    for class in ["billing", "contract", "mobile", "order_move"] {
        assert!(level(&announced, class) > level(&silent, class) + 0.02, "{class}");
    }
    assert!(of(&announced, "offered") < 0.97 * of(&silent, "offered"));
    let monday = silent.by_day.first().expect("seven days");
    within("in time on Monday", in_row(monday, "service_level"), 0.0, 0.5);
}

#[test]
fn an_offer_to_call_back_shortens_the_line_and_most_promises_are_kept() {
    let offer = spring("callback_offer");
    assert_eq!(of(&offer, "fresh"), of(base(), "fresh"), "the same customers");
    let against_base = |measure: &str| of(&offer, measure) / of(base(), measure);
    for measure in ["abandoned", "redialled", "asa_s"] {
        within(measure, against_base(measure), 0.4, 0.7);
    }
    within("share called back", of(&offer, "called_back") / of(&offer, "entered"), 0.01, 0.04);
    assert_eq!(of(&offer, "called_back"), of(&offer, "callbacks_promised"), "no other promise is made");
    within("share kept", of(&offer, "callbacks_kept_share"), 0.65, 0.85);
    within("share broken", of(&offer, "callbacks_broken") / of(&offer, "callbacks_promised"), 0.0, 0.05);
    within("occupancy", of(&offer, "occupancy") - of(base(), "occupancy"), 0.0, 0.02);
}

#[test]
fn the_first_monday_gets_worse_with_every_call_more() {
    let files = ["monday_5_january", "monday_5_january_plus_20", "monday_5_january_plus_40"];
    let [plain, twenty, forty] = files.map(|file| run(file, &[], 8));
    for (less, more) in [(&plain, &twenty), (&twenty, &forty)] {
        assert!(of(more, "offered") > of(less, "offered"));
        assert!(of(more, "abandonment") > of(less, "abandonment"));
        assert!(of(more, "service_level") < of(less, "service_level"));
    }
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let path = format!("{}/scenarios/monday_5_january.toml", env!("CARGO_MANIFEST_DIR"));
    let loaded = scenario::load(&path, &[], &Disk)
        .unwrap_or_else(|problems| panic!("{}", problems.render(scenario::Paint::Plain)));
    let outcomes = [1, 2, 5].map(|jobs| {
        let settings = Settings { replications: Some(5), seed: 7, jobs, ..Settings::default() };
        replicate(&loaded.scenario, &settings, &Unattended).expect("the queue stays within bounds")
    });
    assert_eq!(outcomes[0], outcomes[1]);
    assert_eq!(outcomes[0], outcomes[2]);
}

/// Same scenario, seed and version give the same values: whoever changes one says so in the changelog.
#[test]
fn the_values_of_a_day_are_pinned() {
    let day = run("monday_5_january", &[], 1);
    let counts = ["offered", "fresh", "redialled", "repeated", "answered", "abandoned", "transferred"];
    assert_eq!(
        counts.map(|count| of(&day, count)),
        [68_586.0, 55_241.0, 1_033.0, 12_312.0, 73_180.0, 1_976.0, 6_570.0]
    );
    assert_eq!(of(&day, "asa_s"), 9.054_238_124_938_507);
    assert_eq!(of(&day, "cost_eur"), 396_865.748_627);
}
