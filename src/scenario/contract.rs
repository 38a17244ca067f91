//! Contracts of partners: prices, what is settled by month, and the forecast that a minimum and a volume band refer to.
//!
//! Prices nothing that happens; `measure` does. Invariant: a contract with terms belongs to a run with dates, and its
//! forecast has a value for every interval of the almanac.

use jiff::civil::{Date, DateTime, Time};

use super::almanac::{Almanac, Interval};
use super::checked::{
    Class, Contract, ContractLevel, Group, Law, LevelStep, RouteTier, Skill, SkillTalk, Terms, VolumeBand,
};
use super::diagnostic::Diagnostic;
use super::expectation::Flow;
use super::parts::{Foresight, Parts};
use super::read::{self, Build};
use super::service_level;
use super::shape::path_join;
use super::tree::{Entry, Node, show_number};
use crate::random::Dist;
use crate::units::Span;

/// Keys that only an invoice by month can heed.
const TERMS: [&str; 8] =
    ["settle", "minimum", "lock", "volume_band", "service_level", "bonus", "penalty", "same_case"];
const USUAL_WITHIN: Span = Span(20_000_000);

/// The contract written at `entry`, its forecast still to be worked out.
pub(super) fn contract(build: &mut Build, entry: &Entry, is_dated: bool) -> Contract {
    let node = &entry.node;
    let euros = |key: &str| read::not_negative(node.get(key)).unwrap_or(0.0);
    let path = path_join("contract", &entry.key);
    let is_written = |key: &&str| node.get(key).is_some();
    Contract {
        per_minute: euros("per_minute"),
        per_call: euros("per_call"),
        per_hour: euros("per_hour"),
        per_resolved_case: euros("per_resolved_case"),
        terms: TERMS.iter().find(|key| is_written(key)).map(|key| {
            if let (false, Some(term)) = (is_dated, node.get(key)) {
                build.report(
                    Diagnostic::error(format!("`{path}` is settled by month, and the run has no dates"))
                        .at(term.origin)
                        .found(format!("`{key}`"))
                        .hint("write `start = \"2026-01-01\"`, or pay by prices alone"),
                );
            }
            terms(build, node, &path)
        }),
    }
}

fn terms(build: &mut Build, node: &Node, path: &str) -> Terms {
    let at = |key: &str| path_join(path, key);
    let table = |key: &str| node.get(key).filter(|node| !read::is_none(Some(node)));
    let step = |key: &str, bound: &str| {
        let table = table(key)?;
        Some(LevelStep { at: read::share(table.get(bound))?, share: read::share(table.get("share"))? })
    };
    let (bonus, penalty) = (step("bonus", "above"), step("penalty", "below"));
    if let (Some(more), Some(less), Some(written)) = (bonus, penalty, node.get("bonus"))
        && less.at > more.at
    {
        build.report(
            Diagnostic::error(format!("`{}` and `{}` overlap", at("bonus"), at("penalty")))
                .at(written.origin)
                .found(format!(
                    "a bonus above {}, a penalty below {}",
                    show_number(more.at),
                    show_number(less.at)
                ))
                .allowed("`penalty.below` at most `bonus.above`"),
        );
    }
    let level = node.get("service_level");
    if node.get("lock").is_none() && (node.get("minimum").is_some() || table("volume_band").is_some()) {
        build.default(at("lock"), "0s", "the forecast of a month is locked when it begins");
    }
    if bonus.or(penalty).is_some() && level.is_none_or(|level| level.get("within").is_none()) {
        build.default(
            path_join(&at("service_level"), "within"),
            "20s",
            "the wait that bonus and penalty look at",
        );
    }
    if let (Some(own), None) = (level, bonus.or(penalty)) {
        build.report(
            Diagnostic::warning(format!("`{}` changes no pay", at("service_level")))
                .at(own.origin)
                .hint("it is shown with the settlement; write a `bonus` or a `penalty` for it to matter"),
        );
    }
    let same_case = table("same_case").and_then(|node| read::span(Some(node)));
    if let (Some(written), None) = (table("same_case"), node.get("per_call")) {
        build.report(
            Diagnostic::warning(format!("`{}` has nothing to act on", at("same_case")))
                .at(written.origin)
                .allowed("with `per_call`"),
        );
    }
    let band = table("volume_band");
    if let (Some(lock), None, None) = (node.get("lock"), node.get("minimum"), band) {
        build.report(
            Diagnostic::warning(format!("`{}` has nothing to act on", at("lock")))
                .at(lock.origin)
                .allowed("with `minimum` or `volume_band`, which look at the forecast"),
        );
    }
    Terms {
        minimum: read::not_negative(node.get("minimum")).unwrap_or(0.0),
        lock: read::span(node.get("lock")).unwrap_or(Span::ZERO),
        volume_band: band.and_then(|band| {
            let above = read::not_negative(band.get("above"))?;
            Some(VolumeBand { above, factor: read::not_negative(band.get("factor"))? })
        }),
        level: ContractLevel {
            within: level.and_then(|level| read::span(level.get("within"))).unwrap_or(USUAL_WITHIN),
            of: service_level::base(level.and_then(|level| level.get("of"))),
            short: service_level::short(level.and_then(|level| level.get("short"))),
        },
        bonus,
        penalty,
        same_case,
        forecast: Vec::new(),
    }
}

/// Works out what the prices of each contract with terms would come to if all goes as forecast: fresh contacts, of
/// incidents only those known when the forecast is locked, followed through transfers, redials and repeats (as
/// [`super::expectation`] does, all in the interval of the fresh one), by fixed shares to the first tier with planned
/// agents, there in proportion to them, at mean handle times.
pub(super) fn forecast(parts: &mut Parts, flow: &Flow, abandonment: &[f64], almanac: &Almanac) {
    for site in 0..parts.sites.len() {
        let contract = parts.sites[site].contract.as_ref();
        let Some((contract, terms)) = contract.and_then(|of| Some((of, of.terms.as_ref()?))) else {
            continue;
        };
        let rates = parts.foresight.known(terms.lock, almanac);
        let forecast: Vec<f64> = (0..almanac.n_intervals())
            .map(|interval| {
                let fresh = rates.iter().map(|rates| rates.get(interval).copied().unwrap_or(0.0));
                let mut entered = vec![0.0; parts.classes.len()];
                for (fresh, flows) in fresh.zip(&flow.entered) {
                    for (entered, flow) in entered.iter_mut().zip(flows) {
                        *entered += fresh * almanac.interval.as_secs_f64() * flow;
                    }
                }
                for (entered, abandonment) in entered.iter_mut().zip(abandonment) {
                    *entered *= 1.0 - abandonment;
                }
                charge(parts, site, contract, &entered, (interval, almanac))
            })
            .collect();
        if let Some(terms) = parts.sites[site].contract.as_mut().and_then(|contract| contract.terms.as_mut())
        {
            terms.forecast = forecast;
        }
    }
}

/// What a contract charges of an interval in which so many visits of each class are answered.
fn charge(
    parts: &Parts,
    site: usize,
    contract: &Contract,
    answered: &[f64],
    (interval, almanac): (usize, &Almanac),
) -> f64 {
    let is_here = |group: &&Group| group.site.is_some_and(|its| its.index() == site);
    let plan = |group: &Group| group.plan[interval];
    let agents: f64 = parts.groups.iter().filter(is_here).map(plan).sum();
    let mut charge = agents * almanac.interval.as_hours_f64() * contract.per_hour;
    for (c, (class, answered)) in parts.classes.iter().zip(answered).enumerate() {
        let handed_on: f64 = class.transfers.iter().map(|transfer| transfer.probability).sum();
        for branch in &class.branches {
            let groups =
                |tier: &RouteTier| tier.groups.iter().map(|group| &parts.groups[group.index()]).collect();
            let tiers = branch.tiers.iter().map(groups);
            let Some((groups, agents)) = tiers
                .map(|groups: Vec<&Group>| (groups.iter().map(|group| plan(group)).sum::<f64>(), groups))
                .find_map(|(agents, groups)| (agents > 0.0).then_some((groups, agents)))
            else {
                continue;
            };
            for group in groups.into_iter().filter(is_here) {
                let Some(skill) = skill(group, c) else { continue };
                let each = contract.per_call
                    + contract.per_minute * handle_s(class, skill, interval, almanac) / 60.0
                    + contract.per_resolved_case * skill.resolution * (1.0 - handed_on);
                charge += answered * branch.share * plan(group) / agents * each;
            }
        }
    }
    charge
}

impl Foresight {
    /// Fresh contacts per second by class and interval, as known `lock` before the month of each interval begins.
    fn known(&self, lock: Span, almanac: &Almanac) -> Vec<Vec<f64>> {
        let days = jiff::Span::new().hours((lock.0 / Span::HOUR.0) as i64);
        let locked_on = |date: Date| {
            date.first_of_month().to_datetime(Time::midnight()).checked_sub(days).map_or(date, DateTime::date)
        };
        let mut rates = self.rates.clone();
        for foreseen in &self.foreseen {
            let known = |interval: &Interval| {
                foreseen.known_from <= locked_on(almanac.days[interval.day as usize].date)
            };
            let rates = &mut rates[foreseen.class.index()];
            for ((rate, factor), interval) in rates.iter_mut().zip(&foreseen.factors).zip(&almanac.intervals)
            {
                if *factor != 1.0 && known(interval) {
                    *rate *= factor;
                }
            }
        }
        rates
    }
}

fn skill(group: &Group, class: usize) -> Option<&Skill> {
    group.skills.iter().find(|skill| skill.class.index() == class)
}

/// Mean talk and after-call work of a class in a group, in seconds, for visits that enter in an interval.
fn handle_s(class: &Class, skill: &Skill, interval: usize, almanac: &Almanac) -> f64 {
    let mean = |law: &Law| mean_at(law, interval, almanac);
    let talk = match &skill.talk {
        SkillTalk::Factor(factor) => factor * mean(&class.talk_time),
        SkillTalk::Own(law) => mean(law),
    };
    talk + mean(&class.after_call_work)
}

fn mean_at(law: &Law, interval: usize, almanac: &Almanac) -> f64 {
    match law {
        Law::Always(dist) => dist.mean(),
        Law::ByInterval(dists) => {
            let slot = usize::from(almanac.intervals[interval].slot);
            dists.get(slot * dists.len() / almanac.slots_per_day).map_or(0.0, Dist::mean)
        }
        Law::Changing(spans) => (spans.iter())
            .find(|span| (span.from..span.until).contains(&(interval as u32)))
            .map_or(0.0, |span| mean_at(&span.law, interval, almanac)),
    }
}
