//! Integrals of several smooth functions at once.
//!
//! Does not look for kinks or for peaks much narrower than a panel: the caller names them as ends of panels. Invariant: the sum over panels in a fixed order, so
//! that equal calls give equal bits.

/// Panels are halved no more often than this.
const MOST_PANELS: usize = 4_000;

/// Kronrod's nodes with 15 points on [−1, 1], from the outermost to the middle; every second is one of Gauss with 7.
const NODES: [f64; 8] = [
    0.991_455_371_120_812_6,
    0.949_107_912_342_758_5,
    0.864_864_423_359_769_1,
    0.741_531_185_599_394_4,
    0.586_087_235_467_691_1,
    0.405_845_151_377_397_2,
    0.207_784_955_007_898_47,
    0.0,
];
const KRONROD: [f64; 8] = [
    0.022_935_322_010_529_224,
    0.063_092_092_629_978_55,
    0.104_790_010_322_250_18,
    0.140_653_259_715_525_92,
    0.169_004_726_639_267_9,
    0.190_350_578_064_785_41,
    0.204_432_940_075_298_9,
    0.209_482_141_084_727_83,
];
const GAUSS: [f64; 4] =
    [0.129_484_966_168_869_7, 0.279_705_391_489_276_64, 0.381_830_050_505_118_9, 0.417_959_183_673_469_4];

/// Integrals of N functions over [first, last] of `ends`, cut at the ends between, to a relative tolerance each.
///
/// Gauss and Kronrod (Kronrod 1965) with 7 and 15 points; the panel with the largest difference between the two is halved
/// until the differences are within the tolerance, which the integrals then undercut by far. Gives up refining at 4,000
/// panels. 0 where fewer than two ends are given.
#[must_use]
pub fn integrate<const N: usize>(ends: &[f64], tolerance: f64, f: impl Fn(f64) -> [f64; N]) -> [f64; N] {
    debug_assert!(ends.windows(2).all(|pair| pair[0] <= pair[1]), "{ends:?}");
    let mut panels: Vec<Panel<N>> = ends.windows(2).map(|pair| Panel::new(pair[0], pair[1], &f)).collect();
    loop {
        let (mut totals, mut errors) = ([0.0; N], [0.0; N]);
        for panel in &panels {
            for i in 0..N {
                totals[i] += panel.values[i];
                errors[i] += panel.errors[i];
            }
        }
        let is_done = (0..N).all(|i| errors[i] <= tolerance * totals[i].abs());
        if is_done || panels.len() >= MOST_PANELS {
            return totals;
        }
        // How much of what is allowed a panel uses up, by its worst function; functions within bounds do not count.
        let burden = |panel: &Panel<N>| {
            (0..N)
                .filter(|&i| errors[i] > tolerance * totals[i].abs())
                .map(|i| panel.errors[i] / totals[i].abs().max(f64::MIN_POSITIVE))
                .fold(0.0, f64::max)
        };
        // Every panel that carries a fair part of the burden is halved in one pass.
        let worst = panels.iter().map(&burden).fold(0.0, f64::max);
        let mut next = Vec::with_capacity(panels.len() * 2);
        let mut is_refined = false;
        for panel in panels {
            let middle = panel.from + 0.5 * (panel.to - panel.from);
            if burden(&panel) > 0.1 * worst && panel.from < middle && middle < panel.to {
                next.push(Panel::new(panel.from, middle, &f));
                next.push(Panel::new(middle, panel.to, &f));
                is_refined = true;
            } else {
                next.push(panel);
            }
        }
        panels = next;
        if !is_refined {
            return totals;
        }
    }
}

struct Panel<const N: usize> {
    from: f64,
    to: f64,
    values: [f64; N],
    errors: [f64; N],
}

impl<const N: usize> Panel<N> {
    fn new(from: f64, to: f64, f: &impl Fn(f64) -> [f64; N]) -> Self {
        let (centre, half) = (0.5 * (from + to), 0.5 * (to - from));
        let (mut kronrod, mut gauss) = ([0.0; N], [0.0; N]);
        for (k, node) in NODES.iter().enumerate() {
            let is_middle = k == 7;
            let both = [f(centre - half * node), f(centre + half * node)];
            for values in both.iter().take(if is_middle { 1 } else { 2 }) {
                for i in 0..N {
                    kronrod[i] += KRONROD[k] * values[i];
                    if k % 2 == 1 {
                        gauss[i] += GAUSS[k / 2] * values[i];
                    }
                }
            }
        }
        let values = kronrod.map(|sum| sum * half);
        let mut errors = [0.0; N];
        for i in 0..N {
            // Below the resolution of a double nothing is gained by halving.
            let error = (kronrod[i] - gauss[i]).abs() * half;
            errors[i] = if error <= 8.0 * f64::EPSILON * values[i].abs() { 0.0 } else { error };
        }
        Self { from, to, values, errors }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polynomials_up_to_degree_22_are_exact_on_one_panel() {
        for degree in [0, 1, 5, 14, 22] {
            let panel = Panel::new(-0.5, 2.0, &|x: f64| [x.powi(degree)]);
            let exact = (2f64.powi(degree + 1) - (-0.5f64).powi(degree + 1)) / f64::from(degree + 1);
            assert!((panel.values[0] / exact - 1.0).abs() < 1e-14, "degree {degree}");
        }
    }

    #[test]
    fn peaks_kinks_and_singular_ends_are_found() {
        let peak = |x: f64| [(-(x - 0.3) * (x - 0.3) * 1e4).exp(), x.sqrt(), (x - 0.7).abs()];
        let [gauss, root, kink] = integrate(&[0.0, 0.3, 0.7, 1.0], 1e-12, peak);
        assert!((gauss / (std::f64::consts::PI / 1e4).sqrt() - 1.0).abs() < 1e-12);
        assert!((root / (2.0 / 3.0) - 1.0).abs() < 1e-12);
        assert!((kink / 0.29 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_is_integrated_to_nothing() {
        assert_eq!(integrate(&[], 1e-10, |x| [x]), [0.0]);
        assert_eq!(integrate(&[2.0, 2.0], 1e-10, |x| [x]), [0.0]);
        assert_eq!(integrate(&[0.0, 1.0], 1e-10, |_| [0.0]), [0.0]);
    }
}
