//! The customers of a replication as sums of hashes, so that two replications can be seen to have met the same ones.
//!
//! Heard beside the meter by those who compare, by nobody else. Invariant: sums of hashes, so the order of contacts does not
//! matter; whoever is missing, comes at another time or brings something else changes them (up to chance, one in 2⁶⁴).

use crate::model::fact::{Origin, Visit};
use crate::model::{Brings, Brought, Fact, Observer};
use crate::random::Key;
use crate::units::SimTime;

/// The fresh contacts of one class in one replication, warm-up included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Customers {
    /// How many.
    pub count: u64,
    /// Who comes, and when.
    pub arrivals: u64,
    /// Who brings how much patience.
    pub patience: u64,
    /// Who brings how much talk.
    pub talk: u64,
    /// Who brings how much after-call work.
    pub after_call_work: u64,
}

/// Notes who comes and what they bring.
#[derive(Clone, Debug)]
pub struct Guests<'r> {
    brings: Brings<'r>,
    classes: Vec<Customers>,
}

impl<'r> Guests<'r> {
    /// Nobody yet, in so many classes.
    #[must_use]
    pub fn new(brings: Brings<'r>, n_classes: usize) -> Self {
        Self { brings, classes: vec![Customers::default(); n_classes] }
    }

    /// The customers of each class, in the order of the scenario.
    #[must_use]
    pub fn finish(self) -> Vec<Customers> {
        self.classes
    }

    fn note(&mut self, now: SimTime, visit: &Visit) {
        let Brought { patience, talk, after_call_work } = self.brings.of(visit);
        let customers = &mut self.classes[visit.class.index()];
        customers.count += 1;
        add(&mut customers.arrivals, visit.contact, now.0);
        add(&mut customers.patience, visit.contact, patience.map_or(u64::MAX, f64::to_bits));
        add(&mut customers.talk, visit.contact, talk.to_bits());
        add(&mut customers.after_call_work, visit.contact, after_call_work.to_bits());
    }
}

fn add(sum: &mut u64, key: Key, value: u64) {
    *sum = sum.wrapping_add(key.child(value).0);
}

impl Observer for Guests<'_> {
    #[inline]
    fn on(&mut self, now: SimTime, fact: &Fact<'_>) {
        match fact {
            Fact::Offered { visit, origin: Origin::Fresh }
            | Fact::Refused { visit, origin: Origin::Fresh } => {
                self.note(now, visit);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Centre, Rules};
    use crate::scenario::{self, Texts};

    /// The customers of replication 3.
    fn of(change: &str) -> Vec<Customers> {
        let text = r#"
            horizon = "1d"
            [class.a]
            volume = { per_hour = 60 }
            talk_time = { exponential = { mean = "3m" } }
            after_call_work = { exponential = { mean = "30s" } }
            patience = { exponential = { mean = "2m" } }
            [class.b]
            volume = { per_hour = 60 }
            talk_time = { exponential = { mean = "3m" } }
            after_call_work = { exponential = { mean = "30s" } }
            patience = { exponential = { mean = "2m" } }
            [group.g]
            agents = 8
            takes = [["a", "b"]]
        "#;
        let sets: Vec<String> = if change.is_empty() { vec![] } else { vec![change.to_owned()] };
        let loaded = scenario::load("s.toml", &sets, &Texts::new().with("s.toml", text));
        let scenario = loaded.unwrap_or_else(|p| panic!("{}", p.render(scenario::Paint::Plain))).scenario;
        let rules = Rules::compile(&scenario);
        let mut guests = Guests::new(Brings::new(&rules, 1, 3), 2);
        let mut centre = Centre::new(&rules, 1, 3);
        centre.advance(SimTime(86_400_000_000), &mut guests);
        centre.finish(&mut guests);
        guests.finish()
    }

    #[test]
    fn the_same_customers_meet_other_agents_and_whoever_is_changed_is_seen() {
        let base = of("");
        assert!(base[0].count > 1_000 && base[0].arrivals != base[1].arrivals);
        assert_eq!(of("group.g.agents=3"), base);
        let [more, patient, talkative, tidy] = [
            "class.a.volume.per_hour=61",
            "class.a.patience.exponential.mean=121s",
            "class.a.talk_time.exponential.mean=181s",
            "class.a.after_call_work.exponential.mean=31s",
        ]
        .map(of);
        for changed in [&more, &patient, &talkative, &tidy] {
            assert_eq!(changed[1], base[1], "the other class has the same customers");
        }
        assert!(more[0].count > base[0].count && more[0].arrivals != base[0].arrivals);
        let only = |changed: &Customers| {
            let base = &base[0];
            assert_eq!((changed.count, changed.arrivals), (base.count, base.arrivals));
            [
                changed.patience != base.patience,
                changed.talk != base.talk,
                changed.after_call_work != base.after_call_work,
            ]
        };
        assert_eq!(only(&patient[0]), [true, false, false]);
        assert_eq!(only(&talkative[0]), [false, true, false]);
        assert_eq!(only(&tidy[0]), [false, false, true]);
    }
}
