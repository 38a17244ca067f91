//! The standard normal law, the raw material of lognormal and gamma numbers.
//!
//! Sampled by the ziggurat (Marsaglia and Tsang 2000) with 256 layers, the tail by Marsaglia (1964).

use super::key::Stream;
use super::ziggurat::{NORMAL_F, NORMAL_X};

/// A normal number of mean 0 and variance 1.
#[inline]
#[must_use]
pub fn standard_normal(stream: &mut Stream) -> f64 {
    let bits = stream.next_u64();
    // The low 8 bits choose the layer, the high 53, with the topmost as sign, the place in it.
    let layer = (bits & 0xFF) as usize;
    let x = ((bits as i64) >> 11) as f64 * (1.0 / (1u64 << 52) as f64) * NORMAL_X[layer];
    if x.abs() < NORMAL_X[layer + 1] { x } else { beside_the_layer(stream, layer, x) }
}

/// The one case in eighty: the rim of a layer, or the tail.
#[cold]
#[inline(never)]
fn beside_the_layer(stream: &mut Stream, layer: usize, x: f64) -> f64 {
    if layer == 0 {
        return tail(stream).copysign(x);
    }
    let height = NORMAL_F[layer] + (NORMAL_F[layer + 1] - NORMAL_F[layer]) * stream.uniform();
    if height < libm::exp(-0.5 * x * x) { x } else { standard_normal(stream) }
}

/// A normal number, given that it exceeds the base of the ziggurat.
fn tail(stream: &mut Stream) -> f64 {
    let base = NORMAL_X[1];
    loop {
        let beyond = exponential(stream) / base;
        if 2.0 * exponential(stream) > beyond * beyond {
            return base + beyond;
        }
    }
}

/// An exponential number by its inverse.
fn exponential(stream: &mut Stream) -> f64 {
    -libm::log(stream.uniform_open())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, Purpose};
    use crate::special::normal_cdf;

    #[test]
    fn it_fits_its_law_in_both_tails() {
        let mut stream = Key::root(3, 0).stream(Purpose::Talk);
        let n = 2_000_000;
        let z: Vec<f64> = (0..n).map(|_| standard_normal(&mut stream)).collect();
        // Four standard errors each: a false alarm in 16,000.
        for point in [-4.0, -3.7, -2.0, -0.3, 0.0, 0.1, 1.0, 3.0, 3.7, 4.0] {
            let found = z.iter().filter(|z| **z <= point).count() as f64 / n as f64;
            let p = normal_cdf(point);
            assert!(
                (found - p).abs() < 4.0 * (p * (1.0 - p) / n as f64).sqrt(),
                "Φ({point}) is {found}, not {p}"
            );
        }
        for (power, moment, spread) in [(1, 0.0, 1.0), (2, 1.0, 2.0), (3, 0.0, 15.0), (4, 3.0, 96.0)] {
            let found = z.iter().map(|z| z.powi(power)).sum::<f64>() / n as f64;
            assert!((found - moment).abs() < 4.0 * (spread / n as f64).sqrt(), "moment {power}: {found}");
        }
    }
}
