//! The exact words of small stories that can be followed by hand, every kind of event in at least one of them.

use holdtime::trace::{Mark, Selection, Which};
use holdtime::units::{SimTime, Span};
use insta::assert_snapshot;

use crate::{first, told};

#[test]
fn who_finds_an_idle_agent_and_who_waits_for_one_to_be_free() {
    let centre = r#"
        name = "Two agents"
        start = "2026-03-02T09:00"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        after_call_work = { constant = "30s" }
        [group.west]
        agents = 2
        takes = [["calls"]]
    "#;
    let contacts = [(0.0, "calls"), (10.0, "calls"), (20.0, "calls"), (25.0, "calls"), (250.0, "calls")];
    assert_snapshot!(told(centre, &contacts, first(20)));
}

#[test]
fn who_gives_up_redials_and_who_does_not_wait_at_all() {
    let centre = r#"
        name = "Impatient"
        horizon = "1d"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "10m" }
        patience = { constant = "30s" }
        redial.after_abandon = { first = 1, later = 0, delay = { constant = "9m50s" } }
        [class.hasty]
        like = "calls"
        balking = 1
        redial.after_abandon = { first = 1, later = 0, delay = { constant = "1d" } }
        [group.west]
        agents = 1
        takes = [["calls", "hasty"]]
    "#;
    let contacts = [(0.0, "calls"), (5.0, "calls"), (6.0, "calls"), (40.0, "hasty")];
    assert_snapshot!(told(centre, &contacts, first(20)));
}

#[test]
fn who_finds_no_line() {
    let centre = r#"
        name = "One line"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        redial.after_busy = { first = 1, later = 1, delay = { constant = "1m" } }
        [group.west]
        agents = 1
        takes = [["calls"]]
        [lines.main]
        lines = 1
    "#;
    assert_snapshot!(told(centre, &[(0.0, "calls"), (30.0, "calls")], first(20)));
}

#[test]
fn who_finds_no_place_to_wait_and_who_is_cut_off_in_a_transfer() {
    let centre = r#"
        name = "A full room"
        horizon = "1h"
        [class.first]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        transfer = [{ to = "second", probability = 1 }]
        [class.second]
        volume = { per_hour = 0 }
        talk_time = { constant = "5m" }
        waiting_places = 1
        redial.after_closed = { first = 1, delay = { constant = "10m" } }
        [group.west]
        agents = 1
        takes = [["first"]]
        [group.east]
        agents = 1
        takes = [["second"]]
    "#;
    let contacts = [(0.0, "second"), (10.0, "second"), (20.0, "second"), (30.0, "first")];
    assert_snapshot!(told(centre, &contacts, first(20)));
}

/// Two desks; every talk of the first wants a transfer to the second and of the second to the first.
fn two_desks(limit: &str) -> String {
    format!(
        r#"
        name = "Two desks"
        horizon = "3h"
        [class.first]
        volume = {{ per_hour = 0 }}
        talk_time = {{ constant = "60s" }}
        after_call_work = {{ constant = "20s" }}
        transfer = [{{ to = "second", probability = 1 }}]
        repeat = {{ probability = 1, delay = {{ constant = "1h" }} }}
        [class.second]
        volume = {{ per_hour = 0 }}
        talk_time = {{ constant = "100s" }}
        transfer = [{{ to = "first", probability = 1 }}]
        [class.boss]
        volume = {{ per_hour = 0 }}
        talk_time = {{ constant = "10s" }}
        [group.a]
        agents = 1
        takes = [["first"]]
        [group.b]
        agents = 1
        takes = [["second"]]
        [group.c]
        agents = 1
        takes = [["boss"]]
        [case]
        contacts = 2
        [policy.transfer_limit]
        {limit}
        "#
    )
}

#[test]
fn a_transfer_and_an_agent_who_keeps_the_customer_at_the_limit() {
    let centre = two_desks("per_contact = 1\nat_limit = { keep = { extra_talk = 0.3, resolution = 1 } }");
    assert_snapshot!(told(&centre, &[(0.0, "first")], first(20)));
}

#[test]
fn a_customer_sent_on_at_the_limit() {
    let centre = two_desks("per_contact = 0\nat_limit = { escalate = { to = \"boss\" } }");
    assert_snapshot!(told(&centre, &[(0.0, "first")], first(20)));
}

#[test]
fn a_dropped_customer_comes_back_and_gives_up_after_the_last_contact() {
    let centre = two_desks("per_case = 0\nat_limit = { drop = {} }");
    assert_snapshot!(told(&centre, &[(0.0, "first")], first(20)));
}

fn promising(numbers: &str) -> String {
    two_desks(&format!(
        "per_contact = 0\nat_limit = {{ callback = {{ group = \"b\", due = \"10m\", attempts = 2, \
         every = \"30m\", {numbers} }} }}"
    ))
}

#[test]
fn a_promise_that_is_kept_after_customers_on_the_line() {
    let contacts = [(0.0, "first"), (30.0, "second")];
    assert_snapshot!(told(&promising("reached = 1"), &contacts, first(1)));
}

#[test]
fn a_promise_that_is_broken_after_the_last_attempt() {
    assert_snapshot!(told(&promising("reached = 0, dialling = \"30s\""), &[(0.0, "first")], first(20)));
}

#[test]
fn a_promise_that_stays_open_and_a_visit_that_nobody_will_answer() {
    let centre = r#"
        name = "The end"
        horizon = "20m"
        interval = "1m"
        [class.first]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        transfer = [{ to = "second", probability = 1 }]
        [class.second]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        [class.alone]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        [group.a]
        agents = 1
        takes = [["first"], ["second"]]
        [group.c]
        agents = 0
        takes = [["alone"]]
        [policy.transfer_limit]
        per_contact = 0
        at_limit = { callback = { group = "a", due = "1h", attempts = 3, every = "1h", reached = 0, dialling = "30s" } }
    "#;
    assert_snapshot!(told(centre, &[(0.0, "first"), (5.0, "alone")], first(20)));
}

/// West first, east from 20 s on; both take letters too, west after calls.
const TIERS: &str = r#"
    name = "Tiers"
    horizon = "1h"
    [class.calls]
    volume = { per_hour = 0 }
    talk_time = { constant = "2m" }
    [class.orders]
    volume = { per_hour = 0 }
    talk_time = { constant = "90s" }
    [group.west]
    agents = 1
    takes = [["calls"], ["orders"]]
    [group.east]
    agents = 1
    takes = [["orders"], ["calls"]]
    [group.north]
    agents = 1
    takes = [["calls"]]
    [[routing.calls.tier]]
    groups = ["west"]
    [[routing.calls.tier]]
    groups = ["north"]
    [[routing.calls.tier]]
    groups = ["east"]
    after = "20s"
"#;

#[test]
fn tiers_in_order_and_a_tier_that_opens_after_a_wait() {
    let contacts = [(0.0, "calls"), (5.0, "calls"), (10.0, "calls"), (40.0, "orders"), (115.0, "calls")];
    assert_snapshot!(told(TIERS, &contacts, first(20)));
}

#[test]
fn an_instant_of_the_centre_and_how_it_went_on() {
    let contacts =
        [(0.0, "calls"), (5.0, "calls"), (10.0, "calls"), (40.0, "orders"), (41.0, "calls"), (42.0, "calls")];
    let which = Which::WaitingAt(SimTime::ZERO + Span::from_secs(50));
    let selection = Selection { which, marks: vec![], at_most: 1 };
    assert_snapshot!(told(TIERS, &contacts, selection));
}

#[test]
fn an_agent_who_logs_in_takes_who_waits() {
    let centre = r#"
        name = "Early bird"
        start = "2026-03-02T06:00"
        horizon = "3h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        [group.west]
        agents = [0, 1, 1]
        takes = [["calls"]]
    "#;
    assert_snapshot!(told(centre, &[(3300.0, "calls"), (3400.0, "calls")], first(20)));
}

#[test]
fn a_break_is_told_as_a_break() {
    let centre = r#"
        start = "08:00"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "60s" }
        [group.west]
        staffing.shifts = [{ from = "08:00", to = "09:00", agents = 1, breaks = [{ at = "08:10", lasts = "5m" }] }]
        takes = [["calls"]]
    "#;
    let contacts = [(700.0, "calls"), (1000.0, "calls")];
    let page = told(centre, &contacts, first(20)).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("nobody of west is logged in, 1 agent is on a break; next in the"), "{page}");
    assert!(page.contains("the agent has just come back from a break"), "{page}");
    assert!(page.contains("the only agent is idle, since its last contact"), "{page}");
    let which = Which::WaitingAt(SimTime::ZERO + Span::from_secs(750));
    let page = told(centre, &contacts, Selection { which, marks: vec![], at_most: 20 });
    let heading = page.lines().find(|line| line.starts_with("AGENTS")).unwrap_or_default();
    assert!(heading.contains("planned on break logged in"), "{page}");
}

#[test]
fn stories_are_chosen_by_what_happened_in_them() {
    let centre = two_desks("per_contact = 1\nat_limit = { drop = {} }");
    let contacts = [(0.0, "first"), (0.0, "boss"), (1.0, "boss"), (300.0, "first")];
    let cases = |which, marks, at_most| -> Vec<String> {
        let page = told(&centre, &contacts, Selection { which, marks, at_most });
        page.lines().filter(|line| line.starts_with("CASE")).map(str::to_owned).collect()
    };
    let all = cases(Which::First, vec![], 20);
    assert_eq!(all.len(), 4);
    assert_eq!(cases(Which::First, vec![], 2), all[..2]);
    assert_eq!(cases(Which::First, vec![Mark::Transferred], 20), [all[0].clone(), all[3].clone()]);
    assert_eq!(cases(Which::First, vec![Mark::Abandoned], 20), [""; 0]);
    let waited = cases(Which::LongestWait, vec![], 20);
    assert_eq!(waited.len(), 1, "who does not wait has no longest wait: {waited:?}");
    assert!(waited[0].contains("boss") && waited[0].contains("waited 9 s"), "{waited:?}");
}
