//! What only the terms of contracts ask for: service level by contract and month, and calls of a case answered before.
//!
//! Prices nothing. Exists only where a contract has terms, beside the meter, which asks once a visit. Invariant: a visit
//! counts in the month of its entry, as in the cubes; visits of the warm-up are remembered as answers of their case and
//! counted nowhere.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasherDefault, Hasher};

use crate::model::Rules;
use crate::model::fact::{Cause, TalkEnd, Visit, VisitKind};
use crate::random::Key;
use crate::scenario::Scenario;
use crate::scenario::checked::Terms;
use crate::units::{GroupId, LaneId, SimTime, Span};

/// Which contracts are settled, and what counts for whom.
#[derive(Clone, Debug)]
pub(super) struct Settling {
    /// Contracts with terms, in the order of their sites.
    pub(super) contracts: Vec<Settled>,
    /// Month of each counted interval, from 0 on.
    pub(super) months: Vec<u32>,
    pub(super) n_months: usize,
    /// What the forecast comes to; month × contracts + contract.
    pub(super) forecast_cents: Vec<i64>,
    /// Position of a group's contract.
    pub(super) of_group: Vec<Option<usize>>,
    /// By group: its contract, if that does not pay for a case again, and within which time.
    same_case: Vec<Option<(usize, Span)>>,
    /// Contracts whose service level a lane counts for.
    of_lane: Vec<Vec<Counted>>,
    /// By interval: the first row of its month; `None` in the warm-up.
    first_rows: Vec<Option<u32>>,
}

/// A contract for whose service level a lane counts.
#[derive(Clone, Copy, Debug)]
struct Counted {
    contract: usize,
    within: Span,
    short: Span,
}

/// A contract with terms.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    pub(super) site: usize,
    pub(super) terms: Terms,
}

impl Settling {
    /// `None` where no contract has terms.
    pub(super) fn of(scenario: &Scenario) -> Option<Box<Self>> {
        let almanac = &scenario.almanac;
        let contracts: Vec<Settled> = (scenario.sites.iter().enumerate())
            .filter_map(|(site, checked)| {
                Some(Settled { site, terms: checked.contract.as_ref()?.terms.clone()? })
            })
            .collect();
        if contracts.is_empty() {
            return None;
        }
        let of_group: Vec<Option<usize>> = (scenario.groups.iter())
            .map(|group| contracts.iter().position(|it| group.site.is_some_and(|s| s.index() == it.site)))
            .collect();
        let rules = Rules::compile(scenario);
        let of_lane = (0..rules.n_lanes())
            .map(|lane| {
                let lane = LaneId::from_index(lane);
                let first = rules.tiers_of(lane).first().filter(|_| rules.is_inbound(lane));
                let groups = first.map_or(&[][..], |tier| &tier.groups);
                (0..contracts.len())
                    .filter(|it| groups.iter().any(|group| of_group[group.index()] == Some(*it)))
                    .map(|contract| {
                        let level = &contracts[contract].terms.level;
                        Counted { contract, within: level.within, short: level.short }
                    })
                    .collect()
            })
            .collect();
        let counted = almanac.intervals.get(almanac.first_counted()..).unwrap_or_default();
        let date = |day: u32| almanac.days[day as usize].date;
        let first = counted.first().map(|interval| date(interval.day));
        let month = |day: u32| {
            first.map_or(0, |first| {
                let date = date(day);
                (i32::from(date.year()) - i32::from(first.year())) * 12 + i32::from(date.month())
                    - i32::from(first.month())
            }) as u32
        };
        let months: Vec<u32> = counted.iter().map(|interval| month(interval.day)).collect();
        let n_months = months.last().map_or(0, |month| *month as usize + 1);
        let mut forecast = vec![0.0; n_months * contracts.len()];
        for (position, contract) in contracts.iter().enumerate() {
            let counted = contract.terms.forecast.iter().skip(almanac.first_counted());
            for (month, euros) in months.iter().zip(counted) {
                forecast[*month as usize * contracts.len() + position] += euros * 100.0;
            }
        }
        let warm_up = std::iter::repeat_n(None, almanac.first_counted());
        let first_row = |month: &u32| Some(month * contracts.len() as u32);
        let same_case = |contract: &Option<usize>| {
            let contract = (*contract)?;
            Some((contract, contracts[contract].terms.same_case?))
        };
        Some(Box::new(Self {
            n_months,
            first_rows: warm_up.chain(months.iter().map(first_row)).collect(),
            same_case: of_group.iter().map(same_case).collect(),
            forecast_cents: forecast.iter().map(|cents: &f64| cents.round() as i64).collect(),
            contracts,
            months,
            of_group,
            of_lane,
        }))
    }
}

/// Counts of one contract in one month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Clause {
    /// Visits that entered the branches that count for the contract.
    pub(super) entered: u64,
    pub(super) answered: u64,
    /// Answered within the contract's bound.
    pub(super) in_time: u64,
    /// Abandoned before the contract's `short`.
    pub(super) short: u64,
    /// Promised a call in place of waiting on.
    pub(super) called_back: u64,
    /// Answered by the contract's groups and not paid as calls, since the case was answered there shortly before.
    pub(super) unpaid: u64,
}

/// Counts one replication for the settlement.
#[derive(Clone, Debug)]
pub(super) struct Clauses<'a> {
    settling: &'a Settling,
    /// Month × contracts + contract.
    pub(super) rows: Vec<Clause>,
    cases: Vec<CaseMemory>,
}

/// Which contacts a contract answered within its `same_case` without solving the case.
#[derive(Clone, Debug, Default)]
struct CaseMemory {
    /// When a contract last answered the case whose next or running contact this is. Looked up only, never walked.
    answered: HashMap<Key, SimTime, BuildHasherDefault<AsItIs>>,
    /// The same contacts in the order in which they are forgotten.
    listed: VecDeque<(SimTime, Key)>,
}

/// Keys are well-mixed hashes already.
#[derive(Clone, Copy, Debug, Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    #[inline]
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl CaseMemory {
    fn was_answered(&self, contact: Key, now: SimTime, within: Span) -> bool {
        self.answered.get(&contact).is_some_and(|answered| now.since(*answered) < within)
    }

    fn remember(&mut self, contact: Key, answered: SimTime, now: SimTime) {
        self.answered.insert(contact, answered);
        self.listed.push_back((now, contact));
    }

    /// Forgets what can no longer matter at `now`.
    fn forget(&mut self, now: SimTime, within: Span) {
        while let Some(&(listed, contact)) = self.listed.front() {
            if now.since(listed) < within {
                break;
            }
            self.listed.pop_front();
            if self.answered.get(&contact).is_some_and(|answered| now.since(*answered) >= within) {
                self.answered.remove(&contact);
            }
        }
    }
}

impl<'a> Clauses<'a> {
    pub(super) fn new(settling: &'a Settling) -> Self {
        Self {
            settling,
            rows: vec![Clause::default(); settling.n_months * settling.contracts.len()],
            cases: vec![CaseMemory::default(); settling.contracts.len()],
        }
    }

    #[inline(always)]
    fn count(&mut self, visit: &Visit, add: impl Fn(&mut Clause, &Counted)) {
        let counted = &self.settling.of_lane[visit.lane.index()];
        if !counted.is_empty()
            && let Some(first) = self.settling.first_rows[visit.interval as usize]
        {
            for counted in counted {
                add(&mut self.rows[first as usize + counted.contract], counted);
            }
        }
    }

    #[inline(always)]
    pub(super) fn entered(&mut self, visit: &Visit) {
        match visit.kind {
            VisitKind::Inbound => self.count(visit, |row, _| row.entered += 1),
            VisitKind::Callback => {}
        }
    }

    #[inline(always)]
    pub(super) fn answered(&mut self, now: SimTime, visit: &Visit, group: GroupId) {
        let wait = now.since(visit.entered);
        self.count(visit, |row, counted| {
            row.answered += 1;
            row.in_time += u64::from(wait <= counted.within);
        });
        // Nobody has answered a case before whose first contact no agent has handed on.
        if visit.cause != Cause::Fresh
            && let Some((contract, within)) = self.settling.same_case[group.index()]
            && self.cases[contract].was_answered(visit.contact, now, within)
            && let Some(first) = self.settling.first_rows[visit.interval as usize]
        {
            self.rows[first as usize + contract].unpaid += 1;
        }
    }

    /// Talk of the visit, answered `talk` ago, is over: unless the case is solved, it may be answered again.
    #[inline(always)]
    pub(super) fn talk_ended(
        &mut self,
        now: SimTime,
        visit: &Visit,
        group: GroupId,
        talk: Span,
        end: TalkEnd,
    ) {
        if end != TalkEnd::Resolved
            && visit.kind == VisitKind::Inbound
            && let Some((contract, within)) = self.settling.same_case[group.index()]
        {
            let memory = &mut self.cases[contract];
            memory.forget(now, within);
            memory.remember(visit.contact, SimTime(now.0 - talk.0), now);
        }
    }

    #[inline(always)]
    pub(super) fn abandoned(&mut self, now: SimTime, visit: &Visit) {
        let wait = now.since(visit.entered);
        self.count(visit, |row, counted| row.short += u64::from(wait < counted.short));
    }

    pub(super) fn called_back(&mut self, visit: &Visit) {
        self.count(visit, |row, _| row.called_back += 1);
    }

    /// The case goes on as the contact `next`.
    pub(super) fn goes_on(&mut self, now: SimTime, contact: Key, next: Key) {
        for memory in &mut self.cases {
            if !memory.answered.is_empty()
                && let Some(answered) = memory.answered.remove(&contact)
            {
                memory.remember(next, answered, now);
            }
        }
    }

    /// Back to zero, without giving memory back.
    pub(super) fn reset(&mut self) {
        self.rows.fill(Clause::default());
        for memory in &mut self.cases {
            memory.answered.clear();
            memory.listed.clear();
        }
    }
}
