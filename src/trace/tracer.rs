//! The tracer: hears all facts, keeps the story of each open case that may be told.
//!
//! Chooses by [`Selection`] and words nothing. Invariant: a case that is over and was not chosen is forgotten; when enough are
//! chosen no further case is followed.

use crate::model::Rules;
use crate::model::fact::{Fact, Observer, Origin, TalkEnd, Visit, VisitKind};
use crate::random::{ByKey, Key};
use crate::scenario::Scenario;
use crate::scenario::checked::RouteTier;
use crate::units::{ClassId, GroupId, LaneId, SimTime, Span};

use super::board::Board;
use super::reason::{Meeting, Offer, Why, why};
use super::selection::{Mark, Selection, Which};
use super::snapshot::{Snapshot, WaitingNow};
use super::story::{Happening, LimitReached, Step, Story};

/// A lane: who waits there and who serves it.
#[derive(Clone, Debug, PartialEq)]
pub struct Queue {
    /// The class of its visits.
    pub class: ClassId,
    /// Position among the branches of the class; `None`: promised callbacks.
    pub branch: Option<usize>,
    /// To whom its visits are offered, best first.
    pub tiers: Vec<RouteTier>,
}

/// Follows cases through one replication.
#[derive(Clone, Debug)]
pub struct Tracer<'a> {
    scenario: &'a Scenario,
    selection: Selection,
    queues: Vec<Queue>,
    board: Board,
    /// Cases that are followed, by their key.
    followed: ByKey<Followed>,
    /// The case of each contact and callback of the cases that are followed.
    case_of: ByKey<Key>,
    /// Cases that are over and will be told, as far as is known.
    told: Vec<(usize, Story)>,
    chosen: usize,
    snapshot: Option<Snapshot>,
}

/// A case that is followed.
#[derive(Clone, Debug)]
struct Followed {
    story: Story,
    marks: Vec<Mark>,
    /// Agents who dial, talk or wrap up for it.
    agents: u32,
    /// Its place among the chosen.
    chosen: Option<usize>,
}

impl<'a> Tracer<'a> {
    /// A tracer before the first fact of a replication of `scenario`, from which `rules` were compiled.
    #[must_use]
    pub fn new(scenario: &'a Scenario, rules: &Rules, selection: Selection) -> Self {
        let mut queues: Vec<Queue> = Vec::new();
        for lane in (0..rules.n_lanes()).map(LaneId::from_index) {
            let class = rules.class_of(lane);
            let before = queues.iter().filter(|queue| queue.class == class && queue.branch.is_some()).count();
            let branch = rules.is_inbound(lane).then_some(before);
            queues.push(Queue { class, branch, tiers: rules.tiers_of(lane).to_vec() });
        }
        Self {
            scenario,
            selection,
            board: Board::new(queues.len(), scenario.groups.len()),
            queues,
            followed: ByKey::default(),
            case_of: ByKey::default(),
            told: Vec::new(),
            chosen: 0,
            snapshot: None,
        }
    }

    /// Whether nothing that is still to come can change what is told.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let is_chosen = match self.selection.which {
            Which::LongestWait => false,
            Which::WaitingAt(_) => self.snapshot.is_some(),
            Which::First | Which::Contact(_) => self.chosen == self.selection.at_most,
        };
        is_chosen && self.told.len() == self.chosen
    }

    /// Takes the picture of the centre at `at`, once everything that happened then has been heard, and chooses who waits.
    pub fn look(&mut self, at: SimTime) {
        let snapshot = Snapshot::of(&self.board, at);
        let mut waiting: Vec<&WaitingNow> = snapshot.waiting.iter().collect();
        waiting.sort_by_key(|visit| std::cmp::Reverse(visit.wait));
        for visit in waiting.into_iter().take(self.selection.at_most) {
            if let Some(case) = self.case_of.get(&visit.contact).copied() {
                self.choose(case);
            }
        }
        self.snapshot = Some(snapshot);
        self.follow_only_the_chosen();
    }

    /// The stories in the order of the selection, what the centre looked like, and its queues.
    #[must_use]
    pub fn finish(mut self) -> (Vec<Story>, Option<Snapshot>, Vec<Queue>) {
        // Cases that are still open (the run was stopped) are told as far as they have come.
        let open = self.followed.into_values().filter_map(|case| Some((case.chosen?, case.story)));
        self.told.extend(open);
        self.told.sort_by_key(|&(place, _)| place);
        (self.told.into_iter().map(|(_, story)| story).collect(), self.snapshot, self.queues)
    }

    /// A new case: followed if it is chosen already or may be later.
    fn case_begins(&mut self, now: SimTime, visit: &Visit) {
        let is_counted = now >= self.scenario.almanac.counting_starts();
        let is_chosen_now = self.selection.which == Which::First && self.selection.marks.is_empty();
        let is_full = self.chosen == self.selection.at_most;
        let may_be_told = match self.selection.which {
            Which::First => !is_full && (is_counted || !is_chosen_now),
            Which::Contact(_) => !is_full,
            Which::LongestWait => true,
            Which::WaitingAt(_) => self.snapshot.is_none(),
        };
        if !may_be_told {
            return;
        }
        let story = Story {
            key: visit.contact,
            class: visit.class,
            steps: Vec::new(),
            closed: None,
            longest_wait: Span::ZERO,
        };
        self.case_of.insert(visit.contact, visit.contact);
        self.followed.insert(visit.contact, Followed { story, marks: Vec::new(), agents: 0, chosen: None });
        if is_chosen_now {
            self.choose(visit.contact);
        }
        self.key_appears(visit.contact, visit.contact);
    }

    /// A contact of `case` is there or announced: it may be the one that is looked for.
    fn key_appears(&mut self, case: Key, contact: Key) {
        if let Which::Contact(start) = self.selection.which
            && start.begins(contact)
        {
            self.choose(case);
        }
    }

    fn choose(&mut self, case: Key) {
        if self.chosen == self.selection.at_most {
            return;
        }
        let Some(case) = self.followed.get_mut(&case) else { return };
        if case.chosen.is_none() {
            case.chosen = Some(self.chosen);
            self.chosen += 1;
            if self.chosen == self.selection.at_most && self.selection.which != Which::LongestWait {
                self.follow_only_the_chosen();
            }
        }
    }

    fn follow_only_the_chosen(&mut self) {
        self.followed.retain(|_, case| case.chosen.is_some());
        let followed = &self.followed;
        self.case_of.retain(|_, case| followed.contains_key(case));
    }

    /// The case bears `mark` from now on, and is chosen if that was the last one wanted.
    fn mark(&mut self, now: SimTime, contact: Key, mark: Mark) {
        let Some(key) = self.case_of.get(&contact).copied() else { return };
        let Some(case) = self.followed.get_mut(&key) else { return };
        if !case.marks.contains(&mark) {
            case.marks.push(mark);
        }
        let wanted = &self.selection.marks;
        let has_all = !wanted.is_empty() && wanted.iter().all(|mark| case.marks.contains(mark));
        if has_all && self.selection.which == Which::First && now >= self.scenario.almanac.counting_starts() {
            self.choose(key);
        }
    }

    fn followed_mut(&mut self, contact: Key) -> Option<&mut Followed> {
        self.followed.get_mut(self.case_of.get(&contact)?)
    }

    fn is_followed(&self, contact: Key) -> bool {
        self.case_of.contains_key(&contact)
    }

    /// Writes down what happened to a visit that is in a lane or was.
    fn write(&mut self, now: SimTime, visit: &Visit, what: Happening) {
        self.write_step(visit, Some(visit.lane), now, what);
    }

    fn write_step(&mut self, visit: &Visit, lane: Option<LaneId>, at: SimTime, what: Happening) {
        let Visit { contact, leg, class, .. } = *visit;
        if let Some(case) = self.followed_mut(contact) {
            case.story.steps.push(Step { at, contact, leg, class, lane, what });
        }
    }

    /// A further contact of the case of `contact` is announced.
    fn announce(&mut self, contact: Key, next: Key) {
        if let Some(case) = self.case_of.get(&contact).copied() {
            self.case_of.insert(next, case);
            self.key_appears(case, next);
        }
    }

    fn waited(&mut self, now: SimTime, visit: &Visit) {
        let is_counted = visit.entered >= self.scenario.almanac.counting_starts();
        if is_counted
            && visit.kind == VisitKind::Inbound
            && let Some(case) = self.followed_mut(visit.contact)
        {
            case.story.longest_wait = case.story.longest_wait.max(now.since(visit.entered));
        }
    }

    fn why(&self, now: SimTime, visit: &Visit, group: GroupId, agent: u32) -> Option<Why> {
        let Visit { contact, lane, entered, .. } = *visit;
        let meeting = Meeting { contact, lane, entered, group, agent };
        why(self.scenario, &self.queues, &self.board, now, &meeting)
    }

    /// Others before the visit in its lane; all of the lane's if it is not in it yet.
    fn ahead(&self, visit: &Visit) -> usize {
        match self.board.place(visit.contact) {
            Some((lane, place)) => self.board.lanes[lane.index()].range(..place).count(),
            None => self.board.lanes[visit.lane.index()].len(),
        }
    }

    fn limit_reached(&self, visit: &Visit) -> LimitReached {
        let limit = &self.scenario.transfer_limit;
        let story = self.case_of.get(&visit.contact).and_then(|case| self.followed.get(case));
        let transfers = story.map_or(0, |case| case.story.transfers(visit.contact));
        match (limit.per_contact, limit.per_case) {
            (Some(most), _) if transfers >= most as usize => LimitReached::PerContact(most),
            (_, Some(most)) => LimitReached::PerCase(most),
            (most, None) => LimitReached::PerContact(most.unwrap_or(0)),
        }
    }

    fn agent_joins(&mut self, contact: Key) {
        if let Some(case) = self.followed_mut(contact) {
            case.agents += 1;
        }
    }

    /// An agent is done with the case; with the last one a closed case is over.
    fn agent_leaves(&mut self, contact: Key) {
        let Some(key) = self.case_of.get(&contact).copied() else { return };
        if let Some(case) = self.followed.get_mut(&key) {
            case.agents -= 1;
        }
        self.end_if_over(key);
    }

    fn end_if_over(&mut self, key: Key) {
        if self.followed.get(&key).is_none_or(|case| case.agents > 0 || case.story.closed.is_none()) {
            return;
        }
        let Some(case) = self.followed.remove(&key) else { return };
        for contact in case.story.contacts() {
            self.case_of.remove(&contact);
        }
        match self.selection.which {
            Which::LongestWait => self.rank(case),
            Which::First | Which::Contact(_) | Which::WaitingAt(_) => {
                self.told.extend(case.chosen.map(|place| (place, case.story)));
            }
        }
    }

    /// Keeps the case if it is among those with the longest waits; of equal waits the one that was over first.
    fn rank(&mut self, case: Followed) {
        let has_all = self.selection.marks.iter().all(|mark| case.marks.contains(mark));
        let wait = case.story.longest_wait;
        if !has_all || wait == Span::ZERO {
            return;
        }
        let place = self.told.partition_point(|(_, other)| other.longest_wait >= wait);
        if place < self.selection.at_most {
            self.told.insert(place, (0, case.story));
            self.told.truncate(self.selection.at_most);
        }
    }
}

impl Observer for Tracer<'_> {
    fn on(&mut self, now: SimTime, fact: &Fact<'_>) {
        self.tell(now, fact);
        self.board.hear(now, fact);
    }
}

impl Tracer<'_> {
    /// Adds what `fact` says to the story of its case; the board still shows the moment before.
    fn tell(&mut self, now: SimTime, fact: &Fact<'_>) {
        match *fact {
            Fact::Offered { visit, origin } => {
                if origin == Origin::Fresh {
                    self.case_begins(now, visit);
                }
                self.write_step(visit, None, now, Happening::Came { origin });
            }
            Fact::Refused { visit, origin } => {
                if origin == Origin::Fresh {
                    self.case_begins(now, visit);
                }
                self.write_step(visit, None, now, Happening::Came { origin });
                self.write_step(visit, None, now, Happening::Refused);
            }
            Fact::Blocked { visit, why } => self.write_step(visit, None, now, Happening::Blocked { why }),
            Fact::Entered { visit, how } => self.write(now, visit, Happening::Entered { how }),
            Fact::Queued { visit } => {
                if self.is_followed(visit.contact) {
                    let ahead = self.ahead(visit);
                    let Offer { staffed, idle, on_break } =
                        Offer::at_once(&self.board, &self.queues[visit.lane.index()]);
                    self.write(now, visit, Happening::Queued { ahead, staffed, idle, on_break });
                }
            }
            Fact::Rings { visit, group, agent, .. } => {
                if self.is_followed(visit.contact) {
                    let why = self.why(now, visit, group, agent);
                    self.write(now, visit, Happening::Rings { group, agent, why });
                }
            }
            // The customer is told to give up.
            Fact::RangInVain { .. } => {}
            Fact::Answered { visit, group, agent, was_queued, .. } => {
                if self.is_followed(visit.contact) {
                    let (wait, why) = (now.since(visit.entered), self.why(now, visit, group, agent));
                    self.write(now, visit, Happening::Answered { group, agent, was_queued, wait, why });
                    self.waited(now, visit);
                    self.agent_joins(visit.contact);
                }
            }
            Fact::Abandoned { visit } => {
                if self.is_followed(visit.contact) {
                    let (wait, ahead) = (now.since(visit.entered), self.ahead(visit));
                    self.write(now, visit, Happening::Abandoned { wait, ahead });
                    self.waited(now, visit);
                    self.mark(now, visit.contact, Mark::Abandoned);
                }
            }
            Fact::Disconnected { visit, why } => {
                self.write(now, visit, Happening::Disconnected { wait: now.since(visit.entered), why });
                self.waited(now, visit);
            }
            Fact::Deflected { visit, how } => {
                self.write(now, visit, Happening::Deflected { wait: now.since(visit.entered), how });
                self.waited(now, visit);
            }
            Fact::TransferRefused { visit, group } => {
                if self.is_followed(visit.contact) {
                    let limit = self.limit_reached(visit);
                    self.write(now, visit, Happening::TransferRefused { group, limit });
                }
            }
            Fact::TalkEnded { visit, group, agent, talk, end } => {
                self.write(now, visit, Happening::TalkEnded { group, agent, talk, end });
                if matches!(end, TalkEnd::HandedOn | TalkEnd::Escalated) {
                    self.mark(now, visit.contact, Mark::Transferred);
                }
            }
            Fact::ConferenceBegan { visit, group, agent, purpose } => {
                self.write(now, visit, Happening::ConferenceBegan { group, agent, purpose });
            }
            Fact::ConferenceEnded { visit, group, agent, lasted, purpose } => {
                self.write(now, visit, Happening::ConferenceEnded { group, agent, lasted, purpose });
            }
            Fact::WrappedUp { visit, group, agent, acw } => {
                self.write(now, visit, Happening::WrappedUp { group, agent, acw });
                self.agent_leaves(visit.contact);
            }
            Fact::Promised { visit, callback, group, due } => {
                self.write(now, visit, Happening::Promised { group, callback, due });
                self.announce(visit.contact, callback);
            }
            Fact::CallbackDialled { visit, group, agent } => {
                if self.is_followed(visit.contact) {
                    let why = self.why(now, visit, group, agent);
                    self.write(now, visit, Happening::Dialled { group, agent, why });
                    self.agent_joins(visit.contact);
                }
            }
            Fact::CallbackReached { visit, group, agent, promised, kept } => {
                self.write(now, visit, Happening::Reached { group, agent, promised, kept });
            }
            Fact::CallbackMissed { visit, group, agent, dialling } => {
                self.write(now, visit, Happening::Missed { group, agent, dialling });
                self.agent_leaves(visit.contact);
            }
            Fact::PromiseBroken { visit } => self.write(now, visit, Happening::Broken),
            Fact::WillReturn { visit, next, origin, at } => {
                self.write(now, visit, Happening::WillReturn { next, origin, at });
                self.announce(visit.contact, next);
            }
            Fact::LeftOpen { visit } => {
                self.write(now, visit, Happening::LeftOpen { wait: now.since(visit.entered) });
            }
            Fact::CaseClosed { case, is_cut } => {
                if let Some(followed) = self.followed.get_mut(&case.key) {
                    followed.story.closed = Some((*case, is_cut));
                    if let Some(&last) = followed.story.steps.last() {
                        let what = Happening::Closed { is_resolved: case.resolved, is_cut };
                        followed.story.steps.push(Step { at: now, what, ..last });
                    }
                    self.end_if_over(case.key);
                }
            }
            Fact::IntervalStarted { .. }
            | Fact::ContactEnded { .. }
            | Fact::HorizonEnded
            | Fact::Planned { .. }
            | Fact::OnBreak { .. }
            | Fact::OffPhone { .. }
            | Fact::LoggedIn { .. }
            | Fact::LoggedOut { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Centre;
    use crate::scenario::{self, Texts};

    #[test]
    fn when_all_cases_are_over_none_is_kept_that_is_not_told() {
        let text = "horizon = \"8h\"\n[class.calls]\nvolume = { per_hour = 100 }\n\
                    talk_time = { exponential = { mean = \"3m\" } }\npatience = { exponential = { mean = \"2m\" } }\n\
                    resolution = 0.5\nrepeat = { probability = 0.5, delay = { exponential = { mean = \"1h\" } } }\n\
                    [group.agents]\nagents = 6\ntakes = [[\"calls\"]]\n";
        let loaded = scenario::load("kept.toml", &[], &Texts::new().with("kept.toml", text));
        let scenario = loaded.expect("a scenario").scenario;
        let rules = Rules::compile(&scenario);
        for (which, told) in [
            (Which::First, 3),
            (Which::LongestWait, 3),
            (Which::Contact("00000000".parse().expect("a key")), 0),
        ] {
            let mut tracer = Tracer::new(&scenario, &rules, Selection { which, marks: vec![], at_most: 3 });
            Centre::new(&rules, 1, 0).finish(&mut tracer);
            assert!(tracer.followed.is_empty() && tracer.case_of.is_empty(), "{which:?}");
            assert_eq!(tracer.told.len(), told, "{which:?}");
            assert!(tracer.board.lanes.iter().all(|lane| lane.is_empty()));
        }
    }
}
