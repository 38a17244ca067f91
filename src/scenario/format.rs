//! The keys of a scenario file: which there are, what each may be, which exclude one another, which come later.
//!
//! One table for the checker, the merging of overlays and the JSON Schema. Says nothing about how values fit together.
//! Invariant: a key that is not written here is refused by name.

use super::checked::MOST_SERVICE_LEVELS;
use super::form::Need::{Optional, Required};
use super::form::{
    ANY_NUMBER, DAY_KEYS, DURATION, Form, Key, KeyForm, Keys, Kind, Limits, NOT_NEGATIVE, NamingAnother,
    Need, OneOf, POSITIVE, SHARE, SOME_TIME, TwoWays,
};
use super::region::REGION_NAMES;

const fn key(name: &'static str, form: Form, need: Need, about: &'static str) -> Key {
    Key { name, form, need, about }
}

const fn optional(name: &'static str, form: Form, about: &'static str) -> Key {
    key(name, form, Optional, about)
}

const fn required(name: &'static str, form: Form, about: &'static str) -> Key {
    key(name, form, Required, about)
}

/// Exactly one of the keys; an overlay that names another replaces the table.
const fn exactly_one(keys: &'static [&'static str]) -> OneOf {
    OneOf { keys, need: Required, naming_another: NamingAnother::ReplacesTable }
}

/// At most one of the keys; an overlay that names another replaces the key.
const fn at_most_one(keys: &'static [&'static str]) -> OneOf {
    OneOf { keys, need: Optional, naming_another: NamingAnother::ReplacesKey }
}

const fn table(about: &'static str, keys: &'static [Key]) -> Keys {
    Keys { about, keys, later: &[], one_of: &[], two_ways: &[] }
}

const fn count(low: u64) -> Form {
    Form::Whole { low, high: u32::MAX as u64 }
}

const fn choice(now: &'static [&'static str], later: &'static [&'static str]) -> Form {
    Form::Choice { now, later }
}

const fn list(of: &'static Form, low: usize) -> Form {
    Form::List { of, low, high: usize::MAX }
}

const fn up_to(high: f64, words: &'static str) -> Form {
    Form::Number(Limits { low: 0.0, high, is_above_low: false, words })
}

/// As far as a gamma law goes.
const CV: Form = up_to(100.0, "a number from 0 to 100");
/// As far as a Weibull law goes.
const WEIBULL_SHAPE: Form =
    Form::Number(Limits { low: 0.1, high: 1000.0, is_above_low: false, words: "a number from 0.1 to 1000" });
const EUR: Form = up_to(1e6, "EUR, from 0 to 1,000,000");
/// Factors of talk times.
const TALK_FACTOR: Form = Form::Number(Limits {
    low: 0.0,
    high: 1000.0,
    is_above_low: true,
    words: "a factor above 0, at most 1000",
});
/// The word lets an overlay take away what its base has.
const NONE: Form = choice(&["none"], &[]);
static NUMBERS: Form = NOT_NEGATIVE;
static DURATIONS: Form = DURATION;
static CLASS_NAME: Form = Form::Name(Kind::Class);
static CLASS_NAMES: Form = list(&CLASS_NAME, 1);
const GROUP_NAME_FORM: Form = Form::Name(Kind::Group);
static GROUP_NAME: Form = Form::Name(Kind::Group);
static DATES: Form = Form::Date;
/// `{ "08:00" = 5, "18:00" = 0 }`: from that time on.
static BY_TIME: Form = Form::Map { key: KeyForm::Time, each: &NUMBERS };
/// `{ mon_fri = { "08:00" = 5, "18:00" = 0 } }`.
const WEEK_TABLE: Form = Form::Map { key: KeyForm::Day, each: &BY_TIME };
/// Not a constant, because distributions are made of distributions: constants may not go round in a circle, statics may.
macro_rules! dist {
    () => {
        Form::Table(&DIST_KEYS)
    };
}
static DIST_FORM: Form = dist!();
const LAW: Form = Form::Table(&LAW_KEYS);
const LAW_OR_INFINITE: Form = Form::Either(&[LAW, choice(&["infinite"], &[])]);

/// The whole file.
pub(super) static SCENARIO: Keys = Keys {
    about: "a scenario",
    keys: &[
        optional("name", Form::Text, "title, shown on top of every result"),
        optional("description", Form::Text, "free text"),
        optional(
            "base",
            Form::Text,
            "another scenario file to start from; only differences are written here",
        ),
        optional(
            "start",
            Form::Moment,
            "first date, or date and time, or only a time where no calendar is used",
        ),
        optional("time_zone", Form::Text, "IANA name of the time zone, as \"Europe/Berlin\"; default UTC"),
        required("horizon", DURATION, "the simulated span that is counted, as \"8h\" or \"365d\""),
        optional("warm_up", DURATION, "span before the start that is simulated and not counted"),
        optional(
            "interval",
            SOME_TIME,
            "of rates, plans and results; divides a day and the horizon; default the longest of 30m, 15m, 10m, 5m, 1m that fits",
        ),
        optional("replications", Form::Whole { low: 1, high: 1_000_000 }, "independent runs of the horizon"),
        optional("at_end", choice(&["drain", "cut"], &[]), "who waits at the end; default `drain`: served"),
        optional("calendar", Form::Table(&CALENDAR), "holidays and days with factors of their own"),
        optional("profile", Form::Map { key: KeyForm::New, each: &PROFILE_FORM }, "shapes shared by classes"),
        optional(
            "class",
            Form::Map { key: KeyForm::New, each: &CLASS_FORM },
            "contacts that behave alike and wait in one queue",
        ),
        optional(
            "routing",
            Form::Map { key: KeyForm::Existing(Kind::Class), each: &ROUTING_FORM },
            "which groups a class is offered to",
        ),
        optional("group", Form::Map { key: KeyForm::New, each: &GROUP_FORM }, "agents alike"),
        optional(
            "site",
            Form::Map { key: KeyForm::New, each: &SITE_FORM },
            "where agents sit and who employs them",
        ),
        optional(
            "contract",
            Form::Map { key: KeyForm::Existing(Kind::Site), each: &CONTRACT_FORM },
            "how a partner is paid",
        ),
        optional("lines", Form::Map { key: KeyForm::New, each: &LINES_FORM }, "pools of telephone lines"),
        optional("policy", Form::Table(&POLICY), "rules for all groups"),
        optional("target", Form::Table(&TARGET), "what \"met\" means"),
        optional("incident", list(&INCIDENT_FORM, 0), "hard days: factors on the rate of some classes"),
        optional("change", list(&CHANGE_FORM, 0), "values that are others from a date on"),
        optional("scale", Form::Table(&SCALE), "global levers"),
        optional("day_variation", Form::Table(&DAY_VARIATION), "how much whole days vary beyond chance"),
        optional("interval_variation", Form::Table(&VARIATION), "how much intervals vary beyond chance"),
        optional(
            "uncertainty",
            Form::Table(&UNCERTAINTY),
            "what nobody knows of these figures; default nothing is uncertain",
        ),
        optional("case", Form::Table(&CASE), "limits of a case"),
        optional("measure", Form::Table(&MEASURE), "what is measured beside the usual"),
    ],
    later: &["channel", "chat", "mail"],
    one_of: &[],
    two_ways: &[],
};

static CALENDAR: Keys = table(
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
const REGIONS: Form = Form::Either(&[
    choice(&["all", "none"], &[]),
    list(&REGION, 1),
    Form::Map { key: KeyForm::Region, each: &NUMBERS },
]);
static REGION: Form = choice(&REGION_NAMES, &[]);

static PROFILE_FORM: Form = Form::Table(&PROFILE);
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
const STEPS: Form = list(&NUMBERS, 1);

static CLASS_FORM: Form = Form::Table(&CLASS);
static CLASS: Keys = Keys {
    later: &["out", "channel", "concurrency", "chat", "mail", "hold", "due", "turnaround"],
    one_of: &[OneOf {
        keys: &["volume", "backlog"],
        need: Required,
        naming_another: NamingAnother::ReplacesKey,
    }],
    ..table(
        "a class of contacts",
        &[
            optional("like", CLASS_NAME_FORM, "copy another class, then differ"),
            optional("enabled", Form::Flag, "`false` takes the class out"),
            optional("business_unit", Form::Text, "for reports"),
            optional("regions", REGIONS, "where its customers live; default as the calendar's"),
            optional("volume", Form::Table(&VOLUME), "fresh contacts"),
            optional(
                "backlog",
                choice(&["endless"], &[]),
                "in place of a volume: one more contact always waits",
            ),
            optional(
                "arrivals",
                Form::Either(&[choice(&["poisson", "fixed_total"], &[]), Form::Table(&ARRIVALS)]),
                "how arrivals scatter; default poisson",
            ),
            optional(
                "answer_delay",
                DURATION,
                "ringing: an agent is taken, the customer still waits and may give up; default 0",
            ),
            required("talk_time", LAW, "talk time"),
            optional("after_call_work", LAW, "work after the talk; default 0"),
            optional("patience", LAW_OR_INFINITE, "how long customers wait; default for ever"),
            optional("balking", SHARE, "share that leaves at once if nobody is idle; default 0"),
            optional(
                "waiting_places",
                COUNT_OR_UNLIMITED,
                "most customers that wait in the class at once; default without limit",
            ),
            optional(
                "max_wait",
                Form::Either(&[Form::Table(&MAX_WAIT), NONE]),
                "the longest wait and what follows it; default without limit",
            ),
            optional(
                "callback_offer",
                Form::Either(&[Form::Table(&CALLBACK_OFFER), NONE]),
                "a call back for those who would have to wait; default none",
            ),
            optional(
                "open",
                OPEN_OR_ALWAYS,
                "opening hours by kind of day; other days are closed; default always",
            ),
            optional(
                "at_closing",
                choice(&["serve", "disconnect"], &[]),
                "who waits at closing; default `serve`",
            ),
            optional(
                "after_hours",
                choice(&["refuse", "queue"], &[]),
                "who comes while the class is closed; default `refuse`",
            ),
            optional("resolution", SHARE, "probability that an answered contact solves the case; default 1"),
            optional(
                "service_levels",
                Form::List { of: &SERVICE_LEVEL_FORM, low: 1, high: MOST_SERVICE_LEVELS },
                "default [\"80/20\"]",
            ),
            optional(
                "redial",
                Form::Either(&[Form::Table(&REDIAL), NONE]),
                "new attempts after unanswered ones; default none",
            ),
            optional(
                "repeat",
                Form::Either(&[Form::Table(&REPEAT), NONE]),
                "new contacts of unsolved cases; default none",
            ),
            optional(
                "transfer",
                list(&TRANSFER_FORM, 0),
                "where talk may end in a transfer; default nowhere",
            ),
            optional("consult", list(&CONSULT_FORM, 0), "whom agents ask at the end of talk; default nobody"),
            optional(
                "order",
                choice(&["fifo", "lifo", "random"], &[]),
                "who is first in the queue of the class; default fifo",
            ),
            optional("score", Form::Table(&SCORE), "which class is first among those of a tier of `takes`"),
            optional("day_variation", Form::Table(&VARIATION), "in place of the scenario's"),
            optional("interval_variation", Form::Table(&VARIATION), "in place of the scenario's"),
            optional("target", Form::Table(&TARGET), "what \"met\" means for this class"),
        ],
    )
};
const CLASS_NAME_FORM: Form = Form::Name(Kind::Class);

/// Volumes that a profile gives their shape.
pub(super) const SHAPED: [&str; 3] = ["fresh_per_year", "fresh_per_day", "offered_per_year"];
static VOLUME: Keys = Keys {
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
static ARRIVALS: Keys = table(
    "how arrivals scatter",
    &[required("renewal", dist!(), "one after the other, with gaps of this law; the rate sets their mean")],
);
static REFERENCE: Keys = table(
    "where a count of offered contacts was taken",
    &[required("abandonment", SHARE, "share abandoned")],
);

static SERVICE_LEVEL_FORM: Form = Form::Either(&[Form::ServiceLevelText, Form::Table(&SERVICE_LEVEL)]);
const BASES: Form = choice(&["entered_less_short", "entered", "answered", "offered"], &[]);
static SERVICE_LEVEL: Keys = table(
    "a service level",
    &[
        required("share", SHARE, "share wanted"),
        required("within", DURATION, "acceptable waiting time"),
        optional("of", BASES, "base of the share; default entered_less_short"),
        optional("short", DURATION, "who leaves sooner is not in the base `entered_less_short`; default 5s"),
    ],
);

const OPEN_OR_ALWAYS: Form =
    Form::Either(&[Form::Map { key: KeyForm::Day, each: &HOURS }, choice(&["always"], &[])]);
static HOURS: Form =
    Form::Either(&[Form::HoursText, Form::List { of: &HOURS_TEXT, low: 1, high: usize::MAX }]);
static HOURS_TEXT: Form = Form::HoursText;
static MAX_WAIT: Keys = table(
    "the longest wait and what follows it",
    &[
        required("after", SOME_TIME, "the longest wait"),
        required(
            "then",
            Form::Either(&[choice(&["message", "disconnect"], &[]), Form::Table(&AFTER_MAX_WAIT)]),
            "what follows",
        ),
    ],
);
static AFTER_MAX_WAIT: Keys = Keys {
    one_of: &[exactly_one(&["class", "callback"])],
    ..table(
        "another class or a call back",
        &[
            optional("class", CLASS_NAME_FORM, "the customer enters this class"),
            optional("callback", Form::Table(&CALLBACK), "the customer hangs up and is called back"),
        ],
    )
};

/// The keys of a promise to call back, wherever it is made.
macro_rules! callback_keys {
    ($($more:expr),*) => {
        &[
            required("group", Form::Name(Kind::Group), "who calls"),
            optional("due", DURATION, "kept if reached within; default 4h"),
            optional("attempts", Form::Whole { low: 1, high: 100 }, "default 3"),
            optional("every", SOME_TIME, "between attempts; default 2h"),
            optional("reached", SHARE, "probability that an attempt reaches the customer; default 0.7"),
            optional("dialling", SOME_TIME, "time of an attempt that reaches nobody; default 30s"),
            $($more),*
        ]
    };
}
static CALLBACK_OFFER: Keys = table(
    "a call back for those who would have to wait",
    callback_keys!(
        required("accept", SHARE, "share of those who hear the offer that accepts"),
        optional("when", Form::Table(&OFFERED_WHEN), "offered only while all of it holds; default always")
    ),
);
const PREDICTOR: Form = choice(&["queue_length", "last_served", "head_of_line"], &[]);
static OFFERED_WHEN: Keys = table(
    "when a call back is offered",
    &[
        optional("nobody_idle", Form::Flag, "nobody is idle in any tier, later ones included; default false"),
        optional(
            "waiting_at_least",
            Form::Whole { low: 1, high: 1_000_000 },
            "so many wait in the queue, the customer included; default 1",
        ),
        optional("expected_wait_above", DURATION, "the expected wait is longer"),
        optional("predictor", PREDICTOR, "how the wait is expected; default queue_length"),
    ],
);

static REDIAL: Keys = table(
    "new attempts after unanswered ones",
    &[
        optional("after_abandon", REDIAL_RULE_OR_NONE, "after abandoning"),
        optional("after_busy", REDIAL_RULE_OR_NONE, "after finding no line, or no waiting place"),
        optional(
            "after_closed",
            REDIAL_RULE_OR_NONE,
            "after being disconnected, or refused while the class is closed",
        ),
        optional("keeps", list(&KEPT, 0), "what a redial has of the case's first contact; default nothing"),
    ],
);
static KEPT: Form = choice(&["patience", "talk_time", "after_call_work"], &[]);
const REDIAL_RULE_OR_NONE: Form = Form::Either(&[Form::Table(&REDIAL_RULE), NONE]);
static REDIAL_RULE: Keys = table(
    "a redial rule",
    &[
        required("first", SHARE, "probability after the first unanswered attempt in a row"),
        optional("later", SHARE, "probability after each later one; default as `first`"),
        required("delay", dist!(), "until the next attempt"),
        optional("class", CLASS_NAME_FORM, "the class dialled; default the one in which the attempt ended"),
    ],
);
static REPEAT: Keys = table(
    "new contacts of unsolved cases",
    &[
        required("probability", SHARE, "that the customer comes back"),
        required("delay", dist!(), "until the next contact"),
        optional("class", CLASS_NAME_FORM, "the class of the next contact; default that of the case's first"),
    ],
);
static TRANSFER_FORM: Form = Form::Table(&TRANSFER);
static WARM: Keys =
    table("the agent introduces the customer", &[required("time", dist!(), "how long both agents are busy")]);
static CONSULT_FORM: Form = Form::Table(&CONSULT);
static CONSULT: Keys = table(
    "a second agent joins at the end of talk",
    &[
        required("group", GROUP_NAME_FORM, "whose agent; nobody idle: the talk ends without"),
        required("probability", SHARE, "that one is wanted"),
        required("time", dist!(), "how long both agents are busy"),
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

static SCORE: Keys = table(
    "what a waiting visit scores; the highest is first",
    &[
        optional("base", NOT_NEGATIVE, "from the beginning; default 0"),
        optional("per_second", NOT_NEGATIVE, "for each second of wait; default 1"),
        optional("after_transfer", NOT_NEGATIVE, "once, after a transfer or escalation; default 0"),
    ],
);

static VARIATION: Keys = table("variation beyond chance", &[required("cv", CV, "coefficient of variation")]);
static DAY_VARIATION: Keys = table(
    "variation of whole days",
    &[
        required("cv", CV, "coefficient of variation"),
        optional("common", SHARE, "share of the variance that all classes have in common; default 1"),
        optional("lag1", LAG1, "correlation of one day and the next; default 0"),
    ],
);
/// Beyond it a day would remember more than a year.
const LAG1: Form = up_to(0.95, "a number from 0 to 0.95");
static UNCERTAINTY: Keys = table(
    "standard deviations of factors drawn once for each replication",
    &[
        optional("volume", SHARE, "on all volumes; default 0"),
        optional("talk_time", SHARE, "on all talk times; default 0"),
        optional("patience", SHARE, "on all patience; default 0"),
    ],
);
static MEASURE: Keys = table(
    "what is measured beside the usual",
    &[optional(
        "snapshots",
        Form::List { of: &DURATIONS, low: 1, high: 100 },
        "instants since the start at which who waits and who is busy is kept",
    )],
);
static CASE: Keys = table(
    "limits of a case",
    &[
        optional(
            "contacts",
            Form::Whole { low: 1, high: 1000 },
            "a customer gives up after so many; default 10",
        ),
        optional("window", DURATION, "a contact within this span counts as a return; default 7d"),
    ],
);

static ROUTING_FORM: Form = Form::Table(&ROUTING);
static ROUTING: Keys = Keys {
    one_of: &[exactly_one(&["tier", "split"])],
    ..table(
        "which groups a class is offered to",
        &[
            optional("tier", list(&TIER_FORM, 1), "groups to try, best first"),
            optional(
                "split",
                Form::Map { key: KeyForm::New, each: &BRANCH_FORM },
                "fixed shares, each with its tiers",
            ),
        ],
    )
};
static BRANCH_FORM: Form = Form::Table(&BRANCH);
static BRANCH: Keys = table(
    "a share of a class",
    &[
        required("share", SHARE, "of the visits entering the class; all shares sum to 1"),
        required("tier", list(&TIER_FORM, 1), "groups to try, best first"),
    ],
);
static TIER_FORM: Form = Form::Table(&TIER);
static TIER: Keys = table(
    "groups of equal rank",
    &[
        required("groups", list(&GROUP_NAME, 1), "names of groups"),
        optional("after", DURATION, "offered from this wait on; default 0"),
        optional(
            "choose",
            choice(
                &["longest_idle", "random_agent", "least_occupied", "most_specialised", "idle_share"],
                &[],
            ),
            "which idle agent of the tier; default longest_idle",
        ),
        optional("when", Form::Table(&WHEN), "takes visits only while this holds"),
    ],
);
static WHEN: Keys = table(
    "when a tier takes visits: while all of it holds",
    &[
        optional(
            "waiting_at_least",
            Form::Whole { low: 1, high: 1_000_000 },
            "so many wait in the queue, whom it takes included; default 1",
        ),
        optional("expected_wait_above", DURATION, "a longer wait is expected without the tier"),
        optional("predictor", PREDICTOR, "how the wait is expected; default queue_length"),
    ],
);

static GROUP_FORM: Form = Form::Table(&GROUP);
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
static SHIFT_FORM: Form = Form::Table(&SHIFT);
static SHIFT: Keys = Keys {
    one_of: &[OneOf { keys: &["lasts", "to"], need: Required, naming_another: NamingAnother::ReplacesKey }],
    ..table(
        "persons who log in and out together",
        &[
            required("from", Form::TimeText, "when they log in, local time"),
            optional("lasts", SOME_TIME, "how long, at most 24h"),
            optional(
                "to",
                Form::TimeText,
                "when they log out, local time; not after `from`: on the next day",
            ),
            required("agents", up_to(10_000.0, "a number from 0 to 10,000"), "how many"),
            optional(
                "days",
                Form::Either(&[Form::DayText, list(&DAY_TEXT, 1)]),
                "on which days the shift begins; default all",
            ),
            optional("breaks", list(&BREAK_FORM, 1), "when each person is away; default never"),
        ],
    )
};
static DAY_TEXT: Form = Form::DayText;
static BREAK_FORM: Form = Form::Table(&BREAK);
static BREAK: Keys = Keys {
    one_of: &[OneOf { keys: &["at", "within"], need: Required, naming_another: NamingAnother::ReplacesKey }],
    ..table(
        "when each person is away",
        &[
            optional("at", Form::TimeText, "when it begins, local time"),
            optional(
                "within",
                Form::List { of: &TIME_TEXT, low: 2, high: 2 },
                "from and to when it lies, local time",
            ),
            required("lasts", SOME_TIME, "how long"),
            optional(
                "taken",
                choice(&["staggered", "when_calm"], &[]),
                "evenly over the window, one after another; or when nobody waits; default staggered",
            ),
        ],
    )
};
static TIME_TEXT: Form = Form::TimeText;
/// Something is left of an hour.
const PART: Form = up_to(0.99, "a share from 0 to 0.99");
static SHARES_OF_MONTHS: Form = PART;
static SHRINKAGE: Keys = table(
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
static UNPLANNED_ABSENCE: Keys = table(
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

static SITE_FORM: Form = Form::Table(&SITE);
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
static SURCHARGE: Keys = table(
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
static CONTRACT_FORM: Form = Form::Table(&CONTRACT);
static CONTRACT: Keys = table(
    "how a partner is paid, in EUR; the parts add up",
    &[
        optional("per_minute", EUR, "a minute of handling"),
        optional("per_call", EUR, "an answered visit"),
        optional("per_hour", EUR, "a logged-in hour"),
        optional("per_resolved_case", EUR, "a visit that solved its case"),
        optional(
            "settle",
            choice(&["month"], &[]),
            "an invoice a calendar month; default where a term below is written",
        ),
        optional(
            "minimum",
            up_to(10.0, "a number from 0 to 10"),
            "share of the forecast that is paid at least; default 0",
        ),
        optional("lock", DURATION, "before a month begins, its forecast is locked; default 0s"),
        optional(
            "volume_band",
            Form::Either(&[Form::Table(&VOLUME_BAND), NONE]),
            "another price far above the forecast",
        ),
        optional("service_level", Form::Table(&CONTRACT_LEVEL), "what bonus and penalty look at"),
        optional("bonus", Form::Either(&[Form::Table(&BONUS), NONE]), "more for a good month"),
        optional("penalty", Form::Either(&[Form::Table(&PENALTY), NONE]), "less for a bad month"),
        optional(
            "same_case",
            Form::Either(&[SOME_TIME, NONE]),
            "no `per_call` for a case answered here less than this ago",
        ),
    ],
);
static VOLUME_BAND: Keys = table(
    "another price far above the forecast",
    &[
        required(
            "above",
            up_to(10.0, "a number from 0 to 10"),
            "share of the forecast from which on it holds",
        ),
        required("factor", up_to(10.0, "a number from 0 to 10"), "on the prices of what lies above"),
    ],
);
static CONTRACT_LEVEL: Keys = table(
    "the service level of a contract",
    &[
        optional("within", DURATION, "acceptable waiting time; default 20s"),
        optional(
            "of",
            choice(&["entered_less_short", "entered", "answered"], &["offered"]),
            "base of the share; default entered_less_short",
        ),
        optional("short", DURATION, "who leaves sooner is not in the base `entered_less_short`; default 5s"),
    ],
);
static BONUS: Keys = table(
    "more for a good month",
    &[
        required("above", SHARE, "service level of the month, at least"),
        required("share", SHARE, "of the month's other lines"),
    ],
);
static PENALTY: Keys = table(
    "less for a bad month",
    &[
        required("below", SHARE, "service level of the month, less than"),
        required("share", SHARE, "of the month's other lines"),
    ],
);
static LINES_FORM: Form = Form::Table(&LINES);
static LINES: Keys = table(
    "a pool of telephone lines",
    &[
        optional(
            "classes",
            list(&CLASS_NAME, 1),
            "classes that share the lines; default all that are in no other pool",
        ),
        required("lines", count(0), "contacts that may wait and talk at once"),
        optional(
            "waiting_places",
            COUNT_OR_UNLIMITED,
            "most customers that wait in these classes at once; default as many as lines",
        ),
    ],
);

static POLICY: Keys = Keys {
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
/// The word lets an overlay take a limit away.
const COUNT_OR_UNLIMITED: Form = Form::Either(&[count(0), choice(&["unlimited"], &[])]);
static TRANSFER_LIMIT: Keys = table(
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
static CALLBACK: Keys = table("a group calls back", callback_keys!());
static ESCALATE: Keys =
    table("the contact enters a named class", &[required("to", CLASS_NAME_FORM, "the class")]);
static DROP: Keys = table("the contact ends unsolved", &[]);

const AHT_TARGETS: Form = Form::Map { key: KeyForm::Existing(Kind::Class), each: &SOME_TIMES };
static SOME_TIMES: Form = SOME_TIME;
const PRESSURE_LATER: &[&str] = &["applied"];
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
            optional("cap", Form::Table(&CAP), "long talk is cut"),
            optional("fatigue", Form::Table(&FATIGUE), "handling is slower after hard hours"),
            optional("speed_bounds", Form::List { of: &POSITIVES, low: 2, high: 2 }, "default [0.5, 2.0]"),
            $($more),*
        ]
    };
}
static POSITIVES: Form = POSITIVE;
static PRESSURE: Keys = Keys { later: PRESSURE_LATER, ..table("what shortens handling", pressure_keys!()) };
static GROUP_PRESSURE: Keys = Keys {
    later: PRESSURE_LATER,
    ..table(
        "what shortens handling in this group",
        pressure_keys!(optional("enabled", Form::Flag, "`false` switches pressure off for this group")),
    )
};
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
static POINT: Form = Form::List { of: &NUMBERS, low: 2, high: 2 };
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

const PERIODS: Form = choice(&["interval", "day", "week", "month", "year"], &[]);
static TARGET: Keys = table(
    "what \"met\" means",
    &[
        optional("service_level", Form::Either(&[Form::Table(&SERVICE_LEVEL_TARGET), NONE]), "at least"),
        optional("abandonment", Form::Either(&[Form::Table(&SHARE_TARGET), NONE]), "at most"),
        optional("occupancy", Form::Either(&[Form::Table(&SHARE_TARGET), NONE]), "at most"),
        optional("asa", Form::Either(&[Form::Table(&ASA_TARGET), NONE]), "at most"),
    ],
);
static SERVICE_LEVEL_TARGET: Keys = table(
    "a service level wanted",
    &[
        required("at_least", SHARE, "share wanted"),
        optional("within", DURATION, "default that of the class's first level"),
        optional("of", BASES, "default as the level that it is"),
        optional("short", DURATION, "default 5s"),
        optional("per", PERIODS, "the period in which it is judged; default day"),
    ],
);
static SHARE_TARGET: Keys = table(
    "a share allowed",
    &[
        required("at_most", SHARE, "share allowed"),
        optional("per", PERIODS, "the period in which it is judged; default day"),
    ],
);
static ASA_TARGET: Keys = table(
    "a mean wait allowed",
    &[
        required("at_most", DURATION, "mean wait of answered visits"),
        optional("per", PERIODS, "the period in which it is judged; default day"),
    ],
);

static ANNOUNCEMENT: Keys = table(
    "what callers are told during an incident",
    &[
        optional("after", DURATION, "from the begin of the incident until it is on air; default 0"),
        optional("deflects", SHARE, "share of fresh contacts that hang up and are not offered; default 0"),
        optional("patience", POSITIVE, "factor on the patience of those who stay; default 1"),
    ],
);
static INCIDENT_FORM: Form = Form::Table(&INCIDENT);
static DAY_OF_MONTH: Form = Form::Whole { low: 1, high: 28 };
static INCIDENT: Keys = Keys {
    one_of: &[OneOf {
        keys: &["from", "each_month"],
        need: Required,
        naming_another: NamingAnother::ReplacesKey,
    }],
    ..table(
        "a hard day",
        &[
            optional("name", Form::Text, "shown by `holdtime check`"),
            optional("from", Form::Moment, "when it begins, local time"),
            optional(
                "each_month",
                list(&DAY_OF_MONTH, 1),
                "days of every month at which it begins, at midnight",
            ),
            required("lasts", SOME_TIME, "how long"),
            optional("known_from", Form::Date, "when forecasts of contracts know it; default never"),
            optional("rise", DURATION, "part of `lasts` in which the factor rises from 1; default 0"),
            optional(
                "decay",
                DURATION,
                "half-life of what is left after `lasts`; default 0, it ends at once",
            ),
            optional("announcement", Form::Table(&ANNOUNCEMENT), "what callers are told; default nothing"),
            required(
                "class",
                Form::Map { key: KeyForm::Existing(Kind::Class), each: &NUMBERS },
                "factors on the rates of classes",
            ),
        ],
    )
};
static CHANGE_FORM: Form = Form::Table(&CHANGE);
static CHANGE: Keys = table(
    "values that are others from a date on",
    &[
        optional("name", Form::Text, "shown by `holdtime check`"),
        required("from", Form::Moment, "from when on, local time"),
        optional("until", Form::Moment, "until when; default to the end"),
        optional(
            "scale",
            Form::Map { key: KeyForm::Path, each: &NUMBERS },
            "factors on values, by path as \"group.NAME.staffing\"",
        ),
        optional(
            "set",
            Form::Map { key: KeyForm::Path, each: &NUMBER_OR_DIST },
            "values in place of others, by path as \"group.NAME.agents\"",
        ),
    ],
);
static NUMBER_OR_DIST: Form = Form::Either(&[NOT_NEGATIVE, LAW]);
static SCALE: Keys = table(
    "global levers",
    &[
        optional("volume", NOT_NEGATIVE, "on all fresh rates"),
        optional("talk_time", TALK_FACTOR, "on all talk times"),
        optional("staffing", NOT_NEGATIVE, "on all plans and heads"),
    ],
);

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
static DIST_KEYS: Keys = Keys {
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
    &[required("weight", NOT_NEGATIVE, "relative weight"), required("of", dist!(), "its distribution")],
);
static SHIFTED: Keys = table(
    "a distribution plus a constant",
    &[required("by", DURATION, "added to every value"), required("of", dist!(), "the distribution")],
);
static TRUNCATED: Keys = table(
    "a distribution within bounds",
    &[
        optional("min", DURATION, "lower bound; default 0"),
        optional("max", DURATION, "upper bound; default none"),
        required("of", dist!(), "the distribution"),
    ],
);

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys that exclude one another exist, and nothing is both there and later.
    #[test]
    fn the_tables_of_keys_agree_with_themselves() {
        fn visit(keys: &'static Keys, seen: &mut Vec<*const Keys>) {
            if seen.contains(&std::ptr::from_ref(keys)) {
                return;
            }
            seen.push(std::ptr::from_ref(keys));
            for one_of in keys.one_of {
                for name in one_of.keys {
                    assert!(keys.get(name).is_some(), "{}: {name}", keys.about);
                }
            }
            for two in keys.two_ways {
                for name in two.one.iter().chain(two.other) {
                    assert!(keys.get(name).is_some(), "{}: {name}", keys.about);
                }
            }
            for later in keys.later {
                assert!(keys.get(later).is_none(), "{}: {later}", keys.about);
            }
            for key in keys.keys {
                visit_form(&key.form, seen);
            }
        }
        fn visit_form(form: &'static Form, seen: &mut Vec<*const Keys>) {
            match form {
                Form::Table(keys) => visit(keys, seen),
                Form::List { of, .. } => visit_form(of, seen),
                Form::Map { each, .. } => visit_form(each, seen),
                Form::Either(forms) => forms.iter().for_each(|form| visit_form(form, seen)),
                _ => {}
            }
        }
        let mut seen = Vec::new();
        visit(&SCENARIO, &mut seen);
        assert!(seen.len() > 40);
    }
}
