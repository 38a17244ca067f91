//! The parts of a scenario, built one after the other from the checked tree.
//!
//! Knows which part needs which, and nothing of how one is read. Invariant: the classes have no rates yet; offered volumes
//! are to be turned into fresh ones first.

use super::absence;
use super::almanac::Almanac;
use super::backlog;
use super::calendar::{self, Calendar};
use super::change::{self, Change, Changing};
use super::checked::{Class, Group, Leaving, LinePool, Site, Target, TransferLimit, customers_come_back};
use super::class;
use super::diagnostic::Diagnostic;
use super::expectation::FlowRules;
use super::format::SHAPED;
use super::group;
use super::hours;
use super::incident::{self, Foreseen, Hit, Incident};
use super::lines;
use super::max_wait;
use super::policy;
use super::read::{self, Build};
use super::routing;
use super::shape::path_join;
use super::site;
use super::transfer;
use super::tree::Node;
use super::volume::{self, Rates};
use crate::units::Span;

/// A customer gives up after so many contacts, unless the scenario says otherwise.
const CONTACTS_PER_CASE: u32 = 10;
/// The share that is taken to abandon where nothing is said.
const USUAL_ABANDONMENT: f64 = 0.05;

/// The parts of a scenario, rates not yet in the classes.
pub(super) struct Parts {
    pub(super) almanac: Option<Almanac>,
    pub(super) classes: Vec<Class>,
    pub(super) groups: Vec<Group>,
    pub(super) sites: Vec<Site>,
    pub(super) line_pools: Vec<LinePool>,
    pub(super) limit: TransferLimit,
    pub(super) contacts_per_case: u32,
    pub(super) case_window: Span,
    pub(super) targets: Vec<Target>,
    pub(super) rates: Vec<Option<Rates>>,
    /// What forecasts of contracts know; nothing where there is no contract.
    pub(super) foresight: Foresight,
    /// Those that touch the run.
    pub(super) incidents: Vec<Incident>,
    /// Likewise.
    pub(super) changes: Vec<Change>,
}

/// What a forecast knows of the demand.
#[derive(Default)]
pub(super) struct Foresight {
    /// Fresh contacts per second without incidents, by class and interval.
    pub(super) rates: Vec<Vec<f64>>,
    /// Incidents that are known beforehand.
    pub(super) foreseen: Vec<Foreseen>,
}

impl Parts {
    pub(super) fn build(build: &mut Build) -> Self {
        let (calendar, almanac) = calendar::build(build);
        let mut classes = class::classes(build, almanac.as_ref());
        let mut groups = group::groups(build, &calendar, almanac.as_ref(), &classes);
        let sites = site::sites(build, calendar.is_dated);
        for (class, hours) in classes.iter_mut().zip(hours::hours(build, almanac.as_ref())) {
            class.hours = hours;
        }
        max_wait::check_diversions(build, &classes);
        transfer::check(build, &classes, &groups);
        let line_pools = lines::lines(build, &mut classes);
        routing::branches(build, &mut classes, &groups);
        backlog::check(build, &classes, &groups);
        for (group, pressure) in groups.iter_mut().zip(policy::pressure(build)) {
            group.pressure = pressure;
            let fatigue = group.pressure.as_mut().and_then(|pressure| pressure.fatigue.as_mut());
            let are_persons =
                (group.roster.as_ref()).is_some_and(|roster| roster.leaving == Leaving::WhoseShiftEnds);
            if let (Some(fatigue), true) = (fatigue, are_persons) {
                // Shifts say when fresh persons come.
                fatigue.relief = None;
            }
        }
        let sites_of_groups: Vec<_> = groups.iter().map(|group| group.site).collect();
        for (group, absence) in groups.iter_mut().zip(absence::unplanned(build, &sites_of_groups, &sites)) {
            if let (Some(absence), true) = (&absence, group.roster.is_some()) {
                // Shifts are of rostered persons, the plan of those who come.
                group.plan.iter_mut().for_each(|agents| *agents *= 1.0 - absence.share);
            }
            group.unplanned_absence = absence;
        }
        let has_transfers = classes.iter().any(|class| !class.transfers.is_empty());
        let limit = policy::transfer_limit(build, has_transfers);
        let targets = policy::targets(build, &mut classes);
        let (mut rates, mut foresight, incidents) = match &almanac {
            Some(almanac) => rates(build, &calendar, almanac, &mut classes),
            None => (vec![None; classes.len()], Foresight::default(), Vec::new()),
        };
        let unchanged = if foresight.rates.iter().all(Vec::is_empty) { Vec::new() } else { rates.clone() };
        let changes = match &almanac {
            Some(almanac) => {
                let (classes, groups, rates) = (&mut classes[..], &mut groups[..], &mut rates[..]);
                change::apply(build, &mut Changing { calendar: &calendar, almanac, classes, groups, rates })
            }
            None => Vec::new(),
        };
        for ((planned, before), after) in foresight.rates.iter_mut().zip(&unchanged).zip(&rates) {
            change_alike(planned, before.as_ref(), after.as_ref());
        }
        let case = build.root.get("case");
        let contacts = case.and_then(|case| read::count(case.get("contacts")));
        let window = case.and_then(|case| read::span(case.get("window")));
        if customers_come_back(&classes) {
            if contacts.is_none() {
                build.default("case.contacts", "10", "a customer gives up after so many contacts");
            }
            if window.is_none() {
                build.default("case.window", "7d", "a further contact within this span counts as a return");
            }
        }
        Self {
            almanac,
            classes,
            groups,
            sites,
            line_pools,
            limit,
            contacts_per_case: contacts.unwrap_or(CONTACTS_PER_CASE),
            case_window: window.unwrap_or(Span::DAY * 7),
            targets,
            rates,
            foresight,
            incidents,
            changes,
        }
    }

    pub(super) fn rules(&self) -> FlowRules<'_> {
        FlowRules {
            classes: &self.classes,
            groups: &self.groups,
            limit: &self.limit,
            contacts_per_case: self.contacts_per_case,
        }
    }

    /// The share taken to abandon: of those who never balk and wait for ever nobody, nor of those who cannot wait.
    pub(super) fn abandonment(&self) -> Vec<f64> {
        let share = |(class, rates): (&Class, &Option<Rates>)| match (
            rates.as_ref().and_then(|r| r.offered),
            &class.patience,
        ) {
            (Some(offered), _) => offered.abandonment,
            (None, None) if class.balking == 0.0 => 0.0,
            (None, _) if class.waiting_places == Some(0) => 0.0,
            (None, _) => USUAL_ABANDONMENT,
        };
        self.classes.iter().zip(&self.rates).map(share).collect()
    }
}

/// What changes the rates changes the forecast too: it is decided beforehand.
fn change_alike(planned: &mut [f64], before: Option<&Rates>, after: Option<&Rates>) {
    let (Some(before), Some(after)) = (before, after) else { return };
    for ((planned, before), after) in planned.iter_mut().zip(&before.fresh).zip(&after.fresh) {
        if *before > 0.0 {
            *planned *= after / before;
        }
    }
}

/// Warns of factors of the calendar that act on no volume: a rate is left alone.
fn check_calendar(build: &mut Build) {
    let root = build.root;
    let volumes = build.names.classes.iter().filter_map(|name| root.get("class")?.get(name)?.get("volume"));
    if volumes.into_iter().any(|volume| SHAPED.iter().any(|key| volume.get(key).is_some())) {
        return;
    }
    let table = root.get("calendar").and_then(Node::table);
    let factors = ["holiday", "after_holiday", "bridge_day", "dated", "times"];
    if let Some(entry) = factors.iter().find_map(|key| table?.entry(key)) {
        build.report(
            Diagnostic::warning(format!("`calendar.{}` acts on no volume", entry.key))
                .at(entry.key_origin)
                .found("rates only, `per_hour`, `per_minute` or `rate`, which the calendar leaves alone")
                .hint(
                    "write the volume as `fresh_per_day` or `fresh_per_year`, or a `holiday` in `per_hour`",
                ),
        );
    }
}

fn rates(
    build: &mut Build,
    calendar: &Calendar,
    almanac: &Almanac,
    classes: &mut [Class],
) -> (Vec<Option<Rates>>, Foresight, Vec<Incident>) {
    let root = build.root;
    let names = build.names;
    let mut rates: Vec<Option<Rates>> = names
        .classes
        .iter()
        .map(|name| {
            let class = root.get("class")?.get(name)?;
            volume::rates(build, class, &path_join("class", name), calendar, almanac)
        })
        .collect();
    check_calendar(build);
    let is_forecast_needed = root.get("contract").is_some();
    let planned = rates.iter().map(|rates| rates.as_ref().filter(|_| is_forecast_needed));
    let mut planned: Vec<Vec<f64>> =
        planned.map(|rates| rates.map_or_else(Vec::new, |rates| rates.fresh.clone())).collect();
    let (incidents, foreseen) = incident::apply(build, calendar, almanac, Hit { rates: &mut rates, classes });
    let scale = root.get("scale").and_then(|scale| read::not_negative(scale.get("volume"))).unwrap_or(1.0);
    let fresh = rates.iter_mut().flatten().flat_map(|rates| &mut rates.fresh);
    for rate in fresh.chain(planned.iter_mut().flatten()) {
        *rate *= scale;
    }
    (rates, Foresight { rates: planned, foreseen }, incidents)
}
