//! Volumes that count offered contacts: turned into the fresh contacts that bring them.
//!
//! Follows no contact itself; [`super::expectation`] does. Invariant: an overlay inherits the fresh figure of the layer that
//! states the offered one, so that its own rules change what is offered.

use super::diagnostic::Diagnostic;
use super::expectation;
use super::format::SCENARIO;
use super::layers::{Layers, Reading};
use super::parts::Parts;
use super::read::Build;
use super::settle::settle;
use super::shape;
use super::volume;

/// Turns `offered_per_year` into fresh contacts by the rules of the layer that states it, before any of the `sets`.
pub(super) fn turn_into_fresh(build: &mut Build, parts: &mut Parts, layers: &Layers, sets: &[String]) {
    for (class, offered) in volume::offered_classes(&parts.rates) {
        let layer = layers.of(offered.origin);
        let is_last = layer.is_none_or(|layer| layer + 1 == layers.len());
        let name = parts.classes[class.index()].name.clone();
        let below = match layer {
            Some(layer) if !is_last || !sets.is_empty() => parts_of_layer(build, layers, layer + 1),
            _ => None,
        };
        let reference = below.as_ref().unwrap_or(parts);
        let fresh = fresh_of(reference, &name);
        match (fresh, &mut parts.rates[class.index()]) {
            (Some(fresh), Some(rates)) => {
                rates.fresh.iter_mut().for_each(|rate| *rate *= fresh);
                rates.per_year = fresh;
            }
            _ => build.report(
                Diagnostic::error(format!("`class.{name}.volume.offered_per_year` cannot be met"))
                    .at(offered.origin)
                    .hint("redials and repeats of the other classes alone bring more; state fresh contacts instead"),
            ),
        }
    }
}

/// The scenario as its first `count` layers say it; nothing if these alone are no scenario.
fn parts_of_layer(build: &Build, layers: &Layers, count: usize) -> Option<Parts> {
    let mut root = layers.merged(count)?;
    let mut reading = Reading {
        source: build.reading.source,
        files: build.reading.files.clone(),
        problems: Vec::new(),
        top: build.reading.top.clone(),
    };
    let names = settle(&mut root, &mut reading)?;
    shape::check(&root, &SCENARIO, &names, &mut reading.problems);
    let mut below = Build::new(&root, &names, &mut reading);
    let parts = Parts::build(&mut below);
    (!reading.has_errors()).then_some(parts)
}

/// Fresh contacts a year of a class that states offered ones.
fn fresh_of(parts: &Parts, name: &str) -> Option<f64> {
    let flow = parts.rules().flow(&parts.abandonment());
    let per_year: Vec<f64> =
        parts.rates.iter().map(|rates| rates.as_ref().map_or(0.0, |rates| rates.per_year)).collect();
    let wanted: Vec<(usize, f64)> = volume::offered_classes(&parts.rates)
        .into_iter()
        .map(|(class, offered)| (class.index(), offered.per_year))
        .collect();
    let fresh = expectation::fresh_for(&flow, &per_year, &wanted)?;
    let position = wanted.iter().position(|(class, _)| parts.classes[*class].name == name)?;
    Some(fresh[position])
}
