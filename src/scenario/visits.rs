//! When the visits of a scenario are expected: what follows from a fresh contact comes as late as its delays say.
//!
//! Takes shares from [`super::expectation`], as `check` does, and simulates nothing. Leaves out what that leaves out, the time
//! that a contact itself takes, and shares that change from a date on; who would come back while the class is closed does not
//! come at all. Invariant: over a horizon that holds all delays, visits sum to what the expectation counts.

use super::checked::{Class, DelayRuns, ReturnDelay, Scenario};
use super::expectation::{Amounts, FlowRules, Generation};
use super::load::Loaded;
use crate::units::ClassId;

/// Contacts that are fewer than this share of the fresh ones are not followed.
const NEGLIGIBLE: f64 = 1e-6;
/// Shares of a delay that are smaller are not spread.
const NEGLIGIBLE_SHARE: f64 = 1e-6;
/// Instants of an interval at which contacts are taken to come, where their delays are spread.
const INSTANTS: usize = 16;

impl Loaded {
    /// Visits that are expected to enter each class in each interval of the almanac, warm-up included: fresh, redialled,
    /// repeated, transferred; if this share of each class abandons (`None`: as [`super::Expected`] says).
    #[must_use]
    pub fn expected_visits(&self, abandonment: Option<&[f64]>) -> Vec<Vec<f64>> {
        self.scenario.expected_visits(abandonment.unwrap_or(&self.expected.abandonment))
    }
}

impl Scenario {
    /// The same of a scenario alone, if this share of each class abandons.
    #[must_use]
    pub fn expected_visits(&self, abandonment: &[f64]) -> Vec<Vec<f64>> {
        let (scenario, classes, n) = (self, &self.classes, self.almanac.n_intervals());
        let follows = Follows::new(scenario, abandonment);
        let mut entered = vec![vec![0.0; n]; classes.len()];
        for (first, fresh) in follows.let_in(scenario).into_iter().enumerate() {
            let all: f64 = fresh.iter().sum();
            let mut attempts: Vec<Attempts> = vec![Attempts { class: first, kind: 0, series: fresh }];
            for generation in 0..scenario.contacts_per_case {
                attempts.retain(|a| a.series.iter().sum::<f64>() > NEGLIGIBLE * all);
                for of in &attempts {
                    for (entered, share) in entered.iter_mut().zip(&of.map(&follows.maps).entered) {
                        add(entered, &of.series, *share);
                    }
                }
                if attempts.is_empty() || generation + 1 == scenario.contacts_per_case {
                    break;
                }
                attempts = follows.next(classes, first, &attempts, NEGLIGIBLE * all);
            }
        }
        entered
    }
}

/// Contacts by interval that begin in one class and are alike in what follows.
struct Attempts {
    class: usize,
    /// 0: the customer was answered last, or never tried before; 1: the last attempt was not answered.
    kind: usize,
    series: Vec<f64>,
}

impl Attempts {
    fn map<'a>(&self, maps: &'a [[Generation; 2]]) -> &'a Generation {
        &maps[self.class][self.kind]
    }
}

/// What follows from one contact of each class and kind, and when.
struct Follows {
    /// By class and kind.
    maps: Vec<[Generation; 2]>,
    /// By class: shares of the delay of a redial by intervals, and of a repeat.
    redial: Vec<Lags>,
    repeat: Vec<Lags>,
    closed: Vec<Lags>,
    /// By class and interval; empty: always.
    lets_in: Vec<Vec<bool>>,
    /// By class: the intervals in which it is open.
    open: Vec<Vec<usize>>,
}

impl Follows {
    fn new(scenario: &Scenario, abandonment: &[f64]) -> Self {
        let classes = &scenario.classes;
        let (n, interval_s) = (scenario.almanac.n_intervals(), scenario.almanac.interval.as_secs_f64());
        let rules = FlowRules {
            classes,
            groups: &scenario.groups,
            limit: &scenario.transfer_limit,
            contacts_per_case: scenario.contacts_per_case,
        };
        let resolution: Vec<f64> = (0..classes.len()).map(|class| rules.mean_resolution(class)).collect();
        let map = |class: usize, kind: usize| {
            let mut one: Amounts = vec![[0.0; 2]; classes.len()];
            one[class][kind] = 1.0;
            rules.generation(class, one, abandonment, &resolution)
        };
        let lags = |delay: fn(&Class) -> Option<&ReturnDelay>| -> Vec<Lags> {
            classes.iter().map(|class| Lags::of(delay(class), interval_s, n)).collect()
        };
        let lets_in = |class: &Class| match class.hours {
            None => Vec::new(),
            Some(_) => (0..n).map(|i| class.lets_in(i)).collect(),
        };
        let open = |class: &Class| match &class.hours {
            None => (0..n).collect(),
            Some(hours) => (0..n).filter(|i| hours.is_open[*i]).collect(),
        };
        Self {
            maps: (0..classes.len()).map(|class| [map(class, 0), map(class, 1)]).collect(),
            redial: lags(|class| class.redial_after_abandon.delay.as_ref()),
            repeat: lags(|class| class.repeat.delay.as_ref()),
            closed: lags(|class| class.redial_after_closed.delay.as_ref()),
            lets_in: classes.iter().map(lets_in).collect(),
            open: classes.iter().map(open).collect(),
        }
    }

    /// Fresh contacts by class and interval that find it open, and those who call again after finding it closed.
    fn let_in(&self, scenario: &Scenario) -> Vec<Vec<f64>> {
        let (classes, n) = (&scenario.classes, scenario.almanac.n_intervals());
        let interval_s = scenario.almanac.interval.as_secs_f64();
        let fresh = |class: &Class| class.fresh_rate.iter().map(|rate| rate * interval_s).collect();
        let mut coming: Vec<Vec<f64>> = classes.iter().map(fresh).collect();
        let mut again = vec![vec![0.0; n]; classes.len()];
        for at in 0..n {
            for (c, class) in classes.iter().enumerate() {
                if self.is_open(c, at) {
                    coming[c][at] += again[c][at];
                    continue;
                }
                let redial = &class.redial_after_closed;
                let back = coming[c][at] * redial.first + again[c][at] * redial.later;
                coming[c][at] = 0.0;
                let to = redial.class.map_or(c, ClassId::index);
                // Within the same interval it is still closed.
                self.closed[c].spread_one(back, at, &self.open[to], &mut again[to]);
            }
        }
        coming
    }

    fn is_open(&self, class: usize, at: usize) -> bool {
        self.lets_in[class].get(at).is_none_or(|is_open| *is_open)
    }

    /// The contacts that follow from cases of class `first`; fewer than `negligible` are none.
    fn next(&self, classes: &[Class], first: usize, attempts: &[Attempts], negligible: f64) -> Vec<Attempts> {
        let n = attempts[0].series.len();
        let mut next: Vec<Attempts> = Vec::new();
        let mut follow = |share: &dyn Fn(&Generation) -> f64, lags: &Lags, class: usize, kind: usize| {
            let mut leaving = vec![0.0; n];
            attempts.iter().for_each(|of| add(&mut leaving, &of.series, share(of.map(&self.maps))));
            if leaving.iter().sum::<f64>() <= negligible {
                return;
            }
            let position =
                next.iter().position(|a| (a.class, a.kind) == (class, kind)).unwrap_or_else(|| {
                    next.push(Attempts { class, kind, series: vec![0.0; n] });
                    next.len() - 1
                });
            lags.spread(&leaving, &self.open[class], &mut next[position].series);
        };
        for (c, class) in classes.iter().enumerate() {
            let to = class.redial_after_abandon.class.map_or(c, ClassId::index);
            follow(&|map| map.redialled[c], &self.redial[c], to, 1);
            let to = class.repeat.class.map_or(first, ClassId::index);
            follow(&|map| map.repeated[c], &self.repeat[c], to, 0);
        }
        for Attempts { class, series, .. } in &mut next {
            for (at, contacts) in series.iter_mut().enumerate() {
                if !self.is_open(*class, at) {
                    *contacts = 0.0;
                }
            }
        }
        next
    }
}

/// Shares of a delay by whole intervals, for contacts at any instant of an interval.
struct Lags {
    shares: Vec<(usize, f64)>,
    runs: DelayRuns,
}

impl Lags {
    fn of(delay: Option<&ReturnDelay>, interval_s: f64, n: usize) -> Self {
        let Some(ReturnDelay { law, runs }) = delay else {
            return Self { shares: Vec::new(), runs: DelayRuns::Always };
        };
        let (mut lags, mut before) = (Vec::new(), 0.0);
        for lag in 0..n {
            // The share that is back by the end of the interval, over the instants of its begin.
            let back =
                |part: usize| law.cdf((lag as f64 + (part as f64 + 0.5) / INSTANTS as f64) * interval_s);
            let now = (0..INSTANTS).map(back).sum::<f64>() / INSTANTS as f64;
            if now - before > NEGLIGIBLE_SHARE {
                lags.push((lag, now - before));
                before = now;
            }
            if 1.0 - before < NEGLIGIBLE_SHARE {
                break;
            }
        }
        Self { shares: lags, runs: *runs }
    }

    /// Adds to `to`, a class that is open in the intervals `open`, what leaves, later by the delay; what comes after the end
    /// does not come.
    fn spread(&self, leaving: &[f64], open: &[usize], to: &mut [f64]) {
        match self.runs {
            DelayRuns::Always => {
                for (lag, share) in self.shares.iter().filter(|(lag, _)| *lag < leaving.len()) {
                    add(&mut to[*lag..], &leaving[..leaving.len() - lag], *share);
                }
            }
            DelayRuns::WhileOpen => {
                for (at, leaving) in leaving.iter().enumerate().filter(|(_, leaving)| **leaving > 0.0) {
                    self.spread_while_open(*leaving, at, open, to);
                }
            }
        }
    }

    /// The same for one interval, beginning with the next one.
    fn spread_one(&self, leaving: f64, at: usize, open: &[usize], to: &mut [f64]) {
        if leaving <= 0.0 {
            return;
        }
        match self.runs {
            DelayRuns::Always => {
                for (lag, share) in &self.shares {
                    if let Some(later) = to.get_mut(at + (*lag).max(1)) {
                        *later += leaving * share;
                    }
                }
            }
            DelayRuns::WhileOpen => self.spread_while_open(leaving, at + 1, open, to),
        }
    }

    /// What leaves at `at` comes in the open intervals from then on, as if there were no others.
    fn spread_while_open(&self, leaving: f64, at: usize, open: &[usize], to: &mut [f64]) {
        let first = open.partition_point(|i| *i < at);
        for (lag, share) in &self.shares {
            if let Some(later) = open.get(first + lag) {
                to[*later] += leaving * share;
            }
        }
    }
}

fn add(to: &mut [f64], amounts: &[f64], share: f64) {
    if share > 0.0 {
        to.iter_mut().zip(amounts).for_each(|(sum, amount)| *sum += amount * share);
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::{Loaded, Texts, load};

    fn loaded(text: &str) -> Loaded {
        let source = Texts::new().with("s.toml", text);
        load("s.toml", &[], &source).unwrap_or_else(|problems| panic!("{problems}"))
    }

    const RETURNING: &str = r#"
        horizon = "10d"
        interval = "1h"
        [class.calls]
        volume = { per_hour = 100 }
        talk_time = { constant = "3m" }
        patience = { exponential = { mean = "3m" } }
        resolution = 0.8
        repeat = { probability = 0.5, delay = { constant = "24h" } }
        redial.after_abandon = { first = 0.4, later = 0.2, delay = { exponential = { mean = "30m" } } }
        transfer = [{ to = "experts", probability = 0.1 }]
        [class.experts]
        volume = { per_hour = 0 }
        talk_time = { constant = "3m" }
        [group.all]
        agents = 20
        takes = [["calls", "experts"]]
    "#;

    #[test]
    fn a_repeat_comes_a_day_later_and_a_transfer_at_once() {
        let text = RETURNING.replace("redial.after_abandon", "#");
        let visits = loaded(&text).expected_visits(None);
        let first_day = visits[0][5];
        assert!((first_day - 100.0).abs() < 1e-9, "{first_day}");
        // 95 are answered; of nine in ten not transferred a fifth is unsolved, and half of these come back.
        let second_day = 95.0 * 0.9 * 0.2 * 0.5;
        assert!((visits[0][29] - 100.0 - second_day).abs() < 1e-9, "{}", visits[0][29]);
        assert!((visits[1][5] - 9.5).abs() < 1e-9, "{}", visits[1][5]);
    }

    #[test]
    fn over_a_horizon_that_holds_the_delays_visits_are_those_of_the_expectation() {
        // Calls in the first hour only.
        let steps = format!("[100{}]", ", 0".repeat(239));
        let loaded = loaded(&RETURNING.replace("per_hour = 100", &format!("per_hour = {steps}")));
        let visits = loaded.expected_visits(None);
        let sum = visits[0].iter().sum::<f64>();
        // Nobody enters `calls` by transfer, so all who enter are offered.
        assert!((sum / loaded.expected.offered[0] - 1.0).abs() < 1e-4, "{sum}, {:?}", loaded.expected);
        assert!(loaded.expected.offered[0] > 110.0);
    }

    #[test]
    fn who_redials_is_spread_over_the_delay() {
        let text = RETURNING.replace("repeat =", "#");
        let visits = loaded(&text).expected_visits(None);
        // Five abandon, two redial after half an hour on the mean: of those who come at any instant of an hour, this
        // share is back before it ends.
        let within = 1.0 - 0.5 * (1.0 - libm::exp(-2.0));
        assert!((visits[0][0] - 100.0 - 2.0 * within).abs() < 0.05, "{}", visits[0][0]);
    }

    #[test]
    fn a_delay_that_runs_while_open_brings_the_evening_in_the_morning() {
        // Calls from 17:00 to 18:00 of the first day only.
        let steps = format!("[{}100{}]", "0, ".repeat(17), ", 0".repeat(222));
        let text = RETURNING
            .replace("repeat =", "#")
            .replace("per_hour = 100", &format!("per_hour = {steps}"))
            .replace(
                "delay = { exponential = { mean = \"30m\" } }",
                "delay = { constant = \"2h\" }, delay_runs = \"while_open\"",
            )
            .replace("redial.after_abandon", "open = { all = \"08:00-18:00\" }\nredial.after_abandon");
        let visits = loaded(&text).expected_visits(None);
        // Of the two who redial each has up to an hour behind them at closing, and the rest from 8:00 on.
        assert!((visits[0][24 + 9] - 2.0).abs() < 1e-9, "{}", visits[0][24 + 9]);
        assert_eq!((visits[0][19], visits[0][24 + 8]), (0.0, 0.0));
    }

    #[test]
    fn nobody_comes_while_it_is_closed_but_some_of_the_refused_call_again() {
        let text = RETURNING
            .replace("repeat =", "#")
            .replace("redial.after_abandon", "open = { all = \"08:00-18:00\" }\nredial.after_closed");
        let visits = loaded(&text).expected_visits(None);
        assert_eq!((visits[0][7], visits[0][18]), (0.0, 0.0));
        assert!(visits[0][8] > 100.0 && (visits[0][15] - 100.0).abs() < 1.0, "{:?}", &visits[0][..24]);
    }
}
