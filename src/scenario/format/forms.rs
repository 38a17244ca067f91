//! Forms that several tables of keys share, and how a table is written down.

use crate::scenario::form::Need::{Optional, Required};
use crate::scenario::form::{
    DURATION, Form, Key, KeyForm, Keys, Kind, Limits, NOT_NEGATIVE, NamingAnother, Need, OneOf, POSITIVE,
    SOME_TIME,
};

const fn key(name: &'static str, form: Form, need: Need, about: &'static str) -> Key {
    Key { name, form, need, about }
}

pub(super) const fn optional(name: &'static str, form: Form, about: &'static str) -> Key {
    key(name, form, Optional, about)
}

pub(super) const fn required(name: &'static str, form: Form, about: &'static str) -> Key {
    key(name, form, Required, about)
}

/// Exactly one of the keys; an overlay that names another replaces the table.
pub(super) const fn exactly_one(keys: &'static [&'static str]) -> OneOf {
    OneOf { keys, need: Required, naming_another: NamingAnother::ReplacesTable }
}

/// At most one of the keys; an overlay that names another replaces the key.
pub(super) const fn at_most_one(keys: &'static [&'static str]) -> OneOf {
    OneOf { keys, need: Optional, naming_another: NamingAnother::ReplacesKey }
}

pub(super) const fn table(about: &'static str, keys: &'static [Key]) -> Keys {
    Keys { about, keys, later: &[], one_of: &[], two_ways: &[] }
}

pub(super) const fn count(low: u64) -> Form {
    Form::Whole { low, high: u32::MAX as u64 }
}

pub(super) const fn choice(now: &'static [&'static str], later: &'static [&'static str]) -> Form {
    Form::Choice { now, later }
}

pub(super) const fn list(of: &'static Form, low: usize) -> Form {
    Form::List { of, low, high: usize::MAX }
}

pub(super) const fn up_to(high: f64, words: &'static str) -> Form {
    Form::Number(Limits { low: 0.0, high, is_above_low: false, words })
}

/// As far as a gamma law goes.
pub(super) const CV: Form = up_to(100.0, "a number from 0 to 100");

pub(super) const EUR: Form = up_to(1e6, "EUR, from 0 to 1,000,000");

/// Factors of talk times.
pub(super) const TALK_FACTOR: Form = Form::Number(Limits {
    low: 0.0,
    high: 1000.0,
    is_above_low: true,
    words: "a factor above 0, at most 1000",
});

/// The word lets an overlay take away what its base has.
pub(super) const NONE: Form = choice(&["none"], &[]);

pub(super) static NUMBERS: Form = NOT_NEGATIVE;

pub(super) static DURATIONS: Form = DURATION;

pub(super) static CLASS_NAME: Form = Form::Name(Kind::Class);

pub(super) static CLASS_NAMES: Form = list(&CLASS_NAME, 1);

pub(super) const GROUP_NAME_FORM: Form = Form::Name(Kind::Group);

pub(super) static GROUP_NAME: Form = Form::Name(Kind::Group);

/// `{ "08:00" = 5, "18:00" = 0 }`: from that time on.
static BY_TIME: Form = Form::Map { key: KeyForm::Time, each: &NUMBERS };

/// `{ mon_fri = { "08:00" = 5, "18:00" = 0 } }`.
pub(super) const WEEK_TABLE: Form = Form::Map { key: KeyForm::Day, each: &BY_TIME };

pub(super) const STEPS: Form = list(&NUMBERS, 1);

pub(super) const CLASS_NAME_FORM: Form = Form::Name(Kind::Class);

/// Something is left of an hour.
pub(super) const PART: Form = up_to(0.99, "a share from 0 to 0.99");

/// The word lets an overlay take a limit away.
pub(super) const COUNT_OR_UNLIMITED: Form = Form::Either(&[count(0), choice(&["unlimited"], &[])]);

pub(super) static SOME_TIMES: Form = SOME_TIME;

pub(super) static POSITIVES: Form = POSITIVE;

pub(super) static POINT: Form = Form::List { of: &NUMBERS, low: 2, high: 2 };
