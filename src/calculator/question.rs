//! A question: which formula, how many calls, how many agents or which targets.

use crate::analytics::{Base, Demand, Formula, ServiceLevel, Targets};

/// From agents on the telephone to persons on the payroll.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Presence {
    /// Share of rostered time that is lost: absence, breaks, training; 0 or more, below 1.
    pub shrinkage: Option<f64>,
    /// Paid hours a week of one full-time position.
    pub fte_hours: Option<f64>,
    /// Hours a week in which so many agents are needed; `None`: as many as one full-time position works.
    pub open_hours: Option<f64>,
}

impl Presence {
    /// Rostered agents so that `agents` are logged in.
    #[must_use]
    pub fn rostered(&self, agents: u32) -> Option<f64> {
        self.shrinkage.map(|shrinkage| f64::from(agents) / (1.0 - shrinkage))
    }

    /// Full-time positions so that `agents` are logged in during the open hours of a week.
    #[must_use]
    pub fn fte(&self, agents: u32) -> Option<f64> {
        let hours = self.fte_hours?;
        let rostered = self.rostered(agents).unwrap_or(f64::from(agents));
        Some(rostered * self.open_hours.unwrap_or(hours) / hours)
    }
}

/// A question to a formula.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    /// Which queue.
    pub formula: Formula,
    /// Calls in an interval, 0 or more.
    pub calls: f64,
    /// Length of the interval in seconds, above 0.
    pub per_s: f64,
    /// Mean handle time in seconds, above 0.
    pub aht_s: f64,
    /// Mean patience in seconds, above 0; infinite for Erlang C, not looked at for Erlang B.
    pub patience_s: f64,
    /// Share that leaves at once if nobody is idle, 0 to 1.
    pub balking: f64,
    /// Agents (Erlang B: lines); `None`: as few as the targets allow.
    pub agents: Option<u32>,
    /// What must be achieved.
    pub targets: Targets,
}

impl Question {
    /// Calls, handling and patience for the formulas.
    #[must_use]
    pub fn demand(&self) -> Demand {
        Demand::new(self.calls / self.per_s, self.aht_s)
            .with_patience(self.patience_s)
            .with_balking(self.balking)
    }

    /// Offered load in erlangs.
    #[must_use]
    pub fn load(&self) -> f64 {
        self.calls / self.per_s * self.aht_s
    }

    /// The service level that is looked at: that of the targets, else 80 % in 20 seconds of all who entered.
    #[must_use]
    pub fn service_level(&self) -> ServiceLevel {
        let usual = ServiceLevel { share: 0.8, within_s: 20.0, base: Base::Entered };
        self.targets.service_level.unwrap_or(usual)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rostered_and_full_time_positions_follow_from_hours() {
        let presence = Presence { shrinkage: Some(0.35), fte_hours: Some(40.0), open_hours: Some(60.0) };
        assert_eq!(presence.rostered(13), Some(20.0));
        assert_eq!(presence.fte(13), Some(30.0));
        assert_eq!(Presence { open_hours: None, ..presence }.fte(13), Some(20.0));
        assert_eq!(Presence::default().fte(13), None);
    }
}
