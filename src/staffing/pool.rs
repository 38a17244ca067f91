//! Pools: classes and groups that are one queue, because the groups are offered the classes at once.
//!
//! Knows no help between pools after a wait, and no preference within one. Invariant: each group is in one pool at most.

use crate::scenario::Scenario;
use crate::scenario::checked::Branch;

/// Classes, or parts of them, and the groups that take them at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pool {
    /// Class, and which of its branches.
    pub branches: Vec<(usize, usize)>,
    /// In the order of the scenario.
    pub groups: Vec<usize>,
}

/// Branches of classes and the groups that `is_there`, together where a branch is offered to a group at once.
///
/// A branch none of whose first groups is there goes to the first later tier in which somebody is; where nobody is in any,
/// it is planned for its first groups all the same.
#[must_use]
pub fn pools(scenario: &Scenario, is_there: impl Fn(usize) -> bool) -> Vec<Pool> {
    let mut pools: Vec<Pool> = Vec::new();
    for (class, checked) in scenario.classes.iter().enumerate() {
        for (position, branch) in checked.branches.iter().enumerate().filter(|(_, branch)| branch.share > 0.0)
        {
            let mut joined = Pool { branches: vec![(class, position)], groups: at_once(branch, &is_there) };
            pools.retain_mut(|pool| {
                let is_apart = !pool.groups.iter().any(|group| joined.groups.contains(group));
                if !is_apart {
                    joined.branches.append(&mut pool.branches);
                    joined.groups.append(&mut pool.groups);
                }
                is_apart
            });
            pools.push(joined);
        }
    }
    for pool in &mut pools {
        pool.branches.sort_unstable();
        pool.groups.sort_unstable();
        pool.groups.dedup();
    }
    pools.sort_by(|one, other| one.branches.cmp(&other.branches));
    pools
}

/// The groups to which a visit is offered when it enters, of those that are there.
fn at_once(branch: &Branch, is_there: impl Fn(usize) -> bool) -> Vec<usize> {
    let tiers = branch.tiers.iter().enumerate().filter(|(i, tier)| *i == 0 || tier.is_for_all());
    let first: Vec<usize> =
        tiers.flat_map(|(_, tier)| tier.groups.iter().map(|group| group.index())).collect();
    let present = |groups: &[usize]| groups.iter().copied().filter(|group| is_there(*group)).collect();
    let now: Vec<usize> = present(&first);
    if !now.is_empty() {
        return now;
    }
    let later = branch.tiers.iter().map(|tier| {
        let groups: Vec<usize> = tier.groups.iter().map(|group| group.index()).collect();
        present(&groups)
    });
    later.into_iter().find(|groups: &Vec<usize>| !groups.is_empty()).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Texts, load};

    const CENTRE: &str = r#"
        horizon = "1h"
        [class.a]
        volume = { per_hour = 1 }
        talk_time = { constant = "1m" }
        [[routing.a.tier]]
        groups = ["one"]
        [[routing.a.tier]]
        groups = ["three"]
        after = "20s"
        [class.b]
        volume = { per_hour = 1 }
        talk_time = { constant = "1m" }
        [class.c]
        volume = { per_hour = 1 }
        talk_time = { constant = "1m" }
        [group.one]
        agents = 1
        takes = [["a"]]
        [group.two]
        agents = 1
        takes = [["b", "c"]]
        [group.three]
        agents = 1
        takes = [["c", "a"]]
    "#;

    fn classes_and_groups(is_there: impl Fn(usize) -> bool) -> Vec<(Vec<usize>, Vec<usize>)> {
        let scenario = load("s.toml", &[], &Texts::new().with("s.toml", CENTRE)).expect("sound").scenario;
        let of = |pool: Pool| (pool.branches.iter().map(|(class, _)| *class).collect(), pool.groups);
        pools(&scenario, is_there).into_iter().map(of).collect()
    }

    #[test]
    fn pools_are_what_agents_share_at_once() {
        let (a, rest) = ((vec![0], vec![0]), (vec![1, 2], vec![1, 2]));
        assert_eq!(classes_and_groups(|_| true), [a, rest]);
    }

    #[test]
    fn who_is_not_there_joins_nothing() {
        // Without the second group nobody takes `b`: it is planned for the group that should.
        let found = classes_and_groups(|group| group != 1);
        assert_eq!(found, [(vec![0], vec![0]), (vec![1], vec![1]), (vec![2], vec![2])]);
        // Without the first one `a` goes on to its second tier, and shares the agents of `c`.
        let found = classes_and_groups(|group| group != 0);
        assert_eq!(found, [(vec![0, 1, 2], vec![1, 2])]);
        assert_eq!(classes_and_groups(|_| false).len(), 2, "nobody: as if all were");
    }
}
