//! Distributions that may change with the time of the visit.
//!
//! Invariant: every law has a value for every interval of the run.

use crate::random::Dist;

/// A distribution of durations, in seconds, that may change over the day. As short as the distribution itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Law {
    /// The same at any time.
    Always(Dist),
    /// By interval of the day, taken at the visit's entry. Index = slot of the day × len ÷ slots per day.
    ByInterval(Box<[Dist]>),
    /// Another one from a date or a step of the horizon on; the spans follow one another without gap and cover the run.
    Changing(Box<[LawSpan]>),
}

/// A law in a part of the run.
#[derive(Clone, Debug, PartialEq)]
pub struct LawSpan {
    /// First interval of the run.
    pub from: u32,
    /// The interval after the last.
    pub until: u32,
    /// What holds for visits that enter in between; never [`Law::Changing`] itself.
    pub law: Law,
}
