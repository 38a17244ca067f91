//! How many contacts a scenario is expected to bring, by following fresh contacts through transfers, redials and repeats.
//!
//! Simulates nothing: the share that abandons is given. Leaves out the limit of transfers per case where the one per contact
//! is lower, and differences between groups within a class (their resolution is averaged). Invariant: linear in the fresh
//! contacts, so that a count of offered contacts can be turned back into fresh ones.

use super::checked::{AtLimit, Class, Group, TransferLimit};
use crate::units::ClassId;

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
}

/// What follows from one fresh contact.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Flow {
    /// `offered[f][c]`: contacts offered in class `c` by a case that begins in class `f`.
    pub(super) offered: Vec<Vec<f64>>,
    /// The most visits that a contact has in the mean, over classes; infinite if transfers never end.
    pub(super) visits_per_contact: f64,
}

/// Transfers followed before they count as endless.
const MOST_TRANSFERS: u32 = 500;

/// The rules that a flow needs.
pub(super) struct Rules<'a> {
    pub(super) classes: &'a [Class],
    pub(super) groups: &'a [Group],
    pub(super) limit: &'a TransferLimit,
    pub(super) contacts_per_case: u32,
}

/// A contact on its way: attempts by class, first of a row and later ones.
type Attempts = Vec<[f64; 2]>;

impl Rules<'_> {
    /// Follows a case from each class, `abandonment` by class given.
    pub(super) fn flow(&self, abandonment: &[f64]) -> Flow {
        let n = self.classes.len();
        let resolution: Vec<f64> = (0..n).map(|class| self.mean_resolution(class)).collect();
        let mut visits_per_contact = 1.0_f64;
        let offered = (0..n)
            .map(|first| {
                let mut offered = vec![0.0; n];
                let mut attempts: Attempts = vec![[0.0; 2]; n];
                attempts[first][0] = 1.0;
                for _ in 0..self.contacts_per_case {
                    let contacts: f64 = attempts.iter().flatten().sum();
                    if contacts < 1e-12 {
                        break;
                    }
                    for (class, attempts) in attempts.iter().enumerate() {
                        offered[class] += attempts[0] + attempts[1];
                    }
                    let (next, visits) = self.generation(first, &attempts, abandonment, &resolution);
                    visits_per_contact = visits_per_contact.max(visits / contacts);
                    attempts = next;
                }
                offered
            })
            .collect();
        Flow { offered, visits_per_contact }
    }

    /// The attempts that follow from `attempts`, and the visits that these have.
    fn generation(
        &self,
        first: usize,
        attempts: &Attempts,
        abandonment: &[f64],
        resolution: &[f64],
    ) -> (Attempts, f64) {
        let n = self.classes.len();
        let mut next: Attempts = vec![[0.0; 2]; n];
        let mut visits: Vec<f64> = attempts.iter().map(|attempts| attempts[0] + attempts[1]).collect();
        let mut n_visits = 0.0;
        let most = self.limit.per_contact.unwrap_or(u32::MAX).min(self.limit.per_case.unwrap_or(u32::MAX));
        for n_transfers in 0..=MOST_TRANSFERS {
            let mut transferred = vec![0.0; n];
            for (c, class) in self.classes.iter().enumerate() {
                let entered = visits[c];
                if entered <= 0.0 {
                    continue;
                }
                n_visits += entered;
                let redial = &class.redial_after_abandon;
                // An answer resets the row, so only who was never answered in this contact is in a row.
                let in_a_row = if n_transfers == 0 { attempts[c][1] } else { 0.0 };
                let redialled =
                    abandonment[c] * ((entered - in_a_row) * redial.first + in_a_row * redial.later);
                next[redial.class.map_or(c, ClassId::index)][1] += redialled;
                let answered = (1.0 - abandonment[c]) * entered;
                let mut returns = |share: f64, resolution: f64| {
                    let class = class.repeat.class.map_or(first, ClassId::index);
                    next[class][0] += answered * share * (1.0 - resolution) * class_repeat(self.classes, c);
                };
                let wanted: f64 = class.transfers.iter().map(|transfer| transfer.probability).sum();
                returns(1.0 - wanted.min(1.0), resolution[c]);
                if n_transfers < most {
                    for transfer in &class.transfers {
                        transferred[transfer.to.index()] += answered * transfer.probability;
                    }
                } else {
                    returns(wanted, self.resolution_at_limit(resolution, c));
                }
            }
            visits = transferred;
            if visits.iter().sum::<f64>() < 1e-12 {
                return (next, n_visits);
            }
        }
        (next, f64::INFINITY)
    }

    fn resolution_at_limit(&self, resolution: &[f64], class: usize) -> f64 {
        match &self.limit.at_limit {
            AtLimit::Keep { resolution, .. } => *resolution,
            AtLimit::Callback { reached, attempts, .. } => {
                resolution[class] * (1.0 - (1.0 - reached).powi(*attempts as i32))
            }
            AtLimit::Escalate { class } => resolution[class.index()],
            AtLimit::Drop => 0.0,
        }
    }

    /// Resolution of a class over the groups of its first tiers, weighted by shares and planned agents.
    fn mean_resolution(&self, class: usize) -> f64 {
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

fn class_repeat(classes: &[Class], class: usize) -> f64 {
    classes[class].repeat.probability
}

/// Offered contacts by class from fresh ones.
pub(super) fn offered(flow: &Flow, fresh: &[f64]) -> Vec<f64> {
    let n = fresh.len();
    (0..n).map(|c| (0..n).fold(0.0, |sum, f| sum + fresh[f] * flow.offered[f][c])).collect()
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
