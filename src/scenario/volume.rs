//! From a class's `volume` and its profile to a rate for every interval.
//!
//! Knows no staffing. Invariant: with shapes over the year the rates of a calendar year sum to its volume, whatever the
//! horizon (incidents and the scale come on top).

use std::collections::BTreeMap;

use super::almanac::Almanac;
use super::backlog;
use super::calendar::Calendar;
use super::checked::Swing;
use super::csv_table;
use super::days::{ByDay, DAY_KEYS_OF_PROFILES, DAY_SECONDS, FromTimes, misfit, value_at, week_table};
use super::diagnostic::Diagnostic;
use super::form;
use super::format::SHAPED;
use super::plan::note_holidays;
use super::read::{self, Build};
use super::region::Regions;
use super::shape::path_join;
use super::source::Origin;
use super::tree::Node;
use super::wave::Wave;
use crate::units::{ClassId, Span};

/// The shape of a volume over day, week and year.
#[derive(Clone, Debug)]
struct Profile {
    /// Shares of a day, each list summing to 1.
    steps: ByDay<Vec<f64>>,
    weekday: [f64; 7],
    month: [f64; 12],
}

/// What the rates of a class follow.
#[derive(Clone, Copy)]
struct Setting<'a> {
    calendar: &'a Calendar,
    almanac: &'a Almanac,
    /// Where its customers live.
    regions: &'a Regions,
}

/// How a class's volume is written.
#[derive(Clone, Debug)]
enum Source {
    PerYear(f64, Profile),
    PerDay(f64, Profile),
    /// A second.
    Constant(f64),
    /// An hour.
    ByWeek(ByDay<FromTimes>),
    /// A second, in equal steps over the horizon.
    OverHorizon(Vec<f64>),
    Swinging(Wave),
}

const SHORTER_INTERVAL: &str = "or set an `interval` that divides the steps";

/// Rates of a class with 1 contact where the file says `offered_per_year`, to be multiplied by what it turns out to be.
#[derive(Clone, Debug)]
pub(super) struct Rates {
    /// Per second and interval.
    pub(super) fresh: Vec<f64>,
    /// How they swing inside the intervals.
    pub(super) swing: Option<Swing>,
    /// Fresh contacts of a year without incidents; 0 until worked out where offered ones are stated.
    pub(super) per_year: f64,
    /// Offered contacts a year and the abandonment they were counted at; the rates are then per fresh contact a year.
    pub(super) offered: Option<Offered>,
}

/// A volume that counts offered contacts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offered {
    pub(super) per_year: f64,
    pub(super) abandonment: f64,
    pub(super) origin: Origin,
}

/// The rates of a class; `None` if its volume was refused.
pub(super) fn rates(
    build: &mut Build,
    class: &Node,
    path: &str,
    calendar: &Calendar,
    almanac: &Almanac,
) -> Option<Rates> {
    if backlog::is_endless(class) {
        let fresh = vec![0.0; almanac.n_intervals()];
        return Some(Rates { fresh, swing: None, per_year: 0.0, offered: None });
    }
    let volume = class.get("volume")?;
    let regions = Regions::read(build, class.get("regions"), &path_join(path, "regions"));
    let setting = Setting { calendar, almanac, regions: regions.as_ref().unwrap_or(&calendar.regions) };
    let path = path_join(path, "volume");
    let source = source(build, volume, &path, setting)?;
    let offered = match volume.get("offered_per_year") {
        Some(node) => Some(Offered {
            per_year: read::not_negative(Some(node))?,
            abandonment: volume
                .get("reference")
                .and_then(|reference| read::share(reference.get("abandonment")))
                .unwrap_or_else(|| {
                    build.default(
                        format!("{path}.reference"),
                        "0.05",
                        "abandonment that `offered_per_year` was counted at",
                    );
                    0.05
                }),
            origin: node.origin,
        }),
        None => None,
    };
    let per_year = if offered.is_some() { 0.0 } else { source.per_year() };
    let swing = match &source {
        Source::Swinging(wave) => Some(wave.swing),
        _ => None,
    };
    Some(Rates { fresh: source.rates(setting), swing, per_year, offered })
}

fn source(build: &mut Build, volume: &Node, path: &str, setting: Setting) -> Option<Source> {
    let Setting { calendar, almanac, regions } = setting;
    if let (Some(node), None) = (volume.get("reference"), volume.get("offered_per_year")) {
        build.report(
            Diagnostic::warning(format!("`{path}.reference` has nothing to act on"))
                .at(node.origin)
                .allowed("with `offered_per_year`")
                .hint("the volume is taken as it stands; leave the reference out"),
        );
    }
    if SHAPED.iter().any(|key| volume.get(key).is_some()) {
        let profile = profile(build, volume, path, setting)?;
        return Some(match (volume.get("fresh_per_year"), volume.get("fresh_per_day")) {
            (Some(node), _) => Source::PerYear(read::not_negative(Some(node))?, profile),
            (None, Some(node)) => Source::PerDay(read::not_negative(Some(node))?, profile),
            (None, None) => Source::PerYear(1.0, profile),
        });
    }
    if calendar.has_factors() {
        build.default(path_join(path, "profile"), "none", "a rate is left alone by the calendar's factors");
    }
    for key in ["profile", "shape"] {
        if let Some(node) = volume.get(key) {
            build.report(
                Diagnostic::error(format!("`{path}.{key}` has nothing to act on"))
                    .at(node.origin)
                    .allowed("with `fresh_per_year`, `fresh_per_day` or `offered_per_year`"),
            );
        }
    }
    if let Some(node) = volume.get("per_hour") {
        if node.number().is_some() {
            return Some(Source::Constant(read::not_negative(Some(node))? / 3600.0));
        }
        if node.list().is_some() {
            return over_horizon(build, node, &path_join(path, "per_hour"), 3600.0, almanac);
        }
        check_times(build, node, &path_join(path, "per_hour"), almanac.interval);
        let table = week_table(node);
        if table.holiday.is_none() {
            let mut days = almanac.days.clone();
            for day in &mut days {
                day.is_holiday = regions.places().any(|state| calendar.is_holiday(day.date, state));
            }
            note_holidays(build, &format!("{path}.per_hour.holiday"), &days);
        }
        return Some(Source::ByWeek(table));
    }
    if let Some(node) = volume.get("rate") {
        let wave = Wave::read(build, node, &path_join(path, "rate"), almanac)?;
        return Some(Source::Swinging(wave));
    }
    let node = volume.get("per_minute")?;
    if node.number().is_some() {
        return Some(Source::Constant(read::not_negative(Some(node))? / 60.0));
    }
    over_horizon(build, node, &path_join(path, "per_minute"), 60.0, almanac)
}

/// A list of rates in equal steps over the horizon, each for so many seconds.
fn over_horizon(
    build: &mut Build,
    node: &Node,
    path: &str,
    seconds: f64,
    almanac: &Almanac,
) -> Option<Source> {
    let steps = read::numbers(Some(node)).filter(|steps| !steps.is_empty())?;
    let fits = almanac.horizon.0.is_multiple_of(steps.len() as u64)
        && (almanac.horizon.0 / steps.len() as u64).is_multiple_of(almanac.interval.0);
    if !fits {
        build.report(
            Diagnostic::error(format!("wrong number of values in `{path}`"))
                .at(node.origin)
                .found(format!("{} values over {}", steps.len(), almanac.horizon))
                .allowed(format!(
                    "equal steps over the horizon that are multiples of the interval of {}: a number that divides {}",
                    almanac.interval,
                    almanac.horizon.0 / almanac.interval.0
                )),
        );
        return None;
    }
    Some(Source::OverHorizon(steps.iter().map(|rate| rate / seconds).collect()))
}

/// Reports times of a week table that do not lie on the grid of intervals.
pub(super) fn check_times(build: &mut Build, node: &Node, path: &str, interval: Span) {
    for day in node.table().map_or(&[][..], |table| &table.entries) {
        let mut seen: Vec<u32> = Vec::new();
        for entry in day.node.table().map_or(&[][..], |table| &table.entries) {
            let Some(second) = form::time(&entry.key) else { continue };
            if seen.contains(&second) {
                build.report(
                    Diagnostic::error(format!("`{path}.{}` has one time twice", day.key))
                        .at(entry.key_origin)
                        .found(entry.key.clone())
                        .hint("`8:00` is `08:00`: keep one of them"),
                );
            }
            seen.push(second);
            if !(u64::from(second) * Span::SECOND.0).is_multiple_of(interval.0) {
                build.report(
                    Diagnostic::error(format!("`{path}` changes inside an interval"))
                        .at(entry.key_origin)
                        .found(entry.key.clone())
                        .allowed(format!("times that are multiples of the interval of {interval}"))
                        .hint("set a shorter `interval`"),
                );
            }
        }
    }
}

fn profile(build: &mut Build, volume: &Node, path: &str, setting: Setting) -> Option<Profile> {
    let flat =
        Profile { steps: ByDay::from_keys(&[("all", vec![1.0])]), weekday: [1.0; 7], month: [1.0; 12] };
    if let Some(shape) = volume.get("shape") {
        let path = path_join(path, "shape");
        let steps = normalised(build, shape, &path, setting.almanac.interval)?;
        return Some(Profile { steps: ByDay::from_keys(&[("all", steps)]), ..flat });
    }
    let Some(name) = volume.get("profile") else {
        build.default(format!("{path}.profile"), "flat", "the same rate at any time");
        return Some(flat);
    };
    let name = name.text()?;
    let node = build.root.get("profile")?.get(name)?;
    read_profile(build, node, &path_join("profile", name), setting)
}

/// Reads one `[profile.NAME]`; problems are reported once per class that uses it and then made unique.
fn read_profile(build: &mut Build, node: &Node, path: &str, setting: Setting) -> Option<Profile> {
    let Setting { calendar, almanac, regions } = setting;
    let mut values: Vec<(String, Vec<f64>, Origin)> = Vec::new();
    let mut is_sound = true;
    let weekday = factors::<7>(build, node.get("weekday"), &path_join(path, "weekday"));
    let month = factors::<12>(build, node.get("month"), &path_join(path, "month"));
    if let Some(file) = node.get("file") {
        values = profile_file(build, file, almanac.interval)?;
    } else {
        for key in DAY_KEYS_OF_PROFILES {
            let Some(steps) = node.get(key) else { continue };
            match in_steps(build, steps, &path_join(path, key), almanac.interval) {
                Some(values_of_key) => values.push((key.to_owned(), values_of_key, steps.origin)),
                None => is_sound = false,
            }
        }
    }
    let mut keyed: Vec<(&str, Vec<f64>)> = Vec::new();
    for (key, steps, at) in &values {
        // A day without calls needs no shape.
        let is_closed = weekday.is_some_and(|weekday| is_closed(key, &weekday, calendar));
        match shares(steps) {
            Some(shares) => keyed.push((key, shares)),
            None if is_closed => keyed.push((key, vec![0.0; steps.len()])),
            None => {
                build.report(
                    Diagnostic::error(format!("`{path}` has an empty shape for `{key}`"))
                        .at(*at)
                        .found("all steps are 0")
                        .allowed("at least one step above 0")
                        .hint(
                            "for no calls on a day set its factor in `weekday`, or `calendar.holiday`, to 0",
                        ),
                );
                is_sound = false;
            }
        }
    }
    let mut steps = ByDay::from_keys(&keyed);
    let missing: Vec<&str> =
        (0..7).filter(|day| steps.weekdays[*day].is_none()).map(|day| DAY_KEYS_OF_PROFILES[day]).collect();
    if is_sound && !missing.is_empty() {
        build.report(
            Diagnostic::error(format!("`{path}` has no shape for {}", super::diagnostic::list(missing)))
                .at(node.origin)
                .hint("write one for every weekday, or `all`"),
        );
        is_sound = false;
    }
    if steps.holiday.is_none() && calendar.has_holidays() {
        build.default(path_join(path, "holiday"), "as Sundays", "the shape of a holiday over its hours");
    }
    if node.get("weekday").is_none() {
        build.default(path_join(path, "weekday"), "all 1", "each weekday has the same volume");
    }
    if node.get("month").is_none() && calendar.is_dated {
        build.default(path_join(path, "month"), "all 1", "each month has the same volume a day");
    }
    if steps.holiday.is_none() {
        steps.holiday = steps.weekdays[6].clone();
    }
    if let (Some(node), false) = (node.get("month"), calendar.is_dated) {
        build.report(
            Diagnostic::error(format!("`{path}.month` needs a start date"))
                .at(node.origin)
                .hint("write `start = \"2026-01-01\"`, or leave out the months"),
        );
    }
    let profile = Profile { steps, weekday: weekday?, month: month? };
    if let Some(day) = profile.lost_day(calendar, regions).filter(|_| is_sound) {
        build.report(
            Diagnostic::error(format!("`{path}` has an empty shape for a day that has calls"))
                .at(node.origin)
                .found(format!("{day}, by `[calendar]`"))
                .hint("write a shape for that kind of day, or the factor 0 for the day"),
        );
        return None;
    }
    is_sound.then_some(profile)
}

/// Whether a kind of day has no calls: by its weekdays, or by the factor of holidays.
fn is_closed(key: &str, weekday: &[f64; 7], calendar: &Calendar) -> bool {
    let mut days = super::days::weekdays(key);
    if key == "holiday" {
        calendar.holiday_factor(weekday) == 0.0
    } else {
        days.all(|day| weekday[usize::from(day)] == 0.0)
    }
}

/// Shares of a day from relative numbers.
fn normalised(build: &mut Build, node: &Node, path: &str, interval: Span) -> Option<Vec<f64>> {
    let values = in_steps(build, node, path, interval)?;
    shares(&values).or_else(|| {
        build.report(
            Diagnostic::error(format!("`{path}` sums to 0"))
                .at(node.origin)
                .allowed("at least one step above 0")
                .hint("for no calls at all set the volume to 0"),
        );
        None
    })
}

/// Relative numbers in equal steps of the day.
fn in_steps(build: &mut Build, node: &Node, path: &str, interval: Span) -> Option<Vec<f64>> {
    let values = read::numbers(Some(node))?;
    if let Some(allowed) = misfit(values.len(), interval) {
        build.report(
            Diagnostic::error(format!("wrong number of steps in `{path}`"))
                .at(node.origin)
                .found(values.len().to_string())
                .allowed(allowed)
                .hint(SHORTER_INTERVAL),
        );
        return None;
    }
    Some(values)
}

fn shares(values: &[f64]) -> Option<Vec<f64>> {
    let sum: f64 = values.iter().sum();
    (sum > 0.0 && sum.is_finite()).then(|| values.iter().map(|value| value / sum).collect())
}

/// Factors with mean 1; all 1 if none are written.
fn factors<const N: usize>(build: &mut Build, node: Option<&Node>, path: &str) -> Option<[f64; N]> {
    let Some(node) = node else { return Some([1.0; N]) };
    let values: [f64; N] = read::numbers(Some(node))?.try_into().ok()?;
    let mean = values.iter().sum::<f64>() / N as f64;
    if mean > 0.0 {
        return Some(values.map(|value| value / mean));
    }
    build.report(
        Diagnostic::error(format!("`{path}` sums to 0"))
            .at(node.origin)
            .allowed("at least one factor above 0")
            .hint("for no calls at all set the volume to 0"),
    );
    None
}

/// A CSV with a row per step and a column per day key.
fn profile_file(build: &mut Build, node: &Node, interval: Span) -> Option<Vec<(String, Vec<f64>, Origin)>> {
    let table = csv_table::read(build, node)?;
    let mut problems = Vec::new();
    let misfit = misfit(table.n_rows(), interval);
    let is_fitting = misfit.is_none();
    if let Some(allowed) = misfit {
        let problem = Diagnostic::error("wrong number of rows in a profile")
            .at(table.origin())
            .found(table.n_rows().to_string())
            .allowed(allowed)
            .hint(SHORTER_INTERVAL);
        problems.push(problem);
    }
    let head = table.header().cell(0);
    if head.text() != "time" {
        problems.push(head.refuse("`time`, then day keys as `mon_fri`"));
    }
    let step = DAY_SECONDS / u32::try_from(table.n_rows().max(1)).unwrap_or(1);
    // With a wrong number of rows no time would be right.
    let n_timed = if is_fitting { table.n_rows() } else { 0 };
    for (i, row) in table.rows().enumerate().take(n_timed) {
        let expected = step * i as u32;
        if form::time(row.cell(0).text()) != Some(expected) {
            let clock =
                format!("{:02}:{:02}, as rows stand for equal steps", expected / 3600, expected / 60 % 60);
            problems.push(row.cell(0).refuse(&clock));
            break;
        }
    }
    let mut columns: Vec<(String, Vec<f64>, Origin)> = Vec::new();
    for (c, head) in table.header().cells().enumerate().skip(1) {
        if !DAY_KEYS_OF_PROFILES.contains(&head.text()) {
            problems.push(head.refuse(&super::diagnostic::choice(DAY_KEYS_OF_PROFILES)));
            continue;
        }
        let mut values = Vec::new();
        for row in table.rows() {
            match row.cell(c).number() {
                Ok(number) => values.push(number),
                Err(problem) => problems.push(problem),
            }
        }
        if columns.iter().any(|(key, ..)| key == head.text()) {
            problems.push(head.refuse("each day key once"));
        }
        columns.push((head.text().to_owned(), values, head.origin()));
    }
    let is_sound = problems.is_empty();
    table.report(build, problems);
    is_sound.then_some(columns)
}

impl Source {
    /// Contacts of a year, about: what other classes bring to one that states offered contacts.
    fn per_year(&self) -> f64 {
        const SECONDS: f64 = 365.0 * DAY_SECONDS as f64;
        match self {
            Self::PerYear(volume, _) => *volume,
            Self::PerDay(volume, _) => volume * 365.0,
            Self::Constant(rate) => rate * SECONDS,
            Self::Swinging(wave) => wave.mean * SECONDS,
            Self::OverHorizon(rates) => rates.iter().sum::<f64>() / rates.len().max(1) as f64 * SECONDS,
            Self::ByWeek(table) => {
                let hours = (0..7).flat_map(|day| (0..24 * 60).map(move |minute| (day, minute * 60)));
                let rates = hours.map(|(day, second)| {
                    table.get(day, false).map_or(0.0, |values| value_at(values, second))
                });
                rates.sum::<f64>() / 60.0 / 7.0 * 365.0
            }
        }
    }

    fn rates(&self, setting: Setting) -> Vec<f64> {
        let Setting { calendar, almanac, regions } = setting;
        let second = |slot: u16| (u64::from(slot) * almanac.interval.0 / Span::SECOND.0) as u32;
        match self {
            Self::Constant(rate) => vec![*rate; almanac.n_intervals()],
            Self::OverHorizon(steps) => {
                (0..almanac.n_intervals()).map(|i| steps[step_of_horizon(almanac, i, steps.len())]).collect()
            }
            Self::Swinging(wave) => wave.rates(almanac),
            Self::ByWeek(table) => almanac
                .intervals
                .iter()
                .map(|at| {
                    let day = almanac.days[at.day as usize];
                    let in_state = |(state, share)| {
                        let values = table.get(day.weekday, calendar.is_holiday(day.date, state));
                        share * values.map_or(0.0, |values| value_at(values, second(at.slot)) / 3600.0)
                    };
                    regions.shares().map(in_state).sum()
                })
                .collect(),
            Self::PerYear(volume, profile) => profile.rates(setting, |_| *volume),
            Self::PerDay(volume, profile) => profile.rates(setting, |days| volume * days),
        }
    }
}

/// Intervals of the horizon.
pub(super) fn counted_intervals(almanac: &Almanac) -> usize {
    (almanac.horizon.0 / almanac.interval.0) as usize
}

/// Whether a list of so many steps that may be over the horizon or over a day is over the horizon: it has a value for each
/// interval, or the horizon is shorter than a day.
pub(super) fn is_over_horizon(almanac: &Almanac, n_steps: usize) -> bool {
    n_steps == counted_intervals(almanac) || almanac.horizon < Span::DAY
}

/// The step of a list over the horizon that an interval lies in; the warm-up has the end of the list.
pub(super) fn step_of_horizon(almanac: &Almanac, interval: usize, n_steps: usize) -> usize {
    let counted = counted_intervals(almanac).max(1);
    let offset = almanac.first_counted() % counted;
    let i = (interval + counted - offset) % counted;
    i * n_steps / counted
}

impl Profile {
    /// Rates per second; `volume` is the volume of a year with so many days.
    fn rates(&self, setting: Setting, volume: impl Fn(f64) -> f64) -> Vec<f64> {
        let Setting { calendar, almanac, regions } = setting;
        let mut per_weight: BTreeMap<i16, f64> = BTreeMap::new();
        let mut weights: Vec<[f64; 2]> = Vec::with_capacity(almanac.days.len());
        for day in &almanac.days {
            let of_year =
                *per_weight.entry(if calendar.is_dated { day.date.year() } else { 0 }).or_insert_with(|| {
                    let (days, sum) = self.year(calendar, regions, day.date);
                    if sum > 0.0 { volume(days) / sum } else { 0.0 }
                });
            let of_day = calendar.weights(day.date, &self.weekday, &self.month, regions);
            weights.push(of_day.map(|weight| of_year * weight));
        }
        almanac
            .intervals
            .iter()
            .map(|at| {
                let day = almanac.days[at.day as usize];
                let second = (u64::from(at.slot) * almanac.interval.0 / Span::SECOND.0) as u32;
                let [no_holiday, holiday] = weights[at.day as usize];
                no_holiday * self.density(day.weekday, false, second)
                    + holiday * self.density(day.weekday, true, second)
            })
            .collect()
    }

    /// A day that the calendar gives a volume and the profile an empty shape.
    fn lost_day(&self, calendar: &Calendar, regions: &Regions) -> Option<String> {
        let is_empty =
            |steps: Option<&Vec<f64>>| steps.is_some_and(|steps| steps.iter().all(|step| *step == 0.0));
        if calendar.has_holidays()
            && calendar.holiday_factor(&self.weekday) > 0.0
            && is_empty(self.steps.holiday.as_ref())
        {
            return Some("a holiday".to_owned());
        }
        let mut dates = calendar.dated.iter().filter(|(_, factor)| **factor > 0.0).map(|(day, _)| *day);
        let is_lost = |day: &jiff::civil::Date| {
            let weekday = super::days::weekday_of(*day);
            regions.places().any(|state| is_empty(self.steps.get(weekday, calendar.is_holiday(*day, state))))
        };
        dates.find(is_lost).map(|day| day.to_string())
    }

    /// Share of the day's volume a second.
    fn density(&self, weekday: u8, is_holiday: bool, second: u32) -> f64 {
        self.steps.get(weekday, is_holiday).map_or(0.0, |steps| {
            let n = steps.len();
            let step = (second as usize * n / DAY_SECONDS as usize).min(n - 1);
            steps[step] * n as f64 / f64::from(DAY_SECONDS)
        })
    }

    /// Days and weights of the calendar year of `day`, by which its volume is divided. A day on which the clock is changed
    /// weighs what its existing hours do.
    fn year(&self, calendar: &Calendar, regions: &Regions, day: jiff::civil::Date) -> (f64, f64) {
        if !calendar.is_dated {
            return (365.0, 365.0);
        }
        let mut sum = 0.0;
        let changes = calendar.days_with_changes(day.year());
        for day in day.first_of_year().series(jiff::ToSpan::day(1)).take_while(|d| d.year() == day.year()) {
            let weekday = super::days::weekday_of(day);
            let quarters = changes.contains(&day).then(|| calendar.odd_quarters(day)).flatten();
            let whole = |is_holiday| match &quarters {
                None => 1.0,
                Some(quarters) => {
                    quarters.iter().map(|second| 900.0 * self.density(weekday, is_holiday, *second)).sum()
                }
            };
            let [no_holiday, holiday] = calendar.weights(day, &self.weekday, &self.month, regions);
            sum += whole(false) * no_holiday + whole(true) * holiday;
        }
        (f64::from(day.days_in_year()), sum)
    }
}

/// Expected contacts of one class over the counted part of a run.
pub(super) fn expected(fresh: &[f64], almanac: &Almanac) -> f64 {
    // A fold, because the sum of nothing is -0.
    let counted = &fresh[almanac.first_counted().min(fresh.len())..];
    counted.iter().fold(0.0, |sum, rate| sum + rate) * almanac.interval.as_secs_f64()
}

/// Classes with the volumes that count offered contacts.
pub(super) fn offered_classes(rates: &[Option<Rates>]) -> Vec<(ClassId, Offered)> {
    let with = |(i, rates): (usize, &Option<Rates>)| Some((ClassId::from_index(i), rates.as_ref()?.offered?));
    rates.iter().enumerate().filter_map(with).collect()
}
