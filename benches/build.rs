//! What does it cost to build a policy of many origins?
//!
//! The texts are there beforehand; beside the policy, a bare hash set copies the same texts into itself.

#[path = "support/run.rs"]
mod run;
mod support;

use std::cell::LazyCell;
use std::collections::HashSet;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use support::origins::{self, BELOW, EXACT, IN_LABEL};

/// A third of each form.
fn mixed(size: usize) -> Vec<String> {
    let families = [EXACT, BELOW, IN_LABEL];
    let patterns = families.map(|family| family.patterns(size / families.len()));
    patterns.concat()
}

/// What people type: upper case, and a port that says nothing.
fn typed(size: usize) -> Vec<String> {
    let patterns = EXACT.patterns(size).into_iter();
    patterns
        .map(|text| text.replace("example", "Example") + ":443")
        .collect()
}

type Texts = fn(usize) -> Vec<String>;

fn build(criterion: &mut Criterion) {
    let forms: [(&str, Texts); 3] = [
        ("exact", |size| EXACT.patterns(size)),
        ("with wildcards", mixed),
        ("as typed", typed),
    ];
    let sizes: &[usize] = if run::is_test() {
        &[1_000]
    } else {
        &[100_000, 1_000_000]
    };
    for (name, texts) in forms {
        let mut group = criterion.benchmark_group(name);
        for &size in sizes {
            let texts = LazyCell::new(|| texts(size));
            group.bench_function(BenchmarkId::new("policy", size), |bencher| {
                let texts = &*texts;
                bencher.iter_with_large_drop(|| origins::policy(black_box(texts)));
            });
            group.bench_function(BenchmarkId::new("set", size), |bencher| {
                let texts = &*texts;
                bencher.iter_with_large_drop(|| origins::set(black_box(texts)));
            });
            group.bench_function(BenchmarkId::new("hash set", size), |bencher| {
                let texts = &*texts;
                bencher.iter_with_large_drop(|| {
                    black_box(texts)
                        .iter()
                        .cloned()
                        .collect::<hashbrown::HashSet<_>>()
                });
            });
            group.bench_function(BenchmarkId::new("std's hash set", size), |bencher| {
                let texts = &*texts;
                bencher.iter_with_large_drop(|| {
                    black_box(texts).iter().cloned().collect::<HashSet<_>>()
                });
            });
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = run::criterion().sample_size(10);
    targets = build
}
criterion_main!(benches);
