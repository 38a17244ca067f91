//! What Erlang's formulas say of a centre: each interval alone and in balance, each pool one queue.
//!
//! Simulates nothing. Invariant: both formulas are asked about the same visits, handling and agents.

use super::plain::Centre;
use crate::analytics::{Base, Demand, erlang_a, erlang_c};
use crate::scenario::Scenario;
use crate::staffing::{Pool, Stream, demand, in_time, pools, talk_s};

/// What a formula says of the counted horizon; `None` where it has no answer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Answer {
    pub service_level: Option<f64>,
    pub abandonment: Option<f64>,
    pub asa_s: Option<f64>,
    pub occupancy: Option<f64>,
}

impl Answer {
    pub fn of(&self, metric: &str) -> Option<f64> {
        match metric {
            "service_level" => self.service_level,
            "abandonment" => self.abandonment,
            "asa_s" => self.asa_s,
            "occupancy" => self.occupancy,
            _ => None,
        }
    }
}

/// What both say, and how much of it lies above capacity.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Answers {
    pub erlang_c: Answer,
    pub erlang_a: Answer,
    pub above_capacity: AboveCapacity,
}

/// Queues whose load is at least their agents, where Erlang C has no answer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AboveCapacity {
    /// Intervals of a pool with any visits.
    pub intervals: u64,
    /// Of these above capacity.
    pub above: u64,
    /// Share of the visits that come in them.
    pub share_of_visits: f64,
}

/// Sums of what a formula says, visit by visit.
#[derive(Default)]
struct Sums {
    visits: f64,
    answered: f64,
    in_time: f64,
    base: f64,
    waited_s: f64,
    busy_s: f64,
}

impl Sums {
    fn answer(&self, agents_s: f64) -> Answer {
        let share = |part: f64, of: f64| (of > 0.0 && part.is_finite()).then(|| part / of);
        Answer {
            service_level: share(self.in_time, self.base),
            abandonment: share(self.visits - self.answered, self.visits),
            asa_s: share(self.waited_s, self.answered),
            occupancy: share(self.busy_s, agents_s),
        }
    }
}

/// Asks both formulas about `plain`, a centre with everything switched off, whose visits are those of `centre`.
pub(super) fn answers(centre: &Centre<'_>, plain: &Scenario) -> Answers {
    let almanac = &plain.almanac;
    let interval_s = almanac.interval.as_secs_f64();
    let (mut c, mut a, mut agents_s) = (Sums::default(), Sums::default(), 0.0);
    let (mut above, mut visits_above, mut visits_all) = (AboveCapacity::default(), 0.0, 0.0);
    let mut known: Option<(Vec<bool>, Vec<Pool>)> = None;
    for i in almanac.first_counted()..almanac.n_intervals() {
        let planned: Vec<bool> = plain.groups.iter().map(|group| group.plan[i] > 0.0).collect();
        if known.as_ref().is_none_or(|(of, _)| *of != planned) {
            let now = pools(plain, |group| planned[group]);
            known = Some((planned, now));
        }
        agents_s += plain.groups.iter().map(|group| group.plan[i]).sum::<f64>() * interval_s;
        for pool in known.iter().flat_map(|(_, pools)| pools) {
            let streams = streams(centre, plain, pool, i);
            let Some(demand) = demand(plain, &streams) else { continue };
            let visits: f64 = streams.iter().map(|stream| stream.visits_per_s).sum::<f64>() * interval_s;
            let agents: f64 = pool.groups.iter().map(|group| plain.groups[*group].plan[i]).sum();
            visits_all += visits;
            above.intervals += 1;
            if demand.load() >= agents {
                above.above += 1;
                visits_above += visits;
            }
            // A plan of 12.5 is 12 on half of the days and 13 on the others.
            let (low, rest) = (agents.floor(), agents - agents.floor());
            for (agents, weight) in [(low as u32, 1.0 - rest), (low as u32 + 1, rest)] {
                if weight > 0.0 {
                    by_erlang_c(plain, &streams, &demand, agents, weight * interval_s, &mut c);
                    by_erlang_a(plain, &streams, &demand, agents, weight * interval_s, &mut a);
                }
            }
        }
    }
    above.share_of_visits = if visits_all > 0.0 { visits_above / visits_all } else { 0.0 };
    Answers { erlang_c: c.answer(agents_s), erlang_a: a.answer(agents_s), above_capacity: above }
}

fn by_erlang_c(
    plain: &Scenario,
    streams: &[Stream],
    demand: &Demand,
    agents: u32,
    seconds: f64,
    to: &mut Sums,
) {
    let queue = erlang_c(demand, agents);
    to.busy_s += queue.occupancy * f64::from(agents) * seconds;
    for stream in streams {
        let visits = stream.visits_per_s * seconds;
        let level = in_time(&plain.classes[stream.class], 0, 0.0);
        to.visits += visits;
        to.answered += visits;
        // Above capacity nobody is answered within any time, and waits have no end.
        let answered =
            if queue.mean_wait_s.is_finite() { queue.answered_within(level.within_s) } else { 0.0 };
        to.in_time += visits * answered;
        to.base += visits;
        to.waited_s += visits * queue.mean_wait_s;
    }
}

fn by_erlang_a(
    plain: &Scenario,
    streams: &[Stream],
    demand: &Demand,
    agents: u32,
    seconds: f64,
    to: &mut Sums,
) {
    let queue = erlang_a(demand, agents);
    to.busy_s += queue.occupancy * f64::from(agents) * seconds;
    for stream in streams {
        let visits = stream.visits_per_s * seconds;
        let level = in_time(&plain.classes[stream.class], 0, 0.0);
        let answered = 1.0 - queue.abandonment;
        to.visits += visits;
        to.answered += visits * answered;
        to.in_time += visits * queue.answered_within(level.within_s);
        to.base += visits
            * match level.base {
                Base::Entered => 1.0,
                Base::Answered => answered,
                Base::EnteredLessShort { short_s } => 1.0 - queue.abandoned_within(short_s),
            };
        to.waited_s += if answered > 0.0 { visits * answered * queue.asa_s } else { 0.0 };
    }
}

/// What comes to a pool in an interval.
fn streams(centre: &Centre<'_>, plain: &Scenario, pool: &Pool, i: usize) -> Vec<Stream> {
    let interval_s = plain.almanac.interval.as_secs_f64();
    let stream = |&(class, branch): &(usize, usize)| {
        let of = &plain.classes[class];
        let visits = centre.visits[class][i] * of.branches[branch].share;
        (visits > 0.0).then(|| Stream {
            class,
            visits_per_s: visits / interval_s,
            handling_s: handling_s(plain, class, branch, pool, i),
            patience_s: of.patience.as_ref().map_or(f64::INFINITY, |law| law.mean_at(i, &plain.almanac)),
        })
    };
    pool.branches.iter().filter_map(stream).collect()
}

/// Mean handling of a branch of a class by the groups of the pool that are offered it, by their plans.
fn handling_s(plain: &Scenario, class: usize, branch: usize, pool: &Pool, i: usize) -> f64 {
    let of = &plain.classes[class];
    let is_offered = |group: &&usize| {
        let mut tiers = of.branches[branch].tiers.iter();
        tiers.any(|tier| tier.groups.iter().any(|id| id.index() == **group))
    };
    let (mut all, mut talk) = (0.0, 0.0);
    for group in pool.groups.iter().filter(is_offered) {
        let weight = plain.groups[*group].plan[i];
        all += weight;
        talk += weight * talk_s(plain, &plain.groups[*group], class, i);
    }
    let talk = if all > 0.0 { talk / all } else { of.talk_time.mean_at(i, &plain.almanac) };
    talk + of.after_call_work.mean_at(i, &plain.almanac)
}
