//! Keys of the way from paid to logged-in hours.

use super::forms::{PART, exactly_one, optional, required, table, up_to};
use crate::scenario::form::{Form, Keys, Limits};

static SHARES_OF_MONTHS: Form = PART;

pub(super) static SHRINKAGE: Keys = table(
    "from paid to logged-in hours, each step a share of what the one above leaves",
    &[
        optional("absence", Form::Table(&ABSENCE), "of paid hours: holiday, illness; default 0"),
        optional("internal", Form::Table(&INTERNAL), "of present hours: off the phone; default 0"),
        optional(
            "adherence",
            Form::Number(Limits {
                low: 0.01,
                high: 1.0,
                is_above_low: false,
                words: "a share from 0.01 to 1",
            }),
            "logged in / rostered; default 1",
        ),
    ],
);

static ABSENCE: Keys = Keys {
    one_of: &[exactly_one(&["share", "by_month"])],
    ..table(
        "of paid hours: holiday, illness",
        &[
            optional("share", PART, "the same all year"),
            optional(
                "by_month",
                Form::List { of: &SHARES_OF_MONTHS, low: 12, high: 12 },
                "twelve shares, January first",
            ),
        ],
    )
};

pub(super) static UNPLANNED_ABSENCE: Keys = table(
    "who does not come though the plan counts on them",
    &[
        required("share", PART, "chance of each rostered person not to come on a day"),
        optional("in_plan", PART, "share that the plan leaves out already; default `share`"),
        optional(
            "site_cv",
            up_to(2.0, "a number from 0 to 2"),
            "spread of a factor of the day on the share, common to the groups of a site; default 0",
        ),
    ],
);

static INTERNAL: Keys = table(
    "of present hours: off the phone",
    &[
        optional("training", PART, "share; default 0"),
        optional("meetings", PART, "share; default 0"),
        optional("coaching", PART, "share; default 0"),
        optional("paid_breaks", PART, "share; default 0"),
    ],
);
