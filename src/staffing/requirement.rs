//! The agents that a scenario needs, interval by interval: expected visits, pools, Erlang A, and each group's part.
//!
//! Each interval alone and in balance, handling by the groups that are there, a pool's classes in one line. Leaves out
//! overflow, consultations, callbacks, pressure on handling and the variation of days. Invariant: what groups are to have sums to
//! what pools need, in whole persons.

use std::collections::BTreeMap;

use super::payroll::{self, Payroll};
use super::pool::{Pool, pools};
use super::queue::{Stream, demand, need};
use super::wanted::{Wishes, wanted};
use crate::analytics::{Base, Demand, ErlangA, ServiceLevel, Targets, erlang_a};
use crate::scenario::checked::{Group, SkillTalk};
use crate::scenario::{Loaded, Scenario};
use crate::units::ClassId;

/// What a scenario needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Requirement {
    /// What is wanted of each class.
    pub wanted: Vec<Targets>,
    /// The way from agents to paid hours where it is not the scenario's own.
    pub payroll: Payroll,
    /// Pools that there are at some time.
    pub pools: Vec<Pool>,
    /// Every interval of the almanac, warm-up included.
    pub intervals: Vec<IntervalNeed>,
}

/// Why nothing can be required.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotRequired {
    /// No number of agents is enough for the endless backlog of these classes.
    Endless(Vec<String>),
    /// Nothing says how well these classes are to be served.
    NothingWanted(Vec<String>),
}

/// One interval.
#[derive(Clone, Debug, PartialEq)]
pub struct IntervalNeed {
    /// Those to which somebody comes.
    pub pools: Vec<PoolNeed>,
    /// By class of the scenario.
    pub classes: Vec<ClassNeed>,
    /// By group of the scenario.
    pub groups: Vec<GroupNeed>,
}

/// What one pool needs, and what that gives by formula.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PoolNeed {
    /// Position among [`Requirement::pools`].
    pub pool: usize,
    /// Visits expected in the interval.
    pub visits: f64,
    /// Mean handling, seconds, ringing included.
    pub handling_s: f64,
    /// Mean patience, seconds; infinite if nobody gives up.
    pub patience_s: f64,
    /// Erlangs.
    pub load: f64,
    /// The fewest agents that meet what is wanted of each of its classes.
    pub required: u32,
    /// No number of agents does; `required` is the nearest.
    pub is_out_of_reach: bool,
    /// Share that abandons.
    pub abandonment: f64,
    /// Mean wait of the answered, seconds.
    pub asa_s: f64,
    /// Share of the agents' time.
    pub occupancy: f64,
}

/// A class's part in its pools.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ClassNeed {
    /// Visits expected.
    pub visits: f64,
    /// Erlangs.
    pub load: f64,
    /// Agents, in proportion to the load in each pool.
    pub required: f64,
    /// Visits answered in time, by formula.
    pub in_time: f64,
    /// Visits that the service level is a share of, by formula.
    pub base: f64,
    /// Visits that abandon, by formula.
    pub abandoned: f64,
    /// Seconds of wait of the answered, by formula.
    pub waited_s: f64,
}

/// A group's part in its pool.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct GroupNeed {
    /// Agents of the scenario's plan.
    pub planned: f64,
    /// Agents on the telephone, in proportion to the plan.
    pub required: u32,
    /// Agents that a plan must hold for that: more where absence is not left out of it, or work off the phone comes on top.
    pub logged_in: f64,
    /// Erlangs handled.
    pub busy: f64,
}

impl Requirement {
    /// Works out what a scenario needs.
    ///
    /// # Errors
    /// If no number of agents is enough, or nothing says what is.
    pub fn of(loaded: &Loaded, wishes: &Wishes, payroll: Payroll) -> Result<Self, NotRequired> {
        let scenario = &loaded.scenario;
        let endless = names(scenario, |class| scenario.classes[class].is_endless);
        if !endless.is_empty() {
            return Err(NotRequired::Endless(endless));
        }
        let is_default: Vec<bool> = (scenario.classes.iter())
            .map(|class| {
                let name = &class.name;
                // A name with blanks stands in quotation marks.
                let paths =
                    [format!("class.{name}.service_levels"), format!("class.{name:?}.service_levels")];
                loaded.defaults.iter().any(|default| paths.contains(&default.path))
            })
            .collect();
        let wanted = wanted(scenario, wishes, |class| !is_default[class]);
        let is_for_nothing = |class: usize| {
            let goals = &wanted[class];
            goals.service_level.is_none() && goals.abandonment.is_none() && goals.asa_s.is_none()
        };
        let for_nothing = names(scenario, is_for_nothing);
        if !for_nothing.is_empty() {
            return Err(NotRequired::NothingWanted(for_nothing));
        }
        let plan = |visits| -> (Vec<Pool>, Vec<IntervalNeed>) {
            let mut planner = Planner::new(scenario, &wanted, visits);
            let intervals = (0..scenario.almanac.n_intervals()).map(|i| planner.interval(i)).collect();
            (planner.pools, intervals)
        };
        let (mut pools, mut intervals) = plan(loaded.expected_visits(None));
        // Who redials follows from who abandons, and that from how many agents there are.
        if scenario.classes.iter().any(|class| class.redial_after_abandon.first > 0.0) {
            let abandonment = abandonment(&intervals, &loaded.expected.abandonment);
            (pools, intervals) = plan(loaded.expected_visits(Some(&abandonment)));
        }
        for (g, group) in scenario.groups.iter().enumerate() {
            let factor = payroll::planned_for_one(group);
            let needed: Vec<f64> =
                intervals.iter().map(|it| f64::from(it.groups[g].required) * factor).collect();
            let away = payroll::off_phone(group, &needed, scenario.almanac.interval);
            for ((interval, needed), away) in intervals.iter_mut().zip(&needed).zip(away) {
                interval.groups[g].logged_in = needed + away;
            }
        }
        Ok(Self { wanted, payroll, pools, intervals })
    }

    /// The scenario with the required agents in place of every plan, those of persons with shifts too.
    #[must_use]
    pub fn planned_into(&self, scenario: &Scenario) -> Scenario {
        let mut planned = scenario.clone();
        for (g, group) in planned.groups.iter_mut().enumerate() {
            group.plan = self.intervals.iter().map(|interval| interval.groups[g].logged_in).collect();
            group.roster = None;
        }
        planned
    }
}

/// The share of each class that abandons by formula; where nobody comes, what was taken before.
fn abandonment(intervals: &[IntervalNeed], before: &[f64]) -> Vec<f64> {
    let of = |(class, before): (usize, &f64)| {
        let needs = intervals.iter().map(|interval| &interval.classes[class]);
        let (visits, left) = needs.fold((0.0, 0.0), |(n, left), it| (n + it.visits, left + it.abandoned));
        if visits > 0.0 { left / visits } else { *before }
    };
    before.iter().enumerate().map(of).collect()
}

fn names(scenario: &Scenario, is_named: impl Fn(usize) -> bool) -> Vec<String> {
    let classes = scenario.classes.iter().enumerate().filter(|(class, _)| is_named(*class));
    classes.map(|(_, class)| class.name.clone()).collect()
}

/// What stays the same from one interval to the next.
struct Planner<'a> {
    scenario: &'a Scenario,
    wanted: &'a [Targets],
    /// By class and interval.
    visits: Vec<Vec<f64>>,
    /// Planned agents by group over the run.
    plans: Vec<f64>,
    pools: Vec<Pool>,
    /// Pools by who is there.
    known: BTreeMap<Vec<bool>, Vec<usize>>,
    /// By pool: how many standard deviations of the load its last answer lay above it.
    grade: Vec<f64>,
}

impl<'a> Planner<'a> {
    fn new(scenario: &'a Scenario, wanted: &'a [Targets], visits: Vec<Vec<f64>>) -> Self {
        Self {
            scenario,
            wanted,
            visits,
            plans: scenario.groups.iter().map(|group| group.plan.iter().sum()).collect(),
            pools: Vec::new(),
            known: BTreeMap::new(),
            grade: Vec::new(),
        }
    }

    fn interval(&mut self, i: usize) -> IntervalNeed {
        let scenario = self.scenario;
        let there: Vec<bool> = scenario.groups.iter().map(|group| group.plan[i] > 0.0).collect();
        let now = match self.known.get(&there) {
            Some(now) => now.clone(),
            None => {
                let now: Vec<usize> =
                    pools(scenario, |group| there[group]).into_iter().map(|pool| self.number(pool)).collect();
                self.known.insert(there, now.clone());
                now
            }
        };
        let mut of = IntervalNeed {
            pools: Vec::new(),
            classes: vec![ClassNeed::default(); scenario.classes.len()],
            groups: (scenario.groups.iter())
                .map(|group| GroupNeed { planned: group.plan[i], ..GroupNeed::default() })
                .collect(),
        };
        for pool in now {
            self.pool(pool, i, &mut of);
        }
        of
    }

    /// The position of a pool, new ones at the end.
    fn number(&mut self, pool: Pool) -> usize {
        self.pools.iter().position(|known| *known == pool).unwrap_or_else(|| {
            self.pools.push(pool);
            self.grade.push(1.0);
            self.pools.len() - 1
        })
    }

    /// Adds what a pool needs in an interval.
    fn pool(&mut self, position: usize, i: usize, to: &mut IntervalNeed) {
        let scenario = self.scenario;
        let pool = &self.pools[position];
        let interval_s = scenario.almanac.interval.as_secs_f64();
        let weights = self.weights(pool, i);
        let mut streams: Vec<Stream> = Vec::new();
        for &(class, branch) in &pool.branches {
            let of = &scenario.classes[class];
            let visits = self.visits[class][i] * of.branches[branch].share;
            if visits > 0.0 {
                streams.push(Stream {
                    class,
                    visits_per_s: visits / interval_s,
                    handling_s: handling_s(scenario, class, branch, &weights, i),
                    patience_s: (of.patience.as_ref())
                        .map_or(f64::INFINITY, |law| law.mean_at(i, &scenario.almanac)),
                });
            }
        }
        let Some(demand) = demand(scenario, &streams) else { return };
        let mut goals: Vec<Targets> = Vec::new();
        for stream in &streams {
            if !goals.contains(&self.wanted[stream.class]) {
                goals.push(self.wanted[stream.class]);
            }
        }
        let load = demand.load();
        let near = (load + self.grade[position] * load.sqrt()).round().max(0.0) as u32;
        let need = need(&demand, &goals, Some(near));
        self.grade[position] = (f64::from(need.agents) - load) / load.sqrt();
        let queue = erlang_a(&demand, need.agents);
        self.judge(&streams, &demand, &queue, need.agents, to);
        let answered_load = load * (1.0 - queue.abandonment);
        let quotas: Vec<f64> = weights.iter().map(|(_, weight)| f64::from(need.agents) * weight).collect();
        for ((group, weight), agents) in weights.iter().zip(in_whole_persons(need.agents, &quotas)) {
            to.groups[*group].required = agents;
            to.groups[*group].busy = answered_load
                * if need.agents > 0 { f64::from(agents) / f64::from(need.agents) } else { *weight };
        }
        let visits: f64 = streams.iter().map(|stream| stream.visits_per_s).sum::<f64>() * interval_s;
        let leaving: f64 =
            streams.iter().map(|stream| stream.visits_per_s / stream.patience_s.max(1e-3)).sum();
        to.pools.push(PoolNeed {
            pool: position,
            visits,
            handling_s: load / (visits / interval_s),
            patience_s: visits / interval_s / leaving,
            load,
            required: need.agents,
            is_out_of_reach: need.is_out_of_reach,
            abandonment: queue.abandonment,
            asa_s: queue.asa_s,
            occupancy: queue.occupancy,
        });
    }

    /// The groups of a pool with their parts, by the plan of the interval; where there is none by that of the run.
    fn weights(&self, pool: &Pool, i: usize) -> Vec<(usize, f64)> {
        let by = |weight: &dyn Fn(usize) -> f64| {
            let all: f64 = pool.groups.iter().map(|group| weight(*group)).sum();
            let parts = pool.groups.iter().map(|group| (*group, weight(*group) / all));
            (all > 0.0).then(|| parts.collect())
        };
        by(&|group| self.scenario.groups[group].plan[i])
            .or_else(|| by(&|group| self.plans[group]))
            .or_else(|| by(&|_| 1.0))
            .unwrap_or_default()
    }

    /// Adds the classes' parts in a pool: visits, agents, and what becomes of the visits by formula.
    fn judge(
        &self,
        streams: &[Stream],
        demand: &Demand,
        queue: &ErlangA,
        agents: u32,
        to: &mut IntervalNeed,
    ) {
        let interval_s = self.scenario.almanac.interval.as_secs_f64();
        let mut judged: Vec<(ServiceLevel, (f64, f64))> = Vec::new();
        for stream in streams {
            let class = &self.scenario.classes[stream.class];
            let (visits, handling_s) =
                (stream.visits_per_s * interval_s, stream.handling_s + class.answer_delay.as_secs_f64());
            let load = stream.visits_per_s * handling_s;
            let part = &mut to.classes[stream.class];
            part.visits += visits;
            part.load += load;
            part.required += f64::from(agents) * load / demand.load();
            part.abandoned += visits * queue.abandonment;
            part.waited_s += visits * (1.0 - queue.abandonment) * queue.asa_s;
            let Some(goal) = self.wanted[stream.class].service_level else { continue };
            let is_same = |known: &ServiceLevel| (known.within_s, known.base) == (goal.within_s, goal.base);
            let found = judged.iter().find(|(known, _)| is_same(known)).map(|(_, shares)| *shares);
            let (in_time, base) = found.unwrap_or_else(|| {
                let base = match goal.base {
                    Base::Entered => 1.0,
                    Base::Answered => 1.0 - queue.abandonment,
                    Base::EnteredLessShort { short_s } => 1.0 - queue.abandoned_within(short_s),
                };
                (queue.answered_within(goal.within_s), base)
            });
            if found.is_none() {
                judged.push((goal, (in_time, base)));
            }
            part.in_time += visits * in_time;
            part.base += visits * base;
        }
    }
}

/// Mean talk and after-call work of a branch of a class, by those groups of a pool that are offered it.
fn handling_s(scenario: &Scenario, class: usize, branch: usize, weights: &[(usize, f64)], i: usize) -> f64 {
    let of = &scenario.classes[class];
    let is_offered = |group: usize| {
        of.branches[branch].tiers.iter().any(|tier| tier.groups.iter().any(|id| id.index() == group))
    };
    let offered = || weights.iter().filter(|(group, _)| is_offered(*group));
    let all: f64 = offered().map(|(_, weight)| weight).sum();
    let talk = if all > 0.0 {
        offered()
            .map(|(group, weight)| weight / all * talk_s(scenario, &scenario.groups[*group], class, i))
            .sum()
    } else {
        of.talk_time.mean_at(i, &scenario.almanac)
    };
    talk + of.after_call_work.mean_at(i, &scenario.almanac)
}

/// Mean talk of a class with a group's agents, for visits that enter in an interval of the run, seconds.
#[must_use]
pub fn talk_s(scenario: &Scenario, group: &Group, class: usize, i: usize) -> f64 {
    let (of, almanac) = (&scenario.classes[class], &scenario.almanac);
    let id = ClassId::from_index(class);
    let skilled = match group.skills.iter().find(|skill| skill.class == id).map(|skill| &skill.talk) {
        Some(SkillTalk::Own(law)) => law.mean_at(i, almanac),
        Some(SkillTalk::Factor(factor)) => factor * of.talk_time.mean_at(i, almanac),
        None => of.talk_time.mean_at(i, almanac),
    };
    let dated = group.dated_skills.iter().find(|dated| dated.class == id);
    let factor = |factors: &[f64]| factors.get(i).copied().unwrap_or(1.0);
    skilled * factor(&group.dated_talk) * dated.map_or(1.0, |dated| factor(&dated.talk))
}

/// Shares in whole persons that sum to the number: each at least its share rounded down, the largest rests one more.
fn in_whole_persons(agents: u32, quotas: &[f64]) -> Vec<u32> {
    // A quota that is a whole number but for rounding is that number.
    let whole = |quota: f64| (quota + 1e-9).floor();
    let mut persons: Vec<u32> = quotas.iter().map(|quota| whole(*quota) as u32).collect();
    let mut order: Vec<usize> = (0..quotas.len()).collect();
    order.sort_by(|one, other| {
        let rest = |i: &usize| quotas[*i] - whole(quotas[*i]);
        rest(other).total_cmp(&rest(one)).then(one.cmp(other))
    });
    let missing = agents.saturating_sub(persons.iter().sum());
    for i in order.into_iter().cycle().take(if quotas.is_empty() { 0 } else { missing as usize }) {
        persons[i] += 1;
    }
    persons
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analytics::{Formula, MOST_AGENTS, agents_for};
    use crate::scenario::{Texts, load};

    fn loaded(text: &str) -> Loaded {
        let source = Texts::new().with("s.toml", text);
        load("s.toml", &[], &source).unwrap_or_else(|problems| panic!("{problems}"))
    }

    fn requirement(text: &str) -> Requirement {
        Requirement::of(&loaded(text), &Wishes::default(), Payroll::default()).expect("a requirement")
    }

    /// 30 erlangs.
    const QUEUE: &str = r#"
        horizon = "2h"
        interval = "1h"
        [class.calls]
        volume = { per_hour = 360 }
        talk_time = { exponential = { mean = "5m" } }
        patience = { exponential = { mean = "2m" } }
        service_levels = [{ share = 0.8, within = "20s", of = "entered" }]
        [group.agents]
        agents = 30
        takes = [["calls"]]
    "#;

    #[test]
    fn one_class_at_a_constant_rate_needs_what_erlang_a_says() {
        let required = requirement(QUEUE);
        let level = ServiceLevel { share: 0.8, within_s: 20.0, base: Base::Entered };
        let targets = Targets { service_level: Some(level), ..Targets::default() };
        let demand = Demand::new(0.1, 300.0).with_patience(120.0);
        let exact = agents_for(&demand, Formula::ErlangA, &targets, MOST_AGENTS).expect("in reach");
        for interval in &required.intervals {
            assert_eq!(interval.groups[0].required, exact);
            assert_eq!(interval.groups[0].logged_in, f64::from(exact));
            assert!((interval.classes[0].required - f64::from(exact)).abs() < 1e-9);
            let queue = erlang_a(&demand, exact);
            let level = interval.classes[0].in_time / interval.classes[0].base;
            assert!((level - queue.answered_within(20.0)).abs() < 1e-12);
        }
    }

    #[test]
    fn ringing_keeps_agents_and_a_group_s_factor_lengthens_talk() {
        let slower = QUEUE.replace("agents = 30", "agents = 30\nskill.calls.talk_time_factor = 1.5");
        assert!((requirement(&slower).intervals[0].pools[0].load - 45.0).abs() < 1e-9);
        let ringing = QUEUE.replace("volume", "answer_delay = \"10s\"\nvolume");
        assert!((requirement(&ringing).intervals[0].pools[0].load - 31.0).abs() < 1e-9);
    }

    #[test]
    fn groups_share_a_pool_by_their_plans_in_whole_persons() {
        let text = format!(
            "{QUEUE}[group.more]\nagents = 20\ntakes = [[\"calls\"]]\n\
             [group.others]\nagents = 3\ntakes = [[\"rest\"]]\n\
             [class.rest]\nlike = \"calls\"\nvolume.per_hour = 12\n"
        );
        let required = requirement(&text);
        assert_eq!(required.pools.len(), 2);
        let [agents, more, others] = [0, 1, 2].map(|group| required.intervals[0].groups[group].required);
        assert_eq!(agents + more, requirement(QUEUE).intervals[0].groups[0].required);
        assert_eq!(agents, (f64::from(agents + more) * 0.6).round() as u32);
        assert!(others >= 2, "{others}");
        assert_eq!(required.planned_into(&loaded(&text).scenario).groups[1].plan, [f64::from(more); 2]);
    }

    #[test]
    fn shares_in_whole_persons_sum_up_and_keep_the_order_of_plans() {
        assert_eq!(in_whole_persons(9, &[6.0, 3.0]), [6, 3]);
        assert_eq!(in_whole_persons(16, &[16.0 / 3.0; 3]), [6, 5, 5]);
        assert_eq!(in_whole_persons(0, &[0.0, 0.0]), [0, 0]);
        assert_eq!(in_whole_persons(3, &[]), [0; 0]);
        assert_eq!(in_whole_persons(7, &[2.1, 4.9]), [2, 5]);
    }

    #[test]
    fn who_is_absent_or_in_a_meeting_is_planned_on_top() {
        let text = format!(
            "{QUEUE}unplanned_absence = {{ share = 0.2, in_plan = 0 }}\n\
             [[group.agents.off_phone]]\nname = \"team\"\nwithin = [\"00:30\", \"01:30\"]\nlasts = \"30m\"\npersons = 4\n"
        );
        let required = requirement(&text);
        let [first, second] = &required.intervals[..] else { panic!("two hours") };
        // Four persons for half an hour in a window of one: two at once, in half of each hour.
        let planned = f64::from(first.groups[0].required) / 0.8 + 1.0;
        assert!((first.groups[0].logged_in - planned).abs() < 1e-9, "{first:?}");
        assert_eq!(second.groups[0].logged_in, first.groups[0].logged_in);
    }

    #[test]
    fn without_a_goal_or_with_an_endless_backlog_nothing_can_be_required() {
        let refused = |text: &str, wishes| {
            Requirement::of(&loaded(text), &wishes, Payroll::default()).expect_err("must be refused")
        };
        let open = QUEUE.replace("service_levels", "#");
        let nothing = NotRequired::NothingWanted(vec!["calls".to_owned()]);
        assert_eq!(refused(&open, Wishes::default()), nothing);
        let blank = open
            .replace("class.calls", "class.\"old contracts\"")
            .replace("[\"calls\"]", "[\"old contracts\"]");
        let of_blank = NotRequired::NothingWanted(vec!["old contracts".to_owned()]);
        assert_eq!(refused(&blank, Wishes::default()), of_blank);
        let capped = Wishes { occupancy: Some(0.8), ..Wishes::default() };
        assert_eq!(refused(&open, capped), nothing);
        let endless = QUEUE.replace("volume = { per_hour = 360 }", "backlog = \"endless\"");
        let endless = endless.replace("patience", "#");
        assert_eq!(refused(&endless, Wishes::default()), NotRequired::Endless(vec!["calls".to_owned()]));
        let wishes = Wishes { abandonment: Some(0.05), ..Wishes::default() };
        let required = Requirement::of(&loaded(&open), &wishes, Payroll::default()).expect("a goal");
        assert!(required.intervals[0].pools[0].abandonment <= 0.05);
    }
}
