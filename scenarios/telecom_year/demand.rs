//! From fresh contacts to visits: what a half-hour brings once repeats, redials and transfers are added.
//!
//! Works with expected values only and knows no staff. Invariant: every fresh contact of the forecast is counted once,
//! and what it brings in later half-hours lies there, not where it came from.

use holdtime::random::Dist;
use holdtime::scenario::Scenario;
use holdtime::scenario::checked::{AtLimit, Class, Law, LawSpan, SkillTalk};

/// Share of the visits that the planner expects to abandon; redials follow from it.
const EXPECTED_ABANDONMENT: f64 = 0.04;

/// Expected visits of one branch of a class: those who are served by the same groups.
pub struct Stream {
    /// Name of the class.
    pub class: String,
    /// Name of the branch.
    pub branch: String,
    /// Visits that enter, one value per interval of the almanac.
    pub visits: Vec<f64>,
    /// Mean handle time of a visit in seconds.
    pub handle_s: f64,
    /// Mean patience in seconds; infinite where nobody gives up.
    pub patience_s: f64,
}

/// Visits by class and branch in every interval.
pub fn streams(scenario: &Scenario) -> Vec<Stream> {
    let interval_s = scenario.almanac.interval.as_secs_f64();
    let entered = entered(scenario, interval_s);
    let mut streams = Vec::new();
    for (class, entered) in scenario.classes.iter().zip(&entered) {
        for branch in &class.branches {
            streams.push(Stream {
                class: class.name.clone(),
                branch: branch.name.clone(),
                visits: entered.iter().map(|n| n * branch.share).collect(),
                handle_s: handle_s(scenario, class, branch.tiers[0].groups[0].index()),
                patience_s: class.patience.as_ref().map_or(f64::INFINITY, mean),
            });
        }
    }
    streams
}

/// Visits entering each class, by interval.
fn entered(scenario: &Scenario, interval_s: f64) -> Vec<Vec<f64>> {
    let classes = &scenario.classes;
    let n = scenario.almanac.n_intervals();
    let answered = 1.0 - EXPECTED_ABANDONMENT;
    let unsolved: Vec<f64> = (0..classes.len()).map(|c| unsolved_share(scenario, c, answered)).collect();
    let repeat: Vec<Vec<f64>> =
        classes.iter().map(|c| lags(c.repeat.delay.as_ref().map(|delay| &delay.law), interval_s)).collect();
    let redial: Vec<Vec<f64>> = classes
        .iter()
        .map(|c| lags(c.redial_after_abandon.delay.as_ref().map(|delay| &delay.law), interval_s))
        .collect();
    let mut offered: Vec<Vec<f64>> =
        classes.iter().map(|c| c.fresh_rate.iter().map(|rate| rate * interval_s).collect()).collect();
    let mut entered = vec![vec![0.0; n]; classes.len()];
    for at in 0..n {
        for (from, class) in classes.iter().enumerate() {
            entered[from][at] += offered[from][at];
            for transfer in &class.transfers {
                entered[transfer.to.index()][at] += offered[from][at] * answered * transfer.probability;
            }
        }
        for (from, class) in classes.iter().enumerate() {
            let back = offered[from][at] * answered * unsolved[from] * class.repeat.probability;
            let to = class.repeat.class.map_or(from, |c| c.index());
            spread(&mut offered[to], at, back, &repeat[from]);
            let again = entered[from][at] * EXPECTED_ABANDONMENT * class.redial_after_abandon.first;
            let to = class.redial_after_abandon.class.map_or(from, |c| c.index());
            spread(&mut offered[to], at, again, &redial[from]);
        }
    }
    entered
}

/// Adds `amount` to later intervals by the shares in `lags`; what would come at once comes in the next interval.
fn spread(series: &mut [f64], at: usize, amount: f64, lags: &[f64]) {
    for (value, share) in series[at + 1..].iter_mut().zip(lags) {
        *value += amount * share;
    }
}

/// Shares of a delay by whole intervals: the first value is one interval later or less.
fn lags(delay: Option<&Dist>, interval_s: f64) -> Vec<f64> {
    let Some(delay) = delay else { return Vec::new() };
    let mut lags = Vec::new();
    let mut below = 0.0;
    while below < 0.999 && lags.len() < 400 {
        let now = delay.cdf((lags.len() as f64 + 1.5) * interval_s);
        lags.push(now - below);
        below = now;
    }
    lags
}

/// Share of the answered contacts of a class that end unsolved, wherever they end.
fn unsolved_share(scenario: &Scenario, class: usize, answered: f64) -> f64 {
    let kept_resolution = match scenario.transfer_limit.at_limit {
        AtLimit::Keep { resolution, .. } => Some(resolution),
        AtLimit::Callback { .. } | AtLimit::Escalate { .. } | AtLimit::Drop => None,
    };
    let class = &scenario.classes[class];
    let leaves: f64 = class.transfers.iter().map(|t| t.probability).sum();
    let mut unsolved = (1.0 - leaves) * (1.0 - mean_resolution(scenario, class));
    for transfer in &class.transfers {
        let next = &scenario.classes[transfer.to.index()];
        let refused: f64 = next.transfers.iter().map(|t| t.probability).sum();
        let own = mean_resolution(scenario, next);
        let solved = (1.0 - refused) * own + refused * kept_resolution.unwrap_or(own);
        unsolved += transfer.probability * answered * (1.0 - solved);
    }
    unsolved
}

/// Resolution of a class over its branches, by the first group of each.
fn mean_resolution(scenario: &Scenario, class: &Class) -> f64 {
    let of_group = |group: usize| {
        let skill = scenario.groups[group]
            .skills
            .iter()
            .find(|s| scenario.classes[s.class.index()].name == class.name);
        skill.map_or(class.resolution, |s| s.resolution)
    };
    class.branches.iter().map(|b| b.share * of_group(b.tiers[0].groups[0].index())).sum()
}

/// Mean handle time of a class at a group, in seconds.
fn handle_s(scenario: &Scenario, class: &Class, group: usize) -> f64 {
    let skill =
        scenario.groups[group].skills.iter().find(|s| scenario.classes[s.class.index()].name == class.name);
    let talk = match skill.map(|s| &s.talk) {
        Some(SkillTalk::Factor(factor)) => mean(&class.talk_time) * factor,
        Some(SkillTalk::Own(law)) => mean(law),
        None => mean(&class.talk_time),
    };
    talk + mean(&class.after_call_work)
}

/// Mean of a law, over the time in which it changes.
fn mean(law: &Law) -> f64 {
    match law {
        Law::Always(dist) => dist.mean(),
        Law::ByInterval(dists) => dists.iter().map(Dist::mean).sum::<f64>() / dists.len() as f64,
        Law::Changing(spans) => {
            let length = |span: &LawSpan| f64::from(span.until - span.from);
            spans.iter().map(|span| length(span) * mean(&span.law)).sum::<f64>()
                / spans.iter().map(length).sum::<f64>()
        }
    }
}
