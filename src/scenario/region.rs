//! The states of Germany: their public holidays and how many people live in each, and where the customers of a class live.
//!
//! Knows no volume and no plan. Invariant: shares of regions sum to 1; a holiday of a state is one of its law that most of
//! its people have.

use jiff::civil::{Date, date};

use super::days::{days_after_easter, is_german_holiday};
use super::diagnostic::Diagnostic;
use super::read::{self, Build};
use super::tree::Node;

/// A state of Germany.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    BadenWuerttemberg,
    Bavaria,
    Berlin,
    Brandenburg,
    Bremen,
    Hamburg,
    Hesse,
    MecklenburgWesternPomerania,
    LowerSaxony,
    NorthRhineWestphalia,
    RhinelandPalatinate,
    Saarland,
    Saxony,
    SaxonyAnhalt,
    SchleswigHolstein,
    Thuringia,
}

use State::{
    BadenWuerttemberg, Bavaria, Berlin, Brandenburg, Bremen, Hamburg, Hesse, LowerSaxony,
    MecklenburgWesternPomerania, NorthRhineWestphalia, RhinelandPalatinate, Saarland, Saxony, SaxonyAnhalt,
    SchleswigHolstein, Thuringia,
};

/// The states by the names that a scenario uses (ISO 3166-2), in the same order as [`STATES`].
pub(super) const REGION_NAMES: [&str; 16] = [
    "DE-BW", "DE-BY", "DE-BE", "DE-BB", "DE-HB", "DE-HH", "DE-HE", "DE-MV", "DE-NI", "DE-NW", "DE-RP",
    "DE-SL", "DE-SN", "DE-ST", "DE-SH", "DE-TH",
];

/// The states, each with its people in units of 100,000 (end of 2023).
const STATES: [(State, f64); 16] = [
    (BadenWuerttemberg, 112.0),
    (Bavaria, 132.0),
    (Berlin, 37.0),
    (Brandenburg, 26.0),
    (Bremen, 7.0),
    (Hamburg, 19.0),
    (Hesse, 63.0),
    (MecklenburgWesternPomerania, 16.0),
    (LowerSaxony, 80.0),
    (NorthRhineWestphalia, 180.0),
    (RhinelandPalatinate, 41.0),
    (Saarland, 10.0),
    (Saxony, 41.0),
    (SaxonyAnhalt, 21.0),
    (SchleswigHolstein, 30.0),
    (Thuringia, 21.0),
];

impl State {
    /// The state with the name that a scenario uses.
    pub(super) fn named(name: &str) -> Option<Self> {
        REGION_NAMES.iter().position(|known| *known == name).map(|i| STATES[i].0)
    }

    /// Whether a day is a public holiday here, the national ones included.
    pub(super) fn is_holiday(self, day: Date) -> bool {
        is_german_holiday(day) || self.is_own_holiday(day)
    }

    fn is_own_holiday(self, day: Date) -> bool {
        let since = |year: i16| day.year() >= year;
        let is_on = |month: i8, d: i8| (day.month(), day.day()) == (month, d);
        let after_easter = days_after_easter(day);
        match self {
            BadenWuerttemberg => is_on(1, 6) || after_easter == Some(60) || is_on(11, 1),
            // Assumption in five of six municipalities.
            Bavaria => is_on(1, 6) || after_easter == Some(60) || is_on(8, 15) || is_on(11, 1),
            Berlin => {
                let liberation = [date(2020, 5, 8), date(2025, 5, 8), date(2028, 6, 17)];
                (is_on(3, 8) && since(2019)) || liberation.contains(&day)
            }
            Brandenburg => matches!(after_easter, Some(0 | 49)) || is_on(10, 31),
            Bremen | Hamburg | LowerSaxony | SchleswigHolstein => is_on(10, 31) && since(2018),
            Hesse => after_easter == Some(60),
            MecklenburgWesternPomerania => (is_on(3, 8) && since(2023)) || is_on(10, 31),
            NorthRhineWestphalia | RhinelandPalatinate => after_easter == Some(60) || is_on(11, 1),
            Saarland => after_easter == Some(60) || is_on(8, 15) || is_on(11, 1),
            Saxony => is_on(10, 31) || day == repentance_day(day.year()),
            SaxonyAnhalt => is_on(1, 6) || is_on(10, 31),
            Thuringia => (is_on(9, 20) && since(2019)) || is_on(10, 31),
        }
    }
}

/// The Wednesday before 23 November.
fn repentance_day(year: i16) -> Date {
    let last = date(year, 11, 22);
    let since_wednesday = (i64::from(super::days::weekday_of(last)) - 2).rem_euclid(7);
    last.saturating_sub(jiff::ToSpan::days(since_wednesday))
}

/// Where people live: places with shares that sum to 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Regions(Vec<(Option<State>, f64)>);

impl Regions {
    /// Somewhere in the country, with its national holidays only.
    pub(super) fn whole_country() -> Self {
        Self(vec![(None, 1.0)])
    }

    /// Each place with its share; `None` is the country as a whole.
    pub(super) fn shares(&self) -> impl Iterator<Item = (Option<State>, f64)> {
        self.0.iter().copied()
    }

    /// The states, or the country where none is named.
    pub(super) fn places(&self) -> impl Iterator<Item = Option<State>> {
        self.0.iter().map(|(state, _)| *state)
    }

    /// Reads a list (shares by population), a table of weights, or a word; `None` if nothing is written or it was refused.
    pub(super) fn read(build: &mut Build, node: Option<&Node>, path: &str) -> Option<Self> {
        let node = node?;
        let weights: Vec<(Option<State>, f64)> = match node.text() {
            Some("all") => STATES.iter().map(|(state, people)| (Some(*state), *people)).collect(),
            Some(_) => return Some(Self::whole_country()),
            None => match node.table() {
                // A name or a number that was refused leaves no shares to go by.
                Some(table) => (table.entries.iter())
                    .map(|entry| {
                        Some((Some(State::named(&entry.key)?), read::not_negative(Some(&entry.node))?))
                    })
                    .collect::<Option<_>>()?,
                None => named(build, node, path)?,
            },
        };
        let sum: f64 = weights.iter().map(|(_, weight)| weight).sum();
        if sum <= 0.0 {
            build.report(
                Diagnostic::error(format!("the shares of `{path}` sum to 0"))
                    .at(node.origin)
                    .allowed("at least one share above 0")
                    .hint("for national holidays only write \"none\""),
            );
            return None;
        }
        let weights = weights.into_iter().filter(|(_, weight)| *weight > 0.0);
        Some(Self(weights.map(|(state, weight)| (state, weight / sum)).collect()))
    }
}

/// The states of a list, by population.
fn named(build: &mut Build, node: &Node, path: &str) -> Option<Vec<(Option<State>, f64)>> {
    let mut weights: Vec<(Option<State>, f64)> = Vec::new();
    for item in node.list()? {
        let state = State::named(item.text()?)?;
        if weights.iter().any(|(known, _)| *known == Some(state)) {
            build.report(
                Diagnostic::error(format!("`{path}` names a region twice"))
                    .at(item.origin)
                    .found(item.show())
                    .allowed("each region once: its people give it its share")
                    .hint("for shares of your own write { \"DE-NW\" = 0.7, \"DE-BY\" = 0.3 }"),
            );
            return None;
        }
        let people = STATES.iter().find(|(known, _)| *known == state).map_or(0.0, |(_, people)| *people);
        weights.push((Some(state), people));
    }
    Some(weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own_holidays(name: &str, year: i16) -> Vec<String> {
        let state = State::named(name).unwrap();
        let days = date(year, 1, 1).series(jiff::ToSpan::day(1)).take_while(|day| day.year() == year);
        days.filter(|day| state.is_own_holiday(*day)).map(|day| day.strftime("%m-%d").to_string()).collect()
    }

    #[test]
    fn the_states_add_their_own_holidays_of_2026_to_the_national_ones() {
        for (name, expected) in [
            ("DE-BW", &["01-06", "06-04", "11-01"][..]),
            ("DE-BY", &["01-06", "06-04", "08-15", "11-01"]),
            ("DE-BE", &["03-08"]),
            ("DE-BB", &["04-05", "05-24", "10-31"]),
            ("DE-HB", &["10-31"]),
            ("DE-HE", &["06-04"]),
            ("DE-MV", &["03-08", "10-31"]),
            ("DE-NW", &["06-04", "11-01"]),
            ("DE-SL", &["06-04", "08-15", "11-01"]),
            ("DE-SN", &["10-31", "11-18"]),
            ("DE-ST", &["01-06", "10-31"]),
            ("DE-TH", &["09-20", "10-31"]),
        ] {
            assert_eq!(own_holidays(name, 2026), expected, "{name}");
        }
    }

    #[test]
    fn holidays_begin_with_their_law() {
        assert!(own_holidays("DE-HH", 2016).is_empty());
        assert_eq!(own_holidays("DE-BE", 2025), ["03-08", "05-08"]);
        assert!(own_holidays("DE-BE", 2018).is_empty());
        assert_eq!(own_holidays("DE-MV", 2022), ["10-31"]);
    }

    #[test]
    fn repentance_day_is_the_wednesday_before_23_november() {
        for (year, day) in [(2022, 16), (2023, 22), (2024, 20), (2025, 19), (2026, 18)] {
            assert_eq!(repentance_day(year), date(year, 11, day));
        }
    }

    #[test]
    fn every_state_has_a_name_of_its_own_and_people() {
        for (i, name) in REGION_NAMES.iter().enumerate() {
            assert_eq!(State::named(name), Some(STATES[i].0));
            assert!(STATES[..i].iter().all(|(state, _)| *state != STATES[i].0));
        }
        let people: f64 = STATES.iter().map(|(_, people)| people).sum();
        assert!((800.0..870.0).contains(&people), "{people}");
    }
}
