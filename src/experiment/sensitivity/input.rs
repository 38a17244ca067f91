//! The inputs of a scenario that a global lever moves, and how far each is moved.
//!
//! Reads a checked scenario only. Invariant: an input is either moved or said to be missing, never both.

use crate::scenario::Scenario;
use crate::scenario::checked::{Redial, Uncertainty};

/// Standard deviations from the median to the 5th and the 95th percentile of a normal law.
const Z_95: f64 = 1.644_853_626_951_472_2;

/// Something that a scenario takes as given, with the lever that moves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// All fresh volumes.
    Volume,
    /// All talk times.
    TalkTime,
    /// All patience.
    Patience,
    /// All shares that redial.
    Redial,
    /// All shares that come back unsolved.
    Repeat,
    /// All shares that are transferred.
    Transfer,
    /// All plans and heads.
    Staffing,
    /// Plans and heads of the groups of a site.
    Site(String),
    /// All shares of unplanned absence.
    Absence,
}

impl Input {
    /// The keys of its lever below `scale`.
    #[must_use]
    pub fn keys(&self) -> Vec<&str> {
        match self {
            Self::Volume => vec!["volume"],
            Self::TalkTime => vec!["talk_time"],
            Self::Patience => vec!["patience"],
            Self::Redial => vec!["redial"],
            Self::Repeat => vec!["repeat"],
            Self::Transfer => vec!["transfer"],
            Self::Staffing => vec!["staffing"],
            Self::Site(name) => vec!["site", name],
            Self::Absence => vec!["absence"],
        }
    }

    /// Its lever as `--set` takes it, as `scale.volume` or `scale.site."Köln"`.
    #[must_use]
    pub fn path(&self) -> String {
        let is_bare = |key: &str| key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        let quoted = |key: &&str| if is_bare(key) { (*key).to_owned() } else { format!("{key:?}") };
        let keys: Vec<String> = self.keys().iter().map(quoted).collect();
        format!("scale.{}", keys.join("."))
    }

    /// The standard deviation that `[uncertainty]` gives it; 0 where it gives none.
    #[must_use]
    pub fn uncertainty(&self, of: &Uncertainty) -> f64 {
        match self {
            Self::Volume => of.volume,
            Self::TalkTime => of.talk_time,
            Self::Patience => of.patience,
            Self::Redial | Self::Repeat | Self::Transfer | Self::Staffing | Self::Site(_) | Self::Absence => {
                0.0
            }
        }
    }
}

/// How far an input is moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spread {
    /// By this share down and up.
    By(f64),
    /// From the 5th to the 95th percentile of a lognormal factor with mean 1 and this standard deviation.
    Uncertainty(f64),
}

impl Spread {
    /// The lower and the upper factor.
    ///
    /// ```
    /// use holdtime::experiment::Spread;
    /// assert_eq!(Spread::By(0.25).factors(), (0.75, 1.25));
    /// let (low, high) = Spread::Uncertainty(0.1).factors();
    /// assert!((low - 0.845).abs() < 1e-3 && (high - 1.173).abs() < 1e-3);
    /// ```
    #[must_use]
    pub fn factors(self) -> (f64, f64) {
        match self {
            Self::By(share) => (1.0 - share, 1.0 + share),
            Self::Uncertainty(sd) => {
                let variance = libm::log1p(sd * sd);
                let at = |z: f64| libm::exp(z * variance.sqrt() - 0.5 * variance);
                (at(-Z_95), at(Z_95))
            }
        }
    }
}

/// Every input that there could be, in the order of the page, with whether the scenario has it.
pub(super) fn inputs(scenario: &Scenario) -> Vec<(Input, bool)> {
    let classes = &scenario.classes;
    let redials = |redial: &Redial| redial.first > 0.0 || redial.later > 0.0;
    let any = |is: &dyn Fn(&crate::scenario::checked::Class) -> bool| classes.iter().any(is);
    let has_absence = |group: &crate::scenario::checked::Group| {
        group.unplanned_absence.as_ref().is_some_and(|absence| absence.share > 0.0)
    };
    let mut inputs = vec![
        (Input::Volume, any(&|class| class.fresh_rate.iter().any(|rate| *rate > 0.0))),
        (Input::TalkTime, any(&|class| class.talk_time.mean() > 0.0)),
        (Input::Patience, any(&|class| class.patience.is_some())),
        (
            Input::Redial,
            any(&|class| {
                redials(&class.redial_after_abandon)
                    || redials(&class.redial_after_busy)
                    || redials(&class.redial_after_closed)
            }),
        ),
        (Input::Repeat, any(&|class| class.repeat.probability > 0.0)),
        (Input::Transfer, any(&|class| class.transfers.iter().any(|transfer| transfer.probability > 0.0))),
        (Input::Staffing, true),
    ];
    let of_site =
        |site: usize| scenario.groups.iter().any(|group| group.site.is_some_and(|s| s.index() == site));
    let is_all =
        |site: usize| scenario.groups.iter().all(|group| group.site.is_some_and(|s| s.index() == site));
    // A site that has all groups is the staffing itself.
    let sites = scenario.sites.iter().enumerate().filter(|(i, _)| !is_all(*i));
    inputs.extend(sites.map(|(i, site)| (Input::Site(site.name.clone()), of_site(i))));
    inputs.push((Input::Absence, scenario.groups.iter().any(has_absence)));
    inputs
}

/// Shares that a lever would raise above 1 and that stop there, in words.
pub(super) fn stopped(scenario: &Scenario, input: &Input, factor: f64) -> Vec<String> {
    let is_above = |share: f64| share * factor > 1.0 + 1e-12;
    let mut stopped = Vec::new();
    for class in &scenario.classes {
        let name = &class.name;
        let is_stopped = match input {
            Input::Redial => {
                [&class.redial_after_abandon, &class.redial_after_busy, &class.redial_after_closed]
                    .iter()
                    .any(|redial| is_above(redial.first) || is_above(redial.later))
            }
            Input::Repeat => is_above(class.repeat.probability),
            Input::Transfer => class.transfers.iter().any(|transfer| is_above(transfer.probability)),
            Input::Volume
            | Input::TalkTime
            | Input::Patience
            | Input::Staffing
            | Input::Site(_)
            | Input::Absence => false,
        };
        if is_stopped {
            stopped.push(name.clone());
        }
    }
    stopped
}
