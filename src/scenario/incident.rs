//! Hard days: factors on the rates of some classes, on top of their volumes.
//!
//! The plans know nothing of them. Invariant: what lies inside an incident is multiplied, an interval partly inside in
//! proportion; where the factor rises or decays, an interval has its mean.

use jiff::civil::{Date, DateTime};

use super::almanac::Almanac;
use super::calendar::{self, Calendar};
use super::change::{self, Window};
use super::checked::Class;
use super::dates;
use super::diagnostic::Diagnostic;
use super::duration::{Duration, in_full};
use super::form;
use super::law;
use super::read::{self, Build};
use super::tree::{Node, show_number};
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
    /// How it rises and decays and what is announced, in words.
    pub course: Vec<String>,
}

/// How the factor of an incident runs, in µs of the run: straight up from 1, then constant, then halving what is left above
/// (or below) 1 again and again.
#[derive(Clone, Copy, Debug)]
struct Course {
    begins: i128,
    ends: i128,
    rise: f64,
    /// Half-life after `ends`; 0 for an end at once.
    decay: f64,
}

/// An incident as a forecast knows it.
#[derive(Clone, Debug)]
pub(super) struct Foreseen {
    pub(super) class: ClassId,
    /// From this date on it is known.
    pub(super) known_from: Date,
    /// On the rate of each interval.
    pub(super) factors: Vec<f64>,
}

/// What callers are told during an incident.
#[derive(Clone, Copy, Debug)]
struct Announcement {
    /// µs of the run.
    begins: i128,
    /// Share of the fresh contacts that hang up and are not offered.
    deflects: f64,
    /// Factor on the patience of those who stay.
    patience: f64,
}

/// After so many half-lives nothing is left of an incident.
const HALF_LIVES: f64 = 20.0;
/// No longer before the run what returns every month is looked for: a century.
const MOST_DAYS_BEFORE: f64 = 36_525.0;

/// An incident as it is written, whenever it begins.
struct Written<'a> {
    node: &'a Node,
    path: String,
    lasts: Duration,
    factors: Vec<(ClassId, f64)>,
    /// From this date on it is known to a forecast.
    known_from: Option<Date>,
}

/// What incidents act on.
pub(super) struct Hit<'a> {
    pub(super) rates: &'a mut [Option<Rates>],
    pub(super) classes: &'a mut [Class],
}

/// Multiplies the rates of classes by their incidents; returns those that touch the run, and those that are known before.
pub(super) fn apply(
    build: &mut Build,
    calendar: &Calendar,
    almanac: &Almanac,
    mut hit: Hit<'_>,
) -> (Vec<Incident>, Vec<Foreseen>) {
    let (mut touching, mut foreseen) = (Vec::new(), Vec::new());
    let incidents = build.root.get("incident").and_then(Node::list).unwrap_or_default();
    for (i, node) in incidents.iter().enumerate() {
        let Some(incident) = Written::read(build, node, format!("incident.{i}")) else { continue };
        for at in incident.begins(build, calendar, almanac) {
            let Some(course) = incident.course(build, calendar, almanac, at) else { continue };
            incident.strike(build, almanac, course, &mut hit, &mut foreseen);
            if course.is_over() > 0 && course.begins < i128::from(almanac.ends().0) {
                touching.push(incident.told(at));
            } else if let Some(from) = node.get("from") {
                let found = format!("{} for {}", from.show(), in_full(incident.lasts.span()));
                dates::lies_outside(build, from, &incident.path, found);
            }
        }
    }
    (touching, foreseen)
}

impl<'a> Written<'a> {
    fn read(build: &mut Build, node: &'a Node, path: String) -> Option<Self> {
        let lasts = read::duration(node.get("lasts"))?;
        let entries = node.get("class").and_then(Node::table).map_or(&[][..], |table| &table.entries);
        if let (Some(class), []) = (node.get("class"), entries) {
            build.report(
                Diagnostic::error(format!("`{path}.class` names no class"))
                    .at(class.origin)
                    .allowed("classes with their factors, as `class = { billing = 2.2 }`"),
            );
        }
        let factors = (entries.iter())
            .filter_map(|entry| Some((build.class(&entry.key)?, read::not_negative(Some(&entry.node))?)))
            .collect();
        let known_from = node.get("known_from").and_then(Node::text).and_then(form::date);
        Some(Self { node, path, lasts, factors, known_from })
    }

    /// A span that the incident names; none is 0.
    fn micros(&self, key: &str) -> f64 {
        read::span(self.node.get(key)).map_or(0.0, |span| span.0 as f64)
    }

    /// When it begins: once, or on days of every month, as long before the run as it may still last or wear off in it.
    fn begins(&self, build: &mut Build, calendar: &Calendar, almanac: &Almanac) -> Vec<DateTime> {
        if let Some(from) = self.node.get("from") {
            return dates::local(build, calendar, from, &format!("{}.from", self.path)).into_iter().collect();
        }
        let Some(node) = self.node.get("each_month") else { return Vec::new() };
        if !calendar.is_dated {
            build.report(
                Diagnostic::error(format!(
                    "`{}.each_month` needs months, and the run has no dates",
                    self.path
                ))
                .at(node.origin)
                .hint("write `start = \"2026-01-01\"`"),
            );
            return Vec::new();
        }
        let days: Vec<i8> =
            read::numbers(Some(node)).unwrap_or_default().iter().map(|day| *day as i8).collect();
        let after = self.lasts.span().0 as f64 + self.micros("decay") * HALF_LIVES;
        let days_before = (after / Span::DAY.0 as f64).min(MOST_DAYS_BEFORE) as usize + 1;
        let first = almanac.days.first().map(|day| day.date);
        let before = std::iter::successors(first, |date| date.yesterday().ok()).skip(1).take(days_before);
        let mut dates: Vec<Date> = before.collect();
        dates.reverse();
        dates.extend(almanac.days.iter().map(|day| day.date));
        dates.retain(|date| days.contains(&date.day()));
        dates.into_iter().map(|date| date.at(0, 0, 0, 0)).collect()
    }

    /// Its course where it begins at a local time; `None` if it was refused (and reported).
    fn course(
        &self,
        build: &mut Build,
        calendar: &Calendar,
        almanac: &Almanac,
        at: DateTime,
    ) -> Option<Course> {
        let begins = calendar.instant(almanac, at)?;
        let end = calendar::after(&calendar.zone, at, self.lasts)?;
        let ends = i128::from(end.as_microsecond()) - i128::from(almanac.epoch_start_s) * 1_000_000;
        let (rise, decay) = (self.micros("rise"), self.micros("decay"));
        if let Some(node) = self.node.get("rise").filter(|_| rise > (ends - begins) as f64) {
            build.report(
                Diagnostic::error(format!("`{}.rise` is longer than the incident", self.path))
                    .at(node.origin)
                    .found(format!("{} of {}", node.show(), in_full(Span((ends - begins) as u64))))
                    .allowed("at most `lasts`, which includes it"),
            );
            return None;
        }
        Some(Course { begins, ends, rise, decay })
    }

    /// It happens once: rates of its classes are multiplied, patience while an announcement is on air too.
    fn strike(
        &self,
        build: &mut Build,
        almanac: &Almanac,
        course: Course,
        hit: &mut Hit<'_>,
        foreseen: &mut Vec<Foreseen>,
    ) {
        let announcement = announcement(build, self.node, &self.path, course);
        for (class, factor) in &self.factors {
            let Some(rates) = &mut hit.rates[class.index()] else { continue };
            let multiply_all = |rates: &mut [f64]| {
                course.multiply(rates, almanac.interval, *factor);
                if let Some(told) = announcement {
                    course.deflect(rates, almanac.interval, told, *factor);
                }
            };
            multiply_all(&mut rates.fresh);
            if let Some(known_from) = self.known_from {
                let mut factors = vec![1.0; almanac.n_intervals()];
                multiply_all(&mut factors);
                foreseen.push(Foreseen { class: *class, known_from, factors });
            }
            let Some(told) = announcement else { continue };
            let window = (window(almanac, told.begins, course.ends), almanac.n_intervals());
            let class = &mut hit.classes[class.index()];
            lengthen_patience(build, self.node, &self.path, class, window, told.patience);
        }
    }

    /// What it is for the reader, where it begins at a local time.
    fn told(&self, at: DateTime) -> Incident {
        Incident {
            name: read::text(self.node.get("name")),
            from: at.strftime("%Y-%m-%d %H:%M").to_string(),
            lasts: in_full(self.lasts.span()),
            factors: self.factors.clone(),
            course: in_words(self.node),
        }
    }
}

fn announcement(build: &mut Build, incident: &Node, path: &str, course: Course) -> Option<Announcement> {
    let node = incident.get("announcement")?;
    let after = read::span(node.get("after")).unwrap_or(Span::ZERO);
    let begins = course.begins + i128::from(after.0);
    if let Some(after) = node.get("after").filter(|_| begins >= course.ends) {
        build.report(
            Diagnostic::error(format!("`{path}.announcement` begins when the incident is over"))
                .at(after.origin)
                .found(after.show())
                .allowed("an `after` shorter than `lasts`"),
        );
    }
    Some(Announcement {
        begins,
        deflects: read::share(node.get("deflects")).unwrap_or(0.0),
        patience: read::positive(node.get("patience")).unwrap_or(1.0),
    })
}

/// The intervals that begin between two instants.
fn window(almanac: &Almanac, begins: i128, ends: i128) -> Window {
    let length = i128::from(almanac.interval.0);
    let at = |instant: i128| {
        (instant + length - 1).div_euclid(length).clamp(0, almanac.n_intervals() as i128) as usize
    };
    Window { from: at(begins), until: at(ends) }
}

fn lengthen_patience(
    build: &mut Build,
    incident: &Node,
    path: &str,
    class: &mut Class,
    (window, n_intervals): (Window, usize),
    factor: f64,
) {
    let Some(patience) = class.patience.as_mut().filter(|_| factor != 1.0) else { return };
    match change::in_window(patience, window, n_intervals, |law| law::scaled(law, factor)) {
        Some(longer) => *patience = longer,
        None => build.report(
            Diagnostic::error(format!(
                "`{path}.announcement.patience` leaves the range of a class's patience"
            ))
            .at(incident.origin)
            .found(format!("factor {factor} on `class.{}.patience`", class.name))
            .allowed("a factor nearer to 1"),
        ),
    }
}

/// What the plain factor does not say.
fn in_words(incident: &Node) -> Vec<String> {
    let span = |key: &str| read::span(incident.get(key)).filter(|span| span.0 > 0).map(in_full);
    let mut words = Vec::new();
    words.extend(span("rise").map(|rise| format!("rising for {rise}")));
    words.extend(span("decay").map(|decay| format!("then halving every {decay}")));
    if let Some(announcement) = incident.get("announcement") {
        let share = read::share(announcement.get("deflects")).filter(|share| *share > 0.0);
        words.extend(share.map(|share| format!("an announcement deflects {} %", show_number(share * 100.0))));
        let patience = read::positive(announcement.get("patience"));
        words.extend(patience.map(|factor| format!("patience × {}", show_number(factor))));
    }
    words
}

impl Course {
    /// Multiplies rates by the mean of the factor in each interval.
    fn multiply(&self, rates: &mut [f64], interval: Span, factor: f64) {
        if self.rise == 0.0 && self.decay == 0.0 {
            return multiply(rates, interval, self.begins, self.ends, factor);
        }
        let length = i128::from(interval.0);
        let first = self.begins.div_euclid(length).max(0);
        let last = self.is_over().div_euclid(length).min(rates.len() as i128 - 1);
        for i in first..=last {
            let height = (self.area_until((i + 1) * length) - self.area_until(i * length)) / length as f64;
            rates[i as usize] *= 1.0 + (factor - 1.0) * height;
        }
    }

    /// When nothing is left of it.
    fn is_over(&self) -> i128 {
        self.ends + (self.decay * HALF_LIVES) as i128
    }

    /// Takes out of rates, already multiplied, who hangs up: in each interval the share of those who come while it is on air.
    fn deflect(&self, rates: &mut [f64], interval: Span, told: Announcement, factor: f64) {
        let length = i128::from(interval.0);
        let calls = |from: i128, until: i128| {
            let height = self.area_until(until) - self.area_until(from);
            (until - from) as f64 + (factor - 1.0) * height
        };
        let first = told.begins.div_euclid(length).max(0);
        let last = (self.ends - 1).div_euclid(length).min(rates.len() as i128 - 1);
        for i in first..=last {
            let (begins, ends) = (i * length, (i + 1) * length);
            let (from, until) = (told.begins.max(begins), self.ends.min(ends));
            let all = calls(begins, ends);
            let share =
                if (from, until) == (begins, ends) || all <= 0.0 { 1.0 } else { calls(from, until) / all };
            rates[i as usize] *= 1.0 - told.deflects * share;
        }
    }

    /// The integral of the course's height, from 0 to 1, up to an instant.
    fn area_until(&self, at: i128) -> f64 {
        let since = (at.min(self.ends) - self.begins).max(0) as f64;
        let rising = since.min(self.rise);
        let under_rise = if self.rise > 0.0 { rising * rising / (2.0 * self.rise) } else { 0.0 };
        let over = ((at - self.ends).max(0) as f64).min(self.decay * HALF_LIVES);
        let mean_life = self.decay / std::f64::consts::LN_2;
        let tail = if self.decay > 0.0 { -mean_life * libm::expm1(-over / mean_life) } else { 0.0 };
        under_rise + (since - rising) + tail
    }
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
