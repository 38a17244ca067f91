//! Keys of what changes values: dated changes, global levers, uncertainty, further measures.

use super::forms::{DURATIONS, NUMBERS, TALK_FACTOR, optional, required, table};
use super::law::LAW;
use crate::scenario::form::{Form, KeyForm, Keys, Kind, NOT_NEGATIVE, SHARE};

pub(super) static UNCERTAINTY: Keys = table(
    "standard deviations of factors drawn once for each replication",
    &[
        optional("volume", SHARE, "on all volumes; default 0"),
        optional("talk_time", SHARE, "on all talk times; default 0"),
        optional("patience", SHARE, "on all patience; default 0"),
    ],
);

pub(super) static MEASURE: Keys = table(
    "what is measured beside the usual",
    &[optional(
        "snapshots",
        Form::List { of: &DURATIONS, low: 1, high: 100 },
        "instants since the start at which who waits and who is busy is kept",
    )],
);

pub(super) static CHANGE_FORM: Form = Form::Table(&CHANGE);

static CHANGE: Keys = table(
    "values that are others from a date on",
    &[
        optional("name", Form::Text, "shown by `holdtime check`"),
        required("from", Form::Moment, "from when on, local time"),
        optional("until", Form::Moment, "until when; default to the end"),
        optional(
            "scale",
            Form::Map { key: KeyForm::Path, each: &NUMBERS },
            "factors on values, by path as \"group.NAME.staffing\"",
        ),
        optional(
            "set",
            Form::Map { key: KeyForm::Path, each: &NUMBER_OR_DIST },
            "values in place of others, by path as \"group.NAME.agents\"",
        ),
    ],
);

static NUMBER_OR_DIST: Form = Form::Either(&[NOT_NEGATIVE, LAW]);

pub(super) static SCALE: Keys = table(
    "global levers",
    &[
        optional("volume", NOT_NEGATIVE, "on all fresh rates"),
        optional("talk_time", TALK_FACTOR, "on all talk times"),
        optional("staffing", NOT_NEGATIVE, "on all plans and heads"),
        optional(
            "site",
            Form::Map { key: KeyForm::Existing(Kind::Site), each: &NUMBERS },
            "the same for the groups of a site, on top",
        ),
        optional("patience", TALK_FACTOR, "on all patience"),
        optional("redial", NOT_NEGATIVE, "on all shares that redial"),
        optional("repeat", NOT_NEGATIVE, "on all shares that come back unsolved"),
        optional("transfer", NOT_NEGATIVE, "on all shares that are transferred"),
        optional("absence", NOT_NEGATIVE, "on all shares of persons who stay away unplanned"),
    ],
);
