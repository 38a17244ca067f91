//! Stories of single contacts: what is told, that all of it is told, and that telling changes nothing.

mod stories;
mod totals;

use holdtime::experiment::Trace;
use holdtime::model::{Centre, Rules, RunEnd};
use holdtime::report::{Paint, trace_page};
use holdtime::scenario::{self, Scenario, Texts};
use holdtime::trace::{Selection, Tracer, Which};
use holdtime::units::{ClassId, SimTime, Span};

/// The checked scenario of a text.
fn scenario(text: &str) -> Scenario {
    match scenario::load("story.toml", &[], &Texts::new().with("story.toml", text)) {
        Ok(loaded) => loaded.scenario,
        Err(problems) => panic!("{text}\n{}", problems.render(scenario::Paint::Plain)),
    }
}

fn first(at_most: usize) -> Selection {
    Selection { which: Which::First, marks: vec![], at_most }
}

/// The page of what happens to fresh contacts `(second since start, class)` in the centre of `text`.
fn told(text: &str, contacts: &[(f64, &str)], selection: Selection) -> String {
    let scenario = scenario(text);
    let rules = Rules::compile(&scenario);
    let class = |name: &str| {
        let position = scenario.classes.iter().position(|class| class.name == name);
        ClassId::from_index(position.expect("a class of the story"))
    };
    let contacts: Vec<(SimTime, ClassId)> = contacts
        .iter()
        .map(|&(second, name)| (SimTime::ZERO + Span::from_secs_f64(second), class(name)))
        .collect();
    let mut centre = Centre::with_fresh_contacts(&rules, 1, &contacts);
    let mut tracer = Tracer::new(&scenario, &rules, selection.clone());
    if let Which::WaitingAt(at) = selection.which {
        centre.advance(SimTime(at.0 + 1), &mut tracer);
        tracer.look(at);
    }
    assert_eq!(centre.finish(&mut tracer), RunEnd::Horizon);
    let (stories, snapshot, queues) = tracer.finish();
    let trace = Trace { selection, seed: 1, replication: 0, stories, snapshot, queues, is_partial: false };
    let page = trace_page(&trace, &scenario, "story.toml", Paint::Plain);
    assert_eq!(anstream::adapter::strip_str(&colour(&trace, &scenario)).to_string(), page);
    page
}

fn colour(trace: &Trace, scenario: &Scenario) -> String {
    trace_page(trace, scenario, "story.toml", Paint::Colour)
}
