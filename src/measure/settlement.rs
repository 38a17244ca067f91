//! What contracts with terms are paid for a month: an invoice in whole cents, line by line.
//!
//! Estimates nothing. Each line is rounded to the cent as on any invoice, halves away from zero; an invoice is the sum of
//! its lines. Invariant: what the invoices of a month add to the use at contract prices is spread over that month's
//! intervals in proportion to it, in exact micro-euro, so that every cost in the cubes is what is paid.

use super::billing::Tariff;
use super::books::GroupRow;
use super::clauses::{Clause, Settled, Settling};
use super::columns::GroupColumn::{AcwUs, Answered, ConferenceUs, Resolved, StaffedUs, TalkUs};
use crate::scenario::checked::ServiceLevelBase;

const MICRO_PER_CENT: i128 = 10_000;
const HOUR_US: i128 = 3_600_000_000;
const MINUTE_US: i128 = 60_000_000;

/// A line of an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Line {
    /// Minutes of handling at their price.
    Minutes,
    /// Answered visits.
    Calls,
    /// Logged-in hours.
    Hours,
    /// Visits that solved their case.
    Resolved,
    /// Taken off: calls of a case that was answered here shortly before.
    SameCase,
    /// What the other price above the volume band changes.
    VolumeBand,
    /// Added up to the minimum.
    Minimum,
    /// For a good month.
    Bonus,
    /// Taken off for a bad month.
    Penalty,
}

impl Line {
    /// Number of lines.
    pub const COUNT: usize = Self::Penalty as usize + 1;

    /// All lines in the order of the invoice, with their names in results.
    pub const NAMES: [(Self, &'static str); Self::COUNT] = [
        (Self::Minutes, "minutes_eur"),
        (Self::Calls, "calls_eur"),
        (Self::Hours, "hours_eur"),
        (Self::Resolved, "resolved_eur"),
        (Self::SameCase, "same_case_eur"),
        (Self::VolumeBand, "volume_band_eur"),
        (Self::Minimum, "minimum_eur"),
        (Self::Bonus, "bonus_eur"),
        (Self::Penalty, "penalty_eur"),
    ];
}

/// What one contract is paid for one month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Invoice {
    /// Cents by [`Line`].
    pub cents: [i64; Line::COUNT],
    /// What the forecast comes to, in cents.
    pub forecast_cents: i64,
    /// Visits answered within the contract's wait.
    pub in_time: u64,
    /// The contract's own base of its service level.
    pub base: u64,
}

impl Invoice {
    /// What is paid, in cents.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.cents.iter().sum()
    }
}

/// Sums of a contract over a month.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Use {
    handling_us: u128,
    staffed_us: u128,
    answered: u64,
    resolved: u64,
    micro: u128,
}

impl Use {
    fn add(&mut self, row: &GroupRow, micro: u64) {
        for part in [TalkUs, AcwUs, ConferenceUs] {
            self.handling_us += u128::from(row[part as usize]);
        }
        self.staffed_us += u128::from(row[StaffedUs as usize]);
        self.answered += row[Answered as usize];
        self.resolved += row[Resolved as usize];
        self.micro += u128::from(micro);
    }
}

/// The invoices (month × contracts + contract) and what each counted row of a group costs beyond its use at contract
/// prices (interval × groups + group, micro-euro).
pub(super) fn settle(
    settling: &Settling,
    tariffs: &[Tariff],
    rows: &[GroupRow],
    clauses: &[Clause],
) -> (Vec<Invoice>, Vec<i64>) {
    let n = settling.contracts.len();
    let position = |row: usize| {
        let contract = settling.of_group[row % tariffs.len()]?;
        Some(settling.months[row / tariffs.len()] as usize * n + contract)
    };
    let micro = |row: usize| tariffs[row % tariffs.len()].contract_micro(&rows[row]);
    let mut uses = vec![Use::default(); clauses.len()];
    let mut tariff = vec![None; n];
    for (row, counts) in rows.iter().enumerate() {
        if let Some(at) = position(row) {
            uses[at].add(counts, micro(row));
            tariff[at % n] = Some(&tariffs[row % tariffs.len()]);
        }
    }
    let invoices: Vec<Invoice> = (0..clauses.len())
        .map(|at| {
            let contract = &settling.contracts[at % n];
            invoice(contract, tariff[at % n], &uses[at], &clauses[at], settling.forecast_cents[at])
        })
        .collect();
    // Cumulated shares, rounded down: their differences add up to the whole and never take more than the use.
    let mut spread = vec![(0_u128, 0_i128); clauses.len()];
    let mut rows_left = vec![0_u128; clauses.len()];
    (0..rows.len()).filter_map(position).for_each(|at| rows_left[at] += 1);
    let beyond = (0..rows.len())
        .map(|row| {
            let Some(at) = position(row) else { return 0 };
            let extra = i128::from(invoices[at].total()) * MICRO_PER_CENT - uses[at].micro as i128;
            let (seen, given) = &mut spread[at];
            // A month without any use: in equal parts.
            let (weight, all) = if uses[at].micro == 0 {
                (1, rows_left[at])
            } else {
                (u128::from(micro(row)), uses[at].micro)
            };
            *seen += weight;
            let share = (extra * *seen as i128).div_euclid(all as i128);
            let part = share - *given;
            *given = share;
            part as i64
        })
        .collect();
    (invoices, beyond)
}

fn invoice(
    contract: &Settled,
    tariff: Option<&Tariff>,
    used: &Use,
    clause: &Clause,
    forecast_cents: i64,
) -> Invoice {
    let terms = &contract.terms;
    // Whoever is called back is judged by the promise.
    let stayed = clause.entered.saturating_sub(clause.called_back);
    let base = match terms.level.of {
        ServiceLevelBase::EnteredLessShort => stayed.saturating_sub(clause.short),
        ServiceLevelBase::Answered => clause.answered,
        ServiceLevelBase::Entered | ServiceLevelBase::Offered => stayed,
    };
    let mut invoice = Invoice { forecast_cents, in_time: clause.in_time, base, ..Invoice::default() };
    let Some(tariff) = tariff else { return invoice };
    let mut put = |line: Line, cents: i64| {
        invoice.cents[line as usize] = cents;
        cents
    };
    let mut paid = put(
        Line::Minutes,
        ratio(used.handling_us as i128 * i128::from(tariff.per_minute), MINUTE_US * MICRO_PER_CENT),
    );
    paid += put(Line::Calls, cents(i128::from(used.answered) * i128::from(tariff.per_call)));
    paid += put(
        Line::Hours,
        ratio(used.staffed_us as i128 * i128::from(tariff.per_staffed_hour), HOUR_US * MICRO_PER_CENT),
    );
    paid += put(Line::Resolved, cents(i128::from(used.resolved) * i128::from(tariff.per_resolved)));
    paid += put(Line::SameCase, -cents(i128::from(clause.unpaid) * i128::from(tariff.per_call)));
    if let Some(band) = terms.volume_band {
        let beyond = (paid - part(forecast_cents, band.above)).max(0);
        paid += put(Line::VolumeBand, part(beyond, band.factor - 1.0));
    }
    paid += put(Line::Minimum, (part(forecast_cents, terms.minimum) - paid).max(0));
    // Against the counts, not their quotient, so that a bound that is just met is met.
    let reaches = |at: f64| clause.in_time as f64 >= at * base as f64;
    if let Some(bonus) = terms.bonus.filter(|bonus| base > 0 && reaches(bonus.at)) {
        put(Line::Bonus, part(paid, bonus.share));
    }
    if let Some(penalty) = terms.penalty.filter(|penalty| base > 0 && !reaches(penalty.at)) {
        put(Line::Penalty, -part(paid, penalty.share));
    }
    invoice
}

/// Micro-euro in cents.
fn cents(micro: i128) -> i64 {
    ratio(micro, MICRO_PER_CENT)
}

/// A share of an amount, in whole cents.
fn part(cents: i64, share: f64) -> i64 {
    (cents as f64 * share).round() as i64
}

/// The quotient of an amount, halves away from zero.
fn ratio(over: i128, under: i128) -> i64 {
    let half = if over < 0 { -under / 2 } else { under / 2 };
    ((over + half) / under) as i64
}
