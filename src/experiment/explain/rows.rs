//! Switching on one thing after the other, forwards and backwards: which scenarios that takes.
//!
//! Knows no scenario. Invariant: both rows begin with nothing and end with everything; no set is in the list twice.

use std::collections::BTreeSet;

/// The sets of both orders: what is switched on in each, everything left out.
pub(super) struct Rows<T> {
    pub sets: Vec<BTreeSet<T>>,
    /// Positions of nothing, the first, the first two …; `None` is everything.
    pub forward: Vec<Option<usize>>,
    /// The same from the other end of the order.
    pub backward: Vec<Option<usize>>,
}

impl<T: Copy + Ord> Rows<T> {
    pub fn of(order: &[T]) -> Self {
        let mut sets: Vec<BTreeSet<T>> = Vec::new();
        let mut row = |order: &[T]| -> Vec<Option<usize>> {
            let mut position = |k: usize| {
                if k == order.len() {
                    return None;
                }
                let on: BTreeSet<T> = order[..k].iter().copied().collect();
                let known = sets.iter().position(|set| *set == on);
                Some(known.unwrap_or_else(|| {
                    sets.push(on);
                    sets.len() - 1
                }))
            };
            (0..=order.len()).map(&mut position).collect()
        };
        let reversed: Vec<T> = order.iter().rev().copied().collect();
        let (forward, backward) = (row(order), row(&reversed));
        Self { sets, forward, backward }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_orders_of_n_things_share_nothing_but_their_ends() {
        let rows = Rows::of(&[1, 2, 3]);
        let set = |position: &Option<usize>| {
            position.map_or(vec![1, 2, 3], |position| rows.sets[position].iter().copied().collect())
        };
        assert_eq!(
            rows.forward.iter().map(set).collect::<Vec<_>>(),
            [vec![], vec![1], vec![1, 2], vec![1, 2, 3]]
        );
        assert_eq!(
            rows.backward.iter().map(set).collect::<Vec<_>>(),
            [vec![], vec![3], vec![2, 3], vec![1, 2, 3]]
        );
        assert_eq!(rows.sets.len(), 5);
        assert!(Rows::<u8>::of(&[]).sets.is_empty());
    }
}
