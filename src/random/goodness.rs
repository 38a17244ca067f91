//! Goodness of fit for tests: samples of a law against a cdf from elsewhere, and against its own moments.
//!
//! Each check is wrong once in some ten thousand seeds; the seed is fixed.

use super::{Dist, Key, Purpose};

const N: usize = 40_000;

/// One value of each of many customers, as a simulation draws them.
pub(super) fn samples(dist: &Dist) -> Vec<f64> {
    let root = Key::root(1, 0).named("goodness of fit");
    (0..N as u64).map(|k| dist.sample(&mut root.child(k).stream(Purpose::Talk))).collect()
}

/// Checks samples, cdf, moments and support of `dist` against `cdf`.
pub(super) fn assert_fits(dist: &Dist, cdf: impl Fn(f64) -> f64) {
    let mut x = samples(dist);
    let n = N as f64;

    let mean = x.iter().sum::<f64>() / n;
    let about = |power: i32| x.iter().map(|x| (x - dist.mean()).powi(power)).sum::<f64>() / n;
    let (variance, fourth) = (about(2), about(4));
    // Four standard errors of a mean: 1 in 16,000 (more with very heavy tails, which the seed avoids).
    let bound = 4.0 * (dist.variance() / n).sqrt() + 1e-12 * mean.abs();
    assert!((mean - dist.mean()).abs() <= bound, "{dist:?}: mean {mean}, not {}", dist.mean());
    let bound = 4.0 * ((fourth - variance * variance).max(0.0) / n).sqrt() + 1e-12 * variance;
    assert!(
        (variance - dist.variance()).abs() <= bound,
        "{dist:?}: variance {variance}, not {}",
        dist.variance()
    );

    x.sort_by(f64::total_cmp);
    assert!(x[0] >= dist.min() && x[N - 1].is_finite(), "{dist:?}: {} is below the support", x[0]);
    let mut distance = 0.0_f64;
    let mut less = 0;
    while less < N {
        let value = x[less];
        let at_most = less + x[less..].iter().take_while(|x| **x == value).count();
        distance = distance.max((cdf(value) - at_most as f64 / n).abs());
        distance = distance.max((cdf(value.next_down()) - less as f64 / n).abs());
        assert!((dist.cdf(value) - cdf(value)).abs() < 1e-9, "{dist:?}: cdf({value}) is {}", dist.cdf(value));
        less = at_most;
    }
    // Kolmogorov: P(D √n > 2.23) = 1e-4, less where the law has point masses.
    assert!(distance * n.sqrt() < 2.23, "{dist:?}: D √n = {}", distance * n.sqrt());

    // The whole is the part below infinity; and half of it is consistent with the integral of the cdf.
    let whole = dist.moments_up_to(f64::INFINITY);
    assert!((whole.probability - 1.0).abs() < 1e-12);
    assert!((whole.first - dist.mean()).abs() <= 1e-9 * dist.mean().abs());
    let second = dist.variance() + dist.mean() * dist.mean();
    assert!((whole.second - second).abs() <= 1e-9 * second);
    let middle = x[N / 2];
    let part = dist.moments_up_to(middle);
    let found = x.iter().filter(|x| **x <= middle).map(|x| x * x).sum::<f64>() / n;
    let bound = 4.0 * (x.iter().filter(|x| **x <= middle).map(|x| x.powi(4)).sum::<f64>() / n / n).sqrt();
    assert!(
        (part.second - found).abs() <= bound,
        "{dist:?}: second moment {found} below {middle}, not {}",
        part.second
    );
}

/// Checks that a factor on the law is the same factor on each value.
pub(super) fn assert_moves_in_step(dist: &Dist, scaled: &Dist, factor: f64) {
    for (a, b) in samples(dist).iter().zip(samples(scaled)) {
        assert!((b - a * factor).abs() <= 1e-9 * a.abs(), "{dist:?}: {a} became {b}");
    }
}
