//! Keys of routing and of telephone lines.

use super::callback::PREDICTOR;
use super::forms::{
    CLASS_NAME, COUNT_OR_UNLIMITED, GROUP_NAME, choice, count, exactly_one, list, optional, required, table,
};
use crate::scenario::form::{DURATION, Form, KeyForm, Keys, SHARE};

pub(super) static ROUTING_FORM: Form = Form::Table(&ROUTING);

static ROUTING: Keys = Keys {
    one_of: &[exactly_one(&["tier", "split"])],
    ..table(
        "which groups a class is offered to",
        &[
            optional("tier", list(&TIER_FORM, 1), "groups to try, best first"),
            optional(
                "split",
                Form::Map { key: KeyForm::New, each: &BRANCH_FORM },
                "fixed shares, each with its tiers",
            ),
        ],
    )
};

static BRANCH_FORM: Form = Form::Table(&BRANCH);

static BRANCH: Keys = table(
    "a share of a class",
    &[
        required("share", SHARE, "of the visits entering the class; all shares sum to 1"),
        required("tier", list(&TIER_FORM, 1), "groups to try, best first"),
    ],
);

static TIER_FORM: Form = Form::Table(&TIER);

static TIER: Keys = table(
    "groups of equal rank",
    &[
        required("groups", list(&GROUP_NAME, 1), "names of groups"),
        optional("after", DURATION, "offered from this wait on; default 0"),
        optional(
            "choose",
            choice(
                &["longest_idle", "random_agent", "least_occupied", "most_specialised", "idle_share"],
                &[],
            ),
            "which idle agent of the tier; default longest_idle",
        ),
        optional("when", Form::Table(&WHEN), "takes visits only while this holds"),
    ],
);

static WHEN: Keys = table(
    "when a tier takes visits: while all of it holds",
    &[
        optional(
            "waiting_at_least",
            Form::Whole { low: 1, high: 1_000_000 },
            "so many wait in the queue, whom it takes included; default 1",
        ),
        optional("expected_wait_above", DURATION, "a longer wait is expected without the tier"),
        optional("predictor", PREDICTOR, "how the wait is expected; default queue_length"),
    ],
);

pub(super) static LINES_FORM: Form = Form::Table(&LINES);

static LINES: Keys = table(
    "a pool of telephone lines",
    &[
        optional(
            "classes",
            list(&CLASS_NAME, 1),
            "classes that share the lines; default all that are in no other pool",
        ),
        required("lines", count(0), "contacts that may wait and talk at once"),
        optional(
            "waiting_places",
            COUNT_OR_UNLIMITED,
            "most customers that wait in these classes at once; default as many as lines",
        ),
    ],
);
