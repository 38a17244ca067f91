//! Laws that hold in any scenario: whole random centres are made and run.
//!
//! A failure prints the scenario that reproduces it.

use std::collections::{BTreeMap, BTreeSet};

use holdtime::experiment::{Settings, Unattended, replicate};
use holdtime::model::fact::{Entry, Fact, Observer, Origin, VisitKind};
use holdtime::model::{Centre, Rules, RunEnd};
use holdtime::random::Key;
use holdtime::scenario::{self, Scenario};
use holdtime::units::{ClassId, SimTime, Span};
use proptest::prelude::*;

struct Text(String);

impl scenario::Source for Text {
    fn read(&self, _path: &str) -> Result<Vec<u8>, scenario::SourceError> {
        Ok(self.0.clone().into_bytes())
    }
}

fn load(text: &str) -> Scenario {
    match scenario::load("random.toml", &[], &Text(text.to_owned())) {
        Ok(loaded) => loaded.scenario,
        Err(problems) => panic!("{text}\n{}", problems.render(scenario::Paint::Plain)),
    }
}

/// What the laws look at.
#[derive(Default)]
struct Books {
    fresh: BTreeSet<(ClassId, SimTime, Key)>,
    /// Talk and after-call work of first visits, by contact.
    handling: BTreeMap<Key, (Span, Span)>,
    /// Patience of those who left from their first visit, by contact.
    patience: BTreeMap<Key, Span>,
    /// Case of each contact that is there or has been announced.
    case_of: BTreeMap<Key, Key>,
    contacts_of_case: BTreeMap<Key, u16>,
    entered: u64,
    ended: u64,
    waiting: BTreeMap<(Key, u16), SimTime>,
    offered: u64,
    /// Offered, or refused outside opening hours.
    attempts: u64,
    contacts_ended: u64,
    left_open: u64,
    cases: BTreeSet<Key>,
    cases_closed: BTreeSet<Key>,
    staffed: BTreeMap<u16, i64>,
    busy: BTreeMap<u16, i64>,
    most_transfers: u16,
    broken: Vec<String>,
}

impl Books {
    fn busy(&mut self, group: u16, change: i64) {
        let busy = self.busy.entry(group).or_default();
        *busy += change;
        let staffed = self.staffed.get(&group).copied().unwrap_or_default();
        if *busy < 0 || *busy > staffed {
            self.broken.push(format!("group {group}: {busy} busy of {staffed}"));
        }
    }

    /// The contact `next` is announced by `contact`: both are of one case.
    fn follows(&mut self, contact: Key, next: Key) {
        match self.case_of.get(&contact) {
            Some(&case) => drop(self.case_of.insert(next, case)),
            None => self.broken.push(format!("{contact:?} of no case announces {next:?}")),
        }
    }

    fn leaves_queue(&mut self, who: (Key, u16), now: SimTime) {
        match self.waiting.remove(&who) {
            Some(since) if since <= now => {}
            other => self.broken.push(format!("{who:?} leaves the queue at {now:?}, joined {other:?}")),
        }
    }
}

impl Observer for Books {
    fn on(&mut self, now: SimTime, fact: &Fact<'_>) {
        match *fact {
            Fact::Offered { visit, origin } | Fact::Refused { visit, origin } => {
                self.offered += u64::from(matches!(fact, Fact::Offered { .. }));
                self.attempts += 1;
                if origin == Origin::Fresh {
                    self.fresh.insert((visit.class, now, visit.contact));
                    self.cases.insert(visit.contact);
                    self.case_of.insert(visit.contact, visit.contact);
                }
                if let Some(case) = self.case_of.get(&visit.contact) {
                    *self.contacts_of_case.entry(*case).or_default() += 1;
                } else {
                    self.broken.push(format!("contact {:?} comes unannounced", visit.contact));
                }
            }
            Fact::TalkEnded { visit, talk, .. } if visit.kind == VisitKind::Inbound && visit.leg == 0 => {
                self.handling.insert(visit.contact, (talk, Span::ZERO));
            }
            Fact::TalkEnded { .. } => {}
            Fact::WillReturn { visit, next, .. } => self.follows(visit.contact, next),
            Fact::Promised { visit, callback, .. } => self.follows(visit.contact, callback),
            Fact::Entered {
                how: Entry::Outside | Entry::Transfer | Entry::Escalation | Entry::Diversion,
                ..
            } => self.entered += 1,
            Fact::Queued { visit } => {
                self.waiting.insert((visit.contact, visit.leg), now);
            }
            Fact::Answered { visit, group, was_queued, rang, .. } => {
                self.ended += 1;
                if was_queued || rang > Span::ZERO {
                    self.leaves_queue((visit.contact, visit.leg), now);
                }
                self.busy(group.0, i64::from(rang == Span::ZERO));
            }
            Fact::Rings { visit, group, was_queued, .. } => {
                if !was_queued {
                    self.waiting.insert((visit.contact, visit.leg), now);
                }
                self.busy(group.0, 1);
            }
            Fact::RangInVain { group, .. } => self.busy(group.0, -1),
            Fact::Abandoned { visit } => {
                self.ended += 1;
                self.leaves_queue((visit.contact, visit.leg), now);
                // Who balks in one run may be with an agent in the other.
                if visit.leg == 0 && now > visit.entered {
                    self.patience.insert(visit.contact, now.since(visit.entered));
                }
            }
            Fact::Disconnected { visit, why } => {
                self.ended += 1;
                if why.was_queued() {
                    self.leaves_queue((visit.contact, visit.leg), now);
                }
            }
            Fact::Deflected { visit, .. } => {
                self.ended += 1;
                self.leaves_queue((visit.contact, visit.leg), now);
            }
            // Only a run that is cut leaves anybody open here: patience ends every wait.
            Fact::LeftOpen { visit } => {
                self.waiting.remove(&(visit.contact, visit.leg));
                if visit.kind == VisitKind::Inbound {
                    self.ended += 1;
                    self.contacts_ended += 1;
                    self.left_open += 1;
                }
            }
            Fact::CallbackDialled { visit, group, .. } => {
                self.waiting.remove(&(visit.contact, visit.leg));
                self.busy(group.0, 1);
                if visit.kind != VisitKind::Callback {
                    self.broken.push("a customer on the line was dialled".to_owned());
                }
            }
            Fact::WrappedUp { visit, group, acw, .. } => {
                self.busy(group.0, -1);
                if let Some(handling) = self.handling.get_mut(&visit.contact).filter(|_| visit.leg == 0) {
                    handling.1 = acw;
                }
            }
            Fact::CallbackMissed { group, .. } | Fact::ConferenceEnded { group, .. } => {
                self.busy(group.0, -1)
            }
            Fact::ConferenceBegan { group, .. } => self.busy(group.0, 1),
            Fact::LoggedIn { group, .. } => *self.staffed.entry(group.0).or_default() += 1,
            Fact::LoggedOut { group, .. } => {
                *self.staffed.entry(group.0).or_default() -= 1;
                self.busy(group.0, 0);
            }
            Fact::ContactEnded { story, .. } => {
                self.contacts_ended += 1;
                self.most_transfers = self.most_transfers.max(story.transfers);
            }
            Fact::CaseClosed { case, .. } => {
                let told = self.contacts_of_case.get(&case.key);
                if told != Some(&case.contacts) {
                    self.broken
                        .push(format!("case {:?}: {} contacts, {told:?} told", case.key, case.contacts));
                }
                if !self.cases_closed.insert(case.key) {
                    self.broken.push(format!("case {:?} closed twice", case.key));
                }
            }
            Fact::IntervalStarted { .. }
            | Fact::OnBreak { .. }
            | Fact::OffPhone { .. }
            | Fact::Blocked { .. }
            | Fact::Entered { how: Entry::Callback, .. }
            | Fact::TransferRefused { .. }
            | Fact::CallbackReached { .. }
            | Fact::PromiseBroken { .. }
            | Fact::HorizonEnded
            | Fact::Planned { .. } => {}
        }
    }
}

fn run(text: &str, seed: u64) -> Books {
    let scenario = load(text);
    let rules = Rules::compile(&scenario);
    let mut books = Books::default();
    assert_eq!(Centre::new(&rules, seed, 0).finish(&mut books), RunEnd::Horizon);
    books
}

const LIMITS: [&str; 5] = [
    "",
    "[policy.transfer_limit]\nper_contact = 1\nat_limit = { keep = {} }\n",
    "[policy.transfer_limit]\nper_contact = 2\nper_case = 3\nat_limit = { drop = {} }\n",
    "[policy.transfer_limit]\nper_contact = 1\nat_limit = { escalate = { to = \"c0\" } }\n",
    "[policy.transfer_limit]\nper_contact = 0\nat_limit = { callback = { group = \"g0\", due = \"10m\", every = \"7m\", attempts = 2 } }\n",
];

const BREAKS: &str = ", breaks = [{ at = \"00:40\", lasts = \"3m\" }, { within = [\"00:50\", \"01:10\"], lasts = \"5m\" }, { within = [\"01:10\", \"01:30\"], lasts = \"5m\", taken = \"when_calm\" }]";

/// Rules of groups with shifts.
const SHIFTS: [&str; 3] = ["", "after_plan = \"stay_until_empty\"\n", "leaving = \"next_to_finish\"\n"];
const OFFERS: [&str; 4] = [
    "",
    "callback_offer = { group = \"g0\", accept = 0.5 }\n",
    "callback_offer = { group = \"g0\", accept = 0.9, due = \"5m\", attempts = 2, every = \"4m\", reached = 0.5, when = { waiting_at_least = 2, nobody_idle = true } }\n",
    "callback_offer = { group = \"g0\", accept = 0.7, when = { expected_wait_above = \"40s\", predictor = \"last_served\" } }\n",
];

const WHENS: [&str; 7] = [
    "",
    "when = { waiting_at_least = 1 }\n",
    "when = { waiting_at_least = 2 }\n",
    "when = { waiting_at_least = 3 }\n",
    "when = { expected_wait_above = \"30s\" }\n",
    "when = { expected_wait_above = \"20s\", predictor = \"head_of_line\", waiting_at_least = 2 }\n",
    "when = { expected_wait_above = \"10s\", predictor = \"last_served\" }\n",
];

/// Who balks: a share, or more the longer the line or the wait.
const BALKS: [&str; 3] = [
    "",
    "balking = { waiting = [[2, 0.2], [4, 0.6]] }\n",
    "balking = { expected_wait = [[10, 0.1], [60, 0.5]], predictor = \"head_of_line\" }\n",
];

/// Dated rules; only with a date.
const DATED: [&str; 3] = [
    "",
    "[[change]]\nfrom = \"2026-03-02T00:30\"\nuntil = \"2026-03-02T01:30\"\nscale = { volume = 1.3, \"class.c0.resolution\" = 0.8 }\n",
    "[[incident]]\nname = \"outage\"\nfrom = \"2026-03-02T00:40\"\nlasts = \"30m\"\nclass = { c0 = 1.8 }\nannouncement = { deflects = 0.3 }\n",
];

/// Who is away though the plan counts on them.
const AWAY: [&str; 4] = [
    "",
    "off_phone = [{ name = \"training\", within = [\"00:20\", \"01:20\"], lasts = \"15m\", persons = 2 }]\n",
    "unplanned_absence = { share = 0.2 }\n",
    "off_phone = [{ name = \"meeting\", within = [\"00:20\", \"01:40\"], lasts = \"20m\", share = 0.5 }]\nunplanned_absence = { share = 0.1 }\n",
];

prop_compose! {
    /// A centre of one to four classes and one to three groups, two hours, half an hour of warm-up, any rules.
    fn centre()(
        rates in proptest::collection::vec(0u32..120, 1..5),
        n_groups in 1usize..4,
        plans in proptest::collection::vec(proptest::collection::vec(0.0f64..6.0, 4), 3),
        takes in proptest::collection::vec(0u32..2, 12),
        patience in 1u32..300,
        balking in 0.0f64..0.3,
        acw in 0u32..60,
        resolution in 0.3f64..1.0,
        transfer in 0.0f64..0.4,
        limit in 0usize..5,
        lines in 2u32..30,
        places in proptest::option::of(0u32..6),
        room in proptest::option::of(0u32..12),
        longest in 0u32..5,
        hours in 0u32..3,
        offer in 0usize..4,
        after in 0u32..40,
        is_pressed in any::<bool>(),
        (order, reserve, least, staffing) in (0usize..3, 0u32..2, 0usize..7, 0usize..5),
        (rings, is_cut) in (0u32..20, any::<bool>()),
        (place, patience_left, from, asks, warm) in (0usize..3, any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()),
        (balks, dated, away, is_tiring, is_continuous) in (0usize..3, 0usize..3, 0usize..4, any::<bool>(), any::<bool>()),
    ) -> String {
        let at_end = if is_cut { "cut" } else { "drain" };
        let mut text = format!("at_end = \"{at_end}\"\n");
        if dated > 0 {
            text += "start = \"2026-03-02\"\n";
        }
        text += "horizon = \"2h\"\nwarm_up = \"30m\"\ninterval = \"30m\"\n[interval_variation]\ncv = 0.2\n";
        let keeps = if patience_left { ", keeps = [\"patience\", \"talk_time\"]" } else { "" };
        for (class, rate) in rates.iter().enumerate() {
            text += &format!(
                "[class.c{class}]\nvolume = {{ per_hour = {rate} }}\ntalk_time = {{ lognormal = {{ mean = 120, cv = 1.1 }} }}\n\
                 after_call_work = {{ exponential = {{ mean = {} }} }}\npatience = {{ exponential = {{ mean = {patience} }} }}\n\
                 {}resolution = {resolution}\n\
                 redial = {{ after_abandon = {{ first = 0.6, later = 0.3, delay = {{ exponential = {{ mean = 200 }} }} }}, after_busy = {{ first = 0.5, delay = {{ constant = 30 }} }}, after_closed = {{ first = 0.4, delay = {{ constant = 100 }} }}{keeps} }}\n\
                 repeat = {{ probability = 0.7, delay = {{ exponential = {{ mean = 900 }} }} }}\n",
                acw + 1,
                if BALKS[balks].is_empty() { format!("balking = {balking}\n") } else { BALKS[balks].to_owned() },
            );
            if rings > 0 && class != 1 {
                text += &format!("answer_delay = {rings}\n");
            }
            if let Some(places) = places.filter(|_| class < 2) {
                text += &format!("waiting_places = {places}\n");
            }
            text += &format!("order = \"{}\"\n", ["fifo", "lifo", "random"][order]);
            if order == 0 && class == 1 {
                text += "score = { base = 20, per_second = 2, after_transfer = 100 }\n";
            }
            match longest {
                1 => text += "max_wait = { after = 40, then = \"message\" }\n",
                2 => text += "max_wait = { after = 40, then = \"disconnect\" }\n",
                4 => text += "max_wait = { after = 40, then = { callback = { group = \"g0\", due = \"5m\", attempts = 2, every = \"4m\", reached = 0.5 } } }\n",
                3 if class > 0 => text += "max_wait = { after = 40, then = { class = \"c0\" } }\n",
                _ => {}
            }
            match hours {
                1 if class < 2 => text += "open = { all = [\"00:00-00:30\", \"01:00-02:00\"] }\nat_closing = \"disconnect\"\n",
                2 => text += "open = { all = \"00:30-01:30\" }\n",
                _ => {}
            }
            if class != 1 {
                text += OFFERS[offer];
            }
            if asks {
                text += "consult = [{ group = \"g0\", probability = 0.4, time = { exponential = { mean = 40 } } }]\n";
            }
            text += &format!("[[class.c{class}.transfer]]\nto = \"c{}\"\nprobability = {transfer}\n", (class + 1) % rates.len());
            if order == 0 {
                text += &format!("place = \"{}\"\n", ["end", "front", "by_first_wait"][place]);
            }
            for (is_used, line) in [
                (patience_left, "patience = \"rest\"\n"),
                (from, "from = \"g0\"\n"),
                (warm, "warm = { time = { constant = 20 } }\n"),
            ] {
                if is_used {
                    text += line;
                }
            }
        }
        for (group, plan) in plans.iter().enumerate().take(n_groups) {
            // Group 0 takes every class, so that each class is served by someone.
            let takes: Vec<String> = (0..rates.len())
                .filter(|class| group == 0 || takes[(group * 4 + class) % 12] == 1)
                .map(|class| format!("[\"c{class}\"]"))
                .collect();
            let takes = if takes.is_empty() { "[\"c0\"]".to_owned() } else { takes.join(", ") };
            let plan: Vec<String> = plan.iter().map(|agents| format!("{:.2}", agents + f64::from(u8::from(group == 0)))).collect();
            text += &format!("[group.g{group}]\ntakes = [{takes}]\n");
            let breaks = if staffing + group > 1 { "" } else { BREAKS };
            text += &match SHIFTS.get(staffing + group) {
                Some(rule) => format!(
                    "staffing.shifts = [{{ from = \"00:07\", lasts = \"50m\", agents = {} }}, {{ from = \"00:31\", to = \"01:43\", agents = {} {breaks} }}, {{ from = \"23:00\", to = \"01:10\", agents = {} }}, {{ from = \"23:00\", lasts = \"24h\", agents = {} }}]\n{rule}",
                    plan[0],
                    plan[1],
                    plan[2],
                    // Promises to call back are kept after the horizon too.
                    u8::from(group == 0)
                ),
                None => format!("agents = [{}]\n", plan.join(", ")),
            };
            let is_away = AWAY[(away + group) % AWAY.len()];
            // Sessions off the phone are for persons who stay to the end of their shift, or for counted agents.
            if !(is_away.starts_with("off_phone") && text.ends_with("next_to_finish\"\n")) {
                text += is_away;
            }
            if group == 0 && reserve > 0 {
                text += &format!("skill.c0 = {{ idle_reserve = {reserve} }}\n");
            }
        }
        text += &format!("[lines.all]\nlines = {lines}\n");
        if let Some(room) = room {
            text += &format!("waiting_places = {room}\n");
        }
        text += &format!("[[routing.c0.tier]]\ngroups = [\"g0\"]\nafter = {after}\n");
        text += WHENS[least];
        text += DATED[dated];
        // Counted agents may be changed by date, shifts by their days.
        if dated == 1 && staffing >= SHIFTS.len() {
            text += "[[change]]\nfrom = \"2026-03-02T01:00\"\nscale = { \"group.g0.staffing\" = 0.6 }\n";
        }
        text += LIMITS[limit];
        if is_pressed {
            text += "[policy.pressure]\naht_target = \"90s\"\ncompliance = 0.5\nelasticity = 0.5\nsignal = \"waiting_per_agent\"\nspeed = { linear = [[0, 1.0], [2, 1.4]] }\ncap = { at = \"5m\", probability = 0.5 }\n";
            if is_continuous {
                text += "applied = \"continuously\"\n";
            }
            if is_tiring {
                text += "fatigue = { above = 0.5, per_hour = 0.1 }\n";
            }
        }
        text
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_and_nobody_is_in_two_places(text in centre(), seed in 0u64..1_000) {
        let books = run(&text, seed);
        prop_assert!(books.broken.is_empty(), "{}\n{:?}", text, books.broken);
        prop_assert_eq!(books.entered, books.ended, "patience ends every wait\n{}", text);
        prop_assert_eq!(books.offered, books.contacts_ended, "{}", text);
        prop_assert!(books.left_open == 0 || text.contains("\"cut\""), "{}", text);
        prop_assert_eq!(&books.cases, &books.cases_closed, "{}", text);
        prop_assert!(books.waiting.is_empty(), "{}", text);
        prop_assert!(books.busy.values().all(|&busy| busy == 0), "{}", text);
        let most = match () {
            () if text.contains("per_contact = 0") => 0,
            () if text.contains("per_contact = 1") => 1,
            () if text.contains("per_contact = 2") => 2,
            () => u16::MAX,
        };
        prop_assert!(books.most_transfers <= most, "{}", text);
    }

    #[test]
    fn more_volume_only_adds_contacts(text in centre(), seed in 0u64..1_000, more in 1.0f64..1.5) {
        let before = run(&text, seed).fresh;
        let after = run(&format!("{text}[scale]\nvolume = {more}\n"), seed).fresh;
        prop_assert!(before.is_subset(&after), "{}", text);
    }

    /// Who a customer is does not depend on who serves or who else calls: whoever comes in both runs talks as long, and
    /// has as much patience. Pressure and conferences are left out, since they are what makes talk depend on others.
    #[test]
    fn a_new_queue_or_agent_changes_no_customer(text in centre(), seed in 0u64..1_000) {
        let text = text.split("[policy.pressure]").next().expect("a text");
        let is_alone = |line: &&str| !line.starts_with("consult") && !line.starts_with("warm");
        let text = text.lines().filter(is_alone).fold(String::new(), |text, line| text + line + "\n");
        let before = run(&text, seed);
        let more_agents = run(&format!("{text}[scale]\nstaffing = 1.5\n"), seed);
        prop_assert_eq!(&before.fresh, &more_agents.fresh);
        let new_queue = format!(
            "{text}[class.zzz]\nvolume = {{ per_hour = 50 }}\ntalk_time = {{ constant = 60 }}\n[group.zzz]\nagents = 2\ntakes = [[\"zzz\"]]\n"
        );
        let with_queue = run(&new_queue, seed);
        let keys = |books: &Books| books.fresh.iter().map(|&(_, at, key)| (at, key)).collect::<BTreeSet<_>>();
        prop_assert!(keys(&before).is_subset(&keys(&with_queue)));
        for after in [&more_agents, &with_queue] {
            let mut met_again = 0;
            for (contact, handling) in &before.handling {
                if let Some(other) = after.handling.get(contact) {
                    prop_assert_eq!(handling, other, "{:?}\n{}", contact, &text);
                    met_again += 1;
                }
            }
            prop_assert!(met_again > 0 || before.handling.len() < 20, "nobody is answered in both\n{}", &text);
            for (contact, patience) in &before.patience {
                if let Some(other) = after.patience.get(contact) {
                    prop_assert_eq!(patience, other, "{:?}\n{}", contact, &text);
                }
            }
        }
    }

    #[test]
    fn a_case_can_be_followed_from_fact_to_fact(text in centre(), seed in 0u64..1_000) {
        let books = run(&text, seed);
        prop_assert!(books.broken.is_empty(), "{}\n{:?}", text, books.broken);
        let told: u64 = books.contacts_of_case.values().map(|&contacts| u64::from(contacts)).sum();
        prop_assert_eq!((told, books.contacts_of_case.len()), (books.attempts, books.cases.len()), "{}", text);
    }

    #[test]
    fn the_audit_finds_every_law_kept(text in centre(), seed in 0u64..1_000, is_patient in any::<bool>()) {
        // Without patience some centres leave customers waiting for ever.
        let text = if is_patient {
            text.lines().filter(|line| !line.starts_with("patience") && !line.starts_with("balking")).collect::<Vec<_>>().join("\n")
        } else {
            text
        };
        let settings = Settings { replications: Some(1), seed, ..Settings::default() };
        let outcome = replicate(&load(&text), &settings, &Unattended).expect("a result");
        prop_assert!(outcome.audit.is_empty(), "{}\n{:#?}", text, outcome.audit);
    }

    #[test]
    fn the_same_seed_gives_the_same_story(text in centre(), seed in 0u64..1_000) {
        let (one, two) = (run(&text, seed), run(&text, seed));
        prop_assert_eq!(one.fresh, two.fresh);
        prop_assert_eq!((one.offered, one.entered), (two.offered, two.entered));
    }
}
