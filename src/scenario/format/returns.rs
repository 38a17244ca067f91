//! Keys of who comes back: redials, repeats, the limits of a case.

use super::forms::{CLASS_NAME_FORM, NONE, choice, list, optional, required, table};
use super::law::DIST_KEYS;
use crate::scenario::form::{DURATION, Form, Keys, SHARE};

pub(super) static REDIAL: Keys = table(
    "new attempts after unanswered ones",
    &[
        optional("after_abandon", REDIAL_RULE_OR_NONE, "after abandoning"),
        optional("after_busy", REDIAL_RULE_OR_NONE, "after finding no line, or no waiting place"),
        optional(
            "after_closed",
            REDIAL_RULE_OR_NONE,
            "after being disconnected, or refused while the class is closed",
        ),
        optional("keeps", list(&KEPT, 0), "what a redial has of the case's first contact; default nothing"),
    ],
);

static KEPT: Form = choice(&["patience", "talk_time", "after_call_work"], &[]);

const REDIAL_RULE_OR_NONE: Form = Form::Either(&[Form::Table(&REDIAL_RULE), NONE]);

static REDIAL_RULE: Keys = table(
    "a redial rule",
    &[
        required("first", SHARE, "probability after the first unanswered attempt in a row"),
        optional("later", SHARE, "probability after each later one; default as `first`"),
        required("delay", Form::Table(&DIST_KEYS), "until the next attempt"),
        optional("delay_runs", DELAY_RUNS, DELAY_RUNS_IS),
        optional("class", CLASS_NAME_FORM, "the class dialled; default the one in which the attempt ended"),
    ],
);

const DELAY_RUNS: Form = choice(&["always", "while_open"], &[]);
const DELAY_RUNS_IS: &str =
    "when the delay passes: at any time, or only while the class dialled is open; default always";

pub(super) static REPEAT: Keys = table(
    "new contacts of unsolved cases",
    &[
        required("probability", SHARE, "that the customer comes back"),
        required("delay", Form::Table(&DIST_KEYS), "until the next contact"),
        optional("delay_runs", DELAY_RUNS, DELAY_RUNS_IS),
        optional("class", CLASS_NAME_FORM, "the class of the next contact; default that of the case's first"),
    ],
);

pub(super) static CASE: Keys = table(
    "limits of a case",
    &[
        optional(
            "contacts",
            Form::Whole { low: 1, high: 1000 },
            "a customer gives up after so many; default 10",
        ),
        optional("window", DURATION, "a contact within this span counts as a return; default 7d"),
    ],
);
