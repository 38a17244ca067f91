//! Keys of a promise to call back, wherever it is made.

use super::forms::{choice, optional, required, table};
use crate::scenario::form::{DURATION, Form, Keys, Kind, SHARE, SOME_TIME};

/// The keys of a promise to call back, wherever it is made.
macro_rules! callback_keys {
    ($($more:expr),*) => {
        &[
            required("group", Form::Name(Kind::Group), "who calls"),
            optional("due", DURATION, "kept if reached within; default 4h"),
            optional("attempts", Form::Whole { low: 1, high: 100 }, "default 3"),
            optional("every", SOME_TIME, "between attempts; default 2h"),
            optional("reached", SHARE, "probability that an attempt reaches the customer; default 0.7"),
            optional("dialling", SOME_TIME, "time of an attempt that reaches nobody; default 30s"),
            $($more),*
        ]
    };
}

pub(super) static CALLBACK_OFFER: Keys = table(
    "a call back for those who would have to wait",
    callback_keys!(
        required("accept", SHARE, "share of those who hear the offer that accepts"),
        optional("when", Form::Table(&OFFERED_WHEN), "offered only while all of it holds; default always")
    ),
);

pub(super) const PREDICTOR: Form = choice(&["queue_length", "last_served", "head_of_line"], &[]);

static OFFERED_WHEN: Keys = table(
    "when a call back is offered",
    &[
        optional("nobody_idle", Form::Flag, "nobody is idle in any tier, later ones included; default false"),
        optional(
            "waiting_at_least",
            Form::Whole { low: 1, high: 1_000_000 },
            "so many wait in the queue, the customer included; default 1",
        ),
        optional("expected_wait_above", DURATION, "the expected wait is longer"),
        optional("predictor", PREDICTOR, "how the wait is expected; default queue_length"),
    ],
);

pub(super) static CALLBACK: Keys = table("a group calls back", callback_keys!());
