//! A requirement as JSON and CSV: all values by name, unrounded.

use std::io;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::Required;
use crate::analytics::{Base, Targets};
use crate::calculator::{Compared, PlanCheck};
use crate::staffing::{By, ClassSum, GroupSum, Period, PoolNeed, Sums, periods};

/// Changes when a name or a meaning does.
const SCHEMA_VERSION: u32 = 1;

/// The values of a row, in the order of the CSV.
const COLUMNS: [&str; 22] = [
    "visits",
    "load_erlangs",
    "aht_s",
    "patience_s",
    "required",
    "required_peak",
    "required_h",
    "logged_in",
    "planned",
    "net_staffing",
    "short_h",
    "over_h",
    "rostered",
    "rostered_h",
    "paid_h",
    "fte",
    "heads",
    "service_level",
    "abandonment",
    "asa_s",
    "occupancy",
    "out_of_reach",
];

/// One thing in one period.
struct Row<'a> {
    date: &'a str,
    clock: &'a str,
    scope: &'static str,
    name: String,
    values: Vec<(&'static str, f64)>,
}

impl Row<'_> {
    fn value(&self, column: &str) -> Option<f64> {
        self.values.iter().find(|(name, _)| *name == column).map(|(_, value)| *value)
    }
}

/// Only what has a value and a limit.
impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, text) in [("date", self.date), ("interval", self.clock)] {
            if !text.is_empty() {
                map.serialize_entry(key, text)?;
            }
        }
        map.serialize_entry("scope", self.scope)?;
        map.serialize_entry("name", &self.name)?;
        for column in COLUMNS {
            if let Some(value) = self.value(column) {
                map.serialize_entry(column, &value)?;
            }
        }
        map.end()
    }
}

/// Collects values that exist and are finite.
#[derive(Default)]
struct Values(Vec<(&'static str, f64)>);

impl Values {
    fn put(&mut self, name: &'static str, value: impl Into<Option<f64>>) {
        if let Some(value) = value.into().filter(|value| value.is_finite()) {
            self.0.push((name, value));
        }
    }

    fn class(&mut self, sum: &ClassSum, span_h: f64) {
        self.put("visits", sum.visits);
        self.put("load_erlangs", sum.work_h / span_h);
        self.put("aht_s", (sum.visits > 0.0).then(|| sum.work_h * 3600.0 / sum.visits));
        self.put("service_level", sum.service_level());
        self.put("abandonment", sum.abandonment());
        self.put("asa_s", sum.asa_s());
    }

    fn group(&mut self, sum: &GroupSum, span_h: f64, is_paid: bool) {
        self.put("logged_in", sum.logged_in_h / span_h);
        self.put("planned", sum.planned_h / span_h);
        self.put("net_staffing", (sum.planned_h - sum.logged_in_h) / span_h);
        self.put("short_h", sum.short_h);
        self.put("over_h", sum.over_h);
        self.put("occupancy", sum.occupancy());
        if is_paid {
            self.put("rostered", sum.rostered_h / span_h);
            self.put("rostered_h", sum.rostered_h);
            self.put("paid_h", sum.paid_h);
            if is_for_weeks(span_h) {
                self.put("fte", sum.fte);
                self.put("heads", sum.heads);
            }
        }
    }

    fn required(&mut self, hours: f64, peak: f64, span_h: f64) {
        self.put("required", hours / span_h);
        self.put("required_peak", peak);
        self.put("required_h", hours);
    }
}

/// Whether hours a week can be told from a part of the run: from a local day on, also one of 23 hours.
pub(super) fn is_for_weeks(span_h: f64) -> bool {
    span_h >= 23.0
}

impl Required<'_> {
    fn rows<'a>(&self, period: (&'a str, &'a str), sums: &Sums) -> Vec<Row<'a>> {
        let (scenario, span_h) = (self.scenario, sums.span_h);
        let row = |scope, name: &str, values: Values| Row {
            date: period.0,
            clock: period.1,
            scope,
            name: name.to_owned(),
            values: values.0,
        };
        let mut all = Values::default();
        all.class(&sums.visits, span_h);
        all.required(sums.agents.required_h, sums.agents.required_peak, span_h);
        all.group(&sums.agents, span_h, self.is_paid());
        all.put("out_of_reach", sums.out_of_reach as f64);
        let mut rows = vec![row("all", "all", all)];
        for (class, sum) in scenario.classes.iter().zip(&sums.classes) {
            let mut values = Values::default();
            values.class(sum, span_h);
            values.required(sum.required_h, sum.required_peak, span_h);
            rows.push(row("class", &class.name, values));
        }
        for (group, sum) in scenario.groups.iter().zip(&sums.groups) {
            let mut values = Values::default();
            values.required(sum.required_h, sum.required_peak, span_h);
            values.group(sum, span_h, self.is_paid());
            rows.push(row("group", &group.name, values));
        }
        rows
    }

    fn pool<'a>(&self, period: &'a Period, need: &PoolNeed) -> Row<'a> {
        let mut values = Values::default();
        values.put("visits", need.visits);
        values.put("load_erlangs", need.load);
        values.put("aht_s", need.handling_s);
        values.put("patience_s", need.patience_s);
        values.put("required", f64::from(need.required));
        values.put("abandonment", need.abandonment);
        values.put("asa_s", need.asa_s);
        values.put("occupancy", need.occupancy);
        values.put("out_of_reach", f64::from(u8::from(need.is_out_of_reach)));
        let (_, groups) = self.pool_names(need.pool);
        Row {
            date: &period.date,
            clock: &period.clock,
            scope: "pool",
            name: groups.join("+"),
            values: values.0,
        }
    }

    /// Calls `each` with the rows of one period after another.
    fn each_period(&self, mut each: impl FnMut(Vec<Row<'_>>) -> io::Result<()>) -> io::Result<()> {
        for period in periods(&self.scenario.almanac, self.by) {
            let sums = self.requirement.sums(self.scenario, period.intervals.clone());
            let mut rows = self.rows((&period.date, &period.clock), &sums);
            if self.by == By::Interval {
                let needs = &self.requirement.intervals[period.intervals.start].pools;
                rows.extend(needs.iter().map(|need| self.pool(&period, need)));
            }
            each(rows)?;
        }
        Ok(())
    }

    fn whole(&self) -> Vec<Row<'static>> {
        let sums = self.requirement.sums(self.scenario, self.requirement.counted(self.scenario));
        self.rows(("", ""), &sums)
    }
}

/// Writes a requirement as CSV, a row for each period and all, class, group and, by interval, pool; then the whole horizon,
/// with an empty date.
///
/// # Errors
/// If `out` does.
pub fn write_requirement_csv(out: &mut dyn io::Write, required: &Required<'_>) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["date", "interval", "scope", "name"].iter().chain(&COLUMNS))?;
    let mut write = |rows: Vec<Row<'_>>| -> io::Result<()> {
        for row in rows {
            for text in [row.date, row.clock, row.scope, &row.name] {
                writer.write_field(text)?;
            }
            for column in COLUMNS {
                writer.write_field(row.value(column).map_or(String::new(), |value| value.to_string()))?;
            }
            writer.write_record(None::<&[u8]>)?;
        }
        Ok(())
    };
    required.each_period(&mut write)?;
    write(required.whole())?;
    writer.flush()
}

/// Writes a requirement as JSON.
///
/// # Errors
/// If `out` does.
pub fn write_requirement_json(out: &mut dyn io::Write, required: &Required<'_>) -> io::Result<()> {
    let scenario = required.scenario;
    let head = Head {
        schema_version: SCHEMA_VERSION,
        scenario: &scenario.name,
        scenario_hash: format!("{:016x}", scenario.hash),
        formula: "Erlang A",
        interval_s: scenario.almanac.interval.as_secs_f64(),
        by: match required.by {
            By::Interval => "interval",
            By::Day => "day",
            By::Month => "month",
        },
        wanted: (scenario.classes.iter().zip(&required.requirement.wanted))
            .map(|(class, targets)| Wanted::of(&class.name, targets))
            .collect(),
        pools: (0..required.requirement.pools.len())
            .map(|pool| {
                let (classes, groups) = required.pool_names(pool);
                PoolJson { name: groups.join("+"), classes, groups }
            })
            .collect(),
        check: required.check.map(CheckJson::of),
        total: required.whole(),
    };
    // The head without its closing brace, then the periods one by one: a year of half-hours is large.
    let text = serde_json::to_string_pretty(&head)?;
    write!(out, "{},\n  \"periods\": [", text.trim_end_matches(['}', '\n', ' ']).trim_end())?;
    let mut apart = "\n    ";
    required.each_period(|rows| {
        for row in rows {
            out.write_all(apart.as_bytes())?;
            serde_json::to_writer(&mut *out, &row)?;
            apart = ",\n    ";
        }
        Ok(())
    })?;
    writeln!(out, "\n  ]\n}}")
}

#[derive(Serialize)]
struct Head<'a> {
    schema_version: u32,
    scenario: &'a str,
    scenario_hash: String,
    formula: &'a str,
    interval_s: f64,
    by: &'a str,
    wanted: Vec<Wanted<'a>>,
    pools: Vec<PoolJson<'a>>,
    check: Option<CheckJson<'a>>,
    // Last: what follows it is written by hand.
    total: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Wanted<'a> {
    class: &'a str,
    service_level: Option<f64>,
    within_s: Option<f64>,
    of: Option<&'a str>,
    short_s: Option<f64>,
    abandonment: Option<f64>,
    asa_s: Option<f64>,
    occupancy: Option<f64>,
}

impl<'a> Wanted<'a> {
    fn of(class: &'a str, targets: &Targets) -> Self {
        let (of, short_s) = match targets.service_level.map(|goal| goal.base) {
            None => (None, None),
            Some(Base::Entered) => (Some("entered"), None),
            Some(Base::Answered) => (Some("answered"), None),
            Some(Base::EnteredLessShort { short_s }) => (Some("entered_less_short"), Some(short_s)),
        };
        Self {
            class,
            service_level: targets.service_level.map(|goal| goal.share),
            within_s: targets.service_level.map(|goal| goal.within_s),
            of,
            short_s,
            abandonment: targets.abandonment,
            asa_s: targets.asa_s,
            occupancy: targets.occupancy,
        }
    }
}

#[derive(Serialize)]
struct PoolJson<'a> {
    name: String,
    classes: Vec<&'a str>,
    groups: Vec<&'a str>,
}

#[derive(Serialize)]
struct CheckJson<'a> {
    replications: u32,
    visits: ComparedJson,
    classes: Vec<ClassJson<'a>>,
    groups: Vec<GroupJson<'a>>,
}

#[derive(Serialize)]
struct ClassJson<'a> {
    name: &'a str,
    visits: ComparedJson,
    service_level: ComparedJson,
    abandonment: ComparedJson,
    asa_s: ComparedJson,
    intervals: usize,
    intervals_below: usize,
}

#[derive(Serialize)]
struct GroupJson<'a> {
    name: &'a str,
    occupancy: ComparedJson,
}

#[derive(Serialize)]
struct ComparedJson {
    formula: Option<f64>,
    mean: Option<f64>,
    half_width: Option<f64>,
    n: u32,
}

impl From<Compared> for ComparedJson {
    fn from(compared: Compared) -> Self {
        let Compared { formula, simulated } = compared;
        Self { formula, mean: simulated.mean, half_width: simulated.half_width, n: simulated.n }
    }
}

impl<'a> CheckJson<'a> {
    fn of(check: &'a PlanCheck) -> Self {
        let class = |class: &'a crate::calculator::ClassCheck| ClassJson {
            name: &class.name,
            visits: class.visits.into(),
            service_level: class.service_level.into(),
            abandonment: class.abandonment.into(),
            asa_s: class.asa_s.into(),
            intervals: class.intervals.0,
            intervals_below: class.intervals.1,
        };
        let group = |group: &'a crate::calculator::GroupCheck| GroupJson {
            name: &group.name,
            occupancy: group.occupancy.into(),
        };
        Self {
            replications: check.replications,
            visits: check.visits.into(),
            classes: check.classes.iter().map(class).collect(),
            groups: check.groups.iter().map(group).collect(),
        }
    }
}
