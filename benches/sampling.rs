//! Cost of one draw of each law, of a keyed stream, and of the formulas that a plan is derived with.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use holdtime::analytics::{Base, Demand, Formula, MOST_AGENTS, ServiceLevel, Targets, agents_for, erlang_a};
use holdtime::random::{Dist, Key, Purpose, standard_exponential, standard_normal};
use holdtime::stats::Histogram;
use holdtime::units::Span;

fn draws(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("draw");
    let mut stream = Key::root(1, 0).stream(Purpose::Talk);
    group.bench_function("standard exponential", |b| b.iter(|| standard_exponential(&mut stream)));
    group.bench_function("standard normal", |b| b.iter(|| standard_normal(&mut stream)));
    let lognormal = || Dist::lognormal(300.0, 1.1);
    let laws = [
        ("exponential", Dist::exponential(300.0)),
        ("lognormal", lognormal()),
        ("gamma", Dist::gamma(300.0, 0.7)),
        ("erlang 3", Dist::erlang(3, 300.0)),
        ("weibull", Dist::weibull(1.5, 300.0)),
        ("hyperexponential", Dist::hyperexponential(&[(0.7, 100.0), (0.3, 500.0)])),
        ("truncated lognormal", lognormal().and_then(|dist| Dist::truncated(dist, 20.0, 1800.0))),
    ];
    for (name, dist) in laws {
        let dist = dist.expect("the parameters are valid");
        group.bench_function(name, |b| b.iter(|| black_box(&dist).sample(&mut stream)));
    }
    let dist = lognormal().expect("the parameters are valid");
    let mut serial = 0;
    group.bench_function("lognormal of a new key", |b| {
        b.iter(|| {
            serial += 1;
            dist.sample(&mut Key::root(1, 0).child(serial).stream(Purpose::Talk))
        });
    });
    group.finish();
}

fn histogram(criterion: &mut Criterion) {
    let mut stream = Key::root(1, 0).stream(Purpose::Talk);
    let waits: Vec<_> =
        (0..4096).map(|_| Span::from_secs_f64(30.0 * standard_exponential(&mut stream))).collect();
    let mut histogram = Histogram::new();
    let mut next = waits.iter().cycle();
    criterion.bench_function("histogram record", |b| {
        b.iter(|| histogram.record(*next.next().expect("a cycle has no end")));
    });
}

fn formulas(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("formulas");
    let goal = ServiceLevel { share: 0.8, within_s: 20.0, base: Base::EnteredLessShort { short_s: 5.0 } };
    let targets = Targets { service_level: Some(goal), occupancy: Some(0.85), ..Targets::default() };
    for (agents, load) in [(10, 8.0), (100, 90.0), (1000, 960.0)] {
        let demand = Demand::new(load / 300.0, 300.0).with_patience(150.0);
        group.bench_function(format!("Erlang A, {agents} agents"), |b| {
            b.iter(|| erlang_a(black_box(&demand), agents).service_level(20.0, goal.base));
        });
        group.bench_function(format!("agents for a service level, about {agents}"), |b| {
            b.iter(|| agents_for(black_box(&demand), Formula::ErlangA, &targets, MOST_AGENTS));
        });
    }
    group.finish();
}

criterion_group!(benches, draws, histogram, formulas);
criterion_main!(benches);
