//! How many contacts a scenario is expected to bring, by following fresh contacts through transfers, redials and repeats.
//!
//! Simulates nothing: the share that abandons is given. Leaves out redials after a busy tone or after being disconnected (who
//! finds no line, or no waiting place, is not known beforehand), the limit of transfers per case where the one per contact is lower, and differences between groups within a
//! class (their resolution is averaged). Invariant: linear in the fresh contacts, so that a count of offered contacts can be
//! turned back into fresh ones.

use super::checked::{AtLimit, Branch, Class, Group, TransferLimit};
use crate::units::{ClassId, GroupId};

/// Expected figures of the counted part of a run, shown by `check`.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    /// Fresh contacts by class.
    pub fresh: Vec<f64>,
    /// Offered contacts (fresh, redialled, repeated) by class, if `abandonment` of each class abandon.
    pub offered: Vec<f64>,
    /// The share that is taken to abandon, by class.
    pub abandonment: Vec<f64>,
    /// Planned agent hours by group.
    pub staffed_hours: Vec<f64>,
    /// Hours of talk and after-call work by class, if `abandonment` of each class abandon; by the class's own times,
    /// without the factors of groups.
    pub work_hours: Vec<f64>,
}

/// What follows from one fresh contact.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Flow {
    /// `offered[f][c]`: contacts offered in class `c` by a case that begins in class `f`.
    pub(super) offered: Vec<Vec<f64>>,
    /// `entered[f][c]`: visits entering class `c` by a case that begins in class `f`; transfers and escalations among them.
    pub(super) entered: Vec<Vec<f64>>,
    /// Refused transfers of a case that begins in class `f`: what the rule at the limit deals with.
    pub(super) refused: Vec<f64>,
    /// The most visits that a contact has in the mean, over classes; infinite if transfers never end.
    pub(super) visits_per_contact: f64,
}

/// Transfers followed before they count as endless.
const MOST_TRANSFERS: u32 = 500;
/// Fewer contacts than this of a case are none.
const NEGLIGIBLE: f64 = 1e-12;

/// The rules that a flow follows.
pub(super) struct FlowRules<'a> {
    pub(super) classes: &'a [Class],
    pub(super) groups: &'a [Group],
    pub(super) limit: &'a TransferLimit,
    pub(super) contacts_per_case: u32,
}

/// Contacts or visits by class: those whose customer was answered last (or never tried before), and those whose last attempt
/// was not answered.
pub(super) type Amounts = Vec<[f64; 2]>;

/// One generation of contacts on their way.
pub(super) struct Generation {
    /// The contacts that follow.
    next: Amounts,
    /// Those of them who redial, by the class in which they gave up.
    pub(super) redialled: Vec<f64>,
    /// Those of them who repeat, by the class in which the answered contact ended.
    pub(super) repeated: Vec<f64>,
    /// Visits by class.
    pub(super) entered: Vec<f64>,
    refused: f64,
    /// Infinite if transfers never end.
    n_visits: f64,
}

fn total(amounts: &Amounts) -> f64 {
    amounts.iter().flatten().sum()
}

impl FlowRules<'_> {
    /// Follows a case from each class, `abandonment` by class given.
    pub(super) fn flow(&self, abandonment: &[f64]) -> Flow {
        let n = self.classes.len();
        let resolution: Vec<f64> = (0..n).map(|class| self.mean_resolution(class)).collect();
        let mut flow = Flow {
            offered: vec![vec![0.0; n]; n],
            entered: vec![vec![0.0; n]; n],
            refused: vec![0.0; n],
            visits_per_contact: 1.0,
        };
        for first in 0..n {
            let mut attempts: Amounts = vec![[0.0; 2]; n];
            attempts[first][0] = 1.0;
            for _ in 0..self.contacts_per_case {
                let contacts = total(&attempts);
                if contacts < NEGLIGIBLE {
                    break;
                }
                for (offered, attempts) in flow.offered[first].iter_mut().zip(&attempts) {
                    *offered += attempts[0] + attempts[1];
                }
                let generation = self.generation(first, attempts, abandonment, &resolution);
                for (entered, visits) in flow.entered[first].iter_mut().zip(&generation.entered) {
                    *entered += visits;
                }
                flow.refused[first] += generation.refused;
                flow.visits_per_contact = flow.visits_per_contact.max(generation.n_visits / contacts);
                attempts = generation.next;
            }
        }
        flow
    }

    /// Follows contacts of cases that began in class `first` to their ends.
    pub(super) fn generation(
        &self,
        first: usize,
        attempts: Amounts,
        abandonment: &[f64],
        resolution: &[f64],
    ) -> Generation {
        let n = self.classes.len();
        let mut generation = Generation {
            next: vec![[0.0; 2]; n],
            redialled: vec![0.0; n],
            repeated: vec![0.0; n],
            entered: vec![0.0; n],
            refused: 0.0,
            n_visits: 0.0,
        };
        let mut visits = attempts;
        let mut escalated: Amounts = vec![[0.0; 2]; n];
        let most = self.limit.per_contact.unwrap_or(u32::MAX).min(self.limit.per_case.unwrap_or(u32::MAX));
        for n_transfers in 0..=MOST_TRANSFERS {
            let mut transferred: Amounts = vec![[0.0; 2]; n];
            for (c, class) in self.classes.iter().enumerate() {
                if visits[c] == [0.0; 2] {
                    continue;
                }
                // Only the answer that ends a contact ends a row of unanswered ones: who is transferred stays in it.
                let answered = generation.enter(self.classes, c, visits[c], abandonment[c]);
                let wanted: f64 =
                    class.transfers.iter().map(|t| t.probability * self.share_of(t.from, c)).sum();
                let all = answered[0] + answered[1];
                generation.unsolved(
                    self.classes,
                    first,
                    c,
                    all * (1.0 - wanted.min(1.0)) * (1.0 - resolution[c]),
                );
                if n_transfers < most {
                    for transfer in &class.transfers {
                        let share = transfer.probability * self.share_of(transfer.from, c);
                        add(&mut transferred[transfer.to.index()], answered, share);
                    }
                    continue;
                }
                generation.refused += all * wanted;
                match &self.limit.at_limit {
                    AtLimit::Escalate { class } => add(&mut escalated[class.index()], answered, wanted),
                    rule => {
                        let solved = self.resolution_at_limit(rule, c);
                        generation.unsolved(self.classes, first, c, all * wanted * (1.0 - solved));
                    }
                }
            }
            visits = transferred;
            if total(&visits) < NEGLIGIBLE {
                // An escalated visit transfers no further.
                for (c, escalated) in escalated.iter().enumerate() {
                    let answered = generation.enter(self.classes, c, *escalated, abandonment[c]);
                    let unsolved = (answered[0] + answered[1]) * (1.0 - resolution[c]);
                    generation.unsolved(self.classes, first, c, unsolved);
                }
                return generation;
            }
        }
        generation.n_visits = f64::INFINITY;
        generation
    }

    fn resolution_at_limit(&self, rule: &AtLimit, class: usize) -> f64 {
        match rule {
            AtLimit::Keep { resolution, .. } => *resolution,
            AtLimit::Callback(rule) => {
                let missed = (0..rule.attempts).fold(1.0, |missed, _| missed * (1.0 - rule.reached));
                self.resolution_of(rule.group, class) * (1.0 - missed)
            }
            AtLimit::Escalate { .. } | AtLimit::Drop => 0.0,
        }
    }

    /// Resolution of a class in one group; that of the class where the group has no skill of its own for it.
    fn resolution_of(&self, group: GroupId, class: usize) -> f64 {
        let skills = self.groups.get(group.index()).map_or(&[][..], |group| &group.skills);
        let skill = skills.iter().find(|skill| skill.class.index() == class);
        skill.map_or(self.classes[class].resolution, |skill| skill.resolution)
    }

    /// The share of a class that `group` is taken to answer: its part of the planned agents of the first tiers.
    fn share_of(&self, group: Option<GroupId>, class: usize) -> f64 {
        let Some(group) = group else { return 1.0 };
        let agents = |group: &GroupId| self.groups.get(group.index()).map_or(0.0, |g| g.plan.iter().sum());
        let of_branch = |branch: &Branch| {
            let groups = &branch.tiers.first()?.groups;
            let all: f64 = groups.iter().map(agents).sum();
            (all > 0.0 && groups.contains(&group)).then(|| branch.share * agents(&group) / all)
        };
        self.classes[class].branches.iter().filter_map(of_branch).sum()
    }

    /// Resolution of a class over the groups of its first tiers, weighted by shares and planned agents.
    pub(super) fn mean_resolution(&self, class: usize) -> f64 {
        let of = &self.classes[class];
        let mean = of.branches.iter().filter_map(|branch| {
            let groups = &branch.tiers.first()?.groups;
            let weighted = groups.iter().filter_map(|group| {
                let group = self.groups.get(group.index())?;
                let skill = group.skills.iter().find(|skill| skill.class.index() == class)?;
                Some((skill.resolution, group.plan.iter().sum::<f64>() + 1e-9))
            });
            let (sum, weight) =
                weighted.fold((0.0, 0.0), |(sum, all), (p, weight)| (sum + p * weight, all + weight));
            (weight > 0.0).then(|| (branch.share, sum / weight))
        });
        let (sum, share) = mean.fold((0.0, 0.0), |(sum, all), (share, p)| (sum + share * p, all + share));
        if share > 0.0 { sum / share } else { of.resolution }
    }
}

impl Generation {
    /// Visits enter class `c`; who abandons redials. Returns the answered ones.
    fn enter(&mut self, classes: &[Class], c: usize, visits: [f64; 2], abandonment: f64) -> [f64; 2] {
        let entered = visits[0] + visits[1];
        self.entered[c] += entered;
        self.n_visits += entered;
        let redial = &classes[c].redial_after_abandon;
        let redialled = abandonment * (visits[0] * redial.first + visits[1] * redial.later);
        self.redialled[c] += redialled;
        self.next[redial.class.map_or(c, ClassId::index)][1] += redialled;
        visits.map(|visits| visits * (1.0 - abandonment))
    }

    /// Contacts of cases from class `first` end answered and unsolved in class `c`.
    fn unsolved(&mut self, classes: &[Class], first: usize, c: usize, contacts: f64) {
        let repeat = &classes[c].repeat;
        self.repeated[c] += contacts * repeat.probability;
        self.next[repeat.class.map_or(first, ClassId::index)][0] += contacts * repeat.probability;
    }
}

fn add(to: &mut [f64; 2], amount: [f64; 2], share: f64) {
    to[0] += amount[0] * share;
    to[1] += amount[1] * share;
}

impl Flow {
    /// Visits that enter each class from fresh contacts, transfers among them.
    pub(super) fn entered_by(&self, fresh: &[f64]) -> Vec<f64> {
        let n = fresh.len();
        (0..n).map(|c| (0..n).fold(0.0, |sum, f| sum + fresh[f] * self.entered[f][c])).collect()
    }

    /// Offered contacts by class from fresh ones.
    pub(super) fn offered_by(&self, fresh: &[f64]) -> Vec<f64> {
        let n = fresh.len();
        (0..n).map(|c| (0..n).fold(0.0, |sum, f| sum + fresh[f] * self.offered[f][c])).collect()
    }
}

/// Fresh contacts of the classes `wanted` (position, offered) that together with the `fresh` ones of the others make the
/// wanted offered contacts; `None` if no such numbers exist.
pub(super) fn fresh_for(flow: &Flow, fresh: &[f64], wanted: &[(usize, f64)]) -> Option<Vec<f64>> {
    let n = wanted.len();
    let is_wanted = |class: usize| wanted.iter().any(|(c, _)| *c == class);
    let mut rows: Vec<Vec<f64>> = wanted
        .iter()
        .map(|(c, offered)| {
            let others: f64 =
                (0..fresh.len()).filter(|f| !is_wanted(*f)).map(|f| fresh[f] * flow.offered[f][*c]).sum();
            let mut row: Vec<f64> = wanted.iter().map(|(f, _)| flow.offered[*f][*c]).collect();
            row.push(offered - others);
            row
        })
        .collect();
    // Gauss with pivots; the matrix is near the identity.
    for i in 0..n {
        let pivot = (i..n).max_by(|a, b| rows[*a][i].abs().total_cmp(&rows[*b][i].abs()))?;
        rows.swap(i, pivot);
        if rows[i][i].abs() < 1e-12 {
            return None;
        }
        let pivot = rows[i].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(j, _)| *j != i) {
            let factor = row[i] / pivot[i];
            for (value, by) in row.iter_mut().zip(&pivot) {
                *value -= factor * by;
            }
        }
    }
    let solved: Vec<f64> = (0..n).map(|i| rows[i][n] / rows[i][i]).collect();
    solved.iter().all(|fresh| *fresh >= -1e-6).then(|| solved.iter().map(|fresh| fresh.max(0.0)).collect())
}

#[cfg(test)]
mod tests {
    use crate::scenario::source::Texts;
    use crate::scenario::{Expected, load};

    /// Two classes; every answered contact of the first is transferred to the second, every tenth visit abandons.
    const TRANSFERS: &str = r#"
horizon = "1h"
[case]
contacts = 3
[class.first]
volume = { offered_per_year = 0 }
talk_time = { constant = "1m" }
patience = { constant = "1m" }
redial.after_abandon = { first = 0.5, later = 1, delay = { constant = "1m" } }
transfer = [{ to = "second", probability = 1 }]
[class.second]
volume = { per_hour = 0 }
talk_time = { constant = "1m" }
patience = { constant = "1m" }
redial.after_abandon = { first = 0.5, later = 1, delay = { constant = "1m" }, class = "first" }
[group.all]
agents = 1
takes = [["first", "second"]]
"#;

    fn expected(text: &str) -> Expected {
        let loaded = load("s.toml", &[], &Texts::new().with("s.toml", text));
        loaded.unwrap_or_else(|problems| panic!("{problems}")).expected
    }

    #[test]
    fn who_abandons_after_a_transfer_stays_in_the_row_of_unanswered_attempts() {
        let text = TRANSFERS.replace("offered_per_year = 0", "per_hour = 1000");
        // Nobody else is in a row at first: .05 + .95 · .05 abandon, half of them redial; of those all who abandon again.
        let abandon = 0.05 + 0.95 * 0.05;
        let second = abandon * 0.5;
        let third = second * abandon;
        let offered = expected(&text).offered;
        assert!((offered[0] / 1000.0 - (1.0 + second + third)).abs() < 1e-12, "{offered:?}");
    }

    #[test]
    fn an_escalated_contact_abandons_and_returns_by_the_rules_of_its_new_class() {
        let text = format!(
            "{}[policy.transfer_limit]\nper_contact = 0\nat_limit.escalate.to = \"second\"\n",
            TRANSFERS.replace("offered_per_year = 0", "per_hour = 1000")
        );
        let transferred = expected(&TRANSFERS.replace("offered_per_year = 0", "per_hour = 1000"));
        assert_eq!(expected(&text).offered, transferred.offered);
    }

    #[test]
    fn promises_without_a_chance_of_reaching_anybody_solve_nothing() {
        let rule = |reached: &str| {
            format!(
                "{}[policy.transfer_limit]\nper_contact = 0\n\
                 at_limit.callback = {{ group = \"all\", attempts = 100, reached = {reached} }}\n",
                TRANSFERS.replace("offered_per_year = 0", "per_hour = 1000").replace(
                    "[class.second]",
                    "repeat = { probability = 1, delay = { constant = \"1m\" } }\n[class.second]"
                )
            )
        };
        // Nobody is solved: .95 answered and back, .05 abandoned and half of them back, three contacts in all.
        let back = 0.95 + 0.05 * 0.5;
        let broken = 1.0 + back + (0.95 * back + 0.05 * (0.95 * 0.5 + 0.05 * 0.5));
        assert!((expected(&rule("0")).offered[0] / 1000.0 - broken).abs() < 1e-12);
        assert!((expected(&rule("1")).offered[0] / 1000.0 - (1.0 + 0.025 + 0.025 * 0.05)).abs() < 1e-12);
    }
}
