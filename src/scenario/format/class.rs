//! Keys of a class.

use super::calendar::REGIONS;
use super::callback::{CALLBACK, CALLBACK_OFFER, PREDICTOR};
use super::forms::{
    CLASS_NAME_FORM, COUNT_OR_UNLIMITED, NONE, POINT, choice, exactly_one, list, optional, required, table,
};
use super::law::{LAW, LAW_OR_INFINITE};
use super::returns::{REDIAL, REPEAT};
use super::target::TARGET;
use super::transfer::{CONSULT_FORM, TRANSFER_FORM};
use super::volume::{ARRIVALS, VARIATION, VOLUME};
use crate::scenario::checked::MOST_SERVICE_LEVELS;
use crate::scenario::form::Need::Required;
use crate::scenario::form::{
    DURATION, Form, KeyForm, Keys, NOT_NEGATIVE, NamingAnother, OneOf, SHARE, SOME_TIME,
};

pub(super) static CLASS_FORM: Form = Form::Table(&CLASS);

static CLASS: Keys = Keys {
    later: &["out", "channel", "concurrency", "chat", "mail", "hold", "due", "turnaround"],
    one_of: &[OneOf {
        keys: &["volume", "backlog"],
        need: Required,
        naming_another: NamingAnother::ReplacesKey,
    }],
    ..table(
        "a class of contacts",
        &[
            optional("like", CLASS_NAME_FORM, "copy another class, then differ"),
            optional("enabled", Form::Flag, "`false` takes the class out"),
            optional("business_unit", Form::Text, "for reports"),
            optional("regions", REGIONS, "where its customers live; default as the calendar's"),
            optional("volume", Form::Table(&VOLUME), "fresh contacts"),
            optional(
                "backlog",
                choice(&["endless"], &[]),
                "in place of a volume: one more contact always waits",
            ),
            optional(
                "arrivals",
                Form::Either(&[choice(&["poisson", "fixed_total"], &[]), Form::Table(&ARRIVALS)]),
                "how arrivals scatter; default poisson",
            ),
            optional(
                "answer_delay",
                DURATION,
                "ringing: an agent is taken, the customer still waits and may give up; default 0",
            ),
            required("talk_time", LAW, "talk time"),
            optional("after_call_work", LAW, "work after the talk; default 0"),
            optional("patience", LAW_OR_INFINITE, "how long customers wait; default for ever"),
            optional(
                "balking",
                Form::Either(&[SHARE, Form::Table(&BALKING)]),
                "share that leaves at once if nobody is idle; default 0",
            ),
            optional(
                "waiting_places",
                COUNT_OR_UNLIMITED,
                "most customers that wait in the class at once; default without limit",
            ),
            optional(
                "max_wait",
                Form::Either(&[Form::Table(&MAX_WAIT), NONE]),
                "the longest wait and what follows it; default without limit",
            ),
            optional(
                "callback_offer",
                Form::Either(&[Form::Table(&CALLBACK_OFFER), NONE]),
                "a call back for those who would have to wait; default none",
            ),
            optional(
                "open",
                OPEN_OR_ALWAYS,
                "opening hours by kind of day; other days are closed; default always",
            ),
            optional(
                "at_closing",
                choice(&["serve", "disconnect"], &[]),
                "who waits at closing; default `serve`",
            ),
            optional(
                "after_hours",
                choice(&["refuse", "queue"], &[]),
                "who comes while the class is closed; default `refuse`",
            ),
            optional("resolution", SHARE, "probability that an answered contact solves the case; default 1"),
            optional(
                "service_levels",
                Form::List { of: &SERVICE_LEVEL_FORM, low: 1, high: MOST_SERVICE_LEVELS },
                "default [\"80/20\"]",
            ),
            optional(
                "redial",
                Form::Either(&[Form::Table(&REDIAL), NONE]),
                "new attempts after unanswered ones; default none",
            ),
            optional(
                "repeat",
                Form::Either(&[Form::Table(&REPEAT), NONE]),
                "new contacts of unsolved cases; default none",
            ),
            optional(
                "transfer",
                list(&TRANSFER_FORM, 0),
                "where talk may end in a transfer; default nowhere",
            ),
            optional("consult", list(&CONSULT_FORM, 0), "whom agents ask at the end of talk; default nobody"),
            optional(
                "order",
                choice(&["fifo", "lifo", "random"], &[]),
                "who is first in the queue of the class; default fifo",
            ),
            optional("score", Form::Table(&SCORE), "which class is first among those of a tier of `takes`"),
            optional("day_variation", Form::Table(&VARIATION), "in place of the scenario's"),
            optional("interval_variation", Form::Table(&VARIATION), "in place of the scenario's"),
            optional("target", Form::Table(&TARGET), "what \"met\" means for this class"),
        ],
    )
};

static SERVICE_LEVEL_FORM: Form = Form::Either(&[Form::ServiceLevelText, Form::Table(&SERVICE_LEVEL)]);

pub(super) const BASES: Form = choice(&["entered_less_short", "entered", "answered", "offered"], &[]);

static SERVICE_LEVEL: Keys = table(
    "a service level",
    &[
        required("share", SHARE, "share wanted"),
        required("within", DURATION, "acceptable waiting time"),
        optional("of", BASES, "base of the share; default entered_less_short"),
        optional("short", DURATION, "who leaves sooner is not in the base `entered_less_short`; default 5s"),
    ],
);

const OPEN_OR_ALWAYS: Form =
    Form::Either(&[Form::Map { key: KeyForm::Day, each: &HOURS }, choice(&["always"], &[])]);

static HOURS: Form =
    Form::Either(&[Form::HoursText, Form::List { of: &HOURS_TEXT, low: 1, high: usize::MAX }]);

static HOURS_TEXT: Form = Form::HoursText;

static MAX_WAIT: Keys = table(
    "the longest wait and what follows it",
    &[
        required("after", SOME_TIME, "the longest wait"),
        required(
            "then",
            Form::Either(&[choice(&["message", "disconnect"], &[]), Form::Table(&AFTER_MAX_WAIT)]),
            "what follows",
        ),
    ],
);

static AFTER_MAX_WAIT: Keys = Keys {
    one_of: &[exactly_one(&["class", "callback"])],
    ..table(
        "another class or a call back",
        &[
            optional("class", CLASS_NAME_FORM, "the customer enters this class"),
            optional("callback", Form::Table(&CALLBACK), "the customer hangs up and is called back"),
        ],
    )
};

static SCORE: Keys = table(
    "what a waiting visit scores; the highest is first",
    &[
        optional("base", NOT_NEGATIVE, "from the beginning; default 0"),
        optional("per_second", NOT_NEGATIVE, "for each second of wait; default 1"),
        optional("after_transfer", NOT_NEGATIVE, "once, after a transfer or escalation; default 0"),
    ],
);

static BALKING: Keys = Keys {
    one_of: &[exactly_one(&["waiting", "expected_wait"])],
    ..table(
        "who leaves at once if nobody is idle, by what would lie ahead",
        &[
            optional("waiting", list(&POINT, 1), "points (so many wait, the customer included; share)"),
            optional("expected_wait", list(&POINT, 1), "points (seconds; share)"),
            optional("predictor", PREDICTOR, "how the wait is expected; default queue_length"),
        ],
    )
};
