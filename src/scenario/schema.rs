//! The JSON Schema of scenario files, for editors; made from the table of keys.
//!
//! Leaves out what an overlay may leave out: nothing is required. Invariant: every key of the table is in the schema.

use serde_json::{Map, Value, json};

use super::form::{DAY_KEYS, Form, KeyForm, Keys, Zero};
use super::format::SCENARIO;
use super::region::REGION_NAMES;

/// The schema (draft 2020-12) as indented JSON with a line feed at the end.
///
/// # Panics
/// Never: the table of keys can always be written as JSON.
#[must_use]
pub fn schema_json() -> String {
    let mut tables = Tables::default();
    let root = tables.reference(&SCENARIO);
    let definitions: Map<String, Value> =
        tables.0.into_iter().map(|(name, _, schema)| (name, schema)).collect();
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "holdtime scenario",
        "$ref": root["$ref"],
        "$defs": definitions,
    });
    serde_json::to_string_pretty(&schema).expect("a tree of values is JSON") + "\n"
}

/// Tables with known keys met so far: name, where they are, schema.
#[derive(Default)]
struct Tables(Vec<(String, *const Keys, Value)>);

impl Tables {
    fn reference(&mut self, keys: &'static Keys) -> Value {
        let known = self.0.iter().find(|(_, at, _)| std::ptr::eq(*at, keys));
        let name = match known {
            Some((name, _, _)) => name.clone(),
            None => {
                let name = format!("table_{}", self.0.len());
                let place = self.0.len();
                self.0.push((name.clone(), std::ptr::from_ref(keys), Value::Null));
                self.0[place].2 = self.table(keys);
                name
            }
        };
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    fn table(&mut self, keys: &'static Keys) -> Value {
        let mut properties = Map::new();
        for key in keys.keys {
            let mut schema = self.form(&key.form);
            schema["description"] = json!(key.about);
            properties.insert(key.name.to_owned(), schema);
        }
        let mut table = json!({
            "type": "object",
            "description": keys.about,
            "properties": properties,
            "additionalProperties": false,
        });
        let exclusive: Vec<Value> = keys
            .one_of
            .iter()
            .flat_map(|one_of| {
                let keys = one_of.keys;
                keys.iter().enumerate().flat_map(move |(i, a)| keys[i + 1..].iter().map(move |b| (*a, *b)))
            })
            .chain(keys.two_ways.iter().flat_map(|two| {
                two.one.iter().flat_map(|one| two.other.iter().map(move |other| (*one, *other)))
            }))
            .map(|(a, b)| json!({ "not": { "required": [a, b] } }))
            .collect();
        if !exclusive.is_empty() {
            table["allOf"] = json!(exclusive);
        }
        table
    }

    fn form(&mut self, form: &'static Form) -> Value {
        match form {
            Form::Text | Form::CsvPath | Form::Name(_) => json!({ "type": "string" }),
            Form::Date | Form::Moment => json!({ "type": "string", "examples": ["2026-03-23"] }),
            Form::ServiceLevelText => json!({ "type": "string", "examples": ["80/20"] }),
            Form::TimeText => json!({ "type": "string", "examples": ["08:00"] }),
            Form::DayText => json!({ "type": "string", "examples": ["mon_fri", "2026-12-24"] }),
            Form::HoursText => json!({ "type": "string", "examples": ["08:00-17:00", "closed"] }),
            Form::Flag => json!({ "type": "boolean" }),
            Form::Number(limits) => {
                let mut number = json!({ "type": "number" });
                if limits.low > f64::MIN {
                    let key = if limits.is_above_low { "exclusiveMinimum" } else { "minimum" };
                    number[key] = json!(limits.low);
                }
                if limits.high < f64::MAX {
                    number["maximum"] = json!(limits.high);
                }
                number
            }
            Form::Whole { low, high } => json!({ "type": "integer", "minimum": low, "maximum": high }),
            Form::Duration(zero) => {
                let mut number = json!({ "type": "number", "description": "seconds" });
                number[if *zero == Zero::Refused { "exclusiveMinimum" } else { "minimum" }] = json!(0);
                json!({ "anyOf": [
                    { "type": "string", "pattern": "^ *([0-9._]+ *(w|d|h|m|min|s|ms) *)+$", "examples": ["3m20s"] },
                    number,
                ] })
            }
            Form::Choice { now, .. } => json!({ "enum": now }),
            Form::List { of, low, high } => {
                let mut list = json!({ "type": "array", "items": self.form(of), "minItems": low });
                if *high < usize::MAX {
                    list["maxItems"] = json!(high);
                }
                list
            }
            Form::Table(keys) => self.reference(keys),
            Form::Map { key, each } => {
                let each = self.form(each);
                match key {
                    KeyForm::Day => json!({
                        "type": "object",
                        "properties": DAY_KEYS.iter().map(|day| ((*day).to_owned(), each.clone())).collect::<Map<_, _>>(),
                        "additionalProperties": false,
                    }),
                    KeyForm::Region => json!({
                        "type": "object",
                        "propertyNames": { "enum": REGION_NAMES },
                        "additionalProperties": each,
                    }),
                    KeyForm::New | KeyForm::Existing(_) | KeyForm::Date | KeyForm::Time | KeyForm::Path => {
                        json!({ "type": "object", "additionalProperties": each })
                    }
                }
            }
            Form::Either(forms) => {
                json!({ "anyOf": forms.iter().map(|form| self.form(form)).collect::<Vec<_>>() })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_of_the_schema_has_its_definition() {
        let schema: Value = serde_json::from_str(&schema_json()).unwrap();
        let text = schema_json();
        let definitions = schema["$defs"].as_object().unwrap();
        let mut n_references = 0;
        for piece in text.split("\"$ref\": \"#/$defs/").skip(1) {
            let name = piece.split('"').next().unwrap();
            assert!(definitions.contains_key(name), "{name}");
            n_references += 1;
        }
        assert!(n_references > 40);
        assert!(text.contains("\"talk_time_factor\""));
    }
}
