//! Reports: one file that loads nothing, hostile names as text, states in words, both languages.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use holdtime::experiment::{self, Comparison, Outcome, Plan, Settings, Unattended};
use holdtime::report::{Assumption, Basis, Language, write_comparison_html, write_html, write_sweep_html};
use holdtime::scenario::{self, Loaded, Texts};
use holdtime::sweep;

const HOSTILE: &str = "</script><script>alert('x')</script> \\\"quoted\\\" & Ärger 😀 &amp;";

const SCENARIO: &str = r#"
name = "Small centre"
start = "2026-03-02"
horizon = "8d"
interval = "1h"
[class.calls]
volume = { per_hour = 20 }
talk_time = { exponential = { mean = "3m" } }
patience = { exponential = { mean = "2m" } }
[class.orders]
volume = { per_hour = 4 }
talk_time = { exponential = { mean = "4m" } }
patience = { exponential = { mean = "2m" } }
[group.own]
site = "home"
agents = 2
takes = [["calls", "orders"]]
cost_per_paid_hour = 30
[group.theirs]
site = "partner"
agents = 1
takes = [["calls"]]
[site.home]
sourcing = "in_house"
[site.partner]
sourcing = "outsourced"
[contract.partner]
per_call = 2
[target]
service_level = { at_least = 0.8 }
abandonment = { at_most = 0.2 }
"#;

fn loaded(text: &str, sets: &[&str]) -> Loaded {
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    let loaded = scenario::load("small.toml", &sets, &Texts::new().with("small.toml", text));
    loaded.unwrap_or_else(|problems| panic!("{}", problems.render(scenario::Paint::Plain)))
}

fn ran(loaded: &Loaded, replications: u32, jobs: usize) -> Outcome {
    let settings = Settings { replications: Some(replications), jobs, ..Settings::default() };
    experiment::replicate(&loaded.scenario, &settings, &Unattended).expect("a result")
}

fn page(outcome: &Outcome, loaded: &Loaded, language: Language) -> String {
    let basis = Basis::of(&loaded.scenario, "small.toml");
    let mut bytes = Vec::new();
    write_html(&mut bytes, outcome, &basis, &Assumption::all(loaded, language), language).unwrap();
    String::from_utf8(bytes).expect("a page is text")
}

fn run_page(sets: &[&str], replications: u32, language: Language) -> String {
    let loaded = loaded(SCENARIO, sets);
    page(&ran(&loaded, replications, 1), &loaded, language)
}

fn compared(options: &[&[&str]], replications: u32) -> (Comparison, Vec<Loaded>) {
    let options: Vec<Loaded> = options.iter().map(|sets| loaded(SCENARIO, sets)).collect();
    let scenarios: Vec<_> = options.iter().map(|loaded| &loaded.scenario).collect();
    let plan = Plan { replications: Some(replications), ..Plan::default() };
    (experiment::compare(&scenarios, &plan, &Unattended).expect("a comparison"), options)
}

fn comparison_page((comparison, options): &(Comparison, Vec<Loaded>), language: Language) -> String {
    let basis = Basis::of(&options[comparison.reference].scenario, "small.toml");
    let files: Vec<String> = (0..options.len()).map(|i| format!("option-{i}.toml")).collect();
    let assumptions: Vec<_> = options.iter().map(|loaded| Assumption::all(loaded, language)).collect();
    let mut bytes = Vec::new();
    write_comparison_html(&mut bytes, comparison, &basis, &files, &assumptions, language).unwrap();
    String::from_utf8(bytes).expect("a page is text")
}

fn sweep_page(language: Language) -> String {
    let axes =
        ["group.own.agents=1,2,3", "scale.volume=0.9,1.1"].map(|text| sweep::Axis::read(text).unwrap());
    let grid = sweep::Grid { axes: axes.to_vec() };
    let of = |point: usize| {
        let sets = grid.sets(point);
        let loaded = loaded(SCENARIO, &sets.iter().map(String::as_str).collect::<Vec<_>>());
        (loaded.scenario.hash, sweep::Record::of(&ran(&loaded, 2, 1)))
    };
    let points: Vec<_> = (0..grid.len()).map(of).collect();
    let plan = sweep::Plan {
        format: sweep::FORMAT,
        version: "0".to_owned(),
        scenario: "Small centre".to_owned(),
        seed: 1,
        vary: axes.to_vec(),
        replications: vec![2; points.len()],
        values: BTreeMap::new(),
        hashes: points.iter().map(|(hash, _)| format!("{hash:016x}")).collect(),
    };
    let mut records: Vec<Option<sweep::Record>> =
        points.into_iter().map(|(_, record)| Some(record)).collect();
    records[4] = None;
    let first = loaded(SCENARIO, &[]);
    let basis = Basis::of(&first.scenario, "small.toml");
    let mut bytes = Vec::new();
    let assumptions = Assumption::all(&first, language);
    write_sweep_html(&mut bytes, (&plan, &records), &[], &basis, &assumptions, language).unwrap();
    String::from_utf8(bytes).expect("a page is text")
}

/// Elements that have no end.
const VOID: [&str; 3] = ["!DOCTYPE", "meta", "link"];

/// Every element is closed in its order, and every attribute quoted; what scripts and styles hold is passed over.
fn assert_balanced(html: &str) {
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let mut is_quoted = false;
        let end = rest
            .char_indices()
            .find(|(_, character)| {
                is_quoted ^= *character == '"';
                *character == '>' && !is_quoted
            })
            .expect("a tag ends")
            .0;
        let (tag, after) = rest.split_at(end);
        rest = &after[1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "closed in the wrong order");
            continue;
        }
        let name: String = tag.chars().take_while(|c| c.is_alphanumeric() || *c == '!').collect();
        assert!(!name.is_empty(), "`<` that opens nothing: {tag}");
        assert!(tag.matches('"').count().is_multiple_of(2) && !tag.contains('<'), "{tag}");
        if tag.ends_with('/') || VOID.contains(&name.as_str()) {
            continue;
        }
        if name == "script" || name == "style" {
            let end = format!("</{name}>");
            rest = &rest[rest.find(&end).expect("it ends") + end.len()..];
            continue;
        }
        open.push(name);
    }
    assert!(open.is_empty(), "never closed: {open:?}");
}

fn all_pages() -> Vec<String> {
    let options = compared(&[&[], &["group.own.agents=3"], &["group.theirs.agents=0"]], 3);
    [Language::English, Language::German]
        .into_iter()
        .flat_map(|language| {
            [run_page(&[], 3, language), comparison_page(&options, language), sweep_page(language)]
        })
        .collect()
}

#[test]
fn a_report_is_one_balanced_file_that_loads_nothing() {
    for html in all_pages() {
        assert_balanced(&html);
        for load in ["http:", "https:", "src=", "@import", "url(", "fetch(", "XMLHttpRequest", "import("] {
            assert!(!html.contains(load), "{load}");
        }
        assert_eq!(html.matches("href=").count(), html.matches("href=\"#").count() + 1, "links lead inside");
        assert!(html.contains("<link rel=\"icon\" href=\"data:,\"/>"));
        assert!(html.len() < 3_000_000, "{} bytes", html.len());
    }
}

#[test]
fn every_chart_has_a_question_says_what_its_ranges_are_and_has_a_table_behind_each_picture() {
    for html in all_pages() {
        let charts: Vec<&str> =
            html.split("<figure").skip(1).map(|rest| rest.split("</figure>").next().unwrap()).collect();
        assert!(!charts.is_empty());
        for chart in charts {
            let question = chart.split("<h3>").nth(1).unwrap().split("</h3>").next().unwrap();
            assert!(question.ends_with('?'), "{question}");
            assert_eq!(
                chart.matches("<svg").count(),
                chart.matches("<details class=\"behind\">").count(),
                "{question}"
            );
            assert!(chart.contains("<p class=\"about\">"), "{question}");
            for label in chart.split("aria-label=\"").skip(2) {
                assert!(label.contains(question), "{question}: the picture says what it is");
            }
        }
    }
}

#[test]
fn hostile_names_are_text_everywhere() {
    let long = "ß".repeat(300);
    let text = SCENARIO
        .replace("name = \"Small centre\"", &format!("name = \"{HOSTILE} {long}\""))
        .replace("class.calls", "class.\"a<b>c & Ä\"")
        .replace("\"calls\"", "\"a<b>c & Ä\"")
        .replace("site.home", "site.\"<img onerror=alert()>\"")
        .replace("\"home\"", "\"<img onerror=alert()>\"");
    let loaded = match scenario::load("x", &[], &Texts::new().with("x", text.clone())) {
        Ok(loaded) => loaded,
        // Where names of classes may not hold such signs, the title still may.
        Err(_) => {
            loaded(&SCENARIO.replace("name = \"Small centre\"", &format!("name = \"{HOSTILE} {long}\"")), &[])
        }
    };
    for language in [Language::English, Language::German] {
        let html = page(&ran(&loaded, 2, 1), &loaded, language);
        assert_balanced(&html);
        assert_eq!(html.matches("<script>").count(), 1, "the page's own");
        assert!(html.contains("&lt;/script&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &quot;quoted&quot; &amp; Ärger 😀 &amp;amp;"));
        assert!(html.contains(&long) && !html.contains("<img"), "as it is, and no element");
    }
}

#[test]
fn states_are_said_in_words() {
    let without = SCENARIO.split("[target]").next().unwrap();
    let without = loaded(without, &[]);
    let no_target = page(&ran(&without, 3, 1), &without, Language::English);
    assert!(no_target.contains("No target is set, so nothing here is met or missed."));
    let once = run_page(&[], 1, Language::English);
    assert!(
        once.contains("One replication shows no chance: there are no intervals, and no target is judged.")
    );
    assert!(once.contains("? not sure") && !once.contains("✓ met") && !once.contains("± 0"));

    let loaded = loaded(SCENARIO, &[]);
    let mut outcome = ran(&loaded, 3, 1);
    outcome.manifest.is_partial = true;
    outcome.manifest.replications_planned = 10;
    outcome.audit = vec!["replication 1: `calls` lost a visit".to_owned()];
    let partial = page(&outcome, &loaded, Language::English);
    assert!(partial.contains("Partial result: interrupted after 3 of 10 replications."));
    assert!(partial.contains("do not use these numbers. replication 1: `calls` lost a visit"));
    let partial = page(&outcome, &loaded, Language::German);
    assert!(partial.contains("Teilergebnis: nach 3 von 10 Wiederholungen unterbrochen."));

    let same = comparison_page(&compared(&[&[], &[]], 3), Language::English);
    assert!(same.contains("are identical: every replication has the same result."));
    assert!(same.contains("= identical"));
    let once = comparison_page(&compared(&[&[], &["group.own.agents=3"]], 1), Language::English);
    assert!(once.contains("differences are told, no verdict is given.") && !once.contains("✓ better"));
    assert!(sweep_page(Language::English).contains("Partial result: 5 of 6 points have run."));
}

#[test]
fn nothing_offered_is_said_and_breaks_nothing() {
    let html = run_page(&["scale.volume=0"], 2, Language::German);
    assert_balanced(&html);
    assert!(html.contains("Niemand hat angerufen"));
    assert!(!html.contains("NaN") && !html.contains("inf"));
}

#[test]
fn the_sentence_on_top_says_no_more_than_the_verdicts() {
    let lead = |html: &str| {
        html.split("<p class=\"lead\">").nth(1).unwrap().split("</p>").next().unwrap().to_owned()
    };
    let better = lead(&comparison_page(&compared(&[&[], &["group.own.agents=3"]], 5), Language::English));
    assert!(better.contains("serves better than") && better.contains("costs more"), "{better}");
    let alike = lead(&comparison_page(&compared(&[&[], &[]], 5), Language::German));
    assert!(alike.contains("sind identisch"), "{alike}");
    let missed = lead(&run_page(&["group.own.agents=1"], 5, Language::English));
    assert!(missed.contains("Missed: service level 80/20"), "{missed}");
    let met = lead(&run_page(&["group.own.agents=9"], 5, Language::English));
    assert_eq!(met, "All 2 targets are met.");
}

#[test]
fn the_same_result_gives_the_same_bytes_on_any_number_of_threads() {
    let loaded = loaded(SCENARIO, &[]);
    let of = |jobs| page(&ran(&loaded, 4, jobs), &loaded, Language::English);
    assert!(of(1) == of(3), "the pages differ");
}

#[test]
fn a_german_report_has_german_words_numbers_and_dates() {
    let html = run_page(&["scale.volume=2", "group.own.agents=5"], 3, Language::German);
    assert!(html.contains("<html lang=\"de\">"));
    assert!(html.contains("02.03.2026 bis 09.03.2026") && !html.contains(">2026-03-02"));
    let tiles = html.split("<dl class=\"tiles\">").nth(1).unwrap().split("</dl>").next().unwrap();
    assert!(tiles.contains("Anrufe") && tiles.contains(',') && !tiles.contains("offered"), "{tiles}");
    assert!(html.contains("Wann kommen die Anrufe?") && html.contains(">Uhrzeit<"), "a chart");
    assert!(html.contains("<td>00:00</td>") && html.contains("<td>Mo</td>"), "the tables behind");
    for english in ["the numbers as a table", "time of day", "answered", "whole run", "verdict", "all days"] {
        assert!(
            !html
                .split("<script>")
                .next()
                .unwrap()
                .split("id=\"assumptions\"")
                .next()
                .unwrap()
                .contains(english),
            "{english}"
        );
    }
}

#[test]
fn what_was_changed_stands_in_the_report_of_a_comparison() {
    let html = comparison_page(&compared(&[&[], &["group.own.agents=3"]], 2), Language::English);
    let changes = html.split("id=\"changes\"").nth(1).expect("a section").split("</section>").next().unwrap();
    assert!(
        changes.contains("group.own.agents") && changes.contains(">2<") && changes.contains(">3<"),
        "{changes}"
    );
    assert_eq!(changes.matches("scope=\"row\"").count(), 1, "nothing else was changed");
}

fn holdtime(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_holdtime"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("it starts")
}

fn scratch() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("holdtime-report-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn the_command_writes_the_report_and_refuses_what_cannot_be_written_before_it_runs() {
    let folder = scratch();
    let file = folder.join("first.html");
    let path = file.to_str().unwrap();
    let first = "scenarios/first.toml";
    let done = holdtime(&["run", first, "--replications", "2", "-q", "--report", path, "--lang", "de"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(fs::read_to_string(&file).unwrap().contains("<html lang=\"de\">"));
    let refused = |arguments: &[&str], words: &str| {
        let output = holdtime(arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(words), "{said}");
        assert!(output.stdout.is_empty(), "nothing ran");
    };
    fs::create_dir(folder.join("taken.html")).unwrap();
    let taken = folder.join("taken.html");
    refused(&["run", first, "--report", taken.to_str().unwrap()], "it is a folder");
    refused(&["run", first, first, "--report", path], "`holdtime compare` makes one report");
    refused(&["run", first, "--report", "year.pdf"], "a file that ends in `.html`");
    refused(&["run", first, "--lang", "de"], "--report");
    fs::remove_dir_all(folder).unwrap();
}
