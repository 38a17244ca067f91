//! Keys of targets.

use super::class::BASES;
use super::forms::{NONE, choice, optional, required, table};
use crate::scenario::form::{DURATION, Form, Keys, SHARE};

const PERIODS: Form = choice(&["interval", "day", "week", "month", "year"], &[]);

pub(super) static TARGET: Keys = table(
    "what \"met\" means",
    &[
        optional("service_level", Form::Either(&[Form::Table(&SERVICE_LEVEL_TARGET), NONE]), "at least"),
        optional("abandonment", Form::Either(&[Form::Table(&SHARE_TARGET), NONE]), "at most"),
        optional("occupancy", Form::Either(&[Form::Table(&SHARE_TARGET), NONE]), "at most"),
        optional("asa", Form::Either(&[Form::Table(&ASA_TARGET), NONE]), "at most"),
    ],
);

static SERVICE_LEVEL_TARGET: Keys = table(
    "a service level wanted",
    &[
        required("at_least", SHARE, "share wanted"),
        optional("within", DURATION, "default that of the class's first level"),
        optional("of", BASES, "default as the level that it is"),
        optional("short", DURATION, "default 5s"),
        optional("per", PERIODS, "the period in which it is judged; default day"),
    ],
);

static SHARE_TARGET: Keys = table(
    "a share allowed",
    &[
        required("at_most", SHARE, "share allowed"),
        optional("per", PERIODS, "the period in which it is judged; default day"),
    ],
);

static ASA_TARGET: Keys = table(
    "a mean wait allowed",
    &[
        required("at_most", DURATION, "mean wait of answered visits"),
        optional("per", PERIODS, "the period in which it is judged; default day"),
    ],
);
