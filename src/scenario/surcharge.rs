//! Surcharges of a site or group: what is paid on top of the hourly cost at night, on Sundays, holidays and beyond the plan.
//!
//! Prices nothing; `measure` does. Invariant: a group with surcharges has a share for every interval of the almanac.

use super::almanac::{Almanac, Day};
use super::checked::Surcharge;
use super::days::DAY_SECONDS;
use super::diagnostic::Diagnostic;
use super::read::{self, Build};
use super::tree::Node;
use crate::units::Span;

/// Night ends and begins at these seconds of the day.
const NIGHT: (u32, u32) = (6 * 3600, 22 * 3600);

/// The surcharges of a group of `site`, its own or else the site's, on `days` with the holidays that the site has; `None` if
/// none are written.
pub(super) fn surcharge(
    build: &mut Build,
    (group, path): (&Node, &str),
    site: Option<&str>,
    cost: Option<f64>,
    almanac: Option<&Almanac>,
    days: &[Day],
) -> Option<Surcharge> {
    let of_site = || Some((build.root.get("site")?.get(site?)?.get("surcharge")?, format!("site.{}", site?)));
    let (node, path) = match group.get("surcharge") {
        Some(node) => (node, path.to_owned()),
        None => of_site()?,
    };
    if read::is_none(Some(node)) {
        return None;
    }
    if cost.is_none() {
        build.report(
            Diagnostic::warning(format!("`{path}.surcharge` has nothing to act on"))
                .at(node.origin)
                .allowed("with a `cost_per_paid_hour`, of which it is a share"),
        );
    }
    let share = |key: &str| node.get(key).map_or(0.0, |node| read::not_negative(Some(node)).unwrap_or(0.0));
    let (night, sunday, holiday) = (share("night"), share("sunday"), share("holiday"));
    let almanac = almanac?;
    let of_day = |day: &Day| {
        let of_sunday = if day.weekday == 6 { sunday } else { 0.0 };
        let of_holiday = if day.is_holiday { holiday } else { 0.0 };
        f64::max(of_sunday, of_holiday)
    };
    let seconds = (almanac.interval.0 / Span::SECOND.0) as u32;
    let by_interval = almanac.intervals.iter().map(|at| {
        let from = u32::from(at.slot) * seconds;
        of_day(&days[at.day as usize]) + night * night_in(from, from + seconds)
    });
    Some(Surcharge { by_interval: by_interval.collect(), overtime: share("overtime") })
}

/// The share of a span of the day, in seconds since midnight, that is night.
fn night_in(from: u32, to: u32) -> f64 {
    let (morning, evening) = NIGHT;
    let early = to.min(morning).saturating_sub(from);
    let late = to.min(DAY_SECONDS).saturating_sub(from.max(evening));
    f64::from(early + late) / f64::from(to - from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_partly_at_night_counts_in_proportion() {
        assert_eq!(night_in(0, 3600), 1.0);
        assert_eq!(night_in(5 * 3600 + 1800, 6 * 3600 + 1800), 0.5);
        assert_eq!(night_in(12 * 3600, 13 * 3600), 0.0);
        assert_eq!(night_in(0, DAY_SECONDS), 8.0 / 24.0);
    }
}
