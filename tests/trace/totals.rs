//! Telling changes nothing and leaves nothing out.

use std::sync::atomic::{AtomicU32, Ordering};

use holdtime::experiment::{Control, Progress, Settings, Unattended, follow, replicate};
use holdtime::measure::{Frame, Meter};
use holdtime::model::fact::{Deflection, Fact, Observer};
use holdtime::model::{Centre, Rules};
use holdtime::report::{PAGE_WIDTH, Paint, text, trace_page};
use holdtime::scenario::Scenario;
use holdtime::trace::{Happening, KeyStart, Mark, Selection, Story, Tracer, Which, Why};
use holdtime::units::SimTime;

use crate::{first, scenario};

/// A small centre with every rule that a story can tell of.
fn busy_centre() -> Scenario {
    scenario(
        r#"
        name = "Everything at once"
        start = "2026-03-02T06:00"
        horizon = "12h"
        [class.billing]
        volume = { per_hour = 60 }
        talk_time = { exponential = { mean = "4m" } }
        after_call_work = { exponential = { mean = "30s" } }
        patience = { exponential = { mean = "3m" } }
        callback_offer = { group = "west", accept = 0.3, when = { waiting_at_least = 3 } }
        balking = 0.05
        resolution = 0.7
        redial = { after_abandon = { first = 0.6, later = 0.4, delay = { exponential = { mean = "10m" } } }, after_busy = { first = 0.8, later = 0.8, delay = { exponential = { mean = "5m" } } } }
        repeat = { probability = 0.6, delay = { exponential = { mean = "1h" } } }
        transfer = [{ to = "technical", probability = 0.3 }]
        [class.technical]
        like = "billing"
        volume = { per_hour = 30 }
        waiting_places = 3
        max_wait = { after = "150s", then = "message" }
        open = { mon_fri = "07:00-24:00" }
        transfer = [{ to = "billing", probability = 0.3 }]
        [group.west]
        agents = [6, 4, 5]
        takes = [["billing"], ["technical"]]
        [group.east]
        agents = 3
        takes = [["technical", "billing"]]
        [[routing.billing.split.near.tier]]
        groups = ["west"]
        [[routing.billing.split.near.tier]]
        groups = ["east"]
        after = "40s"
        [routing.billing.split.near]
        share = 0.7
        [routing.billing.split.far]
        share = 0.3
        tier = [{ groups = ["east", "west"] }]
        [lines.main]
        lines = 11
        [policy.transfer_limit]
        per_contact = 1
        at_limit = { callback = { group = "east", due = "30m", attempts = 2, every = "20m", reached = 0.5 } }
        "#,
    )
}

fn all_of(scenario: &Scenario) -> Vec<Story> {
    follow(scenario, (1, 0), first(usize::MAX), &Unattended).expect("an end").stories
}

#[test]
fn what_is_told_adds_up_to_what_a_run_without_a_tracer_counts() {
    let scenario = busy_centre();
    let settings = Settings { replications: Some(1), ..Settings::default() };
    let outcome = replicate(&scenario, &settings, &Unattended).expect("a result");
    let stories = all_of(&scenario);
    let told = |is: fn(&Happening) -> bool| {
        stories.iter().flat_map(|story| &story.steps).filter(|step| is(&step.what)).count() as f64
    };
    let came = told(|what| matches!(what, Happening::Came { .. }));
    let refused = told(|what| matches!(what, Happening::Refused));
    for (name, found) in [
        ("offered", came - refused),
        ("answered", told(|what| matches!(what, Happening::Answered { .. }))),
        ("blocked", told(|what| matches!(what, Happening::Blocked { .. }))),
        ("abandoned", told(|what| matches!(what, Happening::Abandoned { .. }))),
        ("closed", told(|what| matches!(what, Happening::Refused))),
        ("disconnected", told(|what| matches!(what, Happening::Disconnected { .. }))),
        ("deflected", told(|what| matches!(what, Happening::Deflected { .. }) && !is_called_back(what))),
        ("called_back", told(is_called_back)),
        ("transfer_refused", told(|what| matches!(what, Happening::TransferRefused { .. }))),
        ("callbacks_promised", told(|what| matches!(what, Happening::Promised { .. }))),
        ("callbacks_dialled", told(|what| matches!(what, Happening::Dialled { .. }))),
        ("callbacks_kept", told(|what| matches!(what, Happening::Reached { kept: true, .. }))),
        ("callbacks_broken", told(|what| matches!(what, Happening::Broken))),
    ] {
        assert_eq!(outcome.total.get(name).and_then(|value| value.mean), Some(found), "{name}");
        assert!(found > 0.0, "the centre shows no {name}");
    }
    assert!(stories.iter().all(|story| story.closed.is_some()), "every case ends");
}

/// Two observers of the same facts.
struct Both<'a, 'b>(Tracer<'a>, Meter<'b>);

impl Observer for Both<'_, '_> {
    fn on(&mut self, now: SimTime, fact: &Fact<'_>) {
        self.0.on(now, fact);
        self.1.on(now, fact);
    }
}

#[test]
fn a_traced_run_gives_the_same_result_as_an_untraced_one() {
    let scenario = busy_centre();
    let (rules, frame) = (Rules::compile(&scenario), Frame::of(&scenario));
    let mut alone = Meter::new(&frame);
    Centre::new(&rules, 1, 0).finish(&mut alone);
    let mut both = Both(Tracer::new(&scenario, &rules, first(20)), Meter::new(&frame));
    Centre::new(&rules, 1, 0).finish(&mut both);
    assert_eq!(both.1.finish(0, |_| vec![]), alone.finish(0, |_| vec![]));
}

/// The board that the tracer rebuilds is the model's: on it, whoever is taken is idle longest or has waited longest.
#[test]
fn every_answer_has_its_reason_and_the_reason_is_the_rule() {
    let stories = all_of(&busy_centre());
    let whys = stories.iter().flat_map(|story| &story.steps).filter_map(|step| match step.what {
        Happening::Answered { why, .. } | Happening::Dialled { why, .. } => Some(why),
        _ => None,
    });
    let (mut idle, mut opened, mut freed) = (0, 0, 0);
    for why in whys {
        match why {
            Some(Why::AgentWasIdle { is_longest, was_queued, .. }) => {
                assert!(is_longest, "{why:?}");
                idle += 1;
                opened += u32::from(was_queued);
            }
            Some(Why::AgentBecameFree { is_longest, .. }) => {
                assert!(is_longest, "{why:?}");
                freed += 1;
            }
            None => panic!("an answer without a reason"),
        }
    }
    assert!(idle > 100 && freed > 100 && opened > 0, "{idle} {opened} {freed}");
}

#[test]
fn any_contact_of_a_case_finds_the_case() {
    let scenario = busy_centre();
    let stories = follow(&scenario, (1, 0), first(12), &Unattended).expect("an end").stories;
    let mut found = 0;
    for story in &stories {
        for key in story.contacts() {
            let shown: KeyStart = KeyStart::of(key).to_string().parse().expect("a shown key");
            let selection = Selection { which: Which::Contact(shown), marks: vec![], at_most: 1 };
            let alone = follow(&scenario, (1, 0), selection, &Unattended).expect("an end").stories;
            assert_eq!(&alone, std::slice::from_ref(story));
            found += 1;
        }
    }
    assert!(found > stories.len(), "some case has several contacts");
}

/// Counts the intervals that were run.
struct Counted(AtomicU32);

impl Control for Counted {
    fn progress(&self, _: Progress) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn is_cancelled(&self) -> bool {
        false
    }
}

#[test]
fn the_run_stops_when_everything_is_told() {
    let mut text = String::from(
        "name = \"Long\"\nhorizon = \"100d\"\n[class.calls]\nvolume = { per_hour = 60 }\n\
         talk_time = { constant = \"60s\" }\npatience = { constant = \"60s\" }\n",
    );
    text.push_str("[group.agents]\nagents = 1\ntakes = [[\"calls\"]]\n");
    let scenario = scenario(&text);
    for (selection, most) in [
        (first(3), 2),
        (Selection { which: Which::First, marks: vec![Mark::Abandoned], at_most: 1 }, 4),
        (Selection { which: Which::WaitingAt(SimTime(7_000_000_000)), marks: vec![], at_most: 5 }, 6),
    ] {
        let counted = Counted(AtomicU32::new(0));
        let trace = follow(&scenario, (1, 0), selection, &counted).expect("an end");
        assert!(trace.stories.iter().all(|story| story.closed.is_some()));
        let intervals = counted.0.into_inner();
        assert!(intervals <= most, "{intervals} of 4,800 intervals for {:?}", trace.selection);
    }
}

#[test]
fn no_line_is_wider_than_the_page_and_colour_adds_nothing_but_colour() {
    let scenario = busy_centre();
    for which in [Which::First, Which::LongestWait, Which::WaitingAt(SimTime(14_400_000_000))] {
        let selection = Selection { which, marks: vec![], at_most: 60 };
        let trace = follow(&scenario, (1, 0), selection, &Unattended).expect("an end");
        let page = trace_page(&trace, &scenario, "scenarios/everything_at_once.toml", Paint::Plain);
        for line in page.lines() {
            assert!(text::width(line) <= PAGE_WIDTH, "{line}");
        }
        let colour = trace_page(&trace, &scenario, "scenarios/everything_at_once.toml", Paint::Colour);
        assert!(colour.contains('\u{1b}'));
        assert_eq!(anstream::adapter::strip_str(&colour).to_string(), page);
    }
}

#[test]
fn at_an_instant_everybody_is_somewhere() {
    let scenario = busy_centre();
    let mut waiting = 0;
    for hour in 1..12 {
        let at = SimTime(hour * 3_600_000_000);
        let selection = Selection { which: Which::WaitingAt(at), marks: vec![], at_most: usize::MAX };
        let trace = follow(&scenario, (1, 0), selection, &Unattended).expect("an end");
        let snapshot = trace.snapshot.expect("a picture");
        assert_eq!(trace.stories.len(), snapshot.waiting.len(), "who waits has a story");
        waiting += snapshot.waiting.len();
        let busy: u32 = snapshot.groups.iter().map(|now| now.dialling + now.talking + now.wrapping_up).sum();
        assert_eq!(busy as usize, snapshot.at_work.len());
        for now in &snapshot.groups {
            assert_eq!(now.staffed, now.idle + now.dialling + now.talking + now.wrapping_up);
        }
    }
    assert!(waiting > 0, "at some hour somebody waits");
}

fn is_called_back(what: &Happening) -> bool {
    matches!(
        what,
        Happening::Deflected { how: Deflection::CallbackAccepted | Deflection::CallbackAfterMaxWait, .. }
    )
}
