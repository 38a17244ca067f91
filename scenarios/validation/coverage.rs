//! Intervals against a truth that is known: thousands of small experiments, and the share whose 95 % interval contains it.
//!
//! No queue is simulated: replications are drawn from laws, so that what is tried is the interval alone. Invariant: every
//! experiment has a stream of its own.

use holdtime::random::{Dist, Key, Purpose, Stream};
use holdtime::stats::{Estimate, Histogram, Paired, mean_estimate, quantile_estimate, ratio_estimate};
use holdtime::units::Span;

/// The share that covers then has a standard error of 0.0034.
pub const EXPERIMENTS: u64 = 4_000;

/// Something that is estimated from replications.
pub struct Trial {
    pub what: &'static str,
    /// Of one replication's value.
    pub skewness: &'static str,
    pub replications: usize,
    truth: f64,
    experiment: fn(&mut Stream, usize) -> Estimate,
}

impl Trial {
    /// The share of experiments whose interval contains the truth.
    pub fn coverage(&self) -> f64 {
        let root = Key::root(1, 0).named(self.what);
        let covers = |k: &u64| {
            let estimate = (self.experiment)(&mut root.child(*k).stream(Purpose::Talk), self.replications);
            let mean = estimate.mean.expect("a value");
            (mean - self.truth).abs() <= estimate.half_width.expect("an interval")
        };
        (0..EXPERIMENTS).filter(covers).count() as f64 / EXPERIMENTS as f64
    }
}

/// Values of ten replications as years and days give them: a little skewed. 95 % is what the interval promises.
pub fn usual() -> Vec<Trial> {
    let trial =
        |what, skewness, truth, experiment| Trial { what, skewness, replications: 10, truth, experiment };
    vec![
        trial("mean", "0.4 (gamma)", 100.0, |stream, n| mean_of_gamma(stream, n, 0.2)),
        trial("ratio", "0.5", 0.05, |stream, n| ratio_estimate(&days(stream, n))),
        trial("paired difference of ratios", "0", 0.01, difference),
        trial("quantile", "–", quantile_of_days(), quantile),
    ]
}

/// Means of days that differ a lot, where ten are not enough.
pub fn skewed() -> Vec<Trial> {
    let trial = |what, skewness, replications, experiment| Trial {
        what,
        skewness,
        replications,
        truth: 100.0,
        experiment,
    };
    let mut trials = Vec::new();
    for n in [10, 50, 400] {
        trials.push(trial("mean of skewed days", "1 (gamma)", n, |stream, n| mean_of_gamma(stream, n, 0.5)));
    }
    for n in [10, 50, 400] {
        trials.push(trial("mean of very skewed days", "2 (gamma)", n, |stream, n| {
            mean_of_gamma(stream, n, 1.0)
        }));
    }
    trials
}

/// A mean of 100 from `n` gamma values of the coefficient of variation `cv`, whose skewness is 2 cv.
fn mean_of_gamma(stream: &mut Stream, n: usize, cv: f64) -> Estimate {
    let law = Dist::gamma(100.0, cv).expect("a law");
    mean_estimate(&(0..n).map(|_| law.sample(stream)).collect::<Vec<_>>())
}

/// Abandoned and entered visits of days: 5 %, more on some days than on others.
fn days(stream: &mut Stream, n: usize) -> Vec<(f64, f64)> {
    let (entered, luck) = (Dist::gamma(1000.0, 0.15).expect("a law"), Dist::gamma(1.0, 0.25).expect("a law"));
    let mut day = || {
        let entered = entered.sample(stream);
        (0.05 * luck.sample(stream) * entered, entered)
    };
    (0..n).map(|_| day()).collect()
}

/// The same days under a change that adds a percentage point.
fn difference(stream: &mut Stream, n: usize) -> Estimate {
    let before = days(stream, n);
    let lift = Dist::uniform(0.1, 0.3).expect("a law");
    let after: Vec<_> = before.iter().map(|(y, x)| (y + 0.05 * lift.sample(stream) * x, *x)).collect();
    Paired::of_ratios(&after, &before).expect("a value").estimate()
}

/// Mean waits, in seconds, of a good and a bad day; half of the calls do not wait.
const GOOD_AND_BAD: [f64; 2] = [25.0, 35.0];

/// The 90 % quantile of waits of a hundred calls a day, the days good or bad.
fn quantile(stream: &mut Stream, n: usize) -> Estimate {
    let mut day = || {
        let waits = Dist::exponential(GOOD_AND_BAD[usize::from(stream.uniform() < 0.5)]).expect("a law");
        let mut histogram = Histogram::new();
        for _ in 0..100 {
            let wait = if stream.uniform() < 0.5 { 0.0 } else { waits.sample(stream) };
            histogram.record(Span::from_secs_f64(wait));
        }
        histogram
    };
    let days: Vec<_> = (0..n).map(|_| day()).collect();
    quantile_estimate(&days.iter().collect::<Vec<_>>(), 0.9)
}

fn quantile_of_days() -> f64 {
    let late = |q: f64| GOOD_AND_BAD.iter().map(|mean| 0.25 * (-q / mean).exp()).sum::<f64>();
    let (mut low, mut high) = (0.0, 200.0);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if late(middle) > 0.1 { low = middle } else { high = middle }
    }
    low
}
