//! Checks the merged tree value by value against the table of keys: unknown and missing keys, kinds, limits, names,
//! alternatives.
//!
//! Does not look at how values fit together; the builder does. Invariant: what passes here is read by [`super::read`]
//! without a further message.

use super::days::{DAY_SECONDS, day_hint};
use super::diagnostic::{Diagnostic, MOST_OF_A_KIND, choice, cut_flood, did_you_mean, list, nearest};
use super::duration;
use super::elsewhere::instead_of;
use super::form::{self, DAY_KEYS, Form, Key, KeyForm, Keys, Kind, Need, Refusal};
use super::plan::Days;
use super::region::REGION_NAMES;
use super::source::Origin;
use super::tree::{Entry, Node, Table, Value};

/// The names that a scenario gives to things, in the order of its file.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    pub(super) classes: Vec<String>,
    pub(super) groups: Vec<String>,
    pub(super) sites: Vec<String>,
    pub(super) profiles: Vec<String>,
    /// Classes and groups taken out by `enabled = false`.
    pub(super) disabled: Vec<(Kind, String)>,
}

impl Names {
    pub(super) fn of(&self, kind: Kind) -> &[String] {
        match kind {
            Kind::Class => &self.classes,
            Kind::Group => &self.groups,
            Kind::Site => &self.sites,
            Kind::Profile => &self.profiles,
        }
    }

    pub(super) fn is_disabled(&self, kind: Kind, name: &str) -> bool {
        self.disabled.iter().any(|(k, n)| *k == kind && n == name)
    }
}

/// `class.billing.volume`; names that TOML would quote are quoted.
pub(super) fn path_join(path: &str, key: &str) -> String {
    let is_bare = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let key = if is_bare { key.to_owned() } else { format!("{key:?}") };
    if path.is_empty() { key } else { format!("{path}.{key}") }
}

/// Checks a whole tree.
pub(super) fn check(root: &Node, keys: &'static Keys, names: &Names, problems: &mut Vec<Diagnostic>) {
    let mut checker = Checker { names, problems };
    if let Some(table) = root.table() {
        checker.keys(table, keys, "", root.origin);
    }
}

struct Checker<'a> {
    names: &'a Names,
    problems: &'a mut Vec<Diagnostic>,
}

impl Checker<'_> {
    fn keys(&mut self, table: &Table, keys: &'static Keys, path: &str, at: Origin) {
        let mut n_unknown = 0;
        for entry in &table.entries {
            match keys.get(&entry.key) {
                Some(key) => {
                    self.value(&entry.node, &key.form, &path_join(path, &entry.key), entry.key_origin);
                }
                None if n_unknown < MOST_OF_A_KIND => {
                    self.unknown_key(entry, keys, path);
                    n_unknown += 1;
                }
                None => n_unknown += 1,
            }
        }
        if n_unknown > MOST_OF_A_KIND {
            let left_out = n_unknown - MOST_OF_A_KIND;
            self.problems.push(
                Diagnostic::error(format!("and {left_out} more unknown keys in {}", subject(path)))
                    .at(at)
                    .hint("probably all for the same reason"),
            );
        }
        let is_optional = |keys: &Keys| {
            !keys.keys.is_empty()
                && keys.keys.iter().all(|key| key.need != Need::Required)
                && keys.one_of.iter().all(|one_of| one_of.need != Need::Required)
        };
        // An empty `target` is told by who reads it.
        if table.entries.is_empty() && is_optional(keys) && !path.is_empty() && !path.ends_with("target") {
            self.problems.push(
                Diagnostic::warning(format!("{} is empty", subject(path)))
                    .at(at)
                    .allowed(choice(keys.keys.iter().map(|key| key.name)))
                    .hint("write one of its keys, or leave it out"),
            );
        }
        let is_misspelt = |name: &str| {
            let known = || keys.keys.iter().map(|key| key.name);
            table.keys().any(|key| keys.get(key).is_none() && nearest(key, known()) == Some(name))
        };
        let is_missing = |key: &&Key| key.need == Need::Required && table.get(key.name).is_none();
        for key in keys.keys.iter().filter(is_missing).filter(|key| !is_misspelt(key.name)) {
            self.problems.push(
                Diagnostic::error(format!("{} needs `{}`", subject(path), key.name))
                    .at(at)
                    .note("what", key.about)
                    .allowed(key.form.words()),
            );
        }
        self.two_ways(table, keys, path);
        for one_of in keys.one_of {
            let written: Vec<&Entry> =
                table.entries.iter().filter(|entry| one_of.keys.contains(&entry.key.as_str())).collect();
            if written.len() > 1 {
                let names = list(written.iter().map(|entry| entry.key.as_str()));
                self.problems.push(
                    Diagnostic::error(format!(
                        "{} has {} alternatives at once",
                        subject(path),
                        written.len()
                    ))
                    .at(written[1].key_origin)
                    .found(names)
                    .allowed(format!("one of {}", choice(one_of.keys.iter().copied())))
                    .hint("keep one of them"),
                );
            }
            let has_unknown = table.keys().any(|key| keys.get(key).is_none());
            if written.is_empty() && one_of.need == Need::Required && !has_unknown {
                self.problems.push(
                    Diagnostic::error(format!(
                        "{} says nothing about its {}",
                        subject(path),
                        one_of_word(keys, one_of.keys)
                    ))
                    .at(at)
                    .allowed(format!("one of {}", choice(fitting(table, one_of.keys)))),
                );
            }
        }
    }

    /// Reports a table that goes two ways at once.
    fn two_ways(&mut self, table: &Table, keys: &'static Keys, path: &str) {
        for two in keys.two_ways {
            let of = |way: &[&str]| table.entries.iter().find(|entry| way.contains(&entry.key.as_str()));
            let (Some(one), Some(other)) = (of(two.one), of(two.other)) else { continue };
            self.problems.push(
                Diagnostic::error(format!("{} has two alternatives at once", subject(path)))
                    .at(other.key_origin)
                    .found(list([one.key.as_str(), &other.key]))
                    .allowed(format!(
                        "{}; or {}",
                        choice(two.one.iter().copied()),
                        choice(two.other.iter().copied())
                    ))
                    .hint("keep one of them"),
            );
        }
    }

    /// A value that may be written in forms of several TOML types.
    fn either(&mut self, node: &Node, form: &'static Form, chosen: &'static Form, path: &str, key: Origin) {
        if let (Form::Choice { now, .. }, Some(text)) = (chosen, node.text())
            && !now.contains(&text)
        {
            // It need not have been meant as a word.
            let hint = kind_hint(node, form);
            let hint = if hint.is_empty() { did_you_mean(text, now.iter().copied()) } else { hint };
            self.wrong_kind(node, path, &form.words(), hint);
            return;
        }
        let before = self.problems.len();
        self.value(node, chosen, path, key);
        if !chosen.is_scalar() {
            return;
        }
        // A single value was refused: the other forms are allowed too.
        for problem in self.problems.drain(before..).collect::<Vec<_>>() {
            let problem = problem.allowing(&form.words());
            let hint = if problem.has_hint() { String::new() } else { kind_hint(node, form) };
            self.problems.push(problem.hint(hint));
        }
    }

    fn unknown_key(&mut self, entry: &Entry, keys: &'static Keys, path: &str) {
        let full = path_join(path, &entry.key);
        if keys.later.contains(&entry.key.as_str()) {
            self.problems.push(not_yet(&full, entry.key_origin, ""));
            return;
        }
        let known = keys.keys.iter().map(|key| key.name);
        self.problems.push(
            Diagnostic::error(format!("unknown key `{}` in {}", entry.key, subject(path)))
                .at(entry.key_origin)
                .allowed(if keys.keys.is_empty() {
                    "no key at all".to_owned()
                } else {
                    choice(known.clone())
                })
                .hint(if keys.get("mon_fri").is_some() && !day_hint(&entry.key).is_empty() {
                    day_hint(&entry.key)
                } else if let Some(hint) = instead_of(&entry.key) {
                    hint.to_owned()
                } else {
                    did_you_mean(&entry.key, known)
                }),
        );
    }

    fn value(&mut self, node: &Node, form: &'static Form, path: &str, key_origin: Origin) {
        if let (Form::Choice { later, .. }, Value::Table(table)) = (form, &node.value)
            && let Some(key) = table.keys().find(|key| later.contains(key))
        {
            self.problems.push(not_yet(&path_join(path, key), node.origin, form.words()));
            return;
        }
        if !form.suits(node) {
            self.wrong_kind(node, path, &form.words(), kind_hint(node, form));
            return;
        }
        let refusal = match form {
            Form::Text | Form::Flag => return,
            Form::Number(limits) => form::number(node, *limits).err(),
            Form::Whole { low, high } => form::whole(node, *low, *high).err(),
            Form::Duration(zero) => form::duration(node, *zero).err(),
            Form::Date | Form::Moment if node.text().is_some_and(is_missing_date) => {
                Some(Refusal::Range(form.words()))
            }
            Form::Date => refuse(form, node.text().and_then(form::date)),
            Form::Moment => refuse(form, node.text().and_then(form::moment)),
            Form::ServiceLevelText => refuse(form, node.text().and_then(form::service_level)),
            Form::HoursText => refuse(form, node.text().and_then(form::hours)),
            Form::TimeText => refuse(form, node.text().and_then(form::time)),
            Form::DayText => refuse(form, node.text().and_then(Days::parse)),
            Form::CsvPath => refuse(form, node.text().filter(|text| !text.trim().is_empty())),
            Form::Choice { now, later } => match node.text() {
                Some(text) if now.contains(&text) => None,
                Some(text) if later.contains(&text) => Some(Refusal::Later),
                Some(text) => {
                    self.problems.push(
                        Diagnostic::error(format!("unknown word for `{path}`"))
                            .at(node.origin)
                            .found(node.show())
                            .allowed(form.words())
                            .hint(did_you_mean(text, now.iter().copied())),
                    );
                    return;
                }
                None => None,
            },
            Form::Name(kind) => {
                if let Some(name) = node.text() {
                    self.name(name, *kind, path, node.origin);
                }
                return;
            }
            Form::List { of, low, high } => return self.list(node, of, (*low, *high), path, key_origin),
            Form::Table(keys) => {
                if let Some(table) = node.table() {
                    self.keys(table, keys, path, key_origin);
                }
                return;
            }
            Form::Map { key, each } => {
                for entry in node.table().into_iter().flat_map(|table| &table.entries) {
                    self.map_key(entry, *key, path);
                    self.value(&entry.node, each, &path_join(path, &entry.key), entry.key_origin);
                }
                return;
            }
            Form::Either(forms) => {
                let by_word = forms.iter().find(|form| form.has_word(node));
                if let Some(chosen) = by_word.or_else(|| forms.iter().find(|form| form.suits(node))) {
                    self.either(node, form, chosen, path, key_origin);
                }
                return;
            }
        };
        match refusal {
            None => {}
            Some(Refusal::Later) => {
                self.problems.push(not_yet(&format!("{path} = {}", node.show()), node.origin, form.words()));
            }
            Some(Refusal::Kind(words)) => self.wrong_kind(node, path, &words, kind_hint(node, form)),
            Some(Refusal::Range(words)) => self.problems.push(
                Diagnostic::error(format!("`{path}` is out of range"))
                    .at(node.origin)
                    .found(node.show())
                    .allowed(words)
                    .hint(range_hint(node, form)),
            ),
        }
    }

    fn list(&mut self, node: &Node, of: &'static Form, (low, high): (usize, usize), path: &str, key: Origin) {
        let items = node.list().unwrap_or_default();
        if !(low..=high).contains(&items.len()) {
            let allowed = if low == high {
                format!("{low} values")
            } else if high == usize::MAX {
                format!("at least {low}")
            } else {
                format!("{low} to {high}")
            };
            self.problems.push(
                Diagnostic::error(format!("wrong number of values in `{path}`"))
                    .at(if items.is_empty() { key } else { node.origin })
                    .found(items.len().to_string())
                    .allowed(allowed),
            );
        }
        let before = self.problems.len();
        for (i, item) in items.iter().enumerate() {
            self.value(item, of, &path_join(path, &i.to_string()), item.origin);
        }
        if of.is_scalar() {
            cut_flood(self.problems, before, &subject(path), node.origin);
        }
    }

    fn wrong_kind(&mut self, node: &Node, path: &str, words: &str, hint: String) {
        self.problems.push(
            Diagnostic::error(format!("wrong kind of value for `{path}`"))
                .at(node.origin)
                .found(node.show())
                .allowed(words)
                .hint(hint),
        );
    }

    fn name(&mut self, name: &str, kind: Kind, path: &str, at: Origin) {
        let known = self.names.of(kind);
        // A scenario without any class or group has been told so.
        let is_told = known.is_empty() && matches!(kind, Kind::Class | Kind::Group);
        if is_told || known.iter().any(|known| known == name) || self.names.is_disabled(kind, name) {
            return;
        }
        let what = kind.table();
        self.problems.push(
            Diagnostic::error(format!("there is no {what} `{name}`, named by `{path}`"))
                .at(at)
                .allowed(format!("a {what} of the scenario: {}", choice(known.iter().map(String::as_str))))
                .hint(did_you_mean(name, known.iter().map(String::as_str))),
        );
    }

    fn map_key(&mut self, entry: &Entry, form: KeyForm, path: &str) {
        let key = entry.key.as_str();
        let is_allowed = match form {
            KeyForm::New | KeyForm::Path => !key.trim().is_empty(),
            KeyForm::Existing(kind) => return self.name(key, kind, path, entry.key_origin),
            KeyForm::Day => DAY_KEYS.contains(&key),
            KeyForm::Date => form::date(key).is_some(),
            KeyForm::Time => form::time(key).is_some_and(|second| second < DAY_SECONDS),
            KeyForm::Region => REGION_NAMES.contains(&key),
        };
        if !is_allowed {
            let hint = match form {
                KeyForm::Day => day_hint(key),
                KeyForm::Time if form::time(key).is_some() => {
                    "a day ends by itself: leave `24:00` out".to_owned()
                }
                KeyForm::Region => did_you_mean(key, REGION_NAMES),
                KeyForm::Date if is_missing_date(key) => NO_SUCH_DATE.to_owned(),
                KeyForm::New => "names have at least one letter".to_owned(),
                _ => String::new(),
            };
            self.problems.push(
                Diagnostic::error(format!("wrong key `{key}` in {}", subject(path)))
                    .at(entry.key_origin)
                    .allowed(form.words())
                    .hint(hint),
            );
        }
    }
}

/// Of alternatives those that go together with what is written: `sigma` beside `mu`, `cv` and `sd` beside `mean`.
fn fitting(table: &Table, alternatives: &'static [&'static str]) -> Vec<&'static str> {
    let has = |keys: &[&str]| keys.iter().any(|key| table.get(key).is_some());
    let is_log = |key: &str| matches!(key, "mu" | "sigma");
    let (log, plain) = (has(&["mu", "sigma"]), has(&["mean", "cv", "sd"]));
    alternatives.iter().copied().filter(|key| log == plain || is_log(key) == log).collect()
}

/// What a value belongs to, for messages.
fn subject(path: &str) -> String {
    if path.is_empty() { "the scenario".to_owned() } else { format!("`{path}`") }
}

/// What helps with a value of the wrong kind, if its look tells.
fn kind_hint(node: &Node, form: &'static Form) -> String {
    let is_number = |form: &Form| matches!(form, Form::Number(_) | Form::Whole { .. });
    let takes_number = match form {
        Form::Either(forms) => forms.iter().any(is_number),
        form => is_number(form),
    };
    match &node.value {
        // A word of taking away, where there is none.
        Value::Text(text) if text == "none" && form.is_list() => "write [] for none".to_owned(),
        Value::Text(text) if text == "none" => String::new(),
        Value::Text(text) if takes_number && text.trim().parse::<f64>().is_ok() => {
            "write the number without quotation marks".to_owned()
        }
        Value::Text(text) if takes_number => number_hint(text),
        Value::Text(text) if is_level(form) => level_hint(text),
        Value::Text(text) if is_hours(form) => hours_hint(text),
        Value::Text(text) if is_day(form) => day_hint(text),
        Value::Text(_) | Value::Whole(_) | Value::Real(_)
            if form.keys().is_some_and(|keys| keys.get("exponential").is_some()) =>
        {
            format!("for a constant write {{ constant = {} }}", node.show())
        }
        Value::Text(text) if is_duration(form) => duration::hint(text),
        Value::Text(_) | Value::Whole(_) | Value::Real(_) if key_of_one_value(form).is_some() => {
            format!("write {{ {} = {} }}", key_of_one_value(form).unwrap_or_default(), node.show())
        }
        Value::Text(_) if form.is_list() => {
            let depth = form.list_depth();
            format!("write {}{}{}", "[".repeat(depth), node.show(), "]".repeat(depth))
        }
        _ => String::new(),
    }
}

fn is_level(form: &Form) -> bool {
    match form {
        Form::Either(forms) => forms.iter().any(is_level),
        form => matches!(form, Form::ServiceLevelText),
    }
}

fn is_duration(form: &Form) -> bool {
    match form {
        Form::Either(forms) => forms.iter().any(is_duration),
        form => matches!(form, Form::Duration(_)),
    }
}

/// The key that a single value in the place of a table was probably meant for.
fn key_of_one_value(form: &'static Form) -> Option<&'static str> {
    let keys = form.keys()?;
    ["per_hour", "mean"].into_iter().find(|key| keys.get(key).is_some())
}

fn is_hours(form: &Form) -> bool {
    match form {
        Form::Either(forms) => forms.iter().any(is_hours),
        form => matches!(form, Form::HoursText),
    }
}

fn is_day(form: &Form) -> bool {
    match form {
        Form::Either(forms) => forms.iter().any(is_day),
        form => matches!(form, Form::DayText),
    }
}

/// How to write hours past midnight; nothing for other words.
fn hours_hint(text: &str) -> String {
    let Some((from, to)) = text.split_once('-') else { return String::new() };
    let times = form::time(from.trim()).zip(form::time(to.trim()));
    times.filter(|(from, to)| from >= to).map_or_else(String::new, |_| {
        format!(
            "past midnight write two: \"{}-24:00\" and, on the next day, \"00:00-{}\"",
            from.trim(),
            to.trim()
        )
    })
}

/// How to write what was meant by `0.8/20` or `80%/20s`; nothing for other words.
fn level_hint(text: &str) -> String {
    let Some((share, within)) = text.split_once('/') else { return String::new() };
    let share = share.trim();
    let percent = share.strip_suffix('%').unwrap_or(share).trim_end().parse::<f64>();
    let percent = percent.map(|number| if share.ends_with('%') { number } else { number * 100.0 });
    match percent {
        Ok(percent) if (1.0..=100.0).contains(&percent) => {
            format!("write \"{}/{}\"", (percent * 1e7).round() / 1e7, within.trim())
        }
        _ => String::new(),
    }
}

/// How to write what was meant by `80%` or `6,5`; nothing for other words.
pub(super) fn number_hint(text: &str) -> String {
    let text = text.trim();
    let percent = text.strip_suffix('%').map(str::trim_end).unwrap_or_default().replacen(',', ".", 1);
    let with_point = text.replacen(',', ".", 1);
    if is_in_thousands(text) {
        let whole = text.replace(',', "");
        let decimal = if text.matches(',').count() == 1 {
            format!(", or {with_point} if decimals were meant")
        } else {
            String::new()
        };
        return format!("write {whole}{decimal}");
    }
    match (percent.parse::<f64>(), with_point.parse::<f64>()) {
        // Rounded, because seven percent are not 0.07 to the last bit.
        (Ok(percent), _) => format!("write {percent} % as {}", (percent * 1e7).round() / 1e9),
        (_, Ok(number)) if text.contains(',') => format!("decimals have a point: {number}"),
        _ => String::new(),
    }
}

/// Whether commas stand where thousands end: `1,000`, `12,000,000`, but not `0,125`.
fn is_in_thousands(text: &str) -> bool {
    let mut parts = text.split(',');
    let is_number = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    let is_first = |part: &str| (1..=3).contains(&part.len()) && is_number(part) && !part.starts_with('0');
    let has_more = text.contains(',');
    has_more && parts.next().is_some_and(is_first) && parts.all(|part| part.len() == 3 && is_number(part))
}

fn one_of_word(keys: &Keys, alternatives: &[&str]) -> &'static str {
    match alternatives.first() {
        Some(&"agents") => "staffing",
        Some(&"fresh_per_year") => "source",
        Some(&"volume") => "contacts",
        Some(&"cv") => "spread",
        Some(&"mean") => "mean",
        Some(&"linear") => "curve",
        Some(&"tier") => "groups",
        Some(&"keep") => "rule",
        _ if keys.get("exponential").is_some() => "distribution",
        _ => "content",
    }
}

fn not_yet(what: &str, at: Origin, allowed: impl Into<String>) -> Diagnostic {
    Diagnostic::error(format!("`{what}` does not exist yet"))
        .at(at)
        .allowed(allowed)
        .hint("it is planned for a later version; leave it out, it is never run as something else")
}

fn refuse<T>(form: &Form, read: Option<T>) -> Option<Refusal> {
    if read.is_none() { Some(Refusal::Kind(form.words())) } else { None }
}

const NO_SUCH_DATE: &str = "this date does not exist";

/// Whether a text is written as a date, and the calendar has none such: `2026-02-30`.
fn is_missing_date(text: &str) -> bool {
    let is_like = |(i, c): (usize, char)| if matches!(i, 4 | 7) { c == '-' } else { c.is_ascii_digit() };
    text.get(..10).is_some_and(|day| day.char_indices().all(is_like) && form::date(day).is_none())
}

fn range_hint(node: &Node, form: &Form) -> String {
    if matches!(form, Form::Date | Form::Moment) {
        return NO_SUCH_DATE.to_owned();
    }
    match (form, node.number()) {
        (Form::Number(limits), Some(number)) if limits.high == 1.0 && (2.0..=100.0).contains(&number) => {
            number_hint(&format!("{number}%"))
        }
        _ => String::new(),
    }
}
