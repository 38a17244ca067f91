//! Keys of hard days.

use super::forms::{NUMBERS, list, optional, required, table};
use crate::scenario::form::Need::Required;
use crate::scenario::form::{
    DURATION, Form, KeyForm, Keys, Kind, NamingAnother, OneOf, POSITIVE, SHARE, SOME_TIME,
};

static ANNOUNCEMENT: Keys = table(
    "what callers are told during an incident",
    &[
        optional("after", DURATION, "from the begin of the incident until it is on air; default 0"),
        optional("deflects", SHARE, "share of fresh contacts that hang up and are not offered; default 0"),
        optional("patience", POSITIVE, "factor on the patience of those who stay; default 1"),
    ],
);

pub(super) static INCIDENT_FORM: Form = Form::Table(&INCIDENT);

static DAY_OF_MONTH: Form = Form::Whole { low: 1, high: 28 };

static INCIDENT: Keys = Keys {
    one_of: &[OneOf {
        keys: &["from", "each_month"],
        need: Required,
        naming_another: NamingAnother::ReplacesKey,
    }],
    ..table(
        "a hard day",
        &[
            optional("name", Form::Text, "shown by `holdtime check`"),
            optional("from", Form::Moment, "when it begins, local time"),
            optional(
                "each_month",
                list(&DAY_OF_MONTH, 1),
                "days of every month at which it begins, at midnight",
            ),
            required("lasts", SOME_TIME, "how long"),
            optional("known_from", Form::Date, "when forecasts of contracts know it; default never"),
            optional("rise", DURATION, "part of `lasts` in which the factor rises from 1; default 0"),
            optional(
                "decay",
                DURATION,
                "half-life of what is left after `lasts`; default 0, it ends at once",
            ),
            optional("announcement", Form::Table(&ANNOUNCEMENT), "what callers are told; default nothing"),
            required(
                "class",
                Form::Map { key: KeyForm::Existing(Kind::Class), each: &NUMBERS },
                "factors on the rates of classes",
            ),
        ],
    )
};
