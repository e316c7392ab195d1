//! What does it cost to find an origin among many?
//!
//! Each row asks for origins in random order, hits or misses. Beside the set stand bare hash sets of
//! the texts that are asked for, which is less than any set of origins can do: they neither read an
//! origin nor know wildcards.

#[path = "support/run.rs"]
mod run;
mod support;

use std::cell::LazyCell;
use std::collections::HashSet;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use cross_origin::{OriginRef, RequestHeaders};
use support::origins::{self, BELOW, EXACT, Family, IN_LABEL};
use support::sequence::Sequence;

/// More than fits beside the set into any cache.
fn asked(family: Family, size: usize, are_hits: bool) -> Sequence {
    let length = if run::is_test() { 1_000 } else { 1 << 20 };
    family.asked(size, are_hits, length)
}

fn compare(criterion: &mut Criterion, family: Family, sizes: &[usize]) {
    let largest = if run::is_test() { 1_000 } else { usize::MAX };
    for &size in sizes.iter().filter(|&&size| size <= largest) {
        let patterns = LazyCell::new(|| family.patterns(size));
        let policy = LazyCell::new(|| origins::policy(&patterns));
        let set = LazyCell::new(|| origins::set(&patterns));
        let bare = LazyCell::new(|| {
            let admitted = family.admitted(size).into_iter();
            admitted.collect::<hashbrown::HashSet<_>>()
        });
        let std = LazyCell::new(|| family.admitted(size).into_iter().collect::<HashSet<_>>());
        for are_hits in [true, false] {
            let asked = LazyCell::new(|| asked(family, size, are_hits));
            let verdict = if are_hits { "hit" } else { "miss" };
            let mut group = criterion.benchmark_group(format!("{}/{verdict}", family.name));
            group.bench_function(BenchmarkId::new("evaluate", size), |bencher| {
                let policy = &*policy;
                let evaluate = |origin: &str| {
                    let request = RequestHeaders::new("GET").header("Origin", origin);
                    policy.evaluate(&request).is_allowed()
                };
                assert_eq!(evaluate(asked.next()), are_hits);
                bencher.iter(|| black_box(evaluate(asked.next())));
            });
            group.bench_function(BenchmarkId::new("read and find", size), |bencher| {
                let set = &*set;
                let find = |origin: &str| {
                    let origin = OriginRef::from_header(origin.as_bytes());
                    origin.is_ok_and(|origin| set.find(black_box(origin)).is_some())
                };
                assert_eq!(find(asked.next()), are_hits);
                bencher.iter(|| black_box(find(asked.next())));
            });
            group.bench_function(BenchmarkId::new("hash set", size), |bencher| {
                let bare = &*bare;
                assert_eq!(bare.contains(asked.next()), are_hits);
                bencher.iter(|| black_box(bare.contains(asked.next())));
            });
            group.bench_function(BenchmarkId::new("std's hash set", size), |bencher| {
                let std = &*std;
                assert_eq!(std.contains(asked.next()), are_hits);
                bencher.iter(|| black_box(std.contains(asked.next())));
            });
        }
    }
}

fn exact(criterion: &mut Criterion) {
    compare(criterion, EXACT, &[1, 10, 1_000, 100_000, 1_000_000]);
}

fn wildcards(criterion: &mut Criterion) {
    compare(criterion, BELOW, &[1, 1_000, 100_000]);
    compare(criterion, IN_LABEL, &[1, 1_000, 100_000]);
}

criterion_group! {
    name = benches;
    config = run::criterion();
    targets = exact, wildcards
}
criterion_main!(benches);
