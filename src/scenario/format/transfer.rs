//! Keys of transfers, consultation, and the limit on transfers.

use super::callback::CALLBACK;
use super::forms::{
    CLASS_NAME_FORM, COUNT_OR_UNLIMITED, GROUP_NAME_FORM, NONE, choice, exactly_one, optional, required,
    table, up_to,
};
use super::law::DIST_KEYS;
use crate::scenario::form::{Form, Keys, SHARE};

pub(super) static TRANSFER_FORM: Form = Form::Table(&TRANSFER);

static WARM: Keys = table(
    "the agent introduces the customer",
    &[required("time", Form::Table(&DIST_KEYS), "how long both agents are busy")],
);

pub(super) static CONSULT_FORM: Form = Form::Table(&CONSULT);

static CONSULT: Keys = table(
    "a second agent joins at the end of talk",
    &[
        required("group", GROUP_NAME_FORM, "whose agent; nobody idle: the talk ends without"),
        required("probability", SHARE, "that one is wanted"),
        required("time", Form::Table(&DIST_KEYS), "how long both agents are busy"),
    ],
);

static TRANSFER: Keys = table(
    "a transfer at the end of talk",
    &[
        required("to", CLASS_NAME_FORM, "the class entered"),
        required("probability", SHARE, "of a transfer there"),
        optional("from", GROUP_NAME_FORM, "only visits that this group has answered; default all"),
        optional(
            "place",
            choice(&["end", "front", "by_first_wait"], &[]),
            "where the customer joins the queue; default `end`",
        ),
        optional(
            "patience",
            choice(&["new", "rest"], &[]),
            "drawn anew, or what is left of the contact's first; default `new`",
        ),
        optional(
            "warm",
            Form::Either(&[Form::Table(&WARM), NONE]),
            "the agent introduces the customer to who takes the visit; default none",
        ),
    ],
);

pub(super) static TRANSFER_LIMIT: Keys = table(
    "the most transfers",
    &[
        optional("per_contact", COUNT_OR_UNLIMITED, "most transfers of one contact; default without limit"),
        optional("per_case", COUNT_OR_UNLIMITED, "most transfers of one case; default without limit"),
        optional("at_limit", Form::Table(&AT_LIMIT), "when one more is wanted; default `keep`"),
    ],
);

static AT_LIMIT: Keys = Keys {
    one_of: &[exactly_one(&["keep", "callback", "escalate", "drop"])],
    ..table(
        "what happens when one more transfer is wanted",
        &[
            optional("keep", Form::Table(&KEEP), "the agent keeps the contact"),
            optional("callback", Form::Table(&CALLBACK), "a group calls back"),
            optional("escalate", Form::Table(&ESCALATE), "the contact enters a named class all the same"),
            optional("drop", Form::Table(&DROP), "the contact ends unsolved"),
        ],
    )
};

static KEEP: Keys = table(
    "the agent keeps the contact",
    &[
        optional(
            "extra_talk",
            up_to(1000.0, "a number from 0 to 1000"),
            "as a share of the talk drawn; default 0.3",
        ),
        optional("resolution", SHARE, "default 0.6"),
    ],
);

static ESCALATE: Keys =
    table("the contact enters a named class", &[required("to", CLASS_NAME_FORM, "the class")]);

static DROP: Keys = table("the contact ends unsolved", &[]);
