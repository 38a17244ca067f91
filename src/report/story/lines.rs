//! A story as lines: each with its time, event, queue, agent, and what is to be said about it.
//!
//! Decides nothing about layout. Invariant: lines follow the steps of the story in order; what a line says agrees with its
//! other fields.

use crate::experiment::Trace;
use crate::model::fact::{Busy, Conferring, Cutoff, Deflection, Entry, Origin, TalkEnd};
use crate::random::Key;
use crate::scenario::Scenario;
use crate::scenario::checked::{AtLimit, QueueOrder, RouteTier, TransferPlace};
use crate::trace::{Happening, KeyStart, LimitReached, Queue, Step, Story};
use crate::units::{ClassId, GroupId, LaneId, SimTime, Span};

use super::clock::{WallClock, lasting};
use super::reasons::reason;

/// One thing that happened, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub at: SimTime,
    pub contact: Key,
    /// Visit of the contact, 1 for the first.
    pub visit: u16,
    pub event: Event,
    pub queue: String,
    pub agent: Option<(GroupId, u32)>,
    /// How long what ended now has lasted.
    pub lasted: Option<Span>,
    pub text: String,
    /// Why this agent and why now.
    pub why: Option<String>,
}

/// The kind of a line: for machines, and for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Event {
    /// Stable.
    pub name: &'static str,
    /// At most ten columns.
    pub label: &'static str,
    pub tone: Tone,
}

/// How an event sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Neutral,
    Good,
    Bad,
}

/// The names that a story needs.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub scenario: &'a Scenario,
    pub queues: &'a [Queue],
    pub clock: WallClock<'a>,
}

impl<'a> Names<'a> {
    pub fn new(scenario: &'a Scenario, trace: &'a Trace) -> Self {
        Self { scenario, queues: &trace.queues, clock: WallClock::new(&scenario.almanac) }
    }

    pub fn class(&self, class: ClassId) -> &'a str {
        &self.scenario.classes[class.index()].name
    }

    pub fn group(&self, group: GroupId) -> &'a str {
        &self.scenario.groups[group.index()].name
    }

    /// `billing`, `billing/in_house`, `billing/callbacks`.
    pub fn queue(&self, lane: LaneId) -> String {
        let queue = &self.queues[lane.index()];
        let class = self.class(queue.class);
        match queue.branch.map(|branch| &self.scenario.classes[queue.class.index()].branches[branch].name) {
            None => format!("{class}/callbacks"),
            Some(branch) if branch.is_empty() => class.to_owned(),
            Some(branch) => format!("{class}/{branch}"),
        }
    }

    /// `agent 4 of west`.
    pub fn agent(&self, group: GroupId, agent: u32) -> String {
        format!("agent {} of {}", agent + 1, self.group(group))
    }

    /// The first names and how many more there are.
    pub fn groups(&self, groups: &[GroupId]) -> String {
        let names: Vec<String> = groups.iter().map(|&group| self.group(group).to_owned()).collect();
        crate::report::words::some_of(&names)
    }
}

/// The lines of a story.
pub(super) fn lines(names: &Names<'_>, story: &Story) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (i, step) in story.steps.iter().enumerate() {
        let Some((event, text)) = told(names, story, i) else { continue };
        // A contact is in its queue in the instant in which it comes.
        let lane = step.lane.or_else(|| {
            let next = story.steps.get(i + 1)?;
            matches!(next.what, Happening::Entered { how: Entry::Outside }).then_some(next.lane)?
        });
        let (agent, lasted, why) = match step.what {
            Happening::Answered { group, agent, wait, why, .. } => (Some((group, agent)), Some(wait), why),
            Happening::Rings { group, agent, why } => (Some((group, agent)), None, why),
            Happening::TalkEnded { group, agent, talk, .. } => (Some((group, agent)), Some(talk), None),
            Happening::ConferenceBegan { group, agent, .. } => (Some((group, agent)), None, None),
            Happening::ConferenceEnded { group, agent, lasted, .. } => {
                (Some((group, agent)), Some(lasted), None)
            }
            Happening::WrappedUp { group, agent, acw } => (Some((group, agent)), Some(acw), None),
            Happening::Dialled { group, agent, why } => (Some((group, agent)), None, why),
            Happening::Reached { group, agent, promised, .. } => {
                (Some((group, agent)), Some(step.at.since(promised)), None)
            }
            Happening::Missed { group, agent, dialling } => (Some((group, agent)), Some(dialling), None),
            Happening::Abandoned { wait, .. }
            | Happening::Disconnected { wait, .. }
            | Happening::Deflected { wait, .. } => (None, Some(wait), None),
            Happening::Came { .. }
            | Happening::Refused
            | Happening::Blocked { .. }
            | Happening::Entered { .. }
            | Happening::Queued { .. }
            | Happening::TransferRefused { .. }
            | Happening::Promised { .. }
            | Happening::Broken
            | Happening::WillReturn { .. }
            | Happening::LeftOpen { .. }
            | Happening::Closed { .. } => (None, None, None),
        };
        lines.push(Line {
            at: step.at,
            contact: step.contact,
            visit: step.leg + 1,
            event,
            queue: lane.map_or_else(|| names.class(step.class).to_owned(), |lane| names.queue(lane)),
            agent,
            lasted,
            text,
            why: why.map(|why| reason(names, step, why)),
        });
    }
    lines
}

fn event(name: &'static str, label: &'static str, tone: Tone) -> Event {
    Event { name, label, tone }
}

/// What is said of a step; nothing of what another line says already.
fn told(names: &Names<'_>, story: &Story, position: usize) -> Option<(Event, String)> {
    use Tone::{Bad, Good, Neutral};
    let step = &story.steps[position];
    let queue = || step.lane.map_or_else(String::new, |lane| names.queue(lane));
    Some(match step.what {
        Happening::Came { origin } => {
            let entered = story.steps.get(position + 1).filter(|next| next.contact == step.contact);
            let queue = entered
                .and_then(|next| next.lane)
                .map_or_else(|| names.class(step.class).to_owned(), |lane| names.queue(lane));
            let again = format!("for {queue}, as contact {}", KeyStart::of(step.contact));
            match origin {
                Origin::Fresh => (event("calls", "calls", Neutral), format!("for {queue}")),
                Origin::Redial => (event("redials", "redials", Neutral), again),
                Origin::Repeat => (event("repeats", "comes back", Neutral), again),
            }
        }
        Happening::Refused => (
            event("refused", "refused", Bad),
            format!("{} is closed: the attempt is over", names.class(step.class)),
        ),
        Happening::Blocked { why } => (event("blocked", "busy", Bad), busy_tone(names, step, why)),
        Happening::Entered { how } => match how {
            Entry::Outside => return None,
            Entry::Transfer => (event("transferred", "transfer", Neutral), format!("to {}", queue())),
            Entry::Escalation => (event("escalated", "sent on", Neutral), format!("to {}", queue())),
            Entry::Diversion => (event("diverted", "sent on", Neutral), format!("to {}", queue())),
            Entry::Callback => (
                event("callback_due", "to call", Neutral),
                format!("attempt {} is due, in {}", step.leg + 1, queue()),
            ),
        },
        Happening::Queued { ahead, staffed, idle, on_break } => {
            (event("waits", "waits", Neutral), waits(names, step, ahead, (staffed, idle, on_break)))
        }
        Happening::Rings { group, agent, .. } => {
            (event("rings", "rings", Neutral), format!("at {}, who is taken", names.agent(group, agent)))
        }
        Happening::Answered { group, agent, was_queued, wait, .. } => {
            let when = if was_queued || wait > Span::ZERO {
                format!("after {}", lasting(wait))
            } else {
                "at once".to_owned()
            };
            let text = format!("{when} by {}", names.agent(group, agent));
            (event("answered", "answered", Neutral), text)
        }
        Happening::Abandoned { wait, ahead } => {
            let text = match (wait, ahead) {
                (Span::ZERO, _) => "at once: does not wait at all".to_owned(),
                (_, 0) => format!("after {} of waiting, as the next in the queue", lasting(wait)),
                _ => format!("after {} of waiting, with {ahead} still ahead", lasting(wait)),
            };
            (event("abandoned", "gives up", Bad), text)
        }
        Happening::Disconnected { wait, why } => {
            (event("disconnected", "cut off", Bad), cut_off(names, step, wait, why))
        }
        Happening::Deflected { wait, how } => {
            let waited = format!("after {}, the longest wait allowed", lasting(wait));
            match how {
                Deflection::CallbackAccepted => {
                    (event("called_back", "accepts", Neutral), "is offered a callback and accepts".to_owned())
                }
                Deflection::CallbackAfterMaxWait => (
                    event("called_back", "waited out", Neutral),
                    format!("{waited}: hangs up, to be called back"),
                ),
                Deflection::Message => (
                    event("deflected", "message", Bad),
                    format!("{waited}: hears a message, the contact is over"),
                ),
                Deflection::Diverted(class) => (
                    event("deflected", "waited out", Neutral),
                    format!("{waited}: goes to {}", names.class(class)),
                ),
            }
        }
        Happening::TransferRefused { limit, .. } => {
            (event("transfer_refused", "limit", Neutral), refused(names, limit))
        }
        Happening::TalkEnded { talk, end, .. } => {
            let how = match end {
                TalkEnd::Resolved => "the case is solved",
                TalkEnd::Unresolved => "the case is not solved",
                TalkEnd::HandedOn => "the agent transfers the customer",
                TalkEnd::Escalated => "the agent sends the customer on",
                TalkEnd::Promised => "a callback is promised",
                TalkEnd::Dropped => "the contact ends unsolved",
            };
            let tone = if end == TalkEnd::Resolved { Good } else { Neutral };
            (event("talk_ended", "talk ends", tone), format!("after {}: {how}", lasting(talk)))
        }
        Happening::ConferenceBegan { group, agent, purpose } => {
            let who = names.agent(group, agent);
            let text = match purpose {
                Conferring::Consultation => {
                    format!("{who} was idle and is asked; the customer stays on the line")
                }
                Conferring::Introduction => format!("{who} was idle and hears of the case before taking it"),
            };
            (event("conference_began", "conference", Neutral), text)
        }
        Happening::ConferenceEnded { group, agent, lasted, .. } => (
            event("conference_ended", "conf. ends", Neutral),
            format!("{}, after {}", names.agent(group, agent), lasting(lasted)),
        ),
        Happening::WrappedUp { acw: Span::ZERO, .. } => return None,
        Happening::WrappedUp { group, agent, acw } => (
            event("wrapped_up", "wrapped up", Neutral),
            format!("{}, after-call work {}", names.agent(group, agent), lasting(acw)),
        ),
        Happening::Promised { group, callback, due } => (
            event("promised", "promise", Neutral),
            format!(
                "{} calls back by {} (within {}), as contact {}",
                names.group(group),
                names.clock.time_seen_from(due, step.at),
                lasting(due.since(step.at)),
                KeyStart::of(callback)
            ),
        ),
        Happening::Dialled { group, agent, .. } => (
            event("dialled", "dials", Neutral),
            format!("{}, attempt {}", names.agent(group, agent), step.leg + 1),
        ),
        Happening::Reached { promised, kept, .. } => {
            let after = lasting(step.at.since(promised));
            let kept_in_words = if kept { "in time, the promise is kept" } else { "too late" };
            let tone = if kept { Good } else { Bad };
            (event("reached", "reached", tone), format!("{after} after the promise: {kept_in_words}"))
        }
        Happening::Missed { group, agent, dialling } => (
            event("missed", "not there", Neutral),
            format!("{} has dialled for {}", names.agent(group, agent), lasting(dialling)),
        ),
        Happening::Broken => (
            event("promise_broken", "broken", Bad),
            "it was the last attempt: the promise is broken".to_owned(),
        ),
        Happening::WillReturn { next, origin, at } => {
            let how = match origin {
                Origin::Fresh | Origin::Redial => "will redial",
                Origin::Repeat => "will come back",
            };
            let (when, after) = (names.clock.time_seen_from(at, step.at), lasting(at.since(step.at)));
            let text = format!("{how} at {when} (in {after}), as contact {}", KeyStart::of(next));
            (event("will_return", "later", Neutral), text)
        }
        Happening::LeftOpen { .. } => (event("left_open", "open", Neutral), left_open(story, position)),
        Happening::Closed { is_resolved, is_cut } => {
            let (text, tone) = match (is_cut, is_resolved) {
                (true, _) => ("cut: what would come next lies after the end of the run", Neutral),
                (false, true) => ("the case is over, solved", Good),
                (false, false) => ("not solved, and the customer does not come again", Bad),
            };
            (event("closed", "closed", tone), text.to_owned())
        }
    })
}

fn busy_tone(names: &Names<'_>, step: &Step, why: Busy) -> String {
    match why {
        Busy::NoLine => no_line(names, step),
        Busy::NoPlace => format!("nobody is idle, and {}: the contact is over", no_place(names, step)),
    }
}

fn cut_off(names: &Names<'_>, step: &Step, wait: Span, why: Cutoff) -> String {
    match why {
        Cutoff::MaxWait => format!("after {}, the longest wait allowed", lasting(wait)),
        Cutoff::Closing => format!("after {}: {} closes", lasting(wait), names.class(step.class)),
        Cutoff::Closed => {
            format!("after {}: nobody is idle, and {} is closed", lasting(wait), names.class(step.class))
        }
        Cutoff::NoPlace => format!("after {}: nobody is idle, and {}", lasting(wait), no_place(names, step)),
    }
}

/// Which limits there are; whoever asks finds one of them reached.
fn no_place(names: &Names<'_>, step: &Step) -> String {
    let class = &names.scenario.classes[step.class.index()];
    let pool = class.line_pool.map(|pool| &names.scenario.line_pools[pool.index()]);
    let limits: Vec<String> = [
        (class.waiting_places, format!(" of {}", class.name)),
        (pool.and_then(|pool| pool.waiting_places), " of its lines".to_owned()),
    ]
    .into_iter()
    .filter_map(|(places, whose)| Some(format!("{}{whose}", places?)))
    .collect();
    format!("no waiting place is left ({})", limits.join(", "))
}

fn no_line(names: &Names<'_>, step: &Step) -> String {
    let pool = names.scenario.classes[step.class.index()].line_pool;
    let lines = pool.map_or(0, |pool| names.scenario.line_pools[pool.index()].lines);
    match lines {
        1 => "the only line is in use: no free line, the contact is over".to_owned(),
        _ => format!("all {lines} lines are in use: the contact is over"),
    }
}

/// Why nobody takes the visit at once, its place, and who may take it later.
fn waits(
    names: &Names<'_>,
    step: &Step,
    ahead: usize,
    (staffed, idle, on_break): (u32, usize, u32),
) -> String {
    let queue = step.lane.map(|lane| &names.queues[lane.index()]);
    let tiers = queue.map_or(&[] as &[_], |queue| &queue.tiers);
    let (now, later): (Vec<&RouteTier>, Vec<&RouteTier>) = tiers.iter().partition(|tier| tier.is_for_all());
    let groups: Vec<GroupId> = now.iter().flat_map(|tier| tier.groups.iter().copied()).collect();
    let who = names.groups(&groups);
    let mut text = match (staffed, idle) {
        _ if groups.is_empty() => "nobody may take it yet".to_owned(),
        (0, _) => format!("nobody of {who} is logged in"),
        (1, 0) => format!("the only agent of {who} is busy"),
        (2, 0) => format!("both agents of {who} are busy"),
        (_, 0) => format!("all {staffed} agents of {who} are busy"),
        (_, 1) => format!("1 of {staffed} agents of {who} is idle, in reserve for others"),
        _ => format!("{idle} of {staffed} agents of {who} are idle, in reserve for others"),
    };
    match on_break {
        0 => {}
        1 => text.push_str(", 1 agent is on a break"),
        _ => text.push_str(&format!(", {on_break} agents are on a break")),
    }
    text.push_str(&match ahead {
        0 => "; next in the queue".to_owned(),
        _ if !is_by_entry(names, step) => format!("; {ahead} waited there before"),
        1 => "; 1 is ahead in the queue".to_owned(),
        _ => format!("; {ahead} are ahead in the queue"),
    });
    for tier in later {
        text.push_str(&format!("; {}", names.groups(&tier.groups)));
        if tier.after > Span::ZERO {
            text.push_str(&format!(" after {}", lasting(tier.after)));
        }
        if tier.waiting_at_least > 1 {
            text.push_str(&format!(" while {} or more wait", tier.waiting_at_least));
        }
        if let Some((_, least)) = tier.expected_wait_above {
            text.push_str(&format!(" while more than {} of waiting are expected", lasting(least)));
        }
    }
    if queue.is_some_and(|queue| queue.branch.is_none()) {
        text.push_str("; customers on the line come first");
    }
    text
}

/// Whether who came to the queue before is ahead.
fn is_by_entry(names: &Names<'_>, step: &Step) -> bool {
    let class = &names.scenario.classes[step.class.index()];
    let transfers = names.scenario.classes.iter().flat_map(|class| &class.transfers);
    let is_put_ahead =
        step.leg > 0 && transfers.into_iter().any(|to| to.to == step.class && to.place != TransferPlace::End);
    class.order == QueueOrder::Fifo && !is_put_ahead
}

fn refused(names: &Names<'_>, limit: LimitReached) -> String {
    let limit = match limit {
        LimitReached::PerContact(0) | LimitReached::PerCase(0) => "no transfer is allowed".to_owned(),
        LimitReached::PerContact(1) => "1 transfer a contact is the limit".to_owned(),
        LimitReached::PerContact(most) => format!("{most} transfers a contact are the limit"),
        LimitReached::PerCase(1) => "1 transfer a case is the limit".to_owned(),
        LimitReached::PerCase(most) => format!("{most} transfers a case are the limit"),
    };
    let rule = match names.scenario.transfer_limit.at_limit {
        AtLimit::Keep { .. } => "the agent keeps the customer and talks on",
        AtLimit::Callback(_) => "a callback is promised in its place",
        AtLimit::Escalate { .. } => "the customer is sent on all the same, for the last time",
        AtLimit::Drop => "the contact ends",
    };
    format!("a transfer is wanted; {limit}: {rule}")
}

fn left_open(story: &Story, position: usize) -> String {
    let step = &story.steps[position];
    let last = story.steps[..position].iter().rev().find_map(|before| match before.what {
        Happening::Queued { .. } => Some("still waiting when the run is over: nobody will ever answer"),
        Happening::Missed { .. } => Some("the next attempt would come after the end of the run"),
        _ => None,
    });
    debug_assert!(last.is_some(), "{} is left open out of nothing", KeyStart::of(step.contact));
    last.unwrap_or_default().to_owned()
}
