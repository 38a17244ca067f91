//! Invoices of all replications in, a table contract × month out, in which every sum ties to the cent.
//!
//! Prices nothing. Invariant: each line of each month is its mean over the replications, rounded to a whole cent up or down,
//! so chosen (largest remainders first, the earlier of equals) that all lines together are the mean of all that is paid,
//! rounded to the cent; a month, a contract and the total are sums of these lines.

use super::calendar::Calendar;
use super::outcome::{ByMonth, Measures, Settlement};
use super::replicate::Runs;
use crate::measure::{Invoice, Line};
use crate::scenario::Scenario;
use crate::stats::{self, Estimate};

/// The settlement; `None` where no contract has terms.
pub(super) fn settlement(runs: &Runs, scenario: &Scenario, calendar: Calendar<'_>) -> Option<Settlement> {
    let names: Vec<&str> = (scenario.sites.iter())
        .filter(|site| site.contract.as_ref().is_some_and(|contract| contract.terms.is_some()))
        .map(|site| site.name.as_str())
        .collect();
    let n_cells = runs.results.first().map_or(0, |run| run.invoices.len());
    if names.is_empty() || n_cells == 0 {
        return None;
    }
    let cents = mean_cents(&runs.results.iter().map(|run| run.invoices.as_slice()).collect::<Vec<_>>());
    let months: Vec<String> = calendar.months().into_iter().map(|month| month.label).collect();
    let all: Vec<usize> = (0..n_cells).collect();
    let settled = |name: &str, is_of: &dyn Fn(usize) -> bool| {
        let of_month = |month: usize| -> Vec<usize> {
            let cells = month * names.len()..(month + 1) * names.len();
            cells.filter(|cell| is_of(*cell)).collect()
        };
        let rows = months.iter().enumerate();
        ByMonth {
            name: name.to_owned(),
            months: rows.map(|(i, label)| (label.clone(), measures(runs, &cents, &of_month(i)))).collect(),
            total: measures(runs, &cents, &all.iter().copied().filter(|c| is_of(*c)).collect::<Vec<_>>()),
        }
    };
    Some(Settlement {
        contracts: (names.iter().enumerate())
            .map(|(contract, name)| settled(name, &|cell| cell % names.len() == contract))
            .collect(),
        all: settled("all", &|_| true),
    })
}

/// The measures of some cells together.
fn measures(runs: &Runs, cents: &[[i64; Line::COUNT]], cells: &[usize]) -> Measures {
    let estimate = |cents: i64, of: &dyn Fn(&Invoice) -> i64| {
        let values: Vec<f64> = (runs.results.iter())
            .map(|run| cells.iter().map(|cell| of(&run.invoices[*cell])).sum::<i64>() as f64 / 100.0)
            .collect();
        Estimate { mean: Some(cents as f64 / 100.0), ..stats::mean_estimate(&values) }
    };
    let line = |line: Line| cells.iter().map(|cell| cents[*cell][line as usize]).sum::<i64>();
    let mut measures: Vec<(&'static str, Estimate)> = (Line::NAMES.iter())
        .map(|(of, name)| (*name, estimate(line(*of), &|invoice| invoice.cents[*of as usize])))
        .collect();
    let paid = Line::NAMES.iter().map(|(of, _)| line(*of)).sum();
    measures.push(("paid_eur", estimate(paid, &Invoice::total)));
    // The forecast does not vary: any replication's is the mean.
    let forecast = cells.iter().map(|cell| runs.results[0].invoices[*cell].forecast_cents).sum();
    measures.push(("forecast_eur", estimate(forecast, &|invoice| invoice.forecast_cents)));
    let counts = |of: &dyn Fn(&Invoice) -> u64| -> Vec<f64> {
        let sum =
            |run: &crate::measure::RunResult| cells.iter().map(|cell| of(&run.invoices[*cell])).sum::<u64>();
        runs.results.iter().map(|run| sum(run) as f64).collect()
    };
    let (in_time, base) = (counts(&|invoice| invoice.in_time), counts(&|invoice| invoice.base));
    let pairs: Vec<(f64, f64)> = in_time.iter().copied().zip(base.iter().copied()).collect();
    measures.push(("service_level", stats::ratio_estimate(&pairs)));
    measures.push(("in_time", stats::mean_estimate(&in_time)));
    measures.push(("service_level_base", stats::mean_estimate(&base)));
    Measures(measures)
}

/// Means over replications in whole cents, apportioned by largest remainders.
fn mean_cents(runs: &[&[Invoice]]) -> Vec<[i64; Line::COUNT]> {
    let n = runs.len() as i64;
    let n_cells = runs.first().map_or(0, |invoices| invoices.len());
    let sums: Vec<i64> = (0..n_cells * Line::COUNT)
        .map(|leaf| runs.iter().map(|run| run[leaf / Line::COUNT].cents[leaf % Line::COUNT]).sum())
        .collect();
    let mut cents: Vec<i64> = sums.iter().map(|sum| sum.div_euclid(n)).collect();
    let wanted = (2 * sums.iter().sum::<i64>() + n).div_euclid(2 * n);
    let left = (wanted - cents.iter().sum::<i64>()) as usize;
    let mut order: Vec<usize> = (0..sums.len()).collect();
    order.sort_by_key(|leaf| std::cmp::Reverse(sums[*leaf].rem_euclid(n)));
    for leaf in order.into_iter().take(left) {
        cents[leaf] += 1;
    }
    cents.chunks_exact(Line::COUNT).map(|lines| std::array::from_fn(|line| lines[line])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invoice(minutes: i64, penalty: i64) -> Invoice {
        let mut invoice = Invoice::default();
        invoice.cents[Line::Minutes as usize] = minutes;
        invoice.cents[Line::Penalty as usize] = -penalty;
        invoice
    }

    #[test]
    fn mean_lines_are_whole_cents_and_add_up_to_the_rounded_mean_of_all() {
        // Means: 33⅓, −1⅓ and 0⅓: together 32⅓, so 32 cents.
        let runs = [
            [invoice(33, 1), invoice(0, 0)],
            [invoice(33, 1), invoice(0, 0)],
            [invoice(34, 2), invoice(1, 0)],
        ];
        let cents = mean_cents(&runs.iter().map(|run| run.as_slice()).collect::<Vec<_>>());
        assert_eq!(cents.iter().flatten().sum::<i64>(), 32);
        // −1⅓ is −2 and two thirds: it has the largest remainder and gets the cent.
        assert_eq!(cents[0][Line::Minutes as usize], 33);
        assert_eq!(cents[0][Line::Penalty as usize], -1);
        assert_eq!(cents[1][Line::Minutes as usize], 0);
    }
}
