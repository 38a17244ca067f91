//! The settlement on the page: months under one another, contracts side by side, every amount to the cent.
//!
//! Adds nothing up: sums come with the result. Invariant: no line is wider than the page, however many contracts there are.

use crate::experiment::{ByMonth, Outcome};

use super::number::grouped;
use super::paint::Paint;
use super::text::{PAGE_WIDTH, cut, left, right, width, wrapped};
use super::words;

const LINES: [(&str, &str); 9] = [
    ("minutes_eur", "  minutes"),
    ("calls_eur", "  calls"),
    ("hours_eur", "  hours"),
    ("resolved_eur", "  solved cases"),
    ("same_case_eur", "  same case"),
    ("volume_band_eur", "  volume band"),
    ("minimum_eur", "  minimum"),
    ("bonus_eur", "  bonus"),
    ("penalty_eur", "  penalty"),
];
/// A column is no narrower than its amounts and no wider than this.
const WIDEST_COLUMN: usize = 18;

/// The lines of the settlement; none where no contract has terms.
pub(super) fn settlement(outcome: &Outcome, paint: Paint) -> Vec<String> {
    let Some(settlement) = &outcome.settlement else { return Vec::new() };
    let mut columns: Vec<&ByMonth> = settlement.contracts.iter().collect();
    if columns.len() > 1 {
        columns.push(&settlement.all);
    }
    let euros = |of: &ByMonth, month: Option<usize>, name: &str| {
        let measures = month.map_or(&of.total, |month| &of.months[month].1);
        measures.get(name).and_then(|estimate| estimate.mean)
    };
    let n_months = settlement.all.months.len();
    let months =
        settlement.all.months.iter().enumerate().map(|(i, (label, _))| (label.as_str(), Some(i), "paid_eur"));
    let lines =
        LINES.iter().filter(|(name, _)| euros(&settlement.all, None, name).is_some_and(|eur| eur != 0.0));
    let rows: Vec<(&str, Option<usize>, &str)> = months
        .chain([(words::PAID_IN_ALL, None, "paid_eur")])
        .chain(lines.map(|(name, label)| (*label, None, *name)))
        .collect();
    let amount = |of: &ByMonth, row: &(&str, Option<usize>, &str)| {
        euros(of, row.1, row.2).map_or_else(String::new, |eur| grouped(eur, 2))
    };
    let cells: Vec<Vec<String>> = columns
        .iter()
        .map(|of| rows.iter().map(|row| cut(&amount(of, row), WIDEST_COLUMN)).collect())
        .collect();
    let label_width =
        rows.iter().map(|row| width(row.0)).chain([width(words::SETTLEMENT)]).max().unwrap_or(0);
    let widths: Vec<usize> = (columns.iter().zip(&cells))
        .map(|(of, cells)| {
            let amounts = cells.iter().map(|cell| width(cell)).max().unwrap_or(0);
            amounts.max(width(&of.name).min(WIDEST_COLUMN))
        })
        .collect();
    let mut text = Vec::new();
    let mut first = 0;
    while first < columns.len() {
        let mut taken = label_width;
        let end = (first..columns.len())
            .find(|i| {
                taken += widths[*i] + 2;
                taken > PAGE_WIDTH
            })
            .unwrap_or(columns.len())
            .max(first + 1);
        let line = |label: &str, cell: &dyn Fn(usize) -> String| {
            let cells = (first..end).map(|i| format!("  {}", right(&cut(&cell(i), widths[i]), widths[i])));
            format!("{}{}", left(label, label_width), cells.collect::<String>())
        };
        let title = if first == 0 { words::SETTLEMENT } else { "" };
        text.push(paint.heading(line(title, &|i| columns[i].name.clone())));
        text.extend(
            rows.iter().enumerate().map(|(row, (label, ..))| line(label, &|i| cells[i][row].clone())),
        );
        first = end;
    }
    if n_months > 0 {
        text.extend(wrapped(words::SETTLED, PAGE_WIDTH, 2).iter().map(|line| paint.quiet(line)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::experiment::{Measures, Settlement};

    fn settled(name: &str, euros: [f64; 2]) -> ByMonth {
        let paid = |minimum: f64, all: f64| {
            Measures(vec![
                ("minutes_eur", sample::estimate(all - minimum, 1.0)),
                ("minimum_eur", sample::estimate(minimum, 1.0)),
                ("bonus_eur", sample::estimate(0.0, 0.0)),
                ("paid_eur", sample::estimate(all, 1.0)),
            ])
        };
        ByMonth {
            name: name.to_owned(),
            months: vec![
                ("2026-01".to_owned(), paid(0.0, euros[0])),
                ("2026-02".to_owned(), paid(12.5, euros[1])),
            ],
            total: paid(12.5, euros[0] + euros[1]),
        }
    }

    fn lines(names: &[&str]) -> Vec<String> {
        let mut outcome = sample::telecom_year();
        outcome.settlement = Some(Settlement {
            contracts: names.iter().map(|name| settled(name, [1_834_567.89, 1_734_000.11])).collect(),
            all: settled("all", [3_669_135.78, 3_468_000.22]),
        });
        settlement(&outcome, Paint::Plain)
    }

    #[test]
    fn months_stand_above_the_lines_that_made_them() {
        let words: Vec<Vec<String>> = (lines(&["partner_a"]).iter())
            .map(|line| line.split_whitespace().map(str::to_owned).collect())
            .collect();
        let wanted = [
            "SETTLEMENT, EUR partner_a",
            "2026-01 1,834,567.89",
            "2026-02 1,734,000.11",
            "paid in all 3,568,568.00",
            "minutes 3,568,555.50",
            "minimum 12.50",
        ];
        for (line, wanted) in words.iter().zip(wanted) {
            assert_eq!(line.join(" "), wanted);
        }
    }

    #[test]
    fn many_contracts_go_on_below_and_no_line_is_wider_than_the_page() {
        let names = ["a", "b", "c", "d", "e", "f", "a_partner_with_a_name_that_is_longer_than_a_column"];
        let lines = lines(&names);
        assert!(lines.iter().all(|line| width(line) <= PAGE_WIDTH), "{lines:#?}");
        assert_eq!(lines.iter().filter(|line| line.starts_with("2026-01")).count(), 2);
        assert!(lines.iter().any(|line| line.trim_end().ends_with(" all")), "{lines:#?}");
    }
}
