//! Keys of a group and its skills.

use super::forms::{
    CLASS_NAMES, EUR, NONE, STEPS, TALK_FACTOR, WEEK_TABLE, at_most_one, choice, exactly_one, list, optional,
    required, table, up_to,
};
use super::law::LAW;
use super::off_phone::OFF_PHONE_FORM;
use super::pressure::GROUP_PRESSURE;
use super::shifts::SHIFT_FORM;
use super::shrinkage::{SHRINKAGE, UNPLANNED_ABSENCE};
use super::site::SURCHARGE;
use crate::scenario::form::Need::Required;
use crate::scenario::form::{Form, KeyForm, Keys, Kind, NOT_NEGATIVE, NamingAnother, OneOf, SHARE};

pub(super) static GROUP_FORM: Form = Form::Table(&GROUP);

static GROUP: Keys = Keys {
    later: &["concurrency", "dialler", "open"],
    one_of: &[OneOf {
        keys: &["agents", "agents_by_time", "staffing"],
        need: Required,
        naming_another: NamingAnother::ReplacesKey,
    }],
    ..table(
        "a group of agents alike",
        &[
            optional("like", Form::Name(Kind::Group), "copy another group, then differ"),
            optional("enabled", Form::Flag, "`false` takes the group out"),
            optional("site", Form::Name(Kind::Site), "where they sit"),
            optional(
                "agents",
                Form::Either(&[NOT_NEGATIVE, STEPS]),
                "logged-in agents: one number, or in equal steps over the horizon or a day",
            ),
            optional("agents_by_time", WEEK_TABLE, "logged-in agents by weekday, from a time on"),
            optional("staffing", Form::Table(&STAFFING), "agents from a file, or with shifts"),
            optional(
                "callback_idle_reserve",
                Form::Whole { low: 0, high: 1_000_000 },
                "a promised callback is begun only while more agents of the group are idle; default 0",
            ),
            required(
                "takes",
                list(&CLASS_NAMES, 0),
                "tiers of classes, best first; empty for who only helps",
            ),
            optional(
                "next",
                choice(&["score", "shortest_expected"], &[]),
                "which class of a tier goes first; default score, the longest wait",
            ),
            optional(
                "leaving",
                choice(&["next_to_finish", "whose_shift_ends"], &[]),
                "who leaves when the plan falls; default of shifts whose_shift_ends, else next_to_finish",
            ),
            optional(
                "after_plan",
                choice(&["leave", "stay_until_empty"], &[]),
                "when the plan falls to nobody; default leave",
            ),
            optional(
                "off_phone",
                list(&OFF_PHONE_FORM, 0),
                "training, meetings and other work off the phone; default none",
            ),
            optional(
                "skill",
                Form::Map { key: KeyForm::Existing(Kind::Class), each: &SKILL_FORM },
                "how the group handles a class",
            ),
            optional(
                "heads",
                Form::Either(&[up_to(1e6, "a number from 0 to 1,000,000"), NONE]),
                "employed persons; default none: logged-in hours are paid",
            ),
            optional(
                "contract_hours",
                up_to(168.0, "hours a week, from 0 to 168"),
                "paid hours a week of one head; default 38.5",
            ),
            optional(
                "shrinkage",
                Form::Either(&[Form::Table(&SHRINKAGE), NONE]),
                "in place of `policy.shrinkage`",
            ),
            optional("surcharge", Form::Either(&[Form::Table(&SURCHARGE), NONE]), "in place of its site's"),
            optional(
                "unplanned_absence",
                Form::Either(&[Form::Table(&UNPLANNED_ABSENCE), NONE]),
                "in place of `policy.unplanned_absence`",
            ),
            optional("cost_per_paid_hour", EUR, "EUR; default the site's"),
            optional(
                "pressure",
                Form::Either(&[Form::Table(&GROUP_PRESSURE), NONE]),
                "in place of `policy.pressure`",
            ),
        ],
    )
};

static STAFFING: Keys = Keys {
    one_of: &[exactly_one(&["logged_in", "rostered", "shifts"])],
    ..table(
        "where the plan comes from",
        &[
            optional("logged_in", Form::CsvPath, "CSV: a row per kind of day, a column per time of the day"),
            optional(
                "rostered",
                Form::CsvPath,
                "the same, of agents rostered: times adherence they are logged in",
            ),
            optional("shifts", list(&SHIFT_FORM, 1), "persons who log in and out at times of their own"),
        ],
    )
};

static SKILL_FORM: Form = Form::Table(&SKILL);

static SKILL: Keys = Keys {
    one_of: &[at_most_one(&["talk_time_factor", "talk_time"])],
    ..table(
        "how a group handles a class",
        &[
            optional("talk_time_factor", TALK_FACTOR, "on the class's talk time; default 1"),
            optional("talk_time", LAW, "in place of the class's talk time"),
            optional("resolution", SHARE, "in place of the class's"),
            optional(
                "idle_reserve",
                Form::Whole { low: 0, high: 1_000_000 },
                "a call is begun only while more agents of the group are idle; default 0",
            ),
        ],
    )
};
