//! The charts of a sweep: one curve for each value of the second parameter, along the first.
//!
//! Invariant: a point that has not run has no value.

use super::{Axis, Chart, Figure, Lines, Series, Spread, View};
use crate::report::language::{Language, Word};
use crate::report::number::Unit;
use crate::sweep::{Plan, Record};

/// More curves than this cannot be told apart.
const MOST_SERIES: usize = 7;

/// Each measure along the last parameter; further ones make curves, as many as can be told apart.
pub(in crate::report) fn sweep_curves(
    plan: &Plan,
    records: &[Option<Record>],
    measures: &[(&str, String)],
    language: Language,
) -> Option<Chart> {
    let along = plan.vary.last()?;
    let per_series = along.values.len();
    let grid = plan.grid();
    let n_series = (grid.len() / per_series.max(1)).min(MOST_SERIES);
    let name = |series: usize| {
        let values = grid.values(series * per_series);
        let others = plan.vary.iter().zip(values).take(plan.vary.len() - 1);
        others.map(|(axis, value)| format!("{} = {value}", axis.path)).collect::<Vec<_>>().join(", ")
    };
    let view = |(measure, title): &(&str, String)| {
        let series: Vec<Series> = (0..n_series)
            .map(|series| {
                let points = series * per_series..(series + 1) * per_series;
                let spread = |point: usize| {
                    let estimate = records.get(point)?.as_ref()?.total(measure)?;
                    Some(Spread::from(estimate))
                };
                let name = name(series);
                Series {
                    name: if name.is_empty() { language.say(Word::Mean).to_owned() } else { name },
                    values: points.map(|point| spread(point).unwrap_or_default()).collect(),
                }
            })
            .collect();
        series.iter().flat_map(|series| &series.values).any(|spread| spread.value.is_some()).then(|| View {
            name: title.clone(),
            figure: Figure::Lines(Lines {
                x_title: along.path.clone(),
                labels: along.values.clone(),
                y: Axis { title: title.clone(), unit: Unit::of(measure) },
                series,
                bounds: Vec::new(),
                range_name: language.say(Word::Interval95).to_owned(),
            }),
        })
    };
    let views: Vec<View> = measures.iter().filter_map(view).collect();
    (!views.is_empty()).then(|| Chart {
        id: "curves".to_owned(),
        question: language.fill(Word::QSweep, &[&along.path]),
        about: language.say(Word::AboutInterval).to_owned(),
        views,
    })
}
