//! Chains of any shape in balance, for queues that no formula knows.
//!
//! Dense within a band: number the states so that transitions join near numbers. Some N B² steps for N states and a band of B,
//! so made for thousands of states. Invariant: only positive terms are added, none subtracted, so that small shares are as
//! accurate as large ones.

/// A Markov chain in continuous time on the states 0 to N − 1.
///
/// ```
/// use holdtime::analytics::Chain;
/// // 6 calls a minute of 2 minutes on 14 lines; who is blocked calls again after 10 minutes on average, for ever.
/// let (lines, most) = (14, 240);
/// let state = |busy: usize, waiting: usize| waiting * (lines + 1) + busy;
/// let chain = Chain::from_rates((lines + 1) * (most + 1), |from| {
///     let (busy, waiting) = (from % (lines + 1), from / (lines + 1));
///     let mut to = Vec::new();
///     if busy < lines {
///         to.push((state(busy + 1, waiting), 6.0));
///         if waiting > 0 {
///             to.push((state(busy + 1, waiting - 1), waiting as f64 / 10.0));
///         }
///     } else if waiting < most {
///         to.push((state(busy, waiting + 1), 6.0));
///     }
///     if busy > 0 {
///         to.push((state(busy - 1, waiting), busy as f64 / 2.0));
///     }
///     to
/// });
/// let law = chain.balance().unwrap();
/// let blocked: f64 = (0..=most).map(|waiting| law[state(lines, waiting)]).sum();
/// assert!((blocked - 0.2744403275).abs() < 1e-9);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    states: usize,
    /// Transitions join states at most so far apart.
    band: usize,
    /// Row by row, 2 band + 1 rates from a state to its neighbours.
    rates: Vec<f64>,
}

impl Chain {
    /// So many states, and where each goes at which rate; rates to the same state add, one to itself does not count.
    ///
    /// # Panics
    /// If there is no state, a transition leads to none, or a rate is negative or not finite.
    #[must_use]
    pub fn from_rates(states: usize, rates: impl Fn(usize) -> Vec<(usize, f64)>) -> Self {
        assert!(states > 0, "a chain has a state");
        let all: Vec<Vec<(usize, f64)>> = (0..states).map(rates).collect();
        let mut band = 0;
        for (from, transitions) in all.iter().enumerate() {
            for &(to, rate) in transitions {
                assert!(to < states, "state {from} leads to {to} of {states}");
                assert!(rate >= 0.0 && rate.is_finite(), "rate from {from} to {to}: {rate}");
                band = band.max(from.abs_diff(to));
            }
        }
        let mut chain = Self { states, band, rates: vec![0.0; states * (2 * band + 1)] };
        for (from, transitions) in all.into_iter().enumerate() {
            for (to, rate) in transitions {
                if to != from {
                    let at = chain.index(from, to);
                    chain.rates[at] += rate;
                }
            }
        }
        chain
    }

    /// A chain on a grid: states are points with coordinates from 0 to below the sizes, and the last coordinate runs fastest in the
    /// law, in the order of [`grid`]. Transitions beyond the grid are left out; a point without any is taken for one that is never
    /// reached. The band is smallest if the first coordinate is the longest.
    ///
    /// ```
    /// use holdtime::analytics::{Chain, grid};
    /// // Two lines of their own, each busy for one unit of time on average; calls take the first if they can.
    /// let sizes = [2, 2];
    /// let chain = Chain::on_grid(sizes, |[first, second]| {
    ///     let takes = if first == 0 { [1, second] } else { [first, second + 1] };
    ///     let ends = |busy: usize| busy as f64;
    ///     vec![(takes, 0.5), ([0, second], ends(first)), ([first, 0], ends(second))]
    /// });
    /// let law = chain.balance().unwrap();
    /// let busy_second: f64 = grid(sizes).zip(&law).map(|([_, second], share)| second as f64 * share).sum();
    /// // What the second carries is what the first loses and both together do not: 0.5 (B(1) − B(2)).
    /// assert!((busy_second - 0.5 * (1.0 / 3.0 - 1.0 / 13.0)).abs() < 1e-12);
    /// ```
    ///
    /// # Panics
    /// If a size is 0, or as [`Chain::from_rates`].
    #[must_use]
    pub fn on_grid<const D: usize>(
        sizes: [usize; D],
        rates: impl Fn([usize; D]) -> Vec<([usize; D], f64)>,
    ) -> Self {
        let number =
            |point: [usize; D]| point.iter().zip(sizes).fold(0, |number, (at, size)| number * size + at);
        let is_inside = |point: &[usize; D]| point.iter().zip(sizes).all(|(at, size)| *at < size);
        Self::from_rates(sizes.iter().product(), |state| {
            let all = rates(point(sizes, state));
            let kept: Vec<(usize, f64)> = all
                .into_iter()
                .filter(|(to, rate)| is_inside(to) && *rate != 0.0)
                .map(|(to, rate)| (number(to), rate))
                .collect();
            if kept.is_empty() && state > 0 { vec![(state - 1, 1.0)] } else { kept }
        })
    }

    fn index(&self, from: usize, to: usize) -> usize {
        from * (2 * self.band + 1) + self.band + to - from
    }

    /// The law in balance; `None` if from some state 0 cannot be reached.
    ///
    /// States are taken out one by one from the last, what goes through them being led on (Grassmann, Taksar and Heyman
    /// 1985). States that are never reached get a share of 0.
    #[must_use]
    pub fn balance(&self) -> Option<Vec<f64>> {
        let mut left = self.clone();
        for last in (1..self.states).rev() {
            let first = last.saturating_sub(self.band);
            let row = left.index(last, first);
            let out: Vec<f64> = left.rates[row..row + (last - first)].to_vec();
            let leaving: f64 = out.iter().sum();
            if leaving == 0.0 {
                return None;
            }
            for from in first..last {
                let at = left.index(from, last);
                let share = left.rates[at] / leaving;
                left.rates[at] = share;
                if share > 0.0 {
                    let row = left.index(from, first);
                    for (rate, out) in left.rates[row..row + (last - first)].iter_mut().zip(&out) {
                        *rate += share * out;
                    }
                }
            }
        }
        let mut law = vec![0.0; self.states];
        law[0] = 1.0;
        let mut sum = 1.0;
        for state in 1..self.states {
            let first = state.saturating_sub(self.band);
            let share: f64 = (first..state).map(|from| law[from] * left.rates[left.index(from, state)]).sum();
            law[state] = share;
            sum += share;
            if sum > 1e200 {
                law[..=state].iter_mut().for_each(|share| *share /= sum);
                sum = 1.0;
            }
        }
        law.iter_mut().for_each(|share| *share /= sum);
        Some(law)
    }
}

/// The points of a grid of such sizes, the last coordinate running fastest.
pub fn grid<const D: usize>(sizes: [usize; D]) -> impl Iterator<Item = [usize; D]> {
    (0..sizes.iter().product()).map(move |state| point(sizes, state))
}

fn point<const D: usize>(sizes: [usize; D], state: usize) -> [usize; D] {
    let (mut point, mut rest) = ([0; D], state);
    for (at, size) in point.iter_mut().zip(sizes).rev() {
        *at = rest % size;
        rest /= size;
    }
    point
}

#[cfg(test)]
mod tests {
    use super::super::BirthDeath;
    use super::*;

    #[test]
    fn a_chain_of_neighbours_is_a_birth_death_chain() {
        let (up, down) = (|i: usize| 90.0 - (i % 7) as f64, |i: usize| i.min(100) as f64 + 0.3 * i as f64);
        let chain = Chain::from_rates(400, |i| {
            let mut to = vec![(i, 5.0)];
            if i < 399 {
                to.push((i + 1, up(i)));
            }
            if i > 0 {
                to.push((i - 1, down(i)));
            }
            to
        });
        let expected = BirthDeath::from_rates(399, up, down).balance().expect("one balance");
        for (share, expected) in chain.balance().expect("one balance").iter().zip(expected) {
            assert!((share - expected).abs() <= 1e-10 * expected, "{share}, not {expected}");
        }
    }

    #[test]
    fn two_ranks_whose_customers_give_up() {
        // 2 and 3.5 calls a minute of 2 minutes, patience 2 and 3.33 minutes, 10 agents, the first class first.
        let (n, most_1, most_2) = (10, 30, 45);
        let state = |first: usize, second: usize| n + second * (most_1 + 1) + first;
        let chain = Chain::from_rates(n + (most_1 + 1) * (most_2 + 1), |from| {
            let mut to = Vec::new();
            if from < n {
                to.push((from + 1, 5.5));
                if from > 0 {
                    to.push((from - 1, 0.5 * from as f64));
                }
                return to;
            }
            let (first, second) = ((from - n) % (most_1 + 1), (from - n) / (most_1 + 1));
            if first < most_1 {
                to.push((state(first + 1, second), 2.0));
            }
            if second < most_2 {
                to.push((state(first, second + 1), 3.5));
            }
            to.push(match (first, second) {
                (0, 0) => (n - 1, 5.0),
                (0, _) => (state(0, second - 1), 5.0),
                _ => (state(first - 1, second), 5.0),
            });
            if first > 0 {
                to.push((state(first - 1, second), 0.5 * first as f64));
            }
            if second > 0 {
                to.push((state(first, second - 1), 0.3 * second as f64));
            }
            to
        });
        let law = chain.balance().expect("one balance");
        let (mut queue_1, mut queue_2, mut delayed) = (0.0, 0.0, 0.0);
        for (i, share) in law[n..].iter().enumerate() {
            queue_1 += (i % (most_1 + 1)) as f64 * share;
            queue_2 += (i / (most_1 + 1)) as f64 * share;
            delayed += share;
        }
        for (found, expected) in [
            (delayed, 0.714_847_714_6),
            (queue_1, 0.363_154_122_8),
            (queue_2, 2.252_326_459),
            (0.5 * queue_1 / 2.0, 0.090_788_530_71),
            (queue_2 / 3.5, 0.643_521_845_6),
        ] {
            assert!((found / expected - 1.0).abs() < 1e-8, "{found}, not {expected}");
        }
    }

    #[test]
    fn agents_who_start_faster_when_many_wait() {
        // 5 calls a minute, 10 agents, patience 3.33 minutes; a handling begun with 3 or more still waiting lasts 1.54
        // minutes on average instead of 2. States: all in (waiting, fast) order, slow = busy − fast.
        let (n, most) = (10, 70);
        // Busy below n: (busy, fast) with busy < n; else (n, fast) with so many waiting.
        let state = |level: usize, fast: usize| level * (n + 1) + fast;
        let chain = Chain::from_rates((n + most + 1) * (n + 1), |from| {
            let (level, fast) = (from / (n + 1), from % (n + 1));
            let busy = level.min(n);
            if fast > busy {
                return vec![(from - 1, 1.0)];
            }
            let (slow, waiting) = (busy - fast, level - busy);
            let (ends_slow, ends_fast) = (0.5 * slow as f64, 0.65 * fast as f64);
            let mut to = Vec::new();
            if level < n + most {
                to.push((state(level + 1, fast), 5.0));
            }
            if waiting == 0 {
                if slow > 0 {
                    to.push((state(level - 1, fast), ends_slow));
                }
                if fast > 0 {
                    to.push((state(level - 1, fast - 1), ends_fast));
                }
                return to;
            }
            to.push((state(level - 1, fast), 0.3 * waiting as f64));
            let starts_fast = waiting > 3;
            if slow > 0 {
                to.push((state(level - 1, if starts_fast { fast + 1 } else { fast }), ends_slow));
            }
            if fast > 0 {
                to.push((state(level - 1, if starts_fast { fast } else { fast - 1 }), ends_fast));
            }
            to
        });
        let law = chain.balance().expect("one balance");
        let mean = |of: &dyn Fn(usize, usize) -> f64| -> f64 {
            law.iter().enumerate().map(|(i, share)| of(i / (n + 1), i % (n + 1)) * share).sum()
        };
        let waiting = mean(&|level, _| level.saturating_sub(n) as f64);
        for (found, expected) in [
            (mean(&|level, _| f64::from(level >= n)), 0.547_339_370_2),
            (waiting, 1.405_685_418),
            (0.3 * waiting / 5.0, 0.084_341_125_07),
            (mean(&|level, _| level.min(n) as f64) / 10.0, 0.874_695_231_5),
        ] {
            assert!((found / expected - 1.0).abs() < 1e-8, "{found}, not {expected}");
        }
    }

    #[test]
    fn edges_of_reach() {
        assert_eq!(Chain::from_rates(1, |_| vec![]).balance(), Some(vec![1.0]));
        // Nothing leads back from the second state.
        assert_eq!(Chain::from_rates(2, |i| if i == 0 { vec![(1, 1.0)] } else { vec![] }).balance(), None);
        assert_eq!(Chain::from_rates(2, |i| vec![(0, i as f64)]).balance(), Some(vec![1.0, 0.0]));
    }
}
