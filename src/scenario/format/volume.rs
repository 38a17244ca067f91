//! Keys of volumes, their shapes, and how they scatter.

use super::forms::{
    CV, NUMBERS, STEPS, WEEK_TABLE, at_most_one, exactly_one, optional, required, table, up_to,
};
use super::law::DIST_KEYS;
use crate::scenario::form::Need::Required;
use crate::scenario::form::{
    DAY_KEYS, DURATION, Form, Keys, Kind, NOT_NEGATIVE, NamingAnother, OneOf, SHARE, SOME_TIME, TwoWays,
};

pub(super) static PROFILE_FORM: Form = Form::Table(&PROFILE);

static PROFILE: Keys = Keys {
    two_ways: &[TwoWays { one: &["file"], other: &DAY_KEYS }],
    ..table(
        "the shape of a volume over day, week and year",
        &[
            optional("mon", STEPS, "Mondays"),
            optional("tue", STEPS, "Tuesdays"),
            optional("wed", STEPS, "Wednesdays"),
            optional("thu", STEPS, "Thursdays"),
            optional("fri", STEPS, "Fridays"),
            optional("sat", STEPS, "Saturdays"),
            optional("sun", STEPS, "Sundays"),
            optional("mon_fri", STEPS, "Mondays to Fridays"),
            optional("mon_sat", STEPS, "Mondays to Saturdays"),
            optional("sat_sun", STEPS, "Saturdays and Sundays"),
            optional("all", STEPS, "all days"),
            optional("holiday", STEPS, "holidays; default the Sunday's"),
            optional("weekday", Form::List { of: &NUMBERS, low: 7, high: 7 }, "seven factors, Monday first"),
            optional(
                "month",
                Form::List { of: &NUMBERS, low: 12, high: 12 },
                "twelve factors, January first",
            ),
            optional(
                "file",
                Form::CsvPath,
                "CSV with a row per step and a column per day key, in place of day keys here",
            ),
        ],
    )
};

/// Volumes that a profile gives their shape.
pub(in crate::scenario) const SHAPED: [&str; 3] = ["fresh_per_year", "fresh_per_day", "offered_per_year"];

pub(super) static VOLUME: Keys = Keys {
    one_of: &[
        OneOf {
            keys: &["fresh_per_year", "fresh_per_day", "per_hour", "per_minute", "rate", "offered_per_year"],
            need: Required,
            naming_another: NamingAnother::KeepsSome { among: &SHAPED, kept: &["profile", "shape"] },
        },
        at_most_one(&["profile", "shape"]),
    ],
    ..table(
        "where fresh contacts come from",
        &[
            optional("fresh_per_year", NOT_NEGATIVE, "expected fresh contacts of a calendar year"),
            optional("fresh_per_day", NOT_NEGATIVE, "expected fresh contacts of a mean day"),
            optional(
                "per_hour",
                Form::Either(&[NOT_NEGATIVE, STEPS, WEEK_TABLE]),
                "rate, constant, in equal steps over the horizon, or by weekday and time",
            ),
            optional(
                "per_minute",
                Form::Either(&[NOT_NEGATIVE, STEPS]),
                "rate, constant or in equal steps over the horizon",
            ),
            optional("rate", Form::Table(&RATE), "a rate that swings around its mean"),
            optional("offered_per_year", NOT_NEGATIVE, "turned into fresh contacts by `reference`"),
            optional(
                "reference",
                Form::Table(&REFERENCE),
                "the abandonment that `offered_per_year` was counted at",
            ),
            optional("profile", Form::Name(Kind::Profile), "shape over day, week and year"),
            optional("shape", STEPS, "shape of every day, in equal steps"),
        ],
    )
};

static RATE: Keys = Keys {
    one_of: &[exactly_one(&["mean_per_hour", "mean_per_minute"])],
    ..table(
        "a rate that swings around its mean",
        &[
            optional("mean_per_hour", NOT_NEGATIVE, "mean over a period, an hour"),
            optional("mean_per_minute", NOT_NEGATIVE, "mean over a period, a minute"),
            required("sine", Form::Table(&SINE), "how it swings"),
        ],
    )
};

static SINE: Keys = table(
    "a sine",
    &[
        required("amplitude", SHARE, "how far the rate goes above and below its mean, as a share of it"),
        required("period", SOME_TIME, "from one peak to the next"),
        optional(
            "peak",
            DURATION,
            "when the rate is highest, from the start; default a quarter of the period",
        ),
    ],
);

pub(super) static ARRIVALS: Keys = table(
    "how arrivals scatter",
    &[required(
        "renewal",
        Form::Table(&DIST_KEYS),
        "one after the other, with gaps of this law; the rate sets their mean",
    )],
);

static REFERENCE: Keys = table(
    "where a count of offered contacts was taken",
    &[required("abandonment", SHARE, "share abandoned")],
);

pub(super) static VARIATION: Keys =
    table("variation beyond chance", &[required("cv", CV, "coefficient of variation")]);

pub(super) static DAY_VARIATION: Keys = table(
    "variation of whole days",
    &[
        required("cv", CV, "coefficient of variation"),
        optional("common", SHARE, "share of the variance that all classes have in common; default 1"),
        optional("lag1", LAG1, "correlation of one day and the next; default 0"),
    ],
);

/// Beyond it a day would remember more than a year.
const LAG1: Form = up_to(0.95, "a number from 0 to 0.95");
