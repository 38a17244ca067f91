//! Keys of shifts and their breaks.

use super::forms::{choice, list, optional, required, table, up_to};
use crate::scenario::form::Need::Required;
use crate::scenario::form::{Form, Keys, NamingAnother, OneOf, SOME_TIME};

pub(super) static SHIFT_FORM: Form = Form::Table(&SHIFT);

static SHIFT: Keys = Keys {
    one_of: &[OneOf { keys: &["lasts", "to"], need: Required, naming_another: NamingAnother::ReplacesKey }],
    ..table(
        "persons who log in and out together",
        &[
            required("from", Form::TimeText, "when they log in, local time"),
            optional("lasts", SOME_TIME, "how long, at most 24h"),
            optional(
                "to",
                Form::TimeText,
                "when they log out, local time; not after `from`: on the next day",
            ),
            required("agents", up_to(10_000.0, "a number from 0 to 10,000"), "how many"),
            optional(
                "days",
                Form::Either(&[Form::DayText, list(&DAY_TEXT, 1)]),
                "on which days the shift begins; default all",
            ),
            optional("breaks", list(&BREAK_FORM, 1), "when each person is away; default never"),
        ],
    )
};

pub(super) static DAY_TEXT: Form = Form::DayText;

static BREAK_FORM: Form = Form::Table(&BREAK);

static BREAK: Keys = Keys {
    one_of: &[OneOf { keys: &["at", "within"], need: Required, naming_another: NamingAnother::ReplacesKey }],
    ..table(
        "when each person is away",
        &[
            optional("at", Form::TimeText, "when it begins, local time"),
            optional(
                "within",
                Form::List { of: &TIME_TEXT, low: 2, high: 2 },
                "from and to when it lies, local time",
            ),
            required("lasts", SOME_TIME, "how long"),
            optional(
                "taken",
                choice(&["staggered", "when_calm"], &[]),
                "evenly over the window, one after another; or when nobody waits; default staggered",
            ),
        ],
    )
};

pub(super) static TIME_TEXT: Form = Form::TimeText;
