//! A centre with some of its properties switched off, as close to what a formula knows as they leave it.
//!
//! Works on the checked scenario, as levers do. Invariant: nothing switched off is the scenario itself; whatever is switched off,
//! as many visits are expected in each class and interval, so that the load stays what it was.

use std::collections::{BTreeMap, BTreeSet};

use super::property::{self, Property};
use crate::random::Dist;
use crate::scenario::Scenario;
use crate::scenario::checked::{
    ArrivalKind, AtLimit, Class, DayVariation, Group, Law, LawSpan, NextClass, QueueOrder, RouteTier, Score,
    Skill, SkillTalk, Uncertainty,
};
use crate::staffing::{Pool, pools, talk_s};
use crate::units::{ClassId, GroupId, Span};

/// What the full model showed of a class, in the mean of a replication.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Seen {
    /// Share that abandons.
    pub abandonment: f64,
    /// Contacts and transfers that came.
    pub came: f64,
    /// Fresh contacts among them.
    pub fresh: f64,
}

/// The full model and what its parts are replaced by.
pub(super) struct Centre<'a> {
    pub full: &'a Scenario,
    /// Visits that enter each class in each interval of the almanac, transfers included.
    pub visits: Vec<Vec<f64>>,
    /// Share of each class that abandons.
    abandonment: Vec<f64>,
    /// The pools that hold for most visits, and the groups that are planned then.
    pools: (Vec<Pool>, Vec<bool>),
}

impl<'a> Centre<'a> {
    /// Of the full model and what it showed, class by class.
    ///
    /// Visits are expected where and when the delays of redials and repeats bring them, and as many for each fresh contact as
    /// came in the run: that the run had a few fresh contacts more or less by chance is not carried over.
    pub fn new(full: &'a Scenario, seen: &[Seen]) -> Self {
        let abandonment: Vec<f64> = seen.iter().map(|seen| seen.abandonment).collect();
        let mut visits = full.expected_visits(&abandonment);
        if follows(full) {
            let first = full.almanac.first_counted();
            for ((visits, seen), of_chance) in visits.iter_mut().zip(seen).zip(by_chance(full, seen)) {
                let all: f64 = visits[first..].iter().sum();
                if all > 0.0 && seen.came > 0.0 {
                    visits.iter_mut().for_each(|visits| *visits *= seen.came * of_chance / all);
                }
            }
        }
        let pools = usual_pools(full, &visits);
        Self { full, visits, abandonment, pools }
    }

    /// The properties that the centre has, in the order of [`Property::ALL`].
    pub fn properties(&self) -> Vec<Property> {
        let full = self.full;
        let has = |property: &Property| match property {
            Property::VariableVolume => property::has_variable_volume(full),
            Property::HandlingShape => full.classes.iter().enumerate().any(|(c, class)| {
                let is_used = class.is_endless || self.visits[c].iter().any(|visits| *visits > 0.0);
                let plain = exponential(full, |i| class.talk_time.mean_at(i, &full.almanac));
                let own = |group: &Group| {
                    let id = ClassId::from_index(c);
                    let skill = group.skills.iter().find(|skill| skill.class == id);
                    skill.is_some_and(|skill| match &skill.talk {
                        SkillTalk::Own(law) => {
                            !property::is_same(&exponential(full, |i| law.mean_at(i, &full.almanac)), law)
                        }
                        SkillTalk::Factor(_) => false,
                    })
                };
                is_used
                    && (class.after_call_work.mean() > 0.0
                        || !property::is_same(&plain, &class.talk_time)
                        || full.groups.iter().any(own))
            }),
            Property::PatienceShape => full.classes.iter().any(|class| {
                class.balking_by_load.is_some()
                    || class.patience.as_ref().is_some_and(|law| {
                        !property::is_same(&exponential(full, |i| law.mean_at(i, &full.almanac)), law)
                    })
            }),
            Property::Returns => property::has_returns(full),
            Property::Skills => {
                let mut pooled = full.clone();
                self.pool_skills(&mut pooled);
                routing(&pooled) != routing(full)
            }
            Property::Transfers => property::has_transfers(full),
            Property::Pressure => full.groups.iter().any(|group| group.pressure.is_some()),
            Property::Attendance => property::has_attendance(full),
            Property::Rules => property::has_rules(full),
        };
        Property::ALL.into_iter().filter(has).collect()
    }

    /// The scenario with these switched off.
    pub fn without(&self, off: &BTreeSet<Property>) -> Scenario {
        let mut scenario = self.full.clone();
        for property in off {
            match property {
                Property::VariableVolume => {
                    scenario.day_variation = DayVariation { common: 1.0, lag1: 0.0 };
                    scenario.uncertainty = Uncertainty::default();
                    for class in &mut scenario.classes {
                        (class.day_variation, class.interval_variation) = (0.0, 0.0);
                        class.arrivals = ArrivalKind::Poisson;
                    }
                }
                Property::PatienceShape => exponential_patience(&mut scenario),
                Property::Returns => {
                    for class in &mut scenario.classes {
                        class.repeat.probability = 0.0;
                        for redial in [
                            &mut class.redial_after_abandon,
                            &mut class.redial_after_busy,
                            &mut class.redial_after_closed,
                        ] {
                            (redial.first, redial.later) = (0.0, 0.0);
                        }
                    }
                }
                Property::Transfers => scenario.classes.iter_mut().for_each(|class| class.transfers.clear()),
                Property::Pressure => scenario.groups.iter_mut().for_each(|group| group.pressure = None),
                Property::Attendance => {
                    for group in &mut scenario.groups {
                        (group.roster, group.unplanned_absence) = (None, None);
                        group.off_phone.clear();
                    }
                }
                Property::Skills => self.pool_skills(&mut scenario),
                // After the skills, whose talk they change.
                Property::HandlingShape | Property::Rules => {}
            }
        }
        if off.contains(&Property::Rules) {
            without_rules(&mut scenario);
        }
        if off.contains(&Property::HandlingShape) {
            exponential_handling(&mut scenario);
        }
        let full = self.full;
        let is_off = |property| off.contains(&property);
        if (is_off(Property::Returns) && property::has_returns(full))
            || (is_off(Property::Transfers) && property::has_transfers(full))
            || (is_off(Property::Rules) && full.classes.iter().any(|class| class.hours.is_some()))
        {
            self.set_fresh(&mut scenario, &self.visits);
        }
        scenario
    }

    /// Whether its load is a matter of what comes back from fresh contacts that are not those of the full model: then the
    /// expectation is to be held against a run, by [`Centre::adjust`].
    pub fn is_guess(&self, scenario: &Scenario) -> bool {
        let is_changed = |(here, there): (&Class, &Class)| here.fresh_rate != there.fresh_rate;
        property::has_returns(scenario) && scenario.classes.iter().zip(&self.full.classes).any(is_changed)
    }

    /// Sets fresh rates anew, since a run of the scenario has shown more or fewer visits than the full model has.
    pub fn adjust(&self, scenario: &mut Scenario, seen: &[Seen]) {
        let first = scenario.almanac.first_counted();
        let mut wanted = scenario.expected_visits(&self.abandonment);
        let chances = by_chance(scenario, seen);
        for (((wanted, visits), seen), of_chance) in
            wanted.iter_mut().zip(&self.visits).zip(seen).zip(chances)
        {
            let all: f64 = visits[first..].iter().sum();
            if seen.came > 0.0 && all > 0.0 {
                wanted.iter_mut().for_each(|wanted| *wanted *= all / (seen.came * of_chance));
            }
        }
        self.set_fresh(scenario, &wanted);
    }

    /// Sets fresh rates so that so many visits are expected: what does not follow any more comes fresh.
    fn set_fresh(&self, scenario: &mut Scenario, wanted: &[Vec<f64>]) {
        const ROUNDS: usize = 12;
        const CLOSE: f64 = 1e-6;
        let interval_s = scenario.almanac.interval.as_secs_f64();
        for _ in 0..ROUNDS {
            let expected = scenario.expected_visits(&self.abandonment);
            let (mut off, mut all) = (0.0, 0.0);
            for ((class, wanted), expected) in scenario.classes.iter_mut().zip(wanted).zip(&expected) {
                for ((rate, wanted), expected) in class.fresh_rate.iter_mut().zip(wanted).zip(expected) {
                    off += (wanted - expected).abs();
                    all += wanted;
                    *rate = (*rate + (wanted - expected) / interval_s).max(0.0);
                }
            }
            if off <= CLOSE * all {
                break;
            }
        }
    }

    /// Makes each pool one queue: all its groups take all its classes at once, at the pool's mean speed and resolution; help from
    /// outside the pool falls away.
    fn pool_skills(&self, scenario: &mut Scenario) {
        let full = self.full;
        let (pools, is_planned) = &self.pools;
        let mut pool_of: Vec<Option<&Pool>> = vec![None; full.groups.len()];
        for pool in pools {
            for group in pool.groups.iter().filter(|group| is_planned[**group]) {
                pool_of[*group] = Some(pool);
            }
            for &(class, branch) in &pool.branches {
                let of = &full.classes[class].branches[branch];
                let at_once = |(i, tier): (usize, &RouteTier)| i == 0 || tier.is_for_all();
                let listed = |only_at_once: bool| -> Vec<usize> {
                    let tiers = of.tiers.iter().enumerate().filter(|tier| !only_at_once || at_once(*tier));
                    tiers.flat_map(|(_, tier)| tier.groups.iter().map(|group| group.index())).collect()
                };
                let mut groups = pool.groups.clone();
                groups.extend(listed(true).into_iter().filter(|group| !is_planned[*group]));
                groups.sort_unstable();
                groups.dedup();
                let is_anybody =
                    |groups: &[usize], i: usize| groups.iter().any(|g| full.groups[*g].plan[i] > 0.0);
                let others = listed(false);
                let is_alone = |i: usize| {
                    self.visits[class][i] > 0.0 && !is_anybody(&groups, i) && is_anybody(&others, i)
                };
                let needs_others = (0..full.almanac.n_intervals()).any(is_alone);
                let first = of.tiers[0].choose;
                let tier = |groups: &[usize], after: Span| RouteTier {
                    groups: groups.iter().map(|group| GroupId::from_index(*group)).collect(),
                    after,
                    choose: first,
                    waiting_at_least: 1,
                    expected_wait_above: None,
                };
                let mut tiers = vec![tier(&groups, Span::ZERO)];
                if needs_others {
                    let later = of.tiers.iter().filter_map(|tier| {
                        let mut left = tier.clone();
                        left.groups.retain(|group| !groups.contains(&group.index()));
                        (!left.groups.is_empty()).then_some(left)
                    });
                    tiers.extend(later);
                }
                scenario.classes[class].branches[branch].tiers = tiers;
            }
        }
        for class in &mut scenario.classes {
            class.score = Score::default();
        }
        for (position, group) in scenario.groups.iter_mut().enumerate() {
            group.next = NextClass::Score;
            let takes: BTreeSet<usize> = match pool_of[position] {
                Some(pool) => pool.branches.iter().map(|(class, _)| *class).collect(),
                None => group.takes.iter().flatten().map(|class| class.index()).collect(),
            };
            let old = std::mem::take(&mut group.skills);
            let skill = |class: &usize| match pool_of[position] {
                Some(pool) => self.skill_of(pool, *class),
                None => {
                    let id = ClassId::from_index(*class);
                    let own = old.iter().find(|skill| skill.class == id).cloned();
                    Skill { idle_reserve: 0, ..own.unwrap_or_else(|| plain_skill(full, *class)) }
                }
            };
            group.skills = takes.iter().map(skill).collect();
            group.skills.extend(old.into_iter().filter(|skill| !takes.contains(&skill.class.index())));
            group.takes = vec![takes.into_iter().map(ClassId::from_index).collect()];
        }
    }

    /// Speed and resolution of a class in a pool: of its groups that have the skill, by their plans.
    fn skill_of(&self, pool: &Pool, class: usize) -> Skill {
        let full = self.full;
        let id = ClassId::from_index(class);
        let mean = full.classes[class].talk_time.mean();
        let (mut all, mut factor, mut resolution) = (0.0, 0.0, 0.0);
        for group in pool.groups.iter().map(|group| &full.groups[*group]) {
            let takes = group.takes.iter().flatten().any(|taken| *taken == id);
            let Some(skill) = group.skills.iter().find(|skill| skill.class == id && takes) else { continue };
            let weight: f64 = group.plan.iter().sum();
            all += weight;
            resolution += weight * skill.resolution;
            factor += weight
                * match &skill.talk {
                    SkillTalk::Factor(factor) => *factor,
                    SkillTalk::Own(law) if mean > 0.0 => law.mean() / mean,
                    SkillTalk::Own(_) => 1.0,
                };
        }
        if all <= 0.0 {
            return plain_skill(full, class);
        }
        Skill {
            class: id,
            talk: SkillTalk::Factor(factor / all),
            resolution: resolution / all,
            idle_reserve: 0,
        }
    }
}

fn plain_skill(full: &Scenario, class: usize) -> Skill {
    Skill {
        class: ClassId::from_index(class),
        talk: SkillTalk::Factor(1.0),
        resolution: full.classes[class].resolution,
        idle_reserve: 0,
    }
}

/// The pools of the planned groups with which most visits meet, and which groups these are.
fn usual_pools(full: &Scenario, visits: &[Vec<f64>]) -> (Vec<Pool>, Vec<bool>) {
    let mut by_plan: BTreeMap<Vec<bool>, f64> = BTreeMap::new();
    for i in full.almanac.first_counted()..full.almanac.n_intervals() {
        let planned: Vec<bool> = full.groups.iter().map(|group| group.plan[i] > 0.0).collect();
        *by_plan.entry(planned).or_default() += visits.iter().map(|visits| visits[i]).sum::<f64>();
    }
    let most = by_plan.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
    let planned = most.map_or_else(|| vec![true; full.groups.len()], |(planned, _)| planned);
    (pools(full, |group| planned[group]), planned)
}

/// By class: fresh contacts that are expected ÷ those that a run had by chance.
///
/// Calls that are refused outside opening hours are in no count of fresh ones; a class without any goes by all together.
fn by_chance(scenario: &Scenario, seen: &[Seen]) -> Vec<f64> {
    let first = scenario.almanac.first_counted();
    let interval_s = scenario.almanac.interval.as_secs_f64();
    let open = |class: &Class| -> f64 {
        let rates = class.fresh_rate.iter().enumerate().skip(first);
        rates.filter(|(i, _)| class.lets_in(*i)).map(|(_, rate)| rate * interval_s).sum()
    };
    let fresh: Vec<f64> = scenario.classes.iter().map(open).collect();
    let ratio = |expected: f64, came: f64| if expected > 0.0 && came > 0.0 { expected / came } else { 1.0 };
    let all = ratio(fresh.iter().sum(), seen.iter().map(|seen| seen.fresh).sum());
    let of = |(fresh, seen): (&f64, &Seen)| if *fresh > 0.0 { ratio(*fresh, seen.fresh) } else { all };
    fresh.iter().zip(seen).map(of).collect()
}

/// Whether more comes than what is fresh, or less.
fn follows(full: &Scenario) -> bool {
    property::has_returns(full)
        || property::has_transfers(full)
        || full.classes.iter().any(|class| class.hours.is_some())
}

/// What a switched-off routing changes, to be compared.
fn routing(scenario: &Scenario) -> String {
    let classes: Vec<_> = scenario.classes.iter().map(|class| (&class.branches, &class.score)).collect();
    let groups: Vec<_> =
        scenario.groups.iter().map(|group| (&group.takes, &group.skills, &group.next)).collect();
    format!("{classes:?} {groups:?}")
}

fn without_rules(scenario: &mut Scenario) {
    for class in &mut scenario.classes {
        let rings_s = class.answer_delay.as_secs_f64();
        if rings_s > 0.0 {
            class.talk_time = longer(&class.talk_time, rings_s);
        }
        class.answer_delay = Span::ZERO;
        (class.line_pool, class.waiting_places, class.max_wait) = (None, None, None);
        (class.callback_offer, class.hours) = (None, None);
        class.consults.clear();
        class.order = QueueOrder::Fifo;
    }
}

/// The agent is as long away, talking where it rang before.
fn longer(law: &Law, by: f64) -> Law {
    let dist = |dist: &Dist| Dist::shifted(dist.clone(), by).unwrap_or_else(|_| dist.clone());
    match law {
        Law::Always(of) => Law::Always(dist(of)),
        Law::ByInterval(of) => Law::ByInterval(of.iter().map(dist).collect()),
        Law::Changing(spans) => Law::Changing(
            spans.iter().map(|span| LawSpan { law: longer(&span.law, by), ..span.clone() }).collect(),
        ),
    }
}

fn exponential_patience(scenario: &mut Scenario) {
    let laws: Vec<Option<Law>> = (scenario.classes.iter())
        .map(|class| {
            let law = class.patience.as_ref()?;
            Some(exponential(scenario, |i| law.mean_at(i, &scenario.almanac)))
        })
        .collect();
    for (class, law) in scenario.classes.iter_mut().zip(laws) {
        class.patience = law;
        if let Some(by_load) = class.balking_by_load.take() {
            class.balking = by_load.share(1.0);
        }
    }
}

/// Talk and after-call work in one, exponential with the mean of both in each group and interval.
fn exponential_handling(scenario: &mut Scenario) {
    let almanac = &scenario.almanac;
    let acw = |class: usize, i: usize| scenario.classes[class].after_call_work.mean_at(i, almanac);
    let talk = |class: usize, i: usize| scenario.classes[class].talk_time.mean_at(i, almanac);
    let of_classes: Vec<Law> = (0..scenario.classes.len())
        .map(|class| exponential(scenario, |i| talk(class, i) + acw(class, i)))
        .collect();
    let of_skill = |group: &Group, skill: &Skill| {
        let class = skill.class.index();
        let law = exponential(scenario, |i| talk_s(scenario, group, class, i) + acw(class, i));
        if property::is_same(&law, &of_classes[class]) { SkillTalk::Factor(1.0) } else { SkillTalk::Own(law) }
    };
    let of_groups: Vec<Vec<SkillTalk>> = (scenario.groups.iter())
        .map(|group| group.skills.iter().map(|skill| of_skill(group, skill)).collect())
        .collect();
    // Extra talk at the limit of transfers is a share of the talk, which is longer now.
    let (all_talk, all): (f64, f64) = (scenario.classes.iter()).fold((0.0, 0.0), |sum, class| {
        let (talk, acw) = (class.talk_time.mean(), class.after_call_work.mean());
        (sum.0 + talk, sum.1 + talk + acw)
    });
    if let AtLimit::Keep { extra_talk, .. } = &mut scenario.transfer_limit.at_limit
        && all > 0.0
    {
        *extra_talk *= all_talk / all;
    }
    for (class, law) in scenario.classes.iter_mut().zip(of_classes) {
        class.talk_time = law;
        class.after_call_work = Law::Always(nothing());
    }
    for (group, talks) in scenario.groups.iter_mut().zip(of_groups) {
        for (skill, talk) in group.skills.iter_mut().zip(talks) {
            skill.talk = talk;
        }
        group.dated_talk.clear();
        group.dated_skills.iter_mut().for_each(|dated| dated.talk.clear());
    }
}

/// Exponential with the mean that each interval has: one law, one by slot of the day where each day is alike, or spans.
fn exponential(scenario: &Scenario, mean: impl Fn(usize) -> f64) -> Law {
    let almanac = &scenario.almanac;
    let law = |mean: f64| {
        if mean > 0.0 { Dist::exponential(mean).unwrap_or_else(|_| nothing()) } else { nothing() }
    };
    let means: Vec<f64> = (0..almanac.n_intervals()).map(&mean).collect();
    let Some(first) = means.first() else { return Law::Always(law(0.0)) };
    if means.iter().all(|mean| mean == first) {
        return Law::Always(law(*first));
    }
    let mut by_slot: Vec<Option<f64>> = vec![None; almanac.slots_per_day];
    let is_daily = means.iter().zip(&almanac.intervals).all(|(mean, interval)| {
        let seen = &mut by_slot[usize::from(interval.slot)];
        *seen.get_or_insert(*mean) == *mean
    });
    if is_daily {
        return Law::ByInterval(by_slot.into_iter().map(|mean| law(mean.unwrap_or(*first))).collect());
    }
    let mut spans: Vec<LawSpan> = Vec::new();
    for (i, mean) in means.iter().enumerate() {
        let i = i as u32;
        match spans.last_mut() {
            Some(span) if i > 0 && means[i as usize - 1] == *mean => span.until = i + 1,
            _ => spans.push(LawSpan { from: i, until: i + 1, law: Law::Always(law(*mean)) }),
        }
    }
    Law::Changing(spans.into())
}

fn nothing() -> Dist {
    Dist::constant(0.0).expect("no time is a possible time")
}
