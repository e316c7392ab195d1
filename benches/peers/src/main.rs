//! This crate beside others that do the same, on the same requests, in the same run.

mod actix;
mod allocator;
mod application;
#[path = "../../support/by_hand.rs"]
mod by_hand;
mod cors_core;
mod floors;
mod measure;
mod options;
mod ours;
mod peer;
mod poem;
mod policy;
mod scenario;
mod server;
#[path = "../../support/mod.rs"]
mod support;
mod table;
mod tower;
mod warp;

use std::process::ExitCode;

use measure::Built;
use options::Options;
use peer::Peer;
use scenario::Scenario;
use table::Table;

/// The first is what the others are compared with.
const ALL: [Peer; 16] = [
    ours::PAIRS,
    ours::HEADER_MAP,
    ours::IN_AND_OUT,
    ours::BY_HAND,
    ours::TWO,
    ours::TWO_BY_HAND,
    ours::LAYER,
    floors::PASS,
    floors::HASH_SET,
    cors_core::PEER,
    cors_core::FROM_PAIRS,
    tower::PEER,
    tower::AXUM,
    actix::PEER,
    poem::PEER,
    warp::PEER,
];

fn main() -> ExitCode {
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::FAILURE;
        }
    };
    println!("Times are medians, net of the bare service; × is the ratio to the first row.");
    times("one origin", &scenario::of_one(), &options);
    times("many origins", &scenario::of_many(&options), &options);
    let title = format!("{} bytes of requested names", options.hostile_bytes);
    times(&title, &scenario::hostile(&options), &options);
    builds(&options);
    allocations();
    ExitCode::SUCCESS
}

fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|peer| peer.name)
}

/// In the order of the rows, what some of them have.
fn rows<T>(built: &[Built<'_>], values: Vec<T>) -> Vec<Option<T>> {
    let mut values: Vec<_> = built.iter().zip(values).collect();
    let mut value = |name| {
        let at = values
            .iter()
            .position(|(built, _)| built.peer.name == name)?;
        Some(values.swap_remove(at).1)
    };
    names().map(&mut value).collect()
}

fn times(title: &str, scenarios: &[Scenario], options: &Options) {
    let mut table = Table::new(title, names());
    let mut built = Vec::new();
    let mut of = 0;
    for scenario in scenarios {
        if of != scenario.origins {
            of = scenario.origins;
            built = measure::build(&ALL, &scenario::origins(of));
        }
        let times = measure::times(&mut built, scenario, options);
        table.times(&scenario.name, &rows(&built, times));
    }
    table.print();
}

fn builds(options: &Options) {
    let origins = scenario::origins(options.origins);
    let text: usize = origins.iter().map(String::len).sum();
    let beside_text = |retained: isize| {
        let beside = retained as f64 - text as f64;
        format!("{:.1}", beside / origins.len() as f64)
    };
    let built = measure::builds(&ALL, &origins, options);
    let times: Vec<_> = built
        .iter()
        .map(|built| built.map(|(time, _)| time))
        .collect();
    let retained = built.iter().map(|built| match built {
        Some((_, used)) => beside_text(used.retained),
        None => "–".to_owned(),
    });
    let mut table = Table::new(&format!("{} origins", origins.len()), names());
    table.times("build", &times);
    table.column("bytes retained an origin, beside its text", retained);
    table.print();
    let (set, used) = allocator::count(|| ours::set(&origins));
    println!(
        "\nOur set alone retains {} bytes an origin beside its text; the texts have {:.1} each.",
        beside_text(used.retained),
        text as f64 / set.len() as f64,
    );
}

fn allocations() {
    let mut table = Table::new("allocations a request, beside the bare service", names());
    let mut built = measure::build(&ALL, &scenario::origins(1));
    for scenario in &scenario::of_one() {
        let counts = built.iter_mut().map(|built| built.allocations(scenario));
        let counts: Vec<_> = counts.collect();
        for (built, count) in built.iter().zip(&counts) {
            let never = [ours::PAIRS.name, ours::HEADER_MAP.name];
            assert!(
                *count == 0 || !never.contains(&built.peer.name),
                "evaluating allocated"
            );
        }
        let cells = rows(&built, counts).into_iter();
        let cells = cells.map(|count| count.map_or("–".to_owned(), |count| count.to_string()));
        table.column(&scenario.name, cells);
    }
    table.print();
}
