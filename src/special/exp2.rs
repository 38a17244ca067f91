//! Powers of two for draws: fast, with no more than the nearest cache in hand.
//!
//! 2^x = 2^k · 2^(j/16) · 2^r with |r| ≤ 1/32: two bit fields, a table of sixteen, a polynomial of degree six.
//! Invariant: relative error below 10⁻¹⁵; the same bits on every platform.

/// 2^(j/16).
const SIXTEENTHS: [f64; 16] = [
    1.0,
    1.044_273_782_427_413_8,
    1.090_507_732_665_257_7,
    1.138_788_634_756_691_6,
    1.189_207_115_002_721,
    1.241_857_812_073_484,
    1.296_839_554_651_009_6,
    1.354_255_546_936_892_7,
    std::f64::consts::SQRT_2,
    1.476_826_145_939_499_3,
    1.542_210_825_407_940_7,
    1.610_490_331_949_254_3,
    1.681_792_830_507_429,
    1.756_252_160_373_299_5,
    1.834_008_086_409_342_4,
    1.915_206_561_397_147_4,
];
/// (ln 2)^n / n!, n = 1 … 6.
const TAYLOR: [f64; 6] = [
    std::f64::consts::LN_2,
    0.240_226_506_959_100_72,
    0.055_504_108_664_821_58,
    0.009_618_129_107_628_477,
    0.001_333_355_814_642_844_3,
    0.000_154_035_303_933_816_1,
];
/// Added to a number below 2⁵¹ it leaves the nearest integer in the low bits.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// 2^x; beyond ±1000 the value there.
#[inline]
#[must_use]
pub fn exp2(x: f64) -> f64 {
    let x = x.clamp(-1000.0, 1000.0);
    let rounded = x * 16.0 + ROUND;
    let r = x - (rounded - ROUND) * (1.0 / 16.0);
    let sixteenths = i64::from(rounded.to_bits() as i32);
    let power = f64::from_bits(((1023 + (sixteenths >> 4)) as u64) << 52);
    // Three short chains instead of a long one.
    let r2 = r * r;
    let [c1, c2, c3, c4, c5, c6] = TAYLOR;
    let series = r * (c1 + c2 * r) + r2 * (r * (c3 + c4 * r) + r2 * (r * (c5 + c6 * r)));
    let base = SIXTEENTHS[(sixteenths & 15) as usize];
    (base + base * series) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_library_to_the_last_bits() {
        let mut worst = 0.0_f64;
        for n in -400_000..=400_000_i32 {
            let x = f64::from(n) * 1.234_567e-4;
            let exact = libm::exp2(x);
            worst = worst.max((exp2(x) / exact - 1.0).abs());
        }
        assert!(worst < 1e-15, "{worst:e}");
    }

    #[test]
    fn is_exact_at_whole_numbers_and_rises_everywhere() {
        for n in -1000..=1000 {
            assert_eq!(exp2(f64::from(n)), libm::exp2(f64::from(n)));
        }
        let rising = (0..200_000).map(|n| exp2(f64::from(n) * 1e-4 - 10.0));
        assert!(rising.clone().zip(rising.skip(1)).all(|(a, b)| a < b));
    }

    #[test]
    fn has_a_value_for_any_number_and_stays_finite() {
        assert_eq!(exp2(f64::INFINITY), libm::exp2(1000.0));
        assert_eq!(exp2(-1e300), libm::exp2(-1000.0));
        assert!(exp2(f64::NAN).is_nan());
    }
}
