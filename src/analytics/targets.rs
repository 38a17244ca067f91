//! The least number of agents that meets every one of several targets, by Erlang B, C or A.
//!
//! One interval in balance, as all formulas here; rounds up to whole agents and knows no shrinkage.
//! Invariant: an answer meets all targets and one agent fewer misses one; where no number does, that is an answer too.

use super::demand::Demand;
use super::erlang_a::erlang_a;
use super::erlang_b::erlang_b;
use super::erlang_c::erlang_c;
use super::service_level::Base;

/// No centre is larger: the search for agents ends here.
pub const MOST_AGENTS: u32 = 1_000_000;

/// Which queue is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formula {
    /// Who finds nobody idle is turned away; agents are lines. Patience and balking of the demand are ignored.
    ErlangB,
    /// Everyone waits until answered: patience and balking of the demand are ignored.
    ErlangC,
    /// Customers give up and balk as the demand says.
    ErlangA,
}

/// A share of calls answered in time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceLevel {
    /// Least share, 0 to 1.
    pub share: f64,
    /// In time: within so many seconds.
    pub within_s: f64,
    /// A share of what. By Erlang C everyone is answered, by Erlang B at once or never: their bases are one.
    pub base: Base,
}

/// What staffing must achieve; `None`: no matter.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Targets {
    /// Least service level.
    pub service_level: Option<ServiceLevel>,
    /// Greatest share of calls that abandon.
    pub abandonment: Option<f64>,
    /// Greatest mean wait in seconds of all calls, however they end.
    pub mean_wait_s: Option<f64>,
    /// Greatest mean wait in seconds of answered calls (ASA).
    pub asa_s: Option<f64>,
    /// Greatest share of the agents' time spent handling.
    pub occupancy: Option<f64>,
    /// Greatest share of calls turned away.
    pub blocking: Option<f64>,
}

/// What a target is set on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Share answered in time; the only one that must not fall below its target.
    ServiceLevel,
    /// Share of calls that abandon.
    Abandonment,
    /// Mean wait of all calls in seconds.
    MeanWait,
    /// Mean wait of answered calls in seconds.
    Asa,
    /// Share of the agents' time spent handling.
    Occupancy,
    /// Share of calls turned away.
    Blocking,
}

/// A target missed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Miss {
    /// Of what.
    pub measure: Measure,
    /// The target.
    pub asked: f64,
    /// The value at the number of agents that comes nearest.
    pub nearest: f64,
}

/// No number of agents meets the targets.
#[derive(Clone, Debug, PartialEq)]
pub struct OutOfReach {
    /// The number of agents that comes nearest: the most that were allowed, or the least at which a double no longer
    /// tells the value from its target.
    pub agents: u32,
    /// Each target missed there; at least one.
    pub misses: Vec<Miss>,
}

/// The least number of agents, at most `most`, that meets every target; 0 at zero load.
///
/// A target at the end of its range is out of reach at any load above 0, since no finite number of agents answers
/// everyone at once: a share of 1, an abandonment (by Erlang A), a wait or an occupancy of 0. So is anything beyond the
/// range, and a target that is no number. What cannot happen by a formula (abandonment by Erlang B and C, waits by Erlang B,
/// blocking by Erlang C and A) is 0 and meets every target. Where nobody is there, an ASA and an occupancy are missed. Costs some ten to twenty evaluations.
///
/// ```
/// use holdtime::analytics::{Base, Demand, Formula, MOST_AGENTS, ServiceLevel, Targets, agents_for};
/// // 80/20 at 600 calls an hour of 6 minutes.
/// let goal = ServiceLevel { share: 0.8, within_s: 20.0, base: Base::Entered };
/// let targets = Targets { service_level: Some(goal), ..Targets::default() };
/// let demand = Demand::new(600.0 / 3600.0, 360.0).with_patience(180.0);
/// assert_eq!(agents_for(&demand, Formula::ErlangC, &targets, MOST_AGENTS), Ok(67));
/// assert_eq!(agents_for(&demand, Formula::ErlangA, &targets, MOST_AGENTS), Ok(62));
/// // A room for 60 agents does not do.
/// let nearest = agents_for(&demand, Formula::ErlangA, &targets, 60).unwrap_err();
/// assert!(nearest.agents == 60 && (nearest.misses[0].nearest - 0.744).abs() < 0.001);
/// ```
///
/// # Errors
/// If even `most` agents miss a target.
pub fn agents_for(
    demand: &Demand,
    formula: Formula,
    targets: &Targets,
    most: u32,
) -> Result<u32, OutOfReach> {
    let (guess, step) = first_guess(demand.load());
    agents_from(demand, formula, targets, most, (guess, step))
}

/// As [`agents_for`], faster where the answer is near a number that is known, as that of an interval much alike.
///
/// ```
/// use holdtime::analytics::{Demand, Formula, MOST_AGENTS, Targets, agents_for, agents_near};
/// let demand = Demand::new(0.1, 300.0).with_patience(120.0);
/// let targets = Targets { abandonment: Some(0.02), ..Targets::default() };
/// let found = agents_for(&demand, Formula::ErlangA, &targets, MOST_AGENTS);
/// for near in [0, 30, 1000] {
///     assert_eq!(agents_near(&demand, Formula::ErlangA, &targets, MOST_AGENTS, near), found);
/// }
/// ```
///
/// # Errors
/// If even `most` agents miss a target.
pub fn agents_near(
    demand: &Demand,
    formula: Formula,
    targets: &Targets,
    most: u32,
    near: u32,
) -> Result<u32, OutOfReach> {
    agents_from(demand, formula, targets, most, (near, 1))
}

fn agents_from(
    demand: &Demand,
    formula: Formula,
    targets: &Targets,
    most: u32,
    from: (u32, u32),
) -> Result<u32, OutOfReach> {
    if demand.load() == 0.0 {
        return Ok(0);
    }
    let values = |agents| Values::of(demand, formula, targets, agents);
    let agents = least_from(from, most, |agents| values(agents).misses(targets, formula).is_empty());
    if let Some(agents) = agents {
        return Ok(agents);
    }
    // Which of the targets are met but for the resolution of a double, and from how many agents on?
    let open = targets.without_ends(formula);
    let nearly = least_agents(demand.load(), most, |agents| {
        let values = values(agents);
        values.misses(&open, formula).is_empty() && values.reaches_the_ends(targets)
    });
    let agents = nearly.unwrap_or(most);
    Err(OutOfReach { agents, misses: values(agents).misses(targets, formula) })
}

/// The least number up to `most` from which on a claim is true, searched from a load in erlangs; `None` if it is false at
/// `most`. The claim, once true, stays true. For targets on any formula:
///
/// ```
/// use holdtime::analytics::{Demand, least_agents, limited_room};
/// // At most 1 % blocked with room for 5 to wait.
/// let demand = Demand::new(0.07, 120.0);
/// let agents = least_agents(demand.load(), 100, |agents| limited_room(&demand, agents, 5).blocked <= 0.01);
/// assert_eq!(agents, Some(12));
/// ```
pub fn least_agents(load: f64, most: u32, is_met: impl Fn(u32) -> bool) -> Option<u32> {
    least_from(first_guess(load), most, is_met)
}

/// So many agents are usual for a load, and usually wrong by so many.
fn first_guess(load: f64) -> (u32, u32) {
    // The cast saturates.
    let guess = (load + load.sqrt()).ceil() as u32;
    (guess, 1 + (0.5 * f64::from(guess).sqrt()) as u32)
}

/// A bracket (low misses, high meets) around a first guess, growing from the step, then halved.
fn least_from((guess, mut step): (u32, u32), most: u32, is_met: impl Fn(u32) -> bool) -> Option<u32> {
    let guess = guess.min(most);
    let (mut low, mut high) = (guess, guess);
    if is_met(high) {
        loop {
            high = low;
            if low == 0 {
                return Some(0);
            }
            low = low.saturating_sub(step);
            if !is_met(low) {
                break;
            }
            step = step.saturating_mul(2);
        }
    } else {
        loop {
            low = high;
            if low == most {
                return None;
            }
            high = high.saturating_add(step).min(most);
            if is_met(high) {
                break;
            }
            step = step.saturating_mul(2);
        }
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if is_met(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}

impl Targets {
    /// Whether nothing is wanted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The targets that a number of agents misses; none at zero load.
    #[must_use]
    pub fn misses(&self, demand: &Demand, formula: Formula, agents: u32) -> Vec<Miss> {
        if demand.load() == 0.0 {
            return Vec::new();
        }
        Values::of(demand, formula, self, agents).misses(self, formula)
    }

    /// Without those that no finite number of agents meets.
    fn without_ends(&self, formula: Formula) -> Self {
        let open = |measure: Measure, target: Option<f64>| {
            target.filter(|most| *most > 0.0 || !formula.knows(measure))
        };
        Self {
            service_level: self.service_level.filter(|goal| goal.share < 1.0),
            abandonment: open(Measure::Abandonment, self.abandonment),
            mean_wait_s: open(Measure::MeanWait, self.mean_wait_s),
            asa_s: open(Measure::Asa, self.asa_s),
            occupancy: open(Measure::Occupancy, self.occupancy),
            blocking: open(Measure::Blocking, self.blocking),
        }
    }
}

impl Formula {
    /// Whether the measure can be other than 0.
    fn knows(self, measure: Measure) -> bool {
        match measure {
            Measure::ServiceLevel | Measure::Occupancy => true,
            Measure::Abandonment => self == Self::ErlangA,
            Measure::MeanWait | Measure::Asa => self != Self::ErlangB,
            Measure::Blocking => self == Self::ErlangB,
        }
    }
}

/// What the targets are held against.
struct Values {
    service_level: f64,
    abandonment: f64,
    mean_wait_s: f64,
    asa_s: f64,
    occupancy: f64,
    blocking: f64,
}

impl Values {
    fn of(demand: &Demand, formula: Formula, targets: &Targets, agents: u32) -> Self {
        let goal = targets.service_level;
        // Nothing is in time within less than no time, nor within what is no number.
        let level = |of: &dyn Fn(ServiceLevel) -> f64| {
            goal.map_or(1.0, |goal| if goal.within_s >= 0.0 { of(goal) } else { 0.0 })
        };
        // The time of nobody is no time.
        let of_time = |occupancy: f64| if agents == 0 { f64::INFINITY } else { occupancy };
        match formula {
            Formula::ErlangB => {
                let blocking = erlang_b(demand.load(), agents);
                Self {
                    service_level: level(&|_| 1.0 - blocking),
                    abandonment: 0.0,
                    mean_wait_s: 0.0,
                    asa_s: 0.0,
                    occupancy: of_time(demand.load() * (1.0 - blocking) / f64::from(agents)),
                    blocking,
                }
            }
            Formula::ErlangC => {
                let queue = erlang_c(demand, agents);
                Self {
                    service_level: level(&|goal| queue.answered_within(goal.within_s)),
                    abandonment: 0.0,
                    mean_wait_s: queue.mean_wait_s,
                    asa_s: queue.mean_wait_s,
                    occupancy: of_time(queue.occupancy),
                    blocking: 0.0,
                }
            }
            Formula::ErlangA => {
                let queue = erlang_a(demand, agents);
                let is_answered = queue.abandonment < 1.0;
                Self {
                    service_level: level(&|goal| queue.service_level(goal.within_s, goal.base)),
                    abandonment: queue.abandonment,
                    mean_wait_s: queue.mean_wait_s,
                    asa_s: if is_answered { queue.asa_s } else { f64::INFINITY },
                    occupancy: of_time(queue.occupancy),
                    blocking: 0.0,
                }
            }
        }
    }

    fn misses(&self, targets: &Targets, formula: Formula) -> Vec<Miss> {
        let mut misses = Vec::new();
        if let Some(ServiceLevel { share, .. }) = targets.service_level {
            // A share of 1 is never reached, only what a double can tell from it.
            if !(self.service_level >= share && share < 1.0) {
                misses.push(Miss {
                    measure: Measure::ServiceLevel,
                    asked: share,
                    nearest: self.service_level,
                });
            }
        }
        let bounds = [
            (Measure::Abandonment, targets.abandonment, self.abandonment),
            (Measure::MeanWait, targets.mean_wait_s, self.mean_wait_s),
            (Measure::Asa, targets.asa_s, self.asa_s),
            (Measure::Occupancy, targets.occupancy, self.occupancy),
            (Measure::Blocking, targets.blocking, self.blocking),
        ];
        for (measure, bound, nearest) in bounds {
            if let Some(asked) = bound
                && !(nearest <= asked && (asked > 0.0 || !formula.knows(measure)))
            {
                misses.push(Miss { measure, asked, nearest });
            }
        }
        misses
    }

    /// Whether targets at the end of their range are met as far as a double can tell.
    fn reaches_the_ends(&self, targets: &Targets) -> bool {
        let is_least =
            |target: Option<f64>, value: f64| target.is_none_or(|most| most > 0.0 || value <= 1e-16);
        targets.service_level.is_none_or(|goal| goal.share < 1.0 || self.service_level >= 1.0)
            && is_least(targets.abandonment, self.abandonment)
            && is_least(targets.mean_wait_s, self.mean_wait_s)
            && is_least(targets.asa_s, self.asa_s)
            && is_least(targets.occupancy, self.occupancy)
            && is_least(targets.blocking, self.blocking)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::lines_for_blocking;
    use super::*;

    const EIGHTY_20: ServiceLevel = ServiceLevel { share: 0.8, within_s: 20.0, base: Base::Entered };

    fn level(goal: ServiceLevel) -> Targets {
        Targets { service_level: Some(goal), ..Targets::default() }
    }

    #[test]
    fn a_table_of_80_20_by_both_formulas() {
        // Calls an hour, handling, agents by Erlang C, service level there and with one fewer, the same by Erlang A with a
        // patience of 180 s.
        let table = [
            (60.0, 300.0, 8, 0.863_053_767, 0.716_312_613_1, 7, 0.826_114_963_4, 0.707_743_600_4),
            (120.0, 360.0, 16, 0.836_190_059_9, 0.729_811_138_4, 15, 0.854_994_519_5, 0.791_172_217_1),
            (600.0, 360.0, 67, 0.808_971_149_3, 0.752_468_314_7, 62, 0.809_312_807_7, 0.778_311_337_3),
            (1200.0, 300.0, 108, 0.807_386_634_5, 0.759_503_837_4, 100, 0.801_911_096_5, 0.777_024_371_7),
            (3000.0, 420.0, 364, 0.820_355_193_3, 0.795_080_187_3, 338, 0.806_640_128_7, 0.795_895_437_4),
        ];
        for (calls, handling, by_c, at_c, below_c, by_a, at_a, below_a) in table {
            let demand = Demand::new(calls / 3600.0, handling).with_patience(180.0);
            let targets = level(EIGHTY_20);
            assert_eq!(agents_for(&demand, Formula::ErlangC, &targets, MOST_AGENTS), Ok(by_c));
            assert_eq!(agents_for(&demand, Formula::ErlangA, &targets, MOST_AGENTS), Ok(by_a));
            let c = |agents| erlang_c(&demand, agents).answered_within(20.0);
            let a = |agents| erlang_a(&demand, agents).answered_within(20.0);
            for (found, expected) in
                [(c(by_c), at_c), (c(by_c - 1), below_c), (a(by_a), at_a), (a(by_a - 1), below_a)]
            {
                assert!((found - expected).abs() < 1e-9, "{calls} calls: {found}, not {expected}");
            }
        }
    }

    #[test]
    fn a_day_of_half_hours_by_erlang_c() {
        let calls = [
            44, 50, 77, 101, 142, 156, 157, 157, 154, 150, 145, 143, 139, 138, 135, 134, 130, 127, 120, 107,
            91, 80, 70, 62, 55, 50, 45, 41,
        ];
        let required = [
            11, 12, 17, 21, 29, 31, 31, 31, 31, 30, 29, 29, 28, 28, 28, 27, 27, 26, 25, 22, 20, 18, 16, 14,
            13, 12, 11, 10,
        ];
        for (calls, required) in calls.into_iter().zip(required) {
            let demand = Demand::new(f64::from(calls) / 1800.0, 300.0);
            assert_eq!(agents_for(&demand, Formula::ErlangC, &level(EIGHTY_20), MOST_AGENTS), Ok(required));
        }
    }

    #[test]
    fn the_sharpest_target_decides() {
        let demand = Demand::new(0.1, 300.0).with_patience(120.0);
        let by = |targets: Targets| {
            agents_for(&demand, Formula::ErlangA, &targets, MOST_AGENTS).expect("in reach")
        };
        let alone = [
            level(EIGHTY_20),
            Targets { abandonment: Some(0.02), ..Targets::default() },
            Targets { mean_wait_s: Some(3.0), ..Targets::default() },
            Targets { asa_s: Some(10.0), ..Targets::default() },
            Targets { occupancy: Some(0.7), ..Targets::default() },
        ];
        let all = Targets {
            service_level: alone[0].service_level,
            abandonment: alone[1].abandonment,
            mean_wait_s: alone[2].mean_wait_s,
            asa_s: alone[3].asa_s,
            occupancy: alone[4].occupancy,
            blocking: None,
        };
        let each = alone.map(by);
        assert_eq!(by(all), each.into_iter().max().expect("five"));
        assert!(each.iter().all(|agents| (20..=60).contains(agents)), "{each:?}");
    }

    #[test]
    fn what_no_finite_number_meets_is_out_of_reach() {
        let demand = Demand::new(0.1, 300.0).with_patience(120.0);
        for within_s in [0.0, 20.0] {
            for formula in [Formula::ErlangC, Formula::ErlangA] {
                let goal = ServiceLevel { share: 1.0, within_s, ..EIGHTY_20 };
                let far = agents_for(&demand, formula, &level(goal), MOST_AGENTS).unwrap_err();
                assert!(far.agents > 40 && far.agents < 200, "{far:?}");
                assert_eq!(far.misses.len(), 1);
                assert!(far.misses[0].nearest > 1.0 - 1e-15);
            }
        }
        let none = Targets { abandonment: Some(0.0), ..Targets::default() };
        let far = agents_for(&demand, Formula::ErlangA, &none, MOST_AGENTS).unwrap_err();
        assert_eq!(far.misses[0].measure, Measure::Abandonment);
        assert_eq!(agents_for(&demand, Formula::ErlangC, &none, MOST_AGENTS), Ok(0), "nobody ever gives up");
        let idle = Targets { occupancy: Some(0.0), ..Targets::default() };
        let far = agents_for(&demand, Formula::ErlangA, &idle, 1000).unwrap_err();
        assert!(far.agents == 1000 && (far.misses[0].nearest - 0.03).abs() < 1e-9);
        let unreal = Targets { mean_wait_s: Some(f64::NAN), ..Targets::default() };
        assert!(agents_for(&demand, Formula::ErlangA, &unreal, 1000).is_err());
        for within_s in [f64::NAN, -1.0] {
            let unreal = level(ServiceLevel { within_s, ..EIGHTY_20 });
            assert!(agents_for(&demand, Formula::ErlangA, &unreal, 1000).is_err());
            assert!(agents_for(&demand, Formula::ErlangC, &unreal, 1000).is_err());
        }
    }

    #[test]
    fn edges_of_load_and_targets() {
        let nobody = Demand::new(0.0, 300.0);
        assert_eq!(agents_for(&nobody, Formula::ErlangC, &level(EIGHTY_20), MOST_AGENTS), Ok(0));
        let demand = Demand::new(0.1, 300.0).with_patience(120.0);
        assert_eq!(agents_for(&demand, Formula::ErlangA, &Targets::default(), MOST_AGENTS), Ok(0));
        // A load beyond every centre.
        let far = agents_for(&Demand::new(1e9, 300.0), Formula::ErlangC, &level(EIGHTY_20), MOST_AGENTS);
        let far = far.unwrap_err();
        assert_eq!((far.agents, far.misses[0].nearest), (MOST_AGENTS, 0.0));
        let full = agents_for(&demand, Formula::ErlangC, &level(EIGHTY_20), 0).unwrap_err();
        assert_eq!((full.agents, full.misses[0].nearest), (0, 0.0));
    }

    #[test]
    fn lines_are_found_as_by_their_own_function() {
        let most = Targets { blocking: Some(0.01), ..Targets::default() };
        for load in [0.3, 16.0, 84.06, 1_500.0] {
            let demand = Demand::new(load / 60.0, 60.0);
            let found = agents_for(&demand, Formula::ErlangB, &most, MOST_AGENTS);
            assert_eq!(found, Ok(lines_for_blocking(load, 0.01)), "{load}");
        }
        let none = Targets { blocking: Some(0.0), ..Targets::default() };
        let demand = Demand::new(0.1, 300.0);
        assert!(agents_for(&demand, Formula::ErlangB, &none, MOST_AGENTS).is_err());
        assert_eq!(agents_for(&demand, Formula::ErlangC, &none, MOST_AGENTS), Ok(0), "nobody is turned away");
    }

    #[test]
    fn the_cap_on_occupancy_binds_in_large_groups_and_nobody_does_not_meet_it() {
        let demand = Demand::new(400.0 / 300.0, 300.0).with_patience(150.0);
        let by = |targets| agents_for(&demand, Formula::ErlangA, &targets, MOST_AGENTS).expect("in reach");
        let capped = Targets { occupancy: Some(0.85), ..level(EIGHTY_20) };
        assert_eq!(by(capped), (400.0_f64 / 0.85).ceil() as u32);
        assert!(by(level(EIGHTY_20)) < by(capped));
        let alone = Targets { occupancy: Some(1.0), ..Targets::default() };
        assert_eq!(by(alone), 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn one_agent_fewer_misses_a_target(
            load in 0.01..2_000.0_f64,
            patience in 5.0..2_000.0_f64,
            share in 0.3..0.99_f64,
            within_s in 0.0..60.0_f64,
            abandonment in 0.001..0.3_f64,
            occupancy in 0.5..1.0_f64,
            patient in any::<bool>(),
        ) {
            let formula = if patient { Formula::ErlangC } else { Formula::ErlangA };
            let demand = Demand::new(load / 300.0, 300.0).with_patience(patience);
            let goal = ServiceLevel { share, within_s, base: Base::Answered };
            let targets = Targets {
                service_level: Some(goal),
                abandonment: Some(abandonment),
                occupancy: Some(occupancy),
                ..Targets::default()
            };
            let agents = agents_for(&demand, formula, &targets, MOST_AGENTS).expect("in reach");
            let is_met = |agents| targets.misses(&demand, formula, agents).is_empty();
            prop_assert!(is_met(agents) && !is_met(agents - 1), "{agents}");
        }
    }
}
