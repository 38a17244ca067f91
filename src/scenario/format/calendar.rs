//! Keys of the calendar.

use super::forms::{NUMBERS, choice, list, optional, table};
use crate::scenario::form::{Form, KeyForm, Keys, NOT_NEGATIVE};
use crate::scenario::region::REGION_NAMES;

static DATES: Form = Form::Date;

pub(super) static CALENDAR: Keys = table(
    "holidays and factors of single dates",
    &[
        optional(
            "holidays",
            choice(&["DE", "none"], &["AT", "CH"]),
            "public holidays of a country, any year",
        ),
        optional("regions", REGIONS, "where customers live; default national holidays only"),
        optional("holiday_dates", list(&DATES, 0), "further holidays, of everybody"),
        optional("holiday", NOT_NEGATIVE, "volume of a holiday as a factor of the mean day"),
        optional(
            "dated",
            Form::Map { key: KeyForm::Date, each: &NUMBERS },
            "volume of single dates as a factor of the mean day",
        ),
        optional(
            "times",
            Form::Map { key: KeyForm::Date, each: &NUMBERS },
            "factors on what single dates have otherwise",
        ),
        optional("after_holiday", NOT_NEGATIVE, "factor on the first working day after a holiday"),
        optional(
            "bridge_day",
            NOT_NEGATIVE,
            "factor on a working day alone between free days; default as any working day",
        ),
    ],
);

/// By population, by shares, or all; the word `none` takes away what a base has.
pub(super) const REGIONS: Form = Form::Either(&[
    choice(&["all", "none"], &[]),
    list(&REGION, 1),
    Form::Map { key: KeyForm::Region, each: &NUMBERS },
]);

static REGION: Form = choice(&REGION_NAMES, &[]);
