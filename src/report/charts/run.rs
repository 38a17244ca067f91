//! The charts of a run: the day and the week, waits, days, classes, groups, sites and cost.
//!
//! Draws nothing. Invariant: a chart whose measure has no value anywhere is left out.

use super::cuts::cuts;
use super::{
    Axis, Bound, Chart, Dot, Dots, DotsAre, Figure, Flows, Heat, Lines, Link, Node, Series, Spread, Tone,
    View,
};
use crate::experiment::{BandRow, Measures, Named, Outcome, PeriodRow};
use crate::report::Basis;
use crate::report::language::{Language, Word};
use crate::report::number::Unit;
use crate::stats::Estimate;

/// With more slots a day than this a page of all weekdays would be large: then the day is told as a whole.
const MOST_SLOTS: usize = 96;
/// A picture with more rows than this is no picture.
const MOST_ROWS: usize = 40;
/// Flows between more classes or groups than this cannot be followed.
const MOST_NODES: usize = 16;

/// A measure over the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum DayMeasure {
    Service,
    Volume,
    Wait,
    Abandoned,
}

impl DayMeasure {
    const ALL: [Self; 4] = [Self::Service, Self::Volume, Self::Wait, Self::Abandoned];

    fn name(self) -> &'static str {
        match self {
            Self::Service => "service_level",
            Self::Volume => "offered",
            Self::Wait => "asa_s",
            Self::Abandoned => "abandonment",
        }
    }

    fn id(self) -> &'static str {
        match self {
            Self::Service => "day-service",
            Self::Volume => "day-volume",
            Self::Wait => "day-wait",
            Self::Abandoned => "day-abandoned",
        }
    }

    fn question(self) -> Word {
        match self {
            Self::Service => Word::QDayService,
            Self::Volume => Word::QDayVolume,
            Self::Wait => Word::QDayWait,
            Self::Abandoned => Word::QDayAbandoned,
        }
    }
}

/// Every chart of a run that has something to show, by part of the page.
pub(in crate::report) fn charts_of_run(
    outcome: &Outcome,
    basis: &Basis,
    language: Language,
) -> Vec<(Word, Vec<Chart>)> {
    let day = DayMeasure::ALL.into_iter().filter_map(|measure| day_chart(outcome, basis, measure, language));
    let week = week_heat(outcome, basis, language).into_iter().chain(days(outcome, basis, language));
    let waits = waits(outcome, language).into_iter().chain(classes(outcome, basis, language));
    let agents = flows(outcome, language).into_iter().chain(occupancy(outcome, language));
    let cost = sites(outcome, basis, language).into_iter().chain(cost(outcome, language));
    [
        (Word::SectionDay, day.collect::<Vec<_>>()),
        (Word::SectionWeek, week.collect()),
        (Word::SectionWait, waits.collect()),
        (Word::SectionAgents, agents.collect()),
        (Word::SectionCost, cost.collect()),
    ]
    .into_iter()
    .filter(|(_, charts)| !charts.is_empty())
    .collect()
}

/// `Mon` and `10:00` of `Mon 10:00`; an empty name of all days.
fn split(label: &str) -> (&str, &str) {
    label.rsplit_once(' ').unwrap_or(("", label))
}

fn slots_per_day(outcome: &Outcome) -> usize {
    outcome.bands.iter().filter(|row| split(&row.label).0.is_empty()).count()
}

/// The title of an axis on which a measure stands.
fn axis(measure: &str, basis: &Basis, language: Language) -> Axis {
    let title = match measure {
        "service_level" => language.fill(Word::AxisService, &[&in_time(basis, language)]),
        "abandonment" => language.say(Word::AxisAbandoned).to_owned(),
        "asa_s" => language.say(Word::AxisWait).to_owned(),
        "occupancy" => language.say(Word::AxisOccupancy).to_owned(),
        "offered" => language.say(Word::AxisOffered).to_owned(),
        "cost_eur" => language.say(Word::AxisCost).to_owned(),
        "cost_per_minute_eur" => language.say(Word::AxisMinute).to_owned(),
        "staffed_h" => language.say(Word::AxisHours).to_owned(),
        other => other.to_owned(),
    };
    Axis { title, unit: Unit::of(measure) }
}

fn in_time(basis: &Basis, language: Language) -> String {
    basis.in_time_in(language)
}

/// The bounds of targets on a measure of all classes together.
fn bounds(outcome: &Outcome, measure: &str, language: Language) -> Vec<Bound> {
    let own = outcome.targets.iter().filter(|target| target.class.is_none() && target.measure == measure);
    own.map(|target| Bound { at: target.bound, name: language.say(Word::Target).to_owned() }).collect()
}

/// A measure over the day with its band; `None` where it has no value.
pub(in crate::report) fn day_chart(
    outcome: &Outcome,
    basis: &Basis,
    measure: DayMeasure,
    language: Language,
) -> Option<Chart> {
    let mut days: Vec<&str> = Vec::new();
    for row in &outcome.bands {
        let (day, _) = split(&row.label);
        if !days.contains(&day) {
            days.push(day);
        }
    }
    if days.len() == 2 || slots_per_day(outcome) > MOST_SLOTS {
        // One day is all days.
        days.truncate(1);
    }
    let has_tenths = outcome.bands.iter().flat_map(|row| &row.bands).any(|(_, band)| band.p10.is_some());
    let views: Vec<View> = days
        .iter()
        .filter_map(|day| {
            let rows: Vec<&BandRow> =
                outcome.bands.iter().filter(|row| split(&row.label).0 == *day).collect();
            let figure = day_figure(outcome, basis, measure, &rows, language)?;
            let name =
                if day.is_empty() { language.say(Word::AllDays).to_owned() } else { language.period(day) };
            Some(View { name, figure })
        })
        .collect();
    let n = outcome.bands.first()?.bands.iter().find(|(name, _)| *name == "offered")?.1.n;
    let n = language.number(&crate::report::number::grouped(f64::from(n), 0));
    let about = match (measure, has_tenths) {
        (DayMeasure::Volume, true) => language.fill(Word::AboutBandVolume, &[&n]),
        (_, true) => language.fill(Word::AboutBand, &[&n]),
        (_, false) => language.fill(Word::AboutNoBand, &[&n]),
    };
    let question = language.fill(measure.question(), &[&in_time(basis, language)]);
    (!views.is_empty()).then(|| Chart { id: measure.id().to_owned(), question, about, views })
}

fn day_figure(
    outcome: &Outcome,
    basis: &Basis,
    measure: DayMeasure,
    rows: &[&BandRow],
    language: Language,
) -> Option<Figure> {
    let name = measure.name();
    let values: Vec<Spread> = rows
        .iter()
        .map(|row| {
            let band = row.bands.iter().find(|(of, _)| *of == name).map(|(_, band)| band);
            Spread { value: band.map(|band| band.p50), range: band.and_then(|band| band.p10.zip(band.p90)) }
        })
        .collect();
    values.iter().any(|value| value.value.is_some()).then(|| {
        Figure::Lines(Lines {
            x_title: language.say(Word::TimeOfDay).to_owned(),
            labels: rows.iter().map(|row| split(&row.label).1.to_owned()).collect(),
            y: axis(name, basis, language),
            series: vec![Series { name: language.say(Word::Median).to_owned(), values }],
            bounds: bounds(outcome, name, language),
            range_name: "P10–P90".to_owned(),
        })
    })
}

/// The typical week, a row for each day.
pub(in crate::report) fn week_heat(outcome: &Outcome, basis: &Basis, language: Language) -> Option<Chart> {
    let mut rows: Vec<&str> = Vec::new();
    let mut columns: Vec<&str> = Vec::new();
    for row in &outcome.by_interval {
        let (day, clock) = split(&row.label);
        if !rows.contains(&day) {
            rows.push(day);
        }
        if !columns.contains(&clock) {
            columns.push(clock);
        }
    }
    columns.sort_unstable();
    let names: &[&str] = if columns.len() > MOST_SLOTS {
        &["service_level"]
    } else {
        &["service_level", "abandonment", "asa_s", "occupancy", "offered"]
    };
    let view = |name: &&str| {
        let value = |period: &PeriodRow| {
            let estimate = period.total.get(name)?;
            let hours = period.total.get("span_h").and_then(|hours| hours.mean).filter(|hours| *hours > 0.0);
            let factor = if *name == "offered" { 1.0 / hours? } else { 1.0 };
            let scaled = |value: Option<f64>| value.map(|value| value * factor);
            Some(Spread::from(&Estimate {
                mean: scaled(estimate.mean),
                half_width: scaled(estimate.half_width),
                n: estimate.n,
            }))
        };
        let mut cells = vec![vec![Spread::default(); columns.len()]; rows.len()];
        for period in &outcome.by_interval {
            let (day, clock) = split(&period.label);
            let row = rows.iter().position(|known| *known == day)?;
            let column = columns.binary_search(&clock).ok()?;
            cells[row][column] = value(period).unwrap_or_default();
        }
        let largest = cells.iter().flatten().filter_map(|cell| cell.value).reduce(f64::max)?;
        let of = axis(name, basis, language);
        let figure = Figure::Heat(Heat {
            column_title: language.say(Word::TimeOfDay).to_owned(),
            columns: columns.iter().map(|clock| (*clock).to_owned()).collect(),
            rows: rows.iter().map(|day| language.period(day)).collect(),
            cells,
            cuts: cuts(name, largest),
            tone: match *name {
                "service_level" => Tone::LowIsBad,
                "offered" => Tone::Plain,
                _ => Tone::HighIsBad,
            },
            of: of.clone(),
        });
        Some(View { name: of.title, figure })
    };
    let views: Vec<View> = names.iter().filter_map(view).collect();
    (rows.len() > 1 && !views.is_empty()).then(|| Chart {
        id: "week".to_owned(),
        question: language.say(Word::QWeek).to_owned(),
        about: language.say(Word::AboutWeek).to_owned(),
        views,
    })
}

/// Every day of the horizon, with the interval of its mean.
fn days(outcome: &Outcome, basis: &Basis, language: Language) -> Option<Chart> {
    if outcome.by_day.len() < 2 {
        return None;
    }
    let view = |name: &str| {
        let values: Vec<Spread> = (outcome.by_day.iter())
            .map(|day| day.total.get(name).map(Spread::from).unwrap_or_default())
            .collect();
        values.iter().any(|value| value.value.is_some()).then(|| {
            let mut y = axis(name, basis, language);
            if name == "offered" {
                y.title = language.say(Word::AxisOfferedDay).to_owned();
            }
            View {
                name: y.title.clone(),
                figure: Figure::Lines(Lines {
                    x_title: language.say(Word::Day).to_owned(),
                    labels: outcome.by_day.iter().map(|day| language.period(&day.label)).collect(),
                    y,
                    series: vec![Series { name: language.say(Word::Mean).to_owned(), values }],
                    bounds: bounds(outcome, name, language),
                    range_name: language.say(Word::Interval95).to_owned(),
                }),
            }
        })
    };
    let views: Vec<View> = ["service_level", "abandonment", "asa_s", "offered", "cost_eur"]
        .into_iter()
        .filter_map(view)
        .collect();
    (!views.is_empty()).then(|| Chart {
        id: "days".to_owned(),
        question: language.say(Word::QDays).to_owned(),
        about: about_mean(outcome, language),
        views,
    })
}

/// What whiskers are, or that there are none.
fn about_mean(outcome: &Outcome, language: Language) -> String {
    let word = if outcome.manifest.replications > 1 { Word::AboutInterval } else { Word::AboutNoInterval };
    language.say(word).to_owned()
}

/// How waits are distributed.
fn waits(outcome: &Outcome, language: Language) -> Option<Chart> {
    // Beyond the point at which all have been answered nothing is to be seen.
    let is_all = |share: &Estimate| share.mean.is_some_and(|mean| mean >= 0.9995);
    let end =
        outcome.waits.iter().position(|(_, share)| is_all(share)).map_or(outcome.waits.len(), |i| i + 1);
    let shown = &outcome.waits[..end.max(8).min(outcome.waits.len())];
    let label = |seconds: &f64| language.number(&crate::report::number::wait_in_words(*seconds));
    (!shown.is_empty()).then(|| {
        let lines = Lines {
            x_title: language.say(Word::WaitedAtMost).to_owned(),
            labels: shown.iter().map(|(seconds, _)| label(seconds)).collect(),
            y: Axis { title: language.say(Word::AxisOfAnswered).to_owned(), unit: Unit::Share },
            series: vec![Series {
                name: language.say(Word::Mean).to_owned(),
                values: shown.iter().map(|(_, share)| Spread::from(share)).collect(),
            }],
            bounds: Vec::new(),
            range_name: language.say(Word::Interval95).to_owned(),
        };
        let about = about_mean(outcome, language);
        Chart::of_one("waits", language.say(Word::QWaits).to_owned(), about, Figure::Lines(lines))
    })
}

/// A row for each thing that has a value of the measure.
fn dots_of<'a>(
    things: impl Iterator<Item = (&'a Named, String)>,
    measure: &str,
    axis: Axis,
    bounds: Vec<Bound>,
    are: DotsAre,
) -> Option<Figure> {
    let rows: Vec<Dot> = things
        .filter_map(|(thing, group)| {
            let value = Spread::from(thing.measures.get(measure)?);
            value.value?;
            Some(Dot { name: thing.name.clone(), value, group, remark: String::new() })
        })
        .take(MOST_ROWS)
        .collect();
    (!rows.is_empty()).then_some(Figure::Dots(Dots { x: axis, rows, bounds, are }))
}

fn classes(outcome: &Outcome, basis: &Basis, language: Language) -> Option<Chart> {
    if outcome.classes.len() < 2 {
        return None;
    }
    let view = |name: &str| {
        let axis = axis(name, basis, language);
        let things = outcome.classes.iter().map(|class| (class, String::new()));
        let bounds = bounds(outcome, name, language);
        let title = axis.title.clone();
        Some(View { name: title, figure: dots_of(things, name, axis, bounds, DotsAre::Values)? })
    };
    let views: Vec<View> = ["service_level", "abandonment", "asa_s"].into_iter().filter_map(view).collect();
    (!views.is_empty()).then(|| Chart {
        id: "classes".to_owned(),
        question: language.say(Word::QClasses).to_owned(),
        about: about_mean(outcome, language),
        views,
    })
}

fn occupancy(outcome: &Outcome, language: Language) -> Option<Chart> {
    let axis = Axis { title: language.say(Word::AxisOccupancy).to_owned(), unit: Unit::Share };
    let things = outcome.groups.iter().map(|group| (group, String::new()));
    let bounds = bounds(outcome, "occupancy", language);
    let figure = dots_of(things, "occupancy", axis, bounds, DotsAre::Values)?;
    let question = language.say(Word::QOccupancy).to_owned();
    Some(Chart::of_one("occupancy", question, about_mean(outcome, language), figure))
}

/// Sites beside one another, by who employs the agents.
fn sites(outcome: &Outcome, basis: &Basis, language: Language) -> Option<Chart> {
    if outcome.sites.len() < 2 {
        return None;
    }
    let has_cost = crate::report::sections::has_cost(outcome);
    let view = |name: &str| {
        let axis = axis(name, basis, language);
        let things =
            (outcome.sites.iter()).map(|site| (site, basis.sourcing_in(&site.name, language).to_owned()));
        let are = if name == "occupancy" { DotsAre::Values } else { DotsAre::Amounts };
        let title = axis.title.clone();
        Some(View { name: title, figure: dots_of(things, name, axis, Vec::new(), are)? })
    };
    let names: &[&str] = if has_cost {
        &["cost_per_minute_eur", "cost_eur", "staffed_h", "occupancy"]
    } else {
        &["staffed_h", "occupancy"]
    };
    let views: Vec<View> = names.iter().filter_map(|name| view(name)).collect();
    (!views.is_empty()).then(|| Chart {
        id: "sites".to_owned(),
        question: language.say(Word::QSites).to_owned(),
        about: about_mean(outcome, language),
        views,
    })
}

fn cost(outcome: &Outcome, language: Language) -> Option<Chart> {
    if !crate::report::sections::has_cost(outcome) {
        return None;
    }
    let axis = || Axis { title: language.say(Word::AxisCost).to_owned(), unit: Unit::Euros };
    let by_month = || {
        let values: Vec<Spread> = (outcome.by_month.iter())
            .map(|month| month.total.get("cost_eur").map(Spread::from).unwrap_or_default())
            .collect();
        (values.len() > 1).then(|| View {
            name: language.say(Word::ByMonth).to_owned(),
            figure: Figure::Dots(Dots {
                x: axis(),
                rows: (outcome.by_month.iter().zip(values))
                    .map(|(month, value)| Dot {
                        name: language.period(&month.label),
                        value,
                        group: String::new(),
                        remark: String::new(),
                    })
                    .collect(),
                bounds: Vec::new(),
                are: DotsAre::Amounts,
            }),
        })
    };
    let things = outcome.groups.iter().map(|group| (group, String::new()));
    let by_group = dots_of(things, "cost_eur", axis(), Vec::new(), DotsAre::Amounts)
        .map(|figure| View { name: language.say(Word::ByGroup).to_owned(), figure });
    let views: Vec<View> = by_group.into_iter().chain(by_month()).collect();
    (!views.is_empty()).then(|| Chart {
        id: "cost".to_owned(),
        question: language.say(Word::QCost).to_owned(),
        about: about_mean(outcome, language),
        views,
    })
}

/// From outside and by transfer into classes, and from there to who answered, or to nobody.
fn flows(outcome: &Outcome, language: Language) -> Option<Chart> {
    let (classes, groups) = (outcome.classes.len(), outcome.groups.len());
    let is_readable = (1..=MOST_NODES).contains(&classes) && (1..=MOST_NODES).contains(&groups);
    if outcome.flows.len() != classes || !is_readable || classes + groups < 3 {
        return None;
    }
    let amount = |of: &Measures, name: &str| of.get(name).map(Spread::from).unwrap_or_default();
    let mut nodes = vec![
        Node { name: language.say(Word::FromOutside).to_owned(), stage: 0 },
        Node { name: language.say(Word::ByTransfer).to_owned(), stage: 0 },
    ];
    let first_class = nodes.len();
    nodes.extend(outcome.classes.iter().map(|class| Node { name: class.name.clone(), stage: 1 }));
    let first_group = nodes.len();
    nodes.extend(outcome.groups.iter().map(|group| Node { name: group.name.clone(), stage: 2 }));
    let gave_up = nodes.len();
    nodes.push(Node { name: language.say(Word::GaveUp).to_owned(), stage: 2 });
    nodes.push(Node { name: language.say(Word::TurnedAway).to_owned(), stage: 2 });
    let mut links = Vec::new();
    for (position, (class, answered)) in outcome.classes.iter().zip(&outcome.flows).enumerate() {
        let here = first_class + position;
        links.push(Link { from: 0, to: here, amount: amount(&class.measures, "offered") });
        links.push(Link { from: 1, to: here, amount: amount(&class.measures, "transferred") });
        links.extend(answered.iter().enumerate().map(|(group, visits)| Link {
            from: here,
            to: first_group + group,
            amount: visits.into(),
        }));
        links.push(Link { from: here, to: gave_up, amount: amount(&class.measures, "abandoned") });
        links.push(Link { from: here, to: gave_up + 1, amount: amount(&class.measures, "blocked") });
    }
    links.retain(|link| link.amount.value.is_some_and(|value| value > 0.0));
    let flows = Flows { unit: Unit::Count, of: language.say(Word::Visits).to_owned(), nodes, links };
    let question = language.say(Word::QFlows).to_owned();
    let about = language.say(Word::AboutFlows).to_owned();
    (!flows.links.is_empty()).then(|| Chart::of_one("flows", question, about, Figure::Flows(flows)))
}
