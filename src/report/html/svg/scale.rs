//! A scale: which data lies where, and the round numbers along it.
//!
//! Invariant: ticks rise, lie within the scale and read apart.

use crate::report::language::Language;
use crate::report::number::{NumberStyle, Unit};

/// From data to places.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    from: f64,
    to: f64,
    low: f64,
    high: f64,
    pub ticks: Vec<f64>,
}

/// Whether a scale begins at nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begin {
    /// At zero.
    Zero,
    /// Where the values are, or at zero where that is near.
    Values,
}

impl Scale {
    /// A scale for `values` between two places, with about `n` ticks.
    pub fn of(
        unit: Unit,
        values: impl Iterator<Item = f64>,
        (low, high): (f64, f64),
        n: usize,
        begin: Begin,
    ) -> Self {
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.filter(|value| value.is_finite()) {
            least = least.min(value);
            most = most.max(value);
        }
        if least > most {
            (least, most) = (0.0, 1.0);
        }
        if begin == Begin::Zero || (least > 0.0 && least < 0.6 * most) {
            least = least.min(0.0);
            most = most.max(0.0);
        }
        if most - least <= 1e-12 * most.abs().max(1e-6) {
            let room = if most == 0.0 { 1.0 } else { 0.1 * most.abs() };
            least -= if least == 0.0 { 0.0 } else { room };
            most += room;
        }
        let is_share = unit == Unit::Share && least >= 0.0 && most <= 1.0;
        let step = nice_step(unit, (most - least) / n as f64);
        let from = (least / step + 1e-9).floor() * step;
        let to = (most / step - 1e-9).ceil() * step;
        let to = if is_share { to.min(1.0) } else { to };
        let count = ((to - from) / step + 1e-6).floor() as usize;
        let ticks = (0..=count.min(50)).map(|i| from + i as f64 * step).collect();
        Self { from, to, low, high, ticks }
    }

    /// The place of a value; one beyond the scale lies at its end.
    pub fn at(&self, value: f64) -> f64 {
        let share = ((value - self.from) / (self.to - self.from)).clamp(0.0, 1.0);
        self.low + share * (self.high - self.low)
    }

    /// The ticks in words.
    pub fn labels(&self, unit: Unit, language: Language, are_differences: bool) -> Vec<String> {
        let style = NumberStyle::for_column(unit, self.ticks.iter().map(|tick| Some(rounded(*tick))));
        let mut texts: Vec<String> = self.ticks.iter().map(|tick| style.value(rounded(*tick))).collect();
        let is_apart = |texts: &[String]| texts.windows(2).all(|pair| pair[0] != pair[1]);
        if !is_apart(&texts)
            && let [one, other, ..] = self.ticks[..]
        {
            let style = style.telling_apart(one, other);
            texts = self.ticks.iter().map(|tick| style.value(rounded(*tick))).collect();
        }
        for zeros in [".00", ".0"] {
            let is_whole = |text: &String| match text.split_once('.') {
                Some((_, after)) => {
                    after.starts_with(&zeros[1..])
                        && !after[zeros.len() - 1..].starts_with(|c: char| c.is_ascii_digit())
                }
                None => true,
            };
            if texts.iter().all(is_whole) {
                texts.iter_mut().for_each(|text| *text = text.replacen(zeros, "", 1));
            }
        }
        let dressed = texts.into_iter().zip(&self.ticks).map(|(text, tick)| {
            if !are_differences {
                return language.number(&text);
            }
            let text = if unit == Unit::Share { text.replacen(" %", " pp", 1) } else { text };
            language.number(&format!("{}{text}", if *tick > 0.0 { "+" } else { "" }))
        });
        dressed.collect()
    }
}

/// Without what adding steps leaves behind the last digit.
fn rounded(value: f64) -> f64 {
    if value.abs() < 1e-12 { 0.0 } else { value }
}

fn nice_step(unit: Unit, rough: f64) -> f64 {
    let rough = if rough > 0.0 && rough.is_finite() { rough } else { 1.0 };
    if matches!(unit, Unit::Seconds | Unit::Clock) && rough > 30.0 {
        let steps = [60.0, 120.0, 300.0, 600.0, 1200.0, 1800.0, 3600.0, 7200.0, 14_400.0, 43_200.0, 86_400.0];
        if let Some(step) = steps.into_iter().find(|step| *step >= rough) {
            return step;
        }
    }
    let power = 10_f64.powf(rough.log10().floor());
    [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|nice| nice * power)
        .find(|step| *step >= rough * 0.999)
        .unwrap_or(rough)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(unit: Unit, values: &[f64], begin: Begin) -> Vec<String> {
        let scale = Scale::of(unit, values.iter().copied(), (0.0, 100.0), 4, begin);
        scale.labels(unit, Language::English, false)
    }

    #[test]
    fn ticks_are_round_and_read_apart() {
        assert_eq!(
            labels(Unit::Share, &[0.05, 1.0], Begin::Values),
            ["0 %", "25 %", "50 %", "75 %", "100 %"]
        );
        assert_eq!(
            labels(Unit::Share, &[0.771, 0.782], Begin::Values),
            ["77.0 %", "77.5 %", "78.0 %", "78.5 %"]
        );
        assert_eq!(
            labels(Unit::Euros, &[0.0, 9.3e6], Begin::Zero),
            ["0 M EUR", "2.5 M EUR", "5.0 M EUR", "7.5 M EUR", "10.0 M EUR"]
        );
        assert_eq!(labels(Unit::Seconds, &[1.0, 700.0], Begin::Zero).last().unwrap(), "15 min");
        for values in [&[][..], &[0.0], &[7.0, 7.0], &[f64::NAN, 1e300, -1e300]] {
            let scale = Scale::of(Unit::Count, values.iter().copied(), (0.0, 1.0), 4, Begin::Values);
            assert!(scale.at(7.0).is_finite() && !scale.ticks.is_empty(), "{values:?}");
        }
    }
}
