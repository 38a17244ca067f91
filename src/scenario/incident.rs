//! Hard days: factors on the rates of some classes, on top of their volumes.
//!
//! The plans know nothing of them. Invariant: what lies inside an incident is multiplied, an interval partly inside in
//! proportion.

use super::almanac::Almanac;
use super::calendar::{self, Calendar};
use super::dates;
use super::duration::in_full;
use super::read::{self, Build};
use super::tree::Node;
use super::volume::Rates;
use crate::units::{ClassId, Span};

/// A hard day: factors on the rates of some classes.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    /// Its name; empty if it has none.
    pub name: String,
    /// When it begins, by the local clock, as `2026-07-09 14:00`.
    pub from: String,
    /// How long it lasts, as `18h`.
    pub lasts: String,
    /// Classes with their factors, in the order of the file.
    pub factors: Vec<(ClassId, f64)>,
}

/// Multiplies the rates of classes by their incidents; returns those that touch the run.
pub(super) fn apply(
    build: &mut Build,
    calendar: &Calendar,
    almanac: &Almanac,
    rates: &mut [Option<Rates>],
) -> Vec<Incident> {
    let mut touching = Vec::new();
    let incidents = build.root.get("incident").and_then(Node::list).unwrap_or_default();
    for (i, incident) in incidents.iter().enumerate() {
        let Some(from) = incident.get("from") else { continue };
        let Some(at) = dates::local(build, calendar, from, &format!("incident.{i}.from")) else { continue };
        let Some(lasts) = read::duration(incident.get("lasts")) else { continue };
        let begins = calendar.instant(almanac, at);
        let ends = calendar::after(&calendar.zone, at, lasts)
            .map(|end| i128::from(end.as_microsecond()) - i128::from(almanac.epoch_start_s) * 1_000_000);
        let (Some(begins), Some(ends)) = (begins, ends) else { continue };
        let entries = incident.get("class").and_then(Node::table).map_or(&[][..], |table| &table.entries);
        let factors: Vec<(ClassId, f64)> = (entries.iter())
            .filter_map(|entry| Some((build.class(&entry.key)?, read::not_negative(Some(&entry.node))?)))
            .collect();
        for (class, factor) in &factors {
            if let Some(rates) = &mut rates[class.index()] {
                multiply(&mut rates.fresh, almanac.interval, begins, ends, *factor);
            }
        }
        if ends > 0 && begins < i128::from(almanac.ends().0) {
            touching.push(Incident {
                name: read::text(incident.get("name")),
                from: at.strftime("%Y-%m-%d %H:%M").to_string(),
                lasts: in_full(lasts.span()),
                factors,
            });
        } else {
            let found = format!("{} for {}", from.show(), in_full(lasts.span()));
            dates::lies_outside(build, from, &format!("incident.{i}"), found);
        }
    }
    touching
}

/// Multiplies what lies in [`begins`, `ends`) (µs of the run); intervals partly inside in proportion.
fn multiply(rates: &mut [f64], interval: Span, begins: i128, ends: i128, factor: f64) {
    let length = i128::from(interval.0);
    let first = begins.div_euclid(length).max(0);
    let last = (ends - 1).div_euclid(length).min(rates.len() as i128 - 1);
    for i in first..=last {
        let inside = (ends.min((i + 1) * length) - begins.max(i * length)) as f64 / length as f64;
        rates[i as usize] *= 1.0 + (factor - 1.0) * inside;
    }
}
