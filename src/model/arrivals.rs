//! Fresh contacts: points of a unit Poisson field over time × rate, by class and cell.
//!
//! In each cell (class, 15 minutes of UTC) contact k has height h_k = sum of k exponentials ÷ length of the cell and
//! a uniform place; it exists if h_k is at most the rate at its place. A higher rate adds contacts and touches none.
//! Contacts of a fixed total or of a renewal process come one after the other ([`Sequence`]) and are numbered in their cell.
//! Those of a cell go into the agenda when it begins, class by class: at one instant they come by class, then number.
//! Invariant: a contact's key depends on class name, cell and k alone.

use crate::engine::Agenda;
use crate::random::{Key, Purpose, standard_exponential};
use crate::scenario::checked::Swing;
use crate::units::{ClassId, SimTime, Span};

use super::day_factors::day_factors;
use super::event::Event;
use super::rules::{ArrivalRules, ClassRules, Rules};
use super::sequence::{Piece, Sequence};

/// Length of a cell in seconds.
const CELL_S: i64 = 900;

/// The fresh contacts of one cell of time, made when it begins.
#[derive(Clone, Debug)]
pub(super) struct Arrivals {
    /// Keys of the classes: every random number of a class descends from its name.
    class_keys: Vec<Key>,
    /// Keys of the classes' cell.
    cell_keys: Vec<Key>,
    /// `None`: the contacts were given, no cell is made.
    next_cell: Option<i64>,
    /// Common and own day factors of the classes, for `factors_day`.
    day_factors: Vec<f64>,
    factors_day: Option<u32>,
    /// Factor of the replication on all volumes.
    volume: f64,
    /// By class; `None` where contacts are independent of one another.
    sequences: Vec<Option<Sequence>>,
}

impl Arrivals {
    /// No contact yet; all volumes of the run are multiplied by `volume`.
    pub fn new(rules: &Rules, root: Key, volume: f64) -> Self {
        let class_keys: Vec<Key> = rules.classes.iter().map(|class| root.named(&class.class.name)).collect();
        let sequence = |(class, key): (&ClassRules, &Key)| match class.arrivals {
            ArrivalRules::Poisson => None,
            ArrivalRules::FixedTotal { .. } | ArrivalRules::Renewal(_) => {
                Some(Sequence::new(key.stream(Purpose::Gaps), volume))
            }
        };
        Self {
            sequences: rules.classes.iter().zip(&class_keys).map(sequence).collect(),
            cell_keys: class_keys.clone(),
            day_factors: vec![1.0; class_keys.len()],
            class_keys,
            next_cell: Some(rules.almanac.epoch_start_s.div_euclid(CELL_S)),
            factors_day: None,
            volume,
        }
    }

    /// Instead of random contacts exactly those given, as far as they come before the horizon.
    pub fn given(
        rules: &Rules,
        root: Key,
        contacts: &[(SimTime, ClassId)],
        agenda: &mut Agenda<Event>,
    ) -> Self {
        let mut given: Vec<(SimTime, ClassId, u32)> =
            (0..).zip(contacts).map(|(number, &(at, class))| (at, class, number)).collect();
        given.retain(|&(at, ..)| at < rules.almanac.ends());
        given.sort_unstable();
        for (at, class, number) in given {
            agenda.schedule(at, Event::Arrives(class, number));
        }
        Self { next_cell: None, ..Self::new(rules, root, 1.0) }
    }

    /// When the next cell begins: at once for the first one, which may have begun before the run.
    pub fn next_cell_begins(&self, rules: &Rules) -> SimTime {
        let Some(cell) = self.next_cell else { return SimTime::MAX };
        let seconds = cell * CELL_S - rules.almanac.epoch_start_s;
        SimTime(u64::try_from(seconds).map_or(0, |seconds| Span::from_secs(seconds).0))
    }

    /// Makes the contacts of the next cell.
    pub fn make_next_cell(&mut self, rules: &Rules, root: Key, agenda: &mut Agenda<Event>) {
        let Some(cell) = self.next_cell else { return };
        self.next_cell = Some(cell + 1);
        let offset_us = (cell * CELL_S - rules.almanac.epoch_start_s) * 1_000_000;
        let mut rates = Vec::new();
        for class_idx in 0..rules.classes.len() {
            let cell_key = self.class_keys[class_idx].child(cell.cast_unsigned());
            self.cell_keys[class_idx] = cell_key;
            self.rates_in_cell(rules, root, class_idx, offset_us, &mut rates);
            if self.sequences[class_idx].is_some() {
                self.run_sequence(rules, class_idx, offset_us, &rates, agenda);
                continue;
            }
            let class = ClassId::from_index(class_idx);
            let cell = Cell { class, key: cell_key, offset_us };
            match &rules.classes[class_idx].class.swing {
                None => cell.draw_points(highest(&rates), &rates, |rate, _| rate, agenda),
                Some(swing) => {
                    as_if_steady(&mut rates, swing, rules.almanac.interval);
                    let most = highest(&rates) * swing.highest();
                    cell.draw_points(most, &rates, |rate, at| rate * swing.at(at), agenda);
                }
            }
        }
    }

    /// Rates of a class by interval that the cell touches: (end of the interval in µs, contacts a second).
    fn rates_in_cell(
        &mut self,
        rules: &Rules,
        root: Key,
        class_idx: usize,
        offset_us: i64,
        rates: &mut Vec<(i64, f64)>,
    ) {
        rates.clear();
        let almanac = &rules.almanac;
        let class = &rules.classes[class_idx];
        let length = almanac.interval.0;
        let begin = u64::try_from(offset_us).unwrap_or(0);
        let end = (offset_us + CELL_S * 1_000_000).min(almanac.ends().0.cast_signed());
        let mut interval = (begin / length) as usize;
        while interval < almanac.n_intervals() && ((interval as u64 * length).cast_signed()) < end {
            let day = almanac.intervals[interval].day;
            if self.factors_day != Some(day) {
                self.draw_day(rules, root, day);
            }
            let noise = class.interval_noise.as_ref().map_or(1.0, |noise| {
                let begins_s = almanac.epoch_start_s + (interval as u64 * length / 1_000_000).cast_signed();
                let key = self.class_keys[class_idx].child(begins_s.cast_unsigned());
                noise.sample(&mut key.stream(Purpose::IntervalNoise))
            });
            let rate = class.class.fresh_rate[interval] * self.day_factors[class_idx] * noise;
            rates.push((((interval as u64 + 1) * length).cast_signed(), rate));
            interval += 1;
        }
    }

    fn draw_day(&mut self, rules: &Rules, root: Key, day: u32) {
        let date = rules.almanac.days[day as usize].date;
        let factors = day_factors(rules, root, &self.class_keys, date);
        for (drawn, factor) in self.day_factors.iter_mut().zip(factors) {
            *drawn = self.volume * factor;
        }
        self.factors_day = Some(day);
    }

    /// The contacts of a class that know of one another, up to the end of the cell.
    fn run_sequence(
        &mut self,
        rules: &Rules,
        class_idx: usize,
        offset_us: i64,
        rates: &[(i64, f64)],
        agenda: &mut Agenda<Event>,
    ) {
        let Some(sequence) = &mut self.sequences[class_idx] else { return };
        let class = &rules.classes[class_idx];
        let length = rules.almanac.interval.0.cast_signed();
        let cell_ends = (offset_us + CELL_S * 1_000_000).min(rules.almanac.ends().0.cast_signed());
        let mut begin = offset_us.max(0);
        let mut number = 0;
        for &(interval_ends, rate) in rates {
            let end = interval_ends.min(cell_ends);
            let interval_begins = interval_ends - length;
            let interval = (interval_begins / length) as usize;
            let piece = Piece { interval, begin, end, interval_begins, interval_ends, rate };
            sequence.run_through(&class.arrivals, piece, |at| {
                let event = Event::Arrives(ClassId::from_index(class_idx), number);
                agenda.schedule(SimTime(at.cast_unsigned()), event);
                number += 1;
            });
            begin = end;
        }
    }

    /// Key of the contact of the running cell with this number.
    #[inline]
    pub fn key(&self, class: ClassId, number: u32) -> Key {
        self.cell_keys[class.index()].child(u64::from(number))
    }
}

fn highest(rates: &[(i64, f64)]) -> f64 {
    rates.iter().map(|&(_, rate)| rate).fold(0.0, f64::max)
}

/// Rates of intervals without the swing that is in their mean.
fn as_if_steady(rates: &mut [(i64, f64)], swing: &Swing, interval: Span) {
    for (ends, rate) in rates {
        let ends = SimTime(ends.cast_unsigned());
        let mean = swing.over(SimTime(ends.0 - interval.0), ends);
        *rate = if mean > 0.0 { *rate / mean } else { 0.0 };
    }
}

/// A class in a cell of time.
struct Cell {
    class: ClassId,
    key: Key,
    offset_us: i64,
}

impl Cell {
    /// The points of the unit field below the rate at their place, at most `most`; `rate_at` makes it of the interval's.
    fn draw_points(
        &self,
        most: f64,
        rates: &[(i64, f64)],
        rate_at: impl Fn(f64, SimTime) -> f64,
        agenda: &mut Agenda<Event>,
    ) {
        if most <= 0.0 {
            return;
        }
        let mut stream = self.key.stream(Purpose::Arrivals);
        let mut height = 0.0;
        for number in 0.. {
            height += standard_exponential(&mut stream) / CELL_S as f64;
            if height > most {
                return;
            }
            let at = self.offset_us + (stream.uniform() * (CELL_S * 1_000_000) as f64) as i64;
            if at < 0 {
                continue;
            }
            let rate = rates.iter().find(|&&(end, _)| at < end).map_or(0.0, |&(_, rate)| rate);
            let at = SimTime(at.cast_unsigned());
            if height <= rate_at(rate, at) {
                agenda.schedule(at, Event::Arrives(self.class, number));
            }
        }
    }
}
