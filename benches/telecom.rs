//! A day and a month of the telecom hotline with all measures on, through the function that `run` calls.

use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use holdtime::experiment::{Settings, Unattended, replicate};
use holdtime::files::Disk;
use holdtime::scenario;

fn telecom(criterion: &mut Criterion) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/telecom_year.toml");
    let mut group = criterion.benchmark_group("telecom_year");
    group.sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(8));
    for (name, horizon) in [("a day", "1d"), ("a month", "31d")] {
        // The warm-up of eight days would outweigh the day.
        let sets = [format!("horizon={horizon}"), "warm_up=0".to_owned(), "start=2026-03-02".to_owned()];
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

criterion_group!(benches, telecom);
criterion_main!(benches);
