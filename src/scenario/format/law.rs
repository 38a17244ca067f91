//! Keys of the distributions.

use super::forms::{CV, DURATIONS, NUMBERS, choice, exactly_one, list, optional, required, table};
use crate::scenario::form::Need::Required;
use crate::scenario::form::{
    ANY_NUMBER, DURATION, Form, Keys, Limits, NOT_NEGATIVE, NamingAnother, OneOf, SOME_TIME,
};

/// As far as a Weibull law goes.
const WEIBULL_SHAPE: Form =
    Form::Number(Limits { low: 0.1, high: 1000.0, is_above_low: false, words: "a number from 0.1 to 1000" });

/// Statics, because distributions are made of distributions: constants may not go round in a circle, statics may.
static DIST_FORM: Form = Form::Table(&DIST_KEYS);

pub(super) const LAW: Form = Form::Table(&LAW_KEYS);

pub(super) const LAW_OR_INFINITE: Form = Form::Either(&[LAW, choice(&["infinite"], &[])]);

/// The distributions, each with its parameters; `$more` are those that only some places allow.
macro_rules! dist_keys {
    ($($more:expr),*) => {
        &[
            optional("constant", DURATION, "always the same"),
            optional("exponential", Form::Table(&MEAN), "exponential"),
            optional("lognormal", Form::Table(&LOGNORMAL), "lognormal: mean with cv or sd, or mu with sigma of ln seconds"),
            optional("gamma", Form::Table(&MEAN_SPREAD), "gamma: mean with cv or sd"),
            optional("erlang", Form::Table(&ERLANG), "sum of k exponentials"),
            optional("weibull", Form::Table(&WEIBULL), "Weibull"),
            optional("uniform", Form::Table(&UNIFORM), "uniform"),
            optional("triangular", Form::Table(&TRIANGULAR), "triangular"),
            optional("hyperexponential", Form::Table(&HYPEREXPONENTIAL), "one of some exponentials"),
            optional("empirical", Form::Table(&EMPIRICAL), "values as observed"),
            optional("mixture", list(&COMPONENT_FORM, 1), "one of some distributions"),
            optional("shifted", Form::Table(&SHIFTED), "a distribution plus a constant"),
            optional("truncated", Form::Table(&TRUNCATED), "a distribution within bounds"),
            $($more),*
        ]
    };
}

pub(super) static DIST_KEYS: Keys = Keys {
    about: "a distribution of durations",
    keys: dist_keys!(),
    later: &["phase_type", "pareto", "quantiles", "rate"],
    two_ways: &[],
    one_of: &[exactly_one(&[
        "constant",
        "exponential",
        "lognormal",
        "gamma",
        "erlang",
        "weibull",
        "uniform",
        "triangular",
        "hyperexponential",
        "empirical",
        "mixture",
        "shifted",
        "truncated",
    ])],
};

static LAW_KEYS: Keys = Keys {
    about: "a distribution of durations, perhaps by time of day",
    keys: dist_keys!(optional(
        "by_interval",
        list(&DIST_FORM, 1),
        "a distribution for each of equal steps of the day"
    )),
    later: &["phase_type", "pareto", "quantiles", "rate"],
    two_ways: &[],
    one_of: &[exactly_one(&[
        "constant",
        "exponential",
        "lognormal",
        "gamma",
        "erlang",
        "weibull",
        "uniform",
        "triangular",
        "hyperexponential",
        "empirical",
        "mixture",
        "shifted",
        "truncated",
        "by_interval",
    ])],
};

static MEAN: Keys = table("by mean", &[required("mean", SOME_TIME, "mean")]);

static LOGNORMAL: Keys = Keys {
    one_of: &[
        OneOf { keys: &["mean", "mu"], need: Required, naming_another: NamingAnother::ReplacesKey },
        OneOf { keys: &["cv", "sd", "sigma"], need: Required, naming_another: NamingAnother::ReplacesKey },
    ],
    ..table(
        "lognormal",
        &[
            optional("mean", SOME_TIME, "mean"),
            optional("cv", CV, "coefficient of variation"),
            optional("sd", DURATION, "standard deviation"),
            optional("mu", ANY_NUMBER, "mean of ln seconds"),
            optional("sigma", NOT_NEGATIVE, "standard deviation of ln seconds"),
        ],
    )
};

static MEAN_SPREAD: Keys = Keys {
    one_of: &[OneOf { keys: &["cv", "sd"], need: Required, naming_another: NamingAnother::ReplacesKey }],
    ..table(
        "by mean and spread",
        &[
            required("mean", SOME_TIME, "mean"),
            optional("cv", CV, "coefficient of variation"),
            optional("sd", DURATION, "standard deviation"),
        ],
    )
};

static ERLANG: Keys = table(
    "sum of k exponentials",
    &[
        required("k", Form::Whole { low: 1, high: 1000 }, "phases"),
        required("mean", SOME_TIME, "mean of the sum"),
    ],
);

static WEIBULL: Keys = table(
    "Weibull",
    &[
        required("shape", WEIBULL_SHAPE, "below 1 the longer the rarer to end"),
        required("mean", SOME_TIME, "mean"),
    ],
);

static UNIFORM: Keys =
    table("uniform", &[required("min", DURATION, "lower end"), required("max", DURATION, "upper end")]);

static TRIANGULAR: Keys = table(
    "triangular",
    &[
        required("min", DURATION, "lower end"),
        required("mode", DURATION, "most frequent"),
        required("max", DURATION, "upper end"),
    ],
);

static HYPEREXPONENTIAL: Keys = table(
    "one of some exponentials",
    &[
        required("weights", list(&NUMBERS, 1), "relative weights"),
        required("means", list(&DURATIONS, 1), "as many means"),
    ],
);

static EMPIRICAL: Keys = table(
    "values as observed",
    &[
        required("values", list(&DURATIONS, 1), "durations"),
        optional("weights", list(&NUMBERS, 1), "relative weights; default equal"),
    ],
);

static COMPONENT_FORM: Form = Form::Table(&COMPONENT);

static COMPONENT: Keys = table(
    "a part of a mixture",
    &[
        required("weight", NOT_NEGATIVE, "relative weight"),
        required("of", Form::Table(&DIST_KEYS), "its distribution"),
    ],
);

static SHIFTED: Keys = table(
    "a distribution plus a constant",
    &[
        required("by", DURATION, "added to every value"),
        required("of", Form::Table(&DIST_KEYS), "the distribution"),
    ],
);

static TRUNCATED: Keys = table(
    "a distribution within bounds",
    &[
        optional("min", DURATION, "lower bound; default 0"),
        optional("max", DURATION, "upper bound; default none"),
        required("of", Form::Table(&DIST_KEYS), "the distribution"),
    ],
);
