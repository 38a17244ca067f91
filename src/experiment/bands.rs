//! Bands: how far the same slot of the day or week lies apart from one date or replication to the next.
//!
//! Estimates no mean and no interval of one. Invariant: a value counts once, whether of a date or of a replication, and a
//! slot without a base has none.

use rayon::prelude::*;

use super::calendar::Calendar;
use super::outcome::{Band, BandRow};
use super::replicate::Runs;
use crate::measure::PulseColumn as P;
use crate::stats;
use crate::units::Span;

/// Fewer values than this have no tenth to leave out at either end.
const LEAST_FOR_TENTHS: usize = 10;

/// First the slots of all days together, then those of the typical week; slots that never occur are left out.
pub(super) fn bands(runs: &Runs, calendar: Calendar<'_>) -> Vec<BandRow> {
    let frame = &runs.frame;
    let per_day = frame.slots_per_day();
    let mut of_slots: Vec<Vec<usize>> = vec![Vec::new(); frame.n_slots()];
    for counted in 0..frame.n_counted() {
        of_slots[frame.slot_row(counted)].push(counted);
    }
    let of_clock = |slot: usize| {
        let slots = (0..7).flat_map(|weekday| of_slots[weekday * per_day + slot].iter().copied());
        (calendar.clock(slot), slots.collect::<Vec<_>>())
    };
    let of_week = |slot: usize| (calendar.slot(slot), of_slots[slot].clone());
    let rows: Vec<(String, Vec<usize>)> =
        (0..per_day).map(of_clock).chain((0..frame.n_slots()).map(of_week)).collect();
    rows.into_par_iter()
        .filter(|(_, intervals)| !intervals.is_empty())
        .map(|(label, intervals)| BandRow { label, bands: of_intervals(runs, &intervals) })
        .collect()
}

/// Of every interval named, in every replication.
fn of_intervals(runs: &Runs, intervals: &[usize]) -> Vec<(&'static str, Band)> {
    let hours = runs.frame.interval().as_secs_f64() / 3600.0;
    let rows = || runs.results.iter().flat_map(|run| intervals.iter().map(|at| run.pulse.row(*at)));
    let ratio = |over: P, under: P, scale: f64| {
        let value = move |row: &[u64]| {
            let (over, under) = (row[over as usize], row[under as usize]);
            (under > 0).then(|| scale * over as f64 / under as f64)
        };
        rows().filter_map(value).collect::<Vec<f64>>()
    };
    let second = Span::from_secs(1).0 as f64;
    [
        ("offered", rows().map(|row| row[P::Offered as usize] as f64 / hours).collect()),
        ("service_level", ratio(P::InTime, P::Base, 1.0)),
        ("abandonment", ratio(P::Abandoned, P::Entered, 1.0)),
        ("asa_s", ratio(P::AnsweredWaitUs, P::Answered, 1.0 / second)),
    ]
    .into_iter()
    .filter_map(|(name, values)| Some((name, Band::of(values)?)))
    .collect()
}

impl Band {
    /// `None` without values.
    fn of(mut values: Vec<f64>) -> Option<Self> {
        values.sort_by(f64::total_cmp);
        let tail = |p| stats::percentile_of_sorted(&values, p).filter(|_| values.len() >= LEAST_FOR_TENTHS);
        Some(Self {
            p10: tail(0.1),
            p50: stats::percentile_of_sorted(&values, 0.5)?,
            p90: tail(0.9),
            n: values.len() as u32,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{Settings, Unattended, simulate};
    use crate::scenario::{self, Texts};

    #[test]
    fn a_band_needs_ten_values_for_its_tenths() {
        let of = |n: u32| Band::of((0..n).rev().map(f64::from).collect());
        assert_eq!(of(0), None);
        assert_eq!(of(9), Some(Band { p10: None, p50: 4.0, p90: None, n: 9 }));
        assert_eq!(of(11), Some(Band { p10: Some(1.0), p50: 5.0, p90: Some(9.0), n: 11 }));
    }

    #[test]
    fn every_interval_of_every_date_and_replication_is_in_the_band_of_its_clock_and_of_its_weekday() {
        let text = "horizon = \"15d\"\ninterval = \"12h\"\n[class.a]\nvolume = { per_hour = 20 }\n\
                    talk_time = { constant = \"1m\" }\npatience = { constant = \"1m\" }\n\
                    [group.g]\nagents = 1\ntakes = [[\"a\"]]\n";
        let texts = Texts::new().with("s.toml", text);
        let scenario = scenario::load("s.toml", &[], &texts).expect("a sound scenario").scenario;
        let settings = Settings { replications: Some(3), ..Settings::default() };
        let runs = simulate(&scenario, &settings, &Unattended).expect("a result");
        let bands = runs.outcome(&scenario).bands;
        assert_eq!(bands.len(), 2 + 14);
        let n = |label: &str| bands.iter().find(|row| row.label == label).expect("a slot").bands[0].1.n;
        assert_eq!((n("00:00"), n("12:00")), (45, 45));
        assert_eq!((n("day 1 00:00"), n("day 2 00:00")), (9, 6));
        let pulse: u64 = runs.results[0].pulse.rows_from(0, 30).iter().step_by(P::COUNT).sum();
        let offered: u64 = runs.results.iter().map(|run| run.contacts).sum();
        assert!(pulse > 0 && pulse < offered, "{pulse} of {offered}");
    }
}
