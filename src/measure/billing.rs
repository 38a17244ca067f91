//! What a group's work costs: paid hours in-house, contracts of partners.
//!
//! Settles nothing by month: [`super::settlement`] does, on top of these prices.
//! Invariant: money is integer micro-euro, rounded once per group and interval; every other sum of money adds these.

use super::columns::GroupColumn::{
    self, AcwUs, Answered, ConferenceUs, CostMicroEur, PaidUs, Resolved, StaffedUs, TalkUs,
};
use crate::scenario::Scenario;
use crate::scenario::checked::Group;

/// Hours in a week.
const WEEK_HOURS: f64 = 168.0;
/// Microseconds in an hour and in a minute.
const HOUR_US: u128 = 3_600_000_000;
const MINUTES_PER_HOUR: u128 = 60;

/// Prices of one group, in micro-euro.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tariff {
    /// Paid time of an interval where heads are given, µs; without heads, logged-in time is paid.
    paid_us_per_interval: Option<u64>,
    per_paid_hour: u64,
    pub(super) per_staffed_hour: u64,
    pub(super) per_minute: u64,
    pub(super) per_call: u64,
    pub(super) per_resolved: u64,
}

impl Tariff {
    /// The prices of a group: its own cost of a paid hour, and the contract of its site.
    pub(super) fn of(scenario: &Scenario, group: &Group) -> Self {
        let contract = group.site.and_then(|site| scenario.sites[site.index()].contract.as_ref());
        let price = |of: fn(&crate::scenario::checked::Contract) -> f64| contract.map_or(0, |c| micro(of(c)));
        let interval_us = scenario.almanac.interval.0 as f64;
        Self {
            paid_us_per_interval: group
                .heads
                .map(|heads| (heads * group.contract_hours / WEEK_HOURS * interval_us).round() as u64),
            per_paid_hour: micro(group.cost_per_paid_hour),
            per_staffed_hour: price(|c| c.per_hour),
            per_minute: price(|c| c.per_minute),
            per_call: price(|c| c.per_call),
            per_resolved: price(|c| c.per_resolved_case),
        }
    }

    /// Fills in paid time and cost of one interval.
    pub(super) fn bill(&self, row: &mut [u64; GroupColumn::COUNT]) {
        let count = |column: GroupColumn| u128::from(row[column as usize]);
        let paid = self.paid_us_per_interval.map_or(count(StaffedUs), u128::from);
        let by_time = paid * u128::from(self.per_paid_hour)
            + count(StaffedUs) * u128::from(self.per_staffed_hour)
            + (count(TalkUs) + count(AcwUs) + count(ConferenceUs))
                * MINUTES_PER_HOUR
                * u128::from(self.per_minute);
        let cost = (by_time + HOUR_US / 2) / HOUR_US
            + count(Answered) * u128::from(self.per_call)
            + count(Resolved) * u128::from(self.per_resolved);
        row[PaidUs as usize] = paid as u64;
        row[CostMicroEur as usize] = cost as u64;
    }

    /// What the contract charges of one interval, at its prices.
    pub(super) fn contract_micro(&self, row: &[u64; GroupColumn::COUNT]) -> u64 {
        let mut row = *row;
        let prices = Self { paid_us_per_interval: Some(0), per_paid_hour: 0, ..self.clone() };
        prices.bill(&mut row);
        row[CostMicroEur as usize]
    }
}

/// EUR in micro-euro.
fn micro(eur: f64) -> u64 {
    (eur * 1e6).round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn free() -> Tariff {
        Tariff {
            paid_us_per_interval: None,
            per_paid_hour: 0,
            per_staffed_hour: 0,
            per_minute: 0,
            per_call: 0,
            per_resolved: 0,
        }
    }

    fn half_hour() -> [u64; GroupColumn::COUNT] {
        let mut row = [0; GroupColumn::COUNT];
        row[StaffedUs as usize] = 2 * 1_800_000_000; // two agents for half an hour: one hour
        row[TalkUs as usize] = 600_000_000; // 10 minutes
        row[AcwUs as usize] = 300_000_000; // 5 minutes
        row[Answered as usize] = 3;
        row[Resolved as usize] = 2;
        row
    }

    fn cost(tariff: &Tariff) -> u64 {
        let mut row = half_hour();
        tariff.bill(&mut row);
        row[CostMicroEur as usize]
    }

    #[test]
    fn each_price_has_its_own_quantity_and_they_add_up() {
        let minute = Tariff { per_minute: micro(0.78), ..free() };
        let call = Tariff { per_call: micro(2.75), ..free() };
        let hour = Tariff { per_staffed_hour: micro(37.0), ..free() };
        let resolved = Tariff { per_resolved: micro(4.0), ..free() };
        let paid = Tariff { per_paid_hour: micro(33.0), ..free() };
        assert_eq!(
            [&minute, &call, &hour, &resolved, &paid].map(cost),
            [11_700_000, 8_250_000, 37_000_000, 8_000_000, 33_000_000]
        );
        let all = Tariff { per_call: micro(2.75), per_minute: micro(0.78), ..free() };
        assert_eq!(cost(&all), cost(&minute) + cost(&call));
        assert_eq!(cost(&free()), 0);
    }

    #[test]
    fn heads_are_paid_whether_logged_in_or_not() {
        // 42 hours a week are a quarter of all hours: four heads are one paid person round the clock.
        let tariff =
            Tariff { paid_us_per_interval: Some(1_800_000_000), per_paid_hour: micro(33.0), ..free() };
        let mut row = half_hour();
        tariff.bill(&mut row);
        assert_eq!(row[PaidUs as usize], 1_800_000_000);
        assert_eq!(row[CostMicroEur as usize], 16_500_000);
    }
}
