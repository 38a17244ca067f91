//! Rules: the checked scenario compiled to dense tables; made once, shared by all replications and threads.
//!
//! Invariant: compiling cannot fail, since the scenario was checked; looking a rule up is indexing.

use crate::random::{Dist, Stream};
use crate::scenario::Almanac;
use crate::scenario::checked::{
    AfterPlan, AgentChoice, ArrivalKind, AtEnd, AtLimit, BalkingSignal, CallbackOffer, Class, DatedSkill,
    Fatigue, Group, Law, LawSpan, MaxWait, NextClass, OpeningHours, Predictor, QueueOrder, RedialKeeps,
    Roster, RouteTier, Scenario, Score, SkillTalk, TransferPlace, Uncertainty,
};
use crate::units::{ClassId, GroupId, LaneId, LinePoolId, Span};

use super::attendance::AttendanceRules;
use super::conditions::Condition;
use super::dated;
use super::day_factors::DayMemory;
use super::off_phone::OffPhoneRules;
use super::pressure::PressureRules;
use super::sequence;

/// All rules of a centre.
#[derive(Clone, Debug)]
pub struct Rules {
    pub(super) almanac: Almanac,
    pub(super) classes: Vec<ClassRules>,
    pub(super) groups: Vec<GroupRules>,
    pub(super) lanes: Vec<LaneRules>,
    /// Lines of each pool.
    pub(super) pools: Vec<u32>,
    /// Places of each waiting room: of a class, or of a pool of lines.
    pub(super) rooms: Vec<u32>,
    /// Classes that cut off who waits at closing.
    pub(super) cutting: Vec<ClassId>,
    pub(super) transfer_limit: LimitRules,
    pub(super) contacts_per_case: u16,
    pub(super) case_window: Span,
    pub(super) uncertainty: Uncertainty,
    pub(super) at_end: AtEnd,
    /// Whether any date changes a share, or the talk of a group.
    pub(super) has_dated_factors: bool,
    /// Whether any class has an endless backlog.
    pub(super) has_backlog: bool,
    /// How days hang together; `None`: not at all.
    pub(super) day_memory: Option<DayMemory>,
    /// Width of a bucket of the agenda; no result depends on it.
    pub(super) bucket: Span,
    /// Whether any group's pressure reads the last interval's occupancy.
    pub(super) reads_occupancy: bool,
    /// Whether any tier chooses who was busy least, or agents tire: then each agent's idle time is added up.
    pub(super) watches_agents: bool,
    /// Whether any rule reads the wait of the visit that was served last.
    pub(super) reads_last_waits: bool,
    /// Whether any group's pressure acts on talk in progress.
    pub(super) has_paces: bool,
    /// Whether redials of any class keep a draw.
    pub(super) keeps_draws: bool,
}

/// What customers of a class do; what every visit asks for stands in the first line of the cache.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub(super) struct ClassRules {
    /// As `class` has it.
    pub line_pool: Option<LinePoolId>,
    /// Whether there is a `gate`.
    pub has_gate: bool,
    /// Whether an agent of the class ever consults another.
    pub consults: bool,
    /// As `class` has it.
    pub answer_delay: Span,
    /// Who draws more than this wants no transfer.
    pub transfers_below: f64,
    /// Lanes of the branches with cumulated shares; the last share is 1.
    pub branches: Vec<(f64, LaneId)>,

    pub class: Class,
    pub arrivals: ArrivalRules,
    /// Gamma factor of a day, the part common to all classes; `None` for none.
    pub day_common: Option<Dist>,
    /// Gamma factor of a day, the class's own part.
    pub day_own: Option<Dist>,
    /// Gamma factor of an interval.
    pub interval_noise: Option<Dist>,
    /// Where promised callbacks of this class wait, by the group that calls.
    pub callback_lanes: Vec<(GroupId, LaneId)>,
    /// What may keep a visit from entering or waiting; `None`: nothing.
    pub gate: Option<Gate>,
}

/// What may keep a visit from entering or waiting.
#[derive(Clone, Debug)]
pub(super) struct Gate {
    /// Positions of the waiting rooms in which a visit needs a place.
    pub rooms: Vec<usize>,
    /// The longest wait, and what follows it.
    pub max_wait: Option<MaxWait>,
    /// When the class is open; `None`: always.
    pub hours: Option<OpeningHours>,
    /// A call back in place of waiting.
    pub offer: Option<CallbackOffer>,
}

/// How fresh contacts follow from the rate.
#[derive(Clone, Debug)]
pub(super) enum ArrivalRules {
    /// Independently of one another.
    Poisson,
    /// An exact total at independent places, one of the warm-up and one of what is counted.
    FixedTotal {
        /// Expected contacts up to the begin of each interval, and to the end of the last.
        cumulated: Vec<f64>,
        /// Intervals of the warm-up.
        warm_up: usize,
    },
    /// With gaps of this law, sped up and slowed down by the rate.
    Renewal(Dist),
}

/// What the agents of a group do.
#[derive(Clone, Debug)]
pub(super) struct GroupRules {
    /// Planned agents by interval.
    pub plan: Vec<f64>,
    /// Factor on talk by interval; empty: none.
    pub dated_talk: Vec<f64>,
    pub dated_skills: Vec<DatedSkill>,
    /// Persons with shifts, in place of the plan.
    pub roster: Option<Roster>,
    pub after_plan: AfterPlan,
    pub off_phone: OffPhoneRules,
    pub attendance: AttendanceRules,
    /// Classes that the group takes.
    pub n_classes: usize,
    /// Lanes an agent who becomes free looks at: tiers in order.
    pub takes: Vec<TakesTier>,
    /// By class; `None` for classes that the group does not take.
    pub skills: Vec<Option<SkillRules>>,
    pub pressure: Option<PressureRules>,
}

/// How a group handles a class: one line of the cache.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub(super) struct SkillRules {
    /// Of the class or of the skill.
    pub talk: Law,
    pub talk_factor: f64,
    /// Of the class.
    pub after_call_work: Law,
    pub resolution: f64,
}

impl SkillRules {
    /// Handling of `class` by its own laws.
    fn of(class: &Class, talk_factor: f64, resolution: f64) -> Self {
        let (talk, after_call_work) = (class.talk_time.clone(), class.after_call_work.clone());
        Self { talk, talk_factor, after_call_work, resolution }
    }
}

/// Lanes of equal rank for an agent who becomes free.
#[derive(Clone, Debug)]
pub(super) struct TakesTier {
    pub lanes: Vec<LaneAccess>,
    pub next: NextVisit,
}

/// Which lane's first visit goes before the others'.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NextVisit {
    LongestWait,
    /// Some class has a score of its own.
    HighestScore,
}

/// A lane and from which wait on a group may take its visits.
#[derive(Clone, Copy, Debug)]
pub(super) struct LaneAccess {
    pub lane: LaneId,
    pub after: Span,
    pub looks: Looks,
    pub condition: Option<Condition>,
}

/// What an agent sees of a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looks {
    /// The first visit: if it has not waited long enough, none has.
    AtFirst,
    /// All: one behind the first may have waited longer.
    BehindToo,
}

/// Where a visit joins a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    End,
    Front,
    /// Anywhere with the same probability: then each who waits is as likely to be first as any other.
    Anywhere,
    /// Before those with a lower score, which all rise by the same: the order stays right.
    ByScore,
}

/// One waiting line and who serves it.
#[derive(Clone, Debug)]
pub(super) struct LaneRules {
    pub class: ClassId,
    pub tiers: Vec<RouteTier>,
    /// Every group of the tiers, once.
    pub groups: Vec<GroupId>,
    /// Mean handling of the class in each of these groups, in seconds.
    pub handling: Vec<f64>,
    /// Agents of a group that stay idle for other classes; groups without a reserve are not listed.
    pub reserves: Vec<(GroupId, u32)>,
    /// Whether a tier or a group has a condition beyond the wait.
    pub is_conditional: bool,
    pub place: Place,
    pub score: Score,
    /// Whether visits waiting here are part of the signal that pressure reads.
    pub is_inbound: bool,
    /// Positions of the waiting rooms in which visits here have a place.
    pub rooms: Vec<usize>,
}

/// The limit on transfers.
#[derive(Clone, Debug)]
pub(super) struct LimitRules {
    /// `u16::MAX` stands for no limit: a contact never has that many.
    pub per_contact: u16,
    pub per_case: u16,
    pub at_limit: AtLimit,
}

impl Rules {
    /// Compiles a scenario.
    #[must_use]
    pub fn compile(scenario: &Scenario) -> Self {
        let promising_group = match scenario.transfer_limit.at_limit {
            AtLimit::Callback(rule) => Some(rule.group),
            AtLimit::Keep { .. } | AtLimit::Escalate { .. } | AtLimit::Drop => None,
        };
        let mut lanes = Vec::new();
        let mut rooms: Vec<u32> = Vec::new();
        let mut room = |places: Option<u32>| {
            places.map(|places| {
                rooms.push(places);
                rooms.len() - 1
            })
        };
        let of_pools: Vec<Option<usize>> =
            scenario.line_pools.iter().map(|pool| room(pool.waiting_places)).collect();
        let classes: Vec<ClassRules> = (0..)
            .zip(&scenario.classes)
            .map(|(id, class)| {
                let of_pool = class.line_pool.and_then(|pool| of_pools[pool.index()]);
                let rooms: Vec<usize> = room(class.waiting_places).into_iter().chain(of_pool).collect();
                compile_class(ClassId(id), class, rooms, scenario, promising_group, &mut lanes)
            })
            .collect();
        for class in transfers_ahead(scenario) {
            for &(_, lane) in &classes[class.index()].branches {
                lanes[lane.index()].place = Place::ByScore;
            }
        }
        let groups: Vec<GroupRules> = (0..)
            .zip(&scenario.groups)
            .map(|(id, group)| compile_group(GroupId(id), group, scenario, &classes, &lanes))
            .collect();
        Self {
            almanac: scenario.almanac.clone(),
            pools: scenario.line_pools.iter().map(|pool| pool.lines).collect(),
            transfer_limit: LimitRules {
                per_contact: limit(scenario.transfer_limit.per_contact),
                per_case: limit(scenario.transfer_limit.per_case),
                at_limit: scenario.transfer_limit.at_limit.clone(),
            },
            contacts_per_case: u16::try_from(scenario.contacts_per_case).unwrap_or(u16::MAX),
            case_window: scenario.case_window,
            uncertainty: scenario.uncertainty,
            at_end: scenario.at_end,
            has_dated_factors: dated::has_dated_factors(scenario),
            has_backlog: scenario.classes.iter().any(|class| class.is_endless),
            day_memory: DayMemory::new(scenario.day_variation.lag1),
            rooms,
            cutting: (0..)
                .map(ClassId)
                .zip(&scenario.classes)
                .filter(|(_, class)| class.cuts_off_at_closing())
                .map(|(id, _)| id)
                .collect(),
            bucket: bucket_width(scenario),
            reads_occupancy: groups
                .iter()
                .any(|g| g.pressure.as_ref().is_some_and(PressureRules::reads_occupancy)),
            has_paces: groups.iter().any(|g| g.pressure.as_ref().is_some_and(PressureRules::is_continuous)),
            watches_agents: lanes
                .iter()
                .flat_map(|lane| &lane.tiers)
                .any(|tier| tier.choose == AgentChoice::LeastOccupied)
                || groups.iter().any(|group| group.fatigue().is_some()),
            reads_last_waits: {
                let of_offers = classes.iter().filter_map(|class| class.class.callback_offer);
                let of_offers = of_offers.filter_map(|offer| offer.when.expected_wait_above);
                let tiers = lanes.iter().flat_map(|lane| &lane.tiers);
                let mut read = of_offers.chain(tiers.filter_map(|tier| tier.expected_wait_above));
                let by_last = BalkingSignal::ExpectedWait(Predictor::LastServed);
                let mut balking = classes.iter().filter_map(|class| class.class.balking_by_load.as_ref());
                read.any(|(predictor, _)| predictor == Predictor::LastServed)
                    || balking.any(|by_load| by_load.signal == by_last)
            },
            keeps_draws: classes.iter().any(|class| class.class.redial_keeps != RedialKeeps::default()),
            classes,
            groups,
            lanes,
        }
    }

    /// The class whose visits wait in `lane`.
    #[must_use]
    pub fn class_of(&self, lane: LaneId) -> ClassId {
        self.lanes[lane.index()].class
    }

    /// How many lanes there are; their ids are 0 … n − 1.
    #[must_use]
    pub fn n_lanes(&self) -> usize {
        self.lanes.len()
    }

    /// To whom visits of `lane` are offered, best first.
    #[must_use]
    pub fn tiers_of(&self, lane: LaneId) -> &[RouteTier] {
        &self.lanes[lane.index()].tiers
    }

    /// Whether customers wait on the line in `lane`; if not, it holds promised callbacks.
    #[must_use]
    pub fn is_inbound(&self, lane: LaneId) -> bool {
        self.lanes[lane.index()].is_inbound
    }
}

impl GroupRules {
    /// What hard hours do to agents, if anything.
    pub fn fatigue(&self) -> Option<&Fatigue> {
        self.pressure.as_ref()?.fatigue.as_ref()
    }
}

impl ClassRules {
    /// The branch for a uniform draw.
    pub fn lane(&self, uniform: f64) -> LaneId {
        let branch = self.branches.iter().find(|&&(up_to, _)| uniform < up_to);
        branch.unwrap_or(&self.branches[self.branches.len() - 1]).1
    }

    /// Where the class's callbacks by `group` wait.
    pub fn callback_lane(&self, group: GroupId) -> LaneId {
        let lane = self.callback_lanes.iter().find(|(of, _)| *of == group);
        lane.expect("each group that a class's promises name has a lane for them").1
    }
}

/// A value of `law` for a visit that enters in `interval`.
#[inline(always)]
pub(super) fn draw(law: &Law, interval: u32, almanac: &Almanac, stream: &mut Stream) -> f64 {
    match law {
        Law::Always(dist) => dist.sample(stream),
        Law::ByInterval(_) | Law::Changing(_) => draw_then(law, interval, almanac, stream),
    }
}

/// The same of a law that is not always the same.
#[inline(never)]
fn draw_then(law: &Law, interval: u32, almanac: &Almanac, stream: &mut Stream) -> f64 {
    match law {
        Law::Always(dist) => dist.sample(stream),
        Law::ByInterval(dists) => {
            let slot = almanac.intervals[interval as usize].slot;
            let part = usize::from(slot) * dists.len() / almanac.slots_per_day;
            dists[part.min(dists.len() - 1)].sample(stream)
        }
        Law::Changing(spans) => {
            let at = spans.partition_point(|span| span.from <= interval);
            draw_then(&spans[at.saturating_sub(1)].law, interval, almanac, stream)
        }
    }
}

/// The mean of `law` over the parts of the day, unweighted, and over the parts of the run by their length.
pub(super) fn mean(law: &Law) -> f64 {
    match law {
        Law::Always(dist) => dist.mean(),
        Law::ByInterval(dists) => dists.iter().map(Dist::mean).sum::<f64>() / dists.len() as f64,
        Law::Changing(spans) => {
            let length = |span: &LawSpan| f64::from(span.until - span.from);
            let sum: f64 = spans.iter().map(|span| length(span) * mean(&span.law)).sum();
            sum / spans.iter().map(length).sum::<f64>()
        }
    }
}

/// Mean talk and after-call work of a class in a group, in seconds.
fn mean_handling(group: &Group, id: ClassId, class: &Class) -> f64 {
    let talk = match group.skills.iter().find(|skill| skill.class == id).map(|skill| &skill.talk) {
        Some(SkillTalk::Own(law)) => mean(law),
        Some(SkillTalk::Factor(factor)) => factor * mean(&class.talk_time),
        None => mean(&class.talk_time),
    };
    talk + mean(&class.after_call_work)
}

/// The tiers of `takes`, each apart into ranks of equal mean handling in the group, the shortest first.
fn by_mean_handling(group: &Group, classes: &[ClassRules]) -> Vec<Vec<ClassId>> {
    let handling = |id: &ClassId| mean_handling(group, *id, &classes[id.index()].class);
    let ranked = |tier: &Vec<ClassId>| {
        let mut tier = tier.clone();
        tier.sort_by(|one, other| handling(one).total_cmp(&handling(other)));
        tier.chunk_by(|one, other| handling(one) == handling(other)).map(<[_]>::to_vec).collect::<Vec<_>>()
    };
    group.takes.iter().flat_map(ranked).collect()
}

/// Classes that some transfer enters elsewhere than at the end; their queues are first come, first served otherwise.
fn transfers_ahead(scenario: &Scenario) -> impl Iterator<Item = ClassId> {
    let all = scenario.classes.iter().flat_map(|class| &class.transfers);
    all.filter(|transfer| transfer.place != TransferPlace::End).map(|transfer| transfer.to)
}

fn limit(limit: Option<u32>) -> u16 {
    limit.map_or(u16::MAX, |limit| u16::try_from(limit).unwrap_or(u16::MAX))
}

fn compile_class(
    id: ClassId,
    class: &Class,
    rooms: Vec<usize>,
    scenario: &Scenario,
    promising_group: Option<GroupId>,
    lanes: &mut Vec<LaneRules>,
) -> ClassRules {
    let mut cumulated = 0.0;
    let mut branches = Vec::new();
    for branch in &class.branches {
        cumulated += branch.share;
        branches.push((cumulated, add_lane(lanes, (id, class), scenario, branch.tiers.clone(), true)));
        lanes[branches[branches.len() - 1].1.index()].rooms.clone_from(&rooms);
    }
    let of_limit = promising_group.filter(|_| !class.transfers.is_empty());
    let lane = |group| {
        let choose = AgentChoice::LongestIdle;
        let tier = RouteTier {
            groups: vec![group],
            after: Span::ZERO,
            choose,
            waiting_at_least: 1,
            expected_wait_above: None,
        };
        (group, add_lane(lanes, (id, class), scenario, vec![tier], false))
    };
    let mut callers: Vec<GroupId> = Vec::new();
    for group in of_limit.into_iter().chain(class.promises().map(|rule| rule.group)) {
        if !callers.contains(&group) {
            callers.push(group);
        }
    }
    let callback_lanes = callers.into_iter().map(lane).collect();
    let common = scenario.day_variation.common;
    let almanac = &scenario.almanac;
    let arrivals = match &class.arrivals {
        ArrivalKind::Poisson => ArrivalRules::Poisson,
        ArrivalKind::FixedTotal => ArrivalRules::FixedTotal {
            cumulated: sequence::cumulated(&class.fresh_rate, almanac.interval.as_secs_f64()),
            warm_up: almanac.first_counted(),
        },
        ArrivalKind::Renewal(gap) => ArrivalRules::Renewal(gap.clone()),
    };
    let gate = (!rooms.is_empty()
        || class.max_wait.is_some()
        || class.hours.is_some()
        || class.callback_offer.is_some())
    .then(|| Gate {
        rooms,
        max_wait: class.max_wait,
        hours: class.hours.clone(),
        offer: class.callback_offer,
    });
    let transfers: f64 = class.transfers.iter().map(|transfer| transfer.probability).sum();
    ClassRules {
        line_pool: class.line_pool,
        has_gate: gate.is_some(),
        consults: !class.consults.is_empty(),
        answer_delay: class.answer_delay,
        // A little above the sum, which the draw is held against step by step.
        transfers_below: if class.transfers.is_empty() { -1.0 } else { transfers + 1e-9 },
        arrivals,
        day_common: factor(class.day_variation * common.sqrt()),
        day_own: factor(class.day_variation * (1.0 - common).sqrt()),
        interval_noise: factor(class.interval_variation),
        branches,
        callback_lanes,
        gate,
        class: class.clone(),
    }
}

/// A gamma law with mean 1.
fn factor(cv: f64) -> Option<Dist> {
    (cv > 0.0).then(|| Dist::gamma(1.0, cv).expect("a checked scenario has finite, positive variation"))
}

fn add_lane(
    lanes: &mut Vec<LaneRules>,
    (class, of): (ClassId, &Class),
    scenario: &Scenario,
    tiers: Vec<RouteTier>,
    is_inbound: bool,
) -> LaneId {
    let mut groups: Vec<GroupId> = tiers.iter().flat_map(|tier| tier.groups.iter().copied()).collect();
    groups.sort_unstable();
    groups.dedup();
    let place = match of.order {
        // Promises are kept in the order in which they were made.
        _ if !is_inbound => Place::End,
        QueueOrder::Fifo if of.score.after_transfer > 0.0 => Place::ByScore,
        QueueOrder::Fifo => Place::End,
        QueueOrder::Lifo => Place::Front,
        QueueOrder::Random => Place::Anywhere,
    };
    let reserve = |group: &GroupId| {
        let of = &scenario.groups[group.index()];
        let reserve = if is_inbound {
            of.skills.iter().find(|skill| skill.class == class)?.idle_reserve
        } else {
            of.callback_idle_reserve
        };
        (reserve > 0).then_some((*group, reserve))
    };
    let reserves: Vec<_> = groups.iter().filter_map(reserve).collect();
    lanes.push(LaneRules {
        class,
        is_conditional: !reserves.is_empty() || tiers.iter().any(RouteTier::is_conditional),
        reserves,
        handling: groups
            .iter()
            .map(|group| mean_handling(&scenario.groups[group.index()], class, of))
            .collect(),
        tiers,
        groups,
        place,
        score: of.score,
        is_inbound,
        rooms: Vec::new(),
    });
    LaneId::from_index(lanes.len() - 1)
}

fn compile_group(
    id: GroupId,
    group: &Group,
    scenario: &Scenario,
    classes: &[ClassRules],
    lanes: &[LaneRules],
) -> GroupRules {
    let rules_of = |lane: LaneId| &lanes[lane.index()];
    let access = |lane: LaneId| {
        let position = rules_of(lane).tiers.iter().position(|tier| tier.groups.contains(&id))?;
        let tier = &rules_of(lane).tiers[position];
        let is_by_entry = rules_of(lane).place == Place::End;
        let looks = if is_by_entry || tier.after == Span::ZERO { Looks::AtFirst } else { Looks::BehindToo };
        let rules = &lanes[lane.index()];
        let idle_reserve = rules.reserves.iter().find(|(of, _)| *of == id).map_or(0, |(_, reserve)| *reserve);
        let is_bound = tier.is_conditional() || idle_reserve > 0;
        let condition = is_bound.then_some(Condition { tier: position, idle_reserve });
        Some(LaneAccess { lane, after: tier.after, looks, condition })
    };
    let ranks = match group.next {
        NextClass::Score => group.takes.clone(),
        NextClass::ShortestExpected => by_mean_handling(group, classes),
    };
    let mut takes: Vec<TakesTier> = ranks
        .iter()
        .map(|tier| {
            let lanes = tier.iter().flat_map(|class| &classes[class.index()].branches);
            let is_plain = |class: &ClassId| {
                let ClassRules { class, branches, .. } = &classes[class.index()];
                let is_by_score = |branch: &(f64, LaneId)| rules_of(branch.1).place == Place::ByScore;
                class.score == Score::default() && !branches.iter().any(is_by_score)
            };
            TakesTier {
                lanes: lanes.filter_map(|&(_, lane)| access(lane)).collect(),
                next: if tier.iter().all(is_plain) {
                    NextVisit::LongestWait
                } else {
                    NextVisit::HighestScore
                },
            }
        })
        .collect();
    // Promised callbacks come after every waiting customer.
    takes.push(TakesTier {
        lanes: classes
            .iter()
            .flat_map(|class| &class.callback_lanes)
            .filter_map(|&(_, lane)| access(lane))
            .collect(),
        next: NextVisit::LongestWait,
    });
    let mut skills: Vec<Option<SkillRules>> = vec![None; scenario.classes.len()];
    for skill in &group.skills {
        let class = &scenario.classes[skill.class.index()];
        skills[skill.class.index()] = Some(match &skill.talk {
            SkillTalk::Factor(factor) => SkillRules::of(class, *factor, skill.resolution),
            SkillTalk::Own(law) => {
                SkillRules { talk: law.clone(), ..SkillRules::of(class, 1.0, skill.resolution) }
            }
        });
    }
    let calls_back = |class: &ClassRules| class.callback_lanes.iter().any(|(group, _)| *group == id);
    for (class, skill) in classes.iter().zip(&mut skills) {
        if skill.is_none() && calls_back(class) {
            *skill = Some(SkillRules::of(&class.class, 1.0, class.class.resolution));
        }
    }
    let pressure = group.pressure.as_ref().map(|pressure| {
        let plain_aht = |class: ClassId| {
            let rules = &scenario.classes[class.index()];
            let talk = match &skills[class.index()] {
                Some(skill) => skill.talk_factor * mean(&skill.talk),
                None => mean(&rules.talk_time),
            };
            talk + mean(&rules.after_call_work)
        };
        PressureRules::compile(pressure, scenario.classes.len(), plain_aht)
    });
    GroupRules {
        dated_talk: group.dated_talk.clone(),
        dated_skills: group.dated_skills.clone(),
        plan: group.plan.clone(),
        off_phone: OffPhoneRules::compile(group, scenario.almanac.interval),
        roster: group.roster.clone(),
        after_plan: group.after_plan,
        attendance: AttendanceRules::compile(group),
        n_classes: group.n_classes(),
        takes,
        skills,
        pressure,
    }
}

/// Wide enough for about two events at the mean rate of the run and eight at the peak: few to sort, few to look for.
fn bucket_width(scenario: &Scenario) -> Span {
    let n_intervals = scenario.almanac.n_intervals().max(1);
    let fresh: f64 = scenario.classes.iter().flat_map(|class| &class.fresh_rate).sum();
    // Returns add about a third to the fresh contacts; 4 events a call; 4 events a bucket.
    Span::from_secs_f64(1.0 / (1.3 * fresh / n_intervals as f64).max(1e-3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_visit_asks_for_is_one_line_of_the_cache() {
        assert!(std::mem::offset_of!(ClassRules, class) <= 64);
        assert_eq!(std::mem::size_of::<Option<SkillRules>>(), 64);
    }
}
