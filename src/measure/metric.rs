//! What a metric is: a name with its unit, and the quantities whose count or quotient it is.
//!
//! Estimates nothing: it yields one replication's numerator and denominator. Invariant: a quotient names two
//! quantities, so that every share carries its numerator and denominator.

use crate::units::Span;

/// One replication's counts of a class, a group, or any union of them, over some period.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Sum of class rows, if classes are among what is measured.
    pub classes: Option<&'a [u64]>,
    /// Sum of group rows, if groups are among what is measured.
    pub groups: Option<&'a [u64]>,
    /// Counted time of the period.
    pub span: Span,
}

/// An integer that is counted or summed.
#[derive(Clone, Copy, Debug)]
pub struct Quantity {
    of_classes: Option<fn(&[u64]) -> u64>,
    of_groups: Option<fn(&[u64]) -> u64>,
    is_span: bool,
    /// Class columns needed.
    columns: usize,
}

impl Quantity {
    /// Counted by class.
    #[must_use]
    pub const fn of_classes(of: fn(&[u64]) -> u64) -> Self {
        Self { of_classes: Some(of), of_groups: None, is_span: false, columns: 0 }
    }

    /// Counted by class in a column that only scenarios with so many class columns have.
    #[must_use]
    pub const fn of_wide_classes(columns: usize, of: fn(&[u64]) -> u64) -> Self {
        Self { of_classes: Some(of), of_groups: None, is_span: false, columns }
    }

    /// Counted by group.
    #[must_use]
    pub const fn of_groups(of: fn(&[u64]) -> u64) -> Self {
        Self { of_classes: None, of_groups: Some(of), is_span: false, columns: 0 }
    }

    /// Counted by class and, with the same total, by group.
    #[must_use]
    pub const fn of_both(of_classes: fn(&[u64]) -> u64, of_groups: fn(&[u64]) -> u64) -> Self {
        Self { of_classes: Some(of_classes), of_groups: Some(of_groups), is_span: false, columns: 0 }
    }

    /// The counted time itself, in microseconds.
    #[must_use]
    pub const fn span() -> Self {
        Self { of_classes: None, of_groups: None, is_span: true, columns: 0 }
    }

    /// The quantity in a row; `None` if it is not counted there.
    #[inline]
    #[must_use]
    pub fn of(&self, row: &Row<'_>) -> Option<u64> {
        if self.is_span {
            return Some(row.span.0);
        }
        match (self.of_classes, row.classes) {
            (Some(of), Some(columns)) if columns.len() >= self.columns => Some(of(columns)),
            _ => Some((self.of_groups?)(row.groups?)),
        }
    }
}

/// A measure with a name.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    /// Glossary name; the suffix is the unit (`_s`, `_h`, `_eur`; none: a count, a share or a mean number).
    pub name: &'static str,
    /// What it belongs to.
    pub level: Level,
    /// Which direction is better.
    pub better: Better,
    /// How it is worked out.
    pub kind: Kind,
    /// Where it is shown.
    pub detail: Detail,
    /// What it is, in one line.
    pub doc: &'static str,
}

/// Where a metric is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Over the horizon and in every day, week, month and slot of the week.
    Everywhere,
    /// Over the horizon only.
    Horizon,
}

/// What a measure belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// A stay in a queue and its handling, by the interval of entry.
    Visit,
    /// An attempt from outside, by class of its first visit and interval of its arrival.
    Contact,
    /// A concern, by class and interval of its first contact.
    Case,
    /// A promised call.
    Promise,
    /// Time that passed, cut by the clock.
    Clock,
    /// Money.
    Money,
}

/// Which direction is better, all else equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// Less.
    Lower,
    /// More.
    Higher,
    /// Neither.
    Neither,
}

/// How a metric is worked out from the replications.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A quantity ÷ a fixed unit; mean over replications.
    Count {
        /// What is counted.
        of: Quantity,
        /// Integer units per shown unit (3.6 × 10⁹ for hours of microseconds).
        unit: f64,
    },
    /// A quotient of two quantities; ratio of their sums over replications.
    Ratio {
        /// Above.
        over: Quantity,
        /// Below; where it is zero the metric has no value.
        under: Quantity,
        /// Factor of the quotient (10⁻⁶ for seconds from microseconds).
        scale: f64,
    },
    /// A quantile of waits, seconds; from histograms, so by class and in total over the horizon only.
    Quantile {
        /// Of which visits.
        over: Over,
        /// Level of the quantile.
        p: f64,
    },
    /// The longest wait, seconds, mean over replications; where quantiles are.
    Longest,
    /// The longest wait in all replications, seconds, without interval; where quantiles are.
    LongestOfAll,
}

/// Whose waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Entered visits, whatever their end.
    Entered,
    /// Answered visits.
    Answered,
}

impl Metric {
    /// What it is told in, by its suffix and kind: `EUR`, `h`, `s`, `count`, `number` or `share`.
    #[must_use]
    pub fn unit(&self) -> &'static str {
        let numbers = ["waiting_mean", "staffed_mean", "carried_load", "contacts_per_case"];
        match self.kind {
            _ if self.name.ends_with("_eur") => "EUR",
            _ if self.name.ends_with("_h") => "h",
            Kind::Quantile { .. } | Kind::Longest | Kind::LongestOfAll => "s",
            _ if self.name.ends_with("_s") => "s",
            Kind::Count { .. } => "count",
            Kind::Ratio { .. } if numbers.contains(&self.name) => "number",
            Kind::Ratio { .. } => "share",
        }
    }

    /// The same metric, shown over the horizon only.
    #[must_use]
    pub const fn over_horizon(mut self) -> Self {
        self.detail = Detail::Horizon;
        self
    }

    /// Numerator and denominator of one replication in the shown unit (denominator 1 for counts); `None` where the
    /// metric is not measured.
    #[inline]
    #[must_use]
    pub fn parts(&self, row: &Row<'_>) -> Option<(f64, f64)> {
        match &self.kind {
            Kind::Count { of, unit } => Some((of.of(row)? as f64 / unit, 1.0)),
            Kind::Ratio { over, under, scale } => Some((over.of(row)? as f64 * scale, under.of(row)? as f64)),
            Kind::Quantile { .. } | Kind::Longest | Kind::LongestOfAll => None,
        }
    }
}
