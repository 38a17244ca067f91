//! Keys of a site.

use super::forms::{EUR, NONE, choice, optional, required, table, up_to};
use crate::scenario::form::{Form, Keys};
use crate::scenario::region::REGION_NAMES;

pub(super) static SITE_FORM: Form = Form::Table(&SITE);

static SITE: Keys = Keys {
    later: &["open"],
    ..table(
        "a site",
        &[
            required("sourcing", choice(&["in_house", "outsourced"], &[]), "who employs the agents"),
            optional("business_unit", Form::Text, "for reports"),
            optional("region", choice(&REGION_NAMES, &[]), "whose holidays its plans know"),
            optional("cost_per_paid_hour", EUR, "EUR, default of the site's groups"),
            optional(
                "surcharge",
                Form::Either(&[Form::Table(&SURCHARGE), NONE]),
                "on the hourly cost at some times; default none",
            ),
        ],
    )
};

const SURPLUS: Form = up_to(10.0, "a number from 0 to 10");

pub(super) static SURCHARGE: Keys = table(
    "on the hourly cost at some times, as shares of it",
    &[
        optional("night", SURPLUS, "from 22:00 to 06:00; default 0"),
        optional("sunday", SURPLUS, "on Sundays; default 0"),
        optional(
            "holiday",
            SURPLUS,
            "on holidays of the site's region, in place of Sunday's if that is less; default 0",
        ),
        optional("overtime", SURPLUS, "hours logged in beyond the plan; default 0"),
    ],
);
