//! Why this agent and why now, as far as the rules of routing and the board tell it.
//!
//! Routes nobody: it looks at whom the model chose and says what is true of the choice. Invariant: a reason that does not hold
//! on the board ("idle longest", "waited longest") is not given.

use crate::random::Key;
use crate::scenario::Scenario;
use crate::scenario::checked::RouteTier;
use crate::units::{ClassId, GroupId, LaneId, SimTime};

use super::board::{Board, Freed};
use super::tracer::Queue;

/// What brought a visit and an agent together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The visit came, or its wait reached the `after` of a tier, and the agent was idle.
    AgentWasIdle {
        /// Position of the agent's tier in the queue.
        tier: usize,
        /// Agents of the tier who are idle.
        idle: usize,
        /// Agents of the tier who are logged in.
        staffed: u32,
        /// Since when the agent is idle.
        since: SimTime,
        /// What the agent did before.
        freed: Freed,
        /// Whether nobody of the tier is idle longer.
        is_longest: bool,
        /// Whether the visit waited until the tier opened.
        was_queued: bool,
    },
    /// The agent became free, and the visit waited.
    AgentBecameFree {
        /// What the agent did before.
        freed: Freed,
        /// Position among the tiers of what the group takes; promised callbacks come after the last.
        tier: usize,
        /// Visits waiting there that the agent may take.
        waiting: usize,
        /// Whether none of them waits longer.
        is_longest: bool,
        /// Visits waiting in earlier tiers of what the group takes, none of which the agent may take yet.
        passed_over: usize,
    },
}

/// Agents whom a visit is offered to at the moment it comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Offer {
    /// Logged in.
    pub staffed: u32,
    /// Idle.
    pub idle: usize,
    /// On a break.
    pub on_break: u32,
}

impl Offer {
    /// Of the tiers that are open after no wait and to a queue of any length.
    pub fn at_once(board: &Board, queue: &Queue) -> Self {
        queue.tiers.iter().filter(|tier| tier.is_for_all()).fold(Self::default(), |sum, tier| {
            let Self { staffed, idle, on_break } = Self::of(board, tier);
            Self { staffed: sum.staffed + staffed, idle: sum.idle + idle, on_break: sum.on_break + on_break }
        })
    }

    fn of(board: &Board, tier: &RouteTier) -> Self {
        let teams = || tier.groups.iter().map(|group| &board.teams[group.index()]);
        Self {
            staffed: teams().map(|team| team.staffed).sum(),
            idle: teams().map(|team| team.idle.len()).sum(),
            on_break: teams().map(|team| team.on_break).sum(),
        }
    }
}

/// The visit and the agent whom the model has just brought together; the board still shows the moment before.
pub(super) struct Meeting {
    pub contact: Key,
    pub lane: LaneId,
    pub entered: SimTime,
    pub group: GroupId,
    pub agent: u32,
}

/// Why `meeting` took place; `None` where the board knows no idle agent of that number, or the group is in no tier.
pub(super) fn why(
    scenario: &Scenario,
    queues: &[Queue],
    board: &Board,
    now: SimTime,
    meeting: &Meeting,
) -> Option<Why> {
    let &Meeting { contact, lane, entered, group, agent } = meeting;
    let team = &board.teams[group.index()];
    let &(since, _) = team.idle.iter().find(|&&(_, number)| number == agent)?;
    let freed = team.agents[agent as usize].freed;
    let was_queued = board.place(contact).is_some();
    // Who is idle since this very instant and takes a waiting visit has just become free: had a tier opened instead, the
    // agent would have taken the visit before.
    if !was_queued || since < now {
        let tiers = &queues[lane.index()].tiers;
        let tier = tiers.iter().position(|tier| tier.groups.contains(&group))?;
        let Offer { staffed, idle, .. } = Offer::of(board, &tiers[tier]);
        let fronts = tiers[tier].groups.iter().filter_map(|group| board.teams[group.index()].idle.front());
        let is_longest = fronts.map(|&(front, _)| front).min() == Some(since);
        return Some(Why::AgentWasIdle { tier, idle, staffed, since, freed, is_longest, was_queued });
    }
    let tiers_of_group = &scenario.groups[group.index()].takes;
    let own = &queues[lane.index()];
    let tier = match own.branch {
        Some(_) => tiers_of_group.iter().position(|tier| tier.contains(&own.class))?,
        None => tiers_of_group.len(),
    };
    // Without classes: the promised callbacks.
    let is_in = |queue: &Queue, classes: Option<&Vec<ClassId>>| match classes {
        Some(classes) => queue.branch.is_some() && classes.contains(&queue.class),
        None => queue.branch.is_none(),
    };
    let lanes = || queues.iter().zip(&board.lanes);
    let in_tier = tiers_of_group.get(tier);
    let (mut waiting, mut is_longest) = (0, true);
    for (queue, lane) in lanes().filter(|(queue, _)| is_in(queue, in_tier)) {
        let Some(open) = queue.tiers.iter().find(|tier| tier.groups.contains(&group)) else { continue };
        let Some(first) = lane.values().next() else { continue };
        if now.since(first.entered) >= open.after {
            waiting += lane.len();
            is_longest &= entered <= first.entered;
        }
    }
    let earlier = &tiers_of_group[..tier];
    let passed_over = lanes()
        .filter(|(queue, _)| earlier.iter().any(|classes| is_in(queue, Some(classes))))
        .filter(|(queue, _)| queue.tiers.iter().any(|tier| tier.groups.contains(&group)))
        .map(|(_, lane)| lane.len())
        .sum();
    Some(Why::AgentBecameFree { freed, tier, waiting, is_longest, passed_over })
}
