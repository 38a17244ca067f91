//! Published models, written as scenarios in `scenarios/published/`, give the published numbers.
//!
//! Each figure is compared with a bound of four standard errors of this run, or, where the source has simulated, 3.5 of both sides
//! together and half a unit of its last printed digit. That is a false alarm in some 2,000 to 4,000 per figure, so in about one of
//! twenty runs of all of them; the seed is fixed. A figure that is too vague to say anything fails as well.

#[path = "../scenarios/figure.rs"]
#[allow(dead_code, reason = "the validation uses more of it")]
mod figure;
#[path = "../scenarios/published/figures.rs"]
mod figures;

use figure::{Measured, Of, measured};
use figures::Known::{Exact, Simulated};
use figures::{
    Model, call_centres, days_of_contact_centers, folder, models, run, textbooks, weeks_of_contact_centers,
};

fn check(model: &Model) {
    let outcome = run(model);
    let mut wrong = Vec::new();
    for &(of, measure, known) in &model.figures {
        let Measured { mean, half_width, standard_error: error } = measured(&outcome, of, measure);
        let (value, error_of_source, rounding, bound) = match known {
            Exact(value) => (value, 0.0, 0.0, 4.0),
            Simulated(value, half_width, unit) => (value, half_width / 1.96, unit / 2.0, 3.5),
        };
        let both = error.hypot(error_of_source);
        let off = ((mean - value).abs() - rounding).max(0.0) / both;
        if off > bound || both > 0.12 * value {
            wrong.push(format!(
                "{} {measure} of {}: {mean} ± {half_width}, published {value}, {off:.1} standard errors",
                model.file,
                of.name()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn textbook_queues_give_the_numbers_of_the_textbooks() {
    textbooks().iter().for_each(check);
}

#[test]
fn models_of_call_centres_give_their_exact_numbers() {
    call_centres().iter().for_each(check);
}

#[test]
fn the_days_of_contact_centers_come_out_as_there() {
    days_of_contact_centers().iter().for_each(check);
}

#[test]
fn the_weeks_of_contact_centers_come_out_as_there() {
    weeks_of_contact_centers().iter().for_each(check);
}

#[test]
fn staffing_that_follows_the_sine_keeps_the_share_who_wait_at_its_target_in_every_quarter_of_an_hour() {
    let outcome = run(&Model {
        file: "feldman_2008_stable",
        horizon: None,
        replications: Some(300),
        figures: Vec::new(),
    });
    assert_eq!(outcome.by_interval.len(), 96);
    for slot in 0..96 {
        let Measured { mean: share, standard_error: error, .. } =
            measured(&outcome, Of::Slot(slot, "calls"), "delayed_share");
        // Exact: by quarter between these, for lack of fractions of agents. 96 quarters: a false alarm in some 160 seeds at most.
        assert!(share > 0.0838 - 4.0 * error && share < 0.1020 + 4.0 * error, "{slot}: {share} ± {error}");
        assert!(error < 0.03, "{slot}: ± {error}");
    }
}

#[test]
fn the_workloads_of_the_benchmark_are_the_queues_they_are_said_to_be() {
    // From Erlang A; the third from two programs that agree to the last digit here.
    let abandonment = |class| (class, "abandonment");
    let level = |class| (class, "service_level");
    let workloads = [
        ("one_queue", "10d", vec![(abandonment(Of::All), 0.025_889, 0.0), (level(Of::All), 0.898_82, 0.0)]),
        ("large_queue", "6h", vec![(abandonment(Of::All), 0.003_796, 0.0), (level(Of::All), 0.996_20, 0.0)]),
        (
            "three_skills",
            "1d",
            vec![
                (abandonment(Of::All), 0.0345, 5e-5),
                (level(Of::All), 0.845, 5e-4),
                (abandonment(Of::Class("a")), 0.0456, 5e-5),
                (level(Of::Class("c")), 0.975, 5e-4),
            ],
        ),
    ];
    for (file, horizon, figures) in workloads {
        let path = folder().join("../speed").join(file).with_extension("toml");
        let sets = [format!("horizon={horizon}"), "warm_up=2h".to_owned()];
        let outcome = figure::simulate(&path, &sets, Some(10), 1, 2);
        for ((of, measure), value, rounding) in figures {
            let Measured { mean, standard_error: error, .. } = measured(&outcome, of, measure);
            // Nine degrees of freedom: a false alarm in some 320 figures; the seed is fixed.
            let off = ((mean - value).abs() - rounding).max(0.0) / error;
            assert!(off < 4.0 && error < 0.12 * value, "{file}: {measure} {mean} ± {error}, not {value}");
        }
    }
}

#[test]
fn every_file_has_a_source_a_model_here_and_a_row_in_the_table() {
    let readme = std::fs::read_to_string(folder().join("README.md")).expect("the table");
    let mut files: Vec<String> = std::fs::read_dir(folder())
        .expect("the folder")
        .filter_map(|entry| {
            Some(entry.ok()?.file_name().into_string().ok()?.strip_suffix(".toml")?.to_owned())
        })
        .collect();
    files.sort();
    let mut here: Vec<&str> = models().iter().map(|model| model.file).collect();
    here.sort_unstable();
    assert_eq!(files, here);
    for file in files {
        let text = std::fs::read_to_string(folder().join(format!("{file}.toml"))).expect("a file");
        for part in ["# Source: ", "# Published", "# May differ", "# holdtime: "] {
            assert!(text.contains(part), "{file} has no line with {part}");
        }
        assert!(readme.contains(&format!("]({file}.toml)")), "no row for {file}");
    }
}
