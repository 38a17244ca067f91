//! The best of many scenarios: which, with a stated probability, after as few replications as that takes.
//!
//! The procedure of Kim and Nelson (2001), which allows common random numbers: all scenarios have a first stage; then, after
//! each further replication, those are out that are worse than some other by more than what chance still allows. Invariant:
//! replications are looked at in the order of their index, so that the answer does not depend on threads.

use super::Plan;
use super::digest::Sample;
use super::screen;
use super::verdict::ALPHA;
use crate::measure::{Better, metric};

/// Further replications are run so many at a time; what is not looked at any more is thrown away.
pub(super) const BLOCK: u32 = 10;

/// What the search for the best has found.
#[derive(Clone, Debug, PartialEq)]
pub struct Best {
    /// By this measure, the mean over replications of its value in each.
    pub metric: &'static str,
    /// Scenarios that may still be the best: one, unless the search ended before.
    pub left: Vec<usize>,
    /// Scenarios that are out, with the number of replications after which they were.
    pub out: Vec<(usize, u32)>,
    /// Scenarios that are out and had the same value as the one that is left in every replication: as good as it.
    pub equal: Vec<usize>,
    /// Replications of the first stage.
    pub first: u32,
    /// Replications looked at.
    pub replications: u32,
    /// The smallest difference that matters.
    pub matters: f64,
    /// Probability that the one that is left is the best, if it is better than every other by `matters` or more.
    pub probability: f64,
}

/// A search under way.
pub(super) struct Search {
    /// By scenario, replication by replication; more is better.
    values: Vec<Vec<f64>>,
    /// h² S² ÷ δ² of each pair: after so many replications chance allows nothing more.
    reach: Vec<Vec<f64>>,
    sign: f64,
    found: Best,
}

impl Search {
    /// Begins with the replications that all scenarios have. `None` without a better side, with fewer than two replications or
    /// scenarios, or where a value is missing.
    pub fn new(samples: &[Sample<'_>], name: &'static str, plan: &Plan) -> Option<Self> {
        let sign = match metric(name)?.better {
            Better::Higher => 1.0,
            Better::Lower => -1.0,
            Better::Neither => return None,
        };
        let values: Option<Vec<Vec<f64>>> = samples.iter().map(|sample| values(sample, name, sign)).collect();
        let values = values?;
        let first = u32::try_from(samples[0].n()).ok().filter(|first| *first > 1)?;
        let reference = samples[plan.reference].measured(name, &samples[plan.reference].everything())?;
        let matters = screen::matters(plan, name, reference.estimate().mean?);
        Self::of(values, sign, name, first, matters)
    }

    fn of(values: Vec<Vec<f64>>, sign: f64, name: &'static str, first: u32, matters: f64) -> Option<Self> {
        let k = values.len();
        if k < 2 || matters <= 0.0 {
            return None;
        }
        let df = f64::from(first - 1);
        let eta = 0.5 * ((2.0 * ALPHA / (k - 1) as f64).powf(-2.0 / df) - 1.0);
        let h2 = 2.0 * eta * df;
        let variance = |i: usize, l: usize| {
            let differences: Vec<f64> = values[i].iter().zip(&values[l]).map(|(a, b)| a - b).collect();
            let mean = differences.iter().sum::<f64>() / differences.len() as f64;
            differences.iter().map(|d| (d - mean) * (d - mean)).sum::<f64>() / df
        };
        let reach = |i: usize, l: usize| h2 * variance(i, l) / (matters * matters);
        let reach = (0..k).map(|i| (0..k).map(|l| reach(i, l)).collect()).collect();
        let found = Best {
            metric: name,
            left: (0..k).collect(),
            out: Vec::new(),
            equal: Vec::new(),
            first,
            replications: first,
            matters,
            probability: 1.0 - ALPHA,
        };
        let mut search = Self { values, reach, sign, found };
        search.screen(first);
        Some(search)
    }

    /// The scenarios that need further replications; one if the search is over.
    pub fn left(&self) -> &[usize] {
        &self.found.left
    }

    /// Replications that those who are left have.
    pub fn done(&self) -> u32 {
        self.found.left.first().map_or(0, |left| self.values[*left].len() as u32)
    }

    /// Looks at further replications of those that are left, in their order; `false` if a value is missing.
    pub fn look(&mut self, samples: &[Sample<'_>]) -> bool {
        let who = self.found.left.clone();
        let more: Option<Vec<Vec<f64>>> =
            samples.iter().map(|sample| values(sample, self.found.metric, self.sign)).collect();
        let Some(more) = more else { return false };
        for (scenario, more) in who.iter().zip(more) {
            self.values[*scenario].extend(more);
        }
        self.screen_to(self.values[who[0]].len() as u32);
        true
    }

    fn screen_to(&mut self, last: u32) {
        for r in self.found.replications + 1..=last {
            if self.found.left.len() < 2 {
                break;
            }
            self.screen(r);
        }
    }

    /// Who is out after `r` replications.
    fn screen(&mut self, r: u32) {
        self.found.replications = r;
        let mean = |i: &usize| self.values[*i][..r as usize].iter().sum::<f64>() / f64::from(r);
        let allowed = |i: usize, l: usize| {
            (self.found.matters / (2.0 * f64::from(r)) * (self.reach[i][l] - f64::from(r))).max(0.0)
        };
        let means: Vec<f64> = self.found.left.iter().map(mean).collect();
        let left = &self.found.left;
        let is_in = |(position, i): (usize, &usize)| {
            left.iter().enumerate().all(|(other, l)| {
                let gap = allowed(*i, *l);
                // What is equal after all chance is spent: the first one stays.
                means[position] > means[other] - gap || (means[position] == means[other] && position <= other)
            })
        };
        let stays: Vec<usize> =
            left.iter().enumerate().filter(|one| is_in((one.0, one.1))).map(|one| *one.1).collect();
        let out: Vec<(usize, u32)> = left.iter().filter(|i| !stays.contains(i)).map(|i| (*i, r)).collect();
        self.found.out.extend(out);
        self.found.left = stays;
    }

    /// What was found.
    pub fn finish(mut self) -> Best {
        if let [best] = self.found.left[..] {
            let equals = |&(out, after): &(usize, u32)| {
                let after = after as usize;
                (self.values[out][..after] == self.values[best][..after]).then_some(out)
            };
            self.found.equal = self.found.out.iter().filter_map(equals).collect();
        }
        self.found
    }
}

fn values(sample: &Sample<'_>, name: &str, sign: f64) -> Option<Vec<f64>> {
    let values = sample.measured(name, &sample.everything())?.values();
    values.into_iter().map(|value| value.map(|value| sign * value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, Purpose, standard_normal};

    /// k normal scenarios, the last better by δ, that share half of their variance with one another. Returns whether the last was
    /// found, and after how many replications.
    fn finds_the_best(trial: u64, k: usize, shared: f64) -> (bool, u32) {
        let mut stream = Key::root(9, 0).child(trial).stream(Purpose::Talk);
        let mut draw = |n: usize| -> Vec<Vec<f64>> {
            let mut values = vec![Vec::with_capacity(n); k];
            for _ in 0..n {
                let common = standard_normal(&mut stream);
                for (i, values) in values.iter_mut().enumerate() {
                    let own = standard_normal(&mut stream);
                    let truth = if i + 1 == k { 1.0 } else { 0.0 };
                    values.push(truth + 2.0 * (shared.sqrt() * common + (1.0 - shared).sqrt() * own));
                }
            }
            values
        };
        let mut search = Search::of(draw(10), 1.0, "asa_s", 10, 1.0).expect("several");
        while search.left().len() > 1 {
            let more = draw(BLOCK as usize);
            for (values, more) in search.values.iter_mut().zip(more) {
                values.extend(more);
            }
            let last = search.values[0].len() as u32;
            search.screen_to(last);
        }
        let found = search.finish();
        (found.left == [k - 1], found.replications)
    }

    /// 1,000 searches of which 95 % must find the best; a share of 95 % has a standard error of 0.007, the bound is three below.
    #[test]
    fn the_best_is_found_as_often_as_promised_and_sooner_with_the_same_customers() {
        let search = |shared: f64| {
            let found: Vec<(bool, u32)> = (0..1_000).map(|trial| finds_the_best(trial, 4, shared)).collect();
            let right = found.iter().filter(|(is_right, _)| *is_right).count() as f64 / 1_000.0;
            let replications = found.iter().map(|(_, n)| f64::from(*n)).sum::<f64>() / 1_000.0;
            (right, replications)
        };
        let (apart, together) = (search(0.0), search(0.8));
        assert!(apart.0 >= 0.93 && together.0 >= 0.93, "{apart:?} {together:?}");
        assert!(together.1 < 0.5 * apart.1, "{apart:?} {together:?}");
    }

    #[test]
    fn of_equal_scenarios_the_first_is_left() {
        let same = vec![vec![1.0, 2.0, 3.0]; 3];
        let found = Search::of(same, 1.0, "asa_s", 3, 0.5).expect("several").finish();
        assert_eq!((found.left, found.out), (vec![0], vec![(1, 3), (2, 3)]));
    }
}
