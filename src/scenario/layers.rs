//! Overlays: a file on its base, `--set` on top.
//!
//! Tables merge, lists are replaced whole, a table that names another alternative replaces the base's. Invariant: every value
//! of the merged tree keeps the place where it was written.

use super::diagnostic::{Diagnostic, Severity, did_you_mean, list};
use super::form::{Form, Keys, NamingAnother};
use super::format::SCENARIO;
use super::shape::path_join;
use super::source::{FileId, FileKind, Files, Origin, Source, join};
use super::tree::{self, Entry, Node, Table, Value};

/// The scenario's own form.
static SCENARIO_FORM: Form = Form::Table(&SCENARIO);

/// Texts and problems gathered while reading.
pub(super) struct Reading<'s> {
    pub(super) source: &'s dyn Source,
    pub(super) files: Files,
    pub(super) problems: Vec<Diagnostic>,
    /// The path of the scenario itself.
    pub(super) top: String,
}

/// The layers of a scenario, the deepest base first.
pub(super) struct Layers {
    /// Each as it was written.
    layers: Vec<Node>,
    /// Whether every file could be read, and read as TOML.
    pub(super) are_whole: bool,
}

impl Reading<'_> {
    /// Whether anything keeps the scenario from running.
    pub(super) fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity() == Severity::Error)
    }

    /// Reads a text file; a problem is reported at `named_at`, where its path is written.
    pub(super) fn text(&mut self, path: &str, named_at: Option<Origin>) -> Option<FileId> {
        let at = |diagnostic: Diagnostic| match named_at {
            Some(origin) => diagnostic.at(origin),
            None => diagnostic,
        };
        let bytes = match self.source.read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.problems.push(at(Diagnostic::error(format!("cannot read `{path}`: {}", error.0)).hint(
                    match named_at.map(|at| self.files.kind(at.file)) {
                        Some(FileKind::File) => "paths are relative to the file that names them",
                        Some(FileKind::Set) => "paths of `--set` are relative to the scenario's file",
                        None => "",
                    },
                )));
                return None;
            }
        };
        match String::from_utf8(bytes) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned);
                Some(self.files.add(path.to_owned(), text, FileKind::File))
            }
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let line = error.as_bytes()[..valid].iter().filter(|byte| **byte == b'\n').count() + 1;
                self.problems.push(at(Diagnostic::error(format!("`{path}` is not UTF-8"))
                    .found(format!("byte 0x{:02x} in line {line}", error.as_bytes()[valid]))
                    .hint("save the file as UTF-8")));
                None
            }
        }
    }

    /// The file whose folder a path written at `origin` is relative to: of a `--set` the scenario's own.
    pub(super) fn naming_file(&self, origin: Origin) -> &str {
        match self.files.kind(origin.file) {
            FileKind::File => self.files.path(origin.file),
            FileKind::Set => &self.top,
        }
    }

    /// Reads a file and its bases.
    pub(super) fn layers(&mut self, path: &str) -> Layers {
        let mut chain: Vec<Node> = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        let mut are_whole = true;
        let mut next = Some((join("", path), None));
        while let Some((path, named_at)) = next.take() {
            if let Some(first) = seen.iter().position(|seen| *seen == path) {
                let way: Vec<&str> = seen[first..].iter().chain([&path]).map(String::as_str).collect();
                self.problems.push(
                    Diagnostic::error("`base` goes round in a circle")
                        .at(named_at.unwrap_or(chain[0].origin))
                        .found(way.join(" -> "))
                        .hint("one of these files must stand on its own"),
                );
                return Layers { layers: Vec::new(), are_whole };
            }
            // Without its base a scenario lacks what the base says: that is no mistake of its own.
            let Some(file) = self.text(&path, named_at) else {
                are_whole = false;
                break;
            };
            let document = tree::parse_document(&self.files, file, &mut self.problems);
            are_whole &= document.is_whole;
            let node = document.root;
            if let Some(base) = node.get("base") {
                match base.text() {
                    Some(base_path) => next = Some((join(&path, base_path), Some(base.origin))),
                    None => {
                        are_whole = false;
                        self.problems.push(
                            Diagnostic::error("wrong kind of value for `base`")
                                .at(base.origin)
                                .found(base.show())
                                .allowed("the path of a scenario file"),
                        );
                    }
                }
            }
            seen.push(path);
            chain.push(node);
        }
        chain.reverse();
        Layers { layers: chain, are_whole }
    }

    /// Applies a `--set path=value`.
    pub(super) fn set(&mut self, root: &mut Node, argument: &str) {
        let file = self.files.add("--set".to_owned(), argument.to_owned(), FileKind::Set);
        let whole = Origin { file, start: 0, end: argument.len() };
        let path = argument.split_once('=').map(|(path, value)| (path_parts(path), path.len() + 1, value));
        let (parts, start) = match path {
            Some((Some(parts), start, _)) => (parts, start),
            _ => {
                self.problems.push(
                    Diagnostic::error(format!("`--set {argument}` is not of the form path=value"))
                        .hint("as in `--set class.billing.patience.exponential.mean=90s`"),
                );
                return;
            }
        };
        if parts.first().is_some_and(|part| part == "base") {
            self.problems.push(
                Diagnostic::error("`base` cannot be set: it stands in a file")
                    .at(whole)
                    .hint("write a file with another `base`, or give that file itself to the command"),
            );
            return;
        }
        let skipped = argument[start..].len() - argument[start..].trim_start().len();
        let value = tree::parse_value(&self.files, file, start + skipped, &mut self.problems);
        if let Err(problem) = set_below(root, &SCENARIO_FORM, &parts, "", &value, whole) {
            self.problems.push(problem);
        }
    }
}

impl Layers {
    /// Number of files.
    pub(super) fn len(&self) -> usize {
        self.layers.len()
    }

    /// The first `count` layers as one tree; an empty one if there are none.
    pub(super) fn merged(&self, count: usize) -> Option<Node> {
        let mut layers = self.layers[..count].iter();
        let mut root = layers.next()?.clone();
        for layer in layers {
            merge(&mut root, layer.clone(), Some(&SCENARIO_FORM));
        }
        Some(root)
    }

    /// Whether a text is one of the layers.
    pub(super) fn has(&self, file: FileId) -> bool {
        self.layers.iter().any(|layer| layer.origin.file == file)
    }

    /// Which layer a value comes from.
    pub(super) fn of(&self, origin: Origin) -> Option<usize> {
        self.layers.iter().position(|layer| layer.origin.file == origin.file)
    }
}

/// Puts `child` over `base`.
pub(super) fn merge(base: &mut Node, child: Node, form: Option<&'static Form>) {
    match (&mut base.value, child.value) {
        (Value::Table(base_table), Value::Table(child_table)) => {
            if let Some(keys) = form.and_then(Form::keys) {
                let named: Vec<String> = child_table.keys().map(str::to_owned).collect();
                make_way(base_table, keys, &named);
            }
            for entry in child_table.entries {
                let below = form.and_then(|form| form.below(&entry.key));
                match base_table.entry_mut(&entry.key) {
                    Some(old) => {
                        old.key_origin = entry.key_origin;
                        merge(&mut old.node, entry.node, below);
                    }
                    None => base_table.entries.push(entry),
                }
            }
            base.origin = child.origin;
        }
        (_, value) => *base = Node { value, origin: child.origin },
    }
}

/// Drops what `table` says where a child that names `named` says it another way.
fn make_way(table: &mut Table, keys: &Keys, named: &[String]) {
    for one_of in keys.one_of {
        let is_alternative = |key: &str| one_of.keys.contains(&key);
        let names_another = named.iter().any(|key| is_alternative(key) && table.get(key).is_none());
        if !names_another || !table.keys().any(is_alternative) {
            continue;
        }
        match one_of.naming_another {
            NamingAnother::ReplacesTable => table.entries.clear(),
            NamingAnother::KeepsSome { among, kept } => {
                let is_among = |key: &str| among.contains(&key);
                let stays = table.keys().any(is_among) && named.iter().any(|key| is_among(key));
                table.entries.retain(|entry| stays && kept.contains(&entry.key.as_str()));
            }
            NamingAnother::ReplacesKey => {
                table.entries.retain(|entry| !is_alternative(&entry.key) || named.contains(&entry.key));
            }
        }
    }
    for two in keys.two_ways {
        for (taken, left) in [(two.one, two.other), (two.other, two.one)] {
            if named.iter().any(|key| taken.contains(&key.as_str())) {
                table.entries.retain(|entry| !left.contains(&entry.key.as_str()));
            }
        }
    }
}

/// Splits `class."old name".volume` at its dots.
pub(super) fn path_parts(path: &str) -> Option<Vec<String>> {
    let mut parts = vec![String::new()];
    let mut is_quoted = false;
    for c in path.trim().chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            '.' if !is_quoted => parts.push(String::new()),
            c => parts.last_mut()?.push(c),
        }
    }
    (!is_quoted && parts.iter().all(|part| !part.is_empty())).then_some(parts)
}

fn set_below(
    node: &mut Node,
    form: &'static Form,
    parts: &[String],
    path: &str,
    value: &Node,
    at: Origin,
) -> Result<(), Diagnostic> {
    let Some((part, rest)) = parts.split_first() else {
        merge(node, value.clone(), Some(form));
        return Ok(());
    };
    let path_here = path_join(path, part);
    let below = form.below(part).unwrap_or(&Form::Text);
    match &mut node.value {
        Value::List(items) => {
            let n_items = items.len();
            let item = part.parse::<usize>().ok().and_then(|i| items.get_mut(i)).ok_or_else(|| {
                Diagnostic::error(format!("`{path}` has no item `{part}`")).at(at).allowed(match n_items {
                    0 => "none: the list is empty".to_owned(),
                    1 => "index 0, the only item".to_owned(),
                    n => format!("an index from 0 to {}", n - 1),
                })
            })?;
            set_below(item, below, rest, &path_here, value, at)
        }
        Value::Table(table) => {
            if let Some(keys) = form.keys() {
                make_way(table, keys, std::slice::from_ref(part));
            }
            if table.get(part).is_none() {
                // A new thing must be written in a file: a name that nobody knows is a slip of the pen.
                if let Form::Map { key: super::form::KeyForm::New, .. } = form {
                    return Err(Diagnostic::error(format!(
                        "`--set` names `{path_here}`, which the scenario does not have"
                    ))
                    .at(at)
                    .allowed(list(table.keys()))
                    .hint(did_you_mean(part, table.keys())));
                }
                let wants_item = rest.first().is_some_and(|item| item.parse::<usize>().is_ok());
                if wants_item && below.is_list() {
                    return Err(Diagnostic::error(format!(
                        "`{path_here}` is not written, so it has no items"
                    ))
                    .at(at)
                    .hint(format!("write the whole list, as `--set {path_here}=[..]`")));
                }
                let empty = Node { value: Value::Table(Table::default()), origin: at };
                table.entries.push(Entry { key: part.clone(), key_origin: at, node: empty });
            }
            let entry = table.entry_mut(part).expect("just added if it was missing");
            if rest.is_empty() {
                entry.key_origin = at;
            }
            set_below(&mut entry.node, below, rest, &path_here, value, at)
        }
        _ => {
            // A plain value makes way for a table.
            *node = Node { value: Value::Table(Table::default()), origin: at };
            set_below(node, form, parts, path, value, at)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::source::Texts;

    fn merged(source: &Texts, sets: &[&str]) -> (Reading<'static>, Option<Node>) {
        let source: &'static Texts = Box::leak(Box::new(source.clone()));
        let mut reading =
            Reading { source, files: Files::default(), problems: Vec::new(), top: "top.toml".into() };
        let layers = reading.layers("top.toml");
        let mut root = layers.merged(layers.len());
        if let Some(root) = &mut root {
            for set in sets {
                reading.set(root, set);
            }
        }
        (reading, root)
    }

    fn at<'n>(root: &'n Node, path: &str) -> Option<&'n Node> {
        path.split('.').try_fold(root, |node, key| node.get(key))
    }

    const BASE: &str = r#"
        [class.a]
        patience = { lognormal = { mean = "3m", cv = 1.1 } }
        resolution = 0.7
        service_levels = ["80/20", "90/60"]
        [group.g]
        staffing.logged_in = "plan.csv"
        site = "west"
    "#;

    #[test]
    fn tables_merge_lists_are_replaced_and_alternatives_drive_one_another_out() {
        let top = r#"
            base = "base.toml"
            [class.a]
            patience = { exponential = { mean = "2m" } }
            service_levels = ["70/30"]
            [group.g]
            agents = 5
        "#;
        let (reading, root) = merged(&Texts::new().with("top.toml", top).with("base.toml", BASE), &[]);
        assert!(reading.problems.is_empty());
        let root = root.unwrap();
        assert_eq!(at(&root, "class.a.resolution").and_then(Node::number), Some(0.7));
        assert!(at(&root, "class.a.patience.lognormal").is_none());
        assert!(at(&root, "class.a.patience.exponential.mean").is_some());
        assert_eq!(at(&root, "class.a.service_levels").and_then(Node::list).map(<[Node]>::len), Some(1));
        assert!(at(&root, "group.g.staffing").is_none());
        assert!(at(&root, "group.g.site").is_some());
        assert_eq!(reading.files.place(at(&root, "class.a.resolution").unwrap().origin), "base.toml:4");
    }

    #[test]
    fn a_parameter_changed_alone_keeps_the_others() {
        let top = "base = \"base.toml\"\n[class.a]\npatience.lognormal.sd = \"1m\"\n";
        let (_, root) = merged(&Texts::new().with("top.toml", top).with("base.toml", BASE), &[]);
        let lognormal = at(root.as_ref().unwrap(), "class.a.patience.lognormal").unwrap().table().unwrap();
        assert_eq!(lognormal.keys().collect::<Vec<_>>(), ["mean", "sd"]);
    }

    /// The keys of a table after an overlay, for a base and an overlay of that table.
    fn keys_over(path: &str, base: &str, over: &str) -> Vec<String> {
        let source = Texts::new()
            .with("base.toml", format!("[{path}]\n{base}\n"))
            .with("top.toml", format!("base = \"base.toml\"\n[{path}]\n{over}\n"));
        let (_, root) = merged(&source, &[]);
        let table = at(root.as_ref().unwrap(), path).unwrap().table().unwrap();
        table.keys().map(str::to_owned).collect()
    }

    #[test]
    fn a_shape_stays_between_volumes_that_have_one_and_goes_with_a_rate() {
        let over = |over: &str| {
            keys_over(
                "class.a.volume",
                "offered_per_year = 9\nprofile = \"p\"\nreference.abandonment = 0.1",
                over,
            )
        };
        assert_eq!(over("fresh_per_day = 5"), ["profile", "fresh_per_day"]);
        assert_eq!(over("fresh_per_day = 5\nshape = [1]"), ["fresh_per_day", "shape"]);
        assert_eq!(over("per_hour = 5"), ["per_hour"]);
        assert_eq!(over("offered_per_year = 8"), ["offered_per_year", "profile", "reference"]);
        let rate = |over: &str| keys_over("class.a.volume", "per_hour = 9", over);
        assert_eq!(rate("fresh_per_year = 5\nprofile = \"p\""), ["fresh_per_year", "profile"]);
    }

    #[test]
    fn a_profile_goes_from_keys_to_a_file_and_back_and_keeps_its_factors() {
        let keys = "mon_fri = [1]\nsat_sun = [2]\nweekday = [1, 1, 1, 1, 1, 0, 0]";
        assert_eq!(keys_over("profile.p", keys, "file = \"p.csv\""), ["weekday", "file"]);
        assert_eq!(keys_over("profile.p", "file = \"p.csv\"\nmonth = []", "all = [1]"), ["month", "all"]);
        assert_eq!(keys_over("profile.p", keys, "mon = [3]"), ["mon_fri", "sat_sun", "weekday", "mon"]);
    }

    #[test]
    fn set_changes_one_value_in_tables_and_lists() {
        let (reading, root) = merged(
            &Texts::new().with("top.toml", BASE),
            &[
                "class.a.patience.exponential.mean=90s",
                "class.a.service_levels.1=95/10",
                "group.g.agents=[1, 2]",
            ],
        );
        assert!(reading.problems.is_empty(), "{:?}", reading.problems);
        let root = root.unwrap();
        assert_eq!(at(&root, "class.a.patience.exponential.mean").and_then(Node::text), Some("90s"));
        assert!(at(&root, "class.a.patience.lognormal").is_none());
        assert_eq!(at(&root, "class.a.service_levels").unwrap().list().unwrap()[1].text(), Some("95/10"));
        assert!(at(&root, "group.g.staffing").is_none());
        let place = reading.files.place(at(&root, "group.g.agents").unwrap().origin);
        assert_eq!(place, "--set group.g.agents=[1, 2]");
    }

    #[test]
    fn a_circle_of_bases_is_reported_once() {
        let source =
            Texts::new().with("top.toml", "base = \"other.toml\"").with("other.toml", "base = \"top.toml\"");
        let (reading, _) = merged(&source, &[]);
        assert_eq!(reading.problems.len(), 1);
        assert!(reading.problems[0].title().contains("circle"));
    }
}
