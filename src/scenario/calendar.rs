//! From `start`, `time_zone`, `horizon`, `warm_up`, `interval` and `[calendar]` to the almanac and the factors of its days.
//!
//! Knows no class. Invariant: local days follow the wall clock of the zone; a run has a whole number of intervals.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::almanac::{Almanac, Day, Interval};
use super::days::{is_german_holiday, weekday_of};
use super::diagnostic::Diagnostic;
use super::duration::{Duration, in_full};
use super::form::{self, Moment};
use super::read::{self, Build};
use super::region::{Regions, State};
use super::shape::path_join;
use super::tree::Node;
use crate::units::{SimTime, Span};

/// More intervals than this do not fit the memory that a run may have (100 years of quarter-hours do).
const MOST_INTERVALS: u64 = 4_000_000;

/// Runs begin in this year or later: before, every town had a clock of its own.
const FIRST_YEAR: i16 = 1900;

/// Shorter intervals than this are refused.
const SHORTEST_INTERVAL: Span = Span(2_000_000);

/// Days and their factors.
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    pub(super) zone: TimeZone,
    pub(super) is_dated: bool,
    has_german_holidays: bool,
    holiday_dates: BTreeSet<Date>,
    holiday: Option<f64>,
    pub(super) dated: BTreeMap<Date, f64>,
    times: BTreeMap<Date, f64>,
    after_holiday: f64,
    bridge_day: Option<f64>,
    /// Where customers live whose class says nothing else.
    pub(super) regions: Regions,
}

impl Calendar {
    pub(super) fn has_holidays(&self) -> bool {
        self.has_german_holidays || !self.holiday_dates.is_empty()
    }

    /// Whether a day is a holiday in a state, or all over the country.
    pub(super) fn is_holiday(&self, day: Date, state: Option<State>) -> bool {
        let by_law = || state.map_or_else(|| is_german_holiday(day), |state| state.is_holiday(day));
        self.holiday_dates.contains(&day) || (self.has_german_holidays && by_law())
    }

    /// The days of a run as those see them who live in `state`; without one, a holiday is what all regions of the
    /// calendar have.
    pub(super) fn days_in(&self, almanac: &Almanac, state: Option<State>) -> Vec<Day> {
        let mut days = almanac.days.clone();
        for day in days.iter_mut().filter(|_| state.is_some()) {
            day.is_holiday = self.is_holiday(day.date, state);
        }
        days
    }

    /// Whether a date may have a volume of its own.
    pub(super) fn has_factors(&self) -> bool {
        self.has_holidays() || !self.dated.is_empty() || !self.times.is_empty()
    }

    /// The volume of a holiday; without a factor of its own it is like a Sunday.
    pub(super) fn holiday_factor(&self, weekday: &[f64; 7]) -> f64 {
        self.holiday.unwrap_or(weekday[6])
    }

    /// The volume of a day relative to the mean day, before the year is normalised: of those for whom it is no holiday,
    /// and of those for whom it is one.
    pub(super) fn weights(
        &self,
        day: Date,
        weekday: &[f64; 7],
        month: &[f64; 12],
        regions: &Regions,
    ) -> [f64; 2] {
        if !self.is_dated {
            return [weekday[usize::from(weekday_of(day))], 0.0];
        }
        let mut weights = [0.0; 2];
        for (state, share) in regions.shares() {
            let is_holiday = self.is_holiday(day, state);
            weights[usize::from(is_holiday)] += share * self.weight(day, weekday, month, state);
        }
        weights
    }

    fn weight(&self, day: Date, weekday: &[f64; 7], month: &[f64; 12], state: Option<State>) -> f64 {
        let by_weekday = weekday[usize::from(weekday_of(day))];
        let is_holiday = self.is_holiday(day, state);
        let kind = match (self.dated.get(&day), is_holiday) {
            (Some(factor), _) => *factor,
            (None, true) => self.holiday_factor(weekday),
            (None, false) => by_weekday * self.working_day_factor(day, state),
        };
        kind * month[(day.month() - 1) as usize] * self.times.get(&day).copied().unwrap_or(1.0)
    }

    fn is_free(&self, day: Date, state: Option<State>) -> bool {
        weekday_of(day) >= 5 || self.is_holiday(day, state)
    }

    /// What a day that is no holiday has for lying near one.
    fn working_day_factor(&self, day: Date, state: Option<State>) -> f64 {
        match self.bridge_day {
            Some(factor) if self.is_bridge(day, state) => factor,
            _ if self.follows_holiday(day, state) => self.after_holiday,
            _ => 1.0,
        }
    }

    /// Whether `day` is a working day alone between free days of which one is a holiday.
    fn is_bridge(&self, day: Date, state: Option<State>) -> bool {
        let (Ok(before), Ok(after)) = (day.yesterday(), day.tomorrow()) else { return false };
        let is_free = |day| self.is_free(day, state);
        let is_between = !is_free(day) && is_free(before) && is_free(after);
        is_between && (self.is_holiday(before, state) || self.is_holiday(after, state))
    }

    /// Whether `day` is the first working day after a holiday.
    fn follows_holiday(&self, day: Date, state: Option<State>) -> bool {
        let is_free = |day: Date| self.is_free(day, state);
        if self.after_holiday == 1.0 || is_free(day) {
            return false;
        }
        let mut before = day.yesterday().ok();
        while let Some(free) = before.filter(|day| is_free(*day)) {
            if self.is_holiday(free, state) {
                return true;
            }
            before = free.yesterday().ok();
        }
        false
    }

    /// The first instant of a local day.
    fn midnight(&self, day: Date) -> Option<Timestamp> {
        day.to_zoned(self.zone.clone()).ok().map(|zoned| zoned.timestamp())
    }

    /// The days of a year on which the clock is changed; a change at midnight touches two.
    pub(super) fn days_with_changes(&self, year: i16) -> Vec<Date> {
        let from = Date::new(year, 1, 1).ok().and_then(|day| self.midnight(day));
        // One second earlier, because a change may come with the year.
        let from = from.and_then(|from| from.checked_sub(SignedDuration::from_secs(1)).ok());
        let changes = from.map(|from| self.zone.following(from)).into_iter().flatten();
        let local = |change: Timestamp| {
            let before = change.checked_sub(SignedDuration::from_secs(1)).unwrap_or(change);
            [before, change].map(|at| self.zone.to_datetime(at).date())
        };
        changes
            .map(|change| local(change.timestamp()))
            .take_while(|[before, _]| before.year() <= year)
            .flatten()
            .collect()
    }

    /// The local times of the quarter-hours of a day that has not 24 hours, or nothing for one that has.
    pub(super) fn odd_quarters(&self, day: Date) -> Option<Vec<u32>> {
        let (start, end) = (self.midnight(day)?, self.midnight(day.tomorrow().ok()?)?);
        let quarters = (end.as_second() - start.as_second()) / 900;
        if quarters == 96 {
            return None;
        }
        let local = |quarter: i64| {
            let at = start.checked_add(SignedDuration::from_secs(quarter * 900)).ok()?;
            Some(second_of_day(self.zone.to_datetime(at)))
        };
        (0..quarters).map(local).collect()
    }

    /// The instant of the run at which a local clock shows `at`.
    pub(super) fn instant(&self, almanac: &Almanac, at: DateTime) -> Option<i128> {
        let seconds = self.zone.to_ambiguous_zoned(at).compatible().ok()?.timestamp().as_second();
        Some(i128::from(seconds - almanac.epoch_start_s) * 1_000_000)
    }
}

fn second_of_day(at: DateTime) -> u32 {
    at.hour() as u32 * 3600 + at.minute() as u32 * 60 + at.second() as u32
}

/// A local clock moved on by days of the calendar and then by time.
pub(super) fn after(zone: &TimeZone, at: DateTime, by: Duration) -> Option<Timestamp> {
    let day = at.checked_add(i64::from(by.days).days()).ok()?;
    let at = zone.to_ambiguous_zoned(day).compatible().ok()?.timestamp();
    at.checked_add(SignedDuration::from_micros(i64::try_from(by.rest.0).ok()?)).ok()
}

/// Reads `[calendar]` and what else makes the days of a run.
pub(super) fn build(build: &mut Build) -> (Calendar, Option<Almanac>) {
    let root = build.root;
    let start = start(build);
    let zone = zone(build, start.is_some_and(|start| matches!(start, Moment::Dated(_))));
    let table = root.get("calendar");
    let of = |key: &str| table.and_then(|table| table.get(key));
    let by_date = |key: &str| -> BTreeMap<Date, f64> {
        let entries = of(key).and_then(Node::table).map_or(&[][..], |table| &table.entries);
        entries
            .iter()
            .filter_map(|entry| Some((form::date(&entry.key)?, read::not_negative(Some(&entry.node))?)))
            .collect()
    };
    let regions = Regions::read(build, of("regions"), "calendar.regions");
    let dates = of("holiday_dates").and_then(Node::list).unwrap_or_default();
    let calendar = Calendar {
        zone,
        is_dated: matches!(start, Some(Moment::Dated(_))),
        has_german_holidays: of("holidays").and_then(Node::text) == Some("DE"),
        holiday_dates: dates.iter().filter_map(|day| day.text().and_then(form::date)).collect(),
        holiday: read::not_negative(of("holiday")),
        dated: by_date("dated"),
        times: by_date("times"),
        after_holiday: read::not_negative(of("after_holiday")).unwrap_or(1.0),
        bridge_day: read::not_negative(of("bridge_day")),
        regions: regions.unwrap_or_else(Regions::whole_country),
    };
    check_regions(build, &calendar);
    let has_holidays = calendar.has_holidays();
    if calendar.is_dated && !has_holidays && of("holidays").is_none() {
        build.default("calendar.holidays", "none", "no day is a holiday");
    }
    if has_holidays && calendar.holiday.is_none() {
        build.default("calendar.holiday", "as Sundays", "the volume of a holiday");
    }
    if has_holidays && of("after_holiday").is_none() {
        build.default(
            "calendar.after_holiday",
            "1",
            "the first working day after a holiday is like any other",
        );
    }
    if has_holidays && of("bridge_day").is_none() {
        build.default(
            "calendar.bridge_day",
            "none",
            "a working day alone between free days is like any other",
        );
    }
    if calendar.has_german_holidays && of("regions").is_none() {
        build.default("calendar.regions", "none", "national holidays only");
    }
    if let Some(table) = table.filter(|_| !calendar.is_dated && start.is_some()) {
        build.report(
            Diagnostic::error("`calendar` needs a start date")
                .at(table.origin)
                .hint("write `start = \"2026-01-01\"`, or leave out the calendar"),
        );
    }
    let is_real = match (start, root.get("start")) {
        (Some(Moment::Dated(at)), Some(node)) => is_real_start(build, &calendar, node, at),
        _ => true,
    };
    let almanac = start.filter(|_| is_real).and_then(|start| almanac(build, &calendar, start));
    if let (Some(almanac), Some(table)) = (&almanac, table) {
        check_dates(build, table, almanac);
    }
    (calendar, almanac)
}

/// Reports regions of which the scenario knows no holidays.
fn check_regions(build: &mut Build, calendar: &Calendar) {
    if calendar.has_german_holidays {
        return;
    }
    let root = build.root;
    let mut written: Vec<(String, &Node)> = Vec::new();
    if let Some(node) = root.get("calendar").and_then(|table| table.get("regions")) {
        written.push(("calendar.regions".to_owned(), node));
    }
    for (table, key) in [("class", "regions"), ("site", "region")] {
        let entries = root.get(table).and_then(Node::table).map_or(&[][..], |table| &table.entries);
        for entry in entries {
            let path = path_join(&path_join(table, &entry.key), key);
            written.extend(entry.node.get(key).map(|node| (path, node)));
        }
    }
    for (path, node) in written.into_iter().filter(|(_, node)| !read::is_none(Some(node))) {
        build.report(
            Diagnostic::error(format!("`{path}` needs the holidays of its country"))
                .at(node.origin)
                .found(node.show())
                .allowed("with `calendar.holidays`")
                .hint("write `holidays = \"DE\"` in `[calendar]`, or leave the region out"),
        );
    }
}

/// Whether a run can begin at the start that is written; what keeps it from that is reported.
fn is_real_start(build: &mut Build, calendar: &Calendar, node: &Node, at: DateTime) -> bool {
    if at.year() < FIRST_YEAR {
        build.report(
            Diagnostic::error(format!("`start` lies before {FIRST_YEAR}"))
                .at(node.origin)
                .found(node.show())
                .allowed(format!("a year from {FIRST_YEAR} to 9999"))
                .hint("the year comes first, with four digits"),
        );
        return false;
    }
    let problem = missing_time(calendar, node, at, "start");
    let is_real = problem.is_none();
    problem.into_iter().for_each(|problem| build.report(problem));
    is_real
}

/// A complaint if the clock of the zone never shows a date or time; a date without a time begins when its day does.
pub(super) fn missing_time(calendar: &Calendar, node: &Node, at: DateTime, path: &str) -> Option<Diagnostic> {
    let timestamp = calendar.zone.to_ambiguous_zoned(at).compatible().ok()?.timestamp();
    let shown = calendar.zone.to_datetime(timestamp);
    let has_time = node.text().and_then(form::date).is_none();
    if shown == at || (!has_time && shown.date() == at.date()) {
        return None;
    }
    let zone = calendar.zone.iana_name().unwrap_or("UTC");
    Some(
        Diagnostic::error(format!("`{path}` does not exist: the clock of {zone} skips it"))
            .at(node.origin)
            .found(node.show())
            .allowed("a time that the clock shows")
            .hint(format!("the next one is \"{}\"", shown.strftime("%Y-%m-%dT%H:%M"))),
    )
}

/// Warns of dates with factors in years that the run does not touch: within its years they shift the volume of other days.
fn check_dates(build: &mut Build, table: &Node, almanac: &Almanac) {
    let (Some(first), Some(last)) = (almanac.days.first(), almanac.days.last()) else { return };
    let years = first.date.year()..=last.date.year();
    for key in ["dated", "times"] {
        let entries = table.get(key).and_then(Node::table).map_or(&[][..], |table| &table.entries);
        let dates = || entries.iter().filter_map(|entry| Some((entry, form::date(&entry.key)?)));
        // Lists of dates for several years are of use in one of them.
        if dates().any(|(_, date)| years.contains(&date.year())) {
            continue;
        }
        if let Some((entry, date)) = dates().next() {
            build.report(
                Diagnostic::warning(format!("no date of `calendar.{key}` lies in the years of the run"))
                    .at(entry.key_origin)
                    .found(format!("{date}, in a run of {}", in_words(*years.start(), *years.end())))
                    .hint("such factors change nothing"),
            );
        }
    }
}

fn in_words(first: i16, last: i16) -> String {
    if first == last { first.to_string() } else { format!("{first} to {last}") }
}

/// The start; `None` if it is written and cannot be read.
fn start(build: &Build) -> Option<Moment> {
    match build.root.get("start") {
        Some(node) => form::moment(node.text()?),
        None => Some(Moment::Time(0)),
    }
}

fn zone(build: &mut Build, is_dated: bool) -> TimeZone {
    let Some(node) = build.root.get("time_zone") else {
        if is_dated {
            build.default("time_zone", "UTC", "no summer time");
        }
        return TimeZone::UTC;
    };
    let name = node.text().unwrap_or("UTC");
    match TimeZone::get(name) {
        Ok(zone) if is_dated => zone,
        Ok(_) => {
            build.report(
                Diagnostic::warning("`time_zone` has no effect without a start date")
                    .at(node.origin)
                    .hint("write `start = \"2026-01-01\"`, or leave out the time zone"),
            );
            TimeZone::UTC
        }
        Err(_) => {
            let known: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
            build.report(
                Diagnostic::error(format!("there is no time zone `{name}`"))
                    .at(node.origin)
                    .allowed("an IANA name as \"Europe/Berlin\"")
                    .hint(zone_hint(name, &known)),
            );
            TimeZone::UTC
        }
    }
}

/// The zone of that city, else what looks alike.
fn zone_hint(name: &str, known: &[String]) -> String {
    let city = name.trim().replace(' ', "_").to_lowercase();
    let is_there = |zone: &&String| zone.rsplit('/').next().is_some_and(|last| last.to_lowercase() == city);
    match known.iter().find(is_there) {
        Some(zone) => format!("did you mean `{zone}`"),
        None => super::diagnostic::did_you_mean(name, known.iter().map(String::as_str)),
    }
}

fn almanac(build: &mut Build, calendar: &Calendar, start: Moment) -> Option<Almanac> {
    let root = build.root;
    let horizon_node = root.get("horizon")?;
    let horizon = read::duration(Some(horizon_node))?;
    let warm_up = match root.get("warm_up") {
        Some(node) => read::duration(Some(node))?,
        None => {
            build.default("warm_up", "0", "the run begins with nobody waiting and nobody to come back");
            Duration { days: 0, rest: Span::ZERO }
        }
    };
    let hundred_years = Span::DAY * 36_525;
    if horizon.span() + warm_up.span() > hundred_years {
        build.report(
            Diagnostic::error("the scenario is longer than 100 years")
                .at(horizon_node.origin)
                .found((horizon.span() + warm_up.span()).to_string())
                .allowed("at most 36525d with the warm-up"),
        );
        return None;
    }
    let start = match start {
        Moment::Dated(at) => at,
        Moment::Time(second) => {
            date(2024, 1, 1).at((second / 3600) as i8, (second / 60 % 60) as i8, (second % 60) as i8, 0)
        }
    };
    let counting = after(&calendar.zone, start, Duration { days: 0, rest: Span::ZERO });
    let end = after(&calendar.zone, start, horizon);
    let first = before(&calendar.zone, start, warm_up);
    let (Some(first), Some(counting), Some(end)) = (first, counting, end) else {
        build.report(
            Diagnostic::error("the scenario leaves the calendar")
                .at(read::place(root.get("start"), horizon_node.origin))
                .found(format!("{} from {}", horizon.span() + warm_up.span(), start.date()))
                .allowed(format!("years from {FIRST_YEAR} to 9999")),
        );
        return None;
    };
    let span = |from: Timestamp, to: Timestamp| {
        Span(u64::try_from(to.as_microsecond() - from.as_microsecond()).unwrap_or(0))
    };
    let (warm_up, horizon) = (span(first, counting), span(counting, end));
    let interval = interval(build, calendar.zone.to_datetime(first), horizon, warm_up)?;
    let slots_per_day = (Span::DAY.0 / interval.0) as usize;
    let mut almanac = Almanac {
        is_dated: calendar.is_dated,
        time_zone: calendar.zone.iana_name().unwrap_or("UTC").to_owned(),
        epoch_start_s: first.as_second(),
        interval,
        warm_up,
        horizon,
        slots_per_day,
        intervals: Vec::new(),
        days: Vec::new(),
    };
    let n_intervals = (almanac.ends().since(SimTime::ZERO).0 / interval.0) as usize;
    almanac.intervals.reserve_exact(n_intervals);
    for i in 0..n_intervals as u64 {
        let at = first.checked_add(SignedDuration::from_micros((i * interval.0) as i64)).ok()?;
        let local = calendar.zone.to_datetime(at);
        while almanac.days.last().is_none_or(|last| last.date < local.date()) {
            let date = almanac.days.last().map_or(Some(local.date()), |last| last.date.tomorrow().ok())?;
            let is_holiday = calendar.regions.places().all(|state| calendar.is_holiday(date, state));
            almanac.days.push(Day { date, weekday: weekday_of(date), is_holiday });
        }
        let since_midnight = u64::from(second_of_day(local)) * Span::SECOND.0;
        // The first interval lies on the grid, so only a change of the clock can have left it.
        if !since_midnight.is_multiple_of(interval.0) {
            build.report(
                Diagnostic::error("`interval` is longer than the step by which the clock is changed")
                    .at(read::place(root.get("interval"), horizon_node.origin))
                    .found(format!(
                        "an interval of {interval} that would begin on {}",
                        local.strftime("%Y-%m-%d at %H:%M")
                    ))
                    .allowed(format!(
                        "intervals that fit the clock of {}, as \"1h\" or \"30m\"",
                        almanac.time_zone
                    )),
            );
            return None;
        }
        let slot = since_midnight / interval.0;
        almanac.intervals.push(Interval { day: almanac.days.len() as u32 - 1, slot: slot as u16 });
    }
    Some(almanac)
}

fn before(zone: &TimeZone, at: DateTime, by: Duration) -> Option<Timestamp> {
    let day = at.checked_sub(i64::from(by.days).days()).ok()?;
    let at = zone.to_ambiguous_zoned(day).compatible().ok()?.timestamp();
    at.checked_sub(SignedDuration::from_micros(i64::try_from(by.rest.0).ok()?)).ok()
}

/// The interval of a run that begins when the local clock shows `first`: it divides a day, the horizon and the warm-up, and
/// has one of its ends at `first`, so that every interval begins where one of the wall clock does.
fn interval(build: &mut Build, first: DateTime, horizon: Span, warm_up: Span) -> Option<Span> {
    let offset = Span::from_secs(u64::from(second_of_day(first)));
    let written = build.root.get("interval");
    let origin = read::place(written.or(build.root.get("horizon")), build.root.origin);
    let interval = match written {
        Some(node) => read::span(Some(node)).filter(|span| span.0 > 0)?,
        None => {
            let usual = [30, 15, 10, 5, 1].map(|minutes| Span::MINUTE * minutes);
            let fits =
                |span: &Span| [horizon, warm_up, offset].iter().all(|whole| whole.0.is_multiple_of(span.0));
            let parts = [horizon.0, warm_up.0, offset.0];
            let widest = usual.into_iter().find(fits);
            let interval =
                widest.unwrap_or_else(|| Span(parts.into_iter().fold(Span::DAY.0, greatest_common_divisor)));
            if !interval.0.is_multiple_of(Span::SECOND.0) || interval < SHORTEST_INTERVAL {
                build.report(
                    Diagnostic::error("no `interval` fits `start`, `horizon` and `warm_up`")
                        .at(origin)
                        .found(format!("{} after {} of warm-up, from {} on", in_full(horizon), in_full(warm_up), first.time()))
                        .allowed(format!("spans and times that have a common part of at least {SHORTEST_INTERVAL}, as whole minutes do")),
                );
                return None;
            }
            build.default("interval", in_full(interval), "the step of rates, plans and results");
            interval
        }
    };
    let problem = |title: &str| Diagnostic::error(title).at(origin);
    if interval < SHORTEST_INTERVAL || (horizon + warm_up).0 / interval.0 > MOST_INTERVALS {
        build.report(
            problem("`interval` is too short")
                .found(format!("{interval} in a run of {}", horizon + warm_up))
                .allowed(format!(
                    "at least {SHORTEST_INTERVAL}, and at most {MOST_INTERVALS} intervals in a run"
                )),
        );
        return None;
    }
    if !Span::DAY.0.is_multiple_of(interval.0) || !interval.0.is_multiple_of(Span::SECOND.0) {
        build.report(
            problem("`interval` does not divide a day")
                .found(in_full(interval))
                .allowed("whole seconds that fit 24h a whole number of times, as \"15m\", \"30m\" or \"1h\""),
        );
        return None;
    }
    for (what, whole) in [("horizon", horizon), ("warm_up", warm_up)] {
        let written = read::duration(build.root.get(what)).map(Duration::span);
        if !whole.0.is_multiple_of(interval.0) {
            build.report(
                problem(&format!("`interval` does not divide the `{what}`"))
                    .found(format!("{} in {}", in_full(interval), in_full(whole)))
                    .allowed("a span that fits a whole number of times")
                    .hint(if written == Some(whole) {
                        ""
                    } else {
                        "a local day has 23 or 25 hours when the clock changes"
                    }),
            );
            return None;
        }
    }
    if !offset.0.is_multiple_of(interval.0) {
        build.report(
            problem("the run does not begin with an `interval` of the wall clock")
                .found(format!(
                    "{} with intervals of {interval} from midnight on",
                    first.strftime("%H:%M:%S")
                ))
                .allowed(format!(
                    "a `start` at a multiple of {interval}, or an `interval` that divides {}, as {}",
                    in_full(offset),
                    in_full(Span(greatest_common_divisor(interval.0, offset.0))),
                ))
                .hint(if warm_up.0 > 0 { "the run begins with the warm-up" } else { "" }),
        );
        return None;
    }
    Some(interval)
}

fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}
