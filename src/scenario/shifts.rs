//! Shifts of a group: from `staffing.shifts` to one turn for each person and day.
//!
//! Knows no class and draws nothing. Invariant: turns are in the order of their beginnings, and none ends before it begins.

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, ToSpan};

use super::almanac::{Almanac, Day};
use super::calendar::Calendar;
use super::checked::{Break, Leaving, Roster, Turn};
use super::days::{DAY_SECONDS, weekday_of};
use super::diagnostic::Diagnostic;
use super::form;
use super::plan::{self, Days};
use super::read::{self, Build};
use super::region::State;
use super::shape::path_join;
use super::tree::Node;
use crate::units::{SimTime, Span};

/// More turns than this do not fit the memory that a run may have.
const MOST_TURNS: usize = 5_000_000;

/// The calendar as the persons of a group know it.
#[derive(Clone, Copy)]
pub(super) struct Local<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) almanac: &'a Almanac,
    pub(super) region: Option<State>,
    /// The days of the run.
    pub(super) days: &'a [Day],
}

/// The persons of a group, `scale` times as many as written; `None` if it has no shifts.
pub(super) fn roster(
    build: &mut Build,
    group: &Node,
    path: &str,
    local: Local<'_>,
    scale: f64,
) -> Option<Roster> {
    let path = path_join(&path_join(path, "staffing"), "shifts");
    let written = group.get("staffing")?.get("shifts")?;
    let shifts: Vec<Shift> =
        written.list()?.iter().filter_map(|shift| Shift::read(build, shift, &path, scale)).collect();
    let names_holidays = shifts.iter().any(|shift| shift.days.contains(&Days::Holidays));
    if !names_holidays {
        plan::note_holidays(build, &path_join(&path, "holiday"), local.days);
    }
    let first = local.days.first()?.date;
    // Who came the evening before is still there.
    let eve = first.yesterday().ok().map(|date| local.day(date));
    let mut turns = Vec::new();
    for day in eve.iter().chain(local.days) {
        for (entry, shift) in (0u32..).zip(&shifts).filter(|(_, shift)| shift.is_on(day, names_holidays)) {
            let Some((from, until)) = local.span(shift, day.date) else { continue };
            if turns.len() as f64 + shift.agents > MOST_TURNS as f64 {
                build.report(
                    Diagnostic::error(format!("`{path}` makes more shifts than can be simulated"))
                        .at(written.origin)
                        .allowed("at most 5,000,000 persons × days")
                        .hint("write `agents` or `agents_by_time`, or a shorter `horizon`"),
                );
                return None;
            }
            for person in 0..shift.agents.ceil() as u32 {
                let share = (shift.agents - f64::from(person)).min(1.0);
                let breaks = local.breaks(shift, day.date, (from, until), person);
                turns.push(Turn { date: day.date, from, until, person: entry << 20 ^ person, share, breaks });
            }
        }
    }
    turns.sort_by_key(|turn| turn.from);
    report_uncounted_breaks(build, group, &shifts, &path);
    let leaving = match group.get("leaving").and_then(Node::text) {
        Some("next_to_finish") => Leaving::NextToFinish,
        _ => Leaving::WhoseShiftEnds,
    };
    Some(Roster { turns, leaving })
}

/// A break belongs to a person.
fn report_uncounted_breaks(build: &mut Build, group: &Node, shifts: &[Shift], path: &str) {
    let counted = group.get("leaving").filter(|word| word.text() == Some("next_to_finish"));
    if let (Some(word), true) = (counted, shifts.iter().any(|shift| !shift.breaks.is_empty())) {
        build.report(
            Diagnostic::error(format!("`{path}` has breaks of persons who are only counted"))
                .at(word.origin)
                .allowed("`whose_shift_ends`, the default of shifts"),
        );
    }
}

impl Roster {
    /// The mean number of persons on shift and not on a break in each interval; breaks as late as they may be.
    pub(super) fn plan(&self, almanac: &Almanac) -> Vec<f64> {
        let mut plan = vec![0.0; almanac.n_intervals()];
        for turn in &self.turns {
            add(&mut plan, almanac, (turn.from, turn.until), turn.share);
            for pause in &turn.breaks {
                add(&mut plan, almanac, (pause.latest, pause.latest + pause.lasts), -turn.share);
            }
        }
        // Sums of fractions may end a little below nothing.
        plan.iter_mut().for_each(|agents| *agents = agents.max(0.0));
        plan
    }
}

/// Adds `agents` for a span of the run to a plan, in proportion where an interval is covered in part.
fn add(plan: &mut [f64], almanac: &Almanac, (from, until): (SimTime, SimTime), agents: f64) {
    let length = almanac.interval.0;
    let last = until.min(almanac.ends()).0;
    let mut at = from.0;
    while at < last {
        let end = ((at / length + 1) * length).min(last);
        if let Some(planned) = plan.get_mut((at / length) as usize) {
            *planned += agents * (end - at) as f64 / length as f64;
        }
        at = end;
    }
}

/// One entry of the list.
struct Shift {
    /// Second of the day.
    from: u32,
    ends: Ends,
    agents: f64,
    days: Vec<Days>,
    breaks: Vec<Pause>,
}

/// A break as it is written.
struct Pause {
    /// Seconds of the day, the same twice for a fixed beginning.
    within: (u32, u32),
    lasts: Span,
    is_taken_when_calm: bool,
}

/// When a shift ends.
enum Ends {
    After(Span),
    /// Second of the day, on the next one if it is not after the beginning.
    At(u32),
}

impl Shift {
    fn read(build: &mut Build, node: &Node, path: &str, scale: f64) -> Option<Self> {
        let time = |key: &str| node.get(key).and_then(Node::text).and_then(form::time);
        let from = time("from")?;
        let lasts = read::span(node.get("lasts"));
        if let Some(written) = node.get("lasts").filter(|_| lasts.is_some_and(|lasts| lasts > Span::DAY)) {
            build.report(
                Diagnostic::error(format!("a shift of `{path}` is longer than a day"))
                    .at(written.origin)
                    .found(written.show())
                    .allowed("at most 24h")
                    .hint("who works on several days has a shift on each: write `days`"),
            );
        }
        let ends = match lasts {
            Some(lasts) => Ends::After(lasts),
            None => Ends::At(time("to")?),
        };
        let agents = scale * read::not_negative(node.get("agents"))?;
        if agents > 0.0 {
            build.opens_at(from % DAY_SECONDS);
        }
        let days = match node.get("days") {
            None => {
                build.default(path_join(path, "days"), "all", "a shift without `days` begins on every day");
                Days::parse("all").into_iter().collect()
            }
            Some(days) => {
                let one = std::slice::from_ref(days);
                let texts = days.list().unwrap_or(one).iter().filter_map(Node::text);
                texts.filter_map(Days::parse).collect()
            }
        };
        let breaks = breaks(build, node, path, (from, &ends));
        Some(Self { from, ends, agents, days, breaks })
    }

    /// Whether the shift begins on `day`; on holidays that the group names, only what names them or the date does.
    fn is_on(&self, day: &Day, names_holidays: bool) -> bool {
        is_on(&self.days, day, names_holidays)
    }
}

/// Whether `days` name a day; if they name holidays somewhere, weekdays are none.
pub(super) fn is_on(days: &[Days], day: &Day, names_holidays: bool) -> bool {
    days.iter().filter(|days| days.rank(day).is_some()).any(|days| match days {
        Days::On(_) | Days::Holidays => true,
        Days::InMonth { .. } | Days::Weekdays(_) => !(names_holidays && day.is_holiday),
    })
}

/// The breaks of a shift that begins at a second of the day.
fn breaks(build: &mut Build, shift: &Node, path: &str, (from, ends): (u32, &Ends)) -> Vec<Pause> {
    let length = match *ends {
        Ends::After(lasts) => lasts,
        Ends::At(to) => Span::from_secs(u64::from((to + DAY_SECONDS - from - 1) % DAY_SECONDS + 1)),
    };
    let written = shift.get("breaks").and_then(Node::list).unwrap_or_default();
    let mut breaks: Vec<Pause> = Vec::new();
    // Time since the shift began at which the last break ends.
    let mut last = Span::ZERO;
    for node in written {
        let time = |node: Option<&Node>| node.and_then(Node::text).and_then(form::time);
        let window = node.get("within").and_then(Node::list);
        let at = time(node.get("at"));
        let edges = window.and_then(|window| time(window.first()).zip(time(window.get(1))));
        let (Some(within), Some(lasts)) = (edges.or(at.zip(at)), read::span(node.get("lasts"))) else {
            continue;
        };
        let since = |second: u32| Span::from_secs(u64::from((second + DAY_SECONDS - from) % DAY_SECONDS));
        let begins = since(within.0);
        let ends = if edges.is_some() { since(within.1) } else { begins + lasts };
        let problem = if begins + lasts > ends || ends > length {
            Some("lies in the shift, and in its window if it has one")
        } else if begins < last {
            Some("begins, or has a window that begins, after the one before is over")
        } else {
            None
        };
        if let Some(allowed) = problem {
            build.report(
                Diagnostic::error(format!("a break of `{path}` does not fit"))
                    .at(node.origin)
                    .found(node.show())
                    .allowed(format!("a break that {allowed}")),
            );
        }
        last = ends;
        let is_taken_when_calm = node.get("taken").and_then(Node::text) == Some("when_calm");
        if let Some(taken) = node.get("taken").filter(|_| at.is_some() && is_taken_when_calm) {
            build.report(
                Diagnostic::error(format!("a break of `{path}` has no window in which to wait for calm"))
                    .at(taken.origin)
                    .hint("write `within = [\"11:00\", \"14:00\"]` in place of `at`"),
            );
        }
        breaks.push(Pause { within, lasts, is_taken_when_calm });
    }
    breaks
}

impl Local<'_> {
    /// The breaks of the `person`-th of a shift that runs in a span of the run.
    fn breaks(
        &self,
        shift: &Shift,
        date: Date,
        (from, until): (SimTime, SimTime),
        person: u32,
    ) -> Vec<Break> {
        let of = |pause: &Pause| {
            let instant = |second: u32| {
                let date = if second < shift.from { date.tomorrow().ok()? } else { date };
                self.instant(date, second)
            };
            let lasts = i128::from(pause.lasts.0);
            let (first, last) = (instant(pause.within.0)?, instant(pause.within.1)?);
            let room = (last - first - lasts).max(0);
            let latest = if pause.is_taken_when_calm {
                first + room
            } else {
                // The first at the beginning of the window, the last so that it ends with it.
                first + room * i128::from(person) / ((shift.agents.ceil() as i128) - 1).max(1)
            };
            let earliest = if pause.is_taken_when_calm { first } else { latest };
            let at = |instant: i128| u64::try_from(instant).ok().map(SimTime);
            let pause = Break { earliest: at(earliest)?, latest: at(latest)?, lasts: pause.lasts };
            (pause.earliest >= from && pause.latest + pause.lasts <= until).then_some(pause)
        };
        let mut breaks: Vec<Break> = shift.breaks.iter().filter_map(of).collect();
        // Where the clock skips an hour a break in it comes after one that is written behind it.
        breaks.sort_by_key(|pause| pause.earliest);
        breaks
    }

    pub(super) fn day(&self, date: Date) -> Day {
        let is_holiday = self.calendar.is_dated && self.calendar.is_holiday(date, self.region);
        Day { date, weekday: weekday_of(date), is_holiday }
    }

    /// Beginning and end of a shift that begins on `date`, as far as they lie in the run; `None` if nothing does.
    fn span(&self, shift: &Shift, date: Date) -> Option<(SimTime, SimTime)> {
        let from = self.instant(date, shift.from)?;
        let until = match shift.ends {
            Ends::After(span) => from + i128::from(span.0),
            Ends::At(to) if to > shift.from => self.instant(date, to)?,
            Ends::At(to) => self.instant(date.tomorrow().ok()?, to)?,
        };
        let (from, ends) = (from.max(0), i128::from(self.almanac.ends().0));
        let in_run = from < until && from < ends;
        in_run.then(|| Some((SimTime(u64::try_from(from).ok()?), SimTime(u64::try_from(until).ok()?))))?
    }

    /// The instant of the run, in µs, at which a local clock shows a second of the day.
    pub(super) fn instant(&self, date: Date, second: u32) -> Option<i128> {
        let date = if second >= DAY_SECONDS { date.checked_add(1.day()).ok()? } else { date };
        let time = date.to_datetime(Time::midnight());
        let at = time.checked_add(SignedDuration::from_secs(i64::from(second % DAY_SECONDS))).ok()?;
        self.calendar.instant(self.almanac, at)
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::source::Texts;
    use crate::scenario::{Scenario, load};

    fn scenario(shifts: &str, more: &str) -> Scenario {
        let text = format!(
            "start = \"08:00\"\nhorizon = \"2h\"\ninterval = \"30m\"\n[class.calls]\nvolume = {{ per_hour = 9 }}\ntalk_time = {{ constant = 60 }}\n\
             [group.west]\ntakes = [[\"calls\"]]\nstaffing.shifts = {shifts}\n{more}"
        );
        load("shifts.toml", &[], &Texts::new().with("shifts.toml", text))
            .unwrap_or_else(|problems| panic!("{problems}"))
            .scenario
    }

    #[test]
    fn the_plan_is_the_mean_number_of_persons_on_shift_in_each_interval() {
        let shifts = r#"[{ from = "08:15", to = "09:40", agents = 3 }, { from = "09:00", lasts = "1h", agents = 1.5 }]"#;
        let plan = |more| scenario(shifts, more).groups[0].plan.clone();
        let close = |plan: Vec<f64>, wanted: [f64; 4]| {
            assert!(plan.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-9), "{plan:?}");
        };
        close(plan(""), [1.5, 3.0, 4.5, 2.5]);
        close(plan("[scale]\nstaffing = 1.5"), [2.25, 4.5, 6.75, 3.75]);
    }
}
