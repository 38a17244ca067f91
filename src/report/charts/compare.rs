//! The charts of a comparison: service against cost, and each difference with its interval.
//!
//! Judges nothing. Invariant: a difference has the interval that holds for all judged measures together.

use super::{Axis, Bound, Chart, Dot, Dots, DotsAre, Figure, Plane, Point, Spread, View};
use crate::experiment::Comparison;
use crate::report::compare::letter;
use crate::report::language::{Language, Word};
use crate::report::number::Unit;

/// Words for measures and verdicts, which the page has.
pub(in crate::report) struct Wording<'a> {
    pub language: Language,
    pub names: &'a [String],
    /// `answered in 20 s`.
    pub measure: &'a dyn Fn(&str) -> String,
    /// `better`.
    pub verdict: &'a dyn Fn(&crate::experiment::Difference) -> String,
}

/// Each scenario by what it costs and how it serves; by abandonment where nothing costs; `None` without values.
pub(in crate::report) fn plane_of_service_and_cost(
    comparison: &Comparison,
    wording: &Wording<'_>,
) -> Option<Chart> {
    let language = wording.language;
    let has_cost = (comparison.scenarios.iter())
        .any(|one| one.total.get("cost_eur").is_some_and(|cost| cost.mean.is_some_and(|mean| mean > 0.0)));
    let (x, question) = if has_cost {
        ("cost_eur", Word::QServiceAndCost)
    } else {
        ("abandonment", Word::QServiceAndAbandoned)
    };
    let axis = |name: &str| {
        let title = if name == "cost_eur" {
            language.say(Word::AxisCost).to_owned()
        } else {
            (wording.measure)(name)
        };
        Axis { title, unit: Unit::of(name) }
    };
    let points: Vec<Point> = (comparison.scenarios.iter().enumerate())
        .filter_map(|(position, scenario)| {
            let of = |name: &str| {
                scenario.total.get(name).map(Spread::from).filter(|spread| spread.value.is_some())
            };
            Some(Point {
                short: letter(position),
                name: wording.names[position].clone(),
                x: of(x)?,
                y: of("service_level")?,
            })
        })
        .collect();
    let mut bounds: Vec<Bound> = Vec::new();
    for target in comparison.scenarios.iter().flat_map(|scenario| &scenario.targets) {
        let is_known = bounds.iter().any(|bound| bound.at == target.bound);
        if target.class.is_none() && target.measure == "service_level" && !is_known {
            bounds.push(Bound { at: target.bound, name: language.say(Word::Target).to_owned() });
        }
    }
    let about = if comparison.replications > 1 { Word::AboutPlane } else { Word::AboutNoInterval };
    (!points.is_empty()).then(|| {
        let figure = Figure::Plane(Plane { x: axis(x), y: axis("service_level"), points, bounds });
        Chart::of_one("plane", language.say(question).to_owned(), language.say(about).to_owned(), figure)
    })
}

/// For each measure the difference of each option; `None` where nothing differs.
pub(in crate::report) fn difference_dots(comparison: &Comparison, wording: &Wording<'_>) -> Option<Chart> {
    let language = wording.language;
    let mut metrics: Vec<&'static str> = Vec::new();
    for one in comparison.options.iter().flat_map(|option| &option.differences) {
        if !metrics.contains(&one.metric) {
            metrics.push(one.metric);
        }
    }
    let view = |metric: &&'static str| {
        let rows: Vec<Dot> = (comparison.options.iter())
            .filter_map(|option| {
                let one = option.differences.iter().find(|one| one.metric == *metric)?;
                let value = Spread::from(&one.as_judged());
                value.value?;
                Some(Dot {
                    name: format!("{} {}", letter(option.scenario), wording.names[option.scenario]),
                    value,
                    group: String::new(),
                    remark: (wording.verdict)(one),
                })
            })
            .collect();
        let name = (wording.measure)(metric);
        let title = language.fill(Word::AxisDifference, &[&name]);
        (!rows.is_empty()).then(|| View {
            name,
            figure: Figure::Dots(Dots {
                x: Axis { title, unit: Unit::of(metric) },
                rows,
                bounds: Vec::new(),
                are: DotsAre::Differences,
            }),
        })
    };
    let views: Vec<View> = metrics.iter().filter_map(view).collect();
    let about = if comparison.replications > 1 { Word::AboutDifference } else { Word::AboutNoInterval };
    (!views.is_empty()).then(|| Chart {
        id: "differences".to_owned(),
        question: language.fill(Word::QDifferences, &[&letter(comparison.reference)]),
        about: language.say(about).to_owned(),
        views,
    })
}

/// Classes or sites of all scenarios beside one another.
pub(in crate::report) fn class_dots(comparison: &Comparison, wording: &Wording<'_>) -> Option<Chart> {
    let language = wording.language;
    let view = |metric: &&'static str| {
        let mut rows = Vec::new();
        for option in &comparison.options {
            for (class, differences) in &option.classes {
                let Some(one) = differences.iter().find(|one| one.metric == *metric) else { continue };
                let value = Spread::from(&one.difference);
                if value.value.is_none() {
                    continue;
                }
                rows.push(Dot {
                    name: if comparison.options.len() == 1 {
                        class.clone()
                    } else {
                        format!("{} {class}", letter(option.scenario))
                    },
                    value,
                    group: String::new(),
                    remark: (wording.verdict)(one),
                });
            }
        }
        rows.truncate(40);
        let name = (wording.measure)(metric);
        let title = language.fill(Word::AxisDifference, &[&name]);
        (rows.len() > 1).then(|| View {
            name,
            figure: Figure::Dots(Dots {
                x: Axis { title, unit: Unit::of(metric) },
                rows,
                bounds: Vec::new(),
                are: DotsAre::Differences,
            }),
        })
    };
    let views: Vec<View> = ["service_level", "abandonment", "asa_s"].iter().filter_map(view).collect();
    let about = if comparison.replications > 1 { Word::AboutAlone } else { Word::AboutNoInterval };
    (!views.is_empty()).then(|| Chart {
        id: "classes".to_owned(),
        question: language.say(Word::QClassDifferences).to_owned(),
        about: language.say(about).to_owned(),
        views,
    })
}
