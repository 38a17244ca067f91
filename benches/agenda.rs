//! Schedule-and-pop on the agenda at several numbers of pending events.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use holdtime::engine::{Agenda, Ranked};
use holdtime::random::{Key, Purpose, standard_exponential};
use holdtime::units::{SimTime, Span};
use std::hint::black_box;

#[derive(Clone, Copy)]
struct Ends(#[expect(dead_code, reason = "an event carries a slot")] u32);

impl Ranked for Ends {
    const FILLER: Self = Self(u32::MAX);

    fn rank(&self) -> u8 {
        2
    }
}

fn hold(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("agenda: pop one, schedule one");
    group.throughput(Throughput::Elements(1));
    for pending in [100_u32, 5_000, 100_000] {
        // Handle times of five minutes on average: with more pending events they are closer together.
        let mean_us = 300e6;
        let mut agenda = Agenda::new(Span((4.0 * mean_us / f64::from(pending)) as u64));
        let mut stream = Key::root(1, 0).stream(Purpose::Talk);
        for slot in 0..pending {
            agenda.schedule(SimTime((standard_exponential(&mut stream) * mean_us) as u64), Ends(slot));
        }
        group.bench_function(BenchmarkId::from_parameter(pending), |bencher| {
            bencher.iter(|| {
                let (now, event) = agenda.pop_before(SimTime::MAX).expect("events are pending");
                let span = Span((standard_exponential(&mut stream) * mean_us) as u64);
                agenda.schedule(now + span, black_box(event));
            });
        });
    }
    group.finish();
}

criterion_group!(benches, hold);
criterion_main!(benches);
