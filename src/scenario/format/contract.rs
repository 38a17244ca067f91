//! Keys of a contract.

use super::forms::{EUR, NONE, choice, optional, required, table, up_to};
use crate::scenario::form::{DURATION, Form, Keys, SHARE, SOME_TIME};

pub(super) static CONTRACT_FORM: Form = Form::Table(&CONTRACT);

static CONTRACT: Keys = table(
    "how a partner is paid, in EUR; the parts add up",
    &[
        optional("per_minute", EUR, "a minute of handling"),
        optional("per_call", EUR, "an answered visit"),
        optional("per_hour", EUR, "a logged-in hour"),
        optional("per_resolved_case", EUR, "a visit that solved its case"),
        optional(
            "settle",
            choice(&["month"], &[]),
            "an invoice a calendar month; default where a term below is written",
        ),
        optional(
            "minimum",
            up_to(10.0, "a number from 0 to 10"),
            "share of the forecast that is paid at least; default 0",
        ),
        optional("lock", DURATION, "before a month begins, its forecast is locked; default 0s"),
        optional(
            "volume_band",
            Form::Either(&[Form::Table(&VOLUME_BAND), NONE]),
            "another price far above the forecast",
        ),
        optional("service_level", Form::Table(&CONTRACT_LEVEL), "what bonus and penalty look at"),
        optional("bonus", Form::Either(&[Form::Table(&BONUS), NONE]), "more for a good month"),
        optional("penalty", Form::Either(&[Form::Table(&PENALTY), NONE]), "less for a bad month"),
        optional(
            "same_case",
            Form::Either(&[SOME_TIME, NONE]),
            "no `per_call` for a case answered here less than this ago",
        ),
    ],
);

static VOLUME_BAND: Keys = table(
    "another price far above the forecast",
    &[
        required(
            "above",
            up_to(10.0, "a number from 0 to 10"),
            "share of the forecast from which on it holds",
        ),
        required("factor", up_to(10.0, "a number from 0 to 10"), "on the prices of what lies above"),
    ],
);

static CONTRACT_LEVEL: Keys = table(
    "the service level of a contract",
    &[
        optional("within", DURATION, "acceptable waiting time; default 20s"),
        optional(
            "of",
            choice(&["entered_less_short", "entered", "answered"], &["offered"]),
            "base of the share; default entered_less_short",
        ),
        optional("short", DURATION, "who leaves sooner is not in the base `entered_less_short`; default 5s"),
    ],
);

static BONUS: Keys = table(
    "more for a good month",
    &[
        required("above", SHARE, "service level of the month, at least"),
        required("share", SHARE, "of the month's other lines"),
    ],
);

static PENALTY: Keys = table(
    "less for a bad month",
    &[
        required("below", SHARE, "service level of the month, less than"),
        required("share", SHARE, "of the month's other lines"),
    ],
);
