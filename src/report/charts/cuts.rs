//! Where one shade of a grid ends and the next begins.
//!
//! Invariant: cuts rise, and there are [`SHADES`] − 1 of them.

/// Shades of a grid.
pub(in crate::report) const SHADES: usize = 8;

/// Cuts that people know for a measure, else even ones up to the largest value.
pub(super) fn cuts(measure: &str, largest: f64) -> Vec<f64> {
    match measure {
        "service_level" => vec![0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95],
        "abandonment" => vec![0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3],
        "occupancy" => vec![0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95],
        "asa_s" => vec![5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0],
        _ => even(largest),
    }
}

fn even(largest: f64) -> Vec<f64> {
    let shades = SHADES as f64;
    let rough = (largest.max(f64::MIN_POSITIVE) / shades).max(1e-300);
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|nice| nice * power).find(|step| *step >= rough);
    let step = step.unwrap_or(rough);
    (1..SHADES).map(|cut| cut as f64 * step).collect()
}

/// The shade of a value, 0 for the lowest.
pub(in crate::report) fn shade(cuts: &[f64], value: f64) -> usize {
    cuts.iter().filter(|cut| value >= **cut).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_rise_and_reach_near_the_largest_value() {
        for measure in ["service_level", "abandonment", "occupancy", "asa_s", "offered"] {
            let cuts = cuts(measure, 3_217.0);
            assert_eq!(cuts.len(), SHADES - 1);
            assert!(cuts.windows(2).all(|pair| pair[0] < pair[1]), "{cuts:?}");
        }
        assert_eq!(cuts("offered", 3_217.0)[0], 500.0);
        assert!(cuts("offered", 0.0).iter().all(|cut| cut.is_finite()));
        assert_eq!((shade(&[1.0, 2.0], 0.9), shade(&[1.0, 2.0], 1.0), shade(&[1.0, 2.0], 9.0)), (0, 1, 2));
    }
}
