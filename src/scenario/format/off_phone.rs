//! Keys of training, meetings and other paid work off the phone.

use super::forms::{choice, count, list, optional, required, table};
use super::shifts::{DAY_TEXT, TIME_TEXT};
use crate::scenario::form::Need::Required;
use crate::scenario::form::{Form, Keys, NamingAnother, OneOf, SHARE, SOME_TIME};

pub(super) static OFF_PHONE_FORM: Form = Form::Table(&OFF_PHONE);

static OFF_PHONE: Keys = Keys {
    one_of: &[OneOf {
        keys: &["persons", "share"],
        need: Required,
        naming_another: NamingAnother::ReplacesKey,
    }],
    ..table(
        "training, meetings and other work off the phone",
        &[
            required("name", Form::Text, "what it is"),
            optional(
                "days",
                Form::Either(&[Form::DayText, list(&DAY_TEXT, 1)]),
                "on which days; default all",
            ),
            required(
                "within",
                Form::List { of: &TIME_TEXT, low: 2, high: 2 },
                "from and to when it lies, local time; a second one not later is on the next day",
            ),
            required("lasts", SOME_TIME, "how long each person is away"),
            optional("persons", count(1), "how many take part on such a day"),
            optional("share", SHARE, "how many, as a share of the largest plan in the window"),
            optional("at_most", count(1), "so many are away for it at once; default no limit"),
            optional(
                "on_phone_at_least",
                count(0),
                "nobody begins if fewer than this would be left of the plan; default 0",
            ),
            optional(
                "taken",
                choice(&["fixed", "when_calm"], &[]),
                "as soon as the window opens, or while nobody waits; default fixed",
            ),
        ],
    )
};
