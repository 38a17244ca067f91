//! What a group's work costs: paid hours in-house, contracts of partners.
//!
//! Settles nothing by month: [`super::settlement`] does, on top of these prices.
//! Invariant: money is integer micro-euro, rounded once per group and interval; every other sum of money adds these.

use super::columns::GroupColumn::{
    self, AcwUs, Answered, BreakUs, ConferenceUs, CostMicroEur, FinishingUs, OffPhoneUs, PaidUs, Resolved,
    StaffedUs, SurchargeMicroEur, TalkUs,
};
use crate::scenario::Scenario;
use crate::scenario::checked::{Group, Surcharge};

/// Hours in a week.
const WEEK_HOURS: f64 = 168.0;
/// Microseconds in an hour and in a minute.
const HOUR_US: u128 = 3_600_000_000;
const MINUTES_PER_HOUR: u128 = 60;
const MILLION: u128 = 1_000_000;

/// Prices of one group, in micro-euro.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tariff {
    /// Paid time of an interval where heads are given, µs; without heads, logged-in time is paid.
    paid_us_per_interval: Option<u64>,
    /// The same by interval of the almanac, where a date changes the heads; else empty.
    paid_us_dated: Vec<u64>,
    /// Paid hours of a logged-in hour, in millionths, by calendar month: more than one where shrinkage takes from them first.
    paid_of_staffed: [u64; 12],
    surcharge: Option<Premium>,
    per_paid_hour: u64,
    pub(super) per_staffed_hour: u64,
    pub(super) per_minute: u64,
    pub(super) per_call: u64,
    pub(super) per_resolved: u64,
}

/// Surcharges on the price of a paid hour, in millionths of it.
#[derive(Clone, Debug, PartialEq)]
struct Premium {
    /// Of a logged-in hour, by interval of the almanac.
    by_interval: Vec<u64>,
    /// Of an hour beyond the plan.
    overtime: u64,
}

impl Premium {
    fn of(surcharge: &Surcharge, group: &Group) -> Self {
        // Who is logged in has worked the present hours that internal work and adherence take before.
        let worked = group.shrinkage.as_ref().map_or(1.0, |shrinkage| 1.0 / shrinkage.of_present());
        Self {
            by_interval: surcharge.by_interval.iter().map(|share| micro(share * worked)).collect(),
            overtime: micro(surcharge.overtime),
        }
    }
}

impl Tariff {
    /// The prices of a group: its own cost of a paid hour, and the contract of its site.
    pub(super) fn of(scenario: &Scenario, group: &Group) -> Self {
        let contract = group.site.and_then(|site| scenario.sites[site.index()].contract.as_ref());
        let price = |of: fn(&crate::scenario::checked::Contract) -> f64| contract.map_or(0, |c| micro(of(c)));
        let interval_us = scenario.almanac.interval.0 as f64;
        let paid_us = |heads: f64| (heads * group.contract_hours / WEEK_HOURS * interval_us).round() as u64;
        Self {
            paid_us_per_interval: group.heads.map(paid_us),
            paid_us_dated: group.heads.map_or_else(Vec::new, |heads| {
                group.dated_heads.iter().map(|factor| paid_us(heads * factor)).collect()
            }),
            paid_of_staffed: std::array::from_fn(|month| {
                micro(group.shrinkage.as_ref().map_or(1.0, |shrinkage| 1.0 / shrinkage.of_paid(month)))
            }),
            surcharge: group.surcharge.as_ref().map(|surcharge| Premium::of(surcharge, group)),
            per_paid_hour: micro(group.cost_per_paid_hour),
            per_staffed_hour: price(|c| c.per_hour),
            per_minute: price(|c| c.per_minute),
            per_call: price(|c| c.per_call),
            per_resolved: price(|c| c.per_resolved_case),
        }
    }

    /// Fills in paid time and cost of one interval of the almanac in a calendar month, January being 0.
    pub(super) fn bill(&self, (interval, month): (usize, usize), row: &mut [u64; GroupColumn::COUNT]) {
        let count = |column: GroupColumn| u128::from(row[column as usize]);
        let heads = self.paid_us_dated.get(interval).copied().or(self.paid_us_per_interval);
        let paid = heads.map_or_else(
            || {
                (count(StaffedUs) + count(BreakUs) + count(OffPhoneUs))
                    * u128::from(self.paid_of_staffed[month])
                    / MILLION
            },
            u128::from,
        );
        let mut in_house = paid * u128::from(self.per_paid_hour);
        if let Some(surcharge) = &self.surcharge {
            let more = count(StaffedUs) * u128::from(surcharge.by_interval[interval])
                + count(FinishingUs) * u128::from(surcharge.overtime);
            let more = more * u128::from(self.per_paid_hour) / MILLION;
            in_house += more;
            row[SurchargeMicroEur as usize] = in_hours(more) as u64;
        }
        let (by_time, by_visit) = self.contract_charge(row);
        row[PaidUs as usize] = paid as u64;
        row[CostMicroEur as usize] = (in_hours(in_house + by_time) + by_visit) as u64;
    }

    /// What the contract charges of one interval, at its prices.
    pub(super) fn contract_micro(&self, row: &[u64; GroupColumn::COUNT]) -> u64 {
        let (by_time, by_visit) = self.contract_charge(row);
        (in_hours(by_time) + by_visit) as u64
    }

    /// What the contract charges by time (µs × micro-euro an hour) and by visit (micro-euro).
    fn contract_charge(&self, row: &[u64; GroupColumn::COUNT]) -> (u128, u128) {
        let count = |column: GroupColumn| u128::from(row[column as usize]);
        let by_time = count(StaffedUs) * u128::from(self.per_staffed_hour)
            + (count(TalkUs) + count(AcwUs) + count(ConferenceUs))
                * MINUTES_PER_HOUR
                * u128::from(self.per_minute);
        let by_visit =
            count(Answered) * u128::from(self.per_call) + count(Resolved) * u128::from(self.per_resolved);
        (by_time, by_visit)
    }
}

/// µs × a price an hour, as an amount.
fn in_hours(amount: u128) -> u128 {
    (amount + HOUR_US / 2) / HOUR_US
}

/// EUR in micro-euro.
fn micro(eur: f64) -> u64 {
    (eur * 1e6).round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::checked::{Internal, Shrinkage};

    fn free() -> Tariff {
        Tariff {
            paid_us_per_interval: None,
            paid_us_dated: Vec::new(),
            paid_of_staffed: [1_000_000; 12],
            surcharge: None,
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
        tariff.bill((0, 0), &mut row);
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
    fn hours_before_log_in_are_paid_where_no_heads_are_given() {
        // A fifth is absent in March; of the present hours a tenth is internal, and of the rostered ones 0.9 are logged in.
        let shrinkage = Shrinkage {
            absence: std::array::from_fn(|month| if month == 2 { 0.2 } else { 0.0 }),
            internal: Internal { training: 0.06, meetings: 0.04, coaching: 0.0, paid_breaks: 0.0 },
            adherence: 0.9,
        };
        let paid_of_staffed = std::array::from_fn(|month| micro(1.0 / shrinkage.of_paid(month)));
        let tariff = Tariff { paid_of_staffed, per_paid_hour: micro(33.0), ..free() };
        let paid = |month: usize| {
            let mut row = half_hour();
            tariff.bill((0, month), &mut row);
            row[PaidUs as usize] as f64 / row[StaffedUs as usize] as f64
        };
        assert!((paid(0) - 1.0 / 0.81).abs() < 1e-6);
        assert!((paid(2) - 1.0 / (0.8 * 0.81)).abs() < 1e-6);
    }

    #[test]
    fn surcharges_are_shares_of_the_hourly_cost_of_hours_worked_and_of_overtime() {
        let premium = Premium { by_interval: vec![0, micro(0.25)], overtime: micro(0.5) };
        let tariff = Tariff { surcharge: Some(premium), per_paid_hour: micro(32.0), ..free() };
        let cost = |interval: usize, finishing_us: u64| {
            let mut row = half_hour(); // one hour
            row[FinishingUs as usize] = finishing_us;
            tariff.bill((interval, 0), &mut row);
            (row[CostMicroEur as usize], row[SurchargeMicroEur as usize])
        };
        assert_eq!(cost(0, 0), (32_000_000, 0));
        assert_eq!(cost(1, 0), (40_000_000, 8_000_000));
        assert_eq!(cost(1, 900_000_000), (44_000_000, 12_000_000)); // a quarter of an hour at half of 32 more
    }

    #[test]
    fn heads_are_paid_whether_logged_in_or_not() {
        // 42 hours a week are a quarter of all hours: four heads are one paid person round the clock.
        let tariff =
            Tariff { paid_us_per_interval: Some(1_800_000_000), per_paid_hour: micro(33.0), ..free() };
        let mut row = half_hour();
        tariff.bill((0, 0), &mut row);
        assert_eq!(row[PaidUs as usize], 1_800_000_000);
        assert_eq!(row[CostMicroEur as usize], 16_500_000);
    }
}
