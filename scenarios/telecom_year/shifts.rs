//! Shifts of 4, 6 and 8 hours on the half-hour, laid so that their sum follows a required curve.
//!
//! Knows the days of one group, no calendar and no calls. Invariant: the hours of the shifts are those asked for, to
//! within two hours a day, and equal input gives equal shifts.

/// Half-hours in a day.
pub const SLOTS: usize = 48;

/// Half-hours of the short shift, which is laid day by day; it takes the hours that the long ones leave.
const SHORT: usize = 8;

/// How a group's people work.
pub struct Pattern {
    /// Long shifts, the same on all days of a roster: half-hours, and share of the hours; longest first.
    pub long: [(usize, f64); 2],
    /// Long shifts begin at every so many half-hours: teams begin together.
    pub step: usize,
}

/// A day of a roster: the agents wanted by half-hour and how often the day occurs.
pub struct Day<'a> {
    pub wanted: &'a [f64],
    pub weight: f64,
    /// A date that differs from its like: it has the hours that it needs, not those of the mean day.
    pub is_special: bool,
}

/// Agents by half-hour for each day of a roster, from shifts inside the slots `first..last`.
///
/// The long shifts are the same on all days and follow the mean day; the short ones follow the day.
pub fn roster(pattern: &Pattern, days: &[Day], first: usize, last: usize) -> Vec<Vec<f64>> {
    let weights: f64 = days.iter().map(|d| d.weight).sum();
    let length = days.first().map_or(0, |d| d.wanted.len());
    let mean: Vec<f64> = (0..length)
        .map(|slot| days.iter().map(|d| d.weight * d.wanted[slot]).sum::<f64>() / weights)
        .collect();
    let hours = mean[first..last].iter().sum::<f64>() / 2.0;
    let mut lengths = Vec::new();
    for (length, share) in pattern.long {
        lengths.extend(std::iter::repeat_n(length, (2.0 * hours * share / length as f64).round() as usize));
    }
    let fixed = lay(vec![0.0; length], &mean, &lengths, first, last, pattern.step);
    let fixed_hours = fixed.iter().sum::<f64>() / 2.0;
    days.iter()
        .map(|day| {
            let hours =
                if day.is_special { day.wanted[first..last].iter().sum::<f64>() / 2.0 } else { hours };
            let short = (2.0 * (hours - fixed_hours) / SHORT as f64).round().max(0.0) as usize;
            lay(fixed.clone(), day.wanted, &vec![SHORT; short], first, last, 1)
        })
        .collect()
}

/// Lays further shifts on what is staffed: each where it lowers the misfit most, then one moved at a time.
fn lay(
    mut staffed: Vec<f64>,
    wanted: &[f64],
    lengths: &[usize],
    first: usize,
    last: usize,
    step: usize,
) -> Vec<f64> {
    let mut shifts = Vec::new();
    for &length in lengths {
        let start = best_start(&staffed, wanted, length, first, last, step);
        add(&mut staffed, start, length, 1.0);
        shifts.push((start, length));
    }
    // Each move lowers the misfit by more than a little, so this ends.
    loop {
        let mut moved = false;
        for (start, length) in &mut shifts {
            add(&mut staffed, *start, *length, -1.0);
            let better = best_start(&staffed, wanted, *length, first, last, step);
            let gain = cost_of_adding(&staffed, wanted, *start, *length)
                - cost_of_adding(&staffed, wanted, better, *length);
            if gain > 1e-9 {
                *start = better;
                moved = true;
            }
            add(&mut staffed, *start, *length, 1.0);
        }
        if !moved {
            return staffed;
        }
    }
}

/// The start at which a further shift lowers the misfit most; the earliest of equals.
fn best_start(
    staffed: &[f64],
    wanted: &[f64],
    length: usize,
    first: usize,
    last: usize,
    step: usize,
) -> usize {
    let mut best = (first, f64::INFINITY);
    for start in (first..=last - length).step_by(step) {
        let cost = cost_of_adding(staffed, wanted, start, length);
        if cost < best.1 - 1e-9 {
            best = (start, cost);
        }
    }
    best.0
}

/// Change of the misfit, Σ (staffed − wanted)² ÷ (wanted + 1), by one more agent from `start` on.
fn cost_of_adding(staffed: &[f64], wanted: &[f64], start: usize, length: usize) -> f64 {
    (start..start + length)
        .map(|slot| (2.0 * (staffed[slot] - wanted[slot]) + 1.0) / (wanted[slot] + 1.0))
        .sum()
}

fn add(staffed: &mut [f64], start: usize, length: usize, agents: f64) {
    for value in &mut staffed[start..start + length] {
        *value += agents;
    }
}
