//! How much staffing a scenario needs to meet its targets, so that options are compared at equal service.
//!
//! Changes no scenario itself: whoever asks makes it at each factor. Invariant: every factor meets the same customers, so that
//! a little more staffing is judged by its own effect and not by chance.

use super::Plan;
use super::digest::Sample;
use super::outcome::outcomes;
use super::runs::{self, Prepared};
use crate::experiment::control::Control;
use crate::experiment::outcome::TargetOutcome;
use crate::experiment::replicate::{Unfinished, pool};
use crate::scenario::Scenario;

/// Replications at each factor: a quarter of those of the comparison, within these. A year needs few, a day many.
const PILOT: (u32, u32) = (3, 100);
/// Factors are multiples of this.
const STEP: f64 = 0.005;
/// The least and the most that are tried, in steps.
const STEPS: (u32, u32) = (40, 400);

/// The least factor of staffing, a multiple of 0.005 from 0.2 to 2, at which the first replications (a quarter of the comparison's, 3 to 100)
/// meet all targets over the horizon, by their values; `None` if not even the largest does. `make` gives the scenario at a factor.
///
/// By bisection, since more staffing serves better; where it does not, some factor that meets them.
///
/// # Errors
/// If it is cancelled. A queue that grows without limit is a target missed.
pub fn staffing_at_target(
    make: &dyn Fn(f64) -> Option<Scenario>,
    plan: &Plan,
    control: &dyn Control,
) -> Result<Option<f64>, Unfinished> {
    let pool = pool(plan.jobs)?;
    let meets = |steps: u32| -> Result<bool, Unfinished> {
        let Some(scenario) = make(f64::from(steps) * STEP) else { return Ok(false) };
        let prepared = [Prepared::of(&scenario)];
        let pilot = (super::planned(&[&scenario], plan) / 4).clamp(PILOT.0, PILOT.1);
        match runs::simulate(&pool, &prepared, &[0], 0..pilot, plan.seed, control) {
            Ok(digests) if digests[0].len() < pilot as usize => Err(Unfinished::Cancelled),
            Ok(digests) => {
                let sample = Sample { prepared: &prepared[0], digests: &digests[0] };
                Ok(outcomes(&sample).iter().all(is_on_its_side))
            }
            Err(failed) => match failed.why {
                Unfinished::Overgrown { .. } => Ok(false),
                why @ (Unfinished::Cancelled | Unfinished::NoThreads(_)) => Err(why),
            },
        }
    };
    let (mut misses, mut met) = STEPS;
    if !meets(met)? {
        return Ok(None);
    }
    while met - misses > 1 {
        let middle = misses + (met - misses) / 2;
        if meets(middle)? { met = middle } else { misses = middle }
    }
    // Whole thousandths, as they are written in a file.
    Ok(Some((f64::from(met) * STEP * 1e3).round() / 1e3))
}

fn is_on_its_side(target: &TargetOutcome) -> bool {
    target
        .value
        .mean
        .is_none_or(|value| if target.is_minimum { value >= target.bound } else { value <= target.bound })
}
