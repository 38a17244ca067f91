//! A group of agents: plan or shifts, skills, who is there of those paid.
//!
//! What they cost stands in [`super::Surcharge`] and [`super::Site`]. Invariant: each class that the group takes has a skill.

use jiff::civil::Date;

use crate::units::{ClassId, SimTime, SiteId, Span};

use super::{Law, NextClass, Pressure, Surcharge};

/// A group of agents alike.
#[derive(Clone, Debug)]
pub struct Group {
    /// Name, unique among groups.
    pub name: String,
    /// Where they sit, if the scenario says.
    pub site: Option<SiteId>,
    /// Logged-in agents planned, one value per interval of the almanac; may be fractional. With a roster, its mean.
    pub plan: Vec<f64>,
    /// Factor on all talk of its agents by interval of the almanac; empty: no date changes it.
    pub dated_talk: Vec<f64>,
    /// Factors on skills; those that no date changes are not listed.
    pub dated_skills: Vec<DatedSkill>,
    /// Factor on the heads by interval of the almanac; empty: no date changes them.
    pub dated_heads: Vec<f64>,
    /// Persons with shifts of their own, who replace the plan as what happens; `None`: the plan is what happens.
    pub roster: Option<Roster>,
    /// What agents do when the plan falls to nobody.
    pub after_plan: AfterPlan,
    /// What takes agents off the phone beside breaks.
    pub off_phone: Vec<OffPhone>,
    /// What an agent who becomes free takes: tiers, inside a tier what `next` says.
    pub takes: Vec<Vec<ClassId>>,
    /// Which class of a tier goes first.
    pub next: NextClass,
    /// One per class of `takes`, in the order of `takes`; then those for callbacks only.
    pub skills: Vec<Skill>,
    /// Promised callbacks are begun only while more agents of the group than this are idle.
    pub callback_idle_reserve: u32,
    /// Pressure on handling; `None`: none.
    pub pressure: Option<Pressure>,
    /// Who does not come though the plan counts on them; `None`: everybody comes.
    pub unplanned_absence: Option<UnplannedAbsence>,
    /// Employed persons, if the scenario says: paid hours are then `heads × contract_hours ÷ 168` of the horizon.
    pub heads: Option<f64>,
    /// Paid hours a week of one head.
    pub contract_hours: f64,
    /// From paid to logged-in hours; `None`: every paid hour may be logged in.
    pub shrinkage: Option<Shrinkage>,
    /// On the cost of an hour worked, at some times; `None`: the same at any time.
    pub surcharge: Option<Surcharge>,
    /// EUR a paid hour; paid = contract hours of the heads; where no heads are given logged-in hours, and what shrinkage takes
    /// before them.
    pub cost_per_paid_hour: f64,
}

impl Group {
    /// Heads on the mean of the run, warm-up included; `None`: the scenario says none.
    #[must_use]
    pub fn mean_heads(&self) -> Option<f64> {
        let of = |factors: &[f64]| factors.iter().sum::<f64>() / factors.len() as f64;
        let factor = if self.dated_heads.is_empty() { 1.0 } else { of(&self.dated_heads) };
        self.heads.map(|heads| heads * factor)
    }

    /// How many classes the group takes: the fewer, the more specialised.
    #[must_use]
    pub fn n_classes(&self) -> usize {
        self.takes.iter().map(Vec::len).sum()
    }
}

/// Factors on one skill of a group by interval of the almanac; each list is empty if no date changes it.
#[derive(Clone, Debug, PartialEq)]
pub struct DatedSkill {
    /// The class.
    pub class: ClassId,
    /// On its talk time in the group.
    pub talk: Vec<f64>,
    /// On its resolution by the group.
    pub resolution: Vec<f64>,
}

/// Persons who log in and out at instants of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Roster {
    /// One for each person and day, by beginning, then in the order of the file; none ends before it begins.
    pub turns: Vec<Turn>,
    /// Who goes at the end of a turn.
    pub leaving: Leaving,
}

/// One person's shift of one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// The local date on which the shift begins.
    pub date: Date,
    /// Log-in; a shift that runs when the run begins starts with it.
    pub from: SimTime,
    /// Log-out.
    pub until: SimTime,
    /// Another number for each person of the date; a further person changes nobody's.
    pub person: u32,
    /// Share of the days on which the person is rostered: 1 but for the fraction of a number of agents.
    pub share: f64,
    /// In the order of their beginnings; none overlaps another, and each lies in the shift.
    pub breaks: Vec<Break>,
}

/// A break of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Break {
    /// From when on it may begin when nobody waits; equal to `latest` if only then.
    pub earliest: SimTime,
    /// When it begins in any case, after a running contact.
    pub latest: SimTime,
    /// How long it takes.
    pub lasts: Span,
}

/// Training, a meeting, or other work off the phone.
#[derive(Clone, Debug, PartialEq)]
pub struct OffPhone {
    /// What it is.
    pub name: String,
    /// When it may take place, by opening.
    pub windows: Vec<OffPhoneWindow>,
    /// How long each person is away.
    pub lasts: Span,
    /// How many take part in each window.
    pub size: OffPhoneSize,
    /// So many may be away at once.
    pub at_most: u32,
    /// Nobody begins if fewer than this would be left of the plan.
    pub on_phone_at_least: u32,
    /// When agents go.
    pub taken: Taken,
}

/// A window of the run, at least as long as what lies in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OffPhoneWindow {
    /// Nobody goes before.
    pub opens: SimTime,
    /// Who is not due by the length of what lies in it before, stays.
    pub closes: SimTime,
}

/// How many take part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OffPhoneSize {
    /// So many.
    Persons(u32),
    /// A share of the largest plan in the window, rounded.
    Share(f64),
}

/// When agents go off the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// As soon as the window and the limits let them.
    Fixed,
    /// While nobody waits and another agent is idle.
    WhenCalm,
}

/// Who leaves when the plan falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// Who is idle, longest first; then whoever finishes next.
    NextToFinish,
    /// The person whose shift ends, after a running contact; nobody else.
    WhoseShiftEnds,
}

/// What agents do when the plan falls to nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AfterPlan {
    /// Who finishes leaves.
    #[default]
    Leave,
    /// Who finishes takes what waits and leaves when nothing is left to take.
    StayUntilEmpty,
}

/// Persons who are rostered and do not come, all day.
#[derive(Clone, Debug, PartialEq)]
pub struct UnplannedAbsence {
    /// Chance of each person, from 0 to 0.99.
    pub share: f64,
    /// Share of the rostered persons that the plan leaves out already: plan ÷ (1 − `in_plan`) are rostered.
    /// Persons with shifts are the rostered ones.
    pub in_plan: f64,
    /// Coefficient of variation of a factor of the day on `share`, common to the groups of a site.
    pub site_cv: f64,
    /// Name of the site; `None`: the group's days are its own.
    pub site: Option<String>,
}

/// From paid to logged-in hours, each step a share of what the one above leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct Shrinkage {
    /// Of paid hours, by calendar month from January on: holiday and illness; each below 1.
    pub absence: [f64; 12],
    /// Of present hours: off the phone.
    pub internal: Internal,
    /// Logged in ÷ rostered; above 0.
    pub adherence: f64,
}

/// Present hours off the phone, as shares that sum to less than 1.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields are what their names say")]
pub struct Internal {
    pub training: f64,
    pub meetings: f64,
    pub coaching: f64,
    pub paid_breaks: f64,
}

impl Internal {
    /// The shares one by one.
    #[must_use]
    pub fn parts(&self) -> [f64; 4] {
        [self.training, self.meetings, self.coaching, self.paid_breaks]
    }
}

impl Shrinkage {
    /// Logged-in hours that are left of a present hour.
    #[must_use]
    pub fn of_present(&self) -> f64 {
        (1.0 - self.internal.parts().iter().sum::<f64>()) * self.adherence
    }

    /// Logged-in hours that are left of a paid hour in a month, January being 0.
    #[must_use]
    pub fn of_paid(&self, month: usize) -> f64 {
        (1.0 - self.absence[month]) * self.of_present()
    }
}

/// How a group handles a class.
#[derive(Clone, Debug, PartialEq)]
pub struct Skill {
    /// The class.
    pub class: ClassId,
    /// Talk time of the class multiplied by this, or a law of its own.
    pub talk: SkillTalk,
    /// Probability of solving the case.
    pub resolution: f64,
    /// A visit of the class is begun only while more agents of the group than this are idle.
    pub idle_reserve: u32,
}

/// Talk time of a skill.
#[derive(Clone, Debug, PartialEq)]
pub enum SkillTalk {
    /// The class's talk time × factor.
    Factor(f64),
    /// Its own law, in seconds.
    Own(Law),
}
