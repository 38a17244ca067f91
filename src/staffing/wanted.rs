//! What staffing must achieve, class by class: what is asked for now, else the scenario's targets, else its service levels.
//!
//! Judges nothing. Invariant: what was asked for wins over the scenario, a class's own target over everybody's.

use crate::analytics::{Base, ServiceLevel, Targets};
use crate::scenario::Scenario;
use crate::scenario::checked::{Class, Goal, Period, ServiceLevelBase, Target};

/// What is asked for now, over what the scenario says; `None`: as the scenario says.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Wishes {
    /// Share answered within so many seconds; of what is the class's matter.
    pub service_level: Option<(f64, f64)>,
    /// Greatest share that abandons.
    pub abandonment: Option<f64>,
    /// Greatest mean wait of the answered, seconds.
    pub asa_s: Option<f64>,
    /// Greatest occupancy.
    pub occupancy: Option<f64>,
}

/// What is wanted of each class. A class's first service level counts where `is_goal` says so and no target is in its place.
#[must_use]
pub fn wanted(scenario: &Scenario, wishes: &Wishes, is_goal: impl Fn(usize) -> bool) -> Vec<Targets> {
    (0..scenario.classes.len()).map(|class| of_class(scenario, wishes, class, is_goal(class))).collect()
}

fn of_class(scenario: &Scenario, wishes: &Wishes, class: usize, is_goal: bool) -> Targets {
    let of = &scenario.classes[class];
    let targeted_level = || {
        targeted(scenario, class, |target| match &target.goal {
            Goal::ServiceLevel { at_least, level } => Some(in_time(of, level[class], *at_least)),
            Goal::Abandonment { .. } | Goal::Occupancy { .. } | Goal::Asa { .. } => None,
        })
    };
    let asked_level = wishes.service_level.map(|(share, within_s)| ServiceLevel {
        share,
        within_s,
        base: in_time(of, 0, share).base,
    });
    let own_level = || is_goal.then(|| in_time(of, 0, of.service_levels[0].share));
    Targets {
        service_level: asked_level.or_else(targeted_level).or_else(own_level),
        abandonment: wishes.abandonment.or_else(|| {
            targeted(scenario, class, |target| match target.goal {
                Goal::Abandonment { at_most } => Some(at_most),
                Goal::ServiceLevel { .. } | Goal::Occupancy { .. } | Goal::Asa { .. } => None,
            })
        }),
        asa_s: wishes.asa_s.or_else(|| {
            targeted(scenario, class, |target| match target.goal {
                Goal::Asa { at_most } => Some(at_most.as_secs_f64()),
                Goal::ServiceLevel { .. } | Goal::Occupancy { .. } | Goal::Abandonment { .. } => None,
            })
        }),
        occupancy: wishes.occupancy.or_else(|| {
            targeted(scenario, class, |target| match target.goal {
                // Of a day or a year the hours around a peak are part: no bound for each of its intervals.
                Goal::Occupancy { at_most } if target.per == Period::Interval => Some(at_most),
                Goal::Occupancy { .. } => None,
                Goal::ServiceLevel { .. } | Goal::Abandonment { .. } | Goal::Asa { .. } => None,
            })
        }),
        ..Targets::default()
    }
}

/// A bound of the class's own target, else of everybody's.
fn targeted<T>(scenario: &Scenario, class: usize, bound: impl Fn(&Target) -> Option<T>) -> Option<T> {
    let own = scenario.targets.iter().filter(|target| target.class.is_some_and(|of| of.index() == class));
    let all = scenario.targets.iter().filter(|target| target.class.is_none());
    own.chain(all).find_map(bound)
}

/// One of the class's service levels, with another share, as formulas count it.
#[must_use]
pub fn in_time(class: &Class, level: usize, share: f64) -> ServiceLevel {
    let level = &class.service_levels[level];
    let base = match level.of {
        ServiceLevelBase::EnteredLessShort => Base::EnteredLessShort { short_s: level.short.as_secs_f64() },
        // By formula nobody is blocked.
        ServiceLevelBase::Entered | ServiceLevelBase::Offered => Base::Entered,
        ServiceLevelBase::Answered => Base::Answered,
    };
    ServiceLevel { share, within_s: level.within.as_secs_f64(), base }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Texts, load};

    #[test]
    fn what_is_asked_wins_over_the_class_and_the_class_over_everybody() {
        let text = r#"
            horizon = "1h"
            [class.a]
            volume = { per_hour = 1 }
            talk_time = { constant = "1m" }
            service_levels = [{ share = 0.9, within = "30s", of = "answered" }]
            target.abandonment.at_most = 0.02
            [class.b]
            volume = { per_hour = 1 }
            talk_time = { constant = "1m" }
            [target]
            service_level.at_least = 0.7
            abandonment.at_most = 0.05
            occupancy = { at_most = 0.85, per = "interval" }
            [group.all]
            agents = 1
            takes = [["a", "b"]]
        "#;
        let scenario = load("s.toml", &[], &Texts::new().with("s.toml", text)).expect("sound").scenario;
        let [a, b] = wanted(&scenario, &Wishes::default(), |_| true)[..] else { panic!("two classes") };
        let level = |share, within_s, base| Some(ServiceLevel { share, within_s, base });
        assert_eq!(a.service_level, level(0.7, 30.0, Base::Answered));
        assert_eq!(b.service_level, level(0.7, 20.0, Base::EnteredLessShort { short_s: 5.0 }));
        assert_eq!((a.abandonment, b.abandonment), (Some(0.02), Some(0.05)));
        assert_eq!((a.occupancy, b.asa_s), (Some(0.85), None));
        let of_a_day =
            load("s.toml", &["target.occupancy.per=day".to_owned()], &Texts::new().with("s.toml", text));
        let of_a_day = of_a_day.expect("sound").scenario;
        assert_eq!(wanted(&of_a_day, &Wishes::default(), |_| true)[0].occupancy, None);
        let wishes = Wishes {
            service_level: Some((0.5, 10.0)),
            abandonment: Some(0.01),
            asa_s: Some(7.0),
            ..Wishes::default()
        };
        let asked = wanted(&scenario, &wishes, |_| false)[0];
        assert_eq!(asked.service_level, level(0.5, 10.0, Base::Answered));
        assert_eq!((asked.abandonment, asked.asa_s, asked.occupancy), (Some(0.01), Some(7.0), Some(0.85)));
    }
}
