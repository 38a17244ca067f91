//! Changes by date of rates and plans.

use crate::{fresh_on, loaded, planned_at_noon};

const SUMMER: &str = r#"
start = "2026-06-29"
horizon = "5d"
interval = "1h"
[[change]]
name = "partner leaves"
from = "2026-07-01"
scale = { "group.partner.staffing" = 0 }
[[change]]
name = "campaign of others"
from = 2026-06-30T12:00
until = "2026-07-02"
scale = { "class.calls.volume" = 1.5, volume = 2 }
set = { "group.own.agents" = 7 }
[class.calls]
volume = { per_hour = 10 }
talk_time = { constant = "3m" }
[class.mobile]
volume = { per_hour = 1 }
talk_time = { constant = "3m" }
[group.own]
agents = 5
takes = [["calls", "mobile"]]
[group.partner]
agents = 4
takes = [["calls", "mobile"]]
"#;

#[test]
fn a_plan_or_a_rate_is_another_one_from_its_date_until_its_end() {
    let summer = loaded(SUMMER, &[]);
    let days = ["2026-06-29", "2026-06-30", "2026-07-01", "2026-07-02"];
    assert_eq!(days.map(|day| planned_at_noon(&summer, 1, day)), [4.0, 4.0, 0.0, 0.0]);
    assert_eq!(days.map(|day| planned_at_noon(&summer, 0, day)), [5.0, 7.0, 7.0, 5.0]);
    let rounded = |class, day| (fresh_on(&summer, class, day) * 1e6).round() / 1e6;
    assert_eq!(days.map(|day| rounded(0, day)), [240.0, 480.0, 720.0, 240.0]);
    assert_eq!(days.map(|day| rounded(1, day)), [24.0, 36.0, 48.0, 24.0]);
}

#[test]
fn check_is_told_what_changes_when_and_an_overlay_may_take_it_back() {
    let summer = loaded(SUMMER, &[]);
    let [leaves, campaign] = &summer.changes[..] else { panic!("{:?}", summer.changes) };
    assert_eq!((leaves.from.as_str(), leaves.until.as_str()), ("2026-07-01 00:00", ""));
    assert_eq!(leaves.what, ["group.partner.staffing × 0"]);
    assert_eq!((campaign.from.as_str(), campaign.until.as_str()), ("2026-06-30 12:00", "2026-07-02 00:00"));
    assert_eq!(campaign.what, ["class.calls.volume × 1.5", "volume × 2", "group.own.agents = 7"]);
    let none = loaded(SUMMER, &["change=[]"]);
    assert!(none.changes.is_empty() && planned_at_noon(&none, 1, "2026-07-02") == 4.0);
}

#[test]
fn a_change_before_the_run_holds_all_through_it_and_one_after_it_is_none() {
    let later = loaded(SUMMER, &["start=2026-07-06"]);
    assert_eq!(later.changes.len(), 1);
    assert_eq!(planned_at_noon(&later, 1, "2026-07-08"), 0.0);
    let earlier = loaded(SUMMER, &["start=2026-06-01"]);
    assert!(earlier.changes.is_empty() && planned_at_noon(&earlier, 1, "2026-06-03") == 4.0);
}

#[test]
fn changes_that_overlap_act_one_after_the_other() {
    let twice = loaded(
        SUMMER,
        &[
            r#"change=[{ from = "2026-06-30", scale = { "class.calls.talk_time" = 2 } }, { from = "2026-07-01", until = "2026-07-02", scale = { talk_time = 3 } }]"#,
        ],
    );
    let law = format!("{:?}", twice.scenario.classes[0].talk_time);
    let spans: Vec<&str> = law.split("LawSpan").skip(1).collect();
    // 24 hours at 3 minutes, then 6, for a day 18, then 6 again.
    for (span, (hours, seconds)) in spans.iter().zip([
        ("0, until: 24", "180.0"),
        ("24, until: 48", "360.0"),
        ("48, until: 72", "1080.0"),
        ("72, until: 120", "360.0"),
    ]) {
        assert!(span.contains(&format!("from: {hours},")) && span.contains(seconds), "{law}");
    }
    assert_eq!(spans.len(), 4, "{law}");
}
