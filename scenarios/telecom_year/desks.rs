//! The groups of the centre, the pools that share visits by day, and who works at night.
//!
//! Holds the table that the plan must tie to; derives nothing. Invariant: by day every branch of a class belongs to one
//! pool; at night its visits are those of the night desk, wholly after midnight and in part before.

use crate::demand::Stream;

/// The night desk works until the first half-hour and from the second on; after midnight it takes every class.
pub const NIGHT: (usize, usize) = (12, 44);
/// Share of the visits between 22 and 24 h that the night desk takes; the late shifts take the others (worked out from
/// the desk's hours).
const NIGHT_SHARE: f64 = 0.20;

/// A group and its hours on calls.
pub struct Desk {
    /// Name of the group.
    pub group: &'static str,
    /// Hours on calls in the year.
    pub hours: f64,
    /// Desks with the same pool share its visits, by their hours.
    pub pool: &'static str,
}

/// Hours on calls of every group: heads × paid hours less absence, internal time, adherence and written work (`README.md`).
pub const GROUPS: [Desk; 11] = [
    Desk { group: "west_service", hours: 239e3, pool: "service" },
    Desk { group: "west_retention", hours: 154e3, pool: "retention" },
    Desk { group: "south_service", hours: 188e3, pool: "service" },
    Desk { group: "south_orders", hours: 143e3, pool: "orders" },
    Desk { group: "east_technical_first", hours: 245e3, pool: "technical" },
    Desk { group: "east_technical_second", hours: 148e3, pool: "second" },
    Desk { group: "night_desk", hours: 48e3, pool: "night" },
    Desk { group: "partner_a", hours: 570e3, pool: "partner_a" },
    Desk { group: "partner_b", hours: 506e3, pool: "partner_b" },
    Desk { group: "partner_c", hours: 258e3, pool: "partner_c" },
    Desk { group: "partner_d", hours: 188e3, pool: "partner_d" },
];

/// The pool that serves a branch of a class by day.
pub fn pool_of(class: &str, branch: &str) -> &'static str {
    match (class, branch) {
        ("cancellation", _) => "retention",
        ("technical_second", _) => "second",
        ("technical", "in_house") => "technical",
        ("order_move", "in_house") => "orders",
        (_, "partner_a") => "partner_a",
        (_, "partner_b") => "partner_b",
        (_, "partner_c") => "partner_c",
        (_, "partner_d") => "partner_d",
        _ => "service",
    }
}

/// Whether a half-hour lies in the deep night, when the night desk and partner B answer everything.
pub fn is_deep_night(slot: usize) -> bool {
    slot < NIGHT.0
}

/// What a pool has to do in one half-hour.
#[derive(Clone, Copy, Default)]
pub struct Load {
    /// Visits that enter.
    pub visits: f64,
    /// Their handling, in seconds.
    pub work_s: f64,
    /// Their patience, in seconds, summed.
    pub patience_s: f64,
}

impl Load {
    /// The same with every visit `factor` times.
    pub fn times(self, factor: f64) -> Self {
        Self {
            visits: self.visits * factor,
            work_s: self.work_s * factor,
            patience_s: self.patience_s * factor,
        }
    }
}

/// The load of `pool` in a half-hour of the day, given the visits of each stream in it.
pub fn pool_load(pool: &str, slot: usize, streams: &[Stream], visits: impl Fn(&Stream) -> f64) -> Load {
    let is_night_desk = pool == "night";
    let mut load = Load::default();
    for stream in streams {
        let share = match (is_deep_night(slot), slot >= NIGHT.1, is_night_desk) {
            (true, _, true) => 1.0,
            (false, true, true) => NIGHT_SHARE,
            (false, true, false) => 1.0 - NIGHT_SHARE,
            (false, false, false) => 1.0,
            (true, _, false) | (false, false, true) => 0.0,
        };
        if is_night_desk || pool_of(&stream.class, &stream.branch) == pool {
            let visits = visits(stream) * share;
            load.visits += visits;
            load.work_s += visits * stream.handle_s;
            load.patience_s += visits * stream.patience_s;
        }
    }
    load
}
