//! How long the benches take.
#![allow(dead_code, reason = "each bench takes what it needs")]

use std::time::Duration;

use criterion::Criterion;

/// Whether each bench runs only once, to see that it works: `cargo bench -- --test`.
pub fn is_test() -> bool {
    std::env::args().any(|argument| argument == "--test")
}

/// The ratios that matter here are large, so a second a row is enough.
pub fn criterion() -> Criterion {
    let criterion = Criterion::default().without_plots().sample_size(20);
    criterion
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(1))
}
