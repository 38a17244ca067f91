//! Keys of rules for all groups.

use super::forms::{NONE, optional, table};
use super::pressure::PRESSURE;
use super::shrinkage::{SHRINKAGE, UNPLANNED_ABSENCE};
use super::transfer::TRANSFER_LIMIT;
use crate::scenario::form::{Form, Keys};

pub(super) static POLICY: Keys = Keys {
    later: &["matching"],
    ..table(
        "rules for all groups",
        &[
            optional(
                "transfer_limit",
                Form::Either(&[Form::Table(&TRANSFER_LIMIT), NONE]),
                "most transfers; default without limit",
            ),
            optional(
                "pressure",
                Form::Either(&[Form::Table(&PRESSURE), NONE]),
                "what shortens handling; default nothing",
            ),
            optional(
                "shrinkage",
                Form::Either(&[Form::Table(&SHRINKAGE), NONE]),
                "from paid to logged-in hours; default none",
            ),
            optional(
                "unplanned_absence",
                Form::Either(&[Form::Table(&UNPLANNED_ABSENCE), NONE]),
                "who does not come though the plan counts on them; default nobody",
            ),
        ],
    )
};
