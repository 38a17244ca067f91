//! Handle-time pressure: how target and load speed handling up and fatigue slows it down, and what that costs in resolution.
//!
//! Speed and resolution are fixed at the start of handling. Invariant: with all effects off speed and factor are
//! exactly 1, and the plain model comes out to the last bit.

use crate::scenario::checked::{Applied, CurveShape, Fatigue, LoadCurve, LoadSignal, Pressure, TalkCap};
use crate::units::ClassId;

/// Pressure on one group, compiled.
#[derive(Clone, Debug)]
pub(super) struct PressureRules {
    /// Speed that the handle-time target asks for, by class.
    target_speed: Vec<f64>,
    load: Option<LoadCurve>,
    /// Up to this signal the curve has this first value: what agents see most of the time is not looked up.
    calm: (f64, f64),
    pub cap: Option<TalkCap>,
    pub fatigue: Option<Fatigue>,
    elasticity: f64,
    bounds: (f64, f64),
    applied: Applied,
}

/// What agents see of the load at the start of handling.
#[derive(Clone, Copy, Debug)]
pub(super) struct LoadSeen {
    /// Visits waiting in the lanes that the group serves, the one taken not counted.
    pub waiting: u32,
    /// Staffed without finishing agents.
    pub agents: u32,
    /// Occupancy of the last completed interval.
    pub occupancy: f64,
}

impl PressureRules {
    /// Compiles the pressure of a group whose plain mean handle time by class is `plain_aht` (seconds).
    pub fn compile(pressure: &Pressure, n_classes: usize, plain_aht: impl Fn(ClassId) -> f64) -> Self {
        let target_speed = (0..n_classes)
            .map(|class| {
                let Some(target) = &pressure.target else { return 1.0 };
                let Some(aht) = target.aht[class] else { return 1.0 };
                let plain = plain_aht(ClassId::from_index(class));
                let excess = (plain - aht.as_secs_f64()).max(0.0);
                let wanted = plain - target.compliance * excess;
                if wanted > 0.0 { plain / wanted } else { pressure.speed_bounds.1 }
            })
            .collect();
        Self {
            target_speed,
            calm: pressure.load.as_ref().map_or((0.0, 1.0), |curve| {
                let first = curve.points[0].1;
                let calm = curve.points.iter().take_while(|&&(_, value)| value == first);
                (calm.fold(0.0, |_, &(x, _)| x), first)
            }),
            load: pressure.load.clone(),
            cap: pressure.cap.filter(|cap| cap.probability > 0.0),
            fatigue: pressure.fatigue.filter(|fatigue| fatigue.per_hour > 0.0),
            elasticity: pressure.elasticity,
            bounds: pressure.speed_bounds,
            // Without a curve the speed never changes while talk lasts.
            applied: if pressure.load.is_some() { pressure.applied } else { Applied::AtStart },
        }
    }

    /// Whether the load curve reads the last interval's occupancy.
    pub fn reads_occupancy(&self) -> bool {
        self.load.as_ref().is_some_and(|load| load.signal == LoadSignal::Occupancy)
    }

    /// Handling takes drawn ÷ speed; `vigour` is that of the agent, 1 of a fresh one.
    #[inline(always)]
    pub fn speed(&self, class: ClassId, seen: LoadSeen, vigour: f64) -> f64 {
        self.bounded(self.target_speed[class.index()] * self.load_speed(seen) * vigour)
    }

    /// What the load alone makes of the speed.
    #[inline(always)]
    pub fn load_speed(&self, seen: LoadSeen) -> f64 {
        match &self.load {
            None => 1.0,
            Some(curve) => {
                let signal = signal(curve.signal, seen);
                let (up_to, value) = self.calm;
                if signal <= up_to { value } else { curve_value(curve, signal) }
            }
        }
    }

    /// What the target alone makes of the speed.
    pub fn target_speed(&self, class: ClassId) -> f64 {
        self.target_speed[class.index()]
    }

    #[inline]
    pub fn bounded(&self, speed: f64) -> f64 {
        speed.clamp(self.bounds.0, self.bounds.1)
    }

    /// Whether a change of the load acts on talk in progress.
    #[inline]
    pub fn is_continuous(&self) -> bool {
        self.applied == Applied::Continuously
    }

    /// Resolution as a share of the group's, for handling that took `handled ÷ drawn` of what it would have.
    pub fn resolution_factor(&self, handled_to_drawn: f64) -> f64 {
        if self.elasticity == 0.0 || handled_to_drawn >= 1.0 {
            1.0
        } else if self.elasticity == 1.0 {
            handled_to_drawn
        } else {
            libm::pow(handled_to_drawn, self.elasticity)
        }
    }
}

/// With nobody staffed, waiting per agent has no bound: the curve's last value.
#[inline]
fn signal(signal: LoadSignal, seen: LoadSeen) -> f64 {
    match signal {
        LoadSignal::Waiting => f64::from(seen.waiting),
        LoadSignal::Occupancy => seen.occupancy,
        LoadSignal::WaitingPerAgent if seen.agents == 0 => f64::INFINITY,
        LoadSignal::WaitingPerAgent => f64::from(seen.waiting) / f64::from(seen.agents),
    }
}

#[inline(never)]
fn curve_value(curve: &LoadCurve, signal: f64) -> f64 {
    let points = &curve.points;
    let above = points.partition_point(|&(x, _)| x <= signal);
    if above == 0 {
        return points[0].1;
    }
    let (x0, y0) = points[above - 1];
    match (points.get(above), curve.shape) {
        (None, _) | (_, CurveShape::Steps) => y0,
        (Some(&(x1, y1)), CurveShape::Linear) => y0 + (y1 - y0) * (signal - x0) / (x1 - x0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::checked::AhtTarget;
    use crate::units::Span;

    fn pressure() -> Pressure {
        Pressure {
            target: None,
            load: None,
            cap: None,
            elasticity: 0.0,
            fatigue: None,
            speed_bounds: (0.5, 2.0),
            applied: Applied::AtStart,
        }
    }

    fn seen(waiting: u32, agents: u32) -> LoadSeen {
        LoadSeen { waiting, agents, occupancy: 0.0 }
    }

    #[test]
    fn the_target_is_the_mean_at_full_compliance_and_halfway_at_one_half() {
        let mut pressure = pressure();
        for (compliance, mean) in [(1.0, 180.0), (0.5, 240.0), (0.0, 300.0)] {
            pressure.target = Some(AhtTarget { aht: vec![Some(Span::from_secs(180))], compliance });
            let rules = PressureRules::compile(&pressure, 1, |_| 300.0);
            assert!((300.0 / rules.speed(ClassId(0), seen(0, 1), 1.0) - mean).abs() < 1e-9);
        }
    }

    #[test]
    fn a_class_below_its_target_is_left_alone() {
        let target = Some(AhtTarget { aht: vec![Some(Span::from_secs(180))], compliance: 1.0 });
        let rules = PressureRules::compile(&Pressure { target, ..pressure() }, 1, |_| 120.0);
        assert_eq!(rules.speed(ClassId(0), seen(50, 1), 1.0), 1.0);
    }

    #[test]
    fn curves_are_constant_outside_their_points_and_stay_within_the_bounds() {
        let points = vec![(1.0, 1.1), (3.0, 1.5), (4.0, 9.0)];
        let curve = |shape| {
            let load = Some(LoadCurve { signal: LoadSignal::WaitingPerAgent, shape, points: points.clone() });
            PressureRules::compile(&Pressure { load, ..pressure() }, 1, |_| 300.0)
        };
        let (linear, steps) = (curve(CurveShape::Linear), curve(CurveShape::Steps));
        let speeds = |rules: &PressureRules| {
            [0, 1, 2, 3, 5].map(|waiting| rules.speed(ClassId(0), seen(waiting, 1), 1.0))
        };
        assert_eq!(speeds(&linear), [1.1, 1.1, 1.3, 1.5, 2.0]);
        assert_eq!(speeds(&steps), [1.1, 1.1, 1.1, 1.5, 2.0]);
        assert_eq!(linear.speed(ClassId(0), seen(1, 0), 1.0), 2.0, "nobody staffed: the last value");
    }

    #[test]
    fn resolution_falls_with_the_elasticity_and_never_rises() {
        let factor = |elasticity| {
            PressureRules::compile(&Pressure { elasticity, ..pressure() }, 1, |_| 1.0).resolution_factor(0.81)
        };
        assert_eq!([factor(0.0), factor(1.0)], [1.0, 0.81]);
        assert!((factor(0.5) - 0.9).abs() < 1e-12);
        let rules = PressureRules::compile(&Pressure { elasticity: 1.0, ..pressure() }, 1, |_| 1.0);
        assert_eq!(rules.resolution_factor(1.2), 1.0);
    }
}
