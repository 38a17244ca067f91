//! Why this agent and why now, in words.
//!
//! Finds no reason itself. Invariant: says no more than the reason that it is given.

use crate::scenario::checked::{AgentChoice, NextClass, QueueOrder, RouteTier, Transfer, TransferPlace};
use crate::trace::{Freed, Happening, KeyStart, Step, Why};
use crate::units::Span;

use super::clock::lasting;
use super::lines::Names;

/// A reason as one sentence without full stop.
pub(super) fn reason(names: &Names<'_>, step: &Step, why: Why) -> String {
    let tiers = step.lane.map_or(&[] as &[RouteTier], |lane| &names.queues[lane.index()].tiers);
    match why {
        Why::AgentWasIdle { freed: Freed::Conferred(contact, _), since, .. }
            if contact == step.contact && since == step.at =>
        {
            "this agent has just been introduced to the customer".to_owned()
        }
        Why::AgentWasIdle { tier, idle, staffed, since, freed, is_longest, was_queued } => {
            let opened = match tiers.get(tier) {
                Some(open) if was_queued && open.waiting_at_least > 1 => format!(
                    "with {} or more in the queue {} may take it too: ",
                    open.waiting_at_least,
                    names.groups(&open.groups)
                ),
                Some(RouteTier { expected_wait_above: Some((_, least)), groups, .. }) if was_queued => {
                    format!(
                        "with more than {} of waiting expected {} may take it too: ",
                        lasting(*least),
                        names.groups(groups)
                    )
                }
                Some(open) if was_queued => format!(
                    "after {} of waiting {} may take it too: ",
                    lasting(open.after),
                    names.groups(&open.groups)
                ),
                Some(open) if tier > 0 => {
                    let before: Vec<_> =
                        tiers[..tier].iter().flat_map(|t| t.groups.iter().copied()).collect();
                    format!(
                        "nobody of {} is idle; of {}: ",
                        names.groups(&before),
                        names.groups(&open.groups)
                    )
                }
                Some(open) if open.groups.len() > 1 => format!("of {}: ", names.groups(&open.groups)),
                _ => String::new(),
            };
            let since = names.clock.time_seen_from(since, step.at);
            let before = match freed {
                Freed::LoggedIn => "log-in",
                Freed::BackFromBreak => "the end of a break",
                Freed::WrappedUp(..) => "its last contact",
                Freed::Conferred(..) => "a conference",
                Freed::RangInVain(_) => "ringing in vain",
                Freed::Missed(_) => "dialling in vain",
            };
            let which = match (tiers.get(tier).map(|tier| tier.choose), is_longest) {
                (Some(AgentChoice::RandomAgent), _) => "this one is drawn from them, idle",
                (Some(AgentChoice::LeastOccupied), _) => "this one had the least to do since log-in, idle",
                (Some(AgentChoice::MostSpecialised), _) => "this one is among those of fewest classes, idle",
                (Some(AgentChoice::IdleShare), _) => "this one's group has most of its agents idle, idle",
                (Some(AgentChoice::LongestIdle) | None, true) => "this one longest,",
                (Some(AgentChoice::LongestIdle) | None, false) => "this one among them,",
            };
            let who = match (staffed, idle) {
                (1, 1) => "the only agent is idle,".to_owned(),
                (_, 1) => format!("1 of {staffed} agents is idle, this one,"),
                (_, _) => format!("{idle} of {staffed} agents are idle, {which}"),
            };
            format!("{opened}{who} since {before} ({since})")
        }
        Why::AgentBecameFree { freed, tier, waiting, is_longest, passed_over } => {
            let freed = match freed {
                Freed::LoggedIn => "the agent has just logged in".to_owned(),
                Freed::BackFromBreak => "the agent has just come back from a break".to_owned(),
                Freed::WrappedUp(contact, Span::ZERO) => {
                    format!("the agent has just ended contact {}", KeyStart::of(contact))
                }
                Freed::WrappedUp(contact, acw) => format!(
                    "the agent has just ended contact {} and {} of after-call work",
                    KeyStart::of(contact),
                    lasting(acw)
                ),
                Freed::RangInVain(contact) => {
                    format!("it has just rung in vain at the agent, for contact {}", KeyStart::of(contact))
                }
                Freed::Conferred(contact, lasted) => format!(
                    "the agent has just been in conference for {} with contact {}",
                    lasting(lasted),
                    KeyStart::of(contact)
                ),
                Freed::Missed(dialling) => {
                    format!("the agent has just dialled in vain for {}", lasting(dialling))
                }
            };
            let order = match (tier, passed_over) {
                (0, _) => String::new(),
                (_, 0) => "; nobody waits in the earlier tiers of its group".to_owned(),
                (_, 1) => "; 1 who waits in an earlier tier of its group may not yet be taken".to_owned(),
                (_, n) => format!("; {n} who wait in earlier tiers of its group may not yet be taken"),
            };
            let choice = match (waiting, is_longest) {
                (1, _) => "this customer is the only one whom the agent may take".to_owned(),
                (_, true) => format!("of {waiting} whom the agent may take this customer has waited longest"),
                (_, false) => format!(
                    "this customer is one of {waiting} whom the agent may take, {}",
                    ahead_of_longer_waits(names, step)
                ),
            };
            format!("{freed}{order}; {choice}")
        }
    }
}

/// Which rule puts a customer ahead of others who have waited longer.
fn ahead_of_longer_waits(names: &Names<'_>, step: &Step) -> &'static str {
    let next = match step.what {
        Happening::Answered { group, .. } => names.scenario.groups[group.index()].next,
        _ => NextClass::Score,
    };
    let transfers = names.scenario.classes.iter().flat_map(|class| &class.transfers);
    let is_put_ahead =
        |transfer: &Transfer| transfer.to == step.class && transfer.place != TransferPlace::End;
    if step.leg > 0 && transfers.into_iter().any(is_put_ahead) {
        return "put ahead by its transfer";
    }
    match (names.scenario.classes[step.class.index()].order, next) {
        (QueueOrder::Lifo, _) => "the last to come first",
        (QueueOrder::Random, _) => "its place in the queue was drawn",
        (QueueOrder::Fifo, NextClass::ShortestExpected) => "of the class that takes least time",
        (QueueOrder::Fifo, NextClass::Score) => "with the highest score",
    }
}
