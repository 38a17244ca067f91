//! Queues whose rate and staffing change: how they fare, and how many agents each interval needs.
//!
//! Poisson arrivals, exponential handling and patience. Where agents leave, those beyond the new number hand back what they do:
//! in the simulation they finish it first, so that the two part for about one handling time after a decrease.
//! Invariant: intervals follow each other without a gap, each beginning with the law that the last one left.

use super::birth_death::BirthDeath;
use super::demand::Demand;
use super::law::Law;
use super::offered_load::RateProfile;
use super::targets::{Formula, OutOfReach, Targets, agents_for};

/// A queue at one time, or on average over some.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moment {
    /// Mean number in the centre, waiting and talking.
    pub number: f64,
    /// Mean number waiting.
    pub queue: f64,
    /// Share of cases, or of time, in which nobody is idle.
    pub all_busy: f64,
}

/// What comes to pass in one interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Period {
    /// Agents.
    pub agents: u32,
    /// On average over the interval.
    pub mean: Moment,
    /// At its end, before the agents of the next come.
    pub at_end: Moment,
    /// Mean number of calls that abandon, those that balk included.
    pub abandoned: f64,
}

/// A law's shares beyond its last state are below this, or it gets more states.
const NEGLIGIBLE: f64 = 1e-13;

/// Steps in which a changing rate is followed are at most this part of a handling time.
const STEP: f64 = 0.025;

/// M(t)/M/s(t)+M from empty, with balking: what each interval brings at a rate in arrivals per second that is a function of time,
/// and so many agents in each. The demand gives handling, patience and balking; its rate is ignored.
///
/// The number in the centre is a birth–death chain whose rates move. Each step of at most a fortieth of a handling time is followed
/// by uniformisation at two mean rates, fourth-order exact in its length (Blanes and Moan 2006); where the rate is constant that is
/// exact, also if it jumps between intervals. States are added as they are needed.
///
/// ```
/// use holdtime::analytics::{Demand, follow};
/// // 100 (1 + 0.3 sin t) calls per handling time on 100 agents, patience four handling times: three handling times from empty.
/// let demand = Demand::new(0.0, 1.0).with_patience(4.0);
/// let periods = follow(|t| 100.0 * (1.0 + 0.3 * t.sin()), &demand, &[100, 100, 100], 1.0);
/// assert!((periods[2].at_end.queue - 23.664).abs() < 0.001);
/// ```
///
/// # Panics
/// If a rate is negative or not finite, or the length of an interval not above 0 and finite.
#[must_use]
pub fn follow(rate: impl Fn(f64) -> f64, demand: &Demand, agents: &[u32], interval_s: f64) -> Vec<Period> {
    laws(rate, demand, agents, interval_s).into_iter().map(|(period, _)| period).collect()
}

/// Each period, and the law of the number in the centre at its beginning.
fn laws(
    rate: impl Fn(f64) -> f64,
    demand: &Demand,
    agents: &[u32],
    interval_s: f64,
) -> Vec<(Period, Vec<f64>)> {
    assert!(interval_s > 0.0 && interval_s.is_finite(), "interval: {interval_s}");
    let steps = (interval_s / (STEP * demand.mean_handling_s)).ceil().clamp(1.0, 1e6) as usize;
    let step_s = interval_s / steps as f64;
    let mut law = vec![1.0, 0.0];
    let mut periods = Vec::with_capacity(agents.len());
    for (i, &agents) in agents.iter().enumerate() {
        let before = law.clone();
        let (mut mean, mut abandoned) = (Moment::default(), 0.0);
        for step in 0..steps {
            let from = i as f64 * interval_s + step as f64 * step_s;
            // The two points of Gauss, and the mean rates of the step's halves after them.
            let spread = step_s * 3_f64.sqrt() / 6.0;
            let (early, late) = (rate(from + 0.5 * step_s - spread), rate(from + 0.5 * step_s + spread));
            assert!(early >= 0.0 && late >= 0.0, "arrivals per second: {early}, {late}");
            let tilt = (late - early) / 3_f64.sqrt();
            let middle = 0.5 * (early + late);
            let halves = [middle - tilt, middle + tilt];
            let stretches = if tilt == 0.0 { &halves[..1] } else { &halves[..] };
            for rate in stretches {
                let seconds = step_s / stretches.len() as f64;
                let stretch = Stretch { rate: rate.max(0.0), demand, agents, seconds };
                let (during, given_up) = stretch.pass(&mut law);
                let part = seconds / interval_s;
                mean.number += part * during.number;
                mean.queue += part * during.queue;
                mean.all_busy += part * during.all_busy;
                abandoned += given_up;
            }
        }
        mean.all_busy = mean.all_busy.min(1.0);
        let period = Period { agents, mean, at_end: moment(&law, agents), abandoned };
        periods.push((period, before));
    }
    periods
}

/// A stretch of time at constant rates.
struct Stretch<'a> {
    rate: f64,
    demand: &'a Demand,
    agents: u32,
    seconds: f64,
}

impl Stretch<'_> {
    /// Moves a law on; the queue on average, and how many abandon.
    fn pass(&self, law: &mut Vec<f64>) -> (Moment, f64) {
        let (mu, theta) = (1.0 / self.demand.mean_handling_s, 1.0 / self.demand.mean_patience_s);
        let n = self.agents as usize;
        let joining = self.rate * (1.0 - self.demand.balking);
        loop {
            let chain = BirthDeath::from_rates(
                law.len() - 1,
                |k| if k < n { self.rate } else { joining },
                |k| k.min(n) as f64 * mu + k.saturating_sub(n) as f64 * theta,
            );
            let evolution = chain.evolve(law, self.seconds);
            let last = law.len() - 1;
            if evolution.at_end[last].max(evolution.mean[last]) > NEGLIGIBLE {
                law.resize(law.len() + law.len() / 4 + 8, 0.0);
                continue;
            }
            *law = evolution.at_end;
            let during = moment(&evolution.mean, self.agents);
            let given_up = theta * during.queue + (self.rate - joining) * during.all_busy;
            return (during, given_up * self.seconds);
        }
    }
}

fn moment(law: &[f64], agents: u32) -> Moment {
    let n = agents as usize;
    let mut moment = Moment::default();
    for (k, share) in law.iter().enumerate() {
        moment.number += k as f64 * share;
        if k >= n {
            moment.queue += (k - n) as f64 * share;
            moment.all_busy += share;
        }
    }
    moment
}

/// Agents by interval that keep the share of calls delayed near a target.
#[derive(Clone, Debug, PartialEq)]
pub struct Iterated {
    /// Agents of each interval.
    pub agents: Vec<u32>,
    /// Share of cases in which nobody is idle at the beginning of each interval, with these agents.
    pub delayed: Vec<f64>,
    /// Whether the last pass changed nothing. If not, agents are the larger of the last two passes.
    pub is_settled: bool,
}

/// Passes after which the iteration is given up.
const MOST_PASSES: usize = 40;

/// ISA (Feldman, Mandelbaum, Massey and Whitt 2008): the agents of each interval so that at its beginning nobody is idle in at
/// most a share of cases, above 0 and below 1.
///
/// Begins with agents without limit, follows the queue from empty as [`follow`] does, takes for each interval the least number s
/// with P(number in the centre ≥ s) ≤ the share, and repeats until nothing changes: with patience as long as handling at once,
/// since the number in the centre is then Poisson whatever the staffing. Always at least one agent.
///
/// ```
/// use holdtime::analytics::{Demand, agents_by_iteration};
/// let demand = Demand::new(0.0, 1.0).with_patience(1.0);
/// let staffing = agents_by_iteration(|t| 100.0 + 20.0 * t.sin(), &demand, 0.1, 24, 0.5);
/// assert_eq!(staffing.agents[20..], [117, 110, 103, 99]);
/// ```
///
/// # Panics
/// If the share is not above 0 and below 1, or as [`follow`].
#[must_use]
pub fn agents_by_iteration(
    rate: impl Fn(f64) -> f64,
    demand: &Demand,
    delayed: f64,
    intervals: usize,
    interval_s: f64,
) -> Iterated {
    assert!(delayed > 0.0 && delayed < 1.0, "share delayed: {delayed}");
    let least = |law: &[f64]| {
        let mut beyond = 0.0;
        let from_above = law.iter().rposition(|share| {
            beyond += share;
            beyond > delayed
        });
        // States above the one found are met within the share.
        from_above.map_or(1, |state| (state + 1).max(1) as u32)
    };
    let mut agents = vec![u32::MAX; intervals];
    for pass in 1..=MOST_PASSES {
        let laws = laws(&rate, demand, &agents, interval_s);
        let next: Vec<u32> = laws.iter().map(|(_, law)| least(law)).collect();
        if next == agents || pass == MOST_PASSES {
            let is_settled = next == agents;
            let agents: Vec<u32> = agents.iter().zip(&next).map(|(&a, &b)| a.max(b)).collect();
            let delayed =
                laws.iter().zip(&agents).map(|((_, law), &agents)| moment(law, agents).all_busy).collect();
            return Iterated { agents, delayed, is_settled };
        }
        agents = next;
    }
    unreachable!("the last pass returns")
}

/// How an interval's calls are turned into a queue in balance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Method {
    /// SIPP: each interval by its own rate (Green, Kolesar and Soares 2001). Good if handling is short beside the interval.
    Sipp,
    /// Lagged SIPP: by the mean rate of an interval that began so many seconds earlier, usually a mean handling time, since
    /// load follows calls (Green, Kolesar and Soares 2003).
    Lagged {
        /// How much earlier.
        by_s: f64,
    },
    /// Modified offered load: by the mean over the interval of the load that calls leave behind (Jagerman 1975; Jennings,
    /// Mandelbaum, Massey and Whitt 1996).
    OfferedLoad,
    /// The same by the largest load within the interval.
    LargestLoad,
}

/// Agents for each interval of a day that begins empty, by Erlang C or A: handling of any law, the demand's patience and balking.
///
/// The formulas see only the mean of the handling time; the law tells how long load outlasts calls.
///
/// ```
/// use holdtime::analytics::*;
/// let goal = ServiceLevel { share: 0.8, within_s: 20.0, base: Base::Entered };
/// let targets = Targets { service_level: Some(goal), ..Targets::default() };
/// let day = RateProfile::new(1800.0, vec![0.02, 0.06, 0.02]);
/// let demand = Demand::new(0.0, 600.0);
/// let by = |method| -> Vec<u32> {
///     let law = Law::exponential(600.0);
///     let rows = agents_by_interval(&day, &law, &demand, Formula::ErlangC, &targets, method, MOST_AGENTS);
///     rows.into_iter().map(|row| row.unwrap()).collect()
/// };
/// assert_eq!(by(Method::Sipp), [16, 43, 16]);
/// // Calls of ten minutes: load builds up late and stays on.
/// let loads = by(Method::OfferedLoad);
/// assert!(loads[0] < 16 && loads[1] < 43 && loads[2] > 16);
/// ```
///
/// # Panics
/// If the mean handling time is not above 0 and finite.
#[must_use]
pub fn agents_by_interval(
    day: &RateProfile,
    handling: &Law,
    demand: &Demand,
    formula: Formula,
    targets: &Targets,
    method: Method,
    most: u32,
) -> Vec<Result<u32, OutOfReach>> {
    let mean = handling.mean();
    assert!(mean > 0.0 && mean.is_finite(), "mean handling time: {mean}");
    (0..day.rates().len())
        .map(|i| {
            let (from, to) = (i as f64 * day.interval_s(), (i + 1) as f64 * day.interval_s());
            let rate = match method {
                Method::Sipp => day.rates()[i],
                Method::Lagged { by_s } => day.mean_rate(from - by_s, to - by_s),
                Method::OfferedLoad => day.mean_load(handling, i) / mean,
                Method::LargestLoad => largest_load(day, handling, from, to) / mean,
            };
            let demand = Demand { arrivals_per_s: rate, mean_handling_s: mean, ..*demand };
            agents_for(&demand, formula, targets, most)
        })
        .collect()
}

/// The largest load at one of 33 times from the beginning to the end.
fn largest_load(day: &RateProfile, handling: &Law, from: f64, to: f64) -> f64 {
    (0..=32).map(|i| day.load(handling, from + (to - from) * f64::from(i) / 32.0)).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::super::{Base, MOST_AGENTS, ServiceLevel, erlang_a};
    use super::*;

    fn assert_close(what: &str, pairs: &[(f64, f64)], relative: f64) {
        for (i, (found, expected)) in pairs.iter().enumerate() {
            let bound = relative * expected.abs();
            assert!((found - expected).abs() <= bound, "{what}, pair {i}: {found}, not {expected}");
        }
    }

    #[test]
    fn a_sine_wave_on_a_hundred_agents() {
        let demand = Demand::new(0.0, 1.0).with_patience(4.0);
        let periods = follow(|t| 100.0 * (1.0 + 0.3 * t.sin()), &demand, &[100; 6], 1.0);
        let expected = [
            (73.247_893_45, 0.004_044_923_489, 0.001_722_969_787),
            (110.519_706_6, 11.691_450_36, 0.810_049_857),
            (123.306_743_9, 23.664_359_35, 0.937_731_832_7),
            (109.449_328_4, 12.142_718_28, 0.702_414_371_9),
            (87.658_415_18, 1.491_467_795, 0.165_912_596_2),
            (83.993_949_76, 0.397_466_132_2, 0.066_691_016),
        ];
        for (period, (number, queue, all_busy)) in periods.iter().zip(expected) {
            let at = period.at_end;
            assert_close("sine", &[(at.number, number), (at.queue, queue), (at.all_busy, all_busy)], 1e-7);
        }
    }

    #[test]
    fn days_of_constant_intervals_while_staffing_does_not_fall() {
        // The averages to compare with were taken over points in time, so are a little off: 1.4 · 10⁻⁶ for the first, whose exact
        // value is 0.123 409 625.
        const AVERAGED: f64 = 1e-5;
        // 4.2 calls a minute of 2 minutes on 12 agents, patience 1 minute, for eight hours.
        let demand = Demand::new(0.0, 2.0).with_patience(1.0);
        let day = &follow(|_| 4.2, &demand, &[12], 480.0)[0];
        assert_close(
            "one rate",
            &[
                (day.mean.queue, 0.123_409_457_3),
                (day.mean.number - day.mean.queue, 8.118_700_305),
                (day.abandoned, 59.236_539_52),
                (day.mean.all_busy, 0.126_190_331_8),
                (day.at_end.queue, 0.124_651_403_3),
            ],
            AVERAGED,
        );
        // Steps of rate and staffing, patience 3 minutes; then one caller in ten balks, in seconds.
        let demand = Demand::new(0.0, 2.0).with_patience(3.0);
        let rates = [3.0, 6.0];
        let stairs = follow(|t| rates[(t / 30.0) as usize], &demand, &[7, 11], 30.0);
        assert_close(
            "stairs",
            &[
                (stairs[0].mean.queue, 0.619_897_011_3),
                (stairs[0].abandoned, 6.198_970_113),
                (stairs[0].mean.all_busy, 0.369_373_291_4),
                (stairs[0].at_end.queue, 0.739_182_302_4),
                (stairs[1].mean.queue, 2.331_950_517),
                (stairs[1].abandoned, 23.319_505_17),
                (stairs[1].mean.all_busy, 0.652_586_760_8),
                (stairs[1].at_end.number - stairs[1].at_end.queue, 10.230_458_87),
            ],
            AVERAGED,
        );
        let demand = Demand::new(0.0, 100.0).with_patience(1000.0).with_balking(0.1);
        let rates = [100.0, 150.0, 150.0].map(|calls: f64| calls / 3600.0);
        let hours = follow(|t| rates[(t / 3600.0) as usize], &demand, &[4, 6, 8], 3600.0);
        assert_close(
            "balking",
            &[
                (hours[0].mean.queue, 0.435_096_686_1),
                (hours[0].abandoned, 4.883_819_828),
                (hours[1].abandoned, 5.319_723_29),
                (hours[1].mean.all_busy, 0.264_882_088_8),
                (hours[2].mean.queue, 0.055_298_223_43),
                (hours[2].abandoned, 1.176_288_612),
            ],
            AVERAGED,
        );
    }

    #[test]
    fn a_constant_rate_comes_to_its_balance() {
        let demand = Demand::new(0.1, 300.0).with_patience(120.0);
        let last = follow(|_| 0.1, &demand, &[32; 8], 1800.0)[7];
        let balance = erlang_a(&demand, 32);
        assert_close(
            "balance",
            &[
                (last.at_end.queue, balance.mean_queue),
                (last.at_end.all_busy, balance.delayed),
                (last.abandoned, 180.0 * balance.abandonment),
            ],
            1e-8,
        );
    }

    #[test]
    fn a_published_case_of_iterated_staffing() {
        let demand = Demand::new(0.0, 1.0).with_patience(1.0);
        let staffing = agents_by_iteration(|t| 100.0 + 20.0 * t.sin(), &demand, 0.1, 33, 0.5);
        assert!(staffing.is_settled);
        assert_eq!(staffing.agents[20..], [117, 110, 103, 99, 99, 103, 109, 116, 123, 128, 129, 127, 121]);
        let expected = [
            0.092_801_379_47,
            0.085_609_430_49,
            0.094_975_789_27,
            0.098_663_662_33,
            0.094_578_793_02,
            0.084_524_062_96,
            0.087_318_514_19,
            0.094_097_452_84,
            0.092_008_883_05,
            0.086_679_625_07,
            0.090_699_501_41,
            0.085_024_315_76,
            0.092_638_014_61,
        ];
        for (found, expected) in staffing.delayed[20..].iter().zip(expected) {
            // From empty ten handling times before, not from ever: 5 · 10⁻⁵ of the load are missing.
            assert!((found - expected).abs() < 2e-4, "{found}, not {expected}");
        }
    }

    #[test]
    fn iterated_staffing_keeps_its_target_also_with_patient_customers() {
        for patience in [0.3, 5.0, f64::INFINITY] {
            let demand = Demand::new(0.0, 1.0).with_patience(patience);
            let staffing = agents_by_iteration(|t| 30.0 + 15.0 * t.sin(), &demand, 0.3, 40, 0.25);
            assert!(staffing.is_settled, "patience {patience}: {staffing:?}");
            for (delayed, agents) in staffing.delayed.iter().zip(&staffing.agents).skip(8) {
                assert!(*delayed <= 0.3 && *delayed > 0.15, "patience {patience}: {delayed} at {agents}");
            }
        }
    }

    #[test]
    fn methods_agree_where_the_rate_stands_still_and_part_where_it_moves() {
        let goal = ServiceLevel { share: 0.8, within_s: 20.0, base: Base::Entered };
        let targets = Targets { service_level: Some(goal), ..Targets::default() };
        let demand = Demand::new(0.0, 300.0).with_patience(180.0);
        let by = |rates: &[f64], method| -> Vec<u32> {
            let day = RateProfile::new(1800.0, rates.to_vec());
            agents_by_interval(
                &day,
                &Law::lognormal(300.0, 1.1),
                &demand,
                Formula::ErlangA,
                &targets,
                method,
                MOST_AGENTS,
            )
            .into_iter()
            .map(|row| row.expect("in reach"))
            .collect()
        };
        let methods =
            [Method::Sipp, Method::Lagged { by_s: 300.0 }, Method::OfferedLoad, Method::LargestLoad];
        for method in methods {
            assert_eq!(by(&[0.1; 6], method)[5], 33, "{method:?}");
        }
        let [sipp, lagged, load, largest] = methods.map(|method| by(&[0.02, 0.1, 0.02], method));
        assert!(sipp[0] == sipp[2] && sipp[1] == 33);
        assert!(lagged[1] < sipp[1] && lagged[2] > sipp[2]);
        assert!(load[1] < sipp[1] && load[2] > sipp[2]);
        assert!(largest.iter().zip(&load).all(|(largest, mean)| largest >= mean));
        assert!(largest[2] > load[2], "at first the load of the busy half-hour is still there");
    }

    #[test]
    fn edges_of_rate_and_staffing() {
        let demand = Demand::new(0.0, 1.0).with_patience(1.0);
        assert!(follow(|_| 1.0, &demand, &[], 1.0).is_empty());
        let idle = follow(|_| 0.0, &demand, &[0, 3], 1.0);
        assert_eq!((idle[0].mean.all_busy, idle[1].at_end.number), (1.0, 0.0));
        // Overload without abandonment grows by what is not served.
        let patient = Demand::new(0.0, 1.0);
        let flood = follow(|_| 20.0, &patient, &[5, 5, 5], 4.0);
        let growth = flood[2].at_end.queue - flood[1].at_end.queue;
        assert!((growth - 60.0).abs() < 1e-6, "{growth}");
        assert_eq!(agents_by_iteration(|_| 0.0, &demand, 0.2, 2, 1.0).agents, [1, 1]);
    }
}
