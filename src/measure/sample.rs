//! A small scenario and hand-made facts for the tests of this floor and the next.
//!
//! Two classes, `billing` (80/20 and 90/60) and `technical` (80/10 of offered), two groups, `west` (in-house) and
//! `partner`.

use crate::model::fact::{
    Busy, Case, Cause, ContactEnd, ContactStory, Entry, Fact, LogReason, Observer, Origin, TalkEnd, Visit,
    VisitKind,
};
use crate::random::{Dist, Key};
use crate::scenario::almanac::{Almanac, Day, Interval};
use crate::scenario::checked::{
    AfterPlan, AgentChoice, ArrivalKind, AtLimit, Branch, Class, Contract, DayVariation, Group, Law,
    NextClass, QueueOrder, Redial, RedialKeeps, Repeat, RouteTier, Scenario, Score, ServiceLevel,
    ServiceLevelBase, Site, Skill, SkillTalk, Sourcing, TransferLimit, Uncertainty,
};
use crate::units::{ClassId, GroupId, LaneId, SimTime, SiteId, Span};

pub(crate) const BILLING: ClassId = ClassId(0);
pub(crate) const TECHNICAL: ClassId = ClassId(1);
pub(crate) const WEST: GroupId = GroupId(0);
pub(crate) const PARTNER: GroupId = GroupId(1);
/// Seconds of an interval.
pub(crate) const HALF_HOUR: u64 = 1800;

/// The scenario over some half-hours from midnight, Monday 2026-03-23 on, after some of warm-up.
pub(crate) fn scenario(warm_up: usize, horizon: usize) -> Scenario {
    let n = warm_up + horizon;
    let level = |share, seconds, of| ServiceLevel {
        share,
        within: Span::from_secs(seconds),
        of,
        short: Span::from_secs(5),
    };
    let mut billing = class("billing", n);
    billing.service_levels =
        vec![level(0.8, 20, ServiceLevelBase::EnteredLessShort), level(0.9, 60, ServiceLevelBase::Answered)];
    billing.business_unit = "residential".to_owned();
    let mut technical = class("technical", n);
    technical.service_levels = vec![level(0.8, 10, ServiceLevelBase::Offered)];
    let mut west = group("west", n, 0);
    (west.heads, west.contract_hours, west.cost_per_paid_hour) = (Some(4.0), 42.0, 33.0);
    Scenario {
        name: "sample".to_owned(),
        description: String::new(),
        almanac: almanac(warm_up, horizon),
        replications: None,
        classes: vec![billing, technical],
        groups: vec![west, group("partner", n, 1)],
        sites: vec![
            site("west", Sourcing::InHouse, "residential", None),
            site(
                "partner",
                Sourcing::Outsourced,
                "",
                Some(Contract {
                    per_minute: 0.6,
                    per_call: 1.0,
                    per_hour: 0.0,
                    per_resolved_case: 0.5,
                    terms: None,
                }),
            ),
        ],
        line_pools: vec![],
        day_variation: DayVariation { common: 0.0, lag1: 0.0 },
        at_end: crate::scenario::checked::AtEnd::Drain,
        uncertainty: Uncertainty::default(),
        transfer_limit: TransferLimit { per_contact: None, per_case: None, at_limit: AtLimit::Drop },
        contacts_per_case: 10,
        case_window: Span::from_secs(HALF_HOUR),
        targets: vec![],
        snapshots: vec![],
        hash: 7,
    }
}

fn almanac(warm_up: usize, horizon: usize) -> Almanac {
    let interval = Span::from_secs(HALF_HOUR);
    let n_days = (warm_up + horizon).div_ceil(48).max(1);
    let first = jiff::civil::date(2026, 3, 23);
    let day = |day: usize| Day {
        date: first.saturating_add(jiff::Span::new().days(day as i64)),
        weekday: (day % 7) as u8,
        is_holiday: false,
    };
    Almanac {
        is_dated: true,
        time_zone: "UTC".to_owned(),
        epoch_start_s: 1_774_224_000,
        interval,
        warm_up: interval * warm_up as u64,
        horizon: interval * horizon as u64,
        slots_per_day: 48,
        intervals: (0..warm_up + horizon)
            .map(|i| Interval { day: (i / 48) as u32, slot: (i % 48) as u16 })
            .collect(),
        days: (0..n_days).map(day).collect(),
    }
}

fn seconds(mean: f64) -> Law {
    Law::Always(Dist::exponential(mean).expect("a valid mean"))
}

fn class(name: &str, n_intervals: usize) -> Class {
    let never = Redial { first: 0.0, later: 0.0, delay: None, class: None };
    Class {
        name: name.to_owned(),
        fresh_rate: vec![0.02; n_intervals],
        swing: None,
        is_endless: false,
        dated: crate::scenario::checked::DatedShares::default(),
        arrivals: ArrivalKind::Poisson,
        interval_variation: 0.0,
        day_variation: 0.0,
        talk_time: seconds(200.0),
        after_call_work: seconds(40.0),
        patience: Some(seconds(120.0)),
        balking: 0.0,
        balking_by_load: None,
        resolution: 0.75,
        redial_after_abandon: never.clone(),
        redial_after_busy: never.clone(),
        redial_after_closed: never,
        repeat: Repeat { probability: 0.0, delay: None, class: None },
        transfers: vec![],
        consults: vec![],
        answer_delay: Span::ZERO,
        service_levels: vec![],
        order: QueueOrder::Fifo,
        score: Score::default(),
        branches: vec![Branch {
            name: String::new(),
            share: 1.0,
            tiers: vec![RouteTier {
                groups: vec![WEST, PARTNER],
                after: Span::ZERO,
                choose: AgentChoice::LongestIdle,
                waiting_at_least: 1,
                expected_wait_above: None,
            }],
        }],
        line_pool: None,
        waiting_places: None,
        max_wait: None,
        callback_offer: None,
        redial_keeps: RedialKeeps::default(),
        hours: None,
        business_unit: String::new(),
    }
}

fn group(name: &str, n_intervals: usize, site: u16) -> Group {
    let skill = |class| Skill { class, talk: SkillTalk::Factor(1.0), resolution: 0.75, idle_reserve: 0 };
    Group {
        name: name.to_owned(),
        site: Some(SiteId(site)),
        roster: None,
        off_phone: Vec::new(),
        after_plan: AfterPlan::Leave,
        plan: vec![5.0; n_intervals],
        takes: vec![vec![BILLING, TECHNICAL]],
        next: NextClass::Score,
        skills: vec![skill(BILLING), skill(TECHNICAL)],
        callback_idle_reserve: 0,
        pressure: None,
        heads: None,
        contract_hours: 38.5,
        shrinkage: None,
        unplanned_absence: None,
        dated_talk: vec![],
        dated_skills: vec![],
        dated_heads: vec![],
        surcharge: None,
        cost_per_paid_hour: 0.0,
    }
}

fn site(name: &str, sourcing: Sourcing, unit: &str, contract: Option<Contract>) -> Site {
    Site { name: name.to_owned(), sourcing, business_unit: unit.to_owned(), contract }
}

/// The instant so many seconds after the start of the run.
pub(crate) fn at(seconds: f64) -> SimTime {
    SimTime::ZERO + Span::from_secs_f64(seconds)
}

/// For facts to refer to; tests are short.
pub(crate) fn keep<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// The first visit of contact `number`, entering `class` at `entered` seconds.
pub(crate) fn visit(number: u64, class: ClassId, entered: f64) -> &'static Visit {
    let interval = (entered / HALF_HOUR as f64) as u32;
    keep(Visit {
        contact: Key(number),
        leg: 0,
        kind: VisitKind::Inbound,
        class,
        lane: LaneId(class.0),
        entered: at(entered),
        interval,
        first_class: class,
        arrival_interval: interval,
        cause: Cause::Fresh,
        came_back: false,
    })
}

/// A case of one fresh contact that nobody has answered.
pub(crate) fn case(visit: &Visit) -> Case {
    Case {
        key: visit.contact,
        class: visit.first_class,
        interval: visit.arrival_interval,
        contacts: 1,
        unanswered_in_row: 1,
        transfers: 0,
        wait: Span::ZERO,
        first_answer_ended: None,
        first_answer_resolved: false,
        first_answer_untransferred: false,
        returned_in_window: false,
        resolved: false,
    }
}

/// The same case, answered once.
pub(crate) fn answered_case(visit: &Visit, resolved: bool) -> Case {
    Case {
        unanswered_in_row: 0,
        first_answer_ended: Some(visit.entered),
        first_answer_resolved: resolved,
        first_answer_untransferred: true,
        resolved,
        ..case(visit)
    }
}

/// Facts by hand, in any order.
#[derive(Clone, Default)]
pub(crate) struct Story {
    pub facts: Vec<(SimTime, Fact<'static>)>,
}

impl Story {
    /// Tells the facts in the order of time (at one instant: as they were added), each interval begun in its time.
    pub(crate) fn play(&self, scenario: &Scenario, observer: &mut impl Observer) {
        let interval_us = scenario.almanac.interval.0;
        let mut facts: Vec<(SimTime, Fact<'static>)> = (0..scenario.almanac.n_intervals() as u32)
            .map(|interval| (SimTime(u64::from(interval) * interval_us), Fact::IntervalStarted { interval }))
            .collect();
        facts.push((scenario.almanac.ends(), Fact::HorizonEnded));
        facts.extend(&self.facts);
        facts.sort_by_key(|(now, _)| *now);
        for (now, fact) in &facts {
            observer.on(*now, fact);
        }
    }

    /// `fact` happens so many seconds after the start of the run.
    pub(crate) fn tell(&mut self, seconds: f64, fact: Fact<'static>) {
        self.facts.push((at(seconds), fact));
    }

    pub(crate) fn log_in(&mut self, seconds: f64, group: GroupId, agents: u32) {
        self.tell(seconds, Fact::Planned { group, agents });
        for agent in 0..agents {
            self.tell(seconds, Fact::LoggedIn { group, agent, why: LogReason::Plan });
        }
    }

    /// A fresh contact comes from outside and enters.
    pub(crate) fn arrive(&mut self, visit: &'static Visit) {
        let now = visit.entered.0 as f64 / 1e6;
        self.tell(now, Fact::Offered { visit, origin: Origin::Fresh });
        self.tell(now, Fact::Entered { visit, how: Entry::Outside });
    }

    /// A fresh contact that finds no line; contact and case are over.
    pub(crate) fn block(&mut self, visit: &'static Visit) {
        let now = visit.entered.0 as f64 / 1e6;
        self.tell(now, Fact::Offered { visit, origin: Origin::Fresh });
        self.tell(now, Fact::Blocked { visit, why: Busy::NoLine });
        self.end(now, visit, ContactEnd::Blocked, (Span::ZERO, Span::ZERO), case(visit));
    }

    /// A fresh contact is answered after `wait`, talks and wraps up; contact and case are over unless handed on.
    pub(crate) fn call(
        &mut self,
        visit: &'static Visit,
        group: GroupId,
        (wait, talk, acw): (f64, f64, f64),
        end: TalkEnd,
    ) {
        self.arrive(visit);
        self.handle(visit, group, (wait, talk, acw), end);
        if end != TalkEnd::HandedOn {
            let resolved = end == TalkEnd::Resolved;
            let contact_end = if resolved { ContactEnd::Resolved } else { ContactEnd::Unresolved };
            let now = visit.entered.0 as f64 / 1e6 + wait + talk;
            let (wait, handling) = (Span::from_secs_f64(wait), Span::from_secs_f64(talk + acw));
            self.end(now, visit, contact_end, (wait, handling), answered_case(visit, resolved));
        }
    }

    /// A visit that has entered is answered after `wait`, talks and wraps up.
    pub(crate) fn handle(
        &mut self,
        visit: &'static Visit,
        group: GroupId,
        (wait, talk, acw): (f64, f64, f64),
        end: TalkEnd,
    ) {
        let entered = visit.entered.0 as f64 / 1e6;
        let was_queued = wait > 0.0;
        if was_queued {
            self.tell(entered, Fact::Queued { visit });
        }
        self.tell(entered + wait, Fact::Answered { visit, group, agent: 0, was_queued, rang: Span::ZERO });
        let span = Span::from_secs_f64;
        let talk_fact = Fact::TalkEnded { visit, group, agent: 0, talk: span(talk), end };
        self.tell(entered + wait + talk, talk_fact);
        self.tell(entered + wait + talk + acw, Fact::WrappedUp { visit, group, agent: 0, acw: span(acw) });
    }

    /// A fresh contact waits and leaves; contact and case are over.
    pub(crate) fn lose(&mut self, visit: &'static Visit, wait: f64) {
        self.arrive(visit);
        let entered = visit.entered.0 as f64 / 1e6;
        self.tell(entered, Fact::Queued { visit });
        self.tell(entered + wait, Fact::Abandoned { visit });
        let waited = Span::from_secs_f64(wait);
        self.end(entered + wait, visit, ContactEnd::Abandoned, (waited, Span::ZERO), case(visit));
    }

    /// Contact and case are over.
    pub(crate) fn end(
        &mut self,
        seconds: f64,
        visit: &'static Visit,
        end: ContactEnd,
        (wait, handling): (Span, Span),
        case: Case,
    ) {
        let was_answered = handling > Span::ZERO;
        let story = keep(ContactStory { end, wait, handling, transfers: 0, was_answered });
        self.tell(seconds, Fact::ContactEnded { visit, story });
        self.tell(seconds, Fact::CaseClosed { case: keep(case), is_cut: false });
    }
}
