//! Laws of routing: what a choice among agents may change, and what it may not.
//!
//! Handling is drawn from the visit, so among agents alike who answers changes no wait: equal to the last microsecond.

use holdtime::model::{Centre, Fact, Observer, Rules, RunEnd};
use holdtime::scenario::{self, Scenario};
use holdtime::units::SimTime;

/// A source that has one text.
struct OneFile(String);

impl scenario::Source for OneFile {
    fn read(&self, _path: &str) -> Result<Vec<u8>, scenario::SourceError> {
        Ok(self.0.as_bytes().to_vec())
    }
}

fn scenario(text: String) -> Scenario {
    match scenario::load("law.toml", &[], &OneFile(text)) {
        Ok(loaded) => loaded.scenario,
        Err(problems) => panic!("{}", problems.render(scenario::Paint::Plain)),
    }
}

fn run<O: Observer>(scenario: &Scenario, replication: u32, mut observer: O) -> O {
    let rules = Rules::compile(scenario);
    let end = Centre::new(&rules, 1, replication).finish(&mut observer);
    assert_eq!(end, RunEnd::Horizon);
    observer
}

/// Every wait of the answered, in the order of the answers, and who answered.
#[derive(Default)]
struct Answers {
    waits: Vec<u64>,
    by_agent: Vec<Vec<u64>>,
}

impl Observer for Answers {
    fn on(&mut self, now: SimTime, fact: &Fact<'_>) {
        if let Fact::Answered { visit, group, agent, .. } = *fact {
            self.waits.push(now.since(visit.entered).0);
            let (group, agent) = (group.index(), agent as usize);
            self.by_agent.resize(self.by_agent.len().max(group + 1), Vec::new());
            let answers = &mut self.by_agent[group];
            answers.resize(answers.len().max(agent + 1), 0);
            answers[agent] += 1;
        }
    }
}

/// Two groups alike of 3 and 9 agents, at 75 %.
fn two_groups(choose: &str) -> Answers {
    let text = format!(
        r#"
        horizon = "2d"
        [class.calls]
        volume = {{ per_minute = 3 }}
        talk_time = {{ exponential = {{ mean = "3m" }} }}
        patience = {{ exponential = {{ mean = "5m" }} }}
        [[routing.calls.tier]]
        groups = ["few", "many"]
        choose = "{choose}"
        [group.few]
        agents = 3
        takes = [["calls"]]
        [group.many]
        agents = 9
        takes = [["calls"]]
        "#
    );
    run(&scenario(text), 0, Answers::default())
}

#[test]
fn among_agents_alike_the_choice_of_the_agent_changes_no_wait() {
    let plain = two_groups("longest_idle");
    assert!(plain.waits.len() > 8_000 && plain.waits.iter().any(|wait| *wait > 0));
    for choose in ["random_agent", "least_occupied", "most_specialised", "idle_share"] {
        let other = two_groups(choose);
        assert_eq!(other.waits, plain.waits, "{choose}");
        assert!(
            choose == "most_specialised" || other.by_agent != plain.by_agent,
            "{choose} chose as longest idle"
        );
    }
}

#[test]
fn each_agent_alike_gets_an_equal_share_of_visits_given_at_random() {
    // 8,400 answers among 12: 700 each. The answers of an agent vary less than independent draws would (sd 25): while
    // one is busy the others answer. Six of those, for twelve agents: a false alarm in 40 million.
    let by_agent: Vec<u64> = two_groups("random_agent").by_agent.concat();
    let mean = by_agent.iter().sum::<u64>() as f64 / by_agent.len() as f64;
    assert_eq!(by_agent.len(), 12);
    for answers in &by_agent {
        assert!((*answers as f64 - mean).abs() < 6.0 * mean.sqrt(), "{by_agent:?}");
    }
}

/// One queue at 90 %, talk always a minute, nobody gives up.
fn one_queue(order: &str) -> Vec<f64> {
    let text = format!(
        r#"
        horizon = "10d"
        [class.calls]
        volume = {{ per_hour = 162 }}
        talk_time = {{ constant = "60s" }}
        order = "{order}"
        [group.agents]
        agents = 3
        takes = [["calls"]]
        "#
    );
    let answers = run(&scenario(text), 0, Answers::default());
    answers.waits.iter().map(|wait| *wait as f64 / 1e6).collect()
}

/// Kingman (1962): among orders that do not look at handling the mean wait is one, and its variance smallest first come,
/// first served, largest last come, first served.
#[test]
fn the_order_of_a_queue_changes_no_mean_wait_only_how_waits_scatter() {
    let [fifo, random, lifo] = ["fifo", "random", "lifo"].map(one_queue);
    let sum = |waits: &[f64]| waits.iter().sum::<f64>();
    assert!(fifo.len() > 38_000 && sum(&fifo) > 1e5);
    // Handling alike: the same instants of answer, so the same sum to the microsecond.
    for other in [&random, &lifo] {
        assert_eq!(other.len(), fifo.len());
        assert!((sum(other) - sum(&fifo)).abs() < 1e-6 * fifo.len() as f64, "{} {}", sum(other), sum(&fifo));
    }
    let squares = |waits: &[f64]| waits.iter().map(|wait| wait * wait).sum::<f64>();
    assert!(squares(&fifo) < squares(&random) && squares(&random) < squares(&lifo));
    let at_once = |waits: &[f64]| waits.iter().filter(|wait| **wait == 0.0).count();
    assert_eq!(at_once(&fifo), at_once(&lifo));
}
