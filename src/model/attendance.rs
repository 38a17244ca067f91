//! Attendance: how many agents of the plan come to work on a day.
//!
//! A fractional plan is rounded by the day; with unplanned absence, each person who is rostered comes or does not, all day.
//! Who it is that logs in is not told. Invariant: a further person, or another group, changes nobody's attendance.

use jiff::civil::Date;

use crate::random::{Dist, Key, Purpose};
use crate::scenario::checked::{Group, UnplannedAbsence};

/// What the attendance of a group follows.
#[derive(Clone, Debug)]
pub(super) struct AttendanceRules {
    group: String,
    absence: Option<Absence>,
}

#[derive(Clone, Debug)]
struct Absence {
    share: f64,
    /// Rostered persons of a planned agent.
    rostered: f64,
    /// Of the share, for a day; `None`: always 1.
    factor: Option<Dist>,
    /// Whose days the factor is common to.
    common: String,
}

impl AttendanceRules {
    pub fn compile(group: &Group) -> Self {
        let absence = group.unplanned_absence.as_ref().filter(|absence| absence.share > 0.0);
        let absence = absence.map(|UnplannedAbsence { share, in_plan, site_cv, site }| Absence {
            share: *share,
            rostered: 1.0 / (1.0 - in_plan),
            factor: (*site_cv > 0.0)
                .then(|| Dist::gamma(1.0, *site_cv).expect("a checked scenario has a cv up to 2")),
            common: site.as_ref().unwrap_or(&group.name).clone(),
        });
        Self { group: group.name.clone(), absence }
    }
}

/// The attendance of one group in one replication.
#[derive(Clone, Debug)]
pub(super) struct Attendance {
    /// Of the group.
    key: Key,
    /// Of those whose days are alike.
    common: Key,
    day: Option<u64>,
    /// The chance of the day that a person does not come.
    chance: f64,
    /// How many of the first persons come, by their number; as far as anybody asked on this day.
    present: Vec<u32>,
}

impl Attendance {
    pub fn new(rules: &AttendanceRules, root: Key) -> Self {
        let key = root.named(&rules.group);
        let common = rules.absence.as_ref().map_or(key, |absence| root.named(&absence.common));
        Self { key, common, day: None, chance: 0.0, present: Vec::new() }
    }

    /// Agents who come of a plan of `agents` on a date.
    pub fn agents(&mut self, rules: &AttendanceRules, agents: f64, date: Date) -> u32 {
        let day = number(date);
        let Some(absence) = &rules.absence else { return self.whole(agents, day) };
        self.begin(absence, day);
        let rostered = self.whole(agents * absence.rostered, day) as usize;
        while self.present.len() < rostered {
            let comes = self.person_comes(self.present.len() as u64, day);
            self.present.push(self.present.last().copied().unwrap_or(0) + u32::from(comes));
        }
        rostered.checked_sub(1).map_or(0, |last| self.present[last])
    }

    /// Whether a person with a shift comes on a date, rostered on a share of the days.
    pub fn comes(&mut self, rules: &AttendanceRules, (person, share): (u32, f64), date: Date) -> bool {
        let day = number(date);
        if share < 1.0 && self.whole(share, day) == 0 {
            return false;
        }
        let Some(absence) = &rules.absence else { return true };
        self.begin(absence, day);
        self.person_comes(u64::from(person), day)
    }

    fn begin(&mut self, absence: &Absence, day: u64) {
        if self.day != Some(day) {
            self.day = Some(day);
            let draw = |law: &Dist| law.sample(&mut self.common.child(day).stream(Purpose::SiteAbsence));
            self.chance = absence.share * absence.factor.as_ref().map_or(1.0, draw);
            self.present.clear();
        }
    }

    fn person_comes(&self, person: u64, day: u64) -> bool {
        self.key.child(day).child(person).uniform(Purpose::Absence) >= self.chance
    }

    /// ⌊x + u⌋ with u uniform by group and day.
    fn whole(&self, agents: f64, day: u64) -> u32 {
        if agents.fract() == 0.0 {
            return agents as u32;
        }
        (agents + self.key.child(day).uniform(Purpose::PlanRounding)).floor() as u32
    }
}

/// Another number for each date.
fn number(date: Date) -> u64 {
    (i64::from(date.year()) * 400 + i64::from(date.day_of_year())).cast_unsigned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;

    fn rules(absence: Option<(f64, f64)>) -> AttendanceRules {
        let absence = absence.map(|(share, cv)| Absence {
            share,
            rostered: 1.0 / (1.0 - share),
            factor: (cv > 0.0).then(|| Dist::gamma(1.0, cv).unwrap()),
            common: "site".to_owned(),
        });
        AttendanceRules { group: "west".to_owned(), absence }
    }

    fn of_days(rules: &AttendanceRules, agents: f64, days: usize) -> Vec<f64> {
        let mut attendance = Attendance::new(rules, Key::root(1, 0));
        let dates = jiff::civil::date(2026, 1, 1).series(1.day());
        dates.take(days).map(|date| f64::from(attendance.agents(rules, agents, date))).collect()
    }

    fn mean_and_variance(values: &[f64]) -> (f64, f64) {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        (mean, values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0))
    }

    /// Bounds as above.
    #[test]
    fn persons_with_shifts_stay_away_with_the_same_chance_and_fractions_come_on_their_share_of_days() {
        let rules = rules(Some((0.1, 0.0)));
        let mut attendance = Attendance::new(&rules, Key::root(1, 0));
        let mut comers = |person, share| {
            let dates = date(2026, 1, 1).series(1.day()).take(4000);
            dates.filter(|&day| attendance.comes(&rules, (person, share), day)).count() as f64 / 4000.0
        };
        assert!((comers(3, 1.0) - 0.9).abs() < 4.0 * (0.09_f64 / 4000.0).sqrt());
        assert!((comers(4, 0.5) - 0.45).abs() < 4.0 * (0.2475_f64 / 4000.0).sqrt());
    }

    #[test]
    fn a_later_and_larger_plan_of_the_day_keeps_who_has_come() {
        let rules = rules(Some((0.1, 0.0)));
        let mut at_once = Attendance::new(&rules, Key::root(1, 0));
        let mut by_steps = at_once.clone();
        let steps = [90.0, 45.0, 180.0].map(|agents| by_steps.agents(&rules, agents, date(2026, 1, 7)));
        assert_eq!(steps[2], at_once.agents(&rules, 180.0, date(2026, 1, 7)));
        assert_eq!(steps[1], at_once.agents(&rules, 45.0, date(2026, 1, 7)));
        assert!(steps[0] > steps[1] && steps[2] > steps[0]);
    }

    /// 200 persons, of whom a tenth is absent: binomial. Bounds are four standard errors over 4,000 days; the seed is fixed.
    #[test]
    fn without_a_common_factor_attendance_is_binomial_about_the_plan() {
        let (mean, variance) = mean_and_variance(&of_days(&rules(Some((0.1, 0.0))), 180.0, 4000));
        assert!((mean - 180.0).abs() < 4.0 * (18.0_f64 / 4000.0).sqrt(), "{mean}");
        assert!((variance / 18.0 - 1.0).abs() < 4.0 * (2.0_f64 / 4000.0).sqrt(), "{variance}");
    }

    /// Var = n·E\[p(1 − p)\] + n²·Var(p), with p = 0.1 F and F of mean 1 and cv 0.3. Four standard errors of a variance whose
    /// excess kurtosis is below 1; the seed is fixed.
    #[test]
    fn a_common_factor_adds_the_variance_of_the_share() {
        let (mean, variance) = mean_and_variance(&of_days(&rules(Some((0.1, 0.3))), 180.0, 4000));
        let wanted = 200.0 * (0.1 - 0.01 * 1.09) + 200.0_f64.powi(2) * 0.0009;
        assert!((mean - 180.0).abs() < 4.0 * (wanted / 4000.0).sqrt(), "{mean}");
        assert!(
            (variance / wanted - 1.0).abs() < 4.0 * (3.0_f64 / 4000.0).sqrt(),
            "{variance} against {wanted}"
        );
    }
}
