//! Runs a scenario with given fresh contacts and tells what happens, a line per fact.

use std::collections::HashMap;
use std::fmt::Write;

use holdtime::model::fact::{
    Busy, Cutoff, Deflection, Entry, Fact, LogReason, Observer, Origin, TalkEnd, Visit, VisitKind,
};
use holdtime::model::{Centre, Rules, RunEnd};
use holdtime::random::Key;
use holdtime::scenario::{self, Scenario};
use holdtime::units::{ClassId, GroupId, SimTime, Span};

/// A source that has one file.
struct OneFile<'a>(&'a str);

impl scenario::Source for OneFile<'_> {
    fn read(&self, _path: &str) -> Result<Vec<u8>, scenario::SourceError> {
        Ok(self.0.as_bytes().to_vec())
    }
}

/// The checked scenario of a text.
pub fn scenario(text: &str) -> Scenario {
    match scenario::load("story.toml", &[], &OneFile(text)) {
        Ok(loaded) => loaded.scenario,
        Err(problems) => panic!("{}", problems.render(scenario::Paint::Plain)),
    }
}

/// Fresh contacts `(second since start, class)` meet the centre of `text`; the story must be `expected`, white space aside.
///
/// Log-ins and plans are told only if the story asks for them with a line that has `logs` or `plan`, the end of the
/// horizon with one that has `horizon ends`.
#[track_caller]
pub fn check(text: &str, contacts: &[(f64, &str)], expected: &str) {
    let scenario = scenario(text);
    let is_told = |word| expected.contains(word);
    let story = tell(&scenario, contacts, (is_told("logs") || is_told("plan"), is_told("horizon ends")));
    let squeeze = |text: &str| -> Vec<String> {
        let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.filter(|line| !line.is_empty()).collect()
    };
    let (found, wanted) = (squeeze(&story), squeeze(expected));
    assert!(found == wanted, "found:\n{}\n\nexpected:\n{}\n", found.join("\n"), wanted.join("\n"));
}

/// Tells the facts of `text` one by one.
pub fn follow(text: &str, contacts: &[(f64, &str)], tell: impl FnMut(&Fact<'_>)) {
    struct Told<F>(F);
    impl<F: FnMut(&Fact<'_>)> Observer for Told<F> {
        fn on(&mut self, _now: SimTime, fact: &Fact<'_>) {
            self.0(fact);
        }
    }
    run(&scenario(text), contacts, &mut Told(tell));
}

/// The story of `text`, without log-ins and plans.
pub fn told(text: &str, contacts: &[(f64, &str)]) -> String {
    tell(&scenario(text), contacts, (false, false))
}

fn tell(scenario: &Scenario, contacts: &[(f64, &str)], is_told: (bool, bool)) -> String {
    let (with_staffing, with_end) = is_told;
    let mut teller =
        Teller { scenario, with_staffing, with_end, numbers: HashMap::new(), story: String::new() };
    run(scenario, contacts, &mut teller);
    teller.story
}

fn run(scenario: &Scenario, contacts: &[(f64, &str)], observer: &mut impl Observer) {
    let rules = Rules::compile(scenario);
    let class = |name: &str| {
        ClassId::from_index(
            scenario.classes.iter().position(|class| class.name == name).expect("a class of the story"),
        )
    };
    let start = scenario.almanac.counting_starts().0 as f64 / 1e6;
    let contacts: Vec<(SimTime, ClassId)> = contacts
        .iter()
        .map(|&(second, name)| (SimTime::ZERO + Span::from_secs_f64(start + second), class(name)))
        .collect();
    let end = Centre::with_fresh_contacts(&rules, 1, &contacts).finish(observer);
    assert_eq!(end, RunEnd::Horizon);
}

struct Teller<'s> {
    scenario: &'s Scenario,
    with_staffing: bool,
    with_end: bool,
    /// Contacts in the order in which they came from outside.
    numbers: HashMap<Key, usize>,
    story: String,
}

impl Teller<'_> {
    fn class(&self, class: ClassId) -> &str {
        &self.scenario.classes[class.index()].name
    }

    fn agent(&self, group: GroupId, agent: u32) -> String {
        format!("{}/{agent}", self.scenario.groups[group.index()].name)
    }

    fn who(&self, visit: &Visit) -> String {
        let number = self.numbers.get(&visit.contact);
        let leg = if visit.leg == 0 { String::new() } else { format!(".{}", visit.leg) };
        match (number, visit.kind) {
            (Some(number), VisitKind::Inbound) => format!("#{number}{leg}"),
            (_, VisitKind::Callback) => format!("promise{leg}"),
            (None, VisitKind::Inbound) => "nobody".to_owned(),
        }
    }
}

impl Observer for Teller<'_> {
    fn on(&mut self, now: SimTime, fact: &Fact<'_>) {
        let waited = |visit: &Visit| now.since(visit.entered);
        let what = match *fact {
            Fact::IntervalStarted { .. }
            | Fact::OnBreak { .. }
            | Fact::OffPhone { .. }
            | Fact::ContactEnded { .. }
            | Fact::WillReturn { .. } => return,
            Fact::HorizonEnded if !self.with_end => return,
            Fact::HorizonEnded => "the horizon ends".to_owned(),
            Fact::LeftOpen { visit } => format!("{} is left open", self.who(visit)),
            Fact::Offered { visit, origin } | Fact::Refused { visit, origin } => {
                let number = self.numbers.len() + 1;
                self.numbers.insert(visit.contact, number);
                let origin = match origin {
                    Origin::Fresh => "calls",
                    Origin::Redial => "redials",
                    Origin::Repeat => "repeats",
                };
                let closed = if matches!(fact, Fact::Refused { .. }) { ", which is closed" } else { "" };
                format!("#{number} {origin} {}{closed}", self.class(visit.class))
            }
            Fact::Blocked { visit, why } => {
                let what = match why {
                    Busy::NoLine => "line",
                    Busy::NoPlace => "place to wait",
                };
                format!("{} finds no {what}", self.who(visit))
            }
            Fact::Disconnected { visit, why } => {
                let why = match why {
                    Cutoff::NoPlace => "no place to wait",
                    Cutoff::Closing => "the class closes",
                    Cutoff::Closed => "the class is closed",
                    Cutoff::MaxWait => "the longest wait is over",
                };
                format!("{} is disconnected after {}: {why}", self.who(visit), waited(visit))
            }
            Fact::Deflected { visit, how } => {
                let what = match how {
                    Deflection::Message => "hears a message",
                    Deflection::Diverted(_) => "is sent on",
                    Deflection::CallbackAccepted => "accepts a call back",
                    Deflection::CallbackAfterMaxWait => "hangs up to be called back",
                };
                format!("{} {what} after {}", self.who(visit), waited(visit))
            }
            Fact::Entered { visit, how } => {
                let how = match how {
                    Entry::Outside => return,
                    Entry::Transfer => "is transferred to",
                    Entry::Escalation => "is escalated to",
                    Entry::Diversion => "comes to",
                    Entry::Callback => "waits for a call of",
                };
                format!("{} {how} {}", self.who(visit), self.class(visit.class))
            }
            Fact::Queued { visit } => format!("{} waits", self.who(visit)),
            Fact::Answered { visit, group, agent, .. } => {
                format!(
                    "{} answered by {} after {}",
                    self.who(visit),
                    self.agent(group, agent),
                    waited(visit)
                )
            }
            Fact::Abandoned { visit } => format!("{} leaves after {}", self.who(visit), waited(visit)),
            Fact::TransferRefused { visit, .. } => format!("{} transfer refused", self.who(visit)),
            Fact::TalkEnded { visit, talk, end, .. } => {
                let end = match end {
                    TalkEnd::Resolved => "solved",
                    TalkEnd::Unresolved => "not solved",
                    TalkEnd::HandedOn => "handed on",
                    TalkEnd::Escalated => "escalated",
                    TalkEnd::Promised => "promised",
                    TalkEnd::Dropped => "dropped",
                };
                format!("{} talked {talk}, {end}", self.who(visit))
            }
            Fact::Rings { group, agent, visit, .. } => {
                format!("{} rings at {}", self.who(visit), self.agent(group, agent))
            }
            Fact::RangInVain { group, agent, rang, .. } => {
                format!("{} is free after ringing {rang}", self.agent(group, agent))
            }
            Fact::ConferenceBegan { group, agent, visit, .. } => {
                format!("{} joins {}", self.agent(group, agent), self.who(visit))
            }
            Fact::ConferenceEnded { group, agent, lasted, .. } => {
                format!("{} has conferred {lasted}", self.agent(group, agent))
            }
            Fact::WrappedUp { group, agent, acw, .. } => {
                format!("{} wrapped up {acw}", self.agent(group, agent))
            }
            Fact::Promised { group, due, .. } => {
                let group = &self.scenario.groups[group.index()].name;
                format!("{group} will call within {}", due.since(now))
            }
            Fact::CallbackDialled { group, agent, .. } => format!("{} dials", self.agent(group, agent)),
            Fact::CallbackReached { kept, .. } => {
                format!("reached, {}", if kept { "kept" } else { "too late" })
            }
            Fact::CallbackMissed { dialling, .. } => format!("nobody there after {dialling}"),
            Fact::PromiseBroken { .. } => "promise broken".to_owned(),
            Fact::CaseClosed { is_cut, .. } => (if is_cut { "case cut" } else { "case closed" }).to_owned(),
            Fact::Planned { .. } | Fact::LoggedIn { .. } | Fact::LoggedOut { .. } if !self.with_staffing => {
                return;
            }
            Fact::Planned { group, agents } => {
                format!("plan of {} is {agents}", self.scenario.groups[group.index()].name)
            }
            Fact::LoggedIn { group, agent, why: LogReason::Plan | LogReason::OffPhone } => {
                format!("{} logs in", self.agent(group, agent))
            }
            Fact::LoggedIn { group, agent, why: LogReason::Break } => {
                format!("{} comes back from a break", self.agent(group, agent))
            }
            Fact::LoggedOut { group, agent, why: LogReason::Plan | LogReason::OffPhone } => {
                format!("{} logs out", self.agent(group, agent))
            }
            Fact::LoggedOut { group, agent, why: LogReason::Break } => {
                format!("{} goes on a break", self.agent(group, agent))
            }
        };
        let since_start = now.0 as f64 - self.scenario.almanac.counting_starts().0 as f64;
        writeln!(self.story, "{} {what}", since_start / 1e6).expect("a string takes any text");
    }
}
