//! A day and a month of the telecom hotline, and a day of the three workloads of `scenarios/speed`: all measures on, through
//! the function that `run` calls.

use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use holdtime::experiment::{Settings, Unattended, replicate};
use holdtime::files::Disk;
use holdtime::scenario;

fn workloads(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("workloads");
    group.sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(8));
    // The warm-up of eight days would outweigh the day.
    let monday = ["warm_up=0", "start=2026-03-02"];
    for (name, file, horizon, more) in [
        ("telecom_year, a day", "telecom_year.toml", "1d", &monday[..]),
        ("telecom_year, a month", "telecom_year.toml", "31d", &monday),
        ("one queue, a day", "speed/one_queue.toml", "1d", &[]),
        ("large queue, an hour", "speed/large_queue.toml", "1h", &[]),
        ("three skills, a day", "speed/three_skills.toml", "1d", &[]),
    ] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(file);
        let sets: Vec<String> =
            more.iter().map(|set| (*set).to_owned()).chain([format!("horizon={horizon}")]).collect();
        let loaded =
            scenario::load(&file.to_string_lossy(), &sets, &Disk).expect("the shipped scenario is valid");
        let settings = Settings { replications: Some(1), seed: 1, jobs: 1, ..Settings::default() };
        let run =
            || replicate(&loaded.scenario, &settings, &Unattended).expect("the queue stays within bounds");
        group.throughput(Throughput::Elements(run().contacts_simulated));
        group.bench_function(name, |bencher| bencher.iter(run));
    }
    group.finish();
}

criterion_group!(benches, workloads);
criterion_main!(benches);
