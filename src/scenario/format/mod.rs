//! The keys of a scenario file: which there are, what each may be, which exclude one another, which come later.
//!
//! One table for the checker, the merging of overlays and the JSON Schema. Says nothing about how values fit together.
//! Invariant: a key that is not written here is refused by name.

mod calendar;
mod callback;
mod change;
mod class;
mod contract;
mod forms;
mod group;
mod incident;
mod law;
mod off_phone;
mod policy;
mod pressure;
mod returns;
mod routing;
mod shifts;
mod shrinkage;
mod site;
mod target;
mod transfer;
mod volume;

use crate::scenario::form::{DURATION, Form, KeyForm, Keys, Kind, SOME_TIME};
use calendar::CALENDAR;
use change::{CHANGE_FORM, MEASURE, SCALE, UNCERTAINTY};
use class::CLASS_FORM;
use contract::CONTRACT_FORM;
use forms::{choice, list, optional, required};
use group::GROUP_FORM;
use incident::INCIDENT_FORM;
use policy::POLICY;
use returns::CASE;
use routing::{LINES_FORM, ROUTING_FORM};
use site::SITE_FORM;
use target::TARGET;
use volume::{DAY_VARIATION, PROFILE_FORM, VARIATION};

pub(super) use volume::SHAPED;

/// The whole file.
pub(in crate::scenario) static SCENARIO: Keys = Keys {
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
