//! Keys of what shortens and lengthens handling.

use super::forms::{POINT, POSITIVES, SOME_TIMES, choice, exactly_one, list, optional, required, table};
use crate::scenario::form::{Form, KeyForm, Keys, Kind, NOT_NEGATIVE, SHARE, SOME_TIME};

const AHT_TARGETS: Form = Form::Map { key: KeyForm::Existing(Kind::Class), each: &SOME_TIMES };

/// The keys of `policy.pressure`; a group's has `enabled` besides.
macro_rules! pressure_keys {
    ($($more:expr),*) => {
        &[
            optional("aht_target", SOME_TIME, "mean handle time that agents are held to"),
            optional("aht_targets", AHT_TARGETS, "by class; wins over `aht_target`"),
            optional("compliance", SHARE, "0 nobody cares, 1 the mean becomes the target; default 1"),
            optional("elasticity", NOT_NEGATIVE, "resolution falls as (handled / drawn) to this power; default 0.3"),
            optional("signal", choice(&["waiting_per_agent", "waiting", "occupancy"], &[]), "what agents react to"),
            optional("speed", Form::Table(&SPEED), "speed by signal"),
            optional("applied", choice(&["at_start", "continuously"], &[]), "when the load acts; default `at_start`"),
            optional("cap", Form::Table(&CAP), "long talk is cut"),
            optional("fatigue", Form::Table(&FATIGUE), "handling is slower after hard hours"),
            optional("speed_bounds", Form::List { of: &POSITIVES, low: 2, high: 2 }, "default [0.5, 2.0]"),
            $($more),*
        ]
    };
}

pub(super) static PRESSURE: Keys = table("what shortens handling", pressure_keys!());

pub(super) static GROUP_PRESSURE: Keys = table(
    "what shortens handling in this group",
    pressure_keys!(optional("enabled", Form::Flag, "`false` switches pressure off for this group")),
);

static SPEED: Keys = Keys {
    one_of: &[exactly_one(&["linear", "steps"])],
    ..table(
        "speed by signal",
        &[
            optional("linear", list(&POINT, 1), "points (signal, speed) joined by lines"),
            optional("steps", list(&POINT, 1), "speed of the last point at or below the signal"),
        ],
    )
};

static FATIGUE: Keys = table(
    "handling is slower after hard hours",
    &[
        required("above", SHARE, "an hour is hard with the agent busy for more than this share of it"),
        required(
            "per_hour",
            NOT_NEGATIVE,
            "handling takes so much longer, as a share, for each hard hour since log-in",
        ),
        optional(
            "relief",
            SOME_TIME,
            "of counted agents: after so long a fresh one is in the place; default 8h",
        ),
    ],
);

static CAP: Keys = table(
    "a cap on talk",
    &[required("at", SOME_TIME, "talk beyond this is cut"), required("probability", SHARE, "that it is")],
);
