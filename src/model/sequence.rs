//! Contacts that know of one another: an exact total, or a renewal process.
//!
//! Both run on the scale of expected contacts, by which the rate sets the pace: on it a renewal process has mean gap 1 and
//! begins in its steady state, and an exact total lies at independent uniform places. Knows no key of a contact.
//! Invariant: one gap is drawn for each contact, in order; memory does not grow with the run.

use crate::random::Stream;

use super::rules::ArrivalRules;

/// The running process of one class.
#[derive(Clone, Debug)]
pub(super) struct Sequence {
    stream: Stream,
    /// Expected contacts up to now.
    passed: f64,
    /// Where on that scale the next contact comes; infinite if none does.
    next: f64,
    /// Of an exact total: contacts to come, and the scale's end.
    left: u64,
    end: f64,
    /// Factor on an exact total.
    volume: f64,
    is_begun: bool,
}

/// A part of an interval with a constant rate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub interval: usize,
    /// µs of the run; `begin` = `interval_begins` where an interval begins.
    pub begin: i64,
    pub end: i64,
    pub interval_begins: i64,
    pub interval_ends: i64,
    /// Contacts a second.
    pub rate: f64,
}

impl Sequence {
    pub fn new(stream: Stream, volume: f64) -> Self {
        Self { volume, stream, passed: 0.0, next: f64::INFINITY, left: 0, end: 0.0, is_begun: false }
    }

    /// Gives the instants (µs) of the contacts in a piece, in order. Pieces follow one another from the start of the run.
    pub fn run_through(&mut self, rules: &ArrivalRules, piece: Piece, mut arrive: impl FnMut(i64)) {
        let expected = piece.rate * (piece.end - piece.begin) as f64 / 1e6;
        let until = match rules {
            ArrivalRules::Poisson => return,
            ArrivalRules::Renewal(gap) => {
                if !self.is_begun {
                    self.is_begun = true;
                    self.next = gap.residual(self.stream.uniform_open()) / gap.mean();
                }
                self.passed + expected
            }
            // The factor is in the number, not in the scale.
            ArrivalRules::FixedTotal { cumulated, warm_up } => {
                if piece.begin == piece.interval_begins {
                    self.passed = cumulated[piece.interval];
                    self.begin_part(cumulated, *warm_up, piece.interval);
                }
                // To the last bit where the part may end.
                if piece.end == piece.interval_ends {
                    cumulated[piece.interval + 1]
                } else {
                    self.passed + expected / self.volume
                }
            }
        };
        let pace = (piece.end - piece.begin) as f64 / (until - self.passed);
        while self.next <= until {
            // Nobody comes at a rate of 0; the quotient is then no number.
            let at = piece.begin + (pace * (self.next - self.passed).max(0.0)) as i64;
            arrive(at.clamp(piece.begin, piece.end - 1));
            self.next = self.after(rules);
        }
        self.passed = until;
    }

    /// Where on the scale the contact after the one at `next` comes.
    fn after(&mut self, rules: &ArrivalRules) -> f64 {
        match rules {
            ArrivalRules::Poisson => f64::INFINITY,
            ArrivalRules::Renewal(gap) => self.next + gap.sample(&mut self.stream) / gap.mean(),
            ArrivalRules::FixedTotal { .. } => {
                self.left -= 1;
                self.smallest_of_the_rest(self.next)
            }
        }
    }

    /// The warm-up and what is counted have each an exact total of their own.
    fn begin_part(&mut self, cumulated: &[f64], warm_up: usize, interval: usize) {
        let last = cumulated.len() - 1;
        let end = match interval {
            i if i == warm_up => last,
            0 => warm_up,
            _ => return,
        };
        self.end = cumulated[end];
        self.left = (self.volume * (self.end - cumulated[interval])).round() as u64;
        self.next = self.smallest_of_the_rest(cumulated[interval]);
    }

    /// The smallest of `left` independent uniform places between `from` and the end.
    fn smallest_of_the_rest(&mut self, from: f64) -> f64 {
        if self.left == 0 {
            return f64::INFINITY;
        }
        let share = -libm::expm1(libm::log(self.stream.uniform_open()) / self.left as f64);
        (from + (self.end - from) * share).min(self.end)
    }
}

/// Expected contacts up to the begin of each interval, and to the end of the last.
pub(super) fn cumulated(rates: &[f64], interval_s: f64) -> Vec<f64> {
    let mut sum = 0.0;
    let mut cumulated = vec![0.0];
    cumulated.extend(rates.iter().map(|rate| {
        sum += rate * interval_s;
        sum
    }));
    cumulated
}
