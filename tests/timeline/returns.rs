//! Redials and repeats: who comes back, and when no more.

use crate::story::check;

#[test]
fn who_abandons_redials_and_later_attempts_have_their_own_probability() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "10m" }
        patience = { constant = "20s" }
        redial = { after_abandon = { first = 1, later = 0, delay = { constant = "60s" } } }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls"), (10.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        30 #2 leaves after 20s
        90 #3 redials calls
        90 #3 waits
        110 #3 leaves after 20s
        110 case closed
        600 #1 talked 10m, solved
        600 case closed
        600 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn a_redial_may_go_to_another_class() {
    check(
        r#"
        horizon = "1h"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "10m" }
        patience = { constant = "20s" }
        redial = { after_abandon = { first = 1, delay = { constant = "60s" }, class = "desk" } }
        [class.desk]
        volume = { per_hour = 0 }
        talk_time = { constant = "30s" }
        [group.west]
        agents = 1
        takes = [["calls"]]
        [group.desk]
        agents = 1
        takes = [["desk"]]
        "#,
        &[(0.0, "calls"), (10.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        10 #2 calls calls
        10 #2 waits
        30 #2 leaves after 20s
        90 #3 redials desk
        90 #3 answered by desk/0 after 0s
        120 #3 talked 30s, solved
        120 case closed
        120 desk/0 wrapped up 0s
        600 #1 talked 10m, solved
        600 case closed
        600 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn who_is_not_helped_repeats_until_the_most_contacts_of_a_case() {
    check(
        r#"
        horizon = "1h"
        [case]
        contacts = 2
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "30s" }
        resolution = 0
        repeat = { probability = 1, delay = { constant = "5m" } }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(0.0, "calls")],
        "
        0 #1 calls calls
        0 #1 answered by west/0 after 0s
        30 #1 talked 30s, not solved
        30 west/0 wrapped up 0s
        330 #2 repeats calls
        330 #2 answered by west/0 after 0s
        360 #2 talked 30s, not solved
        360 case closed
        360 west/0 wrapped up 0s
        ",
    );
}

#[test]
fn what_would_come_after_the_horizon_cuts_the_case_and_what_has_begun_runs_on() {
    check(
        r#"
        horizon = "10m"
        [class.calls]
        volume = { per_hour = 0 }
        talk_time = { constant = "4m" }
        resolution = 0
        repeat = { probability = 1, delay = { constant = "5m" } }
        [group.west]
        agents = 1
        takes = [["calls"]]
        "#,
        &[(420.0, "calls"), (599.0, "calls"), (600.0, "calls")],
        "
        420 #1 calls calls
        420 #1 answered by west/0 after 0s
        599 #2 calls calls
        599 #2 waits
        660 #1 talked 4m, not solved
        660 case cut
        660 west/0 wrapped up 0s
        660 #2 answered by west/0 after 1m1s
        900 #2 talked 4m, not solved
        900 case cut
        900 west/0 wrapped up 0s
        ",
    );
}

/// What customer `who` does first after `word`, as the story tells it: a wait or a talk.
fn lasting(story: &str, who: &str, word: &str) -> String {
    let line = story.lines().find(|line| line.contains(&format!("{who} {word}"))).expect("it is told");
    line.split(word).nth(1).expect("a duration").split(',').next().expect("a duration").trim().to_owned()
}

/// The agent of `class` is busy for an hour with the first call; whoever calls then leaves, calls again, and leaves.
fn impatient(redial: &str) -> String {
    format!(
        r#"
        horizon = "1d"
        [class.long]
        volume = {{ per_hour = 0 }}
        talk_time = {{ constant = "1h" }}
        [class.calls]
        volume = {{ per_hour = 0 }}
        talk_time = {{ exponential = {{ mean = "100s" }} }}
        after_call_work = {{ exponential = {{ mean = "50s" }} }}
        patience = {{ exponential = {{ mean = "1m" }} }}
        redial = {{ after_abandon = {{ first = 1, delay = {{ constant = "20m" }} }}, {redial} }}
        [group.west]
        agents = 1
        takes = [["long"], ["calls"]]
        "#
    )
}

#[test]
fn a_redial_that_keeps_patience_waits_as_long_as_the_first_attempt_did_and_else_anew() {
    let calls = [(0.0, "long"), (10.0, "calls")];
    let told = |redial: &str| {
        let story = crate::story::told(&impatient(redial), &calls);
        ["#2", "#3", "#4"].map(|who| lasting(&story, who, "leaves after"))
    };
    let kept = told("keeps = [\"patience\"]");
    assert!(kept[0] == kept[1] && kept[1] == kept[2], "{kept:?}");
    let anew = told("keeps = []");
    assert_eq!(anew[0], kept[0], "the first attempt is the same");
    assert!(anew[0] != anew[1] && anew[1] != anew[2], "{anew:?}");
}

#[test]
fn a_redial_that_keeps_its_handling_talks_as_the_first_attempt_would_have() {
    // With a second agent the first attempt is answered: what it would have been.
    let calls = [(0.0, "long"), (10.0, "calls")];
    let handling = |redial: &str, agents: &str| {
        let text = impatient(redial).replace("agents = 1", agents);
        let story = crate::story::told(&text, &calls);
        let talks = story.lines().filter(|line| line.contains("talked") && !line.contains("#1 "));
        let talk =
            talks.filter_map(|line| line.split("talked").nth(1)).next().expect("it is answered").to_owned();
        let wraps: Vec<String> = story
            .lines()
            .filter_map(|line| Some(line.split("wrapped up ").nth(1)?.to_owned()))
            .filter(|acw| acw != "0s")
            .collect();
        (talk, wraps)
    };
    let first = handling("keeps = []", "agents = 2");
    let kept = handling("keeps = [\"talk_time\", \"after_call_work\"]", "agents = 1");
    assert_eq!(kept, first);
    let talk_alone = handling("keeps = [\"talk_time\"]", "agents = 1");
    assert!(talk_alone.0 == first.0 && talk_alone.1 != first.1);
    assert_ne!(handling("keeps = [\"patience\"]", "agents = 1").0, first.0);
}
